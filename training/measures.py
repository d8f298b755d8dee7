"""Compares cleaned text with gold text, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from statistics import fmean
from typing import Any, NamedTuple

_WORD = re.compile(r"\w+")
# In words. A shorter run of foreign words is usually chance: a number, a name.
MIN_RUN_WORDS = 4


class Gold(NamedTuple):
    """The right text of a page, one block per line, in the order of the page."""

    text: str  # what must be kept; empty if the page is not an article
    either: str = ""  # what may be kept or removed
    # The plain text that was cleaned; `None` for a page. What an extractor has lost before is not a mistake of ours.
    source: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Gold:
        """Return the gold text in a row of a development set."""
        return cls(row["text"], row.get("either", ""), row.get("input"))


class Measures(NamedTuple):
    """Means over pages, each 0 to 1."""

    # F1 of the words of the cleaned text against those of the gold text, as bags of words. Words that may be kept do
    # not lower the precision.
    f1: float
    dirty: float  # share of pages with a run of `MIN_RUN_WORDS` or more words that the gold text and `either` lack
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


def measure(pages: Iterable[tuple[str, Gold]]) -> Measures:
    """Return the measures of pairs of cleaned text and gold text. Raises `statistics.StatisticsError` without pairs."""
    compared = [compare(cleaned, gold) for cleaned, gold in pages]
    return Measures(
        fmean(page.f1 for page in compared),
        fmean(page.dirty for page in compared),
        fmean(page.lossy for page in compared),
        fmean(not page.dirty and not page.lossy for page in compared),
    )


class Comparison(NamedTuple):
    """The F1 of one page, and whether it is dirty and lossy."""

    f1: float
    dirty: bool
    lossy: bool


def compare(cleaned: str, gold: Gold) -> Comparison:
    """Compare a cleaned text with the gold text."""
    own, text = words(cleaned), words(gold.text)
    allowed = text + words(gold.either)
    runs = [text] if gold.source is None else list(_runs(text, _covered(text, words(gold.source))))
    expected = [word for run in runs for word in run]
    lossy = any(_has_foreign_run(run, own) for run in runs)
    return Comparison(_f1(own, expected, allowed), _has_foreign_run(own, allowed), lossy)


def _f1(own: list[str], expected: list[str], allowed: list[str]) -> float:
    """Return the harmonic mean, 0 to 1, of the precision against `allowed` and the recall of `expected`."""
    if not own or not expected:
        return float(own == expected)
    precision = (Counter(own) & Counter(allowed)).total() / len(own)
    recall = (Counter(own) & Counter(expected)).total() / len(expected)
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def _covered(text: list[str], other: list[str]) -> list[bool]:
    """Return for each word of `text` whether one of its trigrams is in `other`."""
    known = set(zip(other, other[1:], other[2:], strict=False))
    covered = [False] * len(text)
    for i, trigram in enumerate(zip(text, text[1:], text[2:], strict=False)):
        if trigram in known:
            covered[i] = covered[i + 1] = covered[i + 2] = True
    return covered


def _runs(text: list[str], wanted: list[bool]) -> Iterator[list[str]]:
    """Yield the runs of words that are wanted."""
    for is_wanted, run in groupby(zip(text, wanted, strict=True), key=itemgetter(1)):
        if is_wanted:
            yield [word for word, _ in run]


def _has_foreign_run(text: list[str], other: list[str]) -> bool:
    """Whether `text` has a run of `MIN_RUN_WORDS` words that no word trigram of `other` covers."""
    return any(len(run) >= MIN_RUN_WORDS for run in _runs(text, [not one for one in _covered(text, other)]))


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
