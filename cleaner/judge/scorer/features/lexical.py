"""Features from learned log-odds: of a block's words and links, and of the names of the elements around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import NamedTuple

from cleaner.judge.scorer.features.columns import DISTANCES, Columns, Rows
from cleaner.judge.scorer.features.gather import Evidence
from cleaner.judge.scorer.lexicon import Lexicon, Odds, names, pieces
from cleaner.models import NO_ELEMENT, Document


def lexical(document: Document, evidence: Evidence, lexicon: Lexicon) -> Columns:
    """Return the features that learned log-odds give, with one row for each of the rows of `evidence`."""
    rows = Rows(evidence.places, len(document.blocks))
    columns = _summed("word", evidence.terms, lexicon.words)
    means = columns["word_mean"]
    columns |= rows.beside("word_mean", rows.spread(means, 0.0), DISTANCES, 0.0)
    columns |= rows.next("word_mean", means, 0.0)
    columns["under_mean"] = [means[row] if row >= 0 else 0.0 for row in evidence.under]
    if document.plain:
        return columns
    columns |= _summed("lead", evidence.leads, lexicon.leads)
    columns |= _around("tokens", document, evidence, names, lexicon.names)
    columns |= _around("pieces", document, evidence, pieces, lexicon.pieces)
    columns |= rows.beside("tokens", rows.spread(columns["tokens"], 0.0), (1, 2), 0.0)
    return columns


def _summed(name: str, terms_of_rows: Sequence[frozenset[str]], odds_of: Odds) -> Columns:
    """Return the mean, sum, minimum and maximum of the known log-odds of each row's terms."""
    rows: Sequence[Sequence[float]] = [[odds_of[term] for term in terms if term in odds_of] for terms in terms_of_rows]
    return {
        f"{name}_mean": [sum(odds) / (len(odds) + 1) for odds in rows],
        f"{name}_sum": [sum(odds) for odds in rows],
        f"{name}_least": [min(odds, default=0.0) for odds in rows],
        f"{name}_most": [max(odds, default=0.0) for odds in rows],
    }


class _NameOdds(NamedTuple):
    """Sums of the log-odds of the names of an element and of those around it."""

    own: float
    outer: float  # of its parent
    near: float  # of the element, its parent and the parent's parent
    total: float  # of the element and all around it
    least: float  # the smallest log-odds of a single name of any of them


_NO_NAMES = _NameOdds(0.0, 0.0, 0.0, 0.0, inf)


def _around(
    name: str, document: Document, evidence: Evidence, read: Callable[[frozenset[str]], Iterable[str]], odds_of: Odds
) -> Columns:
    """Return the log-odds of the names of the elements around each row. `read` returns the names in a set of tokens."""
    # A page repeats the names of its elements, so each set of tokens is looked up once.
    odds = {t: [odds_of[one] for one in read(t) if one in odds_of] for t in set(evidence.tokens.values())}
    sums = {tokens: (float(sum(each)), min(each, default=0)) for tokens, each in odds.items()}
    of_element = {NO_ELEMENT: _NO_NAMES}
    for index, tokens in evidence.tokens.items():
        own, least = sums[tokens]
        parent = of_element[document.elements[index].parent]
        near = own + parent.own + parent.outer
        of_element[index] = _NameOdds(own, parent.own, near, parent.total + own, min(parent.least, least))
    of_rows = [of_element[document.blocks[place].element] for place in evidence.places]
    return {
        name: [names_odds.total for names_odds in of_rows],
        f"{name}_least": [float(names_odds.least) for names_odds in of_rows],
        f"{name}_near": [names_odds.near for names_odds in of_rows],
        f"{name}_own": [names_odds.own for names_odds in of_rows],
    }
