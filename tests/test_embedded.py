"""JSON embedded in pages: JSON-LD, and articles that are only in JSON."""

from __future__ import annotations

import base64
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring import CpuLimit

from cleaner.page.embedded import EmbeddedBody, article_node, body_text, declared_text, read_json_ld

ARTICLE = {"@type": "NewsArticle", "headline": "Harbour wall holds"}
SENTENCE = "The wall at the old harbour held through the night, the council said. "
LONG = SENTENCE * 6
SHORT = SENTENCE.strip()


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Harbour wall holds"}',
        '<![CDATA[{"@type": "NewsArticle", "headline": "Harbour wall holds"}]]>',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Harbour wall holds"}\n//]]>',
        '<!-- {"@type": "NewsArticle", "headline": "Harbour wall holds"} -->',
        '/* a, } */ {"@type": "NewsArticle", // the type\n "headline": "Harbour wall holds"}',
        '{"@type": "NewsArticle", "headline": "Harbour wall holds",}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Harbour wall holds&quot;}",
        '{"@type": "NewsArticle", "headline": "Harbour wall holds"};',
        '\ufeff{"@type": "NewsArticle", "headline": "Harbour wall holds"}',
        '{"@type": "NewsArticle", "headline": "Harbour wall holds"} and then what nobody can read',
        '[{"@type": "NewsArticle", "headline": "Harbour wall holds"}]',
        '{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": "Harbour wall holds"}]}',
    ],
)
def test_repairs(script: str) -> None:
    """JSON with common errors is read as its author meant it."""
    assert (ARTICLE,) == read_json_ld([script])


def test_strings_survive_repair() -> None:
    """Text in a string that looks like a comment or a stray comma stays, and a raw newline is accepted."""
    script = '{"url": "https://example.org/a", "text": "one, ] /* two */ // three\nfour",}'
    expected = ({"url": "https://example.org/a", "text": "one, ] /* two */ // three\nfour"},)
    assert expected == read_json_ld([script])


def test_a_broken_script_affects_no_other() -> None:
    """A broken script does not affect other scripts."""
    assert (ARTICLE,) == read_json_ld(['{"headline": "He said "no" to it"}', json.dumps(ARTICLE)])


def test_nested_nodes() -> None:
    """An article nested in the node of a page is a node, too, after the page."""
    page = {"@type": "WebPage", "mainEntity": ARTICLE}
    assert (page, ARTICLE) == read_json_ld([json.dumps(page)])


def test_references() -> None:
    """A reference by @id is resolved from another script, and circular references do no harm."""
    scripts = [
        json.dumps({"@type": "Article", "@id": "#a", "author": [{"@id": "#p"}]}),
        json.dumps({"@type": "Person", "@id": "#p", "name": "Ada Moss", "worksFor": {"@id": "#a"}}),
    ]
    article = article_node(read_json_ld(scripts))
    assert article is not None
    assert "Ada Moss" == article["author"][0]["name"]


@pytest.mark.parametrize(
    "kind", ["NewsArticle", ["WebPage", "Article"], "http://schema.org/BlogPosting", "schema:Report"]
)
def test_article_types(kind: Any) -> None:
    """An article is recognised by its type in any notation."""
    assert {"@type": kind} == article_node([{"@type": "Person"}, {"@type": kind}])


@pytest.mark.parametrize("kind", ["JobPosting", "WebPage", None, 7, [None], {}])
def test_no_article(kind: Any) -> None:
    """Nodes of other types are not articles."""
    assert None is article_node([{"@type": kind}])


def test_the_fuller_article() -> None:
    """Of several articles, the node with more metadata is that of the page."""
    of_page = {"@type": "NewsArticle", "headline": "B", "datePublished": "2024-05-03", "author": "C"}
    assert of_page == article_node([{"@type": "NewsArticle", "headline": "A"}, of_page])


def test_limits() -> None:
    """JSON-LD beyond the limits is left out, not cut off."""
    assert () == read_json_ld([json.dumps({"@type": "Article", "text": "x" * 512_000})])
    third = json.dumps({"@type": "Article", "text": "x" * 400_000})
    assert 2 == len(read_json_ld([third, third, third]))
    assert () == read_json_ld(["[" * 70 + json.dumps(ARTICLE) + "]" * 70])


def test_declared_body() -> None:
    """`articleBody` is the text, one paragraph per line; escaped characters are decoded."""
    nodes = [{"@type": "NewsArticle", "articleBody": f"{LONG}\r\nPeter &amp; Paul\u00a0came."}]
    assert EmbeddedBody(f"{LONG}\nPeter & Paul came.", is_html=False) == body_text(nodes, ())
    nodes = [{"@type": "NewsArticle", "articleBody": f"&lt;p&gt;{LONG}&lt;/p&gt;"}]
    assert EmbeddedBody(f"<p>{LONG}</p>", is_html=True) == body_text(nodes, ())


def test_declared_text() -> None:
    """The declared text has no tags and no escaped characters; a few words are not a text."""
    markup = f"<p>{LONG}</p><p>Peter&nbsp;&amp; <b>Paul</b> came.</p>"
    assert f"  {LONG}  Peter\u00a0&  Paul  came. ".split() == declared_text([ARTICLE | {"articleBody": markup}]).split()
    assert f"{LONG}Peter & Paul came." == declared_text([ARTICLE | {"articleBody": f"{LONG}Peter &amp; Paul came."}])
    assert ["", ""] == [declared_text([ARTICLE]), declared_text([ARTICLE | {"articleBody": "Read more"}])]


def test_live_blog() -> None:
    """The updates of a live blog follow its text, each after its headline."""
    update = {"@type": "BlogPosting", "headline": "10:15", "articleBody": SHORT}
    nodes = [{"@type": "LiveBlogPosting", "articleBody": SHORT, "liveBlogUpdate": [update]}]
    assert EmbeddedBody(f"{SHORT}\n\n10:15\n\n{SHORT}", is_html=False) == body_text(nodes, ())


PARAGRAPH = f"<p>{LONG}</p>"
RICH = f"{PARAGRAPH}\n<h3>Repairs</h3>\n{PARAGRAPH}"
BODIES: dict[str, Any] = {
    "Arc": {
        "content_elements": [
            {"type": "text", "content": LONG},
            {"type": "image", "caption": LONG},
            {"type": "header", "level": 3, "content": "Repairs"},
            {"type": "interstitial_link", "url": "https://example.org/"},
            {"type": "text", "content": LONG},
        ]
    },
    "Contentful": {
        "nodeType": "document",
        "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": LONG, "marks": []}]},
            {"nodeType": "heading-3", "content": [{"nodeType": "text", "value": "Repairs"}]},
            {"nodeType": "embedded-asset-block", "data": {"target": LONG}},
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": LONG[:9]},
                    {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": LONG[9:]}]},
                ],
            },
        ],
    },
    "Sanity": [
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": LONG}]},
        {"_type": "block", "style": "h3", "children": [{"_type": "span", "text": "Repairs"}]},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": LONG[:9]}, {"text": LONG[9:]}]},
    ],
    "Slate": [
        {"type": "paragraph", "children": [{"text": LONG}]},
        {"type": "heading-three", "children": [{"text": "Repairs"}]},
        {"type": "paragraph", "children": [{"text": LONG[:9]}, {"type": "link", "children": [{"text": LONG[9:]}]}]},
    ],
    "Draft.js": {
        "blocks": [
            {"key": "a", "type": "unstyled", "text": LONG},
            {"key": "b", "type": "header-three", "text": "Repairs"},
            {"key": "c", "type": "unstyled", "text": LONG},
        ],
        "entityMap": {},
    },
    "ProseMirror": {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": LONG}]},
            {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Repairs"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": LONG}]},
        ],
    },
    "Editor.js": [
        {"type": "paragraph", "data": {"text": LONG}},
        {"type": "header", "data": {"text": "Repairs", "level": 3}},
        {"type": "paragraph", "data": {"text": LONG}},
    ],
    "GraphQL": [
        {"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": LONG}]},
        {"__typename": "Heading3Block", "content": [{"__typename": "TextInline", "text": "Repairs"}]},
        {"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": LONG}]},
    ],
    "HTML": RICH,
}


@pytest.mark.parametrize("system", BODIES)
def test_rich_text(system: str) -> None:
    """The blocks of common editors become HTML in order; pictures, embeds and related links are left out."""
    state = {"props": {"menu": ["Home", "Sport"], "teasers": [{"text": SHORT}], "article": {"body": BODIES[system]}}}
    assert EmbeddedBody(RICH, is_html=True) == body_text((), [json.dumps(state)])


def test_lists_and_quotes() -> None:
    """List items and quotes keep their kind; text is escaped, HTML is not."""
    blocks = [
        {"type": "paragraph", "text": f"{LONG}5 < 7"},
        {"type": "list", "items": [{"type": "text", "content": "one &amp; <b>two</b>"}, "three & four"]},
        {"type": "quote", "content_elements": [{"type": "text", "content": SHORT}]},
    ]
    expected = (
        f"<p>{LONG}5 &lt; 7</p>\n<li>one &amp; <b>two</b></li>\n<li>three &amp; four</li>\n"
        f"<blockquote>\n<p>{SHORT}</p>\n</blockquote>"
    )
    assert EmbeddedBody(expected, is_html=True) == body_text((), [json.dumps(blocks)])


STREAM = f'0:["$","div",null,{{}}]\n1a:T{len(RICH.encode()):x},{RICH}'


@pytest.mark.parametrize(
    "scripts",
    [
        [f"window.__PRELOADED_STATE__ = {json.dumps({'a': RICH})};\nwindow.b=function(){{return 1}}"],
        [f"window.__STATE__=JSON.parse({json.dumps(json.dumps({'a': RICH}))});"],
        [f"Fusion.contextPath='/x';Fusion.config={{a:1}};Fusion.globalContent={json.dumps({'a': RICH})};"],
        [json.dumps({"a": json.dumps({"b": RICH})})],
        [f"self.__next_f.push([1,{json.dumps(STREAM[:70])}])", f"self.__next_f.push([1,{json.dumps(STREAM[70:])}])"],
    ],
)
def test_scripts(scripts: list[str]) -> None:
    """The text is found in JSON that JavaScript assigns, parses or pushes, and in JSON within a JSON string."""
    assert EmbeddedBody(RICH, is_html=True) == body_text((), scripts)


def pushes(stream: bytes, *cuts: int) -> list[str]:
    """Return the scripts of Next.js that push a stream, cut at these bytes."""
    pieces = [stream[start:end] for start, end in pairwise((0, *cuts, len(stream)))]
    return [f"self.__next_f.push([1,{json.dumps(piece.decode())}])" for piece in pieces]


def text_row(number: str, text: str) -> bytes:
    return f"{number}:T{len(text.encode()):x},{text}".encode()


STATE_ROW = f'5:["$","$L23",null,{{"state":{{"queries":[{{"state":{{"data":"{SHORT * 4}"}}}}]}}}}]\n'.encode()
FOREIGN = "<p>" + "Der Zug fährt – endlich! – über die Brücke. 橋が開いた。 " * 30 + "</p>"


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(text_row("1a", RICH) + STATE_ROW, id="a row directly after the text"),
        pytest.param(STATE_ROW + text_row("1a", RICH), id="the text is last"),
        pytest.param(b'3:I[47,[],""]\n:HL["/a.css","style"]\n' + text_row("ff", RICH) + b"\n" + STATE_ROW, id="others"),
        pytest.param(text_row("2", "5:[1]\n6:{}\n") + text_row("3", RICH) + text_row("4", SHORT), id="texts"),
        pytest.param(b"7:A8,\n1a:T9,\n" + text_row("3", RICH) + STATE_ROW, id="an array of bytes"),
        pytest.param(b"no row\n\n:\nzz:T5,\n" + text_row("3", RICH) + STATE_ROW, id="lines that are no rows"),
        pytest.param(b'1:{"a":[}\n2:{"b"' + b"\n" + text_row("3", RICH), id="broken JSON"),
        pytest.param(b"9:" + json.dumps({"body": RICH}).encode() + b"\n" + text_row("4", SHORT), id="in JSON"),
        pytest.param(b"9:" + json.dumps(RICH).encode() + b"\n", id="a string of JSON"),
    ],
)
def test_rows_of_a_stream(stream: bytes) -> None:
    """A text in React's stream has the length in bytes that its row declares, and does not include the next row."""
    assert EmbeddedBody(RICH, is_html=True) == body_text((), pushes(stream))


def test_length_counts_bytes() -> None:
    """The length of a text is in bytes of UTF-8, not in characters, and a push may end anywhere."""
    stream = text_row("1a", FOREIGN) + STATE_ROW
    cut = len(b"1a:T123,<p>Der Zug f")
    assert EmbeddedBody(FOREIGN, is_html=True) == body_text((), pushes(stream, 2, cut))
    middle = cut + 1  # within the umlaut, where Next.js pushes bytes
    scripts = [
        f'self.__next_f.push([3,"{base64.b64encode(piece).decode()}"])' for piece in (stream[:middle], stream[middle:])
    ]
    assert EmbeddedBody(FOREIGN, is_html=True) == body_text((), scripts)


def test_cut_stream() -> None:
    """A stream that ends within a row gives the beginning of a text, and nothing of JSON."""
    whole = text_row("1a", RICH)
    body = body_text((), pushes(whole[:-100]))
    assert body is not None
    assert RICH[:-100] == body.markup
    assert None is body_text((), pushes(b"1:" + json.dumps({"body": RICH}).encode()[:-20]))
    for cut in range(len(STATE_ROW)):
        body_text((), pushes(STATE_ROW[:cut]))


@pytest.mark.parametrize("unit", ["\n", "1:T1,", "1:T0,", "1:[\n", "1:{", ":", "a", "1:Tffffffff,", "1:" + "[" * 50])
def test_hostile_stream(unit: str, cpu_limit: CpuLimit) -> None:
    """A quarter of a megabyte of any repeated text in a stream is read fast."""
    scripts = pushes((unit * (250_000 // len(unit))).encode())
    with cpu_limit(0.5):
        body_text((), scripts)


@pytest.mark.parametrize(
    "state",
    [
        {"teaser": SHORT},
        {"code": "function f(){return 1}. " * 100},
        {"state": '5:["$","$L23",null,{"state":{"text":"It is. So it is. "}}],' * 20},
        {"link": "https://example.org/" + "a. " * 400},
        {"noise": "word " * 400},
        {"tags": ["harbour"] * 200},
        {},
    ],
)
def test_no_body(state: dict[str, Any]) -> None:
    """Teasers, code, URLs and labels are not an article."""
    assert None is body_text((), [json.dumps(state)])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@graph", "@id", "@type", "mainEntity", "author", "type", "content", "text", "style", "level"]
            )
            | st.text(max_size=5),
            inner | st.sampled_from(["Article", "#1", "paragraph", "list", "h2"]),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(st.lists(JSON.map(json.dumps) | st.text(max_size=60), max_size=3), st.integers(0, 200))
def test_any_json(scripts: list[str], cut: int) -> None:
    """Any script, whole or cut off, gives nodes or nothing, and a text or none."""
    scripts = [script[: len(script) - cut % (len(script) + 1)] for script in scripts] + scripts
    nodes = read_json_ld(scripts)
    assert all(isinstance(node, dict) for node in nodes)
    body = body_text(nodes, scripts)
    assert body is None or len(body.markup) >= 80


@pytest.mark.parametrize(
    "unit",
    ['"\\', '\\"', ", ", "/*", "*/ /*", " //", '{"a":[', "[0,", '{"a":"b" ', "<![CDATA[", "&quot;", "=[", '"', "{"],
)
def test_hostile_scripts(unit: str, cpu_limit: CpuLimit) -> None:
    """A quarter of a megabyte of any repeated text is read fast."""
    script = unit * (250_000 // len(unit))
    with cpu_limit(0.5):
        read_json_ld([script])
        body_text((), [script, "x=" + script])
