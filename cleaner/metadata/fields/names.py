"""Parse the authors that a page names: people, and organizations that are named with or instead of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from cleaner.metadata.fields.author_labels import (
    east_asian_names,
    is_east_asian,
    is_east_asian_group,
    is_east_asian_name,
    is_label,
    is_other_label,
    is_other_work,
    opening,
    split_labels,
)
from cleaner.metadata.fields.author_words import GROUPS, NEVER_IN_NAMES, PLACE_PREPOSITIONS, ROLES, WEEKDAYS
from cleaner.metadata.fields.values import name_key, text
from cleaner.patterns import lazy_pattern
from cleaner.text.scripts import WITHOUT_CASE, one_of

MAX_AUTHORS = 50
MAX_AUTHOR_TEXT = 500  # characters of one declared string, which may hold several names
_MAX_DEPTH = 6  # of lists and objects within each other
MAX_NAME = 60  # characters of one name; longer ones are biographies and lists without separators

# Separators between two names, or between a name and a role, a place or the like.
_SEPARATOR = lazy_pattern(r"\s*[;|\n•·]\s*|\s*[,،、，]\s*|\s+[–—-]\s+")
# Labels before names of people who checked, edited, translated or took the pictures.
_OTHERS_LABEL = lazy_pattern(
    r"\b(?:(?:fact|medically|clinically|expert)[- ]?(?:check|review|verifi)ed|reviewed|edited|translated"
    r"|photograph\w*|photos?|illustrat\w+|updated|medical review)(?:\s+by\b|:)",
    re.IGNORECASE,
)
# Separators between two names only. "und", "et", "y" and the like have spaces around them; so do one-letter names, but
# those are not in lower case. A slash separates names; without spaces, it also separates the parts of "AP/Reuters".
_AND = lazy_pattern(
    r"\s+(?:and|und|et|y|e|en|och|og|i|ve|и|і|та|και|और|एवं|و|&|\+|with|mit|avec|con|med|as told to)\s+|\s*/\s*|\s*＆\s*"
)
# The label of a date that followed the name: "Ada Moss Updated".
_LABEL_AFTER = lazy_pattern(
    r"\s+(?:last\s+)?(?:updated|published|posted|aktualisiert|actualizado|mis à jour)(?:\s+on)?:?$", re.IGNORECASE
)
_IN_PARENTHESES = lazy_pattern(r"\s*[(（\[][^()（）\[\]]{0,80}[)）\]]?")  # "(obe)", the initials of an editor
_URL = lazy_pattern(r"https?:|www\.", re.IGNORECASE)
_DOMAIN = lazy_pattern(r"\S\.(?:[a-z]{2,10}|COM|ORG|NET)$")
_NOT_A_NAME = lazy_pattern(
    # Months and dates.
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?!\s+[a-z])"
    r"|\bmin(?:ute)?s? read|@|\d{2}|[{}<>\[\]=_#?!]|^\W*$"
    r"|^(?:last |first )?(?:updated|published|posted|modified|reviewed|aktualisiert|veröffentlicht)\b"
    # Text that sites put next to a name: a reading time, the labels of buttons and of other lines.
    r"|güncelle|aktuali[sz]|mis à jour|actualizad|обновл|更新|\b\d+\s?min\b|^(?:learn|read|see|view|show) more"
    r"|^(?:full|guest|fact|related|in this|on (?:mon|tue|wed|thu|fri|sat|sun)|this"
    r"|business hours|best|table of|view|more|about|from|for|with|your|our|how|what|why|where|when) "
    r"|^(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?:\s\d+)?$"
    r"|^on (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|checked$",
    re.IGNORECASE,
)
# A login name: one word without a capital, or with a digit or a dot in it.
_LOGIN = lazy_pattern(r"[a-z][a-z0-9._-]*|[A-Za-z]*[0-9._][A-Za-z0-9._-]*")
# "ByAda Moss": two elements without a space between them.
_GLUED = lazy_pattern(r"^By(?=[A-ZÀ-Þ])")
# What marks a text as a role, a desk or an organization by its place in it.
_GROUP_PLACE = lazy_pattern(
    r"^(?:the|lead|senior|former|freelance\w*|contributing|share|follow|comments?|guest|our)\b|\bhead of\b|記者$",
    re.IGNORECASE,
)
# The role of the person named before it, by its last word: "Ada Moss, Garden Educator".
_ROLE = lazy_pattern(
    r".* (?:\w+(?:ologist|therapist|alist|itect)|educator|trainer|coach|dietitian|nutritionist|scientist|researcher"
    r"|engineer|developer|designer|photographer|blogger|advis[eo]r|planner|assistant|associate|owner|host|economist"
    r"|veterinarian|nurse|physician|pharmacist|author|lecturer|fellow|partner|expert)",
    re.IGNORECASE,
)
_REPORTER = lazy_pattern(r"\s*(?:記者|记者|기자|특파원)$|^(?:記者|记者)")
# "Ada Moss in Nairobi", "Ada Moss for the Harbour Post": a place or a paper after a full name.
_PLACE = lazy_pattern(rf"(?<=\w)\s+(?:{PLACE_PREPOSITIONS})\s+(?=[^\W\d_]).*")
_PLACE_ALONE = lazy_pattern(rf"(?:{PLACE_PREPOSITIONS})\s")  # "Ada Moss, em Porto Novo"
_READING_TIME = lazy_pattern(r"\s+\d+[\s-]?min(?:ute)?s?\b.*", re.IGNORECASE)
_WEEKDAY_AFTER = lazy_pattern(rf"[\s,]+(?:{WEEKDAYS})\.?$", re.IGNORECASE)
# The agency that the person writes for: "Ada Moss The Associated Press".
_AGENCY_AFTER = lazy_pattern(
    r"(?<=\w)\s+(?:(?:The )?Associated Press|AP|Reuters|AFP|Bloomberg(?: News)?|dpa|The \w+ (?:Times|Post))$"
)
# Accounts, roles and parts of names in the form of `name_key`: these are neither people nor organizations.
_ACCOUNTS = frozenset(
    """admin administrator author authors staff webmaster superuser guest unknown anonymous none null undefined na user
    root autor autoren autorin by writtenby postedby theauthor abouttheauthor von par por and und et jr sr""".split()
)
# With credentials and agencies: these are not people. Other organizations are recognised by the site's name.
_GROUPS_AND_ACCOUNTS = _ACCOUNTS | frozenset(
    """md phd mba rn rd cpa esq dds dvm mph ms ma bsc msc pt dpt cfp cfa jd np
    reuters thomsonreuters afp agencefrancepresse ap associatedpress theassociatedpress dpa dpainfocom dpainfocomgmbh
    apa ansa efe pap pti ians ani sid kna epd ntb tt ritzau ritzaus stt belga lusa keystonesda sda keystone ats swi
    bloomberg bloombergnews xinhua tass тасс интерфакс рианновости укринформ upi cnnwire prnewswire businesswire
    globenewswire getty gettyimages shutterstock istock istockphoto unsplash imago afpbb kyodo jiji
    共同 共同通信 時事 新华社 新華社 aa anadolu anadoluajansı iha dha""".split()
)
_CREDENTIAL = lazy_pattern(r"[A-Z][A-Za-z]{0,2}\.?(?:[A-Z]\.?){1,5}[®™]?|[A-Z]{2,6}[®™]?")
_LATIN = lazy_pattern(r"[A-Za-zÀ-ɏ]")
# Words within names that are in lower case.
_PARTICLES = frozenset(
    "von van der den de del della di da dos das du la le el al bin ibn ben y e zu zur af av ter ten te st o".split()
)


class Authorship(NamedTuple):
    """The people who sign an article, and the organizations that are named with or instead of them."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()


def people(value: Any, organizations: Collection[str]) -> tuple[str, ...]:
    """Return the names of people as `authorship` does; `organizations` are names of the paper and its publisher."""
    return authorship(value, organizations).people


def authorship(value: Any, organizations: Collection[str], *, blog: bool = False) -> Authorship:
    """Return the people and the organizations in the value of an author field, in their order, each once.

    `value` is a string with one or several names, or anything that JSON-LD can hold. `organizations` are names of the
    paper and its publisher. A `blog` may have the name of its writer.
    """
    site_keys = {name_key(name) for name in organizations}
    people: dict[str, str] = {}
    organizations_by_key: dict[str, str] = {}
    possible_writers: dict[str, str] = {}  # names of the site that may also be the name of its writer
    for name, is_group in _names(value, 0):
        key = name_key(name)
        if not key:
            continue
        if is_group or _is_group(name) or (key in site_keys and not (blog and _resembles_person(name))):
            organizations_by_key.setdefault(key, name)
        elif key in site_keys:
            possible_writers.setdefault(key, name)
        else:
            people.setdefault(key, name)
        if len(people) == MAX_AUTHORS or len(organizations_by_key) == MAX_AUTHORS:
            break
    if people:  # another person is the author, so these are names of the site only
        organizations_by_key.update(possible_writers)
    else:
        people = possible_writers
    return Authorship(
        tuple(people.values()), tuple(name for key, name in organizations_by_key.items() if _is_nameable(key))
    )


_BETWEEN_WORDS = lazy_pattern(r"[\s,;:|()\[\]\"“”„«»·•–—]+")


def _words(text: str) -> list[str]:
    """Return the words of a text in lower case. Marks of Indic scripts, which are not letters, belong to them."""
    return [word.strip(".'’!?-") for word in _BETWEEN_WORDS.split(text.casefold()) if word]


_ACRONYM = lazy_pattern("[A-Z]{2,5}")  # of an agency, such as "ACN"
_PART_OF_WORD = lazy_pattern(r"[^\W\d_]+")


def _word_sets(*tables: dict[str, str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the single words of the tables, and their phrases with a space before and after each."""
    words = {word.casefold() for table in tables for line in table.values() for word in line.split("|")}
    return frozenset(word for word in words if " " not in word), tuple(f" {word} " for word in words if " " in word)


_GROUP_WORDS, _GROUP_PHRASES = _word_sets(GROUPS, ROLES)
_ROLE_WORDS, _ROLE_PHRASES = _word_sets(ROLES)
_NOT_NAME_WORDS = frozenset(NEVER_IN_NAMES.split("|")) | frozenset(WEEKDAYS.split("|"))


def _is_group(name: str) -> bool:
    if name_key(name) in _GROUPS_AND_ACCOUNTS or _GROUP_PLACE.search(name) or _DOMAIN.search(name):
        return True
    if _ACRONYM.fullmatch(name):
        return True
    return _has_words(name, _GROUP_WORDS, _GROUP_PHRASES) or (not name.isascii() and is_east_asian_group(name))


def is_role(text: str) -> bool:
    """Whether a text has a word for the role of a person: "Harbour Correspondent"."""
    return _has_words(text, _ROLE_WORDS, _ROLE_PHRASES) or _ROLE.fullmatch(text) is not None


def _has_words(text: str, words: frozenset[str], phrases: tuple[str, ...]) -> bool:
    found = _words(text)
    if not words.isdisjoint(found):
        return True
    # "redakteur" of "redakteur/in" and "team" of "team-ada" count as well.
    if (
        ("-" in text or "/" in text)
        and any("-" in word or "/" in word for word in found)
        and not words.isdisjoint(re.split(r"[\W\d_]+", text.casefold()))
    ):
        return True
    line = f" {' '.join(found)} "
    return any(phrase in line for phrase in phrases)


# Words in the names of newspapers, blogs, companies and schools.
_PAPER = lazy_pattern(
    r"\b(?:times|post|herald|tribune|daily|gazette|journal|chronicle|observer|guardian|telegraph|review|today|weekly|blog"
    r"|clinic|bank|online|official|club|lab|labs|school|college)\b",
    re.IGNORECASE,
)


def _resembles_person(name: str) -> bool:
    """Whether a name of the site can also be the name of its writer."""
    return looks_like_name(name) and not _PAPER.search(name)


def _is_nameable(key: str) -> bool:
    return key not in _ACCOUNTS and len(key) > 1


def _is_login(name: str) -> bool:
    return _LOGIN.fullmatch(name) is not None and name_key(name) not in _GROUPS_AND_ACCOUNTS


def before_others(line: str) -> str:
    """Return the line up to the label for people who checked, edited, translated or took the pictures."""
    label = _OTHERS_LABEL.search(line)
    return line[: label.start()] if label and label.start() > 0 else line


def looks_like_name(name: str, *, declared: bool = False) -> bool:
    """Whether text of the page can be a person's name: two to five words, each capitalized except for particles.

    In scripts without capitals: two to twelve characters and at most three words. If the text is `declared`, that is,
    marked up as an author, a single word is enough.
    """
    if _is_group(name) or _NOT_A_NAME.search(name) or len(name) > MAX_NAME or re.search(r"\d|://|[:：]$", name):
        return False
    if is_label(name) or is_other_label(name) or not _NOT_NAME_WORDS.isdisjoint(_words(name)):
        return False
    words = re.findall(r"[^\s.]+", name)
    if not _LATIN.search(name) and _is_uncased(name):
        if is_east_asian(name):
            return is_east_asian_name(name)
        return (1 if declared else 2) <= len(words) <= 5 and 3 <= len("".join(words)) <= 40
    if not (1 if declared else 2) <= len(words) <= 5:
        return False
    capitalized = [
        word for word in words if word[:1].isupper() or word[:2] in ("d'", "d’", "l'") or not word[:1].isalpha()
    ]
    return len(capitalized) >= (1 if declared else 2) and all(
        word in capitalized or word.casefold() in _PARTICLES for word in words
    )


def _is_uncased(name: str) -> bool:
    return not name.isascii() and one_of(WITHOUT_CASE).search(name) is not None


def _names(value: Any, depth: int) -> Iterator[tuple[str, bool]]:
    """Yield each name, and whether it is declared to be an organization's."""
    if isinstance(value, list) and depth < _MAX_DEPTH:
        for item in value[: 4 * MAX_AUTHORS]:
            yield from _names(item, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        kinds = str(value.get("@type"))
        name = next((value[key] for key in ("name", "@value", "@list") if value.get(key)), None) or " ".join(
            part for part in (value.get("givenName"), value.get("familyName")) if isinstance(part, str)
        )
        if "Organization" not in kinds or "Person" in kinds:
            yield from _names(name, depth + 1)
        elif line := text(name, MAX_NAME):
            yield line, True
    elif isinstance(value, str):
        yield from _names_in_line(value)


def _names_in_line(value: str) -> Iterator[tuple[str, bool]]:
    """Yield each name in a string, and whether it is an organization's."""
    value = value[:MAX_AUTHOR_TEXT]
    if url := _URL.search(value):
        value = value[: url.start()]
    line = text(re.sub(r"\s*\n\s*", ";", value), MAX_AUTHOR_TEXT) or ""
    if mailbox := _MAILBOX.fullmatch(line):
        line = mailbox[1]
    line = _HANDLE.sub("", line)
    if names := east_asian_names(line):
        yield from ((name, False) for name in names)
        return
    line = split_labels(before_others(line))
    first: str | None = None  # the first name of the line; titles, roles and places may follow it
    after_role = False  # whether a role followed the last name: units and papers may follow the role
    pieces, joins = _pieces(line)
    for index, piece in enumerate(pieces):
        if is_other_label(piece) or (index > 0 and is_other_label(pieces[index - 1])):
            continue
        if is_other_work(piece):
            if first is None:
                continue
            return
        joined = joins[index] or _AND_BEFORE.match(piece) is not None
        is_agency = name_key(piece) in _GROUPS_AND_ACCOUNTS
        is_before_role = index + 1 < len(pieces) and is_role(pieces[index + 1])  # in a list of names and roles
        if after_role and not joined and not is_agency and not is_before_role:
            continue  # "Ada Moss, Senior Fellow, Transport Unit, Harbour Ports"
        for part in _parts(piece):
            name = _clean_name(part)
            if first is None and _DOMAIN.search(name) and "@" not in name:
                first = name
                yield name, True
                continue
            if not 1 < len(name) <= MAX_NAME or _NOT_A_NAME.search(name) or _is_login(name) or is_label(name):
                continue
            is_full = len(name.split()) > 1 or _is_uncased(name)
            is_group = _is_group(name)
            if first is not None and is_group and name_key(name) not in _GROUPS_AND_ACCOUNTS:
                # "A. Moss, Senior Editor": a role. An agency is kept, since it can sign as well.
                after_role = after_role or is_role(name)
                continue
            if first is not None and not is_group and not is_full and (" " in first or _DOMAIN.search(first)):
                # "Ada Moss, Nairobi", "Ada Moss, PhD", "paper.example, Frankfurt": belongs to the name before it.
                continue
            if first is not None and not is_group and (_CREDENTIAL.fullmatch(name) or is_role(name)):
                after_role = after_role or is_role(name)
                continue
            if first is not None and (_PLACE_ALONE.match(part.strip()) or any(map(str.isdigit, name))):
                continue
            first = first or name
            after_role = False
            yield _in_mixed_case(name), is_group


_MAILBOX = lazy_pattern(r"\S+@\S+ \(([^()]+)\)")  # "ada@paper.example (Ada Moss)", as in RSS
_HANDLE = lazy_pattern(r"(?<!\S)@\w+")
_AND_BEFORE = lazy_pattern(r"\s*(?:and|und|et|y|e|en|och|og|i|ve|и|та|και|&)\s", re.IGNORECASE)


def _pieces(line: str) -> tuple[list[str], list[bool]]:
    """Return the pieces of a line, and whether more than a comma separates each from the one before it."""
    pieces, joins = [], []
    start, is_strong = 0, True
    for separator in _SEPARATOR.finditer(line):
        pieces.append(line[start : separator.start()].strip())
        joins.append(is_strong)
        start, is_strong = separator.end(), not _COMMA.fullmatch(separator[0].strip())
    pieces.append(line[start:].strip())
    joins.append(is_strong)
    return pieces, joins


_COMMA = lazy_pattern("[,،、，]")


def _parts(piece: str) -> list[str]:
    """Return the names in a piece that "and" or a slash separates. The name of a desk with an "and" is one."""
    parts = [part for joined in _AND.split(piece) for part in _split_arabic(joined)]
    if len(parts) > 1 and _is_group(parts[0]) and all(len(part.split()) == 1 for part in parts[1:]):
        return [piece]  # "Centre for Ports and Harbours"
    return parts


def _split_arabic(names: str) -> list[str]:
    """Return the names in an Arabic text. Its "and" is joined with the word after it; a name has two words or more."""
    words = names.split()
    for index in range(2, len(words) - 1):
        if words[index][0] == "و" and len(words[index]) > 3:
            return [" ".join(words[:index]), " ".join(words[index:])[1:]]
    return [names]


def _clean_name(part: str) -> str:
    name = _GLUED.sub("", re.sub(r"^(?:and|und|&)\s+", "", _IN_PARENTHESES.sub("", part).strip(), flags=re.IGNORECASE))
    for _ in range(2):  # "Story by: By Ada Moss"
        opened = opening(name)
        name = name[opened.end :] if opened else name
    name = without_role_before(name)
    name = _WEEKDAY_AFTER.sub("", _LABEL_AFTER.sub("", _READING_TIME.sub("", name)))
    # "Interview: Ada Moss", "code: Ben Ito": the contribution is before the name.
    name = name.rpartition(": ")[2]
    name = _REPORTER.sub("", re.sub(r"(?<=[a-z])\d$", "", name)).strip(" .,;:-–—'\"()*|©●•")
    return _without_repetition(_without_employer(name))


def without_role_before(name: str) -> str:
    """Return "Ada Moss" for "our correspondent Ada Moss"; a text without a full name after a role as it is."""
    words = name.split()
    index = 0
    while index < len(words) and words[index].casefold() in _BEFORE_NAMES:
        index += 1
    is_name = 0 < index <= len(words) - 2 and all(word[0].isupper() for word in (words[index], words[-1]))
    return " ".join(words[index:]) if is_name else name


_OUR = frozenset("unser unsere unserem unserer unseren nostro nostra notre nos nuestro nuestra nosso nossa our".split())
_BEFORE_NAMES = _OUR | _ROLE_WORDS


def _without_employer(name: str) -> str:
    """Return a full name without the place or the paper after it; other names as they are."""
    for pattern in (_PLACE, _AGENCY_AFTER):
        shorter = pattern.sub("", name)
        if shorter != name and looks_like_name(shorter):
            name = shorter
    return name


def _without_repetition(name: str) -> str:
    """Return "Ada Moss" for "Ada Moss Ada Moss", which some pages show in two widths."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _in_mixed_case(name: str) -> str:
    """Return a name in capitals in title case, other names as they are. Initials and very short names are kept."""
    if not name.isupper() or len(name) < 5 or "." in name or " " not in name:
        return name
    return name.title()
