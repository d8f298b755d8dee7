"""Recognition of the headline and the standfirst, which are also in the metadata of many pages."""

from __future__ import annotations

from itertools import islice

from cleaner.blocks.plain_text import may_be_title
from cleaner.blocks.stats import MAX_LINK_DENSITY, enclosing
from cleaner.judge.context import PageContext
from cleaner.models import Block, Document, Kind
from cleaner.patterns import lazy_pattern
from cleaner.rules.matching import PageRules
from cleaner.rules.model import Part
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.sentences import is_finished

# The weighted length of the shortest standfirst. Shorter lines above an article are kickers, section names or dates.
# Near the headline, a shorter one is told by its name, and directly after it by being a sentence.
MIN_STANDFIRST_LENGTH, MIN_NEAR_LENGTH = 40, 20
# A sentence of at least this weighted length is a standfirst if it is at most this many blocks after the headline.
MIN_LONG_STANDFIRST_LENGTH, MAX_BLOCKS_TO_HEADLINE = 60, 3
# How many letters and digits at the start of a block and of the page's description must be the same. Up to twice as
# many are compared: descriptions are often cut off, standfirsts rarely.
MIN_SAME_START = 40
# Names of standfirsts, as whole words of a token: "article-lead", "c-article__subtitle", "data=lead_g2bjm_9".
_STANDFIRST_NAME = lazy_pattern(
    r"(?:data=)?(?:.*[-_])?(?:leads?|leadtext|lead-?in|lede|intro|introtext|introduction|sub-?title|"
    r"sub-?head(?:line|ing)?|strap-?line|stand-?first|deck?|dek|abstract|excerpt|desc|description|summary|synopsis|preamble|"
    r"teaser-?text|itemteasertext|vorspann|anriss|unterzeile|unter-?titel|sous-?titre|chapo|chapeau|sumario|sub-?titulo|"
    r"entradilla|bajada|copete|volanta|linha-?fina|ingress|manchet|underrubrik|occhiello|sommario|sotto-?titolo|catenaccio|"
    r"onderkop|inleiding|zajawka|podtytul|perex|podnaslov|spot|johdanto|ingressi)(?:[-_].*)?",
)
_STANDFIRST_TOKENS = frozenset({"itemprop=description", "itemprop=alternativeheadline", "role=doc-subtitle"})
# How many elements around a block are checked for such names, and the most blocks that such an element may hold.
MAX_STANDFIRST_DEPTH = 3


def is_headline(block: Block, context: PageContext, *, before: bool) -> bool:
    """Whether a block is the headline: it has the title's text, or is a top heading `before` the first paragraph."""
    if before and block.level == 1:
        return True
    return (before or block.kind is Kind.HEADING) and letters_and_digits(block.text) in context.titles


def title_line(document: Document, rules: PageRules) -> str | None:
    """Return the first line of a plain text that matches no rule if it looks like a title; else `None`."""
    for block in document.blocks:
        if not any(rules.of_block(block, Part.BEFORE, plain=True)):
            return block.text if may_be_title(document, block.place) else None
    return None


def is_standfirst(document: Document, place: int, context: PageContext) -> bool:
    """Whether a block before the first paragraph is a standfirst: by its name, the page's description or its place."""
    block = document.blocks[place]
    if block.level == 1 or block.linked >= MAX_LINK_DENSITY or block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return False
    length = weighted_length(block.text)
    if length < MIN_NEAR_LENGTH or _repeats_title(block.text, context):
        return False
    is_near = _follows_headline(document, place, context, within=MAX_BLOCKS_TO_HEADLINE)
    if _has_standfirst_name(document, block):
        return is_near or length >= MIN_STANDFIRST_LENGTH
    if length >= MIN_STANDFIRST_LENGTH and _is_description(block.text, context.description):
        return True
    is_sentence = is_finished(block.text) and not block.links
    if _follows_headline(document, place, context, within=1):
        is_heading = block.kind is Kind.HEADING and length >= MIN_STANDFIRST_LENGTH
        return is_heading or (is_sentence and not _follows_medium(document, place))
    is_paragraph = block.kind is Kind.PARAGRAPH and length >= MIN_LONG_STANDFIRST_LENGTH
    return is_near and is_sentence and is_paragraph


def is_certain_standfirst(document: Document, place: int, context: PageContext) -> bool:
    """Whether a standfirst is one whatever the elements around it are called.

    It names no author, and is directly behind the headline, or near it in an element with the name of a standfirst.
    """
    if not is_standfirst(document, place, context):
        return False
    block = document.blocks[place]
    letters = letters_and_digits(block.text)
    if any(author in letters for author in context.authors):
        return False
    within = MAX_BLOCKS_TO_HEADLINE if _is_standfirst_name(document, block.element) else 1
    return _follows_headline(document, place, context, within=within)


def is_subtitle(document: Document, place: int) -> bool:
    """Whether a block directly follows a top heading and has the class of a standfirst."""
    follows_heading = place > 0 and document.blocks[place - 1].level == 1
    return follows_heading and _has_standfirst_name(document, document.blocks[place])


def _follows_headline(document: Document, place: int, context: PageContext, *, within: int) -> bool:
    return any(is_headline(block, context, before=True) for block in document.blocks[max(0, place - within) : place])


def _follows_medium(document: Document, place: int) -> bool:
    return any(medium.place == place for medium in document.media)


def _repeats_title(text: str, context: PageContext) -> bool:
    """Whether a text is the title, or ends with it after a kicker."""
    letters = letters_and_digits(text)
    return any(letters.endswith(title) and len(letters) < 2 * len(title) for title in context.titles)


def _is_description(text: str, description: str) -> bool:
    letters = letters_and_digits(text)
    length = min(len(letters), len(description), 2 * MIN_SAME_START)
    return length >= MIN_SAME_START and letters[:length] == description[:length]


def _has_standfirst_name(document: Document, block: Block) -> bool:
    for index in islice(enclosing(document, block), MAX_STANDFIRST_DEPTH):
        element = document.elements[index]
        # An element with more than a few blocks is a container of the article, whatever its class says.
        if element.last - element.first > MAX_STANDFIRST_DEPTH:
            return False
        if _is_standfirst_name(document, index):
            return True
    return False


def _is_standfirst_name(document: Document, index: int) -> bool:
    """Whether a name of this element is that of a standfirst."""
    tokens = document.elements[index].tokens
    return any(token in _STANDFIRST_TOKENS or _STANDFIRST_NAME.fullmatch(token) for token in tokens)
