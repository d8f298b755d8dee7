"""What feeds (RSS, Atom, JSON Feed) and sitemaps name: addresses with dates and titles, as far as they are told.

trafilatura reads addresses out of feeds, too, but neither dates nor titles, and by patterns that take minutes for a
feed that was made for that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from cleaner.errors import Code, InputError

# Entries of one file that are read, as the sitemap protocol has it; no feed has a hundredth of that.
MAX_ENTRIES: Final = 50_000
# Characters of a title and of an address; longer ones are cut, or none.
MAX_TITLE: Final = 1000
MAX_URL: Final = 4096

_ROOTS: Final = frozenset({"rss", "rdf", "feed"})
_SITEMAPS: Final = frozenset({"urlset", "sitemapindex"})
# Of an entry's dates, the one that says when it was published comes first.
_DATES: Final = ("published", "pubdate", "issued", "date", "created", "updated", "modified")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Entry(NamedTuple):
    """An address that a feed or a sitemap names. `published` is aware; a `date` where there is a day only."""

    url: str
    published: datetime | date | None = None
    title: str | None = None


class Sitemap(NamedTuple):
    """The articles that a news sitemap names, and the sitemaps that an index names, with when they were changed."""

    articles: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def read_feed(content: bytes, url: str) -> tuple[Entry, ...] | None:
    """The entries of the feed at `url`, in its order; `None` where it is no feed. Raises `InputError`: see `_root`."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed(content, url)
    root = _root(content)
    if root is None or _name(root) not in _ROOTS:
        return None
    elements = (element for element in root.iter("{*}item", "{*}entry"))
    return tuple(_kept(_entry(element, url) for element in elements))


def read_sitemap(content: bytes, url: str) -> Sitemap | None:
    """What the sitemap at `url` names; `None` where it is none. Raises `InputError`: see `_root`.

    Only addresses with a news entry are articles; any other may be anything.
    """
    root = _root(content)
    if root is None or _name(root) not in _SITEMAPS:
        return None
    articles: list[Entry | None] = []
    for element in root.iter("{*}url"):
        news = next(element.iterchildren("{*}news"), None)
        if news is not None:
            told = _texts(news)
            when = _date(told.get("publication_date"))
            articles.append(_named(url, _texts(element).get("loc"), when, told.get("title")))
    nested = [_texts(element) for element in root.iter("{*}sitemap")]
    return Sitemap(
        tuple(_kept(articles)),
        tuple(_kept(_named(url, told.get("loc"), _date(told.get("lastmod")), None) for told in nested)),
    )


def _root(content: bytes) -> etree._Element | None:
    """The root of an XML file; `None` where it is none. Raises `InputError` where it declares entities: bombs do."""
    if _ENTITY.search(content.replace(b"\0", b"")):
        raise InputError(Code.DECODE_ERROR, "XML that declares entities is not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _entry(element: etree._Element, base: str) -> Entry | None:
    told = _texts(element)
    links = [link for link in element.iterchildren("{*}link") if link.get("href")]
    alternate = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
    guid = next(element.iterchildren("{*}guid"), None)
    permanent = told.get("guid") if guid is not None and guid.get("isPermaLink", "true") != "false" else None
    address = told.get("origlink") or told.get("link") or (alternate[0] if alternate else None) or permanent
    when = next((found for name in _DATES if (found := _date(told.get(name))) is not None), None)
    return _named(base, address, when, told.get("title"))


def _json_feed(content: bytes, base: str) -> tuple[Entry, ...] | None:
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        return None
    return tuple(_kept(_json_entry(item, base) for item in items if isinstance(item, Mapping)))


def _json_entry(item: Mapping[str, Any], base: str) -> Entry | None:
    told = {name: value for name, value in item.items() if isinstance(value, str)}
    when = _date(told.get("date_published")) or _date(told.get("date_modified"))
    return _named(base, told.get("url"), when, told.get("title"))


def _named(base: str, address: str | None, when: datetime | date | None, title: str | None) -> Entry | None:
    if not address:
        return None
    try:
        url = urljoin(base, address)
    except ValueError:
        return None
    return Entry(url, when, title[:MAX_TITLE] if title else None) if len(url) <= MAX_URL else None


def _kept(entries: Any) -> Iterator[Entry]:
    """The entries that there are, no more than `MAX_ENTRIES`."""
    number = 0
    for entry in entries:
        if entry is not None and number < MAX_ENTRIES:
            number += 1
            yield entry


def _texts(element: etree._Element) -> dict[str, str]:
    """The text of each child, by its lower-case name without namespace; of several, the first with any."""
    told: dict[str, str] = {}
    for child in element.iterchildren("*"):
        text = " ".join("".join(map(str, child.itertext())).split())
        if text:
            told.setdefault(_name(child), text)
    return told


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


def _date(told: str | None) -> datetime | date | None:
    """A date as feeds (RFC 822) and sitemaps (ISO 8601) write it, in UTC where no zone is named."""
    if not told or len(told) > 100:
        return None
    with suppress(ValueError):
        if _DAY.fullmatch(told):
            return date.fromisoformat(told)
        return _aware(datetime.fromisoformat(told))
    with suppress(ValueError, OverflowError):
        return _aware(parsedate_to_datetime(told))
    return None


def _aware(found: datetime) -> datetime:
    return found if found.tzinfo else found.replace(tzinfo=UTC)
