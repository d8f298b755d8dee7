"""What may match a pattern, read from the pattern: the phrases that it lists, or the letters that they begin with.

This reads the part of the syntax that the rules use: no named or lazy groups, no brackets inside a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

# A group that a pattern begins with is split, too, unless the rest, which each part then repeats, has more characters.
MAX_TAIL = 60
# Letters of the strings that a text must hold somewhere.
NEEDLE = 5
# Where there are more of them, their first letters are looked for; where these are more, too, what follows them.
MAX_NEEDLES = 20

_NESTED = re.compile(r"[\\\[(]")
_STRUCTURE = re.compile(r"\\.|\[[^\]]*\]|[()|]")
_PLAIN_HEAD = re.compile(r"[^\\\[\](){}.?*+|^$]+")
_TIMES = re.compile(r"\{(\d+)(,?)(\d*)\}")
_ITEM = re.compile(r"\\.|\[[^\]]*\]|[(]|.")


def caseless(text: str) -> str:
    """The text as the look-up and the patterns compare it."""
    # In Turkish, I is the capital of ı, and İ that of i: nobody knows by which rules a page writes its capitals.
    return text.lower() if text.isascii() else text.replace("İ", "i").replace("ı", "i").lower()


def alternatives(pattern: str) -> list[str]:
    """Patterns of which one matches where the pattern does: split at its outer bars, or in a group at its start."""
    return [part for branch in _split(pattern) for part in _opened(branch)]


def _opened(branch: str) -> Iterator[str]:
    end = _closing(branch) if branch.startswith("(") and not branch.startswith("(?") else 0
    tail = branch[end + 1 :]
    if not end or tail.startswith(tuple("?*+{")) or len(tail) > MAX_TAIL:
        yield branch
        return
    for part in _split(branch[1:end]):
        yield part + tail


def _split(pattern: str) -> list[str]:
    """The pattern, split at the bars outside of groups and classes."""
    if not _NESTED.search(pattern):
        return pattern.split("|")
    parts, depth, start = [], 0, 0
    for sign in _STRUCTURE.finditer(pattern):
        if sign[0] == "(":
            depth += 1
        elif sign[0] == ")":
            depth -= 1
        elif sign[0] == "|" and not depth:
            parts.append(pattern[start : sign.start()])
            start = sign.end()
    return [*parts, pattern[start:]]


def _closing(pattern: str, start: int = 0) -> int:
    """Index of the bracket that closes the group at `start`."""
    depth = 0
    for sign in _STRUCTURE.finditer(pattern, start):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if not depth:
            return sign.start()
    raise ValueError(f"unclosed group in {pattern!r}")


def phrases(pattern: str, most: int) -> frozenset[str] | None:
    """All the texts that an alternative matches, caseless; `None` where they cannot be told or are more than `most`."""
    found = _phrases(pattern, most)
    return None if found is None else frozenset(map(caseless, found))


def _phrases(branch: str, most: int) -> list[str] | None:
    found = [""]
    i = 0
    while i < len(branch):
        item, i = _choices(branch, i, most)
        least, times, i = _quantifier(branch, i)
        if item is None or times is None or len(item) ** times > most:
            return None
        repeated = ["".join(each) for n in range(least, times + 1) for each in product(item, repeat=n)]
        found = [start + end for start in found for end in repeated]
        if len(found) > most:
            return None
    return found


def _choices(branch: str, i: int, most: int) -> tuple[list[str] | None, int]:
    """What the item at index `i` may be, `None` where that is not known, and the index after it."""
    item = _ITEM.match(branch, i)
    assert item is not None
    sign, end = item[0], item.end()
    if sign == "(":
        close = _closing(branch, i)
        if branch[i + 1] == "?":
            return None, close + 1
        found: list[str] = []
        for part in _split(branch[i + 1 : close]):
            listed = _phrases(part, most)
            if listed is None:
                return None, close + 1
            found += listed
        return found, close + 1
    if sign == ".":
        return None, end
    if sign.startswith("["):
        return (list(sign[1:-1]) if _is_simple(sign) else None), end
    if sign.startswith("\\"):
        return (None if sign[1].isalnum() else [sign[1]]), end
    return [sign], end


def _quantifier(branch: str, i: int) -> tuple[int, int | None, int]:
    """How often the item before index `i` stands, at least and at most (`None`: no end), and the index after that."""
    sign = branch[i : i + 1]
    if sign == "{":
        times = _TIMES.match(branch, i)
        assert times is not None
        most = times[3] if times[2] else times[1]
        return int(times[1]), int(most) if most else None, times.end()
    if sign in ("?", "*", "+"):
        return int(sign == "+"), 1 if sign == "?" else None, i + 1
    return 1, 1, i


def prefixes(pattern: str, most: int) -> frozenset[str]:
    """What a text that matches an alternative begins with: caseless strings of up to `most` letters, "" for anything.

    A range, a dot, a look-around or a repetition ends a head early: then the pattern is tried more often than need be.
    """
    return frozenset(caseless(letters) for letters, _ in _heads(pattern, most))


def needles(pattern: str) -> tuple[str, ...]:
    """Strings of which the text must hold one: the heads of what follows the first items that may be anything."""
    rest = pattern
    while rest:
        _, end = _next_item(rest, 0, NEEDLE)
        rest = rest[_after_quantifier(rest, end) :]
        starts = prefixes(rest, NEEDLE)
        if len(starts) > MAX_NEEDLES:
            starts = frozenset(start[:1] for start in starts)
        if len(starts) <= MAX_NEEDLES and not starts & {"", " "}:
            return tuple(sorted(start for start in starts if not any(other in start for other in starts - {start})))
    return ("",)


_Head = tuple[str, bool]  # the letters, and whether what follows them is still known
_OPEN, _UNKNOWN = ("", True), ("", False)


def _heads(branch: str, most: int) -> set[_Head]:
    plain = _PLAIN_HEAD.match(branch)
    if plain and len(plain[0]) > most:  # the last letter may have a quantifier
        return {(plain[0][:most], False)}
    found: set[_Head] = {_OPEN}
    i = 0
    while i < len(branch) and any(known for _, known in found):
        item, i = _next_item(branch, i, most)
        quantifier = branch[i : i + 1]
        if quantifier in ("?", "*") or (quantifier == "{" and branch[i + 1] == "0"):
            item = item | {_OPEN}
        if quantifier and quantifier in "*+{":
            item = {(letters, known and not letters) for letters, known in item}
        i = _after_quantifier(branch, i)
        found = {head for head in found if not head[1]} | {
            ((start + letters)[:most], known and len(start + letters) < most)
            for start, is_open in found
            if is_open
            for letters, known in item
        }
    return found


def _next_item(branch: str, i: int, most: int) -> tuple[set[_Head], int]:
    """The heads of the item at index `i`, and the index after it, before its quantifier."""
    item = _ITEM.match(branch, i)
    assert item is not None
    sign = item[0]
    if sign == "(":
        end = _closing(branch, i)
        inner = branch[i + 1 : end]
        if inner.startswith(("?:", "?-i:")):
            inner = inner[inner.index(":") + 1 :]
        return (
            {_UNKNOWN} if inner.startswith("?") else set().union(*(_heads(part, most) for part in _split(inner)))
        ), end + 1
    if sign == r"\d":
        return {(digit, True) for digit in "0123456789"}, item.end()
    if sign == r"\b":
        return {_OPEN}, item.end()
    if sign.startswith("["):
        return ({(letter, True) for letter in sign[1:-1]} if _is_simple(sign) else {_UNKNOWN}), item.end()
    if sign.startswith("\\"):
        return ({_UNKNOWN} if sign[1].isalnum() else {(sign[1], True)}), item.end()
    return ({_UNKNOWN} if sign == "." else {(sign, True)}), item.end()


def _is_simple(sign: str) -> bool:
    """Whether a class lists single signs."""
    return not (sign[1] == "^" or "\\" in sign or "-" in sign[2:-2])


def _after_quantifier(branch: str, i: int) -> int:
    return _quantifier(branch, i)[2]
