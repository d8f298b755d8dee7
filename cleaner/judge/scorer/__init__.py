"""The scorer: a learned model that says of each block how likely it is the article's text, and what weighed."""

from cleaner.judge.scorer.scorer import Score, score

__all__ = ["Score", "score"]
