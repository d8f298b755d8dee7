"""What evidence quotes of a block: the words, names and link targets that weigh most, and its heading.

Each quotation says how much more often boilerplate has it than articles, or the other way round. This follows from the
learned log-odds: they are those of text if a block has the word, minus those of text in general.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from cleaner.blocks.stats import enclosing
from cleaner.judge.scorer.features.place import last_headings
from cleaner.judge.scorer.lexicon import BEGIN, END, NUMBER, SHORT, Lexicon, leads, names, pieces, terms
from cleaner.judge.scorer.mentions import mentioned_words
from cleaner.models import Block, Document

# A heading is quoted up to this many characters.
MAX_HEADING_LENGTH = 40
# Words, names and targets whose log-odds (in hundredths) are nearer to 0 than this are not quoted: at -150, boilerplate
# has them 4.5 times as often as articles do. Nearer to 0 are words such as "page".
MIN_QUOTED_ODDS = 150
# How many words that a block mentions are quoted.
MAX_MENTIONED = 2
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
# How a page writes the attributes that a name is from, see `Element.tokens`.
_ATTRIBUTES = {"label": "aria-label", "data": "data-*"}
# The kinds of pages (see `leads`): they say too little without the site.
_KINDS_OF_PAGES = frozenset({"slug", "page", "root"})


class Quotes:
    """Quotations from one document. They are looked up only for the few blocks whose evidence is put into words."""

    def __init__(
        self, document: Document, lexicon: Lexicon, host: str, languages: frozenset[str] = frozenset()
    ) -> None:
        """`host` is that of the page's URL, empty if it is unknown; `languages` are those that the text may be in."""
        self.document = document
        self._lexicon = lexicon
        self._host = host
        self._languages = languages
        self._parts: dict[tuple[str, bool], tuple[str, int]] = {}

    def block(self, place: int) -> Block:
        """Return a block of the document."""
        return self.document.blocks[place]

    def words(self, place: int, *, support: bool = False) -> str | None:
        """Return the word or pair of words with the lowest log-odds, as in "has the words 'sign up'"; `None` if none.

        With `support`, it is the one with the highest.
        """
        text = self.block(place).text
        lowered = text.lower()
        for term, odds in _strongest_first(terms(text), self._lexicon.words, support=support):
            if quoted := _quoted(term, lowered):
                return f"{quoted} ({_frequency(odds)})"
        return None

    def mentioned(self, place: int, group: int | None = None) -> str | None:
        """Return the first words of a group (see `mentions`), or of any group, as in "'sign', 'up'"; `None` if none."""
        words = dict.fromkeys(mentioned_words(self.block(place).text, self._languages, group))
        return ", ".join(f"'{word}'" for word in islice(words, MAX_MENTIONED)) or None

    def name(self, place: int, levels: int | None, *, support: bool = False) -> str | None:
        """Return the name with the lowest log-odds of the elements around a block, as in "in an element named ad-box".

        `levels` is the number of elements, the innermost first; `None` for all. Returns `None` if none has low
        log-odds. With `support`, it is the name with the highest.
        """
        elements = islice(enclosing(self.document, self.block(place)), levels)
        tokens = {token for index in elements for token in self.document.elements[index].tokens}
        found = {token: self._part_of_name(token, support) for token in tokens if len(token) >= MIN_NAME_LENGTH}
        odds = {token: token_odds for token, (_, token_odds) in found.items()}
        for token, token_odds in _strongest_first(odds, odds, support=support):
            part = found[token][0]
            quoted = "" if part in (token, token.strip("<>")) or "=" in token else f"'{part}' "
            return f"in {_element(token)} ({quoted}{_frequency(token_odds)})"
        return None

    def _part_of_name(self, token: str, support: bool) -> tuple[str, int]:
        """Return the part of a name with the lowest log-odds, and these: the whole name, or one of the words in it.

        With `support`, it is the part with the highest.
        """
        if (known := self._parts.get((token, support))) is not None:
            return known
        token_set = frozenset({token})
        parts = [(token, self._lexicon.names.get(name, 0)) for name in names(token_set)]
        parts += [(piece, self._lexicon.pieces.get(piece, 0)) for piece in pieces(token_set)]
        part = (max if support else min)(parts, key=lambda part: part[1], default=(token, 0))
        self._parts[token, support] = part
        return part

    def target(self, place: int) -> str | None:
        """Return where the link with the lowest log-odds leads, as in "has a link to another site"; `None` if none."""
        found = leads(self.block(place).targets, self._host)
        for term, odds in _strongest_first(found, self._lexicon.leads):
            if term not in _KINDS_OF_PAGES:
                target = _TARGETS.get(term) or f"a link with '{term.lstrip('/')}' in its address"
                return f"has {target} ({_frequency(odds)})"
        return None

    def heading(self, place: int) -> tuple[str, int] | None:
        """Return the text of the heading over a block, and how many blocks it is before it; `None` if there is none.

        A bold line may be in the place of a heading.
        """
        heading = self._headings[place]
        if heading < 0:
            return None
        text = re.sub(r"\s+", " ", self.block(heading).text)
        shortened = text if len(text) <= MAX_HEADING_LENGTH else f"{text[:MAX_HEADING_LENGTH].rstrip()}…"
        return shortened, place - heading

    @cached_property
    def _headings(self) -> list[int]:
        return last_headings(self.document)


def _element(token: str) -> str:
    """Return the element that has a token: "<nav>", "an element named ad-box", "an element with role=banner"."""
    if token.startswith("<"):
        return token
    attribute, is_attribute, value = token.partition("=")
    if not is_attribute:
        return f"an element named {token}"
    return f"an element with {_ATTRIBUTES.get(attribute, attribute)}={value}"


def _quoted(term: str, text: str) -> str | None:
    """Return what to say of a term (see `terms`) in a text in lower case; `None` if the text has it in other words."""
    term = term.removeprefix(SHORT)
    first, _, second = term.partition(" ")
    if term == NUMBER:
        return "has a number"
    if NUMBER in (first, second):  # of pairs, only those of words are quoted
        return None
    if not second:
        return f"has the {'word' if term.isalpha() else 'sign'} '{term}'"
    if text in (first, second):
        return f"is the word '{text}'"
    if first == BEGIN:
        return f"begins with '{second}'" if text.startswith(second) else None
    if term.endswith(f" {END}"):
        start = term.removesuffix(f" {END}")
        return f"ends with '{start}'" if text.endswith(start) else None
    # In scripts without spaces, words are pairs of characters, and two of them overlap.
    quoted = first + second[1:] if first[-1] == second[0] and term not in text else term
    return f"has the words '{quoted}'" if quoted in text else None


def _strongest_first(
    found: Iterable[str], odds: Mapping[str, int], *, support: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield those that boilerplate has much more often than articles, or with `support` the other way round.

    Each comes with its log-odds, the strongest first; of equal ones, the longest.
    """
    sign = 1 if support else -1
    strong = [each for each in found if sign * odds.get(each, 0) >= MIN_QUOTED_ODDS]
    return ((each, odds[each]) for each in sorted(strong, key=lambda e: (-sign * odds[e], -len(e), e)))


def _frequency(odds: int) -> str:
    """Return log-odds in hundredths as a ratio of frequencies: "20 times as often in boilerplate"."""
    times = math.exp(abs(odds) / 100)
    digits = min(0, 1 - math.floor(math.log10(times)))  # two significant digits
    return f"{round(times, digits):.0f} times as often in {'articles' if odds > 0 else 'boilerplate'}"
