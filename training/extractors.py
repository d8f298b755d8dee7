"""Other tools that make plain text of a page: what the judge of plain text meets."""

from __future__ import annotations

from collections.abc import Callable

import lxml.etree
import trafilatura
from lxml import html
from readability.readability import Document, Unparseable  # type: ignore[import-untyped]
from resiliparse.extract.html2text import extract_plain_text


def _trafilatura(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _resiliparse(page: str) -> str:
    return str(extract_plain_text(page, main_content=True))


def _readability(page: str) -> str:
    """A line for each piece of text between two tags, so links break sentences."""
    try:
        summary = Document(page).summary()
        pieces = (str(piece).strip() for piece in html.fromstring(summary).itertext())
    except (Unparseable, lxml.etree.ParserError, ValueError):
        return ""
    return "\n".join(piece for piece in pieces if piece)


EXTRACTORS: dict[str, Callable[[str], str]] = {
    "trafilatura-nocomments": _trafilatura,
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
}
