"""The fetcher against a loopback server that behaves like servers on the web."""

from __future__ import annotations

import gzip
import importlib.util
import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from servers import Server, redirect, response

from cleaner._version import __version__
from cleaner.errors import Code, FetchError, InputError
from cleaner.http.fetcher import MAX_HOPS, Fetcher
from cleaner.http.urls import clean_url, follow
from cleaner.models import Page
from cleaner.page import decompress

PAGE = "<!DOCTYPE html><html><body><p>The ferry sails at nine — weather allowing.</p></body></html>".encode()
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def fetch(url: str, **options: Any) -> Page:
    """Fetch the page from the loopback server, without waits."""
    return Fetcher(allow_private=True, ignore_robots=True, sleep=lambda _: None, **options).fetch(url)


def failure(url: str, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, **options)
    return caught.value


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def test_page(server: Server) -> None:
    """A page has its undecoded bytes, its URLs, lower-case header names and the time of the fetch."""
    server.responses["/story"] = response(PAGE, X_Shout="Yes")
    before = datetime.now(UTC)
    page = fetch(server.url + "/story#comments")
    assert PAGE == page.content
    assert (server.url + "/story#comments", server.url + "/story") == (page.url, page.final_url)
    assert ("text/html; charset=utf-8", "Yes") == (page.headers["content-type"], page.headers["x-shout"])
    assert page.fetched_at is not None
    assert before <= page.fetched_at <= datetime.now(UTC)


def test_request_headers(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """One GET names the agent, offers the codings we unpack, and ignores environment variables."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("CLEANER_CONTACT", raising=False)
    server.responses["/story"] = response(PAGE)
    fetch(server.url + "/story")
    (request,) = server.requests
    assert request.startswith("GET /story HTTP/1.1\r\n")
    assert f"\r\nUser-Agent: news-cleaner/{__version__}\r\n" in request
    offered = "gzip, deflate, br" if decompress.has_brotli() else "gzip, deflate"
    assert f"\r\nAccept-Encoding: {offered}\r\n" in request
    assert "zstd" not in request
    assert "Referer" not in request
    assert "Cookie" not in request


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("GZIP", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("gzip", gzip.compress(PAGE[:30], mtime=0) + gzip.compress(PAGE[30:], mtime=0)),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"\0" * 40),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"trailing junk"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE), mtime=0)),
        ("identity", PAGE),
        ("", gzip.compress(PAGE, mtime=0)),
    ],
)
def test_content_codings(server: Server, coding: str, body: bytes) -> None:
    """Every coding that a server may use is removed, and so is gzip without a `Content-Encoding` header."""
    server.responses["/story"] = response(body, **({"Content_Encoding": coding} if coding else {}))
    assert PAGE == fetch(server.url + "/story").content


@pytest.mark.parametrize(
    ("coding", "body", "code"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)[:-20], Code.INCOMPLETE),
        ("gzip", gzip.compress(PAGE, mtime=0)[:-8] + b"\0" * 8, Code.DECODE_ERROR),
        ("gzip", PAGE, Code.DECODE_ERROR),
        ("deflate", zlib.compress(PAGE)[:-20], Code.INCOMPLETE),
        ("deflate", b"\x78", Code.INCOMPLETE),
        ("gzip, gzip, gzip", PAGE, Code.DECODE_ERROR),
        ("sdch", PAGE, Code.DECODE_ERROR),
        ("gzip", b"", Code.EMPTY),
    ],
)
def test_bad_content_coding(server: Server, coding: str, body: bytes, code: Code) -> None:
    """A truncated stream is incomplete and a broken one an error; neither is ever a page."""
    server.responses["/story"] = response(body, Content_Encoding=coding)
    assert code == failure(server.url + "/story").code


@pytest.mark.skipif(importlib.util.find_spec("brotli") is None, reason="brotli is not installed")
def test_brotli() -> None:
    """With a brotli module that can limit its output, Brotli is offered and unpacked, and a missing end is an error."""
    import brotli

    packed = brotli.compress(PAGE * 5000)
    pieces = [packed[place : place + 7] for place in range(0, len(packed), 7)]
    assert decompress.has_brotli()
    assert PAGE * 5000 == b"".join(decompress.unpack(pieces, "br"))
    with pytest.raises(InputError) as caught:
        b"".join(decompress.unpack([packed[:-3]], "br"))
    assert Code.INCOMPLETE == caught.value.code


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", ""])
def test_bomb(server: Server, coding: str) -> None:
    """The limit applies to unpacked bytes, also for gzip without a `Content-Encoding` header."""
    body = gzip.compress(b"<p>a</p>" * 1_000_000)
    for _ in range(coding.count(",")):
        body = gzip.compress(body, mtime=0)
    server.responses["/story"] = response(body, **({"Content_Encoding": coding} if coding else {}))
    assert Code.TOO_LARGE == failure(server.url + "/story", max_bytes=100_000).code


def test_too_large_before_reading(server: Server) -> None:
    """A `Content-Length` above the limit is an error before the body is read."""
    server.responses["/story"] = response(b"", Content_Length=str(10**15))
    assert Code.TOO_LARGE == failure(server.url + "/story").code


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [
        (response(PAGE, status="404 Not Found"), Code.HTTP_ERROR, 404),
        (response(PAGE, status="503 Busy"), Code.HTTP_ERROR, 503),
        (response(PAGE, status="206 Partial Content"), Code.HTTP_ERROR, 206),
        (response(b"", status="304 Not Modified"), Code.HTTP_ERROR, 304),
        (response(b"", status="204 No Content"), Code.EMPTY, 204),
        (response(b""), Code.EMPTY, 200),
        (response(b" \n " * 500), Code.EMPTY, 200),
        (response(PDF), Code.NOT_HTML, 200),
        (response(b"body {color: red}", content_type="text/css"), Code.NOT_HTML, 200),
        (response(b'{"a": 1}'), Code.NOT_HTML, 200),
        (response(PAGE, Content_Length=str(len(PAGE) + 10)), Code.INCOMPLETE, None),
        (response(b"5\r\nhello\r\n", Transfer_Encoding="chunked"), Code.INCOMPLETE, None),
        (response(b"zz\r\nhello\r\n", Transfer_Encoding="chunked"), Code.INCOMPLETE, None),
        (b"this is no HTTP\r\n\r\n", Code.HTTP_ERROR, None),
        (b"", Code.CONNECT_ERROR, None),
        (redirect(""), Code.HTTP_ERROR, 302),
        (redirect("file:///etc/passwd"), Code.BLOCKED_URL, None),
        (redirect("data:text/html,<p>hi"), Code.BLOCKED_URL, None),
        (redirect("http://[::1/"), Code.BAD_URL, None),
        (redirect("http://name:secret@127.0.0.1/"), Code.BAD_URL, None),
    ],
)
def test_no_page(server: Server, answer: bytes, code: Code, status: int | None) -> None:
    """A response that is not a page is an error with its code, and with the status if there was a response."""
    server.responses["/story"] = answer
    error = failure(server.url + "/story")
    assert (code, status) == (error.code, error.http_status)


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/octet-stream", "image/png", ";;/="])
def test_bytes_decide_the_type(server: Server, content_type: str | None) -> None:
    """Content that looks like a page is a page, whatever its `Content-Type` is."""
    server.responses["/story"] = response(PAGE, content_type=content_type)
    assert PAGE == fetch(server.url + "/story").content


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/page", "/page"),
        ("../page?a=b c#part", "/page?a=b%20c"),
        ("/статья".encode().decode("latin-1"), "/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F"),
        ("/caf\xe9", "/caf%C3%A9"),
        ("\\page", "/page"),
    ],
)
def test_redirect(server: Server, location: str, path: str) -> None:
    """A redirect is followed however its URL is written, and `final_url` is the URL that sent the page."""
    server.responses |= {"/story": redirect(location), path: response(PAGE)}
    assert server.url + path == fetch(server.url + "/story").final_url


def test_cookies_live_for_one_page(server: Server) -> None:
    """A cookie of a redirect is sent with the next request, but not with the next page."""
    server.responses |= {"/story": redirect("/page", Set_Cookie="seen=1; Path=/"), "/page": response(PAGE)}
    fetch(server.url + "/story")
    fetch(server.url + "/page")
    assert ["seen=1" in request for request in server.requests] == [False, True, False]


def test_two_locations(server: Server) -> None:
    """Of two `Location` headers, the first is used; they are not joined to one URL."""
    server.responses["/old"] = redirect("/new").replace(b"\r\n\r\n", b"\r\nLocation: /newer\r\n\r\n", 1)
    server.responses["/new"] = response(PAGE)
    assert PAGE == fetch(server.url + "/old").content


def test_redirects_without_end(server: Server) -> None:
    """The eleventh redirect is an error."""
    server.responses["/loop"] = redirect("/loop")
    assert Code.TOO_MANY_REDIRECTS == failure(server.url + "/loop").code
    assert ["/loop"] * (MAX_HOPS + 1) == server.paths


def test_redirect_body_is_not_read(server: Server) -> None:
    """The body of a redirect is not read, even if it never ends."""
    endless = server.drip(redirect("/page", Content_Length="100000"), b"x" * 100_000)
    server.responses |= {"/story": endless, "/page": response(PAGE)}
    assert PAGE == fetch(server.url + "/story", timeout=5).content


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", response(b"", Content_Length="90000")])
def test_dripping_server(server: Server, head: bytes) -> None:
    """A server that sends one byte at a time, in the headers or the body, ends in a timeout."""
    server.responses["/story"] = server.drip(head, b"z" * 1000)
    started = time.monotonic()
    assert Code.TIMEOUT == failure(server.url + "/story", timeout=0.3).code
    assert time.monotonic() - started < 10  # all the bytes would take 20 s


def test_silent_server(server: Server) -> None:
    """A server that accepts the connection and sends nothing ends in a timeout after `idle_timeout`."""

    def silence(_: socket.socket) -> None:
        server.stopped.wait(10)

    server.responses["/story"] = silence
    assert Code.TIMEOUT == failure(server.url + "/story", idle_timeout=0.1).code


def test_closed_port() -> None:
    """A closed port is a connection error, not a timeout."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert Code.CONNECT_ERROR == failure(f"http://127.0.0.1:{port}/").code


def test_no_tls(server: Server) -> None:
    """A server that does not speak TLS is an error, and gets no request without TLS."""
    server.responses["/story"] = response(PAGE)
    error = failure(server.url.replace("http:", "https:") + "/story", timeout=0.2)
    assert error.code in (Code.TLS_ERROR, Code.TIMEOUT, Code.CONNECT_ERROR)
    assert [] == server.requests


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown host name has another code than a server that does not answer."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = failure("http://nowhere.example/")
    assert (Code.DNS_ERROR, True) == (error.code, error.retryable)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/story",
        "ftp://news.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///story",
        "http://a b/",
        "http://a..b/",
        "http://[::1/",
        "http://[::zz]/",
        "http://news.example:99999/",
        "http://news.example:x/",
        "http://\u2488.example/",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_bad_url(url: str) -> None:
    """A string that is not an http or https URL is refused before anything is sent."""
    assert Code.BAD_URL == failure(url).code


def test_password_stays_secret() -> None:
    """A URL with a password is refused, and the password is in no field of the error."""
    error = failure("http://name:secret@news.example/story")
    assert (Code.BAD_URL, "http://news.example/story") == (error.code, error.url)
    assert "secret" not in error.message


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("  https://News.Example/a\n", "https://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a\tb#part", "https://news.example/ab"),
        ("https://news.example\\a?b\\c", "https://news.example/a?b%5Cc"),
        ("https://bücher.example/straße?q=ä", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("https://news.example/a%20b?c=100%", "https://news.example/a%20b?c=100%25"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("http://news.example/a@b", "http://news.example/a@b"),
    ],
)
def test_clean_url(url: str, expected: str) -> None:
    """URLs are normalised for a request, and normalising them again changes nothing."""
    assert expected == clean_url(url)
    assert expected == clean_url(expected)


def test_follow_keeps_the_host() -> None:
    """A relative URL is resolved against the URL of the redirect."""
    assert "https://news.example/b" == follow("https://news.example/a/", "/b")
    assert "https://other.example/b" == follow("https://news.example/a/", "//other.example/b")
