"""Authors: bylines in many languages and places, and what is not the name of a person who signs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from cleaner.metadata.extract import read_metadata
from cleaner.metadata.fields.author_labels import east_asian_names, is_label, is_other_work, opening
from cleaner.metadata.fields.names import Authorship, authorship, looks_like_name
from cleaner.models import Metadata

NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
URL = "https://www.harbour-post.example/2024/05/wall.html"
PROSE = "<p>" + "The wall held all night, and the harbour master thanked those who had carried sand. " * 4 + "</p>"
DENSE_PROSE = f"<p>{'市交通局周二宣布，老浮桥将从下月起禁止货车通行。' * 3}</p>"


def page(body: str, head: str = "", nodes: tuple[dict[str, Any], ...] = ()) -> Metadata:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(html.document_fromstring(markup), nodes, url=URL, now=NOW)


def around(before: str = "", after: str = "", prose: str = PROSE) -> str:
    """A page with lines under the headline and lines after the text."""
    return f"<main><h1>Harbour wall holds</h1>{before}{prose * 3}{after}</main>"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("作者：林海涛", ("林海涛",)),
        ("2024-05-03 10:22 来源：海城日报 记者：林海涛、周文静", ("林海涛", "周文静")),
        ("时间：2024-05-03 来源：海城日报 作者：林海涛 分享到：", ("林海涛",)),
        ("本报记者 林海涛 周文静", ("林海涛", "周文静")),
        ("记者 刘 敏", ("刘敏",)),
        ("文/图 林海涛", ("林海涛",)),
        ("記者王小明／台北報導", ("王小明",)),
        ("責任編輯：王敏", ()),
        ("来源：海城日报", ()),
        ("著者：浜口理沙", ("浜口理沙",)),
        ("文●浜口理沙／編集●佐藤健", ("浜口理沙",)),
        ("取材・文＝浜口 理沙 写真＝佐藤健", ("浜口 理沙",)),
        ("[浜口理沙，岬新報]", ("浜口理沙",)),
        ("【记者】林海涛", ("林海涛",)),
        ("海城日报记者 林海涛", ("林海涛",)),
        ("海城日报记者林海涛", ("林海涛",)),
        ("海城日报记者探访现场", ()),
        ("海城日报记者获悉", ()),
        ("文：浜口理沙　写真：佐藤健", ("浜口理沙",)),
        ("[特集] 岬の橋", ()),
        ("이하나 기자", ("이하나",)),
        ("이하나 인턴 기자 hana@harbour.example", ("이하나",)),
        ("글 이하나 사진 박두리", ("이하나",)),
        ("글자 크기 변경하기", ()),
        ("بقلم: ليلى حداد", ("ليلى حداد",)),
        ("كتبت ليلى حداد", ("ليلى حداد",)),
        ("تصوير: ليلى حداد", ()),
        ("Автор: Ада Мосс", ("Ада Мосс",)),
        ("Текст: Ада Мосс, Бен Ито", ("Ада Мосс", "Бен Ито")),
        ("Фото: Ада Мосс", ()),
        ("Του Γιάννη Αλέξη", ("Γιάννη Αλέξη",)),
        ("Της Άννας Μωσή", ("Άννας Μωσή",)),
        ("Γράφει η Άννα Μωσή", ("Άννα Μωσή",)),
        ("लेखक: अनीता शर्मा", ("अनीता शर्मा",)),
        ("फोटो: अनीता शर्मा", ()),
        ("Yazan: Ada Moss", ("Ada Moss",)),
        ("Szerző: Moss Ada", ("Moss Ada",)),
        ("Texte : Ada Moss", ("Ada Moss",)),
        ("Propos recueillis par Ada Moss", ("Ada Moss",)),
        ("A cura di Ada Moss", ("Ada Moss",)),
        ("Teksti: Ada Moss", ("Ada Moss",)),
        ("Tekst: Ada Moss Foto: Ben Ito", ("Ada Moss",)),
        ("Penulis: Ada Moss", ("Ada Moss",)),
        ("Editor: Ada Moss", ()),
        ("Von unserer Redakteurin Ada Moss", ("Ada Moss",)),
        ("Dal nostro inviato Ada Moss", ("Ada Moss",)),
        ("Author Ada Moss, from the harbour town, said that the wall would hold.", ()),
    ],
)
def test_byline_of_a_language(line: str, expected: tuple[str, ...]) -> None:
    """A label or a role in one of many languages introduces the writers, not those who did something else."""
    assert expected == page(around(f"<p>{line}</p>")).authors


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<dl class='author'><dt>著者</dt><dd><a href='/a/1'>浜口理沙</a></dd></dl>", ("浜口理沙",)),
        (
            "<dl class='author'><dt>著者</dt><dd>浜口理沙</dd><dt>イラスト</dt><dd>佐藤健</dd></dl>",
            ("浜口理沙",),
        ),
        (
            "<p>Written by <a href='https://ada.example/'>Ada Moss</a> in <a href='/w'>Walls</a> on 3 May 2024</p>",
            ("Ada Moss",),
        ),
        ("<p>By Ada Moss for Harbour-Post.Example</p>", ("Ada Moss",)),
        ("<p>By Ada Moss The Associated Press</p>", ("Ada Moss",)),
        ("<p>By Ada Moss Tuesday, 7 May 2024</p>", ("Ada Moss",)),
        ("<p class='byline'>By Ada Moss <span>5 minute read</span></p>", ("Ada Moss",)),
        (
            "<p class='byline'><a href='/author/a'>Ada Moss</a> <a href='/author/b'>Ben Ito</a></p>",
            ("Ada Moss", "Ben Ito"),
        ),
        ("<p class='byline'><span>Ada Moss</span> <span>Ben Ito</span></p>", ("Ada Moss", "Ben Ito")),
        ("<p class='byline'><span>Ada Moss</span> <span>Ada Moss</span></p>", ("Ada Moss",)),
        ("<p>Ada Moss, Harbour Correspondent, and Ben Ito, Data Editor</p>", ("Ada Moss", "Ben Ito")),
        ("<p>Ada Moss, Ben Ito and others saw the wall.</p>", ()),
        ("<p>3 May 2024</p><p>Ada Moss</p>", ("Ada Moss",)),
        ("<p>Ada Moss</p><p>The wall held.</p>", ()),
        ("<p>Ada Moss<br>Harbour Correspondent</p>", ("Ada Moss",)),
        ("<p>Ada Moss<br>Harbour Wall</p>", ()),
        ("<p>Ada Moss | Harbour Correspondent</p>", ("Ada Moss",)),
        ("<p>Ada Moss / Velsund</p><p>3 May 2024</p>", ("Ada Moss",)),
        ("<p>By Ada Moss @adamoss</p>", ("Ada Moss",)),
        ("<p>By @adamoss</p>", ()),
        ("<page-byline><span>Ada Moss</span></page-byline>", ("Ada Moss",)),
        ("<page-title><span>Sea Walls</span></page-title>", ()),
        ("<p>3 May 2024</p><p><a href='/walls'>Sea Walls</a></p>", ()),
        ("<p>3 May 2024</p><p>Privacy Policy</p>", ()),
        (
            "<div><a href='/about/editors/ada-moss/'>Ada Moss</a>, <a href='https://t.example/am'>@adamoss</a></div>",
            ("Ada Moss",),
        ),
        ("<div>Last Update Posted: 3 May 2024</div>", ()),
        ("<x-names class='authors'><span>Ada Moss</span></x-names>", ("Ada Moss",)),
        (
            "<p class='authors'>By Ada Moss</p><p class='authors'>Fact-checked by <a href='/author/b'>Ben Ito</a></p>",
            ("Ada Moss",),
        ),
        (
            "<div class='byline'><a href='/section/sea-walls'>Sea Walls</a> <a href='/author/ada'>Ada Moss</a></div>",
            ("Ada Moss",),
        ),
        ("<p class='byline'>Von Redaktion Wirtschaft und Lokales</p>", ()),
        ("<p class='byline'>Von Ada Moss und Ben Ito</p>", ("Ada Moss", "Ben Ito")),
    ],
)
def test_line_near_the_headline(lines: str, expected: tuple[str, ...]) -> None:
    """Names near the headline are those of the writers, one by one, without what stands around them."""
    assert expected == page(around(lines)).authors


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<ul><li>Published: 3 May 2024</li><li>Author: Ada Moss</li></ul>", ("Ada Moss",)),
        ("<dl><dt>Author</dt><dd>Ada Moss</dd><dt>Photos</dt><dd>Ben Ito</dd></dl>", ("Ada Moss",)),
        ("<p>Ben Ito: Author of walls</p>", ()),
        ("<table><tr><td>Author</td><td>Ada Moss</td></tr></table>", ("Ada Moss",)),
        ("<table><tr><td>Winner</td><td>Ada Moss</td></tr></table>", ()),
        ("<p>Author: Ada Moss</p><p>Author: Ben Ito</p><p>Author: Cy Lund</p>", ()),
        ("<div class='comments'><p>Author: Ada Moss</p></div>", ()),
        ("<p>By Ada Moss</p>", ()),
        ("<p style='text-align:right'><strong>Ada Moss</strong></p>", ("Ada Moss",)),
        ("<p><strong>Ada Moss</strong></p><p>She holds the wall.</p>", ()),
        ("<p><strong>Start Small</strong></p><ul><li>One bag of sand.</li></ul>", ()),
        (
            "<div class='author-box'>By <a href='/author/ada'>Ada Moss</a>, <span>Senior Fellow, Wall Unit, </span>"
            "<span>Velsund Ports</span></div>",
            ("Ada Moss",),
        ),
        ("<p class='text__byline'>Redaktion: Ben Ito und <a href='/autor/ada'>Ada Moss</a></p>", ()),
        (
            "<ul><li><a href='/1'>Ferry crews vote to strike</a><span class='author'>Ada Moss</span></li>"
            "<li><a href='/2'>Council admits the bridge is late</a><span class='author'>Ben Ito</span></li></ul>",
            (),
        ),
        (
            "<div><div class='card'><h3><a href='/1'>Ferry crews vote to strike again</a></h3>"
            "<p class='byline'>Ben Ito</p></div></div>",
            (),
        ),
        (
            "<div class='post-author'><p>Written by</p><p><a href='/author/ada'>Ada Moss</a></p></div>"
            "<p><a href='/2'>Next: the ferry crews vote to strike</a></p>",
            ("Ada Moss",),
        ),
    ],
)
def test_line_after_the_text(lines: str, expected: tuple[str, ...]) -> None:
    """After the text, labelled lines, signatures and boxes about the author count, but no teasers and comments."""
    assert expected == page(around(after=lines)).authors


def test_column_of_the_article() -> None:
    """A part of the page that holds the headline is the article's, whatever its name says; another one is not."""
    signed = "<p><strong>Ada Moss</strong></p>"
    assert ("Ada Moss",) == page(f"<div class='sidebar-1'>{around(after=signed)}</div>").authors
    assert () == page(f"{around()}<div class='sidebar-1'>{PROSE}{signed}</div>").authors


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p>（文/图 林海涛）</p>", ("林海涛",)),
        ("<p>（记者 林海涛 周文静）</p>", ("林海涛", "周文静")),
        ("<p>（责任编辑：王敏）</p>", ()),
        (DENSE_PROSE.replace("</p>", "（记者林海涛）</p>"), ("林海涛",)),
        (DENSE_PROSE.replace("</p>", "（略）</p>"), ()),
    ],
)
def test_brackets_after_the_text(line: str, expected: tuple[str, ...]) -> None:
    """Chinese papers name the reporter in brackets at the end of the text."""
    assert expected == page(around(after=line, prose=DENSE_PROSE)).authors


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ada Moss, Senior Fellow, Transport Research, Velsund Ports", Authorship(("Ada Moss",))),
        ("Ada Moss, Harbour Correspondent, Ben Ito, Data Editor", Authorship(("Ada Moss", "Ben Ito"))),
        ("Ada Moss, em Porto Novo", Authorship(("Ada Moss",))),
        ("Ada Moss in Nairobi", Authorship(("Ada Moss",))),
        ("ada@harbour.example (Ada Moss)", Authorship(("Ada Moss",))),
        ("ada@harbour.example", Authorship()),
        ("Ada Moss, Kai 5, 23552 Velsund", Authorship(("Ada Moss",))),
        ("Ada Moss https://ada.example", Authorship(("Ada Moss",))),
        ("By our correspondent Ada Moss", Authorship(("Ada Moss",))),
        ("Ada Moss, Co-Founder & COO", Authorship(("Ada Moss",))),
        ("سامي حداد وليلى نصر", Authorship(("سامي حداد", "ليلى نصر"))),
        ("अनीता शर्मा और राज वर्मा", Authorship(("अनीता शर्मा", "राज वर्मा"))),
        ("Ada Moss for Harbour Today UK", Authorship(("Ada Moss",))),
        ("Ada Moss 5 min read", Authorship(("Ada Moss",))),
        ("Ada Moss, @adamoss, ada@harbour.example", Authorship(("Ada Moss",))),
        ("Ressort Wirtschaft und Lokales", Authorship((), ("Ressort Wirtschaft und Lokales",))),
        ("Centre for Ports and Harbours", Authorship((), ("Centre for Ports and Harbours",))),
        ("News Desk and Ada Moss", Authorship(("Ada Moss",), ("News Desk",))),
        ("海城财经", Authorship((), ("海城财经",))),
        ("海城日报网络版", Authorship((), ("海城日报网络版",))),
        ("하버일보", Authorship((), ("하버일보",))),
        ("وكالة المرفأ", Authorship((), ("وكالة المرفأ",))),
        ("ACN", Authorship((), ("ACN",))),
        ("Photos: Ben Ito", Authorship()),
    ],
)
def test_people_and_organizations(value: str, expected: Authorship) -> None:
    """Roles, units, places and employers are cut off; desks and papers are organizations."""
    assert expected == authorship(value, ["Harbour Post"])


@pytest.mark.parametrize(
    "name", ["ليلى حداد", "अनीता शर्मा", "이하나", "林海涛", "Άννα Μωσή", "Fritz von der Aue", "Tim Office"]
)
def test_names_in_scripts(name: str) -> None:
    """Names in scripts without capitals are short and have no words for papers."""
    assert looks_like_name(name) == (name != "Tim Office")


@pytest.mark.parametrize(
    "name",
    [
        "See All Articles",
        "Last Update",
        "著者",
        "作者：",
        "海城网",
        "편집국",
        "भास्कर न्यूज",
        "Privacy Policy",
        "New Results",
    ],
)
def test_labels_are_no_names(name: str) -> None:
    """Labels, buttons and papers are not names."""
    assert not looks_like_name(name)


def test_conglomerate() -> None:
    """A name that the byline signs is preferred to a publisher's that looks like a person's, with two witnesses."""
    head = '<meta name="news_keywords" content="wall"><meta name="author" content="Halvard Nord">{}'
    marked = "<p class='byline'>Ada Moss</p>"
    witness = '<meta property="article:author" content="Ada Moss">'
    assert ("Ada Moss",) == page(around(marked), head.format(witness)).authors
    # Without a second witness, what only a class calls a byline is not preferred.
    assert ("Halvard Nord",) == page(around(marked), head.format("")).authors


def test_account_and_byline() -> None:
    """On a blog, the byline is preferred to an account in JSON-LD that the page does not show; on a newspaper, not."""
    node = {"@type": "BlogPosting", "author": {"@type": "Person", "name": "Cy Lund"}}
    news = {**node, "@type": "NewsArticle"}
    lines = "<p>By Ada Moss</p>"
    assert ("Ada Moss",) == page(around(lines), nodes=(node,)).authors
    assert ("Cy Lund",) == page(around(lines), nodes=(news,)).authors
    assert ("Cy Lund",) == page(around(f"{lines}<p class='author'>Cy Lund</p>"), nodes=(node,)).authors
    # On a newspaper, a link to the author's page is a second witness.
    linked = "<p>By <a rel='author' href='/author/ada'>Ada Moss</a></p>"
    assert ("Ada Moss",) == page(around(linked), nodes=(news,)).authors


def test_initials() -> None:
    """A byline that leaves out an initial names the same person."""
    node = {"@type": "BlogPosting", "author": {"@type": "Person", "name": "Ada B. Moss"}}
    metadata = page(around("<p>By Ada Moss</p>"), nodes=(node,))
    assert (("Ada B. Moss",), {}) == (metadata.authors, metadata.conflicts)


def test_site_and_person() -> None:
    """The name of the site may be that of its writer, but not if another source names a person."""
    head = '<meta name="author" content="Five Walls"><meta property="og:site_name" content="Five Walls">'
    assert ("Five Walls",) == page(around(), head).authors
    assert ("Ada Moss",) == page(around("<p class='byline'>Ada Moss</p>"), head).authors


def test_author_urls() -> None:
    """The URL of an author is that of the link in the byline, or else the `url` in JSON-LD."""
    people = [{"name": "Ada Moss", "url": "https://data.example/1"}, {"name": "Ben Ito", "url": "/people/ben"}]
    lines = "<p>By <a href='/author/ada'>Ada Moss</a> and Ben Ito</p>"
    metadata = page(around(lines), nodes=({"@type": "NewsArticle", "author": people},))
    site = "https://www.harbour-post.example"
    assert {"Ada Moss": f"{site}/author/ada", "Ben Ito": f"{site}/people/ben"} == metadata.author_urls
    assert "byline" == metadata.provenance["author_urls"]


@pytest.mark.parametrize("link", ["mailto:ada@harbour.example", "#ada", URL, "/", "https://www.harbour-post.example"])
def test_no_author_urls(link: str) -> None:
    """A mail address, the page itself and the front page are not the URL of an author."""
    metadata = page(around(f"<p>By <a href='{link}'>Ada Moss</a></p>"))
    assert (("Ada Moss",), {}) == (metadata.authors, metadata.author_urls)


def test_author_url_of_another() -> None:
    """A link in the byline that names something else is not the author's."""
    metadata = page(around("<p>By Ada Moss in <a href='/walls'>Sea Walls</a> on 3 May 2024</p>"))
    assert (("Ada Moss",), {}) == (metadata.authors, metadata.author_urls)


def test_date_after_a_byline() -> None:
    """A line that begins like a byline may have more words than other lines with a date."""
    line = "Written by Ada Moss in Harbour and Sea Walls on {} at 08:34 PM CET. 51 comments and more"
    assert page(around(f"<p>{line.format('5 March 2024')}</p>")).published is not None
    assert page(around(f"<p>{line.replace('Written by', 'With').format('5 March 2024')}</p>")).published is None


def test_labels() -> None:
    """A label is the whole start of the line; a longer word or a name that begins alike is none."""
    assert is_label("Written by")
    assert is_label("著者：")
    assert not is_label("Bywater")
    assert opening("By Ada") is not None
    assert opening("Bywater Moss") is None
    assert opening("Di Moss") is None
    assert opening("Di Ada Moss") is not None
    assert is_other_work("Photos by Ada Moss")
    assert not is_other_work("Photosensitive paper")
    assert ["林海涛"] == east_asian_names("作者 林海涛")
    assert [] == east_asian_names("By Ada Moss")
