"""Recognise lists of URLs, and tables, among texts."""

from __future__ import annotations

import os
import re
from typing import IO, Final, NamedTuple

from cleaner.patterns import lazy_pattern

# Lines at the beginning that are checked. Few, because the next line of a pipe may take long.
MAX_LINES: Final = 10
# Bytes of a line of a list.
MAX_LINE: Final = 4096

_URL = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*https?://\S+\s*", re.IGNORECASE)
# The header of a table with one column.
_HEADER = lazy_pattern(rb'(?:\xef\xbb\xbf)?\s*"?urls?"?\s*', re.IGNORECASE)
_SEPARATOR = lazy_pattern(rb"[,;\t]")
_URL_COLUMNS: Final = frozenset({b"url", b"urls", b"link", b"links", b"page_url", b"article_url", b"canonical_url"})

TABLE_MESSAGE: Final = (
    "this is a table, not a list or a text; write its column of URLs to a list, one per line, "
    "or its columns to JSON lines with the keys url and id"
)


class Opening(NamedTuple):
    """The first lines of a stream. `is_list` says that they are URLs, empty lines and comments."""

    lines: list[bytes]
    is_list: bool


def read_opening(stream: IO[bytes], first: bytes) -> Opening:
    """Return the first lines, of which the first has been read already; no more than needed to tell what they are.

    The last one is empty if the stream ends there.
    """
    lines = [first]
    has_url = False
    while True:
        line = lines[-1]
        if len(line) > MAX_LINE:
            return Opening(lines, is_list=False)
        if _URL.fullmatch(line):
            has_url = True
        elif not (is_ignored(line) or (is_header(line) and not has_url)):
            if len(lines) == 1 and _is_table_header(line):
                lines.append(stream.readline(MAX_LINE + 1))
            return Opening(lines, is_list=False)
        if not line or len(lines) == MAX_LINES:
            return Opening(lines, is_list=has_url)
        lines.append(stream.readline(MAX_LINE + 1))


def name_in(line: bytes) -> str:
    """Return the URL or the path in a line of a list; empty if the line is empty."""
    return os.fsdecode(line.removeprefix(b"\xef\xbb\xbf")).strip()


def is_ignored(line: bytes) -> bool:
    """Whether a line of a list is empty or a comment."""
    name = name_in(line)
    return not name or name.startswith("#")


def is_url(line: bytes) -> bool:
    """Whether a line of a list is a URL that can be fetched."""
    return _URL.fullmatch(line) is not None


def is_header(line: bytes) -> bool:
    """Whether a line is the header of a table whose only column is that of the URLs."""
    return _HEADER.fullmatch(line) is not None


def is_table(lines: list[bytes]) -> bool:
    """Whether the first lines are those of a table with several columns, one of them with URLs."""
    return len(lines) > 1 and len(lines[0]) <= MAX_LINE and _is_table_header(lines[0]) and b"://" in lines[1]


def _is_table_header(line: bytes) -> bool:
    cells = _SEPARATOR.split(line.removeprefix(b"\xef\xbb\xbf"))
    return len(cells) > 1 and not _URL_COLUMNS.isdisjoint(cell.strip().strip(b'"').lower() for cell in cells)
