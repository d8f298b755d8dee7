"""Authors: the people among what a page declares as its authors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from cleaner.metadata.values import folded, text

MAX_AUTHORS = 50
MAX_AUTHOR_TEXT = 500  # characters of one declared string, which may hold several names
MAX_NAME = 60  # characters of one name; longer ones are biographies and lists that no sign parts

# Between two names. "und", "et", "y" and the like stand between blanks; so do one-letter names, but not in lower case.
_BETWEEN = re.compile(
    r"\s*[;|\n/•·]\s*|\s*[,،、，]\s*|\s+(?:and|und|et|y|e|en|och|og|i|i|ve|и|και|&|\+|with|mit|avec)\s+"
)
_OPENING = re.compile(
    r"^(?:(?:written|posted|story|words|text) by|text|by|von|par|por|door|av|af|di|da|od"
    r"|autor(?:in)?|auteur|autore|author|автор|текст|文|作者|記者|记者|撰文)(?:\s*[:：/]\s*|\s+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(（][^()（）]{0,80}[)）]?")  # "(obe)", the initials that a newsroom signs with
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_NO_NAME = re.compile(
    # A date is no name, and neither is its month.
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?!\s+[a-z])"
    r"|\bmins? read|@|\.(?:com|org|net|de)\b|\d{2}|[{}<>\[\]=_#]|^\W*$",
    re.IGNORECASE,
)
# Not people: desks, roles and agencies, folded. What else is no person is known by the site's name.
_NOT_PEOPLE = frozenset(
    """admin administrator author authors editor editors editorial editorialteam editorialstaff editorialboard staff
    staffwriter staffreporter staffwriters newsdesk newsroom newsstaff newsteam webdesk onlinedesk webmaster
    contributor contributors guest guestauthor guestcontributor unknown anonymous none null undefined na user root
    redaktion onlineredaktion dieredaktion webredaktion redaktionen redaction redacción redacao redação redazione
    redactie redakcja redaksi редакция редакція rédaction larédaction equipe équipe autor autoren autorin
    by writtenby postedby theauthor abouttheauthor von por par and und et
    reuters thomsonreuters afp agencefrancepresse ap associatedpress theassociatedpress dpa apa ansa efe pap pti ians
    ani bloomberg bloombergnews xinhua tass тасс интерфакс upi cnnwire prnewswire businesswire globenewswire
    jr sr md phd""".split()  # noqa: SIM905 - these words, one to a line, would hide the rest of the module
)


def people(said: Any, organizations: Collection[str]) -> tuple[str, ...]:
    """The names of people in the order given, each once; `organizations` are names of the paper and its publisher."""
    others = {folded(name) for name in organizations}
    found: dict[str, str] = {}
    for name in _names(said, 0):
        key = folded(name)
        if key and key not in _NOT_PEOPLE and key not in others and key not in found:
            found[key] = name
        if len(found) == MAX_AUTHORS:
            break
    return tuple(found.values())


def _names(said: Any, depth: int) -> Iterator[str]:
    if isinstance(said, list) and depth < 4:
        for item in said[: 4 * MAX_AUTHORS]:
            yield from _names(item, depth + 1)
    elif isinstance(said, dict) and depth < 4:
        kinds = said.get("@type")
        if "Organization" in str(kinds) and "Person" not in str(kinds):
            return
        name = said.get("name") or " ".join(
            part for part in (said.get("givenName"), said.get("familyName")) if isinstance(part, str)
        )
        yield from _names(name, depth + 1)
    elif isinstance(said, str):
        if _ADDRESS.search(said[:MAX_AUTHOR_TEXT]):
            return
        line = text(re.sub(r"\s*\n\s*", ";", said[:MAX_AUTHOR_TEXT]), MAX_AUTHOR_TEXT) or ""
        for part in _BETWEEN.split(line):
            name = _OPENING.sub("", _ASIDE.sub("", part).strip(), count=1).strip(" .,:;-–—'\"()")
            if part.strip() and 1 < len(name) <= MAX_NAME and not _NO_NAME.search(name):
                yield _in_mixed_case(name)


def _in_mixed_case(name: str) -> str:
    """As written, unless it is all capitals: an initial or a two-letter name may be right so."""
    if not name.isupper() or len(name) < 5 or "." in name or " " not in name:
        return name
    return name.title()
