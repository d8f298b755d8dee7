"""The benchmarks run on demand only; these tests notice when a change of the package breaks one."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import speed

ROOT = Path(__file__).parent.parent
BENCHMARKS = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if path.stem != "__init__")


def test_there_are_benchmarks() -> None:
    """The folder of benchmarks is found."""
    assert {"digest", "endure", "hostile", "reports", "speed"} <= {path.stem for path in BENCHMARKS}


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_help(path: Path) -> None:
    """Each benchmark prints its help, which explains how to call it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, path, "--help"], env=environment, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    assert f"python benchmarks/{path.name}" in done.stdout


@pytest.mark.parametrize(("module", "name"), speed.STAGES, ids=".".join)
def test_stages_exist(module: str, name: str) -> None:
    """Each stage that `speed.py` measures is a function that the package calls by this name in this module."""
    assert callable(getattr(importlib.import_module(module), name))


def test_stages_are_measured() -> None:
    """The clock measures each stage that cleaning a page runs, and restores the package afterwards."""
    from cleaner import pipeline

    original = pipeline.parse
    clock = speed.Clock()
    page = (ROOT / "fixtures" / "wordpress_jetpack.html").read_text()
    with clock.on():
        clock.time("the rest", pipeline.clean, page)
    names = {f"{module}: {name}" for module, name in speed.STAGES} | {"the rest"}
    # The second opinion is asked for if much of a page is uncertain, which is not so here.
    assert names - {"cleaner.pipeline: ask_trafilatura"} == set(clock.spent)
    assert original is pipeline.parse
