"""The items of a list and the rows of a table share one probability."""

from __future__ import annotations

import pytest

from cleaner.judge.list_items import share_probabilities
from cleaner.models import Block, Document, Element, Kind


def page_with_list(*kinds: Kind, tag: str = "ul") -> Document:
    """Return a page with one list, one item for each of the kinds, and after the list a block that is in no list."""
    count = len(kinds)
    blocks = [Block(place, kind, "A line of words.", element=2 + place) for place, kind in enumerate(kinds)]
    items = [Element(1, "li", frozenset({"<li>"}), False, place, place + 1) for place in range(count)]
    body = Element(-1, "body", frozenset({"<body>"}), False, 0, count + 1)
    outer = Element(0, tag, frozenset({f"<{tag}>"}), False, 0, count)
    last = Block(count, Kind.LIST_ITEM, "A line of words.", element=0)
    return Document((*blocks, last), (body, outer, *items))


ITEMS = (Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.LIST_ITEM)


@pytest.mark.parametrize("tag", ["ul", "ol", "dl", "table"])
def test_one_doubtful_item_goes_with_its_list(tag: str) -> None:
    """An uncertain item gets a high probability if most items of its list have one; a block outside keeps its own."""
    *items, outside = share_probabilities(page_with_list(*ITEMS, tag=tag), [0.95, 0.4, 0.95, 0.4], ())
    assert min(items) > 0.75
    assert 0.4 == outside


def test_items_have_the_same_probability() -> None:
    """All items of a list have the same probability, so no threshold divides the list."""
    one, other, last, _ = share_probabilities(page_with_list(*ITEMS), [0.2, 0.9, 0.5, 0.5], ())
    assert one == other == last


def test_removed_items_do_not_count() -> None:
    """An item that a rule removes does not change the probability of the others."""
    assert pytest.approx(0.9) == share_probabilities(page_with_list(*ITEMS), [0.0, 0.9, 0.9, 0.5], {0})[1]


def test_paragraphs_in_a_table_keep_their_probabilities() -> None:
    """Only list items and table rows share a probability: a table may be the layout of a whole page."""
    assert [0.1, 0.9, 0.5] == share_probabilities(
        page_with_list(Kind.PARAGRAPH, Kind.PARAGRAPH, tag="table"), [0.1, 0.9, 0.5], ()
    )


def test_plain_text_has_no_lists() -> None:
    """In plain text, items keep their own probabilities: the boundaries of lists are unknown."""
    document = Document((Block(0, Kind.LIST_ITEM, "One"), Block(1, Kind.LIST_ITEM, "Two")))
    assert [0.1, 0.9] == share_probabilities(document, [0.1, 0.9], ())


def names(*lines: str, kind: Kind = Kind.HEADING, tokens: str = "name") -> Document:
    """Return a page with each line in an element of its own."""
    body = Element(-1, "body", frozenset({"<body>"}), False, 0, len(lines))
    elements = [Element(0, "div", frozenset({"<div>", *tokens.split()}), False, i, i + 1) for i in range(len(lines))]
    blocks = [Block(place, kind, line, element=place + 1) for place, line in enumerate(lines)]
    return Document(tuple(blocks), (body, *elements))


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.PARAGRAPH])
def test_names_with_the_same_markup(kind: Kind) -> None:
    """A name that is doubtful by itself is kept with three others, and goes with them."""
    document = names("Smoked herring", "Sea salt", "Apricot brandy", "Walnut bread", kind=kind)
    assert min(share_probabilities(document, [0.9, 0.9, 0.9, 0.4], ())) > 0.5
    assert max(share_probabilities(document, [0.1, 0.1, 0.1, 0.6], ())) < 0.5


def test_two_names() -> None:
    """Two are no group, and neither are paragraphs that share no class, or sentences."""
    assert share_probabilities(names("Smoked herring", "Sea salt"), [0.9, 0.4], ()) == [0.9, 0.4]
    lines = "Smoked herring", "Sea salt", "Apricot brandy"
    plain_markup = names(*lines, kind=Kind.PARAGRAPH, tokens="")
    assert share_probabilities(plain_markup, [0.9, 0.9, 0.4], ()) == [0.9, 0.9, 0.4]
    sentences = names(*(f"{line} is sold out." for line in lines), kind=Kind.PARAGRAPH)
    assert share_probabilities(sentences, [0.9, 0.9, 0.4], ()) == [0.9, 0.9, 0.4]


@pytest.mark.parametrize(
    "lines",
    [
        ("1. Herring", "2. Salt", "3. Brandy"),
        ("3) Herring", "2) Salt", "1) Brandy"),
        ("①燻製にしん", "②岬の塩", "③あんず酒"),
    ],
)
def test_numbered_names(lines: tuple[str, ...]) -> None:
    """In plain text, names that are numbered up or down belong together."""
    document = Document(tuple(Block(place, Kind.PARAGRAPH, line) for place, line in enumerate(lines)))
    assert share_probabilities(document, [0.9, 0.9, 0.4], ())[2] > 0.5


def test_numbers_without_order() -> None:
    """Lines that begin with any numbers do not."""
    lines = "1. Herring", "4. Salt", "9. Brandy"
    document = Document(tuple(Block(place, Kind.PARAGRAPH, line) for place, line in enumerate(lines)))
    assert share_probabilities(document, [0.9, 0.9, 0.4], ()) == [0.9, 0.9, 0.4]
