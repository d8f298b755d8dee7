"""The cache for functions of a text has a limit in bytes."""

from __future__ import annotations

import gc

from cleaner.caching import MAX_CACHED_LENGTH, cached_by_text
from cleaner.collection import collector_paused


def test_short_texts_are_cached() -> None:
    """The result for a short text is computed once for each combination of arguments."""
    computed: list[str] = []

    @cached_by_text(8)
    def doubled(text: str, mark: str = "") -> str:
        computed.append(text)
        return text + text + mark

    assert ["aa", "aa", "aa!"] == [doubled("a"), doubled("a"), doubled("a", "!")]
    assert ["a", "a"] == computed


def test_long_texts_are_not_cached() -> None:
    """The result for a long text is correct and computed each time, so it does not stay in memory."""
    computed: list[int] = []

    @cached_by_text(8)
    def length(text: str) -> int:
        computed.append(len(text))
        return len(text)

    long = "a" * (MAX_CACHED_LENGTH + 1)
    assert [len(long), len(long)] == [length(long), length(long)]
    assert [len(long), len(long)] == computed


def test_collector_paused() -> None:
    """The garbage collector is paused in the block and runs again behind it, unless it was paused before."""
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
