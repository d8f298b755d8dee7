"""An article as a value: what it looks like, how it is compared, and its other forms."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from operator import itemgetter
from pathlib import Path

import lxml.html
import pandas
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from cleaner.models import MAX_SHOWN, Article, ArticleType, Block, Image, Kind, Page, PageKind, Reason, Removed, Status

ARTICLE = Article(
    title="Bridge opens",
    authors=("Ada Reed", "Ben Ashe"),
    published=datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
    site_name="Town Gazette",
    word_count=1234,
    provenance={"title": "h1"},
    conflicts={"title": {"meta og:title": "The bridge opens"}},
    blocks=(Block(0, Kind.PARAGRAPH, "The bridge is open."),),
    confidence=0.754,
    url="https://town.example/bridge?id=7",
)
HOSTILE = "<img src=x onerror=alert(1)>\n\"'&\u202e\x1b\ud800"


def test_repr() -> None:
    """The `repr` of an article is one line with its title, its host, its length and how sure it is."""
    expected = "<Article 'Bridge opens', town.example, 1,234 words, ok, confidence 0.75>"
    assert expected == repr(ARTICLE)


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (Article(), "<Article without a title, ok>"),
        (
            Article(title="News", status=Status.NO_ARTICLE, page_kind=PageKind.LISTING),
            "<Article 'News', no_article (listing)>",
        ),
        (Article(canonical_url="https://town.example/a"), "<Article without a title, town.example, ok>"),
        (Article(url="https://[broken"), "<Article without a title, ok>"),
    ],
)
def test_repr_leaves_out_what_is_unknown(article: Article, expected: str) -> None:
    """What is unknown is not in the `repr`."""
    assert expected == repr(article)


def test_repr_is_short() -> None:
    """The `repr` is one line of printable characters, with a limit on its length, and without the text."""
    shown = repr(replace(ARTICLE, title=HOSTILE + "long " * 100, url=f"https://{'a' * 5000}.example/"))
    assert shown.isprintable()
    assert len(shown) < 3 * MAX_SHOWN
    assert "…" in shown
    assert "is open" not in repr(ARTICLE)


def test_repr_of_a_page() -> None:
    """The `repr` of a page leaves out its content."""
    assert "https://town.example/" in repr(Page(b"<p>The bridge", url="https://town.example/"))
    assert "bridge" not in repr(Page(b"<p>The bridge", url="https://town.example/"))


def test_notebook() -> None:
    """A notebook shows the title, the byline and the facts."""
    expected = (
        '<div dir="auto"><strong>Bridge opens</strong><br>Ada Reed, Ben Ashe · 2024-05-06T07:08:00+00:00 · Town Gazette'
        "<br><small>town.example, 1,234 words, ok, confidence 0.75</small></div>"
    )
    assert expected == ARTICLE._repr_html_()
    assert '<div dir="auto"><strong>Article without a title</strong><br><small>ok</small></div>' == (
        Article()._repr_html_()
    )


def test_notebook_runs_nothing() -> None:
    """What a page says is escaped in a notebook."""
    hostile = Article(title=HOSTILE, authors=(HOSTILE,), site_name=HOSTILE, url=f"https://{HOSTILE}/", license=HOSTILE)
    shown = lxml.html.fromstring(hostile._repr_html_())
    assert {"div", "strong", "br", "small"} == {element.tag for element in shown.iter()}
    assert {"dir"} == {name for element in shown.iter() for name in element.attrib}


def test_hash() -> None:
    """Equal articles have equal hashes, so that sets and dictionaries can hold them; so have equal pages."""
    copy = pickle.loads(pickle.dumps(ARTICLE))
    assert (ARTICLE, hash(ARTICLE)) == (copy, hash(copy))
    assert 2 == len({ARTICLE, copy, replace(ARTICLE, title="Bridge closes")})
    page = Page(b"<p>", headers={"etag": "1"})
    assert hash(page) == hash(Page(b"<p>", headers={"etag": "1"}))


def test_dates_of_a_dictionary() -> None:
    """The dates of a dictionary are ISO strings, or on demand the values of the article."""
    article = replace(ARTICLE, modified=date(2024, 5, 7))
    assert ("2024-05-06T07:08:00+00:00", "2024-05-07") == itemgetter("published", "modified")(article.to_dict())
    assert article.to_dict() == article.to_dict(dates="iso")
    as_they_are = article.to_dict(dates="datetime", explain=True)
    assert (article.published, article.modified) == itemgetter("published", "modified")(as_they_are)
    for method in (article.to_dict, article.to_row):
        with pytest.raises(ValueError, match=r"dates must be .* not 'unix'"):
            method(dates="unix")


FULL = replace(
    ARTICLE,
    type=ArticleType.OPINION,
    modified=date(2024, 5, 7),
    tags=("bridges", "ferries"),
    images=(Image("https://town.example/a.jpg", alt="A bridge"),),
    author_urls={"Ada Reed": "https://town.example/ada"},
    paywalled=False,
    comments_count=7,
    warnings=("much is in doubt",),
)
ROWS = (FULL, Article(), replace(FULL, published=datetime(2024, 5, 6, 7, 8, 9, 10), paywalled=None))


def test_row() -> None:
    """A row holds scalars and lists of strings; all rows have the same keys."""
    row = FULL.to_row()
    nested = {"author_urls", "alternates", "provenance", "conflicts", "entries"}
    assert FULL.to_dict().keys() - nested == row.keys() == Article().to_row().keys()
    assert ["https://town.example/a.jpg"] == row["images"]
    assert ("opinion", "ok") == (row["type"], row["status"])
    for value in row.values():
        for item in value if type(value) is list else [value]:
            assert type(item) in (str, int, float, bool, datetime, type(None))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, None),
        (date(2024, 5, 6), datetime(2024, 5, 6, tzinfo=UTC)),
        (datetime(2024, 5, 6, 7, 8), datetime(2024, 5, 6, 7, 8, tzinfo=UTC)),
        (datetime(2024, 5, 6, 1, 8, tzinfo=timezone(timedelta(hours=2))), datetime(2024, 5, 5, 23, 8, tzinfo=UTC)),
    ],
)
def test_dates_of_a_row(published: datetime | date | None, expected: datetime | None) -> None:
    """The dates of a row are times in UTC, or on demand the strings of the dictionary."""
    article = Article(published=published, modified=published)
    assert [expected] * 2 == [article.to_row()[name] for name in ("published", "modified")]
    assert expected is None or UTC is article.to_row()["published"].tzinfo
    iso = published and published.isoformat()
    assert [iso] * 2 == [article.to_row(dates="iso")[name] for name in ("published", "modified")]


@pytest.mark.parametrize("articles", [ROWS, ROWS[1:2]], ids=["full", "empty"])
def test_rows_as_parquet(articles: tuple[Article, ...], tmp_path: Path) -> None:
    """Rows are written as Parquet without a schema, and read back unchanged, with dates as times."""
    rows = [article.to_row() for article in articles]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "articles.parquet")
    table = parquet.read_table(tmp_path / "articles.parquet")
    assert rows == table.to_pylist()
    if len(articles) > 1:
        assert pyarrow.timestamp("us", tz="UTC") == table.schema.field("published").type


def test_rows_in_pandas(tmp_path: Path) -> None:
    """A data frame of rows has a column of times, and is written as Parquet."""
    frame = pandas.DataFrame(article.to_row() for article in ROWS)
    assert "UTC" == str(frame["published"].dt.tz)
    frame.to_parquet(tmp_path / "articles.parquet")
    read = pandas.read_parquet(tmp_path / "articles.parquet")
    assert frame["published"].dropna().tolist() == read["published"].dropna().tolist()
    strings = pandas.DataFrame(article.to_row(dates="iso") for article in ROWS)
    parsed = pandas.to_datetime(strings["published"], format="ISO8601", utc=True)
    assert frame["published"].dropna().tolist() == parsed.dropna().tolist()


def test_to_json() -> None:
    """The JSON is the dictionary, in one line or indented."""
    assert ARTICLE.to_dict() == json.loads(ARTICLE.to_json())
    assert ARTICLE.to_dict(explain=True) == json.loads(ARTICLE.to_json(explain=True, indent=2))
    assert "\n" not in ARTICLE.to_json(explain=True)
    assert "\n  " in ARTICLE.to_json(indent=2)
    Article(title=HOSTILE).to_json().encode()


def test_to_markdown() -> None:
    """The Markdown has the title and the text, and with `explain` what was removed."""
    removed = Removed(1, Kind.PARAGRAPH, "Share this", Reason.SHARE, "share-this", None)
    article = replace(ARTICLE, removed=(removed,))
    assert "# Bridge opens\n\nThe bridge is open.\n" == article.to_markdown()
    assert "~~Share this~~ *(share, rule share-this)*" in article.to_markdown(explain=True)


STRUCTURED = replace(
    ARTICLE,
    language="en",
    author_urls={"Ada Reed": "https://town.example/ada?a=1&b=2", "Ben Ashe": "javascript:alert(1)"},
    blocks=(
        Block(0, Kind.PARAGRAPH, "First line\nsecond line, 1 < 2 & so on"),
        Block(1, Kind.HEADING, "Section", level=1),
        Block(2, Kind.HEADING, "Part", level=3),
        Block(3, Kind.HEADING, "Summary"),
        Block(4, Kind.LIST_ITEM, "one"),
        Block(5, Kind.LIST_ITEM, "two"),
        Block(6, Kind.QUOTE, "Said so."),
        Block(7, Kind.EMBED, "Posted so."),
        Block(8, Kind.PREFORMATTED, "if x:\n    y"),
        Block(9, Kind.TABLE_ROW, "Year | Ferries"),
        Block(10, Kind.TABLE_ROW, "2024 | 7"),
        Block(11, Kind.CAPTION, "The bridge"),
    ),
)
FRAGMENT = """\
<article dir="auto">
<header>
<h1>Bridge opens</h1>
<p><a rel="author" href="https://town.example/ada?a=1&amp;b=2">Ada Reed</a>, Ben Ashe \
· <time datetime="2024-05-06T07:08:00+00:00">2024-05-06 07:08</time> \
· <a href="https://town.example/bridge?id=7">Town Gazette</a></p>
</header>
<p>First line<br>
second line, 1 &lt; 2 &amp; so on</p>
<h2>Section</h2>
<h3>Part</h3>
<h2>Summary</h2>
<ul>
<li>one</li>
<li>two</li>
</ul>
<blockquote>
<p>Said so.</p>
</blockquote>
<blockquote>
<p>Posted so.</p>
</blockquote>
<pre>
if x:
    y</pre>
<table>
<tbody>
<tr><td>Year</td><td>Ferries</td></tr>
<tr><td>2024</td><td>7</td></tr>
</tbody>
</table>
<p>The bridge</p>
</article>
"""


def test_to_html() -> None:
    """Each kind of block has its element; the document around the article names the language and the title."""
    assert FRAGMENT == STRUCTURED.to_html(fragment=True)
    expected = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Bridge opens</title>\n</head>\n<body>\n'
        f"{FRAGMENT}</body>\n</html>\n"
    )
    assert expected == STRUCTURED.to_html()


def test_html_of_little() -> None:
    """What is unknown is left out of the HTML."""
    assert '<article dir="auto">\n</article>\n' == Article().to_html(fragment=True)
    dated = Article(published=date(2024, 5, 6)).to_html(fragment=True)
    assert '<p><time datetime="2024-05-06">2024-05-06</time></p>' in dated
    assert "<p>Town Gazette</p>" in Article(site_name="Town Gazette", url="file:///a").to_html(fragment=True)
    assert "<p></p>" not in Article(url="file:///a").to_html(fragment=True)
    nameless = Article(url="https://town.example/a").to_html(fragment=True)
    assert '<p><a href="https://town.example/a">https://town.example/a</a></p>' in nameless


@pytest.mark.parametrize("kind", Kind)
@given(text=st.text(min_size=1), url=st.text().map("https://town.example/".__add__) | st.text())
def test_html_is_the_text_and_runs_nothing(kind: Kind, text: str, url: str) -> None:
    """Whatever the page says, its HTML has only harmless elements and attributes, and exactly the words of the text."""
    article = Article(
        title=text,
        authors=(text,),
        author_urls={text: url},
        language="en",
        site_name=text,
        url=url,
        blocks=(Block(0, kind, text), Block(1, Kind.PARAGRAPH, HOSTILE)),
    )
    html = article.to_html()
    parsed = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    elements = [element for element in parsed.iter() if isinstance(element.tag, str)]
    harmless = "html head meta title body article header h1 h2 p a time br ul li blockquote pre table tbody tr td"
    assert {element.tag for element in elements} <= set(harmless.split())
    attributes = {name for element in elements for name in element.attrib}
    assert attributes <= {"lang", "charset", "name", "content", "dir", "rel", "href", "datetime"}
    assert all(href.lower().startswith(("https://", "http://")) for href in parsed.xpath("//@href"))


@pytest.mark.parametrize("kind", Kind)
def test_html_keeps_the_text(kind: Kind) -> None:
    """A reader of the HTML sees the words of the text, in each kind of block."""
    words = '1 < 2 & &amp; <b>bold</b>\n"it\'s" </p><!-- so'
    article = Article(blocks=(Block(0, kind, words), Block(1, kind, words)))
    parsed = lxml.html.fromstring(article.to_html(fragment=True))
    assert article.text.split() == parsed.text_content().split()
