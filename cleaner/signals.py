"""What the command does on Ctrl-C and SIGTERM as long as nothing is open. Loads nothing that takes time."""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

# Ctrl-C, and what `timeout` and service managers send.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

# The exit codes of a shell's command that a signal ended.
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM


def end_at_once(number: int, frame: FrameType | None) -> NoReturn:
    """A signal handler that ends the process."""
    say_in_handler("interrupted" if number == signal.SIGINT else "terminated")
    os._exit(128 + number)


def say_in_handler(message: str) -> None:
    """Writes a line to standard error from a signal handler, which must not enter Python's own stream a second time."""
    try:
        os.write(2, f"\ncleaner: {message}\n".encode())
    except OSError:  # it is closed or full: the message is lost, and nothing else
        return
