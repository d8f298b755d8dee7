"""Extract the same pages with `cleaner` and with other tools; compare CPU time, and write the texts for a scorer.

    python benchmarks/peers.py PAGES.jsonl [--limit N] [--records DIR]

PAGES.jsonl has a page per line: {"id": ..., "url": ..., "html": ...}. Prints for each tool the CPU milliseconds per
page and their ratio to trafilatura's, in one run and one process, page by page in turn. With `--records`, writes the
text of each page to DIR/TOOL.jsonl as {"id": ..., "text": ...}. Every tool returns the main text with its own defaults,
without comments; newspaper4k, readability-lxml and Resiliparse (`pip install newspaper4k readability-lxml resiliparse`)
are left out if they are not installed. Quote the ratio: milliseconds differ between machines.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

Extract = Callable[[str, "str | None"], str]


def with_cleaner(html: str, url: str | None) -> str:
    import cleaner

    try:
        return cleaner.clean(html, url=url).text
    except cleaner.NoArticleError:
        return ""


def with_trafilatura(html: str, url: str | None) -> str:
    import trafilatura

    document = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    return getattr(document, "text", None) or ""


def with_newspaper(html: str, url: str | None) -> str:
    newspaper = import_module("newspaper")
    article = newspaper.Article(url or "https://unknown.example/", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return str(article.text or "")


def with_readability(html: str, url: str | None) -> str:
    from lxml.html import document_fromstring

    summary: Any = document_fromstring(import_module("readability").Document(html, url=url).summary() or "<p></p>")
    for block in summary.iter("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div", "br"):
        block.tail = "\n" + (block.tail or "")
    return str(summary.text_content())


def with_resiliparse(html: str, url: str | None) -> str:
    extract_plain_text = import_module("resiliparse.extract.html2text").extract_plain_text
    return str(extract_plain_text(html, main_content=True, alt_texts=False))


# Each tool with the module that it needs. The other tools have no types, so they are imported by name.
TOOLS: dict[str, tuple[str, Extract]] = {
    "cleaner": ("cleaner", with_cleaner),
    "trafilatura": ("trafilatura", with_trafilatura),
    "newspaper4k": ("newspaper", with_newspaper),
    "readability-lxml": ("readability", with_readability),
    "resiliparse": ("resiliparse", with_resiliparse),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, help="JSON lines with id, url and html")
    parser.add_argument("--limit", type=int, help="use at most this many pages")
    parser.add_argument("--records", type=Path, metavar="DIR", help="write the extracted texts into this folder")
    options = parser.parse_args()
    tools = {name: extract for name, (package, extract) in TOOLS.items() if find_spec(package)}
    with options.pages.open(encoding="utf-8") as lines:
        pages = [json.loads(line) for line in islice(lines, options.limit)]
    for extract in tools.values():  # imports and compiled patterns are not counted
        for page in pages[:3]:
            with suppress(Exception):
                extract(page["html"], page.get("url"))
    spent: defaultdict[str, float] = defaultdict(float)
    failed: Counter[str] = Counter()
    texts: dict[str, list[str]] = {name: [] for name in tools}
    for page in pages:
        for name, extract in tools.items():
            started = time.process_time()
            try:
                text = extract(page["html"], page.get("url"))
            except Exception:  # any exception of a tool counts as a page without text
                text = ""
                failed[name] += 1
            spent[name] += time.process_time() - started
            texts[name].append(json.dumps({"id": page["id"], "text": text}, ensure_ascii=False))
    for name in tools:
        milliseconds = 1000 * spent[name] / len(pages)
        print(f"{name:<17}{milliseconds:7.1f} ms{spent[name] / spent['trafilatura']:6.2f}  {failed[name]} failed")
        if options.records:
            options.records.mkdir(parents=True, exist_ok=True)
            (options.records / f"{name}.jsonl").write_text("\n".join(texts[name]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
