"""The learned weights: data files in this folder that `training` writes. Each is read once, when first needed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.collection import collector_paused
from cleaner.judge.scorer.forest import Forest, Leaf, Split, Tree
from cleaner.judge.scorer.lexicon import Lexicon, Odds

PAGE, TEXT = "page.json.gz", "text.json.gz"
# No term has a line break.
TERM_SEPARATOR = "\n"


class ScorerWeights(NamedTuple):
    """The learned weights for one kind of document: pages or plain texts."""

    lexicon: Lexicon
    first: Forest
    # Its log-odds are added to those of the first where the first is unsure. Its features include the first one's
    # probabilities of the surrounding blocks.
    second: Forest
    threshold: float  # the smallest probability, 0 to 1, of a kept block


def dump_weights(weights: ScorerWeights) -> bytes:
    """Return the content of a file of weights. Equal weights give equal bytes."""
    forests = {"first": weights.first, "second": weights.second}
    stored = weights._asdict() | {"lexicon": {name: _lists(odds) for name, odds in weights.lexicon._asdict().items()}}
    stored |= {name: (forest.columns, forest.trees) for name, forest in forests.items()}
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


@cache
def load_weights(name: str) -> ScorerWeights:
    """Return the weights in the file `name` in this folder."""
    # `importlib.resources` would also find the file in a zip archive, but takes 5 ms to load.
    with collector_paused():
        stored = json.loads(gzip.decompress(Path(__file__).with_name(name).read_bytes()))
        forests = {name: _forest(*stored[name]) for name in ("first", "second")}
        lexicon = Lexicon(**{name: _odds(*lists) for name, lists in stored["lexicon"].items()})
        return ScorerWeights(**stored | forests | {"lexicon": lexicon})


def _lists(odds: Odds) -> tuple[str, list[int]]:
    """Return all terms in one string, and their log-odds: with one string per term, loading takes 5 ms longer."""
    return TERM_SEPARATOR.join(sorted(odds)), [odds[term] for term in sorted(odds)]


def _odds(terms: str, odds: Sequence[int]) -> Odds:
    return dict(zip(terms.split(TERM_SEPARATOR), odds, strict=True)) if odds else {}


# `Any` is JSON here: a tree is a list, see `_tree`.
def _forest(columns: Sequence[str], trees: Sequence[Any]) -> Forest:
    return Forest(columns, [_tree(tree) for tree in trees])


def _tree(stored: Sequence[Any]) -> Tree:
    """Return a tree from the values of a `Leaf` or a `Split` in order, in which the children are such lists too."""
    if len(stored) == len(Leaf._fields):
        return Leaf(*stored)
    column, bound, low, high = stored
    return Split(column, bound, _tree(low), _tree(high))
