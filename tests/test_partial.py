"""Pages that say that they show only a part of the article."""

from __future__ import annotations

import pytest

from cleaner.blocks.html import read_html
from cleaner.judge.partial import is_partial
from cleaner.metadata.sources.json_ld import declared_words
from cleaner.models import Block, Reason, Verdict
from cleaner.page.parse import parse

PARAGRAPH = "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall."
WORDS = 18
GONE, PROMPT = Verdict(Reason.RELATED, evidence="a test"), Verdict(Reason.PAYWALL, "subscriber-only")


def verdict_of(block: Block) -> Verdict:
    if block.text == PARAGRAPH:
        return Verdict()
    return PROMPT if block.text.startswith("Subscribe") else GONE


def partial(body: str, *, words: int | None = None, declared: int | None = None) -> bool:
    document = read_html(parse(body).root)
    return is_partial(document, [verdict_of(block) for block in document.blocks], words=words, declared=declared)


def paragraphs(number: int) -> str:
    return f"<p>{PARAGRAPH}</p>" * number


def test_prompts() -> None:
    """A prompt to subscribe soon after the text means that it is partial; one before the text or far below does not."""
    prompt, other = "<p>Subscribe to read on</p>", "<p>Other news</p>"
    assert partial(paragraphs(20) + other * 3 + prompt)
    assert not partial(prompt + paragraphs(20))
    assert not partial(paragraphs(20) + other * 9 + prompt)


@pytest.mark.parametrize("line", ["Continue reading", "Read the full story »", "Weiterlesen …", "続きを読む"])
def test_a_link_to_the_rest(line: str) -> None:
    """A short text that ends with a link to the rest is partial."""
    assert partial(f"{paragraphs(3)}<a href=/more>{line}</a>")


@pytest.mark.parametrize(
    "body",
    [
        f"{paragraphs(3)}<a href=/other>Read more</a>",
        f"{paragraphs(3)}<p>Continue reading</p>",
        f"{paragraphs(3)}<a href=/other>Continue reading the minutes of the harbour board</a>",
        f"{paragraphs(3)}<p>Other news</p><p>Older news</p><a href=/other>Continue reading</a>",
        f"{paragraphs(20)}<a href=/other>Continue reading</a>",
        paragraphs(3),
    ],
    ids=["to others", "no link", "a title", "further down", "a long text", "nothing"],
)
def test_no_link_to_the_rest(body: str) -> None:
    """Links to other articles, or after a long text, do not make a text partial."""
    assert not partial(body)


@pytest.mark.parametrize(
    ("words", "declared", "is_part"),
    [(100, 400, True), (250, 400, False), (50, 140, False), (400, 100, False), (None, 400, False), (100, None, False)],
)
def test_declared_length(words: int | None, declared: int | None, is_part: bool) -> None:
    """A text of far fewer words than the page declares is partial; declared lengths of short articles are ignored."""
    assert is_part is partial(paragraphs(20), words=words, declared=declared)


def test_declared_length_in_characters() -> None:
    """A declared length that equals the text's number of characters is not taken as a number of words."""
    assert not partial(paragraphs(10), words=10 * WORDS, declared=10 * len(PARAGRAPH))


def test_nothing_kept() -> None:
    """A page without kept text is not partial."""
    assert not partial("<p>Other news</p>", words=0, declared=400)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"wordCount": 400}, 400),
        ({"wordCount": "400"}, 400),
        ({"wordCount": "about 400"}, None),
        ({"wordCount": True}, None),
        ({"wordCount": None}, None),
        ({"wordCount": "9" * 5000}, None),
        ({"articleBody": "<p>One two</p><p>three</p>", "wordCount": 400}, 3),
        ({}, None),
    ],
)
def test_declared_words(data: dict[str, object], words: int | None) -> None:
    """The length is read from the text or the word count of an article in JSON-LD; invalid counts are ignored."""
    assert words == declared_words([{"@type": "NewsArticle", **data}])
    assert declared_words([{"@type": "WebPage", **data}]) is None
