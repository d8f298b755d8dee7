"""Reads the development sets as cases: documents made by the package's own code, each with its gold text.

`training/MODEL_CARD.md` describes the layout of the folder of sets.
"""

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

from cleaner.blocks.html import read_page
from cleaner.blocks.plain_text import read_plain_text
from cleaner.judge.context import PageContext, page_languages
from cleaner.judge.headline import title_line
from cleaner.judge.page_kind.signals import PageSignals, read_signals
from cleaner.judge.trafilatura_vote import ask_trafilatura
from cleaner.metadata import extract
from cleaner.metadata.sources import json_ld
from cleaner.models import Document
from cleaner.page.embedded import declared_text, read_json_ld
from cleaner.page.parse import parse
from cleaner.rules.matching import package_rules
from training.extractors import EXTRACTORS
from training.measures import Gold

PAGE_SETS = ("news-dev", "more-dev", "articles-dev")
# Pages that hold no article. The scorer is not fitted to them; the model of page kinds is.
OTHER_SET = "other-pages-dev"
TEXT_SETS = ("text-dev", "text-more-dev")
# Texts that `EXTRACTORS` make here of the pages in `PAGE_SETS`. The scorer is fitted to them but not measured on them.
MADE_SET = "made"
ARTICLE = "article"
# A page of an article set on which readers found no article. Nothing is fitted to it.
NO_ARTICLE = "no article"
GOLD_FILE = "gold.jsonl"
TEXT_FILE = "cases.jsonl.gz"
CACHE_FILE = "cases.pickle"
# One page of this many is also used as a text of all its blocks: people paste whole pages. Extractors leave less.
WHOLE_PAGE_INTERVAL = 4
_SUBDOMAIN = re.compile(r"^(?:www|m|amp)\.")


class Case(NamedTuple):
    """A page, or a text that an extractor made of a page."""

    set: str
    id: str
    host: str  # all cases of a host are in one fold; without a URL, the id of the page
    document: Document
    second_opinion: tuple[bool, ...] | None  # for each block, whether trafilatura keeps it; None if it was not asked
    known: PageContext
    page: str  # the id of the page, also for a text
    gold: Gold
    kind: str = ARTICLE
    heads: tuple[PageSignals, ...] = ()  # of a page: as it is, without JSON-LD, without its URL; of a text, none


def read_cases(folder: Path, cache: Path | None) -> list[Case]:
    """Return the cases of all sets in `folder`.

    With a folder `cache`, the cases of an earlier run are read from it if there are any, and are written to it
    otherwise; nothing checks whether the sets or the package have changed since. Raises `FileNotFoundError` if a set is
    missing.
    """
    if cache is not None and (cache / CACHE_FILE).exists():
        with (cache / CACHE_FILE).open("rb") as file:
            cases: list[Case] = pickle.load(file)
        return cases
    pages = [(name, row) for name in (*PAGE_SETS, OTHER_SET) for row in page_rows(folder / name)]
    with ProcessPoolExecutor() as pool:  # parsing, trafilatura and the extractors take minutes of CPU time
        cases = [case for found in pool.map(_cases_of_page, *zip(*pages, strict=True), chunksize=8) for case in found]
    cases += [_case_of_text(name, row) for name in TEXT_SETS for row in _text_rows(folder / name)]
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / CACHE_FILE).open("wb") as file:
            pickle.dump(cases, file)
    return cases


def read_set(folder: Path, name: str) -> list[Case]:
    """Return the cases of one set in `folder`, of pages or of texts. Raises `FileNotFoundError` if it is missing."""
    if (folder / name / TEXT_FILE).exists():
        return [_case_of_text(name, row) for row in _text_rows(folder / name)]
    rows = list(page_rows(folder / name))
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_page_case, [name] * len(rows), rows, chunksize=8))


def host_of(url: str | None, default: str) -> str:
    """Return the host of a URL without "www.", "m." or "amp."; `default` if there is no URL."""
    host = urlsplit(url or "").hostname
    return _SUBDOMAIN.sub("", host) if host else default


def page_rows(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / GOLD_FILE).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            page = (folder / "pages" / f"{row['id']}.html.gz").read_bytes()
            yield {**row, "html": gzip.decompress(page).decode("utf-8", "surrogatepass")}


def _text_rows(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / TEXT_FILE, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _cases_of_page(name: str, row: dict[str, Any]) -> list[Case]:
    """Return the page and, if its set is one that the scorer is fitted to, the texts that extractors make of it."""
    case = _page_case(name, row)
    if case.kind != ARTICLE:
        return [case]
    document, url = case.document, row.get("url")
    texts = {tool: extract(row["html"]) for tool, extract in EXTRACTORS.items()}
    if zlib.crc32(row["id"].encode()) % WHOLE_PAGE_INTERVAL == 0:
        texts["blocks"] = "\n".join(block.text for block in document.blocks)
    ids = {f"{row['id']}-{tool}": text for tool, text in texts.items() if text.strip()}
    made = (_text_case(MADE_SET, id_, case.page, url, text, case.gold) for id_, text in ids.items())
    return [case, *made]


def _page_case(name: str, row: dict[str, Any]) -> Case:
    url = row.get("url")
    tree = parse(row["html"])
    nodes = read_json_ld(tree.json_ld)
    described, bare = (extract.read_metadata(tree.root, found, url=url) for found in (nodes, ()))
    heads = (
        read_signals(tree.root, nodes, described, url=url),
        # A third of the pages of `articles-dev` were published without scripts. The model must not learn from that.
        read_signals(tree.root, (), bare, url=url),
        read_signals(tree.root, nodes, described, url=None),
    )
    document = read_page(tree.root)
    known = PageContext.about(described, json_ld.declared_kind(nodes), url=url, declared_text=declared_text(nodes))
    known = known._replace(languages=page_languages(document, described.language))
    opinion = ask_trafilatura(tree.root, document)
    page = row["id"]
    kind = row.get("kind", ARTICLE)
    if kind == ARTICLE and not row["text"].strip():
        kind = NO_ARTICLE
    return Case(name, page, host_of(url, page), document, opinion, known, page, Gold.of(row), kind, heads)


def _case_of_text(name: str, row: dict[str, Any]) -> Case:
    return _text_case(name, row["id"], row["page"], row["url"], row["input"], Gold.of(row))


def _text_case(name: str, id_: str, page: str, url: str | None, text: str, gold: Gold) -> Case:
    gold = gold._replace(source=text)
    document = read_plain_text(text)
    languages = page_languages(document, None)
    title = title_line(document, package_rules().for_page(languages))
    known = PageContext.of(title=title, url=url, languages=languages)
    return Case(name, id_, host_of(url, page), document, None, known, page, gold)
