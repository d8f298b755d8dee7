"""Find the articles that a site lists in its feeds and sitemaps."""

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
from cleaner.discovery.feeds import Entry, Sitemap, language_tag, read_feed, read_sitemap
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
# Maximum number of sitemaps that are read if the user names an index, the last changed ones.
MAX_NAMED_SITEMAPS: Final = 50
MAX_DEPTH: Final = 3  # maximum depth of sitemap indexes that name other indexes
MAX_FOUND: Final = 100_000  # maximum number of articles of one site, which take 100 MB
# Maximum seconds to find the feeds of a page, the same as for cleaning a page.
MAX_SECONDS: Final = 20.0

# The most common paths of feeds and news sitemaps. They are tried if the site names none.
_USUAL_FEEDS: Final = ("/feed/", "/rss.xml", "/rss", "/atom.xml")
_USUAL_SITEMAPS: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
_NEWS = lazy_pattern(r"news(?!letter)|google|latest", re.IGNORECASE)
# The path of a section or of a page about the site: one word, such as "/sport/" or "/imprint.html".
_ONE_WORD = lazy_pattern(r"/[a-z]{1,20}(\.[a-z]{1,5})?/?", re.IGNORECASE)

_log = logging.getLogger(__name__)


class ArticleLink(NamedTuple):
    """An article that a site lists. `source` is the URL of the feed or sitemap, the other fields are as in `Entry`.

    In a sitemap without news entries, `published` is the time of the last change.
    """

    url: str
    published: datetime | date | None
    title: str | None
    source: str
    language: str | None = None


class Discovery(NamedTuple):
    """The articles of each site, newest first and those without a date last, and the errors of feeds and sitemaps.

    `listed` is the number of articles that the sites list, wanted or not. `undated` is the number of those that `since`
    left out because nothing says when they were published.
    """

    found: tuple[ArticleLink, ...]
    problems: tuple[CleanerError, ...]
    listed: int = 0
    undated: int = 0


class Wanted(NamedTuple):
    """Which articles of a site are wanted. The fields are as in `discover`."""

    since: datetime | date | None = None
    max_articles: int | None = None
    language: str | None = None

    @classmethod
    def checked(cls, since: datetime | date | None, max_articles: int | None, language: str | None) -> Wanted:
        """Return the wishes. Raises `ValueError` as `discover` does."""
        if max_articles is not None and max_articles < 1:
            raise ValueError(f"max_articles must be at least 1, not {max_articles}")
        tag = language_tag(language)
        if language is not None and tag is None:
            raise ValueError(f"the language must be a tag such as 'de' or 'pt-BR', not {language!r}")
        return cls(since, max_articles, tag)

    def is_too_old(self, published: datetime | date | None) -> bool:
        """Whether what was published or changed then is older than wanted. An unknown time is not."""
        return self.since is not None and published is not None and _sort_time(published) < _start(self.since)

    def has_language(self, language: str | None) -> bool:
        """Whether the language matches the wanted one by its first parts (RFC 4647, 3.3.1), or one is unknown."""
        return not self.language or not language or f"{language}-".startswith(f"{self.language}-")


def discover(
    sites: str | Iterable[str],
    /,
    *,
    fetcher: Fetcher | None = None,
    since: datetime | date | None = None,
    max_articles: int | None = None,
    language: str | None = None,
) -> Discovery:
    """Return the articles that the feeds and sitemaps of sites list, site by site.

    A site is the URL of its front page or of a section: the result has the articles of its feeds, and those of the news
    sitemaps whose path begins with the path of the URL. If there are none, it has the URLs in its other sitemaps that
    look like articles. The URL may also be that of a feed, a sitemap or an index of sitemaps; then the result has all
    its articles, of any site. Tracking parameters are removed from the URLs, and duplicates are left out.

    Args:
        sites: One URL, or several.
        fetcher: The fetcher; `None` for a new one.
        since: Only articles that were published at this time or later; a day begins at midnight in UTC. Articles
            without a date are left out. `None` for all.
        max_articles: The number of articles of each site, the newest; `None` for all.
        language: Only articles in this language (such as "pt", or "pt-BR"), and those of which no feed or sitemap says
            a language; `None` for all.

    Raises:
        FetchError: `sites` is one URL that cannot be fetched. An HTTP error status is one of the `problems` instead,
            and so is the error of one URL of several.
        ValueError: `max_articles` is below 1, or `language` is not a language tag.
    """
    wanted = Wanted.checked(since, max_articles, language)
    fetcher = fetcher or Fetcher()
    if isinstance(sites, str):
        return _Search(fetcher, clean_url(sites), wanted).result()
    each = [discovery for _, discovery in discover_each(sites, fetcher, wanted)]
    return Discovery(
        tuple(link for discovery in each for link in discovery.found),
        tuple(problem for discovery in each for problem in discovery.problems),
        sum(discovery.listed for discovery in each),
        sum(discovery.undated for discovery in each),
    )


def discover_each(sites: Iterable[str], fetcher: Fetcher, wanted: Wanted) -> Iterator[tuple[str, Discovery]]:
    """Yield each site with its articles that no site before it has. A site that cannot be fetched has one problem."""
    seen: set[str] = set()
    for site in sites:
        try:
            discovery = _Search(fetcher, clean_url(site), wanted).result()
        except FetchError as error:
            yield site, Discovery((), (error,))
            continue
        new = tuple(link for link in discovery.found if link.url not in seen)
        seen.update(link.url for link in new)
        yield site, discovery._replace(found=new)


class _Search:
    """The search for the articles of one site."""

    def __init__(self, fetcher: Fetcher, start: str, wanted: Wanted) -> None:
        self._fetcher = fetcher
        self._start = start
        self._wanted = wanted
        self._visited: set[str] = set()
        self._found: dict[str, ArticleLink] = {}
        self._pages: list[tuple[Entry, str]] = []  # of sitemaps without news entries, with the URL of the sitemap
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
            if not self._found:
                for entry, source in self._pages:
                    if _looks_like_article(entry.url):
                        self._add([entry], source, below_start=True)
        return self._chosen()

    def _chosen(self) -> Discovery:
        """Return the articles that are wanted."""
        wanted = self._wanted
        links = [link for link in self._found.values() if wanted.has_language(link.language)]
        undated = 0
        if wanted.since is not None:
            undated = sum(link.published is None for link in links)
            links = [link for link in links if link.published and not wanted.is_too_old(link.published)]
        links.sort(key=lambda link: _sort_time(link.published), reverse=True)
        return Discovery(tuple(links[: wanted.max_articles]), tuple(self._problems), len(self._found), undated)

    def _read_directly(self, page: Page) -> bool:
        """Add the articles of `page` if it is a feed or a sitemap itself. Return whether it is."""
        content, url = _content(page), page.address or self._start
        self._visited |= {url, self._start}
        entries = read_feed(content, url)
        if entries is not None:
            self._add(entries, url, any_site=True)
            return True
        sitemap = read_sitemap(content, url)
        if sitemap is None:
            return False
        self._sitemaps_left = MAX_NAMED_SITEMAPS
        self._add_named(sitemap, url, MAX_DEPTH)
        return True

    def _add_named(self, sitemap: Sitemap, url: str, depth: int) -> None:
        """Add the articles of a sitemap that the user named or that is in a named one, and of those in it.

        Those with a name like "news" and the last changed ones come first. Sitemaps that can only hold older articles
        than wanted are left out.
        """
        self._add(sitemap.articles, url, any_site=True)
        self._add((each for each in sitemap.pages if _looks_like_article(each.url)), url, any_site=True)
        for each in sorted(sitemap.sitemaps, key=_by_name_and_time, reverse=True):
            if self._wanted.is_too_old(each.published) or self._has_enough(each.published):
                continue
            if self._sitemaps_left <= 0 or depth <= 1:
                message = f"the index has more than {MAX_NAMED_SITEMAPS} sitemaps; name those that were not read"
                if depth <= 1:
                    message = f"the sitemap is more than {MAX_DEPTH} indexes deep"
                self._problems.append(CleanerError(Code.TOO_LARGE, message, url=each.url))
                return
            self._sitemaps_left -= 1
            fetched = self._fetch(each.url, declared=True)
            if fetched is None:
                continue
            with self._collect_errors():
                nested = read_sitemap(_content(fetched), fetched.address or each.url)
                if nested is not None:
                    self._add_named(nested, each.url, depth - 1)

    def _has_enough(self, changed: datetime | date | None) -> bool:
        """Whether as many articles as wanted are known, all newer than the last change of a sitemap."""
        limit = self._wanted.max_articles
        if limit is None or changed is None or len(self._found) < limit:
            return False
        last = self._chosen().found[limit - 1 :]
        return bool(last) and last[0].published is not None and _sort_time(last[0].published) >= _sort_time(changed)

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

    def _read_nested(self, sitemaps: Iterable[Entry], depth: int, *, declared: bool = True) -> None:
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
                    self._add(sitemap.articles, each.url, below_start=True)
                    self._pages += ((page, each.url) for page in sitemap.pages)
                    self._read_nested(sitemap.sitemaps, depth - 1)
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
            return self._fetcher.fetch(cleaned, any_type=True, found_on=self._start)
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
            if len(self._found) >= MAX_FOUND:
                return
            url = _article_url(entry.url)
            if url is None or not (any_site or _same_site(url, self._start)):
                continue
            if below_start and not any_site and not urlsplit(url).path.startswith(urlsplit(self._start).path):
                continue
            link = ArticleLink(url, entry.published, entry.title, source, entry.language)
            first = self._found.setdefault(url, link)
            self._found[url] = first._replace(
                published=first.published or link.published,
                title=first.title or link.title,
                language=first.language or link.language,
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


def _looks_like_article(url: str) -> bool:
    """Whether a URL of a sitemap without news entries may be an article, by its form.

    Front pages, sections, lists (of tags, authors, pages with a number), files and pages about the site are not.
    """
    from courlan import filters

    parts = urlsplit(url)
    return (
        filters.type_filter(url)
        and not filters.is_navigation_page(parts.path)
        and filters.extension_filter(parts.path)
        and filters.path_filter(parts.path, parts.query)
        and not (_ONE_WORD.fullmatch(parts.path) and not parts.query)
    )


def _same_site(url: str, other: str) -> bool:
    """Whether two URLs are of one site: the same host, or similar domains such as bbc.com and bbc.co.uk."""
    import courlan

    if urlsplit(url).hostname == urlsplit(other).hostname:
        return True
    ours, theirs = courlan.extract_domain(url, fast=True), courlan.extract_domain(other, fast=True)
    return bool(ours and theirs and trafilatura_adapter.is_similar_domain(ours, theirs))


def _by_name_and_time(sitemap: Entry) -> tuple[bool, datetime]:
    return bool(_NEWS.search(urlsplit(sitemap.url).path)), _sort_time(sitemap.published)


def _start(since: datetime | date) -> datetime:
    """Return the time at which articles begin to be wanted: for a day, its beginning."""
    if not isinstance(since, datetime):
        return datetime(since.year, since.month, since.day, tzinfo=UTC)
    return since if since.tzinfo else since.replace(tzinfo=UTC)


def _sort_time(when: datetime | date | None) -> datetime:
    """Return the time by which entries are sorted: for a day, its end; without a date, the earliest time."""
    if isinstance(when, datetime):
        return when
    if when is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime(when.year, when.month, when.day, 23, 59, 59, tzinfo=UTC)
