"""The user's rules: files that add phrases to rules of the package, and rules of the user's own.

A file has the form of the package's files, both kinds in one: under the id of a rule of the package stands what it
matches, and under any other id a rule with its reason, its scope and what it matches. docs/rules.md describes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cleaner.rules import source
from cleaner.rules.compile import compile_rules
from cleaner.rules.matching import RuleSet
from cleaner.rules.model import ANY_LANGUAGE, Rule, Section
from cleaner.rules.sites import SiteRule, parse_site_rules
from cleaner.rules.slots import BUILT_IN
from cleaner.rules.source import RULE_KEYS, SECTION_KEYS, RuleFile, RuleSources, Slots, unknown_rule
from cleaner.rules.syntax import has_nested_repeat
from cleaner.rules.table import RuleTable, package_table

if TYPE_CHECKING:
    from typing import TypeAlias

# The keys and tables of a file that are not rules.
LANGUAGE, SLOTS, SITE = "language", "slots", "site"
# The table of a config file that holds rules, and its key for the names of further files. See `command.config`.
PARENT, FILES = "rules", "files"
# What a table for a rule that exists may repeat.
_FIXED_KEYS = ("reason", "scope")
# Compiled rules that are kept. A program rarely uses more than one set; a test of rules uses many.
MAX_COMPILED: Final = 8


class RuleText(NamedTuple):
    """The text of a rule file, which travels to worker processes, and what messages call the file."""

    name: str
    text: str

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> RuleText:
        """Read a file. Raises `RuleFileError` if it cannot be read, or is not encoded in UTF-8."""
        return cls(os.fspath(path), source.read_text(Path(path)))

    def parse(self) -> RuleFile:
        """Parse the text; of a config file, its table of rules. Raises `RuleFileError` if it is not TOML."""
        file = RuleFile.parse(self.name, self.text)
        rules = file.tables.get(PARENT)
        return replace(file, tables=rules, parent=PARENT) if isinstance(rules, Mapping) else file

    @property
    def digest(self) -> str:
        """A digest of what the file says, in hexadecimal. Comments do not count."""
        from hashlib import blake2b

        tables = {name: table for name, table in self.parse().tables.items() if name != FILES}
        return blake2b(json.dumps(tables, default=str).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the package together with the user's. `load_rules` makes one; it may be used any number of times.

    It is small, and may be pickled: it holds the texts of the files. Each process compiles them once.

    Attributes:
        files: The user's rule files, the first one asked first.
        without: The ids of the rules that are switched off.
        sites: Rules for single sites, besides those in the files.
    """

    files: tuple[RuleText, ...] = ()
    without: frozenset[str] = frozenset()
    sites: tuple[SiteRule, ...] = ()


if TYPE_CHECKING:
    AnyPath: TypeAlias = str | os.PathLike[str]
    # What functions accept as rules; `None` for those of the package alone.
    RulesOrPaths: TypeAlias = Rules | AnyPath | Sequence[AnyPath] | None


def load_rules(*paths: AnyPath, without: Iterable[str] = ()) -> Rules:
    """Return the rules of the package together with those in the user's files, for the `rules` of `clean` and others.

    Args:
        paths: The rule files, in TOML. If the rules of several match a text, the first file gives the reason, and those
            of the package come last.
        without: The ids of rules to switch off: of the package, or of the files. An earlier id of a rule counts as its
            id.

    Raises:
        RuleFileError: A file cannot be read, or has a mistake. The message has the file, the line, and what to do.
        ValueError: `without` has an id that no rule has.
        TypeError: `without` is a string.
    """
    return make_rules(map(RuleText.read, paths), without)


def make_rules(files: Iterable[RuleText], without: Iterable[str] = ()) -> Rules:
    """Return rules from texts; otherwise like `load_rules`."""
    if isinstance(without, str):
        raise TypeError("without is a string; pass a list of ids")
    files = tuple(files)
    parsed = parse_files(files)
    names = _by_name(rule for rules in (package_rules_only(), *(each.rules for each in parsed)) for rule in rules)
    ids = frozenset(_known(name, names).id for name in without)
    _parse_sites(files)
    return Rules(files, ids)


def as_rules(rules: RulesOrPaths) -> Rules | None:
    """Return the rules, loaded if they are given as a path or as several; `None` for those of the package alone.

    Raises `RuleFileError` as `load_rules` does.
    """
    if rules is None or isinstance(rules, Rules):
        return rules
    return load_rules(rules) if isinstance(rules, str | os.PathLike) else load_rules(*rules)


@lru_cache(maxsize=MAX_COMPILED)
def rule_set(rules: Rules) -> RuleSet:
    """Return the compiled rules: the tables of the user's files, in their order, and that of the package."""
    tables = (RuleTable(compile_rules(sources)) for sources in parse_files(rules.files))
    return RuleSet((*tables, package_table()), rules.without)


def site_rules(rules: Rules) -> tuple[SiteRule, ...]:
    """Return the rules for single sites, in the order of the files."""
    return (*_parse_sites(rules.files), *rules.sites)


def parse_files(files: Sequence[RuleText]) -> tuple[RuleSources, ...]:
    """Return the rules and sections of each file. A file may add to a rule of an earlier one.

    Raises `RuleFileError` for a mistake.
    """
    known = _by_name(package_rules_only())
    parsed = []
    for text in files:
        parsed.append(_parse(text.parse(), known))
        known = {**_by_name(parsed[-1].rules), **known}
    return tuple(parsed)


@cache
def package_rules_only() -> tuple[Rule, ...]:
    """Return the rules of the package without their sections, which takes a thirtieth of the time to read."""
    files = (RuleFile.read(source.FOLDER / name) for name in (source.RULES_FILE, source.ELEMENTS_FILE))
    return tuple(source.read_rule(file, name, table) for file in files for name, table in file.tables.items())


def _package_slots(language: str) -> Slots:
    """Return the slots that the package has for a language; those for any language if it has no file for it."""
    slots: Slots = BUILT_IN
    for name in dict.fromkeys((ANY_LANGUAGE, language)):
        path = source.FOLDER / source.LANGUAGES / f"{name}.toml"
        if path.is_file():
            slots = source.read_slots(RuleFile.read(path), slots)
    return slots


def _by_name(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return the rules by id and by each earlier id."""
    return {name: rule for rule in rules for name in (rule.id, *rule.aliases)}


def _known(name: str, names: Mapping[str, Rule]) -> Rule:
    """Return the rule of that name. Raises `ValueError` if there is none."""
    if name not in names:
        raise ValueError(unknown_rule(name, names))
    return names[name]


def _parse(file: RuleFile, known: Mapping[str, Rule]) -> RuleSources:
    """Return what a file says. `known` has the rules of the package and of earlier files by id and earlier id."""
    language = _language(file)
    slots = _user_slots(file, _package_slots(language))
    rules: dict[str, Rule] = {}
    sections: list[Section] = []
    for name, table in _rule_tables(file):
        rule = _extended_rule(file, name, table, known[name]) if name in known else _own_rule(file, name, table, known)
        section = source.read_section(file, name, language, table, slots)
        source.check_wildcards(file, section)
        if rule.id in rules:
            raise file.error(f"{name!r} is an earlier id of {rule.id!r}, which is in this file, too; merge them", name)
        rules[rule.id] = rule
        sections.append(section._replace(rule=rule.id))
    return RuleSources(tuple(rules.values()), tuple(sections), {language: slots})


def _rule_tables(file: RuleFile) -> Iterator[tuple[str, Mapping[str, Any]]]:
    ignored = {LANGUAGE, SLOTS, SITE} | ({FILES} if file.parent else set())
    for name, table in file.tables.items():
        if name in ignored:
            continue
        if not isinstance(table, Mapping):
            keys = ", ".join(sorted(ignored))
            raise file.error(f"{name!r} is neither a rule, which is a table [{name}], nor one of {keys}", "", name)
        yield name, table


def _language(file: RuleFile) -> str:
    language = file.tables.get(LANGUAGE, ANY_LANGUAGE)
    if not isinstance(language, str) or not (language == ANY_LANGUAGE or source.LANGUAGE_CODE.fullmatch(language)):
        problem = (
            f"language = {language!r} is not a code of ISO 639-1, such as en, de or is; leave it out for any language"
        )
        raise file.error(problem, "", LANGUAGE)
    return language


def _user_slots(file: RuleFile, inherited: Slots) -> Slots:
    """Return the slots for the file's templates. Raises `RuleFileError` for a mistake."""
    slots = source.read_slots(file, inherited)
    for name, value in file.tables.get(SLOTS, {}).items():
        for each in [value] if isinstance(value, str) else value:
            if source.count_wildcards(each) or has_nested_repeat(each):
                problem = f"the slot {name!r} has a wildcard; write wildcards in the templates, where they are counted"
                raise file.error(problem, SLOTS, name, each)
    return slots


def _extended_rule(file: RuleFile, name: str, table: Mapping[str, Any], rule: Rule) -> Rule:
    """Return the rule that a table adds to. Raises `RuleFileError` if the table would change the rule itself."""
    source.check_keys(file, name, table, (*RULE_KEYS, *SECTION_KEYS))
    for key in table:
        if key in RULE_KEYS and not (key in _FIXED_KEYS and table[key] == getattr(rule, key)):
            raise file.error(
                f"{key} of the rule {rule.id!r} cannot be changed. Here it may have {', '.join(SECTION_KEYS)}; "
                "for anything else, choose another id for a rule of your own",
                name,
                key,
            )
    return rule


def _own_rule(file: RuleFile, name: str, table: Mapping[str, Any], known: Mapping[str, Rule]) -> Rule:
    if not any(key in table for key in RULE_KEYS):
        raise file.error(f"{unknown_rule(name, known)} (a rule of your own needs a reason and a scope)", name)
    rule = source.read_rule(file, name, table)
    for alias in rule.aliases:
        if alias in known:
            raise file.error(f"the alias {alias!r} is the id of another rule", name, "aliases", alias)
    return rule


@lru_cache(maxsize=MAX_COMPILED)
def _parse_sites(files: tuple[RuleText, ...]) -> tuple[SiteRule, ...]:
    """Return the rules for single sites in the files. Raises `RuleFileError` for a mistake."""
    return tuple(rule for text in files for rule in _sites_of(text.parse()))


def _sites_of(file: RuleFile) -> tuple[SiteRule, ...]:
    table = file.tables.get(SITE, {})
    if not isinstance(table, Mapping):
        raise file.error('site must hold a table for each host: [site."example.org"]', "", SITE)
    return parse_site_rules(table, file)
