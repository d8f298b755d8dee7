"""From evidence to a probability: a few boosted trees, summed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp
from typing import NamedTuple

from cleaner.judge.scorer.features import Column, Columns, gather, lexical, phrase
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
    leaves: Iterable[Leaf]  # the answer of each tree; none where a rule has decided
    columns: Sequence[str] = ()  # the features that the trees ask

    def evidence(self) -> str:
        """What weighed most against the block, in words, the strongest first."""
        weighed = [0.0] * len(self.columns)
        for leaf in self.leaves:
            weighed[leaf.column] += leaf.odds
        against: defaultdict[str, float] = defaultdict(float)
        for feature, odds in zip(self.columns, weighed, strict=True):
            if odds:
                against[phrase(feature)] += odds
        strongest = sorted((odds, words) for words, odds in against.items() if odds < 0)
        return ", ".join(words for _, words in strongest[:NAMED])


RULED = Score(0.0, False, ())


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
    asked = [columns[name] for name in weights.columns]
    count = len(asked[0])
    leaves: list[list[Leaf]] = [[] for _ in range(count)]
    open_places = [place for place in range(count) if place not in taken]
    for tree in weights.trees:
        _ask(tree, open_places, asked, leaves)
    return [RULED if place in taken else _score(weights, leaves[place]) for place in range(count)]


def _ask(node: Split | Leaf, places: list[int], columns: Sequence[Column], leaves: list[list[Leaf]]) -> None:
    """Adds to each place the leaf that it comes to.

    A question is asked for all places at once: block by block takes twice as long.
    """
    if len(node) == 2:
        for place in places:
            leaves[place].append(node)
        return
    number, most, low, high = node
    column = columns[number]
    if below := [place for place in places if column[place] <= most]:
        _ask(low, below, columns, leaves)
    if len(below) < len(places):
        _ask(high, [place for place in places if column[place] > most], columns, leaves)


def _score(weights: Weights, leaves: Sequence[Leaf]) -> Score:
    odds = weights.bias
    for leaf in leaves:
        odds += leaf[0]
    probability = 1.0 / (1.0 + exp(-max(-MOST_ODDS, min(MOST_ODDS, odds))))
    return Score(probability, probability >= weights.threshold, leaves, weights.columns)
