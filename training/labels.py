"""Labels blocks by aligning gold text to them, word by word and in order."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from cleaner.models import Document
from training.measures import Gold, words

# In words. Shorter runs occur in any long text by chance, so they count only if they are a whole block.
MIN_MATCH_WORDS = 3


class Label(NamedTuple):
    """What the gold text says about a block."""

    is_text: bool  # the gold text has at least half of the block's words
    certainty: float  # 0 to 1; 0 if the gold text has half of the words, 1 if it has all or none
    is_either: bool = False  # the block may be kept or removed


def label_blocks(document: Document, gold: Gold) -> list[Label]:
    """Return a label for each block, in order.

    Words are matched in the order of the page. That tells a paragraph of the article from a teaser with the same words,
    and finds a paragraph that an extractor broke at its links. When blocks were matched one by one, 8 of 100 news pages
    had no choice of blocks that reproduced the gold text; with the alignment, 2 have none.
    """
    block_words = [words(block.text) for block in document.blocks]
    text_shares = _shares(block_words, gold.text)
    either_shares = _shares(block_words, gold.either) if gold.either else [0.0] * len(block_words)
    return [
        Label(share >= 0.5, abs(2 * share - 1), is_either=either_share >= 0.5 > share)
        for share, either_share in zip(text_shares, either_shares, strict=True)
    ]


def _shares(block_words: Sequence[Sequence[str]], gold: str) -> list[float]:
    """Return for each block the share of its words, 0 to 1, that a gold text has at its place."""
    places = [place for place, own in enumerate(block_words) for _ in own]
    hits = [0] * len(block_words)
    matcher = SequenceMatcher(None, list(chain.from_iterable(block_words)), words(gold), autojunk=False)
    for start, _, length in matcher.get_matching_blocks():
        for place in places[start : start + length]:
            if length >= min(MIN_MATCH_WORDS, len(block_words[place])):
                hits[place] += 1
    return [count / len(own) if own else 0.0 for count, own in zip(hits, block_words, strict=True)]
