"""Compares cleaned text with gold text, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

_WORD = re.compile(r"\w+")
# In words. A shorter run of foreign words is usually chance: a number, a name.
MIN_RUN_WORDS = 4


class Measures(NamedTuple):
    """Means over pages, each 0 to 1."""

    f1: float  # F1 of the words of the cleaned text against those of the gold text, as bags of words
    dirty: float  # share of pages with a run of `MIN_RUN_WORDS` or more words that the gold text lacks
    lossy: float  # share of pages that lack such a run of the gold text
    perfect: float  # share of pages that are neither dirty nor lossy


class CalibrationBin(NamedTuple):
    """Predictions whose probabilities lie in one tenth of the range from 0 to 1."""

    probability: float  # mean predicted probability
    share: float  # share, 0 to 1, of these predictions that came true
    predictions: int


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.lower())


def measure(pairs: Iterable[tuple[str, str]]) -> Measures:
    """Return the measures of pairs of cleaned text and gold text. Raises `statistics.StatisticsError` without pairs."""
    pages = [_compare(words(cleaned), words(gold)) for cleaned, gold in pairs]
    return Measures(
        fmean(f1 for f1, _, _ in pages),
        fmean(dirty for _, dirty, _ in pages),
        fmean(lossy for _, _, lossy in pages),
        fmean(not dirty and not lossy for _, dirty, lossy in pages),
    )


def _compare(cleaned: list[str], gold: list[str]) -> tuple[float, bool, bool]:
    """Return the F1 of one page, and whether the page is dirty and lossy."""
    return word_f1(cleaned, gold), _has_foreign_run(cleaned, gold), _has_foreign_run(gold, cleaned)


def word_f1(cleaned: list[str], gold: list[str]) -> float:
    """Return the F1, 0 to 1, of a bag of words against another; 1 if both are empty."""
    if not cleaned or not gold:
        return float(cleaned == gold)
    return 2 * sum((Counter(cleaned) & Counter(gold)).values()) / (len(cleaned) + len(gold))


def _has_foreign_run(text: list[str], other: list[str]) -> bool:
    """Return whether `text` has a run of `MIN_RUN_WORDS` words that no word trigram of `other` covers."""
    known = set(zip(other, other[1:], other[2:], strict=False))
    uncovered = [True] * len(text)
    for i, trigram in enumerate(zip(text, text[1:], text[2:], strict=False)):
        if trigram in known:
            uncovered[i] = uncovered[i + 1] = uncovered[i + 2] = False
    run = 0
    for foreign in uncovered:
        run = run + 1 if foreign else 0
        if run >= MIN_RUN_WORDS:
            return True
    return False


def calibration(predictions: Sequence[tuple[float, float]]) -> list[CalibrationBin]:
    """Group predictions by tenths of probability, lowest first; tenths without predictions are left out.

    A prediction is a probability, 0 to 1, and whether it came true (1 or 0).
    """
    table = []
    for tenth in range(10):
        own = [(chance, came_true) for chance, came_true in predictions if tenth == min(9, int(10 * chance))]
        if own:
            chance, share = (fmean(values) for values in zip(*own, strict=True))
            table.append(CalibrationBin(chance, share, len(own)))
    return table
