"""What a rule is. The rules themselves are data: see the TOML files beside this module."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from cleaner.models import Reason

# The name of the sections with symbols, services and addresses, which belong to no language.
ANY_LANGUAGE: Final = "_any"


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


class Strength(StrEnum):
    """What a match means."""

    CERTAIN = "certain"  # the block is removed
    LIKELY = "likely"  # evidence for the scorer, which decides


class Witness(StrEnum):
    """A second sign that a certain rule needs. Without it, the rule is only likely."""

    AUTHOR = "author"  # that the block is about an author of the article (see `judge.author_notes`)


class Rule(NamedTuple):
    """One kind of boilerplate, and the shape of the blocks that show it. What it matches stands in its sections."""

    id: str
    reason: Reason
    scope: Scope
    strength: Strength = Strength.CERTAIN
    # `None` if the words and the shape are enough.
    witness: Witness | None = None
    # One sentence: what the rule finds.
    about: str = ""
    # Earlier ids of the rule, and of rules that were merged into it.
    aliases: tuple[str, ...] = ()
    # The least share of the text, 0 to 1, that is link text. Links are unknown in plain text: such a rule does not hold
    # there unless it is `unfinished`, too. On a page, such a rule checks the links and not the ending.
    linked: float = 0.0
    # The greatest share of the text, 0 to 1, that is link text. A line that is a link to what it names belongs to its
    # neighbours. Plain text has no links, so every text passes.
    most_linked: float = 1.0
    # The text does not end as a sentence does (full stop, question mark, closing quote ...).
    unfinished: bool = False
    part: Part = Part.ANYWHERE
    # In characters. Longer texts do not match: a long paragraph is rarely boilerplate.
    longest: int = 160
    # An ELEMENT rule does not match an element that also has one of these tokens.
    unless_token: frozenset[str] = frozenset()

    @property
    def needs_no_witness(self) -> bool:
        """Whether a match of the words and the shape alone removes a block."""
        return self.strength is Strength.CERTAIN and self.witness is None


class Section(NamedTuple):
    """What a rule matches in one language, with examples.

    A match is a match of the whole text or token, in the form that `folding` gives it, whatever its case. `drops` and
    `keeps` are examples that the tests run: texts of blocks with link text in [brackets], or class attributes.
    """

    rule: str  # its id
    language: str  # ISO 639-1, or `ANY_LANGUAGE`
    # Texts, word by word. A full stop or the like at the end of a block does not count.
    phrases: tuple[str, ...] = ()
    # See `template`. A full stop or the like at the end of a block does not count.
    templates: tuple[str, ...] = ()
    # Regular expressions in the syntax that `syntax` knows.
    regex: tuple[str, ...] = ()
    # The rule removes these, and gives the reason.
    drops: tuple[str, ...] = ()
    # Journalism that looks like the boilerplate. No certain rule removes it, and this rule does not match it.
    keeps: tuple[str, ...] = ()
