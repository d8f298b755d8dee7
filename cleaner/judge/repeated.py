"""Detection of second copies: pull quotes, and text that a page contains once for each screen width.

Repetition alone does not make a copy. A refrain, the question that an interviewer puts to everybody, the price in each
row, a warning in each recipe: these are next to each other in one element, and are kept. A copy is in an element of its
own, or, in plain text, repeats a whole passage. Of a pull quote and the paragraph with its words, the quote goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cleaner.blocks.stats import PrefixSums, enclosing
from cleaner.judge.wording import counted
from cleaner.models import Block, Document, Element, Kind, Reason, Verdict
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.scripts import is_alphabetic
from cleaner.text.sentences import is_finished

# Letters and digits of the shortest quote that can be a pull quote. Shorter ones occur in the text by chance.
MIN_QUOTE_LENGTH: Final = 40
# The same in an element that says more clearly that it repeats the text: an <aside> or <figure>, or one that is named
# for quotes. It holds at most this many blocks: the quote, the speaker and the speaker's role.
MIN_SET_APART_LENGTH: Final = 20
MAX_PULL_QUOTE_BLOCKS: Final = 3
# The share (0 to 1) of a quote's letters that must be in one paragraph, because pull quotes leave words out: in an
# element that is named for pull quotes, in one that is set apart, and in any other quote.
MIN_SHARE_NAMED: Final = 0.5
MIN_SHARE_SET_APART: Final = 0.8
MIN_SHARE_QUOTED: Final = 0.95
# Only runs of this many letters count for the share, of Chinese and other scripts beyond the alphabets this many.
RUN_LENGTH: Final = 6
DENSE_RUN_LENGTH: Final = 3
# Letters and digits of the longest quote whose share is measured, and how many paragraphs a run is looked up in. They
# bound the time: a page may repeat one sentence in each of its paragraphs.
MAX_SHORTENED_LENGTH: Final = 600
MAX_HOLDERS: Final = 20
# The weighted length of the longest line that names the speaker of a pull quote.
MAX_SPEAKER_LENGTH: Final = 80
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
# In plain text, this many different blocks in a row must be repeated in the same order, one of them a long paragraph: a
# plan repeats the steps of its lists.
MIN_PASSAGE_PARAGRAPHS: Final = 3

_PULL_QUOTE_NAME = lazy_pattern(r"(?:.*[-_])?pull-?quotes?(?:[-_].*)?")
# "quote-callout", "zitatbox", "c-citation__body"
_QUOTE_NAME = lazy_pattern(
    r"(?:.*[-_])?(?:block-?)?(?:quotes?|zitate?|citat|citations?|citas?|citazione|citacao|cytat)(?:-?box)?(?:[-_].*)?"
)

PULL_QUOTE = Verdict(Reason.REPEATED, evidence="a quote of words that the article's text has elsewhere")
PASSAGE = Verdict(Reason.REPEATED, evidence="in a passage that repeats an earlier one")


def find_repeated(document: Document, removals: dict[int, Verdict]) -> dict[int, Verdict]:
    """Return verdicts, by place, for the pull quotes and second copies among the blocks that are not in `removals`."""
    kept = [block for block in document.blocks if block.place not in removals]
    letters = {block.place: letters_and_digits(block.text) for block in kept}
    quotes = dict.fromkeys(_pull_quotes(document, kept, letters), PULL_QUOTE)
    kept = [block for block in kept if block.place not in quotes]  # a pull quote is not the first copy of its paragraph
    if document.plain:
        return quotes | dict.fromkeys(_passages(kept, letters), PASSAGE)
    copies = _copies(document, kept, letters)
    return quotes | {place: _second_copy(place - first) for place, first in copies.items()}


def _second_copy(distance: int) -> Verdict:
    return Verdict(Reason.REPEATED, evidence=f"the same text stands {counted(distance, 'block')} before it")


class _Quote(NamedTuple):
    """A block that may be a pull quote."""

    block: Block
    element: Element | None  # the outermost small element that is for quotes, or is set apart
    min_share: float  # the share of its letters that one paragraph must have


def _pull_quotes(document: Document, kept: Sequence[Block], letters: dict[int, str]) -> set[int]:
    """Return the places of quotes whose text also occurs in the other text, or in a quote before them.

    The lines that name the speaker in the element of such a quote go with it.
    """
    quotes = [quote for block in kept if (quote := _as_quote(document, block, letters[block.place])) is not None]
    if len(quotes) > MAX_QUOTES:
        return set()
    candidates = {quote.block.place for quote in quotes}
    sources = [letters[b.place] for b in kept if b.place not in candidates and b.kind is not Kind.QUOTE]
    other_text = "".join(sources)
    shares = _shares([letters[quote.block.place] for quote in quotes], sources)
    first: dict[str, Block] = {}
    places: set[int] = set()
    for quote, share in zip(quotes, shares, strict=True):
        block, text = quote.block, letters[quote.block.place]
        before = first.setdefault(text, block) if block.kind is Kind.QUOTE else block
        is_repeated = before is not block and _quote_element(document, before) != _quote_element(document, block)
        if share >= quote.min_share or is_repeated or (len(text) >= MIN_QUOTE_LENGTH and text in other_text):
            places.add(block.place)
            places.update(_speaker(quote, kept))
    return places


def _as_quote(document: Document, block: Block, letters: str) -> _Quote | None:
    if block.kind not in (Kind.QUOTE, Kind.PARAGRAPH) or len(letters) < MIN_SET_APART_LENGTH:
        return None
    around = [document.elements[index] for index in enclosing(document, block)]
    small = [element for element in around if element.last - element.first <= MAX_PULL_QUOTE_BLOCKS]
    for is_quote, min_share in ((_is_named, MIN_SHARE_NAMED), (_is_set_apart, MIN_SHARE_SET_APART)):
        if found := [element for element in small if is_quote(element, block)]:
            return _Quote(block, found[-1], min_share)
    if block.kind is Kind.QUOTE and len(letters) >= MIN_QUOTE_LENGTH:
        return _Quote(block, None, MIN_SHARE_QUOTED)
    return None


def _is_named(element: Element, _: Block) -> bool:
    return any(_PULL_QUOTE_NAME.fullmatch(token) for token in element.tokens)


def _is_set_apart(element: Element, block: Block) -> bool:
    if element.tag == "aside" or (element.tag == "figure" and block.kind is Kind.QUOTE):
        return True
    return element.tag != "blockquote" and any(_QUOTE_NAME.fullmatch(token) for token in element.tokens)


def _speaker(quote: _Quote, kept: Sequence[Block]) -> Iterator[int]:
    """Yield the places of the short lines in the element of a pull quote."""
    if quote.element is None:
        return
    for block in kept:
        is_inside = quote.element.first <= block.place < quote.element.last
        if is_inside and weighted_length(block.text) <= MAX_SPEAKER_LENGTH and not is_finished(block.text):
            yield block.place


def _shares(quotes: Sequence[str], sources: Sequence[str]) -> list[float]:
    """Return for each of the quotes the largest share, 0 to 1, of its letters that one of the longer sources has."""
    sizes = [RUN_LENGTH if is_alphabetic(quote) else DENSE_RUN_LENGTH for quote in quotes]
    runs = [
        list(_runs(quote, size)) if len(quote) <= MAX_SHORTENED_LENGTH else []
        for quote, size in zip(quotes, sizes, strict=True)
    ]
    searched = {run for found in runs for run in found}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(sources):
        for size in set(sizes):
            for run in searched.intersection(_runs(source, size)):
                if len(holders[run]) < MAX_HOLDERS:
                    holders[run].append(number)
    shares = []
    for quote, size, found in zip(quotes, sizes, runs, strict=True):
        covered: defaultdict[int, set[int]] = defaultdict(set)
        for start, run in enumerate(found):
            for number in holders.get(run, ()):
                covered[number].update(range(start, start + size))
        longer = (len(places) for number, places in covered.items() if len(sources[number]) >= len(quote))
        shares.append(max(longer, default=0) / len(quote))
    return shares


def _runs(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(len(text) - size + 1))


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
    rest = text.of(outer.first, outer.last) - copied.of(outer.first, outer.last)
    if copies[-1] is not outer and _is_single(copies[-1]) and rest >= MIN_COPY_LENGTH:
        return None  # a paragraph among others, whose words the standfirst or a question elsewhere has, too
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
        passage = kept[number : number + length]
        is_long = any(
            block.kind in COPIED_KINDS and weighted_length(letters[block.place]) >= MIN_COPY_LENGTH for block in passage
        )
        if is_long and len({letters[block.place] for block in passage}) >= MIN_PASSAGE_PARAGRAPHS:
            places |= {block.place for block in passage}
        number += max(1, length)
    return places
