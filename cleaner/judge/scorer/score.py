"""From features to probabilities: a forest of boosted trees, and a second one for blocks where the first is unsure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.columns import Columns
from cleaner.judge.scorer.features.gather import gather
from cleaner.judge.scorer.features.lexical import lexical
from cleaner.judge.scorer.forest import Answer, Forest
from cleaner.judge.scorer.neighbours import neighbour_features
from cleaner.judge.scorer.phrases import Subject, group_of, phrase
from cleaner.judge.scorer.quotes import Quotes
from cleaner.judge.scorer.weights import PAGE, TEXT, ScorerWeights, load_weights
from cleaner.models import Document, Verdict
from cleaner.odds import MIN_DOUBT, probability
from cleaner.rules.model import Rule

# The most pieces of evidence in the words of a verdict, against the block and for it.
MAX_EVIDENCE, MAX_SUPPORT = 3, 2
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
    place: int = -1  # of the block; -1 without votes
    quotes: Quotes | None = None  # of the document; `None` without votes

    @property
    def kept(self) -> bool:
        """Whether the scorer alone would keep the block."""
        return self.probability >= self.threshold

    @property
    def is_doubtful(self) -> bool:
        """Whether it is doubtful to remove the block."""
        return self.probability >= MIN_DOUBT

    def evidence(self, *, support: bool = False) -> list[str]:
        """Return the strongest evidence against the block, in words that are true of it, the strongest first.

        With `support`, return the strongest evidence for it. The result is empty if there is none, or none that can be
        put into words.
        """
        if self.quotes is None:
            return []
        sign = 1 if support else -1
        sums: defaultdict[Hashable, float] = defaultdict(float)
        features: defaultdict[Hashable, list[tuple[float, str]]] = defaultdict(list)
        for vote in self.votes:
            for name, odds in vote.forest.contributions(vote.answer).items():
                group = group_of(name)
                sums[group] += sign * odds
                if sign * odds > 0:
                    features[group].append((-sign * odds, name))
        subject = Subject(self.quotes, self.place, [(vote.columns, vote.row) for vote in self.votes])
        found: list[str] = []
        for group in sorted((group for group, odds in sums.items() if odds > 0), key=sums.__getitem__, reverse=True):
            # The strongest of the features that are about the same, such as one for each width, and that have a phrase.
            names = (name for _, name in sorted(features[group]))
            phrases = (phrase(name, subject.value(name), subject, support=support) for name in names)
            if (strongest := next(filter(None, phrases), None)) is not None and strongest not in found:
                found.append(strongest)
                if len(found) == (MAX_SUPPORT if support else MAX_EVIDENCE):
                    break
        return found


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
    return score_with(weights, document, evidence.places, columns, context.host, context.languages)


def score_with(
    weights: ScorerWeights,
    document: Document,
    places: Sequence[int],
    columns: Columns,
    host: str = "",
    languages: frozenset[str] = frozenset(),
) -> list[Score]:
    """Return the scores of all blocks by the given weights. `columns` have a row for each of the `places`, in order.

    `host` is that of the page's URL, empty if it is unknown; `languages` are those that the text may be in.
    """
    quotes = Quotes(document, weights.lexicon, host, languages)
    probabilities, scores = [0.0] * len(document.blocks), [REMOVED_BY_RULE] * len(document.blocks)
    first, second, threshold = weights.first, weights.second, weights.threshold
    odds: list[float] = []
    unsure: list[int] = []  # rows
    low, high = SECOND_PASS
    for row, answer in enumerate(first.evaluate(columns, len(places))):
        odds.append(first.odds(answer))
        chance = probabilities[places[row]] = probability(odds[row])
        place = places[row]
        scores[place] = Score(chance, threshold, (ForestVote(first, answer, columns, row),), place, quotes)
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
        votes = (*scores[place].votes, ForestVote(second, answer, of_unsure, number))
        scores[place] = Score(chance, threshold, votes, place, quotes)
    return scores
