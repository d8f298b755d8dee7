"""Remove characters that do not belong in text, or replace them with their plain equivalent."""

from __future__ import annotations

import re
import sys

from cleaner.patterns import lazy_pattern

_SPACES = "\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u202f\u205f"
_LINE_ENDS = "\r\u2028\u2029"
_NONCHARACTERS = "".join(chr(plane | last) for plane in range(0, sys.maxunicode, 0x10000) for last in (0xFFFE, 0xFFFF))
_REMOVED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, except tab and newline
    "\xad\u200b\u2060\ufeff"  # optional and forbidden line breaks, which are invisible
    # Bidirectional controls: they make text read differently from its stored order (Trojan Source, CVE-2021-42574).
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff"  # lone surrogates, which no encoding can represent
    "\ufdd0-\ufdef" + _NONCHARACTERS
)
# Not in these sets: U+200C and U+200D (Persian spelling, emoji sequences) and U+3000 (begins Japanese paragraphs).
_UNWANTED = lazy_pattern(f"\r\n|([{_SPACES}])|([{_LINE_ENDS}])|[{_REMOVED}]")
# A quick test: a text without a match needs no change. A set without single characters above U+FFFF is compiled to one
# table and searched eight times faster. Everything above U+FFFF, mostly emoji, is left to the expression above.
_SUSPECT = lazy_pattern(
    f"[{''.join(c for c in _SPACES + _LINE_ENDS + _REMOVED if c <= chr(0xFFFF))}\U00010000-\U0010ffff]"
)


def clean_characters(text: str) -> str:
    """Return the text without control characters, invisible break marks, lone surrogates and noncharacters.

    Bidirectional controls are removed, too. Every Unicode space becomes a plain space; every Unicode or Windows line
    end becomes a newline. The text is not normalised: composed and decomposed accents stay as they are. If nothing has
    to change, the same string object is returned.
    """
    return _UNWANTED.sub(_replacement, text) if _SUSPECT.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    if match[1]:
        return " "
    return "\n" if match[2] or match[0] == "\r\n" else ""
