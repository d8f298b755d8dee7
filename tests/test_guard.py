"""A time limit for single calls of the library: nothing in a page can escape it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from cleaner import CleanerError, Code, NoArticleError, clean, clean_text
from cleaner.processes.forkserver import Limits
from cleaner.processes.guard import MAX_IDLE, Guard
from cleaner.processes.pool import no_context

URL = "https://gazette.example/storm"
SENTENCE = "The harbour of Westport was closed on Monday after a storm had thrown boats about."
STORY = f"<h1>Storm</h1><p>{SENTENCE}</p><p>The mayor said that it would open before the winter, she hoped.</p>"
# Thousands of elements with a word each, which take seconds to judge.
SLOW = "<div>word " * 30_000


@pytest.fixture
def guard() -> Iterator[Guard]:
    made = Guard(no_context)
    yield made
    made.close()


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def worker_id(_: object) -> int:
    return os.getpid()


def fill(size: int) -> int:
    return len(bytearray(size))


def crash(_: object) -> None:
    os._exit(1)


def test_a_page_in_time() -> None:
    """With a time limit that is long enough, the article is the same as without."""
    assert clean(STORY, url=URL) == clean(STORY, url=URL, timeout=60)
    text = "A ferry ran aground on Monday near the pier, police said."
    assert clean_text(text, url=URL) == clean_text(text, url=URL, timeout=60)


def test_a_page_that_takes_too_long() -> None:
    """A page that takes longer than its limit raises an error that names it; the next page is cleaned."""
    clean(STORY, timeout=60)  # the worker is there
    start = time.monotonic()
    with pytest.raises(CleanerError) as caught:
        clean(SLOW, url=URL, timeout=0.2)
    assert (Code.EXTRACT_TIMEOUT, URL) == (caught.value.code, caught.value.url)
    assert time.monotonic() - start < 2
    assert clean(STORY, timeout=60).text


def test_errors_come_through() -> None:
    """The errors of a page are the same with a time limit, with what they keep."""
    with pytest.raises(NoArticleError) as caught:
        clean(f"<title>Page not found</title><p>{SENTENCE}</p>", url=URL, timeout=60)
    assert SENTENCE == caught.value.article.text
    with pytest.raises(CleanerError) as empty:
        clean(b"", url=URL, timeout=60)
    assert (Code.EMPTY, URL) == (empty.value.code, empty.value.url)


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_no_time_at_all(timeout: float) -> None:
    """A limit that leaves no time is a mistake of the caller."""
    with pytest.raises(ValueError, match="timeout must be more than 0 seconds"):
        clean(STORY, timeout=timeout)


def test_a_worker_serves_many_calls(guard: Guard) -> None:
    """One call after the other is answered by the same process."""
    assert 1 == len({guard.call(worker_id, number, 60) for number in range(5)})


def test_calls_from_threads(guard: Guard) -> None:
    """Calls at the same time have a process each, and not all of these are kept."""
    found: list[float] = []
    threads = [threading.Thread(target=lambda: found.append(guard.call(sleep, 0.05, 60))) for _ in range(MAX_IDLE + 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [0.05] * (MAX_IDLE + 2) == found
    assert guard.call(worker_id, None, 60) > 0


@pytest.mark.parametrize(
    ("work", "given", "code"),
    [
        (sleep, 60.0, Code.EXTRACT_TIMEOUT),
        (fill, 400_000_000, Code.OUT_OF_MEMORY),
        (crash, None, Code.WORKER_CRASHED),
        (sleep, "a", Code.INTERNAL_ERROR),
    ],
)
def test_failures(work: object, given: object, code: Code) -> None:
    """What a call does to its process is an error of that call alone."""
    guard = Guard(no_context, Limits(memory=200_000_000))
    try:
        with pytest.raises(CleanerError) as caught:
            guard.call(work, given, 0.5)  # type: ignore[arg-type]
        assert code is caught.value.code
        assert guard.call(worker_id, None, 60) > 0
    finally:
        guard.close()


def test_after_a_fork(guard: Guard) -> None:
    """A child process has workers of its own, and those of its parent go on."""
    own = guard.call(worker_id, None, 60)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(guard.call(worker_id, None, 60)).encode())
            guard.close()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        assert str(own) != stream.read() != ""
    os.waitpid(child, 0)
    assert own == guard.call(worker_id, None, 60)
