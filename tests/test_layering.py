"""The layers of the package, according to its imports."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from imports import LATER_STDLIB, PACKAGE, imports_of

# Each part may import itself and the parts in the lines before it.
ORDER = (
    ("patterns",),
    ("_version", "caching", "collection", "errors", "models", "odds", "signals", "streams", "trafilatura_adapter"),
    ("text",),
    ("processes",),
    ("page",),
    ("http",),
    ("inputs", "discovery"),
    ("blocks",),
    ("rules",),
    ("judge", "metadata", "joining"),
    ("parts",),
    ("pipeline",),
    ("spacy",),
    ("write",),
    ("batch",),
    ("spark", "datatrove"),
    ("command",),
    ("startup",),
)
# What a part may import from a later one, when a function is called and not before: an article writes itself.
ON_CALL = {"models": {"write"}}
RANK = {part: rank for rank, parts in enumerate(ORDER) for part in parts}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))
MODULES += [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]


def part_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def run_python(program: str) -> str:
    """Return what the program prints in a new interpreter."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_imports_point_one_way(module: Path) -> None:
    """A module imports only from its own part and from earlier parts."""
    own = RANK[part_of(module)]
    parts = {name.split(".")[1] for name in imports_of(module) if name.startswith("cleaner.")}
    later = {part for part in parts - {part_of(module)} if RANK[part] >= own}
    assert ON_CALL.get(part_of(module), set()) == later


def test_values_load_no_writer() -> None:
    """The values do not load the code that writes them before it is needed."""
    program = """if True:
        import sys
        from cleaner import Article
        Article().to_dict()
        print([name for name in sys.modules if name.startswith("cleaner.write")])
    """
    assert "[]" == run_python(program).strip()


def test_the_library_does_not_import_the_command() -> None:
    """Only the command imports click, and no module imports the top-level `cli`, which may be the user's own module."""
    uses = {(part_of(path), name) for path in MODULES for name in imports_of(path)}
    assert {"command"} == {part for part, name in uses if name.split(".")[0] == "click"}
    assert set() == {part for part, name in uses if name.split(".")[0] == "cli"}


# The modules that talk to each third-party package. lxml is the type of the tree, which all steps share.
WRAPPERS = {
    "brotli": {"page/decompress.py"},
    "bs4": {"page/decode.py", "page/parse.py"},
    "charset_normalizer": {"page/decode.py"},
    "courlan": {"discovery/discover.py"},
    "cssselect": {"rules/selectors.py"},
    "datatrove": {"datatrove.py"},
    "fsspec": {"spark/job.py"},
    "htmldate": {"trafilatura_adapter.py"},
    "idna": {"http/urls.py"},
    "protego": {"http/robots.py"},
    "pyarrow": {"spark/job.py", "write/parquet.py"},
    "pyspark": {"spark/dataframe.py", "spark/job.py"},
    "requests": {"http/transport.py"},
    "spacy": {"spacy.py"},
    "socks": {"http/transport.py"},
    "trafilatura": {"trafilatura_adapter.py"},
    "urllib3": {"http/transport.py"},
    "warcio": {"inputs/warc.py"},
    "webencodings": {"page/decode.py"},
    "zstandard": {"page/decompress.py", "write/compressed.py"},
}


def test_one_module_wraps_each_package() -> None:
    """A third-party package is imported in the modules that wrap it and in no other; click in the command only."""
    users: dict[str, set[str]] = {}
    for path in MODULES:
        for package in {name.split(".")[0] for name in imports_of(path)} - {"cleaner", "click", "lxml"}:
            if package not in sys.stdlib_module_names | LATER_STDLIB:
                users.setdefault(package, set()).add(path.relative_to(PACKAGE).as_posix())
    assert WRAPPERS == users


def test_import_is_light() -> None:
    """`import cleaner` loads no heavy package and sets up no logging."""
    program = """if True:
        import json, logging, sys
        import cleaner
        heavy = ("bs4", "charset_normalizer", "click", "requests", "trafilatura", "urllib3")
        print(json.dumps([[name for name in heavy if name in sys.modules], len(logging.getLogger().handlers)]))
    """
    assert [[], 0] == json.loads(run_python(program))


@pytest.mark.timing
def test_import_is_fast() -> None:
    """`import cleaner` takes less than 0.15 s of CPU time."""
    program = "import time; start = time.process_time(); import cleaner; print(time.process_time() - start)"
    assert float(run_python(program)) < 0.15


def test_command_starts_light() -> None:
    """The help of the command loads no HTTP client, no trafilatura and no multiprocessing."""
    program = """if True:
        import sys
        from cleaner.command.app import command
        command(["--help"], standalone_mode=False)
        heavy = ("bs4", "multiprocessing", "requests", "trafilatura")
        print([name for name in heavy if name in sys.modules])
    """
    assert "[]" == run_python(program).splitlines()[-1]


def test_nothing_slow_is_loaded_before_signals_are_handled() -> None:
    """The command installs its signal handlers before it imports slow modules or other modules of the package."""
    program = """if True:
        import sys
        before = set(sys.modules)
        import cleaner.startup
        print(sorted(set(sys.modules) - before))
    """
    loaded = set(ast.literal_eval(run_python(program)))
    expected = {"cleaner", "cleaner._version", "cleaner.signals", "cleaner.startup"}
    assert expected == {name for name in loaded if name.startswith("cleaner")}
    assert set() == loaded & {"asyncio", "dataclasses", "inspect", "json", "logging", "pathlib", "typing"}
