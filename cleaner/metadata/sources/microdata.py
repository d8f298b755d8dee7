"""What microdata and RDFa in the page's markup say of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.values import inner_text

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
    "license": "license",
}
_MAX_PROPERTIES = 300

_PROPERTIES = etree.XPath(".//*[@itemprop] | .//*[@property][not(self::meta)]")
_ARTICLE = re.compile(r"Article\b|BlogPosting\b")


def candidates(things: Sequence[etree._Element]) -> Iterator[Candidate]:
    """What the first article among a page's `typed` elements says of itself; cards of other articles come after it."""
    article = next((item for item in things if _ARTICLE.search(_kind(item))), None)
    if article is None:
        return
    found: Any = _PROPERTIES(article)
    for element in found[:_MAX_PROPERTIES]:
        if _item_of(element) is not article:
            continue
        kind = "microdata" if element.get("itemprop") else "rdfa"
        for name in (element.get("itemprop") or element.get("property") or "")[:200].split():
            field = _FIELD_OF.get(name.rpartition(":")[2].rpartition("/")[2])
            said = _said(element) if field else None
            if field and said:
                yield Candidate(field, said, f"{kind} {name}")


def is_news(things: Sequence[etree._Element]) -> bool:
    """Whether the page calls its article a news article in its markup."""
    return any("NewsArticle" in _kind(item) for item in things)


def _kind(item: etree._Element) -> str:
    return (item.get("itemtype") or item.get("typeof") or "")[:200]


def _item_of(element: etree._Element) -> etree._Element | None:
    """The item that the property belongs to."""
    for place in element.iterancestors():
        if place.get("itemscope") is not None or place.get("typeof") is not None:
            return place
    return None


def _said(element: etree._Element) -> Any:
    """The value of a property: of an item its name or address, else what the element is there to say."""
    if element.get("itemscope") is not None or element.get("typeof") is not None:
        inner = {
            name: value
            for part in islice(element.iter(), 50)
            if part is not element and isinstance(part.tag, str)
            for name in ((part.get("itemprop") or part.get("property") or "").rpartition(":")[2],)
            if name in ("name", "url", "contentUrl") and (value := _plain(part))
        }
        return {"@type": _kind(element), **inner} if inner else _plain(element)
    return _plain(element)


def _plain(element: etree._Element) -> str:
    for name in ("content", "datetime"):
        if said := element.get(name):
            return said
    if element.tag in ("a", "link", "img", "meta"):
        address = element.get("href") or element.get("src") or element.get("data-src")
        words = inner_text(element)
        return words if element.tag == "a" and words else address or ""
    if element.tag == "abbr" and (said := element.get("title")):
        return said
    return inner_text(element)
