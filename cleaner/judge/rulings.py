"""What rules and metadata decide, without the scorer.

The steps are in the order of their certainty: site rules; hidden blocks, program code, elements with a class or id that
a rule knows; then the headline and the standfirst; then blocks whose text matches a rule, and the sections under
headings that do; then captions, embedded posts and links outside the article's element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, TypeVar

from cleaner.blocks.stats import MAX_LINK_DENSITY, PrefixSums, enclosing, is_prose, main_element, sure_prose
from cleaner.judge.author_notes import certain_rule, without_notes
from cleaner.judge.captions import find_captions, gallery_captions
from cleaner.judge.context import PageContext
from cleaner.judge.headline import is_certain_standfirst, is_headline, is_standfirst
from cleaner.judge.site_rules import NO_SITE_RESULTS, SiteResults
from cleaner.judge.wording import link_text
from cleaner.models import NO_ELEMENT, Block, Document, Element, Kind, Reason, Verdict
from cleaner.page.code import is_code
from cleaner.patterns import lazy_pattern
from cleaner.rules.matching import MIN_LINK_ONLY_DENSITY, PageRules
from cleaner.rules.model import Part, Rule, Scope, Strength
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.sentences import is_finished

# An element with more than this share (0 to 1) of the page's prose, or of its sure prose, is the article, whatever
# its class says: themes put such tokens on <body> and on wrappers.
MAX_SHARE_OF_PROSE = 0.5
MAX_SHARE_OF_SURE_PROSE = 0.4
# Comments may be longer than the article. For that, at least this much prose (weighted length) must precede them.
MIN_DISCUSSED_LENGTH = 500
# A standfirst is at most this many blocks after the headline, or before the first paragraph if there is no headline.
MAX_BLOCKS_TO_PARAGRAPH = 30
# Some pages put the standfirst above the headline, at most this many blocks.
MAX_BLOCKS_BEFORE_HEADLINE = 3
# A line of nothing but links with fewer characters than this is not a paragraph even if trafilatura extracts it.
MAX_LINK_LINE_LENGTH = 120
# A line of code in plain text from this length on, in characters, is not a code sample for readers. In 872 texts, the
# longest line without spaces in a sample has 70 characters, and the texts contain no other code.
MIN_CODE_LINE_LENGTH = 200
# Classes of elements that show code samples, other than <pre>, and how many elements around a block are checked.
SAMPLE = lazy_pattern(
    r"(?:syntax-?)?highlight(?:er)?|hljs|prettyprint|codehilite|crayon[-_].*|source-?code|wp-block-code|language-[\w+#-]+"
)
SAMPLE_DEPTH = 3
# A finished sentence of more characters than this ends a section under a heading that a rule removes.
MIN_SECTION_TEXT_LENGTH = 40
# The most blocks of a box that such a heading begins.
MAX_BOX_BLOCKS = 6
# The weighted length of the long sentences in it, at most, and the least number of the article's paragraphs beside it.
MAX_BOX_LENGTH = 400
MIN_PARAGRAPHS_BESIDE = 2
# Nothing marks the end of such a section in plain text: it has at most this many lines after its heading.
MAX_PLAIN_SECTION_LINES = 6

# A label and links to other articles, each in a line of one paragraph: the least number of links, and the least share
# (0 to 1) of the lines that they make up. The rest is arrows and dashes.
MIN_LISTED_LINKS = 2
MIN_LISTED_SHARE = 0.8
# One hidden text under a heading may be a dialog.
MIN_PANELS = 2
QUESTION_MARKS = ("?", "？", "؟")
HIDDEN = Verdict(Reason.HIDDEN, evidence="in an element that the page hides")
SCRIPT = Verdict(Reason.SCRIPT, evidence="data or program code, not prose")
HEADLINE = Verdict(Reason.HEADLINE, evidence="the article's title")
TOP_HEADING = Verdict(Reason.HEADLINE, evidence="a top heading before the article's first paragraph")
CAPTION = Verdict(Reason.CAPTION, evidence="in an element for captions")
EMBED = Verdict(Reason.EMBED, evidence="an embedded post of another service")

_Found = TypeVar("_Found")
Removals = dict[int, Verdict]  # by place; a block without an entry is not removed by a rule
Likely = dict[int, Rule]  # by place, the first likely rule that matches a block


class ArticleSpan(NamedTuple):
    """Where the article is: its sure paragraphs, and the blocks of its element.

    A paragraph is sure if it is prose that no rule removes and, if trafilatura was run, trafilatura extracts it.
    """

    sure_lengths: list[int]  # for each block its weighted length if it is a sure paragraph, else 0
    start: int  # blocks[start:end] are in the article's element
    end: int
    first: int  # the places of the first and the last sure paragraph; first > last if there is none
    last: int

    def part(self, place: int) -> Part:
        if place < self.first:
            return Part.BEFORE
        return Part.AFTER if place > self.last else Part.INSIDE


class RuleResults(NamedTuple):
    """The results of `apply_rules`."""

    removals: Removals
    likely: Likely  # of blocks that are not removed
    span: ArticleSpan
    standfirsts: frozenset[int]  # places of the blocks of the standfirst
    kept: frozenset[int] = frozenset()  # places of the blocks that a site rule keeps, and of the captions of a gallery


def apply_rules(
    document: Document,
    in_trafilatura: Sequence[bool] | None,
    context: PageContext,
    rules: PageRules,
    site: SiteResults = NO_SITE_RESULTS,
) -> RuleResults:
    """Return the blocks that rules and metadata remove, where the article is, and its standfirst.

    `in_trafilatura` is the second opinion, one value per block; `None` if trafilatura was not run. What a site rule
    removes is not there for any other rule. What it keeps is removed by no other rule, except the headline: it is the
    title of the article, and a selector that keeps the whole article usually contains it.
    """
    prose = [
        weighted_length(block.text) if block.place not in site.removals and is_prose(block) else 0
        for block in document.blocks
    ]
    confirmed = [bool(length) for length in prose] if in_trafilatura is None else list(in_trafilatura)
    removals = dict(site.removals)

    def remove(found: Removals) -> None:
        removals.update((place, found[place]) for place in found if place not in removals and place not in site.kept)

    remove(_hidden_blocks(document, prose, confirmed))
    remove(_scripts(document, removals))
    by_element = _blocks_by_element(document, prose, confirmed, removals, rules)
    remove(by_element.removals)
    span = _article_span(document, prose, confirmed, removals, context, rules)
    captions = find_captions(document, span.first, span.last)
    standfirsts = _standfirsts(document, span, context, removals | captions, rules)
    for place in standfirsts:
        removals.pop(place, None)
    if not document.plain:  # the first line of a plain text is often a sentence of the article
        removals |= _headlines(document, span, context, removals)
    by_text = _blocks_by_text(document, span, removals, standfirsts, context, rules)
    remove(by_text.removals)
    remove(captions)
    gallery = gallery_captions(document, removals)
    remove(_captions_and_embeds(document, removals, standfirsts | gallery))
    remove(_links_outside(document, span, removals, standfirsts))
    kept = (site.kept | gallery) - removals.keys()
    decided = removals.keys() | standfirsts | kept
    likely = {place: rule for place, rule in (by_element.likely | by_text.likely).items() if place not in decided}
    return RuleResults(removals, likely, span, standfirsts, kept)


class _Matches(NamedTuple):
    """What the rules of one kind match: blocks that certain rules remove, and blocks that likely rules match."""

    removals: Removals
    likely: Likely


def _captions_and_embeds(document: Document, removals: Removals, text: frozenset[int]) -> Removals:
    """Return verdicts for captions and embedded posts, except those whose places are in `text`."""
    verdicts = {Kind.CAPTION: CAPTION, Kind.EMBED: EMBED}
    free = (block for block in document.blocks if block.place not in removals and block.place not in text)
    return {block.place: verdicts[block.kind] for block in free if block.kind in verdicts}


def _links_outside(document: Document, span: ArticleSpan, removals: Removals, standfirsts: frozenset[int]) -> Removals:
    """Return verdicts for blocks outside the article's element that are little more than links.

    The scorer would keep five of 9,482 such blocks. Without them it scores 40% fewer blocks on a newspaper's page.
    """
    outside = (*document.blocks[: span.start], *document.blocks[span.end :])
    return {
        block.place: Verdict(Reason.OUTSIDE, evidence=f"{link_text(block)}, outside the article's element")
        for block in outside
        if block.place not in removals and block.linked > MIN_LINK_ONLY_DENSITY and block.place not in standfirsts
    }


def _by_place(document: Document, of_elements: Sequence[_Found | None]) -> dict[int, _Found]:
    """Return what was found for each block's innermost element, if anything was, by the block's place."""
    by_place = ((block.place, of_elements[block.element]) for block in document.blocks if block.element != NO_ELEMENT)
    return {place: found for place, found in by_place if found is not None}


def _hidden_blocks(document: Document, prose: list[int], confirmed: list[bool]) -> Removals:
    """Return verdicts for the hidden blocks; none if they hold most of the text, because a script will show it.

    Panels that open when the reader asks for them, such as the answers of an FAQ, are not hidden.
    """
    if not any(element.hidden for element in document.elements):
        return {}
    panels = _panels(document)
    verdicts: list[Verdict | None] = []
    for index, element in enumerate(document.elements):
        outer = verdicts[element.parent] if element.parent != NO_ELEMENT else None
        verdicts.append(HIDDEN if element.hidden and index not in panels else outer)
    hidden = _by_place(document, verdicts)
    sure = [length if vote else 0 for length, vote in zip(prose, confirmed, strict=True)]
    if 2 * sum(sure[place] for place in hidden) > sum(sure):
        return {}
    return hidden


def _panels(document: Document) -> set[int]:
    """Return the indices of the hidden elements that open under a heading or question; none if there is only one.

    They hold sentences, and the heading is in the element around the panel or in the one around that.
    """
    panels = set()
    hidden: list[bool] = []  # whether each element or one around it is hidden
    for index, element in enumerate(document.elements):
        is_inside = element.parent != NO_ELEMENT and hidden[element.parent]
        hidden.append(is_inside or element.hidden)
        if not element.hidden or is_inside or element.first == 0 or element.parent == NO_ELEMENT:
            continue
        before = document.blocks[element.first - 1]
        is_label = before.kind is Kind.HEADING or before.text.endswith(QUESTION_MARKS)
        if not is_label or hidden[before.element]:
            continue
        outer = document.elements[element.parent]
        outermost = document.elements[outer.parent] if outer.parent != NO_ELEMENT else outer
        own = document.blocks[element.first : element.last]
        if outermost.first <= before.place and any(is_finished(block.text) and not block.links for block in own):
            panels.add(index)
    return panels if len(panels) >= MIN_PANELS else set()


def _scripts(document: Document, removals: Removals) -> Removals:
    """Return verdicts for data or code of a script that broken markup has left visible."""
    return {
        block.place: SCRIPT
        for block in document.blocks
        if block.place not in removals and is_code(block.text) and not _is_sample(document, block)
    }


def _is_sample(document: Document, block: Block) -> bool:
    """Whether code is a sample for readers: by its element, or in plain text by its length and its spaces."""
    if document.plain:
        return len(block.text) < MIN_CODE_LINE_LENGTH or '": ' in block.text
    near = islice(enclosing(document, block), SAMPLE_DEPTH)
    return block.kind is Kind.PREFORMATTED or any(
        SAMPLE.fullmatch(token) for index in near for token in document.elements[index].tokens
    )


def _blocks_by_element(
    document: Document, prose: list[int], confirmed: list[bool], removals: Removals, rules: PageRules
) -> _Matches:
    """Return the blocks in elements whose class, id or tag matches a rule.

    A rule is ignored on this page if it would remove most of the page's prose.
    """
    visible = [0 if place in removals else length for place, length in enumerate(prose)]
    visible_sure = [length if vote else 0 for length, vote in zip(visible, confirmed, strict=True)]
    text, sure = PrefixSums(visible), PrefixSums(visible_sure)
    certain: list[Rule | None] = []  # of each element, the rule for it or for the outermost element around it
    likely: list[Rule | None] = []
    for element in document.elements:
        inside = element.parent != NO_ELEMENT
        certain.append(certain[element.parent] if inside else None)
        likely.append(likely[element.parent] if inside else None)
        if certain[-1] is None and (rule := _rule_of_element(document, element, text, sure, rules)) is not None:
            by_strength = certain if rule.strength is Strength.CERTAIN else likely
            by_strength[-1] = by_strength[-1] or rule
    matched = {place: rule for place, rule in _by_place(document, certain).items() if place not in removals}
    # A layout may divide the article into many small elements with such a name.
    places_of_rule: dict[Rule, list[int]] = {}
    for place, rule in matched.items():
        places_of_rule.setdefault(rule, []).append(place)
    wrong = {
        rule
        for rule, places in places_of_rule.items()
        if _is_article(sum(visible[p] for p in places), sum(visible_sure[p] for p in places), text, sure)
        and not _is_discussion(document, rule.reason, places[0], places[-1] + 1, text)
    }
    found = {place: Verdict(rule.reason, rule.id) for place, rule in matched.items() if rule not in wrong}
    return _Matches(found, _by_place(document, likely))


def _rule_of_element(
    document: Document, element: Element, text: PrefixSums, sure: PrefixSums, rules: PageRules
) -> Rule | None:
    rule = rules.of_element(element.tokens)
    if rule is None:
        return None
    run = (element.first, element.last)
    if _is_article(text.of(*run), sure.of(*run), text, sure) and not _is_discussion(document, rule.reason, *run, text):
        return None
    return rule


def _is_discussion(document: Document, reason: Reason | None, first: int, last: int, text: PrefixSums) -> bool:
    """Whether blocks[first:last], whose class names comments, are comments however long: they follow enough prose."""
    if reason is not Reason.COMMENTS or text.of(0, first) < MIN_DISCUSSED_LENGTH:
        return False
    return all(block.level != 1 for block in document.blocks[first:last])


def _is_article(text_length: int, sure_length: int, text: PrefixSums, sure: PrefixSums) -> bool:
    """Whether this much of the page's prose, or of its sure prose, can only be the article."""
    return text_length > MAX_SHARE_OF_PROSE * text.whole or sure_length > MAX_SHARE_OF_SURE_PROSE * sure.whole


def _article_span(
    document: Document,
    prose: list[int],
    confirmed: list[bool],
    removals: Removals,
    context: PageContext,
    rules: PageRules,
) -> ArticleSpan:
    sure = sure_prose(prose, confirmed, removals)
    start, end = 0, len(sure)
    main = main_element(document, PrefixSums(sure))
    if main != NO_ELEMENT:
        start, end = document.elements[main].first, document.elements[main].last
    places = [place for place in range(start, end) if sure[place]]
    if not places:
        return ArticleSpan(sure, start, end, end, start - 1)
    for part in (Part.AFTER, Part.BEFORE):
        places = without_notes(document, places, part, context, rules)
    for place in range(start, end):
        if not places[0] <= place <= places[-1]:
            sure[place] = 0
    return ArticleSpan(sure, start, end, places[0], places[-1])


def _standfirsts(
    document: Document, span: ArticleSpan, context: PageContext, removals: Removals, rules: PageRules
) -> frozenset[int]:
    """Return the places of the standfirst, which sums up the article between headline and first paragraph.

    A block whose text matches a certain rule is none. There is none in plain text. A standfirst may be in an element
    that is named for the byline.
    """
    if document.plain:
        return frozenset()
    before = reversed(document.blocks[: span.first])
    headline = next(
        (block.place for block in before if is_headline(block, context, before=True)),
        span.first - MAX_BLOCKS_TO_PARAGRAPH,
    )
    first = max(0, headline - MAX_BLOCKS_BEFORE_HEADLINE)
    end = min(headline + MAX_BLOCKS_TO_PARAGRAPH, span.first)
    found = [place for place in range(first, end) if _may_be_standfirst(document, place, context, removals)]
    return frozenset(p for p in found if not _is_boilerplate(document, document.blocks[p], context, rules))


def _may_be_standfirst(document: Document, place: int, context: PageContext, removals: Removals) -> bool:
    if place not in removals:
        return is_standfirst(document, place, context)
    return removals[place].reason is Reason.BYLINE and is_certain_standfirst(document, place, context)


def _is_boilerplate(document: Document, block: Block, context: PageContext, rules: PageRules) -> bool:
    """Whether a certain rule matches a block before the first paragraph."""
    found = rules.of_block(block, Part.BEFORE, plain=document.plain)
    return certain_rule(found, document, block, (), context) is not None


def _headlines(document: Document, span: ArticleSpan, context: PageContext, removals: Removals) -> Removals:
    """Return verdicts for the headline, for headings that repeat it, and for the page's own top headings.

    After a heading with the article's title, headings in the article's element are kept: they are part of the text.
    """
    headlines: Removals = {}
    has_title = False  # whether a heading before this block is the title
    for block in document.blocks:
        is_heading = block.kind is Kind.HEADING
        if has_title and is_heading and span.start <= block.place < span.end:
            continue
        if block.place not in removals and is_headline(block, context, before=block.place <= span.first):
            is_title = letters_and_digits(block.text) in context.titles
            headlines[block.place] = HEADLINE if is_title else TOP_HEADING
            has_title = has_title or (is_heading and is_title)
    return headlines


def _blocks_by_text(
    document: Document,
    span: ArticleSpan,
    removals: Removals,
    standfirsts: frozenset[int],
    context: PageContext,
    rules: PageRules,
) -> _Matches:
    """Return the blocks whose text matches a rule, and the sections under headings that do."""
    matched: Removals = {}
    sections: Removals = {}
    likely: Likely = {}
    likely_sections: Likely = {}
    paragraphs = [place for place, length in enumerate(span.sure_lengths) if length]
    paragraphs_in = Counter(map(partial(_parent, document), paragraphs))
    for block in document.blocks:
        if block.place in removals or block.place in standfirsts:
            continue
        if (rule := _rule_of_label(block, rules)) is not None:
            matched[block.place] = Verdict(rule.reason, rule.id)
            continue
        if not rules.candidates(block):
            continue
        found = list(rules.of_block(block, span.part(block.place), plain=document.plain))
        if not found:
            if (misplaced := rules.misplaced(block, plain=document.plain)) is not None:
                likely[block.place] = misplaced
            continue
        before = matched.get(block.place - 1)
        after_note = before is not None and before.reason is Reason.AUTHOR_BOX
        rule = certain_rule(found, document, block, paragraphs, context, after_note=after_note)
        section: Iterable[int] = ()
        if (rule or found[0]).scope is Scope.HEADING:
            section = chain(_section(document, block, span), _box(document, block, span, paragraphs_in) if rule else ())
        if rule is None:
            likely[block.place] = found[0]
            likely_sections |= dict.fromkeys(section, found[0])
        else:
            verdict = Verdict(rule.reason, rule.id)
            matched[block.place] = verdict
            sections |= {place: verdict for place in section if place not in removals}
    return _Matches(sections | matched, likely_sections | likely)


def _rule_of_label(block: Block, rules: PageRules) -> Rule | None:
    """Return the rule for other articles that the first line of a block matches, if links to them are its other lines.

    The links are the second witness that a likely rule needs.
    """
    label, _, rest = block.text.partition("\n")
    if not rest or len(block.links) < MIN_LISTED_LINKS or block.links[0][0] <= len(label):
        return None
    linked = sum(end - start for start, end in block.links)
    if linked < MIN_LISTED_SHARE * len(rest):
        return None
    heading = block._replace(text=label, kind=Kind.HEADING, links=())
    found = rules.of_block(heading, Part.INSIDE, plain=False)
    return next((rule for rule in found if rule.reason is Reason.RELATED), None)


def _parent(document: Document, place: int) -> int:
    """Return the index of the element around that of a block; `NO_ELEMENT` if there is none."""
    element = document.blocks[place].element
    return document.elements[element].parent if element != NO_ELEMENT else NO_ELEMENT


def _box(document: Document, heading: Block, span: ArticleSpan, paragraphs_in: Mapping[int, int]) -> range:
    """Return the places in the element around a heading if it is a small box that begins with it.

    Whatever its sentences say, a box under the heading of a newsletter is about the newsletter. A box with long
    sentences must be an insertion: paragraphs of the article stand beside it. `paragraphs_in` has the numbers of
    sure paragraphs by the element around theirs.
    """
    if (box := _parent(document, heading.place)) == NO_ELEMENT:
        return range(0)
    first, last = document.elements[box].first, document.elements[box].last
    if first != heading.place or last - first > MAX_BOX_BLOCKS:
        return range(0)
    if any(span.sure_lengths[first:last]):
        around = document.elements[box].parent
        is_insertion = around != NO_ELEMENT and paragraphs_in.get(around, 0) >= MIN_PARAGRAPHS_BESIDE
        if not is_insertion or sum(span.sure_lengths[first:last]) > MAX_BOX_LENGTH:
            return range(0)
    return range(first, last)


def _section(document: Document, heading: Block, span: ArticleSpan) -> Iterator[int]:
    """Yield the places of the section under a heading that a rule removes, up to the next heading or paragraph.

    The section consists of links, list items and short lines.
    """
    level = heading.level or 7
    for block in document.blocks[heading.place + 1 :]:
        if block.kind is Kind.HEADING and (block.level or 7) <= level:
            return
        is_text = block.kind is Kind.PARAGRAPH and block.linked < MAX_LINK_DENSITY and is_finished(block.text)
        if span.sure_lengths[block.place] or (is_text and len(block.text) > MIN_SECTION_TEXT_LENGTH):
            return
        if document.plain and (block.text.endswith(":") or block.place > heading.place + MAX_PLAIN_SECTION_LINES):
            return
        yield block.place
