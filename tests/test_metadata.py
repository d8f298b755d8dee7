"""Metadata: what is made of what a page declares, and whose word it was."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cleaner.metadata.extract import declared_kind, read_metadata, read_text_metadata, with_data, with_prompt, with_text
from cleaner.metadata.fields.dates import day_of, find_dates, month_of, most_precise, parse_date
from cleaner.metadata.fields.headline import headline, without_site
from cleaner.metadata.fields.languages import detect_language, word_count
from cleaner.metadata.fields.names import Authorship, authorship, looks_like_name, people
from cleaner.metadata.fields.pictures import Picture, lead_picture
from cleaner.metadata.fields.tags import clean_tags
from cleaner.metadata.fields.values import boolean, http_url, language, text, texts
from cleaner.models import Declared, Metadata
from cleaner.page.embedded import read_json_ld
from cleaner.page.parse import parse

CET = timezone(timedelta(hours=1))
NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
URL = "https://www.harbour-post.example/2024/05/wall.html"


def page(markup: str, nodes: tuple[dict[str, Any], ...] = (), url: str | None = URL) -> Metadata:
    return read_metadata(html.document_fromstring(markup), nodes, url=url, now=NOW)


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
        published_raw="2024-05-03T09:12:00+01:00",
        modified=datetime(2024, 5, 3, 11, 0, tzinfo=zone),
        modified_raw="2024-05-03T11:00:00+01:00",
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


def test_byline_and_date_of_the_page() -> None:
    """Where nothing is declared, a byline and a date in the body are found, and the tree is as before."""
    root = html.document_fromstring(
        """<body><article><h1>Harbour wall holds</h1><p class="byline">By <a rel="author">Ada Moss</a></p>
        <time class="entry-date" datetime="2024-05-03T09:12:00+01:00">3 May</time><p>Text.</p></article>
        <div class="comments"><span class="author">Troll Brown</span><time datetime="2024-06-07">7 June</time></div>"""
    )
    before = html.tostring(root)
    found = read_metadata(root, (), url=URL, now=NOW)
    assert ("Ada Moss",) == found.authors
    assert "2024-05-03T09:12:00+01:00" == found.published_raw
    assert {"authors": "byline", "published": "time element", "title": "h1"} == dict(found.provenance)
    assert before == html.tostring(root)


PAGE = "<body><h1>Harbour wall holds</h1>{}<p>Text.</p></body>"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<p>By Ada Moss and Ben Ito</p>", ("Ada Moss", "Ben Ito")),
        ("<div>Von <b>Ada Moss</b>, dpa</div>", ("Ada Moss",)),
        ("<p>Por Ada Moss | 3 de mayo de 2024</p>", ("Ada Moss",)),
        ("<p>Di Ada Moss</p>", ("Ada Moss",)),
        ("<p>Автор: Ада Мосс</p>", ("Ада Мосс",)),
        ("<p>文/渡辺洋介</p>", ("渡辺洋介",)),
        ("<p>Written by</p><p>Ada Moss</p>", ("Ada Moss",)),
        ("<p>Published 3 May 2024 by Ada Moss</p>", ("Ada Moss",)),
        ("<p>By Ada Moss. Reviewed by Ben Ito</p>", ("Ada Moss",)),
        ("<p>By <a href='/authors/ada-moss'>Ada Moss</a>, Senior Editor</p>", ("Ada Moss",)),
        ("<div class='ArticleByline'><span>Ada Moss</span></div>", ("Ada Moss",)),
        ("<ul><li class='author'>Ada Moss</li><li class='author'>Ben Ito</li></ul>", ("Ada Moss", "Ben Ito")),
        ("<p>Ada Moss | 3 May 2024</p>", ("Ada Moss",)),
        ("<p>By Ada Moss on 3 May 2024</p>", ("Ada Moss",)),
        ("<p>By Ada Moss Updated 3 May 2024</p>", ("Ada Moss",)),
        ("<p>Sea Walls | <a href='/category/storms'>Storm Damage</a> | 3 May 2024</p>", ("Sea Walls",)),
        ("<p><a href='/category/storms'>Storm Damage</a> | 3 May 2024</p>", ()),
        ("<p>Essay - Published: 3 May 2024 | wall | storm</p>", ()),
        ("<div><a href='/authors/ada-moss'>Ada Moss</a></div>", ("Ada Moss",)),
        ("<div><a href='/boats/ada-moss'>Ada Moss</a></div>", ()),
        ("<div class='author-box'><h4 class='author-box__name'>Ada Moss</h4><p>She writes.</p></div>", ("Ada Moss",)),
        ("<p>By the harbour wall, people gathered.</p>", ()),
        ("<p>By Monday Night the wall had gone, and with it the Old Light.</p>", ()),
        ("<div class='related'><p>By Ada Moss</p></div>", ()),
        ("<aside><p>By Ada Moss</p><p>" + "Another story. " * 20 + "</p></aside>", ()),
        ("<p><b>Ada Moss</b></p>", ()),
    ],
)
def test_byline(lines: str, expected: tuple[str, ...]) -> None:
    """A byline is a line that opens as one in the languages of the rules, or is marked as one; a sentence is none."""
    assert expected == page(PAGE.format(lines)).authors


def test_signature() -> None:
    """Where the page declares only the paper, a name alone in its line is the writer's."""
    markup = '<meta name="author" content="Harbour Post"><meta property="og:site_name" content="Harbour Post">'
    found = page(markup + PAGE.format("<p><b>Ada Moss</b></p>"))
    assert (("Ada Moss",), "signature") == (found.authors, found.provenance["authors"])
    assert "Harbour Post" == found.organization


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<p>Published 3 May 2024, 9:12 am</p>", datetime(2024, 5, 3, 9, 12)),
        ("<p>3. Mai 2024, 09:12 Uhr</p>", datetime(2024, 5, 3, 9, 12)),
        ("<p>le 3 août 2024 à 9h12</p>", datetime(2024, 8, 3, 9, 12)),
        ("<p>3 de mayo de 2024</p>", date(2024, 5, 3)),
        ("<p>2024年5月3日</p>", date(2024, 5, 3)),
        ("<p>3 мая 2024</p>", date(2024, 5, 3)),
        ("<p>13/05/2024</p>", date(2024, 5, 13)),
        ("<p><time datetime='2024-05-03T09:12:00Z'>3 May 2024</time></p>", datetime(2024, 5, 3, 9, 12, tzinfo=UTC)),
        ("<p>Updated 4 May 2024</p>", None),
        ("<p>Published 3 May 2024. Updated 4 May 2024</p>", date(2024, 5, 3)),
        ("<div class='teaser'><p>3 May 2024</p></div>", None),
        ("<p>On 3 May 2024 the wall was inspected by those who had built it, and by their children.</p>", None),
        ("<p>3 May 2031</p>", None),
        ("<p><i>Town</i><i>MAY 3, 2024</i><b>Updated: May 9, 2024</b></p>", date(2024, 5, 3)),
        ("<p>Essay - Published: 2024.05.03 | walls and harbours | engineering | storms</p>", date(2024, 5, 3)),
        ("<p>Essay - 2024.05.03 | walls and harbours | engineering | old storms</p>", None),
        ("<p>Date: 2024-05-03 - 2024-05-09</p>", None),
        ("<p>Last updated:</p><p>3 May 2024</p>", None),
        ("<table><tr><td>3 May 2024</td><td>7.1 m</td></tr></table>", None),
        ("<div><p class=date>3 May 2024</p><p class=date>4 May 2024</p><p class=date>5 May 2024</p></div>", None),
        ("<p><time datetime='2024-05-03T09:12:00Z'>5/3 — 2024</time></p>", datetime(2024, 5, 3, 9, 12, tzinfo=UTC)),
        ("<p><time datetime='2024-05-03T09:12:00Z'>03/05/2024</time></p>", datetime(2024, 5, 3, 9, 12, tzinfo=UTC)),
        ("<p>Latest update <time datetime='2024-05-03T09:12:00Z'>5/3</time></p>", None),
    ],
)
def test_date_line(lines: str, expected: datetime | date | None) -> None:
    """The date that readers see is read in their language; not of a change, of another story, of a sentence."""
    found = page(PAGE.format(lines)).published
    assert (expected, type(expected)) == (found, type(found))


SIGNED = "<p>By Ada Moss</p>{}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (SIGNED.format("<p>Updated 3 May 2024</p>"), (date(2024, 5, 3), "date line (updated)")),
        (SIGNED.format("<p>1 May 2024. Updated 3 May 2024</p>"), (date(2024, 5, 1), "date line")),
        ("<p>Updated 3 May 2024</p>", (None, None)),
        ("<p class=author>Ada Moss</p><p>Updated 3 May 2024</p>", (None, None)),
        ('<meta property="article:modified_time" content="2024-05-03">' + SIGNED.format(""), (None, None)),
    ],
)
def test_only_a_change_is_shown(lines: str, expected: tuple[date | None, str | None]) -> None:
    """A signed article that shows its readers the day of its last change alone goes by that, and provenance says so."""
    found = page(PAGE.format(lines))
    assert expected == (found.published, found.provenance.get("published"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<footer>Posted by Ada Moss on <time datetime='2024-05-03'>3 May</time></footer>", (date(2024, 5, 3), None)),
        ("<footer><time class='published updated' datetime='2024-05-03'>3</time></footer>", (date(2024, 5, 3), None)),
        (
            "<footer><time class=published-time itemprop=dateModified datetime='2024-05-03'>3</time></footer>",
            (None, date(2024, 5, 3)),
        ),
        ("<footer class=post-date>Posted on 3 May 2024</footer>", (date(2024, 5, 3), None)),
        ("<i class=post-date>3 May 2024</i><p>x</p><i class=post-date>4 May 2024</i>", (None, None)),
        ("<footer class=post-date>Updated 3 May 2024</footer>", (None, None)),
    ],
)
def test_date_far_from_the_headline(lines: str, expected: tuple[date | None, date | None]) -> None:
    """Below the article, a date counts that is called its own, or the only one there is on a page that is signed."""
    found = page('<meta name="author" content="Ada Moss">' + PAGE.format("<p>Prose. " * 70 + lines))
    assert expected == (found.published, found.modified)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2024/05/03/wall.html", date(2024, 5, 3)),
        ("/2024/may/3/wall", date(2024, 5, 3)),
        ("/news/2024-05-03-wall", date(2024, 5, 3)),
        ("/news/wall-20240503", date(2024, 5, 3)),
        ("/2024/05/wall.html", None),
        ("/2024/13/03/wall.html", None),
        ("/wall-120240503", None),
        ("/2031/05/03/wall.html", None),
    ],
)
def test_date_of_the_address(path: str, expected: date | None) -> None:
    """The day in a page's address is believed where the page declares none, before what a line of it says."""
    found = page(PAGE.format("<p>05/03/2024</p>" if expected else ""), url=f"https://www.harbour-post.example{path}")
    assert (expected, "address" if expected else None) == (found.published, found.provenance.get("published"))


@pytest.mark.parametrize(("lang", "expected"), [("en-US", date(2024, 3, 4)), ("en-GB", date(2024, 4, 3))])
def test_month_first(lang: str, expected: date) -> None:
    """Only in the United States the month comes first."""
    assert expected == page(f"<html lang={lang}>{PAGE.format('<p>3/4/2024</p>')}</html>").published


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", "5 March 2024|Mar. 5, 2024|Tuesday, 5th March 2024|March 5th, 2024 at 9:12 a.m.|5-Mar-2024"),
        ("de", "5. März 2024|05.03.2024, 09:12 Uhr|Dienstag, 5. Mär 2024 um 9.12 Uhr"),
        ("fr", "5 mars 2024|mardi 5 mars 2024 à 09h12|le 05/03/2024 à 09:12"),
        ("es", "5 de marzo de 2024|5 de marzo del 2024 | 09:12|5 MAR 2024 - 09:12"),
        ("pt", "5 de março de 2024|5 de março de 2024 às 09:12|05/03/2024 09h12"),
        ("it", "5 marzo 2024|martedì 5 marzo 2024 ore 09:12"),
        ("nl", "5 maart 2024|dinsdag 5 mrt 2024 om 09:12|05-03-2024 09:12"),
        ("sv", "5 mars 2024|5 mars 2024 kl. 09.12"),
        ("no", "5. mars 2024|5. mars 2024 kl. 09:12"),
        ("da", "5. marts 2024|5. marts 2024 kl. 09.12"),
        ("fi", "5. maaliskuuta 2024|5.3.2024 klo 9.12"),
        ("pl", "5 marca 2024|5 marca 2024 r., 09:12"),
        ("cs", "5. března 2024|5. března 2024 9:12"),
        ("hu", "2024. március 5.|2024.03.05. 09:12"),
        ("ro", "5 martie 2024"),
        ("ru", "5 марта 2024|5 марта 2024, 09:12|05.03.2024 09:12"),
        ("uk", "5 березня 2024"),
        ("tr", "5 Mart 2024|5 Mart 2024 09:12"),
        ("el", "5 Μαρτίου 2024"),
        ("ar", "5 مارس 2024|٥ مارس ٢٠٢٤|5 آذار 2024"),
        ("hi", "5 मार्च 2024|५ मार्च २०२४, 09:12"),
        ("id", "Selasa, 5 Maret 2024 09:12 WIB"),
        ("vi", "Thứ ba, 5/3/2024, 09:12 (GMT+7)|ngày 5 tháng 3 năm 2024"),
        ("ja", "2024年3月5日|2024年3月5日（火）9時12分|2024年3月5日 午前9時12分"),
        ("zh", "2024年3月5日 09:12|2024-03-05 09:12"),
        ("ko", "2024년 3월 5일|2024. 3. 5. 오전 9:12"),
    ],
)
def test_dates_of_the_world(language: str, lines: str) -> None:
    """A day is written in each language in its own ways, and where a clock stands beside it, the minute is known."""
    for line in lines.replace(" | ", " ~ ").split("|"):
        found = list(find_dates(line.replace(" ~ ", " | "), month_first=False))
        assert [date(2024, 3, 5)] == [day_of(told.value) for told in found], line
        clocks = [(told.value.hour, told.value.minute) for told in found if isinstance(told.value, datetime)]
        assert ([(9, 12)] if "12" in line else []) == clocks, line


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ("января stycznia ocak enero janvier januari tammikuuta ledna ianuarie январь Jänner يناير जनवरी", 1),
        ("июня czerwca haziran junio juin kesäkuuta června iunie червня يونيو जून júní", 6),
        ("июля lipca temmuz julio juillet heinäkuuta července iulie липня luglio يوليو जुलाई júlí", 7),
        ("августа sierpnia ağustos agosto août elokuuta srpna серпня agustus أغسطس अगस्त", 8),
        ("ноября listopada kasım noviembre novembre marraskuuta listopadu noiembrie листопада نوفمبر नवंबर", 11),
        ("декабря grudnia aralık diciembre décembre joulukuuta prosince грудня desember ديسمبر दिसंबर", 12),
    ],
)
def test_months(names: str, number: int) -> None:
    """Months are told by the beginnings of their names, those that look alike by as much as tells them apart."""
    assert dict.fromkeys(names.split(), number) == {name: month_of(name) for name in names.split()}


def test_never_the_future() -> None:
    """What is more than a day ahead is no date of an article; tomorrow's is, where it is tomorrow already."""
    tomorrow, later = NOW + timedelta(hours=23), NOW + timedelta(hours=25)
    assert [tomorrow, None] == [parse_date(when.isoformat(), NOW) for when in (tomorrow, later)]
    assert [date(2025, 6, 2), None] == [parse_date(day, NOW) for day in ("2025-06-02", "2025-06-03")]


def test_spoken() -> None:
    """Dates of a line come in order, each as it was written, and with what the line says of it."""
    found = list(
        find_dates("Erstellt: 3. März 2024, 9.12 Uhr. Aktualisiert: 04.03.2024 10:30 +01:00", month_first=False)
    )
    assert [False, True] == [told.is_change for told in found]
    assert ["3. März 2024, 9.12", "04.03.2024 10:30 +01:00"] == [told.raw for told in found]


def test_date_shown_is_older() -> None:
    """No article is published after the day that it shows; a newspaper's own declaration is believed all the same."""
    declared = '<head><meta name="date" content="2024-08-01">{}</head>'
    news = '<meta name="news_keywords" content="wall">'
    lines = PAGE.format("<p>3 May 2024</p>")
    assert date(2024, 5, 3) == page(declared.format("") + lines).published
    assert date(2024, 8, 1) == page(declared.format(news) + lines).published


def test_microdata() -> None:
    """Properties belong to the item around them: the article's author is no commenter and no card."""
    markup = """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Wall holds</h1>
    <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada Moss</b></span>
    <meta itemprop="datePublished" content="2024-05-03T09:12:00Z"><p>Text.</p>
    <div itemprop="comment" itemscope><b itemprop="author">Troll Brown</b></div></article>
    <div itemscope itemtype="https://schema.org/Article"><b itemprop="author">Cy Lund</b></div>"""
    found = page(markup)
    assert (("Ada Moss",), "microdata author") == (found.authors, found.provenance["authors"])
    assert datetime(2024, 5, 3, 9, 12, tzinfo=UTC) == found.published


def test_rdfa() -> None:
    """RDFa says the same in other attributes."""
    markup = '<div typeof="schema:Article"><span property="schema:author">Ada Moss</span><p>Text.</p></div>'
    assert (("Ada Moss",), "rdfa schema:author") == (page(markup).authors, page(markup).provenance["authors"])


def test_fuller_byline() -> None:
    """A byline that names all who are declared, and more, is the better one; what differs otherwise is a conflict."""
    node = ({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Moss"}},)
    fuller = page(PAGE.format("<p>By Ada Moss and Ben Ito</p>"), node)
    assert (("Ada Moss", "Ben Ito"), {}) == (fuller.authors, fuller.conflicts)
    other = page(PAGE.format("<p>By Cy Lund</p>"), node)
    assert (("Ada Moss",), {"authors": {"byline": "Cy Lund"}}) == (other.authors, other.conflicts)


def test_byline_of_a_blog() -> None:
    """A blog's byline outweighs a tag, which often names who runs the site; a newspaper's tag is believed."""
    markup = '<meta name="author" content="Cy Lund">{}' + PAGE.format("<p>By Ada Moss</p>")
    assert ("Ada Moss",) == page(markup.format("")).authors
    assert ("Cy Lund",) == page(markup.format('<meta name="news_keywords" content="wall">')).authors


def test_title_of_a_person() -> None:
    """A doctor is the same person without the title."""
    node = ({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Moss"}},)
    found = page(PAGE.format("<p>By Dr Ada Moss and Ben Ito</p>"), node)
    assert (("Dr Ada Moss", "Ben Ito"), {}) == (found.authors, found.conflicts)


@pytest.mark.parametrize(("label", "expected"), [("Written by", ("Ada Moss",)), ("Reading time", ())])
def test_facts_for_twitter(label: str, expected: tuple[str, ...]) -> None:
    """Of the facts for Twitter's card, that which is called the writer is one."""
    facts = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ada Moss">'
    assert expected == page(f"<head>{facts}</head>" + PAGE.format("")).authors


def test_page_that_nobody_signs() -> None:
    """The date of JSON-LD's WebPage is an article's where a person signs it; else it says when a page was made."""
    node = {"@type": "WebPage", "datePublished": "2024-05-03"}
    person = {"author": {"@type": "Person", "name": "Ada Moss"}}
    company = {"author": {"@type": "Organization", "name": "Harbour Boats"}}
    found = [page("<p>Text.</p>", ({**node, **authorship},)).published for authorship in (person, company, {})]
    assert [date(2024, 5, 3), None, None] == found


def test_front_page_has_no_day() -> None:
    """What a front page declares is when the site was made."""
    declared = '<meta property="article:published_time" content="2024-05-03">'
    assert None is page(declared, url="https://www.harbour-post.example/").published


def test_headline_among_others() -> None:
    """The headline is no copy of it in a list of other articles, so no byline of theirs is taken."""
    cards = "<div class='card carousel'><h1>Harbour wall holds</h1><p>By Cy Lund</p></div>"
    assert ("Ada Moss",) == page(f"<body><h1>Harbour wall holds</h1><p>By Ada Moss</p><p>Text.</p>{cards}").authors


def test_conflicts() -> None:
    """What other witnesses say is kept where it differs in substance, and only there."""
    markup = """<html lang="en"><head><title>Harbour wall holds | Post</title>
    <meta property="og:title" content="Storm passes over town"><meta name="date" content="2024-06-09">
    <meta property="og:locale" content="de_DE"></head></html>"""
    node = ({"@type": "NewsArticle", "headline": "Harbour wall holds", "datePublished": "2024-05-03T23:30:00Z"},)
    found = page(markup, node)
    assert "Storm passes over town" == found.title
    expected = {
        "title": {"json-ld headline": "Harbour wall holds", "title": "Harbour wall holds"},
        "published": {"meta date": "2024-06-09"},
        "language": {"meta og:locale": "de"},
    }
    assert expected == found.conflicts


def test_no_conflict_in_spelling() -> None:
    """Two spellings of an address, of a language or of a day in two zones are no conflict."""
    markup = """<html lang="nb"><head><link rel="canonical" href="https://www.harbour-post.example/2024/05/wall/">
    <meta property="og:url" content="http://harbour-post.example/2024/05/wall">
    <meta property="og:locale" content="no_NO"><meta name="date" content="2024-05-04">
    <meta property="article:published_time" content="2024-05-03T23:30:00+02:00"></head></html>"""
    assert {} == page(markup).conflicts
    other = '<link rel="canonical" href="/2024/05/wall"><meta property="og:url" content="/2024/05/wall-2">'
    assert {"meta og:url": "https://www.harbour-post.example/2024/05/wall-2"} == page(other).conflicts["canonical_url"]


def test_caption_of_another_picture() -> None:
    """A caption belongs to its picture: that by the headline says nothing of one that is declared and shown below."""
    figure = "<figure><img src='/{}.jpg'><figcaption>{}</figcaption></figure>"
    shown = PAGE.format(figure.format("tiles-20240502", "Tiles") + "<p>x</p><img src='/wall-20240503.jpg'>")
    declared = '<meta property="og:image" content="/wall-20240503.jpg">'
    assert None is page(declared + shown).image_caption
    assert "The wall" == page(declared + '<meta property="og:image:alt" content="The wall">' + shown).image_caption
    assert "Tiles" == page(shown).image_caption


def test_caption_is_words() -> None:
    """The address of a picture is no caption of it."""
    assert None is page("<p>Text.</p>", ({"@type": "Article", "image": "https://example.org/a.jpg"},)).image_caption
    image = {"@type": "ImageObject", "url": "https://example.org/a.jpg", "caption": "The wall"}
    assert "The wall" == page("<p>Text.</p>", ({"@type": "Article", "image": [image]},)).image_caption


def test_small_pictures() -> None:
    """A picture whose address says that it is small is a portrait or a sign."""
    assert None is page(PAGE.format("<img src='/media/w35/ada.jpg'>")).image
    assert None is not page(PAGE.format("<img src='/media/w1200/wall.jpg'>")).image


@pytest.mark.parametrize(
    ("said", "expected"),
    [("Town", "Town"), (["Town", "News"], "Town"), ("Town,News", "Town"), ("The wall held. " * 9, None), ([], None)],
)
def test_section(said: Any, expected: str | None) -> None:
    """The section is the first that is named, and a name."""
    assert expected == page("<p>Text.</p>", ({"@type": "Article", "articleSection": said},)).section


def test_subtitle_is_no_section() -> None:
    """A second heading right below the first is a standfirst where it is long enough for one."""
    assert None is page(PAGE.format("<h2>What is a harbour wall?</h2>")).subtitle
    assert None is not page(PAGE.format("<h2>After a night of storm, the town counts its tiles</h2>")).subtitle


CLOSED_PART = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".rest"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"isAccessibleForFree": False, "hasPart": CLOSED_PART}, True),
        ({"hasPart": CLOSED_PART}, True),
        ({"hasPart": [{"@type": "Clip"}, CLOSED_PART]}, True),
        ({"hasPart": {**CLOSED_PART, "isAccessibleForFree": True}}, None),
        ({"hasPart": {"@type": "Clip"}}, None),
        ({"hasPart": "#part"}, None),
        ({"isAccessibleForFree": True}, False),
        ({"isAccessibleForFree": "https://schema.org/False"}, True),
        ({"isAccessibleForFree": "sometimes"}, None),
    ],
)
def test_paywalled(said: dict[str, Any], expected: bool | None) -> None:
    """A page is not for all by its own word, or where one of its parts is closed."""
    assert expected is page("<p>Text.</p>", ({"@type": "NewsArticle", **said},)).paywalled


@pytest.mark.parametrize(("tier", "expected"), [("locked", True), ("metered", True), ("free", False), ("x", None)])
def test_content_tier(tier: str, expected: bool | None) -> None:
    """What publishers tell Facebook counts where schema.org is not told."""
    assert expected is page(f'<meta property="article:content_tier" content="{tier}">').paywalled


def test_prompt() -> None:
    """A text that ends at a paywall is not for all; a page that says otherwise is believed, and contradicted."""
    silent = with_prompt(page("<p>Text.</p>"))
    assert (True, "paywall prompt") == (silent.paywalled, silent.provenance["paywalled"])
    free = with_prompt(page('<meta property="article:content_tier" content="free">'))
    assert (False, {"paywall prompt": "true"}) == (free.paywalled, free.conflicts["paywalled"])
    closed = page('<meta property="article:content_tier" content="locked">')
    assert closed == with_prompt(closed)


def test_parsely_page() -> None:
    """Parse.ly's older tag holds its facts as JSON; broken, it says nothing."""
    facts = {"title": "Harbour wall holds", "authors": ["Ada Moss"], "pub_date": "2024-05-03", "section": "Town"}
    found = page(f"<meta name='parsely-page' content='{json.dumps(facts)}'><p>Text.</p>")
    assert ("Harbour wall holds", ("Ada Moss",), "Town") == (found.title, found.authors, found.section)
    assert "meta parsely-page pub_date" == found.provenance["published"]
    for broken in ("{", "[1]", "[" * 100_000):
        assert Metadata() == page(f"<meta name='parsely-page' content='{broken}'><p>Text.</p>", url=None)


LD = {
    "@type": "NewsArticle",
    "headline": "Harbour wall holds",
    "datePublished": "2024-05-03T09:12:00+01:00",
    "author": {"@type": "Person", "name": "Ada Moss"},
}
ADA = {"@type": "Person", "@id": "#ada", "name": "Ada Moss"}
BY_ID = {**LD, "author": [{"@id": "#ada"}]}


@pytest.mark.parametrize(
    "scripts",
    [
        [json.dumps(LD)],
        [json.dumps([{"@type": "BreadcrumbList"}, LD])],
        [json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, LD]})],
        [json.dumps({"@graph": [BY_ID, ADA]})],
        [json.dumps(BY_ID), json.dumps(ADA)],
        [json.dumps({"@type": "WebPage", "mainEntity": LD})],
        [json.dumps({**LD, "@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "x"}]})],
        [json.dumps({**LD, "@type": ["Article", "https://schema.org/NewsArticle"]})],
        [json.dumps({**LD, "author": "Ada Moss"})],
        [json.dumps({**LD, "author": ["By Ada Moss"]})],
        [json.dumps({**LD, "author": {"@list": [{"name": {"@value": "Ada Moss"}}]}})],
        [json.dumps({**LD, "author": {"name": "<a href='/a'>Ada Moss</a>"}, "headline": "Harbour <b>wall</b> holds"})],
        [json.dumps({**LD, "headline": {"@value": "Harbour&nbsp;wall holds"}, "wordCount": 412})],
        ['{"@type": oops', json.dumps(LD)],
        [json.dumps(LD)[:-1] + ",}"],
        [json.dumps(LD).replace("wall", "\nwall").replace("\\n", "\n")],
        [json.dumps(LD)[:-1] + ', "about": "the harbour\\\'s wall"}'],
        [json.dumps(LD)[:-1] + ', "wordCount": ' + "1" * 5_000 + "}"],
        ["[" * 100_000, json.dumps(LD)],
        ["/*<![CDATA[*/" + json.dumps(LD) + "/*]]>*/"],
    ],
)
def test_shapes_of_json_ld(scripts: list[str]) -> None:
    """JSON-LD says the same in each of the shapes that it comes in; what is broken takes nothing else with it."""
    markup = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    tree = parse(f"<html><head>{markup}</head><body><p>Text.</p></body></html>")
    found = read_metadata(tree.root, read_json_ld(tree.json_ld), url=None, now=NOW)
    assert ("Harbour wall holds", ("Ada Moss",)) == (found.title, found.authors)
    assert datetime(2024, 5, 3, 9, 12, tzinfo=CET) == found.published


def test_front_page() -> None:
    """A front page is called what the site is called, and nobody wrote it."""
    markup = """<title>News from the harbour</title><meta property="og:title" content="Harbour Post">
    <meta property="og:site_name" content="Harbour Post"><p class="byline">By Ada Moss</p>"""
    found = page(markup, url="https://www.harbour-post.example/")
    assert ("Harbour Post", ()) == (found.title, found.authors)


def test_subtitle_picture_and_licence() -> None:
    """Standfirst, picture, caption, licence and publisher are the page's own."""
    found = page(
        """<meta name="dc.publisher" content="Harbour Press Ltd"><h1>Harbour wall holds</h1>
        <p class="standfirst">After a night of storm, the town counts its tiles.</p>
        <img src="/avatar/ada.png"><figure><img src="/wall-640x480.jpg"><figcaption>The wall at dawn</figcaption>
        </figure>
        <p>Text.</p><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>"""
    )
    assert "After a night of storm, the town counts its tiles." == found.subtitle
    assert "https://www.harbour-post.example/wall-640x480.jpg" == found.image
    assert "The wall at dawn" == found.image_caption
    assert "https://creativecommons.org/licenses/by/4.0/" == found.license
    assert "Harbour Press Ltd" == found.publisher


@pytest.mark.parametrize(
    ("declared", "near_headline", "shown", "expected"),
    [
        ("/wall-2024.jpg", "/other.jpg", ["/wall-2024.jpg"], "/wall-2024.jpg"),
        ("/wall-2024-1200x630.jpg", "/other.jpg", ["/wall-2024-640x480.jpg"], "/wall-2024-640x480.jpg"),
        ("/share-99887766.jpg", "/wall.jpg", ["/wall.jpg"], "/wall.jpg"),
        ("/wall-2024.jpg", None, [], "/wall-2024.jpg"),
        ("/logo.png", None, [], "/logo.png"),
        (None, "/wall.jpg", ["/wall.jpg"], "/wall.jpg"),
    ],
)
def test_lead_picture(declared: str | None, near_headline: str | None, shown: list[str], expected: str) -> None:
    """The declared picture is the article's where the page shows it, in any size; else the one by the headline is."""
    site = "https://example.org"
    candidates = [Picture(site + path, "meta og:image") for path in (declared,) if path]
    candidates += [Picture(site + path, "img") for path in (near_headline,) if path]
    best = lead_picture(candidates, shown, site)
    assert best is not None
    assert site + expected == best.url


def test_framework_data() -> None:
    """The object around a text that stands only in the page's data fills what is missing, and no more."""
    about = {
        "headline": "Another title",
        "authors": [{"name": "Ada Moss", "role": "Reporter"}],
        "publishedAt": "2024-05-03T09:12:00Z",
    }
    found = with_data(Metadata(title="Wall holds", provenance={"title": "title"}), about, now=NOW)
    assert ("Wall holds", ("Ada Moss",)) == (found.title, found.authors)
    assert datetime(2024, 5, 3, 9, 12, tzinfo=UTC) == found.published
    expected = {"title": "title", "authors": "page data authors", "published": "page data publishedAt"}
    assert expected == found.provenance


def test_plain_text() -> None:
    """The first lines of a text tell its writer and its date; what stands in the text does not."""
    lines = ["Wall holds", "Von Ada Moss", "3. Mai 2024, 09:12 Uhr", "Prose that goes on. " * 20, "By Ben Ito"]
    found = read_text_metadata(lines, title="Wall holds", language=None, now=NOW)
    assert ("Wall holds", ("Ada Moss",), datetime(2024, 5, 3, 9, 12)) == (found.title, found.authors, found.published)
    assert ("de", "caller") == (
        (told := read_text_metadata([], title=None, language="de")).language,
        told.provenance["language"],
    )


TEXTS = {
    "en": "The wall of the harbour held, but the tiles of half the town lie in the street. It was the first storm of"
    " the year, and not the worst that the old people have seen: in their time the light was lost with its keepers.",
    "de": "Die Mauer des Hafens hat gehalten, aber die Ziegel der halben Stadt liegen auf der Straße. Es war der"
    " erste Sturm des Jahres und nicht der schlimmste, den die Alten gesehen haben: damals ging das Licht verloren.",
    "zu": "Udonga lwetheku lumile kodwa izindlu eziningi zilimele ngesikhathi sesivunguvungu. Umeya uthe uyabonga"
    " ukuthi akekho umuntu oshonile. Abantu basiza omakhelwane babo futhi kusho ukuthi umsebenzi wokulungisa uzoqala"
    " kusasa ngoba izingane kumele zibuyele esikoleni lapho zifunda khona.",
    "xh": "Udonga lwezibuko lumile kodwa izindlu ezininzi zonakele ngexesha lesaqhwithi. USodolophu uthe uyabulela kuba"
    " akukho mntu uswelekileyo, kwaye abantu bayancedana. Umsebenzi wokulungisa uza kuqala ngomso ukuze abantwana"
    " babuyele esikolweni kunye nootitshala babo okanye bafunde ekhaya.",
    "sw": "Ukuta wa bandari umesimama lakini nyumba nyingi za mji zimeharibiwa na dhoruba. Meya alisema kuwa hakuna mtu"
    " ambaye amekufa, na kwamba watu wa mji wamesaidiana kwa usiku mzima. Kazi ya ukarabati itaanza kesho asubuhi ili"
    " watoto warudi shuleni baada ya siku mbili.",
    "ja": "港の壁は持ちこたえたが、町の半分の瓦が道に落ちている。今年最初の嵐だった。",
    "ru": "Стена гавани выстояла, но черепица с половины города лежит на улице. Это был первый шторм в году, и не самый"
    " страшный из тех, что видели старики: в их время пропал и маяк, и оба смотрителя, а нашли их только весной.",
}


@pytest.mark.parametrize(("expected", "plain"), TEXTS.items())
def test_detected(expected: str, plain: str) -> None:
    """The language of a text shows in its script, its small words, or how its words begin."""
    assert expected == detect_language(plain)


@pytest.mark.parametrize("plain", ["", "Wall holds", "Lorem ipsum dolor sit amet " * 20, "1 2 3 4 " * 100])
def test_not_detected(plain: str) -> None:
    """Of what is short or in no known language, nothing is said."""
    assert None is detect_language(plain)


def test_language_of_the_text() -> None:
    """A text in another language than the declared one is believed, and what was declared is kept as a conflict."""
    known = Metadata(language="en", provenance={"language": "html lang"})
    zulu = with_text(known, TEXTS["zu"])
    assert ("zu", "text", {"language": {"html lang": "en"}}) == (
        zulu.language,
        zulu.provenance["language"],
        zulu.conflicts,
    )
    assert "en" == with_text(known, TEXTS["en"]).language
    assert "de" == with_text(Metadata(), TEXTS["de"]).language
    asked = Metadata(language="en", provenance={"language": "caller"})
    assert "en" == with_text(asked, TEXTS["de"]).language


def test_word_count() -> None:
    """Words are counted, and characters where a script has no blanks between words."""
    assert 5 == word_count("The wall's 1,200 tiles fell.")
    assert 3 == word_count("港の壁。")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("wall, Storm; wall", ("wall", "Storm")),
        (["26157981-b4f7-4929-adc1-e860c6f03636", "NLP Category: General", "NLP Entity Tokens: wall"], ("wall",)),
        (
            ["Category: Town", "Section: Sport:Sailing", "sections/sea", "wall.com", "(1) free"],
            ("Town", "sea", "free"),
        ),
        (["article", "page_type", "_commerce", "x" * 200, "Harbour Post", "Ada Moss"], ()),
    ],
)
def test_tags(said: Any, expected: tuple[str, ...]) -> None:
    """Tags say what an article is about; identifiers, layouts, classifiers and the site's own name do not."""
    assert expected == clean_tags(said, not_tags=("Harbour Post", "Ada Moss"))


def test_tags_of_the_page() -> None:
    """Links marked as tags, or in a list of tags, are tags where none are declared; those of menus are not."""
    marked = "<nav class='tags'><a rel=tag>menu</a></nav><p><a rel=tag>wall</a> <a rel=tag>storm</a></p>"
    assert (("wall", "storm"), "rel=tag") == (
        (found := page(PAGE.format(marked))).tags,
        found.provenance["tags"],
    )
    assert ("wall", "storm") == page(PAGE.format("<ul class='post-tags'><li><a>wall</a><li><a>storm</a></ul>")).tags
    linked = "<div><a href='/topics/wall'>wall</a><a href='/topics/storm'>storm</a></div>"
    assert ("wall", "storm") == page(PAGE.format(linked)).tags


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Reuters", Authorship((), ("Reuters",))),
        ("Ada Moss, dpa", Authorship(("Ada Moss",), ("dpa",))),
        ("harbour-post.example, Frankfurt, Germany", Authorship((), ("harbour-post.example",))),
        ({"@type": "Organization", "name": "Harbour Post"}, Authorship((), ("Harbour Post",))),
        ("Staff", Authorship()),
        ("admin", Authorship()),
    ],
)
def test_signed(said: Any, expected: Authorship) -> None:
    """Agencies and papers that sign are organizations; roles and accounts are nobody."""
    assert expected == authorship(said, ["Harbour Post"])


def test_blog_of_its_writer() -> None:
    """A blog may bear its writer's name, a newspaper does not."""
    assert ("Ada Moss",) == authorship("Ada Moss", ["Ada Moss"], blog=True).people
    assert () == authorship("Ada Moss", ["Ada Moss"]).people
    assert () == authorship("Harbour Post", ["Harbour Post"], blog=True).people
    assert Authorship(("Ben Ito",), ("Ada Moss",)) == authorship("Ben Ito, Ada Moss", ["Ada Moss"], blog=True)


@pytest.mark.parametrize(
    "name", ["Ada Moss", "Ludwig van der Moss", "Ada M. Moss", "渡辺洋介", "Lê Phương", "Anna d’Arc"]
)
def test_names(name: str) -> None:
    """Names have a capital in each word but the particles, or stand in a script without capitals."""
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "name", ["Read more", "Moss", "Senior Editor", "3 Min", "the wall holds", "Harbour News", "この記事を書いた人"]
)
def test_no_names(name: str) -> None:
    """Labels, roles, desks and sentences are no names."""
    assert not looks_like_name(name)


def test_odd_elements() -> None:
    """Names and characters that HTML allows and XML does not do no harm to the second opinion."""
    markup = (
        "<body><o:p class='author \x01'>Ada \x02Moss</o:p><?time class='author'?><!-- author --><p>Text.</p></body>"
    )
    assert ("Ada Moss",) == page(markup).authors


def test_second_opinion() -> None:
    """What only others can read of a newspaper's page is asked of them: a date in an element's attribute."""
    markup = """<meta name="news_keywords" content="wall"><h1>Wall holds</h1><p>Text.</p>
    <div class="post-date" content="2024-05-03"></div><span class="date">May 3rd, 2024</span>"""
    found = page(markup, url=None)
    assert date(2024, 5, 3) == found.published


def test_second_opinion_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in somebody else's code costs their opinion, nothing more."""

    def fail(*_: Any, **__: Any) -> str:
        raise TypeError

    monkeypatch.setattr("trafilatura.metadata.extract_author", fail)
    monkeypatch.setattr("htmldate.find_date", fail)
    found = page("<title>Harbour wall holds</title><meta name=news_keywords content=wall><p class=author>ada</p>")
    assert ("Harbour wall holds", (), None) == (found.title, found.authors, found.published)


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
        (["Wall of harbour holds"], ["The lighthouse"], ("Wall of harbour holds", "og")),
        (["Wall of harbour holds"], ["WALL OF HARBOUR HOLDS"], ("Wall of harbour holds", "og")),
        (["Wall of harbour holds"], ["WALL OF HARBOUR AGAIN"], ("Wall of harbour holds", "og")),
        (["Wall of harbour holds |"], [], ("Wall of harbour holds", "og")),
        (["## Wall of harbour holds ⋆"], [], ("Wall of harbour holds", "og")),
        (["- The wall is mine"], [], ("- The wall is mine", "og")),
        (["Wall of the harbour…", "Wall of the harbour holds"], [], ("Wall of the harbour holds", "og")),
        (["Wall of the harbour…", "Wall of the harbour – Town"], [], ("Wall of the harbour…", "og")),
        ([f"{'Wall ' * 20}of", f"{'Wall ' * 20}of stone"], [], (f"{'Wall ' * 20}of stone", "og")),
        (["Post"], [], None),
    ],
)
def test_headline(declared: list[str], tops: list[str], expected: tuple[str, str] | None) -> None:
    """The heading that readers see is the headline where the title agrees; a logo or a section's name is none."""
    assert expected == headline([(title, "og") for title in declared], tops, ["Post"])


@pytest.mark.parametrize(
    ("twitter", "top", "expected"),
    [
        (None, "Town", "Wall holds, and how"),
        ("Wall holds, and how", "Town", "Harbour wall holds"),
        ("Wall holds, and how", "Wall holds, and how", "Wall holds, and how"),
        ("Harbour wall holds", "Town", "Wall holds, and how"),
    ],
)
def test_newsroom_declares_two_headlines(twitter: str | None, top: str, expected: str) -> None:
    """Open Graph's is the newsroom's where `<title>` has the other, but not where it is for networks alone."""
    declared = [
        ("Harbour wall holds", "json-ld headline"),
        ("Wall holds, and how", "meta og:title"),
        *([(twitter, "meta twitter:title")] if twitter else []),
        ("Harbour wall holds", "title"),
    ]
    found = headline(declared, [top], ["Post"], news=True)
    assert expected == (found[0] if found else None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ada Moss", ("Ada Moss",)),
        ("Ada Moss, Garden Educator", ("Ada Moss",)),
        ("NOC Admin", ()),
        ("The Organized Harbour", ()),
        ("By Ada Moss and Ben Ito", ("Ada Moss", "Ben Ito")),
        ("Von Ada Moss, Ben Ito & Cy Ó Dálaigh", ("Ada Moss", "Ben Ito", "Cy Ó Dálaigh")),
        ("Ada Moss (amo); Ben Ito", ("Ada Moss", "Ben Ito")),
        ([{"name": "Ada Moss"}, {"name": ["Ben Ito"]}, None, 7], ("Ada Moss", "Ben Ito")),
        ({"givenName": "Ada", "familyName": "Moss"}, ("Ada Moss",)),
        ({"@type": "Organization", "name": "Wire Service"}, ()),
        ("Text: Ada Moss, Fotos: Ben Ito", ("Ada Moss",)),
        ("Ada Moss, Senior Editor, Nairobi", ("Ada Moss",)),
        ("Ada Moss, PhD, RD", ("Ada Moss",)),
        ("Ada Moss/Ben Ito", ("Ada Moss", "Ben Ito")),
        ("ByAda Moss", ("Ada Moss",)),
        ("View all posts by Ada Moss", ("Ada Moss",)),
        ("Jennifer Senior", ("Jennifer Senior",)),
        ("渡辺洋介記者", ("渡辺洋介",)),
        ("ada-moss7", ()),
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
    found = parse_date(said, NOW)
    assert (expected, type(expected)) == (found, type(found))
    if isinstance(expected, datetime) and isinstance(found, datetime):
        assert expected.utcoffset() == found.utcoffset()


def test_fullest() -> None:
    """A day gives way to a moment of that day, a moment without its zone to the same one with it; others do not."""
    naive, aware = datetime(2024, 3, 5, 9, 12), datetime(2024, 3, 5, 8, 12, tzinfo=UTC)
    assert aware == most_precise([naive.date(), naive, aware])
    assert naive == most_precise([naive, aware.replace(minute=40)])
    assert aware == most_precise([aware, naive])


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
    assert expected == http_url(said, URL)


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
    assert expected is boolean(said)


def test_texts() -> None:
    """Strings are one line without tags and entities; lists are parted at commas of every script."""
    assert "Peter & Paul at sea" == text(" Peter &amp;amp; <b>Paul</b>\n at\u00a0s\u00adea ")
    assert 1000 == len(text("word" * 1000) or "")
    assert ["a", "b c", "d", "e"] == list(texts(["a, b c", "d、e"]))


def test_tags_of_one_witness() -> None:
    """Tags come from the witness that is trusted most; another's do not mix in."""
    found = page('<meta name="keywords" content="news, post"><meta name="news_keywords" content="wall, storm, Wall">')
    assert (("wall", "storm"), "meta news_keywords") == (found.tags, found.provenance["tags"])


NO_FIELDS = {"provenance", "conflicts", "published_raw", "modified_raw"}
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
    found = read_metadata(root, ({"@type": "NewsArticle", **values},), url=None, now=NOW)
    filled = {
        field
        for field in Metadata.__dataclass_fields__
        if getattr(found, field) not in (None, (), {}) and field not in NO_FIELDS
    }
    assert filled == set(found.provenance)


@contextmanager
def costs_less_than(seconds: float) -> Iterator[None]:
    """What is done inside takes so many CPU seconds; the collector, which would look at all tests' objects, is off."""
    gc.disable()
    start = time.process_time()
    try:
        yield
        spent = time.process_time() - start
    finally:
        gc.enable()
    assert spent < seconds


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
    with costs_less_than(0.5):
        read_metadata(
            root, ({"@type": "Article", "author": long, "datePublished": long, "headline": long},), url=URL, now=NOW
        )


LETTERS = "abcdefghijklmnopqrstuvwxyz"
MANY = [f"Ada {first.upper()}{second}{third}" for first in LETTERS for second in LETTERS for third in LETTERS][:10_000]


@pytest.mark.parametrize("tag", ["author", "date", "keywords", "news_keywords", "og:title", "og:image", "parsely-page"])
@pytest.mark.parametrize("unit", ["?", "- ", "1", "a b, ", "&lt;", "By ", "2024-", "{", "[", "http://"])
def test_hostile_tags(tag: str, unit: str) -> None:
    """Twenty-four kilobytes of anything in one tag cost milliseconds."""
    root = html.document_fromstring(f'<meta name="{tag}" content="{unit * (24_000 // len(unit))}"><p>Text.</p>')
    page("<div class='author'>Ada Moss</div>")  # imports are not counted
    with costs_less_than(0.05):
        read_metadata(root, (), url=URL, now=NOW)


@pytest.mark.parametrize(
    "value",
    [
        json.dumps(MANY),
        json.dumps([{"@type": "Person", "name": name} for name in MANY]),
        json.dumps("; ".join(MANY)),
        json.dumps({"name": MANY}),
        "[" * 60 + '"Ada Moss"' + "]" * 60,
        "[" * 200_000,
        '{"name":' * 20_000,
        "1" * 5_000,
        "-1." + "1" * 5_000 + "e999",
        json.dumps("? " * 200_000),
    ],
)
@pytest.mark.parametrize("name", ["author", "datePublished", "keywords", "headline", "image", "hasPart"])
def test_hostile_json_ld(name: str, value: str) -> None:
    """Ten thousand authors, a hundred thousand brackets, numbers of 5,000 digits: each costs as much as it is read."""
    tree = parse(f'<script type="application/ld+json">{{"@type": "Article", "{name}": {value}}}</script><p>Text.</p>')
    with costs_less_than(0.2):
        found = read_metadata(tree.root, read_json_ld(tree.json_ld), url=URL, now=NOW)
    assert len(found.authors) <= 50


def test_ten_thousand_tags() -> None:
    """Of ten thousand tags for authors, fifty are believed at the most."""
    root = html.document_fromstring("".join(f'<meta name="author" content="{name}">' for name in MANY))
    with costs_less_than(0.5):
        assert 50 == len(read_metadata(root, (), url=URL, now=NOW).authors)


@pytest.mark.parametrize(
    "unit",
    [
        "<span class=author itemprop=author>Ada Moss</span>",
        "<div itemscope itemtype=NewsArticle><b itemprop=author>Ada</b>",
        "<time datetime=2024-05-03>3 May 2024</time>",
        "<a rel=tag href=/tags/wall>wall</a>",
        "<h1>Wall</h1>",
        "<aside><i>",
        "<img src=/wall-2024.jpg srcset='/wall-2024-640x480.jpg 1x, /b.jpg 2x'>",
    ],
)
def test_hostile_pages(unit: str) -> None:
    """Ten thousand elements of a kind, side by side or within each other, cost no more than as much text does."""
    tree = parse("<meta property=og:image content=/other.jpg>" + unit * 10_000)
    with costs_less_than(2):
        read_metadata(tree.root, (), url=URL, now=NOW)


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ((), Declared.NOTHING),
        (({"@type": "WebPage"},), Declared.NOTHING),
        (({"@type": "BlogPosting", "headline": "Wall holds"},), Declared.ARTICLE),
        (({"@type": ["Article", "ReportageNewsArticle"], "headline": "Wall holds"},), Declared.NEWS),
    ],
)
def test_what_a_page_declares_itself(nodes: tuple[dict[str, Any], ...], expected: Declared) -> None:
    """An article, one of a newspaper, or nothing of the kind."""
    assert expected is declared_kind(nodes)
