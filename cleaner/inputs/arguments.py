"""Check the arguments of the library's functions: a wrong one raises a `TypeError` that says what to pass instead."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from cleaner.errors import Code, InputError
from cleaner.inputs.read import InputList, Source
from cleaner.models import Page
from cleaner.patterns import lazy_pattern

# Maximum characters of a string that may be the name of a file or a URL. Nobody passes a longer one by mistake.
MAX_NAME: Final = 1_000

_URL = lazy_pattern(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_BINARY: Final = (bytes, bytearray, memoryview)
# How to turn objects that hold a parsed page back into markup, by the package of their class.
_AS_MARKUP: Final = {
    "bs4": "str(soup)",
    "lxml": "lxml.html.tostring(element)",
    "xml": "xml.etree.ElementTree.tostring(element)",
}


def checked_page(page: object, url: object) -> Page:
    """Return the argument of `clean` as a `Page`.

    Raises `TypeError` if it is not a page, and `InputError` with `NOT_HTML` if it is a URL or the name of a file.
    """
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be a str or None, not {_type(url)}")
    if isinstance(page, Page):
        return replace(page, content=_content(page.content)) if type(page.content) not in (str, bytes) else page
    content = _content(page)
    if isinstance(content, str):
        _refuse_name(content, url)
    return Page(content, url=url)


def checked_text(text: object, url: object) -> str:
    """Return the argument of `clean_text`. Raises `TypeError` if it is not a string."""
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be a str or None, not {_type(url)}")
    if not isinstance(text, str):
        advice = _advice_for_text(text)
        raise TypeError(f"clean_text() takes a str, not {_type(text)}{advice and f'; {advice}'}")
    return text


def checked_inputs(inputs: object) -> Iterable[Source]:
    """Return the argument of `clean_many`. Raises `TypeError` if it is a single input, or not iterable."""
    if isinstance(inputs, (str, *_BINARY, os.PathLike, Page, Mapping, InputList)) or _package(inputs) in _AS_MARKUP:
        raise TypeError(
            f"clean_many() takes a list of inputs, not one {_type(inputs)}; pass a list: clean_many([{_name(inputs)}])"
        )
    if not isinstance(inputs, Iterable):
        raise TypeError(f"clean_many() takes a list of inputs, not {_type(inputs)}; pass a list: clean_many([...])")
    return inputs


def _content(page: object) -> bytes | str:
    if isinstance(page, str | bytes):
        return page
    if isinstance(page, bytearray | memoryview):
        return bytes(page)
    advice = _advice_for_page(page)
    raise TypeError(f"clean() takes a page as str, bytes or cleaner.Page, not {_type(page)}{advice and f'; {advice}'}")


def _advice_for_page(value: object) -> str:
    """Return what to pass to `clean` instead; empty if there is no advice for this type."""
    if value is None:
        return "check that the page was loaded"
    if isinstance(value, os.PathLike):
        return "read the file: clean(path.read_bytes())"
    if markup := _AS_MARKUP.get(_package(value)):
        return f"pass its markup: clean({markup})"
    if hasattr(type(value), "read"):
        return "read it: clean(file.read())"
    if hasattr(type(value), "content"):  # a response of requests or httpx
        return "pass the body: clean(response.content)"
    if isinstance(value, Iterable):
        return "for several pages, or a mapping, call clean_many([...])"
    return ""


def _advice_for_text(value: object) -> str:
    """Return what to pass to `clean_text` instead; empty if there is no advice for this type."""
    if value is None:
        return "check that the text was loaded"
    if isinstance(value, _BINARY):
        return "decode it, clean_text(text.decode()), or, if it is HTML, call clean()"
    if isinstance(value, os.PathLike):
        return "read the file: clean_text(path.read_text())"
    if isinstance(value, Page) or _package(value) in _AS_MARKUP:
        return "for HTML, call clean()"
    if hasattr(type(value), "read"):
        return "read it: clean_text(file.read())"
    if hasattr(type(value), "text"):  # a response of requests or httpx
        return "for HTML, call clean(response.content)"
    return "for several texts, call clean_many([...])" if isinstance(value, Iterable) else ""


def _refuse_name(content: str, url: str | None) -> None:
    """Raise `InputError` if `content` is a URL or the name of an existing file. Checks the file system at most once."""
    if len(content) > MAX_NAME or "<" in content or "\n" in content.strip():
        return
    if _URL.fullmatch(content):
        message = "this is a URL, not a page; fetch it: cleaner.clean(cleaner.fetch(url))"
        raise InputError(Code.NOT_HTML, message, url=url)
    if os.path.isfile(content):
        message = "this is the name of a file, not a page; read the file: cleaner.clean(path.read_bytes())"
        raise InputError(Code.NOT_HTML, message, url=url)


def _package(value: object) -> str:
    return type(value).__module__.partition(".")[0]


def _type(value: object) -> str:
    return "None" if value is None else type(value).__name__


def _name(value: object) -> str:
    """Return the value as code for an example: a short string as it is, anything else as `...`."""
    code = repr(value)
    return code if isinstance(value, str) and len(code) <= 60 else "..."
