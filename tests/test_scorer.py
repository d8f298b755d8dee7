"""The scorer: evidence as numbers, trees that are asked, and words for what weighed."""

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
from cleaner.judge.scorer.weights import PAGE, TEXT, Weights, dump, load
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict

NOBODY = PageContext()
NOTHING_LEARNED = Lexicon({}, {}, {}, {})
SENTENCE = "The council of the small town has decided to build a new bridge over the river before the next winter. "
OTHER = "Engineers measured the depth of the water in spring, and found that the old pillars would not hold for long. "


def plain(*lines: str) -> Document:
    return Document(tuple(Block(place, Kind.PARAGRAPH, line) for place, line in enumerate(lines)))


def page(*texts: tuple[str, str]) -> Document:
    """A page of one <div> for each (class, text), in the body."""
    blocks = [Block(i, Kind.PARAGRAPH, text, element=i + 1) for i, (_, text) in enumerate(texts)]
    own = [Element(0, "div", frozenset({"<div>", name}), False, i, i + 1) for i, (name, _) in enumerate(texts)]
    return Document(tuple(blocks), (Element(-1, "body", frozenset({"<body>"}), False, 0, len(blocks)), *own))


ARTICLE = plain("Bridge over the river", SENTENCE * 2, OTHER * 2, SENTENCE + OTHER, "Subscribe to our newsletter")
PAGE_ARTICLE = page(("a", SENTENCE * 2), ("b", OTHER * 2), ("share", "Share"))


@pytest.mark.parametrize("document", [ARTICLE, PAGE_ARTICLE, plain("Alone"), plain("橋を架ける。", "購読する")])
def test_every_column_has_a_row_for_each_block(document: Document) -> None:
    """Each feature is one finite number for each block, and has words for people."""
    evidence = gather(document, None, {}, NOBODY)
    columns = evidence.columns | lexical(document, evidence, NOTHING_LEARNED)
    columns |= neighbour_features(document, [1 / (2 + place) for place in evidence.places], evidence.places)
    assert {len(document.blocks)} == {len(column) for column in columns.values()}
    assert all(math.isfinite(value) for column in columns.values() for value in column)
    assert all(phrase(name, value) for name, column in columns.items() for value in column)


@pytest.mark.parametrize("name", [PAGE, TEXT])
def test_weights_ask_for_features_that_exist(name: str) -> None:
    """The stored weights fit the features of this version, and are small."""
    document = ARTICLE if name == TEXT else PAGE_ARTICLE
    evidence = gather(document, None, {}, NOBODY)
    columns = evidence.columns | lexical(document, evidence, NOTHING_LEARNED)
    weights = load(name)
    assert set() == set(weights.first.columns) - set(columns)
    columns |= neighbour_features(document, [0.5] * len(document.blocks), evidence.places)
    assert set() == set(weights.second.columns) - set(columns)
    assert len(dump(weights)) < 300_000


@pytest.mark.parametrize("document", [ARTICLE, PAGE_ARTICLE])
def test_paragraphs_outweigh_chrome(document: Document) -> None:
    """A long paragraph is likelier the article's text than a call to subscribe or to share."""
    scores = score_blocks(document, None, {}, NOBODY)
    assert scores[1].kept
    assert scores[1].probability > scores[-1].probability


def test_chrome_says_why() -> None:
    """What is not taken for text names at most three pieces of evidence, in words, and each once."""
    last = score_blocks(PAGE_ARTICLE, None, {}, NOBODY)[-1]
    assert not last.kept
    pieces = last.evidence().split(", ")
    assert 1 <= len(pieces) <= 3
    assert len(set(pieces)) == len(pieces)
    said = {phrase(name, look.columns[name][look.row]) for look in last.votes for name in look.forest.columns}
    assert set(pieces) <= said


@pytest.mark.parametrize(
    ("feature", "value", "expected"),
    [
        ("ends", 8.0, "ends as a sentence"),
        ("ends", 1.0, "does not end as a sentence"),
        ("ends-1", 1.0, "the blocks before it"),
        ("stands+2", 0.0, "the blocks after it"),
        ("commas", 0.0, "no commas"),
        ("commas", 2.0, "commas"),
        ("since_first", -3.0, "before the page's first prose"),
        ("since_first", 35.0, "not before the page's first prose"),
        ("until_last", -1.0, "after the page's last prose"),
        ("until_last", 0.0, "not after the page's last prose"),
        ("linked", 0.0, "no link text"),
        ("linked", 0.7, "mostly link text"),
        ("prose:5", 0.1, "hardly any prose around it"),
        ("prose:12", 0.9, "prose around it"),
        ("within:2", 0.9, "in an element with most of the page's prose"),
        ("stands", -1.0, "the second opinion was not asked"),
        ("same", 1.0, "stands on the page once"),
        ("level", 0.0, "not a heading with a level"),
        ("level", 3.0, "a heading of level 3"),
        ("kind", 2.0, "its kind (list item)"),
        ("bold", 0.0, "not set in bold"),
    ],
)
def test_evidence_is_true(feature: str, value: float, expected: str) -> None:
    """What is said of a feature is true of its value, and claims nothing of a block that is true of its neighbour."""
    assert expected == phrase(feature, value)


def test_rows_are_the_blocks_that_no_rule_takes() -> None:
    """Of what a rule takes nothing is gathered, but how long it is, for the blocks beside it."""
    evidence = gather(ARTICLE, None, {0: Verdict(Reason.AD, "some-rule"), 3: Verdict(Reason.AD, "some-rule")}, NOBODY)
    assert (1, 2, 4) == evidence.places
    assert [float(len(ARTICLE.blocks[place].text)) for place in (0, 1, 3)] == evidence.columns["size-1"]


def test_ruled_blocks_are_not_scored() -> None:
    """What a rule takes stays taken: no chance, no evidence."""
    scores = score_blocks(ARTICLE, None, {1: Verdict(Reason.AD, "some-rule")}, NOBODY)
    assert (0.0, False, "") == (scores[1].probability, scores[1].kept, scores[1].evidence())


def test_an_empty_document_has_no_scores() -> None:
    """No blocks, no scores, no error."""
    assert [] == score_blocks(plain(), None, {}, NOBODY)


SIZE = Forest(("size",), (Split(0, 30.0, Leaf(-1.0, 0), Leaf(2.0, 0)), Split(0, 11.0, Leaf(-0.5, 0), Leaf(0.5, 0))))


def weights_of(first: Forest, second: Forest) -> Weights:
    return Weights(NOTHING_LEARNED, first, second, 0.5)


def test_trees_are_summed() -> None:
    """Log-odds are the sum of one leaf of each tree; a value on the edge goes low."""
    low, high = score_with(weights_of(SIZE, Forest((), ())), plain("a", "b"), (0, 1), {"size": [11.0, 31.0]})
    assert (pytest.approx(1 / (1 + math.exp(1.5))), False) == (low.probability, low.kept)
    assert (pytest.approx(1 / (1 + math.exp(-2.5))), True) == (high.probability, high.kept)
    assert "its length" == low.evidence()


def test_doubt_gets_a_second_look() -> None:
    """A second look adds to what the first one is not sure of, and to nothing else."""
    first = Forest(("size",), (Split(0, 30.0, Leaf(0.1, 0), Leaf(5.0, 0)),))
    second = Forest(("chance+1",), (Split(0, 0.9, Leaf(1.0, 0), Leaf(-3.0, 0)),))
    unsure, sure = score_with(weights_of(first, second), plain("a", "b"), (0, 1), {"size": [11.0, 31.0]})
    assert (pytest.approx(1 / (1 + math.exp(2.9))), False) == (unsure.probability, unsure.kept)
    assert "the blocks after it" == unsure.evidence()
    assert pytest.approx(1 / (1 + math.exp(-5))) == sure.probability


def test_what_stands_around_a_block_leaves_it_out() -> None:
    """The chances of a block's neighbours and of its element's rest do not depend on its own."""
    document = page(("a", SENTENCE), ("a", OTHER), ("a", SENTENCE))
    one, other = (neighbour_features(document, [0.9, own, 0.1], (0, 1, 2)) for own in (0.2, 0.7))
    for name in ("chances:3", "chances_before", "chances_after", "chances_within:1", "chances_alike", "chance-1"):
        assert one[name][1] == pytest.approx(other[name][1])
    assert pytest.approx(0.5) == one["chances:3"][1]


def test_what_speaks_for_a_block_is_no_evidence_against_it() -> None:
    """Only what lowers the odds is named, the strongest first."""
    trees = (Split(0, 9.0, Leaf(-1.0, 0), Leaf(1.0, 0)), Split(1, 0.5, Leaf(-3.0, 1), Leaf(1.0, 1)), Leaf(-0.5, 0))
    look = Forest(("size", "stands"), trees)
    assert ("the second opinion leaves it out, its length",) == tuple(
        s.evidence() for s in score_with(weights_of(look, look), plain("a"), (0,), {"size": [1.0], "stands": [0.0]})
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
    """Words and word pairs with the edges marked; pairs of signs where a script has no spaces."""
    assert expected == terms(text)


def test_numbers_in_names_are_one() -> None:
    """Ids are counted by machines: the number in them says nothing."""
    assert frozenset({"post-0", "<div>"}) == names(frozenset({"post-8841", "<div>"}))


def test_names_are_made_of_pieces() -> None:
    """What no other site calls an element may be made of words that many sites use."""
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
def test_links_say_where_they_lead(target: str, expected: set[str]) -> None:
    """On the site or off it, to a section or to a page, and to whom."""
    assert expected == leads((target,), "paper.example")


def test_links_of_an_unknown_site() -> None:
    """Where nobody knows the page's own host, no link is called one that leaves it."""
    assert {"facebook", "example"} == leads(("https://facebook.example/sharer",), "")
