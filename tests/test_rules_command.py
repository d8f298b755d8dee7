"""`cleaner rules`: the list of rules, a rule in full, which rule matches a text, and the check of a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleaner.command import app
from cleaner.command import rules as command
from cleaner.rules.source import read_sources

SOURCES = read_sources()
HOUSE = """language = "en"

[related-line]
templates = ["our files ?: {headline}"]
drops = ["Our files: [Ferry timetable for spring]"]

[tide-times]
reason = "related"
scope = "block"
about = "The times of the tides."
shape = { linked = 0.5, longest = 80 }
templates = ["tides: {headline}"]
drops = ["Tides: [All times for May]"]
keeps = ["Tides: that is what they learn first."]
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app.command, ["rules", *map(str, arguments)], prog_name="cleaner")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE)
    return path


class TestList:
    """`cleaner rules` without a command."""

    def test_each_rule_is_a_line(self) -> None:
        """The list has a line for each rule, and at its end the number of rules."""
        header, *lines, count = run().stdout.splitlines()
        assert ["id", "reason", "strength", "languages", "example"] == header.split()
        assert [[rule.id, rule.reason, rule.strength] for rule in SOURCES.rules] == [line.split()[:3] for line in lines]
        assert f"{len(SOURCES.rules)} rules" == count

    def test_language(self) -> None:
        """The list has the rules of one language, each with an example in it."""
        lines = run("--language", "de").stdout.splitlines()[1:-1]
        sections = {section.rule: section for section in SOURCES.sections if section.language == "de"}
        assert [rule.id for rule in SOURCES.rules if rule.id in sections] == [line.split()[0] for line in lines]
        (line,) = [line for line in lines if line.startswith("share-label ")]
        assert line.endswith(sections["share-label"].drops[0])

    def test_reason_and_strength(self) -> None:
        """The list has the rules with a reason and a strength."""
        shown = json.loads(run("--reason", "related", "--strength", "certain", "--format", "json").stdout)
        expected = [rule.id for rule in SOURCES.rules if (rule.reason, rule.strength) == ("related", "certain")]
        assert expected
        assert expected == [rule["id"] for rule in shown]

    def test_json_has_everything(self) -> None:
        """JSON has the shape of a rule, and its sections with what they match and the examples."""
        shown = {rule["id"]: rule for rule in json.loads(run("--format", "json").stdout)}
        assert {rule.id for rule in SOURCES.rules} == shown.keys()
        sections = {section["language"]: section for section in shown["share-label"]["sections"]}
        assert {section.language for section in SOURCES.by_rule("share-label")} == sections.keys()
        assert {"language", "phrases", "templates", "regex", "drops", "keeps"} == sections["en"].keys()

    def test_none(self) -> None:
        """If no rule is as asked, the list is empty."""
        assert ["0 rules"] == run("--reason", "hidden", "--strength", "likely").stdout.splitlines()[1:]

    def test_unknown_language(self) -> None:
        """An unknown language is an error that lists the known ones."""
        result = run("--language", "xx")
        assert 2 == result.exit_code
        assert "no rule for the language 'xx'; choose one of " in result.stderr

    def test_users_rules(self, house: Path) -> None:
        """With a file of the user's, the list has its rules, too."""
        lines = run("--rules", house).stdout.splitlines()
        assert f"{len(SOURCES.rules) + 1} rules" == lines[-1]
        (line,) = [line for line in lines if line.startswith("tide-times ")]
        assert "tide-times related certain en Tides: [All times for May]".split() == line.split()

    def test_options_before_a_command(self) -> None:
        """Options of the list before a command are refused, because the command would not see them."""
        result = run("--language", "de", "try", "Teilen")
        assert (2, True) == (result.exit_code, "write the options after 'try'" in result.stderr)

    def test_width_of_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal, lines are cut to its width; elsewhere they are whole."""
        rows = [("id", "reason", "strength", "languages", "example"), ("a", "ad", "certain", "en", "x" * 100)]
        whole = list(command._table(rows))
        assert whole[1].endswith("x" * 100)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((60, 20)))
        assert [whole[0][:60], whole[1][:59] + "…"] == list(command._table(rows))


class TestShow:
    """`cleaner rules show`."""

    def test_a_rule_in_full(self) -> None:
        """All of a rule is shown: what it finds, its shape, and by language what it matches, with examples."""
        shown = run("show", "related-line").stdout
        (rule,) = [rule for rule in SOURCES.rules if rule.id == "related-line"]
        lines = {line.strip() for line in shown.splitlines()}
        assert "reason       related" in lines
        assert f"finds        {rule.about}" in lines
        assert f"if           at least {rule.linked:.0%} of it is link text" in lines
        for section in SOURCES.by_rule(rule.id):
            assert {f"template     {entry}" for entry in section.templates} <= lines
            assert {f"removes      {example}" for example in section.drops} <= lines
            assert {f"keeps        {example}" for example in section.keeps} <= lines

    def test_each_rule_can_be_shown(self) -> None:
        """Rules of all scopes and strengths are shown."""
        for rule in SOURCES.rules[::10]:
            assert run("show", rule.id).stdout.startswith(f"{rule.id}\n")

    def test_an_earlier_id(self) -> None:
        """A rule is also found by an earlier id."""
        rule = next(rule for rule in SOURCES.rules if rule.aliases)
        assert run("show", rule.id).stdout == run("show", rule.aliases[0]).stdout

    def test_unknown_id(self) -> None:
        """An unknown id is an error that names the one that was probably meant."""
        result = run("show", "related-lin")
        assert 2 == result.exit_code
        assert "there is no rule 'related-lin'; did you mean 'related-line'?" in result.stderr

    def test_users_rules(self, house: Path) -> None:
        """A rule of the user's own is shown, and what a file adds to a rule of the package."""
        assert "    finds        The times of the tides.\n" in run("show", "tide-times", "--rules", house).stdout
        assert "    template     our files ?: {headline}\n" in run("show", "related-line", "--rules", house).stdout


class TestTry:
    """`cleaner rules try`."""

    def test_a_match(self, house: Path) -> None:
        """The rule is named, with its reason, its strength, and the template that matches."""
        shown = run("try", "Our files: [Ferry timetable]", "--language", "en", "--rules", house).stdout.splitlines()
        assert "related-line" == shown[0]
        assert {
            "    reason    related",
            "    strength  certain: removed",
            "    matches   the template 'our files ?: {headline}' (en)",
        } <= set(shown)

    def test_linked(self, house: Path) -> None:
        """The text is a link with `--linked`, or where it has brackets; otherwise a rule may not hold for that."""
        assert run("try", "Tides: all", "--linked", "--rules", house).stdout.startswith("tide-times\n")
        assert run("try", "Tides: [all]", "--rules", house).stdout.startswith("No rule matches.\n")
        expected = (
            "tide-times has the template 'tides: {headline}' (en), but 0% of the text is link text, and the rule "
        )
        assert f"No rule matches.\n{expected}needs 50%.\n" == run("try", "Tides: all", "--rules", house).stdout

    def test_length(self, house: Path) -> None:
        """A text that is too long for the rule is said to be."""
        shown = run("try", f"Tides: {'all' * 40}", "--linked", "--rules", house).stdout
        assert "but the text has 127 characters, and the rule allows 80." in shown

    def test_ending(self, house: Path) -> None:
        """A text that ends like a sentence does not match a rule for other texts."""
        house.write_text(HOUSE.replace("linked = 0.5", "unfinished = true"))
        shown = run("try", "Tides: all times for May.", "--rules", house).stdout
        assert "but the text ends like a sentence, and the rule is for texts that do not." in shown

    def test_part(self, house: Path) -> None:
        """A rule that requires a part of the page is named with it."""
        house.write_text(HOUSE.replace("linked = 0.5", 'part = "after"'))
        shown = run("try", "Tides: all times for May", "--rules", house).stdout
        assert "    only      after the last paragraph of the article\n" in shown

    def test_heading(self, house: Path) -> None:
        """A rule for headings holds for headings."""
        house.write_text('[tide-times]\nreason = "related"\nscope = "heading"\nphrases = ["high water."]\n')
        assert run("try", "High water.", "--heading", "--rules", house).stdout.startswith("tide-times\n")
        assert "but the rule is for headings" in run("try", "High water.", "--rules", house).stdout

    def test_other_rules(self, house: Path) -> None:
        """Other rules that match are named after the first one."""
        house.write_text('[our-line]\nreason = "ad"\nscope = "block"\nphrases = ["leave a reply"]\n')
        shown = run("try", "Leave a Reply", "--rules", house).stdout
        assert shown.startswith("our-line\n")
        assert "    also      comments-heading (certain): the " in shown

    def test_nearest(self) -> None:
        """If no rule matches, the phrases and examples that are most similar are named."""
        shown = run("try", "Leave a Repli", "--language", "en").stdout.splitlines()
        assert "No rule matches." == shown[0]
        assert any("comments-heading" in line for line in shown[1:])

    def test_nothing_near(self) -> None:
        """If nothing is similar, nothing is named."""
        assert "No rule matches.\n" == run("try", "Qwxzjk vbnmpq").stdout

    def test_language(self) -> None:
        """With a language, only its rules are asked, and those of English and of any language."""
        assert run("try", "Artikel teilen", "--language", "de").stdout.startswith("share-label\n")
        assert "share-label" != run("try", "Artikel teilen", "--language", "fr").stdout.split("\n")[0]


class TestCheck:
    """`cleaner rules check`."""

    def test_right(self, house: Path) -> None:
        """A file whose examples all hold gives 0."""
        result = run("check", house)
        assert (0, "2 rules, 3 examples, 0 failed\n") == (result.exit_code, result.stdout)

    def test_failures(self, house: Path) -> None:
        """Each failing example is a line with the file and the line, and the exit code is 1."""
        wrong = HOUSE.replace("[All times for May]", "All times for May")
        house.write_text(
            wrong.replace("Tides: that is what they learn first.", "[Tides: that is what they learn first.]")
        )
        result = run("check", house)
        drops, keeps, count = result.stdout.splitlines()
        assert (1, "2 rules, 3 examples, 2 failed") == (result.exit_code, count)
        assert drops.startswith(
            f"{house}:13: 'Tides: All times for May' is not matched by 'tide-times': 0% of the text"
        )
        assert keeps.startswith(
            f"{house}:14: '[Tides: that is what they learn first.]' must stay, but the certain rule "
        )

    def test_what_no_example_shows(self, house: Path) -> None:
        """A phrase that no example shows is a line, and the exit code is still 0."""
        house.write_text(HOUSE.replace('templates = ["tides: {headline}"]', 'templates = ["tides: {headline}", "ebb"]'))
        result = run("check", house)
        assert 0 == result.exit_code
        assert (
            f"{house}:12: 'ebb' is shown by none of the drops of [tide-times]; add an example that it matches"
            in result.stdout
        )

    def test_mistake(self, house: Path) -> None:
        """A mistake in the file is a line, and the exit code is 1."""
        house.write_text(HOUSE.replace("scope", "scop"))
        result = run("check", house)
        assert (1, True) == (result.exit_code, f"{house}:9: unknown key 'scop'" in result.stdout)

    def test_site_rules(self, house: Path) -> None:
        """The rules for sites in a file are checked, too."""
        house.write_text(f'{HOUSE}\n[site."example.org"]\ndrop = [".notice"]\n')
        assert "2 rules, 3 examples, 1 rule for sites, 0 failed\n" == run("check", house).stdout
        house.write_text(f'{HOUSE}\n[site."example.org"]\ndrop = ["//p["]\n')
        result = run("check", house)
        assert (1, True) == (result.exit_code, f"{house}:17: the selector '//p[' cannot be used" in result.stdout)

    def test_unreadable(self, tmp_path: Path, house: Path) -> None:
        """A file that cannot be read is an error with the exit code 2."""
        assert 2 == run("check", tmp_path / "missing.toml").exit_code
        house.write_bytes(b"\xff")
        assert (2, True) == ((result := run("check", house)).exit_code, "is not encoded in UTF-8" in result.stderr)

    def test_config_file(self, tmp_path: Path) -> None:
        """Of a config file, the table of rules is checked."""
        config = tmp_path / "cleaner.toml"
        config.write_text('jobs = 2\n[rules.share-label]\nphrases = ["a b"]\ndrops = ["a c"]\n')
        result = run("check", config)
        assert (1, True) == (result.exit_code, f"{config}:4: 'a c' is not matched by 'share-label'" in result.stdout)
