"""Records as rows of comma-separated values (RFC 4180), for spreadsheets and other programs that read tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, Final

from cleaner.write.record import encodable
from cleaner.write.record_types import ArticleRecord

# Fields that are objects, or lists of blocks. JSON lines and Parquet have them.
LEFT_OUT: Final = frozenset({"author_urls", "provenance", "conflicts", "removed_counts", "blocks", "removed"})
# `error` is the code; its message has a column of its own.
_MESSAGE: Final = "error_message"
# Spreadsheets take a cell that begins with one of these for a formula, which can send the other cells to a server. A
# page may have any title, so an apostrophe is put before it, which says that the cell is text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BETWEEN_ITEMS: Final = "; "


def columns() -> list[str]:
    """Return the names of the columns: the fields of a record in their order, without those that are left out."""
    names = [name for name in ArticleRecord.__annotations__ if name not in LEFT_OUT]
    after_error = names.index("error") + 1
    return [*names[:after_error], _MESSAGE, *names[after_error:]]


def header() -> str:
    """Return the line with the names of the columns."""
    return _line(columns())


def to_csv(record: Mapping[str, Any]) -> str:
    """Return the record as a line that ends with a carriage return and a line feed. A cell may have several lines.

    Unknown values are empty. The strings of a list are joined by "; ", and `images` are the URLs of the pictures. A
    text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    error = record["error"] or {}
    flat = {
        **record,
        "error": error.get("code"),
        _MESSAGE: error.get("message"),
        "images": [image["url"] for image in record["images"]],
    }
    return _line([_cell(flat[name]) for name in columns()])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _as_text(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _as_text(_BETWEEN_ITEMS.join(value))
    return encodable(json.dumps(value, ensure_ascii=False))  # a number, true or false


def _as_text(text: str) -> str:
    is_formula = len(text) > 1 and text.startswith(_FORMULA)
    return encodable(f"'{text}" if is_formula else text)


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
