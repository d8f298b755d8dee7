"""What a text must be, begin with or contain to match a pattern, read from the pattern.

This parses the part of the regular-expression syntax that the rules use: it does not know named groups, lazy
quantifiers, or brackets inside a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import product

from cleaner.patterns import lazy_pattern
from cleaner.rules.folding import caseless

# In characters. A group at the start of a pattern is split, too, unless the rest of the pattern, which each part then
# repeats, is longer.
MAX_TAIL_LENGTH = 60
# Groups of strings, of each of which a text must contain one, and strings in such a group. More take longer to look for
# than they save.
MAX_REQUIRED = 3
MAX_CHOICES = 48
# Texts of a run of items, see `_required_runs`.
MAX_RUN_TEXTS = 24
# Parts of patterns whose results are cached: hundreds of patterns have the same slots.
CACHED_PARTS = 4096

_ESCAPED = lazy_pattern(r"\\.")
_UNKNOWN_SYNTAX = lazy_pattern(r"\(\?(?!:|-i:|!|=)|[*+?}]\?|[*+}]\+|\[\^?[^\]]*\[")
_CASED_GROUP = lazy_pattern(r"\(\?-i:[^)]*\)")
# A group with * or + in it, or a repetition of more than nine, that is repeated itself.
_NESTED_REPEAT = lazy_pattern(r"\([^()]*(?:[*+]|\{\d*,\}|\{\d+,\d\d+\})[^()]*\)(?:[*+]|\{\d*,)")
_NESTED = lazy_pattern(r"[\\\[(]")
_STRUCTURE = lazy_pattern(r"\\.|\[[^\]]*\]|[()|]")
_LITERAL = lazy_pattern(r"[^\\\[\](){}.?*+|^$]+")
_TIMES = lazy_pattern(r"\{(\d+)(,?)(\d*)\}")
_DIGITS = tuple("0123456789")
_ITEM = lazy_pattern(r"\\.|\[[^\]]*\]|[(]|.")


def check_regex(pattern: str) -> None:
    """Raise `ValueError` if a pattern is not valid, or is not in the syntax that this module knows."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(str(error)) from error
    bare = _ESCAPED.sub("x", pattern)
    if found := _UNKNOWN_SYNTAX.search(bare):
        raise ValueError(f"{found[0]!r} is not supported here (no lazy quantifiers, named groups or back-references)")
    if re.search(r"\\[1-9]", pattern):
        raise ValueError("back-references are not supported here")
    if (text := _CASED_GROUP.sub("", bare)) != text.lower():
        raise ValueError("write it in lower case: case is ignored, except inside (?-i:...)")


def has_nested_repeat(pattern: str) -> bool:
    """Whether a group that is repeated contains a repetition, so that matching could take exponential time."""
    return _NESTED_REPEAT.search(_ESCAPED.sub("x", pattern)) is not None


def alternatives(pattern: str) -> list[str]:
    """Return patterns of which at least one matches each text that the pattern matches.

    The pattern is split at the bars outside of groups, and at those of a group at its start.
    """
    return [part for branch in _split(pattern) for part in _expand_first_group(branch)]


def _expand_first_group(branch: str) -> Iterator[str]:
    end = _closing(branch) if branch.startswith("(") and not branch.startswith("(?") else 0
    tail = branch[end + 1 :]
    if not end or tail.startswith(tuple("?*+{")) or len(tail) > MAX_TAIL_LENGTH:
        yield branch
        return
    for part in _split(branch[1:end]):
        yield part + tail


def _split(pattern: str) -> list[str]:
    """Return the parts of the pattern between the bars outside of groups and classes."""
    if not _NESTED.search(pattern):
        return pattern.split("|")
    parts, depth, start = [], 0, 0
    for item in _STRUCTURE.finditer(pattern):
        if item[0] == "(":
            depth += 1
        elif item[0] == ")":
            depth -= 1
        elif item[0] == "|" and not depth:
            parts.append(pattern[start : item.start()])
            start = item.end()
    return [*parts, pattern[start:]]


def _closing(pattern: str, start: int = 0) -> int:
    """Return the index of the parenthesis that closes the group at `start`.

    Raises `ValueError` if the group is not closed.
    """
    depth = 0
    for item in _STRUCTURE.finditer(pattern, start):
        depth += {"(": 1, ")": -1}.get(item[0], 0)
        if not depth:
            return item.start()
    raise ValueError(f"unclosed group in {pattern!r}")


def phrases(pattern: str, limit: int) -> frozenset[str] | None:
    """Return all texts that an alternative matches, caseless; `None` if they are unknown or more than `limit`."""
    texts = _phrases(pattern, limit)
    return None if texts is None else frozenset(map(caseless, texts))


@lru_cache(maxsize=CACHED_PARTS)
def _phrases(branch: str, limit: int) -> Sequence[str] | None:
    texts = [""]
    i = 0
    while i < len(branch):
        choices, i = _choices(branch, i, limit)
        least, most, i = _quantifier(branch, i)
        if choices is None or most is None or len(choices) ** most > limit:
            return None
        repeated = ["".join(each) for n in range(least, most + 1) for each in product(choices, repeat=n)]
        texts = [start + end for start in texts for end in repeated]
        if len(texts) > limit:
            return None
    return texts


def _choices(branch: str, i: int, limit: int) -> tuple[Sequence[str] | None, int]:
    """Return the texts that the item at index `i` matches, `None` if they are unknown, and the index after the item."""
    item = _ITEM.match(branch, i)
    assert item is not None
    token, end = item[0], item.end()
    if token == "(":
        close = _closing(branch, i)
        if branch[i + 1] == "?":
            return None, close + 1
        choices: list[str] = []
        for part in _split(branch[i + 1 : close]):
            texts = _phrases(part, limit)
            if texts is None:
                return None, close + 1
            choices += texts
        return choices, close + 1
    if token == ".":
        return None, end
    if token.startswith("["):
        return (list(token[1:-1]) if _is_simple(token) else None), end
    if token.startswith("\\"):
        return (None if token[1].isalnum() else [token[1]]), end
    return [token], end


def _quantifier(branch: str, i: int) -> tuple[int, int | None, int]:
    """Return the least and the greatest number of repeats of the item before index `i`, and the index after them.

    The greatest number is `None` if there is no limit.
    """
    token = branch[i : i + 1]
    if token == "{":
        times = _TIMES.match(branch, i)
        assert times is not None
        most = times[3] if times[2] else times[1]
        return int(times[1]), int(most) if most else None, times.end()
    if token in ("?", "*", "+"):
        return int(token == "+"), 1 if token == "?" else None, i + 1
    return 1, 1, i


def prefixes(pattern: str, length: int) -> frozenset[str]:
    """Return the caseless strings of up to `length` characters that a matching text begins with; "" for any text.

    A range, a dot or a repetition ends a prefix early. The pattern is then tried more often than needed.
    """
    return frozenset(caseless(text) for text, _ in _prefixes(pattern, length))


def required(pattern: str) -> list[tuple[str, ...]]:
    """Return groups of caseless strings: a text that the pattern matches contains a string of each group.

    These are the fixed parts of the pattern, and its groups and classes with a few choices. The best groups come first,
    at most `MAX_REQUIRED`: those with few and long strings.
    """
    groups = {group for group in required_strings(pattern) if group != (" ",)}
    return sorted(groups, key=_frequency)[:MAX_REQUIRED]


def _frequency(group: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """Return a number that is larger the more texts contain a string of the group; and the group, to break ties."""
    return len(group) / min(map(len, group)) ** 2, group


@lru_cache(maxsize=CACHED_PARTS)
def required_strings(branch: str) -> Sequence[tuple[str, ...]]:
    """Return all groups of caseless strings of each of which a matching text contains one, in order."""
    groups = _required_runs(branch)
    literal = ""
    i = 0
    while i < len(branch):
        item = _ITEM.match(branch, i)
        assert item is not None
        token, end = item[0], item.end()
        if token == "(":
            end = _closing(branch, i) + 1
        after = _after_quantifier(branch, end)
        is_repeated = after > end
        least = _quantifier(branch, end)[0] if is_repeated else 1
        character = _character(token)
        if character is not None and not is_repeated:
            literal += character
        else:
            if literal:
                groups.append((caseless(literal),))
            literal = ""
            if least:
                groups += _required_of_item(token, branch[i + 1 : end - 1])
        i = after
    if literal:
        groups.append((caseless(literal),))
    return groups


def _required_runs(branch: str) -> list[tuple[str, ...]]:
    """Return a group for each run of items that match few texts: "(foto" and "(ph" for `\\((foto|ph)`.

    They are rarer than what each item requires by itself: many texts have a parenthesis.
    """
    groups: list[tuple[str, ...]] = []
    run: Sequence[str] = [""]
    items = i = 0
    while i < len(branch):
        choices, end = _choices(branch, i, MAX_RUN_TEXTS)
        after = _after_quantifier(branch, end)
        if after > end:
            choices = None
        if choices is not None and len(run) * len(choices) <= MAX_RUN_TEXTS:
            run, items = [start + text for start in run for text in choices], items + 1
        else:
            groups += _group_of_run(run, items)
            run, items = (choices, 1) if choices else ([""], 0)
        i = after
    return groups + _group_of_run(run, items)


def _group_of_run(run: Sequence[str], items: int) -> list[tuple[str, ...]]:
    """Return the group for a run; none if it has only one text or item, which `required_strings` finds, too."""
    found = set(map(caseless, run))
    return [tuple(sorted(found))] if items > 1 and len(found) > 1 and "" not in found else []


def _character(token: str) -> str | None:
    """Return the only character that an item matches; `None` if it may match others, or nothing."""
    if token in ("(", ".") or token.startswith("["):
        return None
    if token.startswith("\\"):
        return None if token[1].isalnum() else token[1]
    return token


def _required_of_item(token: str, inner: str) -> Sequence[tuple[str, ...]]:
    """Return what an item that must be matched requires. `inner` is what stands between the parentheses of a group."""
    if token == r"\d":
        return [_DIGITS]
    if token.startswith("[") and _is_simple(token):
        return [tuple(sorted({caseless(character) for character in token[1:-1]}))]
    if (character := _character(token)) is not None:
        return [(caseless(character),)]
    if token != "(":
        return []
    if inner.startswith(("?:", "?-i:")):
        inner = inner[inner.index(":") + 1 :]
    elif inner.startswith("?="):  # what follows must begin with it, so the text contains it
        inner = inner[2:]
    elif inner.startswith("?"):
        return []
    branches = [required_strings(branch) for branch in _split(inner)]
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return []
    for preferred in (_frequency, len):
        best = {string for groups in branches for string in min(groups, key=preferred)}
        found = tuple(
            sorted(string for string in best if not any(other != string and other in string for other in best))
        )
        if len(found) <= MAX_CHOICES:
            return [found]
    return []


_Prefix = tuple[str, bool]  # the characters, and whether what follows them may extend them
_OPEN, _UNKNOWN = ("", True), ("", False)


@lru_cache(maxsize=CACHED_PARTS)
def _prefixes(branch: str, length: int) -> Set[_Prefix]:
    literal = _LITERAL.match(branch)
    if literal and len(literal[0]) > length:  # longer by one: the last character may have a quantifier
        return {(literal[0][:length], False)}
    starts: set[_Prefix] = {_OPEN}
    i = 0
    while i < len(branch) and any(is_open for _, is_open in starts):
        item, i = _next_item(branch, i, length)
        quantifier = branch[i : i + 1]
        if quantifier in ("?", "*") or (quantifier == "{" and branch[i + 1] == "0"):
            item = item | {_OPEN}
        if quantifier and quantifier in "*+{":
            item = {(text, is_open and not text) for text, is_open in item}
        i = _after_quantifier(branch, i)
        starts = {start for start in starts if not start[1]} | {
            ((start + text)[:length], text_is_open and len(start + text) < length)
            for start, is_open in starts
            if is_open
            for text, text_is_open in item
        }
    return starts


def _next_item(branch: str, i: int, length: int) -> tuple[Set[_Prefix], int]:
    """Return the prefixes of the item at index `i`, and the index after the item, before its quantifier."""
    item = _ITEM.match(branch, i)
    assert item is not None
    token = item[0]
    if token == "(":
        end = _closing(branch, i)
        inner = branch[i + 1 : end]
        if inner.startswith(("?:", "?-i:")):
            inner = inner[inner.index(":") + 1 :]
        if inner.startswith("?"):  # a look-ahead matches no characters
            return {_OPEN}, end + 1
        return set().union(*(_prefixes(part, length) for part in _split(inner))), end + 1
    if token == r"\d":
        return {(digit, True) for digit in "0123456789"}, item.end()
    if token == r"\b":
        return {_OPEN}, item.end()
    if token.startswith("["):
        return ({(character, True) for character in token[1:-1]} if _is_simple(token) else {_UNKNOWN}), item.end()
    if token.startswith("\\"):
        return ({_UNKNOWN} if token[1].isalnum() else {(token[1], True)}), item.end()
    return ({_UNKNOWN} if token == "." else {(token, True)}), item.end()


def _is_simple(token: str) -> bool:
    """Whether a class only lists single characters."""
    return not (token[1] == "^" or "\\" in token or "-" in token[2:-2])


def _after_quantifier(branch: str, i: int) -> int:
    return _quantifier(branch, i)[2]
