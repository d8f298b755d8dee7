"""Parse any markup to a tree. A page beyond a limit of the parser gives a warning or an error, never a silent loss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from cleaner.errors import Code, InputError
from cleaner.page.characters import clean_characters
from cleaner.patterns import lazy_pattern

# Characters of a page. The largest of 3,846 real pages has 5.3 million.
MAX_CHARS: Final = 10_000_000
# Elements of a page: ten times the maximum of those pages. Larger trees take minutes in later steps.
MAX_ELEMENTS: Final = 150_000
# Levels of nested elements. Those pages have up to 56. At 256 (with `huge_tree` at 2,048) the parser stops and drops
# the rest of the page without an error.
MAX_DEPTH: Final = 200
# Characters of an attribute. No attribute that this package reads is longer; the longer ones (up to 1.26 million) hold
# the state of a script.
MAX_ATTRIBUTE: Final = 65_536


class ParsedPage(NamedTuple):
    """A parsed page, without its comments, scripts and styles.

    `root` is the element `<html>`. `json_ld` and `scripts` are the raw texts of scripts that hold data, in the order of
    the page: those of type application/ld+json, and those with the state of a JavaScript framework. `warnings` say what
    had to be changed to parse the page.
    """

    root: etree._Element
    json_ld: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def parse(html: str, *, max_chars: int = MAX_CHARS) -> ParsedPage:
    """Return the tree of a page or of a fragment of one.

    Raises `InputError` with the code `EMPTY` if there is nothing but white space and comments, `TOO_LARGE` if the page
    has more than `max_chars` characters, `TOO_COMPLEX` if it has more than `MAX_ELEMENTS` elements or is nested too
    deep even after it was flattened.
    """
    if len(html) > max_chars:
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_chars:,} characters allowed")
    warnings: tuple[str, ...] = ()
    markup = _mend(_encoded(html))
    parsed = _parse_markup(markup)
    if parsed.lone_ends:
        markup = _PARAGRAPH_END.sub(b"</p><p></p>", markup)
        parsed = _parse_markup(markup)
    if parsed.cut or (parsed.root is not None and _TOO_DEEP(parsed.root)):
        warnings += (f"elements nested more than {MAX_DEPTH} levels deep were flattened",)
        parsed = _parse_markup(_flatten(markup))
        if parsed.cut:
            raise InputError(Code.TOO_COMPLEX, "the page is nested too deeply to be parsed")
    root = parsed.root
    if root is None:
        warnings += ("the markup could not be parsed; only its text was read",)
        root = _rescue(html[:_MAX_RESCUED])
    count: Any = _COUNT(root)  # lxml types a result of XPath as any of several types
    if count > MAX_ELEMENTS:
        raise InputError(Code.TOO_COMPLEX, f"the page has more than {MAX_ELEMENTS:,} elements")
    _move_content_out_of_head(root)
    if b'id="S:' in markup:
        _move_streamed_parts(root)
    _open_templates(root)  # after the parts, whose places are templates
    if _may_hold_long_values(markup) and _LONG_VALUE.search(markup):
        _drop_long_attributes(root)
    json_ld, scripts = _data_scripts(root)
    etree.strip_elements(root, "script", "style", with_tail=False)
    return ParsedPage(root, json_ld, scripts, warnings)


_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r"))
_TAB_TO_SPACE: Final = bytes.maketrans(b"\v", b" ")
_DATA_URI = lazy_pattern(rb"data:[a-zA-Z]+/[^\"'<>\s]{1000,}")
_LONG_VALUE = lazy_pattern(rb"=\s*(?:\"[^\"]{%d,}\"|'[^']{%d,}')" % (MAX_ATTRIBUTE, MAX_ATTRIBUTE))
_QUOTED = lazy_pattern(rb"\"[^\"]*\"|'[^']*'")
_WINDOW = 2048  # bytes that are searched for an angle bracket at a time
_MAX_SPACES = 64  # spaces between "=" and a quote; a value after more of them is always checked
# A tag of at least two windows. The parser needs n² steps for n attributes: 16 seconds for 100,000 of them.
_LONG_TAG = lazy_pattern(rb"<([a-zA-Z][^\s/<>]*+)[^<>]{%d,}+>" % (2 * _WINDOW))
_MAX_UNQUOTED = 2 * _WINDOW
_MISREAD_END = lazy_pattern(rb"</(?:(body|html)|br)\s*/?>", re.IGNORECASE)
_PARAGRAPH_END = lazy_pattern(rb"</p\s*>", re.IGNORECASE)


def _encoded(html: str) -> bytes:
    """Encode as UTF-8, because lxml refuses a `str` that declares an encoding."""
    try:
        return html.encode("utf-8")
    except UnicodeEncodeError:  # surrogates: a pair is a character, a lone one becomes U+FFFD
        return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def _mend(markup: bytes) -> bytes:
    """Remove what only costs time from the markup, and rewrite what the parser reads differently from a browser."""
    markup = markup.translate(_TAB_TO_SPACE, delete=_CONTROLS)
    if b"data:" in markup:
        markup = _DATA_URI.sub(b"data:", markup)
    if b"<![CDATA[" in markup:
        markup = b"".join(_without_cdata(markup))
    markup = b"".join(_without_attribute_floods(markup))
    return _MISREAD_END.sub(_replace_end_tag, markup)


def _without_attribute_floods(markup: bytes) -> Iterator[bytes]:
    """Yield the markup in pieces, with all attributes removed from tags that have too many; long values are harmless.

    A tag of that length covers at least one whole window without an angle bracket. Few windows have none, and checking
    only these is twenty times faster than checking all tags.
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
    """Whether a quoted value may be longer than `MAX_ATTRIBUTE`: faster than checking each value.

    Such a value covers a whole window of half that length, so the last quote before the window opens the value.
    """
    window = MAX_ATTRIBUTE // 2
    for place in range(0, len(markup), window):
        for quote in (b'"', b"'"):
            if markup.find(quote, place, place + window) < 0:
                opening = max(0, markup.rfind(quote, 0, place))
                if markup[max(0, opening - _MAX_SPACES) : opening].rstrip()[-1:] in (b"=", b""):
                    return True
    return False


def _replace_end_tag(end: re.Match[bytes]) -> bytes:
    # The parser drops what follows </html>, but some pages are several pages joined. </br> is a line break.
    return b"\n" if end[1] else b"<br>"


def _without_cdata(markup: bytes) -> Iterator[bytes]:
    """Unwrap CDATA sections, in which XHTML may keep text and which an HTML parser drops. Those in scripts stay."""
    before, *sections = markup.split(b"<![CDATA[")
    yield before
    for section in sections:
        if before.endswith((b"//", b"/*", b"<!--")):
            yield b"<![CDATA[" + section
        else:
            yield section.replace(b"]]>", b"", 1)
        before = section


_INSTRUCTION = lazy_pattern(r"<\?[^<>]*>?")  # an XML processing instruction, for which beautifulsoup4 emits a warning
# Characters of a page that are given to the second parser: html.parser takes 10 seconds for 100,000 of "<!--".
_MAX_RESCUED = 10_000


def _drop_long_attributes(root: etree._Element) -> None:
    values: Any = _LONG_ATTRIBUTES(root)
    for value in values:
        del value.getparent().attrib[value.attrname]


# Elements that do not end the <head> (HTML Standard, 13.2.6.4.4), and <object>, whose content is not read. Any other
# element begins the <body>.
_HEAD_ELEMENTS = frozenset(
    "base basefont bgsound link meta title noscript noframes style script template object".split()
)


def _move_content_out_of_head(root: etree._Element) -> None:
    """Move elements of the page's content from its <head> to the beginning of its <body>.

    lxml does not know the elements of HTML5. In a page without a <body> tag that begins with one of these, such as
    <main> or <article>, it leaves everything in the <head>, where no text is looked for.
    """
    head = root.find("head")
    content = [] if head is None else [e for e in head if isinstance(e.tag, str) and e.tag not in _HEAD_ELEMENTS]
    if not content:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    text, body.text = body.text, None
    for place, element in enumerate(content):
        body.insert(place, element)
    content[-1].tail = (content[-1].tail or "") + (text or "")


def _move_streamed_parts(root: etree._Element) -> None:
    """Move the hidden parts that React streams after the page to the templates that mark their places, as React does.

    See https://react.dev/reference/react-dom/server/renderToPipeableStream. 16 of 932 real pages are built this way. A
    part that would be nested too deep stays where it is.
    """
    streamed: Any = _STREAMED(root)
    places: Any = _PLACES(root)
    parts = {part.get("id")[len("S:") :]: part for part in streamed}
    for place in places:
        part = parts.pop(place.get("id")[len("B:") :], None)
        if part is None:
            continue
        ancestors = list(place.iterancestors())
        if part in ancestors or len(ancestors) > MAX_DEPTH // 2 or _TALL(part):
            continue
        # The text gets an element of its own: appended to the text before, that of n parts would be copied n² times.
        text = place.makeelement("span")
        text.text, part.text = clean_characters(part.text or ""), None  # lxml refuses control characters
        for moved in (text, *part):
            place.addprevious(moved)


# Characters of the paragraphs in templates from which on they may be the article (less is a banner or a card), and of
# all others up to which a page may have no article outside them. Two of 1,431 real pages have more text in templates
# than outside; it is that of the site's other stories.
_MIN_TEMPLATE_TEXT, _MAX_TEXT_BESIDE_TEMPLATES = 500, 250


def _open_templates(root: etree._Element) -> None:
    """Turn templates whose content is shown into ordinary elements.

    A browser shows the content of a template with a shadow root. That of others may be shown by scripts: it is the
    article if the page has hardly any paragraphs outside templates.
    """
    templates = list(root.iter("template"))
    if not templates:
        return
    in_templates: Any = _TEXTS_IN_TEMPLATES(root)
    in_paragraphs: Any = _TEXTS_IN_PARAGRAPHS(root)
    inside, whole = len("".join(in_templates)), len("".join(in_paragraphs))
    hold_article = inside >= _MIN_TEMPLATE_TEXT and whole - inside <= _MAX_TEXT_BESIDE_TEMPLATES
    for template in templates:
        if hold_article or "shadowrootmode" in template.attrib:
            template.tag = "div"


class _Parsed(NamedTuple):
    root: etree._Element | None  # None if the parser finds nothing in the markup
    cut: bool  # whether the parser stopped at a limit of its own
    lone_ends: bool  # whether there is a </p> without a <p>


def _parse_markup(markup: bytes) -> _Parsed:
    from lxml.html import HtmlElement

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    # trafilatura accepts only a tree of these elements. The parser of `lxml.html` makes them, too, but calls a Python
    # function for the class of each element, which takes a fifth of the time of a walk.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, etree.ParserError):
        root = None
    cut = lone_ends = False
    for entry in parser.error_log:
        cut = cut or entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
        # A browser ends the paragraph there. The parser ignores the tag, so two paragraphs would become one.
        lone_ends = lone_ends or entry.message == "Unexpected end tag : p"
    return _Parsed(root, cut, lone_ends)


def _rescue(html: str) -> etree._Element:
    """Return a tree of paragraphs of text, made by another parser. Raises `InputError` with `EMPTY` if it has none."""
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
    root: etree._Element = Element("html")
    body = etree.SubElement(root, "body")
    for line in lines:
        etree.SubElement(body, "p").text = line
    return root


_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_COUNT = etree.XPath("count(//*)")
_TALL = etree.XPath(f"boolean({'/'.join('*' * (MAX_DEPTH // 2))})")
_STREAMED = etree.XPath("//div[@hidden and starts-with(@id, 'S:')]")
_PLACES = etree.XPath("//template[starts-with(@id, 'B:') or starts-with(@id, 'P:')]")
_TEXTS_IN_PARAGRAPHS = etree.XPath("//text()[ancestor::p]", smart_strings=False)
_TEXTS_IN_TEMPLATES = etree.XPath("//text()[ancestor::p and ancestor::template]", smart_strings=False)
_LONG_ATTRIBUTES = etree.XPath(f"//@*[string-length() > {MAX_ATTRIBUTE}]")

_TAG = lazy_pattern(rb"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
# Elements that the parser treats as empty or ends when the next one of their kind begins: these do not add to the
# depth.
_SHALLOW: Final = frozenset(
    b"area base br col hr img input link meta param p li td th tr tbody option colgroup".split()
)
_INLINE: Final = frozenset(
    b"a abbr acronym b bdi bdo big cite code em embed font i ins kbd label mark nobr q s samp small source span strike"
    b" strong sub sup time track tt u var wbr".split()
)
# The depth, in open tags that are not shallow, from which tags are dropped. Lower than `MAX_DEPTH`, because a table
# also brings a row and a cell.
_MAX_KEPT_DEPTH = 60


def _flatten(markup: bytes) -> bytes:
    """Return the markup without the tags that are nested too deep; the text of a dropped block becomes a paragraph."""
    return b"".join(_flat_pieces(markup))


def _flat_pieces(markup: bytes) -> Iterator[bytes]:
    open_tags: list[bytes] = []
    counts: Counter[bytes] = Counter()
    broken = False  # whether the edge of a dropped block is between the last text and the next
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
            if len(open_tags) < _MAX_KEPT_DEPTH:
                yield tag[0]
            else:
                broken = broken or name not in _INLINE
            open_tags.append(name)
            counts[name] += 1
        elif counts[name]:
            while True:
                closed = open_tags.pop()
                counts[closed] -= 1
                if len(open_tags) < _MAX_KEPT_DEPTH:
                    yield b"</" + closed + b">"
                else:
                    broken = broken or closed not in _INLINE
                if closed == name:
                    break
    yield markup[end:]


# Characters of a script; shorter scripts hold no article.
_MIN_SCRIPT_LENGTH = 500
# Characters of a script within which a name of `_STATES` must occur. In real pages, it begins after 130 at most.
_MAX_STATE_OFFSET = 1000
# Names under which frameworks that render on the server store what they rendered.
_STATES: Final = (
    "__NUXT__",
    "__PRELOADED_STATE__",
    "__INITIAL_STATE__",
    "__INITIAL_DATA__",
    "__APOLLO_STATE__",
    "__next_f.push",
    "Fusion.globalContent",
)


def _data_scripts(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts of JSON-LD scripts, and those of scripts with the state of a framework."""
    json_ld: list[str] = []
    scripts: list[str] = []
    for script in root.iter("script"):
        kind = script.get("type", "").lower()
        text = script.text or ""
        if "ld+json" in kind:
            json_ld.append(text)
        elif len(text) >= _MIN_SCRIPT_LENGTH and (
            "json" in kind or any(state in text[:_MAX_STATE_OFFSET] for state in _STATES)
        ):
            scripts.append(text)
    return tuple(json_ld), tuple(scripts)
