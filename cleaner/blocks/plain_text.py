"""Read the blocks of plain text that another tool extracted."""

from __future__ import annotations

import re
from typing import Final

from cleaner.models import Block, Document, Kind
from cleaner.page.characters import clean_characters
from cleaner.patterns import lazy_pattern
from cleaner.text.scripts import CJK_PUNCTUATION, FULL_WIDTH, HAN, KANA, THAI, is_alphabetic, one_of
from cleaner.text.sentences import STOPS

# Characters of a line. Text is not wrapped at a greater width, so a longer line is a whole paragraph.
MAX_WRAP_WIDTH = 120
# With fewer lines, wrapped lines cannot be distinguished from short paragraphs.
MIN_WRAPPED_LINES = 4
# Characters of a title: longer than a kicker and shorter than a paragraph.
MIN_TITLE_LENGTH, MAX_TITLE_LENGTH = 10, 150
MIN_TITLE_WORDS = 4
_HEADING = lazy_pattern(r"(#{1,6})\s+(.+)")
_BULLET = lazy_pattern(r"[•▪◦‣●○■*]\s+(?=\S)")
_HYPHEN = lazy_pattern(r"-\s+(?=\S)")
# A line that begins like this belongs to the line before. An ellipsis or a decimal point may begin a line.
_ORPHAN = lazy_pattern(r"[,;:)\]](?=\s|$)|\.(?=\s|$)|['’]s\b")
MIN_ORPHANS = 2  # lines of that form from which a text counts as broken at its links
# A complete line does not end with one of these words: the next line is the text of a link.
_OPEN_END = lazy_pattern(
    r"\b(?:the|an?|of|in|on|at|to|by|for|from|with|and|or|as|that|is|was|were|are|about|see|our|their|his|her|its"
    r"|der|die|das|den|dem|des|ein|eine|einer|und|von|mit|für|auf|im|bei|le|la|les|du|des|de|et|dans|par|sur|une?"
    r"|el|los|las|en|por|y|con|del|il|di|che|e|van|het|een|op|og|på|som|av|til)$",
    re.IGNORECASE,
)
_NUMBER = lazy_pattern(r"\d{1,3}[.)]\s+\S")
# Characters of scripts without spaces between words (Thai, Chinese, Japanese), and their punctuation.
_UNSPACED: Final = f"{THAI}{CJK_PUNCTUATION}{KANA}{HAN}{FULL_WIDTH}"
# Characters that end the last line of a paragraph.
_LINE_STOPS = f"{STOPS}:\"'”’»)]"


def read_plain_text(text: str) -> Document:
    """Return the blocks of plain text, in order.

    An empty line ends a block. A line end does, too, unless the lines look wrapped at a fixed width. List markers and
    Markdown's heading markers are interpreted and dropped. A hyphen counts as a list marker only if several lines of
    the paragraph begin with one, because it may also open direct speech.
    """
    chunks = _join_broken_sentences([chunk for chunk in _chunks(clean_characters(text)) if chunk])
    width = _wrap_width(chunks)
    blocks: list[Block] = []
    for chunk in chunks:
        hyphens_mark_items = sum(_HYPHEN.match(line) is not None for line in chunk) > 1
        for line in _unwrap(chunk, width):
            blocks.append(_block(len(blocks), line, hyphens_mark_items))
    return Document(tuple(blocks))


def may_be_title(document: Document, place: int) -> bool:
    """Whether the block at `place` of a plain text may be its headline: short, no sentence, and not the last block."""
    if place + 1 >= len(document.blocks):
        return False
    line, next_block = document.blocks[place : place + 2]
    if line.kind is Kind.HEADING and line.level == 1:
        return True
    is_line = line.kind is Kind.PARAGRAPH and MIN_TITLE_LENGTH <= len(line.text) <= MAX_TITLE_LENGTH
    # Words cannot be counted in scripts without spaces.
    is_long_enough = not line.text.isascii() or len(line.text.split()) >= MIN_TITLE_WORDS
    is_incomplete = _OPEN_END.search(line.text) is not None or next_block.text[0].islower()
    return is_line and is_long_enough and not is_incomplete and line.text[-1] not in ".:;,。…"


def _chunks(text: str) -> list[list[str]]:
    """Return the groups of lines between empty lines, with white space folded within each line."""
    chunks: list[list[str]] = [[]]
    for line in text.split("\n"):
        folded = " ".join(line.split())
        if folded:
            chunks[-1].append(folded)
        elif chunks[-1]:
            chunks.append([])
    return chunks


def _join_broken_sentences(chunks: list[list[str]]) -> list[list[str]]:
    """Join sentences that an extractor broke at their links.

    Such a text has lines that begin with a comma or a full stop. If it has, a line that continues the sentence of the
    line before (see `_continues`) is joined to it.
    """
    lines = [line for chunk in chunks for line in chunk]
    if sum(_ORPHAN.match(line) is not None for line in lines) < MIN_ORPHANS:
        return chunks
    joined: list[list[str]] = []
    for chunk in chunks:
        for number, line in enumerate(chunk):
            if not joined or (number == 0 and not _continues(joined[-1][-1], line)):
                joined.append([line])
            elif _ORPHAN.match(line):
                joined[-1][-1] += line
            elif _continues(joined[-1][-1], line):
                joined[-1][-1] += f" {line}"
            else:
                joined[-1].append(line)
    return joined


def _continues(before: str, line: str) -> bool:
    """Whether `line` continues a sentence that `before` began."""
    if _ORPHAN.match(line):
        return True
    return before[-1] not in _LINE_STOPS and (
        line[0].islower() or before[-1] in ",(" or _OPEN_END.search(before) is not None
    )


def _wrap_width(chunks: list[list[str]]) -> int | None:
    """Return the width in characters at which the lines were wrapped; `None` if they were not wrapped.

    In wrapped text, most lines that are not the last of a paragraph are about as long as the width, and do not end a
    sentence.
    """
    inner = [line for chunk in chunks for line in chunk[:-1]]
    if len(inner) < MIN_WRAPPED_LINES:
        return None
    width = max(len(line) for chunk in chunks for line in chunk)
    if width > MAX_WRAP_WIDTH:
        return None
    full = sum(len(line) > 0.75 * width for line in inner)
    broken = sum(line[-1] not in _LINE_STOPS for line in inner)
    return width if full >= 0.6 * len(inner) and broken >= 0.5 * len(inner) else None


def _begins_unspaced(text: str) -> bool:
    return not is_alphabetic(text[:1]) and one_of(_UNSPACED).match(text) is not None


def _unwrap(chunk: list[str], width: int | None) -> list[str]:
    """Return the lines of a chunk with the lines that were wrapped at `width` joined."""
    if width is None:
        return chunk
    lines = [chunk[0]]
    last = chunk[0]
    for line in chunk[1:]:
        unspaced = _begins_unspaced(line)
        first_word = line[0] if unspaced else line.split(" ", 1)[0]
        # If the first word of this line would have fit on the last one, the author ended that line, not the wrapping.
        fits = len(last) + 1 + len(first_word) <= 0.75 * width
        if fits or _is_item(line):
            lines.append(line)
        elif (lines[-1].endswith("-") and line[0].islower()) or (unspaced and _begins_unspaced(last[-1])):
            lines[-1] += line
        else:
            lines[-1] = f"{lines[-1]} {line}"
        last = line
    return lines


def _is_item(line: str) -> bool:
    return any(marker.match(line) for marker in (_BULLET, _HYPHEN, _NUMBER, _HEADING))


def _block(place: int, line: str, hyphens_mark_items: bool) -> Block:
    if heading := _HEADING.fullmatch(line):
        return Block(place, Kind.HEADING, heading[2], len(heading[1]))
    if bullet := _BULLET.match(line) or (hyphens_mark_items and _HYPHEN.match(line)):
        return Block(place, Kind.LIST_ITEM, line[bullet.end() :])
    if _NUMBER.match(line):
        return Block(place, Kind.LIST_ITEM, line)
    return Block(place, Kind.PARAGRAPH, line)
