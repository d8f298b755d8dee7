"""The lines that readers see around the headline, and what the names of elements say that they are."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cleaner.metadata.fields.values import folded, inner_text, one_line
from cleaner.page.elements import BLOCK_ELEMENTS

# Where bylines and date lines stand: so many lines before the headline, and behind it to the third paragraph of prose.
_LINES_BEFORE = 6
_LINES_AFTER = 60
_SIBLINGS_BEFORE = 3
_PROSE = 3
# Characters. Longer lines are prose, and tell names and dates of others.
LONG = 200
_MAX_LINE = 2_000
MAX_NAMES = 500  # characters of an element's class and id

# What ends a line: blocks, except a <legend>, which labels the line after it, and line breaks.
LINE_ELEMENTS = BLOCK_ELEMENTS - {"legend"} | {"br"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "select", "option", "button", "iframe", "form"})
# Elements of other articles, of readers and of the site, by the first or last word of their classes and ids.
_ELSEWHERE_TAGS = frozenset({"aside", "nav", "figcaption"})
_ELSEWHERE = frozenset(
    """comment comments commentlist related recommended recommendations sidebar teaser teasers card cards promo trending
    popular newsletter breadcrumb breadcrumbs carousel reviewer menu nav navigation cookie cookies consent banner latest
    ticker copyright disclaimer caption credit mostread mostpopular gallery slider""".split()
)
_SMALL_PICTURE = re.compile(
    r"logo|icon|avatar|author|byline|sprite|pixel|spacer|placeholder|badge|emoji|gravatar|blank\.|1x1|\.svg|flag|button",
    re.IGNORECASE,
)
_WIDTH_IN_ADDRESS = re.compile(r"[-_/=?&,]w(?:idth)?[-_=]?(\d{1,4})(?!\d)", re.IGNORECASE)  # "-w35/", "?width=40"
_MIN_PICTURE_WIDTH = 150  # pixels of width, where the page says it: smaller ones are portraits and signs


# "TownMay 3, 2024Updated": elements that only a style sets apart.
_GLUED = re.compile(r"[a-zß-öø-ÿ0-9][A-ZÀ-ÖØ-Þ]")


class Line(NamedTuple):
    """Text that a reader sees as one line or paragraph."""

    text: str
    element: etree._Element  # the block that it stands in
    inline: tuple[etree._Element, ...]  # elements within the line that hold text
    names: str  # class and id of all of these, and of the two elements around
    place: int  # lines behind the headline, negative before it


class HeadlineContext(NamedTuple):
    """What stands around the headline."""

    lines: tuple[Line, ...]
    picture: etree._Element | None  # the first picture large enough to be the article's


def around(root: etree._Element, title: str | None) -> HeadlineContext:
    """The lines around the headline `title`; without one, those at the top of the page. The tree stays as it is."""
    body = root.find("body")
    walk = _Walk(_headline_element(root, title))
    try:
        walk.element(body if body is not None else root)
        walk.flush()
    except _Enough:
        pass
    return HeadlineContext((*walk.before, *walk.after), walk.picture)


def _headline_element(root: etree._Element, title: str | None) -> etree._Element | None:
    wanted = folded(title or "")
    ranked: dict[int, etree._Element] = {}
    for heading in root.iter(*HEADINGS):
        is_top = heading.tag == "h1"
        if not is_top and not ranked.keys().isdisjoint((0, 1)):
            continue  # none of a lower level is asked any more
        said = folded(inner_text(heading)) if wanted else ""
        if is_top:
            if said and said == wanted:
                # The last one, for what stands in a bar at the top is a copy; so is what stands among other articles.
                if 0 not in ranked or not is_elsewhere(heading):
                    ranked[0] = heading
            elif said and (said in wanted or wanted in said):
                ranked.setdefault(2, heading)
            ranked.setdefault(3, heading)
        elif said and said == wanted:
            ranked.setdefault(1, heading)
    return ranked[min(ranked)] if ranked else None


class _Enough(Exception):
    """The walk has seen what there is to see."""


class _Walk:
    """A walk over the elements of a page that gathers their lines."""

    def __init__(self, headline: etree._Element | None) -> None:
        self.headline = headline
        self.before: deque[Line] = deque(maxlen=_LINES_BEFORE)
        self.after: list[Line] = []
        self.picture: etree._Element | None = None
        self._way = frozenset((headline, *headline.iterancestors())) if headline is not None else frozenset()
        self._passed = headline is None
        self._prose = 0
        self._pieces: list[str] = []
        self._inline: list[etree._Element] = []
        self._block: etree._Element | None = None

    def element(self, element: etree._Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            return
        if element is self.headline:
            self.flush()
            self._passed = True
            self.before = deque(self.before, maxlen=_LINES_BEFORE)
            return
        if tag == "img":
            self._see(element)
            return
        block = tag in LINE_ELEMENTS
        if block:
            self.flush()
            if _is_apart(element) and not self._holds_headline(element):
                return
            self._block = element
        self._add(element.text, element, block)
        for child in self._children(element):
            self.element(child)
            self._add(child.tail, element, block)
        if block:
            self.flush()

    def _holds_headline(self, element: etree._Element) -> bool:
        return not self._passed and element in self._way

    def _children(self, element: etree._Element) -> Iterable[etree._Element]:
        """The children; of those around the headline, only the last before it, for no more lines of them are kept."""
        if not self._holds_headline(element):
            return element
        children = list(element)
        step = next((place for place, child in enumerate(children) if child in self._way), 0)
        return children[max(0, step - _SIBLINGS_BEFORE) :]

    def _add(self, said: str | None, element: etree._Element, block: bool) -> None:
        if said and not said.isspace():
            if self._pieces and _GLUED.match(self._pieces[-1][-1:] + said[:1]):
                self._pieces.append(" ")
            self._pieces.append(said[:_MAX_LINE])
            if block:
                self._block = element
            else:
                self._inline.append(element)
                if self._block is None:
                    self._block = element
        elif said and self._pieces:
            self._pieces.append(" ")

    def flush(self) -> None:
        """Ends the line."""
        block, self._block = self._block, None
        if not self._pieces:  # two edges of blocks in a row: the commonest case
            return
        said = one_line("".join(self._pieces)[:_MAX_LINE], _MAX_LINE)
        inline = tuple(self._inline)
        self._pieces, self._inline = [], []
        if not said or block is None:
            return
        place = len(self.after) + 1 if self._passed else 0
        line = Line(said, block, inline, _names(block, inline), place)
        if not self._passed:
            self.before.append(line)
            return
        self.after.append(line)
        self._prose += len(said) > LONG
        if self._prose >= _PROSE or len(self.after) >= _LINES_AFTER:
            raise _Enough

    def _see(self, image: etree._Element) -> None:
        if (
            self.picture is None
            and (self._passed or self.headline is None or len(self.before) > 0)
            and _is_large(image)
        ):
            self.picture = image


def _names(block: etree._Element, inline: Sequence[etree._Element]) -> str:
    names = []
    elements = [block, *inline]
    for place in block.iterancestors():
        if len(elements) >= len(inline) + 3 or place.tag in ("body", "main", "article"):
            break
        elements.append(place)
    for element in elements:
        for attribute in ("class", "id", "itemprop", "rel"):
            if said := element.get(attribute):
                names.append(said)
    return " ".join(names)[:MAX_NAMES]


def _is_apart(element: etree._Element) -> bool:
    """Whether the element belongs to other articles, to readers or to the site."""
    tag = element.tag
    if tag == "aside" and sum(map(len, islice(element.itertext(), 40))) <= LONG:
        return _names_elsewhere(element)  # a few words: the date and the writer, put into the margin
    return tag in _ELSEWHERE_TAGS or _names_elsewhere(element)


def _names_elsewhere(element: etree._Element) -> bool:
    said = element.get("class") or ""
    identity = element.get("id") or ""
    return bool(said or identity) and _say_elsewhere(f"{said[:MAX_NAMES]} {identity[:MAX_NAMES]}")


@lru_cache(maxsize=10_000)
def _say_elsewhere(names: str) -> bool:
    for token in names.lower().split():
        parts = _DASHES.split(token)
        if parts[-2:] == _STANDFIRST_OF_DRUPAL:
            continue
        if parts[0] in _ELSEWHERE or (parts[-1] in _ELSEWHERE and parts[0] not in ("has", "with", "no")):
            return True
    return False


_DASHES = re.compile("[-_]+")
# "field--name-field-teaser": the standfirst of the article itself, where cards are called "node--view-mode-teaser".
_STANDFIRST_OF_DRUPAL = ["field", "teaser"]


def is_elsewhere(element: etree._Element) -> bool:
    """Whether the element stands in a part of the page that belongs to other articles, to readers or to the site."""
    for place in (element, *element.iterancestors()):
        if place.tag in ("body", "html"):
            return False
        if _is_apart(place):
            return True
    return False


# --- What names of elements say ---------------------------------------------------------------------------------------


class LineKinds(NamedTuple):
    """What the class of an element says that it holds."""

    byline: bool
    tags: bool
    date: bool


NO_LINE_KINDS = LineKinds(False, False, False)


@lru_cache(maxsize=10_000)  # a page repeats few classes hundreds of times
def kinds(names: str) -> LineKinds:
    low = names.lower()
    if not any(map(low.__contains__, _STEMS)):
        return NO_LINE_KINDS
    words = frozenset(word.lower() for word in _CLASS_WORD.findall(names))
    found = LineKinds(
        not words.isdisjoint(_BYLINE_WORDS), not words.isdisjoint(_TAG_WORDS), not words.isdisjoint(_DATE_WORDS)
    )
    return found if any(found) else NO_LINE_KINDS


# The words of "post-meta", "post_meta" and "PostMeta": whole ones say more than pieces do, and are found faster.
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+")
# Each of the words below has one of these in it.
_STEMS = (
    *("aut", "byl", "writ", "journal", "signat", "firm", "contrib", "creat", "post", "submit", "report"),
    *("tag", "topic", "keyw", "them", "stichw", "schlagw", "etiq", "tema", "label", "dat", "time", "publ", "fech"),
)
_BYLINE_WORDS = frozenset(
    """author authors byline bylines byl writer writers autor autores autorin auteur auteurs journalist journalists
    signature firma contributor contributors createdby postedby writtenby submittedby authorname reporter
    creator""".split()
)
_TAG_WORDS = frozenset(
    """tag tags taglist tagcloud topic topics keyword keywords themen stichworte schlagworte etiquetas temas label
    labels""".split()
)
_DATE_WORDS = frozenset(
    "date dates time datetime timestamp published publish posted pubdate dateline datum fecha".split()
)


def address_of(image: etree._Element) -> str | None:
    """The address of a picture, also of one that a script loads later; of several sizes the last, the largest."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        said = image.get(name)
        if said and not said.startswith("data:"):
            return said
    for name in ("data-srcset", "srcset"):
        if said := image.get(name):
            return said[:8_000].strip().rstrip(",").rsplit(", ", 1)[-1].split(" ")[0] or None
    return None


def _is_large(image: etree._Element) -> bool:
    width = re.match(r"\d+", image.get("width") or "")
    if width and int(width[0][:6]) < _MIN_PICTURE_WIDTH:
        return False
    address = address_of(image)
    parent = image.getparent()
    around = (parent.get("class") or "") if parent is not None else ""
    if (size := _WIDTH_IN_ADDRESS.search((address or "")[-300:])) and int(size[1]) < _MIN_PICTURE_WIDTH:
        return False
    names = f"{image.get('class') or ''} {around} {address or ''}"[:1_000]
    return address is not None and not _SMALL_PICTURE.search(names)


def words_of(link: etree._Element) -> str:
    """The text of a link."""
    return inner_text(link, 200)
