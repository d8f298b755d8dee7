"""Parquet output: the same records as JSON lines, in columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyarrow import parquet

from cleaner.batch.clean_many import clean_many
from cleaner.command import app, console
from cleaner.inputs.read import Source
from cleaner.write.parquet import GROUP_RECORDS, MissingPyarrowError, ParquetFile, record_batches

pytestmark = pytest.mark.usefixtures("loaded")

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGE = FIXTURES / "wordpress_jetpack.html"
# The fields of structs that may be missing in JSON, by a field that only such a struct has.
OPTIONAL = {
    "retryable": ("http_status", "retry_after"),  # of an error
    "reason": (),  # of a removed block
    "level": ("marks", "item", "row", "quote_depth", "language", "embed"),  # of a block
    "kind": ("url",),  # of a mark
}


def as_column(value: Any) -> Any:
    """Return the value of a record as Parquet returns it: a struct has all of its fields."""
    if isinstance(value, list):
        return [as_column(item) for item in value]
    if not isinstance(value, dict):
        return value
    optional = next((names for only, names in OPTIONAL.items() if only in value), ())
    return dict.fromkeys(optional) | {name: as_column(inner) for name, inner in value.items()}


def read(path: Path) -> list[dict[str, Any]]:
    return [dict(row) for row in parquet.read_table(path).to_pylist(maps_as_pydicts="strict")]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("explain", "blocks"), [(False, False), (False, True), (True, False)])
def test_records_round_trip(tmp_path: Path, explain: bool, blocks: bool) -> None:
    """Records that are read from the file have the fields of JSON lines; an id is a string."""
    sources: list[Source] = [
        PAGE,
        FIXTURES / "embedded_posts.html",
        FIXTURES / "live_blog.html",
        "missing.html",
        {"id": 7, "text": "A line."},
    ]
    records = list(clean_many(sources, explain=explain, blocks=blocks))
    with ParquetFile(tmp_path / "out.parquet", explain=explain, blocks=blocks) as file:
        for record in records:
            file.write(record)
    expected: list[dict[str, Any]] = [as_column(dict(record)) for record in records]
    expected[4]["id"] = "7"
    assert expected == read(tmp_path / "out.parquet")


@pytest.mark.usefixtures("in_process")
def test_row_groups(tmp_path: Path) -> None:
    """Records are written in row groups, no record is lost between them, and lone surrogates are replaced."""
    (record,) = clean_many([{"text": "A line."}])
    count = 2 * GROUP_RECORDS + 1
    with ParquetFile(tmp_path / "out.parquet") as file:
        for index in range(count):
            file.write(record | {"index": index, "title": "\ud800"})
    read_back = parquet.ParquetFile(tmp_path / "out.parquet")
    assert 3 == read_back.num_row_groups
    assert list(range(count)) == read_back.read(["index"]).column("index").to_pylist()
    assert "\ufffd" == read_back.read(["title"]).column("title")[0].as_py()


@pytest.mark.usefixtures("in_process")
def test_batches_are_row_groups(tmp_path: Path) -> None:
    """Arrow batches have the columns and values of the file, and the size of its row groups."""
    (record,) = clean_many([{"id": 7, "text": "A line."}], explain=True)
    records = [record | {"index": index} for index in range(GROUP_RECORDS + 1)]
    with ParquetFile(tmp_path / "out.parquet", explain=True) as file:
        for each in records:
            file.write(each)
    batches = list(record_batches(records, explain=True))
    assert [GROUP_RECORDS, 1] == [batch.num_rows for batch in batches]
    assert parquet.read_schema(tmp_path / "out.parquet").equals(batches[0].schema)
    assert parquet.read_table(tmp_path / "out.parquet").to_batches() == batches
    assert [] == list(record_batches([]))


def test_command(tmp_path: Path) -> None:
    """The extension of the output selects Parquet, and no temporary file is left."""
    out = tmp_path / "out.parquet"
    result = CliRunner().invoke(app.command, [str(PAGE), "missing.html", "-o", str(out)])
    assert console.SOME_FAILED == result.exit_code
    assert ["ok", "error"] == [row["status"] for row in read(out)]
    assert [out] == list(tmp_path.iterdir())


def test_standard_output_is_refused() -> None:
    """Parquet cannot be written to standard output: the command asks for a file."""
    result = CliRunner().invoke(app.command, [str(PAGE), "--format", "parquet"])
    assert 2 == result.exit_code
    assert "Parquet cannot be written to standard output" in result.stderr


def test_disk_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full, the incomplete file keeps the name of a temporary file."""
    monkeypatch.setattr(parquet.ParquetWriter, "write_table", raise_disk_full)
    result = CliRunner().invoke(app.command, [str(PAGE), "-o", str(tmp_path / "out.parquet")])
    assert console.UNREADABLE == result.exit_code
    assert "out.parquet: cannot be written: no space left on device\n" in result.stderr
    assert ["out.parquet.part"] == [path.name for path in tmp_path.iterdir()]


def raise_disk_full(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If pyarrow is missing, the command says so and how to install it, before it reads any input."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPyarrowError):
        ParquetFile(tmp_path / "out.parquet")
    result = CliRunner().invoke(app.command, [str(PAGE), "-o", str(tmp_path / "out.parquet")])
    assert 2 == result.exit_code
    assert "pip install '.[parquet]'" in result.stderr
