"""The evidence of each block as numbers: one column a feature, one row a block.

Phrases say what a feature shows, for people; they stand beside the features. Nothing here assumes Latin letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from cleaner.judge.evidence import (
    ASKED_AGAIN,
    LEAST_PROSE,
    MOST_LINKED,
    NOWHERE,
    PROSE_KINDS,
    Sums,
    main_element,
    size,
)
from cleaner.judge.rules.matching import finished
from cleaner.judge.scorer.lexicon import Odds, names, terms
from cleaner.judge.second_opinion import letters_of
from cleaner.judge.standfirst import Known, is_standfirst
from cleaner.models import Block, Document, Kind, Verdict

Column = list[float]
Columns = dict[str, Column]

KINDS = {kind: float(code) for code, kind in enumerate(Kind)}
# Distances are counted up to this many blocks.
FAR = 40
LARGEST = 2000.0
NO_TERMS: frozenset[str] = frozenset()
# In letters. Of longer blocks, signs and figures say nothing; nor are they asked of blocks that rules take.
LONGEST_SHORT = 400
WINDOWS = (2, 5, 12)
AROUND = (1, 2, 3)
# Words of five letters or more name what a text is about.
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_WORD = re.compile(r"\w+")
_SIGNS = re.compile(r"https?:|www\.|[|©@→›»•·#►▶]")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d\d\b")
_STOP = re.compile(r"[.!?。！？।](?=\s|$)|[。！？]")
_OPENS = frozenset("\"'“„«»‘‚「『(（[¿¡-–—")

_FEATURE = re.compile(r"[-+:]")

PHRASES = {
    "size": "its length",
    "kind": "its kind",
    "level": "its heading level",
    "ends": "does not end as a sentence",
    "begins": "how it begins",
    "capitals": "capitals",
    "digits": "figures",
    "commas": "no commas",
    "sentences": "no sentence",
    "signs": "signs of chrome",
    "date": "a date or time",
    "word_mean": "its words",
    "word_sum": "its words",
    "word_least": "its words",
    "word_most": "its words",
    "same": "stands on the page more than once",
    "title": "words of the title",
    "topic": "other words than the article's",
    "ruled": "among blocks that rules take",
    "before": "its place on the page",
    "index": "its place on the page",
    "from_end": "its place on the page",
    "since_first": "before the article's first paragraph",
    "until_last": "after the article's last paragraph",
    "gap_before": "apart from other paragraphs",
    "gap_after": "apart from other paragraphs",
    "gap": "apart from other paragraphs",
    "prose": "hardly any text around it",
    "linked": "mostly links",
    "links": "its links",
    "link_window": "among links",
    "tokens": "the names of the elements around it",
    "tokens_own": "the name of its element",
    "tokens_near": "the names of the elements around it",
    "tokens_least": "the names of the elements around it",
    "within": "in an element with little text",
    "crowd": "in an element with little text",
    "list": "in a list of links",
    "main": "stands apart from the article's text",
    "beside": "no paragraphs beside it",
    "held": "the size of its element",
    "alike": "unlike the article's paragraphs",
    "stands": "the second witness leaves it out",
    "bold": "set in bold",
    "standfirst": "the standfirst",
    "depth": "deeper than the article's paragraphs",
    # What `around` adds.
    "chance": "the blocks beside it",
    "chances": "the blocks around it",
    "chances_before": "the blocks around it",
    "chances_after": "the blocks around it",
    "chances_within": "the rest of its element",
    "chances_alike": "the blocks of the same name",
    "text_before": "its place on the page",
    "text_after": "its place on the page",
    "text_whole": "how much text there is",
    "sure_since_first": "before the article's first paragraph",
    "sure_until_last": "after the article's last paragraph",
    "sure_gap_before": "apart from other paragraphs",
    "sure_gap_after": "apart from other paragraphs",
}


class Evidence(NamedTuple):
    """What a document says of itself, without learned weights."""

    columns: Columns
    terms: tuple[frozenset[str], ...]  # of each block that no rule takes
    names: tuple[frozenset[str], ...]  # of each element


def gather(document: Document, stands: Sequence[bool] | None, taken: Mapping[int, Verdict], known: Known) -> Evidence:
    """The evidence of each block that needs no weights. Of a block that a rule takes, some of it is left out."""
    blocks = document.blocks
    sizes = [size(block.text) for block in blocks]
    prose = [
        s if s >= LEAST_PROSE and block.linked < MOST_LINKED and block.kind in PROSE_KINDS else 0
        for s, block in zip(sizes, blocks, strict=True)
    ]
    sure = [p if place not in taken and (stands is None or stands[place]) else 0 for place, p in enumerate(prose)]
    if 4 * sum(sure) < sum(p for place, p in enumerate(prose) if place not in taken):
        sure = [0 if place in taken else p for place, p in enumerate(prose)]
    columns = _words(blocks, sizes, sure, taken, known)
    columns |= _place(sizes, sure)
    if document.plain:
        # On a page, what stands around the article depends on the site; a small page has nothing there.
        columns["index"] = [float(min(FAR, place)) for place in range(len(blocks))]
        columns["from_end"] = [float(min(FAR, place)) for place in reversed(range(len(blocks)))]
    else:
        columns |= _layout(document, stands, sizes, prose, sure, taken, known)
    columns["ruled"] = [float(place in taken) for place in range(len(blocks))]
    shift(columns, "ruled", AROUND)
    return Evidence(
        columns,
        tuple(NO_TERMS if block.place in taken else terms(block) for block in blocks),
        tuple(names(element.tokens) for element in document.elements),
    )


@cache
def phrase(feature: str) -> str:
    """A feature's name for people; that of a neighbour or a window (`size-1`, `prose:5`) is the feature's own."""
    return PHRASES[_FEATURE.split(feature, 1)[0]]


def _words(blocks: Sequence[Block], sizes: list[int], sure: list[int], taken: Collection[int], known: Known) -> Columns:
    """What the text of each block shows by itself."""
    texts = [block.text for block in blocks]
    shown = [
        _shown(text, s < LONGEST_SHORT and place not in taken)
        for place, (text, s) in enumerate(zip(texts, sizes, strict=True))
    ]
    count = Counter(texts)
    long_words = [_long_words(text) for text in texts]
    held = Counter(word for place, words in enumerate(long_words) if sure[place] for word in words)
    columns: Columns = {
        "size": [min(float(s), LARGEST) for s in sizes],
        "kind": [KINDS[block.kind] for block in blocks],
        "level": [float(block.level or 0) for block in blocks],
        **_named([one.numbers for one in shown], OF_TEXT),
        "same": [float(min(5, count[text])) for text in texts],
        "title": [_title(one.letters, known) for one in shown],
        "topic": [
            sum(held[word] > (1 if sure[place] else 0) for word in words) / len(words) if words else -1.0
            for place, words in enumerate(long_words)
        ],
    }
    shift(columns, "size", AROUND)
    shift(columns, "ends", AROUND)
    shift(columns, "kind", (1, 2))
    shift(columns, "begins", (1,))
    shift(columns, "capitals", (1,))
    shift(columns, "topic", (1, 2))
    return columns


# The features that a text alone decides.
OF_TEXT = ("ends", "begins", "commas", "sentences", "signs", "date", "capitals", "digits")


class Shown(NamedTuple):
    """What a text shows by itself."""

    numbers: tuple[float, ...]  # those of `OF_TEXT`
    letters: str  # its letters alone; empty where it is not short


# Texts repeat on a page, and where a second witness is asked, all of them are looked at again.
@lru_cache(maxsize=ASKED_AGAIN)
def _shown(text: str, is_short: bool) -> Shown:
    commas = float(min(9, text.count(",") + text.count("、") + text.count("，")))
    edges = _ending(text), _beginning(text), commas
    if not is_short:
        return Shown((*edges, 9.0, -1.0, -1.0, -1.0, -1.0), "")
    inside = (
        float(min(9, len(_STOP.findall(text)))),
        float(min(5, len(_SIGNS.findall(text)))),
        float(_DATE.search(text) is not None),
        _capitals(text),
        len(_DIGIT.findall(text)) / len(text),
    )
    return Shown(edges + inside, letters_of(text))


@lru_cache(maxsize=ASKED_AGAIN)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(text.lower()))


def _ending(text: str) -> float:
    last = text[-1]
    if finished(text):
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


def _title(letters: str, known: Known) -> float:
    """3 for the title itself, 2 for the description or its beginning, 1 for a part of the title."""
    if len(letters) < 10:
        return 0.0
    if letters in known.titles:
        return 3.0
    if len(letters) >= 40 and known.description.startswith(letters[:40]):
        return 2.0
    return float(any(letters in title or title in letters for title in known.titles))


def shift(columns: Columns, name: str, distances: Sequence[int], default: float = -2.0) -> None:
    """Adds the same feature of the blocks before (`name-1`) and after (`name+1`)."""
    column = columns[name]
    for distance in distances:
        edge = [default] * distance
        columns[f"{name}-{distance}"] = (edge + column)[: len(column)]
        columns[f"{name}+{distance}"] = (column + edge)[distance:]


def _place(sizes: list[int], sure: list[int]) -> Columns:
    """Where each block stands among the paragraphs."""
    n = len(sizes)
    all_sure = Sums(sure)
    places = [place for place in range(n) if sure[place]]
    first, last = (places[0], places[-1]) if places else (n, -1)
    total = max(1, all_sure.whole)
    before_gap, after_gap = gaps(sure), gaps(sure[::-1])[::-1]
    columns: Columns = {
        "before": [held / total for held in all_sure.over([(0, i) for i in range(n)])],
        "since_first": [float(max(-FAR, min(FAR, i - first))) for i in range(n)],
        "until_last": [float(max(-FAR, min(FAR, last - i))) for i in range(n)],
        "gap_before": before_gap,
        "gap_after": after_gap,
        "gap": [max(one, two) for one, two in zip(before_gap, after_gap, strict=True)],
    }
    for width in WINDOWS:
        columns[f"prose:{width}"] = _shares(sure, sizes, width)
    return columns


def _shares(part: Sequence[int], whole: Sequence[int], width: int) -> Column:
    """The share that `part` has of `whole` in the blocks up to `width` away."""
    sums = []
    for values in (part, whole):
        before = [0, *accumulate(values)]
        starts, ends = [0] * width + before, (before + before[-1:] * width)[width + 1 :]
        sums.append([end - start for start, end in zip(starts, ends, strict=False)])
    return [one / max(1, all_) for one, all_ in zip(*sums, strict=True)]


def gaps(sure: Sequence[int] | Sequence[bool]) -> Column:
    """Blocks since the last sure paragraph before each block."""
    gaps, gap = [], FAR
    for s in sure:
        gap = min(FAR, gap + 1)
        gaps.append(float(gap))
        if s:
            gap = 0
    return gaps


# The features of the elements around a block.
OF_ELEMENT = ("within", "crowd", "list", "beside", "stands", "held")
# In place of what the second witness says where it was not asked.
NOT_ASKED = -1.0


def _layout(
    document: Document,
    stands: Sequence[bool] | None,
    sizes: list[int],
    prose: list[int],
    sure: list[int],
    taken: Collection[int],
    known: Known,
) -> Columns:
    """What the tree shows of each block: links, the elements around it, and the second witness."""
    blocks, elements = document.blocks, document.elements
    n = len(blocks)
    linked = [block.linked for block in blocks]
    links = [round(share * s) for share, s in zip(linked, sizes, strict=True)]
    link_letters = Sums(links)
    text, all_sure = Sums(sizes), Sums(sure)
    standing = [float(s) for s in stands] if stands is not None else [float(p > 0) for p in prose]
    stood = Sums([s if v > 0.5 else 0 for s, v in zip(sizes, standing, strict=True)])
    main = main_element(document, all_sure)
    start, end = (elements[main].first, elements[main].last) if main != NOWHERE else (0, n)
    depths = _depths(document)
    sure_places = [place for place in range(n) if sure[place]]
    middle = depths[blocks[sure_places[len(sure_places) // 2]].element] if sure_places else 0
    alike: Counter[object] = Counter()
    signature = [(elements[b.element].tag, elements[b.element].tokens, depths[b.element]) for b in blocks]
    for place in sure_places:
        alike[signature[place]] += 1
    first = sure_places[0] if sure_places else n
    columns: Columns = {
        "linked": linked,
        "links": [float(min(6, len(block.links))) for block in blocks],
        "bold": [float(block.bold) for block in blocks],
        "stands": standing if stands is not None else [NOT_ASKED] * n,
        "main": [_to_main(i, start, end) for i in range(n)],
        "depth": [float(max(-8, min(8, depths[b.element] - middle))) for b in blocks],
        "alike": [float(min(20, alike[mark] - (sure[i] > 0))) if alike else -1.0 for i, mark in enumerate(signature)],
        "standfirst": [
            float(i not in taken and first - FAR < i <= first and is_standfirst(document, i, known)) for i in range(n)
        ],
    }
    for width in (3, 8):
        columns[f"link_window:{width}"] = _shares(links, sizes, width)
    shift(columns, "linked", AROUND)
    shift(columns, "stands", AROUND)
    total = max(1, all_sure.whole)
    # Of what rules take, four blocks in five, nobody asks; what a free block's elements hold is told at once for each.
    held: dict[int, tuple[float, ...]] = {NOWHERE: (0.0,) * len(OF_ELEMENT)}
    index = [NOWHERE if block.place in taken else block.element for block in blocks]
    for level in range(4):
        for i in set(index) - held.keys():
            run = elements[i].first, elements[i].last
            letters, near = max(1, text.of(*run)), all_sure.of(*run)
            vouched = stood.of(*run) / letters if stands is not None else NOT_ASKED
            linking = link_letters.of(*run) / letters
            held[i] = near / total, near / letters, linking, float(near), vouched, float(min(FAR, run[1] - run[0]))
        found = _named([held[i] for i in index], [f"{name}:{level}" for name in OF_ELEMENT])
        found[f"beside:{level}"] = [min(LARGEST, n - s) for n, s in zip(found[f"beside:{level}"], sure, strict=True)]
        columns |= found
        index = [i if i == NOWHERE else max(0, elements[i].parent) for i in index]
    return columns


def _named(rows: Sequence[tuple[float, ...]], names: Sequence[str]) -> Columns:
    """The rows as columns of these names."""
    columns: Iterable[Iterable[float]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _to_main(place: int, start: int, end: int) -> float:
    """Blocks between a block and the article's element: negative before it, positive after it, 0 inside."""
    if place < start:
        return float(max(-FAR, place - start))
    return float(min(FAR, place - end + 1)) if place >= end else 0.0


def _depths(document: Document) -> list[int]:
    depths: list[int] = []
    for element in document.elements:
        depths.append(0 if element.parent == NOWHERE else depths[element.parent] + 1)
    return depths


def lexical(document: Document, evidence: Evidence, words: Odds, tokens: Odds) -> Columns:
    """The evidence that learned log-odds give: of a block's words, and of the names around it."""
    odds = [[words[term] for term in own if term in words] for own in evidence.terms]
    columns: Columns = {
        "word_mean": [sum(own) / (len(own) + 1) for own in odds],
        "word_sum": [sum(own) for own in odds],
        "word_least": [min(own, default=0.0) for own in odds],
        "word_most": [max(own, default=0.0) for own in odds],
    }
    shift(columns, "word_mean", AROUND, 0.0)
    if document.plain:
        return columns
    # A page repeats the names of its elements: each set of them is looked up once.
    odds_of = {own: [tokens[name] for name in own if name in tokens] for own in set(evidence.names)}
    sums = {own: sum(found) for own, found in odds_of.items()}
    lows = {own: min(found, default=0.0) for own, found in odds_of.items()}
    own_sum = [sums[own] for own in evidence.names]
    total: list[float] = []
    least: list[float] = []
    near: list[float] = []
    for mine, own_names, element in zip(own_sum, evidence.names, document.elements, strict=True):
        lowest = lows[own_names]
        parent = element.parent
        if parent == NOWHERE:
            total.append(mine)
            least.append(lowest)
            near.append(mine)
        else:
            total.append(total[parent] + mine)
            least.append(min(least[parent], lowest))
            grandparent = document.elements[parent].parent
            near.append(mine + own_sum[parent] + (own_sum[grandparent] if grandparent != NOWHERE else 0.0))
    index = [block.element for block in document.blocks]
    columns["tokens"] = [total[i] for i in index]
    columns["tokens_least"] = [least[i] for i in index]
    columns["tokens_near"] = [near[i] for i in index]
    columns["tokens_own"] = [own_sum[i] for i in index]
    shift(columns, "tokens", (1, 2), 0.0)
    return columns
