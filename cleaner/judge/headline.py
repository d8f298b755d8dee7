"""Recognition of the headline and the standfirst, which are also in the metadata of many pages."""

from __future__ import annotations

import re
from itertools import islice

from cleaner.blocks.plain_text import may_be_title
from cleaner.blocks.stats import MAX_LINK_DENSITY, enclosing
from cleaner.judge.context import PageContext
from cleaner.models import Block, Document, Kind
from cleaner.rules.matching import PageRules
from cleaner.rules.model import Part
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.sentences import is_finished

# The weighted length of the shortest standfirst. Shorter lines above an article are kickers, section names or dates.
MIN_STANDFIRST_LENGTH = 40
# A heading of at least this weighted length directly after the headline is a standfirst, not the heading of a section.
# So is a sentence of this weighted length that is at most this many blocks after the headline.
MIN_LONG_STANDFIRST_LENGTH, MAX_BLOCKS_TO_HEADLINE = 60, 3
# How many letters and digits at the start of a block and of the page's description must be the same. Up to twice as
# many are compared: descriptions are often cut off, standfirsts rarely.
MIN_SAME_START = 40
# Class names of standfirsts, as whole words of a token: "article-lead", "c-article__subtitle", "lead_g2bjm_9".
_STANDFIRST_CLASS = re.compile(
    r"(?:.*[-_ ])?(?:leads?|leadtext|lede|intro|introtext|sub-?title|sub-?head(?:line)?|strap-?line|standfirst|deck?"
    r"|dek|abstract|excerpt|desc|description|summary|teaser-?text|itemteasertext|vorspann|unterzeile|sous-?titre"
    r"|chapo|chapeau|sumario|entradilla|bajada|ingress|manchet|occhiello|sommario|catenaccio|onderkop|zajawka|podtytul|spot)(?:[-_].*)?",
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
    """Whether a block before the first paragraph is a standfirst: by its class, description or place."""
    block = document.blocks[place]
    if block.level == 1 or block.linked >= MAX_LINK_DENSITY or weighted_length(block.text) < MIN_STANDFIRST_LENGTH:
        return False
    if block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return False
    if _is_description(block.text, context.description) or _has_standfirst_class(document, block):
        return True
    if weighted_length(block.text) < MIN_LONG_STANDFIRST_LENGTH:
        return False
    if block.kind is Kind.HEADING:
        return _follows_headline(document, place, context, within=1)
    return (
        is_finished(block.text)
        and not block.links
        and _follows_headline(document, place, context, within=MAX_BLOCKS_TO_HEADLINE)
    )


def is_subtitle(document: Document, place: int) -> bool:
    """Whether a block directly follows a top heading and has the class of a standfirst."""
    follows_heading = place > 0 and document.blocks[place - 1].level == 1
    return follows_heading and _has_standfirst_class(document, document.blocks[place])


def _follows_headline(document: Document, place: int, context: PageContext, *, within: int) -> bool:
    return any(is_headline(block, context, before=True) for block in document.blocks[max(0, place - within) : place])


def _is_description(text: str, description: str) -> bool:
    letters = letters_and_digits(text)
    length = min(len(letters), len(description), 2 * MIN_SAME_START)
    return length >= MIN_SAME_START and letters[:length] == description[:length]


def _has_standfirst_class(document: Document, block: Block) -> bool:
    for index in islice(enclosing(document, block), MAX_STANDFIRST_DEPTH):
        element = document.elements[index]
        # An element with more than a few blocks is a container of the article, whatever its class says.
        if element.last - element.first > MAX_STANDFIRST_DEPTH:
            return False
        if any(token in _STANDFIRST_TOKENS or _STANDFIRST_CLASS.fullmatch(token) for token in element.tokens):
            return True
    return False
