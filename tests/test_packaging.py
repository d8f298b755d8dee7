"""What setup.cfg promises: what is installed, what it depends on, and the oldest releases that will do."""

from __future__ import annotations

import ast
import re
import sys
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cleaner"
# The modules whose name is not that of the distribution that brings them.
DISTRIBUTIONS = {"bs4": "beautifulsoup4"}
# The distribution, its extras, and the version that is allowed first; what follows a comma is an upper bound.
REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?(?:>=([0-9.]+))?(?:,<[0-9.]+)?")


def configuration() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def normal(name: str) -> str:
    """The name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def floors(requirements: str) -> dict[str, str | None]:
    """The oldest release allowed of each distribution; an extra of our own (`news-cleaner[...]`) is left out."""
    found: dict[str, str | None] = {}
    for line in requirements.split("\n"):
        text = line.split("#")[0].strip()
        if text and not text.startswith("news-cleaner["):
            requirement = REQUIREMENT.fullmatch(text)
            assert requirement, text
            found[normal(requirement[1])] = requirement[2]
    return found


def all_floors() -> list[tuple[str, str | None]]:
    """The floors of the package and of each extra: a distribution in two of them comes twice."""
    setup = configuration()
    parts = [setup["options"]["install_requires"], *dict(setup["options.extras_require"]).values()]
    return [floor for part in parts for floor in floors(part).items()]


def imported() -> set[str]:
    """The first name of each module that the package imports, what only types need left out."""
    names: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return names - {"_typeshed"}


def test_lowest_releases_are_pinned() -> None:
    """constraints/lowest.txt pins the floor of every requirement, and nothing else."""
    pins = {}
    for line in (ROOT / "constraints" / "lowest.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, version = line.split("==")
            assert normal(name) not in pins
            pins[normal(name)] = version
    assert dict(all_floors()) == pins


def test_extras_agree() -> None:
    """Every requirement has a floor, and one that stands in two places has the same in both."""
    required = all_floors()
    assert [] == [name for name, floor in required if floor is None]
    assert len(dict(required)) == len(set(required))


def test_imports_are_declared() -> None:
    """Every package that the code imports is one that setup.cfg asks for, not one that another package brings along."""
    setup = configuration()
    declared = set(floors(setup["options"]["install_requires"]))
    for extra in ("brotli", "parquet"):
        declared |= set(floors(setup["options.extras_require"][extra]))
    others = imported() - sys.stdlib_module_names - {"cleaner"}
    assert set() == {normal(DISTRIBUTIONS.get(name, name)) for name in others} - declared


def test_only_the_package_is_installed() -> None:
    """No top-level module is installed beside the package: it could overwrite another's, or be overwritten."""
    setup = configuration()
    assert "py_modules" not in setup["options"]
    (script,) = setup["options.entry_points"]["console_scripts"].split("\n")[1:]
    assert "cleaner = cleaner.startup:main" == script
