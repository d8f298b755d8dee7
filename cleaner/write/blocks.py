"""What the writers of all formats share: the order of the blocks in a record, and what the fields of a block mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.models import BETWEEN_CELLS

# The levels that HTML and Markdown have, without the first, which is that of the title.
MIN_LEVEL, MAX_LEVEL = 2, 6


def in_order(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the kept and the removed blocks in the order of the page."""
    return sorted([*record.get("blocks", ()), *record.get("removed", ())], key=lambda block: int(block["place"]))


def why(removed: Mapping[str, Any]) -> str:
    """Return the reason of a removed block and its rule or evidence: `related, rule see-also-line`."""
    cause = f"rule {removed['rule']}" if removed["rule"] else removed["evidence"]
    return f"{removed['reason']}, {cause}" if cause else str(removed["reason"])


def heading_level(block: Mapping[str, Any]) -> int:
    """Return the level of a heading below the title, 2 to 6."""
    return min(max(block["level"] or MIN_LEVEL, MIN_LEVEL), MAX_LEVEL)


def cells(text: str) -> list[str]:
    """Return the cells in the text of a row."""
    return text.split(BETWEEN_CELLS)
