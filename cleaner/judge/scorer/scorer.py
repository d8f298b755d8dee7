"""From evidence to a probability: boosted trees, summed, and summed again where a first look leaves doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleaner.judge.logistic import probability
from cleaner.judge.scorer.around import around
from cleaner.judge.scorer.features import Column, Columns, gather, lexical, phrase
from cleaner.judge.scorer.weights import PAGE, TEXT, Leaf, Look, Split, Weights, load
from cleaner.judge.standfirst import Known
from cleaner.models import Document, Verdict

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
            weighed: defaultdict[int, float] = defaultdict(float)
            for odds, column in leaves:
                weighed[column] += odds
            for column in sorted(weighed):
                if look.columns[column] != FIRST_CHANCE:
                    against[phrase(look.columns[column])] += weighed[column]
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
    free = [place for place in range(count) if place not in taken]
    chances, scores = [0.0] * count, [RULED] * count
    for place, leaves in zip(free, _asked(weights.first, columns, {}, free), strict=True):
        chances[place] = _chance(leaves)
        scores[place] = Score(chances[place], weights.threshold, ((weights.first, leaves),))
    low, high = UNSURE
    unsure = [place for place in free if low < chances[place] < high]
    beside = around(document, chances, unsure) if unsure else {}
    for place, leaves in zip(unsure, _asked(weights.second, columns, beside, unsure), strict=True):
        answers = (*scores[place].answers, (weights.second, leaves))
        scores[place] = Score(_chance(leaves), weights.threshold, answers)
    return scores


def _asked(look: Look, columns: Columns, beside: Columns, places: Sequence[int]) -> list[list[Leaf]]:
    """The answers of each tree, for each of the places. `columns` have a row a block, `beside` has one a place."""
    answers: list[list[Leaf]] = [[] for _ in places]
    if places:
        asked = [beside[name] if name in beside else [columns[name][i] for i in places] for name in look.columns]
        rows = list(range(len(places)))
        for tree in look.trees:
            _ask(tree, rows, asked, answers)
    return answers


def _ask(node: Split | Leaf, rows: list[int], columns: Sequence[Column], answers: Sequence[list[Leaf]]) -> None:
    """Adds to each row the leaf that it comes to. One question for all rows at once: row by row takes longer."""
    if len(node) == 2:  # a tenth of the time of `isinstance`
        for row in rows:
            answers[row].append(node)
        return
    number, most, low, high = node
    column = columns[number]
    if below := [row for row in rows if column[row] <= most]:
        _ask(low, below, columns, answers)
    if len(below) < len(rows):
        _ask(high, [row for row in rows if column[row] > most] if below else rows, columns, answers)


def _chance(leaves: Sequence[Leaf]) -> float:
    odds = sum([leaf[0] for leaf in leaves])
    return probability(odds)
