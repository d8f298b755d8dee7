"""How cleaned text compares with its gold text, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

_WORD = re.compile(r"\w+")
# Shorter runs of foreign words are chance: a number, a name.
LEAST_RUN = 4


class Figures(NamedTuple):
    """Means over pages, each 0 to 1."""

    f1: float  # over bags of words
    dirty: float  # pages with a run of words that the gold text lacks
    lossy: float  # pages where a run of the gold text is missing
    perfect: float  # neither


def words(text: str) -> list[str]:
    """The words of a text, lower-case."""
    return _WORD.findall(text.lower())


def figures(pairs: Iterable[tuple[str, str]]) -> Figures:
    """The figures of (cleaned, gold) texts."""
    each = [_page(words(cleaned), words(gold)) for cleaned, gold in pairs]
    return Figures(
        fmean(share for share, _, _ in each),
        fmean(dirty for _, dirty, _ in each),
        fmean(lossy for _, _, lossy in each),
        fmean(not dirty and not lossy for _, dirty, lossy in each),
    )


def _page(cleaned: list[str], gold: list[str]) -> tuple[float, bool, bool]:
    return f1(cleaned, gold), _has_foreign_run(cleaned, gold), _has_foreign_run(gold, cleaned)


def f1(cleaned: list[str], gold: list[str]) -> float:
    """The F1 of a bag of words against another, 0 to 1."""
    if not cleaned or not gold:
        return float(cleaned == gold)
    return 2 * sum((Counter(cleaned) & Counter(gold)).values()) / (len(cleaned) + len(gold))


def _has_foreign_run(text: list[str], other: list[str]) -> bool:
    """Whether `text` has a run of words of which no three in a row stand in `other`."""
    known = set(zip(other, other[1:], other[2:], strict=False))
    uncovered = [True] * len(text)
    for i, three in enumerate(zip(text, text[1:], text[2:], strict=False)):
        if three in known:
            uncovered[i] = uncovered[i + 1] = uncovered[i + 2] = False
    run = 0
    for foreign in uncovered:
        run = run + 1 if foreign else 0
        if run >= LEAST_RUN:
            return True
    return False


def tenths(pairs: Sequence[tuple[float, float]]) -> list[tuple[float, float, int]]:
    """By tenths of probability: the mean probability, the share that came true, and their number."""
    table = []
    for tenth in range(10):
        own = [(chance, came) for chance, came in pairs if tenth == min(9, int(10 * chance))]
        if own:
            chance, came = (fmean(values) for values in zip(*own, strict=True))
            table.append((chance, came, len(own)))
    return table
