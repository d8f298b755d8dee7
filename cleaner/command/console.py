"""Messages on standard error and exit codes, for all commands."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import NoReturn

import click

# Exit codes in addition to those of click (0: success, 2: usage error).
SOME_FAILED = 1
UNREADABLE = 3
NOTHING_SUCCEEDED = 4

# What error messages of the library say to programs, and what the command says instead.
_FOR_USERS = {
    "allow_private=True": "--allow-private",
    "please report this bug": "please report this bug (--debug prints the traceback)",
}


def say(message: str) -> None:
    """Print a message to standard error, in place of the progress bar if there is one."""
    over_the_bar = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(f"{over_the_bar}cleaner: {message}", err=True)


def end_by_closed_pipe() -> NoReturn:
    """End the process without a message, because the reader of its output has gone.

    It ends as other programs do, by the signal that Python ignores; shells give it the exit code 141.
    """
    if hasattr(signal, "SIGPIPE"):  # not on Windows
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    os._exit(UNREADABLE)


def for_users(message: str) -> str:
    """Return an error message of the library with the options of the command in place of parameters."""
    for for_programs, for_users in _FOR_USERS.items():
        message = message.replace(for_programs, for_users)
    return message


def in_a_line(error: OSError) -> str:
    """Return the message for an error of writing, in one line that names the file if it is known."""
    reason = (error.strerror or str(error)).lower()
    if error.errno == errno.ENOENT:
        reason = "its folder does not exist; create it first"
    return f"{error.filename}: cannot be written: {reason}" if error.filename else f"the run stopped: {reason}"


def set_up_logging(debug: bool) -> None:
    """Send log messages to standard error with `debug`, and nowhere without it."""
    import logging

    if debug:
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
        logging.getLogger("cleaner").setLevel(logging.DEBUG)
    else:
        # Everything that users need is in the records. Without a handler, warnings of other packages would be printed.
        logging.basicConfig(handlers=[logging.NullHandler()])
