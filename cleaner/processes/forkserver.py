"""Fork server: a process with everything loaded, from which worker processes are forked.

A new Python needs 0.3 s of CPU to load what cleaning a page needs; a fork of a process that has it loaded takes 5 ms,
and workers are replaced often. Forking the main process instead would be unsound: it has threads, connections and open
files, and may hold gigabytes of a caller's data. The fork server of `multiprocessing` imports the main program into
each worker, so that every program needs `if __name__ == "__main__":`; with this one, no program does.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, NamedTuple

from cleaner.errors import Code
from cleaner.signals import STOP_SIGNALS

_LENGTH = struct.Struct("!Q")
# The frame of a task starts with its time limit in seconds.
_SECONDS = struct.Struct("!d")

# Seconds after the time limit at which the kernel ends a worker. This only happens to a worker whose parent was killed.
_BACKSTOP_SECONDS = 10.0

# Seconds that a fork server has to end by itself before it is killed; it may still be loading.
_END_SECONDS = 2.0


class Limits(NamedTuple):
    """The limits of one worker.

    `seconds` is the time for one task. The largest real page known takes 0.5 s, so a page that takes this long would
    probably never end. `memory` is in bytes of address space, in addition to what is mapped before the first task; a
    page of 10 MB, the largest that is read, needs less than half of it. After `max_tasks` tasks a worker is replaced,
    which frees the memory that libraries leak.
    """

    seconds: float = 20.0
    memory: int = 1_000_000_000
    max_tasks: int = 1_000


class Failure(NamedTuple):
    """The reason why a task has no result."""

    code: Code
    message: str


def send(channel: socket.socket, frame: bytes) -> None:
    """Send a frame. Raises `OSError` if the other side is gone, also as its subclass `TimeoutError`."""
    channel.sendall(_LENGTH.pack(len(frame)))
    channel.sendall(frame)


def receive(channel: socket.socket, *, end: float | None = None) -> bytearray:
    """Return the next frame. `end` is when to give up, on the clock of `time.monotonic`; `None` means no limit.

    Raises `EOFError` if the other side is gone, and `TimeoutError` at `end`.
    """
    (count,) = _LENGTH.unpack(_receive_exactly(channel, _LENGTH.size, end))
    return _receive_exactly(channel, count, end)


def _receive_exactly(channel: socket.socket, count: int, end: float | None) -> bytearray:
    frame = bytearray(count)
    left = memoryview(frame)
    while left:
        if end is not None:
            channel.settimeout(max(0.001, end - time.monotonic()))
        received = channel.recv_into(left)
        if not received:
            raise EOFError
        left = left[received:]
    return frame


def task_frame(work: Callable[[Any], object], given: object, seconds: float) -> bytes:
    """Return the frame that tells a worker to call `work(given)`, with a time limit in seconds.

    Raises any exception that pickling raises.
    """
    return _SECONDS.pack(seconds) + pickle.dumps((work, given), pickle.HIGHEST_PROTOCOL)


def main(control: int) -> None:
    """Run a fork server in a new Python process. `control` is the file descriptor of its end of the control channel."""
    channel = socket.socket(fileno=control)
    preload, limits, preload_at = pickle.loads(receive(channel))
    serve_forks(channel, preload, limits, preload_at)


def serve_forks(control: socket.socket, preload: Callable[[], object], limits: Limits, preload_at: int) -> None:
    """Fork a worker for each channel that arrives over `control`, until `control` is closed.

    `preload` is called before the worker with the number `preload_at` is forked, counted from 1. This worker and all
    later ones share what it loads.
    """
    # Stop signals reach every process of the group. Only the main process handles them: it ends the other processes by
    # closing their channels, or kills them.
    for stop_signal in STOP_SIGNALS:
        signal.signal(stop_signal, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, _reap)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    number = 0
    while True:
        message, channels, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            break
        number += 1
        if number == preload_at:
            with suppress(Exception):  # a worker meets the same error and reports it
                preload()
        if os.fork() == 0:
            control.close()
            with socket.socket(fileno=channels[0]) as channel:
                _run_tasks(channel, limits)
            os._exit(0)
        os.close(channels[0])
    # The system adds the CPU time of a child process only after `wait`; without this, that of workers would be missing.
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _reap(*_: object) -> None:
    """Reap exited workers."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _run_tasks(channel: socket.socket, limits: Limits) -> None:
    """Run the tasks that arrive over the channel, until it is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # The default action ends the process even inside C code, where a Python handler would not run.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit_memory(limits.memory)
    with suppress(EOFError, OSError):
        send(channel, pickle.dumps(os.getpid()))
        while True:
            frame = receive(channel)
            (seconds,) = _SECONDS.unpack_from(frame)
            signal.setitimer(signal.ITIMER_REAL, seconds + _BACKSTOP_SECONDS)
            reply = _run_task(memoryview(frame)[_SECONDS.size :])
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(channel, reply)


def _run_task(frame: memoryview) -> bytes:
    """Return the pickled result of the call that the frame holds, or a pickled `Failure`."""
    try:
        work, given = pickle.loads(frame)
        return pickle.dumps(work(given), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Failure(Code.OUT_OF_MEMORY, "the input needs more memory than the limit for one input"))
    except Exception as error:
        return pickle.dumps(Failure(Code.INTERNAL_ERROR, describe(error)))


def _limit_memory(allowed: int) -> None:
    """Set the limit of memory, if the system reports the memory that is mapped now, as Linux does."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm") as statm:
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = mapped + allowed if hard == resource.RLIM_INFINITY else min(mapped + allowed, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def describe(failure: Exception) -> str:
    """Return the type of the exception, the line that raised it and its message: what a bug report needs."""
    import traceback

    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    text = " ".join(str(failure).split())[:200]
    return f"{type(failure).__name__}{place}{f': {text}' if text else ''}; please report this bug"


@contextmanager
def _stop_signals_blocked() -> Iterator[None]:
    """Block the stop signals in this thread and in processes that it starts; these unblock them once they ignore them.

    Otherwise a signal to the whole process group could kill a fork server that does not ignore it yet, and inputs would
    fail in a run that is only being stopped.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class ForkServer:
    """A fork server of this process, which the constructor starts. Threads may share it.

    With `forked`, it is forked from this process. That is 30 ms faster, but sound only if this process runs nothing but
    the command and has a single thread; otherwise the fork server is a new Python. `quiet` discards its standard error.
    `preload` is called before the worker with the number `preload_at` is forked. The default is 2: a run of a single
    page has a single worker, which loads only what that page needs.
    """

    def __init__(
        self,
        preload: Callable[[], object],
        limits: Limits,
        *,
        forked: bool = False,
        quiet: bool = True,
        preload_at: int = 2,
    ) -> None:
        self._preload = preload
        self._limits = limits
        self._quiet = quiet
        self._preload_at = preload_at
        self._lock = threading.Lock()
        self._closed = False
        self._start(forked=forked)

    def fork(self) -> socket.socket:
        """Return a channel to a new worker. The first frame from it is the pickled process id of the worker.

        Raises `OSError` if no process can be started, and after `close`.
        """
        ours, theirs = socket.socketpair()
        with ExitStack() as unless_sent:
            unless_sent.callback(ours.close)
            with theirs, self._lock:
                try:
                    socket.send_fds(self._control, [b"+"], [theirs.fileno()])
                except OSError:  # the fork server was killed; this process has threads by now and cannot be forked
                    if self._closed:  # a late thread must not start another fork server, which nothing would end
                        raise
                    self._end()
                    self._start(forked=False)
                    socket.send_fds(self._control, [b"+"], [theirs.fileno()])
            unless_sent.pop_all()
        return ours

    def close(self) -> None:
        """End the fork server. Its workers end when their channels are closed and their tasks are done."""
        with self._lock:
            self._closed = True
            self._end()

    def release(self) -> None:
        """Close this process's end of the control channel. A fork calls it to leave the fork server to its parent."""
        self._control.close()

    def _start(self, *, forked: bool) -> None:
        self._control, theirs = socket.socketpair()
        with theirs, _stop_signals_blocked():
            if forked:
                self._pid = os.fork()
                if self._pid == 0:
                    self._run_forked(theirs)
            else:
                self._pid = self._spawn(theirs)

    def _run_forked(self, control: socket.socket) -> None:
        """Serve forks in the forked process, then exit."""
        try:
            # Inherited descriptors would keep pipes open, and the lock on an output, after the main process has ended.
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2) if self._quiet else (0, 1):
                os.dup2(null, standard)
            os.closerange(3, control.fileno())
            os.closerange(control.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
            serve_forks(control, self._preload, self._limits, self._preload_at)
        finally:
            os._exit(0)

    def _spawn(self, control: socket.socket) -> int:
        """Start a fork server in a new Python, and return its process id."""
        import subprocess

        path = [str(entry) for entry in sys.path]  # so that the new Python finds the same `cleaner`
        imports = "from cleaner.processes.forkserver import main"
        program = f"import sys; sys.path[:] = {path!r}; {imports}; main({control.fileno()})"
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            pass_fds=[control.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if self._quiet else None,
        )
        process.returncode = 0  # `_end` waits for it; without this, `Popen` would warn that it is still running
        send(self._control, pickle.dumps((self._preload, self._limits, self._preload_at)))
        return process.pid

    def _end(self) -> None:
        self._control.close()
        until = time.monotonic() + _END_SECONDS
        with suppress(ChildProcessError):
            while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
                if time.monotonic() > until:
                    os.kill(self._pid, signal.SIGKILL)
                time.sleep(0.002)
