"""How likely it is that what was kept is the article: from how open the single cases were."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from cleaner.judge.logistic import load, probability
from cleaner.models import Document, Verdict
from cleaner.text.measures import weighted_length

WEIGHTS = "confidence.json"
PAGE, TEXT = "page", "text"
# The text is right where its words and those of the article are the same to this F1 (0 to 1): a sentence too much or
# too little in a long article, none in a short one. Nearer to 1, the people who wrote the gold texts disagree.
RIGHT = 0.95
# Of no block more letters count than these.
MAX_COUNTED_LENGTH = 400
# Between these probabilities (0 to 1) a block is an open case.
UNDECIDED = (0.2, 0.8)
# Shares of the text are no larger than this.
MAX_SHARE = 3.0

# Each sign, and whether it speaks for the text (1) or against it (-1).
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
    """The probability, 0 to 1, that the kept text is right, for a page that is an article.

    `probabilities` are those of the scorer, one a block. Of a plain text, what it lacks of the article is not held
    against it: nobody can see that.
    """
    model = load(WEIGHTS)[TEXT if document.plain else PAGE]
    return probability(model.odds(confidence_features(document, verdicts, probabilities)))


def confidence_features(
    document: Document, verdicts: Sequence[Verdict], probabilities: Sequence[float]
) -> dict[str, float]:
    """The signs: letters that are expected to be kept wrongly and lost, and how many cases were open."""
    kept = foreign = lost = ruled = 0.0
    blocks = unsure = 0
    for block, verdict, chance in zip(document.blocks, verdicts, probabilities, strict=True):
        letters = min(weighted_length(block.text), MAX_COUNTED_LENGTH)
        if verdict.rule is not None:
            # A rule that takes long lines without links may be taking paragraphs.
            ruled += 0.0 if block.links else letters
            continue
        if verdict.reason is None:
            blocks += 1
            kept += letters
            foreign += letters * (1.0 - chance)
        else:
            lost += letters * chance
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
