"""Proxies, HTTP and SOCKS: only the given one is used, and private addresses stay blocked."""

from __future__ import annotations

import importlib.util
import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from click.testing import CliRunner
from servers import Server, redirect, response

from cleaner.command import app
from cleaner.errors import Code, FetchError
from cleaner.http import politeness
from cleaner.http.fetcher import Fetcher

PAGE = response(b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>")
NEWS = "http://news.example/a"


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host names of these tests resolve to fixed addresses."""
    addresses = {"news.example": "93.184.215.14", "inner.example": "10.0.0.1"}
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *arguments: Any, **options: Any) -> Any:
        if host.endswith(".example") and host not in addresses:
            raise socket.gaierror(-2, "Name or service not known")
        return real(addresses.get(host, host), port, *arguments, **options)

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr(politeness, "MIN_GAP", 0.01)


@pytest.fixture
def proxy() -> Iterator[Server]:
    with Server() as running:
        yield running


def through(proxy: Server, **options: Any) -> Fetcher:
    return Fetcher(proxy=proxy.url, ignore_robots=True, **options)


def test_all_goes_through_the_proxy(proxy: Server) -> None:
    """Pages, redirects and robots.txt are requested from the proxy, which may be on this machine."""
    proxy.responses |= {NEWS: redirect("/b"), "http://news.example/b": PAGE}
    page = Fetcher(proxy=f"{proxy.url}/").fetch(NEWS)
    assert "http://news.example/b" == page.final_url
    assert ["http://news.example/robots.txt", NEWS, "http://news.example/b"] == proxy.paths


def test_tunnel(proxy: Server) -> None:
    """An https page is fetched through a tunnel; the password of the proxy is sent to the proxy only."""

    def pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65536):
                target.sendall(received)
            target.shutdown(socket.SHUT_WR)

    with Server(tls=True) as news:
        news.responses["/a"] = PAGE
        port = int(news.url.rpartition(":")[2])

        def tunnel(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            with socket.create_connection(("127.0.0.1", port)) as target_socket:
                threading.Thread(target=pump, args=(target_socket, connection), daemon=True).start()
                pump(connection, target_socket)

        proxy.responses["news.example:443"] = tunnel
        proxy_url = proxy.url.replace("//", "//me:secret@")
        fetcher = Fetcher(proxy=proxy_url, ignore_robots=True, insecure=True)
        assert fetcher.fetch("https://news.example/a").content
        assert "Proxy-Authorization: Basic bWU6c2VjcmV0" in proxy.requests[0]
        assert ["/a"] == news.paths
        assert "Proxy-Authorization" not in news.requests[0]
        with pytest.raises(FetchError) as caught:
            Fetcher(proxy=proxy_url, ignore_robots=True).fetch("https://news.example/a")
        assert Code.TLS_ERROR == caught.value.code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://inner.example/", Code.BLOCKED_URL),
        ("http://127.0.0.1/", Code.BLOCKED_URL),
        ("http://2130706433/", Code.BLOCKED_URL),
        ("https://169.254.169.254/latest", Code.BLOCKED_URL),
        ("http://unknown.example/", Code.DNS_ERROR),
    ],
)
def test_private_addresses_are_blocked(proxy: Server, url: str, code: Code) -> None:
    """Hosts that have a private address here, or none, are not requested from the proxy either."""
    for fetch, paths in ((url, []), (NEWS, [NEWS])):
        proxy.responses[NEWS] = redirect(url)
        with pytest.raises(FetchError) as caught:
            through(proxy).fetch(fetch)
        assert (code, paths) == (caught.value.code, proxy.paths)
    proxy.responses["http://unknown.example/"] = PAGE
    assert through(proxy, allow_private=True).fetch("http://unknown.example/").content


def test_unreachable_proxy() -> None:
    """A proxy that cannot be reached is an error of the page, without the password of the proxy."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for url in (NEWS, "https://news.example/a"):
        fetcher = Fetcher(proxy=f"http://me:secret@127.0.0.1:{port}", ignore_robots=True, sleep=lambda _: None)
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(url)
        assert Code.CONNECT_ERROR == caught.value.code
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "proxy", ["", "proxy:8080", "socks4://proxy:1080", "http://", "http://proxy/path", "socks5://", "http://a:b"]
)
def test_bad_proxy(proxy: str) -> None:
    """A string that is not the URL of a proxy is refused before anything is fetched."""
    with pytest.raises(ValueError, match="the proxy must be a URL"):
        Fetcher(proxy=proxy)


def test_command(proxy: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option and `CLEANER_PROXY` set the proxy; the usual proxy variables are ignored."""
    proxy.responses[NEWS] = response(b"", status="403 No")
    arguments = [NEWS, "--ignore-robots"]

    def status(*options: str) -> int | None:
        result = CliRunner().invoke(app.command, [*arguments, "--timeout", "1", *options])
        http_status: int | None = json.loads(result.stdout)["error"].get("http_status")
        return http_status

    assert 403 == status("--proxy", proxy.url)
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.setattr("cleaner.http.fetcher.RETRY_DELAYS", ())
    monkeypatch.setattr("cleaner.http.transport.is_public", lambda _: False)
    assert status() is None
    assert [NEWS] == proxy.paths
    monkeypatch.setattr("cleaner.http.transport.is_public", lambda _: True)
    monkeypatch.setenv("CLEANER_PROXY", proxy.url)
    assert 403 == status()
    monkeypatch.undo()
    assert 2 == CliRunner().invoke(app.command, [*arguments, "--proxy", "socks4://a"]).exit_code


class Socks(Server):
    """A SOCKS5 proxy (RFC 1928) that answers every request itself, or with the server `behind` it.

    `targets` are the hosts and ports that were asked for: a name, or an address in brackets.
    """

    def __init__(self, *, password: bytes = b"") -> None:
        super().__init__()
        self.password = password
        self.targets: list[tuple[str, int]] = []
        self.behind: Server | None = None
        self.refuses = False
        self.is_slow = False
        self.url = self.url.replace("http", "socks5")

    def _converse(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        _, count = stream.read(2)
        methods = stream.read(count)
        if self.password:
            assert 2 in methods
            connection.sendall(b"\5\2")
            _, length = stream.read(2)
            user = stream.read(length)
            accepted = user + b":" + stream.read(*stream.read(1)) == self.password
            connection.sendall(b"\1\0" if accepted else b"\1\1")
            if not accepted:
                return
        else:
            connection.sendall(b"\5\0")
        _, _, _, kind = stream.read(4)
        if kind == 3:
            host = stream.read(*stream.read(1)).decode()
        else:
            family, length = (socket.AF_INET, 4) if kind == 1 else (socket.AF_INET6, 16)
            host = f"[{socket.inet_ntop(family, stream.read(length))}]"
        self.targets.append((host, *struct.unpack(">H", stream.read(2))))
        answer = (b"\5\5" if self.refuses else b"\5\0") + b"\0\1" + bytes(6)
        if self.is_slow:
            self.drip(b"", answer * 100)(connection)
            return
        connection.sendall(answer)
        if self.behind:
            self.behind._answer(connection)
        elif not self.refuses:
            super()._converse(connection)


@pytest.fixture
def socks() -> Iterator[Socks]:
    with Socks() as running:
        running.responses["/a"] = PAGE
        yield running


needs_pysocks = pytest.mark.skipif(importlib.util.find_spec("socks") is None, reason="PySocks is not installed")


@needs_pysocks
class TestSocks:
    """SOCKS5 proxies."""

    def test_addresses(self, socks: Socks) -> None:
        """With socks5, the proxy gets the address that the name has here, for the page and its redirects."""
        socks.responses |= {"/": redirect("http://[2606:4700::1111]:8080/a")}
        assert through(socks).fetch("http://news.example/").content
        assert [("[93.184.215.14]", 80), ("[2606:4700::1111]", 8080)] == socks.targets
        assert ["Host: news.example"] == [line for line in socks.requests[0].splitlines() if line.startswith("Host")]

    def test_names(self, socks: Socks) -> None:
        """With socks5h, the proxy gets the name; with `allow_private`, it need not be known here."""
        socks.url = socks.url.replace("socks5", "socks5h")
        assert through(socks).fetch(NEWS).content
        assert through(socks, allow_private=True).fetch("http://hidden.example:81/a").content
        assert [("news.example", 80), ("hidden.example", 81)] == socks.targets

    @pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("http://inner.example/", Code.BLOCKED_URL),
            ("http://127.0.0.1/", Code.BLOCKED_URL),
            ("http://[::1]/", Code.BLOCKED_URL),
            ("http://2130706433/", Code.BLOCKED_URL),
            ("https://169.254.169.254/latest", Code.BLOCKED_URL),
            ("http://unknown.example/", Code.DNS_ERROR),
        ],
    )
    def test_private_addresses_are_blocked(self, socks: Socks, scheme: str, url: str, code: Code) -> None:
        """The proxy is not asked for hosts that have a private address here, or none."""
        socks.url = socks.url.replace("socks5", scheme)
        socks.responses["/a"] = redirect(url)
        for fetch, requests in ((url, 0), (NEWS, 1)):
            with pytest.raises(FetchError) as caught:
                through(socks).fetch(fetch)
            assert (code, requests) == (caught.value.code, len(socks.targets))

    def test_another_answer(self, socks: Socks, monkeypatch: pytest.MonkeyPatch) -> None:
        """With socks5, a name is resolved once, so that a second answer cannot lead to another address."""
        real = socket.getaddrinfo
        answers = iter(["93.184.215.14", "127.0.0.1"])

        def resolve(host: str, *rest: Any, **options: Any) -> Any:
            return real(next(answers) if host == "turning.example" else host, *rest, **options)

        monkeypatch.setattr("socket.getaddrinfo", resolve)
        assert through(socks).fetch("http://turning.example/a").content
        assert [("[93.184.215.14]", 80)] == socks.targets

    def test_password(self) -> None:
        """The user name and the password, which may be escaped, are for the proxy; no error quotes them."""
        with Socks(password=b"me:se@cret") as socks:
            socks.responses["/a"] = PAGE
            socks.url = socks.url.replace("//", "//me:se%40cret@")
            assert through(socks).fetch(NEWS).content
            socks.password = b"you:other"
            with pytest.raises(FetchError) as caught:
                through(socks, sleep=lambda _: None).fetch(NEWS)
            assert (Code.CONNECT_ERROR, False) == (caught.value.code, "cret" in str(caught.value))

    def test_failures(self, socks: Socks, monkeypatch: pytest.MonkeyPatch) -> None:
        """A target that the proxy cannot reach, a proxy that is too slow, and one that does not answer are errors."""
        monkeypatch.setattr("cleaner.http.fetcher.RETRY_DELAYS", ())
        socks.refuses = True
        codes = []
        for slow in (False, True):
            socks.refuses, socks.is_slow = not slow, slow
            with pytest.raises(FetchError) as caught:
                through(socks, timeout=0.1).fetch(NEWS)
            codes.append(caught.value.code)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            socks.url = f"socks5://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(FetchError) as caught:
            through(socks).fetch(NEWS)
        assert [Code.CONNECT_ERROR, Code.TIMEOUT, Code.CONNECT_ERROR] == [*codes, caught.value.code]

    def test_https(self) -> None:
        """An https page is fetched through the proxy with a checked certificate."""
        with Socks() as socks, Server(tls=True) as news:
            socks.behind, news.responses["/a"] = news, PAGE
            assert through(socks, insecure=True).fetch("https://news.example/a").content
            with pytest.raises(FetchError) as caught:
                through(socks).fetch("https://news.example/a")
        assert ([("[93.184.215.14]", 443)] * 2, ["/a"]) == (socks.targets, news.paths)
        assert Code.TLS_ERROR == caught.value.code


def test_without_pysocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PySocks, a SOCKS proxy is refused before anything is fetched, and the message says what to install."""
    monkeypatch.setattr("cleaner.http.fetcher.find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"pip install '\.\[socks\]'"):
        Fetcher(proxy="socks5://127.0.0.1:1080")
