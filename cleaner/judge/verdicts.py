"""From blocks to verdicts, in the order in which certainty falls.

What is hidden, what is the code of a script, and what a class or id names, goes first; then what is known from the
metadata (headline, standfirst); then what a line says of itself; then what stands under a heading that does; then links
that stand apart from the article; last the scorer weighs the evidence of what is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.blocks.text import finished, letters_of, size
from cleaner.judge.evidence import MOST_LINKED, NOWHERE, Sums, acts_as_heading, enclosing, is_prose, main_element
from cleaner.judge.lists import shared
from cleaner.judge.logistic import log_odds, probability
from cleaner.judge.repeated import repeated
from cleaner.judge.rules.matching import block_rules, element_rule
from cleaner.judge.rules.model import Part, Rule, Scope
from cleaner.judge.scorer import Score, score
from cleaner.judge.standfirst import Known, is_headline, is_standfirst, is_subtitle
from cleaner.models import Block, Document, Element, Keep, Kind, Reason, Verdict
from cleaner.page.code import is_code

# An element with more than this share (0 to 1) of the page's prose, or of its sure prose, is the article, whatever
# its class says: themes put such tokens on <body> and on wrappers.
MOST_PROSE = 0.5
MOST_SURE = 0.4
# Comments may be longer than what they are about. Of that, at least so many letters of prose stand before them.
LEAST_DISCUSSED = 500
# Where trafilatura vouches for less than this share of the prose that no rule takes, it has missed the article.
LEAST_VOUCHED = 0.25
# What is said of the author, however long it is, before the first paragraph or behind the last is none of them. Of what
# else rules know only there, disclaimers, as much is gold text as not.
ABOUT_AUTHOR = frozenset({Reason.AUTHOR_BOX, Reason.BYLINE})
# Notes on the author that are looked for at each edge of the article; of several authors, each may have one.
MOST_NOTES = 2
# Blocks of an element that holds nothing but such a note: a name, a role, the note, an address.
LONGEST_NOTE = 4
_LEADS_TO_AUTHOR = re.compile(
    r"^mailto:|//(?:www\.)?(?:twitter|x|instagram|linkedin|facebook|bsky|threads)\.|/(?:authors?|autor\w*|auteurs?|profile|"
    r"people|staff|contributors?|journalists?|columnists?|redaktion)/",
    re.IGNORECASE,
)
_CALLED_NOTE = re.compile(
    r"(?<![a-z])(?:authors?|autor\w*|auteurs?|bio\w*|about|notes?|contributors?|credits?|tagline|byline)"
)
# A first name or initial and a surname, which is the group. German writes every noun with a capital, "Der Autor" too.
_FULL_NAME = re.compile(
    r"(?!(?:An?|The|This|Der|Die|Das|Ein|Eine|El|La|Le|Les|Il|Lo|O|De|Het|Een|En|Ett?|Un|Une|Her|His|Our|Their) )"
    r"[^\W\d_][\w.'’-]* (?:[^\W\d_]\. )?([A-Z\u00c0-\u00de\u0400-\u042f][\w'’-]+) "
)
# A standfirst stands this near to the first paragraph, in blocks.
NEAR = 30
# A standfirst stands apart from the paragraphs, so a smaller probability (0 to 1) is enough where its class calls it
# so, right under the headline. Measured out of fold: with 0.5, five of a hundred newspapers' pages lose theirs; of the
# other articles, two in a hundred keep a summary that the gold text does not count.
LEAST_SUBTITLE = 0.03
# A paragraph in the article's element, vouched for where somebody was asked: losing one is worse than leaving one in.
LEAST_PARAGRAPH = 0.45
# The same in a plain text, which has lost enough before it comes here.
LEAST_PLAIN_PARAGRAPH = 0.14
# A sentence with somebody's words in quotes, at most so many blocks behind the last paragraph of a plain text: articles
# like to end on one, and a line of chrome quotes nobody. Of nine such lines in the development texts, all are text.
LEAST_CLOSING_QUOTE, CLOSING = 0.02, 3
_QUOTED = re.compile(r"[\"“”„«»「『][^\"“”„«»「」『』]{2,}[\"“”«»」』]")
# A heading, an item, a row or any sentence among the article's paragraphs, without links. Measured out of fold: of a
# hundred pages of newspapers, two fewer lose text, and one more keeps chrome.
LEAST_PART = 0.45
PARTS = frozenset((Kind.HEADING, Kind.LIST_ITEM, Kind.TABLE_ROW))
# A sentence right behind a paragraph of the same element, for articles like to end on three words; a paragraph of the
# element that holds most of them; a footnote. Measured out of fold, this costs nothing.
LEAST_SENTENCE = 0.2
FEW_PARAGRAPHS = 3
NOTES, NOTES_DEPTH = ("footnote", "endnote"), 3
# No block counts for more letters than this in what is doubted.
LONGEST_DOUBTED = 400
# What `keep` adds to the log-odds of each block.
LEANING = {Keep.MORE: 1.0, Keep.BALANCED: 0.0, Keep.LESS: -0.7}
# The first line of a plain text, where it is short and no sentence, is the headline four times out of five: to be
# text, it needs this probability.
LEAST_TITLE = 0.6
# Some pages set the standfirst over the headline.
BEFORE_HEADLINE = 3
# What an element is called that holds the article, the narrowest first.
ARTICLES = ("itemprop=articlebody", "<article>", "role=main", "<main>")
# Those of them that no page uses for anything else.
ARTICLE_ELEMENTS = ARTICLES[:2]
# Letters of the shortest line that is taken for the title without being a heading; "News" may begin one by chance.
LEAST_HEADLINE = 8
# Where less text than this is left, in letters, the page may be a brief. The scorer learned from longer articles, whose
# sentences vouch for each other.
LEAST_TEXT = 250
# Where less than this share (0 to 1) of the sure paragraphs is left, the scorer has never seen such an article: on
# three of 1,300 pages and texts, all of which are better off with the whole.
LEAST_LEFT = 0.2
# A page with more blocks than this of which none is text is a list.
LONGEST_BRIEF = 20
# More link text than this share (0 to 1) leaves nothing beside the links. A line of links this short, in letters, is no
# paragraph even where trafilatura vouches for it.
ONLY_LINK, LONGEST_LINK = 0.8, 120
# Letters of a line at the edges of a plain text: a section, a day, the name of the paper.
LONGEST_STRAY = 30
# A last heading longer than this, in letters, says something of its own.
LONGEST_BARE = 60
# Letters of a line of code in a plain text from which on it is none of a sample that readers are shown: in 872 texts,
# the samples' longest line without blanks has 70, and nothing else that is code is in them.
LEAST_SCRIPT = 200
# Classes of elements that show code, other than <pre>, and how far around it they stand.
SAMPLE = re.compile(
    r"(?:syntax-?)?highlight(?:er)?|hljs|prettyprint|codehilite|crayon[-_].*|source-?code|wp-block-code|language-[\w+#-]+"
)
SAMPLE_DEPTH = 3

KEPT = Verdict()
HIDDEN = Verdict(Reason.HIDDEN, evidence="the page hides it")
SCRIPT = Verdict(Reason.SCRIPT, evidence="serialised data or program code, not prose")
HEADLINE = Verdict(Reason.HEADLINE, evidence="the article's title")
TOP_HEADING = Verdict(Reason.HEADLINE, evidence="a top heading before the article's first paragraph")
CAPTION = Verdict(Reason.CAPTION, evidence="stands in a caption's element")
EMBED = Verdict(Reason.EMBED, evidence="a post of another service")
LINKS_OUTSIDE = Verdict(Reason.OUTSIDE, evidence="links that stand apart from the article's text")
STRAY = Verdict(Reason.UNSURE, evidence="a short line that is no sentence")
BARE_HEADING = Verdict(Reason.UNSURE, evidence="a heading with no kept text under it")
NO_EVIDENCE = "all of it together is unlike the article's text"

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


class Ruling(NamedTuple):
    """What rules and metadata say."""

    taken: Taken
    reading: Reading
    openers: frozenset[int]  # places of the standfirst


class Weighed(NamedTuple):
    """What rules and scorer say of each block, before anything is decided."""

    ruling: Ruling
    scores: Sequence[Score]
    doubt: float  # letters of the blocks that no rule takes, each weighted by how open its case is (0 to 0.25)


class Judgement(NamedTuple):
    """A verdict for each block, in order, and how sure they are together."""

    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]  # of each block, 0 to 1, that it is text; 0 where a rule takes it


def judge(document: Document, stands: Sequence[bool] | None, known: Known, keep: Keep = Keep.BALANCED) -> Judgement:
    """Says of each block whether it is the article's text.

    `stands` is the second opinion, `None` where nobody was asked: then all prose counts as vouched for. `keep` moves
    what the scorer decides, and nothing that a rule does.
    """
    return judgement(document, weighed(document, stands, known), known, keep)


def weighed(document: Document, stands: Sequence[bool] | None, known: Known) -> Weighed:
    """What is known of each block, for `judgement`; `stands` is that of `judge`."""
    ruling = ruled(document, stands, known)
    scores = score(document, stands, ruling.taken, known)
    return Weighed(ruling, scores, doubt(document.blocks, scores))


def judgement(document: Document, weighed: Weighed, known: Known, keep: Keep) -> Judgement:
    """The verdicts on a document that was weighed."""
    verdicts = decided(document, weighed.ruling, known, weighed.scores, keep)
    return Judgement(verdicts, tuple(score.probability for score in weighed.scores))


def doubt(blocks: Sequence[Block], scores: Sequence[Score]) -> float:
    """What `Weighed.doubt` says."""
    doubted = 0.0
    for block, own in zip(blocks, scores, strict=True):
        if chance := own.probability:  # of most blocks a rule is certain
            doubted += min(size(block.text), LONGEST_DOUBTED) * (chance * (1 - chance))
    return doubted


def ruled(document: Document, stands: Sequence[bool] | None, known: Known) -> Ruling:
    """What needs no weighing: what is hidden, named, known from the metadata, or says itself that it is chrome."""
    prose = [size(block.text) if is_prose(block) else 0 for block in document.blocks]
    vouched = [bool(p) for p in prose] if stands is None else list(stands)
    taken = _hidden(document, prose, vouched)
    taken |= _scripts(document, taken)
    taken |= _named(document, prose, vouched, taken)
    reading = _read(document, prose, vouched, taken, known)
    openers = _openers(document, reading, known, taken)
    if not document.plain:  # there, the first line is often a sentence of the text
        taken |= _titles(document, reading, known, taken)
    taken |= _said(document, reading, taken, openers, known)
    taken |= _set_apart(document, taken, openers)
    taken |= _links_outside(document, reading, taken, openers)
    return Ruling(taken, reading, openers)


def _set_apart(document: Document, taken: Taken, openers: frozenset[int]) -> Taken:
    """Captions and posts of other services."""
    apart = {Kind.CAPTION: CAPTION, Kind.EMBED: EMBED}
    free = (block for block in document.blocks if block.place not in taken and block.place not in openers)
    return {block.place: apart[block.kind] for block in free if block.kind in apart}


def _links_outside(document: Document, reading: Reading, taken: Taken, openers: frozenset[int]) -> Taken:
    """Blocks that are hardly more than links and stand outside the article's element.

    The scorer took five of 9,482 for text; on a newspaper's page, it is spared two blocks of five.
    """
    outside = (*document.blocks[: reading.start], *document.blocks[reading.end :])
    return {
        block.place: LINKS_OUTSIDE
        for block in outside
        if block.linked > ONLY_LINK and block.place not in taken and block.place not in openers
    }


def _of_blocks(document: Document, verdicts: Sequence[Verdict | None]) -> Taken:
    """The verdict on each block's innermost element, where there is one."""
    found = ((block.place, verdicts[block.element]) for block in document.blocks if block.element != NOWHERE)
    return {place: verdict for place, verdict in found if verdict is not None}


def _hidden(document: Document, prose: list[int], vouched: list[bool]) -> Taken:
    """Blocks that the page hides; none of them where most of the text is hidden, to be shown by a script."""
    if not any(element.hidden for element in document.elements):
        return {}
    verdicts: list[Verdict | None] = []
    for element in document.elements:
        around = verdicts[element.parent] if element.parent != NOWHERE else None
        verdicts.append(HIDDEN if element.hidden else around)
    hidden = _of_blocks(document, verdicts)
    sure = [p if v else 0 for p, v in zip(prose, vouched, strict=True)]
    if 2 * sum(sure[place] for place in hidden) > sum(sure):
        return {}
    return hidden


def _scripts(document: Document, taken: Taken) -> Taken:
    """Blocks that are no prose but data or code of a script, which a broken tag has left visible."""
    return {
        block.place: SCRIPT
        for block in document.blocks
        if block.place not in taken and is_code(block.text) and not _is_sample(document, block)
    }


def _is_sample(document: Document, block: Block) -> bool:
    """Whether code is shown to readers: by its element, or, in a plain text, by its length and its blanks."""
    if document.plain:
        return len(block.text) < LEAST_SCRIPT or '": ' in block.text
    near = islice(enclosing(document, block), SAMPLE_DEPTH)
    return block.kind is Kind.PREFORMATTED or any(
        SAMPLE.fullmatch(token) for index in near for token in document.elements[index].tokens
    )


def _named(document: Document, prose: list[int], vouched: list[bool], taken: Taken) -> Taken:
    """Blocks in elements whose class, id or tag a rule knows."""
    seen = [0 if place in taken else p for place, p in enumerate(prose)]
    vouched_for = [p if v else 0 for p, v in zip(seen, vouched, strict=True)]
    text, sure = Sums(seen), Sums(vouched_for)
    verdicts: list[Verdict | None] = []
    for element in document.elements:
        around = verdicts[element.parent] if element.parent != NOWHERE else None
        verdicts.append(_name_verdict(document, element, text, sure) if around is None else around)
    named = {place: verdict for place, verdict in _of_blocks(document, verdicts).items() if place not in taken}
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


def _name_verdict(document: Document, element: Element, text: Sums, sure: Sums) -> Verdict | None:
    rule = element_rule(element.tokens)
    if rule is None:
        return None
    run = (element.first, element.last)
    if _most(text.of(*run), sure.of(*run), text, sure) and not _is_discussion(document, rule.reason, *run, text):
        return None
    return Verdict(rule.reason, rule.id)


def _is_discussion(document: Document, reason: Reason | None, first: int, last: int, text: Sums) -> bool:
    """Whether blocks[first:last], called comments, are that, however long: behind what they are about."""
    if reason is not Reason.COMMENTS or text.of(0, first) < LEAST_DISCUSSED:
        return False
    return all(block.level != 1 for block in document.blocks[first:last])


def _most(text_held: int, sure_held: int, text: Sums, sure: Sums) -> bool:
    """Whether so much of the page's prose, or of its sure prose, can only be the article."""
    return text_held > MOST_PROSE * text.whole or sure_held > MOST_SURE * sure.whole


def _read(document: Document, prose: list[int], vouched: list[bool], taken: Taken, known: Known) -> Reading:
    free = [0 if place in taken else p for place, p in enumerate(prose)]
    sure = [p if v else 0 for p, v in zip(free, vouched, strict=True)]
    if sum(sure) < LEAST_VOUCHED * sum(free):
        sure = free
    start, end = 0, len(sure)
    main = main_element(document, Sums(sure))
    if main != NOWHERE:
        start, end = document.elements[main].first, document.elements[main].last
    places = [place for place in range(start, end) if sure[place]]
    if not places:
        return Reading(sure, start, end, end, start - 1)
    places = _trimmed(document, _trimmed(document, places, Part.AFTER, known), Part.BEFORE, known)
    for place in range(start, end):
        if not places[0] <= place <= places[-1]:
            sure[place] = 0
    return Reading(sure, start, end, places[0], places[-1])


def _trimmed(document: Document, places: list[int], part: Part, known: Known) -> list[int]:
    """The places of the sure paragraphs without those at one edge that a rule knows; one is always left.

    What a rule takes wherever it stands is no paragraph. Of notes on the author, `MOST_NOTES` go at most, and only if
    one of them has a second sign: an obituary says of others what such a note says of the author.
    """
    inwards = places[::-1] if part is Part.AFTER else places
    certain = 0  # paragraphs at the edge that are none
    notes = 0
    for count, place in enumerate(inwards[:-1], 1):
        block = document.blocks[place]
        rule = _text_rule(block, part, plain=document.plain)
        if rule is None:
            break
        if rule.part is Part.ANYWHERE:
            certain = count if certain == count - 1 else certain
            continue
        notes += 1
        if rule.reason not in ABOUT_AUTHOR or notes > MOST_NOTES:
            break
        if rule.reason is not Reason.AUTHOR_BOX or _is_on_author(document, block, places, known):
            certain = count
    return places[: len(places) - certain] if part is Part.AFTER else places[certain:]


def _is_on_author(document: Document, block: Block, paragraphs: Sequence[int], known: Known) -> bool:
    """Whether something else than its words says that a block is a note on the author.

    It names an author of the article, or begins with a name that none of the article's `paragraphs` (places) has; it is
    set in italics, begins with a link or leads to an author's page or account; or it stands in a small element that is
    called so.
    """
    if block.italic or (block.links and block.links[0][0] == 0):
        return True
    if (name := _FULL_NAME.match(block.text)) is not None and not any(
        name[1] in document.blocks[place].text for place in paragraphs if place != block.place
    ):
        return True
    if any(map(letters_of(block.text).__contains__, known.authors)) or any(map(_LEADS_TO_AUTHOR.search, block.targets)):
        return True
    near = (document.elements[index] for index in islice(enclosing(document, block), NOTES_DEPTH))
    return any(
        element.last - element.first <= LONGEST_NOTE and any(map(_CALLED_NOTE.search, element.tokens))
        for element in near
    )


def _openers(document: Document, reading: Reading, known: Known, taken: Taken) -> frozenset[int]:
    """Places of the standfirst: what stands between headline and first paragraph and sums the article up."""
    if document.plain:
        return frozenset()
    before = reversed(document.blocks[: reading.first])
    over = next((block.place for block in before if is_headline(block, known, before=True)), reading.first - NEAR)
    return frozenset(
        place
        for place in range(max(0, over - BEFORE_HEADLINE), min(over + NEAR, reading.first))
        if place not in taken and is_standfirst(document, place, known)
    )


def _titles(document: Document, reading: Reading, known: Known, taken: Taken) -> Taken:
    """The headline, wherever it stands before the article's second half, and the page's own top headings.

    Once a heading has said it, headings in the article's element may be the text's own, or say it again.
    """
    found: Taken = {}
    is_said = False
    for block in document.blocks:
        is_heading = block.kind is Kind.HEADING
        if is_said and is_heading and reading.start <= block.place < reading.end:
            continue
        if block.place not in taken and is_headline(block, known, before=block.place <= reading.first):
            found[block.place] = HEADLINE if letters_of(block.text) in known.titles else TOP_HEADING
            is_said = is_said or (is_heading and letters_of(block.text) in known.titles)
    return found


def _said(document: Document, reading: Reading, taken: Taken, openers: frozenset[int], known: Known) -> Taken:
    """Blocks whose own words a rule knows, and the sections under headings whose words a rule knows."""
    found: Taken = {}
    sections: Taken = {}
    for block in document.blocks:
        if block.place in taken or block.place in openers:
            continue
        rule = _text_rule(block, reading.part(block.place), plain=document.plain)
        if rule is None:
            continue
        verdict = Verdict(rule.reason, rule.id)
        found[block.place] = verdict
        if rule.scope is Scope.HEADING:
            sections |= {place: verdict for place in _section(document, block, reading) if place not in taken}
    return sections | found


def _text_rule(block: Block, part: Part, *, plain: bool) -> Rule | None:
    """The first rule that knows the words of a block in this part of the page, and whose shape it has."""
    for rule in block_rules(block, part=part, plain=plain):
        if rule.scope is not Scope.HEADING or acts_as_heading(block, plain=plain):
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


def decided(
    document: Document, ruling: Ruling, known: Known, scores: Sequence[Score], keep: Keep = Keep.BALANCED
) -> tuple[Verdict, ...]:
    """The verdicts where the scorer decides on all that no rule takes."""
    taken = dict(ruling.taken)
    chances = shared(document, [own.probability for own in scores], taken)
    body = _body(document, ruling.reading)
    for block, own, chance in zip(document.blocks, scores, chances, strict=True):
        if block.place in taken:
            continue
        if keep is not Keep.BALANCED:
            chance = probability(log_odds(chance) + LEANING[keep])
        if document.plain and is_headline(block, known, before=block.place <= ruling.reading.first):
            if chance < LEAST_TITLE:
                taken[block.place] = HEADLINE
        elif _is_stray(document, block, ruling.reading):
            taken[block.place] = STRAY
        elif chance < min(own.least, _least(document, block, ruling, body)):
            taken[block.place] = _unlikely(document, block, ruling.reading, own)
    kept = _left_over(ruling, taken)
    left = sum(size(block.text) for block in document.blocks if block.place not in taken or block.place in kept)
    if left < LEAST_TEXT:
        kept |= _brief(document, ruling, known, taken)
    taken = {place: verdict for place, verdict in taken.items() if place not in kept}
    taken |= repeated(document, taken)
    taken |= _bare_headings(document.blocks, taken)
    return tuple(taken.get(block.place, KEPT) for block in document.blocks)


def _left_over(ruling: Ruling, taken: Taken) -> set[int]:
    """Places of the sure paragraphs that no rule takes, where next to nothing of them would be left: none elsewhere."""
    sure = ruling.reading.sure
    left = sum(letters for place, letters in enumerate(sure) if place not in taken)
    if left >= LEAST_LEFT * sum(sure):
        return set()
    return {place for place, letters in enumerate(sure) if letters and place not in ruling.taken}


def _brief(document: Document, ruling: Ruling, known: Known, taken: Taken) -> set[int]:
    """Places of what is kept where hardly anything else is: a text of a line or two has no neighbours to vouch for it.

    A block that a rule takes is never kept. Of a plain text, which somebody took for an article, all sentences are
    kept; of a page, what stands in its one article element, else the sentences right under its headline.
    """
    free = [b for b in document.blocks if b.place not in ruling.taken and taken.get(b.place) is not HEADLINE]
    if document.plain:
        return {block.place for block in free if finished(block.text)}
    inside = _called_article(document, ARTICLES if known.declared else ARTICLE_ELEMENTS)
    own = [block for block in free if block.place in inside and block.linked < MOST_LINKED]
    if not own:
        return _under_headline(document, ruling.taken, known)
    is_text = len(own) <= LONGEST_BRIEF and any(finished(block.text) for block in own)
    return {block.place for block in own} if is_text else set()


def _under_headline(document: Document, taken: Taken, known: Known) -> set[int]:
    """Places of the sentences without links that follow the page's headline, up to anything that is none.

    The headline is the one top heading, or without any, the one line with which the article's title begins. What a rule
    takes, such as a byline or a caption, does not end the run.
    """
    tops = [block.place for block in document.blocks if block.level == 1]
    tops = tops or [block.place for block in document.blocks if _begins_title(block, known)]
    if len(tops) != 1:
        return set()
    found: set[int] = set()
    for block in document.blocks[tops[0] + 1 :]:
        if block.place in taken:
            continue
        if block.kind is Kind.HEADING or block.links or not finished(block.text):
            break
        found.add(block.place)
    return found


def _begins_title(block: Block, known: Known) -> bool:
    """Whether a block is the title of the page, which may go on with the name of the site."""
    letters = letters_of(block.text)
    return len(letters) >= LEAST_HEADLINE and any(title.startswith(letters) for title in known.titles)


def _called_article(document: Document, tokens: Sequence[str]) -> range:
    """The places in the element that is the only one to have one of the tokens, the first of them that there is."""
    for token in tokens:
        found = [element for element in document.elements if token in element.tokens]
        if len(found) == 1:
            return range(found[0].first, found[0].last)
    return range(0)


def _is_stray(document: Document, block: Block, reading: Reading) -> bool:
    """Whether a short line that is no sentence stands alone: on a page as a link, in plain text beyond all prose."""
    if block.kind is not Kind.PARAGRAPH or finished(block.text):
        return False
    if document.plain:
        return not reading.first <= block.place <= reading.last and size(block.text) < LONGEST_STRAY
    return block.linked > ONLY_LINK and len(block.text) < LONGEST_LINK


def _body(document: Document, reading: Reading) -> int:
    """The element that itself holds half of the sure paragraphs or more; `NOWHERE` where they are few or apart."""
    if document.plain:
        return NOWHERE
    sure = (block for block, letters in zip(document.blocks, reading.sure, strict=True) if letters)
    parents = Counter(document.elements[block.element].parent for block in sure)
    body, held = max(parents.items(), key=lambda item: item[1], default=(NOWHERE, 0))
    return body if held >= max(FEW_PARAGRAPHS, parents.total() / 2) else NOWHERE


def _least(document: Document, block: Block, ruling: Ruling, body: int) -> float:
    """The probability that is enough for a block that has more than the scorer on its side; 1 for all others.

    `body` is what `_body` says.
    """
    if block.place in ruling.openers and is_subtitle(document, block.place):
        return LEAST_SUBTITLE
    reading = ruling.reading
    if reading.start <= block.place < reading.end and finished(block.text):
        if not document.plain and (_goes_with(document, block, reading, body) or _is_note(document, block)):
            return LEAST_SENTENCE
        if reading.sure[block.place]:
            return LEAST_PLAIN_PARAGRAPH if document.plain else LEAST_PARAGRAPH
        is_close = reading.last < block.place <= reading.last + CLOSING
        if document.plain and is_close and _QUOTED.search(block.text):
            return LEAST_CLOSING_QUOTE
    is_inside = not document.plain and reading.first < block.place < reading.last
    is_part = block.kind in PARTS or finished(block.text)
    return LEAST_PART if is_inside and is_part and not block.links else 1.0


def _goes_with(document: Document, block: Block, reading: Reading, body: int) -> bool:
    """Whether a block without links goes with the article's paragraphs.

    It is one and stands in the `body`, or it is none and right behind one, or with one block between, in the same
    element.
    """
    if block.kind is not Kind.PARAGRAPH or block.links:
        return False
    if reading.sure[block.place]:
        return document.elements[block.element].parent == body != NOWHERE
    own = _around(document, block)
    before = document.blocks[max(0, block.place - 2) : block.place]
    return any(reading.sure[other.place] and not own.isdisjoint(_around(document, other)) for other in before)


def _is_note(document: Document, block: Block) -> bool:
    """Whether an element around the block is called a footnote: what the author wrote, small and apart."""
    near = islice(enclosing(document, block), NOTES_DEPTH)
    return any(token.startswith(NOTES) for index in near for token in document.elements[index].tokens)


def _around(document: Document, block: Block) -> set[int]:
    """The two elements around a block's own: a theme may wrap each paragraph by itself."""
    parent = document.elements[block.element].parent
    return {parent, document.elements[parent].parent} if parent != NOWHERE else {NOWHERE}


def _unlikely(document: Document, block: Block, reading: Reading, score: Score) -> Verdict:
    """Why a block goes that the scorer does not take for text."""
    start, end = (reading.first, reading.last + 1) if document.plain else (reading.start, reading.end)
    inside = start <= block.place < end
    return Verdict(Reason.UNSURE if inside else Reason.OUTSIDE, evidence=score.evidence() or NO_EVIDENCE)


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
