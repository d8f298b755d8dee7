"""The options `--rules` and `--without`, for all commands that have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.options import complete_file

if TYPE_CHECKING:
    from cleaner.rules.user import Rules, RuleText

RULES_HELP = "Also use the rules in FILE (TOML); may be repeated. Its rules take precedence over those of the package."

# A path, or a `RuleText` from a config file. The file is read when the command runs.
rules_option = click.option(
    "--rules",
    "rule_files",
    type=click.UNPROCESSED,
    metavar="FILE",
    multiple=True,
    help=RULES_HELP,
    shell_complete=complete_file,
)


def read_rules(files: Sequence[str | RuleText], without: Sequence[str] = ()) -> Rules:
    """Return the rules of the package with those of the files.

    Raises `click.UsageError` if a file cannot be read or has a mistake, or if `without` has an unknown id.
    """
    from cleaner.rules.user import RuleText, make_rules

    try:
        return make_rules([each if isinstance(each, RuleText) else RuleText.read(each) for each in files], without)
    except ValueError as error:  # also `RuleFileError`
        raise click.UsageError(str(error)) from error


def settings_of(rules: Rules | None) -> dict[str, Any]:
    """Return what `--resume` compares: what the files say, whatever their paths are, and the ids without aliases."""
    if rules is None:
        return {"rules": [], "without": []}
    return {"rules": [file.digest for file in rules.files], "without": sorted(rules.without)}
