"""Ranges of Unicode characters by script, as fragments for a character class: `one_of(KANA + HAN)`.

The ranges are blocks of the Unicode Standard. If a script has several blocks, those that occur in news are included.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from cleaner.patterns import lazy_pattern

ARMENIAN: Final = r"\u0530-\u058f"
BENGALI: Final = r"\u0980-\u09ff"
ETHIOPIC: Final = r"\u1200-\u137f"
GEORGIAN: Final = r"\u10a0-\u10ff"
GREEK: Final = r"\u0370-\u03ff"
GUJARATI: Final = r"\u0a80-\u0aff"
GURMUKHI: Final = r"\u0a00-\u0a7f"
HANGUL: Final = r"\uac00-\ud7af"
HEBREW: Final = r"\u0590-\u05ff"
KANA: Final = r"\u3040-\u30ff"
KANNADA: Final = r"\u0c80-\u0cff"
KHMER: Final = r"\u1780-\u17ff"
LAO: Final = r"\u0e80-\u0eff"
MALAYALAM: Final = r"\u0d00-\u0d7f"
MYANMAR: Final = r"\u1000-\u109f"
SINHALA: Final = r"\u0d80-\u0dff"
TAMIL: Final = r"\u0b80-\u0bff"
TELUGU: Final = r"\u0c00-\u0c7f"
THAI: Final = r"\u0e00-\u0e7f"

# Unified ideographs: the common ones, and these with extension A.
COMMON_HAN: Final = r"\u4e00-\u9fff"
HAN: Final = r"\u3400-\u9fff"
# The letters of Chinese, Japanese and Korean.
EAST_ASIAN: Final = f"{HAN}{KANA}{HANGUL}"
# Punctuation of Chinese and Japanese, and the full-width forms of Latin characters.
CJK_PUNCTUATION: Final = r"\u3000-\u303f"
FULL_WIDTH: Final = r"\uff00-\uffef"

# Scripts without spaces between words. Lao and Khmer have none either, but the learned weights are fitted to these.
UNSPACED: Final = f"{THAI}{MYANMAR}{KANA}{HAN}"
# Dense scripts: one character carries as much as two or three Latin letters.
DENSE: Final = f"{UNSPACED}{HANGUL}"
# Scripts without capital letters: from Hebrew and Arabic to Lao, and the East Asian ones.
WITHOUT_CASE: Final = rf"\u0590-\u08ff\u0900-\u0eff{MYANMAR}{KANA}{HAN}{HANGUL}"

# A character beyond the alphabets of Europe, the Near East and India, their punctuation and symbols.
_BEYOND_ALPHABETS = lazy_pattern("[^\0-\u0dff\u2000-\u2bff]")


@cache
def one_of(ranges: str) -> re.Pattern[str]:
    """Return a pattern that matches one character of the ranges.

    It is compiled when it is needed first: with thousands of characters, that takes 2 to 4 ms, 1 % of a cold start.
    """
    return re.compile(f"[{ranges}]")


def is_alphabetic(text: str) -> bool:
    """Whether a text has only letters of the scripts of Europe, the Near East and India, punctuation and symbols.

    Such a text has no character of `UNSPACED`, `DENSE`, `LAO`, `KHMER`, `CJK_PUNCTUATION` or `FULL_WIDTH`.
    """
    return text.isascii() or not _BEYOND_ALPHABETS.search(text)
