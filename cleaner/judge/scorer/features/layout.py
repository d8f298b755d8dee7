"""Features of pages, not of plain texts: links, the elements around a block, and the second opinion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaner.blocks.stats import PrefixSums, main_element
from cleaner.judge.context import PageContext
from cleaner.judge.headline import is_standfirst
from cleaner.judge.scorer.features.columns import (
    DISTANCES,
    MAX_DISTANCE,
    MAX_SIZE,
    MIN_TOTAL_PROSE,
    Columns,
    Rows,
    named_columns,
)
from cleaner.judge.scorer.features.place import shares
from cleaner.models import NO_ELEMENT, Document

# The features of each of the elements around a block.
ELEMENT_FEATURES = ("within", "beside", "stands")

# The value of features of the second opinion if there is none.
NO_OPINION = -1.0


def layout_columns(
    document: Document,
    rows: Rows,
    in_trafilatura: Sequence[bool] | None,
    sizes: list[int],
    sure: list[int],
    context: PageContext,
) -> Columns:
    """Return the features of each row: its links, the elements around it, and the second opinion.

    `sizes` are the weighted lengths of all blocks, `sure` those of sure paragraphs, 0 for other blocks.
    """
    blocks, elements = document.blocks, document.elements
    count = len(blocks)
    row_blocks = [blocks[place] for place in rows.places]
    linked = [block.linked for block in blocks]
    link_lengths = PrefixSums([round(share * size) for share, size in zip(linked, sizes, strict=True)])
    text, all_sure = PrefixSums(sizes), PrefixSums(sure)
    if in_trafilatura is None:
        votes, confirmed = [NO_OPINION] * count, None
    else:
        votes = [float(vote) for vote in in_trafilatura]
        confirmed = PrefixSums([size if vote else 0 for size, vote in zip(sizes, in_trafilatura, strict=True)])
    main = main_element(document, all_sure)
    start, end = (elements[main].first, elements[main].last) if main != NO_ELEMENT else (0, count)
    depths = _depths(document)
    sure_places = [place for place in range(count) if sure[place]]
    article_depth = depths[blocks[sure_places[len(sure_places) // 2]].element] if sure_places else 0
    signature = {b.place: (elements[b.element].tag, elements[b.element].tokens, depths[b.element]) for b in row_blocks}
    alike = Counter(signature[place] for place in sure_places)
    first = sure_places[0] if sure_places else count
    columns: Columns = {
        "links": [float(min(6, len(block.links))) for block in row_blocks],
        "bold": [float(block.bold) for block in row_blocks],
        "main": [_to_main(i, start, end) for i in rows.places],
        "depth": [float(max(-8, min(8, depths[b.element] - article_depth))) for b in row_blocks],
        "alike": [float(min(20, alike[signature[i]] - (sure[i] > 0))) if alike else -1.0 for i in rows.places],
        "standfirst": [
            # Higher for a newspaper, which has a standfirst more often than the blog of a shop.
            1.0 + context.declared if first - MAX_DISTANCE < i <= first and is_standfirst(document, i, context) else 0.0
            for i in rows.places
        ],
    }
    for width in (3, 8):
        columns[f"link_window:{width}"] = shares(link_lengths, text, rows, width)
    columns |= rows.beside("linked", linked, DISTANCES, own=True)
    columns |= rows.beside("stands", votes, DISTANCES, own=True)
    total = max(1, all_sure.whole)
    stretch = max(1.0, MIN_TOTAL_PROSE / total)
    # The features of an element are computed once, however many blocks are in it.
    of_element: dict[int, tuple[float, ...]] = {}
    index = [block.element for block in row_blocks]
    for level in range(4):
        for i in set(index) - of_element.keys():
            run = elements[i].first, elements[i].last
            sure_length = all_sure.of(*run)
            share = NO_OPINION if confirmed is None else confirmed.of(*run) / max(1, text.of(*run))
            of_element[i] = sure_length / total, float(sure_length), share
        of_level = named_columns([of_element[i] for i in index], [f"{name}:{level}" for name in ELEMENT_FEATURES])
        lengths = zip(of_level[f"beside:{level}"], rows.of(sure), strict=True)
        of_level[f"beside:{level}"] = [min(MAX_SIZE, stretch * (length - own)) for length, own in lengths]
        columns |= of_level
        index = [max(0, elements[i].parent) for i in index]
    return columns


def _to_main(place: int, start: int, end: int) -> float:
    """Return the distance, in blocks, to the article's element: negative before it, positive after it, 0 inside."""
    if place < start:
        return float(max(-MAX_DISTANCE, place - start))
    return float(min(MAX_DISTANCE, place - end + 1)) if place >= end else 0.0


def _depths(document: Document) -> list[int]:
    """Return for each element the number of elements around it."""
    depths: list[int] = []
    for element in document.elements:
        depths.append(0 if element.parent == NO_ELEMENT else depths[element.parent] + 1)
    return depths
