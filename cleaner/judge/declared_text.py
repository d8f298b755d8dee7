"""What the text that a page declares as its article (`articleBody` in JSON-LD) says about the blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cleaner.models import Block, Kind
from cleaner.text.measures import letters_and_digits

# Texts are compared by pieces of this many letters and digits. A shorter block may be in any text by chance.
PIECE_LENGTH: Final = 12
# If less than this share (0 to 1) of the sure paragraphs is in the declared text, it is a summary, cut off, or the text
# of another article.
MIN_COVERED: Final = 0.6
# A block with at least this share (0 to 1) of its pieces in the declared text is in it; with at most that share, it is
# not.
MIN_SHARED, MAX_SHARED = 0.9, 0.1
# What is added to the log-odds of a block that is in the declared text, and taken from those of a paragraph between
# such blocks that is not. Measured out of fold, 69 of the 99 pages that declare their text are perfect, not 64. As
# features of the scorer, the same facts changed nothing: too few pages have them. Headings, items of lists and what
# stands before or after the declared text are left out of it on many pages, so they lose nothing.
LOG_ODDS: Final = 1.0


def declared_log_odds(blocks: Sequence[Block], sure: Sequence[int], declared: str) -> Mapping[int, float]:
    """Return what the declared text adds to the log-odds of blocks, by place, of those that it says something about.

    `sure` are the lengths of the sure paragraphs, 0 for other blocks. `declared` is the declared text as
    `letters_and_digits` gives it, empty if there is none.
    """
    if not declared:
        return {}
    pieces = {declared[start : start + PIECE_LENGTH] for start in range(len(declared) - PIECE_LENGTH + 1)}
    shares = [_share(letters_and_digits(block.text), pieces) for block in blocks]
    covered = sum(length * (share or 0.0) for length, share in zip(sure, shares, strict=True))
    places = [place for place, share in enumerate(shares) if share is not None and share >= MIN_SHARED]
    if not places or covered < MIN_COVERED * sum(sure):
        return {}
    return dict.fromkeys(places, LOG_ODDS) | {
        place: -LOG_ODDS
        for place in range(places[0], places[-1])
        if (share := shares[place]) is not None and share <= MAX_SHARED and blocks[place].kind is Kind.PARAGRAPH
    }


def _share(letters: str, pieces: set[str]) -> float | None:
    """Return the share of the pieces of a text, 0 to 1, that are among `pieces`; `None` if it is too short for one."""
    starts = range(0, len(letters) - PIECE_LENGTH + 1, PIECE_LENGTH)
    return sum(letters[start : start + PIECE_LENGTH] in pieces for start in starts) / len(starts) if starts else None
