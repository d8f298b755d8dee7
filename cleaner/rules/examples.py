"""Examples of rules as blocks. The tests run them, and `cleaner rules check` those of a user's file."""

from __future__ import annotations

from typing import Final

from cleaner.models import Block, Kind
from cleaner.patterns import lazy_pattern
from cleaner.rules.matching import PageRules
from cleaner.rules.model import Part, Rule, Scope

_LINK = lazy_pattern(r"\[([^\[\]]*)\]")


def parse_example(text: str, kind: Kind = Kind.PARAGRAPH) -> Block:
    """Return the block that an example describes. [Brackets] mark link text and are not part of the block's text."""
    plain = ""
    links = []
    end = 0
    for link in _LINK.finditer(text):
        plain += text[end : link.start()]
        links.append((len(plain), len(plain) + len(link[1])))
        plain += link[1]
        end = link.end()
    level = 2 if kind is Kind.HEADING else None
    return Block(place=0, kind=kind, text=plain + text[end:], level=level, links=tuple(links))


def example_block(rule: Rule, example: str) -> Block:
    """Return the block of one of the rule's examples: a heading for a HEADING rule, else a paragraph.

    The examples of an ELEMENT rule are class attributes and not blocks.
    """
    return parse_example(example, Kind.HEADING if rule.scope is Scope.HEADING else Kind.PARAGRAPH)


# A part of the page in which a rule holds that requires none, or one of two.
PLACE_OF_PART: Final = {Part.BEFORE_OR_AFTER: Part.AFTER, Part.ANYWHERE: Part.INSIDE}


def first_rule(rules: PageRules, rule: Rule, example: str, *, plain: bool = False) -> Rule | None:
    """Return the first rule that matches an example of `rule`, in a part of the page where that rule holds.

    `None` if no rule matches.
    """
    if rule.scope is Scope.ELEMENT:
        return rules.of_element(frozenset(example.split()))
    return next(
        rules.of_block(example_block(rule, example), PLACE_OF_PART.get(rule.part, rule.part), plain=plain), None
    )
