"""Many inputs: exactly one record for each, whatever happens to the others."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from servers import Server, response

import cleaner.pipeline
from cleaner.batch import clean_many as batch
from cleaner.batch import ordering
from cleaner.batch.clean_many import clean_many
from cleaner.batch.ordering import MAX_HELD_BACK, OrderedQueue, ReadyInput
from cleaner.errors import Code, FetchError
from cleaner.http import politeness
from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.inputs.read import Input, InputKind, Source
from cleaner.models import Keep, Page

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGE = FIXTURES / "wordpress_jetpack.html"
PAGES = [FIXTURES / f"{name}.html" for name in ("wordpress_jetpack", "drupal", "ghost", "medium", "blogger")]


def timeless(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"elapsed_ms": None}


def test_every_input_has_a_record(tmp_path: Path) -> None:
    """Each good or bad input of any kind gives one record, in input order, and nothing is raised."""
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
        (f"{lines}:2", None, Code.BAD_INPUT),
        (str(packed), None, Code.INCOMPLETE),
        (str(image), None, Code.NOT_HTML),
        ("input 6", 5, None),
        ("input 7", None, Code.BAD_INPUT),
    ]
    assert expected == [(r["input"], r["id"], r["error"] and r["error"]["code"]) for r in records]


def test_processes_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One job, two jobs, and a system without `fork` give the same records, in the same order."""
    sources: list[Source] = [*PAGES, "missing.html"]
    alone = [timeless(record) for record in clean_many(sources, jobs=1, explain=True)]
    assert alone == [timeless(record) for record in clean_many(sources, jobs=2, explain=True)]
    monkeypatch.delattr(os, "fork")
    assert alone == [timeless(record) for record in clean_many(sources, explain=True)]


def test_jobs_below_one() -> None:
    """`jobs=0` is refused before any input is read."""
    with pytest.raises(ValueError, match="at least 1, not 0"):
        clean_many([], jobs=0)


def test_records_of_an_endless_stream() -> None:
    """Records of an endless stream of inputs arrive immediately."""

    def endless() -> Iterator[str]:
        while True:
            yield "missing.html"

    assert Code.IO_ERROR == next(clean_many(endless()))["error"]["code"]


class FakeFetcher(Fetcher):
    """A fetcher without a network: it returns one page or raises one error."""

    def __init__(self, page: bytes, error: FetchError | None = None) -> None:
        super().__init__(insecure=True)
        self.page = page
        self.error = error
        self.fetched: list[str] = []

    def fetch_steps(
        self, url: str, *, previous: Page | None = None, any_type: bool = False, found_on: str | None = None
    ) -> FetchTask:
        self.fetched.append(url)
        if self.error:
            raise self.error
        yield from ()
        return Page(self.page, url=url, final_url=f"{url}/", fetched_at=datetime(2024, 5, 6, tzinfo=UTC))


@pytest.mark.parametrize("jobs", [1, 2])
def test_url(jobs: int) -> None:
    """The record of a URL has its final URL and the time of the fetch; one fetcher in this process fetches all URLs."""
    fetcher = FakeFetcher(PAGE.read_bytes())
    urls = [f"https://town.example/{name}" for name in "abc"]
    first, *_, last = clean_many([*urls, PAGE], jobs=jobs, fetcher=fetcher)
    expected = ("ok", "https://town.example/a", "https://town.example/a/", "2024-05-06T00:00:00+00:00")
    assert expected == (first["status"], first["url"], first["final_url"], first["fetched_at"])
    assert urls == fetcher.fetched
    assert ([], None) == (last["warnings"], last["final_url"])


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("most", "requests"), [(1_000, ["/a", "/b"]), (1, ["/a", "/a", "/b"])])
def test_url_that_is_given_twice(most: int, requests: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL that is given again while it is being fetched is fetched once, and each input has its own record."""
    monkeypatch.setattr(politeness, "MIN_GAP", 0.2)  # seconds, in which all inputs are read
    monkeypatch.setattr(batch, "MAX_DUPLICATES", most)
    with Server() as server:
        server.responses |= {"/a": response(PAGE.read_bytes()), "/b": response(b"", status="404 Not Found")}
        a, b = f"{server.url}/a", f"{server.url}/b"
        sources: list[Source] = [a, {"url": a, "id": 1}, b, a, {"html": "", "url": a}]
        records = list(clean_many(sources, jobs=2, fetcher=Fetcher(allow_private=True)))
    assert [None, 1, None, None, None] == [each["id"] for each in records]
    assert ["ok", "ok", "error", "ok", "error"] == [each["status"] for each in records]
    assert records[0]["text"] == records[1]["text"] == records[3]["text"]
    assert ["/robots.txt", *requests] == [server.paths[0], *sorted(server.paths[1:])]


@pytest.mark.parametrize("jobs", [1, 2])
def test_url_that_gives_no_page(jobs: int) -> None:
    """An error of the fetcher is in the record, with the HTTP status and the warnings of the fetcher."""
    url = "https://town.example/a"
    fetcher = FakeFetcher(b"", FetchError(Code.HTTP_ERROR, "the server answered 503", url=url, http_status=503))
    (record,) = clean_many([url], jobs=jobs, fetcher=fetcher)
    expected = {"code": "http_error", "message": "the server answered 503", "retryable": True, "http_status": 503}
    assert expected == record["error"]
    assert ["fetched without checking certificates"] == record["warnings"]


@pytest.mark.usefixtures("in_process")
def test_an_unexpected_exception_is_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception affects one input; its record says which exception it was and where it was raised."""

    def raise_error(page: Page, **options: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(cleaner.pipeline, "clean", raise_error)
    (record,) = clean_many([PAGE])
    assert Code.INTERNAL_ERROR == record["error"]["code"]
    assert record["error"]["message"].startswith("ZeroDivisionError at test_clean_many.py:")


@pytest.mark.usefixtures("in_process")
def test_text_in_another_encoding(tmp_path: Path) -> None:
    """The bytes of a text file are decoded like those of a page, and the record has the encoding."""
    path = tmp_path / "a.txt"
    text = "Die Brücke über den Fluß wird am Dienstag geöffnet, sagte die Bürgermeisterin den Gästen.\n\n" * 3
    path.write_bytes(text.encode("utf-16"))
    (record,) = clean_many([path])
    assert ("utf-16-le", "bom") == (record["encoding"], record["encoding_source"])


def test_a_program_needs_no_main_check(tmp_path: Path) -> None:
    """A program that calls `clean_many` at the top level, without `if __name__ == "__main__"`, runs once."""
    program = tmp_path / "program.py"
    lines = ("import cleaner", "print('run')", f"for r in cleaner.clean_many([{str(PAGE)!r}] * 3): print(r['status'])")
    program.write_text("\n".join(lines))
    environment = os.environ | {"PYTHONPATH": str(PAGE.parent.parent)}
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, env=environment, check=True)
    assert ["run", "ok", "ok", "ok"] == done.stdout.split()
    assert "" == done.stderr


def admit(queue: OrderedQueue, names: dict[int, str]) -> None:
    list(queue.admit(ReadyInput(index, Input(name, InputKind.HTML)) for index, name in names.items()))


def release(queue: OrderedQueue, done: dict[int, str]) -> list[int]:
    return [each["index"] for each in queue.release({"index": n, "input": name} for n, name in done.items())]


def test_ordered() -> None:
    """With order, a record waits for all earlier inputs, also if indexes have gaps, and for one that never comes."""
    names = {n: f"page {n}" for n in (3, 7, 1000, 1002)}
    queue = OrderedQueue(ordered=True)
    admit(queue, names)
    assert [3, 7] == release(queue, {7: names[7], 1002: names[1002], 3: names[3]})


def test_not_ordered() -> None:
    """Without order, the first 100 inputs still keep it, and so do inputs with the same name at any position."""
    names = {0: "a", 1: "b", MAX_HELD_BACK: "b", 200: "c", 201: "d", 202: "c"}
    queue = OrderedQueue(ordered=False)
    admit(queue, names)
    expected = [201, 0, 1, MAX_HELD_BACK, 200, 202]
    assert expected == release(queue, {n: names[n] for n in (MAX_HELD_BACK, 1, 202, 201, 0, 200)})
    assert {} == queue._lanes


def test_lanes_are_those_of_the_keys() -> None:
    """Without order, inputs with the same id still keep it, and so do inputs with the same content."""
    same = {200: {"id": 5}, 201: {"input_hash": "ab"}, 202: {"id": 5}, 203: {"input_hash": "ab"}, 204: {"id": 6}}
    queue = OrderedQueue(ordered=False)
    list(queue.admit(ReadyInput(n, Input(f"in.jsonl:{n}", InputKind.HTML, **given)) for n, given in same.items()))
    done = [{"index": n, "input": f"in.jsonl:{n}", **same[n]} for n in (203, 202, 204, 201, 200)]
    assert [204, 201, 203, 200, 202] == [each["index"] for each in queue.release(each for each in done)]


def test_inputs_do_not_run_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """While records wait for an earlier one, at most `MAX_AHEAD` inputs are read, plus one every `POLL_SECONDS`."""
    monkeypatch.setattr(ordering, "MAX_AHEAD", 20)
    monkeypatch.setattr(ordering, "POLL_SECONDS", 60.0)  # a busy machine may take a second for the first record
    read: list[str] = []

    def sources() -> Iterator[str]:
        for number in range(200):
            read.append(f"missing-{number}.html")
            yield read[-1]

    max_ahead = 0
    for number, record in enumerate(clean_many(sources(), jobs=2)):
        assert number == record["index"]
        max_ahead = max(max_ahead, len(read) - number)
    assert max_ahead <= 22


def test_min_confidence() -> None:
    """An article below the minimum is unsure, with its text and an error; one that reaches it is not."""
    page = (FIXTURES / "table_layout_1990s.html").read_bytes()
    confidence = cleaner.clean(page).confidence
    assert confidence is not None
    at_least, below = (next(clean_many([Page(page)], min_confidence=each)) for each in (confidence, confidence + 0.001))
    assert ("ok", None) == (at_least["status"], at_least["error"])
    assert ("unsure", "low_confidence", False) == (
        below["status"],
        below["error"]["code"],
        below["error"]["retryable"],
    )
    assert f"the confidence of the article is {confidence}, below {confidence + 0.001}" == below["error"]["message"]
    assert (at_least["text"], confidence) == (below["text"], below["confidence"])
    not_found = "<title>404 Not Found</title><p>Nothing to see here.</p>"
    assert "no_article" == next(clean_many([{"html": not_found}], min_confidence=1))["status"]


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_min_confidence_is_a_probability(value: float) -> None:
    """A minimum that is not from 0 to 1 is refused at once."""
    with pytest.raises(ValueError, match="min_confidence must be from 0 to 1, not"):
        clean_many([], min_confidence=value)


def test_options_reach_the_pages() -> None:
    """`explain`, `keep` and `any_page` have the same effect on many inputs as on one."""
    sentence = "The ferry to the island does not sail today, the operator said on Monday."
    html = f"<h1>Page not found</h1><p>{sentence}</p>"
    refused = next(clean_many([{"html": html}], explain=True))
    accepted = next(clean_many([{"html": html}], any_page=True))
    assert [("no_article", sentence), ("ok", sentence)] == [
        (each["status"], each["text"]) for each in (refused, accepted)
    ]
    assert ("removed" in refused, "removed" in accepted) == (True, False)
    page = (FIXTURES / "table_layout_1990s.html").read_bytes()
    alone = [cleaner.pipeline.clean(page, keep=keep).text for keep in Keep]
    assert alone == [next(clean_many([Page(page)], keep=keep))["text"] for keep in Keep]
    assert len(set(alone)) > 1
