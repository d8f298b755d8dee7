"""The learned weights: data that `training` writes beside this file, read once when first needed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

PAGE, TEXT = "page.json.gz", "text.json.gz"


class Split(NamedTuple):
    """A question of a tree."""

    column: int  # index in `Weights.columns`
    most: float  # a value up to this goes to `low`
    low: Split | Leaf
    high: Split | Leaf


class Leaf(NamedTuple):
    """An answer of a tree."""

    odds: float  # what it adds to the log-odds that the block is text
    column: int  # the question on the way here that weighed most


class Weights(NamedTuple):
    """All that is learned for one kind of document."""

    words: Mapping[str, float]  # log-odds of words and word pairs, against those of any block
    names: Mapping[str, float]  # the same of element names
    columns: tuple[str, ...]  # the features that the trees ask
    trees: tuple[Split | Leaf, ...]
    bias: float  # log-odds before any question
    threshold: float  # the least probability, 0 to 1, of text


def dump(weights: Weights) -> bytes:
    """The weights as a file holds them; the same weights are the same bytes."""
    text = json.dumps(weights._asdict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


@cache
def load(name: str) -> Weights:
    """The weights in the file `name` of this package."""
    # `importlib.resources` would find it in a zip file, too, and takes 5 ms to load.
    stored = json.loads(gzip.decompress(Path(__file__).with_name(name).read_bytes()))
    trees = tuple(_node(tree) for tree in stored["trees"])
    return Weights(**{**stored, "columns": tuple(stored["columns"]), "trees": trees})


def _node(stored: Sequence[Any]) -> Split | Leaf:
    if len(stored) == len(Leaf._fields):
        return Leaf(*stored)
    column, most, low, high = stored
    return Split(column, most, _node(low), _node(high))
