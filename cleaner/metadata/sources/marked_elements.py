"""Metadata in elements of the whole page that are marked as bylines or dates by their tag or class.

These are read only if the page's head and the lines around the headline do not fill all fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.author_labels import east_asian_names, is_other_work, opening
from cleaner.metadata.fields.dates import (
    WrittenDate,
    day_of,
    is_change_label,
    is_named_for_change,
    is_publication_label,
)
from cleaner.metadata.fields.names import looks_like_name
from cleaner.metadata.fields.values import inner_text, name_key
from cleaner.metadata.sources.author_urls import author_url_candidates
from cleaner.metadata.sources.byline_lines import (
    MAX_NAMES,
    NO_LINE_KINDS,
    is_elsewhere,
    label_before,
    line_kinds,
    link_text,
)
from cleaner.metadata.sources.bylines import (
    MAX_BYLINE,
    is_author_link,
    is_byline_name,
    is_category_link,
    people_in,
)
from cleaner.metadata.sources.visible_text import dates_in_line
from cleaner.patterns import lazy_pattern

_MAX_ELEMENTS = 60  # of one kind, on one page
_LABEL = lazy_pattern(r"[^\W\d_][^\W\d_ ]{2,20}\s*[:：]")
_MAX_LINKS = 500  # that are compared with the names in a byline
_MAX_LINKS_IN_BYLINE = 20
_MAX_TEASER = 400  # characters of the teaser of another article, and of a list of bylines
_MAX_TEASER_DEPTH = 4  # levels between a byline and the teaser that holds it
_MIN_TEASER = 40  # characters of the text of a teaser besides the names
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MIN_HEADLINE = 20  # characters of a linked headline
_MAX_DATE_ELEMENT = 130  # characters of an element that holds a date and little else
# Class names of elements with the date of publication.
_PUBLISHED_NAMES = lazy_pattern(
    r"publish|entry-date|post-?date|posted|pubdate|dt-pub|createdate|article-?date", re.IGNORECASE
)


class MarkedElements(NamedTuple):
    """Elements of the whole page by the kind that their tag or class declares, each list in the order of the page."""

    author_elements: list[etree._Element]  # bylines, links to authors, and elements with a time
    date_elements: list[etree._Element]  # elements with a class for dates, and <time>
    links: list[etree._Element]  # the first ones


def find_marked_elements(root: etree._Element) -> MarkedElements:
    """Return the marked elements of the page, in one pass over the tree."""
    result = MarkedElements([], [], [])
    for element in root.iter("*"):
        tag = element.tag
        names = element.get("class")
        if "-" in tag:  # a custom element, such as <page-byline>
            names = f"{names or ''} {tag}"
        line_kind = line_kinds(names[:MAX_NAMES]) if names else NO_LINE_KINDS
        is_byline = line_kind.byline
        if tag == "a":
            if len(result.links) < _MAX_LINKS:
                result.links.append(element)
            is_byline = is_byline or "author" in (element.get("rel") or "").lower().split()
        elif tag == "time" or tag == "abbr":
            is_byline = True
        if is_byline and len(result.author_elements) < _MAX_ELEMENTS:
            result.author_elements.append(element)
        if (line_kind.date or tag == "time") and len(result.date_elements) < _MAX_ELEMENTS:
            result.date_elements.append(element)
    return result


def candidates(elements: MarkedElements, *, month_first: bool) -> Iterator[Candidate]:
    """Yield the candidates of the marked elements, except for elements that belong to other articles or to comments.

    `month_first` decides whether 3/4/2024 means the fourth of March.
    """
    yield from _author_and_time_candidates(elements)
    yield from _date_candidates(elements, month_first)


def _author_and_time_candidates(elements: MarkedElements) -> Iterator[Candidate]:
    navigation = _LinksOfNavigation(elements.links)
    first: dict[str, etree._Element] = {}  # by source, the first element that names people
    for element in elements.author_elements:
        if is_elsewhere(element):
            continue
        names = _names(element)
        parent = element.getparent()
        machine_date = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        if machine_date:
            label = label_before(element)
            if element.tag == "time" and parent is not None and not names.strip():
                names = (parent.get("class") or "")[:MAX_NAMES]
            if is_named_for_change(names) or is_change_label(label):
                yield Candidate("modified", machine_date[:100], "time element")
            elif _PUBLISHED_NAMES.search(names) or element.get("pubdate") is not None or is_publication_label(label):
                yield Candidate("published", machine_date[:100], "time element")
            continue
        if "author" in (element.get("rel") or "").lower().split():
            source = "rel=author"
        elif line_kinds(names).byline:
            source = "author element"
        else:
            continue
        people = _people_in_element(element, source, navigation)
        if not people or _is_in_teaser(element, people):
            continue
        # Further away, such elements name the authors of other articles, and people who are quoted.
        if _are_near(first.setdefault(source, element), element):
            yield Candidate("authors", people, source)
            yield from author_url_candidates(element, source)


def _names(element: etree._Element) -> str:
    custom = element.tag if "-" in element.tag else ""
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {custom}"[:MAX_NAMES]


class _LinksOfNavigation:
    """The texts of the links in menus and other parts that do not belong to the article. They are read when needed."""

    def __init__(self, links: Sequence[etree._Element]) -> None:
        self._links = links
        self._keys: frozenset[str] | None = None

    def __contains__(self, name: str) -> bool:
        if self._keys is None:
            self._keys = frozenset(name_key(link_text(link)) for link in self._links if _is_in_navigation(link))
        return name_key(name) in self._keys


def _is_in_navigation(link: etree._Element) -> bool:
    return any(ancestor.tag == "nav" for ancestor in link.iterancestors("nav", "article", "main"))


def _people_in_element(element: etree._Element, source: str, navigation: _LinksOfNavigation) -> list[str]:
    """Return the people that an element names, without sections of the site that it also links to."""
    text = inner_text(element, 200, between=" | ")
    is_linked = source == "rel=author"
    if is_other_work(text) or (_LABEL.match(text) and opening(text) is None and not east_asian_names(text)):
        return []  # "Editors: Ada Moss"
    links = [element] if element.tag == "a" else list(islice(element.iter("a"), _MAX_LINKS_IN_BYLINE))
    author_links = [link for link in links if is_author_link(link)]
    if author_links and not is_linked and len(text) <= MAX_BYLINE:
        linked = [name for link in author_links for name in people_in(link_text(link)) if looks_like_name(name)]
        if linked:
            return list(dict.fromkeys(linked))
    if not is_linked and (len(text) > MAX_BYLINE // 2 or not is_byline_name(_names(element))):
        return []
    sections = {name_key(link_text(link)) for link in links if is_category_link(link)}
    return [
        name
        for name in people_in(text)
        if looks_like_name(name, declared=is_linked)
        and name_key(name) not in sections
        and not (links and not author_links and name in navigation)
    ]


def _is_in_teaser(element: etree._Element, people: Sequence[str]) -> bool:
    """Whether the element belongs to the teaser of another article.

    That is a short part of the page that has a linked headline, or that is one of several alike with more text than the
    name.
    """
    keys = {name_key(name) for name in people}
    names_length = sum(map(len, people))
    for ancestor in islice(element.iterancestors(), _MAX_TEASER_DEPTH):
        length = len(inner_text(ancestor, _MAX_TEASER))
        if ancestor.tag in ("body", "main", "html") or length >= _MAX_TEASER:
            return False
        if next(ancestor.iter("h1"), None) is not None:
            return False
        alike = 0 if ancestor.tag == "p" else _count_alike(ancestor)
        if alike > 1 and length > names_length + _MIN_TEASER:
            return True
        if any(_is_headline(link, keys, in_card=alike > 0 or ancestor.tag == "li") for link in ancestor.iter("a")):
            return True
    return False


def _count_alike(element: etree._Element) -> int:
    """Return the number of siblings with the same tag and class: 0, 1, or 2 for more; 0 without a class."""
    names = element.get("class")
    alike = (sibling for sibling in element.itersiblings(element.tag) if sibling.get("class") == names)
    before = (sibling for sibling in element.itersiblings(element.tag, preceding=True) if sibling.get("class") == names)
    return sum(1 for _ in islice(chain(alike, before), 2)) if names or element.tag == "li" else 0


def _is_headline(link: etree._Element, keys: Collection[str], *, in_card: bool) -> bool:
    """Whether a link is the headline of a teaser: in a heading, or long and in one of several parts alike."""
    words = link_text(link)
    if words.count(" ") < 3 or len(words) < _MIN_HEADLINE or is_author_link(link):
        return False
    if any(key in name_key(words) for key in keys):
        return False
    parent = link.getparent()
    return in_card or (parent is not None and parent.tag in _HEADINGS) or next(link.iter(*_HEADINGS), None) is not None


def _are_near(one: etree._Element, other: etree._Element) -> bool:
    """Whether a short part of the page holds both elements."""
    if one is other:
        return True
    around = set(islice(one.iterancestors(), _MAX_TEASER_DEPTH))
    common = next((ancestor for ancestor in other.iterancestors() if ancestor in around), None)
    return common is not None and len(inner_text(common, _MAX_TEASER)) < _MAX_TEASER


def _date_candidates(elements: MarkedElements, month_first: bool) -> Iterator[Candidate]:
    """Yield the date of the elements with a class for dates, if all have the same. Different dates are a list."""
    by_day: dict[date, WrittenDate] = {}
    for element in elements.date_elements:
        text = inner_text(element, _MAX_DATE_ELEMENT, between=" ")
        names = " ".join(each.get("class") or "" for each in (element, element.getparent()) if each is not None)
        if (
            element.get("datetime")
            or len(text) == _MAX_DATE_ELEMENT
            or is_named_for_change(names)
            or is_elsewhere(element)
        ):
            continue
        for written in dates_in_line(text, "date", month_first=month_first):
            if not written.is_change and not is_change_label(label_before(element)):
                by_day.setdefault(day_of(written.value), written)
    if len(by_day) == 1:
        yield Candidate("published", next(iter(by_day.values())), "date element")
