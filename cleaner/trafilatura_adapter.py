"""trafilatura and htmldate, wrapped: the only module that imports them. Each function loads what it needs when called.

Exceptions of either package are not translated here: they can be of any class, and each caller decides what a failure
costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def load() -> None:
    """Import trafilatura, so that later calls do not wait for it."""
    import trafilatura  # noqa: F401


def load_feeds() -> None:
    """Import what `find_feeds` needs."""
    import trafilatura.feeds  # noqa: F401


def extract_text(root: etree._Element) -> str:
    """The text that trafilatura extracts, empty if it finds none. It prunes the tree: use the tree no more."""
    from trafilatura import bare_extraction

    # `favor_recall` loses less and takes two thirds of the time; what it leaves in, our rules remove.
    found = bare_extraction(root, include_comments=False, include_tables=True, favor_recall=True)
    return getattr(found, "text", None) or ""


def extract_author(root: etree._Element) -> str | None:
    """The authors in the page's body, joined by "; "; `None` if there are none."""
    from trafilatura.metadata import extract_author as extract

    return extract(root)


def find_date(root: etree._Element, url: str | None) -> str | None:
    """The day of publication that htmldate finds in the tree or in the URL, as YYYY-MM-DD; `None` if there is none."""
    from htmldate import find_date as find

    return find(root, extensive_search=False, original_date=True, url=url)


def find_feeds(html: str, url: str) -> list[str]:
    """URLs of the feeds that a page declares or links to, without those of comments."""
    from trafilatura.feeds import FeedParameters, determine_feed

    return determine_feed(html, FeedParameters(url, "", url))


def is_similar_domain(domain: str, other: str) -> bool:
    """Whether two domain names are nearly the same, as bbc.com and bbc.co.uk are."""
    from trafilatura.deduplication import is_similar_domain as is_similar

    return is_similar(domain, other)
