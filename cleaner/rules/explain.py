"""Explain which rules match a text and why others do not, and check a user's file by its own examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

from cleaner.blocks.stats import acts_as_heading
from cleaner.models import Block
from cleaner.rules.compile import entry_patterns
from cleaner.rules.errors import RuleFileError
from cleaner.rules.examples import PLACE_OF_PART, example_block, first_rule, parse_example
from cleaner.rules.folding import bare, fold, fold_token, without_dots, without_stop
from cleaner.rules.matching import MIN_LINK_ONLY_DENSITY, Languages, RuleSet, holds
from cleaner.rules.model import ANY_LANGUAGE, Part, Rule, Scope, Section, Strength
from cleaner.rules.source import RuleSources, read_sources
from cleaner.rules.user import Rules, RuleText, make_rules, parse_files, rule_set
from cleaner.text.sentences import is_finished

# Least similarity, 0 to 1, of a phrase to a text for which it is shown as near (`difflib.SequenceMatcher.ratio`).
MIN_SIMILARITY: Final = 0.6
# Phrases that are shown as near.
MAX_NEAR: Final = 3

PARTS: Final = {
    Part.BEFORE: "before the first paragraph of the article",
    Part.INSIDE: "between the first and the last paragraph of the article",
    Part.AFTER: "after the last paragraph of the article",
    Part.BEFORE_OR_AFTER: "before the first or after the last paragraph of the article",
}


class Entry(NamedTuple):
    """A phrase, template or regular expression of a rule, or one of its examples."""

    rule: str  # its id
    language: str
    kind: str  # in the singular
    text: str

    def __str__(self) -> str:
        language = "any language" if self.language == ANY_LANGUAGE else self.language
        return f"the {self.kind} {self.text!r} ({language})"


class Candidate(NamedTuple):
    """A rule with an entry that matches a text, whatever the shape of the block."""

    rule: Rule
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]  # why the rule does not hold for the block; empty if it holds


def all_sources(rules: Rules) -> tuple[RuleSources, ...]:
    """Return the rules with their sections: those of the user's files, and those of the package."""
    return (*parse_files(rules.files), read_sources())


def find_candidates(rules: Rules, block: Block, languages: Languages) -> list[Candidate]:
    """Return the rules for texts that match a block, in the order in which they are asked, certain rules first.

    `languages` are those whose rules are asked, `None` for all. A rule that requires a part of the page is judged as if
    the block were there.
    """
    asked = None if block.linked > MIN_LINK_ONLY_DENSITY else languages
    sources = all_sources(rules)
    return [
        Candidate(rule, tuple(_entries(rule, sources, block.text, asked)), tuple(_problems(rule, block)))
        for rule in _matching_rules(rule_set(rules), block.text, asked)
    ]


def nearest_entries(rules: Rules, text: str, languages: Languages) -> list[Entry]:
    """Return the phrases and examples of rules for texts that are most similar to a text, the most similar first."""
    entries: dict[str, Entry] = {}
    for sources in all_sources(rules):
        of_elements = {rule.id for rule in sources.rules if rule.scope is Scope.ELEMENT}
        for section in sources.sections:
            if section.rule not in of_elements and (languages is None or section.language in languages):
                for phrase in section.phrases:
                    entries.setdefault(bare(phrase), Entry(section.rule, section.language, "phrase", phrase))
                for example in section.drops:
                    plain = bare(parse_example(example).text)
                    entries.setdefault(plain, Entry(section.rule, section.language, "example", example))
    return [entries[each] for each in get_close_matches(bare(text), entries, MAX_NEAR, MIN_SIMILARITY)]


def _matching_rules(rules: RuleSet, text: str, languages: Languages) -> list[Rule]:
    """Return the rules that match a text of any length, in the order in which they are asked."""
    found: dict[str, Rule] = {}
    for table in rules.tables:
        for number in table.text.find(fold(text), 0, table.numbers(languages)):
            rule = table.rules[number]
            if rule.id not in rules.without:
                found.setdefault(rule.id, rule)
    return sorted(found.values(), key=lambda rule: rule.strength is Strength.LIKELY)


def _entries(rule: Rule, sources: Iterable[RuleSources], text: str, languages: Languages) -> Iterator[Entry]:
    for each in sources:
        for section in each.by_rule(rule.id):
            if languages is None or section.language in languages:
                yield from matching_entries(rule, section, each, text)


def matching_entries(rule: Rule, section: Section, sources: RuleSources, text: str) -> list[Entry]:
    """Return the entries of a section that match a text; for an ELEMENT rule, one of the tokens in it."""
    folded = fold(text)
    without = without_stop(folded)
    is_element = rule.scope is Scope.ELEMENT
    tokens = {name for token in text.split() for name in fold_token(token)} if is_element else set()
    found = []
    kinds = ["phrase"] * len(section.phrases) + ["template"] * len(section.templates) + ["regex"] * len(section.regex)
    patterns = entry_patterns(section, sources.slots_of(section.language), element=is_element)
    for kind, (entry, pattern, with_stop) in zip(kinds, patterns, strict=True):
        matches = _compiled(pattern).fullmatch
        if any(map(matches, tokens if is_element else [without_dots(folded if with_stop else without)])):
            found.append(Entry(rule.id, section.language, "regular expression" if kind == "regex" else kind, entry))
    return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("ı", "i"), re.IGNORECASE)


def _problems(rule: Rule, block: Block) -> Iterator[str]:
    """Yield why a rule does not hold for a block on a page whose words it matches, as `matching.holds` checks it."""
    part = PLACE_OF_PART.get(rule.part, rule.part)
    if rule.scope is Scope.HEADING and not acts_as_heading(block, plain=False):
        yield "the rule is for headings and for short lines without a stop and a link, and the text is neither"
    if holds(rule, block, part=part, plain=False):
        return
    if len(block.text) > rule.longest:
        yield f"the text has {len(block.text)} characters, and the rule allows {rule.longest}"
    if block.linked > rule.most_linked:
        yield f"{block.linked:.0%} of the text is link text, and the rule allows {rule.most_linked:.0%}"
    if block.linked < rule.linked:
        yield f"{block.linked:.0%} of the text is link text, and the rule needs {rule.linked:.0%}"
    elif rule.unfinished and not rule.linked and is_finished(block.text):
        yield "the text ends like a sentence, and the rule is for texts that do not"


class Finding(NamedTuple):
    """What a check of a user's file found."""

    error: RuleFileError
    is_failure: bool  # else something to improve


def check_file(text: RuleText) -> list[Finding]:
    """Return what is wrong with a rule file, in the order of the file.

    An example fails if its rule does not treat it as the file says: the rule is the first to match each of its `drops`.
    No certain rule, and not this rule, matches one of its `keeps`. An entry that none of the `drops` of its table shows
    is not a failure.

    Raises `RuleFileError` if the file has a mistake.
    """
    (sources,) = parse_files((text,))
    rules = rule_set(make_rules((text,)))
    by_id = {rule.id: rule for rule in sources.rules}
    findings = [
        found
        for section in sources.sections
        for found in _check_section(text, rules, by_id[section.rule], section, sources)
    ]
    return sorted(findings, key=lambda found: found.error.line or 0)


def _check_section(
    text: RuleText, rules: RuleSet, rule: Rule, section: Section, sources: RuleSources
) -> Iterator[Finding]:
    file = text.parse()
    table = next(name for name in (rule.id, *rule.aliases) if name in file.tables)
    page_rules = rules.for_page(frozenset({section.language} - {ANY_LANGUAGE}))
    for example in section.drops:
        found = first_rule(page_rules, rule, example)
        if found is None or found.id != rule.id:
            problem = f"{example!r} is not matched by {rule.id!r}: {_reason(rules, rule, example, found)}"
            yield Finding(file.error(problem, table, "drops", example), True)
    for example in section.keeps:
        found = first_rule(page_rules, rule, example)
        if found is not None and (found.strength is Strength.CERTAIN or found.id == rule.id):
            problem = f"{example!r} must stay, but the {found.strength} rule {found.id!r} matches it"
            yield Finding(file.error(problem, table, "keeps", example), True)
    for kind, entry in _unreached(rule, section, sources):
        problem = f"{entry!r} is shown by none of the drops of [{table}]; add an example that it matches"
        yield Finding(file.error(problem, table, kind, entry), False)


def _reason(rules: RuleSet, rule: Rule, example: str, found: Rule | None) -> str:
    """Return why a rule is not the first to match an example."""
    if found is not None:
        return f"the {found.strength} rule {found.id!r} of the package comes first"
    if rule.scope is Scope.ELEMENT:
        return "no entry matches one of these tokens"
    block = example_block(rule, example)
    if all(each.id != rule.id for each in _matching_rules(rules, block.text, None)):
        return "no entry matches the whole text"
    return "; ".join(_problems(rule, block))


def _unreached(rule: Rule, section: Section, sources: RuleSources) -> Iterator[tuple[str, str]]:
    """Yield the entries of a section that none of its `drops` shows, each with the key that it stands under."""
    shown = {
        entry.text
        for example in section.drops
        for entry in matching_entries(rule, section, sources, parse_example(example).text)
    }
    keys: Sequence[tuple[str, tuple[str, ...]]] = (
        ("phrases", section.phrases),
        ("templates", section.templates),
        ("regex", section.regex),
    )
    return ((key, entry) for key, entries in keys for entry in entries if entry not in shown)
