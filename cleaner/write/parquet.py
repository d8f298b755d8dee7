"""Records in columns: as a Parquet file, and as Arrow batches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cleaner._version import __version__
from cleaner.write.files import OutputFile, naming
from cleaner.write.record import SCHEMA_VERSION, encodable

# A row group ends after this many records or this many characters in their strings, whichever comes first. Readers load
# a row group as a whole, and the writer holds one in memory.
GROUP_RECORDS: Final = 1_000
GROUP_CHARACTERS: Final = 50_000_000


class MissingPyarrowError(Exception):
    """The output format is Parquet, but pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__("Parquet needs pyarrow; install it from a checkout: pip install '.[parquet]'")


class ParquetFile:
    """A Parquet file to which records are written one by one. It holds at most one row group in memory.

    A Parquet file has its index at the end and cannot be read without it. So the file is called `NAME.part` until it is
    closed. If the run ends early, it is also closed and renamed, with the records that it has; after an `OSError` it
    keeps the name `NAME.part`.

    It has a column for `blocks` with `blocks` or `explain`, and one for `removed` with `explain`.

    Raises `MissingPyarrowError`, `OSError` if the file cannot be written, and `OutputChangedError` if another program
    deleted, replaced or changed it.
    """

    def __init__(self, path: Path, *, explain: bool = False, blocks: bool = False, comments: bool = False) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise MissingPyarrowError from error
        self._arrow = pyarrow
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._schema = record_schema(explain=explain, blocks=blocks, comments=comments)
        self._file = OutputFile(self._part)
        self._writer = parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._group = _RowGroup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, OSError):  # after such an error, the end of the file cannot be written either
            self._write_group()
            self._finish()

    def _finish(self) -> None:
        self._writer.close()
        self._file.check()
        self._file.close()
        os.replace(self._part, self._path)

    def write(self, record: Mapping[str, Any]) -> None:
        """Append the record. `id`, which is a string or a number in JSON, becomes a string."""
        self._group.add(record)
        if self._group.is_full:
            self._write_group()

    def _write_group(self) -> None:
        if rows := self._group.take():
            with naming(self._path):
                self._writer.write_table(self._arrow.Table.from_pylist(rows, schema=self._schema))


def record_batches(records: Iterable[Mapping[str, Any]], *, explain: bool = False) -> Iterator[Any]:
    """Yield the records as batches (`pyarrow.RecordBatch`) of the size of a row group, in the columns of a file."""
    import pyarrow

    schema = record_schema(explain=explain)
    group = _RowGroup()
    for record in records:
        group.add(record)
        if group.is_full:
            yield pyarrow.RecordBatch.from_pylist(group.take(), schema=schema)
    if rows := group.take():
        yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def record_schema(*, explain: bool = False, blocks: bool = False, comments: bool = False) -> Any:
    """Return the columns of records as a `pyarrow.Schema`: the fields of `cleaner/schema.json`, all of them nullable.

    `blocks` are among them with `blocks` or `explain`, `removed` with `explain`, and `comments` with `comments`.
    """
    import pyarrow

    asked_for = {"blocks": explain or blocks, "removed": explain, "comments": comments}
    return pyarrow.schema(
        [(name, _arrow_type(node)) for name, node in _fields().items() if asked_for.get(name, True)],
        metadata={"cleaner": __version__, "cleaner_schema": str(SCHEMA_VERSION)},
    )


class _RowGroup:
    """Records that are written together. There are few enough to hold them in memory."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._characters = 0

    def add(self, record: Mapping[str, Any]) -> None:
        """Add the record. `id`, which is a string or a number in JSON, becomes a string."""
        row = _make_encodable(record)
        row["id"] = None if row["id"] is None else str(row["id"])
        self._rows.append(row)
        self._characters += _count_characters(row)

    @property
    def is_full(self) -> bool:
        return len(self._rows) >= GROUP_RECORDS or self._characters >= GROUP_CHARACTERS

    def take(self) -> list[dict[str, Any]]:
        """Return the records, and begin with an empty group."""
        rows, self._rows, self._characters = self._rows, [], 0
        return rows


def _fields() -> dict[str, Any]:
    schema = json.loads((resources.files("cleaner") / "schema.json").read_text())
    return {name: _resolve(node, schema["$defs"]) for name, node in schema["properties"].items()}


def _resolve(node: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of the JSON schema with its references replaced by their definitions.

    Of the alternatives of `anyOf`, one of which is `null`, the other is kept.
    """
    for choice in node.get("anyOf", (node,)):
        if "$ref" in choice:
            node = definitions[choice["$ref"].rsplit("/", 1)[-1]]
    inner = {name: _resolve(node[name], definitions) for name in ("items", "additionalProperties") if node.get(name)}
    if "properties" in node:
        inner["properties"] = {
            name: _resolve(value_schema, definitions) for name, value_schema in node["properties"].items()
        }
    return node | inner


def _arrow_type(node: Mapping[str, Any]) -> Any:
    """Return the Arrow type for a part of the JSON schema.

    Arrays become lists, objects with declared properties become structs, and other objects become maps. Dates stay
    strings, as in JSON: some have a time zone, some have none, and some are only a day.
    """
    import pyarrow as pa

    declared = node.get("type", "string" if "enum" in node else "integer")  # `const` is the schema's version
    names = {declared} if isinstance(declared, str) else {*declared}
    names.discard("null")
    if "properties" in node:
        return pa.struct([(name, _arrow_type(value_schema)) for name, value_schema in node["properties"].items()])
    if names == {"object"}:
        return pa.map_(pa.string(), _arrow_type(node["additionalProperties"]))
    if names == {"array"}:
        return pa.list_(_arrow_type(node["items"]))
    scalar_types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return scalar_types[names.pop()] if len(names) == 1 and names <= scalar_types.keys() else pa.string()


def _make_encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, Mapping):
        return {name: _make_encodable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_make_encodable(item) for item in value]
    return value


def _count_characters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_count_characters, value.values()))
    return sum(map(_count_characters, value)) if isinstance(value, list) else 0
