"""Files that records are written to, and what other programs do to them meanwhile."""

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

# Seconds between two looks at whether the file is still the one that is written to.
CHECK_SECONDS: Final = 1.0


class OutputChangedError(OSError):
    """Another program has deleted, replaced or changed the file: records that were written to it are lost."""

    def __init__(self, path: Path, what: str) -> None:
        told = f"another program {what} it during the run, and records are lost; run it again"
        super().__init__(errno.ESTALE, told, str(path))


@contextmanager
def naming(name: str | os.PathLike[str]) -> Iterator[None]:
    """Adds the name of the file to an `OSError` that has none, such as that of a full disk."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = os.fspath(name)
        raise


def write_whole(descriptor: int, content: ReadableBuffer) -> None:
    """Writes all of the bytes: a disk that is nearly full takes a part, and refuses the rest."""
    left = memoryview(content).cast("B")
    while left:
        left = left[os.write(descriptor, left) :]


def check_unchanged(path: Path, descriptor: int, size: int) -> None:
    """Raises `OutputChangedError` where the file at `path` is not the open one, or has not `size` bytes."""
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
    """A file that is written from its beginning to its end; a device or a pipe is written, too, and not watched.

    Raises `OSError` with the file's name where it cannot be opened or written, and `OutputChangedError`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0
        self._checked = time.monotonic()
        # Appending, so that whoever truncates it leaves it too short, and not with zeros in place of the records.
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
        self._watched = stat.S_ISREG(os.fstat(self._descriptor).st_mode)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, content: ReadableBuffer) -> int:
        """Writes all of the bytes."""
        with naming(self._path):
            write_whole(self._descriptor, content)
        written = memoryview(content).nbytes
        self._size += written
        if time.monotonic() - self._checked >= CHECK_SECONDS:
            self.check()
        return written

    def check(self) -> None:
        """Raises `OutputChangedError` where the file is no longer what was written."""
        if self._watched:
            check_unchanged(self._path, self._descriptor, self._size)
        self._checked = time.monotonic()

    def close(self) -> None:
        if not self.closed and hasattr(self, "_descriptor"):
            os.close(self._descriptor)
        super().close()
