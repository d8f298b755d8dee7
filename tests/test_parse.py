"""Parsing: no word of text is lost, whether the markup is ordinary, odd or hostile."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from measuring import CpuLimit

from cleaner.blocks.html import read_html
from cleaner.errors import Code, InputError
from cleaner.page.parse import MAX_DEPTH, MAX_ELEMENTS, ParsedPage, parse


def words(tree: ParsedPage) -> list[str]:
    """Return the words of the text, in order. Elements are separated by a space."""
    return " ".join(tree.root.itertext()).split()


def depth(tree: ParsedPage) -> int:
    return max(sum(1 for _ in element.iterancestors()) + 1 for element in tree.root.iter())


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("just text", "just text"),
        ("<p>a fragment", "a fragment"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><html><body>caf\u00e9</body></html>', "caf\u00e9"),
        ("<meta charset=koi8-r><p>\u0441\u043b\u043e\u0432\u043e", "\u0441\u043b\u043e\u0432\u043e"),
        ("<html><body>one</body></html><html><body>two</body></html>three", "one two three"),
        ("one</p>two</p><p>three </div>four<table>five<tr>six<td>seven", "one two three four five six seven"),
        ("one</br>two", "one two"),
        ("<p>one<!--[if IE]><p>no<![endif]--><p>two<![if !IE]><p>three<![endif]>", "one two three"),
        ("<p>one <![CDATA[two <b>three</b>]]> four", "one two three four"),
        ("one <script>//<![CDATA[\nno //]]></script>two", "one two"),
        ("one <script>var a = '<!--<script>no</script>-->';</script>two", "one two"),
        (
            "one <script>if (a < b) document.write('<p>no</p>')</script>two <style>p > a {}</style>three",
            "one two three",
        ),
        ("<noscript><p>one</noscript><x-y>two<o:p>three</o:p></x-y>", "one two three"),
        ("one &amp; two &#8212; three &unknown; &lt;b&gt;", "one & two \u2014 three &unknown; <b>"),
        ("a\x00b\x01c\x0bd", "abc d"),
        ("a\ud83d\ude00b \ud800", "a\U0001f600b \ufffd"),
        ("<a b='<p>no</p>' c=\"x > y\">one</a> < two > three", "one < two > three"),
        ("<frameset><frame src=a></frameset>one", "one"),
    ],
)
def test_no_text_is_lost(markup: str, expected: str) -> None:
    """Odd markup gives a tree with the root <html> that contains the text that a reader sees."""
    tree = parse(markup)
    assert ("html", expected.split()) == (tree.root.tag, words(tree))
    assert () == tree.warnings


def test_lone_paragraph_end_is_a_break() -> None:
    """A </p> without a <p> separates two paragraphs."""
    tree = parse("<div>one</p>two</p>three</div>")
    assert ["one", "two", "three"] == list(tree.root.itertext())
    assert ["p", "p"] == [child.tag for child in tree.root.find(".//div")]


@pytest.mark.parametrize(
    "markup", ["", " \n\t", "<!-- nothing -->", "<!", "<!DOCTYPE html>", "\x00\x01", "<!--" * 50_000]
)
def test_empty(markup: str) -> None:
    """Markup without content is an error."""
    with pytest.raises(InputError) as caught:
        parse(markup)
    assert Code.EMPTY == caught.value.code


def test_data_scripts() -> None:
    """Scripts that hold data are kept unchanged, outside of the tree."""
    state = '{"body": "<p>' + "word " * 120 + '</p>"}'
    ld = '{"@type": "NewsArticle", "headline": "a </b> c"}'
    tree = parse(
        f'<script type="application/ld+json">{ld}</script><p>text<script type="Application/LD+JSON; a=b">[]</script>'
        f'<script id="__NEXT_DATA__" type="application/json">{state}</script><script>window.__NUXT__={state}</script>'
        f'<script>Fusion.globalContent={state};</script><script type="application/json">{{"too": "short"}}</script>'
        f"<script>var nothing = {state}</script>"
    )
    assert (ld, "[]") == tree.json_ld
    assert (state, f"window.__NUXT__={state}", f"Fusion.globalContent={state};") == tree.scripts
    assert ["text"] == words(tree)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<div>", "</div>"),
        ("<b>", "</b>"),
        ("<ul><li>", "</ul>"),
        ("<table><tr><td>", "</table>"),
        ("<section><p>", ""),
        ("<wbr>", ""),
        ("<dl><dd>", ""),
        ("<h2>", ""),
    ],
)
@pytest.mark.parametrize("nested", [90, 300, 3000])
def test_deep(opened: str, closed: str, nested: int) -> None:
    """At any depth of nesting, all text is kept in order, including what follows, and the tree is not too deep."""
    markup = "".join(f"{opened}in{number} " for number in range(nested)) + closed * nested + "<p>after</p>"
    tree = parse(markup)
    assert [f"in{number}" for number in range(nested)] + ["after"] == words(tree)
    assert depth(tree) <= MAX_DEPTH
    assert (nested > MAX_DEPTH) <= bool(tree.warnings)


def test_deep_blocks_stay_apart() -> None:
    """The texts of blocks that are nested too deep become paragraphs; inline markup separates nothing."""
    tree = parse("<div>" * 400 + "<div>one</div><div>tw<i>o</i></div>three" + "</div>" * 400)
    assert ["one", "two", "three"] == ["".join(p.itertext()) for p in tree.root.iter("p")]
    tree = parse("<div>" * 400 + "<p>in<wbr>di<wbr>visible</p>" + "</div>" * 400)
    assert ["indivisible"] == [text for p in tree.root.iter("p") if (text := "".join(p.itertext()))]


def streamed(number: int, inside: str) -> str:
    return f'<div hidden id="S:{number:x}">{inside}</div><script>$RC("B:{number:x}","S:{number:x}")</script>'


def test_streamed() -> None:
    """The parts that React streams after the page are moved to their places, and are not hidden there."""
    page = (
        '<main>zero <b>one</b><template id="B:0"></template> five</main>six'
        + streamed(1, "three<p>four</p>")
        + streamed(0, ' two<p><template id="P:1"></template></p>')
        + streamed(2, "without a place")
    )
    tree = parse(page)
    assert "zero one two three four five six without a place".split() == words(tree)
    assert "zero one two three four five".split() == " ".join(tree.root.find(".//main").itertext()).split()


@pytest.mark.parametrize("count", [3, 300, 3000])
def test_streamed_parts_in_each_other(count: int) -> None:
    """Streamed parts that contain each other lose no text, and the tree is not too deep."""
    links = [streamed(n, f'<i>in{n} <template id="B:{n + 1:x}"></template></i>') for n in range(count)]
    tree = parse('<template id="B:0"></template>' + "".join(links))
    assert {f"in{n}" for n in range(count)} == set(words(tree))
    assert count == len(words(tree))
    assert depth(tree) <= MAX_DEPTH


def test_streamed_part_in_itself() -> None:
    """A streamed part that contains itself loses no text, and characters that lxml refuses are removed."""
    assert ["a", "b"] == words(parse('a<div hidden id="S:0">b<template id="B:0"></template></div>'))
    assert ["a", "b", "c"] == words(parse('a <p>b <template id="B:0"></template></p>' + streamed(0, " &#3;c")))


def test_long_attributes() -> None:
    """Long attributes with images or state are dropped or shortened; other attributes and the text stay."""
    image = "data:image/png;base64," + "A" * 200_000
    tree = parse(f'<p class=lead data-state="{"x " * 50_000}">one<img src="{image}" alt=two></p>')
    assert {"class": "lead"} == dict(tree.root.find(".//p").attrib)
    assert {"src": "data:", "alt": "two"} == dict(tree.root.find(".//img").attrib)
    assert ["one"] == words(tree)


def test_many_attributes(cpu_limit: CpuLimit) -> None:
    """A tag with thousands of attributes loses all of them; a tag with one long value keeps its attributes."""
    flood = " ".join(f"a{number}=1" for number in range(200_000))
    with cpu_limit(2):
        tree = parse(f'<p {flood}>one</p><p id=x title="{"word " * 2000}">two</p>')
    assert ["one", "two"] == words(tree)
    assert [[], ["id", "title"]] == [p.keys() for p in tree.root.iter("p")]


def test_too_complex() -> None:
    """A page with too many elements is an error."""
    with pytest.raises(InputError) as caught:
        parse("<p>a</p>" * MAX_ELEMENTS)
    assert Code.TOO_COMPLEX == caught.value.code


def test_too_large() -> None:
    """A page with more characters than allowed is an error."""
    with pytest.raises(InputError) as caught:
        parse("<p>" + "a" * 100, max_chars=100)
    assert Code.TOO_LARGE == caught.value.code


def test_rescue(monkeypatch: pytest.MonkeyPatch) -> None:
    """If lxml makes no tree, the text from another parser becomes paragraphs, and there is a warning."""

    def no_tree(*_: object) -> None:
        raise etree.ParserError("Document is empty")

    monkeypatch.setattr(etree, "fromstring", no_tree)
    tree = parse("<div>one<p>two</div><script>no</script>")
    assert ("html", ["one", "two"]) == (tree.root.tag, [p.text for p in tree.root.iter("p")])
    assert 1 == len(tree.warnings)


@pytest.mark.parametrize(
    "unit",
    [
        "<!--",
        "<",
        "<a ",
        "&",
        "</p>",
        "</a>",
        "<a b=\"'",
        '="',
        "<![CDATA[",
        "data:a/",
        "&lt;",
        "<p a='",
        "<script>",
        "x ",
    ],
)
def test_time_is_linear(unit: str, cpu_limit: CpuLimit) -> None:
    """Parsing takes linear time, whatever is repeated."""
    with cpu_limit(2), suppress(InputError):  # some have no content, or too many elements
        parse(unit * (1_000_000 // len(unit)))


TAGS = "p div b ul li table td h2 x body html"
PIECES = st.sampled_from([f"<{tag}>" for tag in TAGS.split()] + [f"</{tag}>" for tag in TAGS.split()] + ["<!--c-->"])


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.integers(0, 9).map(lambda number: f" w{number} ")), max_size=40))
def test_any_order_of_tags_keeps_the_words(pieces: list[str]) -> None:
    """Tags in any order, closed or not, remove no word and do not change the order."""
    expected = [piece.strip() for piece in pieces if piece.startswith(" w")]
    if expected:
        assert expected == words(parse("".join(pieces)))


@settings(max_examples=300)
@given(st.text())
def test_any_string(markup: str) -> None:
    """Any string with a word outside of tags gives a tree."""
    assume(any(character.isalnum() for character in re.sub("<[^>]*>?", "", markup)))
    assert "html" == parse(markup).root.tag


@pytest.mark.parametrize(
    "markup", ["<!-- one <p>two &#1; \ufffe", "<!--<?xml version='1.0'?>one", "<!--one<![CDATA[two"]
)
def test_unclosed_comment(markup: str) -> None:
    """An unclosed comment is read as text."""
    assert "one" in " ".join(words(parse(markup)))


@pytest.mark.parametrize(
    "head", ["<!doctype html><title>A</title>", "<script>var a</script>", "<meta charset=utf-8><title>A</title>"]
)
def test_page_without_a_body_tag(head: str) -> None:
    """The content of a page without a <body> tag is in its body, in order, whatever element it begins with."""
    for tag in ("main", "article", "header", "div", "p"):
        root = parse(f"{head}<{tag}>One</{tag}> two <section>three</section><p>four</p><link rel=next href=a>").root
        body = root.find("body")
        assert body is not None
        assert "One two three four".split() == " ".join(body.itertext()).split()
        assert [] == list(root.find("head").iter("section", tag))


SENTENCE = "The ferry to Norholm was late by an hour, because its crew had to wait for the tide. "


class TestTemplates:
    @pytest.mark.parametrize(
        ("inside", "outside", "is_shown"),
        [(8, 0, True), (8, 2, True), (8, 4, False), (4, 0, False)],
    )
    def test_content_that_scripts_show(self, inside: int, outside: int, is_shown: bool) -> None:
        """The paragraphs of a template are read if they are long and the page has hardly any others."""
        one = f"<p>{SENTENCE}</p>"
        page = f"<main>{one * outside}</main><template v-if=loaded><div>{one * inside}</div></template>"
        assert (inside + outside if is_shown else outside) == len(read_html(parse(page).root).blocks)

    def test_shadow_root(self) -> None:
        """The content of a declared shadow root is read, because browsers show it."""
        page = "<my-story><template shadowrootmode=open><p>It is late.</p></template></my-story>"
        assert ["It is late."] == [block.text for block in read_html(parse(page).root).blocks]

    def test_time(self, cpu_limit: CpuLimit) -> None:
        """Nested templates and paragraphs take no longer than others."""
        with cpu_limit(2):
            parse("<template><div>" * 90 + f"<p>{SENTENCE}</p>" * 20_000)
