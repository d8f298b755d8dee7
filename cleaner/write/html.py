"""The article as clean HTML: elements that say what the text is, and nothing that runs.

Nothing is loaded either, unless the caller asks for pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import takewhile
from typing import Any

from cleaner.models import Kind
from cleaner.patterns import lazy_pattern
from cleaner.write.blocks import (
    Block,
    Cell,
    Inline,
    List,
    Node,
    Picture,
    Quotation,
    Span,
    Table,
    attribution,
    heading_level,
    inline,
    is_head,
    numbered,
    structure,
    web_url,
)
from cleaner.write.record import encodable

_ELEMENTS = {
    "strong": "strong",
    "emphasis": "em",
    "strikethrough": "s",
    "code": "code",
    "superscript": "sup",
    "subscript": "sub",
}
_LANGUAGE = lazy_pattern(r"\S{1,30}")


def to_html(record: Mapping[str, Any], *, fragment: bool = False, images: bool = False) -> str:
    """Return the article as a complete HTML document in UTF-8, or with `fragment` only its `<article>` element.

    The headline is the only first-level heading; below it are the authors, the date and a link to the page. There are
    no styles and no scripts, and everything that the page says is escaped. With `images`, there are the pictures of the
    article, which a browser loads from the sites that have them. The record must hold `blocks`.
    """
    nodes = structure(record.get("blocks", ()), record["images"] if images else ())
    parts = ['<article dir="auto">', *_header(record), *map(_node, nodes), "</article>"]
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
        _link(record["site_name"] or url, url) if record["site_name"] or web_url(url) else "",
    ]
    about = [f"<p>{' · '.join(filter(None, byline))}</p>"] if any(byline) else []
    return ["<header>", *title, *about, "</header>"] if title or about else []


def _link(text: str, url: str | None, *, rel: str | None = None) -> str:
    """Return a link to an address of the web; the text alone for any other URL."""
    if (safe_url := web_url(url)) is None:
        return escape(text)
    relation = f' rel="{rel}"' if rel else ""
    return f'<a{relation} href="{escape(safe_url)}">{escape(text)}</a>'


def _node(node: Node) -> str:
    if isinstance(node, List):
        return _list(node)
    if isinstance(node, Quotation):
        return _quotation(node)
    if isinstance(node, Table):
        return _table(node)
    if isinstance(node, Picture):
        return _figure(node)
    if node["kind"] == Kind.HEADING:
        return f"<h{heading_level(node)}>{_inline(inline(node, is_bold=True))}</h{heading_level(node)}>"
    if node["kind"] == Kind.PREFORMATTED:
        return _preformatted(node)
    return f"<p>{_inline(inline(node))}</p>"


def _list(node: List) -> str:
    if not node.is_ordered:
        return "\n".join(["<ul>", *(f"<li>{_item(item.content)}</li>" for item in node.items), "</ul>"])
    items = numbered(node)
    following = start = items[0][0]
    lines = ["<ol>" if start == 1 else f'<ol start="{start}">']
    for number, item in items:
        value = "" if number == following else f' value="{number}"'
        lines.append(f"<li{value}>{_item(item.content)}</li>")
        following = number + 1
    return "\n".join([*lines, "</ol>"])


def _item(content: Sequence[Node]) -> str:
    """Return the content of an item: a line without an element of its own, if it is the only one before inner lists."""
    first, *others = content
    if isinstance(first, Mapping) and _is_line(first) and all(isinstance(node, List) for node in others):
        return "\n".join([_inline(inline(first)), *map(_node, others)])
    return "\n".join(map(_node, content))


def _is_line(block: Block) -> bool:
    return block["kind"] not in (Kind.HEADING, Kind.PREFORMATTED)


def _quotation(node: Quotation) -> str:
    source = _inline(attribution(node))
    return "\n".join(
        ["<blockquote>", *map(_node, node.content), *([f"<p>{source}</p>"] if source else []), "</blockquote>"]
    )


def _table(table: Table) -> str:
    rows = list(map(_row, table.rows))
    heads = len(list(takewhile(is_head, table.rows)))
    if heads == len(rows):  # a table without a body
        heads = 0
    head = ["<thead>", *rows[:heads], "</thead>", "<tbody>"] if heads else ["<tbody>"]
    return "\n".join(["<table>", *head, *rows[heads:], "</tbody>", "</table>"])


def _row(row: Sequence[Cell]) -> str:
    return f"<tr>{''.join(_cell(cell) for cell in row)}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.is_header else "td"
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{columns}{rows}>{_inline(cell.content)}</{tag}>"


def _preformatted(block: Block) -> str:
    # Parsers drop a line feed right after the tag, which may be the first character of the text.
    text = _inline(inline(block), line_break="\n")
    if not (language := block.get("language")):
        return f"<pre>\n{text}</pre>"
    named = f' class="language-{escape(language)}"' if _LANGUAGE.fullmatch(language) else ""
    return f"<pre>\n<code{named}>{text}</code></pre>"


def _figure(picture: Picture) -> str:
    caption = [f"<figcaption>{escape(picture.caption)}</figcaption>"] if picture.caption else []
    image = f'<img src="{escape(picture.url)}" alt="{escape(picture.alt)}" loading="lazy">'
    return "\n".join(["<figure>", image, *caption, "</figure>"])


def _inline(content: Iterable[Inline], *, line_break: str = "<br>\n") -> str:
    return "".join(
        escape(each).replace("\n", line_break) if isinstance(each, str) else _span(each, line_break) for each in content
    )


def _span(span: Span, line_break: str) -> str:
    text = _inline(span.content, line_break=line_break)
    if span.url is not None:
        return f'<a rel="nofollow noopener" href="{escape(span.url)}">{text}</a>'
    element = _ELEMENTS[span.kind]
    return f"<{element}>{text}</{element}>"


def _one_line(text: str) -> str:
    return " ".join(text.split())
