"""From blocks to verdicts: the rules first, then the scorer, then the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.blocks.text import size
from cleaner.judge.decide import decided
from cleaner.judge.headline import Known
from cleaner.judge.rulings import RuleResults, ruled
from cleaner.judge.scorer.score import Score, score
from cleaner.models import Block, Document, Keep, Verdict

# No block counts for more letters than this in what is doubted.
LONGEST_DOUBTED = 400


class Weighed(NamedTuple):
    """What rules and scorer say of each block, before anything is decided."""

    ruling: RuleResults
    scores: Sequence[Score]
    doubt: float  # letters of the blocks that no rule takes, each weighted by how open its case is (0 to 0.25)


class Judgement(NamedTuple):
    """A verdict for each block, in order, and how sure they are together."""

    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]  # of each block, 0 to 1, that it is text; 0 where a rule takes it


def judge(document: Document, stands: Sequence[bool] | None, known: Known, keep: Keep = Keep.BALANCED) -> Judgement:
    """Says of each block whether it is the article's text.

    `stands` is the second opinion, `None` where nobody was asked: then all prose counts as vouched for. `keep` moves
    what the scorer decides, and nothing that a rule does.
    """
    return judgement(document, weighed(document, stands, known), known, keep)


def weighed(document: Document, stands: Sequence[bool] | None, known: Known) -> Weighed:
    """What is known of each block, for `judgement`; `stands` is that of `judge`."""
    ruling = ruled(document, stands, known)
    scores = score(document, stands, ruling.taken, known)
    return Weighed(ruling, scores, doubt(document.blocks, scores))


def judgement(document: Document, weighed: Weighed, known: Known, keep: Keep) -> Judgement:
    """The verdicts on a document that was weighed."""
    verdicts = decided(document, weighed.ruling, known, weighed.scores, keep)
    return Judgement(verdicts, tuple(score.probability for score in weighed.scores))


def doubt(blocks: Sequence[Block], scores: Sequence[Score]) -> float:
    """What `Weighed.doubt` says."""
    doubted = 0.0
    for block, own in zip(blocks, scores, strict=True):
        if chance := own.probability:  # of most blocks a rule is certain
            doubted += min(size(block.text), LONGEST_DOUBTED) * (chance * (1 - chance))
    return doubted
