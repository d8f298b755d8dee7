"""The articles that a site lists: from which files, in which order, and with what limits for hostile files."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from measuring import CpuLimit
from servers import Server, redirect, response

from cleaner.command import app
from cleaner.discovery import discover as discovering
from cleaner.discovery.discover import Discovery, discover
from cleaner.discovery.feeds import Entry, read_feed, read_sitemap
from cleaner.errors import Code, FetchError, InputError
from cleaner.http import politeness
from cleaner.http.fetcher import Fetcher

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://town.example/</link>
<item><title>Ferry &amp; bridge</title><link> https://town.example/ferry </link>
<pubDate>Mon, 06 May 2024 08:00:00 +0200</pubDate></item>
<item><title><![CDATA[The <b>bridge</b>]]></title><guid>https://town.example/bridge</guid>
<dc:date>2024-05-05</dc:date></item>
<item><guid isPermaLink="false">42</guid><title>Nothing</title></item>
<item><link>/relative</link><pubDate>some day</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="https://town.example/atom.xml"/>
<entry><title type="html">Ferry</title><link rel="replies" href="https://town.example/ferry/comments"/>
<link href="https://town.example/ferry"/><updated>2024-05-07T00:00:00Z</updated>
<published>2024-05-06T06:00:00Z</published></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [
        {"id": "1", "url": "https://town.example/ferry", "title": "Ferry", "date_published": "2024-05-06T06:00:00Z"},
        {"id": "2", "url": 5},
        "no item",
    ],
}
NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://town.example/ferry</loc><news:news><news:publication><news:name>Town</news:name></news:publication>
<news:publication_date>2024-05-06T06:00:00+00:00</news:publication_date><news:title>Ferry</news:title></news:news></url>
<url><loc>https://town.example/about</loc><lastmod>2024-05-06</lastmod></url></urlset>"""
FERRY = Entry("https://town.example/ferry", datetime(2024, 5, 6, 6, tzinfo=UTC), "Ferry")
DAY = "Mon, {:02} May 2024 12:00:00 GMT"


def test_rss() -> None:
    """RSS has URLs, dates and titles; the URL may also be a permalink guid."""
    expected = (
        FERRY._replace(title="Ferry & bridge"),
        Entry("https://town.example/bridge", date(2024, 5, 5), "The <b>bridge</b>"),
        Entry("https://town.example/relative"),
    )
    assert expected == read_feed(RSS.encode(), "https://town.example/feed")


@pytest.mark.parametrize(
    "content",
    [ATOM.encode(), b"\n" + ATOM.encode(), json.dumps(JSON_FEED).encode(), json.dumps(JSON_FEED).encode("utf-8-sig")],
)
def test_other_feeds(content: bytes) -> None:
    """Atom and JSON Feed give the same; the date of publication comes before that of the last change."""
    assert (FERRY,) == read_feed(content, "https://town.example/feed")


def test_rdf() -> None:
    """RSS 1.0 has its items beside the channel."""
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item><title>Ferry</title>'
        "<link>https://town.example/ferry</link><dc:date>2024-05-06T06:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert (FERRY,) == read_feed(feed.encode(), "https://town.example/feed")


def test_broken_feed() -> None:
    """The entries of a truncated or malformed feed are read as far as possible."""
    for broken in (RSS[:420], RSS.replace("&amp;", "&")):
        assert FERRY.url == (read_feed(broken.encode(), "https://town.example/feed") or ())[0].url


@pytest.mark.parametrize("content", [b"", b"<html><p>no feed", b"{}", b'{"items": [1]}', b"[1]", b"\xff\xfe", b"<"])
def test_no_feed(content: bytes) -> None:
    """Content that is neither a feed nor a sitemap gives `None`."""
    assert (None, None) == (read_feed(content, "https://town.example/"), read_sitemap(content, "https://town.example/"))


def test_sitemap() -> None:
    """The news entries of a sitemap are articles; an index has sitemaps."""
    sitemap = read_sitemap(NEWS.encode(), "https://town.example/s.xml")
    assert ((FERRY,), ()) == sitemap
    index = '<sitemapindex xmlns="x"><sitemap><loc>/n.xml</loc><lastmod>2024-05-06</lastmod></sitemap></sitemapindex>'
    named = Entry("https://town.example/n.xml", date(2024, 5, 6))
    assert ((), (named,)) == read_sitemap(index.encode(), "https://town.example/s.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    """XML that declares entities, whether they read a file or grow without end, is not parsed."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><rss><item>&b;</item></rss>'
    for read in (read_feed, read_sitemap):
        with pytest.raises(InputError) as caught:
            read(bomb.encode(encoding), "https://town.example/")  # type: ignore[operator]
        assert Code.DECODE_ERROR == caught.value.code


@pytest.mark.parametrize(
    "feed",
    [
        "<rss>" + "<item>" * 100_000,
        "<rss>" + "<item><link>https://town.example/a</link></item>" * 60_000 + "</rss>",
        "<rss><item><link>https://town.example/" + "a" * 1_000_000 + "</link></item></rss>",
        "<rss><item><link>https://town.example/a</link><title>" + "a" * 1_000_000 + "</title></item></rss>",
        "<rss><item><link>https://town.example/a</link><pubDate>" + "9" * 1_000_000 + "</pubDate></item></rss>",
        "<rss><item><link>http://[::1/</link></item><item><link>javascript:alert(1)</link></item></rss>",
        "<rss><link><![CDATA[" * 20_000,
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
        '{"version": "https://jsonfeed.org/version/1", "items": [{"url": ' + "9" * 5000 + "}]}",
    ],
)
def test_hostile_feeds(feed: str, cpu_limit: CpuLimit) -> None:
    """Reading any feed takes a moment, and the size of the result is limited."""
    with cpu_limit(3):
        entries = read_feed(feed.encode(), "https://town.example/") or ()
    assert len(entries) <= 50_000
    assert all(len(entry.url) < 5000 and len(entry.title or "") <= 1000 for entry in entries)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a host name, because IP addresses have no domain."""
    real = socket.getaddrinfo
    monkeypatch.setattr("socket.getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more))
    monkeypatch.setattr(politeness, "MIN_GAP", 0.0)
    with Server() as running:
        running.url = running.url.replace("127.0.0.1", "www.town.example")
        yield running


def page(*feeds: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    return response(f"<html><head>{links}</head><body><p>Town news</p></body></html>".encode())


def rss(*items: tuple[str, int | None]) -> bytes:
    dated = [(url, f"<pubDate>{DAY.format(day)}</pubDate>" if day else "") for url, day in items]
    elements = (f"<item><link>{url}</link>{date}</item>" for url, date in dated)
    return xml(f'<rss version="2.0"><channel>{"".join(elements)}</channel></rss>')


def news(*items: tuple[str, int]) -> bytes:
    elements = (
        f"<url><loc>{url}</loc><n:news><n:publication_date>2024-05-{day:02}</n:publication_date></n:news></url>"
        for url, day in items
    )
    return xml(f'<urlset xmlns="s" xmlns:n="n">{"".join(elements)}</urlset>')


def index(*urls: str) -> bytes:
    elements = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return xml(f'<sitemapindex xmlns="s">{elements}</sitemapindex>')


def xml(text: str) -> bytes:
    return response(text.encode(), content_type="application/xml")


def search(url: str, **options: Any) -> Discovery:
    return discover(url, fetcher=Fetcher(**{"allow_private": True, "sleep": lambda _: None, **options}))


def names(discovery: Discovery) -> list[str]:
    return [link.url.rpartition("/")[2] for link in discovery.found]


def test_feeds_and_sitemaps(server: Server) -> None:
    """The articles of feeds and news sitemaps are one list, newest first, without duplicates or tracking parameters."""
    at = server.url
    robots = f"Sitemap: {at}/pages.xml\nSitemap: {at}/news.xml.gz\n"
    server.responses |= {
        "/": page("/feed", "/comments/feed"),
        "/robots.txt": response(robots.encode(), content_type="text/plain"),
        "/feed": rss(
            (f"{at}/a?utm_source=rss", 4),
            ("/b", None),
            ("https://other.example/x", 9),
            ("/c.html?id=5#top", 2),
            ("/", 9),
        ),
        "/news.xml.gz": response(gzip.compress(news((f"{at}/a", 7), (f"{at}/d", 5)).partition(b"\r\n\r\n")[2])),
    }
    result = search(at)
    assert (["d", "a", "c.html?id=5", "b"], ()) == (names(result), result.problems)
    assert [f"{at}/news.xml.gz", f"{at}/feed"] == [link.source for link in result.found[:2]]
    assert ["/robots.txt", "/", "/feed", "/news.xml.gz"] == server.paths


def test_feed_url(server: Server) -> None:
    """The URL of a feed gives all its articles, of any site, and no other file is fetched."""
    server.responses["/feed"] = rss(("https://other.example/x", 2), ("/a", 3))
    assert ["a", "x"] == names(search(f"{server.url}/feed"))
    assert ["/robots.txt", "/feed"] == server.paths


def test_sitemap_url(server: Server) -> None:
    """The URL of a sitemap gives its articles and those of the sitemaps in it."""
    server.responses |= {"/s.xml": index("/news1.xml"), "/news1.xml": news(("/a", 3), ("https://other.example/x", 2))}
    assert ["a", "x"] == names(search(f"{server.url}/s.xml"))


def test_usual_paths(server: Server) -> None:
    """If a site declares neither feed nor sitemap, the usual paths are tried; a missing file is no problem then."""
    server.responses |= {"/": page(), "/rss.xml": rss(("/a", 1)), "/sitemap.xml": index("/google.xml", "/old.xml")}
    server.responses["/google.xml"] = news(("/b", 2))
    result = search(server.url)
    assert (["b", "a"], ()) == (names(result), result.problems)
    assert not {"/rss", "/old.xml"} & {*server.paths}


def test_section(server: Server) -> None:
    """A section has the articles of its own feed, and those below its path in the sitemaps."""
    server.responses |= {
        "/sport/": page("/sport/feed"),
        "/sport/feed": rss(("/sport/a", 1), ("/b", 2)),
        "/news-sitemap.xml": news(("/sport/c", 3), ("/d", 4)),
    }
    assert ["c", "b", "a"] == names(search(f"{server.url}/sport/"))


def test_sitemaps_without_end(server: Server) -> None:
    """Indexes that name each other, or very many sitemaps, end after a few requests."""
    server.responses |= {"/": page("/feed"), "/feed": rss(("/a", 1))}
    named = "".join(f"Sitemap: {server.url}/news{number}.xml\n" for number in range(50))
    server.responses["/robots.txt"] = response(named.encode(), content_type="text/plain")
    for number in range(50):
        server.responses[f"/news{number}.xml"] = index(*(f"/news{each}.xml" for each in range(50)))
    assert ["a"] == names(search(server.url))
    assert len(server.requests) <= 3 + discovering.MAX_SITEMAPS


def test_problems_are_reported(server: Server) -> None:
    """Declared files that cannot be fetched are reported; the others are read."""
    server.responses |= {
        "/": page("/gone", "/bomb", "/feed"),
        "/bomb": xml("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>"),
        "/feed": rss(("/a", 1)),
        "/robots.txt": response(f"Sitemap: {server.url}/gone.xml".encode(), content_type="text/plain"),
    }
    result = search(server.url)
    assert ["a"] == names(result)
    assert [404, None, 404] == [getattr(problem, "http_status", None) for problem in result.problems]


def test_politeness_and_safety(server: Server) -> None:
    """Files that robots.txt forbids, other schemes and private networks are not fetched."""
    server.responses |= {
        "/": page("/secret/feed", "file:///etc/passwd", "/far"),
        "/far": redirect("file:///etc/passwd"),
        "/robots.txt": response(b"User-agent: *\nDisallow: /secret", content_type="text/plain"),
        "/secret/feed": rss(("/a", 1)),
    }
    result = search(server.url)
    assert {Code.ROBOTS_DENIED, Code.BLOCKED_URL} == {problem.code for problem in result.problems}
    assert "/secret/feed" not in server.paths
    with pytest.raises(FetchError) as caught:
        search(server.url, allow_private=False)
    assert Code.BLOCKED_URL == caught.value.code


def test_command(server: Server) -> None:
    """The command prints URLs or JSON lines; the command that cleans accepts both as a list."""
    server.responses |= {"/": page("/feed"), "/feed": rss(("/a", 1), ("/b", 2), ("/c", None))}

    def run(*arguments: str, stdin: str | None = None) -> Any:
        return CliRunner().invoke(app.command, [*arguments, "--allow-private"], input=stdin, prog_name="cleaner")

    plain = run("discover", server.url)
    assert (0, [f"{server.url}/{name}" for name in "bac"]) == (plain.exit_code, plain.stdout.splitlines())
    lines = run("discover", server.url, "--format", "jsonl", "--limit", "2")
    expected = {"url": f"{server.url}/b", "published": "2024-05-02T12:00:00+00:00", "title": None}
    expected["source"] = f"{server.url}/feed"
    assert (expected, 2) == (json.loads(lines.stdout.splitlines()[0]), len(lines.stdout.splitlines()))
    for listed in (plain.stdout, run("discover", server.url, "--format", "jsonl").stdout):
        records = [json.loads(line) for line in run("-i", "-", stdin=listed).stdout.splitlines()]
        assert {f"{server.url}/{name}": 404 for name in "abc"} == {r["url"]: r["error"]["http_status"] for r in records}
    server.responses["/"], server.responses["/feed"] = page(), b""
    nothing = run("discover", server.url)
    assert (4, "") == (nothing.exit_code, nothing.stdout)
    assert "neither a feed nor a news sitemap" in nothing.stderr
    assert (4, "") == ((bad := run("discover", "file:///etc/passwd")).exit_code, bad.stdout)


def test_timeout_of_the_feed_search(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """If finding the feeds of a page takes too long, the search goes on without them."""
    monkeypatch.setattr(discovering, "MAX_SECONDS", 0.001)  # it takes 0.2 s
    server.responses["/"] = response(b"<html><body>" + b"<a href=/town>Town</a>" * 20_000)
    server.responses["/news-sitemap.xml"] = response(NEWS.replace("https://town.example", server.url).encode())
    result = discover(server.url, fetcher=Fetcher(allow_private=True))
    assert Code.EXTRACT_TIMEOUT in {problem.code for problem in result.problems}
    assert [f"{server.url}/ferry"] == [each.url for each in result.found]
