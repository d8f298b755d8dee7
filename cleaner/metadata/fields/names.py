"""Names: the people among what a page gives as its authors, and who signs where no person does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from cleaner.metadata.fields.values import folded, text
from cleaner.text.byline_words import PREPOSITIONS
from cleaner.text.scripts import WITHOUT_CASE

MAX_AUTHORS = 50
MAX_AUTHOR_TEXT = 500  # characters of one declared string, which may hold several names
_MAX_DEPTH = 6  # of lists and objects within each other
MAX_NAME = 60  # characters of one name; longer ones are biographies and lists that no sign parts

# Between two names, or between a name and what is said of it.
_BETWEEN = re.compile(r"\s*[;|\n•·]\s*|\s*[,،、，]\s*|\s+[–—-]\s+")
# From here on, others are named: who checked, edited, translated or took the pictures.
_OTHERS_FOLLOW = re.compile(
    r"\b(?:(?:fact|medically|clinically|expert)[- ]?(?:check|review|verifi)ed|reviewed|edited|translated"
    r"|photograph\w*|photos?|illustrat\w+|updated|medical review)(?:\s+by\b|:)",
    re.IGNORECASE,
)
# Between two names only. "und", "et", "y" and the like stand between blanks; so do one-letter names, but not in lower
# case. A slash parts names and, without blanks, also the two halves of "AP/Reuters".
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|en|och|og|i|ve|и|та|και|&|\+|with|mit|avec|con|med|as told to)\s+|\s*/\s*|\s*＆\s*"
)
_OPENING = re.compile(
    r"^(?:(?:written|posted|published|story|words|text|report(?:ed|ing)?|view all posts|more (?:articles|posts|stories)"
    rf"|article|posts?) by|(?:photo|image|picture)s? by|text|story|{PREPOSITIONS}|da|od|ni|oleh|tác giả"
    r"|autor(?:in|es|a)?|auteurs?|autore|authors?|автор|авторы|текст|текст и фото|yazan|redaktion"
    r"|текст|文|作者|記者|记者|撰文|編輯|编辑)(?:\s*[:：/]\s*|\s+)",
    re.IGNORECASE,
)
# The label of a date that stood behind the name: "Ada Moss Updated".
_LABEL_BEHIND = re.compile(
    r"\s+(?:last\s+)?(?:updated|published|posted|aktualisiert|actualizado|mis à jour)(?:\s+on)?:?$", re.IGNORECASE
)
# What follows is the work of another: who took the pictures, drew, cut, edited or translated.
_OTHER_WORK = re.compile(
    r"^(?:photos?|fotos?|foto(?:graf\w*)?|bild(?:er)?|images?|pictures?|photograph\w*|illustration\w*|grafik\w*|graphics?"
    r"|video|kamera|camera|schnitt|edit(?:ed|ing)?(?: by)?|editor|redigering|translat\w+|übersetz\w+|tradu\w+"
    r"|reviewed by|fact[- ]checked by|medically reviewed by|фото|видео|写真|攝影|摄影|編集)\b"
    r"\s*(?:by|von|par|por|av)?\s*[:：]?\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(（\[][^()（）\[\]]{0,80}[)）\]]?")  # "(obe)", the initials that a newsroom signs with
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_DOMAIN = re.compile(r"\S\.(?:[a-z]{2,10}|COM|ORG|NET)$")
_NO_NAME = re.compile(
    # A date is no name, and neither is its month.
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?!\s+[a-z])"
    r"|\bmin(?:ute)?s? read|@|\d{2}|[{}<>\[\]=_#?!]|^\W*$"
    r"|^(?:last |first )?(?:updated|published|posted|modified|reviewed|aktualisiert|veröffentlicht)\b"
    # What sites write beside a name: a reading time, the labels of buttons and of the lines around.
    r"|güncelle|aktuali[sz]|mis à jour|actualizad|обновл|更新|\b\d+\s?min\b|^(?:learn|read|see|view|show) more"
    r"|^(?:full|guest|fact|related|in this|on (?:mon|tue|wed|thu|fri|sat|sun)|this"
    r"|business hours|best|table of|view|more|about|from|for|with|your|our|how|what|why|where|when) "
    r"|^(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?:\s\d+)?$"
    r"|^on (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|checked$",
    re.IGNORECASE,
)
# A name to log in with: one word without a capital, or with a digit or a dot in it.
_LOGIN = re.compile(r"[a-z][a-z0-9._-]*|[A-Za-z]*[0-9._][A-Za-z0-9._-]*")
# "ByAda Moss": two elements without a blank between them.
_GLUED = re.compile(r"^By(?=[A-ZÀ-Þ])")
# Words that make a piece of text a role, a desk or an organization, wherever they stand in it.
_NOT_OF_NAMES = re.compile(
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
# What the one named before is: "Ada Moss, Garden Educator". The last word of such a piece.
_ROLE = re.compile(
    r".* (?:\w+(?:ologist|therapist|alist|itect)|educator|trainer|coach|dietitian|nutritionist|scientist|researcher"
    r"|engineer|developer|designer|photographer|blogger|advis[eo]r|planner|assistant|associate|owner|host|economist"
    r"|veterinarian|nurse|physician|pharmacist|author|lecturer|fellow|partner|expert)",
    re.IGNORECASE,
)
_REPORTER = re.compile(r"(?:記者|记者|기자)$|^(?:記者|记者)")
# Not people: desks, roles and agencies, folded. What else is no person is known by the site's name.
_NOT_PEOPLE = frozenset(
    """admin administrator author authors staff webmaster superuser guest unknown anonymous none null undefined na user
    root autor autoren autorin by writtenby postedby theauthor abouttheauthor von par por and und et
    jr sr md phd mba rn rd cpa esq dds dvm mph ms ma bsc msc pt dpt cfp cfa jd np
    reuters thomsonreuters afp agencefrancepresse ap associatedpress theassociatedpress dpa dpainfocom dpainfocomgmbh
    apa ansa efe pap pti ians ani sid kna epd ntb tt ritzau ritzaus stt belga lusa keystonesda sda keystone ats swi
    bloomberg bloombergnews xinhua tass тасс интерфакс рианновости укринформ upi cnnwire prnewswire businesswire
    globenewswire getty gettyimages shutterstock istock istockphoto unsplash imago afpbb kyodo jiji
    共同 共同通信 時事 新华社 新華社 aa anadolu anadoluajansı iha dha""".split()
)
_CREDENTIAL = re.compile(r"[A-Z][A-Za-z]{0,2}\.?(?:[A-Z]\.?){1,5}[®™]?|[A-Z]{2,6}[®™]?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_UNCASED = re.compile(f"[{WITHOUT_CASE}]")
# Words that stand in lower case within names.
_PARTICLES = frozenset(
    "von van der den de del della di da dos das du la le el al bin ibn ben y e zu zur af av ter ten te st o".split()
)


class Authorship(NamedTuple):
    """Who signs an article: people, and the organizations that are named with or instead of them."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()


def people(said: Any, organizations: Collection[str]) -> tuple[str, ...]:
    """The names of people in the order given, each once; `organizations` are names of the paper and its publisher."""
    return authorship(said, organizations).people


def authorship(said: Any, organizations: Collection[str], *, blog: bool = False) -> Authorship:
    """The people and the organizations of a declared author, in the order given, each once.

    `organizations` are names of the paper and its publisher. A `blog` may bear its writer's name.
    """
    others = {folded(name) for name in organizations}
    people: dict[str, str] = {}
    groups: dict[str, str] = {}
    own: dict[str, str] = {}  # names of the site that may be its writer's
    for name, is_group in _names(said, 0):
        key = folded(name)
        if not key:
            continue
        if is_group or _is_group(name) or (key in others and not (blog and _like_a_person(name))):
            groups.setdefault(key, name)
        elif key in others:
            own.setdefault(key, name)
        else:
            people.setdefault(key, name)
        if len(people) == MAX_AUTHORS or len(groups) == MAX_AUTHORS:
            break
    if people:  # somebody else wrote it, and the site has a name of its own
        groups.update(own)
    else:
        people = own
    return Authorship(tuple(people.values()), tuple(name for key, name in groups.items() if _is_nameable(key)))


def _is_group(name: str) -> bool:
    return folded(name) in _NOT_PEOPLE or bool(_NOT_OF_NAMES.search(name)) or bool(_DOMAIN.search(name))


_PAPER = re.compile(
    r"\b(?:times|post|herald|tribune|daily|gazette|journal|chronicle|observer|guardian|telegraph|review|today|weekly|blog"
    r"|clinic|bank|online|official|club|lab|labs|school|college)\b",
    re.IGNORECASE,
)


def _like_a_person(name: str) -> bool:
    """Whether the site may be called by its writer's name."""
    return looks_like_name(name) and not _PAPER.search(name)


# Of what is no person, these are no organization either.
_NOBODY = frozenset(
    """admin administrator author authors staff webmaster superuser guest unknown anonymous none null undefined na user
    root autor autoren autorin by writtenby postedby theauthor abouttheauthor von par por and und et jr sr""".split()
)


def _is_nameable(key: str) -> bool:
    return key not in _NOBODY and len(key) > 1


def _is_login(name: str) -> bool:
    return _LOGIN.fullmatch(name) is not None and folded(name) not in _NOT_PEOPLE


def before_others(line: str) -> str:
    """The line up to where it begins to name who checked, edited, translated or took the pictures."""
    others = _OTHERS_FOLLOW.search(line)
    return line[: others.start()] if others and others.start() > 0 else line


def looks_like_name(name: str, *, declared: bool = False) -> bool:
    """Whether text of the page can be a person's name: two to five words, each but particles with a capital.

    In scripts without capitals, two to twelve letters and at most three words. `declared`: the markup calls it an
    author, so that one word will do.
    """
    if _is_group(name) or _NO_NAME.search(name) or len(name) > MAX_NAME or re.search(r"\d", name):
        return False
    words = re.findall(r"[^\s.]+", name)
    if _UNCASED.search(name) and not _LATIN.search(name):
        return 2 <= len("".join(words)) <= 12 and len(words) <= 3 and not re.search("[のをはがにで的是]", name)
    if not (1 if declared else 2) <= len(words) <= 5:
        return False
    proper = [word for word in words if word[:1].isupper() or word[:2] in ("d'", "d’", "l'") or not word[:1].isalpha()]
    return len(proper) >= (1 if declared else 2) and all(
        word in proper or word.casefold() in _PARTICLES for word in words
    )


def _names(said: Any, depth: int) -> Iterator[tuple[str, bool]]:
    """Each name, with whether it is an organization's."""
    if isinstance(said, list) and depth < _MAX_DEPTH:
        for item in said[: 4 * MAX_AUTHORS]:
            yield from _names(item, depth + 1)
    elif isinstance(said, dict) and depth < _MAX_DEPTH:
        kinds = str(said.get("@type"))
        name = next((said[key] for key in ("name", "@value", "@list") if said.get(key)), None) or " ".join(
            part for part in (said.get("givenName"), said.get("familyName")) if isinstance(part, str)
        )
        if "Organization" not in kinds or "Person" in kinds:
            yield from _names(name, depth + 1)
        elif line := text(name, MAX_NAME):
            yield line, True
    elif isinstance(said, str):
        yield from _in_line(said)


def _in_line(said: str) -> Iterator[tuple[str, bool]]:
    """The names in one declared string, with whether they are those of organizations."""
    if _ADDRESS.search(said[:MAX_AUTHOR_TEXT]):
        return
    line = text(re.sub(r"\s*\n\s*", ";", said[:MAX_AUTHOR_TEXT]), MAX_AUTHOR_TEXT) or ""
    line = before_others(line)
    first: str | None = None  # the first name of the line, behind which titles, roles and places may stand
    for piece in _BETWEEN.split(line):
        if _OTHER_WORK.match(piece.strip()):
            if first is None:
                continue
            return
        for part in _AND.split(piece):
            name = _bare(part)
            if first is None and _DOMAIN.search(name):
                first = name
                yield name, True
                continue
            if not 1 < len(name) <= MAX_NAME or _NO_NAME.search(name) or _is_login(name):
                continue
            full = len(name.split()) > 1 or bool(_UNCASED.search(name))
            group = _is_group(name)
            if first is not None and group and folded(name) not in _NOT_PEOPLE:
                # "A. Moss, Senior Editor": a role. But an agency that signs, too, is named.
                continue
            if first is not None and not group and not full and (" " in first or _DOMAIN.search(first)):
                # "Ada Moss, Nairobi", "Ada Moss, PhD", "paper.example, Frankfurt": said of the one before.
                continue
            if first is not None and not group and (_CREDENTIAL.fullmatch(name) or _ROLE.fullmatch(name)):
                continue
            first = first or name
            yield _in_mixed_case(name), group


def _bare(part: str) -> str:
    name = _GLUED.sub("", re.sub(r"^(?:and|und|&)\s+", "", _ASIDE.sub("", part).strip()))
    for _ in range(2):  # "Story by: By Ada Moss"
        name = _OPENING.sub("", name, count=1)
    name = _LABEL_BEHIND.sub("", name)
    # "Interview: Ada Moss", "code: Ben Ito": what each did stands before the name.
    name = name.rpartition(": ")[2]
    return _REPORTER.sub("", re.sub(r"(?<=[a-z])\d$", "", name)).strip(" .,;:-–—'\"()*|©●•")


def _in_mixed_case(name: str) -> str:
    """As written, unless it is all capitals: an initial or a two-letter name may be right so."""
    if not name.isupper() or len(name) < 5 or "." in name or " " not in name:
        return name
    return name.title()
