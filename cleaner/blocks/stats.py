"""What the judge knows of each block beside its words: size, place, and what stands around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from cleaner.models import Block, Document, Kind
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

# From this size on, in letters, a block with few links is prose: most chrome is shorter, most paragraphs are longer.
MIN_PROSE_LENGTH = 80
# More link text than this share (0 to 1) makes a list of links, not a paragraph.
MAX_LINK_DENSITY = 0.5
PROSE_KINDS = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.PREFORMATTED, Kind.EMBED})
# The article's element is the innermost that holds at least this share of its sure paragraphs.
MIN_MAIN_SHARE = 0.8
NO_ELEMENT = -1


# Texts for which a set of words is remembered, which takes 10 KB each.
CACHED_WORD_SETS = 512


def is_prose(block: Block) -> bool:
    """Whether a block reads like a paragraph: long, few links, not a heading or caption."""
    return (
        block.kind in PROSE_KINDS
        and block.linked < MAX_LINK_DENSITY
        and weighted_length(block.text) >= MIN_PROSE_LENGTH
    )


class PrefixSums:
    """Sums over runs of blocks, each in constant time."""

    def __init__(self, values: list[int]) -> None:
        self._before = [0, *accumulate(values)]

    def of(self, first: int, last: int) -> int:
        """The sum over blocks[first:last]."""
        return self._before[last] - self._before[first]

    def over(self, runs: Iterable[tuple[int, int]]) -> list[int]:
        """The sum over each of many runs."""
        before = self._before
        return [before[last] - before[first] for first, last in runs]

    def middle(self) -> int:
        """The block in which the first half of the whole ends."""
        return bisect_left(self._before, self.whole / 2) - 1

    @property
    def whole(self) -> int:
        return self._before[-1]


def enclosing(document: Document, block: Block) -> Iterator[int]:
    """Indices of the elements around a block, the innermost first."""
    index = block.element
    while index != NO_ELEMENT:
        yield index
        index = document.elements[index].parent


def holders(document: Document, places: Iterable[int]) -> set[int]:
    """Indices of all elements around any of the blocks at these places."""
    found: set[int] = set()
    for place in places:
        for index in enclosing(document, document.blocks[place]):
            if index in found:  # and so are all those around it
                break
            found.add(index)
    return found


def main_element(document: Document, sure: PrefixSums) -> int:
    """Index of the innermost element that holds most of the sure text; `NO_ELEMENT` where there is none."""
    least = MIN_MAIN_SHARE * sure.whole
    if least <= 0 or document.plain:
        return NO_ELEMENT
    # All elements that hold most of it stand around its middle: those are a dozen of several hundred.
    for index in enclosing(document, document.blocks[sure.middle()]):
        element = document.elements[index]
        # One long paragraph may be all that is vouched for; then what stands beside it belongs to it.
        if element.last - element.first > 1 and sure.of(element.first, element.last) >= least:
            return index
    return NO_ELEMENT


def acts_as_heading(block: Block, *, plain: bool) -> bool:
    """Whether a block is a heading, or a line that does a heading's work: short, bold or on its own, without a stop."""
    if block.kind is Kind.HEADING:
        return True
    short = len(block.text) < MIN_PROSE_LENGTH and not is_finished(block.text)
    return short and (plain or block.bold or block.linked == 0.0)
