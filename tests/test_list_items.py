"""Items of a list, and rows of a table, are text together or not at all."""

from __future__ import annotations

import pytest

from cleaner.judge.list_items import share_probabilities
from cleaner.models import Block, Document, Element, Kind


def listed(*kinds: Kind, tag: str = "ul") -> Document:
    """A page whose blocks stand in one list each of its own item, and behind them one that stands in none."""
    count = len(kinds)
    blocks = [Block(place, kind, "A line of words.", element=2 + place) for place, kind in enumerate(kinds)]
    own = [Element(1, "li", frozenset({"<li>"}), False, place, place + 1) for place in range(count)]
    body = Element(-1, "body", frozenset({"<body>"}), False, 0, count + 1)
    around = Element(0, tag, frozenset({f"<{tag}>"}), False, 0, count)
    last = Block(count, Kind.LIST_ITEM, "A line of words.", element=0)
    return Document((*blocks, last), (body, around, *own))


ITEMS = (Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.LIST_ITEM)


@pytest.mark.parametrize("tag", ["ul", "ol", "dl", "table"])
def test_one_doubtful_item_goes_with_its_list(tag: str) -> None:
    """Where most items are surely text, one in doubt is kept with them, and what stands outside stays as it was."""
    *items, outside = share_probabilities(listed(*ITEMS, tag=tag), [0.95, 0.4, 0.95, 0.4], ())
    assert min(items) > 0.75
    assert 0.4 == outside


def test_items_are_equal() -> None:
    """No threshold divides a list."""
    one, other, last, _ = share_probabilities(listed(*ITEMS), [0.2, 0.9, 0.5, 0.5], ())
    assert one == other == last


def test_rules_are_no_evidence() -> None:
    """An item that a rule takes says nothing of the others."""
    assert pytest.approx(0.9) == share_probabilities(listed(*ITEMS), [0.0, 0.9, 0.9, 0.5], {0})[1]


def test_paragraphs_of_a_table_stand_alone() -> None:
    """Only items and rows go together: a page may be laid out as a table."""
    assert [0.1, 0.9, 0.5] == share_probabilities(
        listed(Kind.PARAGRAPH, Kind.PARAGRAPH, tag="table"), [0.1, 0.9, 0.5], ()
    )


def test_plain_text_has_no_lists() -> None:
    """In plain text nobody knows where a list begins."""
    document = Document((Block(0, Kind.LIST_ITEM, "One"), Block(1, Kind.LIST_ITEM, "Two")))
    assert [0.1, 0.9] == share_probabilities(document, [0.1, 0.9], ())
