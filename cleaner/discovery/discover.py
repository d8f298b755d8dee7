"""The articles that a site names itself, in its feeds and news sitemaps."""

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
from cleaner.processes.guard import Guard

# Feeds and sitemaps that are asked for, each a request and so a second: a paper has a handful of either.
MAX_FEEDS: Final = 10
MAX_SITEMAPS: Final = 10
# Sitemaps of an index of which none is called news, that are looked into: those changed last.
MAX_OTHER_SITEMAPS: Final = 3
MAX_DEPTH: Final = 3  # indexes of indexes
# Seconds that looking for the feeds of a page may take, as much as cleaning it.
MAX_SECONDS: Final = 20.0

# Where feeds and news sitemaps stand most often, asked where the site names none.
_USUAL_FEEDS: Final = ("/feed/", "/rss.xml", "/rss", "/atom.xml")
_USUAL_SITEMAPS: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
_NEWS = re.compile(r"news(?!letter)|google|latest", re.IGNORECASE)

_log = logging.getLogger(__name__)


class ArticleLink(NamedTuple):
    """An article that a site names. `source` is the feed or sitemap; the rest is as `Entry` has it."""

    url: str
    published: datetime | date | None
    title: str | None
    source: str


class Discovery(NamedTuple):
    """The articles found, newest first, those without a date last; and what hindered the search."""

    found: tuple[ArticleLink, ...]
    problems: tuple[CleanerError, ...]


def discover(url: str, *, fetcher: Fetcher | None = None) -> Discovery:
    """The articles that the feeds and news sitemaps of a site name.

    `url` is the site's front page or one of its sections: then its feeds count, and of the sitemaps what stands under
    its path. It may also be a feed or a sitemap itself; then all that it names counts, on any site. Addresses come
    without the parameters that only count visits.

    Raises `FetchError` where there is nobody to ask at `url`.
    """
    return _Search(fetcher or Fetcher(), clean_url(url)).result()


class _Search:
    def __init__(self, fetcher: Fetcher, start: str) -> None:
        self._fetcher = fetcher
        self._start = start
        self._met: set[str] = set()
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
        if first is None or not self._read_named(first):
            self._read_feeds(first)
            self._read_sitemaps()
        ordered = sorted(self._found.values(), key=lambda found: _moment(found.published), reverse=True)
        return Discovery(tuple(ordered), tuple(self._problems))

    def _read_named(self, page: Page) -> bool:
        """Takes what `url` itself names, where it is a feed or a sitemap; whether it is."""
        content, address = _content(page), page.address or self._start
        self._met.add(address)
        entries = read_feed(content, address)
        if entries is not None:
            self._take(entries, address, anywhere=True)
            return True
        sitemap = read_sitemap(content, address)
        if sitemap is None:
            return False
        self._take(sitemap.articles, address, anywhere=True)
        self._read_nested(sitemap.sitemaps, MAX_DEPTH - 1, anywhere=True)
        return True

    def _read_feeds(self, page: Page | None) -> None:
        declared: list[str] = []
        with self._told():
            declared = _in_time(_declared_feeds, page) if page is not None else []
        for feed in declared[:MAX_FEEDS] or [urljoin(self._start, path) for path in _USUAL_FEEDS]:
            fetched = self._fetched(feed, named=bool(declared))
            if fetched is None:
                continue
            with self._told():
                entries = read_feed(_content(fetched), fetched.address or feed)
                self._take(entries or (), feed)
                if entries and not declared:
                    return  # the others would be the same under another name

    def _read_sitemaps(self) -> None:
        named: tuple[str, ...] = ()
        with self._told():
            named = self._fetcher.sitemaps(self._start)
        usual = [urljoin(self._start, path) for path in _USUAL_SITEMAPS]
        self._read_nested([Entry(each) for each in named or usual], MAX_DEPTH, named=bool(named))

    def _read_nested(
        self, sitemaps: Iterable[Entry], depth: int, *, named: bool = True, anywhere: bool = False
    ) -> None:
        """Reads the sitemaps that are called news; where none is, those that were changed last."""
        listed = list(sitemaps)
        chosen = [each for each in listed if _NEWS.search(urlsplit(each.url).path)]
        if not chosen or not named:
            chosen = sorted(listed, key=lambda each: _moment(each.published), reverse=True)[:MAX_OTHER_SITEMAPS]
        for each in chosen:
            if self._sitemaps_left <= 0 or depth <= 0:
                return
            self._sitemaps_left -= 1
            fetched = self._fetched(each.url, named=named)
            if fetched is None:
                continue
            with self._told():
                sitemap = read_sitemap(_content(fetched), fetched.address or each.url)
                if sitemap is not None:
                    self._take(sitemap.articles, each.url, anywhere=anywhere, within=True)
                    self._read_nested(sitemap.sitemaps, depth - 1, anywhere=anywhere)
                    if sitemap.articles and not named:
                        return

    def _fetched(self, url: str, *, named: bool) -> Page | None:
        """The file at `url`; `None` where it was read already or cannot be had, a problem where it was `named`."""
        try:
            address = clean_url(url)
            if address in self._met:
                return None
            self._met.add(address)
            return self._fetcher.fetch(address, any_type=True)
        except FetchError as error:
            if named:
                self._problems.append(error)
            else:
                _log.debug("%s: %s", url, error.message)
            return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong within it is a problem, and the search goes on."""
        try:
            yield
        except CleanerError as error:
            self._problems.append(error)

    def _take(self, entries: Iterable[Entry], source: str, *, anywhere: bool = False, within: bool = False) -> None:
        """Keeps the entries that are articles of the site; `within` the path that was asked for."""
        for entry in entries:
            url = _tidied(entry.url)
            if url is None or not (anywhere or _same_site(url, self._start)):
                continue
            if within and not anywhere and not urlsplit(url).path.startswith(urlsplit(self._start).path):
                continue
            found = ArticleLink(url, entry.published, entry.title, source)
            known = self._found.setdefault(url, found)
            self._found[url] = known._replace(
                published=known.published or found.published, title=known.title or found.title
            )


def _in_time(find: Callable[[Page], list[str]], page: Page) -> list[str]:
    """What `find` gives for a page, in a worker process: the patterns of other packages may take minutes.

    Raises `CleanerError` with `EXTRACT_TIMEOUT` after `MAX_SECONDS`.
    """
    return _guard().call(find, page, MAX_SECONDS) if hasattr(os, "fork") else find(page)


@cache
def _guard() -> Guard:
    return Guard(trafilatura_adapter.load_feeds)


def _declared_feeds(page: Page) -> list[str]:
    """The feeds that a page declares or links to, those of comments left out; as trafilatura finds them."""
    html = _content(page).decode("utf-8", errors="replace")  # addresses are ASCII, nearly always
    return trafilatura_adapter.find_feeds(html, page.address or "")


def _content(page: Page) -> bytes:
    return page.content if isinstance(page.content, bytes) else page.content.encode()


def _tidied(url: str) -> str | None:
    """The address without parameters that only count visits; `None` where it is no page, or a front page."""
    import courlan

    try:
        tidied = clean_url(url)
    except FetchError:
        return None
    query = urlsplit(tidied).query
    # courlan drops parameters without a value, and they may be the story's name.
    if query and all(value for _, value in parse_qsl(query, keep_blank_values=True)):
        with suppress(FetchError):
            tidied = clean_url(courlan.clean_url(tidied) or tidied)
    parts = urlsplit(tidied)
    if courlan.is_not_crawlable(tidied) or (parts.path == "/" and not parts.query):
        return None
    return tidied


def _same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host, or names as alike as bbc.com and bbc.co.uk."""
    import courlan

    if urlsplit(url).hostname == urlsplit(other).hostname:
        return True
    ours, theirs = courlan.extract_domain(url, fast=True), courlan.extract_domain(other, fast=True)
    return bool(ours and theirs and trafilatura_adapter.is_similar_domain(ours, theirs))


def _moment(when: datetime | date | None) -> datetime:
    """When something was published, for comparing; a day counts from its end, and what has no date is oldest."""
    if isinstance(when, datetime):
        return when
    if when is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime(when.year, when.month, when.day, 23, 59, 59, tzinfo=UTC)
