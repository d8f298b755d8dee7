"""What a program that uses the library may count on."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

import cleaner

ROOT = Path(cleaner.__file__).resolve().parent.parent
CALLS = {"clean", "clean_text", "clean_many", "fetch", "Fetcher"}
NOUNS = {"Article", "Block", "Kind", "Page", "PageKind", "Reason", "Removed", "Status"}
ERRORS = {"CleanerError", "Code", "FetchError", "InputError", "NoArticleError"}
FIELDS = set(
    "title authors published modified language site_name description section tags image canonical_url paywalled "
    "status page_kind confidence removed blocks provenance url encoding encoding_source warnings".split()
)


def fresh(program: str) -> str:
    """What the program prints in an interpreter of its own."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_names() -> None:
    """The public names are these and no others."""
    assert sorted(CALLS | NOUNS | ERRORS | {"__version__"}) == sorted(cleaner.__all__)


@pytest.mark.parametrize("name", sorted(CALLS | NOUNS | ERRORS))
def test_each_name_is_there(name: str) -> None:
    """Each public name leads to something of that name, with a docstring."""
    value = getattr(cleaner, name)
    assert name == value.__name__
    assert value.__doc__


def test_no_other_name() -> None:
    """A name that is not there is an AttributeError that says so."""
    with pytest.raises(AttributeError, match="'cleaner' has no attribute 'extract'"):
        cleaner.extract  # noqa: B018


def test_article_fields() -> None:
    """An article has the promised fields, and its dictionary has the same names."""
    assert {field.name for field in fields(cleaner.Article)} >= FIELDS
    plain = cleaner.Article().to_dict(explain=True)
    assert {field.name for field in fields(cleaner.Article)} | {"text"} == plain.keys()


def test_errors_are_one_tree() -> None:
    """Whoever catches `CleanerError` catches all that a bad input can raise."""
    errors = (cleaner.FetchError, cleaner.InputError, cleaner.NoArticleError)
    assert {cleaner.CleanerError} == {error.__base__ for error in errors}


def test_typed() -> None:
    """The package says that it has types."""
    assert files("cleaner").joinpath("py.typed").is_file()


def test_import_loads_no_parser() -> None:
    """`import cleaner` and its nouns load no parser, no fetcher and no other package."""
    program = """if True:
        import sys
        import cleaner
        cleaner.Article(), cleaner.NoArticleError, cleaner.Page("")
        heavy = ("lxml", "trafilatura", "requests", "bs4", "htmldate", "click", "urllib3")
        print([name for name in heavy if name in sys.modules])
    """
    assert "[]\n" == fresh(program)


def test_clean_loads_no_fetcher() -> None:
    """Cleaning a page needs no fetcher's package of ours; cleaning text needs no trafilatura."""
    program = """if True:
        import sys
        import cleaner
        try:
            cleaner.clean_text("Share this")
        except cleaner.NoArticleError:
            pass
        print([name for name in ("trafilatura", "requests", "bs4") if name in sys.modules])
    """
    assert "[]\n" == fresh(program)
