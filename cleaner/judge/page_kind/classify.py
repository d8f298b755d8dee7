"""The kind of a page that is not an article: small pages by rules, all others by a model over the page's signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, expm1
from typing import NamedTuple

from cleaner.blocks.stats import only_headline
from cleaner.judge.logistic import LogisticModel, load_models
from cleaner.judge.page_kind.signals import SIGNALS, PageSignals, layout
from cleaner.models import Block, Document, Kind, PageKind, Verdict
from cleaner.odds import MAX_LOG_ODDS
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

WEIGHTS = "page_kind.json"
LEARNED_KINDS = (PageKind.LISTING, PageKind.SHOP, PageKind.FORUM)
# The smallest probability, 0 to 1, that a page is not an article: for a page that does not say what it is, for one
# whose head or data calls it an article, and for one with a coherent text. A refused article is lost, but an accepted
# list or product still has its text, so all three are high. Out of fold over hosts, none of 1,416 articles is refused,
# and 62 of 85 listings, shops and threads (training/MODEL_CARD.md).
MIN_OTHER_PROBABILITY, MIN_OTHER_PROBABILITY_IF_DECLARED, MIN_OTHER_PROBABILITY_IF_COHERENT = 0.6, 0.8, 0.9
# A text is coherent if one run of it has at least this weighted length, and this share (0 to 1) of all that is kept, or
# if it is all in a marked article that is no list (see `_is_marked_brief`). A page with such a run is no listing,
# however many linked headlines surround it: no listing on the development pages has one.
MIN_RUN_LENGTH, MIN_RUN_SHARE = 700, 0.5
# The kind's own signals must add at least this to the log-odds of an ordinary article: a page without date, author and
# text does not show what it is. On the development pages, this limit rejects no kind that is right.
MIN_ODDS_FOR_KIND = 1.0
# Signals that hardly any article has; one of them must have at least this value. Without such a signal, many dates and
# replies are the comments on an article, prices are its subject, and linked headlines are the site's other articles.
MIN_PROOF = 0.1
PROOFS = {
    PageKind.LISTING: ("says_list", "teased", "cards_share"),
    PageKind.SHOP: ("says_product", "buying"),
    PageKind.FORUM: ("says_forum", "path_forum"),
}
# Kinds of pages without text. Other evidence overrides them: the model's, or an article in the page's data.
KINDS_WITHOUT_TEXT = frozenset({PageKind.EMPTY, PageKind.NEEDS_JAVASCRIPT})
# A page of which at least this much text is kept (weighted length) is not of a small kind, whatever its title says.
MAX_SMALL_PAGE_LENGTH = 1200
# The most signals in the words of a classification.
MAX_EVIDENCE = 3


class PageClass(NamedTuple):
    """The classification of a page."""

    kind: PageKind | None  # None for an article
    article: float  # the probability, 0 to 1, that it is an article
    evidence: str  # the strongest evidence for the kind, in words; empty for an article


def classify_page(head: PageSignals, document: Document, verdicts: Sequence[Verdict]) -> PageClass:
    """Return the kind of the page: by its title if little of it is kept, else by all its signals together."""
    return classify_with(load_models(WEIGHTS), head, document, verdicts)


def classify_with(
    models: Mapping[str, LogisticModel], head: PageSignals, document: Document, verdicts: Sequence[Verdict]
) -> PageClass:
    """Return the kind of the page by the given weights."""
    kept = [block for block, verdict in zip(document.blocks, verdicts, strict=True) if verdict.reason is None]
    small = None
    length = sum(weighted_length(block.text) for block in kept)
    if length < MAX_SMALL_PAGE_LENGTH:
        from cleaner.judge.page_kind.by_title import classify_small_page  # its patterns take 20 ms to compile

        small = classify_small_page(head, document, kept, length)
    if small is not None and small[0] not in KINDS_WITHOUT_TEXT:
        return PageClass(small[0], 0.0, small[1])
    values = {**head.values, **layout(document, verdicts)}
    chances = probabilities(models, values)
    other = sum(chances.values())
    coherent = expm1(values["longest"]) >= MIN_RUN_LENGTH and values["longest_share"] >= MIN_RUN_SHARE
    coherent = coherent or _is_marked_brief(document, kept)
    required = MIN_OTHER_PROBABILITY_IF_DECLARED if head.is_declared else MIN_OTHER_PROBABILITY
    if other >= (MIN_OTHER_PROBABILITY_IF_COHERENT if coherent else required):
        possible = [kind for kind in LEARNED_KINDS if not (coherent and kind is PageKind.LISTING)]
        supported = [kind for kind in possible if _is_supported(kind, models[kind], values)]
        if supported:
            kind = max(supported, key=lambda kind: chances[kind])
            return PageClass(kind, 1.0 - other, _evidence(kind, models[kind], values))
    return PageClass(small[0], 0.0, small[1]) if small else PageClass(None, 1.0 - other, "")


def _is_marked_brief(document: Document, kept: Sequence[Block]) -> bool:
    """Whether the only <article> holds the only top heading, no linked heading, and all that is kept, in sentences."""
    articles = [element for element in document.elements if element.tag == "article"]
    headline = only_headline(document)
    if len(articles) != 1 or headline is None:
        return False
    inside = range(articles[0].first, articles[0].last)
    headings = (document.blocks[place] for place in inside if document.blocks[place].kind is Kind.HEADING)
    if headline not in inside or any(heading.links for heading in headings):
        return False
    return bool(kept) and all(block.place in inside and is_finished(block.text) for block in kept)


def probabilities(models: Mapping[str, LogisticModel], values: Mapping[str, float]) -> dict[PageKind, float]:
    """Return the probability of each learned kind for these values of the signals; the rest is that of an article."""
    odds = {kind: exp(min(models[kind].odds(values), MAX_LOG_ODDS)) for kind in LEARNED_KINDS}
    total = 1.0 + sum(odds.values())
    return {kind: each / total for kind, each in odds.items()}


def _is_supported(kind: PageKind, model: LogisticModel, values: Mapping[str, float]) -> bool:
    """Whether the page shows that it is of the kind, rather than only that it is no ordinary article."""
    if not any(values[signal] >= MIN_PROOF for signal in PROOFS[kind]):
        return False
    return _odds_of_signals(kind, model, values) >= MIN_ODDS_FOR_KIND


def _odds_of_signals(kind: PageKind, model: LogisticModel, values: Mapping[str, float]) -> float:
    """Return the log-odds that the kind's own signals add to those of an ordinary article."""
    return sum(odds for odds, name in model.contributions(values) if kind in SIGNALS[name].speaks_for)


def _evidence(kind: PageKind, model: LogisticModel, values: Mapping[str, float]) -> str:
    """Return the strongest evidence for the kind, in words: first the kind's own signals, then what it lacks."""
    names = [name for odds, name in model.contributions(values) if odds > 0]
    names.sort(key=lambda name: kind not in SIGNALS[name].speaks_for)
    return ", ".join(SIGNALS[name].words for name in names[:MAX_EVIDENCE])
