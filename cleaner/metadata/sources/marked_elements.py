"""Elements that say what they are by their tags and names, wherever on the page they stand.

Looked for only where the head of the page and the lines around its headline leave something open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import WrittenDate, day_of, tells_change, tells_publication
from cleaner.metadata.fields.names import looks_like_name
from cleaner.metadata.fields.values import inner_text, one_line
from cleaner.metadata.sources.byline_lines import (
    LINE_ELEMENTS,
    LONG,
    MAX_NAMES,
    NO_LINE_KINDS,
    is_elsewhere,
    kinds,
    words_of,
)
from cleaner.metadata.sources.bylines import MAX_BYLINE, is_byline_name, people_in
from cleaner.metadata.sources.visible_text import dates_in_line

_MAX_MARKS = 60
_MAX_TAGS = 60
_MAX_DATED = 130  # characters of an element that holds a date and little else
_PUBLISHED_NAMES = re.compile(
    r"publish|entry-date|post-?date|posted|pubdate|dt-pub|createdate|article-?date", re.IGNORECASE
)
_MAX_LABEL = 80  # characters before a date in which it may be said what it is: "Posted by Ada Moss on"
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|thema|schlagwort\w*|tema|temas|etiquetas?|keywords?|sujets?|dossiers?|argoment[io]|emner?|amne"
    r"|konu|etiket\w*|tagi?|temat|word|stichwort)/[^/]",
    re.IGNORECASE,
)
_LISTS = frozenset({"ul", "ol", "div", "p", "section", "span", "dl", "footer"})


class MarkedElements(NamedTuple):
    """Elements of the whole page by what their tags and names say of them, each in the order of the page."""

    signed: list[etree._Element]  # bylines, links to authors, times
    dated: list[etree._Element]  # what is named for a date, times among them
    tag_links: list[etree._Element]
    tag_lists: list[etree._Element]
    links: list[etree._Element]  # all of them


def marked(root: etree._Element) -> MarkedElements:
    """One look at every element of the page."""
    found = MarkedElements([], [], [], [], [])
    for element in root.iter("*"):
        tag = element.tag
        names = element.get("class")
        named = kinds(names[:MAX_NAMES]) if names else NO_LINE_KINDS
        is_byline = named.byline
        if tag == "a":
            found.links.append(element)
            relation = element.get("rel")
            if relation:
                words = relation.lower().split()
                is_byline = is_byline or "author" in words
                if "tag" in words:
                    found.tag_links.append(element)
        elif tag == "time" or tag == "abbr":
            is_byline = True
        elif named.tags and tag in _LISTS:
            found.tag_lists.append(element)
        if is_byline and len(found.signed) < _MAX_MARKS:
            found.signed.append(element)
        if (named.date or tag == "time") and len(found.dated) < _MAX_MARKS:
            found.dated.append(element)
    return found


def candidates(marked: MarkedElements, *, month_first: bool) -> Iterator[Candidate]:
    """What the marked elements say, those of other articles and of readers left out.

    `month_first` decides what 3/4/2024 means.
    """
    yield from _signed(marked)
    yield from _dated(marked, month_first)
    yield from _tags(marked)
    yield from _tag_links(marked)


def _signed(marked: MarkedElements) -> Iterator[Candidate]:
    for element in marked.signed:
        if is_elsewhere(element):
            continue
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"[:MAX_NAMES]
        parent = element.getparent()
        said = inner_text(element, 200, between=" | ")
        machine = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        if machine:
            label = label_of(element)
            if element.tag == "time" and parent is not None and not names.strip():
                names = (parent.get("class") or "")[:MAX_NAMES]
            if names_change(names) or tells_change(label):
                yield Candidate("modified", machine[:100], "time element")
            elif _PUBLISHED_NAMES.search(names) or element.get("pubdate") is not None or tells_publication(label):
                yield Candidate("published", machine[:100], "time element")
        elif "author" in (element.get("rel") or "").lower().split():
            yield from _names_of(said, "rel=author")
        elif len(said) <= MAX_BYLINE // 2 and kinds(names).byline and is_byline_name(names):
            yield from _names_of(said, "author element")


def _dated(marked: MarkedElements, month_first: bool) -> Iterator[Candidate]:
    """The day of the elements that are named for dates, where it is one; where they are several, they are of a list."""
    found: dict[date, WrittenDate] = {}
    for element in marked.dated:
        said = inner_text(element, _MAX_DATED, between=" ")
        names = " ".join(place.get("class") or "" for place in (element, element.getparent()) if place is not None)
        if element.get("datetime") or len(said) == _MAX_DATED or names_change(names) or is_elsewhere(element):
            continue
        for told in dates_in_line(said, "date", month_first=month_first):
            if not told.changed and not tells_change(label_of(element)):
                found.setdefault(day_of(told.value), told)
    if len(found) == 1:
        yield Candidate("published", next(iter(found.values())), "date element")


def names_change(names: str) -> bool:
    """Whether an element is named for the date of a change alone; some themes name it "published updated"."""
    return tells_change(names) and "published" not in names.lower().split()


def label_of(element: etree._Element) -> str:
    """The words right before the element in the one around it."""
    parent = element.getparent()
    if parent is None or parent.tag == "body":
        return ""
    pieces: list[str] = []
    for before in element.itersiblings(preceding=True):
        if before.tag in LINE_ELEMENTS or sum(map(len, pieces)) > _MAX_LABEL:
            break
        pieces = [inner_text(before, _MAX_LABEL), before.tail or "", *pieces]
    else:
        pieces.insert(0, parent.text or "")
    return one_line("".join(pieces)[-4 * _MAX_LABEL :])[-_MAX_LABEL:]


def _names_of(said: str, witness: str) -> Iterator[Candidate]:
    names = [name for name in people_in(said) if looks_like_name(name, declared=witness == "rel=author")]
    if names:
        yield Candidate("authors", names, witness)


def _tags(marked: MarkedElements) -> Iterator[Candidate]:
    """The texts of links that are marked as tags, or that stand in an element that says it holds them."""
    linked = [words_of(link) for link in marked.tag_links[:_MAX_TAGS] if not is_elsewhere(link)]
    lists = [element for element in marked.tag_lists[:_MAX_TAGS] if not is_elsewhere(element)]
    listed = [words_of(link) for element in lists for link in islice(element.iter("a"), _MAX_TAGS)]
    for found, witness in ((linked, "rel=tag"), (listed, "tag list")):
        said = [tag for tag in found if 1 < len(tag) <= 60]
        if said:
            yield Candidate("tags", list(dict.fromkeys(said))[:_MAX_TAGS], witness)


def _tag_links(marked: MarkedElements) -> Iterator[Candidate]:
    """The texts of links whose address says that they lead to a tag's page, unless they stand within prose."""
    found: list[str] = []
    for link in marked.links:
        if not _TAG_PATH.search((link.get("href") or "")[:500]) or is_elsewhere(link):
            continue
        said = words_of(link)
        parent = link.getparent()
        in_prose = parent is not None and len(inner_text(parent, LONG + 1)) > LONG
        if 1 < len(said) <= 40 and (not in_prose or (len(link) == 0 and parent is not None and parent.tag != "p")):
            found.append(said)
        if len(found) >= _MAX_TAGS:
            break
    if len(found) > 1:  # a single one is as often a series or a part of the site
        yield Candidate("tags", list(dict.fromkeys(found)), "tag link")
