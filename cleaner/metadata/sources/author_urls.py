"""The URLs of authors: links in bylines, and the `url` of an author in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.values import http_url, name_key, text
from cleaner.metadata.sources.byline_lines import link_text

_MAX_AUTHORS = 50
_MAX_NAME = 100  # characters


class AuthorLink(NamedTuple):
    """A name, perhaps with words around it, and the URL that the page gives for it."""

    name: str
    url: str


def author_url_candidates(element: etree._Element, source: str) -> Iterator[Candidate]:
    """Yield a candidate for each link in a byline, itself included."""
    yield from link_candidates(islice(element.iter("a"), _MAX_AUTHORS), source)
    for ancestor in islice(element.iterancestors(), 2):
        if ancestor.tag == "a":
            yield from link_candidates((ancestor,), source)


def link_candidates(links: Iterable[etree._Element], source: str) -> Iterator[Candidate]:
    """Yield a candidate for each of the links that has a text and a URL."""
    for link in links:
        name, url = link_text(link), link.get("href")
        if name and url:
            yield Candidate("author_urls", AuthorLink(name, url), source)


def declared_candidates(authors: Any, source: str) -> Iterator[Candidate]:
    """Yield a candidate for each author in a value of JSON-LD that has a name and a URL."""
    for author in (authors if isinstance(authors, list) else [authors])[:_MAX_AUTHORS]:
        if isinstance(author, dict) and (name := text(author, _MAX_NAME)):
            url = author.get("url")
            if isinstance(url, list):
                url = next((one for one in url if isinstance(one, str)), None)
            if isinstance(url, str) and url:
                yield Candidate("author_urls", AuthorLink(name, url), source)


def url_of_author(name: str, link: AuthorLink, *, page: str | None) -> str | None:
    """Return the absolute URL of a link if it is that of the author.

    `None` if the link names someone else, or if it leads to the page itself or to the front page of its site.
    """
    key, linked = name_key(name), name_key(link.name)
    if key not in linked or len(linked) >= 2 * len(key):
        return None
    url = http_url(link.url, page)
    if url is None or page is None:
        return url
    target, own = urlsplit(url), urlsplit(page)
    is_same_site = target.hostname == own.hostname
    return None if is_same_site and target.path in ("", "/", own.path) and not target.query else url
