"""Find the rules that match a text or an element, and check whether a block has the shape that a rule requires."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from cleaner.blocks.stats import acts_as_heading
from cleaner.caching import cached_by_text
from cleaner.models import Block
from cleaner.rules.folding import fold, fold_token
from cleaner.rules.model import ANY_LANGUAGE, Part, Rule, Scope, Strength
from cleaner.rules.table import RuleTable, package_table
from cleaner.text.sentences import is_finished

# In characters. Class names that build tools generate may have hundreds; names that people choose do not.
MAX_TOKEN_LENGTH: Final = 80
# A block with a larger share (0 to 1) of link text consists of links. Menus of other languages are common, so the rules
# of all languages are asked about it.
MIN_LINK_ONLY_DENSITY: Final = 0.8
# Themes that were never translated are in English, whatever the language of the page.
THEME_LANGUAGES: Final = frozenset({ANY_LANGUAGE, "en"})

Languages = frozenset[str] | None  # ISO 639-1 codes; None for all


class RuleSet(NamedTuple):
    """Tables of rules, the first asked first, without the rules of some ids."""

    tables: tuple[RuleTable, ...]
    without: frozenset[str] = frozenset()

    def for_page(self, languages: frozenset[str] = frozenset()) -> PageRules:
        """Return the rules for a page in these languages (ISO 639-1); in an unknown language if there are none."""
        return PageRules(self, languages | THEME_LANGUAGES if languages else None)


@cache
def package_rules() -> RuleSet:
    """Return the rules of the package."""
    return RuleSet((package_table(),))


class PageRules(NamedTuple):
    """The rules that apply to a page."""

    rules: RuleSet
    languages: Languages = None

    def matches(self, text: str, *, links: bool = False) -> tuple[Rule, ...]:
        """Return the BLOCK and HEADING rules that match the whole text, the most specific first.

        With `links`, the text consists of links, and rules of all languages are asked. The shape is not checked, except
        the length. A rule that lists the text precedes one that describes it, and a certain rule one that is likely.
        """
        return _text_rules(text, self.rules, None if links else self.languages)

    def of_block(self, block: Block, part: Part | None, *, plain: bool) -> Iterator[Rule]:
        """Yield the rules of `matches` that hold for a block. For `part` and `plain`, see `holds`.

        A HEADING rule holds only for a block that acts as a heading.
        """
        for rule in self.candidates(block):
            may_match = rule.scope is not Scope.HEADING or acts_as_heading(block, plain=plain)
            if may_match and holds(rule, block, part=part, plain=plain):
                yield rule

    def misplaced(self, block: Block, *, plain: bool) -> Rule | None:
        """Return the first rule that would hold for a block in some part of the page; `None` if there is none."""
        found = (self.of_block(block, part, plain=plain) for part in (Part.AFTER, Part.BEFORE, Part.INSIDE))
        return next(chain.from_iterable(found), None)

    def candidates(self, block: Block) -> tuple[Rule, ...]:
        """Return the rules that match the text of a block, whether they hold for it or not. Most blocks have none."""
        return self.matches(block.text, links=block.linked > MIN_LINK_ONLY_DENSITY)

    def of_element(self, tokens: frozenset[str]) -> Rule | None:
        """Return the first rule that matches one of an element's tokens (see `Element.tokens`), certain rules first."""
        return _element_rule(tokens, self.rules)


@cached_by_text(4096)
def _text_rules(text: str, rules: RuleSet, languages: Languages) -> tuple[Rule, ...]:
    folded = fold(text)
    found: list[Rule] = []
    for table in rules.tables:
        if len(text) <= table.max_length:
            numbers = table.numbers(languages, is_ascii=folded.isascii())
            found += (table.rules[i] for i in table.text.find(folded, len(text), numbers))
    return tuple(sorted((r for r in found if r.id not in rules.without), key=_is_likely))


def _is_likely(rule: Rule) -> bool:
    return rule.strength is Strength.LIKELY


@lru_cache(maxsize=4096)
def _element_rule(tokens: frozenset[str], rules: RuleSet) -> Rule | None:
    found = []
    for number, table in enumerate(rules.tables):
        for i in {i for token in tokens for i in _token_rules(token, table)}:
            rule = table.rules[i]
            if tokens.isdisjoint(rule.unless_token) and rule.id not in rules.without:
                found.append((_is_likely(rule), number, i))
    return rules.tables[min(found)[1]].rules[min(found)[2]] if found else None


def holds(rule: Rule, block: Block, *, part: Part | None, plain: bool) -> bool:
    """Whether a block that the rule matches has the rule's shape, too: length, link share, ending and part.

    `part` is the part of the page that the block is in. `None` means unknown; then a rule that requires a part does
    not hold. In plain text (`plain`) links are unknown. There, an unfinished text counts as a link, because a headline
    has no full stop. On a page, the link share is the better evidence, and a headline may be a question.
    """
    if len(block.text) > rule.longest or block.linked > rule.most_linked:
        return False
    if rule.linked and not plain:
        if block.linked < rule.linked:
            return False
    elif rule.unfinished:
        if is_finished(block.text):
            return False
    elif rule.linked:
        return False
    if rule.part is Part.ANYWHERE:
        return True
    return part in (Part.BEFORE, Part.AFTER) if rule.part is Part.BEFORE_OR_AFTER else part is rule.part


@cached_by_text(16_384)
def _token_rules(token: str, table: RuleTable) -> tuple[int, ...]:
    """Return the indices of the rules that match a token."""
    if len(token) > MAX_TOKEN_LENGTH:
        return ()
    found: set[int] = set()
    for name in fold_token(token):
        found.update(table.element.find(name, 0, table.numbers(None)))
    return tuple(found)
