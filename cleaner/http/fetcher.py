"""Fetch pages from the web: politely (robots.txt, delays), safely, and with a clear error for everything else."""

from __future__ import annotations

import logging
import os
import random
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar, Unpack
from urllib.parse import urljoin, urlsplit

from cleaner._version import __version__
from cleaner.errors import RETRYABLE_STATUS, CleanerError, Code, FetchError
from cleaner.http.politeness import HostState, HostStates
from cleaner.http.response import Response, read_page, redirect, remove_codings
from cleaner.http.urls import SOCKS_SCHEMES, clean_proxy, clean_url, follow, origin
from cleaner.models import Page
from cleaner.page.decompress import MAX_BYTES
from cleaner.patterns import lazy_pattern

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

    from cleaner.http.cache import PageCache
    from cleaner.http.credentials import Credentials
    from cleaner.http.robots import Robots
    from cleaner.http.transport import Transport

USER_AGENT: Final = f"news-cleaner/{__version__}"
# The environment variable with the contact that the default User-Agent names.
CONTACT_VARIABLE: Final = "CLEANER_CONTACT"
# An http(s) URL or a mail address. It is part of a comment in the header (RFC 9110, 5.6.5), which parentheses and
# backslashes would end or escape; a semicolon would look like the parts of a browser's name.
_CONTACT = lazy_pattern(r"https?://[^/]+.*|[^@/]+@[^@/]+", re.IGNORECASE)
_BREAKS_COMMENT = lazy_pattern(r'[^!-~]|[()\\;"<>]')
MAX_CONTACT: Final = 200  # characters
MAX_HOPS: Final = 10  # maximum redirects of a page

# Seconds before the second and the third attempt. Up to the share `JITTER` is added at random, so that clients that
# failed together do not return together.
RETRY_DELAYS: Final = (1.0, 4.0)
JITTER: Final = 0.25
_RETRIED: Final = frozenset({Code.CONNECT_ERROR, Code.TIMEOUT, Code.INCOMPLETE})
# Maximum seconds to wait for a host. If it asks for more (`Retry-After`), its pages fail.
MAX_WAIT: Final = 120.0
# Maximum seconds from the start of the first attempt at a page to the end of the last one, waits included. A `timeout`
# for one attempt that is longer replaces it.
URL_TIMEOUT: Final = 180.0

# Maximum crawl delay, in seconds. Pages of a host whose robots.txt asks for more fail.
MAX_CRAWL_DELAY: Final = 30.0
ROBOTS_HOPS: Final = 5  # maximum redirects of a robots.txt (RFC 9309, 2.3.1.2)
ROBOTS_TIMEOUT: Final = 10.0  # maximum seconds for one attempt at a robots.txt, redirects included
# Errors of a robots.txt with which the page itself would fail, too: the host is unreachable, so it has no robots.txt.
_NO_HOST: Final = frozenset({Code.BAD_URL, Code.BLOCKED_URL, Code.DNS_ERROR, Code.TLS_ERROR})
# Errors that count as connection failures of the host, see `HostState.record_failure`.
_CONNECTION_FAILURES: Final = frozenset({Code.CONNECT_ERROR, Code.DNS_ERROR, Code.TIMEOUT})

_log = logging.getLogger(__name__)


_T = TypeVar("_T")
# A fetch in progress. It yields the host of its next request, sends the request when it is resumed, and returns the
# page.
FetchTask = Generator[HostState, None, Page]


class FetcherOptions(TypedDict, total=False):
    """The keyword arguments of `Fetcher`, to annotate functions that pass them on."""

    max_bytes: int
    timeout: float
    connect_timeout: float
    idle_timeout: float
    user_agent: str | None
    headers: Mapping[str, str] | None
    cookies: Mapping[str, str] | None
    cookie_jar: CookieJar | None
    allow_private: bool
    ignore_robots: bool
    insecure: bool
    proxy: str | None
    cache: PageCache | None
    clock: Callable[[], float]
    sleep: Callable[[float], None]


class Fetcher:
    """Fetches pages and remembers the robots.txt and the last request of each host. Thread-safe.

    `max_bytes` is the maximum size of a page without content codings. Times are in seconds: `timeout` is for one
    attempt at a page, redirects included (the three attempts and the waits between them are limited by `URL_TIMEOUT`),
    `connect_timeout` is for each IP address of a host, and `idle_timeout` is between two bytes. `allow_private` allows
    IP addresses that are not on the public internet, `ignore_robots` fetches pages that robots.txt forbids, and
    `insecure` accepts any certificate. All requests go through `proxy`, the URL of an HTTP or SOCKS proxy, if it is
    given, and pages are stored in `cache`. `clock` returns the time, and `sleep` waits between requests.
    Without a `user_agent`, the result of `default_user_agent` is used.

    `headers` and `cookies` are sent with each request to the host of the URL that is fetched. A redirect to another
    host does not get them. The cookies in `cookie_jar` are sent to the hosts that they belong to. The jar is not
    changed: cookies that servers set are kept for the redirects of one page only.

    Raises `ValueError` if `user_agent`, or the contact in the default one, is not valid in a header, if a header or a
    cookie is not valid or is refused, or if `proxy` is not the URL of a proxy, or needs PySocks and that is not
    installed.
    """

    def __init__(
        self,
        *,
        max_bytes: int = MAX_BYTES,
        timeout: float = 60.0,
        connect_timeout: float = 10.0,
        idle_timeout: float = 20.0,
        user_agent: str | None = None,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        cookie_jar: CookieJar | None = None,
        allow_private: bool = False,
        ignore_robots: bool = False,
        insecure: bool = False,
        proxy: str | None = None,
        cache: PageCache | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if user_agent is None:
            user_agent = default_user_agent()
        if not (user_agent.isascii() and user_agent.isprintable() and user_agent.strip() == user_agent != ""):
            raise ValueError(f"the user agent must be printable ASCII without spaces around it, not {user_agent!r}")
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._connect_timeout = connect_timeout
        self._idle_timeout = idle_timeout
        self._user_agent = user_agent
        self._allow_private = allow_private
        self._ignore_robots = ignore_robots
        self._insecure = insecure
        self._proxy = None if proxy is None else clean_proxy(proxy)
        if self._proxy is not None and urlsplit(self._proxy).scheme in SOCKS_SCHEMES and find_spec("socks") is None:
            raise ValueError("a SOCKS proxy needs PySocks: pip install '.[socks]'")
        self._credentials: Credentials | None = None
        if headers or cookies or cookie_jar is not None:
            from cleaner.http.credentials import Credentials  # loads http.cookiejar

            self._credentials = Credentials.checked(headers, cookies, cookie_jar)
        self._cache = cache
        self._clock = clock
        self._sleep = sleep
        self._hosts = HostStates(clock)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings that apply to every page of this fetcher, as messages for people."""
        warnings = {
            "fetched without checking robots.txt": self._ignore_robots,
            "fetched without checking certificates": self._insecure,
        }
        return tuple(warning for warning, applies in warnings.items() if applies)

    def fetch(
        self, url: str, *, previous: Page | None = None, any_type: bool = False, found_on: str | None = None
    ) -> Page:
        """Fetch the page at `url`; its content is unpacked and not decoded.

        Waits until the host may get the next request, and retries temporary errors. `previous` is an earlier version of
        the page: if the server says that it has not changed, the result has the same `content` and `unchanged` is true.
        With `any_type`, the content may be of any type, such as a feed. `found_on` is for a `url` that nobody chose,
        but that a page, feed or sitemap names: the URL of that one. `url` then gets the fetcher's headers and cookies
        only if it is on the same host.

        Raises `FetchError` for everything that is not a page. Its `url` is the URL that failed; after a redirect, it is
        not the requested one.
        """
        return self.run(self.fetch_steps(url, previous=previous, any_type=any_type, found_on=found_on))

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of the host of `url` names, as absolute URLs, not validated.

        Raises `FetchError` if the robots.txt cannot be read.
        """
        robots_url = urljoin(clean_url(url), "/robots.txt")
        host = self._host(robots_url)
        robots = host.fresh_robots(self._clock()) or self.run(self._load_robots(host, robots_url, robots_url))
        if isinstance(robots, FetchError):
            raise FetchError(robots.code, robots.message, url=robots_url, http_status=robots.http_status) from robots
        return tuple(urljoin(robots_url, sitemap) for sitemap in robots.sitemaps)

    def run(self, task: Generator[HostState, None, _T]) -> _T:
        """Run a task, such as that of `fetch_steps`, to its end; wait for the hosts in between. Return its result."""
        try:
            host = next(task)
            while True:
                host = self.resume(task, host)
        except StopIteration as stop:
            result: _T = stop.value
            return result

    def fetch_steps(
        self, url: str, *, previous: Page | None = None, any_type: bool = False, found_on: str | None = None
    ) -> FetchTask:
        """Like `fetch`, but as a generator, for a caller that has other work to do during the waits.

        It yields the host of its next request; `resume` waits until the host is ready and lets it send that request.
        """
        start = clean_url(url)
        chosen = start if found_on is None else clean_url(found_on)
        host = self._host(start)
        if not self._ignore_robots and (robots := host.fresh_robots(self._clock())) is not None:
            _require_allowed(robots, host, start)  # a forbidden page fails without waiting for the host
        old = previous
        cache = self._cache
        key = self._cache_key(start, chosen, any_type)
        if cache is not None and previous is None:
            from cleaner.http.cache import is_fresh  # loads SQLite

            old = cache.get(key)
            if old is not None and is_fresh(old, datetime.now(UTC)):
                return replace(old, url=url)
        yield host
        end = self._clock() + max(URL_TIMEOUT, self._timeout)
        for attempt, delay in enumerate((*RETRY_DELAYS, None), 1):
            try:
                timeout = min(self._timeout, end - self._next_request_at(start))
                page = yield from self._attempt(url, start, chosen, old, timeout, any_type)
                if cache is not None and page.content:
                    cache.put(key, page)
                # `unchanged` compares with the caller's page, not with the one from our own cache.
                return page if old is previous else replace(page, unchanged=False)
            except FetchError as error:
                failed = error.url or start
                if attempt > 1:
                    error.message = f"{error.message} ({attempt} attempts)"
                    error.args = (error.message,)
                if error.retry_after is not None:
                    self._delay(failed, error.retry_after)
                if delay is None or not _is_temporary(error) or (error.retry_after or 0) > MAX_WAIT:
                    raise
                self._delay(failed, delay * (1 + JITTER * random.random()))
                if max(self._next_request_at(failed), self._next_request_at(start)) >= end:
                    raise
                _log.debug("%s: %s; retrying", failed, error.message)
        raise AssertionError("the last attempt returns or raises")

    def resume(self, task: Generator[HostState, None, object], host: HostState) -> HostState:
        """Wait until `host` is ready, let the fetch send one request to it, and return the host of its next request.

        Raises `StopIteration` with the page as its value when the fetch is complete, and the same errors as `fetch`.
        """
        with host.lock:
            wait = self.wait_of(host)
            if wait > 0:
                _log.debug("%s: waiting %.1f s", host.origin, wait)
                self._sleep(wait)
            return next(task)

    def wait_of(self, host: HostState) -> float:
        """Return the seconds until a fetch from `host` can go on.

        The result is also 0 if the wait would be longer than `MAX_WAIT` or the host is unreachable: then the fetch
        fails at once.
        """
        now = self._clock()
        wait = host.next_request_at - now
        return wait if 0 < wait <= MAX_WAIT and not host.is_unreachable(now) else 0.0

    def _attempt(
        self, url: str, start: str, chosen: str, previous: Page | None, timeout: float, any_type: bool
    ) -> FetchTask:
        current = start
        with self._transport(timeout, chosen) as transport:
            for _ in range(MAX_HOPS + 1):
                if not self._ignore_robots:
                    yield from self._check_robots(current, chosen)
                # Validators belong to one URL and are not sent to any other.
                old = previous if previous is not None and previous.final_url == current else None
                validators = _validators(old) if old else {}
                host = self._host(current)
                yield host
                with self._request_to(host, current, transport):
                    response = self._get(host, current, transport, {**self._headers(current, chosen), **validators})
                    if old and validators and response.status == 304:
                        headers = {**old.headers, **_updated_headers(response)}
                        return replace(old, url=url, headers=headers, fetched_at=datetime.now(UTC), unchanged=True)
                    location = redirect(response)
                    if not location:
                        content = read_page(response, current, self._max_bytes, any_type=any_type)
                        now = datetime.now(UTC)
                        return Page(content, url, final_url=current, headers=response.headers, fetched_at=now)
                    current = follow(current, location)
        raise FetchError(Code.TOO_MANY_REDIRECTS, f"more than {MAX_HOPS} redirects", url=current)

    def _cache_key(self, url: str, chosen: str, any_type: bool) -> str:
        """Return the name of a page in the cache: its URL, and what else it depends on, after spaces."""
        sent = "" if self._credentials is None else self._credentials.key_for(url, chosen)
        # What was fetched as any type is not known to be a page.
        return " ".join(filter(None, (url, "any" if any_type else "", sent)))

    def _headers(self, url: str, chosen: str) -> Mapping[str, str]:
        """Return the user's headers for a request to `url`. They are meant for the host of the `chosen` URL."""
        return {} if self._credentials is None else self._credentials.headers_for(url, chosen)

    def _transport(self, timeout: float, chosen: str) -> Transport:
        from cleaner.http.transport import Transport  # loads requests

        return Transport(
            connect_timeout=self._connect_timeout,
            idle_timeout=self._idle_timeout,
            timeout=timeout,
            user_agent=self._user_agent,
            allow_private=self._allow_private,
            insecure=self._insecure,
            proxy=self._proxy,
            cookies=() if self._credentials is None else self._credentials.cookies_for(chosen),
        )

    def _host(self, url: str) -> HostState:
        return self._hosts[origin(url)]

    def _next_request_at(self, url: str) -> float:
        return max(self._clock(), self._host(url).next_request_at)

    def _delay(self, url: str, seconds: float) -> None:
        self._host(url).delay_until(self._clock() + seconds)

    @contextmanager
    def _request_to(self, host: HostState, url: str, transport: Transport) -> Iterator[None]:
        """Context of one request to the host of `url`, until its response has been read.

        Raises `FetchError` if the host is unreachable, or if it asks to wait for longer than `MAX_WAIT`.
        """
        now = self._clock()
        if host.is_unreachable(now):
            raise FetchError(
                Code.CONNECT_ERROR, "the host is unreachable; it is not tried again for some minutes", url=url
            )
        wait = host.next_request_at - now
        if wait > MAX_WAIT:
            message = f"the server asks to wait for {wait:.0f} s more (Retry-After)"
            raise FetchError(Code.HTTP_ERROR, message, url=url, http_status=host.status, retry_after=round(wait))
        try:
            yield
        finally:
            transport.end_request()
            host.end_request(self._clock())

    def _get(self, host: HostState, url: str, transport: Transport, headers: Mapping[str, str]) -> Response:
        """Send the request, record its outcome in the state of the host, and return the response."""
        try:
            response = transport.get(url, headers)
        except FetchError as error:
            if error.code in _CONNECTION_FAILURES:
                host.record_failure(self._clock())
            raise
        host.record_response(response.status)
        return response

    def _check_robots(self, url: str, chosen: str) -> Generator[HostState, None, None]:
        """Raise `FetchError` if the robots.txt of the host of `url` forbids fetching it, or cannot be read."""
        host = self._host(url)
        robots = host.fresh_robots(self._clock())
        if robots is None:
            robots = yield from self._load_robots(host, urljoin(url, "/robots.txt"), chosen)
        _require_allowed(robots, host, url)

    def _load_robots(self, host: HostState, url: str, chosen: str) -> Generator[HostState, None, Robots | FetchError]:
        """Fetch the robots.txt at `url`, and return its rules, or the error if it cannot be read.

        The result is stored for `host`, and also for another host if `url` redirects to the robots.txt of that one.
        """
        from cleaner.http.robots import Robots  # loads Protego

        yield host
        stored = host.fresh_robots(self._clock())
        if stored is not None:  # another fetch has loaded it, while this one waited for the host
            return stored
        robots: Robots | FetchError
        final_url = url
        with self._transport(min(ROBOTS_TIMEOUT, self._timeout), chosen) as transport:
            for may_retry in (True, False):
                try:
                    final_url, content = yield from self._robots_content(url, transport, chosen)
                    robots = Robots(content, self._user_agent)
                    break
                except CleanerError as error:
                    robots = _robots_error(error, url)
                    if not (may_retry and _is_temporary(error)):
                        break
                    self._delay(url, RETRY_DELAYS[0])
        for each in {url, final_url}:
            if each == urljoin(each, "/robots.txt"):
                self._host(each).set_robots(robots, self._clock())
        return robots

    def _robots_content(
        self, url: str, transport: Transport, chosen: str
    ) -> Generator[HostState, None, tuple[str, bytes]]:
        """Return the final URL of the robots.txt at `url`, after redirects, and its content; empty if there is none.

        Raises `FetchError` or `InputError` if it is unknown whether there is one.
        """
        from cleaner.http.robots import first_lines

        current = url
        for _ in range(ROBOTS_HOPS + 1):
            host = self._host(current)
            yield host
            with self._request_to(host, current, transport):
                response = self._get(host, current, transport, self._headers(current, chosen))
                if response.status == 429 or response.status >= 500:
                    message = f"the server answered with status {response.status}"
                    raise FetchError(Code.HTTP_ERROR, message, url=current, http_status=response.status)
                location = redirect(response)
                if not location:
                    exists = 200 <= response.status <= 299
                    return current, first_lines(remove_codings(response, response.body)) if exists else b""
                try:
                    current = follow(current, location)
                except FetchError:  # an invalid redirect counts as no robots.txt
                    break
        return url, b""


def default_user_agent() -> str:
    """Return the User-Agent of a fetcher without one of its own: name, version and the contact in `CLEANER_CONTACT`.

    Raises `ValueError` if the contact is neither an http(s) URL nor a mail address, or is not valid in the header.
    """
    contact = os.environ.get(CONTACT_VARIABLE, "")
    if not contact:
        return USER_AGENT
    if len(contact) > MAX_CONTACT or _BREAKS_COMMENT.search(contact) or not _CONTACT.fullmatch(contact):
        raise ValueError(
            f"{CONTACT_VARIABLE} must be an http(s) URL or a mail address of at most {MAX_CONTACT} ASCII characters, "
            f"without spaces, double quotes, parentheses, angle brackets, semicolons or backslashes, not "
            f"{contact[:MAX_CONTACT]!r}"
        )
    return f"{USER_AGENT} (+{contact})"


def fetch(url: str, **options: Unpack[FetcherOptions]) -> Page:
    """Fetch the page at `url`; its content is unpacked and not decoded. The options are those of `Fetcher`.

    Raises `FetchError` for everything that is not a page, and if the host's robots.txt forbids it. For many pages, use
    one `Fetcher`: it requests each robots.txt once, and waits a second between two requests to a host.
    """
    return Fetcher(**options).fetch(url)


def _is_temporary(error: CleanerError) -> bool:
    """Whether the same request may well succeed a few seconds later."""
    has_temporary_status = isinstance(error, FetchError) and error.http_status in RETRYABLE_STATUS
    return error.code in _RETRIED or (error.code is Code.HTTP_ERROR and has_temporary_status)


def _require_allowed(robots: Robots | FetchError, host: HostState, url: str) -> None:
    """Raise `FetchError` if `robots`, the robots.txt of `host`, forbids `url` or asks for too long a delay."""
    if isinstance(robots, FetchError):
        raise FetchError(robots.code, robots.message, url=url, http_status=robots.http_status) from robots
    if not robots.allows(url):
        rule = robots.forbidding(url)
        message = f"the host's robots.txt forbids this URL{f': {rule}' if rule else ''}"
        raise FetchError(Code.ROBOTS_DENIED, message, url=url)
    if host.crawl_delay > MAX_CRAWL_DELAY:
        message = (
            f"the host's robots.txt asks for {host.crawl_delay:g} s between requests (maximum: {MAX_CRAWL_DELAY:g} s)"
        )
        raise FetchError(Code.ROBOTS_DELAY, message, url=url)


def _robots_error(error: CleanerError, url: str) -> FetchError:
    """Return the error for all pages of a host whose robots.txt, at `url`, could not be read because of `error`."""
    status = error.http_status if isinstance(error, FetchError) else None
    if error.code in _NO_HOST and error.url is not None and origin(error.url) == origin(url):
        return FetchError(error.code, error.message, url=url)
    message = f"the host's robots.txt cannot be read, so no page of the host is fetched: {error.message}"
    return FetchError(Code.ROBOTS_UNREACHABLE, message, url=url, http_status=status)


def _updated_headers(response: Response) -> dict[str, str]:
    """Return the headers of the page that a 304 response updates (RFC 9110, 15.4.5)."""
    names = ("etag", "last-modified", "cache-control", "expires", "date", "age")
    return {name: response.headers[name] for name in names if name in response.headers}


def _validators(page: Page) -> dict[str, str]:
    """Return the headers of a conditional request: the server sends the page only if it has changed."""
    headers = {"if-none-match": page.headers.get("etag"), "if-modified-since": page.headers.get("last-modified")}
    return {name: value for name, value in headers.items() if value}
