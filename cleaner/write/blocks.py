"""What the writers of all formats share: the order, the structure and the inline markup of the blocks in a record.

`structure` makes a tree of lists, quotations and tables of a flat sequence of blocks, and `inline` a tree of links and
emphasis of the text of one. A writer then has to write only the nodes of these trees.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import quote

from cleaner.models import BETWEEN_CELLS, Kind
from cleaner.patterns import lazy_pattern

Block = Mapping[str, Any]

# The levels that HTML and Markdown have, without the first, which is that of the title.
MIN_LEVEL, MAX_LEVEL = 2, 6
# Lists and quotations inside of each other. Deeper ones, which no article needs, are joined with the last level:
# parsers of Markdown give up at about twenty elements.
MAX_LISTS, MAX_QUOTES = 6, 3
MAX_SPAN = 100  # columns or rows of a cell
MAX_NUMBER = 999_999_999  # of an item, in Markdown

# The addresses that may become links. Others may run a script (`javascript:`) or lead to the reader's own files.
_WEB_URL = lazy_pattern(r"https?://\S+", re.IGNORECASE)
_LINK_URL = lazy_pattern(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
# White space and characters that are not shown or that no URL may contain as they are.
_NOT_IN_URLS = lazy_pattern(
    '[\\s\x00-\x20\x7f-\xa0\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"<>\\\\^`{|}]'
)


class Span(NamedTuple):
    """Marked text within a block: a link or emphasis. Its kind is that of the mark in the record."""

    kind: str
    url: str | None  # of a link, safe to follow
    content: list[Inline]


Inline = str | Span

# Marks that go on over a space if the words on both sides have them.
_RUNNING = frozenset(("strong", "emphasis", "strikethrough"))
_STOPS = ".,:;!?…、。，：；！？ "


class Cell(NamedTuple):
    """A cell of a table, which may be several columns wide and several rows high."""

    content: list[Inline]
    is_header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """Rows of a table without a gap between them."""

    id: object
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """An item of a list. `number` is that of an item of an ordered list; `None` if it is unknown."""

    number: int | None
    content: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class List:
    """Items of a list."""

    id: object
    depth: int
    is_ordered: bool
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Quotation:
    """A block quotation, or a post of another service if there is a `source`, which is the `embed` of the block."""

    source: Mapping[str, Any] | None = None
    content: list[Node] = field(default_factory=list)


class Picture(NamedTuple):
    """A picture at its place. Its address is safe to load."""

    url: str
    alt: str
    caption: str


# A block in a node stands for itself: its kind is a heading, preformatted text or a paragraph of any kind.
Node = Block | List | Quotation | Table | Picture


def text_blocks(record: Mapping[str, Any]) -> list[Block]:
    """Return the blocks of the text. Embedded posts, which are among them in a record, are not part of it."""
    return [block for block in record.get("blocks", ()) if block.get("embed") is None]


def in_order(record: Mapping[str, Any]) -> list[Block]:
    """Return the kept and the removed blocks in the order of the page, without the embeds, whose lines are removed."""
    return sorted([*text_blocks(record), *record.get("removed", ())], key=lambda block: int(block["place"]))


def heading_level(block: Block) -> int:
    """Return the level of a heading below the title, 2 to 6."""
    return min(max(block["level"] or MIN_LEVEL, MIN_LEVEL), MAX_LEVEL)


def cells(text: str) -> list[str]:
    """Return the cells in the text of a row."""
    return text.split(BETWEEN_CELLS)


def web_url(url: str | None) -> str | None:
    """Return the URL as it may stand in a document, if it is one of the web; `None` for any other."""
    return _matching_url(_WEB_URL, url)


def link_url(url: str | None) -> str | None:
    """Do the same as `web_url`, also for mail addresses and telephone numbers."""
    return _matching_url(_LINK_URL, url)


def _matching_url(pattern: re.Pattern[str], url: str | None) -> str | None:
    quoted = _NOT_IN_URLS.sub(lambda match: quote(match[0], safe="", errors="replace"), (url or "").strip())
    return quoted if pattern.fullmatch(quoted) else None


def structure(blocks: Iterable[Block], images: Iterable[Mapping[str, Any]] = ()) -> list[Node]:
    """Return the nodes of the blocks in order, with a picture behind each block that an image names as its place.

    Removed blocks may be among the blocks. They are no part of a list, a quotation or a table.
    """
    shown = [block for block in blocks if block["text"].strip() or block.get("embed")]
    tree = _Tree({block["row"]["table"] for block in shown if "row" in block and _filled_cells(block) > 1})
    pictures = _pictures(images)
    waiting = pictures.get(None, [])
    tree.add_pictures(waiting, None)
    for block, following in zip_longest(shown, shown[1:]):
        tree.add(block)
        if not block.get("embed"):  # an embed may have the place of the block behind it
            waiting += pictures.pop(block["place"], ())
        if following is None or "row" not in block or "row" not in following:  # not within a table
            tree.add_pictures(waiting, following)
    return tree.content


def _pictures(images: Iterable[Mapping[str, Any]]) -> dict[int | None, list[Picture]]:
    """Return the pictures by the place of the block behind which they stand."""
    pictures: dict[int | None, list[Picture]] = {}
    for image in images:
        if url := web_url(image["url"]):
            caption = " ".join(filter(None, (image["caption"], image["credit"])))
            picture = Picture(url, " ".join((image["alt"] or "").split()), " ".join(caption.split()))
            pictures.setdefault(image["after"], []).append(picture)
    return pictures


class _Tree:
    """Nodes, and which of them are open: those around the last block."""

    def __init__(self, tables: set[Any]) -> None:
        self.content: list[Node] = []
        # The tables that have a row of several cells. The rows of others are paragraphs: a single column is layout.
        self._tables = tables
        self._open: list[List | Quotation] = []

    def add(self, block: Block) -> None:
        if "reason" in block:
            self._open.clear()
            self.content.append(block)
            return
        kind = block["kind"]
        item = block.get("item") or ({"list": None, "depth": 1} if kind == Kind.LIST_ITEM else None)
        default = 1 if kind == Kind.QUOTE else 0
        self._enter(item, min(block.get("quote_depth", default), MAX_QUOTES), is_quote=kind == Kind.QUOTE)
        content = self._innermost()
        if kind == Kind.EMBED:
            content.append(Quotation(block.get("embed"), [block] if block["text"].strip() else []))
        elif block["row"]["table"] in self._tables if "row" in block else kind == Kind.TABLE_ROW:
            table = _table_at_end(content, block["row"]["table"] if "row" in block else None)
            table.rows.append(_row(block) if table.rows else _first_row(block))
        else:
            content.append(block)

    def add_pictures(self, pictures: list[Picture], following: Block | None) -> None:
        """Add pictures behind the last block and clear the list: in the item if its list continues, else behind it."""
        if pictures:
            item = following.get("item") if following else None
            last = next((place for place, node in enumerate(self._open) if _is_list(node, item)), -1)
            del self._open[last + 1 :]
            self._innermost().extend(pictures)
            pictures.clear()

    def _enter(self, item: Mapping[str, Any] | None, quotations: int, *, is_quote: bool) -> None:
        """Close the nodes that are not around a block, and open those that begin with it.

        If both a list and quotations are around the block, only a quotation as the block itself is known to be in the
        list, and blocks in an item of a list that is open.
        """
        depth = min(item["depth"], MAX_LISTS) if item else 0
        outside = quotations - 1 if item and is_quote else quotations
        kept = count = 0  # count: of quotations
        is_open = False
        for node in self._open:
            if isinstance(node, Quotation):
                if count == (quotations if is_open else outside):
                    break
                count += 1
            elif _is_list(node, item):
                is_open = True
                if not (item and item.get("continues")):
                    kept += 1
                    break
            elif node.depth >= depth:
                break
            kept += 1
        del self._open[kept:]
        if item and not is_open:
            for _ in range(outside - count):
                self._begin(Quotation())
            count = max(count, outside)
            self._begin(List(item["list"], depth, item.get("ordered", False)))
        if item and not (is_open and item.get("continues")):
            innermost = self._open[-1]
            assert isinstance(innermost, List)
            innermost.items.append(Item(item.get("number")))
        for _ in range(quotations - count):
            self._begin(Quotation())

    def _begin(self, node: List | Quotation) -> None:
        self._innermost().append(node)
        self._open.append(node)

    def _innermost(self) -> list[Node]:
        if not self._open:
            return self.content
        node = self._open[-1]
        return node.items[-1].content if isinstance(node, List) else node.content


def _is_list(node: List | Quotation, item: Mapping[str, Any] | None) -> bool:
    """Whether the node is the list of the item."""
    if item is None or isinstance(node, Quotation):
        return False
    return (node.id, node.depth) == (item["list"], min(item["depth"], MAX_LISTS))


def _table_at_end(content: list[Node], id: object) -> Table:
    """Return the table if it is the last node, else a new one at the end."""
    last = content[-1] if content else None
    if isinstance(last, Table) and last.id == id:
        return last
    table = Table(id)
    content.append(table)
    return table


def _filled_cells(block: Block) -> int:
    return sum(cell["start"] < cell["end"] for cell in block["row"]["cells"])


def _row(block: Block) -> list[Cell]:
    if "row" not in block:
        return [Cell([text]) for text in cells(block["text"])]
    row = []
    marks = deque(block.get("marks", ()))
    inside: list[Mapping[str, Any]] = []
    for cell in block["row"]["cells"]:
        inside = [mark for mark in inside if mark["end"] > cell["start"]]
        while marks and marks[0]["start"] < cell["end"]:
            inside.append(marks.popleft())
        content = inline({**block, "marks": inside}, cell["start"], cell["end"], is_bold=cell["header"])
        columns, rows = (min(max(cell[side], 1), MAX_SPAN) for side in ("columns", "rows"))
        row.append(Cell(content, cell["header"], columns, rows))
    return row


def _first_row(block: Block) -> list[Cell]:
    """Return the first row of a table. If all its text is strong, it is a head that the editor made without `<th>`."""
    row = _row(block)
    contents = [_without_strong(cell.content) for cell in row]
    if None in contents:
        return row
    return [Cell(content or [], True, *cell[2:]) for cell, content in zip(row, contents, strict=True)]


def _without_strong(content: list[Inline]) -> list[Inline] | None:
    """Return the content of the strong span that is all there is; `None` if there is something else."""
    if not content:
        return content
    only = content[0]
    return only.content if isinstance(only, Span) and only.kind == "strong" and len(content) == 1 else None


def is_head(row: Sequence[Cell]) -> bool:
    """Whether the row is one of headings. Empty cells may be any."""
    return all(cell.is_header or not cell.content for cell in row)


def numbered(node: List) -> list[tuple[int, Item]]:
    """Return the items of a list, each with its number: if it has none, the one after that of the item before."""
    items: list[tuple[int, Item]] = []
    number = 0
    for item in node.items:
        number += 1
        if item.number is not None and 0 <= item.number <= MAX_NUMBER:
            number = item.number
        items.append((number, item))
    return items


def inline(block: Block, start: int = 0, end: int | None = None, *, is_bold: bool = False) -> list[Inline]:
    """Return the text of a block, or a slice of it, with its marks, without white space at its edges.

    Preformatted text keeps it, and is not marked as code. Links that are not safe to follow are left out, and so is
    emphasis of punctuation alone or within the same emphasis. `is_bold` says whether all of the text is shown as strong
    in any case, like a heading.
    """
    text = block["text"]
    first, last = start, len(text) if end is None else end
    ignored = {"strong"} if is_bold else set()
    if block["kind"] == Kind.PREFORMATTED:
        ignored.add("code")
    else:
        first, last = _trimmed(text, first, last)
    marks = deque(mark for mark in block.get("marks", ()) if mark["start"] < last and mark["end"] > first)
    return _nested(text, first, last, marks, frozenset(ignored))


def _nested(text: str, start: int, end: int, marks: deque[Mapping[str, Any]], around: frozenset[str]) -> list[Inline]:
    """Return the content of a slice, and take the marks that begin in it. `around` are the kinds of those around it."""
    content: list[Inline] = []
    while marks and marks[0]["start"] < end:
        mark = marks.popleft()
        kind = mark["kind"]
        url = link_url(mark.get("url")) if kind == "link" else None
        if kind in around or (kind == "link" and url is None):
            continue  # marks inside of it follow
        first, last = _trimmed(text, max(mark["start"], start), min(mark["end"], end))
        if kind in _RUNNING:
            first, last = _without_stops(text, first, last)
        if first >= last or _is_empty(kind, text[first:last]):
            continue
        _append(content, text[start:first])
        _append(content, Span(kind, url, _nested(text, first, last, marks, around | {kind})))
        start = last
    _append(content, text[start:end])
    return content


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the slice without white space at its edges."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _without_stops(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a slice of emphasis without punctuation at an edge where it touches a word: `size<b>: ten</b>`.

    Nobody sees a difference, but Markdown could not have it.
    """
    piece = text[start:end]
    if text[start - 1 : start].isalnum():
        piece = piece.lstrip(_STOPS)
        start = end - len(piece)
    if text[end : end + 1].isalnum():
        end = start + len(piece.rstrip(_STOPS))
    return start, end


def _is_empty(kind: str, text: str) -> bool:
    """Whether the mark says nothing: nobody sees that a comma is strong."""
    return kind in ("strong", "emphasis") and not any(map(str.isalnum, text))


def _append(content: list[Inline], new: Inline) -> None:
    """Add text or a span at the end. What an editor took apart becomes one again: `<b>a</b><b>b</b> <b>c</b>`."""
    if not new:
        return
    last = content[-1] if content else None
    if isinstance(last, str) and isinstance(new, str):
        content[-1] = last + new
        return
    between: list[Inline] = []
    if last == " " and isinstance(new, Span) and new.kind in _RUNNING and len(content) > 1:
        between = [" "]
        last = content[-2]
    if isinstance(last, Span) and isinstance(new, Span) and last[:2] == new[:2]:
        del content[len(content) - len(between) :]
        for each in between + new.content:
            _append(last.content, each)
    else:
        content.append(new)


def attribution(quotation: Quotation) -> list[Inline]:
    """Return the line under a post of another service, or in place of a player: author and service, as a link to it.

    There is none under other quotations.
    """
    embed = quotation.source
    if embed is None:
        return []
    url = link_url(embed["url"])
    name = " ".join(", ".join(filter(None, (embed["author"], embed["service"]))).split())
    dash = ["— "] if quotation.content else []
    return [*dash, Span("link", url, [name or url]) if url else name]


def status_of(record: Mapping[str, Any]) -> str:
    """Return the status, with the kind of page or the error code: "ok", "no_article: listing", "error: empty"."""
    error = record.get("error")
    matter = record.get("page_kind") or (error["code"] if error else None)
    return f"{record['status']}: {matter}" if matter else str(record["status"])
