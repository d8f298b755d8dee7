"""Metadata in the lines around the headline: bylines, dates, the subtitle and the picture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.author_labels import opening
from cleaner.metadata.fields.dates import WrittenDate, find_dates, has_year, is_change_label, is_publication_label
from cleaner.metadata.fields.values import inner_text
from cleaner.metadata.sources import bylines, subtitles
from cleaner.metadata.sources.byline_lines import HeadlineContext, Line, image_url

_MAX_DATE_LINE = 130  # characters
# Letters of a date line in addition to its dates: a label, a byline, a reading time.
_MAX_BESIDE_DATE = 80
_MAX_BESIDE_UNNAMED = 40  # the same if neither a class nor a word before the date labels it
_MAX_LABEL = 30  # characters
# This many date lines of one class are a list. An article has at most two dates, of publication and of a change.
_MIN_LIST = 3
_RANGE = re.compile(r"\s*(?:[–—-]|to|until|till|bis|au|al|até|tot|t/m|до)\s*")
_CELLS = frozenset({"td", "th"})  # dates in table cells are data
_DATE_NAMES = re.compile(r"date|time|publish|posted|meta|byline|dato|datum|fecha|data", re.IGNORECASE)


def candidates(context: HeadlineContext, *, month_first: bool) -> Iterator[Candidate]:
    """Yield the candidates around the headline. `month_first` decides whether 3/4/2024 means the fourth of March."""
    yield from bylines.candidates(context.lines)
    yield from _date_candidates(context.lines, month_first)
    for candidate in subtitles.candidates(context.lines):
        if not dates_in_line(candidate.value, month_first=month_first):
            yield candidate
    if context.picture is not None:
        yield from _picture_candidates(context.picture)


def _date_candidates(lines: Sequence[Line], month_first: bool) -> Iterator[Candidate]:
    """Yield the dates of date lines: first of those after the headline, then of those before it, nearest first."""
    list_names = _names_of_date_lists(lines)
    labels = {line.position: line.text for line in lines if _is_label(line.text)}
    for line in (
        *(line for line in lines if line.position > 0),
        *(line for line in reversed(lines) if line.position <= 0),
    ):
        if line.element.tag in _CELLS or line.names in list_names:
            continue
        label = labels.get(line.position - 1, "") if line.position > 1 else ""
        machine_dates = _time_elements(line)
        dates = dates_in_line(line.text, line.names, month_first=month_first)
        for date in dates:
            machine_date = next((value for value in machine_dates if value[:10] == date.value.isoformat()[:10]), None)
            if len(dates) == len(machine_dates) == 1:
                machine_date = machine_dates[0]  # the machine-readable form is unambiguous about day and month
            is_change = date.is_change or is_change_label(label)
            yield Candidate("modified" if is_change else "published", machine_date or date, "date line")
        if not dates and machine_dates and len(line.text) <= _MAX_BESIDE_UNNAMED:  # "05/03 — 2024", "two days ago"
            is_change = is_change_label(f"{label} {line.text} {line.names}")
            yield Candidate("modified" if is_change else "published", machine_dates[0], "time element")


def _names_of_date_lists(lines: Sequence[Line]) -> frozenset[str]:
    """Return the class names that several lines with years share: those of dates of other articles or of events."""
    dated = Counter(line.names for line in lines if has_year(line.text) and _DATE_NAMES.search(line.names))
    return frozenset(names for names, count in dated.items() if count >= _MIN_LIST)


def _is_label(text: str) -> bool:
    """Whether the line may be a label for the next one: "Last updated:"."""
    return len(text) <= _MAX_LABEL and not any(map(str.isdigit, text))


def dates_in_line(text: str, names: str = "", *, month_first: bool) -> list[WrittenDate]:
    """Return the dates of a date line: one with few other words. The list is empty for other lines.

    `names` are the class and id of the elements that hold the line.
    """
    if len(text) > _MAX_DATE_LINE:
        return []
    dates = list(find_dates(text, month_first=month_first))
    if not dates:
        return []
    if len(dates) == 2 and _RANGE.fullmatch(text[dates[0].end : dates[1].start]):
        return []  # a range of dates belongs to an event
    letters_beside = _count_letters(text) - sum(_count_letters(date.raw) for date in dates)
    if letters_beside <= _MAX_BESIDE_UNNAMED:
        return dates
    is_labelled = _DATE_NAMES.search(names) or is_publication_label(text[: dates[0].start][-_MAX_LABEL:])
    is_labelled = is_labelled or _opens_byline(text[: dates[0].start])
    return dates if is_labelled and letters_beside <= _MAX_BESIDE_DATE else []


def _opens_byline(text: str) -> bool:
    """Whether a date follows the text as in "Written by Ada Moss in Harbour on"."""
    opened = opening(text)
    return opened is not None and opened.is_certain


def _count_letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _time_elements(line: Line) -> list[str]:
    """Return the `datetime` attributes of the <time> elements in the line."""
    elements = [nearby for element in line.inline for nearby in (element, element.getparent())]
    return [
        value[:100]
        for element in elements
        if element is not None and element.tag == "time" and (value := element.get("datetime"))
    ]


def _picture_candidates(image: etree._Element) -> Iterator[Candidate]:
    url = image_url(image)
    if url is None:
        return
    yield Candidate("image", url, "img")
    for ancestor in image.iterancestors():
        if ancestor.tag == "figure":
            caption = next(ancestor.iter("figcaption"), None)
            if caption is not None:
                yield Candidate("image_caption", inner_text(caption, between=" "), "figcaption")
            return
