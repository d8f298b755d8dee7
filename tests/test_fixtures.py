"""Tests that each page in `fixtures/` gives its expected record."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from fixture_pages import FIXTURES, KNOWN_FAILURES, cleaned, expected_record, sources

from cleaner import Article


def _params(folder: Path) -> list[object]:
    return [pytest.param(source, id=source.stem) for source in sources(folder)]


def _check(source: Path) -> None:
    expected, article = expected_record(source), cleaned(source)
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


@pytest.mark.parametrize("source", _params(FIXTURES))
def test_fixture(source: Path) -> None:
    """The page gives its expected text, block by block, its metadata, and the reasons of its removals."""
    _check(source)


@pytest.mark.xfail(strict=True, reason="a known failure")
@pytest.mark.parametrize("source", _params(KNOWN_FAILURES))
def test_known_failure(source: Path) -> None:
    """The page does not give its expected record yet. If it does, move it to `fixtures/`."""
    _check(source)


@pytest.mark.parametrize("source", _params(KNOWN_FAILURES))
def test_known_failure_has_right_reasons(source: Path) -> None:
    """Lines that are removed from a page with a known failure have the right reason."""
    article = cleaned(source)
    gone = {removed.text for removed in article.removed}
    entries = [entry for entry in expected_record(source)["removed"] if entry["text"] in gone]
    assert entries
    for entry in entries:
        _check_reason(entry, article)


@pytest.mark.parametrize("source", _params(FIXTURES) + _params(KNOWN_FAILURES))
def test_every_block_once(source: Path) -> None:
    """Kept and removed blocks together are each block of the page once, in order, each removal with a cause."""
    article = cleaned(source)
    places = sorted([block.place for block in article.blocks] + [removed.place for removed in article.removed])
    assert list(range(len(places))) == places
    assert sorted(block.place for block in article.blocks) == [block.place for block in article.blocks]
    assert all(removed.rule or removed.evidence for removed in article.removed)


def test_readme_lists_each_fixture() -> None:
    """The table in `fixtures/README.md` has each fixture with the sentence in its `shows`."""
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| page | shows |\n|---|---|\n")[2]
    rows = {
        f"| `{source.relative_to(FIXTURES).as_posix()}` | {expected_record(source)['shows'].replace('<', '&lt;')} |"
        for source in sources(FIXTURES) + sources(KNOWN_FAILURES)
    }
    assert rows == set(table.splitlines())
