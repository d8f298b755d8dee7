"""The articles that a site lists: from which files, in which order, and with what limits for hostile files."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from measuring import CpuLimit
from servers import Server, one_by_one, redirect, response

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
    """The news entries of a sitemap are articles, other URLs are pages; an index has sitemaps."""
    sitemap = read_sitemap(NEWS.encode(), "https://town.example/s.xml")
    about = Entry("https://town.example/about", date(2024, 5, 6))
    assert ((FERRY,), (), (about,)) == sitemap
    index = '<sitemapindex xmlns="x"><sitemap><loc>/n.xml</loc><lastmod>2024-05-06</lastmod></sitemap></sitemapindex>'
    named = Entry("https://town.example/n.xml", date(2024, 5, 6))
    assert ((), (named,), ()) == read_sitemap(index.encode(), "https://town.example/s.xml")


@pytest.mark.parametrize(
    "content",
    [
        "<rss><channel><language>pt_BR</language><item><link>/a</link></item></channel></rss>",
        "<rss><channel><language>en</language><item xmlns:dc='d'><link>/a</link><dc:language>PT-br</dc:language></item>"
        "</channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='pt-BR'><entry><link href='/a'/></entry></feed>",
        "<feed xmlns='a' xml:lang='en'><entry xml:lang='pt-BR'><link href='/a'/></entry></feed>",
        '{"version": "https://jsonfeed.org/version/1.1", "language": "pt-BR", "items": [{"url": "/a"}]}',
        "<urlset xmlns='s' xmlns:n='n'><url><loc>/a</loc><n:news><n:publication><n:language>pt-br</n:language>"
        "</n:publication></n:news></url></urlset>",
        "<urlset xmlns='s' xmlns:x='x'><url><loc>/a</loc><x:link rel='alternate' hreflang='en' href='/b'/>"
        "<x:link rel='alternate' hreflang='pt-br' href='/a'/></url></urlset>",
    ],
)
def test_languages(content: str) -> None:
    """The language of an entry is that of its feed, unless the entry has its own."""
    sitemap = read_sitemap(content.encode(), "https://town.example/")
    entries = read_feed(content.encode(), "https://town.example/") or (sitemap and sitemap.articles + sitemap.pages)
    assert (Entry("https://town.example/a", language="pt-br"),) == entries


@pytest.mark.parametrize("language", ["", "English", "a", "en-", "<b>"])
def test_no_language(language: str) -> None:
    """A name or anything else that is not a language tag is an unknown language."""
    feed = f"<rss><channel><language><![CDATA[{language}]]></language><item><link>/a</link></item></channel></rss>"
    assert (Entry("https://town.example/a"),) == read_feed(feed.encode(), "https://town.example/")


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


def plain(*items: tuple[str, int | None]) -> bytes:
    dated = [(url, f"<lastmod>2024-05-{day:02}</lastmod>" if day else "") for url, day in items]
    return xml(f'<urlset xmlns="s">{"".join(f"<url><loc>{url}</loc>{date}</url>" for url, date in dated)}</urlset>')


def index(*items: str | tuple[str, int]) -> bytes:
    elements = ""
    for item in items:
        url, day = item if isinstance(item, tuple) else (item, 0)
        changed = f"<lastmod>2024-05-{day:02}</lastmod>" if day else ""
        elements += f"<sitemap><loc>{url}</loc>{changed}</sitemap>"
    return xml(f'<sitemapindex xmlns="s">{elements}</sitemapindex>')


def xml(text: str) -> bytes:
    return response(text.encode(), content_type="application/xml")


def fetcher(**options: Any) -> Fetcher:
    return Fetcher(**{"allow_private": True, "sleep": lambda _: None, **options})


def search(url: str, **options: Any) -> Discovery:
    return discover(url, fetcher=fetcher(**options))


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


def test_plain_sitemap_url(server: Server) -> None:
    """The URL of a sitemap without news entries gives the URLs that look like articles, by the last change."""
    paths = ("/sport/", "/", "/about", "/imprint.html", "/tag/sea", "/author/kim/", "/n/page/2/", "/n/2024/", "/a.pdf")
    articles = ("/ferry-sails", "/2024/05/06/bridge/", "/news/tide.html", "/?p=25", "/story1234", "/%E6%B8%AF")
    content = plain(*((path, None) for path in paths), *((path, day) for day, path in enumerate(articles, 1)))
    server.responses["/s.xml.gz"] = response(gzip.compress(content.partition(b"\r\n\r\n")[2]))
    found = search(f"{server.url}/s.xml.gz").found
    assert [server.url + path for path in reversed(articles)] == [link.url for link in found]
    assert date(2024, 5, 6) == found[0].published


class TestNamedIndex:
    """The URL of an index of sitemaps."""

    @pytest.fixture
    def site(self, server: Server) -> Server:
        """An index of three plain sitemaps, one of which is an index itself."""
        server.responses |= {
            "/index.xml": index(("/old.xml", 3), ("/new.xml", 20), ("/inner.xml", 9)),
            "/inner.xml": index(("/middle.xml", 9)),
            "/new.xml": plain(("/n/3", 20), ("/n/2", 11)),
            "/middle.xml": plain(("/n/m", 9)),
            "/old.xml": plain(("/n/1", 3), ("/n/0", 1)),
        }
        return server

    def run(self, site: Server, **wanted: Any) -> tuple[list[str], list[str]]:
        """Return the articles, and the files that were fetched."""
        site.requests.clear()
        found = names(discover(f"{site.url}/index.xml", fetcher=fetcher(ignore_robots=True), **wanted))
        return found, [path.strip("/").removesuffix(".xml") for path in site.paths[1:]]

    def test_all(self, site: Server) -> None:
        """All sitemaps are read, the last changed one first."""
        assert (["3", "2", "m", "1", "0"], ["new", "inner", "middle", "old"]) == self.run(site)

    def test_since(self, site: Server) -> None:
        """A sitemap that has not changed since then is not fetched."""
        assert (["3", "2", "m"], ["new", "inner", "middle"]) == self.run(site, since=date(2024, 5, 5))

    def test_max(self, site: Server) -> None:
        """No sitemap is fetched that can only hold older articles than the newest ones that are wanted."""
        assert (["3", "2"], ["new"]) == self.run(site, max_articles=2)
        assert (["3", "2", "m"], ["new", "inner", "middle"]) == self.run(site, max_articles=3)

    def test_limits(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """The number of sitemaps and the depth of indexes are limited; a problem says that some are missing."""
        monkeypatch.setattr(discovering, "MAX_NAMED_SITEMAPS", 5)
        server.responses["/s.xml"] = index(*(f"/{number}.xml" for number in range(20)))
        server.responses |= {f"/{number}.xml": plain((f"/n/{number}", None)) for number in range(20)}
        result = search(f"{server.url}/s.xml")
        assert (5, [Code.TOO_LARGE]) == (len(result.found), [problem.code for problem in result.problems])
        server.responses |= {f"/{number}.xml": index(f"/{number + 1}.xml") for number in range(4)}
        server.requests.clear()
        result = search(f"{server.url}/0.xml")
        assert (["/0.xml", "/1.xml", "/2.xml"], [Code.TOO_LARGE]) == (
            server.paths[1:],
            [problem.code for problem in result.problems],
        )

    def test_loop(self, server: Server) -> None:
        """An index that names itself is read once."""
        server.responses |= {"/s.xml": index("/s.xml", "/t.xml"), "/t.xml": index("/s.xml", "/t.xml")}
        assert ((), ()) == search(f"{server.url}/s.xml")[:2]
        assert ["/s.xml", "/t.xml"] == server.paths[1:]


def test_number_of_articles(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of articles of a site is limited."""
    monkeypatch.setattr(discovering, "MAX_FOUND", 3)
    server.responses["/s.xml"] = plain(*((f"/n/{number}", None) for number in range(9)))
    assert 3 == len(search(f"{server.url}/s.xml").found)


def test_plain_sitemap_of_a_site(server: Server) -> None:
    """A site whose feeds and news sitemaps list nothing has the articles of its other sitemaps; others have not."""
    server.responses |= {
        "/": page(),
        "/robots.txt": response(f"Sitemap: {server.url}/s.xml".encode(), content_type="text/plain"),
        "/s.xml": plain(("/n/a", 1), ("/sport", 2), ("/n/b", 3), ("https://other.example/n/x", 4)),
    }
    assert ["b", "a"] == names(search(server.url))
    server.responses["/rss"] = rss(("/n/c", 1))
    assert ["c"] == names(search(server.url))


class TestSeveralSites:
    """Several URLs."""

    @pytest.fixture
    def sites(self, server: Server) -> list[str]:
        """Two feeds with an article in common."""
        server.responses |= {"/1": rss(("/a", 1), ("/b", 3)), "/2": rss(("/c", 9), ("/b", 3))}
        return [f"{server.url}/1", f"{server.url}/2"]

    def test_order(self, sites: list[str]) -> None:
        """The articles of each site follow those of the site before, without duplicates."""
        result = discover(sites, fetcher=fetcher())
        assert (["b", "a", "c"], 4) == (names(result), result.listed)

    def test_failure(self, sites: list[str]) -> None:
        """A site that cannot be fetched is a problem, and the others are searched."""
        bad = ["file:///etc/passwd", "http://[::1/", sites[0].replace("/1", "/gone")]
        result = discover([*bad, *sites], fetcher=fetcher())
        assert ["b", "a", "c"] == names(result)
        assert [Code.BAD_URL, Code.BAD_URL, Code.HTTP_ERROR] == [problem.code for problem in result.problems]

    def test_lazy(self, server: Server, sites: list[str]) -> None:
        """A site is fetched when it is its turn."""
        each = discovering.discover_each(sites, fetcher(ignore_robots=True), discovering.Wanted())
        assert sites[0] == next(each)[0]
        assert ["/1"] == server.paths


class TestWanted:
    """Which articles are wanted."""

    @pytest.mark.parametrize(
        ("since", "expected"),
        [
            (date(2024, 5, 2), ["c", "b"]),
            (datetime(2024, 5, 2, 12, tzinfo=UTC), ["c", "b"]),
            (datetime(2024, 5, 2, 12, 30), ["c"]),
            (date(2024, 5, 4), []),
        ],
    )
    def test_since(self, server: Server, since: date, expected: list[str]) -> None:
        """Articles before a time are left out, and so are those without a date, which are counted."""
        server.responses["/feed"] = rss(("/a", 1), ("/b", 2), ("/c", 3), ("/d", None))
        result = discover(f"{server.url}/feed", fetcher=fetcher(), since=since)
        assert (expected, 4, 1) == (names(result), result.listed, result.undated)

    def test_a_day_that_may_be_later(self, server: Server) -> None:
        """An article of which only the day is known is not older than a time on that day."""
        server.responses["/s.xml"] = news(("/a", 2), ("/b", 1))
        since = datetime(2024, 5, 2, 18, tzinfo=UTC)
        assert ["a"] == names(discover(f"{server.url}/s.xml", fetcher=fetcher(), since=since))

    def test_max(self, server: Server) -> None:
        """The newest articles of each site are left."""
        server.responses |= {"/1": rss(("/a", 1), ("/b", 3)), "/2": rss(("/c", 9), ("/d", 10))}
        sites = [f"{server.url}/1", f"{server.url}/2"]
        assert ["b", "d"] == names(discover(sites, fetcher=fetcher(), max_articles=1))

    @pytest.mark.parametrize(
        ("language", "expected"), [("pt", "abd"), ("PT_br", "ad"), ("en", "cd"), ("p", None), ("", None)]
    )
    def test_language(self, server: Server, language: str, expected: str | None) -> None:
        """Articles in other languages are left out; those of an unknown language stay."""
        items = "".join(
            f"<item xmlns:dc='d'><link>/{name}</link><dc:language>{tag}</dc:language></item>"
            for name, tag in (("a", "pt-BR"), ("b", "pt"), ("c", "en-GB"), ("d", ""))
        )
        server.responses["/feed"] = xml(f"<rss><channel>{items}</channel></rss>")
        if expected is None:
            with pytest.raises(ValueError, match="must be a tag such as"):
                discover(f"{server.url}/feed", fetcher=fetcher(), language=language)
        else:
            result = discover(f"{server.url}/feed", fetcher=fetcher(), language=language)
            assert expected == "".join(names(result))

    def test_bad_number(self) -> None:
        """No articles at all cannot be asked for."""
        with pytest.raises(ValueError, match="at least 1"):
            discover("https://town.example", max_articles=0)


def test_credentials(server: Server) -> None:
    """Files on other hosts, which the site names, do not get the user's headers."""
    far = server.url.replace("www", "far")
    server.responses |= {
        "/": page("/feed", f"{far}/other"),
        "/feed": rss(("/a", 1)),
        "/other": rss(("/b", 1)),
    }
    search(server.url, headers={"X-Key": "secret"})
    keys = {request.split(" ")[1]: "X-Key" in request for request in server.requests if "robots" not in request}
    assert {"/": True, "/feed": True, "/other": False} == {path: keys[path] for path in ("/", "/feed", "/other")}


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


def run(*arguments: object, stdin: str | None = None) -> Result:
    """Run the command."""
    given = [*map(str, arguments), "--allow-private"]
    return CliRunner().invoke(app.command, given, input=stdin, prog_name="cleaner")


class TestCommand:
    """`cleaner discover`."""

    @pytest.fixture
    def site(self, server: Server) -> str:
        """A site with three articles."""
        server.responses |= {"/": page("/feed"), "/feed": rss(("/a", 1), ("/b", 2), ("/c", None))}
        return server.url

    def test_formats(self, site: str) -> None:
        """The command prints URLs or JSON lines; the command that cleans accepts both as a list."""
        text = run("discover", site)
        assert (0, [f"{site}/{name}" for name in "bac"]) == (text.exit_code, text.stdout.splitlines())
        lines = run("discover", site, "--format", "jsonl", "--max", "2")
        expected = {"url": f"{site}/b", "published": "2024-05-02T12:00:00+00:00", "title": None}
        expected |= {"source": f"{site}/feed", "language": None}
        assert (expected, 2) == (json.loads(lines.stdout.splitlines()[0]), len(lines.stdout.splitlines()))
        for listed in (text.stdout, run("discover", site, "--format", "jsonl").stdout):
            records = [json.loads(line) for line in run("-i", "-", stdin=listed).stdout.splitlines()]
            assert {f"{site}/{name}": 404 for name in "abc"} == {r["url"]: r["error"]["http_status"] for r in records}

    def test_output(self, site: str, tmp_path: Path) -> None:
        """`-o` writes a file in the format of its extension; a bad name is an error before anything is fetched."""
        assert (0, "") == ((result := run("discover", site, "-o", tmp_path / "a.txt")).exit_code, result.stdout)
        assert [f"{site}/{name}" for name in "bac"] == (tmp_path / "a.txt").read_text().splitlines()
        run("discover", site, "-o", tmp_path / "a.jsonl")
        assert f"{site}/b" == json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])["url"]
        assert 2 == run("discover", site, "-o", tmp_path / "a.csv").exit_code
        assert 3 == run("discover", site, "-o", tmp_path / "missing" / "a.txt").exit_code

    def test_wanted(self, site: str) -> None:
        """`--since` and `--language` leave articles out, and a message says so; that is no failure."""
        some = run("discover", site, "--since", "2024-05-02", "--language", "de")
        assert (0, f"{site}/b\n") == (some.exit_code, some.stdout)
        assert "--since left out 1 articles without a date" in some.stderr
        none = run("discover", site, "--since", "2024-05-03T00:00Z")
        assert (0, "", True) == (none.exit_code, none.stdout, "none of the 3 articles is wanted" in none.stderr)

    @pytest.mark.parametrize(
        "wrong", [("--since", "yesterday"), ("--since", "2024-13-01"), ("--language", "German"), ("--max", "0")]
    )
    def test_mistakes(self, wrong: tuple[str, str]) -> None:
        """A bad date, language or number is a usage error."""
        assert 2 == run("discover", "https://town.example", *wrong).exit_code

    def test_failures(self, server: Server, site: str) -> None:
        """A site without articles is a failure with a message; the others are listed."""
        bad = run("discover", "file:///etc/passwd")
        assert (4, "", 1) == (bad.exit_code, bad.stdout, len(bad.stderr.splitlines()))
        assert "write https:// before the name of a site" in run("discover", "town.example").stderr
        gone = run("discover", server.url.replace("www.", "") + "/gone")
        assert (4, ["(http_error)"]) == (gone.exit_code, [line.split()[-1] for line in gone.stderr.splitlines()])
        server.responses["/empty"] = page()
        both = run("discover", f"{server.url}/empty", site)
        assert (1, 3) == (both.exit_code, len(both.stdout.splitlines()))
        assert f"{server.url}/empty: no articles: neither a feed nor a sitemap lists any" in both.stderr

    def test_cache(self, server: Server, tmp_path: Path) -> None:
        """With `--cache`, a feed that has not changed is not sent again; it is no page for the command that cleans."""
        feed = rss(("/a", 1)).replace(b"HTTP/1.1 200 OK", b'HTTP/1.1 200 OK\r\nETag: "1"')
        server.responses["/feed"] = one_by_one(feed, response(b"", status="304 Not Modified", content_type=None))
        for _ in range(2):
            assert f"{server.url}/a\n" == run("discover", f"{server.url}/feed", "--cache", tmp_path).stdout
        assert 'if-none-match: "1"' in server.requests[-1]
        server.responses["/feed"] = feed
        assert run(f"{server.url}/feed", "--cache", tmp_path).exit_code
        assert "if-none-match" not in server.requests[-1]


ARTICLE = response(
    b"<!DOCTYPE html><html lang='en'><head><title>Ferry</title></head><body><article><h1>Ferry sails again</h1>"
    + b"<p>The ferry sails again after a long break, the operator said in a statement on Monday morning.</p>" * 3
    + b"</article></body></html>"
)


@pytest.mark.usefixtures("loaded")
class TestDiscoverAndClean:
    """`cleaner --discover`."""

    @pytest.fixture
    def site(self, server: Server) -> str:
        """A feed with two articles and one that is gone."""
        server.responses |= {"/feed": rss(("/a", 1), ("/b", 2), ("/c", 3)), "/a": ARTICLE, "/b": ARTICLE}
        return f"{server.url}/feed"

    def test_records(self, server: Server, site: str) -> None:
        """Each article that a site lists is an input; the fetcher asks for a robots.txt once."""
        result = run("--discover", site)
        records = {r["input"].rpartition("/")[2]: r["status"] for r in map(json.loads, result.stdout.splitlines())}
        assert ({"a": "ok", "b": "ok", "c": "error"}, 1) == (records, result.exit_code)
        assert 1 == server.paths.count("/robots.txt")

    def test_wanted(self, site: str) -> None:
        """`--max` and `--since` apply to each site; what the user names is cleaned, too."""
        result = run(f"{site[:-5]}/a", "--discover", site, "--max", "2", "--since", "2024-05-02")
        assert ["a", "b", "c"] == sorted(json.loads(line)["url"][-1] for line in result.stdout.splitlines())

    def test_resume(self, server: Server, site: str, tmp_path: Path) -> None:
        """A run that is resumed cleans only what the site has listed since."""
        output = tmp_path / "out.jsonl"
        run("--discover", site, "--max", "1", "-o", output)
        server.responses["/feed"] = rss(("/b", 9), ("/c", 3))
        server.requests.clear()
        assert 1 == run("--discover", site, "-o", output, "--resume").exit_code
        assert (["/feed", "/b"], 2) == (server.paths[1:], len(output.read_text().splitlines()))

    def test_failure(self, server: Server, site: str) -> None:
        """A site without articles, or one that cannot be fetched, is one failed record."""
        server.responses["/empty"] = page()
        sites = {f"{server.url}/empty": "empty", "file:///etc/passwd": "bad_url"}
        given = [argument for each in (*sites, site) for argument in ("--discover", each)]
        result = run(*given, "--max", "1", "--since", "2024-05-01")
        errors = {r["input"]: r["error"]["code"] for r in map(json.loads, result.stdout.splitlines()) if r["error"]}
        assert sites | {f"{server.url}/c": "http_error"} == errors

    def test_nothing_new(self, site: str, tmp_path: Path) -> None:
        """A site without new articles is no failure."""
        result = run("--discover", site, "--since", "2024-06-01", "-o", tmp_path / "out.jsonl")
        assert (0, "") == (result.exit_code, (tmp_path / "out.jsonl").read_text())

    def test_options_alone(self) -> None:
        """Without a site, there is nothing that `--since` could choose among."""
        result = run("page.html", "--since", "2024-05-01")
        assert (2, True) == (result.exit_code, "--discover URL" in result.stderr)

    def test_config_file(self, server: Server, site: str, tmp_path: Path) -> None:
        """The config file may have `max` and `since` also for runs without a site."""
        (tmp_path / "mine.toml").write_text('max = 1\nsince = "2024-05-02"\n')
        assert 0 == run(f"{server.url}/a", "--config", tmp_path / "mine.toml").exit_code
        result = run("--discover", site, "--config", tmp_path / "mine.toml")
        assert [f"{server.url}/c"] == [json.loads(line)["url"] for line in result.stdout.splitlines()]

    def test_credentials(self, server: Server) -> None:
        """Articles on other hosts than the site's do not get the user's headers."""
        far = server.url.replace("www", "far")
        server.responses |= {"/feed": rss(("/a", 1), (f"{far}/b", 2)), "/a": ARTICLE, "/b": ARTICLE}
        run("--discover", f"{server.url}/feed", "--header", "X-Key: secret")
        keys = {request.split(" ")[1]: "X-Key" in request for request in server.requests}
        assert (True, False) == (keys["/a"], keys["/b"])


def test_timeout_of_the_feed_search(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """If finding the feeds of a page takes too long, the search goes on without them."""
    monkeypatch.setattr(discovering, "MAX_SECONDS", 0.001)  # it takes 0.2 s
    server.responses["/"] = response(b"<html><body>" + b"<a href=/town>Town</a>" * 20_000)
    server.responses["/news-sitemap.xml"] = response(NEWS.replace("https://town.example", server.url).encode())
    result = discover(server.url, fetcher=Fetcher(allow_private=True))
    assert Code.EXTRACT_TIMEOUT in {problem.code for problem in result.problems}
    assert [f"{server.url}/ferry"] == [each.url for each in result.found]
