"""Sources become a stream of inputs."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from measuring import CpuLimit

from cleaner.errors import Code, InputError
from cleaner.inputs import read as inputs
from cleaner.inputs.read import Input, InputKind, InputList, Problem, count_inputs, read_file, read_inputs
from cleaner.models import Page

PAGE = "<!DOCTYPE html><html><body><p>The bridge opens on Monday.</p></body></html>"


def only(inputs: Iterator[Input]) -> Input:
    (single,) = inputs
    return single


def code_of(source: str | os.PathLike[str] | Page | Mapping[str, Any]) -> Code:
    problem = only(read_inputs([source])).problem
    assert problem is not None
    return problem.code


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Return a function that sets the content of standard input."""

    def hold(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))

    return hold


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", InputKind.HTML),
        ("a.HTM", InputKind.HTML),
        ("a.html.gz", InputKind.HTML),
        ("a.txt", InputKind.TEXT),
        ("a.txt.gz", InputKind.TEXT),
    ],
)
def test_extension_decides_the_kind(tmp_path: Path, name: str, kind: InputKind) -> None:
    """The extension of a file decides how it is read, without opening it."""
    path = tmp_path / name
    path.write_bytes(b"")
    assert Input(str(path), kind, path) == only(read_inputs([str(path)]))


@pytest.mark.parametrize("url", ["https://town.example/a", "HTTP://town.example", "ftp://town.example/a.html"])
def test_url(url: str) -> None:
    """A source with any scheme is a URL; the fetcher decides which URLs can be fetched."""
    assert Input(url, InputKind.URL, url=url) == only(read_inputs([url]))


def test_page_saved_without_an_extension(tmp_path: Path) -> None:
    """A file with an unknown extension is a page if its first bytes are those of a page."""
    path = tmp_path / "story"
    path.write_text(PAGE)
    assert Input(str(path), InputKind.HTML, PAGE.encode()) == only(read_inputs([path]))


def test_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    """A folder yields its files with known extensions, then those of its subfolders, all sorted."""
    for name in ("b.html", "a.txt", "z/c.htm.gz", "c/d.html", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    names = [os.path.relpath(each.name, tmp_path) for each in read_inputs([str(tmp_path)])]
    assert ["a.txt", "b.html", "c/d.html", "z/c.htm.gz"] == names
    assert 4 == count_inputs([str(tmp_path)])


def test_loop_of_links(tmp_path: Path) -> None:
    """A folder that links to itself is read once."""
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "again").symlink_to(tmp_path)
    assert [str(tmp_path / "a.html")] == [each.name for each in read_inputs([tmp_path])]


def test_broken_link_in_a_folder(tmp_path: Path) -> None:
    """A broken link is not skipped: it is an input that cannot be read."""
    (tmp_path / "a.html").symlink_to(tmp_path / "gone.html")
    source = only(read_inputs([tmp_path]))
    assert isinstance(source.content, Path)
    with pytest.raises(InputError) as caught:
        read_file(source.content)
    assert Code.IO_ERROR == caught.value.code


def test_json_lines(tmp_path: Path) -> None:
    """Each line is an input named by its line number, with its id and url; empty lines are skipped."""
    path = tmp_path / "pages.jsonl"
    path.write_text(
        '\ufeff{"id": 7, "url": "https://town.example/7", "html": "<p>Seven</p>"}\r\n'
        "\n"
        '{"id": "t", "text": "Eight", "url": null}\n'
        '{"html": "", "text": "Nine"}'
    )
    expected = [
        Input(f"{path}:1", InputKind.HTML, "<p>Seven</p>", id=7, url="https://town.example/7"),
        Input(f"{path}:3", InputKind.TEXT, "Eight", id="t"),
        Input(f"{path}:4", InputKind.TEXT, "Nine"),
    ]
    assert expected == list(read_inputs([str(path)]))
    assert count_inputs([str(path)]) is None


BAD_LINES = {
    "no JSON": b"{half",
    "not an object": b"[1]",
    "neither html nor text": b'{"id": 1, "title": "The bridge"}',
    "html is no string": b'{"html": 5}',
    "id is a list": b'{"id": [1], "html": "<p>a</p>"}',
    "id has no value in JSON": b'{"id": NaN, "html": "<p>a</p>"}',
    "id overflows": b'{"id": 1e999, "html": "<p>a</p>"}',
    "id has 5,000 digits": b'{"id": ' + b"9" * 5000 + b', "html": "<p>a</p>"}',
    "not UTF-8": b'{"html": "\xff"}',
    "100,000 brackets": b"[" * 100_000,
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_bad_line(tmp_path: Path, line: bytes) -> None:
    """A bad line is an input with a problem, and the line after it is read."""
    path = tmp_path / "pages.jsonl"
    path.write_bytes(line + b'\n{"text": "after"}\n')
    bad, after = read_inputs([str(path)])
    assert bad.problem is not None
    assert (f"{path}:1", Code.IO_ERROR) == (bad.name, bad.problem.code)
    assert Input(f"{path}:2", InputKind.TEXT, "after") == after


def test_long_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line above the limit is skipped in pieces, and the line after it is read."""
    monkeypatch.setattr(inputs, "MAX_LINE_BYTES", 64)
    path = tmp_path / "pages.jsonl"
    path.write_text('{"text": "' + "a" * 500 + '"}\n{"text": "after"}\n')
    bad, after = read_inputs([str(path)])
    assert bad.problem is not None
    assert (Code.TOO_LARGE, "after") == (bad.problem.code, after.content)


def test_truncated_json_lines(tmp_path: Path) -> None:
    """If gzipped JSON lines are truncated, the lines before are read, and one more input has the problem."""
    noise = random.Random(0)
    lines = (json.dumps({"text": noise.randbytes(3000).hex()}).encode() + b"\n" for _ in range(40))
    whole = gzip.compress(b"".join(lines))
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    *before, last = read_inputs([str(path)])
    assert before
    assert all(each.problem is None for each in before)
    assert last.problem is not None
    assert (str(path), Code.INCOMPLETE) == (last.name, last.problem.code)


def test_json_lines_are_a_stream(tmp_path: Path) -> None:
    """The first line is yielded before the second is read."""
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "first"}\n') + b"no gzip at all")
    assert "first" == next(read_inputs([str(path)])).content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAGE.encode(), InputKind.HTML),
        (b"\xef\xbb\xbf  <p>A fragment", InputKind.HTML),
        (PAGE.encode("utf-16"), InputKind.HTML),
        (b"Bare words and <b>then</b> <p>markup</p>", InputKind.HTML),
        (b"The <b> key was stuck, 3 < 4, and nobody knew why.", InputKind.TEXT),
        (b"", InputKind.TEXT),
    ],
)
def test_first_bytes_decide_the_kind_of_standard_input(
    stdin: Callable[[bytes], None], content: bytes, kind: InputKind
) -> None:
    """Standard input that looks like markup is a page, anything else a text."""
    stdin(content)
    assert Input("-", kind, content) == only(read_inputs(["-"]))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_json_lines_on_standard_input(stdin: Callable[[bytes], None], pack: Callable[[bytes], bytes]) -> None:
    """An object on the first line means JSON lines, gzipped or not."""
    stdin(pack(b'{"text": "One"}\n{"id": 2, "html": "<p>Two"}\n'))
    expected = [Input("-:1", InputKind.TEXT, "One"), Input("-:2", InputKind.HTML, "<p>Two", id=2)]
    assert expected == list(read_inputs(["-"]))


def test_mapping_and_page() -> None:
    """Mappings and pages are inputs; without a URL, they are named by their position."""
    page = Page(b"<p>a</p>", url="https://town.example/a", final_url="https://town.example/b")
    nameless = Page("<p>a</p>")
    expected = [
        Input("input 1", InputKind.HTML, b"<p>a</p>", id=1),
        Input("https://town.example/b", InputKind.HTML, page, url="https://town.example/b"),
        Input("input 3", InputKind.HTML, nameless),
    ]
    assert expected == list(read_inputs([{"id": 1, "html": b"<p>a</p>"}, page, nameless]))


def test_bad_inputs_carry_their_error(tmp_path: Path) -> None:
    """Every bad source yields an input with its problem."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    assert Code.IO_ERROR == code_of(str(tmp_path / "missing.html"))
    assert Code.IO_ERROR == code_of(str(tmp_path / "empty"))
    assert Code.NOT_HTML == code_of(str(tmp_path / "table.csv"))
    assert Code.IO_ERROR == code_of("a\0b.html")
    assert Code.IO_ERROR == code_of("a" * 10_000)
    assert Code.IO_ERROR == code_of(PAGE)
    assert Code.IO_ERROR == code_of(5)  # type: ignore[arg-type]
    assert Code.BAD_URL == code_of({"html": PAGE, "url": 5})


def test_hint_for_a_url_without_a_scheme() -> None:
    """A host name without a scheme gets a hint to add it."""
    expected = Problem(Code.IO_ERROR, "no such file or folder; for a page on the web, write https:// before it")
    assert expected == only(read_inputs(["www.town.example/story"])).problem
    assert Problem(Code.IO_ERROR, "no such file or folder") == only(read_inputs(["missing.html"])).problem


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is refused, not truncated."""
    monkeypatch.setattr(inputs, "MAX_BYTES", 10)
    (tmp_path / "a.html").write_text("<p>" + "a" * 8)
    (tmp_path / "a").write_text("<p>" + "a" * 8)
    with pytest.raises(InputError) as caught:
        read_file(tmp_path / "a.html")
    assert Code.TOO_LARGE == caught.value.code
    assert Code.TOO_LARGE == code_of(tmp_path / "a")


def test_list(tmp_path: Path) -> None:
    """A list names one input per line; empty lines and comments are skipped, and a bad line has its problem."""
    page = tmp_path / "a.html"
    page.write_text(PAGE)
    lines = [
        "\ufeffhttps://town.example/a",
        "",
        "  # a comment",
        f" {page} ",
        '{"url": "https://town.example/b", "published": "2024-05-06"}',
        "missing.html",
        "-",
        "file:///etc/passwd",
        "{half",
        "a\0b",
    ]
    expected = [
        ("https://town.example/a", InputKind.URL, "https://town.example/a", None),
        (str(page), InputKind.HTML, None, None),
        ("5", InputKind.URL, "https://town.example/b", None),
        ("missing.html", InputKind.TEXT, None, Code.IO_ERROR),
        ("7", InputKind.TEXT, None, Code.BAD_URL),
        ("file:///etc/passwd", InputKind.TEXT, None, Code.BAD_URL),
        ("{half", InputKind.TEXT, None, Code.IO_ERROR),
        ("10", InputKind.TEXT, None, Code.BAD_URL),
    ]
    path = tmp_path / "urls.txt"
    for content in ("\r\n".join(lines).encode(), gzip.compress("\n".join(lines).encode())):
        path.write_bytes(content)
        results = read_inputs([InputList(str(path))])
        actual = [(i.name.removeprefix(f"{path}:"), i.kind, i.url, i.problem and i.problem.code) for i in results]
        assert expected == actual
    assert count_inputs([InputList(str(path))]) is None


def test_list_from_standard_input(stdin: Callable[[bytes], None]) -> None:
    """A list can be read from standard input."""
    stdin(b"https://town.example/a\nhttps://town.example/b")
    results = list(read_inputs([InputList("-")]))
    assert ["https://town.example/a", "https://town.example/b"] == [each.url for each in results]


def test_missing_list() -> None:
    """A list that cannot be read is one bad input."""
    assert Code.IO_ERROR == (only(read_inputs([InputList("missing.txt")])).problem or ("",))[0]


def test_list_is_streamed(tmp_path: Path) -> None:
    """The first lines of a list are yielded before the last ones exist."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = os.open(pipe, os.O_RDWR)
    os.write(writing, b"https://town.example/a\n")
    results = read_inputs([InputList(str(pipe))])
    assert "https://town.example/a" == next(results).url
    os.close(writing)
    assert [] == list(results)


@pytest.mark.parametrize(
    ("value", "kind", "headers"),
    [
        ({"url": "u"}, InputKind.URL, None),
        ({"url": "u", "text": "t"}, InputKind.TEXT, None),
        ({"url": "u", "text": "t", "html": ""}, InputKind.TEXT, None),
        ({"url": "u", "text": "t", "html": "<p>", "etag": "e"}, InputKind.HTML, None),
        ({"url": "u", "etag": '"v1"', "last_modified": None}, InputKind.URL, {"etag": '"v1"'}),
        ({"url": "u", "etag": 'W/"1"', "last_modified": "d"}, InputKind.URL, {"etag": 'W/"1"', "last-modified": "d"}),
        ({"url": "u", "text": "t", "schema_version": 1, "etag": None}, InputKind.URL, None),
        ({"url": None, "text": "t", "schema_version": 1, "etag": None}, InputKind.TEXT, None),
        ({"url": "u", "etag": "a\r\nCookie: b"}, InputKind.URL, None),
        ({"url": "u", "etag": 5, "last_modified": ""}, InputKind.URL, None),
    ],
)
def test_object_with_url(value: dict[str, Any], kind: InputKind, headers: dict[str, str] | None) -> None:
    """Without html, the url of an earlier record is fetched again, and so is a url alone; validators are kept."""
    source = only(read_inputs([value]))
    assert (kind, None) == (source.kind, source.problem)
    assert headers == (source.previous and dict(source.previous.headers))


def hashes(*sources: Any) -> list[str | None]:
    return [each.input_hash for each in read_inputs(sources)]


def test_hash_of_content(tmp_path: Path) -> None:
    """An input without an identifying name has a hash of its content and URL, the same at any place."""
    objects = [
        {"html": PAGE},
        {"text": PAGE},
        {"html": PAGE, "url": "https://town.example/"},
        {"url": "https://a.example"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(each) for each in objects))
    (tmp_path / "b.jsonl").write_text("\n\n" + "\n".join(json.dumps(each | {"id": 1}) for each in reversed(objects)))
    digests = hashes(tmp_path / "a.jsonl")
    assert 4 == len({each for each in digests if each is not None})
    assert digests[::-1] == hashes(tmp_path / "b.jsonl")
    assert digests == hashes(*objects)
    assert digests[:1] == hashes({"html": PAGE.encode()}) == hashes(Page(PAGE))


def test_hash_of_bad_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad lines have a hash of the line, also a line that is too long to be kept."""
    monkeypatch.setattr(inputs, "MAX_LINE_BYTES", 100)
    bad = [b"{half", b'{"html": 5}', b"[1]", b'{"text": "%s"}' % (b"a" * 300), b'{"text": "%s"}' % (b"a" * 301)]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(bad) + b"\n")
    digests = hashes(path)
    assert 5 == len({each for each in digests if each is not None})
    path.write_bytes(b"\n" + b"\r\n".join(bad[:3][::-1]))
    assert digests[:3][::-1] == hashes(path)


def test_names_need_no_hash(tmp_path: Path, stdin: Callable[[bytes], None]) -> None:
    """Files, URLs and standard input are identified by their names and have no hash."""
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "list").write_text(f"{tmp_path}/a.html\nhttps://town.example/\n")
    stdin(PAGE.encode())
    sources = [tmp_path / "a.html", "https://town.example/", InputList(str(tmp_path / "list")), "-", "missing.html"]
    assert [None] * 6 == hashes(*sources)


@pytest.fixture
def special(tmp_path: Path) -> Iterator[Path]:
    """A folder with a pipe without a writer, a socket, and a link to a device."""
    folder = tmp_path / "special"
    folder.mkdir()
    os.mkfifo(folder / "a.html")
    (folder / "b.jsonl").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "c.warc"))
        yield folder


def test_special_files(special: Path, tmp_path: Path) -> None:
    """Pipes, sockets and devices in a folder or a list are refused at once."""
    paths = [str(path) for path in sorted(special.iterdir())]
    (tmp_path / "list").write_text("\n".join([*paths, str(special)]))
    messages = [
        f"not a regular file, but a {kind}; to read standard input, use -" for kind in ("pipe", "device", "socket")
    ]
    expected = [(path, Problem(Code.IO_ERROR, message)) for path, message in zip(paths, messages, strict=True)]
    assert expected == [(each.name, each.problem) for each in read_inputs([special])]
    assert expected * 2 == [(each.name, each.problem) for each in read_inputs([InputList(str(tmp_path / "list"))])]
    assert [Code.IO_ERROR] * 2 == [code_of(path) for path in paths[1:]]


def test_pipe_as_argument(tmp_path: Path) -> None:
    """A pipe on the command line is read: shells create them for the output of another command."""
    reading, writing = os.pipe()
    os.write(writing, PAGE.encode())
    os.close(writing)
    assert PAGE.encode() == only(read_inputs([f"/dev/fd/{reading}"])).content
    os.close(reading)


EMPTY = [b"\n", b"  \r\n", b" " * 3_000 + b"\n"]
EMPTY_OR_COMMENT = [*EMPTY, b"# no\n", "\u00a0\n".encode()]


@pytest.mark.parametrize("way", ["file", "packed", "standard input"])
@pytest.mark.parametrize(
    ("as_list", "line"), [(False, line) for line in EMPTY] + [(True, line) for line in EMPTY_OR_COMMENT], ids=repr
)
def test_endless_empty_lines(
    as_list: bool,
    line: bytes,
    way: str,
    tmp_path: Path,
    stdin: Callable[[bytes], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After too many bytes of consecutive empty lines and comments, reading stops with one error."""
    monkeypatch.setattr(inputs, "MAX_EMPTY_BYTES", 10_000)
    first = b'{"text": "a"}\n'
    few = line * (9_000 // len(line))
    content = first + few + first + few + first + line * (10_000 // len(line) + 1) + first
    path = tmp_path / "a.jsonl"
    path.write_bytes(gzip.compress(content) if way == "packed" else content)
    stdin(content)
    name = "-" if way == "standard input" else str(path)
    results = list(read_inputs([InputList(name) if as_list else name]))
    assert [None, None, None, Code.TOO_LARGE] == [each.problem and each.problem.code for each in results]
    assert name == results[-1].name


def test_endless_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is too long is one bad input; an endless one stops the reading of its file."""
    monkeypatch.setattr(inputs, "MAX_LINE_BYTES", 100)
    monkeypatch.setattr(inputs, "MAX_SKIPPED_BYTES", 1_000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n' + b"[" * 900 + b"\n" + b"[" * 2_000 + b'\n{"text": "a"}\n')
    results = list(read_inputs([path]))
    assert [None, Code.TOO_LARGE, Code.TOO_LARGE] == [each.problem and each.problem.code for each in results]
    assert [f"{path}:1", f"{path}:2", str(path)] == [each.name for each in results]


def test_bomb_of_empty_lines(tmp_path: Path, cpu_limit: CpuLimit) -> None:
    """A megabyte of gzip that unpacks to a gigabyte of empty lines takes only seconds."""
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n') + gzip.compress(b"\n" * 10_000_000) * 100)
    with cpu_limit(10):
        assert Code.TOO_LARGE == [each.problem and each.problem.code for each in read_inputs([path])][-1]
