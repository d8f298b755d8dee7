"""The article as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.write.blocks import in_order, why


def to_text(record: Mapping[str, Any], *, explain: bool = False) -> str:
    """Return the text with one empty line between blocks and a line feed at the end; an empty string if there is none.

    With `explain`, return all blocks of the page in order. Each line of a removed block begins with the reason in
    square brackets. The record must then hold `blocks` and `removed`.
    """
    blocks = [_explained_block(block) for block in in_order(record)] if explain else [record["text"] or ""]
    text = "\n\n".join(blocks)
    return f"{text}\n" if text else ""


def _explained_block(block: Mapping[str, Any]) -> str:
    text = str(block["text"])
    if "reason" not in block:
        return text
    mark = f"[{why(block)}] "
    return mark + text.replace("\n", f"\n{mark}")
