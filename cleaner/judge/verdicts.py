"""From blocks to verdicts, in the order in which certainty falls.

What is hidden, and what a class or id names, goes first; then what is known from the metadata (headline, standfirst);
then what a line says of itself; then what stands under a heading that does; last the place decides: whether a block
stands with the article's paragraphs, and whether the second witness takes it for text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.judge.evidence import (
    MOST_LINKED,
    NOWHERE,
    Sums,
    acts_as_heading,
    is_prose,
    main_element,
    size,
)
from cleaner.judge.rules.matching import element_rule, finished, holds, text_rules
from cleaner.judge.rules.model import Part, Rule, Scope
from cleaner.judge.second_opinion import letters_of
from cleaner.judge.standfirst import Known, is_headline, is_standfirst
from cleaner.models import Block, Document, Kind, Reason, Verdict

# An element with more than this share (0 to 1) of the page's prose, or of its sure prose, is the article, whatever
# its class says: themes put such tokens on <body> and on wrappers.
MOST_PROSE = 0.5
MOST_SURE = 0.4
# Where trafilatura vouches for less than this share of the prose that no rule takes, it has missed the article.
LEAST_VOUCHED = 0.25
# A block that only we take for text must be this long, in letters, and stand beside sure paragraphs.
LEAST_ALONE = 120
# A block outside the article's element, vouched for, opens the article when it is this long and this near to it, in blocks.
LEAST_OPENING, NEAR = 100, 30
# Some pages set the standfirst over the headline.
BEFORE_HEADLINE = 3
# Shorter texts, in letters, may well be said twice: refrains, "Yes.", the rows of a table.
LEAST_REPEATED = 40
# A last heading longer than this, in letters, says something of its own.
LONGEST_BARE = 60
# A line of links this short, in letters, is no paragraph even where trafilatura vouches for it.
ONLY_LINK, LONGEST_LINK = 0.8, 120

KEPT = Verdict()
HIDDEN = Verdict(Reason.HIDDEN, evidence="the page hides it")
HEADLINE = Verdict(Reason.HEADLINE, evidence="the article's title")
CAPTION = Verdict(Reason.CAPTION, evidence="stands in a caption's element")
EMBED = Verdict(Reason.EMBED, evidence="a post of another service")
OUTSIDE = Verdict(Reason.OUTSIDE, evidence="stands apart from the article's text")
EDGE = Verdict(Reason.OUTSIDE, evidence="a line that is no sentence, before or after all paragraphs")
LINKS = Verdict(Reason.UNSURE, evidence="nothing but a link")
UNSURE = Verdict(Reason.UNSURE, evidence="among the article's paragraphs, but no witness takes it for text")
BARE_HEADING = Verdict(Reason.UNSURE, evidence="a heading with no text under it")
REPEATED = Verdict(Reason.REPEATED, evidence="the same words stand in the article already")

Taken = dict[int, Verdict]  # by place; what is not in it may yet be text


class Reading(NamedTuple):
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


def judge(document: Document, stands: Sequence[bool] | None, known: Known) -> tuple[Verdict, ...]:
    """A verdict for each block, in order.

    `stands` is the second opinion, `None` where there is none: then all prose counts as vouched for.
    """
    blocks = document.blocks
    prose = [size(block.text) if is_prose(block) else 0 for block in blocks]
    vouched = [bool(p) for p in prose] if stands is None else list(stands)

    taken = _hidden(document, prose, vouched)
    taken |= _named(document, prose, vouched, taken)
    reading = _read(document, prose, vouched, taken)
    openers = _openers(document, reading, known, taken)
    taken |= _titles(document, reading, known, taken)
    taken |= _said(document, reading, taken, openers)
    taken |= _placed(document, reading, prose, vouched, taken, openers)
    taken |= _repeated(blocks, taken)
    taken |= _bare_headings(blocks, taken)
    return tuple(taken.get(block.place, KEPT) for block in blocks)


def _inherited(document: Document, own: Sequence[Verdict | None]) -> Taken:
    """The blocks whose innermost element, or one around it, has a verdict of its own."""
    verdicts = list(own)
    for index, element in enumerate(document.elements):
        if element.parent != NOWHERE and verdicts[element.parent] is not None:
            verdicts[index] = verdicts[element.parent]
    found = ((block.place, verdicts[block.element]) for block in document.blocks if block.element != NOWHERE)
    return {place: verdict for place, verdict in found if verdict is not None}


def _hidden(document: Document, prose: list[int], vouched: list[bool]) -> Taken:
    """Blocks that the page hides; none of them where most of the text is hidden, to be shown by a script."""
    if not any(element.hidden for element in document.elements):
        return {}
    hidden = _inherited(document, [HIDDEN if element.hidden else None for element in document.elements])
    sure = [p if v else 0 for p, v in zip(prose, vouched, strict=True)]
    if 2 * sum(sure[place] for place in hidden) > sum(sure):
        return {}
    return hidden


def _named(document: Document, prose: list[int], vouched: list[bool], taken: Taken) -> Taken:
    """Blocks in elements whose class, id or tag a rule knows."""
    seen = [0 if place in taken else p for place, p in enumerate(prose)]
    text, sure = Sums(seen), Sums([p if v else 0 for p, v in zip(seen, vouched, strict=True)])
    own: list[Verdict | None] = []
    for element in document.elements:
        rule = element_rule(element.tokens)
        if rule is None or _most(*(sums.of(element.first, element.last) for sums in (text, sure)), text, sure):
            own.append(None)
        else:
            own.append(Verdict(rule.reason, rule.id))
    named = {place: verdict for place, verdict in _inherited(document, own).items() if place not in taken}
    # A layout may cut the article into many elements with such a name, each small.
    of_rule: dict[str | None, list[int]] = {}
    for place, verdict in named.items():
        of_rule.setdefault(verdict.rule, []).append(place)
    wrong = {
        rule
        for rule, places in of_rule.items()
        if _most(*(sum(sums.of(place, place + 1) for place in places) for sums in (text, sure)), text, sure)
    }
    return {place: verdict for place, verdict in named.items() if verdict.rule not in wrong}


def _most(text_held: int, sure_held: int, text: Sums, sure: Sums) -> bool:
    """Whether so much of the page's prose, or of its sure prose, can only be the article."""
    return text_held > MOST_PROSE * text.whole or sure_held > MOST_SURE * sure.whole


def _read(document: Document, prose: list[int], vouched: list[bool], taken: Taken) -> Reading:
    free = [0 if place in taken else p for place, p in enumerate(prose)]
    sure = [p if v else 0 for p, v in zip(free, vouched, strict=True)]
    if sum(sure) < LEAST_VOUCHED * sum(free):
        sure = free
    start, end = 0, len(sure)
    main = main_element(document, Sums(sure))
    if main != NOWHERE:
        start, end = document.elements[main].first, document.elements[main].last
    places = [place for place in range(start, end) if sure[place]]
    first, last = (places[0], places[-1]) if places else (end, start - 1)
    return Reading(sure, start, end, first, last)


def _openers(document: Document, reading: Reading, known: Known, taken: Taken) -> frozenset[int]:
    """Places of the standfirst: what stands between headline and first paragraph and sums the article up."""
    if document.plain:
        return frozenset()
    headings = [block.place for block in document.blocks[: reading.first] if is_headline(block, known, before=True)]
    over = headings[-1] if headings else reading.first - NEAR
    return frozenset(
        place
        for place in range(max(0, over - BEFORE_HEADLINE), min(over + NEAR, reading.first))
        if place not in taken and is_standfirst(document, place, known)
    )


def _titles(document: Document, reading: Reading, known: Known, taken: Taken) -> Taken:
    """The headline, wherever it stands before the article's second half, and the page's own top headings."""
    return {
        block.place: HEADLINE
        for block in document.blocks
        if block.place not in taken and is_headline(block, known, before=block.place <= reading.first)
    }


def _said(document: Document, reading: Reading, taken: Taken, openers: frozenset[int]) -> Taken:
    """Blocks whose own words a rule knows, and the sections under headings whose words a rule knows."""
    found: Taken = {}
    sections: Taken = {}
    for block in document.blocks:
        if block.place in taken or block.place in openers:
            continue
        rule = _text_rule(block, reading, plain=document.plain)
        if rule is None:
            continue
        verdict = Verdict(rule.reason, rule.id)
        found[block.place] = verdict
        if rule.scope is Scope.HEADING:
            sections |= {place: verdict for place in _section(document, block, reading) if place not in taken}
    return sections | found


def _text_rule(block: Block, reading: Reading, *, plain: bool) -> Rule | None:
    """The first rule that knows the block's words and whose shape it has."""
    for rule in text_rules(block.text):
        if rule.scope is Scope.HEADING and not acts_as_heading(block, plain=plain):
            continue
        if holds(rule, block, part=reading.part(block.place), plain=plain):
            return rule
    return None


def _section(document: Document, heading: Block, reading: Reading) -> Iterator[int]:
    """Places under a heading of chrome: links, list items and short lines, up to the next heading or paragraph."""
    level = heading.level or 7
    for block in document.blocks[heading.place + 1 :]:
        if block.kind is Kind.HEADING and (block.level or 7) <= level:
            return
        is_text = block.kind is Kind.PARAGRAPH and block.linked < MOST_LINKED and finished(block.text)
        if reading.sure[block.place] or (is_text and len(block.text) > LEAST_SECTION_TEXT):
            return
        if document.plain and (block.text.endswith(":") or block.place > heading.place + LONGEST_PLAIN_SECTION):
            return
        yield block.place


# A finished sentence longer than this, in letters, ends a section of chrome.
LEAST_SECTION_TEXT = 40
# In plain text nothing marks a section's end; so many lines may follow its heading.
LONGEST_PLAIN_SECTION = 6


def _placed(
    document: Document,
    reading: Reading,
    prose: list[int],
    vouched: list[bool],
    taken: Taken,
    openers: frozenset[int],
) -> Taken:
    """What the place decides: blocks apart from the article's element, and doubtful ones inside it."""
    if document.plain:
        return {place: EDGE for place in _edges(document, reading) if place not in taken}
    blocks, elements = document.blocks, document.elements
    beside = Counter(elements[blocks[place].element].parent for place, s in enumerate(reading.sure) if s)
    found: Taken = {}
    doubtful: list[Block] = []
    for block in blocks:
        place = block.place
        if place in taken or place in openers:
            continue
        if block.kind is Kind.CAPTION:
            found[place] = CAPTION
        elif block.kind is Kind.EMBED:
            found[place] = EMBED
        elif not reading.start <= place < reading.end:
            opens = vouched[place] and size(block.text) >= LEAST_OPENING and prose[place]
            if not (opens and reading.first - NEAR < place < reading.first):
                found[place] = OUTSIDE
        elif vouched[place]:
            if _is_bare_link(block):
                found[place] = LINKS
        elif not (prose[place] >= LEAST_ALONE and beside[elements[block.element].parent]):
            doubtful.append(block)
    kept = [block.place not in taken and block.place not in found for block in blocks]
    for block in doubtful:
        kept[block.place] = False
    for block in doubtful:
        if not _belongs(block, kept, reading):
            found[block.place] = UNSURE
    return found


def _edges(document: Document, reading: Reading) -> Iterator[int]:
    """Places in a plain text before its first and after its last paragraph where a line is no sentence."""
    for block in document.blocks:
        if not reading.first <= block.place <= reading.last and not finished(block.text):
            yield block.place


def _is_bare_link(block: Block) -> bool:
    """Whether a block is a line of link text and no sentence."""
    short = block.kind is not Kind.HEADING and len(block.text) < LONGEST_LINK
    return short and block.linked > ONLY_LINK and not finished(block.text)


def _belongs(block: Block, kept: list[bool], reading: Reading) -> bool:
    """Whether a doubtful block goes with its neighbours: a heading over text, an item between what is kept."""
    place = block.place
    if block.linked >= MOST_LINKED or not reading.first < place < reading.last:
        return False
    if block.kind is Kind.HEADING:
        return kept[place + 1] or kept[place + 2 : place + 3] == [True]
    return block.kind is Kind.LIST_ITEM and kept[place - 1] and kept[place + 1]


def _repeated(blocks: Sequence[Block], taken: Taken) -> Taken:
    """Pull quotes, and paragraphs that a theme sets once for each width of screen."""
    letters = {block.place: letters_of(block.text) for block in blocks if block.place not in taken}
    joined = "".join(letters.values())
    found: Taken = {}
    seen: set[str] = set()
    for block in blocks:
        own = letters.get(block.place, "")
        if len(own) < LEAST_REPEATED:
            continue
        if own in seen or (block.kind is Kind.QUOTE and joined.count(own) > 1):
            found[block.place] = REPEATED
        seen.add(own)
    return found


def _bare_headings(blocks: Sequence[Block], taken: Taken) -> Taken:
    """Headings at the end of the text: what they stood over is gone."""
    found: Taken = {}
    for block in reversed(blocks):
        if block.place in taken:
            continue
        if block.kind is not Kind.HEADING or len(block.text) > LONGEST_BARE:
            return found
        found[block.place] = BARE_HEADING
    return found
