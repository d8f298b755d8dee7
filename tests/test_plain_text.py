"""Blocks of plain text that another tool extracted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.blocks.plain_text import read_plain_text
from cleaner.judge.headline import title_line
from cleaner.models import Kind
from cleaner.rules.matching import package_rules

ALL_RULES = package_rules().for_page()

WRAPPED = """\
The harbour of the small town was
closed on Monday after a storm had
thrown three boats against the wall.
Nobody was hurt, the mayor said.

Fishermen had tried to bring them in
on Sunday, but the wind was too hard
and the lifeboat had to turn back in
the dark."""
UNWRAPPED = [
    "The harbour of the small town was closed on Monday after a storm had thrown three boats against the wall. "
    "Nobody was hurt, the mayor said.",
    "Fishermen had tried to bring them in on Sunday, but the wind was too hard and the lifeboat had to turn back in "
    "the dark.",
]


def texts(text: str) -> list[str]:
    return [block.text for block in read_plain_text(text).blocks]


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in read_plain_text(text).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\ntwo", ["one", "two"]),
        ("one\n \t\n\n\n two  three\t\n", ["one", "two three"]),
        ("one\ntwo\nthree", ["one", "two", "three"]),
        ("one\r\ntwo\r\n\r\nthree\rfour", ["one", "two", "three", "four"]),
        ("one\u2028two\u2029three\x85four\u3000five", ["one", "two", "three four five"]),
        ("\ufeffone\u200b \xa0two\x00", ["one two"]),
        ("", []),
        (" \n\u200b\n", []),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    """A line is a paragraph, with any line end; spaces are folded, and invisible characters are removed."""
    assert expected == texts(text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "  \n", "\r"])
def test_hard_wraps(line_end: str) -> None:
    """Lines that were wrapped at a fixed width are joined; an empty line ends the paragraph."""
    assert UNWRAPPED == texts(WRAPPED.replace("\n", line_end))


def test_wrapped_paragraphs_without_empty_lines() -> None:
    """In wrapped text, a line ends its paragraph if the next word would still have fit on it."""
    text = WRAPPED.replace("Nobody was hurt, the mayor said.\n\n", "Nobody was hurt.\n")
    assert [UNWRAPPED[0].replace("hurt, the mayor said.", "hurt."), UNWRAPPED[1]] == texts(text)


def test_items_in_wrapped_text() -> None:
    """A list in wrapped text stays a list."""
    text = f"{WRAPPED}\n\n• the lifeboat of the next town that\n• the coast guard, which had come out"
    items = ["the lifeboat of the next town that", "the coast guard, which had come out"]
    assert [*((Kind.PARAGRAPH, line) for line in UNWRAPPED), *((Kind.LIST_ITEM, item) for item in items)] == kinds(text)


def test_word_broken_at_its_hyphen() -> None:
    """In wrapped text, a word that was broken at a hyphen is joined."""
    text = WRAPPED.replace("a storm had\nthrown three boats", "a storm-\nforce wind threw boats")
    assert UNWRAPPED[0].replace("a storm had thrown three boats", "a storm-force wind threw boats") == texts(text)[0]


def test_wraps_without_spaces() -> None:
    """Wrapped lines of a script without spaces are joined without a space."""
    text = (
        "日本語の長い文章はここで折り返されますが、空白は\nありませんのでつなぐときに空白を入れてはいけませ\n"
        "ん。それはとても大切なことですから、テストで確か\nめることにしましょう。\nそうすれば安心できるからです。次の行もまた同じ\n"
        "ように折り返されることになるでしょう。"
    )
    first, second = texts(text)
    assert text.replace("\n", "") == first + second
    assert first.endswith("めることにしましょう。")


@pytest.mark.parametrize(
    "text",
    [
        "One line that is a short paragraph.\nAnother one of the same length.\nA third that says as much as two.\n"
        "A fourth, for good measure, is here.\nAnd a fifth, which ends the text.",
        "\n".join(f"Line {number} {'is much wider than anybody would set a text ' * 4}and" for number in range(6)),
        "apples\npears\nplums and other fruit\nmilk\nbread",
        "The harbour of the small town was\nclosed on Monday after a storm had",
    ],
)
def test_lines_that_are_not_wrapped(text: str) -> None:
    """Sentences of similar length, very long lines, lists of words and texts of few lines are not joined."""
    assert text.split("\n") == texts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• one\n•  two", [(Kind.LIST_ITEM, "one"), (Kind.LIST_ITEM, "two")]),
        ("* one", [(Kind.LIST_ITEM, "one")]),
        ("- one\n- two", [(Kind.LIST_ITEM, "one"), (Kind.LIST_ITEM, "two")]),
        ("- Go, she said.\n\nHe went.", [(Kind.PARAGRAPH, "- Go, she said."), (Kind.PARAGRAPH, "He went.")]),
        ("— Go.\n— No.", [(Kind.PARAGRAPH, "— Go."), (Kind.PARAGRAPH, "— No.")]),
        ("-5 degrees\n-6 degrees", [(Kind.PARAGRAPH, "-5 degrees"), (Kind.PARAGRAPH, "-6 degrees")]),
        ("1. one\n2) two", [(Kind.LIST_ITEM, "1. one"), (Kind.LIST_ITEM, "2) two")]),
        ("1999. A year", [(Kind.PARAGRAPH, "1999. A year")]),
        ("1.5 tons", [(Kind.PARAGRAPH, "1.5 tons")]),
        ("*one* two", [(Kind.PARAGRAPH, "*one* two")]),
        ("#one two", [(Kind.PARAGRAPH, "#one two")]),
    ],
)
def test_lists(text: str, expected: list[tuple[Kind, str]]) -> None:
    """Bullets mark items and are dropped; numbers stay; a single hyphen opens direct speech."""
    assert expected == kinds(text)


@pytest.mark.parametrize("level", range(1, 7))
def test_markdown_headings(level: int) -> None:
    """Markdown's heading markers give the level and are not part of the text."""
    heading, paragraph = read_plain_text(f"{'#' * level}  The catch\nIt was small.").blocks
    assert (Kind.HEADING, "The catch", level) == (heading.kind, heading.text, heading.level)
    assert (Kind.PARAGRAPH, "It was small.", None) == (paragraph.kind, paragraph.text, paragraph.level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor told\nthe Gazette\n, which asked him, that he would go to\nthe sea\n.\nThen he went.",
            ["The mayor told the Gazette, which asked him, that he would go to the sea.", "Then he went."],
        ),
        (
            "The mayor read of\n\nThe Storm\n\n, a book, in\n\nLondon\n\n. He liked it.\n\nHis wife did not.",
            ["The mayor read of The Storm, a book, in London. He liked it.", "His wife did not."],
        ),
        ("one\n, two", ["one", ", two"]),
        (
            "The town of\nWestport\n's mayor and\nMary\n's son came. \n.5 tons were caught.",
            ["The town of Westport's mayor and Mary's son came.", ".5 tons were caught."],
        ),
    ],
)
def test_sentences_broken_at_links(text: str, expected: list[str]) -> None:
    """If lines begin with a comma or a stop, sentences were broken at their links, and are joined."""
    assert expected == texts(text)


@pytest.mark.parametrize(
    ("first", "is_title"),
    [
        ("Storm closes the harbour of Westport", True),
        ("Why did the storm close the harbour?", True),
        ("# Storm", True),
        ("风暴关闭了西港的渔港码头", True),
        ("Буря закрыла порт", True),
        ("## Storm closes the harbour", False),
        ("Local news", False),
        ("The storm closed the harbour of Westport.", False),
        ("The storm closed the harbour of Westport:", False),
        ("风暴周一关闭了西港的渔港码头。", False),
        ("• Storm closes the harbour of Westport", False),
        ("The mayor told reporters of the", False),
        ("Storm closes the harbour " * 10, False),
    ],
)
def test_title_line(first: str, is_title: bool) -> None:
    """The headline is a first line that is long enough and is not a sentence, a kicker or a list item."""
    document = read_plain_text(f"{first}\n\nThree boats were thrown against the wall.")
    assert (document.blocks[0].text if is_title else None) == title_line(document, ALL_RULES)


def test_title_line_below_boilerplate() -> None:
    """Lines that match a rule are skipped; the first other line is the headline, or there is none."""
    above = "Back to all posts\n\nAdvertisement\n\nBy Anna Harbourmaster\n\n"
    storm = "Storm closes the harbour of Westport"
    assert storm == title_line(
        read_plain_text(f"{above}{storm}\n\nThree boats were thrown against the wall."), ALL_RULES
    )
    assert (
        title_line(read_plain_text(f"{above}Three boats were thrown.\n\n{storm}\n\nNobody was hurt."), ALL_RULES)
        is None
    )


@pytest.mark.parametrize("text", ["", "Storm closes the harbour of Westport", "The mayor told the\nreporters who came"])
def test_no_title_line(text: str) -> None:
    """A line with no text after it, or that continues in the next line, is not a headline."""
    assert title_line(read_plain_text(text), ALL_RULES) is None


LINES = st.text(alphabet="ab,.;:-*#1) \t\u200b\u3000字。", max_size=12)


@settings(max_examples=200)
@given(st.lists(LINES, max_size=12))
def test_no_letter_is_lost(lines: list[str]) -> None:
    """For any lines, every letter and digit is in exactly one block, in order, and no block is empty."""
    text = "\n".join(lines)
    blocks = read_plain_text(text).blocks
    assert [char for char in text if char.isalnum()] == [c for block in blocks for c in block.text if c.isalnum()]
    assert list(range(len(blocks))) == [block.place for block in blocks]
    assert all(block.text == " ".join(block.text.split()) != "" for block in blocks)
