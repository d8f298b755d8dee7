"""Wrap trafilatura and htmldate. No other module imports them. Each function imports what it needs when it is called.

Exceptions of both packages are not translated here, because they may be of any class, and each caller handles a failure
in its own way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def load_trafilatura() -> None:
    """Import trafilatura, so that the first call does not have to."""
    import trafilatura  # noqa: F401


def load_feeds() -> None:
    """Import what `find_feeds` needs."""
    import trafilatura.feeds  # noqa: F401


def extract_text(root: etree._Element) -> str:
    """Return the text that trafilatura extracts; empty if it finds none.

    The call changes the tree, so the tree must not be used afterwards.
    """
    from trafilatura import bare_extraction

    # `favor_recall` loses less text and takes two thirds of the time. Our rules remove the additional boilerplate.
    # `fast` leaves out the comparison with other extractors: two fifths of the rest, for other texts on 5 of 48 pages.
    found = bare_extraction(root, include_comments=False, include_tables=True, favor_recall=True, fast=True)
    return getattr(found, "text", None) or ""


def extract_author(root: etree._Element) -> str | None:
    """Return the authors in the page's body, joined by "; "; `None` if there are none."""
    from trafilatura.metadata import extract_author as extract

    return extract(root)


def find_date(root: etree._Element, url: str | None) -> str | None:
    """Return the date of publication that htmldate finds in the tree or the URL, as YYYY-MM-DD; `None` if none."""
    from htmldate import find_date as find

    return find(root, extensive_search=False, original_date=True, url=url)


def find_feeds(html: str, url: str) -> list[str]:
    """Return the URLs of the feeds that a page declares or links to, without feeds of comments."""
    from trafilatura.feeds import FeedParameters, determine_feed

    return determine_feed(html, FeedParameters(url, "", url))


def is_similar_domain(domain: str, other: str) -> bool:
    """Whether two domain names are nearly the same, as bbc.com and bbc.co.uk are."""
    from trafilatura.deduplication import is_similar_domain as is_similar

    return is_similar(domain, other)
