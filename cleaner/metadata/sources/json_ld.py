"""Metadata in the page's JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.metadata.candidate import CREATED, Candidate
from cleaner.metadata.fields.names import people
from cleaner.metadata.sources.author_urls import declared_candidates
from cleaner.models import Declared
from cleaner.page.embedded import article_node, types
from cleaner.patterns import lazy_pattern
from cleaner.text.languages import word_count

# Fields and the schema.org properties of the article that hold them, the most reliable property first.
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
    ("comments_count", "commentCount"),
    ("comments_count", "interactionStatistic"),
)
# Properties of the WebPage, used if the article does not have them. Its `name` is not used: it is the title together
# with the site's name.
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
    """Yield the candidates of the article's node, then those of the WebPage and WebSite nodes."""
    article = article_node(nodes)
    if article is not None:
        yield from _property_candidates(article, _ARTICLE, "json-ld")
    yield from _type_candidates(nodes, article)
    yield from _closed_parts(nodes)
    for node in nodes:
        if node is article:
            continue
        kinds = types(node)
        if any(kind.endswith("WebPage") for kind in kinds):
            # Without an author who is a person, this is the date when the page was created: a shop, a list, a course.
            is_article = article is not None or people(node.get("author"), ())
            yield from _property_candidates(node, _PAGE_DATES, "json-ld WebPage" if is_article else CREATED)
            yield from _property_candidates(node, _PAGE, "json-ld WebPage")
        elif "WebSite" in kinds:
            yield from _property_candidates(node, (("site_name", "name"),), "json-ld WebSite")


def _type_candidates(nodes: Sequence[dict[str, Any]], article: dict[str, Any] | None) -> Iterator[Candidate]:
    """Yield the types of the article, and those of other nodes that say what the page is about."""
    names: list[Any] = sorted(types(article)) if article is not None else []
    others = [node for node in nodes if node is not article]
    for kinds in (_RECIPES, _REVIEWS):
        described = [node for node in others if not kinds.isdisjoint(types(node))]
        if len(described) == 1:  # several are a list, or the opinions of customers
            names += sorted(types(described[0]))
    if article is None:
        names += [{"@type": kind, "name": node.get("name")} for node in others for kind in sorted(_SHOWN & types(node))]
    for name in names:
        yield Candidate("type", name, "json-ld @type")


_RECIPES = frozenset({"Recipe"})
_REVIEWS = frozenset({"Review", "CriticReview"})
_SHOWN = frozenset({"VideoObject", "ImageGallery", "MediaGallery"})


def _closed_parts(nodes: Sequence[dict[str, Any]]) -> Iterator[Candidate]:
    """Yield a candidate for a part of a page that has a node of its own, to which `hasPart` may only refer."""
    parts = [node for node in nodes if "WebPageElement" in types(node)]
    if parts:
        yield Candidate("paywalled", parts, "json-ld hasPart")


def _property_candidates(
    node: dict[str, Any], properties: Sequence[tuple[str, str]], source: str
) -> Iterator[Candidate]:
    for field, name in properties:
        value = node.get(name)
        if name == "creator" and node.get("author"):
            continue  # the creator is then the person who entered the text
        if value not in (None, "", [], {}):
            yield Candidate(field, value, f"{source} {name}")
            if field == "authors":
                yield from declared_candidates(value, f"{source} {name}")


def declared_kind(nodes: Sequence[dict[str, Any]]) -> Declared:
    """Return the kind of article that the page declares. schema.org has several types for news."""
    article = article_node(nodes)
    if article is None:
        return Declared.NOTHING
    is_news = any(kind.endswith(("NewsArticle", "LiveBlogPosting")) for kind in types(article))
    return Declared.NEWS if is_news else Declared.ARTICLE


_TAG = lazy_pattern(r"<[^<>]{0,2000}>")


def declared_words(nodes: Sequence[dict[str, Any]]) -> int | None:
    """Return the length of the article's text in words, as the page declares it; `None` if it does not."""
    article = article_node(nodes) or {}
    text, count = article.get("articleBody"), article.get("wordCount")
    if isinstance(text, str) and text.strip():
        return word_count(_TAG.sub(" ", text))
    if isinstance(count, str) and count.strip().isdecimal() and len(count) < 10:
        return int(count)
    return count if isinstance(count, int) and not isinstance(count, bool) else None
