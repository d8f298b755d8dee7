"""The judge, on blocks built by hand: which are removed and why, which are kept, and one verdict for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean_text
from cleaner.judge.context import PageContext
from cleaner.judge.decide import decide
from cleaner.judge.repeated import find_repeated
from cleaner.judge.rulings import ArticleSpan, RuleResults, apply_rules
from cleaner.judge.scorer.score import Score
from cleaner.judge.verdicts import judge
from cleaner.models import Block, Declared, Document, Element, Kind, Medium, Reason, Verdict
from cleaner.rules.matching import package_rules

# Paragraphs of an article, each of about a hundred characters.
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
NO_CONTEXT = PageContext()
ALL_RULES = package_rules().for_page()


class Line(NamedTuple):
    """A block, and the element around it."""

    text: str
    tag: str = "p"
    names: str = ""
    linked: bool = False
    bold: bool = False
    hidden: bool = False
    italic: bool = False


class Box(NamedTuple):
    """An element with other elements in it."""

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
    """Return the document of a page. Strings become paragraphs."""
    blocks: list[Block] = []
    elements: list[Element] = []

    def put(piece: Line | Box, parent: int) -> None:
        index = len(elements)
        tokens = frozenset((f"<{piece.tag}>", *piece.names.split()))
        elements.append(Element(parent, piece.tag, tokens, piece.hidden, len(blocks), -1))
        if isinstance(piece, Line):
            level = int(piece.tag[1]) if piece.tag[1:].isdigit() else None
            links = ((0, len(piece.text)),) if piece.linked else ()
            kind = KINDS.get(piece.tag, Kind.PARAGRAPH)
            blocks.append(Block(len(blocks), kind, piece.text, level, links, index, piece.bold, piece.italic))
        else:
            for inner in piece.inside:
                put(inner, index)
        elements[index] = elements[index]._replace(last=len(blocks))

    put(box("", box("", *inside, tag="body"), tag="html"), -1)
    return Document(tuple(blocks), tuple(elements))


def plain(*lines: str) -> Document:
    return Document(tuple(Block(place, Kind.PARAGRAPH, line) for place, line in enumerate(lines)))


def article(*inside: Any, names: str = "") -> Document:
    return page(box(names, *inside))


def judged(
    document: Document, *, rejected: Iterable[str] = (), context: PageContext = NO_CONTEXT
) -> dict[str, Verdict]:
    """Return the verdicts by text. The second opinion on a page keeps every block except those `rejected`."""
    in_trafilatura = None if document.plain else [block.text not in rejected for block in document.blocks]
    verdicts = judge(document, in_trafilatura, context, ALL_RULES).verdicts
    return {block.text: verdict for block, verdict in zip(document.blocks, verdicts, strict=True)}


def removed(document: Document, **options: Any) -> dict[str, Reason]:
    """Return the reasons of the removed blocks, by text."""
    return {text: verdict.reason for text, verdict in judged(document, **options).items() if verdict.reason is not None}


def rules_on(document: Document, *, context: PageContext = NO_CONTEXT) -> RuleResults:
    """Return what the rules say of a page, all of whose blocks the second opinion keeps."""
    return apply_rules(document, [True] * len(document.blocks), context, ALL_RULES)


def link(text: str, tag: str = "p", names: str = "") -> Line:
    return Line(text, tag, names, linked=True)


def test_an_article_alone_is_kept() -> None:
    """Nothing is removed from a page or text of paragraphs only."""
    assert {} == removed(article(*STORY))
    assert {} == removed(plain(*STORY))
    assert () == judge(Document(()), None, PageContext(), ALL_RULES).verdicts


class TestHidden:
    def test_hidden_elements_are_removed(self) -> None:
        """A hidden element is removed with everything in it, prose or not."""
        secret = STORY[3]
        document = article(*STORY[:3], box("", box("", secret, "Short."), hidden=True), *STORY[4:])
        assert {secret: Reason.HIDDEN, "Short.": Reason.HIDDEN} == removed(document)

    def test_a_hidden_article_is_kept(self) -> None:
        """If most of the text is hidden, it is kept, because a script will show it."""
        assert {} == removed(page(box("", *STORY[:2]), box("", *STORY[2:], hidden=True)))

    def test_hidden_precedes_the_class(self) -> None:
        """The reason for a hidden share bar is `hidden`."""
        document = article(*STORY, Box("share-buttons", (Line("Share this"),), hidden=True))
        assert {"Share this": Reason.HIDDEN} == removed(document)

    @pytest.mark.parametrize("question", [Line("Who may enter now", "h3"), Line("Who may enter now?")])
    def test_answers_under_their_questions(self, question: Line) -> None:
        """Panels that the reader opens under a heading or a question are not hidden, if there are two or more."""
        other = question._replace(text="What will the wall cost?")
        answers = "Until then no ship may enter the harbour.", "The repair will cost four million crowns."
        panels = [
            box("", ask, box("", text, hidden=True)) for ask, text in zip((question, other), answers, strict=True)
        ]
        assert not {text for text in answers if removed(article(*STORY, *panels)).get(text) is Reason.HIDDEN}
        assert removed(article(*STORY, panels[0]))[answers[0]] is Reason.HIDDEN
        alone = [panel._replace(inside=panel.inside[1:]) for panel in panels]
        assert removed(article(*STORY, *alone))[answers[1]] is Reason.HIDDEN


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
    def test_elements_by_class(self, names: str, reason: Reason) -> None:
        """An element whose class matches a rule is removed with everything in it, by that rule."""
        document = article(*STORY[:4], box(f"wide {names}", "A line.", box("inner", STORY[4])), *STORY[5:])
        verdicts = judged(document)
        assert {"A line.", STORY[4]} == {text for text, verdict in verdicts.items() if verdict.reason}
        assert {reason} == {verdicts[text].reason for text in ("A line.", STORY[4])}
        assert None not in {verdicts[text].rule for text in ("A line.", STORY[4])}

    def test_the_outer_class_counts(self) -> None:
        """In a removed element, the classes of inner elements have no effect."""
        document = article(*STORY, box("comments-area", box("share-buttons", "Share this comment")))
        assert {"Share this comment": Reason.COMMENTS} == removed(document)

    @pytest.mark.parametrize("names", ["related-posts", "comments", "newsletter"])
    def test_the_article_is_not_boilerplate(self, names: str) -> None:
        """An element with most of the page's text is kept, whatever its class."""
        assert {} == removed(article(*STORY, names=names))
        assert {} == removed(page(box(names, *STORY[:6]), box("", *STORY[6:])))

    def test_hidden_text_does_not_count(self) -> None:
        """Hidden text is not part of the page's text when the share of an element in it is measured."""
        hidden = [f"{text} Again." for text in STORY[1:]]
        document = page(box("", *hidden, hidden=True), box("related", *STORY[:5]), box("", *STORY[5:]))
        assert dict.fromkeys(hidden, Reason.HIDDEN) == removed(document)

    def test_comments_longer_than_the_article(self) -> None:
        """Comments are removed if enough prose precedes them, even if they are most of the page."""
        remarks = [f"{text} So I was told." for text in STORY]
        document = page(box("", Line(HEADLINE, "h1"), *STORY[:5]), box("comments-area", *remarks))
        assert {HEADLINE: Reason.HEADLINE, **dict.fromkeys(remarks, Reason.COMMENTS)} == removed(document)
        whole = page(box("", *STORY[:5]), box("comments-area", Line(HEADLINE, "h1"), *remarks))
        assert not set(remarks) & set(removed(whole))


class TestTitles:
    def test_headline(self) -> None:
        """The top heading above the text is the headline."""
        assert {HEADLINE: Reason.HEADLINE} == removed(article(Line(HEADLINE, "h1"), *STORY))

    def test_headline_by_the_metadata(self) -> None:
        """A line above the text with the words of the title is the headline, whatever its tag and punctuation."""
        context = PageContext.of(title="Storm closes the Harbour of Westport!", description=None)
        assert {HEADLINE: Reason.HEADLINE} == removed(article(Line(HEADLINE, "h2"), *STORY), context=context)
        assert {HEADLINE: Reason.HEADLINE} == removed(article(HEADLINE, *STORY), context=context)

    def test_heading_within_the_text(self) -> None:
        """A heading within the text is kept."""
        assert {} == removed(article(*STORY[:4], Line("The wall", "h2"), *STORY[4:]))

    @pytest.mark.parametrize("tag", ["h1", "h2"])
    def test_repeated_headline(self, tag: str) -> None:
        """After the headline, a heading within the text is kept even if it has the same words."""
        document = page(Line(HEADLINE, "h1"), box("", *STORY[:4], Line(f"{HEADLINE}:", tag), *STORY[4:]))
        assert {HEADLINE: Reason.HEADLINE} == removed(document, context=PageContext.of(title=HEADLINE))

    def test_heading_above_the_text(self) -> None:
        """After the headline, a top heading with other words at the start of the text is kept."""
        document = page(Line(HEADLINE, "h1"), box("", Line("What happened on Sunday", "h1"), *STORY))
        assert {HEADLINE: Reason.HEADLINE} == removed(document, context=PageContext.of(title=HEADLINE))

    def test_standfirst_by_class(self) -> None:
        """A short paragraph with the class of a standfirst is kept, although the second opinion rejects it."""
        standfirst = "Three boats are lost, and eleven people were saved"
        document = page(
            Line(HEADLINE, "h1"), Line(standfirst, names="article-lead"), link("Follow us"), box("", *STORY)
        )
        assert {HEADLINE: Reason.HEADLINE} == {
            text: reason for text, reason in removed(document, rejected=(standfirst,)).items() if text != "Follow us"
        }

    @pytest.mark.parametrize(
        "name",
        [
            "article-dek",
            "data=standfirst",
            "data=stand-first",
            "data=article-sub-title",
            "sottotitolo",
            "article__perex",
            "hero_chapo_x1",
            "c-entradilla",
            "ingress",
            "article-preamble",
            "itemprop=alternativeheadline",
        ],
    )
    @pytest.mark.parametrize("tag", ["p", "h3"])
    def test_short_standfirst_by_name(self, name: str, tag: str) -> None:
        """A line near the headline whose name says that it is a standfirst is kept, however short it is."""
        standfirst = Line("Three boats are lost at sea", tag, names=name)
        document = page(box("", Line(HEADLINE, "h1"), Line("Monday"), standfirst), box("", *STORY))
        assert {2} == rules_on(document).standfirsts

    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("Cyclists can still cross the bridge.", True),
            ("By Hanna Wirth and Jonas Feld", False),
            (f"Harbour: {HEADLINE}", False),
        ],
    )
    def test_sentence_under_the_headline(self, line: str, found: bool) -> None:
        """A short sentence right under the headline is the standfirst; a name or the title with a kicker is not."""
        document = page(box("", Line(HEADLINE, "h1"), line), box("", *STORY))
        assert found is (1 in rules_on(document, context=PageContext.of(title=HEADLINE)).standfirsts)

    def test_sentence_under_a_picture(self) -> None:
        """A short sentence between headline and text is no standfirst if it follows a picture."""
        document = page(box("", Line(HEADLINE, "h1"), "The bridge on Monday evening."), box("", *STORY))
        assert {1} == rules_on(document).standfirsts
        document = document._replace(media=(Medium(1, 0, "img", ""),))
        assert not rules_on(document).standfirsts

    def test_standfirst_in_a_byline(self) -> None:
        """A sentence right under the headline is not a byline, whatever its element is called; names are."""
        sentence = "The council closes the old bridge, and drivers have to take the tunnel for a year."
        document = page(Line(HEADLINE, "h1"), box("byline", sentence, "Hanna Wirth and Jonas Feld"), box("", *STORY))
        results = rules_on(document)
        assert {1} == results.standfirsts
        assert Reason.BYLINE == results.removals[2].reason
        signed = page(
            Line(HEADLINE, "h1"), box("byline", "Hanna Wirth has lived in the harbour for many years."), *STORY
        )
        context = PageContext.of(title=HEADLINE, authors=["Hanna Wirth"])
        assert Reason.BYLINE == rules_on(signed, context=context).removals[1].reason

    def test_standfirst_by_description(self) -> None:
        """A line above the text that begins like the page's description is the standfirst, and is kept."""
        standfirst = "Three boats are lost, and eleven people were saved by the lifeboat of the next town, off the cape"
        context = PageContext.of(title=HEADLINE, description=standfirst[:70] + "…")
        document = page(box("", Line(HEADLINE, "h1"), standfirst), box("", *STORY))
        assert {HEADLINE: Reason.HEADLINE} == removed(document, rejected=(standfirst,), context=context)

    def test_standfirst_of_a_newspaper(self) -> None:
        """A standfirst has a higher probability on a newspaper's page than on another site's."""
        standfirst = "Three boats are lost, and eleven people were saved"
        document = page(Line(HEADLINE, "h1"), Line(standfirst, names="article-lead"), box("", *STORY))
        other, paper = (
            judge(document, None, PageContext.of(title=HEADLINE, declared=declared), ALL_RULES).probabilities[1]
            for declared in (Declared.ARTICLE, Declared.NEWS)
        )
        assert other < paper

    def test_second_heading(self) -> None:
        """A long heading directly after the headline is the standfirst, and is kept."""
        second = "Three boats are lost, and eleven people were saved by the lifeboat of the next town"
        document = page(box("", Line(HEADLINE, "h1"), Line(second, "h2")), box("", *STORY))
        assert {HEADLINE: Reason.HEADLINE} == removed(document, rejected=(second,))


class TestLinksOutside:
    MENU = ("Harbour", "Town hall and what it decided this week")

    def test_links_outside_of_the_article(self) -> None:
        """A block of nothing but a link outside the article's element is removed without a score."""
        document = page(box("", *map(link, self.MENU)), box("", *STORY), box("", link("Ferries")))
        assert dict.fromkeys((*self.MENU, "Ferries"), Reason.OUTSIDE) == removed(document)
        probabilities = judge(document, None, NO_CONTEXT, ALL_RULES).probabilities
        assert [0.0, 0.0, 0.0] == [*probabilities[:2], probabilities[-1]]

    def test_links_inside_are_scored(self) -> None:
        """The same link between the article's paragraphs is scored."""
        document = page(box("", *STORY[:4], link(self.MENU[1]), *STORY[4:]))
        assert judge(document, None, NO_CONTEXT, ALL_RULES).probabilities[4] > 0.0


RELATED = Line("Related articles", "h3")


class TestSections:
    LINKS = ("Ferry timetable for spring", "Mayor opens a new school", "Price of cod falls again")

    def test_a_heading_with_its_links(self) -> None:
        """A heading that matches a rule is removed with the links under it up to the next paragraph, by one rule."""
        document = article(*STORY[:4], RELATED, *(link(text, "li") for text in self.LINKS), *STORY[4:])
        verdicts = judged(document)
        removals = {text: verdict for text, verdict in verdicts.items() if verdict.reason}
        assert {"Related articles", *self.LINKS} == set(removals)
        assert {(Reason.RELATED, verdicts["Related articles"].rule)} == {(v.reason, v.rule) for v in removals.values()}

    def test_the_next_heading_ends_it(self) -> None:
        """A heading of the same or a higher level ends the section."""
        document = article(*STORY[:4], RELATED, link(self.LINKS[0]), Line("The wall", "h3"), *STORY[4:])
        assert {"Related articles", self.LINKS[0]} == set(removed(document))

    def test_a_lower_heading_does_not(self) -> None:
        """A heading of a lower level belongs to the section."""
        document = article(*STORY, Line("Related articles", "h2"), Line(self.LINKS[0], "h3"), link("Read it"))
        assert dict.fromkeys(("Related articles", self.LINKS[0], "Read it"), Reason.RELATED) == removed(document)

    def test_a_sentence_ends_it(self) -> None:
        """A paragraph of one short sentence ends the section, although it is too short to be a sure paragraph."""
        sentence = "That is all we know about the storm now."
        document = article(*STORY[:7], RELATED, link(self.LINKS[0]), f"Well: {sentence}", STORY[7])
        assert {"Related articles", self.LINKS[0]} == set(removed(document))

    def test_a_sentence_is_not_a_heading(self) -> None:
        """A paragraph that begins with a phrase of a rule is kept."""
        text = "Related articles of the law say that the county pays for the wall, which it has denied since 1999."
        assert {} == removed(article(*STORY[:4], text, *STORY[4:]))

    def test_a_line_has_its_own_rule(self) -> None:
        """In a section, a line that itself matches a rule has the reason of that rule."""
        document = article(*STORY, RELATED, link(self.LINKS[0]), link("Subscribe to our newsletter"))
        expected = {
            "Related articles": Reason.RELATED,
            self.LINKS[0]: Reason.RELATED,
            "Subscribe to our newsletter": Reason.SUBSCRIBE,
        }
        assert expected == removed(document)

    def test_in_plain_text(self) -> None:
        """In plain text, a line that acts as a heading is removed with the lines without a full stop under it."""
        document = plain(*STORY, "Related articles", *self.LINKS)
        assert dict.fromkeys(("Related articles", *self.LINKS), Reason.RELATED) == removed(document)

    def test_a_paragraph_ends_it_in_plain_text(self) -> None:
        """In plain text, too, a paragraph ends the section."""
        document = plain(*STORY[:4], "Related articles", self.LINKS[0], *STORY[4:])
        assert {"Related articles", self.LINKS[0]} == set(removed(document))


class TestBoxes:
    """A box under a heading that a certain rule removes."""

    BOX = box(
        "",
        Line("Podcast: The Quay Hour", "h3"),
        "Each Friday, our reporters talk for an hour about the weather, the wall and the fish.",
    )

    def test_a_box_between_paragraphs(self) -> None:
        """All of it goes, also a long sentence."""
        found = removed(article(*STORY[:4], self.BOX, *STORY[4:]))
        assert set(found.values()) == {Reason.PLAYER}
        assert len(found) == 2

    def test_a_part_of_the_article(self) -> None:
        """If each part of the article has such an element, its sentences are text."""
        parts = [box("", Line(f"Day {day}", "h3"), line) for day, line in enumerate(STORY)]
        found = removed(article(*parts[:4], self.BOX, *parts[4:]))
        assert self.BOX.inside[1].text not in found


class TestLabelledLinks:
    """A label and links to other articles in the lines of one paragraph."""

    @staticmethod
    def links(label: str, *titles: str, arrow: str = "→ ") -> tuple[Document, str]:
        text = label
        spans = []
        for title in titles:
            text += f"\n{arrow}"
            spans.append((len(text), len(text) + len(title)))
            text += title
        document = article(*STORY[:4], text, *STORY[4:])
        blocks = [block._replace(links=tuple(spans)) if block.text == text else block for block in document.blocks]
        return document._replace(blocks=tuple(blocks)), text

    @pytest.mark.parametrize("label", ["MORE FROM THE QUAY", "Related", "Read more:"])
    def test_they_are_related(self, label: str) -> None:
        """The label needs a rule for other articles, certain or likely."""
        document, text = self.links(label, "Ferry terminal opens a year late", "Herring quota cut by a fifth")
        assert removed(document)[text] is Reason.RELATED

    def test_a_list_of_the_article(self) -> None:
        """A label with other words introduces a list of the article."""
        document, text = self.links("The three funds are", "Wall and Stone Fund", "Quay Relief Fund", arrow="- ")
        assert text not in removed(document)


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
    def test_lines_between_paragraphs(self, line: Line, reason: Reason) -> None:
        """A line that matches a rule is removed, although the second opinion keeps it; the text around it is kept."""
        verdicts = judged(article(*STORY[:4], line, *STORY[4:]))
        assert {line.text: reason} == {text: verdict.reason for text, verdict in verdicts.items() if verdict.reason}
        assert verdicts[line.text].rule is not None

    @pytest.mark.parametrize(
        "text", ["See also: Ferry timetable for spring", "Subscribe to our newsletter", "ADVERTISEMENT"]
    )
    def test_in_plain_text(self, text: str) -> None:
        """The same lines are removed from plain text, which has no links."""
        assert {text} == set(removed(plain(*STORY[:4], text, *STORY[4:])))

    @pytest.mark.parametrize(
        "text",
        [
            "See also how the sea took the wall, said the mayor.",
            "“Subscribe to our newsletter”, it said on the wall.",
            "“Yes.”",
            "He shared the article with nobody at all.",
        ],
    )
    def test_sentences_with_such_words(self, text: str) -> None:
        """A sentence that only contains the words of a rule is kept."""
        assert {} == removed(article(*STORY[:4], text, *STORY[4:]))
        assert {} == removed(plain(*STORY[:4], text, *STORY[4:]))


class TestPlaces:
    def test_captions(self) -> None:
        """A caption is removed, however long it is."""
        assert {STORY[3]: Reason.CAPTION} == removed(article(*STORY[:3], Line(STORY[3], "figcaption"), *STORY[4:]))

    def test_embeds(self) -> None:
        """A post of another service is removed, however long it is."""
        assert {STORY[3]: Reason.EMBED} == removed(article(*STORY[:3], Line(STORY[3], "amp-twitter"), *STORY[4:]))

    def test_outside(self) -> None:
        """Menus before the article's element and teasers after it are removed."""
        menu = [link(text, "li") for text in ("Home", "Sport", "Weather")]
        teasers = [link(text, "h3") for text in ("Mayor opens a new school", "Price of cod falls again")]
        others = {line.text for line in menu + teasers}
        document = page(box("", *menu), box("", *STORY), box("", *teasers))
        assert others == set(removed(document, rejected=others))

    def test_a_bare_link(self) -> None:
        """A line that is nothing but a link is removed, although the second opinion keeps it."""
        text = "Ferry timetable for spring"
        assert {text} == set(removed(article(*STORY[:4], link(text), *STORY[4:])))

    def test_rejected_headings_and_items(self) -> None:
        """A heading and a list item within the text are kept, although the second opinion rejects them."""
        rejected = ("The wall", "Granite")
        items = (Line("Lime", "li"), Line("Granite", "li"), Line("Iron", "li"))
        document = article(*STORY[:4], Line("The wall", "h2"), *STORY[4:6], *items, *STORY[6:])
        assert {} == removed(document, rejected=rejected)

    def test_a_heading_at_the_end(self) -> None:
        """Headings with no text under them are removed."""
        document = article(*STORY, Line("What comes next", "h2"), Line("The wall", "h3"))
        assert {"What comes next", "The wall"} == set(removed(document))

    def test_prose_that_the_second_opinion_rejects(self) -> None:
        """If the second opinion rejects the whole article, its long paragraphs are kept."""
        story = [f"{first} {second}" for first, second in zip(STORY[::2], STORY[1::2], strict=True)]
        assert {} == removed(article(*story), rejected=story)

    def test_edges_of_plain_text(self) -> None:
        """In plain text, lines without a full stop are kept between paragraphs, and removed before and after them."""
        document = plain("Westport Gazette", "Monday", *STORY[:4], "The wall", *STORY[4:], "Westport Media", "Top")
        assert {"Westport Gazette", "Monday", "Westport Media", "Top"} == set(removed(document))

    def test_scripts_without_spaces(self) -> None:
        """Chinese paragraphs are kept, although they have fewer characters."""
        text = "周一，一场风暴把三艘渔船抛向北墙之后，西港的渔港被关闭。市长说没有人受伤，他在码头上度过了一夜。"
        story = [text.replace("三", number) for number in "四五六七八"]
        assert {} == removed(plain(*story))
        assert {"相关新闻": Reason.RELATED} == removed(plain(*story, "相关新闻"))


class TestBriefs:
    """A short article with a row of texts on other pages behind it, each under a linked headline."""

    @staticmethod
    def reasons(*behind: Line) -> list[Reason | None]:
        """Return the reasons of all blocks on a page where the scorer wants everything but the brief."""
        brief = box("", Line(HEADLINE, "h1"), "Nobody was hurt, the mayor said.")
        headlines = [Line(f"What happened on day {day}", "h2", linked=True) for day in range(3)]
        others = [line for pair in zip(headlines, map(Line, STORY), strict=False) for line in pair]
        document = page(brief, box("", *behind, *others))
        scores = [
            Score(0.1 if block.text.startswith("Nobody was hurt, the") else 0.9, 0.5) for block in document.blocks
        ]
        span = ArticleSpan([0] * len(scores), 0, len(scores), 1, 7)
        rules = RuleResults({0: Verdict(Reason.HEADLINE)}, {}, span, frozenset())
        return [verdict.reason for verdict in decide(document, rules, NO_CONTEXT, scores)]

    def test_texts_on_other_pages(self) -> None:
        """They go, with their headlines, even if the scorer takes them for the text of the page and not the brief."""
        assert self.reasons() == [Reason.HEADLINE, None] + [Reason.OUTSIDE] * 6

    def test_a_text_of_its_own_behind_it(self) -> None:
        """If there is any other kept text behind the brief, the page is something else."""
        assert self.reasons(Line("The wall was built in 1878 by the county."))[-6:] == [None] * 6


class TestMisplaced:
    """A rule that holds only in one part of the page, and a block that it matches in another."""

    def test_it_is_evidence(self) -> None:
        """A certain rule for notes behind the article is a likely one among its paragraphs."""
        note = "Anna Ruiz and Tom Hale contributed reporting from Westport."
        for place, is_certain in ((4, False), (len(STORY), True)):
            document = article(*STORY[:place], note, *STORY[place:])
            found = apply_rules(document, None, NO_CONTEXT, ALL_RULES)
            assert (place in found.removals) == is_certain
            assert (place in found.likely) != is_certain


class TestNotesAtTheEnds:
    """Blocks before or after the article that match a rule and are as long as a paragraph."""

    BIO = (
        "Anna Harbourmaster is a staff writer at The Harbour Post who has covered the boats, the walls and the weather "
        "of the coast for more than eleven years."
    )
    HOBBY = "When she's not writing about it, you can find her on the water, in a boat that she has built herself."
    BYLINE = "By Anna Harbourmaster and John Tidewater - Updated March 5, 2026 at 4:28 PM EST | Fact-checked by Jo Quay"

    @pytest.mark.parametrize("document_of", [article, plain])
    def test_notes_on_the_author(self, document_of: Callable[..., Document]) -> None:
        """Notes on the author after the last paragraph are removed, also two in a row."""
        reasons = removed(document_of(*STORY, self.BIO, self.HOBBY))
        assert {self.BIO: Reason.AUTHOR_BOX, self.HOBBY: Reason.AUTHOR_BOX} == reasons

    OBITUARY = (
        "She received her degree in history from the university in 1965, and never used it, as she liked to say often.",
        "She joined the staff in 1966 after a summer on the docks, where she had sold newspapers to sailors for years.",
        "She has written about the tides for nearly half a century, a colleague said, and they never came late for us.",
    )

    @pytest.mark.parametrize("document_of", [article, plain])
    def test_an_obituary(self, document_of: Callable[..., Document]) -> None:
        """Paragraphs of an obituary that read like notes on the author are kept, because there is no second signal."""
        for count in range(1, len(self.OBITUARY) + 1):
            assert {} == removed(document_of(*STORY, *self.OBITUARY[:count]))

    NOTES = (
        "She is the author of three books on the tides of the coast, and was there when the old wall gave way first.",
        "She holds a degree in history from the university, and has never used it once, as she likes to say.",
        "She has written about the tides for nearly half a century, a colleague said, and they never came late for us.",
    )

    def test_at_most_two(self) -> None:
        """At most two paragraphs are removed from the end of an article, whatever signals they have."""
        notes = [Line(text, italic=True) for text in self.NOTES]
        assert set(self.NOTES[1:]) == set(removed(article(*STORY, *notes)))

    @pytest.mark.parametrize("line", [Line(NOTES[1], italic=True), Line(NOTES[1], names="article-note")])
    def test_second_signals(self, line: Line) -> None:
        """Italics and the class of its element are second signals of a note on the author."""
        assert {line.text: Reason.AUTHOR_BOX} == removed(article(*STORY, line))

    def test_the_author_is_known(self) -> None:
        """The name of an author of the article is a second signal."""
        mention = f"{self.BIO[:18]} was there, too, and counted the boats along the wall until the last one had gone."
        story = (*STORY, mention)
        assert {} == removed(article(*story, self.BIO))
        context = PageContext.of(title=None, authors=("Anna Harbourmaster",))
        assert {self.BIO: Reason.AUTHOR_BOX} == removed(article(*story, self.BIO), context=context)

    def test_a_note_before_a_removed_paragraph(self) -> None:
        """A note on the author is removed if only a block that a rule removes anywhere follows it."""
        note = "We may earn a commission when you buy something through the links on our site, which costs you nothing."
        assert {self.BIO, note} == set(removed(plain(*STORY, self.BIO, note)))

    def test_a_byline_as_long_as_a_paragraph(self) -> None:
        """A byline before the first paragraph is removed, even if it is long."""
        assert {self.BYLINE: Reason.BYLINE} == removed(plain(self.BYLINE, *STORY))

    def test_between_paragraphs(self) -> None:
        """The same text between paragraphs is kept."""
        assert {} == removed(plain(*STORY[:4], self.BIO, *STORY[4:]))

    def test_the_only_paragraph(self) -> None:
        """The only paragraph of a text is kept, even if it reads like a note on the author."""
        assert {} == removed(plain(self.BIO))


class TestClosingQuotes:
    """A short sentence after the last paragraph of a plain text, among boilerplate lines."""

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
    def test_a_quote_is_kept(self, count: int, quote: str) -> None:
        """A quotation at the end of an article is kept, however short the article is."""
        document = plain(*STORY[:count], "READ ALSO: Why beet farmers are on strike", quote, "Leave a Reply")
        assert quote not in removed(document)
        assert "Leave a Reply" in removed(document)


class TestDeclaredText:
    """Pages whose JSON-LD has the text of the article. The scorer is in doubt about one of their blocks."""

    DOUBTED = "Our office will publish the new timetable of all ferries on this page"

    @classmethod
    def verdict(cls, declared: Iterable[str], chance: float, *, at: int = 2, tag: str = "p") -> Verdict:
        """Return the verdict on the doubted block, given its probability; the threshold is one half."""
        document = article(*STORY[:at], Line(cls.DOUBTED, tag), *STORY[at:])
        context = PageContext.of(title="Storm in Westport", declared_text="\n".join(declared))
        rule_results = apply_rules(document, None, context, ALL_RULES)
        scores = [Score(chance if block.text == cls.DOUBTED else 0.95, 0.5) for block in document.blocks]
        return decide(document, rule_results, context, scores)[at]

    def test_blocks_in_it(self) -> None:
        """A block in the declared text needs less probability, and any other paragraph between its blocks more."""
        assert self.verdict([], 0.55) == self.verdict([*STORY, self.DOUBTED], 0.3) == Verdict()
        assert self.verdict([], 0.3).reason is Reason.UNSURE
        undeclared = self.verdict(STORY, 0.55)
        assert undeclared.reason is Reason.UNSURE
        assert undeclared.evidence is not None
        assert undeclared.evidence.startswith("against: not in the text that the page declares as the article")
        assert self.verdict(STORY, 0.75) == Verdict()

    def test_it_is_compared_by_letters(self) -> None:
        """Tools that copy a text change quotation marks, spaces and line ends."""
        declared = [text.upper().replace(" ", "\u00a0").replace("“", '"') for text in (*STORY, self.DOUBTED)]
        assert self.verdict(declared, 0.3) == Verdict()

    @pytest.mark.parametrize("tag", ["h2", "li"])
    def test_what_it_may_lack(self, tag: str) -> None:
        """Declared texts often lack headings, lists, and what stands before or after the paragraphs."""
        assert self.verdict(STORY, 0.55, tag=tag) == Verdict()
        assert self.verdict(STORY, 0.55, at=len(STORY)) == Verdict()

    @pytest.mark.parametrize("declared", [STORY[:3], ["Peter Quay opened a bakery in the old fire station on Monday."]])
    def test_another_text(self, declared: Iterable[str]) -> None:
        """A text that has little of the page's prose is a summary, cut off, or that of another article."""
        assert self.verdict(declared, 0.55) == Verdict()
        assert self.verdict([*declared, self.DOUBTED], 0.3).reason is Reason.UNSURE


class TestRestoredParagraphs:
    """Articles of which the scorer rejects most paragraphs."""

    @staticmethod
    def kept(document: Document, chances: Iterable[float]) -> list[int]:
        """Return the places that are kept if the scorer gives these probabilities, with a threshold of one half."""
        rule_results = apply_rules(document, None, NO_CONTEXT, ALL_RULES)
        verdicts = decide(document, rule_results, NO_CONTEXT, [Score(chance, 0.5) for chance in chances])
        return [place for place, verdict in enumerate(verdicts) if verdict.reason is None]

    @pytest.mark.parametrize("document_of", [article, plain])
    def test_nearly_all_rejected(self, document_of: Callable[..., Document]) -> None:
        """If the scorer rejects nearly all paragraphs, all of them are kept."""
        assert [*range(8)] == self.kept(document_of(*STORY), [0.01] * 8)
        assert [*range(8)] == self.kept(document_of(*STORY), [0.9, *[0.01] * 7])

    def test_what_a_rule_removes(self) -> None:
        """Blocks that a rule removes are not restored."""
        note = "We may earn a commission when you buy something through the links on our site, which costs you nothing."
        assert [*range(8)] == self.kept(plain(*STORY, note), [0.01] * 9)

    def test_some_rejected(self) -> None:
        """If the scorer keeps some paragraphs, the others are removed."""
        assert [0, 1, 2] == self.kept(article(*STORY), [0.9, 0.9, 0.9, *[0.01] * 5])


class TestRepeated:
    def test_pull_quote(self) -> None:
        """A quote whose words are also in a paragraph is removed, wherever it is; the paragraph is kept."""
        words = "the lifeboat of the next town had come around the cape"
        for place in (2, 6):
            document = article(*STORY[:place], Line(words, "blockquote"), *STORY[place:])
            assert {words: Reason.REPEATED} == removed(document)

    def test_a_quote_twice(self) -> None:
        """If a quote occurs twice and is in no paragraph, the first one is kept."""
        quote = Line("“We have told the county for ten years that the wall is rotten.”", "blockquote")
        verdicts = judge(article(*STORY[:2], quote, *STORY[2:], quote), [True] * 10, NO_CONTEXT, ALL_RULES).verdicts
        assert [None] * 9 + [Reason.REPEATED] == [verdict.reason for verdict in verdicts]

    def test_a_quote_with_its_own_words(self) -> None:
        """A quote whose words are not repeated is kept."""
        quote = "“We have told the county for ten years that the wall is rotten.”"
        assert {} == removed(article(*STORY[:4], Line(quote, "blockquote"), *STORY[4:]))

    def test_a_pull_quote_by_its_element(self) -> None:
        """A shortened quote in an <aside> is removed with its speaker, and so is half of one named a pull quote."""
        spoken = "“We have told the county for ten years that this wall is rotten,” said Ada Holm, the harbour master."
        story = (*STORY[:3], spoken, *STORY[3:])
        short = "“We have told the county for years that this wall is rotten”"
        aside = box("", short, "Ada Holm, harbour master", tag="aside")
        assert {short: Reason.REPEATED, "Ada Holm, harbour master": Reason.REPEATED} == removed(
            article(*story[:4], aside, *story[4:])
        )
        half = "For ten years this wall is rotten, and no one listens"
        assert {half: Reason.REPEATED} == removed(article(*story[:4], Line(half, names="pull-quote"), *story[4:]))
        assert half not in removed(article(*story[:4], half, *story[4:]))

    def test_a_quote_right_before_its_paragraph(self) -> None:
        """If a quote has the whole of a paragraph, the quote is removed and the paragraph is kept."""
        for place in (1, 5):
            document = article(*STORY[:place], box("", Line(STORY[3], "blockquote")), *STORY[place:])
            verdicts = judge(document, None, NO_CONTEXT, ALL_RULES).verdicts
            assert [place] == [number for number, verdict in enumerate(verdicts) if verdict.reason]

    def test_a_paragraph_that_the_head_of_the_page_has(self) -> None:
        """A paragraph among others is kept if another element, such as that of the standfirst, has its words, too."""
        document = article(box("head", Line(STORY[2], "h3"), STORY[2]), box("body", *STORY))
        verdicts = judge(document, None, NO_CONTEXT, ALL_RULES).verdicts
        assert Reason.REPEATED not in [verdict.reason for verdict in verdicts[2:]]

    def test_repetition_in_one_element(self) -> None:
        """Repetitions in one element are kept: a refrain, a repeated question, a table as paragraphs, filler."""
        for lines in (
            (*STORY[:4], STORY[1], *STORY[4:]),
            (STORY[0], STORY[1], STORY[0], STORY[2], STORY[0], STORY[3]),
            (STORY[0], *[STORY[1]] * 5),
            (*STORY[:3], "“No.”", *STORY[3:6], "“No.”", *STORY[6:]),
        ):
            assert {} == removed(article(*lines))
            assert {} == removed(plain(*lines))

    def test_question_and_answer(self) -> None:
        """The same question in a box with each answer is kept."""
        interview = [box("qa", STORY[0], answer) for answer in STORY[1:5]]
        assert {} == removed(article(*interview))

    def test_wrapped_paragraphs(self) -> None:
        """A repeated paragraph is kept if each paragraph has a wrapper with the same class."""
        wrapped = [box("row", text) for text in (*STORY[:3], STORY[0], *STORY[3:])]
        assert {} == removed(article(*wrapped))

    def test_rows_and_items(self) -> None:
        """Rows and items that several short lists share are kept."""
        lists = [box("", *(Line(text, "li") for text in STORY[4:6])) for _ in range(3)]
        assert {} == removed(article(*STORY[:4], *lists))

    def test_a_copy_for_another_screen(self) -> None:
        """An element with the text of another is a copy, with its short lines; so is a paragraph with another class."""
        lines = [Line("Before you go", "h3"), *map(Line, STORY[:4])]
        verdicts = judge(article(box("desktop", *lines), box("phone", *lines)), None, NO_CONTEXT, ALL_RULES).verdicts
        assert [None] * 5 + [Reason.REPEATED] * 5 == [verdict.reason for verdict in verdicts]
        twice = article(Line(STORY[0], names="phone"), Line(STORY[0], names="desktop"), *STORY[1:])
        verdicts = judge(twice, None, NO_CONTEXT, ALL_RULES).verdicts
        assert [None, Reason.REPEATED, *[None] * 7] == [verdict.reason for verdict in verdicts]

    def test_a_passage_of_plain_text(self) -> None:
        """If a plain text contains a passage twice, the first one is kept."""
        verdicts = judge(plain(*STORY, *STORY[2:5]), None, NO_CONTEXT, ALL_RULES).verdicts
        assert [None] * 8 + [Reason.REPEATED] * 3 == [verdict.reason for verdict in verdicts]

    def test_steps_of_a_plan(self) -> None:
        """A plan repeats the steps of its lists: without a paragraph, they are no passage."""
        document = plain(*STORY, *STORY[2:5])
        steps = tuple(
            block._replace(kind=Kind.LIST_ITEM) if block.text in STORY[2:5] else block for block in document.blocks
        )
        assert not find_repeated(document._replace(blocks=steps), {})


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


@settings(max_examples=200)
@given(st.lists(BOXES, max_size=4), st.randoms(use_true_random=False), st.booleans())
def test_each_block_has_one_verdict(pieces: list[Any], chance: Any, has_metadata: bool) -> None:
    """For any page, there is one reproducible verdict per block, and each removal has a rule, evidence, or both."""
    document = page(*pieces)
    in_trafilatura = [chance.random() < 0.5 for _ in document.blocks]
    context = PageContext.of(title=HEADLINE, description=STORY[0]) if has_metadata else PageContext()
    verdicts = judge(document, in_trafilatura, context, ALL_RULES).verdicts
    assert len(document.blocks) == len(verdicts)
    assert verdicts == judge(document, in_trafilatura, context, ALL_RULES).verdicts
    for verdict in verdicts:
        assert (verdict.reason is None) == (verdict.rule is None and verdict.evidence is None)


@settings(max_examples=200)
@given(st.lists(TEXTS, max_size=12))
def test_each_line_has_one_verdict(lines: list[str]) -> None:
    """For plain text, too, there is one verdict per line, and each removal has a rule or evidence."""
    verdicts = judge(plain(*lines), None, PageContext(), ALL_RULES).verdicts
    assert len(lines) == len(verdicts)
    assert [verdict.reason is not None for verdict in verdicts] == [bool(v.rule or v.evidence) for v in verdicts]


def test_short_sentences_at_the_end_of_a_chinese_text() -> None:
    """Short sentences that directly follow the text are kept; those after a removed line are judged by themselves."""
    story = [
        "岭川县周一通报，连接两岸的旧索道将于秋季停运检修，预计需要四个月时间才能重新开放给游客。",
        "去年冬天的一次检查发现，支撑塔的三处焊缝已经开裂，随后的复查又找到了两处更深的裂痕，县里因此提前了工期。",
        "经营茶馆的周师傅说，停运期间客人至少会少一半，他希望县里能够安排渡船，让老人也可以照常过河买菜。",
        "检修费用由县里和索道公司共同承担。",
        "渡船从十月起每天开行六班。",
    ]
    kept = clean_text("\n\n".join([*story, "上一篇：旧车站改建推迟一年", "本站不对转载内容负责。"])).text
    assert all(sentence in kept for sentence in story)
    assert "上一篇" not in kept
    assert "转载" not in kept
