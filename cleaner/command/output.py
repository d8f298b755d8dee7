"""Where the records go, and in which form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from cleaner.write.files import OutputFile, naming

if TYPE_CHECKING:
    from cleaner.batch.resume import Output
    from cleaner.inputs.read import InputList


class Format(StrEnum):
    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


FORMAT_OF_ENDING = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".parquet": Format.PARQUET,
}


class Stream(Protocol):
    """What records can be shown in."""

    def write(self, content: bytes, /) -> object: ...

    def flush(self) -> object: ...


class RecordPrinter:
    """Records in a stream. A source that is not itself the first record's input may hold many."""

    def __init__(self, stream: Stream, sources: Sequence[str | InputList], form: Format | None, explain: bool) -> None:
        self._stream = stream
        self._sources = sources
        self._form = form
        self._explain = explain
        self._number = 0
        self._alone = False

    def write(self, record: Mapping[str, Any]) -> None:
        """Shows one more record, at once."""
        self._number += 1
        if self._number == 1:
            self._alone = len(self._sources) == 1 and record["input"] == self._sources[0]
            self._form = self._form or (Format.JSON if self._alone else Format.JSONL)
        self._put(self._shown(record))

    def end(self) -> None:
        """Writes what comes behind the last record."""
        if self._form is Format.JSON and not self._alone:
            self._put("\n]\n" if self._number else "[]\n")

    def _shown(self, record: Mapping[str, Any]) -> str:
        from cleaner.write.markdown import to_markdown
        from cleaner.write.record import to_json
        from cleaner.write.text import to_text

        if self._form is Format.JSONL:
            return to_json(record) + "\n"
        if self._form is Format.JSON and self._alone:
            return to_json(record, indent=2) + "\n"
        if self._form is Format.JSON:
            return (",\n" if self._number > 1 else "[\n") + to_json(record)
        if record["text"] is None or (record["error"] and not self._explain):
            return ""  # the text of a refused page is in the JSON formats, and with --any-page here
        if self._form is Format.TEXT:
            return _headed("==> {} <==", self._alone, record, to_text(record, explain=self._explain))
        return _headed("<!-- {} -->", self._alone, record, to_markdown(record, explain=self._explain))

    def _put(self, shown: str) -> None:
        with naming("standard output"):  # a file adds its own name
            self._stream.write(shown.encode())
            self._stream.flush()


@contextmanager
def opened_output(
    output: str | None, sources: Sequence[str | InputList], form: Format | None, explain: bool
) -> Iterator[Output]:
    """The output in a form that is whole only at its end, and so cannot be continued."""
    from cleaner.batch.resume import CompletedInputs, Output

    if form is Format.PARQUET:
        from cleaner.write.parquet import MissingPyarrowError, ParquetFile

        try:
            parquet = ParquetFile(Path(output or ""), explain=explain)
        except MissingPyarrowError as error:
            raise click.UsageError(str(error)) from error
        with parquet:
            yield Output(parquet.write, CompletedInputs())
        return
    if output is None or output == "-":
        shown = RecordPrinter(sys.stdout.buffer, sources, form, explain)
        yield Output(shown.write, CompletedInputs())
        shown.end()
        return
    with OutputFile(Path(output)) as file:
        shown = RecordPrinter(file, sources, form, explain)
        yield Output(shown.write, CompletedInputs())
        shown.end()
        file.check()


def _headed(head: str, alone: bool, record: Mapping[str, Any], shown: str) -> str:
    """What is shown of a record; one of many in the same stream stands under a line that names it, as `head` has it."""
    return shown if alone or not shown else f"{head.format(record['input'])}\n\n{shown}\n"


def format_of(output: str | None) -> Format | None:
    """The format that the ending of the output names; `None` for standard output.

    Raises `click.UsageError` for any other ending.
    """
    if output is None or output == "-":
        return None
    ending = os.path.splitext(output)[1].lower()
    if ending not in FORMAT_OF_ENDING:
        raise click.UsageError(f"{output}: its ending is none of {', '.join(FORMAT_OF_ENDING)}; name a --format")
    return FORMAT_OF_ENDING[ending]


def refuse_reading_the_output(sources: Iterable[str], output: str | None) -> None:
    """Raises `click.UsageError` if the output is one of the sources, or lies in a folder that is one."""
    if output is None or output == "-":
        return
    written = os.path.realpath(output)
    for source in sources:
        read = os.path.realpath(source)
        inside = os.path.isdir(read) and os.path.commonpath([read, written]) == read
        if written == read or inside:
            raise click.UsageError(f"{output}: the output lies in {source}, which is read; write it elsewhere")


def is_file(output: str | None) -> bool:
    """Whether the output is a file or will be one; not a pipe or a device."""
    return output not in (None, "-") and (os.path.isfile(output) or not os.path.exists(output))
