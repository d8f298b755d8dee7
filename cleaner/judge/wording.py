"""Facts about a block in words, for evidence: its length, its links, numbers with their nouns."""

from __future__ import annotations

from cleaner.models import Block
from cleaner.text.scripts import UNSPACED, is_alphabetic, one_of
from cleaner.text.sentences import is_finished

# Said of a text that does not end like a sentence.
NO_STOP = "no full stop at the end"


def description(text: str) -> str:
    """Return what can be said of any text: its length, and whether it lacks a final stop."""
    return length_of(text) if is_finished(text) else f"{length_of(text)}, {NO_STOP}"


def length_of(text: str) -> str:
    """Return the length of a text: "8 words", or in a script without spaces between words "8 characters"."""
    if not is_alphabetic(text) and one_of(UNSPACED).search(text):
        return counted(len(text), "character")
    return counted(len(text.split()), "word")


def link_text(block: Block) -> str:
    """Return the link density of a block: "92 % of its text is links"."""
    return f"{percent(block.linked)} of its text is links"


def percent(share: float) -> str:
    """Return a share (0 to 1) as a percentage: "92 %"."""
    return f"{100 * share:.0f} %"


def counted(number: float, noun: str, limit: float | None = None) -> str:
    """Return a number with its noun: "1 block", "3 blocks". Numbers are known up to the limit: "40 or more blocks"."""
    more = " or more" if limit is not None and number >= limit else ""
    return f"{number:.0f}{more} {noun}" if number == 1 else f"{number:.0f}{more} {noun}s"
