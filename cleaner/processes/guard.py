"""Single calls in a worker process, with a time limit that nothing in the call can escape.

libxml2 and `re` listen to neither signals nor threads, so a time limit inside the process could not stop them. Here the
call runs in another process, which is killed when the time is up.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from cleaner.errors import CleanerError
from cleaner.processes.forkserver import Failure, ForkServer, Limits, call_in_worker
from cleaner.processes.pool import Worker, WorkerSet

# Workers that are kept for later calls; each holds some 60 MB. More are started where more threads call at a time.
MAX_IDLE: Final = 4

_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


class Guard:
    """A nursery and its workers, started at the first call. It is safe to use from several threads, and after a fork.

    `warm` loads what the calls need; it runs in the nursery before the first worker is forked.
    """

    def __init__(self, warm: Callable[[], object], limits: Limits | None = None) -> None:
        self._warm = warm
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._running: _Running | None = None
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._release)

    def call(self, work: Callable[[_Given], _Result], given: _Given, seconds: float) -> _Result:
        """`work(given)`. Both are pickled, and `work` must be importable.

        Raises `CleanerError`: `extract_timeout` after `seconds`, `out_of_memory`, `worker_crashed`, and
        `internal_error` if `work` raises; `NotImplementedError` on systems without `os.fork`.
        """
        if not hasattr(os, "fork"):
            raise NotImplementedError("a time limit needs os.fork, which this system does not have")
        frame = call_in_worker(work, given, seconds)
        with self._lock:
            self._running = running = self._running or _Running(self._warm, self._limits)
            worker = running.idle.pop() if running.idle else None
        worker, answer = running.workers.answer(worker, frame, seconds)
        if worker is not None:
            self._put_back(running, worker)
        if isinstance(answer, Failure):
            raise CleanerError(answer.code, answer.message)
        result: _Result = answer
        return result

    def close(self) -> None:
        """Ends the workers and their nursery; the next call starts new ones."""
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            running.workers.kill()
            running.close_channels()
            running.fork_server.close()

    def _put_back(self, running: _Running, worker: Worker) -> None:
        with self._lock:
            if running is self._running and len(running.idle) < MAX_IDLE:
                running.idle.append(worker)
                return
        running.workers.end(worker)

    def _release(self) -> None:
        """Leaves the workers to the parent process: two processes would read each other's answers."""
        self._lock = threading.Lock()  # another thread may have held it in the parent
        running, self._running = self._running, None
        if running is not None:
            running.close_channels()
            running.fork_server.release()


class _Running:
    """A nursery, its workers, and those of them that wait for work."""

    def __init__(self, warm: Callable[[], object], limits: Limits) -> None:
        self.fork_server = ForkServer(warm, limits, warm_at=1)
        self.workers = WorkerSet(self.fork_server, limits, lambda: False)
        self.idle: list[Worker] = []

    def close_channels(self) -> None:
        for worker in self.idle:
            worker.channel.close()
