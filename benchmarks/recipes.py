"""Run the recipes of docs/recipes.md, each in a new virtual environment with the package and what the recipe imports.

    python benchmarks/recipes.py              run all recipes
    python benchmarks/recipes.py spaCy Scrapy run these

It needs pip and an index of packages. The test suite runs the recipes whose packages install quickly.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "recipes.md"
# What is needed to build the package. It is built from a copy, because building leaves files behind.
PACKAGE = ("cleaner", "setup.py", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")

_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n)*)", re.MULTILINE)
_FENCED = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Recipe(NamedTuple):
    """A section of the document: `steps` are its code blocks in order, each with its language, "sh" or "python"."""

    title: str
    steps: tuple[tuple[str, str], ...]

    @property
    def packages(self) -> list[str]:
        """The packages that the recipe imports beside this one. They have the names of their distributions."""
        code = "\n".join(text for language, text in self.steps if language == "python")
        names = {name.split(".")[0] for node in ast.walk(ast.parse(code)) for name in _imported(node)}
        return sorted(names - {*sys.stdlib_module_names, "cleaner"})


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def read_recipes() -> list[Recipe]:
    """Return the recipes of the document."""
    sections = _SECTION.findall(DOCUMENT.read_text("utf-8"))
    return [Recipe(title, tuple(_FENCED.findall(text))) for title, text in sections]


def make_environment(folder: Path, packages: list[str]) -> Path:
    """Create a virtual environment with the package and others; return the folder of its programs."""
    source = folder / "source"
    source.mkdir()
    for name in PACKAGE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, source / name)
    subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
    programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{source}[parquet]", *packages]
    subprocess.run([programs / "python", *install], check=True)
    return programs


def run(recipe: Recipe, programs: Path, folder: Path) -> None:
    """Run the steps of a recipe with the programs of an environment. Raises `CalledProcessError` if one fails."""
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for number, (language, text) in enumerate(recipe.steps, 1):
        if language == "sh":
            name, *arguments = shlex.split(text)
            subprocess.run(
                [programs / name, *arguments], cwd=folder, env=variables
            )  # the exit code counts failed pages
        else:
            file = folder / f"step{number}.py"
            file.write_text(text, "utf-8")
            subprocess.run([programs / "python", file], cwd=folder, env=variables, check=True)


def main() -> None:
    recipes = read_recipes()
    titles = [recipe.title for recipe in recipes]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("titles", nargs="*", metavar="TITLE", help=f"recipes to run: {', '.join(titles)} (all)")
    chosen = parser.parse_args().titles or titles
    if unknown := set(chosen) - set(titles):
        parser.error(f"no such recipe: {', '.join(sorted(unknown))}")
    failed = []
    for recipe in recipes:
        if recipe.title not in chosen:
            continue
        print(f"=== {recipe.title}: {', '.join(recipe.packages)}", flush=True)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            programs = make_environment(folder, recipe.packages)
            try:
                run(recipe, programs, folder)
            except subprocess.CalledProcessError as error:
                print(error)
                failed.append(recipe.title)
    sys.exit(f"failed: {', '.join(failed)}" if failed else None)


if __name__ == "__main__":
    main()
