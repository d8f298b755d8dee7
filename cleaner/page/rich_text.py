"""Convert articles that are lists of typed blocks, as editors and content management systems store them, to HTML.

Arc, Contentful, Sanity's portable text, Slate, ProseMirror, Draft.js, Editor.js and WordPress each use their own names,
but few words: the words of a block's type say what it is, and its text is under one of a few keys.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from cleaner.patterns import lazy_pattern

# Levels of nested rich text: document, list, item, paragraph, link, bold, text, and some more.
_MAX_RICH_DEPTH = 10

_TYPE_KEYS = ("type", "_type", "nodeType", "blockName", "__typename", "kind", "name", "component", "tagName", "tag")
# The text of a block is the first of these values that has text.
_LEAF_KEYS = ("content", "text", "html", "value", "innerHTML", "children", "nodes", "leaves", "paragraph", "items")
_TEXT_KEYS = (*_LEAF_KEYS, "data", "attributes", "attrs", "model", "props", "content_elements", "elements", "blocks")
_MARKED_UP = lazy_pattern(r"</?[a-zA-Z]|&(?:[a-zA-Z]{2,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_BLOCK_TAG = lazy_pattern(r"<(?:p|div|h[1-6]|li|blockquote)\b", re.IGNORECASE)
_WORD = lazy_pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d")
_ORDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class _Role(StrEnum):
    """What a block of rich text is, according to the words of its type. If two roles match, the earlier one applies."""

    OTHER = "other"
    ITEM = "item"
    LIST = "list"
    QUOTE = "quote"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    HOLDER = "holder"


_ROLE_WORDS = {
    _Role.OTHER: """image images img photo photos picture gallery slideshow video audio media ad ads advert embed
        advertisement oembed iframe related promo teaser card newsletter podcast social caption figure figcaption button
        divider hr reference script map poll raw""",
    _Role.ITEM: "item li bullet",
    _Role.LIST: "list ul ol",
    _Role.QUOTE: "quote blockquote pullquote",
    _Role.HEADING: "heading header subheading subhead crosshead h",
    _Role.PARAGRAPH: "paragraph p text html unstyled normal block",
    _Role.HOLDER: "document doc root body section group column columns wrapper container",
}
_ROLES = tuple((role, frozenset(words.split())) for role, words in _ROLE_WORDS.items())


def blocks_as_html(blocks: list[Any]) -> str:
    """Return the headings, paragraphs, quotes and list items in order; empty if these are not blocks of rich text.

    Pictures, players, advertisements and blocks of unknown types are left out, as are bold, links and other marks.
    """
    if sum(_role(block) is not None for block in blocks) * 2 <= len(blocks):
        return ""
    return "\n".join(markup for block in blocks for markup in _render(block, 0))


def _type_words(block: dict[str, Any]) -> list[str]:
    declared = next((block[key] for key in _TYPE_KEYS if isinstance(block.get(key), str)), "")
    style = block.get("style")  # Sanity: {"_type": "block", "style": "h2"}
    names = f"{declared[:100]} {style[:100] if isinstance(style, str) else ''}"
    words = [word.lower() for word in _WORD.findall(names)]
    return [*words, "item"] if block.get("listItem") else words


def _role(block: Any) -> _Role | None:
    """Return the role of a block; `None` if this is not a block of rich text, or its type is unknown."""
    if not isinstance(block, dict):
        return None
    words = frozenset(_type_words(block))
    return next((role for role, role_words in _ROLES if words & role_words), None)


def _render(block: Any, depth: int) -> Iterator[str]:
    role = _role(block)
    if role in (None, _Role.OTHER) or depth > _MAX_RICH_DEPTH:
        return
    if role in (_Role.LIST, _Role.HOLDER, _Role.QUOTE):
        content = _content(block)
        inner = [piece for item in content for piece in _render(item, depth + 1)] if isinstance(content, list) else []
        if role is _Role.LIST:
            items = content if isinstance(content, list) else [content]
            inner = [f"<li>{text}</li>" for text in (_inline(item, depth + 1) for item in items) if text]
        elif not inner and (text := _inline(content, depth + 1)):
            inner = [f"<p>{text}</p>"]
        yield from inner if role is not _Role.QUOTE or not inner else ["<blockquote>", *inner, "</blockquote>"]
        return
    text = _inline(block, depth)
    if not text:
        return
    if _BLOCK_TAG.match(text):
        yield text
    elif role is _Role.HEADING:
        level = _level(block)
        yield f"<h{level}>{text}</h{level}>"
    else:
        tag = "li" if role is _Role.ITEM else "p"
        yield f"<{tag}>{text}</{tag}>"


def _content(block: dict[str, Any]) -> Any:
    """Return the content of a list, quote or section: blocks, strings or one string; `None` if it is empty."""
    content: Any = block
    for _ in range(_MAX_RICH_DEPTH):
        content = next((content[key] for key in _TEXT_KEYS if content.get(key)), None)
        if not isinstance(content, dict) or _role(content) is not None:
            return content
    return None


def _inline(value: Any, depth: int) -> str:
    """Return the text of a value and all that is nested in it, as inline HTML without marks and links."""
    if isinstance(value, str):
        return value if _MARKED_UP.search(value) else html.escape(value, quote=False)
    if depth > _MAX_RICH_DEPTH:
        return ""
    if isinstance(value, list):
        # Paragraphs inside one block, such as a list item.
        paragraphs = len(value) > 1 and any(
            "paragraph" in _type_words(item) for item in value if isinstance(item, dict)
        )
        return ("<br>" if paragraphs else "").join(_inline(item, depth + 1) for item in value)
    if isinstance(value, dict) and _role(value) is not _Role.OTHER:
        return next(filter(None, (_inline(value[key], depth + 1) for key in _TEXT_KEYS if key in value)), "")
    return ""


def _level(block: dict[str, Any]) -> int:
    """Return the level of a heading, 1 to 6; 2 if unknown."""
    attributes = block.get("attrs") or block.get("attributes") or block.get("data")
    for level in (block.get("level"), attributes.get("level") if isinstance(attributes, dict) else None):
        if isinstance(level, int) and 1 <= level <= 6:
            return level
    words = _type_words(block)
    return next((level for level in (_ORDINALS.get(word) or _digit(word) for word in words) if 1 <= level <= 6), 2)


def _digit(word: str) -> int:
    return int(word) if word.isdigit() else 0
