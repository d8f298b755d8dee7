"""Programs that tests start, and the processes of those programs."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pytest

# For tests that read `/proc`, fill `/dev/full` or need the limit of memory.
needs_linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux")


class Program(subprocess.Popen[bytes]):
    """A program that is killed if its `with` block ends with an exception.

    `Popen` would wait for the program to end instead: for ever, if the exception is the time limit of a hanging test.
    """

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.kill()
        super().__exit__(kind, error, trace)


def children(parent: int) -> list[int]:
    """Return the ids of the child processes that the process has not yet waited for; none if the process is gone."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def descendants(parent: int) -> list[int]:
    """Return the ids of the children of the process, of their children, and so on."""
    return [found for child in children(parent) for found in (child, *descendants(child))]


def kill_descendants(parent: int) -> None:
    """Kill the children of the process, their children, and so on. Each is dead before the next one is killed.

    If a process that starts others lived on for a moment, it could start one that nobody kills, or that dies with it.
    """
    for pid in descendants(parent):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        while not is_dead(pid):
            time.sleep(0.001)


def is_dead(pid: int) -> bool:
    """Whether a process is gone, or only waits for its parent to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return True
