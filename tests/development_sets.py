"""Tiny development sets for tests of `training`, in the layout of training/MODEL_CARD.md. All pages are made up."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from training.measures import Gold

SUBJECTS = "the council,the harbour office,a spokeswoman,the ferry company,the museum,a small school".split(",")
VERBS = "opened,closed,repaired,described,painted,sold,measured,promised,refused,counted,visited,defended".split(",")
OBJECTS = "the old bridge,a new timetable,three wooden boats,the lighthouse,the winter market,a long report".split(",")
TIMES = "before the winter,on Monday morning,after a long debate,despite heavy rain,for the second time".split(",")
# Parts of offers. No rule knows them, so the scorer has to learn them.
DESKS = "Weather desk,Tide table,Crossword corner,Puzzle page,Photo wall,Chess column,Recipe box,Radio guide".split(",")
OFFERS = "for the whole family,with big pictures,in our yellow pages,by post or by phone,from four islands".split(",")
# Lines that rules know.
SUBSCRIBE = "Subscribe to our newsletter"
COPYRIGHT = "© 2024 All rights reserved"
SHOP = "<p>€ 12.50</p><button>Add to cart</button>"


class Line(NamedTuple):
    """A line of a page."""

    text: str
    is_text: bool  # whether the gold text has it
    is_either: bool = False  # whether it may be kept or removed
    style: str = ""  # class of its paragraph


class MadePage(NamedTuple):
    """A page, and what its gold text is."""

    id: str
    url: str | None
    title: str
    lines: Sequence[Line]
    html: str
    kind: str | None = None

    @property
    def gold(self) -> Gold:
        text = "\n".join(line.text for line in self.lines if line.is_text)
        return Gold(text, "\n".join(line.text for line in self.lines if line.is_either))

    @property
    def plain_text(self) -> str:
        """All lines, as a careless extractor leaves them."""
        return "\n".join([self.title, *(line.text for line in self.lines)])


class Writer:
    """Makes up sentences; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._offers = [" ".join(parts) for parts in product(DESKS, OFFERS, OFFERS) if len(set(parts)) == len(parts)]
        self.random.shuffle(self._offers)

    def clause(self) -> str:
        return " ".join(self.random.choice(words) for words in (SUBJECTS, VERBS, OBJECTS))

    def paragraph(self) -> str:
        return f"{self.clause().capitalize()} {self.random.choice(TIMES)}, {self.clause()}, and {self.clause()}."

    def offer(self) -> str:
        """One that this writer has not used yet."""
        return self._offers.pop()


def article(seed: int, id_: str, url: str | None, *, doubtful: float = 0.15) -> MadePage:
    """Return an article with offers among its paragraphs. `doubtful` is the share of offers that are gold text.

    Half as large a share of the paragraphs is not. Without any doubt, the first pass is certain of all blocks, and
    there is nothing to fit a second pass to.
    """
    writer = Writer(seed)
    chance = writer.random.random
    lines = [Line(SUBSCRIBE, False)]
    for _ in range(10):
        lines.append(Line(writer.paragraph(), chance() >= doubtful / 2))
        lines += [Line(writer.offer(), chance() < doubtful, style="offer") for _ in range(writer.random.randint(0, 2))]
    lines += [Line(writer.offer(), chance() < doubtful, style="offer") for _ in range(4)]
    lines += [Line(writer.offer(), False, is_either=True, style="offer") for _ in range(2)]
    title = writer.clause().capitalize()
    paragraphs = "".join(f'<p class="{line.style}">{line.text}</p>' for line in lines)
    html = (
        f'<html><head><title>{title}</title><meta property="og:type" content="article"></head><body>'
        f'<div class="story"><h1>{title}</h1><div class="story-body">{paragraphs}</div></div>'
        f"<footer><p>{COPYRIGHT}</p></footer></body></html>"
    )
    return MadePage(id_, url, title, lines, html)


def listing(seed: int, id_: str, kind: str) -> MadePage:
    """Return a page without an article: linked headlines, or names of products, each with a short text."""
    writer = Writer(seed)
    lines = [Line(writer.paragraph(), True) for _ in range(12)]
    title = "Everything about boats"
    cards = "".join(
        f'<div class="card"><h3><a href="/items/{number}">{writer.clause().capitalize()}</a></h3>'
        f"{SHOP if kind in ('collection', 'product') else ''}<p>{line.text}</p></div>"
        for number, line in enumerate(lines)
    )
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{cards}</div></body></html>"
    return MadePage(id_, f"https://{id_}.example/", title, lines, html, kind)


NEWS = [
    article(10 * host + page, f"news-{host}-{page}", f"https://www.paper{host}.example/town/{page}/a-story-of-the-day")
    for host in range(5)
    for page in range(1 + (host < 2))
]
# Two pages are of a host that `NEWS` has, too, and one page has no address.
ARTICLES = [
    *(article(500 + page, f"article-{page}", f"https://m.paper{page}.example/blog/{page}") for page in range(2)),
    *(article(600 + host, f"article-{host}", f"https://blog{host}.example/{host}") for host in range(2, 6)),
    article(700, "article-nowhere", None),
]
MORE = [article(900 + host, f"more-{host}", f"https://magazine{host}.example/{host}") for host in range(2)]
# Readers found no article on this page.
MORE.append(MadePage("more-none", "https://magazine9.example/", "Nothing", [], "<p>This page has been removed.</p>"))
KINDS = ("listing", "collection", "product", "forum", "service")
OTHERS = [listing(800 + number, f"other-{number}", KINDS[number % len(KINDS)]) for number in range(2 * len(KINDS))]
# Texts of these pages are in `text-dev`.
TEXT_PAGES = [*NEWS[::3], ARTICLES[-1]]
MORE_TEXT_PAGES = MORE[:1]
PAGES = {"news-dev": NEWS, "more-dev": MORE, "articles-dev": ARTICLES, "other-pages-dev": OTHERS}
TEXTS = {"text-dev": TEXT_PAGES, "text-more-dev": MORE_TEXT_PAGES}


def write_sets(folder: Path) -> None:
    """Write all sets."""
    for name, pages in PAGES.items():
        (folder / name / "pages").mkdir(parents=True)
        for page in pages:
            (folder / name / "pages" / f"{page.id}.html.gz").write_bytes(gzip.compress(page.html.encode(), mtime=0))
        rows: list[dict[str, Any]] = [{"id": page.id, "url": page.url, **_gold_fields(page)} for page in pages]
        for row, page in zip(rows, pages, strict=True):
            row |= {"kind": page.kind} if page.kind else {}
        (folder / name / "gold.jsonl").write_text(_jsonl(rows), encoding="utf-8")
    for name, pages in TEXTS.items():
        (folder / name).mkdir()
        texts = [
            {
                "id": f"{page.id}-tool",
                "page": page.id,
                "url": page.url,
                "input": page.plain_text,
                **_gold_fields(page),
            }
            for page in pages
        ]
        (folder / name / "cases.jsonl.gz").write_bytes(gzip.compress(_jsonl(texts).encode(), mtime=0))


def _gold_fields(page: MadePage) -> dict[str, str]:
    return {"text": page.gold.text, "either": page.gold.either}


def _jsonl(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)
