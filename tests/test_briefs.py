"""Briefs that stand beside texts on other pages."""

from __future__ import annotations

from cleaner import clean

TEXT = "Not a single tree above the lake of Halm will bear fruit this year, the growers said on Friday."
COMMENTS = (
    "We tried to share a cellar for two winters, and in the end nobody knew whose apples had rotted first, which hurt.",
    "Nobody mentions how loud the thing is. In our village it starts at three and wakes the whole street.",
    "My parents lost the orchard over a night like that in 1981, and I have not eaten an apricot since without tears.",
)
ROWS = "".join(
    f"<div><h4><a href=/{n}>A story of day {n}</a></h4><p>{text}</p></div>" for n, text in enumerate(COMMENTS)
)


def page(text: str, rows: str) -> str:
    return (
        "<html><head><title>Frost takes the apricots</title></head><body><main><article>"
        f"<h1>Frost takes the apricots</h1>{text}</article></main><div>{rows}</div></body></html>"
    )


def test_comments_on_other_pages() -> None:
    """The text of a brief is its own paragraph, not the comments on other pages beside it."""
    assert clean(page(f"<p>{TEXT}</p>", ROWS)).text == TEXT


def test_sections_of_the_article() -> None:
    """Sections with linked headings in the article's own element are its text."""
    text = clean(page(f"<p>{TEXT}</p>{ROWS}", "")).text
    assert all(comment in text for comment in COMMENTS)
