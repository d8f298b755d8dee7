"""The words of a block, its links and the names of its elements, each with learned log-odds of being in an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.blocks.stats import CACHED_WORD_SETS
from cleaner.caching import cached_by_text
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import CACHED_TEXTS
from cleaner.text.scripts import UNSPACED, is_alphabetic, one_of

# Only the first and the last `EDGE_WORDS` words of a block with more than `MAX_WORDS` are used: boilerplate states its
# purpose there.
MAX_WORDS, EDGE_WORDS = 24, 8
# They mark the beginning and the end of a block in word pairs.
BEGIN, END = "^", "$"
# Marks the words and word pairs of a block of at most `MAX_SHORT_WORDS` words: a line that says "subscribe" is not a
# paragraph that says so.
SHORT, MAX_SHORT_WORDS = "~", 12
# Stands for any number.
NUMBER = "0"
# Names with more characters than this are ignored: build tools generate class names of hundreds.
MAX_NAME_LENGTH = 60
# Only the first and the last `EDGE_LENGTH` characters of a text with more than `MAX_TEXT_LENGTH` are split into words.
MAX_TEXT_LENGTH, EDGE_LENGTH = 400, 80

# Log-odds in hundredths: sums of whole numbers do not depend on the order.
Odds = Mapping[str, int]


class Lexicon(NamedTuple):
    """Learned log-odds that a block is article text if it has a word, link or name, minus those of any block."""

    words: Odds  # words and word pairs of a block
    leads: Odds  # what the targets of its links contain, see `leads`
    names: Odds  # names of the elements around it
    pieces: Odds  # the words in such names


_WORD = lazy_pattern(r"[^\W\d_]+|[©@|#→›»·•]|\d+")
_DIGITS = lazy_pattern(r"\d+")
_PIECE = lazy_pattern(r"[^\W\d_]{2,}")
# The words of a URL's host and path.
_LINK_WORD = lazy_pattern(r"[a-z]{2,}")
# How many parts at the start of a path are used, without the last part, which names a page; and how many words of each.
LINK_PARTS = 2
# Characters of a URL that are read: what follows is the state of an application or an embedded image.
MAX_URL_LENGTH = 500
# A last part of a path with at least this many words is the slug of an article.
ARTICLE_WORDS = 4


@cached_by_text(CACHED_WORD_SETS)
def terms(text: str) -> frozenset[str]:
    """Return the words and word pairs of a text in lower case, and its first and its last two words.

    `^` and `$` mark the beginning and the end of the text, `0` stands for a number. The words and pairs of a short text
    are there a second time, after a mark.
    """
    # In scripts without spaces, pairs of characters take the place of words.
    if not is_alphabetic(text) and one_of(UNSPACED).search(text):
        text = text if len(text) <= 2 * MAX_WORDS else f"{text[: 2 * EDGE_WORDS]} {text[-2 * EDGE_WORDS :]}"
        words = [pair for word in _WORD.findall(text) for pair in _pairs(word)]
    else:
        if len(text) > MAX_TEXT_LENGTH:
            text = f"{text[:EDGE_LENGTH]} {text[-EDGE_LENGTH:]}"
        words = _WORD.findall(text.lower())
        if len(words) > MAX_WORDS:
            words = words[:EDGE_WORDS] + words[-EDGE_WORDS:]
    words = [NUMBER if word.isdecimal() else word for word in words]
    edged = [BEGIN, *words, END]
    found = {*words, *(f"{one} {two}" for one, two in pairwise(edged))}
    if 0 < len(words) <= MAX_SHORT_WORDS:
        found |= {SHORT + term for term in found}
    return frozenset((*found, " ".join(edged[:3]), " ".join(edged[-3:])))


def _pairs(word: str) -> Iterator[str]:
    return (word[i : i + 2] for i in range(max(1, len(word) - 1)))


# Cached: a page repeats the classes of its lists a hundred times.
@lru_cache(maxsize=8192)
def names(tokens: frozenset[str]) -> frozenset[str]:
    """Return the names of an element (see `Element.tokens`) with 0 for each number: ids are often numbered."""
    return frozenset(_DIGITS.sub("0", token) for token in tokens if len(token) <= MAX_NAME_LENGTH)


@lru_cache(maxsize=8192)
def pieces(tokens: frozenset[str]) -> frozenset[str]:
    """Return the words in the names of an element: of "article__related-list", one is "related"."""
    return frozenset(piece for token in tokens if len(token) <= MAX_NAME_LENGTH for piece in _PIECE.findall(token))


def leads(targets: Iterable[str], host: str) -> frozenset[str]:
    """Return where links lead: words of their hosts and paths, and whether they stay on the site `host`.

    `targets` are the links as the page writes them. `host` is empty if the page's URL is unknown.
    """
    return frozenset(word for target in targets for word in _words_of_target(target, host))


@cached_by_text(CACHED_TEXTS)
def _words_of_target(target: str, host: str) -> tuple[str, ...]:
    target = target[:MAX_URL_LENGTH].strip().lower()
    if target.startswith(("#", "javascript:")) or not target:
        return ("#",)
    try:
        url = urlsplit(target)
        target_host = (url.hostname or host).removeprefix("www.")
    except ValueError:
        return ("bad",)
    if url.scheme not in ("", "http", "https"):
        return (url.scheme,)
    *path, last = url.path.strip("/").split("/")
    words = [f"/{word}" for part in path[:LINK_PARTS] for word in _LINK_WORD.findall(part)[:LINK_PARTS]]
    count = len(_LINK_WORD.findall(last))
    kind = "slug" if count >= ARTICLE_WORDS else "page" if count else "root"
    if not host and target_host:  # the page's own host is unknown
        return (*_LINK_WORD.findall(target_host), *words)
    if target_host == host or target_host.endswith(f".{host}") or host.endswith(f".{target_host}"):
        return ("own", *words, kind, f"own {kind}")
    return ("other", f"other {kind}", *_LINK_WORD.findall(target_host), *words)
