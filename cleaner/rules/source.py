"""Read rules from TOML and check them. Nothing here runs when a page is cleaned: see `table`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from cleaner.models import Reason
from cleaner.patterns import lazy_pattern
from cleaner.rules.errors import RuleFileError, line_of
from cleaner.rules.folding import bare, fold
from cleaner.rules.model import ANY_LANGUAGE, Part, Rule, Scope, Section, Strength, Witness
from cleaner.rules.slots import BUILT_IN
from cleaner.rules.syntax import check_regex, has_nested_repeat
from cleaner.rules.template import TemplateError, escape, to_pattern

FOLDER: Final = Path(__file__).parent
RULES_FILE, ELEMENTS_FILE, LANGUAGES = "rules.toml", "elements.toml", "lang"
# In characters. Without a link or an ending that it requires, a longer text is never removed for its words alone.
MAX_CERTAIN_LENGTH: Final = 200
# In characters. No rule matches a longer text.
MAX_LENGTH: Final = 600
# Wildcards in a template or regular expression of a user. Each may make matching slower by the length of the text.
MAX_WILDCARDS: Final = 3

LANGUAGE_CODE: Final = lazy_pattern(r"[a-z]{2,3}")
_ID = lazy_pattern(r"[a-z]+(-[a-z]+)*")
RULE_KEYS = ("reason", "scope", "strength", "witness", "about", "aliases", "shape", "unless_token")
SECTION_KEYS = ("phrases", "templates", "regex", "drops", "keeps")
_SHAPE_KEYS = ("linked", "most_linked", "unfinished", "part", "longest")
_WILDCARD = lazy_pattern(r"\{(?:\d+-\d+|headline|address)\}|(?:\.|\[[^\]]*\]|\\\S)(?:[*+]|\{\d*,\d*\})")

Slots = Mapping[str, str]  # by name, as regular expressions


class RuleSources(NamedTuple):
    """Rules with their sections, and the slots of the templates by language."""

    rules: tuple[Rule, ...]  # the first is asked first
    sections: tuple[Section, ...]
    slots: Mapping[str, Slots]

    def slots_of(self, language: str) -> Slots:
        """Return the slots that the templates of a language may use."""
        return self.slots.get(language) or self.slots[ANY_LANGUAGE]

    def by_rule(self, rule_id: str) -> list[Section]:
        """Return the sections of a rule."""
        return [section for section in self.sections if section.rule == rule_id]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A TOML text, and what messages call it.

    `parent` is the table that holds the rules, in a file with other tables; empty if the rules are the whole file.
    """

    name: str
    text: str
    tables: Mapping[str, Any] = field(hash=False, compare=False, repr=False)
    parent: str = ""

    @classmethod
    def read(cls, path: Path) -> RuleFile:
        """Read a file. Raises `RuleFileError` if it cannot be read, or is not TOML in UTF-8."""
        return cls.parse(str(path), read_text(path))

    @classmethod
    def parse(cls, name: str, text: str) -> RuleFile:
        """Parse a text. Raises `RuleFileError` if it is not TOML."""
        try:
            return cls(name, text, MappingProxyType(tomllib.loads(text)))
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"\(at line (\d+)", str(error))
            problem = f"is not valid TOML: {str(error).partition(' (at ')[0]}"
            raise RuleFileError(name, int(line[1]) if line else None, problem) from error

    def error(self, problem: str, table: str = "", key: str | None = None, value: object = None) -> RuleFileError:
        """Return the error for a mistake in a table, a key of it, or a string in the value of the key."""
        return RuleFileError(self.name, line_of(self.text, table or self.parent, key, value), problem)


def read_text(path: Path) -> str:
    """Return the text of a file. Raises `RuleFileError` if it cannot be read, or is not encoded in UTF-8."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise RuleFileError(str(path), None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleFileError(str(path), None, "is not encoded in UTF-8") from error


def source_files() -> list[Path]:
    """Return the files that hold the rules of the package, in a fixed order."""
    return [FOLDER / RULES_FILE, FOLDER / ELEMENTS_FILE, *sorted((FOLDER / LANGUAGES).glob("*.toml"))]


def read_sources() -> RuleSources:
    """Return the rules of the package. Raises `RuleFileError` for a mistake in a file."""
    rules_file, elements_file, *languages = map(RuleFile.read, source_files())
    rules = [read_rule(rules_file, name, table) for name, table in rules_file.tables.items()]
    elements = [read_rule(elements_file, name, table) for name, table in elements_file.tables.items()]
    _check_ids(rules_file, rules + elements)
    ids = {rule.id: rule for rule in rules}
    languages.sort(key=lambda file: Path(file.name).stem != ANY_LANGUAGE)  # other languages use its slots
    slots: dict[str, Slots] = {}
    sections = [
        read_section(elements_file, name, ANY_LANGUAGE, table, BUILT_IN) for name, table in elements_file.tables.items()
    ]
    for file in languages:
        language = Path(file.name).stem
        slots[language] = read_slots(file, slots.get(ANY_LANGUAGE, BUILT_IN))
        sections += read_sections(file, language, ids, slots[language])
    order = {rule.id: number for number, rule in enumerate(rules)}
    sections.sort(key=lambda section: (order.get(section.rule, -1), section.language))
    return RuleSources((*rules, *elements), tuple(sections), slots)


def read_rule(file: RuleFile, name: str, table: Any) -> Rule:
    """Return the rule that a table describes; keys of sections are ignored. Raises `RuleFileError` for a mistake."""
    if not isinstance(table, Mapping):
        raise file.error(f"{name!r} must be a table: [{name}]", "", name)
    if not _ID.fullmatch(name):
        raise file.error(f"the id {name!r} must be lower-case words joined by dashes", name)
    check_keys(file, name, table, (*RULE_KEYS, *SECTION_KEYS))
    for required in ("reason", "scope"):
        if required not in table:
            raise file.error(f"the rule {name!r} has no {required}", name)
    shape = _typed(file, name, table, "shape", Mapping, {})
    for key in shape:
        if key not in _SHAPE_KEYS:
            raise file.error(f"unknown key {key!r} in shape; choose from {', '.join(_SHAPE_KEYS)}", name, "shape")
    rule = Rule(
        id=name,
        reason=_choice(file, name, table, "reason", Reason),
        scope=_choice(file, name, table, "scope", Scope),
        strength=_choice(file, name, table, "strength", Strength, Strength.CERTAIN),
        witness=_choice(file, name, table, "witness", Witness) if "witness" in table else None,
        about=_typed(file, name, table, "about", str, ""),
        aliases=_strings(file, name, table, "aliases"),
        linked=_share(file, name, shape, "linked", 0.0),
        most_linked=_share(file, name, shape, "most_linked", 1.0),
        unfinished=_typed(file, name, shape, "unfinished", bool, False),
        part=_choice(file, name, shape, "part", Part, Part.ANYWHERE),
        longest=_typed(file, name, shape, "longest", int, 160),
        unless_token=frozenset(_strings(file, name, table, "unless_token")),
    )
    _check_shape(file, rule)
    return rule


def _check_shape(file: RuleFile, rule: Rule) -> None:
    if not 0 < rule.longest <= MAX_LENGTH:
        raise file.error(f"longest must be from 1 to {MAX_LENGTH} characters", rule.id, "shape")
    if rule.scope is Scope.ELEMENT:
        if rule.linked or rule.unfinished or rule.part is not Part.ANYWHERE:
            raise file.error("a rule for elements has no shape: it matches class names, not texts", rule.id, "shape")
        return
    if rule.unless_token:
        raise file.error('unless_token is for rules with scope = "element"', rule.id, "unless_token")
    if rule.needs_no_witness and rule.longest > MAX_CERTAIN_LENGTH and not (rule.linked or rule.unfinished):
        raise file.error(
            f"a certain rule for more than {MAX_CERTAIN_LENGTH} characters must ask for linked or unfinished: words "
            'alone never remove a long text. Lower longest, or write strength = "likely"',
            rule.id,
            "shape",
        )


def read_slots(file: RuleFile, inherited: Slots) -> Slots:
    """Return the slots of a file as regular expressions, with those that it inherits.

    Raises `RuleFileError` for a mistake.
    """
    slots = dict(inherited)
    table = file.tables.get("slots", {})
    if not isinstance(table, Mapping):
        raise file.error("'slots' must be a table: [slots]", "", "slots")
    for name, value in table.items():
        if not re.fullmatch(r"[a-z][a-z -]*", name) or name == "phrase":
            raise file.error(f"{name!r} cannot be the name of a slot: it must be lower-case words", "slots", name)
        if isinstance(value, str):
            _check_regex(file, "slots", name, value)
            slots[name] = value
        elif isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            slots[name] = "|".join(_template(file, "slots", name, each, slots) for each in value)
        else:
            raise file.error(f"the slot {name!r} must be a list of templates or a regular expression", "slots", name)
    return slots


def read_sections(file: RuleFile, language: str, rules: Collection[str], slots: Slots) -> list[Section]:
    """Return the sections of a file, which are all in one language. Raises `RuleFileError` for a mistake.

    `rules` are the known ids.
    """
    if language != ANY_LANGUAGE and not LANGUAGE_CODE.fullmatch(language):
        raise file.error(f"{language!r} is not a language code (ISO 639-1, such as en, de or zh)", "", "language")
    sections = []
    for name, table in file.tables.items():
        if name == "slots":
            continue
        if name not in rules:
            raise file.error(unknown_rule(name, rules), name)
        if not isinstance(table, Mapping):
            raise file.error(f"{name!r} must be a table: [{name}]", "", name)
        check_keys(file, name, table, SECTION_KEYS)
        sections.append(read_section(file, name, language, table, slots))
    return sections


def unknown_rule(name: str, names: Iterable[str]) -> str:
    """Return a message that there is no such rule, with the name that was probably meant."""
    close = get_close_matches(name, names, 1)
    hint = f"did you mean {close[0]!r}?" if close else "`cleaner rules` lists all rules"
    return f"there is no rule {name!r}; {hint}"


def read_section(file: RuleFile, name: str, language: str, table: Mapping[str, Any], slots: Slots) -> Section:
    """Return the section that a table describes; other keys are ignored. Raises `RuleFileError` for a mistake."""
    section = Section(
        rule=name,
        language=language,
        **{key: _strings(file, name, table, key) for key in SECTION_KEYS},
    )
    check_section(file, section, slots)
    return section


def check_section(file: RuleFile, section: Section, slots: Slots) -> None:
    """Raise `RuleFileError` if the section matches nothing, or an entry of it cannot be read."""
    if not (section.phrases or section.templates or section.regex):
        raise file.error(f"[{section.rule}] matches nothing: give phrases, templates or regex", section.rule)
    for key in SECTION_KEYS[:3]:
        values = getattr(section, key)
        for value in values:
            if values.count(value) > 1:
                raise file.error(f"{value!r} is listed twice", section.rule, key, value)
    for value in section.phrases:
        if not fold(value):
            raise file.error(f"the phrase {value!r} has no letters", section.rule, "phrases", value)
    all_slots = with_phrases(section, slots)
    for value in section.templates:
        _template(file, section.rule, "templates", value, all_slots)
    for value in section.regex:
        _check_regex(file, section.rule, "regex", value)


def with_phrases(section: Section, slots: Slots) -> Slots:
    """Return the slots of a section: those of its language, and `{phrase}` for its phrases."""
    if not section.phrases:
        return slots
    return {**slots, "phrase": "|".join(escape(bare(phrase)) for phrase in section.phrases)}


def count_wildcards(entry: str) -> int:
    """Return the number of wildcards in a template or a regular expression."""
    return len(_WILDCARD.findall(entry))


def check_wildcards(file: RuleFile, section: Section) -> None:
    """Raise `RuleFileError` if matching an entry of a user's file could take long."""
    for key in ("templates", "regex"):
        for value in getattr(section, key):
            if key == "regex" and has_nested_repeat(value):
                problem = f"{value!r} repeats a group that contains a repetition, so it could take forever to match"
                raise file.error(problem, section.rule, key, value)
            if count_wildcards(value) > MAX_WILDCARDS:
                raise file.error(
                    f"{value!r} has more than {MAX_WILDCARDS} wildcards, so it could take long to match; split it",
                    section.rule,
                    key,
                    value,
                )


def _template(file: RuleFile, table: str, key: str, value: str, slots: Slots) -> str:
    try:
        return to_pattern(value, slots)
    except TemplateError as error:
        raise file.error(f"the template {value!r} is wrong: {error}", table, key, value) from error


def _check_regex(file: RuleFile, table: str, key: str, value: str) -> None:
    try:
        check_regex(value)
    except ValueError as error:
        raise file.error(f"the regular expression {value!r} is wrong: {error}", table, key, value) from error


def _check_ids(file: RuleFile, rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if name in seen:
                raise file.error(f"the id {name!r} is used twice", rule.id)
            seen.add(name)


def check_keys(file: RuleFile, name: str, table: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise `RuleFileError` if the table has a key that is not known."""
    for key in table:
        if key not in known:
            close = get_close_matches(key, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"choose from {', '.join(known)}"
            raise file.error(f"unknown key {key!r} in [{name}]; {hint}", name, key)


def _choice(file: RuleFile, name: str, table: Mapping[str, Any], key: str, kind: Any, default: Any = None) -> Any:
    value = table.get(key, default)
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(each.value for each in kind)
        raise file.error(f"{key} = {value!r} is unknown; choose from {choices}", name, key) from None


def _typed(file: RuleFile, name: str, table: Mapping[str, Any], key: str, kind: Any, default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        names = {str: "a string", int: "a whole number", bool: "true or false", Mapping: "a table { ... }"}
        raise file.error(f"{key} must be {names[kind]}", name, key)
    return value


def _share(file: RuleFile, name: str, table: Mapping[str, Any], key: str, default: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise file.error(f"{key} must be a share from 0 to 1", name, "shape")
    return float(value)


def _strings(file: RuleFile, name: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise file.error(f"{key} must be a list of strings", name, key)
    for each in value:
        if not each.strip():
            raise file.error(f"{key} has an empty string", name, key)
    return tuple(value)
