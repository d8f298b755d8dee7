"""Find the articles that a site lists in its feeds and news sitemaps."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from cleaner import trafilatura_adapter
from cleaner.discovery.feeds import Entry, read_feed, read_sitemap
from cleaner.errors import CleanerError, Code, FetchError
from cleaner.http.fetcher import Fetcher
from cleaner.http.urls import clean_url
from cleaner.models import Page
from cleaner.patterns import lazy_pattern
from cleaner.processes.guard import Guard

# Maximum number of feeds and of sitemaps that are fetched, each of which takes a second: a newspaper has a few of each.
MAX_FEEDS: Final = 10
MAX_SITEMAPS: Final = 10
# Maximum number of sitemaps that are read, the last changed ones, of an index in which no sitemap is named news.
MAX_OTHER_SITEMAPS: Final = 3
MAX_DEPTH: Final = 3  # maximum depth of sitemap indexes that name other indexes
# Maximum seconds to find the feeds of a page, the same as for cleaning a page.
MAX_SECONDS: Final = 20.0

# The most common paths of feeds and news sitemaps. They are tried if the site names none.
_USUAL_FEEDS: Final = ("/feed/", "/rss.xml", "/rss", "/atom.xml")
_USUAL_SITEMAPS: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
_NEWS = lazy_pattern(r"news(?!letter)|google|latest", re.IGNORECASE)

_log = logging.getLogger(__name__)


class ArticleLink(NamedTuple):
    """An article that a site lists. `source` is the URL of the feed or sitemap, the other fields are as in `Entry`."""

    url: str
    published: datetime | date | None
    title: str | None
    source: str


class Discovery(NamedTuple):
    """The articles found, newest first and those without a date last, and the errors of feeds and sitemaps."""

    found: tuple[ArticleLink, ...]
    problems: tuple[CleanerError, ...]


def discover(url: str, *, fetcher: Fetcher | None = None) -> Discovery:
    """Return the articles that the feeds and news sitemaps of a site list.

    `url` is the front page of the site or of a section: the result has the articles of its feeds, and those of the
    sitemaps whose path begins with the path of `url`. `url` may also be a feed or a sitemap; then the result has all
    its articles, of any site. Tracking parameters are removed from the URLs.

    Raises `FetchError` if `url` cannot be fetched, except for an HTTP error status, which is one of the `problems`.
    """
    return _Search(fetcher or Fetcher(), clean_url(url)).result()


class _Search:
    def __init__(self, fetcher: Fetcher, start: str) -> None:
        self._fetcher = fetcher
        self._start = start
        self._visited: set[str] = set()
        self._found: dict[str, ArticleLink] = {}
        self._problems: list[CleanerError] = []
        self._sitemaps_left = MAX_SITEMAPS

    def result(self) -> Discovery:
        first: Page | None = None
        try:
            first = self._fetcher.fetch(self._start, any_type=True)
        except FetchError as error:
            if error.code is not Code.HTTP_ERROR:
                raise
            self._problems.append(error)
        if first is None or not self._read_directly(first):
            self._read_feeds(first)
            self._read_sitemaps()
        ordered = sorted(self._found.values(), key=lambda link: _sort_time(link.published), reverse=True)
        return Discovery(tuple(ordered), tuple(self._problems))

    def _read_directly(self, page: Page) -> bool:
        """Add the articles of `page` if it is a feed or a sitemap itself. Return whether it is."""
        content, url = _content(page), page.address or self._start
        self._visited.add(url)
        entries = read_feed(content, url)
        if entries is not None:
            self._add(entries, url, any_site=True)
            return True
        sitemap = read_sitemap(content, url)
        if sitemap is None:
            return False
        self._add(sitemap.articles, url, any_site=True)
        self._read_nested(sitemap.sitemaps, MAX_DEPTH - 1, any_site=True)
        return True

    def _read_feeds(self, page: Page | None) -> None:
        """Add the articles of the feeds that the page declares, or else of the first usual path that has a feed."""
        declared: list[str] = []
        with self._collect_errors():
            declared = _find_in_worker(_declared_feeds, page) if page is not None else []
        for feed in declared[:MAX_FEEDS] or [urljoin(self._start, path) for path in _USUAL_FEEDS]:
            fetched = self._fetch(feed, declared=bool(declared))
            if fetched is None:
                continue
            with self._collect_errors():
                entries = read_feed(_content(fetched), fetched.address or feed)
                self._add(entries or (), feed)
                if entries and not declared:
                    return  # the other usual paths have the same feed

    def _read_sitemaps(self) -> None:
        """Add the articles of the sitemaps that the robots.txt declares, or else of the usual paths."""
        declared: tuple[str, ...] = ()
        with self._collect_errors():
            declared = self._fetcher.sitemaps(self._start)
        usual = [urljoin(self._start, path) for path in _USUAL_SITEMAPS]
        self._read_nested([Entry(each) for each in declared or usual], MAX_DEPTH, declared=bool(declared))

    def _read_nested(
        self, sitemaps: Iterable[Entry], depth: int, *, declared: bool = True, any_site: bool = False
    ) -> None:
        """Add the articles of the sitemaps with a name like "news", or, if there is none, of the last changed ones."""
        candidates = list(sitemaps)
        chosen = [each for each in candidates if _NEWS.search(urlsplit(each.url).path)]
        if not chosen or not declared:
            chosen = sorted(candidates, key=lambda each: _sort_time(each.published), reverse=True)[:MAX_OTHER_SITEMAPS]
        for each in chosen:
            if self._sitemaps_left <= 0 or depth <= 0:
                return
            self._sitemaps_left -= 1
            fetched = self._fetch(each.url, declared=declared)
            if fetched is None:
                continue
            with self._collect_errors():
                sitemap = read_sitemap(_content(fetched), fetched.address or each.url)
                if sitemap is not None:
                    self._add(sitemap.articles, each.url, any_site=any_site, below_start=True)
                    self._read_nested(sitemap.sitemaps, depth - 1, any_site=any_site)
                    if sitemap.articles and not declared:
                        return

    def _fetch(self, url: str, *, declared: bool) -> Page | None:
        """Return the file at `url`, or `None` if it has been read already or cannot be fetched.

        The error is added to the problems only if the site has `declared` the file.
        """
        try:
            cleaned = clean_url(url)
            if cleaned in self._visited:
                return None
            self._visited.add(cleaned)
            return self._fetcher.fetch(cleaned, any_type=True)
        except FetchError as error:
            if declared:
                self._problems.append(error)
            else:
                _log.debug("%s: %s", url, error.message)
            return None

    @contextmanager
    def _collect_errors(self) -> Iterator[None]:
        """Context in which a `CleanerError` is added to the problems, and the search goes on."""
        try:
            yield
        except CleanerError as error:
            self._problems.append(error)

    def _add(self, entries: Iterable[Entry], source: str, *, any_site: bool = False, below_start: bool = False) -> None:
        """Add the entries that are articles of this site, or with `any_site`, of any.

        With `below_start`, articles of this site must have a path that begins with the path of the start URL.
        """
        for entry in entries:
            url = _article_url(entry.url)
            if url is None or not (any_site or _same_site(url, self._start)):
                continue
            if below_start and not any_site and not urlsplit(url).path.startswith(urlsplit(self._start).path):
                continue
            link = ArticleLink(url, entry.published, entry.title, source)
            first = self._found.setdefault(url, link)
            self._found[url] = first._replace(
                published=first.published or link.published, title=first.title or link.title
            )


def _find_in_worker(find: Callable[[Page], list[str]], page: Page) -> list[str]:
    """Return `find(page)`, called in a worker process, because the patterns of other packages may take minutes.

    Raises `CleanerError` with `EXTRACT_TIMEOUT` after `MAX_SECONDS`.
    """
    return _feed_guard().call(find, page, MAX_SECONDS) if hasattr(os, "fork") else find(page)


@cache
def _feed_guard() -> Guard:
    return Guard(trafilatura_adapter.load_feeds)


def _declared_feeds(page: Page) -> list[str]:
    """Return the feeds that a page declares or links to, without feeds of comments, as trafilatura finds them."""
    html = _content(page).decode("utf-8", errors="replace")  # URLs are ASCII, nearly always
    return trafilatura_adapter.find_feeds(html, page.address or "")


def _content(page: Page) -> bytes:
    return page.content if isinstance(page.content, bytes) else page.content.encode()


def _article_url(url: str) -> str | None:
    """Return the URL without tracking parameters, or `None` if it cannot be an article (a file, a front page)."""
    import courlan

    try:
        cleaned = clean_url(url)
    except FetchError:
        return None
    query = urlsplit(cleaned).query
    # courlan drops parameters without a value, but these may identify the article.
    if query and all(value for _, value in parse_qsl(query, keep_blank_values=True)):
        with suppress(FetchError):
            cleaned = clean_url(courlan.clean_url(cleaned) or cleaned)
    parts = urlsplit(cleaned)
    if courlan.is_not_crawlable(cleaned) or (parts.path == "/" and not parts.query):
        return None
    return cleaned


def _same_site(url: str, other: str) -> bool:
    """Whether two URLs are of one site: the same host, or similar domains such as bbc.com and bbc.co.uk."""
    import courlan

    if urlsplit(url).hostname == urlsplit(other).hostname:
        return True
    ours, theirs = courlan.extract_domain(url, fast=True), courlan.extract_domain(other, fast=True)
    return bool(ours and theirs and trafilatura_adapter.is_similar_domain(ours, theirs))


def _sort_time(when: datetime | date | None) -> datetime:
    """Return the time by which entries are sorted: for a day, its end; without a date, the earliest time."""
    if isinstance(when, datetime):
        return when
    if when is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime(when.year, when.month, when.day, 23, 59, 59, tzinfo=UTC)
