"""Examples of rules as blocks. The tests run them."""

from __future__ import annotations

import re

from cleaner.models import Block, Kind
from cleaner.rules.model import Rule, Scope

_LINK = re.compile(r"\[([^\[\]]*)\]")


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
