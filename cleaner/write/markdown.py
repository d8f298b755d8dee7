"""The article as Markdown: CommonMark, with tables and strikethrough as in GitHub Flavored Markdown.

Whatever the page says is escaped, so that the rendered text is exactly the article's. Emphasis is written with `*`, `_`
and `~` where CommonMark reads them as meant, else with HTML elements: `**a:**b` would not be strong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from string import punctuation
from typing import Any

from cleaner.models import Kind
from cleaner.patterns import lazy_pattern
from cleaner.write.blocks import (
    Block,
    Inline,
    Item,
    List,
    Node,
    Picture,
    Quotation,
    Span,
    Table,
    attribution,
    heading_level,
    in_order,
    inline,
    is_head,
    numbered,
    structure,
)
from cleaner.write.front_matter import to_front_matter
from cleaner.write.reasons import why
from cleaner.write.record import encodable

# The delimiters for each kind of mark, in order of preference, and the HTML element for the places where none works.
_DELIMITERS = {"strong": ("**", "__"), "emphasis": ("*", "_"), "strikethrough": ("~~",)}
_ELEMENTS = {
    "strong": "strong",
    "emphasis": "em",
    "strikethrough": "del",
    "code": "code",
    "superscript": "sup",
    "subscript": "sub",
}
_BREAK = "\\\n"
_BREAK_IN_ROW = "<br>"  # in headings and tables, which have one line
MAX_COLUMNS = 200  # of a table, up to which cells count as wide as they say
MAX_PARENTHESES = 30  # in each other, in the address of a link
MAX_CONTEXT = 40  # characters that decide whether the first of them is escaped

# Characters that Markdown reads as markup wherever they are.
_MARKUP = r"[\\`*~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\](?=[(:\[])|&(?=#?\w+;)"
_INLINE = lazy_pattern(_MARKUP)
_IN_LINK = lazy_pattern(rf"{_MARKUP}|[\[\]]")
# What is markup at the start of a line: headings, quotations, lists, tasks, lines, rows of tables.
_AT_START = lazy_pattern(
    r"^(?:(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-(?=[- \t]*$)|=(?==*[ \t]*$)|[|:](?=[|: \t-]*$)|\[(?=[ xX]\]\s))|"
    r"(\d{1,9})([.)](?=\s|$)))",
    re.MULTILINE,
)
_CLOSING = lazy_pattern(r"(?:^|\s)#+$")  # what would close a heading, and not be shown
_EDGES = lazy_pattern(r"^[^\S\n]+|(?<![^\S\n])[^\S\n]+(?=\\?$)", re.MULTILINE)
# Where a web address begins. GitHub makes a link of the word before it reads any markup in it, and would show the
# backslash of an escaped character, or the delimiter that follows.
_WORD = lazy_pattern(r"\S+")
_URL_START = lazy_pattern(r"(?:https?|ftp)(?=://)|www(?=\.)", re.IGNORECASE)
_REFERENCE = lazy_pattern(r"&(?=#?\w+;)")  # of a character
_LANGUAGE = lazy_pattern(r"[\w+#.-]{1,30}")


def to_markdown(
    record: Mapping[str, Any], *, explain: bool = False, images: bool = False, front_matter: bool = False
) -> str:
    """Return the title as a first-level heading and the text; empty if there is neither.

    The record must hold `blocks`. With `explain`, it must also hold `removed`; the result then includes the removed
    blocks in their places, struck through and followed by the reason. `images` adds the pictures at their places, with
    alt texts and captions, and `front_matter` the metadata as YAML before the title.
    """
    blocks = in_order(record) if explain else record.get("blocks", ())
    nodes = structure(blocks, record["images"] if images else ())
    title = [f"# {_heading([_one_line(record['title'])])}"] if record["title"] else []
    text = "\n\n".join([*title, *_parts(nodes)])
    head = to_front_matter(record) if front_matter else ""
    return encodable("\n".join(filter(None, (head, f"{text}\n" if text else ""))))


def _parts(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the Markdown of each node."""
    marker = ""  # of the list before: a list with the same one would be part of it
    for node in nodes:
        if isinstance(node, List):
            for run in _runs(node):
                pair = (".", ")") if node.is_ordered else ("-", "*")
                marker = pair[marker == pair[0]]
                yield _list(run, marker)
        else:
            marker = ""
            yield _part(node)


def _part(node: Node) -> str:
    if isinstance(node, Quotation):
        return _prefixed("\n\n".join(filter(None, [*_parts(node.content), _paragraph(attribution(node))])), "> ", "> ")
    if isinstance(node, Table):
        return _table(node)
    if isinstance(node, Picture):
        return _picture(node)
    assert isinstance(node, Mapping)
    if "reason" in node:
        return f"~~{_inline([_one_line(node['text'])])}~~ *({_inline([why(node)])})*"
    if node["kind"] == Kind.HEADING:
        return f"{'#' * heading_level(node)} {_heading(inline(node, is_bold=True))}"
    if node["kind"] == Kind.PREFORMATTED:
        return _fenced(node)
    return _paragraph(inline(node))


def _runs(node: List) -> Iterator[list[tuple[int, Item]]]:
    """Yield the items with their numbers, in runs without a gap: renderers count on from the first one."""
    run: list[tuple[int, Item]] = []
    for number, item in numbered(node):
        if run and node.is_ordered and number != run[-1][0] + 1:
            yield run
            run = []
        run.append((number, item))
    yield run


def _list(run: Sequence[tuple[int, Item]], marker: str) -> str:
    is_ordered = marker in (".", ")")
    is_tight = all(_is_tight(item) for _, item in run)
    items = []
    for number, item in run:
        lead = f"{number}{marker} " if is_ordered else f"{marker} "
        parts = _parts(item.content)
        items.append(_prefixed(("\n" if is_tight else "\n\n").join(parts), lead, " " * len(lead)))
    return ("\n" if is_tight else "\n\n").join(items)


def _is_tight(item: Item) -> bool:
    """Whether the item needs no blank lines: it is one block, or a line with lists that can follow without one."""
    first, *others = item.content
    return not others or (
        isinstance(first, Mapping)
        and first["kind"] != Kind.PREFORMATTED
        and all(isinstance(node, List) and _interrupts_a_line(node) for node in others)
    )


def _interrupts_a_line(node: List) -> bool:
    """Whether the list can follow a line of text without a blank line: a numbered one only if it counts from 1."""
    return not node.is_ordered or [number for number, _ in numbered(node)] == list(range(1, len(node.items) + 1))


def _prefixed(text: str, first: str, others: str) -> str:
    """Return the text with a prefix before each line; without white space at the end of lines that are empty."""
    lines = text.split("\n")
    return "\n".join(
        (others if index else first) + line if line else others.rstrip() for index, line in enumerate(lines)
    )


def _fenced(block: Block) -> str:
    text = block["text"]
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = block.get("language") or ""
    return f"{fence}{language if _LANGUAGE.fullmatch(language) else ''}\n{text}\n{fence}"


def _table(table: Table) -> str:
    """Return the table with its first row as its head if the page says so, else with the empty head that it needs."""
    rows = _grid(table)
    width = max(map(len, rows))
    head, *body = rows if is_head(table.rows[0]) else [[], *rows]
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in (head, *body)]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _grid(table: Table) -> list[list[str]]:
    """Return the text of each row and column. That of a cell that covers several is in the first of them."""
    rows: list[list[str]] = []
    ends: defaultdict[int, int] = defaultdict(int)  # by column: the row that is the first one below the last cell
    for number, cells in enumerate(table.rows):
        row: list[str] = []
        for cell in cells:
            while ends[len(row)] > number and len(row) < MAX_COLUMNS:
                row.append("")
            first = len(row)
            row.append(_inline(cell.content, one_line=True).replace("|", "\\|"))
            if first < MAX_COLUMNS:
                row += [""] * (cell.columns - 1)
            ends |= dict.fromkeys(range(first, len(row)), number + cell.rows)
        while row and not row[-1]:  # the last cell often says that it is wider than the table
            row.pop()
        rows.append(row)
    return rows


def _picture(picture: Picture) -> str:
    image = f"![{_inline([picture.alt], in_link=True)}]({_destination(picture.url)})"
    return f"{image}{_BREAK}*{_inline([picture.caption])}*" if picture.caption else image


def _heading(content: Sequence[Inline]) -> str:
    text = _inline(content, one_line=True)
    return f"{text[:-1]}\\#" if _CLOSING.search(text) else text


def _paragraph(content: Sequence[Inline]) -> str:
    return _EDGES.sub(_references, _AT_START.sub(_escape_start, _inline(content)))


def _escape_start(match: re.Match[str]) -> str:
    character, number, stop = match.groups()
    return f"\\{character}" if character else f"{number}\\{stop}"


def _references(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


def _inline(
    content: Sequence[Inline], *, one_line: bool = False, in_link: bool = False, before: str = "", after: str = ""
) -> str:
    """Return text and spans as Markdown.

    `one_line` is for headings and rows, where a line break is an element. `before` and `after` are the characters
    around; none at the edge of a line.
    """
    pieces: list[str] = []
    for each, following in zip_longest(content, content[1:]):
        if isinstance(each, str):
            is_last = following is None and not after
            pieces.append(_escape(each, one_line=one_line, in_link=in_link, is_last=is_last))
            continue
        previous = pieces[-1] if pieces else before
        if each.kind == "link" and pieces and previous.endswith("!"):
            pieces[-1] = f"{previous[:-1]}\\!"  # otherwise it would be a picture
        next_character = after if following is None else _first_character(following, one_line=one_line)
        pieces.append(_span(each, one_line=one_line, in_link=in_link, before=previous[-1:], after=next_character))
    return "".join(pieces)


def _first_character(each: Inline, *, one_line: bool) -> str:
    """Return the first character of what follows a span. That of another span is known to be some punctuation."""
    if isinstance(each, str):
        return _escape(each[:MAX_CONTEXT], one_line=one_line)[0]
    return "~" if each.kind == "strikethrough" else "["


def _span(span: Span, *, one_line: bool, in_link: bool, before: str, after: str) -> str:
    def inner(before: str, after: str) -> str:
        return _inline(
            span.content, one_line=one_line, in_link=in_link or span.url is not None, before=before, after=after
        )

    if span.url is not None:
        return f"[{inner('[', ']')}]({_destination(span.url)})"
    if span.kind == "code" and len(span.content) == 1 and isinstance(span.content[0], Span) and span.content[0].url:
        link = span.content[0]  # whose text can be a code span
        inside = link._replace(content=[span._replace(content=link.content)])
        return _span(inside, one_line=one_line, in_link=in_link, before=before, after=after)
    if span.kind == "code" and (code := _code(span.content, one_line=one_line)) and before != "`":
        return code
    for delimiter in _DELIMITERS.get(span.kind, ()):
        character = delimiter[0]
        if character not in (before, after):
            text = inner(character, character)
            if character not in (text[0], text[-1]) and _delimits(character, before, text, after):
                return f"{delimiter}{text}{delimiter}"
    element = _ELEMENTS[span.kind]
    return f"<{element}>{inner('>', '<')}</{element}>"


def _delimits(character: str, before: str, text: str, after: str) -> bool:
    """Whether delimiters around the text open and close a span, by the rules of CommonMark for flanking delimiters.

    Unicode's symbols are punctuation in version 0.31 of CommonMark, and letters in earlier ones. Here, they are
    whichever is worse.
    """
    if text[0].isspace() or text[-1].isspace():
        return False
    is_apart = (not before or _separates(before)), (not after or _separates(after))
    if character == "_":
        return all(is_apart)
    return (is_apart[0] or not _may_be_punctuation(text[0])) and (is_apart[1] or not _may_be_punctuation(text[-1]))


def _separates(character: str) -> bool:
    """Whether the character is white space or punctuation for every parser. GitHub's ignores tildes."""
    category = unicodedata.category(character)
    is_punctuation = category[0] == "P" or character in punctuation
    return character in "\t\n\f\r" or category == "Zs" or (is_punctuation and character != "~")


def _may_be_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _code(content: Sequence[Inline], *, one_line: bool) -> str | None:
    """Return a code span; `None` if there is none for the content: one with marks, several lines or a bar in a row."""
    text = content[0]
    if len(content) > 1 or not isinstance(text, str) or "\n" in text or (one_line and "|" in text):
        return None
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    ticks = "`" * (longest + 1)
    return f"{ticks}{space}{text}{space}{ticks}"


def _destination(url: str) -> str:
    """Return the URL for the parentheses of a link, where its own must be in pairs."""
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if not 0 <= depth <= MAX_PARENTHESES:
            break
    if depth:
        url = url.replace("(", "%28").replace(")", "%29")
    return _REFERENCE.sub("&amp;", url)


def _escape(text: str, *, one_line: bool = False, in_link: bool = False, is_last: bool = True) -> str:
    """Return text in a line as Markdown that is read as this text. `is_last` says whether it ends the line."""
    text = (_IN_LINK if in_link else _INLINE).sub(r"\\\g<0>", text)
    text = text.replace("\n", _BREAK_IN_ROW if one_line else _BREAK)
    return text if in_link or not _URL_START.search(text) else _without_autolinks(text, is_last=is_last)


def _without_autolinks(text: str, *, is_last: bool) -> str:
    """Return Markdown in which an address with an escape in it begins with one, and one that goes on after the text."""

    def escaped(word: re.Match[str]) -> str:
        goes_on = word.end() == len(text) and not is_last
        return _URL_START.sub(r"\g<0>\\", word[0]) if goes_on or "\\" in word[0] else word[0]

    return _WORD.sub(escaped, text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
