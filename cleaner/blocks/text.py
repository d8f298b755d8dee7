"""What a text shows by itself, whatever block it is: its length, its end, its letters."""

from __future__ import annotations

import re

from cleaner.caching import cached_by_text

# One character of these scripts says what two or three letters say elsewhere: a paragraph of them is shorter.
_DENSE = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DENSE_WEIGHT = 2
# The judge and its witnesses ask several times about each of a page's texts.
CACHED_TEXTS = 2048

_STOPS = tuple(".!?…。！？؟।｡")
_CLOSERS = "\"'”“’‘»«›‹)]）】」』"
_NOT_LETTERS = re.compile(r"[\W_]+")


def weighted_length(text: str) -> int:
    """The length of a text in characters, with a character of a dense script counted as three."""
    return len(text) if text.isascii() else _weighted_length(text)


@cached_by_text(CACHED_TEXTS)
def _weighted_length(text: str) -> int:
    return len(text) + DENSE_WEIGHT * len(_DENSE.findall(text))


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does: with a stop, or with quotes or brackets closed after one."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_STOPS)


@cached_by_text(CACHED_TEXTS)
def letters_and_digits(text: str) -> str:
    """The letters and digits of a text, in lower case. Tools that copy a text drop or change its other characters."""
    return _NOT_LETTERS.sub("", text).lower()
