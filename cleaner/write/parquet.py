"""Records as a Parquet file. The only module that speaks to pyarrow."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cleaner._version import __version__
from cleaner.write.files import OutputFile, naming
from cleaner.write.record import SCHEMA_VERSION, encodable

# A row group, which readers load as a whole, ends after so many records or so many characters of their strings.
GROUP_RECORDS: Final = 1_000
GROUP_CHARACTERS: Final = 50_000_000

_EXPLAINED: Final = frozenset({"blocks", "removed"})


class MissingPyarrowError(Exception):
    """Parquet is asked for, and pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__("Parquet needs pyarrow; install it from a checkout: pip install '.[parquet]'")


class ParquetFile:
    """A Parquet file that takes records one after the other, and holds at most one row group of them in memory.

    A Parquet file has its index at its end: until it is closed, it stands as `NAME.part`, which no reader takes for a
    whole one. It is also closed, and named, with the records it has where the run ends early.

    Raises `MissingPyarrowError`, `OSError` where it cannot be written, and `OutputChangedError` where another program
    has deleted, replaced or changed it.
    """

    def __init__(self, path: Path, *, explain: bool = False) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise MissingPyarrowError from error
        self._arrow = pyarrow
        self._path = path
        self._part = path.with_name(path.name + ".part")
        told = {"cleaner": __version__, "cleaner_schema": str(SCHEMA_VERSION)}
        self._schema = pyarrow.schema(
            [(name, _arrow_type(node)) for name, node in _fields().items() if explain or name not in _EXPLAINED],
            metadata=told,
        )
        self._file = OutputFile(self._part)
        self._writer = parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._characters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, OSError):  # else the disk is full, or gone, and takes no end, either
            self._write_group()
            self._finish()

    def _finish(self) -> None:
        self._writer.close()
        self._file.check()
        self._file.close()
        os.replace(self._part, self._path)

    def write(self, record: Mapping[str, Any]) -> None:
        """Adds the record; `id`, which may be a string or a number in JSON, becomes a string."""
        row = _encodable(record)
        row["id"] = None if row["id"] is None else str(row["id"])
        self._rows.append(row)
        self._characters += _characters(row)
        if len(self._rows) >= GROUP_RECORDS or self._characters >= GROUP_CHARACTERS:
            self._write_group()

    def _write_group(self) -> None:
        if self._rows:
            with naming(self._path):
                self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
        self._characters = 0


def _fields() -> dict[str, Any]:
    schema = json.loads((resources.files("cleaner") / "schema.json").read_text())
    return {name: _resolved(node, schema["$defs"]) for name, node in schema["properties"].items()}


def _resolved(node: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the schema with what it refers to in its place, and without the alternative `null`."""
    for choice in node.get("anyOf", (node,)):
        if "$ref" in choice:
            node = definitions[choice["$ref"].rsplit("/", 1)[-1]]
    inner = {name: _resolved(node[name], definitions) for name in ("items", "additionalProperties") if node.get(name)}
    if "properties" in node:
        inner["properties"] = {name: _resolved(each, definitions) for name, each in node["properties"].items()}
    return node | inner


def _arrow_type(node: Mapping[str, Any]) -> Any:
    """The Arrow type for a part of the JSON schema: lists for arrays, structs for objects with fields, maps for others.

    Dates are strings in JSON, with a zone or without one, and some are a day alone: they stay strings.
    """
    import pyarrow as pa

    declared = node.get("type", "string" if "enum" in node else "integer")  # `const` is the schema's version
    names = {declared} if isinstance(declared, str) else {*declared}
    names.discard("null")
    if "properties" in node:
        return pa.struct([(name, _arrow_type(each)) for name, each in node["properties"].items()])
    if names == {"object"}:
        return pa.map_(pa.string(), _arrow_type(node["additionalProperties"]))
    if names == {"array"}:
        return pa.list_(_arrow_type(node["items"]))
    plain = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return plain[names.pop()] if len(names) == 1 and names <= plain.keys() else pa.string()


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, Mapping):
        return {name: _encodable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(each) for each in value]
    return value


def _characters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_characters, value.values()))
    return sum(map(_characters, value)) if isinstance(value, list) else 0
