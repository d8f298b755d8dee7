"""Metadata in the lines around the headline: bylines, dates, the subtitle and the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cleaner.metadata.candidate import UPDATED, Candidate
from cleaner.metadata.fields.dates import (
    WrittenDate,
    find_dates,
    has_year,
    is_change_label,
    is_date_label,
    is_named_for_change,
    is_publication_label,
)
from cleaner.metadata.fields.values import inner_text
from cleaner.metadata.sources import bylines, subtitles
from cleaner.metadata.sources.byline_lines import (
    HEADINGS,
    MIN_PROSE,
    HeadlineContext,
    Line,
    image_url,
    label_before,
    line_kinds,
)
from cleaner.patterns import lazy_pattern
from cleaner.text import scripts

_MAX_DATE_LINE = 130  # characters
# Letters of a date line in addition to its dates: a label, a byline, a reading time.
_MAX_BESIDE_DATE = 80
_MAX_BESIDE_UNNAMED = 40  # the same if neither a class nor a word before the date labels it
_MAX_LABEL = 30  # characters
# This many date lines of one class are a list. An article has at most two dates, of publication and of a change.
_MIN_LIST = 3
_MAX_OWN_DATES = 2
_MIN_LIST_BEHIND = 2  # the same after the beginning of the text
# Letters beside the date in a heading and in a link; with more, it is the headline of another story.
_MAX_BESIDE_IN_HEADING = 15
_MAX_BESIDE_IN_LINK = 25
_UNSPACED_WIDTH = 4  # letters of a translation into English for a character of a script without spaces
_RANGE = lazy_pattern(r"\s*(?:[–—-]|to|until|till|bis|au|al|até|tot|t/m|до)\s*")
_ITEMS = frozenset({"li", "dt", "dd"})
_CELLS = frozenset({"td", "th"})  # dates in table cells are data
_DATE_NAMES = lazy_pattern(r"date|time|publish|posted|meta|byline|dato|datum|fecha|data", re.IGNORECASE)


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
    """Yield the dates of date lines by their place.

    First come those between the headline and the text, then those before the headline, nearest first, then those after
    the beginning of the text.
    """
    text_begins = _begin_of_text(lines)
    labels = {line.position: line.text for line in lines if _is_label(line.text)}
    dated = [
        (line, dates_in_line(line.text, line.names, month_first=month_first))
        for line in (
            *(line for line in lines if 0 < line.position < text_begins),
            *(line for line in reversed(lines) if line.position <= 0),
            *sorted(
                (line for line in lines if line.position >= text_begins),
                key=lambda line: (
                    len(line.text) > _MAX_DATE_LINE
                    or not is_publication_label(labels.get(line.position - 1, "") + line.text)
                ),
            ),
        )
    ]
    unlabelled = [
        line for line, dates in dated if dates and not is_date_label(labels.get(line.position - 1, "") + line.text)
    ]
    listed = _lines_of_lists(dated, unlabelled, text_begins)
    for line, dates in dated:
        if line.element.tag in _CELLS or line in listed:
            continue
        if dates and _is_of_another_story(line, month_first):
            continue
        label = labels.get(line.position - 1, "") if line.position > 1 else ""
        times = _time_elements(line)
        for date, time in zip(dates, _times_of(dates, times), strict=True):
            is_change = date.is_change or is_change_label(label)
            if len(times) == len(dates) == _MAX_OWN_DATES and time is not None:
                is_change = is_change or is_named_for_change(time.names)
            value = time.value if time else date
            yield Candidate("modified" if is_change else "published", value, "date line")
            if is_change and not is_publication_label(line.text):
                yield Candidate("published", value, UPDATED)
        if not dates and times and len(line.text) <= _MAX_BESIDE_UNNAMED:  # "05/03 — 2024", "two days ago"
            own = times if len(times) == _MAX_OWN_DATES else [times[0]._replace(names=line.names, label=line.text)]
            for time in own:
                is_change = is_change_label(f"{label} {time.label} {time.names}")
                yield Candidate("modified" if is_change else "published", time.value, "time element")


class _Time(NamedTuple):
    """A <time> element with a machine-readable date."""

    value: str
    names: str  # its class and itemprop
    label: str  # the text before it in its line, and its own


def _times_of(dates: Sequence[WrittenDate], times: Sequence[_Time]) -> list[_Time | None]:
    """Return the <time> element of each date in a line, `None` for a date without one."""
    if len(dates) == len(times) == 1:
        return [times[0]]  # it is unambiguous about day and month
    result: list[_Time | None] = []
    for date in dates:
        same_day = [time for time in times if time.value[:10] == date.value.isoformat()[:10]]
        if isinstance(date.value, datetime) and len(dates) > 1:
            # An element may hold two dates and declare one of them.
            same_day = [time for time in same_day if time.value[11:16] in ("", date.value.isoformat()[11:16])]
        result.append(same_day[0] if same_day else None)
        if len(same_day) > 1 and len(times) == len(dates):
            times = [time for time in times if time is not same_day[0]]
    return result


def _begin_of_text(lines: Sequence[Line]) -> int:
    """Return the position of the second line of prose after the headline: the first may be the subtitle."""
    prose = [line.position for line in lines if line.position > 0 and _width(line.text) > MIN_PROSE]
    return prose[1] if len(prose) > 1 else len(lines) + 1


def _width(text: str) -> int:
    """Return the length in characters, with `_UNSPACED_WIDTH` for each of a script without spaces between words."""
    if text.isascii():
        return len(text)
    return len(text) + (_UNSPACED_WIDTH - 1) * len(scripts.one_of(scripts.UNSPACED).findall(text))


def _is_of_another_story(line: Line, month_first: bool) -> bool:
    """Whether the line is a headline with its date: one in a heading, or in one link with other words."""
    elements = [*line.inline, line.element, *islice(line.element.iterancestors(), 2)]
    for element in elements:
        if element.tag in HEADINGS or element.tag == "a":
            text = inner_text(element, 2 * _MAX_DATE_LINE, between=" ")
            dates = list(find_dates(text, month_first=month_first))
            most = _MAX_BESIDE_IN_LINK if element.tag == "a" else _MAX_BESIDE_IN_HEADING
            if dates and not is_date_label(text) and _letters_beside(text, dates) > most:
                return True
    return False


def _lines_of_lists(
    dated: Sequence[tuple[Line, Sequence[WrittenDate]]], unlabelled: Sequence[Line], text_begins: int
) -> frozenset[Line]:
    """Return the lines that are dates of other articles or events.

    Several have the same class names or the same place in the page, more after the headline than an article has dates,
    or are items of one list with different dates. `unlabelled` are date lines that do not say what the date is; those
    between two lines of a list belong to it.
    """
    by_key: dict[str, list[Line]] = {}
    for line, _ in dated:
        if has_year(line.text) and _DATE_NAMES.search(line.names):
            by_key.setdefault(line.names, []).append(line)
    for line in unlabelled:
        by_key.setdefault(_place_key(line), []).append(line)
    lists = [
        lines
        for lines in by_key.values()
        if len(lines) >= _MIN_LIST or sum(line.position >= text_begins for line in lines) >= _MIN_LIST_BEHIND
    ]
    items: dict[etree._Element | None, list[Line]] = {}
    for line in unlabelled:
        if line.element.tag in _ITEMS:
            items.setdefault(line.element.getparent(), []).append(line)
    lists += [lines for lines in items.values() if len({line.text for line in lines}) > 1]
    spans = [(min(positions), max(positions)) for lines in lists for positions in [[line.position for line in lines]]]
    between = (line for line in unlabelled for first, last in spans if 0 < first <= line.position <= last)
    return frozenset([*(line for lines in lists for line in lines), *between])


def _place_key(line: Line) -> str:
    """Return the tags of the line's element and of its parent, with the class names."""
    parent = line.element.getparent()
    return f"{line.element.tag} in {parent.tag if parent is not None else ''}: {line.names}"


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
    letters_beside = _letters_beside(text, dates)
    if letters_beside <= _MAX_BESIDE_UNNAMED:
        return dates
    is_labelled = (
        _DATE_NAMES.search(names)
        or is_publication_label(text[: dates[0].start][-_MAX_LABEL:])
        or line_kinds(names).byline
        or bylines.opens_byline(text)
    )
    return dates if is_labelled and letters_beside <= _MAX_BESIDE_DATE else []


def _letters_beside(text: str, dates: Sequence[WrittenDate]) -> int:
    return _count_letters(text) - sum(_count_letters(date.raw) for date in dates)


def _count_letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _time_elements(line: Line) -> list[_Time]:
    elements = [nearby for element in line.inline for nearby in (element, element.getparent())]
    times = dict.fromkeys(element for element in elements if element is not None and element.tag == "time")
    return [
        _Time(
            value[:100],
            f"{element.get('class') or ''} {element.get('itemprop') or ''}",
            f"{label_before(element)} {inner_text(element, _MAX_DATE_LINE)}",
        )
        for element in times
        if (value := element.get("datetime"))
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
