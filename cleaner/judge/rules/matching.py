"""Which rules match a text or a class attribute, and whether a rule's shape holds for a block.

A page has some 250 blocks, and a hundred rules hold some thousand phrases: tried one by one they would cost more than
all the rest of the judge, and compiling them all more than reading the page. So each pattern is split into its
alternatives, these are looked up by the letters that a text must begin with, and one is compiled when the first text
with those letters turns up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from cleaner.judge.rules import RULES
from cleaner.judge.rules.model import Part, Rule, Scope
from cleaner.models import Block

# Letters of a text that the lookup sees. With 4, a quarter fewer alternatives are compiled on a page, but the lookup
# takes twice as long to build.
HEAD = 3
# A group that a pattern begins with is split, too, unless the rest, which each part then repeats, has more characters.
LONGEST_TAIL = 60
# Letters of the strings that a text must hold somewhere.
NEEDLE = 5
# More strings than this, are cut to their first letters.
MOST_NEEDLES = 20
LONGEST = max(rule.longest for rule in RULES)
# Class names of build tools run to hundreds of characters; a name that a person gave does not.
LONGEST_TOKEN = 80

# Signs in many shapes are one sign to a pattern.
_ONE_SIGN = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´`", "'"),
        **dict.fromkeys("“”„«»‟″", '"'),
        **dict.fromkeys("–—−‐‑―", "-"),
        "…": "...",
        "：": ":",
        "｜": "|",
        "＝": "=",
        "（": "(",
        "）": ")",
    }
)
# What themes put around a line: bullets, arrows, rules, pictograms. A colon at the end goes, too.
_BEFORE = " *•·●◦▪■□►▶▸▷➤➡→»›>|-–—~+✓✔✉☞👉👇📩📧📬📲📱📰🔔🔴🟢📢📣🔗💬❤⭐☕️"
_AFTER = _BEFORE + ":：‹«<←"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］", "〈": "〉", "《": "》"}

_STOPS = tuple(".!?…。！？؟।｡")
_CLOSERS = "\"'”“’‘»«›‹)]）】」』"

# What themes put before and after the name of a part: js-related, article__related-list, c-related-wrapper.
_THEME = re.compile(
    r"(js|b|c|m|o|l|u|td|tdb|wp|wp-block|block|article|entry|post|single|story|page|content|site|blog|news|section|"
    r"module|component|widget|amp|elementor-widget|inline|in-article|field-name-field|is)-"
)
_PIECE = re.compile(
    r"(-(container|wrapper|wrap|box|block|section|area|list|item|items|inner|outer|module|widget|component|content|group|"
    r"holder|title|header|heading|headline|label|body|footer|grid|text|link|links|inline|bottom|top|bar|panel|row|"
    r"element|card|cards|\d{1,2}))+$"
)
_DASHES = re.compile(r"[-_]+")


def fold(text: str) -> str:
    """The text as patterns see it.

    White space is one space each; apostrophes, quotes and dashes are `'`, `"`, `-`; an ellipsis is three stops;
    bullets, arrows and pictograms around the text, brackets around the whole of it and a colon at its end are gone.
    """
    text = " ".join(text.split()).lstrip(_BEFORE).rstrip(_AFTER)
    if text and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].lstrip(_BEFORE).rstrip(_AFTER)
    return text if text.isascii() else text.translate(_ONE_SIGN)


def fold_token(token: str) -> tuple[str, ...]:
    """The token as patterns see it, `-` for any run of dashes and underscores; then without a theme's additions."""
    whole = _DASHES.sub("-", token)
    part = _PIECE.sub("", _THEME.sub("", whole, count=1) if _THEME.match(whole) else whole)
    return (whole, part) if part and part != whole else (whole,)


@lru_cache(maxsize=2048)
def text_rules(text: str) -> tuple[Rule, ...]:
    """The BLOCK and HEADING rules whose pattern matches the whole text, in the order of `RULES`; shape is not asked."""
    if len(text) > LONGEST:
        return ()
    return tuple(RULES[i] for i in _matches(_TEXT, fold(text), len(text)))


@lru_cache(maxsize=4096)
def element_rule(tokens: frozenset[str]) -> Rule | None:
    """The first rule in the order of `RULES` that matches one of an element's tokens (see `Element.tokens`)."""
    first = min((_token_rule(token) for token in tokens), default=_NO_RULE)
    return None if first == _NO_RULE else RULES[first]


def holds(rule: Rule, block: Block, *, part: Part | None, plain: bool) -> bool:
    """Whether a rule whose pattern matches has its shape, too: length, link share, ending, place.

    `part` is where the block stands, `None` where nobody knows: then a rule that asks for a place does not hold.
    In plain text (`plain`) links are not known. There an unfinished text stands in for a link, as a headline has no
    full stop. On a page the link share says more, and a headline may be a question.
    """
    if len(block.text) > rule.longest or block.linked > rule.most_linked:
        return False
    if rule.linked and not plain:
        if block.linked < rule.linked:
            return False
    elif rule.unfinished:
        if finished(block.text):
            return False
    elif rule.linked:
        return False
    if rule.part is Part.ANYWHERE:
        return True
    return part in (Part.BEFORE, Part.AFTER) if rule.part is Part.EDGE else part is rule.part


def finished(text: str) -> bool:
    """Whether the text ends as a sentence does: with a stop, or with quotes or brackets closed after one."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_STOPS)


_TEXT = frozenset({Scope.BLOCK, Scope.HEADING})
_ELEMENT = frozenset({Scope.ELEMENT})
_NO_RULE = len(RULES)


@lru_cache(maxsize=16_384)
def _token_rule(token: str) -> int:
    """Index in `RULES` of the first rule that matches the token, `_NO_RULE` for none."""
    if len(token) > LONGEST_TOKEN:
        return _NO_RULE
    return min((i for name in fold_token(token) for i in _matches(_ELEMENT, name, 0)), default=_NO_RULE)


class _Branch(NamedTuple):
    """One alternative of a rule's pattern."""

    rule: int  # index in `RULES`
    pattern: str
    needles: tuple[str, ...]  # where it may begin with anything: a text that it matches holds one of these


class _Index(NamedTuple):
    exact: dict[str, list[int]]  # rules by a whole text, where an alternative is one phrase
    by_head: dict[str, list[_Branch]]  # others by what the text begins with
    anywhere: list[_Branch]  # those that may begin with anything
    needles: re.Pattern[str]  # finds a needle of one of these


def _matches(scopes: frozenset[Scope], text: str, length: int) -> list[int]:
    """Indices in `RULES` of the rules that match the whole text and look at texts of this length, in order."""
    caseless = _caseless(text)
    index = _index(scopes)
    found = {i for i in index.exact.get(caseless, ()) if length <= RULES[i].longest}
    candidates = _candidates(scopes, caseless[:HEAD])
    if index.needles.search(caseless):
        candidates += tuple(b for b in index.anywhere if any(map(caseless.__contains__, b.needles)))
    for i, pattern, _ in candidates:
        if i not in found and length <= RULES[i].longest and _compiled(pattern).fullmatch(text):
            found.add(i)
    return sorted(found)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=16_384)
def _candidates(scopes: frozenset[Scope], start: str) -> tuple[_Branch, ...]:
    """The alternatives that may match a text that starts so."""
    by_head = _index(scopes).by_head
    return tuple(branch for length in range(1, len(start) + 1) for branch in by_head.get(start[:length], ()))


@cache
def _index(scopes: frozenset[Scope]) -> _Index:
    exact: dict[str, list[int]] = defaultdict(list)
    by_head: dict[str, list[_Branch]] = defaultdict(list)
    anywhere: list[_Branch] = []
    for i, rule in enumerate(RULES):
        if rule.scope not in scopes:
            continue
        for pattern in alternatives(rule.pattern):
            if not _SYNTAX.search(pattern):
                exact[_caseless(pattern)].append(i)
                continue
            starts = heads(pattern)
            if "" in starts:
                anywhere.append(_Branch(i, pattern, _needles(pattern)))
            else:
                for head in starts:
                    by_head[head].append(_Branch(i, pattern, ()))
    all_needles = sorted({re.escape(needle) for branch in anywhere for needle in branch.needles})
    return _Index(exact, by_head, anywhere, re.compile("|".join(all_needles)))


def _caseless(text: str) -> str:
    # `re.IGNORECASE` takes the Turkish dotted capital and dotless small i for an i; so must the lookup.
    return text.replace("İ", "i").replace("ı", "i").lower()


# What follows reads the part of the syntax that the rules use: no named or lazy groups, no brackets inside a class.
_SYNTAX = re.compile(r"[\\\[\](){}.?*+|^$]")
_NESTED = re.compile(r"[\\\[(]")
_STRUCTURE = re.compile(r"\\.|\[[^\]]*\]|[()|]")
_PLAIN_HEAD = re.compile(r"[^\\\[\](){}.?*+|^$]+")
_ITEM = re.compile(r"\\.|\[[^\]]*\]|[(]|.")


def alternatives(pattern: str) -> list[str]:
    """Patterns of which one matches where the pattern does: split at its outer bars, or in a group at its start."""
    return [part for branch in _split(pattern) for part in _opened(branch)]


def _opened(branch: str) -> Iterator[str]:
    end = _closing(branch) if branch.startswith("(") and not branch.startswith("(?") else 0
    tail = branch[end + 1 :]
    if not end or tail.startswith(tuple("?*+{")) or len(tail) > LONGEST_TAIL:
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


def heads(pattern: str, most: int = HEAD) -> frozenset[str]:
    """What a text that matches an alternative begins with: caseless strings of up to `most` letters, "" for anything.

    A range, a dot, a look-around or a repetition ends a head early: then the pattern is tried more often than need be.
    """
    return frozenset(_caseless(letters) for letters, _ in _heads(pattern, most))


def _needles(pattern: str) -> tuple[str, ...]:
    """Strings of which the text must hold one: the heads of what follows the first items that may be anything."""
    rest = pattern
    while rest:
        _, end = _next_item(rest, 0, NEEDLE)
        rest = rest[_after_quantifier(rest, end) :]
        starts = heads(rest, NEEDLE)
        if len(starts) > MOST_NEEDLES:
            starts = frozenset(start[:1] for start in starts)
        if not starts & {"", " "}:
            return tuple(sorted(starts))
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
        simple = not (sign[1] == "^" or "\\" in sign or "-" in sign[2:-2])
        return ({(letter, True) for letter in sign[1:-1]} if simple else {_UNKNOWN}), item.end()
    if sign.startswith("\\"):
        return ({_UNKNOWN} if sign[1].isalnum() else {(sign[1], True)}), item.end()
    return ({_UNKNOWN} if sign == "." else {(sign, True)}), item.end()


def _after_quantifier(branch: str, i: int) -> int:
    if branch[i : i + 1] == "{":
        return branch.index("}", i) + 1
    return i + 1 if branch[i : i + 1] in tuple("?*+") else i
