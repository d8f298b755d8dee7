"""Features of where each block is among the paragraphs and headings."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cleaner.blocks.stats import MIN_PROSE_LENGTH, PrefixSums
from cleaner.judge.scorer.features.columns import MAX_DISTANCE, Column, Columns, Rows
from cleaner.models import Block, Document, Kind
from cleaner.text.sentences import is_finished

WINDOWS = (2, 5, 12)


def last_headings(document: Document) -> list[int]:
    """The place of the last heading before each block, or line that looks like one; -1 where there is none.

    A heading of the first level stands over the whole article: behind it, a block stands under none.
    """
    heads: list[int] = []
    head = -1
    for place, block in enumerate(document.blocks):
        heads.append(head)
        if block.level == 1:
            head = -1
        elif block.kind is Kind.HEADING or (
            (document.plain or block.bold) and len(block.text) < MIN_PROSE_LENGTH and not is_finished(block.text)
        ):
            head = place
    return heads


def heading_columns(blocks: Sequence[Block], rows: Rows, heads: Sequence[int], removals: Collection[int]) -> Columns:
    """What stands over each block."""
    own = [heads[place] for place in rows.places]
    return {
        "under_gap": [float(min(MAX_DISTANCE, place - head)) for place, head in zip(rows.places, own, strict=True)],
        "under_level": [-1.0 if head < 0 else float(blocks[head].level or 0) for head in own],
        "under_ruled": [float(head in removals) for head in own],
    }


def place_columns(rows: Rows, sizes: list[int], sure: list[int]) -> Columns:
    """Where each block stands among the paragraphs."""
    asked = rows.places
    all_sure, letters = PrefixSums(sure), PrefixSums(sizes)
    total = max(1, all_sure.whole)
    before_gap, after_gap = rows.of(gaps(sure)), rows.of(gaps(sure[::-1])[::-1])
    columns: Columns = {
        "before": [held / total for held in all_sure.over([(0, i) for i in asked])],
        **edges(sure, asked),
        "gap_before": before_gap,
        "gap_after": after_gap,
        "gap": [max(one, two) for one, two in zip(before_gap, after_gap, strict=True)],
    }
    for width in WINDOWS:
        columns[f"prose:{width}"] = shares(all_sure, letters, rows, width)
    return columns


def edges(sure: Sequence[int], asked: Sequence[int]) -> Columns:
    """Blocks from the first sure one to each, and from each to the last."""
    places = [place for place, is_sure in enumerate(sure) if is_sure]
    first, last = (places[0], places[-1]) if places else (len(sure), -1)
    return {
        "since_first": [float(max(-MAX_DISTANCE, min(MAX_DISTANCE, i - first))) for i in asked],
        "until_last": [float(max(-MAX_DISTANCE, min(MAX_DISTANCE, last - i))) for i in asked],
    }


def shares(part: PrefixSums, whole: PrefixSums, rows: Rows, width: int) -> Column:
    """The share that `part` has of `whole` in the blocks up to `width` away."""
    runs = [(max(0, i - width), min(rows.count, i + width + 1)) for i in rows.places]
    return [one / max(1, all_) for one, all_ in zip(part.over(runs), whole.over(runs), strict=True)]


def gaps(sure: Sequence[int]) -> Column:
    """Blocks since the last sure paragraph before each block."""
    gaps, gap = [], MAX_DISTANCE
    for s in sure:
        gap = min(MAX_DISTANCE, gap + 1)
        gaps.append(float(gap))
        if s:
            gap = 0
    return gaps
