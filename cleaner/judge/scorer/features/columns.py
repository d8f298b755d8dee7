"""Columns of features: one column per feature, one row per block that no rule removes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.models import Kind

Column = list[float]

Columns = dict[str, Column]

KINDS = {kind: float(code) for code, kind in enumerate(Kind)}

# Pages with fewer letters of prose count as this long: hardly one of those that are learned from is shorter, so nothing
# is known of short ones, and all of their text would be doubted.
MIN_TOTAL_PROSE = 1500.0

# Distances are counted up to this many blocks.
MAX_DISTANCE = 40

MAX_SIZE = 2000.0

DISTANCES = (1, 2, 3)


class Rows:
    """The blocks that are asked about, out of all."""

    def __init__(self, places: Sequence[int], count: int) -> None:
        self.places = places
        self.count = count

    def of(self, values: Sequence[float]) -> Column:
        """Of a value for each block, those asked about."""
        return [values[place] for place in self.places]

    def beside(
        self, name: str, values: Sequence[float], distances: Sequence[int], default: float = -2.0, *, own: bool = False
    ) -> Columns:
        """The values of the blocks before (`name-1`) and after (`name+1`); with `own`, their own values, too."""
        edge = [default] * distances[-1]
        padded = [*edge, *values, *edge]
        columns = {name: self.of(values)} if own else {}
        for distance in distances:
            for sign, first in (("-", len(edge) - distance), ("+", len(edge) + distance)):
                columns[f"{name}{sign}{distance}"] = [padded[first + place] for place in self.places]
        return columns

    def spread(self, values: Sequence[float], default: float = -2.0) -> Column:
        """A value for each block: those given for the blocks asked about, the default for all others."""
        spread = [default] * self.count
        for place, value in zip(self.places, values, strict=True):
            spread[place] = value
        return spread


def named_columns(rows: Sequence[tuple[float, ...]], names: Sequence[str]) -> Columns:
    """The rows as columns of these names."""
    columns: Iterable[Iterable[float]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
