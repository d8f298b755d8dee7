"""The built-in slots of templates: names of people, dates and lengths of text, as regular expressions."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cleaner.text.months import MONTH_NAMES

# The words of a name do not begin with a lower-case letter: "by design" is not a byline.
_NAME_WORD = r"(?-i:(?![a-zß-öø-ÿа-яёα-ω])[^\W\d_])[\w.'-]{0,24}"
_PARTICLES = "and|und|et|y|e|en|og|och|ve|i|и|&|with|d[aeio]s?|del|van|von|der|den|la|bin|al|el|le|du|ten|ter|zu"
# A particle is in lower case: otherwise "Von" would be a particle and a name, and a row of them would take exponential
# time to match.
_NAMES = rf"{_NAME_WORD}([,.]? ((?-i:{_PARTICLES})|{_NAME_WORD})){{1,14}}"

_MONTH = "(" + "|".join(dict.fromkeys(name for names in MONTH_NAMES for name in names)) + r")[^\W\d]{0,9}\.?"
_WEEKDAY = (
    r"(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|tir|ons|tor|lør"
    r"|man)[^\W\d]{0,7}\.?"
)
_CLOCK = r"(\d{1,2}[:.h]\d\d(:\d\d)?|\d{1,2}時\d{1,2}分)"
_ZONE = (
    r" ?(uhr|[ap]\.?m\.?|h|hrs)?,? ?"
    r"(\(?(utc|gmt|[ecmp][sde]?t|[bic]st|ist|jst|sast|cest)([+-]\d{1,2}(:\d\d)?)?\)?)?"
)
_TIME = rf"({_CLOCK}|\d{{1,2}}){_ZONE}"
_AGO = (
    r"\d{1,2} (days?|hours?|hrs?|mins?|minutes?|weeks?|months?|years?) ago|vor \d{1,2} (stunden?|minuten|tagen?)"
    r"|(today|yesterday|heute|gestern)"
)
# The month stands before or after the day. It is written once, because it takes long to compile. A month and a year
# alone are no date.
_DATE = (
    rf"({_WEEKDAY},? )?(the )?((?![^\W\d]{{1,20}}\.?( de|,)? ?\d{{4}})(\d{{1,2}}(st|nd|rd|th|\.|º)?( de| of)? )?"
    rf"{_MONTH}( \d{{1,2}}(st|nd|rd|th)?)?( de|,)? ?\d{{4}}|\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(\d{{4}}|\d\d)"
    rf"|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{4}}年 ?\d{{1,2}}月 ?\d{{1,2}}日( ?\(?[月火水木金土日]\)?)?"
    rf"|\d{{4}}년 ?\d{{1,2}}월 ?\d{{1,2}}일|{_AGO})"
)
_MOMENT = rf"{_DATE}(,? ?(at|um|à|a las|às|alle|om|kl\.?|[|/·•@t-])? ?{_TIME})?"
# Next to a label or a name, any word may be a month.
_ANY_DATE = (
    r"([^\W\d]{2,10}\.?,? )?(the )?(\d{1,2}(st|nd|rd|th|\.|º)?( de| of)? [^\W\d]{3,10}\.?( de|,)? ?\d{4}"
    r"|[^\W\d]{3,10}\.? \d{1,2}(st|nd|rd|th)?,? \d{4}|\d{1,4}[./-]\d{1,2}([./-]\d{1,4})?"
    r"|\d{4}[年년] ?\d{1,2}[月월] ?\d{1,2}[日일]|\d{1,2} [^\W\d]{3,7} ago|today|yesterday|heute|gestern|\d{1,2}:\d\d)"
)

# By name. Each matches what is described here; languages add slots of their own.
BUILT_IN: Final = MappingProxyType(
    {
        "names": _NAMES,  # at least two words of names, perhaps of several people
        "date": _DATE,
        "moment": _MOMENT,  # a date, perhaps with a time of day
        "any date": _ANY_DATE,  # like a date; its month may be any word
        "time": _TIME,
        "month": _MONTH,
        "headline": r".{2,160}",
        "number": r"\d[\d.,]{0,11}",
        "word": r"[^\W\d_]{2,24}",  # one word of letters
        "more": r"[\w-]*",  # the rest of a class name
        "address": r"\S{2,80}",  # of a website, a mailbox or an account
    }
)
