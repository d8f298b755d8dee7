"""How the command starts: what must hold before anything else is loaded.

This module and the package's `__init__` import nothing that takes time, so that a signal never meets Python's own
handlers while the command loads.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType


def main() -> None:
    """Runs the command line and exits the process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end_at_once)
    # Modules, rules and weights are a hundred thousand objects, and none is garbage. Looking at them while they load
    # takes up to 30 ms of CPU; before the process ends, 25 to 45.
    gc.disable()
    atexit.register(gc.freeze)

    from cleaner.command import main as run

    run()


def end_at_once(number: int, frame: FrameType | None) -> None:
    """A signal handler that ends the process, for as long as nothing is open that could be left half done."""
    say(b"interrupted\n" if number == signal.SIGINT else b"terminated\n")
    os._exit(128 + number)


def say(message: bytes) -> None:
    """Writes a line to standard error, from a signal handler: Python's own stream cannot be entered twice."""
    try:
        os.write(2, b"cleaner: " + message)
    except OSError:  # it is closed or full: the message is lost, and nothing else
        return
