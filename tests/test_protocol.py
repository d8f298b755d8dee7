"""Unusual and broken HTTP: a page if it can be understood, otherwise one clear error, never another exception."""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Callable, Iterator

import pytest
from servers import Server, redirect, response

from cleaner.errors import Code, FetchError
from cleaner.http import fetcher as fetching
from cleaner.http import politeness
from cleaner.http.fetcher import Fetcher

BODY = b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>"
HEAD = b"Content-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n" % len(BODY)
OK = b"HTTP/1.1 200 OK\r\n"
FIRST, SECOND = BODY[:20], BODY[20:]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(politeness, "MIN_GAP", 0.0)
    monkeypatch.setattr(politeness, "MAX_GAP", 0.0)
    monkeypatch.setattr(fetching, "RETRY_DELAYS", (0.0, 0.0))
    with Server() as running:
        yield running


def outcome(server: Server, answer: bytes | Callable[[socket.socket], None]) -> bytes | Code | int:
    """Fetch a page with this response; return its content, the HTTP status or the code of the error."""
    server.responses["/a"] = answer
    try:
        content = Fetcher(allow_private=True, ignore_robots=True, timeout=5).fetch(f"{server.url}/a").content
    except FetchError as error:
        return error.http_status if error.code is Code.HTTP_ERROR and error.http_status else error.code
    assert isinstance(content, bytes)
    return content


def chunk(content: bytes, extension: bytes = b"") -> bytes:
    return b"%x%s\r\n%s\r\n" % (len(content), extension, content)


def chunked(body: bytes, head: bytes = b"") -> bytes:
    return OK + b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n" + head + b"\r\n" + body


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"X-\xff\xfe: \x80\xe9\xff\r\n" + HEAD + b"\r\n" + BODY,
        OK + b"this line has no colon\r\n" + HEAD + b"\r\n" + BODY,
        OK + b"X-Nul: a\0b\r\n" + HEAD + b"\r\n" + BODY,
        OK + b"X-Fold: a\r\n b\r\n\tc\r\n" + HEAD + b"\r\n" + BODY,
        (OK + HEAD + b"\r\n").replace(b"\r\n", b"\n") + BODY,
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY,
        b"HTTP/1.1 200\r\n" + HEAD + b"\r\n" + BODY,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + OK + HEAD + b"\r\n" + BODY,
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + OK + HEAD + b"\r\n" + BODY,
        OK + b"Content-Length: -5\r\n\r\n" + BODY,
        OK + b"Content-Length: banana\r\n\r\n" + BODY,
        chunked(chunk(FIRST) + chunk(SECOND) + b"0\r\n\r\n"),
        chunked(chunk(FIRST, b";x=" + b"y" * 300) + chunk(SECOND) + b"0\r\n\r\n"),
        chunked(chunk(BODY) + b"0\r\n" + b"X-T: 1\r\n" * 50 + b"\r\n"),
        chunked(chunk(BODY) + b"0\r\n\r\n", b"Content-Length: 5\r\n"),
        response(BODY, content_type="text/html; x=" + "y" * 5000),
    ],
)
def test_unusual_but_valid(server: Server, answer: bytes) -> None:
    """A response that browsers understand gives its page."""
    assert BODY == outcome(server, answer)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 200 OK", Code.EMPTY),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + OK + HEAD + b"\r\n" + BODY, 101),
        (chunked(b"zz\r\nhello\r\n"), Code.INCOMPLETE),
        (chunked(chunk(FIRST)), Code.INCOMPLETE),
        (chunked(b"fffffffffffffff\r\n" + BODY), Code.INCOMPLETE),
        (chunked(b"-1\r\n" + BODY), Code.INCOMPLETE),
        (response(BODY, Content_Length="50000"), Code.INCOMPLETE),
        (response(b"", status="302 Found"), 302),
        (response(b"", status="300 Odd"), 300),
        (redirect(""), 302),
        (redirect("#here"), Code.TOO_MANY_REDIRECTS),
        (redirect("?x=1"), 404),
        (redirect("ftp://127.0.0.1/x"), Code.BLOCKED_URL),
        (redirect("data:text/html,<p>hi"), Code.BLOCKED_URL),
        (redirect("javascript:alert(1)"), Code.BLOCKED_URL),
        (redirect("gopher://127.0.0.1/_x"), Code.BLOCKED_URL),
        (redirect("http://user:pw@127.0.0.1/"), Code.BAD_URL),
        (redirect("http://127.0.0.1:99999/"), Code.BAD_URL),
        (redirect("http://[::1/"), Code.BAD_URL),
        (redirect("/" + "a" * 60_000), 404),
    ],
)
def test_broken(server: Server, answer: bytes, expected: Code | int) -> None:
    """A response that cannot be understood, or is incomplete, is an error and never part of a page."""
    assert expected == outcome(server, answer)


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"X-Big: " + b"h" * 300_000 + b"\r\n" + HEAD + b"\r\n" + BODY,
        OK + b"X: v\r\n" * 5000 + HEAD + b"\r\n" + BODY,
        BODY,  # HTTP 0.9
        b"HTTP/9.9 200 OK\r\n" + HEAD + b"\r\n" + BODY,
        b"HTTP/1.1 abc OK\r\n" + HEAD + b"\r\n" + BODY,
        b"\0\0\x12\x04\0\0\0\0\0",
        bytes(range(256)) * 12,
        OK + b"Content-Length: 7\r\n" + HEAD + b"\r\n" + BODY,
    ],
)
def test_answers_that_are_not_http(server: Server, answer: bytes) -> None:
    """A response that is not HTTP is an error that says so, after one request: it would be the same again."""
    server.responses["/a"] = answer
    try:
        Fetcher(allow_private=True, ignore_robots=True, timeout=5).fetch(f"{server.url}/a")
        raise AssertionError("the response gave a page")
    except FetchError as error:
        actual = (error.code, error.http_status, error.retryable)
        message = error.message
    assert (Code.HTTP_ERROR, None, False) == actual
    assert re.fullmatch(r"the server's response is not valid HTTP \(\w+: .{1,200}\)", message)
    assert message.isprintable()
    assert ["/a"] == server.paths


def test_no_response_is_retried(server: Server) -> None:
    """A connection that ends before the response is tried three times: it may work the next time."""
    assert (Code.CONNECT_ERROR, 3) == (outcome(server, b""), len(server.requests))


def test_a_content_length_that_is_too_small(server: Server) -> None:
    """What follows a body after its `Content-Length` is part of neither this page nor the next one."""
    assert FIRST == outcome(server, response(BODY, Content_Length=str(len(FIRST))))


@pytest.mark.parametrize(
    ("head", "code"), [(b"", Code.CONNECT_ERROR), (response(BODY[:9], Content_Length="99"), Code.INCOMPLETE)]
)
def test_reset(server: Server, head: bytes, code: Code) -> None:
    """A connection that is reset is tried again, and never gives part of a page."""

    def reset(connection: socket.socket) -> None:
        connection.sendall(head)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    assert (code, 3) == (outcome(server, reset), len(server.requests))


@pytest.mark.parametrize("page", [b"<meta http-equiv=refresh content='0;url=/ok'>", b"<script>location='/ok'</script>"])
def test_redirects_in_pages_are_not_followed(server: Server, page: bytes) -> None:
    """Redirects by a `Refresh` header, a `<meta>` element or a script are not followed."""
    assert page == outcome(server, response(page, Refresh="0; url=/ok"))
    assert ["/a"] == server.paths
