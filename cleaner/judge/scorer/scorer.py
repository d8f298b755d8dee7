"""From evidence to a probability: boosted trees, summed, and summed again where a first look leaves doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleaner.judge.logistic import probability
from cleaner.judge.scorer.around import around
from cleaner.judge.scorer.features import Column, Columns, gather, lexical
from cleaner.judge.scorer.weights import PAGE, TEXT, Leaf, Look, Split, Weights, load
from cleaner.judge.standfirst import Known
from cleaner.models import Document, Verdict

# So many pieces of evidence are named.
NAMED = 3
# Blocks with a chance between these get a second look, which sees what the first one says of the blocks around.
UNSURE = (0.02, 0.98)

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
        against: dict[str, float] = {}
        for look, leaves in self.answers:
            phrases = look.phrases
            for odds, column in leaves:
                words = phrases[column]
                against[words] = against.get(words, 0.0) + odds
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
    columns = evidence.columns | lexical(document, evidence, weights.lexicon)
    return score_with(weights, document, evidence.places, columns)


def score_with(weights: Weights, document: Document, places: Sequence[int], columns: Columns) -> list[Score]:
    """The scores that the given weights give. `columns` have a row for each of the `places`."""
    chances, scores = [0.0] * len(document.blocks), [RULED] * len(document.blocks)
    odds, unsure = [0.0] * len(places), []
    low, high = UNSURE
    for row, leaves in enumerate(_asked(weights.first, columns, range(len(places)))):
        odds[row] = sum([leaf[0] for leaf in leaves])
        chance = chances[places[row]] = probability(odds[row])
        scores[places[row]] = Score(chance, weights.threshold, ((weights.first, leaves),))
        if low < chance < high:
            unsure.append(row)
    again = [places[row] for row in unsure]
    told = {name: [columns[name][row] for row in unsure] for name in weights.second.columns if name in columns}
    told |= around(document, chances, again) if again else {}
    for row, place, leaves in zip(unsure, again, _asked(weights.second, told, range(len(again))), strict=True):
        chance = probability(odds[row] + sum([leaf[0] for leaf in leaves]))
        scores[place] = Score(chance, weights.threshold, (*scores[place].answers, (weights.second, leaves)))
    return scores


def _asked(look: Look, columns: Columns, rows: Sequence[int]) -> list[list[Leaf]]:
    """The answers of each tree, for each row of the columns."""
    answers: list[list[Leaf]] = [[] for _ in rows]
    if rows:
        asked = [columns[name] for name in look.columns]
        for tree in look.trees:
            _ask(tree, rows, asked, answers)
    return answers


def _ask(node: Split | Leaf, rows: Sequence[int], columns: Sequence[Column], answers: Sequence[list[Leaf]]) -> None:
    """Adds to each row the leaf that it comes to. One question for all rows at once: row by row takes longer."""
    if len(node) == 2:  # a tenth of the time of `isinstance`
        for row in rows:
            answers[row].append(node)
        return
    number, most, low, high = node
    column = columns[number]
    below: list[int] = []
    above: list[int] = []
    for row in rows:
        (below if column[row] <= most else above).append(row)
    if below:
        _ask(low, below, columns, answers)
    if above:
        _ask(high, above, columns, answers)
