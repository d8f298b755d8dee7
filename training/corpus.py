"""The development sets as cases: documents read by the package's own code, each with its gold text."""

from __future__ import annotations

import gzip
import json
import pickle
import re
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaner.blocks.html import read_html
from cleaner.blocks.plain_text import read_plain_text
from cleaner.judge.context import PageContext
from cleaner.judge.headline import title_line
from cleaner.judge.page_kind.signals import PageSignals, read_signals
from cleaner.judge.trafilatura_vote import ask_trafilatura
from cleaner.metadata import extract
from cleaner.models import Document
from cleaner.page.embedded import read_json_ld
from cleaner.page.parse import parse
from training.extractors import EXTRACTORS

PAGE_SETS = ("news-dev", "articles-dev")
# Pages that are no articles: the scorer is not fitted to them.
OTHER_SET = "other-pages-dev"
TEXT_SET = "text-dev"
ARTICLE = "article"
CACHE = "cases.pickle"
# Of one page in so many, all lines are a text, too: people paste whole pages, but extractors leave less.
WHOLE_PAGES = 4
_WWW = re.compile(r"^(?:www|m|amp)\.")


class Case(NamedTuple):
    """A page, or a text that an extractor made of one."""

    set: str  # "made" for texts made here, which are fitted to but not measured
    id: str
    host: str  # all cases of a host stand in one fold
    document: Document
    in_trafilatura: tuple[bool, ...] | None
    known: PageContext
    gold: str
    kind: str = ARTICLE
    heads: tuple[PageSignals, ...] = ()  # of a page: as it is, without its JSON-LD, without its address


def read_cases(folder: Path, cache: Path | None) -> list[Case]:
    """All cases, from the folder of sets, or from what an earlier run left in `cache`."""
    if cache is not None and (cache / CACHE).exists():
        with (cache / CACHE).open("rb") as file:
            cases: list[Case] = pickle.load(file)
        return cases
    pages = [(name, row) for name in (*PAGE_SETS, OTHER_SET) for row in _page_rows(folder / name)]
    with ProcessPoolExecutor() as pool:  # each page is parsed, asked about and extracted from: minutes in all
        cases = [case for found in pool.map(_cases_of_page, *zip(*pages, strict=True), chunksize=8) for case in found]
    cases += [
        _text_case(TEXT_SET, row["id"], row["url"], row["input"], row["text"]) for row in _text_rows(folder / TEXT_SET)
    ]
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / CACHE).open("wb") as file:
            pickle.dump(cases, file)
    return cases


def host_of(url: str | None, default: str) -> str:
    """The site of an address: its host without "www."; `default` where there is no address."""
    host = urlsplit(url or "").hostname
    return _WWW.sub("", host) if host else default


def _page_rows(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            page = (folder / "pages" / f"{row['id']}.html.gz").read_bytes()
            yield {**row, "html": gzip.decompress(page).decode("utf-8", "surrogatepass")}


def _text_rows(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _cases_of_page(name: str, row: dict[str, Any]) -> list[Case]:
    """The page, and the texts that extractors make of it where it is one of those that are fitted to."""
    case = _page_case(name, row)
    if name == OTHER_SET:
        return [case]
    document, url = case.document, row.get("url")
    texts = {tool: extract(row["html"]) for tool, extract in EXTRACTORS.items()}
    if zlib.crc32(row["id"].encode()) % WHOLE_PAGES == 0:
        texts["blocks"] = "\n".join(block.text for block in document.blocks)
    ids = {f"{row['id']}-{tool}": text for tool, text in texts.items() if text.strip()}
    return [case, *(_text_case("made", id_, url or row["id"], text, row["text"]) for id_, text in ids.items())]


def _page_case(name: str, row: dict[str, Any]) -> Case:
    url = row.get("url")
    tree = parse(row["html"])
    nodes = read_json_ld(tree.json_ld)
    described, bare = (extract.read(tree.root, found, url=url) for found in (nodes, ()))
    heads = (
        read_signals(tree.root, nodes, described, url=url),
        # A third of `articles-dev` came without scripts: nothing may be learned from that.
        read_signals(tree.root, (), bare, url=url),
        read_signals(tree.root, nodes, described, url=None),
    )
    document = read_html(tree.root)
    if not document.blocks:
        document = read_html(tree.root, noscript=True)
    known = PageContext.about(described, extract.declared_kind(nodes), url=url)
    in_trafilatura = ask_trafilatura(tree.root, document)
    host = host_of(url, row["id"])
    return Case(name, row["id"], host, document, in_trafilatura, known, row["text"], row.get("kind", ARTICLE), heads)


def _text_case(name: str, id_: str, url: str | None, text: str, gold: str) -> Case:
    document = read_plain_text(text)
    known = PageContext.of(title=title_line(document), url=url)
    return Case(name, id_, host_of(url, id_), document, None, known, gold)
