"""The learned weights: data that `training` writes beside this file, read once when first needed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.judge.scorer.features import phrase
from cleaner.judge.scorer.lexicon import Lexicon

PAGE, TEXT = "page.json.gz", "text.json.gz"


class Split(NamedTuple):
    """A question of a tree."""

    column: int  # index in `Look.columns`
    most: float  # a value up to this goes to `low`
    low: Split | Leaf
    high: Split | Leaf


class Leaf(NamedTuple):
    """An answer of a tree."""

    odds: float  # what it adds to the log-odds that the block is text
    column: int  # the question on the way here that weighed most


class Look(NamedTuple):
    """Trees, and the features that they ask. What they say of the log-odds that a block is text is the sum of their
    answers; a second look adds to the first."""

    columns: tuple[str, ...]
    trees: tuple[Split | Leaf, ...]
    phrases: tuple[str, ...]  # for people, of each column


class Weights(NamedTuple):
    """All that is learned for one kind of document."""

    lexicon: Lexicon
    first: Look
    second: Look  # asked where the first leaves doubt; it knows what the first says of the blocks around
    threshold: float  # the least probability, 0 to 1, of text


def dump(weights: Weights) -> bytes:
    """The weights as a file holds them; the same weights are the same bytes."""
    looks = {"first": weights.first[:2], "second": weights.second[:2]}
    stored = weights._asdict() | looks | {"lexicon": weights.lexicon._asdict()}
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


@cache
def load(name: str) -> Weights:
    """The weights in the file `name` of this package."""
    # `importlib.resources` would find it in a zip file, too, and takes 5 ms to load.
    stored = json.loads(gzip.decompress(Path(__file__).with_name(name).read_bytes()))
    looks = {which: _look(*stored[which]) for which in ("first", "second")}
    return Weights(**stored | looks | {"lexicon": Lexicon(**stored["lexicon"])})


def _look(columns: Sequence[str], trees: Sequence[Any]) -> Look:
    return look_of(columns, tuple(_node(tree) for tree in trees))


def look_of(columns: Sequence[str], trees: tuple[Split | Leaf, ...]) -> Look:
    """A look of these columns and trees."""
    return Look(tuple(columns), trees, tuple(map(phrase, columns)))


def _node(stored: Sequence[Any]) -> Split | Leaf:
    if len(stored) == len(Leaf._fields):
        return Leaf(*stored)
    column, most, low, high = stored
    return Split(column, most, _node(low), _node(high))
