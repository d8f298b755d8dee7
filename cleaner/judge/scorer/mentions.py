"""What a text mentions: its reader, the site, subscriptions, other articles ... in many languages.

Boilerplate speaks of these in every language. Log-odds are learned for each word by itself, so a language with few
pages has few; what is learned of a group of words holds for all languages in `mentions.txt`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from cleaner.blocks.stats import CACHED_WORD_SETS
from cleaner.caching import cached_by_text
from cleaner.patterns import lazy_pattern
from cleaner.rules.matching import THEME_LANGUAGES
from cleaner.text.measures import weighted_length

# The groups of words, in the order of the counts. Learned weights name the columns, so a change needs a fit.
GROUPS = (
    "reader",
    "publisher",
    "site",
    "follow",
    "network",
    "subscribe",
    "donate",
    "act",
    "contact",
    "article",
    "author",
    "rights",
    "picture",
    "more",
    "comment",
    "dated",
    "advert",
)
# Higher counts mean no more.
MAX_COUNT = 6
# The weighted length of a word with its space, on average.
WEIGHTED_LENGTH_OF_WORD = 6
# Words of a longer text are not counted beyond this many characters: boilerplate is short.
MAX_TEXT_LENGTH = 500

_WORD = lazy_pattern(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Mentions(NamedTuple):
    """What a text mentions."""

    counts: tuple[int, ...]  # of the words of each group, at most `MAX_COUNT`
    share: float  # of the words that are in some group, 0 to 1


NOTHING_MENTIONED = Mentions((0,) * len(GROUPS), 0.0)


class _Words(NamedTuple):
    """The words of some languages, each with the numbers of its groups."""

    languages: frozenset[str]  # always the same object for the same languages, which makes a key compared fast
    whole: dict[str, frozenset[int]]
    starts: dict[str, frozenset[int]]  # what a word begins with
    parts: dict[str, frozenset[int]]  # what stands anywhere in a text, for scripts without spaces or with prefixes
    any_part: re.Pattern[str] | None  # matches each of `parts`; `None` if there are none


@cached_by_text(CACHED_WORD_SETS)
def mentions(text: str, languages: frozenset[str]) -> Mentions:
    """Return what a text in one of these languages (ISO 639-1) mentions."""
    text = text[:MAX_TEXT_LENGTH].lower()
    words, found = _found(text, languages)
    if not found:
        return NOTHING_MENTIONED
    counts = [0] * len(GROUPS)
    for _, groups in found:
        for group in groups:
            counts[group] += 1
    # Scripts without spaces have few words, so there the length says how many a translation would have.
    size = max(words, weighted_length(text) / WEIGHTED_LENGTH_OF_WORD)
    return Mentions(tuple(min(MAX_COUNT, count) for count in counts), len(found) / size)


def mentioned_words(text: str, languages: frozenset[str], group: int | None = None) -> list[str]:
    """Return the words of a text that are in the group with this number, or in any group, in lower case."""
    _, found = _found(text[:MAX_TEXT_LENGTH].lower(), languages)
    return [word for word, groups in found if group is None or group in groups]


def _found(text: str, languages: frozenset[str]) -> tuple[int, list[tuple[str, frozenset[int]]]]:
    """Return the number of words in a text in lower case, and those words and parts that are in groups, with these."""
    known = _words_of(languages | THEME_LANGUAGES)
    languages = known.languages
    words = _WORD.findall(text)
    found = [(word, groups) for word in words if (groups := _groups_of(word, languages))]
    if known.any_part is not None and not text.isascii():
        found += [(part, known.parts[part]) for part in known.any_part.findall(text)]
    return len(words), found


@lru_cache(maxsize=16_384)
def _groups_of(word: str, languages: frozenset[str]) -> frozenset[int]:
    words = _words_of(languages)
    found = words.whole.get(word, frozenset())
    for end in range(MIN_START_LENGTH, min(MAX_START_LENGTH, len(word)) + 1):
        if (groups := words.starts.get(word[:end])) is not None:
            found |= groups
    return found


# Of the shortest and the longest start of a word in the file.
MIN_START_LENGTH, MAX_START_LENGTH = 2, 24


@lru_cache(maxsize=64)
def _words_of(languages: frozenset[str]) -> _Words:
    whole, starts, parts = (defaultdict[str, set[int]](set) for _ in range(3))
    for language in languages & _entries().keys():
        for entry, group in _entries()[language]:
            if entry.startswith("*"):
                parts[entry.strip("*")].add(group)
            elif entry.endswith("*"):
                starts[entry.removesuffix("*")].add(group)
            else:
                whole[entry].add(group)
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    any_part = re.compile("|".join(map(re.escape, longest_first))) if parts else None
    return _Words(languages, _frozen(whole), _frozen(starts), _frozen(parts), any_part)


def _frozen(groups: Mapping[str, Set[int]]) -> dict[str, frozenset[int]]:
    return {entry: frozenset(own) for entry, own in groups.items()}


def mentioned_languages() -> frozenset[str]:
    """Return the languages (ISO 639-1) of which some words are known."""
    return frozenset(_entries())


@cache
def _entries() -> dict[str, list[tuple[str, int]]]:
    """Return the entries of each language with the number of their group."""
    entries: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    languages: list[str] = []
    for line in Path(__file__).with_name("mentions.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            languages = line.strip("[]").split()
        elif line and not line.startswith("#"):
            group, *own = line.split()
            for language in languages:
                entries[language] += [(entry, GROUPS.index(group.removesuffix(":"))) for entry in own]
    return dict(entries)
