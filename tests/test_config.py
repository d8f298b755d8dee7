"""The config file, and the options for rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cleaner.command import app
from cleaner.command.clean import clean
from cleaner.command.config import find_config, read_config
from cleaner.command.discover import discover

pytestmark = pytest.mark.usefixtures("loaded")

PARAGRAPHS = [
    "The ferry sails again after a long break, the operator said in a statement that was published on Monday morning.",
    "The mayor told the council that the harbour would open again next week if the weather and the builders allow it.",
]
TIDES = "Tides: all times for May"
PAGE = (
    f'<html lang="en"><article><h1>Break</h1><p>{PARAGRAPHS[0]}</p><p><a href="/1">{TIDES}</a></p>'
    f"<p>{PARAGRAPHS[1]}</p></article></html>"
)
HOUSE = '[tide-times]\nreason = "related"\nscope = "block"\ntemplates = ["tides: {headline}"]\n'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app.command, [str(each) for each in arguments], prog_name="cleaner")


def rule_of_tides(*arguments: str) -> Any:
    """Run the command on the page, and return the rule that removed the line about the tides."""
    result = run("page.html", "--explain", "--format", "json", *arguments)
    assert 0 == result.exit_code, result.output
    return {each["text"]: each["rule"] for each in json.loads(result.stdout)["removed"]}.get(TIDES)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, with a current folder in it that has a page and a rule file."""
    folder = tmp_path / "home" / "news"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.chdir(folder)
    (folder / "page.html").write_text(PAGE)
    (folder / "house.toml").write_text(HOUSE)
    return folder


class TestOptionsForRules:
    """`--rules` and `--without`."""

    def test_rules(self, folder: Path) -> None:
        """A rule file is used, and one of its rules can be switched off."""
        assert "tide-times" == rule_of_tides("--rules", "house.toml")
        assert None is rule_of_tides("--rules", "house.toml", "--without", "tide-times")

    def test_mistakes(self, folder: Path) -> None:
        """A mistake in a rule file ends the command with 2, and the message has the file and the line."""
        Path("house.toml").write_text(HOUSE.replace("headline", "headlin"))
        result = run("page.html", "--rules", "house.toml")
        assert (2, "") == (result.exit_code, result.stdout)
        assert "house.toml:4: the template 'tides: {headlin}' is wrong: unknown slot {headlin}" in result.stderr
        assert 2 == run("page.html", "--rules", "missing.toml").exit_code

    def test_unknown_id(self, folder: Path) -> None:
        """An unknown id ends the command with 2, and the message has the one that was probably meant."""
        result = run("page.html", "--without", "share-labl")
        assert (2, True) == (result.exit_code, "did you mean 'share-label'?" in result.stderr)

    def test_resume(self, folder: Path) -> None:
        """A run is not resumed with other rules; comments and the path of the file do not count."""
        assert 0 == run("page.html", "-o", "out.jsonl", "--rules", "house.toml").exit_code
        Path("other.toml").write_text(f"# Copied.\n{HOUSE}")
        assert 0 == run("page.html", "-o", "out.jsonl", "--resume", "--rules", "other.toml").exit_code
        Path("other.toml").write_text(HOUSE.replace("tides", "times"))
        for options in (["--rules", "other.toml"], [], ["--rules", "house.toml", "--without", "share-label"]):
            result = run("page.html", "-o", "out.jsonl", "--resume", *options)
            assert (2, True) == (result.exit_code, "was written with other settings" in result.stderr)

    def test_workers(self, folder: Path) -> None:
        """The rules reach the workers of a run with many inputs."""
        result = run(*["page.html"] * 4, "--jobs", "2", "--explain", "--rules", "house.toml")
        records = [json.loads(line) for line in result.stdout.splitlines()]
        assert 4 == sum(removed["rule"] == "tide-times" for record in records for removed in record["removed"])


class TestFind:
    """Where the config file is looked for."""

    def test_upwards(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The nearest file counts, from the current folder up to the home folder."""
        inner = folder / "a" / "b"
        inner.mkdir(parents=True)
        monkeypatch.chdir(inner)
        assert None is find_config()
        for where in (folder.parent, folder, inner):
            (where / "cleaner.toml").write_text("")
            assert where / "cleaner.toml" == find_config()

    def test_not_above_the_home_folder(self, folder: Path) -> None:
        """A file above the home folder is not found."""
        (folder.parent.parent / "cleaner.toml").write_text("jobs = 0\n")
        assert None is find_config()

    def test_outside_of_the_home_folder(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Outside of the home folder, the file is looked for up to the root."""
        outside = tmp_path / "elsewhere"
        outside.mkdir()
        monkeypatch.chdir(outside)
        (tmp_path / "cleaner.toml").write_text("")
        assert tmp_path / "cleaner.toml" == find_config()

    def test_a_deleted_folder(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a folder that was deleted there is no config file."""
        gone = folder / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert None is find_config()


class TestUse:
    """What the config file does to a run."""

    def test_options(self, folder: Path) -> None:
        """The file's options apply, and an option on the command line replaces the same one of the file."""
        Path("cleaner.toml").write_text('format = "text"\n')
        assert run("page.html").stdout.startswith(PARAGRAPHS[0])
        assert run("page.html", "--format", "json").stdout.startswith("{")
        assert run("page.html", "--no-config").stdout.startswith("{")

    def test_config(self, folder: Path) -> None:
        """`--config` names another file; `--no-config` wins over it, in either order."""
        Path("other.toml").write_text('format = "text"\n')
        Path("cleaner.toml").write_text("jobs = 0\n")
        assert run("page.html", "--config", "other.toml").stdout.startswith(PARAGRAPHS[0])
        assert run("page.html", "--config", "other.toml", "--no-config").stdout.startswith("{")
        assert run("page.html", "--no-config", "--config", "other.toml").stdout.startswith("{")

    def test_quiet(self, folder: Path) -> None:
        """Only `--debug` says which file was read."""
        config = folder / "cleaner.toml"
        config.write_text("jobs = 1\n")
        assert "" == run("page.html").stderr
        result = run("page.html", "--debug")
        assert (0, "Break") == (result.exit_code, json.loads(result.stdout)["title"])

    def test_help_needs_no_config(self, folder: Path) -> None:
        """A mistake in the file does not get in the way of the help."""
        Path("cleaner.toml").write_text("jobs = 0\n")
        assert 0 == run("clean", "--help").exit_code

    def test_rule_files(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The file names rule files, relative to its own folder, and rules that are switched off."""
        config = folder / "cleaner.toml"
        config.write_text('rules = ["house.toml"]\n')
        assert "tide-times" == rule_of_tides()
        config.write_text('rules = ["house.toml"]\nwithout = ["tide-times"]\n')
        assert None is rule_of_tides()
        inner = folder / "inner"
        inner.mkdir()
        (inner / "page.html").write_text(PAGE)
        config.write_text('rules = ["house.toml"]\n')
        monkeypatch.chdir(inner)
        assert "tide-times" == rule_of_tides()

    def test_rules_in_the_file(self, folder: Path) -> None:
        """The table of rules has the form of a rule file, and may name other files."""
        rules = '[rules]\nfiles = ["house.toml"]\nlanguage = "en"\n'
        phrases = '[rules.share-label]\nphrases = ["pass it on, dear reader"]\n'
        Path("cleaner.toml").write_text(f"jobs = 1\n\n{rules}\n{phrases}")
        assert "tide-times" == rule_of_tides()
        assert None is rule_of_tides("--no-config")
        Path("page.html").write_text(PAGE.replace(f'<a href="/1">{TIDES}</a>', "Pass it on, dear reader"))
        removed = json.loads(run("page.html", "--explain").stdout)["removed"]
        assert "share-label" in [each["rule"] for each in removed]

    def test_rules_on_the_command_line(self, folder: Path) -> None:
        """Rule files on the command line replace the rules of the config file."""
        Path("cleaner.toml").write_text(HOUSE.replace("[tide-times]", "[rules.tide-times]"))
        assert "tide-times" == rule_of_tides()
        Path("other.toml").write_text(HOUSE.replace("tide-times", "other-times"))
        assert "other-times" == rule_of_tides("--rules", "other.toml")

    def test_paths(self, folder: Path) -> None:
        """Paths in the file are relative to its folder."""
        config = folder / "cleaner.toml"
        config.write_text('cache = "pages"\nsummary = "../numbers.json"\noutput = "-"\n')
        defaults = read_config(config, clean)
        assert str(folder / "pages") == defaults["cache"]
        assert str(folder / "../numbers.json") == defaults["summary"]
        assert "-" == defaults["output"]


def test_discover(folder: Path) -> None:
    """`discover` uses the options for fetching, and those in its own table."""
    config = folder / "cleaner.toml"
    config.write_text('keep = "more"\nuser-agent = "a/1"\ntimeout = 5\n\n[discover]\nmax = 3\ntimeout = 9\n')
    assert {"user_agent": "a/1", "max_articles": 3, "timeout": 9} == read_config(config, discover)
    assert {"keep": "more", "user_agent": "a/1", "timeout": 5} == read_config(config, clean)


MISTAKES = {
    "TOML": ("jobs = \n", ":1: is not valid TOML"),
    "unknown": ("\njbs = 2\n", ":2: there is no option 'jbs' of `clean`; did you mean 'jobs'?"),
    "underscore": (
        "user_agent = 'a/1'\n",
        ":1: there is no option 'user_agent' of `clean`; did you mean 'user-agent'?",
    ),
    "not for a file": ("config = 'a'\n", ":1: there is no option 'config' of `clean`; "),
    "string": ("user-agent = 5\n", ":1: user-agent must be a string"),
    "number": ("jobs = 'two'\n", ":1: jobs must be a whole number"),
    "whole number": ("jobs = 1.5\n", ":1: jobs must be a whole number"),
    "truth is no number": ("jobs = true\n", ":1: jobs must be a whole number"),
    "range": ("jobs = 0\n", ":1: jobs: 0 is not in the range x>=1"),
    "choice": ("keep = 'all'\n", ":1: keep: 'all' is not one of 'more', 'balanced', 'less'"),
    "probability": ("min-confidence = 1.5\n", ":1: min-confidence: 1.5 is not in the range 0<=x<=1."),
    "not a number": ("min-confidence = 'half'\n", ":1: min-confidence must be a number"),
    "flag": ("explain = 'yes'\n", ":1: explain must be true or false"),
    "list": ("without = 'share-label'\n", ":1: without must be a list"),
    "rules": ("rules = 'house.toml'\n", ":1: rules must be a list of file names"),
    "files": ("[rules]\nfiles = 'house.toml'\n", ":2: files must be a list of file names"),
    "rule": (
        "jobs = 1\n[rules.share-labl]\nphrases = ['a']\n",
        ":2: there is no rule 'share-labl'; did you mean 'share-label'?",
    ),
    "key of a rule": ("[rules]\n[rules.share-label]\nphrase = ['a']\n", ":3: unknown key 'phrase' in [share-label]"),
    "table": ("discover = 1\n[rules]\n", None),
}


@pytest.mark.parametrize(("text", "problem"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes(folder: Path, text: str, problem: str | None) -> None:
    """A mistake ends the command with 2, and the message has the file, the line, and what was probably meant."""
    config = folder / "cleaner.toml"
    config.write_text(text)
    result = run("page.html") if problem else run("discover", "https://example.org")
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"{config}{problem or ':1: '}" in result.stderr


def test_missing_file(folder: Path) -> None:
    """A file that is named and missing is an error."""
    result = run("page.html", "--config", "missing.toml")
    assert (2, True) == (result.exit_code, "missing.toml: cannot be read: No such file" in result.stderr)
