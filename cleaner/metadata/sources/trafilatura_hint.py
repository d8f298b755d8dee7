"""The second opinion: what trafilatura and htmldate take from the page's body where nothing was declared.

They are shown a small page made of what may be a byline or a date, never the page itself: their reading of a whole page
costs more than all of ours, some of their expressions take seconds for one long string, and given a page without any
date, htmldate finds one on 98 of 100.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import tells_change
from cleaner.metadata.fields.names import looks_like_name
from cleaner.metadata.fields.values import text
from cleaner.metadata.sources.byline_lines import MAX_NAMES, is_elsewhere
from cleaner.metadata.sources.marked_elements import MarkedElements, label_of, names_change
from cleaner.page.characters import clean_characters
from cleaner.trafilatura_adapter import extract_author, find_date

_log = logging.getLogger(__name__)

FIELDS = frozenset({"authors", "published"})

_COPIED = ("class", "id", "itemprop", "rel", "data-testid", "datetime", "content", "title")
# Elements looked at, and characters of each: a byline stands near the top, and is short.
_MAX_ELEMENTS = 40
_MAX_TEXT = 120


def candidates(marked: MarkedElements, url: str | None, missing: Collection[str]) -> Iterator[Candidate]:
    """What they say of the fields that are missing, of those in `FIELDS`. The tree stays as it is."""
    if "authors" in missing and (bylines := _copies(marked.signed)):
        # What they find where nobody declares an author is a button or a place more often than it is a person.
        names = [name for name in _asked(extract_author, _page(bylines)).split("; ") if looks_like_name(name)]
        if names:
            yield Candidate("authors", names, "trafilatura")
    if "published" in missing:
        dates = _copies(marked.dated)
        day = _asked(find_date, _page(dates), url) if dates or url else None
        if day:
            yield Candidate("published", day, "htmldate")


def _asked(question: Callable[..., str | None], *about: Any) -> str:
    """The answer, empty where there is none. Whatever goes wrong over there is no reason to lose the page."""
    try:
        return question(*about) or ""
    except Exception:
        _log.warning("no second opinion on the metadata", exc_info=True)
        return ""


def _page(elements: Sequence[etree._Element]) -> Any:
    from lxml.html import document_fromstring

    page: Any = document_fromstring("<html><head></head><body></body></html>")
    page.body.extend(elements)
    return page


def _copies(elements: Sequence[etree._Element]) -> list[etree._Element]:
    """Flat, short copies of the elements, in the order of the page; not of those that belong to other articles."""
    from lxml.html import Element

    copies: list[etree._Element] = []
    for element in elements:
        words = _words(element)
        if len(words) > _MAX_TEXT or is_elsewhere(element) or _of_change(element, words):
            continue
        tag = str(element.tag)
        copy = Element(tag if tag.isalnum() else "span")  # HTML has names, such as <o:p>, that lxml will not make
        for name in _COPIED:
            if said := element.get(name):
                copy.set(name, clean_characters(said[:_MAX_TEXT]))
        copy.text = words
        copies.append(copy)
        if len(copies) == _MAX_ELEMENTS:
            break
    return copies


def _of_change(element: etree._Element, words: str) -> bool:
    """Whether what the element holds is called the date of a change, by itself, its names or those around it."""
    parent = element.getparent()
    names = " ".join(place.get("class") or "" for place in (element, parent) if place is not None)
    return names_change(f"{names[:MAX_NAMES]} {element.get('itemprop') or ''}") or tells_change(
        f"{words} {label_of(element)}"
    )


def _words(element: etree._Element) -> str:
    """The pieces of text in the element, parted so that a name is not run together with the date beside it."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        said = text(str(piece), _MAX_TEXT + 1)
        if said:
            pieces.append(said)
            length += len(said)
        if length > _MAX_TEXT:
            break
    return " | ".join(pieces)
