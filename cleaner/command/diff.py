"""`cleaner diff A.jsonl B.jsonl`: what two runs keep differently."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.command.console import UNREADABLE, in_a_line, say
from cleaner.command.options import SectionedCommand
from cleaner.command.output import refuse_reading_the_output

if TYPE_CHECKING:
    from cleaner.write.comparison import Comparison, Totals

# The exit code if the files differ, as that of diff(1).
DIFFERENT = 1

_Show = Callable[["Comparison"], None]

EXIT_CODES = """\b
Exit codes:
    0    the files are equal in text, metadata and status
    1    they differ
    2    usage error
    3    a file cannot be read, or the report cannot be written
"""


@click.command(cls=SectionedCommand, short_help="Show what two runs keep differently.", epilog=EXIT_CODES)
@click.argument("first", metavar="A.jsonl")
@click.argument("second", metavar="B.jsonl")
@click.option("--report", metavar="FILE", help="Write an HTML page to FILE instead, and print only the totals.")
def diff(first: str, second: str, report: str | None) -> None:
    """Show what two runs keep differently: with other options, other rules or another version.

    A.jsonl and B.jsonl are records that `cleaner -o FILE.jsonl` has written; they may be compressed with gzip. The
    records of an input are found by its id, its content or its name. For each input with a difference, this prints the
    changed status and metadata, the lines that only A keeps (-), and those that only B keeps (+). With records of
    --explain, each line has the reason why the other run removed it.
    """
    refuse_reading_the_output([first, second], report)

    from cleaner.batch.record_pairs import RecordFileError, record_pairs
    from cleaner.write.comparison import Totals, compare

    totals = Totals()
    try:
        for name in (first, second):
            open(name, "rb").close()  # if it cannot be read, no earlier report is lost
        with _page(report, first, second, totals) if report else _printed(first, second, totals) as show:
            for one, other in record_pairs(Path(first), Path(second)):
                comparison = compare(one, other)
                totals.add(comparison)
                if comparison is not None:
                    show(comparison)
    except RecordFileError as error:
        say(str(error))
        sys.exit(UNREADABLE)
    except BrokenPipeError:
        sys.exit(UNREADABLE)  # the reader closed the pipe: not worth a message
    except OSError as error:
        named = error.filename in (first, second)
        say(f"{error.filename}: cannot be read: {str(error.strerror).lower()}" if named else in_a_line(error))
        sys.exit(UNREADABLE)
    click.echo(str(totals))
    sys.exit(DIFFERENT if totals.different else 0)


@contextmanager
def _page(report: str, first: str, second: str, totals: Totals) -> Iterator[_Show]:
    """Open the HTML page, and give the function that adds an input."""
    from cleaner.write.diff_report import DiffPage
    from cleaner.write.files import OutputFile

    page = DiffPage(first, second)
    with OutputFile(Path(report)) as file:
        file.write(page.head().encode())

        def show(comparison: Comparison) -> None:
            file.write(page.part(comparison).encode())

        yield show
        file.write(page.tail(totals).encode())
        file.check()


@contextmanager
def _printed(first: str, second: str, totals: Totals) -> Iterator[_Show]:
    """Give the function that prints an input. The names of the files come before the first one."""
    from cleaner.write.comparison import BOTH, FIRST, SECOND

    names = {FIRST: first, SECOND: second}
    colours = {FIRST: "red", SECOND: "green"}
    color = None if not os.environ.get("NO_COLOR") else False  # `None`: if it is a terminal

    def show(comparison: Comparison) -> None:
        if totals.different == 1:
            click.echo(f"--- {first}\n+++ {second}\n")
        if comparison.missing:
            styled = click.style(f"only in {names[comparison.missing]}", fg=colours[comparison.missing])
            click.echo(f"{click.style(comparison.name, bold=True)}: {styled}\n", color=color)
            return
        lines = [click.style(comparison.name, bold=True)]
        for name, one, other in comparison.changes:
            before, after = (
                click.style(value or "none", fg=colour) for value, colour in ((one, "red"), (other, "green"))
            )
            lines.append(f"  {name}: {before} -> {after}")
        for line in comparison.lines:
            if line.mark != BOTH:
                text = "\n".join(f"{line.mark} {part}" for part in line.text.split("\n"))
                reason = click.style(f" [{line.reason}]", dim=True) if line.reason else ""
                lines.append(click.style(text, fg=colours[line.mark]) + reason)
        click.echo("\n".join(lines) + "\n", color=color)

    yield show
