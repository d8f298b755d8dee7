"""Facts about a block in words, for evidence: its length, its links, numbers with their nouns."""

from __future__ import annotations

from cleaner.models import Block
from cleaner.text.scripts import UNSPACED, is_alphabetic, one_of
from cleaner.text.sentences import is_finished


def description(text: str) -> str:
    """Return what can be said of any text: its length, and whether it lacks a final stop."""
    return length_of(text) if is_finished(text) else f"{length_of(text)}, no final stop"


def length_of(text: str) -> str:
    """Return the length of a text: "8 words", or in a script without spaces between words "8 characters"."""
    if not is_alphabetic(text) and one_of(UNSPACED).search(text):
        return counted(len(text), "character")
    return counted(len(text.split()), "word")


def link_text(block: Block) -> str:
    """Return the link density of a block: "link text 92 % of the text"."""
    return f"link text {percent(block.linked)} of the text"


def percent(share: float) -> str:
    """Return a share (0 to 1) as a percentage: "92 %"."""
    return f"{100 * share:.0f} %"


def counted(number: float, noun: str, limit: float | None = None) -> str:
    """Return a number with its noun: "1 block", "3 blocks". Numbers are known up to the limit: "40 blocks or more"."""
    words = f"{number:.0f} {noun}" if number == 1 else f"{number:.0f} {noun}s"
    return f"{words} or more" if limit is not None and number >= limit else words
