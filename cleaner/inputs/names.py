"""What the name of a file says about its content."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Final


class InputKind(StrEnum):
    """What an input is: a URL to fetch, an HTML page, or plain text."""

    URL = "url"
    HTML = "html"
    TEXT = "text"


MAIL_ENDING: Final = ".eml"
KIND_OF_ENDING: Final = {
    ".html": InputKind.HTML,
    ".htm": InputKind.HTML,
    ".xhtml": InputKind.HTML,
    ".xht": InputKind.HTML,
    ".shtml": InputKind.HTML,
    ".mhtml": InputKind.HTML,
    ".mht": InputKind.HTML,
    MAIL_ENDING: InputKind.HTML,
    ".txt": InputKind.TEXT,
}
LINES_ENDING: Final = ".jsonl"
ARCHIVE_ENDING: Final = ".warc"
COMPRESSED_ENDINGS: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
# Extensions of files with several inputs, which can only be counted by reading the whole file.
MULTIPLE: Final = frozenset({LINES_ENDING, ARCHIVE_ENDING})


def ending(path: str) -> str:
    """Return the extension in lower case, with its dot; that of a compressed file is ignored."""
    root, last = os.path.splitext(path.lower())
    return os.path.splitext(root)[1] if last in COMPRESSED_ENDINGS else last


def has_known_ending(name: str) -> bool:
    """Whether the extension says how the file is read."""
    return ending(name) in KIND_OF_ENDING or ending(name) in MULTIPLE
