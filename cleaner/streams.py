"""Standard streams of the command that may be closed or full. Loads nothing that takes time."""

from __future__ import annotations

import errno
import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def make_streams_safe() -> None:
    """Makes standard error lose what it cannot write, and a closed standard output say so when it is written to.

    A closed standard input stays `None`.
    """
    for descriptor in range(3):
        _occupy(descriptor)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_ClosedOutput(), encoding="utf-8", write_through=True)
    if sys.stderr is None or os.name == "posix":  # a console of Windows has a stream of its own kind
        encoding = "utf-8" if sys.stderr is None else sys.stderr.encoding
        lossy = io.BufferedWriter(_LossyOutput(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(lossy, encoding=encoding, errors="backslashreplace", line_buffering=True)


def _occupy(descriptor: int) -> None:
    """Opens the null device on a closed descriptor, or the next file or socket would get it, and what is printed."""
    try:
        os.fstat(descriptor)
    except OSError:
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest one that is free is this one


class _LossyOutput(io.FileIO):
    """A file for messages: losing one must not cost a record."""

    def write(self, content: ReadableBuffer) -> int:
        size = memoryview(content).nbytes
        try:
            return super().write(content) or size  # nothing, where it is not to block and would
        except OSError:
            return size


class _ClosedOutput(io.RawIOBase):
    """Standard output that was closed before the command started."""

    def writable(self) -> bool:
        return True

    def write(self, content: ReadableBuffer) -> int:
        raise OSError(errno.EBADF, "it is closed")
