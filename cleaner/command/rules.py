"""`cleaner rules`: list the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.models import Reason

if TYPE_CHECKING:
    from cleaner.rules.model import Rule


@click.command(short_help="List the rules, with examples of what they remove and keep.")
@click.option("--language", metavar="CODE", help="Only rules for this language (ISO 639-1 code: en, de, zh ...).")
@click.option(
    "--reason",
    type=click.Choice([each.value for each in Reason]),
    metavar="REASON",
    help="Only rules with this reason: related, subscribe, share ...",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json also has the patterns.",
)
def rules(language: str | None, reason: str | None, form: str) -> None:
    """List the rules, each with examples of text that it removes, and of similar text that it keeps.

    In the examples, [brackets] mark link text.
    """
    from cleaner.rules.tables import RULES

    chosen = [rule for rule in RULES if language is None or language in rule.languages]
    if not chosen:
        languages = ", ".join(sorted({code for rule in RULES for code in rule.languages}))
        raise click.UsageError(f"no rule for the language {language!r}; choose one of {languages}")
    chosen = [rule for rule in chosen if reason is None or rule.reason == reason]
    if not chosen:
        reasons = ", ".join(sorted({rule.reason for rule in RULES if language is None or language in rule.languages}))
        raise click.UsageError(f"none of these rules has the reason {reason!r}; choose one of {reasons}")
    if form == "json":
        import json

        click.echo(json.dumps([_as_json(rule) for rule in chosen], ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(map(_in_words, chosen)))


def _as_json(rule: Rule) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(rule) | {"languages": sorted(rule.languages), "unless_token": sorted(rule.unless_token)}


def _in_words(rule: Rule) -> str:
    from cleaner.rules.model import Part, Scope

    words = "any language" if not rule.languages else ", ".join(sorted(rule.languages))
    place = {Part.ANYWHERE: "", Part.BEFORE_OR_AFTER: "before or after"}.get(rule.part, rule.part)
    conditions = [
        f"at least {rule.linked:.0%} of it is link text" if rule.linked else "",
        "it does not end like a sentence" if rule.unfinished else "",
        f"it is {place} the article" if place else "",
        f"it has none of the tokens {', '.join(sorted(rule.unless_token))}" if rule.unless_token else "",
        f"it has at most {rule.longest} characters" if rule.scope is not Scope.ELEMENT else "",
    ]
    lines = [f"{rule.id}  ({rule.reason}; {rule.scope}; {words})"]
    lines += [f"    if       {condition}" for condition in conditions if condition]
    lines += [f"    removes  {example}" for example in rule.drops]
    lines += [f"    keeps    {example}" for example in rule.keeps]
    return "\n".join(lines)
