"""Records for tasks of other frameworks: nothing is fetched, and files may come from anywhere."""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.clean_many import Options, clean_many
from cleaner.batch.offline import offline_records
from cleaner.errors import Code
from cleaner.inputs.read import Input, read_inputs, read_mapping, read_opened

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGE = FIXTURES / "wordpress_jetpack.html"
LINES = b'{"id": 1, "text": "A line."}\n\n{half\n{"html": "<p>A page.</p>", "url": "https://town.example/a"}\n'
WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://town.example/a\r\nContent-Length: 47\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x\r\n\r\n"
)


def timeless(record: Mapping[str, Any]) -> dict[str, Any]:
    return {**record, "elapsed_ms": None}


def opened(name: str, content: bytes) -> list[Input]:
    return list(read_opened(name, io.BufferedReader(io.BytesIO(content))))  # type: ignore[type-var]


def test_records_are_those_of_a_batch() -> None:
    """The records are those of `clean_many`, with the same options and the position of the input."""
    rows: list[dict[str, Any]] = [{"id": 1, "html": PAGE.read_bytes()}, {}, {"text": "A line."}]
    inputs = [read_mapping(f"input {number}", row) for number, row in enumerate(rows, 1)]
    expected = list(map(timeless, clean_many(rows, jobs=1, explain=True, any_page=True)))
    assert expected == list(map(timeless, offline_records(inputs, Options(explain=True, any_page=True))))


@pytest.mark.usefixtures("in_process")
def test_nothing_is_fetched() -> None:
    """An input without a page has a record with an error in place of the request; other errors stay as they are."""
    inputs = list(
        read_inputs(["https://town.example/a", {"url": "https://town.example/a", "html": None}, {"id": True}])
    )
    records = list(offline_records(inputs, Options()))
    assert [Code.BAD_INPUT] * 3 == [record["error"] and record["error"]["code"] for record in records]
    messages = [record["error"]["message"] for record in records if record["error"]]
    assert ["there is no html and no text, and pages are not fetched here"] * 2 == messages[:2]
    assert "id must be a string or a number" == messages[2]
    assert "https://town.example/a" == records[0]["url"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pages.jsonl", LINES),
        ("pages.jsonl.gz", gzip.compress(LINES)),
        ("pages.jsonl.gz", gzip.compress(LINES)[:-9]),
        ("pages.jsonl", gzip.compress(LINES) + b"rubbish"),
        ("crawl.warc", WARC),
        ("crawl.warc.gz", gzip.compress(WARC)),
        ("crawl.warc.gz", gzip.compress(WARC) + gzip.compress(WARC)[:-9]),
    ],
)
def test_an_open_file_has_the_inputs_of_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    """The inputs of an open file are those that are read from the path, also if the file is damaged."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    expected = list(read_inputs([name]))
    assert expected == opened(name, content)
    assert len(expected) >= 1


@pytest.mark.parametrize("name", ["pages.jsonl", "crawl.warc"])
def test_a_file_that_cannot_be_read_raises(name: str) -> None:
    """An error of the file system is raised: unlike damage, it may be gone when the file is read again."""

    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            raise ConnectionResetError(104, "Connection reset by peer")

    with pytest.raises(ConnectionResetError):
        list(read_opened(name, io.BufferedReader(Broken())))
