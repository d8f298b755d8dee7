"""Metadata that the page's head declares: <title>, <meta> of every vocabulary, <link> and `lang`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.patterns import lazy_pattern

_MIN_DATE_NAME = 7  # characters of the name of a date that is also read with other punctuation

# The names of <meta> elements for each field: the value of `name`, `property`, `itemprop` or `http-equiv` in lower
# case. `select` decides which of them are trusted first. They come from Open Graph ("og:", "article:"), Dublin Core,
# Parse.ly, Sailthru, Highwire Press ("citation_") and microdata.
_META = {
    "title": """og:title twitter:title headline dc.title dcterms.title parsely-title sailthru.title citation_title
        title""",
    "authors": """author article:author authors byl dc.creator dcterms.creator parsely-author sailthru.author
        citation_author og:article:author article:author_name cxenseparse:author twitter:data1 twitter:data2""",
    "published": """article:published_time og:published_time datepublished parsely-pub-date sailthru.date pubdate
        publishdate publish-date publish_date publication_date date article.published published_time dc.date.issued
        dcterms.issued dcterms.created dc.date dcterms.date citation_publication_date citation_date
        cxenseparse:recs:publishtime cxenseparse:publishtime og:article:published_time date.created
        originalpublicationdate article_date_original published published-date w-published-date publish_time publishtime
        displaydate pub_date date.available content:publishdate citation_online_date og:regdate firstcreate""",
    "modified": """article:modified_time og:updated_time datemodified last-modified lastmod dcterms.modified
        dc.date.modified article.updated revised updated_time og:article:modified_time revision_date last-updated
        last_updated_date lastupdate date.modified date.updated updated""",
    "language": "og:locale content-language inlanguage language dc.language dcterms.language",
    "site_name": "og:site_name application-name citation_journal_title dc.publisher dcterms.publisher publisher",
    "description": """description og:description twitter:description dc.description dcterms.abstract
        dcterms.description sailthru.description""",
    "section": "article:section og:article:section parsely-section cxenseparse:category articlesection section",
    "tags": """news_keywords article:tag keywords parsely-tags sailthru.tags og:article:tag cxenseparse:taxonomy
        dc.subject dcterms.subject citation_keywords""",
    "image": """og:image:secure_url og:image og:image:url twitter:image twitter:image:src parsely-image-url
        sailthru.image.full""",
    "canonical_url": "og:url parsely-link twitter:url citation_public_url",
    "paywalled": "article:content_tier isaccessibleforfree",
    "subtitle": "parsely-subtitle sailthru.subtitle og:subtitle article:subtitle",
    "publisher": "dc.publisher dcterms.publisher publisher citation_publisher",
    "image_caption": "og:image:alt twitter:image:alt",
    "type": "og:type",
    "license": "dcterms.license dc.license cc:license license",
}
_FIELD_OF = {name: field for field, names in _META.items() for name in names.split()}
# The names of dates are also read with other punctuation, or none, between their words: "article:published:time".
_PUNCTUATION = lazy_pattern(r"[\W_]+")
_DATE_FIELD_OF = {
    _PUNCTUATION.sub("", name): field
    for field in ("published", "modified")
    for name in _META[field].split()
    if len(name) >= _MIN_DATE_NAME
}
_WRITTEN_BY = lazy_pattern(
    r"\s*(?:(?:written|posted) by|authors?|verfasst von|geschrieben von|autor\w*|écrit par|auteur|escrito por"
    r"|por|scritto da|geschreven door|skrevet av|skriven av|skrevet af|napisane przez|автор|написано|yazan|penulis"
    r"|ditulis oleh|作者|投稿者|執筆者|글쓴이)\s*:?\s*$",
    re.IGNORECASE,
)
_RELATIONS = {"canonical": "canonical_url", "license": "license"}
# Whether each tier is free: https://developers.facebook.com/docs/instant-articles/subscriptions/content-tiering
_TIERS = {"locked": False, "metered": False, "free": True}


def candidates(root: etree._Element) -> Iterator[Candidate]:
    """Yield the candidates in the order of the page. Each of several tags of the same name is a candidate."""
    lang = root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if lang:
        yield Candidate("language", lang, "html lang")
    has_title = False
    labels = _twitter_labels(root)
    unusual_dates: list[Candidate] = []
    for element in root.iter("meta", "link", "title", "a"):
        tag = element.tag
        if tag == "meta":
            yield from _meta_candidates(element, labels)
            unusual_dates += _unusual_dates(element)
        elif tag == "link" or tag == "a":
            relation = element.get("rel")
            if relation and (field := _RELATIONS.get(relation.lower())) and (href := element.get("href")):
                yield Candidate(field, href, f"link {relation.lower()}")
        elif not has_title and element.text and (parent := element.getparent()) is not None and parent.tag != "svg":
            has_title = True
            yield Candidate("title", element.text, "title")
    yield from unusual_dates


def _parsely_candidates(content: str) -> Iterator[Candidate]:
    """Yield the candidates in <meta name="parsely-page">, whose content is JSON: https://docs.parse.ly/parsely-page/"""
    try:
        values = json.loads(content[:_MAX_JSON_LENGTH])
    except (ValueError, RecursionError):
        return
    if isinstance(values, dict):
        for name, field in _PARSELY.items():
            if values.get(name):
                yield Candidate(field, values[name], f"meta parsely-page {name}")


def _unusual_dates(element: etree._Element) -> Iterator[Candidate]:
    """Yield the dates of a <meta> whose name is one of `_META` in other punctuation."""
    content = element.get("content")
    for attribute in ("property", "name", "itemprop") if content else ():
        name = (element.get(attribute) or "")[:200].lower()
        if ("date" not in name and "time" not in name) or name in _FIELD_OF:
            continue
        key = _PUNCTUATION.sub("", name.removeprefix("http://ogp.me/ns/"))
        if field := _DATE_FIELD_OF.get(key):
            yield Candidate(field, content, f"meta {name}")


_MAX_JSON_LENGTH = 20_000  # characters
_PARSELY = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "pub_date": "published",
    "section": "section",
    "tags": "tags",
    "image_url": "image",
    "link": "canonical_url",
}


def _twitter_labels(root: etree._Element) -> dict[str, str]:
    """Return the labels of the values that a page declares for its Twitter card, by the name of the value's <meta>.

    For example, {"twitter:data1": "Written by", "twitter:data2": "Reading time"}.
    """
    return {
        name.lower().replace("label", "data"): element.get("content") or ""
        for element in root.iterfind("head/meta")
        if (name := (element.get("name") or element.get("property") or ""))[:13].lower() == "twitter:label"
    }


def _meta_candidates(element: etree._Element, labels: dict[str, str]) -> Iterator[Candidate]:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        attribute_value = element.get(attribute)
        # Some themes have two names in one attribute.
        for name in attribute_value[:200].lower().split() if attribute_value else ():
            field = _FIELD_OF.get(name)
            if name == "parsely-page":
                yield from _parsely_candidates(content)
            if field == "paywalled" and name.endswith("content_tier"):
                yield Candidate(field, _TIERS.get(content.strip().lower()), f"meta {name}")
            elif name.startswith("twitter:data") and not _WRITTEN_BY.match(labels.get(name, "")):
                continue
            elif field is not None:
                yield Candidate(field, content, f"meta {name}")
