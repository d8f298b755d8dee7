"""Find the rules that match a text or an element, and check whether a block has the shape that a rule requires."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from cleaner.blocks.stats import acts_as_heading
from cleaner.caching import cached_by_text
from cleaner.models import Block
from cleaner.rules.index import MAX_PREFIX_LENGTH, indices
from cleaner.rules.model import Part, Rule, Scope
from cleaner.rules.syntax import caseless
from cleaner.rules.tables import RULES
from cleaner.text.sentences import is_finished

MAX_RULE_LENGTH = max(rule.longest for rule in RULES)
# What a pattern contains if it requires a capital letter somewhere.
BY_CASE = "(?-i:"
# In characters. Class names that build tools generate may have hundreds; names that people choose do not.
MAX_TOKEN_LENGTH = 80

# Variants of a character, and the one that patterns contain.
_CANONICAL = {
    **dict.fromkeys("’‘ʼ´`", "'"),
    **dict.fromkeys("“”„«»‟″", '"'),
    **dict.fromkeys("–—−‐‑―", "-"),
    "…": "...",
    "：": ":",
    "｜": "|",
    "＝": "=",
    "（": "(",
    "）": ")",
}
_VARIANT = re.compile(f"[{re.escape(''.join(_CANONICAL))}]")  # `str.translate` is slower: it looks up each character
# What themes add before and after a line: bullets, arrows, dashes, pictograms. A colon at the end is removed, too.
_BEFORE = " *•·●◦▪■□►▶▸▷➤➡→»›>|-–—~+✓✔✉☞👉👇📩📧📬📲📱📰🔔🔴🟢📢📣🔗💬❤⭐☕️"
_AFTER = _BEFORE + ":：‹«<←"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］", "〈": "〉", "《": "》"}

# What themes add before and after the name of a part: js-related, article__related-list, c-related-wrapper.
_THEME_PREFIX = re.compile(
    r"(js|b|c|m|o|l|u|td|tdb|wp|wp-block|block|article|entry|post|single|story|page|content|site|blog|news|section|"
    r"module|component|widget|amp|elementor-widget|inline|in-article|field-name-field|is)-"
)
_THEME_SUFFIX = re.compile(
    r"(-(container|wrapper|wrap|box|block|section|area|list|item|items|inner|outer|module|widget|component|content|group|"
    r"holder|title|header|heading|headline|label|body|footer|grid|text|link|links|inline|bottom|top|bar|panel|row|"
    r"element|card|cards|\d{1,2}))+$"
)
_DASHES = re.compile(r"[-_]+")


def fold(text: str) -> str:
    """Return the text in the form that patterns match.

    White space is folded to single spaces. Apostrophes, quotes and dashes are `'`, `"` and `-`, and an ellipsis is
    three full stops. Bullets, arrows and pictograms at both ends, brackets around the whole text and a colon at its
    end are removed.
    """
    text = " ".join(text.split()).lstrip(_BEFORE).rstrip(_AFTER)
    if text and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].lstrip(_BEFORE).rstrip(_AFTER)
    return text if text.isascii() else _VARIANT.sub(lambda variant: _CANONICAL[variant[0]], text)


def fold_token(token: str) -> tuple[str, ...]:
    """Return the token with one `-` for each run of dashes and underscores, and also without the affixes of a theme."""
    whole = _DASHES.sub("-", token)
    if "-" not in whole:
        return (whole,)
    part = _THEME_SUFFIX.sub("", _THEME_PREFIX.sub("", whole, count=1) if _THEME_PREFIX.match(whole) else whole)
    return (whole, part) if part and part != whole else (whole,)


@cached_by_text(2048)
def text_rules(text: str) -> tuple[Rule, ...]:
    """Return the BLOCK and HEADING rules whose pattern matches the whole text, in the order of `RULES`.

    The shape is not checked, except the length.
    """
    if len(text) > MAX_RULE_LENGTH:
        return ()
    return tuple(RULES[i] for i in _matches("text", fold(text), len(text)))


def block_rules(block: Block, *, part: Part | None, plain: bool) -> Iterator[Rule]:
    """Yield the rules of `text_rules` whose shape the block has. For `part` and `plain`, see `holds`."""
    return (rule for rule in text_rules(block.text) if holds(rule, block, part=part, plain=plain))


def text_rule(block: Block, part: Part, *, plain: bool) -> Rule | None:
    """Return the first rule that matches the block in this part of the page, `None` if there is none.

    A HEADING rule matches only a block that acts as a heading.
    """
    for rule in block_rules(block, part=part, plain=plain):
        if rule.scope is not Scope.HEADING or acts_as_heading(block, plain=plain):
            return rule
    return None


@lru_cache(maxsize=4096)
def element_rule(tokens: frozenset[str]) -> Rule | None:
    """Return the first rule in `RULES` that matches one of an element's tokens (see `Element.tokens`), or `None`."""
    numbers = {_token_rule(token) for token in tokens} - {_NO_RULE}
    return next((RULES[i] for i in sorted(numbers) if tokens.isdisjoint(RULES[i].unless_token)), None)


def holds(rule: Rule, block: Block, *, part: Part | None, plain: bool) -> bool:
    """Whether a block that the rule's pattern matches has the rule's shape, too: length, link share, ending and part.

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


_NO_RULE = len(RULES)


@cached_by_text(16_384)
def _token_rule(token: str) -> int:
    """Return the index in `RULES` of the first rule that matches the token, `_NO_RULE` if there is none."""
    if len(token) > MAX_TOKEN_LENGTH:
        return _NO_RULE
    return min((i for name in fold_token(token) for i in _matches("element", name, 0)), default=_NO_RULE)


def _matches(place: str, text: str, length: int) -> list[int]:
    """Return the sorted indices in `RULES` of the rules that match the whole text and allow this length.

    `place` is one of `PLACES`, `text` is folded, and `length` is that of the text before it was folded.
    """
    index = indices()[place]
    lower = caseless(text)
    numbers = {i for i in index.exact[lower] if length <= RULES[i].longest} if lower in index.exact else set()
    candidates: list[int] = []
    for end in range(1, min(MAX_PREFIX_LENGTH, len(lower)) + 1):
        if (start := lower[:end]) in index.prefixes:
            candidates += index.prefixes[start]
    for number, longest, common, needles in _anywhere(place):
        if length > longest or common not in lower:
            continue
        for needle in needles:  # `any` of a `map` takes twice as long for so few needles
            if needle in lower:
                candidates.append(number)
                break
    for number in candidates:
        i, pattern, _ = index.branches[number]
        if i not in numbers and length <= RULES[i].longest:
            matches, by_case = _matcher(pattern)
            if matches(text if by_case else lower):
                numbers.add(i)
    return sorted(numbers)


@cache
def _anywhere(place: str) -> tuple[tuple[int, int, str, Sequence[str]], ...]:
    """Return the alternatives that may begin with anything.

    Each is its index in `branches`, the `longest` of its rule, the common prefix of its needles, and its needles.
    """
    index = indices()[place]
    branches = [(number, index.branches[number]) for number in index.anywhere]
    return tuple(
        (number, RULES[branch.rule].longest, _common_prefix(branch.needles), branch.needles)
        for number, branch in branches
    )


def _common_prefix(needles: Sequence[str]) -> str:
    """Return the longest string that all needles begin with."""
    first, last = min(needles), max(needles)
    end = next((i for i, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[:end]


@cache
def _matcher(pattern: str) -> tuple[Callable[[str], object], bool]:
    """Return a function that matches a whole text, and whether it needs the text with its capitals or the caseless one.

    A pattern takes twice as long to compile with `re.IGNORECASE`, so only patterns that require a capital use it.
    """
    if BY_CASE in pattern:
        return re.compile(pattern, re.IGNORECASE).fullmatch, True
    return re.compile(pattern.replace("ı", "i")).fullmatch, False  # lower case, with i for ı, as in `caseless`
