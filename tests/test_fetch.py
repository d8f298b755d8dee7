"""The fetcher against a server on the loopback that does what servers on the web do."""

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


def deflated_without_header(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def fetch(url: str, **options: Any) -> Page:
    """The page, from the loopback, at once."""
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
    """A page comes with its bytes undecoded, where it came from, lower-case headers and the time."""
    server.responses["/story"] = response(PAGE, X_Shout="Yes")
    before = datetime.now(UTC)
    page = fetch(server.url + "/story#comments")
    assert PAGE == page.content
    assert (server.url + "/story#comments", server.url + "/story") == (page.url, page.final_url)
    assert ("text/html; charset=utf-8", "Yes") == (page.headers["content-type"], page.headers["x-shout"])
    assert page.fetched_at is not None
    assert before <= page.fetched_at <= datetime.now(UTC)


def test_request_is_honest(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """One GET says who asks, offers what can be unpacked, and carries nothing that a variable smuggles in."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("CLEANER_CONTACT", raising=False)
    server.responses["/story"] = response(PAGE)
    fetch(server.url + "/story")
    (request,) = server.requests
    assert request.startswith("GET /story HTTP/1.1\r\n")
    assert f"\r\nUser-Agent: news-cleaner/{__version__}\r\n" in request
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
        ("deflate", deflated_without_header(PAGE)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE), mtime=0)),
        ("identity", PAGE),
        ("", gzip.compress(PAGE, mtime=0)),
    ],
)
def test_unpacked(server: Server, coding: str, body: bytes) -> None:
    """Every coding that a server may use is taken off, and so is a gzip that the server forgot to name."""
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
def test_badly_packed(server: Server, coding: str, body: bytes, code: Code) -> None:
    """Half a stream is incomplete and a broken one an error; neither ever is a page."""
    server.responses["/story"] = response(body, Content_Encoding=coding)
    assert code == failure(server.url + "/story").code


@pytest.mark.skipif(importlib.util.find_spec("brotli") is None, reason="brotli is not installed")
def test_brotli() -> None:
    """With a brotli that bounds its steps, Brotli is offered, unpacked piece by piece, and its end is asked for."""
    import brotli

    packed = brotli.compress(PAGE * 5000)
    pieces = [packed[place : place + 7] for place in range(0, len(packed), 7)]
    assert decompress.brotli_known()
    assert PAGE * 5000 == b"".join(decompress.unpack(pieces, "br"))
    with pytest.raises(InputError) as caught:
        b"".join(decompress.unpack([packed[:-3]], "br"))
    assert Code.INCOMPLETE == caught.value.code


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", ""])
def test_bomb(server: Server, coding: str) -> None:
    """The limit is counted on unpacked bytes, also on those of a gzip that nobody named."""
    body = gzip.compress(b"<p>a</p>" * 1_000_000)
    for _ in range(coding.count(",")):
        body = gzip.compress(body, mtime=0)
    server.responses["/story"] = response(body, **({"Content_Encoding": coding} if coding else {}))
    assert Code.TOO_LARGE == failure(server.url + "/story", max_bytes=100_000).code


def test_too_large_before_reading(server: Server) -> None:
    """A length above the limit is enough: nothing of the body is waited for."""
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
    """What is no page is an error that says which, with the status where one came."""
    server.responses["/story"] = answer
    error = failure(server.url + "/story")
    assert (code, status) == (error.code, error.http_status)


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/octet-stream", "image/png", ";;/="])
def test_bytes_are_asked_first(server: Server, content_type: str | None) -> None:
    """What looks like a page is one, whatever the server calls it."""
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
    """A redirect is followed however its address is written, and the address that answered is told."""
    server.responses |= {"/story": redirect(location), path: response(PAGE)}
    assert server.url + path == fetch(server.url + "/story").final_url


def test_cookies_live_for_one_page(server: Server) -> None:
    """A cookie set on the way is sent on the next hop, and not with the next page."""
    server.responses |= {"/story": redirect("/page", Set_Cookie="seen=1; Path=/"), "/page": response(PAGE)}
    fetch(server.url + "/story")
    fetch(server.url + "/page")
    assert ["seen=1" in request for request in server.requests] == [False, True, False]


def test_two_locations(server: Server) -> None:
    """Of two places to go, the first is it, and not the two as one address."""
    server.responses["/old"] = redirect("/new").replace(b"\r\n\r\n", b"\r\nLocation: /newer\r\n\r\n", 1)
    server.responses["/new"] = response(PAGE)
    assert PAGE == fetch(server.url + "/old").content


def test_redirects_without_end(server: Server) -> None:
    """After ten redirects it is enough."""
    server.responses["/loop"] = redirect("/loop")
    assert Code.TOO_MANY_REDIRECTS == failure(server.url + "/loop").code
    assert ["/loop"] * (MAX_HOPS + 1) == server.paths


def test_redirect_body_is_not_read(server: Server) -> None:
    """The body of a redirect is nobody's business, even where it never ends."""
    endless = server.drip(redirect("/page", Content_Length="100000"), b"x" * 100_000)
    server.responses |= {"/story": endless, "/page": response(PAGE)}
    assert PAGE == fetch(server.url + "/story", timeout=5).content


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", response(b"", Content_Length="90000")])
def test_dripping_server(server: Server, head: bytes) -> None:
    """A server that sends a byte now and then, in headers or body, is left at the deadline."""
    server.responses["/story"] = server.drip(head, b"z" * 1000)
    started = time.monotonic()
    assert Code.TIMEOUT == failure(server.url + "/story", timeout=0.3).code
    assert time.monotonic() - started < 2


def test_silent_server(server: Server) -> None:
    """A server that accepts and says nothing is left after the time between two bytes."""

    def silence(_: socket.socket) -> None:
        server.stopped.wait(10)

    server.responses["/story"] = silence
    assert Code.TIMEOUT == failure(server.url + "/story", idle_timeout=0.1).code


def test_nobody_listens() -> None:
    """A closed port is no time-out."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert Code.CONNECT_ERROR == failure(f"http://127.0.0.1:{port}/").code


def test_no_tls(server: Server) -> None:
    """A server that does not speak TLS is no secure server, and is not asked without."""
    server.responses["/story"] = response(PAGE)
    error = failure(server.url.replace("http:", "https:") + "/story", timeout=0.2)
    assert error.code in (Code.TLS_ERROR, Code.TIMEOUT, Code.CONNECT_ERROR)
    assert [] == server.requests


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody knows is told apart from a server that does not answer."""

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
    """What is no address of the web is refused before anything is sent."""
    assert Code.BAD_URL == failure(url).code


def test_password_stays_secret() -> None:
    """An address with a password is refused, and the password is in no field of the error."""
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
    """Addresses become what a request needs, and cleaning them again changes nothing."""
    assert expected == clean_url(url)
    assert expected == clean_url(expected)


def test_follow_keeps_the_host() -> None:
    """An address without a host is read on the page that it stands on."""
    assert "https://news.example/b" == follow("https://news.example/a/", "/b")
    assert "https://other.example/b" == follow("https://news.example/a/", "//other.example/b")
