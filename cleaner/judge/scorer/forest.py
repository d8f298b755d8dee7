"""Boosted trees, asked all together: a leaf is a bit, and what a question rules out is a mask.

For a row, each question of a tree that it answers with "above" rules out the leaves on the other side. Of what is left,
the first leaf of each tree is the one to which its questions lead, in whatever order they are asked; so the questions
about one column are asked at once, by looking for its value among their bounds. This is QuickScorer (Lucchese and
others, "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees", SIGIR 2015), with
integers of Python for the bits of all trees: from branch to branch, it takes twice as long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import getitem
from typing import NamedTuple

# A tree has a byte for its leaves, from the left on the lowest bit.
MAX_LEAVES = 8
_LOWEST = bytes((byte & -byte).bit_length() - 1 if byte else 0 for byte in range(256))


class Split(NamedTuple):
    """A question of a tree."""

    column: int  # index in the columns of the forest
    most: float  # a value up to this goes to `low`
    low: Split | Leaf
    high: Split | Leaf


class Leaf(NamedTuple):
    """An answer of a tree."""

    odds: float  # what it adds to the log-odds that the block is text
    column: int  # the question on the way here that weighed most


Tree = Split | Leaf
# For each tree the number of its leaf, from the left.
Answer = bytes
# Its bound, and the bits of the leaves that a value above it rules out.
Question = tuple[float, int]


class Forest:
    """Trees, and the columns that they ask."""

    def __init__(self, columns: Sequence[str], trees: Sequence[Tree]) -> None:
        """Raises `ValueError` where a tree has more than `MAX_LEAVES` leaves."""
        self.columns = tuple(columns)
        self.trees = tuple(trees)
        asked: list[list[Question]] = [[] for _ in self.columns]
        grown = [_read(tree, MAX_LEAVES * number, asked) for number, tree in enumerate(self.trees)]
        if any(len(leaves) > MAX_LEAVES for leaves in grown):
            raise ValueError(f"a tree has more than {MAX_LEAVES} leaves")
        self._leaves = grown
        self._odds = [[leaf.odds for leaf in leaves] for leaves in grown]
        self._all = int.from_bytes(bytes((1 << len(leaves)) - 1 for leaves in grown), "little")
        self._asked = [_masks(questions, self._all) for questions in asked]

    def ask(self, columns: Mapping[str, Sequence[float]], rows: int) -> list[Answer]:
        """The answers for each of so many rows of the columns."""
        left = [self._all] * rows
        for name, (bounds, masks) in zip(self.columns, self._asked, strict=True):
            left = [mask & masks[bisect_left(bounds, value)] for mask, value in zip(left, columns[name], strict=True)]
        trees = len(self.trees)
        return [mask.to_bytes(trees, "little").translate(_LOWEST) for mask in left]

    def odds(self, answer: Answer) -> float:
        """The log-odds that an answer adds up to."""
        return sum(map(getitem, self._odds, answer))

    def leaves(self, answer: Answer) -> Iterator[Leaf]:
        """The leaves of an answer, tree by tree."""
        return map(getitem, self._leaves, answer)


def _read(tree: Tree, first: int, asked: Sequence[list[Question]]) -> list[Leaf]:
    """The leaves of a tree, from the left, the first on the bit `first`. Adds its questions to those of each column."""
    if isinstance(tree, Leaf):
        return [tree]
    low = _read(tree.low, first, asked)
    above = first + len(low)
    asked[tree.column].append((tree.most, (1 << above) - (1 << first)))
    return low + _read(tree.high, above, asked)


def _masks(asked: Sequence[Question], everything: int) -> tuple[list[float], list[int]]:
    """The bounds of a column in order, and what is left of all leaves from each bound to the next."""
    ruled_out: dict[float, int] = {}
    for most, bits in sorted(asked):
        ruled_out[most] = ruled_out.get(most, 0) | bits
    masks = accumulate(ruled_out.values(), lambda left, bits: left & ~bits, initial=everything)
    return list(ruled_out), list(masks)
