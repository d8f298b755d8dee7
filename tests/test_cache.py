"""The page cache: revalidation, eviction, and damaged caches."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from programs import Program
from servers import Server, redirect, response

from cleaner.command import app
from cleaner.errors import Code, InputError
from cleaner.http import politeness
from cleaner.http.cache import PageCache, is_fresh
from cleaner.http.fetcher import Fetcher
from cleaner.models import Page

CONTENT = b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>"
NOW = datetime(2024, 5, 6, 12, tzinfo=UTC)
SAME = response(b"", status="304 Same")


@pytest.fixture(autouse=True)
def short_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "MIN_GAP", 0.01)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[PageCache]:
    opened = PageCache(tmp_path)
    yield opened
    opened.close()


def fetcher(cache: PageCache) -> Fetcher:
    return Fetcher(allow_private=True, ignore_robots=True, cache=cache)


def page(name: str, size: int = 10) -> Page:
    return Page(os.urandom(size), f"https://town.example/{name}", fetched_at=NOW)


def test_revalidation(server: Server, cache: PageCache, tmp_path: Path) -> None:
    """A cached page is requested with its validators, also after the cache is opened again; its content is the same."""
    server.responses |= {"/a": redirect("/b"), "/b": response(CONTENT, ETag='"1"', Content_Encoding="identity")}
    first = fetcher(cache).fetch(server.url + "/a")
    server.responses["/b"] = SAME
    cache.close()
    reopened = PageCache(tmp_path)
    second = fetcher(reopened).fetch(server.url + "/a")
    reopened.close()
    assert (first.content, first.final_url, False) == (second.content, second.final_url, second.unchanged)
    assert ["/a", "/b", "/a", "/b"] == server.paths
    assert 'if-none-match: "1"' in server.requests[3]
    assert "if-none-match" not in server.requests[2]


def test_changed(server: Server, cache: PageCache) -> None:
    """A changed page replaces the old one."""
    for body in (CONTENT, CONTENT + b"<p>More."):
        server.responses["/a"] = response(body, ETag=f'"{len(body)}"')
        assert body == fetcher(cache).fetch(server.url + "/a").content
    assert f'if-none-match: "{len(CONTENT)}"' in server.requests[1]


def test_fresh(server: Server, cache: PageCache) -> None:
    """A page that its server calls fresh is not requested, and neither is its robots.txt."""
    server.responses["/a"] = response(CONTENT, Cache_Control="max-age=60")
    fetcher(cache).fetch(server.url + "/a")
    fresh = Fetcher(allow_private=True, cache=cache).fetch(server.url + "/a#part")
    assert (CONTENT, server.url + "/a#part") == (fresh.content, fresh.url)
    assert ["/a"] == server.paths


def test_304_updates_the_freshness(server: Server, cache: PageCache) -> None:
    """The `Cache-Control` of a 304 response replaces the one of the page."""
    server.responses["/a"] = response(CONTENT, ETag='"1"')
    fetcher(cache).fetch(server.url + "/a")
    server.responses["/a"] = response(b"", status="304 Same", Cache_Control="max-age=60")
    for _ in range(3):
        assert CONTENT == fetcher(cache).fetch(server.url + "/a").content
    assert 2 == len(server.paths)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=60"}, 60),
        ({"cache-control": "public, MAX-AGE=60, x"}, 60),
        ({"cache-control": "max-age=60", "age": "20"}, 40),
        ({"cache-control": "max-age=60", "age": "x"}, 60),
        ({"cache-control": "s-maxage=60"}, 0),
        ({"cache-control": "no-cache, max-age=60"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=31536000"}, 86400),
        ({"expires": "Thu, 01 Jan 2099 00:00:00 GMT"}, 0),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int) -> None:
    """A page is fresh for the seconds in max-age, at most for a day, and without max-age never."""
    stored = Page(b"", headers=headers, fetched_at=NOW)
    assert (seconds > 0, False) == tuple(
        is_fresh(stored, NOW + timedelta(seconds=seconds + late)) for late in (-0.5, 0.5)
    )


def test_not_stored(server: Server, cache: PageCache) -> None:
    """Pages with no-store and error responses are not stored."""
    server.responses |= {
        "/a": response(CONTENT, ETag='"1"', Cache_Control="private, no-store"),
        "/b": response(CONTENT, ETag='"1"', status="404 No"),
    }
    fetcher(cache).fetch(server.url + "/a")
    with pytest.raises(Exception, match="404"):
        fetcher(cache).fetch(server.url + "/b")
    assert [None, None] == [cache.get(server.url + path) for path in ("/a", "/b")]


def test_previous_comes_first(server: Server, cache: PageCache) -> None:
    """`previous` is revalidated even if the cache has a newer page."""
    server.responses["/a"] = response(CONTENT, ETag='"2"')
    fetcher(cache).fetch(server.url + "/a")
    server.responses["/a"] = SAME
    previous = Page(b"", server.url + "/a", final_url=server.url + "/a", headers={"etag": '"1"'})
    assert fetcher(cache).fetch(server.url + "/a", previous=previous).unchanged
    assert 'if-none-match: "1"' in server.requests[-1]
    assert CONTENT == (cache.get(server.url + "/a") or page("")).content


def test_size_is_limited(tmp_path: Path) -> None:
    """When the cache is full, the least recently used pages are evicted; a page too large for it is not stored."""
    cache = PageCache(tmp_path, max_bytes=100_000)
    for number in range(30):
        cache.put(str(number), page(str(number), 10_000))
        assert cache.get("0")
    left = [number for number in range(30) if cache.get(str(number))]
    assert [0, *range(30 - len(left) + 1, 30)] == left
    assert 5 <= len(left) <= 9
    cache.put("large", page("large", 95_000))
    assert cache.get("large") is None
    cache.close()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1_000_000


def test_threads_share_a_cache(cache: PageCache) -> None:
    """Several threads can write and read at the same time."""

    def use(name: str) -> None:
        for number in range(30):
            cache.put(f"{name}{number}", page(name))
            assert cache.get(f"{name}{number}")

    threads = [threading.Thread(target=use, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(cache.get(f"{name}{number}") for name in "abcd" for number in range(30))


def test_survives_a_kill(tmp_path: Path) -> None:
    """A process killed while writing leaves an intact cache, with everything written before."""
    program = f"""if True:
        import os
        from cleaner.models import Page
        from cleaner.http.cache import PageCache
        cache = PageCache({str(tmp_path)!r}, max_bytes=3_000_000)
        for number in range(1_000_000):
            cache.put(str(number), Page(os.urandom(50_000), str(number)))
            print(number, flush=True)
    """
    for seconds in (0.15, 0.3, 0.45):
        with Program([sys.executable, "-c", program], stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(seconds)
            running.kill()
            last = running.stdout.read().splitlines()[-1].decode()
        cache = PageCache(tmp_path)
        assert cache.get(last)
        cache.close()
        with sqlite3.connect(tmp_path / "pages.sqlite") as database:
            assert [("ok",)] == database.execute("PRAGMA integrity_check").fetchall()
        database.close()


def test_damaged_cache(server: Server, cache: PageCache, tmp_path: Path) -> None:
    """If the cache fails, pages are fetched as without it; a cache that cannot be opened is an error."""
    server.responses["/a"] = response(CONTENT)
    cache.close()
    assert CONTENT == fetcher(cache).fetch(server.url + "/a").content
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pages.sqlite").write_bytes(b"no database" * 1000)
    for folder in ("other", "other/pages.sqlite"):
        with pytest.raises(InputError) as caught:
            PageCache(tmp_path / folder)
        assert Code.IO_ERROR == caught.value.code
        result = CliRunner().invoke(app.command, ["https://town.example/", "--cache", str(tmp_path / folder)])
        assert (3, "") == (result.exit_code, result.stdout)


def test_command(server: Server, tmp_path: Path) -> None:
    """The command stores pages in the folder of `--cache`."""
    server.responses["/a"] = response(CONTENT, Cache_Control="max-age=60")
    arguments = [server.url + "/a", "--allow-private", "--ignore-robots", "--cache", str(tmp_path / "new" / "cache")]
    times = [json.loads(CliRunner().invoke(app.command, arguments).stdout)["fetched_at"] for _ in range(2)]
    assert (times[0], ["/a"]) == (times[1], server.paths)
