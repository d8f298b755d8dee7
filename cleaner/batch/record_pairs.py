"""The records of two files of JSON lines, paired by input."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, count
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleaner.write.files import naming
from cleaner.write.record import key_in

_GZIP = b"\x1f\x8b"

Pair = tuple[dict[str, Any] | None, dict[str, Any] | None]


class RecordFileError(Exception):
    """A file is not one of records. The message names the file and the line."""


class _Line(NamedTuple):
    key: str
    record: dict[str, Any]
    offset: int  # of its first byte in the stream
    number: int  # of the line in the file, from 1


def record_pairs(first: Path, second: Path) -> Iterator[Pair]:
    """Yield the records of both files for each input, in the order of the first file; `None` for a missing one.

    Inputs that only the second file has come last. As long as both files have the same order, one record of each is in
    memory. From the first difference on, the places of all records that follow in the second file are too, with about
    250 bytes for each. If several records have the same key, they are paired in order. Raises `OSError` if a file
    cannot be read, and `RecordFileError` if it does not hold records.
    """
    with ExitStack() as stack:
        streams = [stack.enter_context(_opened(path)) for path in (first, second)]
        of_first, of_second = _lines(streams[0], first), _lines(streams[1], second)
        while True:
            one, other = next(of_first, None), next(of_second, None)
            if one is None or other is None or one.key != other.key:
                break
            yield one.record, other.record
        # `other` was read, but is to be found by its key like those that follow it.
        places: defaultdict[int, list[int]] = defaultdict(list)
        stream = streams[1]
        if other is not None:
            stream.seek(other.offset)
            if isinstance(stream, gzip.GzipFile):  # each seek back would unpack the file from its beginning
                stream = stack.enter_context(_copy(stream))
            for line in _lines(stream, second, other.number):
                places[hash(line.key)].append(line.offset)
        for line in chain(() if one is None else (one,), of_first):
            offsets = places.get(hash(line.key))
            yield line.record, _record_at(stream, offsets.pop(0), second) if offsets else None
        for offset in sorted(offset for offsets in places.values() for offset in offsets):
            yield None, _record_at(stream, offset, second)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with naming(path), path.open("rb") as file:
        if file.peek(len(_GZIP))[: len(_GZIP)] != _GZIP:
            yield file
            return
        with gzip.open(file) as unpacked:
            yield unpacked  # type: ignore[misc]  # it is a stream of bytes


@contextmanager
def _copy(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Open a temporary file with what is left in the stream."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file


def _lines(stream: IO[bytes], path: Path, first: int = 1) -> Iterator[_Line]:
    """Yield the records in the rest of the stream. `first` is the number of its first line. Empty lines are skipped."""
    for number in count(first):
        offset = stream.tell()
        try:
            line = stream.readline()
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise RecordFileError(f"{path}: the gzip stream is damaged or truncated ({error})") from error
        if not line:
            return
        if line.strip():
            record = _parse(line, f"{path}:{number}")
            yield _Line(key_in(record), record, offset, number)


def _record_at(stream: IO[bytes], offset: int, path: Path) -> dict[str, Any]:
    stream.seek(offset)
    return _parse(stream.readline(), str(path))


def _parse(line: bytes, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:  # includes UnicodeDecodeError
        raise RecordFileError(f"{place}: not a line of JSON; records are written with -o FILE.jsonl") from error
    if not isinstance(record, dict) or not {"input", "status", "text"} <= record.keys():
        raise RecordFileError(f"{place}: not a record of cleaner; records are written with -o FILE.jsonl")
    return record
