"""Markup to a tree, parsed once, whatever the markup: the parser's limits are held or named, never met in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from cleaner.errors import Code, InputError
from cleaner.page.characters import clean_characters

# Characters of a page. The largest of 3,846 real pages has 5.3 million.
MAX_CHARS: Final = 10_000_000
# Ten times the most that those pages have; trees beyond it cost minutes later on.
MAX_ELEMENTS: Final = 150_000
# Those pages go 56 deep. At 256 the parser would stop and drop the rest without a word; with `huge_tree`, at 2,048.
MAX_DEPTH: Final = 200
# No attribute that anyone reads is longer, in characters; those that are (up to 1.26 million) hold a script's state.
MAX_ATTRIBUTE: Final = 65_536


class ParsedPage(NamedTuple):
    """A parsed page, without its comments, scripts and styles.

    `root` is the lxml element `<html>`. `json_ld` and `scripts` are the raw texts of scripts that hold data, in the
    order of the page: those of type application/ld+json, and those in which frameworks keep what they show.
    `warnings` name what had to be changed to read the page.
    """

    root: Any
    json_ld: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def parse(html: str, *, max_chars: int = MAX_CHARS) -> ParsedPage:
    """The tree of a page or of a fragment of one.

    Raises `InputError`: `EMPTY` where there is nothing but blanks and comments, `TOO_LARGE` above `max_chars`,
    `TOO_COMPLEX` above 150,000 elements and where nothing can be made of the nesting.
    """
    if len(html) > max_chars:
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_chars:,} characters allowed")
    warnings: tuple[str, ...] = ()
    markup = _mended(_encoded(html))
    parsed = _parsed(markup)
    if parsed.lone_ends:
        markup = _PARAGRAPH_END.sub(b"</p><p></p>", markup)
        parsed = _parsed(markup)
    if parsed.cut or (parsed.root is not None and _TOO_DEEP(parsed.root)):
        warnings += (f"elements nested more than {MAX_DEPTH} deep were flattened",)
        parsed = _parsed(_flattened(markup))
        if parsed.cut:
            raise InputError(Code.TOO_COMPLEX, "the page is nested deeper than can be read")
    root = parsed.root
    if root is None:
        warnings += ("the markup could not be parsed; only its text was read",)
        root = _rescued(html[:_RESCUED])
    elements: Any = _COUNT(root)
    if elements > MAX_ELEMENTS:
        raise InputError(Code.TOO_COMPLEX, f"the page has more than {MAX_ELEMENTS:,} elements")
    if b'id="S:' in markup:
        _put_in_place(root)
    if _may_hold_long_values(markup) and _LONG_VALUE.search(markup):
        _drop_long_attributes(root)
    json_ld, scripts = _data_scripts(root)
    etree.strip_elements(root, "script", "style", with_tail=False)
    return ParsedPage(root, json_ld, scripts, warnings)


_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r"))
_TAB_TO_BLANK: Final = bytes.maketrans(b"\v", b" ")
_DATA_URI = re.compile(rb"data:[a-zA-Z]+/[^\"'<>\s]{1000,}")
_LONG_VALUE = re.compile(rb"=\s*(?:\"[^\"]{%d,}\"|'[^']{%d,}')" % (MAX_ATTRIBUTE, MAX_ATTRIBUTE))
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_WINDOW = 2048  # bytes
_MAX_BLANKS = 64  # between "=" and a quote; where there are more, it is looked at what stands there
# Setting n attributes takes the parser n² steps: 16 seconds for 100,000 of them.
_LONG_TAG = re.compile(rb"<([a-zA-Z][^\s/<>]*+)[^<>]{%d,}+>" % (2 * _WINDOW))
_MAX_UNQUOTED = 2 * _WINDOW
_MISREAD_END = re.compile(rb"</(?:(body|html)|br)\s*/?>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(rb"</p\s*>", re.IGNORECASE)


def _encoded(html: str) -> bytes:
    """As UTF-8, for lxml refuses a `str` that declares an encoding."""
    try:
        return html.encode("utf-8")
    except UnicodeEncodeError:  # surrogates: a pair is a character, a lone one is none
        return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def _mended(markup: bytes) -> bytes:
    """The markup without what only costs, and with what the parser would read otherwise than a browser does."""
    markup = markup.translate(_TAB_TO_BLANK, delete=_CONTROLS)
    if b"data:" in markup:
        markup = _DATA_URI.sub(b"data:", markup)
    if b"<![CDATA[" in markup:
        markup = b"".join(_without_cdata(markup))
    markup = b"".join(_without_attribute_floods(markup))
    return _MISREAD_END.sub(_as_browsers, markup)


def _without_attribute_floods(markup: bytes) -> Iterator[bytes]:
    """Tags with too many attributes lose them all; long values are no harm.

    A tag so long covers a whole window without an angle bracket, and few windows are such: looking at these only is
    twenty times faster than at all tags.
    """
    done = seen = 0
    for place in range(0, len(markup), _WINDOW):
        end = place + _WINDOW
        if markup.find(b"<", place, end) >= 0 or markup.find(b">", place, end) >= 0:
            continue
        start = markup.rfind(b"<", seen, place)
        seen = place
        tag = _LONG_TAG.match(markup, start) if start >= done else None
        if tag and len(_QUOTED.sub(b"", tag[0])) > _MAX_UNQUOTED:
            yield markup[done:start] + b"<" + tag[1] + b">"
            done = tag.end()
    yield markup[done:]


def _may_hold_long_values(markup: bytes) -> bool:
    """Whether a value in quotes may be too long: cheaper than to look at each.

    It covers a whole window of half that length, so the last quote before this window opens it.
    """
    window = MAX_ATTRIBUTE // 2
    for place in range(0, len(markup), window):
        for quote in (b'"', b"'"):
            if markup.find(quote, place, place + window) < 0:
                opening = max(0, markup.rfind(quote, 0, place))
                if markup[max(0, opening - _MAX_BLANKS) : opening].rstrip()[-1:] in (b"=", b""):
                    return True
    return False


def _as_browsers(end: re.Match[bytes]) -> bytes:
    # The parser drops what follows </html>; pages are glued together of several. </br> is a line break.
    return b"\n" if end[1] else b"<br>"


def _without_cdata(markup: bytes) -> Iterator[bytes]:
    """XHTML may keep text in CDATA sections, which an HTML parser takes for comments. Those of scripts stay."""
    before, *sections = markup.split(b"<![CDATA[")
    yield before
    for section in sections:
        if before.endswith((b"//", b"/*", b"<!--")):
            yield b"<![CDATA[" + section
        else:
            yield section.replace(b"]]>", b"", 1)
        before = section


_INSTRUCTION = re.compile(r"<\?[^<>]*>?")  # of XML; about these, beautifulsoup4 warns
# Characters of a page that the second parser gets to see: html.parser takes 10 seconds for 100,000 of "<!--".
_RESCUED = 10_000


def _drop_long_attributes(root: Any) -> None:
    values: Any = _LONG_ATTRIBUTES(root)
    for value in values:
        del value.getparent().attrib[value.attrname]


def _put_in_place(root: Any) -> None:
    """Moves what React streams behind the page, hidden, to the template that keeps its place, as its script does.

    See https://react.dev/reference/react-dom/server/renderToPipeableStream; of 932 real pages, 16 are made so. What
    would nest too deep stays where it is.
    """
    streamed: Any = _STREAMED(root)
    places: Any = _PLACES(root)
    parts = {part.get("id")[len("S:") :]: part for part in streamed}
    for place in places:
        part = parts.pop(place.get("id")[len("B:") :], None)
        if part is None:
            continue
        around = list(place.iterancestors())
        if part in around or len(around) > MAX_DEPTH // 2 or _TALL(part):
            continue
        # Added to the text before it, the text of n parts would be copied n² times.
        text = place.makeelement("span")
        text.text, part.text = clean_characters(part.text or ""), None  # lxml refuses control characters
        for moved in (text, *part):
            place.addprevious(moved)


class _Parsed(NamedTuple):
    root: Any  # None where the parser makes nothing of the markup
    cut: bool  # whether it stopped at a limit of its own
    lone_ends: bool  # whether it met a </p> without its beginning


def _parsed(markup: bytes) -> _Parsed:
    from lxml.html import HtmlElement

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    # trafilatura takes these elements for a tree. The parser of `lxml.html` makes them, too, but asks a function in
    # Python for the class of each: a fifth of the time of a walk.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, etree.ParserError):
        root = None
    cut = lone_ends = False
    for entry in parser.error_log:
        cut = cut or entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
        # A browser breaks the paragraph there. The parser goes on as if nothing were, so two paragraphs become one.
        lone_ends = lone_ends or entry.message == "Unexpected end tag : p"
    return _Parsed(root, cut, lone_ends)


def _rescued(html: str) -> Any:
    """A tree of nothing but text, by another parser. Raises `InputError` with `EMPTY` where there is none."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup
    from lxml.html import Element

    try:
        soup = BeautifulSoup(_INSTRUCTION.sub("", html), "html.parser")
        lines = [clean_characters(string) for string in soup.stripped_strings]  # lxml refuses control characters
    except ParserRejectedMarkup:
        lines = []
    if not any(character.isalnum() for line in lines for character in line):
        raise InputError(Code.EMPTY, "the page is empty")
    root = Element("html")
    body = etree.SubElement(root, "body")
    for line in lines:
        etree.SubElement(body, "p").text = line
    return root


_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_COUNT = etree.XPath("count(//*)")
_TALL = etree.XPath(f"boolean({'/'.join('*' * (MAX_DEPTH // 2))})")
_STREAMED = etree.XPath("//div[@hidden and starts-with(@id, 'S:')]")
_PLACES = etree.XPath("//template[starts-with(@id, 'B:') or starts-with(@id, 'P:')]")
_LONG_ATTRIBUTES = etree.XPath(f"//@*[string-length() > {MAX_ATTRIBUTE}]")

_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
# Elements that the parser knows to be empty, and those that it ends where the next of their kind begins: they add
# nothing to the depth by themselves.
_SHALLOW: Final = frozenset(
    b"area base br col hr img input link meta param p li td th tr tbody option colgroup".split()
)
_INLINE: Final = frozenset(
    b"a abbr acronym b bdi bdo big cite code em embed font i ins kbd label mark nobr q s samp small source span strike"
    b" strong sub sup time track tt u var wbr".split()
)
# The depth, in open tags that are not shallow, from which on tags are dropped. Lower than the limit, for with a table
# come a row and a cell.
_KEPT_DEPTH = 60


def _flattened(markup: bytes) -> bytes:
    """The markup without the tags that nest too deep; where a block was, its text becomes a paragraph."""
    return b"".join(_flat_pieces(markup))


def _flat_pieces(markup: bytes) -> Iterator[bytes]:
    open_tags: list[bytes] = []
    counts: Counter[bytes] = Counter()
    broken = False  # whether the edge of a dropped block lies between the text before and the text to come
    end = 0
    for tag in _TAG.finditer(markup):
        text = markup[end : tag.start()]
        if broken and text.strip():
            yield b"<p>"
            broken = False
        yield text
        end = tag.end()
        name = tag[2].lower()
        if name in _SHALLOW:
            yield tag[0]
        elif not tag[1]:
            if len(open_tags) < _KEPT_DEPTH:
                yield tag[0]
            else:
                broken = broken or name not in _INLINE
            open_tags.append(name)
            counts[name] += 1
        elif counts[name]:
            while True:
                closed = open_tags.pop()
                counts[closed] -= 1
                if len(open_tags) < _KEPT_DEPTH:
                    yield b"</" + closed + b">"
                else:
                    broken = broken or closed not in _INLINE
                if closed == name:
                    break
    yield markup[end:]


# Shorter scripts, in characters, hold no article.
_MIN_SCRIPT_LENGTH = 500
# Characters of a script in which it says what it is; in real pages, the latest does so after 130.
_STATE_WITHIN = 1000
# Where the frameworks that render on the server leave what they rendered.
_STATES: Final = (
    "__NUXT__",
    "__PRELOADED_STATE__",
    "__INITIAL_STATE__",
    "__INITIAL_DATA__",
    "__APOLLO_STATE__",
    "__next_f.push",
    "Fusion.globalContent",
)


def _data_scripts(root: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    json_ld: list[str] = []
    scripts: list[str] = []
    for script in root.iter("script"):
        kind = script.get("type", "").lower()
        text = script.text or ""
        if "ld+json" in kind:
            json_ld.append(text)
        elif len(text) >= _MIN_SCRIPT_LENGTH and (
            "json" in kind or any(state in text[:_STATE_WITHIN] for state in _STATES)
        ):
            scripts.append(text)
    return tuple(json_ld), tuple(scripts)
