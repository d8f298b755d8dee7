"""Calls in worker processes, guarded from outside: whatever an input does to its worker, it alone pays for it."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from queue import Empty, Queue
from typing import Any, Final, Generic, NamedTuple, TypeVar

from cleaner.errors import Code
from cleaner.processes.forkserver import Failure, ForkServer, Limits, call_in_worker, described, receive, send

# Inputs in flight for each worker: enough that none waits for the next, few enough that memory stays flat.
MAX_IN_FLIGHT: Final = 4
# Seconds that work in hand has to finish, once a run is to stop.
STOP_SECONDS: Final = 10.0

# Times that starting a worker is tried: whoever kills workers may kill the nursery, too, between the two.
_START_TRIES: Final = 3
# Seconds for a new worker to say that it is there; it may have to load everything first, on a busy machine.
_START_SECONDS: Final = 60.0
# Seconds between two looks at whether the run is to stop: a signal's handler can do no more than note it.
_LOOK_SECONDS: Final = 0.1

_In = TypeVar("_In")
_Out = TypeVar("_Out")

_log = logging.getLogger(__name__)


class _End(NamedTuple):
    """No more inputs come: `taken` were taken, and `error` is what ended them, `None` where they were all."""

    taken: int
    error: BaseException | None = None


class AbandonedError(Exception):
    """The run ends, and what was in work has no result."""


def no_context() -> None:
    """What needs no warming up."""


def map_in_workers(
    work: Callable[[_In], _Out],
    failed: Callable[[_In, Failure], _Out],
    inputs: Iterator[_In],
    *,
    jobs: int,
    limits: Limits | None = None,
    warm: Callable[[], object] = no_context,
    stop: threading.Event | None = None,
    forked: bool = False,
    quiet: bool = True,
) -> Generator[_Out, None, None]:
    """`work(input)` of each input, as they are done, by `jobs` processes; there are never more than inputs to work on.

    Where there is no such result, `failed(input, failure)` is called in this process instead: with `extract_timeout`,
    `out_of_memory`, `worker_crashed` (an input that killed two workers), or `internal_error` (`work` raised, or what is
    to travel cannot be pickled). What `work` and `warm` are must be importable; `warm` loads what `work` needs.

    A separate thread takes the inputs, at most `MAX_IN_FLIGHT` per worker ahead of what is yielded. What they raise is
    raised here, after the results of the earlier inputs.

    After `stop` is set no input is taken and none begun; those in work have `STOP_SECONDS` to come out, and the results
    end. An input whose worker dies meanwhile has no result: it counts as not begun.

    For `forked` and `quiet`, see `ForkServer`.
    """
    fork_server = ForkServer(warm, limits or Limits(), forked=forked, quiet=quiet)
    pool = _WorkerPool(work, failed, inputs, jobs, limits or Limits(), fork_server, stop or threading.Event())
    threading.Thread(target=pool.feed, name="inputs", daemon=True).start()
    try:
        yield from pool.results()
    finally:
        pool.shut_down()
        fork_server.close()


class _WorkerPool(Generic[_In, _Out]):
    """Threads that each mind one worker process, fed by one thread that takes the inputs."""

    def __init__(
        self,
        work: Callable[[_In], _Out],
        failed: Callable[[_In, Failure], _Out],
        inputs: Iterator[_In],
        jobs: int,
        limits: Limits,
        fork_server: ForkServer,
        stop: threading.Event,
    ) -> None:
        self._work = work
        self._failed = failed
        self._inputs = inputs
        self._jobs = jobs
        self._limits = limits
        self._workers = WorkerSet(fork_server, limits, lambda: self._ending)
        self._stop = stop
        self._permits = threading.Semaphore(MAX_IN_FLIGHT * jobs)
        # Not `SimpleQueue`: on Python 3.11, its `get` with a timeout waits for ever if a signal handler is running when
        # the time is up, and the run could not be stopped.
        self._waiting: Queue[_In | None] = Queue()
        self._done: Queue[tuple[_Out] | _End] = Queue()
        # What follows is shared by the threads, under the lock.
        self._lock = threading.Lock()
        self._minders: list[threading.Thread] = []
        self._unfinished = 0  # inputs taken and not yet done
        self._in_hand = 0  # those of them that a worker works on
        self._halted = False

    def feed(self) -> None:
        """Takes the inputs, and starts another worker where all have something to do."""
        taken = 0
        error: BaseException | None = None
        try:
            while True:
                self._permits.acquire()
                if self._ending:
                    break
                try:
                    given = next(self._inputs)
                except StopIteration:
                    break
                taken += 1
                with self._lock:
                    self._unfinished += 1
                    if len(self._minders) < min(self._jobs, self._unfinished) and not self._ending:
                        self._minders.append(threading.Thread(target=self._run_worker, name="worker", daemon=True))
                        self._minders[-1].start()
                self._waiting.put(given)
        except BaseException as raised:
            error = raised
        self._done.put(_End(taken, error))

    @property
    def _ending(self) -> bool:
        """Whether nothing more is to be begun."""
        return self._halted or self._stop.is_set()

    def results(self) -> Iterator[_Out]:
        """The results as they come, until all are there, or the run is stopped and the work in hand is done."""
        end: _End | None = None
        number = 0
        while end is None or number < end.taken:
            try:
                result = self._done.get(timeout=_LOOK_SECONDS)
            except Empty:
                if self._stop.is_set():
                    break
                continue
            if isinstance(result, _End):
                # A minder's end is a mistake in this module or in `failed`: without it the results would never end.
                end = result
                if result.taken < 0:
                    break
            else:
                number += 1
                yield result[0]
                self._permits.release()
            if self._stop.is_set():
                break
        if end is not None and end.error is not None:
            raise end.error
        if self._stop.is_set():
            yield from self._last_results()

    def _last_results(self) -> Iterator[_Out]:
        with self._lock:
            self._halted = True
        until = time.monotonic() + STOP_SECONDS
        while True:
            with self._lock:
                is_finished = not self._in_hand
            try:
                result = self._done.get_nowait() if is_finished else self._done.get(timeout=_LOOK_SECONDS)
            except Empty:
                if is_finished or time.monotonic() > until:
                    return
                continue
            if not isinstance(result, _End):
                yield result[0]

    def shut_down(self) -> None:
        """Kills the workers, whatever they do, and lets the threads end."""
        with self._lock:
            self._halted = True
            minders = list(self._minders)
        self._permits.release()
        self._workers.kill()
        for _ in minders:
            self._waiting.put(None)
        until = time.monotonic() + 1.0
        for minder in minders:
            minder.join(timeout=max(0.0, until - time.monotonic()))

    def _run_worker(self) -> None:
        worker: Worker | None = None
        try:
            while (given := self._waiting.get()) is not None:
                with self._lock:
                    if self._ending:
                        break
                    self._in_hand += 1
                try:
                    worker, result = self._outcome(worker, given)
                    self._done.put((result,))
                except AbandonedError:
                    worker = None
                with self._lock:
                    self._in_hand -= 1
                    self._unfinished -= 1
        except BaseException as error:
            self._done.put(_End(-1, error))
        finally:
            if worker is not None:
                self._workers.end(worker)

    def _outcome(self, worker: Worker | None, given: _In) -> tuple[Worker | None, _Out]:
        """The worker to go on with, `None` where it must be a new one, and the result."""
        try:
            frame = call_in_worker(self._work, given, self._limits.seconds)
        except Exception as error:
            return worker, self._failed(given, Failure(Code.INTERNAL_ERROR, described(error)))
        worker, answer = self._workers.answer(worker, frame, self._limits.seconds)
        if isinstance(answer, Failure):
            return worker, self._failed(given, answer)
        result: _Out = answer
        return worker, result


class WorkerSet:
    """The workers of one nursery. It is safe to use from several threads; each worker belongs to one of them.

    `is_ending` says whether no more work is to be begun.
    """

    def __init__(self, fork_server: ForkServer, limits: Limits, is_ending: Callable[[], bool]) -> None:
        self._nursery = fork_server
        self._limits = limits
        self._is_ending = is_ending
        self._lock = threading.Lock()
        self._workers: set[Worker] = set()  # under the lock
        self._killed = False  # under the lock

    def answer(self, worker: Worker | None, frame: bytes, seconds: float) -> tuple[Worker | None, Any]:
        """The worker to go on with, `None` if it must be a new one, and what came of a piece of work or a `Failure`.

        Raises `AbandonedError` if the worker is lost while the run ends: that may not be the input's fault.
        """
        why = "its worker process died twice; it may need too much memory"
        for _ in range(2):  # the second time in a new process, where nothing before it can be to blame
            try:
                worker = worker or self._started()
            except (EOFError, OSError) as error:
                why = f"no worker process can be started ({error or 'it died'})"
                continue
            try:
                reply = worker.reply(frame, seconds)
            except TimeoutError:
                self.end(worker)
                return None, Failure(Code.EXTRACT_TIMEOUT, f"it takes longer than {seconds:g} s to clean")
            except (EOFError, OSError):
                self.end(worker)
                worker = None
                if self._is_ending():
                    break
                _log.debug("a worker died; its input is tried once more")
                continue
            except BaseException:  # Ctrl-C, say: what the worker says next would be taken for another answer
                self.end(worker)
                raise
            answer = pickle.loads(reply)
            # What is left of the memory is in pieces, and what libraries leak is given back now and then.
            is_used_up = isinstance(answer, Failure) and answer.code is Code.OUT_OF_MEMORY
            if is_used_up or worker.max_tasks >= self._limits.max_tasks:
                self.end(worker)
                return None, answer
            return worker, answer
        if self._is_ending():
            raise AbandonedError
        return None, Failure(Code.WORKER_CRASHED, why)

    def end(self, worker: Worker) -> None:
        """Kills one worker."""
        worker.kill()
        worker.channel.close()
        with self._lock:
            self._workers.discard(worker)

    def kill(self) -> None:
        """Kills all workers, whatever they do; those that work for another thread end in its hands."""
        with self._lock:
            self._killed = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()

    def _started(self) -> Worker:
        for tries_left in reversed(range(_START_TRIES)):
            try:
                worker = Worker(self._nursery)
                break
            except (EOFError, OSError):
                if not tries_left or self._is_ending():
                    raise
        with self._lock:
            self._workers.add(worker)
            killed = self._killed
        if killed:  # it came too late to be killed with the others
            self.end(worker)
            raise EOFError
        return worker


class Worker:
    """One worker process. Raises `EOFError` or `OSError` where it is dead."""

    def __init__(self, fork_server: ForkServer) -> None:
        self.max_tasks = 0
        self.channel = fork_server.fork()
        try:
            self._pid = pickle.loads(receive(self.channel, end=time.monotonic() + _START_SECONDS))
        except BaseException:
            self.channel.close()
            raise
        self._ended = False

    def reply(self, frame: bytes, seconds: float) -> bytearray:
        """The answer to a piece of work; `TimeoutError` after so many seconds."""
        self.max_tasks += 1
        end = time.monotonic() + seconds
        self.channel.settimeout(seconds)
        send(self.channel, frame)
        return receive(self.channel, end=end)

    def kill(self) -> None:
        # Once only: after that, the number may be another process's.
        if not self._ended:
            self._ended = True
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
