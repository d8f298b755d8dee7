"""Tests of each rule, by its own examples, and of the engine that matches rules."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.models import Kind, Reason
from cleaner.rules import table
from cleaner.rules.compile import compile_rules, dump_rules, entry_patterns, slot_marks
from cleaner.rules.examples import first_rule, parse_example
from cleaner.rules.folding import bare, fold, fold_token, without_dots, without_stop
from cleaner.rules.matching import PageRules, RuleSet, holds, package_rules
from cleaner.rules.model import ANY_LANGUAGE, Part, Rule, Scope, Section, Strength
from cleaner.rules.source import RuleSources, read_sources
from cleaner.rules.syntax import alternatives, phrases, prefixes, required_strings
from cleaner.rules.table import load_rules
from cleaner.text.sentences import is_finished

SOURCES = read_sources()
RULES = {rule.id: rule for rule in SOURCES.rules}
TEXT_RULES = [rule for rule in SOURCES.rules if rule.scope is not Scope.ELEMENT]
ELEMENT_RULES = [rule for rule in SOURCES.rules if rule.scope is Scope.ELEMENT]
# In these languages, each phrase, template and regular expression is shown by an example.
COVERED = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "sv", "tr", "ja", "zh", "ar")
# The least number of sentences of journalism in each of these languages that no certain rule may match.
MIN_KEEPS = 100
# A ratchet: the least share (0 to 1) of the entries in all other languages that an example shows.
MIN_COVERAGE = 0.99

each_rule = pytest.mark.parametrize("rule", SOURCES.rules, ids=lambda rule: rule.id)
each_text_rule = pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.id)
each_element_rule = pytest.mark.parametrize("rule", ELEMENT_RULES, ids=lambda rule: rule.id)


def rules_for(section: Section) -> PageRules:
    """Return the rules for a page in the language of a section."""
    return package_rules().for_page(frozenset({section.language} - {ANY_LANGUAGE}))


@cache
def patterns_of(section: Section) -> dict[str, tuple[re.Pattern[str], bool]]:
    """Return for each entry of a section its pattern, and whether it matches the text with its stop."""
    is_element = RULES[section.rule].scope is Scope.ELEMENT
    entries = entry_patterns(section, SOURCES.slots_of(section.language), element=is_element)
    return {entry: (re.compile(pattern, re.IGNORECASE), with_stop) for entry, pattern, with_stop in entries}


def entries_matching(section: Section, text: str) -> set[str]:
    """Return the entries of a section that match a text or, for elements, one of the tokens."""
    if RULES[section.rule].scope is Scope.ELEMENT:
        names = {name for token in text.split() for name in fold_token(token)}
        return {entry for entry, (pattern, _) in patterns_of(section).items() if any(map(pattern.fullmatch, names))}
    folded = fold(text)
    return {
        entry
        for entry, (pattern, with_stop) in patterns_of(section).items()
        if pattern.fullmatch(without_dots(folded if with_stop else without_stop(folded)))
    }


def found_id(section: Section, example: str, *, plain: bool = False) -> str | None:
    """Return the id of the rule that gives the reason for an example, `None` if no rule matches."""
    found = first_rule(rules_for(section), RULES[section.rule], example, plain=plain)
    return found and found.id


def wrong_keeps(section: Section, examples: tuple[str, ...], *, plain: bool = False) -> dict[str, str]:
    """Return the examples that a certain rule or the section's own rule matches, each with the id of that rule."""
    rule = RULES[section.rule]
    wrong = {}
    for text in examples:
        found = first_rule(rules_for(section), rule, text, plain=plain)
        if found is not None and (found.needs_no_witness or found.id == rule.id):
            wrong[text] = found.id
    return wrong


# If one of these tests fails, it shows all failing examples, each with the id of the rule that matches it.


@each_rule
def test_drops(rule: Rule) -> None:
    """A rule is the first to match each of its `drops`, so the block gets the reason of this rule."""
    wrong = {
        (section.language, text): found
        for section in SOURCES.by_rule(rule.id)
        for text in section.drops
        if (found := found_id(section, text)) != rule.id
    }
    assert {} == wrong


@each_rule
def test_keeps(rule: Rule) -> None:
    """No certain rule matches journalism that looks like boilerplate, and a likely rule not its own."""
    wrong = {s.language: found for s in SOURCES.by_rule(rule.id) if (found := wrong_keeps(s, s.keeps))}
    assert {} == wrong


@each_text_rule
def test_keeps_in_plain_text(rule: Rule) -> None:
    """The same holds for finished sentences in plain text, where links are unknown."""
    wrong = {}
    for section in SOURCES.by_rule(rule.id):
        sentences = tuple(text for text in section.keeps if is_finished(text.replace("]", "")))
        if found := wrong_keeps(section, sentences, plain=True):
            wrong[section.language] = found
    assert {} == wrong


@each_rule
def test_coverage(rule: Rule) -> None:
    """In the languages of `COVERED`, and for names of elements, a `drops` of its section reaches each entry."""
    unreached = {
        section.language: sorted(missing)
        for section in SOURCES.by_rule(rule.id)
        if section.language in COVERED or rule.scope is Scope.ELEMENT
        if (missing := _unreached(section))
    }
    assert {} == unreached


def test_coverage_of_other_languages() -> None:
    """In all other languages, most entries are reached; the share only grows."""
    others = [section for section in SOURCES.sections if section.language not in COVERED]
    entries = sum(len(patterns_of(section)) for section in others)
    assert 1 - sum(len(_unreached(section)) for section in others) / entries >= MIN_COVERAGE


def _unreached(section: Section) -> set[str]:
    reached = {entry for text in section.drops for entry in entries_matching(section, parse_example(text).text)}
    return patterns_of(section).keys() - reached


@pytest.mark.parametrize("language", COVERED)
def test_number_of_keeps(language: str) -> None:
    """Each covered language has enough different sentences that are journalism."""
    keeps = {text for section in SOURCES.sections if section.language == language for text in section.keeps}
    assert len(keeps) >= MIN_KEEPS


def test_each_rule_has_both_examples() -> None:
    """Each rule has `drops` and `keeps`, and each section of a covered language has `keeps`."""
    assert [] == [rule.id for rule in SOURCES.rules if not any(s.drops for s in SOURCES.by_rule(rule.id))]
    assert [] == [rule.id for rule in SOURCES.rules if not any(s.keeps for s in SOURCES.by_rule(rule.id))]
    assert [] == [(s.rule, s.language) for s in SOURCES.sections if s.language in COVERED and not s.keeps]


def test_each_rule_says_what_it_finds() -> None:
    """Each rule has a sentence about what it finds."""
    assert [] == [rule.id for rule in SOURCES.rules if not re.fullmatch(r"[A-Z].{9,}\.", rule.about)]


def test_ids_do_not_tell_how_a_rule_grew() -> None:
    """An id names what the rule finds."""
    grown = re.compile(r".*-(languages|scripts|unlinked)|.*-more-(languages|scripts)")
    assert [] == [rule.id for rule in SOURCES.rules if grown.fullmatch(rule.id)]


def test_phrases_are_listed_once() -> None:
    """No two certain rules with the same shape list the same phrase: which of them is first would decide."""
    count = Counter(
        (section.language, rule.scope, rule.linked, rule.unfinished, rule.part, bare(phrase))
        for rule in TEXT_RULES
        if rule.strength is Strength.CERTAIN
        for section in SOURCES.by_rule(rule.id)
        for phrase in section.phrases
    )
    assert [] == [key for key, number in count.items() if number > 1]


@pytest.mark.parametrize("reason", [Reason.RELATED, Reason.SUBSCRIBE, Reason.SHARE, Reason.COMMENTS])
def test_languages(reason: Reason) -> None:
    """The most common boilerplate has certain rules in all covered languages."""
    certain = {rule.id for rule in TEXT_RULES if rule.reason is reason and rule.strength is Strength.CERTAIN}
    assert set() == set(COVERED) - {section.language for section in SOURCES.sections if section.rule in certain}


@each_text_rule
def test_lookup_agrees_with_the_patterns(rule: Rule) -> None:
    """The lookup in the index finds the same rules as matching each pattern does."""
    for number, section in enumerate(SOURCES.by_rule(rule.id)):
        languages = frozenset({section.language, ANY_LANGUAGE, "en"})
        text = parse_example((*section.keeps, *section.drops)[-1]).text
        variant = (text.upper(), f"» {text} «", text[: len(text) // 2])[number % 3]  # to try all three takes too long
        matching = {
            other.rule
            for other in SOURCES.sections
            if other.language in languages
            and RULES[other.rule].scope is not Scope.ELEMENT
            and len(variant) <= RULES[other.rule].longest
            and entries_matching(other, variant)
        }
        found = package_rules().for_page(languages - {ANY_LANGUAGE}).matches(variant)
        assert matching == {each.id for each in found}


@each_element_rule
def test_element_lookup_agrees_with_the_patterns(rule: Rule) -> None:
    """The lookup in the index finds the same rule for a token as matching each pattern does."""
    (own,) = SOURCES.by_rule(rule.id)
    for token in (token for example in (*own.drops, *own.keeps) for token in example.split()):
        for variant in (token, token.replace("-", "_"), f"js-{token}", token[: len(token) // 2], f"{token}s"):
            matching = [other.id for other in ELEMENT_RULES if entries_matching(SOURCES.by_rule(other.id)[0], variant)]
            certain = [name for name in matching if RULES[name].strength is Strength.CERTAIN]
            found = rules_for(own).of_element(frozenset({variant}))
            if found is not None:
                assert found.id in (certain or matching)
            else:
                assert [] == [name for name in matching if variant not in RULES[name].unless_token]


@pytest.mark.timing
@each_text_rule
def test_patterns_are_fast(rule: Rule) -> None:
    """Matching an entry with the longest text that its rule allows and that begins like an example takes no time."""
    slow = {}
    for section in SOURCES.by_rule(rule.id):
        for example in section.drops:
            plain = parse_example(example).text
            text = fold(plain)
            own = [patterns_of(section)[entry][0] for entry in entries_matching(section, plain)]
            for filler in ("a", " ", "- ", f"{text} ", text[:1], "1.", "An "):
                long = (text + filler * rule.longest)[: rule.longest - 1] + "\n"
                for pattern in own:
                    if (seconds := _seconds(pattern.fullmatch, long)) > MAX_MATCH_SECONDS:
                        slow[pattern.pattern[:80]] = seconds
    assert {} == slow


@pytest.mark.timing
def test_no_slot_is_slow_to_find() -> None:
    """A text is searched for slots that a pattern needs before the pattern is compiled. No text makes that slow."""
    marks = slot_marks(SOURCES)
    lines = compile_rules(SOURCES)["text"]["patterns"].decode().split("\n")
    needed = {mark for line in lines for mark in line.rpartition("\t")[2]}
    assert needed
    slow = {}
    for slot in (slot for slot, mark in marks.items() if mark in needed):
        pattern = re.compile(slot, re.IGNORECASE)
        for filler in ("a", " ", "- ", "1.", "An ", "an ", "12 May ", "Reuters/", ", "):
            if (seconds := _seconds(pattern.search, filler * (600 // len(filler)))) > MAX_MATCH_SECONDS:
                slow[slot[:80], filler] = seconds
    assert {} == slow


# Of CPU time. A page has at most some dozen blocks that begin like a rule and are so long.
MAX_MATCH_SECONDS = 0.02


def _seconds(match: Callable[[str], object], text: str) -> float:
    """Return the CPU time, in seconds, to match the text: the smaller one of two measurements."""
    times = []
    for _ in range(2):
        start = time.process_time()
        match(text)
        times.append(time.process_time() - start)
    return min(times)


class TestCompiledRules:
    """The compiled rules, in the user's cache folder and in memory."""

    SOURCES = RuleSources(
        (Rule(id="crew", reason=Reason.BYLINE, scope=Scope.BLOCK, longest=600, strength=Strength.LIKELY),),
        (Section(rule="crew", language=ANY_LANGUAGE, templates=("the crew was {crew} and nobody else",)),),
        {ANY_LANGUAGE: {"crew": r"[^\W\d]{3,9}(, [^\W\d]{3,9}){0,80}( (of|from) [^\W\d]{3,9}){0,80}"}},
    )

    def test_a_long_slot_may_match_a_long_text(self) -> None:
        """A text is matched however long a slot makes it, and a text with the same edges alone is not."""
        rules = RuleSet((load_rules(dump_rules(self.SOURCES)),)).for_page()
        long = ", ".join(["Harbour"] * 40)
        assert ["crew"] == [rule.id for rule in rules.matches(f"The crew was {long} and nobody else.")]
        assert [] == [rule.id for rule in rules.matches(f"The crew was {long}; 3 and nobody else.")]
        assert [] == [rule.id for rule in rules.matches("The crew was 12 and nobody else.")]

    def test_they_are_stored(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """They are compiled once and stored; a damaged file, or one for other rules, is not used."""
        compiled: list[RuleSources] = []

        def count(sources: RuleSources) -> bytes:
            compiled.append(sources)
            return dump_rules(sources)

        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.setattr("cleaner.rules.compile.dump_rules", count)
        monkeypatch.setattr("cleaner.rules.source.read_sources", lambda: self.SOURCES)
        for times, damage in ((1, False), (1, True), (2, False)):
            assert ["crew"] == [rule.id for rule in table._from_cache().rules]
            assert times == len(compiled)
            (stored,) = (tmp_path / "news-cleaner").iterdir()
            if damage:
                stored.write_bytes(b"{}")
        monkeypatch.setattr("cleaner.rules.table._digest", lambda: "another")
        table._from_cache()
        assert 3 == len(compiled)

    def test_without_a_home(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A user without a home folder has no cache folder, and the rules are compiled."""

        def no_home() -> Path:
            raise RuntimeError("Could not determine home directory.")

        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setattr(Path, "home", no_home)
        monkeypatch.setattr("cleaner.rules.source.read_sources", lambda: self.SOURCES)
        assert table.cache_folder() is None
        assert ["crew"] == [rule.id for rule in table._from_cache().rules]


ALL_RULES = package_rules().for_page()


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text(text: str) -> None:
    """For any text, each rule that the lookup returns has an entry that matches it."""
    for rule in ALL_RULES.matches(text):
        assert any(entries_matching(section, text) for section in SOURCES.by_rule(rule.id))


def test_long_paragraph() -> None:
    """No rule matches a text that is longer than the longest text of any rule."""
    assert () == ALL_RULES.matches("Read more " * (max(rule.longest for rule in SOURCES.rules) // 10 + 1))


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
    assert ALL_RULES.of_element(frozenset({"sidebar", "related-posts"})) == ALL_RULES.of_element(
        frozenset({"related-posts"})
    )
    assert ALL_RULES.of_element(frozenset({"x" * 1000})) is None
    assert ALL_RULES.of_element(frozenset()) is None


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
        ("(?!abba)ab(?=s)s", {"abs"}),
    ],
)
def test_prefixes(pattern: str, starts: set[str]) -> None:
    """The first characters of a matching text are read from the pattern."""
    assert starts == prefixes(pattern, 3)


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        ("Share this", {("share this",)}),
        (r"\((foto|ph) ?:.{2,80}", {("(",), ("foto", "ph"), ("(foto", "(ph"), (":",)}),
        ("[.!] (foto|bild)", {("!", "."), (" ",), ("bild", "foto"), ("! bild", "! foto", ". bild", ". foto")}),
        ("x(a|b)?y", {("x",), ("y",)}),
        ("(a|b)+", {("a", "b")}),
        ("(?=.*podcast).*", {("podcast",)}),
        ("(?!podcast).*", set()),
    ],
)
def test_required_strings(pattern: str, groups: set[tuple[str, ...]]) -> None:
    """What a matching text contains is read from each part of the pattern, and from runs of parts with few texts."""
    assert groups == set(required_strings(pattern))


def test_patterns_for_a_common_start() -> None:
    """Texts with a common start are looked up by more characters, and the patterns for them are found."""
    section = Section(rule="x", language="en", regex=("(the )?(north|south)( .{2,9}|ern) news", "the[ny] .*", "t.*x"))
    sources = RuleSources((Rule(id="x", reason=Reason.RELATED, scope=Scope.BLOCK),), (section,), {ANY_LANGUAGE: {}})
    rules = RuleSet((load_rules(dump_rules(sources)),)).for_page(frozenset({"en"}))
    texts = ("the northern news", "southern news", "then what", "they said", "the box", "the news", "the nose")
    assert texts[:5] == tuple(text for text in texts if rules.matches(text))


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


class TestHolds:
    """The shape of a rule: what it requires besides the words."""

    @staticmethod
    def rule(**shape: object) -> Rule:
        fields = {"linked": 0.0, "unfinished": False, "part": Part.ANYWHERE, "longest": 160} | shape
        return Rule(id="x", reason=Reason.RELATED, scope=Scope.BLOCK, **fields)  # type: ignore[arg-type]

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
