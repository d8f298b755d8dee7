"""Standard streams of the command that may be closed or full. This module loads nothing that takes time."""

from __future__ import annotations

import errno
import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def make_streams_safe() -> None:
    """Replace standard streams that are closed, full or without a buffer.

    Standard error then drops what it cannot write, and writing to a closed standard output raises an `OSError` that
    says so. A closed standard input stays `None`.
    """
    for descriptor in range(3):
        _occupy(descriptor)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_ClosedOutput(), encoding="utf-8", write_through=True)
    elif isinstance(sys.stdout.buffer, io.RawIOBase):  # PYTHONUNBUFFERED: what is accepted only in part would be lost
        buffered = io.BufferedWriter(io.FileIO(1, "w", closefd=False))
        sys.stdout = io.TextIOWrapper(buffered, sys.stdout.encoding, sys.stdout.errors, line_buffering=True)
    if sys.stderr is None or os.name == "posix":  # the console of Windows needs its own kind of stream
        encoding = "utf-8" if sys.stderr is None else sys.stderr.encoding
        lossy = io.BufferedWriter(_LossyOutput(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(lossy, encoding=encoding, errors="backslashreplace", line_buffering=True)


def _occupy(descriptor: int) -> None:
    """Open the null device on the descriptor if it is closed.

    Otherwise the next file or socket would get this number, and with it everything that is printed.
    """
    try:
        os.fstat(descriptor)
    except OSError:
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # `open` returns the lowest free number


class _LossyOutput(io.FileIO):
    """A file for messages, which drops what it cannot write, so that no record is lost because of a message."""

    def write(self, content: ReadableBuffer) -> int:
        size = memoryview(content).nbytes
        try:
            return super().write(content) or size  # `None` if the descriptor is non-blocking and full
        except OSError:
            return size


class _ClosedOutput(io.RawIOBase):
    """Standard output that was closed before the command started."""

    def writable(self) -> bool:
        return True

    def write(self, content: ReadableBuffer) -> int:
        raise OSError(errno.EBADF, "it is closed")
