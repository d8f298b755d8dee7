"""`clean_many` for programs that use asyncio."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING

from cleaner.batch.clean_many import Options, numbered_inputs, records
from cleaner.http.fetcher import Fetcher
from cleaner.inputs.arguments import is_file
from cleaner.inputs.read import Source
from cleaner.models import Keep

if TYPE_CHECKING:
    from cleaner.rules.user import RulesOrPaths
    from cleaner.write.record_types import ArticleRecord


def aclean_many(
    inputs: Iterable[Source] | AsyncIterable[Source],
    *,
    jobs: int | None = None,
    ordered: bool = True,
    explain: bool = False,
    blocks: bool = False,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    rules: RulesOrPaths = None,
    min_confidence: float = 0.0,
    follow_pages: int = 0,
    comments: bool = False,
    fetcher: Fetcher | None = None,
) -> AsyncGenerator[ArticleRecord, None]:
    """Yield exactly one record for each input without blocking the event loop; see `clean_many` for the arguments.

    `inputs` may be asynchronous, such as an async generator. The event loop then iterates over it, in a task of its
    own, whenever an input is needed. It must not wait for records: a page that was fetched is cleaned when the next
    input is there, or the inputs have ended.

    A thread waits for the records. If the task is cancelled, or the loop over the records is left, the pages in
    progress are abandoned and the worker processes are killed. After `break`, that happens when the event loop runs
    next; with `async with contextlib.aclosing(aclean_many(...)) as records`, it has happened at the end of the block.

    Raises:
        RuleFileError: See `clean_many`. This and the following are raised by the call, before the first record.
        TypeError: See `clean_many`.
        ValueError: See `clean_many`.
        Exception: Whatever iterating over `inputs` raises.
    """
    options = Options.checked(explain, keep, any_page, rules, min_confidence, blocks, comments)
    feed = _Feed(inputs) if isinstance(inputs, AsyncIterable) and not is_file(inputs) else None
    numbered = numbered_inputs(feed or inputs)
    stop = threading.Event()
    started = records(
        numbered,
        options,
        jobs=jobs,
        ordered=ordered,
        follow_pages=follow_pages,
        fetcher=fetcher,
        stop=stop,
        stop_seconds=0,
    )
    return _in_thread(started, stop, feed)


class _Feed:
    """The inputs of an async iterable, for a thread: the thread iterates over the feed, the event loop over the inputs.

    The loop does so in one task, because scopes of time and of cancellation within a generator must not change tasks.
    """

    def __init__(self, inputs: AsyncIterable[Source]) -> None:
        self._inputs = inputs
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wanted = asyncio.Semaphore(0)  # 1 while the thread waits for an input
        self._received: SimpleQueue[tuple[Source] | BaseException | None] = SimpleQueue()

    def start(self) -> asyncio.Task[None]:
        """Start the task. It must be started before the thread."""
        self._loop = asyncio.get_running_loop()
        task = self._loop.create_task(self._run())
        task.add_done_callback(self._end)  # also called if the task is cancelled before it runs
        return task

    async def _run(self) -> None:
        await self._wanted.acquire()
        async for source in self._inputs:
            self._received.put((source,))
            await self._wanted.acquire()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._received.put(asyncio.CancelledError() if task.cancelled() else task.exception())

    def __iter__(self) -> Iterator[Source]:
        assert self._loop
        while True:
            self._loop.call_soon_threadsafe(self._wanted.release)
            received = self._received.get()
            if not isinstance(received, tuple):
                break
            yield received[0]
        if received is not None:
            raise received


async def _in_thread(
    records: Generator[ArticleRecord, None, None], stop: threading.Event, feed: _Feed | None
) -> AsyncGenerator[ArticleRecord, None]:
    """Yield the records, each of which a thread waits for. `stop` ends the records early."""
    loop = asyncio.get_running_loop()
    feeding = feed.start() if feed else None
    executor = ThreadPoolExecutor(1, thread_name_prefix="cleaner-records")
    try:
        while (record := await loop.run_in_executor(executor, next, records, None)) is not None:
            yield record
    finally:
        stop.set()
        # The only thread of the executor comes to this when it no longer waits for a record. A second cancellation must
        # not take it back.
        closed = loop.run_in_executor(executor, records.close)
        executor.shutdown(wait=False)
        if feeding:
            feeding.cancel()
        await asyncio.shield(closed)
        if feeding:
            await asyncio.wait([feeding])  # the inputs are left before the caller goes on
