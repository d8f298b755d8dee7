"""The article as plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cleaner.write.blocks import in_order
from cleaner.write.folding import FOLDED
from cleaner.write.reasons import why

# Styles the mark of a removed block and one line of its text for a terminal. The first argument is the block.
Paint = Callable[[Mapping[str, Any], str, str], str]


def to_text(
    record: Mapping[str, Any],
    *,
    explain: bool = False,
    title: bool = False,
    header: bool = False,
    paint: Paint | None = None,
) -> str:
    """Return the text with one empty line between blocks and a line feed at the end; an empty string if there is none.

    With `explain`, return all blocks of the page in order. Each line of a removed block begins with the reason in
    square brackets, and `paint` styles it. The record must then hold `blocks` and `removed`. `title` puts the headline
    before the text, `header` the headline, the authors, the date and the address, in a line each, as far as they are
    known.
    """
    if explain:
        blocks = [_explained_block(block, paint or _plain) for block in in_order(record)]
    else:
        blocks = [record["text"] or ""]
    text = "\n\n".join(blocks)
    if not text:
        return ""
    lines = _header(record) if header else [record["title"]] if title else []
    known = [" ".join(line.split()) for line in lines if line]
    return "\n".join([*known, "", text, ""] if known else [text, ""])


def _header(record: Mapping[str, Any]) -> list[str | None]:
    return [
        record["title"],
        ", ".join(record["authors"]) or record["organization"],
        record["published"],
        record["url"] or record["canonical_url"],
    ]


def _explained_block(block: Mapping[str, Any], paint: Paint) -> str:
    text = str(block["text"])
    if "reason" not in block:
        return text
    if block["kind"] == FOLDED:
        return paint(block, f"[{text} removed: {block['reason']}]", "")
    mark = f"[{why(block)}]"
    return "\n".join(paint(block, mark, f" {line}") for line in text.split("\n"))


def _plain(block: Mapping[str, Any], mark: str, text: str) -> str:
    return mark + text
