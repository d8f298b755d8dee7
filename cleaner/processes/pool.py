"""A pool of worker processes: a crash, a timeout or too much memory affects only the input that caused it."""

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
from cleaner.processes.forkserver import Failure, ForkServer, Limits, describe, receive, send, task_frame

# Inputs in flight for each worker: enough that no worker waits for its next input, few enough that memory is bounded.
MAX_IN_FLIGHT: Final = 4
# Seconds that running tasks have to finish after a run is asked to stop.
STOP_SECONDS: Final = 10.0

# Attempts to start a worker. What kills the workers (the system, say) may kill the fork server between two attempts.
_START_ATTEMPTS: Final = 3
# Seconds for a new worker to send its process id; the fork server may have to load everything first, on a busy machine.
_START_SECONDS: Final = 60.0
# Seconds between two checks whether the run is to stop: a signal handler can only set a flag.
_POLL_SECONDS: Final = 0.1

_In = TypeVar("_In")
_Out = TypeVar("_Out")

_log = logging.getLogger(__name__)


class _End(NamedTuple):
    """The end of the inputs: `total` were read, and `error` is the exception that ended them, `None` without one.

    A `total` of -1 means that a thread of the pool failed.
    """

    total: int
    error: BaseException | None = None


class AbandonedError(Exception):
    """The run is being stopped, and the task has no result."""


def no_preload() -> None:
    """Load nothing: the `preload` of work that needs none."""


def map_in_workers(
    work: Callable[[_In], _Out],
    failed: Callable[[_In, Failure], _Out],
    inputs: Iterator[_In],
    *,
    jobs: int,
    limits: Limits | None = None,
    preload: Callable[[], object] = no_preload,
    stop: threading.Event | None = None,
    stop_seconds: float | None = None,
    forked: bool = False,
    quiet: bool = True,
) -> Generator[_Out, None, None]:
    """Yield `work(input)` for each input, as they finish, computed by at most `jobs` processes.

    If a task fails, the result is `failed(input, failure)`, called in this process. The code of the failure is
    `extract_timeout`, `out_of_memory`, `worker_crashed` (the input killed two workers) or `internal_error` (`work`
    raised, or the input or the result cannot be pickled). `work` and `preload` must be importable; `preload` loads what
    `work` needs. A worker is started only when there is an input for it.

    A separate thread reads the inputs, at most `MAX_IN_FLIGHT` per worker ahead of the results. An exception of
    `inputs` is raised here, after the results of the earlier inputs.

    After `stop` is set, no input is read and no task is started. Running tasks have `stop_seconds` to finish
    (`STOP_SECONDS` for `None`); then the results end. An input whose worker dies meanwhile has no result and counts as
    not started.

    `forked` and `quiet` are those of `ForkServer`.
    """
    fork_server = ForkServer(preload, limits or Limits(), forked=forked, quiet=quiet)
    stop = stop or threading.Event()
    stop_seconds = STOP_SECONDS if stop_seconds is None else stop_seconds
    pool = _WorkerPool(work, failed, inputs, jobs, limits or Limits(), fork_server, stop, stop_seconds)
    threading.Thread(target=pool.read_inputs, name="inputs", daemon=True).start()
    try:
        yield from pool.results()
    finally:
        pool.shut_down()
        fork_server.close()


class _WorkerPool(Generic[_In, _Out]):
    """Threads that each run one worker process, and one thread that reads the inputs for them."""

    def __init__(
        self,
        work: Callable[[_In], _Out],
        failed: Callable[[_In, Failure], _Out],
        inputs: Iterator[_In],
        jobs: int,
        limits: Limits,
        fork_server: ForkServer,
        stop: threading.Event,
        stop_seconds: float,
    ) -> None:
        self._work = work
        self._failed = failed
        self._inputs = inputs
        self._jobs = jobs
        self._limits = limits
        self._workers = WorkerSet(fork_server, limits, lambda: self._is_ending)
        self._stop = stop
        self._stop_seconds = stop_seconds
        self._permits = threading.Semaphore(MAX_IN_FLIGHT * jobs)
        # Not `SimpleQueue`: on Python 3.11, its `get` with a timeout never returns if a signal handler is running when
        # the time is up, and the run could not be stopped.
        self._waiting: Queue[_In | None] = Queue()
        self._results: Queue[tuple[_Out] | _End] = Queue()
        # The lock protects the attributes below it.
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []  # one for each worker
        self._unfinished = 0  # inputs that are read and have no result yet
        self._running = 0  # those of them that a worker is working on
        self._is_halted = False

    def read_inputs(self) -> None:
        """Read the inputs, and start another worker when all are busy."""
        count = 0
        error: BaseException | None = None
        try:
            while True:
                self._permits.acquire()
                if self._is_ending:
                    break
                try:
                    given = next(self._inputs)
                except StopIteration:
                    break
                count += 1
                with self._lock:
                    self._unfinished += 1
                    if len(self._threads) < min(self._jobs, self._unfinished) and not self._is_ending:
                        self._threads.append(threading.Thread(target=self._run_worker, name="worker", daemon=True))
                        self._threads[-1].start()
                self._waiting.put(given)
        except BaseException as raised:
            error = raised
        self._results.put(_End(count, error))

    @property
    def _is_ending(self) -> bool:
        """Whether no more task is to be started."""
        return self._is_halted or self._stop.is_set()

    def results(self) -> Iterator[_Out]:
        """Yield the results as they finish, until there are no more, or the run is stopped and its tasks are done."""
        end: _End | None = None
        number = 0
        while end is None or number < end.total:
            try:
                result = self._results.get(timeout=_POLL_SECONDS)
            except Empty:
                if self._stop.is_set():
                    break
                continue
            if isinstance(result, _End):
                # A total of -1 is a bug in this module or in `failed`; without this check, the loop would never end.
                end = result
                if result.total < 0:
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
        """Yield the results of the tasks that are running, for at most `stop_seconds`."""
        with self._lock:
            self._is_halted = True
        until = time.monotonic() + self._stop_seconds
        while True:
            with self._lock:
                is_finished = not self._running
            try:
                result = self._results.get_nowait() if is_finished else self._results.get(timeout=_POLL_SECONDS)
            except Empty:
                if is_finished or time.monotonic() > until:
                    return
                continue
            if not isinstance(result, _End):
                yield result[0]

    def shut_down(self) -> None:
        """Kill the workers, also busy ones, and end the threads."""
        with self._lock:
            self._is_halted = True
            threads = list(self._threads)
        self._permits.release()
        self._workers.kill()
        for _ in threads:
            self._waiting.put(None)
        until = time.monotonic() + 1.0
        for thread in threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))

    def _run_worker(self) -> None:
        """Run the tasks of one thread in its worker, until the inputs or the run end."""
        worker: Worker | None = None
        try:
            while (given := self._waiting.get()) is not None:
                with self._lock:
                    if self._is_ending:
                        break
                    self._running += 1
                try:
                    worker, result = self._run_task(worker, given)
                    self._results.put((result,))
                except AbandonedError:
                    worker = None
                with self._lock:
                    self._running -= 1
                    self._unfinished -= 1
        except BaseException as error:
            self._results.put(_End(-1, error))
        finally:
            if worker is not None:
                self._workers.end(worker)

    def _run_task(self, worker: Worker | None, given: _In) -> tuple[Worker | None, _Out]:
        """Return the worker for the next task, `None` if it must be a new one, and the result."""
        worker, answer = self._workers.call(worker, self._work, given, self._limits.seconds)
        if isinstance(answer, Failure):
            return worker, self._failed(given, answer)
        result: _Out = answer
        return worker, result


class WorkerSet:
    """The workers of one fork server. Threads may share it; each worker belongs to one thread at a time.

    `is_ending` returns whether the run is being stopped, so that no more task is to be started.
    """

    def __init__(self, fork_server: ForkServer, limits: Limits, is_ending: Callable[[], bool]) -> None:
        self._fork_server = fork_server
        self._limits = limits
        self._is_ending = is_ending
        self._lock = threading.Lock()
        self._workers: set[Worker] = set()  # under the lock
        self._killed = False  # under the lock

    def call(
        self, worker: Worker | None, work: Callable[[_In], _Out], given: _In, seconds: float
    ) -> tuple[Worker | None, Any]:
        """Run `work(given)`, and return the worker for the next task (`None`: a new one) and the result or a `Failure`.

        Raises `AbandonedError` if the worker dies while the run is being stopped: the input may not be the cause.
        """
        try:
            frame = task_frame(work, given, seconds)
        except Exception as error:  # `given` cannot be pickled
            return worker, Failure(Code.INTERNAL_ERROR, describe(error))
        reason = "its worker process crashed twice; it may need too much memory"
        for _ in range(2):  # the second attempt is in a new process, so that no earlier task can be the cause
            try:
                worker = worker or self._start()
            except (EOFError, OSError) as error:
                reason = f"no worker process can be started ({error or 'it exited at once'})"
                continue
            try:
                reply = worker.reply(frame, seconds)
            except TimeoutError:
                self.end(worker)
                return None, Failure(Code.EXTRACT_TIMEOUT, f"the input takes longer than {seconds:g} s to process")
            except (EOFError, OSError):
                self.end(worker)
                worker = None
                if self._is_ending():
                    break
                _log.debug("a worker died; its input is tried once more")
                continue
            except BaseException:  # such as Ctrl-C: the pending reply would be taken for that of the next task
                self.end(worker)
                raise
            answer = pickle.loads(reply)
            # After it ran out of memory, a worker's memory is fragmented; after many tasks, libraries have leaked some.
            is_used_up = isinstance(answer, Failure) and answer.code is Code.OUT_OF_MEMORY
            if is_used_up or worker.tasks >= self._limits.max_tasks:
                self.end(worker)
                return None, answer
            return worker, answer
        if self._is_ending():
            raise AbandonedError
        return None, Failure(Code.WORKER_CRASHED, reason)

    def end(self, worker: Worker) -> None:
        """Kill one worker."""
        worker.kill()
        worker.channel.close()
        with self._lock:
            self._workers.discard(worker)

    def kill(self) -> None:
        """Kill all workers, also busy ones. The thread that a worker belongs to then closes its channel."""
        with self._lock:
            self._killed = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()

    def _start(self) -> Worker:
        for attempts_left in reversed(range(_START_ATTEMPTS)):
            try:
                worker = Worker(self._fork_server)
                break
            except (EOFError, OSError):
                if not attempts_left or self._is_ending():
                    raise
        with self._lock:
            self._workers.add(worker)
            killed = self._killed
        if killed:  # `kill` ran before this worker was in the set
            self.end(worker)
            raise EOFError
        return worker


class Worker:
    """One worker process. Its constructor and `reply` raise `EOFError` or `OSError` if it is dead.

    `tasks` is the number of tasks that it was given.
    """

    def __init__(self, fork_server: ForkServer) -> None:
        self.tasks = 0
        self.channel = fork_server.fork()
        try:
            self._pid = pickle.loads(receive(self.channel, end=time.monotonic() + _START_SECONDS))
        except BaseException:
            self.channel.close()
            raise
        self._ended = False

    def reply(self, frame: bytes, seconds: float) -> bytearray:
        """Send a task and return the reply. Raises `TimeoutError` after `seconds`."""
        self.tasks += 1
        end = time.monotonic() + seconds
        self.channel.settimeout(seconds)
        send(self.channel, frame)
        return receive(self.channel, end=end)

    def kill(self) -> None:
        # Only once: later, another process may have the same id.
        if not self._ended:
            self._ended = True
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
