"""The text of a block: white space is folded, and the places of links, styles and cells are found.

While a block is read, its text holds control characters that mark where something begins and ends. No page contains
them, because the reader drops control characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.models import BETWEEN_CELLS, Cell, Mark, MarkKind
from cleaner.patterns import lazy_pattern

LINK_OPENS, LINK_CLOSES, NEW_LINE, NEW_CELL = "\x01", "\x02", "\x03", "\x04"
# The inline elements that style their text.
STYLES = {
    **dict.fromkeys(("b", "strong"), MarkKind.STRONG),
    **dict.fromkeys(("i", "em", "cite"), MarkKind.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), MarkKind.CODE),
    "sup": MarkKind.SUPERSCRIPT,
    "sub": MarkKind.SUBSCRIPT,
    **dict.fromkeys(("s", "del", "strike"), MarkKind.STRIKETHROUGH),
}
# The characters where each style begins and ends: two for each, from U+000E to U+0019. What follows, U+001C to U+001F,
# is white space to Python.
STYLE_OPENS = {kind: chr(0x0E + 2 * number) for number, kind in enumerate(dict.fromkeys(STYLES.values()))}
STYLE_CLOSES = {kind: chr(ord(opens) + 1) for kind, opens in STYLE_OPENS.items()}

_STYLE_OF = {opens: kind for kind, opens in STYLE_OPENS.items()}
_CLOSED_BY = {STYLE_CLOSES[kind]: kind for kind in STYLE_OPENS}
_STYLE_MARKERS = "".join((*_STYLE_OF, *_CLOSED_BY))
_MARKERS = f"{LINK_OPENS}{LINK_CLOSES}{NEW_LINE}{NEW_CELL}{_STYLE_MARKERS}"
_EDGES = f" {_MARKERS}"
_LINES = lazy_pattern(f" ?{NEW_LINE}[ {NEW_LINE}]*")
_TOKENS = lazy_pattern(f"[{_MARKERS}]|[^{_MARKERS}]+")
_NOT_VERBATIM = lazy_pattern(f"[{LINK_OPENS}{LINK_CLOSES}{_STYLE_MARKERS}]")

Links = tuple[tuple[int, int], ...]


class CellShape(NamedTuple):
    """What the element of a cell says of it."""

    header: bool
    columns: int
    rows: int


class Inline(NamedTuple):
    """The text of a block, and slices of it.

    Attributes:
        text: The text. It is empty if there is nothing but white space.
        links: The slices that are link text, without empty ones.
        marks: The links and all other marks, in the order in which they begin, outer ones first. URLs are as the page
            writes them.
        cells: The cells, in order, with empty ones.
    """

    text: str
    links: Links = ()
    marks: tuple[Mark, ...] = ()
    cells: tuple[Cell, ...] = ()


def fold(raw: str, targets: Sequence[str], shapes: Sequence[CellShape], *, is_styled: bool) -> Inline:
    """Return the text with white space folded.

    `raw` has a `LINK_OPENS` for each of the `targets` and a `NEW_CELL` for each of the `shapes`. `is_styled` says
    whether it has markers of styles.
    """
    marked = " ".join(raw.split())
    core = marked.strip(_EDGES)
    if not core:
        return Inline("")
    if is_styled or shapes or (targets and (LINK_OPENS in core or LINK_CLOSES in core)):
        return _fold_marked(marked, targets, shapes)
    if NEW_LINE in core:
        core = _LINES.sub("\n", core)
    if targets:
        lead = marked[: marked.index(core[0])]
        if lead.rfind(LINK_OPENS) > lead.rfind(LINK_CLOSES):
            end = len(core)
            return Inline(core, ((0, end),), (Mark(0, end, MarkKind.LINK, targets[lead.count(LINK_OPENS) - 1]),))
    return Inline(core)


class _Open:
    """A mark that has begun. It starts with the next text, so that it has no white space at its edges."""

    __slots__ = ("kind", "start", "url")

    def __init__(self, kind: MarkKind, url: str | None = None) -> None:
        self.kind = kind
        self.url = url
        self.start: int | None = None


def _fold_marked(marked: str, targets: Sequence[str], shapes: Sequence[CellShape]) -> Inline:
    """Do the same as `fold` for text with marks inside of it."""
    pieces: list[str] = []
    length = 0
    gap = ""  # what comes before the next text
    urls = iter(targets)
    opened: list[_Open] = []
    marks: list[Mark] = []
    cells: list[tuple[int, int]] = []

    def close(mark: _Open) -> None:
        if mark.start is not None:
            marks.append(Mark(mark.start, length, mark.kind, mark.url))

    for token in _TOKENS.findall(marked):
        if token == NEW_LINE:
            gap = gap if gap == BETWEEN_CELLS else "\n"
        elif token == NEW_CELL:
            gap = BETWEEN_CELLS
            cells.append((length, length))
        elif token == LINK_OPENS:
            opened.append(_Open(MarkKind.LINK, next(urls)))
        elif token in _STYLE_OF:
            opened.append(_Open(_STYLE_OF[token]))
        elif token == LINK_CLOSES or token in _CLOSED_BY:
            kind = _CLOSED_BY.get(token, MarkKind.LINK)
            for position in range(len(opened) - 1, -1, -1):
                if opened[position].kind is kind:
                    close(opened.pop(position))
                    break
        else:
            text = token.strip(" ")
            if token[0] == " ":
                gap = gap or " "
            if not text:
                continue
            if pieces and gap:
                pieces.append(gap)
                length += len(gap)
            for mark in opened:
                if mark.start is None:
                    mark.start = length
            pieces.append(text)
            if cells:
                start, end = cells[-1]
                cells[-1] = (start if start < end else length, length + len(text))
            length += len(text)
            gap = " " if token[-1] == " " else ""
    for mark in opened:
        close(mark)
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return Inline(
        "".join(pieces),
        tuple((mark.start, mark.end) for mark in marks if mark.kind is MarkKind.LINK),
        tuple(marks),
        tuple(
            Cell(start, end, shape.header, shape.columns, shape.rows)
            for (start, end), shape in zip(cells, shapes, strict=True)
        ),
    )


def verbatim(raw: str) -> str:
    """Return preformatted text: white space stays, tabs become spaces, and empty lines at the edges go."""
    text = _NOT_VERBATIM.sub("", raw).replace(NEW_LINE, "\n").replace(NEW_CELL, " ")
    return "\n".join(line.rstrip() for line in text.expandtabs(8).split("\n")).strip("\n")
