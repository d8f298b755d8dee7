"""The learned weights: data that `training` writes beside this file, read once when first needed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.judge.scorer.forest import Forest, Leaf, Split, Tree
from cleaner.judge.scorer.lexicon import Lexicon

PAGE, TEXT = "page.json.gz", "text.json.gz"


class Weights(NamedTuple):
    """All that is learned for one kind of document."""

    lexicon: Lexicon
    first: Forest
    # Asked where the first leaves doubt, and added to it; it knows what the first says of the blocks around.
    second: Forest
    threshold: float  # the least probability, 0 to 1, of text


def dump(weights: Weights) -> bytes:
    """The weights as a file holds them; the same weights are the same bytes."""
    votes = {"first": weights.first, "second": weights.second}
    stored = weights._asdict() | {"lexicon": weights.lexicon._asdict()}
    stored |= {name: (look.columns, look.trees) for name, look in votes.items()}
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


@cache
def load(name: str) -> Weights:
    """The weights in the file `name` of this package."""
    # `importlib.resources` would find it in a zip file, too, and takes 5 ms to load.
    stored = json.loads(gzip.decompress(Path(__file__).with_name(name).read_bytes()))
    votes = {which: _forest(*stored[which]) for which in ("first", "second")}
    return Weights(**stored | votes | {"lexicon": Lexicon(**stored["lexicon"])})


def _forest(columns: Sequence[str], trees: Sequence[Any]) -> Forest:
    return Forest(columns, [_tree(tree) for tree in trees])


def _tree(stored: Sequence[Any]) -> Tree:
    if len(stored) == len(Leaf._fields):
        return Leaf(*stored)
    column, most, low, high = stored
    return Split(column, most, _tree(low), _tree(high))
