"""Proxies: only the given one is used, and private addresses stay blocked."""

from __future__ import annotations

import json
import socket
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
    "proxy", ["", "proxy:8080", "socks5://proxy:1080", "http://", "http://proxy/path", "http://a:b"]
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
    assert 2 == CliRunner().invoke(app.command, [*arguments, "--proxy", "socks5://a"]).exit_code
