"""What a page is when it is no article: small pages by rule, all others by a model over the signs of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from cleaner.judge.logistic import MAX_LOG_ODDS, Weights, load
from cleaner.judge.page_kind.by_title import classify_small_page
from cleaner.judge.page_kind.signals import SIGNALS, PageSignals, layout
from cleaner.models import Document, PageKind, Verdict

WEIGHTS = "page_kind.json"
LEARNED_KINDS = (PageKind.LISTING, PageKind.SHOP, PageKind.FORUM)
# The least probability, 0 to 1, that a page is no article, for one that says nothing of itself and for one that its own
# head or data calls an article. From the model card's table.
MIN_OTHER_PROBABILITY, MIN_OTHER_PROBABILITY_IF_DECLARED = 0.4, 0.6
# What speaks for a kind must move the log-odds of an ordinary article by so much: that a page has no date, no author
# and hardly any text is not enough to know what it is. No development page that is told right is taken back by it.
MIN_ODDS_FOR_KIND = 1.0
# Kinds of pages without text: what else there is to see may tell more of them.
KINDS_WITHOUT_TEXT = frozenset({PageKind.EMPTY, PageKind.NEEDS_JAVASCRIPT})
# So many signs are named.
MAX_EVIDENCE = 3


class PageClass(NamedTuple):
    """What a page is."""

    kind: PageKind | None  # None for an article
    article: float  # the probability, 0 to 1, that it is one
    evidence: str  # what weighed for the kind, in words; empty for an article


def classify_page(head: PageSignals, document: Document, verdicts: Sequence[Verdict]) -> PageClass:
    """What the page is: by its title where little of it is kept, else by all its signs together."""
    return classify_with(load(WEIGHTS), head, document, verdicts)


def classify_with(
    models: Mapping[str, Weights], head: PageSignals, document: Document, verdicts: Sequence[Verdict]
) -> PageClass:
    """What the page is, by the given weights."""
    kept = [block for block, verdict in zip(document.blocks, verdicts, strict=True) if verdict.reason is None]
    small = classify_small_page(head, document, kept)
    if small is not None and small[0] not in KINDS_WITHOUT_TEXT:
        return PageClass(small[0], 0.0, small[1])
    signs = {**head.signs, **layout(document, verdicts)}
    chances = probabilities(models, signs)
    other = sum(chances.values())
    if other >= (MIN_OTHER_PROBABILITY_IF_DECLARED if head.is_declared else MIN_OTHER_PROBABILITY):
        shown = [kind for kind in LEARNED_KINDS if _spoken_for(kind, models[kind], signs) >= MIN_ODDS_FOR_KIND]
        if shown:
            kind = max(shown, key=lambda kind: chances[kind])
            return PageClass(kind, 1.0 - other, _evidence(kind, models[kind], signs))
    return PageClass(small[0], 0.0, small[1]) if small else PageClass(None, 1.0 - other, "")


def probabilities(models: Mapping[str, Weights], signs: Mapping[str, float]) -> dict[PageKind, float]:
    """The probability of each kind that is learned; what is missing to 1 is that of an article."""
    odds = {kind: exp(min(models[kind].odds(signs), MAX_LOG_ODDS)) for kind in LEARNED_KINDS}
    total = 1.0 + sum(odds.values())
    return {kind: own / total for kind, own in odds.items()}


def _spoken_for(kind: PageKind, model: Weights, signs: Mapping[str, float]) -> float:
    """The log-odds that the kind's own signs add to those of an ordinary article."""
    return sum(odds for odds, sign in model.contributions(signs) if kind in SIGNALS[sign].speaks_for)


def _evidence(kind: PageKind, model: Weights, signs: Mapping[str, float]) -> str:
    """What moved most from an article to the kind, in words: what the page shows first, then what it lacks."""
    moved = [sign for odds, sign in model.contributions(signs) if odds > 0]
    moved.sort(key=lambda sign: kind not in SIGNALS[sign].speaks_for)
    return ", ".join(SIGNALS[sign].words for sign in moved[:MAX_EVIDENCE])
