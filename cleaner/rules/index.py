"""A table of what a text must hold or begin with for a rule to match it, made from the rules' patterns.

A page has some 250 blocks, and a hundred rules hold some thousand phrases: tried one by one they would cost more than
all the rest of the judge, and compiling them all more than reading the page. So each pattern is split into its
alternatives. Those that list a few phrases are looked up whole. The others are looked up by their first letters, and
one is compiled when the first text with those letters turns up.

Reading all that from the patterns takes half a second of CPU, as much as cleaning ten pages; reading the table, 20 ms.
So it stands beside the rules, and whoever changes a pattern writes it anew:

    python -m cleaner.rules

Where the table is not that of the rules, it is made in memory: the work is slower, never wrong.
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
from cleaner.rules.tables import RULES

FILE = Path(__file__).with_name("index.json")
# Letters of a text that the lookup sees. With 3, half as many alternatives more are compiled on a page; with 5, the
# table is half as large again.
MAX_PREFIX = 4
# An alternative that matches more texts than this is compiled. With 200, only two in a hundred fewer are.
MAX_PHRASES = 50
PLACES = {"text": frozenset({Scope.BLOCK, Scope.HEADING}), "element": frozenset({Scope.ELEMENT})}


class Branch(NamedTuple):
    """One alternative of a rule's pattern."""

    rule: int  # index in `RULES`
    pattern: str
    needles: Sequence[str]  # where it may begin with anything: a text that it matches holds one of these


class Index(NamedTuple):
    """Where to look for the rules of a place, by caseless text."""

    exact: Mapping[str, Sequence[int]]  # rules, as indices in `RULES`, by a whole text
    branches: Sequence[Branch]  # the alternatives that list no phrases
    prefixes: Mapping[str, Sequence[int]]  # indices in `branches` by what the text begins with
    anywhere: Sequence[int]  # those that may begin with anything


@cache
def indices() -> Mapping[str, Index]:
    """The index of each place in `PLACES`."""
    stored = json.loads(FILE.read_text("utf-8"))
    if stored.pop("made_from") != _mark(RULES):
        return made(RULES)
    return {
        place: Index(**{**fields, "branches": [Branch(*branch) for branch in fields["branches"]]})
        for place, fields in stored.items()
    }


def made(rules: Sequence[Rule]) -> dict[str, Index]:
    """The indices of the given rules, read from their patterns."""
    return {place: _index(rules, scopes) for place, scopes in PLACES.items()}


def _index(rules: Sequence[Rule], scopes: frozenset[Scope]) -> Index:
    from cleaner.rules.syntax import alternatives, needles, phrases, prefixes

    exact: defaultdict[str, list[int]] = defaultdict(list)
    branches: list[Branch] = []
    by_head: defaultdict[str, list[int]] = defaultdict(list)
    anywhere: list[int] = []
    for number, rule in enumerate(rules):
        if rule.scope not in scopes:
            continue
        for pattern in dict.fromkeys(alternatives(rule.pattern)):
            listed = phrases(pattern, MAX_PHRASES)
            if listed is not None:
                for phrase in listed:
                    if number not in exact[phrase]:
                        exact[phrase].append(number)
                continue
            starts = prefixes(pattern, MAX_PREFIX)
            if "" in starts:
                anywhere.append(len(branches))
                branches.append(Branch(number, pattern, needles(pattern)))
            else:
                for head in starts:
                    by_head[head].append(len(branches))
                branches.append(Branch(number, pattern, ()))
    return Index(exact, branches, by_head, anywhere)


def dump(rules: Sequence[Rule]) -> str:
    """The table of the given rules as the file holds it; the same rules are the same text."""
    fields = {place: index._asdict() for place, index in made(rules).items()}
    return json.dumps({"made_from": _mark(rules), **fields}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _mark(rules: Iterable[Rule]) -> int:
    """A number that another table of patterns would hardly have."""
    return crc32("\n".join(f"{rule.scope} {rule.pattern}" for rule in rules).encode())
