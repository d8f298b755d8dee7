"""The subtitle under the headline: a line whose element has a class for subtitles, or a single second-level heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.values import inner_text
from cleaner.metadata.sources.byline_lines import MAX_NAMES, Line
from cleaner.patterns import lazy_pattern
from cleaner.text.sentences import ALL_STOPS, is_finished

# Lines after the headline that may be the subtitle. Bylines, dates and share buttons may be before it.
_MAX_LINES_FROM_HEADLINE = 12
_MIN_LENGTH, _MAX_LENGTH = 20, 400  # characters of a subtitle
_MIN_HEADING_LENGTH = 40  # characters of a second heading without such a class; shorter ones are those of a section
_MAX_HEADING_POSITION = 2  # position of such a heading: it is in one of the first two lines after the headline
_MIN_PARAGRAPH_LENGTH = 120  # characters of a sentence that begins the text; notices above a text are shorter
# Characters that an element with such a class may hold in addition to the line: a byline, a date. With more, it is the
# box around the article's text, whatever its class says.
_MAX_BESIDE = 200
_MAX_DEPTH = 2  # ancestors of the line whose class counts
_MAX_CANDIDATES = 3
_MAX_HEADINGS = 50  # second-level headings of a page that are examined

_ENTRY_TAGS = frozenset({"li", "ol", "ul", "dd", "dt", "td", "th", "label"})
_PAGE_ELEMENTS = frozenset({"article", "body", "main"})
# The last words of a class describe its element: "article__subtitle", "lead-text". Words after them that add no meaning
# are skipped.
_SUBTITLE = lazy_pattern(
    r"(?P<before>(?:[^-]+-)*)"
    r"(?:sub-?(?:title|head|headline|heading)|stand-?first|dek|deck|strap-?line|kicker-text|abstract|summary|excerpt|lede"
    r"|lead(?:-?text)?|intro|introduction|preamble|overview|field-teaser|teaser-?text|description|desc|vorspann|unterzeile"
    r"|subtitulo|sumario|bajada|entradilla|sous-?titre|chapo|chapeau|sottotitolo|sommario|occhiello|catenaccio|onderkop"
    r"|ingress|manchet|podtytul|zajawka|spot)"
    r"(?:-(?:text|txt|wrap|wrapper|container|content|inner|main|p|para|paragraph|block|line|copy|large|first|in))*"
)
# Words before these that refer to the summary of something else, or to something that the element also has:
# "author-description", "text-with-summary".
_OTHER_SUBJECTS = frozenset(
    """with without has no author authors byline bio contributor editor reviewer expert profile person personal user
    auth login cta newsletter nl form gform signup subscribe image img photo picture figure media video audio
    podcast player gallery slide caption product deal price recipe wprm ai comment card related promo teaser
    recommended sidebar widget site company brand channel tooltip popup modal dialog banner footer menu nav box
    blurb benefit faq sponsor ad ads event map chart table share social search result category tag topic series
    episode list item section style body""".split()
)
_WORDS = lazy_pattern(r"[A-Z]?[a-zß-öø-ÿ]+|[A-Z]+(?![a-z])|\d+")
# Suffixes that CSS compilers append to a name: "subtitle-HEEcLo", "lead_g2bjm_95".
_HASH = lazy_pattern(r"[-_]+(?=[A-Za-z0-9]*(?:\d|[a-z][A-Z]))[A-Za-z0-9]{4,10}(?:_\d{1,3})?$")


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Yield the lines that may be the subtitle, the best first. All are before the first paragraph of the text."""
    for line in islice(_subtitles(lines), _MAX_CANDIDATES):
        yield Candidate("subtitle", line.text, "subtitle element")


def _subtitles(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if not 0 < line.position <= _MAX_LINES_FROM_HEADLINE:
            continue
        if (
            _MIN_LENGTH <= len(line.text) <= _MAX_LENGTH
            and not _is_entry(line)
            and (_is_marked_subtitle(line) or _is_second_heading(line))
        ):
            yield line
        elif len(line.text) >= _MIN_PARAGRAPH_LENGTH and is_finished(line.text, ALL_STOPS):
            return  # the text begins here


def _is_entry(line: Line) -> bool:
    """Whether the line is in a list, a table or a form: a key event, a figure, a link to a section."""
    elements = (line.element, *islice(line.element.iterancestors(), _MAX_DEPTH))
    return any(element.tag in _ENTRY_TAGS for element in elements)


def _is_marked_subtitle(line: Line) -> bool:
    """Whether an element that holds little but the line has a class for subtitles."""
    return any(_has_subtitle_name(element) and _holds_only(element, line) for element in _elements_around(line))


def _elements_around(line: Line) -> Iterator[etree._Element]:
    yield line.element
    yield from line.inline
    for ancestor in islice(line.element.iterancestors(), _MAX_DEPTH):
        if ancestor.tag in _PAGE_ELEMENTS:
            return
        yield ancestor


def _has_subtitle_name(element: etree._Element) -> bool:
    names = (element.get(attribute) for attribute in ("class", "id", "itemprop"))
    return any(_is_subtitle_name(token) for name in names if name for token in name[:MAX_NAMES].split())


@lru_cache(maxsize=10_000)  # a page repeats few classes hundreds of times
def _is_subtitle_name(token: str) -> bool:
    return any(_matches_subtitle(part) or _matches_subtitle(_HASH.sub("", part)) for part in token.split("--"))


def _matches_subtitle(name: str) -> bool:
    match = _SUBTITLE.fullmatch("-".join(_WORDS.findall(name)).lower())
    return match is not None and _OTHER_SUBJECTS.isdisjoint(match["before"].split("-"))


def _holds_only(element: etree._Element, line: Line) -> bool:
    max_length = len(line.text) + _MAX_BESIDE
    return len(line.text) / 2 <= len(inner_text(element, 2 * max_length)) <= max_length


def _is_second_heading(line: Line) -> bool:
    """Whether the line is a long second-level heading right after the headline, and no other heading has its style.

    Several headings of one style are those of sections or of the entries of a live blog.
    """
    if line.element.tag != "h2" or line.position > _MAX_HEADING_POSITION or len(line.text) < _MIN_HEADING_LENGTH:
        return False
    style = _style_of(line.element)
    headings = islice(line.element.getroottree().iter("h2"), _MAX_HEADINGS)
    # Its neighbours are not compared: some pages have two subtitles, one after the other.
    neighbours = (line.element, line.element.getprevious(), line.element.getnext())
    return not any(_style_of(other) == style for other in headings if other not in neighbours)


def _style_of(heading: etree._Element) -> tuple[str | None, ...]:
    """Return the style of a heading: its class, and the tag and class of its parent."""
    parent = heading.getparent()
    parent_style = (None, None) if parent is None else (str(parent.tag), parent.get("class"))
    return heading.get("class"), *parent_style
