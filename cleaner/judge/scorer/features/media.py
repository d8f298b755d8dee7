"""Features of pages: the pictures, videos and frames near a block. Captions stand beside one, often without a class."""

from __future__ import annotations

from bisect import bisect_right

from cleaner.judge.scorer.features.columns import Column, Columns, Rows
from cleaner.models import NO_ELEMENT, Document, Medium
from cleaner.patterns import lazy_pattern

# Distances are limited to this many blocks; it is also the distance if there is no medium.
MAX_BLOCKS = 8
# A medium at most this many blocks before or after a block may be what the block is about.
NEAR = 2
# The number of blocks in an element is limited to this.
MAX_SHARED = 30
# Words of a block with fewer letters and digits are too common to be compared.
MIN_WORD_LENGTH = 3

# What is neither a letter nor a digit nor a space. `letters_and_digits` would join the words.
_SIGNS = lazy_pattern(r"(?:[^\w\s]|_)+")


def media_columns(document: Document, rows: Rows) -> Columns:
    """Return the features of each row.

    - `media_before`: how many blocks ago the nearest medium before the block or inside it was: 1 if none is between.
    - `media_after`: how many blocks ahead the nearest medium after the block is: 1 if none is between.
    - `media_shared`: the number of blocks in the innermost element around the block and the medium before it.
    - `media_same`: the share of the block's words, 0 to 1, that the words of a near medium have; -1 if it has none.
    """
    media = document.media
    places = [medium.place for medium in media]
    columns: dict[str, Column] = {"media_before": [], "media_after": [], "media_shared": [], "media_same": []}
    for place in rows.places:
        number = bisect_right(places, place)  # of media before the block or inside it
        before = place - places[number - 1] + 1 if number else MAX_BLOCKS
        after = places[number] - place if number < len(media) else MAX_BLOCKS
        columns["media_before"].append(float(min(MAX_BLOCKS, before)))
        columns["media_after"].append(float(min(MAX_BLOCKS, after)))
        shared = _shared(document, place, media[number - 1]) if number and before <= NEAR else MAX_SHARED
        columns["media_shared"].append(float(shared))
        near = [media[number - 1]] if number and before <= NEAR else []
        near += [media[number]] if number < len(media) and after <= NEAR else []
        columns["media_same"].append(_same(document.blocks[place].text, near))
    return columns


def _shared(document: Document, place: int, medium: Medium) -> int:
    """Return the number of blocks in the innermost element around a block and a medium, at most `MAX_SHARED`."""
    elements = document.elements
    one, other = document.blocks[place].element, medium.element
    while one != other:  # a parent has a smaller number than its children
        if one > other:
            one = elements[one].parent
        else:
            other = elements[other].parent
    return MAX_SHARED if one == NO_ELEMENT else min(MAX_SHARED, elements[one].last - elements[one].first)


def _same(text: str, near: list[Medium]) -> float:
    described = {word for medium in near for word in _words(medium.words)}
    if not described:
        return -1.0
    own = _words(text)
    return sum(word in described for word in own) / len(own) if own else 0.0


def _words(text: str) -> list[str]:
    return [word for word in _SIGNS.sub("", text).lower().split() if len(word) >= MIN_WORD_LENGTH]
