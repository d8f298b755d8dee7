"""Phrases for the evidence about a block. A phrase is always true of the value that the block's feature has.

A feature can count against a block whatever its value is. So a phrase depends on the value, or it only names the
feature and claims nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from cleaner.models import Kind

Phrase = Callable[[float], str]

# A feature of a block before or after this one ("size-1", "ends+2").
_BESIDE = re.compile(r"([a-z_]+)([-+])\d+")
# A feature that is computed for several widths or levels ("prose:5").
_WIDTH = re.compile(r"([a-z_]+):\d+")


def phrase(feature: str, value: float) -> str:
    """Return the phrase for a feature with this value."""
    if beside := _BESIDE.fullmatch(feature):
        return "the blocks before it" if beside[2] == "-" else "the blocks after it"
    width = _WIDTH.fullmatch(feature)
    return _phrases()[f"{width[1]}:" if width else feature](value)


def _always(words: str) -> Phrase:
    return lambda value: words


def _from(*steps: tuple[float, str]) -> Phrase:
    """Return the phrase with the words of the last step that the value reaches, or of the first if it reaches none."""
    bounds = [bound for bound, _ in steps]
    return lambda value: steps[max(0, bisect_right(bounds, value) - 1)][1]


def _level(value: float) -> str:
    return f"a heading of level {value:.0f}" if value > 0 else "not a heading with a level"


def _heading_over(value: float) -> str:
    if value < 0:
        return "under no heading"
    return f"under a heading of level {value:.0f}" if value else "under a line that reads like a heading"


def _kind(value: float) -> str:
    return f"its kind ({tuple(Kind)[int(value)].replace('_', ' ')})"


# In these phrases, "prose" means blocks that are as long as a paragraph, have few links, and are not removed by a rule.


@cache
def _phrases() -> dict[str, Phrase]:
    names_around = _always("the names of the elements around it")
    own_name = _always("the name of its element")
    words = _always("its words")
    place = _always("its place on the page")
    leads = _from((-1e9, "where its links lead"), (0.0, "no links to known places"), (1e-9, "where its links lead"))
    rest = _always("the blocks around it")
    return {
        # The text of the block.
        "size": _always("its length"),
        "kind": _kind,
        "level": _level,
        "ends": _from(
            (0, "does not end as a sentence"),
            (3, "ends with a comma or a dash"),
            (4, "ends with a colon"),
            (5, "ends as a sentence"),
        ),
        "begins": _from(
            (0, "begins in lower case"),
            (1, "begins with a sign"),
            (2, "begins with a figure"),
            (3, "begins with a quote or a bracket"),
            (4, "begins with a letter"),
        ),
        "capitals": _from((-1, "its capitals"), (2, "all in capitals")),
        "digits": _from((-1, "its length"), (0, "no figures in it"), (1e-9, "figures in it")),
        "commas": _from((0, "no commas"), (1, "commas")),
        "sentences": _from((0, "no full stop in it"), (1, "full stops in it"), (9, "its length")),
        "signs": _from((-1, "its length"), (0, "no signs such as | or © in it"), (1, "signs such as | or © in it")),
        "date": _from((-1, "its length"), (0, "no year and no time in it"), (1, "a year or a time in it")),
        "same": _from((0, "stands on the page once"), (2, "stands on the page more than once")),
        "title": _from(
            (0, "not the title"), (1, "words of the title"), (2, "words of the description"), (3, "the title itself")
        ),
        "slug": _from((-1, "its words"), (0, "no words of the address"), (1e-9, "words of the address")),
        "author": _from((0, "its words"), (1, "an author's name in it")),
        "site": _from((0, "its words"), (1, "the site's name in it")),
        "topic": _from(
            (-1, "no long words"), (0, "no words of the page's paragraphs"), (1e-9, "words of the page's paragraphs")
        ),
        "word_mean": words,
        "word_sum": words,
        "word_least": words,
        "word_most": words,
        "bold": _from((0, "not set in bold"), (1, "set in bold")),
        "standfirst": _from((0, "does not stand or read like a standfirst"), (1, "reads like a standfirst")),
        # The heading over the block.
        "under_gap": _always("how far it stands below a heading"),
        "under_level": _heading_over,
        "under_ruled": _from((0, "under no heading that a rule removes"), (1, "under a heading that a rule removes")),
        "under_mean": _always("the words of the heading over it, if there is one"),
        # Its place.
        "before": place,
        "index": place,
        "from_end": place,
        "since_first": _from((-1e9, "before the page's first prose"), (0, "not before the page's first prose")),
        "until_last": _from((-1e9, "after the page's last prose"), (0, "not after the page's last prose")),
        "gap_before": _from((0, "right after a paragraph"), (2, "not right after a paragraph")),
        "gap_after": _from((0, "right before a paragraph"), (2, "not right before a paragraph")),
        "gap": _from((0, "right between paragraphs"), (2, "not right between paragraphs")),
        "prose:": _from((0, "hardly any prose around it"), (0.2, "some prose around it"), (0.6, "prose around it")),
        "main": _from(
            (-1e9, "before the main part of the page"),
            (0, "in the main part of the page"),
            (1, "after the main part of the page"),
        ),
        # Its links.
        "linked": _from((0, "no link text"), (1e-9, "link text in it"), (0.5, "mostly link text")),
        "links": _from((0, "no links in it"), (1, "links in it")),
        "link_window:": _from((0, "no links around it"), (1e-9, "some links around it"), (0.5, "among links")),
        "lead_mean": leads,
        "lead_sum": leads,
        "lead_least": leads,
        "lead_most": leads,
        # The elements around it.
        "tokens": names_around,
        "tokens_own": own_name,
        "tokens_near": names_around,
        "tokens_least": names_around,
        "pieces": names_around,
        "pieces_own": own_name,
        "pieces_near": names_around,
        "pieces_least": names_around,
        "within:": _from(
            (0, "in an element with little of the page's prose"),
            (0.2, "in an element with a part of the page's prose"),
            (0.8, "in an element with most of the page's prose"),
        ),
        "beside:": _from((0, "no other prose in its element"), (1e-9, "other prose in its element")),
        "alike": _from((-1, "no prose in elements like its own"), (1, "prose in elements like its own")),
        "depth": _from(
            (-1e9, "less deep than the page's paragraphs"),
            (0, "as deep as the page's paragraphs"),
            (1, "deeper than the page's paragraphs"),
        ),
        # The second opinion.
        "stands": _from(
            (-1, "the second opinion was not asked"),
            (0, "the second opinion leaves it out"),
            (0.5, "the second opinion keeps it"),
        ),
        "stands:": _from(
            (-1, "the second opinion was not asked"),
            (0, "the second opinion leaves most of its element out"),
            (0.5, "the second opinion keeps most of its element"),
        ),
        # The probabilities of the first pass, as features of the second.
        "chance": _always("what a first look at it says"),
        "chances:": rest,
        "chances_before": rest,
        "chances_after": rest,
        "chances_within:": _always("the rest of its element"),
        "chances_alike": _always("the blocks of the same name"),
        "chances_under": _always("the blocks under the same heading"),
        "chance_under": _from((-1, "under no heading"), (0, "the heading over it")),
        "text_whole": _always("how much text there is"),
        "sure_since_first": _from((-1e9, "before the first certain block"), (0, "not before the first certain block")),
        "sure_until_last": _from((-1e9, "after the last certain block"), (0, "not after the last certain block")),
    }
