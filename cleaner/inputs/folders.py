"""Find the pages, texts and archives in a folder, and count the files that are left out.

ZIP archives are treated like folders.
"""

from __future__ import annotations

import os
import stat
import threading
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from cleaner.inputs.names import has_known_ending
from cleaner.page.decompress import decompress_head
from cleaner.page.sniff import MESSAGE_HEAD, is_saved_page
from cleaner.patterns import lazy_pattern

# Extensions that are not looked into: servers answer with an error page for a picture or a style sheet that is gone,
# and a copy of a site has these pages under the names of the missing files.
NEVER_PAGES: Final = frozenset(
    ".avif .bmp .css .doc .docx .eot .gif .ico .jpeg .jpg .js .json .m4a .map .mjs .mov .mp3 .mp4 .ogg .otf .pdf .png "
    ".svg .tif .tiff .ttf .wav .webm .webp .woff .woff2 .zip".split()
)
# Folders whose skipped files are counted by themselves, and kinds of files in each. All others are counted together.
MAX_FOLDERS: Final = 50
MAX_KINDS: Final = 100
# Kinds of files that a message names, the most frequent first.
MAX_NAMED: Final = 5

# The kind of files without an extension.
NO_EXTENSION: Final = "without an extension"

_EXTENSION = lazy_pattern(r"\.[a-z0-9_-]{1,12}")


class Left(StrEnum):
    """What is left out of a folder, other than files that are not pages."""

    HIDDEN = "hidden file or folder"
    LINK = "link to a folder"
    UNREADABLE = "unreadable file"


_PLURALS: Final = {
    Left.HIDDEN: "hidden files or folders",
    Left.LINK: "links to folders",
    Left.UNREADABLE: "unreadable files",
}


class FoundFile(NamedTuple):
    """A file in a folder. `is_page` says that its content is that of a page; otherwise its name says what it is."""

    path: str
    is_page: bool


class SkippedFiles:
    """Counts of the files in folders that are not read. Memory does not grow with their number.

    One thread may add files while another asks for the counts.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, Counter[str]] = {}
        self._in_records: set[str] = set()

    def add(self, folder: str, kind: str) -> None:
        """Count a file. `kind` is its extension, "" without one, or a value of `Left`."""
        kind = kind or NO_EXTENSION
        with self._lock:
            if folder not in self._counts and len(self._counts) >= MAX_FOLDERS:
                folder = "other folders"
            counts = self._counts.setdefault(folder, Counter())
            counts[kind if kind in counts or len(counts) < MAX_KINDS else "other"] += 1

    def total(self) -> dict[str, int]:
        """Return the counts of all folders by kind, the highest first."""
        with self._lock:
            return dict(sum(self._counts.values(), Counter[str]()).most_common())

    def messages(self) -> list[str]:
        """Return a line for each folder, such as "pages/: skipped 3 files that are not pages: 2 .css, 1 .png"."""
        with self._lock:
            folders = [folder for folder in self._counts if folder not in self._in_records]
        return [f"{folder}: {self.message(folder)}" for folder in folders]

    def leave_to_record(self, folder: str) -> None:
        """Leave out the line about a folder, because its record says the same."""
        if folder in self._counts:
            self._in_records.add(folder)

    def message(self, folder: str) -> str:
        """Return what was skipped in a folder, worded to follow its name; empty if nothing was."""
        with self._lock:
            counts = Counter(self._counts.get(folder))
        left = [f"{count} {kind if count == 1 else _PLURALS[kind]}" for kind in Left if (count := counts[kind])]
        others = Counter({kind: count for kind, count in counts.items() if kind not in [*Left]})
        if others:
            files = "1 file that is not a page" if others.total() == 1 else f"{others.total()} files that are not pages"
            left.insert(0, f"{files}: {_listed(others)}")
        return f"skipped {'; '.join(left)}" if left else ""


def _listed(counts: Counter[str]) -> str:
    named = [f"{count} {kind}" for kind, count in counts.most_common(MAX_NAMED)]
    rest = counts.total() - sum(count for _, count in counts.most_common(MAX_NAMED))
    return ", ".join([*named, f"{rest} others"] if rest else named)


def walk(folder: str, skipped: SkippedFiles) -> Iterator[FoundFile | OSError]:
    """Yield the files to read in a folder, sorted, and the error of each folder that cannot be listed.

    These are the files with a known extension, and others whose content is a page. The rest is counted in `skipped`:
    files that are not pages, links to folders, which can make a tree endless, and names that begin with a dot, which
    programs use for their own files.
    """
    errors: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        yield from errors
        errors.clear()
        for name in folders:
            if name.startswith("."):
                skipped.add(folder, Left.HIDDEN)
            elif os.path.islink(os.path.join(parent, name)):
                skipped.add(folder, Left.LINK)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)
            if name.startswith("."):
                skipped.add(folder, Left.HIDDEN)
            elif has_known_ending(name):  # including broken links, pipes and devices, which become errors
                yield FoundFile(path, is_page=False)
            elif (reason := _reason_to_skip(path)) is None:
                yield FoundFile(path, is_page=True)
            else:
                skipped.add(folder, reason)
    yield from errors


def _reason_to_skip(path: str) -> str | None:
    """Return the kind of a file that is not a page, for `SkippedFiles.add`; `None` for a page."""
    if is_never_page(path):
        return extension_of(path)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return extension_of(path)
        with open(path, "rb") as file:
            head = decompress_head(file.read(MESSAGE_HEAD), MESSAGE_HEAD)
    except OSError:
        return Left.UNREADABLE
    return None if is_saved_page(head) else extension_of(path)


def is_never_page(path: str) -> bool:
    """Whether the extension is one of `NEVER_PAGES`."""
    return extension_of(path) in NEVER_PAGES


def extension_of(path: str) -> str:
    """Return the extension of a file with any name, in lower case; empty if it has none, or an odd one."""
    # wget puts the query of the URL into the name: story.php?id=7, style.css?v=3.
    extension = os.path.splitext(os.path.basename(path).lower().partition("?")[0])[1]
    return extension if _EXTENSION.fullmatch(extension) else ""
