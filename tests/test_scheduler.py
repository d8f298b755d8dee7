"""Fetching many pages concurrently: each host gets one request at a time, and no host delays the others."""

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
from cleaner.http import politeness
from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.http.scheduler import MAX_FINISHED, FetchResult, fetch_each

PAGE = response(b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>")
GAP = 0.05


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """All times are a twentieth of the real ones; the pause of an unreachable host is even shorter."""
    monkeypatch.setattr(politeness, "MIN_GAP", GAP)
    monkeypatch.setattr(politeness, "UNREACHABLE_PAUSE", 10 * GAP)
    monkeypatch.setattr(fetching, "RETRY_DELAYS", (GAP, 4 * GAP))


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    with ExitStack() as stack:
        running = [stack.enter_context(Server()) for _ in range(4)]
        for server in running:
            server.responses |= {f"/{name}": PAGE for name in "abcdef"}
        yield running


def fetch_all(urls: list[str], fetcher: Fetcher, **options: Any) -> list[FetchResult[str]]:
    return list(fetch_each(urls, task_of(fetcher), fetcher, **options))


def task_of(fetcher: Fetcher) -> Callable[[str], FetchTask | None]:
    return lambda url: fetcher.fetch_steps(url) if url.startswith("http") else None


def polite(**options: Any) -> Fetcher:
    return Fetcher(allow_private=True, **options)


def after(event: threading.Event) -> Callable[[socket.socket], None]:
    """Return a response that is sent after the event, or after 10 s."""

    def send(connection: socket.socket) -> None:
        event.wait(10)
        connection.sendall(PAGE)

    return send


def max_parallel(server: Server) -> int:
    """Return the maximum number of concurrent requests to the server."""
    changes = sorted([(start, 1) for start, _ in server.spans] + [(end, -1) for _, end in server.spans])
    maximum = running = 0
    for _, change in changes:
        running += change
        maximum = max(maximum, running)
    return maximum


def gaps(server: Server) -> list[float]:
    """Return the seconds between the end of each response and the next request."""
    return [start - end for (_, end), (start, _) in pairwise(sorted(server.spans))]


def test_requests_are_polite(servers: list[Server]) -> None:
    """Each host gets one robots.txt request, and one request at a time with gaps; all pages arrive."""
    urls = [f"{server.url}/{name}" for server in servers for name in "abcdef"]
    results = fetch_all(urls, polite())
    assert Counter(urls) == Counter(result.item for result in results if result.page)
    for server in servers:
        assert ["/robots.txt", *(f"/{name}" for name in "abcdef")] == server.paths
        assert 1 == max_parallel(server)
        assert min(gaps(server)) >= GAP


def test_hosts_are_used_in_parallel(servers: list[Server]) -> None:
    """No host waits for the response of another host."""
    all_requested = threading.Barrier(len(servers))

    def send_when_all_are_requested(connection: socket.socket) -> None:
        all_requested.wait(10)
        connection.sendall(PAGE)

    for server in servers:
        server.responses["/a"] = send_when_all_are_requested
    results = fetch_all([f"{server.url}/a" for server in servers], polite())
    assert [None] * len(servers) == [result.error for result in results]


def test_hosts_take_turns(servers: list[Server]) -> None:
    """A list sorted by host is fetched from all hosts in turn, as far as it is read ahead."""
    urls = [f"{server.url}/{name}" for server in servers for name in "abcdef"]
    results = fetch_all(urls, polite(ignore_robots=True), threads=1)
    assert {server.url for server in servers} == {result.item.rpartition("/")[0] for result in results[:4]}


def test_redirects_are_polite(servers: list[Server]) -> None:
    """A redirect to another host waits until that host is ready."""
    first, second, *_ = servers
    first.responses |= {f"/{name}": redirect(f"{second.url}/{name}") for name in "abc"}
    urls = [f"{server.url}/{name}" for name in "abc" for server in (first, second)]
    results = fetch_all(urls, polite())
    assert {f"{second.url}/{name}" for name in "abc"} == {result.page.final_url for result in results if result.page}
    assert (6, 1, 1) == (len(results), max_parallel(first), max_parallel(second))
    assert 1 == second.paths.count("/robots.txt")


def test_inputs_without_a_fetch_do_not_wait(servers: list[Server]) -> None:
    """Inputs that need no fetch do not wait for those that do."""
    others_arrived = threading.Event()
    servers[0].responses["/a"] = after(others_arrived)
    items = []
    for result in fetch_each([f"{servers[0].url}/a", "one", "two"], task_of(fetcher := polite()), fetcher):
        items.append(result.item)
        if len(items) == 2:
            others_arrived.set()
    assert ["one", "two", f"{servers[0].url}/a"] == items


def test_a_slow_host_does_not_delay_others(servers: list[Server]) -> None:
    """While one host is slow, the pages of the others arrive."""
    slow, other, *_ = servers
    others_arrived = threading.Event()
    slow.responses["/a"] = after(others_arrived)
    urls = [f"{slow.url}/a", *(f"{other.url}/{name}" for name in "abc")]
    items = []
    for result in fetch_each(urls, task_of(fetcher := polite(ignore_robots=True)), fetcher):
        items.append(result.item)
        if len(items) == 3:
            others_arrived.set()
    assert [*urls[1:], urls[0]] == items


def test_a_waiting_host_takes_no_thread(servers: list[Server]) -> None:
    """One thread serves all hosts while one of them asks to wait."""
    busy, other, *_ = servers
    answers = [response(b"", status="429 Busy", Retry_After="1"), PAGE]
    busy.responses["/a"] = lambda connection: connection.sendall(answers.pop(0))
    results = fetch_all([f"{busy.url}/a", *(f"{other.url}/{n}" for n in "abc")], polite(ignore_robots=True), threads=1)
    assert ([], f"{busy.url}/a") == (answers, results[-1].item)
    assert all(result.page for result in results)


def test_an_unreachable_host_fails_fast(servers: list[Server]) -> None:
    """A host that cannot be reached is tried a few times, then its pages fail at once; other hosts are not affected."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        unreachable = f"http://127.0.0.1:{listening.getsockname()[1]}"
    urls = [*(f"{unreachable}/{number}" for number in range(200)), *(f"{servers[0].url}/{name}" for name in "abc")]
    results = fetch_all(urls, polite(ignore_robots=True))
    assert [3, 200] == sorted(Counter(result.error is None for result in results).values())
    errors = [result.error for result in results if result.error]
    assert {Code.CONNECT_ERROR} == {error.code for error in errors if isinstance(error, FetchError)}
    assert sum("the host is unreachable" in str(error) for error in errors) >= 195
    assert [f"{servers[0].url}/{name}" for name in "abc"] == [result.item for result in results if result.page]


def test_a_host_with_a_long_retry_after_fails_fast(servers: list[Server]) -> None:
    """If a server asks to wait for an hour, all its pages fail now, and their errors say why."""
    servers[0].responses["/a"] = response(b"", status="503 Busy", Retry_After="3600")
    results = fetch_all([f"{servers[0].url}/{name}" for name in "abcdef"], polite(ignore_robots=True))
    errors = [result.error for result in results]
    assert [503] * 6 == [error.http_status for error in errors if isinstance(error, FetchError)]
    assert ["/a"] == servers[0].paths


def test_forbidden_pages_cost_no_time(servers: list[Server]) -> None:
    """Pages that robots.txt forbids fail without waiting for the host."""
    servers[0].responses["/robots.txt"] = response(b"User-agent: *\nDisallow: /", content_type="text/plain")
    results = fetch_all([f"{servers[0].url}/{number}" for number in range(100)], polite())
    assert {Code.ROBOTS_DENIED} == {r.error.code for r in results if isinstance(r.error, FetchError)}
    assert ["/robots.txt"] == servers[0].paths


def test_read_ahead_is_limited(servers: list[Server]) -> None:
    """An endless list is read ahead only as far as allowed, and few finished pages are kept in memory."""
    read: list[str] = []

    def endless() -> Iterator[str]:
        while True:
            read.append(f"{servers[len(read) % 4].url}/a")
            yield read[-1]

    results = fetch_each(endless(), task_of(fetcher := polite(ignore_robots=True)), fetcher, look_ahead=60)
    assert 50 == sum(result.page is not None for result in islice(results, 50))
    assert len(read) <= 50 + 60
    time.sleep(GAP)
    assert sum(len(server.requests) for server in servers) <= 50 + MAX_FINISHED + 16
    results.close()  # type: ignore[attr-defined]
    assert [] == [thread for thread in threading.enumerate() if thread.name == "cleaner-fetch"]


def test_an_unexpected_exception_affects_one_input(servers: list[Server]) -> None:
    """An unexpected exception is the error of its input only."""

    class Broken(Fetcher):
        def fetch_steps(self, url: str, **options: Any) -> FetchTask:
            if url.endswith("/b"):
                raise ZeroDivisionError
            return (yield from super().fetch_steps(url, **options))

    results = fetch_all([f"{servers[0].url}/{name}" for name in "abc"], Broken(allow_private=True, ignore_robots=True))
    failed = [result for result in results if isinstance(result.error, ZeroDivisionError)]
    assert [f"{servers[0].url}/b"] == [result.item for result in failed]


def test_threads_that_share_a_fetcher(servers: list[Server]) -> None:
    """Threads that share a `Fetcher` together send one request at a time, with gaps."""
    fetcher = polite()
    threads = [threading.Thread(target=fetcher.fetch, args=(f"{servers[0].url}/{name}",)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (1, 1) == (servers[0].paths.count("/robots.txt"), max_parallel(servers[0]))
    assert min(gaps(servers[0])) >= GAP
