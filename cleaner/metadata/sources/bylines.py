"""Names of authors in the lines around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import partial

from lxml import etree

from cleaner.caching import cached_by_text
from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.author_labels import (
    Opening,
    east_asian_names,
    is_east_asian,
    is_label,
    is_other_label,
    is_other_work,
    opening,
)
from cleaner.metadata.fields.dates import find_dates
from cleaner.metadata.fields.names import (
    MAX_AUTHORS,
    authorship,
    before_others,
    is_role,
    looks_like_name,
    without_role_before,
)
from cleaner.metadata.fields.values import name_key
from cleaner.metadata.sources.author_urls import link_candidates
from cleaner.metadata.sources.byline_lines import HEADINGS, LINE_ELEMENTS, MIN_PROSE, Line, line_kinds, link_text
from cleaner.page.characters import clean_characters
from cleaner.patterns import lazy_pattern

MAX_BYLINE = 160  # characters
_MAX_ROLE = 6  # words
_MAX_PLACE = 2  # words
_AFTER_NAME = lazy_pattern(r",|\s[|/–—·-]\s")
_MAX_LINES_FROM_HEADLINE = 8  # within this many lines after the headline, a name next to a date is that of the writer
_NOT_BYLINE_NAMES = lazy_pattern(
    r"(?:bio|about|description|desc|box|avatar|image|img|photo|social|follow|share|role|title|job|position|archive)(?![a-z])",
    re.IGNORECASE,
)
_AUTHOR_NAME = lazy_pattern(r"author[\w-]*name(?![a-z])", re.IGNORECASE)  # "author-box__name"
# "By Ada Moss on 3 May 2024"
_BEFORE_DATE = lazy_pattern(r"\s(?:on|am|vom|le|el|il|op|på|em|den|w dniu)\s+$", re.IGNORECASE)
# What may precede the byline in its line after the date is removed.
_BEFORE_BYLINE = lazy_pattern(r"^(?:(?:published|posted|updated)(?:\s+on)?\b)?[\s|·•,:–—-]+", re.IGNORECASE)
_WORDS_ONLY = lazy_pattern(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")
_CATEGORY = lazy_pattern(
    r"\bcategory\b|/(?:categor|topic|tag|section|rubri|kategori|tema|ressort|thema)", re.IGNORECASE
)
_HANDLE = lazy_pattern(r"(?<!\S)@\w+")
_AUTHOR_PATH = lazy_pattern(
    r"/(?:authors?|editors?|autor(?:en|es)?|auteurs?|contributors?|staff|profiles?|people|by|writers?|journalists?|reporters?"
    r"|redakt\w+|redacao|firmas?|team|producers|redactie|autore|yazar\w*)/[^/]",
    re.IGNORECASE,
)


def is_byline_name(names: str) -> bool:
    """Whether the class names of a byline element are those of the name itself, not of a biography or a photo."""
    return not _NOT_BYLINE_NAMES.search(names) or bool(_AUTHOR_NAME.search(names))


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Yield the authors that each source finds and the links in their lines, the most reliable source first.

    The sources are a line that begins like a byline, a line that is marked up as one, a link to an author's page, a
    name next to a date, and a name alone in its line.
    """
    lines = list(_with_labels(lines))
    prose = [line.position for line in lines if line.position > 0 and len(line.text) > MIN_PROSE]
    before = [line for line in lines if line.position == 0]
    near = [*before[-1:], *(line for line in lines if 0 < line.position <= _MAX_LINES_FROM_HEADLINE + 1)]
    near = [line for line in near if len(line.text) <= MAX_BYLINE]
    beside = {line.position for line in near if _without_dates(line.text) != line.text or _is_role_line(line.text)}
    lines = [line for line in lines if len(line.text) <= MAX_BYLINE and not _is_of_others(line.text)]
    for source, parser in (
        ("byline", _names_after_opening),
        ("byline element", _names_in_marked_line),
        ("author link", _names_in_author_link),
        ("date line", _name_beside_date),
        ("name and role", _names_with_roles),
        ("name line", partial(_name_beside_date_line, beside)),
        ("signature", _names_in_bold_line),
    ):
        authors: list[str] = []
        links: list[etree._Element] = []
        last: Line | None = None
        for line in lines:
            if last is not None and (line.position > last.position + 1 or line.names != last.names):
                break  # after the first, only adjacent lines of the same class count: a list of names
            if (found := parser(line)) and (names := _by_element(line, found)):
                authors += [name for name in names if name not in authors]
                links += dict.fromkeys(_links(line))
                last = line
        if authors and last is not None:
            # Within the text, a line that begins like a byline may sign a box or a quotation.
            is_in_text = source == "byline" and len(prose) > 1 and last.position > prose[1]
            is_unmarked = is_in_text and not line_kinds(last.names).byline
            yield Candidate("authors", authors[:MAX_AUTHORS], "byline in the text" if is_unmarked else source)
            yield from link_candidates(links, source)


def _is_role_line(line: str) -> bool:
    return len(line.split()) <= _MAX_ROLE and is_role(line)


def _is_of_others(line: str) -> bool:
    """Whether the line names only people who did something else: "Photos: Ada Moss"."""
    return is_other_work(line) and not east_asian_names(line)


def _by_element(line: Line, names: Sequence[str]) -> Sequence[str]:
    """Return the names. One that consists of the texts of several elements, such as links, is one name for each."""
    if not any(name.count(" ") > 2 for name in names):
        return names
    texts = [link_text(element) for element in line.inline]
    result: list[str] = []
    for name in names:
        key = name_key(name)
        parts = [text for text in texts if " " in text and looks_like_name(text) and name_key(text) in key]
        result += parts if len(parts) > 1 and name_key("".join(parts)) == key else [name]
    return result


def _with_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines. A line that is only a label, such as "Written by", is joined with the next one."""
    label = ""
    for line in lines:
        if is_label(line.text) or is_other_label(line.text):
            label = line.text if line.text.endswith((":", "：")) or " " in line.text else f"{line.text}:"
            continue
        yield line._replace(text=f"{label} {line.text}") if label else line
        label = ""


def _names_after_opening(line: Line) -> Sequence[str]:
    """Return the names in a line that begins like a byline, or that has a label of a writer in an East Asian script."""
    if line.element.tag in HEADINGS:
        return ()
    if is_east_asian(line.text) and (names := east_asian_names(_without_dates(line.text))):
        return names
    if _match_opening(line.text) is None:
        return ()
    return _author_links(line) or names_in_byline(line.text)


def _match_opening(line: str) -> tuple[str, Opening] | None:
    """Return the line without its dates, and the words that open a byline; `None` if it has none."""
    text = _BEFORE_BYLINE.sub("", _without_dates(line), count=1)
    opened = opening(text)
    return (text, opened) if opened else None


def opens_byline(line: str) -> bool:
    """Whether the line begins like a byline, a date before it aside."""
    return _match_opening(line) is not None


def names_in_byline(line: str) -> list[str]:
    """Return the names in a line that begins like a byline: "By Ada Moss". Empty if no name follows the opening."""
    matched = _match_opening(line)
    if matched is None:
        return []
    text, opened = matched
    names = [name for name in people_in(text) if looks_like_name(name)]
    rest = name_key(without_role_before(text[opened.end :]))
    if not names or not rest.startswith(name_key(names[0])):
        return []
    # "Author Ada Moss, from Harbour Town, said": a label without a colon may begin a sentence.
    is_sentence = not opened.is_certain and sum(len(name_key(name)) for name in names) < len(rest) / 2
    return [] if is_sentence else names


def _names_in_marked_line(line: Line) -> Sequence[str]:
    """Return the names in a line that the markup calls a byline."""
    if not line_kinds(line.names).byline or line.element.tag in HEADINGS:
        return ()
    links = _author_links(line)
    if links:
        return links
    if not is_byline_name(line.names) or len(line.text) > MAX_BYLINE // 2:
        return ()
    names = [name for name in people_in(line.text) if looks_like_name(name)]
    return [name for name in names if not _leads_to_category(line, name)]


def _names_in_author_link(line: Line) -> Sequence[str]:
    """Return the names in a line that consists of links to authors' pages."""
    if not 0 < line.position <= _MAX_LINES_FROM_HEADLINE or len(line.text) > 60 or line.element.tag in HEADINGS:
        return ()
    names = _author_links(line)
    is_only_names = name_key("".join(names)) == name_key(_HANDLE.sub("", line.text))
    return names if is_only_names and all(map(looks_like_name, names)) else ()


def _name_beside_date(line: Line) -> Sequence[str]:
    """Return the first name in a line that also has a date: "Ada Moss | 5 March 2024"."""
    without_dates = _without_dates(line.text)
    if without_dates == line.text or not 0 < line.position <= _MAX_LINES_FROM_HEADLINE or line.element.tag in HEADINGS:
        return ()
    pieces = [piece.strip(" -–—,:") for piece in re.split(r"[|·•/]", without_dates)]
    names = [piece for piece in pieces if _is_full_name(piece) and _WORDS_ONLY.fullmatch(piece)]
    return [name for name in names if not _leads_to_category(line, name)][:1]


def _names_with_roles(line: Line) -> Sequence[str]:
    """Return the names in a line that begins with a full name and its role: "Ada Moss, Harbour Correspondent"."""
    if not 0 < line.position <= _MAX_LINES_FROM_HEADLINE or line.element.tag in HEADINGS:
        return ()
    first, *rest = _AFTER_NAME.split(line.text, maxsplit=1)
    role = re.split(r",|\band\b", rest[0], maxsplit=1)[0] if rest else ""
    if not _is_full_name(first) or not is_role(role) or len(role.split()) > _MAX_ROLE:
        return ()
    return [name for name in people_in(line.text) if looks_like_name(name)]


def _name_beside_date_line(beside: Set[int], line: Line) -> Sequence[str]:
    """Return the name in a line with at most a place after it, right beside one of the lines that can be there.

    `beside` are the positions of the lines with a date or a role.
    """
    if not 0 < line.position <= _MAX_LINES_FROM_HEADLINE or line.element.tag in HEADINGS or line.position in beside:
        return ()
    if not beside & {line.position - 1, line.position + 1} or any(element.tag == "a" for element in line.inline):
        return ()  # a link leads to a section as often as to a person
    name, *place = re.split(r"\s[/–—]\s", line.text)
    is_plain = _WORDS_ONLY.fullmatch(name) and "'s " not in name and not name.isupper()
    is_short = len(place) < 2 and len(" ".join(place).split()) <= _MAX_PLACE
    return [name] if is_plain and is_short and _is_full_name(name) else ()


def _leads_to_category(line: Line, name: str) -> bool:
    return any(is_category_link(link) for link in line.inline if link.tag == "a" and link_text(link) == name)


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
    for link in _links(line):
        if not is_author_link(link):
            continue
        text = link_text(link)
        byline = before_others(line.text) if byline is None else byline
        if text in byline:
            names += [name for name in people_in(text) if looks_like_name(name, declared=True) and name not in names]
    return names


def _links(line: Line) -> Iterator[etree._Element]:
    """Yield the links that hold the elements of the line."""
    for element in line.inline:
        for ancestor in (element, *element.iterancestors()):
            if ancestor is line.element or ancestor.tag in LINE_ELEMENTS:
                break
            if ancestor.tag == "a":
                yield ancestor


def is_author_link(link: etree._Element) -> bool:
    """Whether the link leads to an author's page, by its `rel` or its URL."""
    return "author" in (link.get("rel") or "").lower() or bool(_AUTHOR_PATH.search((link.get("href") or "")[:500]))


def is_category_link(link: etree._Element) -> bool:
    """Whether the link leads to a section or a topic, by its `rel` or its URL."""
    return bool(_CATEGORY.search(f"{link.get('rel') or ''} {link.get('href') or ''}"[:500]))


def people_in(text: str) -> tuple[str, ...]:
    """Return the names of people in a text, without its dates."""
    return authorship(_without_dates(text), ()).people


@cached_by_text(256)  # of the lines of a page, each of which several sources read
def _without_dates(text: str) -> str:
    """Return the text with a separator in place of each date."""
    text = clean_characters(text)
    for date in list(find_dates(text, month_first=True))[::-1]:
        text = f"{_BEFORE_DATE.sub('', text[: date.start])} | {text[date.end :]}"
    return text
