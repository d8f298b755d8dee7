"""The article as clean HTML: elements that say what the text is, and nothing that runs or loads anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from cleaner.models import Kind
from cleaner.patterns import lazy_pattern
from cleaner.write.blocks import cells, heading_level
from cleaner.write.record import encodable

_Block = Mapping[str, Any]

# The addresses that may become links. Others may run a script (`javascript:`) or lead to the reader's own files.
_WEB_URL = lazy_pattern(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


def to_html(record: Mapping[str, Any], *, fragment: bool = False) -> str:
    """Return the article as a complete HTML document in UTF-8, or with `fragment` only its `<article>` element.

    The headline is the only first-level heading; below it are the authors, the date and a link to the page. There are
    no pictures, no styles and no scripts, and everything that the page says is escaped. The record must hold `blocks`.
    """
    parts = ['<article dir="auto">', *_header(record)]
    for kind, run in groupby(record.get("blocks", ()), key=lambda block: str(block["kind"])):
        parts.append(_WRITERS.get(kind, _paragraphs)(list(run)))
    parts.append("</article>")
    article = encodable("\n".join(parts)) + "\n"
    return article if fragment else f"{_head(record)}{article}</body>\n</html>\n"


def _head(record: Mapping[str, Any]) -> str:
    language = f' lang="{escape(record["language"])}"' if record["language"] else ""
    title = encodable(escape(_one_line(record["title"] or "")))
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n</head>\n<body>\n'
    )


def _header(record: Mapping[str, Any]) -> list[str]:
    title = [f"<h1>{escape(_one_line(record['title']))}</h1>"] if record["title"] else []
    authors = [_link(name, record["author_urls"].get(name), rel="author") for name in record["authors"]]
    published, url = record["published"], record["url"] or record["canonical_url"]
    byline = [
        ", ".join(authors),
        f'<time datetime="{escape(published)}">{escape(published[:16].replace("T", " "))}</time>' if published else "",
        _link(record["site_name"] or url, url) if record["site_name"] or _is_web_url(url) else "",
    ]
    about = [f"<p>{' · '.join(filter(None, byline))}</p>"] if any(byline) else []
    return ["<header>", *title, *about, "</header>"] if title or about else []


def _link(text: str, url: str | None, *, rel: str | None = None) -> str:
    """Return a link to an address of the web; the text alone for any other URL."""
    if url is None or not _is_web_url(url):
        return escape(text)
    relation = f' rel="{rel}"' if rel else ""
    return f'<a{relation} href="{escape(url)}">{escape(text)}</a>'


def _is_web_url(url: str | None) -> bool:
    return url is not None and _WEB_URL.fullmatch(url) is not None


def _paragraphs(run: Sequence[_Block]) -> str:
    return "\n".join(f"<p>{_lines(block)}</p>" for block in run)


def _headings(run: Sequence[_Block]) -> str:
    return "\n".join(f"<h{heading_level(block)}>{_lines(block)}</h{heading_level(block)}>" for block in run)


def _list(run: Sequence[_Block]) -> str:
    return "\n".join(["<ul>", *(f"<li>{_lines(block)}</li>" for block in run), "</ul>"])


def _quotes(run: Sequence[_Block]) -> str:
    return f"<blockquote>\n{_paragraphs(run)}\n</blockquote>"


def _preformatted(run: Sequence[_Block]) -> str:
    # Parsers drop a line feed right after the tag, which may be the first character of the text.
    return "\n".join(f"<pre>\n{escape(block['text'])}</pre>" for block in run)


def _table(run: Sequence[_Block]) -> str:
    rows = ["".join(f"<td>{cell}</td>" for cell in cells(_lines(block))) for block in run]
    return "\n".join(["<table>", *(f"<tr>{row}</tr>" for row in rows), "</table>"])


_WRITERS: Mapping[str, Callable[[Sequence[_Block]], str]] = {
    Kind.HEADING: _headings,
    Kind.LIST_ITEM: _list,
    Kind.QUOTE: _quotes,
    Kind.EMBED: _quotes,
    Kind.PREFORMATTED: _preformatted,
    Kind.TABLE_ROW: _table,
}


def _lines(block: _Block) -> str:
    return escape(block["text"]).replace("\n", "<br>\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())
