"""Look up a text in the index that `compile` makes of the rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from cleaner.patterns import lazy_pattern
from cleaner.rules.folding import caseless, without_dots, without_stop

# The form of compiled rules: the indices, the texts of each that follow the JSON, and what separates the parts.
PLACES: Final = ("text", "element")
LONG_TEXTS: Final = ("exact", "patterns", "prefixes")
SEPARATOR: Final = b"\x1d"
# What a pattern contains if it requires a capital letter somewhere.
BY_CASE: Final = "(?-i:"
# Characters at the start of a text by which patterns are indexed. With 3, 50% more patterns are compiled for a page;
# with 5, the index is 50% larger.
MAX_PREFIX_LENGTH: Final = 4
# A common start, and the characters by which texts with this start are indexed: one in ten begins with it.
COMMON_START: Final = "the"
MAX_COMMON_LENGTH: Final = 7
# Starts of texts whose patterns are kept, for each place.
CACHED_STARTS: Final = 8192


class _Pattern:
    """A pattern, which is compiled when it is first needed."""

    __slots__ = ("is_by_case", "language", "matches", "needed", "pattern", "required", "rule", "with_stop")

    def __init__(
        self, rule: int, language: int, with_stop: bool, pattern: str, required: Sequence[Sequence[str]], needed: str
    ) -> None:
        self.rule = rule
        self.language = language
        self.with_stop = with_stop  # whether it matches the text with a full stop or the like at its end
        self.pattern = pattern  # with marks in the place of long slots
        self.required = required  # a text that it matches contains a string of each
        self.needed = needed  # the marks of slots that match somewhere in every text that it matches
        self.matches: Callable[[str], object] | None = None  # matches a whole text; `None` before it is compiled
        self.is_by_case = False  # whether `matches` needs the text with its capitals, not the caseless one


_Grouped = Sequence[tuple[str, Sequence[_Pattern]]]


class Lookup:
    """The rules of one place by what a text is, begins with or contains. `compile` describes the fields."""

    def __init__(
        self, index: Mapping[str, Any], longest: Sequence[int], languages: int, slots: Mapping[str, str]
    ) -> None:
        """`longest` has the greatest length of a text for each rule, in characters; `languages` is their number.

        `slots` are the patterns of long slots by their marks.
        """
        self._exact: list[bytes] = index["exact"].split(b"\n")
        self._prefixes: list[bytes] = index["prefixes"].split(b"\n")
        self._patterns: list[bytes] = index["patterns"].split(b"\n")
        self._anywhere: list[int] = index["anywhere"]
        self._read: dict[int, _Pattern] = {}  # patterns that were asked for, by number
        self._beginning = lru_cache(maxsize=CACHED_STARTS)(self._find_beginning)
        self._grouped: dict[tuple[str, frozenset[int]], _Grouped] = {}
        self._longest = longest
        self._languages = languages
        self._slots = slots

    def find(self, text: str, length: int, languages: frozenset[int]) -> list[int]:
        """Return the indices of the rules that match the whole text: first those that list it, by index.

        `text` is folded, `length` is that of the text before it was folded, and `languages` are the indices of those
        that are asked.
        """
        without = without_stop(text)
        lower = caseless(without)
        listed: set[int] = set()
        for source in _numbers(self._exact, lower):
            rule, language = divmod(source, self._languages)
            if language in languages and length <= self._longest[rule]:
                listed.add(rule)
        described: set[int] = set()
        for each in self._candidates(lower, languages):
            rule = each.rule
            if each.language not in languages or length > self._longest[rule] or rule in listed or rule in described:
                continue
            if not _has_required(lower, each.required):
                continue
            own, own_lower = (text, caseless(text)) if each.with_stop else (without, lower)
            if each.matches is None:
                if not self._may_match(each, own, own_lower):
                    continue
                compiled, each.is_by_case = _compiled(self._with_slots(each.pattern))
                each.matches = compiled.fullmatch
            if each.matches(without_dots(own) if each.is_by_case else own_lower):
                described.add(rule)
        return [*sorted(listed), *sorted(described)]

    def _may_match(self, pattern: _Pattern, text: str, lower: str) -> bool:
        """Whether a pattern that is not compiled yet may match a text. Long slots take most of the time to compile.

        The slots that the pattern needs are compiled first, because other patterns have them, too.
        """
        if (loose := _loose(pattern.pattern)) is not None and not loose(lower):
            return False
        first = _FIRST_MARK.match(pattern.pattern)
        for mark in pattern.needed:
            slot, is_by_case = _compiled(self._slots[mark])
            finds = slot.match if first and mark in first[0] else slot.search
            if not finds(without_dots(text) if is_by_case else lower):
                return False
        return True

    def _candidates(self, lower: str, languages: frozenset[int]) -> list[_Pattern]:
        """Return the patterns that may match a caseless text, by its first characters and some of what they require."""
        length = MAX_COMMON_LENGTH if lower.startswith(COMMON_START) else MAX_PREFIX_LENGTH
        found = [*self._beginning(lower[:length])]
        for start in {"", lower[:1]}:
            grouped = self._groups(start, languages)
            found += [pattern for string, patterns in grouped if string in lower for pattern in patterns]
        return list(dict.fromkeys(found))

    def _find_beginning(self, start: str) -> Sequence[_Pattern]:
        """Return the patterns that are listed for the first characters of a text, except for the first one alone."""
        ends = range(2, len(start) + 1)
        return [self._pattern(number) for end in ends for number in _numbers(self._prefixes, start[:end])]

    def _groups(self, start: str, languages: frozenset[int]) -> _Grouped:
        """Return the patterns for texts that begin with one character, by each string of which they require one.

        The empty `start` is for patterns that may begin with anything. Both are many, and few texts have the strings.
        """
        if (start, languages) in self._grouped:
            return self._grouped[start, languages]
        numbers = _numbers(self._prefixes, start) if start else self._anywhere
        groups: defaultdict[str, list[_Pattern]] = defaultdict(list)
        for pattern in map(self._pattern, numbers):
            if pattern.language in languages:
                for string in min(pattern.required, key=len, default=("",)):
                    groups[string].append(pattern)
        found = [*groups.items()]
        if numbers:  # a text may begin with any character
            self._grouped[start, languages] = found
        return found

    def _pattern(self, number: int) -> _Pattern:
        return self._read.get(number) or self._read_pattern(number)

    def _read_pattern(self, number: int) -> _Pattern:
        source, with_stop, pattern, required, needed = self._patterns[number].decode().split("\t")
        rule, language = divmod(int(source), self._languages)
        groups = [tuple(group.split("\x1f")) for group in required.split("\x1e")] if required else []
        self._read[number] = found = _Pattern(rule, language, with_stop == "1", pattern, groups, needed)
        return found

    def _with_slots(self, pattern: str) -> str:
        """Return a pattern with the slots that its marks stand for."""
        if pattern.isascii() or not _MARK.search(pattern):
            return pattern
        return _MARK.sub(lambda mark: self._slots[mark[0]], pattern)


_MARK = lazy_pattern("[\U000f0000-\U000ffffd]")
# A slot that every match of a pattern begins with.
_FIRST_MARK: Final = lazy_pattern("(?:\\([\U000f0000-\U000ffffd]\\)|[\U000f0000-\U000ffffd])(?![?*{])")
# With wildcards for more slots, matching may take longer than it saves, as it does if a slot is repeated.
MAX_LOOSE_SLOTS: Final = 2
_REPEATED_MARK = lazy_pattern("[\U000f0000-\U000ffffd]\\)*(?:[*+]|\\{)")
# In characters, without the slots. A shorter pattern is nothing but its slots.
MIN_LOOSE_LENGTH: Final = 12


def _has_required(lower: str, required: Sequence[Sequence[str]]) -> bool:
    for group in required:
        for string in group:
            if string in lower:
                break
        else:
            return False
    return True


def _numbers(lines: list[bytes], key: str) -> list[int]:
    """Return the numbers in the line of a key, in lines that are sorted."""
    start = key.encode("utf-8", "surrogatepass") + b"\t"
    i = bisect_left(lines, start)
    if i == len(lines) or not lines[i].startswith(start):
        return []
    return [int(number) for number in lines[i][len(start) :].split(b",")]


@cache
def _loose(pattern: str) -> Callable[[str], object] | None:
    """Return a function that matches a caseless text if its slots may be anything; `None` if that says too little.

    It rules out most texts before the pattern itself is compiled, for which long slots take most of the time.
    """
    literal = _MARK.sub("", pattern)
    marks = len(pattern) - len(literal)
    if not 0 < marks <= MAX_LOOSE_SLOTS or BY_CASE in literal or len(literal) < MIN_LOOSE_LENGTH:
        return None
    if _REPEATED_MARK.search(pattern):
        return None
    return re.compile(_MARK.sub(".*", pattern).replace("ı", "i")).fullmatch


@cache
def _compiled(pattern: str) -> tuple[re.Pattern[str], bool]:
    """Return a compiled pattern, and whether it needs the text with its capitals or the caseless one.

    A pattern takes twice as long to compile with `re.IGNORECASE`, so only patterns that require a capital use it.
    """
    if BY_CASE in pattern:
        return re.compile(pattern, re.IGNORECASE), True
    return re.compile(pattern.replace("ı", "i")), False  # as in `caseless`
