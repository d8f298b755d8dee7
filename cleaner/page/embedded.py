"""The data that pages carry: schema.org in JSON-LD and in markup, articles that stand only in a framework's JSON.

Nothing here trusts the JSON: it is cut off by size and depth, and what is broken gives less, never an exception.
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
from cleaner.text.sentences import ALL_STOPS, UNSPACED_STOPS

# Characters of JSON-LD. One real page in a thousand carries more than 61,000; 5 MB of it cost 700 MB of memory.
MAX_JSON_LD = 1_000_000
MAX_JSON_LD_BLOCK = 512_000
# Characters of one framework script. These hold whole pages, some several; the longest seen is 1.3 million.
MAX_STATE_SCRIPT = 4_000_000
MAX_DEPTH = 64
# Values looked at in one page's JSON before the search for a text ends: more than 4 MB of JSON hold.
MAX_VALUES = 500_000
# JavaScript is searched for this many places where JSON may begin.
MAX_STARTS = 500
# Characters. Shorter strings in a framework's data are teasers, biographies, cookie notices.
MIN_BODY = 400
# `articleBody` says what it is, so a brief is believed, too.
MIN_DECLARED_BODY = 80


def _whole_number(digits: str) -> int | None:
    """The number; `None` where it has more digits than Python reads, for one of those would cost the whole document."""
    return int(digits) if len(digits) <= _MAX_DIGITS else None


_MAX_DIGITS = 100
_CONSTANTS_ARE_NULL = json.JSONDecoder(
    strict=False,  # raw newlines in strings
    parse_constant=lambda _: None,
    parse_int=_whole_number,
)

Node = dict[str, Any]


class EmbeddedBody(NamedTuple):
    """An article's text as JSON held it: HTML, or plain text whose paragraphs are lines.

    `about` is the object around the text that also holds its headline, writers or date; empty where none does.
    """

    markup: str
    is_html: bool
    about: Mapping[str, Any] = MappingProxyType({})


# --- JSON-LD --------------------------------------------------------------------------------------------------------

# All of schema.org's kinds of Article, and its postings; a JobPosting is none of them.
_ARTICLE_TYPE = re.compile(r"\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report")
# What the page's own article says and the cards of other articles rarely do.
_ARTICLE_KEYS = ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "dateModified", "publisher")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")


def read_json_ld(scripts: Sequence[str]) -> tuple[Node, ...]:
    """The nodes of the page's JSON-LD in order, those of `@graph`, lists and `mainEntity` among them.

    Values that only refer to another node by `@id` are filled in, one level deep. What cannot be read is left out.
    """
    nodes: list[Node] = []
    budget = MAX_JSON_LD
    for script in scripts:
        if len(script) > min(budget, MAX_JSON_LD_BLOCK):
            continue
        budget -= len(script)
        for document in _documents(script):
            nodes.extend(_flat(document, 0))
    known: dict[str, Node] = {}
    for node in nodes:
        for described in (node, *(value for value in node.values() if isinstance(value, dict))):
            name = described.get("@id")
            if isinstance(name, str) and len(described) > len(known.get(name, ())):
                known[name] = described
    return tuple({key: _referred(value, known) for key, value in node.items()} for node in nodes)


def typed(root: Any) -> list[Any]:
    """The elements that microdata or RDFa say are things of some type, in the order of the page."""
    found: Any = _TYPED(root)
    return list(found)


_TYPED = etree.XPath("//@itemtype/.. | //@typeof/..")  # a third faster than to ask each element for either


def types(node: Mapping[str, Any]) -> frozenset[str]:
    """The schema.org types of a node, without their namespace."""
    said = node.get("@type")
    names = said if isinstance(said, list) else [said]
    return frozenset(re.split("[/#:]", name)[-1] for name in names if isinstance(name, str))


def article_node(nodes: Sequence[Node]) -> Node | None:
    """The node that describes the page's article: of several, the one that says most; `None` where there is none."""
    articles = [node for node in nodes if any(map(_ARTICLE_TYPE.fullmatch, types(node)))]
    return max(articles, key=lambda node: sum(bool(node.get(key)) for key in _ARTICLE_KEYS), default=None)


def _documents(script: str) -> list[Any]:
    """The JSON documents of a script, read as written or, failing that, repaired."""
    try:
        return [_CONSTANTS_ARE_NULL.decode(script)]
    except (ValueError, RecursionError):
        pass
    script = _repaired(script)
    found: list[Any] = []
    place = 0
    while place < len(script):
        try:
            document, place = _CONSTANTS_ARE_NULL.raw_decode(script, place)
        except (ValueError, RecursionError):
            break
        found.append(document)
        place = _BETWEEN.match(script, place).end()  # type: ignore[union-attr]  # matches the empty string, too
    return found


_BETWEEN = re.compile(r"[\s;,]*")
_WRAPPING = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->")
# Strings are matched first, so that what looks like a comma or a comment inside of one is passed by. What is not closed
# runs to the end, and nothing is given back: each character is looked at once, whatever stands there.
_STRING_OR_SLIP = re.compile(
    r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|,(?=\s*+[}\]])|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?<![^\s{}\[\],])//[^\n]*', re.DOTALL
)


# JavaScript may write \' and \- in a string, JSON may not.
_ESCAPE = re.compile(r'(\\["\\/bfnrtu])|\\')


def _repaired(script: str) -> str:
    script = _WRAPPING.sub("", script)
    if '"' not in script and "&quot;" in script:
        script = html.unescape(script)
    script = _STRING_OR_SLIP.sub(lambda match: _ESCAPE.sub(r"\1", match[1]) if match[1] else "", script)
    return script.lstrip(" \t\n\r\ufeff;").rstrip()


def _flat(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        if not value.keys() <= {"@context", "@graph", "@id"}:
            yield value
        for key in _NESTED:
            if isinstance(value.get(key), (dict, list)):
                yield from _flat(value[key], depth + 1)


def _referred(value: Any, known: Mapping[str, Node]) -> Any:
    """The value with the nodes that it names by `@id`. They are put in as written, so no chain of names is a circle."""
    if isinstance(value, list):
        return [_referred(item, known) if isinstance(item, dict) else item for item in value]
    if isinstance(value, dict) and isinstance(name := value.get("@id"), str) and name in known:
        return {**known[name], **value}
    return value


# --- An article that stands only in JSON ----------------------------------------------------------------------------


def body_text(nodes: Sequence[Node], scripts: Sequence[str]) -> EmbeddedBody | None:
    """The article's text from JSON, for a page that has none of its own; `None` where no JSON holds one, either.

    `nodes` are those of `read_json_ld`, `scripts` the texts of scripts that hold a framework's state, as JSON
    or as JavaScript that assigns or pushes JSON. Of the texts in there, the longest is taken for the article's.
    """
    declared = _declared_body(nodes)
    if declared is not None:
        return declared
    found = [candidate for value in _states(scripts) for candidate in _candidates(value)]
    longest = max(found, key=lambda candidate: candidate.length, default=None)
    return longest.body if longest is not None and longest.length >= MIN_BODY else None


class _Candidate(NamedTuple):
    length: int  # characters of text, tags not counted
    body: EmbeddedBody

    def around(self, about: Mapping[str, Any]) -> _Candidate:
        return self._replace(body=self.body._replace(about=about))


def plain_key(key: str) -> str:
    """A key without case and signs: `publishedAt` and `published_at` are one."""
    return key.replace("_", "").replace("-", "").lower()


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|h[1-6]|li|blockquote)\b", re.IGNORECASE)


def _declared_body(nodes: Sequence[Node]) -> EmbeddedBody | None:
    article = article_node(nodes)
    if article is None:
        return None
    updates = article.get("liveBlogUpdate")
    parts: list[str] = []
    for part in (article, *(updates if isinstance(updates, list) else [updates])):
        said = part.get("articleBody") or part.get("text") if isinstance(part, dict) else None
        if isinstance(said, str) and said.strip():
            if part is not article and isinstance(part.get("headline"), str):
                parts.append(part["headline"])
            parts.append(said)
    text = clean_characters("\n\n".join(parts)).strip()
    if not _TAG.search(text):
        text = html.unescape(text)  # to the text, or to the HTML that stood there escaped
    return EmbeddedBody(text, is_html=bool(_BLOCK_TAG.search(text))) if len(text) >= MIN_DECLARED_BODY else None


_START = re.compile(r"(?:^|[=(,:]|\breturn\b)\s*+(?=[{\[])|JSON\.parse\(\s*+(?=\")")
_PUSH = re.compile(r"__next_f\.push\(\s*+(?=\[)")
# The head of a row in React's server stream (`processBinaryChunk` in ReactFlightClient.js): its number, and for texts
# and arrays of bytes a letter and their length in bytes.
_ROW = re.compile(rb"[0-9a-f]{0,16}:(?:([TAOoUSsLlGgMmV])([0-9a-f]{1,8}),)?")
_JSON_ROW = re.compile(rb'[A-Z]{0,2}(?=[\[{"])')


def _states(scripts: Sequence[str]) -> Iterator[Any]:
    """The JSON values in the scripts: the script itself, or what its JavaScript assigns, parses, returns or pushes."""
    stream: list[bytes] = []
    for script in scripts:
        if len(script) > MAX_STATE_SCRIPT:
            continue
        if "__next_f" not in script:
            yield from map(_unpacked, _json_in(script, _START))
            continue
        # Rows of the stream may be cut anywhere and go on in the next push.
        stream += map(_pushed, _json_in(script, _PUSH))
    yield from map(_unpacked, _rows(b"".join(stream)))


def _pushed(value: Any) -> bytes:
    """The piece of React's server stream in a push of Next.js; empty where it pushes something else."""
    match value:
        case [1, str(piece)]:
            return piece.encode("utf-8", "surrogatepass")
        case [3, str(piece)]:  # where a piece is cut within a character
            with suppress(ValueError):
                return base64.b64decode(piece)
    return b""


def _rows(stream: bytes) -> Iterator[Any]:
    """The texts and JSON values in the rows of React's server stream.

    A text ends after its number of bytes, where the next row begins without a line end; every other row is a line. A
    text that is cut gives its beginning; a line that is no JSON gives nothing.
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
                yield _CONSTANTS_ARE_NULL.decode(stream[value.end() : end].decode("utf-8", "replace"))
        place = end + 1


def _json_in(script: str, start_pattern: re.Pattern[str]) -> Iterator[Any]:
    place = 0
    wasted = 0
    for _ in range(MAX_STARTS):
        start = start_pattern.search(script, place)
        if start is None:
            return
        try:
            value, place = _CONSTANTS_ARE_NULL.raw_decode(script, start.end())
            yield value
        except json.JSONDecodeError as error:
            place = start.end() + 1
            wasted += error.pos - place
            if wasted > len(script):  # much of it is nearly JSON, again and again: that is a trap, not a page
                return
        except (ValueError, RecursionError):  # too many digits, too deep
            return


def _unpacked(value: Any) -> Any:
    """What a string holds if it is JSON, else the value itself."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return _CONSTANTS_ARE_NULL.decode(value)
        except (ValueError, RecursionError):
            return value
    return value


_LINK_OR_CODE = re.compile(
    r"\s*(?:[a-z]+:\S|[./#{\[@]|function\b|var\b|<(?:svg|script|style|iframe|\?xml|!doctype|html)\b)", re.IGNORECASE
)
# Keys, without case and signs, of which an object around an article's text has one.
_ABOUT = frozenset(
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
# A stop that ends a sentence, before a space, a closing quote or a tag.
_STOP = re.compile(rf"[{ALL_STOPS}](?=[\s\"'”»<)]|$)|[{UNSPACED_STOPS}]")


def _candidates(state: Any) -> Iterator[_Candidate]:
    """The texts in a JSON value that may be an article's, in one walk over it."""
    left = MAX_VALUES
    nothing: Mapping[str, Any] = MappingProxyType({})
    waiting: list[tuple[Any, int, Mapping[str, Any]]] = [(state, 0, nothing)]
    while waiting and left:
        left -= 1
        value, depth, about = waiting.pop()
        if isinstance(value, str):
            if len(value) >= MIN_BODY:
                unpacked = _unpacked(value)
                if unpacked is not value:
                    waiting.append((unpacked, depth + 1, about))
                elif (text := _prose(value)) is not None:
                    yield text.around(about)
        elif isinstance(value, list) and (rich := _rich(value)) is not None:
            yield rich.around(about)
        elif isinstance(value, (list, dict)) and depth < MAX_DEPTH:
            if isinstance(value, dict) and not _ABOUT.isdisjoint(map(plain_key, value)):
                about = value
            inner: Iterable[Any] = value if isinstance(value, list) else value.values()
            waiting.extend((item, depth + 1, about) for item in inner)


def _prose(text: str) -> _Candidate | None:
    """A long string that reads as sentences."""
    if _LINK_OR_CODE.match(text):
        return None
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    length = len(_TAG.sub("", text))
    if length < MIN_BODY or is_code(text) or len(_STOP.findall(text)) < length / 1000:
        return None
    return _Candidate(length, EmbeddedBody(clean_characters(text), is_html=bool(_BLOCK_TAG.search(text))))


def _rich(blocks: list[Any]) -> _Candidate | None:
    """A list of strings or of blocks of rich text."""
    if blocks and all(isinstance(block, str) for block in blocks):
        # Lists of short strings are tags and labels.
        prose = blocks if sum(map(len, blocks)) > 60 * len(blocks) else []
        markup = "\n".join(block if _BLOCK_TAG.match(block) else f"<p>{block}</p>" for block in prose)
    else:
        markup = blocks_as_html(blocks)
    length = len(_TAG.sub("", markup))
    return _Candidate(length, EmbeddedBody(clean_characters(markup), is_html=True)) if length >= MIN_BODY else None
