"""Worker processes: what an input does to its own, it alone pays for."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cleaner.processes import pool as workers
from cleaner.processes.forkserver import Failure, ForkServer, Limits, receive
from cleaner.processes.pool import MAX_IN_FLIGHT, map_in_workers

# Long enough that a busy machine does the others meanwhile.
SHORT = Limits(seconds=2.0)


def failure(given: object, lost: Failure) -> Any:
    return f"{given}: {lost.code}"


def squared_unless_deadly(number: int) -> int:
    if number in (3, 11):
        os._exit(1)
    return number * number


def square_or_spin(number: int) -> int:
    while number == 2:
        pass
    return number * number


def length_of(size: int) -> int:
    return len(bytes(size))


def unpicklable(number: int) -> Any:
    return lambda: number


def broken(number: int) -> int:
    return 1 // number


def process_and_parent(number: int) -> tuple[int, int]:
    return os.getpid(), os.getppid()


def process(number: int) -> int:
    return os.getpid()


class FetchTask(NamedTuple):
    """A number and the folder where each visit of it leaves a mark."""

    number: int
    folder: str


def deadly_at_first(visit: FetchTask) -> int:
    mark = Path(visit.folder, str(visit.number))
    if visit.number == 5 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return visit.number


def slow(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def process_then_slow(number: int) -> int:
    time.sleep(60.0 if number else 0.0)
    return os.getpid()


def test_a_dead_worker_costs_its_own_input_only() -> None:
    """An input that kills each worker it meets is told; all others have their result."""
    results = map_in_workers(squared_unless_deadly, failure, iter(range(14)), jobs=2)
    assert {f"{n}: worker_crashed" if n in (3, 11) else n * n for n in range(14)} == set(results)


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    """An input whose worker dies is tried again in a new one, and has its result."""
    visits = [FetchTask(number, str(tmp_path)) for number in range(10)]
    assert set(range(10)) == set(map_in_workers(deadly_at_first, failure, iter(visits), jobs=2))
    assert ["5"] == [mark.name for mark in tmp_path.iterdir()]


def test_an_input_that_hangs_is_left() -> None:
    """Who spins, deaf to signals, is killed after the time limit, and the others go on meanwhile."""
    results = list(map_in_workers(square_or_spin, failure, iter(range(8)), jobs=2, limits=SHORT))
    assert "2: extract_timeout" == results[-1]
    assert {n * n for n in range(8) if n != 2} == set(results[:-1])


def test_an_input_that_wants_too_much_memory() -> None:
    """Memory above the limit is refused, and told; below it, it is there."""
    limits = Limits(memory=300_000_000)
    sizes = [100_000_000, 1_000_000_000, 1000]
    expected = [100_000_000, "1000000000: out_of_memory", 1000]
    assert expected == list(map_in_workers(length_of, failure, iter(sizes), jobs=1, limits=limits))


def test_workers_are_replaced() -> None:
    """A worker does so many pieces of work, and gives its memory back then."""
    processes = list(map_in_workers(process, failure, iter(range(10)), jobs=1, limits=Limits(max_tasks=4)))
    assert [4, 4, 2] == [processes.count(each) for each in dict.fromkeys(processes)]


def test_workers_come_as_needed() -> None:
    """One input starts one worker, however many there may be."""
    seen: list[int] = []

    def one_by_one() -> Iterator[int]:
        for number in range(5):
            while len(seen) < number:
                time.sleep(0.01)
            yield number

    for each in map_in_workers(process, failure, one_by_one(), jobs=8):
        seen.append(each)
        time.sleep(0.05)  # the thread that minds the worker has to note that it is free
    assert 1 == len(set(seen))


@pytest.mark.parametrize("work", [unpicklable, broken])
def test_what_fails_or_cannot_travel_is_told(work: Any) -> None:
    """A result that cannot be sent back, and an exception, cost their input only."""
    assert ["0: internal_error"] == list(map_in_workers(work, failure, iter([0]), jobs=2))


def test_an_input_that_cannot_travel_is_told() -> None:
    """An input that cannot be sent costs itself only."""
    inputs: list[Any] = [threading.Lock(), 3]
    results = list(map_in_workers(abs, failure, iter(inputs), jobs=1))
    assert ["internal_error", 3] == [str(results[0]).split(": ")[-1], results[1]]


def test_what_the_inputs_raise_is_raised() -> None:
    """An exception of the inputs comes after the results of those before it."""

    def inputs() -> Iterator[int]:
        yield from (1, 2)
        raise LookupError("no more")

    results = map_in_workers(abs, failure, inputs(), jobs=2)
    assert {1, 2} == {next(results), next(results)}
    with pytest.raises(LookupError, match="no more"):
        next(results)


def test_a_mistake_in_telling_ends_the_run() -> None:
    """Where even the failure cannot be told, the run raises, and does not wait for ever."""

    def mistaken(given: int, lost: Failure) -> int:
        raise ZeroDivisionError("in the report")

    with pytest.raises(ZeroDivisionError, match="in the report"):
        list(map_in_workers(broken, mistaken, iter([1, 0, 2]), jobs=1))


def test_few_inputs_are_in_flight() -> None:
    """The workers run ahead of the reader by a bounded number of inputs."""
    taken = []

    def inputs() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = map_in_workers(abs, failure, inputs(), jobs=2)
    next(results)
    time.sleep(0.1)
    assert len(taken) <= MAX_IN_FLIGHT * 2
    results.close()


def test_nothing_is_left_behind() -> None:
    """Who leaves early leaves no process: not the one that works, not the one that waits."""
    results = map_in_workers(process, failure, iter(range(100)), jobs=1)
    worker = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_killed_nursery_is_replaced() -> None:
    """Somebody who kills every process that there is, the nursery, too, cannot stop the run."""
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


def test_stopping_waits_for_work_in_hand() -> None:
    """Once stopped, nothing is begun; what is in work comes out."""
    stop = threading.Event()
    results = map_in_workers(slow, failure, iter([0.0] + [0.3] * 100), jobs=1, stop=stop)
    next(results)
    stop.set()
    assert len(list(results)) <= 2


def test_stopping_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not done in time is given up, and told nowhere: it is done when the run is resumed."""
    monkeypatch.setattr(workers, "STOP_SECONDS", 0.3)
    stop = threading.Event()
    results = map_in_workers(slow, failure, iter([0.0, 60.0, 0.0]), jobs=1, stop=stop)
    assert 0.0 == next(results)
    stop.set()
    began = time.monotonic()
    assert [] == list(results)
    assert time.monotonic() - began < 5


def test_stopping_invents_no_failure() -> None:
    """An input whose worker is killed while the run is being stopped has no result, and so no failure."""
    stop = threading.Event()
    results = map_in_workers(process_then_slow, failure, iter([0, 1, 2]), jobs=1, stop=stop)
    worker = next(results)
    time.sleep(0.2)
    stop.set()
    os.kill(worker, signal.SIGKILL)
    assert [] == list(results)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_group_spares_the_nursery(number: signal.Signals) -> None:
    """A nursery that has only just been started survives the signals that go to all processes of a group."""
    fork_server = ForkServer(workers.no_context, Limits())
    started = fork_server._pid
    os.kill(started, number)
    with fork_server.fork() as channel:
        assert receive(channel, end=time.monotonic() + 20)
    assert started == fork_server._pid
    fork_server.close()


def test_a_signal_whose_handler_is_slow() -> None:
    """A signal handler that is still running when a wait is over does not make the wait endless."""

    def slow_handler(*_: object) -> None:
        time.sleep(3 * workers._LOOK_SECONDS)

    stop = threading.Event()
    before = signal.signal(signal.SIGALRM, slow_handler)
    results = map_in_workers(slow, failure, iter([0.0, 60.0]), jobs=1, stop=stop)
    assert 0.0 == next(results)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(workers, "STOP_SECONDS", 0.3)
            assert [] == list(results)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 5
