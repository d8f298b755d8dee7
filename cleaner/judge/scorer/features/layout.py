"""Features that only a page has: links, the elements around a block, and what trafilatura extracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaner.blocks.stats import NO_ELEMENT, PrefixSums, main_element
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
from cleaner.models import Document

# The features of the elements around a block.
OF_ELEMENT = ("within", "beside", "stands")

# In place of what the second witness says where it was not asked.
NOT_ASKED = -1.0


def layout_columns(
    document: Document,
    rows: Rows,
    in_trafilatura: Sequence[bool] | None,
    sizes: list[int],
    prose: list[int],
    sure: list[int],
    known: PageContext,
) -> Columns:
    """What the tree shows of each block: links, the elements around it, and the second witness."""
    blocks, elements = document.blocks, document.elements
    n = len(blocks)
    own = [blocks[place] for place in rows.places]
    linked = [block.linked for block in blocks]
    link_letters = PrefixSums([round(share * s) for share, s in zip(linked, sizes, strict=True)])
    text, all_sure = PrefixSums(sizes), PrefixSums(sure)
    standing = [float(s) for s in in_trafilatura] if in_trafilatura is not None else [float(p > 0) for p in prose]
    stood = PrefixSums([s if v > 0.5 else 0 for s, v in zip(sizes, standing, strict=True)])
    main = main_element(document, all_sure)
    start, end = (elements[main].first, elements[main].last) if main != NO_ELEMENT else (0, n)
    depths = _depths(document)
    sure_places = [place for place in range(n) if sure[place]]
    middle = depths[blocks[sure_places[len(sure_places) // 2]].element] if sure_places else 0
    signature = {b.place: (elements[b.element].tag, elements[b.element].tokens, depths[b.element]) for b in own}
    alike = Counter(signature[place] for place in sure_places)
    first = sure_places[0] if sure_places else n
    columns: Columns = {
        "links": [float(min(6, len(block.links))) for block in own],
        "bold": [float(block.bold) for block in own],
        "main": [_to_main(i, start, end) for i in rows.places],
        "depth": [float(max(-8, min(8, depths[b.element] - middle))) for b in own],
        "alike": [float(min(20, alike[signature[i]] - (sure[i] > 0))) if alike else -1.0 for i in rows.places],
        "standfirst": [
            # A newspaper has one more often than a shop's blog.
            1.0 + known.declared if first - MAX_DISTANCE < i <= first and is_standfirst(document, i, known) else 0.0
            for i in rows.places
        ],
    }
    for width in (3, 8):
        columns[f"link_window:{width}"] = shares(link_letters, text, rows, width)
    columns |= rows.beside("linked", linked, DISTANCES, own=True)
    columns |= rows.beside("stands", standing if in_trafilatura is not None else [NOT_ASKED] * n, DISTANCES, own=True)
    total = max(1, all_sure.whole)
    stretch = max(1.0, MIN_TOTAL_PROSE / total)
    # What an element holds is told once, however many blocks stand in it.
    held: dict[int, tuple[float, ...]] = {}
    index = [block.element for block in own]
    for level in range(4):
        for i in set(index) - held.keys():
            run = elements[i].first, elements[i].last
            near = all_sure.of(*run)
            vouched = stood.of(*run) / max(1, text.of(*run)) if in_trafilatura is not None else NOT_ASKED
            held[i] = near / total, float(near), vouched
        found = named_columns([held[i] for i in index], [f"{name}:{level}" for name in OF_ELEMENT])
        beside = zip(found[f"beside:{level}"], rows.of(sure), strict=True)
        found[f"beside:{level}"] = [min(MAX_SIZE, stretch * (near - s)) for near, s in beside]
        columns |= found
        index = [max(0, elements[i].parent) for i in index]
    return columns


def _to_main(place: int, start: int, end: int) -> float:
    """Blocks between a block and the article's element: negative before it, positive after it, 0 inside."""
    if place < start:
        return float(max(-MAX_DISTANCE, place - start))
    return float(min(MAX_DISTANCE, place - end + 1)) if place >= end else 0.0


def _depths(document: Document) -> list[int]:
    depths: list[int] = []
    for element in document.elements:
        depths.append(0 if element.parent == NO_ELEMENT else depths[element.parent] + 1)
    return depths
