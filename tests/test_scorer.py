"""The scorer: features, forests, and phrases for the evidence."""

from __future__ import annotations

import math

import pytest

from cleaner.blocks.html import read_html
from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.columns import Rows
from cleaner.judge.scorer.features.gather import gather
from cleaner.judge.scorer.features.lexical import lexical
from cleaner.judge.scorer.features.media import media_columns
from cleaner.judge.scorer.forest import Forest, Leaf, Split
from cleaner.judge.scorer.lexicon import Lexicon, leads, names, pieces, terms
from cleaner.judge.scorer.neighbours import neighbour_features
from cleaner.judge.scorer.phrases import Subject, phrase, phrase_of
from cleaner.judge.scorer.quotes import Quotes
from cleaner.judge.scorer.score import score_blocks, score_with
from cleaner.judge.scorer.weights import PAGE, TEXT, ScorerWeights, dump_weights, load_weights
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict
from cleaner.page.parse import parse

NO_CONTEXT = PageContext()
NOTHING_LEARNED = Lexicon({}, {}, {}, {})
SENTENCE = "The council of the small town has decided to build a new bridge over the river before the next winter. "
OTHER = "Engineers measured the depth of the water in spring, and found that the old pillars would not hold for long. "


def plain(*lines: str) -> Document:
    return Document(tuple(Block(place, Kind.PARAGRAPH, line) for place, line in enumerate(lines)))


def page(*texts: tuple[str, str]) -> Document:
    """Return a page whose body has one <div> for each (class, text)."""
    blocks = [Block(i, Kind.PARAGRAPH, text, element=i + 1) for i, (_, text) in enumerate(texts)]
    divs = [Element(0, "div", frozenset({"<div>", name}), False, i, i + 1) for i, (name, _) in enumerate(texts)]
    return Document(tuple(blocks), (Element(-1, "body", frozenset({"<body>"}), False, 0, len(blocks)), *divs))


ARTICLE = plain("Bridge over the river", SENTENCE * 2, OTHER * 2, SENTENCE + OTHER, "Subscribe to our newsletter")
PAGE_ARTICLE = page(("a", SENTENCE * 2), ("b", OTHER * 2), ("share", "Share"))


@pytest.mark.parametrize("document", [ARTICLE, PAGE_ARTICLE, plain("Alone"), plain("橋を架ける。", "購読する")])
def test_every_column_has_a_row_for_each_block(document: Document) -> None:
    """Each feature has one finite number per block, and an entry in the table of phrases."""
    evidence = gather(document, None, {}, {}, NO_CONTEXT)
    columns = evidence.columns | lexical(document, evidence, NOTHING_LEARNED)
    columns |= neighbour_features(document, [1 / (2 + place) for place in evidence.places], evidence.places)
    assert {len(document.blocks)} == {len(column) for column in columns.values()}
    assert all(math.isfinite(value) for column in columns.values() for value in column)
    features = [(columns, row) for row in range(len(document.blocks))]
    subjects = [Subject(Quotes(document, NOTHING_LEARNED, ""), row, [each]) for row, each in enumerate(features)]
    for name, column in columns.items():
        for value, subject in zip(column, subjects, strict=True):
            assert "" not in (phrase(name, value, subject), phrase(name, value, subject, support=True))


@pytest.mark.parametrize("name", [PAGE, TEXT])
def test_weights_use_features_that_exist(name: str) -> None:
    """The stored weights use only features of this version, and are small."""
    document = ARTICLE if name == TEXT else PAGE_ARTICLE
    evidence = gather(document, None, {}, {}, NO_CONTEXT)
    columns = evidence.columns | lexical(document, evidence, NOTHING_LEARNED)
    weights = load_weights(name)
    assert set() == set(weights.first.columns) - set(columns)
    columns |= neighbour_features(document, [0.5] * len(document.blocks), evidence.places)
    assert set() == set(weights.second.columns) - set(columns)
    assert len(dump_weights(weights)) < 300_000


@pytest.mark.parametrize("document", [ARTICLE, PAGE_ARTICLE])
def test_paragraphs_score_higher_than_boilerplate(document: Document) -> None:
    """A long paragraph has a higher probability than a call to subscribe or to share."""
    scores = score_blocks(document, None, {}, {}, NO_CONTEXT)
    assert scores[1].kept
    assert scores[1].probability > scores[-1].probability


def test_boilerplate_has_evidence() -> None:
    """The evidence against a rejected block is at most three different phrases."""
    last = score_blocks(PAGE_ARTICLE, None, {}, {}, NO_CONTEXT)[-1]
    assert not last.kept
    pieces = last.evidence()
    assert 1 <= len(pieces) <= 3
    assert len(set(pieces)) == len(pieces)


LEARNED = Lexicon(
    {"sign up": -300, "^ sign": -200, "more $": -250, "|": -200, "もっ っと": -300, "page": -100, "book": 200},
    {"own /tag": -10, "/tag": -200, "other": -300, "slug": -400},
    {"newsletter-0": -300, "<nav>": -400, "<body>": 160, "role=banner": -200, "kx": -500},
    {"promo": -350, "kx": -500},
)
ELEMENTS = (
    Element(-1, "body", frozenset({"<body>"}), False, 0, 9),
    Element(0, "nav", frozenset({"<nav>", "kx"}), False, 0, 1),
    Element(0, "div", frozenset({"<div>", "newsletter-7"}), False, 1, 9),
    Element(2, "div", frozenset({"<div>", "big-promo"}), False, 2, 3),
)
QUOTED = Document(
    (
        Block(0, Kind.HEADING, "Help us", level=2, element=1),
        Block(1, Kind.PARAGRAPH, "You can sign up here", element=2, targets=("/tag/ports",)),
        Block(
            2, Kind.PARAGRAPH, "Sign here, please.", element=3, links=((0, 9),), targets=("https://other.example/x",)
        ),
        Block(3, Kind.LIST_ITEM, "Read more", element=0),
        Block(4, Kind.PARAGRAPH, "The page of a book", element=0),
        Block(5, Kind.PARAGRAPH, "もっと読む", element=0),
        Block(6, Kind.PARAGRAPH, "A | B", element=0),
        Block(7, Kind.PARAGRAPH, "Sign-up", element=0),
        Block(8, Kind.PARAGRAPH, OTHER, element=0),
    ),
    ELEMENTS,
)


def said(feature: str, value: float, place: int = 4, *, support: bool = False, **values: float) -> str | None:
    """Return the phrase for a feature of a block of `QUOTED`. `values` are those of its other features."""
    columns = {
        name: [other] for name, other in {"likely": 0.0, "since_first": 0.0, "until_last": 0.0, **values}.items()
    }
    subject = Subject(Quotes(QUOTED, LEARNED, "paper.example"), place, [(columns, 0)])
    return phrase(feature, value, subject, support=support)


@pytest.mark.parametrize(
    ("feature", "value", "expected"),
    [
        ("size", 18.0, "5 words"),
        ("size", 200.0, None),
        ("ends", 8.0, None),
        ("ends", 1.0, "no full stop at the end"),
        ("ends-1", 1.0, "the block before it has no full stop at the end"),
        ("ends-1", 8.0, None),
        ("size-1", 9.0, "the block before it has 2 words"),
        ("size+1", 9.0, "the block after it has 5 characters"),
        ("size+2", 9.0, None),
        ("kind-1", 2.0, "the block before it is a list item"),
        ("linked+1", -2.0, None),
        ("linked+1", 0.6, "the block after it is 60 % link text"),
        ("stands+1", 0.0, "the block after it is not in the text that trafilatura extracts"),
        ("tokens-1", -1.0, None),
        ("word_mean-1", -1.0, "the block before it ends with 'more' (12 times as often in boilerplate)"),
        ("chance-1", 0.05, "the block before it is unlikely to be text (probability 0.05)"),
        ("chance-1", 0.9, None),
        ("commas", 0.0, "no commas"),
        ("commas", 2.0, None),
        ("same", 1.0, None),
        ("same", 3.0, "stands on the page three times"),
        ("topic", 0.0, "none of its longer words in the main paragraphs"),
        ("topic", 0.25, "only 25 % of its longer words in the main paragraphs"),
        ("mentions", 0.25, "about 25 % of its text are words common in menus and notices ('page')"),
        ("mentions_site", 1.0, "1 word for a site or page ('page')"),
        ("mentions_site", 0.0, None),
        ("index", 0.0, "the first block"),
        ("index", 3.0, "only 3 blocks before it"),
        ("index", 40.0, None),
        ("kind-1", 1.0, None),
        ("kind-1", 0.0, "the block before it is a heading"),
        ("gap_before", 4.0, "no main paragraph before it within 3 blocks"),
        ("gap_before", 40.0, "no main paragraph before it"),
        ("main", -2.0, "2 blocks before the main part of the page"),
        ("main", 1.0, "1 block after the main part of the page"),
        ("main", 0.0, None),
        ("prose:5", 0.1, "only 10 % of the text within 5 blocks of it in main paragraphs"),
        ("prose:12", 0.9, None),
        ("within:2", 0.9, None),
        ("within:0", 0.0, None),
        ("within:1", 0.0, "in an element with none of the main paragraphs' text"),
        ("beside:0", 0.0, None),
        ("beside:1", 0.0, "in an element without another main paragraph"),
        ("depth", 3.0, "3 elements deeper than the main paragraphs"),
        ("link_window:3", 0.6, "60 % of the text within 3 blocks of it is links"),
        ("links", 6.0, "6 or more links in it"),
        ("stands", -1.0, None),
        ("stands", 0.0, "not in the text that trafilatura extracts"),
        ("stands:1", 0.2, "trafilatura leaves out 80 % of an element around it"),
        ("level", 0.0, None),
        ("level", 3.0, "a heading of level 3"),
        ("kind", 2.0, "a list item"),
        ("bold", 0.0, None),
        ("likely_share", 1.0, "a likely rule for 'share' matches an element around it"),
        ("under_gap", 4.0, "4 blocks under the heading 'Help us'"),
        ("media_before", 1.0, "directly after a picture"),
        ("media_before", 3.0, "3 blocks after a picture"),
        ("media_before", 9.0, None),
        ("media_after", 1.0, "directly before a picture"),
        ("media_same", 0.8, "says what the picture's description says"),
        ("media_same", 0.1, None),
        ("chances:30", 0.08, "only 8 % of the other text within 30 blocks of it is likely article text"),
        ("chances_before", -1.0, None),
    ],
)
def test_evidence_is_true(feature: str, value: float, expected: str | None) -> None:
    """A phrase is true of the value of its feature, or there is none; another block's value is said to be its own."""
    assert expected == said(feature, value)


@pytest.mark.parametrize(
    ("place", "words", "name", "target"),
    [
        (0, None, "in <nav> (55", None),
        (
            1,
            "has the words 'sign up' (20",
            "in an element named newsletter-7 (20",
            "has a link with 'tag' in its address (7",
        ),
        (2, "begins with 'sign' (7", "in an element named big-promo ('promo' 33", "has a link to another site (20"),
        (3, "ends with 'more' (12", None, None),
        (4, None, None, None),
        (5, "has the words 'もっと' (20", None, None),
        (6, "has the sign '|' (7", None, None),
        (7, "begins with 'sign' (7", None, None),
    ],
)
def test_what_weighs_most_is_quoted(place: int, words: str | None, name: str | None, target: str | None) -> None:
    """Evidence quotes the word, the name and the link target with the lowest log-odds, as the page has them.

    It says how much more often boilerplate has them, and which part of a name it is that boilerplate has so often.
    """
    expected = [each and f"{each} times as often in boilerplate)" for each in (words, name, target)]
    assert expected == [said(each, -5.0, place) for each in ("word_sum", "tokens", "lead_sum")]


def test_numbers_of_elements_are_quoted() -> None:
    """Of the features of the nearest elements, only names of these are quoted."""
    assert "in an element named big-promo ('promo' 33 times as often in boilerplate)" == said("pieces_own", -3.0, 2)
    assert said("pieces_own", -3.0, 8) is None


@pytest.mark.parametrize(
    ("token", "expected"),
    [("label=ads", "aria-label=ads"), ("data=ad-slot", "data-*=ad-slot"), ("role=banner", "role=banner")],
)
def test_names_in_attributes(token: str, expected: str) -> None:
    """A name that an attribute gives is quoted with the attribute."""
    document = Document(
        (Block(0, Kind.PARAGRAPH, "Text", element=0),), (Element(-1, "p", frozenset({token}), False, 0, 1),)
    )
    lexicon = NOTHING_LEARNED._replace(names={token: -300})
    assert f"in an element with {expected} (20 times as often in boilerplate)" == Quotes(document, lexicon, "").name(
        0, 1
    )


def test_place_among_the_prose() -> None:
    """A block is said to be before the first or after the last main paragraph only if the page has one there."""
    names = ("before", "since_first", "until_last")
    assert {"3 blocks before the first main paragraph"} == {
        said(name, -3.0, since_first=-3.0, until_last=9.0) for name in names
    }
    assert {"40 or more blocks after the last main paragraph"} == {
        said(name, -40.0, since_first=40.0, until_last=-40.0) for name in names
    }
    assert {None} == {said(name, 0.0, since_first=1.0, until_last=4.0) for name in names}
    assert {"no main paragraph on the page"} == {said(name, -3.0, since_first=-9.0, until_last=-3.0) for name in names}
    assert said("depth", 4.0, since_first=-9.0, until_last=-3.0) is None


def test_a_feature_without_a_phrase_is_an_error() -> None:
    """A feature that the table does not have fails, so that nobody forgets to add it."""
    with pytest.raises(KeyError):
        phrase_of("unheard_of")
    with pytest.raises(KeyError):
        phrase_of("unheard_of:5")


def test_rows_are_the_blocks_that_no_rule_removes() -> None:
    """A removed block has no row, but its length is a feature of the blocks next to it."""
    removals = {0: Verdict(Reason.AD, "some-rule"), 3: Verdict(Reason.AD, "some-rule")}
    evidence = gather(ARTICLE, None, removals, {}, NO_CONTEXT)
    assert (1, 2, 4) == evidence.places
    assert [float(len(ARTICLE.blocks[place].text)) for place in (0, 1, 3)] == evidence.columns["size-1"]


def test_removed_blocks_are_not_scored() -> None:
    """A block that a rule removes has the probability 0 and no evidence."""
    scores = score_blocks(ARTICLE, None, {1: Verdict(Reason.AD, "some-rule")}, {}, NO_CONTEXT)
    assert (0.0, False, []) == (scores[1].probability, scores[1].kept, scores[1].evidence())


def test_an_empty_document_has_no_scores() -> None:
    """Without blocks, there are no scores and there is no error."""
    assert [] == score_blocks(plain(), None, {}, {}, NO_CONTEXT)


SIZE = Forest(("size",), (Split(0, 30.0, Leaf(-1.0, 0), Leaf(2.0, 0)), Split(0, 11.0, Leaf(-0.5, 0), Leaf(0.5, 0))))


def weights_of(first: Forest, second: Forest) -> ScorerWeights:
    return ScorerWeights(NOTHING_LEARNED, first, second, 0.5)


def test_trees_are_summed() -> None:
    """The log-odds are the sum of one leaf per tree; a value equal to the bound goes to the low side."""
    low, high = score_with(weights_of(SIZE, Forest((), ())), plain("a", "b"), (0, 1), {"size": [11.0, 31.0]})
    assert (pytest.approx(1 / (1 + math.exp(1.5))), False) == (low.probability, low.kept)
    assert (pytest.approx(1 / (1 + math.exp(-2.5))), True) == (high.probability, high.kept)
    assert ["1 word"] == low.evidence()


def test_uncertain_blocks_get_a_second_pass() -> None:
    """The second pass adds to the log-odds of blocks of which the first is unsure, and to no others."""
    first = Forest(("size",), (Split(0, 30.0, Leaf(0.1, 0), Leaf(5.0, 0)),))
    second = Forest(("chance+1",), (Split(0, 0.9, Leaf(1.0, 0), Leaf(-3.0, 0)),))
    unsure, sure = score_with(weights_of(first, second), plain("a", "b"), (0, 1), {"size": [11.0, 31.0]})
    assert (pytest.approx(1 / (1 + math.exp(2.9))), False) == (unsure.probability, unsure.kept)
    assert [] == unsure.evidence()  # nothing to say: the block after it is likely text
    assert pytest.approx(1 / (1 + math.exp(-5))) == sure.probability


def test_neighbour_features_leave_out_the_block() -> None:
    """The features of the blocks around a block do not depend on its own probability."""
    document = page(("a", SENTENCE), ("a", OTHER), ("a", SENTENCE))
    one, other = (neighbour_features(document, [0.9, chance, 0.1], (0, 1, 2)) for chance in (0.2, 0.7))
    for name in ("chances:3", "chances_before", "chances_after", "chances_within:1", "chances_alike", "chance-1"):
        assert one[name][1] == pytest.approx(other[name][1])
    assert pytest.approx(0.5) == one["chances:3"][1]


def test_both_sides_of_a_block_in_a_plain_text() -> None:
    """What all blocks before and behind a block are likely to be are features; what rules remove does not count."""
    columns = neighbour_features(plain("a", "b", "c", "d"), [0.9, 0.5, 0.0, 0.1], (0, 1, 3))
    assert [0.0, 0.9, 0.9] == columns["most_before"]
    assert [0.5, 0.1, 0.0] == columns["most_behind"]
    assert pytest.approx([0.0, math.log(9), math.log(9)]) == columns["odds_before"]
    assert pytest.approx([-math.log(9), -math.log(9), 0.0]) == columns["odds_behind"]


def test_evidence_has_a_direction() -> None:
    """The evidence against a block names what lowers the log-odds, and the evidence for it what raises them."""
    trees = (
        Split(0, 9.0, Leaf(-1.0, 0), Leaf(1.0, 0)),
        Split(1, 0.5, Leaf(-3.0, 1), Leaf(1.0, 1)),
        Leaf(-0.5, 0),
        Split(2, 0.5, Leaf(2.0, 2), Leaf(-2.0, 2)),
    )
    forest = Forest(("size", "stands", "linked"), trees)
    columns = {"size": [1.0], "stands": [0.0], "linked": [0.0]}
    (score,) = score_with(weights_of(forest, forest), plain("a"), (0,), columns)
    assert ["not in the text that trafilatura extracts", "1 word"] == score.evidence()
    assert ["no links"] == score.evidence(support=True)


@pytest.mark.parametrize(
    ("feature", "value", "expected"),
    [
        ("size", 200.0, "5 words"),
        ("size", 18.0, None),
        ("ends", 8.0, "ends like a sentence"),
        ("kind", 1.0, "a paragraph"),
        ("capitals", 0.1, "only 10 % of its words have a capital initial"),
        ("capitals", 0.9, None),
        ("commas", 3.0, "3 commas"),
        ("sentences", 2.0, "2 sentence ends"),
        ("sentences", 9.0, None),
        ("topic", 0.75, "75 % of its longer words in the main paragraphs"),
        ("mentions", 0.0, "no words common in menus and notices"),
        ("under_mean", 1.0, "4 blocks under the heading 'Help us'"),
        ("since_first", 3.0, "between main paragraphs"),
        ("gap_before", 1.0, "directly after a main paragraph"),
        ("gap_before", 2.0, None),
        ("prose:5", 0.9, "90 % of the text within 5 blocks of it in main paragraphs"),
        ("main", 0.0, "in the main part of the page"),
        ("links", 0.0, "no links"),
        ("link_window:3", 0.003, "less than 1 % of the text within 3 blocks of it is links"),
        ("within:1", 0.8, "in an element with 80 % of the main paragraphs' text"),
        ("alike", 20.0, "20 or more main paragraphs with the same markup"),
        ("alike", 0.0, None),
        ("depth", 0.0, "nested as deep as the main paragraphs"),
        ("stands", 1.0, "in the text that trafilatura extracts"),
        ("stands:1", 0.8, "trafilatura extracts 80 % of an element around it"),
        ("chances_alike", 0.8, "80 % of the other text with the same markup is likely article text"),
        ("ends-1", 8.0, "the block before it ends like a sentence"),
        ("chance+1", 0.9, "the block after it is likely to be text (probability 0.90)"),
        ("likely", 0.0, None),
        ("word_sum", 5.0, "has the word 'book' (7 times as often in articles)"),
        ("tokens", 5.0, "in <body> (5 times as often in articles)"),
    ],
)
def test_support_is_true(feature: str, value: float, expected: str | None) -> None:
    """Where a feature counts for a block, its phrase is that of a value that speaks for text, or there is none."""
    assert expected == said(feature, value, support=True, since_first=1.0, until_last=2.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read more", {"read", "more", "^ read", "read more", "more $"}),
        ("もっと", {"もっ", "っと", "^ もっ", "もっ っと", "っと $"}),
        ("12 more", {"0", "more", "^ 0", "0 more", "more $"}),
    ],
)
def test_terms_are_words_and_pairs(text: str, expected: set[str]) -> None:
    """Terms are words and word pairs with marked edges; in scripts without spaces, pairs of characters are words.

    A short text has them a second time, with a mark.
    """
    found = terms(text)
    assert expected | {f"~{term}" for term in expected} <= found
    assert all(term.startswith("~") for term in found if term.count(" ") < 2 and term not in expected)


def test_terms_of_edges() -> None:
    """The first two words of a text are a term, and the last two."""
    text = "One of the two boats of the harbour office left the old bridge on the first day of the month"
    assert {"^ one of", "the month $"} <= terms(text)
    assert not any(term.startswith("~") for term in terms(text))
    assert {"^ $"} == terms("...")


PICTURES = """<div><p>The council met on Monday.</p>
<div><img src="a.jpg" alt="The old harbour in winter"><p>The harbour in winter</p></div>
<p>Nobody voted against it.</p><p>The work begins in May.</p><p>It ends in June.</p>
<p><video src="b.mp4"></video></p></div>"""


def test_blocks_know_the_pictures_near_them() -> None:
    """Each block knows how far the nearest pictures are, how large its box with one is, and if it says the same."""
    document = read_html(parse(PICTURES).root)
    columns = media_columns(document, Rows(range(len(document.blocks)), len(document.blocks)))
    assert [8, 1, 2, 3, 4] == columns["media_before"]
    assert [1, 4, 3, 2, 1] == columns["media_after"]
    assert [30, 1, 5, 30, 30] == columns["media_shared"]
    same = columns["media_same"]
    assert (0.0, 1.0) == (same[2], same[1])
    assert [-1.0, -1.0] == same[3:]


def test_a_page_without_pictures() -> None:
    """Without a picture, all distances are the largest, and there are no words to compare."""
    columns = media_columns(PAGE_ARTICLE, Rows([0, 1], 3))
    assert {"media_before": [8, 8], "media_after": [8, 8], "media_shared": [30, 30], "media_same": [-1, -1]} == columns


def test_numbers_in_names_are_equal() -> None:
    """Numbers in names are replaced by 0: ids are numbered by programs."""
    assert frozenset({"post-0", "<div>"}) == names(frozenset({"post-8841", "<div>"}))


def test_pieces_of_names() -> None:
    """Pieces are the words in names: a name that no other site uses may consist of words that many sites use."""
    assert frozenset({"article", "related", "list", "div"}) == pieces(frozenset({"article__related-list-7", "<div>"}))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("#notes", {"#"}),
        ("/tag/ports", {"own", "/tag", "page", "own page"}),
        ("https://www.paper.example/news/2024/ferry-crews-vote-to-strike", {"own", "/news", "slug", "own slug"}),
        ("https://facebook.example/sharer?u=x", {"other", "facebook", "example", "other page"}),
        ("mailto:desk@paper.example", {"mailto"}),
        ("https://[paper", {"bad"}),
    ],
)
def test_leads(target: str, expected: set[str]) -> None:
    """Leads say whether a link stays on the site, whether it goes to a section or a page, and to which host."""
    assert expected == leads((target,), "paper.example")


def test_leads_of_an_unknown_site() -> None:
    """If the host of the page is unknown, no link counts as leaving the site."""
    assert {"facebook", "example"} == leads(("https://facebook.example/sharer",), "")
