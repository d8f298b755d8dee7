"""The signatures in the lines around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import find_dates
from cleaner.metadata.fields.names import MAX_AUTHORS, authorship, before_others, looks_like_name
from cleaner.metadata.fields.values import folded, inner_text
from cleaner.metadata.sources.byline_lines import HEADINGS, LINE_ELEMENTS, Line, kinds, words_of
from cleaner.page.characters import clean_characters
from cleaner.text.byline_words import PREPOSITIONS

MAX_BYLINE = 160  # characters
_LINES_BESIDE = 8  # so near the headline, a name beside a date is the writer's
NOT_BYLINE_NAMES = re.compile(
    r"(?:bio|about|description|desc|box|avatar|image|img|photo|social|follow|share|role|title|job|position|archive)(?![a-z])",
    re.IGNORECASE,
)
_AUTHOR_NAME = re.compile(r"author[\w-]*name(?![a-z])", re.IGNORECASE)  # "author-box__name"
_OPENS_BYLINE = re.compile(
    rf"^(?:(?:written|posted|published|words|story|text|reported) by|{PREPOSITIONS}|da|od|tác giả|oleh"
    r"|autor(?:es|in)?|auteur|autore|author|автор|текст|text|作者|記者|记者|文)(?:\s*[:：/|]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(
    rf"(?:(?:written|posted|published|words|story|text|article|reported) by|{PREPOSITIONS}|authors?"
    r"|autor(?:es|in)?|auteurs?|autore|автор|текст|作者)\s*[:：]?",
    re.IGNORECASE,
)
# "By Ada Moss on 3 May 2024"
_BEFORE_DATE = re.compile(r"\s(?:on|am|vom|le|el|il|op|på|em|den|w dniu)\s+$", re.IGNORECASE)
# What may stand before the byline in its line, once the date is taken out.
_BEFORE_BYLINE = re.compile(r"^(?:(?:published|posted|updated)(?:\s+on)?\b)?[\s|·•,:–—-]+", re.IGNORECASE)
_ONLY_LETTERS = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")
_CATEGORY = re.compile(r"\bcategory\b|/(?:categor|topic|tag|section|rubri|kategori|tema)", re.IGNORECASE)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|contributors?|staff|profiles?|people|by|writers?|journalists?|reporters?"
    r"|redakt\w+|redacao|firmas?|team|producers|redactie|autore|yazar\w*)/[^/]",
    re.IGNORECASE,
)


def is_byline_name(names: str) -> bool:
    """Whether an element of a byline holds the name, by its own names, and not what is said of its bearer."""
    return not NOT_BYLINE_NAMES.search(names) or bool(_AUTHOR_NAME.search(names))


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """The signatures, the surest first: a line that opens as one does, one that is marked, a name alone in its line."""
    lines = list(_with_labels(lines))
    for witness, reader in (
        ("byline", _opened),
        ("byline element", _named),
        ("author link", _linked),
        ("date line", _beside_date),
        ("signature", _alone),
    ):
        found: list[str] = []
        last: Line | None = None
        for line in lines:
            if last is not None and (line.place > last.place + 1 or line.names != last.names):
                break  # behind the first, only lines that are the like of it: a list of names
            if len(line.text) <= MAX_BYLINE and (names := reader(line)):
                found += [name for name in names if name not in found]
                last = line
        if found:
            yield Candidate("authors", found[:MAX_AUTHORS], witness)


def _with_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with one that only says "Written by" put before the name in the next."""
    label = ""
    for line in lines:
        if _LABEL_ONLY.fullmatch(line.text):
            label = line.text
            continue
        yield line._replace(text=f"{label} {line.text}") if label else line
        label = ""


def _opened(line: Line) -> Sequence[str]:
    if line.element.tag in HEADINGS or _opening_of(line.text) is None:
        return ()
    return _author_links(line) or names_in_byline(line.text)


def _opening_of(line: str) -> tuple[str, re.Match[str]] | None:
    """The line without its dates, and the word that opens it as a byline's."""
    said = _BEFORE_BYLINE.sub("", _without_dates(line), count=1)
    opening = _OPENS_BYLINE.match(said)
    return (said, opening) if opening else None


def names_in_byline(line: str) -> list[str]:
    """The names in a line that opens as a byline does: "By Ada Moss". None where it goes on as a sentence does."""
    opened = _opening_of(line)
    if opened is None:
        return []
    said, opening = opened
    names = [name for name in people_in(said) if looks_like_name(name)]
    rest = said[opening.end() :]
    return names if names and folded(rest).startswith(folded(names[0])) else []


def _named(line: Line) -> Sequence[str]:
    if not kinds(line.names).byline or line.element.tag in HEADINGS:
        return ()
    links = _author_links(line)
    if links:
        return links
    if not is_byline_name(line.names) or len(line.text) > MAX_BYLINE // 2:
        return ()
    return [name for name in people_in(line.text) if looks_like_name(name)]


def _linked(line: Line) -> Sequence[str]:
    """A name as a line of its own that leads to its bearer's page."""
    if not 0 < line.place <= _LINES_BESIDE or len(line.text) > 60 or line.element.tag in HEADINGS:
        return ()
    names = _author_links(line)
    return names if folded("".join(names)) == folded(line.text) and all(map(looks_like_name, names)) else ()


def _beside_date(line: Line) -> Sequence[str]:
    """The name in a line that holds a date besides: "Ada Moss | 5 March 2024"."""
    plain = _without_dates(line.text)
    if plain == line.text or not 0 < line.place <= _LINES_BESIDE or line.element.tag in HEADINGS:
        return ()
    pieces = [piece.strip(" -–—,:") for piece in re.split(r"[|·•/]", plain)]
    names = [piece for piece in pieces if _is_full_name(piece) and _ONLY_LETTERS.fullmatch(piece)]
    return [name for name in names if not _leads_to_category(line, name)][:1]


def _leads_to_category(line: Line, name: str) -> bool:
    for element in line.inline:
        if element.tag == "a" and inner_text(element, 200) == name:
            return bool(_CATEGORY.search(f"{element.get('rel') or ''} {element.get('href') or ''}"[:500]))
    return False


def _alone(line: Line) -> Sequence[str]:
    """A name as a line of its own, set apart by bold type or right before the date."""
    bold = line.inline and all(element.tag in ("b", "strong", "em", "i") for element in line.inline)
    if not bold or len(line.text) > 60 or not 0 < line.place < 12 or line.element.tag != "p":
        return ()
    names = people_in(line.text)
    covered = sum(len(folded(name)) for name in names)
    return names if names and covered == len(folded(line.text)) and all(map(_is_full_name, names)) else ()


def _is_full_name(name: str) -> bool:
    return looks_like_name(name) and 2 <= len(name.split()) <= 3 and not name.endswith((".", ":"))


def _author_links(line: Line) -> list[str]:
    """The texts of links that lead to an author's page."""
    found: list[str] = []
    own: str | None = None
    for element in line.inline:
        for place in (element, *element.iterancestors()):
            if place is line.element or place.tag in LINE_ELEMENTS:
                break
            if place.tag == "a" and (
                "author" in (place.get("rel") or "").lower() or _AUTHOR_PATH.search((place.get("href") or "")[:500])
            ):
                said = words_of(place)
                own = before_others(line.text) if own is None else own
                if said not in own:
                    continue
                found += [
                    name for name in people_in(said) if looks_like_name(name, declared=True) and name not in found
                ]
    return found


def people_in(said: str) -> tuple[str, ...]:
    return authorship(_without_dates(said), ()).people


def _without_dates(said: str) -> str:
    plain = clean_characters(said)
    for date in list(find_dates(plain, month_first=True))[::-1]:
        plain = f"{_BEFORE_DATE.sub('', plain[: date.start])} | {plain[date.end :]}"
    return plain
