"""The output of the command: its format, and where the records are written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import click

from cleaner.command.terminal import TerminalView
from cleaner.write.files import OutputFile, naming

if TYPE_CHECKING:
    from cleaner.batch.resume import Output
    from cleaner.inputs.read import InputList
    from cleaner.write.compressed import Compression


class Format(StrEnum):
    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    PARQUET = "parquet"


FORMAT_OF_EXTENSION = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".csv": Format.CSV,
    ".parquet": Format.PARQUET,
}

# The formats that hold records as they are.
RECORDS = frozenset({Format.JSON, Format.JSONL, Format.PARQUET})
# The formats that show what was removed, and those that need the blocks of the text.
EXPLAINABLE = RECORDS | {Format.TEXT, Format.MARKDOWN}
WITH_BLOCKS = frozenset({Format.MARKDOWN, Format.HTML})
# The formats that a file with a single article can have.
ONE_ARTICLE = (Format.JSON, Format.TEXT, Format.MARKDOWN, Format.HTML)


# What is before an article if there are several in a stream.
NAME_IN_STREAM = {Format.TEXT: "==> {} <==", Format.MARKDOWN: "<!-- {} -->"}
# The formats of the files of a folder, which hold one article each.
EXTENSION_IN_FOLDER = {form: extension for extension, form in FORMAT_OF_EXTENSION.items() if form in ONE_ARTICLE}


class Style(NamedTuple):
    """How an article is written, in the formats that have a choice.

    `explain` adds the removed blocks, each with the reason. `title` and `header` begin a text with the headline, or
    with the headline, byline, date and address. `short` is the JSON of a single page for a person to read: what is
    known, and the article first. `blocks` adds the blocks of the text to records, `comments` the readers' comments.
    `images` adds the pictures to Markdown and HTML, and `front_matter` the metadata to Markdown. `folds` and `colours`
    are those of a `TerminalView`.
    """

    explain: bool = False
    title: bool = False
    header: bool = False
    short: bool = False
    blocks: bool = False
    comments: bool = False
    images: bool = False
    front_matter: bool = False
    folds: bool = False
    colours: bool = False


class Stream(Protocol):
    """A binary stream that records can be written to."""

    def write(self, content: bytes, /) -> object: ...

    def flush(self) -> object: ...


class RecordPrinter:
    """Prints records to a stream.

    A single record is formatted differently from many. There is a single one if there is one source, and the first
    record is that source itself: then the source is not a folder or a file that holds many inputs.
    """

    def __init__(self, stream: Stream, sources: Sequence[str | InputList], form: Format | None, style: Style) -> None:
        self._stream = stream
        self._sources = sources
        self._form = form
        self._style = style
        self._number = 0
        self._is_single = False

    def write(self, record: Mapping[str, Any]) -> None:
        """Print one more record, and flush the stream."""
        self._number += 1
        if self._number == 1:
            self._is_single = len(self._sources) == 1 and record["input"] == self._sources[0]
            self._form = self._form or (Format.JSON if self._is_single else Format.JSONL)
            self._put_header()
        self._put(self._format(record))

    def end(self) -> None:
        """Print what follows the last record."""
        if not self._number:
            self._put_header()
        if self._form is Format.JSON and not self._is_single:
            self._put("\n]\n" if self._number else "[]\n")

    def _put_header(self) -> None:
        if self._form is Format.CSV:
            from cleaner.write.csv import header

            self._put(header())

    def _format(self, record: Mapping[str, Any]) -> str:
        if self._form in (Format.JSON, Format.JSONL):
            from cleaner.write.record import to_json

            if self._form is Format.JSONL:
                return to_json(record) + "\n"
            if self._is_single:
                return one_article(record, Format.JSON, self._style)
            return (",\n" if self._number > 1 else "[\n") + to_json(record)
        if self._form is Format.CSV:
            from cleaner.write.csv import to_csv

            return to_csv(record)
        if self._form is Format.HTML and self._number > 1:
            raise several_in_html()
        if record["text"] is None or (record["error"] and not self._style.explain):
            return ""  # the JSON formats have the text of a page that is not an article, and --any-page prints it here
        assert self._form is not None
        article = one_article(record, self._form, self._style)
        name = NAME_IN_STREAM.get(self._form)
        if name is None or not article or self._is_single:  # without text, the name of the input would stand alone
            return article
        source = record["input"].replace(">", "&gt;") if self._form is Format.MARKDOWN else record["input"]
        return f"{name.format(source)}\n\n{article}\n"

    def _put(self, text: str) -> None:
        from cleaner.write.record import encodable

        with naming("standard output"):  # `OutputFile` has added the name of the file already
            self._stream.write(encodable(text).encode())
            self._stream.flush()


@contextmanager
def opened_output(
    output: str | None, sources: Sequence[str | InputList], form: Format | None, style: Style
) -> Iterator[Output]:
    """Open an output that cannot be resumed: a stream, or a file in another format than JSON lines."""
    from cleaner.batch.resume import CompletedInputs, Output

    if form is Format.PARQUET:
        from cleaner.write.parquet import MissingPyarrowError, ParquetFile

        try:
            parquet = ParquetFile(
                Path(output or ""), explain=style.explain, blocks=style.blocks, comments=style.comments
            )
        except MissingPyarrowError as error:
            raise click.UsageError(str(error)) from error
        with parquet:
            yield Output(parquet.write, CompletedInputs())
        return
    if output is None or output == "-":
        printer = RecordPrinter(sys.stdout.buffer, sources, form, style)
        yield Output(printer.write, CompletedInputs())
        printer.end()
        return
    with _opened_file(output) as file:
        printer = RecordPrinter(file, sources, form, style)
        yield Output(printer.write, CompletedInputs())
        printer.end()


@contextmanager
def _opened_file(output: str) -> Iterator[Stream]:
    """Open the output, which is compressed if its extension says so."""
    compression = compression_of(output)
    if compression is None:
        with OutputFile(Path(output)) as file:
            yield file
            file.check()
        return
    from cleaner.write.compressed import CompressedFile, MissingZstandardError

    try:
        compressed = CompressedFile(Path(output), compression)
    except MissingZstandardError as error:
        raise click.UsageError(str(error)) from error
    with compressed:
        yield compressed


def one_article(record: Mapping[str, Any], form: Format, style: Style) -> str:
    """Return the article in a format that a file with a single article can have."""
    view = TerminalView(style.folds, style.colours)
    if form is Format.JSON:
        from cleaner.write.record import to_json

        return to_json(_short(record) if style.short else record, indent=2) + "\n"
    if form is Format.TEXT:
        from cleaner.write.text import to_text

        shown = view.record(record) if style.explain else record
        return to_text(shown, explain=style.explain, title=style.title, header=style.header, paint=view.paint)
    if form is Format.HTML:
        from cleaner.write.html import to_html

        return to_html(record, images=style.images)
    from cleaner.write.markdown import to_markdown

    shown = view.record(record) if style.explain else record
    markdown = to_markdown(shown, explain=style.explain, images=style.images, front_matter=style.front_matter)
    return view.markdown(markdown)


def _short(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record that have a value, those that a reader looks for first."""
    first = {name: record[name] for name in ("title", "authors", "published", "text")}
    return {name: value for name, value in {**first, **record}.items() if value not in (None, [], {})}


def format_of(output: str | None) -> Format | None:
    """Return the format for the extension of the output, `None` for standard output.

    Raises `click.UsageError` if the extension is unknown.
    """
    if output is None or output == "-":
        return None
    compression = compression_of(output)
    extension = os.path.splitext(output.lower().removesuffix(compression or ""))[1]
    if extension not in FORMAT_OF_EXTENSION:
        raise click.UsageError(
            f"{output}: unknown extension; use {', '.join(FORMAT_OF_EXTENSION)} "
            "(.gz or .zst may follow), a / at the end for a folder, or choose a --format"
        )
    return FORMAT_OF_EXTENSION[extension]


def compression_of(output: str | None) -> Compression | None:
    """Return the compression for the last extension of the output, `None` if it is another one."""
    extension = os.path.splitext(output or "")[1].lower()
    if extension not in (".gz", ".zst"):
        return None
    from cleaner.write.compressed import Compression

    return Compression(extension)


def is_folder(output: str | None) -> bool:
    """Whether an output names a folder: it ends with a slash, or is one already."""
    return output is not None and (output.endswith(("/", os.sep)) or os.path.isdir(output))


def has_many(sources: Sequence[str | InputList]) -> bool:
    """Whether there are several inputs, as far as is known before any is read."""
    return len(sources) > 1 or any(isinstance(each, str) and os.path.isdir(each) for each in sources)


def several_in_html() -> click.UsageError:
    return click.UsageError("HTML is a document of a single article; for several, name a folder: -o DIR/ --format html")


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
