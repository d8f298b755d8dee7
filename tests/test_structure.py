"""The structure inside blocks: links, styles, lists, tables, quotations and code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.blocks.html import read_html
from cleaner.models import Block, Cell, MarkKind
from cleaner.page.parse import parse

pytestmark = pytest.mark.usefixtures("loaded")


def blocks(body: str) -> tuple[Block, ...]:
    return read_html(parse(f"<html><body>{body}</body></html>").root).blocks


def marks(block: Block) -> list[tuple[str, str]]:
    """Return the kind and the text of each mark; for a link, its URL and its text."""
    return [(mark.url or str(mark.kind), block.text[mark.start : mark.end]) for mark in block.marks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>The <b>new</b> bridge</p>", [("strong", "new")]),
        ("<p>The <strong class=x>new</strong> bridge</p>", [("strong", "new")]),
        (
            "<p><i>The Ferry</i>, <em>really</em>, <cite>a play</cite></p>",
            [("emphasis", "The Ferry"), ("emphasis", "really"), ("emphasis", "a play")],
        ),
        ("<p>Run <code>make</code>, press <kbd>Enter</kbd></p>", [("code", "make"), ("code", "Enter")]),
        ("<p>H<sub>2</sub>O, 9 m<sup>2</sup></p>", [("subscript", "2"), ("superscript", "2")]),
        ("<p><del>Monday</del> Tuesday <s>noon</s></p>", [("strikethrough", "Monday"), ("strikethrough", "noon")]),
        ("<p>See <a href=/a>the plan</a>.</p>", [("/a", "the plan")]),
        ("<p><a href=/a>The plan</a></p>", [("/a", "The plan")]),
        ("<p><a href=/a><img src=x.jpg></a><a href=/b>The plan</a></p>", [("/b", "The plan")]),
        ("<p><a href=/a></a> The plan <a href=/b>is out</a></p>", [("/b", "is out")]),
        ("<p><a href=/a>The <b>new</b> plan</a> is out</p>", [("/a", "The new plan"), ("strong", "new")]),
        ("<p><b>The <a href=/a>new</a></b> plan</p>", [("strong", "The new"), ("/a", "new")]),
        ("<p><b><strong>new</strong> bridge</b></p>", [("strong", "new bridge")]),
        ("<p>a<b> new </b>bridge</p>", [("strong", "new")]),
        ("<p>a <b> </b> bridge <i></i></p>", []),
        ("<p><b>all of it</b></p>", [("strong", "all of it")]),
        ("<p>the <b>old<br>and new</b> bridge</p>", [("strong", "old\nand new")]),
        ("<p>the <b>old <span hidden>gone</span> bridge</b></p>", [("strong", "old bridge")]),
        ("<pre><b>x</b> = <a href=/a>1</a></pre>", []),
    ],
)
def test_marks(body: str, expected: list[tuple[str, str]]) -> None:
    """Links and styles are marks without white space at their edges; one in the same style says nothing new."""
    assert expected == marks(max(blocks(body), key=lambda block: len(block.text)))


def test_a_style_goes_on_in_the_next_block() -> None:
    """A style or a link that contains several blocks marks the text of each."""
    one, two, three = blocks("<b>one <a href=/a>two<br><br>three</a> four</b><p>five</p>")
    assert [("strong", "one two"), ("/a", "two")] == marks(one)
    assert [("strong", "three four"), ("/a", "three")] == marks(two)
    assert [] == marks(three)


TEXTS = st.text("ab \n", max_size=4)
TAGS = st.sampled_from("b i code sup s a span".split())


def _inside(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    element = st.builds(lambda tag, text: f"<{tag} href=/x>{text}</{tag}>", TAGS, inner)
    return st.lists(st.one_of(inner, element), max_size=4).map("".join)


@settings(deadline=None)
@given(st.recursive(TEXTS, _inside, max_leaves=12))
def test_marks_are_nested_or_apart(body: str) -> None:
    """Whatever the markup: a mark has text, no space at its edges, and is inside or outside of each earlier one."""
    for block in blocks(f"<p>{body}</p>"):
        for number, mark in enumerate(block.marks):
            text = block.text[mark.start : mark.end]
            assert text
            assert text.strip() == text
            for outer in block.marks[:number]:
                assert outer.start <= mark.start
                assert mark.end <= outer.end or mark.start >= outer.end


def items(body: str) -> list[tuple[str, int, int, int | None, bool]]:
    """Return the text of each item's block, its list, its depth, its number, and whether it continues an item."""
    found = [(block.text, block.item) for block in blocks(body)]
    return [(text, item.list, item.depth, item.number, item.continues) for text, item in found if item is not None]


def test_lists() -> None:
    """Items have their number, and the depth of their list; lists that follow each other have different numbers."""
    body = (
        "<ol><li>one<ul><li>nested</li></ul></li><li><p>two</p><p>more</p></li></ol>"
        "<ol start=5><li>five</li><li value=9>nine</li><li>ten</li></ol>"
        "<ul><li>last</li></ul><p>after</p>"
    )
    expected = [
        ("one", 1, 1, 1, False),
        ("nested", 2, 2, None, False),
        ("two", 1, 1, 2, False),
        ("more", 1, 1, 2, True),
        ("five", 3, 1, 5, False),
        ("nine", 3, 1, 9, False),
        ("ten", 3, 1, 10, False),
        ("last", 4, 1, None, False),
    ]
    assert expected == items(body)


def test_other_lists() -> None:
    """Numbers may run backwards; an item without a list is in list 0; a card in a list is not an item."""
    assert [3, 2, 1] == [number for _, _, _, number, _ in items("<ol reversed><li>c<li>b<li>a</ol>")]
    assert [("lone", 0, 1, None, False)] == items("<div><li>lone</li></div>")
    assert [("word", 1, 1, None, False), ("meaning", 1, 1, None, False)] == items("<dl><dt>word<dd>meaning</dl>")
    assert [] == items("<ul><li><article><p>A card.</p><ul>loose</ul></article></li></ul>")


def test_heading_in_an_item() -> None:
    """A heading or a quotation in an item is also a part of it."""
    assert [("Ferry", 1, 1, None, False), ("It sails.", 1, 1, None, True)] == items(
        "<ul><li><h3>Ferry</h3><p>It sails.</p></li></ul>"
    )


def test_tables() -> None:
    """A row has all of its cells, with those that are empty or wide; a row with a single text has them, too."""
    body = (
        "<table><tr><th></th><th>Boats<th>Crew</tr>"
        "<tr><th rowspan=2>2023<td>7<td></tr><tr><td colspan=2>all <b>lost</b></td></tr></table>"
        "<table><tr><td>x<td>y</table>"
    )
    head, year, lost, other = blocks(body)
    assert head.row is not None
    assert year.row is not None
    assert lost.row is not None
    assert other.row is not None
    assert "Boats | Crew" == head.text
    assert (Cell(0, 0, True, 1, 1), Cell(0, 5, True, 1, 1), Cell(8, 12, True, 1, 1)) == head.row.cells
    assert ["2023", "7", ""] == [year.text[cell.start : cell.end] for cell in year.row.cells]
    assert [2, 1, 1] == [cell.rows for cell in year.row.cells]
    assert (Cell(0, 8, False, 2, 1),) == lost.row.cells
    assert [("strong", "lost")] == marks(lost)
    assert [1, 1, 1, 2] == [block.row.table for block in (head, year, lost, other) if block.row]


def test_layout_tables_have_no_rows() -> None:
    """What is in a table for layout is not a row."""
    assert [None, None] == [block.row for block in blocks("<table><tr><td><p>one</p><p>two</p></td></tr></table>")]


def test_quotations() -> None:
    """A block knows how many quotations are around it."""
    body = "<p>out</p><blockquote><p>one</p><blockquote>two</blockquote><ul><li>one</li></ul></blockquote>"
    assert [("out", 0), ("one", 1), ("two", 2), ("one", 1)] == [(b.text, b.quote_depth) for b in blocks(body)]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ('<pre class="language-python">x = 1</pre>', "python"),
        ('<pre><code class="hljs lang-JS">x = 1</code></pre>', "js"),
        ('<div class="highlight highlight-source-shell"><pre>ls</pre></div>', "shell"),
        ('<pre class="brush: sql">select</pre>', "sql"),
        ('<pre class="wp-block-preformatted">A poem</pre>', None),
    ],
)
def test_language_of_code(body: str, language: str | None) -> None:
    """Preformatted text has the programming language that a class of it, in it or around it names."""
    assert [language] == [block.language for block in blocks(body)]


SENTENCE = "The ferry company said on Monday that the new boat would sail before the winter storms begin."
PAGE = (
    "<html><head><base href='https://cdn.example/a/'></head><body><article><h1>Ferry sails again</h1>"
    f"<p>{SENTENCE} See <a href='plan.html'>the plan</a>.</p><p>{SENTENCE} <a href='http://[bad'>Bad</a> link.</p>"
    f"<p>{SENTENCE} <a href='mailto:desk@town.example'>Write</a>.</p></article></body></html>"
)


def test_blocks_of_an_article_are_slices_of_its_text() -> None:
    """A block's start and end are its place in `Article.text`, with or without a URL of the page."""
    for article in (cleaner.clean(PAGE), cleaner.clean_text(f"Ferry sails again\n\n{SENTENCE}\n\n{SENTENCE} Again.")):
        assert len(article.blocks) > 1
        assert [block.text for block in article.blocks] == [
            article.text[block.start : block.end] for block in article.blocks
        ]


def test_links_of_an_article_are_absolute() -> None:
    """The URL of a link is resolved with the `<base>` of the page, or else its URL; a bad one stays as it is."""
    links = [mark.url for block in cleaner.clean(PAGE).blocks for mark in block.marks if mark.kind is MarkKind.LINK]
    assert ["https://cdn.example/a/plan.html", "http://[bad", "mailto:desk@town.example"] == links
    page = PAGE.replace("https://cdn.example/a/", "/b/")
    first = cleaner.clean(page, url="https://town.example/x/y").blocks[0].marks[0]
    assert "https://town.example/b/plan.html" == first.url
