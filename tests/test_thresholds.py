"""Each tuned threshold of the judge, tried on both sides: a test fails if the threshold moves by a factor of 1.5.

A test is a pair of cases around the threshold that differ in one quantity only. Comments name the threshold and its
value. The probabilities are what the scorer would say, so that no learned weight plays a part.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from math import isclose, log1p

import pytest
import test_judge
from test_judge import ALL_RULES, HEADLINE, STORY, Box, Line, article, box, link, page, plain

import cleaner
from cleaner import pipeline
from cleaner.blocks.stats import PrefixSums, is_prose, main_element
from cleaner.judge.confidence import confidence_features
from cleaner.judge.context import PageContext
from cleaner.judge.decide import decide
from cleaner.judge.headline import is_standfirst
from cleaner.judge.list_items import share_probabilities
from cleaner.judge.logistic import LogisticModel, load_models
from cleaner.judge.page_kind.by_title import classify_small_page
from cleaner.judge.page_kind.classify import LEARNED_KINDS, PROOFS, WEIGHTS, classify_with
from cleaner.judge.page_kind.signals import SIGNALS, PageSignals
from cleaner.judge.partial import is_partial, is_prompted
from cleaner.judge.repeated import find_repeated
from cleaner.judge.rulings import RuleResults, apply_rules
from cleaner.judge.scorer.score import Score
from cleaner.judge.trafilatura_vote import ask_trafilatura, find_in_text
from cleaner.judge.verdicts import total_doubt
from cleaner.models import NO_ELEMENT, Block, Document, Element, Keep, Kind, PageKind, Reason, Verdict
from cleaner.odds import log_odds
from cleaner.page.parse import parse
from cleaner.text.measures import weighted_length

NOTHING_KNOWN = PageContext()
SURE = 0.99
MENU = "News Sport Weather"


def words(length: int, number: int = 0) -> str:
    """A text of this many characters that differs from number to number and has no stop."""
    return (f"Harbour {number} wall " + "stone after stone was carried from the quay to the cape " * 60)[
        : length - 1
    ] + "x"


def sentence(length: int, number: int = 0) -> str:
    """A sentence of this many characters."""
    return words(length - 1, number) + "."


def paragraphs(count: int, length: int = 100, first: int = 0) -> tuple[str, ...]:
    return tuple(sentence(length, first + number) for number in range(count))


def with_links(document: Document, place: int, share: float) -> Document:
    """The document, with this share of the characters of one block linked."""
    block = document.blocks[place]
    linked = block._replace(links=((0, round(share * len(block.text))),))
    return Document((*document.blocks[:place], linked, *document.blocks[place + 1 :]), document.elements)


def rules_on(
    document: Document, *, unvouched: Collection[str] = (), context: PageContext = NOTHING_KNOWN
) -> RuleResults:
    in_trafilatura = None if document.plain else [block.text not in unvouched for block in document.blocks]
    return apply_rules(document, in_trafilatura, context, ALL_RULES)


def removed_by_rules(document: Document, text: str, **options: object) -> bool:
    """Whether the rules remove the block with this text."""
    results = rules_on(document, **options)  # type: ignore[arg-type]
    return any(document.blocks[place].text == text for place in results.removals)


def kept_texts(
    document: Document,
    probabilities: dict[str, float],
    *,
    enough: float = 0.9,
    keep: Keep = Keep.BALANCED,
    context: PageContext = NOTHING_KNOWN,
) -> list[str]:
    """The texts that stay if the scorer gives these probabilities, and `SURE` to all other blocks."""
    scores = [Score(probabilities.get(block.text, SURE), enough) for block in document.blocks]
    verdicts = decide(document, rules_on(document, context=context), context, scores, keep)
    return [block.text for block, verdict in zip(document.blocks, verdicts, strict=True) if verdict.reason is None]


def is_kept(document: Document, text: str, probability: float, **options: object) -> bool:
    return text in kept_texts(document, {text: probability}, **options)  # type: ignore[arg-type]


class TestRulings:
    @pytest.mark.parametrize(("inside", "goes"), [(8, True), (13, False)])
    def test_share_of_prose(self, inside: int, goes: bool) -> None:
        """An element with more than half of the prose is the article, whatever its class says.

        MAX_SHARE_OF_PROSE = 0.5: shares of 0.4 and 0.65.
        """
        texts = paragraphs(inside, first=50)
        document = page(box("", *paragraphs(20 - inside)), box("related-posts", *texts))
        assert goes is removed_by_rules(document, texts[0], unvouched=texts)

    @pytest.mark.parametrize(("inside", "goes"), [(10, True), (15, False)])
    def test_share_of_sure_prose(self, inside: int, goes: bool) -> None:
        """So is an element with much of the prose that trafilatura extracts.

        MAX_SHARE_OF_SURE_PROSE = 0.4: shares of 0.33 and 0.5, of all prose 0.17 and 0.25.
        """
        texts, others = paragraphs(inside, first=50), paragraphs(30, first=100)
        document = page(box("", *paragraphs(30 - inside)), box("", *others), box("related-posts", *texts))
        assert goes is removed_by_rules(document, texts[0], unvouched=others)

    @pytest.mark.parametrize(("before", "goes"), [(4, False), (6, True)])
    def test_length_of_what_is_discussed(self, before: int, goes: bool) -> None:
        """Comments that are longer than everything before them are removed only if an article stands before them.

        MIN_DISCUSSED_LENGTH = 500 characters: 400 and 600.
        """
        comments = paragraphs(20, first=50)
        document = page(box("", *paragraphs(before)), box("comments-area", *comments))
        assert goes is removed_by_rules(document, comments[0])

    @pytest.mark.parametrize(("vouched", "sure"), [(4, 20), (6, 6)])
    def test_share_that_trafilatura_finds(self, vouched: int, sure: int) -> None:
        """If trafilatura finds little of the prose, it has missed the article, and all prose is sure.

        MIN_CONFIRMED_SHARE = 0.25: shares of 0.2 and 0.3.
        """
        texts = paragraphs(20)
        span = rules_on(article(*texts), unvouched=texts[vouched:]).span
        assert sure == sum(length > 0 for length in span.sure_lengths)

    @pytest.mark.parametrize(("between", "found"), [(24, True), (36, False)])
    def test_standfirst_after_the_headline(self, between: int, found: bool) -> None:
        """A standfirst is near the headline.

        MAX_BLOCKS_TO_PARAGRAPH = 30 blocks: 25 and 37.
        """
        fillers = (Line(f"Line {number}") for number in range(between))
        standfirst = Line(sentence(70), names="standfirst")
        document = article(Line(HEADLINE, "h1"), *fillers, standfirst, *STORY)
        assert found is bool(rules_on(document).standfirsts)

    @pytest.mark.parametrize(("between", "found"), [(2, True), (3, False)])
    def test_standfirst_before_the_headline(self, between: int, found: bool) -> None:
        """Some pages put it above the headline. MAX_BLOCKS_BEFORE_HEADLINE = 3 blocks."""
        fillers = (Line(f"Line {number}") for number in range(between))
        standfirst = Line(sentence(70), names="standfirst")
        document = article(standfirst, *fillers, Line(HEADLINE, "h1"), *STORY)
        assert found is bool(rules_on(document).standfirsts)

    @pytest.mark.parametrize(("share", "goes"), [(0.6, False), (0.95, True)])
    def test_link_only_lines(self, share: float, goes: bool) -> None:
        """Blocks outside the article's element are removed if they are links and little else.

        MIN_LINK_ONLY_DENSITY = 0.8: link densities of 0.6 and 0.95.
        """
        text = words(70)
        document = with_links(page(box("", text), box("", *STORY)), 0, share)
        assert goes is removed_by_rules(document, text)

    @pytest.mark.parametrize(("length", "goes"), [(160, False), (250, True)])
    def test_code_in_plain_text(self, length: int, goes: bool) -> None:
        """A short line of code in plain text is a sample that readers are shown.

        MIN_CODE_LINE_LENGTH = 200 characters: 160 and 250.
        """
        code = ("var a=function(b){return c[0]};if(a&&b){d(e);}" * 9)[:length]
        assert goes is removed_by_rules(plain(*STORY, code), code)

    @pytest.mark.parametrize(("around", "goes"), [(1, False), (2, True)])
    def test_depth_of_code_samples(self, around: int, goes: bool) -> None:
        """The class of a code sample is on the block's element or close around it. SAMPLE_DEPTH = 3 elements."""
        code = "var a=function(b){return c[0]};if(a&&b){d(e);}" * 9
        sample: Line | Box = Line(code)
        for _ in range(around):
            sample = box("", sample)
        assert goes is removed_by_rules(article(*STORY, box("highlight", sample)), code)

    @pytest.mark.parametrize(("length", "goes"), [(34, True), (50, False)])
    def test_sentence_that_ends_a_section(self, length: int, goes: bool) -> None:
        """A sentence of some length ends the section of a removed heading.

        MIN_SECTION_TEXT_LENGTH = 40 characters: 34 and 50.
        """
        text = sentence(length)
        document = article(*STORY, Line("Related articles", "h2"), link("Ferry timetable", "li"), Line(text))
        assert goes is removed_by_rules(document, text)

    @pytest.mark.parametrize(("lines", "goes"), [(5, True), (8, False)])
    def test_section_of_plain_text(self, lines: int, goes: bool) -> None:
        """In plain text, a removed heading removes a few lines after it.

        MAX_PLAIN_SECTION_LINES = 6 lines: the fifth and the eighth.
        """
        texts = [words(30, number) for number in range(lines)]
        assert goes is removed_by_rules(plain(*STORY, "Related articles", *texts), texts[-1])


class TestDecision:
    @pytest.mark.parametrize(("probability", "stays"), [(0.025, False), (0.035, True)])
    def test_subtitle(self, probability: float, stays: bool) -> None:
        """MIN_SUBTITLE_PROBABILITY = 0.03, for a standfirst that its class names, right under the headline."""
        text = sentence(60)
        document = article(Line(HEADLINE, "h1"), Line(text, names="standfirst"), *STORY)
        assert stays is is_kept(document, text, probability)

    @pytest.mark.parametrize(("probability", "stays"), [(0.25, False), (0.35, True)])
    def test_paragraph_of_plain_text(self, probability: float, stays: bool) -> None:
        """MIN_PLAIN_PARAGRAPH_PROBABILITY = 0.3."""
        assert stays is is_kept(plain(*STORY), STORY[3], probability)

    @pytest.mark.parametrize(("probability", "stays"), [(0.016, False), (0.025, True)])
    def test_closing_quote(self, probability: float, stays: bool) -> None:
        """MIN_CLOSING_QUOTE_PROBABILITY = 0.02, for a quote after the last paragraph of plain text."""
        quote = '"Nobody here wants that," she said.'
        assert stays is is_kept(plain(*STORY, quote), quote, probability)

    def test_a_likely_rule(self) -> None:
        """What a likely rule matches has no lower threshold because of its place."""
        appeal = 'Get "From the Quay", the news of the harbour, delivered to your inbox every evening.'
        assert not is_kept(plain(*STORY, appeal), appeal, 0.3)
        assert is_kept(plain(*STORY, appeal.replace("Get", "She gets")), appeal.replace("Get", "She gets"), 0.3)

    @pytest.mark.parametrize(("between", "stays"), [(2, True), (3, False)])
    def test_distance_of_a_closing_quote(self, between: int, stays: bool) -> None:
        """MAX_BLOCKS_TO_CLOSING_QUOTE = 3 blocks after the last paragraph."""
        quote = '"Nobody here wants that," she said.'
        fillers = (f"It rained on day {number}." for number in range(between))
        assert stays is is_kept(plain(*STORY, *fillers, quote), quote, 0.1)

    @pytest.mark.parametrize(("probability", "stays"), [(0.16, False), (0.25, True)])
    def test_sentence_of_the_body(self, probability: float, stays: bool) -> None:
        """MIN_SENTENCE_PROBABILITY = 0.2, for a paragraph of the element that holds most of them."""
        assert stays is is_kept(article(*STORY), STORY[3], probability)

    @pytest.mark.parametrize(("count", "stays"), [(2, False), (3, True)])
    def test_paragraphs_of_the_body(self, count: int, stays: bool) -> None:
        """MIN_BODY_PARAGRAPHS = 3 paragraphs make an element the article's body."""
        texts = paragraphs(count, length=300)
        assert stays is is_kept(article(*texts), texts[1], 0.25)

    @pytest.mark.parametrize(("around", "stays"), [(1, True), (2, False)])
    def test_depth_of_footnotes(self, around: int, stays: bool) -> None:
        """The name of a footnote is on its element or close around it. NOTES_DEPTH = 3 elements."""
        note: Line | Box = Line("See the report of 1999.", "li")
        for _ in range(around):
            note = box("", note)
        document = article(*STORY, box("footnotes", note))
        assert stays is is_kept(document, "See the report of 1999.", 0.25)

    @pytest.mark.parametrize(
        ("keep", "probability", "stays"),
        [(Keep.MORE, 0.16, False), (Keep.MORE, 0.21, True), (Keep.LESS, 0.64, False), (Keep.LESS, 0.7, True)],
    )
    def test_keep(self, keep: Keep, probability: float, stays: bool) -> None:
        """LOG_ODDS_OF_KEEP = 1.5 for `more` and -0.7 for `less`: one half is enough from 0.18 and from 0.67 on."""
        document = plain(*STORY[:4], "The wall", *STORY[4:])
        assert stays is is_kept(document, "The wall", probability, enough=0.5, keep=keep)

    @pytest.mark.parametrize(("probability", "stays"), [(0.5, False), (0.65, True)])
    def test_title_of_plain_text(self, probability: float, stays: bool) -> None:
        """MIN_TITLE_PROBABILITY = 0.6, for the first line of a plain text to be text and not the headline."""
        context = PageContext.of(title=HEADLINE)
        assert stays is is_kept(plain(HEADLINE, *STORY), HEADLINE, probability, enough=0.1, context=context)

    @pytest.mark.parametrize(("title", "stays"), [("Storms", False), ("Storm harm", True)])
    def test_length_of_a_headline(self, title: str, stays: bool) -> None:
        """A line that begins the title is the headline if it is long enough. MIN_HEADLINE_LENGTH = 8 letters."""
        text = "The harbour is shut."
        context = PageContext.of(title=f"{title} in the harbour of Westport")
        assert stays is is_kept(page(Line(title), Line(text)), text, 0.01, context=context)

    @pytest.mark.parametrize(("length", "stays"), [(200, True), (320, False)])
    def test_length_of_a_brief(self, length: int, stays: bool) -> None:
        """If little else is kept, every sentence of a plain text is. MIN_TEXT_LENGTH = 250 characters."""
        assert stays is is_kept(plain(sentence(length), "It rained all day."), "It rained all day.", 0.001)

    @pytest.mark.parametrize(("count", "stays"), [(3, True), (5, False)])
    def test_share_that_is_left(self, count: int, stays: bool) -> None:
        """If next to nothing of the paragraphs would be left, all stay. MIN_SHARE_LEFT = 0.2: 0.15 and 0.25."""
        texts = paragraphs(20, length=200)
        kept = kept_texts(plain(*texts), dict.fromkeys(texts[count:], 0.01))
        assert stays is (texts[-1] in kept)

    @pytest.mark.parametrize(("count", "stays"), [(18, True), (25, False)])
    def test_blocks_of_a_brief(self, count: int, stays: bool) -> None:
        """An <article> of short sentences is a brief, one of many is a list. MAX_BRIEF_BLOCKS = 20 blocks."""
        texts = [f"It rained on day {number}." for number in range(count)]
        kept = kept_texts(page(box("", *texts, tag="article")), dict.fromkeys(texts, 0.01))
        assert stays is (texts[0] in kept)

    @pytest.mark.parametrize(("length", "stays"), [(25, False), (36, True)])
    def test_stray_line(self, length: int, stays: bool) -> None:
        """A short line before the text of a plain text is removed. MAX_STRAY_LENGTH = 30 characters."""
        text = words(length)
        assert stays is is_kept(plain(text, *STORY), text, SURE)

    @pytest.mark.parametrize(("length", "stays"), [(100, False), (150, True)])
    def test_stray_link(self, length: int, stays: bool) -> None:
        """So is a line on a page that is nothing but a link. MAX_LINK_LINE_LENGTH = 120 characters."""
        text = words(length)
        assert stays is is_kept(article(*STORY[:4], link(text), *STORY[4:]), text, SURE)

    @pytest.mark.parametrize(("length", "stays"), [(50, False), (72, True)])
    def test_last_heading(self, length: int, stays: bool) -> None:
        """A short heading without text under it is removed. MAX_BARE_HEADING_LENGTH = 60 characters."""
        text = words(length)
        assert stays is is_kept(article(*STORY, Line(text, "h2")), text, SURE)

    @pytest.mark.parametrize(("length", "doubt"), [(320, 80.0), (500, 100.0)])
    def test_doubt(self, length: int, doubt: float) -> None:
        """A long block counts for no more than some of its characters. MAX_DOUBTED_LENGTH = 400 characters."""
        (block,) = plain(words(length)).blocks
        assert doubt == total_doubt([block], [Score(0.5, 0.5)])


class TestHeadline:
    @pytest.mark.parametrize(("length", "found"), [(34, False), (50, True)])
    def test_length_of_a_named_standfirst(self, length: int, found: bool) -> None:
        """MIN_STANDFIRST_LENGTH = 40 characters, for a line that is not near the headline."""
        document = article(Line("Monday"), Line(words(length), names="standfirst"), *STORY)
        assert found is is_standfirst(document, 1, NOTHING_KNOWN)

    @pytest.mark.parametrize(("length", "found"), [(15, False), (25, True)])
    def test_length_of_a_standfirst_near_the_headline(self, length: int, found: bool) -> None:
        """MIN_NEAR_LENGTH = 20 characters."""
        document = article(Line(HEADLINE, "h1"), Line("Monday"), Line(words(length), names="standfirst"), *STORY)
        assert found is is_standfirst(document, 2, NOTHING_KNOWN)

    @pytest.mark.parametrize(("length", "found"), [(34, False), (50, True)])
    def test_length_of_a_second_heading(self, length: int, found: bool) -> None:
        """MIN_STANDFIRST_LENGTH = 40 characters, for a heading right under the headline."""
        document = article(Line(HEADLINE, "h1"), Line(words(length), "h2"), *STORY)
        assert found is is_standfirst(document, 1, NOTHING_KNOWN)

    @pytest.mark.parametrize(("between", "found"), [(2, True), (3, False)])
    def test_distance_to_the_headline(self, between: int, found: bool) -> None:
        """MAX_BLOCKS_TO_HEADLINE = 3 blocks, for a sentence without a class."""
        fillers = (Line(f"Line {number}") for number in range(between))
        document = article(Line(HEADLINE, "h1"), *fillers, Line(sentence(75)), *STORY)
        assert found is is_standfirst(document, between + 1, NOTHING_KNOWN)

    @pytest.mark.parametrize(("same", "found"), [(32, False), (50, True)])
    def test_beginning_of_the_description(self, same: int, found: bool) -> None:
        """MIN_SAME_START = 40 letters of a description that is cut off must begin the standfirst."""
        letters = "thewallofwestportstoodforahundredyearsuntilthestormofmondaycame"[:same]
        text = " ".join(letters[start : start + 3] for start in range(0, same, 3))
        context = PageContext.of(title=HEADLINE, description=text)
        document = article(Line("Monday"), Line(text), *STORY)
        assert found is is_standfirst(document, 1, context)

    @pytest.mark.parametrize(("around", "found"), [(1, True), (2, False)])
    def test_depth_of_a_named_standfirst(self, around: int, found: bool) -> None:
        """MAX_STANDFIRST_DEPTH = 3 elements around a block are asked for their names, its own included."""
        standfirst: Line | Box = Line(words(55))
        for _ in range(around):
            standfirst = box("", standfirst)
        document = article(Line("Monday"), box("standfirst", standfirst), *STORY)
        assert found is is_standfirst(document, 1, NOTHING_KNOWN)

    @pytest.mark.parametrize(("name", "known"), [("Lia", False), ("Lia Q", True), ("Lia Qu", True)])
    def test_length_of_a_name(self, name: str, known: bool) -> None:
        """MIN_NAME_LENGTH = 4 letters, for a name that is looked for in texts."""
        assert known is bool(PageContext.of(title=None, authors=[name]).authors)


class TestBlockStatistics:
    @pytest.mark.parametrize(("length", "prose"), [(65, False), (100, True)])
    def test_length_of_prose(self, length: int, prose: bool) -> None:
        """MIN_PROSE_LENGTH = 80 characters."""
        assert prose is is_prose(plain(sentence(length)).blocks[0])

    @pytest.mark.parametrize(("share", "prose"), [(0.4, True), (0.6, False)])
    def test_link_density_of_prose(self, share: float, prose: bool) -> None:
        """MAX_LINK_DENSITY = 0.5."""
        assert prose is is_prose(with_links(article(sentence(200)), 0, share).blocks[0])

    @pytest.mark.parametrize(("inside", "found"), [(12, False), (18, True)])
    def test_main_element(self, inside: int, found: bool) -> None:
        """MIN_MAIN_SHARE = 0.8 of the sure paragraphs are in the article's element: 0.6 and 0.9."""
        document = page(box("outer", *paragraphs(20 - inside), box("inner", *paragraphs(inside, first=50))))
        sure = PrefixSums([len(block.text) for block in document.blocks])
        main = main_element(document, sure)
        assert main != NO_ELEMENT
        assert found is ("inner" in document.elements[main].tokens)


class TestAuthorNotes:
    NOTES = test_judge.TestNotesAtTheEnds.NOTES

    @pytest.mark.parametrize(("count", "sure"), [(1, 8), (2, 8), (3, 9)])
    def test_number_of_notes(self, count: int, sure: int) -> None:
        """MAX_NOTES = 2 notes are removed from an end of the article."""
        document = article(*STORY, *(Line(text, italic=True) for text in self.NOTES[:count]))
        assert sure == sum(length > 0 for length in rules_on(document).span.sure_lengths)

    @pytest.mark.parametrize(("lines", "sure"), [(3, 8), (4, 9)])
    def test_blocks_of_a_note(self, lines: int, sure: int) -> None:
        """MAX_NOTE_BLOCKS = 4 blocks may be in an element whose name marks a note, the note included."""
        fillers = (Line(f"Line {number}") for number in range(lines))
        results = rules_on(article(*STORY, box("article-note", *fillers, self.NOTES[0])))
        assert sure == sum(length > 0 for length in results.span.sure_lengths)

    @pytest.mark.parametrize(("around", "sure"), [(1, 8), (2, 9)])
    def test_depth_of_a_named_note(self, around: int, sure: int) -> None:
        """MAX_NOTE_DEPTH = 3 elements around a note are checked for their names, its own included."""
        note: Line | Box = Line(self.NOTES[0])
        for _ in range(around):
            note = box("", note)
        results = rules_on(article(*STORY, box("article-note", note)))
        assert sure == sum(length > 0 for length in results.span.sure_lengths)


class TestListItems:
    def test_length_that_counts(self) -> None:
        """MAX_ITEM_LENGTH = 200 characters of an item count: a long one weighs as much as one of that length."""
        items = [Line(words(length), "li") for length in (200, 600)]
        document = page(box("", *items, tag="ul"))
        shared = share_probabilities(document, [0.1, 0.9], ())
        assert isclose(0.5, shared[0])
        shorter = share_probabilities(page(box("", Line(words(160), "li"), items[1], tag="ul")), [0.1, 0.9], ())
        assert shorter[0] > 0.55


class TestPartial:
    @pytest.mark.parametrize(("count", "partial"), [(80, True), (120, False)])
    def test_share_of_the_declared_words(self, count: int, partial: bool) -> None:
        """MIN_DECLARED_SHARE = 0.5 of the words that the page declares: 0.4 and 0.6."""
        document = plain(*STORY)
        kept = [Verdict()] * len(STORY)
        assert partial is is_partial(document, kept, words=count, declared=200)

    @pytest.mark.parametrize(("declared", "partial"), [(125, False), (180, True)])
    def test_declared_words(self, declared: int, partial: bool) -> None:
        """MIN_DECLARED_WORDS = 150."""
        assert partial is is_partial(plain(*STORY), [Verdict()] * len(STORY), words=20, declared=declared)

    @pytest.mark.parametrize(("share", "partial"), [(1.2, False), (1.3, True)])
    def test_declared_characters(self, share: float, partial: bool) -> None:
        """CHARACTER_COUNT_TOLERANCE = 0.25: a number near that of the characters is the number of characters."""
        length = sum(map(len, STORY))
        declared = round(share * length)
        assert partial is is_partial(plain(*STORY), [Verdict()] * len(STORY), words=150, declared=declared)

    @pytest.mark.parametrize(("count", "partial"), [(10, True), (15, False)])
    def test_length_of_a_teaser(self, count: int, partial: bool) -> None:
        """MAX_TEASER_LENGTH = 1200 characters, for a text with a link to the rest: 1,000 and 1,500."""
        document = article(*paragraphs(count), link("Continue reading"))
        verdicts = [*[Verdict()] * count, Verdict(Reason.RELATED, "read-more")]
        assert partial is is_partial(document, verdicts, words=None, declared=None)

    @pytest.mark.parametrize(("between", "prompted"), [(6, True), (9, False)])
    def test_distance_of_a_prompt(self, between: int, prompted: bool) -> None:
        """MAX_BLOCKS_TO_PROMPT = 8 blocks after the last kept one: 7 and 10."""
        document = plain(*STORY[:2], *(f"Line {number}" for number in range(between)), "Subscribe to continue reading")
        gone = [Verdict(Reason.OUTSIDE, evidence="a line")] * between
        verdicts = [Verdict(), Verdict(), *gone, Verdict(Reason.PAYWALL, "subscriber-only")]
        assert prompted is is_prompted(document, verdicts)


class TestRepeated:
    @pytest.mark.parametrize(("length", "goes"), [(42, False), (60, True)])
    def test_length_of_a_pull_quote(self, length: int, goes: bool) -> None:
        """MIN_QUOTE_LENGTH = 40 letters: 34 and 49."""
        quote = STORY[2][:length].strip()
        document = article(*STORY[:4], Line(quote, "blockquote"), *STORY[4:])
        assert goes is (4 in find_repeated(document, {}))

    @pytest.mark.parametrize(("length", "goes"), [(70, False), (120, True)])
    def test_length_of_a_copied_paragraph(self, length: int, goes: bool) -> None:
        """MIN_COPY_LENGTH = 80 letters: about 58 and 100."""
        texts = paragraphs(3, length=length)
        assert goes is bool(find_repeated(page(box("wide", *texts), box("narrow", *texts)), {}))

    @pytest.mark.parametrize(("own", "goes"), [(4, False), (1, True)])
    def test_share_that_is_copied(self, own: int, goes: bool) -> None:
        """MIN_COPIED_SHARE = 0.8 of an element's text must be on the page before: 0.6 and 0.86."""
        texts = paragraphs(6, length=150)
        copy = (*texts, *paragraphs(own, length=150, first=50))
        lines = [*((text, 1) for text in texts), *((text, 2) for text in copy)]
        blocks = tuple(Block(n, Kind.PARAGRAPH, text, element=parent) for n, (text, parent) in enumerate(lines))
        elements = (
            Element(NO_ELEMENT, "body", frozenset({"<body>"}), False, 0, len(blocks)),
            Element(0, "div", frozenset({"wide"}), False, 0, 6),
            Element(0, "div", frozenset({"narrow"}), False, 6, len(blocks)),
        )
        assert goes is bool(find_repeated(Document(blocks, elements), {}))

    @pytest.mark.parametrize(("count", "goes"), [(80, True), (120, False)])
    def test_number_of_quotes(self, count: int, goes: bool) -> None:
        """MAX_QUOTES = 100: a page with more is made of quotes."""
        quotes = [Line(words(90, number), "blockquote") for number in range(count - 1)]
        pull = Line(STORY[2][:90], "blockquote")
        assert goes is bool(find_repeated(article(*STORY, *quotes, pull), {}))

    @pytest.mark.parametrize(("count", "goes"), [(2, False), (3, True)])
    def test_paragraphs_of_a_passage(self, count: int, goes: bool) -> None:
        """MIN_PASSAGE_PARAGRAPHS = 3 paragraphs of plain text come again."""
        texts = paragraphs(count, length=150)
        assert goes is bool(find_repeated(plain(*texts, "A line.", *texts), {}))

    @pytest.mark.parametrize(("count", "goes"), [(9, False), (16, True)])
    def test_length_of_a_copied_list(self, count: int, goes: bool) -> None:
        """MIN_COPIED_LIST_LENGTH = 1,000 letters of a list come again: about 770 and 1,360."""
        items = [Line(words(100, number), "li") for number in range(count)]
        document = page(box("wide", *items, tag="ul"), box("narrow", *items, tag="ul"))
        assert goes is bool(find_repeated(document, {}))


class TestOthers:
    @pytest.mark.parametrize(("length", "found"), [(26, False), (40, True)])
    def test_length_that_is_found_within_lines(self, length: int, found: bool) -> None:
        """MIN_CONTAINED_LENGTH = 30 letters: shorter texts must be a whole line of trafilatura's text."""
        text = "thewallofwestportstoodforahundredyears"[:length].ljust(length, "z")
        (block,) = plain(text).blocks
        assert found is find_in_text((block,), f"before {text} after")[0]

    @pytest.mark.parametrize(("cuts", "found"), [((45,), True), (range(13, 60, 13), False)])
    def test_pieces_that_are_found(self, cuts: Collection[int], found: bool) -> None:
        """PIECE_LENGTH = 20 letters: more than half of a text's pieces must be found whole."""
        letters = "abcdefghijklmnopqrstuvwxyzzyxwvutsrqponmlkjihgfedcbacegikmoq"
        text = "".join(f"0{letter}" if place in cuts else letter for place, letter in enumerate(letters))
        assert found is find_in_text(plain(letters).blocks, f"before {text} after")[0]

    @pytest.mark.parametrize(("probability", "open_cases"), [(0.15, 0), (0.25, 1), (0.75, 1), (0.85, 0)])
    def test_undecided(self, probability: float, open_cases: int) -> None:
        """UNDECIDED = 0.2 to 0.8."""
        document = plain(*STORY)
        sure = [SURE] * (len(STORY) - 1)
        both = [confidence_features(document, [Verdict()] * 8, [*sure, each])["open"] for each in (probability, SURE)]
        assert open_cases == (both[0] > both[1])

    @pytest.mark.parametrize(("length", "counted"), [(320, 160.0), (500, 200.0)])
    def test_length_that_counts_for_confidence(self, length: int, counted: float) -> None:
        """MAX_COUNTED_LENGTH = 400 characters of a block count for the confidence."""
        features = confidence_features(plain(words(length)), [Verdict()], [0.5])
        assert isclose(log1p(counted), features["foreign"])

    @pytest.mark.parametrize(("count", "share"), [(24, 2.4), (40, 3.0)])
    def test_share_for_confidence(self, count: int, share: float) -> None:
        """MAX_SHARE = 3.0: what is likely lost counts for at most three times the text."""
        document = plain(words(100), *(words(100, number) for number in range(count)))
        gone = Verdict(Reason.OUTSIDE, evidence="a line")
        features = confidence_features(document, [Verdict(), *[gone] * count], [1.0, *[0.1] * count])
        assert isclose(share, features["lost_share"])

    @pytest.mark.parametrize(("rows", "asked"), [(280, True), (350, False)])
    def test_cells_of_a_table(self, rows: int, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        """MAX_GRID_CELLS = 100,000 cells: trafilatura is not asked about larger tables. 78,400 and 122,500 cells."""
        monkeypatch.setattr("cleaner.judge.trafilatura_vote.extract_text", lambda root: "")
        table = "<table><tr>" + "<td>1</td>" * rows + "</tr>" + "<tr><td>1</td></tr>" * (rows - 1) + "</table>"
        root = parse(table).root
        assert asked is (ask_trafilatura(root, Document((), ())) is not None)


def head(*titles: str, **values: float) -> PageSignals:
    """The signals of a page that declares nothing but its titles."""
    return PageSignals({"says_article": 0.0, "og_article": 0.0, **values}, titles, False)


def small_kind(signals: PageSignals, document: Document, *, kept: bool = True) -> PageKind | None:
    own = document.blocks if kept else ()
    found = classify_small_page(signals, document, own, sum(weighted_length(block.text) for block in own))
    return found[0] if found else None


class TestPageKinds:
    CONSENT = "We use cookies on this site, and so do our partners; please accept them to read the page that you want."
    SCRIPT = "You need to enable JavaScript to run this app, because it is drawn in your browser by a program there."

    @pytest.mark.parametrize(("length", "kind"), [(1_000, PageKind.ERROR), (1_500, None)])
    def test_length_of_a_small_page(self, length: int, kind: PageKind | None) -> None:
        """MAX_SMALL_PAGE_LENGTH = 1200 characters: a page with more text is an article, whatever its title says."""
        signals = head("Page not found", **dict.fromkeys(SIGNALS, 0.0))
        found = classify_with(load_models(WEIGHTS), signals, plain(sentence(length)), [Verdict()])
        assert kind is found.kind

    @pytest.mark.parametrize(("length", "kind"), [(33, PageKind.EMPTY), (50, None)])
    def test_length_of_a_sentence(self, length: int, kind: PageKind | None) -> None:
        """MIN_SENTENCE_LENGTH = 40 characters: with less text, a page is empty."""
        assert kind is small_kind(head(), plain(sentence(length)))

    @pytest.mark.parametrize(("length", "kind"), [(150, PageKind.ERROR), (230, None)])
    def test_length_of_a_title(self, length: int, kind: PageKind | None) -> None:
        """MAX_TITLE_LENGTH = 200 characters of a title are read."""
        assert kind is small_kind(head(f"{words(length)} | Not found"), plain(sentence(300)))

    @pytest.mark.parametrize(("length", "kind"), [(60, None), (25, PageKind.NEEDS_JAVASCRIPT)])
    def test_share_of_speech(self, length: int, kind: PageKind | None) -> None:
        """MIN_SPEECH_SHARE = 0.7 of the text speaks as a page of the kind does: 0.63 and 0.8."""
        assert kind is small_kind(head(), plain(self.SCRIPT, sentence(length)))

    @pytest.mark.parametrize(("length", "kind"), [(1_600, PageKind.NEEDS_JAVASCRIPT), (2_500, PageKind.EMPTY)])
    def test_length_of_speech(self, length: int, kind: PageKind) -> None:
        """MAX_SPEECH_LENGTH = 2000 characters of a block are searched for such speech."""
        assert kind is small_kind(head(), plain(f"{words(length)} {self.SCRIPT}"), kept=False)

    @pytest.mark.parametrize(("length", "kind"), [(34, PageKind.CONSENT), (50, None)])
    def test_length_of_a_button(self, length: int, kind: PageKind | None) -> None:
        """MAX_BUTTON_LENGTH = 40 characters: a longer line is not the button that gives consent."""
        button = "Accept all".ljust(length)
        assert kind is small_kind(head("Harbour Post and your privacy"), plain(self.CONSENT, button))

    @staticmethod
    def learned(
        odds: float,
        support: float,
        *texts: str,
        kind: PageKind = PageKind.LISTING,
        proof: float = 1.0,
        og_article: float = 0.0,
    ) -> PageKind | None:
        """The kind of a page if the model gives these log-odds of a kind, so much of them by one of its signals.

        `proof` is the value of that signal. The texts are kept, apart from menus.
        """
        document = plain(*texts or STORY[:2])
        verdicts = [Verdict(Reason.OUTSIDE) if block.text == MENU else Verdict() for block in document.blocks]
        signal = PROOFS[kind][0]
        signals = dict.fromkeys(SIGNALS, 0.0) | {signal: proof, "og_article": og_article}
        models = {other: LogisticModel(-30.0, {}, {}) for other in LEARNED_KINDS}
        models[kind] = LogisticModel(odds - support, {signal: support / proof}, {signal: 0.0})
        return classify_with(models, head(**signals), document, verdicts).kind

    @pytest.mark.parametrize(
        ("declared", "chance", "kind"),
        [(0.0, 0.5, None), (0.0, 0.7, PageKind.LISTING), (1.0, 0.7, None), (1.0, 0.85, PageKind.LISTING)],
    )
    def test_probability_of_a_kind(self, declared: float, chance: float, kind: PageKind | None) -> None:
        """MIN_OTHER_PROBABILITY = 0.6, and MIN_OTHER_PROBABILITY_IF_DECLARED = 0.8 for a page that says it is one."""
        assert kind is self.learned(log_odds(chance), 2.0, og_article=declared)

    @pytest.mark.parametrize(("length", "kind"), [(600, PageKind.LISTING), (800, None)])
    def test_length_of_a_run(self, length: int, kind: PageKind | None) -> None:
        """MIN_RUN_LENGTH = 700 characters: a page with such a text is no listing."""
        assert kind is self.learned(4.0, 2.0, sentence(length))

    @pytest.mark.parametrize(("pieces", "kind"), [(1, None), (2, PageKind.LISTING)])
    def test_share_of_a_run(self, pieces: int, kind: PageKind | None) -> None:
        """MIN_RUN_SHARE = 0.5 of the kept text: the longest run has 0.57 and 0.4 of it."""
        texts = [sentence(800)] + [*[MENU] * 4, sentence(600)] * pieces
        assert kind is self.learned(4.0, 2.0, *texts)

    @pytest.mark.parametrize("kind", [PageKind.SHOP, PageKind.FORUM])
    def test_probability_with_a_coherent_text(self, kind: PageKind) -> None:
        """MIN_OTHER_PROBABILITY_IF_COHERENT = 0.9 for a page with one long text."""
        assert self.learned(log_odds(0.85), 2.0, sentence(800), kind=kind) is None
        assert kind is self.learned(log_odds(0.93), 2.0, sentence(800), kind=kind)

    @pytest.mark.parametrize(("proof", "kind"), [(0.08, None), (0.12, PageKind.LISTING)])
    def test_proof_of_a_kind(self, proof: float, kind: PageKind | None) -> None:
        """MIN_PROOF = 0.1: a signal that hardly any article has must have this value."""
        assert kind is self.learned(2.0, 2.0, proof=proof)

    @pytest.mark.parametrize(("support", "kind"), [(0.8, None), (1.2, PageKind.LISTING)])
    def test_support_for_a_kind(self, support: float, kind: PageKind | None) -> None:
        """MIN_ODDS_FOR_KIND = 1.0: the kind's own signals must add to the log-odds."""
        assert kind is self.learned(2.0, support)


STORY_PAGE = "<article>" + "".join(f"<p>{text}</p>" for text in STORY) + "</article>"


class TestPipeline:
    @staticmethod
    def is_asked(monkeypatch: pytest.MonkeyPatch, page: str, *, doubt: float = 0.0, confidence: float = 1.0) -> bool:
        """Whether trafilatura is asked about a page with this doubt and this confidence."""
        calls: list[object] = []
        real = pipeline.score_document
        monkeypatch.setattr(pipeline, "score_document", lambda *given: real(*given)._replace(total_doubt=doubt))
        monkeypatch.setattr(pipeline, "estimate_confidence", lambda *given: confidence)
        monkeypatch.setattr(pipeline, "ask_trafilatura", lambda *given: calls.append(given))
        with suppress(cleaner.NoArticleError):
            cleaner.clean(page)
        return bool(calls)

    @pytest.mark.parametrize(("doubt", "asked"), [(300.0, False), (550.0, True)])
    def test_doubt(self, doubt: float, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        """MAX_DOUBT = 400 characters in doubt: with more, trafilatura is asked."""
        assert asked is self.is_asked(monkeypatch, STORY_PAGE, doubt=doubt)

    @pytest.mark.parametrize(("confidence", "asked"), [(0.85, False), (0.75, True)])
    def test_confidence(self, confidence: float, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        """MIN_CONFIDENCE = 0.8 of an article: with less, trafilatura is asked."""
        assert asked is self.is_asked(monkeypatch, STORY_PAGE, confidence=confidence)

    def test_confidence_of_other_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Trafilatura is not asked about a page of another kind, whatever its confidence is."""
        page = "<title>404 Not Found</title><p>Nothing to see here.</p>"
        assert not self.is_asked(monkeypatch, page, confidence=0.1)

    @pytest.mark.parametrize(("count", "is_read"), [(2, True), (3, False)])
    def test_text_in_data(self, count: int, is_read: bool) -> None:
        """MIN_TEXT_LENGTH = 250 characters: a page with less text may have its article in JSON. 211 and 319."""
        body = " ".join(paragraphs(12, first=50))
        own = "".join(f"<p>{text}</p>" for text in STORY[:count])
        node = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": body})
        data = f'<script type="application/ld+json">{node}</script>'
        page = f"<html><head>{data}</head><body><article>{own}</article></body></html>"
        assert is_read is ("Harbour 55" in cleaner.clean(page).text)
