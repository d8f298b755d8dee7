"""The title: the headline that a page shows, against the titles that it declares; and the kicker."""

from __future__ import annotations

import pytest
from lxml import html

from cleaner.judge.context import PageContext
from cleaner.metadata.extract import read_metadata
from cleaner.models import Declared, Metadata

TITLE = "Orrin Bay shuts its salt works"
BODY = (
    "<p>The council of Orrin Bay decided on Monday night to close the old salt works at the end of the season.</p>" * 3
)
NEWS = '<meta name="news_keywords" content="salt">'


def read(body: str, *, title: str = TITLE, og: str | None = None, head: str = "", url: str | None = None) -> Metadata:
    shared = f'<meta property="og:title" content="{og}">' if og else ""
    markup = f"<html><head><title>{title}</title>{shared}{head}</head><body>{body}</body></html>"
    return read_metadata(html.document_fromstring(markup), (), url=url or "https://orrin.example/2024/salt")


def article(h1: str, *, before: str = "") -> str:
    return f"<main><article>{before}{h1}{BODY}</article></main>"


@pytest.mark.parametrize(
    "og",
    [
        f"Opinion | {TITLE}",
        f"{TITLE} (Published 2023)",
        f"{TITLE} — Coast Letter",
        "Salt works closed in Orrin Bay: all you need to know",
        "Bay loses its oldest trade",
    ],
)
@pytest.mark.parametrize("head", ["", NEWS])
def test_shown_headline(og: str, head: str) -> None:
    """The headline that a page shows is the title, whatever it declares for search engines and networks."""
    metadata = read(article(f"<h1>{TITLE}</h1>"), title=f"{og} - The Orrin Herald", og=og, head=head)
    assert (TITLE, "h1") == (metadata.title, metadata.provenance["title"])


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Coast and harbours</h1>{BODY}",
        f"<aside><h1>Most read stories of the whole long week</h1></aside>{BODY}",
        f"<ul><li><h1>Salt is the new gold, says a study of prices</h1></li></ul>{BODY}",
        f"<header><h1>The Orrin Herald, the paper of the coast</h1></header>{BODY}",
        f"<main>{BODY}<h1>How the salt works came to be in the first place</h1></main>",
        f"<main><h1>Everything about the coast and its people</h1><h2>Bay loses its oldest trade</h2>{BODY}</main>",
        f"<h1>The pier and its boats in a long winter</h1><h1>A lighthouse and its keepers in summer</h1>{BODY}",
    ],
)
def test_heading_that_is_no_headline(body: str) -> None:
    """A heading that no title supports is not the headline if it is short, elsewhere, or one of several."""
    assert "Bay loses its oldest trade" == read(body, title="Bay loses its oldest trade").title


def test_breadcrumb() -> None:
    """The last step of a breadcrumb is not the headline if the header of the article shows another one."""
    crumb = "<nav><ol><li><a href='/coast'>Coast</a></li><li><h1>Salt works in Orrin Bay</h1></li></ol></nav>"
    body = f"<main>{crumb}<article><hgroup><h2>{TITLE}</h2></hgroup>{BODY}</article></main>"
    assert (TITLE, "h2") == (read(body, og=TITLE).title, read(body, og=TITLE).provenance["title"])
    # Two declarations that repeat the step outweigh the place.
    assert "Salt works in Orrin Bay" == read(body, title="Salt works in Orrin Bay", og="Salt works in Orrin Bay").title


def test_heading_of_the_site() -> None:
    """If the only first-level heading is the site's name or a section, the second-level heading is found."""
    body = (
        f"<header><h1>Orrin Herald</h1></header><main><article><header><h2>{TITLE}</h2></header>{BODY}</article></main>"
    )
    site = '<meta property="og:site_name" content="Orrin Herald">'
    assert TITLE == read(body, title=f"{TITLE} | Orrin Herald", head=site).title


@pytest.mark.parametrize(
    ("h1", "og", "expected"),
    [
        ("<span>Coast</span> Orrin Bay shuts its salt works", TITLE, (TITLE, "Coast")),
        ("<span>Coast</span><span> - </span><span>Orrin Bay shuts its salt works</span>", TITLE, (TITLE, "Coast")),
        ("<span class='head__kicker'>Coast</span>Orrin Bay shuts its salt works", f"Coast: {TITLE}", (TITLE, "Coast")),
        ("<a><em class=overline>Coast:</em> Orrin Bay shuts its salt works</a>", TITLE, (TITLE, "Coast")),
        ("<b>Coast</b><span hidden>: </span><i>Orrin Bay shuts its salt works</i>", f"Coast: {TITLE}", None),
        ("<em>Orrin Bay</em> shuts its salt works", TITLE, None),
        ("<span>3 May 2024</span> Orrin Bay shuts its salt works", TITLE, (TITLE, None)),
        ("<span class='main-title'>Orrin Bay shuts its</span> salt works", TITLE, None),
    ],
)
def test_kicker_in_heading(h1: str, og: str, expected: tuple[str, str | None] | None) -> None:
    """A kicker in an element of its own is not part of the title, unless all of the page reads it as a part."""
    metadata = read(article(f"<h1>{h1}</h1>"), title=f"{og} | Orrin Herald", og=og)
    assert (expected or (og, None)) == (metadata.title, metadata.kicker)


@pytest.mark.parametrize(
    ("label", "og", "kicker"),
    [
        ("<div class='article-kicker'>Coast</div>", TITLE, "Coast"),
        ("<p>Coast</p>", f"Coast: {TITLE}", "Coast"),
        ("", f"Coast: {TITLE}", "Coast"),
        ("", f"Opinion | {TITLE}", None),
        ("<p>Coast</p>", TITLE, None),
        ("<div class=kicker>5 May 2024</div>", TITLE, None),
        ("<div class=kicker><a>News</a><a>Coast</a></div>", TITLE, None),
        ("<div class=kicker>Science</div>", TITLE, None),
        ("", f"Orrin Herald: {TITLE}", None),
    ],
)
def test_kicker_above_heading(label: str, og: str, kicker: str | None) -> None:
    """The kicker is a label above the headline, or stands before it in a declared title; no date, section or site."""
    head = '<meta property="article:section" content="Science"><meta property="og:site_name" content="Orrin Herald">'
    metadata = read(article(f"<h1>{TITLE}</h1>", before=label), og=og, head=head)
    assert (TITLE, kicker) == (metadata.title, metadata.kicker)
    assert (kicker is not None) == ("kicker" in metadata.provenance)


@pytest.mark.parametrize(
    ("h1", "expected"),
    [
        (f"{TITLE} <span class=badge>Subscribers</span>", TITLE),
        (f"<a href='/salt'>{TITLE} <i class=icon>Listen</i></a>", TITLE),
        ("Orrin Bay shuts its <em>salt works</em>", TITLE),
    ],
)
def test_badge(h1: str, expected: str) -> None:
    """A badge at the end of a heading is not part of the title; a word in italics is."""
    assert expected == read(article(f"<h1>{h1}</h1>"), og=TITLE).title


@pytest.mark.parametrize("name", ["application-name", "og:site_name"])
@pytest.mark.parametrize("title", [TITLE, f"{TITLE} | Herald"])
def test_site_name_that_is_the_headline(name: str, title: str) -> None:
    """A site name that repeats the headline does not leave the title empty."""
    head = f'<meta name="{name}" property="{name}" content="{TITLE}">'
    assert TITLE == read(article(f"<h1>{TITLE}</h1>"), title=title, head=head).title


def test_long_site_name() -> None:
    """A site's name in the logo remains the site's name, however long it is."""
    name = "The Orrin Bay Herald and Post"
    body = f"<header><h1>{name}</h1></header><main><h2>{TITLE}</h2>{BODY}</main>"
    head = f'<meta property="og:site_name" content="{name}">'
    assert TITLE == read(body, title=f"{TITLE} | {name}", og=TITLE, head=head).title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("湾岸の古い製塩所が今季で閉鎖へ:海辺日報", "湾岸の古い製塩所が今季で閉鎖へ"),
        ("湾岸の古い製塩所が今季で閉鎖へ｜経済｜海辺", "湾岸の古い製塩所が今季で閉鎖へ"),
        ("海湾老盐场本季末关闭工人转岗_社会_海湾在线", "海湾老盐场本季末关闭工人转岗"),
        ("海湾老盐场本季末关闭工人转岗--经济--海湾", "海湾老盐场本季末关闭工人转岗"),
        ("海湾老盐场本季末关闭工人转岗-海湾新闻网", "海湾老盐场本季末关闭工人转岗"),
        ("海湾老盐场本季末关闭工人转岗-经济-海湾", "海湾老盐场本季末关闭工人转岗"),
        ("海湾老盐场-工人转岗", "海湾老盐场-工人转岗"),
        (f"{TITLE} * Coast * by Ada Moss", TITLE),
        (f"{TITLE} · Coast", TITLE),
        (f"{TITLE} - now", f"{TITLE} - now"),
        (f"{TITLE}: Coast", f"{TITLE}: Coast"),
        ("snake_case in salt_works", "snake_case in salt_works"),
    ],
)
def test_ends_of_declared_titles(title: str, expected: str) -> None:
    """Without a heading, sections, authors and sites are cut off if something proves that they are not part of it."""
    head = (
        '<meta property="article:section" content="Coast"><meta name="author" content="Ada Moss">'
        '<meta property="og:site_name" content="海辺日報">'
    )
    assert expected == read(BODY, title=title, head=head).title


def test_line_that_shows_the_headline() -> None:
    """A line of the page that shows a part of the title alone proves that the rest is not the headline."""
    title = f"{TITLE} - Coastal Affairs"
    assert TITLE == read(f"<div class=top>{TITLE}</div>{BODY}", title=title).title
    assert title == read(f"<div class=top>Coastal Affairs</div>{BODY}", title=title).title


def test_other_declared_titles_in_the_text() -> None:
    """Headlines that lose against the title are still recognised where the page shows them."""
    metadata = read(article(f"<h1>{TITLE}</h1>"), og="Bay loses its oldest trade")
    context = PageContext.about(metadata, Declared.NOTHING, url=None)
    assert {"orrinbayshutsitssaltworks", "baylosesitsoldesttrade"} == context.titles
