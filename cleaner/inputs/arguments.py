"""Check and read the arguments of the library's functions.

A wrong one raises a `TypeError` that says what to pass instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cleaner.errors import Code, InputError
from cleaner.inputs.read import InputList, Source, read_file, read_file_object
from cleaner.models import Page
from cleaner.patterns import lazy_pattern

# Maximum characters of a string that may be the name of a file or a URL. Nobody passes a longer one by mistake.
MAX_NAME: Final = 1_000

_URL = lazy_pattern(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_NAME = lazy_pattern(r"\s*\S+\.(?:[sx]?html?|mht(?:ml)?|php|aspx?)(?:\.gz)?\s*", re.IGNORECASE)
_BINARY: Final = (bytes, bytearray, memoryview)
# How to turn objects that hold a parsed page back into markup, by the package of their class.
_AS_MARKUP: Final = {
    "bs4": "str(soup)",
    "lxml": "lxml.html.tostring(element)",
    "xml": "xml.etree.ElementTree.tostring(element)",
}


def as_page(page: object, url: str | None) -> Page:
    """Return the argument of `clean` as a `Page`. A path or a file object is read.

    Raises `TypeError` if it is not a page, and `InputError` with `NOT_HTML` if it is a URL or the name of a file, or
    with another code if it cannot be read.
    """
    _check_url(url)
    if isinstance(page, Page):
        return replace(page, content=_content(page.content)) if type(page.content) not in (str, bytes) else page
    content = _content_of_file(page, url)
    if content is None:
        content = _content(page)
        if isinstance(content, str):
            _refuse_name(content, url)
    return Page(content, url=url)


def as_text(text: object, url: str | None) -> str | bytes:
    """Return the argument of `clean_text` as text, or as bytes that are not decoded. A path or a file object is read.

    Raises `TypeError` if it is not a text, and `InputError` if it cannot be read.
    """
    _check_url(url)
    if isinstance(text, str | bytes):
        return text
    if isinstance(text, bytearray | memoryview):
        return bytes(text)
    content = _content_of_file(text, url)
    if content is None:
        advice = _advice_for_text(text)
        raise TypeError(
            "clean_text() takes a text as str, bytes, a path or a file object, "
            f"not {_type(text)}{advice and f'; {advice}'}"
        )
    return content


def _check_url(url: object) -> None:
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be a str or None, not {_type(url)}")


def checked_inputs(inputs: object) -> Iterable[Source]:
    """Return the argument of `clean_many`. Raises `TypeError` if it is a single input, a file, or not iterable."""
    if isinstance(inputs, (str, *_BINARY, os.PathLike, Page, Mapping, InputList)) or _package(inputs) in _AS_MARKUP:
        raise TypeError(
            f"clean_many() takes a list of inputs, not one {_type(inputs)}; pass a list: clean_many([{_name(inputs)}])"
        )
    if is_file(inputs):  # its lines are paths with line ends, or of a page
        raise TypeError(
            f"clean_many() takes a list of inputs, not {_type(inputs)}; for a page, pass its path: clean_many([path]); "
            "for a list of inputs, pass its lines: clean_many(line.strip() for line in file)"
        )
    if not isinstance(inputs, Iterable):
        advice = "call aclean_many()" if isinstance(inputs, AsyncIterable) else "pass a list: clean_many([...])"
        raise TypeError(f"clean_many() takes a list of inputs, not {_type(inputs)}; {advice}")
    return inputs


def _content(page: object) -> bytes | str:
    if isinstance(page, str | bytes):
        return page
    if isinstance(page, bytearray | memoryview):
        return bytes(page)
    advice = _advice_for_page(page)
    raise TypeError(
        "clean() takes a page as str, bytes, a path, a file object or a cleaner.Page, "
        f"not {_type(page)}{advice and f'; {advice}'}"
    )


def _content_of_file(value: object, url: str | None) -> bytes | str | None:
    """Return the content of the file if the value is a path, the rest of a file object, or `None` for other values."""
    if isinstance(value, os.PathLike):
        return _read_path(value, url)
    return _read_file_object(value, url) if is_file(value) else None


def is_file(value: object) -> bool:
    """Whether the value is a file object. Archives have a method `read` too, but no `readline`."""
    return callable(getattr(value, "read", None)) and callable(getattr(value, "readline", None))


def _read_path(path: os.PathLike[Any], url: str | None) -> bytes:
    name = os.fsdecode(path)
    try:
        return read_file(Path(name))
    except InputError as error:
        raise InputError(error.code, f"{name}: {error.message}", url=url) from error


def _read_file_object(file: Any, url: str | None) -> bytes | str:
    try:
        return read_file_object(file)
    except InputError as error:
        error.url = url
        raise
    except UnicodeDecodeError as error:
        message = f"the file is not in the encoding that it was opened with ({error.reason}); open it in binary mode"
        raise InputError(Code.DECODE_ERROR, message, url=url) from error
    except OSError as error:
        message = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(Code.IO_ERROR, message, url=url) from error


def _advice_for_page(value: object) -> str:
    """Return what to pass to `clean` instead; empty if there is no advice for this type."""
    if value is None:
        return "check that the page was loaded"
    if isinstance(value, os.PathLike):  # in a Page
        return "pass the path itself: clean(path)"
    if markup := _AS_MARKUP.get(_package(value)):
        return f"pass its markup: clean({markup})"
    if hasattr(type(value), "content"):  # a response of requests or httpx
        return "pass the body: clean(response.content)"
    if isinstance(value, Iterable):
        return "for several pages, or a mapping, call clean_many([...])"
    return ""


def _advice_for_text(value: object) -> str:
    """Return what to pass to `clean_text` instead; empty if there is no advice for this type."""
    if value is None:
        return "check that the text was loaded"
    if isinstance(value, Page) or _package(value) in _AS_MARKUP:
        return "for HTML, call clean()"
    if hasattr(type(value), "text"):  # a response of requests or httpx
        return "for HTML, call clean(response.content)"
    return "for several texts, call clean_many([...])" if isinstance(value, Iterable) else ""


def _refuse_name(content: str, url: str | None) -> None:
    """Raise `InputError` if `content` is a URL or the name of a file. Checks the file system at most once."""
    if len(content) > MAX_NAME or "<" in content or "\n" in content.strip():
        return
    if _URL.fullmatch(content):
        message = "this is a URL, not a page; fetch it: cleaner.clean(cleaner.fetch(url))"
        raise InputError(Code.NOT_HTML, message, url=url)
    if os.path.isfile(content):
        message = "this is the name of a file, not a page; pass a path: cleaner.clean(pathlib.Path(name))"
        raise InputError(Code.NOT_HTML, message, url=url)
    if _NAME.fullmatch(content):
        message = "this looks like the name of a file, but no such file exists; clean() takes HTML or a pathlib.Path"
        raise InputError(Code.NOT_HTML, message, url=url)


def _package(value: object) -> str:
    return type(value).__module__.partition(".")[0]


def _type(value: object) -> str:
    return "None" if value is None else type(value).__name__


def _name(value: object) -> str:
    """Return the value as code for an example: a short string as it is, anything else as `...`."""
    code = repr(value)
    return code if isinstance(value, str) and len(code) <= 60 else "..."
