"""Records as JSON lines in a file that only grows, so that it is valid whenever the run stops."""

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

# Seconds between two calls of fsync. A power failure loses at most the records of this time; a killed process loses
# none. Each of these calls also checks that no other program changed the file.
SYNC_SECONDS: Final = 1.0


class JsonlFile:
    """A file of records that is locked against other writers while it is open.

    The file always holds whole lines: a line that cannot be written completely is removed again. Raises `OSError` if
    the file cannot be opened or written, `BlockingIOError` if another process is writing to it, and
    `OutputChangedError` if another program deleted, replaced or changed it.
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
        """Append the record as a line."""
        self.add((to_json(record) + "\n").encode())

    def add(self, line: bytes) -> None:
        """Append a line that is already JSON and ends with a line feed."""
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
        """Truncate the file to its first `size` bytes."""
        with naming(self.path):
            os.ftruncate(self._descriptor, size)
        self._size = size

    def sync(self) -> None:
        """Wait until everything is on the disk, then check that no other program changed the file."""
        with naming(self.path):
            os.fsync(self._descriptor)
        check_unchanged(self.path, self._descriptor, self._size)
        self._synced = time.monotonic()

    def rename(self, path: Path) -> None:
        """Rename the file to `path`, replacing a file of that name. The lock stays."""
        self.sync()
        os.replace(self.path, path)
        self.path = path

    def close(self) -> None:
        """Close the file without a check; `sync` checks it."""
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
        raise BlockingIOError(
            errno.EWOULDBLOCK, "another run is writing to it; wait for its end or use another file"
        ) from error
