"""Which rules match a text or a class attribute, and whether a rule's shape holds for a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from cleaner.blocks.stats import acts_as_heading
from cleaner.caching import cached_by_text
from cleaner.models import Block
from cleaner.rules.index import MAX_PREFIX, indices
from cleaner.rules.model import Part, Rule, Scope
from cleaner.rules.syntax import caseless
from cleaner.rules.tables import RULES
from cleaner.text.sentences import is_finished

MAX_RULE_LENGTH = max(rule.longest for rule in RULES)
# What a pattern has that asks for a capital letter.
BY_CASE = "(?-i:"
# Class names of build tools run to hundreds of characters; a name that a person gave does not.
MAX_TOKEN_LENGTH = 80

# Signs in many shapes are one sign to a pattern.
_ONE_SIGN = {
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
_MANY_SHAPED = re.compile(f"[{re.escape(''.join(_ONE_SIGN))}]")  # `str.translate` looks up each letter, too
# What themes put around a line: bullets, arrows, rules, pictograms. A colon at the end goes, too.
_BEFORE = " *•·●◦▪■□►▶▸▷➤➡→»›>|-–—~+✓✔✉☞👉👇📩📧📬📲📱📰🔔🔴🟢📢📣🔗💬❤⭐☕️"
_AFTER = _BEFORE + ":：‹«<←"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］", "〈": "〉", "《": "》"}

# What themes put before and after the name of a part: js-related, article__related-list, c-related-wrapper.
_THEME = re.compile(
    r"(js|b|c|m|o|l|u|td|tdb|wp|wp-block|block|article|entry|post|single|story|page|content|site|blog|news|section|"
    r"module|component|widget|amp|elementor-widget|inline|in-article|field-name-field|is)-"
)
_PIECE = re.compile(
    r"(-(container|wrapper|wrap|box|block|section|area|list|item|items|inner|outer|module|widget|component|content|group|"
    r"holder|title|header|heading|headline|label|body|footer|grid|text|link|links|inline|bottom|top|bar|panel|row|"
    r"element|card|cards|\d{1,2}))+$"
)
_DASHES = re.compile(r"[-_]+")


def fold(text: str) -> str:
    """The text as patterns see it.

    White space is one space each; apostrophes, quotes and dashes are `'`, `"`, `-`; an ellipsis is three stops;
    bullets, arrows and pictograms around the text, brackets around the whole of it and a colon at its end are gone.
    """
    text = " ".join(text.split()).lstrip(_BEFORE).rstrip(_AFTER)
    if text and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].lstrip(_BEFORE).rstrip(_AFTER)
    return text if text.isascii() else _MANY_SHAPED.sub(lambda sign: _ONE_SIGN[sign[0]], text)


def fold_token(token: str) -> tuple[str, ...]:
    """The token as patterns see it, `-` for any run of dashes and underscores; then without a theme's additions."""
    whole = _DASHES.sub("-", token)
    if "-" not in whole:
        return (whole,)
    part = _PIECE.sub("", _THEME.sub("", whole, count=1) if _THEME.match(whole) else whole)
    return (whole, part) if part and part != whole else (whole,)


@cached_by_text(2048)
def text_rules(text: str) -> tuple[Rule, ...]:
    """The BLOCK and HEADING rules whose pattern matches the whole text, in the order of `RULES`; shape is not asked."""
    if len(text) > MAX_RULE_LENGTH:
        return ()
    return tuple(RULES[i] for i in _matches("text", fold(text), len(text)))


def block_rules(block: Block, *, part: Part | None, plain: bool) -> Iterator[Rule]:
    """Those of the rules of `text_rules` whose shape the block has, too; `part` and `plain` are those of `holds`."""
    return (rule for rule in text_rules(block.text) if holds(rule, block, part=part, plain=plain))


def text_rule(block: Block, part: Part, *, plain: bool) -> Rule | None:
    """The first rule that knows the words of a block in this part of the page, and whose shape it has."""
    for rule in block_rules(block, part=part, plain=plain):
        if rule.scope is not Scope.HEADING or acts_as_heading(block, plain=plain):
            return rule
    return None


@lru_cache(maxsize=4096)
def element_rule(tokens: frozenset[str]) -> Rule | None:
    """The first rule in the order of `RULES` that matches one of an element's tokens (see `Element.tokens`)."""
    found = {_token_rule(token) for token in tokens} - {_NO_RULE}
    return next((RULES[i] for i in sorted(found) if tokens.isdisjoint(RULES[i].unless_token)), None)


def holds(rule: Rule, block: Block, *, part: Part | None, plain: bool) -> bool:
    """Whether a rule whose pattern matches has its shape, too: length, link share, ending, place.

    `part` is where the block stands, `None` where nobody knows: then a rule that asks for a place does not hold.
    In plain text (`plain`) links are not known. There an unfinished text stands in for a link, as a headline has no
    full stop. On a page the link share says more, and a headline may be a question.
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
    """Index in `RULES` of the first rule that matches the token, `_NO_RULE` for none."""
    if len(token) > MAX_TOKEN_LENGTH:
        return _NO_RULE
    return min((i for name in fold_token(token) for i in _matches("element", name, 0)), default=_NO_RULE)


def _matches(place: str, text: str, length: int) -> list[int]:
    """Indices in `RULES` of the rules that match the whole text and look at texts of this length, in order.

    `place` is one of `PLACES`.
    """
    index = indices()[place]
    own = caseless(text)
    found = {i for i in index.exact[own] if length <= RULES[i].longest} if own in index.exact else set()
    candidates: list[int] = []
    for end in range(1, min(MAX_PREFIX, len(own)) + 1):
        if (head := own[:end]) in index.prefixes:
            candidates += index.prefixes[head]
    for number, longest, beginning, needles in _anywhere(place):
        if length > longest or beginning not in own:
            continue
        for needle in needles:  # `any` of a `map` takes twice as long for the few that there are
            if needle in own:
                candidates.append(number)
                break
    for number in candidates:
        i, pattern, _ = index.branches[number]
        if i not in found and length <= RULES[i].longest:
            matches, by_case = _matcher(pattern)
            if matches(text if by_case else own):
                found.add(i)
    return sorted(found)


@cache
def _anywhere(place: str) -> tuple[tuple[int, int, str, Sequence[str]], ...]:
    """Of each alternative that may begin with anything: its number, the longest text, what its needles begin with."""
    index = indices()[place]
    branches = [(number, index.branches[number]) for number in index.anywhere]
    return tuple(
        (number, RULES[branch.rule].longest, _beginning(branch.needles), branch.needles) for number, branch in branches
    )


def _beginning(needles: Sequence[str]) -> str:
    """What all of them begin with."""
    first, last = min(needles), max(needles)
    same = next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[:same]


@cache
def _matcher(pattern: str) -> tuple[Callable[[str], object], bool]:
    """What matches a whole text; and whether that is the text with its capitals, or the caseless one.

    With `re.IGNORECASE`, a pattern takes twice as long to compile: so only those have it that ask for a capital.
    """
    if BY_CASE in pattern:
        return re.compile(pattern, re.IGNORECASE).fullmatch, True
    return re.compile(pattern.replace("ı", "i")).fullmatch, False  # written small, else as `caseless` makes a text
