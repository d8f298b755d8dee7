"""Turn sources into a stream of inputs: URLs, files, folders, lists, JSON lines, web archives, standard input.

Inputs are read one at a time and not kept in memory. A bad input is an `Input` with a problem, and the stream goes on.
"""

from __future__ import annotations

import io
import json
import logging
import math
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Protocol, cast

from cleaner.errors import Code, InputError
from cleaner.inputs.folders import FoundFile, SkippedFiles, extension_of, walk
from cleaner.inputs.lists import (
    MAX_LINE,
    TABLE_MESSAGE,
    is_header,
    is_ignored,
    is_table,
    is_url,
    name_in,
    read_opening,
)
from cleaner.inputs.names import (
    ARCHIVE_ENDING,
    KIND_OF_ENDING,
    LINES_ENDING,
    MAIL_ENDING,
    MULTIPLE,
    InputKind,
    ending,
    has_known_ending,
)
from cleaner.inputs.notes import Notes
from cleaner.models import Page
from cleaner.page.decompress import (
    MAGIC_BYTES,
    MAX_BYTES,
    CompressionKind,
    compression_of,
    decompress_head,
    open_compressed,
)
from cleaner.page.sniff import MESSAGE_HEAD, WARC_VERSION, ZIP_MAGIC, is_mhtml, is_page, is_saved_page
from cleaner.patterns import lazy_pattern

# Maximum bytes of a line of JSON: MAX_BYTES with every byte written as an escape of six characters (\u0000), and room
# for the other keys.
MAX_LINE_BYTES = 6 * MAX_BYTES + 100_000
# Bytes of the hash of an input: enough that no two pages of the whole web have the same hash.
HASH_BYTES: Final = 16
# Maximum bytes of consecutive empty lines and comments, after which the rest of the stream is not read: 50,000 URLs
# that are commented out, or empty lines that take 1.5 seconds. One kilobyte of gzip can hold a megabyte of empty lines,
# and a pipe may never end.
MAX_EMPTY_BYTES = 4_000_000
# Maximum bytes of a line that is too long and is skipped. If it is still longer, the rest of the stream is not read.
MAX_SKIPPED_BYTES = 10 * MAX_LINE_BYTES
# Bytes of a list whose lines are counted before the run has read them: two seconds.
MAX_COUNTED_BYTES = 100_000_000
# Maximum characters of a path on Linux. Longer names are cut in messages and records.
MAX_NAME = 4096

_log = logging.getLogger(__name__)

_HEADER = lazy_pattern(r"[\x21-\x7e][\x20-\x7e\x80-\xff]{0,1000}")
_SCHEME = lazy_pattern(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = lazy_pattern(r"[\w-]+(\.[\w-]+)+(/|$)")
_JSON_OBJECT = lazy_pattern(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


Id = str | int | float


class Problem(NamedTuple):
    """Why an input cannot be cleaned. Not an exception, because not every exception can be sent to a worker process."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Input:
    """One page or text to clean.

    `name` identifies the input in messages and records: the source as given, `folder/page.html`, or `pages.jsonl:3` for
    a line. `content` is a path if the process that cleans the input is to read the file, and `None` for a URL or if
    there is a `problem`. `id` is repeated in the record, and `url` is where the page came from; both are `None` if
    unknown. `previous` has the validators of an earlier record of the page, and no content; `None` without such a
    record. `found_on` is the URL of the site that lists `url`; `None` if `url` was given. `input_hash` is a hex digest
    of an input that its name does not identify, such as a line; `None` for others.
    """

    name: str
    kind: InputKind
    content: Page | bytes | str | Path | None = None
    id: Id | None = None
    url: str | None = None
    problem: Problem | None = None
    previous: Page | None = None
    found_on: str | None = None
    input_hash: str | None = field(default=None, compare=False)  # derived from the other fields, or from a bad line


@dataclass(frozen=True, slots=True)
class InputList:
    """A file with a list of inputs, one per line; the path `-` is standard input.

    A line is a URL, the path of a folder or of a regular file, or a JSON object. Empty lines and lines that begin with
    `#` are ignored.
    """

    path: str


# The types of a source of `read_inputs`.
Source = str | os.PathLike[str] | Page | Mapping[str, Any] | InputList


class FileObject(Protocol):
    """A file that is open in binary or in text mode. `typing.IO` does not cover all, such as `gzip.GzipFile`."""

    def read(self, size: int, /) -> bytes | str: ...

    def readline(self) -> bytes | str: ...


def read_inputs(sources: Iterable[Source], notes: Notes | None = None) -> Iterator[Input]:
    """Yield the inputs of all sources, in order. What they do not say of how they were read is added to `notes`.

    A `str` is an argument as on the command line: a URL, a file, a folder, or `-` for standard input. A mapping has the
    keys of a JSON line: `html`, `text` or only `url`, and optionally `id`; it may also be an earlier record.
    """
    notes = notes or Notes()
    for number, source in enumerate(sources, 1):
        if isinstance(source, Page):
            if isinstance(source.content, bytearray | memoryview):  # these can be neither hashed nor pickled
                source = replace(source, content=bytes(source.content))
            name = source.address or f"input {number}"
            yield _with_hash(Input(name, InputKind.HTML, source, url=source.address))
        elif isinstance(source, Mapping):
            yield read_mapping(f"input {number}", source)
        elif isinstance(source, InputList):
            yield from _catch_errors(source.path, _from_list(source.path, notes))
        elif isinstance(source, str):
            yield from _from_argument(source, notes, named=True)
        elif isinstance(source, os.PathLike):
            yield from _from_path(os.fsdecode(source), notes, named=True)
        else:
            message = f"{type(source).__name__} is not a supported input; pass a str, a path, a Page or a mapping"
            yield _with_hash(_bad_input(f"input {number}", Code.BAD_INPUT, message))


def read_mapping(name: str, value: Mapping[str, Any]) -> Input:
    """Return the input, called `name`, of a mapping with the keys of a JSON line; see `read_inputs`."""
    source = _parse_mapping(name, value)
    return _with_hash(source, repr(value).encode(errors="replace")) if source.problem else _with_hash(source)


def read_opened(name: str, stream: io.BufferedReader) -> Iterator[Input]:
    """Yield the inputs of an open file of JSON lines (`name` ends with .jsonl), or else of a web archive.

    They are those that `read_inputs` yields for a file of that name. Damage in the file is an input with a problem.

    Raises `OSError`, or another exception of the stream, if it cannot be read.
    """
    from gzip import BadGzipFile  # an `OSError`, but of the content

    try:
        if ending(name) == LINES_ENDING:
            with _unpack(stream) as unpacked:
                yield from _from_json_lines(name, unpacked)
        else:
            yield from _from_archive(name, stream)
    except InputError as error:
        yield _bad_input(name, error.code, error.message)
    except (EOFError, zlib.error, BadGzipFile) as error:
        yield _bad_input(name, *_problem(error))


def count_inputs(sources: Iterable[str | InputList]) -> int | None:
    """Return the number of inputs that `read_inputs` will yield; `None` if that is unknown before all are read."""
    total = 0
    for source in sources:
        if isinstance(source, InputList):
            count = None if source.path == "-" else _count_lines(source.path, only_urls=False)
        else:
            count = None if source == "-" else _count(source, named=True)
        if count is None:
            return None
        total += count
    return total


def _count(source: str, *, named: bool) -> int | None:
    if _SCHEME.match(source) or not os.path.lexists(source):
        return 1
    if not os.path.isdir(source):
        if named and KIND_OF_ENDING.get(ending(source)) is InputKind.TEXT and is_url_list(source):
            return _count_lines(source, only_urls=True)
        return 1 if ending(source) in KIND_OF_ENDING else None  # another file may hold JSON lines
    count = 0
    for found in walk(source, SkippedFiles()):
        if isinstance(found, FoundFile) and not found.is_page and ending(found.path) in MULTIPLE:
            return None
        count += 1
    return count or 1  # an empty folder is an input that cannot be read


def _count_lines(path: str, *, only_urls: bool) -> int | None:
    """Return the number of inputs of a list; `None` if it cannot be read twice, or would take long to read."""
    if not os.path.isfile(path) or os.path.getsize(path) > MAX_COUNTED_BYTES:
        return None
    total = 0
    try:
        with _open(Path(path)) as stream:
            for _, line in _list_lines(_lines(stream)):
                if isinstance(line, _LongLine) or only_urls or is_url(line) or _JSON_OBJECT.match(line):
                    count: int | None = 1
                else:
                    count = _count(name_in(line), named=False)
                if count is None:
                    return None
                total += count
    except (OSError, EOFError, zlib.error, InputError):
        return None
    return total


def read_file(path: Path) -> bytes:
    """Return the bytes of a file. They may be gzip; the decoder unpacks them.

    Raises `InputError`: `IO_ERROR` if the file cannot be read, `TOO_LARGE` above `MAX_BYTES`.
    """
    try:
        with path.open("rb") as stream:
            return _read_whole(stream)
    except OSError as error:
        raise InputError(*_problem(error)) from error


def read_file_object(file: FileObject) -> bytes | str:
    """Return the rest of a file.

    Raises `InputError` with `TOO_LARGE` above `MAX_BYTES` bytes or characters, and whatever `file.read` raises.
    """
    chunks: list[Any] = []
    size = 0
    while chunk := file.read(MAX_BYTES + 1 - size):  # files without a buffer may return less than there is
        if not isinstance(chunk, bytes | str):
            raise TypeError(f"reading the file gave {type(chunk).__name__}, not bytes or str")
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise InputError(Code.TOO_LARGE, f"larger than the limit of {MAX_BYTES:,} bytes")
    whole: bytes | str = chunks[0][:0].join(chunks) if chunks else b""
    return whole


def _from_argument(source: str, notes: Notes, *, named: bool) -> Iterator[Input]:
    """Yield the inputs of an argument. `named` is false for a line of a list, which names no pipe or list."""
    if source == "-":
        yield from _catch_errors("-", _from_standard_input(notes))
    elif _SCHEME.match(source):
        yield Input(source, InputKind.URL, url=source.strip())
    elif "\n" in source or source.lstrip().startswith("<"):
        yield _bad_input(
            source, Code.BAD_INPUT, 'this is content, not a URL or a file name; pass {"html": ...} or {"text": ...}'
        )
    else:
        yield from _from_path(source, notes, named=named)


def _from_path(path: str, notes: Notes, *, named: bool) -> Iterator[Input]:
    if os.path.isdir(path):
        yield from _from_folder(path, notes)
    elif not os.path.lexists(path):
        is_host = _HOST.match(path) and not has_known_ending(path)
        hint = "; for a page on the web, write https:// before it" if is_host else ""
        yield _bad_input(path, Code.IO_ERROR, f"no such file or folder{hint}")
    else:
        yield from _from_file(path, notes, named=named)


def _from_folder(folder: str, notes: Notes) -> Iterator[Input]:
    empty = True
    for found in walk(folder, notes.skipped):
        empty = False
        if isinstance(found, OSError):
            yield _bad_input(os.fsdecode(found.filename or folder), *_problem(found))
        elif found.is_page:
            yield Input(found.path, InputKind.HTML, Path(found.path))
        else:
            yield from _from_file(found.path, notes, named=False)
    yield from _about_skipped(folder, notes, "folder", empty=empty)


def _about_skipped(place: str, notes: Notes, what: str, *, empty: bool) -> Iterator[Input]:
    """Log what was skipped in a folder or archive. If nothing else is in it, yield a bad input that says so."""
    skipped = notes.skipped.message(place)
    if empty:
        notes.skipped.leave_to_record(place)
        yield _bad_input(place, Code.IO_ERROR, f"no pages in this {what}{skipped and f'; {skipped}'}")
    elif skipped:
        _log.info("%s: %s", place, skipped)


def _from_file(path: str, notes: Notes, *, named: bool) -> Iterator[Input]:
    kind = KIND_OF_ENDING.get(ending(path))
    if problem := _special_file_problem(path, named=named):
        yield _bad_input(path, *problem)
    elif ending(path) == MAIL_ENDING and not _is_html_mail(path):
        message = "the mail has no HTML part, or is damaged; to clean its text, save it as .txt"
        yield _bad_input(path, Code.NOT_HTML, message)
    elif kind is InputKind.TEXT and named and is_url_list(path):
        yield from _catch_errors(path, _from_opened_file(path, notes, named=True))
    elif kind is not None:
        yield Input(path, kind, Path(path))
    else:
        yield from _catch_errors(path, _from_opened_file(path, notes, named=named))


def is_url_list(path: str) -> bool:
    """Whether a regular file is a list of URLs or a table of them. False if it cannot be read."""
    try:
        if not os.path.isfile(path):
            return False
        with _open(Path(path)) as stream:
            opening = read_opening(stream, stream.readline(MAX_LINE + 1))
    except (OSError, EOFError, zlib.error, InputError):
        return False
    return opening.is_list or is_table(opening.lines)


def _is_html_mail(path: str) -> bool:
    """Whether a mail may have an HTML part. True if it cannot be read, so that the worker finds out why."""
    try:
        with open(path, "rb") as file:
            return is_mhtml(decompress_head(file.read(MESSAGE_HEAD), MESSAGE_HEAD))
    except OSError:
        return True


def _special_file_problem(path: str, *, named: bool) -> Problem | None:
    """Return why a special file (a device, a socket, a pipe) is not read: it may never end. `None` for other files.

    With `named`, pipes are read: shells create them for `<(command)`.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:  # opening the file will raise it again
        return None
    if stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and named):
        return None
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return Problem(Code.IO_ERROR, f"not a regular file, but {kind}; to read standard input, use -")


def _from_opened_file(path: str, notes: Notes, *, named: bool) -> Iterator[Input]:
    """Yield the inputs of a web archive, of JSON lines, or of a file with an unknown extension."""
    if ending(path) == ARCHIVE_ENDING:
        with Path(path).open("rb") as archive:
            if compression_of(archive.peek(MAGIC_BYTES)[:MAGIC_BYTES]) in (None, CompressionKind.GZIP):
                # Not unpacked here: after a damaged record, the next one is found by its gzip member.
                yield from _from_archive(path, archive)
            else:
                with _unpack(archive) as unpacked:
                    yield from _from_archive(path, cast("io.BufferedReader", unpacked))
        return
    with Path(path).open("rb") as file:
        if file.peek(4).startswith(ZIP_MAGIC):
            yield from _from_zip(path, notes)
            return
        with _unpack(file) as stream:
            if ending(path) == LINES_ENDING:
                yield from _from_json_lines(path, stream)
                return
            for source in _from_stream(path, stream, notes, may_be_list=named):
                # Pages may be saved as story.php or without an extension. Text in such a file may be anything.
                if source.kind is InputKind.TEXT and source.name == path and source.problem is None:
                    message = "not an HTML page (unknown extension and content); rename plain text to .txt"
                    yield _bad_input(path, Code.NOT_HTML, message)
                else:
                    yield source


def _from_zip(path: str, notes: Notes) -> Iterator[Input]:
    """Yield the inputs in a ZIP archive, with names such as `pages.zip/a/b.html`, and one for each bad member."""
    from cleaner.inputs.zip_files import opened_member, opened_zip, walk_zip

    empty = True
    with opened_zip(path) as archive:
        for member in walk_zip(archive, path, notes.skipped):
            name = f"{path}/{member.name}"
            try:
                with opened_member(archive, member.info) as content:
                    for source in _from_member(path, name, content, notes):
                        empty = False
                        yield source
            except InputError as error:
                empty = False
                yield _bad_input(name, error.code, error.message)
    yield from _about_skipped(path, notes, "ZIP archive", empty=empty)


def _from_member(path: str, name: str, content: io.BufferedReader, notes: Notes) -> Iterator[Input]:
    kind = KIND_OF_ENDING.get(ending(name))
    if kind is not None:
        yield Input(name, kind, _read_whole(content))
    elif ending(name) == LINES_ENDING:
        with _unpack(content) as stream:
            yield from _from_json_lines(name, stream)
    elif ending(name) == ARCHIVE_ENDING:
        yield from _from_archive(name, content)
    elif is_saved_page(decompress_head(head := content.read(MESSAGE_HEAD), MESSAGE_HEAD)):
        yield Input(name, InputKind.HTML, _read_whole(content, head))
    else:
        notes.skipped.add(path, extension_of(name))


def _from_archive(name: str, stream: io.BufferedReader) -> Iterator[Input]:
    """Yield an input for each page of a web archive, and a failed one for each damaged record of a page."""
    from cleaner.inputs.warc import read_warc  # loads warcio

    for number, page, url, error in read_warc(stream):
        place = f"{name}:{number}"
        if error is not None:
            yield _with_hash(_bad_input(place, error.code, error.message, url=url))
        else:
            yield _with_hash(Input(place, InputKind.HTML, page, url=url))


def _from_list(path: str, notes: Notes) -> Iterator[Input]:
    if path != "-" and not os.path.isdir(path) and (problem := _special_file_problem(path, named=True)):
        yield _bad_input(path, *problem)
        return
    with _unpack(_standard_input()) if path == "-" else _open(Path(path)) as stream:
        yield from _from_lines(path, _lines(stream), notes, only_urls=False)


def _from_lines(path: str, lines: Iterator[bytes | _LongLine], notes: Notes, *, only_urls: bool) -> Iterator[Input]:
    """Yield the inputs of the lines of a list. With `only_urls`, all others are bad inputs.

    A list that nobody called one must not name files.
    """
    for number, line in _list_lines(lines):
        place = f"{path}:{number}"
        if isinstance(line, _LongLine):
            yield line.as_input(place)
        elif only_urls and not is_url(line):
            bad = _bad_input(
                place, Code.BAD_URL, "not a URL; the file is read as a list because its first lines are URLs"
            )
            yield _with_hash(bad, line.strip())
        elif _JSON_OBJECT.match(line):
            yield _from_json_line(place, line)
        else:
            yield from _from_name(place, name_in(line), notes)


def _list_lines(lines: Iterator[bytes | _LongLine]) -> Iterator[tuple[int, bytes | _LongLine]]:
    """Yield the lines of a list that name inputs, with their numbers from 1. Raises `InputError` if it is a table."""
    is_first = True
    for number, line in _skip_empty(lines, is_ignored):
        if is_first and isinstance(line, bytes) and not os.path.lexists(name_in(line).replace("\0", "")):
            is_first = False
            if is_table([line, b"://"]):
                raise InputError(Code.BAD_INPUT, TABLE_MESSAGE)
            if is_header(line):
                continue
        is_first = False
        yield number, line


def _from_name(place: str, name: str, notes: Notes) -> Iterator[Input]:
    """Yield the inputs that a line of a list names."""
    if "\0" in name or name == "-" or len(name) > MAX_NAME:
        bad = _bad_input(place, Code.BAD_URL, "the line is neither a URL nor a path")
        yield _with_hash(bad, name.encode(errors="surrogateescape"))
    elif name.lower().startswith("file:"):
        yield _bad_input(name, Code.BAD_URL, "file: URLs are not supported in a list; use the path of the file")
    else:
        yield from _from_argument(name, notes, named=False)


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise InputError(Code.IO_ERROR, "closed before the command started; nothing can be read")
    return sys.stdin.buffer


def _from_standard_input(notes: Notes) -> Iterator[Input]:
    with _unpack(_standard_input()) as stream:
        yield from _from_stream("-", stream, notes, may_be_list=True)


def _from_stream(name: str, stream: IO[bytes], notes: Notes, *, may_be_list: bool) -> Iterator[Input]:
    """Yield the inputs of a stream of unknown type: a web archive, JSON lines, a list of URLs, one page, one text."""
    peek = getattr(stream, "peek", None)
    if peek is not None and peek(4).startswith(ZIP_MAGIC):
        message = "a ZIP archive cannot be read from standard input or in another archive; save it to a file first"
        raise InputError(Code.NOT_HTML, message)
    if peek is not None and WARC_VERSION.match(peek(len("WARC/1.1\r\n"))):
        yield from _from_archive(name, cast("io.BufferedReader", stream))
        return
    first = stream.readline(MAX_LINE_BYTES)
    if _JSON_OBJECT.match(first):
        yield from _from_json_lines(name, stream, first)
        return
    lines = [first]
    if may_be_list:
        lines, is_list = read_opening(stream, first)
        if is_list:
            notes.tell(f"{name if name != '-' else 'standard input'}: a list of URLs, read as with -i {name}")
            yield from _from_lines(name, chain(lines[:-1], _lines(stream, lines[-1])), notes, only_urls=True)
            return
        if is_table(lines):
            raise InputError(Code.BAD_INPUT, TABLE_MESSAGE)
    content = _read_whole(stream, b"".join(lines))
    yield Input(name, InputKind.HTML if is_page(content) else InputKind.TEXT, content)


def _from_json_lines(name: str, stream: IO[bytes], first: bytes = b"") -> Iterator[Input]:
    """Yield an input for each line that is not empty. `first` is the first line, if it has been read already."""
    for number, line in _skip_empty(_lines(stream, first), bytes.isspace):
        place = f"{name}:{number}"
        yield line.as_input(place) if isinstance(line, _LongLine) else _from_json_line(place, line)


class _LongLine(NamedTuple):
    """A line longer than `MAX_LINE_BYTES`, of which only the hash is kept."""

    input_hash: str

    def as_input(self, place: str) -> Input:
        bad = _bad_input(place, Code.TOO_LARGE, f"the line is longer than {MAX_LINE_BYTES:,} bytes")
        return replace(bad, input_hash=self.input_hash)


def _skip_empty(
    lines: Iterator[bytes | _LongLine], is_empty: Callable[[bytes], bool]
) -> Iterator[tuple[int, bytes | _LongLine]]:
    """Yield the lines that are not empty, with their numbers from 1.

    Raises `InputError` after more than `MAX_EMPTY_BYTES` of consecutive empty lines.
    """
    empty = 0
    for number, line in enumerate(lines, 1):
        if isinstance(line, _LongLine) or not is_empty(line):
            empty = 0
            yield number, line
            continue
        empty += len(line)
        if empty > MAX_EMPTY_BYTES:
            message = (
                f"more than {MAX_EMPTY_BYTES:,} bytes of consecutive empty lines and comments; the rest is not read"
            )
            raise InputError(Code.TOO_LARGE, message)


def _lines(stream: IO[bytes], first: bytes = b"") -> Iterator[bytes | _LongLine]:
    line = first or stream.readline(MAX_LINE_BYTES)
    while line:
        yield line if _is_complete(line) else _skip_line(stream, line)
        line = stream.readline(MAX_LINE_BYTES)


def _is_complete(line: bytes) -> bool:
    return line.endswith(b"\n") or len(line) < MAX_LINE_BYTES


def _skip_line(stream: IO[bytes], line: bytes) -> _LongLine:
    """Skip the rest of a line that begins with `line`. Raises `InputError` after `MAX_SKIPPED_BYTES`."""
    from hashlib import blake2b

    digest = blake2b(line, digest_size=HASH_BYTES)
    skipped = len(line)
    while not _is_complete(line):
        line = stream.readline(MAX_LINE_BYTES)
        digest.update(line)
        skipped += len(line)
        if skipped > MAX_SKIPPED_BYTES:
            message = f"a line is longer than {MAX_SKIPPED_BYTES:,} bytes; it is skipped, and the rest is not read"
            raise InputError(Code.TOO_LARGE, message)
    return _LongLine(digest.hexdigest())


def _from_json_line(place: str, line: bytes) -> Input:
    source = _parse_json_line(place, line)
    return _with_hash(source, line.strip()) if source.problem else source


def _parse_json_line(place: str, line: bytes) -> Input:
    try:
        # Python accepts Infinity and NaN, which JSON does not have. Deeply nested brackets raise a RecursionError.
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_reject_constant)
    except (ValueError, RecursionError) as error:
        return _bad_input(place, Code.BAD_INPUT, f"the line is not valid JSON in UTF-8 ({error})")
    if not isinstance(value, dict):
        return _bad_input(place, Code.BAD_INPUT, "the line is not a JSON object; use an object with html, text or url")
    return read_mapping(place, value)


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _parse_mapping(name: str, value: Mapping[str, Any]) -> Input:
    """Return the input of a JSON object: its `html`, else the `url` of an earlier record, else `text`, else `url`."""
    id_value, url = value.get("id"), value.get("url") or None
    id_ = id_value if _is_id(id_value) else None
    if id_value is not None and id_ is None:
        return _bad_input(name, Code.BAD_INPUT, "id must be a string or a number")
    if url is not None and not isinstance(url, str):
        return _bad_input(name, Code.BAD_URL, "url must be a string", id=id_)
    html, text = value.get("html"), value.get("text")
    html = bytes(html) if isinstance(html, bytearray | memoryview) else html
    validators = _validators(value)
    is_record = bool(validators) or "schema_version" in value
    if isinstance(html, str | bytes) and (html or not text):
        return Input(name, InputKind.HTML, html, id=id_, url=url)
    if url and is_record:
        final_url = value.get("final_url")
        final_url = final_url if isinstance(final_url, str) and final_url else url
        previous = Page(b"", url, final_url=final_url, headers=validators) if validators else None
        return Input(name, InputKind.URL, id=id_, url=url, previous=previous)
    if isinstance(text, str):
        return Input(name, InputKind.TEXT, text, id=id_, url=url)
    if url:
        return Input(name, InputKind.URL, id=id_, url=url)
    return _bad_input(name, Code.BAD_INPUT, "the object needs html, text or url, as a string", id=id_, url=url)


def _validators(value: Mapping[str, Any]) -> dict[str, str]:
    """Return the validators in a record, by header name. Values that are not valid in a header are left out."""
    values = {"etag": value.get("etag"), "last-modified": value.get("last_modified")}
    return {name: text for name, text in values.items() if isinstance(text, str) and _HEADER.fullmatch(text)}


def _is_id(value: object) -> bool:
    """Whether all JSON parsers read the value as the same string or number."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) < 2**63
    return isinstance(value, str) or (isinstance(value, float) and math.isfinite(value))


def _with_hash(source: Input, raw: bytes = b"") -> Input:
    """Return the input with its hash.

    It is the hash of the content and the URL, or, for an input with a problem, of `raw` or else the problem's message,
    and of the URL.
    """
    if source.problem:
        return replace(source, input_hash=_digest(raw or source.problem.message, source.url))
    content = source.content.content if isinstance(source.content, Page) else source.content
    assert not isinstance(content, Path), "a file is identified by its name"
    return replace(source, input_hash=_digest(source.kind, content, source.url))


def _digest(*parts: str | bytes | None) -> str:
    from hashlib import blake2b  # loads OpenSSL, which a single page does not need

    digest = blake2b(digest_size=HASH_BYTES)
    for part in parts:
        encoded = part.encode(errors="surrogatepass") if isinstance(part, str) else part or b""
        digest.update(b"%d:" % len(encoded))  # the length keeps ("ab", "c") and ("a", "bc") apart
        digest.update(encoded)
    return digest.hexdigest()


def _catch_errors(name: str, inputs: Iterator[Input]) -> Iterator[Input]:
    """Yield the inputs; if reading raises an error, yield an input with that problem and stop."""
    try:
        yield from inputs
    except InputError as error:
        yield _bad_input(name, error.code, error.message)
    except (OSError, EOFError, zlib.error) as error:
        yield _bad_input(name, *_problem(error))


def _bad_input(name: str, code: Code, message: str, *, id: Id | None = None, url: str | None = None) -> Input:
    return Input(name[:MAX_NAME], InputKind.TEXT, id=id, url=url, problem=Problem(code, message))


def _problem(error: OSError | EOFError | zlib.error) -> Problem:
    if isinstance(error, EOFError):
        return Problem(Code.INCOMPLETE, "the gzip stream is truncated; download or compress the file again")
    if isinstance(error, zlib.error) or (isinstance(error, OSError) and error.errno is None):
        return Problem(Code.DECODE_ERROR, f"the gzip stream is damaged ({error}); download or compress the file again")
    return Problem(Code.IO_ERROR, f"cannot be read: {(error.strerror or str(error)).lower()}")


def _read_whole(stream: IO[bytes], first: bytes = b"") -> bytes:
    content = first + stream.read(MAX_BYTES + 1 - len(first)) if len(first) <= MAX_BYTES else first
    if len(content) > MAX_BYTES:
        raise InputError(Code.TOO_LARGE, f"larger than the limit of {MAX_BYTES:,} bytes")
    return content


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as stream, _unpack(stream) as unpacked:
        yield unpacked


@contextmanager
def _unpack(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Context with the stream, unpacked if its first bytes are those of a compressed file, whatever its name is."""
    peek = getattr(stream, "peek", None)  # only in-memory streams lack it
    compression = compression_of(peek(MAGIC_BYTES)[:MAGIC_BYTES]) if peek is not None else None
    if compression is None:
        yield stream
    elif compression is CompressionKind.GZIP:
        import gzip

        with gzip.open(stream) as unpacked:
            yield cast("IO[bytes]", unpacked)
    else:
        with open_compressed(stream, compression) as unpacked:
            yield unpacked
