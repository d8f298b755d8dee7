"""The scorer: features, forests, and phrases for the evidence."""

from __future__ import annotations

import math

import pytest

from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.gather import gather
from cleaner.judge.scorer.features.lexical import lexical
from cleaner.judge.scorer.forest import Forest, Leaf, Split
from cleaner.judge.scorer.lexicon import Lexicon, leads, names, pieces, terms
from cleaner.judge.scorer.neighbours import neighbour_features
from cleaner.judge.scorer.phrases import phrase
from cleaner.judge.scorer.score import score_blocks, score_with
from cleaner.judge.scorer.weights import PAGE, TEXT, ScorerWeights, dump_weights, load_weights
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict

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
    """Each feature has one finite number per block, and a phrase."""
    evidence = gather(document, None, {}, {}, NO_CONTEXT)
    columns = evidence.columns | lexical(document, evidence, NOTHING_LEARNED)
    columns |= neighbour_features(document, [1 / (2 + place) for place in evidence.places], evidence.places)
    assert {len(document.blocks)} == {len(column) for column in columns.values()}
    assert all(math.isfinite(value) for column in columns.values() for value in column)
    assert all(phrase(name, value) for name, column in columns.items() for value in column)


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
    pieces = last.evidence().split(", ")
    assert 1 <= len(pieces) <= 3
    assert len(set(pieces)) == len(pieces)
    phrases = {phrase(name, vote.columns[name][vote.row]) for vote in last.votes for name in vote.forest.columns}
    assert set(pieces) <= phrases


@pytest.mark.parametrize(
    ("feature", "value", "expected"),
    [
        ("ends", 8.0, "a final stop"),
        ("ends", 1.0, "no final stop"),
        ("ends-1", 1.0, "a line without a final stop shortly before it"),
        ("ends-1", 8.0, "the blocks before it"),
        ("linked+1", -2.0, "the blocks after it"),
        ("stands+2", 0.0, "a rejection by the second opinion shortly after it"),
        ("commas", 0.0, "no commas"),
        ("commas", 2.0, "commas in it"),
        ("since_first", -3.0, "before the page's first prose"),
        ("since_first", 35.0, "not before the page's first prose"),
        ("until_last", -1.0, "after the page's last prose"),
        ("until_last", 0.0, "not after the page's last prose"),
        ("linked", 0.0, "no link text"),
        ("linked", 0.7, "mostly link text"),
        ("prose:5", 0.1, "hardly any prose around it"),
        ("prose:12", 0.9, "much prose around it"),
        ("within:2", 0.9, "in an element with most of the page's prose"),
        ("stands", -1.0, "there is no second opinion"),
        ("same", 1.0, "occurs once on the page"),
        ("level", 0.0, "no heading level"),
        ("level", 3.0, "a heading of level 3"),
        ("kind", 2.0, "a list item"),
        ("bold", 0.0, "not bold"),
    ],
)
def test_evidence_is_true(feature: str, value: float, expected: str) -> None:
    """A phrase is true of the value of its feature, and does not attribute a neighbour's value to the block."""
    assert expected == phrase(feature, value)


def test_rows_are_the_blocks_that_no_rule_removes() -> None:
    """A removed block has no row, but its length is a feature of the blocks next to it."""
    removals = {0: Verdict(Reason.AD, "some-rule"), 3: Verdict(Reason.AD, "some-rule")}
    evidence = gather(ARTICLE, None, removals, {}, NO_CONTEXT)
    assert (1, 2, 4) == evidence.places
    assert [float(len(ARTICLE.blocks[place].text)) for place in (0, 1, 3)] == evidence.columns["size-1"]


def test_removed_blocks_are_not_scored() -> None:
    """A block that a rule removes has the probability 0 and no evidence."""
    scores = score_blocks(ARTICLE, None, {1: Verdict(Reason.AD, "some-rule")}, {}, NO_CONTEXT)
    assert (0.0, False, "") == (scores[1].probability, scores[1].kept, scores[1].evidence())


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
    assert "few words" == low.evidence()


def test_uncertain_blocks_get_a_second_pass() -> None:
    """The second pass adds to the log-odds of blocks of which the first is unsure, and to no others."""
    first = Forest(("size",), (Split(0, 30.0, Leaf(0.1, 0), Leaf(5.0, 0)),))
    second = Forest(("chance+1",), (Split(0, 0.9, Leaf(1.0, 0), Leaf(-3.0, 0)),))
    unsure, sure = score_with(weights_of(first, second), plain("a", "b"), (0, 1), {"size": [11.0, 31.0]})
    assert (pytest.approx(1 / (1 + math.exp(2.9))), False) == (unsure.probability, unsure.kept)
    assert "the blocks after it" == unsure.evidence()
    assert pytest.approx(1 / (1 + math.exp(-5))) == sure.probability


def test_neighbour_features_leave_out_the_block() -> None:
    """The features of the blocks around a block do not depend on its own probability."""
    document = page(("a", SENTENCE), ("a", OTHER), ("a", SENTENCE))
    one, other = (neighbour_features(document, [0.9, chance, 0.1], (0, 1, 2)) for chance in (0.2, 0.7))
    for name in ("chances:3", "chances_before", "chances_after", "chances_within:1", "chances_alike", "chance-1"):
        assert one[name][1] == pytest.approx(other[name][1])
    assert pytest.approx(0.5) == one["chances:3"][1]


def test_evidence_is_only_against_the_block() -> None:
    """The evidence names only features that lower the log-odds, the strongest first."""
    trees = (Split(0, 9.0, Leaf(-1.0, 0), Leaf(1.0, 0)), Split(1, 0.5, Leaf(-3.0, 1), Leaf(1.0, 1)), Leaf(-0.5, 0))
    forest = Forest(("size", "stands"), trees)
    assert ("the second opinion leaves it out, few words",) == tuple(
        score.evidence()
        for score in score_with(weights_of(forest, forest), plain("a"), (0,), {"size": [1.0], "stands": [0.0]})
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read more", {"read", "more", "^ read", "read more", "more $"}),
        ("もっと", {"もっ", "っと", "^ もっ", "もっ っと", "っと $"}),
        ("...", {"^ $"}),
    ],
)
def test_terms_are_words_and_pairs(text: str, expected: set[str]) -> None:
    """Terms are words and word pairs with marked edges; in scripts without spaces, pairs of characters are words."""
    assert expected == terms(text)


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
