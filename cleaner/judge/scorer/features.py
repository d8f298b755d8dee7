"""The evidence of each block as numbers: one column a feature, one row a block.

Phrases say what a feature shows, for people; they stand beside the features. Nothing here assumes Latin letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from cleaner.blocks.stats import (
    CACHED_WORD_SETS,
    MIN_PROSE_LENGTH,
    NO_ELEMENT,
    PrefixSums,
    holders,
    is_prose,
    main_element,
)
from cleaner.caching import cached_by_text
from cleaner.judge.headline import PageContext, is_standfirst
from cleaner.judge.scorer.lexicon import Lexicon, Odds, leads, names, pieces, terms
from cleaner.models import Block, Document, Kind, Verdict
from cleaner.text.measures import CACHED_TEXTS, letters_and_digits, weighted_length
from cleaner.text.sentences import UNSPACED_STOPS, is_finished

Column = list[float]
Columns = dict[str, Column]

KINDS = {kind: float(code) for code, kind in enumerate(Kind)}
# Pages with fewer letters of prose count as this long: hardly one of those that are learned from is shorter, so nothing
# is known of short ones, and all of their text would be doubted.
MIN_TOTAL_PROSE = 1500.0
# Distances are counted up to this many blocks.
MAX_DISTANCE = 40
MAX_SIZE = 2000.0
# In letters. Of longer blocks, signs and figures say nothing.
MAX_SHORT_LENGTH = 400
WINDOWS = (2, 5, 12)
DISTANCES = (1, 2, 3)
# Words of five letters or more name what a text is about.
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_WORD = re.compile(r"\w+")
_SIGNS = re.compile(r"https?:|www\.|[|©@→›»•·#►▶]")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d\d\b")
# Fewer stops than `STOPS`: the learned weights were fitted to these.
_STOP = re.compile(rf"[.!?।](?=\s|$)|[{UNSPACED_STOPS}]")
_OPENS = frozenset("\"'“„«»‘‚「『(（[¿¡-–—")


class Evidence(NamedTuple):
    """What a document says of itself, without learned weights. Rows are the blocks that no rule takes, in order."""

    places: tuple[int, ...]
    columns: Columns
    terms: tuple[frozenset[str], ...]  # of the words of each
    leads: tuple[frozenset[str], ...]  # of where the links of each lead
    under: tuple[int, ...]  # the row of the last heading before each, -1 where there is none or a rule takes it
    tokens: Mapping[int, frozenset[str]]  # of each element around one of them, the outer ones first


def gather(
    document: Document, in_trafilatura: Sequence[bool] | None, removals: Mapping[int, Verdict], known: PageContext
) -> Evidence:
    """The evidence that needs no weights, of each block that no rule takes."""
    blocks = document.blocks
    places = [place for place in range(len(blocks)) if place not in removals]
    sizes = [weighted_length(block.text) for block in blocks]
    prose = [s if is_prose(block) else 0 for s, block in zip(sizes, blocks, strict=True)]
    sure = [
        p if place not in removals and (in_trafilatura is None or in_trafilatura[place]) else 0
        for place, p in enumerate(prose)
    ]
    if 4 * sum(sure) < sum(prose[place] for place in places):
        sure = [0 if place in removals else p for place, p in enumerate(prose)]
    rows = Rows(places, len(blocks))
    columns = _words(blocks, rows, sizes, sure, known)
    columns |= _place(rows, sizes, sure)
    heads = last_headings(document)
    columns |= _headed(blocks, rows, heads, removals)
    if document.plain:
        # On a page, what stands around the article depends on the site; a small page has nothing there.
        columns["index"] = [float(min(MAX_DISTANCE, place)) for place in places]
        columns["from_end"] = [float(min(MAX_DISTANCE, len(blocks) - 1 - place)) for place in places]
    else:
        columns |= _layout(document, rows, in_trafilatura, sizes, prose, sure, known)
    row_of = {place: row for row, place in enumerate(places)}
    return Evidence(
        tuple(places),
        columns,
        tuple(terms(blocks[place].text) for place in places),
        tuple(leads(blocks[place].targets, known.host) for place in places),
        tuple(row_of.get(heads[place], -1) for place in places),
        _tokens_around(document, places),
    )


def _tokens_around(document: Document, places: Iterable[int]) -> dict[int, frozenset[str]]:
    """What the elements around these blocks are called, by their index: most elements hold only what rules take."""
    return {index: document.elements[index].tokens for index in sorted(holders(document, places))}


class Rows:
    """The blocks that are asked about, out of all."""

    def __init__(self, places: Sequence[int], count: int) -> None:
        self.places = places
        self.count = count

    def of(self, values: Sequence[float]) -> Column:
        """Of a value for each block, those asked about."""
        return [values[place] for place in self.places]

    def beside(
        self, name: str, values: Sequence[float], distances: Sequence[int], default: float = -2.0, *, own: bool = False
    ) -> Columns:
        """The values of the blocks before (`name-1`) and after (`name+1`); with `own`, their own values, too."""
        edge = [default] * distances[-1]
        padded = [*edge, *values, *edge]
        columns = {name: self.of(values)} if own else {}
        for distance in distances:
            for sign, first in (("-", len(edge) - distance), ("+", len(edge) + distance)):
                columns[f"{name}{sign}{distance}"] = [padded[first + place] for place in self.places]
        return columns

    def spread(self, values: Sequence[float], default: float = -2.0) -> Column:
        """A value for each block: those given for the blocks asked about, the default for all others."""
        spread = [default] * self.count
        for place, value in zip(self.places, values, strict=True):
            spread[place] = value
        return spread


def last_headings(document: Document) -> list[int]:
    """The place of the last heading before each block, or line that looks like one; -1 where there is none.

    A heading of the first level stands over the whole article: behind it, a block stands under none.
    """
    heads: list[int] = []
    head = -1
    for place, block in enumerate(document.blocks):
        heads.append(head)
        if block.level == 1:
            head = -1
        elif block.kind is Kind.HEADING or (
            (document.plain or block.bold) and len(block.text) < MIN_PROSE_LENGTH and not is_finished(block.text)
        ):
            head = place
    return heads


def _headed(blocks: Sequence[Block], rows: Rows, heads: Sequence[int], removals: Collection[int]) -> Columns:
    """What stands over each block."""
    own = [heads[place] for place in rows.places]
    return {
        "under_gap": [float(min(MAX_DISTANCE, place - head)) for place, head in zip(rows.places, own, strict=True)],
        "under_level": [-1.0 if head < 0 else float(blocks[head].level or 0) for head in own],
        "under_ruled": [float(head in removals) for head in own],
    }


def _words(blocks: Sequence[Block], rows: Rows, sizes: list[int], sure: list[int], known: PageContext) -> Columns:
    """What the text of each block shows by itself."""
    places = rows.places
    texts = [blocks[place].text for place in places]
    shown = [_shown(text, sizes[place] < MAX_SHORT_LENGTH) for place, text in zip(places, texts, strict=True)]
    count = Counter(block.text for block in blocks)
    long_words = [_long_words(text) for text in texts]
    held = Counter(word for place, words in zip(places, long_words, strict=True) if sure[place] for word in words)
    columns: Columns = {
        "level": [float(blocks[place].level or 0) for place in places],
        **_named([one.numbers for one in shown], OF_TEXT),
        "same": [float(min(5, count[text])) for text in texts],
        "title": [_title(one.letters, known) for one in shown],
        "slug": [_in_slug(text, known) if one.letters else -1.0 for text, one in zip(texts, shown, strict=True)],
        "author": [_called(one.letters, known.authors) for one in shown],
        "site": [_called(one.letters, known.sites) for one in shown],
        "topic": [
            sum(held[word] > (1 if sure[place] else 0) for word in words) / len(words) if words else -1.0
            for place, words in zip(places, long_words, strict=True)
        ],
    }
    columns |= rows.beside("size", [min(float(s), MAX_SIZE) for s in sizes], DISTANCES, own=True)
    columns |= rows.beside("kind", [KINDS[block.kind] for block in blocks], (1, 2), own=True)
    for name, distances in (("ends", DISTANCES), ("begins", (1,)), ("capitals", (1,)), ("topic", (1, 2))):
        columns |= rows.beside(name, rows.spread(columns[name]), distances)
    return columns


def _called(letters: str, called: Collection[str]) -> float:
    """2 where a text begins with one of the names, 1 where it holds one."""
    if letters.startswith(tuple(called)):
        return 2.0
    return float(any(name in letters for name in called))


def _in_slug(text: str, known: PageContext) -> float:
    """The share of the words of the page's address that a text has; -1 where there is none."""
    return len(known.slug.intersection(_WORD.findall(text.lower()))) / len(known.slug) if known.slug else -1.0


# The features that a text alone decides.
OF_TEXT = ("ends", "begins", "commas", "sentences", "signs", "date", "capitals", "digits")


class TextFeatures(NamedTuple):
    """What a text shows by itself."""

    numbers: tuple[float, ...]  # those of `OF_TEXT`
    letters: str  # its letters alone; empty where it is not short


# Texts repeat on a page, and where a second witness is asked, all of them are looked at again.
@cached_by_text(CACHED_TEXTS)
def _shown(text: str, is_short: bool) -> TextFeatures:
    commas = float(min(9, text.count(",") + text.count("、") + text.count("，")))
    edges = _ending(text), _beginning(text), commas
    if not is_short:
        return TextFeatures((*edges, 9.0, -1.0, -1.0, -1.0, -1.0), "")
    inside = (
        float(min(9, len(_STOP.findall(text)))),
        float(min(5, len(_SIGNS.findall(text)))),
        float(_DATE.search(text) is not None),
        _capitals(text),
        len(_DIGIT.findall(text)) / len(text),
    )
    return TextFeatures(edges + inside, letters_and_digits(text))


@cached_by_text(CACHED_WORD_SETS)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(text.lower()))


def _ending(text: str) -> float:
    last = text[-1]
    if is_finished(text):
        return 8.0 if last in ".。।" else 7.0 if last in "!?！？؟" else 6.0 if last in "…" else 5.0
    if last in ":：;":
        return 4.0
    if last in ",-–—、，":
        return 3.0
    if last.isdigit():
        return 2.0
    return 1.0 if last.isalpha() else 0.0


def _beginning(text: str) -> float:
    first = text[0]
    if first.islower():
        return 0.0
    if first.isupper():
        return 5.0
    if first.isalpha():
        return 4.0
    if first.isdigit():
        return 2.0
    return 3.0 if first in _OPENS else 1.0


def _capitals(text: str) -> float:
    """Share of the words that begin with a capital letter, 2 where all letters are capitals; -1 where none has case."""
    if text.isupper():
        return 2.0
    found = _WORD.findall(text)
    cased = [word for word in found if word[0].isupper() or word[0].islower()]
    return sum(word[0].isupper() for word in cased) / len(cased) if cased else -1.0


def _title(letters: str, known: PageContext) -> float:
    """3 for the title itself, 2 for the description or its beginning, 1 for a part of the title."""
    if len(letters) < 10:
        return 0.0
    if letters in known.titles:
        return 3.0
    if len(letters) >= 40 and known.description.startswith(letters[:40]):
        return 2.0
    return float(any(letters in title or title in letters for title in known.titles))


def _place(rows: Rows, sizes: list[int], sure: list[int]) -> Columns:
    """Where each block stands among the paragraphs."""
    asked = rows.places
    all_sure, letters = PrefixSums(sure), PrefixSums(sizes)
    total = max(1, all_sure.whole)
    before_gap, after_gap = rows.of(gaps(sure)), rows.of(gaps(sure[::-1])[::-1])
    columns: Columns = {
        "before": [held / total for held in all_sure.over([(0, i) for i in asked])],
        **edges(sure, asked),
        "gap_before": before_gap,
        "gap_after": after_gap,
        "gap": [max(one, two) for one, two in zip(before_gap, after_gap, strict=True)],
    }
    for width in WINDOWS:
        columns[f"prose:{width}"] = _shares(all_sure, letters, rows, width)
    return columns


def edges(sure: Sequence[int], asked: Sequence[int]) -> Columns:
    """Blocks from the first sure one to each, and from each to the last."""
    places = [place for place, is_sure in enumerate(sure) if is_sure]
    first, last = (places[0], places[-1]) if places else (len(sure), -1)
    return {
        "since_first": [float(max(-MAX_DISTANCE, min(MAX_DISTANCE, i - first))) for i in asked],
        "until_last": [float(max(-MAX_DISTANCE, min(MAX_DISTANCE, last - i))) for i in asked],
    }


def _shares(part: PrefixSums, whole: PrefixSums, rows: Rows, width: int) -> Column:
    """The share that `part` has of `whole` in the blocks up to `width` away."""
    runs = [(max(0, i - width), min(rows.count, i + width + 1)) for i in rows.places]
    return [one / max(1, all_) for one, all_ in zip(part.over(runs), whole.over(runs), strict=True)]


def gaps(sure: Sequence[int]) -> Column:
    """Blocks since the last sure paragraph before each block."""
    gaps, gap = [], MAX_DISTANCE
    for s in sure:
        gap = min(MAX_DISTANCE, gap + 1)
        gaps.append(float(gap))
        if s:
            gap = 0
    return gaps


# The features of the elements around a block.
OF_ELEMENT = ("within", "beside", "stands")
# In place of what the second witness says where it was not asked.
NOT_ASKED = -1.0


def _layout(
    document: Document,
    rows: Rows,
    in_trafilatura: Sequence[bool] | None,
    sizes: list[int],
    prose: list[int],
    sure: list[int],
    known: PageContext,
) -> Columns:
    """What the tree shows of each block: links, the elements around it, and the second witness."""
    blocks, elements = document.blocks, document.elements
    n = len(blocks)
    own = [blocks[place] for place in rows.places]
    linked = [block.linked for block in blocks]
    link_letters = PrefixSums([round(share * s) for share, s in zip(linked, sizes, strict=True)])
    text, all_sure = PrefixSums(sizes), PrefixSums(sure)
    standing = [float(s) for s in in_trafilatura] if in_trafilatura is not None else [float(p > 0) for p in prose]
    stood = PrefixSums([s if v > 0.5 else 0 for s, v in zip(sizes, standing, strict=True)])
    main = main_element(document, all_sure)
    start, end = (elements[main].first, elements[main].last) if main != NO_ELEMENT else (0, n)
    depths = _depths(document)
    sure_places = [place for place in range(n) if sure[place]]
    middle = depths[blocks[sure_places[len(sure_places) // 2]].element] if sure_places else 0
    signature = {b.place: (elements[b.element].tag, elements[b.element].tokens, depths[b.element]) for b in own}
    alike = Counter(signature[place] for place in sure_places)
    first = sure_places[0] if sure_places else n
    columns: Columns = {
        "links": [float(min(6, len(block.links))) for block in own],
        "bold": [float(block.bold) for block in own],
        "main": [_to_main(i, start, end) for i in rows.places],
        "depth": [float(max(-8, min(8, depths[b.element] - middle))) for b in own],
        "alike": [float(min(20, alike[signature[i]] - (sure[i] > 0))) if alike else -1.0 for i in rows.places],
        "standfirst": [
            # A newspaper has one more often than a shop's blog.
            1.0 + known.declared if first - MAX_DISTANCE < i <= first and is_standfirst(document, i, known) else 0.0
            for i in rows.places
        ],
    }
    for width in (3, 8):
        columns[f"link_window:{width}"] = _shares(link_letters, text, rows, width)
    columns |= rows.beside("linked", linked, DISTANCES, own=True)
    columns |= rows.beside("stands", standing if in_trafilatura is not None else [NOT_ASKED] * n, DISTANCES, own=True)
    total = max(1, all_sure.whole)
    stretch = max(1.0, MIN_TOTAL_PROSE / total)
    # What an element holds is told once, however many blocks stand in it.
    held: dict[int, tuple[float, ...]] = {}
    index = [block.element for block in own]
    for level in range(4):
        for i in set(index) - held.keys():
            run = elements[i].first, elements[i].last
            near = all_sure.of(*run)
            vouched = stood.of(*run) / max(1, text.of(*run)) if in_trafilatura is not None else NOT_ASKED
            held[i] = near / total, float(near), vouched
        found = _named([held[i] for i in index], [f"{name}:{level}" for name in OF_ELEMENT])
        beside = zip(found[f"beside:{level}"], rows.of(sure), strict=True)
        found[f"beside:{level}"] = [min(MAX_SIZE, stretch * (near - s)) for near, s in beside]
        columns |= found
        index = [max(0, elements[i].parent) for i in index]
    return columns


def _named(rows: Sequence[tuple[float, ...]], names: Sequence[str]) -> Columns:
    """The rows as columns of these names."""
    columns: Iterable[Iterable[float]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _to_main(place: int, start: int, end: int) -> float:
    """Blocks between a block and the article's element: negative before it, positive after it, 0 inside."""
    if place < start:
        return float(max(-MAX_DISTANCE, place - start))
    return float(min(MAX_DISTANCE, place - end + 1)) if place >= end else 0.0


def _depths(document: Document) -> list[int]:
    depths: list[int] = []
    for element in document.elements:
        depths.append(0 if element.parent == NO_ELEMENT else depths[element.parent] + 1)
    return depths


def lexical(document: Document, evidence: Evidence, lexicon: Lexicon) -> Columns:
    """The evidence that learned log-odds give: of a block's words and links, and of the names around it."""
    rows = Rows(evidence.places, len(document.blocks))
    columns = _summed("word", evidence.terms, lexicon.words)
    means = columns["word_mean"]
    columns |= rows.beside("word_mean", rows.spread(means, 0.0), DISTANCES, 0.0)
    columns["under_mean"] = [means[row] if row >= 0 else 0.0 for row in evidence.under]
    if document.plain:
        return columns
    columns |= _summed("lead", evidence.leads, lexicon.leads)
    columns |= _around("tokens", document, evidence, names, lexicon.names)
    columns |= _around("pieces", document, evidence, pieces, lexicon.pieces)
    columns |= rows.beside("tokens", rows.spread(columns["tokens"], 0.0), (1, 2), 0.0)
    return columns


def _summed(name: str, said: Sequence[frozenset[str]], known: Odds) -> Columns:
    """The log-odds of what each block says, in four ways."""
    odds: Sequence[Sequence[float]] = [[known[one] for one in own if one in known] for own in said]
    return {
        f"{name}_mean": [sum(own) / (len(own) + 1) for own in odds],
        f"{name}_sum": [sum(own) for own in odds],
        f"{name}_least": [min(own, default=0.0) for own in odds],
        f"{name}_most": [max(own, default=0.0) for own in odds],
    }


class _Named(NamedTuple):
    """Log-odds of what an element is called, and what is around it."""

    own: float
    outer: float  # of the element around it
    near: float  # of both, and of the next around them
    total: float  # of all
    least: float  # of the single name that speaks most against the text, here or around


_NAMELESS = _Named(0.0, 0.0, 0.0, 0.0, inf)


def _around(
    name: str, document: Document, evidence: Evidence, read: Callable[[frozenset[str]], Iterable[str]], known: Odds
) -> Columns:
    """The log-odds of what the elements around each block are called. `read` says what of their tokens is looked up."""
    # A page repeats the names of its elements: each set of them is looked up once.
    odds_of = {tokens: [known[one] for one in read(tokens) if one in known] for tokens in set(evidence.tokens.values())}
    summed = {tokens: (float(sum(odds)), min(odds, default=0)) for tokens, odds in odds_of.items()}
    found = {NO_ELEMENT: _NAMELESS}
    for index, tokens in evidence.tokens.items():
        own, least = summed[tokens]
        parent = found[document.elements[index].parent]
        near = own + parent.own + parent.outer
        found[index] = _Named(own, parent.own, near, parent.total + own, min(parent.least, least))
    around = [found[document.blocks[place].element] for place in evidence.places]
    return {
        name: [one.total for one in around],
        f"{name}_least": [float(one.least) for one in around],
        f"{name}_near": [one.near for one in around],
        f"{name}_own": [one.own for one in around],
    }
