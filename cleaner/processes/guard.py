"""Single calls in a worker process, with a time limit that the call cannot escape.

A time limit inside the process, by a signal or a thread, cannot stop C code such as libxml2 and `re`. Here the call
runs in another process, which is killed when the time is up.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from cleaner.errors import CleanerError
from cleaner.processes.forkserver import Failure, ForkServer, Limits
from cleaner.processes.pool import Worker, WorkerSet

# Idle workers that are kept for later calls; each takes about 60 MB. If more threads call at the same time, additional
# workers are started, and ended after their call.
MAX_IDLE: Final = 4

_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


class Guard:
    """A fork server and its workers, started by the first call. Threads and forked processes may use it.

    `preload` loads what the calls need; it runs in the fork server before the first worker is forked.
    """

    def __init__(self, preload: Callable[[], object], limits: Limits | None = None) -> None:
        self._preload = preload
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._running: _Running | None = None
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._release)

    def call(self, work: Callable[[_Given], _Result], given: _Given, seconds: float) -> _Result:
        """Return `work(given)`. Both are pickled, so `work` must be importable.

        Raises `CleanerError` with the code `extract_timeout` after `seconds`, `out_of_memory` above the limit,
        `worker_crashed` if two workers died, or `internal_error` if `work` raises, or if `given` or the result cannot
        be pickled; and `NotImplementedError` on systems without `os.fork`.
        """
        if not hasattr(os, "fork"):
            raise NotImplementedError("a time limit needs os.fork, which this system does not have; call without one")
        with self._lock:
            self._running = running = self._running or _Running(self._preload, self._limits)
            worker = running.idle.pop() if running.idle else None
        worker, answer = running.workers.call(worker, work, given, seconds)
        if worker is not None:
            self._put_back(running, worker)
        if isinstance(answer, Failure):
            raise CleanerError(answer.code, answer.message)
        result: _Result = answer
        return result

    def close(self) -> None:
        """End the workers and their fork server. The next call starts new ones."""
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
        """Leave the workers to the parent after a fork: two processes would read each other's answers."""
        self._lock = threading.Lock()  # in the parent, another thread may have held the old one
        running, self._running = self._running, None
        if running is not None:
            running.close_channels()
            running.fork_server.release()


class _Running:
    """A fork server, its workers, and those of them that are idle."""

    def __init__(self, preload: Callable[[], object], limits: Limits) -> None:
        self.fork_server = ForkServer(preload, limits, preload_at=1)
        self.workers = WorkerSet(self.fork_server, limits, lambda: False)
        self.idle: list[Worker] = []

    def close_channels(self) -> None:
        for worker in self.idle:
            worker.channel.close()
