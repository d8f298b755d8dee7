"""What a person or a program names, as a stream of inputs: addresses, files, folders, lists, JSON
lines, web archives, standard input.

Nothing is held longer than it takes to hand it on. A bad input is an `Input` with its problem, and the stream goes on.
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
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, cast

from cleaner.errors import Code, InputError
from cleaner.models import Page
from cleaner.page.decompress import GZIP_MAGIC, MAX_BYTES
from cleaner.page.sniff import WARC_VERSION, is_page

if TYPE_CHECKING:
    import io

# Bytes of a line of JSON: MAX_BYTES with every character written as \u0000, and room for the rest.
MAX_LINE_BYTES = 6 * MAX_BYTES + 100_000
# Bytes of the hash of an input: no two of all the pages of the web have the same.
HASH_BYTES: Final = 16
# Bytes of lines in a row that give no input, blank ones and comments: some 50,000 addresses that are commented out, or
# 1.5 seconds of blank lines. A kilobyte of gzip holds a megabyte of them, and what writes to a pipe need not end.
MAX_EMPTY_BYTES = 4_000_000
# Bytes of one line that are passed over where it is too long; where it goes on, what is behind it is given up, too.
MAX_PASSED_BYTES = 10 * MAX_LINE_BYTES
# Characters of a path on Linux. What is longer was never meant to name anything, and is cut in messages and records.
MAX_NAME = 4096

_HEADER = re.compile(r"[\x21-\x7e][\x20-\x7e\x80-\xff]{0,1000}")
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/|$)")
_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


Id = str | int | float


class InputKind(StrEnum):
    """How an input becomes a page or a text."""

    URL = "url"
    HTML = "html"
    TEXT = "text"


class Problem(NamedTuple):
    """Why an input cannot be cleaned. Not an exception, for those do not survive the way to a worker process."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to clean.

    `name` is what messages and records call it: the source as given, `folder/page.html`, or `pages.jsonl:3` for a line.
    `content` is a path where the file is still to be read (in the process that cleans it), and `None` for a URL and
    beside a `problem`. `id` is repeated in the record; `url` is where the page came from. Both are `None` where nobody
    said. `previous` is what an earlier record tells of the page: its validators, and no content. `input_hash` is a hex
    digest of what came in, for an input that its name does not identify, such as a line; `None` for the others.
    """

    name: str
    kind: InputKind
    content: Page | bytes | str | Path | None = None
    id: Id | None = None
    url: str | None = None
    problem: Problem | None = None
    previous: Page | None = None
    input_hash: str | None = field(default=None, compare=False)  # it follows from what came in


@dataclass(frozen=True, slots=True)
class InputList:
    """A file that names inputs, one a line; `-` is standard input.

    A line is a URL, the path of a folder or of a regular file, or a JSON object. Blank lines and those that begin with
    `#` are none.
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
# Files of which only reading them through tells how many inputs they hold.
_MANIFOLD: Final = frozenset({LINES_ENDING, ARCHIVE_ENDING})
ENDINGS = ", ".join((*KIND_OF_ENDING, LINES_ENDING, ARCHIVE_ENDING))

# What `read_inputs` takes for a source.
Source = str | os.PathLike[str] | Page | Mapping[str, Any] | InputList


def read_inputs(sources: Iterable[Source]) -> Iterator[Input]:
    """The inputs that the sources hold, in order.

    A `str` is what the command line takes: a URL, a file, a folder, or `-` for standard input. A mapping is what a JSON
    line holds: `html`, `text` or only a `url`, and perhaps an `id`; or an earlier record.
    """
    for number, source in enumerate(sources, 1):
        if isinstance(source, Page):
            if isinstance(source.content, bytearray | memoryview):  # neither hashed nor sent to another process
                source = replace(source, content=bytes(source.content))
            name = source.address or f"input {number}"
            yield _hashed(Input(name, InputKind.HTML, source, url=source.address))
        elif isinstance(source, Mapping):
            yield _from_mapping(f"input {number}", source)
        elif isinstance(source, InputList):
            yield from _guarded(source.path, _in_list(source.path))
        elif isinstance(source, str):
            yield from _named(source, may_be_pipe=True)
        elif isinstance(source, os.PathLike):
            yield from _at_path(os.fsdecode(source), may_be_pipe=True)
        else:
            message = f"{type(source).__name__} is no input; give a str, a path, a Page or a mapping"
            yield _hashed(_failed(f"input {number}", Code.IO_ERROR, message))


def count_inputs(sources: Iterable[str | InputList]) -> int | None:
    """How many inputs `read_inputs` will give; `None` where only reading them through would tell."""
    total = 0
    for source in sources:
        if isinstance(source, InputList):
            return None
        paths = list(_walk(source)) if os.path.isdir(source) else [source]
        if source == "-" or any(_ending(path) in _MANIFOLD for path in paths if isinstance(path, str)):
            return None
        total += len(paths)
    return total


def read_file(path: Path) -> bytes:
    """The bytes of a file as they are; the decoder unpacks gzip's.

    Raises `InputError`: `io_error` where it cannot be read, `too_large` above `MAX_BYTES`.
    """
    try:
        with path.open("rb") as stream:
            return _read_whole(stream)
    except OSError as error:
        raise InputError(*_problem(error)) from error


def _named(source: str, *, may_be_pipe: bool) -> Iterator[Input]:
    """The inputs of what a person names, or with `may_be_pipe` false, what a list does."""
    if source == "-":
        yield from _guarded("-", _in_standard_input())
    elif _SCHEME.match(source):
        yield Input(source, InputKind.URL, url=source.strip())
    elif "\n" in source or source.lstrip().startswith("<"):
        yield _failed(source, Code.IO_ERROR, 'this is a text, not the name of one; give {"html": ...} or {"text": ...}')
    else:
        yield from _at_path(source, may_be_pipe=may_be_pipe)


def _at_path(path: str, *, may_be_pipe: bool) -> Iterator[Input]:
    if os.path.isdir(path):
        yield from _in_folder(path)
    elif not os.path.lexists(path):
        hint = "" if _is_known(path) or not _HOST.match(path) else "; for a page on the web, write https:// before it"
        yield _failed(path, Code.IO_ERROR, f"no such file or folder{hint}")
    else:
        yield from _in_file(path, may_be_pipe=may_be_pipe)


def _in_folder(folder: str) -> Iterator[Input]:
    empty = True
    for found in _walk(folder):
        empty = False
        if isinstance(found, OSError):
            yield _failed(os.fsdecode(found.filename or folder), *_problem(found))
        else:
            yield from _in_file(found, may_be_pipe=False)
    if empty:
        yield _failed(folder, Code.IO_ERROR, f"no page in this folder; their files end in {ENDINGS}, or these and .gz")


def _walk(folder: str) -> Iterator[str | OSError]:
    """The paths of the files that we know, sorted, and what could not be listed.

    Links to folders are not followed: they are how a tree comes to have no end.
    """
    unlisted: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unlisted.append):
        folders.sort()
        yield from unlisted
        unlisted.clear()
        for name in sorted(files):
            if _is_known(name):  # broken links, pipes and devices, too: they become errors
                yield os.path.join(parent, name)
    yield from unlisted


def _in_file(path: str, *, may_be_pipe: bool) -> Iterator[Input]:
    ending = _ending(path)
    if special := _special(path, may_be_pipe=may_be_pipe):
        yield _failed(path, *special)
    elif ending in KIND_OF_ENDING:
        yield Input(path, KIND_OF_ENDING[ending], Path(path))
    else:
        yield from _guarded(path, _in_opened(path, ending))


def _special(path: str, *, may_be_pipe: bool) -> Problem | None:
    """Why a file that is no regular one is not read: it may never end, or never begin.

    A pipe that a person names is one that somebody writes to: shells make them for `<(command)`.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:  # opening it will tell
        return None
    if stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and may_be_pipe):
        return None
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return Problem(Code.IO_ERROR, f"not a regular file, but {kind}; name - for standard input")


def _in_opened(path: str, ending: str) -> Iterator[Input]:
    """The inputs of a file that must be opened to know: JSON lines, or a file whose name says nothing."""
    if ending == ARCHIVE_ENDING:
        with Path(path).open("rb") as packed:  # where one record is damaged, the next is found by how it is packed
            yield from _archived(path, packed)
        return
    with _opened(Path(path)) as stream:
        if ending == LINES_ENDING:
            yield from _json_lines(path, stream)
            return
        for found in _sniffed(path, stream):
            # Pages are saved as story.php or with no ending at all; any other file may be anything.
            if found.kind is InputKind.TEXT and found.name == path and found.problem is None:
                message = f"neither its name ({ENDINGS}) nor its first bytes are a page's; rename plain text to .txt"
                yield _failed(path, Code.NOT_HTML, message)
            else:
                yield found


def _archived(name: str, stream: io.BufferedReader) -> Iterator[Input]:
    """One input for each page of a web archive, and for each record that should hold one and is damaged."""
    from cleaner.inputs.warc import read_warc  # loads warcio

    for number, page, url, error in read_warc(stream):
        place = f"{name}:{number}"
        if error is not None:
            yield _hashed(_failed(place, error.code, error.message, url=url))
        else:
            yield _hashed(Input(place, InputKind.HTML, page, url=url))


def _in_list(path: str) -> Iterator[Input]:
    if path != "-" and not os.path.isdir(path) and (special := _special(path, may_be_pipe=True)):
        yield _failed(path, *special)
        return
    with _unpacked(_standard_input()) if path == "-" else _opened(Path(path)) as stream:
        for number, line in _filled(_lines(stream), _names_nothing):
            place = f"{path}:{number}"
            if isinstance(line, _LongLine):
                yield line.failed(place)
            elif _JSON_OBJECT.match(line):
                yield _from_line(place, line)
            else:
                yield from _from_name(place, _name_in(line))


def _name_in(line: bytes) -> str:
    return os.fsdecode(line.removeprefix(b"\xef\xbb\xbf")).strip()


def _names_nothing(line: bytes) -> bool:
    """Whether a line of a list is blank or a comment."""
    name = _name_in(line)
    return not name or name.startswith("#")


def _from_name(place: str, name: str) -> Iterator[Input]:
    """The inputs that a line of a list names."""
    if "\0" in name or name == "-" or len(name) > MAX_NAME:
        failed = _failed(place, Code.BAD_URL, "the line is neither a URL nor a path")
        yield _hashed(failed, name.encode(errors="surrogateescape"))
    elif name.lower().startswith("file:"):
        yield _failed(name, Code.BAD_URL, "a list names files by their paths, not by file: addresses")
    else:
        yield from _named(name, may_be_pipe=False)


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise InputError(Code.IO_ERROR, "standard input is closed")
    return sys.stdin.buffer


def _in_standard_input() -> Iterator[Input]:
    with _unpacked(_standard_input()) as stream:
        yield from _sniffed("-", stream)


def _sniffed(name: str, stream: IO[bytes]) -> Iterator[Input]:
    """The inputs of a stream without a name that tells: JSON lines, a web archive, else one page, else one text."""
    peek = getattr(stream, "peek", None)
    if peek is not None and WARC_VERSION.match(peek(len("WARC/1.1\r\n"))):
        yield from _archived(name, cast("io.BufferedReader", stream))
        return
    first = stream.readline(MAX_LINE_BYTES)
    if _JSON_OBJECT.match(first):
        yield from _json_lines(name, stream, first)
        return
    content = _read_whole(stream, first)
    yield Input(name, InputKind.HTML if is_page(content) else InputKind.TEXT, content)


def _json_lines(name: str, stream: IO[bytes], first: bytes = b"") -> Iterator[Input]:
    """One input for each line but blank ones; `first` is what was read of the stream already."""
    for number, line in _filled(_lines(stream, first), bytes.isspace):
        place = f"{name}:{number}"
        yield line.failed(place) if isinstance(line, _LongLine) else _from_line(place, line)


class _LongLine(NamedTuple):
    """A line that is longer than `MAX_LINE_BYTES`: what is left of it is the hash."""

    input_hash: str

    def failed(self, place: str) -> Input:
        problem = _failed(place, Code.TOO_LARGE, f"the line is longer than {MAX_LINE_BYTES:,} bytes")
        return replace(problem, input_hash=self.input_hash)


def _filled(
    lines: Iterator[bytes | _LongLine], is_empty: Callable[[bytes], bool]
) -> Iterator[tuple[int, bytes | _LongLine]]:
    """The lines that are not empty, with their numbers.

    Raises `InputError` after more than `MAX_EMPTY_BYTES` of empty ones in a row.
    """
    empty = 0
    for number, line in enumerate(lines, 1):
        if isinstance(line, _LongLine) or not is_empty(line):
            empty = 0
            yield number, line
            continue
        empty += len(line)
        if empty > MAX_EMPTY_BYTES:
            message = f"more than {MAX_EMPTY_BYTES:,} bytes of blank lines and comments in a row; the rest is not read"
            raise InputError(Code.TOO_LARGE, message)


def _lines(stream: IO[bytes], first: bytes = b"") -> Iterator[bytes | _LongLine]:
    line = first or stream.readline(MAX_LINE_BYTES)
    while line:
        yield line if _is_whole(line) else _passed_over(stream, line)
        line = stream.readline(MAX_LINE_BYTES)


def _is_whole(line: bytes) -> bool:
    return line.endswith(b"\n") or len(line) < MAX_LINE_BYTES


def _passed_over(stream: IO[bytes], line: bytes) -> _LongLine:
    """The rest of a line that begins so. Raises `InputError` after `MAX_PASSED_BYTES`."""
    from hashlib import blake2b

    digest = blake2b(line, digest_size=HASH_BYTES)
    passed = len(line)
    while not _is_whole(line):
        line = stream.readline(MAX_LINE_BYTES)
        digest.update(line)
        passed += len(line)
        if passed > MAX_PASSED_BYTES:
            message = f"a line is longer than {MAX_PASSED_BYTES:,} bytes; it and the rest is not read"
            raise InputError(Code.TOO_LARGE, message)
    return _LongLine(digest.hexdigest())


def _from_line(place: str, line: bytes) -> Input:
    found = _in_line(place, line)
    return _hashed(found, line.strip()) if found.problem else found


def _in_line(place: str, line: bytes) -> Input:
    try:
        # Infinity and NaN are Python's own; RecursionError is how the parser meets a hundred thousand brackets.
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return _failed(place, Code.IO_ERROR, f"the line is not JSON in UTF-8 ({error})")
    if not isinstance(value, dict):
        return _failed(place, Code.IO_ERROR, "the line holds no JSON object; give one with html or text")
    return _from_mapping(place, value)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _from_mapping(name: str, value: Mapping[str, Any]) -> Input:
    found = _in_mapping(name, value)
    return _hashed(found, repr(value).encode(errors="replace")) if found.problem else _hashed(found)


def _in_mapping(name: str, value: Mapping[str, Any]) -> Input:
    """The input that an object holds: `html`, for it tells most; the `url` of an earlier record; `text`; any `url`."""
    given, url = value.get("id"), value.get("url") or None
    known = given if _is_id(given) else None
    if given is not None and known is None:
        return _failed(name, Code.IO_ERROR, "id must be a string or a number")
    if url is not None and not isinstance(url, str):
        return _failed(name, Code.BAD_URL, "url must be a string", id=known)
    html, text = value.get("html"), value.get("text")
    html = bytes(html) if isinstance(html, bytearray | memoryview) else html
    validators = _validators(value)
    is_record = bool(validators) or "schema_version" in value
    if isinstance(html, str | bytes) and (html or not text):
        return Input(name, InputKind.HTML, html, id=known, url=url)
    if url and is_record:
        told = value.get("final_url")
        answered = told if isinstance(told, str) and told else url
        before = Page(b"", url, final_url=answered, headers=validators) if validators else None
        return Input(name, InputKind.URL, id=known, url=url, previous=before)
    if isinstance(text, str):
        return Input(name, InputKind.TEXT, text, id=known, url=url)
    if url:
        return Input(name, InputKind.URL, id=known, url=url)
    return _failed(name, Code.IO_ERROR, "the object holds neither html nor text nor url as a string", id=known, url=url)


def _validators(value: Mapping[str, Any]) -> dict[str, str]:
    """What an object tells of a page's version, as headers; what cannot stand in a header is left out."""
    told = {"etag": value.get("etag"), "last-modified": value.get("last_modified")}
    return {name: text for name, text in told.items() if isinstance(text, str) and _HEADER.fullmatch(text)}


def _is_id(value: object) -> bool:
    """Whether JSON can hold the value so that every reader reads the same one."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) < 2**63
    return isinstance(value, str) or (isinstance(value, float) and math.isfinite(value))


def _hashed(found: Input, came_in: bytes = b"") -> Input:
    """The input with its hash: of its content and its address, or, where it is bad, of what came in or its problem."""
    if found.problem:
        return replace(found, input_hash=_digest(came_in or found.problem.message, found.url))
    content = found.content.content if isinstance(found.content, Page) else found.content
    assert not isinstance(content, Path), "a file is known by its name"
    return replace(found, input_hash=_digest(found.kind, content, found.url))


def _digest(*parts: str | bytes | None) -> str:
    from hashlib import blake2b  # loads OpenSSL, which one page does not need

    digest = blake2b(digest_size=HASH_BYTES)
    for part in parts:
        coded = part.encode(errors="surrogatepass") if isinstance(part, str) else part or b""
        digest.update(b"%d:" % len(coded))  # or the end of one could be the beginning of the next
        digest.update(coded)
    return digest.hexdigest()


def _guarded(name: str, found: Iterator[Input]) -> Iterator[Input]:
    """What was found, and where reading stopped in the middle, an input that says so."""
    try:
        yield from found
    except InputError as error:
        yield _failed(name, error.code, error.message)
    except (OSError, EOFError, zlib.error) as error:
        yield _failed(name, *_problem(error))


def _failed(name: str, code: Code, message: str, *, id: Id | None = None, url: str | None = None) -> Input:
    return Input(name[:MAX_NAME], InputKind.TEXT, id=id, url=url, problem=Problem(code, message))


def _problem(error: OSError | EOFError | zlib.error) -> Problem:
    if isinstance(error, EOFError):
        return Problem(Code.INCOMPLETE, "the gzip stream ends too early; fetch or pack the file again")
    if isinstance(error, zlib.error) or (isinstance(error, OSError) and error.errno is None):
        return Problem(Code.DECODE_ERROR, f"the gzip stream is damaged ({error}); fetch or pack the file again")
    return Problem(Code.IO_ERROR, f"it cannot be read: {(error.strerror or str(error)).lower()}")


def _read_whole(stream: IO[bytes], first: bytes = b"") -> bytes:
    content = first + stream.read(MAX_BYTES + 1 - len(first)) if len(first) <= MAX_BYTES else first
    if len(content) > MAX_BYTES:
        raise InputError(Code.TOO_LARGE, f"it holds more than {MAX_BYTES:,} bytes")
    return content


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as stream, _unpacked(stream) as unpacked:
        yield unpacked


@contextmanager
def _unpacked(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream, unpacked where its first bytes are gzip's, whatever its name says."""
    peek = getattr(stream, "peek", None)  # all but in-memory streams have it
    if peek is None or not peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
        yield stream
        return
    import gzip

    with gzip.open(stream) as unpacked:
        yield cast("IO[bytes]", unpacked)


def _ending(path: str) -> str:
    name = path.lower()
    return os.path.splitext(name.removesuffix(".gz"))[1]


def _is_known(name: str) -> bool:
    ending = _ending(name)
    return ending in KIND_OF_ENDING or ending in _MANIFOLD
