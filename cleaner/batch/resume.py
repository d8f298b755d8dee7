"""Runs that can be resumed: the options of a run, the inputs that are done, and the output file.

Each `OUT.jsonl` has a run file `OUT.jsonl.run.json`. It holds the version and the options that made the records and,
once the run has finished, its summary.
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
    """The run would lose the records of another run, or mix with them. The message says what to do."""


class CompletedInputs:
    """The inputs that have a record in an output: the number of records for each key, status and error code,
    and that of removed blocks.

    A key is stored as 8 bytes of its hash and takes about 100 bytes of memory: 10 million keys take 1 GB. The
    probability that any two of 10 million keys collide is 1 in 400,000.
    """

    def __init__(self) -> None:
        self._times: Counter[int] = Counter()
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()  # by error code
        self.removed: Counter[str] = Counter()  # removed blocks by reason
        self.skipped = 0  # inputs that `pending` skipped

    def add(self, record: Mapping[str, Any]) -> None:
        """Count one more record."""
        self._times[_digest(key_in(record))] += 1
        error = record["error"]
        self.removed.update(record.get("removed_counts") or {})
        self.statuses[record.get("status") or (Status.ERROR if error else Status.OK)] += 1
        if error:
            self.errors[error.get("code") or Code.INTERNAL_ERROR] += 1

    def pending(self, inputs: Iterable[ReadyInput]) -> Iterator[ReadyInput]:
        """Yield the inputs that have no record yet. If n records have the same key, skip the first n inputs with it."""
        for each in inputs:
            if self._consume(each.source):
                self.skipped += 1
            else:
                yield each

    def _consume(self, source: Input) -> bool:
        """Whether a record is left for the key of the input. Uses up that record."""
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
    from hashlib import blake2b  # loads OpenSSL, which a single page does not need

    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


class Output(NamedTuple):
    """The output of a run: a function that writes one record, and the inputs that have a record already."""

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
    """Open the JSON lines at `path`: emptied, or with `resume` to append to the records that are there.

    `options` are the options that change a record. `retry_failed` first removes the records of temporary failures.
    `force` resumes although the options differ, and overwrites an unfinished run.

    Raises `ResumeConflictError` if the run needs `force` and it is not given, or if the file holds other lines than
    records, and `OSError` if a file cannot be read or written.
    """
    run_file = _RunFile(path, options)
    file = JsonlFile(path)
    try:
        _temporary(path).unlink(missing_ok=True)  # left by a run that was killed while it removed failures
        if not resume:
            if not force:
                run_file.refuse_loss()
            file.cut(0)
            run_file.write()
            yield Output(file.write, CompletedInputs())
            file.sync()
            return
        if not force:
            run_file.refuse_others()
        if retry_failed:
            file = _without_failures(file)
        done = _read_done(file)
        run_file.write()
        yield Output(file.write, done)
        file.sync()
    finally:
        file.close()


def finish(path: Path, options: Mapping[str, Any], summary: Mapping[str, Any]) -> None:
    """Write to the run file that the run with the output `path` has finished, with its summary."""
    _RunFile(path, options).write(summary)


class _RunFile:
    """The run file of an output."""

    def __init__(self, output: Path, options: Mapping[str, Any]) -> None:
        self._output = output
        self._path = output.with_name(output.name + ".run.json")
        self._settings = {"version": __version__, "schema_version": SCHEMA_VERSION, "options": dict(options)}

    def refuse_loss(self) -> None:
        """Raise `ResumeConflictError` if the output holds records of an unfinished run."""
        if self._output.stat().st_size and (before := self._read()) and before.get("finished") is None:
            raise ResumeConflictError(
                f"{self._output} holds an unfinished run; continue it with --resume, or overwrite it with --force"
            )

    def refuse_others(self) -> None:
        """Raise `ResumeConflictError` if the output was made by another version or with other options."""
        if not self._output.stat().st_size or (before := self._read()) is None:
            return
        earlier = {name: before.get(name) for name in self._settings}
        if earlier != self._settings:
            difference = _difference(earlier, self._settings)
            raise ResumeConflictError(
                f"{self._output} was written with other settings ({difference}); use the same, or resume with --force"
            )

    def write(self, summary: Mapping[str, Any] | None = None) -> None:
        """Write the run file of a run that begins, or with a summary, of one that has finished."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        times = {"started": now, "finished": None}
        if summary is not None:
            earlier = self._read() or {}
            times = {"started": earlier.get("started", now), "finished": now}
        _write_atomically(self._path, self._settings | times | {"summary": summary})

    def _read(self) -> dict[str, Any] | None:
        try:
            header = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ResumeConflictError(
                f"{self._path} is not valid JSON ({error}); delete it, or replace it with --force"
            ) from error
        return header if isinstance(header, dict) else {}


def _difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    pairs = [(name, before.get(name), now[name]) for name in ("version", "schema_version")]
    options = before.get("options")
    earlier = options if isinstance(options, dict) else {}
    pairs += [(name, earlier.get(name), value) for name, value in now["options"].items()]
    return ", ".join(f"{name} was {was!r}, now it is {value!r}" for name, was, value in pairs if was != value)


def _write_atomically(path: Path, value: Mapping[str, Any]) -> None:
    """Write a file atomically: after a kill it has either the old content or the new one."""
    temporary = _temporary(path)
    with naming(path):
        temporary.write_text(json.dumps(value, indent=2) + "\n")
    os.replace(temporary, path)


def earlier_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records in the output of an earlier run. An incomplete last line is ignored.

    Raises `ResumeConflictError` if the file holds other lines than records.
    """
    with path.open("rb") as stream:
        for record, _ in _records(stream, path):
            yield record


def _read_done(file: JsonlFile) -> CompletedInputs:
    """Return the inputs that have a record, and remove a last line that is incomplete because of a kill."""
    done = CompletedInputs()
    size = 0
    is_complete = True
    with file.path.open("rb") as stream:
        for record, line in _records(stream, file.path):
            done.add(record)
            size += len(line)
            is_complete = line.endswith(b"\n")
    file.cut(size)
    if not is_complete:
        file.add(b"\n")
    return done


def _without_failures(file: JsonlFile) -> JsonlFile:
    """Replace the file by one without the records of temporary failures, and return it.

    Later records with the same key are removed too: `CompletedInputs.pending` skips the first inputs of a key, as many
    as there are records, so these records must be those of the first inputs.
    """
    remaining = JsonlFile(_temporary(file.path))
    try:
        remaining.cut(0)
        dropped: set[int] = set()
        with file.path.open("rb") as stream:
            for record, line in _records(stream, file.path):
                digest = _digest(key_in(record))
                if digest in dropped or (record["error"] or {}).get("retryable"):
                    dropped.add(digest)
                else:
                    remaining.add(line.rstrip(b"\n") + b"\n")
        remaining.rename(file.path)
    except BaseException:
        remaining.close()
        remaining.path.unlink()
        raise
    file.close()
    return remaining


def _temporary(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _records(stream: IO[bytes], path: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield each record with its line. A last line that is incomplete is ignored.

    Raises `ResumeConflictError` for any other line that is not a record of cleaner, and for a record of a version that
    identified inputs by line number.
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
                f"{path}, line {number}, is not a record of cleaner; the file is unchanged, choose another output"
            ) from error
        if "schema_version" in record and "input_hash" not in record:
            problem = "was written by an older version of cleaner, which cannot be resumed; choose another output"
            raise ResumeConflictError(f"{path}, line {number}, {problem}")
        yield record, line
