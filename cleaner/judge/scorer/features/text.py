"""Features of the text of each block by itself. Nothing here assumes Latin letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from cleaner.blocks.stats import CACHED_WORD_SETS
from cleaner.caching import cached_by_text
from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.columns import DISTANCES, KINDS, MAX_SIZE, Columns, Rows, named_columns
from cleaner.models import Block
from cleaner.text.measures import CACHED_TEXTS, letters_and_digits
from cleaner.text.sentences import UNSPACED_STOPS, is_finished

# In letters. Of longer blocks, signs and figures say nothing.
MAX_SHORT_LENGTH = 400

# Words of five letters or more name what a text is about.
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")

_WORD = re.compile(r"\w+")

_SIGNS = re.compile(r"https?:|www\.|[|©@→›»•·#►▶]")

_DIGIT = re.compile(r"\d")

_DATE = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d\d\b")

# Fewer stops than `STOPS`: the learned weights were fitted to these.
_STOP = re.compile(rf"[.!?।](?=\s|$)|[{UNSPACED_STOPS}]")

_OPENS = frozenset("\"'“„«»‘‚「『(（[¿¡-–—")

# The features that a text alone decides.
OF_TEXT = ("ends", "begins", "commas", "sentences", "signs", "date", "capitals", "digits")


class TextFeatures(NamedTuple):
    """What a text shows by itself."""

    numbers: tuple[float, ...]  # those of `OF_TEXT`
    letters: str  # its letters alone; empty where it is not short


def text_columns(blocks: Sequence[Block], rows: Rows, sizes: list[int], sure: list[int], known: PageContext) -> Columns:
    """What the text of each block shows by itself."""
    places = rows.places
    texts = [blocks[place].text for place in places]
    shown = [_shown(text, sizes[place] < MAX_SHORT_LENGTH) for place, text in zip(places, texts, strict=True)]
    count = Counter(block.text for block in blocks)
    long_words = [_long_words(text) for text in texts]
    held = Counter(word for place, words in zip(places, long_words, strict=True) if sure[place] for word in words)
    columns: Columns = {
        "level": [float(blocks[place].level or 0) for place in places],
        **named_columns([one.numbers for one in shown], OF_TEXT),
        "same": [float(min(5, count[text])) for text in texts],
        "title": [_title(one.letters, known) for one in shown],
        "slug": [_in_slug(text, known) if one.letters else -1.0 for text, one in zip(texts, shown, strict=True)],
        "author": [_called(one.letters, known.authors) for one in shown],
        "site": [_called(one.letters, known.sites) for one in shown],
        "topic": [
            sum(held[word] > (1 if sure[place] else 0) for word in words) / len(words) if words else -1.0
            for place, words in zip(places, long_words, strict=True)
        ],
    }
    columns |= rows.beside("size", [min(float(s), MAX_SIZE) for s in sizes], DISTANCES, own=True)
    columns |= rows.beside("kind", [KINDS[block.kind] for block in blocks], (1, 2), own=True)
    for name, distances in (("ends", DISTANCES), ("begins", (1,)), ("capitals", (1,)), ("topic", (1, 2))):
        columns |= rows.beside(name, rows.spread(columns[name]), distances)
    return columns


def _called(letters: str, called: Collection[str]) -> float:
    """2 where a text begins with one of the names, 1 where it holds one."""
    if letters.startswith(tuple(called)):
        return 2.0
    return float(any(name in letters for name in called))


def _in_slug(text: str, known: PageContext) -> float:
    """The share of the words of the page's address that a text has; -1 where there is none."""
    return len(known.slug.intersection(_WORD.findall(text.lower()))) / len(known.slug) if known.slug else -1.0


# Texts repeat on a page, and where a second witness is asked, all of them are looked at again.
@cached_by_text(CACHED_TEXTS)
def _shown(text: str, is_short: bool) -> TextFeatures:
    commas = float(min(9, text.count(",") + text.count("、") + text.count("，")))
    edges = _ending(text), _beginning(text), commas
    if not is_short:
        return TextFeatures((*edges, 9.0, -1.0, -1.0, -1.0, -1.0), "")
    inside = (
        float(min(9, len(_STOP.findall(text)))),
        float(min(5, len(_SIGNS.findall(text)))),
        float(_DATE.search(text) is not None),
        _capitals(text),
        len(_DIGIT.findall(text)) / len(text),
    )
    return TextFeatures(edges + inside, letters_and_digits(text))


@cached_by_text(CACHED_WORD_SETS)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(text.lower()))


def _ending(text: str) -> float:
    last = text[-1]
    if is_finished(text):
        return 8.0 if last in ".。।" else 7.0 if last in "!?！？؟" else 6.0 if last in "…" else 5.0
    if last in ":：;":
        return 4.0
    if last in ",-–—、，":
        return 3.0
    if last.isdigit():
        return 2.0
    return 1.0 if last.isalpha() else 0.0


def _beginning(text: str) -> float:
    first = text[0]
    if first.islower():
        return 0.0
    if first.isupper():
        return 5.0
    if first.isalpha():
        return 4.0
    if first.isdigit():
        return 2.0
    return 3.0 if first in _OPENS else 1.0


def _capitals(text: str) -> float:
    """Share of the words that begin with a capital letter, 2 where all letters are capitals; -1 where none has case."""
    if text.isupper():
        return 2.0
    found = _WORD.findall(text)
    cased = [word for word in found if word[0].isupper() or word[0].islower()]
    return sum(word[0].isupper() for word in cased) / len(cased) if cased else -1.0


def _title(letters: str, known: PageContext) -> float:
    """3 for the title itself, 2 for the description or its beginning, 1 for a part of the title."""
    if len(letters) < 10:
        return 0.0
    if letters in known.titles:
        return 3.0
    if len(letters) >= 40 and known.description.startswith(letters[:40]):
        return 2.0
    return float(any(letters in title or title in letters for title in known.titles))
