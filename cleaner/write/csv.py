"""Records as rows of comma-separated values (RFC 4180), for spreadsheets and other programs that read tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cleaner.write.record import encodable
from cleaner.write.record_types import ArticleRow
from cleaner.write.row import DATES, to_row

# The columns are those of `to_row`, with dates as the record has them.
_COLUMNS: Final = tuple(ArticleRow.__annotations__)
# Spreadsheets take a cell that begins with one of these for a formula, which can send the other cells to a server. A
# page may have any title, so an apostrophe is put before it, which says that the cell is text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BETWEEN_ITEMS: Final = "; "


def header() -> str:
    """Return the line with the names of the columns, which are those of `to_row`."""
    return _line(_COLUMNS)


def to_csv(record: Mapping[str, Any]) -> str:
    """Return the record as a line that ends with a carriage return and a line feed. A cell may have several lines.

    Unknown values are empty. The strings of a list are joined by "; ", and `images` are the URLs of the pictures. Dates
    are as in the record. A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    row = {**to_row(record), **{name: record[name] for name in DATES}}
    return _line([_cell(row[name]) for name in _COLUMNS])


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


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
