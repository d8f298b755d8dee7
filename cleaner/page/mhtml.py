"""Read a page that a browser saved as a single file: MHTML, a MIME message of the page and its pictures (RFC 2557).

Only the page itself is decoded, never pictures or styles. The parts are found by their boundary, and their headers are
parsed by `email`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.errors import Code, InputError
from cleaner.page.decompress import MAX_BYTES, decompress, decompress_head
from cleaner.page.sniff import MESSAGE_HEAD, is_mhtml, split_message
from cleaner.patterns import lazy_pattern

if TYPE_CHECKING:
    from email.message import Message

# Parts that are searched for the page. In files from browsers it is the first part or one of the first.
MAX_PARTS: Final = 2_000
# Levels of nested multiparts. Browsers write one level, mail programs up to three.
MAX_DEPTH: Final = 5
# Characters of a Content-Type header. `email` needs quadratic time to parse its parameters.
MAX_CONTENT_TYPE: Final = 1_000
# Bytes of a boundary. RFC 2046 allows 70.
MAX_BOUNDARY: Final = 200

_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
_EMPTY_LINE = lazy_pattern(rb"(?:\A|\n)\r?\n")
_HTTP = lazy_pattern(r"https?://", re.IGNORECASE)


class Snapshot(NamedTuple):
    """The page in an MHTML file: its bytes, the Content-Type of its part, and the URL it was saved from.

    `content_type` is `None` if the part has none; `url` is `None` if the file has no http or https URL.
    """

    html: bytes
    content_type: str | None
    url: str | None


class _Part(NamedTuple):
    """A message or a part of one. `complete` says whether a boundary follows it, so that nothing of it is missing."""

    headers: Message
    body: bytes
    complete: bool


def read_mhtml(content: bytes | str) -> Snapshot | None:
    """Return the page in an MHTML file; `None` if `content` is not MHTML. A compressed file is decompressed first.

    Raises `InputError` with the code `NOT_HTML` if no part is HTML, `DECODE_ERROR` if the headers name no boundary,
    `INCOMPLETE` if the file ends within the page, `TOO_LARGE` if it has more than `MAX_BYTES` bytes, and what
    `decompress` raises.
    """
    if not is_mhtml(_head(content)):
        return None
    whole = _decompress(content)
    if len(whole) > MAX_BYTES:
        raise InputError(Code.TOO_LARGE, f"the MHTML file has more than the {MAX_BYTES:,} bytes allowed")
    message = _message(whole)
    if _is_multipart(message) and not _boundary(message):
        raise InputError(
            Code.DECODE_ERROR, "the MHTML file is damaged: its headers name no boundary; save the page again"
        )
    root = _root(message)
    if root is None:
        raise InputError(Code.NOT_HTML, "the MHTML file or mail has no HTML part; save the page again")
    if root is not message and not root.complete:
        raise InputError(Code.INCOMPLETE, "the MHTML file is cut off within the page; save the page again")
    return Snapshot(_decode_part(root), root.headers.get("content-type"), _snapshot_url(message, root))


def _head(content: bytes | str) -> bytes:
    """Return the first bytes, decompressed; for a damaged file, those before the damage."""
    if isinstance(content, str):
        return content[:MESSAGE_HEAD].encode("utf-8", "replace")
    return decompress_head(content, MESSAGE_HEAD)


def _decompress(content: bytes | str) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8", "replace")
    return decompress(content, max_bytes=MAX_BYTES)


def _root(message: _Part) -> _Part | None:
    """Return the first HTML part at or after the one that the `start` parameter names, or else the first HTML part."""
    start = _parameter(message, "start")
    is_started = not start
    first: _Part | None = None
    for part in islice(_parts(message, 0), MAX_PARTS):
        is_started = is_started or part.headers.get("content-id", "").strip() == start
        if part.headers.get_content_type() in _HTML_TYPES:
            if is_started:
                return part
            first = first or part
    return first


def _parts(message: _Part, depth: int) -> Iterator[_Part]:
    """Yield the message and all parts in it, each multipart before its own parts."""
    yield message
    boundary = _boundary(message) if _is_multipart(message) and depth < MAX_DEPTH else b""
    if not boundary:
        return
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start: int | None = None
    for match in delimiter.finditer(message.body):
        if start is not None:
            yield from _parts(_part(message.body[start : match.start()], complete=True), depth + 1)
        if match[1]:
            return
        start = match.end()
    if start is not None:
        yield from _parts(_part(message.body[start:], complete=message.complete), depth + 1)


def _message(content: bytes) -> _Part:
    """Split the whole message into headers and body."""
    head = split_message(content)
    if head is None:  # the end of the headers is beyond the bytes that were checked
        return _part(content, complete=False)
    return _Part(_headers(head.headers), content[head.body :], complete=False)


def _part(content: bytes, *, complete: bool) -> _Part:
    """Split a part into headers and body. `content` begins at the end of the boundary's line."""
    content = content.removeprefix(b"\r").removeprefix(b"\n")
    empty_line = _EMPTY_LINE.search(content, 0, MESSAGE_HEAD)
    headers, body = (content[: empty_line.start()], content[empty_line.end() :]) if empty_line else (b"", content)
    return _Part(_headers(headers), body, complete)


def _headers(content: bytes) -> Message:
    from email.parser import HeaderParser  # takes 7 ms to load, and few pages are MHTML

    return HeaderParser().parsestr(content.decode("utf-8", "replace"))


def _is_multipart(part: _Part) -> bool:
    return part.headers.get_content_maintype() == "multipart"


def _boundary(part: _Part) -> bytes:
    return _parameter(part, "boundary").encode("utf-8")[:MAX_BOUNDARY]


def _parameter(part: _Part, name: str) -> str:
    """Return a parameter of the part's Content-Type; empty if it is missing."""
    if len(part.headers.get("content-type", "")) > MAX_CONTENT_TYPE:
        return ""
    value = part.headers.get_param(name)
    return value.strip() if isinstance(value, str) else ""


def _decode_part(part: _Part) -> bytes:
    """Return the bytes of a part with its transfer encoding (quoted-printable, base64) decoded."""
    from email.message import Message

    whole = Message()
    whole["Content-Transfer-Encoding"] = part.headers.get("content-transfer-encoding", "").strip()
    whole.set_payload(part.body.decode("ascii", "surrogateescape"))
    payload = whole.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _snapshot_url(message: _Part, root: _Part) -> str | None:
    """Return the URL of the snapshot, from the headers of the file or of the page's part; `None` if there is none."""
    locations = (
        message.headers.get("snapshot-content-location"),
        root.headers.get("content-location"),
        message.headers.get("content-location"),
    )
    # A long URL may be folded into several lines.
    urls = ("".join(location.split()) for location in locations if location)
    return next((url for url in urls if _HTTP.match(url)), None)
