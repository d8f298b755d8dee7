"""Records as JSON lines in a file that only grows, so that it is good whenever the run ends."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cleaner.write.files import check_unchanged, naming, write_whole
from cleaner.write.record import to_json

# Seconds between two calls that wait for the disk: what a power failure can take. A kill takes nothing. Each of them
# also compares the file with what was written.
SYNC_SECONDS: Final = 1.0


class JsonlFile:
    """A file of records that is locked against other writers while it is open.

    Each line is written by one call, or else cut off again: what stands in the file is whole lines. Raises `OSError`
    where it cannot be opened or written, `BlockingIOError` where another process writes it, and `OutputChangedError`
    where another program has deleted, replaced or changed it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
        try:
            with naming(path):
                _lock(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            raise
        self._size = os.fstat(self._descriptor).st_size
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.sync()
        finally:
            self.close()

    def write(self, record: Mapping[str, Any]) -> None:
        """Adds the record as a line."""
        self.add((to_json(record) + "\n").encode())

    def add(self, line: bytes) -> None:
        """Adds a line that is JSON already."""
        with naming(self.path):
            try:
                write_whole(self._descriptor, line)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(self._descriptor, self._size)
                raise
        self._size += len(line)
        if time.monotonic() - self._synced >= SYNC_SECONDS:
            self.sync()

    def cut(self, size: int) -> None:
        """Drops what stands behind the first `size` bytes."""
        with naming(self.path):
            os.ftruncate(self._descriptor, size)
        self._size = size

    def sync(self) -> None:
        """Returns when the disk has all that was written, and it is what the file holds."""
        with naming(self.path):
            os.fsync(self._descriptor)
        check_unchanged(self.path, self._descriptor, self._size)
        self._synced = time.monotonic()

    def rename(self, path: Path) -> None:
        """Gives the file another name, in place of whatever has that; the lock stays."""
        self.sync()
        os.replace(self.path, path)
        self.path = path

    def close(self) -> None:
        """Closes the file as it is; `sync` tells whether it is as it should be."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BlockingIOError(errno.EWOULDBLOCK, "another run is writing to it") from error
