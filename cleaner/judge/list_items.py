"""Shared probabilities for the items of a list and the rows of a table: all of them are kept, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from cleaner.judge.logistic import log_odds, probability
from cleaner.models import NO_ELEMENT, Document, Kind
from cleaner.text.measures import weighted_length

LISTS = frozenset(("ul", "ol", "dl", "table"))
ITEMS = frozenset((Kind.LIST_ITEM, Kind.TABLE_ROW))
# The weighted length that an item counts for at most, so that one long item does not decide for the whole list.
MAX_ITEM_LENGTH = 200


def share_probabilities(document: Document, probabilities: Sequence[float], removals: Collection[int]) -> list[float]:
    """Return the probability, 0 to 1, of every block; items of the same outermost list get the mean of their log-odds.

    The mean is weighted by length. Blocks that a rule removes (`removals`) do not count. Measured out of fold: one more
    page in a hundred is perfect.
    """
    lists: defaultdict[int, list[int]] = defaultdict(list)
    outermost = _outermost_lists(document)
    for block in document.blocks:
        if block.kind in ITEMS and block.element != NO_ELEMENT and block.place not in removals:
            lists[outermost[block.element]].append(block.place)
    lists.pop(NO_ELEMENT, None)
    shared = list(probabilities)
    for places in lists.values():
        weights = [min(weighted_length(document.blocks[place].text), MAX_ITEM_LENGTH) for place in places]
        odds = (weight * log_odds(probabilities[place]) for weight, place in zip(weights, places, strict=True))
        mean = probability(sum(odds) / sum(weights))
        for place in places:
            shared[place] = mean
    return shared


def _outermost_lists(document: Document) -> list[int]:
    """Return for each element the index of the outermost list that it is or is in; `NO_ELEMENT` if there is none."""
    outermost: list[int] = []
    for index, element in enumerate(document.elements):
        outer = NO_ELEMENT if element.parent == NO_ELEMENT else outermost[element.parent]
        outermost.append(index if outer == NO_ELEMENT and element.tag in LISTS else outer)
    return outermost
