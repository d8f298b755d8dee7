"""Features of the place of each block among the paragraphs and headings."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cleaner.blocks.stats import MIN_PROSE_LENGTH, PrefixSums
from cleaner.judge.scorer.features.columns import MAX_DISTANCE, Column, Columns, Rows
from cleaner.models import Block, Document, Kind
from cleaner.text.sentences import is_finished

# How many blocks before and after a block the shares of prose are computed for.
WINDOWS = (2, 5, 12)


def last_headings(document: Document) -> list[int]:
    """Return for each block the place of the last heading before it, or of a line that looks like one; -1 if none.

    A heading of level 1 is over the whole article: directly after it, a block is under no heading.
    """
    headings: list[int] = []
    heading = -1
    for place, block in enumerate(document.blocks):
        headings.append(heading)
        if block.level == 1:
            heading = -1
        elif block.kind is Kind.HEADING or (
            (document.plain or block.bold) and len(block.text) < MIN_PROSE_LENGTH and not is_finished(block.text)
        ):
            heading = place
    return headings


def heading_columns(blocks: Sequence[Block], rows: Rows, headings: Sequence[int], removals: Collection[int]) -> Columns:
    """Return the features of the heading over each row. `headings` is the result of `last_headings`."""
    of_rows = [headings[place] for place in rows.places]
    return {
        "under_gap": [float(min(MAX_DISTANCE, i - heading)) for i, heading in zip(rows.places, of_rows, strict=True)],
        "under_level": [-1.0 if heading < 0 else float(blocks[heading].level or 0) for heading in of_rows],
        "under_ruled": [float(heading in removals) for heading in of_rows],
    }


def place_columns(rows: Rows, sizes: list[int], sure: list[int]) -> Columns:
    """Return the features of the place of each row among the sure paragraphs.

    `sizes` are the weighted lengths of all blocks, `sure` those of the sure paragraphs, 0 for other blocks.
    """
    places = rows.places
    all_sure, text = PrefixSums(sure), PrefixSums(sizes)
    total = max(1, all_sure.whole)
    before_gap, after_gap = rows.of(gaps(sure)), rows.of(gaps(sure[::-1])[::-1])
    columns: Columns = {
        "before": [length / total for length in all_sure.over([(0, i) for i in places])],
        **edges(sure, places),
        "gap_before": before_gap,
        "gap_after": after_gap,
        "gap": [max(one, two) for one, two in zip(before_gap, after_gap, strict=True)],
    }
    own = [int(length > 0) for length in rows.of(sure)]
    before, after = gaps(own), gaps(own[::-1])[::-1]
    columns |= {"row_gap_before": before, "row_gap_after": after}
    for width in WINDOWS:
        columns[f"prose:{width}"] = shares(all_sure, text, rows, width)
    return columns


def edges(sure: Sequence[int], places: Sequence[int]) -> Columns:
    """Return the distances, in blocks, from the first sure block to each of the places, and from each to the last."""
    sure_places = [place for place, is_sure in enumerate(sure) if is_sure]
    first, last = (sure_places[0], sure_places[-1]) if sure_places else (len(sure), -1)
    return {
        "since_first": [float(max(-MAX_DISTANCE, min(MAX_DISTANCE, i - first))) for i in places],
        "until_last": [float(max(-MAX_DISTANCE, min(MAX_DISTANCE, last - i))) for i in places],
    }


def shares(part: PrefixSums, whole: PrefixSums, rows: Rows, width: int) -> Column:
    """Return for each row the share, 0 to 1, of `part` in `whole` over the blocks up to `width` away."""
    runs = [(max(0, i - width), min(rows.count, i + width + 1)) for i in rows.places]
    return [share / max(1, total) for share, total in zip(part.over(runs), whole.over(runs), strict=True)]


def gaps(sure: Sequence[int]) -> Column:
    """Return for each block the distance, in blocks, to the last sure paragraph before it."""
    gaps, gap = [], MAX_DISTANCE
    for is_sure in sure:
        gap = min(MAX_DISTANCE, gap + 1)
        gaps.append(float(gap))
        if is_sure:
            gap = 0
    return gaps
