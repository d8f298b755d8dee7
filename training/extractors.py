"""Other extractors: they make the plain texts that the scorer of plain text is fitted to."""

from __future__ import annotations

from collections.abc import Callable

import lxml.etree
import trafilatura
from lxml import html
from readability.readability import Document, Unparseable
from resiliparse.extract.html2text import extract_plain_text


def _trafilatura(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _resiliparse(page: str) -> str:
    return str(extract_plain_text(page, main_content=True))


def _readability(page: str) -> str:
    """Return one line for each text node, so links break sentences. Empty if readability finds no content."""
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
