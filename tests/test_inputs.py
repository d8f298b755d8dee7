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
from cleaner.inputs.folders import MAX_FOLDERS, MAX_KINDS, NO_EXTENSION, SkippedFiles
from cleaner.inputs.lists import TABLE_MESSAGE
from cleaner.inputs.notes import Notes
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
    for name in ("b.html", "a.txt", "z/c.htm.gz", "c/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    names = [os.path.relpath(each.name, tmp_path) for each in read_inputs([str(tmp_path)])]
    assert ["a.txt", "b.html", "c/d.html", "z/c.htm.gz"] == names
    assert 4 == count_inputs([str(tmp_path)])


MAIL = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>The bridge opens on Monday.</p>"
# The names and contents of files in a folder, as a copy of a site has them.
PAGES_OF_A_SITE = {
    "index.html": b"",
    "index.html?page=2": PAGE.encode(),
    "index.html.1": PAGE.encode(),
    "story": PAGE.encode(),
    "story.1": b"\xef\xbb\xbf\n<!-- saved -->\n<html lang=en><p>The bridge opens.",
    "copied": b"\n<head><title>The bridge</title></head><body><p>It opens on Monday.</p></body>",
    "old.asp": PAGE.encode("utf-16"),
    "list.php?id=7": b"<?xml version='1.0'?>\n" + PAGE.encode(),
    "page.jsp.gz": gzip.compress(PAGE.encode()),
    "fragment.shtml": b"<p>The bridge opens on Monday.</p>",
    "a.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "b.xht": b"",
    "mail": MAIL,
}
OTHER_FILES_OF_A_SITE = {
    "style.css?v=3": b"a { color: #300 }",
    "lost.css": PAGE.encode(),  # an error page of the server
    "a.js": b"document.write('<html><body></body></html>')",
    "logo.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "feed.xml": b"<?xml version='1.0'?><rss><description>&lt;html></description></rss>",
    "letter.xml": b"<?xml version='1.0'?><TEI><head>A letter</head><body><p>No page</p></body></TEI>",
    "template.php": b"<?php echo 1 ?><html><body></body></html>",
    "README": b"Write <html> and </html> around it.",
    "broken.php.gz": gzip.compress(PAGE.encode())[:5] + b"broken",
    "empty": b"",
}


def test_pages_in_a_folder_are_found_by_their_content(tmp_path: Path) -> None:
    """A copy of a site is read whole: the content of a file without a known extension decides whether it is a page."""
    for name, content in (PAGES_OF_A_SITE | OTHER_FILES_OF_A_SITE).items():
        (tmp_path / name).write_bytes(content)
    notes = Notes()
    found = list(read_inputs([str(tmp_path)], notes))
    assert sorted(PAGES_OF_A_SITE) == [os.path.relpath(each.name, tmp_path) for each in found]
    assert {(InputKind.HTML, None)} == {(each.kind, each.problem) for each in found}
    assert len(PAGES_OF_A_SITE) == count_inputs([str(tmp_path)])
    assert {".css": 2, NO_EXTENSION: 2, ".xml": 2, ".js": 1, ".png": 1, ".php": 1, ".gz": 1} == notes.skipped.total()


def test_what_is_skipped_in_a_folder_is_told(tmp_path: Path) -> None:
    """A folder says how many files it skipped, and of which kinds; names that begin with a dot are left out."""
    for name in ("page.html", "a.css", "b.css", "c.png", "NOTES", ".page.html", ".git/page.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    notes = Notes()
    assert [str(tmp_path / "page.html")] == [each.name for each in read_inputs([tmp_path], notes)]
    expected = (
        f"{tmp_path}: skipped 4 files that are not pages: 2 .css, 1 without an extension, 1 .png; "
        "2 hidden files or folders; 1 link to a folder; 1 unreadable file"
    )
    assert [expected] == notes.skipped.messages()


def test_a_folder_without_pages(tmp_path: Path) -> None:
    """A folder in which there is no page is a bad input that says what is in it."""
    assert Problem(Code.IO_ERROR, "no pages in this folder") == only(read_inputs([tmp_path])).problem
    (tmp_path / "a.css").write_text("")
    expected = "no pages in this folder; skipped 1 file that is not a page: 1 .css"
    assert Problem(Code.IO_ERROR, expected) == only(read_inputs([tmp_path])).problem
    assert 1 == count_inputs([str(tmp_path)])


def test_counts_of_skipped_files_are_bounded() -> None:
    """Any number of folders and extensions takes a bounded amount of memory, and no file is lost from the counts."""
    skipped = SkippedFiles()
    for number in range(1_000):
        skipped.add("a", f".{number}")
        skipped.add(f"folder {number}", ".css")
    assert 2_000 == sum(skipped.total().values())
    assert len(skipped.total()) <= MAX_KINDS + 2
    assert len(skipped.messages()) <= MAX_FOLDERS + 1
    first = skipped.messages()[0]
    assert "a: skipped 1000 files that are not pages: 900 other, 1 .0, 1 .1, 1 .2, 1 .3, 96 others" == first


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
    assert (f"{path}:1", Code.BAD_INPUT) == (bad.name, bad.problem.code)
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
    assert Code.BAD_INPUT == code_of(PAGE)
    assert Code.BAD_INPUT == code_of(5)  # type: ignore[arg-type]
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
    assert len(expected) == count_inputs([InputList(str(path))])


URLS = [f"https://town.example/{number}" for number in range(30)]


def texts(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize("name", ["urls.txt", "urls", "urls.csv", "-"])
@pytest.mark.parametrize("before", [(), ("# URLs", ""), ("\ufeffurl",), ('"URL"',)], ids=str)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_list_of_urls_in_place_of_a_page(
    name: str,
    before: tuple[str, ...],
    pack: Callable[[bytes], bytes],
    tmp_path: Path,
    stdin: Callable[[bytes], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file or standard input whose first lines are URLs is read as a list of URLs, and says so at once."""
    monkeypatch.chdir(tmp_path)
    for count in (1, 30):
        content = pack(texts(*before, *URLS[:count]))
        Path("urls").write_bytes(content) if name == "-" else Path(name).write_bytes(content)
        stdin(content)
        told: list[str] = []
        assert [(url, InputKind.URL) for url in URLS[:count]] == [
            (each.name, each.kind) for each in read_inputs([name], Notes(told.append))
        ]
        assert [f"{'standard input' if name == '-' else name}: a list of URLs, read as with -i {name}"] == told
        assert count_inputs([name]) == (count if name == "urls.txt" else None)


def test_recognised_list_names_no_files(tmp_path: Path) -> None:
    """A list that nobody called one names URLs only: a path or JSON after its first lines is a bad input."""
    path = tmp_path / "urls.txt"
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    path.write_bytes(texts(*URLS, str(page), '{"text": "The bridge"}', f"{URLS[0]} and more"))
    bad = [each for each in read_inputs([path]) if each.kind is not InputKind.URL]
    assert [(f"{path}:{number}", Code.BAD_URL) for number in (31, 32, 33)] == [
        (each.name, each.problem and each.problem.code) for each in bad
    ]
    assert 33 == count_inputs([str(path)])


@pytest.mark.parametrize(
    "content",
    [
        texts("The bridge opens on Monday.", *URLS),
        texts(*URLS[:3], "The bridge opens on Monday."),
        texts(f"See {URLS[0]}"),
        texts("# The bridge", "opens on Monday."),
        texts("# The bridge"),
        texts("url"),
        texts("Bridge, url, or ferry", "and more"),
        b"",
        b"https://" + b"a" * 5_000,
    ],
    ids=lambda content: content[:20],
)
def test_texts_that_are_no_lists(content: bytes, tmp_path: Path, stdin: Callable[[bytes], None]) -> None:
    """A text is a list only if all of its first lines are URLs, empty or comments."""
    (tmp_path / "story.txt").write_bytes(content)
    stdin(content)
    assert Input("-", InputKind.TEXT, content) == only(read_inputs(["-"]))
    assert InputKind.TEXT is only(read_inputs([tmp_path / "story.txt"])).kind
    assert [tmp_path / "story.txt"] == [each.content for each in read_inputs([tmp_path])]


def test_lists_are_not_followed_from_folders_and_lists(tmp_path: Path) -> None:
    """Only a list that the user names is read as one: a folder, or a line of a list, does not make requests."""
    (tmp_path / "urls.txt").write_bytes(texts(*URLS))
    (tmp_path / "list").write_bytes(texts(str(tmp_path / "urls.txt")))
    for source in (tmp_path / "urls.txt").parent, InputList(str(tmp_path / "list")):
        assert {InputKind.TEXT} == {each.kind for each in read_inputs([source])}


@pytest.mark.parametrize(
    "content",
    [texts("id,url", f"1,{URLS[0]}"), texts('"Title"\t"URL"', f"Bridge\t{URLS[0]}"), texts("link;day", URLS[0])],
)
@pytest.mark.parametrize("name", ["table.csv", "table.txt", "-"])
def test_tables(content: bytes, name: str, tmp_path: Path, stdin: Callable[[bytes], None]) -> None:
    """A table with a column of URLs is one bad input that says what to do, also as a list."""
    path = name if name == "-" else str(tmp_path / name)
    (tmp_path / name).write_bytes(content)
    for source in (path, InputList(path)):
        stdin(content)
        assert Problem(Code.BAD_INPUT, TABLE_MESSAGE) == only(read_inputs([source])).problem


def test_count_of_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The inputs of a list are counted unless it names folders of archives, is not a regular file, or is too long."""
    path = tmp_path / "list"
    (tmp_path / "pages").mkdir()
    for name in ("a.html", "b.html"):
        (tmp_path / "pages" / name).write_text(PAGE)
    path.write_bytes(texts("url", *URLS, str(tmp_path / "pages"), "missing.html", '{"text": "The bridge"}'))
    assert 34 == len(list(read_inputs([InputList(str(path))]))) == count_inputs([InputList(str(path))])
    (tmp_path / "pages" / "c.jsonl").write_text("")
    assert count_inputs([InputList(str(path))]) is None
    path.write_bytes(texts(*URLS))
    monkeypatch.setattr(inputs, "MAX_COUNTED_BYTES", 100)
    assert [None] * 3 == [count_inputs([InputList(name)]) for name in (str(path), "-", "/dev/null")]


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
