"""A folder with a file for each article, and a manifest of all inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Any, Final

from cleaner.write.files import naming
from cleaner.write.names import file_name, safe_name
from cleaner.write.record import encodable

MANIFEST: Final = "manifest.jsonl"
# The fields of a record that its line in the manifest has. A run is resumed with them.
_FIELDS: Final = (
    "input",
    "id",
    "input_hash",
    "index",
    "url",
    "status",
    "page_kind",
    "error",
    "title",
    "removed_counts",
)


class ArticleFolder:
    """A folder that gets a file for each article. A file that is there is never overwritten.

    `form` makes the text of a file. `base` is the folder below which inputs keep their folders.
    """

    def __init__(self, folder: Path, extension: str, base: str, form: Callable[[Mapping[str, Any]], str]) -> None:
        self._folder = folder
        self._extension = extension
        self._base = base
        self._form = form

    def write(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Write the file of the record, if it has an article, and return the line for the manifest.

        `file` is the path in the folder, with `/` between folders; `None` if the record has no article.
        """
        is_article = record["error"] is None and record["text"] is not None
        file = self._write_file(record) if is_article else None
        return {name: record[name] for name in _FIELDS} | {"file": file}

    def _write_file(self, record: Mapping[str, Any]) -> str:
        text = encodable(self._form(record))
        with naming(self._folder), self._create(record) as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                with suppress(OSError):
                    Path(file.name).unlink()
                raise
            return Path(file.name).relative_to(self._folder).as_posix()

    def _create(self, record: Mapping[str, Any]) -> IO[str]:
        """Create a file with the name for the record, or if it is taken, with the number of the input behind it.

        Only the file system knows whether two names are the same, for example in upper and lower case.
        """
        name = file_name(record, self._base)
        try:
            (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):  # a folder has the name of a file
            name = safe_name(name.replace("/", "-"))
        for each in _alternatives(name, record["index"] + 1):
            with suppress(FileExistsError):
                return (self._folder / f"{each}{self._extension}").open("x", encoding="utf-8", newline="")
        raise AssertionError  # the alternatives do not end

    def remove(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Remove the files that lines of a manifest name. Nothing else, and nothing outside the folder, is touched."""
        root = self._folder.resolve()
        for line in lines:
            if isinstance(name := line.get("file"), str):
                path = self._folder / name
                if path.parent.resolve().is_relative_to(root) and path.is_file():
                    path.unlink()


def _alternatives(name: str, number: int) -> Iterator[str]:
    yield name
    yield f"{name}-{number}"
    for attempt in count(2):
        yield f"{name}-{number}-{attempt}"
