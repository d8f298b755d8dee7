"""Facts about blocks apart from their words: length, link density, and the elements around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, islice

from cleaner.models import NO_ELEMENT, Block, Document, Kind
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

# Weighted length from which a block with few links is prose: most boilerplate is shorter, most paragraphs are longer.
MIN_PROSE_LENGTH = 80
# A block with at least this share (0 to 1) of link text is a list of links, not a paragraph.
MAX_LINK_DENSITY = 0.5
PROSE_KINDS = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.PREFORMATTED, Kind.EMBED})
# The article's element is the innermost one with at least this share (0 to 1) of the text that is surely the article's.
MIN_MAIN_SHARE = 0.8
# If trafilatura extracts less than this share (0 to 1) of the prose that no rule removes, it has missed the article,
# and its vote is ignored.
MIN_CONFIRMED_SHARE = 0.25
# The path of a block names at most this many elements, and of each at most this many classes and ids that are no longer
# than this many characters: hostile pages have thousands of each.
MAX_PATH_ELEMENTS, MAX_PATH_NAMES, MAX_PATH_NAME_LENGTH = 4, 2, 40
# A class or an id that a selector can name without escapes. Utility classes such as "gap-[15px]" say nothing.
_NAME = lazy_pattern(r"[^\W\d][\w-]*")
# Texts whose set of words is cached. A set takes 10 KB.
CACHED_WORD_SETS = 512


def is_prose(block: Block) -> bool:
    """Whether a block looks like a paragraph: long, with few links, and not a heading or caption."""
    return (
        block.kind in PROSE_KINDS
        and weighted_length(block.text) >= MIN_PROSE_LENGTH
        and block.linked < MAX_LINK_DENSITY
    )


def sure_prose(prose: Sequence[int], confirmed: Sequence[bool] | None, removals: Collection[int]) -> list[int]:
    """Return for each block its weighted length if it is a sure paragraph, else 0.

    Sure is prose that is not in `removals` (places) and that trafilatura extracts. `prose` has the weighted length of
    each block that is prose, 0 for others. `confirmed` says of each block whether trafilatura extracts it; `None` if
    trafilatura was not run, and then all prose counts as extracted.
    """
    free = [0 if place in removals else length for place, length in enumerate(prose)]
    if confirmed is None:
        return free
    sure = [length if vote else 0 for length, vote in zip(free, confirmed, strict=True)]
    return sure if sum(sure) >= MIN_CONFIRMED_SHARE * sum(free) else free


class PrefixSums:
    """Sums over runs of consecutive blocks, each in constant time. `values` has a number for each block."""

    def __init__(self, values: list[int]) -> None:
        self._before = [0, *accumulate(values)]

    def of(self, first: int, last: int) -> int:
        """Return the sum over `blocks[first:last]`."""
        return self._before[last] - self._before[first]

    def over(self, runs: Iterable[tuple[int, int]]) -> list[int]:
        """Return the sum over each of the runs, given as pairs of `first` and `last`."""
        before = self._before
        return [before[last] - before[first] for first, last in runs]

    def middle(self) -> int:
        """Return the place of the block in which half of the total is reached."""
        return bisect_left(self._before, self.whole / 2) - 1

    @property
    def whole(self) -> int:
        """The sum over all blocks."""
        return self._before[-1]


def element_paths(document: Document) -> dict[int, str]:
    """Return the path of each element that directly holds a block, by its index: "body > div.story > p".

    A path has only the innermost elements that hold blocks. A dot precedes both classes and ids.
    """
    elements = document.elements
    steps: dict[tuple[str, frozenset[str]], str] = {}  # a page repeats the classes of its elements
    paths: dict[int, str] = {}
    for block in document.blocks:
        if block.element in paths or block.element == NO_ELEMENT:
            continue
        path = []
        for index in islice(enclosing(document, block), MAX_PATH_ELEMENTS):
            named = (elements[index].tag, elements[index].tokens)
            if named not in steps:
                steps[named] = _step(*named)
            path.append(steps[named])
        paths[block.element] = " > ".join(reversed(path))
    return paths


def _step(tag: str, tokens: frozenset[str]) -> str:
    """Return the tag of an element with its first classes and ids in alphabetical order."""
    names = sorted(token for token in tokens if len(token) <= MAX_PATH_NAME_LENGTH and _NAME.fullmatch(token))
    return ".".join([tag, *names[:MAX_PATH_NAMES]])


def enclosing(document: Document, block: Block) -> Iterator[int]:
    """Yield the indices of the elements around a block, the innermost first."""
    index = block.element
    while index != NO_ELEMENT:
        yield index
        index = document.elements[index].parent


def holders(document: Document, places: Iterable[int]) -> set[int]:
    """Return the indices of all elements around any of the blocks at these places."""
    found: set[int] = set()
    for place in places:
        for index in enclosing(document, document.blocks[place]):
            if index in found:  # and all elements around it, too
                break
            found.add(index)
    return found


def main_element(document: Document, sure: PrefixSums) -> int:
    """Return the index of the innermost element with most of the sure text (`MIN_MAIN_SHARE`); `NO_ELEMENT` if none."""
    least = MIN_MAIN_SHARE * sure.whole
    if least <= 0 or document.plain:
        return NO_ELEMENT
    # All elements with most of the text contain its middle: a dozen of several hundred elements.
    for index in enclosing(document, document.blocks[sure.middle()]):
        element = document.elements[index]
        # The only sure text may be one long paragraph. Then the blocks next to it belong to the article, too.
        if element.last - element.first > 1 and sure.of(element.first, element.last) >= least:
            return index
    return NO_ELEMENT


def only_headline(document: Document) -> int | None:
    """Return the place of the only heading of level 1; `None` if there are several or none."""
    headlines = [block.place for block in document.blocks if block.level == 1]
    return headlines[0] if len(headlines) == 1 else None


def acts_as_heading(block: Block, *, plain: bool) -> bool:
    """Whether a block is or resembles a heading: short, without a stop, and on a page also bold or without links."""
    if block.kind is Kind.HEADING:
        return True
    short = len(block.text) < MIN_PROSE_LENGTH and not is_finished(block.text)
    return short and (plain or block.bold or block.linked == 0.0)
