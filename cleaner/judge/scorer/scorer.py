"""From evidence to a probability: boosted trees, summed, and summed again where a first look leaves doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from cleaner.judge.scorer.around import around
from cleaner.judge.scorer.features import Column, Columns, gather, lexical, phrase
from cleaner.judge.scorer.weights import PAGE, TEXT, Leaf, Look, Split, Weights, load
from cleaner.judge.standfirst import Known
from cleaner.models import Document, Verdict

# Log-odds beyond this are as good as certain.
MOST_ODDS = 30.0
# So many pieces of evidence are named.
NAMED = 3
# Blocks with a chance between these get a second look. It sees what the first one says of the blocks around, so its
# own feature of that name is no evidence a second time.
UNSURE = (0.02, 0.98)
FIRST_CHANCE = "chance"


# Of each look, one leaf a tree.
Answers = tuple[tuple[Look, Sequence[Leaf]], ...]


class Score(NamedTuple):
    """What the scorer says of a block."""

    probability: float  # that it is the article's text, 0 to 1
    least: float  # so much is enough
    answers: Answers = ()  # none where a rule decides

    @property
    def kept(self) -> bool:
        """Whether it is enough, as far as the scorer goes."""
        return self.probability >= self.least

    def evidence(self) -> str:
        """What weighed most against the block, in words, the strongest first."""
        against: defaultdict[str, float] = defaultdict(float)
        for look, leaves in self.answers:
            weighed = [0.0] * len(look.columns)
            for leaf in leaves:
                weighed[leaf.column] += leaf.odds
            for feature, odds in zip(look.columns, weighed, strict=True):
                if odds and feature != FIRST_CHANCE:
                    against[phrase(feature)] += odds
        strongest = sorted((odds, words) for words, odds in against.items() if odds < 0)
        return ", ".join(words for _, words in strongest[:NAMED])


RULED = Score(0.0, 1.0)


def score(document: Document, stands: Sequence[bool] | None, taken: Mapping[int, Verdict], known: Known) -> list[Score]:
    """A score for each block, in order.

    `stands` is the second opinion, `None` where there is none. `taken` are the blocks that rules take, by place: they
    are evidence for the others and are not scored themselves.
    """
    weights = load(TEXT if document.plain else PAGE)
    evidence = gather(document, stands, taken, known)
    columns = evidence.columns | lexical(document, evidence, weights.words, weights.names)
    return score_with(weights, document, columns, taken)


def score_with(weights: Weights, document: Document, columns: Columns, taken: Mapping[int, Verdict]) -> list[Score]:
    """The scores that the given weights give."""
    count = len(document.blocks)
    first = _asked(weights.first, columns, [place for place in range(count) if place not in taken])
    chances = [0.0] * count
    for place, leaves in first.items():
        chances[place] = _chance(leaves)
    low, high = UNSURE
    unsure = [place for place in first if low < chances[place] < high]
    second = _asked(weights.second, columns | around(document, chances), unsure) if unsure else {}
    scores = [RULED] * count
    for place, leaves in first.items():
        chance = chances[place]
        answers: Answers = ((weights.first, leaves),)
        if place in second:
            chance = _chance(second[place])
            answers += ((weights.second, second[place]),)
        scores[place] = Score(chance, weights.threshold, answers)
    return scores


def _asked(look: Look, columns: Columns, places: list[int]) -> dict[int, list[Leaf]]:
    """The answers of each tree, by place."""
    asked = [columns[name] for name in look.columns]
    answers: dict[int, list[Leaf]] = {place: [] for place in places}
    for tree in look.trees:
        _ask(tree, places, asked, answers)
    return answers


def _ask(node: Split | Leaf, places: list[int], columns: Sequence[Column], answers: Mapping[int, list[Leaf]]) -> None:
    """Adds to each place the leaf that it comes to. One question for all places at once: block by block takes twice
    as long."""
    if len(node) == 2:  # a tenth of the time of `isinstance`
        for place in places:
            answers[place].append(node)
        return
    number, most, low, high = node
    column = columns[number]
    if below := [place for place in places if column[place] <= most]:
        _ask(low, below, columns, answers)
    if len(below) < len(places):
        _ask(high, [place for place in places if column[place] > most], columns, answers)


def _chance(leaves: Sequence[Leaf]) -> float:
    odds = sum([leaf[0] for leaf in leaves])
    return 1.0 / (1.0 + exp(-max(-MOST_ODDS, min(MOST_ODDS, odds))))
