"""Check that the Markdown and the HTML of articles say exactly what their text says.

    python benchmarks/rendering.py INPUT [INPUT ...]

Cleans each INPUT (a page, a file of JSON lines, a folder or a web archive), renders its Markdown with markdown-it-py,
and compares the text of the result, block by block, with the title and the text of the article; then the same for its
HTML. Prints the first difference of each page that has one, and the number of pages. Needs the extra `test`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

import lxml.html
from lxml import etree

import cleaner
from cleaner.write.blocks import Quotation, attribution
from cleaner.write.html import to_html
from cleaner.write.markdown import to_markdown

BLOCKS = frozenset("article blockquote figure h1 h2 h3 h4 h5 h6 li ol p pre table tbody thead tr ul".split())


def expected_blocks(record: Mapping[str, Any]) -> list[str]:
    """Return the text of each block that the record should show, with empty cells of tables left out."""
    blocks = [" ".join(record["title"].split())] if record["title"] else []
    for block in record["blocks"]:
        blocks.append(block["text"] if block["kind"] == "preformatted" else block["text"].strip())
        if block.get("embed"):
            line = attribution(Quotation(block["embed"], [block] if block["text"].strip() else []))
            blocks.append("".join(each if isinstance(each, str) else str(each.content[0]) for each in line))
    return [text for text in blocks if text.strip()]


def rendered(markdown: str) -> str:
    """Return the HTML of Markdown."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def markdown_blocks(markdown: str) -> list[str]:
    """Return the text of each block of Markdown."""
    return html_blocks(rendered(markdown))


def html_blocks(html: str) -> list[str]:
    """Return the text of each block of HTML, and of each row of a table, without a document's header."""
    root = lxml.html.fragment_fromstring(
        html.replace("<br />\n", "<br>").replace("<br>\n", "<br>"), create_parent="article"
    )
    return [text for text in (piece.strip("\n") for piece in _pieces(root)) if text.strip()]


def _pieces(root: etree._Element) -> Iterator[str]:
    """Yield the text between two edges of blocks."""
    text = ""
    events = etree.iterwalk(root, events=("start", "end"))
    for event, node in events:
        is_start = event == "start"
        if node.tag in BLOCKS:
            yield text
            text = ""
        if node.tag == "tr" and is_start:
            yield " | ".join(filter(None, ("".join(_pieces(cell)).strip() for cell in node)))
            events.skip_subtree()
            continue
        if node.tag == "br" and is_start:
            text += "\n"
        if is_start or node is not root:
            text += (node.text if is_start else node.tail) or ""
    yield text


def differences(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the first difference between the record and its Markdown, and between the record and its HTML."""
    expected = expected_blocks(record)
    title = expected[:1] if record["title"] else []
    html = to_html(record, fragment=True)
    article = html.partition("</header>")[2] or html
    for name, actual in (
        ("Markdown", markdown_blocks(to_markdown(record))),
        ("HTML", [*title, *html_blocks(article)]),
    ):
        if expected != actual:
            pairs = zip_longest(expected, actual, fillvalue="")
            wanted, found = next(pair for pair in pairs if pair[0] != pair[1])
            yield f"{name} has {found!r} in place of {wanted!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="INPUT")
    arguments = parser.parse_args()
    pages = failures = 0
    for record in cleaner.clean_many(arguments.sources, explain=True):
        if record["text"] is None:
            continue
        pages += 1
        found = list(differences(record))
        failures += bool(found)
        for difference in found:
            print(f"{record['input']}: {difference}")
    print(f"{failures} of {pages} pages differ")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
