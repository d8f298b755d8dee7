"""Calls in worker processes: results in the order of the inputs, and no dead worker takes an input with it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

# Inputs in flight for each worker: enough that none waits for the next, few enough that memory stays flat.
IN_FLIGHT = 4

_In = TypeVar("_In")
_Out = TypeVar("_Out")


class WorkerCrashedError(Exception):
    """The process that worked on an input died, alone with it."""


def in_workers(
    work: Callable[[_In], _Out], failed: Callable[[_In, Exception], _Out], inputs: Iterator[_In], *, jobs: int
) -> Generator[_Out, None, None]:
    """`work(input)` of each input, in order, done by `jobs` processes.

    Where there is no such result, `failed(input, error)` is called here instead: with a `WorkerCrashedError`, or with
    what hindered the way to the worker and back.
    """
    pool = _new_pool(jobs)
    flying: deque[tuple[_In, Future[_Out]]] = deque()
    try:
        while True:
            for given in islice(inputs, IN_FLIGHT * jobs - len(flying)):
                flying.append((given, _submitted(pool, work, given)))
                if flying[0][1].done():  # the next input may take its time: a page must be fetched first
                    break
            if not flying:
                return
            given, future = flying.popleft()
            if not _is_lost(future):
                yield _outcome(given, future, failed)
                continue
            # Every input in flight is lost with a worker, though only one killed it: each has its next chance alone.
            pool.shutdown()
            for again, late in [(given, future), *flying]:
                yield _alone(work, failed, again) if _is_lost(late) else _outcome(again, late, failed)
            flying.clear()
            pool = _new_pool(jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[_In], _Out], given: _In) -> Future[_Out]:
    try:
        return pool.submit(work, given)
    except BrokenProcessPool as error:
        lost: Future[_Out] = Future()
        lost.set_exception(error)
        return lost


def _is_lost(future: Future[_Out]) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)


def _outcome(given: _In, future: Future[_Out], failed: Callable[[_In, Exception], _Out]) -> _Out:
    try:
        return future.result()
    except Exception as error:
        return failed(given, error)


def _alone(work: Callable[[_In], _Out], failed: Callable[[_In, Exception], _Out], given: _In) -> _Out:
    with _new_pool(1) as pool:
        future = _submitted(pool, work, given)
        if _is_lost(future):
            return failed(given, WorkerCrashedError("its worker process died; it may need too much memory"))
        return _outcome(given, future, failed)


def _new_pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_start_worker)


def _start_worker() -> None:
    # Ctrl-C goes to every process of a terminal, and it is the parent that decides what becomes of the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A forked worker inherits the parent's handlers; this one must end it, for the pool waits until it does.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
