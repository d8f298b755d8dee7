"""The words of a block and the names of its elements, as evidence: each with the log-odds of standing in an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.blocks.stats import CACHED_WORD_SETS
from cleaner.caching import cached_by_text
from cleaner.text.measures import CACHED_TEXTS
from cleaner.text.scripts import UNSPACED

# In words. Of a longer block its beginning and its end are asked: chrome says there what it wants.
MAX_WORDS, EDGE = 24, 8
BEGIN, END = "^", "$"
# In characters. Class names of build tools run to hundreds.
MAX_NAME_LENGTH = 60
# A longer text, in characters, is cut before its words are read.
MAX_TEXT_LENGTH, EDGE_TEXT = 400, 80

# In hundredths, for sums of whole numbers do not depend on their order.
Odds = Mapping[str, int]


class Lexicon(NamedTuple):
    """Learned log-odds that what says this is the article's text, against those of any block."""

    words: Odds  # words and word pairs of a block
    leads: Odds  # where its links lead
    names: Odds  # names of the elements around it
    pieces: Odds  # the words that such names are made of


_WORD = re.compile(r"[^\W\d_]+|[©@|#→›»·•]")
# Scripts without spaces: pairs of signs stand in for words.
_UNSPACED = re.compile(f"[{UNSPACED}]")
_DIGITS = re.compile(r"\d+")
_PIECE = re.compile(r"[^\W\d_]{2,}")
# Of an address: the words of its host, and of the first parts of its path. The last part of a longer path names a page.
_LINK_WORD = re.compile(r"[a-z]{2,}")
LINK_PARTS = 2
# In characters; what follows is a state or a picture.
MAX_URL_LENGTH = 500
# A last part of so many words is an article's.
ARTICLE_WORDS = 4


@cached_by_text(CACHED_WORD_SETS)
def terms(text: str) -> frozenset[str]:
    """The words and word pairs of a block's text, caseless; `^` and `$` mark its beginning and end."""
    if not text.isascii() and _UNSPACED.search(text):
        text = text if len(text) <= 2 * MAX_WORDS else f"{text[: 2 * EDGE]} {text[-2 * EDGE :]}"
        found = [pair for word in _WORD.findall(text) for pair in _pairs(word)]
    else:
        if len(text) > MAX_TEXT_LENGTH:
            text = f"{text[:EDGE_TEXT]} {text[-EDGE_TEXT:]}"
        found = _WORD.findall(text.lower())
        if len(found) > MAX_WORDS:
            found = found[:EDGE] + found[-EDGE:]
    edged = [BEGIN, *found, END]
    return frozenset(found).union(f"{one} {two}" for one, two in pairwise(edged))


def _pairs(word: str) -> Iterator[str]:
    return (word[i : i + 2] for i in range(max(1, len(word) - 1)))


# A page repeats the classes of its lists a hundred times.
@lru_cache(maxsize=8192)
def names(tokens: frozenset[str]) -> frozenset[str]:
    """The names of an element (see `Element.tokens`), any number in them as 0: ids are often counted."""
    return frozenset(_DIGITS.sub("0", token) for token in tokens if len(token) <= MAX_NAME_LENGTH)


@lru_cache(maxsize=8192)
def pieces(tokens: frozenset[str]) -> frozenset[str]:
    """The words that the names of an element are made of: "related" of "article__related-list"."""
    return frozenset(piece for token in tokens if len(token) <= MAX_NAME_LENGTH for piece in _PIECE.findall(token))


def leads(targets: Iterable[str], host: str) -> frozenset[str]:
    """Where the links of a block lead: words of hosts and of paths, and whether they stay on the site `host`."""
    return frozenset(word for target in targets for word in _lead(target, host))


@cached_by_text(CACHED_TEXTS)
def _lead(target: str, host: str) -> tuple[str, ...]:
    target = target[:MAX_URL_LENGTH].strip().lower()
    if target.startswith(("#", "javascript:")) or not target:
        return ("#",)
    try:
        address = urlsplit(target)
        own = (address.hostname or host).removeprefix("www.")
    except ValueError:
        return ("bad",)
    if address.scheme not in ("", "http", "https"):
        return (address.scheme,)
    *path, last = address.path.strip("/").split("/")
    found = [f"/{word}" for part in path[:LINK_PARTS] for word in _LINK_WORD.findall(part)[:LINK_PARTS]]
    words = len(_LINK_WORD.findall(last))
    found.append("slug" if words >= ARTICLE_WORDS else "page" if words else "root")
    if not host and own:  # nobody knows whose page this is
        return (*_LINK_WORD.findall(own), *found[:-1])
    if own == host or own.endswith(f".{host}") or host.endswith(f".{own}"):
        return ("own", *found, f"own {found[-1]}")
    return ("other", f"other {found[-1]}", *_LINK_WORD.findall(own), *found[:-1])
