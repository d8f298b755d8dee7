"""What a rule is. The tables beside this file hold nothing but rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cleaner.models import Reason


class Scope(StrEnum):
    """Where a rule looks, and so how much it takes."""

    ELEMENT = "element"  # a class or id token, a role, or a tag as "<nav>"; takes the element
    HEADING = "heading"  # a heading or a line that acts as one; takes it and its section
    BLOCK = "block"  # one block


class Part(StrEnum):
    """Where on the page a block stands, told by the article's first and last sure paragraph."""

    ANYWHERE = "anywhere"
    BEFORE = "before"  # before the first paragraph
    INSIDE = "inside"
    AFTER = "after"  # after the last paragraph
    BEFORE_OR_AFTER = "edge"  # before or after


def any_of(*alternatives: str) -> str:
    """The pattern that matches what one of the given patterns does."""
    return "|".join(alternatives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of chrome.

    `pattern` must match the whole text or token, as `matching.fold` and `fold_token` make it: in a text, white space
    is one space each, quotes, dashes and ellipses are `'`, `"`, `-` and `...`, and what stands around it (bullets,
    arrows, brackets, a colon at the end) is gone; a token is tried whole and without what themes add to it. It is
    written in small letters and caseless, but for what stands in `(?-i:...)`.
    `drops` and `keeps` are examples that the tests run: block texts with link text in [brackets], or class attributes.
    """

    id: str
    reason: Reason
    scope: Scope
    pattern: str
    drops: tuple[str, ...]
    keeps: tuple[str, ...]
    # The languages (ISO 639-1) whose words the pattern holds; empty: names of markup, signs, or words of many.
    languages: frozenset[str] = frozenset()
    # At least this share of the text, 0 to 1, is link text. In plain text nobody knows: there such a rule
    # is not asked, unless it is `unfinished`, too; on a page, then, the links decide and the ending is not asked.
    linked: float = 0.0
    # At most this share is: a line that is a link to what it names belongs to its neighbours. Not asked in plain text.
    most_linked: float = 1.0
    # The text does not end as a sentence does (full stop, question mark, closing quote ...).
    unfinished: bool = False
    part: Part = Part.ANYWHERE
    # An element that has one of these tokens, too, is another thing than what it is named after.
    unless_token: frozenset[str] = frozenset()
    # Longer texts, in characters, are not looked at: a paragraph is never taken by a phrase.
    longest: int = 160
