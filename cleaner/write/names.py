"""The names of files that are named after inputs."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from cleaner.patterns import lazy_pattern

# Bytes of a folder or file in a name. Most file systems allow 255, and an extension and a number may follow.
MAX_BYTES: Final = 150
# Folders in a name and its file. Of a longer one, the first and the last ones are kept.
MAX_PARTS: Final = 10
# Names that Windows keeps for devices, with any extension.
_PORTS: Final = (f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *_PORTS})
# What an address has when it names a folder, and a page on standard input.
_INDEX, _STDIN = "index", "stdin"

_ENDING = lazy_pattern(r"\.(?:x?html?|shtml|mhtml?|mht|txt|jsonl|warc)(?:\.(?:gz|bz2|xz|zst))?", re.IGNORECASE)
_LINE = lazy_pattern(r"(.+):(\d+)", re.DOTALL)
_UNSAFE_RUN = lazy_pattern(r"--+")


def common_folder(sources: Iterable[str]) -> str:
    """Return the innermost folder around all files and folders among the sources; the current one if there are none."""
    paths = [os.path.abspath(source) for source in sources if source != "-" and "://" not in source]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    return os.path.commonpath(folders) if folders else os.getcwd()


def file_name(record: Mapping[str, Any], base: str) -> str:
    """Return the name of a file for the record, without an extension; `/` separates folders.

    It is the path of the input below the folder `base`; for a URL, the host and the path; for a line of a file, the
    name of the file and the id or else the number of the line. Every part is a safe name. Different inputs may have
    the same name.
    """
    name = str(record["input"])
    is_url = "://" in name
    line = _LINE.fullmatch(name) if record["input_hash"] is not None and not is_url else None
    if line:
        *folders, file = _path_parts(line[1], base)
        parts = [*folders, f"{file}-{line[2] if record['id'] is None else record['id']}"]
    else:
        parts = _url_parts(name) if is_url else _path_parts(name, base)
    if len(parts) > MAX_PARTS:
        parts = [parts[0], *parts[1 - MAX_PARTS :]]
    return "/".join(map(safe_name, parts))


def safe_name(text: str) -> str:
    """Return a readable name for a file that every file system accepts: letters, digits, `.`, `_` and `-`."""
    text = unicodedata.normalize("NFC", text)
    name = _UNSAFE_RUN.sub("-", "".join(each if _is_safe(each) else "-" for each in text)).strip("-.")
    if name.partition(".")[0].lower() in _DEVICES:
        name = f"{name}_"
    if len(name.encode()) > MAX_BYTES:
        from hashlib import blake2b

        digest = blake2b(text.encode(errors="surrogatepass"), digest_size=4).hexdigest()
        start = name.encode()[: MAX_BYTES - len(digest) - 1].decode(errors="ignore")
        return f"{start}-{digest}"
    return name or "_"


def _is_safe(character: str) -> bool:
    # Marks are parts of letters, for example the vowels of Hindi.
    return character.isalnum() or character in "._-" or unicodedata.category(character) in ("Mn", "Mc")


def _path_parts(path: str, base: str) -> list[str]:
    """Return the folders below `base` and the file; all folders of the path if it is not below `base`."""
    if path == "-":
        return [_STDIN]
    absolute = os.path.abspath(path)
    if os.path.commonpath([absolute, base]) == base:
        path = os.path.relpath(absolute, base)
    parts = [part for part in path.replace(os.sep, "/").split("/") if part not in ("", ".", "..")] or [_INDEX]
    return [*parts[:-1], _without_ending(parts[-1])]


def _url_parts(url: str) -> list[str]:
    """Return the host, the folders and the file of an address. A query is part of the file."""
    split = urlsplit(url)
    host = split.hostname or ""
    if split.port:
        host = f"{host}-{split.port}"
    parts = [unquote(part) for part in split.path.split("/") if part] or [_INDEX]
    last = _without_ending(parts[-1])
    return [host, *parts[:-1], f"{last}-{split.query}" if split.query else last]


def _without_ending(name: str) -> str:
    ending = _ENDING.search(name)
    return name[: ending.start()] if ending and ending.end() == len(name) and ending.start() else name
