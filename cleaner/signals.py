"""Handlers for Ctrl-C and SIGTERM before a run has started. This module loads nothing that takes time."""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

# Ctrl-C, and the signal that `timeout` and service managers send.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

# The exit codes that shells use for a command that a signal ended.
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM


def end_at_once(number: int, frame: FrameType | None) -> NoReturn:
    """Signal handler: print a message and end the process."""
    say_in_handler("interrupted" if number == signal.SIGINT else "terminated")
    os._exit(128 + number)


def say_in_handler(message: str) -> None:
    """Write a line to standard error from a signal handler.

    It bypasses `sys.stderr`, which may be in the middle of a write and is not reentrant.
    """
    try:
        os.write(2, f"\ncleaner: {message}\n".encode())
    except OSError:  # standard error is closed or full: only the message is lost
        return
