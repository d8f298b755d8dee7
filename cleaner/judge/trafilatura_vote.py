"""The second opinion: which blocks are in the text that trafilatura extracts."""

from __future__ import annotations

import logging
from typing import Final

from lxml import etree

from cleaner.models import Block, Document
from cleaner.text.measures import letters_and_digits
from cleaner.trafilatura_adapter import extract_text

logger = logging.getLogger(__name__)

# Shorter texts, in letters, stand in many lines by chance: they must be a whole line of trafilatura's output.
MIN_CONTAINED_LENGTH = 30
# Length in letters of the pieces that are looked for where a block is not found whole.
PIECE_LENGTH = 20


# Cells that trafilatura may have to make: it pads every row of a table to the widest one. The largest of 1,400
# development pages comes to 19,000.
MAX_GRID_CELLS: Final = 100_000


def ask_trafilatura(root: etree._Element, document: Document) -> tuple[bool, ...] | None:
    """For each block, whether it stands in the text that trafilatura extracts.

    Returns `None` where trafilatura fails, and where it is not asked because the page's tables are too large for it.
    The tree cannot be used afterwards: trafilatura prunes it.
    """
    # A cell may claim to span millions of columns, and trafilatura makes an empty cell for each of them. The spans say
    # nothing about which text belongs to the article.
    etree.strip_attributes(root, "colspan", "rowspan")
    if _grid_cells(root) > MAX_GRID_CELLS:
        logger.info("trafilatura is not asked: the tables of this page are too large")
        return None
    text = _extracted(root)
    if text is None:
        return None
    return find_in_text(document.blocks, text)


def _grid_cells(root: etree._Element) -> int:
    """The cells that the page's rows have if all of them are as wide as the widest."""
    widths = [len(row) for row in root.iter("tr")]
    return len(widths) * max(widths, default=0)


def _extracted(root: etree._Element) -> str | None:
    """What trafilatura extracts, `None` if it fails."""
    try:
        return extract_text(root)
    except Exception as error:  # trafilatura may raise anything on a strange tree; the article does not depend on it
        logger.warning("trafilatura fails on this page: %r", error)
        return None


def find_in_text(blocks: tuple[Block, ...], text: str) -> tuple[bool, ...]:
    """For each block, whether `text` holds it, whatever lines it is broken into there."""
    lines = [letters for line in text.split("\n") if (letters := letters_and_digits(line))]
    whole = frozenset(lines)
    joined = "".join(lines)
    own = [letters_and_digits(block.text) for block in blocks]
    wanted = {piece for letters in own if len(letters) >= MIN_CONTAINED_LENGTH for piece in _pieces(letters)}
    # One look at each place of the text, for all blocks at once: block by block, it would be n² for n blocks.
    there = {
        piece
        for start in range(len(joined) - PIECE_LENGTH + 1)
        if (piece := joined[start : start + PIECE_LENGTH]) in wanted
    }
    return tuple(_stands(letters, whole, there) for letters in own)


def _stands(letters: str, whole: frozenset[str], there: set[str]) -> bool:
    if len(letters) < MIN_CONTAINED_LENGTH:
        return bool(letters) and letters in whole
    # Not all: a link or a note may have been dropped from its middle.
    pieces = _pieces(letters)
    return sum(piece in there for piece in pieces) > len(pieces) / 2


def _pieces(letters: str) -> list[str]:
    return [letters[start : start + PIECE_LENGTH] for start in range(0, len(letters) - PIECE_LENGTH + 1, PIECE_LENGTH)]
