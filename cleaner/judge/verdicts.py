"""From blocks to verdicts: the rules first, then the scorer, then the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.judge.context import PageContext
from cleaner.judge.decide import decide
from cleaner.judge.rulings import RuleResults, apply_rules
from cleaner.judge.scorer.score import Score, score_blocks
from cleaner.models import Block, Document, Keep, Verdict
from cleaner.text.measures import weighted_length

# No block counts for more letters than this in what is doubted.
MAX_DOUBTED_LENGTH = 400


class ScoredDocument(NamedTuple):
    """What rules and scorer say of each block, before anything is decided."""

    rule_results: RuleResults
    scores: Sequence[Score]
    total_doubt: float  # letters of the blocks that no rule takes, each weighted by how open its case is (0 to 0.25)


class Judgement(NamedTuple):
    """A verdict for each block, in order, and how sure they are together."""

    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]  # of each block, 0 to 1, that it is text; 0 where a rule takes it


def judge(
    document: Document, in_trafilatura: Sequence[bool] | None, context: PageContext, keep: Keep = Keep.BALANCED
) -> Judgement:
    """Says of each block whether it is the article's text.

    `in_trafilatura` is the second opinion, `None` if trafilatura was not asked: then all prose counts as vouched
    for. `keep` moves what the scorer decides, and nothing that a rule does.
    """
    return judge_scored(document, score_document(document, in_trafilatura, context), context, keep)


def score_document(document: Document, in_trafilatura: Sequence[bool] | None, context: PageContext) -> ScoredDocument:
    """What is known of each block, for `judge_scored`; `in_trafilatura` is that of `judge`."""
    rule_results = apply_rules(document, in_trafilatura, context)
    scores = score_blocks(document, in_trafilatura, rule_results.removals, context)
    return ScoredDocument(rule_results, scores, total_doubt(document.blocks, scores))


def judge_scored(document: Document, score_document: ScoredDocument, context: PageContext, keep: Keep) -> Judgement:
    """The verdicts on a document that was weighed."""
    verdicts = decide(document, score_document.rule_results, context, score_document.scores, keep)
    return Judgement(verdicts, tuple(score.probability for score in score_document.scores))


def total_doubt(blocks: Sequence[Block], scores: Sequence[Score]) -> float:
    """What `ScoredDocument.total_doubt` says."""
    doubted = 0.0
    for block, own in zip(blocks, scores, strict=True):
        if chance := own.probability:  # of most blocks a rule is certain
            doubted += min(weighted_length(block.text), MAX_DOUBTED_LENGTH) * (chance * (1 - chance))
    return doubted
