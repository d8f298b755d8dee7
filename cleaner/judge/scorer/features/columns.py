"""Columns of features: one column per feature, one row per block that no rule removes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.models import Kind

Column = list[float]
Columns = dict[str, Column]

# The number of each kind of block, as the learned weights know it.
KINDS = {kind: float(code) for code, kind in enumerate(Kind)}

# Pages with less prose than this (weighted length) count as this long. Hardly any page in the training data is shorter,
# so the scorer knows nothing about short pages and would be unsure about all of their text.
MIN_TOTAL_PROSE = 1500.0

# Distances are limited to this many blocks.
MAX_DISTANCE = 40

# Lengths of blocks are limited to this weighted length.
MAX_SIZE = 2000.0

# The distances, in blocks, of the neighbours whose values are features of a block too.
DISTANCES = (1, 2, 3)


class Rows:
    """The rows of the columns: the blocks at the `places`, out of all blocks of a document."""

    def __init__(self, places: Sequence[int], count: int) -> None:
        """`count` is the number of all blocks."""
        self.places = places
        self.count = count

    def of(self, values: Sequence[float]) -> Column:
        """Return the values of the rows, given one for each block."""
        return [values[place] for place in self.places]

    def beside(
        self, name: str, values: Sequence[float], distances: Sequence[int], default: float = -2.0, *, own: bool = False
    ) -> Columns:
        """Return columns with the values of the blocks before (`name-1`) and after (`name+1`) each row.

        `values` has one for each block. Beyond the edges of the document the value is `default`. With `own`, the rows'
        own values are a column too (`name`).
        """
        edge = [default] * distances[-1]
        padded = [*edge, *values, *edge]
        columns = {name: self.of(values)} if own else {}
        for distance in distances:
            for sign, first in (("-", len(edge) - distance), ("+", len(edge) + distance)):
                columns[f"{name}{sign}{distance}"] = [padded[first + place] for place in self.places]
        return columns

    def next(self, name: str, values: Sequence[float], default: float = -2.0) -> Columns:
        """Return columns with the values of the row before (`name<1`) and after (`name>1`) each row.

        The blocks that a rule removes between two rows do not count: an advertisement or a hidden label between all
        paragraphs says nothing about them. `values` has one for each row.
        """
        padded = [default, *values, default]
        return {f"{name}<1": padded[:-2], f"{name}>1": padded[2:]}

    def spread(self, values: Sequence[float], default: float = -2.0) -> Column:
        """Return a value for each block: that of its row, or the default for blocks without a row."""
        spread = [default] * self.count
        for place, value in zip(self.places, values, strict=True):
            spread[place] = value
        return spread


def named_columns(rows: Sequence[tuple[float, ...]], names: Sequence[str]) -> Columns:
    """Return the values of rows as columns with these names."""
    columns: Iterable[Iterable[float]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
