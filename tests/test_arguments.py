"""The errors for wrong arguments to the library's functions."""

from __future__ import annotations

import inspect
import io
import json
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
        (PAGE, "not PosixPath; read the file: clean(path.read_bytes())"),
        (None, "not None; check that the page was loaded"),
        (SOUP, "not BeautifulSoup; pass its markup: clean(str(soup))"),
        (SOUP.p, "not Tag; pass its markup: clean(str(soup))"),
        (ELEMENT, "not HtmlElement; pass its markup: clean(lxml.html.tostring(element))"),
        (TREE, "not Element; pass its markup: clean(xml.etree.ElementTree.tostring(element))"),
        (io.BytesIO(HTML), "not BytesIO; read it: clean(file.read())"),
        (Response(), "not Response; pass the body: clean(response.content)"),
        ([HTML], "not list; for several pages, or a mapping, call clean_many([...])"),
        ({"html": MARKUP}, "not dict; for several pages, or a mapping, call clean_many([...])"),
        (7, "not int"),
        (Page(PAGE), "not PosixPath; read the file: clean(path.read_bytes())"),  # type: ignore[arg-type]
    ],
)
def test_not_a_page(value: Any, advice: str) -> None:
    """The error says what `clean` accepts, what was passed, and what to pass instead."""
    with pytest.raises(TypeError) as caught:
        cleaner.clean(value)
    assert f"clean() takes a page as str, bytes or cleaner.Page, {advice}" == str(caught.value)


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (b"Words.", "not bytes; decode it, clean_text(text.decode()), or, if it is HTML, call clean()"),
        (bytearray(), "not bytearray; decode it, clean_text(text.decode()), or, if it is HTML, call clean()"),
        (PAGE, "not PosixPath; read the file: clean_text(path.read_text())"),
        (None, "not None; check that the text was loaded"),
        (Page(HTML), "not Page; for HTML, call clean()"),
        (SOUP, "not BeautifulSoup; for HTML, call clean()"),
        (io.StringIO("Words."), "not StringIO; read it: clean_text(file.read())"),
        (Response(), "not Response; for HTML, call clean(response.content)"),
        (["Words."], "not list; for several texts, call clean_many([...])"),
        (7, "not int"),
    ],
)
def test_not_a_text(value: Any, advice: str) -> None:
    """The error says what `clean_text` accepts, what was passed, and what to pass instead."""
    with pytest.raises(TypeError) as caught:
        cleaner.clean_text(value)
    assert f"clean_text() takes a str, {advice}" == str(caught.value)


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
    with pytest.raises(InputError, match=r"this is the name of a file, .*path\.read_bytes\(\)") as caught:
        cleaner.clean(str(path))
    assert Code.NOT_HTML == caught.value.code


@pytest.mark.parametrize("content", ["The bridge opens.", "no-such.html", "a\0b", "See https://town.example/a", MARKUP])
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
