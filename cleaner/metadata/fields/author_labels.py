"""Labels of names ("By", "Author:", 著者：, 记者：), and the names after them in scripts without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from cleaner.metadata.fields.author_words import LABELS, OPENINGS, OTHER_WORK
from cleaner.patterns import lazy_pattern
from cleaner.text.byline_words import PREPOSITIONS
from cleaner.text.scripts import EAST_ASIAN, one_of

_MAX_LABEL = 30  # characters of a label
_SEPARATORS: Final = ":：/／|｜●◎＝="
_MAX_LABEL_WORDS = 4


def _words(table: dict[str, str]) -> frozenset[str]:
    return frozenset(word.casefold() for line in table.values() for word in line.split("|"))


# One-word openings after which a single word is a name: "By Ada". After the others, such as Italian "di", it may be
# the rest of a surname.
_CERTAIN: Final = frozenset(PREPOSITIONS.split("|"))
_OPENINGS: Final = _words(OPENINGS) | _CERTAIN
WRITERS: Final = _words(LABELS)
OTHERS: Final = _words(OTHER_WORK)
_LINKING: Final = frozenset(("by", *PREPOSITIONS.split("|")))  # "Photos by", "Foto von"


_FIRST_WORD = lazy_pattern(r"[^\W\d_]+")


def _first_word_set(labels: frozenset[str]) -> frozenset[str]:
    return frozenset(word[0] for label in labels if (word := _FIRST_WORD.match(label)))


# For a fast first check: most lines begin with none of them.
_FIRST_OF_WRITERS: Final = _first_word_set(_OPENINGS | WRITERS)
_FIRST_OF_OTHERS: Final = _first_word_set(OTHERS)


def _begins_with(line: str, words: frozenset[str]) -> bool:
    first = _FIRST_WORD.match(line)
    return first is not None and first[0].casefold() in words


class Opening(NamedTuple):
    """The label of a writer at the start of a line."""

    end: int  # where the name begins
    is_separated: bool  # whether a colon or the like follows the label
    is_certain: bool  # whether it cannot begin a sentence: "By", "Written by", "Author:", but not "Author"


def opening(line: str) -> Opening | None:
    """Return the label of a writer at the start of the line, which a name has to follow; `None` if there is none."""
    if not _begins_with(line, _FIRST_OF_WRITERS):
        return None
    for end in _separated_ends(line):
        label = line[:end].rstrip(_SEPARATORS + " ").casefold()
        if label in WRITERS or label in _OPENINGS:
            return Opening(end, True, True) if end < len(line) else None
    for end, words in _first_words(line):
        if words in _OPENINGS or (words in WRITERS and (not words.isascii() or words.startswith("aut"))):
            is_short = words not in _CERTAIN and " " not in words and words.isascii()
            if is_short and " " not in line[end:].strip():
                return None  # "Di Moss" is a name
            return Opening(end, False, words in _OPENINGS)
    return None


def is_label(line: str) -> bool:
    """Whether the line is only the label of a writer: "Written by"."""
    label = line.rstrip(_SEPARATORS + " ").casefold() if len(line) <= _MAX_LABEL else ""
    return label in _OPENINGS or label in WRITERS


def is_other_label(line: str) -> bool:
    """Whether the line is only the label of someone who did not write: "Photos:"."""
    return len(line) <= _MAX_LABEL and line.rstrip(_SEPARATORS + " ").casefold() in OTHERS


def is_other_work(text: str) -> bool:
    """Whether the text begins with the label of someone who did not write: "Photos: Ada Moss", "编辑：王敏"."""
    if not _begins_with(text, _FIRST_OF_OTHERS):
        return False
    for end in _separated_ends(text):
        if text[:end].rstrip(_SEPARATORS + " ").casefold() in OTHERS:
            return True
    for _, words in _first_words(text):
        first, _, last = words.rpartition(" ")
        if words in OTHERS or (last in _LINKING and first in OTHERS):
            return True
    return False


def split_labels(line: str) -> str:
    """Return the line with a semicolon before each label within it: "Text: Ada Moss; Photos: Ben Ito"."""
    return _INNER_LABEL.sub(_with_semicolon, line) if ":" in line else line


def _with_semicolon(match: re.Match[str]) -> str:
    label = match[1].casefold()
    return f"; {match[1]}:" if label in OTHERS or label in WRITERS else match[0]


_INNER_LABEL = lazy_pattern(r"\s([^\W\d_]{2,20})\s?:")


def _separated_ends(line: str) -> Iterator[int]:
    """Yield the ends of the separators near the start of the line, the last one first: "文/图：" has two."""
    ends = [match.end() for match in _SEPARATOR.finditer(line[: _MAX_LABEL + 2])]
    yield from reversed(ends)


_SEPARATOR = lazy_pattern(rf"\s*[{_SEPARATORS}]\s*")


def _first_words(line: str) -> Iterator[tuple[int, str]]:
    """Yield the first words of the line in lower case, and where the text after them begins; most words first."""
    ends = [match.end() for match in _SPACE.finditer(line[: _MAX_LABEL + 10])][:_MAX_LABEL_WORDS]
    for end in reversed(ends):
        if end < len(line):
            yield end, " ".join(line[:end].split()).casefold()


_SPACE = lazy_pattern(r"(?<=\S)\s+")

# --- Chinese, Japanese and Korean -------------------------------------------------------------------------------------
# `east_asian_names` takes milliseconds to load, and most pages do not need it.


def is_east_asian(text: str) -> bool:
    """Whether a text has Chinese, Japanese or Korean letters."""
    return not text.isascii() and one_of(EAST_ASIAN).search(text) is not None


def east_asian_names(line: str) -> list[str]:
    """Return the writers that a Chinese, Japanese or Korean line names by a label or a role; empty if it has none."""
    if not is_east_asian(line):
        return []
    from cleaner.metadata.fields.east_asian_names import names_in_line

    return names_in_line(line)


def is_east_asian_name(name: str) -> bool:
    """Whether a text can be the Chinese, Japanese or Korean name of a person: short, and not that of a paper."""
    if not is_east_asian(name):
        return False
    from cleaner.metadata.fields.east_asian_names import is_name

    return is_name(name)


def is_east_asian_group(text: str) -> bool:
    """Whether a Chinese, Japanese or Korean text is the name of a paper, an agency or a desk."""
    if not is_east_asian(text):
        return False
    from cleaner.metadata.fields.east_asian_names import is_group

    return is_group(text)
