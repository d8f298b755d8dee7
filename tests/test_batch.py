"""Many inputs: one record for each, in order, whatever happens to any of them."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import cleaner.pipeline
from cleaner.batch import clean_many
from cleaner.errors import Code, FetchError
from cleaner.models import Page
from cleaner.source.fetch import Fetcher, Visit
from cleaner.source.inputs import Source
from cleaner.workers import IN_FLIGHT, WorkerCrashedError, in_workers

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGE = FIXTURES / "wordpress_jetpack.html"
PAGES = [FIXTURES / f"{name}.html" for name in ("wordpress_jetpack", "drupal", "ghost", "medium", "blogger")]


def timeless(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"elapsed_ms": None}


def test_every_input_has_a_record(tmp_path: Path) -> None:
    """Good and bad inputs of every kind give one record each, in their order, and none is raised."""
    lines = tmp_path / "pages.jsonl"
    lines.write_text('{"id": "x", "text": ""}\n{half\n')
    packed = tmp_path / "packed.html.gz"
    packed.write_bytes(gzip.compress(PAGE.read_bytes())[:-20])
    image = tmp_path / "image.html"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    mapping = {"id": 5, "html": PAGE.read_text()}
    sources: list[Source] = [PAGE, tmp_path / "missing.html", lines, packed, image, mapping, {}]
    records = list(clean_many(sources))
    expected = [
        (str(PAGE), None, None),
        (str(tmp_path / "missing.html"), None, Code.IO_ERROR),
        (f"{lines}:1", "x", Code.EMPTY),
        (f"{lines}:2", None, Code.IO_ERROR),
        (str(packed), None, Code.INCOMPLETE),
        (str(image), None, Code.NOT_HTML),
        ("input 6", 5, None),
        ("input 7", None, Code.IO_ERROR),
    ]
    assert expected == [(r["input"], r["id"], r["error"] and r["error"]["code"]) for r in records]


def test_workers_change_nothing() -> None:
    """Two jobs give the records that one gives, in the same order."""
    sources: list[Source] = [*PAGES, "missing.html"]
    alone = [timeless(record) for record in clean_many(sources, explain=True)]
    assert alone == [timeless(record) for record in clean_many(sources, jobs=2, explain=True)]


def test_jobs_below_one() -> None:
    """No workers is no way to work, and that is said before anything is read."""
    with pytest.raises(ValueError, match="at least 1, not 0"):
        clean_many([], jobs=0)


def test_records_come_as_the_inputs_do() -> None:
    """An endless stream of inputs gives records at once."""

    def endless() -> Iterator[str]:
        while True:
            yield "missing.html"

    assert Code.IO_ERROR == next(clean_many(endless()))["error"]["code"]


class Fetching(Fetcher):
    """A fetcher that needs no network: it has one page, or one error."""

    def __init__(self, page: bytes, error: FetchError | None = None) -> None:
        super().__init__(insecure=True)
        self.page = page
        self.error = error
        self.fetched: list[str] = []

    def visit(self, url: str, *, previous: Page | None = None, any_type: bool = False) -> Visit:
        self.fetched.append(url)
        if self.error:
            raise self.error
        yield from ()
        return Page(self.page, url=url, final_url=f"{url}/", fetched_at=datetime(2024, 5, 6, tzinfo=UTC))


@pytest.mark.parametrize("jobs", [1, 2])
def test_url(jobs: int) -> None:
    """The record of a URL says where it led and when; the pages of all come from one fetcher in this process."""
    fetcher = Fetching(PAGE.read_bytes())
    urls = [f"https://town.example/{name}" for name in "abc"]
    first, *_, last = clean_many([*urls, PAGE], jobs=jobs, fetcher=fetcher)
    expected = ("ok", "https://town.example/a", "https://town.example/a/", "2024-05-06T00:00:00+00:00")
    assert expected == (first["status"], first["url"], first["final_url"], first["fetched_at"])
    assert urls == fetcher.fetched
    assert ([], None) == (last["warnings"], last["final_url"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_url_that_gives_no_page(jobs: int) -> None:
    """What the fetcher raises stands in the record, the server's answer and how it was asked with it."""
    url = "https://town.example/a"
    fetcher = Fetching(b"", FetchError(Code.HTTP_ERROR, "the server answered 503", url=url, http_status=503))
    (record,) = clean_many([url], jobs=jobs, fetcher=fetcher)
    expected = {"code": "http_error", "message": "the server answered 503", "retryable": True, "http_status": 503}
    assert expected == record["error"]
    assert ["fetched without checking certificates"] == record["warnings"]


def test_a_mistake_of_ours_is_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody foresaw costs one input, and the record says what it was and where."""

    def broken(page: Page) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(cleaner.pipeline, "clean", broken)
    (record,) = clean_many([PAGE])
    assert Code.INTERNAL_ERROR == record["error"]["code"]
    assert record["error"]["message"].startswith("ZeroDivisionError at test_batch.py:")


def test_text_in_another_encoding(tmp_path: Path) -> None:
    """A text's bytes are decoded as a page's are, and the record says in what."""
    path = tmp_path / "a.txt"
    text = "Die Brücke über den Fluß wird am Dienstag geöffnet, sagte die Bürgermeisterin den Gästen.\n\n" * 3
    path.write_bytes(text.encode("utf-16"))
    (record,) = clean_many([path])
    assert ("utf-16-le", "bom") == (record["encoding"], record["encoding_source"])


def squared_unless_deadly(number: int) -> int:
    if number in (3, 11):
        os._exit(1)
    return number * number


def unpicklable(number: int) -> Any:
    return lambda: number


def failure(number: int, error: Exception) -> Any:
    return f"{number}: {type(error).__name__}"


def test_a_dead_worker_costs_its_own_input_only() -> None:
    """Whoever kills a worker is told apart from those who were in flight with it."""
    results = list(in_workers(squared_unless_deadly, failure, iter(range(14)), jobs=2))
    expected = [f"{n}: {WorkerCrashedError.__name__}" if n in (3, 11) else n * n for n in range(14)]
    assert expected == results


def test_what_cannot_travel_is_a_failure() -> None:
    """A result that cannot be sent back costs its input only."""
    results = list(in_workers(unpicklable, failure, iter([1, 2]), jobs=2))
    assert ["1", "2"] == [result.split(":")[0] for result in results]


def test_few_inputs_are_in_flight() -> None:
    """The workers run ahead of the reader by a bounded number of inputs."""
    taken = []

    def inputs() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_workers(abs, failure, inputs(), jobs=2)
    assert 0 == next(results)
    assert 1 <= len(taken) <= IN_FLIGHT * 2
    results.close()
