"""The confidence of an article: the probability that its text is right."""

from __future__ import annotations

import pytest

from cleaner import clean, clean_text
from cleaner.blocks.plain_text import read_plain_text
from cleaner.errors import NoArticleError
from cleaner.judge.confidence import FEATURE_SIGNS, PAGE, TEXT, WEIGHTS, confidence_features, estimate_confidence
from cleaner.judge.logistic import LogisticModel, load_models
from cleaner.models import Reason, Verdict
from cleaner.odds import probability

PARAGRAPH = "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall."
TEXT_OF_TEN = "\n\n".join(f"{PARAGRAPH} It was day {day}." for day in range(10))
GONE, REMOVED_BY_RULE = Verdict(Reason.UNSURE, evidence="a test"), Verdict(Reason.SHARE, "share-line")


def test_uncertain_blocks_lower_it() -> None:
    """The less certain the scorer is about kept and removed blocks, the lower the confidence."""
    document = read_plain_text(TEXT_OF_TEN)
    kept = [Verdict()] * 10
    sure, unsure = (estimate_confidence(document, kept, [chance] * 10) for chance in (0.99, 0.6))
    lost = estimate_confidence(document, [*kept[:7], GONE, GONE, GONE], [0.99] * 7 + [0.55] * 3)
    assert 0.0 <= unsure < sure <= 1.0
    assert lost < sure


def test_blocks_that_rules_remove_are_certain() -> None:
    """A block that a rule removes does not count as uncertain, as wrongly kept or as wrongly removed."""
    document = read_plain_text(TEXT_OF_TEN)
    features = confidence_features(document, [*[Verdict()] * 9, REMOVED_BY_RULE], [1.0] * 9 + [0.0])
    assert (0.0, 0.0, 0.0) == (features["foreign"], features["lost"], features["open"])
    assert features["ruled_share"] > 0


@pytest.mark.parametrize("model", [PAGE, TEXT])
def test_weights(model: str) -> None:
    """Each weight has the sign that `FEATURE_SIGNS` states, and there are no weights for other features."""
    weights = load_models(WEIGHTS)[model].weights
    assert set(FEATURE_SIGNS) >= set(weights)
    assert all(weight * FEATURE_SIGNS[name] > 0 for name, weight in weights.items())


def test_only_articles_have_it() -> None:
    """Articles from pages and from plain texts have a confidence between 0 and 1; pages of other kinds have none."""
    page = clean("<h1>Storm</h1>" + "".join(f"<p>{line}</p>" for line in TEXT_OF_TEN.split("\n\n")))
    text = clean_text(TEXT_OF_TEN)
    for article in (page, text):
        assert article.confidence is not None
        assert 0.0 <= article.confidence <= 1.0
        assert article.confidence == article.to_dict()["confidence"]
    with pytest.raises(NoArticleError) as caught:
        clean("<title>404 Not Found</title><p>Nothing to see here.</p>")
    assert caught.value.article.confidence is None


def test_logistic() -> None:
    """The log-odds are the weighted sum of the features; contributions are relative to `usual`, the largest first."""
    model = LogisticModel(-1.0, {"a": 2.0, "b": -1.0}, {"a": 0.5, "b": 0.0})
    assert 0.0 == model.odds({"a": 1.0, "b": 1.0, "c": 5.0})
    assert [(1.0, "a"), (-1.0, "b")] == model.contributions({"a": 1.0, "b": 1.0})
    assert (0.5, 0.0, 1.0) == (probability(0.0), round(probability(-1e9), 6), round(probability(1e9), 6))
