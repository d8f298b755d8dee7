"""Plain text that some other tool extracted: lines become blocks."""

from __future__ import annotations

import re

from cleaner.models import Block, Document, Kind
from cleaner.page.characters import clean_characters
from cleaner.text.scripts import CJK_PUNCTUATION, FULL_WIDTH, UNSPACED
from cleaner.text.sentences import STOPS

# Longer lines than this are paragraphs of their own: nobody sets text so wide.
MAX_WRAP_WIDTH = 120
# Below this many lines nobody can tell wrapped lines from short paragraphs.
MIN_WRAPPED_LINES = 4
# In characters. A headline says more than a kicker and less than a paragraph.
MIN_TITLE_LENGTH, MAX_TITLE_LENGTH = 10, 150
MIN_WORDS = 4
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_BULLET = re.compile(r"[•▪◦‣●○■*]\s+(?=\S)")
_HYPHEN = re.compile(r"-\s+(?=\S)")
# A line that begins so was part of the one before; an ellipsis or a decimal point may begin one.
_ORPHAN = re.compile(r"[,;:)\]](?=\s|$)|\.(?=\s|$)|['’]s\b")
MIN_ORPHANS = 2
# No line of its own ends with one of these words: what follows is a link's text.
_OPEN_END = re.compile(
    r"\b(?:the|an?|of|in|on|at|to|by|for|from|with|and|or|as|that|is|was|were|are|about|see|our|their|his|her|its"
    r"|der|die|das|den|dem|des|ein|eine|einer|und|von|mit|für|auf|im|bei|le|la|les|du|des|de|et|dans|par|sur|une?"
    r"|el|los|las|en|por|y|con|del|il|di|che|e|van|het|een|op|og|på|som|av|til)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}[.)]\s+\S")
# Signs of the scripts that set no blanks between words: Thai, Chinese, Japanese, and their punctuation.
_UNSPACED = re.compile(f"[{UNSPACED}{CJK_PUNCTUATION}{FULL_WIDTH}]")
# What a wrapped line may end with and still be a paragraph's last.
_STOPS = f"{STOPS}:\"'”’»)]"


def read_plain_text(text: str) -> Document:
    """The blocks of plain text, in order.

    A blank line ends a block; a line end does, too, unless the lines look wrapped at a fixed width. Signs of a list
    and Markdown's heading signs are read and dropped; a hyphen only where the next or last line has one, too, for
    speech may open with it.
    """
    chunks = _mended([chunk for chunk in _chunks(clean_characters(text)) if chunk])
    width = _wrap_width(chunks)
    blocks: list[Block] = []
    for chunk in chunks:
        listed = sum(_HYPHEN.match(line) is not None for line in chunk) > 1
        for line in _joined(chunk, width):
            blocks.append(_block(len(blocks), line, listed))
    return Document(tuple(blocks))


def may_be_title(document: Document, place: int) -> bool:
    """Whether the block of a plain text, with another under it, is short and no sentence, as headlines are."""
    if place + 1 >= len(document.blocks):
        return False
    line, under = document.blocks[place : place + 2]
    if line.kind is Kind.HEADING and line.level == 1:
        return True
    is_line = line.kind is Kind.PARAGRAPH and MIN_TITLE_LENGTH <= len(line.text) <= MAX_TITLE_LENGTH
    # Scripts without spaces have no words to count.
    says_enough = not line.text.isascii() or len(line.text.split()) >= MIN_WORDS
    breaks_off = _OPEN_END.search(line.text) is not None or under.text[0].islower()
    return is_line and says_enough and not breaks_off and line.text[-1] not in ".:;,。…"


def _chunks(text: str) -> list[list[str]]:
    """Groups of lines between blank ones; white space is folded within each line."""
    chunks: list[list[str]] = [[]]
    for line in text.split("\n"):
        folded = " ".join(line.split())
        if folded:
            chunks[-1].append(folded)
        elif chunks[-1]:
            chunks.append([])
    return chunks


def _mended(chunks: list[list[str]]) -> list[list[str]]:
    """Sentences put together again that an extractor broke at their links.

    Such a text shows itself: lines begin with a comma or a full stop. Then a line that goes on in lower case, or that
    follows one, is no line of its own.
    """
    lines = [line for chunk in chunks for line in chunk]
    if sum(_ORPHAN.match(line) is not None for line in lines) < MIN_ORPHANS:
        return chunks
    mended: list[list[str]] = []
    for chunk in chunks:
        for number, line in enumerate(chunk):
            if not mended or (number == 0 and not _goes_on(mended[-1][-1], line)):
                mended.append([line])
            elif _ORPHAN.match(line):
                mended[-1][-1] += line
            elif _goes_on(mended[-1][-1], line):
                mended[-1][-1] += f" {line}"
            else:
                mended[-1].append(line)
    return mended


def _goes_on(before: str, line: str) -> bool:
    """Whether `line` is the rest of a sentence that `before` began."""
    if _ORPHAN.match(line):
        return True
    return before[-1] not in _STOPS and (
        line[0].islower() or before[-1] in ",(" or _OPEN_END.search(before) is not None
    )


def _wrap_width(chunks: list[list[str]]) -> int | None:
    """The width in characters at which the lines were wrapped; `None` where they were not.

    Wrapped text shows itself: within its chunks hardly a line stops before the width unless a paragraph ends there.
    """
    inner = [line for chunk in chunks for line in chunk[:-1]]
    if len(inner) < MIN_WRAPPED_LINES:
        return None
    width = max(len(line) for chunk in chunks for line in chunk)
    if width > MAX_WRAP_WIDTH:
        return None
    full = sum(len(line) > 0.75 * width for line in inner)
    broken = sum(line[-1] not in _STOPS for line in inner)
    return width if full >= 0.6 * len(inner) and broken >= 0.5 * len(inner) else None


def _joined(chunk: list[str], width: int | None) -> list[str]:
    if width is None:
        return chunk
    lines = [chunk[0]]
    last = chunk[0]
    for line in chunk[1:]:
        unspaced = _UNSPACED.match(line) is not None
        first_word = line[0] if unspaced else line.split(" ", 1)[0]
        # Would the first word still have fit? Then the writer ended the line, not the width.
        fits = len(last) + 1 + len(first_word) <= 0.75 * width
        if fits or _is_item(line):
            lines.append(line)
        elif (lines[-1].endswith("-") and line[0].islower()) or (unspaced and _UNSPACED.match(last[-1])):
            lines[-1] += line
        else:
            lines[-1] = f"{lines[-1]} {line}"
        last = line
    return lines


def _is_item(line: str) -> bool:
    return any(sign.match(line) for sign in (_BULLET, _HYPHEN, _NUMBER, _HEADING))


def _block(place: int, line: str, listed: bool) -> Block:
    if heading := _HEADING.fullmatch(line):
        return Block(place, Kind.HEADING, heading[2], len(heading[1]))
    if bullet := _BULLET.match(line) or (listed and _HYPHEN.match(line)):
        return Block(place, Kind.LIST_ITEM, line[bullet.end() :])
    if _NUMBER.match(line):
        return Block(place, Kind.LIST_ITEM, line)
    return Block(place, Kind.PARAGRAPH, line)
