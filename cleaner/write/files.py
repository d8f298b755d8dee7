"""Output files, with checks that no other program changes them during the run."""

from __future__ import annotations

import errno
import io
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# Seconds between two checks that the path still names the file that is being written.
CHECK_SECONDS: Final = 1.0


class OutputChangedError(OSError):
    """Another program deleted, replaced or changed the file, so records that were written to it are lost.

    `action` is a verb in the past tense that completes the message, such as "deleted".
    """

    def __init__(self, path: Path, action: str) -> None:
        message = f"another program {action} it during the run, and records are lost; run it again"
        super().__init__(errno.ESTALE, message, str(path))


@contextmanager
def naming(name: str | os.PathLike[str]) -> Iterator[None]:
    """Add the file's name to an `OSError` that has none, such as that of a full disk."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = os.fspath(name)
        raise


def write_whole(descriptor: int, content: ReadableBuffer) -> None:
    """Write all of the bytes, with several calls if necessary: a nearly full disk accepts only a part in one call.

    Raises `OSError` if the rest cannot be written.
    """
    left = memoryview(content).cast("B")
    while left:
        left = left[os.write(descriptor, left) :]


def check_unchanged(path: Path, descriptor: int, size: int) -> None:
    """Raise `OutputChangedError` unless the file at `path` is the open one and has `size` bytes."""
    opened = os.fstat(descriptor)
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise OutputChangedError(path, "deleted") from error
    if (opened.st_dev, opened.st_ino) != (found.st_dev, found.st_ino):
        raise OutputChangedError(path, "replaced")
    if opened.st_size < size:
        raise OutputChangedError(path, "truncated")
    if opened.st_size > size:
        raise OutputChangedError(path, "wrote to")


class OutputFile(io.RawIOBase):
    """A file that is written once, from beginning to end. Devices and pipes are accepted; they are not checked.

    Raises `OSError` with the file's name if it cannot be opened or written, and `OutputChangedError` if another program
    changed it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0
        self._checked = time.monotonic()
        # Append mode: if another program truncates the file, it stays too short, and `check` notices. Without it, the
        # next write would fill the gap with zeros.
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
        self._watched = stat.S_ISREG(os.fstat(self._descriptor).st_mode)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, content: ReadableBuffer) -> int:
        """Write all of the bytes and return their number."""
        with naming(self._path):
            write_whole(self._descriptor, content)
        written = memoryview(content).nbytes
        self._size += written
        if time.monotonic() - self._checked >= CHECK_SECONDS:
            self.check()
        return written

    def check(self) -> None:
        """Raise `OutputChangedError` if another program changed the file."""
        if self._watched:
            check_unchanged(self._path, self._descriptor, self._size)
        self._checked = time.monotonic()

    def close(self) -> None:
        if not self.closed and hasattr(self, "_descriptor"):
            os.close(self._descriptor)
        super().close()
