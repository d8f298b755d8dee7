"""The HTML reports of a run: one file for a single input, or a folder with a file for each input and an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.output import has_many, is_folder
from cleaner.write.files import OutputFile, naming

if TYPE_CHECKING:
    from cleaner.batch.resume import Output
    from cleaner.inputs.read import InputList

INDEX = "index.html"
# What is near the beginning of each report and each index, whichever version wrote it.
GENERATOR = '<meta name="generator" content="cleaner '
# Characters of an input's name in the name of its report: the last ones, which tell files of a folder apart.
MAX_NAME_LENGTH = 50

_Write = Callable[[Mapping[str, Any]], None]


@contextmanager
def with_report(
    records: AbstractContextManager[Output], report: str, sources: Sequence[str | InputList], left_out: Sequence[str]
) -> Iterator[Output]:
    """Open an output that also writes the report. The records must have `blocks` and `removed`.

    `records` receives them without the fields `left_out`. Raises `click.UsageError` if there are several inputs
    and the report is not a folder, and `OSError` if a report cannot be written.
    """
    from cleaner.batch.resume import Output

    if has_many(sources) and not is_folder(report):
        raise _several(report)
    with ExitStack() as stack:
        write_record, done = stack.enter_context(records)
        write_report = (
            stack.enter_context(_report_folder(Path(report))) if is_folder(report) else _report_file(Path(report))
        )

        def write(record: Mapping[str, Any]) -> None:
            write_report(record)
            write_record({name: value for name, value in record.items() if name not in left_out})

        yield Output(write, done)


@contextmanager
def no_records() -> Iterator[Output]:
    """Open an output that drops the records, for a run that writes only a report."""
    from cleaner.batch.resume import CompletedInputs, Output

    yield Output(lambda record: None, CompletedInputs())


def _report_file(path: Path) -> _Write:
    """Return a function that writes the report of the only record to the file."""
    from cleaner.write.report import to_html_report

    is_written = False

    def write(record: Mapping[str, Any]) -> None:
        nonlocal is_written
        if is_written:
            raise _several(str(path))
        is_written = True
        _write_whole(path, to_html_report(record))

    return write


@contextmanager
def _report_folder(folder: Path) -> Iterator[_Write]:
    """Open a folder of reports, and give the function that adds the report of a record."""
    from cleaner.write.report import IndexPage, to_html_report

    folder.mkdir(parents=True, exist_ok=True)
    _refuse_other_index(folder / INDEX)
    index = IndexPage()
    with OutputFile(folder / INDEX) as file:
        file.write(index.head().encode())

        def write(record: Mapping[str, Any]) -> None:
            name = _file_name(record)
            _write_whole(folder / name, to_html_report(record))
            file.write(index.row(record, name).encode())

        yield write
        file.write(index.tail().encode())
        file.check()


def _refuse_other_index(path: Path) -> None:
    """Raise `click.UsageError` if there is a file at the path that is not the index of earlier reports."""
    if path.exists():
        with path.open("rb") as file:
            if GENERATOR.encode() not in file.read(1000):
                raise click.UsageError(f"{path}: this file is not an index of reports; name another folder")


def _file_name(record: Mapping[str, Any]) -> str:
    """Return the name of the report of a record: the position of its input, which makes it unique, and its name."""
    from cleaner.write.names import safe_name

    name = str(record["input"]).partition("://")[2] or str(record["input"])
    readable = safe_name(name.removesuffix(".html")[-MAX_NAME_LENGTH:])
    return f"{record['index'] + 1:05d}-{readable}.html"


def _write_whole(path: Path, text: str) -> None:
    with naming(path):
        path.write_text(text, "utf-8")


def _several(report: str) -> click.UsageError:
    return click.UsageError(
        f"{report}: one file holds the report of a single page; for several, name a folder: --report DIR/"
    )
