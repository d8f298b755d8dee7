"""Blocks of a page: every piece of visible text is part of exactly one block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import steps

from cleaner.blocks.html import read_html
from cleaner.models import Block, Document, Element, Kind
from cleaner.page.parse import parse

SKIPPED = ("noscript", "template", "script", "svg", "textarea", "iframe", "style", "select", "object", "video")


def read(body: str) -> Document:
    return read_html(parse(f"<html><body>{body}</body></html>").root)


def texts(body: str) -> list[str]:
    return [block.text for block in read(body).blocks]


def kinds(body: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in read(body).blocks]


def link_texts(block: Block) -> list[str]:
    return [block.text[start:end] for start, end in block.links]


def element_of(document: Document, block: Block) -> Element:
    return document.elements[block.element]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings(level: int) -> None:
    """A heading is a block with a level; the text around it is in blocks without a level."""
    document = read(f"before<h{level}>The <em>harbour</em></h{level}>after")
    expected = [
        (Kind.PARAGRAPH, "before", None),
        (Kind.HEADING, "The harbour", level),
        (Kind.PARAGRAPH, "after", None),
    ]
    assert expected == [(block.kind, block.text, block.level) for block in document.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<p>one<br> &nbsp; <br>two<br><br><br><br>three</p>", ["one", "two", "three"]),
        ("<p>one<br>two</p>", ["one\ntwo"]),
        ("<p>one <br> two<br>", ["one\ntwo"]),
        ("<br><br>one<br><br>", ["one"]),
        ("<b>one<br><br>two</b>", ["one", "two"]),
        ("<div>one<p>two</p>three<div>four</div></div>five", ["one", "two", "three", "four", "five"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<p>one<hr>two", ["one", "two"]),
        ("<section>one<article>two</article></section>", ["one", "two"]),
        ("<button>one</button>two <label>three</label>", ["one", "two three"]),
        ("<details><summary>one</summary>two</details>", ["one", "two"]),
        ("<p>  </p><div>&nbsp;</div><p>one</p><p>&#8203;</p>", ["one"]),
        ("", []),
    ],
)
def test_paragraphs(body: str, expected: list[str]) -> None:
    """Block elements and double line breaks separate paragraphs; a single one is a newline; spaces make no block."""
    assert expected == texts(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li>one<li>two</ul>three", [(Kind.LIST_ITEM, "one"), (Kind.LIST_ITEM, "two"), (Kind.PARAGRAPH, "three")]),
        ("<ol><li><p>one</p><p>two</p></li></ol>", [(Kind.LIST_ITEM, "one"), (Kind.LIST_ITEM, "two")]),
        (
            "<ul><li>one<ul><li>two</li></ul>three</li></ul>",
            [(Kind.LIST_ITEM, "one"), (Kind.LIST_ITEM, "two"), (Kind.LIST_ITEM, "three")],
        ),
        ("<dl><dt>one</dt><dd>two</dd></dl>", [(Kind.LIST_ITEM, "one"), (Kind.LIST_ITEM, "two")]),
        ("<ul><li><h3>one</h3>two</ul>", [(Kind.HEADING, "one"), (Kind.LIST_ITEM, "two")]),
        ("<ul><li><article><p>one</p></article></ul>", [(Kind.PARAGRAPH, "one")]),
        ("<blockquote>one<p>two</p></blockquote>", [(Kind.QUOTE, "one"), (Kind.QUOTE, "two")]),
        (
            "<figure><figcaption>one<p>two</p></figcaption></figure>",
            [(Kind.CAPTION, "one"), (Kind.CAPTION, "two")],
        ),
        ("<blockquote><ul><li>one</ul>two</blockquote>", [(Kind.LIST_ITEM, "one"), (Kind.QUOTE, "two")]),
    ],
)
def test_kinds(body: str, expected: list[tuple[Kind, str]]) -> None:
    """The innermost element with a meaning determines the kind; a card in a list is not an item."""
    assert expected == kinds(body)


@pytest.mark.parametrize(
    "body",
    [
        "<pre>one\n    two\tthree\n\nfour</pre>",
        "<pre>\none\n    two\tthree  \n\nfour\n</pre>",
        "<pre><span>one</span>\n    <b>two</b>\t<a href='/'>three</a>\n\n<i>four</i></pre>",
        "<pre>one<br>    two\tthree<br><br>four</pre>",
        "<pre><code>one\n    two\tthree\n\nfour</code></pre>",
        "<pre>one&#13;\n    two\tthree&#13;\n&#13;four</pre>",
    ],
)
def test_preformatted(body: str) -> None:
    """Preformatted text keeps its lines and columns, whatever inline markup it has."""
    [block] = read(body).blocks
    assert (Kind.PREFORMATTED, "one\n    two three\n\nfour") == (block.kind, block.text)


def test_data_table() -> None:
    """A row of a data table is one block with separated cells; the caption of the table is a block of its own."""
    body = """
        <table><caption>The <b>catch</b></caption>
        <thead><tr><th>Year<th>Tons</thead>
        <tbody><tr><td>1999</td><td><p>12</p>about</td></tr> <tr><td>2000<td>3<br>4</tr><tr><td></td><td>none</td></tr>
        </table>after"""
    assert [
        (Kind.PARAGRAPH, "The catch"),
        (Kind.TABLE_ROW, "Year | Tons"),
        (Kind.TABLE_ROW, "1999 | 12 about"),
        (Kind.TABLE_ROW, "2000 | 3 4"),
        (Kind.PARAGRAPH, "none"),  # a row with a single filled cell is a paragraph
        (Kind.PARAGRAPH, "after"),
    ] == kinds(body)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td><p>one</p><p>two</p></td><td>three</td></tr></table>",
        "<table role=presentation><tr><td>one</td><td>two</td><td>three</td></tr></table>",
        "<table><tr><td>one<td>two<ul><li>three</ul></table>",
        "<table><tr><td>one<tr><td>two<tr><td>three</table>",
        "<table><tr><td>one</td><td><table><tr><td>two<tr><td>three</table></td></tr></table>",
    ],
)
def test_layout_table(body: str) -> None:
    """A table that is used for layout gives no table rows, only the blocks in it."""
    document = read(body)
    assert ["one", "two", "three"] == [block.text for block in document.blocks]
    assert Kind.TABLE_ROW not in {block.kind for block in document.blocks}


@pytest.mark.parametrize(
    "body",
    [
        '<blockquote class="twitter-tweet"><p>one</p>two</blockquote>',
        '<div class="wide fb-post"><h2>one</h2><ul><li>two</ul></div>',
        "<amp-twitter><blockquote>one</blockquote><p>two</p></amp-twitter>",
        "<h2><div class='bluesky-embed'>one<p>two</p></div></h2>",
    ],
)
def test_embeds(body: str) -> None:
    """All text of an embedded post of another service is of kind embed, whatever elements it has."""
    document = read(f"<p>before</p>{body}after")
    assert [
        (Kind.PARAGRAPH, "before", None),
        (Kind.EMBED, "one", None),
        (Kind.EMBED, "two", None),
        (Kind.PARAGRAPH, "after", None),
    ] == [(block.kind, block.text, block.level) for block in document.blocks]


@pytest.mark.parametrize(
    "body",
    [
        "the harbour w<b>a</b>s closed",
        "the <nobr>harbour</nobr> was closed",
        "the har<font color=red>bour</font> was closed",
        "the har<x-word lang=en>bour</x-word> w<o:p>as</o:p> closed",
        "<span>the <i>har<u class=x>b</u>our</i> was</span> closed",
        "the har<wbr>bo<wbr/>ur was closed",
        "the harbour<img src=x alt=no> was<!-- no --> clo<!-- no -->sed",
        "the harbour<script>no</script> was<style>no</style> closed",
        "the<b> harbour </b>was<i> </i>closed",
        "the harbour <b></b> was \n\t closed",
        "the&nbsp;harbour\u2009was&#8203; closed",
        "the har\u00adbo\u200bur w\u2060as\ufeff clo\u200esed",
        "<b>the</b>\u200b <b>harbour</b> \u200e<b>was</b>&nbsp;closed",
        "the &#1;har&#2;bour&#3; was &#4;closed&#31;",
    ],
)
def test_inline_markup(body: str) -> None:
    """Inline markup neither separates nor joins words, and invisible characters are removed."""
    assert ["the harbour was closed"] == texts(f"<p>{body}</p>")


@pytest.mark.parametrize("tag", ["wbr", "source", "track", "dd"])
def test_unclosed_elements_nest(tag: str) -> None:
    """Text that the parser nests in void elements is read, however deep it is nested."""
    words = [f"w{number}" for number in range(1500)]
    assert words == " ".join(texts("".join(f"{word} <{tag}>" for word in words))).split()


def test_comments_and_instructions() -> None:
    """Text that follows a comment or a processing instruction is kept."""
    root = lxml.html.fromstring("<p>har<!-- no -->bour <b>w<!-- no -->as</b><!-- no --> closed<?no x?> today</p>")
    assert ["harbour was closed today"] == [block.text for block in read_html(root).blocks]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("市议会<b>周一</b>通过了<a href='/'>预算</a>。", "市议会周一通过了预算。"),
        ("\u3000港は<ruby>嵐<rp>(</rp><rt>あらし</rt><rp>)</rp></ruby>で閉鎖された。", "港は嵐(あらし)で閉鎖された。"),
        ("أُغلق <b>الميناء</b> يوم\u200f الاثنين.", "أُغلق الميناء يوم الاثنين."),
        ("می\u200cخواهم <i>بروم</i>", "می\u200cخواهم بروم"),
        ("ครอบ<b>ครัว</b> 👩\u200d🚀", "ครอบครัว 👩\u200d🚀"),
    ],
)
def test_scripts(body: str, text: str) -> None:
    """No space is inserted between characters of scripts without spaces; joiners in Persian and emoji stay."""
    assert [text] == texts(f"<p>{body}</p>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a <a href=x>b</a> c</p>", [("a b c", ["b"])]),
        ("<p>a <a href=x> b </a> c <a href=y>d\n</a></p>", [("a b c d", ["b", "d"])]),
        ("<p>a<a href=x>b</a><a href=y>c</a></p>", [("abc", ["b", "c"])]),
        ("<p><a href=x>a <b>b</b></a></p>", [("a b", ["a b"])]),
        ("<p>a <a href=x> <img src=y> </a> b <a name=here>c</a></p>", [("a b c", [])]),
        ("<p>a<a href=x><br>b<br></a>c</p>", [("a\nb\nc", ["b"])]),
        ("<p><a href=x>a<br><br>b</a> c</p>", [("a", ["a"]), ("b c", ["b"])]),
        ("<a href=x><h2>a</h2><p>b</p> c </a>d", [("a", ["a"]), ("b", ["b"]), ("c d", ["c"])]),
        ("<p>a <a href=x>b</a></p><p>c</p>", [("a b", ["b"]), ("c", [])]),
        ("<table><tr><td>a <a href=x>b</a><td><a href=y> c</a></table>", [("a b | c", ["b", "c"])]),
        ("<p>市<a href=x>议会\u200b</a>通过</p>", [("市议会通过", ["议会"])]),
    ],
)
def test_links(body: str, expected: list[tuple[str, list[str]]]) -> None:
    """Links are the slices of the text that are link text, without spaces at the edges."""
    assert expected == [(block.text, link_texts(block)) for block in read(body).blocks]


@pytest.mark.parametrize(
    "hidden", ["hidden", "style='display: none'", "style='color:red;visibility:hidden'", "class='x sr-only'"]
)
def test_hidden_in_a_line(hidden: str) -> None:
    """Hidden text within a line is a block of its own; the line around it stays in one block."""
    document = read(f"<p>one <a href=x>two<span {hidden}> not <i>seen</i></span></a>, three</p>")
    assert ["not seen", "one two, three"] == [block.text for block in document.blocks]
    assert ["two"] == link_texts(document.blocks[1])
    assert "span" == element_of(document, document.blocks[0]).tag


@pytest.mark.parametrize("hidden", ["hidden", "style='Display:None'"])
def test_hidden_elements_are_marked(hidden: str) -> None:
    """A hidden element is marked as hidden, and blocks in it do not break the line around it."""
    document = read(f"one <span {hidden}>a<div>b</div>c</span>two")
    assert ["a", "b", "c", "one two"] == [block.text for block in document.blocks]
    assert [("span", True, 0, 3)] == [(e.tag, e.hidden, e.first, e.last) for e in document.elements if e.hidden]


@pytest.mark.parametrize("tag", SKIPPED)
def test_skipped(tag: str) -> None:
    """The content of scripts, form fields and embedded objects is not read, and does not break a line."""
    assert ["one two"] == texts(f"<p>one <{tag}>no</{tag}>two</p>")


def test_noscript_on_demand() -> None:
    """The content of <noscript> is read only on request."""
    root = parse("<noscript><p>one</p></noscript>").root
    assert ([], ["one"]) == tuple(
        [b.text for b in read_html(root, noscript=noscript).blocks] for noscript in (False, True)
    )


@pytest.mark.parametrize(
    ("body", "bold"),
    [
        ("<p><b>one</b> <strong>two</strong></p>", True),
        ("<strong><div>one</div></strong>", True),
        ("<p><b>one <a href=x>two</a></b></p>", True),
        ("<p><b>one</b> two</p>", False),
        ("<p>one</p>", False),
        ("<h2>one</h2>", False),
    ],
)
def test_bold(body: str, bold: bool) -> None:
    """A block is bold if all of its text is bold."""
    assert [bold] == [block.bold for block in read(body).blocks]


def test_link_targets() -> None:
    """A block has the URLs of its links, as written; a link around several blocks belongs to each of them."""
    document = read("<p><a href='/a'>Ferries</a>, <a href=' b '>ports</a></p><a href=c><p>One</p><p>Two</p></a><p>None")
    assert [("/a", " b "), ("c",), ("c",), ()] == [block.targets for block in document.blocks]


def test_tokens() -> None:
    """The tokens of an element include class, id, role, label and names in data attributes."""
    document = read("<section id=S class='A b' role=Region aria-label='More news' data-testid=feed>One</section>")
    tokens = {"<section>", "a", "b", "s", "role=region", "label=more", "label=news", "data=feed"}
    assert tokens == element_of(document, document.blocks[0]).tokens


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("articleDek", "article-dek"),
        ("c-article__subTitle", "c-article-sub-title"),
        ("HTMLBlock", "html-block"),
        ("Standfirst_root__x1Ab2", "standfirst-root"),
        ("lead_g2bjm_9", "lead-9"),
        ("css-1k9f3xq-ArticleDek", "css-article-dek"),
        ("h2Title", "h2-title"),
        ("top5List", "top5-list"),
    ],
)
def test_words_of_a_name(name: str, words: str) -> None:
    """A name in camelCase is also read as words, without what a build tool appended."""
    for attribute, prefix in (("class", ""), ("id", ""), ("data-testid", "data=")):
        document = read(f"<p {attribute}={name}>One</p>")
        assert {"<p>", prefix + name.lower(), prefix + words} == element_of(document, document.blocks[0]).tokens


@pytest.mark.parametrize("name", ["lead", "Lead", "LEAD", "post-1234", "h1-title"])
def test_name_without_words(name: str) -> None:
    """A name that is one word, or words with dashes, is read as it is."""
    document = read(f"<p class={name}>One</p>")
    assert {"<p>", name.lower()} == element_of(document, document.blocks[0]).tokens


@pytest.mark.parametrize(
    ("attribute", "token"),
    [
        ("data-gu-name=standfirst", "data=standfirst"),
        ("data-qa=lead", "data=lead"),
        ("data-component-type=teaser", "data=teaser"),
        ("data-test-id=byline", "data=byline"),
        ("data-type=true", None),
        ("data-name='A long way round'", None),
        ("data-id=lead", None),
        ("data-role=12", None),
    ],
)
def test_data_attributes(attribute: str, token: str | None) -> None:
    """Of data attributes, those that say what part an element is are read if the value is a name."""
    document = read(f"<p {attribute}>One</p>")
    assert {"<p>", *([token] if token else [])} == element_of(document, document.blocks[0]).tokens


def test_elements() -> None:
    """Elements are in order, outer before inner, with blocks, tokens and parents; those without text are left out."""
    document = read(
        '<main id="Top" class="Page  wide"><div class="x"></div><p>one</p>'
        '<aside role="Complementary" itemprop="Related"><ul><li>two<li>three</ul></aside></main><p>four</p>'
    )
    plain = [(e.tag, sorted(e.tokens), e.first, e.last) for e in document.elements]
    assert [
        ("html", ["<html>"], 0, 4),
        ("body", ["<body>"], 0, 4),
        ("main", ["<main>", "page", "top", "wide"], 0, 3),
        ("p", ["<p>"], 0, 1),
        ("aside", ["<aside>", "itemprop=related", "role=complementary"], 1, 3),
        ("ul", ["<ul>"], 1, 3),
        ("li", ["<li>"], 1, 2),
        ("li", ["<li>"], 2, 3),
        ("p", ["<p>"], 3, 4),
    ] == plain
    assert [-1, 0, 1, 2, 2, 4, 5, 5, 1] == [element.parent for element in document.elements]
    assert ["p", "li", "li", "p"] == [element_of(document, block).tag for block in document.blocks]


@pytest.mark.parametrize(
    ("line", "token"),
    [
        ("<b class=x>one</b>", "x"),
        ("<b class=x>one</b> two", "line"),
        ("<b class=x><i class=y>one</i> two</b>", "x"),
        ("<b class=x>one</b> <i class=y>two</i>", "line"),
        ("<b class=x><i class=y>one</i></b><b class=z> </b>", "y"),
    ],
)
def test_element_of_a_line(line: str, token: str) -> None:
    """The element of a block is the innermost one that contains all of its text."""
    document = read(f"<p class=line>{line}</p>")
    assert token in element_of(document, document.blocks[0]).tokens


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("<p>one</p><img src=a><p>two</p>", [1]),
        ("<p>one</p><p><img src=a>two</p>", [1]),
        ("<p>one</p><p>two<img src=a></p><p>three</p>", [1]),
        ("<p>one</p><img src=a>", [1]),
        ("<img src=a><p>one</p><iframe src=b></iframe><video></video><p>two</p>", [0, 1, 1]),
        ("<p>one <img src=a><br><br>two</p>", [0]),
        ("<p>one<br><br><img src=a>two</p>", [1]),
        ("<p>one<script>x</script><style>y</style><svg><image href=z></image></svg></p>", []),
    ],
)
def test_places_of_media(body: str, places: list[int]) -> None:
    """A medium has the place of the block that it is in, or of the next one."""
    assert places == [medium.place for medium in read(body).media]


def test_media() -> None:
    """A medium has the element around it that contains blocks, its tag, and the words of its attributes."""
    document = read(
        "<div class=a><div class=empty><img src=x alt=' A ferry\n at sea ' title='A ferry at sea'></div>"
        "<p>one</p></div>"
        "<div class=empty><span><audio aria-label=Talk></audio></span></div>"
        "<figure><div class=b><amp-img src=x alt=Quay title='The quay'></amp-img></div>"
        "<figcaption>c</figcaption></figure>"
    )
    media = [(each.place, each.tag, each.words, document.elements[each.element].tag) for each in document.media]
    assert [
        (0, "img", "A ferry at sea", "div"),
        (1, "audio", "Talk", "body"),
        (1, "amp-img", "Quay The quay", "figure"),
    ] == media
    assert [299] == [len(each.words) for each in read(f"<p>one<img src=x alt='{'ab ' * 200}'>").media]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<figure><picture><source><img src=a></picture><img src=b><noscript><img src=b></noscript></figure>", 1),
        ("<figure><figure><img src=a></figure><figure><img src=b></figure></figure>", 2),
        ("<picture><img src=a></picture><picture><img src=b></picture>", 2),
        ("<figure><noscript><img src=a></noscript></figure>", 1),
        ("<figure><blockquote>two</blockquote></figure>", 0),
        ("<noscript><img src=a></noscript>", 0),
        ("<amp-img src=a><img src=a></amp-img>", 1),
        ("<img src=a width=48 height=100><img src=a height=1px><iframe src=a width=0></iframe>", 0),
        ("<img src=a width=49 height='100%'>", 1),
        ("<img src='data:image/gif;base64,R0lGOD'>", 0),
        ("<img src='data:image/gif;base64,R0lGOD' data-src=a>", 1),
        ("<img src=a alt='🙂'>", 0),
        ("<img src=a style='display:none'><iframe hidden src=a></iframe>", 0),
        ("<video width=1></video>", 1),
    ],
)
def test_number_of_media(body: str, count: int) -> None:
    """A figure has one medium at most; icons, pictures that count visits and hidden ones are left out."""
    assert count == len(read(f"<p>one</p>{body}<p>two</p>").media)


def test_words_of_a_frame() -> None:
    """The first words in a figure are those of its medium."""
    document = read("<figure><img src=a><img src=b alt=Bridge><img src=b alt=Quay></figure><p>one</p>")
    assert ["Bridge"] == [medium.words for medium in document.media]


# Trees that the parser does not change: blocks in blocks, inline elements around text and inline elements.
BLOCKS = ("div", "section", "blockquote", "h2", "ul", "li", "figure", "figcaption", "td", "center")
INLINE = ("b", "span", "a", "em", "font", "x-y", "a href=x", "span class=z")
WORDS = st.integers(0, 99).map(lambda number: f"w{number}")
GAPS = st.sampled_from(("", " ", "\n", "&nbsp;", "<br>", "<br><br>", "<!--c-->", "\u200b", "<script>no</script>"))
LEAVES = st.tuples(GAPS, WORDS, GAPS).map("".join)


def inside(tags: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    built = st.tuples(st.sampled_from(tags), st.lists(st.one_of(LEAVES, inner), max_size=4))
    return built.map(lambda parts: f"<{parts[0]}>{''.join(parts[1])}</{parts[0].split()[0]}>")


LINES = st.recursive(LEAVES, lambda inner: inside(INLINE, inner), max_leaves=6)
TREES = st.recursive(LINES, lambda inner: inside(BLOCKS + INLINE + SKIPPED, inner), max_leaves=12)


def visible_text(root: Any) -> Iterator[str]:
    """Yield the text that a reader sees, with a space where a line or block ends."""
    skipped = " or ".join(f"ancestor::{tag}" for tag in SKIPPED)
    for node in root.xpath(f"//text()[not({skipped})] | //*"):
        if isinstance(node, str):
            yield node.replace("\u200b", "")
        elif node.tag == "br" or node.tag in BLOCKS:
            yield " "


@settings(max_examples=200)
@given(st.lists(TREES, min_size=1, max_size=4))
def test_every_word_once(pieces: list[str]) -> None:
    """The characters of all blocks, in order, are those of the visible text; places and elements are consistent."""
    root = parse(f"<html><body>{''.join(pieces)}</body></html>").root
    document = read_html(root)
    assert "".join("".join(visible_text(root)).split()) == "".join("".join(b.text.split()) for b in document.blocks)
    assert list(range(len(document.blocks))) == [block.place for block in document.blocks]
    for block in document.blocks:
        assert block.text == block.text.strip() != ""
        assert "  " not in block.text
        assert all(0 <= start < end <= len(block.text) for start, end in block.links)
        index = block.element
        while index != -1:
            element = document.elements[index]
            assert element.first <= block.place < element.last
            assert element.parent < index
            index = element.parent


@settings(max_examples=100)
@given(st.lists(LINES, min_size=1, max_size=6))
def test_lines_keep_their_spaces(pieces: list[str]) -> None:
    """Within lines, words are separated exactly where the page has a space or a line ends."""
    root = parse(f"<html><body><p>{''.join(pieces)}</p></body></html>").root
    assert "".join(visible_text(root)).split() == " ".join(block.text for block in read_html(root).blocks).split()


@settings(max_examples=100)
@given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=6))
def test_hidden_lines_lose_nothing(pieces: list[tuple[str, bool]]) -> None:
    """With hidden parts within lines, the visible and the hidden characters are each complete and in order."""
    document = read("".join(f"<i hidden>{line}</i>" if hidden else line for line, hidden in pieces))
    for hidden in (False, True):
        lines = "".join(line for line, is_hidden in pieces if is_hidden is hidden)
        expected = "".join("".join(visible_text(parse(f"<p>{lines}</p>").root)).split())
        block_texts = [b.text for b in document.blocks if any(e.hidden for e in ancestors(document, b)) is hidden]
        assert expected == "".join("".join(block_texts).split())


def ancestors(document: Document, block: Block) -> Iterator[Element]:
    index = block.element
    while index != -1:
        yield document.elements[index]
        index = document.elements[index].parent


def test_reading_is_linear() -> None:
    """A page of four times the size takes at most five times as many steps."""
    unit = (
        "<div><p class=x>one <a href=y> two </a> <i hidden>three</i></p>four<br>five<br><br>six"
        "<table><tr><td>seven<td>eight</table></div>"
    )

    def steps_for(times: int) -> int:
        root = parse(unit * times).root
        return steps(lambda: read_html(root))

    steps_for(1)  # what is cached at the first call is not counted
    assert steps_for(400) < 5 * steps_for(100)
