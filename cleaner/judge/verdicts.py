"""From blocks to verdicts: the rules first, then the scorer, then the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.judge.context import PageContext
from cleaner.judge.decide import decide
from cleaner.judge.rulings import RuleResults, apply_rules
from cleaner.judge.scorer.score import Score, score_blocks
from cleaner.judge.site_rules import NO_SITE_RESULTS, SiteResults
from cleaner.models import Block, Document, Keep, Verdict
from cleaner.rules.matching import PageRules
from cleaner.text.measures import weighted_length

# The weighted length that a single block adds to `total_doubt` at most, so that one long block does not decide alone.
MAX_DOUBTED_LENGTH = 400


class ScoredDocument(NamedTuple):
    """The results of the rules and the scorer for each block, before the decision."""

    rule_results: RuleResults
    scores: Sequence[Score]
    # The weighted length of the blocks that no rule removes, each multiplied by p * (1 - p) for its probability p: 0
    # for a certain block, 0.25 for an even chance.
    total_doubt: float


class Judgement(NamedTuple):
    """The verdict on each block, and the scorer's probability for it, both in the order of the blocks."""

    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]  # that the block is text, 0 to 1; 0 if a rule removes it


def judge(
    document: Document,
    in_trafilatura: Sequence[bool] | None,
    context: PageContext,
    rules: PageRules,
    keep: Keep = Keep.BALANCED,
    site: SiteResults = NO_SITE_RESULTS,
) -> Judgement:
    """Return the verdict on each block: whether it is article text, and the reason if not.

    `in_trafilatura` is the second opinion (see `ask_trafilatura`), `None` if trafilatura was not run: then all prose
    counts as confirmed. `keep` shifts the decisions of the scorer, never those of a certain rule. `site` are the
    results of the site rules.
    """
    scored = score_document(document, in_trafilatura, context, rules, site)
    return judge_scored(document, scored, context, keep)


def score_document(
    document: Document,
    in_trafilatura: Sequence[bool] | None,
    context: PageContext,
    rules: PageRules,
    site: SiteResults = NO_SITE_RESULTS,
) -> ScoredDocument:
    """Return the results of rules and scorer, as `judge_scored` needs them. The arguments are those of `judge`."""
    rule_results = apply_rules(document, in_trafilatura, context, rules, site)
    scores = score_blocks(document, in_trafilatura, rule_results.removals, rule_results.likely, context)
    return ScoredDocument(rule_results, scores, total_doubt(document.blocks, scores))


def judge_scored(document: Document, scored: ScoredDocument, context: PageContext, keep: Keep) -> Judgement:
    """Return the verdicts on a document that `score_document` has scored."""
    verdicts = decide(document, scored.rule_results, context, scored.scores, keep)
    kept = scored.rule_results.kept
    return Judgement(
        verdicts, tuple(1.0 if place in kept else score.probability for place, score in enumerate(scored.scores))
    )


def total_doubt(blocks: Sequence[Block], scores: Sequence[Score]) -> float:
    """Return the total doubt, as `ScoredDocument.total_doubt` defines it."""
    doubt = 0.0
    for block, score in zip(blocks, scores, strict=True):
        if chance := score.probability:  # 0 for the many blocks that a rule removes
            doubt += min(weighted_length(block.text), MAX_DOUBTED_LENGTH) * (chance * (1 - chance))
    return doubt
