"""Measures of a text: its length weighted by script, and its letters and digits."""

from __future__ import annotations

from cleaner.caching import cached_by_text
from cleaner.patterns import lazy_pattern
from cleaner.text.scripts import DENSE, is_alphabetic, one_of

# What a character of a dense script counts in addition to 1: a paragraph in such a script has a third of the
# characters.
DENSE_WEIGHT = 2
# Texts whose measures are cached, because each text of a page is measured several times.
CACHED_TEXTS = 2048

_NOT_LETTERS_OR_DIGITS = lazy_pattern(r"[\W_]+")


def weighted_length(text: str) -> int:
    """Return the length of a text in characters, where a character of a dense script counts as three."""
    return len(text) if text.isascii() else _weighted_length(text)


@cached_by_text(CACHED_TEXTS)
def _weighted_length(text: str) -> int:
    dense = 0 if is_alphabetic(text) else len(one_of(DENSE).findall(text))
    return len(text) + DENSE_WEIGHT * dense


@cached_by_text(CACHED_TEXTS)
def letters_and_digits(text: str) -> str:
    """Return the letters and digits of a text, in lower case. Tools that copy a text may change other characters."""
    return _NOT_LETTERS_OR_DIGITS.sub("", text).lower()
