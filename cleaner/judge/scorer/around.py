"""What a first look says of the blocks around each block, as evidence for a second one (stacked learning).

Chances are those of the first look, 0 for what a rule takes. A block's own chance is no part of what is said of the
blocks around it. Elsewhere than here, a block's letters count up to `LONGEST`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import accumulate

from cleaner.judge.evidence import size
from cleaner.judge.scorer.features import FAR, Column, Columns, gaps, shift
from cleaner.models import Document

# One long block is not all of its surroundings, in letters.
LONGEST = 400
# From this chance on, a block is taken for the article's text without a doubt.
SURE = 0.9
# Pages with fewer letters count as this long: hardly one of those that are learned from is shorter, so nothing is known
# of short ones, and all of their text would be doubted.
LEAST_WHOLE = 1500.0
WINDOWS = (3, 6, 12, 30)
NEIGHBOURS = (1, 2, 3, 4)
# The elements around a block that are asked, the innermost first.
LEVELS = 4
# Stands for a share where there is nothing to share.
NOTHING = -1.0


def around(document: Document, chances: Sequence[float]) -> Columns:
    """The evidence of the second look: one column a feature, one row a block."""
    likely = _Likely(document, chances)
    columns: Columns = {"chance": list(chances)}
    shift(columns, "chance", NEIGHBOURS, NOTHING)
    for width in WINDOWS:
        columns[f"chances:{width}"] = likely.near(width, width)
    columns["chances_before"] = likely.near(3, 0)
    columns["chances_after"] = likely.near(0, 3)
    columns |= likely.place()
    columns |= _edges([chance > SURE for chance in chances])
    if document.plain:
        columns["chances_alike"] = likely.alike([block.kind for block in document.blocks])
        return columns
    elements = document.elements
    index = [block.element for block in document.blocks]
    columns["chances_alike"] = likely.alike([(elements[i].tag, elements[i].tokens) for i in index])
    for level in range(LEVELS):
        columns[f"chances_within:{level}"] = likely.within([(elements[i].first, elements[i].last) for i in index])
        index = [max(0, elements[i].parent) for i in index]
    return columns


class _Likely:
    """Letters of each block, and how many of them are likely text."""

    def __init__(self, document: Document, chances: Sequence[float]) -> None:
        self._letters = [min(size(block.text), LONGEST) for block in document.blocks]
        self._likely = [chance * own for chance, own in zip(chances, self._letters, strict=True)]
        self._letters_before = [0, *accumulate(self._letters)]
        self._likely_before = [0.0, *accumulate(self._likely)]

    def within(self, runs: Sequence[tuple[int, int]]) -> Column:
        """The share of likely letters in the run of blocks [first:last] around each block, itself left out."""
        letters, likely = self._letters_before, self._likely_before
        rest = [letters[last] - letters[first] - own for (first, last), own in zip(runs, self._letters, strict=True)]
        good = [likely[last] - likely[first] - own for (first, last), own in zip(runs, self._likely, strict=True)]
        return [one / all_ if all_ else NOTHING for one, all_ in zip(good, rest, strict=True)]

    def near(self, before: int, after: int) -> Column:
        """The same for so many blocks before and after each."""
        count = len(self._letters)
        return self.within([(max(0, i - before), min(count, i + after + 1)) for i in range(count)])

    def alike(self, marks: Sequence[Hashable]) -> Column:
        """The same for all blocks that have the same mark."""
        letters: Counter[Hashable] = Counter()
        likely: dict[Hashable, float] = dict.fromkeys(marks, 0.0)
        for mark, own, good in zip(marks, self._letters, self._likely, strict=True):
            letters[mark] += own
            likely[mark] += good
        rests = [letters[mark] - own for mark, own in zip(marks, self._letters, strict=True)]
        goods = [likely[mark] - own for mark, own in zip(marks, self._likely, strict=True)]
        return [good / rest if rest else NOTHING for good, rest in zip(goods, rests, strict=True)]

    def place(self) -> Columns:
        """The share of the likely text before and after each block, and how much there is in all."""
        before, whole = self._likely_before, self._likely_before[-1]
        return {
            "text_before": [told / max(1.0, whole) for told in before[:-1]],
            "text_after": [(whole - told) / max(1.0, whole) for told in before[1:]],
            "text_whole": [max(whole, LEAST_WHOLE)] * len(self._letters),
        }


def _edges(sure: Sequence[bool]) -> Columns:
    """Blocks to the first and last sure one, and to the next one on either side."""
    count = len(sure)
    places = [place for place, is_sure in enumerate(sure) if is_sure]
    first, last = (places[0], places[-1]) if places else (count, -1)
    return {
        "sure_since_first": [float(max(-FAR, min(FAR, i - first))) for i in range(count)],
        "sure_until_last": [float(max(-FAR, min(FAR, last - i))) for i in range(count)],
        "sure_gap_before": gaps(sure),
        "sure_gap_after": gaps(sure[::-1])[::-1],
    }
