"""A page from the web: one GET, redirects followed hop by hop, and a clear error for whatever is no page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cleaner._version import __version__
from cleaner.errors import Code, FetchError, InputError
from cleaner.models import Page
from cleaner.source.codings import GZIP_MAGIC, MAX_BYTES, capped, gunzip, join_capped, unpack
from cleaner.source.sniff import looks_like_markup, sniff
from cleaner.source.urls import clean_url, follow

if TYPE_CHECKING:
    from cleaner.source.transport import Answer

USER_AGENT: Final = f"cleaner/{__version__} (+https://pypi.org/project/news-cleaner/)"
MAX_HOPS: Final = 10

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MAX_CODINGS = 2  # nobody packs a page three times but to hurt (CVE-2025-66418)
# Types that nobody gives a page by mistake. Asked only where the bytes themselves do not look like a page.
_OTHER_TYPES: Final = ("image/", "audio/", "video/", "font/", "model/", "text/css", "text/javascript", "text/csv")
_OTHER_APPLICATIONS: Final = ("pdf", "zip", "json", "javascript", "msword", "vnd.", "gzip", "x-tar", "wasm")


def fetch(
    url: str,
    *,
    max_bytes: int = MAX_BYTES,
    timeout: tuple[float, float] = (10.0, 20.0),
    total: float = 60.0,
    user_agent: str = USER_AGENT,
) -> Page:
    """The page at `url`, its content unpacked and not decoded.

    `max_bytes` is counted after unpacking. `timeout` is the seconds to connect and between two bytes, `total` the
    seconds for all together, redirects included. Raises `FetchError` for everything that is no page; its `url` is the
    address that failed, which after a redirect is not the one asked for.
    """
    from cleaner.source.transport import Transport  # loads requests

    here = clean_url(url)
    with Transport(timeout=timeout, total=total, user_agent=user_agent) as transport:
        answer = transport.get(here)
        for _ in range(MAX_HOPS):
            if not (location := _redirect(answer)):
                break
            here = follow(here, location)
            answer = transport.get(here)
        if _redirect(answer):
            raise FetchError(Code.TOO_MANY_REDIRECTS, f"more than {MAX_HOPS} redirects", url=here)
        _check_status(answer.status, here)
        try:
            content = _read(answer, max_bytes)
            _check_type(content, answer.headers.get("content-type", ""))
        except InputError as error:
            raise FetchError(error.code, error.message, url=here, http_status=answer.status) from error
    return Page(content, url=url, final_url=here, headers=answer.headers, fetched_at=datetime.now(UTC))


def _redirect(answer: Answer) -> str:
    """Where the answer sends us; empty where it does not."""
    return answer.headers.get("location", "") if answer.status in _REDIRECTS else ""


def _check_status(status: int, url: str) -> None:
    if status in (204, 205):
        raise FetchError(Code.EMPTY, f"no content, says the server ({status})", url=url, http_status=status)
    # 206 is a part of the page, and nobody asked for a part.
    if not 200 <= status <= 299 or status == 206:
        raise FetchError(Code.HTTP_ERROR, f"the server answered with status {status}", url=url, http_status=status)


def _read(answer: Answer, max_bytes: int) -> bytes:
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and len(length) > len(str(max_bytes)):
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_bytes:,} bytes allowed")
    named = (name.strip().lower() for name in answer.headers.get("content-encoding", "").split(","))
    codings = [name for name in named if name not in ("", "identity")]
    if len(codings) > _MAX_CODINGS:
        raise InputError(Code.DECODE_ERROR, f"packed {len(codings)} times over")
    chunks: Iterable[bytes] = capped(answer.body, max_bytes)
    for coding in reversed(codings):
        chunks = unpack(chunks, coding)
    content = join_capped(chunks, max_bytes)
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
