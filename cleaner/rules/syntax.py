"""What a text must be, begin with or contain to match a pattern, read from the pattern.

This parses the part of the regular-expression syntax that the rules use: it does not know named groups, lazy
quantifiers, or brackets inside a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

# In characters. A group at the start of a pattern is split, too, unless the rest of the pattern, which each part then
# repeats, is longer.
MAX_TAIL_LENGTH = 60
# In characters. The length of the strings of which a text must contain one.
NEEDLE_LENGTH = 5
# If there are more needles, only their first characters are used; if these are more, too, the items after them.
MAX_NEEDLES = 20

_NESTED = re.compile(r"[\\\[(]")
_STRUCTURE = re.compile(r"\\.|\[[^\]]*\]|[()|]")
_LITERAL = re.compile(r"[^\\\[\](){}.?*+|^$]+")
_TIMES = re.compile(r"\{(\d+)(,?)(\d*)\}")
_ITEM = re.compile(r"\\.|\[[^\]]*\]|[(]|.")


def caseless(text: str) -> str:
    """Return the text in the lower case that the lookup and the patterns use."""
    # In Turkish, the capital of ı is I, and that of i is İ. The language of a page's capitals is unknown, so all are i.
    return text.lower() if text.isascii() else text.replace("İ", "i").replace("ı", "i").lower()


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


def _phrases(branch: str, limit: int) -> list[str] | None:
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


def _choices(branch: str, i: int, limit: int) -> tuple[list[str] | None, int]:
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

    A range, a dot, a look-around or a repetition ends a prefix early. The pattern is then tried more often than needed.
    """
    return frozenset(caseless(text) for text, _ in _prefixes(pattern, length))


def needles(pattern: str) -> tuple[str, ...]:
    """Return strings of which a matching text contains one: the prefixes of what follows the first unknown items.

    Returns `("",)` if there are none.
    """
    rest = pattern
    while rest:
        _, end = _next_item(rest, 0, NEEDLE_LENGTH)
        rest = rest[_after_quantifier(rest, end) :]
        starts = prefixes(rest, NEEDLE_LENGTH)
        if len(starts) > MAX_NEEDLES:
            starts = frozenset(start[:1] for start in starts)
        if len(starts) <= MAX_NEEDLES and not starts & {"", " "}:
            return tuple(sorted(start for start in starts if not any(other in start for other in starts - {start})))
    return ("",)


_Prefix = tuple[str, bool]  # the characters, and whether what follows them may extend them
_OPEN, _UNKNOWN = ("", True), ("", False)


def _prefixes(branch: str, length: int) -> set[_Prefix]:
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


def _next_item(branch: str, i: int, length: int) -> tuple[set[_Prefix], int]:
    """Return the prefixes of the item at index `i`, and the index after the item, before its quantifier."""
    item = _ITEM.match(branch, i)
    assert item is not None
    token = item[0]
    if token == "(":
        end = _closing(branch, i)
        inner = branch[i + 1 : end]
        if inner.startswith(("?:", "?-i:")):
            inner = inner[inner.index(":") + 1 :]
        return (
            {_UNKNOWN} if inner.startswith("?") else set().union(*(_prefixes(part, length) for part in _split(inner)))
        ), end + 1
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
