"""The form of a rule. The modules in `tables` hold nothing but rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cleaner.models import Reason


class Scope(StrEnum):
    """What a rule matches, and so how much it removes."""

    ELEMENT = "element"  # a class or id token, a role, or a tag as "<nav>"; removes the element
    HEADING = "heading"  # a heading or a line that acts as one; removes it and its section
    BLOCK = "block"  # one block


class Part(StrEnum):
    """A part of the page, relative to the first and the last paragraph that surely belong to the article."""

    ANYWHERE = "anywhere"
    BEFORE = "before"  # before the first paragraph
    INSIDE = "inside"
    AFTER = "after"  # after the last paragraph
    BEFORE_OR_AFTER = "edge"  # before or after


def any_of(*alternatives: str) -> str:
    """Return the pattern that matches what any of the given patterns matches."""
    return "|".join(alternatives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of boilerplate.

    `pattern` must match the whole text or token, as `matching.fold` and `fold_token` return it. In a text, white space
    is folded to single spaces, quotes, dashes and ellipses are `'`, `"`, `-` and `...`, and decoration at both ends
    (bullets, arrows, brackets, a colon at the end) is removed. A token is tried whole and without the affixes of
    themes. The pattern is written in lower case and ignores case, except inside `(?-i:...)`.
    `drops` and `keeps` are examples that the tests run: texts of blocks with link text in [brackets], or class
    attributes. The rule is the first to match each of `drops`; no rule matches any of `keeps`.
    """

    id: str
    reason: Reason
    scope: Scope
    pattern: str
    drops: tuple[str, ...]
    keeps: tuple[str, ...]
    # The languages (ISO 639-1) of the words in the pattern. Empty for names in markup, symbols, and words of many
    # languages.
    languages: frozenset[str] = frozenset()
    # The least share of the text, 0 to 1, that is link text. Links are unknown in plain text: such a rule does not hold
    # there unless it is `unfinished`, too. On a page, such a rule checks the links and not the ending.
    linked: float = 0.0
    # The greatest share of the text, 0 to 1, that is link text. A line that is a link to what it names belongs to its
    # neighbours. Plain text has no links, so every text passes.
    most_linked: float = 1.0
    # The text does not end as a sentence does (full stop, question mark, closing quote ...).
    unfinished: bool = False
    part: Part = Part.ANYWHERE
    # An ELEMENT rule does not match an element that also has one of these tokens.
    unless_token: frozenset[str] = frozenset()
    # In characters. Longer texts do not match: a long paragraph is rarely boilerplate.
    longest: int = 160
