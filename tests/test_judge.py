"""The judge, on blocks built by hand: what goes and why, what stays, and that each block has one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.judge.context import PageContext
from cleaner.judge.decide import decide
from cleaner.judge.rulings import apply_rules
from cleaner.judge.scorer.score import Score
from cleaner.judge.verdicts import judge
from cleaner.models import Block, Declared, Document, Element, Kind, Reason, Verdict

# Paragraphs of an article, each of about a hundred letters.
STORY = (
    "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall.",
    "Nobody was hurt, said the mayor, who had spent the night on the pier with the crews and half of the village.",
    "The crews had tried to bring the boats in on Sunday evening, but the wind turned faster than anybody foresaw.",
    "By midnight the lifeboat of the next town had come around the cape and taken eleven people off one ship.",
    "The wall, which was built in the nineteenth century, has a hole now through which a lorry could drive.",
    "Engineers of the county will look at it on Wednesday and say how long the repair of the stones will take.",
    "Until then no ship may enter, and the catch of the small boats is landed in the next town, to the south.",
    "It is the third time in ten years that the wall gave way, and the fishermen say it will not be the last.",
)
HEADLINE = "Storm closes the harbour of Westport"
NOTHING_KNOWN = PageContext()


class Line(NamedTuple):
    """A block to be, and the element that it fills."""

    text: str
    tag: str = "p"
    names: str = ""
    linked: bool = False
    bold: bool = False
    hidden: bool = False
    italic: bool = False


class Box(NamedTuple):
    """An element around others."""

    names: str
    inside: tuple[Any, ...]
    tag: str = "div"
    hidden: bool = False


KINDS = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "li": Kind.LIST_ITEM,
    "blockquote": Kind.QUOTE,
    "figcaption": Kind.CAPTION,
    "amp-twitter": Kind.EMBED,
}


def box(names: str, *inside: Any, tag: str = "div", hidden: bool = False) -> Box:
    return Box(names, tuple(Line(piece) if isinstance(piece, str) else piece for piece in inside), tag, hidden)


def page(*inside: Any) -> Document:
    """The document of a page: strings are paragraphs."""
    blocks: list[Block] = []
    elements: list[Element] = []

    def put(piece: Line | Box, parent: int) -> None:
        own = len(elements)
        tokens = frozenset((f"<{piece.tag}>", *piece.names.split()))
        elements.append(Element(parent, piece.tag, tokens, piece.hidden, len(blocks), -1))
        if isinstance(piece, Line):
            level = int(piece.tag[1]) if piece.tag[1:].isdigit() else None
            links = ((0, len(piece.text)),) if piece.linked else ()
            kind = KINDS.get(piece.tag, Kind.PARAGRAPH)
            blocks.append(Block(len(blocks), kind, piece.text, level, links, own, piece.bold, piece.italic))
        else:
            for inner in piece.inside:
                put(inner, own)
        elements[own] = elements[own]._replace(last=len(blocks))

    put(box("", box("", *inside, tag="body"), tag="html"), -1)
    return Document(tuple(blocks), tuple(elements))


def plain(*lines: str) -> Document:
    return Document(tuple(Block(place, Kind.PARAGRAPH, line) for place, line in enumerate(lines)))


def article(*inside: Any, names: str = "") -> Document:
    return page(box(names, *inside))


def judged(
    document: Document, *, doubted: Iterable[str] = (), known: PageContext = NOTHING_KNOWN
) -> dict[str, Verdict]:
    """The verdicts by text. Of a page, the second witness takes everything for text but what is `doubted`."""
    in_trafilatura = None if document.plain else [block.text not in doubted for block in document.blocks]
    verdicts = judge(document, in_trafilatura, known).verdicts
    return {block.text: verdict for block, verdict in zip(document.blocks, verdicts, strict=True)}


def gone(document: Document, **how: Any) -> dict[str, Reason]:
    """Why what is gone went, by text."""
    return {text: verdict.reason for text, verdict in judged(document, **how).items() if verdict.reason is not None}


def link(text: str, tag: str = "p", names: str = "") -> Line:
    return Line(text, tag, names, linked=True)


def test_an_article_alone_stays_whole() -> None:
    """Where there is nothing but paragraphs, nothing goes."""
    assert {} == gone(article(*STORY))
    assert {} == gone(plain(*STORY))
    assert () == judge(Document(()), None, PageContext()).verdicts


class TestHidden:
    def test_what_the_page_hides_goes(self) -> None:
        """A hidden element goes with all that it holds, be it prose or not."""
        secret = STORY[3]
        document = article(*STORY[:3], box("", box("", secret, "Short."), hidden=True), *STORY[4:])
        assert {secret: Reason.HIDDEN, "Short.": Reason.HIDDEN} == gone(document)

    def test_a_hidden_article_is_read(self) -> None:
        """Where most of the text is hidden, a script will show it: it is text."""
        assert {} == gone(page(box("", *STORY[:2]), box("", *STORY[2:], hidden=True)))

    def test_hidden_says_more_than_a_name(self) -> None:
        """A hidden share bar is hidden first of all."""
        document = article(*STORY, Box("share-buttons", (Line("Share this"),), hidden=True))
        assert {"Share this": Reason.HIDDEN} == gone(document)


class TestElements:
    @pytest.mark.parametrize(
        ("names", "reason"),
        [
            ("related-posts", Reason.RELATED),
            ("newsletter-signup", Reason.SUBSCRIBE),
            ("social-share", Reason.SHARE),
            ("comments-area", Reason.COMMENTS),
            ("author-bio", Reason.AUTHOR_BOX),
        ],
    )
    def test_a_named_element_goes(self, names: str, reason: Reason) -> None:
        """An element that a rule knows by its name goes with all that it holds, and each block names the rule."""
        document = article(*STORY[:4], box(f"wide {names}", "A line.", box("inner", STORY[4])), *STORY[5:])
        verdicts = judged(document)
        assert {"A line.", STORY[4]} == {text for text, verdict in verdicts.items() if verdict.reason}
        assert {reason} == {verdicts[text].reason for text in ("A line.", STORY[4])}
        assert None not in {verdicts[text].rule for text in ("A line.", STORY[4])}

    def test_the_outer_name_counts(self) -> None:
        """Within an element that goes, the names of what it holds change nothing."""
        document = article(*STORY, box("comments-area", box("share-buttons", "Share this comment")))
        assert {"Share this comment": Reason.COMMENTS} == gone(document)

    @pytest.mark.parametrize("names", ["related-posts", "comments", "newsletter"])
    def test_the_article_is_no_chrome(self, names: str) -> None:
        """An element with most of the page's text is the page, whatever its name says."""
        assert {} == gone(article(*STORY, names=names))
        assert {} == gone(page(box(names, *STORY[:6]), box("", *STORY[6:])))

    def test_the_guard_counts_what_is_seen(self) -> None:
        """What is hidden is no part of the text that an element is measured by."""
        hidden = [f"{text} Again." for text in STORY[1:]]
        document = page(box("", *hidden, hidden=True), box("related", *STORY[:5]), box("", *STORY[5:]))
        assert dict.fromkeys(hidden, Reason.HIDDEN) == gone(document)

    def test_a_discussion_is_longer_than_its_article(self) -> None:
        """What is called comments and stands behind enough prose is that, were it most of the page."""
        remarks = [f"{text} So I was told." for text in STORY]
        document = page(box("", Line(HEADLINE, "h1"), *STORY[:5]), box("comments-area", *remarks))
        assert {HEADLINE: Reason.HEADLINE, **dict.fromkeys(remarks, Reason.COMMENTS)} == gone(document)
        whole = page(box("", *STORY[:5]), box("comments-area", Line(HEADLINE, "h1"), *remarks))
        assert not set(remarks) & set(gone(whole))


class TestTitles:
    def test_headline(self) -> None:
        """The top heading over the text is the headline."""
        assert {HEADLINE: Reason.HEADLINE} == gone(article(Line(HEADLINE, "h1"), *STORY))

    def test_headline_by_the_metadata(self) -> None:
        """A line over the text with the words of the page's title is the headline, whatever its tag and signs."""
        known = PageContext.of(title="Storm closes the Harbour of Westport!", description=None)
        assert {HEADLINE: Reason.HEADLINE} == gone(article(Line(HEADLINE, "h2"), *STORY), known=known)
        assert {HEADLINE: Reason.HEADLINE} == gone(article(HEADLINE, *STORY), known=known)

    def test_heading_within_the_text(self) -> None:
        """A heading over a part of the text is text."""
        assert {} == gone(article(*STORY[:4], Line("The wall", "h2"), *STORY[4:]))

    @pytest.mark.parametrize("tag", ["h1", "h2"])
    def test_headline_said_again(self, tag: str) -> None:
        """Once the headline was said, a heading over a part of the text is text, though it has the same words."""
        document = page(Line(HEADLINE, "h1"), box("", *STORY[:4], Line(f"{HEADLINE}:", tag), *STORY[4:]))
        assert {HEADLINE: Reason.HEADLINE} == gone(document, known=PageContext.of(title=HEADLINE))

    def test_heading_above_the_text(self) -> None:
        """A top heading of other words that opens the text is a part of it where the headline was said before."""
        document = page(Line(HEADLINE, "h1"), box("", Line("What happened on Sunday", "h1"), *STORY))
        assert {HEADLINE: Reason.HEADLINE} == gone(document, known=PageContext.of(title=HEADLINE))

    def test_standfirst_by_class(self) -> None:
        """A short paragraph that its class calls the standfirst is text, though the second witness drops it."""
        standfirst = "Three boats are lost, and eleven people were saved"
        document = page(
            Line(HEADLINE, "h1"), Line(standfirst, names="article-lead"), link("Follow us"), box("", *STORY)
        )
        assert {HEADLINE: Reason.HEADLINE} == {
            text: reason for text, reason in gone(document, doubted=(standfirst,)).items() if text != "Follow us"
        }

    def test_standfirst_by_description(self) -> None:
        """A line over the text that the metadata gives as description is the standfirst, though it is cut off there."""
        standfirst = "Three boats are lost, and eleven people were saved by the lifeboat of the next town, off the cape"
        known = PageContext.of(title=HEADLINE, description=standfirst[:70] + "…")
        document = page(box("", Line(HEADLINE, "h1"), standfirst), box("", *STORY))
        assert {HEADLINE: Reason.HEADLINE} == gone(document, doubted=(standfirst,), known=known)

    def test_standfirst_of_a_newspaper(self) -> None:
        """What a newspaper sets over its text is likelier a part of it than what another site does."""
        standfirst = "Three boats are lost, and eleven people were saved"
        document = page(Line(HEADLINE, "h1"), Line(standfirst, names="article-lead"), box("", *STORY))
        other, paper = (
            judge(document, None, PageContext.of(title=HEADLINE, declared=declared)).probabilities[1]
            for declared in (Declared.ARTICLE, Declared.NEWS)
        )
        assert other < paper

    def test_second_heading(self) -> None:
        """A long heading right under the headline is the standfirst."""
        second = "Three boats are lost, and eleven people were saved by the lifeboat of the next town"
        document = page(box("", Line(HEADLINE, "h1"), Line(second, "h2")), box("", *STORY))
        assert {HEADLINE: Reason.HEADLINE} == gone(document, doubted=(second,))


class TestLinksOutside:
    MENU = ("Harbour", "Town hall and what it decided this week")

    def test_links_outside_of_the_article(self) -> None:
        """What is nothing but a link, and stands outside of the article's element, goes without being weighed."""
        document = page(box("", *map(link, self.MENU)), box("", *STORY), box("", link("Ferries")))
        assert dict.fromkeys((*self.MENU, "Ferries"), Reason.OUTSIDE) == gone(document)
        score_document = judge(document, None, NOTHING_KNOWN).probabilities
        assert [0.0, 0.0, 0.0] == [*score_document[:2], score_document[-1]]

    def test_links_within_it_are_weighed(self) -> None:
        """The same link between the article's paragraphs is the scorer's to judge."""
        document = page(box("", *STORY[:4], link(self.MENU[1]), *STORY[4:]))
        assert judge(document, None, NOTHING_KNOWN).probabilities[4] > 0.0


RELATED = Line("Related articles", "h3")


class TestSections:
    LINKS = ("Ferry timetable for spring", "Mayor opens a new school", "Price of cod falls again")

    def test_a_heading_of_chrome_takes_its_links(self) -> None:
        """The heading and the links under it go, up to the next paragraph, and all name the rule of the heading."""
        document = article(*STORY[:4], RELATED, *(link(text, "li") for text in self.LINKS), *STORY[4:])
        verdicts = judged(document)
        removals = {text: verdict for text, verdict in verdicts.items() if verdict.reason}
        assert {"Related articles", *self.LINKS} == set(removals)
        assert {(Reason.RELATED, verdicts["Related articles"].rule)} == {(v.reason, v.rule) for v in removals.values()}

    def test_the_next_heading_ends_it(self) -> None:
        """A heading of the same level or above it ends the section."""
        document = article(*STORY[:4], RELATED, link(self.LINKS[0]), Line("The wall", "h3"), *STORY[4:])
        assert {"Related articles", self.LINKS[0]} == set(gone(document))

    def test_a_lower_heading_does_not(self) -> None:
        """A heading below the section's own belongs to it."""
        document = article(*STORY, Line("Related articles", "h2"), Line(self.LINKS[0], "h3"), link("Read it"))
        assert dict.fromkeys(("Related articles", self.LINKS[0], "Read it"), Reason.RELATED) == gone(document)

    def test_a_sentence_ends_it(self) -> None:
        """A paragraph of one short sentence ends the section, though no witness is sure of it."""
        sentence = "That is all we know about the storm now."
        document = article(*STORY[:7], RELATED, link(self.LINKS[0]), f"Well: {sentence}", STORY[7])
        assert {"Related articles", self.LINKS[0]} == set(gone(document))

    def test_a_sentence_with_such_words_is_no_heading(self) -> None:
        """A paragraph that begins with a phrase of chrome is a paragraph."""
        text = "Related articles of the law say that the county pays for the wall, which it has denied since 1999."
        assert {} == gone(article(*STORY[:4], text, *STORY[4:]))

    def test_a_line_names_its_own_rule(self) -> None:
        """Within a section, a line that a rule knows by itself has that rule's reason."""
        document = article(*STORY, RELATED, link(self.LINKS[0]), link("Subscribe to our newsletter"))
        expected = {
            "Related articles": Reason.RELATED,
            self.LINKS[0]: Reason.RELATED,
            "Subscribe to our newsletter": Reason.SUBSCRIBE,
        }
        assert expected == gone(document)

    def test_in_plain_text(self) -> None:
        """In plain text, a line that acts as a heading takes the lines without a stop under it."""
        document = plain(*STORY, "Related articles", *self.LINKS)
        assert dict.fromkeys(("Related articles", *self.LINKS), Reason.RELATED) == gone(document)

    def test_plain_text_goes_on(self) -> None:
        """In plain text, too, a paragraph ends the section."""
        document = plain(*STORY[:4], "Related articles", self.LINKS[0], *STORY[4:])
        assert {"Related articles", self.LINKS[0]} == set(gone(document))


class TestLines:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (link("See also: Ferry timetable for spring"), Reason.RELATED),
            (link("Subscribe to our newsletter"), Reason.SUBSCRIBE),
            (Line("ADVERTISEMENT"), Reason.AD),
            (Line("Share this article"), Reason.SHARE),
            (link("Mehr zum Thema: Fahrplan der Fähre", "p"), Reason.RELATED),
        ],
    )
    def test_chrome_amid_the_text(self, line: Line, reason: Reason) -> None:
        """A line that a rule knows goes, though the second witness takes it for text; the text around it stays."""
        verdicts = judged(article(*STORY[:4], line, *STORY[4:]))
        assert {line.text: reason} == {text: verdict.reason for text, verdict in verdicts.items() if verdict.reason}
        assert verdicts[line.text].rule is not None

    @pytest.mark.parametrize(
        "text", ["See also: Ferry timetable for spring", "Subscribe to our newsletter", "ADVERTISEMENT"]
    )
    def test_in_plain_text(self, text: str) -> None:
        """The same lines are known where nothing is known of links."""
        assert {text} == set(gone(plain(*STORY[:4], text, *STORY[4:])))

    @pytest.mark.parametrize(
        "text",
        [
            "See also how the sea took the wall, said the mayor.",
            "“Subscribe to our newsletter”, it said on the wall.",
            "“Yes.”",
            "He shared the article with nobody at all.",
        ],
    )
    def test_sentences_with_such_words_stay(self, text: str) -> None:
        """A sentence that merely has the words of a rule is text."""
        assert {} == gone(article(*STORY[:4], text, *STORY[4:]))
        assert {} == gone(plain(*STORY[:4], text, *STORY[4:]))


class TestPlaces:
    def test_captions(self) -> None:
        """A caption is no text, however much it says."""
        assert {STORY[3]: Reason.CAPTION} == gone(article(*STORY[:3], Line(STORY[3], "figcaption"), *STORY[4:]))

    def test_embeds(self) -> None:
        """A post of another service is no text, however much it says."""
        assert {STORY[3]: Reason.EMBED} == gone(article(*STORY[:3], Line(STORY[3], "amp-twitter"), *STORY[4:]))

    def test_outside(self) -> None:
        """Menus before and teasers behind the article's element are outside of it."""
        menu = [link(text, "li") for text in ("Home", "Sport", "Weather")]
        teasers = [link(text, "h3") for text in ("Mayor opens a new school", "Price of cod falls again")]
        others = {line.text for line in menu + teasers}
        document = page(box("", *menu), box("", *STORY), box("", *teasers))
        assert others == set(gone(document, doubted=others))

    def test_a_bare_link(self) -> None:
        """A line that is nothing but a link goes, though the second witness takes it for text."""
        text = "Ferry timetable for spring"
        assert {text} == set(gone(article(*STORY[:4], link(text), *STORY[4:])))

    def test_doubtful_headings_and_items(self) -> None:
        """A heading over text and an item between items stay, though the second witness drops them."""
        doubted = ("The wall", "Granite")
        items = (Line("Lime", "li"), Line("Granite", "li"), Line("Iron", "li"))
        document = article(*STORY[:4], Line("The wall", "h2"), *STORY[4:6], *items, *STORY[6:])
        assert {} == gone(document, doubted=doubted)

    def test_a_heading_at_the_end(self) -> None:
        """Headings with nothing under them go."""
        document = article(*STORY, Line("What comes next", "h2"), Line("The wall", "h3"))
        assert {"What comes next", "The wall"} == set(gone(document))

    def test_prose_that_nobody_vouches_for(self) -> None:
        """Where the second witness missed the article, long paragraphs stay all the same."""
        story = [f"{first} {second}" for first, second in zip(STORY[::2], STORY[1::2], strict=True)]
        assert {} == gone(article(*story), doubted=story)

    def test_edges_of_plain_text(self) -> None:
        """In plain text, lines without a stop go before the first and after the last paragraph, and stay in between."""
        document = plain("Westport Gazette", "Monday", *STORY[:4], "The wall", *STORY[4:], "Westport Media", "Top")
        assert {"Westport Gazette", "Monday", "Westport Media", "Top"} == set(gone(document))

    def test_scripts_without_blanks(self) -> None:
        """Chinese paragraphs are paragraphs, though they have fewer signs."""
        text = "周一，一场风暴把三艘渔船抛向北墙之后，西港的渔港被关闭。市长说没有人受伤，他在码头上度过了一夜。"
        story = [text.replace("三", number) for number in "四五六七八"]
        assert {} == gone(plain(*story))
        assert {"相关新闻": Reason.RELATED} == gone(plain(*story, "相关新闻"))


class TestNotesAtTheEnds:
    """What a rule knows before or behind the article, where it is as long as a paragraph."""

    BIO = (
        "Anna Harbourmaster is a staff writer at The Harbour Post who has covered the boats, the walls and the weather "
        "of the coast for more than eleven years."
    )
    HOBBY = "When she's not writing about it, you can find her on the water, in a boat that she has built herself."
    BYLINE = "By Anna Harbourmaster and John Tidewater - Updated March 5, 2026 at 4:28 PM EST | Fact-checked by Jo Quay"

    @pytest.mark.parametrize("made", [article, plain])
    def test_notes_on_the_author(self, made: Callable[..., Document]) -> None:
        """They are not the last paragraphs, but stand behind it: one before the other."""
        told = gone(made(*STORY, self.BIO, self.HOBBY))
        assert {self.BIO: Reason.AUTHOR_BOX, self.HOBBY: Reason.AUTHOR_BOX} == told

    OBITUARY = (
        "She received her degree in history from the university in 1965, and never used it, as she liked to say often.",
        "She joined the staff in 1966 after a summer on the docks, where she had sold newspapers to sailors for years.",
        "She has written about the tides for nearly half a century, a colleague said, and they never came late for us.",
    )

    @pytest.mark.parametrize("made", [article, plain])
    def test_an_obituary(self, made: Callable[..., Document]) -> None:
        """It says of the dead what such a note says of the author; without a second sign, its paragraphs stay."""
        for count in range(1, len(self.OBITUARY) + 1):
            assert {} == gone(made(*STORY, *self.OBITUARY[:count]))

    def test_two_at_the_most(self) -> None:
        """Of an article's end, two paragraphs go at most, whatever signs they have."""
        notes = [Line(text, italic=True) for text in self.OBITUARY]
        assert set(self.OBITUARY[1:]) == set(gone(article(*STORY, *notes)))

    @pytest.mark.parametrize("line", [Line(OBITUARY[1], italic=True), Line(OBITUARY[1], names="article-note")])
    def test_second_signs(self, line: Line) -> None:
        """Italics, or the name of its element, tell that a note is about the author."""
        assert {line.text: Reason.AUTHOR_BOX} == gone(article(*STORY, line))

    def test_the_author_is_known(self) -> None:
        """So does the name of an author of the article."""
        told = f"{self.BIO[:18]} was there, too, and counted the boats along the wall until the last one had gone."
        named = (*STORY, told)
        assert {} == gone(article(*named, self.BIO))
        known = PageContext.of(title=None, authors=("Anna Harbourmaster",))
        assert {self.BIO: Reason.AUTHOR_BOX} == gone(article(*named, self.BIO), known=known)

    def test_a_note_behind_one_that_goes_anywhere(self) -> None:
        """What a rule takes wherever it stands is no last paragraph, either."""
        note = "We may earn a commission when you buy something through the links on our site, which costs you nothing."
        assert {self.BIO, note} == set(gone(plain(*STORY, self.BIO, note)))

    def test_a_byline_as_long_as_a_paragraph(self) -> None:
        """It is not the first paragraph."""
        assert {self.BYLINE: Reason.BYLINE} == gone(plain(self.BYLINE, *STORY))

    def test_amid_the_article(self) -> None:
        """Between paragraphs, the same words may be the story."""
        assert {} == gone(plain(*STORY[:4], self.BIO, *STORY[4:]))

    def test_nothing_else(self) -> None:
        """A text of one paragraph keeps it, whatever it tells of."""
        assert {} == gone(plain(self.BIO))


class TestClosingQuotes:
    """A short sentence behind the last paragraph of a plain text, with lines of the site around it."""

    @pytest.mark.parametrize("count", range(2, 9))
    @pytest.mark.parametrize(
        "quote",
        [
            "“We see no end to it,” said Paul Brenner, who runs a bakery.",
            '"Nobody here wants that," she said.',
            "„Das war es schon“, sagte sie.",
            "« Personne ne veut cela », dit-elle.",
        ],
    )
    def test_a_quote_stays(self, count: int, quote: str) -> None:
        """Somebody's words in quotes are the article's end, however short it is."""
        document = plain(*STORY[:count], "READ ALSO: Why beet farmers are on strike", quote, "Leave a Reply")
        assert quote not in gone(document)
        assert "Leave a Reply" in gone(document)


class TestNextToNothing:
    """What the scorer takes of the article's paragraphs."""

    @staticmethod
    def left(document: Document, chances: Iterable[float]) -> list[int]:
        """The places that stay where the scorer says this of each block, and one half is enough."""
        rule_results = apply_rules(document, None, NOTHING_KNOWN)
        verdicts = decide(document, rule_results, NOTHING_KNOWN, [Score(chance, 0.5) for chance in chances])
        return [place for place, verdict in enumerate(verdicts) if verdict.reason is None]

    @pytest.mark.parametrize("made", [article, plain])
    def test_all_of_them(self, made: Callable[..., Document]) -> None:
        """Where next to nothing of them would be left, it is the scorer that is wrong: all stay."""
        assert [*range(8)] == self.left(made(*STORY), [0.01] * 8)
        assert [*range(8)] == self.left(made(*STORY), [0.9, *[0.01] * 7])

    def test_what_a_rule_takes(self) -> None:
        """It does not come back."""
        note = "We may earn a commission when you buy something through the links on our site, which costs you nothing."
        assert [*range(8)] == self.left(plain(*STORY, note), [0.01] * 9)

    def test_some_of_them(self) -> None:
        """Where a part is left, the others go."""
        assert [0, 1, 2] == self.left(article(*STORY), [0.9, 0.9, 0.9, *[0.01] * 5])


class TestRepeated:
    def test_pull_quote(self) -> None:
        """A quote whose words stand in a paragraph is not said twice, wherever it stands; the paragraph stays."""
        words = "the lifeboat of the next town had come around the cape"
        for place in (2, 6):
            document = article(*STORY[:place], Line(words, "blockquote"), *STORY[place:])
            assert {words: Reason.REPEATED} == gone(document)

    def test_a_quote_twice(self) -> None:
        """Of a quote that is set twice and stands in no paragraph, the first stays."""
        quote = Line("“We have told the county for ten years that the wall is rotten.”", "blockquote")
        verdicts = judge(article(*STORY[:2], quote, *STORY[2:], quote), [True] * 10, NOTHING_KNOWN).verdicts
        assert [None] * 9 + [Reason.REPEATED] == [verdict.reason for verdict in verdicts]

    def test_a_quote_of_its_own(self) -> None:
        """A quote with words of its own is text."""
        quote = "“We have told the county for ten years that the wall is rotten.”"
        assert {} == gone(article(*STORY[:4], Line(quote, "blockquote"), *STORY[4:]))

    def test_beside_each_other(self) -> None:
        """What is said twice in one element stays: a refrain, a question asked again, a table as paragraphs, filler."""
        for lines in (
            (*STORY[:4], STORY[1], *STORY[4:]),
            (STORY[0], STORY[1], STORY[0], STORY[2], STORY[0], STORY[3]),
            (STORY[0], *[STORY[1]] * 5),
            (*STORY[:3], "“No.”", *STORY[3:6], "“No.”", *STORY[6:]),
        ):
            assert {} == gone(article(*lines))
            assert {} == gone(plain(*lines))

    def test_question_and_answer(self) -> None:
        """The same question in a box with each answer stays."""
        asked = [box("qa", STORY[0], answer) for answer in STORY[1:5]]
        assert {} == gone(article(*asked))

    def test_wrapped_paragraphs(self) -> None:
        """Where each paragraph has a wrapper of the same name, one that comes again stays."""
        wrapped = [box("row", text) for text in (*STORY[:3], STORY[0], *STORY[3:])]
        assert {} == gone(article(*wrapped))

    def test_rows_and_items(self) -> None:
        """The rows and items of several lists may be the same."""
        lists = [box("", *(Line(text, "li") for text in STORY[4:6])) for _ in range(3)]
        assert {} == gone(article(*STORY[:4], *lists))

    def test_a_copy_for_another_screen(self) -> None:
        """A second element with the same text is a copy, its short lines with it; so is a paragraph named otherwise."""
        lines = [Line("Before you go", "h3"), *map(Line, STORY[:4])]
        verdicts = judge(article(box("desktop", *lines), box("phone", *lines)), None, NOTHING_KNOWN).verdicts
        assert [None] * 5 + [Reason.REPEATED] * 5 == [verdict.reason for verdict in verdicts]
        verdicts = judge(
            article(Line(STORY[0], names="phone"), Line(STORY[0], names="desktop"), *STORY[1:]), None, NOTHING_KNOWN
        ).verdicts
        assert [None, Reason.REPEATED, *[None] * 7] == [verdict.reason for verdict in verdicts]

    def test_a_passage_of_plain_text(self) -> None:
        """Of a passage that a plain text holds twice, the first stays."""
        verdicts = judge(plain(*STORY, *STORY[2:5]), None, NOTHING_KNOWN).verdicts
        assert [None] * 8 + [Reason.REPEATED] * 3 == [verdict.reason for verdict in verdicts]


TEXTS = st.one_of(
    st.sampled_from((*STORY, HEADLINE, "Related articles", "Share", "Leave a Reply", "See also: A storm", "A. B")),
    st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip())),
)
NAMES = st.sampled_from(("", "", "related", "comments", "share", "article-lead", "caption", "main", "nav"))
LINES = st.builds(
    Line, TEXTS, st.sampled_from(("p", *KINDS)), NAMES, linked=st.booleans(), bold=st.booleans(), hidden=st.booleans()
)
BOXES = st.recursive(
    LINES,
    lambda inner: st.builds(
        Box,
        NAMES,
        st.lists(inner, max_size=4).map(tuple),
        st.sampled_from(("div", "aside", "nav", "article")),
        hidden=st.booleans(),
    ),
    max_leaves=15,
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(BOXES, max_size=4), st.randoms(use_true_random=False), st.booleans())
def test_each_block_has_one_verdict(pieces: list[Any], chance: Any, known: bool) -> None:
    """Whatever the page: as many verdicts as blocks, the same each time; what is gone has a rule or evidence for it."""
    document = page(*pieces)
    in_trafilatura = [chance.random() < 0.5 for _ in document.blocks]
    metadata = PageContext.of(title=HEADLINE, description=STORY[0]) if known else PageContext()
    verdicts = judge(document, in_trafilatura, metadata).verdicts
    assert len(document.blocks) == len(verdicts)
    assert verdicts == judge(document, in_trafilatura, metadata).verdicts
    for verdict in verdicts:
        assert (verdict.reason is None) == (verdict.rule is None and verdict.evidence is None)
        assert verdict.rule is None or verdict.evidence is None


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(TEXTS, max_size=12))
def test_each_line_has_one_verdict(lines: list[str]) -> None:
    """Of plain text, too, each line has one verdict, and a rule or evidence where it goes."""
    verdicts = judge(plain(*lines), None, PageContext()).verdicts
    assert len(lines) == len(verdicts)
    assert [verdict.reason is not None for verdict in verdicts] == [bool(v.rule or v.evidence) for v in verdicts]
