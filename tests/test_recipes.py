"""The recipes in the documents run, with the packages that they are about."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.recipes import ROOT, Recipe, read_recipes
from cleaner.command import app

# Their packages take too long to install with the tests: `python benchmarks/recipes.py` runs them.
RUN_ELSEWHERE = {"spaCy", "Hugging Face datasets", "Scrapy"}
RECIPES = read_recipes()


def test_there_are_recipes() -> None:
    """The document has recipes for all of these packages, with code."""
    titles = [recipe.title for recipe in RECIPES]
    assert ["pandas", "Polars", "DuckDB", "spaCy", "Hugging Face datasets", "Scrapy"] == titles
    assert ["pandas", "polars", "duckdb", "spacy", "datasets", "scrapy"] == [
        package for recipe in RECIPES for package in recipe.packages
    ]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "recipe", [each for each in RECIPES if each.title not in RUN_ELSEWHERE], ids=lambda recipe: recipe.title
)
def test_recipe_runs(recipe: Recipe, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each step of a recipe runs unchanged, in a folder with the fixtures."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    for language, text in recipe.steps:
        if language == "sh":
            name, *arguments = shlex.split(text)
            assert "cleaner" == name
            CliRunner().invoke(app.command, arguments, prog_name=name, catch_exceptions=False)
        else:
            exec(compile(text, recipe.title, "exec"), {"__name__": "recipe"})


@pytest.mark.parametrize(
    "recipe", [each for each in RECIPES if each.title in RUN_ELSEWHERE], ids=lambda recipe: recipe.title
)
def test_recipe_is_code(recipe: Recipe) -> None:
    """The steps of a recipe that is run elsewhere are valid Python."""
    assert {"python"} == {language for language, _ in recipe.steps}
    for _, text in recipe.steps:
        compile(text, recipe.title, "exec")
