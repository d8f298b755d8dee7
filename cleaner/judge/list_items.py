"""Items of a list, and rows of a table, are text together or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from cleaner.blocks.stats import NO_ELEMENT
from cleaner.judge.logistic import log_odds, probability
from cleaner.models import Document, Kind
from cleaner.text.measures import weighted_length

LISTS = frozenset(("ul", "ol", "dl", "table"))
ITEMS = frozenset((Kind.LIST_ITEM, Kind.TABLE_ROW))
# One long item is not the whole list, in letters.
MAX_ITEM_LENGTH = 200


def share_probabilities(document: Document, probabilities: Sequence[float], removals: Collection[int]) -> list[float]:
    """The chances, 0 to 1, of all blocks, where the items of each outermost list have the mean of their log-odds.

    Measured out of fold: of a hundred pages, one more is perfect. Blocks that rules take (`removals`) do not count.
    """
    lists: defaultdict[int, list[int]] = defaultdict(list)
    outermost = _outermost_lists(document)
    for block in document.blocks:
        if block.kind in ITEMS and block.element != NO_ELEMENT and block.place not in removals:
            lists[outermost[block.element]].append(block.place)
    lists.pop(NO_ELEMENT, None)
    found = list(probabilities)
    for places in lists.values():
        weights = [min(weighted_length(document.blocks[place].text), MAX_ITEM_LENGTH) for place in places]
        odds = (weight * log_odds(probabilities[place]) for weight, place in zip(weights, places, strict=True))
        mean = probability(sum(odds) / sum(weights))
        for place in places:
            found[place] = mean
    return found


def _outermost_lists(document: Document) -> list[int]:
    """Of each element, the index of the outermost list around it or of itself; `NO_ELEMENT` where there is none."""
    found: list[int] = []
    for index, element in enumerate(document.elements):
        around = NO_ELEMENT if element.parent == NO_ELEMENT else found[element.parent]
        found.append(index if around == NO_ELEMENT and element.tag in LISTS else around)
    return found
