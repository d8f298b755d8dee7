"""The config file: options of `clean` and `discover`, and rules, in a file `cleaner.toml`.

It is looked for in the current folder and in those around it, up to the home folder. Its values are defaults: an option
on the command line replaces the same option of the file.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.options import FETCHING_NAMES

if TYPE_CHECKING:
    from cleaner.rules.source import RuleFile

NAME = "cleaner.toml"
# A table of options that are for this command only. At the top stand those of `clean`; of these, the ones for fetching
# are also for `discover`.
DISCOVER = "discover"
# Options whose values are paths. A path in the file is relative to the folder of the file.
PATHS = ("input-list", "output", "report", "summary", "cache", "cookies")
# These make no sense in a file: which file to read, and how to show help.
EXCLUDED = ("config", "no-config", "help")
_IGNORED = "cleaner.no_config"  # in the context: whether --no-config was given
_USED = "cleaner.config"  # in the context: the file that was read

_log = logging.getLogger(__name__)


def config_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--config` and `--no-config` to a command. They set the defaults of its other options."""
    for option in (
        click.option(
            "--no-config",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_ignore_config,
            help="Do not read a config file.",
        ),
        click.option(
            "--config",
            metavar="FILE",
            is_eager=True,
            expose_value=False,
            callback=_use_config,
            help=f"Read options and rules from FILE (default: {NAME} in this folder or one around it).",
        ),
    ):
        command = option(command)
    return command


def log_config() -> None:
    """Log which config file was read, if there is one."""
    used = click.get_current_context().meta.get(_USED)
    if used is not None:
        _log.info("options from %s", used)


def _ignore_config(context: click.Context, option: click.Parameter, given: bool) -> None:
    if given:
        context.meta[_IGNORED] = True
        context.default_map = None


def _use_config(context: click.Context, option: click.Parameter, given: str | None) -> None:
    if context.resilient_parsing or context.meta.get(_IGNORED):
        return
    path = Path(given) if given is not None else find_config()
    if path is not None:
        context.default_map = read_config(path, context.command)
        context.meta[_USED] = path


def find_config() -> Path | None:
    """Return the config file in the current folder or the nearest one around it, up to the home folder, else `None`."""
    home = None
    with suppress(RuntimeError):  # there is none
        home = Path.home()
    try:
        folder = Path.cwd()
    except FileNotFoundError:  # it was deleted
        return None
    for each in (folder, *folder.parents):
        if os.path.isfile(each / NAME):
            return each / NAME
        if each == home:
            return None
    return None


def read_config(path: Path, command: click.Command) -> dict[str, Any]:
    """Return the defaults that a config file has for a command, by the names of its parameters.

    Raises `click.UsageError` with the file and the line if the file cannot be read or has a mistake.
    """
    from cleaner.command.clean import clean
    from cleaner.rules.errors import RuleFileError
    from cleaner.rules.source import RuleFile

    try:
        file = RuleFile.read(path)
        of_clean = _defaults(file, path.parent, clean, "")
        if command.name != DISCOVER:
            return of_clean
        shared = {name: value for name, value in of_clean.items() if name in FETCHING_NAMES}
        return shared | _defaults(file, path.parent, command, DISCOVER)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error


def _defaults(file: RuleFile, folder: Path, command: click.Command, table: str) -> dict[str, Any]:
    """Return the checked options in a table of the file; those at the top if `table` is empty."""
    values = file.tables.get(table, {}) if table else file.tables
    if not isinstance(values, Mapping):
        raise file.error(f"{table!r} must be a table: [{table}]", "", table)
    options = dict(_options(command))
    defaults = {}
    for name, value in values.items():
        if name == DISCOVER and not table:
            continue
        if name not in options:
            from difflib import get_close_matches

            close = get_close_matches(name.replace("_", "-"), options, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"`cleaner {command.name} --help` lists all options"
            raise file.error(f"there is no option {name!r} of `{command.name}`; {hint}", table, name)
        option = options[name]
        assert option.name is not None
        if name == "rules":
            defaults[option.name] = _rules(file, folder, value)
        else:
            defaults[option.name] = _value(file, folder, table, name, option, value)
    return defaults


def _options(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    """Yield the options that a file may have, each with its long name."""
    for param in command.params:
        if isinstance(param, click.Option):
            for name in param.opts:
                if name.startswith("--") and (long := name[2:]) not in EXCLUDED:
                    yield long, param


def _rules(file: RuleFile, folder: Path, value: object) -> list[Any]:
    """Return the rule files that a config file names, after the rules that it holds itself, if any."""
    from cleaner.rules.user import FILES, PARENT, RuleText

    own: list[RuleText] = []
    names, place = value, ("", PARENT)
    if isinstance(value, Mapping):
        own, names, place = [RuleText(file.name, file.text)], value.get(FILES, []), (PARENT, FILES)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise file.error(f"{place[1]} must be a list of file names", *place)
    return [*own, *(os.path.join(folder, name) for name in names)]


def _value(file: RuleFile, folder: Path, table: str, name: str, option: click.Option, value: object) -> Any:
    """Return the value of an option, which the command converts. Raises `RuleFileError` if it is not valid."""
    if option.multiple:
        if not isinstance(value, list):
            raise file.error(f"{name} must be a list", table, name)
        return [_single(file, folder, table, name, option, each) for each in value]
    return _single(file, folder, table, name, option, value)


def _single(file: RuleFile, folder: Path, table: str, name: str, option: click.Option, value: object) -> Any:
    kinds: tuple[type, ...]
    if option.is_flag:
        kinds, expected = (bool,), "true or false"
    elif isinstance(option.type, click.types.IntParamType):
        kinds, expected = (int,), "a whole number"
    elif isinstance(option.type, click.types.FloatParamType):
        kinds, expected = (int, float), "a number"
    else:
        kinds, expected = (str,), "a string"
    if not isinstance(value, kinds) or (isinstance(value, bool) and not option.is_flag):
        raise file.error(f"{name} must be {expected}", table, name)
    try:
        option.type.convert(value, option, None)
    except click.BadParameter as error:
        raise file.error(f"{name}: {error.message}", table, name) from error
    return os.path.join(folder, str(value)) if name in PATHS and value != "-" else value
