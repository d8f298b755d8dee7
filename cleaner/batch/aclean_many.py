"""`clean_many` for programs that use asyncio."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from cleaner.batch.clean_many import Options, numbered_inputs, records
from cleaner.http.fetcher import Fetcher
from cleaner.inputs.read import Source
from cleaner.models import Keep

if TYPE_CHECKING:
    from cleaner.rules.user import RulesOrPaths
    from cleaner.write.record_types import ArticleRecord


def aclean_many(
    inputs: Iterable[Source],
    *,
    jobs: int | None = None,
    ordered: bool = True,
    explain: bool = False,
    blocks: bool = False,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    rules: RulesOrPaths = None,
    min_confidence: float = 0.0,
    fetcher: Fetcher | None = None,
) -> AsyncGenerator[ArticleRecord, None]:
    """Yield exactly one record for each input without blocking the event loop; see `clean_many` for the arguments.

    A thread waits for the records. If the task is cancelled, or the loop over the records is left, the pages in
    progress are abandoned and the worker processes are killed. After `break`, that happens when the event loop runs
    next; with `async with contextlib.aclosing(aclean_many(...)) as records`, it has happened at the end of the block.

    Raises:
        RuleFileError: See `clean_many`. This and the following are raised by the call, before the first record.
        TypeError: See `clean_many`.
        ValueError: See `clean_many`.
        Exception: Whatever iterating over `inputs` raises.
    """
    options = Options.checked(explain, keep, any_page, rules, min_confidence, blocks)
    stop = threading.Event()
    started = records(
        numbered_inputs(inputs), options, jobs=jobs, ordered=ordered, fetcher=fetcher, stop=stop, stop_seconds=0
    )
    return _in_thread(started, stop)


async def _in_thread(
    records: Generator[ArticleRecord, None, None], stop: threading.Event
) -> AsyncGenerator[ArticleRecord, None]:
    """Yield the records, each of which a thread waits for. `stop` ends the records early."""
    loop = asyncio.get_running_loop()
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
        await asyncio.shield(closed)
