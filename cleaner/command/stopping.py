"""What Ctrl-C and SIGTERM do while a run is under way."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from time import monotonic
from types import FrameType
from typing import Final, Self

from cleaner.signals import INTERRUPTED, STOP_SIGNALS, TERMINATED, end_at_once, say_in_handler

# Seconds after the first signal at which the process ends, whatever it is doing: those that the work in hand has (10),
# and as many to write what came of it. Only a pipe that nobody reads, or a disk that hangs, comes to that.
LAST_SECONDS: Final = 20

# Seconds within which a second signal is still the first one: `timeout` sends its signal to the command and then to the
# whole group, and service managers do the like.
SAME_SECONDS: Final = 0.5


class GracefulStop:
    """Handles Ctrl-C and SIGTERM while a run is under way: the first one asks it to stop, a second one ends it at once.

    Until the run has begun, a signal ends the process at once: nothing is done yet that could be kept.
    """

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.exit_code = 0  # not 0 once it was asked
        self._begun = False
        self._asked_at = 0.0

    def __enter__(self) -> Self:
        handlers: dict[int, Callable[[int, FrameType | None], None]] = dict.fromkeys(STOP_SIGNALS, self._ask)
        if hasattr(signal, "SIGALRM"):  # not on Windows
            handlers[signal.SIGALRM] = self._give_up
        self._before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def begin(self) -> None:
        """Inputs are taken from now on, and what is in work at a signal is waited for."""
        self._begun = True

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if not self._begun:
            end_at_once(number, frame)
        if self.exit_code:
            if monotonic() - self._asked_at > SAME_SECONDS:
                os._exit(self.exit_code)
            return
        self._asked_at = monotonic()
        self.exit_code = INTERRUPTED if number == signal.SIGINT else TERMINATED
        if hasattr(signal, "SIGALRM"):
            signal.alarm(LAST_SECONDS)
        self.asked.set()
        say_in_handler("stopping when the pages in work are done; press Ctrl-C again to stop at once")

    def _give_up(self, number: int, frame: FrameType | None) -> None:
        os._exit(self.exit_code)
