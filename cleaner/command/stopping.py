"""Ctrl-C and SIGTERM while a run is in progress."""

from __future__ import annotations

import os
import signal
import threading
from time import monotonic
from types import FrameType
from typing import Final, Self

from cleaner.signals import INTERRUPTED, STOP_SIGNALS, TERMINATED, end_at_once, say_in_handler

# Seconds after the first signal at which the process ends in any case: 10 for the running tasks (`pool.STOP_SECONDS`),
# and 10 to write their records. Only a pipe that is not read, or a disk that hangs, takes this long.
LAST_SECONDS: Final = 20

# Seconds within which a second signal counts as the first one: `timeout` sends its signal to the command and then to
# the whole process group, and service managers do the same.
SAME_SECONDS: Final = 0.5


class GracefulStop:
    """Handles Ctrl-C and SIGTERM: the first signal asks the run to stop, a second one ends the process at once.

    Before `begin`, the first signal ends the process at once, because there is no result yet that could be lost.
    """

    def __init__(self) -> None:
        self.requested = threading.Event()
        self.exit_code = 0  # of the first signal; 0 without one
        self._has_begun = False
        self._requested_at = 0.0

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._request) for number in STOP_SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self.exit_code and hasattr(signal, "SIGALRM"):
            signal.alarm(0)
            signal.signal(signal.SIGALRM, self._alarm_before)

    def begin(self) -> None:
        """From now on, the first signal lets running tasks finish."""
        self._has_begun = True

    def _request(self, number: int, frame: FrameType | None) -> None:
        if not self._has_begun:
            end_at_once(number, frame)
        if self.exit_code:
            if monotonic() - self._requested_at > SAME_SECONDS:
                os._exit(self.exit_code)
            return
        self._requested_at = monotonic()
        self.exit_code = INTERRUPTED if number == signal.SIGINT else TERMINATED
        if hasattr(signal, "SIGALRM"):  # not on Windows
            self._alarm_before = signal.signal(signal.SIGALRM, self._give_up)
            signal.alarm(LAST_SECONDS)
        self.requested.set()
        say_in_handler("stopping after the current pages; press Ctrl-C again to stop at once")

    def _give_up(self, number: int, frame: FrameType | None) -> None:
        os._exit(self.exit_code)
