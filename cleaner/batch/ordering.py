"""Inputs that are ready to clean, and a queue that lets their records leave in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from cleaner.errors import CleanerError
from cleaner.inputs.read import Input
from cleaner.models import Page
from cleaner.write.record import key_in, key_of

# Inputs between the first whose record is not out yet and the last that was read: what waits for its turn is held.
MAX_AHEAD: Final = 10_000
# Seconds that the next input is kept waiting then.
POLL_SECONDS: Final = 1.0
# So many inputs give their records in order also where that is not asked for: a handful reads better so, and a run of
# thousands holds back a hundred records at most.
MAX_HELD_BACK: Final = 100


@dataclass(frozen=True, slots=True)
class ReadyInput:
    """An input as it goes to a worker process; a URL, with what came of fetching it in this one.

    `index` is the input's place in the run, from 0. `fetch_ms` is the milliseconds that fetching took, waiting for the
    host's turn included.
    """

    index: int
    source: Input
    page: Page | None = None
    error: CleanerError | None = None
    warnings: tuple[str, ...] = ()
    fetch_ms: float = 0.0


class OrderedQueue:
    """Inputs enter and their records leave, those of one lane in the order in which they entered.

    Where the order does not matter, inputs with the same key still share a lane, and the first `MAX_HELD_BACK` do.
    Inputs enter in one thread and leave in another.
    """

    def __init__(self, *, ordered: bool) -> None:
        self._ordered = ordered
        self._first: set[str] = set()  # the keys of the first inputs
        self._lanes: dict[str, deque[int]] = {}  # the indexes that are to leave each, the next one first
        self._held: dict[int, dict[str, Any]] = {}  # records that are done before their turn
        self._room = threading.Semaphore(MAX_AHEAD)
        self._lock = threading.Lock()
        self._closed = False

    def entering(self, inputs: Iterator[ReadyInput]) -> Iterator[ReadyInput]:
        """The inputs; where there are `MAX_AHEAD` inside, one each `POLL_SECONDS` at most."""
        for each in inputs:
            # The fetcher has no say while it waits for an input here, and it may be holding the very page that all
            # wait for: so it is let go after a while, an input more is inside, and the page can come out.
            self._room.acquire(timeout=POLL_SECONDS)
            if self._closed:
                return
            key = key_of(each.source)
            if each.index < MAX_HELD_BACK:
                self._first.add(key)
            with self._lock:
                self._lanes.setdefault(self._lane(each.index, key), deque()).append(each.index)
            yield each

    def leaving(self, done: Generator[dict[str, Any], None, None]) -> Generator[dict[str, Any], None, None]:
        """The records, each once its turn has come. What is still held when `done` ends early is never told."""
        try:
            with closing(done):
                for record in done:
                    self._held[record["index"]] = record
                    yield from self._freed(self._lane(record["index"], key_in(record)))
        finally:
            self._closed = True
            self._room.release()

    def _lane(self, index: int, key: str) -> str:
        return "" if self._ordered or index < MAX_HELD_BACK or key in self._first else key

    def _freed(self, name: str) -> Iterator[dict[str, Any]]:
        lane = self._lanes[name]
        while lane and lane[0] in self._held:
            yield self._held.pop(lane.popleft())
            self._room.release()
        with self._lock:
            if not lane:
                del self._lanes[name]
