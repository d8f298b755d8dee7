"""Data embedded in pages: schema.org in JSON-LD and in markup, and articles that are only in a framework's JSON.

The JSON is not trusted. Size and depth are limited, and broken data gives fewer results, never an exception.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NamedTuple

from lxml import etree

from cleaner.page.characters import clean_characters
from cleaner.page.code import is_code
from cleaner.page.rich_text import blocks_as_html
from cleaner.patterns import lazy_pattern
from cleaner.text.sentences import ALL_STOPS, UNSPACED_STOPS

# Characters of JSON-LD per page. One real page in a thousand has more than 61,000; 5 MB of it took 700 MB of memory.
MAX_JSON_LD = 1_000_000
MAX_JSON_LD_BLOCK = 512_000  # characters of one script
# Characters of one framework script. Such a script holds one page or several; the longest one seen has 1.3 million.
MAX_STATE_SCRIPT = 4_000_000
MAX_DEPTH = 64  # levels of nested JSON
# Maximum number of JSON values that are visited in the search for a text. Scripts of 4 MB on real pages have fewer.
MAX_VALUES = 500_000
# Positions in a script at which JSON may begin and is tried.
MAX_STARTS = 500
# Characters of an article in a framework's data. Shorter strings are teasers, biographies and cookie notices.
MIN_BODY = 400
# Characters of an `articleBody`. The key says what it is, so a short text is believed, too.
MIN_DECLARED_BODY = 80


def _whole_number(digits: str) -> int | None:
    """Return the number; `None` if it has too many digits for Python, which would make the document unreadable."""
    return int(digits) if len(digits) <= _MAX_DIGITS else None


_MAX_DIGITS = 100  # of an integer; Python raises an error above 4,300
_LENIENT_DECODER = json.JSONDecoder(
    strict=False,  # raw newlines in strings
    parse_constant=lambda _: None,
    parse_int=_whole_number,
)

Node = dict[str, Any]


class EmbeddedBody(NamedTuple):
    """An article's text as it is in JSON: HTML, or plain text with a paragraph per line.

    `about` is the innermost JSON object around the text that has its headline, authors or date; empty if there is none.
    """

    markup: str
    is_html: bool
    about: Mapping[str, Any] = MappingProxyType({})


# --- JSON-LD --------------------------------------------------------------------------------------------------------

# All subtypes of Article in schema.org, and its postings, but not JobPosting.
_ARTICLE_TYPE = lazy_pattern(r"\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report")
# Keys that the page's own article has and teasers of other articles rarely have.
_ARTICLE_KEYS = ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "dateModified", "publisher")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")


def read_json_ld(scripts: Sequence[str]) -> tuple[Node, ...]:
    """Return the nodes of the page's JSON-LD in order, including those of lists, `@graph` and `mainEntity`.

    Values that refer to another node by `@id` are replaced by that node, one level deep. Scripts that are too long or
    cannot be parsed are left out.
    """
    nodes: list[Node] = []
    budget = MAX_JSON_LD
    for script in scripts:
        if len(script) > min(budget, MAX_JSON_LD_BLOCK):
            continue
        budget -= len(script)
        for document in _documents(script):
            nodes.extend(_iterate_nodes(document, 0))
    by_id: dict[str, Node] = {}
    for node in nodes:
        for described in (node, *(value for value in node.values() if isinstance(value, dict))):
            name = described.get("@id")
            if isinstance(name, str) and len(described) > len(by_id.get(name, ())):
                by_id[name] = described
    return tuple({key: _resolve_references(value, by_id) for key, value in node.items()} for node in nodes)


def typed_elements(root: etree._Element) -> list[etree._Element]:
    """Return the elements that have a type in microdata or RDFa, in the order of the page."""
    elements: Any = _TYPED(root)  # lxml types a result of XPath as any of several types
    return list(elements)


_TYPED = etree.XPath("//@itemtype/.. | //@typeof/..")  # a third faster than asking each element for both


def types(node: Mapping[str, Any]) -> frozenset[str]:
    """Return the schema.org types of a node, without their namespace."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return frozenset(re.split("[/#:]", name)[-1] for name in names if isinstance(name, str))


def article_node(nodes: Sequence[Node]) -> Node | None:
    """Return the node of the page's article: of several, the one with most `_ARTICLE_KEYS`; `None` if there is none."""
    articles = [node for node in nodes if any(map(_ARTICLE_TYPE.fullmatch, types(node)))]
    return max(articles, key=lambda node: sum(bool(node.get(key)) for key in _ARTICLE_KEYS), default=None)


def _documents(script: str) -> list[Any]:
    """Return the JSON documents in a script, parsed as written or, if that fails, after repairs."""
    try:
        return [_LENIENT_DECODER.decode(script)]
    except (ValueError, RecursionError):
        pass
    script = _repair(script)
    found: list[Any] = []
    place = 0
    while place < len(script):
        try:
            document, place = _LENIENT_DECODER.raw_decode(script, place)
        except (ValueError, RecursionError):
            break
        found.append(document)
        place = _BETWEEN.match(script, place).end()  # type: ignore[union-attr]  # matches the empty string, too
    return found


_BETWEEN = lazy_pattern(r"[\s;,]*")
_WRAPPING = lazy_pattern(r"<!\[CDATA\[|\]\]>|<!--|-->")
# Strings are matched first, so that commas and comments inside them are skipped. An unclosed string or comment runs to
# the end. The quantifiers are possessive, so each character is read once, whatever the input is.
_STRING_OR_ERROR = lazy_pattern(
    r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|,(?=\s*+[}\]])|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?<![^\s{}\[\],])//[^\n]*', re.DOTALL
)
# JavaScript allows \' and \- in a string, JSON does not.
_ESCAPE = lazy_pattern(r'(\\["\\/bfnrtu])|\\')


def _repair(script: str) -> str:
    script = _WRAPPING.sub("", script)
    if '"' not in script and "&quot;" in script:
        script = html.unescape(script)
    script = _STRING_OR_ERROR.sub(lambda match: _ESCAPE.sub(r"\1", match[1]) if match[1] else "", script)
    return script.lstrip(" \t\n\r\ufeff;").rstrip()


def _iterate_nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _iterate_nodes(item, depth + 1)
    elif isinstance(value, dict):
        if not value.keys() <= {"@context", "@graph", "@id"}:
            yield value
        for key in _NESTED:
            if isinstance(value.get(key), (dict, list)):
                yield from _iterate_nodes(value[key], depth + 1)


def _resolve_references(value: Any, by_id: Mapping[str, Node]) -> Any:
    """Return the value with references by `@id` replaced by nodes. References in these stay, so this cannot loop."""
    if isinstance(value, list):
        return [_resolve_references(item, by_id) if isinstance(item, dict) else item for item in value]
    if isinstance(value, dict) and isinstance(name := value.get("@id"), str) and name in by_id:
        return {**by_id[name], **value}
    return value


# --- An article that is only in JSON --------------------------------------------------------------------------------


def body_text(nodes: Sequence[Node], scripts: Sequence[str]) -> EmbeddedBody | None:
    """Return the article's text from JSON, for a page whose markup has none; `None` if the JSON has none either.

    `nodes` come from `read_json_ld`. `scripts` are the texts of scripts with a framework's state: JSON, or JavaScript
    that assigns or pushes JSON. An `articleBody` in `nodes` comes first; else the longest text in `scripts` counts as
    the article's.
    """
    declared = _read_article_body(nodes)
    if declared is not None:
        return declared
    found = [candidate for value in _iterate_states(scripts) for candidate in _candidates(value)]
    longest = max(found, key=lambda candidate: candidate.length, default=None)
    return longest.body if longest is not None and longest.length >= MIN_BODY else None


def declared_text(nodes: Sequence[Node]) -> str:
    """Return the article's text as the page's JSON-LD declares it, without tags; empty if it does not.

    `nodes` come from `read_json_ld`.
    """
    body = _read_article_body(nodes)
    return html.unescape(_TAG.sub(" ", body.markup)) if body is not None else ""


class _Candidate(NamedTuple):
    length: int  # characters of text without tags
    body: EmbeddedBody

    def around(self, about: Mapping[str, Any]) -> _Candidate:
        return self._replace(body=self.body._replace(about=about))


def plain_key(key: str) -> str:
    """Return a key in lower case without `_` and `-`, so that `publishedAt` and `published_at` are equal."""
    return key.replace("_", "").replace("-", "").lower()


_TAG = lazy_pattern(r"</?[a-zA-Z][^<>]{0,2000}>")
_BLOCK_TAG = lazy_pattern(r"<(?:p|br|div|h[1-6]|li|blockquote)\b", re.IGNORECASE)


def _read_article_body(nodes: Sequence[Node]) -> EmbeddedBody | None:
    article = article_node(nodes)
    if article is None:
        return None
    updates = article.get("liveBlogUpdate")
    parts: list[str] = []
    for part in (article, *(updates if isinstance(updates, list) else [updates])):
        body = part.get("articleBody") or part.get("text") if isinstance(part, dict) else None
        if isinstance(body, str) and body.strip():
            if part is not article and isinstance(part.get("headline"), str):
                parts.append(part["headline"])
            parts.append(body)
    text = clean_characters("\n\n".join(parts)).strip()
    if not _TAG.search(text):
        text = html.unescape(text)  # gives the text, or HTML that was escaped
    return EmbeddedBody(text, is_html=bool(_BLOCK_TAG.search(text))) if len(text) >= MIN_DECLARED_BODY else None


_START = lazy_pattern(r"(?:^|[=(,:]|\breturn\b)\s*+(?=[{\[])|JSON\.parse\(\s*+(?=\")")
_PUSH = lazy_pattern(r"__next_f\.push\(\s*+(?=\[)")
# The header of a row in React's server stream (`processBinaryChunk` in ReactFlightClient.js): the row's number, and for
# texts and byte arrays a letter for the type and the length in bytes.
_ROW = lazy_pattern(rb"[0-9a-f]{0,16}:(?:([TAOoUSsLlGgMmV])([0-9a-f]{1,8}),)?")
_JSON_ROW = lazy_pattern(rb'[A-Z]{0,2}(?=[\[{"])')


def _iterate_states(scripts: Sequence[str]) -> Iterator[Any]:
    """Yield the JSON values in the scripts: a whole script, or what JavaScript assigns, parses, returns or pushes."""
    stream: list[bytes] = []
    for script in scripts:
        if len(script) > MAX_STATE_SCRIPT:
            continue
        if "__next_f" not in script:
            yield from map(_parse_if_json, _iterate_json(script, _START))
            continue
        # A row of the stream may be cut anywhere and continue in the next push.
        stream += map(_pushed_piece, _iterate_json(script, _PUSH))
    yield from map(_parse_if_json, _iterate_rows(b"".join(stream)))


def _pushed_piece(value: Any) -> bytes:
    """Return the piece of React's server stream in a push of Next.js; empty if the push holds something else."""
    match value:
        case [1, str(piece)]:
            return piece.encode("utf-8", "surrogatepass")
        case [3, str(piece)]:  # used if a piece ends within a character
            with suppress(ValueError):
                return base64.b64decode(piece)
    return b""


def _iterate_rows(stream: bytes) -> Iterator[Any]:
    """Yield the texts and JSON values in the rows of React's server stream.

    A text ends after its length in bytes, and the next row begins there without a line end. Every other row is a line.
    A text that is cut off gives its beginning; a line that is not JSON gives nothing.
    """
    place = 0
    while place < len(stream):
        head = _ROW.match(stream, place)
        if head is not None and head[1]:
            place = head.end() + int(head[2], 16)
            if head[1] == b"T":
                yield stream[head.end() : place].decode("utf-8", "ignore")
            continue
        end = stream.find(b"\n", place)
        end = len(stream) if end < 0 else end
        if head is not None and (value := _JSON_ROW.match(stream, head.end(), end)) is not None:
            with suppress(ValueError, RecursionError):
                yield _LENIENT_DECODER.decode(stream[value.end() : end].decode("utf-8", "replace"))
        place = end + 1


def _iterate_json(script: str, start_pattern: re.Pattern[str]) -> Iterator[Any]:
    place = 0
    wasted = 0
    for _ in range(MAX_STARTS):
        start = start_pattern.search(script, place)
        if start is None:
            return
        try:
            value, place = _LENIENT_DECODER.raw_decode(script, start.end())
            yield value
        except json.JSONDecodeError as error:
            place = start.end() + 1
            wasted += error.pos - place
            if wasted > len(script):  # almost JSON again and again, which takes quadratic time: an attack
                return
        except (ValueError, RecursionError):  # too many digits, too deep
            return


def _parse_if_json(value: Any) -> Any:
    """Return the parsed value of a string that is JSON, or else the value itself."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return _LENIENT_DECODER.decode(value)
        except (ValueError, RecursionError):
            return value
    return value


_LINK_OR_CODE_START = lazy_pattern(
    r"\s*(?:[a-z]+:\S|[./#{\[@]|function\b|var\b|<(?:svg|script|style|iframe|\?xml|!doctype|html)\b)", re.IGNORECASE
)
# The object around an article's text has at least one of these keys (see `plain_key`).
_METADATA_KEYS = frozenset(
    {
        "headline",
        "title",
        "author",
        "authors",
        "byline",
        "publishedat",
        "datepublished",
        "publishdate",
        "publicationdate",
    }
)
# The end of a sentence: a stop before a space, a closing quote or a tag.
_STOP = lazy_pattern(rf"[{ALL_STOPS}](?=[\s\"'”»<)]|$)|[{UNSPACED_STOPS}]")


def _candidates(state: Any) -> Iterator[_Candidate]:
    """Yield the texts in a JSON value that may be an article's, in one walk over it."""
    left = MAX_VALUES
    nothing: Mapping[str, Any] = MappingProxyType({})
    waiting: list[tuple[Any, int, Mapping[str, Any]]] = [(state, 0, nothing)]
    while waiting and left:
        left -= 1
        value, depth, about = waiting.pop()
        if isinstance(value, str):
            if len(value) >= MIN_BODY:
                unpacked = _parse_if_json(value)
                if unpacked is not value:
                    waiting.append((unpacked, depth + 1, about))
                elif (text := _prose_candidate(value)) is not None:
                    yield text.around(about)
        elif isinstance(value, list) and (rich := _rich_text_candidate(value)) is not None:
            yield rich.around(about)
        elif isinstance(value, (list, dict)) and depth < MAX_DEPTH:
            if isinstance(value, dict) and not _METADATA_KEYS.isdisjoint(map(plain_key, value)):
                about = value
            inner: Iterable[Any] = value if isinstance(value, list) else value.values()
            waiting.extend((item, depth + 1, about) for item in inner)


def _prose_candidate(text: str) -> _Candidate | None:
    """Return a candidate if the string is long and consists of sentences, else `None`."""
    if _LINK_OR_CODE_START.match(text):
        return None
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    length = len(_TAG.sub("", text))
    if length < MIN_BODY or is_code(text) or len(_STOP.findall(text)) < length / 1000:
        return None
    return _Candidate(length, EmbeddedBody(clean_characters(text), is_html=bool(_BLOCK_TAG.search(text))))


def _rich_text_candidate(blocks: list[Any]) -> _Candidate | None:
    """Return a candidate if the list holds strings or blocks of rich text, and is long enough, else `None`."""
    if blocks and all(isinstance(block, str) for block in blocks):
        # A list of short strings holds tags or labels.
        prose = blocks if sum(map(len, blocks)) > 60 * len(blocks) else []
        markup = "\n".join(block if _BLOCK_TAG.match(block) else f"<p>{block}</p>" for block in prose)
    else:
        markup = blocks_as_html(blocks)
    length = len(_TAG.sub("", markup))
    return _Candidate(length, EmbeddedBody(clean_characters(markup), is_html=True)) if length >= MIN_BODY else None
