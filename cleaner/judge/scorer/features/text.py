"""Features of the text of each block. They work for any script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.blocks.stats import CACHED_WORD_SETS
from cleaner.caching import cached_by_text
from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.columns import DISTANCES, KINDS, MAX_SIZE, Column, Columns, Rows, named_columns
from cleaner.judge.scorer.mentions import GROUPS, mentions
from cleaner.models import Block
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import CACHED_TEXTS, letters_and_digits
from cleaner.text.sentences import UNSPACED_STOPS, is_finished

# Blocks of at least this weighted length have no features of their symbols and digits: there they mean nothing.
MAX_SHORT_LENGTH = 400

# Words of five letters or more say what a text is about.
_LONG_WORD = lazy_pattern(r"[^\W\d_]{5,}")
_WORD = lazy_pattern(r"\w+")
_SIGNS = lazy_pattern(r"https?:|www\.|[|©@→›»•·#►▶]")
_DIGIT = lazy_pattern(r"\d")
_DATE = lazy_pattern(r"\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d\d\b")

# Fewer stops than `STOPS`, because the learned weights were fitted to these.
_STOP = lazy_pattern(rf"[.!?।](?=\s|$)|[{UNSPACED_STOPS}]")

# Characters that open a quotation, a parenthesis or a line of dialogue.
_OPENERS = frozenset("\"'“„«»‘‚「『(（[¿¡-–—")

# The features that depend on the text alone.
TEXT_FEATURES = ("ends", "begins", "commas", "sentences", "signs", "date", "capitals", "digits")


class TextFeatures(NamedTuple):
    """The features of a text."""

    numbers: tuple[float, ...]  # the values of `TEXT_FEATURES`
    letters: str  # its letters and digits if it is short, else empty


def text_columns(
    blocks: Sequence[Block], rows: Rows, sizes: list[int], sure: list[int], context: PageContext
) -> Columns:
    """Return the features of the text of each row.

    `sizes` are the weighted lengths of all blocks, `sure` those of the sure paragraphs, 0 for other blocks.
    """
    places = rows.places
    texts = [blocks[place].text for place in places]
    features = [
        _text_features(text, sizes[place] < MAX_SHORT_LENGTH) for place, text in zip(places, texts, strict=True)
    ]
    count = Counter(block.text for block in blocks)
    long_words = [_long_words(text) for text in texts]
    common = Counter(word for place, words in zip(places, long_words, strict=True) if sure[place] for word in words)
    columns: Columns = {
        "level": [float(blocks[place].level or 0) for place in places],
        **named_columns([each.numbers for each in features], TEXT_FEATURES),
        "same": [float(min(5, count[text])) for text in texts],
        "title": [_title(each.letters, context) for each in features],
        "slug": [_in_slug(text, context) if each.letters else -1.0 for text, each in zip(texts, features, strict=True)],
        "author": _have_name([each.letters for each in features], tuple(context.authors)),
        "site": _have_name([each.letters for each in features], tuple(context.sites)),
        "topic": [
            sum(common[word] > (1 if sure[place] else 0) for word in words) / len(words) if words else -1.0
            for place, words in zip(places, long_words, strict=True)
        ],
    }
    columns |= _mention_columns(texts, context.languages)
    columns |= rows.beside("mentions", rows.spread(columns["mentions"]), (1,))
    columns |= rows.beside("size", [min(float(s), MAX_SIZE) for s in sizes], DISTANCES, own=True)
    columns |= rows.beside("kind", [KINDS[block.kind] for block in blocks], (1, 2), own=True)
    for name, distances in (("ends", DISTANCES), ("begins", (1,)), ("capitals", (1,)), ("topic", (1, 2))):
        columns |= rows.beside(name, rows.spread(columns[name]), distances)
    for name in ("size", "ends"):
        columns |= rows.next(name, columns[name])
    return columns


def _mention_columns(texts: Sequence[str], languages: frozenset[str]) -> Columns:
    """Return what each text mentions."""
    found = [mentions(text, languages) for text in texts]
    counts = named_columns([each.counts for each in found], [f"mentions_{group}" for group in GROUPS])
    return {
        **{name: list(map(float, column)) for name, column in counts.items()},
        "mentions": [each.share for each in found],
        "mentioned": [float(sum(map(bool, each.counts))) for each in found],
    }


def _have_name(texts: Sequence[str], names: tuple[str, ...]) -> Column:
    """Return 2 for each text that begins with one of the names, 1 if it contains one, else 0."""
    if not names:
        return [0.0] * len(texts)
    return [
        2.0 if letters.startswith(names) else float(any(map(letters.__contains__, names))) if letters else 0.0
        for letters in texts
    ]


def _in_slug(text: str, context: PageContext) -> float:
    """Return the share, 0 to 1, of the words of the page's URL that a text contains; -1 if the URL has no words."""
    slug = context.slug
    return len(slug.intersection(_WORD.findall(text.lower()))) / len(slug) if slug else -1.0


# Cached: texts repeat on a page, and with a second opinion all of them are scored again.
@cached_by_text(CACHED_TEXTS)
def _text_features(text: str, is_short: bool) -> TextFeatures:
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
    """Return how a text ends, from 0 to 8: the more like a sentence, the higher."""
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
    """Return how a text begins, from 0 (lower case) to 5 (upper case)."""
    first = text[0]
    if first.islower():
        return 0.0
    if first.isupper():
        return 5.0
    if first.isalpha():
        return 4.0
    if first.isdigit():
        return 2.0
    return 3.0 if first in _OPENERS else 1.0


def _capitals(text: str) -> float:
    """Return the share, 0 to 1, of words with a capital initial; 2 if all letters are capitals, -1 without case."""
    if text.isupper():
        return 2.0
    cased = [word for word in _WORD.findall(text) if word[0].isupper() or word[0].islower()]
    return sum(word[0].isupper() for word in cased) / len(cased) if cased else -1.0


def _title(letters: str, context: PageContext) -> float:
    """Return 3 for the title itself, 2 for the description or its beginning, 1 for a part of the title, else 0."""
    if len(letters) < 10:
        return 0.0
    if letters in context.titles:
        return 3.0
    if len(letters) >= 40 and context.description.startswith(letters[:40]):
        return 2.0
    return float(any(letters in title or title in letters for title in context.titles))
