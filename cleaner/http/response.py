"""What a server's answer means: a redirect, a page, or an error that says why it is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from cleaner.errors import Code, FetchError, InputError
from cleaner.page.decompress import GZIP_MAGIC, capped, gunzip, join_capped, unpack
from cleaner.page.sniff import looks_like_markup, sniff

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_CODINGS = 2  # nobody packs a page three times but to hurt (CVE-2025-66418)
# Types that nobody gives a page by mistake. Asked only where the bytes themselves do not look like a page.
_OTHER_TYPES = ("image/", "audio/", "video/", "font/", "model/", "text/css", "text/javascript", "text/csv")
_OTHER_APPLICATIONS = ("pdf", "zip", "json", "javascript", "msword", "vnd.", "gzip", "x-tar", "wasm")
# Seconds; whole numbers above it are not the same to all readers of JSON. 999999999999 was met in the wild.
_MAX_RETRY_AFTER = 2**53


class Response(NamedTuple):
    """What a server said. `headers` have lower-case names; `body` is read as it is asked for, and still packed."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


def redirect(answer: Response) -> str:
    """Where the answer sends us, as the server wrote it; empty where it does not."""
    return answer.headers.get("location", "") if answer.status in _REDIRECTS else ""


def read_page(answer: Response, url: str, max_bytes: int, *, any_type: bool = False) -> bytes:
    """The content of the page at `url`, unpacked. Raises `FetchError` where the answer is no page.

    With `any_type`, a feed or whatever else is there will do.
    """
    _check_status(answer, url)
    try:
        content = _read(answer, max_bytes)
        if not any_type:
            _check_type(content, answer.headers.get("content-type", ""))
    except InputError as error:
        raise FetchError(error.code, error.message, url=url, http_status=answer.status) from error
    return content


def unpacked(answer: Response, chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The `chunks` of the answer's body without its content codings, in small pieces. Raises `InputError`."""
    named = (name.strip().lower() for name in answer.headers.get("content-encoding", "").split(","))
    codings = [name for name in named if name not in ("", "identity")]
    if len(codings) > _MAX_CODINGS:
        raise InputError(Code.DECODE_ERROR, f"packed {len(codings)} times over")
    for coding in reversed(codings):
        chunks = unpack(chunks, coding)
    return chunks


def retry_after(headers: Mapping[str, str], now: datetime) -> int | None:
    """The seconds, from 0, that the server wants to be left alone for; `None` where it says nothing that can be read.

    Both forms of `Retry-After` are read: seconds, and a date.
    """
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.replace(".", "", 1).isdigit():  # "1.5" is no valid form, but it is clear
        return -int(-min(float(told), _MAX_RETRY_AFTER) // 1)
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(told)
    except ValueError:
        return None
    if when.tzinfo is None:  # how "-0000" is read
        when = when.replace(tzinfo=UTC)
    return max(0, -int(-(when - now).total_seconds() // 1))


def _check_status(answer: Response, url: str) -> None:
    status = answer.status
    if status in (204, 205):
        raise FetchError(Code.EMPTY, f"no content, says the server ({status})", url=url, http_status=status)
    # 206 is a part of the page, and nobody asked for a part.
    if not 200 <= status <= 299 or status == 206:
        raise FetchError(
            Code.HTTP_ERROR,
            f"the server answered with status {status}",
            url=url,
            http_status=status,
            retry_after=retry_after(answer.headers, datetime.now(UTC)),
        )


def _read(answer: Response, max_bytes: int) -> bytes:
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and len(length) > len(str(max_bytes)):
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_bytes:,} bytes allowed")
    content = join_capped(unpacked(answer, capped(answer.body, max_bytes)), max_bytes)
    if content.startswith(GZIP_MAGIC):  # a .gz file, or a server that forgot the header
        content = gunzip(content, max_bytes=max_bytes)
    if not content.strip():
        raise InputError(Code.EMPTY, "the page is empty")
    return content


def _check_type(content: bytes, content_type: str) -> None:
    """Raises `InputError` with `NOT_HTML` where the bytes, or else the header, say that this is no page."""
    if kind := sniff(content):
        raise InputError(Code.NOT_HTML, f"not a page: this is {kind}")
    said = content_type.partition(";")[0].strip().lower()
    other = said.startswith(_OTHER_TYPES) or said.removeprefix("application/").startswith(_OTHER_APPLICATIONS)
    if other and not looks_like_markup(content):
        raise InputError(Code.NOT_HTML, f"not a page: the server calls it {said}")
