"""The words of a block and the names of its elements, as evidence: each with the log-odds of standing in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from cleaner.judge.evidence import ASKED_AGAIN
from cleaner.models import Block

# In words. Of a longer block its beginning and its end are asked: chrome says there what it wants.
LONGEST, EDGE = 24, 8
BEGIN, END = "^", "$"
# In characters. Class names of build tools run to hundreds.
LONGEST_NAME = 60
# A longer text, in characters, is cut before its words are read.
LONGEST_TEXT, EDGE_TEXT = 400, 80

Odds = Mapping[str, float]
_WORD = re.compile(r"[^\W\d_]+|[©@|#→›»·•]")
# Scripts without spaces: pairs of signs stand in for words.
_DENSE = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_DIGITS = re.compile(r"\d+")


def terms(block: Block) -> frozenset[str]:
    """The words and word pairs of a block, caseless; `^` and `$` mark its beginning and end."""
    return _terms(block.text)


@lru_cache(maxsize=ASKED_AGAIN)
def _terms(text: str) -> frozenset[str]:
    if not text.isascii() and _DENSE.search(text):
        text = text if len(text) <= 2 * LONGEST else f"{text[: 2 * EDGE]} {text[-2 * EDGE :]}"
        found = [pair for word in _WORD.findall(text) for pair in _pairs(word)]
    else:
        if len(text) > LONGEST_TEXT:
            text = f"{text[:EDGE_TEXT]} {text[-EDGE_TEXT:]}"
        found = _WORD.findall(text.lower())
        if len(found) > LONGEST:
            found = found[:EDGE] + found[-EDGE:]
    edged = [BEGIN, *found, END]
    return frozenset(found).union(f"{one} {two}" for one, two in pairwise(edged))


def _pairs(word: str) -> Iterator[str]:
    return (word[i : i + 2] for i in range(max(1, len(word) - 1)))


# A page repeats the classes of its lists a hundred times.
@lru_cache(maxsize=8192)
def names(tokens: frozenset[str]) -> frozenset[str]:
    """The names of an element (see `Element.tokens`), any number in them as 0: ids are often counted."""
    return frozenset(_DIGITS.sub("0", token) for token in tokens if len(token) <= LONGEST_NAME)
