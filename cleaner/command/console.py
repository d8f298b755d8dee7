"""What every command says to people on standard error, and its exit codes."""

from __future__ import annotations

import sys

import click

# Exit codes that are not click's (2: usage). Scripts tell "some" from "all" by them.
SOME_FAILED = 1
UNREADABLE = 3
NOTHING_SUCCEEDED = 4


def say(message: str) -> None:
    """Prints a message to standard error, over the progress bar if there is one."""
    over_the_bar = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(f"{over_the_bar}cleaner: {message}", err=True)


def in_a_line(error: OSError) -> str:
    """What went wrong with a file, in one line."""
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: cannot be written: {reason}" if error.filename else f"the run cannot go on: {reason}"


def set_up_logging(debug: bool) -> None:
    """Logs to standard error with `debug`, and nowhere without."""
    import logging

    if debug:
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
        logging.getLogger("cleaner").setLevel(logging.DEBUG)
    else:
        # What a person must know is in the records; other packages' warnings would go to standard error.
        logging.basicConfig(handlers=[logging.NullHandler()])
