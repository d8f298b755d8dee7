"""A run that can be continued: what it was asked for, what of it is done, and where its records go.

Beside `OUT.jsonl` stands `OUT.jsonl.run.json`: the version and the options that the records were made with, and, once
the run has come to its end, what came of it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleaner._version import __version__
from cleaner.batch.ordering import ReadyInput
from cleaner.errors import Code
from cleaner.inputs.read import Input
from cleaner.models import Status
from cleaner.write.files import naming
from cleaner.write.jsonl import JsonlFile
from cleaner.write.record import SCHEMA_VERSION, key_in, key_of


class ResumeConflictError(Exception):
    """The run would mix with another one's records, or lose them; the message says what to do."""


class CompletedInputs:
    """The records that an output has: how many inputs of each key, and how they ended.

    Keys are kept as eight bytes of their hash, some 100 bytes of memory each: ten million take 1 GB. The chance that
    two of so many different keys are taken for one is one in 400,000.
    """

    def __init__(self) -> None:
        self._times: Counter[int] = Counter()
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()  # by code
        self.skipped = 0  # inputs that `pending` left out

    def add(self, record: Mapping[str, Any]) -> None:
        """Counts one more record."""
        self._times[_digest(key_in(record))] += 1
        error = record["error"]
        self.statuses[record.get("status") or (Status.ERROR if error else Status.OK)] += 1
        if error:
            self.errors[error.get("code") or Code.INTERNAL_ERROR] += 1

    def pending(self, inputs: Iterable[ReadyInput]) -> Iterator[ReadyInput]:
        """The inputs that have no record yet: of those with the same key, the last ones."""
        for each in inputs:
            if self._consume(each.source):
                self.skipped += 1
            else:
                yield each

    def _consume(self, source: Input) -> bool:
        """Whether there is one more record for the input's key than was taken yet; takes it."""
        if not self._times:
            return False
        digest = _digest(key_of(source))
        times = self._times.get(digest, 0)
        if times > 1:
            self._times[digest] = times - 1
        elif times:
            del self._times[digest]
        return times > 0


def _digest(key: str) -> int:
    from hashlib import blake2b  # loads OpenSSL, which one page does not need

    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


class Output(NamedTuple):
    """Where the records of a run go, one by one, and what has a record there already."""

    write: Callable[[Mapping[str, Any]], None]
    done: CompletedInputs


@contextmanager
def lines_output(
    path: Path,
    options: Mapping[str, Any],
    *,
    resume: bool = False,
    retry_failed: bool = False,
    force: bool = False,
) -> Iterator[Output]:
    """The JSON lines at `path`, begun anew, or, with `resume`, to go on behind what stands there.

    `options` are those that decide what a record holds. With `retry_failed`, the records of failures that may pass are
    dropped first. `force` goes on with other options than those before, and begins anew over a run that is not done.

    Raises `ResumeConflictError`, and `OSError` where a file cannot be read or written.
    """
    header = _Header(path, options)
    file = JsonlFile(path)
    try:
        _beside(path).unlink(missing_ok=True)  # of a run that was killed while it dropped failures
        if not resume:
            if not force:
                header.refuse_loss()
            file.cut(0)
            header.write()
            yield Output(file.write, CompletedInputs())
            file.sync()
            return
        if not force:
            header.refuse_others()
        if retry_failed:
            file = _without_failures(file)
        done = _read_done(file)
        header.write()
        yield Output(file.write, done)
        file.sync()
    finally:
        file.close()


def finish(path: Path, options: Mapping[str, Any], summary: Mapping[str, Any]) -> None:
    """Notes that the run that writes to `path` has come to its end, and what came of it."""
    _Header(path, options).write(summary)


class _Header:
    """What stands in the file beside the output."""

    def __init__(self, output: Path, options: Mapping[str, Any]) -> None:
        self._output = output
        self._path = output.with_name(output.name + ".run.json")
        self._asked = {"version": __version__, "schema_version": SCHEMA_VERSION, "options": dict(options)}

    def refuse_loss(self) -> None:
        """Raises `ResumeConflictError` where the output holds records of a run that was broken off."""
        if self._output.stat().st_size and (before := self._read()) and before.get("finished") is None:
            raise ResumeConflictError(
                f"{self._output} holds a run that is not done; --resume goes on, --force begins anew"
            )

    def refuse_others(self) -> None:
        """Raises `ResumeConflictError` where the output was made by another version, or with other options."""
        if not self._output.stat().st_size or (before := self._read()) is None:
            return
        known = {name: before.get(name) for name in self._asked}
        if known != self._asked:
            raise ResumeConflictError(
                f"{self._output} was made otherwise: {_difference(known, self._asked)}; --force goes on all the same"
            )

    def write(self, summary: Mapping[str, Any] | None = None) -> None:
        before = self._read() or {}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        times = {"started": now, "finished": None}
        if summary is not None:
            times = {"started": before.get("started", now), "finished": now}
        _write_whole(self._path, self._asked | times | {"summary": summary})

    def _read(self) -> dict[str, Any] | None:
        try:
            found = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ResumeConflictError(
                f"{self._path} cannot be read as JSON ({error}); remove it, or use --force"
            ) from error
        return found if isinstance(found, dict) else {}


def _difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    pairs = [(name, before.get(name), now[name]) for name in ("version", "schema_version")]
    options = before.get("options")
    known = options if isinstance(options, dict) else {}
    pairs += [(name, known.get(name), value) for name, value in now["options"].items()]
    return ", ".join(f"{name} was {was!r} and is {value!r}" for name, was, value in pairs if was != value)


def _write_whole(path: Path, value: Mapping[str, Any]) -> None:
    """Writes so that a kill leaves the file as it was, or as it is to be."""
    beside = _beside(path)
    with naming(path):
        beside.write_text(json.dumps(value, indent=2) + "\n")
    os.replace(beside, path)


def _read_done(file: JsonlFile) -> CompletedInputs:
    """What has a record; a last line that a kill tore is dropped."""
    done = CompletedInputs()
    size = 0
    whole = True
    with file.path.open("rb") as stream:
        for record, line in _records(stream, file.path):
            done.add(record)
            size += len(line)
            whole = line.endswith(b"\n")
    file.cut(size)
    if not whole:
        file.add(b"\n")
    return done


def _without_failures(file: JsonlFile) -> JsonlFile:
    """The file without the records whose failure may pass, under its own name.

    Of inputs with the same key, the records behind such a one go, too: how many inputs of a key are done must be how
    many of the first ones are.
    """
    beside = JsonlFile(_beside(file.path))
    try:
        beside.cut(0)
        dropped: set[int] = set()
        with file.path.open("rb") as stream:
            for record, line in _records(stream, file.path):
                digest = _digest(key_in(record))
                if digest in dropped or (record["error"] or {}).get("retryable"):
                    dropped.add(digest)
                else:
                    beside.add(line.rstrip(b"\n") + b"\n")
        beside.rename(file.path)
    except BaseException:
        beside.close()
        beside.path.unlink()
        raise
    file.close()
    return beside


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _records(stream: IO[bytes], path: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The records, each with its line; ends at a last line that was torn.

    Raises `ResumeConflictError` for any other line that is not one of our records, or that names inputs by line number.
    """
    for number, line in enumerate(stream, 1):
        try:
            record = json.loads(line)
            if not (isinstance(record["input"], str) and isinstance(record["error"], dict | None)):
                raise TypeError
        except (ValueError, LookupError, TypeError) as error:
            if not line.endswith(b"\n"):
                return
            raise ResumeConflictError(
                f"{path}, line {number}, is no record of cleaner; nothing is written to it"
            ) from error
        if "schema_version" in record and "input_hash" not in record:
            told = "was written by an older cleaner and cannot be resumed; begin anew"
            raise ResumeConflictError(f"{path}, line {number}, {told}")
        yield record, line
