"""Characters that are removed from text, replaced, or kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.page.characters import clean_characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("10\u00a0000\u202fkm\u2009a\u3000b", "10 000 km a\u3000b"),
        ("page\x0cbreak", "page break"),
        ("soft\u00adhyphen, zero\u200bwidth, \ufeffmark", "softhyphen, zerowidth, mark"),
        ("\u202eevil\u202c \u2066isolated\u2069 \u200fmarked", "evil isolated marked"),
        ("bell\x07 null\x00 escape\x1b c1\x93", "bell null escape c1"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("not \ufdd0a \uffff\U0010ffffcharacter", "not a character"),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_removed_or_replaced(text: str, expected: str) -> None:
    """Invisible characters are removed; every kind of space and line end becomes the plain one."""
    assert expected == clean_characters(text)


@pytest.mark.parametrize(
    "text",
    [
        "tab\tand\nnewline",
        "می\u200cخواهم",  # Persian: without U+200C the word is spelled differently
        "👨\u200d👩\u200d👧 ❤\ufe0f 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "cafe\u0301 café",
        "\u3000春の海",
    ],
)
def test_kept(text: str) -> None:
    """Characters with a meaning stay, and a text without changes is returned as the same object."""
    assert clean_characters(text) is text


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any(text: str) -> None:
    """No text that is returned has characters that break JSON or a terminal, and a second pass changes nothing."""
    cleaned = clean_characters(text)
    cleaned.encode()
    assert set() == {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs")} - {"\t", "\n"}
    assert cleaned is clean_characters(cleaned)
