"""The smallest of learned models: a sum of weighted signs, as log-odds. Its weights are data that `training` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

# Log-odds beyond this are as good as certain.
MAX_LOG_ODDS = 30.0
# Probabilities are read as no more certain than this.
MIN_PROBABILITY = 1e-5


class Weights(NamedTuple):
    """What is learned for one question."""

    bias: float  # log-odds where every sign is 0
    weights: Mapping[str, float]  # by sign; what is not in it does not matter
    usual: Mapping[str, float]  # what each sign of `weights` is on an ordinary article

    def odds(self, signs: Mapping[str, float]) -> float:
        """Log-odds of a yes."""
        return self.bias + sum(weight * signs[sign] for sign, weight in self.weights.items())

    def moved(self, signs: Mapping[str, float]) -> list[tuple[float, str]]:
        """What each sign adds to the log-odds of an ordinary article, the most first."""
        moves = [(weight * (signs[sign] - self.usual[sign]), sign) for sign, weight in self.weights.items()]
        return sorted(moves, reverse=True)


def probability(odds: float) -> float:
    """The probability, 0 to 1, of log-odds."""
    return 1.0 / (1.0 + exp(-max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, odds))))


def log_odds(chance: float) -> float:
    """The log-odds of a probability, 0 to 1."""
    held = min(max(chance, MIN_PROBABILITY), 1 - MIN_PROBABILITY)
    return log(held / (1 - held))


def dump(models: Mapping[str, Weights]) -> str:
    """The weights as a file holds them; the same weights are the same text."""
    return json.dumps({name: model._asdict() for name, model in models.items()}, indent=1, sort_keys=True) + "\n"


@cache
def load(name: str) -> Mapping[str, Weights]:
    """The models in the file `name` beside this module, by the question that they answer."""
    # `importlib.resources` would find it in a zip file, too, and takes 5 ms to load.
    stored = json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return {question: Weights(**model) for question, model in stored.items()}
