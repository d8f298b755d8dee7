"""A cache for functions of a text has a limit in bytes."""

from __future__ import annotations

from cleaner.caching import MAX_CACHED_LENGTH, cached_by_text


def test_short_texts_are_remembered() -> None:
    """A short text is computed once for each set of further arguments."""
    asked: list[str] = []

    @cached_by_text(8)
    def doubled(text: str, mark: str = "") -> str:
        asked.append(text)
        return text + text + mark

    assert ["aa", "aa", "aa!"] == [doubled("a"), doubled("a"), doubled("a", "!")]
    assert ["a", "a"] == asked


def test_long_texts_are_not_kept() -> None:
    """A long text gives the same result and is computed each time, so nothing of it stays in memory."""
    asked: list[int] = []

    @cached_by_text(8)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    long = "a" * (MAX_CACHED_LENGTH + 1)
    assert [len(long), len(long)] == [length(long), length(long)]
    assert [len(long), len(long)] == asked
