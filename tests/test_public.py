"""The public interface that programs may rely on."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

import cleaner

ROOT = Path(cleaner.__file__).resolve().parent.parent
FUNCTIONS = set(
    "clean clean_text clean_many aclean_many discover fetch fetch_pages Fetcher load_rules PageCache to_json "
    "to_row".split()
)
DATA_CLASSES = set(
    "Article ArticleLink ArticleType Block Cell Comment Discovery Embed Entry Image Keep Kind ListItem Mark MarkKind "
    "Page PageKind Reason Removed Rules Status TableRow".split()
)
RECORDS = set(
    "ArticleRecord ArticleRow BlockRecord CommentRecord EmbedRecord EntryRecord ErrorRecord ImageRecord "
    "RemovedRecord".split()
)
ERRORS = {"CleanerError", "Code", "FetchError", "InputError", "NoArticleError", "RuleFileError"}
FIELDS = set(
    "title authors published modified language site_name description section tags image canonical_url paywalled "
    "status page_kind confidence removed blocks provenance url encoding encoding_source warnings".split()
)


def run_python(program: str) -> str:
    """Return what the program prints in a new interpreter."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_names() -> None:
    """The public names are exactly these."""
    assert sorted(FUNCTIONS | DATA_CLASSES | RECORDS | ERRORS | {"__version__"}) == sorted(cleaner.__all__)


@pytest.mark.parametrize("name", sorted(FUNCTIONS | DATA_CLASSES | RECORDS | ERRORS))
def test_each_name_exists(name: str) -> None:
    """Each public name is an object of that name, with a docstring."""
    value = getattr(cleaner, name)
    assert name == value.__name__
    assert value.__doc__


def test_unknown_name() -> None:
    """An unknown name raises an AttributeError that says so."""
    with pytest.raises(AttributeError, match="'cleaner' has no attribute 'extract'"):
        cleaner.extract  # noqa: B018


def test_article_fields() -> None:
    """An article has the documented fields, and its dictionary has the same names."""
    assert {field.name for field in fields(cleaner.Article)} >= FIELDS
    plain = cleaner.Article().to_dict(explain=True, comments=True)
    assert {field.name for field in fields(cleaner.Article)} | {"text"} == plain.keys()


def test_errors_are_one_tree() -> None:
    """`CleanerError` is the base class of all errors that a bad input can raise."""
    errors = (cleaner.FetchError, cleaner.InputError, cleaner.NoArticleError)
    assert {cleaner.CleanerError} == {error.__base__ for error in errors}


def test_typed() -> None:
    """The package declares that it has type hints."""
    assert files("cleaner").joinpath("py.typed").is_file()


def test_import_loads_no_parser() -> None:
    """`import cleaner` and its data classes import no parser, no HTTP client and no other heavy package."""
    program = """if True:
        import sys
        import cleaner
        cleaner.Article(), cleaner.NoArticleError, cleaner.Page(""), cleaner.Keep.MORE, cleaner.ArticleRecord
        heavy = ("lxml", "trafilatura", "requests", "bs4", "htmldate", "click", "urllib3")
        print([name for name in heavy if name in sys.modules])
    """
    assert "[]\n" == run_python(program)


def test_clean_text_loads_no_fetcher() -> None:
    """Cleaning a text imports neither trafilatura nor an HTTP client."""
    program = """if True:
        import sys
        import cleaner
        try:
            cleaner.clean_text("Share this")
        except cleaner.NoArticleError:
            pass
        print([name for name in ("trafilatura", "requests", "bs4") if name in sys.modules])
    """
    assert "[]\n" == run_python(program)
