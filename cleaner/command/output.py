"""The output of the command: its format, and where the records are written."""

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


FORMAT_OF_EXTENSION = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".parquet": Format.PARQUET,
}


class Stream(Protocol):
    """A binary stream that records can be written to."""

    def write(self, content: bytes, /) -> object: ...

    def flush(self) -> object: ...


class RecordPrinter:
    """Prints records to a stream.

    A single record is formatted differently from many. There is a single one if there is one source, and the first
    record is that source itself: then the source is not a folder or a file that holds many inputs.
    """

    def __init__(self, stream: Stream, sources: Sequence[str | InputList], form: Format | None, explain: bool) -> None:
        self._stream = stream
        self._sources = sources
        self._form = form
        self._explain = explain
        self._number = 0
        self._is_single = False

    def write(self, record: Mapping[str, Any]) -> None:
        """Print one more record, and flush the stream."""
        self._number += 1
        if self._number == 1:
            self._is_single = len(self._sources) == 1 and record["input"] == self._sources[0]
            self._form = self._form or (Format.JSON if self._is_single else Format.JSONL)
        self._put(self._format(record))

    def end(self) -> None:
        """Print what follows the last record."""
        if self._form is Format.JSON and not self._is_single:
            self._put("\n]\n" if self._number else "[]\n")

    def _format(self, record: Mapping[str, Any]) -> str:
        if self._form in (Format.JSON, Format.JSONL):
            from cleaner.write.record import to_json

            if self._form is Format.JSONL:
                return to_json(record) + "\n"
            if self._is_single:
                return to_json(record, indent=2) + "\n"
            return (",\n" if self._number > 1 else "[\n") + to_json(record)
        if record["text"] is None or (record["error"] and not self._explain):
            return ""  # the JSON formats have the text of a page that is not an article, and --any-page prints it here
        if self._form is Format.TEXT:
            from cleaner.write.text import to_text

            return _with_name("==> {} <==", self._is_single, record, to_text(record, explain=self._explain))
        from cleaner.write.markdown import to_markdown

        return _with_name("<!-- {} -->", self._is_single, record, to_markdown(record, explain=self._explain))

    def _put(self, text: str) -> None:
        with naming("standard output"):  # `OutputFile` has added the name of the file already
            self._stream.write(text.encode())
            self._stream.flush()


@contextmanager
def opened_output(
    output: str | None, sources: Sequence[str | InputList], form: Format | None, explain: bool
) -> Iterator[Output]:
    """Open an output that cannot be resumed: a stream, or a file in another format than JSON lines."""
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
        printer = RecordPrinter(sys.stdout.buffer, sources, form, explain)
        yield Output(printer.write, CompletedInputs())
        printer.end()
        return
    with OutputFile(Path(output)) as file:
        printer = RecordPrinter(file, sources, form, explain)
        yield Output(printer.write, CompletedInputs())
        printer.end()
        file.check()


def _with_name(template: str, is_single: bool, record: Mapping[str, Any], text: str) -> str:
    """Return the text of a record, after a line with the name of its input unless it is the only one in the stream."""
    return text if is_single or not text else f"{template.format(record['input'])}\n\n{text}\n"


def format_of(output: str | None) -> Format | None:
    """Return the format for the extension of the output, `None` for standard output.

    Raises `click.UsageError` if the extension is unknown.
    """
    if output is None or output == "-":
        return None
    extension = os.path.splitext(output)[1].lower()
    if extension not in FORMAT_OF_EXTENSION:
        raise click.UsageError(
            f"{output}: unknown extension; use {', '.join(FORMAT_OF_EXTENSION)}, or choose a --format"
        )
    return FORMAT_OF_EXTENSION[extension]


def refuse_reading_the_output(sources: Iterable[str], output: str | None) -> None:
    """Raise `click.UsageError` if the output is one of the sources, or is inside a folder that is one."""
    if output is None or output == "-":
        return
    target = os.path.realpath(output)
    for source in sources:
        path = os.path.realpath(source)
        is_inside = os.path.isdir(path) and os.path.commonpath([path, target]) == path
        if target == path:
            raise click.UsageError(f"{output}: the output is also an input; write to another file")
        if is_inside:
            raise click.UsageError(f"{output}: the output is inside the input {source}; write to another folder")


def is_file(output: str | None) -> bool:
    """Whether the output is a regular file or will be created as one: not a pipe, a device or standard output."""
    return output not in (None, "-") and (os.path.isfile(output) or not os.path.exists(output))
