"""The user's rules: files, mistakes in them, and what they change."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import cleaner
from cleaner.models import Article, Reason
from cleaner.rules.explain import check_file
from cleaner.rules.user import Rules, RuleText, make_rules, package_rules_only, rule_set

HOUSE = """language = "is"

[slots]
boat = ["ferjan", "skipið"]

# Adds to a rule of the package.
[related-line]
templates = ["meira um málið: {headline}"]
drops = ["Meira um málið: [Ferjan siglir á ný]"]
keeps = ["Meira um málið: það verður rætt á fundi í kvöld."]

# A rule of our own.
[tide-times]
reason = "related"
scope = "block"
shape = { linked = 0.5 }
phrases = ["sjávarföll"]
templates = ["{boat}: {headline}"]
drops = ["[Sjávarföll]", "Ferjan: [Allar ferðir í maí]"]
keeps = ["Ferjan: hún siglir ekki í dag."]
"""
PARAGRAPHS = [
    "Ferjan siglir á ný eftir langt hlé, segir í tilkynningu frá útgerðinni sem barst í gær og birt var í blöðum.",
    "Bæjarstjórinn sagði á fundi í gær að höfnin yrði opnuð á ný í næstu viku ef veður leyfir og allt gengur að óskum.",
]
MORE = "Meira um málið: Ferjan siglir á ný"
TIMES = "Ferjan: Allar ferðir í maí"


def page(*links: str, language: str = "is") -> str:
    """Return a page of the two paragraphs with linked lines between them."""
    lines = "".join(f'<p><a href="/{number}">{text}</a></p>' for number, text in enumerate(links))
    first, last = PARAGRAPHS
    return f'<html lang="{language}"><article><h1>Hlé</h1><p>{first}</p>{lines}<p>{last}</p></article></html>'


def rules_that_removed(article: Article) -> dict[str, str | None]:
    return {removed.text: removed.rule for removed in article.removed}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE)
    return path


def test_a_file_adds_to_a_rule_and_has_its_own(house: Path) -> None:
    """A phrase that is added to a rule of the package, and a rule of the user's own, remove blocks."""
    article = cleaner.clean(page(MORE, TIMES), rules=house)
    found = rules_that_removed(article)
    assert ("related-line", "tide-times") == (found[MORE], found[TIMES])
    assert {Reason.RELATED} == {removed.reason for removed in article.removed if removed.rule}
    assert PARAGRAPHS == article.text.split("\n\n")


def test_without_the_file_nothing_changes(house: Path) -> None:
    """Rules apply to the call that they are given to, and to no other."""
    before = cleaner.clean(page(MORE, TIMES))
    cleaner.clean(page(MORE, TIMES), rules=house)
    assert before == cleaner.clean(page(MORE, TIMES))
    assert "tide-times" not in rules_that_removed(before).values()


def test_language(house: Path) -> None:
    """The rules of a file apply to pages in its language; those of a file without a language to all pages."""
    text = "Skipið: Allar ferðir"
    asked = [rule_set(cleaner.load_rules(house)).for_page(frozenset({code})) for code in ("is", "de")]
    assert [["tide-times"], []] == [[rule.id for rule in rules.matches(text)] for rules in asked]
    house.write_text(HOUSE.partition("\n")[2])
    assert ["tide-times"] == [
        rule.id for rule in rule_set(cleaner.load_rules(house)).for_page(frozenset({"de"})).matches(text)
    ]


@pytest.mark.parametrize("form", ["rules", "path", "string", "paths"])
def test_forms(house: Path, form: str) -> None:
    """Rules are given as `Rules`, as a path, as a string, or as several paths."""
    rules = {"rules": cleaner.load_rules(house), "path": house, "string": str(house), "paths": [house]}[form]
    assert "tide-times" == rules_that_removed(cleaner.clean(page(TIMES), rules=rules))[TIMES]  # type: ignore[arg-type]


def test_text(house: Path) -> None:
    """`clean_text` uses the rules, too. A rule that requires a link does not hold in plain text."""
    house.write_text(HOUSE.replace("linked = 0.5", "longest = 100"))
    text = "\n\n".join([PARAGRAPHS[0], TIMES, PARAGRAPHS[1]])
    assert "tide-times" == rules_that_removed(cleaner.clean_text(text, language="is", rules=house))[TIMES]


def test_time_limit(house: Path) -> None:
    """The rules reach the worker process of a call with a time limit."""
    article = cleaner.clean(page(TIMES), rules=house, timeout=20)
    assert "tide-times" == rules_that_removed(article)[TIMES]


def test_workers(house: Path) -> None:
    """The rules reach the workers of `clean_many`, for pages and for texts."""
    house.write_text(HOUSE.replace("linked = 0.5", "longest = 100"))
    inputs = [{"html": page(TIMES)}, {"text": "\n\n".join([*PARAGRAPHS, TIMES])}] * 3
    records = list(cleaner.clean_many(inputs, jobs=2, explain=True, rules=cleaner.load_rules(house)))
    found = [{removed["text"]: removed["rule"] for removed in record["removed"]}.get(TIMES) for record in records]
    assert ["tide-times"] * 6 == found


def test_clean_many_reads_the_file_at_once(tmp_path: Path) -> None:
    """A mistake in a file is raised by the call, not by the first record."""
    with pytest.raises(cleaner.RuleFileError, match="cannot be read"):
        cleaner.clean_many([], rules=tmp_path / "missing.toml")


def test_rules_are_small_values(house: Path) -> None:
    """Rules are equal by content, hashable, and pickled in a form that is not much larger than the files."""
    rules = cleaner.load_rules(house, without=["share-label"])
    assert rules == pickle.loads(pickle.dumps(rules))
    assert hash(rules) == hash(cleaner.load_rules(house, without=["share-label"]))
    assert rules != cleaner.load_rules(house)
    assert len(pickle.dumps(rules)) < len(HOUSE.encode()) + 500
    assert rule_set(rules) is rule_set(pickle.loads(pickle.dumps(rules)))


def test_the_users_rules_come_first(tmp_path: Path) -> None:
    """If a rule of the user's and one of the package match a text, the user's gives the reason."""
    file = tmp_path / "house.toml"
    file.write_text(
        '[house-line]\nreason = "tools"\nscope = "block"\nphrases = ["leave a reply", "share this article"]\n'
    )
    rules = rule_set(cleaner.load_rules(file)).for_page()
    for text in ("Leave a Reply", "Share this article"):
        first, *others = rules.matches(text)
        assert "house-line" == first.id
        assert others


def test_files_are_asked_in_order(tmp_path: Path) -> None:
    """The first of several files gives the reason."""
    files = []
    for name in ("one", "two"):
        files.append(tmp_path / f"{name}.toml")
        files[-1].write_text(f'[{name}-line]\nreason = "ad"\nscope = "block"\nphrases = ["tide tables"]\n')
    for ordered in (files, files[::-1]):
        found = [rule.id for rule in rule_set(cleaner.load_rules(*ordered)).for_page().matches("Tide tables")]
        assert [f"{path.stem}-line" for path in ordered] == found


def test_a_file_adds_to_a_rule_of_an_earlier_file(tmp_path: Path) -> None:
    """A rule of the user's own in two languages is in two files: the second adds to the rule of the first."""
    first, second = tmp_path / "en.toml", tmp_path / "de.toml"
    first.write_text('language = "en"\n[tide-times]\nreason = "related"\nscope = "block"\nphrases = ["tides"]\n')
    second.write_text('language = "de"\n[tide-times]\nphrases = ["gezeiten"]\n')
    rules = rule_set(cleaner.load_rules(first, second)).for_page(frozenset({"de"}))
    assert ["tide-times"] == [rule.id for rule in rules.matches("Gezeiten")]
    with pytest.raises(cleaner.RuleFileError, match="there is no rule 'tide-times'"):
        cleaner.load_rules(second, first)


def test_element_rule(tmp_path: Path) -> None:
    """A rule of the user's own for elements removes an element by its class."""
    file = tmp_path / "house.toml"
    file.write_text('[tide-box]\nreason = "related"\nscope = "element"\nphrases = ["tide-box"]\n')
    html = page().replace("</article>", '<div class="tide-box"><p>High water at six.</p></div></article>')
    assert "tide-box" == rules_that_removed(cleaner.clean(html, rules=file))["High water at six."]


class TestWithout:
    """Rules that are switched off."""

    def test_a_rule_of_the_package(self) -> None:
        """A rule that is switched off matches nothing; others still do."""
        text = "Leave a Reply"
        all_rules = rule_set(Rules()).for_page().matches(text)
        assert "comments-heading" in [rule.id for rule in all_rules]
        rules = rule_set(cleaner.load_rules(without=["comments-heading"])).for_page().matches(text)
        assert [rule for rule in all_rules if rule.id != "comments-heading"] == list(rules)

    def test_an_element_rule(self) -> None:
        """A rule for elements is switched off in the same way."""
        tokens = frozenset({"related-posts"})
        found = rule_set(Rules()).for_page().of_element(tokens)
        assert found is not None
        assert "related-element" == found.id
        other = rule_set(cleaner.load_rules(without=["related-element"])).for_page().of_element(tokens)
        assert other is None or other.id != "related-element"

    def test_a_rule_of_the_users_own(self, house: Path) -> None:
        """A rule of a file is switched off, too."""
        rules = cleaner.load_rules(house, without=["tide-times"])
        assert "tide-times" not in rules_that_removed(cleaner.clean(page(TIMES), rules=rules)).values()

    def test_aliases(self, tmp_path: Path) -> None:
        """An earlier id of a rule counts as its id, in `without` and in a file."""
        rule = next(rule for rule in package_rules_only() if rule.aliases and rule.scope == "block")
        alias = rule.aliases[0]
        assert {rule.id} == cleaner.load_rules(without=[alias]).without
        file = tmp_path / "house.toml"
        file.write_text(f'[{alias}]\nphrases = ["zzz yyy"]\n')
        (table, _) = rule_set(cleaner.load_rules(file)).tables
        assert [rule.id] == [each.id for each in table.rules]

    def test_unknown(self) -> None:
        """An unknown id is an error that names the one that was probably meant."""
        with pytest.raises(ValueError, match="no rule 'share-labl'; did you mean 'share-label'"):
            cleaner.load_rules(without=["share-labl"])

    def test_a_string_is_not_a_list(self) -> None:
        """A string would be taken for a list of letters."""
        with pytest.raises(TypeError, match="pass a list"):
            cleaner.load_rules(without="share-label")


OWN = '[tide-times]\nreason = "related"\nscope = "block"\n'
MISTAKES = {
    "TOML": ("a = 1\nb = \n", 2, "is not valid TOML"),
    "key": ("languages = 'is'\n", 1, "'languages' is neither a rule"),
    "language": ("\nlanguage = 'isl-IS'\n", 2, "is not a code of ISO 639-1"),
    "unknown rule": ("\n[share-labl]\nphrases = ['a']\n", 2, "did you mean 'share-label'"),
    "own rule without scope": ("[tide-times]\nreason = 'related'\nphrases = ['a']\n", 1, "has no scope"),
    "other reason": (
        "[share-label]\n\nreason = 'ad'\nphrases = ['a']\n",
        3,
        "reason of the rule 'share-label' cannot be",
    ),
    "shape": ("[share-label]\nphrases = ['a']\nshape = { longest = 9 }\n", 3, "here it may have phrases, templates"),
    "key of a rule": (f"{OWN}phrase = ['a']\n", 4, "did you mean 'phrases'"),
    "nothing to match": (f"{OWN}drops = ['a']\n", 1, "matches nothing"),
    "slot": (f"{OWN}templates = [\n  'a',\n  '{{headlin}}: b',\n]\n", 6, "unknown slot {headlin}"),
    "wildcards": (
        f"{OWN}templates = ['{{headline}} a {{headline}} b {{1-9}} c {{2-9}}']\n",
        4,
        "more than 3 wildcards",
    ),
    "wildcard in a slot": (f"[slots]\nmuch = ['{{headline}} a']\n{OWN}phrases = ['a']\n", 2, "has a wildcard"),
    "regex": (f"{OWN}regex = ['(a']\n", 4, "unterminated subpattern"),
    "nested repetition": (f"{OWN}regex = ['(a+)+']\n", 4, "could take forever"),
    "too long": (f"{OWN}shape = {{ longest = 400 }}\nphrases = ['a']\n", 4, "must ask for linked or unfinished"),
    "sites": ("site = 1\n", 1, "site must hold a table for each host"),
    "site": ('[site."example.org"]\ndrops = ["p"]\n', 2, "'drops' is not a key of a site"),
    "site in a config file": ('[rules.site."example.org"]\ndrops = ["p"]\n', 2, "'drops' is not a key of a site"),
    "alias": (f"{OWN}aliases = ['share-label']\nphrases = ['a']\n", 4, "is the id of another rule"),
}


@pytest.mark.parametrize(("text", "line", "problem"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes(tmp_path: Path, text: str, line: int, problem: str) -> None:
    """A mistake in a file is an error with the file, the line, and what is wrong."""
    file = tmp_path / "house.toml"
    file.write_text(text)
    with pytest.raises(cleaner.RuleFileError) as caught:
        cleaner.load_rules(file)
    assert (str(file), line) == (caught.value.file, caught.value.line)
    assert problem.lower() in caught.value.problem.lower()
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))


def test_rules_for_a_site(house: Path) -> None:
    """A file also holds rules for single sites; they apply to pages of these sites, in workers, too."""
    house.write_text(f'{HOUSE}\n[site."example.org"]\ndrop = [".notice"]\n')
    html = page(TIMES).replace("</article>", '<p class="notice">Lokað er í dag.</p></article>')
    rules = cleaner.load_rules(house)
    for url, timeout in (("https://www.example.org/a", None), ("https://www.example.org/a", 20)):
        reasons = {
            each.text: each.reason for each in cleaner.clean(html, url=url, rules=rules, timeout=timeout).removed
        }
        assert (Reason.SITE_RULE, Reason.RELATED) == (reasons["Lokað er í dag."], reasons[TIMES])
    elsewhere = cleaner.clean(html, url="https://example.com/a", rules=rules)
    assert Reason.SITE_RULE not in {each.reason for each in elsewhere.removed}


def test_what_a_table_may_repeat(tmp_path: Path) -> None:
    """A table that adds to a rule may repeat its reason and scope."""
    make_rules([RuleText("house.toml", '[share-label]\nreason = "share"\nscope = "block"\nphrases = ["a b c"]\n')])


def test_unreadable(tmp_path: Path) -> None:
    """A file that is missing or not in UTF-8 is an error with its name."""
    file = tmp_path / "house.toml"
    with pytest.raises(cleaner.RuleFileError, match=r"house\.toml: cannot be read: No such file"):
        cleaner.load_rules(file)
    file.write_bytes("[straßen]".encode("latin-1"))
    with pytest.raises(cleaner.RuleFileError, match=r"house\.toml: is not encoded in UTF-8"):
        cleaner.load_rules(file)


def test_digest() -> None:
    """The digest of a file depends on what it says, not on its name or on comments."""
    digests = {RuleText(name, text).digest for name, text in (("a", HOUSE), ("b", HOUSE), ("a", f"{HOUSE}# the end\n"))}
    assert 1 == len(digests)
    assert digests != {RuleText("a", HOUSE.replace("skipið", "báturinn")).digest}


class TestCheck:
    """The check of a user's file by its own examples."""

    @staticmethod
    def findings(text: str) -> list[tuple[int | None, bool]]:
        return [(found.error.line, found.is_failure) for found in check_file(RuleText("house.toml", text))]

    def test_right(self) -> None:
        """A file with good examples has no findings."""
        assert [] == self.findings(HOUSE)

    def test_drops(self) -> None:
        """An example that the rule does not match fails, with its line."""
        wrong = HOUSE.replace("Meira um málið: [Ferjan", "Meira um þetta: [Ferjan")
        assert [(8, False), (9, True)] == self.findings(wrong)
        (found,) = check_file(RuleText("house.toml", HOUSE.replace('"[Sjávarföll]"', '"Sjávarföll"')))
        assert "0% of the text is link text, and the rule needs 50%" in found.error.problem

    def test_drops_of_another_rule(self) -> None:
        """An example that a certain rule of the package matches before a likely one of the user's fails."""
        text = f'{OWN}strength = "likely"\nphrases = ["leave a reply"]\ndrops = ["Leave a Reply"]\n'
        (found,) = check_file(RuleText("house.toml", text))
        assert found.is_failure
        assert "the certain rule 'comments-heading' of the package comes first" in found.error.problem

    def test_keeps(self) -> None:
        """An example that must stay fails if a certain rule or the rule itself matches it."""
        text = f'{OWN}phrases = ["tides"]\ndrops = ["Tides"]\nkeeps = [\n  "Tides",\n  "Leave a Reply",\n]\n'
        assert [(7, True), (8, True)] == self.findings(text)

    def test_what_no_example_shows(self) -> None:
        """An entry that no example shows is reported, and is no failure."""
        text = f'{OWN}phrases = ["tides"]\ntemplates = ["tides: {{headline}}"]\ndrops = ["Tides"]\n'
        assert [(5, False)] == self.findings(text)

    def test_elements(self) -> None:
        """The examples of a rule for elements are class attributes."""
        text = '[tide-box]\nreason = "related"\nscope = "element"\nphrases = ["tides"]\n'
        assert [] == self.findings(f'{text}drops = ["js-tides wide"]\nkeeps = ["tidesman"]\n')
        assert [(4, False), (5, True)] == self.findings(f'{text}drops = ["times"]\n')
