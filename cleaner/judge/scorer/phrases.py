"""Phrases for the evidence about a block. A phrase is always true of the value that the block's feature has.

A feature can count against a block whatever its value is. So a phrase depends on the value, or it only names the
feature and claims nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from cleaner.blocks.stats import MIN_PROSE_LENGTH
from cleaner.models import Kind

LIKELY_PREFIX = "likely_"
Phrase = Callable[[float], str]

_KINDS = {Kind.PREFORMATTED: "preformatted text", Kind.EMBED: "an embedded post"}

# A feature of a block before or after this one ("size-1", "ends+2").
_BESIDE = re.compile(r"([a-z_]+)([-+])\d+")
# A feature that is computed for several widths or levels ("prose:5").
_WIDTH = re.compile(r"([a-z_]+):\d+")


def phrase(feature: str, value: float) -> str:
    """Return the phrase for a feature with this value."""
    if beside := _BESIDE.fullmatch(feature):
        side = "before" if beside[2] == "-" else "after"
        of_neighbour = _neighbours().get(beside[1])
        words = of_neighbour(value) if of_neighbour else None
        return f"{words} shortly {side} it" if words else f"the blocks {side} it"
    width = _WIDTH.fullmatch(feature)
    if feature.startswith(LIKELY_PREFIX):
        words = feature.removeprefix(LIKELY_PREFIX).replace("_", " ")
        return f"matches a likely rule ({words})" if value else "matches no likely rule of some kind"
    return _phrases()[f"{width[1]}:" if width else feature](value)


def _always(words: str) -> Phrase:
    return lambda value: words


def _from(*steps: tuple[float, str]) -> Phrase:
    """Return the phrase with the words of the last step that the value reaches, or of the first if it reaches none."""
    bounds = [bound for bound, _ in steps]
    return lambda value: steps[max(0, bisect_right(bounds, value) - 1)][1]


def _if_negative(words: str, otherwise: str) -> Phrase:
    return lambda value: words if value < 0 else otherwise


def _share_of_text(where: str, name: str) -> Phrase:
    """Return the phrase for a share of likely text in other blocks: -1 if there are none."""
    return _from((-1, f"no other text {where}"), (0, f"hardly any likely text {where}"), (0.2, name))


def _level(value: float) -> str:
    return f"a heading of level {value:.0f}" if value > 0 else "no heading level"


def _heading_over(value: float) -> str:
    if value < 0:
        return "under no heading"
    return f"under a heading of level {value:.0f}" if value else "under a line that looks like a heading"


def _kind(value: float) -> str:
    kind = tuple(Kind)[int(value)]
    return _KINDS.get(kind, f"a {kind.replace('_', ' ')}")


# In these phrases, "prose" means blocks that are as long as a paragraph, have few links, are not removed by a rule and,
# if there is a second opinion, are kept by it. "Likely text" has a high probability in the first pass. "More common
# outside articles" means negative log-odds.


@cache
def _neighbours() -> dict[str, Callable[[float], str | None]]:
    """Return the phrases for features of a block near the block; `None` for values that have none."""
    return {
        "size": lambda value: "a short line" if 0 <= value < MIN_PROSE_LENGTH else None,
        "ends": lambda value: "a line without a final stop" if 0 <= value < 3 else None,
        "linked": lambda value: "link text" if value > 0 else None,
        "likely": lambda value: "a block that a likely rule matches" if value > 0 else None,
        "stands": lambda value: "a rejection by the second opinion" if value == 0 else None,
        "chance": lambda value: "unlikely text" if 0 <= value < 0.2 else None,
    }


@cache
def _phrases() -> dict[str, Phrase]:
    names = "the names of the elements around it"
    names_around = _if_negative("element names around it that are more common outside articles", names)
    own_names = _if_negative("element names of its own that are more common outside articles", "its element's names")
    words = _if_negative("words that are more common outside articles", "its words")
    targets = _from(
        (-1e9, "link targets that are more common outside articles"),
        (0.0, "no typical link targets"),
        (1e-9, "its link targets"),
    )
    place = _always("its place on the page")
    return {
        # The text of the block.
        "size": _from((0, "few words"), (30, "shorter than most paragraphs"), (MIN_PROSE_LENGTH, "its length")),
        "kind": _kind,
        "level": _level,
        "ends": _from(
            (0, "no final stop"),
            (3, "a comma or a dash at its end"),
            (4, "a colon or a semicolon at its end"),
            (5, "a final stop"),
        ),
        "begins": _from(
            (0, "begins in lower case"),
            (1, "begins with a symbol"),
            (2, "begins with a digit"),
            (3, "begins with punctuation"),
            (4, "begins with a letter"),
        ),
        "capitals": _from((-1, "its capital letters"), (2, "all in capital letters")),
        "digits": _from((-1, "its length"), (0, "no digits"), (1e-9, "digits in it")),
        "commas": _from((0, "no commas"), (1, "commas in it")),
        "sentences": _from((0, "no stops in it"), (1, "stops in it"), (9, "its length")),
        "signs": _from((-1, "its length"), (0, "no symbols such as | or ©"), (1, "symbols such as | or ©")),
        "date": _from((-1, "its length"), (0, "no year and no time of day"), (1, "a year or a time of day")),
        "same": _from((0, "occurs once on the page"), (2, "occurs more than once on the page")),
        "title": _from(
            (0, "not recognised as the title"),
            (1, "a part in common with the title"),
            (2, "begins like the page's description"),
            (3, "the title itself"),
        ),
        "slug": _from((-1, "its words"), (0, "no words of the URL"), (1e-9, "words of the URL")),
        "author": _from((0, "its words"), (1, "an author's name in it")),
        "site": _from((0, "its words"), (1, "the site's name in it")),
        "topic": _from(
            (-1, "no long words"), (0, "no long words of the page's prose"), (1e-9, "long words of the page's prose")
        ),
        "word_mean": words,
        "word_sum": words,
        "word_least": _if_negative("a word that is more common outside articles", "its words"),
        "word_most": words,
        # Rules that are not certain.
        "likely": _from((0, "matches no likely rule"), (1, "matches a likely rule")),
        "bold": _from((0, "not bold"), (1, "bold")),
        "standfirst": _from((0, "not recognised as a standfirst"), (1, "recognised as a standfirst")),
        # The heading over the block.
        "under_gap": _always("its distance from a heading"),
        "under_level": _heading_over,
        "under_ruled": _from((0, "under no heading that a rule removes"), (1, "under a heading that a rule removes")),
        "under_mean": _if_negative(
            "under a heading with words that are more common outside articles", "the heading over it or the lack of one"
        ),
        # Its place.
        "before": _from((0, "no prose before it"), (1e-9, "its place on the page"), (1, "all prose before it")),
        "index": place,
        "from_end": place,
        "since_first": _from((-1e9, "before the page's first prose"), (0, "not before the page's first prose")),
        "until_last": _from((-1e9, "after the page's last prose"), (0, "not after the page's last prose")),
        "gap_before": _from((0, "directly after prose"), (2, "not directly after prose")),
        "gap_after": _from((0, "directly before prose"), (2, "not directly before prose")),
        "gap": _from((0, "directly between prose"), (2, "not directly between prose")),
        "prose:": _from(
            (0, "hardly any prose around it"), (0.2, "some prose around it"), (0.6, "much prose around it")
        ),
        "main": _from(
            (-1e9, "before the main part of the page"),
            (0, "in the main part of the page"),
            (1, "after the main part of the page"),
        ),
        # Its links.
        "linked": _from((0, "no link text"), (1e-9, "some link text"), (0.5, "mostly link text")),
        "links": _from((0, "no links in it"), (1, "links in it")),
        "link_window:": _from(
            (0, "no links around it"), (1e-9, "some links around it"), (0.5, "mostly links around it")
        ),
        "lead_mean": targets,
        "lead_sum": targets,
        "lead_least": _from(
            (-1e9, "a link target that is more common outside articles"),
            (0.0, "no typical link targets"),
            (1e-9, "its link targets"),
        ),
        "lead_most": targets,
        # The elements around it.
        "tokens": names_around,
        "tokens_own": own_names,
        "tokens_near": names_around,
        "tokens_least": _if_negative("an element name around it that is more common outside articles", names),
        "pieces": names_around,
        "pieces_own": own_names,
        "pieces_near": names_around,
        "pieces_least": _if_negative("an element name around it that is more common outside articles", names),
        "within:": _from(
            (0, "in an element with little of the page's prose"),
            (0.2, "in an element with a part of the page's prose"),
            (0.8, "in an element with most of the page's prose"),
        ),
        "beside:": _from((0, "no other prose in its element"), (1e-9, "other prose in its element")),
        "alike": _from((-1, "no other prose in elements like its own"), (1, "other prose in elements like its own")),
        "depth": _from(
            (-1e9, "less deeply nested than the page's prose"),
            (0, "as deeply nested as the page's prose"),
            (1, "more deeply nested than the page's prose"),
        ),
        # The second opinion.
        "stands": _from(
            (-1, "there is no second opinion"),
            (0, "the second opinion leaves it out"),
            (0.5, "the second opinion keeps it"),
        ),
        "stands:": _from(
            (-1, "there is no second opinion"),
            (0, "the second opinion leaves most of its element out"),
            (0.5, "the second opinion keeps most of its element"),
        ),
        # The probabilities of the first pass, as features of the second.
        "chance": _from((0, "a low score in the first pass"), (0.5, "its score in the first pass")),
        "chances:": _share_of_text("around it", "the blocks around it"),
        "chances_before": _share_of_text("directly before it", "the blocks before it"),
        "chances_after": _share_of_text("directly after it", "the blocks after it"),
        "chances_within:": _share_of_text("in its element", "the rest of its element"),
        "chances_alike": _share_of_text("in blocks like it", "the blocks like it"),
        "chances_under": _share_of_text("under the same heading", "the blocks under the same heading"),
        "chance_under": _from((-1, "under no heading"), (0, "the heading over it")),
        "text_whole": _always("the amount of likely text on the page"),
        "sure_since_first": _from((-1e9, "before the first certain text"), (0, "not before the first certain text")),
        "sure_until_last": _from((-1e9, "after the last certain text"), (0, "not after the last certain text")),
    }
