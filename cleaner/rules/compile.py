"""Compile rules into an index by what a text must be, begin with or contain for a rule to match it.

A page has about 250 blocks, and the rules for texts have several thousand phrases and templates. To try them one by one
would cost more than the rest of the judge, and to compile them all more than reading the page. So an entry that stands
for a few texts is looked up as these texts. The others are looked up by the first characters of the text, and each is
compiled when the first text with these characters turns up.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cleaner.patterns import lazy_pattern
from cleaner.rules.folding import bare, caseless
from cleaner.rules.lookup import (
    COMMON_START,
    LONG_TEXTS,
    MAX_COMMON_LENGTH,
    MAX_PREFIX_LENGTH,
    PLACES,
    SEPARATOR,
)
from cleaner.rules.model import ANY_LANGUAGE, Rule, Scope, Section
from cleaner.rules.source import RuleSources, Slots, with_phrases
from cleaner.rules.syntax import alternatives, phrases, prefixes, required, required_strings
from cleaner.rules.template import escape, to_pattern

# An alternative that matches more texts than this is compiled and not listed. With 200, only 2% fewer are compiled.
MAX_PHRASES: Final = 50
# If a text that a pattern matches may begin in more ways than this, fewer characters are listed: a pattern of Chinese
# roles and surnames begins in 43,000 ways, which would be half of all lines of the index.
MAX_PREFIXES: Final = 500
# In characters. Shorter slots are written out in the patterns.
MIN_MARKED_LENGTH: Final = 40
# Texts are searched for a slot first if it makes up less than this share (0 to 1) of a pattern.
MAX_NEEDED_SHARE: Final = 0.6
# U+F0000: the first character of a plane for private use, which no page has.
FIRST_MARK: Final = 0xF0000
SCOPES: Final = {"text": (Scope.BLOCK, Scope.HEADING), "element": (Scope.ELEMENT,)}
# A full stop or the like that a template ends with. It does not count, because it is removed from the text, too.
_FINAL_STOP = lazy_pattern(r"(?: ?(?:\\\?|[.!。！？।؟…]))+$")


def dump_rules(sources: RuleSources) -> bytes:
    """Return the compiled rules as `table.load_rules` reads them. The same sources give the same bytes.

    The long texts of the index follow the JSON with everything else. They stay bytes, and lines of them are decoded
    when they are needed: to read them as JSON takes ten times as long.
    """
    compiled = compile_rules(sources)
    texts = [compiled[place].pop(name) for place in PLACES for name in LONG_TEXTS]
    return SEPARATOR.join([json.dumps(compiled, ensure_ascii=False, separators=(",", ":")).encode(), *texts])


def compile_rules(sources: RuleSources) -> dict[str, Any]:
    """Return the rules and their index, as `table.RuleTable` takes them."""
    languages = [ANY_LANGUAGE, *sorted({section.language for section in sources.sections} - {ANY_LANGUAGE})]
    table: dict[str, Any] = {
        "rules": [_rule(rule) for rule in sources.rules],
        "languages": languages,
    }
    marks = slot_marks(sources)
    table["slots"] = {mark: pattern for pattern, mark in marks.items()}
    for place in PLACES:
        table[place] = _index(sources, place, languages, marks)
    return table


def _rule(rule: Rule) -> list[Any]:
    """Return what matching needs of a rule, in the order in which `table` takes it apart."""
    return [
        rule.id,
        rule.reason,
        rule.scope,
        rule.strength,
        rule.witness,
        rule.linked,
        rule.most_linked,
        rule.unfinished,
        rule.part,
        rule.longest,
        sorted(rule.unless_token),
    ]


def entry_patterns(section: Section, slots: Slots, *, element: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield each entry of a section: its source, its pattern, and whether the pattern matches the text with its stop.

    Names of elements (`element`) are not folded.
    """
    for phrase in section.phrases:
        yield phrase, escape(phrase if element else bare(phrase)), False
    all_slots = with_phrases(section, slots)
    for template in section.templates:
        yield template, to_pattern(_FINAL_STOP.sub("", caseless(template)), all_slots), False
    for regex in section.regex:
        yield regex, regex, True


def slot_marks(sources: RuleSources) -> dict[str, str]:
    """Return a private-use character for each long slot, by its pattern: they make up half of all patterns."""
    patterns = {pattern for slots in sources.slots.values() for pattern in slots.values()}
    long = sorted((each for each in patterns if len(each) > MIN_MARKED_LENGTH), key=lambda each: (-len(each), each))
    return {pattern: chr(FIRST_MARK + number) for number, pattern in enumerate(long)}


def _marked(pattern: str, marks: Mapping[str, str]) -> str:
    for slot, mark in marks.items():  # the longest first
        if slot in pattern:
            pattern = pattern.replace(slot, mark)
    return pattern


def _needed(pattern: str, marks: Mapping[str, str]) -> str:
    """Return the marks of slots that match somewhere in every text that the pattern matches.

    Slots that make up most of the pattern are left out: they take as long to compile as the pattern. So are those that
    begin with a look-ahead: they allow nearly any text, and are slow to try at each of its characters.
    """
    slots = {mark: slot for slot, mark in marks.items()}
    length = sum(len(slots.get(character, character)) for character in pattern)
    always = {character for group in required_strings(pattern) if len(group) == 1 for character in group[0]}
    needed = (mark for mark in always & slots.keys() if not slots[mark].lstrip("(").startswith(("?!", "?=")))
    return "".join(sorted(mark for mark in needed if len(slots[mark]) < length * MAX_NEEDED_SHARE))


def _index(sources: RuleSources, place: str, languages: Sequence[str], marks: Mapping[str, str]) -> dict[str, Any]:
    """Return where to find the rules of a place, as texts of many lines with fields that are separated by tabs.

    Only the lines that are needed are taken apart: to read everything would take longer than to clean a page. A source
    is the index of a rule, times the number of languages, plus the index of a language. `exact` has a whole caseless
    text and its sources, in order. `patterns` has the other alternatives: source; 1 if it matches the text with its
    stop; the pattern, with `slot_marks` in the place of long slots; what is `required`, the strings of a group
    separated by U+001F and the groups by U+001E; and the marks that are `_needed`. `prefixes` has the first characters
    of a text and the numbers of patterns, in order, and `anywhere` the numbers of those that may begin with anything.
    """
    exact: defaultdict[str, list[int]] = defaultdict(list)
    patterns: list[str] = []
    by_prefix: defaultdict[str, list[int]] = defaultdict(list)
    anywhere: list[int] = []
    numbers = {rule.id: number for number, rule in enumerate(sources.rules) if rule.scope in SCOPES[place]}
    for section in sources.sections:
        if section.rule not in numbers:
            continue
        source = numbers[section.rule] * len(languages) + languages.index(section.language)
        slots = sources.slots_of(section.language)
        for _, entry, with_stop in entry_patterns(section, slots, element=place == "element"):
            for pattern in dict.fromkeys(alternatives(entry)):
                texts = phrases(pattern, MAX_PHRASES)
                if texts is not None and not with_stop:
                    for text in texts:
                        exact[caseless(text)].append(source)
                    continue
                starts = _starts(pattern)
                if "" in starts:
                    anywhere.append(len(patterns))
                else:
                    for start in starts:
                        by_prefix[start].append(len(patterns))
                # The text without its stop is searched, so nothing is required of a pattern that may need the stop.
                groups = "" if with_stop else "\x1e".join(map("\x1f".join, required(pattern)))
                marked = _marked(pattern, marks)
                patterns.append(f"{source}\t{with_stop:d}\t{marked}\t{groups}\t{_needed(marked, marks)}")
    return {
        "exact": _lines(exact),
        "patterns": "\n".join(patterns).encode(),
        "prefixes": _lines(by_prefix),
        "anywhere": anywhere,
    }


def _starts(pattern: str) -> frozenset[str]:
    """Return what a text that the pattern matches begins with: shorter strings if there are too many long ones.

    The strings that begin with `COMMON_START` are longer.
    """
    for length in range(MAX_PREFIX_LENGTH, 0, -1):
        starts = prefixes(pattern, length)
        if len(starts) <= MAX_PREFIXES:
            break
    common = {start for start in starts if start.startswith(COMMON_START)}
    if not common:
        return starts
    longer = {start for start in prefixes(pattern, MAX_COMMON_LENGTH) if start.startswith(COMMON_START)}
    return (starts - common) | longer if len(longer) <= MAX_PREFIXES else starts


def _lines(numbers_of: Mapping[str, Iterable[int]]) -> bytes:
    """Return a line for each text, with its numbers, in the order of the lines as UTF-8."""
    lines = (f"{text}\t{','.join(map(str, dict.fromkeys(own)))}" for text, own in numbers_of.items())
    return b"\n".join(sorted(line.encode() for line in lines))
