"""Pages that a browser saved as a single file (MHTML)."""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from measuring import CpuLimit

import cleaner
from cleaner.errors import Code, InputError
from cleaner.inputs.read import InputKind, read_inputs
from cleaner.page.mhtml import read_mhtml
from cleaner.page.sniff import is_mhtml

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PAGE = (FIXTURES / "german.html").read_bytes()
URL = "https://zeitung.example/2024/b%C3%A4der"
IMAGE = ("image/png", "base64", base64.encodebytes(bytes(range(256)) * 4))
BOUNDARY = "----MultipartBoundary--a1B2c3----"


def quoted(content: bytes) -> bytes:
    return quopri.encodestring(content).replace(b"\n", b"\r\n")


def part(kind: str, coding: str, body: bytes, *more: str) -> bytes:
    headers = (f"Content-Type: {kind}", f"Content-Transfer-Encoding: {coding}", *more)
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def multipart(*parts: bytes, boundary: str = BOUNDARY, parameters: str = "") -> bytes:
    """Return a multipart body after the header that it needs."""
    head = f'Content-Type: multipart/related;{parameters}\r\n\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n'
    pieces = (f"\r\n--{boundary}\r\n".encode() + each for each in parts)
    return head.encode() + b"".join(pieces) + f"\r\n--{boundary}--\r\n".encode()


def saved(*parts: bytes, location_url: str | None = URL, boundary: str = BOUNDARY, parameters: str = "") -> bytes:
    """Return a file as Chrome writes it."""
    location = f"Snapshot-Content-Location: {location_url}\r\n" if location_url else ""
    head = f"From: <Saved by Blink>\r\n{location}Subject: =?utf-8?Q?B=C3=A4der?=\r\nMIME-Version: 1.0\r\n"
    return head.encode() + multipart(*parts, boundary=boundary, parameters=parameters)


HTML_PART = part("text/html", "quoted-printable", quoted(PAGE), "Content-ID: <frame-0@mhtml.blink>")
WHOLE = saved(HTML_PART, part(*IMAGE), part("text/css", "quoted-printable", b"p { color: red }"))
BASE64 = saved(part(*IMAGE), part("text/html", "base64", base64.encodebytes(PAGE)))
NESTED = saved(multipart(part("text/plain", "7bit", b"Words."), HTML_PART, boundary="inner"), part(*IMAGE))
BARE = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Location: " + URL.encode() + b"\n\n" + PAGE
FORMS = [
    pytest.param(WHOLE, id="quoted-printable"),
    pytest.param(BASE64, id="base64 after a picture"),
    pytest.param(NESTED, id="multipart in multipart"),
    pytest.param(BARE, id="without parts"),
    pytest.param(WHOLE.replace(b"\r\n", b"\n"), id="line ends of Unix"),
    pytest.param(b"\xef\xbb\xbf\r\n" + WHOLE, id="byte order mark and empty line"),
    pytest.param(gzip.compress(WHOLE), id="gzip"),
    pytest.param(b"Saved on Monday by hand\n\nfor the archive (see below)\n" + WHOLE, id="lines before the headers"),
    pytest.param(f"<!-- saved from url={URL} -->\n".encode() + WHOLE, id="a comment before the headers"),
    pytest.param(WHOLE.replace(b"Subject:", b"exported 2024\r\nSubject:"), id="a line among the headers"),
    pytest.param(WHOLE.removesuffix(f"\r\n--{BOUNDARY}--\r\n".encode()), id="without the last boundary"),
]


@pytest.mark.parametrize("content", FORMS)
def test_saved_page_is_its_page(content: bytes) -> None:
    """A saved page gives the same article as the page, with the URL it was saved from."""
    expected = cleaner.clean(PAGE, url=URL)
    assert expected == cleaner.clean(content)


@pytest.mark.parametrize("content", [WHOLE, BASE64, NESTED, BARE])
def test_decoded_file(content: bytes) -> None:
    """The file may be a `str`, as in a line of JSON."""
    expected = cleaner.clean(PAGE, url=URL)
    assert expected == cleaner.clean(content.decode())


def test_decoded_file_in_8_bits() -> None:
    """The characters of a `str` are right, whatever charset a part without an encoding names."""
    html = part("text/html; charset=windows-1252", "8bit", PAGE.decode().encode("cp1252", "replace"))
    assert "ä" in cleaner.clean(saved(html).decode("cp1252")).text
    assert "ä" in cleaner.clean(saved(html)).text


def test_lost_headers() -> None:
    """A file that begins with its first part is read, too, but its URL is lost."""
    content = WHOLE[WHOLE.index(f"--{BOUNDARY}\r\n".encode()) :]
    assert replace(cleaner.clean(PAGE, url=URL), url=None).text == cleaner.clean(content).text


def test_url_of_the_caller_overrides() -> None:
    """The URL from the caller overrides the one in the file."""
    assert "https://other.example/a" == cleaner.clean(WHOLE, url="https://other.example/a").url


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WHOLE, URL),
        (BARE, URL),
        (
            saved(part("text/html", "7bit", PAGE, f"Content-Location: {URL[:20]}\r\n {URL[20:]}"), location_url=None),
            URL,
        ),
        (saved(HTML_PART, location_url="file:///C:/page.html"), None),
        (saved(HTML_PART, location_url=None), None),
    ],
)
def test_url(content: bytes, expected: str | None) -> None:
    """The URL is the one that the browser noted, or else the location of the part, if it is http or https."""
    snapshot = read_mhtml(content)
    assert snapshot is not None
    assert expected == snapshot.url


def test_charset_of_the_part() -> None:
    """The charset of the part is the declared charset of the page."""
    page = PAGE.decode().replace('<meta charset="utf-8">', "")
    body = quoted(page.encode("cp1252", "replace"))
    article = cleaner.clean(saved(part("text/html; charset=windows-1252", "quoted-printable", body)))
    assert ("cp1252", "header") == (article.encoding, article.encoding_source)
    assert "ä" in article.text


def test_start_names_the_page() -> None:
    """Of several HTML parts (for example frames), the page is the one that `start` names, or else the first one."""
    frame = part("text/html", "7bit", b"<p>An advertisement.</p>", "Content-ID: <ad@x>")
    snapshot = read_mhtml(saved(frame, HTML_PART, parameters='\r\n\tstart="<frame-0@mhtml.blink>";'))
    assert snapshot is not None
    assert PAGE.rstrip() == snapshot.html.replace(b"\r\n", b"\n").rstrip()
    for parameters in ("", ' start="<nothing@x>";'):
        first = read_mhtml(saved(frame, HTML_PART, parameters=parameters))
        assert first is not None
        assert b"<p>An advertisement.</p>" == first.html


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (saved(part(*IMAGE)), Code.NOT_HTML),
        (saved(), Code.NOT_HTML),
        (WHOLE[: WHOLE.index(b"Content-ID")], Code.NOT_HTML),
        (WHOLE[: WHOLE.index(b"Content-ID") + 3000], Code.INCOMPLETE),
        (WHOLE.replace(b"boundary=", b"border="), Code.DECODE_ERROR),
        (gzip.compress(WHOLE)[:-100], Code.INCOMPLETE),
        (saved(part("text/html", "7bit", b"")), Code.EMPTY),
        (WHOLE + b" " * 10_000_000, Code.TOO_LARGE),
    ],
)
def test_broken_file_is_refused(content: bytes, code: Code) -> None:
    """A saved file that is cut off, damaged or without a page is an error with the right code."""
    with pytest.raises(InputError) as caught:
        cleaner.clean(content, url=URL)
    assert (code, URL) == (caught.value.code, caught.value.url)


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        b"",
        b"From: the council\n\nThe bridge opens on Monday.\n",
        b"Subject: Minutes\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThe bridge opens.\n",
        b"MIME-Version: 1.0 is a header.\n\nContent-Type: text/html is another one.\n",
        b"<!-- MIME-Version: 1.0\nContent-Type: multipart/related -->\n\n" + PAGE,
        b"<!--\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n-->" + PAGE,
        b"<h1>Mail</h1>\n<pre>\nMIME-Version: 1.0\nContent-Type: text/html\n\n</pre>",
        b"The bridge opens.\n" * 20 + b"\nMIME-Version: 1.0\nContent-Type: text/html\n\nBye.",
        b"-- \nThe council\n",
    ],
)
def test_not_a_saved_page(content: bytes) -> None:
    """Pages, texts and messages without HTML are not saved pages."""
    assert not is_mhtml(content)
    assert None is read_mhtml(content)
    assert None is read_mhtml(content.decode())


def _nested(levels: int) -> bytes:
    opened = "".join(
        f'Content-Type: multipart/related; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(levels)
    )
    return b"MIME-Version: 1.0\r\n" + opened.encode()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: saved(*[part("image/png", "base64", b"AAAA")] * 80_000), id="thousands of parts"),
        pytest.param(lambda: saved(*[b""] * 200_000), id="parts that are empty"),
        pytest.param(lambda: _nested(100_000), id="multiparts in multiparts"),
        pytest.param(lambda: saved(boundary="-") + b"\r\n--" * 2_000_000, id="nothing but boundaries"),
        pytest.param(lambda: saved(part("image/png", "7bit", b"x" * 9_000_000)), id="no page"),
        pytest.param(lambda: saved(part('text/html; a="' + ';"' * 4_000_000, "7bit", b"")), id="a long header"),
        pytest.param(lambda: b"A:\n" * 3_000_000, id="headers without end"),
        pytest.param(lambda: saved(boundary="b" * 4_000_000), id="a long boundary"),
    ],
)
def test_hostile_files(make: Callable[[], bytes], cpu_limit: CpuLimit) -> None:
    """A file of 10 MB is read fast, whatever its parts are."""
    content = make()
    with cpu_limit(2), suppress(InputError):
        read_mhtml(content)


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page.MHTML.gz", "page", "page.php", "-"])
def test_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A saved page is recognised as HTML by its extension, or else by its first bytes."""
    source = name
    if name == "-":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(BASE64))))
    else:
        source = str(tmp_path / name)
        Path(source).write_bytes(gzip.compress(BASE64) if name.endswith(".gz") else BASE64)
    (found,) = read_inputs([source])
    assert (InputKind.HTML, None) == (found.kind, found.problem)


def command(*arguments: Path | str, stdin: bytes = b"") -> list[dict[str, Any]]:
    """Return the records that the command prints."""
    line = [sys.executable, "-m", "cleaner", *map(str, arguments), "--format", "jsonl"]
    done = subprocess.run(line, cwd=FIXTURES.parent, input=stdin, capture_output=True, check=True)
    return [json.loads(record) for record in done.stdout.splitlines()]


def archived(body: bytes) -> bytes:
    """Return a web archive with one response."""
    http_response = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/related\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nContent-Length: {len(http_response)}\r\n"
    return head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + http_response + b"\r\n\r\n"


def test_command(tmp_path: Path) -> None:
    """On the command line, a saved page gives the page's text and URL, whatever file it is in."""
    files = {
        "page.mhtml": WHOLE,
        "page.mht": BASE64,
        "pages.jsonl": json.dumps({"html": WHOLE.decode()}).encode() + b"\n",
        "pages.warc": archived(BASE64),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    records = command(tmp_path)
    assert [("ok", URL)] * 4 == [(record["status"], record["url"]) for record in records]
    assert {cleaner.clean(PAGE, url=URL).text} == {record["text"] for record in records}


def test_command_reads_standard_input() -> None:
    """On standard input, a saved page is recognised by its first bytes."""
    (record,) = command("-", stdin=BASE64)
    assert ("ok", URL) == (record["status"], record["url"])


def test_page_keeps_its_url() -> None:
    """A `Page` with a URL keeps it."""
    page = cleaner.Page(WHOLE, final_url="https://final.example/")
    assert "https://final.example/" == cleaner.clean(page).url
    assert URL == cleaner.clean(replace(page, final_url=None)).url
