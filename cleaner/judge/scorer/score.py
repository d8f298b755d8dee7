"""From evidence to a probability: boosted trees, summed, and summed again where a first look leaves doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleaner.judge.context import PageContext
from cleaner.judge.logistic import probability
from cleaner.judge.scorer.features.columns import Columns
from cleaner.judge.scorer.features.gather import gather
from cleaner.judge.scorer.features.lexical import lexical
from cleaner.judge.scorer.forest import Answer, Forest
from cleaner.judge.scorer.neighbours import neighbour_features
from cleaner.judge.scorer.phrases import phrase
from cleaner.judge.scorer.weights import PAGE, TEXT, Weights, load
from cleaner.models import Document, Verdict

# So many pieces of evidence are named.
MAX_EVIDENCE = 3
# Blocks with a chance between these get a second look, which sees what the first one says of the blocks around.
SECOND_LOOK = (0.02, 0.98)


class ForestVote(NamedTuple):
    """What a forest says of one block, and the row of the columns that it saw."""

    forest: Forest
    answer: Answer
    columns: Columns
    row: int


class Score(NamedTuple):
    """What the scorer says of a block."""

    probability: float  # that it is the article's text, 0 to 1
    least: float  # so much is enough
    votes: tuple[ForestVote, ...] = ()  # none where a rule decides

    @property
    def kept(self) -> bool:
        """Whether it is enough, as far as the scorer goes."""
        return self.probability >= self.least

    def evidence(self) -> str:
        """What weighed most against the block, in words that are true of it, the strongest first."""
        against: defaultdict[str, float] = defaultdict(float)
        for look in self.votes:
            moved = [0.0] * len(look.forest.columns)
            for odds, column in look.forest.leaves(look.answer):
                moved[column] += odds
            for name, odds in zip(look.forest.columns, moved, strict=True):
                if odds:
                    against[phrase(name, look.columns[name][look.row])] += odds
        strongest = sorted((odds, words) for words, odds in against.items() if odds < 0)
        return ", ".join(words for _, words in strongest[:MAX_EVIDENCE])


REMOVED_BY_RULE = Score(0.0, 1.0)


def score_blocks(
    document: Document,
    in_trafilatura: Sequence[bool] | None,
    removals: Mapping[int, Verdict],
    context: PageContext,
    weights: Weights | None = None,
) -> list[Score]:
    """A score for each block, in order.

    `in_trafilatura` is the second opinion, `None` if there is none. `removals` are the blocks that rules take, by
    place: they are evidence for the others and are not scored themselves. `None` for `weights`
    means those of the package.
    """
    weights = weights or load(TEXT if document.plain else PAGE)
    evidence = gather(document, in_trafilatura, removals, context)
    columns = evidence.columns | lexical(document, evidence, weights.lexicon)
    return score_with(weights, document, evidence.places, columns)


def score_with(weights: Weights, document: Document, places: Sequence[int], columns: Columns) -> list[Score]:
    """The scores that the given weights give. `columns` have a row for each of the `places`."""
    probabilities, scores = [0.0] * len(document.blocks), [REMOVED_BY_RULE] * len(document.blocks)
    first, second, threshold = weights.first, weights.second, weights.threshold
    odds: list[float] = []
    unsure: list[int] = []  # rows
    low, high = SECOND_LOOK
    for row, answer in enumerate(first.ask(columns, len(places))):
        odds.append(first.odds(answer))
        chance = probabilities[places[row]] = probability(odds[row])
        scores[places[row]] = Score(chance, threshold, (ForestVote(first, answer, columns, row),))
        if low < chance < high:
            unsure.append(row)
    if not unsure:
        return scores
    again = [places[row] for row in unsure]
    told = {name: [columns[name][row] for row in unsure] for name in second.columns if name in columns}
    told |= neighbour_features(document, probabilities, again)
    for number, (row, place, answer) in enumerate(zip(unsure, again, second.ask(told, len(unsure)), strict=True)):
        chance = probability(odds[row] + second.odds(answer))
        scores[place] = Score(chance, threshold, (*scores[place].votes, ForestVote(second, answer, told, number)))
    return scores
