"""Two measures of work: CPU seconds, and steps of Python code.

Seconds depend on the machine, so only tests marked `timing` measure them. The number of steps is the same on every run.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Any

CpuLimit = Callable[[float], AbstractContextManager[None]]


@contextmanager
def cpu_seconds(below: float) -> Iterator[None]:
    """Assert that the code inside takes less than `below` seconds of CPU time.

    The garbage collector is off, because it would traverse the objects of all tests.
    """
    gc.disable()
    try:
        start = time.process_time()
        yield
        spent = time.process_time() - start
    finally:
        gc.enable()
    assert spent < below


def steps(call: Callable[[], object]) -> int:
    """Return how many lines, calls and returns of Python code the call executes.

    The number grows with loops in Python code, but not with those inside C functions.
    """
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal counted
        counted += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return counted
