"""The rules of a robots.txt: the cases of RFC 9309, and files found in practice."""

from __future__ import annotations

import pytest
from measuring import CpuLimit

from cleaner.http.fetcher import USER_AGENT
from cleaner.http.robots import MAX_BYTES, MAX_NAMED, Robots, first_lines, product

SITE = "https://news.example"
ALL = "User-agent: *\n"


def forbidden(robots: str | bytes, *paths: str) -> list[str]:
    """Return those of the paths that may not be fetched."""
    content = robots if isinstance(robots, bytes) else robots.encode()
    rules = Robots(content, USER_AGENT)
    return [path for path in paths if not rules.allows(SITE + path)]


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ("", []),
        (ALL + "Disallow:", []),
        (ALL + "Disallow: /", ["/a", "/a/b", "/b"]),
        (ALL + "Disallow: /a", ["/a", "/a/b"]),
        (ALL + "Disallow: /a/", ["/a/b"]),
        (ALL + "Disallow: /a$", ["/a"]),
        (ALL + "Disallow: /*/b", ["/a/b"]),
        (ALL + "Disallow: /a\nAllow: /a/b", ["/a"]),
        (ALL + "Allow: /a\nDisallow: /a/b", ["/a/b"]),
        (ALL + "Disallow: /a\nAllow: /a", []),
        (ALL + "disallow : /a # the archive", ["/a", "/a/b"]),
        ("Disallow: /", []),
        ("<!DOCTYPE html><html><body>No such page: Disallow is not here</body></html>", []),
    ],
)
def test_rules(robots: str, expected: list[str]) -> None:
    """The longest matching rule decides; of two equally long ones, the one that allows."""
    assert expected == forbidden(robots, "/a", "/a/b", "/b")


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ("User-agent: news-cleaner\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/a"]),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: NEWS-CLEANER\nDisallow: /a", ["/a"]),
        (
            "User-agent: news-cleaner\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
            "User-agent: News-Cleaner\nDisallow: /b",
            ["/a", "/b"],
        ),
        ("User-agent: x\nUser-agent: news-cleaner\nDisallow: /a", ["/a"]),
        ("User-agent: news-cleaner/2.0\nDisallow: /a", ["/a"]),
        ("User-agent: news-cleaner\nDisallow:\n\nUser-agent: *\nDisallow: /", []),
        ("User-agent: news-clean\nDisallow: /", []),
        ("User-agent: news-cleaner-bot\nDisallow: /", []),
        ("User-agent: news\nUser-agent: cleaner\nUser-agent: https\nDisallow: /", []),
        ("User-agent: x\nSitemap: https://news.example/map.xml\nUser-agent: news-cleaner\nDisallow: /a", ["/a"]),
    ],
)
def test_agents(robots: str, expected: list[str]) -> None:
    """Groups with our name come before `*`, in any case and at any place; similar names are not ours."""
    assert expected == forbidden(robots, "/a", "/b")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_line_ends(end: str) -> None:
    """Lines end with any usual line break, with or without a byte order mark; U+2028 does not end a line."""
    assert ["/a"] == forbidden(f"\ufeffUser-agent: *{end}Disallow: /a{end}", "/a", "/b")
    assert [] == forbidden(f"User-agent: *{end}# old:\u2028Disallow: /a\x0cDisallow: /b{end}", "/a", "/b")


def test_invalid_bytes() -> None:
    """Lines that are not text do not affect the other lines."""
    robots = b"\x00\xff\xfe\n" + ALL.encode() + b"# caf\xe9\nDisallow: /a\nDisallow: /\xe9\n" + bytes(range(256))
    assert ["/a"] == forbidden(robots, "/a", "/b")


def test_escapes_are_equal() -> None:
    """Paths are compared by their bytes, escaped or not."""
    paths = ("/caf%C3%A9", "/%62", "/b?c=%3D", "/d%2Fe", "/d/e")
    assert ["/caf%C3%A9"] == forbidden(ALL + "Disallow: /café", *paths)
    assert ["/%62", "/b?c=%3D"] == forbidden(ALL + "Disallow: /b", *paths)
    assert ["/d%2Fe"] == forbidden(ALL + "Disallow: /d%2fe", *paths)


@pytest.mark.parametrize(
    ("robots", "url", "expected"),
    [
        (ALL + "Disallow: /b\nDisallow: /a # old", "/a", 'line 3, "Disallow: /a # old"'),
        (ALL + "Disallow: /\nAllow: /a\nDisallow: /a/b", "/a/b", 'line 4, "Disallow: /a/b"'),
        ("User-agent: x\nDisallow: /a\n\nUser-agent: *\n\nDisallow: /*a", "/a", 'line 6, "Disallow: /*a"'),
        (ALL + "Dissalow:/a\r\n", "/a", 'line 2, "Dissalow:/a"'),
        (ALL + "Disallow: /b", "/a", None),
        (ALL + "Disallow: /a\n" * (MAX_NAMED + 1), "/a", None),
    ],
)
def test_the_rule_is_named(robots: str, url: str, expected: str | None) -> None:
    """The forbidding rule is reported with its line: the one that decides although other rules allow."""
    assert expected == Robots(robots.encode(), USER_AGENT).forbidding(SITE + url)


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (ALL + "Crawl-delay: 2.5", 2.5),
        ("User-agent: news-cleaner\nCrawl-delay: 7\n\n" + ALL + "Crawl-delay: 2", 7.0),
        ("User-agent: x\nCrawl-delay: 7", 0.0),
        (ALL + "Crawl-delay: soon", 0.0),
        (ALL + "Crawl-delay: -1", 0.0),
        (ALL + "Crawl-delay: nan", 0.0),
    ],
)
def test_crawl_delay(robots: str, expected: float) -> None:
    """The crawl delay is that of our group; an invalid one is ignored."""
    assert expected == Robots(robots.encode(), USER_AGENT).crawl_delay


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (USER_AGENT, "news-cleaner"),
        (f"{USER_AGENT} (+https://ferry.example/bot)", "news-cleaner"),
        (f"{USER_AGENT} (+press@ferry.example)", "news-cleaner"),
        ("Harbour-Watch 2", "harbour-watch"),
        ("Mozilla/5.0 (compatible; FerryBot/1.0; +https://ferry.example/bot)", "ferrybot"),
        ("42", ""),
    ],
)
def test_product(user_agent: str, expected: str) -> None:
    """The product token is the first name of the agent, or the one after "compatible;"."""
    assert expected == product(user_agent)


def test_agent_without_a_name() -> None:
    """To an agent without a product token, the rules for `*` apply."""
    assert not Robots(b"User-agent: 42\nAllow: /\n\nUser-agent: *\nDisallow: /", "42").allows(SITE + "/a")


def test_limit() -> None:
    """The first 500 KiB of a robots.txt are read, without the line that the limit cuts."""
    read = 0

    def endless() -> object:
        nonlocal read
        while True:
            read += 1
            yield b"Disallow: /abc\r" * 1000

    lines = first_lines(endless())  # type: ignore[arg-type]
    assert MAX_BYTES - 15 <= len(lines) <= MAX_BYTES
    assert b"Disallow: /abc" == lines.splitlines()[-1]
    assert read < 40
    assert b"short" == first_lines([b"sh", b"ort"])


@pytest.mark.parametrize("rule", ["Disallow: /" + "*a" * 20_000 + "$\n", "Disallow: /*a*a*a*b\n" * 10_000])
def test_hostile_rules_are_quick(rule: str, cpu_limit: CpuLimit) -> None:
    """Wildcards take time in proportion to their length."""
    with cpu_limit(1):
        assert [] == forbidden(ALL + rule, "/" + "a" * 2000)
