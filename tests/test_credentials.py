"""The headers and cookies of the user: which requests get them, and which of them are refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.cookiejar import MozillaCookieJar
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from servers import Server, redirect, response

from cleaner.command import app
from cleaner.errors import Code, InputError
from cleaner.http import politeness
from cleaner.http.cache import PageCache
from cleaner.http.credentials import Credentials, read_cookies
from cleaner.http.fetcher import Fetcher

PAGE = response(
    b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>", Cache_Control="max-age=900"
)
LOGIN = {"Authorization": "Bearer secret"}
COOKIES = """# Netscape HTTP Cookie File
town.example\tFALSE\t/\tFALSE\t0\tsession\tone
.town.example\tTRUE\t/news\tFALSE\t4000000000\tbelow\ttwo
town.example\tFALSE\t/\tTRUE\t4000000000\tsafe\tthree
#HttpOnly_town.example\tFALSE\t/\tFALSE\t4000000000\tscript\tfour
town.example\tFALSE\t/\tFALSE\t1000000000\told\tfive
far.example\tFALSE\t/\tFALSE\t4000000000\tfar\tsix
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that all names of hosts lead to."""
    real = socket.getaddrinfo
    monkeypatch.setattr("socket.getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more))
    monkeypatch.setattr(politeness, "MIN_GAP", 0.0)
    with Server() as running:
        running.url = running.url.replace("127.0.0.1", "town.example")
        running.responses["/news"] = PAGE
        yield running


def fetcher(**options: Any) -> Fetcher:
    return Fetcher(**{"allow_private": True, **options})


def sent(server: Server, header: str) -> dict[str, str | None]:
    """Return the value of a header in each request, by the host and the path."""
    values = {}
    for request in server.requests:
        first, *lines = request.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        values[headers["host"].partition(":")[0] + first.split(" ")[1]] = headers.get(header.lower())
    return values


class TestHosts:
    """Headers and cookies go to the host of the URL that the user chose."""

    def test_redirect(self, server: Server) -> None:
        """A redirect to another host, and its robots.txt, get neither; a redirect to the same host gets both."""
        far = server.url.replace("town.example", "sub.town.example")
        server.responses |= {"/a": redirect("/b"), "/b": redirect(f"{far}/news")}
        fetcher(headers=LOGIN, cookies={"pass": "key"}).fetch(f"{server.url}/a")
        for header, value in (("Authorization", "Bearer secret"), ("Cookie", "pass=key")):
            near = dict.fromkeys(("town.example/robots.txt", "town.example/a", "town.example/b"), value)
            expected = {**near, "sub.town.example/robots.txt": None, "sub.town.example/news": None}
            assert expected == sent(server, header)

    def test_another_port(self, server: Server) -> None:
        """A redirect to another port of the host, where another program may run, does not get the headers."""
        with Server() as other:
            other.responses["/news"] = PAGE
            server.responses["/a"] = redirect(other.url.replace("127.0.0.1", "town.example") + "/news")
            fetcher(headers=LOGIN).fetch(f"{server.url}/a")
            assert {None} == {*sent(other, "Authorization").values()}

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("http://town.example/b", True),
            ("http://town.example:80/b", True),
            ("https://town.example/b", True),
            ("http://town.example:8080/b", False),
            ("http://www.town.example/b", False),
            ("http://town.example.far.example/b", False),
        ],
    )
    def test_same_host(self, url: str, expected: bool) -> None:
        """The same host is the same name and port; https is also the same host as http, but not the reverse."""
        credentials = Credentials(LOGIN)
        assert expected is bool(credentials.headers_for(url, "http://town.example/a"))
        assert not credentials.headers_for("http://town.example/", "https://town.example/a")

    def test_secure(self) -> None:
        """A cookie for an https URL is not sent over http."""
        (cookie,) = Credentials(cookies={"a": "b"}).cookies_for("https://town.example/a")
        assert (True, "town.example") == (cookie.secure, cookie.domain)

    def test_found_on(self, server: Server) -> None:
        """A URL that a page of another host names gets nothing; one that a page of its own host names does."""
        there = fetcher(headers=LOGIN, cookies={"pass": "key"})
        there.fetch(f"{server.url}/news", found_on="http://far.example/list")
        assert {None} == {*sent(server, "Authorization").values(), *sent(server, "Cookie").values()}
        there.fetch(f"{server.url}/news", found_on=f"{server.url}/list")
        assert "Bearer secret" == sent(server, "Authorization")["town.example/news"]

    def test_cookies_of_the_server(self, server: Server) -> None:
        """Cookies that a server sets for the next request are sent beside those of the user."""
        server.responses["/a"] = redirect("/news", Set_Cookie="seen=1")
        fetcher(cookies={"pass": "key"}).fetch(f"{server.url}/a")
        assert "pass=key; seen=1" == sent(server, "Cookie")["town.example/news"]

    def test_local_name(self, server: Server) -> None:
        """A host without a domain gets its cookies, too."""
        fetcher(cookies={"pass": "key"}).fetch(f"{server.url.replace('town.example', 'localhost')}/news")
        assert "pass=key" == sent(server, "Cookie")["localhost/news"]


class TestCookieFile:
    """A file of cookies."""

    def test_domains(self, server: Server, tmp_path: Path) -> None:
        """Cookies go to their domain and path; secure ones only over https, and expired ones nowhere."""
        (tmp_path / "cookies.txt").write_text(COOKIES)
        jar = read_cookies(tmp_path / "cookies.txt")
        server.responses |= {"/a": PAGE, "/b": redirect(server.url.replace("//", "//www.") + "/news")}
        for path in ("/a", "/news", "/b"):
            fetcher(cookie_jar=jar, ignore_robots=True).fetch(server.url + path)
        cookies = {place: {*(value or "").split("; ")} for place, value in sent(server, "Cookie").items()}
        assert {"session=one", "script=four"} == cookies["town.example/a"]
        assert {"session=one", "script=four", "below=two"} == cookies["town.example/news"]
        assert {"below=two"} == cookies["www.town.example/news"]
        assert {"session", "below", "safe", "script", "far"} == {cookie.name for cookie in jar}

    @pytest.mark.parametrize(
        "content", [b"", b"a=secret", COOKIES.encode() + b"secret\tTRUE\n", COOKIES.encode("utf-16")], ids=range(4)
    )
    def test_mistakes(self, tmp_path: Path, content: bytes) -> None:
        """A file of another format is an error that names the file and quotes no secret."""
        (tmp_path / "cookies.txt").write_bytes(content)
        with pytest.raises(InputError) as caught:
            read_cookies(tmp_path / "cookies.txt")
        assert (Code.IO_ERROR, False) == (caught.value.code, "secret" in caught.value.message)
        assert "cookies.txt: not a cookie file" in caught.value.message

    def test_missing_file(self, tmp_path: Path) -> None:
        """A file that does not exist is an error that says so."""
        with pytest.raises(InputError, match="no such file"):
            read_cookies(tmp_path / "cookies.txt")


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"Host": "far.example"}, "the header Host is set by the HTTP client"),
        ({"content-length": "5"}, "the header content-length is set by the HTTP client"),
        ({"Connection": "close"}, "the header Connection is set by the HTTP client"),
        ({"Proxy-Authorization": "Basic secret"}, "use --proxy"),
        ({"Cookie": "a=secret"}, "--cookie"),
        ({"User-Agent": "secret"}, "--user-agent"),
        ({"X-Key": "secret\r\nHost: far.example"}, "the value of the header X-Key must be ASCII in one line"),
        ({"X-Key": "s\xe4cret"}, "must be ASCII"),
        ({"X-Key": " secret"}, "without spaces around it"),
        ({"X-Key\n": "secret"}, "is not the name of a header"),
        ({"": "secret"}, "is not the name of a header"),
    ],
)
def test_bad_headers(headers: dict[str, str], problem: str) -> None:
    """A header that would change the request itself, or add others, is refused; the error does not quote its value."""
    with pytest.raises(ValueError, match=problem) as caught:
        Fetcher(headers=headers)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("cookies", [{"a": "secret; b=c"}, {"a": "secret\n"}, {"a b": "secret"}, {"": "secret"}])
def test_bad_cookies(cookies: dict[str, str]) -> None:
    """A cookie that would add another one or another header is refused; the error does not quote its value."""
    with pytest.raises(ValueError, match="is not valid") as caught:
        Fetcher(cookies=cookies)
    assert "secret" not in str(caught.value)


def test_cache(server: Server, tmp_path: Path) -> None:
    """A page that was fetched with a login is not taken from the cache without it, or with another."""
    cache = PageCache(tmp_path)
    jar = MozillaCookieJar()
    for options in ({}, {"headers": LOGIN}, {"cookies": {"a": "b"}}, {"cookies": {"a": "c"}}, {"cookie_jar": jar}):
        for _ in range(2):
            fetcher(cache=cache, ignore_robots=True, **options).fetch(f"{server.url}/news")
    assert 4 == len(server.paths)  # an empty jar is the same as none
    cache.close()


class TestCommand:
    """The options of the command."""

    def run(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(app.command, [*map(str, arguments), "--allow-private"], prog_name="cleaner")

    def test_options(self, server: Server, tmp_path: Path) -> None:
        """`--header`, `--cookie` and `--cookies` are sent, also by `discover`; two cookies may be in one option."""
        (tmp_path / "cookies.txt").write_text(COOKIES)
        given = ["--header", "X-Key: one:two", "--cookie", "a=b; c=d=", "--cookies", tmp_path / "cookies.txt"]
        for arguments in (("clean", f"{server.url}/news"), ("discover", f"{server.url}/news")):
            server.requests.clear()
            self.run(*arguments, *given)
            assert "one:two" == sent(server, "X-Key")["town.example/news"]
            cookies = sent(server, "Cookie")["town.example/news"] or ""
            assert {"a=b", "c=d=", "session=one", "script=four", "below=two"} == {*cookies.split("; ")}

    def test_config_file(self, server: Server, tmp_path: Path) -> None:
        """The config file may have them; the path of the cookie file is relative to its folder."""
        (tmp_path / "cookies.txt").write_text(COOKIES)
        (tmp_path / "mine.toml").write_text('header = ["X-Key: one"]\ncookie = ["a=b"]\ncookies = "cookies.txt"\n')
        self.run(f"{server.url}/news", "--config", tmp_path / "mine.toml")
        assert "one" == sent(server, "X-Key")["town.example/news"]
        assert "session=one" in (sent(server, "Cookie")["town.example/news"] or "")

    def test_secrets_are_not_stored(self, server: Server, tmp_path: Path) -> None:
        """Neither the records nor the file of the run have them, and a run may be resumed with others."""
        output = tmp_path / "out.jsonl"
        given = ["--header", "X-Key: secret", "--cookie", "a=secret"]
        self.run(f"{server.url}/news", "-o", output, *given)
        assert "secret" not in output.read_text() + (tmp_path / "out.jsonl.run.json").read_text()
        assert "was written with other settings" not in self.run(f"{server.url}/news", "-o", output, "--resume").output

    @pytest.mark.parametrize("given", [("--header", "secret"), ("--cookie", "secret"), ("--header", "Host: secret")])
    def test_mistakes(self, given: tuple[str, str]) -> None:
        """A header or cookie of another form is a usage error that does not quote it."""
        result = self.run("https://town.example/", *given)
        assert (2, False) == (result.exit_code, "secret" in result.output)

    def test_missing_cookie_file(self, tmp_path: Path) -> None:
        """A cookie file that cannot be read ends the command, and the message names the file."""
        result = self.run("https://town.example/", "--cookies", tmp_path / "cookies.txt")
        assert (3, True) == (result.exit_code, "cookies.txt: no such file" in result.output)


def test_records_of_a_batch(server: Server) -> None:
    """Every URL of a list gets the headers of the fetcher."""
    from cleaner.batch.clean_many import clean_many

    server.responses["/b"] = response(b"", status="403 No")
    urls = [f"{server.url}/news", f"{server.url}/b"]
    assert urls == [record["url"] for record in clean_many(urls, fetcher=fetcher(headers=LOGIN), jobs=1)]
    assert {"Bearer secret"} == {*sent(server, "Authorization").values()}
