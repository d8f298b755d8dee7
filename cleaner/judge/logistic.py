"""Logistic regression: a weighted sum of features as log-odds. The weights are data files that `training` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple


class LogisticModel(NamedTuple):
    """The learned weights of one model."""

    bias: float  # the log-odds if every feature is 0
    weights: Mapping[str, float]  # by feature; a feature without a weight has no effect
    usual: Mapping[str, float]  # the mean of each feature of `weights` over the examples of answer 0

    def odds(self, features: Mapping[str, float]) -> float:
        """Return the log-odds of a positive answer."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())

    def contributions(self, features: Mapping[str, float]) -> list[tuple[float, str]]:
        """Return what each feature adds to the log-odds, compared with an ordinary article, the largest first."""
        return sorted(
            ((weight * (features[name] - self.usual[name]), name) for name, weight in self.weights.items()),
            reverse=True,
        )


def dump_models(models: Mapping[str, LogisticModel]) -> str:
    """Return the content of a file of weights. Equal weights give equal content."""
    return json.dumps({name: model._asdict() for name, model in models.items()}, indent=1, sort_keys=True) + "\n"


@cache
def load_models(name: str) -> Mapping[str, LogisticModel]:
    """Return the models in the file `name` in this folder, by the name of the model."""
    # `importlib.resources` would also find the file in a zip archive, but takes 5 ms to load.
    stored = json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return {question: LogisticModel(**model) for question, model in stored.items()}
