"""One walk over the tree of a page: every piece of text becomes part of exactly one block."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from cleaner.models import Block, Document, Element, Kind
from cleaner.page.characters import clean_characters

# What stands in these is not text that a reader sees. (`noscript` is asked for when nothing else is there.)
SKIPPED = frozenset(
    "applet audio canvas datalist embed frameset head iframe input math-field meter noembed noframes object "
    "progress script select style svg template textarea title video".split()
)
# Elements that begin and end a block of text. All others, unknown ones too, run on within the line, as in browsers.
BREAKING = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup "
    "option p pre search section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {
    **dict.fromkeys(HEADINGS, Kind.HEADING),
    "summary": Kind.HEADING,  # of what opens under it
    **dict.fromkeys(("li", "dd", "dt"), Kind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    # A card or a live blog's entry in a list is not one item of text.
    **dict.fromkeys(("article", "section", "table"), Kind.PARAGRAPH),
    "blockquote": Kind.QUOTE,
    "pre": Kind.PREFORMATTED,
}
# The classes that embed codes of other services put on the post's element.
EMBEDS = frozenset(
    "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video reddit-embed-bq reddit-card "
    "bluesky-embed mastodon-embed text-post-media telegram-post imgur-embed-pub".split()
)
EMBED_TAGS = frozenset("amp-twitter amp-instagram amp-facebook amp-tiktok amp-reddit".split())
BOLD = frozenset(("b", "strong"))
MARKING = BOLD | EMBED_TAGS | {"a"}
# Class names for text that only screen readers speak: "opens in a new window" amid a sentence.
SPOKEN_ONLY = frozenset(
    "sr-only screen-reader-text visually-hidden visuallyhidden screen-reader-only a11y-hidden".split()
)
ROOT = -1

# Signs of our own in the text of a block that is being read. No page has them: `add` drops control characters.
LINK_OPENS, LINK_CLOSES, NEW_LINE, NEW_CELL = "\x01", "\x02", "\x03", "\x04"
# libxml2 lets these through where a page writes them as references: "&#1;".
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# White space at the edges of a link, which belongs outside of it: else "a <a> b </a> c" has two blanks in a row.
_LINK_LEADS = re.compile(f"({LINK_OPENS})([ {NEW_LINE}]+)")
_LINK_TAILS = re.compile(f"([ {NEW_LINE}]+)({LINK_CLOSES})")
_LOOSE_LINK = re.compile(f"{LINK_OPENS}[ {NEW_LINE}{LINK_CLOSES}]|[ {NEW_LINE}]{LINK_CLOSES}")  # or an empty one
_LINK_ENDS = re.compile(f"[{LINK_OPENS}{LINK_CLOSES}]")
_LINES = re.compile(f" ?{NEW_LINE}[ {NEW_LINE}]*")
_CELLS = re.compile(f"[ {NEW_CELL}]*{NEW_CELL}[ {NEW_CELL}]*")
_SIGNS = f" {LINK_OPENS}{LINK_CLOSES}{NEW_LINE}{NEW_CELL}"
BETWEEN_CELLS = " | "
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A table with one of these inside lays out the page; it holds no rows of facts.
_LAYOUT = etree.XPath(
    "boolean(@role='presentation' or .//table or .//h1 or .//h2 or .//h3 or .//ul or .//ol or .//form or .//article"
    " or .//section or .//p[2][parent::td or parent::div] or not(.//tr[count(td|th) > 1]))"
)


def walk(root: Any, *, noscript: bool = False) -> Document:
    """The blocks of the tree `root`, in order, and the elements that hold them.

    `noscript` reads what `<noscript>` holds, too: for a page that has nothing else.
    """
    reader = _Reader()
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in events:
        if event == "start":
            tag = node.tag
            if tag in SKIPPED or (tag == "noscript" and not noscript):
                reader.pass_over()
                events.skip_subtree()
            else:
                reader.open(node, tag)
                if node.text:
                    reader.add(node.text)
        else:
            if event == "end":
                reader.close(node.tag)
            if node.tail:
                reader.add(node.tail)
    reader.flush()
    return reader.document()


class _Context:
    """What an open element means for the text inside it."""

    __slots__ = ("bold", "element", "kind", "level", "link", "outside", "row")

    def __init__(self, element: int, kind: Kind, level: int | None, row: bool, bold: bool, link: bool) -> None:
        self.element = element
        self.kind = kind
        self.level = level
        self.row = row  # inside a table of facts: cells and paragraphs do not end the block, rows do
        self.bold = bold
        self.link = link
        self.outside: _Pending | None = (
            None  # the line around it that waits: what a reader does not see is no part of it
        )


class _Pending:
    """The text of a block that is being read."""

    __slots__ = ("after_break", "bold", "context", "element", "pieces")

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.element = ROOT  # the innermost element around all text so far
        self.context: _Context | None = None  # that of the first text
        self.bold = True
        self.after_break = False


# Of an element: whether the page hides it, its tag, and its class, id, role and itemprop.
_Described = tuple[bool, str, str | None, str | None, str | None, str | None]


class _Reader:
    """Collects text until a block ends."""

    def __init__(self) -> None:
        self._read: list[tuple[Any, ...]] = []  # the fields of the blocks; elements get their numbers at the end
        # Of each element that may hold blocks: the one around it, and what is known of it. Not the nodes themselves,
        # for lxml makes a node's object when it is asked for, and a thousand at once keep the collector busy.
        self._parents: list[int] = []
        self._described: list[_Described] = []
        self._stack: list[_Context] = [_Context(ROOT, Kind.PARAGRAPH, None, False, False, False)]
        self._pending = self._fresh()

    def _fresh(self) -> _Pending:
        return _Pending([LINK_OPENS] if self._stack[-1].link else [])

    def pass_over(self) -> None:
        """An element whose content is not read."""
        self._stack.append(self._stack[-1])

    def open(self, node: Any, tag: str) -> None:
        outer = self._stack[-1]
        if tag == "br":
            self._stack.append(outer)
            self._break_line()
            return
        breaking = tag in BREAKING
        if not breaking and tag not in MARKING and not node.attrib:
            self._stack.append(outer)
            return
        get = node.get
        classes, style = get("class"), get("style")
        hidden = get("hidden") is not None or (style is not None and _HIDING_STYLE.search(style) is not None)
        inner = _Context(len(self._parents), outer.kind, outer.level, outer.row, outer.bold, outer.link)
        self._parents.append(outer.element)
        self._described.append((hidden, tag, classes, get("id"), get("role"), get("itemprop")))
        if breaking:
            self._open_breaking(node, tag, classes, inner)
        else:
            if hidden or (classes is not None and not SPOKEN_ONLY.isdisjoint(classes.split())):
                inner.outside = self._pending
                self._pending = self._fresh()
            if tag == "a":
                inner.link = outer.link or get("href") is not None
                if inner.link and not outer.link:
                    self._pending.pieces.append(LINK_OPENS)
            elif tag in BOLD:
                inner.bold = True
            elif tag in EMBED_TAGS:
                inner.kind = Kind.EMBED
        self._stack.append(inner)

    def _open_breaking(self, node: Any, tag: str, classes: str | None, inner: _Context) -> None:
        if inner.row:
            if tag in ("td", "th"):
                self._pending.pieces.append(NEW_CELL)
            elif tag == "tr":
                self.flush()
            else:
                self._pending.pieces.append(" ")
            return
        self.flush()
        if tag == "table" and not _LAYOUT(node):
            inner.row = True
            inner.kind = Kind.TABLE_ROW
        elif tag in KINDS and inner.kind is not Kind.EMBED:
            inner.kind = KINDS[tag]
            inner.level = HEADINGS.get(tag)
        if classes and (tag == "blockquote" or tag == "div") and not EMBEDS.isdisjoint(classes.split()):
            inner.kind = Kind.EMBED
            inner.level = None

    def close(self, tag: str) -> None:
        inner = self._stack.pop()
        outer = self._stack[-1]
        if inner is outer:
            return
        if tag in BREAKING:
            if not outer.row or tag == "tr":
                self.flush()
            else:
                self._pending.pieces.append(" ")
        elif inner.outside is not None:
            self.flush()
            self._pending = inner.outside
        elif inner.link and not outer.link:
            self._pending.pieces.append(LINK_CLOSES)

    def _break_line(self) -> None:
        context = self._stack[-1]
        if context.row:
            self._pending.pieces.append(" ")
        elif self._pending.after_break and context.kind is not Kind.PREFORMATTED:
            self.flush()
        else:
            self._pending.pieces.append(NEW_LINE)
            self._pending.after_break = True

    def add(self, text: str) -> None:
        pending = self._pending
        context = self._stack[-1]
        if not text.isspace() and (not text.isascii() or _CONTROLS.search(text)):
            text = clean_characters(text)
        if not text or text.isspace():
            if context.kind is Kind.PREFORMATTED:
                pending.pieces.append(clean_characters(text))
            elif text and pending.pieces:
                pending.pieces.append(" ")
            return
        pending.pieces.append(text)
        pending.after_break = False
        if pending.context is None:
            pending.context = context
            pending.element = context.element
        elif context.element != pending.element:
            pending.element = self._common(pending.element, context.element)
        if not context.bold:
            pending.bold = False

    def _common(self, one: int, other: int) -> int:
        """The innermost element around both. Parents have smaller numbers than what they hold."""
        while one != other:
            if one > other:
                one = self._parents[one]
            else:
                other = self._parents[other]
        return one

    def flush(self) -> None:
        """Ends the block that is being read."""
        pending = self._pending
        if not pending.pieces:  # two edges of blocks in a row: the commonest case
            return
        context = pending.context
        if context is not None:
            raw = "".join(pending.pieces)
            text, links = (_verbatim(raw), ()) if context.kind is Kind.PREFORMATTED else _folded(raw)
            if text:
                kind = context.kind
                if kind is Kind.TABLE_ROW and BETWEEN_CELLS not in text:
                    kind = Kind.PARAGRAPH
                self._read.append((kind, text, context.level, links, pending.element, pending.bold))
        self._pending = self._fresh()

    def document(self) -> Document:
        """The blocks, and the elements that hold some, numbered anew."""
        parents = self._parents
        count = len(parents)
        first, last = [0] * count, [0] * count
        for place, (*_, element, _) in enumerate(self._read):
            if not last[element]:
                first[element] = place
            last[element] = place + 1
        for child in range(count - 1, 0, -1):
            end = last[child]
            if end and (parent := parents[child]) != ROOT:
                if not last[parent] or first[child] < first[parent]:
                    first[parent] = first[child]
                if end > last[parent]:
                    last[parent] = end
        renumbered = [ROOT] * (count + 1)  # the last one for ROOT
        kept: list[Element] = []
        for number, (hidden, tag, classes, id_, role, itemprop) in enumerate(self._described):
            if last[number]:
                renumbered[number] = len(kept)
                tokens = _tokens(tag, classes, id_, role, itemprop)
                kept.append(Element(renumbered[parents[number]], tag, tokens, hidden, first[number], last[number]))
        blocks = tuple(
            Block(place, kind, text, level, links, renumbered[element], bold)
            for place, (kind, text, level, links, element, bold) in enumerate(self._read)
        )
        return Document(blocks, tuple(kept))


def _folded(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with white space folded, and the slices of it that are link text."""
    marked = " ".join(raw.split())
    if LINK_OPENS in marked and _LOOSE_LINK.search(marked):
        trimmed = _LINK_TAILS.sub(r"\2\1", _LINK_LEADS.sub(r"\2\1", marked))
        marked = " ".join(trimmed.replace(LINK_OPENS + LINK_CLOSES, "").split())
    core = marked.lstrip(_SIGNS)
    lead = marked[: len(marked) - len(core)]
    core = core.rstrip(_SIGNS)
    if NEW_LINE in core:
        core = _LINES.sub("\n", core)
    if NEW_CELL in core:
        core = _CELLS.sub(BETWEEN_CELLS, core)
    start = 0 if lead.rfind(LINK_OPENS) > lead.rfind(LINK_CLOSES) else None
    if start is None and LINK_OPENS not in core:
        return core, ()
    pieces: list[str] = []
    links: list[tuple[int, int]] = []
    length = end = 0
    for sign in _LINK_ENDS.finditer(core):
        pieces.append(core[end : sign.start()])
        length += sign.start() - end
        end = sign.end()
        if sign[0] == LINK_OPENS:
            start = length
        elif start is not None:
            links.append((start, length))
            start = None
    pieces.append(core[end:])
    length += len(core) - end
    if start is not None:
        links.append((start, length))
    return "".join(pieces), tuple(links)


def _verbatim(raw: str) -> str:
    text = _LINK_ENDS.sub("", raw).replace(NEW_LINE, "\n").replace(NEW_CELL, " ")
    return "\n".join(line.rstrip() for line in text.expandtabs(8).split("\n")).strip("\n")


# A page repeats the classes of its lists a hundred times.
@lru_cache(maxsize=4096)
def _tokens(tag: str, classes: str | None, id_: str | None, role: str | None, itemprop: str | None) -> frozenset[str]:
    tokens = {f"<{tag}>"}
    for words in (classes, id_):
        if words:
            tokens.update(words.lower().split())
    if role:
        tokens.update(f"role={word}" for word in role.lower().split())
    if itemprop:
        tokens.update(f"itemprop={word}" for word in itemprop.lower().split())
    return frozenset(tokens)
