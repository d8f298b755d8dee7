"""Tests of the pictures of an article."""

from __future__ import annotations

import cleaner
from cleaner.models import Image

URL = "https://www.harbour-post.example/news/wall"
MEDIA = "https://www.harbour-post.example/media"
PROSE = (
    "The council of the harbour voted on Tuesday night to close the old swing bridge to lorries, a decision that splits"
    " the fishing quarter from the cold stores on the eastern quay for at least eighteen months."
)
OTHER_PROSE = (
    "Engineers had warned in March that two of the four bearings were worn to the metal, and a second inspection found"
    " hairline cracks in the northern pier as well, which nobody had seen before the gravel truck stuck there."
)
PAGE = """<html lang="en"><head><title>Harbour wall holds</title>
<meta property="og:image" content="/media/wall-at-dawn-20240503.jpg"></head><body>
<header><a href="/"><img src="/media/harbour-post-logo.png" alt="Harbour Post"></a></header><main><article>
<h1>Harbour wall holds</h1>{}<p>{}</p>{}<p>{}</p>{}</article></main></body></html>"""


def images(above: str = "", between: str = "", below: str = "") -> tuple[Image, ...]:
    """Return the pictures of a page with markup above, between and below its two paragraphs."""
    return cleaner.clean(PAGE.format(above, PROSE, between, OTHER_PROSE, below), url=URL).images


def test_pictures_with_caption_and_credit() -> None:
    """A picture has its URL, its alt text, the caption and the credit, and its place in the text."""
    hero = """<figure><img src="/media/wall-at-dawn-20240503.jpg" alt="The wall at dawn"><figcaption>The wall on Friday
    morning. Photo: Ada Moss/Courier</figcaption></figure>"""
    plain = '<p><img src="/media/tiles.jpg"></p>'
    article = cleaner.clean(PAGE.format(hero, PROSE, plain, OTHER_PROSE, ""), url=URL)
    first = Image(
        f"{MEDIA}/wall-at-dawn-20240503.jpg",
        "The wall at dawn",
        "The wall on Friday morning.",
        "Photo: Ada Moss/Courier",
    )
    assert (first, Image(f"{MEDIA}/tiles.jpg", after=article.blocks[0].place)) == article.images
    assert "img" == article.provenance["images"]
    assert first._asdict() == article.to_dict()["images"][0]


def test_sizes_of_a_picture() -> None:
    """A picture that the page shows in several sizes counts once, with the URL of the largest."""
    sizes = '<img src="/media/a-20px.jpg" srcset="/media/a-1280.jpg 1280w, /media/a-640.jpg 640w">'
    lazy = '<img src="data:image/gif;base64,R0" data-src="/media/lazy.jpg">'
    twice = '<img src="/media/bridge-in-the-fog.jpg"><img src="/media/bridge-in-the-fog-300x200.jpg">'
    assert [f"{MEDIA}/{name}.jpg" for name in ("a-1280", "lazy", "bridge-in-the-fog")] == [
        image.url for image in images(between=f"<p>{sizes}</p><p>{lazy}</p><p>{twice}</p>")
    ]


def test_pictures_of_other_parts() -> None:
    """Logos, placeholders, portraits of authors, teasers and pictures that lead elsewhere are not the article's."""
    others = """<p><a href="/news/lighthouse"><img src="/media/lighthouse-painted.jpg"></a></p>
    <p><img src="/media/blank.gif"></p><div class="related"><h3>Related</h3><div><img src="/media/festival.jpg">
    <a href="/news/festival">Harbour festival is announced for June</a></div></div>"""
    portrait = '<div class="byline"><img src="/media/ada-moss.jpg"><span>By Ada Moss</span></div>'
    assert () == images(portrait, others)
    larger = '<p><a href="/media/bridge-large.jpg"><img src="/media/bridge.jpg"></a></p>'
    assert [f"{MEDIA}/bridge.jpg"] == [image.url for image in images(between=larger)]


def test_page_without_article_has_no_pictures() -> None:
    """A text has no pictures, and neither has a page without pictures."""
    assert () == images()
    assert () == cleaner.clean_text(f"{PROSE}\n\n{OTHER_PROSE}").images
