"""The way of a page through the package, as its imports draw it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleaner"

# Each part may import itself and what stands before it.
ORDER = (
    ("_version", "caching", "errors", "models", "signals", "streams", "trafilatura_adapter"),
    ("text",),
    ("processes",),
    ("page",),
    ("http",),
    ("inputs", "discovery"),
    ("blocks",),
    ("rules",),
    ("judge",),
    ("metadata",),
    ("pipeline",),
    ("write",),
    ("batch",),
    ("command",),
    ("startup",),
)
RANK = {part: rank for rank, parts in enumerate(ORDER) for part in parts}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))
MODULES += [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]


def part_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it; what only types need is not counted."""
    tree = ast.parse(module.read_text())
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide where they point"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def fresh(program: str) -> str:
    """What the program prints in an interpreter of its own."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_imports_point_one_way(module: Path) -> None:
    """A module imports only from parts before its own, so a page has one way to go."""
    own = RANK[part_of(module)]
    parts = {name.split(".")[1] for name in imported(module) if name.startswith("cleaner.")}
    assert set() == {part for part in parts if RANK[part] > own}


def test_the_library_knows_nothing_of_the_command() -> None:
    """Only the command imports click, and no module imports the top-level `cli`, which may be a user's own."""
    uses = {(part_of(path), name) for path in MODULES for name in imported(path)}
    assert {"command"} == {part for part, name in uses if name.split(".")[0] == "click"}
    assert set() == {part for part, name in uses if name.split(".")[0] == "cli"}


def test_import_is_light() -> None:
    """`import cleaner` loads none of the heavy packages, sets up no logging, and takes less than 0.15 s of CPU."""
    program = """if True:
        import json, logging, sys, time
        began = time.process_time()
        import cleaner
        took = time.process_time() - began
        heavy = ("bs4", "charset_normalizer", "click", "requests", "trafilatura", "urllib3")
        print(json.dumps([took, [name for name in heavy if name in sys.modules], len(logging.getLogger().handlers)]))
    """
    took, heavy, handlers = json.loads(fresh(program))
    assert [] == heavy
    assert 0 == handlers
    assert took < 0.15


def test_command_starts_light() -> None:
    """The command's help needs no package of the fetcher, and neither trafilatura nor worker processes."""
    program = """if True:
        import sys
        from cleaner.command.app import command
        command(["--help"], standalone_mode=False)
        heavy = ("bs4", "multiprocessing", "requests", "trafilatura")
        print([name for name in heavy if name in sys.modules])
    """
    assert "[]" == fresh(program).splitlines()[-1]


def test_nothing_slow_is_loaded_before_signals_are_handled() -> None:
    """The command handles signals before it loads any other module of its own, and any that takes time."""
    program = """if True:
        import sys
        before = set(sys.modules)
        import cleaner.startup
        print(sorted(set(sys.modules) - before))
    """
    loaded = set(ast.literal_eval(fresh(program)))
    expected = {"cleaner", "cleaner._version", "cleaner.signals", "cleaner.startup"}
    assert expected == {name for name in loaded if name.startswith("cleaner")}
    assert set() == loaded & {"asyncio", "dataclasses", "inspect", "json", "logging", "pathlib", "typing"}
