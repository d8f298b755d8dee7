"""The promises of setup.cfg: what is installed, its dependencies, and their oldest supported releases."""

from __future__ import annotations

import re
import sys
from configparser import ConfigParser
from pathlib import Path

from imports import LATER_STDLIB, PACKAGE, imports_of

ROOT = Path(__file__).parent.parent
# Modules whose name differs from that of their distribution.
DISTRIBUTIONS = {"bs4": "beautifulsoup4", "socks": "pysocks"}
# A distribution with its extras, its lowest allowed version, and an ignored upper bound.
REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?(?:>=([0-9.]+))?(?:,<[0-9.]+)?")


def configuration() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def normal(name: str) -> str:
    """The name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def floors(requirements: str) -> dict[str, str | None]:
    """Return the lowest allowed release of each distribution; our own extras (`news-cleaner[...]`) are left out."""
    found: dict[str, str | None] = {}
    for line in requirements.split("\n"):
        text = line.split("#")[0].strip()
        if text and not text.startswith("news-cleaner["):
            requirement = REQUIREMENT.fullmatch(text)
            assert requirement, text
            found[normal(requirement[1])] = requirement[2]
    return found


def all_floors() -> list[tuple[str, str | None]]:
    """Return the floors of the package and of each extra; a distribution may occur twice."""
    setup = configuration()
    parts = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    return [floor for part in parts for floor in floors(part).items()]


def imported() -> set[str]:
    """Return the top-level name of each module that the package imports, without imports for type checking."""
    return {name.split(".")[0] for path in PACKAGE.rglob("*.py") for name in imports_of(path)}


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
    for extra in ("brotli", "datatrove", "parquet", "socks", "spacy", "spark", "zstd"):
        declared |= set(floors(setup["options.extras_require"][extra]))
    others = imported() - sys.stdlib_module_names - LATER_STDLIB - {"cleaner"}
    assert set() == {normal(DISTRIBUTIONS.get(name, name)) for name in others} - declared


def test_only_the_package_is_installed() -> None:
    """No top-level module is installed beside the package: it could overwrite another's, or be overwritten."""
    setup = configuration()
    assert "py_modules" not in setup["options"]
    (script,) = setup["options.entry_points"]["console_scripts"].split("\n")[1:]
    assert "cleaner = cleaner.startup:main" == script
