"""The second opinion: which blocks are in the text that trafilatura extracts."""

from __future__ import annotations

import logging
from typing import Final

from lxml import etree

from cleaner.models import Block, Document
from cleaner.text.measures import letters_and_digits
from cleaner.trafilatura_adapter import extract_text

logger = logging.getLogger(__name__)

# Texts with fewer letters and digits than this occur inside many lines by chance: they must be a whole line of
# trafilatura's output.
MIN_CONTAINED_LENGTH = 30
# Longer texts are searched for in pieces of this many letters and digits, because trafilatura may drop a link or a note
# from the middle of a text.
PIECE_LENGTH = 20
# The most table cells that trafilatura may have to create: it pads every row of a table to the widest one. The largest
# of 1,400 development pages comes to 19,000.
MAX_GRID_CELLS: Final = 100_000


def ask_trafilatura(root: etree._Element, document: Document) -> tuple[bool, ...] | None:
    """Return for each block whether it is in the text that trafilatura extracts.

    Returns `None` if trafilatura fails, or if it is not run because the page's tables are too large for it.
    The tree cannot be used afterwards: trafilatura prunes it.
    """
    # A cell may claim to span millions of columns, and trafilatura creates an empty cell for each of them. The spans
    # say nothing about which text belongs to the article.
    etree.strip_attributes(root, "colspan", "rowspan")
    if _grid_cells(root) > MAX_GRID_CELLS:
        logger.info("no second opinion: the tables of this page are too large for trafilatura")
        return None
    text = _extract(root)
    if text is None:
        return None
    return find_in_text(document.blocks, text)


def _grid_cells(root: etree._Element) -> int:
    """Return the number of cells that the page's table rows have after padding to the widest one."""
    widths = [len(row) for row in root.iter("tr")]
    return len(widths) * max(widths, default=0)


def _extract(root: etree._Element) -> str | None:
    """Return the text that trafilatura extracts, `None` if it fails."""
    try:
        return extract_text(root)
    except Exception as error:  # trafilatura may raise anything on a strange tree; the article does not depend on it
        logger.warning("no second opinion: trafilatura failed on this page: %r", error)
        return None


def find_in_text(blocks: tuple[Block, ...], text: str) -> tuple[bool, ...]:
    """Return for each block whether `text` contains it, however its lines are broken there.

    Only letters and digits are compared, without case.
    """
    lines = [letters for line in text.split("\n") if (letters := letters_and_digits(line))]
    whole_lines = frozenset(lines)
    joined = "".join(lines)
    of_blocks = [letters_and_digits(block.text) for block in blocks]
    wanted = {piece for letters in of_blocks if len(letters) >= MIN_CONTAINED_LENGTH for piece in _pieces(letters)}
    # One pass over the text for all blocks together: a search per block would take quadratic time.
    pieces_of_text = {
        piece
        for start in range(len(joined) - PIECE_LENGTH + 1)
        if (piece := joined[start : start + PIECE_LENGTH]) in wanted
    }
    return tuple(_is_contained(letters, whole_lines, pieces_of_text) for letters in of_blocks)


def _is_contained(letters: str, whole_lines: frozenset[str], pieces_of_text: set[str]) -> bool:
    if len(letters) < MIN_CONTAINED_LENGTH:
        return bool(letters) and letters in whole_lines
    # More than half of the pieces are enough: a link or a note may have been dropped from the middle.
    pieces = _pieces(letters)
    return sum(piece in pieces_of_text for piece in pieces) > len(pieces) / 2


def _pieces(letters: str) -> list[str]:
    return [letters[start : start + PIECE_LENGTH] for start in range(0, len(letters) - PIECE_LENGTH + 1, PIECE_LENGTH)]
