"""Captions that no element marks. The pages are HTML, because where the reader notes a picture decides."""

import pytest

from cleaner.blocks.html import read_page
from cleaner.judge.captions import find_captions
from cleaner.judge.context import PageContext
from cleaner.judge.rulings import apply_rules
from cleaner.models import Kind
from cleaner.page.parse import parse
from cleaner.rules.matching import package_rules

BEFORE = "<p>The council of Velsund closes the old bridge to lorries, and nobody knows for how long it will last.</p>"
AFTER = "<p>The way round through the tunnel is twenty kilometres longer, and the tunnel is full in the morning.</p>"
SENTENCE = "Lorries wait on the quay on the last day before the bridge is closed."
LINE = "Lorries on the quay, an hour before the bridge is closed"


def captions(markup: str) -> list[str]:
    """Return the captions in an article with this markup between its two paragraphs."""
    document = read_page(parse(f"<article><h1>A bridge</h1>{BEFORE}{markup}{AFTER}</article>").root)
    assert BEFORE[3:-4] == document.blocks[1].text
    return [document.blocks[place].text for place in find_captions(document, 1, len(document.blocks) - 1)]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><img src=a></p><p><em>{LINE}</em></p>",
        f"<div><img src=a><br><i>{LINE}</i></div>",
        f"<img src=a><p><em>{LINE} (Ida Kvam)</em></p>",
        f"<img src=a><p><em>{SENTENCE} (Public domain)</em></p>",
        f"<img src=a><p>{SENTENCE} (Ida Kvam/Courier)</p>",
        f"<img src=a><p>{SENTENCE}（柳田/北潮社）</p>",
        f"<img src=a alt='{SENTENCE}'><p>{SENTENCE}</p>",
        f"<img src=a alt='{SENTENCE}'><p>{SENTENCE} Photo: Ida Kvam</p>",
        f"<div class=x><img src=a><span>{LINE}</span></div>",
        f"<table><tr><td><img src=a></td></tr><tr><td>{LINE}</td></tr></table>",
        f"<div class=imgbox><img src=a><div><span>Ida Kvam</span> <span>{SENTENCE}</span></div></div>",
        f"<div class=articleImage><video src=a></video><span>{SENTENCE}</span></div>",
        f"<div data-testid=Photo><picture><img src=a></picture><div>{SENTENCE}</div></div>",
    ],
)
def test_captions(markup: str) -> None:
    """A line next to a picture is its caption if it has its words, a credit, or stands alone with it."""
    assert 1 == len(captions(markup))


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{LINE}</p><img src=a>",
        f"<img src=a><p>{SENTENCE}</p>",
        f"<img src=a><p><em>{SENTENCE}</em></p>",
        f"<p><img src=a>{SENTENCE}</p>",
        f"<img src=a alt=Lorries><p>{SENTENCE}</p>",
        f"<img src=a><h2>{LINE}</h2>",
        f"<div class=x><img src=a><span>{SENTENCE}</span></div>",
        "<div class=turn><img src=a><span>Hanna Wirth 2m</span></div>",
        f"<div class=image><img src=a><p>{' '.join([SENTENCE] * 5)}</p></div>",
        f"<div class=image><img src=a><p>{SENTENCE}</p><p>{SENTENCE}</p><p>{SENTENCE}</p></div>",
        f"<iframe src=a></iframe><p><em>{LINE}</em></p>",
    ],
)
def test_text_next_to_a_picture(markup: str) -> None:
    """A sentence, a heading or a name next to a picture may be text."""
    assert [] == captions(markup)


def _gallery(captions: int, paragraphs: int) -> str:
    pictures = "".join(
        f"<figure><img src='/{number}.jpg'>"
        f"<figcaption><p>{number}. {PROSE}</p><p>Photo: Ida Kvam</p></figcaption></figure>"
        for number in range(captions)
    )
    text = "".join(f"<p>Nobody saw number {number} of them. {PROSE}</p>" for number in range(paragraphs))
    return f"<article><h1>The wall in pictures</h1>{text}{pictures}</article>"


PROSE = (
    "The wall was built by hand in the years after the flood, and every family on the street above the harbour sent "
    "somebody to carry stones for it."
)


@pytest.mark.parametrize(
    ("captions", "paragraphs", "kept"), [(4, 1, True), (3, 1, False), (5, 2, True), (4, 2, False), (8, 9, False)]
)
def test_gallery(captions: int, paragraphs: int, kept: bool) -> None:
    """Captions are the text of a page that has many and hardly any paragraphs; their credits never are."""
    document = read_page(parse(_gallery(captions, paragraphs)).root)
    results = apply_rules(document, None, PageContext(), package_rules().for_page())
    sentences = {block.place for block in document.blocks if block.kind is Kind.CAPTION and PROSE in block.text}
    assert captions == len(sentences)
    assert (sentences if kept else set()) == results.kept
    assert kept is not any(results.removals.get(place) for place in sentences)
