"""The command `cleaner`: a group of commands with `clean` as the default command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from cleaner._version import __version__
from cleaner.command.clean import clean
from cleaner.command.console import UNREADABLE, in_a_line, say
from cleaner.command.discover import discover
from cleaner.command.rules import rules
from cleaner.write.files import naming


class CleanByDefault(click.Group):
    """A group that runs `clean` if no command is named, and whose help includes the options of `clean`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "--version"):
            args = ["clean", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[clean] [OPTIONS] SOURCE...")
        formatter.write_usage(ctx.command_path, "discover [OPTIONS] URL", prefix="       ")
        formatter.write_usage(ctx.command_path, "rules [OPTIONS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in (*self.commands["clean"].params, *self.params) if isinstance(each, click.Option)]
        with formatter.section("Options"):
            formatter.write_dl([row for option in options if (row := option.get_help_record(ctx))])
        self.format_commands(ctx, formatter)


@click.group(
    cls=CleanByDefault,
    epilog="\b\nExit codes: 0 all inputs gave an article; 1 some did not; 2 wrong use; 3 input or\n"
    "output cannot be read or written; 4 nothing succeeded; 130 interrupted, 143 terminated.",
)
@click.version_option(__version__, prog_name="cleaner")
def command() -> None:
    """News page or text in; the article and its metadata out, with a reason for every line taken.

    SOURCE is a URL, a file (.html, .htm, .txt, .jsonl, .warc, each also .gz), a folder of such files, or - for standard
    input. In JSON lines, an object has html, text or only a url, and perhaps an id; earlier records are asked for anew.
    Each input gives one record; bad inputs, too, with their error.

    \b
    Examples:
      cleaner https://example.org/2024/05/story
      cleaner page.html --format markdown
      cleaner page.html --format text --explain
      cleaner pages/ -o articles.jsonl --resume
      cleaner -i urls.txt -o articles.jsonl
      curl -s https://example.org/story | cleaner -
      cleaner discover https://example.org | cleaner -i - -o articles.jsonl
      cleaner rules --language de --reason related
    """


command.add_command(clean)
command.add_command(discover)
command.add_command(rules)


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
