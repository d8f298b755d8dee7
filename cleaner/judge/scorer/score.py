"""From features to probabilities: a forest of boosted trees, and a second one for blocks where the first is unsure."""

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
from cleaner.judge.scorer.weights import PAGE, TEXT, ScorerWeights, load_weights
from cleaner.models import Document, Verdict
from cleaner.rules.model import Rule

# The most pieces of evidence in the words of a verdict.
MAX_EVIDENCE = 3
# Blocks with a probability between these get a second pass, which knows the probabilities of the blocks around them.
SECOND_PASS = (0.02, 0.98)


class ForestVote(NamedTuple):
    """The answer of a forest for one block, and the row of the columns that it is based on."""

    forest: Forest
    answer: Answer
    columns: Columns
    row: int


class Score(NamedTuple):
    """The result of the scorer for a block."""

    probability: float  # that the block is article text, 0 to 1
    threshold: float  # the smallest probability, 0 to 1, of a kept block
    votes: tuple[ForestVote, ...] = ()  # of the first and the second pass; empty if a rule removes the block

    @property
    def kept(self) -> bool:
        """Whether the scorer alone would keep the block."""
        return self.probability >= self.threshold

    def evidence(self) -> str:
        """Return the strongest evidence against the block, in words that are true of it, the strongest first."""
        against: defaultdict[str, float] = defaultdict(float)
        for vote in self.votes:
            by_column = [0.0] * len(vote.forest.columns)
            for odds, column in vote.forest.leaves(vote.answer):
                by_column[column] += odds
            for name, odds in zip(vote.forest.columns, by_column, strict=True):
                if odds:
                    against[phrase(name, vote.columns[name][vote.row])] += odds
        strongest = sorted((odds, words) for words, odds in against.items() if odds < 0)
        return ", ".join(words for _, words in strongest[:MAX_EVIDENCE])


REMOVED_BY_RULE = Score(0.0, 1.0)


def score_blocks(
    document: Document,
    in_trafilatura: Sequence[bool] | None,
    removals: Mapping[int, Verdict],
    likely: Mapping[int, Rule],
    context: PageContext,
    weights: ScorerWeights | None = None,
) -> list[Score]:
    """Return a score for each block, in order.

    `in_trafilatura` is the second opinion, `None` if there is none. `removals` are the blocks that rules remove, by
    place: they are evidence about the others and are not scored. `likely` are the likely rules that match blocks, by
    place. Without `weights`, those of the package are used.
    """
    weights = weights or load_weights(TEXT if document.plain else PAGE)
    evidence = gather(document, in_trafilatura, removals, likely, context)
    columns = evidence.columns | lexical(document, evidence, weights.lexicon)
    return score_with(weights, document, evidence.places, columns)


def score_with(weights: ScorerWeights, document: Document, places: Sequence[int], columns: Columns) -> list[Score]:
    """Return the scores of all blocks by the given weights. `columns` have a row for each of the `places`, in order."""
    probabilities, scores = [0.0] * len(document.blocks), [REMOVED_BY_RULE] * len(document.blocks)
    first, second, threshold = weights.first, weights.second, weights.threshold
    odds: list[float] = []
    unsure: list[int] = []  # rows
    low, high = SECOND_PASS
    for row, answer in enumerate(first.evaluate(columns, len(places))):
        odds.append(first.odds(answer))
        chance = probabilities[places[row]] = probability(odds[row])
        scores[places[row]] = Score(chance, threshold, (ForestVote(first, answer, columns, row),))
        if low < chance < high:
            unsure.append(row)
    if not unsure:
        return scores
    unsure_places = [places[row] for row in unsure]
    of_unsure = {name: [columns[name][row] for row in unsure] for name in second.columns if name in columns}
    of_unsure |= neighbour_features(document, probabilities, unsure_places)
    answers = second.evaluate(of_unsure, len(unsure))
    for number, (row, place, answer) in enumerate(zip(unsure, unsure_places, answers, strict=True)):
        chance = probability(odds[row] + second.odds(answer))
        scores[place] = Score(chance, threshold, (*scores[place].votes, ForestVote(second, answer, of_unsure, number)))
    return scores
