"""Tests that each page in `fixtures/` gives its expected record."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cleaner import Article, NoArticleError, clean, clean_text

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
KNOWN_FAILURES = FIXTURES / "known_failures"


def _sources(folder: Path) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in sorted(folder.glob("*.*")) if path.suffix in (".html", ".txt")]


def _expected(source: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


def _article(source: Path) -> Article:
    url = _expected(source)["url"]
    try:
        if source.suffix == ".txt":
            return clean_text(source.read_bytes().decode("utf-8"), url=url)
        return clean(source.read_bytes(), url=url)
    except NoArticleError as error:
        return error.article


def _check(source: Path) -> None:
    expected, article = _expected(source), _article(source)
    assert (expected["status"], expected["page_kind"]) == (article.status, article.page_kind)
    if expected["status"] != "no_article":
        assert expected["text"] == [block.text for block in article.blocks]
    for entry in expected["removed"]:
        assert entry["text"] in {removed.text for removed in article.removed}
        _check_reason(entry, article)
    for field in ("title", "subtitle", "language"):
        assert (field, expected[field]) == (field, getattr(article, field))
    assert expected["authors"] == list(article.authors)
    assert _moment(expected["published"]) == article.published


def _check_reason(entry: dict[str, str], article: Article) -> None:
    """Check the reason of a pinned removal.

    An entry with `known` has a reason that the tool gets wrong today, and `known` is the reason that it gives. If the
    tool gives the right reason, the entry fails, so that `known` is deleted; if it gives a third one, it fails, too.
    """
    reasons = {removed.reason for removed in article.removed if removed.text == entry["text"]}
    if "known" in entry:
        assert entry["reason"] not in reasons, f"delete `known` from {entry}: the reason is right now"
        assert {entry["known"]} == reasons
    else:
        assert entry["reason"] in reasons, entry


def _moment(text: str | None) -> date | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


@pytest.mark.parametrize("source", _sources(FIXTURES))
def test_fixture(source: Path) -> None:
    """The page gives its expected text, block by block, its metadata, and the reasons of its removals."""
    _check(source)


@pytest.mark.xfail(strict=True, reason="a known failure")
@pytest.mark.parametrize("source", _sources(KNOWN_FAILURES))
def test_known_failure(source: Path) -> None:
    """The page does not give its expected record yet. If it does, move it to `fixtures/`."""
    _check(source)


@pytest.mark.parametrize("source", _sources(KNOWN_FAILURES))
def test_known_failure_has_right_reasons(source: Path) -> None:
    """Lines that are removed from a page with a known failure have the right reason."""
    article = _article(source)
    gone = {removed.text for removed in article.removed}
    entries = [entry for entry in _expected(source)["removed"] if entry["text"] in gone]
    assert entries
    for entry in entries:
        _check_reason(entry, article)


@pytest.mark.parametrize("source", _sources(FIXTURES) + _sources(KNOWN_FAILURES))
def test_every_block_once(source: Path) -> None:
    """Kept and removed blocks together are each block of the page once, in order, each removal with a cause."""
    article = _article(source)
    places = sorted([block.place for block in article.blocks] + [removed.place for removed in article.removed])
    assert list(range(len(places))) == places
    assert sorted(block.place for block in article.blocks) == [block.place for block in article.blocks]
    assert all(removed.rule or removed.evidence for removed in article.removed)


def test_readme_lists_each_fixture() -> None:
    """The table in `fixtures/README.md` has each fixture with the sentence in its `shows`."""
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| page | shows |\n|---|---|\n")[2]
    sources = [param.values[0] for param in _sources(FIXTURES) + _sources(KNOWN_FAILURES)]
    rows = {
        f"| `{source.relative_to(FIXTURES).as_posix()}` | {_expected(source)['shows'].replace('<', '&lt;')} |"
        for source in sources
    }
    assert rows == set(table.splitlines())
