"""Dates of publication that readers do not see at the headline: those with a label elsewhere, and data attributes.

These are read only if neither the page's head nor the lines around the headline give the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import day_of, has_year, is_change_label, is_publication_label
from cleaner.metadata.fields.values import inner_text, name_key
from cleaner.metadata.sources.byline_lines import HEADINGS, is_apart, line_kinds
from cleaner.metadata.sources.visible_text import dates_in_line
from cleaner.patterns import lazy_pattern

_MAX_LINE = 130  # characters of a text with a labelled date
_MAX_LABEL = 30  # characters of a label in an element of its own
# Words that label a date if nothing else stands before it, one line for each language.
_DATE_WORDS = frozenset(
    name_key(word)
    for word in (
        *("date", "dated"),
        *("Datum", "Veröffentlichungsdatum"),
        *("fecha",),
        *("data",),
        *("dato",),
        *("päiväys",),
        *("tarih",),
        *("tanggal",),
        *("дата",),
        *("ημερομηνία",),
        *("التاريخ",),
        *("日付", "掲載日", "配信日", "公開日"),
        *("日期", "时间", "時間"),
        *("날짜",),
    )
)
# Names of data attributes with the date of publication, without "data-" and punctuation: "data-published-at".
_PUBLISHED = lazy_pattern(
    r"(?:first|article|post|page|content|story|news)*"
    r"(?:pub(?:lish(?:ed)?|lication)?(?:date|time|datetime|at|on|timestamp)?|date(?:of)?publi(?:shed|cation)|originaldate)"
    r"(?:unix|utc|iso|timestamp|date)?"
)
# The same, if the element is marked as a date: a script writes the date into it.
_ANY_TIME = lazy_pattern(r"(?:date|time|datetime|timestamp|unix|utc|iso|ts)+")
_WITH_DATA: etree.XPath = etree.XPath(".//*[@*[starts-with(name(), 'data-')]]")
_TEXTS: etree.XPath = etree.XPath(".//text()[normalize-space()]")
_MAX_DATA = 20  # values of data attributes, on one page


def candidates(root: etree._Element, *, month_first: bool) -> Iterator[Candidate]:
    """Yield at most one candidate of each source. `month_first`: 3/4/2024 means the fourth of March."""
    yield from _labelled_dates(root, month_first)
    yield from _data_attributes(root)


def _labelled_dates(root: etree._Element, month_first: bool) -> Iterator[Candidate]:
    """Yield the date that the page labels as that of publication, if all such dates are the same day."""
    by_day: dict[date, Candidate] = {}
    before = ""
    nodes: Any = _TEXTS(root)  # the stubs cannot say that this expression selects text
    for node in nodes:
        text = " ".join(str(node[: 2 * _MAX_LINE]).split())
        label, before = before, text
        if len(text) > _MAX_LINE or not has_year(text):
            continue
        dates = [written for written in dates_in_line(text, month_first=month_first) if not written.is_change]
        if not dates:
            continue
        words = text[: dates[0].start]
        if not any(map(str.isalpha, words)):
            words = label if len(label) <= _MAX_LABEL else ""
        is_label = is_publication_label(words) or name_key(words) in _DATE_WORDS
        if is_label and not is_change_label(words) and not _is_apart(node.getparent()):
            by_day.setdefault(day_of(dates[0].value), Candidate("published", dates[0], "labelled date"))
    if len(by_day) == 1:
        yield from by_day.values()


def _is_apart(element: etree._Element) -> bool:
    """Whether the text of the element is a headline or belongs to another part of the page.

    Elements that hold the headline are not such a part, whatever their class says.
    """
    for place in (element, *element.iterancestors()):
        if place.tag in HEADINGS or (is_apart(place) and place.find(".//h1") is None):
            return True
    return False


def _data_attributes(root: etree._Element) -> Iterator[Candidate]:
    """Yield the date in the data attributes of the page's largest elements; else the only one on the page."""
    found: list[str] = []
    elements: Any = _WITH_DATA(root)  # the stubs cannot say that this expression selects elements
    for element in (root, *elements):
        for name, value in element.items():
            if not str(name).startswith("data-") or not value or len(value) > _MAX_LINE:
                continue
            key = re.sub("[^a-z]", "", str(name)[5:].lower())
            is_empty_date = (
                _ANY_TIME.fullmatch(key)
                and (element.tag == "time" or line_kinds(element.get("class") or "").date)
                and not any(map(str.isdigit, inner_text(element, _MAX_LINE)))
            )
            if (_PUBLISHED.fullmatch(key) or is_empty_date) and not _is_apart(element):
                found.append(str(value))
        if found and element.find(".//h1") is not None:
            break  # an element that holds the headline: the date is the article's, whatever stands further down
        if len(found) > _MAX_DATA:
            return
    if len({value[:10] for value in found}) == 1:
        yield Candidate("published", found[0], "data attribute")
