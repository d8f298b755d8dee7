"""Functions that worker processes run in the tests of the pool and of the guard.

A worker imports the module of the function that it runs; a test module would load pytest in each worker.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

# Seconds that no task finishes in: more than the time limit of a test.
FOREVER = 600.0


class MarkedNumber(NamedTuple):
    """A number, and the folder in which the first call with it leaves a mark."""

    number: int
    folder: str


def process_id(given: object) -> int:
    return os.getpid()


def process_and_parent(given: object) -> tuple[int, int]:
    return os.getpid(), os.getppid()


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def hang(*_: object, **__: object) -> None:
    time.sleep(FOREVER)


def process_id_or_sleep(number: int) -> int:
    """Return the process id for the number 0; for any other number, sleep for ever."""
    time.sleep(FOREVER if number else 0.0)
    return os.getpid()


def square_or_die(number: int) -> int:
    if number in (3, 11):
        os._exit(1)
    return number * number


def square_or_hang(number: int) -> int:
    """Return the square; for the number 2, block all signals that can be blocked and never return."""
    if number == 2:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        time.sleep(FOREVER)
    return number * number


def die_at_first(given: MarkedNumber) -> int:
    mark = Path(given.folder, str(given.number))
    if given.number == 5 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return given.number


def die(given: object) -> None:
    os._exit(1)


def fill(size: int) -> int:
    return len(bytearray(size))


def unpicklable(number: int) -> Any:
    return lambda: number


def broken(number: int) -> int:
    return 1 // number
