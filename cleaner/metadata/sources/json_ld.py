"""What the page's JSON-LD says of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.languages import word_count
from cleaner.metadata.fields.names import people
from cleaner.models import Declared
from cleaner.page.embedded import article_node, types

# Field and schema.org properties of the article that speak of it, the better one first.
_ARTICLE = (
    ("title", "headline"),
    ("title", "name"),
    ("subtitle", "alternativeHeadline"),
    ("authors", "author"),
    ("authors", "creator"),
    ("published", "datePublished"),
    ("published", "dateCreated"),
    ("modified", "dateModified"),
    ("language", "inLanguage"),
    ("site_name", "publisher"),
    ("publisher", "publisher"),
    ("license", "license"),
    ("description", "description"),
    ("section", "articleSection"),
    ("tags", "keywords"),
    ("image", "image"),
    ("image", "thumbnailUrl"),
    ("image_caption", "image"),
    ("canonical_url", "mainEntityOfPage"),
    ("canonical_url", "url"),
    ("paywalled", "isAccessibleForFree"),
    ("paywalled", "hasPart"),
)
# The page around the article, where the article says nothing. Not its name: that is the title with the site's.
_PAGE_DATES = (("published", "datePublished"), ("modified", "dateModified"))
_PAGE = (
    ("authors", "author"),
    ("language", "inLanguage"),
    ("image", "primaryImageOfPage"),
    ("image", "image"),
    ("description", "description"),
    ("paywalled", "isAccessibleForFree"),
    ("paywalled", "hasPart"),
)


def candidates(nodes: Sequence[dict[str, Any]]) -> Iterator[Candidate]:
    """What the article's own node says, then the page's, then the site's."""
    article = article_node(nodes)
    if article is not None:
        yield from _said(article, _ARTICLE, "json-ld")
    for node in nodes:
        if node is article:
            continue
        kinds = types(node)
        if any(kind.endswith("WebPage") for kind in kinds):
            # Of a page that no person signs, the date says when the page was made: a shop, a list, a course.
            if article is not None or people(node.get("author"), ()):
                yield from _said(node, _PAGE_DATES, "json-ld WebPage")
            yield from _said(node, _PAGE, "json-ld WebPage")
        elif "WebSite" in kinds:
            yield from _said(node, (("site_name", "name"),), "json-ld WebSite")


def _said(node: dict[str, Any], properties: Sequence[tuple[str, str]], witness: str) -> Iterator[Candidate]:
    for field, name in properties:
        said = node.get(name)
        if name == "creator" and node.get("author"):
            continue  # who typed it in
        if said not in (None, "", [], {}):
            yield Candidate(field, said, f"{witness} {name}")


def declared_kind(nodes: Sequence[dict[str, Any]]) -> Declared:
    """What the page says that it is; of news, there are several kinds in schema.org."""
    article = article_node(nodes)
    if article is None:
        return Declared.NOTHING
    is_news = any(kind.endswith(("NewsArticle", "LiveBlogPosting")) for kind in types(article))
    return Declared.NEWS if is_news else Declared.ARTICLE


_TAG = re.compile(r"<[^<>]{0,2000}>")


def declared_words(nodes: Sequence[dict[str, Any]]) -> int | None:
    """The length of the article's text, in words, as the page declares it; `None` where it does not."""
    article = article_node(nodes) or {}
    text, count = article.get("articleBody"), article.get("wordCount")
    if isinstance(text, str) and text.strip():
        return word_count(_TAG.sub(" ", text))
    if isinstance(count, str) and count.strip().isdecimal() and len(count) < 10:
        return int(count)
    return count if isinstance(count, int) and not isinstance(count, bool) else None
