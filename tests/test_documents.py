"""The examples in the documents are run, because an example that is not run will be wrong one day."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner

import cleaner
from cleaner.command import app, config
from cleaner.command.clean import clean
from cleaner.errors import Code

pytestmark = pytest.mark.usefixtures("loaded")

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), ROOT / "fixtures" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RECORD = ROOT / "docs" / "record.md"
RECIPES = ROOT / "docs" / "recipes.md"  # tests/test_recipes.py runs its Python
SCHEMA = json.loads((ROOT / "cleaner" / "schema.json").read_text())
# A code block; one with a title is a file for the examples after it in the same section.
_FENCED = re.compile(r'^```(\w+)(?: title="([\w.-]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^##+ ", re.MULTILINE)
# A file or folder of the project, such as `cleaner/models.py` or `cleaner/judge/`.
_PATH = re.compile(r"`((?:cleaner|training|tests|benchmarks|fixtures)/[\w./-]*)`")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


class Example(NamedTuple):
    """A fenced code block of a document."""

    document: Path
    language: str
    title: str | None
    text: str
    line: int
    files: dict[str, str]  # by name, the text of each

    def write_files(self, folder: Path) -> None:
        """Write the files that the example uses, and the fixtures, into a folder."""
        (folder / "fixtures").symlink_to(ROOT / "fixtures")
        for name, text in self.files.items():
            (folder / name).write_text(text)


def examples(*languages: str) -> list[Any]:
    found = []
    for document in DOCUMENTS:
        text = document.read_text()
        for match in _FENCED.finditer(text):
            if match[1] in languages and (match[1], document) != ("python", RECIPES):
                line = text.count("\n", 0, match.start()) + 2
                example = Example(document, match[1], match[2], match[3], line, files_before(match))
                found.append(pytest.param(example, id=f"{document.stem}:{line}"))
    return found


def files_before(example: re.Match[str]) -> dict[str, str]:
    """Return the files in the code blocks with a title that precede an example in its section."""
    start = max((heading.start() for heading in _HEADING.finditer(example.string, 0, example.start())), default=0)
    return {block[2]: block[3] for block in _FENCED.finditer(example.string, start, example.start()) if block[2]}


def matches(expected: str, actual: str) -> bool:
    """Whether the output is as expected. `...` in a document matches any text, and long lines may be wrapped."""
    return doctest.OutputChecker().check_output(expected, actual, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)


@pytest.mark.parametrize("example", examples("python"))
def test_python_runs(example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each Python example runs unchanged, in a folder with the fixtures."""
    monkeypatch.chdir(tmp_path)
    example.write_files(tmp_path)
    # Empty lines before the example give it the line numbers of the document in tracebacks.
    exec(compile("\n" * (example.line - 1) + example.text, example.document, "exec"), {"__name__": "example"})


@pytest.mark.parametrize("example", examples("pycon"))
def test_python_output(example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each Python session prints the output in the document; `...` matches any text."""
    monkeypatch.chdir(tmp_path)
    example.write_files(tmp_path)
    output: list[str] = []
    session = doctest.DocTestParser().get_doctest(example.text, {}, example.document.name, None, example.line)
    assert 0 == doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=output.append).failed, "".join(
        output
    )


@pytest.mark.parametrize("example", examples("console"))
def test_command_output(example: Example, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each command of a console example prints the output below it on a terminal; `...` matches any text."""
    monkeypatch.setattr("cleaner.command.clean.on_terminal", lambda output: output is None)
    monkeypatch.chdir(tmp_path)
    example.write_files(tmp_path)
    commands = re.findall(r"^\$ cleaner (.*)\n((?:(?!\$ ).*\n)*)", example.text, re.MULTILINE)
    assert example.text.count("$ ") == len(commands)
    for arguments, expected in commands:
        result = CliRunner().invoke(app.command, shlex.split(arguments), prog_name="cleaner")
        assert matches(expected, result.output), result.output


@pytest.mark.parametrize("example", examples("toml"))
def test_toml_is_valid(example: Example, tmp_path: Path) -> None:
    """Each TOML example is a file of rules, or a config file, without mistakes."""
    path = tmp_path / (example.title or "rules.toml")
    path.write_text(example.text)
    if path.name == config.NAME:
        assert config.read_config(path, clean)
    cleaner.load_rules(path)


@pytest.mark.parametrize("example", examples("sh"))
def test_commands_are_valid(example: Example) -> None:
    """Examples without output (they need the network, or install) use existing commands and options."""
    for line in example.text.replace("\\\n", " ").splitlines():
        for part in re.split(r"\||&&", line.split(" #")[0]):
            words = shlex.split(part)
            if words and os.path.basename(words[0]) == "cleaner":
                is_named = words[1] in app.COMMANDS
                group = click.Context(app.command, **app.command.context_settings)
                called = app.command.get_command(group, words[1] if is_named else "clean")
                assert called
                called.make_context(called.name, words[2 if is_named else 1 :], parent=group)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_exist(document: Path) -> None:
    """Each link inside the project leads to an existing file."""
    assert [] == [link for link in _LINK.findall(document.read_text()) if not (document.parent / link).exists()]


def paths_in(document: str) -> set[str]:
    return set(_PATH.findall((ROOT / document).read_text()))


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_paths_exist(document: str) -> None:
    """Each path of the project that the document names exists."""
    assert paths_in(document)
    assert [] == sorted(path for path in paths_in(document) if not (ROOT / path).exists())


def test_architecture_names_every_folder() -> None:
    """The page on the architecture names every folder of the package."""
    folders = {f"cleaner/{path.parent.name}/" for path in (ROOT / "cleaner").glob("*/__init__.py")}
    assert set() == folders - paths_in("docs/architecture.md")


def test_reference_is_complete() -> None:
    """The reference has every public name."""
    names = re.findall(r"^::: cleaner\.(\w+)$", (ROOT / "docs" / "reference.md").read_text(), re.MULTILINE)
    assert sorted(set(cleaner.__all__) - {"__version__"}) == sorted(names)


def test_there_are_examples() -> None:
    """The documents have examples of Python, of commands with output and without, and of rules."""
    assert all(examples(language) for language in ("python", "pycon", "console", "sh", "toml"))


def test_every_field_and_code_is_documented() -> None:
    """The tables in the document on the record have each field of the schema and each error code, and no others."""
    rows = [re.findall(r"`(\w+)`", row) for row in re.findall(r"^\| (`[^|]*) \|", RECORD.read_text(), re.MULTILINE)]
    names = {name for row in rows for name in row}
    assert {*SCHEMA["properties"], *map(str, Code)} == names
