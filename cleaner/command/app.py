"""The command `cleaner`: a group of commands with `clean` as the default command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from cleaner._version import __version__
from cleaner.collection import collector_paused
from cleaner.command.console import UNREADABLE, end_by_closed_pipe, in_a_line, say
from cleaner.command.options import write_options
from cleaner.write.files import naming

# Each in a module of the same name, which is imported when the command is run or listed.
COMMANDS: Final = ("clean", "discover", "rules")

# Columns of the help on a wide terminal.
MAX_HELP_WIDTH = 100

EXIT_CODES = """\b
Exit codes:
    0      every input gave an article
    1      some inputs gave no article
    2      usage error
    3      no input can be read, or the output cannot be written
    4      no input gave an article
    130    interrupted (Ctrl-C)
    141    the reader of the output ended first, as in `cleaner ... | head`
    143    terminated (SIGTERM)
"""


class CleanByDefault(click.Group):
    """A group that runs `clean` if no command is named, and whose help includes the options of `clean`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in COMMANDS and args[0] not in ("--help", "--version"):
            args = ["clean", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would end with 1, the code for inputs that failed
            end_by_closed_pipe()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[clean] [OPTIONS] SOURCE...")
        formatter.write_usage(ctx.command_path, "discover [OPTIONS] URL...", prefix="       ")
        formatter.write_usage(ctx.command_path, "rules [show ID | try TEXT | check FILE] [OPTIONS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options([*_command("clean").params, *self.get_params(ctx)], ctx, formatter)
        self.format_commands(ctx, formatter)


def _command(name: str) -> click.Command:
    with collector_paused():
        command: click.Command = getattr(import_module(f"cleaner.command.{name}"), name)
    return command


@click.group(
    cls=CleanByDefault,
    context_settings={"max_content_width": MAX_HELP_WIDTH},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, prog_name="cleaner")
def command() -> None:
    """Extract articles and their metadata from news pages and texts, with a reason for every line that is removed.

    SOURCE is a URL, a file (.html, .htm, .mhtml, .mht, .txt, .jsonl, .warc, or one of these with .gz), a folder of such
    files, or - for standard input. A list of URLs or paths is given with -i, not as SOURCE. A line of a .jsonl file is
    an object with html, text or only a url, and optionally an id; records of an earlier run are fetched again.

    Each input produces exactly one record. The record of a bad input has an error.

    \b
    Examples:
      cleaner https://example.org/2024/05/story
      cleaner page.html --format markdown
      cleaner page.html --format text --explain
      cleaner page.html --report report.html
      cleaner pages/ -o articles.jsonl --resume
      cleaner pages/ -o articles/ --format markdown
      cleaner -i urls.txt -o articles.jsonl
      curl -s https://example.org/story | cleaner -
      cleaner --discover https://example.org --since 2024-05-01 -o articles.jsonl
      cleaner pages/ -o articles.jsonl --rules house.toml --without share-label
      cleaner rules --language de --reason related
      cleaner rules try "Read more: [Ferry timetable for spring]"
    """


def main() -> NoReturn:
    """Run the command line and exit the process."""
    try:
        with naming("standard output"):
            command(prog_name="cleaner")
    except SystemExit as end:
        _exit(end.code if isinstance(end.code, int) else int(end.code is not None))
    except OSError as error:
        # `clean` handles its own errors; the other commands can only fail to print.
        if "--debug" in sys.argv:
            raise
        say(in_a_line(error))
        _exit(UNREADABLE)
    _exit(0)


def _exit(code: int) -> NoReturn:
    """Exit the process, without the interpreter's shutdown.

    The shutdown waits for threads whose input may never come, runs the garbage collector once more (25 to 45 ms), and
    removes our signal handlers first.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)
