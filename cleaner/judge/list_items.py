"""Shared probabilities for blocks that belong together: items of a list, rows of a table, the names in a ranking.

All items of a list are kept, or none. A name over each part of an article, numbered or in elements of the same classes,
is hard to judge by itself, but not together with the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from cleaner.blocks.stats import MAX_LINK_DENSITY, enclosing
from cleaner.models import NO_ELEMENT, Block, Document, Kind
from cleaner.odds import log_odds, probability
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

LISTS = frozenset(("ul", "ol", "dl", "table"))
ITEMS = frozenset((Kind.LIST_ITEM, Kind.TABLE_ROW))
# The weighted length that an item counts for at most, so that one long item does not decide for the whole list.
MAX_ITEM_LENGTH = 200
# The weighted length of the longest name. Longer paragraphs are judged by themselves.
MAX_NAME_LENGTH: Final = 60
# The smallest group of names.
MIN_NAMES: Final = 3
# How many elements around two names must have the same tags and classes.
SAME_ELEMENTS: Final = 3

# "3. Ferries", "3) Ferries", "(3) Ferries", "③Ferries"
_NUMBER = lazy_pattern(r"[(\[（]?([0-9]{1,2})[.)\]）:、．]|([①-⑳])")


def share_probabilities(document: Document, probabilities: Sequence[float], removals: Collection[int]) -> list[float]:
    """Return the probability, 0 to 1, of every block, in which blocks that belong together share their log-odds.

    Items of the same outermost list get the mean of their log-odds, weighted by length. A name gets the mean of its own
    and that of all names that belong together. Blocks that a rule removes (`removals`) do not count. Measured out of
    fold: because of lists, one more page in a hundred is perfect; because of names, three more in 1,416.
    """
    shared = list(probabilities)
    free = [block for block in document.blocks if block.place not in removals]
    for places in _lists(document, free):
        weights = [min(weighted_length(document.blocks[place].text), MAX_ITEM_LENGTH) for place in places]
        odds = (weight * log_odds(probabilities[place]) for weight, place in zip(weights, places, strict=True))
        mean = probability(sum(odds) / sum(weights))
        for place in places:
            shared[place] = mean
    for places in _names(document, free):
        mean_odds = sum(log_odds(probabilities[place]) for place in places) / len(places)
        for place in places:
            shared[place] = probability((log_odds(probabilities[place]) + mean_odds) / 2)
    return shared


def _lists(document: Document, blocks: Iterable[Block]) -> list[list[int]]:
    """Return the places of the items of each outermost list."""
    lists: defaultdict[int, list[int]] = defaultdict(list)
    outermost = _outermost_lists(document)
    for block in blocks:
        if block.kind in ITEMS and block.element != NO_ELEMENT:
            lists[outermost[block.element]].append(block.place)
    lists.pop(NO_ELEMENT, None)
    return list(lists.values())


def _outermost_lists(document: Document) -> list[int]:
    """Return for each element the index of the outermost list that it is or is in; `NO_ELEMENT` if there is none."""
    outermost: list[int] = []
    for index, element in enumerate(document.elements):
        outer = NO_ELEMENT if element.parent == NO_ELEMENT else outermost[element.parent]
        outermost.append(index if outer == NO_ELEMENT and element.tag in LISTS else outer)
    return outermost


def _names(document: Document, blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the places of names that belong together: by their markup, and of the others by their numbers.

    A name is a heading, or a short paragraph that is not a sentence.
    """
    names = [block for block in blocks if block.kind is Kind.HEADING or _is_short(block)]
    alike: defaultdict[Hashable, list[int]] = defaultdict(list)
    for block in names:
        if (markup := _markup(document, block)) is not None:
            alike[markup].append(block.place)
    groups = [places for places in alike.values() if len(places) >= MIN_NAMES]
    yield from groups
    grouped = {place for places in groups for place in places}
    yield from _numbered(block for block in names if block.place not in grouped)


def _is_short(block: Block) -> bool:
    is_paragraph = block.kind is Kind.PARAGRAPH
    return is_paragraph and weighted_length(block.text) <= MAX_NAME_LENGTH and not is_finished(block.text)


def _markup(document: Document, block: Block) -> Hashable:
    """Return what names with the same markup have in common; `None` for plain text and paragraphs without classes."""
    elements = [document.elements[index] for index in islice(enclosing(document, block), SAME_ELEMENTS)]
    is_named = any(len(element.tokens) > 1 for element in elements[:-1])  # besides the tag
    if not elements or (block.kind is Kind.PARAGRAPH and not is_named):
        return None
    markup = tuple(
        frozenset(token for token in element.tokens if token.isascii() and not _DIGIT.search(token))
        for element in elements
    )
    return block.kind, block.linked > MAX_LINK_DENSITY, markup


_DIGIT = lazy_pattern("[0-9]")


def _numbered(blocks: Iterable[Block]) -> Iterator[list[int]]:
    """Yield the places of blocks that are numbered one after the other, up or down."""
    run: list[int] = []
    step = previous = 0
    for block in blocks:
        if (match := _NUMBER.match(block.text)) is None:
            continue
        number = int(match[1]) if match[1] else ord(match[2]) - ord("①") + 1
        if run and abs(number - previous) == 1 and step in (0, number - previous):
            step = number - previous
        else:
            if len(run) >= MIN_NAMES:
                yield run
            run, step = [], 0
        run.append(block.place)
        previous = number
    if len(run) >= MIN_NAMES:
        yield run
