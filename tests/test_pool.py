"""Worker processes: a crash or a timeout affects only the input that caused it."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from programs import children, needs_linux
from worker_functions import (
    FOREVER,
    MarkedNumber,
    broken,
    die_at_first,
    fill,
    process_and_parent,
    process_id,
    process_id_or_sleep,
    sleep,
    square_or_die,
    square_or_hang,
    unpicklable,
)

from cleaner.processes import pool
from cleaner.processes.forkserver import Failure, ForkServer, Limits, receive
from cleaner.processes.pool import MAX_IN_FLIGHT, map_in_workers

# Long enough that the other inputs are done meanwhile, also on a busy machine.
SHORT = Limits(seconds=2.0)


def failure(given: object, lost: Failure) -> Any:
    return f"{given}: {lost.code}"


def test_a_dead_worker_affects_only_its_input() -> None:
    """An input that kills two workers is a failure; all other inputs have their results."""
    results = map_in_workers(square_or_die, failure, iter(range(14)), jobs=2)
    assert {f"{n}: worker_crashed" if n in (3, 11) else n * n for n in range(14)} == set(results)


def test_a_worker_killed_from_outside_loses_nothing(tmp_path: Path) -> None:
    """An input whose worker dies once is tried again in a new worker, and has its result."""
    inputs = [MarkedNumber(number, str(tmp_path)) for number in range(10)]
    assert set(range(10)) == set(map_in_workers(die_at_first, failure, iter(inputs), jobs=2))
    assert ["5"] == [mark.name for mark in tmp_path.iterdir()]


def test_an_input_that_hangs_is_killed() -> None:
    """A task that hangs and blocks signals is killed after the time limit; the other inputs are done meanwhile."""
    results = list(map_in_workers(square_or_hang, failure, iter(range(8)), jobs=2, limits=SHORT))
    assert "2: extract_timeout" == results[-1]
    assert {n * n for n in range(8) if n != 2} == set(results[:-1])


@needs_linux
def test_an_input_that_needs_too_much_memory() -> None:
    """A task that needs more memory than the limit fails with `out_of_memory`; below the limit it succeeds."""
    limits = Limits(memory=300_000_000)
    sizes = [100_000_000, 1_000_000_000, 1000]
    expected = [100_000_000, "1000000000: out_of_memory", 1000]
    assert expected == list(map_in_workers(fill, failure, iter(sizes), jobs=1, limits=limits))


def test_workers_are_replaced() -> None:
    """A worker is replaced after `max_tasks` tasks."""
    processes = list(map_in_workers(process_id, failure, iter(range(10)), jobs=1, limits=Limits(max_tasks=4)))
    assert [4, 4, 2] == [processes.count(each) for each in dict.fromkeys(processes)]


def test_workers_are_started_as_needed() -> None:
    """Inputs that come one by one need one worker, whatever `jobs` is."""
    seen: list[int] = []

    def one_by_one() -> Iterator[int]:
        for number in range(4):
            while len(seen) < number:
                time.sleep(0.01)
            yield number

    for each in map_in_workers(process_id, failure, one_by_one(), jobs=8):
        seen.append(each)
        time.sleep(0.15)  # the worker's thread has to note that the worker is idle
    assert 1 == len(set(seen))


@pytest.mark.parametrize("work", [unpicklable, broken])
def test_a_failing_task_or_result(work: Any) -> None:
    """An exception, or a result that cannot be pickled, affects only its input."""
    assert ["0: internal_error"] == list(map_in_workers(work, failure, iter([0]), jobs=2))


def test_an_input_that_cannot_be_pickled() -> None:
    """An input that cannot be pickled affects only itself."""
    inputs: list[Any] = [threading.Lock(), 3]
    results = list(map_in_workers(abs, failure, iter(inputs), jobs=1))
    assert ["internal_error", 3] == [str(results[0]).split(": ")[-1], results[1]]


def test_an_exception_of_the_inputs() -> None:
    """An exception of the inputs is raised after the results of the earlier inputs."""

    def inputs() -> Iterator[int]:
        yield from (1, 2)
        raise LookupError("no more")

    results = map_in_workers(abs, failure, inputs(), jobs=2)
    assert {1, 2} == {next(results), next(results)}
    with pytest.raises(LookupError, match="no more"):
        next(results)


def test_an_exception_of_the_callback_ends_the_run() -> None:
    """If `failed` itself raises, the run raises the same and does not wait for ever."""

    def raise_error(given: int, lost: Failure) -> int:
        raise ZeroDivisionError("in the report")

    with pytest.raises(ZeroDivisionError, match="in the report"):
        list(map_in_workers(broken, raise_error, iter([1, 0, 2]), jobs=1))


def test_few_inputs_are_in_flight() -> None:
    """The number of inputs that are read ahead of the results is bounded."""
    read = []

    def inputs() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    results = map_in_workers(abs, failure, inputs(), jobs=2)
    next(results)
    time.sleep(0.1)
    assert len(read) <= MAX_IN_FLIGHT * 2
    results.close()


def test_no_process_is_left() -> None:
    """Closing the results early ends all workers."""
    results = map_in_workers(process_id, failure, iter(range(100)), jobs=1)
    worker = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_killed_fork_server_is_replaced() -> None:
    """A run goes on if its fork server is killed."""
    first = True
    processes = []
    for each, fork_server in map_in_workers(
        process_and_parent, failure, iter(range(12)), jobs=1, limits=Limits(max_tasks=3)
    ):
        if first:
            os.kill(fork_server, signal.SIGKILL)
            first = False
        processes.append(each)
    assert 12 == len(processes)
    assert 4 == len(set(processes))


def test_stopping_waits_for_running_tasks() -> None:
    """After a stop, no task is started, and running tasks have their results."""
    stop = threading.Event()
    results = map_in_workers(sleep, failure, iter([0.0] + [0.3] * 100), jobs=1, stop=stop)
    next(results)
    stop.set()
    assert len(list(results)) <= 2


def test_stopping_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that does not finish in time after a stop has no result, so that a resumed run does it."""
    monkeypatch.setattr(pool, "STOP_SECONDS", 0.3)
    stop = threading.Event()
    results = map_in_workers(sleep, failure, iter([0.0, FOREVER, 0.0]), jobs=1, stop=stop)
    assert 0.0 == next(results)
    stop.set()
    assert [] == list(results)


def test_stopping_invents_no_failure() -> None:
    """An input whose worker is killed while the run is being stopped has no result, and is not a failure."""
    stop = threading.Event()
    results = map_in_workers(process_id_or_sleep, failure, iter([0, 1, 2]), jobs=1, stop=stop)
    worker = next(results)
    time.sleep(0.2)
    stop.set()
    os.kill(worker, signal.SIGKILL)
    assert [] == list(results)


@needs_linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_fork_server_ignores_signals(number: signal.Signals) -> None:
    """A fork server that has only just been started survives a signal to its process group."""
    before = children(os.getpid())
    fork_server = ForkServer(pool.no_preload, Limits())
    (started,) = set(children(os.getpid())) - set(before)
    os.kill(started, number)
    with fork_server.fork() as channel:
        worker = pickle.loads(receive(channel, end=time.monotonic() + 20))
        assert worker in children(started)
    fork_server.close()


@needs_linux
def test_a_closed_fork_server_stays_closed() -> None:
    """A thread that asks for a worker after the end of the run starts no process."""
    before = children(os.getpid())
    fork_server = ForkServer(pool.no_preload, Limits())
    fork_server.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        fork_server.fork()
    assert before == children(os.getpid())


def test_a_signal_whose_handler_is_slow() -> None:
    """A wait ends also if a signal handler is still running when its time is up."""

    def slow_handler(*_: object) -> None:
        time.sleep(0.3)  # longer than the pool waits between two checks for a stop

    stop = threading.Event()
    before = signal.signal(signal.SIGUSR1, slow_handler)
    results = map_in_workers(sleep, failure, iter([0.0, FOREVER]), jobs=1, stop=stop)
    assert 0.0 == next(results)
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
    threading.Timer(0.5, stop.set).start()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(pool, "STOP_SECONDS", 0.3)
            assert [] == list(results)
    finally:
        signal.signal(signal.SIGUSR1, before)
