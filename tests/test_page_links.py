"""The next page of an article, and its AMP, print and single-page versions."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html
from measuring import CpuLimit

from cleaner.errors import NoArticleError
from cleaner.metadata.extract import read_metadata
from cleaner.models import Metadata
from cleaner.pipeline import clean

SITE = "https://town.example"
STORY = f"{SITE}/2024/05/ferry-sails/"
PARAGRAPH = "The ferry sails again after a long break, the operator said in a statement on Monday morning."


def metadata_of(body: str, url: str | None = STORY, head: str = "") -> Metadata:
    page = f"<html><head><title>Ferry sails</title>{head}</head><body><h1>Ferry sails</h1>{body}</body></html>"
    return read_metadata(html.document_fromstring(page), [], url=url)


def next_page(*links: str, url: str | None = STORY, head: str = "") -> str | None:
    """Return the next page according to a body with these links, each as "href|text" or with more attributes."""
    elements = []
    for link in links:
        href, _, rest = link.partition("|")
        text, _, attributes = rest.partition("|")
        elements.append(f'<a href="{href}" {attributes}>{text}</a>')
    return metadata_of("".join(elements), url, head).next_page


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        (STORY, "2/|2", f"{STORY}2/"),
        (STORY, "/2024/05/ferry-sails/2|2", f"{STORY}2"),
        (STORY, "page/2/|Next page", f"{STORY}page/2/"),
        (STORY, "?page=2|»", f"{STORY}?page=2"),
        (STORY, "?page=2||aria-label='Next page'", f"{STORY}?page=2"),
        (STORY, "?page=2|<img src=a.png>|class='btn next'", f"{STORY}?page=2"),
        (f"{STORY}?utm_source=feed", "?page=2|Page 2", f"{STORY}?page=2"),
        (f"{SITE}/story.php?id=7", "?id=7&amp;page=2|2", f"{SITE}/story.php?id=7&page=2"),
        (f"{SITE}/story.php?id=7", "?page=2&amp;id=7|2", f"{SITE}/story.php?page=2&id=7"),
        (f"{SITE}/story-9291.html", "story-9291-2.html|2", f"{SITE}/story-9291-2.html"),
        (f"{SITE}/story.html", "story_page_2.html|2", f"{SITE}/story_page_2.html"),
        (f"{SITE}/news089.html", "news089_2.html|次のページへ", f"{SITE}/news089_2.html"),
        (f"{SITE}/kultur/tatort", "tatort/seite-2|Nächste Seite", f"{SITE}/kultur/tatort/seite-2"),
        (f"{SITE}/kultur/tatort/seite-2", "seite-3|Weiter", f"{SITE}/kultur/tatort/seite-3"),
        (f"{SITE}/a,b.html", "a,b,seite2.html|Auf Seite 2|title='Seite 2'", f"{SITE}/a,b,seite2.html"),
        (f"{STORY}?page=9", "?page=10|10", f"{STORY}?page=10"),
        ("http://www.town.example/a", "https://town.example/a?page=2|Suivante ›", f"{SITE}/a?page=2"),
    ],
)
def test_next_page(url: str, link: str, expected: str) -> None:
    """A link to the page's own URL with the next number is its next page, if its label says so."""
    assert expected == next_page("/|Home", "/about/2|Team", link, url=url)


@pytest.mark.parametrize(
    "language", ["Siguiente", "Próxima página", "下一页", "Следующая страница", "다음 페이지", "التالي"]
)
def test_languages(language: str) -> None:
    """The label may be in many languages."""
    assert f"{STORY}2/" == next_page(f"2/|{language} »")


@pytest.mark.parametrize(
    "link",
    [
        "/2024/05/bridge-closes/|Next|rel=next",  # the next article
        "/2024/05/ferry-sails-2/|Next|rel=next",  # one with the same title
        "/2024/05/ferry-sails-2/|Next page",
        "/2024/06/|2",
        "3/|3",  # not the next one
        "?page=1|2",  # of a list that begins with 0
        "?page=2|Ferry timetable",
        "?photo=2|Next",
        "comment-page-2/#comments|Newer comments",
        "?cpage=2|2",
        "?page=2#comments|2",
        "?9a0c_page=2|Next",  # of a list on the page
        "page/2/?et_blog|Next page",
        "?page=2&amp;tab=votes|Next",
        "https://other.example/2024/05/ferry-sails/2/|2",
        "2/|2024",
        "#2|2",
        "javascript:page(2)|2",
        "http://[::1/2|2",
    ],
)
def test_no_next_page(link: str) -> None:
    """Links to other articles, lists, comments, photos and sites are not the next page of the article."""
    assert None is next_page(link)


@pytest.mark.parametrize(
    "element", ["div class=comments", "section id=disqus_thread", "nav aria-label='Comment pages'"]
)
def test_comments(element: str) -> None:
    """The next page of comments is not that of the article."""
    assert None is metadata_of(f"<{element}><ul><li><a href='?page=2'>2</a></ul></{element.split()[0]}>").next_page


@pytest.mark.parametrize(
    ("url", "links", "expected"),
    [
        ("/ferry/2/", ("/ferry/|1", "/ferry/3/|3"), "/ferry/3/"),
        ("/ferry/2/", ("/ferry/|Home", "/ferry/3/|Next|rel=next"), None),  # numbers of articles
        ("/ferry/2/", ("/ferry/1/|1", "/ferry/3/|3"), "/ferry/3/"),
        ("/?p=25", ("/?p=26|Next|rel=next",), None),
        ("/episodes/41", ("/episodes/1|Next", "/episodes/42|Next|rel=next"), None),
        ("/news/1500", ("/news/1|1", "/news/1501|Next"), None),
    ],
)
def test_numbers_of_articles(url: str, links: tuple[str, ...], expected: str | None) -> None:
    """A bare number may be that of an article; it is that of a page if the first page is known."""
    assert (expected and SITE + expected) == next_page(*links, url=SITE + url)


def test_head() -> None:
    """`rel=next` in the head needs no label, and comes first; it is not believed for another URL either."""
    head = f'<link rel="next" href="{STORY}?page=2">'
    found = metadata_of('<a href="2/">2</a>', head=head)
    assert (f"{STORY}?page=2", "link next") == (found.next_page, found.provenance["next_page"])
    assert None is next_page(head=f'<link rel="next" href="{SITE}/2024/05/bridge-closes/">')
    assert None is next_page(head=f'<link rel="next" title="Ferry sails" href="{SITE}/2024/05/ferry-sails-2/">')


def test_canonical_url() -> None:
    """The page's own URL may be the canonical one, which also tells that a bare number is that of a page."""
    head = f'<link rel="canonical" href="{STORY}">'
    assert f"{STORY}2/" == next_page(f"{STORY}2/|2", url=None, head=head)
    assert f"{STORY}3/" == next_page("../3/|Next", url=f"{STORY}2/", head=head)
    assert None is next_page("2/|2", url=None)


def test_base() -> None:
    """Relative links are resolved against `<base>`."""
    assert f"{STORY}?page=2" == next_page("ferry-sails/?page=2|2", head=f'<base href="{SITE}/2024/05/">')


@pytest.mark.parametrize(
    ("kind", "url", "element"),
    [
        ("amp", "https://cdn.example/c/ferry", '<link rel="amphtml" href="https://cdn.example/c/ferry">'),
        ("print", f"{STORY}?print=1", '<a href="?print=1">Print</a>'),
        ("print", f"{STORY}print/", '<a href="print/#top">x</a>'),
        ("print", f"{SITE}/print/2024/05/ferry-sails", '<a href="/print/2024/05/ferry-sails">x</a>'),
        (
            "print",
            f"{SITE}/drucken/?text=ferry",
            f'<link rel="alternate" media="print" href="{SITE}/drucken/?text=ferry">',
        ),
    ],
)
def test_alternates(kind: str, url: str, element: str) -> None:
    """The AMP and print versions are known by their links."""
    found = metadata_of(f"{element}<a href='/print/'>Our print edition</a><a href='/prints/ferry-sails/'>Prints</a>")
    assert ({kind: url}, True) == (found.alternates, "alternates" in found.provenance)


def test_print_version_by_number() -> None:
    """The number of an article is known again in the URL of its print version."""
    link = '<a href="/print.php?nid=474126">Print</a><a href="/print.php?nid=474127">Next</a>'
    found = metadata_of(link, f"{SITE}/artikel/474126.ferry.html")
    assert {"print": f"{SITE}/print.php?nid=474126"} == found.alternates


@pytest.mark.parametrize("link", ["?page=all", "?singlePage=true", "all/", "seite-alle/", "komplettansicht"])
def test_single_page(link: str) -> None:
    """The page with all pages on one is known if the article has several."""
    base = f"<a href='{link}'>Show all</a>"
    assert {} == metadata_of(base).alternates
    found = metadata_of(f"<a href='2/'>2</a>{base}")
    assert {"all": STORY + link} == found.alternates
    assert {"all": STORY + link} == metadata_of(f"<a href='../{link}'>All</a>", f"{STORY}page-3/").alternates


def test_none() -> None:
    """A page without such links has none, and no provenance of them."""
    found = metadata_of('<a href="/">Home</a>')
    assert (None, {}, {"next_page", "alternates"} & {*found.provenance}) == (found.next_page, found.alternates, set())


def test_article() -> None:
    """An article has its next page; a list of links, which has one as well, is no article and has none."""
    article = (
        f"<html lang=en><h1>Ferry sails</h1><article>{f'<p>{PARAGRAPH}' * 5}</article><a href='?page=2'>2</a></html>"
    )
    assert f"{STORY}?page=2" == clean(article, url=STORY).to_dict()["next_page"]
    links = "".join(f"<li><a href='/{number}/story'>The ferry sails {number} times</a>" for number in range(40))
    listing = f"<html lang=en><h1>News</h1><ul>{links}</ul><a href='?page=2'>2</a></html>"
    with pytest.raises(NoArticleError) as caught:
        clean(listing, url=f"{SITE}/news/")
    assert caught.value.article is not None
    assert None is caught.value.article.next_page


@pytest.mark.parametrize(
    "links",
    [
        "<a href='?page=2'>2</a>" * 20_000,
        "<a href='" + "/page" * 800 + "/2'>2</a>",
        f"<a href='?{'&page=2' * 600}'>2</a>" * 20,
        f"<a href='/print{'-print' * 700}'>2</a>" * 20,
        "<div>" * 200 + "<a href='2/'>" + "next " * 200_000,
    ],
)
def test_hostile(links: str, cpu_limit: CpuLimit) -> None:
    """No links take long to read."""
    root: Any = html.document_fromstring(f"<html><body>{links}</body></html>")
    with cpu_limit(3):
        read_metadata(root, [], url=STORY)
