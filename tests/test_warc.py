"""Pages of web archives: they are read as they were sent, and every damaged record is reported."""

from __future__ import annotations

import gzip
import io
import random
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cleaner.batch.clean_many import clean_many
from cleaner.errors import Code
from cleaner.inputs import warc
from cleaner.inputs.read import InputKind, count_inputs, read_inputs
from cleaner.inputs.warc import ArchivedPage, read_warc

PAGE = b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>"
HTML = "text/html; charset=utf-8"
FIXTURES = Path(__file__).parent.parent / "fixtures"


def answer(body: bytes = PAGE, *, status: str = "200 OK", content_type: str | None = HTML, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {content_type}"] if content_type else [])]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes, *, kind: str = "response", url: str = "https://town.example/a", **headers: str) -> bytes:
    head = {"WARC_Type": kind, "WARC_Target_URI": url, "WARC_Date": "2024-05-06T07:08:09Z"}
    head |= {"Content_Length": str(len(block)), **headers}
    lines = ["WARC/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in head.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def numbered(number: int) -> bytes:
    noise = random.Random(number).randbytes(300).hex().encode()  # so that packing leaves something to damage
    return record(answer(PAGE.replace(b"nine", noise)), url=f"https://town.example/{number}")


def pages(archive: bytes) -> list[ArchivedPage]:
    return list(read_warc(io.BufferedReader(io.BytesIO(archive))))  # type: ignore[type-var]


def outcomes(archive: bytes) -> list[str]:
    """Return the last character of each page's URL, and the code of each failed record."""
    return [str(each.error.code) if each.error else (each.url or "")[-1] for each in pages(archive)]


def gzipped(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_page(pack: Callable[[bytes], bytes]) -> None:
    """A page has the URL, date and headers of its record; records around it that are not pages are skipped."""
    block = answer(PAGE, ETag='"v1"')
    others = [("warcinfo", b"software: x"), ("request", b"GET / HTTP/1.1\r\n\r\n"), ("metadata", b"x: y")]
    parts = [record(other, kind=kind) for kind, other in others] + [record(block), record(block, kind="revisit")]
    (archived,) = pages(b"".join(map(pack, parts)))
    assert archived.page is not None
    assert (4, PAGE, None) == (archived.number, archived.page.content, archived.error)
    assert ("https://town.example/a",) * 2 == (archived.page.url, archived.page.final_url)
    assert datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC) == archived.page.fetched_at
    assert '"v1"' == archived.page.headers["etag"]


@pytest.mark.parametrize(
    "block",
    [
        answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        answer(zlib.compress(PAGE), Content_Encoding="deflate"),
        answer(PAGE, Content_Encoding="gzip"),
        answer(PAGE, Content_Encoding="br"),
        answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), Transfer_Encoding="chunked"),
        answer(b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]), Transfer_Encoding="chunked"),
        answer(PAGE, Transfer_Encoding="chunked"),
        answer(PAGE, content_type=None),
        answer(PAGE, content_type="text/plain"),
        answer(PAGE, content_type="application/octet-stream"),
        answer(PAGE).replace(b"\r\n", b"\n"),
    ],
)
def test_codings_are_removed(block: bytes) -> None:
    """Codings are removed, also if the crawler removed them but kept the headers."""
    (archived,) = pages(record(block))
    assert (None, PAGE) == (archived.error, archived.page and archived.page.content)


@pytest.mark.parametrize(
    "skipped",
    [
        record(answer(b"\x89PNG\r\n\x1a\n", content_type="image/png")),
        record(answer(b"User-agent: *", content_type="text/plain")),
        record(answer(b"a { color: red }", content_type="text/css")),
        record(answer(b'{"a": 1}', content_type="application/json")),
        record(answer(b"<rss><channel/></rss>", content_type="text/xml")),
        record(answer(b"moved", status="301 Moved", Location="/b")),
        record(b"town.example. 60 IN A 192.0.2.1", url="dns:town.example"),
        record(PAGE, kind="resource"),
        record(PAGE, kind="conversion"),
        record(answer(bytes(12_000_000), content_type="video/mp4")),
        record(b"", kind="continuation"),
    ],
)
def test_other_records_are_skipped(skipped: bytes) -> None:
    """Pictures, styles, redirects and records that are not responses are skipped, and the next pages found."""
    assert ["1", "2"] == outcomes(numbered(1) + skipped + numbered(2))
    assert ["1", "2"] == outcomes(gzipped(numbered(1), skipped, numbered(2)))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (record(answer(PAGE), WARC_Truncated="length"), Code.INCOMPLETE),
        (record(answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip")), Code.INCOMPLETE),
        (record(answer(b"no page here", status="404 Not Found")), Code.HTTP_ERROR),
        (record(answer(b"")), Code.EMPTY),
        (record(answer(b"<p>" + bytes(12_000_000))), Code.TOO_LARGE),
        (record(answer(gzip.compress(b"<p>" + b"a" * 12_000_000), Content_Encoding="gzip")), Code.TOO_LARGE),
        (record(b"this is no HTTP"), Code.DECODE_ERROR),
        (record(b""), Code.DECODE_ERROR),
        (record(answer(b"no page here", status=f"{10**20} Huge")), Code.DECODE_ERROR),
        (record(answer(), Content_Length="5"), Code.DECODE_ERROR),
        (record(answer(), Content_Length="-5"), Code.DECODE_ERROR),
        (record(answer(), Content_Length="five"), Code.DECODE_ERROR),
        (b"WARC/1.1\r\nno head\r\n\r\n" + answer() + b"\r\n\r\n", Code.DECODE_ERROR),
        (b"rubbish\r\n" * 50, Code.DECODE_ERROR),
        (b"WARC/1.1\r\nx: " + b"y" * 2_000_000 + b"\r\n\r\n", Code.DECODE_ERROR),
    ],
)
def test_damaged_records_are_reported(bad: bytes, code: Code) -> None:
    """A damaged or failed page is reported once, and the pages after it are found."""
    assert ["1", code, "2", "3"] == outcomes(numbered(1) + bad + numbered(2) + numbered(3))
    assert ["1", code, "2", "3"] == outcomes(gzipped(numbered(1), bad, numbered(2), numbered(3)))


def test_a_length_that_is_too_long() -> None:
    """A record with too large a length does not swallow the next one."""
    assert ["1", Code.DECODE_ERROR, "2"] == outcomes(
        numbered(1) + record(answer(), Content_Length=str(len(answer()) + 50)) + numbered(2)
    )


def test_truncated_archives() -> None:
    """Wherever an archive is truncated, the pages before that are read, and then an error is reported."""
    for parts in ([numbered(1), numbered(2)], list(map(gzip.compress, [numbered(1), numbered(2)]))):
        for size in range(len(parts[0]) + 1, len(parts[0] + parts[1]) - 8, 7):
            actual = outcomes(b"".join(parts)[:size])
            assert actual in (["1", Code.INCOMPLETE], ["1", Code.DECODE_ERROR])


def test_damaged_gzip() -> None:
    """Bytes overwritten in a gzipped archive affect only the records that contain them."""
    parts = [gzip.compress(numbered(number)) for number in range(6)]
    place = len(parts[0]) + len(parts[1]) // 2
    damaged = bytearray(b"".join(parts))
    damaged[place : place + 40] = bytes(40)
    actual = outcomes(bytes(damaged))
    assert (["0"], ["2", "3", "4", "5"]) == (actual[:1], [each for each in actual if len(each) == 1][-4:])
    assert any(len(each) > 1 for each in actual)


def test_archive_packed_as_one() -> None:
    """An archive that is one gzip member is read, too."""
    assert ["1", "2"] == outcomes(gzip.compress(numbered(1) + numbered(2)))


def test_any_bytes() -> None:
    """Whatever bytes an archive has, reading it ends without an unexpected exception."""
    chance = random.Random(5)
    whole = numbered(1) + record(answer(gzip.compress(PAGE), Content_Encoding="gzip")) + numbered(2)
    for archive in (whole, gzipped(numbered(1), numbered(2))):
        for _ in range(300):
            damaged = bytearray(archive)
            for _ in range(chance.randrange(1, 6)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            pages(bytes(damaged))


def test_archives_are_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives can be in folders and on standard input, and each page is named by the number of its record."""
    (tmp_path / "a.warc").write_bytes(numbered(1) + record(answer(status="503 Busy")))
    (tmp_path / "b.warc.gz").write_bytes(gzipped(record(b"x: y", kind="metadata"), numbered(2)))
    expected = [
        (f"{tmp_path}/a.warc:1", "https://town.example/1", None),
        (f"{tmp_path}/a.warc:2", "https://town.example/a", Code.HTTP_ERROR),
        (f"{tmp_path}/b.warc.gz:2", "https://town.example/2", None),
    ]
    assert expected == [(i.name, i.url, i.problem and i.problem.code) for i in read_inputs([str(tmp_path)])]
    assert count_inputs([str(tmp_path)]) is None
    for name in ("a.warc", "b.warc.gz"):
        stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO((tmp_path / name).read_bytes())))  # type: ignore[type-var]
        monkeypatch.setattr(sys, "stdin", stdin)
        first = next(read_inputs(["-"]))
        assert (InputKind.HTML, None) == (first.kind, first.problem)


@pytest.mark.usefixtures("in_process")
def test_record_of_an_archived_page(tmp_path: Path) -> None:
    """The record of an archived page has the URL and time of its fetch, like that of a fetched page."""
    body = (FIXTURES / "wordpress_jetpack.html").read_bytes()
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzipped(record(answer(body, Last_Modified="yesterday"))))
    (made,) = clean_many([path])
    expected = ("ok", "https://town.example/a", "2024-05-06T07:08:09+00:00", "yesterday")
    assert expected == tuple(made[name] for name in ("status", "final_url", "fetched_at", "last_modified"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("endless", [record(b"", kind="metadata"), record(bytes(400), kind="resource"), b"\r\n" * 100])
def test_an_archive_without_end(
    endless: bytes, pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After too many records that are not pages, or too many empty lines, reading stops with one error."""
    monkeypatch.setattr(warc, "MAX_SKIPPED_RECORDS", 60)
    monkeypatch.setattr(warc, "MAX_SKIPPED_BYTES", 20_000)
    monkeypatch.setattr(warc, "MAX_EMPTY_BYTES", 10_000)
    path = tmp_path / "a.warc"
    path.write_bytes(pack(numbered(1) + endless * 40) + pack(numbered(2) + endless * 100) + pack(numbered(3)))
    results = list(read_inputs([path]))
    assert [f"{path}:1", f"{path}:{2 if endless.isspace() else 42}", str(path)] == [each.name for each in results]
    assert [None, None, Code.TOO_LARGE] == [each.problem and each.problem.code for each in results]


def test_a_record_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is not a page and has an impossible length stops the reading of the archive."""
    monkeypatch.setattr(warc, "MAX_SKIPPED_BYTES", 200_000)
    path = tmp_path / "a.warc"
    path.write_bytes(record(bytes(1_000_000), kind="resource", Content_Length="1" + "0" * 18) + numbered(1))
    results = [(each.name, each.problem and each.problem.code) for each in read_inputs([path])]
    assert [(str(path), Code.TOO_LARGE)] == results
