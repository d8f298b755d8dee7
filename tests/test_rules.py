"""Tests of each rule, by its own examples, and of the engine that matches rules."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.models import Kind, Reason
from cleaner.rules.examples import example_block, parse_example
from cleaner.rules.index import FILE, build, dump_index, indices
from cleaner.rules.matching import (
    MAX_RULE_LENGTH,
    block_rules,
    element_rule,
    fold,
    fold_token,
    holds,
    text_rule,
    text_rules,
)
from cleaner.rules.model import Part, Rule, Scope
from cleaner.rules.syntax import alternatives, phrases, prefixes
from cleaner.rules.tables import RULES
from cleaner.text.sentences import is_finished

TEXT_RULES = [rule for rule in RULES if rule.scope is not Scope.ELEMENT]
ELEMENT_RULES = [rule for rule in RULES if rule.scope is Scope.ELEMENT]
PATTERNS = {rule.id: re.compile(rule.pattern, re.IGNORECASE) for rule in RULES}
# A part of the page in which a rule holds that requires none, or one of two.
PLACE = {Part.BEFORE_OR_AFTER: Part.AFTER, Part.ANYWHERE: Part.INSIDE}


each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
each_text_rule = pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.id)
each_element_rule = pytest.mark.parametrize("rule", ELEMENT_RULES, ids=lambda rule: rule.id)


def matching_ids(rule: Rule, example: str, *, plain: bool = False) -> list[str]:
    """Return the ids of the rules that match an example of this rule, in a part of the page where this rule holds."""
    block = example_block(rule, example)
    part = PLACE.get(rule.part, rule.part)
    return [other.id for other in block_rules(block, part=part, plain=plain)]


def first_id(rule: Rule, example: str) -> str | None:
    """Return the id of the first rule that matches an example of this rule, which gives the reason."""
    first = text_rule(example_block(rule, example), PLACE.get(rule.part, rule.part), plain=False)
    return first and first.id


def element_rule_id(tokens: str) -> str | None:
    """Return the id of the first rule that matches an element with these tokens."""
    rule = element_rule(frozenset(tokens.split()))
    return rule and rule.id


# If one of these tests fails, it shows all failing examples, each with the ids of the rules that match it.


@each_text_rule
def test_drops(rule: Rule) -> None:
    """A rule is the first to match each of its `drops`, so the text gets the reason of this rule."""
    assert {} == {text: first for text in rule.drops if (first := first_id(rule, text)) != rule.id}


@each_text_rule
def test_keeps(rule: Rule) -> None:
    """No rule matches an example in the `keeps` of any rule: it is journalism that looks like boilerplate."""
    assert {} == {text: ids for text in rule.keeps if (ids := matching_ids(rule, text))}


@each_text_rule
def test_keeps_in_plain_text(rule: Rule) -> None:
    """No rule matches a finished sentence in `keeps` in plain text, either, where links are unknown."""
    sentences = [text for text in rule.keeps if is_finished(text.replace("]", ""))]
    assert {} == {text: ids for text in sentences if (ids := matching_ids(rule, text, plain=True))}


@each_element_rule
def test_element_drops(rule: Rule) -> None:
    """A rule is the first to match an element with the tokens of one of its `drops`."""
    assert {} == {tokens: first for tokens in rule.drops if (first := element_rule_id(tokens)) != rule.id}


@each_element_rule
def test_element_keeps(rule: Rule) -> None:
    """No rule matches an element with the tokens of one of the `keeps`."""
    assert {} == {tokens: first for tokens in rule.keeps if (first := element_rule_id(tokens))}


def test_ids() -> None:
    """Ids are lower-case words with dashes, and each id is unique."""
    ids = [rule.id for rule in RULES]
    assert [] == [rule_id for rule_id in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule_id)]
    assert len(set(ids)) == len(ids)


def test_each_rule_has_both_examples() -> None:
    """Each rule has examples of both kinds: `drops` and `keeps`."""
    assert [] == [rule.id for rule in RULES if not (rule.drops and rule.keeps)]


def test_element_patterns_have_no_underscores() -> None:
    """No pattern of an element has an underscore: `fold_token` replaces underscores by dashes."""
    assert [] == [rule.id for rule in ELEMENT_RULES if "_" in rule.pattern]


def test_patterns_are_lower_case() -> None:
    """Patterns are lower-case outside of `(?-i:...)`: a text is made caseless first, so a capital matches nothing."""
    patterns = {rule.id: re.sub(r"\\.|\(\?-i:[^)]*\)", "", rule.pattern) for rule in RULES}
    assert [] == [rule_id for rule_id, pattern in patterns.items() if pattern != pattern.lower()]


def test_shapes() -> None:
    """Link shares are from 0 to 1, lengths at most 600 characters, and ELEMENT rules have no shape."""
    assert [] == [rule.id for rule in RULES if not (0 <= rule.linked <= 1 and 0 < rule.longest <= 600)]
    shaped = [r.id for r in ELEMENT_RULES if r.linked or r.unfinished or r.part is not Part.ANYWHERE]
    assert [] == shaped


@pytest.mark.parametrize("reason", [Reason.RELATED, Reason.SUBSCRIBE, Reason.SHARE, Reason.COMMENTS])
def test_languages(reason: Reason) -> None:
    """The most common boilerplate has rules in all supported languages."""
    covered = set(chain.from_iterable(rule.languages for rule in TEXT_RULES if rule.reason is reason))
    assert set() == {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "ru", "tr", "zh", "ja", "ar"} - covered


@each_text_rule
def test_lookup_agrees_with_the_patterns(rule: Rule) -> None:
    """The lookup in the index finds the same rules as matching each pattern does."""
    for text in (*rule.drops, *rule.keeps):
        text = example_block(rule, text).text
        for variant in (text, text.upper(), text.lower(), f"» {text} «", text[: len(text) // 2]):
            folded = fold(variant)
            matching = [
                other.id
                for other in TEXT_RULES
                if len(variant) <= other.longest and PATTERNS[other.id].fullmatch(folded)
            ]
            assert matching == [other.id for other in text_rules(variant)]


def long_texts(rule: Rule, *lengths: int) -> Iterator[tuple[str, ...]]:
    """Yield long texts that begin like an example of the rule, each filled up with the given numbers of characters."""
    for example in rule.drops:
        text = fold(parse_example(example).text)
        for filler in ("a", " ", "- ", f"{text} ", text[:1], "1.", "An "):
            yield tuple(text + (filler * length)[:length] + "\n" for length in lengths)


@each_rule
def test_pattern_ends(rule: Rule) -> None:
    """Matching a long text that begins like an example ends before the time limit of a test."""
    pattern = PATTERNS[rule.id]
    for (text,) in long_texts(rule, 100_000):
        pattern.fullmatch(text)


@pytest.mark.timing
@each_rule
def test_pattern_is_linear(rule: Rule) -> None:
    """The time to match a long text that begins like an example is short and at most linear in its length."""
    pattern = PATTERNS[rule.id]
    for texts in long_texts(rule, 10_000, 100_000):
        quick, slow = (min(_seconds(pattern, text) for _ in range(2)) for text in texts)
        assert slow < 0.1
        assert slow < 15 * quick + 0.005


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the CPU time, in seconds, to match the text."""
    start = time.process_time()
    pattern.fullmatch(text)
    return time.process_time() - start


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text(text: str) -> None:
    """For any text, each rule that the lookup returns has a pattern that matches the folded text."""
    for rule in text_rules(text):
        assert re.fullmatch(rule.pattern, fold(text), re.IGNORECASE)


def test_long_paragraph() -> None:
    """No rule matches a text that is longer than the longest text of any rule."""
    assert () == text_rules("Read more " * (MAX_RULE_LENGTH // 10 + 1))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Read\xa0 more\n", "Read more"),
        ("» Lire la suite …", "Lire la suite ..."),
        ("👉 Read also:", "Read also"),
        ("[Advertisement]", "Advertisement"),
        ("„Don’t miss“ – now", '"Don\'t miss" - now'),
        ("（広告）", "広告"),
        ("- - -", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Folding replaces variants of a character by one character and removes decoration."""
    assert folded == fold(text)


@pytest.mark.parametrize(
    ("token", "names"),
    [
        ("related", ("related",)),
        ("c-article__related_posts--list", ("c-article-related-posts-list", "article-related-posts")),
        ("js-comments-wrapper", ("js-comments-wrapper", "comments")),
        ("article", ("article",)),
        ("<nav>", ("<nav>",)),
    ],
)
def test_fold_token(token: str, names: tuple[str, ...]) -> None:
    """A token is folded to its whole name and to its name without the affixes of a theme."""
    assert names == fold_token(token)


def test_first_element_rule_is_the_same_for_any_order_of_tokens() -> None:
    """If several tokens match rules, the first rule wins, whatever the order of the tokens is."""
    assert element_rule(frozenset({"sidebar", "related-posts"})) == element_rule(frozenset({"related-posts"}))
    assert element_rule(frozenset({"x" * 1000})) is None
    assert element_rule(frozenset()) is None


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ["a", "b"]),
        ("(a|b(c|d)) x|e", ["a x", "b(c|d) x", "e"]),
        ("(a|b)?x", ["(a|b)?x"]),
        (r"[(|]a|\|b", ["[(|]a", r"\|b"]),
    ],
)
def test_alternatives(pattern: str, parts: list[str]) -> None:
    """A pattern is split at the bars outside of groups, and at those of a group at its start."""
    assert parts == alternatives(pattern)


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("Share this", {"sha"}),
        ("(the )?app", {"the", "app"}),
        ("le[sz]? .*", {"le ", "les", "lez"}),
        ("mores?", {"mor"}),
        ("vas?", {"va", "vas"}),
        (r"\d{1,3}", set("0123456789")),
        (r".{2,4}x", {""}),
        ("(?-i:A)b", {"ab"}),
        ("x{0,2}yz", {"x", "yz"}),
    ],
)
def test_prefixes(pattern: str, starts: set[str]) -> None:
    """The first characters of a matching text are read from the pattern."""
    assert starts == prefixes(pattern, 3)


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("Share", {"share"}),
        (
            "related-?(posts?|links)",
            {f"related{dash}{word}" for dash in ("", "-") for word in ("post", "posts", "links")},
        ),
        ("[ab]{2}", {"aa", "ab", "ba", "bb"}),
        (r"a{0,2}\.", {".", "a.", "aa."}),
        ("(a|b|c|d)(e|f)", None),
        ("(a|.)b", None),
        (r"\d", None),
        ("a+", None),
        ("a{2,}", None),
        ("(?-i:A)", None),
    ],
)
def test_phrases(pattern: str, texts: set[str] | None) -> None:
    """The texts that a pattern matches are read from the pattern, if they are not more than the limit."""
    assert texts == phrases(pattern, 6)


def test_stored_index_is_that_of_the_rules() -> None:
    """The stored index is built from the present rules. If this fails, run `python -m cleaner.rules`."""
    assert dump_index(RULES) == FILE.read_text("utf-8")


def test_a_stored_index_of_other_rules_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the stored index is out of date, the index is built from the rules."""
    monkeypatch.setattr("cleaner.rules.index.FILE", tmp_path / "index.json")
    (tmp_path / "index.json").write_text(dump_index(RULES[:1]), "utf-8")
    indices.cache_clear()
    try:
        assert build(RULES) == indices()
    finally:
        indices.cache_clear()


@each_element_rule
def test_element_lookup_agrees_with_the_patterns(rule: Rule) -> None:
    """The lookup in the index finds the same rule for a token as matching each pattern does."""
    for token in chain.from_iterable(example.split() for example in (*rule.drops, *rule.keeps)):
        for variant in (token, token.replace("-", "_"), f"js-{token}", token[: len(token) // 2], f"{token}s"):
            matching = [
                other
                for other in ELEMENT_RULES
                if any(PATTERNS[other.id].fullmatch(name) for name in fold_token(variant))
            ]
            assert (matching[0] if matching else None) == element_rule(frozenset({variant}))


class TestHolds:
    """The shape of a rule: what it requires besides the words."""

    LINKED = next(rule for rule in RULES if rule.id == "read-more")

    @staticmethod
    def rule(**shape: object) -> Rule:
        fields = {"linked": 0.0, "unfinished": False, "part": Part.ANYWHERE, "longest": 160} | shape
        return Rule(id="x", reason=Reason.RELATED, scope=Scope.BLOCK, pattern=".*", drops=(), keeps=(), **fields)  # type: ignore[arg-type]

    def test_links(self) -> None:
        """On a page, a rule may require a share of link text."""
        rule = self.rule(linked=0.5)
        assert holds(rule, parse_example("[All about] it"), part=None, plain=False)
        assert not holds(rule, parse_example("[All] about it"), part=None, plain=False)

    def test_links_in_plain_text(self) -> None:
        """In plain text, a rule that requires links holds only if it also accepts a missing full stop."""
        assert not holds(self.rule(linked=0.5), parse_example("All about it"), part=None, plain=True)
        rule = self.rule(linked=0.5, unfinished=True)
        assert holds(rule, parse_example("All about it"), part=None, plain=True)
        assert not holds(rule, parse_example("All about it."), part=None, plain=True)

    def test_a_linked_headline_may_be_a_question(self) -> None:
        """On a page, the link share replaces the check of the ending."""
        rule = self.rule(linked=0.5, unfinished=True)
        assert holds(rule, parse_example("[Who are they?]"), part=None, plain=False)

    @pytest.mark.parametrize("text", ["It ends.", "Ends it?", "„So.“", "It ends (today).", "終わり。", "انتهى؟", "So…"])
    def test_finished(self, text: str) -> None:
        """A sentence ends with a full stop or the like, in any script, or with what closes after it."""
        assert not holds(self.rule(unfinished=True), parse_example(text), part=None, plain=False)

    def test_parts(self) -> None:
        """A rule that requires a part of the page does not hold if the part is unknown."""
        block = parse_example("A line")
        parts = {
            part: [p for p in (None, Part.BEFORE, Part.INSIDE, Part.AFTER) if holds(rule, block, part=p, plain=False)]
            for part in Part
            for rule in [self.rule(part=part)]
        }
        assert parts == {
            Part.ANYWHERE: [None, Part.BEFORE, Part.INSIDE, Part.AFTER],
            Part.BEFORE: [Part.BEFORE],
            Part.INSIDE: [Part.INSIDE],
            Part.AFTER: [Part.AFTER],
            Part.BEFORE_OR_AFTER: [Part.BEFORE, Part.AFTER],
        }

    def test_longest(self) -> None:
        """A rule does not hold for a text that is longer than the rule allows."""
        rule = self.rule(longest=10)
        assert holds(rule, parse_example("x" * 10), part=None, plain=False)
        assert not holds(rule, parse_example("x" * 11), part=None, plain=False)


def test_parse_example() -> None:
    """Brackets in an example mark link text and are not part of the text."""
    block = parse_example("See [this] and [that]", Kind.HEADING)
    assert ("See this and that", ((4, 8), (13, 17)), 2) == (block.text, block.links, block.level)
