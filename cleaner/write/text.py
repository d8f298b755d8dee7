"""The article as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def to_text(record: Mapping[str, Any], *, explain: bool = False) -> str:
    """The text with one blank line between blocks and one line end after it; nothing at all where there is no text.

    `explain` shows the page instead: a removed block stands in its place, each of its lines after the reason in square
    brackets. The record must hold `blocks` and `removed` then.
    """
    blocks = [_shown(block) for block in in_order(record)] if explain else [record["text"] or ""]
    text = "\n\n".join(blocks)
    return f"{text}\n" if text else ""


def in_order(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was kept and what was taken, in the order of the page."""
    return sorted([*record.get("blocks", ()), *record.get("removed", ())], key=lambda block: int(block["place"]))


def why(removed: Mapping[str, Any]) -> str:
    """The reason in words: `related, rule see-also-line`."""
    weighed = f"rule {removed['rule']}" if removed["rule"] else removed["evidence"]
    return f"{removed['reason']}, {weighed}" if weighed else str(removed["reason"])


def _shown(block: Mapping[str, Any]) -> str:
    text = str(block["text"])
    if "reason" not in block:
        return text
    mark = f"[{why(block)}] "
    return mark + text.replace("\n", f"\n{mark}")
