"""Metadata in the page's microdata (HTML Standard, section 5) and RDFa."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.values import inner_text
from cleaner.patterns import lazy_pattern

# Field by the schema.org property of the article.
_FIELD_OF = {
    "headline": "title",
    "alternativeHeadline": "subtitle",
    "author": "authors",
    "creator": "authors",
    "datePublished": "published",
    "dateModified": "modified",
    "inLanguage": "language",
    "publisher": "publisher",
    "articleSection": "section",
    "keywords": "tags",
    "image": "image",
    "isAccessibleForFree": "paywalled",
    "hasPart": "paywalled",
    "license": "license",
    "commentCount": "comments_count",
    "interactionCount": "comments_count",
}
_MAX_PROPERTIES = 300
_INNER = frozenset({"name", "url", "contentUrl", "isAccessibleForFree"})  # properties of an item that is a property

_PROPERTIES = etree.XPath(".//*[@itemprop] | .//*[@property][not(self::meta)]")
_ARTICLE = lazy_pattern(r"Article\b|BlogPosting\b")


def candidates(items: Sequence[etree._Element]) -> Iterator[Candidate]:
    """Yield the candidates of the first article among `items`, which are those of `page.embedded.typed_elements`.

    Only the first counts: those after it are teasers of other articles.
    """
    article = next((item for item in items if _ARTICLE.search(_kind(item))), None)
    if article is None:
        return
    for name in _kind(article).split():
        yield Candidate("type", name.rpartition(":")[2].rpartition("/")[2], "microdata itemtype")
    properties: Any = _PROPERTIES(article)  # the stubs cannot say that this expression selects elements
    for element in properties[:_MAX_PROPERTIES]:
        if _item_of(element) is not article:
            continue
        kind = "microdata" if element.get("itemprop") else "rdfa"
        for name in (element.get("itemprop") or element.get("property") or "")[:200].split():
            field = _FIELD_OF.get(name.rpartition(":")[2].rpartition("/")[2])
            value = _property_value(element) if field else None
            if field and value:
                yield Candidate(field, value, f"{kind} {name}")


def is_news(items: Sequence[etree._Element]) -> bool:
    """Whether an item of the page has a type for news articles."""
    return any("NewsArticle" in _kind(item) for item in items)


def _kind(item: etree._Element) -> str:
    return (item.get("itemtype") or item.get("typeof") or "")[:200]


def _item_of(element: etree._Element) -> etree._Element | None:
    """Return the item that the property belongs to: the nearest one around it; `None` if there is none."""
    for place in element.iterancestors():
        if place.get("itemscope") is not None or place.get("typeof") is not None:
            return place
    return None


def _property_value(element: etree._Element) -> Any:
    """Return the value of a property: for an item, a dict with its type, name and URLs; else the element's value."""
    if element.get("itemscope") is not None or element.get("typeof") is not None:
        inner = {
            name: value
            for part in islice(element.iter(), 50)
            if part is not element and isinstance(part.tag, str)
            for name in ((part.get("itemprop") or part.get("property") or "").rpartition(":")[2],)
            if name in _INNER and (value := _element_value(part))
        }
        return {"@type": _kind(element), **inner} if inner else _element_value(element)
    return _element_value(element)


def _element_value(element: etree._Element) -> str:
    for name in ("content", "datetime"):
        if value := element.get(name):
            return value
    if element.tag in ("a", "link", "img", "meta"):
        url = element.get("href") or element.get("src") or element.get("data-src")
        words = inner_text(element)
        return words if element.tag == "a" and words else url or ""
    if element.tag == "abbr" and (value := element.get("title")):
        return value
    return inner_text(element)
