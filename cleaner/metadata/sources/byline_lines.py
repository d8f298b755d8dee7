"""The lines that readers see around the headline, and the kinds of line that class names declare."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cleaner.metadata.fields.dates import find_dates
from cleaner.metadata.fields.values import inner_text, name_key, one_line
from cleaner.page.elements import BLOCK_ELEMENTS, SKIPPED_ELEMENTS
from cleaner.patterns import lazy_pattern

# Bylines and date lines are expected in this many lines before the headline and in this many after it; reading stops
# earlier at the third line of prose.
_MAX_LINES_BEFORE = 6
_MAX_LINES_AFTER = 60
_MAX_PROSE_LINES = 3
# Siblings that are read before an element that holds the headline.
_MAX_SIBLINGS_BEFORE = 3
# Characters. Longer lines are prose; the names and dates in them are not those of the article.
MIN_PROSE = 200
_MAX_LINE = 2_000  # characters; the rest of a longer line is not read
MAX_NAMES = 500  # characters of an element's class and id
_MAX_LABEL = 80  # characters before a date that may label it: "Posted by Ada Moss on"

# Elements that end a line: line breaks, and blocks except <legend>, which labels the line after it.
LINE_ELEMENTS = BLOCK_ELEMENTS - {"legend"} | {"br"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
# Elements without lines of the article: bylines are neither in forms nor on buttons.
_UNREAD_TAGS = SKIPPED_ELEMENTS | {"noscript", "option", "button", "form"}
# Elements that belong to other articles, to comments or to the site, by their tag or by the first or last word of a
# class or id.
_ELSEWHERE_TAGS = frozenset({"aside", "nav", "figcaption"})
_ELSEWHERE_WORDS = frozenset(
    """comment comments commentlist related recommended recommendations sidebar teaser teasers card cards promo trending
    popular newsletter breadcrumb breadcrumbs carousel reviewer menu nav navigation cookie cookies consent banner latest
    ticker copyright disclaimer caption credit mostread mostpopular gallery slider""".split()
)
_TRAIL = lazy_pattern("breadcrumb", re.IGNORECASE)
# Parts of URLs and class names of pictures that are not the article's.
_SMALL_PICTURE_NAME = lazy_pattern(
    r"logo|icon|avatar|author|byline|sprite|pixel|spacer|placeholder|badge|emoji|gravatar|blank\.|1x1|\.svg|flag|button",
    re.IGNORECASE,
)
_WIDTH_IN_URL = lazy_pattern(r"[-_/=?&,]w(?:idth)?[-_=]?(\d{1,4})(?!\d)", re.IGNORECASE)  # "-w35/", "?width=40"
_MIN_PICTURE_WIDTH = 150  # pixels, if the page declares the width; smaller pictures are portraits and icons

# "TownMay 3, 2024Updated": elements that only a style sheet separates.
_GLUED = lazy_pattern(r"[a-zß-öø-ÿ0-9][A-ZÀ-ÖØ-Þ]")


class Line(NamedTuple):
    """Text that a reader sees as one line or paragraph."""

    text: str
    element: etree._Element  # the block that holds it
    inline: tuple[etree._Element, ...]  # elements within the line that hold text
    names: str  # the values of class, id, itemprop and rel of these elements and of the two around them
    position: int  # 1 for the first line after the headline, 2 for the next; 0 for all lines before it


class HeadlineContext(NamedTuple):
    """The lines and the picture around the headline."""

    lines: tuple[Line, ...]
    picture: etree._Element | None  # the first picture large enough to be the article's


def headline_context(root: etree._Element, title: str | None) -> HeadlineContext:
    """Return the lines around the headline `title`; if it is `None`, around the best heading. The tree is not changed.

    On a page without a heading, these are the lines at the top.
    """
    body = root.find("body")
    walk = _Walk(_headline_element(root, title))
    try:
        walk.visit(body if body is not None else root)
        walk.flush()
    except _WalkEndError:
        pass
    return HeadlineContext((*walk.before, *walk.after), walk.picture)


def _headline_element(root: etree._Element, title: str | None) -> etree._Element | None:
    """Return the heading that shows the title; else one that contains it or is part of it, else the first `<h1>`."""
    wanted = name_key(title or "")
    ranked: dict[int, etree._Element] = {}
    for heading in root.iter(*HEADINGS):
        is_top = heading.tag == "h1"
        if not is_top and not ranked.keys().isdisjoint((0, 1)):
            continue  # headings of lower levels cannot be better
        key = name_key(inner_text(heading)) if wanted else ""
        if is_top:
            if key and key == wanted:
                # The last one counts: an earlier one in a bar at the top is a copy, and so is one among other articles.
                if 0 not in ranked or not is_elsewhere(heading):
                    ranked[0] = heading
            elif key and (key in wanted or wanted in key):
                ranked.setdefault(2, heading)
            ranked.setdefault(3, heading)
        elif key and key == wanted:
            ranked.setdefault(1, heading)
    return ranked[min(ranked)] if ranked else None


class _WalkEndError(Exception):
    """Raised to end the walk when enough lines are collected."""


class _Walk:
    """A walk over the elements of a page that collects their lines."""

    def __init__(self, headline: etree._Element | None) -> None:
        self.headline = headline
        self.before: deque[Line] = deque(maxlen=_MAX_LINES_BEFORE)
        self.after: list[Line] = []
        self.picture: etree._Element | None = None
        self._headline_path = frozenset((headline, *headline.iterancestors())) if headline is not None else frozenset()
        self._is_after_headline = headline is None
        self._prose = 0
        self._pieces: list[str] = []
        self._inline: list[etree._Element] = []
        self._block: etree._Element | None = None

    def visit(self, element: etree._Element) -> None:
        """Collect the lines of an element and its descendants. Raises `_WalkEndError` when enough are collected."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNREAD_TAGS:
            return
        if element is self.headline:
            self.flush()
            self._is_after_headline = True
            self.before = deque(self.before, maxlen=_MAX_LINES_BEFORE)
            return
        if tag == "img":
            self._add_picture(element)
            return
        block = tag in LINE_ELEMENTS
        if block:
            self.flush()
            if is_apart(element) and not self._holds_headline(element) and not self._is_dated_trail(element):
                return
            self._block = element
        if text := element.text:
            self._add(text, element, block)
        for child in element if self._is_after_headline else self._children(element):
            self.visit(child)
            if text := child.tail:
                self._add(text, element, block)
        if block:
            self.flush()

    def _holds_headline(self, element: etree._Element) -> bool:
        return not self._is_after_headline and element in self._headline_path

    def _is_dated_trail(self, element: etree._Element) -> bool:
        """Whether the element is a trail of links over the headline that holds the date of the article as well."""
        if self._is_after_headline or not _TRAIL.search(element.get("class") or element.get("id") or ""):
            return False
        text = inner_text(element, MIN_PROSE, between=" ")
        if len(text) >= MIN_PROSE:
            return False
        return next(element.iter("time"), None) is not None or any(find_dates(text, month_first=False))

    def _children(self, element: etree._Element) -> Iterable[etree._Element]:
        """Return the children. If one of them holds the headline, skip those before it except for the last few.

        Only the last lines before the headline are kept, so reading all of them would be a waste.
        """
        if not self._holds_headline(element):
            return element
        children = list(element)
        index = next((index for index, child in enumerate(children) if child in self._headline_path), 0)
        return children[max(0, index - _MAX_SIBLINGS_BEFORE) :]

    def _add(self, text: str, element: etree._Element, block: bool) -> None:
        if not text.isspace():
            if self._pieces and _GLUED.match(self._pieces[-1][-1:] + text[:1]):
                self._pieces.append(" ")
            self._pieces.append(text[:_MAX_LINE])
            if block:
                self._block = element
            else:
                self._inline.append(element)
                if self._block is None:
                    self._block = element
        elif self._pieces:
            self._pieces.append(" ")

    def flush(self) -> None:
        """End the line and keep it, unless it is empty."""
        block, self._block = self._block, None
        if not self._pieces:  # fast path: mostly, one block ends where the next begins
            return
        text = one_line("".join(self._pieces)[:_MAX_LINE], _MAX_LINE)
        inline = tuple(self._inline)
        self._pieces, self._inline = [], []
        if not text or block is None:
            return
        position = len(self.after) + 1 if self._is_after_headline else 0
        line = Line(text, block, inline, _names(block, inline), position)
        if not self._is_after_headline:
            self.before.append(line)
            return
        self.after.append(line)
        self._prose += len(text) > MIN_PROSE
        if self._prose >= _MAX_PROSE_LINES or len(self.after) >= _MAX_LINES_AFTER:
            raise _WalkEndError

    def _add_picture(self, image: etree._Element) -> None:
        if (
            self.picture is None
            and (self._is_after_headline or self.headline is None or len(self.before) > 0)
            and _is_large(image)
        ):
            self.picture = image


def _names(block: etree._Element, inline: Sequence[etree._Element]) -> str:
    """Return `Line.names` for a line, cut to `MAX_NAMES` characters."""
    names = []
    elements = [block, *inline]
    for ancestor in block.iterancestors():
        if len(elements) >= len(inline) + 3 or ancestor.tag in ("body", "main", "article"):
            break
        elements.append(ancestor)
    for element in elements:
        for attribute in ("class", "id", "itemprop", "rel"):
            if value := element.get(attribute):
                names.append(value)
    return " ".join(names)[:MAX_NAMES]


def is_apart(element: etree._Element) -> bool:
    """Whether the element itself belongs to other articles, to comments or to the site."""
    tag = element.tag
    if tag == "aside" and sum(map(len, islice(element.itertext(), 40))) <= MIN_PROSE:
        return _has_elsewhere_name(element)  # a short <aside> may hold the date and the writer
    return tag in _ELSEWHERE_TAGS or _has_elsewhere_name(element)


def _has_elsewhere_name(element: etree._Element) -> bool:
    classes = element.get("class") or ""
    identifier = element.get("id") or ""
    return bool(classes or identifier) and _is_elsewhere_name(f"{classes[:MAX_NAMES]} {identifier[:MAX_NAMES]}")


@lru_cache(maxsize=10_000)
def _is_elsewhere_name(names: str) -> bool:
    for token in names.lower().split():
        parts = _DASHES.split(token)
        if parts[-2:] == _SUBTITLE_OF_DRUPAL:
            continue
        if parts[0] in _ELSEWHERE_WORDS or (parts[-1] in _ELSEWHERE_WORDS and parts[0] not in ("has", "with", "no")):
            return True
    return False


_DASHES = lazy_pattern("[-_]+")
# "field--name-field-teaser" is the subtitle of the article itself; teasers are called "node--view-mode-teaser".
_SUBTITLE_OF_DRUPAL = ["field", "teaser"]


def is_elsewhere(element: etree._Element) -> bool:
    """Whether the element is in a part of the page that belongs to other articles, to comments or to the site."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("body", "html"):
            return False
        if is_apart(ancestor):
            return True
    return False


def is_apart_from_headline(element: etree._Element) -> bool:
    """Whether the element is elsewhere, as in `is_elsewhere`, but not in a part of the page that holds an `<h1>`.

    Themes have names such as "sidebar-1" on the column of the article itself.
    """
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("body", "html"):
            return False
        if is_apart(ancestor):
            return next(ancestor.iter("h1"), None) is None
    return False


def label_before(element: etree._Element) -> str:
    """Return the text right before the element within its parent, at most `_MAX_LABEL` characters."""
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


# --- Kinds of line by class name --------------------------------------------------------------------------------------


class LineKinds(NamedTuple):
    """The kinds of content that the class names of an element declare."""

    byline: bool
    date: bool


NO_LINE_KINDS = LineKinds(False, False)


@lru_cache(maxsize=10_000)  # a page repeats few classes hundreds of times
def line_kinds(names: str) -> LineKinds:
    """Return the kinds of content that `names`, the value of class attributes, declare."""
    lowered = names.lower()
    if not any(map(lowered.__contains__, _STEMS)):
        return NO_LINE_KINDS
    words = frozenset(word.lower() for word in _CLASS_WORD.findall(names))
    result = LineKinds(not words.isdisjoint(_BYLINE_WORDS), not words.isdisjoint(_DATE_WORDS))
    return result if any(result) else NO_LINE_KINDS


# The words of "post-meta", "post_meta" and "PostMeta". Whole words are more reliable than substrings, and faster.
_CLASS_WORD = lazy_pattern(r"[A-Z]?[a-z]+")
# Substrings for a fast first check: each of the words below contains one of them.
_STEMS = (
    *("aut", "byl", "writ", "journal", "signat", "firm", "contrib", "creat", "post", "submit", "report"),
    *("dat", "time", "publ", "fech"),
)
_BYLINE_WORDS = frozenset(
    """author authors byline bylines byl writer writers autor autores autorin auteur auteurs journalist journalists
    signature firma contributor contributors createdby postedby writtenby submittedby authorname reporter
    creator""".split()
)
_DATE_WORDS = frozenset(
    "date dates time datetime timestamp published publish posted pubdate dateline datum fecha".split()
)


def image_url(image: etree._Element) -> str | None:
    """Return the URL of a picture, including one that a script loads later; `None` if it has none.

    If there are only several sizes (srcset), the last one is returned, which is usually the largest.
    """
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = image.get(name)
        if value and not value.startswith("data:"):
            return value
    for name in ("data-srcset", "srcset"):
        if value := image.get(name):
            return value[:8_000].strip().rstrip(",").rsplit(", ", 1)[-1].split(" ")[0] or None
    return None


def _is_large(image: etree._Element) -> bool:
    width = re.match(r"\d+", image.get("width") or "")
    if width and int(width[0][:6]) < _MIN_PICTURE_WIDTH:
        return False
    url = image_url(image)
    parent = image.getparent()
    parent_class = (parent.get("class") or "") if parent is not None else ""
    if (size := _WIDTH_IN_URL.search((url or "")[-300:])) and int(size[1]) < _MIN_PICTURE_WIDTH:
        return False
    names = f"{image.get('class') or ''} {parent_class} {url or ''}"[:1_000]
    return url is not None and not _SMALL_PICTURE_NAME.search(names)


def link_text(link: etree._Element) -> str:
    """Return the text of a link on one line, cut to 200 characters."""
    return inner_text(link, 200)
