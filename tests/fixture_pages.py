"""The pages in `fixtures/` and their expected records, for the tests that read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cleaner import Article, NoArticleError, clean, clean_text

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
KNOWN_FAILURES = FIXTURES / "known_failures"


def sources(folder: Path) -> list[Path]:
    """Return the files of a folder that hold a page or a plain text, sorted by name."""
    return [path for path in sorted(folder.glob("*.*")) if path.suffix in (".html", ".txt")]


def expected_record(source: Path) -> dict[str, Any]:
    """Return the expected record of a page: see `fixtures/README.md`."""
    expected: dict[str, Any] = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


def cleaned(source: Path) -> Article:
    """Return the article of a page; if the page is not an article, its record with the status `no_article`."""
    url = expected_record(source)["url"]
    try:
        if source.suffix == ".txt":
            return clean_text(source.read_bytes().decode("utf-8"), url=url)
        return clean(source.read_bytes(), url=url)
    except NoArticleError as error:
        return error.article
