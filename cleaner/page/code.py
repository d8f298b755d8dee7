"""Program code and serialised data, told from prose: what a script left visible is no text of an article."""

from __future__ import annotations

import json
import re
from typing import Final

# Signs as serialised data, minified scripts and style sheets set them: one upon the other, without the blanks that
# people put between words, and most programmers between signs. Prose has none of these, or one by chance.
_TIGHT: Final = (
    r'\\?"[:,]\\?["\[{]',  # "key":"value","key":{
    r'\{\\?"(?=\S)|(?<![\w$)\]])\[\\?"(?=\S)',  # {"key  ["item, and not names["index"]
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
# What only code says, with blanks or without.
_CERTAIN: Final = (
    r"\b(?:window|self|globalThis)(?:\.[\w$]{1,40}){1,3}\s?=\s?(?:[\[{\"'(]|window\b|function\b)",
    r'(?:\bself\.)?__next_f\.push\((?:\[\d,")?',
    r'(?:\{\s*)?"@context"\s?:\s?"https?://schema\.org',
    r"\bfunction\s?[\w$]{0,40}\([\w$,]{0,80}\)\{(?=\S)",
    r"[.#][\w-]{1,60}\{[\w-]{2,30}:[^{};\n]{1,80}[;}]",  # .name{display:flex}
    r"[\w)\]*]\{[\w-]{2,30}:[^{};\s][^{};\n]{0,80}(?:;[\w-]{2,30}:[^{};\s][^{};\n]{0,80})*;?\}",  # body{margin:0}
    r'\["\$(?:",|L?[0-9a-f]{1,6}")',  # an element, or a reference to one, in React's server stream
)
_CODE: Final = re.compile(f"(?P<certain>{'|'.join(_CERTAIN)})|{'|'.join(_TIGHT)}")
_OBJECTS: Final = re.compile(r'\s*(?:\[\s*)?\{\s*"')
# Characters between two such places up to which they belong to one piece of code: a key, a value, a path.
MAX_GAP: Final = 80
# Places that make code of a text; fewer may be slips, references and emoticons.
MIN_PLACES: Final = 3
# The share (0 to 1) of code from which on a text is code. Of a paragraph that merely ends in a piece of it, more would
# be lost than gained.
MIN_SHARE: Final = 0.5


def is_code(text: str) -> bool:
    """Whether at least half of a text is serialised data, a script or a style sheet.

    Code as people write it for people, with a blank after each sign, is not meant. Takes linear time.
    """
    if "{" not in text and "[" not in text:
        return False
    if _is_json(text):
        return True
    places = covered = end = 0
    in_string = False  # whether the last place opened a string of JSON, which may be as long as it likes
    for found in _CODE.finditer(text):
        gap = found.start() - end
        if places and (gap <= MAX_GAP or (in_string and found[0].startswith(("\\", '"')))):
            covered += gap
        covered += len(found[0])
        places += MIN_PLACES if found["certain"] else 1
        end, in_string = found.end(), found[0].endswith('"')
    if in_string:
        covered += len(text) - end
    return places >= MIN_PLACES and covered >= MIN_SHARE * len(text.strip())


def _is_json(text: str) -> bool:
    """Whether the text is a JSON object, or a list of some, with blanks or without."""
    if not (_OBJECTS.match(text) and text.rstrip().endswith(("}", "]"))):
        return False
    try:
        return bool(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        return False
