"""Detection of second copies: pull quotes, and text that a page contains once for each screen width.

Repetition alone does not make a copy. A refrain, the question that an interviewer puts to everybody, the price in each
row, a warning in each recipe: these are next to each other in one element, and are kept. A copy is in an element of its
own, or, in plain text, repeats a whole passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaner.blocks.stats import PrefixSums, enclosing
from cleaner.judge.wording import counted
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict
from cleaner.text.measures import letters_and_digits, weighted_length

# Letters and digits of the shortest quote that can be a pull quote. Shorter ones occur in the text by chance.
MIN_QUOTE_LENGTH: Final = 40
# The weighted length, in letters and digits, of the shortest paragraph that can reveal a second copy.
MIN_COPY_LENGTH: Final = 80
COPIED_KINDS = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.PREFORMATTED})
# For blocks of other kinds, this many letters and digits must be repeated: two short lists may have the same items.
MIN_COPIED_LIST_LENGTH: Final = 1_000
# The share (0 to 1) of an element's text that must occur earlier on the page for the element to be a copy. Elements
# that each hold a question and an answer may share the question only.
MIN_COPIED_SHARE: Final = 0.8
# A page with more quotes than this consists of them. Searching the whole text for each would take seconds.
MAX_QUOTES: Final = 100
# In plain text, this many different paragraphs in a row must be repeated in the same order.
MIN_PASSAGE_PARAGRAPHS: Final = 3

PULL_QUOTE = Verdict(Reason.REPEATED, evidence="a quote of words that the article's text has elsewhere")
PASSAGE = Verdict(Reason.REPEATED, evidence="in a passage that repeats an earlier one")


def find_repeated(document: Document, removals: dict[int, Verdict]) -> dict[int, Verdict]:
    """Return verdicts, by place, for the pull quotes and second copies among the blocks that are not in `removals`."""
    kept = [block for block in document.blocks if block.place not in removals]
    letters = {block.place: letters_and_digits(block.text) for block in kept}
    quotes = dict.fromkeys(_pull_quotes(document, kept, letters), PULL_QUOTE)
    if document.plain:
        return quotes | dict.fromkeys(_passages(kept, letters), PASSAGE)
    copies = _copies(document, kept, letters)
    return quotes | {place: _second_copy(place - first) for place, first in copies.items()}


def _second_copy(distance: int) -> Verdict:
    return Verdict(Reason.REPEATED, evidence=f"the same text stands {counted(distance, 'block')} before")


def _pull_quotes(document: Document, kept: Sequence[Block], letters: dict[int, str]) -> set[int]:
    """Return the places of quotes whose text also occurs in the other text, or in a quote before them."""
    quotes = [block for block in kept if block.kind is Kind.QUOTE and len(letters[block.place]) >= MIN_QUOTE_LENGTH]
    if len(quotes) > MAX_QUOTES:
        return set()
    other_text = "".join(letters[block.place] for block in kept if block.kind is not Kind.QUOTE)
    first: dict[str, Block] = {}
    places: set[int] = set()
    for block in quotes:
        quote = letters[block.place]
        before = first.setdefault(quote, block)
        is_repeated = before is not block and _quote_element(document, before) != _quote_element(document, block)
        if quote in other_text or is_repeated:
            places.add(block.place)
    return places


def _quote_element(document: Document, block: Block) -> int:
    """Return the index of the element that makes a block a quote. A poem may repeat a line within one element."""
    outer = enclosing(document, block)
    return next((index for index in outer if document.elements[index].tag == "blockquote"), block.element)


def _copies(document: Document, kept: Sequence[Block], letters: dict[int, str]) -> dict[int, int]:
    """Return the blocks of a page that are in the second copy of an element, and the first copy of each, by place."""
    rank = {block.place: number for number, block in enumerate(kept)}
    first: dict[str, Block] = {}
    repeated = {block.place for block in kept if first.setdefault(letters[block.place], block) is not block}
    sizes = [len(letters.get(block.place, "")) for block in document.blocks]
    text = PrefixSums(sizes)
    copied = PrefixSums([size if place in repeated else 0 for place, size in enumerate(sizes)])
    places: set[int] = set()
    for block in kept:
        if block.place not in repeated or block.place in places:
            continue
        if weighted_length(letters[block.place]) < MIN_COPY_LENGTH:
            continue
        before = first[letters[block.place]]
        follows = rank[block.place] - rank[before.place] == 1
        element = _copy_around(document, before, block, text, copied, follows=follows)
        if element is None:
            continue
        if block.kind in COPIED_KINDS or copied.of(element.first, element.last) >= MIN_COPIED_LIST_LENGTH:
            places |= repeated.intersection(range(element.first, element.last))
    return {place: first[letters[place]].place for place in places}


def _copy_around(
    document: Document, before: Block, block: Block, text: PrefixSums, copied: PrefixSums, *, follows: bool
) -> Element | None:
    """Return the outermost element that contains `block` but not `before` and is a copy; `None` if there is none.

    `before` is the block with the same text, and `follows` says whether `block` is the next kept block after it.
    """
    around_block = [document.elements[index] for index in enclosing(document, block)]
    only_block = [element for element in around_block if not element.first <= before.place < element.last]
    around_before = [document.elements[index] for index in enclosing(document, before)]
    only_before = [element for element in around_before if not element.first <= block.place < element.last]
    copies = [
        element
        for element in only_block
        if copied.of(element.first, element.last) >= MIN_COPIED_SHARE * text.of(element.first, element.last)
    ]
    if not copies:
        return None
    outer, other = only_block[-1], only_before[-1] if only_before else None
    if _is_single(outer) and (other is None or _is_single(other)):
        # Both are single paragraphs, each in a tag or wrapper of its own. Themes give the versions for different screen
        # widths different classes; a paragraph that the author repeats has the same class both times.
        return copies[-1] if follows and other is not None and outer.tokens != other.tokens else None
    if other is not None and outer.tokens == other.tokens and copies[-1] is not outer:
        return None  # two of a row of boxes, which share a line
    return copies[-1]


def _is_single(element: Element) -> bool:
    return element.last - element.first == 1


def _passages(kept: Sequence[Block], letters: dict[int, str]) -> set[int]:
    """Return the places of the blocks of a plain text that repeat an earlier passage."""
    texts = [letters[block.place] for block in kept]
    first: dict[str, int] = {}
    places: set[int] = set()
    number = 0
    while number < len(texts):
        start = first.setdefault(texts[number], number)
        length = 0
        while start + length < number < len(texts) - length and texts[start + length] == texts[number + length]:
            length += 1
        passage = texts[number : number + length]
        if len(set(passage)) >= MIN_PASSAGE_PARAGRAPHS and max(map(weighted_length, passage)) >= MIN_COPY_LENGTH:
            places |= {block.place for block in kept[number : number + length]}
        number += max(1, length)
    return places
