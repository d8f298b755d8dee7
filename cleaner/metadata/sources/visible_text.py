"""What the lines around the headline say: dates, the standfirst, the picture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import WrittenDate, find_dates, has_year, tells_change, tells_publication
from cleaner.metadata.fields.values import inner_text
from cleaner.metadata.sources import bylines, subtitles
from cleaner.metadata.sources.byline_lines import HeadlineContext, Line, address_of

_MAX_DATE_LINE = 130
# Beside a date, a date line holds few letters: a label, a byline, a reading time.
_MAX_BESIDE_DATE = 80
_MAX_BESIDE_UNNAMED = 40  # where neither a class nor a word before the date says that it is one
_MAX_LABEL = 30
_MIN_LIST = 3  # dates of one class: an article has that of publication and that of a change
_RANGE = re.compile(r"\s*(?:[–—-]|to|until|till|bis|au|al|até|tot|t/m|до)\s*")
_CELLS = frozenset({"td", "th"})  # dates in them are figures
_DATE_NAMES = re.compile(r"date|time|publish|posted|meta|byline|dato|datum|fecha|data", re.IGNORECASE)


def candidates(found: HeadlineContext, *, month_first: bool) -> Iterator[Candidate]:
    """What stands around the headline; `month_first` decides what 3/4/2024 means."""
    yield from bylines.candidates(found.lines)
    yield from _dates(found.lines, month_first)
    for told in subtitles.candidates(found.lines):
        if not dates_in_line(told.said, month_first=month_first):
            yield told
    if found.picture is not None:
        yield from _picture(found.picture)


def _dates(lines: Sequence[Line], month_first: bool) -> Iterator[Candidate]:
    """The dates of lines that are little else: those behind the headline first, then those right before it."""
    listed = _lists(lines)
    labels = {line.place: line.text for line in lines if _is_label(line.text)}
    for line in (*(line for line in lines if line.place > 0), *(line for line in reversed(lines) if line.place <= 0)):
        if line.element.tag in _CELLS or line.names in listed:
            continue
        label = labels.get(line.place - 1, "") if line.place > 1 else ""
        machine = _time_elements(line)
        dates = dates_in_line(line.text, line.names, month_first=month_first)
        for date in dates:
            fuller = next((said for said in machine if said[:10] == date.value.isoformat()[:10]), None)
            if len(dates) == len(machine) == 1:
                fuller = machine[0]  # what is written for machines leaves no doubt which number is the month
            changed = date.changed or tells_change(label)
            yield Candidate("modified" if changed else "published", fuller or date, "date line")
        if not dates and machine and len(line.text) <= _MAX_BESIDE_UNNAMED:  # "05/03 — 2024", "two days ago"
            changed = tells_change(f"{label} {line.text} {line.names}")
            yield Candidate("modified" if changed else "published", machine[0], "time element")


def _lists(lines: Sequence[Line]) -> frozenset[str]:
    """The names that several lines with years have in common: the dates of other articles, or of events."""
    dated = Counter(line.names for line in lines if has_year(line.text) and _DATE_NAMES.search(line.names))
    return frozenset(names for names, count in dated.items() if count >= _MIN_LIST)


def _is_label(said: str) -> bool:
    """Whether the line may say of the next one what it is: "Last updated:"."""
    return len(said) <= _MAX_LABEL and not any(map(str.isdigit, said))


def dates_in_line(said: str, names: str = "", *, month_first: bool) -> list[WrittenDate]:
    """The dates of a line that is little else; `names` are the class and id of the elements that it stands in."""
    if len(said) > _MAX_DATE_LINE:
        return []
    found = list(find_dates(said, month_first=month_first))
    if not found:
        return []
    if len(found) == 2 and _RANGE.fullmatch(said[found[0].end : found[1].start]):
        return []  # an event
    beside = _letters(said) - sum(_letters(date.raw) for date in found)
    if beside <= _MAX_BESIDE_UNNAMED:
        return found
    named = _DATE_NAMES.search(names) or tells_publication(said[: found[0].start][-_MAX_LABEL:])
    return found if named and beside <= _MAX_BESIDE_DATE else []


def _letters(said: str) -> int:
    return sum(map(str.isalpha, said))


def _time_elements(line: Line) -> list[str]:
    elements = [place for element in line.inline for place in (element, element.getparent())]
    return [
        said[:100]
        for element in elements
        if element is not None and element.tag == "time" and (said := element.get("datetime"))
    ]


def _picture(image: etree._Element) -> Iterator[Candidate]:
    address = address_of(image)
    if address is None:
        return
    yield Candidate("image", address, "img")
    for place in image.iterancestors():
        if place.tag == "figure":
            caption = next(place.iter("figcaption"), None)
            if caption is not None:
                yield Candidate("image_caption", inner_text(caption, between=" "), "figcaption")
            return
