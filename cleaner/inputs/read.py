"""Turn sources into a stream of inputs: URLs, files, folders, lists, JSON lines, web archives, standard input.

Inputs are read one at a time and not kept in memory. A bad input is an `Input` with a problem, and the stream goes on.
"""

from __future__ import annotations

import json
import math
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, Protocol, cast

from cleaner.errors import Code, InputError
from cleaner.models import Page
from cleaner.page.decompress import GZIP_MAGIC, MAX_BYTES
from cleaner.page.sniff import WARC_VERSION, is_page
from cleaner.patterns import lazy_pattern

if TYPE_CHECKING:
    import io

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
# Maximum characters of a path on Linux. Longer names are cut in messages and records.
MAX_NAME = 4096

_HEADER = lazy_pattern(r"[\x21-\x7e][\x20-\x7e\x80-\xff]{0,1000}")
_SCHEME = lazy_pattern(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = lazy_pattern(r"[\w-]+(\.[\w-]+)+(/|$)")
_JSON_OBJECT = lazy_pattern(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


Id = str | int | float


class InputKind(StrEnum):
    """What an input is: a URL to fetch, an HTML page, or plain text."""

    URL = "url"
    HTML = "html"
    TEXT = "text"


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


KIND_OF_ENDING = {
    ".html": InputKind.HTML,
    ".htm": InputKind.HTML,
    ".mhtml": InputKind.HTML,
    ".mht": InputKind.HTML,
    ".txt": InputKind.TEXT,
}
LINES_ENDING = ".jsonl"
ARCHIVE_ENDING = ".warc"
# Extensions of files with several inputs, which can only be counted by reading the whole file.
_MULTIPLE: Final = frozenset({LINES_ENDING, ARCHIVE_ENDING})
ENDINGS = ", ".join((*KIND_OF_ENDING, LINES_ENDING, ARCHIVE_ENDING))

# The types of a source of `read_inputs`.
Source = str | os.PathLike[str] | Page | Mapping[str, Any] | InputList


class FileObject(Protocol):
    """A file that is open in binary or in text mode. `typing.IO` does not cover all, such as `gzip.GzipFile`."""

    def read(self, size: int, /) -> bytes | str: ...

    def readline(self) -> bytes | str: ...


def read_inputs(sources: Iterable[Source]) -> Iterator[Input]:
    """Yield the inputs of all sources, in order.

    A `str` is an argument as on the command line: a URL, a file, a folder, or `-` for standard input. A mapping has the
    keys of a JSON line: `html`, `text` or only `url`, and optionally `id`; it may also be an earlier record.
    """
    for number, source in enumerate(sources, 1):
        if isinstance(source, Page):
            if isinstance(source.content, bytearray | memoryview):  # these can be neither hashed nor pickled
                source = replace(source, content=bytes(source.content))
            name = source.address or f"input {number}"
            yield _with_hash(Input(name, InputKind.HTML, source, url=source.address))
        elif isinstance(source, Mapping):
            yield _from_mapping(f"input {number}", source)
        elif isinstance(source, InputList):
            yield from _catch_errors(source.path, _from_list(source.path))
        elif isinstance(source, str):
            yield from _from_argument(source, may_be_pipe=True)
        elif isinstance(source, os.PathLike):
            yield from _from_path(os.fsdecode(source), may_be_pipe=True)
        else:
            message = f"{type(source).__name__} is not a supported input; pass a str, a path, a Page or a mapping"
            yield _with_hash(_bad_input(f"input {number}", Code.IO_ERROR, message))


def count_inputs(sources: Iterable[str | InputList]) -> int | None:
    """Return the number of inputs that `read_inputs` will yield; `None` if that is unknown before all are read."""
    total = 0
    for source in sources:
        if isinstance(source, InputList):
            return None
        paths = list(_walk(source)) if os.path.isdir(source) else [source]
        if source == "-" or any(_ending(path) in _MULTIPLE for path in paths if isinstance(path, str)):
            return None
        total += len(paths)
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


def _from_argument(source: str, *, may_be_pipe: bool) -> Iterator[Input]:
    """Yield the inputs of an argument. For the line of a list, `may_be_pipe` is false."""
    if source == "-":
        yield from _catch_errors("-", _from_standard_input())
    elif _SCHEME.match(source):
        yield Input(source, InputKind.URL, url=source.strip())
    elif "\n" in source or source.lstrip().startswith("<"):
        yield _bad_input(
            source, Code.IO_ERROR, 'this is content, not a URL or a file name; pass {"html": ...} or {"text": ...}'
        )
    else:
        yield from _from_path(source, may_be_pipe=may_be_pipe)


def _from_path(path: str, *, may_be_pipe: bool) -> Iterator[Input]:
    if os.path.isdir(path):
        yield from _from_folder(path)
    elif not os.path.lexists(path):
        is_host = _HOST.match(path) and not _has_known_ending(path)
        hint = "; for a page on the web, write https:// before it" if is_host else ""
        yield _bad_input(path, Code.IO_ERROR, f"no such file or folder{hint}")
    else:
        yield from _from_file(path, may_be_pipe=may_be_pipe)


def _from_folder(folder: str) -> Iterator[Input]:
    empty = True
    for path in _walk(folder):
        empty = False
        if isinstance(path, OSError):
            yield _bad_input(os.fsdecode(path.filename or folder), *_problem(path))
        else:
            yield from _from_file(path, may_be_pipe=False)
    if empty:
        yield _bad_input(
            folder, Code.IO_ERROR, f"no pages in this folder; files need an extension of {ENDINGS} (.gz may follow)"
        )


def _walk(folder: str) -> Iterator[str | OSError]:
    """Yield the paths of the files with a known extension, sorted, and the error of each folder that cannot be listed.

    Links to folders are not followed, because they can make a tree endless.
    """
    errors: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        folders.sort()
        yield from errors
        errors.clear()
        for name in sorted(files):
            if _has_known_ending(name):  # including broken links, pipes and devices, which become errors
                yield os.path.join(parent, name)
    yield from errors


def _from_file(path: str, *, may_be_pipe: bool) -> Iterator[Input]:
    ending = _ending(path)
    if problem := _special_file_problem(path, may_be_pipe=may_be_pipe):
        yield _bad_input(path, *problem)
    elif ending in KIND_OF_ENDING:
        yield Input(path, KIND_OF_ENDING[ending], Path(path))
    else:
        yield from _catch_errors(path, _from_opened_file(path, ending))


def _special_file_problem(path: str, *, may_be_pipe: bool) -> Problem | None:
    """Return why a special file (a device, a socket, a pipe) is not read: it may never end. `None` for other files.

    With `may_be_pipe`, pipes are read: shells create them for `<(command)`.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:  # opening the file will raise it again
        return None
    if stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and may_be_pipe):
        return None
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return Problem(Code.IO_ERROR, f"not a regular file, but {kind}; to read standard input, use -")


def _from_opened_file(path: str, ending: str) -> Iterator[Input]:
    """Yield the inputs of a web archive, of JSON lines, or of a file with an unknown extension."""
    if ending == ARCHIVE_ENDING:
        # Not unpacked here: after a damaged record, the next one is found by its gzip member.
        with Path(path).open("rb") as archive:
            yield from _from_archive(path, archive)
        return
    with _open(Path(path)) as stream:
        if ending == LINES_ENDING:
            yield from _from_json_lines(path, stream)
            return
        for source in _from_stream(path, stream):
            # Pages may be saved as story.php or without an extension. Text in such a file may be anything.
            if source.kind is InputKind.TEXT and source.name == path and source.problem is None:
                message = "not an HTML page (unknown extension and content); rename plain text to .txt"
                yield _bad_input(path, Code.NOT_HTML, message)
            else:
                yield source


def _from_archive(name: str, stream: io.BufferedReader) -> Iterator[Input]:
    """Yield an input for each page of a web archive, and a failed one for each damaged record of a page."""
    from cleaner.inputs.warc import read_warc  # loads warcio

    for number, page, url, error in read_warc(stream):
        place = f"{name}:{number}"
        if error is not None:
            yield _with_hash(_bad_input(place, error.code, error.message, url=url))
        else:
            yield _with_hash(Input(place, InputKind.HTML, page, url=url))


def _from_list(path: str) -> Iterator[Input]:
    if path != "-" and not os.path.isdir(path) and (problem := _special_file_problem(path, may_be_pipe=True)):
        yield _bad_input(path, *problem)
        return
    with _unpack(_standard_input()) if path == "-" else _open(Path(path)) as stream:
        for number, line in _skip_empty(_lines(stream), _is_empty_or_comment):
            place = f"{path}:{number}"
            if isinstance(line, _LongLine):
                yield line.as_input(place)
            elif _JSON_OBJECT.match(line):
                yield _from_json_line(place, line)
            else:
                yield from _from_name(place, _name_in(line))


def _name_in(line: bytes) -> str:
    return os.fsdecode(line.removeprefix(b"\xef\xbb\xbf")).strip()


def _is_empty_or_comment(line: bytes) -> bool:
    name = _name_in(line)
    return not name or name.startswith("#")


def _from_name(place: str, name: str) -> Iterator[Input]:
    """Yield the inputs that a line of a list names."""
    if "\0" in name or name == "-" or len(name) > MAX_NAME:
        bad = _bad_input(place, Code.BAD_URL, "the line is neither a URL nor a path")
        yield _with_hash(bad, name.encode(errors="surrogateescape"))
    elif name.lower().startswith("file:"):
        yield _bad_input(name, Code.BAD_URL, "file: URLs are not supported in a list; use the path of the file")
    else:
        yield from _from_argument(name, may_be_pipe=False)


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise InputError(Code.IO_ERROR, "standard input is closed")
    return sys.stdin.buffer


def _from_standard_input() -> Iterator[Input]:
    with _unpack(_standard_input()) as stream:
        yield from _from_stream("-", stream)


def _from_stream(name: str, stream: IO[bytes]) -> Iterator[Input]:
    """Yield the inputs of a stream of unknown type: a web archive, JSON lines, else one page, else one text."""
    peek = getattr(stream, "peek", None)
    if peek is not None and WARC_VERSION.match(peek(len("WARC/1.1\r\n"))):
        yield from _from_archive(name, cast("io.BufferedReader", stream))
        return
    first = stream.readline(MAX_LINE_BYTES)
    if _JSON_OBJECT.match(first):
        yield from _from_json_lines(name, stream, first)
        return
    content = _read_whole(stream, first)
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
        return _bad_input(place, Code.IO_ERROR, f"the line is not valid JSON in UTF-8 ({error})")
    if not isinstance(value, dict):
        return _bad_input(place, Code.IO_ERROR, "the line is not a JSON object; use an object with html, text or url")
    return _from_mapping(place, value)


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _from_mapping(name: str, value: Mapping[str, Any]) -> Input:
    source = _parse_mapping(name, value)
    return _with_hash(source, repr(value).encode(errors="replace")) if source.problem else _with_hash(source)


def _parse_mapping(name: str, value: Mapping[str, Any]) -> Input:
    """Return the input of a JSON object: its `html`, else the `url` of an earlier record, else `text`, else `url`."""
    id_value, url = value.get("id"), value.get("url") or None
    id_ = id_value if _is_id(id_value) else None
    if id_value is not None and id_ is None:
        return _bad_input(name, Code.IO_ERROR, "id must be a string or a number")
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
    return _bad_input(name, Code.IO_ERROR, "the object needs html, text or url, as a string", id=id_, url=url)


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
    """Context with the stream, unpacked if its first bytes are those of gzip, whatever its name is."""
    peek = getattr(stream, "peek", None)  # only in-memory streams lack it
    if peek is None or not peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
        yield stream
        return
    import gzip

    with gzip.open(stream) as unpacked:
        yield cast("IO[bytes]", unpacked)


def _ending(path: str) -> str:
    """Return the extension in lower case, with its dot; ".gz" after it is ignored."""
    name = path.lower()
    return os.path.splitext(name.removesuffix(".gz"))[1]


def _has_known_ending(name: str) -> bool:
    ending = _ending(name)
    return ending in KIND_OF_ENDING or ending in _MULTIPLE
