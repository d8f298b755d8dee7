"""Pages that a browser saved as a single file: MHTML, a MIME message whose parts are the page and its pictures.

The format is that of RFC 2557. Only what leads to the page itself is read: the parts are found by their boundary, and
the headers of each, by `email`; pictures and styles are never decoded.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from itertools import islice
from typing import Final, NamedTuple

from cleaner.errors import Code, InputError
from cleaner.page.decompress import GZIP_MAGIC, MAX_BYTES, gunzip
from cleaner.page.sniff import MESSAGE_HEAD, is_mhtml

# Parts that are looked at for the page. It is the first one, or among the first, in what browsers write.
MAX_PARTS: Final = 2_000
# Multiparts within multiparts. Browsers write one level, mail programs up to three.
MAX_DEPTH: Final = 5
# Characters of a Content-Type header. `email` takes quadratic time to read its parameters.
MAX_CONTENT_TYPE: Final = 1_000
# Bytes of a boundary. RFC 2046 allows 70.
MAX_BOUNDARY: Final = 200

_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
_BLANK_LINE = re.compile(rb"(?:\A|\n)\r?\n")
_HTTP = re.compile(r"https?://", re.IGNORECASE)


class Snapshot(NamedTuple):
    """The page in an MHTML file: its bytes, the Content-Type of its part, and the address it was saved from.

    `content_type` is `None` where the part has none, `url` where the file names no http or https address.
    """

    html: bytes
    content_type: str | None
    url: str | None


class _Part(NamedTuple):
    """A message or a part of one. `complete` is whether a boundary follows it, so that nothing of it is missing."""

    headers: Message
    body: bytes
    complete: bool


def read_mhtml(content: bytes | str) -> Snapshot | None:
    """The page that an MHTML file holds; `None` where `content` is no MHTML. A gzip file is unpacked first.

    Raises `InputError`: `NOT_HTML` where no part of it is HTML, `DECODE_ERROR` where its headers name no boundary,
    `INCOMPLETE` where it ends within the page, `TOO_LARGE` above `MAX_BYTES`, and what `gunzip` raises.
    """
    if not is_mhtml(_head(content)):
        return None
    whole = _whole(content)
    if len(whole) > MAX_BYTES:
        raise InputError(Code.TOO_LARGE, f"the MHTML file has more than the {MAX_BYTES:,} bytes allowed")
    message = _part(whole.removeprefix(b"\xef\xbb\xbf").lstrip(), complete=False)
    if _is_multipart(message) and not _boundary(message):
        raise InputError(Code.DECODE_ERROR, "the MHTML file is damaged: its headers name no boundary; save it again")
    root = _root(message)
    if root is None:
        raise InputError(Code.NOT_HTML, "the MHTML file holds no HTML part; save the page again")
    if root is not message and not root.complete:
        raise InputError(Code.INCOMPLETE, "the MHTML file ends within its page; save the page again")
    return Snapshot(_decoded(root), root.headers.get("content-type"), _address(message, root))


def _head(content: bytes | str) -> bytes:
    """The first bytes, unpacked; empty where a gzip file is damaged, which the decoder says better."""
    if isinstance(content, str):
        return content[:MESSAGE_HEAD].encode("utf-8", "replace")
    if not content.startswith(GZIP_MAGIC):
        return content[:MESSAGE_HEAD]
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(content, MESSAGE_HEAD)
    except zlib.error:
        return b""


def _whole(content: bytes | str) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8", "replace")
    return gunzip(content, max_bytes=MAX_BYTES) if content.startswith(GZIP_MAGIC) else content


def _root(message: _Part) -> _Part | None:
    """The first HTML part from the one on that the `start` parameter names; without it, the first HTML part."""
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
    """The message and all parts in it, each multipart before its own parts."""
    yield message
    boundary = _boundary(message) if _is_multipart(message) and depth < MAX_DEPTH else b""
    if not boundary:
        return
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start: int | None = None
    for found in delimiter.finditer(message.body):
        if start is not None:
            yield from _parts(_part(message.body[start : found.start()], complete=True), depth + 1)
        if found[1]:
            return
        start = found.end()
    if start is not None:
        yield from _parts(_part(message.body[start:], complete=message.complete), depth + 1)


def _part(content: bytes, *, complete: bool) -> _Part:
    """A part from its headers and its body. A part begins at the end of its boundary's line."""
    content = content.removeprefix(b"\r").removeprefix(b"\n")
    blank = _BLANK_LINE.search(content, 0, MESSAGE_HEAD)
    headers, body = (content[: blank.start()], content[blank.end() :]) if blank else (b"", content)
    return _Part(HeaderParser().parsestr(headers.decode("utf-8", "replace")), body, complete)


def _is_multipart(part: _Part) -> bool:
    return part.headers.get_content_maintype() == "multipart"


def _boundary(part: _Part) -> bytes:
    return _parameter(part, "boundary").encode("utf-8")[:MAX_BOUNDARY]


def _parameter(part: _Part, name: str) -> str:
    """A parameter of the part's Content-Type; empty where it has none."""
    if len(part.headers.get("content-type", "")) > MAX_CONTENT_TYPE:
        return ""
    value = part.headers.get_param(name)
    return value.strip() if isinstance(value, str) else ""


def _decoded(part: _Part) -> bytes:
    """The bytes of a part without its transfer encoding (quoted-printable, base64)."""
    whole = Message()
    whole["Content-Transfer-Encoding"] = part.headers.get("content-transfer-encoding", "").strip()
    whole.set_payload(part.body.decode("ascii", "surrogateescape"))
    payload = whole.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(message: _Part, root: _Part) -> str | None:
    """The address of the snapshot: what the browser says of the file, else of the page's part."""
    told = (
        message.headers.get("snapshot-content-location"),
        root.headers.get("content-location"),
        message.headers.get("content-location"),
    )
    # A long address may be folded into several lines.
    addresses = ("".join(address.split()) for address in told if address)
    return next((address for address in addresses if _HTTP.match(address)), None)
