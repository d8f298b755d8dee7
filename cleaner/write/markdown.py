"""The article as Markdown: CommonMark, with tables as in GitHub Flavored Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from cleaner.models import Kind
from cleaner.patterns import lazy_pattern
from cleaner.write.blocks import cells, heading_level, in_order, why

_Block = Mapping[str, Any]

# Characters that Markdown reads as markup: anywhere in a line, and at its start.
_INLINE = lazy_pattern(r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|\](?=[(:\[])|&(?=#?\w+;)|~(?=~)")
_AT_START = lazy_pattern(r"^(\s*)(?:([#>+=~-])|(\d{1,9})([.)](?=\s|$)))", re.MULTILINE)


def to_markdown(record: Mapping[str, Any], *, explain: bool = False) -> str:
    """Return the title as a first-level heading and each block as the Markdown for its kind; empty if there is neither.

    The record must hold `blocks`. With `explain`, it must also hold `removed`; the result then includes the removed
    blocks in their places, struck through and followed by the reason.
    """
    blocks = in_order(record) if explain else record.get("blocks", ())
    parts = [f"# {_one_line(record['title'])}"] if record["title"] else []
    for kind, run in groupby(blocks, key=_kind):
        parts.append(_WRITERS.get(kind, _paragraphs)(list(run)))
    return "\n\n".join(parts) + "\n" if parts else ""


def _kind(block: _Block) -> str:
    return "removed" if "reason" in block else str(block["kind"])


def _paragraphs(run: Sequence[_Block]) -> str:
    return "\n\n".join(_escape(block["text"]).replace("\n", "\\\n") for block in run)


def _headings(run: Sequence[_Block]) -> str:
    return "\n\n".join(f"{'#' * heading_level(block)} {_one_line(block['text'])}" for block in run)


def _list(run: Sequence[_Block]) -> str:
    return "\n".join("- " + _escape(block["text"]).replace("\n", "\\\n  ") for block in run)


def _quotes(run: Sequence[_Block]) -> str:
    return "\n>\n".join("> " + _escape(block["text"]).replace("\n", "\\\n> ") for block in run)


def _preformatted(run: Sequence[_Block]) -> str:
    return "\n\n".join(_fence(block["text"]) for block in run)


def _fence(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _table(run: Sequence[_Block]) -> str:
    rows = [cells(_one_line(block["text"])) for block in run]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _removed(run: Sequence[_Block]) -> str:
    return "\n\n".join(f"~~{_one_line(block['text'])}~~ *({_escape(why(block))})*" for block in run)


_WRITERS: Mapping[str, Callable[[Sequence[_Block]], str]] = {
    Kind.HEADING: _headings,
    Kind.LIST_ITEM: _list,
    Kind.QUOTE: _quotes,
    Kind.EMBED: _quotes,
    Kind.PREFORMATTED: _preformatted,
    Kind.TABLE_ROW: _table,
    "removed": _removed,
}


def _escape(text: str) -> str:
    return _AT_START.sub(_escape_start, _INLINE.sub(r"\\\g<0>", text))


def _escape_start(match: re.Match[str]) -> str:
    space, character, number, stop = match.groups()
    return f"{space}\\{character}" if character else f"{space}{number}\\{stop}"


def _one_line(text: str) -> str:
    return _escape(" ".join(text.split()))
