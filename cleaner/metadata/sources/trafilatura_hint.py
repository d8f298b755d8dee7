"""The second opinion on author and date: what trafilatura and htmldate find in the page's body if nothing is declared.

They get a small page that consists of the elements that may be a byline or a date, never the page itself. A whole page
takes them longer than all of our own extraction, some of their regular expressions take seconds for one long string,
and htmldate finds a date on 98 of 100 pages that have none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import is_change_label, is_named_for_change
from cleaner.metadata.fields.names import looks_like_name
from cleaner.metadata.fields.values import text
from cleaner.metadata.sources.byline_lines import MAX_NAMES, is_elsewhere, label_before
from cleaner.metadata.sources.marked_elements import MarkedElements
from cleaner.page.characters import clean_characters
from cleaner.trafilatura_adapter import extract_author, find_date

_log = logging.getLogger(__name__)


_COPIED_ATTRIBUTES = ("class", "id", "itemprop", "rel", "data-testid", "datetime", "content", "title")
_MAX_ELEMENTS = 40  # that are copied: a byline is near the top
_MAX_TEXT = 120  # characters of each: a byline is short


def candidates(elements: MarkedElements, url: str | None, missing: Collection[str]) -> Iterator[Candidate]:
    """Yield the authors and the date that they find, if these fields are in `missing`. The tree is not changed."""
    if "authors" in missing and (bylines := _copy_elements(elements.author_elements)):
        # On pages without a declared author, they find a button or a place more often than a person.
        names = [name for name in _call(extract_author, _page_of(bylines)).split("; ") if looks_like_name(name)]
        if names:
            yield Candidate("authors", names, "trafilatura")
    if "published" in missing:
        dates = _copy_elements(elements.date_elements)
        day = _call(find_date, _page_of(dates), url) if dates or url else None
        if day:
            yield Candidate("published", day, "htmldate")


def _call(function: Callable[..., str | None], *arguments: Any) -> str:
    """Return the result of the function, empty if it is `None` or if the function fails.

    Every exception is logged and ignored: an error in another package must not fail the page.
    """
    try:
        return function(*arguments) or ""
    except Exception:
        _log.warning("trafilatura or htmldate failed: no second opinion on the metadata", exc_info=True)
        return ""


def _page_of(elements: Sequence[etree._Element]) -> etree._Element:
    """Return a page whose body consists of the elements."""
    from lxml.html import document_fromstring

    page = document_fromstring("<html><head></head><body></body></html>")
    page[-1].extend(elements)
    return page


def _copy_elements(elements: Sequence[etree._Element]) -> list[etree._Element]:
    """Return copies of the elements without children, in order.

    Elements that are long, belong to other articles or hold the date of a change are left out.
    """
    from lxml.html import Element

    copies: list[etree._Element] = []
    for element in elements:
        line = _spaced_text(element)
        if len(line) > _MAX_TEXT or is_elsewhere(element) or _is_of_change(element, line):
            continue
        tag = str(element.tag)
        copy = Element(tag if tag.isalnum() else "span")  # lxml cannot create some names that HTML has, such as <o:p>
        for name in _COPIED_ATTRIBUTES:
            if value := element.get(name):
                copy.set(name, clean_characters(value[:_MAX_TEXT]))
        copy.text = line
        copies.append(copy)
        if len(copies) == _MAX_ELEMENTS:
            break
    return copies


def _is_of_change(element: etree._Element, line: str) -> bool:
    """Whether the element is the date of a change, by its text, the label before it, or its or its parent's class."""
    parent = element.getparent()
    names = " ".join(each.get("class") or "" for each in (element, parent) if each is not None)
    return is_named_for_change(f"{names[:MAX_NAMES]} {element.get('itemprop') or ''}") or is_change_label(
        f"{line} {label_before(element)}"
    )


def _spaced_text(element: etree._Element) -> str:
    """Return the pieces of text in the element, separated so that a name is not joined with the date next to it."""
    pieces: list[str] = []
    length = 0
    for node in element.itertext():
        piece = text(str(node), _MAX_TEXT + 1)
        if piece:
            pieces.append(piece)
            length += len(piece)
        if length > _MAX_TEXT:
            break
    return " | ".join(pieces)
