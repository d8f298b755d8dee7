"""Inputs that are ready to clean, and a queue that puts their records back in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cleaner.errors import CleanerError
from cleaner.inputs.read import Input
from cleaner.models import Page
from cleaner.write.record import key_in, key_of

if TYPE_CHECKING:
    from cleaner.write.record_types import ArticleRecord

# Inputs that are read and whose records are not yielded yet. Records that wait for an earlier one are kept in memory.
MAX_AHEAD: Final = 10_000
# Seconds that the next input waits when `MAX_AHEAD` is reached.
POLL_SECONDS: Final = 1.0
# The first inputs keep their order also with `ordered=False`. Short output is easier to read in order, and a long run
# holds back at most this many records for it.
MAX_HELD_BACK: Final = 100


@dataclass(frozen=True, slots=True)
class ReadyInput:
    """An input as it is sent to a worker process. A URL has its `page`, or the `error` of fetching it.

    `index` is the position of the input in the run, from 0. `fetch_ms` is the time that fetching took in milliseconds,
    including the wait for the host's turn.
    """

    index: int
    source: Input
    page: Page | None = None
    error: CleanerError | None = None
    warnings: tuple[str, ...] = ()
    fetch_ms: float = 0.0


class OrderedQueue:
    """A queue that yields records in the order in which their inputs were admitted, separately for each lane.

    With `ordered=True` there is one lane. Otherwise inputs with the same key share a lane, and so do the first
    `MAX_HELD_BACK` inputs. `admit` runs in one thread and `release` in another.
    """

    def __init__(self, *, ordered: bool) -> None:
        self._ordered = ordered
        self._first: set[str] = set()  # the keys of the first `MAX_HELD_BACK` inputs
        self._lanes: dict[str, deque[int]] = {}  # indexes of pending records by lane, the next first
        self._waiting: dict[int, ArticleRecord] = {}  # finished records that wait for earlier ones, by index
        self._room = threading.Semaphore(MAX_AHEAD)
        self._lock = threading.Lock()
        self._closed = False

    def admit(self, inputs: Iterator[ReadyInput]) -> Iterator[ReadyInput]:
        """Yield the inputs. Once `MAX_AHEAD` records are pending, yield at most one input every `POLL_SECONDS`."""
        for each in inputs:
            # Without the timeout there is a deadlock: the fetcher cannot hand out a page while it waits here for its
            # next input, and that page may be the one that all other records wait for.
            self._room.acquire(timeout=POLL_SECONDS)
            if self._closed:
                return
            key = key_of(each.source)
            if each.index < MAX_HELD_BACK:
                self._first.add(key)
            with self._lock:
                self._lanes.setdefault(self._lane(each.index, key), deque()).append(each.index)
            yield each

    def release(self, records: Generator[ArticleRecord, None, None]) -> Generator[ArticleRecord, None, None]:
        """Yield the records in order. If `records` ends early, those that wait for a missing one are dropped."""
        try:
            with closing(records):
                for record in records:
                    self._waiting[record["index"]] = record
                    yield from self._next_records(self._lane(record["index"], key_in(record)))
        finally:
            self._closed = True
            self._room.release()

    def _lane(self, index: int, key: str) -> str:
        return "" if self._ordered or index < MAX_HELD_BACK or key in self._first else key

    def _next_records(self, name: str) -> Iterator[ArticleRecord]:
        lane = self._lanes[name]
        while lane and lane[0] in self._waiting:
            yield self._waiting.pop(lane.popleft())
            self._room.release()
        with self._lock:
            if not lane:
                del self._lanes[name]
