"""Folded records: each run of removed blocks that hardly anybody wants to read is a single block with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from cleaner.models import Reason
from cleaner.odds import MIN_DOUBT
from cleaner.write.blocks import in_order

# Runs of fewer blocks are not folded.
MIN_FOLDED = 3
# Blocks with these reasons are never folded: they may be what the reader misses in the text, or metadata.
OPEN_REASONS = frozenset(
    {
        Reason.SITE_RULE,
        Reason.HEADLINE,
        Reason.BYLINE,
        Reason.DATE,
        Reason.CAPTION,
        Reason.CREDIT,
        Reason.AUTHOR_BOX,
        Reason.PAYWALL,
        Reason.EMBED,
        Reason.UNSURE,
        Reason.REPEATED,
    }
)
# The kind of the block that stands for a run.
FOLDED = "folded"

_Block = Mapping[str, Any]


def folded(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record with each run of boilerplate in `removed` as one block: "12 blocks", "9 navigation, 3 share".

    The first is its text, the second its reason. A doubtful block is not folded. The record must have `blocks` and
    `removed`, or neither.
    """
    removed: list[_Block] = []
    for is_folded, run in groupby(in_order(record), key=_is_boilerplate):
        blocks = list(run)
        if is_folded and len(blocks) >= MIN_FOLDED:
            removed.append(_summary(blocks))
        else:
            removed += (block for block in blocks if "reason" in block)
    return {**record, "removed": removed} if "removed" in record else dict(record)


def _is_boilerplate(block: _Block) -> bool:
    return "reason" in block and block["reason"] not in OPEN_REASONS and (block["probability"] or 0) < MIN_DOUBT


def _summary(run: Sequence[_Block]) -> _Block:
    reasons = Counter(str(block["reason"]) for block in run)
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    text = f"{len(run)} blocks"
    return {**run[0], "kind": FOLDED, "text": text, "reason": counts, "rule": None, "evidence": None}
