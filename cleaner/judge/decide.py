"""The verdict on every block, from what the rules say and how likely the scorer takes the rest for text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from cleaner.blocks.stats import MAX_LINK_DENSITY, NO_ELEMENT, enclosing
from cleaner.judge.context import PageContext
from cleaner.judge.headline import is_headline, is_subtitle
from cleaner.judge.list_items import share_probabilities
from cleaner.judge.logistic import log_odds, probability
from cleaner.judge.repeated import find_repeated
from cleaner.judge.rulings import (
    HEADLINE,
    MAX_LINK_LINE_LENGTH,
    MIN_LINK_ONLY_DENSITY,
    ArticleSpan,
    Removals,
    RuleResults,
)
from cleaner.judge.scorer.score import Score
from cleaner.models import Block, Document, Keep, Kind, Reason, Verdict
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.sentences import is_finished

# A standfirst stands apart from the paragraphs, so a smaller probability (0 to 1) is enough where its class calls it
# so, right under the headline. Measured out of fold: with 0.5, five of a hundred newspapers' pages lose theirs; of the
# other articles, two in a hundred keep a summary that the gold text does not count.
MIN_SUBTITLE_PROBABILITY = 0.03
# A paragraph in the article's element, vouched for where somebody was asked: losing one is worse than leaving one in.
MIN_PARAGRAPH_PROBABILITY = 0.45
# The same in a plain text, which has lost enough before it comes here.
MIN_PLAIN_PARAGRAPH_PROBABILITY = 0.14
# A sentence with somebody's words in quotes, at most so many blocks behind the last paragraph of a plain text: articles
# like to end on one, and a line of chrome quotes nobody. Of nine such lines in the development texts, all are text.
MIN_CLOSING_QUOTE_PROBABILITY, MAX_BLOCKS_TO_CLOSING_QUOTE = 0.02, 3
_QUOTED = re.compile(r"[\"“”„«»「『][^\"“”„«»「」『』]{2,}[\"“”«»」』]")
# A heading, an item, a row or any sentence among the article's paragraphs, without links. Measured out of fold: of a
# hundred pages of newspapers, two fewer lose text, and one more keeps chrome.
MIN_PART_PROBABILITY = 0.45
PART_KINDS = frozenset((Kind.HEADING, Kind.LIST_ITEM, Kind.TABLE_ROW))
# A sentence right behind a paragraph of the same element, for articles like to end on three words; a paragraph of the
# element that holds most of them; a footnote. Measured out of fold, this costs nothing.
MIN_SENTENCE_PROBABILITY = 0.2
MIN_BODY_PARAGRAPHS = 3
NOTES, NOTES_DEPTH = ("footnote", "endnote"), 3
# What `keep` adds to the log-odds of each block.
LOG_ODDS_OF_KEEP = {Keep.MORE: 1.0, Keep.BALANCED: 0.0, Keep.LESS: -0.7}
# The first line of a plain text, where it is short and no sentence, is the headline four times out of five: to be
# text, it needs this probability.
MIN_TITLE_PROBABILITY = 0.6
# What an element is called that holds the article, the narrowest first.
ARTICLE_TOKENS = ("itemprop=articlebody", "<article>", "role=main", "<main>")
# Those of them that no page uses for anything else.
CERTAIN_ARTICLE_TOKENS = ARTICLE_TOKENS[:2]
# Letters of the shortest line that is taken for the title without being a heading; "News" may begin one by chance.
MIN_HEADLINE_LENGTH = 8
# Where less text than this is left, in letters, the page may be a brief. The scorer learned from longer articles, whose
# sentences vouch for each other.
MIN_TEXT_LENGTH = 250
# Where less than this share (0 to 1) of the sure paragraphs is left, the scorer has never seen such an article: on
# three of 1,300 pages and texts, all of which are better off with the whole.
MIN_SHARE_LEFT = 0.2
# A page with more blocks than this of which none is text is a list.
MAX_BRIEF_BLOCKS = 20
# Letters of a line at the edges of a plain text: a section, a day, the name of the paper.
MAX_STRAY_LENGTH = 30
# A last heading longer than this, in letters, says something of its own.
MAX_BARE_HEADING_LENGTH = 60

KEPT = Verdict()
STRAY = Verdict(Reason.SECOND_LOOK, evidence="a short line that is no sentence")
BARE_HEADING = Verdict(Reason.SECOND_LOOK, evidence="a heading with no kept text under it")
NO_EVIDENCE = "all of it together is unlike the article's text"


def decide(
    document: Document,
    rule_results: RuleResults,
    context: PageContext,
    scores: Sequence[Score],
    keep: Keep = Keep.BALANCED,
) -> tuple[Verdict, ...]:
    """The verdicts where the scorer decides on all that no rule takes."""
    removals = dict(rule_results.removals)
    chances = share_probabilities(document, [own.probability for own in scores], removals)
    body = _body(document, rule_results.span)
    for block, own, chance in zip(document.blocks, scores, chances, strict=True):
        if block.place in removals:
            continue
        if keep is not Keep.BALANCED:
            chance = probability(log_odds(chance) + LOG_ODDS_OF_KEEP[keep])
        if document.plain and is_headline(block, context, before=block.place <= rule_results.span.first):
            if chance < MIN_TITLE_PROBABILITY:
                removals[block.place] = HEADLINE
        elif _is_stray(document, block, rule_results.span):
            removals[block.place] = STRAY
        elif chance < min(own.least, _least(document, block, rule_results, body)):
            removals[block.place] = _unlikely(document, block, rule_results.span, own)
    kept = _left_over(rule_results, removals)
    left = sum(
        weighted_length(block.text) for block in document.blocks if block.place not in removals or block.place in kept
    )
    if left < MIN_TEXT_LENGTH:
        kept |= _brief(document, rule_results, context, removals)
    removals = {place: verdict for place, verdict in removals.items() if place not in kept}
    removals |= find_repeated(document, removals)
    removals |= _bare_headings(document.blocks, removals)
    return tuple(removals.get(block.place, KEPT) for block in document.blocks)


def _left_over(rule_results: RuleResults, removals: Removals) -> set[int]:
    """Places of the sure paragraphs that no rule takes, where next to nothing of them would be left: none elsewhere."""
    sure = rule_results.span.sure
    left = sum(letters for place, letters in enumerate(sure) if place not in removals)
    if left >= MIN_SHARE_LEFT * sum(sure):
        return set()
    return {place for place, letters in enumerate(sure) if letters and place not in rule_results.removals}


def _brief(document: Document, rule_results: RuleResults, context: PageContext, removals: Removals) -> set[int]:
    """Places of what is kept where hardly anything else is: a text of a line or two has no neighbours to vouch for it.

    A block that a rule takes is never kept. Of a plain text, which somebody took for an article, all sentences are
    kept; of a page, what stands in its one article element, else the sentences right under its headline.
    """
    free = [
        b for b in document.blocks if b.place not in rule_results.removals and removals.get(b.place) is not HEADLINE
    ]
    if document.plain:
        return {block.place for block in free if is_finished(block.text)}
    inside = _called_article(document, ARTICLE_TOKENS if context.declared else CERTAIN_ARTICLE_TOKENS)
    own = [block for block in free if block.place in inside and block.linked < MAX_LINK_DENSITY]
    if not own:
        return _under_headline(document, rule_results.removals, context)
    is_text = len(own) <= MAX_BRIEF_BLOCKS and any(is_finished(block.text) for block in own)
    return {block.place for block in own} if is_text else set()


def _under_headline(document: Document, removals: Removals, context: PageContext) -> set[int]:
    """Places of the sentences without links that follow the page's headline, up to anything that is none.

    The headline is the one top heading, or without any, the one line with which the article's title begins. What a rule
    takes, such as a byline or a caption, does not end the run.
    """
    tops = [block.place for block in document.blocks if block.level == 1]
    tops = tops or [block.place for block in document.blocks if _begins_title(block, context)]
    if len(tops) != 1:
        return set()
    found: set[int] = set()
    for block in document.blocks[tops[0] + 1 :]:
        if block.place in removals:
            continue
        if block.kind is Kind.HEADING or block.links or not is_finished(block.text):
            break
        found.add(block.place)
    return found


def _begins_title(block: Block, context: PageContext) -> bool:
    """Whether a block is the title of the page, which may go on with the name of the site."""
    letters = letters_and_digits(block.text)
    return len(letters) >= MIN_HEADLINE_LENGTH and any(title.startswith(letters) for title in context.titles)


def _called_article(document: Document, tokens: Sequence[str]) -> range:
    """The places in the element that is the only one to have one of the tokens, the first of them that there is."""
    for token in tokens:
        found = [element for element in document.elements if token in element.tokens]
        if len(found) == 1:
            return range(found[0].first, found[0].last)
    return range(0)


def _is_stray(document: Document, block: Block, span: ArticleSpan) -> bool:
    """Whether a short line that is no sentence stands alone: on a page as a link, in plain text beyond all prose."""
    if block.kind is not Kind.PARAGRAPH or is_finished(block.text):
        return False
    if document.plain:
        return not span.first <= block.place <= span.last and weighted_length(block.text) < MAX_STRAY_LENGTH
    return block.linked > MIN_LINK_ONLY_DENSITY and len(block.text) < MAX_LINK_LINE_LENGTH


def _body(document: Document, span: ArticleSpan) -> int:
    """The element that itself holds half of the sure paragraphs or more; `NO_ELEMENT` where they are few or apart."""
    if document.plain:
        return NO_ELEMENT
    sure = (block for block, letters in zip(document.blocks, span.sure, strict=True) if letters)
    parents = Counter(document.elements[block.element].parent for block in sure)
    body, held = max(parents.items(), key=lambda item: item[1], default=(NO_ELEMENT, 0))
    return body if held >= max(MIN_BODY_PARAGRAPHS, parents.total() / 2) else NO_ELEMENT


def _least(document: Document, block: Block, rule_results: RuleResults, body: int) -> float:
    """The probability that is enough for a block that has more than the scorer on its side; 1 for all others.

    `body` is what `_body` says.
    """
    if block.place in rule_results.openers and is_subtitle(document, block.place):
        return MIN_SUBTITLE_PROBABILITY
    span = rule_results.span
    if span.start <= block.place < span.end and is_finished(block.text):
        if not document.plain and (_goes_with(document, block, span, body) or _is_note(document, block)):
            return MIN_SENTENCE_PROBABILITY
        if span.sure[block.place]:
            return MIN_PLAIN_PARAGRAPH_PROBABILITY if document.plain else MIN_PARAGRAPH_PROBABILITY
        is_close = span.last < block.place <= span.last + MAX_BLOCKS_TO_CLOSING_QUOTE
        if document.plain and is_close and _QUOTED.search(block.text):
            return MIN_CLOSING_QUOTE_PROBABILITY
    is_inside = not document.plain and span.first < block.place < span.last
    is_part = block.kind in PART_KINDS or is_finished(block.text)
    return MIN_PART_PROBABILITY if is_inside and is_part and not block.links else 1.0


def _goes_with(document: Document, block: Block, span: ArticleSpan, body: int) -> bool:
    """Whether a block without links goes with the article's paragraphs.

    It is one and stands in the `body`, or it is none and right behind one, or with one block between, in the same
    element.
    """
    if block.kind is not Kind.PARAGRAPH or block.links:
        return False
    if span.sure[block.place]:
        return document.elements[block.element].parent == body != NO_ELEMENT
    own = _around(document, block)
    before = document.blocks[max(0, block.place - 2) : block.place]
    return any(span.sure[other.place] and not own.isdisjoint(_around(document, other)) for other in before)


def _is_note(document: Document, block: Block) -> bool:
    """Whether an element around the block is called a footnote: what the author wrote, small and apart."""
    near = islice(enclosing(document, block), NOTES_DEPTH)
    return any(token.startswith(NOTES) for index in near for token in document.elements[index].tokens)


def _around(document: Document, block: Block) -> set[int]:
    """The two elements around a block's own: a theme may wrap each paragraph by itself."""
    parent = document.elements[block.element].parent
    return {parent, document.elements[parent].parent} if parent != NO_ELEMENT else {NO_ELEMENT}


def _unlikely(document: Document, block: Block, span: ArticleSpan, score: Score) -> Verdict:
    """Why a block goes that the scorer does not take for text."""
    start, end = (span.first, span.last + 1) if document.plain else (span.start, span.end)
    inside = start <= block.place < end
    return Verdict(Reason.SECOND_LOOK if inside else Reason.OUTSIDE, evidence=score.evidence() or NO_EVIDENCE)


def _bare_headings(blocks: Sequence[Block], removals: Removals) -> Removals:
    """Headings at the end of the text: what they stood over is gone."""
    found: Removals = {}
    for block in reversed(blocks):
        if block.place in removals:
            continue
        if block.kind is not Kind.HEADING or len(block.text) > MAX_BARE_HEADING_LENGTH:
            return found
        found[block.place] = BARE_HEADING
    return found
