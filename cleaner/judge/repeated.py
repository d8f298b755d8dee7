"""Second copies: pull quotes, and text that a page holds once for each width of screen.

Saying something twice is no second copy. A refrain, the question that an interviewer asks everybody, the price in each
row, a warning in each recipe: they stand beside each other, in one element, and stay. A copy stands in an element of
its own, or, in plain text, repeats a whole passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaner.blocks.stats import PrefixSums, enclosing
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict
from cleaner.text.measures import letters_and_digits, weighted_length

# Letters of the shortest quote that is looked for in the text around it. Shorter ones stand there by chance.
MIN_QUOTE_LENGTH: Final = 40
# Letters of the shortest paragraph that gives a second copy away.
MIN_COPY_LENGTH: Final = 80
COPIED_KINDS = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.PREFORMATTED})
# Of other blocks, so many letters must come again: two short lists may well have the same items.
MIN_COPIED_LIST_LENGTH: Final = 1_000
# The share (0 to 1) of an element's text that must stand earlier on the page, for the element to be a copy. A question
# and its answer share the question only.
MIN_COPIED_SHARE: Final = 0.8
# A page with more quotes than this is made of them; looking for each in all of its text would take seconds.
MAX_QUOTES: Final = 100
# Of plain text, so many different paragraphs in a row must come again in the same order.
MIN_PASSAGE_PARAGRAPHS: Final = 3

REPEATED = Verdict(Reason.REPEATED, evidence="the same words stand in the article already")


def find_repeated(document: Document, removals: dict[int, Verdict]) -> dict[int, Verdict]:
    """A verdict by place for each pull quote and each second copy among the blocks that are not `removals`."""
    kept = [block for block in document.blocks if block.place not in removals]
    letters = {block.place: letters_and_digits(block.text) for block in kept}
    copies = _passages(kept, letters) if document.plain else _copies(document, kept, letters)
    return dict.fromkeys(copies | _pull_quotes(document, kept, letters), REPEATED)


def _pull_quotes(document: Document, kept: Sequence[Block], letters: dict[int, str]) -> set[int]:
    """Places of the quotes whose words stand in the text around them, or in another quote before them."""
    quotes = [block for block in kept if block.kind is Kind.QUOTE and len(letters[block.place]) >= MIN_QUOTE_LENGTH]
    if len(quotes) > MAX_QUOTES:
        return set()
    told = "".join(letters[block.place] for block in kept if block.kind is not Kind.QUOTE)
    first: dict[str, Block] = {}
    found: set[int] = set()
    for block in quotes:
        own = letters[block.place]
        before = first.setdefault(own, block)
        if own in told or (before is not block and _quoted_in(document, before) != _quoted_in(document, block)):
            found.add(block.place)
    return found


def _quoted_in(document: Document, block: Block) -> int:
    """The element that makes a block a quote. A poem may say a line twice in one of them."""
    around = enclosing(document, block)
    return next((index for index in around if document.elements[index].tag == "blockquote"), block.element)


def _copies(document: Document, kept: Sequence[Block], letters: dict[int, str]) -> set[int]:
    """Places of the blocks of a page that stand in the second copy of an element."""
    rank = {block.place: number for number, block in enumerate(kept)}
    first: dict[str, Block] = {}
    again = {block.place for block in kept if first.setdefault(letters[block.place], block) is not block}
    sizes = [len(letters.get(block.place, "")) for block in document.blocks]
    text = PrefixSums(sizes)
    copied = PrefixSums([own if place in again else 0 for place, own in enumerate(sizes)])
    found: set[int] = set()
    for block in kept:
        if block.place not in again or block.place in found or weighted_length(letters[block.place]) < MIN_COPY_LENGTH:
            continue
        before = first[letters[block.place]]
        follows = rank[block.place] - rank[before.place] == 1
        element = _copy_around(document, before, block, text, copied, follows=follows)
        if element is None:
            continue
        if block.kind in COPIED_KINDS or copied.of(element.first, element.last) >= MIN_COPIED_LIST_LENGTH:
            found |= again.intersection(range(element.first, element.last))
    return found


def _copy_around(
    document: Document, before: Block, block: Block, text: PrefixSums, copied: PrefixSums, *, follows: bool
) -> Element | None:
    """The outermost element around `block`, and not around `before`, that is a copy; `None` where there is none."""
    around = [document.elements[index] for index in enclosing(document, block)]
    own = [element for element in around if not element.first <= before.place < element.last]
    beside = [document.elements[index] for index in enclosing(document, before)]
    others = [element for element in beside if not element.first <= block.place < element.last]
    copies = [
        element
        for element in own
        if copied.of(element.first, element.last) >= MIN_COPIED_SHARE * text.of(element.first, element.last)
    ]
    if not copies:
        return None
    outer, other = own[-1], others[-1] if others else None
    if _is_single(outer) and (other is None or _is_single(other)):
        # Each stands by itself among its like: a paragraph in its own tag or wrapper. Themes name the versions for each
        # width of screen; what somebody wrote twice has the same name both times.
        return copies[-1] if follows and other is not None and outer.tokens != other.tokens else None
    if other is not None and outer.tokens == other.tokens and copies[-1] is not outer:
        return None  # two of a row of boxes, which have a line in common
    return copies[-1]


def _is_single(element: Element) -> bool:
    return element.last - element.first == 1


def _passages(kept: Sequence[Block], letters: dict[int, str]) -> set[int]:
    """Places of the blocks of a plain text that repeat a passage of it."""
    texts = [letters[block.place] for block in kept]
    first: dict[str, int] = {}
    found: set[int] = set()
    number = 0
    while number < len(texts):
        start = first.setdefault(texts[number], number)
        length = 0
        while start + length < number < len(texts) - length and texts[start + length] == texts[number + length]:
            length += 1
        passage = texts[number : number + length]
        if len(set(passage)) >= MIN_PASSAGE_PARAGRAPHS and max(map(weighted_length, passage)) >= MIN_COPY_LENGTH:
            found |= {block.place for block in kept[number : number + length]}
        number += max(1, length)
    return found
