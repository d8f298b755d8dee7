"""What a text mentions, in several languages and scripts."""

from __future__ import annotations

import pytest

from cleaner.judge.scorer.mentions import GROUPS, MAX_COUNT, MAX_START_LENGTH, MIN_START_LENGTH, _entries, mentions


def counts(text: str, *languages: str) -> dict[str, int]:
    """Return the groups that a text mentions, each with its count."""
    found = zip(GROUPS, mentions(text, frozenset(languages)).counts, strict=True)
    return {group: count for group, count in found if count}


@pytest.mark.parametrize(
    ("text", "language", "groups"),
    [
        ("Sign up for our newsletter", "en", {"publisher", "subscribe"}),
        ("Abonnieren Sie unseren Newsletter", "de", {"reader", "publisher", "subscribe"}),
        ("Zapisz się do naszego newslettera", "pl", {"publisher", "subscribe"}),
        ("Подпишитесь на наш канал", "ru", {"publisher", "follow", "subscribe"}),
        ("关注我们的微信公众号", "zh", {"publisher", "follow", "network"}),
        ("この記事をシェア", "ja", {"article", "follow"}),
    ],
)
def test_groups(text: str, language: str, groups: set[str]) -> None:
    """The same request mentions the same things in each language."""
    assert groups <= counts(text, language).keys()


def test_a_word_counts_whole_or_from_its_start() -> None:
    """An entry is a whole word, or what a word begins with, never what is inside a word of an alphabet."""
    assert counts("Subscribers subscribed", "en") == {"subscribe": 2}
    assert counts("The weather was reproachful, the yours-truly kind", "en") == {}


def test_other_languages_do_not_count() -> None:
    """Words of languages that the page is not in mean something else; those of English are looked for in all."""
    assert counts("Wir danken", "de") == {"publisher": 1}
    assert counts("Wir danken", "fr") == {}
    assert counts("Newsletter", "fi") == {"subscribe": 1}


def test_share() -> None:
    """The share is that of all words; a text in a script without spaces has as many as a translation of it."""
    assert mentions("Follow the river", frozenset({"en"})).share == pytest.approx(1 / 3)
    assert 0 < mentions("关注我们的微信公众号", frozenset({"zh"})).share <= 1


def test_no_words() -> None:
    """A text without words mentions nothing."""
    assert mentions("***", frozenset()) == ((0,) * len(GROUPS), 0.0)


def test_limit() -> None:
    """A count has a limit."""
    assert counts("you " * 50, "en") == {"reader": MAX_COUNT}


def test_entries() -> None:
    """Entries are in lower case, stand once in their group, and their starts are long enough to be looked up."""
    for language, entries in _entries().items():
        assert len(entries) == len(set(entries)), language
        for entry, _ in entries:
            assert entry == entry.lower(), (language, entry)
            assert not entry.strip("*").count("*"), (language, entry)
            is_start = entry.endswith("*") and not entry.startswith("*")
            assert not is_start or MIN_START_LENGTH <= len(entry) - 1 <= MAX_START_LENGTH, (language, entry)
