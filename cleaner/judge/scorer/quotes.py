"""What evidence quotes of a block: the words, names and link targets that count most against it, and its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from cleaner.blocks.stats import enclosing
from cleaner.judge.scorer.features.place import last_headings
from cleaner.judge.scorer.lexicon import BEGIN, END, NUMBER, SHORT, Lexicon, leads, names, pieces, terms
from cleaner.models import Block, Document

# A heading is quoted up to this many characters.
MAX_HEADING_LENGTH = 40
# Words, names and targets with higher log-odds (in hundredths) than this are not quoted: at -150, boilerplate has them
# 4.5 times as often as articles do. What is above it are words such as "page".
MAX_QUOTED_ODDS = -150
# Shorter names, such as "l" and "kx", mean nothing to a reader.
MIN_NAME_LENGTH = 3

_TARGETS = {
    "#": "a link within the page or to a script",
    "bad": "a link with a broken address",
    "own": "a link within the site",
    "own slug": "a link to another article of the site",
    "own page": "a link to another page of the site",
    "own root": "a link within the site",
    "other": "a link to another site",
    "other slug": "a link to an article of another site",
    "other page": "a link to a page of another site",
    "other root": "a link to another site",
}
# The kinds of pages (see `leads`): they say too little without the site.
_KINDS_OF_PAGES = frozenset({"slug", "page", "root"})


class Quotes:
    """Quotations from one document. They are looked up only for the few blocks whose evidence is put into words."""

    def __init__(self, document: Document, lexicon: Lexicon, host: str) -> None:
        """`host` is that of the page's URL, empty if it is unknown."""
        self.document = document
        self._lexicon = lexicon
        self._host = host
        self._name_odds: dict[str, int] = {}

    def block(self, place: int) -> Block:
        """Return a block of the document."""
        return self.document.blocks[place]

    def words(self, place: int) -> str | None:
        """Return the word or pair of words with the lowest log-odds, as in "the words 'sign up'"; `None` if none."""
        text = self.block(place).text
        lowered = text.lower()
        found = (_quoted(term, lowered) for term in _lowest_first(terms(text), self._lexicon.words))
        return next(filter(None, found), None)

    def name(self, place: int, levels: int | None) -> str | None:
        """Return the name with the lowest log-odds of the elements around a block, as in "named newsletter-signup".

        `levels` is the number of elements, the innermost first; `None` for all. Returns `None` if none has low
        log-odds.
        """
        elements = islice(enclosing(self.document, self.block(place)), levels)
        tokens = {token for index in elements for token in self.document.elements[index].tokens}
        odds = {token: self._odds_of_name(token) for token in tokens if len(token) >= MIN_NAME_LENGTH}
        lowest = next(_lowest_first(odds, odds), None)
        if lowest is None:
            return None
        if lowest.startswith("<"):
            return f"in {lowest}"
        return f"marked {lowest}" if "=" in lowest else f"named {lowest}"

    def _odds_of_name(self, token: str) -> int:
        if token not in self._name_odds:
            token_set = frozenset({token})
            of_names = [self._lexicon.names.get(name, 0) for name in names(token_set)]
            of_pieces = [self._lexicon.pieces.get(piece, 0) for piece in pieces(token_set)]
            self._name_odds[token] = min(of_names + of_pieces, default=0)
        return self._name_odds[token]

    def target(self, place: int) -> str | None:
        """Return where the link with the lowest log-odds leads, as in "a link to another site"; `None` if none."""
        for term in _lowest_first(leads(self.block(place).targets, self._host), self._lexicon.leads):
            if term not in _KINDS_OF_PAGES:
                return _TARGETS.get(term) or f"a link with '{term.lstrip('/')}' in its address"
        return None

    def heading(self, place: int) -> str | None:
        """Return the text of the heading over a block, or of a bold line in its place; `None` if there is none."""
        heading = self._headings[place]
        if heading < 0:
            return None
        text = re.sub(r"\s+", " ", self.block(heading).text)
        return text if len(text) <= MAX_HEADING_LENGTH else f"{text[:MAX_HEADING_LENGTH].rstrip()}…"

    @cached_property
    def _headings(self) -> list[int]:
        return last_headings(self.document)


def _quoted(term: str, text: str) -> str | None:
    """Return what to say of a term (see `terms`) in a text in lower case; `None` if the text has it in other words."""
    term = term.removeprefix(SHORT)
    first, _, second = term.partition(" ")
    if term == NUMBER:
        return "a number"
    if not second:
        return f"the {'word' if term.isalpha() else 'sign'} '{term}'"
    if text in (first, second):
        return f"the word '{text}'"
    if first == BEGIN:
        return f"begins with '{second}'" if text.startswith(second) else None
    if term.endswith(f" {END}"):
        start = term.removesuffix(f" {END}")
        return f"ends with '{start}'" if text.endswith(start) else None
    # In scripts without spaces, words are pairs of characters, and two of them overlap.
    quoted = first + second[1:] if first[-1] == second[0] and term not in text else term
    return f"the words '{quoted}'" if quoted in text else None


def _lowest_first(found: Iterable[str], odds: Mapping[str, int]) -> Iterator[str]:
    """Yield those with log-odds up to `MAX_QUOTED_ODDS`, the lowest first; of equal ones the longest."""
    return iter(
        sorted((each for each in found if odds.get(each, 0) <= MAX_QUOTED_ODDS), key=lambda e: (odds[e], -len(e), e))
    )
