"""The examples of the documents, run: an example that nothing runs will be wrong one day."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

import cleaner
from cleaner.command import app
from cleaner.errors import Code

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), ROOT / "fixtures" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RECORD = ROOT / "docs" / "record.md"
SCHEMA = json.loads((ROOT / "cleaner" / "schema.json").read_text())
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A file or folder of the project, as `cleaner/models.py` or `cleaner/judge/`.
_PATH = re.compile(r"`((?:cleaner|training|tests|benchmarks|fixtures)/[\w./-]*)`")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


class Example(NamedTuple):
    """A fenced block of a document."""

    document: Path
    language: str
    text: str
    line: int


def examples(*languages: str) -> list[Any]:
    found = []
    for document in DOCUMENTS:
        text = document.read_text()
        for match in _FENCED.finditer(text):
            if match[1] in languages:
                line = text.count("\n", 0, match.start()) + 2
                found.append(pytest.param(Example(document, match[1], match[2], line), id=f"{document.stem}:{line}"))
    return found


def shown_alike(expected: str, actual: str) -> bool:
    """Whether the output is as shown; `...` in a document stands for any text, and long lines are wrapped."""
    return doctest.OutputChecker().check_output(expected, actual, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)


@pytest.mark.parametrize("example", examples("python"))
def test_python_runs(example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each Python example runs as it stands, in a folder that has the fixtures."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    # As many empty lines before it as in the document, so that a traceback points there.
    exec(compile("\n" * (example.line - 1) + example.text, example.document, "exec"), {"__name__": "example"})


@pytest.mark.parametrize("example", examples("pycon"))
def test_python_prints_what_is_shown(example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each session of an example prints what stands in it, `...` being any text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    told: list[str] = []
    session = doctest.DocTestParser().get_doctest(example.text, {}, example.document.name, None, example.line)
    assert 0 == doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=told.append).failed, "".join(told)


@pytest.mark.parametrize("example", examples("console"))
def test_command_prints_what_is_shown(example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each command of a console example prints what stands under it, `...` being any text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    commands = re.findall(r"^\$ cleaner (.*)\n((?:(?!\$ ).*\n)*)", example.text, re.MULTILINE)
    assert example.text.count("$ ") == len(commands)
    for arguments, expected in commands:
        result = CliRunner().invoke(app.command, shlex.split(arguments), prog_name="cleaner")
        assert shown_alike(expected, result.output), result.output


@pytest.mark.parametrize("example", examples("sh"))
def test_commands_are_understood(example: Example) -> None:
    """What is shown without its output (it needs the network, or installs) has commands and options that there are."""
    for line in example.text.replace("\\\n", " ").splitlines():
        for part in re.split(r"\||&&", line.split(" #")[0]):
            words = shlex.split(part)
            if words and os.path.basename(words[0]) == "cleaner":
                named = words[1] in app.command.commands
                called = app.command.commands[words[1] if named else "clean"]
                called.make_context(called.name, words[2 if named else 1 :])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """A link inside the project leads to a file that is there."""
    assert [] == [link for link in _LINK.findall(document.read_text()) if not (document.parent / link).exists()]


def test_architecture_names_what_is_there() -> None:
    """Each path that the page on the architecture names exists, and it names every folder of the package."""
    named = set(_PATH.findall((ROOT / "docs" / "architecture.md").read_text()))
    assert named
    assert [] == sorted(path for path in named if not (ROOT / path).exists())
    folders = {f"cleaner/{path.parent.name}/" for path in (ROOT / "cleaner").glob("*/__init__.py")}
    assert set() == folders - named


def test_reference_is_whole() -> None:
    """The reference has every public name."""
    names = re.findall(r"^::: cleaner\.(\w+)$", (ROOT / "docs" / "reference.md").read_text(), re.MULTILINE)
    assert sorted(set(cleaner.__all__) - {"__version__"}) == sorted(names)


def test_there_are_examples() -> None:
    """The documents show Python, commands with their output, and commands without."""
    assert all(examples(language) for language in ("python", "pycon", "console", "sh"))


def test_every_field_and_code_is_told() -> None:
    """The document of the record has each field of the schema and each error code in a table, and no other."""
    told = [re.findall(r"`(\w+)`", row) for row in re.findall(r"^\| (`[^|]*) \|", RECORD.read_text(), re.MULTILINE)]
    names = {name for row in told for name in row}
    assert {*SCHEMA["properties"], *map(str, Code)} == names
