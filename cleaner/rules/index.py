"""An index of the rules by what a text must be, begin with or contain for a rule to match it.

A page has about 250 blocks, and the hundred rules for texts have some thousand phrases. To try all of them one by one
would cost more than the rest of the judge, and to compile them all more than reading the page. So each pattern is split
into its alternatives. Alternatives that list a few phrases are looked up as whole texts. The others are looked up by
the first characters of the text, and each is compiled when the first text with these characters turns up.

To build the index from the patterns takes half a second of CPU time, as much as to clean ten pages; to read it from a
file takes 20 ms. So it is stored beside the rules. After a change of a pattern, write it again:

    python -m cleaner.rules

If the stored index is not that of the rules, it is built in memory: this is slower, but the result is the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from cleaner.rules.model import Rule, Scope
from cleaner.rules.syntax import alternatives, needles, phrases, prefixes
from cleaner.rules.tables import RULES

FILE = Path(__file__).with_name("index.json")
# Characters at the start of a text that the lookup uses. With 3, 50% more alternatives are compiled for a page; with 5,
# the index is 50% larger.
MAX_PREFIX_LENGTH = 4
# An alternative that matches more texts than this is compiled and not listed. With 200, only 2% fewer are compiled.
MAX_PHRASES = 50
PLACES = {"text": frozenset({Scope.BLOCK, Scope.HEADING}), "element": frozenset({Scope.ELEMENT})}


class Branch(NamedTuple):
    """One alternative of a rule's pattern."""

    rule: int  # index in `RULES`
    pattern: str
    needles: Sequence[str]  # if it may begin with anything: a text that it matches contains one of these


class Index(NamedTuple):
    """Where to find the rules of a place, by caseless text."""

    exact: Mapping[str, Sequence[int]]  # rules, as indices in `RULES`, by the whole text
    branches: Sequence[Branch]  # the alternatives that do not list phrases
    prefixes: Mapping[str, Sequence[int]]  # indices in `branches` by the first characters of the text
    anywhere: Sequence[int]  # indices of the branches that may begin with anything


@cache
def indices() -> Mapping[str, Index]:
    """Return the index of each place in `PLACES`."""
    stored = json.loads(FILE.read_text("utf-8"))
    if stored.pop("made_from") != _checksum(RULES):
        return build(RULES)
    return {
        place: Index(**{**fields, "branches": [Branch(*branch) for branch in fields["branches"]]})
        for place, fields in stored.items()
    }


def build(rules: Sequence[Rule]) -> dict[str, Index]:
    """Return the indices of the given rules by place, built from their patterns."""
    return {place: _index(rules, scopes) for place, scopes in PLACES.items()}


def _index(rules: Sequence[Rule], scopes: frozenset[Scope]) -> Index:
    exact: defaultdict[str, list[int]] = defaultdict(list)
    branches: list[Branch] = []
    by_prefix: defaultdict[str, list[int]] = defaultdict(list)
    anywhere: list[int] = []
    for number, rule in enumerate(rules):
        if rule.scope not in scopes:
            continue
        for pattern in dict.fromkeys(alternatives(rule.pattern)):
            texts = phrases(pattern, MAX_PHRASES)
            if texts is not None:
                for text in texts:
                    if number not in exact[text]:
                        exact[text].append(number)
                continue
            starts = prefixes(pattern, MAX_PREFIX_LENGTH)
            if "" in starts:
                anywhere.append(len(branches))
                branches.append(Branch(number, pattern, needles(pattern)))
            else:
                for start in starts:
                    by_prefix[start].append(len(branches))
                branches.append(Branch(number, pattern, ()))
    return Index(exact, branches, by_prefix, anywhere)


def dump_index(rules: Sequence[Rule]) -> str:
    """Return the indices of the given rules as the file holds them. The same rules give the same text."""
    fields = {place: index._asdict() for place, index in build(rules).items()}
    checksum = _checksum(rules)
    return json.dumps({"made_from": checksum, **fields}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _checksum(rules: Iterable[Rule]) -> int:
    """Return a CRC-32 of what the index depends on: the scopes and patterns in order."""
    return crc32("\n".join(f"{rule.scope} {rule.pattern}" for rule in rules).encode())
