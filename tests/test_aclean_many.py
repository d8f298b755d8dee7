"""Records under asyncio: the same as those of `clean_many`, and no workers are left behind."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any

import pytest
import worker_functions

import cleaner
from cleaner.batch import clean_many as module
from cleaner.inputs.read import Source
from cleaner.processes.pool import Worker

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGES: list[Source] = [FIXTURES / f"{name}.html" for name in ("drupal", "ghost", "medium")]


def timeless(record: Any) -> dict[str, Any]:
    return record | {"elapsed_ms": None}


def endless() -> Iterator[Source]:
    while True:
        yield PAGES[0]


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker]:
    """The workers that are started during the test."""
    started: list[Worker] = []
    start = Worker.__init__

    def note_worker(self: Worker, *arguments: Any) -> None:
        start(self, *arguments)
        started.append(self)

    monkeypatch.setattr(Worker, "__init__", note_worker)
    return started


def assert_nothing_is_left(workers: list[Worker]) -> None:
    """Assert that workers were started, and that they and the thread that waits for records end."""
    assert workers
    until = time.monotonic() + 10
    while (left := running(workers)) and time.monotonic() < until:
        time.sleep(0.01)
    assert [] == left


def running(workers: list[Worker]) -> list[str]:
    processes = [f"process {worker._pid}" for worker in workers if Path(f"/proc/{worker._pid}").exists()]
    return processes + [each.name for each in threading.enumerate() if each.name.startswith("cleaner-records")]


def test_same_records() -> None:
    """The records are those of `clean_many`, in the same order, also for bad inputs."""
    inputs: list[Source] = [*PAGES, "missing.html"]

    async def all_records() -> list[dict[str, Any]]:
        return [timeless(record) async for record in cleaner.aclean_many(inputs, jobs=2, explain=True)]

    expected = [timeless(record) for record in cleaner.clean_many(inputs, jobs=2, explain=True)]
    assert expected == asyncio.run(all_records())


@pytest.mark.usefixtures("in_process")
def test_without_fork() -> None:
    """On a system without `fork`, a thread cleans the pages, and an endless run can be left, too."""

    async def first() -> dict[str, Any]:
        async with aclosing(cleaner.aclean_many(endless())) as records:
            async for record in records:
                return timeless(record)
        return {}

    assert timeless(next(iter(cleaner.clean_many(PAGES[:1])))) == asyncio.run(first())


def test_same_arguments() -> None:
    """`aclean_many` has the arguments of `clean_many`, with the same defaults; its inputs may also be asynchronous."""
    expected, actual = (
        dict(inspect.signature(function).parameters) for function in (cleaner.clean_many, cleaner.aclean_many)
    )
    annotation = f"{expected['inputs'].annotation} | AsyncIterable[Source]"
    assert expected | {"inputs": expected["inputs"].replace(annotation=annotation)} == actual


@pytest.mark.parametrize(
    ("inputs", "options", "error"),
    [
        ("page.html", {}, TypeError),
        ([], {"jobs": 0}, ValueError),
        ([], {"keep": "all"}, ValueError),
        ([], {"min_confidence": 2}, ValueError),
    ],
)
def test_bad_arguments(inputs: Any, options: dict[str, Any], error: type[Exception]) -> None:
    """A bad argument raises at the call, before anything is awaited."""
    with pytest.raises(error):
        cleaner.aclean_many(inputs, **options)


def test_an_exception_of_the_inputs() -> None:
    """An exception of the inputs is raised after the records of the earlier inputs."""

    def failing() -> Iterator[Source]:
        yield PAGES[0]
        raise ZeroDivisionError

    statuses = []

    async def read() -> None:
        async for record in cleaner.aclean_many(failing(), jobs=1):
            statuses.append(record["status"])

    with pytest.raises(ZeroDivisionError):
        asyncio.run(read())
    assert ["ok"] == statuses


def test_the_event_loop_is_free() -> None:
    """While a record is awaited, other tasks run."""
    released = threading.Event()

    def waiting() -> Iterator[Source]:
        released.wait()
        yield PAGES[0]

    async def read() -> list[str]:
        asyncio.get_running_loop().call_later(0.05, released.set)
        return [record["status"] async for record in cleaner.aclean_many(waiting(), jobs=1)]

    assert ["ok"] == asyncio.run(read())


@pytest.mark.parametrize("hanging", [False, True])
def test_cancelling_stops_the_workers(hanging: bool, workers: list[Worker], monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that is cancelled while it awaits a record ends at once and leaves no worker, even if a page hangs."""
    if hanging:
        monkeypatch.setattr(module, "_clean_input", worker_functions.hang)
    statuses = []

    async def read_all() -> None:
        async for record in cleaner.aclean_many(endless(), jobs=2):
            statuses.append(record["status"])

    async def cancel() -> float:
        task = asyncio.create_task(read_all())
        while len(workers) < 2 or not (hanging or statuses):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # seconds, in which the tasks begin
        started = time.monotonic()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        return time.monotonic() - started

    assert asyncio.run(cancel()) < 5  # seconds; a page that hangs has 20
    assert {*statuses} == (set() if hanging else {"ok"})
    assert_nothing_is_left(workers)


def test_cancelling_twice(workers: list[Worker]) -> None:
    """A second cancellation does not keep the workers alive."""

    async def read_all() -> None:
        async for _ in cleaner.aclean_many(endless(), jobs=1):
            pass

    async def cancel() -> None:
        task = asyncio.create_task(read_all())
        while not workers:
            await asyncio.sleep(0.01)
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0)
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert_nothing_is_left(workers)


async def leave_by_break(records: AsyncIterator[Any]) -> None:
    async for _ in records:
        break


async def leave_by_error(records: AsyncIterator[Any]) -> None:
    with suppress(ZeroDivisionError):
        async for _ in records:
            raise ZeroDivisionError


@pytest.mark.parametrize("leave", [leave_by_break, leave_by_error])
def test_leaving_the_loop_stops_the_workers(leave: Any, workers: list[Worker]) -> None:
    """Leaving the loop early stops the workers, at the latest when the event loop ends."""

    async def read() -> None:
        await leave(cleaner.aclean_many(endless(), jobs=1))

    asyncio.run(read())
    assert_nothing_is_left(workers)


def test_never_iterated() -> None:
    """A call whose records nobody asks for starts nothing and warns of nothing."""
    before = threading.active_count()
    cleaner.aclean_many(endless())
    assert before == threading.active_count()


async def asynchronous(inputs: Iterable[Source]) -> AsyncIterator[Source]:
    for each in inputs:
        await asyncio.sleep(0)
        yield each


@pytest.mark.parametrize("fixture", ["", "in_process"])
def test_asynchronous_inputs(fixture: str, request: pytest.FixtureRequest) -> None:
    """The inputs of an async iterable give the same records, also without `fork`."""
    if fixture:
        request.getfixturevalue(fixture)
    inputs: list[Source] = [*PAGES, "missing.html"]

    async def all_records() -> list[dict[str, Any]]:
        return [timeless(record) async for record in cleaner.aclean_many(asynchronous(inputs), jobs=2)]

    assert [timeless(record) for record in cleaner.clean_many(inputs, jobs=2)] == asyncio.run(all_records())


def test_asynchronous_inputs_are_read_in_one_task() -> None:
    """The event loop iterates over the inputs in a single task, which is not ahead of the records by much."""
    tasks = set()
    given = 0

    async def noting_tasks() -> AsyncIterator[Source]:
        nonlocal given
        while True:
            tasks.add(asyncio.current_task())
            given += 1
            yield PAGES[0]

    async def read() -> int:
        async with aclosing(cleaner.aclean_many(noting_tasks(), jobs=1)) as records:
            async for _ in records:
                break
        return given

    assert asyncio.run(read()) < 10
    assert 1 == len(tasks)


def test_an_exception_of_asynchronous_inputs() -> None:
    """An exception of an async iterable is raised after the records of the earlier inputs."""
    statuses = []

    async def failing() -> AsyncIterator[Source]:
        yield PAGES[0]
        raise ZeroDivisionError

    async def read() -> None:
        async for record in cleaner.aclean_many(failing(), jobs=1):
            statuses.append(record["status"])

    with pytest.raises(ZeroDivisionError):
        asyncio.run(read())
    assert ["ok"] == statuses


@pytest.mark.parametrize("first", [PAGES[:1], []], ids=["after a record", "before the first"])
def test_cancelling_waiting_inputs(first: list[Source]) -> None:
    """A task that is cancelled while an async iterable has no input ends at once, and the iterable is left."""
    events = []

    async def waiting() -> AsyncIterator[Source]:
        try:
            for each in first:
                yield each
            events.append("waiting")
            await asyncio.Event().wait()
        finally:
            events.append("left")

    async def read_all() -> None:
        async for _ in cleaner.aclean_many(waiting(), jobs=1):
            events.append("record")

    async def cancel() -> None:
        task = asyncio.create_task(read_all())
        while len(events) < 1 + len(first):
            await asyncio.sleep(0.01)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert {"waiting", "left"} <= {*events}

    asyncio.run(cancel())
    assert_threads_end("inputs")


def test_cancelled_at_once() -> None:
    """A task that is cancelled as soon as it has begun leaves no thread that waits for inputs."""

    async def cancel() -> None:
        task = asyncio.create_task(anext(cleaner.aclean_many(asynchronous(PAGES), jobs=1)))
        await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert_threads_end("inputs")


def test_asynchronous_inputs_of_clean_many() -> None:
    """`clean_many` refuses an async iterable and names `aclean_many`; neither takes an open file."""
    with pytest.raises(TypeError, match=r"not async_generator; call aclean_many\(\)"):
        cleaner.clean_many(asynchronous(PAGES))  # type: ignore[arg-type]

    class AsyncFile:
        def read(self) -> None: ...
        def readline(self) -> None: ...
        def __aiter__(self) -> None: ...

    with pytest.raises(TypeError, match="not AsyncFile; for a page, pass its path"):
        cleaner.aclean_many(AsyncFile())  # type: ignore[arg-type]


def assert_threads_end(name: str) -> None:
    until = time.monotonic() + 10
    while (left := [each.name for each in threading.enumerate() if each.name == name]) and time.monotonic() < until:
        time.sleep(0.01)
    assert [] == left
