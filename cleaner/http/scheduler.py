"""Fetch many pages concurrently, at most one request per host at a time.

Several threads share the work, and none of them waits for a host: a fetch that must wait is queued at its host, and the
thread goes on with the host that is ready next.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Final, Generic, NamedTuple, TypeVar

from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.http.politeness import HostState
from cleaner.models import Page

# Concurrent requests, each to another host. The threads wait for the network nearly all the time; more threads would
# fetch pages faster than a few processes clean them.
THREADS: Final = 16
# Maximum number of inputs that are read ahead, so that there are many hosts to choose from; each takes about 1 KB. If
# they are all of one host, that host gets one request per second and no other host any: a list sorted by host should be
# shuffled.
LOOK_AHEAD: Final = 10_000
# Number of fetched pages not yet yielded at which fetching pauses. Pages take most of the memory.
MAX_FINISHED: Final = 32
# Maximum seconds that `close` waits for threads in the middle of a request. The threads are daemons: one that still
# runs ends with the program.
_CLOSE_SECONDS: Final = 0.2

_T = TypeVar("_T")


class FetchResult(NamedTuple, Generic[_T]):
    """The outcome of an input: its `page`, or the `error` of the fetch. Both are `None` for an input without a fetch.

    `elapsed_ms` is the time from its first request to its end in milliseconds, including the waits between requests.
    """

    item: _T
    page: Page | None = None
    error: Exception | None = None
    elapsed_ms: float = 0.0


def fetch_each(
    inputs: Iterable[_T],
    task_of: Callable[[_T], FetchTask | None],
    fetcher: Fetcher,
    *,
    threads: int = THREADS,
    look_ahead: int = LOOK_AHEAD,
) -> Iterator[FetchResult[_T]]:
    """Yield the outcome of each input, in the order in which they finish. A failed fetch does not raise.

    `task_of` returns the task by which `fetcher` fetches an input, or `None`: such an input is yielded at once.
    `inputs` is iterated in the thread of the caller, at most `look_ahead` fetches ahead.
    """
    scheduler: _Scheduler[_T] = _Scheduler(fetcher, threads)
    try:
        for item in inputs:
            task = task_of(item)
            if task is None:
                yield FetchResult(item)
            else:
                scheduler.add(item, task)
            yield from scheduler.finished(wait=scheduler.size >= look_ahead)
        while scheduler.size:
            yield from scheduler.finished(wait=True)
    finally:
        scheduler.close()


class _PendingFetch(Generic[_T]):
    """A fetch that is not finished. `started` is `None` before its first request."""

    def __init__(self, item: _T, task: FetchTask) -> None:
        self.item = item
        self.task = task
        self.started: float | None = None


class _Scheduler(Generic[_T]):
    """The fetches in progress. `size` counts them and those that are finished but not yet yielded."""

    def __init__(self, fetcher: Fetcher, threads: int) -> None:
        self.size = 0
        self._fetcher = fetcher
        self._max_threads = threads
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._closed = False
        self._finished: deque[FetchResult[_T]] = deque()
        # The queue of each host. A host with a queue is either busy (a thread sends it a request) or in the heap.
        self._queues: dict[HostState, deque[_PendingFetch[_T]]] = {}
        self._busy: set[HostState] = set()
        # A heap of (time of the next request, tie-breaker, host); hosts cannot be compared.
        self._ready_times: list[tuple[float, int, HostState]] = []
        self._tie_breaker = count()

    def add(self, item: _T, task: FetchTask) -> None:
        """Start a fetch: it runs in the calling thread up to its first request."""
        pending = _PendingFetch(item, task)
        outcome = self._advance(pending, None)
        with self._changed:
            self.size += 1
            self._store(pending, outcome)
            self._changed.notify_all()
            if self._queues and len(self._threads) < self._max_threads:
                self._threads.append(threading.Thread(target=self._work, name="cleaner-fetch", daemon=True))
                self._threads[-1].start()

    def finished(self, *, wait: bool) -> list[FetchResult[_T]]:
        """Return the fetches that have finished since the last call. With `wait`, wait until there is at least one."""
        with self._changed:
            while wait and not self._finished:
                self._changed.wait()
            results = list(self._finished)
            self._finished.clear()
            self.size -= len(results)
            self._changed.notify_all()
            return results

    def close(self) -> None:
        """Cancel the fetches that wait for a host, and wait `_CLOSE_SECONDS` for those in the middle of a request."""
        with self._changed:
            self._closed = True
            cancelled = [pending for queue in self._queues.values() for pending in queue]
            self._queues.clear()
            self._ready_times.clear()
            self._changed.notify_all()
        for pending in cancelled:
            pending.task.close()
        end = time.monotonic() + _CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (ready := self._next_ready()) is not None:
            host, pending = ready
            outcome = self._advance(pending, host)
            with self._changed:
                self._busy.discard(host)
                if host in self._queues:
                    self._schedule(host)
                self._store(pending, outcome)
                self._changed.notify_all()

    def _next_ready(self) -> tuple[HostState, _PendingFetch[_T]] | None:
        """Wait for the next host that is ready; return it and the first fetch in its queue. `None` after `close`."""
        with self._changed:
            while not self._closed:
                wait = None
                if self._ready_times and len(self._finished) < MAX_FINISHED:
                    _, _, host = heapq.heappop(self._ready_times)
                    wait = self._fetcher.wait_of(host)  # it may have grown since the host was put into the heap
                    if wait <= 0:
                        self._busy.add(host)
                        return host, self._first_in_queue(host)
                    self._schedule(host)
                    if self._ready_times[0][2] is not host:
                        continue
                self._changed.wait(wait)
            return None

    def _first_in_queue(self, host: HostState) -> _PendingFetch[_T]:
        queue = self._queues[host]
        pending = queue.popleft()
        if not queue:
            del self._queues[host]
        return pending

    def _advance(self, pending: _PendingFetch[_T], host: HostState | None) -> HostState | FetchResult[_T]:
        """Let the fetch send its request to `host`; return the host of its next request, or its result.

        `host` is `None` for a new fetch, which sends no request yet.
        """
        if host is not None and pending.started is None:
            pending.started = time.perf_counter()
        page: Page | None = None
        failure: Exception | None = None
        try:
            return next(pending.task) if host is None else self._fetcher.resume(pending.task, host)
        except StopIteration as stop:
            page = stop.value
        except Exception as error:
            failure = error
        elapsed = 0.0 if pending.started is None else time.perf_counter() - pending.started
        return FetchResult(pending.item, page, failure, elapsed * 1000)

    def _store(self, pending: _PendingFetch[_T], outcome: HostState | FetchResult[_T]) -> None:
        """Store the result of a finished fetch, or put the fetch into the queue of its next host.

        Fetches that have sent a request go before those that have not.
        """
        if not isinstance(outcome, HostState):
            self._finished.append(outcome)
            return
        if self._closed:
            pending.task.close()
            return
        if outcome not in self._queues:
            self._queues[outcome] = deque()
            if outcome not in self._busy:
                self._schedule(outcome)
        if pending.started is None:
            self._queues[outcome].append(pending)
        else:
            self._queues[outcome].appendleft(pending)

    def _schedule(self, host: HostState) -> None:
        """Put the host into the heap, at the time when it is ready for its next request."""
        ready_at = time.monotonic() + self._fetcher.wait_of(host)
        heapq.heappush(self._ready_times, (ready_at, next(self._tie_breaker), host))
