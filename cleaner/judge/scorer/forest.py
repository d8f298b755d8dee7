"""Boosted trees, all evaluated together with the algorithm QuickScorer.

Each leaf of a tree is a bit. A split whose bound a row's value exceeds excludes the leaves on its low side; a bit mask
holds those that remain. After all splits, the first remaining leaf of each tree is the one that the tree's splits lead
to, in whatever order they are evaluated. So all splits on a column are evaluated at once, by a binary search for the
row's value among their sorted bounds. Source: Lucchese and others, "QuickScorer: a fast algorithm to rank documents
with additive ensembles of regression trees", SIGIR 2015. One Python integer holds the bits of all trees. Walking the
trees branch by branch takes twice as long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import getitem
from typing import NamedTuple

# The leaves of a tree share one byte; the leftmost leaf is the lowest bit.
MAX_LEAVES = 8
# For each byte, the index of its lowest bit that is set.
_LOWEST_BIT = bytes((byte & -byte).bit_length() - 1 if byte else 0 for byte in range(256))


class Split(NamedTuple):
    """An inner node of a tree."""

    column: int  # index in the columns of the forest
    bound: float  # values up to this one, itself included, go to `low`
    low: Split | Leaf
    high: Split | Leaf


class Leaf(NamedTuple):
    """A leaf of a tree."""

    odds: float  # what it adds to the log-odds that the block is text
    column: int  # the column of the split on the path to this leaf that changed the log-odds most


Tree = Split | Leaf
# For each tree the index of its leaf, from the left.
Answer = bytes
# A bound, and the bits of the leaves that a value above it excludes.
Exclusion = tuple[float, int]


class Forest:
    """Trees, and the names of the columns that their splits refer to."""

    def __init__(self, columns: Sequence[str], trees: Sequence[Tree]) -> None:
        """Raises `ValueError` if a tree has more than `MAX_LEAVES` leaves."""
        self.columns = tuple(columns)
        self.trees = tuple(trees)
        exclusions: list[list[Exclusion]] = [[] for _ in self.columns]
        self._leaves = [_leaves(tree, MAX_LEAVES * number, exclusions) for number, tree in enumerate(self.trees)]
        if any(len(leaves) > MAX_LEAVES for leaves in self._leaves):
            raise ValueError(f"a tree has more than {MAX_LEAVES} leaves")
        self._odds = [[leaf.odds for leaf in leaves] for leaves in self._leaves]
        self._all_leaves = int.from_bytes(bytes((1 << len(leaves)) - 1 for leaves in self._leaves), "little")
        self._masks = [_masks(of_column, self._all_leaves) for of_column in exclusions]

    def evaluate(self, columns: Mapping[str, Sequence[float]], rows: int) -> list[Answer]:
        """Return an answer for each row. `columns` have `rows` values each."""
        remaining = [self._all_leaves] * rows
        for name, (bounds, masks) in zip(self.columns, self._masks, strict=True):
            values = columns[name]
            remaining = [
                bits & masks[bisect_left(bounds, value)] for bits, value in zip(remaining, values, strict=True)
            ]
        trees = len(self.trees)
        return [bits.to_bytes(trees, "little").translate(_LOWEST_BIT) for bits in remaining]

    def odds(self, answer: Answer) -> float:
        """Return the log-odds of an answer: the sum over its leaves."""
        return sum(map(getitem, self._odds, answer))

    def contributions(self, answer: Answer) -> dict[str, float]:
        """Return what each column adds to the log-odds of an answer: the sum over the leaves that it decides."""
        sums = [0.0] * len(self.columns)
        for odds, column in map(getitem, self._leaves, answer):
            sums[column] += odds
        return {name: odds for name, odds in zip(self.columns, sums, strict=True) if odds}


def _leaves(tree: Tree, first_bit: int, exclusions: Sequence[list[Exclusion]]) -> list[Leaf]:
    """Return the leaves of a tree from the left, and add its splits to the `exclusions` of their columns.

    `first_bit` is the bit of the leftmost leaf.
    """
    if isinstance(tree, Leaf):
        return [tree]
    low = _leaves(tree.low, first_bit, exclusions)
    high_bit = first_bit + len(low)
    exclusions[tree.column].append((tree.bound, (1 << high_bit) - (1 << first_bit)))
    return low + _leaves(tree.high, high_bit, exclusions)


def _masks(exclusions: Sequence[Exclusion], all_leaves: int) -> tuple[list[float], list[int]]:
    """Return the sorted bounds of a column, and the leaves that remain for values below, between and above them."""
    excluded: dict[float, int] = {}
    for bound, bits in sorted(exclusions):
        excluded[bound] = excluded.get(bound, 0) | bits
    masks = accumulate(excluded.values(), lambda remaining, bits: remaining & ~bits, initial=all_leaves)
    return list(excluded), list(masks)
