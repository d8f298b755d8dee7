"""Names of authors in the lines around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import find_dates
from cleaner.metadata.fields.names import MAX_AUTHORS, authorship, before_others, looks_like_name
from cleaner.metadata.fields.values import name_key
from cleaner.metadata.sources.byline_lines import HEADINGS, LINE_ELEMENTS, Line, line_kinds, link_text
from cleaner.page.characters import clean_characters
from cleaner.text.byline_words import PREPOSITIONS

MAX_BYLINE = 160  # characters
_MAX_LINES_FROM_HEADLINE = 8  # within this many lines after the headline, a name next to a date is that of the writer
_NOT_BYLINE_NAMES = re.compile(
    r"(?:bio|about|description|desc|box|avatar|image|img|photo|social|follow|share|role|title|job|position|archive)(?![a-z])",
    re.IGNORECASE,
)
_AUTHOR_NAME = re.compile(r"author[\w-]*name(?![a-z])", re.IGNORECASE)  # "author-box__name"
_OPENS_BYLINE = re.compile(
    rf"^(?:(?:written|posted|published|words|story|text|reported) by|{PREPOSITIONS}|di|da|od|tác giả|oleh"
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
# What may precede the byline in its line after the date is removed.
_BEFORE_BYLINE = re.compile(r"^(?:(?:published|posted|updated)(?:\s+on)?\b)?[\s|·•,:–—-]+", re.IGNORECASE)
_WORDS_ONLY = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")
_CATEGORY = re.compile(r"\bcategory\b|/(?:categor|topic|tag|section|rubri|kategori|tema)", re.IGNORECASE)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|contributors?|staff|profiles?|people|by|writers?|journalists?|reporters?"
    r"|redakt\w+|redacao|firmas?|team|producers|redactie|autore|yazar\w*)/[^/]",
    re.IGNORECASE,
)


def is_byline_name(names: str) -> bool:
    """Whether the class names of a byline element are those of the name itself, not of a biography or a photo."""
    return not _NOT_BYLINE_NAMES.search(names) or bool(_AUTHOR_NAME.search(names))


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Yield the authors that each source finds, the most reliable source first.

    The sources are a line that begins like a byline, a line that is marked up as one, a link to an author's page, a
    name next to a date, and a name alone in its line.
    """
    lines = list(_with_labels(lines))
    for source, parser in (
        ("byline", _names_after_opening),
        ("byline element", _names_in_marked_line),
        ("author link", _names_in_author_link),
        ("date line", _name_beside_date),
        ("signature", _names_in_bold_line),
    ):
        authors: list[str] = []
        last: Line | None = None
        for line in lines:
            if last is not None and (line.position > last.position + 1 or line.names != last.names):
                break  # after the first, only adjacent lines of the same class count: a list of names
            if len(line.text) <= MAX_BYLINE and (names := parser(line)):
                authors += [name for name in names if name not in authors]
                last = line
        if authors:
            yield Candidate("authors", authors[:MAX_AUTHORS], source)


def _with_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines. A line that is only a label, such as "Written by", is joined with the next one."""
    label = ""
    for line in lines:
        if _LABEL_ONLY.fullmatch(line.text):
            label = line.text
            continue
        yield line._replace(text=f"{label} {line.text}") if label else line
        label = ""


def _names_after_opening(line: Line) -> Sequence[str]:
    """Return the names in a line that begins like a byline."""
    if line.element.tag in HEADINGS or _match_opening(line.text) is None:
        return ()
    return _author_links(line) or names_in_byline(line.text)


def _match_opening(line: str) -> tuple[str, re.Match[str]] | None:
    """Return the line without its dates, and the match of the words that open a byline; `None` if it has none."""
    text = _BEFORE_BYLINE.sub("", _without_dates(line), count=1)
    opening = _OPENS_BYLINE.match(text)
    return (text, opening) if opening else None


def names_in_byline(line: str) -> list[str]:
    """Return the names in a line that begins like a byline: "By Ada Moss". Empty if no name follows the opening."""
    matched = _match_opening(line)
    if matched is None:
        return []
    text, opening = matched
    names = [name for name in people_in(text) if looks_like_name(name)]
    rest = text[opening.end() :]
    return names if names and name_key(rest).startswith(name_key(names[0])) else []


def _names_in_marked_line(line: Line) -> Sequence[str]:
    """Return the names in a line that the markup calls a byline."""
    if not line_kinds(line.names).byline or line.element.tag in HEADINGS:
        return ()
    links = _author_links(line)
    if links:
        return links
    if not is_byline_name(line.names) or len(line.text) > MAX_BYLINE // 2:
        return ()
    return [name for name in people_in(line.text) if looks_like_name(name)]


def _names_in_author_link(line: Line) -> Sequence[str]:
    """Return the names in a line that consists of links to authors' pages."""
    if not 0 < line.position <= _MAX_LINES_FROM_HEADLINE or len(line.text) > 60 or line.element.tag in HEADINGS:
        return ()
    names = _author_links(line)
    return names if name_key("".join(names)) == name_key(line.text) and all(map(looks_like_name, names)) else ()


def _name_beside_date(line: Line) -> Sequence[str]:
    """Return the first name in a line that also has a date: "Ada Moss | 5 March 2024"."""
    without_dates = _without_dates(line.text)
    if without_dates == line.text or not 0 < line.position <= _MAX_LINES_FROM_HEADLINE or line.element.tag in HEADINGS:
        return ()
    pieces = [piece.strip(" -–—,:") for piece in re.split(r"[|·•/]", without_dates)]
    names = [piece for piece in pieces if _is_full_name(piece) and _WORDS_ONLY.fullmatch(piece)]
    return [name for name in names if not _leads_to_category(line, name)][:1]


def _leads_to_category(line: Line, name: str) -> bool:
    for element in line.inline:
        if element.tag == "a" and link_text(element) == name:
            return bool(_CATEGORY.search(f"{element.get('rel') or ''} {element.get('href') or ''}"[:500]))
    return False


def _names_in_bold_line(line: Line) -> Sequence[str]:
    """Return the names in a paragraph that consists only of names in bold or italic type."""
    is_bold = line.inline and all(element.tag in ("b", "strong", "em", "i") for element in line.inline)
    if not is_bold or len(line.text) > 60 or not 0 < line.position < 12 or line.element.tag != "p":
        return ()
    names = people_in(line.text)
    covered_length = sum(len(name_key(name)) for name in names)
    return names if names and covered_length == len(name_key(line.text)) and all(map(_is_full_name, names)) else ()


def _is_full_name(name: str) -> bool:
    return looks_like_name(name) and 2 <= len(name.split()) <= 3 and not name.endswith((".", ":"))


def _author_links(line: Line) -> list[str]:
    """Return the names in links that lead to an author's page."""
    names: list[str] = []
    byline: str | None = None  # the line without reviewers, editors and the like; computed if a link needs it
    for element in line.inline:
        for ancestor in (element, *element.iterancestors()):
            if ancestor is line.element or ancestor.tag in LINE_ELEMENTS:
                break
            if ancestor.tag == "a" and (
                "author" in (ancestor.get("rel") or "").lower()
                or _AUTHOR_PATH.search((ancestor.get("href") or "")[:500])
            ):
                text = link_text(ancestor)
                byline = before_others(line.text) if byline is None else byline
                if text not in byline:
                    continue
                names += [
                    name for name in people_in(text) if looks_like_name(name, declared=True) and name not in names
                ]
    return names


def people_in(text: str) -> tuple[str, ...]:
    """Return the names of people in a text, without its dates."""
    return authorship(_without_dates(text), ()).people


def _without_dates(text: str) -> str:
    """Return the text with a separator in place of each date."""
    text = clean_characters(text)
    for date in list(find_dates(text, month_first=True))[::-1]:
        text = f"{_BEFORE_DATE.sub('', text[: date.start])} | {text[date.end :]}"
    return text
