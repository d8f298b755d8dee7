"""The command `cleaner`: a group of commands with `clean` as the default command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from cleaner._version import __version__
from cleaner.collection import collector_paused
from cleaner.command.console import UNREADABLE, end_by_closed_pipe, in_a_line, say
from cleaner.command.options import complete_paths, write_options
from cleaner.patterns import lazy_pattern
from cleaner.write.files import naming

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Each in a module of the same name, which is imported when the command is run or listed.
COMMANDS: Final = ("clean", "discover", "rules", "diff")

# Options of the group itself; any other first argument belongs to `clean`.
GROUP_OPTIONS: Final = ("-h", "--help", "--version")
# The similarity, 0 to 1, of a word to a command at which it is taken for a typo. "clen" has 0.9 and "clip" has 0.4.
MIN_SIMILARITY: Final = 0.7

_BY_DEFAULT: Final = "cleaner.by_default"  # in the context: whether `clean` was not typed
_OF_CLICK = lazy_pattern(r"(?:No such|Invalid value|Missing|Option|Got unexpected) ")
_SUGGESTION = lazy_pattern(r"\.? \(?Did you mean (.+)\?\)?$")

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
        if cmd_name not in COMMANDS:
            return None
        command = _command(cmd_name)
        if ctx.resilient_parsing:  # a shell asks for completions
            complete_paths(command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] == "help" and not os.path.lexists("help"):
            args = [*args[1:], "--help"]
        if args and args[0] not in (*COMMANDS, *GROUP_OPTIONS):
            if not ctx.resilient_parsing:
                _refuse_typo(args[0], ctx)
            ctx.meta[_BY_DEFAULT] = True
            args = ["clean", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the completions of the first argument: commands, options of the group and of `clean`, and files."""
        clean = self.get_command(ctx, "clean")
        assert clean is not None
        with clean.make_context("clean", [], parent=ctx, resilient_parsing=True) as of_clean:
            items = clean.shell_complete(of_clean, incomplete)
            if not items and not incomplete.startswith("-"):
                # First, because the script for bash drops what is before it.
                items = [each for param in clean.params[:1] for each in param.shell_complete(of_clean, incomplete)]
        names = {each.value for each in items}
        return items + [each for each in super().shell_complete(ctx, incomplete) if each.value not in names]

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command as `click.Group` does, but print usage errors as other errors are printed."""
        if not options.setdefault("standalone_mode", True):
            return super().main(*arguments, **options)
        try:
            code = super().main(*arguments, **options | {"standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.UsageError as error:
            say(_usage_message(error))
            sys.exit(error.exit_code)
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would end with 1, the code for inputs that failed
            end_by_closed_pipe()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[clean] [OPTIONS] SOURCE...")
        formatter.write_usage(ctx.command_path, "discover [OPTIONS] URL...", prefix="       ")
        formatter.write_usage(ctx.command_path, "diff [OPTIONS] A.jsonl B.jsonl", prefix="       ")
        formatter.write_usage(ctx.command_path, "rules [show ID | try TEXT | check FILE] [OPTIONS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options([*_command("clean").params, *self.get_params(ctx)], ctx, formatter)
        self.format_commands(ctx, formatter)


def _refuse_typo(name: str, ctx: click.Context) -> None:
    """Raise `click.UsageError` if the first argument is not a source, but nearly the name of a command."""
    if not name.isalpha() or os.path.lexists(name):
        return
    from difflib import get_close_matches

    for close in get_close_matches(name.lower(), [*COMMANDS, "help"], 1, MIN_SIMILARITY):
        raise click.UsageError(f"{name}: no such file or folder; did you mean the command {close}?", ctx)


def _usage_message(error: click.UsageError) -> str:
    """Return the message of a usage error; if it is one of click's, in our form, and with a pointer to the help."""
    from difflib import get_close_matches

    message = error.format_message().strip()
    if not _OF_CLICK.match(message):
        return message
    message = message[0].lower() + message[1:].rstrip(".")
    if suggestion := _SUGGESTION.search(message):
        return f"{message[: suggestion.start()]}; did you mean {suggestion[1]}?"
    if isinstance(error, click.NoSuchOption):  # click knows only the options of `clean` here
        for close in get_close_matches(error.option_name, GROUP_OPTIONS, 1):
            return f"{message}; did you mean {close!r}?"
    if error.ctx is None:
        return message
    # The help of the group includes that of `clean`, which nobody typed.
    is_default = error.ctx.meta.get(_BY_DEFAULT)
    return f"{message}; see {(error.ctx.find_root() if is_default else error.ctx).command_path} --help"


def _command(name: str) -> click.Command:
    with collector_paused():
        command: click.Command = getattr(import_module(f"cleaner.command.{name}"), name)
    return command


@click.group(
    cls=CleanByDefault,
    context_settings={"max_content_width": MAX_HELP_WIDTH, "help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, prog_name="cleaner")
def command() -> None:
    """Extract articles and their metadata from news pages and texts, with a reason for every line that is removed.

    SOURCE is a URL, a file (.html, .htm, .xhtml, .mhtml, .mht, .eml, .txt, .jsonl, .warc, .zip, or one of these with
    .gz, .bz2, .xz or .zst; any other file if its content is a page), a folder of such files, or - for standard input.
    A list of URLs may be a SOURCE, too; one with paths is given with -i. A line of a .jsonl file is an object with
    html, text or only a url, and optionally an id; records of an earlier run are fetched again.

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
      cleaner diff before.jsonl after.jsonl
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
