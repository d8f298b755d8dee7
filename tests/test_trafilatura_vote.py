"""The second opinion: which blocks are in the text that trafilatura extracts."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import CpuLimit

from cleaner import clean
from cleaner.blocks.html import read_html
from cleaner.judge.trafilatura_vote import ask_trafilatura, find_in_text
from cleaner.models import Block, Kind
from cleaner.page.parse import parse
from cleaner.text.measures import letters_and_digits

STORM = "The harbour of Westport was closed on Monday after a storm had thrown three boats against its wall."
MAYOR = "Nobody was hurt, said the mayor, who had spent the night on the pier with the crews of the boats."
PAGE = f"<html><body><article><h1>Storm closes harbour</h1><p>{STORM}</p><p>{MAYOR}</p></article></body></html>"


def in_trafilatura(text: str, extracted: str) -> bool:
    [answer] = find_in_text((Block(0, Kind.PARAGRAPH, text),), extracted)
    return answer


@pytest.mark.parametrize(
    ("extracted", "expected"),
    [
        ("The wall", True),
        ("# The WALL:\n", True),
        ("Of stone\n- *The wall*\nIt fell.", True),
        ("The wall is of stone.", False),
        ("The wal", False),
        ("The\nwall", False),
        ("", False),
    ],
)
def test_short_text(extracted: str, expected: bool) -> None:
    """A short text is found if it is a whole line, whatever its punctuation and case."""
    assert expected is in_trafilatura("The wall", extracted)


@pytest.mark.parametrize(
    "extracted",
    [
        STORM,
        f"Before. {STORM} After.",
        STORM.replace("closed on", "closed\non").replace("three", "**three**"),
        STORM.replace("on Monday ", ""),
        STORM.replace("harbour", "harbour [1]"),
    ],
)
def test_long_text(extracted: str) -> None:
    """A long text is found whole, across lines, among other text, or without a note in its middle."""
    assert in_trafilatura(STORM, extracted)


@pytest.mark.parametrize("extracted", ["", MAYOR, STORM[:40], STORM[60:]])
def test_long_text_that_is_not_there(extracted: str) -> None:
    """Half of a long text or less is not enough."""
    assert not in_trafilatura(STORM, extracted)


@pytest.mark.parametrize(
    ("extracted", "expected"),
    [
        ("风暴把三艘渔船抛向北墙。", True),
        ("风暴把三艘渔船\n抛向北墙。", False),
        ("西港的渔港周一关闭。", False),
    ],
)
def test_script_without_spaces(extracted: str, expected: bool) -> None:
    """A Chinese sentence has few characters, so it must be a whole line."""
    assert expected is in_trafilatura("风暴把三艘渔船抛向北墙", extracted)


def test_long_script_without_spaces() -> None:
    """A Chinese paragraph is found like any other."""
    text = "周一，一场风暴把三艘渔船抛向北墙之后，西港的渔港被关闭。市长说没有人受伤，他和船员们在码头上度过了一夜。"
    assert in_trafilatura(text, f"前。\n{text[:25]}\n{text[25:]}后。")
    assert not in_trafilatura(text, text[:20])


@pytest.mark.parametrize("text", ["", "…", "* * *", "→"])
def test_symbols_only(text: str) -> None:
    """A text without letters and digits is never found."""
    assert not in_trafilatura(text, f"{text}\n{STORM}")


def test_letters_and_digits() -> None:
    """Letters and digits are compared without case; marks, symbols and spaces are ignored."""
    assert "àbc12字ß" == letters_and_digits("À b_C – 1.2 (字) ß\n")


def test_each_block_has_an_answer() -> None:
    """There is one answer per block, in order."""
    blocks = tuple(Block(place, Kind.PARAGRAPH, text) for place, text in enumerate((MAYOR, "Share", STORM, "The wall")))
    assert (False, False, True, True) == find_in_text(blocks, f"{STORM}\nThe wall")


@settings(max_examples=100)
@given(st.lists(st.text(alphabet="ab c.", min_size=1, max_size=90), min_size=1, max_size=8))
def test_every_block_is_in_the_whole_text(texts: list[str]) -> None:
    """If the extracted text is the whole page, each block with a letter or digit is found."""
    blocks = tuple(Block(place, Kind.PARAGRAPH, text) for place, text in enumerate(texts))
    assert tuple(letters_and_digits(text) != "" for text in texts) == find_in_text(blocks, "\n".join(texts))


def test_time_is_linear(cpu_limit: CpuLimit) -> None:
    """Ten thousand blocks that are not in a long extracted text take at most a few seconds."""
    blocks = tuple(Block(place, Kind.PARAGRAPH, f"{place} {MAYOR} {place}") for place in range(10_000))
    extracted = "\n".join(f"{STORM} {number}" for number in range(10_000))
    with cpu_limit(5):
        assert not any(find_in_text(blocks, extracted))


def test_a_page() -> None:
    """Blocks that trafilatura extracts from a page are found, others are not."""
    root = parse(PAGE.replace("</article>", "</article><footer><p>All rights reserved</p></footer>")).root
    document = read_html(root)
    answers = dict(zip((block.text for block in document.blocks), ask_trafilatura(root, document) or (), strict=True))
    assert (True, True, False) == (answers[STORM], answers[MAYOR], answers["All rights reserved"])


def test_a_failure_does_not_lose_the_article(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """If trafilatura fails, there is a warning in the log and no second opinion, and the article is still extracted."""

    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("no such tree")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    root = parse(PAGE).root
    with caplog.at_level(logging.WARNING, logger="cleaner.judge.trafilatura_vote"):
        assert ask_trafilatura(root, read_html(root)) is None
    assert ["no second opinion: trafilatura failed on this page: ValueError('no such tree')"] == caplog.messages
    assert f"{STORM}\n\n{MAYOR}" == clean(PAGE).text


def test_an_empty_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """If trafilatura extracts nothing, that is an opinion: no block is in its text."""
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_, **__: None)
    root = parse(PAGE).root
    assert (False, False, False) == ask_trafilatura(root, read_html(root))


def test_spans_of_cells_cost_nothing(cpu_limit: CpuLimit) -> None:
    """Cells that claim to span millions of rows and columns take no extra time."""
    row = "<tr>" + '<td colspan="9999999" rowspan="9999999">a</td>' * 30 + "</tr>"
    root, document = _page(f"<table>{row * 60}</table>")
    with cpu_limit(2):
        assert ask_trafilatura(root, document) is not None


def test_trafilatura_does_not_run_on_a_huge_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with a table that trafilatura would pad to millions of cells gets no second opinion."""
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_, **__: pytest.fail("trafilatura was asked"))
    root, document = _page("<table><tr>" + "<td>a</td>" * 2_000 + "</tr>" + "<tr><td>b</td></tr>" * 2_000 + "</table>")
    assert ask_trafilatura(root, document) is None


def _page(table: str) -> tuple[Any, Any]:
    root = parse(f"<html><body><article><p>The ferry will not sail on Monday, they said.</p>{table}</article>").root
    return root, read_html(root)
