"""`cleaner rules`: list the rules, show one, try a text, and check a file of the user's."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.console import SOME_FAILED
from cleaner.command.import_ftr import import_ftr
from cleaner.command.rule_files import read_rules, rules_option
from cleaner.models import Reason

if TYPE_CHECKING:
    from cleaner.rules.explain import Candidate
    from cleaner.rules.model import Rule, Section
    from cleaner.rules.user import RuleText

# Languages of a rule that are named in the list. If there are more, only their number is shown.
MAX_NAMED_LANGUAGES = 3
# As in `cleaner.rules.model`, which takes time to load.
STRENGTHS = ("certain", "likely")
ANY_LANGUAGE = "_any"

language_option = click.option(
    "--language", metavar="CODE", help="Only rules for this language (ISO 639-1 code: en, de, zh ...)."
)


@click.group(invoke_without_command=True, short_help="List the rules, try a text, check a file of rules.")
@language_option
@click.option(
    "--reason",
    type=click.Choice([each.value for each in Reason]),
    metavar="REASON",
    help="Only rules with this reason: related, subscribe, share ...",
)
@click.option(
    "--strength",
    type=click.Choice(STRENGTHS),
    help="certain: rules that remove a block; likely: rules that are evidence for the scorer.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json also has what each rule matches.",
)
@rules_option
@click.pass_context
def rules(
    context: click.Context,
    language: str | None,
    reason: str | None,
    strength: str | None,
    form: str,
    rule_files: tuple[str, ...],
) -> None:
    """List the rules, each with an example of what it matches.

    In the examples, [brackets] mark link text.

    \b
      cleaner rules --language de --reason related
      cleaner rules show related-line
      cleaner rules try "Read more: [Ferry timetable for spring]"
      cleaner rules check house.toml
    """
    if context.invoked_subcommand is not None:
        if any((language, reason, strength, rule_files)):
            raise click.UsageError(f"write the options after {context.invoked_subcommand!r}")
        return
    listed = _listed_rules(rule_files)
    chosen = [each for each in listed if language is None or language in each.languages]
    if not chosen:
        known = ", ".join(sorted({code for each in listed for code in each.languages}))
        raise click.UsageError(f"no rule for the language {language!r}; choose one of {known}")
    chosen = [
        each
        for each in chosen
        if (reason is None or each.rule.reason == reason) and (strength is None or each.rule.strength == strength)
    ]
    if form == "json":
        import json

        click.echo(json.dumps([each.as_json() for each in chosen], ensure_ascii=False, indent=2))
        return
    rows: list[Row] = [("id", "reason", "strength", "languages", "example")]
    rows += [each.row(language) for each in chosen]
    click.echo("\n".join([*_table(rows), _count(len(chosen), "rule")]))


@rules.command(short_help="Show all of a rule.")
@click.argument("rule_id", metavar="ID")
@rules_option
def show(rule_id: str, rule_files: tuple[str, ...]) -> None:
    """Show all of a rule: what it finds, its shape, and by language what it matches, with examples.

    ID may also be an earlier id of the rule.
    """
    from cleaner.rules.source import unknown_rule

    names = {name: each for each in _listed_rules(rule_files) for name in (each.rule.id, *each.rule.aliases)}
    if rule_id not in names:
        raise click.UsageError(unknown_rule(rule_id, names))
    click.echo("\n".join(_in_full(names[rule_id])))


@rules.command("try", short_help="Say which rule matches a text.")
@click.argument("text")
@click.option(
    "--language", metavar="CODE", help="The language of the page (default: unknown, so rules of all languages apply)."
)
@click.option("--linked", is_flag=True, help="All of the text is a link. Or mark links in TEXT with [brackets].")
@click.option("--heading", is_flag=True, help="The text is a heading.")
@rules_option
def try_text(text: str, language: str | None, linked: bool, heading: bool, rule_files: tuple[str, ...]) -> None:
    """Say which rule matches the text of a block, and by which phrase or template.

    If no rule matches, say which comes nearest.
    """
    from cleaner.models import Kind
    from cleaner.rules.examples import parse_example
    from cleaner.rules.explain import find_candidates, nearest_entries
    from cleaner.rules.matching import THEME_LANGUAGES

    own = read_rules(rule_files)
    languages = THEME_LANGUAGES | {language} if language else None
    marked = f"[{text}]" if linked and "[" not in text else text
    block = parse_example(marked, Kind.HEADING if heading else Kind.PARAGRAPH)
    candidates = find_candidates(own, block, languages)
    matching = [each for each in candidates if not each.problems]
    if matching:
        click.echo("\n".join(_match(*matching)))
        return
    click.echo("No rule matches.")
    for each in candidates:
        click.echo(f"{each.rule.id} has {each.entries[0]}, but {'; '.join(each.problems)}.")
    if not candidates:
        for entry in nearest_entries(own, block.text, languages):
            click.echo(f"Near: {entry} of {entry.rule}.")


@rules.command(short_help="Check a file of rules, and run its examples.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
def check(file: str) -> None:
    """Check a file of rules, and run its examples.

    Each of the drops of a rule must be matched by that rule first. The keeps must be matched by no certain rule and not
    by that rule. What a rule matches should be shown by its drops; if not, this is reported, but is no failure.

    The exit code is 1 if the file has a mistake or an example fails, and 2 if the file cannot be read.
    """
    from cleaner.rules.errors import RuleFileError
    from cleaner.rules.user import RuleText

    try:
        text = RuleText.read(file)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error
    try:
        failures = _report(text)
    except RuleFileError as error:
        click.echo(str(error))
        failures = 1
    sys.exit(SOME_FAILED if failures else 0)


rules.add_command(import_ftr)


def _report(text: RuleText) -> int:
    """Print what a check of a file finds, and return the number of failures. Raises `RuleFileError` for a mistake."""
    from cleaner.rules.explain import check_file
    from cleaner.rules.user import Rules, parse_files, site_rules

    findings = check_file(text)
    for finding in findings:
        click.echo(str(finding.error))
    (sources,) = parse_files((text,))
    examples = sum(len(section.drops) + len(section.keeps) for section in sources.sections)
    failures = sum(finding.is_failure for finding in findings)
    counts = [_count(len(sources.rules), "rule"), _count(examples, "example")]
    if sites := site_rules(Rules((text,))):
        counts.append(_count(len(sites), "rule") + " for sites")
    click.echo(", ".join([*counts, f"{failures} failed"]))
    return failures


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


Row = tuple[str, str, str, str, str]


class ListedRule:
    """A rule with its sections, from all files."""

    def __init__(self, rule: Rule, sections: Sequence[Section]) -> None:
        self.rule = rule
        self.sections = sections
        self.languages = list(dict.fromkeys(section.language for section in sections))

    def row(self, language: str | None) -> Row:
        """Return the row of the list. The example is in the language, or in English if there is one."""
        examples = {section.language: section.drops[0] for section in reversed(self.sections) if section.drops}
        example = examples.get(language or "en") or next(reversed(examples.values()), "")
        codes = [_code(each) for each in self.languages]
        languages = " ".join(codes) if len(codes) <= MAX_NAMED_LANGUAGES else str(len(codes))
        return self.rule.id, self.rule.reason, self.rule.strength, languages, example

    def as_json(self) -> dict[str, Any]:
        sections = [section._asdict() for section in self.sections]
        for section in sections:
            del section["rule"]
        return self.rule._asdict() | {"unless_token": sorted(self.rule.unless_token), "sections": sections}


def _listed_rules(rule_files: Sequence[str]) -> list[ListedRule]:
    """Return all rules with their sections, in the order in which they are asked."""
    from cleaner.rules.explain import all_sources

    sources = all_sources(read_rules(rule_files))
    by_id = {rule.id: rule for each in reversed(sources) for rule in reversed(each.rules)}
    return [
        ListedRule(rule, [section for each in sources for section in each.by_rule(rule.id)])
        for rule in reversed(by_id.values())
    ]


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows in columns; on a terminal, cut to its width."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        line = "  ".join([*cells, row[-1]]).rstrip()
        yield line if limit is None or len(line) <= limit else line[: limit - 1] + "…"


def _code(language: str) -> str:
    return "any" if language == ANY_LANGUAGE else language


def _in_full(listed: ListedRule) -> Iterator[str]:
    rule = listed.rule
    yield rule.id
    rows = [("finds", rule.about), ("reason", rule.reason), ("scope", _scope(rule)), ("strength", _strength(rule))]
    rows += [("if", condition) for condition in _conditions(rule)]
    rows += [("earlier ids", ", ".join(rule.aliases))]
    for name, value in rows:
        if value:
            yield f"    {name:<11}  {value}"
    for section in listed.sections:
        yield ""
        yield "any language" if section.language == ANY_LANGUAGE else section.language
        values = (
            ("phrase", section.phrases),
            ("template", section.templates),
            ("regex", section.regex),
            ("removes" if rule.strength == "certain" else "matches", section.drops),
            ("keeps", section.keeps),
        )
        for name, entries in values:
            yield from (f"    {name:<11}  {entry}" for entry in entries)


def _scope(rule: Rule) -> str:
    return {
        "element": "element: a class, id, role or tag, and all blocks in its element",
        "heading": "heading: a heading, or a line like one, and its section",
        "block": "block: one block",
    }[rule.scope]


def _strength(rule: Rule) -> str:
    if rule.strength == "likely":
        return "likely: evidence for the scorer, which decides"
    if rule.witness is not None:
        return f"certain: removed, if other evidence shows that it is about the {rule.witness}; otherwise likely"
    return "certain: removed"


def _conditions(rule: Rule) -> Iterable[str]:
    """Yield the shape of a rule in words."""
    from cleaner.rules.explain import PARTS

    if rule.scope == "element":
        if rule.unless_token:
            yield f"the element has none of the tokens {', '.join(sorted(rule.unless_token))}"
        return
    yield f"the text has at most {rule.longest} characters"
    if rule.linked:
        yield f"at least {rule.linked:.0%} of it is link text"
        if rule.unfinished:
            yield "in plain text, where links are unknown: it does not end like a sentence"
        else:
            yield "it is on a page: links are unknown in plain text"
    if rule.most_linked < 1:
        yield f"at most {rule.most_linked:.0%} of it is link text"
    if rule.unfinished and not rule.linked:
        yield "it does not end like a sentence"
    if rule.part in PARTS:
        yield f"it stands {PARTS[rule.part]}"


def _match(first: Candidate, *others: Candidate) -> Iterator[str]:
    """Yield what is to be said of the rule that decides about a block, and of others that match it."""
    from cleaner.rules.explain import PARTS

    rule = first.rule
    yield rule.id
    yield f"    reason    {rule.reason}"
    yield f"    strength  {_strength(rule)}"
    for entry in first.entries:
        yield f"    matches   {entry}"
    if rule.part in PARTS:
        yield f"    only      {PARTS[rule.part]}"
    for other in others:
        yield f"    also      {other.rule.id} ({other.rule.strength}): {other.entries[0]}"
