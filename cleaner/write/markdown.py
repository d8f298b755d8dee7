"""The article as Markdown (CommonMark, and tables as GitHub has them)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from cleaner.models import Kind
from cleaner.write.text import in_order, why

_Block = Mapping[str, Any]

# What Markdown would read as markup: inside a line, and at its start.
_INLINE = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|\](?=[(:\[])|&(?=#?\w+;)|~(?=~)")
_AT_START = re.compile(r"^(\s*)(?:([#>+=~-])|(\d{1,9})([.)](?=\s|$)))", re.MULTILINE)


def to_markdown(record: Mapping[str, Any], *, explain: bool = False) -> str:
    """The title as `#`, then the blocks, each as what it is on the page; nothing at all where there is neither.

    The record must hold `blocks`. `explain` shows what was taken in its place, struck through, with its reason.
    """
    shown = in_order(record) if explain else record.get("blocks", ())
    parts = [f"# {_one_line(record['title'])}"] if record["title"] else []
    for kind, run in groupby(shown, key=_kind):
        parts.append(_WRITERS.get(kind, _paragraphs)(list(run)))
    return "\n\n".join(parts) + "\n" if parts else ""


def _kind(block: _Block) -> str:
    return "removed" if "reason" in block else str(block["kind"])


def _paragraphs(run: Sequence[_Block]) -> str:
    return "\n\n".join(_escaped(block["text"]).replace("\n", "\\\n") for block in run)


def _headings(run: Sequence[_Block]) -> str:
    # The title has the first level for itself.
    return "\n\n".join(f"{'#' * min(max(block['level'] or 2, 2), 6)} {_one_line(block['text'])}" for block in run)


def _list(run: Sequence[_Block]) -> str:
    return "\n".join("- " + _escaped(block["text"]).replace("\n", "\\\n  ") for block in run)


def _quotes(run: Sequence[_Block]) -> str:
    return "\n>\n".join("> " + _escaped(block["text"]).replace("\n", "\\\n> ") for block in run)


def _preformatted(run: Sequence[_Block]) -> str:
    return "\n\n".join(_fenced(block["text"]) for block in run)


def _fenced(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _table(run: Sequence[_Block]) -> str:
    # A row's text has its cells joined like this already.
    rows = [_one_line(block["text"]).split(" | ") for block in run]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _removed(run: Sequence[_Block]) -> str:
    return "\n\n".join(f"~~{_one_line(block['text'])}~~ *({_escaped(why(block))})*" for block in run)


_WRITERS: Mapping[str, Callable[[Sequence[_Block]], str]] = {
    Kind.HEADING: _headings,
    Kind.LIST_ITEM: _list,
    Kind.QUOTE: _quotes,
    Kind.EMBED: _quotes,
    Kind.PREFORMATTED: _preformatted,
    Kind.TABLE_ROW: _table,
    "removed": _removed,
}


def _escaped(text: str) -> str:
    return _AT_START.sub(_escaped_start, _INLINE.sub(r"\\\g<0>", text))


def _escaped_start(match: re.Match[str]) -> str:
    space, sign, number, stop = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{stop}"


def _one_line(text: str) -> str:
    return _escaped(" ".join(text.split()))
