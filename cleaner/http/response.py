"""Interpretation of a response: a redirect, a page, or an error that says why it is not a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from cleaner.errors import Code, FetchError, InputError
from cleaner.page.decompress import GZIP_MAGIC, capped, gunzip, join_capped, unpack
from cleaner.page.sniff import looks_like_markup, sniff

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_CODINGS = 2  # three or more content codings are an attack (CVE-2025-66418)
# Content types that no server sends for a page by mistake. They count only if the bytes do not look like a page.
_OTHER_TYPES = ("image/", "audio/", "video/", "font/", "model/", "text/css", "text/javascript", "text/csv")
_OTHER_APPLICATIONS = ("pdf", "zip", "json", "javascript", "msword", "vnd.", "gzip", "x-tar", "wasm")
# Seconds. JSON parsers disagree on integers above this limit. A server was seen to send 999999999999.
_MAX_RETRY_AFTER = 2**53


class Response(NamedTuple):
    """An HTTP response.

    The names in `headers` are lower-case. `body` reads from the connection as it is iterated over; its content codings
    are not removed.
    """

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


def redirect(response: Response) -> str:
    """Return the target of a redirect as the server wrote it, or an empty string if the response is not a redirect."""
    return response.headers.get("location", "") if response.status in _REDIRECTS else ""


def read_page(response: Response, url: str, max_bytes: int, *, any_type: bool = False) -> bytes:
    """Return the content of the page at `url`, without content codings.

    With `any_type`, the content may be of any type, such as a feed. Raises `FetchError` if the response is an error,
    too large, empty, damaged, or not a page.
    """
    _check_status(response, url)
    try:
        content = _read(response, max_bytes)
        if not any_type:
            _check_type(content, response.headers.get("content-type", ""))
    except InputError as error:
        raise FetchError(error.code, error.message, url=url, http_status=response.status) from error
    return content


def remove_codings(response: Response, chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Remove the content codings of the response from `chunks`, its body. Yields small pieces.

    Raises `InputError` if there are too many codings, or if one is unknown or damaged.
    """
    names = (name.strip().lower() for name in response.headers.get("content-encoding", "").split(","))
    codings = [name for name in names if name not in ("", "identity")]
    if len(codings) > _MAX_CODINGS:
        raise InputError(
            Code.DECODE_ERROR, f"the response has {len(codings)} content codings; the maximum is {_MAX_CODINGS}"
        )
    for coding in reversed(codings):
        chunks = unpack(chunks, coding)
    return chunks


def retry_after(headers: Mapping[str, str], now: datetime) -> int | None:
    """Return the seconds, rounded up, that the server asks to wait for; `None` without a valid `Retry-After`.

    Both forms of the header are read: seconds, and a date (RFC 9110, 10.2.3). A date in the past gives 0.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.replace(".", "", 1).isdigit():  # "1.5" is not valid, but its meaning is clear
        return -int(-min(float(value), _MAX_RETRY_AFTER) // 1)
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:  # `parsedate_to_datetime` reads the zone "-0000" as unknown
        when = when.replace(tzinfo=UTC)
    return max(0, -int(-(when - now).total_seconds() // 1))


def _check_status(response: Response, url: str) -> None:
    status = response.status
    if status in (204, 205):
        raise FetchError(Code.EMPTY, f"the server sent no content (status {status})", url=url, http_status=status)
    # 206 is a part of the page, and we never request a part.
    if not 200 <= status <= 299 or status == 206:
        raise FetchError(
            Code.HTTP_ERROR,
            f"the server answered with status {status}",
            url=url,
            http_status=status,
            retry_after=retry_after(response.headers, datetime.now(UTC)),
        )


def _read(response: Response, max_bytes: int) -> bytes:
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and len(length) > len(str(max_bytes)):
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_bytes:,} bytes allowed")
    content = join_capped(remove_codings(response, capped(response.body, max_bytes)), max_bytes)
    if content.startswith(GZIP_MAGIC):  # a .gz file, or a server that forgot the header
        content = gunzip(content, max_bytes=max_bytes)
    if not content.strip():
        raise InputError(Code.EMPTY, "the page is empty")
    return content


def _check_type(content: bytes, content_type: str) -> None:
    """Raise `InputError` with `NOT_HTML` if the bytes, or else the `Content-Type`, show that this is not a page."""
    if kind := sniff(content):
        raise InputError(Code.NOT_HTML, f"not a page: this is {kind}")
    media_type = content_type.partition(";")[0].strip().lower()
    other = media_type.startswith(_OTHER_TYPES) or media_type.removeprefix("application/").startswith(
        _OTHER_APPLICATIONS
    )
    if other and not looks_like_markup(content):
        raise InputError(Code.NOT_HTML, f"not a page: its content type is {media_type}")
