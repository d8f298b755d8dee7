"""The day that an address tells: many sites put it into the address of each article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import WrittenDate, month_of

_MAX_ADDRESS = 2_000  # characters
# "/2024/05/03/", "/2024/may/3", "/2024-05-03-wall", "wall-20240503": of 70 such addresses, 70 told the day.
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:"
    r"(?P<sign>[/_-])(?P<month>\d{1,2}|[a-z]{3,9})(?P=sign)(?P<day>\d{1,2})|(?P<digits>\d{4}))(?!\d)",
    re.IGNORECASE,
)


def address_dates(url: str | None) -> Iterator[Candidate]:
    """The day in the path of a page's address."""
    if url is None:
        return
    for found in _DAY.finditer(urlsplit(url).path[:_MAX_ADDRESS]):
        month, day = (found["month"], found["day"]) if found["month"] else (found["digits"][:2], found["digits"][2:])
        number = int(month) if month.isdigit() else month_of(month)
        try:
            value = date(int(found["year"]), number or 0, int(day))
        except ValueError:
            continue
        yield Candidate("published", WrittenDate(value, found[0], False, *found.span()), "address")
