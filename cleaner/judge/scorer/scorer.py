"""From evidence to a probability: a few boosted trees, summed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from cleaner.judge.scorer.features import Columns, gather, lexical, phrase
from cleaner.judge.scorer.weights import PAGE, TEXT, Leaf, Split, Weights, load
from cleaner.judge.standfirst import Known
from cleaner.models import Document, Verdict

# Log-odds beyond this are as good as certain.
MOST_ODDS = 30.0
# So many pieces of evidence are named.
NAMED = 3


class Score(NamedTuple):
    """What the scorer says of a block."""

    probability: float  # that it is the article's text, 0 to 1
    kept: bool  # whether that is enough
    weighed: Mapping[str, float]  # what each feature adds to the log-odds; empty where a rule has decided

    def evidence(self) -> str:
        """What weighed most against the block, in words, the strongest first."""
        against: defaultdict[str, float] = defaultdict(float)
        for feature, odds in self.weighed.items():
            against[phrase(feature)] += odds
        strongest = sorted((odds, words) for words, odds in against.items() if odds < 0)
        return ", ".join(words for _, words in strongest[:NAMED])


RULED = Score(0.0, False, {})


def score(document: Document, stands: Sequence[bool] | None, taken: Mapping[int, Verdict], known: Known) -> list[Score]:
    """A score for each block, in order.

    `stands` is the second opinion, `None` where there is none. `taken` are the blocks that rules take, by place: they
    are evidence for the others and are not scored themselves.
    """
    weights = load(TEXT if document.plain else PAGE)
    evidence = gather(document, stands, taken, known)
    columns = evidence.columns | lexical(document, evidence, weights.words, weights.names)
    return score_with(weights, columns, taken)


def score_with(weights: Weights, columns: Columns, taken: Mapping[int, Verdict]) -> list[Score]:
    """The scores that the given weights give."""
    rows = zip(*(columns[name] for name in weights.columns), strict=True)
    return [RULED if place in taken else _score(weights, row) for place, row in enumerate(rows)]


def _score(weights: Weights, row: Sequence[float]) -> Score:
    odds = weights.bias
    weighed = [0.0] * len(weights.columns)
    for tree in weights.trees:
        leaf = _leaf(tree, row)
        odds += leaf.odds
        weighed[leaf.column] += leaf.odds
    probability = 1.0 / (1.0 + exp(-max(-MOST_ODDS, min(MOST_ODDS, odds))))
    by_feature = {name: share for name, share in zip(weights.columns, weighed, strict=True) if share}
    return Score(probability, probability >= weights.threshold, by_feature)


def _leaf(node: Split | Leaf, row: Sequence[float]) -> Leaf:
    while len(node) == 4:  # a tenth of the time of `isinstance`
        node = node[2] if row[node[0]] <= node[1] else node[3]
    return node
