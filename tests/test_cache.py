"""Pages on disk: what is asked for again, what goes, and what a damaged cache costs."""

from __future__ import annotations

import json
import os
import signal
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
from servers import Server, redirect, response

from cleaner.command import app
from cleaner.errors import Code, InputError
from cleaner.http import politeness as hosts
from cleaner.http.cache import PageCache, is_fresh
from cleaner.http.fetcher import Fetcher
from cleaner.models import Page

CONTENT = b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>"
NOW = datetime(2024, 5, 6, 12, tzinfo=UTC)
SAME = response(b"", status="304 Same")


@pytest.fixture(autouse=True)
def short_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "MIN_GAP", 0.01)


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


def test_not_fetched_twice(server: Server, cache: PageCache, tmp_path: Path) -> None:
    """A page in the cache is asked for with its validators, by whoever opens the cache; its content is the same."""
    server.responses |= {"/a": redirect("/b"), "/b": response(CONTENT, ETag='"1"', Content_Encoding="identity")}
    first = fetcher(cache).fetch(server.url + "/a")
    server.responses["/b"] = SAME
    cache.close()
    again = PageCache(tmp_path)
    second = fetcher(again).fetch(server.url + "/a")
    again.close()
    assert (first.content, first.final_url, False) == (second.content, second.final_url, second.unchanged)
    assert ["/a", "/b", "/a", "/b"] == server.paths
    assert 'if-none-match: "1"' in server.requests[3]
    assert "if-none-match" not in server.requests[2]


def test_changed(server: Server, cache: PageCache) -> None:
    """A page that has changed takes the place of the old one."""
    for body in (CONTENT, CONTENT + b"<p>More."):
        server.responses["/a"] = response(body, ETag=f'"{len(body)}"')
        assert body == fetcher(cache).fetch(server.url + "/a").content
    assert f'if-none-match: "{len(CONTENT)}"' in server.requests[1]


def test_fresh(server: Server, cache: PageCache) -> None:
    """What its server calls fresh is not asked for at all, and not even its robots.txt."""
    server.responses["/a"] = response(CONTENT, Cache_Control="max-age=60")
    fetcher(cache).fetch(server.url + "/a")
    found = Fetcher(allow_private=True, cache=cache).fetch(server.url + "/a#part")
    assert (CONTENT, server.url + "/a#part") == (found.content, found.url)
    assert ["/a"] == server.paths


def test_a_renewed_page_is_fresh_again(server: Server, cache: PageCache) -> None:
    """What a 304 says of the future counts."""
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
    """A page is fresh for as long as max-age says, a day at most, and else not at all."""
    kept = Page(b"", headers=headers, fetched_at=NOW)
    assert (seconds > 0, False) == tuple(
        is_fresh(kept, NOW + timedelta(seconds=seconds + late)) for late in (-0.5, 0.5)
    )


def test_not_stored(server: Server, cache: PageCache) -> None:
    """What its server forbids to keep, and what is no page, is not kept."""
    server.responses |= {
        "/a": response(CONTENT, ETag='"1"', Cache_Control="private, no-store"),
        "/b": response(CONTENT, ETag='"1"', status="404 No"),
    }
    fetcher(cache).fetch(server.url + "/a")
    with pytest.raises(Exception, match="404"):
        fetcher(cache).fetch(server.url + "/b")
    assert [None, None] == [cache.get(server.url + path) for path in ("/a", "/b")]


def test_an_earlier_record_comes_first(server: Server, cache: PageCache) -> None:
    """Who names what he has, is told whether that has changed, whatever the cache has."""
    server.responses["/a"] = response(CONTENT, ETag='"2"')
    fetcher(cache).fetch(server.url + "/a")
    server.responses["/a"] = SAME
    before = Page(b"", server.url + "/a", final_url=server.url + "/a", headers={"etag": '"1"'})
    assert fetcher(cache).fetch(server.url + "/a", previous=before).unchanged
    assert 'if-none-match: "1"' in server.requests[-1]
    assert CONTENT == (cache.get(server.url + "/a") or page("")).content


def test_size_is_limited(tmp_path: Path) -> None:
    """When the cache is full, what was used longest ago goes; what is too large for it is not taken."""
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


def test_threads_share_a_store(cache: PageCache) -> None:
    """Threads write and read as they please."""

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
    """A process that is killed while it writes leaves a cache that is whole, with all that was written before."""
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
        running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        last = running.stdout.read().splitlines()[-1].decode()
        running.stdout.close()
        running.wait()
        cache = PageCache(tmp_path)
        assert cache.get(last)
        cache.close()
        with sqlite3.connect(tmp_path / "pages.sqlite") as base:
            assert [("ok",)] == base.execute("PRAGMA integrity_check").fetchall()
        base.close()


def test_a_damaged_store_costs_no_page(server: Server, cache: PageCache, tmp_path: Path) -> None:
    """Where the cache breaks, pages are fetched as if there were none; a cache that cannot be opened is an error."""
    server.responses["/a"] = response(CONTENT)
    cache.close()
    assert CONTENT == fetcher(cache).fetch(server.url + "/a").content
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pages.sqlite").write_bytes(b"no base" * 1000)
    for folder in ("other", "other/pages.sqlite"):
        with pytest.raises(InputError) as caught:
            PageCache(tmp_path / folder)
        assert Code.IO_ERROR == caught.value.code
        result = CliRunner().invoke(app.command, ["https://town.example/", "--cache", str(tmp_path / folder)])
        assert (3, "") == (result.exit_code, result.stdout)


def test_command(server: Server, tmp_path: Path) -> None:
    """The command keeps pages where it is told to."""
    server.responses["/a"] = response(CONTENT, Cache_Control="max-age=60")
    arguments = [server.url + "/a", "--allow-private", "--ignore-robots", "--cache", str(tmp_path / "new" / "cache")]
    told = [json.loads(CliRunner().invoke(app.command, arguments).stdout)["fetched_at"] for _ in range(2)]
    assert (told[0], ["/a"]) == (told[1], server.paths)
