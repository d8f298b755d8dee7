"""Compressed output files, which can be read up to the last second also after a kill.

Only this module and `cleaner/page/decompress.py` use zstandard. From Python 3.14, the standard library has the same.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cleaner.write.files import OutputFile

# What is written to the file at a time: so many bytes before compression, or what has come in so many seconds. More
# bytes hardly compress better, and a killed run loses at most this.
CHUNK_BYTES: Final = 1_000_000
CHUNK_SECONDS: Final = 1.0


class Compression(StrEnum):
    """A form of compression, as the extension that is appended to the name of a file."""

    GZIP = ".gz"
    ZSTD = ".zst"


class MissingZstandardError(Exception):
    """The output is to be compressed with Zstandard, but Python has no module for it."""

    def __init__(self) -> None:
        super().__init__(
            "Zstandard needs a package before Python 3.14; install it from a checkout: pip install '.[zstd]'"
        )


class CompressedFile:
    """A compressed file that is written once, from beginning to end.

    With gzip, each chunk is a member of its own, so that the file is complete whenever the run stops. Zstandard writes
    a single frame, because many readers ignore the frames after the first. Each chunk ends a block, so that a reader
    of a file without an end gets all chunks, and then an error.

    Raises `MissingZstandardError` if Zstandard is needed and not installed, and what `OutputFile` raises.
    """

    def __init__(self, path: Path, compression: Compression) -> None:
        self._compress, self._end = _gzip() if compression is Compression.GZIP else _zstd()
        self._file = OutputFile(path)
        self._pending: list[bytes] = []
        self._size = 0  # of what is pending
        self._written = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if not isinstance(error, OSError):  # after such an error, the rest cannot be written either
                self._finish()

    def write(self, content: bytes, /) -> None:
        """Compress the bytes, now or later."""
        self._pending.append(content)
        self._size += len(content)

    def flush(self) -> None:
        """Write a chunk if it is large enough, or if the last one was written more than a second ago."""
        if self._size >= CHUNK_BYTES or time.monotonic() - self._written >= CHUNK_SECONDS:
            self._write_chunk()

    def _write_chunk(self) -> None:
        self._file.write(self._compress(b"".join(self._pending)))
        self._pending.clear()
        self._size = 0
        self._written = time.monotonic()

    def _finish(self) -> None:
        if self._pending or not self._file.tell():  # an empty file is not valid gzip
            self._write_chunk()
        self._file.write(self._end())
        self._file.check()


_Compressor = tuple[Callable[[bytes], bytes], Callable[[], bytes]]


def _gzip() -> _Compressor:
    """Return a function that compresses a chunk, and one that returns the end of the file."""
    return lambda chunk: gzip.compress(chunk, compresslevel=6, mtime=0), bytes


def _zstd() -> _Compressor:
    """Return the same as `_gzip` for Zstandard. Raises `MissingZstandardError`."""
    if sys.version_info >= (3, 14):
        from compression import zstd

        stream = zstd.ZstdCompressor()
        return lambda chunk: stream.compress(chunk, stream.FLUSH_BLOCK), stream.flush
    try:
        import zstandard
    except ImportError as error:
        raise MissingZstandardError from error
    compressor = zstandard.ZstdCompressor().compressobj()
    end_block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return lambda chunk: compressor.compress(chunk) + compressor.flush(end_block), compressor.flush
