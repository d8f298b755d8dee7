"""Markdown and HTML with the structure and the marks of the article, and front matter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from fixture_pages import FIXTURES, KNOWN_FAILURES, cleaned, sources
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from measuring import CpuLimit

from benchmarks.rendering import differences, markdown_blocks, rendered
from cleaner.models import Article
from cleaner.write.html import to_html
from cleaner.write.markdown import to_markdown

EMPTY = Article().to_dict(explain=True)


def record(*blocks: dict[str, Any] | str, **fields: Any) -> dict[str, Any]:
    """Return a record with blocks, of which the text alone may be given."""
    given = [{"text": each} if isinstance(each, str) else each for each in blocks]
    whole = [{"place": place, "kind": "paragraph", "level": None} | block for place, block in enumerate(given)]
    return EMPTY | fields | {"blocks": whole}


def marked(text: str, *marks: tuple[str, str] | tuple[str, str, str]) -> dict[str, Any]:
    """Return a block with marks, each given as the text that it marks, its kind and its URL."""
    spans = []
    for piece, kind, *url in marks:
        start = text.index(piece)
        spans.append({"start": start, "end": start + len(piece), "kind": kind} | ({"url": url[0]} if url else {}))
    return {"text": text, "marks": sorted(spans, key=lambda mark: (mark["start"], -mark["end"]))}


def in_list(
    text: str, number: int = 0, depth: int = 1, *, at: int | None = None, continues: bool = False, **fields: Any
) -> dict[str, Any]:
    """Return a block in the list with this number; `at` is the number of an item of an ordered list."""
    item = {"list": number, "depth": depth, "ordered": at is not None, "number": at, "continues": continues}
    return {"kind": "list_item", "text": text, "item": item} | fields


def row(*cells: str, table: int = 1, header: bool = False, columns: int = 1, rows: int = 1) -> dict[str, Any]:
    """Return the row of a table. `columns` and `rows` are the size of the first cell."""
    text = ""
    spans = []
    for place, cell in enumerate(cells):
        text += " | " if text and cell else ""
        size = {"columns": columns, "rows": rows} if place == 0 else {"columns": 1, "rows": 1}
        spans.append({"start": len(text), "end": len(text) + len(cell), "header": header} | size)
        text += cell
    kind = "table_row" if len(list(filter(None, cells))) > 1 else "paragraph"
    return {"kind": kind, "text": text, "row": {"table": table, "cells": spans}}


# Text that Markdown, or GitHub's dialect of it, could take for something else.
PIECES = st.sampled_from(
    "* ** *** _ __ ~ ~~ ~5 ` `` ``` [ ] [x] [](u) ![ ! ( ) < <b> </b> <!-- & &amp; &#35; # ## > - + 1. 2) | : :-- --- "
    "=== \\ www.a.b/_x http://a.b/*c_ <http://a.b> a b 1 é 字 。 “ € 🙂 ́".split(" ")
    + [" "] * 3
    + ["\n"]
)
TEXTS = (
    st.lists(PIECES, min_size=1, max_size=12)
    .map(lambda pieces: "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n")).strip())
    .filter(bool)
)
KINDS = ("link", "strong", "emphasis", "code", "superscript", "subscript", "strikethrough")
URLS = ("https://a.example/b_c*d?e=f&amp;g", "http://a.example/(x", "mailto:a@b.example", "javascript:alert(1)")


@st.composite
def marks(draw: st.DrawFn, text: str) -> list[dict[str, Any]]:
    """Draw marks of the text that are nested or apart."""
    edges = st.integers(0, len(text))
    chosen: list[tuple[int, int]] = []
    for one, other in draw(st.lists(st.tuples(edges, edges), max_size=5)):
        start, end = min(one, other), max(one, other)
        if start < end and all(
            end <= first or last <= start or (start <= first and last <= end) or (first <= start and end <= last)
            for first, last in chosen
        ):
            chosen.append((start, end))
    drawn = []
    for start, end in sorted(chosen, key=lambda span: (span[0], -span[1])):
        kind = draw(st.sampled_from(KINDS))
        mark = {"start": start, "end": end, "kind": kind}
        drawn.append(mark | ({"url": draw(st.sampled_from(URLS))} if kind == "link" else {}))
    return drawn


@st.composite
def blocks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a block of any kind, in lists, in quotations or in neither."""
    kind = draw(st.sampled_from(("paragraph", "heading", "list_item", "quote", "preformatted", "row")))
    if kind == "row":
        block = row(*draw(st.lists(TEXTS.map(one_line) | st.just(""), min_size=2, max_size=3).filter(any)))
        block["row"]["cells"][0] |= {"columns": draw(st.integers(1, 3)), "rows": draw(st.integers(1, 3))}
        if draw(st.booleans()):
            block["row"]["cells"] = [cell | {"header": True} for cell in block["row"]["cells"]]
    else:
        block = {"kind": kind, "text": draw(TEXTS)}
    block |= {"level": draw(st.integers(1, 6)), "marks": draw(marks(block["text"]))}
    if kind == "list_item" or draw(st.booleans()):
        depth = draw(st.integers(1, 3))
        block["item"] = {
            "list": draw(st.integers(0, 1)) + 2 * depth,
            "depth": depth,
            "ordered": draw(st.booleans()),
            "number": draw(st.none() | st.integers(-1, 12)),
            "continues": draw(st.booleans()),
        }
    if quotations := draw(st.integers(0, 2)):
        block["quote_depth"] = quotations
    return block


def one_line(text: str) -> str:
    return " ".join(text.split())


# What each writer calls the elements that the other one does not have, or has only sometimes.
SAME = dict.fromkeys(("article", "p", "tbody", "thead")) | {"th": "td", "s": "del"}
INLINE = frozenset(("a", "strong", "em", "del", "code", "sup", "sub"))


def shape(html: str) -> list[tuple[str, list[str], set[str]]]:
    """Return each character with the blocks around it, from the outside, and the inline elements, without white space.

    Nothing is marked in preformatted text, because Markdown cannot.
    """
    characters: list[tuple[str, list[str], set[str]]] = []
    path: list[str] = []
    for event, node in etree.iterwalk(lxml.html.fragment_fromstring(html, create_parent="article"), ("start", "end")):
        if event == "start":
            path.append(node.tag)
        else:
            path.pop()
        tags = [tag for each in path if (tag := SAME.get(each, each))]
        tags = tags[: tags.index("pre") + 1] if "pre" in tags else tags
        around = [tag for tag in tags if tag not in INLINE], INLINE.intersection(tags)
        characters += (
            (each, *around) for each in (node.text if event == "start" else node.tail) or "" if not each.isspace()
        )
    return characters


@given(st.lists(blocks(), min_size=1, max_size=5), TEXTS.map(one_line))
@settings(max_examples=200)
def test_the_text_survives(drawn: list[dict[str, Any]], title: str) -> None:
    """Rendered Markdown and HTML have the title, and the text of each block with its structure and its marks."""
    drawn_record = record(*drawn)
    assert [] == list(differences(drawn_record | {"title": title}))
    assert shape(to_html(drawn_record, fragment=True)) == shape(rendered(to_markdown(drawn_record)))


@given(TEXTS, TEXTS)
def test_removed_blocks_are_struck_through(text: str, evidence: str) -> None:
    """With `explain`, a removed block is struck through in one line, followed by the reason, whatever they say."""
    removed = {"place": 1, "kind": "heading", "text": text, "reason": "ad", "rule": None, "evidence": evidence}
    explained = to_markdown(record("Before.", {"text": "After.", "place": 2}) | {"removed": [removed]}, explain=True)
    expected = ["Before.", f"{one_line(text)} (ad, {one_line(evidence)})", "After."]
    assert expected == [one_line(block) for block in markdown_blocks(explained)]
    struck = [character for character, _, marks in shape(rendered(explained)) if "del" in marks]
    assert "".join(struck) == "".join(text.split())


@pytest.mark.parametrize("folder", [FIXTURES, KNOWN_FAILURES], ids=lambda folder: folder.name)
def test_the_text_of_fixtures_survives(folder: Path) -> None:
    """Rendered Markdown and HTML of each fixture have the title and the text of the article, block by block."""
    articles = {path.name: cleaned(path).to_dict(explain=True) for path in sources(folder)}
    assert {} == {name: found for name, each in articles.items() if (found := list(differences(each)))}


def markdown(*blocks: dict[str, Any] | str, **fields: Any) -> str:
    return to_markdown(record(*blocks, **fields))


URL = "https://a.example/b"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (marked("a bold word", ("bold", "strong")), "a **bold** word"),
        (marked("an old word", ("old", "emphasis")), "an *old* word"),
        (marked("both here", ("both", "strong"), ("both", "emphasis")), "**_both_** here"),
        (marked("very bold", ("very bold", "emphasis"), ("bold", "strong")), "*very __bold__*"),
        (marked("words", ("word", "strong")), "**word**s"),
        (marked("words", ("w", "strong"), ("ord", "emphasis")), "**w**<em>ord</em>s"),
        (marked("“So”s", ("“So”", "strong")), "<strong>“So”</strong>s"),
        (marked("名は「青い船」です", ("「青い船」", "strong")), "名は<strong>「青い船」</strong>です"),
        (marked("size: ten", (": ten", "strong")), "size: **ten**"),
        (marked("Note:this", ("Note:", "strong")), "**Note**:this"),
        (marked("a, b", (",", "strong")), "a, b"),
        (marked("one two", ("one", "strong"), ("two", "strong")), "**one two**"),
        (marked("one two", ("one ", "strong"), ("two", "link", URL)), f"**one** [two]({URL})"),
        (marked("m2 and H2O", ("2", "superscript")), "m<sup>2</sup> and H2O"),
        (marked("now 5 6", ("5", "strikethrough")), "now ~~5~~ 6"),
        (marked("run a`b now", ("a`b", "code")), "run ``a`b`` now"),
        (marked("run `b` now", ("`b`", "code")), "run `` `b` `` now"),
        (marked("run a\nb", ("a\nb", "code")), "run <code>a\\\nb</code>"),
        (marked("see run()", ("run()", "code"), ("run()", "link", URL)), f"see [`run()`]({URL})"),
        (marked("see [it]!", ("[it]", "link", URL)), f"see [\\[it\\]]({URL})!"),
        (marked("look! here", ("! here", "link", URL)), f"look[! here]({URL})"),
        (marked("look!here", ("here", "link", URL)), f"look\\![here]({URL})"),
        (marked("**a** b", ("b", "strong")), "\\*\\*a\\*\\* **b**"),
        (marked("#1 it is", ("1", "strong")), "#**1** it is"),
        (marked("- it is", ("it", "strong")), "\\- **it** is"),
        (marked("A title", ("A title", "strong")) | {"kind": "heading", "level": 3}, "### A title"),
        ({"kind": "heading", "level": 2, "text": "In C #"}, "## In C \\#"),
        ({"kind": "heading", "level": 2, "text": "In C#"}, "## In C#"),
        ({"kind": "heading", "level": 2, "text": "One\ntwo"}, "## One<br>two"),
    ],
)
def test_marks(block: dict[str, Any], expected: str) -> None:
    """A mark is written with Markdown's delimiters where they are read as meant, otherwise as an HTML element."""
    assert f"{expected}\n" == markdown(block)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b_(c)", "[x](https://a.example/b_(c))"),
        ("https://a.example/b(c", "[x](https://a.example/b%28c)"),
        ("https://a.example/b c\n<d>", "[x](https://a.example/b%20c%0A%3Cd%3E)"),
        ("https://a.example/?a=1&copy;=2&b=3", "[x](https://a.example/?a=1&amp;copy;=2&b=3)"),
        ("HTTP://a.example", "[x](HTTP://a.example)"),
        ("mailto:a@b.example", "[x](mailto:a@b.example)"),
        ("tel:+49-30-1", "[x](tel:+49-30-1)"),
        ("javascript:alert(1)", "x"),
        (" javascript:alert(1)", "x"),
        ("java\nscript:alert(1)", "x"),
        ("data:text/html,x", "x"),
        ("file:///etc/passwd", "x"),
        ("/relative", "x"),
        ("", "x"),
    ],
)
def test_links(url: str, expected: str) -> None:
    """A link to the web, a mailbox or a telephone has its address; of any other link, only the text stays."""
    assert f"{expected}\n" == markdown(marked("x", ("x", "link", url)))


def test_lists() -> None:
    """Lists keep their nesting and their numbers, and separate lists stay separate."""
    blocks = [
        in_list("one"),
        in_list("two"),
        in_list("inner", 1, 2),
        in_list("first", 2, 3, at=1),
        in_list("three"),
        in_list("another list", 3),
        in_list("third", 4, at=3),
        in_list("fourth", 4, at=4),
        in_list("ninth", 4, at=9),
        "A line.",
        in_list("tenth", 4, at=10),
        in_list("a new count", 5, at=1),
    ]
    expected = """\
- one
- two
  - inner
    1. first
- three

* another list

3. third
4. fourth

9) ninth

A line.

10. tenth

1) a new count
"""
    assert expected == markdown(*blocks)
    html = to_html(record(*blocks), fragment=True)
    assert '<ol start="3">\n<li>third</li>\n<li>fourth</li>\n<li value="9">ninth</li>\n</ol>' in html
    assert "<li>two\n<ul>\n<li>inner\n<ol>\n<li>first</li>\n</ol></li>\n</ul></li>" in html


def test_blocks_in_an_item() -> None:
    """An item may have several blocks of any kind."""
    more = {"number": 0, "continues": True}
    blocks = [
        in_list("Step one", at=1),
        in_list("said\nso", at=1, **more, kind="quote", quote_depth=1),
        in_list("a\n\n  b", at=1, **more, kind="preformatted", language="python"),
        in_list("Step two", at=2, kind="heading", level=3),
        in_list("has a point", 1, 2),
        in_list("and goes on", at=2, **more),
    ]
    expected = """\
1. Step one

   > said\\
   > so

   ```python
   a

     b
   ```

2. ### Step two

   - has a point

   and goes on
"""
    assert expected == markdown(*blocks)


def test_quotations() -> None:
    """Quotations keep their depth, and hold lists. A list can begin in the quotation, or the quotation in the item."""
    blocks = [
        {"kind": "quote", "text": "outer", "quote_depth": 1},
        {"kind": "quote", "text": "inner", "quote_depth": 2},
        in_list("a point", quote_depth=1),
        in_list("quoted", 1, kind="quote", quote_depth=1),
        in_list("its second paragraph", 1, kind="quote", quote_depth=1, continues=True),
        {"kind": "quote", "text": "without a depth"},
    ]
    expected = """\
> outer
>
> > inner
>
> - a point

- > quoted
  >
  > its second paragraph

> without a depth
"""
    assert expected == markdown(*blocks)


def test_embedded_posts() -> None:
    """A post of another service is a quotation of its own, with its author, its service and a link to it.

    A player or a map is such a line alone. An embed may have the place of the block that follows it.
    """
    post = {"kind": "embed", "text": "On my way", "embed": {"author": "Ada", "service": "Chirper", "url": URL}}
    player = {"kind": "embed", "text": "", "embed": {"author": None, "service": "Player", "url": URL}}
    nowhere = {"kind": "embed", "text": "", "embed": {"author": None, "service": "Map", "url": "javascript:x"}}
    expected = f"> On my way\n>\n> — [Ada, Chirper]({URL})\n\n> [Player]({URL})\n\n> Map\n\n> said\n"
    assert expected == markdown(post, player, nowhere, {"kind": "quote", "text": "said"})
    first = {"place": 3, "kind": "embed", "text": "", "embed": player["embed"]}
    pictured = to_markdown(record(first, {"text": "Text.", "place": 3}, images=[image(3)]), images=True)
    assert f"> [Player]({URL})\n\nText.\n\n![]({URL}.jpg)\n" == pictured


def test_tables() -> None:
    """A table has the page's head, which may be a row of strong text, or an empty one, and a column for each in a cell.

    Bars are escaped, and a table with a single column is no table.
    """
    blocks = [
        row("Town", "Ferries", "", header=True),
        row("Ostra | Nord", "7", "", rows=2),
        row("9", "*"),
        row("All of them", columns=9),
        row("2020", "Lowmere", table=2),
        "A line.",
        row("Day", "Tide", table=4) | {"marks": [{"start": 0, "end": 10, "kind": "strong"}]},
        row("Monday", "high", table=4),
        row("One", table=3),
        row("column", table=3),
    ]
    expected = """\
| Town | Ferries |  |
| --- | --- | --- |
| Ostra \\| Nord | 7 |  |
|  | 9 | \\* |
| All of them |  |  |

|  |  |
| --- | --- |
| 2020 | Lowmere |

A line.

| Day | Tide |
| --- | --- |
| Monday | high |

One

column
"""
    assert expected == markdown(*blocks)


def image(after: int | None, **fields: Any) -> dict[str, Any]:
    return {"url": f"{URL}.jpg", "alt": None, "caption": None, "credit": None, "after": after} | fields


def test_images() -> None:
    """On demand, pictures stand behind their blocks with caption and credit: in an item of a list, after a table."""
    blocks = [in_list("one"), in_list("two"), row("a", "b"), row("c", "d"), "End."]
    images = [
        image(None, alt="a [new] boat", caption="The *boat*", credit="Photo: Ada"),
        image(0, url=f"{URL} (1).jpg"),
        image(1, caption="Two"),
        image(2, alt="in the\ntable"),
        image(4, url="data:image/png;base64,AA"),
        image(4, url="javascript:alert(1)"),
    ]
    expected = f"""\
![a \\[new\\] boat]({URL}.jpg)\\
*The \\*boat\\* Photo: Ada*

- one

  ![]({URL}%20(1).jpg)

- two

![]({URL}.jpg)\\
*Two*

|  |  |
| --- | --- |
| a | b |
| c | d |

![in the table]({URL}.jpg)

End.
"""
    article_record = record(*blocks, images=images)
    assert expected == to_markdown(article_record, images=True)
    assert "!" not in to_markdown(article_record)
    assert "<img" not in to_html(article_record)
    html = to_html(article_record, images=True)
    assert f'<img src="{URL}.jpg" alt="a [new] boat" loading="lazy">\n<figcaption>The *boat* Photo: Ada' in html
    assert 4 == html.count("<img")


TEXT_OF_YAML = st.text() | st.sampled_from(["yes", "1e3", "~", "null", "- a: b", '"x"', "2024-05-06", "a\u2028b\x85c"])


@given(TEXT_OF_YAML.filter(bool), st.lists(TEXT_OF_YAML), st.booleans() | st.none(), st.integers(0, 9) | st.none())
def test_front_matter(text: str, texts: list[str], flag: bool | None, number: int | None) -> None:
    """The front matter is YAML that is read back as what is known of the article, whatever the strings are."""
    known = {"title": text, "authors": texts, "published": "2024-05-06", "url": URL, "paywalled": flag}
    article_record = record("Text.", **known, word_count=number, canonical_url="https://b.example", kicker=None)
    head, title = to_markdown(article_record, front_matter=True).removeprefix("---\n").split("\n---\n\n", 1)
    expected = known | {"word_count": number}
    assert {name: value for name, value in expected.items() if value not in (None, [])} == yaml.safe_load(head)
    assert title == to_markdown(article_record)


def test_front_matter_of_nothing() -> None:
    """There is no front matter if nothing is known, and the address that the page declares if there is no other."""
    assert "Text.\n" == to_markdown(record("Text."), front_matter=True)
    article_record = record(canonical_url=URL)
    assert f'---\nurl: "{URL}"\n---\n' == to_markdown(article_record, front_matter=True)


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>]]><!-- `"
BAD_URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    f"https://a/{ATTACK}",
)


def test_attacks() -> None:
    """No part of a record can bring an element, an attribute or an address of its own into the HTML or the Markdown."""
    links = [marked("x", ("x", "link", url)) for url in BAD_URLS]
    blocks = [{"kind": kind, "text": ATTACK} for kind in ("paragraph", "heading", "list_item", "quote", "table_row")]
    article_record = record(
        *blocks,
        *links,
        {"kind": "preformatted", "text": ATTACK, "language": ATTACK.replace(" ", "")},
        {"kind": "embed", "text": ATTACK, "embed": {"author": ATTACK, "service": ATTACK, "url": BAD_URLS[0]}},
        row(ATTACK, ATTACK, header=True),
        title=ATTACK,
        authors=[ATTACK],
        author_urls={ATTACK: BAD_URLS[0]},
        published=ATTACK,
        language=ATTACK,
        site_name=ATTACK,
        url=BAD_URLS[-1],
        images=[image(0, url=url, alt=ATTACK, caption=ATTACK) for url in BAD_URLS],
    )
    allowed = {"rel", "href", "src", "alt", "loading", "class", "lang", "dir", "charset", "name", "content", "datetime"}
    for html in (to_html(article_record, images=True), rendered(to_markdown(article_record, images=True))):
        tree = lxml.html.document_fromstring(html)
        assert [] == tree.xpath("//script | //svg | //comment() | //*[@onerror or @onload]")
        assert set() == {name for node in tree.iter() for name in node.attrib} - allowed
        assert {"https"} == {url.partition(":")[0] for url in tree.xpath("//@href | //@src")}
    etree.fromstring(re.sub("<(br|img[^>]*)>", r"<\1/>", to_html(article_record, fragment=True)))


def test_deep_nesting() -> None:
    """However deep lists, quotations and marks are in each other, Markdown does not grow beyond what renderers read."""
    marks = [{"start": 0, "end": 5, "kind": kind} for kind in ("strong", "emphasis") * 100]
    blocks = [
        in_list("lists", depth, depth, quote_depth=depth, marks=marks, continues=depth % 2 == 0)
        for depth in range(1, 200)
    ]
    article_record = record(*blocks)
    assert [] == list(differences(article_record))
    assert len(to_markdown(article_record)) < 100 * len(blocks)


@pytest.mark.parametrize(
    ("text", "every", "kind"),
    [
        ("*" * 100_000, 0, ""),
        ("http://" * 20_000, 0, ""),
        ("a" + " " * 100_000 + "b", 0, ""),
        ("-\n" * 50_000 + "x", 0, ""),
        ("!a" * 20_000, 2, "link"),
        ("ab" * 20_000, 2, "strong"),
    ],
)
def test_time_grows_with_the_text(text: str, every: int, kind: str, cpu_limit: CpuLimit) -> None:
    """Text that is full of markup characters, addresses or marks takes no longer than its length explains."""
    starts = range(1, len(text), every) if every else ()
    marks = [{"start": start, "end": start + 1, "kind": kind, "url": URL} for start in starts]
    with cpu_limit(2):
        to_markdown(record({"text": text, "marks": marks}))


def test_wide_rows(cpu_limit: CpuLimit) -> None:
    """Rows of many marked cells that say that they are large take no longer, and do not make the table much larger."""
    wide = row(*["ab"] * 3_000)
    wide["row"]["cells"] = [cell | {"columns": 100, "rows": 100} for cell in wide["row"]["cells"]]
    wide["marks"] = [{"start": 5 * place, "end": 5 * place + 1, "kind": "strong"} for place in range(3_000)]
    with cpu_limit(2):
        shown = to_markdown(record(wide, wide, wide))
    assert len(shown) < 200_000
