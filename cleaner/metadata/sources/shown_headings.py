"""The headings that may show the headline, and the kicker before or above it."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from lxml import etree

from cleaner.metadata.fields.dates import is_change_label
from cleaner.metadata.fields.values import name_key, one_line
from cleaner.metadata.sources.byline_lines import MAX_NAMES, is_elsewhere
from cleaner.patterns import lazy_pattern

_MAX_HEADINGS = 20
# Characters. Longer headings are paragraphs that are marked up as headings.
_MAX_HEADING = 300
_MAX_KICKER = 60  # characters
_MAX_TRAILING = 30  # characters of a badge at the end of a heading
_MAX_ANCESTORS = 6  # of a heading that are examined
_MAX_WRAPPERS = 2  # ancestors of a heading above which the label may stand
_MAX_LINES = 3_000  # elements of a page that are searched for a line

# Words that themes use for kickers, in lower case and without separators: "article__kicker", "pre-title", "topLine".
_KICKER_NAMES = frozenset(
    """kicker overline eyebrow topline pretitle overtitle uppertitle suptitle supertitle superhead overhead roofline
    dachzeile spitzmarke ortsmarke surtitre antetitulo antetitolo sovratitolo soprattitolo chapeu cintillo nadtytul
    nadnaslov vignette shoulder""".split()
)
# An element so named holds the headline itself: "entry-title-primary".
_TITLE_NAMES = frozenset({"title", "headline", "heading", "maintitle"})
_CRUMB_NAMES = frozenset({"breadcrumb", "breadcrumbs", "crumb", "crumbs", "breadcrumblist"})
_CRUMB_ATTRIBUTES = ("class", "id", "aria-label", "itemtype", "typeof")
_PAGE_ELEMENTS = frozenset({"article", "main", "body", "html"})
_APART_TAGS = frozenset({"aside", "li", "dialog", "footer", "form"})
_SILENT_TAGS = frozenset({"style", "script", "noscript", "template", "svg", "button"})
_LINE_TAGS = ("h2", "h3", "h4", "p", "div", "span", "strong", "b", "font", "td", "center", "dt")
_WORD = lazy_pattern(r"[A-Z]?[a-zß-öø-ÿ]+|[A-Z]+(?![a-z])")
_COLON = lazy_pattern(r"[:：]\s*$")
_SEPARATOR_START = lazy_pattern(r"[\s:：|｜/·•]+|[–—-]+\s+")
_SEPARATOR_END = lazy_pattern(r"[\s:：|｜/·•–—-]+$")
_YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b|\d{1,2}[:h]\d\d|\d{1,2}[./]\d{1,2}[./]")  # in a date rather than a topic
_MIN_PARAGRAPH = 100  # characters; a paragraph before a heading shows that it is the heading of a section


class Heading(NamedTuple):
    """A heading that may be the headline."""

    text: str
    source: str = "h1"
    # A first part in an element of its own, and the text after it. A reader may see them as one line.
    kicker: str = ""
    rest: str = ""
    has_colon: bool = False  # whether a colon stands between the two
    is_named_kicker: bool = False  # whether that element is named for kickers
    # The label above the heading, and whether it is named for kickers.
    label: str = ""
    is_named_label: bool = False
    trailing: str = ""  # the text of the heading's last element, such as a badge or the link to a footnote
    is_crumb: bool = False  # the last step of a breadcrumb
    is_placed: bool = True  # not in a part of the page that belongs to the site or to other articles


def shown_headings(root: etree._Element) -> list[Heading]:
    """Return the first-level headings, at most `_MAX_HEADINGS`, then the second-level ones of the article's header.

    The latter are returned only for pages that have no first-level heading outside of a breadcrumb.
    """
    headings = []
    for element in root.iter("h1"):
        heading = _heading(element)
        if heading is not None:
            headings.append(heading)
        if len(headings) == _MAX_HEADINGS:
            break
    if all(heading.is_crumb for heading in headings):
        second = (_heading(element) for element in islice(root.iter("h2"), _MAX_HEADINGS) if _is_in_header(element))
        headings += islice((heading for heading in second if heading is not None), 1)
    return headings


def shown_line(root: etree._Element, keys: Collection[str]) -> str | None:
    """Return the first heading or line of the page whose `name_key` is in `keys`; `None` if there is none."""
    longest = 3 * max(map(len, keys), default=0)
    for element in islice(root.iter(*_LINE_TAGS), _MAX_LINES):
        if len(element.text or "") > longest or len(element) > 3:
            continue
        text = _text_of(element, longest)
        if name_key(text) in keys:
            return text
    return None


def _heading(element: etree._Element) -> Heading | None:
    text = _text_of(element, 2 * _MAX_HEADING)
    if not 0 < len(text) <= _MAX_HEADING:
        return None
    tag = str(element.tag)
    is_crumb = _is_crumb(element)
    heading = Heading(text, tag, is_crumb=is_crumb, is_placed=not is_crumb and not _is_apart(element))
    if (parts := _parts(element)) is not None:
        heading = heading._replace(kicker=parts[0], rest=parts[1], has_colon=parts[2], is_named_kicker=parts[3])
    if (label := _label_above(element)) is not None:
        heading = heading._replace(label=label[0], is_named_label=label[1])
    return heading._replace(trailing=_trailing(element))


def _trailing(heading: etree._Element) -> str:
    """Return the text of the last element within a heading if nothing follows it; empty if there is none."""
    element = heading
    while len(element) and not _has_text(element[-1].tail) and isinstance(element[-1].tag, str):
        element = element[-1]
        text = _text_of(element, _MAX_KICKER)
        if name_key(text) and len(text) <= _MAX_TRAILING:
            return text
    return ""


def _text_of(element: etree._Element, limit: int) -> str:
    """Return the text of an element on one line, without styles and scripts."""
    return one_line(html.unescape("".join(_pieces(element, limit))), limit)


def _pieces(element: etree._Element, limit: int) -> Iterator[str]:
    """Yield the pieces of text within an element, at least `limit` characters if it has so many."""
    length = 0
    for piece in _all_pieces(element):
        yield piece
        length += len(piece)
        if length > limit:
            return


def _all_pieces(element: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if node.tag in _SILENT_TAGS and node is not element:
                walk.skip_subtree()
            elif node.tag == "br":
                yield " "
            elif node.text:
                yield node.text
        elif node is not element and node.tail:
            yield node.tail


def _parts(heading: etree._Element) -> tuple[str, str, bool, bool] | None:
    """Return the text of a heading's first element, that after it, whether a colon is between them, and its name.

    `None` if the heading does not begin with an element, or has nothing after it. Elements around all of the text are
    opened.
    """
    element = heading
    for _ in range(_MAX_ANCESTORS):
        children = [child for child in element if isinstance(child.tag, str) and child.tag not in _SILENT_TAGS]
        has_text = _has_text(element.text) or any(_has_text(child.tail) for child in element)
        full = [child for child in children if _text_of(child, _MAX_HEADING)]
        if has_text or len(full) != 1:
            break
        element = full[0]
    if not full or _has_text(element.text) or full[0].tag == "br":
        return None
    first = full[0]
    before = _text_of(first, _MAX_HEADING)
    after: list[str] = [first.tail or ""]
    for sibling in first.itersiblings():
        if isinstance(sibling.tag, str) and sibling.tag not in _SILENT_TAGS:
            after.append(" " if sibling.tag == "br" else "")
            after.extend(_pieces(sibling, _MAX_HEADING))
        after.append(sibling.tail or "")
    rest = one_line(html.unescape("".join(after)), _MAX_HEADING)
    has_colon = bool(_COLON.search(before)) or rest[:1] in (":", "：")
    if separator := _SEPARATOR_START.match(rest):
        rest = rest[separator.end() :]
    kicker = _SEPARATOR_END.sub("", before)
    is_named = _has_kicker_name(first)
    if not is_topic(kicker) or not name_key(rest) or (not is_named and _has_title_name(first)):
        return None
    return kicker, rest, has_colon, is_named


def is_topic(text: str) -> bool:
    """Whether a text may be a kicker: it is short, no sentence and no date."""
    is_short = bool(name_key(text)) and len(text) <= _MAX_KICKER
    return is_short and not text.endswith((".", "…")) and not _YEAR.search(text) and not is_change_label(text)


def _has_text(text: str | None) -> bool:
    return bool(text) and not str(text).isspace()


def _label_above(heading: etree._Element) -> tuple[str, bool] | None:
    """Return the short line right above a heading, and whether an element with the name of a kicker holds it."""
    element = heading
    for _ in range(_MAX_WRAPPERS + 1):
        above = next((other for other in element.itersiblings(preceding=True) if _is_shown(other)), None)
        parent = element.getparent()
        if above is not None:
            pieces = [piece for piece in _pieces(above, 2 * _MAX_KICKER) if name_key(piece)]
            text = _SEPARATOR_END.sub("", _text_of(above, 2 * _MAX_KICKER))
            # Several pieces are those of a breadcrumb, or labels next to each other.
            if above.tag in ("nav", "ul", "ol", "h1", "figure") or len(pieces) != 1 or not is_topic(text):
                return None
            return text, _has_kicker_name(above) or any(map(_has_kicker_name, islice(above.iterdescendants(), 3)))
        if parent is None or parent.tag in _PAGE_ELEMENTS or _has_text(parent.text):
            return None
        element = parent
    return None


def _is_shown(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag not in _SILENT_TAGS and bool(_text_of(element, _MAX_KICKER))


def _has_title_name(element: etree._Element) -> bool:
    tokens = (element.get("class") or "")[:MAX_NAMES].lower().split()
    last_words = (_WORD.findall(token)[-2:] for token in tokens)
    return any(words[-1] in _TITLE_NAMES or words == ["title", "primary"] for words in last_words if words)


def _has_kicker_name(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and any(
        _is_kicker_name(value[:MAX_NAMES]) for name in ("class", "id") if (value := element.get(name))
    )


@lru_cache(maxsize=10_000)  # a page repeats few classes hundreds of times
def _is_kicker_name(names: str) -> bool:
    for token in names.split():
        words = [word.lower() for word in _WORD.findall(token)]
        pairs = (f"{one}{other}" for one, other in pairwise(words))
        if not _KICKER_NAMES.isdisjoint((*words, *pairs)):
            return True
    return False


def _is_crumb(heading: etree._Element) -> bool:
    """Whether the heading is in a breadcrumb: in an element of that name, or in a list within a <nav>."""
    for element in islice((heading, *heading.iterancestors()), _MAX_ANCESTORS):
        if element.tag in _PAGE_ELEMENTS:
            return False
        if element.tag == "nav":
            return True
        if any(_is_crumb_name(value[:MAX_NAMES]) for name in _CRUMB_ATTRIBUTES if (value := element.get(name))):
            return True
    return False


@lru_cache(maxsize=10_000)
def _is_crumb_name(names: str) -> bool:
    lowered = names.lower()
    return "crumb" in lowered and not _CRUMB_NAMES.isdisjoint(word.lower() for word in _WORD.findall(lowered))


def _is_apart(heading: etree._Element) -> bool:
    """Whether the heading is in a list, a dialog, the header or footer of the site, or beside the article."""
    tags = [element.tag for element in heading.iterancestors()]
    if not _APART_TAGS.isdisjoint(tags) or ("header" in tags and not _is_in_header(heading)):
        return True
    return _follows_paragraph(heading) or is_elsewhere(heading)


def _follows_paragraph(heading: etree._Element) -> bool:
    """Whether a paragraph stands before the heading, or before one of the elements around it."""
    for element in islice((heading, *heading.iterancestors()), _MAX_WRAPPERS + 1):
        if element.tag in _PAGE_ELEMENTS:
            return False
        for before in islice(element.itersiblings("p", preceding=True), _MAX_HEADINGS):
            if len(_text_of(before, _MIN_PARAGRAPH)) == _MIN_PARAGRAPH:
                return True
    return False


def _is_in_header(heading: etree._Element) -> bool:
    """Whether the heading is in the group of headings or in the header of an article."""
    path: Sequence[etree._Element] = list(islice(heading.iterancestors(), _MAX_ANCESTORS))
    tags = [element.tag for element in path]
    if "hgroup" in tags:
        return True
    if "header" not in tags:
        return False
    above = tags[tags.index("header") :]
    return "article" in above or "main" in above
