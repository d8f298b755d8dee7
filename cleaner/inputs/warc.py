"""Read the pages of a web archive (WARC, ISO 28500). The only module that imports warcio.

warcio parses the records. This module finds where they begin and end, because warcio's own iterator takes a damaged
archive for a complete one, and reports damage at most on standard error. FastWARC, in compiled code, unpacks twice as
fast, but does not report a truncated archive either, and cleaning a page takes a hundred times longer than reading it.
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
from cleaner.page.decompress import GZIP_MAGIC, GZIP_WINDOW, MAX_BYTES
from cleaner.page.sniff import WARC_VERSION, looks_like_markup

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PIECE: Final = 65536
# Maximum bytes of a header line, and of all header lines of a record. A file with longer ones is not a WARC.
_MAX_LINE: Final = 65536
_MAX_HEADER: Final = 1_000_000
# Maximum number of consecutive records that are not pages, and their maximum size in bytes, after which the rest of the
# archive is not read. Crawls of videos stay below both. One megabyte of gzip can hold millions of small records, each
# of which takes 13 microseconds, or one record of a gigabyte.
MAX_SKIPPED_RECORDS = 100_000
MAX_SKIPPED_BYTES = 10_000_000_000
# Maximum bytes of empty lines between two records; the standard has four bytes. A megabyte takes half a second.
MAX_EMPTY_BYTES = 1_000_000
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")


class _EndlessError(InputError):
    """Too much of the archive has been read without a page; it may never end."""

    def __init__(self, what: str) -> None:
        super().__init__(Code.TOO_LARGE, f"more than {what}; the rest of the archive is not read")


class ArchivedPage(NamedTuple):
    """A page of an archive, or the error of its record. `number` is the number of the record, from 1."""

    number: int
    page: Page | None = None
    url: str | None = None
    error: CleanerError | None = None


def read_warc(stream: io.BufferedReader) -> Iterator[ArchivedPage]:
    """Yield the pages of an archive, gzipped or not: the responses that are HTML, each with its own URL and date.

    A damaged record becomes one `ArchivedPage` with its error; if the stream is seekable, reading continues with the
    next record that can be found.

    Raises `OSError` if the stream cannot be read, and `InputError` with `TOO_LARGE` after `MAX_SKIPPED_RECORDS` or
    `MAX_SKIPPED_BYTES` without a page, or after `MAX_EMPTY_BYTES` of consecutive empty lines.
    """
    archive = _Archive(stream)
    number = 0
    while True:
        number += 1
        try:
            record = archive.next_record(number)
        except _EndlessError:
            raise
        except (InputError, EOFError, zlib.error) as error:
            yield ArchivedPage(number, error=_translate(error))
            if not archive.skip():
                return
        else:
            if record is None:
                return
            if record.page or record.error:
                yield record
                archive.skipped_records = archive.skipped_bytes = 0
            archive.skipped_records += 1
            if archive.skipped_records > MAX_SKIPPED_RECORDS:
                raise _EndlessError(f"{MAX_SKIPPED_RECORDS:,} consecutive records that are not pages")


class _Archive:
    """Reads the records of a stream one by one. `skipped_*` count records and bytes since the last page."""

    def __init__(self, stream: io.BufferedReader) -> None:
        from warcio.recordloader import ArcWarcRecordLoader

        self._loader = ArcWarcRecordLoader()
        self.skipped_records = 0
        self.skipped_bytes = 0
        self._members: _GzipMembers | None = None
        start = stream.tell() if stream.seekable() else 0
        self._stream = stream
        if stream.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
            self._members = _GzipMembers(stream, start)
            self._stream = io.BufferedReader(self._members, _PIECE)
        # After damage, `skip` searches for the next record from this offset in the file: the end of the header of the
        # current record, or, in a gzipped archive, the start of its gzip member.
        self._search_start = start

    def next_record(self, number: int) -> ArchivedPage | None:
        """Return the next record, with neither page nor error if it is not a page; `None` at the end of the archive.

        Raises `InputError`, `EOFError` or `zlib.error` if it is damaged; call `skip` to continue with the next record.
        """
        line = self._first_line()
        if not line:
            return None
        if not WARC_VERSION.match(line):
            raise InputError(Code.DECODE_ERROR, "damaged: no WARC record begins here")
        record = self._parse_record(line)
        length = record.length
        if self._members is None and self._stream.seekable():
            self._search_start = self._stream.tell()
        header = record.rec_headers
        url = (header.get_header("WARC-Target-URI") or "").strip()
        is_response = record.rec_type == "response" and url.lower().startswith(("http://", "https://"))
        content = b"" if not is_response else _read_exactly(self._stream, min(length, MAX_BYTES + _MAX_HEADER))
        self._skip_rest(length - len(content))
        if not is_response:
            return ArchivedPage(number)
        date, truncated = header.get_header("WARC-Date"), header.get_header("WARC-Truncated")
        try:
            return ArchivedPage(number, self._page(content, length, url, date, truncated), url)
        except CleanerError as error:
            return ArchivedPage(number, url=url, error=error)

    def _first_line(self) -> bytes:
        """Return the first line of the next record; empty at the end of the archive."""
        line = b"\n"
        empty = 0
        try:
            while line in (b"\n", b"\r\n"):
                line = self._stream.readline(_MAX_LINE)
                empty += len(line)
                if empty > MAX_EMPTY_BYTES:
                    raise _EndlessError(f"{MAX_EMPTY_BYTES:,} bytes of consecutive empty lines")
        finally:
            if self._members is not None:
                self._search_start = self._members.start
            elif self._stream.seekable():
                self._search_start = self._stream.tell()
        return line

    def skip(self) -> bool:
        """After damage, move to the start of the next record. Return whether there is one that can be found."""
        if self._members is not None:
            self._stream.detach()
            if not self._members.skip(self._search_start):
                return False
            self._stream = io.BufferedReader(self._members, _PIECE)
            return True
        if not self._stream.seekable():
            return False
        start = max(0, self._search_start - 1)
        self._stream.seek(start)
        newline = _find(self._stream, re.compile(rb"\n" + WARC_VERSION.pattern), start)
        if newline is None:
            return False
        self._stream.seek(newline + 1)
        return True

    def _parse_record(self, line: bytes) -> Any:
        """Return the record whose first line is `line`: an `ArcWarcRecord` of warcio, which has no types.

        Raises `InputError` if its header is damaged.
        """
        from warcio.exceptions import ArchiveLoadFailed

        try:
            lines = _HeaderLines(self._stream)
            record = self._loader.parse_record_stream(lines, statusline=line, known_format="warc", no_record_parse=True)
            length = int(record.rec_headers.get_header("Content-Length"))
        except (ArchiveLoadFailed, TypeError, ValueError, AttributeError, IndexError) as error:
            raise InputError(Code.DECODE_ERROR, "damaged: the header of the record cannot be read") from error
        if length < 0:
            raise InputError(Code.DECODE_ERROR, "damaged: the length of the record is negative")
        record.length = length
        return record

    def _skip_rest(self, size: int) -> None:
        """Skip the last `size` bytes of a record and the empty line after it.

        Raises `InputError` if there is no empty line: then the length in the header is wrong.
        """
        while size > 0:
            piece = len(_read_exactly(self._stream, min(size, _PIECE)))
            size -= piece
            self.skipped_bytes += piece
            if self.skipped_bytes > MAX_SKIPPED_BYTES:
                raise _EndlessError(f"{MAX_SKIPPED_BYTES:,} bytes of consecutive records that are not pages")
        end = self._stream.readline(4)
        if end and end.strip(b"\r\n"):
            raise InputError(Code.DECODE_ERROR, "damaged: the length in the header of the record is wrong")

    def _page(self, content: bytes, length: int, url: str, date: str | None, truncated: str | None) -> Page | None:
        """Return the page in a response record, or `None` if it is not a page.

        `content` may be the beginning of a record of `length` bytes. `date` and `truncated` are the headers of the
        record. Raises `CleanerError` if the page is damaged, incomplete, too large or empty, or an HTTP error.
        """
        from warcio.bufferedreaders import ChunkedDataReader
        from warcio.statusandheaders import StatusAndHeadersParserException

        reader = io.BytesIO(content)
        try:
            header = self._loader.http_parser.parse(_HeaderLines(reader))
            status = int(header.get_statuscode())
            if not 100 <= status <= 999:
                raise ValueError(f"a status of {status}")
        except (StatusAndHeadersParserException, EOFError, ValueError, IndexError) as error:
            raise InputError(Code.DECODE_ERROR, "damaged: the archived response has no status") from error
        headers = {str(name).lower(): str(value) for name, value in header.headers}
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if 300 <= status <= 399 or (length > len(content) and media_type not in _PAGE_TYPES):
            return None
        if length > len(content):
            raise InputError(Code.TOO_LARGE, f"the page has more than the {MAX_BYTES:,} bytes allowed")
        if "chunked" in headers.get("transfer-encoding", "").lower():
            chunks = iter(ChunkedDataReader(reader).read, b"")  # it also reads a body that the crawler has dechunked
            body = b"".join(chunks)
        else:
            body = reader.read()
        page = _page_content(Response(status, headers, iter([body])), body, url)
        if page is None or (media_type not in _PAGE_TYPES and not looks_like_markup(page)):
            return None
        if truncated and truncated.strip():
            raise InputError(
                Code.INCOMPLETE, f"the archive contains only a part of the page ({truncated.strip()[:40]})"
            )
        return Page(page, url, final_url=url, headers=headers, fetched_at=_date(date))


def _page_content(response: Response, body: bytes, url: str) -> bytes | None:
    """Return the content of the page, or `None` if the response is not HTML. Raises the other errors of `read_page`."""
    try:
        return read_page(response, url, MAX_BYTES)
    except FetchError as error:
        if error.code is Code.NOT_HTML:
            return None
        # Some crawlers store the body without its content coding, but keep the `Content-Encoding` header.
        if error.code is Code.DECODE_ERROR and looks_like_markup(body):
            headers = {name: value for name, value in response.headers.items() if name != "content-encoding"}
            return read_page(Response(response.status, headers, iter([body])), url, MAX_BYTES)
        raise


def _date(value: str | None) -> datetime | None:
    try:
        date = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _translate(error: InputError | EOFError | zlib.error) -> InputError:
    if isinstance(error, EOFError):
        return InputError(Code.INCOMPLETE, "the archive ends in the middle of a record; download it again")
    if isinstance(error, zlib.error):
        return InputError(Code.DECODE_ERROR, f"the archive is damaged here ({error}); download it again")
    return error


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    """Return the next `size` bytes. Raises `EOFError` if there are fewer."""
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _find(stream: IO[bytes], pattern: re.Pattern[bytes], offset: int) -> int | None:
    """Return the offset of the next match of `pattern`, or `None`.

    `offset` is the current position of the stream. Matches are at most 64 bytes long.
    """
    window = b""
    while piece := stream.read(_PIECE):
        window += piece
        if match := pattern.search(window):
            return offset + match.start()
        offset += max(0, len(window) - 64)
        window = window[-64:]
    return None


class _HeaderLines:
    """A stream with limits on the length of a line and of the whole header, because warcio reads without limits."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = _MAX_HEADER

    def readline(self, size: int = -1) -> bytes:
        line = self._stream.readline(_MAX_LINE)
        self._left -= len(line)
        if self._left < 0:
            raise InputError(Code.DECODE_ERROR, "damaged: the header of the record is too long")
        return line


class _GzipMembers(io.RawIOBase):
    """The unpacked content of a gzip file. A read ends at the end of a member, so that damage affects one member only.

    `start` is the offset in the file at which the current member begins.
    """

    def __init__(self, packed: IO[bytes], start: int) -> None:
        self._packed = packed
        self.start = start
        self._consumed = 0  # bytes of the current member that have been read from the file
        self._decoder = zlib.decompressobj(GZIP_WINDOW)
        self._rest = b""  # bytes that have been read from the file and not unpacked

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while True:
            if self._decoder.eof:
                self._rest = self._decoder.unused_data
                self.start += self._consumed - len(self._rest)
                self._decoder, self._consumed = zlib.decompressobj(GZIP_WINDOW), len(self._rest)
            packed = self._rest
            if not packed:
                packed = self._packed.read(_PIECE)
                self._consumed += len(packed)
            if not packed:
                if self._consumed:
                    raise EOFError
                return 0
            piece = self._decoder.decompress(packed, len(view))
            self._rest = self._decoder.unconsumed_tail
            if piece:
                view[: len(piece)] = piece
                return len(piece)

    def skip(self, offset: int) -> bool:
        """Move to the next member after `offset` that begins with a record. Return whether there is one."""
        if not self._packed.seekable():
            return False
        while True:
            self._packed.seek(offset + 1)
            member = _find(self._packed, re.compile(re.escape(GZIP_MAGIC)), offset + 1)
            if member is None:
                return False
            offset = member
            self._packed.seek(offset)
            try:
                beginning = zlib.decompressobj(GZIP_WINDOW).decompress(self._packed.read(1024), 64)
            except zlib.error:
                continue
            if WARC_VERSION.match(beginning):
                self._packed.seek(offset)
                self.start, self._consumed, self._rest = offset, 0, b""
                self._decoder = zlib.decompressobj(GZIP_WINDOW)
                return True
