"""Programs that tests start, and the processes of those programs."""

from __future__ import annotations

import subprocess
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
