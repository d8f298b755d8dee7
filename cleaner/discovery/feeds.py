"""Parse feeds (RSS, Atom, JSON Feed) and sitemaps: the URLs, dates, titles and languages of their entries.

trafilatura also reads feeds, but only the URLs, and with patterns that take minutes for a feed made to slow them down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from cleaner.errors import Code, InputError
from cleaner.patterns import lazy_pattern

# Maximum number of entries that are read from one file: the limit of the sitemap protocol. Feeds have far fewer.
MAX_ENTRIES: Final = 50_000
MAX_TITLE: Final = 1000  # maximum characters of a title; longer ones are cut
MAX_URL: Final = 4096  # maximum characters of a URL; an entry with a longer one is ignored

_FEED_ROOTS: Final = frozenset({"rss", "rdf", "feed"})
_SITEMAP_ROOTS: Final = frozenset({"urlset", "sitemapindex"})
# The elements with a date, in order of preference: the date of publication comes first.
_DATES: Final = ("published", "pubdate", "issued", "date", "created", "updated", "modified")
_ENTITY = lazy_pattern(rb"<!ENTITY", re.IGNORECASE)
_DAY = lazy_pattern(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = lazy_pattern(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")  # a language tag (RFC 5646)
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class Entry(NamedTuple):
    """An entry of a feed or a sitemap.

    `published` has a time zone; it is a `date` if only the day is known. `language` is a tag in lower case, as the file
    says it, such as "de" or "pt-br".
    """

    url: str
    published: datetime | date | None = None
    title: str | None = None
    language: str | None = None


class Sitemap(NamedTuple):
    """The content of a sitemap.

    `articles` are the URLs with a news entry, and `sitemaps` those in an index. `pages` are all other URLs, which may
    be pages of any kind. In `pages` and `sitemaps`, `published` is the time of the last change.
    """

    articles: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()


def read_feed(content: bytes, url: str) -> tuple[Entry, ...] | None:
    """Return the entries of the feed at `url`, in its order, or `None` if it is not a feed.

    Raises `InputError` if the XML declares entities.
    """
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed(content, url)
    root = _root(content)
    if root is None or _name(root) not in _FEED_ROOTS:
        return None
    channel = root.find("{*}channel")
    declared = root.get(_XML_LANG) or (_texts(channel).get("language") if channel is not None else None)
    return tuple(_entries(_entry(element, url, declared) for element in root.iter("{*}item", "{*}entry")))


def read_sitemap(content: bytes, url: str) -> Sitemap | None:
    """Return the content of the sitemap at `url`, or `None` if it is not a sitemap.

    Raises `InputError` if the XML declares entities.
    """
    root = _root(content)
    if root is None or _name(root) not in _SITEMAP_ROOTS:
        return None
    nested = [_texts(element) for element in root.iter("{*}sitemap")]
    return Sitemap(
        tuple(_entries(_news_entry(element, url) for element in root.iter("{*}url"))),
        tuple(_entries(_make_entry(url, texts.get("loc"), _date(texts.get("lastmod"))) for texts in nested)),
        tuple(_entries(_page_entry(element, url) for element in root.iter("{*}url"))),
    )


def _news_entry(element: etree._Element, base: str) -> Entry | None:
    news = next(element.iterchildren("{*}news"), None)
    if news is None:
        return None
    texts = _texts(news)
    publication = next(news.iterchildren("{*}publication"), None)
    language = None if publication is None else _texts(publication).get("language")
    published = _date(texts.get("publication_date"))
    return _make_entry(base, _texts(element).get("loc"), published, texts.get("title"), language)


def _page_entry(element: etree._Element, base: str) -> Entry | None:
    """Return the entry of a URL without a news entry."""
    if next(element.iterchildren("{*}news"), None) is not None:
        return None
    texts = _texts(element)
    url = texts.get("loc")
    # The versions of the page in all languages, its own among them.
    languages = {link.get("href"): link.get("hreflang") for link in element.iterchildren("{*}link")}
    return _make_entry(base, url, _date(texts.get("lastmod")), None, languages.get(url))


def _root(content: bytes) -> etree._Element | None:
    """Return the root of an XML file, or `None` if it cannot be parsed.

    Raises `InputError` if the file declares entities, because nested entities can grow to gigabytes.
    """
    if _ENTITY.search(content.replace(b"\0", b"")):
        raise InputError(Code.DECODE_ERROR, "XML with entity declarations is not supported")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _entry(element: etree._Element, base: str, declared: str | None) -> Entry | None:
    """Return the entry of a feed whose language is `declared`, if it is."""
    texts = _texts(element)
    links = [link for link in element.iterchildren("{*}link") if link.get("href")]
    alternate = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
    guid = next(element.iterchildren("{*}guid"), None)
    permalink = texts.get("guid") if guid is not None and guid.get("isPermaLink", "true") != "false" else None
    url = texts.get("origlink") or texts.get("link") or (alternate[0] if alternate else None) or permalink
    published = next((each for name in _DATES if (each := _date(texts.get(name))) is not None), None)
    language = texts.get("language") or element.get(_XML_LANG) or declared
    return _make_entry(base, url, published, texts.get("title"), language)


def _json_feed(content: bytes, base: str) -> tuple[Entry, ...] | None:
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        return None
    declared = feed.get("language")
    language = declared if isinstance(declared, str) else None
    return tuple(_entries(_json_entry(item, base, language) for item in items if isinstance(item, Mapping)))


def _json_entry(item: Mapping[str, Any], base: str, declared: str | None) -> Entry | None:
    texts = {name: value for name, value in item.items() if isinstance(value, str)}
    published = _date(texts.get("date_published")) or _date(texts.get("date_modified"))
    return _make_entry(base, texts.get("url"), published, texts.get("title"), texts.get("language") or declared)


def _make_entry(
    base: str,
    url: str | None,
    published: datetime | date | None,
    title: str | None = None,
    language: str | None = None,
) -> Entry | None:
    """Return an entry with `url` resolved against `base`, or `None` if the URL is missing, invalid or too long."""
    if not url:
        return None
    try:
        absolute = urljoin(base, url)
    except ValueError:
        return None
    if len(absolute) > MAX_URL:
        return None
    return Entry(absolute, published, title[:MAX_TITLE] if title else None, language_tag(language))


def _entries(entries: Iterable[Entry | None]) -> Iterator[Entry]:
    """Yield the first `MAX_ENTRIES` entries that are not `None`."""
    number = 0
    for entry in entries:
        if entry is not None and number < MAX_ENTRIES:
            number += 1
            yield entry


def _texts(element: etree._Element) -> dict[str, str]:
    """Return the texts of the children, by their lower-case names without namespace; for each name the first text."""
    texts: dict[str, str] = {}
    for child in element.iterchildren("*"):
        text = " ".join("".join(map(str, child.itertext())).split())
        if text:
            texts.setdefault(_name(child), text)
    return texts


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


def language_tag(text: str | None) -> str | None:
    """Return a language tag in lower case, with hyphens; `None` if the text is none."""
    tag = (text or "").strip().lower().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def _date(text: str | None) -> datetime | date | None:
    """Return a date written as in feeds (RFC 822) or sitemaps (ISO 8601), in UTC if it has no time zone.

    The result is `None` if the text is neither.
    """
    if not text or len(text) > 100:
        return None
    with suppress(ValueError):
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        return _with_zone(datetime.fromisoformat(text))
    with suppress(ValueError, OverflowError):
        return _with_zone(parsedate_to_datetime(text))
    return None


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
