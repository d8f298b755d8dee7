"""Phrases for the evidence against a block. A phrase is always true of the block, and says what can be checked on it.

A feature can count against a block whatever its value is. If its value tells a reader nothing, it has no phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.blocks.stats import MIN_PROSE_LENGTH
from cleaner.judge.scorer.features.columns import MAX_DISTANCE
from cleaner.judge.scorer.features.rules import REASONS
from cleaner.judge.scorer.mentions import MAX_COUNT
from cleaner.judge.scorer.quotes import Quotes
from cleaner.judge.wording import counted, length_of, link_text, percent
from cleaner.models import Kind, Reason
from cleaner.patterns import lazy_pattern

LIKELY_PREFIX = "likely_"

# A feature of a block before or after this one ("size-1", "ends+2").
_BESIDE = lazy_pattern(r"([a-z_]+)([-+]\d+)")
# A feature that is computed for several widths or levels ("prose:5").
_NEXT = lazy_pattern(r"[a-z_]+[<>][0-9]")  # see `Rows.next`
_NUMBERED = lazy_pattern(r"([a-z_]+:)(\d+)")

_KINDS = {Kind.PARAGRAPH: "a paragraph", Kind.PREFORMATTED: "preformatted text", Kind.EMBED: "an embedded post"}
_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times or more"}
# What several features are about: where the block is among the paragraphs, and whether its element holds others.
PLACE, SURROUNDINGS = "place", "surroundings"
# Below this share (0 to 1) of prose or likely text in what is around a block, its lack is worth a phrase.
MAX_LITTLE = 0.5
# Link text around a block is worth a phrase from this share (0 to 1) on.
MIN_LINKS_AROUND = 0.3
# From this share (0 to 1) of its words on, a text says what the description of a picture says.
MIN_DESCRIBED = 0.5
# From this share (0 to 1) of its words on, what a text mentions is worth a phrase.
MIN_MENTIONING = 0.2
# A picture farther away than this, in blocks, is not worth a phrase.
MAX_BLOCKS_TO_PICTURE = 3
# The most blocks of a box around a block and the picture before it.
MAX_BLOCKS_BESIDE_PICTURE = 3


class Subject(NamedTuple):
    """The block that phrases are about."""

    quotes: Quotes
    place: int
    features: Sequence[tuple[Mapping[str, Sequence[float]], int]]  # columns, and the block's row in them

    def value(self, feature: str) -> float:
        """Return the value of a feature."""
        return next(columns[feature][row] for columns, row in self.features if feature in columns)

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.quotes.block(self.place).text


# The phrase for the value of a feature; `None` if the value tells a reader nothing. The number is the width or level of
# the feature, or the distance of the other block that it is about, negative before this one.
Words = Callable[[Subject, float, int], str | None]


class Phrase(NamedTuple):
    """What puts a feature into words."""

    words: Words
    number: int = 0
    shared: str = ""  # what it is about, if other features are about the same with other functions


@cache
def phrase_of(feature: str) -> Phrase:
    """Return what puts a feature into words. Raises `KeyError` if there is no phrase for it."""
    if beside := _BESIDE.fullmatch(feature):
        return Phrase(_neighbours()[beside[1]], int(beside[2]))
    if _NEXT.fullmatch(feature):  # what stands between the two blocks would have to be said, too
        return Phrase(_silent)
    if numbered := _NUMBERED.fullmatch(feature):
        return _phrases()[numbered[1]]._replace(number=int(numbered[2]))
    if feature.startswith(LIKELY_PREFIX) and feature != "likely_element":
        return Phrase(_likely, REASONS.index(Reason(feature.removeprefix(LIKELY_PREFIX))) + 1)
    return _phrases()[feature]


@cache
def group_of(feature: str) -> Hashable:
    """Return what a feature is about. Those that are about the same are one piece of evidence."""
    found = phrase_of(feature)
    return found.shared or found.words


def phrase(feature: str, value: float, subject: Subject) -> str | None:
    """Return the phrase for a feature with this value; `None` if the value tells a reader nothing."""
    found = phrase_of(feature)
    return found.words(subject, value, found.number)


def _silent(subject: Subject, value: float, number: int) -> None:
    """A feature whose values tell a reader nothing that another phrase does not say better."""


def _if(holds: Callable[[float], bool], words: str) -> Words:
    return lambda subject, value, number: words if holds(value) else None


def _one_of(words: Mapping[float, str]) -> Words:
    return lambda subject, value, number: words.get(value)


def _likely(subject: Subject, value: float, number: int) -> str | None:
    """The number is that of the reason in `REASONS`, from 1; 0 for a rule of any reason."""
    if value <= 0:
        return None
    what = "it" if subject.value("likely") > 0 else "an element around it"
    return f"a likely rule matches {what} ({REASONS[number - 1]})" if number else f"a likely rule matches {what}"


# The text of the block.


def _length(subject: Subject, value: float, number: int) -> str | None:
    return length_of(subject.text) if value < MIN_PROSE_LENGTH else None


def _kind(subject: Subject, value: float, number: int) -> str | None:
    return None if tuple(Kind)[int(value)] is Kind.PARAGRAPH else _name_of_kind(value)


def _name_of_kind(value: float) -> str:
    kind = tuple(Kind)[int(value)]
    return _KINDS.get(kind, f"a {kind.replace('_', ' ')}")


def _level(subject: Subject, value: float, number: int) -> str | None:
    return f"a heading of level {value:.0f}" if value > 0 else None


def _ends(subject: Subject, value: float, number: int) -> str | None:
    if value >= 5:
        return None
    return "no final stop" if value < 3 else "ends with a comma or a dash" if value < 4 else "ends with a colon"


def _capitals(subject: Subject, value: float, number: int) -> str | None:
    if value < MAX_LITTLE:
        return None
    return "all in capital letters" if value > 1 else f"{percent(value)} of its words have a capital initial"


def _digits(subject: Subject, value: float, number: int) -> str | None:
    return f"digits {percent(value)} of the text" if value >= 0.05 else None


def _copies(subject: Subject, value: float, number: int) -> str | None:
    return f"stands on the page {_TIMES[int(value)]}" if value > 1 else None


def _topic(subject: Subject, value: float, number: int) -> str | None:
    if not 0 <= value < MAX_LITTLE:
        return None
    return f"{percent(value) if value else 'none'} of its longer words in the page's prose"


def _words(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.words(subject.place)


def _mentions(what: str) -> Words:
    return lambda subject, value, number: f"{counted(value, 'word', MAX_COUNT)} {what}" if value else None


def _mentioning(subject: Subject, value: float, number: int) -> str | None:
    if value < MIN_MENTIONING:
        return None
    return f"{percent(value)} of its words about the site and its readers"


# The heading over the block.


def _heading(subject: Subject, value: float, number: int) -> str | None:
    heading = subject.quotes.heading(subject.place)
    return f"under the heading '{heading}'" if heading else None


# Its place. Here "prose" means blocks that are as long as a paragraph, have few links, are not removed by a rule and,
# if trafilatura was asked, are in its text.


def _to_prose(subject: Subject, value: float, number: int) -> str | None:
    return _to_text(subject, "", "prose", "no prose on the page")


def _to_sure(subject: Subject, value: float, number: int) -> str | None:
    return _to_text(subject, "sure_", "sure text", "no block of the page is surely text")


def _to_text(subject: Subject, prefix: str, noun: str, without: str) -> str | None:
    """Return how far the block is from the first or the last block of a kind, which features with `prefix` tell."""
    before, behind = -subject.value(f"{prefix}since_first"), -subject.value(f"{prefix}until_last")
    if before > 0 and behind > 0:  # the page has no such block
        return without
    if before > 0:
        return f"{counted(before, 'block', MAX_DISTANCE)} before the first {noun}"
    return f"{counted(behind, 'block', MAX_DISTANCE)} behind the last {noun}" if behind > 0 else None


def _index(subject: Subject, value: float, number: int) -> str:
    return f"{counted(value, 'block', MAX_DISTANCE)} before it" if value else "the first block"


def _from_end(subject: Subject, value: float, number: int) -> str:
    return f"{counted(value, 'block', MAX_DISTANCE)} behind it" if value else "the last block"


def _gap(where: str) -> Words:
    def gap(subject: Subject, value: float, number: int) -> str | None:
        if value <= 1:
            return None
        is_whole = value > len(subject.quotes.document.blocks)
        return f"no prose {where}" if is_whole else f"no prose within {counted(value - 1, 'block')} {where}"

    return gap


def _prose(subject: Subject, value: float, number: int) -> str | None:
    around = f"within {counted(number, 'block')} around it"
    if value >= MAX_LITTLE:
        return None
    return f"prose {percent(value)} of the text {around}" if value else f"no prose {around}"


def _main(subject: Subject, value: float, number: int) -> str | None:
    if not value:
        return None
    side = "before" if value < 0 else "behind"
    return f"{counted(abs(value), 'block', MAX_DISTANCE)} {side} the main part of the page"


# Its links.


def _linked(subject: Subject, value: float, number: int) -> str | None:
    return link_text(subject.quotes.block(subject.place)) if value > 0 else None


def _links(subject: Subject, value: float, number: int) -> str | None:
    return f"{counted(value, 'link', 6)} in it" if value else None


def _links_around(subject: Subject, value: float, number: int) -> str | None:
    if value < MIN_LINKS_AROUND:
        return None
    return f"link text {percent(value)} of the text within {counted(number, 'block')} around it"


def _target(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.target(subject.place)


# The elements around it, and pictures.


def _named(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.name(subject.place, number or None)


def _within(subject: Subject, value: float, number: int) -> str | None:
    if value >= MAX_LITTLE:
        return None
    return f"in a part of the page with {percent(value) if value else 'none'} of its prose"


def _beside(subject: Subject, value: float, number: int) -> str | None:
    return "no other prose beside it" if value <= 0 else None


def _depth(subject: Subject, value: float, number: int) -> str | None:
    has_prose = max(subject.value("since_first"), subject.value("until_last")) >= 0
    if not value or not has_prose:
        return None
    return f"{counted(abs(value), 'element', 8)} {'deeper' if value > 0 else 'less deep'} than the page's prose"


def _picture(words: str, far: str) -> Words:
    def distance(subject: Subject, value: float, number: int) -> str | None:
        if not 0 <= value <= MAX_BLOCKS_TO_PICTURE:
            return None
        return words if value <= 1 else f"{counted(value, 'block')} {far}"

    return distance


def _left_out(subject: Subject, value: float, number: int) -> str | None:
    if not 0 <= value < MAX_LITTLE:
        return None
    return f"in a part of the page of which trafilatura leaves out {percent(1 - value)}"


# The probabilities of the first pass, as features of the second.


def _likely_share(where: str) -> Words:
    def share(subject: Subject, value: float, number: int) -> str | None:
        if not 0 <= value < MAX_LITTLE:
            return None
        place = where.format(blocks=counted(number, "block"))
        return f"likely text {percent(value)} of the other text {place}"

    return share


def _likely_under(subject: Subject, value: float, number: int) -> str | None:
    heading = _heading(subject, value, number)
    return f"likely text {percent(value)} of the other text {heading}" if heading and 0 <= value < MAX_LITTLE else None


# A block before or after it.


def _beside_it(words: Words) -> Words:
    """Return the phrase for the block before or after. `words` say what it is or has; their number is its place.

    There is none for blocks farther away: they tell a reader little.
    """

    def of_other(subject: Subject, value: float, number: int) -> str | None:
        place = subject.place + number
        if abs(number) > 1 or not 0 <= place < len(subject.quotes.document.blocks):
            return None
        said = words(subject, value, place)
        return f"the block {'before' if number < 0 else 'behind'} it {said}" if said else None

    return of_other


def _said_if(holds: Callable[[float], bool], words: str) -> Words:
    return _beside_it(lambda subject, value, place: words if holds(value) else None)


def _words_of_other(subject: Subject, value: float, place: int) -> str | None:
    words = subject.quotes.words(place) if value < 0 else None
    return words and (f"has {words}" if words.startswith("the ") else words)


def _name_of_other(subject: Subject, value: float, place: int) -> str | None:
    name = subject.quotes.name(place, None) if value < 0 else None
    return f"is {name}" if name else None


@cache
def _neighbours() -> dict[str, Words]:
    """Return the phrases for features of a block near the block."""
    return {
        "size": _beside_it(
            lambda subject, value, place: (
                f"has {length_of(subject.quotes.block(place).text)}" if 0 <= value < MIN_PROSE_LENGTH else None
            )
        ),
        "kind": _beside_it(lambda subject, value, place: f"is {_name_of_kind(value)}" if value > 0 else None),
        "ends": _said_if(lambda value: 0 <= value < 3, "has no final stop"),
        "begins": _said_if(lambda value: value == 0, "begins in lower case"),
        "capitals": _said_if(lambda value: value > 1, "is all in capital letters"),
        "topic": _silent,
        "mentions": _silent,
        "linked": _beside_it(
            lambda subject, value, place: f"is {percent(value)} link text" if value >= MIN_LINKS_AROUND else None
        ),
        "likely": _said_if(lambda value: value > 0, "matches a likely rule"),
        "stands": _said_if(lambda value: value == 0, "is not in the text that trafilatura extracts"),
        "word_mean": _beside_it(_words_of_other),
        "tokens": _beside_it(_name_of_other),
        "chance": _said_if(lambda value: 0 <= value < 0.2, "is unlikely to be text"),
    }


@cache
def _phrases() -> dict[str, Phrase]:
    """Return what puts each feature into words. The key of a feature for several widths or levels ends with a colon."""
    return {
        # The text of the block.
        "size": Phrase(_length),
        "kind": Phrase(_kind),
        "level": Phrase(_level),
        "ends": Phrase(_ends),
        "begins": Phrase(
            _one_of(
                {
                    0: "begins in lower case",
                    1: "begins with a symbol",
                    2: "begins with a digit",
                    3: "begins with a quotation mark, a bracket or a dash",
                }
            )
        ),
        "capitals": Phrase(_capitals),
        "digits": Phrase(_digits),
        "commas": Phrase(_if(lambda value: value == 0, "no commas")),
        "sentences": Phrase(_if(lambda value: value == 0, "no end of a sentence in it")),
        "signs": Phrase(_if(lambda value: value > 0, "a symbol such as | or ©, or an address")),
        "date": Phrase(_if(lambda value: value > 0, "a year or a time of day in it")),
        "same": Phrase(_copies),
        "title": Phrase(
            _one_of(
                {
                    1: "has a part in common with the title",
                    2: "begins like the page's description",
                    3: "the title itself",
                }
            )
        ),
        "slug": Phrase(_if(lambda value: value > 0, "words of the page's URL in it")),
        "author": Phrase(_if(lambda value: value > 0, "an author's name in it")),
        "site": Phrase(_if(lambda value: value > 0, "the site's name in it")),
        "topic": Phrase(_topic),
        "word_mean": Phrase(_words),
        "word_sum": Phrase(_words),
        "word_least": Phrase(_words),
        "word_most": Phrase(_words),
        # What the text mentions.
        "mentions": Phrase(_mentioning),
        "mentioned": Phrase(_silent),
        "mentions_reader": Phrase(_mentions("that may address the reader")),
        "mentions_publisher": Phrase(_mentions("such as 'we' or 'editors'")),
        "mentions_site": Phrase(_mentions("for a site or page")),
        "mentions_follow": Phrase(_mentions("for following or sharing")),
        "mentions_network": Phrase(_mentions("for a social network")),
        "mentions_subscribe": Phrase(_mentions("for a subscription or account")),
        "mentions_donate": Phrase(_mentions("for donations or support")),
        "mentions_act": Phrase(_mentions("such as 'click' or 'read'")),
        "mentions_contact": Phrase(_mentions("for contact")),
        "mentions_article": Phrase(_mentions("for an article")),
        "mentions_author": Phrase(_mentions("for an author")),
        "mentions_rights": Phrase(_mentions("for rights or terms")),
        "mentions_picture": Phrase(_mentions("for a picture or video")),
        "mentions_more": Phrase(_mentions("such as 'more' or 'related'")),
        "mentions_comment": Phrase(_mentions("for comments")),
        "mentions_dated": Phrase(_mentions("such as 'published' or 'updated'")),
        "mentions_advert": Phrase(_mentions("for advertising or prices")),
        # Rules that are not certain.
        "likely": Phrase(_likely),
        "likely_element": Phrase(_likely),
        "bold": Phrase(_if(lambda value: value > 0, "bold")),
        "standfirst": Phrase(_silent),
        "row_gap_before": Phrase(_silent),
        "row_gap_after": Phrase(_silent),
        # The heading over the block.
        "under_gap": Phrase(_heading),
        "under_level": Phrase(_heading),
        "under_ruled": Phrase(_if(lambda value: value > 0, "under a heading that a rule removes")),
        "under_mean": Phrase(_heading),
        # Its place.
        "before": Phrase(_to_prose, shared=PLACE),
        "index": Phrase(_index, shared=PLACE),
        "from_end": Phrase(_from_end, shared=PLACE),
        "since_first": Phrase(_to_prose, shared=PLACE),
        "until_last": Phrase(_to_prose, shared=PLACE),
        "gap_before": Phrase(_gap("before it"), shared=PLACE),
        "gap_after": Phrase(_gap("behind it"), shared=PLACE),
        "gap": Phrase(_gap("on one side of it"), shared=PLACE),
        "prose:": Phrase(_prose),
        "main": Phrase(_main, shared=PLACE),
        # Its links.
        "linked": Phrase(_linked),
        "links": Phrase(_links),
        "link_window:": Phrase(_links_around),
        "lead_mean": Phrase(_target),
        "lead_sum": Phrase(_target),
        "lead_least": Phrase(_target),
        "lead_most": Phrase(_target),
        # The elements around it. The number is that of the elements, 0 for all.
        "tokens": Phrase(_named),
        "tokens_own": Phrase(_named, 1),
        "tokens_near": Phrase(_named, 3),
        "tokens_least": Phrase(_named),
        "pieces": Phrase(_named),
        "pieces_own": Phrase(_named, 1),
        "pieces_near": Phrase(_named, 3),
        "pieces_least": Phrase(_named),
        "within:": Phrase(_within, shared=SURROUNDINGS),
        "beside:": Phrase(_beside, shared=SURROUNDINGS),
        "alike": Phrase(
            _if(lambda value: value == 0, "no paragraph of the page marked up like it"), shared=SURROUNDINGS
        ),
        "depth": Phrase(_depth),
        # Pictures: the distance in blocks, and the share of the text's words in the description of one.
        "media_before": Phrase(_picture("right behind a picture", "behind a picture")),
        "media_shared": Phrase(_if(lambda value: value <= MAX_BLOCKS_BESIDE_PICTURE, "in a box with a picture")),
        "media_after": Phrase(_picture("right before a picture", "before a picture")),
        "media_same": Phrase(_if(lambda value: value >= MIN_DESCRIBED, "says what the picture's description says")),
        # The second opinion.
        "stands": Phrase(_if(lambda value: value == 0, "not in the text that trafilatura extracts")),
        "stands:": Phrase(_left_out),
        # The probabilities of the first pass, as features of the second.
        "chance": Phrase(_silent),
        "chances:": Phrase(_likely_share("within {blocks} around it")),
        "chances_before": Phrase(_likely_share("within {blocks} before it"), 3),
        "chances_after": Phrase(_likely_share("within {blocks} behind it"), 3),
        "chances_within:": Phrase(_likely_share("in its part of the page")),
        "chances_alike": Phrase(_likely_share("in blocks like it")),
        "chances_under": Phrase(_likely_under),
        "chance_under": Phrase(_heading),
        "text_whole": Phrase(_silent),
        "most_before": Phrase(_if(lambda value: value < MAX_LITTLE, "no likely text before it"), shared=PLACE),
        "most_behind": Phrase(_if(lambda value: value < MAX_LITTLE, "no likely text behind it"), shared=PLACE),
        "odds_before": Phrase(_silent),
        "odds_behind": Phrase(_silent),
        "sure_since_first": Phrase(_to_sure, shared=PLACE),
        "sure_until_last": Phrase(_to_sure, shared=PLACE),
    }
