"""Detect program code and serialised data that a page shows by mistake and that is not text of an article."""

from __future__ import annotations

import json
from typing import Final

from cleaner.patterns import lazy_pattern

# Punctuation as serialised data, minified scripts and style sheets write it: without the spaces that people put between
# words and most programmers put around operators. Prose contains none of these patterns, or one by chance.
_TIGHT: Final = (
    r'\\?"[:,]\\?["\[{]',  # "key":"value","key":{
    r'\{\\?"(?=\S)|(?<![\w$)\]])\[\\?"(?=\S)',  # {"key  ["item, but not names["index"]
    r'[{,]\s?\\?"[\w@$.-]{1,40}\\?"\s?:(?:\s?\\?")?',  # {"key":  , "key": "
    r'\\?"[}\]](?=[,}\]:;]|\Z)',  # "},  "]}
    r'[}\]],[\[{"]',  # },{  ],[
    r'[:=]\{(?:["}]|[\w$]+:["\w\[{!])|[:=]\[["\[{\]]',  # :{"  ={a:1  :["
    r'":(?:null|true|false|-?\d[\d.]*)[,}\]]',  # "key":null,
    r",(?:null|true|false|!0|!1)[,}\])]",
    r"\]\]+[,;}]|\}\}+[,;)\]]",
    r"[;{]\}|\)\{(?=\S)|\}\)[;,]|\)\};|\}\(\)|\)\);",
    r"[{;}](?:var|let|const|return|if|for|while|else|try|switch)\b",
    r"[\w$)\]](?:===?|!==?|&&|\|\|)[\w$('\"!]",
    r"\w=(?:function\b|[\w$.]{1,40}\([^()\s]{0,40}\)[;,.)}])",
    r"[\w)\]*]\{[\w-]{2,30}:[^{};\s]",  # .name{display:flex
    r";[\w-]{2,30}:[^{};\s]{1,60}(?=[;}])",  # ;margin:0
)
# Patterns that occur only in code, with or without spaces.
_CERTAIN: Final = (
    r"\b(?:window|self|globalThis)(?:\.[\w$]{1,40}){1,3}\s?=\s?(?:[\[{\"'(]|window\b|function\b)",
    r'(?:\bself\.)?__next_f\.push\((?:\[\d,")?',
    r'(?:\{\s*)?"@context"\s?:\s?"https?://schema\.org',
    r"\bfunction\s?[\w$]{0,40}\([\w$,]{0,80}\)\{(?=\S)",
    r"[.#][\w-]{1,60}\{[\w-]{2,30}:[^{};\n]{1,80}[;}]",  # .name{display:flex}
    r"[\w)\]*]\{[\w-]{2,30}:[^{};\s][^{};\n]{0,80}(?:;[\w-]{2,30}:[^{};\s][^{};\n]{0,80})*;?\}",  # body{margin:0}
    r'\["\$(?:",|L?[0-9a-f]{1,6}")',  # an element, or a reference to one, in React's server stream
)
_CODE: Final = lazy_pattern(f"(?P<certain>{'|'.join(_CERTAIN)})|{'|'.join(_TIGHT)}")
_OBJECTS: Final = lazy_pattern(r'\s*(?:\[\s*)?\{\s*"')
# Two matches with at most this many characters between them belong to one piece of code: a key, a value, a path.
MAX_GAP: Final = 80
# Matches from which a text can count as code. Fewer may be typos, references or emoticons.
MIN_MATCHES: Final = 3
# The share (0 to 1) of characters in code from which a text counts as code. Removing a paragraph that only ends in code
# would lose more than it gains.
MIN_CODE_SHARE: Final = 0.5


def is_code(text: str) -> bool:
    """Whether at least half of a text is serialised data, a script or a style sheet.

    Code that is formatted for readers, with spaces around its punctuation, does not count. Takes linear time.
    """
    if "{" not in text and "[" not in text:
        return False
    if _is_json(text):
        return True
    matches = covered = end = 0
    in_string = False  # whether the last match opened a JSON string, which may have any length
    for match in _CODE.finditer(text):
        gap = match.start() - end
        if matches and (gap <= MAX_GAP or (in_string and match[0].startswith(("\\", '"')))):
            covered += gap
        covered += len(match[0])
        matches += MIN_MATCHES if match["certain"] else 1
        end, in_string = match.end(), match[0].endswith('"')
    if in_string:
        covered += len(text) - end
    return matches >= MIN_MATCHES and covered >= MIN_CODE_SHARE * len(text.strip())


def _is_json(text: str) -> bool:
    """Whether the text is a JSON object or a list of objects, with or without spaces."""
    if not (_OBJECTS.match(text) and text.rstrip().endswith(("}", "]"))):
        return False
    try:
        return bool(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        return False
