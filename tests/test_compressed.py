"""Compressed files, ZIP archives and mails."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import random
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from measuring import CpuLimit

import cleaner
from cleaner.errors import Code, InputError
from cleaner.inputs import zip_files
from cleaner.inputs.names import InputKind
from cleaner.inputs.notes import Notes
from cleaner.inputs.read import Input, InputList, Problem, count_inputs, read_file, read_inputs
from cleaner.page import decompress as decompression
from cleaner.page.decompress import CompressionKind, compression_of, decompress, decompress_head

PAGE = "<!DOCTYPE html><html><body><p>The bridge opens on Monday.</p></body></html>"
LINES = json.dumps({"html": PAGE}) + "\n" + json.dumps({"text": "The bridge is open.", "id": 2}) + "\n"
ARTICLE = (Path(__file__).parent.parent / "fixtures" / "drupal.html").read_bytes()


def zstd(content: bytes) -> bytes:
    from zstandard import ZstdCompressor

    return ZstdCompressor(write_checksum=True).compress(content)


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
if importlib.util.find_spec("zstandard"):  # Python 3.14 reads Zstandard without it, but these tests write some
    PACKERS[".zst"] = zstd
each_packer = pytest.mark.parametrize("ending", PACKERS)


def problems(*sources: Any) -> list[Problem | None]:
    return [each.problem for each in read_inputs(sources)]


@each_packer
def test_compressed_pages_are_cleaned(ending: str, tmp_path: Path) -> None:
    """The library cleans a compressed page, given as bytes or as a path, whatever the name of the file is."""
    packed = PACKERS[ending](ARTICLE)
    (tmp_path / "page").write_bytes(packed)
    expected = cleaner.clean(ARTICLE).text
    assert expected == cleaner.clean(packed).text
    assert expected == cleaner.clean(tmp_path / "page").text


@each_packer
@pytest.mark.parametrize("way", ["name", "content", "standard input"])
def test_compressed_inputs(ending: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compressed pages, JSON lines and lists are read, from a file with any name and from standard input."""

    def inputs(name: str, content: str, *, as_list: bool = False) -> list[Input]:
        packed = PACKERS[ending](content.encode())
        path = tmp_path / (name + ending if way == "name" else "input")
        path.write_bytes(packed)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(packed))))
        source = "-" if way == "standard input" else str(path)
        return list(read_inputs([InputList(source) if as_list else source]))

    (page,) = inputs("page.html", PAGE)
    content = read_file(page.content) if isinstance(page.content, Path) else page.content
    assert isinstance(content, bytes)
    assert (InputKind.HTML, PAGE.encode()) == (page.kind, decompress(content))
    assert [InputKind.HTML, InputKind.TEXT] == [each.kind for each in inputs("lines.jsonl", LINES)]
    assert ["https://a.example"] == [each.url for each in inputs("urls", "# URLs\nhttps://a.example\n", as_list=True)]


@each_packer
def test_damaged_files(ending: str) -> None:
    """A file that is cut off, damaged or too large raises the error for it; several streams are one content."""
    pack = PACKERS[ending]
    content = PAGE.encode() * 100
    whole = pack(content)
    assert content + b"<p>More" == decompress(whole + pack(b"<p>More"))
    assert content == decompress(whole + b"\0\0\0\0")
    assert content[:300] == decompress_head(whole, 300)
    assert b"" == decompress_head(whole[:12], 300)
    damaged = bytearray(whole)
    damaged[len(whole) // 2 :] = b"\xff" * (len(whole) - len(whole) // 2)
    for bad, code in (
        (whole[:-6], Code.INCOMPLETE),
        (bytes(damaged), Code.DECODE_ERROR),
        (pack(bytes(decompression.MAX_BYTES + 1)), Code.TOO_LARGE),
    ):
        with pytest.raises(InputError) as caught:
            decompress(bad)
        assert code == caught.value.code


@each_packer
def test_bombs(ending: str, cpu_limit: CpuLimit) -> None:
    """A file that unpacks to 100 MB is refused after the first pieces."""
    bomb = PACKERS[ending](bytes(100_000_000))
    with cpu_limit(1), pytest.raises(InputError) as caught:
        decompress(bomb)
    assert Code.TOO_LARGE == caught.value.code


def test_memory_of_xz(tmp_path: Path) -> None:
    """An xz file that needs more than the allowed memory is refused."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 28}]
    content = lzma.compress(PAGE.encode(), filters=filters)
    with pytest.raises(InputError, match="the xz stream is damaged: Memory usage limit exceeded"):
        decompress(content)


def test_zstandard_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package for it, Zstandard is refused with a message that says what to install."""
    monkeypatch.setattr(sys, "version_info", (3, 13))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install '\.\[zstd\]'"):
        decompress(b"\x28\xb5\x2f\xfd" + bytes(20))


def test_texts_that_begin_like_compressed_files() -> None:
    """The letters with which bzip2 begins are not enough for a text to be taken for it."""
    assert compression_of(b"BZh9 stands for level nine") is None
    assert CompressionKind.BZIP2 is compression_of(bz2.compress(b""))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.mkdir("a")
        file.writestr("a/page.html", PAGE)
        file.writestr("../story", PAGE)
        file.writestr("a/notes.txt", "The bridge is open.")
        file.writestr("lines.jsonl.gz", gzip.compress(LINES.encode()))
        file.writestr("style.css", PAGE)
        file.writestr("README", "No page")
        file.writestr("__MACOSX/a/._page.html", "\0\5\26\7")
    return path


def test_zip_archives(archive: Path) -> None:
    """A ZIP archive is read like a folder; its inputs are named after it, without leading dots."""
    notes = Notes()
    found = list(read_inputs([archive], notes))
    names = ["a/page.html", "story", "a/notes.txt", "lines.jsonl.gz:1", "lines.jsonl.gz:2"]
    kinds = [InputKind.HTML, InputKind.HTML, InputKind.TEXT, InputKind.HTML, InputKind.TEXT]
    assert [(f"{archive}/{name}", kind) for name, kind in zip(names, kinds, strict=True)] == [
        (each.name, each.kind) for each in found
    ]
    assert PAGE.encode() == found[0].content
    expected = "skipped 2 files that are not pages: 1 .css, 1 without an extension; 1 hidden file or folder"
    assert [f"{archive}: {expected}"] == notes.skipped.messages()
    assert count_inputs([str(archive)]) is None


def test_zip_archives_in_folders_and_streams(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive is opened if it is named, not if it is in a folder; from standard input it cannot be read."""
    assert [Problem(Code.IO_ERROR, "no pages in this folder; skipped 1 file that is not a page: 1 .zip")] == problems(
        archive.parent
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(archive.read_bytes()))))
    (problem,) = problems("-")
    assert problem is not None
    assert (Code.NOT_HTML, True) == (problem.code, "save it to a file first" in problem.message)


def test_bad_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member that is damaged, encrypted, too large or compressed in another way is one bad input."""
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("damaged.html", PAGE)
        file.writestr("large.html", bytes(decompression.MAX_BYTES + 1), zipfile.ZIP_DEFLATED)
        file.writestr("lzma.html", PAGE, zipfile.ZIP_LZMA)
        file.writestr("secret.html", PAGE)
        file.writestr("good.html", PAGE)
    content = bytearray(path.read_bytes())
    content[content.index(b"The bridge")] ^= 1
    content[content.rindex(b"PK\1\2", 0, content.rindex(b"secret.html")) + 8] |= 1
    path.write_bytes(content)
    found = {each.name.rpartition("/")[2]: each.problem and each.problem.message for each in read_inputs([path])}
    assert {"damaged.html", "large.html", "lzma.html", "secret.html", "good.html"} == set(found)
    assert "damaged in the ZIP archive: Bad CRC-32" in (found["damaged.html"] or "")
    assert "larger than the limit" in (found["large.html"] or "")
    assert "the compression method 14 of ZIP is not supported" in (found["lzma.html"] or "")
    assert "encrypted; unzip the archive first" == found["secret.html"]
    assert found["good.html"] is None


def test_bad_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that is damaged, a document, a bomb, or has too many files or no pages, is one bad input."""

    def outcome(members: dict[str, str | bytes], change: Callable[[bytes], bytes] = bytes) -> Problem:
        path = tmp_path / "pages.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in members.items():
                file.writestr(name, content)
        path.write_bytes(change(path.read_bytes()))
        (problem,) = problems(path)
        assert problem is not None
        return problem

    pages: dict[str, str | bytes] = {"a.html": PAGE, "b.html": PAGE}
    assert Code.DECODE_ERROR == outcome(pages, lambda content: content[:-30]).code
    assert "Office document" in outcome({"[Content_Types].xml": "<Types/>", **pages}).message
    assert "no pages in this ZIP archive" == outcome({}).message
    assert "no pages in this ZIP archive; skipped 1 file that is not a page: 1 .css" == outcome({"a.css": ""}).message
    monkeypatch.setattr(zip_files, "MIN_UNPACKED", 1_000_000)
    assert "unpacks to more than 200 times its size" in outcome({"a.html": bytes(2_000_000)}).message
    monkeypatch.setattr(zip_files, "MAX_MEMBERS", 1)
    assert "has more than 1 files; unzip it first" in outcome(pages).message


def test_damage_in_an_archive(tmp_path: Path) -> None:
    """An archive with any damaged bytes gives inputs, good or bad, and raises nothing."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/ü.html", PAGE)
        file.writestr("lines.jsonl", LINES)
        file.writestr("notes.txt", "The bridge is open. " * 9, zipfile.ZIP_BZIP2)
    noise = random.Random(0)
    path = tmp_path / "pages.zip"
    for _ in range(1_000):
        damaged = bytearray(content.getvalue())
        for _ in range(noise.choice((1, 1, 3))):
            damaged[noise.randrange(len(damaged))] = noise.choice((0, 255, noise.randrange(256)))
        path.write_bytes(damaged)
        with warnings.catch_warnings(action="ignore"):  # of duplicate names
            assert all(isinstance(each, Input) for each in read_inputs([path]))


def test_overlapping_members(tmp_path: Path) -> None:
    """An archive whose members share their content, so that little unpacks to much, is refused."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.html", bytes(9_000_000))
    content = path.read_bytes()
    start = content.index(b"PK\1\2")
    end = content.index(b"PK\5\6")
    count = 1_000
    directory = content[start:end] * count
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    path.write_bytes(content[:start] + directory + tail)
    (problem,) = problems(path)
    assert problem is not None
    assert Code.TOO_LARGE == problem.code


def mail(*, html: bool) -> bytes:
    message = EmailMessage()
    message["From"] = "Harbour Watch <news@harbourwatch.example>"
    message["Subject"] = "The bridge"
    for number in range(200):
        message[f"X-Spam-Note-{number}"] = "f" * 70
    message.set_content("Read this mail in a browser.")
    if html:
        message.add_alternative(ARTICLE.decode(), subtype="html")
    return bytes(message)


def test_mails(tmp_path: Path) -> None:
    """The HTML part of a saved mail is cleaned; a mail without one is refused with advice."""
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(html=True))
    assert [Input(str(path), InputKind.HTML, path)] == list(read_inputs([path]))
    assert cleaner.clean(ARTICLE).text == cleaner.clean(path).text
    path.write_bytes(mail(html=False))
    expected = "the mail has no HTML part, or is damaged; to clean its text, save it as .txt"
    assert [Problem(Code.NOT_HTML, expected)] == problems(path)
