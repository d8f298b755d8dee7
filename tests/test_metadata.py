"""Metadata: what is made of what a page declares, and whose word it was."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cleaner.metadata import read
from cleaner.metadata.dates import fullest, moment
from cleaner.metadata.headline import headline, without_site
from cleaner.metadata.names import people
from cleaner.metadata.values import address, language, text, texts, truth
from cleaner.models import Metadata

NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
URL = "https://www.harbour-post.example/2024/05/wall.html"


def page(markup: str, nodes: tuple[dict[str, Any], ...] = (), url: str | None = URL) -> Metadata:
    return read(html.document_fromstring(markup), nodes, url=url, now=NOW)


FULL = """
<html lang="en-GB"><head><title>Harbour wall holds | Harbour Post</title>
<meta property="og:title" content="Harbour wall holds"><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2024-05-03T09:12:00+01:00">
<meta property="article:modified_time" content="2024-05-03T11:00:00+01:00">
<meta name="author" content="Ada Moss and Ben Ito"><meta name="description" content="It held.">
<meta property="article:section" content="Town"><meta property="article:tag" content="harbour">
<meta property="article:tag" content="storm"><meta property="og:image" content="/wall.jpg">
<meta property="article:content_tier" content="locked"><link rel="canonical" href="/2024/05/wall"></head>
<body><h1>Harbour wall holds</h1></body></html>"""


def test_declared() -> None:
    """A page's head fills every field, and provenance says which tag it was."""
    zone = timezone(timedelta(hours=1))
    expected = Metadata(
        title="Harbour wall holds",
        authors=("Ada Moss", "Ben Ito"),
        published=datetime(2024, 5, 3, 9, 12, tzinfo=zone),
        modified=datetime(2024, 5, 3, 11, 0, tzinfo=zone),
        language="en",
        site_name="Harbour Post",
        description="It held.",
        section="Town",
        tags=("harbour", "storm"),
        image="https://www.harbour-post.example/wall.jpg",
        canonical_url="https://www.harbour-post.example/2024/05/wall",
        paywalled=True,
        provenance={
            "title": "h1",
            "authors": "meta author",
            "published": "meta article:published_time",
            "modified": "meta article:modified_time",
            "language": "html lang",
            "site_name": "meta og:site_name",
            "description": "meta description",
            "section": "meta article:section",
            "tags": "meta article:tag",
            "image": "meta og:image",
            "canonical_url": "link canonical",
            "paywalled": "meta article:content_tier",
        },
    )
    assert expected == page(FULL)


def test_json_ld() -> None:
    """JSON-LD speaks for the article, in whatever shape its values have."""
    article = {
        "@type": "NewsArticle",
        "headline": "Peter &amp; Paul",
        "author": [{"@type": "Person", "name": "Ada Moss"}, {"@type": "Organization", "name": "Wire"}, "Ben Ito"],
        "datePublished": "2024-05-03T09:12:00Z",
        "inLanguage": {"@type": "Language", "name": "German"},
        "publisher": {"name": "Harbour Post"},
        "keywords": "harbour, storm",
        "image": [{"@type": "ImageObject", "url": "https://example.org/a.jpg"}],
        "isAccessibleForFree": "False",
    }
    found = page("<body></body>", (article,))
    assert "Peter & Paul" == found.title
    assert ("Ada Moss", "Ben Ito") == found.authors
    assert datetime(2024, 5, 3, 9, 12, tzinfo=UTC) == found.published
    assert ("de", "Harbour Post") == (found.language, found.site_name)
    assert ("harbour", "storm") == found.tags
    assert ("https://example.org/a.jpg", True) == (found.image, found.paywalled)
    assert "json-ld datePublished" == found.provenance["published"]


def test_page_around_the_article() -> None:
    """Where the article's node says nothing, the page's speaks; the site's gives the name."""
    nodes = (
        {"@type": "Article", "headline": "Wall"},
        {"@type": "WebPage", "datePublished": "2024-05-03", "name": "Wall - Harbour Post"},
        {"@type": "WebSite", "name": "Harbour Post"},
    )
    found = page("<body></body>", nodes)
    assert (date(2024, 5, 3), "json-ld WebPage datePublished") == (found.published, found.provenance["published"])
    assert ("Wall", "Harbour Post") == (found.title, found.site_name)


def test_nothing() -> None:
    """A page that says nothing has no metadata: no title out of thin air, no date of today."""
    assert Metadata() == page("<body><p>Text.</p></body>", url=None)


def test_second_opinion() -> None:
    """Where nothing is declared, a byline and a date in the body are found, and the tree is as before."""
    root = html.document_fromstring(
        """<body><article><h1>Harbour wall holds</h1><p class="byline">By <a rel="author">Ada Moss</a></p>
        <time class="entry-date" datetime="2024-05-03">3 May</time><p>Text.</p></article>
        <div class="comments"><span class="author">Troll Brown</span><time datetime="2024-06-07">7 June</time></div>"""
    )
    before = html.tostring(root)
    found = read(root, (), url=URL, now=NOW)
    assert ("Ada Moss",) == found.authors
    assert date(2024, 5, 3) == found.published
    assert {"authors": "trafilatura", "published": "htmldate", "title": "h1"} == dict(found.provenance)
    assert before == html.tostring(root)


def test_odd_elements() -> None:
    """Names and characters that HTML allows and XML does not do no harm to the second opinion."""
    markup = (
        "<body><o:p class='author \x01'>Ada \x02Moss</o:p><?time class='author'?><!-- author --><p>Text.</p></body>"
    )
    assert ("Ada Moss",) == page(markup).authors


def test_second_opinion_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in somebody else's code costs their opinion, nothing more."""

    def fail(*_: Any) -> str:
        raise TypeError

    monkeypatch.setattr("trafilatura.metadata.extract_author", fail)
    found = page("<title>Harbour wall holds</title><p class=author>Ada Moss</p>")
    assert ("Harbour wall holds", ()) == (found.title, found.authors)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harbour wall holds | Harbour Post", "Harbour wall holds"),
        ("Harbour wall holds - Town - Harbour Post", "Harbour wall holds - Town"),
        ("Harbour Post: Harbour wall holds", "Harbour wall holds"),
        ("Harbour wall holds – harbourpost.example", "Harbour wall holds"),
        ("Harbour wall holds - Harbour Post Online", "Harbour wall holds"),
        ("Far-right protesters - what we know", "Far-right protesters - what we know"),
        ("Why the wall holds: an engineer explains", "Why the wall holds: an engineer explains"),
        ("Wall holds: the Harbour Post asks", "Wall holds: the Harbour Post asks"),
        ("港の壁が持ちこたえた｜Harbour Post", "港の壁が持ちこたえた"),
    ],
)
def test_without_site(title: str, expected: str) -> None:
    """Only what is known for the site's name is cut off a title."""
    assert expected == without_site(title, {"harbourpost", "harbourpostexample"})


@pytest.mark.parametrize(
    ("declared", "tops", "expected"),
    [
        (["Wall holds, says council | Post"], ["Post", "Wall holds, says council"], ("Wall holds, says council", "h1")),
        (["Wall holds, says council"], ["Town"], ("Wall holds, says council", "og")),
        (
            ["Wall of harbour holds: all you need"],
            ["Wall of harbour holds again"],
            ("Wall of harbour holds again", "h1"),
        ),
        (
            ["Town:Wall holds, says council"],
            ["Town:Wall holds, says council", ""],
            ("Town:Wall holds, says council", "h1"),
        ),
        (["Town: Wall holds it"], ["Town:Wall holds it"], ("Town: Wall holds it", "og")),
        (["Post"], ["Wall holds"], ("Wall holds", "h1")),
        (["Post"], [], None),
    ],
)
def test_headline(declared: list[str], tops: list[str], expected: tuple[str, str] | None) -> None:
    """The heading that readers see is the headline where the title agrees; a logo or a section's name is none."""
    assert expected == headline([(title, "og") for title in declared], tops, ["Post"])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ada Moss", ("Ada Moss",)),
        ("By Ada Moss and Ben Ito", ("Ada Moss", "Ben Ito")),
        ("Von Ada Moss, Ben Ito & Cy Ó Dálaigh", ("Ada Moss", "Ben Ito", "Cy Ó Dálaigh")),
        ("Ada Moss (amo); Ben Ito", ("Ada Moss", "Ben Ito")),
        ([{"name": "Ada Moss"}, {"name": ["Ben Ito"]}, None, 7], ("Ada Moss", "Ben Ito")),
        ({"givenName": "Ada", "familyName": "Moss"}, ("Ada Moss",)),
        ({"@type": "Organization", "name": "Wire Service"}, ()),
        ("ADA MOSS", ("Ada Moss",)),
        ("Nelson D. Hart", ("Nelson D. Hart",)),
        ("渡辺洋介", ("渡辺洋介",)),
        ("Amanda Trudi", ("Amanda Trudi",)),
        ("Harbour Post", ()),
        ("Reuters", ()),
        ("admin", ()),
        ("https://www.facebook.com/harbourpost", ()),
        ("ada@example.org", ()),
        ("May 5 2024", ()),
        ("April Moss", ("April Moss",)),
        ("x" * 10_000, ()),
        ([f"Name {chr(65 + n // 26)}{chr(97 + n % 26)}x" for n in range(100)], 50),
    ],
)
def test_people(said: Any, expected: tuple[str, ...] | int) -> None:
    """Authors are people, each once, as their names are written; not the paper, an agency, an address or a date."""
    found = people(said, ["Harbour Post"])
    assert expected == (len(found) if isinstance(expected, int) else found)


CET = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2024-03-05T09:12:00+01:00", datetime(2024, 3, 5, 9, 12, tzinfo=CET)),
        ("2024-03-05T09:12:00.123Z", datetime(2024, 3, 5, 9, 12, 0, 123000, tzinfo=UTC)),
        ("2024-03-05 09:12:00 +0100", datetime(2024, 3, 5, 9, 12, tzinfo=CET)),
        ("2024-03-05T09:12", datetime(2024, 3, 5, 9, 12)),
        ("20240305T091200Z", datetime(2024, 3, 5, 9, 12, tzinfo=UTC)),
        ("2024/03/05", date(2024, 3, 5)),
        ("2024-3-5", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 09:12:00 GMT", datetime(2024, 3, 5, 9, 12, tzinfo=UTC)),
        ("Tue Mar 05 2024 09:12:00 GMT+0100 (CET)", datetime(2024, 3, 5, 9, 12, tzinfo=CET)),
        ("March 5, 2024, 9:12 PM", datetime(2024, 3, 5, 21, 12)),
        ("5 March 2024", date(2024, 3, 5)),
        (1709626320, datetime(2024, 3, 5, 8, 12, tzinfo=UTC)),
        ("1709626320000", datetime(2024, 3, 5, 8, 12, tzinfo=UTC)),
        ({"@value": "2024-03-05"}, date(2024, 3, 5)),
        (["2024-03-05"], date(2024, 3, 5)),
        ("2025-06-02", date(2025, 6, 2)),
        ("2025-06-04", None),
        ("1989-12-31", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59-23:59", None),
        ("2024-02-30", None),
        ("2024-03-05T25:00:00+99:99", None),
        ("yesterday", None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_moment(said: Any, expected: datetime | date | None) -> None:
    """A moment keeps the zone it was written with, a day stays a day, and what cannot be is nothing."""
    found = moment(said, NOW)
    assert (expected, type(expected)) == (found, type(found))
    if isinstance(expected, datetime) and isinstance(found, datetime):
        assert expected.utcoffset() == found.utcoffset()


def test_fullest() -> None:
    """A day gives way to a moment of that day, a moment without its zone to the same one with it; others do not."""
    naive, aware = datetime(2024, 3, 5, 9, 12), datetime(2024, 3, 5, 8, 12, tzinfo=UTC)
    assert aware == fullest([naive.date(), naive, aware])
    assert naive == fullest([naive, aware.replace(minute=40)])
    assert aware == fullest([aware, naive])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("/a b.jpg", "https://www.harbour-post.example/a%20b.jpg"),
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ({"url": {"@id": "https://example.org/a"}}, "https://example.org/a"),
        ("https://ada:secret@example.org/", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        ("http://[::1", None),
        ("https://localhost/", None),
        ("", None),
        (None, None),
    ],
)
def test_address(said: Any, expected: str | None) -> None:
    """An address is whole, http or https, and without credentials."""
    assert expected == address(said, URL)


def test_front_page_is_no_canonical_address() -> None:
    """A canonical link to the site's front page says nothing of an article."""
    assert None is page('<link rel="canonical" href="/"><p>Text.</p>').canonical_url


@pytest.mark.parametrize(
    ("said", "expected"),
    [("de-AT", "de"), ("pt_BR", "pt"), ("EN", "en"), ("iw", "he"), ("deu", "de"), ("xx", None), ("", None), (3, None)],
)
def test_language(said: Any, expected: str | None) -> None:
    """A language is an ISO 639-1 code or nothing."""
    assert expected == language(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (True, True),
        ("False", False),
        ("http://schema.org/True", True),
        ("maybe", None),
        (None, None),
    ],
)
def test_truth(said: Any, expected: bool | None) -> None:
    """True and false come as JSON, as words and as schema.org's own."""
    assert expected is truth(said)


def test_texts() -> None:
    """Strings are one line without tags and entities; lists are parted at commas of every script."""
    assert "Peter & Paul at sea" == text(" Peter &amp;amp; <b>Paul</b>\n at\u00a0s\u00adea ")
    assert 1000 == len(text("word" * 1000) or "")
    assert ["a", "b c", "d", "e"] == list(texts(["a, b c", "d、e"]))


def test_tags_of_one_witness() -> None:
    """Tags come from the witness that is trusted most; another's do not mix in."""
    found = page('<meta name="keywords" content="news, post"><meta name="news_keywords" content="wall, storm, Wall">')
    assert (("wall", "storm"), "meta news_keywords") == (found.tags, found.provenance["tags"])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20) | st.just("2024-03-05T10:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "@value"]), inner),
    max_leaves=8,
)
PROPERTIES = [
    "headline",
    "author",
    "datePublished",
    "dateModified",
    "inLanguage",
    "publisher",
    "description",
    "keywords",
]
PROPERTIES += ["articleSection", "image", "url", "isAccessibleForFree"]


@given(
    st.dictionaries(st.sampled_from(PROPERTIES), JSON), st.text(st.characters(exclude_categories=["C"]), max_size=30)
)
def test_any_json_ld(values: dict[str, Any], title: str) -> None:
    """Whatever type a property has, metadata comes out, and every filled field has its witness."""
    root = html.document_fromstring(f"<title>{escape(title)}</title><h1>{escape(title)}</h1><p>Text</p>")
    found = read(root, ({"@type": "NewsArticle", **values},), url=None, now=NOW)
    filled = {
        field
        for field in Metadata.__dataclass_fields__
        if field != "provenance" and getattr(found, field) not in (None, ())
    }
    assert filled == set(found.provenance)


@pytest.mark.parametrize("unit", ["? ", "- ", "a,", "&amp;", "&lt;", "A ", "1-", "By ", "(", ": "])
def test_hostile_strings(unit: str) -> None:
    """A hundred kilobytes of anything in a tag cost no time."""
    long = unit * (100_000 // len(unit))
    root = html.document_fromstring(
        f"""<head><title>{long}</title><meta name="author" content="{long}"><meta name="date" content="{long}">
        <meta name="keywords" content="{long}"><meta property="og:site_name" content="{long}"></head>
        <body><h1>{long}</h1><p class="author {long}">{long}</p><time datetime="{long}">{long}</time></body>"""
    )
    page("<div class='author'>Ada Moss</div>")  # imports are not counted
    start = time.process_time()
    read(root, ({"@type": "Article", "author": long, "datePublished": long, "headline": long},), url=URL, now=NOW)
    assert time.process_time() - start < 0.5
