"""The processes beside the main one: a worker, which does one piece of work after the other, and the nursery, which
workers are forked from.

Why a nursery: a new Python takes 0.3 s of CPU to load what a page needs, a fork of one that has it 5 ms, and workers
are replaced often. The main process itself is no place to fork from: it has threads, connections and open files, and
may hold a program of gigabytes. `multiprocessing`'s own fork server imports the main program into each worker, which
asks every program for `if __name__ == "__main__":`; nothing here does.
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
# Before a piece of work stands its time limit in seconds.
_SECONDS = struct.Struct("!d")

# Seconds behind the time limit after which the kernel ends a worker: only one whose parent was killed comes to that.
_BACKSTOP = 10.0

# Seconds that a nursery has to end by itself; it may be loading.
_END_SECONDS = 2.0


class Limits(NamedTuple):
    """What one worker may take.

    The largest real page known takes 0.5 s; what takes `seconds` would take for ever. `memory` is bytes of address
    space above what is mapped before the first piece of work; a page of 10 MB, the most that is read, stays below half
    of it. What libraries leak is given back after `max_tasks`.
    """

    seconds: float = 20.0
    memory: int = 1_000_000_000
    max_tasks: int = 1_000


class Failure(NamedTuple):
    """Why a piece of work came to no result."""

    code: Code
    message: str


def send(channel: socket.socket, frame: bytes) -> None:
    """Raises `OSError` where the other side is gone; `TimeoutError` is one, too."""
    channel.sendall(_LENGTH.pack(len(frame)))
    channel.sendall(frame)


def receive(channel: socket.socket, *, end: float | None = None) -> bytearray:
    """The next frame. `end` is when to give up, as `time.monotonic` counts; `None` waits for ever.

    Raises `EOFError` where the other side is gone, `TimeoutError` after `end`.
    """
    (count,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, end))
    return _exactly(channel, count, end)


def _exactly(channel: socket.socket, count: int, end: float | None) -> bytearray:
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


def call_in_worker(work: Callable[[Any], object], given: object, seconds: float) -> bytes:
    """The frame that asks a worker for `work(given)`, with a time limit in seconds.

    Raises what pickling raises.
    """
    return _SECONDS.pack(seconds) + pickle.dumps((work, given), pickle.HIGHEST_PROTOCOL)


def main(control: int) -> None:
    """What a nursery runs that is a Python of its own; `control` is the file descriptor of its end of the channel."""
    channel = socket.socket(fileno=control)
    warm, limits, warm_at = pickle.loads(receive(channel))
    serve_forks(channel, warm, limits, warm_at)


def serve_forks(control: socket.socket, warm: Callable[[], object], limits: Limits, warm_at: int) -> None:
    """Forks a worker for each channel that comes over `control`, until that is closed.

    `warm` is called before worker number `warm_at`, counted from 1, so that this one and the later ones find loaded
    what it loads.
    """
    # They go to every process of a group, and the main process decides what becomes of the others: it closes their
    # channels, or kills them.
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
        if number == warm_at:
            with suppress(Exception):  # a worker will meet the same, and tell
                warm()
        if os.fork() == 0:
            control.close()
            with socket.socket(fileno=channels[0]) as channel:
                _serve(channel, limits)
            os._exit(0)
        os.close(channels[0])
    # What workers spent is the run's: whoever asks the system for its CPU time is told if all were waited for.
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _reap(*_: object) -> None:
    """Lets the workers go that have ended; nobody asks how they did."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _serve(channel: socket.socket, limits: Limits) -> None:
    """Does the pieces of work that come over the channel, until it is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process whatever it does, as no handler in Python would
    _limit_memory(limits.memory)
    with suppress(EOFError, OSError):
        send(channel, pickle.dumps(os.getpid()))
        while True:
            frame = receive(channel)
            (seconds,) = _SECONDS.unpack_from(frame)
            signal.setitimer(signal.ITIMER_REAL, seconds + _BACKSTOP)
            reply = _done(memoryview(frame)[_SECONDS.size :])
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(channel, reply)


def _done(frame: memoryview) -> bytes:
    """The result of the call that the frame holds, or why there is none: a `Failure`."""
    try:
        work, given = pickle.loads(frame)
        return pickle.dumps(work(given), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Failure(Code.OUT_OF_MEMORY, "it needs more memory than one input may take"))
    except Exception as error:
        return pickle.dumps(Failure(Code.INTERNAL_ERROR, described(error)))


def _limit_memory(allowed: int) -> None:
    """Sets the limit where the system tells what is mapped now, as Linux does."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm") as statm:
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = mapped + allowed if hard == resource.RLIM_INFINITY else min(mapped + allowed, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def described(failure: Exception) -> str:
    """The type of the exception and the place it came from: what a report of the mistake needs."""
    import traceback

    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    said = " ".join(str(failure).split())[:200]
    return f"{type(failure).__name__}{place}{f': {said}' if said else ''}; please report it (--debug shows all)"


@contextmanager
def _stop_signals_blocked() -> Iterator[None]:
    """Blocks the signals in this thread and in the processes that it starts, which unblock them once they ignore them.

    A signal to the whole process group would otherwise kill a nursery that has not come so far, and the inputs of its
    workers would fail in a run that is only being stopped.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class ForkServer:
    """A nursery of this process, started at once. It is safe to use from several threads.

    With `forked` it is forked from this process, which is 30 ms faster and is sound only if the process is the
    command's own and has no other thread; else it is a new Python. `quiet` closes its standard error. `warm` is called
    before worker number `warm_at` is forked. It is 2 where nothing else is said: the first worker of a run of one page
    is the only one, and loads no more than that page needs.
    """

    def __init__(
        self,
        warm: Callable[[], object],
        limits: Limits,
        *,
        forked: bool = False,
        quiet: bool = True,
        warm_at: int = 2,
    ) -> None:
        self._warm = warm
        self._limits = limits
        self._quiet = quiet
        self._warm_at = warm_at
        self._lock = threading.Lock()
        self._start(forked=forked)

    def fork(self) -> socket.socket:
        """A channel to a new worker. Its first frame is the worker's process id.

        Raises `OSError` where no process can be started.
        """
        ours, theirs = socket.socketpair()
        with ExitStack() as unless_sent:
            unless_sent.callback(ours.close)
            with theirs, self._lock:
                try:
                    socket.send_fds(self._control, [b"+"], [theirs.fileno()])
                except OSError:  # somebody killed the nursery; there are threads by now, so it cannot be forked
                    self._end()
                    self._start(forked=False)
                    socket.send_fds(self._control, [b"+"], [theirs.fileno()])
            unless_sent.pop_all()
        return ours

    def close(self) -> None:
        """Ends the nursery; its workers end when their channels are closed and their work is done."""
        with self._lock:
            self._end()

    def release(self) -> None:
        """Leaves the nursery to the process that started it; for a fork of that process."""
        self._control.close()

    def _start(self, *, forked: bool) -> None:
        self._control, theirs = socket.socketpair()
        with theirs, _stop_signals_blocked():
            if forked:
                self._pid = os.fork()
                if self._pid == 0:
                    self._run_forked(theirs)
            else:
                self._pid = self._spawned(theirs)

    def _run_forked(self, control: socket.socket) -> None:
        """What the forked process does, and nothing after it."""
        try:
            # Another end of a pipe, or the lock on an output, would outlive the main process here.
            nothing = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2) if self._quiet else (0, 1):
                os.dup2(nothing, standard)
            os.closerange(3, control.fileno())
            os.closerange(control.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
            serve_forks(control, self._warm, self._limits, self._warm_at)
        finally:
            os._exit(0)

    def _spawned(self, control: socket.socket) -> int:
        import subprocess

        path = [str(entry) for entry in sys.path]
        imported = "from cleaner.processes.forkserver import main"
        program = f"import sys; sys.path[:] = {path!r}; {imported}; main({control.fileno()})"
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            pass_fds=[control.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if self._quiet else None,
        )
        process.returncode = 0  # it is waited for by `_end`; `Popen` would warn that it still runs
        send(self._control, pickle.dumps((self._warm, self._limits, self._warm_at)))
        return process.pid

    def _end(self) -> None:
        self._control.close()
        until = time.monotonic() + _END_SECONDS
        with suppress(ChildProcessError):
            while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
                if time.monotonic() > until:
                    os.kill(self._pid, signal.SIGKILL)
                time.sleep(0.002)
