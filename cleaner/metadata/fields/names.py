"""Parse the authors that a page names: people, and organizations that are named with or instead of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from cleaner.metadata.fields.values import name_key, text
from cleaner.text.byline_words import PREPOSITIONS
from cleaner.text.scripts import WITHOUT_CASE, one_of

MAX_AUTHORS = 50
MAX_AUTHOR_TEXT = 500  # characters of one declared string, which may hold several names
_MAX_DEPTH = 6  # of lists and objects within each other
MAX_NAME = 60  # characters of one name; longer ones are biographies and lists without separators

# Separators between two names, or between a name and a role, a place or the like.
_SEPARATOR = re.compile(r"\s*[;|\n•·]\s*|\s*[,،、，]\s*|\s+[–—-]\s+")
# Labels before names of people who checked, edited, translated or took the pictures.
_OTHERS_LABEL = re.compile(
    r"\b(?:(?:fact|medically|clinically|expert)[- ]?(?:check|review|verifi)ed|reviewed|edited|translated"
    r"|photograph\w*|photos?|illustrat\w+|updated|medical review)(?:\s+by\b|:)",
    re.IGNORECASE,
)
# Separators between two names only. "und", "et", "y" and the like have spaces around them; so do one-letter names, but
# those are not in lower case. A slash separates names; without spaces, it also separates the parts of "AP/Reuters".
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|en|och|og|i|ve|и|та|και|&|\+|with|mit|avec|con|med|as told to)\s+|\s*/\s*|\s*＆\s*"
)
_LABEL_BEFORE = re.compile(
    r"^(?:(?:written|posted|published|story|words|text|report(?:ed|ing)?|view all posts|more (?:articles|posts|stories)"
    rf"|article|posts?) by|(?:photo|image|picture)s? by|text|story|{PREPOSITIONS}|di|da|od|ni|oleh|tác giả"
    r"|autor(?:in|es|a)?|auteurs?|autore|authors?|автор|авторы|текст|текст и фото|yazan|redaktion"
    r"|текст|文|作者|記者|记者|撰文|編輯|编辑)(?:\s*[:：/]\s*|\s+)",
    re.IGNORECASE,
)
# The label of a date that followed the name: "Ada Moss Updated".
_LABEL_AFTER = re.compile(
    r"\s+(?:last\s+)?(?:updated|published|posted|aktualisiert|actualizado|mis à jour)(?:\s+on)?:?$", re.IGNORECASE
)
# Labels of people who took the pictures, drew, cut, edited or translated.
_OTHER_WORK = re.compile(
    r"^(?:photos?|fotos?|foto(?:graf\w*)?|bild(?:er)?|images?|pictures?|photograph\w*|illustration\w*|grafik\w*|graphics?"
    r"|video|kamera|camera|schnitt|edit(?:ed|ing)?(?: by)?|editor|redigering|translat\w+|übersetz\w+|tradu\w+"
    r"|reviewed by|fact[- ]checked by|medically reviewed by|фото|видео|写真|攝影|摄影|編集)\b"
    r"\s*(?:by|von|par|por|av)?\s*[:：]?\s+",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\s*[(（\[][^()（）\[\]]{0,80}[)）\]]?")  # "(obe)", the initials of an editor
_URL = re.compile(r"https?:|www\.", re.IGNORECASE)
_DOMAIN = re.compile(r"\S\.(?:[a-z]{2,10}|COM|ORG|NET)$")
_NOT_A_NAME = re.compile(
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
_LOGIN = re.compile(r"[a-z][a-z0-9._-]*|[A-Za-z]*[0-9._][A-Za-z0-9._-]*")
# "ByAda Moss": two elements without a space between them.
_GLUED = re.compile(r"^By(?=[A-ZÀ-Þ])")
# Words that mark a text as a role, a desk or an organization, wherever they are in it.
_GROUP_WORD = re.compile(
    r"\b(?:staff|reporters?|writers?|editors?|editorial|editor-in-chief|correspondents?|contributors?|columnist"
    r"|journalists?|director|manager|founder|co-founder|ceo|cto|cmo|president|professor|producer|specialist|strategist|consultant"
    r"|analyst|attorney|lawyer|officer|head of|university|institute|agency|news"
    r"|team|desk|newsroom|bureau|media|magazine|online|marketing|company|inc|llc|ltd|gmbh|group|association|foundation|council"
    r"|redaktion|redaktør|redakteur(?:in)?|redacción|redação|redazione|redactie|redacción|redakcja|redaksi|reporter(?:in)?"
    r"|korrespondent(?:in)?|korrespondenz|journalist(?:in)?|agentur|nachrichten|zeitung|agencia|agenzia|agência|ajansı|haber"
    r"|équipe|rédaction|equipo|equipe|коллектив|редакция|агентство|служба|корреспондент|guest post|sponsored|archive"
    r"|certified|licensed|registered|twitter|facebook|instagram|linkedin|whatsapp|youtube|e-?mail"
    r"|subscribe|read more|admin|comments|reviewer)\b"
    r"|^(?:the|lead|senior|former|freelance\w*|contributing|share|follow|comments?)\b"
    r"|新聞|新闻|通信|通訊社|編集部|编辑部|デジタル|記者$|报社|日报|日報",
    re.IGNORECASE,
)
# The role of the person named before it, by its last word: "Ada Moss, Garden Educator".
_ROLE = re.compile(
    r".* (?:\w+(?:ologist|therapist|alist|itect)|educator|trainer|coach|dietitian|nutritionist|scientist|researcher"
    r"|engineer|developer|designer|photographer|blogger|advis[eo]r|planner|assistant|associate|owner|host|economist"
    r"|veterinarian|nurse|physician|pharmacist|author|lecturer|fellow|partner|expert)",
    re.IGNORECASE,
)
_REPORTER = re.compile(r"(?:記者|记者|기자)$|^(?:記者|记者)")
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
_CREDENTIAL = re.compile(r"[A-Z][A-Za-z]{0,2}\.?(?:[A-Z]\.?){1,5}[®™]?|[A-Z]{2,6}[®™]?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
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


def _is_group(name: str) -> bool:
    return name_key(name) in _GROUPS_AND_ACCOUNTS or bool(_GROUP_WORD.search(name)) or bool(_DOMAIN.search(name))


# Words in the names of newspapers, blogs, companies and schools.
_PAPER = re.compile(
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
    if _is_group(name) or _NOT_A_NAME.search(name) or len(name) > MAX_NAME or re.search(r"\d", name):
        return False
    words = re.findall(r"[^\s.]+", name)
    if not _LATIN.search(name) and _is_uncased(name):
        return 2 <= len("".join(words)) <= 12 and len(words) <= 3 and not re.search("[のをはがにで的是]", name)
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
    if _URL.search(value[:MAX_AUTHOR_TEXT]):
        return
    line = text(re.sub(r"\s*\n\s*", ";", value[:MAX_AUTHOR_TEXT]), MAX_AUTHOR_TEXT) or ""
    line = before_others(line)
    first: str | None = None  # the first name of the line; titles, roles and places may follow it
    for piece in _SEPARATOR.split(line):
        if _OTHER_WORK.match(piece.strip()):
            if first is None:
                continue
            return
        for part in _AND.split(piece):
            name = _clean_name(part)
            if first is None and _DOMAIN.search(name):
                first = name
                yield name, True
                continue
            if not 1 < len(name) <= MAX_NAME or _NOT_A_NAME.search(name) or _is_login(name):
                continue
            is_full = len(name.split()) > 1 or _is_uncased(name)
            is_group = _is_group(name)
            if first is not None and is_group and name_key(name) not in _GROUPS_AND_ACCOUNTS:
                # "A. Moss, Senior Editor": a role. An agency is kept, since it can sign as well.
                continue
            if first is not None and not is_group and not is_full and (" " in first or _DOMAIN.search(first)):
                # "Ada Moss, Nairobi", "Ada Moss, PhD", "paper.example, Frankfurt": belongs to the name before it.
                continue
            if first is not None and not is_group and (_CREDENTIAL.fullmatch(name) or _ROLE.fullmatch(name)):
                continue
            first = first or name
            yield _in_mixed_case(name), is_group


def _clean_name(part: str) -> str:
    name = _GLUED.sub("", re.sub(r"^(?:and|und|&)\s+", "", _IN_PARENTHESES.sub("", part).strip()))
    for _ in range(2):  # "Story by: By Ada Moss"
        name = _LABEL_BEFORE.sub("", name, count=1)
    name = _LABEL_AFTER.sub("", name)
    # "Interview: Ada Moss", "code: Ben Ito": the contribution is before the name.
    name = name.rpartition(": ")[2]
    return _REPORTER.sub("", re.sub(r"(?<=[a-z])\d$", "", name)).strip(" .,;:-–—'\"()*|©●•")


def _in_mixed_case(name: str) -> str:
    """Return a name in capitals in title case, other names as they are. Initials and very short names are kept."""
    if not name.isupper() or len(name) < 5 or "." in name or " " not in name:
        return name
    return name.title()
