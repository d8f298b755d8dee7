"""What a first look says of the blocks around each block, as evidence for a second one (stacked learning).

Chances are those of the first look, 0 for what a rule takes. A block's own chance is no part of what is said of the
blocks around it. Elsewhere than here, a block's letters count up to `MAX_COUNTED_LENGTH`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import accumulate

from cleaner.judge.scorer.features.columns import MIN_TOTAL_PROSE, Column, Columns
from cleaner.judge.scorer.features.place import edges, last_headings
from cleaner.models import Document
from cleaner.text.measures import weighted_length

# One long block is not all of its surroundings, in letters.
MAX_COUNTED_LENGTH = 400
# From this chance on, a block is taken for the article's text without a doubt.
SURE_PROBABILITY = 0.9
WINDOWS = (3, 30)
NEIGHBOURS = (1, 2)
# The elements around a block that are asked, the innermost first.
LEVELS = 2
# Stands for a share where there is nothing to share.
NO_SHARE = -1.0


def neighbour_features(document: Document, probabilities: Sequence[float], asked: Sequence[int]) -> Columns:
    """The evidence of the second look: one column a feature, one row for each of the places that are `asked` about."""
    blocks, elements = document.blocks, document.elements
    likely = _Likely(document, probabilities, asked)
    columns: Columns = {"chance": [probabilities[place] for place in asked]}
    edge = [NO_SHARE] * NEIGHBOURS[-1]
    padded = [*edge, *probabilities, *edge]
    for distance in NEIGHBOURS:
        for name, step in ((f"chance-{distance}", -distance), (f"chance+{distance}", distance)):
            first = len(edge) + step
            columns[name] = [padded[first + place] for place in asked]
    for width in WINDOWS:
        columns[f"chances:{width}"] = likely.near(width, width)
    columns["chances_before"] = likely.near(3, 0)
    columns["chances_after"] = likely.near(0, 3)
    columns["text_whole"] = [max(likely.whole, MIN_TOTAL_PROSE)] * len(asked)
    heads = last_headings(document)
    columns["chance_under"] = [probabilities[heads[place]] if heads[place] >= 0 else NO_SHARE for place in asked]
    columns["chances_under"] = likely.within(_sections(heads, asked))
    nearest = edges([chance > SURE_PROBABILITY for chance in probabilities], asked)
    columns |= {f"sure_{name}": column for name, column in nearest.items()}
    if document.plain:
        columns["chances_alike"] = likely.alike([block.kind for block in blocks])
        return columns
    columns["chances_alike"] = likely.alike([elements[block.element][1:3] for block in blocks])
    index = [blocks[place].element for place in asked]
    for level in range(LEVELS):
        columns[f"chances_within:{level}"] = likely.within([(elements[i].first, elements[i].last) for i in index])
        index = [max(0, elements[i].parent) for i in index]
    return columns


class _Likely:
    """Letters of each block, and how many of them are likely text; asked about some of the blocks."""

    def __init__(self, document: Document, probabilities: Sequence[float], asked: Sequence[int]) -> None:
        self._letters = [min(weighted_length(block.text), MAX_COUNTED_LENGTH) for block in document.blocks]
        self._likely = [chance * own for chance, own in zip(probabilities, self._letters, strict=True)]
        self._letters_before = [0, *accumulate(self._letters)]
        self._likely_before = [0.0, *accumulate(self._likely)]
        self.whole = self._likely_before[-1]
        self._asked = asked
        self._own = [(self._letters[place], self._likely[place]) for place in asked]

    def within(self, runs: Sequence[tuple[int, int]]) -> Column:
        """The share of likely letters in the run of blocks [first:last] around each block, itself left out."""
        letters, likely = self._letters_before, self._likely_before
        found = (
            (letters[last] - letters[first] - own, likely[last] - likely[first] - good)
            for (first, last), (own, good) in zip(runs, self._own, strict=True)
        )
        return [good / rest if rest else NO_SHARE for rest, good in found]

    def near(self, before: int, after: int) -> Column:
        """The same for so many blocks before and after each."""
        count = len(self._letters)
        return self.within([(max(0, i - before), min(count, i + after + 1)) for i in self._asked])

    def alike(self, marks: Sequence[Hashable]) -> Column:
        """The same for all blocks that have the same mark."""
        wanted = {marks[place]: (0, 0.0) for place in self._asked}
        for mark, own, good in zip(marks, self._letters, self._likely, strict=True):
            if mark in wanted:
                letters, likely = wanted[mark]
                wanted[mark] = letters + own, likely + good
        column = []
        for place, (own, good) in zip(self._asked, self._own, strict=True):
            letters, likely = wanted[marks[place]]
            column.append((likely - good) / (letters - own) if letters - own else NO_SHARE)
        return column


def _sections(heads: Sequence[int], asked: Sequence[int]) -> list[tuple[int, int]]:
    """The run of blocks under the same heading as each."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, head in enumerate(heads):
        first.setdefault(head, place)
        last[head] = place + 1
    return [(first[heads[place]], last[heads[place]]) for place in asked]
