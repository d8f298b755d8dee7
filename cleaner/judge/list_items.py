"""Items of a list, and rows of a table, are text together or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from cleaner.blocks.stats import NOWHERE
from cleaner.blocks.text import size
from cleaner.judge.logistic import log_odds, probability
from cleaner.models import Document, Kind

LISTS = frozenset(("ul", "ol", "dl", "table"))
ITEMS = frozenset((Kind.LIST_ITEM, Kind.TABLE_ROW))
# One long item is not the whole list, in letters.
LONGEST = 200


def shared(document: Document, chances: Sequence[float], taken: Collection[int]) -> list[float]:
    """The chances, 0 to 1, of all blocks, where the items of each outermost list have the mean of their log-odds.

    Measured out of fold: of a hundred pages, one more is without a fault. `taken` are the places that rules take: they
    count for nothing.
    """
    lists: defaultdict[int, list[int]] = defaultdict(list)
    outermost = _outermost_lists(document)
    for block in document.blocks:
        if block.kind in ITEMS and block.element != NOWHERE and block.place not in taken:
            lists[outermost[block.element]].append(block.place)
    lists.pop(NOWHERE, None)
    found = list(chances)
    for places in lists.values():
        weights = [min(size(document.blocks[place].text), LONGEST) for place in places]
        odds = (weight * log_odds(chances[place]) for weight, place in zip(weights, places, strict=True))
        mean = probability(sum(odds) / sum(weights))
        for place in places:
            found[place] = mean
    return found


def _outermost_lists(document: Document) -> list[int]:
    """Of each element, the index of the outermost list around it or of itself; `NOWHERE` where there is none."""
    found: list[int] = []
    for index, element in enumerate(document.elements):
        around = NOWHERE if element.parent == NOWHERE else found[element.parent]
        found.append(index if around == NOWHERE and element.tag in LISTS else around)
    return found
