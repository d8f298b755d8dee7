"""Many pages at once, of which no host notices more than one: a request at a time to each, the hosts in turn.

Threads share the work, and none of them waits for a host: a visit that must wait stands in the queue of that host, and
the thread goes on with the host whose turn is next.
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

# Requests at a time, each to another host. They wait for the network nearly all the time; more of them would bring
# pages faster than a few processes clean them.
THREADS: Final = 16
# Inputs that are read ahead so that there are many hosts to choose from; they take about 1 KB each. Where all of these
# are of one host, it alone is asked, once a second: a list that is sorted by host wants shuffling.
LOOK_AHEAD: Final = 10_000
# Pages fetched that nobody has taken yet, at which fetching pauses: they are what takes memory.
MAX_FINISHED: Final = 32
# Seconds that are waited at the end for threads amid a request; who still runs then, dies with the program.
_CLOSE_SECONDS: Final = 0.2

_T = TypeVar("_T")


class FetchResult(NamedTuple, Generic[_T]):
    """What became of an input: a `page`, or the `error` that there is instead; neither where it asked for none.

    `elapsed_ms` is the milliseconds from its first turn to its end, waits between its requests included.
    """

    given: _T
    page: Page | None = None
    error: Exception | None = None
    elapsed_ms: float = 0.0


def fetch_each(
    inputs: Iterable[_T],
    visit_of: Callable[[_T], FetchTask | None],
    fetcher: Fetcher,
    *,
    threads: int = THREADS,
    look_ahead: int = LOOK_AHEAD,
) -> Iterator[FetchResult[_T]]:
    """What became of each input, in the order in which they end; nothing is raised for one that fails.

    `visit_of` gives the visit of `fetcher` that an input is, or `None`: such an input is passed on at once. `inputs` is
    read in the thread of the caller, and ahead by at most `look_ahead` pages.
    """
    crowd: _Scheduler[_T] = _Scheduler(fetcher, threads)
    try:
        for given in inputs:
            fetch_steps = visit_of(given)
            if fetch_steps is None:
                yield FetchResult(given)
            else:
                crowd.add(given, fetch_steps)
            yield from crowd.ended(wait=crowd.size >= look_ahead)
        while crowd.size:
            yield from crowd.ended(wait=True)
    finally:
        crowd.close()


class _PendingFetch(Generic[_T]):
    """An input on its way."""

    def __init__(self, given: _T, fetch_steps: FetchTask) -> None:
        self.given = given
        self.fetch_steps = fetch_steps
        self.started: float | None = None


class _Scheduler(Generic[_T]):
    """The visits that are under way. `size` counts them, and those whose end nobody was told yet."""

    def __init__(self, fetcher: Fetcher, threads: int) -> None:
        self.size = 0
        self._fetcher = fetcher
        self._most_threads = threads
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._closed = False
        self._ended: deque[FetchResult[_T]] = deque()
        # Who waits at which host. Each of these hosts is either busy, being asked by a thread, or stands in the heap.
        self._waiting: dict[HostState, deque[_PendingFetch[_T]]] = {}
        self._busy: set[HostState] = set()
        self._turns: list[tuple[float, int, HostState]] = []
        self._number = count()  # hosts have no order of their own

    def add(self, given: _T, fetch_steps: FetchTask) -> None:
        traveller = _PendingFetch(given, fetch_steps)
        outcome = self._advanced(traveller, None)
        with self._changed:
            self.size += 1
            self._place(traveller, outcome)
            self._changed.notify_all()
            if self._waiting and len(self._threads) < self._most_threads:
                self._threads.append(threading.Thread(target=self._work, name="cleaner-fetch", daemon=True))
                self._threads[-1].start()

    def ended(self, *, wait: bool) -> list[FetchResult[_T]]:
        """Those that have come to their end since the last call; `wait` waits for the first of them."""
        with self._changed:
            while wait and not self._ended:
                self._changed.wait()
            told = list(self._ended)
            self._ended.clear()
            self.size -= len(told)
            self._changed.notify_all()
            return told

    def close(self) -> None:
        with self._changed:
            self._closed = True
            left = [traveller for queue in self._waiting.values() for traveller in queue]
            self._waiting.clear()
            self._turns.clear()
            self._changed.notify_all()
        for traveller in left:
            traveller.fetch_steps.close()
        end = time.monotonic() + _CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (turn := self._next_turn()) is not None:
            host, traveller = turn
            outcome = self._advanced(traveller, host)
            with self._changed:
                self._busy.discard(host)
                if host in self._waiting:
                    self._announce(host)
                self._place(traveller, outcome)
                self._changed.notify_all()

    def _next_turn(self) -> tuple[HostState, _PendingFetch[_T]] | None:
        """The host whose turn it is and who is first there, waited for; `None` where the work is over."""
        with self._changed:
            while not self._closed:
                wait = None
                if self._turns and len(self._ended) < MAX_FINISHED:
                    _, _, host = heapq.heappop(self._turns)
                    wait = self._fetcher.wait_of(host)  # it may have grown since the host was put there
                    if wait <= 0:
                        self._busy.add(host)
                        return host, self._first_at(host)
                    self._announce(host)
                    if self._turns[0][2] is not host:
                        continue
                self._changed.wait(wait)
            return None

    def _first_at(self, host: HostState) -> _PendingFetch[_T]:
        queue = self._waiting[host]
        traveller = queue.popleft()
        if not queue:
            del self._waiting[host]
        return traveller

    def _advanced(self, traveller: _PendingFetch[_T], host: HostState | None) -> HostState | FetchResult[_T]:
        """The host that the traveller needs after its turn at `host`, or its end. Without a host, it sets out."""
        if host is not None and traveller.started is None:
            traveller.started = time.perf_counter()
        page: Page | None = None
        failure: Exception | None = None
        try:
            return next(traveller.fetch_steps) if host is None else self._fetcher.resume(traveller.fetch_steps, host)
        except StopIteration as done:
            page = done.value
        except Exception as error:
            failure = error
        elapsed = 0.0 if traveller.started is None else time.perf_counter() - traveller.started
        return FetchResult(traveller.given, page, failure, elapsed * 1000)

    def _place(self, traveller: _PendingFetch[_T], outcome: HostState | FetchResult[_T]) -> None:
        """Puts the traveller where it waits for its host, before those who have not set out; or to those at the end."""
        if not isinstance(outcome, HostState):
            self._ended.append(outcome)
            return
        if self._closed:
            traveller.fetch_steps.close()
            return
        if outcome not in self._waiting:
            self._waiting[outcome] = deque()
            if outcome not in self._busy:
                self._announce(outcome)
        if traveller.started is None:
            self._waiting[outcome].append(traveller)
        else:
            self._waiting[outcome].appendleft(traveller)

    def _announce(self, host: HostState) -> None:
        """Puts the host into the heap, at the time of its turn."""
        heapq.heappush(self._turns, (time.monotonic() + self._fetcher.wait_of(host), next(self._number), host))
