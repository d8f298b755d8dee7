"""Characters that do not belong in text: taken out, or made the plain character that they stand for."""

from __future__ import annotations

import re
import sys

_SPACES = "\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u202f\u205f"
_BREAKS = "\r\u2028\u2029"
_NONCHARACTERS = "".join(chr(plane | last) for plane in range(0, sys.maxunicode, 0x10000) for last in (0xFFFE, 0xFFFF))
_DROPPED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; tab and newline stay
    "\xad\u200b\u2060\ufeff"  # places where a line may or may not break, shown as nothing
    # Bidi controls: they make text read otherwise than it stands (Trojan Source, CVE-2021-42574).
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff"  # lone surrogates: no encoding can write them
    "\ufdd0-\ufdef" + _NONCHARACTERS
)
# U+200C and U+200D (Persian spelling, emoji families) and U+3000 (opens Japanese paragraphs) are in none of them.
_SPOILT = re.compile(f"\r\n|([{_SPACES}])|([{_BREAKS}])|[{_DROPPED}]")
# Where none of these stands, there is nothing to do. A set without single characters beyond U+FFFF is one table, and
# looked for eight times faster; all that is beyond, pictograms mostly, is left to the expression above.
_SUSPECT = re.compile(f"[{''.join(c for c in _SPACES + _BREAKS + _DROPPED if c <= chr(0xFFFF))}\U00010000-\U0010ffff]")


def clean_characters(text: str) -> str:
    """The text without controls, invisible break marks, bidi controls, lone surrogates and noncharacters.

    Unicode's spaces become a space, its line ends and those of Windows a newline. Accents stay as they are composed.
    Where there is nothing to do, the very same string comes back.
    """
    return _SPOILT.sub(_replacement, text) if _SUSPECT.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    if match[1]:
        return " "
    return "\n" if match[2] or match[0] == "\r\n" else ""
