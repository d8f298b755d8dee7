"""Phrases for the evidence against a block and for it. A phrase is true of the block, and a reader can check it.

A feature can count against a block whatever its value is. If its value tells a reader nothing, it has no phrase. Where
it counts for the block, it has other words, or none.

"Main paragraphs" are those that bound the article, the sure paragraphs: as long as a paragraph, with few links, removed
by no rule and, if trafilatura was asked, in its text. The "main part" of the page is the element that holds most of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.blocks.stats import MIN_PROSE_LENGTH
from cleaner.judge.scorer.features.columns import KINDS, MAX_DISTANCE
from cleaner.judge.scorer.features.rules import REASONS
from cleaner.judge.scorer.mentions import GROUPS, MAX_COUNT
from cleaner.judge.scorer.quotes import Quotes
from cleaner.judge.wording import NO_STOP, counted, length_of, link_text, percent
from cleaner.models import Kind, Reason
from cleaner.patterns import lazy_pattern

LIKELY_PREFIX, MENTIONS_PREFIX = "likely_", "mentions_"

# A feature of a block before or after this one ("size-1", "ends+2").
_BESIDE = lazy_pattern(r"([a-z_]+)([-+]\d+)")
# A feature that is computed for several widths or levels ("prose:5").
_NEXT = lazy_pattern(r"[a-z_]+[<>][0-9]")  # see `Rows.next`
_NUMBERED = lazy_pattern(r"([a-z_]+:)(\d+)")

_KINDS = {Kind.PARAGRAPH: "a paragraph", Kind.PREFORMATTED: "preformatted text", Kind.EMBED: "an embedded post"}
_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times or more"}
# What several features are about: where the block is among the paragraphs, and whether its element holds others.
PLACE, SURROUNDINGS = "place", "surroundings"
# Below this share (0 to 1) of prose or likely text in what is around a block, its lack is worth a phrase. From this
# share on, it is worth a phrase for the block.
MAX_LITTLE = 0.5
# Up to this share (0 to 1), few words have a capital initial, and little text around a block is link text.
MAX_FEW = 0.2
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
# A block that is farther from the first or the last one, in blocks, is not near the edge of a text.
MAX_TO_EDGE = 5
# A neighbour is unlikely to be text below the first probability, and likely from the second on.
UNLIKELY, LIKELY = 0.2, 0.8
# Features count up to this many sentences and commas; a long text has this many sentences without a count.
MAX_COUNTED = 9
# The number of main paragraphs with the same markup is limited to this.
MAX_ALIKE = 20


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


def _silent(subject: Subject, value: float, number: int) -> None:
    """A feature whose values tell a reader nothing that another phrase does not say better."""


class Phrase(NamedTuple):
    """What puts a feature into words."""

    against: Words
    support: Words = _silent  # where the feature counts for the block
    number: int = 0
    shared: str = ""  # what it is about, if other features are about the same with other functions


@cache
def phrase_of(feature: str) -> Phrase:
    """Return what puts a feature into words. Raises `KeyError` if there is no phrase for it."""
    if beside := _BESIDE.fullmatch(feature):
        return _neighbours()[beside[1]]._replace(number=int(beside[2]))
    if _NEXT.fullmatch(feature):  # what stands between the two blocks would have to be said, too
        return Phrase(_silent)
    if numbered := _NUMBERED.fullmatch(feature):
        return _phrases()[numbered[1]]._replace(number=int(numbered[2]))
    if feature.startswith(LIKELY_PREFIX) and feature != "likely_element":
        return Phrase(_likely, number=REASONS.index(Reason(feature.removeprefix(LIKELY_PREFIX))) + 1)
    if (group := feature.removeprefix(MENTIONS_PREFIX)) in GROUPS:
        return Phrase(_mentions, number=GROUPS.index(group), shared=feature)
    return _phrases()[feature]


@cache
def group_of(feature: str) -> Hashable:
    """Return what a feature is about. Those that are about the same are one piece of evidence."""
    found = phrase_of(feature)
    return found.shared or found.against


def phrase(feature: str, value: float, subject: Subject, *, support: bool = False) -> str | None:
    """Return the phrase for a feature with this value; `None` if the value tells a reader nothing.

    With `support`, the feature counts for the block, else against it.
    """
    found = phrase_of(feature)
    return (found.support if support else found.against)(subject, value, found.number)


def _if(holds: Callable[[float], bool], words: str) -> Words:
    return lambda subject, value, number: words if holds(value) else None


def _one_of(words: Mapping[float, str]) -> Words:
    return lambda subject, value, number: words.get(value)


def _likely(subject: Subject, value: float, number: int) -> str | None:
    """The number is that of the reason in `REASONS`, from 1; 0 for a rule of any reason."""
    if value <= 0:
        return None
    what = "its text" if subject.value("likely") > 0 else "an element around it"
    return f"a likely rule for '{REASONS[number - 1]}' matches {what}" if number else f"a likely rule matches {what}"


# The text of the block.


def _short(subject: Subject, value: float, number: int) -> str | None:
    return length_of(subject.text) if value < MIN_PROSE_LENGTH else None


def _long(subject: Subject, value: float, number: int) -> str | None:
    return length_of(subject.text) if value >= MIN_PROSE_LENGTH else None


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
    return NO_STOP if value < 3 else "ends with a comma or a dash" if value < 4 else "ends with a colon"


def _capitals(subject: Subject, value: float, number: int) -> str | None:
    if value < MAX_LITTLE:
        return None
    return "all in capital letters" if value > 1 else f"{percent(value)} of its words have a capital initial"


def _few_capitals(subject: Subject, value: float, number: int) -> str | None:
    return f"only {percent(value)} of its words have a capital initial" if 0 <= value <= MAX_FEW else None


def _digits(subject: Subject, value: float, number: int) -> str | None:
    return f"{percent(value)} of its characters are digits" if value >= 0.05 else None


def _commas(subject: Subject, value: float, number: int) -> str | None:
    return counted(value, "comma", MAX_COUNTED) if value else None


def _sentences(subject: Subject, value: float, number: int) -> str | None:
    return counted(value, "sentence end") if 0 < value < MAX_COUNTED else None


def _copies(subject: Subject, value: float, number: int) -> str | None:
    return f"stands on the page {_TIMES[int(value)]}" if value > 1 else None


def _off_topic(subject: Subject, value: float, number: int) -> str | None:
    if not 0 <= value < MAX_LITTLE:
        return None
    return f"{_only(value)} of its longer words in the main paragraphs"


def _on_topic(subject: Subject, value: float, number: int) -> str | None:
    return f"{percent(value)} of its longer words in the main paragraphs" if value >= MAX_LITTLE else None


def _words(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.words(subject.place)


def _good_words(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.words(subject.place, support=True)


def _mentions(subject: Subject, value: float, number: int) -> str | None:
    """The number is that of the group of words."""
    if not value or not (words := subject.quotes.mentioned(subject.place, number)):
        return None
    return f"{counted(value, 'word', MAX_COUNT)} {_GROUP_NAMES[GROUPS[number]]} ({words})"


def _mentioning(subject: Subject, value: float, number: int) -> str | None:
    if value < MIN_MENTIONING or not (words := subject.quotes.mentioned(subject.place)):
        return None
    return f"about {percent(value)} of its text are words common in menus and notices ({words})"


# The heading over the block.


def _heading(subject: Subject, value: float, number: int) -> str | None:
    if (heading := subject.quotes.heading(subject.place)) is None:
        return None
    text, distance = heading
    if distance > MAX_DISTANCE:
        return None
    return f"{'directly' if distance == 1 else counted(distance, 'block')} under the heading '{text}'"


# Its place.


def _to_prose(subject: Subject, value: float, number: int) -> str | None:
    return _to_text(subject, "", "main paragraph", "no main paragraph on the page")


def _to_sure(subject: Subject, value: float, number: int) -> str | None:
    return _to_text(subject, "sure_", "block that is almost surely text", "no block of the page is almost surely text")


def _to_text(subject: Subject, prefix: str, noun: str, without: str) -> str | None:
    """Return how far the block is from the first or the last block of a kind, which features with `prefix` tell."""
    before, after = -subject.value(f"{prefix}since_first"), -subject.value(f"{prefix}until_last")
    if before > 0 and after > 0:  # the page has no such block
        return without
    if before > 0:
        return f"{counted(before, 'block', MAX_DISTANCE)} before the first {noun}"
    return f"{counted(after, 'block', MAX_DISTANCE)} after the last {noun}" if after > 0 else None


def _between(prefix: str, noun: str) -> Words:
    def between(subject: Subject, value: float, number: int) -> str | None:
        is_between = subject.value(f"{prefix}since_first") > 0 and subject.value(f"{prefix}until_last") > 0
        return f"between {noun}" if is_between else None

    return between


def _index(subject: Subject, value: float, number: int) -> str | None:
    if value > MAX_TO_EDGE:
        return None
    return f"only {_blocks(value)} before it" if value else "the first block"


def _from_end(subject: Subject, value: float, number: int) -> str | None:
    if value > MAX_TO_EDGE:
        return None
    return f"only {_blocks(value)} after it" if value else "the last block"


def _gap(where: str) -> Words:
    def gap(subject: Subject, value: float, number: int) -> str | None:
        if value <= 1:
            return None
        is_whole = value > len(subject.quotes.document.blocks)
        return f"no main paragraph {where}" if is_whole else f"no main paragraph {where} within {_blocks(value - 1)}"

    return gap


def _blocks(number: float) -> str:
    return counted(number, "block")


def _only(share: float) -> str:
    """Return a small share as "only 8 %", "less than 1 %" or "none"."""
    return f"only {percent(share)}" if share >= 0.01 else "less than 1 %" if share else "none"


def _little_prose(subject: Subject, value: float, number: int) -> str | None:
    around = f"within {_blocks(number)} of it"
    if value >= MAX_LITTLE:
        return None
    return f"{_only(value)} of the text {around} in main paragraphs"


def _much_prose(subject: Subject, value: float, number: int) -> str | None:
    if value < MAX_LITTLE:
        return None
    return f"{percent(value)} of the text within {_blocks(number)} of it in main paragraphs"


def _main(subject: Subject, value: float, number: int) -> str | None:
    if not value:
        return None
    side = "before" if value < 0 else "after"
    return f"{counted(abs(value), 'block', MAX_DISTANCE)} {side} the main part of the page"


# Its links.


def _linked(subject: Subject, value: float, number: int) -> str | None:
    return link_text(subject.quotes.block(subject.place)) if value > 0 else None


def _links(subject: Subject, value: float, number: int) -> str | None:
    return f"{counted(value, 'link', 6)} in it" if value else None


def _links_around(subject: Subject, value: float, number: int) -> str | None:
    if value < MIN_LINKS_AROUND:
        return None
    return f"{percent(value)} of the text within {_blocks(number)} of it is links"


def _few_links_around(subject: Subject, value: float, number: int) -> str | None:
    if value > MAX_FEW:
        return None
    return f"{_only(value)} of the text within {_blocks(number)} of it is links"


def _target(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.target(subject.place)


# The elements around it, and pictures.


def _named(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.name(subject.place, number or None)


def _well_named(subject: Subject, value: float, number: int) -> str | None:
    return subject.quotes.name(subject.place, number or None, support=True)


# The number is how many elements are between the block and the one that is meant. Its own, 0, says nothing: nearly all
# blocks are alone in theirs.


def _not_within(subject: Subject, value: float, number: int) -> str | None:
    if value >= MAX_LITTLE or not number:
        return None
    return f"in an element with {_only(value)} of the main paragraphs' text"


def _within(subject: Subject, value: float, number: int) -> str | None:
    if value < MAX_LITTLE or not number:
        return None
    return f"in an element with {percent(value)} of the main paragraphs' text"


def _beside(subject: Subject, value: float, number: int) -> str | None:
    return "in an element without another main paragraph" if value <= 0 and number else None


def _alike(subject: Subject, value: float, number: int) -> str | None:
    if value <= 0:
        return None
    return f"{counted(value, 'main paragraph', MAX_ALIKE)} with the same markup"


def _depth(subject: Subject, value: float, number: int) -> str | None:
    has_prose = max(subject.value("since_first"), subject.value("until_last")) >= 0
    if not value or not has_prose:
        return None
    return f"{counted(abs(value), 'element', 8)} {'deeper' if value > 0 else 'less deep'} than the main paragraphs"


def _picture(words: str, far: str) -> Words:
    def distance(subject: Subject, value: float, number: int) -> str | None:
        if not 0 <= value <= MAX_BLOCKS_TO_PICTURE:
            return None
        return words if value <= 1 else f"{counted(value, 'block')} {far}"

    return distance


def _left_out(subject: Subject, value: float, number: int) -> str | None:
    if not 0 <= value < MAX_LITTLE:
        return None
    return f"trafilatura leaves out {percent(1 - value)} of an element around it"


def _extracted(subject: Subject, value: float, number: int) -> str | None:
    return f"trafilatura extracts {percent(value)} of an element around it" if value >= MAX_LITTLE else None


# The probabilities of the first pass, as features of the second.


def _chances(where: str) -> Phrase:
    """Return the phrase for the share of likely text around the block.

    `where` may have fields for the number of blocks, and for what blocks like it are.
    """

    def of_text(subject: Subject, share: str, number: int) -> str:
        alike = "in blocks of its kind" if subject.quotes.document.plain else "with the same markup"
        return f"{share} of the other text {where.format(blocks=_blocks(number), alike=alike)} is likely article text"

    def little(subject: Subject, value: float, number: int) -> str | None:
        return of_text(subject, _only(value), number) if 0 <= value < MAX_LITTLE else None

    def much(subject: Subject, value: float, number: int) -> str | None:
        return of_text(subject, percent(value), number) if value >= MAX_LITTLE else None

    return Phrase(little, much)


def _unlikely_under(subject: Subject, value: float, number: int) -> str | None:
    if (heading := subject.quotes.heading(subject.place)) is None or not 0 <= value < MAX_LITTLE:
        return None
    return f"{_only(value)} of the other text under the heading '{heading[0]}' is likely article text"


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
        return f"the block {'before' if number < 0 else 'after'} it {said}" if said else None

    return of_other


def _said_if(holds: Callable[[float], bool], words: str) -> Words:
    return _beside_it(lambda subject, value, place: words.format(value) if holds(value) else None)


def _words_of_other(subject: Subject, value: float, place: int) -> str | None:
    return subject.quotes.words(place) if value < 0 else None


def _name_of_other(subject: Subject, value: float, place: int) -> str | None:
    name = subject.quotes.name(place, None) if value < 0 else None
    return f"is {name}" if name else None


def _length_of_other(subject: Subject, place: int) -> str:
    return f"has {length_of(subject.quotes.block(place).text)}"


@cache
def _neighbours() -> dict[str, Phrase]:
    """Return the phrases for features of a block near the block."""
    return {
        "size": Phrase(
            _beside_it(
                lambda subject, value, place: (
                    _length_of_other(subject, place) if 0 <= value < MIN_PROSE_LENGTH else None
                )
            ),
            _beside_it(
                lambda subject, value, place: _length_of_other(subject, place) if value >= MIN_PROSE_LENGTH else None
            ),
        ),
        "kind": Phrase(
            _beside_it(
                lambda subject, value, place: (
                    f"is {_name_of_kind(value)}" if value >= 0 and value != KINDS[Kind.PARAGRAPH] else None
                )
            )
        ),
        "ends": Phrase(
            _said_if(lambda value: 0 <= value < 3, f"has {NO_STOP}"),
            _said_if(lambda value: value >= 5, "ends like a sentence"),
        ),
        "begins": Phrase(_said_if(lambda value: value == 0, "begins in lower case")),
        "capitals": Phrase(_said_if(lambda value: value > 1, "is all in capital letters")),
        "topic": Phrase(_silent),
        "mentions": Phrase(_silent),
        "linked": Phrase(
            _beside_it(
                lambda subject, value, place: f"is {percent(value)} link text" if value >= MIN_LINKS_AROUND else None
            )
        ),
        "likely": Phrase(_said_if(lambda value: value > 0, "matches a likely rule")),
        "stands": Phrase(
            _said_if(lambda value: value == 0, "is not in the text that trafilatura extracts"),
            _said_if(lambda value: value == 1, "is in the text that trafilatura extracts"),
        ),
        "word_mean": Phrase(_beside_it(_words_of_other)),
        "tokens": Phrase(_beside_it(_name_of_other)),
        "chance": Phrase(
            _said_if(lambda value: 0 <= value < UNLIKELY, "is unlikely to be text (probability {:.2f})"),
            _said_if(lambda value: value >= LIKELY, "is likely to be text (probability {:.2f})"),
        ),
    }


@cache
def _phrases() -> dict[str, Phrase]:
    """Return what puts each feature into words. The key of a feature for several widths or levels ends with a colon."""
    return {
        # The text of the block.
        "size": Phrase(_short, _long),
        "kind": Phrase(_kind, lambda subject, value, number: _name_of_kind(value)),
        "level": Phrase(_level),
        "ends": Phrase(_ends, _if(lambda value: value >= 5, "ends like a sentence")),
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
        "capitals": Phrase(_capitals, _few_capitals),
        "digits": Phrase(_digits),
        "commas": Phrase(_if(lambda value: value == 0, "no commas"), _commas),
        "sentences": Phrase(_if(lambda value: value == 0, "no sentence end"), _sentences),
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
            ),
            _one_of({2: "begins like the page's description"}),
        ),
        "slug": Phrase(
            _if(lambda value: value > 0, "words of the page's URL in it"),
            _if(lambda value: value > 0, "words of the page's URL in it"),
        ),
        "author": Phrase(_if(lambda value: value > 0, "an author's name in it")),
        "site": Phrase(_if(lambda value: value > 0, "the site's name in it")),
        "topic": Phrase(_off_topic, _on_topic),
        "word_mean": Phrase(_words, _good_words),
        "word_sum": Phrase(_words, _good_words),
        "word_least": Phrase(_words, _good_words),
        "word_most": Phrase(_words, _good_words),
        "mentions": Phrase(_mentioning, _if(lambda value: value == 0, "no words common in menus and notices")),
        "mentioned": Phrase(_silent),
        # Rules that are not certain.
        "likely": Phrase(_likely),
        "likely_element": Phrase(_likely),
        "bold": Phrase(_if(lambda value: value > 0, "bold")),
        "standfirst": Phrase(_silent, _if(lambda value: value > 0, "its place or its class is that of a standfirst")),
        "row_gap_before": Phrase(_silent),
        "row_gap_after": Phrase(_silent),
        # The heading over the block.
        "under_gap": Phrase(_heading),
        "under_level": Phrase(_heading),
        "under_ruled": Phrase(_if(lambda value: value > 0, "under a heading that a rule removes")),
        "under_mean": Phrase(_heading, _heading),
        # Its place.
        "before": Phrase(_to_prose, _between("", "main paragraphs"), shared=PLACE),
        "index": Phrase(_index, shared=PLACE),
        "from_end": Phrase(_from_end, shared=PLACE),
        "since_first": Phrase(_to_prose, _between("", "main paragraphs"), shared=PLACE),
        "until_last": Phrase(_to_prose, _between("", "main paragraphs"), shared=PLACE),
        "gap_before": Phrase(
            _gap("before it"), _if(lambda value: value == 1, "directly after a main paragraph"), shared=PLACE
        ),
        "gap_after": Phrase(
            _gap("after it"), _if(lambda value: value == 1, "directly before a main paragraph"), shared=PLACE
        ),
        "gap": Phrase(
            _gap("on one side of it"), _if(lambda value: value == 1, "directly between main paragraphs"), shared=PLACE
        ),
        "prose:": Phrase(_little_prose, _much_prose),
        "main": Phrase(_main, _if(lambda value: value == 0, "in the main part of the page"), shared=PLACE),
        # Its links.
        "linked": Phrase(_linked, _if(lambda value: value == 0, "no links")),
        "links": Phrase(_links, _if(lambda value: value == 0, "no links")),
        "link_window:": Phrase(_links_around, _few_links_around),
        "lead_mean": Phrase(_target),
        "lead_sum": Phrase(_target),
        "lead_least": Phrase(_target),
        "lead_most": Phrase(_target),
        # The elements around it. The number is that of the elements, 0 for all.
        "tokens": Phrase(_named, _well_named),
        "tokens_own": Phrase(_named, _well_named, 1),
        "tokens_near": Phrase(_named, _well_named, 3),
        "tokens_least": Phrase(_named, _well_named),
        "pieces": Phrase(_named, _well_named),
        "pieces_own": Phrase(_named, _well_named, 1),
        "pieces_near": Phrase(_named, _well_named, 3),
        "pieces_least": Phrase(_named, _well_named),
        "within:": Phrase(_not_within, _within, shared=SURROUNDINGS),
        "beside:": Phrase(_beside, shared=SURROUNDINGS),
        "alike": Phrase(
            _if(lambda value: value == 0, "no main paragraph with the same markup"), _alike, shared=SURROUNDINGS
        ),
        "depth": Phrase(_depth, _if(lambda value: value == 0, "nested as deep as the main paragraphs")),
        # Pictures: the distance in blocks, and the share of the text's words in the description of one.
        "media_before": Phrase(_picture("directly after a picture", "after a picture")),
        "media_shared": Phrase(
            _if(lambda value: value <= MAX_BLOCKS_BESIDE_PICTURE, "in a small element together with a picture")
        ),
        "media_after": Phrase(_picture("directly before a picture", "before a picture")),
        "media_same": Phrase(_if(lambda value: value >= MIN_DESCRIBED, "says what the picture's description says")),
        # The second opinion.
        "stands": Phrase(
            _if(lambda value: value == 0, "not in the text that trafilatura extracts"),
            _if(lambda value: value == 1, "in the text that trafilatura extracts"),
        ),
        "stands:": Phrase(_left_out, _extracted),
        # The probabilities of the first pass, as features of the second.
        "chance": Phrase(_silent),
        "chances:": _chances("within {blocks} of it"),
        "chances_before": _chances("within {blocks} before it")._replace(number=3),
        "chances_after": _chances("within {blocks} after it")._replace(number=3),
        "chances_within:": _chances("in an element around it"),
        "chances_alike": _chances("{alike}"),
        "chances_under": Phrase(_unlikely_under),
        "chance_under": Phrase(_heading, _heading),
        "text_whole": Phrase(_silent),
        "most_before": Phrase(
            _if(lambda value: value < MAX_LITTLE, "no likely text before it"),
            _if(lambda value: value >= LIKELY, "likely text before it"),
            shared=PLACE,
        ),
        "most_behind": Phrase(
            _if(lambda value: value < MAX_LITTLE, "no likely text after it"),
            _if(lambda value: value >= LIKELY, "likely text after it"),
            shared=PLACE,
        ),
        "odds_before": Phrase(_silent),
        "odds_behind": Phrase(_silent),
        "sure_since_first": Phrase(_to_sure, _between("sure_", "blocks that are almost surely text"), shared=PLACE),
        "sure_until_last": Phrase(_to_sure, _between("sure_", "blocks that are almost surely text"), shared=PLACE),
    }


# What the words of each group of `mentions.txt` are.
_GROUP_NAMES = {
    "reader": "that may address the reader",
    "publisher": "such as 'we' or 'editors'",
    "site": "for a site or page",
    "follow": "for following or sharing",
    "network": "for a social network",
    "subscribe": "for a subscription or account",
    "donate": "for donations or support",
    "act": "such as 'click' or 'read'",
    "contact": "for contact",
    "article": "for an article",
    "author": "for an author",
    "rights": "for rights or terms",
    "picture": "for a picture or video",
    "more": "such as 'more' or 'related'",
    "comment": "for comments",
    "dated": "such as 'published' or 'updated'",
    "advert": "for advertising or prices",
}
