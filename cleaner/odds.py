"""Probabilities and their log-odds."""

from __future__ import annotations

from math import exp, log
from typing import Final

# Log-odds are limited to this, in either direction: beyond it, probabilities are as good as certain.
MAX_LOG_ODDS: Final = 30.0
# Probabilities nearer to 0 or 1 than this are limited to it, so that their log-odds are finite.
MIN_PROBABILITY: Final = 1e-5

# A decision is doubtful if the opposite has at least this probability.
MIN_DOUBT: Final = 0.2


def probability(odds: float) -> float:
    """Return the probability, 0 to 1, for the given log-odds."""
    return 1.0 / (1.0 + exp(-max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, odds))))


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability, 0 to 1."""
    bounded = min(max(chance, MIN_PROBABILITY), 1 - MIN_PROBABILITY)
    return log(bounded / (1 - bounded))
