"""Features from learned log-odds: of the words and links of a block, and of the names of the elements around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import NamedTuple

from cleaner.blocks.stats import NO_ELEMENT
from cleaner.judge.scorer.features.columns import DISTANCES, Columns, Rows
from cleaner.judge.scorer.features.gather import Evidence
from cleaner.judge.scorer.lexicon import Lexicon, Odds, names, pieces
from cleaner.models import Document


def lexical(document: Document, evidence: Evidence, lexicon: Lexicon) -> Columns:
    """The evidence that learned log-odds give: of a block's words and links, and of the names around it."""
    rows = Rows(evidence.places, len(document.blocks))
    columns = _summed("word", evidence.terms, lexicon.words)
    means = columns["word_mean"]
    columns |= rows.beside("word_mean", rows.spread(means, 0.0), DISTANCES, 0.0)
    columns["under_mean"] = [means[row] if row >= 0 else 0.0 for row in evidence.under]
    if document.plain:
        return columns
    columns |= _summed("lead", evidence.leads, lexicon.leads)
    columns |= _around("tokens", document, evidence, names, lexicon.names)
    columns |= _around("pieces", document, evidence, pieces, lexicon.pieces)
    columns |= rows.beside("tokens", rows.spread(columns["tokens"], 0.0), (1, 2), 0.0)
    return columns


def _summed(name: str, said: Sequence[frozenset[str]], known: Odds) -> Columns:
    """The log-odds of what each block says, in four ways."""
    odds: Sequence[Sequence[float]] = [[known[one] for one in own if one in known] for own in said]
    return {
        f"{name}_mean": [sum(own) / (len(own) + 1) for own in odds],
        f"{name}_sum": [sum(own) for own in odds],
        f"{name}_least": [min(own, default=0.0) for own in odds],
        f"{name}_most": [max(own, default=0.0) for own in odds],
    }


class _Named(NamedTuple):
    """Log-odds of what an element is called, and what is around it."""

    own: float
    outer: float  # of the element around it
    near: float  # of both, and of the next around them
    total: float  # of all
    least: float  # of the single name that speaks most against the text, here or around


_NAMELESS = _Named(0.0, 0.0, 0.0, 0.0, inf)


def _around(
    name: str, document: Document, evidence: Evidence, read: Callable[[frozenset[str]], Iterable[str]], known: Odds
) -> Columns:
    """The log-odds of what the elements around each block are called. `read` says what of their tokens is looked up."""
    # A page repeats the names of its elements: each set of them is looked up once.
    odds_of = {tokens: [known[one] for one in read(tokens) if one in known] for tokens in set(evidence.tokens.values())}
    summed = {tokens: (float(sum(odds)), min(odds, default=0)) for tokens, odds in odds_of.items()}
    found = {NO_ELEMENT: _NAMELESS}
    for index, tokens in evidence.tokens.items():
        own, least = summed[tokens]
        parent = found[document.elements[index].parent]
        near = own + parent.own + parent.outer
        found[index] = _Named(own, parent.own, near, parent.total + own, min(parent.least, least))
    around = [found[document.blocks[place].element] for place in evidence.places]
    return {
        name: [one.total for one in around],
        f"{name}_least": [float(one.least) for one in around],
        f"{name}_near": [one.near for one in around],
        f"{name}_own": [one.own for one in around],
    }
