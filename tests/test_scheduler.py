"""Many pages at once: each host sees one polite visitor, and no host holds up the others."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice, pairwise
from typing import Any

import pytest
from servers import Server, redirect, response

from cleaner.errors import Code, FetchError
from cleaner.http import fetcher as fetching
from cleaner.http import politeness as hosts
from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.http.scheduler import MAX_FINISHED, FetchResult, fetch_each

PAGE = response(b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>")
GAP = 0.05


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds are a twentieth of what they are."""
    monkeypatch.setattr(hosts, "MIN_GAP", GAP)
    monkeypatch.setattr(hosts, "UNREACHABLE_PAUSE", 60 * GAP)
    monkeypatch.setattr(fetching, "RETRY_DELAYS", (GAP, 4 * GAP))


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    with ExitStack() as stack:
        running = [stack.enter_context(Server()) for _ in range(4)]
        for server in running:
            server.responses |= {f"/{name}": PAGE for name in "abcdef"}
        yield running


def fetched(urls: list[str], fetcher: Fetcher, **options: Any) -> list[FetchResult[str]]:
    return list(fetch_each(urls, visits(fetcher), fetcher, **options))


def visits(fetcher: Fetcher) -> Callable[[str], FetchTask | None]:
    return lambda url: fetcher.fetch_steps(url) if url.startswith("http") else None


def polite(**options: Any) -> Fetcher:
    return Fetcher(allow_private=True, **options)


def in_parallel(server: Server) -> int:
    """The most requests that the server has had at one time."""
    changes = sorted([(came, 1) for came, _ in server.spans] + [(gone, -1) for _, gone in server.spans])
    most = running = 0
    for _, change in changes:
        running += change
        most = max(most, running)
    return most


def gaps(server: Server) -> list[float]:
    """The seconds from the end of an answer to the next request."""
    return [came - gone for (_, gone), (came, _) in pairwise(sorted(server.spans))]


def test_each_host_is_asked_politely(servers: list[Server]) -> None:
    """One robots.txt a host, one request at a time, its gap between two; all hosts at once; every page comes."""
    urls = [f"{server.url}/{name}" for server in servers for name in "abcdef"]
    began = time.monotonic()
    results = fetched(urls, polite())
    took = time.monotonic() - began
    assert Counter(urls) == Counter(result.item for result in results if result.page)
    for server in servers:
        assert ["/robots.txt", *(f"/{name}" for name in "abcdef")] == server.paths
        assert 1 == in_parallel(server)
        assert min(gaps(server)) > GAP - 0.02  # a server notes the end of its answer after the client has read it
    assert took < len(urls) * GAP


def test_hosts_take_turns(servers: list[Server]) -> None:
    """A list that is sorted by host is fetched from all of them, as far as it was read ahead."""
    urls = [f"{server.url}/{name}" for server in servers for name in "abcdef"]
    results = fetched(urls, polite(ignore_robots=True), threads=1)
    assert {server.url for server in servers} == {result.item.rpartition("/")[0] for result in results[:4]}


def test_redirects_keep_the_manners(servers: list[Server]) -> None:
    """A page that leads to another host waits for its turn there."""
    first, second, *_ = servers
    first.responses |= {f"/{name}": redirect(f"{second.url}/{name}") for name in "abc"}
    urls = [f"{server.url}/{name}" for name in "abc" for server in (first, second)]
    results = fetched(urls, polite())
    assert {f"{second.url}/{name}" for name in "abc"} == {result.page.final_url for result in results if result.page}
    assert (6, 1, 1) == (len(results), in_parallel(first), in_parallel(second))
    assert 1 == second.paths.count("/robots.txt")


def test_what_is_no_page_passes_at_once(servers: list[Server]) -> None:
    """What needs no fetching does not wait for what does."""
    servers[0].responses["/a"] = servers[0].drip(PAGE[:-20], PAGE[-20:])
    results = fetch_each([f"{servers[0].url}/a", "one", "two"], visits(fetcher := polite()), fetcher)
    assert ["one", "two", f"{servers[0].url}/a"] == [result.item for result in results]


def test_a_slow_host_holds_up_nobody(servers: list[Server]) -> None:
    """While one host takes its time, the others' pages come."""
    slow, other, *_ = servers
    slow.responses["/a"] = slow.drip(PAGE[:-20], PAGE[-20:])
    results = fetched([f"{slow.url}/a", *(f"{other.url}/{name}" for name in "abc")], polite(ignore_robots=True))
    assert f"{slow.url}/a" == results[-1].item


def test_a_waiting_host_takes_no_thread(servers: list[Server]) -> None:
    """One thread serves all hosts while one of them wants to be left alone for a while."""
    busy, other, *_ = servers
    answers = [response(b"", status="429 Busy", Retry_After="1"), PAGE]
    busy.responses["/a"] = lambda connection: connection.sendall(answers.pop(0))
    results = fetched([f"{busy.url}/a", *(f"{other.url}/{n}" for n in "abc")], polite(ignore_robots=True), threads=1)
    assert ([], f"{busy.url}/a") == (answers, results[-1].item)
    assert all(result.page for result in results)


def test_a_dead_host_fails_fast(servers: list[Server]) -> None:
    """A host where nobody answers is tried a few times, then its pages fail at once; the others are none the worse."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        dead = f"http://127.0.0.1:{listening.getsockname()[1]}"
    urls = [*(f"{dead}/{number}" for number in range(200)), *(f"{servers[0].url}/{name}" for name in "abc")]
    results = fetched(urls, polite(ignore_robots=True))
    assert [3, 200] == sorted(Counter(result.error is None for result in results).values())
    errors = [result.error for result in results if result.error]
    assert {Code.CONNECT_ERROR} == {error.code for error in errors if isinstance(error, FetchError)}
    assert sum("nobody answers there" in str(error) for error in errors) >= 195
    assert [f"{servers[0].url}/{name}" for name in "abc"] == [result.item for result in results if result.page]


def test_a_host_that_wants_to_be_left_alone_fails_fast(servers: list[Server]) -> None:
    """Where a server asks for an hour, all its pages fail now, and say so."""
    servers[0].responses["/a"] = response(b"", status="503 Busy", Retry_After="3600")
    results = fetched([f"{servers[0].url}/{name}" for name in "abcdef"], polite(ignore_robots=True))
    errors = [result.error for result in results]
    assert [503] * 6 == [error.http_status for error in errors if isinstance(error, FetchError)]
    assert ["/a"] == servers[0].paths


def test_forbidden_pages_cost_no_time(servers: list[Server]) -> None:
    """What robots.txt forbids needs no turn."""
    servers[0].responses["/robots.txt"] = response(b"User-agent: *\nDisallow: /", content_type="text/plain")
    results = fetched([f"{servers[0].url}/{number}" for number in range(100)], polite())
    assert {Code.ROBOTS_DENIED} == {r.error.code for r in results if isinstance(r.error, FetchError)}
    assert ["/robots.txt"] == servers[0].paths


def test_inputs_are_read_ahead_a_little(servers: list[Server]) -> None:
    """Of an endless list, no more is read than was allowed, and pages that nobody takes are few."""
    read: list[str] = []

    def endless() -> Iterator[str]:
        while True:
            read.append(f"{servers[len(read) % 4].url}/a")
            yield read[-1]

    results = fetch_each(endless(), visits(fetcher := polite(ignore_robots=True)), fetcher, look_ahead=60)
    assert 50 == sum(result.page is not None for result in islice(results, 50))
    assert len(read) <= 50 + 60
    time.sleep(GAP)
    assert sum(len(server.requests) for server in servers) <= 50 + MAX_FINISHED + 16
    results.close()  # type: ignore[attr-defined]
    assert [] == [thread for thread in threading.enumerate() if thread.name == "cleaner-fetch"]


def test_a_mistake_is_the_error_of_its_input(servers: list[Server]) -> None:
    """An exception that nobody foresaw costs one input."""

    class Broken(Fetcher):
        def fetch_steps(self, url: str, **options: Any) -> FetchTask:
            if url.endswith("/b"):
                raise ZeroDivisionError
            return (yield from super().fetch_steps(url, **options))

    results = fetched([f"{servers[0].url}/{name}" for name in "abc"], Broken(allow_private=True, ignore_robots=True))
    failed = [result for result in results if isinstance(result.error, ZeroDivisionError)]
    assert [f"{servers[0].url}/b"] == [result.item for result in failed]


def test_threads_that_share_a_fetcher(servers: list[Server]) -> None:
    """Threads that fetch with one `Fetcher` keep the manners together."""
    fetcher = polite()
    threads = [threading.Thread(target=fetcher.fetch, args=(f"{servers[0].url}/{name}",)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (1, 1) == (servers[0].paths.count("/robots.txt"), in_parallel(servers[0]))
    assert min(gaps(servers[0])) > GAP - 0.02
