"""Tags: which values of a page are topics for readers."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from cleaner.metadata.extract import read_metadata
from cleaner.metadata.fields.tags import split_values, tag_list
from cleaner.models import Metadata

URL = "https://harbour-post.example/town/2024/storm-breaks-old-harbour-wall.html"
TEXT = (
    "The storm broke the old harbour wall of Velsund on Monday night, and the ferry to Ostholm stays in port until the "
    "engineers of the town have seen the damage."
)
PAGE = """<html><head>{head}</head><body>
<nav class="menu"><ul>
<li><a href="/town">Town</a><li><a href="/sport">Sport</a><li><a href="/topic/jobs">Jobs</a></ul></nav>
<main><article class="{names}"><h1>Storm breaks the harbour wall</h1>{before}
<div class="{body}"><p>{text}</p><p>{text}</p><p>{text}</p></div>{after}</article></main>
<footer><ul>
<li><a href="/topic/archive">Archive</a><li><a href="/imprint">Imprint</a><li><a href="/topic/shop">Shop</a></ul>
</footer>
</body></html>"""
LINKS = '<a href="/topic/velsund">Velsund</a> <a href="/topic/ferries">Ferries</a> <a href="/topic/ostholm">Ostholm</a>'
TAGS = ("Velsund", "Ferries", "Ostholm")


def page(head: str = "", *, before: str = "", after: str = "", names: str = "", body: str = "") -> Metadata:
    markup = PAGE.format(head=head, before=before, after=after, names=names, body=body, text=TEXT)
    return read_metadata(html.document_fromstring(markup), (), url=URL)


@pytest.mark.parametrize(
    "after",
    [
        f"<div>Topics: {LINKS}</div>",
        f"<p>More on this topic</p><div>{LINKS}</div>",
        f"<footer><nav>{LINKS}</nav></footer>",
        f'<aside class="c-tags">{LINKS}</aside>',
        "<ul class='tags'><li><a href='/tag/velsund'>Velsund</a><li><a href='/tag/ferries'>Ferries</a>"
        "<li><a href='/tag/ostholm'>Ostholm</a></ul>",
    ],
)
def test_a_list_after_the_text(after: str) -> None:
    """Short links after the text are tags if a label, a name or their address says so, also in a `nav` of their own."""
    assert set(TAGS) == set(page(after=after).tags)


@pytest.mark.parametrize(
    "after",
    [
        "<div class='field--label-hidden'><a href='mailto:desk@harbour-post.example'>Write to us</a></div>",
        "<ul><li><a href='/about'>About us</a><li><a href='/contact'>Contact</a><li><a href='/jobs'>Vacancies</a></ul>",
        "<div class='teasers'><div class='teaser'><a href='/topic/sport'>Sport</a><a href='/town/2024/cup-final.html'>"
        "Ostholm wins the cup final after a long night of penalties</a></div></div>",
        "<p>Readers also ask about <a href='/topic/ferries'>ferries</a> and how long the repair of the wall will take, "
        "and whether the town can pay for it at all.</p>",
    ],
)
def test_what_only_seems_to_be_a_list(after: str) -> None:
    """Class words on other elements, menus, teasers and links within prose give no tags."""
    assert () == page(after=after, names="post tag-storm tag-harbour", body="field--label-hidden").tags


def test_a_shown_list_against_words_of_the_address() -> None:
    """A declared list that only repeats the address loses to the list that the page shows."""
    head = '<meta name="keywords" content="storm, breaks, old, harbour, wall">'
    assert set(TAGS) == set(page(head, after=f"<div>Topics: {LINKS}</div>").tags)


def test_codes_are_dropped_with_a_reason() -> None:
    """Codes and workflow words of a declared list are dropped, and are conflicts; a name in capitals is kept."""
    head = '<meta name="article:tag" content="Velsund; INDG08; Day: Friday; Ostholm; Storm">'
    metadata = page(head)
    assert (("Velsund", "Ostholm", "Storm"), "meta article:tag") == (metadata.tags, metadata.provenance["tags"])
    assert "INDG08; Day: Friday" == metadata.conflicts["tags"]["meta article:tag"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["Business, Finance, & Economics", "Ports"], ["Business, Finance, & Economics", "Ports"]),
        ("Ports, Business, Finance, & Economics", ["Ports", "Business, Finance, & Economics"]),
        ("Ports, Business & Finance", ["Ports", "Business & Finance"]),
        ("港口 风暴 渡轮", ["港口", "风暴", "渡轮"]),
        ("港口 风暴, 渡轮", ["港口 风暴", "渡轮"]),
        ("항구 폭풍", ["항구 폭풍"]),
        ("harbour wall", ["harbour wall"]),
        (["a, b", "c, d"], ["a", "b", "c", "d"]),
    ],
)
def test_split_values(value: Any, expected: list[str]) -> None:
    """Commas separate values, but not those of one value; blanks separate Chinese and Japanese keywords only."""
    assert expected == split_values(value)


def test_labels() -> None:
    """The label of a topic is cut off; an address of a person is not a topic."""
    assert ("Ferries", "Sea: the film") == tuple(
        tag_list("", ["Subject: Ferries", "desk@harbour-post.example", "Sea: the film"], not_tags=()).values.values()
    )
