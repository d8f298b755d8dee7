"""The line under the headline that sums the article up: by the names of its element, or as the only second heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.values import inner_text
from cleaner.metadata.sources.byline_lines import MAX_NAMES, Line
from cleaner.text.sentences import ALL_STOPS, is_finished

# Lines behind the headline: bylines, dates and share buttons stand between.
_WITHIN = 12
_MIN_LENGTH, _MAX_LENGTH = 20, 400  # characters of a subtitle
_MIN_HEADING_LENGTH = 40  # characters of a second heading that no class names; shorter ones are the first section's
_HEADING_WITHIN = 2
_MIN_PARAGRAPH_LENGTH = 120  # characters of a sentence with which the text has begun; notices over a text are shorter
# Characters that an element called a subtitle holds beside the line: a byline, a date. With more, it is the box around
# the article's text, whatever it is called.
_MAX_BESIDE = 200
# Elements around the line that may name it.
_MAX_DEPTH = 2
_MAX_CANDIDATES = 3
# Second headings of a page that are looked at.
_MAX_HEADINGS = 50

_ENTRIES = frozenset({"li", "ol", "ul", "dd", "dt", "td", "th", "label"})
_WHOLE_PAGE = frozenset({"article", "body", "main"})
# What a class says of its element stands in its last words: "article__subtitle", "lead-text". Words that come after it
# and mean nothing are skipped.
_SUBTITLE = re.compile(
    r"(?P<before>(?:[^-]+-)*)"
    r"(?:sub-?(?:title|head|headline|heading)|stand-?first|dek|deck|strap-?line|kicker-text|abstract|summary|excerpt|lede"
    r"|lead(?:-?text)?|intro|introduction|preamble|overview|field-teaser|teaser-?text|description|desc|vorspann|unterzeile"
    r"|subtitulo|sumario|bajada|entradilla|sous-?titre|chapo|chapeau|sottotitolo|sommario|occhiello|catenaccio|onderkop"
    r"|ingress|manchet|podtytul|zajawka|spot)"
    r"(?:-(?:text|txt|wrap|wrapper|container|content|inner|main|p|para|paragraph|block|line|copy|large|first|in))*"
)
# Words before it that make it the summary of something else, or say what else the element has: "author-description",
# "text-with-summary".
_OF_SOMETHING_ELSE = frozenset(
    """with without has no author authors byline bio contributor editor reviewer expert profile person personal user
    auth login cta newsletter nl form gform signup subscribe image img photo picture figure media video audio
    podcast player gallery slide caption product deal price recipe wprm ai comment card related promo teaser
    recommended sidebar widget site company brand channel tooltip popup modal dialog banner footer menu nav box
    blurb benefit faq sponsor ad ads event map chart table share social search result category tag topic series
    episode list item section style body""".split()
)
_WORDS = re.compile(r"[A-Z]?[a-zß-öø-ÿ]+|[A-Z]+(?![a-z])|\d+")
# What style sheets that are compiled put behind a name: "subtitle-HEEcLo", "lead_g2bjm_95".
_HASH = re.compile(r"[-_]+(?=[A-Za-z0-9]*(?:\d|[a-z][A-Z]))[A-Za-z0-9]{4,10}(?:_\d{1,3})?$")


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """The lines that may be the subtitle, the best first. None stands behind the first paragraph of the text."""
    for line in islice(_subtitles(lines), _MAX_CANDIDATES):
        yield Candidate("subtitle", line.text, "subtitle element")


def _subtitles(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if not 0 < line.place <= _WITHIN:
            continue
        if (
            _MIN_LENGTH <= len(line.text) <= _MAX_LENGTH
            and not _is_entry(line)
            and (_is_named(line) or _is_second_heading(line))
        ):
            yield line
        elif len(line.text) >= _MIN_PARAGRAPH_LENGTH and is_finished(line.text, ALL_STOPS):
            return  # the text has begun


def _is_entry(line: Line) -> bool:
    """Whether the line stands in a list, a table or a form: a key event, a figure, a link to a section."""
    return any(place.tag in _ENTRIES for place in (line.element, *islice(line.element.iterancestors(), _MAX_DEPTH)))


def _is_named(line: Line) -> bool:
    """Whether an element that holds the line, and little else, is called a subtitle."""
    return any(_is_called_subtitle(element) and _holds_only(element, line) for element in _around(line))


def _around(line: Line) -> Iterator[etree._Element]:
    yield line.element
    yield from line.inline
    for place in islice(line.element.iterancestors(), _MAX_DEPTH):
        if place.tag in _WHOLE_PAGE:
            return
        yield place


def _is_called_subtitle(element: etree._Element) -> bool:
    names = (element.get(attribute) for attribute in ("class", "id", "itemprop"))
    return any(_names_subtitle(token) for name in names if name for token in name[:MAX_NAMES].split())


@lru_cache(maxsize=10_000)  # a page repeats few classes hundreds of times
def _names_subtitle(token: str) -> bool:
    return any(_means_subtitle(part) or _means_subtitle(_HASH.sub("", part)) for part in token.split("--"))


def _means_subtitle(name: str) -> bool:
    found = _SUBTITLE.fullmatch("-".join(_WORDS.findall(name)).lower())
    return found is not None and _OF_SOMETHING_ELSE.isdisjoint(found["before"].split("-"))


def _holds_only(element: etree._Element, line: Line) -> bool:
    most = len(line.text) + _MAX_BESIDE
    return len(line.text) / 2 <= len(inner_text(element, 2 * most)) <= most


def _is_second_heading(line: Line) -> bool:
    """Whether the line is a long heading right under the headline, and none of several that are set alike.

    Those head the sections of a text or the entries of a live blog.
    """
    if line.element.tag != "h2" or line.place > _HEADING_WITHIN or len(line.text) < _MIN_HEADING_LENGTH:
        return False
    own = _setting(line.element)
    headings = islice(line.element.getroottree().iter("h2"), _MAX_HEADINGS)
    beside = (line.element, line.element.getprevious(), line.element.getnext())  # some set two lines, one by one
    return not any(_setting(other) == own for other in headings if other not in beside)


def _setting(heading: etree._Element) -> tuple[str | None, ...]:
    """How a heading is set: its class, and the tag and class of the element around."""
    parent = heading.getparent()
    around = (None, None) if parent is None else (str(parent.tag), parent.get("class"))
    return heading.get("class"), *around
