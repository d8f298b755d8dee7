"""The confidence of an article: how likely the kept text is right, estimated from how uncertain each block was."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from cleaner.judge.logistic import load_models
from cleaner.models import Document, Verdict
from cleaner.odds import probability
from cleaner.text.measures import weighted_length

WEIGHTS = "confidence.json"
PAGE, TEXT = "page", "text"
# A text counts as right if the F1 score (0 to 1) of its words against those of the article is at least this: that
# allows a sentence too much or too little in a long article, none in a short one. Above it, the annotators of the gold
# texts disagree with each other.
RIGHT = 0.95
# The weighted length that a single block counts for at most.
MAX_COUNTED_LENGTH = 400
# A block whose probability (0 to 1) is between these two is uncertain.
UNDECIDED = (0.2, 0.8)
# Shares of the kept text are limited to this.
MAX_SHARE = 3.0

# The features, and the sign of their weights: whether a feature raises the confidence (1) or lowers it (-1).
FEATURE_SIGNS = {
    "kept": 1,
    "foreign": -1,
    "foreign_share": -1,
    "lost": -1,
    "lost_share": -1,
    "open": -1,
    "ruled_share": -1,
}


def estimate_confidence(document: Document, verdicts: Sequence[Verdict], probabilities: Sequence[float]) -> float:
    """Return the probability, 0 to 1, that the kept text of an article is right.

    `probabilities` are those of the scorer, one per block. For plain text, what the text lacks of its article is not
    counted, because it cannot be known.
    """
    model = load_models(WEIGHTS)[TEXT if document.plain else PAGE]
    return probability(model.odds(confidence_features(document, verdicts, probabilities)))


def confidence_features(
    document: Document, verdicts: Sequence[Verdict], probabilities: Sequence[float]
) -> dict[str, float]:
    """Return the features: the lengths expected to be wrongly kept and removed, and the number of uncertain blocks."""
    kept = foreign = lost = ruled = 0.0
    blocks = unsure = 0
    for block, verdict, chance in zip(document.blocks, verdicts, probabilities, strict=True):
        length = min(weighted_length(block.text), MAX_COUNTED_LENGTH)
        if verdict.rule is not None:
            # A rule that removes long lines without links may be removing paragraphs.
            ruled += 0.0 if block.links else length
            continue
        if verdict.reason is None:
            blocks += 1
            kept += length
            foreign += length * (1.0 - chance)
        else:
            lost += length * chance
        unsure += UNDECIDED[0] < chance < UNDECIDED[1]
    whole = max(1.0, kept)
    return {
        "kept": log1p(blocks),
        "foreign": log1p(foreign),
        "foreign_share": min(MAX_SHARE, foreign / whole),
        "lost": log1p(lost),
        "lost_share": min(MAX_SHARE, lost / whole),
        "open": log1p(unsure),
        "ruled_share": min(MAX_SHARE, ruled / whole),
    }
