"""The pages of a web archive (WARC, ISO 28500); the only module that knows warcio.

warcio reads what stands in a record. Which bytes are a record is found here, for its own iterator takes a damaged
archive for one that has come to its end, and says so, if at all, on standard error. FastWARC, in compiled code, unpacks
twice as fast, but it is as silent about an archive that is cut, and a page costs a hundred times more to clean.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from cleaner.errors import CleanerError, Code, FetchError, InputError
from cleaner.http.response import Response, read_page
from cleaner.models import Page
from cleaner.page.decompress import GZIP_MAGIC, MAX_BYTES
from cleaner.page.sniff import WARC_VERSION, looks_like_markup

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PIECE: Final = 65536
# Bytes of a line of a header, and of all lines of a record before the page; what is longer is no archive.
_MAX_LINE: Final = 65536
_MAX_HEAD: Final = 1_000_000
# Records in a row that are no pages, and their bytes, after which the rest is not read. Crawls of videos stay below
# that. A megabyte of gzip holds millions of small records, each of which takes 13 microseconds, or one of a gigabyte.
MAX_PASSED_RECORDS = 100_000
MAX_PASSED_BYTES = 10_000_000_000
# Bytes of blank lines between two records; there should be four. These take half a second.
MAX_EMPTY_BYTES = 1_000_000
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")


class _EndlessError(InputError):
    """What is read holds no page, and need not end."""

    def __init__(self, what: str) -> None:
        super().__init__(Code.TOO_LARGE, f"more than {what} in a row; the rest is not read")


class ArchivedPage(NamedTuple):
    """A page of an archive, or why it cannot be had. `number` is the place of its record, from 1."""

    number: int
    page: Page | None = None
    url: str | None = None
    error: CleanerError | None = None


def read_warc(stream: io.BufferedReader) -> Iterator[ArchivedPage]:
    """The pages of an archive, packed or not: the responses that are HTML, each with its own address and date.

    A damaged record becomes one `ArchivedPage` with its error; if the stream is seekable, reading continues with the
    next record that can be found. Raises `OSError` if the stream cannot be read, and
    `InputError` (`TOO_LARGE`) if so much of it holds no page that it may never end.
    """
    archive = _Archive(stream)
    number = 0
    while True:
        number += 1
        try:
            found = archive.next_record(number)
        except _EndlessError:
            raise
        except (InputError, EOFError, zlib.error) as error:
            yield ArchivedPage(number, error=_translated(error))
            if not archive.skip():
                return
        else:
            if found is None:
                return
            if found.page or found.error:
                yield found
                archive.passed_records = archive.passed_bytes = 0
            archive.passed_records += 1
            if archive.passed_records > MAX_PASSED_RECORDS:
                raise _EndlessError(f"{MAX_PASSED_RECORDS:,} records that are no pages")


def is_warc(first: bytes) -> bool:
    """Whether a stream that begins so is an archive, not packed."""
    return bool(WARC_VERSION.match(first))


class _Archive:
    """The records of a stream, one after the other. `passed_*` count what was passed over since the last page."""

    def __init__(self, stream: io.BufferedReader) -> None:
        from warcio.recordloader import ArcWarcRecordLoader

        self._loader = ArcWarcRecordLoader()
        self.passed_records = 0
        self.passed_bytes = 0
        self._members: _Members | None = None
        start = stream.tell() if stream.seekable() else 0
        self._stream = stream
        if stream.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
            self._members = _Members(stream, start)
            self._stream = io.BufferedReader(self._members, _PIECE)
        # From here on the next record is looked for after damage: where the head of the last one ends, or, in a packed
        # archive, where its member begins.
        self._from = start

    def next_record(self, number: int) -> ArchivedPage | None:
        """The next record, without page and error where it is none that we want; `None` at the end.

        Raises `InputError`, `EOFError` or `zlib.error` where it is damaged: then `skip` leads on.
        """
        line = self._first_line()
        if not line:
            return None
        if not WARC_VERSION.match(line):
            raise InputError(Code.DECODE_ERROR, "damaged: no record of an archive begins here")
        record = self._parsed(line)
        length = record.length
        if self._members is None and self._stream.seekable():
            self._from = self._stream.tell()
        head = record.rec_headers
        url = (head.get_header("WARC-Target-URI") or "").strip()
        wanted = record.rec_type == "response" and url.lower().startswith(("http://", "https://"))
        content = b"" if not wanted else _exactly(self._stream, min(length, MAX_BYTES + _MAX_HEAD))
        self._pass_over(length - len(content))
        if not wanted:
            return ArchivedPage(number)
        date, cut = head.get_header("WARC-Date"), head.get_header("WARC-Truncated")
        try:
            return ArchivedPage(number, self._page(content, length, url, date, cut), url)
        except CleanerError as error:
            return ArchivedPage(number, url=url, error=error)

    def _first_line(self) -> bytes:
        line = b"\n"
        empty = 0
        try:
            while line in (b"\n", b"\r\n"):
                line = self._stream.readline(_MAX_LINE)
                empty += len(line)
                if empty > MAX_EMPTY_BYTES:
                    raise _EndlessError(f"{MAX_EMPTY_BYTES:,} bytes of blank lines")
        finally:
            if self._members is not None:
                self._from = self._members.start
            elif self._stream.seekable():
                self._from = self._stream.tell()
        return line

    def skip(self) -> bool:
        """Goes to the next place where a record begins, after damage; whether there is one."""
        if self._members is not None:
            self._stream.detach()
            if not self._members.skip(self._from):
                return False
            self._stream = io.BufferedReader(self._members, _PIECE)
            return True
        if not self._stream.seekable():
            return False
        place = max(0, self._from - 1)
        self._stream.seek(place)
        found = _find(self._stream, re.compile(rb"\n" + WARC_VERSION.pattern), place)
        if found is None:
            return False
        self._stream.seek(found + 1)
        return True

    def _parsed(self, line: bytes) -> Any:
        from warcio.exceptions import ArchiveLoadFailed

        try:
            capped = _Lines(self._stream)
            record = self._loader.parse_record_stream(
                capped, statusline=line, known_format="warc", no_record_parse=True
            )
            length = int(record.rec_headers.get_header("Content-Length"))
        except (ArchiveLoadFailed, TypeError, ValueError, AttributeError, IndexError) as error:
            raise InputError(Code.DECODE_ERROR, "damaged: the head of the record cannot be read") from error
        if length < 0:
            raise InputError(Code.DECODE_ERROR, "damaged: the record has a length below zero")
        record.length = length
        return record

    def _pass_over(self, size: int) -> None:
        """What is left of a record, and its end, which shows that its length was right."""
        while size > 0:
            piece = len(_exactly(self._stream, min(size, _PIECE)))
            size -= piece
            self.passed_bytes += piece
            if self.passed_bytes > MAX_PASSED_BYTES:
                raise _EndlessError(f"{MAX_PASSED_BYTES:,} bytes of records that are no pages")
        end = self._stream.readline(4)
        if end and end.strip(b"\r\n"):
            raise InputError(Code.DECODE_ERROR, "damaged: the record is longer or shorter than it says")

    def _page(self, content: bytes, length: int, url: str, date: str | None, cut: str | None) -> Page | None:
        """The page in a response, `None` where it is none. Raises `CleanerError`."""
        from warcio.bufferedreaders import ChunkedDataReader
        from warcio.statusandheaders import StatusAndHeadersParserException

        reader = io.BytesIO(content)
        try:
            head = self._loader.http_parser.parse(_Lines(reader))
            status = int(head.get_statuscode())
        except (StatusAndHeadersParserException, EOFError, ValueError, IndexError) as error:
            raise InputError(Code.DECODE_ERROR, "damaged: the archived answer has no status") from error
        headers = {str(name).lower(): str(value) for name, value in head.headers}
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if 300 <= status <= 399 or (length > len(content) and kind not in _PAGE_TYPES):
            return None
        if length > len(content):
            raise InputError(Code.TOO_LARGE, f"the page has more than the {MAX_BYTES:,} bytes allowed")
        if "chunked" in headers.get("transfer-encoding", "").lower():
            chunks = iter(ChunkedDataReader(reader).read, b"")  # the body itself, where the crawler has joined them
            body = b"".join(chunks)
        else:
            body = reader.read()
        unpacked = _unpacked(Response(status, headers, iter([body])), body, url)
        if unpacked is None or (kind not in _PAGE_TYPES and not looks_like_markup(unpacked)):
            return None
        if cut and cut.strip():
            raise InputError(Code.INCOMPLETE, f"the archive holds only a part of the page ({cut.strip()[:40]})")
        return Page(unpacked, url, final_url=url, headers=headers, fetched_at=_date(date))


def _unpacked(answer: Response, body: bytes, url: str) -> bytes | None:
    """The content of the page, `None` where it is no page. Raises `FetchError` where it has none to give."""
    try:
        return read_page(answer, url, MAX_BYTES)
    except FetchError as error:
        if error.code is Code.NOT_HTML:
            return None
        # Some crawlers unpack what they store, and leave the header that says that it is packed.
        if error.code is Code.DECODE_ERROR and looks_like_markup(body):
            headers = {name: value for name, value in answer.headers.items() if name != "content-encoding"}
            return read_page(Response(answer.status, headers, iter([body])), url, MAX_BYTES)
        raise


def _date(told: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _translated(error: InputError | EOFError | zlib.error) -> InputError:
    if isinstance(error, EOFError):
        return InputError(Code.INCOMPLETE, "the archive ends amid a record; fetch it again")
    if isinstance(error, zlib.error):
        return InputError(Code.DECODE_ERROR, f"the archive is damaged here ({error}); fetch it again")
    return error


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """So many bytes; raises `EOFError` where there are fewer."""
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _find(stream: IO[bytes], pattern: re.Pattern[bytes], place: int) -> int | None:
    """Where the pattern, of at most 64 bytes, is found next in the stream, which stands at `place`."""
    window = b""
    while piece := stream.read(_PIECE):
        window += piece
        if found := pattern.search(window):
            return place + found.start()
        place += max(0, len(window) - 64)
        window = window[-64:]
    return None


class _Lines:
    """A stream whose lines have an end, and so has what is before the page: warcio asks for whole lines."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = _MAX_HEAD

    def readline(self, size: int = -1) -> bytes:
        line = self._stream.readline(_MAX_LINE)
        self._left -= len(line)
        if self._left < 0:
            raise InputError(Code.DECODE_ERROR, "damaged: the head of the record has no end")
        return line


class _Members(io.RawIOBase):
    """What the members of a gzip file hold. A read ends with a member, so that damage shows only where it is.

    `start` is where the member that is read begins in the file.
    """

    def __init__(self, packed: IO[bytes], start: int) -> None:
        self._packed = packed
        self.start = start
        self._consumed = 0  # bytes of the member
        self._decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while True:
            if self._decoder.eof:
                self._rest = self._decoder.unused_data
                self.start += self._consumed - len(self._rest)
                self._decoder, self._consumed = zlib.decompressobj(16 + zlib.MAX_WBITS), len(self._rest)
            given = self._rest
            if not given:
                given = self._packed.read(_PIECE)
                self._consumed += len(given)
            if not given:
                if self._consumed:
                    raise EOFError
                return 0
            piece = self._decoder.decompress(given, len(view))
            self._rest = self._decoder.unconsumed_tail
            if piece:
                view[: len(piece)] = piece
                return len(piece)

    def skip(self, place: int) -> bool:
        """Goes to the next member that begins with a record, after `place`; whether there is one."""
        if not self._packed.seekable():
            return False
        while True:
            self._packed.seek(place + 1)
            found = _find(self._packed, re.compile(re.escape(GZIP_MAGIC)), place + 1)
            if found is None:
                return False
            place = found
            self._packed.seek(place)
            try:
                begins = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(self._packed.read(1024), 64)
            except zlib.error:
                continue
            if is_warc(begins):
                self._packed.seek(place)
                self.start, self._consumed, self._rest = place, 0, b""
                self._decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
                return True
