"""The errors for wrong arguments to the library's functions."""

from __future__ import annotations

import gzip
import inspect
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import pytest
from bs4 import BeautifulSoup

import cleaner
from cleaner import Code, InputError, Page
from cleaner.inputs.read import InputList
from cleaner.page.decompress import MAX_BYTES

PAGE = Path(__file__).resolve().parent.parent / "fixtures" / "drupal.html"
HTML = PAGE.read_bytes()
MARKUP = "<p>The bridge opens on Monday.</p>"


class Response:
    """A response object as HTTP libraries have it."""

    @property
    def content(self) -> bytes:
        return HTML

    @property
    def text(self) -> str:
        return HTML.decode()


SOUP = BeautifulSoup(MARKUP, "html.parser")
ELEMENT = lxml.html.fromstring(MARKUP)
TREE = ElementTree.fromstring(MARKUP)
SINGLE: list[Any] = [
    "page.html",
    "/",
    "https://town.example/a",
    MARKUP,
    HTML,
    bytearray(HTML),
    memoryview(HTML),
    PAGE,
    Page(HTML),
    {"html": MARKUP},
    InputList("urls.txt"),
    SOUP,
    ELEMENT,
    None,
    7,
]


@pytest.mark.parametrize("value", SINGLE, ids=lambda value: type(value).__name__)
def test_single_input(value: Any) -> None:
    """`clean_many` refuses a single input at the call, and says to pass a list."""
    with pytest.raises(TypeError, match=r"^clean_many\(\) takes a list .* pass a list: clean_many\(\["):
        cleaner.clean_many(value)


@pytest.mark.parametrize("call", [cleaner.clean_many, cleaner.aclean_many])
@pytest.mark.parametrize("file", [io.StringIO("https://town.example/a\n"), io.BytesIO(HTML)])
def test_file_instead_of_a_list(call: Callable[..., Any], file: Any) -> None:
    """A file object is refused: its lines may be a list with line ends, or those of a page."""
    with pytest.raises(TypeError, match=r"not (StringIO|BytesIO); for a page, .* clean_many\(line\.strip\(\) for line"):
        call(file)


def test_the_message_shows_the_call() -> None:
    """The example in the message shows a short string as it was passed."""
    with pytest.raises(TypeError, match=r"clean_many\(\['page\.html'\]\)$"):
        cleaner.clean_many("page.html")


@pytest.mark.parametrize("inputs", [[PAGE], (PAGE,), {PAGE}, iter([PAGE]), [str(PAGE)], [Page(memoryview(HTML))]])  # type: ignore[arg-type]
@pytest.mark.usefixtures("in_process")
def test_any_iterable_of_inputs(inputs: Any) -> None:
    """Lists, tuples, sets and iterators of inputs are accepted."""
    assert ["ok"] == [record["status"] for record in cleaner.clean_many(inputs)]


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (None, "not None; check that the page was loaded"),
        (SOUP, "not BeautifulSoup; pass its markup: clean(str(soup))"),
        (SOUP.p, "not Tag; pass its markup: clean(str(soup))"),
        (ELEMENT, "not HtmlElement; pass its markup: clean(lxml.html.tostring(element))"),
        (TREE, "not Element; pass its markup: clean(xml.etree.ElementTree.tostring(element))"),
        (Response(), "not Response; pass the body: clean(response.content)"),
        ([HTML], "not list; for several pages, or a mapping, call clean_many([...])"),
        ({"html": MARKUP}, "not dict; for several pages, or a mapping, call clean_many([...])"),
        (7, "not int"),
        (Page(PAGE), "not PosixPath; pass the path itself: clean(path)"),  # type: ignore[arg-type]
    ],
)
def test_not_a_page(value: Any, advice: str) -> None:
    """The error says what `clean` accepts, what was passed, and what to pass instead."""
    with pytest.raises(TypeError) as caught:
        cleaner.clean(value)
    accepted = "clean() takes a page as str, bytes, a path, a file object or a cleaner.Page"
    assert f"{accepted}, {advice}" == str(caught.value)


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (None, "not None; check that the text was loaded"),
        (Page(HTML), "not Page; for HTML, call clean()"),
        (SOUP, "not BeautifulSoup; for HTML, call clean()"),
        (Response(), "not Response; for HTML, call clean(response.content)"),
        (["Words."], "not list; for several texts, call clean_many([...])"),
        (7, "not int"),
    ],
)
def test_not_a_text(value: Any, advice: str) -> None:
    """The error says what `clean_text` accepts, what was passed, and what to pass instead."""
    with pytest.raises(TypeError) as caught:
        cleaner.clean_text(value)
    accepted = "clean_text() takes a text as str, bytes, a path or a file object"
    assert f"{accepted}, {advice}" == str(caught.value)


class TrickleFile(io.RawIOBase):
    """A file without a buffer that gives 1,000 bytes at a time, as a pipe may."""

    def __init__(self, content: bytes) -> None:
        self._left = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._left.read(min(1_000, len(buffer)))
        buffer[: len(chunk)] = chunk
        return len(chunk)


@pytest.mark.parametrize(
    "opened",
    [
        lambda: PAGE,
        lambda: PAGE.open("rb"),
        lambda: PAGE.open("rb", buffering=0),
        lambda: PAGE.open(encoding="utf-8"),
        lambda: io.BytesIO(gzip.compress(HTML)),
        lambda: io.StringIO(HTML.decode()),
        lambda: TrickleFile(HTML),
        lambda: gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(HTML))),
    ],
)
def test_path_or_file(opened: Callable[[], Any]) -> None:
    """A path and a file object in any mode are read; the file object is left open."""
    expected = cleaner.clean(HTML, url="https://town.example/a")
    file = opened()
    article = cleaner.clean(file, url="https://town.example/a")
    assert (expected.text, expected.title, expected.url) == (article.text, article.title, article.url)
    if not isinstance(file, Path):
        assert not file.closed
        file.close()


TEXT = "Die Brücke über den Fluß wird am Dienstag geöffnet, sagte die Bürgermeisterin den Gästen.\n\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("form", [bytes, bytearray, memoryview, io.BytesIO, "path"])
@pytest.mark.parametrize("timeout", [None, 20.0])
def test_text_in_bytes(form: Any, encoding: str, timeout: float | None, tmp_path: Path) -> None:
    """`clean_text` reads bytes, paths and binary files, and detects their encoding."""
    content = TEXT.encode(encoding)
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    article = cleaner.clean_text(path if form == "path" else form(content), timeout=timeout)
    assert cleaner.clean_text(TEXT).text == article.text
    assert encoding == article.encoding


def test_text_in_a_file() -> None:
    """`clean_text` reads a file in text mode."""
    article = cleaner.clean_text(io.StringIO(TEXT))
    assert (cleaner.clean_text(TEXT).text, None) == (article.text, article.encoding)


def test_text_that_cannot_be_read(tmp_path: Path) -> None:
    """Bytes that are not text, and a file that is missing, are an `InputError` with the URL."""
    for value, code in [(b"\x89PNG\r\n\x1a\n" + bytes(99), Code.NOT_HTML), (tmp_path / "no", Code.IO_ERROR)]:
        with pytest.raises(InputError) as caught:
            cleaner.clean_text(value, url="https://town.example/a")
        assert (code, "https://town.example/a") == (caught.value.code, caught.value.url)


def test_temporary_file() -> None:
    """A temporary file, which only passes the methods of a file on, is read from its position."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(HTML)
        with pytest.raises(InputError, match="empty"):
            cleaner.clean(file)
        file.seek(0)
        assert cleaner.clean(HTML).text == cleaner.clean(file).text


def test_the_content_of_a_file_is_never_looked_up() -> None:
    """A file that holds a file name or a URL is a page like any other."""
    for content in (str(PAGE), "https://town.example/a"):
        with pytest.raises(cleaner.NoArticleError):
            cleaner.clean(io.StringIO(content))


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is missing, a folder, too large, or in another encoding is an `InputError` that says so."""
    large = tmp_path / "large.html"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    latin = tmp_path / "latin.html"
    latin.write_bytes("<p>Brücke".encode("latin-1"))
    with latin.open(encoding="utf-8") as as_utf8, large.open("rb") as opened, (tmp_path / "new").open("wb") as writing:
        cases = [
            (tmp_path / "missing.html", Code.IO_ERROR, r"^/.*missing\.html: cannot be read: no such file"),
            (tmp_path, Code.IO_ERROR, "cannot be read: is a directory"),
            (large, Code.TOO_LARGE, r"^/.*large\.html: larger than"),
            (opened, Code.TOO_LARGE, "^larger than"),
            (as_utf8, Code.DECODE_ERROR, "open it in binary mode"),
            (writing, Code.IO_ERROR, "the file cannot be read: "),
        ]
        for value, code, message in cases:
            with pytest.raises(InputError, match=message) as caught:
                cleaner.clean(value, url="https://town.example/a")
            assert (code, "https://town.example/a") == (caught.value.code, caught.value.url)


def test_file_that_gives_something_else() -> None:
    """A file object that gives neither bytes nor text, such as that of an asynchronous library, is refused."""

    class Strange(io.BytesIO):
        def read(self, size: int | None = -1) -> Any:
            return [size]

    with pytest.raises(TypeError, match="reading the file gave list, not bytes or str"):
        cleaner.clean(Strange())


def test_an_archive_is_no_file() -> None:
    """An archive, whose `read` takes the name of a member, is refused."""
    with zipfile.ZipFile(io.BytesIO(), "w") as archive, pytest.raises(TypeError, match="not ZipFile"):
        cleaner.clean(archive)


@pytest.mark.parametrize("call", [cleaner.clean, cleaner.clean_text])
def test_url_is_a_string(call: Callable[..., Any]) -> None:
    """A `url` that is not a string is refused."""
    with pytest.raises(TypeError, match=r"^url must be a str or None, not PosixPath$"):
        call(MARKUP, url=PAGE)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
@pytest.mark.usefixtures("in_process")
def test_bytes_of_any_kind(kind: Callable[[bytes], Any]) -> None:
    """`bytearray` and `memoryview` count as bytes: directly, in a `Page`, and in a mapping."""
    expected = cleaner.clean(HTML).text
    assert expected == cleaner.clean(kind(HTML)).text
    assert expected == cleaner.clean(Page(kind(HTML))).text
    assert [expected] == [record["text"] for record in cleaner.clean_many([{"html": kind(HTML)}])]


@pytest.mark.parametrize("call", [cleaner.clean, cleaner.clean_text])
def test_first_parameter_is_positional(call: Callable[..., Any]) -> None:
    """The page or text is passed by position only, so that the parameter can be renamed."""
    first = next(iter(inspect.signature(call).parameters.values()))
    assert inspect.Parameter.POSITIONAL_ONLY == first.kind


@pytest.mark.parametrize("name", ["https://town.example/a", "  HTTP://town.example/a?b=c\n", "www.town.example/a"])
def test_url_instead_of_a_page(name: str) -> None:
    """A URL instead of a page is an error that says how to fetch it."""
    with pytest.raises(InputError, match=r"this is a URL, .*cleaner\.clean\(cleaner\.fetch\(url\)\)") as caught:
        cleaner.clean(name)
    assert Code.NOT_HTML == caught.value.code


def test_file_name_instead_of_a_page(tmp_path: Path) -> None:
    """The name of a file instead of its content is an error that says how to read it."""
    path = tmp_path / "page.html"
    path.write_bytes(HTML)
    with pytest.raises(
        InputError, match=r"this is the name of a file, .*cleaner\.clean\(pathlib\.Path\(name\)\)"
    ) as caught:
        cleaner.clean(str(path))
    assert Code.NOT_HTML == caught.value.code


@pytest.mark.parametrize("name", ["no-such.html", "pages/a.MHTML ", "a.php.gz"])
def test_missing_file_instead_of_a_page(name: str) -> None:
    """What can only be the name of a page that does not exist is an error that says so."""
    with pytest.raises(InputError, match=r"name of a file, but no such file exists") as caught:
        cleaner.clean(name)
    assert Code.NOT_HTML == caught.value.code


@pytest.mark.parametrize(
    "content", ["The bridge opens.", "It is in page.html", "a\0b", "See https://town.example/a", MARKUP]
)
def test_short_text(content: str) -> None:
    """A short text that is neither a URL nor the name of a file is read as a page."""
    message = r"^the page is not an article \(empty: hardly any text is left\)$"
    with pytest.raises(cleaner.NoArticleError, match=message):
        cleaner.clean(content)


@pytest.mark.usefixtures("in_process")
def test_content_is_never_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content of a page, a mapping or a JSON line is never used as a file name or a URL."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("A secret paragraph about the bridge.\n\n" * 10)
    for name in ("page.txt", "https://town.example/a"):
        records = cleaner.clean_many([{"text": name}, {"html": name}])
        assert ["no_article"] * 2 == [record["error"]["code"] for record in records]
        with pytest.raises(cleaner.NoArticleError):
            cleaner.clean(Page(name))
    # A path may be long enough for an article; its text is then the path itself.
    path = str(tmp_path / "page.txt")
    assert "secret" not in json.dumps(list(cleaner.clean_many([{"text": path}, {"html": path}])))
