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
