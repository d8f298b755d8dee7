"""Features of the second pass: the probabilities that the first pass gave the blocks around each block (stacking).

The probability of a block that a rule removes is 0. A block's own probability is not part of the features of the blocks
around it. The weighted length of a block counts up to `MAX_COUNTED_LENGTH`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import accumulate

from cleaner.judge.scorer.features.columns import MIN_TOTAL_PROSE, Column, Columns
from cleaner.judge.scorer.features.place import edges, last_headings
from cleaner.models import Document
from cleaner.odds import log_odds
from cleaner.text.measures import weighted_length

# The weighted length that a block counts for at most, so that one long block does not outweigh all others around.
MAX_COUNTED_LENGTH = 400
# A block with a larger probability than this (0 to 1) is certainly article text.
SURE_PROBABILITY = 0.9
WINDOWS = (3, 30)
NEIGHBOURS = (1, 2)
# How many elements around a block have a feature each, the innermost first.
LEVELS = 2
# The log-odds of a block count up to this, in either direction, in the sums over all blocks before and behind.
MAX_COUNTED_ODDS = 4.0
# The value of a share if there is no text to take it of.
NO_SHARE = -1.0


def neighbour_features(document: Document, probabilities: Sequence[float], places: Sequence[int]) -> Columns:
    """Return the features of the second pass: one column per feature, one row for each of the `places`.

    `probabilities` are those of the first pass, one for each block of the document.
    """
    blocks, elements = document.blocks, document.elements
    shares = _LikelyShares(document, probabilities, places)
    columns: Columns = {"chance": [probabilities[place] for place in places]}
    edge = [NO_SHARE] * NEIGHBOURS[-1]
    padded = [*edge, *probabilities, *edge]
    for distance in NEIGHBOURS:
        for name, step in ((f"chance-{distance}", -distance), (f"chance+{distance}", distance)):
            first = len(edge) + step
            columns[name] = [padded[first + place] for place in places]
    wanted = set(places)
    scored = [place for place, chance in enumerate(probabilities) if chance or place in wanted]
    rank = {place: number + len(edge) for number, place in enumerate(scored)}
    of_scored = [*edge, *(probabilities[place] for place in scored), *edge]
    for distance in NEIGHBOURS:
        # The nearest blocks that no rule removes, see `Rows.next`.
        columns[f"chance<{distance}"] = [of_scored[rank[place] - distance] for place in places]
        columns[f"chance>{distance}"] = [of_scored[rank[place] + distance] for place in places]
    for width in WINDOWS:
        columns[f"chances:{width}"] = shares.near(width, width)
    columns["chances_before"] = shares.near(3, 0)
    columns["chances_after"] = shares.near(0, 3)
    columns["text_whole"] = [max(shares.likely_length, MIN_TOTAL_PROSE)] * len(places)
    headings = last_headings(document)
    columns["chance_under"] = [probabilities[headings[i]] if headings[i] >= 0 else NO_SHARE for i in places]
    columns["chances_under"] = shares.within(_sections(headings, places))
    nearest = edges([chance > SURE_PROBABILITY for chance in probabilities], places)
    columns |= {f"sure_{name}": column for name, column in nearest.items()}
    if document.plain:
        columns["chances_alike"] = shares.alike([block.kind for block in blocks])
        number = {place: number for number, place in enumerate(scored)}
        for name, values in _on_both_sides([probabilities[place] for place in scored]).items():
            columns[name] = [values[number[place]] for place in places]
        return columns
    columns["chances_alike"] = shares.alike([elements[block.element][1:3] for block in blocks])
    index = [blocks[place].element for place in places]
    for level in range(LEVELS):
        columns[f"chances_within:{level}"] = shares.within([(elements[i].first, elements[i].last) for i in index])
        index = [max(0, elements[i].parent) for i in index]
    return columns


def _on_both_sides(chances: Sequence[float]) -> Columns:
    """Return for each block the largest probability and the sum of the log-odds of all blocks before and behind it.

    They say where the article ends in a plain text, which has no element that holds it: what an extractor left behind
    it is in doubt up to the last line.
    """
    odds = [max(-MAX_COUNTED_ODDS, min(MAX_COUNTED_ODDS, log_odds(chance))) for chance in chances]
    columns: Columns = {}
    for side, step in (("before", 1), ("behind", -1)):
        columns[f"most_{side}"] = list(accumulate(chances[::step], max, initial=0.0))[:-1][::step]
        columns[f"odds_{side}"] = list(accumulate(odds[::step], initial=0.0))[:-1][::step]
    return columns


class _LikelyShares:
    """Shares of likely text in groups of blocks around each of some `places`, without the block itself.

    The likely length of a block is its length times its probability; a share is 0 to 1, or `NO_SHARE`.
    """

    def __init__(self, document: Document, probabilities: Sequence[float], places: Sequence[int]) -> None:
        self._lengths = [min(weighted_length(block.text), MAX_COUNTED_LENGTH) for block in document.blocks]
        self._likely = [chance * length for chance, length in zip(probabilities, self._lengths, strict=True)]
        self._lengths_before = [0, *accumulate(self._lengths)]
        self._likely_before = [0.0, *accumulate(self._likely)]
        self.likely_length = self._likely_before[-1]  # of the whole document
        self._places = places
        self._of_places = [(self._lengths[place], self._likely[place]) for place in places]

    def within(self, runs: Sequence[tuple[int, int]]) -> Column:
        """Return the shares in the runs blocks[first:last], one run around each of the places."""
        lengths, likely = self._lengths_before, self._likely_before
        others = (
            (lengths[last] - lengths[first] - block_length, likely[last] - likely[first] - block_likely)
            for (first, last), (block_length, block_likely) in zip(runs, self._of_places, strict=True)
        )
        return [other_likely / length if length else NO_SHARE for length, other_likely in others]

    def near(self, before: int, after: int) -> Column:
        """Return the shares in the given numbers of blocks before and after each of the places."""
        count = len(self._lengths)
        return self.within([(max(0, i - before), min(count, i + after + 1)) for i in self._places])

    def alike(self, marks: Sequence[Hashable]) -> Column:
        """Return the shares in the blocks with the same mark as each of the places. `marks` has one for each block."""
        totals = {marks[place]: (0, 0.0) for place in self._places}
        for mark, length, likely in zip(marks, self._lengths, self._likely, strict=True):
            if mark in totals:
                total, total_likely = totals[mark]
                totals[mark] = total + length, total_likely + likely
        column = []
        for place, (length, likely) in zip(self._places, self._of_places, strict=True):
            total, total_likely = totals[marks[place]]
            column.append((total_likely - likely) / (total - length) if total - length else NO_SHARE)
        return column


def _sections(headings: Sequence[int], places: Sequence[int]) -> list[tuple[int, int]]:
    """Return for each of the places the run of blocks [first:last] from the first to the last under the same heading.

    `headings` is the result of `last_headings`.
    """
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, heading in enumerate(headings):
        first.setdefault(heading, place)
        last[heading] = place + 1
    return [(first[headings[place]], last[headings[place]]) for place in places]
