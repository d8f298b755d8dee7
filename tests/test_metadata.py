"""Metadata: the values that are read from a page, and their sources."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from measuring import CpuLimit

import cleaner
from cleaner.metadata.extract import read_metadata, read_text_metadata, with_data, with_prompt, with_text
from cleaner.metadata.fields.dates import day_of, find_dates, month_of, most_precise, parse_date
from cleaner.metadata.fields.headline import headline, without_site
from cleaner.metadata.fields.names import Authorship, authorship, looks_like_name, people
from cleaner.metadata.fields.pictures import Picture, lead_picture
from cleaner.metadata.fields.tags import tag_list
from cleaner.metadata.fields.values import boolean, http_url, language, text, texts
from cleaner.metadata.sources.json_ld import declared_kind
from cleaner.metadata.sources.shown_headings import Heading
from cleaner.models import Declared, Metadata
from cleaner.page.embedded import read_json_ld
from cleaner.page.parse import parse
from cleaner.text.languages import detect_language, word_count

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
    """A page's head fills every field, and `provenance` names the tag of each."""
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
    """JSON-LD fills the fields, whatever the types of its values are."""
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
    metadata = page("<body></body>", (article,))
    assert "Peter & Paul" == metadata.title
    assert ("Ada Moss", "Ben Ito") == metadata.authors
    assert datetime(2024, 5, 3, 9, 12, tzinfo=UTC) == metadata.published
    assert ("de", "Harbour Post") == (metadata.language, metadata.site_name)
    assert ("harbour", "storm") == metadata.tags
    assert ("https://example.org/a.jpg", True) == (metadata.image, metadata.paywalled)
    assert "json-ld datePublished" == metadata.provenance["published"]


def test_page_around_the_article() -> None:
    """If the article's node lacks a value, the WebPage node supplies it; the WebSite node supplies the site's name."""
    nodes = (
        {"@type": "Article", "headline": "Wall"},
        {"@type": "WebPage", "datePublished": "2024-05-03", "name": "Wall - Harbour Post"},
        {"@type": "WebSite", "name": "Harbour Post"},
    )
    metadata = page("<body></body>", nodes)
    assert (date(2024, 5, 3), "json-ld WebPage datePublished") == (metadata.published, metadata.provenance["published"])
    assert ("Wall", "Harbour Post") == (metadata.title, metadata.site_name)


def test_empty_metadata() -> None:
    """A page without metadata gets none: no invented title, and not today's date."""
    assert Metadata() == page("<body><p>Text.</p></body>", url=None)


def test_byline_and_date_of_the_page() -> None:
    """If nothing is declared, a byline and a date in the body are used. The tree is not changed."""
    root = html.document_fromstring(
        """<body><article><h1>Harbour wall holds</h1><p class="byline">By <a rel="author">Ada Moss</a></p>
        <time class="entry-date" datetime="2024-05-03T09:12:00+01:00">3 May</time><p>Text.</p></article>
        <div class="comments"><span class="author">Troll Brown</span><time datetime="2024-06-07">7 June</time></div>"""
    )
    before = html.tostring(root)
    metadata = read_metadata(root, (), url=URL, now=NOW)
    assert ("Ada Moss",) == metadata.authors
    assert "2024-05-03T09:12:00+01:00" == metadata.published_raw
    assert {"authors": "byline", "published": "time element", "title": "h1"} == dict(metadata.provenance)
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
    """A byline begins with one of the known words or is marked as a byline; a sentence is not a byline."""
    assert expected == page(PAGE.format(lines)).authors


def test_signature() -> None:
    """If the page declares only the paper as the author, a line that is only a name is the writer's name."""
    markup = '<meta name="author" content="Harbour Post"><meta property="og:site_name" content="Harbour Post">'
    metadata = page(markup + PAGE.format("<p><b>Ada Moss</b></p>"))
    assert (("Ada Moss",), "signature") == (metadata.authors, metadata.provenance["authors"])
    assert "Harbour Post" == metadata.organization


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
    """Date lines are read in several languages; dates of changes, of other articles and in sentences are not used."""
    published = page(PAGE.format(lines)).published
    assert (expected, type(expected)) == (published, type(published))


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
def test_only_date_of_change_is_shown(lines: str, expected: tuple[date | None, str | None]) -> None:
    """If a signed article shows only the date of its last change, that date is used, and `provenance` says so."""
    metadata = page(PAGE.format(lines))
    assert expected == (metadata.published, metadata.provenance.get("published"))


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
    """A date below the article counts if it is marked as the article's, or if it is the only one on a signed page."""
    metadata = page('<meta name="author" content="Ada Moss">' + PAGE.format("<p>Prose. " * 70 + lines))
    assert expected == (metadata.published, metadata.modified)


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
def test_date_in_url(path: str, expected: date | None) -> None:
    """If the page declares no date, the one in its URL is used, in preference to a date line."""
    metadata = page(PAGE.format("<p>05/03/2024</p>" if expected else ""), url=f"https://www.harbour-post.example{path}")
    assert (expected, "address" if expected else None) == (metadata.published, metadata.provenance.get("published"))


@pytest.mark.parametrize(("lang", "expected"), [("en-US", date(2024, 3, 4)), ("en-GB", date(2024, 4, 3))])
def test_month_first(lang: str, expected: date) -> None:
    """The month comes first only in American English."""
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
def test_dates_in_many_languages(language: str, lines: str) -> None:
    """The usual forms of a date in each language are read, with the time if there is one."""
    for line in lines.replace(" | ", " ~ ").split("|"):
        dates = list(find_dates(line.replace(" ~ ", " | "), month_first=False))
        assert [date(2024, 3, 5)] == [day_of(written.value) for written in dates], line
        clocks = [
            (written.value.hour, written.value.minute) for written in dates if isinstance(written.value, datetime)
        ]
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
    """Months are recognised by prefixes of their names that are long enough to distinguish similar ones."""
    assert dict.fromkeys(names.split(), number) == {name: month_of(name) for name in names.split()}


def test_dates_in_the_future() -> None:
    """A date more than one day ahead is rejected; tomorrow's is accepted, because some time zones are ahead."""
    tomorrow, later = NOW + timedelta(hours=23), NOW + timedelta(hours=25)
    assert [tomorrow, None] == [parse_date(when.isoformat(), NOW) for when in (tomorrow, later)]
    assert [date(2025, 6, 2), None] == [parse_date(day, NOW) for day in ("2025-06-02", "2025-06-03")]


def test_dates_in_prose() -> None:
    """Dates in a line come in order, each with its text and whether the line labels it as the date of a change."""
    dates = list(
        find_dates("Erstellt: 3. März 2024, 9.12 Uhr. Aktualisiert: 04.03.2024 10:30 +01:00", month_first=False)
    )
    assert [False, True] == [written.is_change for written in dates]
    assert ["3. März 2024, 9.12", "04.03.2024 10:30 +01:00"] == [written.raw for written in dates]


def test_date_shown_is_older() -> None:
    """If a page shows an older date than it declares, the shown one is used; on newspapers, the declared one is."""
    declared = '<head><meta name="date" content="2024-08-01">{}</head>'
    news = '<meta name="news_keywords" content="wall">'
    lines = PAGE.format("<p>3 May 2024</p>")
    assert date(2024, 5, 3) == page(declared.format("") + lines).published
    assert date(2024, 8, 1) == page(declared.format(news) + lines).published


LONG = "The council of the harbour voted to close the old bridge to lorries, a decision that splits the town. " * 3


def story(lines: str, after: str = "") -> str:
    """Return a page with lines between the headline and the text, and others after it."""
    return f"<body><main><h1>Harbour wall holds</h1>{lines}<p>{LONG}</p><p>{LONG}</p></main>{after}</body>"


BOTH = (datetime(2024, 3, 5, 8, 30), datetime(2024, 3, 5, 19, 20))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Two dates in one line or one element.
        ("<time datetime='2024-03-05T19:20'>05/03/2024 08:30 | Actualizado a 05/03/2024 19:20</time>", BOTH),
        ("<time datetime='2024-03-05T08:30'>5 March 2024, 08:30, updated 5 March 2024, 19:20</time>", BOTH),
        ("<p>Updated 5 March 2024, 19:20 (first published 5 March 2024, 08:30)</p>", BOTH),
        (
            "<p><time datetime='2024-03-05T08:30'>Today</time>"
            " <time class=updated datetime='2024-03-05T19:20'>Now</time></p>",
            BOTH,
        ),
        (
            "<p><time itemprop=dateModified datetime='2024-03-05T19:20'>5 March 2024</time>"
            " <time itemprop=datePublished datetime='2024-03-05T08:30'>5 March 2024</time></p>",
            BOTH,
        ),
        # Labels after the dates.
        ("<p>2024年3月5日 公開</p>", (date(2024, 3, 5), None)),
        ("<p>2024.03.05 公開 / 2024.03.07 更新</p>", (date(2024, 3, 5), date(2024, 3, 7))),
        ("<p>2024.03.07 更新</p>", (None, date(2024, 3, 7))),
        ("<p>5 March 2024 | Updated two hours ago</p>", (date(2024, 3, 5), None)),
        # Other words in the line.
        (
            "<p>Written by Ada Moss in Harbour on 5 March 2024 at 08:30 PM EDT. 51 Comments</p>",
            (datetime(2024, 3, 5, 20, 30, tzinfo=timezone(timedelta(hours=-4))), None),
        ),
        (
            "<p class=author>Ada Moss for the harbour desk in Velsund and Grebe Point, 5 March 2024</p>",
            (date(2024, 3, 5), None),
        ),
        ("<p>Nobody at the harbour desk in Velsund or in Grebe Point forgot 5 March 2024</p>", (None, None)),
        ("<h4>Effective beginning 5 March 2024</h4>", (None, None)),
        ("<h4>Tuesday, 5 March 2024</h4>", (date(2024, 3, 5), None)),
        # Two digits of the year.
        ("<p>05.03.24 Von Ada Moss</p>", (date(2024, 3, 5), None)),
        ("<p>Stand: 05.03.24, 19:20 Uhr</p>", (None, datetime(2024, 3, 5, 19, 20))),
        (
            "<p>5. März 2024 um 19:20 Uhr MEZ</p>",
            (datetime(2024, 3, 5, 19, 20, tzinfo=timezone(timedelta(hours=1))), None),
        ),
        ("<p>Von Ada Moss, 05.03.24</p>", (date(2024, 3, 5), None)),
        ("<p>Version 5.3.24</p>", (None, None)),
        ("<p>Wind 5.3.24.1</p>", (None, None)),
        # An update next to a name.
        ("<p>Updated: 5 March 2024</p><p>Ada Moss</p>", (date(2024, 3, 5), date(2024, 3, 5))),
        ("<p>Updated: 5 March 2024</p><p><a href='/trial'>Start Trial</a></p>", (None, date(2024, 3, 5))),
        ("<p>Published in March 2022. Updated: 5 March 2024</p><p>Ada Moss</p>", (None, date(2024, 3, 5))),
        # Arabic months with two names.
        ("<p>الأحد، 05 آذار/مارس 2024</p>", (date(2024, 3, 5), None)),
    ],
)
def test_dates_in_one_line(lines: str, expected: tuple[date | None, date | None]) -> None:
    """Publication and update are told apart by their labels, wherever these stand in the line."""
    metadata = page(story(lines))
    assert expected == (metadata.published, metadata.modified)


NEWS_LIST = """<div class="list"><h3>News</h3><dl><dt>2024.08.10</dt><dd><a href="/a">Lighthouse is rebuilt</a></dd>
<dt>2024.08.03</dt><dd><a href="/b">Harbour festival is announced</a></dd></dl></div>"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<dl class=info><dt>2024.03.05</dt><dd><a href=/info>All</a></dd></dl>", NEWS_LIST, date(2024, 3, 5)),
        ("", NEWS_LIST, None),
        (
            "",
            "<ul><li>10 August 2024 <a href=/a>Lighthouse is rebuilt</a></li>"
            "<li>3 August 2024 <a href=/b>Harbour festival</a></li></ul>",
            None,
        ),
        ("", "<ul><li>5 March 2024</li><li>Updated 6 March 2024</li><li>Harbour</li></ul>", date(2024, 3, 5)),
        ("", "<p>2024.08.10</p>", date(2024, 8, 10)),
        (
            "<div class=breadcrumbs><a href=/>Home</a> › <time datetime='2024-03-05'>5 March</time></div>",
            "",
            date(2024, 3, 5),
        ),
        ("<nav class=breadcrumbs><a href=/>Home</a> › 5 March 2024</nav>", "", date(2024, 3, 5)),
        ("<nav class=main-menu><a href=/>Home</a> › 5 March 2024</nav>", "", None),
        ("", "<h3><a href=/x>Lighthouse is painted white once more 3 March 2024</a></h3>", None),
        ("", "<a href=/x>Lighthouse is painted white once more <b>3 March 2024</b></a>", None),
        (
            "",
            "<h3>Lighthouse is painted white once more 3 March 2024</h3><ul><li>Published: 5 March 2024</li></ul>",
            date(2024, 3, 5),
        ),
    ],
)
def test_dates_of_others(before: str, after: str, expected: date | None) -> None:
    """A date over the headline is the article's; those in lists, headings and links after it are of other stories."""
    markup = story("").replace("<h1>", before + "<h1>").replace("</body>", after + "</body>")
    assert expected == page(markup).published


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            "<ul><li><b>Published:</b> 5 March 2024</li><li>Author: Ada Moss</li></ul>",
            (date(2024, 3, 5), "labelled date"),
        ),
        ("<dl><dt>Datum</dt><dd>5. März 2024</dd></dl>", (date(2024, 3, 5), "labelled date")),
        ("<ul><li>Updated: 5 March 2024</li></ul>", (None, None)),
        ("<ul><li>Harbour: 5 March 2024</li></ul>", (None, None)),
        ("<p>Published: 5 March 2024</p><p>Published: 6 March 2024</p>", (None, None)),
        ("<div class=related><p>Published: 5 March 2024</p></div>", (None, None)),
        ("<p>Date: 5 March 2024 - 9 March 2024</p>", (None, None)),
        ("<div data-published-at='2024-03-05'></div>", (date(2024, 3, 5), "data attribute")),
        ("<b class=date data-time='2024-03-05'></b>", (date(2024, 3, 5), "data attribute")),
        ("<b data-time='2024-03-05'></b><b data-promotion-date='2024-03-05'></b>", (None, None)),
        ("<b data-published='2024-03-05'></b><b data-published='2024-03-06'></b>", (None, None)),
        ("<div class=teaser data-published='2024-03-05'></div>", (None, None)),
    ],
)
def test_dates_far_from_the_headline(after: str, expected: tuple[date | None, str | None]) -> None:
    """A date with a label anywhere on the page, or in a data attribute, counts if it is the only one of its kind."""
    metadata = page(story("", f"<p>{LONG}</p><p>{LONG}</p>{after}"))
    assert expected == (metadata.published, metadata.provenance.get("published"))


def test_data_attribute_around_the_headline() -> None:
    """A date in an attribute of an element that holds the headline is the article's, whatever others say."""
    markup = story("", "<b data-published='2024-03-06'></b>").replace("<body>", "<body data-pubdate='2024-03-05'>")
    assert date(2024, 3, 5) == page(markup).published


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("article:published:time", (date(2024, 3, 5), None)),
        ("article.published-time", (date(2024, 3, 5), None)),
        ("http://ogp.me/ns/article#modified_time", (None, date(2024, 3, 5))),
        ("article:expiration:time", (None, None)),
    ],
)
def test_names_of_dates_in_meta(name: str, expected: tuple[date | None, date | None]) -> None:
    """The names of dates are read in any punctuation."""
    metadata = page(f'<head><meta property="{name}" content="2024-03-05"></head>' + PAGE.format(""))
    assert expected == (metadata.published, metadata.modified)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (
            {"sailthru.date": "T13:50:38Z", "og:article:published_time": "T06:02:15Z", "revised": "T13:50:38Z"},
            "T06:02:15",
        ),
        ({"date": "T13:50:38Z", "pubdate": "T06:02:15Z", "revised": "T13:50:38Z"}, "T06:02:15"),
        ({"date": "T13:50:38Z", "pubdate": "T14:02:15Z", "revised": "T13:50:38Z"}, "T13:50:38"),
        ({"date": "T13:50:38Z", "revised": "T13:50:38Z"}, "T13:50:38"),
    ],
)
def test_revision_in_meta(tags: dict[str, str], expected: str) -> None:
    """A tag whose date is that of a declared change does not outrank another tag with an earlier date."""
    head = "".join(f'<meta name="{name}" content="2024-03-05{clock}">' for name, clock in tags.items())
    assert f"2024-03-05{expected}+00:00" == page(f"<head>{head}</head>" + PAGE.format("")).published.isoformat()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Published 7 May 2018", date(2018, 5, 7)),
        ("20 May 2018", date(2018, 5, 20)),
        ("7 May 2019", date(2018, 5, 18)),  # more likely an update
        ("Updated 7 May 2018", date(2018, 5, 18)),
        ("05/18/2018", date(2018, 5, 18)),
    ],
)
def test_day_in_the_address(shown: str, expected: date) -> None:
    """A day that is shown outranks that of the address, which may be that of the printed issue, if they are near."""
    url = "https://www.harbour-post.example/2018/05/18/wall.html"
    assert expected == page(PAGE.format(f"<p>{shown}</p>"), url=url).published


def test_date_of_the_web_page() -> None:
    """The dates of a WebPage node give the time if another source has its day; alone, they are the page's creation."""
    node = {"@type": "WebPage", "datePublished": "2024-03-05T08:30:00Z"}
    dates = [page(PAGE.format(f"<p>{day}</p>"), (node,)).published for day in ("5 March 2024", "9 March 2024", "")]
    assert [datetime(2024, 3, 5, 8, 30, tzinfo=UTC), date(2024, 3, 9), None] == dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"commentCount": 12}, 12),
        ({"commentCount": "0"}, 0),
        ({"commentCount": "many"}, None),
        ({"commentCount": True}, None),
        (
            {
                "interactionStatistic": [
                    {"interactionType": "https://schema.org/LikeAction", "userInteractionCount": 7},
                    {"interactionType": {"@type": "CommentAction"}, "userInteractionCount": "12"},
                ]
            },
            12,
        ),
        (
            {"interactionStatistic": {"interactionType": "https://schema.org/LikeAction", "userInteractionCount": 7}},
            None,
        ),
    ],
)
def test_declared_number_of_comments(value: dict[str, Any], expected: int | None) -> None:
    """The number of comments is declared as itself or as a counter of interactions of that kind."""
    assert expected == page("<p>Text.</p>", ({"@type": "NewsArticle", **value},)).comments_count


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<a href='#c'>51 Comments</a>", 51),
        ("<h3>Kommentare (1.204)</h3>", 1204),
        ("<p>By Ada Moss for the harbour desk of the Velsund Courier. <a href='#c'>3 comments</a></p>", 3),
        ("<p>コメント12件</p>", 12),
        ("<p>No comments</p>", None),
        ("<p>The council read 51 comments</p>", None),
        ("<p>Comments close in 3 days</p>", None),
        ("<div class=related><a href='/a'>3 comments</a></div>", None),
    ],
)
def test_shown_number_of_comments(line: str, expected: int | None) -> None:
    """The number of comments stands alone in a line or a link, and not among links to other articles."""
    article = cleaner.clean(
        f"<html lang=en><body><article><h1>Wall holds</h1><p>{LONG}</p><p>{LONG}</p>{line}</article></body>"
    )
    assert expected == article.comments_count


def test_microdata() -> None:
    """Properties belong to the nearest item around them: authors of comments and of teasers are not the article's."""
    markup = """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Wall holds</h1>
    <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada Moss</b></span>
    <meta itemprop="datePublished" content="2024-05-03T09:12:00Z"><p>Text.</p>
    <div itemprop="comment" itemscope><b itemprop="author">Troll Brown</b></div></article>
    <div itemscope itemtype="https://schema.org/Article"><b itemprop="author">Cy Lund</b></div>"""
    metadata = page(markup)
    assert (("Ada Moss",), "microdata author") == (metadata.authors, metadata.provenance["authors"])
    assert datetime(2024, 5, 3, 9, 12, tzinfo=UTC) == metadata.published


def test_rdfa() -> None:
    """RDFa is read like microdata, from its own attributes."""
    markup = '<div typeof="schema:Article"><span property="schema:author">Ada Moss</span><p>Text.</p></div>'
    assert (("Ada Moss",), "rdfa schema:author") == (page(markup).authors, page(markup).provenance["authors"])


def test_fuller_byline() -> None:
    """A byline that names all declared authors and more is preferred; one that names others is a conflict."""
    node = ({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Moss"}},)
    fuller = page(PAGE.format("<p>By Ada Moss and Ben Ito</p>"), node)
    assert (("Ada Moss", "Ben Ito"), {}) == (fuller.authors, fuller.conflicts)
    other = page(PAGE.format("<p>By Cy Lund</p>"), node)
    assert (("Ada Moss",), {"authors": {"byline": "Cy Lund"}}) == (other.authors, other.conflicts)


def test_byline_and_tag() -> None:
    """The byline is preferred to a tag, which often names the owner of the site or its publisher."""
    markup = '<meta name="author" content="Cy Lund">{}' + PAGE.format("<p>By Ada Moss</p>")
    assert ("Ada Moss",) == page(markup.format("")).authors
    assert ("Ada Moss",) == page(markup.format('<meta name="news_keywords" content="wall">')).authors


def test_title_of_a_person() -> None:
    """A name with and without the title "Dr" is the same person."""
    node = ({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Moss"}},)
    metadata = page(PAGE.format("<p>By Dr Ada Moss and Ben Ito</p>"), node)
    assert (("Dr Ada Moss", "Ben Ito"), {}) == (metadata.authors, metadata.conflicts)


@pytest.mark.parametrize(("label", "expected"), [("Written by", ("Ada Moss",)), ("Reading time", ())])
def test_twitter_card(label: str, expected: tuple[str, ...]) -> None:
    """A value for the Twitter card is an author if its label says so."""
    tags = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ada Moss">'
    assert expected == page(f"<head>{tags}</head>" + PAGE.format("")).authors


def test_date_of_unsigned_page() -> None:
    """The date of the WebPage node counts only if its author is a person; else it is when the page was created."""
    node = {"@type": "WebPage", "datePublished": "2024-05-03"}
    person = {"author": {"@type": "Person", "name": "Ada Moss"}}
    company = {"author": {"@type": "Organization", "name": "Harbour Boats"}}
    dates = [page("<p>Text.</p>", ({**node, **authorship},)).published for authorship in (person, company, {})]
    assert [date(2024, 5, 3), None, None] == dates


def test_front_page_has_no_date() -> None:
    """A date that a front page declares is ignored: it is when the site was created."""
    declared = '<meta property="article:published_time" content="2024-05-03">'
    assert None is page(declared, url="https://www.harbour-post.example/").published


def test_headline_among_others() -> None:
    """A copy of the headline in a list of other articles is not the headline, so bylines there are not used."""
    cards = "<div class='card carousel'><h1>Harbour wall holds</h1><p>By Cy Lund</p></div>"
    assert ("Ada Moss",) == page(f"<body><h1>Harbour wall holds</h1><p>By Ada Moss</p><p>Text.</p>{cards}").authors


def test_conflicts() -> None:
    """Values of other sources are conflicts only if they differ in substance."""
    markup = """<html lang="en"><head><title>Harbour wall holds | Post</title>
    <meta property="og:title" content="Storm passes over town"><meta name="date" content="2024-06-09">
    <meta property="og:locale" content="de_DE"></head></html>"""
    node = ({"@type": "NewsArticle", "headline": "Harbour wall holds", "datePublished": "2024-05-03T23:30:00Z"},)
    metadata = page(markup, node)
    assert "Harbour wall holds" == metadata.title
    expected = {
        "title": {"meta og:title": "Storm passes over town"},
        "published": {"meta date": "2024-06-09"},
        "language": {"meta og:locale": "de"},
    }
    assert expected == metadata.conflicts


def test_no_conflict_in_spelling() -> None:
    """Two spellings of a URL, of a language or of a day in two time zones are not a conflict."""
    markup = """<html lang="nb"><head><link rel="canonical" href="https://www.harbour-post.example/2024/05/wall/">
    <meta property="og:url" content="http://harbour-post.example/2024/05/wall">
    <meta property="og:locale" content="no_NO"><meta name="date" content="2024-05-04">
    <meta property="article:published_time" content="2024-05-03T23:30:00+02:00"></head></html>"""
    assert {} == page(markup).conflicts
    other = '<link rel="canonical" href="/2024/05/wall"><meta property="og:url" content="/2024/05/wall-2">'
    assert {"meta og:url": "https://www.harbour-post.example/2024/05/wall-2"} == page(other).conflicts["canonical_url"]


def test_caption_of_another_picture() -> None:
    """The caption of the picture near the headline is not used for a declared picture that is shown further below."""
    figure = "<figure><img src='/{}.jpg'><figcaption>{}</figcaption></figure>"
    shown = PAGE.format(figure.format("tiles-20240502", "Tiles") + "<p>x</p><img src='/wall-20240503.jpg'>")
    declared = '<meta property="og:image" content="/wall-20240503.jpg">'
    assert None is page(declared + shown).image_caption
    assert "The wall" == page(declared + '<meta property="og:image:alt" content="The wall">' + shown).image_caption
    assert "Tiles" == page(shown).image_caption


def test_url_is_no_caption() -> None:
    """The URL of a picture is not its caption."""
    assert None is page("<p>Text.</p>", ({"@type": "Article", "image": "https://example.org/a.jpg"},)).image_caption
    image = {"@type": "ImageObject", "url": "https://example.org/a.jpg", "caption": "The wall"}
    assert "The wall" == page("<p>Text.</p>", ({"@type": "Article", "image": [image]},)).image_caption


def test_small_pictures() -> None:
    """A picture whose URL says that it is small is not used: it is a portrait or an icon."""
    assert None is page(PAGE.format("<img src='/media/w35/ada.jpg'>")).image
    assert None is not page(PAGE.format("<img src='/media/w1200/wall.jpg'>")).image


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Town", "Town"), (["Town", "News"], "Town"), ("Town,News", "Town"), ("The wall held. " * 9, None), ([], None)],
)
def test_section(value: Any, expected: str | None) -> None:
    """The section is the first one that is named; a sentence is not a section."""
    assert expected == page("<p>Text.</p>", ({"@type": "Article", "articleSection": value},)).section


def test_heading_as_subtitle() -> None:
    """A second-level heading right after the headline is the subtitle if it is long; a short one is a section."""
    assert None is page(PAGE.format("<h2>What is a harbour wall?</h2>")).subtitle
    assert None is not page(PAGE.format("<h2>After a night of storm, the town counts its tiles</h2>")).subtitle


CLOSED_PART = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".rest"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"isAccessibleForFree": False, "hasPart": CLOSED_PART}, True),
        ({"hasPart": CLOSED_PART}, True),
        ({"hasPart": [{"@type": "Clip"}, CLOSED_PART]}, True),
        ({"hasPart": {**CLOSED_PART, "isAccessibleForFree": True}}, None),
        ({"hasPart": {"@type": "Clip"}}, None),
        ({"hasPart": "#part"}, None),
        ({"isAccessibleForFree": True, "hasPart": CLOSED_PART}, True),
        ({"isAccessibleForFree": True, "hasPart": [{"@type": "Clip"}, CLOSED_PART]}, True),
        ({"isAccessibleForFree": True, "hasPart": {**CLOSED_PART, "isAccessibleForFree": True}}, False),
        ({"isAccessibleForFree": False, "hasPart": {**CLOSED_PART, "isAccessibleForFree": True}}, True),
        ({"isAccessibleForFree": True}, False),
        ({"isAccessibleForFree": "https://schema.org/False"}, True),
        ({"isAccessibleForFree": "sometimes"}, None),
    ],
)
def test_paywalled(value: dict[str, Any], expected: bool | None) -> None:
    """A page is paywalled if it declares so, or if one of its parts is not free."""
    assert expected is page("<p>Text.</p>", ({"@type": "NewsArticle", **value},)).paywalled


def test_paid_part_with_a_node_of_its_own() -> None:
    """A part that `hasPart` only refers to, and one in microdata, count like one within the article."""
    article = {"@type": "NewsArticle", "isAccessibleForFree": True, "hasPart": {"@id": "#rest"}}
    metadata = page("<p>Text.</p>", (article, {**CLOSED_PART, "@id": "#rest"}))
    assert (True, {"paywalled": {"json-ld isAccessibleForFree": "false"}}) == (metadata.paywalled, metadata.conflicts)
    assert False is page("<p>Text.</p>", (article, {**CLOSED_PART, "isAccessibleForFree": True})).paywalled
    item = """<article itemscope itemtype="https://schema.org/NewsArticle"><div itemprop="hasPart" itemscope
    itemtype="https://schema.org/WebPageElement"><b itemprop="isAccessibleForFree" content="{}"></b></div></article>"""
    assert [True, None] == [page(item.format(value)).paywalled for value in ("False", "True")]


@pytest.mark.parametrize(("tier", "expected"), [("locked", True), ("metered", True), ("free", False), ("x", None)])
def test_content_tier(tier: str, expected: bool | None) -> None:
    """The content tier for Facebook says whether a page is paywalled if schema.org's property is missing."""
    assert expected is page(f'<meta property="article:content_tier" content="{tier}">').paywalled


def test_paywall_prompt() -> None:
    """A text that ends at a prompt is paywalled. If the page declares otherwise, that is kept, with a conflict."""
    undeclared = with_prompt(page("<p>Text.</p>"))
    assert (True, "paywall prompt") == (undeclared.paywalled, undeclared.provenance["paywalled"])
    free = with_prompt(page('<meta property="article:content_tier" content="free">'))
    assert (False, {"paywall prompt": "true"}) == (free.paywalled, free.conflicts["paywalled"])
    closed = page('<meta property="article:content_tier" content="locked">')
    assert closed == with_prompt(closed)


def test_parsely_page() -> None:
    """The JSON of Parse.ly's older tag is read; if it is invalid, it is ignored."""
    facts = {"title": "Harbour wall holds", "authors": ["Ada Moss"], "pub_date": "2024-05-03", "section": "Town"}
    metadata = page(f"<meta name='parsely-page' content='{json.dumps(facts)}'><p>Text.</p>")
    assert ("Harbour wall holds", ("Ada Moss",), "Town") == (metadata.title, metadata.authors, metadata.section)
    assert "meta parsely-page pub_date" == metadata.provenance["published"]
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
    """All usual forms of JSON-LD give the same metadata; an invalid script does not affect the others."""
    markup = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    tree = parse(f"<html><head>{markup}</head><body><p>Text.</p></body></html>")
    metadata = read_metadata(tree.root, read_json_ld(tree.json_ld), url=None, now=NOW)
    assert ("Harbour wall holds", ("Ada Moss",)) == (metadata.title, metadata.authors)
    assert datetime(2024, 5, 3, 9, 12, tzinfo=CET) == metadata.published


def test_front_page() -> None:
    """The title of a front page is the site's name, and it has no authors."""
    markup = """<title>News from the harbour</title><meta property="og:title" content="Harbour Post">
    <meta property="og:site_name" content="Harbour Post"><p class="byline">By Ada Moss</p>"""
    metadata = page(markup, url="https://www.harbour-post.example/")
    assert ("Harbour Post", ()) == (metadata.title, metadata.authors)


def test_subtitle_picture_and_licence() -> None:
    """The subtitle, picture, caption, licence and publisher are read from the page's head and body."""
    metadata = page(
        """<meta name="dc.publisher" content="Harbour Press Ltd"><h1>Harbour wall holds</h1>
        <p class="standfirst">After a night of storm, the town counts its tiles.</p>
        <img src="/avatar/ada.png"><figure><img src="/wall-640x480.jpg"><figcaption>The wall at dawn</figcaption>
        </figure>
        <p>Text.</p><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>"""
    )
    assert "After a night of storm, the town counts its tiles." == metadata.subtitle
    assert "https://www.harbour-post.example/wall-640x480.jpg" == metadata.image
    assert "The wall at dawn" == metadata.image_caption
    assert "https://creativecommons.org/licenses/by/4.0/" == metadata.license
    assert "Harbour Press Ltd" == metadata.publisher


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
    """The declared picture is used if the page shows it in any size; else the one near the headline is used."""
    site = "https://example.org"
    candidates = [Picture(site + path, "meta og:image") for path in (declared,) if path]
    candidates += [Picture(site + path, "img") for path in (near_headline,) if path]
    best = lead_picture(candidates, shown, site)
    assert best is not None
    assert site + expected == best.url


def test_framework_data() -> None:
    """If the text is only in a framework's data, the object around it fills missing fields and changes no others."""
    data = {
        "headline": "Another title",
        "authors": [{"name": "Ada Moss", "role": "Reporter"}],
        "publishedAt": "2024-05-03T09:12:00Z",
    }
    metadata = with_data(Metadata(title="Wall holds", provenance={"title": "title"}), data, now=NOW)
    assert ("Wall holds", ("Ada Moss",)) == (metadata.title, metadata.authors)
    assert datetime(2024, 5, 3, 9, 12, tzinfo=UTC) == metadata.published
    expected = {"title": "title", "authors": "page data authors", "published": "page data publishedAt"}
    assert expected == metadata.provenance


def test_plain_text() -> None:
    """The first lines of a plain text name its author and date; lines within the text do not."""
    lines = ["Wall holds", "Von Ada Moss", "3. Mai 2024, 09:12 Uhr", "Prose that goes on. " * 20, "By Ben Ito"]
    metadata = read_text_metadata(lines, title="Wall holds", language=None, now=NOW)
    assert ("Wall holds", ("Ada Moss",), datetime(2024, 5, 3, 9, 12)) == (
        metadata.title,
        metadata.authors,
        metadata.published,
    )
    assert ("de", "caller") == (
        (of_caller := read_text_metadata([], title=None, language="de")).language,
        of_caller.provenance["language"],
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


@pytest.mark.parametrize(("expected", "line"), TEXTS.items())
def test_detect_language(expected: str, line: str) -> None:
    """The language of a text is detected by its script, its small words or the prefixes of its words."""
    assert expected == detect_language(line)


SWAHILI_PREFIXES = (
    "Wanafunzi wengi wamerejea shuleni baada ya likizo ndefu, huku walimu wakitishia kugoma kutokana na malipo. Wazazi"
    " waliozungumza na wanahabari walisema wanatarajia kuona mabadiliko makubwa. Waziri aliahidi kushughulikia"
    " malalamiko yote kwa haraka na kuwataka walimu kurudi madarasani. Mashirika mengi yamekosoa uamuzi huo."
)


def test_swahili_with_prefixes() -> None:
    """Many words of Swahili begin like words of Zulu, but its small words stand alone."""
    assert "sw" == detect_language(SWAHILI_PREFIXES)
    assert ("sw", "text") == (
        (
            metadata := with_text(Metadata(language="en", provenance={"language": "html lang"}), SWAHILI_PREFIXES)
        ).language,
        metadata.provenance["language"],
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Пристань закрыли вчера вечером, сообщили в мэрии города. Рыбаки ждут решения властей. " * 4, "ru"),
        ("Порт зачинили вчора ввечері, повідомили в мерії. Її рішення чекають усі рибалки, є й інші думки. " * 4, "uk"),
        ("Пристанището затвори късно снощи, съобщиха от общината. Рибарите още чакат решение. " * 4, "bg"),
        (
            "On a day like this a storm took a roof to sea, and a man took a boat to find it. It was not to be. " * 2,
            "en",
        ),
        (
            "Hamnen var stängd och båtarna låg kvar, för vågorna slog över bryggan. Nu är det risk för översvämning,"
            " och man har ställt in färjan. Det är också svårt att få fram hjälp till de som bor längre ut på öarna.",
            "sv",
        ),
    ],
)
def test_language_by_letters(line: str, expected: str) -> None:
    """Letters that only one of two similar languages has, or that a language never lacks, tell them apart."""
    assert expected == detect_language(line)


@pytest.mark.parametrize("line", ["", "Wall holds", "Lorem ipsum dolor sit amet " * 20, "1 2 3 4 " * 100])
def test_unknown_language(line: str) -> None:
    """The language of a short text or of an unknown language is `None`."""
    assert None is detect_language(line)


def test_language_of_the_text() -> None:
    """The language of the text replaces a declared one that it contradicts, which becomes a conflict."""
    metadata = Metadata(language="en", provenance={"language": "html lang"})
    zulu = with_text(metadata, TEXTS["zu"])
    assert ("zu", "text", {"language": {"html lang": "en"}}) == (
        zulu.language,
        zulu.provenance["language"],
        zulu.conflicts,
    )
    assert "en" == with_text(metadata, TEXTS["en"]).language
    assert "de" == with_text(Metadata(), TEXTS["de"]).language
    from_caller = Metadata(language="en", provenance={"language": "caller"})
    assert "en" == with_text(from_caller, TEXTS["de"]).language


def test_word_count() -> None:
    """Words are counted, or characters in scripts without spaces between words."""
    assert 5 == word_count("The wall's 1,200 tiles fell.")
    assert 3 == word_count("港の壁。")


@pytest.mark.parametrize(
    ("value", "expected"),
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
def test_tags(value: Any, expected: tuple[str, ...]) -> None:
    """Tags are subjects of the article; identifiers, layouts, classes and the names of site and authors are removed."""
    assert expected == tuple(tag_list("", value, not_tags=("Harbour Post", "Ada Moss")).values.values())


def test_tags_of_the_page() -> None:
    """If no tags are declared, links that are marked as tags or in a list of tags are used, but not those in menus."""
    marked = "<nav class='tags'><a rel=tag>menu</a></nav><p><a rel=tag>wall</a> <a rel=tag>storm</a></p>"
    assert (("wall", "storm"), "rel=tag") == (
        (metadata := page(PAGE.format(marked))).tags,
        metadata.provenance["tags"],
    )
    assert ("wall", "storm") == page(
        PAGE.format("<ul class='post-tags'><li><a href='/tag/wall'>wall</a><li><a href='/tag/storm'>storm</a></ul>")
    ).tags
    linked = "<div><a href='/topics/wall'>wall</a><a href='/topics/storm'>storm</a></div>"
    assert ("wall", "storm") == page(PAGE.format(linked)).tags


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Reuters", Authorship((), ("Reuters",))),
        ("Ada Moss, dpa", Authorship(("Ada Moss",), ("dpa",))),
        ("harbour-post.example, Frankfurt, Germany", Authorship((), ("harbour-post.example",))),
        ({"@type": "Organization", "name": "Harbour Post"}, Authorship((), ("Harbour Post",))),
        ("Staff", Authorship()),
        ("admin", Authorship()),
    ],
)
def test_organizations(value: Any, expected: Authorship) -> None:
    """Agencies and papers that sign are organizations; roles and accounts are ignored."""
    assert expected == authorship(value, ["Harbour Post"])


def test_blog_with_the_name_of_its_writer() -> None:
    """The name of a blog may be that of its writer; the name of a newspaper is not."""
    assert ("Ada Moss",) == authorship("Ada Moss", ["Ada Moss"], blog=True).people
    assert () == authorship("Ada Moss", ["Ada Moss"]).people
    assert () == authorship("Harbour Post", ["Harbour Post"], blog=True).people
    assert Authorship(("Ben Ito",), ("Ada Moss",)) == authorship("Ben Ito, Ada Moss", ["Ada Moss"], blog=True)


@pytest.mark.parametrize(
    "name", ["Ada Moss", "Ludwig van der Moss", "Ada M. Moss", "渡辺洋介", "Lê Phương", "Anna d’Arc"]
)
def test_names(name: str) -> None:
    """Names have a capital in each word except for particles, or are in a script without capitals."""
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "name", ["Read more", "Moss", "Senior Editor", "3 Min", "the wall holds", "Harbour News", "この記事を書いた人"]
)
def test_no_names(name: str) -> None:
    """Labels, roles, desks and sentences are not names."""
    assert not looks_like_name(name)


def test_odd_elements() -> None:
    """Element names and characters that HTML allows but XML does not are no problem for the second opinion."""
    markup = (
        "<body><o:p class='author \x01'>Ada \x02Moss</o:p><?time class='author'?><!-- author --><p>Text.</p></body>"
    )
    assert ("Ada Moss",) == page(markup).authors


def test_second_opinion() -> None:
    """On a newspaper's page, the second opinion finds a date that our own code cannot read: one in an attribute."""
    markup = """<meta name="news_keywords" content="wall"><h1>Wall holds</h1><p>Text.</p>
    <div class="post-date" content="2024-05-03"></div><span class="date">May 3rd, 2024</span>"""
    metadata = page(markup, url=None)
    assert date(2024, 5, 3) == metadata.published


def test_second_opinion_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """If trafilatura or htmldate raises, the page has no second opinion, but all other metadata."""

    def fail(*_: Any, **__: Any) -> str:
        raise TypeError

    monkeypatch.setattr("trafilatura.metadata.extract_author", fail)
    monkeypatch.setattr("htmldate.find_date", fail)
    metadata = page("<title>Harbour wall holds</title><meta name=news_keywords content=wall><p class=author>ada</p>")
    assert ("Harbour wall holds", (), None) == (metadata.title, metadata.authors, metadata.published)


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
    """Only known names of the site are removed from a title."""
    assert expected == without_site(title, {"harbourpost", "harbourpostexample"})


@pytest.mark.parametrize(
    ("declared", "headings", "expected"),
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
def test_headline(declared: list[str], headings: list[str], expected: tuple[str, str] | None) -> None:
    """The heading that readers see is the headline if a title agrees; a logo or the name of a section is not."""
    chosen = headline([(title, "og") for title in declared], list(map(Heading, headings)), ["Post"])
    assert expected == (chosen and (chosen.text, chosen.source))


@pytest.mark.parametrize(
    ("value", "expected"),
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
def test_people(value: Any, expected: tuple[str, ...] | int) -> None:
    """Authors are people, each once, with their names as written; not the paper, an agency, a URL or a date."""
    names = people(value, ["Harbour Post"])
    assert expected == (len(names) if isinstance(expected, int) else names)


@pytest.mark.parametrize(
    ("value", "expected"),
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
def test_parse_date(value: Any, expected: datetime | date | None) -> None:
    """A time keeps its time zone, a date without a time stays a date, and an impossible date is `None`."""
    parsed = parse_date(value, NOW)
    assert (expected, type(expected)) == (parsed, type(parsed))
    if isinstance(expected, datetime) and isinstance(parsed, datetime):
        assert expected.utcoffset() == parsed.utcoffset()


def test_most_precise() -> None:
    """A time on the same day is preferred to a date, and the same time with a zone to one without; others are not."""
    naive, aware = datetime(2024, 3, 5, 9, 12), datetime(2024, 3, 5, 8, 12, tzinfo=UTC)
    assert aware == most_precise([naive.date(), naive, aware])
    assert naive == most_precise([naive, aware.replace(minute=40)])
    assert aware == most_precise([aware, naive])


@pytest.mark.parametrize(
    ("value", "expected"),
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
def test_http_url(value: Any, expected: str | None) -> None:
    """A URL is made absolute; it must be http or https and have no credentials."""
    assert expected == http_url(value, URL)


def test_front_page_is_no_canonical_url() -> None:
    """A canonical link to the site's front page is ignored."""
    assert None is page('<link rel="canonical" href="/"><p>Text.</p>').canonical_url


@pytest.mark.parametrize(
    ("value", "expected"),
    [("de-AT", "de"), ("pt_BR", "pt"), ("EN", "en"), ("iw", "he"), ("deu", "de"), ("xx", None), ("", None), (3, None)],
)
def test_language(value: Any, expected: str | None) -> None:
    """A language is an ISO 639-1 code or `None`."""
    assert expected == language(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        ("False", False),
        ("http://schema.org/True", True),
        ("maybe", None),
        (None, None),
    ],
)
def test_boolean(value: Any, expected: bool | None) -> None:
    """Booleans are read from JSON, from words and from schema.org's URLs."""
    assert expected is boolean(value)


def test_texts() -> None:
    """Texts are a single line without tags and entities; lists are split at the commas of all scripts."""
    assert "Peter & Paul at sea" == text(" Peter &amp;amp; <b>Paul</b>\n at\u00a0s\u00adea ")
    assert 1000 == len(text("word" * 1000) or "")
    assert ["a", "b c", "d", "e"] == list(texts(["a, b c", "d、e"]))


def test_tags_of_one_source() -> None:
    """All tags come from the most trusted source."""
    metadata = page(
        '<meta name="keywords" content="news, post"><meta name="news_keywords" content="wall, storm, Wall">'
    )
    assert (("wall", "storm"), "meta news_keywords") == (metadata.tags, metadata.provenance["tags"])


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
    """JSON-LD with values of any type gives metadata, and each filled field has a source."""
    root = html.document_fromstring(f"<title>{escape(title)}</title><h1>{escape(title)}</h1><p>Text</p>")
    metadata = read_metadata(root, ({"@type": "NewsArticle", **values},), url=None, now=NOW)
    filled = {
        field
        for field in Metadata.__dataclass_fields__
        if getattr(metadata, field) not in (None, (), {}) and field not in NO_FIELDS
    }
    assert filled == set(metadata.provenance)


@pytest.mark.parametrize("unit", ["? ", "- ", "a,", "&amp;", "&lt;", "A ", "1-", "By ", "(", ": "])
def test_hostile_strings(unit: str, cpu_limit: CpuLimit) -> None:
    """A page with 100 KB of hostile text in each place is read in less than half a second."""
    long = unit * (100_000 // len(unit))
    root = html.document_fromstring(
        f"""<head><title>{long}</title><meta name="author" content="{long}"><meta name="date" content="{long}">
        <meta name="keywords" content="{long}"><meta property="og:site_name" content="{long}"></head>
        <body><h1>{long}</h1><p class="author {long}">{long}</p><time datetime="{long}">{long}</time></body>"""
    )
    page("<div class='author'>Ada Moss</div>")  # imports are not counted
    with cpu_limit(0.5):
        read_metadata(
            root, ({"@type": "Article", "author": long, "datePublished": long, "headline": long},), url=URL, now=NOW
        )


LETTERS = "abcdefghijklmnopqrstuvwxyz"
MANY = [f"Ada {first.upper()}{second}{third}" for first in LETTERS for second in LETTERS for third in LETTERS][:10_000]


@pytest.mark.parametrize("tag", ["author", "date", "keywords", "news_keywords", "og:title", "og:image", "parsely-page"])
@pytest.mark.parametrize("unit", ["?", "- ", "1", "a b, ", "&lt;", "By ", "2024-", "{", "[", "http://"])
def test_hostile_tags(tag: str, unit: str, cpu_limit: CpuLimit) -> None:
    """A page with 24 KB of hostile text in one tag is read in less than 50 ms."""
    root = html.document_fromstring(f'<meta name="{tag}" content="{unit * (24_000 // len(unit))}"><p>Text.</p>')
    page("<div class='author'>Ada Moss</div>")  # imports are not counted
    with cpu_limit(0.05):
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
def test_hostile_json_ld(name: str, value: str, cpu_limit: CpuLimit) -> None:
    """Ten thousand authors, deep nesting and numbers of 5,000 digits take less than 0.2 seconds."""
    tree = parse(f'<script type="application/ld+json">{{"@type": "Article", "{name}": {value}}}</script><p>Text.</p>')
    with cpu_limit(0.2):
        metadata = read_metadata(tree.root, read_json_ld(tree.json_ld), url=URL, now=NOW)
    assert len(metadata.authors) <= 50


def test_ten_thousand_tags(cpu_limit: CpuLimit) -> None:
    """At most fifty of ten thousand tags for authors are used."""
    root = html.document_fromstring("".join(f'<meta name="author" content="{name}">' for name in MANY))
    with cpu_limit(0.5):
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
def test_hostile_pages(unit: str, cpu_limit: CpuLimit) -> None:
    """Ten thousand elements of one kind, adjacent or nested, take less than two seconds."""
    tree = parse("<meta property=og:image content=/other.jpg>" + unit * 10_000)
    with cpu_limit(2):
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
def test_declared_kind(nodes: tuple[dict[str, Any], ...], expected: Declared) -> None:
    """JSON-LD declares a news article, another article, or no article."""
    assert expected is declared_kind(nodes)
