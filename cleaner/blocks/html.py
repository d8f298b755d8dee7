"""Read the blocks of a page in one walk over its tree. Every piece of text becomes part of exactly one block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, TypeVar

from lxml import etree

from cleaner.blocks.inline import (
    LINK_CLOSES,
    LINK_OPENS,
    NEW_CELL,
    NEW_LINE,
    STYLE_CLOSES,
    STYLE_OPENS,
    STYLES,
    CellShape,
    Inline,
    fold,
    verbatim,
)
from cleaner.caching import cached_by_text
from cleaner.models import (
    BETWEEN_CELLS,
    NO_ELEMENT,
    Block,
    Document,
    Element,
    EmbedCode,
    Kind,
    ListItem,
    MarkKind,
    Medium,
    TableRow,
)
from cleaner.page.characters import clean_characters
from cleaner.page.elements import BLOCK_ELEMENTS, SKIPPED_ELEMENTS
from cleaner.patterns import lazy_pattern

# Void elements, which have no content. <source>, <track> and <wbr> are not here: lxml's parser does not treat them as
# void.
VOID_ELEMENTS = frozenset("area base col img link meta param".split())
UNREAD_ELEMENTS = SKIPPED_ELEMENTS | VOID_ELEMENTS
# Elements that show something other than text. AMP pages have elements of their own, which may contain a caption.
MEDIA = frozenset("audio embed iframe img object video".split())
AMP_MEDIA = frozenset(
    "amp-anim amp-audio amp-brightcove amp-carousel amp-dailymotion amp-iframe amp-img amp-jwplayer amp-video "
    "amp-youtube".split()
)
# Elements around the versions of a picture. They count as one medium.
FRAMES = AMP_MEDIA | {"figure", "picture"}
# In CSS pixels: a picture whose attributes give it a side this short, or a shorter one, is an icon or counts visits.
MAX_ICON_SIDE = 48
# Characters of the words of a medium that are read.
MAX_MEDIUM_LENGTH = 300
# The attributes that have such words.
MEDIUM_TEXTS = ("alt", "title", "aria-label")
# The attributes that have its URL, and those that have one for each size. A script copies the "data-" ones.
MEDIUM_URLS = ("data-src", "data-original", "data-lazy-src", "src")
MEDIUM_SIZES = ("data-srcset", "data-lazy-srcset", "srcset")
MAX_MEDIUM_URL, MAX_MEDIUM_SIZES = 2_000, 8_000  # characters
_SIZE = lazy_pattern(r"\d{1,5}(?:\.\d{1,3})?")
_PIXELS = lazy_pattern(r"([0-9]{1,4})(?:\.[0-9]*)?(?:px)?", re.ASCII)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {
    **dict.fromkeys(HEADINGS, Kind.HEADING),
    "summary": Kind.HEADING,  # of the content that it opens
    **dict.fromkeys(("li", "dd", "dt"), Kind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    # A card or a live blog entry in a list is more than one item of text.
    **dict.fromkeys(("article", "section", "table"), Kind.PARAGRAPH),
    "blockquote": Kind.QUOTE,
    "pre": Kind.PREFORMATTED,
}
# Classes of the element that holds a post, from the embed codes of other services.
EMBED_CLASSES = frozenset(
    "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video reddit-embed-bq reddit-card "
    "bluesky-embed mastodon-embed text-post-media telegram-post imgur-embed-pub".split()
)
EMBED_TAGS = frozenset("amp-twitter amp-instagram amp-facebook amp-tiktok amp-reddit".split())
# With the elements and classes of embed codes that have no lines of text.
EMBED_CODE_CLASSES = EMBED_CLASSES | {"flourish-embed", "infogram-embed"}
EMBED_CODE_TAGS = EMBED_TAGS | frozenset(
    "amp-youtube amp-vimeo amp-dailymotion amp-soundcloud lite-youtube lite-vimeo".split()
)
# Bold and italic are evidence for the judge, so their elements count even without attributes. The other styles do not.
BOLD = frozenset(tag for tag, kind in STYLES.items() if kind is MarkKind.STRONG)
ITALIC = frozenset(tag for tag, kind in STYLES.items() if kind is MarkKind.EMPHASIS)
INLINE_WITH_MEANING = BOLD | EMBED_TAGS | {"a", "picture"}
LISTS = frozenset(("ul", "ol", "menu", "dir", "dl"))
ITEMS = frozenset(("li", "dd", "dt"))
# How classes name the language of code: "language-python", "lang-js", "highlight-source-shell", "brush: sql".
_CODE_LANGUAGE = lazy_pattern(
    r"(?:^|\s)(?:language-|lang-|highlight-(?:source|text)-|brush:\s*)([A-Za-z][\w+#.-]{0,30})"
)
_NUMBER = lazy_pattern(r"\s*(-?\d{1,9})")
# The most columns and rows that a cell may span. Few tables have as many, and the writers repeat what spans several.
MAX_CELL_SIDE = 100
# Classes of text for screen readers only, such as "opens in a new window" within a sentence.
SCREEN_READER_CLASSES = frozenset(
    "sr-only screen-reader-text visually-hidden visuallyhidden screen-reader-only a11y-hidden".split()
)
# Attributes that, besides class and id, say what an element is, and their prefix in `Element.tokens`.
NAMING_ATTRIBUTES = {"role": "role", "itemprop": "itemprop", "aria-label": "label"}
# The most common attributes that do not. Most elements have no others, which one test finds out.
NAMELESS = frozenset("class id href style target rel title".split())
# Characters of such a value that are read, because a label may be a sentence.
MAX_NAMING_LENGTH = 80
# A data attribute whose name ends like this says what part of the page an element is: data-testid, data-gu-name,
# data-component-type. The same attributes hold numbers, settings and texts, which `_PART` leaves out.
_PART_ATTRIBUTE = lazy_pattern(
    r"data-(?:.*-)?(?:test|qa|cy|component|module|mod|widget|block|element|part|area|region|zone|role|type|name|class|"
    r"section|layout|template|container)(?:-?(?:id|name|type|selector|role))?"
)
_PART = lazy_pattern(r"(?!(?:true|false|none|default)$)[A-Za-z][\w-]{1,39}", re.ASCII)
# The prefix of such a value in `Element.tokens`, and how many are read of one element.
PART_PREFIX, MAX_PARTS = "data", 4
# Characters of a class or id attribute that are read. The tokens of elements are cached across pages, and an attribute
# may have 65,536 characters.
MAX_CLASS_LENGTH = 2_000
# A change of case, or a letter after a digit: only a name with one of these is split into words.
_HAS_SEAM = lazy_pattern("[a-z0-9][A-Z]|[A-Z]{2}[a-z]|[0-9][a-z]")
_NAME_PARTS = lazy_pattern("[-_]+")
_WORDS = lazy_pattern("[A-Z]+(?![a-z])[0-9]*|[A-Z]?[^A-Z]+|[A-Z]")
_RUNS = lazy_pattern("[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# The length, in characters, of what build tools append to names. A longer part is not worth finding: rules and the
# lexicon ignore long names.
MIN_HASH_LENGTH, MAX_HASH_LENGTH = 5, 12

# libxml2 accepts control characters that are written as references, such as "&#1;". It never emits "\r" as a line end.
_CONTROLS = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f]")
_HIDING_STYLE = lazy_pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Matches a table that is used for layout and has no rows of data.
_IS_LAYOUT_TABLE = etree.XPath(
    "boolean(@role='presentation' or .//table or .//h1 or .//h2 or .//h3 or .//ul or .//ol or .//form or .//article"
    " or .//section or .//p[2][parent::td or parent::div] or not(.//tr[count(td|th) > 1]))"
)

_AnyReader = TypeVar("_AnyReader", bound="_Reader")
_Attributes = dict[str, str]


def read_page(root: etree._Element) -> Document:
    """Return the blocks of a page. The content of `<noscript>` is read only if there are no other blocks."""
    return _read(root, _Reader)[1]


def read_html(root: etree._Element, *, noscript: bool = False) -> Document:
    """Return the blocks of the tree, in order, and the elements that contain them.

    `noscript` says whether to read the content of `<noscript>`, too: for a page that has no other text.
    """
    reader = _Reader()
    _walk(root, reader, noscript=noscript)
    return reader.document()


def read_selected(
    root: etree._Element, selected: Mapping[etree._Element, bool]
) -> tuple[Document, dict[etree._Element, range]]:
    """Return the blocks of a page as `read_page` does, and the places of the blocks in each selected element.

    An element that is not read has no places. The value of an element says whether its text is separate: if the element
    is inline, its text is then a block of its own, and not part of the paragraph around it.
    """
    reader, document = _read(root, partial(_SelectingReader, selected))
    return document, reader.spans()


def _read(root: etree._Element, new_reader: Callable[[], _AnyReader]) -> tuple[_AnyReader, Document]:
    """Read a page with a new reader, and again with `<noscript>` if there are no blocks."""
    for noscript in (False, True):
        reader = new_reader()
        _walk(root, reader, noscript=noscript)
        if (document := reader.document()).blocks:
            break
    return reader, document


def _walk(root: etree._Element, reader: _Reader, *, noscript: bool) -> None:
    unread = UNREAD_ELEMENTS if noscript else UNREAD_ELEMENTS | {"noscript"}
    # Iterative, not recursive, because the tree of a page may have 2,000 levels.
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in events:
        if event == "start":
            tag = node.tag
            if tag in unread:
                if tag in MEDIA:
                    reader.add_medium(tag, _attributes_of(node))
                elif tag == "noscript":
                    reader.add_fallback(node)
                reader.pass_over()
                events.skip_subtree()
                continue
            reader.open(node, tag)
            text = node.text
        else:
            if event == "end":
                reader.close()
            text = node.tail
        if text:
            if text.isspace():
                reader.add_blank(text)
            else:
                reader.add(text)
    reader.flush()


class _List:
    """A list of the page: its items are numbered as they are read."""

    __slots__ = ("depth", "next", "number", "ordered", "step")

    def __init__(self, number: int, depth: int, ordered: bool, first: int = 1, step: int = 1) -> None:
        self.number = number
        self.depth = depth
        self.ordered = ordered
        self.next = first
        self.step = step


class _Item:
    """An open item of a list."""

    __slots__ = ("has_block", "list", "number")

    def __init__(self, list_: _List, number: int | None) -> None:
        self.list = list_
        self.number = number
        self.has_block = False

    def place(self) -> ListItem:
        """Return the place of the next block in the item."""
        continues, self.has_block = self.has_block, True
        return ListItem(self.list.number, self.list.depth, self.list.ordered, self.number, continues)


class _Context:
    """What the open elements mean for the text inside them. An element that adds nothing has its parent's context."""

    __slots__ = (
        "bold",
        "italic",
        "item",
        "kind",
        "language",
        "level",
        "list",
        "quote_depth",
        "row",
        "styles",
        "target",
        "verbatim",
    )

    def __init__(self) -> None:
        self.kind = Kind.PARAGRAPH
        self.level: int | None = None
        self.row = 0  # in a data table, its number; there, rows end the block, cells and paragraphs do not
        self.bold = False
        self.italic = False
        self.styles = ""  # the markers that open the styles
        self.target: str | None = None  # the URL of the open link as written; `None` outside of links
        self.verbatim = False
        self.language: str | None = None  # of preformatted text
        self.list: _List | None = None  # the innermost list, until its next item
        self.item: _Item | None = None
        self.quote_depth = 0

    def copy(self) -> _Context:
        other = _Context.__new__(_Context)
        other.kind = self.kind
        other.level = self.level
        other.row = self.row
        other.bold = self.bold
        other.italic = self.italic
        other.styles = self.styles
        other.target = self.target
        other.verbatim = self.verbatim
        other.language = self.language
        other.list = self.list
        other.item = self.item
        other.quote_depth = self.quote_depth
        return other

    def with_kind(self, kind: Kind, level: int | None) -> _Context:
        other = self.copy()
        other.kind = kind
        other.level = level
        other.verbatim = kind is Kind.PREFORMATTED
        return other


class _Pending:
    """The text of a block that is being read, which may begin inside a link and styles."""

    __slots__ = ("after_break", "bold", "cells", "context", "element", "is_styled", "italic", "pieces", "targets")

    def __init__(self, around: _Context) -> None:
        self.pieces: list[str] = []
        self.targets: list[str] = []  # URLs of the links in the text
        self.cells: list[CellShape] = []
        self.is_styled = False  # whether the text has markers of styles
        if around.target is not None:
            self.pieces.append(LINK_OPENS)
            self.targets.append(around.target)
        if around.styles:
            self.pieces.append(around.styles)
            self.is_styled = True
        self.element = NO_ELEMENT  # number of the innermost element around all text so far
        self.context: _Context | None = None  # the context of the first text
        self.bold = True
        self.italic = True
        self.after_break = False


_AtEnd = Callable[["_Reader"], None]


class _Reader:
    """Collect text until a block ends."""

    def __init__(self) -> None:
        # The fields of each finished block, in the order of `document`, with preliminary numbers of elements.
        self._block_fields: list[tuple[Any, ...]] = []
        # For each element that may contain blocks: the number of its parent, its tag and its attributes. Nodes are not
        # kept, because lxml creates an object for each, and thousands of them slow down the garbage collector.
        self._parents: list[int] = []
        self._tags: list[str] = []
        self._attributes: list[_Attributes] = []
        # Each medium, with the number that its element has here, and whether it counts only inside a frame.
        self._media: list[tuple[Medium, bool]] = []
        self._embeds: list[tuple[int, int]] = []  # of each embed code: its place and the number of its element
        self._element = NO_ELEMENT  # number of the innermost open element
        self._context = _Context()
        # For each open element: the context and element around it, and what to call at its end.
        self._stack: list[tuple[_Context, int, _AtEnd | None]] = []
        self._pending = _Pending(self._context)
        self._lists = 0  # how many lists have begun
        self._tables = 0  # and how many tables with data
        self._no_list = _List(0, 1, False)  # of the items that are in no list

    def pass_over(self) -> None:
        """Begin an element whose content is not read."""
        self._stack.append((self._context, self._element, None))

    def open(self, node: etree._Element, tag: str) -> None:
        """Begin an element."""
        context, element = self._context, self._element
        at_end: _AtEnd | None = None
        if tag == "br":
            self._break_line()
        elif (items := node.items()) or tag in BLOCK_ELEMENTS or tag in INLINE_WITH_MEANING:
            attributes: Any = dict(items)  # of str; lxml-stubs allow bytes, too
            self._parents.append(element)
            self._element = len(self._tags)
            self._tags.append(tag)
            self._attributes.append(attributes)
            if tag in AMP_MEDIA:
                self.add_medium(tag, attributes)
            if tag in EMBED_CODE_TAGS:
                self._add_embed()
            if tag not in BLOCK_ELEMENTS:
                at_end = self._open_inline(tag, attributes)
            elif context.row:
                at_end = self._open_in_row(tag, attributes)
            else:
                at_end = self._open_breaking(node, tag, attributes)
        elif tag in STYLES:
            at_end = self._open_style(STYLES[tag])
        self._stack.append((context, element, at_end))

    def close(self) -> None:
        """End the innermost open element."""
        self._context, self._element, at_end = self._stack.pop()
        if at_end is not None:
            at_end(self)

    def _open_inline(self, tag: str, attributes: _Attributes) -> _AtEnd | None:
        at_end: _AtEnd | None = None
        outer = self._context
        if attributes and (_is_hidden(attributes) or _has_class(attributes, SCREEN_READER_CLASSES)):
            at_end = partial(_Reader._resume, pending=self._pending)
            self._pending = _Pending(outer)
        if tag == "a":
            if "href" in attributes and outer.target is None:
                self._context = outer.copy()
                self._context.target = target = attributes["href"]
                self._pending.pieces.append(LINK_OPENS)
                self._pending.targets.append(target)
                at_end = at_end or _Reader._close_link
        elif tag in STYLES:
            at_end = self._open_style(STYLES[tag], at_end)
        elif tag in EMBED_TAGS:
            self._context = outer.with_kind(Kind.EMBED, outer.level)
        return at_end

    def _open_style(self, kind: MarkKind, at_end: _AtEnd | None = None) -> _AtEnd | None:
        """Begin a style, unless it is open. Return what to call at its end: `at_end`, or else what closes the style."""
        outer = self._context
        opens = STYLE_OPENS[kind]
        if opens in outer.styles:
            return at_end
        self._context = context = outer.copy()
        context.styles = outer.styles + opens
        context.bold = outer.bold or kind is MarkKind.STRONG
        context.italic = outer.italic or kind is MarkKind.EMPHASIS
        self._pending.pieces.append(opens)
        self._pending.is_styled = True
        return at_end or _CLOSE_STYLE[kind]

    def _open_breaking(self, node: etree._Element, tag: str, attributes: _Attributes) -> _AtEnd:
        outer = self._context
        self.flush()
        is_code = (tag == "div" or tag == "blockquote") and _has_class(attributes, EMBED_CODE_CLASSES)
        if is_code:
            self._add_embed()
        if is_code and _has_class(attributes, EMBED_CLASSES):
            self._context = outer.with_kind(Kind.EMBED, None)
        elif tag == "table" and not _IS_LAYOUT_TABLE(node):
            self._context = outer.with_kind(Kind.TABLE_ROW, outer.level)
            self._tables += 1
            self._context.row = self._tables
        elif tag in KINDS and outer.kind is not Kind.EMBED:
            self._context = context = outer.with_kind(KINDS[tag], HEADINGS.get(tag))
            if tag in ITEMS:
                context.item = self._new_item(outer.list or self._no_list, attributes)
                context.list = None
            elif tag == "blockquote":
                context.quote_depth += 1
            elif tag == "pre":
                context.language = _code_language(node, attributes)
            elif context.kind is Kind.PARAGRAPH:  # a card in a list
                context.item = context.list = None
        elif tag in LISTS:
            self._context = outer.copy()
            self._context.list = self._new_list(node, tag, attributes)
        return _Reader.flush

    def _add_embed(self) -> None:
        """Add the element that begins as an embed code, unless it is in another one."""
        if self._context.kind is not Kind.EMBED:
            self._embeds.append((len(self._block_fields), self._element))

    def _new_list(self, node: etree._Element, tag: str, attributes: _Attributes) -> _List:
        self._lists += 1
        item = self._context.item
        depth = 1 if item is None else item.list.depth + 1
        if tag != "ol":
            return _List(self._lists, depth, False)
        step = -1 if "reversed" in attributes else 1
        last = len(node.findall("li")) if step < 0 else 1
        return _List(self._lists, depth, True, _whole_number(attributes.get("start"), last), step)

    def _new_item(self, list_: _List, attributes: _Attributes) -> _Item:
        if not list_.ordered:
            return _Item(list_, None)
        number = _whole_number(attributes.get("value"), list_.next)
        list_.next = number + list_.step
        return _Item(list_, number)

    def _open_in_row(self, tag: str, attributes: _Attributes) -> _AtEnd:
        if tag == "tr":
            self.flush()
            return _Reader.flush
        if tag in ("td", "th"):
            self._pending.pieces.append(NEW_CELL)
            self._pending.cells.append(_shape_of_cell(tag, attributes))
        else:
            self._pending.pieces.append(" ")
        return _Reader._separate

    def _separate(self) -> None:
        self._pending.pieces.append(" ")

    def _close_link(self) -> None:
        self._pending.pieces.append(LINK_CLOSES)

    def _close_style(self, kind: MarkKind) -> None:
        self._pending.pieces.append(STYLE_CLOSES[kind])

    def _resume(self, pending: _Pending) -> None:
        """Continue the block around an invisible element, whose text is a block of its own."""
        self.flush()
        self._pending = pending

    def _break_line(self) -> None:
        if self._context.row:
            self._separate()
        elif self._pending.after_break and not self._context.verbatim:
            self.flush()
        else:
            self._pending.pieces.append(NEW_LINE)
            self._pending.after_break = True

    def add_medium(self, tag: str, attributes: _Attributes, *, is_fallback: bool = False) -> None:
        """Add a picture, a video or the like, unless it is an icon or is not seen."""
        if _is_seen(tag, attributes):
            # A block that has begun will have the next place, too.
            medium = Medium(
                len(self._block_fields),
                self._element,
                tag,
                _words_of_medium(attributes),
                _url_of_medium(attributes),
                " ".join(attributes.get("alt", "")[:MAX_MEDIUM_LENGTH].split()),
                self._context.target,
            )
            self._media.append((medium, is_fallback))

    def add_fallback(self, node: etree._Element) -> None:
        """Add the picture in a `<noscript>`, which a script shows. Outside of figures it often counts visits."""
        if (picture := node.find(".//img")) is not None:
            self.add_medium("img", _attributes_of(picture), is_fallback=True)

    def add(self, text: str) -> None:
        """Add text that is not only white space."""
        # Printable text needs no cleaning, and this test is twenty times faster.
        if not text.replace("\n", "").isprintable() and (not text.isascii() or _CONTROLS.search(text)):
            text = clean_characters(text)
            if not text or text.isspace():
                self.add_blank(text)
                return
        pending = self._pending
        context = self._context
        pending.pieces.append(text)
        pending.after_break = False
        if pending.context is None:
            pending.context = context
            pending.element = self._element
        elif self._element != pending.element:
            pending.element = self._common(pending.element, self._element)
        if not context.bold:
            pending.bold = False
        if not context.italic:
            pending.italic = False

    def add_blank(self, text: str) -> None:
        """Add white space, or an empty text. Its effect depends on the context."""
        pieces = self._pending.pieces
        if self._context.verbatim:
            pieces.append(clean_characters(text))
        elif pieces and text:  # otherwise it is between blocks, as most white space is
            pieces.append(" ")

    def _common(self, one: int, other: int) -> int:
        """Return the innermost element around both. A parent has a smaller number than its children."""
        while one != other:
            if one > other:
                one = self._parents[one]
            else:
                other = self._parents[other]
        return one

    def flush(self) -> None:
        """End the block that is being read."""
        pending = self._pending
        if not pending.pieces:  # two edges of blocks in a row, the most common case
            return
        context = pending.context
        if context is not None:
            raw = "".join(pending.pieces)
            if context.verbatim:
                inline = Inline(verbatim(raw))
            else:
                inline = fold(raw, pending.targets, pending.cells, is_styled=pending.is_styled)
            if text := inline.text:
                kind = context.kind
                if kind is Kind.TABLE_ROW and BETWEEN_CELLS not in text:
                    kind = Kind.PARAGRAPH
                item = None if context.item is None else context.item.place()
                row = TableRow(context.row, inline.cells) if inline.cells else None
                targets = tuple(pending.targets) if inline.links else ()
                self._block_fields.append(
                    (
                        pending.element,
                        *(kind, text, context.level, inline.links, pending.bold, pending.italic, targets),
                        *(inline.marks, item, row, context.quote_depth, context.language),
                    )
                )
        self._pending = _Pending(self._context)

    def document(self) -> Document:
        """Return the blocks, the elements that contain any, with new numbers, and the media."""
        first, last = self._spans()
        # The new number of each element, or of the nearest one around it that contains blocks. The last item is for
        # NO_ELEMENT.
        renumbered = [NO_ELEMENT] * (len(last) + 1)
        kept: list[Element] = []
        for number, (parent, end) in enumerate(zip(self._parents, last, strict=True)):
            if end:
                renumbered[number] = len(kept)
                tag, attributes = self._tags[number], self._attributes[number]
                element = Element(
                    renumbered[parent], tag, _names(tag, attributes), _is_hidden(attributes), first[number], end
                )
                kept.append(element)
            else:
                renumbered[number] = renumbered[parent]
        blocks = tuple(
            Block(
                *(place, kind, text, level, links, renumbered[element], bold, italic, targets),
                None,  # probability
                None,  # path
                *structure,
            )
            for place, (element, kind, text, level, links, bold, italic, targets, *structure) in enumerate(
                self._block_fields
            )
        )
        embeds = tuple(
            EmbedCode(
                *((first[number], last[number]) if last[number] else (place, place)),
                renumbered[number],
                self._tags[number],
                self._attributes[number],
            )
            for place, number in self._embeds
        )
        return Document(blocks, tuple(kept), self._seen_media(renumbered), embeds)

    def _seen_media(self, renumbered: list[int]) -> tuple[Medium, ...]:
        """Return the media, one for each frame. `renumbered` has the new number of each element."""
        if not self._media:
            return ()
        frames = [NO_ELEMENT] * (len(self._tags) + 1)  # of each element: the frame around it
        for number, (parent, tag) in enumerate(zip(self._parents, self._tags, strict=True)):
            is_frame = tag == "figure" or (tag in FRAMES and frames[parent] == NO_ELEMENT)
            frames[number] = number if is_frame else frames[parent]
        media: list[Medium] = []
        framed: dict[int, int] = {}  # the position in `media`, by frame
        for medium, is_fallback in self._media:
            frame = frames[medium.element]
            if frame in framed:
                first = media[framed[frame]]
                media[framed[frame]] = first._replace(
                    words=first.words or medium.words, url=first.url or medium.url, alt=first.alt or medium.alt
                )
            elif frame != NO_ELEMENT or not is_fallback:
                if frame != NO_ELEMENT:
                    framed[frame] = len(media)
                media.append(medium._replace(element=renumbered[medium.element]))
        return tuple(media)

    def _spans(self) -> tuple[list[int], list[int]]:
        """Return for each element the place of its first block and the place after its last; 0 and 0 if it has none."""
        parents = self._parents
        count = len(parents)
        first, last = [0] * count, [0] * count
        for place, fields in enumerate(self._block_fields):
            element = fields[0]
            if not last[element]:
                first[element] = place
            last[element] = place + 1
        for child in range(count - 1, 0, -1):
            end = last[child]
            if end and (parent := parents[child]) != NO_ELEMENT:
                if not last[parent] or first[child] < first[parent]:
                    first[parent] = first[child]
                if end > last[parent]:
                    last[parent] = end
        return first, last


# Called at the end of the element that began a style.
_CLOSE_STYLE: Mapping[MarkKind, _AtEnd] = {kind: partial(_Reader._close_style, kind=kind) for kind in STYLE_CLOSES}


class _SelectingReader(_Reader):
    """Read a page and find the blocks in selected elements."""

    def __init__(self, selected: Mapping[etree._Element, bool]) -> None:
        super().__init__()
        self._selected = selected
        self._numbers: dict[etree._Element, int] = {}  # of the selected elements
        self._is_separate = False  # whether an open element is separate

    def open(self, node: etree._Element, tag: str) -> None:
        if node not in self._selected or tag == "br":
            super().open(node, tag)
            return
        outer = self._element
        was_separate = self._is_separate
        pending: _Pending | None = None
        if self._selected[node] and tag not in BLOCK_ELEMENTS and not was_separate:
            self._is_separate = True
            if any(inner.tag in BLOCK_ELEMENTS for inner in node.iterdescendants("*")):
                self.flush()  # it holds blocks, so its edges are those of blocks, too
            else:
                pending = self._pending
            self._pending = _Pending(self._context)
        super().open(node, tag)
        if self._element == outer:  # an inline element without attributes
            self._element = len(self._tags)
            self._parents.append(outer)
            self._tags.append(tag)
            self._attributes.append({})
        self._numbers[node] = self._element
        if self._is_separate and not was_separate:
            context, element, at_end = self._stack.pop()
            self._stack.append((context, element, partial(_end_separate, at_end=at_end, pending=pending)))

    def end_separate(self, pending: _Pending | None) -> None:
        self.flush()
        self._is_separate = False
        if pending is not None:
            self._pending = pending

    def spans(self) -> dict[etree._Element, range]:
        """Return the places of the blocks in each selected element that was read."""
        first, last = self._spans()
        return {node: range(first[number], last[number]) for node, number in self._numbers.items()}


def _end_separate(reader: _Reader, *, at_end: _AtEnd | None, pending: _Pending | None) -> None:
    """End an inline element whose text is separate, and continue the block around it, which is `pending`."""
    if at_end is not None:
        at_end(reader)
    assert isinstance(reader, _SelectingReader)
    reader.end_separate(pending)


def _has_class(attributes: _Attributes, classes: frozenset[str]) -> bool:
    return "class" in attributes and not classes.isdisjoint(attributes["class"].split())


def _is_hidden(attributes: _Attributes) -> bool:
    """Whether the element is hidden by an attribute or by its own style."""
    return "hidden" in attributes or ("style" in attributes and _HIDING_STYLE.search(attributes["style"]) is not None)


def _attributes_of(node: etree._Element) -> _Attributes:
    attributes: Any = dict(node.items())  # of str; lxml-stubs allow bytes, too
    return attributes  # type: ignore[no-any-return]


def _is_seen(tag: str, attributes: _Attributes) -> bool:
    """Whether a medium is not hidden and, if it is a picture or a frame, not as small as an icon."""
    if _is_hidden(attributes):
        return False
    if tag in ("audio", "video"):
        return True
    for side in ("width", "height"):
        if side not in attributes:
            continue
        if (match := _PIXELS.fullmatch(attributes[side].strip())) and int(match[1]) <= MAX_ICON_SIDE:
            return False
    if tag != "img":
        return True
    # A picture in the address is an icon, or holds the place of the one that a script loads from another attribute.
    sources = [value for name, value in attributes.items() if "src" in name or "original" in name]
    if not any(value and not value.startswith("data:") for value in sources):
        return False
    alt = attributes.get("alt", "x").strip()
    return not alt or any(map(str.isalnum, alt))  # otherwise an emoji


def _shape_of_cell(tag: str, attributes: _Attributes) -> CellShape:
    columns, rows = (
        min(max(1, _whole_number(attributes.get(name), 1)), MAX_CELL_SIDE) for name in ("colspan", "rowspan")
    )
    return CellShape(tag == "th", columns, rows)


def _whole_number(value: str | None, default: int) -> int:
    """Return the number that an attribute begins with, of at most nine digits; `default` without one."""
    match = _NUMBER.match(value) if value else None
    return int(match[1]) if match else default


def _code_language(pre: etree._Element, attributes: _Attributes) -> str | None:
    """Return the programming language that the classes of `<pre>`, its `<code>` or the element around it name."""
    code, around = pre.find("code"), pre.getparent()
    names = [
        attributes.get("class", ""),
        "" if code is None else code.get("class", ""),
        "" if around is None else around.get("class", ""),
    ]
    for name in names:
        if match := _CODE_LANGUAGE.search(name[:MAX_CLASS_LENGTH]):
            return match[1].lower()
    return None


def _url_of_medium(attributes: _Attributes) -> str | None:
    """Return the URL of a medium in its largest size, also of one that a script loads."""
    for name in MEDIUM_SIZES:
        if name not in attributes:
            continue
        sizes = [size.split() for size in attributes[name][:MAX_MEDIUM_SIZES].split(", ")]
        urls = [(_pixels_of(size[1:]), size[0].rstrip(",")) for size in sizes if size and size[0][:5] != "data:"]
        if urls:
            return max(urls, key=lambda url: url[0])[1]
    for name in MEDIUM_URLS:
        value = attributes.get(name, "").strip()[:MAX_MEDIUM_URL]
        if value and not value.startswith("data:"):
            return value
    return None


def _pixels_of(descriptors: Sequence[str]) -> float:
    """Return the number in the descriptor of a size: 640 for "640w", 2 for "2x"; 0 without one."""
    match = _SIZE.match(descriptors[0]) if descriptors else None
    return float(match[0]) if match else 0.0


def _words_of_medium(attributes: _Attributes) -> str:
    """Return what the attributes of a medium say of it, each text once."""
    texts = [" ".join(attributes[name][:MAX_MEDIUM_LENGTH].split()) for name in MEDIUM_TEXTS if name in attributes]
    return " ".join(dict.fromkeys(filter(None, texts)))[:MAX_MEDIUM_LENGTH]


def _names(tag: str, attributes: _Attributes) -> frozenset[str]:
    """Return the value of `Element.tokens` for an element with these attributes."""
    if not attributes:
        return _tokens(tag, "", "", ())
    classes, id_ = attributes.get("class", ""), attributes.get("id", "")
    if len(classes) + len(id_) > MAX_CLASS_LENGTH:  # hardly ever
        classes, id_ = _bounded(classes), _bounded(id_)
    return _tokens(tag, classes, id_, () if NAMELESS.issuperset(attributes) else _other_names(attributes))


def _bounded(names: str) -> str:
    """Return the whole tokens among the first `MAX_CLASS_LENGTH` characters of a class or id attribute."""
    return names if len(names) <= MAX_CLASS_LENGTH else names[:MAX_CLASS_LENGTH].rpartition(" ")[0]


_Names = tuple[tuple[str, str], ...]  # pairs of a prefix and a value


def _other_names(attributes: _Attributes) -> _Names:
    """Return what attributes other than class and id call an element."""
    names = []
    parts = 0
    for name, value in attributes.items():
        if name[:5] == "data-":
            if parts < MAX_PARTS and _is_part(name) and _PART.fullmatch(value):
                names.append((PART_PREFIX, value))
                parts += 1
        elif value and name in NAMING_ATTRIBUTES:
            names.append((NAMING_ATTRIBUTES[name], value[:MAX_NAMING_LENGTH]))
    return tuple(names)


@cached_by_text(1024)
def _is_part(name: str) -> bool:
    """Whether a data attribute of this name says what part of the page an element is."""
    return _PART_ATTRIBUTE.fullmatch(name) is not None


# A page repeats the classes of list items a hundred times.
@lru_cache(maxsize=4096)
def _tokens(tag: str, classes: str, id_: str, others: _Names) -> frozenset[str]:
    """Return the value of `Element.tokens`. `others` are the values of other attributes, each with its prefix."""
    found = [f"<{tag}>"]
    for names in (classes, id_):
        if names:
            found += names.lower().split()
            if _HAS_SEAM.search(names):
                found += filter(None, map(_words_of_name, names.split()))
    for prefix, value in others:
        found += [f"{prefix}={word}" for word in value.lower().split()]
        if prefix == PART_PREFIX and (words := _words_of_name(value)):
            found.append(f"{prefix}={words}")
    return frozenset(found)


def _words_of_name(name: str) -> str:
    """Return the words of a name joined by dashes: "article-dek" for "articleDek", "lead-text" for "LeadText__x1Ab2".

    What a build tool adds to make a name unique is left out. The result is empty if it says no more than the name in
    lower case.
    """
    if not _HAS_SEAM.search(name):
        return ""
    parts = [part for part in _NAME_PARTS.split(name) if part and not _is_hash(part)]
    words = "-".join("-".join(_WORDS.findall(part)) for part in parts).lower()
    return "" if words == name.lower() else words


def _is_hash(part: str) -> bool:
    """Whether a part of a name was made by a machine: letters, capitals and digits alternate."""
    runs = len(_RUNS.findall(part))
    return MIN_HASH_LENGTH <= len(part) <= MAX_HASH_LENGTH and runs >= 3 and (2 * runs >= len(part) or part.islower())
