"""What needs no weighing: what is hidden, what rules name, what the metadata knows, what stands apart.

In the order in which certainty falls: what is hidden, what is the code of a script, and what a class or id names; then
the headline and the standfirst; then what a line says of itself, and what stands under a heading that does; then links
that stand apart from the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.blocks.stats import MAX_LINK_DENSITY, NO_ELEMENT, PrefixSums, enclosing, is_prose, main_element
from cleaner.judge.author_notes import without_notes
from cleaner.judge.context import PageContext
from cleaner.judge.headline import is_headline, is_standfirst
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict
from cleaner.page.code import is_code
from cleaner.rules.matching import element_rule, text_rule
from cleaner.rules.model import Part, Scope
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.sentences import is_finished

# An element with more than this share (0 to 1) of the page's prose, or of its sure prose, is the article, whatever
# its class says: themes put such tokens on <body> and on wrappers.
MAX_SHARE_OF_PROSE = 0.5
MAX_SHARE_OF_SURE_PROSE = 0.4
# Comments may be longer than what they are about. Of that, at least so many letters of prose stand before them.
MIN_DISCUSSED_LENGTH = 500
# Where trafilatura vouches for less than this share of the prose that no rule takes, it has missed the article.
MIN_VOUCHED_SHARE = 0.25
# A standfirst stands this near to the first paragraph, in blocks.
MAX_BLOCKS_TO_PARAGRAPH = 30
# Some pages set the standfirst over the headline.
MAX_BLOCKS_BEFORE_HEADLINE = 3
# More link text than this share (0 to 1) leaves nothing beside the links. A line of links this short, in letters, is no
# paragraph even where trafilatura vouches for it.
MIN_LINK_ONLY_DENSITY, MAX_LINK_LINE_LENGTH = 0.8, 120
# Letters of a line of code in a plain text from which on it is none of a sample that readers are shown: in 872 texts,
# the samples' longest line without blanks has 70, and nothing else that is code is in them.
MIN_CODE_LINE_LENGTH = 200
# Classes of elements that show code, other than <pre>, and how far around it they stand.
SAMPLE = re.compile(
    r"(?:syntax-?)?highlight(?:er)?|hljs|prettyprint|codehilite|crayon[-_].*|source-?code|wp-block-code|language-[\w+#-]+"
)
SAMPLE_DEPTH = 3

HIDDEN = Verdict(Reason.HIDDEN, evidence="the page hides it")
SCRIPT = Verdict(Reason.SCRIPT, evidence="serialised data or program code, not prose")
HEADLINE = Verdict(Reason.HEADLINE, evidence="the article's title")
TOP_HEADING = Verdict(Reason.HEADLINE, evidence="a top heading before the article's first paragraph")
CAPTION = Verdict(Reason.CAPTION, evidence="stands in a caption's element")
EMBED = Verdict(Reason.EMBED, evidence="a post of another service")
LINKS_OUTSIDE = Verdict(Reason.OUTSIDE, evidence="links that stand apart from the article's text")

Removals = dict[int, Verdict]  # by place; what is not in it may yet be text


class ArticleSpan(NamedTuple):
    """Where the article is: its sure paragraphs, and the run of blocks that its element holds."""

    sure: list[int]  # for each block its size in letters where it surely is text, else 0
    start: int  # blocks[start:end] stand in the article's element
    end: int
    first: int  # place of the first and the last sure paragraph; first > last where there is none
    last: int

    def part(self, place: int) -> Part:
        if place < self.first:
            return Part.BEFORE
        return Part.AFTER if place > self.last else Part.INSIDE


class RuleResults(NamedTuple):
    """What rules and metadata say."""

    removals: Removals
    span: ArticleSpan
    openers: frozenset[int]  # places of the standfirst


def apply_rules(document: Document, in_trafilatura: Sequence[bool] | None, context: PageContext) -> RuleResults:
    """What needs no weighing: what is hidden, named, known from the metadata, or says itself that it is chrome."""
    prose = [weighted_length(block.text) if is_prose(block) else 0 for block in document.blocks]
    vouched = [bool(p) for p in prose] if in_trafilatura is None else list(in_trafilatura)
    removals = _hidden(document, prose, vouched)
    removals |= _scripts(document, removals)
    removals |= _named(document, prose, vouched, removals)
    span = _read(document, prose, vouched, removals, context)
    openers = _openers(document, span, context, removals)
    if not document.plain:  # there, the first line is often a sentence of the text
        removals |= _titles(document, span, context, removals)
    removals |= _said(document, span, removals, openers, context)
    removals |= _set_apart(document, removals, openers)
    removals |= _links_outside(document, span, removals, openers)
    return RuleResults(removals, span, openers)


def _set_apart(document: Document, removals: Removals, openers: frozenset[int]) -> Removals:
    """Captions and posts of other services."""
    apart = {Kind.CAPTION: CAPTION, Kind.EMBED: EMBED}
    free = (block for block in document.blocks if block.place not in removals and block.place not in openers)
    return {block.place: apart[block.kind] for block in free if block.kind in apart}


def _links_outside(document: Document, span: ArticleSpan, removals: Removals, openers: frozenset[int]) -> Removals:
    """Blocks that are hardly more than links and stand outside the article's element.

    The scorer took five of 9,482 for text; on a newspaper's page, it is spared two blocks of five.
    """
    outside = (*document.blocks[: span.start], *document.blocks[span.end :])
    return {
        block.place: LINKS_OUTSIDE
        for block in outside
        if block.linked > MIN_LINK_ONLY_DENSITY and block.place not in removals and block.place not in openers
    }


def _of_blocks(document: Document, verdicts: Sequence[Verdict | None]) -> Removals:
    """The verdict on each block's innermost element, where there is one."""
    found = ((block.place, verdicts[block.element]) for block in document.blocks if block.element != NO_ELEMENT)
    return {place: verdict for place, verdict in found if verdict is not None}


def _hidden(document: Document, prose: list[int], vouched: list[bool]) -> Removals:
    """Blocks that the page hides; none of them where most of the text is hidden, to be shown by a script."""
    if not any(element.hidden for element in document.elements):
        return {}
    verdicts: list[Verdict | None] = []
    for element in document.elements:
        around = verdicts[element.parent] if element.parent != NO_ELEMENT else None
        verdicts.append(HIDDEN if element.hidden else around)
    hidden = _of_blocks(document, verdicts)
    sure = [p if v else 0 for p, v in zip(prose, vouched, strict=True)]
    if 2 * sum(sure[place] for place in hidden) > sum(sure):
        return {}
    return hidden


def _scripts(document: Document, removals: Removals) -> Removals:
    """Blocks that are no prose but data or code of a script, which a broken tag has left visible."""
    return {
        block.place: SCRIPT
        for block in document.blocks
        if block.place not in removals and is_code(block.text) and not _is_sample(document, block)
    }


def _is_sample(document: Document, block: Block) -> bool:
    """Whether code is shown to readers: by its element, or, in a plain text, by its length and its blanks."""
    if document.plain:
        return len(block.text) < MIN_CODE_LINE_LENGTH or '": ' in block.text
    near = islice(enclosing(document, block), SAMPLE_DEPTH)
    return block.kind is Kind.PREFORMATTED or any(
        SAMPLE.fullmatch(token) for index in near for token in document.elements[index].tokens
    )


def _named(document: Document, prose: list[int], vouched: list[bool], removals: Removals) -> Removals:
    """Blocks in elements whose class, id or tag a rule knows."""
    seen = [0 if place in removals else p for place, p in enumerate(prose)]
    vouched_for = [p if v else 0 for p, v in zip(seen, vouched, strict=True)]
    text, sure = PrefixSums(seen), PrefixSums(vouched_for)
    verdicts: list[Verdict | None] = []
    for element in document.elements:
        around = verdicts[element.parent] if element.parent != NO_ELEMENT else None
        verdicts.append(_name_verdict(document, element, text, sure) if around is None else around)
    named = {place: verdict for place, verdict in _of_blocks(document, verdicts).items() if place not in removals}
    # A layout may cut the article into many elements with such a name, each small.
    of_rule: dict[str | None, list[int]] = {}
    for place, verdict in named.items():
        of_rule.setdefault(verdict.rule, []).append(place)
    wrong = {
        rule
        for rule, places in of_rule.items()
        if _most(sum(seen[p] for p in places), sum(vouched_for[p] for p in places), text, sure)
        and not _is_discussion(document, named[places[0]].reason, places[0], places[-1] + 1, text)
    }
    return {place: verdict for place, verdict in named.items() if verdict.rule not in wrong}


def _name_verdict(document: Document, element: Element, text: PrefixSums, sure: PrefixSums) -> Verdict | None:
    rule = element_rule(element.tokens)
    if rule is None:
        return None
    run = (element.first, element.last)
    if _most(text.of(*run), sure.of(*run), text, sure) and not _is_discussion(document, rule.reason, *run, text):
        return None
    return Verdict(rule.reason, rule.id)


def _is_discussion(document: Document, reason: Reason | None, first: int, last: int, text: PrefixSums) -> bool:
    """Whether blocks[first:last], called comments, are that, however long: behind what they are about."""
    if reason is not Reason.COMMENTS or text.of(0, first) < MIN_DISCUSSED_LENGTH:
        return False
    return all(block.level != 1 for block in document.blocks[first:last])


def _most(text_held: int, sure_held: int, text: PrefixSums, sure: PrefixSums) -> bool:
    """Whether so much of the page's prose, or of its sure prose, can only be the article."""
    return text_held > MAX_SHARE_OF_PROSE * text.whole or sure_held > MAX_SHARE_OF_SURE_PROSE * sure.whole


def _read(
    document: Document, prose: list[int], vouched: list[bool], removals: Removals, context: PageContext
) -> ArticleSpan:
    free = [0 if place in removals else p for place, p in enumerate(prose)]
    sure = [p if v else 0 for p, v in zip(free, vouched, strict=True)]
    if sum(sure) < MIN_VOUCHED_SHARE * sum(free):
        sure = free
    start, end = 0, len(sure)
    main = main_element(document, PrefixSums(sure))
    if main != NO_ELEMENT:
        start, end = document.elements[main].first, document.elements[main].last
    places = [place for place in range(start, end) if sure[place]]
    if not places:
        return ArticleSpan(sure, start, end, end, start - 1)
    places = without_notes(document, without_notes(document, places, Part.AFTER, context), Part.BEFORE, context)
    for place in range(start, end):
        if not places[0] <= place <= places[-1]:
            sure[place] = 0
    return ArticleSpan(sure, start, end, places[0], places[-1])


def _openers(document: Document, span: ArticleSpan, context: PageContext, removals: Removals) -> frozenset[int]:
    """Places of the standfirst: what stands between headline and first paragraph and sums the article up."""
    if document.plain:
        return frozenset()
    before = reversed(document.blocks[: span.first])
    over = next(
        (block.place for block in before if is_headline(block, context, before=True)),
        span.first - MAX_BLOCKS_TO_PARAGRAPH,
    )
    return frozenset(
        place
        for place in range(max(0, over - MAX_BLOCKS_BEFORE_HEADLINE), min(over + MAX_BLOCKS_TO_PARAGRAPH, span.first))
        if place not in removals and is_standfirst(document, place, context)
    )


def _titles(document: Document, span: ArticleSpan, context: PageContext, removals: Removals) -> Removals:
    """The headline, wherever it stands before the article's second half, and the page's own top headings.

    Once a heading has said it, headings in the article's element may be the text's own, or say it again.
    """
    found: Removals = {}
    is_said = False
    for block in document.blocks:
        is_heading = block.kind is Kind.HEADING
        if is_said and is_heading and span.start <= block.place < span.end:
            continue
        if block.place not in removals and is_headline(block, context, before=block.place <= span.first):
            found[block.place] = HEADLINE if letters_and_digits(block.text) in context.titles else TOP_HEADING
            is_said = is_said or (is_heading and letters_and_digits(block.text) in context.titles)
    return found


def _said(
    document: Document, span: ArticleSpan, removals: Removals, openers: frozenset[int], context: PageContext
) -> Removals:
    """Blocks whose own words a rule knows, and the sections under headings whose words a rule knows."""
    found: Removals = {}
    sections: Removals = {}
    for block in document.blocks:
        if block.place in removals or block.place in openers:
            continue
        rule = text_rule(block, span.part(block.place), plain=document.plain)
        if rule is None:
            continue
        verdict = Verdict(rule.reason, rule.id)
        found[block.place] = verdict
        if rule.scope is Scope.HEADING:
            sections |= {place: verdict for place in _section(document, block, span) if place not in removals}
    return sections | found


def _section(document: Document, heading: Block, span: ArticleSpan) -> Iterator[int]:
    """Places under a heading of chrome: links, list items and short lines, up to the next heading or paragraph."""
    level = heading.level or 7
    for block in document.blocks[heading.place + 1 :]:
        if block.kind is Kind.HEADING and (block.level or 7) <= level:
            return
        is_text = block.kind is Kind.PARAGRAPH and block.linked < MAX_LINK_DENSITY and is_finished(block.text)
        if span.sure[block.place] or (is_text and len(block.text) > MIN_SECTION_TEXT_LENGTH):
            return
        if document.plain and (block.text.endswith(":") or block.place > heading.place + MAX_PLAIN_SECTION_LINES):
            return
        yield block.place


# A finished sentence longer than this, in letters, ends a section of chrome.
MIN_SECTION_TEXT_LENGTH = 40
# In plain text nothing marks a section's end; so many lines may follow its heading.
MAX_PLAIN_SECTION_LINES = 6
