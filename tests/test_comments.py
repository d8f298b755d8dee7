"""Tests of the readers' comments of a page."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import cleaner
from cleaner.command import app
from cleaner.models import Comment

pytestmark = pytest.mark.usefixtures("loaded")

FIXTURES = Path(__file__).parent.parent / "fixtures"
URL = "https://www.weirgate-post.example/news/ferry"
TEXT = (
    "The ferry across the Weir will not run at night from the first of October, because the company cannot find"
    " skippers for the late shift. Until spring, the last boat leaves the western landing at a quarter past nine.",
    "The town council called the decision a blow to the hospital, whose nurses live on the far bank. It will pay for"
    " a bus over the upper bridge, which takes forty minutes and has to be booked on the day before.",
)
PAGE = """<html lang="{}"><head><title>No more boats at night</title>{}</head><body><header>Weirgate Post</header>
<main><article><h1>No more boats at night</h1><p>{}</p><p>{}</p></article>{}</main></body></html>"""


def comments(markup: str, head: str = "", language: str = "en-GB") -> list[Comment]:
    """Return the comments of a page with this markup below the article."""
    article = cleaner.clean(PAGE.format(language, head, *TEXT, markup), url=URL, comments=True)
    assert "\n\n".join(TEXT) == article.text
    return list(article.comments)


def test_wordpress() -> None:
    """Comments of WordPress have author, time and text; replies are one level deeper; buttons are left out."""
    found = comments("""<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts</h2>
    <ol class="comment-list"><li id="comment-31" class="comment even thread-even depth-1 parent">
    <article id="div-comment-31" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">
    <img alt="" class="avatar"><b class="fn"><a href="https://oars.example" class="url">Nell Oars</a></b>
    <span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-31">
    <time datetime="2024-09-20T08:15:00+02:00">20 September 2024 at 8:15</time></a></div></footer>
    <div class="comment-content"><p>Forty minutes by bus!</p><p>I can <em>row</em> it in twelve.</p></div>
    <div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></article>
    <ol class="children"><li id="comment-32" class="comment odd alt depth-2"><article id="div-comment-32"
    class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Tam</b>
    <span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-32">
    <time datetime="2024-09-20T09:00:00+02:00">20 September 2024 at 9:00</time></a></div></footer>
    <div class="comment-content"><p>With my suitcase?</p></div></article></li></ol></li></ol>
    <div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><form class="comment-form">
    <p class="comment-notes">Your email address will not be published.</p></form></div></div>""")
    zone = timezone(timedelta(hours=2))
    assert [
        Comment(
            "Nell Oars",
            datetime(2024, 9, 20, 8, 15, tzinfo=zone),
            "Forty minutes by bus!\n\nI can row it in twelve.",
            0,
            f"{URL}#div-comment-31",
        ),
        Comment("Tam", datetime(2024, 9, 20, 9, tzinfo=zone), "With my suitcase?", 1, f"{URL}#div-comment-32"),
    ] == found


def test_wordpress_blocks() -> None:
    """Comments of a block theme of WordPress are found."""
    found = comments("""<div class="wp-block-comments"><h2 class="wp-block-comments-title">One response</h2>
    <ol class="wp-block-comment-template"><li id="comment-7" class="comment even depth-1">
    <div class="wp-block-columns"><div class="wp-block-column"><div class="wp-block-comment-author-name">Ida Fenn</div>
    <div class="wp-block-comment-date"><time datetime="2024-09-21T18:03:11+00:00"><a href="#comment-7">21 September
    </a></time></div><div class="wp-block-comment-content"><p>Who drives the bus?</p></div>
    <div class="wp-block-comment-reply-link"><a href="#">Reply</a></div></div></div></li></ol></div>""")
    expected = Comment("Ida Fenn", datetime(2024, 9, 21, 18, 3, 11, tzinfo=UTC), "Who drives the bus?", 0)
    assert [expected._replace(url=f"{URL}#comment-7")] == found


def test_authors_above_flat_texts() -> None:
    """Author, text and date may be siblings, as in older themes of Blogger."""
    found = comments("""<div id="comments"><h4>2 comments:</h4><dl id="comments-block">
    <dt class="comment-author" id="c1"><a href="#">Hale</a> said...</dt><dd class="comment-body"><p>At last.</p></dd>
    <dd class="comment-footer"><span class="comment-timestamp"><a href="#c1">20 September 2024 at 07:02</a></span></dd>
    <dt class="comment-author" id="c2">Mim said...</dt><dd class="comment-body"><p>At what?</p></dd>
    <dd class="comment-footer"><span class="comment-timestamp"><a href="#c2">21 September 2024 at 11:40</a></span></dd>
    </dl></div>""")
    first, second = datetime(2024, 9, 20, 7, 2), datetime(2024, 9, 21, 11, 40)
    assert [Comment("Hale", first, "At last."), Comment("Mim", second, "At what?")] == found


def test_authors_below() -> None:
    """Author and date may stand below the text, as in TypePad."""
    found = comments("""<div class="comments" id="comments"><h3>Comments</h3>
    <div class="comment"><div class="comment-content"><p>The upper bridge is closed, too.</p></div>
    <p class="comment-footer">Posted by: <a href="#">Bridie</a> | <a href="#1">19 September 2024 at 22:10</a></p></div>
    <div class="comment"><div class="comment-content"><p>Since when?</p></div>
    <p class="comment-footer">Posted by: Joss | <a href="#2">20 September 2024 at 6:30</a></p></div></div>""")
    assert [
        Comment("Bridie", datetime(2024, 9, 19, 22, 10), "The upper bridge is closed, too."),
        Comment("Joss", datetime(2024, 9, 20, 6, 30), "Since when?"),
    ] == found


def test_indented_replies() -> None:
    """Replies of Drupal stand behind their comment, in an element that indents them."""
    found = comments("""<section class="comments"><h2>Comments</h2>
    <article class="comment" id="comment-5"><header><p class="comment__author"><span class="username">Anouk</span></p>
    <p class="comment__time">Fri, 20 September 2024 - 14:05</p></header><div class="comment__content"><div
    class="field field--name-comment-body"><p>What about the goats?</p></div></div></article>
    <div class="indented"><article class="comment" id="comment-6"><header><p class="comment__author">
    <span class="username">Goatherd</span></p><p class="comment__time">Sat, 21 September 2024 - 05:00</p></header>
    <div class="comment__content"><div class="field field--name-comment-body"><p>They swim.</p></div></div></article>
    </div></section>""")
    assert [("Anouk", 0), ("Goatherd", 1)] == [(comment.author, comment.depth) for comment in found]
    assert ["What about the goats?", "They swim."] == [comment.text for comment in found]
    assert [datetime(2024, 9, 20, 14, 5), datetime(2024, 9, 21, 5)] == [comment.published for comment in found]


def test_microdata() -> None:
    """Comments in microdata are found, whatever their classes are."""
    found = comments("""<ul class="leserstimmen"><li itemscope itemtype="https://schema.org/Comment" class="x1">
    <span itemprop="author" itemscope><b itemprop="name">Greta</b></span>
    <meta itemprop="dateCreated" content="2024-09-22"><div itemprop="text"><p>Fährt der Bus auch sonntags?</p></div>
    </li></ul>""")
    assert [Comment("Greta", date(2024, 9, 22), "Fährt der Bus auch sonntags?")] == found


def test_json_ld() -> None:
    """Comments that only JSON-LD has are found, as text without tags, with their replies."""
    reply = {
        "@type": "Comment",
        "text": "No.",
        "author": {"@type": "Person", "name": "Wat"},
        "dateCreated": "2024-09-23T10:00:00Z",
    }
    comment = {
        "@type": "Comment",
        "text": "&lt;p&gt;Is there a &lt;b&gt;raft&lt;/b&gt;?&lt;/p&gt;",
        "author": {"name": "Pell"},
        "url": "#p",
        "comment": reply,
    }
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "comment": [comment, {"text": "Nobody's"}]}
    found = comments("", f'<script type="application/ld+json">{json.dumps(data)}</script>')
    moment = datetime(2024, 9, 23, 10, tzinfo=UTC)
    assert [Comment("Pell", None, "Is there a raft?", 0, f"{URL}#p"), Comment("Wat", moment, "No.", 1)] == found


def test_names_without_elements() -> None:
    """An author in bold at the beginning of a comment is found, and does not stay in the text."""
    found = comments("""<ol class="commentlist"><li class="alt" id="comment-1"><cite>Una Breck</cite> Says:<br>
    <small>7 January 2024</small><p>My aunt was a ferryman.</p></li><li id="comment-2"><cite>Bo</cite> Says:<br>
    <small>8 January 2024</small><p>So was mine.</p></li></ol>""")
    assert [
        Comment("Una Breck", date(2024, 1, 7), "My aunt was a ferryman.", 0, f"{URL}#comment-1"),
        Comment("Bo", date(2024, 1, 8), "So was mine.", 0, f"{URL}#comment-2"),
    ] == found


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Nan Ferrier says:", "Nan Ferrier"),
        ("Edward Said", "Edward Said"),
        ("Di Marco", "Di Marco"),
        ("Posted by Nan on Friday, 3 May 2024", "Nan"),
        ("Soumis par Nan le lundi 29 avril 2024", "Nan"),
        ("Minh Le", "Minh Le"),
        ("@nan", "@nan"),
    ],
)
def test_names(shown: str, expected: str) -> None:
    """The words and dates around a name are not part of it, and the name stays whole."""
    markup = f'<div class="comment" id="comment-1"><p class="author">{shown}</p><p class="comment-text">Why?</p></div>'
    (found,) = comments(markup)
    assert expected == found.author


def test_titles_are_no_names() -> None:
    """The title of a comment is not its author, if a name stands below it."""
    (found,) = comments(
        """<ul class="comments"><li class="comment" id="comment_4"><h4><a href="#4">Re: What of the eels?</a></h4>
        <div class="details">by <a href="/~nan">nan_f</a></div><div class="comment_body"><p>They swim.</p></div></li>
        </ul>"""
    )
    assert ("nan_f", "They swim.") == (found.author, found.text)


def test_authors_beside_the_text() -> None:
    """The author may stand behind the text, in an element around both that is named for a form."""
    found = comments(
        "<ul class='comments-list'>"
        + "".join(
            f"""<li id="comment-{number}" class="comment"><div class="comment-text js-comment-text-and-form">
            <div class="comment-body"><span class="comment-copy">{text}</span> – <a class="comment-user">{name}</a>
            <span class="comment-date"><a href="#c"><span title="2024-09-20 17:18:08Z">Sep 20</span></a></span></div>
            </div></li>"""
            for number, (name, text) in enumerate([("Asa", "No yield there."), ("Bel", "None here.")])
        )
        + "</ul>"
    )
    moment = datetime(2024, 9, 20, 17, 18, 8, tzinfo=UTC)
    expected = [("Asa", moment, "No yield there."), ("Bel", moment, "None here.")]
    assert expected == [(comment.author, comment.published, comment.text) for comment in found]


def test_buttons_without_names() -> None:
    """Words at the end of most comments are buttons, and no part of what the readers wrote."""
    found = comments(
        "".join(
            f"""<div class="comment" id="comment-{number}"><b class="author">Nan {letter}</b><div class="comment-text">
            <p>Line {letter}</p><div><span>Recommend</span></div><div><span>Report</span></div></div></div>"""
            for number, letter in enumerate("abc")
        )
    )
    assert ["Line a", "Line b", "Line c"] == [comment.text for comment in found]


@pytest.mark.parametrize(
    ("language", "expected"), [("en-US", date(2024, 4, 3)), ("en-GB", date(2024, 3, 4)), ("de", date(2024, 3, 4))]
)
def test_short_dates(language: str, expected: date) -> None:
    """A date in digits is read as the country of the page writes it."""
    (found,) = comments(
        '<div class="comments"><div class="comment" id="comment-1"><b class="author">Nan</b> <span class="date">'
        '04/03/2024</span><div class="comment-text"><p>Why?</p></div></div></div>',
        language=language,
    )
    assert expected == found.published


def test_relative_times() -> None:
    """A time that is only given as "3 hours ago" is unknown, and no part of the name or the text."""
    page = (FIXTURES / "many_comments.html").read_bytes()
    found = cleaner.clean(page, comments=True).comments
    expected = [
        ("lockkeeper63", 0),
        ("Mavis T.", 0),
        ("Hal D", 1),
        ("fixedgear", 0),
        ("P. Lorimer", 0),
        ("duckwatcher", 0),
    ]
    assert expected == [(comment.author, comment.depth) for comment in found]
    assert {None} == {comment.published for comment in found}
    assert "First!" == found[-1].text
    assert 2 == len(found[0].text.split("\n\n"))


@pytest.mark.parametrize(
    "markup",
    [
        "<div id='disqus_thread'></div><noscript>Please enable JavaScript to view the comments.</noscript>",
        "<section class='comments'><h3>Comments</h3><p class='comments__text'>Log in to comment, <a>Nan</a>.</p>"
        "<form class='comment-form'><p class='author'>Name</p><div class='text'>Comment</div></form></section>",
        "<div class='widget_recent_comments'><ul><li class='comment'><b class='author'>Nan</b> on <a href='/x'>Eels</a>"
        "<div class='comment-text'>I like them.</div></li></ul></div>",
        "<div class='comments'><div class='comment'><b class='author'>{{ name }}</b>"
        "<p class='comment-text'>{{ text }}</p></div></div>",
        "<div class='read-comment'><h4>Hot comments</h4><ul><li class='comment'><b class='author'>Nan</b>"
        "<span class='text'><a href='/x'>A story about eels</a></span></li></ul></div>",
        "<div class='teaser-label-comment'><b class='author'>The Post</b><p class='text'>Our opinion on eels</p></div>",
    ],
)
def test_no_comments(markup: str) -> None:
    """Services that scripts load, forms, comments on other pages and templates give no comments."""
    assert [] == comments(markup)


def test_an_opinion_is_no_comment() -> None:
    """The text of an article is not a comment, although opinions are called so."""
    page = PAGE.format("en", "", *TEXT, "").replace(
        "<article>", '<article class="comment" id="comment-9"><p class="author">By Nan Ferrier</p>'
    )
    article = cleaner.clean(page, url=URL, comments=True)
    assert "\n\n".join(TEXT) == article.text
    assert () == article.comments


def test_off_by_default() -> None:
    """Without `comments`, an article has no comments, and its dictionary has no such key unless it is asked for."""
    page = (FIXTURES / "many_comments.html").read_bytes()
    article = cleaner.clean(page)
    assert () == article.comments
    assert "comments" not in article.to_dict(explain=True)
    with_comments = cleaner.clean(page, comments=True)
    assert article.to_dict(explain=True) == with_comments.to_dict(explain=True)
    assert 6 == len(with_comments.to_dict(comments=True)["comments"])
    assert 6 == len(json.loads(with_comments.to_json(comments=True))["comments"])


def test_dates_as_objects() -> None:
    """The dates of comments in a dictionary are strings or objects, as asked."""
    article = cleaner.clean((FIXTURES / "wordpress_classic.html").read_bytes(), comments=True)
    moment = datetime(2019, 3, 4, 20, 11, tzinfo=timezone(timedelta(hours=1)))
    assert moment == article.to_dict(comments=True, dates="datetime")["comments"][0]["published"]
    assert moment.isoformat() == article.to_dict(comments=True)["comments"][0]["published"]


def test_hostile_pages() -> None:
    """Thousands of comments in each other, or in one element, do not take long."""
    one = '<div class="comment" id="comment-{}"><b class="author">N{}</b><time datetime="2024-01-01"></time>'
    flat = "".join(one.format(i, i) + "<p class='comment-text'>Why?</p></div>" for i in range(3_000))
    assert 2_000 == len(comments(f'<div class="comments">{flat}</div>'))
    deep = "".join(one.format(i, i) + "<p class='comment-text'>Why?</p>" for i in range(150))
    assert 150 == len(comments(f'<div class="comments">{deep}</div>'))
    names = "<div class='comment author text date'>" * 150 + "x" + "</div>" * 150
    assert [] == comments(f'<div class="comments">{names * 20}</div>')


@pytest.mark.usefixtures("in_process")
def test_records() -> None:
    """With `comments`, each record has them, also that of a failure, and it matches the schema."""
    schema = json.loads((Path(cleaner.__file__).parent / "schema.json").read_text())
    sources = [FIXTURES / "many_comments.html", FIXTURES / "drupal.html", "missing.html", {"text": "A line."}]
    records = list(cleaner.clean_many(sources, comments=True))
    assert [6, 0, 0, 0] == [len(record["comments"]) for record in records]
    assert [] == [error.message for record in records for error in Draft202012Validator(schema).iter_errors(record)]
    assert ["comments" in record for record in cleaner.clean_many(sources)] == [False] * 4


def test_command(tmp_path: Path) -> None:
    """`--comments` adds the comments to JSON and Parquet; with text, which has none, it is a mistake."""
    page = str(FIXTURES / "many_comments.html")
    result = CliRunner().invoke(app.command, [page, "--comments"])
    assert 0 == result.exit_code
    assert 6 == len(json.loads(result.stdout)["comments"])
    result = CliRunner().invoke(app.command, [page, "--comments", "--format", "text"])
    assert 2 == result.exit_code
    assert "--comments adds a field to records" in result.stderr
    from pyarrow import parquet

    out = tmp_path / "out.parquet"
    assert 0 == CliRunner().invoke(app.command, [page, "--comments", "-o", str(out)]).exit_code
    assert "Mavis T." == parquet.read_table(out).column("comments").to_pylist()[0][1]["author"]


def test_config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A config file may ask for comments in all runs, also in those that write text."""
    (tmp_path / "cleaner.toml").write_text("comments = true\n")
    monkeypatch.chdir(tmp_path)
    page = str(FIXTURES / "many_comments.html")
    assert 6 == len(json.loads(CliRunner().invoke(app.command, [page]).stdout)["comments"])
    result = CliRunner().invoke(app.command, [page, "--format", "text"])
    assert (0, False) == (result.exit_code, "First!" in result.stdout)
