"""The article as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def to_text(record: Mapping[str, Any], *, explain: bool = False) -> str:
    """Return the text with one empty line between blocks and a line feed at the end; an empty string if there is none.

    With `explain`, return all blocks of the page in order. Each line of a removed block begins with the reason in
    square brackets. The record must then hold `blocks` and `removed`.
    """
    blocks = [_explained_block(block) for block in in_order(record)] if explain else [record["text"] or ""]
    text = "\n\n".join(blocks)
    return f"{text}\n" if text else ""


def in_order(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the kept and the removed blocks in the order of the page."""
    return sorted([*record.get("blocks", ()), *record.get("removed", ())], key=lambda block: int(block["place"]))


def why(removed: Mapping[str, Any]) -> str:
    """Return the reason of a removed block and its rule or evidence: `related, rule see-also-line`."""
    cause = f"rule {removed['rule']}" if removed["rule"] else removed["evidence"]
    return f"{removed['reason']}, {cause}" if cause else str(removed["reason"])


def _explained_block(block: Mapping[str, Any]) -> str:
    text = str(block["text"])
    if "reason" not in block:
        return text
    mark = f"[{why(block)}] "
    return mark + text.replace("\n", f"\n{mark}")
