"""Fetch an article that has several pages: the page after each is found before it is fetched."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from cleaner.errors import FetchError
from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.http.urls import clean_url
from cleaner.models import Page


def fetch_pages(url: str, *, max_pages: int = 10, fetcher: Fetcher | None = None) -> Page:
    """Fetch a page, and the pages that follow it if it is the first page of an article with several.

    `clean` joins them to one article. Each page is fetched as politely as the first one, from the same site, and none
    twice. If a page cannot be fetched, the pages before it are returned, with a warning.

    Args:
        url: The URL of the first page.
        max_pages: The largest number of pages, the first one included.
        fetcher: The fetcher; `None` for a new one.

    Returns:
        The first page, with the others in `further`.

    Raises:
        FetchError: The first page cannot be fetched.
        ValueError: `max_pages` is below 1.
    """
    if max_pages < 1:
        raise ValueError(f"max_pages must be at least 1, not {max_pages}")
    fetcher = fetcher or Fetcher()
    return fetcher.run(following_steps(fetcher, fetcher.fetch_steps(url), max_pages - 1))


def following_steps(fetcher: Fetcher, first: FetchTask, limit: int, *, found_on: str | None = None) -> FetchTask:
    """Like the task `first`, but the page also has the pages that follow it, at most `limit`, as in `fetch_pages`.

    `found_on` is as in `Fetcher.fetch`.
    """
    page = yield from first
    further: list[Page] = []
    visited = {clean_url(address) for address in (page.url, page.final_url) if address}
    contents = {page.content}
    while page.content and len(further) < limit:
        target = _next_page(further[-1] if further else page)
        if target is None or target in visited or not _is_same_site(target, page):
            break
        try:
            following = yield from fetcher.fetch_steps(target, found_on=found_on or page.url)
        except FetchError as error:
            problem = f"page {len(further) + 2} could not be fetched: {error.message}: {target}"
            page = replace(page, warnings=(*page.warnings, problem))
            break
        address = following.address or target
        # Some servers answer with an earlier page, or with another site, if there is no page with the number.
        if address in visited or following.content in contents or not _is_same_site(address, page):
            break
        visited |= {target, address}
        contents.add(following.content)
        further.append(following)
    return replace(page, further=tuple(further))


def _next_page(page: Page) -> str | None:
    """Return the URL of the page that follows in the article; `None` if there is none or it cannot be fetched."""
    from cleaner.pipeline import find_next_page  # loads everything that cleaning a page needs

    target = find_next_page(page)
    try:
        return None if target is None else clean_url(target)
    except FetchError:
        return None


def _is_same_site(url: str, page: Page) -> bool:
    return _host(url) == _host(page.address or "")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
