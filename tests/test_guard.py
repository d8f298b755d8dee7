"""The time limit of single calls of the library, which no page can escape."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from programs import needs_linux
from worker_functions import FOREVER, die, fill, process_id, sleep

from cleaner import CleanerError, Code, NoArticleError, clean, clean_text
from cleaner.processes.forkserver import Limits
from cleaner.processes.guard import MAX_IDLE, Guard
from cleaner.processes.pool import no_preload

URL = "https://gazette.example/storm"
SENTENCE = "The harbour of Westport was closed on Monday after a storm had thrown boats about."
STORY = f"<h1>Storm</h1><p>{SENTENCE}</p><p>The mayor said that it would open before the winter, she hoped.</p>"
# Thousands of elements with one word each, which take seconds to judge.
SLOW = "<div>word " * 30_000


@pytest.fixture
def guard() -> Iterator[Guard]:
    running = Guard(no_preload)
    yield running
    running.close()


def test_a_page_in_time() -> None:
    """With a time limit that is long enough, the article is the same as without one."""
    assert clean(STORY, url=URL) == clean(STORY, url=URL, timeout=60)
    text = "A ferry ran aground on Monday near the pier, police said."
    assert clean_text(text, url=URL) == clean_text(text, url=URL, timeout=60)


def test_a_page_that_takes_too_long() -> None:
    """A page that takes longer than the limit raises an error with its URL; the next page is cleaned."""
    clean(STORY, timeout=60)  # starts the worker
    with pytest.raises(CleanerError) as caught:
        clean(SLOW, url=URL, timeout=0.2)
    assert (Code.EXTRACT_TIMEOUT, URL) == (caught.value.code, caught.value.url)
    assert clean(STORY, timeout=60).text


def test_errors_are_the_same() -> None:
    """A page raises the same error with a time limit, with the same attributes."""
    with pytest.raises(NoArticleError) as caught:
        clean(f"<title>Page not found</title><p>{SENTENCE}</p>", url=URL, timeout=60)
    assert SENTENCE == caught.value.article.text
    with pytest.raises(CleanerError) as empty:
        clean(b"", url=URL, timeout=60)
    assert (Code.EMPTY, URL) == (empty.value.code, empty.value.url)


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_limit_that_is_not_positive(timeout: float) -> None:
    """A limit that is not above 0 is a `ValueError`."""
    with pytest.raises(ValueError, match="timeout must be more than 0 seconds"):
        clean(STORY, timeout=timeout)


def test_a_worker_serves_many_calls(guard: Guard) -> None:
    """Calls one after the other run in the same process."""
    assert 1 == len({guard.call(process_id, number, 60) for number in range(5)})


def test_calls_from_threads(guard: Guard) -> None:
    """Calls at the same time run in a process each, also if there are more than are kept."""
    results: list[float] = []
    threads = [
        threading.Thread(target=lambda: results.append(guard.call(sleep, 0.05, 60))) for _ in range(MAX_IDLE + 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [0.05] * (MAX_IDLE + 2) == results
    assert guard.call(process_id, None, 60) > 0


@needs_linux
@pytest.mark.parametrize(
    ("work", "given", "seconds", "code"),
    [
        (sleep, FOREVER, 0.5, Code.EXTRACT_TIMEOUT),
        (fill, 400_000_000, 60, Code.OUT_OF_MEMORY),
        (die, None, 60, Code.WORKER_CRASHED),
        (sleep, "a", 60, Code.INTERNAL_ERROR),
    ],
)
def test_failures(work: object, given: object, seconds: float, code: Code) -> None:
    """A call that hangs, crashes or needs too much memory fails, and the next call succeeds."""
    guard = Guard(no_preload, Limits(memory=200_000_000))
    try:
        with pytest.raises(CleanerError) as caught:
            guard.call(work, given, seconds)  # type: ignore[arg-type]
        assert code is caught.value.code
        assert guard.call(process_id, None, 60) > 0
    finally:
        guard.close()


def test_after_a_fork(guard: Guard) -> None:
    """A forked child uses workers of its own, and the parent keeps its workers."""
    worker = guard.call(process_id, None, 60)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(guard.call(process_id, None, 60)).encode())
            guard.close()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        assert str(worker) != stream.read() != ""
    os.waitpid(child, 0)
    assert worker == guard.call(process_id, None, 60)
