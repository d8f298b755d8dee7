"""The verdict on each block, decided from the results of the rules and the probabilities of the scorer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice, takewhile

from cleaner.blocks.stats import MAX_LINK_DENSITY, enclosing, only_headline
from cleaner.judge.context import PageContext
from cleaner.judge.declared_text import declared_log_odds
from cleaner.judge.headline import is_headline, is_subtitle
from cleaner.judge.list_items import share_probabilities
from cleaner.judge.repeated import find_repeated
from cleaner.judge.rulings import (
    HEADLINE,
    MAX_LINK_LINE_LENGTH,
    ArticleSpan,
    Removals,
    RuleResults,
)
from cleaner.judge.scorer.score import Score
from cleaner.judge.wording import description, link_text
from cleaner.models import NO_ELEMENT, Block, Document, Keep, Kind, Reason, Verdict
from cleaner.odds import log_odds, probability
from cleaner.patterns import lazy_pattern
from cleaner.rules.matching import MIN_LINK_ONLY_DENSITY
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.scripts import is_alphabetic
from cleaner.text.sentences import UNSPACED_STOPS, is_finished

# Thresholds are the smallest probabilities, 0 to 1, with which a block is kept.
# A standfirst is apart from the paragraphs, so the scorer gives it a low probability. A lower threshold applies if the
# block's class names a standfirst and the block directly follows the headline. Measured out of fold: without it, two of
# 141 newspaper pages more lose theirs; with it, four of 788 other pages more keep a summary that the gold text lacks.
MIN_SUBTITLE_PROBABILITY = 0.03
# A sure paragraph of a plain text: the tool that extracted it has already removed enough. Measured out of fold over 872
# texts, 2% fewer lose text than without, and 1% more keep boilerplate.
MIN_PLAIN_PARAGRAPH_PROBABILITY = 0.3
# A sentence with a quotation, at most this many blocks after the last paragraph of a plain text: articles often end
# with one, and boilerplate quotes nobody. In the development texts there are nine such lines, and all are text.
MIN_CLOSING_QUOTE_PROBABILITY, MAX_BLOCKS_TO_CLOSING_QUOTE = 0.02, 3
_QUOTED = lazy_pattern(r"[\"“”„«»「『][^\"“”„«»「」『』]{2,}[\"“”«»」』]")
# A sentence in a script without spaces, directly after text in a plain text. In the development texts, 162 sentences
# are kept for this: 160 are text, one is boilerplate, one is neither.
MIN_UNSPACED_SENTENCE_PROBABILITY = 0.02
# A sentence directly after a paragraph of the same element (articles often end with three words), a paragraph in the
# element that directly holds most of them (at least `MIN_BODY_PARAGRAPHS`), or a footnote. Measured out of fold, this
# costs nothing. In plain text: a sentence with a quotation between paragraphs, which was not measured.
MIN_SENTENCE_PROBABILITY = 0.2
MIN_BODY_PARAGRAPHS = 3
# A heading directly between two sure paragraphs of its element. Measured out of fold, this costs nothing.
MIN_SUBHEADING_PROBABILITY = 0.2
# Prefixes of the class names of footnotes, and how many elements around a block are checked for them.
NOTES, NOTES_DEPTH = ("footnote", "endnote"), 3
# What `keep` adds to the log-odds of each block.
LOG_ODDS_OF_KEEP = {Keep.MORE: 1.5, Keep.BALANCED: 0.0, Keep.LESS: -0.7}
# The first line of a plain text: if it is short and not a sentence, it is the headline four times out of five.
MIN_TITLE_PROBABILITY = 0.6
# Tokens of an element that holds the article, the narrowest first.
ARTICLE_TOKENS = ("itemprop=articlebody", "<article>", "role=main", "<main>")
# Those of them that pages use for nothing else.
CERTAIN_ARTICLE_TOKENS = ARTICLE_TOKENS[:2]
# Letters and digits of the shortest line that counts as the title without being a heading. A title may begin with a
# shorter one, such as "News", by chance.
MIN_HEADLINE_LENGTH = 8
# If less text than this is kept (weighted length), the page may be a brief. The scorer has learned from longer
# articles, in which paragraphs are evidence for each other.
MIN_TEXT_LENGTH = 250
# If less than this share (0 to 1) of the sure paragraphs is kept, the article is unlike all that the scorer has learned
# from. This happens on three of 1,300 pages and texts, and all three are better with all their sure paragraphs.
MIN_SHARE_LEFT = 0.2
# A page with more blocks than this in its article element, none of which the scorer keeps, is a list.
MAX_BRIEF_BLOCKS = 20
# A brief of up to this weighted length may stand beside texts on other pages, such as comments on them. At least this
# many such texts, each directly under a linked heading, are taken for a list of other pages.
MAX_BRIEF_LENGTH, MIN_OTHER_PAGES = 400, 3
# The weighted length of a stray line before or after a plain text: the name of a section, a day, the newspaper's name.
MAX_STRAY_LENGTH = 30
# A heading at the end that is longer than this, in characters, makes sense without text under it.
MAX_BARE_HEADING_LENGTH = 60

KEPT = Verdict()
NOT_DECLARED = "not in the text that the page declares as the article"
WITH_ITS_LIST = "the items of its list, taken together, are text with a probability of only {:.2f}"
WHATEVER_THE_SCORE = "and such a line is removed whatever its probability"
OTHER_PAGE = Verdict(Reason.OUTSIDE, evidence="under the linked headline of another page, apart from the short text")
BARE_HEADING = Verdict(Reason.UNSURE, evidence="a heading with no kept text under it")


def decide(
    document: Document,
    rule_results: RuleResults,
    context: PageContext,
    scores: Sequence[Score],
    keep: Keep = Keep.BALANCED,
) -> tuple[Verdict, ...]:
    """Return the verdict on each block, in order.

    The scorer decides on the blocks that the rules neither remove nor keep.
    """
    removals = dict(rule_results.removals)
    kept = rule_results.kept
    chances = share_probabilities(document, [score.probability for score in scores], removals)
    declared = declared_log_odds(document.blocks, rule_results.span.sure_lengths, context.declared_text)
    body = _body_element(document, rule_results.span)
    for block, score, shared in zip(document.blocks, scores, chances, strict=True):
        if block.place in removals or block.place in kept:
            continue
        chance = shared
        if added := LOG_ODDS_OF_KEEP[keep] + declared.get(block.place, 0.0):
            chance = probability(log_odds(chance) + added)
        if document.plain and is_headline(block, context, before=block.place <= rule_results.span.first):
            if chance < MIN_TITLE_PROBABILITY:
                removals[block.place] = HEADLINE
        elif _is_stray(document, block, rule_results.span):
            removals[block.place] = _stray(document, block, rule_results.span)
        elif chance < min(score.threshold, _lowered_threshold(document, block, rule_results, body, removals, keep)):
            is_undeclared = declared.get(block.place, 0.0) < 0
            removals[block.place] = _rejection(document, block, rule_results, score, shared, is_undeclared)
    restored = _restored_paragraphs(rule_results, removals)
    kept_length = sum(
        weighted_length(block.text)
        for block in document.blocks
        if block.place not in removals or block.place in restored
    )
    if kept_length < MIN_TEXT_LENGTH:
        restored |= _brief_text(document, rule_results, context, removals)
    removals = {place: verdict for place, verdict in removals.items() if place not in restored}
    repeated = find_repeated(document, removals)
    removals |= {place: verdict for place, verdict in repeated.items() if place not in kept}
    own, others = _brief_and_others(document, removals, rule_results.removals)
    removals |= {place: OTHER_PAGE for place in others if place not in kept}
    removals = {place: verdict for place, verdict in removals.items() if place not in own}
    removals |= _bare_headings(document.blocks, removals, kept)
    return tuple(removals.get(block.place, KEPT) for block in document.blocks)


def _restored_paragraphs(rule_results: RuleResults, removals: Removals) -> set[int]:
    """Return the places of the sure paragraphs that no rule removes, if the scorer keeps next to none; else none."""
    lengths = rule_results.span.sure_lengths
    kept_length = sum(length for place, length in enumerate(lengths) if place not in removals)
    if kept_length >= MIN_SHARE_LEFT * sum(lengths):
        return set()
    return {place for place, length in enumerate(lengths) if length and place not in rule_results.removals}


def _brief_text(document: Document, rule_results: RuleResults, context: PageContext, removals: Removals) -> set[int]:
    """Return the places of the text of a brief, which is too short for the scorer.

    A block that a rule removes is never part of it. Plain text was extracted as an article, so all its sentences are
    the text. On a page, the text is what its only article element holds, or the sentences directly under its headline.
    """
    candidates = [
        b for b in document.blocks if b.place not in rule_results.removals and removals.get(b.place) is not HEADLINE
    ]
    if document.plain:
        return {block.place for block in candidates if is_finished(block.text)}
    inside = _article_element(document, ARTICLE_TOKENS if context.declared else CERTAIN_ARTICLE_TOKENS)
    texts = [block for block in candidates if block.place in inside and block.linked < MAX_LINK_DENSITY]
    if not texts:
        return _under_headline(document, rule_results.removals, context)
    is_text = len(texts) <= MAX_BRIEF_BLOCKS and any(is_finished(block.text) for block in texts)
    return {block.place for block in texts} if is_text else set()


def _under_headline(document: Document, removals: Removals, context: PageContext) -> set[int]:
    """Return the places of the sentences without links that follow the page's headline, up to any other block.

    The headline is the only top heading. If there is no top heading, it is the only line with which the article's title
    begins. A block that a rule removes, such as a byline or a caption, does not end the run.
    """
    headlines = [block.place for block in document.blocks if block.level == 1]
    headlines = headlines or [block.place for block in document.blocks if _begins_title(block, context)]
    if len(headlines) != 1:
        return set()
    places: set[int] = set()
    for block in document.blocks[headlines[0] + 1 :]:
        if block.place in removals:
            continue
        if block.kind is Kind.HEADING or block.links or not is_finished(block.text):
            break
        places.add(block.place)
    return places


def _brief_and_others(
    document: Document, removals: Removals, ruled: Collection[int]
) -> tuple[Collection[int], Collection[int]]:
    """Return the places of a brief's text, and those of the kept text behind it that belongs to other pages.

    Both are empty if there is none: all text behind the brief stands directly under linked headings, outside the
    innermost element that holds both the headline and the brief. `ruled` are the blocks that rules remove. What only
    the scorer removes may be text of the brief, because such a page has more text of others.
    """
    headline = only_headline(document)
    if document.plain or headline is None:
        return (), ()
    texts = [b.place for b in document.blocks if b.place not in removals and b.kind is not Kind.HEADING]
    others = [place for place in texts if _is_under_link(document, place)]
    is_behind = len(others) >= MIN_OTHER_PAGES and headline < others[0]
    if not is_behind or others != [place for place in texts if place >= others[0]]:
        return (), ()
    under_headline = takewhile(lambda block: block.kind is not Kind.HEADING, document.blocks[headline + 1 :])
    own = [b for b in under_headline if b.place not in ruled and not b.links and is_finished(b.text)]
    if not own or sum(weighted_length(block.text) for block in own) > MAX_BRIEF_LENGTH:
        return (), ()
    last = own[-1].place
    around = [element for element in document.elements if element.first <= headline and last < element.last]
    end = min((element.last for element in around), default=len(document.blocks))
    if end > others[0]:
        return (), ()
    headings = [place - 1 for place in others if place - 1 not in removals]
    return {block.place for block in own}, {*others, *headings}


def _is_under_link(document: Document, place: int) -> bool:
    """Whether a block directly follows a heading that is a link to another page."""
    before = document.blocks[place - 1] if place else None
    if before is None or before.kind is not Kind.HEADING or before.linked <= MAX_LINK_DENSITY:
        return False
    return not any(target.startswith("#") for target in before.targets)


def _begins_title(block: Block, context: PageContext) -> bool:
    """Whether a title of the page begins with the block's text; the name of the site may follow in the title."""
    letters = letters_and_digits(block.text)
    return len(letters) >= MIN_HEADLINE_LENGTH and any(title.startswith(letters) for title in context.titles)


def _article_element(document: Document, tokens: Sequence[str]) -> range:
    """Return the places in the element that is the only one with one of the tokens, which are tried in order.

    The range is empty if there is no such element.
    """
    for token in tokens:
        elements = [element for element in document.elements if token in element.tokens]
        if len(elements) == 1:
            return range(elements[0].first, elements[0].last)
    return range(0)


def _is_stray(document: Document, block: Block, span: ArticleSpan) -> bool:
    """Whether a block is a short line without a sentence: on a page a link, in plain text before or after all prose."""
    if block.kind is not Kind.PARAGRAPH or is_finished(block.text):
        return False
    if document.plain:
        return not span.first <= block.place <= span.last and weighted_length(block.text) < MAX_STRAY_LENGTH
    return block.linked > MIN_LINK_ONLY_DENSITY and len(block.text) < MAX_LINK_LINE_LENGTH


def _stray(document: Document, block: Block, span: ArticleSpan) -> Verdict:
    """Return the verdict on a stray line: see `_is_stray`. What the scorer has for it does not count."""
    where = link_text(block)
    if document.plain:
        where = "before the first paragraph" if block.place < span.first else "after the last paragraph"
    return Verdict(Reason.UNSURE, evidence=f"against: {description(block.text)}, {where}, {WHATEVER_THE_SCORE}")


def _body_element(document: Document, span: ArticleSpan) -> int:
    """Return the element that is the parent of at least half of the sure paragraphs.

    `NO_ELEMENT` if no element is, or if it is the parent of fewer than `MIN_BODY_PARAGRAPHS`.
    """
    if document.plain:
        return NO_ELEMENT
    sure = (block for block, length in zip(document.blocks, span.sure_lengths, strict=True) if length)
    parents = Counter(document.elements[block.element].parent for block in sure)
    body, count = max(parents.items(), key=lambda item: item[1], default=(NO_ELEMENT, 0))
    return body if count >= max(MIN_BODY_PARAGRAPHS, parents.total() / 2) else NO_ELEMENT


def _lowered_threshold(
    document: Document, block: Block, rule_results: RuleResults, body: int, removals: Removals, keep: Keep
) -> float:
    """Return the threshold for a block for which there is other evidence than the scorer's; 1 for any other block.

    `body` is the result of `_body_element`. `removals` has all blocks before this one that are removed. In
    plain text, a line that a likely rule matches needs more than its place. With `keep` "more", a line between
    paragraphs need not end like a sentence.
    """
    span = rule_results.span
    if block.kind is Kind.HEADING and _is_between_paragraphs(document, block, span):
        return MIN_SUBHEADING_PROBABILITY
    if document.plain and block.place in rule_results.likely:
        return 1.0
    follows_text = document.plain and block.place > 0 and block.place - 1 not in removals
    if follows_text and not is_alphabetic(block.text) and is_finished(block.text, UNSPACED_STOPS):
        return MIN_UNSPACED_SENTENCE_PROBABILITY
    if block.place in rule_results.standfirsts and is_subtitle(document, block.place):
        return MIN_SUBTITLE_PROBABILITY
    if span.start <= block.place < span.end and (is_finished(block.text) or keep is Keep.MORE):
        if not document.plain and (_is_beside_paragraphs(document, block, span, body) or _is_note(document, block)):
            return MIN_SENTENCE_PROBABILITY
        if document.plain and span.sure_lengths[block.place]:
            return MIN_PLAIN_PARAGRAPH_PROBABILITY
        if document.plain and span.first < block.place < span.last and _QUOTED.search(block.text):
            return MIN_SENTENCE_PROBABILITY
        is_close = span.last < block.place <= span.last + MAX_BLOCKS_TO_CLOSING_QUOTE
        if document.plain and is_close and _QUOTED.search(block.text):
            return MIN_CLOSING_QUOTE_PROBABILITY
    return 1.0


def _is_between_paragraphs(document: Document, block: Block, span: ArticleSpan) -> bool:
    """Whether a block without links is directly between two sure paragraphs, all three in the same element."""
    before, after = block.place - 1, block.place + 1
    if document.plain or block.links or not span.first < block.place < span.last:
        return False
    if not (span.sure_lengths[before] and span.sure_lengths[after]):
        return False
    parents = {document.elements[document.blocks[place].element].parent for place in (before, block.place, after)}
    return len(parents) == 1


def _is_beside_paragraphs(document: Document, block: Block, span: ArticleSpan, body: int) -> bool:
    """Whether the markup groups a paragraph without links with the article's sure paragraphs.

    A sure paragraph must be in the `body`. Any other must be in the same element as a sure one that it follows
    directly or with one block between.
    """
    if block.kind is not Kind.PARAGRAPH or block.links:
        return False
    if span.sure_lengths[block.place]:
        return document.elements[block.element].parent == body != NO_ELEMENT
    outer = _outer_elements(document, block)
    before = document.blocks[max(0, block.place - 2) : block.place]
    return any(
        span.sure_lengths[other.place] and not outer.isdisjoint(_outer_elements(document, other)) for other in before
    )


def _is_note(document: Document, block: Block) -> bool:
    """Whether the class of an element around the block names a footnote, which is text of the article."""
    near = islice(enclosing(document, block), NOTES_DEPTH)
    return any(token.startswith(NOTES) for index in near for token in document.elements[index].tokens)


def _outer_elements(document: Document, block: Block) -> set[int]:
    """Return the two elements around a block's own. Two, because a theme may wrap each paragraph."""
    parent = document.elements[block.element].parent
    return {parent, document.elements[parent].parent} if parent != NO_ELEMENT else {NO_ELEMENT}


def _rejection(
    document: Document, block: Block, rule_results: RuleResults, score: Score, shared: float, is_undeclared: bool
) -> Verdict:
    """Return the verdict on a block that the scorer rejects. If a likely rule matches it, its reason is that rule's.

    `shared` is the probability that it has together with the other items of its list. `is_undeclared` says whether the
    text that the page declares should have the block, but does not.
    """
    span = rule_results.span
    is_with_list = shared < score.threshold <= score.probability
    against = [WITH_ITS_LIST.format(shared)] if is_with_list else score.evidence()
    if is_undeclared:
        against.insert(0, NOT_DECLARED)
    evidence = _evidence(against or [description(block.text)], score)
    if (rule := rule_results.likely.get(block.place)) is not None:
        return Verdict(rule.reason, rule.id, evidence)
    start, end = (span.first, span.last + 1) if document.plain else (span.start, span.end)
    inside = start <= block.place < end
    return Verdict(Reason.UNSURE if inside else Reason.OUTSIDE, evidence=evidence)


def _evidence(against: Sequence[str], score: Score) -> str:
    """Return the evidence against a block, and if its removal is doubtful, what the scorer has for it."""
    support = score.evidence(support=True) if score.is_doubtful else ()
    return f"against: {', '.join(against)}" + (f"; for: {', '.join(support)}" if support else "")


def _bare_headings(blocks: Sequence[Block], removals: Removals, kept: Collection[int]) -> Removals:
    """Return verdicts for the headings at the end of the text: what is under them is removed.

    A heading that the rules keep (`kept`) is text.
    """
    bare: Removals = {}
    for block in reversed(blocks):
        if block.place in removals:
            continue
        is_short = block.kind is Kind.HEADING and len(block.text) <= MAX_BARE_HEADING_LENGTH
        if not is_short or block.place in kept:
            return bare
        bare[block.place] = BARE_HEADING
    return bare
