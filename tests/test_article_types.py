"""The type of an article: declared, or named by its labels and its address."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from cleaner.metadata.extract import read_metadata
from cleaner.models import ArticleType, Metadata

TITLE = "Orrin Bay shuts its salt works"
URL = "https://orrin.example/coast/salt-works"
NEWS = {"@type": "NewsArticle", "headline": TITLE}


def read(*nodes: dict[str, Any], url: str = URL, head: str = "", kicker: str = "") -> Metadata:
    label = f"<div class='article-kicker'>{kicker}</div>" if kicker else ""
    body = f"<main><article>{label}<h1>{TITLE}</h1><p>The council of Orrin Bay decided on Monday.</p></article></main>"
    markup = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return read_metadata(html.document_fromstring(markup), nodes, url=url)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("NewsArticle", "news"),
        ("ReportageNewsArticle", "news"),
        (["NewsArticle", "OpinionNewsArticle"], "opinion"),
        ("LiveBlogPosting", "live"),
        ("ReviewNewsArticle", "review"),
        ("https://schema.org/NewsArticle", "news"),
        ("Article", None),
        ("BlogPosting", None),
    ],
)
def test_type_in_json_ld(declared: str | list[str], expected: str | None) -> None:
    """The type of the article's node is that of schema.org; plain articles and posts do not say."""
    metadata = read({"@type": declared, "headline": TITLE})
    assert expected == metadata.type
    assert ("json-ld @type" if expected else None) == metadata.provenance.get("type")


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([{"@type": "Article", "headline": TITLE}, {"@type": "Recipe", "name": "Salt bread"}], "recipe"),
        ([NEWS, {"@type": "Review", "itemReviewed": {"@type": "Movie"}}], "review"),
        ([{"@type": "VideoObject", "name": TITLE}], "video"),
        ([{"@type": "ImageGallery", "name": TITLE}], "gallery"),
        ([{"@type": "VideoObject", "name": "The salt works from above"}], None),
        # An article with a video, or with a gallery, is not a video.
        ([NEWS, {"@type": "VideoObject", "name": "The salt works from above"}], "news"),
        ([NEWS, {"@type": "ImageGallery"}], "news"),
        # The opinions of customers, and lists of recipes.
        ([{"@type": "Review"}, {"@type": "Review"}], None),
        ([{"@type": "Recipe"}, {"@type": "Recipe"}], None),
    ],
)
def test_other_nodes(nodes: list[dict[str, Any]], expected: str | None) -> None:
    """A node beside the article's says what the page is about if it is the only one of its type."""
    assert expected == read(*nodes).type


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://orrin.example/opinion/2024/salt-works", "opinion"),
        ("https://orrin.example/Opini%C3%B3n/salt", "opinion"),
        ("https://orrin.example/opinion-es/salt", None),
        ("https://orrin.example/meinung/salzwerk.html", "opinion"),
        ("https://orrin.example/blogs/live/salt-1234", None),
        ("https://orrin.example/tips/reviews/", None),
        ("https://orrin.example/panorama/fotostrecke/salz-1234.html", "gallery"),
        ("https://orrin.example/videos/salt", "video"),
        ("https://orrin.example/livenews/2024/salt", None),
        ("https://orrin.example/press-releases/salt", "press_release"),
        ("https://orrin.example/ricette/pane-al-sale", "recipe"),
        ("https://orrin.example/news/salt", "news"),
        # Near misses: words in a slug, and the name of the page itself.
        ("https://orrin.example/coast/how-they-live/salt", None),
        ("https://orrin.example/coast/opinion-polls-in-orrin", None),
        ("https://orrin.example/opinion-polls/salt", None),
        ("https://orrin.example/coast/live", None),
        ("https://orrin.example/year-in-review/salt", None),
        ("https://live.example/coast/salt?from=/opinion/", None),
    ],
)
def test_type_of_address(url: str, expected: str | None) -> None:
    """The whole name of a directory tells the type; words in a slug do not."""
    metadata = read(url=url)
    assert expected == metadata.type
    assert ("address" if expected else None) == metadata.provenance.get("type")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Opinion", "opinion"),
        ("LEITARTIKEL", "opinion"),
        ("Film review", "review"),
        ("Рецензия", "review"),
        ("Press-Release", "press_release"),
        ("Opinion polls", None),
        ("Live music", None),
        ("Review of the year", None),
        ("Coast", None),
    ],
)
def test_labels(label: str, expected: str | None) -> None:
    """The kicker or the section names the type if it is the whole label."""
    assert expected == read(kicker=label).type
    section = read({"@type": "Article", "headline": TITLE, "articleSection": ["Coast", label]})
    assert expected == section.type
    assert ("json-ld articleSection" if expected else None) == section.provenance.get("type")


def test_article_with_a_video() -> None:
    """Among several sections, "Video" says that the article has one."""
    assert read({"@type": "Article", "headline": TITLE, "articleSection": ["Coast", "Video"]}).type is None
    assert "video" == read({"@type": "Article", "headline": TITLE, "articleSection": ["Video"]}).type


def test_live_pages() -> None:
    """On pages that declare to be news, "live" is a live blog."""
    assert "live" == read(NEWS, url="https://orrin.example/coast/live/salt-1234").type
    assert "live" == read({**NEWS, "articleSection": "Live updates"}).type
    assert "news" == read(NEWS, url="https://orrin.example/coast/how-they-live/salt").type


def test_specific_types_come_first() -> None:
    """What says more than news comes first; of several such types, the declared one. The others are conflicts."""
    assert ArticleType.OPINION is read(NEWS, url="https://orrin.example/opinion/salt").type
    live = read({"@type": "LiveBlogPosting", "headline": TITLE}, url="https://orrin.example/opinion/salt")
    assert (ArticleType.LIVE, {"address": "opinion"}) == (live.type, live.conflicts["type"])
    assert "type" not in read(NEWS, url="https://orrin.example/opinion/salt").conflicts


def test_other_declarations() -> None:
    """Open Graph declares videos, and microdata the types of schema.org."""
    video = read(head='<meta property="og:type" content="video.other">')
    assert ("video", "meta og:type") == (video.type, video.provenance["type"])
    assert read(head='<meta property="og:type" content="article">').type is None
    markup = (
        f"<article itemscope itemtype='https://schema.org/LiveBlogPosting'><h1>{TITLE}</h1><p>The works.</p></article>"
    )
    live = read_metadata(html.document_fromstring(f"<html><body>{markup}</body></html>"), (), url=URL)
    assert ("live", "microdata itemtype") == (live.type, live.provenance["type"])
