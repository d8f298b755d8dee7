"""Bylines within and after the text: labelled lines, names in brackets, and the signature below the last paragraph.

These are read only if no other source names an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.author_labels import east_asian_names, is_east_asian, is_label, is_other_work, opening
from cleaner.metadata.fields.names import looks_like_name
from cleaner.metadata.fields.values import inner_text, name_key
from cleaner.metadata.sources.author_urls import author_url_candidates
from cleaner.metadata.sources.byline_lines import LINE_ELEMENTS, MIN_PROSE, is_apart_from_headline
from cleaner.metadata.sources.bylines import names_in_byline, people_in
from cleaner.patterns import lazy_pattern

_MAX_LINE = 100  # characters of a line with a byline
_MIN_DENSE_PROSE = 40  # characters of a paragraph in an East Asian script
_MAX_SIGNERS = 2  # lines with a label and different names; more are those of comments and of other articles
# "（记者 林海涛）" at the end of a paragraph.
_LAST_BRACKETS = lazy_pattern(r"[(（【\[]([^()（）【】\[\]]{3,40})[)）】\]]\s*$")
_BLOCKS = LINE_ELEMENTS - {"br"}
_TEXT_ELEMENTS = ("p", "ul", "ol", "h2", "h3", "h4", "h5", "h6", "blockquote", "table")
_TEXT_MARKUP = frozenset({"b", "strong", "em", "i"})


def candidates(root: etree._Element) -> Iterator[Candidate]:
    """Yield the authors of labelled lines after the first paragraph, or else the signature of the last paragraph."""
    labelled: list[tuple[etree._Element, list[str]]] = []
    signature: tuple[etree._Element, list[str]] | None = None
    has_prose = False
    label = ""  # a line that is only a label, for the line after it
    for element in root.iter("p", "div", "li", "dd", "dt", "td", "section", "footer", "address", "h4", "h5", "h6"):
        if len(element) and not _BLOCKS.isdisjoint([child.tag for child in element]):
            continue
        if element.text and len(element.text) > MIN_PROSE and element.text.isascii():
            has_prose, label = True, ""
            continue
        line = inner_text(element, MIN_PROSE + 1)
        if not line:
            continue
        is_dense = is_east_asian(line)
        if len(line) >= (_MIN_DENSE_PROSE if is_dense else _MAX_LINE):
            has_prose = True
            if is_dense and (bracket := _LAST_BRACKETS.search(inner_text(element)[-45:])):
                line = bracket[1]
            else:
                label = ""
                continue
        if not has_prose:
            continue
        if element.tag == "td":  # a label counts only in the cell before
            before = element.getprevious()
            label = f"{inner_text(before, _MAX_LINE)}: " if before is not None and is_label(inner_text(before)) else ""
            if not label:
                continue
        if is_label(line):
            label = f"{line.rstrip(':： ')}: "
            continue
        names = _labelled_names(label + line)
        label = ""
        if names and not is_apart_from_headline(element):
            labelled.append((element, names))
        elif _is_signature(element, line):
            signature = (element, [line.strip(" .—–-")])
    if labelled and len({name_key(names[0]) for _, names in labelled}) <= _MAX_SIGNERS:
        element, names = labelled[0]
        yield Candidate("authors", names, "byline after the text")
        yield from author_url_candidates(element, "byline after the text")
    elif signature is not None and not labelled:
        yield Candidate("authors", signature[1], "signature after the text")


def _labelled_names(line: str) -> list[str]:
    """Return the names in a line with a label and a colon, or with a label of an East Asian script."""
    if names := east_asian_names(line):
        return names
    opened = opening(line)
    if opened is None or not opened.is_separated or is_other_work(line):
        return []
    return names_in_byline(line)


def _is_signature(element: etree._Element, line: str) -> bool:
    """Whether a paragraph is only a full name in bold or italic type, or set to the right, and ends the text."""
    if element.tag != "p" or len(line) > _MAX_LINE or not 2 <= len(line.split()) <= 4:
        return False
    is_set_apart = "right" in (element.get("style") or "") + (element.get("align") or "") or (
        len(element) == 1 and element[0].tag in _TEXT_MARKUP and inner_text(element[0]) == line
    )
    if not is_set_apart or not looks_like_name(line) or people_in(line) != (line,) or is_apart_from_headline(element):
        return False
    before = element.getprevious()
    ends_text = not any(inner_text(after) for after in element.itersiblings(*_TEXT_ELEMENTS))
    return before is not None and before.tag == "p" and len(inner_text(before)) > _MAX_LINE and ends_text
