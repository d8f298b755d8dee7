"""Pages from the web: politely, by the hosts' robots.txt; safely; and a clear error for whatever is no page."""

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
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar, Unpack
from urllib.parse import urljoin

from cleaner._version import __version__
from cleaner.errors import RETRYABLE_STATUS, CleanerError, Code, FetchError
from cleaner.http.politeness import HostState, HostStates
from cleaner.http.response import Response, read_page, redirect, unpacked
from cleaner.http.urls import clean_proxy, clean_url, follow, origin
from cleaner.models import Page
from cleaner.page.decompress import MAX_BYTES

if TYPE_CHECKING:
    from cleaner.http.cache import PageCache
    from cleaner.http.robots import Robots
    from cleaner.http.transport import Transport

USER_AGENT: Final = f"news-cleaner/{__version__}"
# The environment variable with the contact that the default User-Agent names.
CONTACT_VARIABLE: Final = "CLEANER_CONTACT"
# An http(s) URL or a mail address. Both stand in a comment of the header (RFC 9110, 5.6.5), which parentheses and
# backslashes would end or escape; a semicolon would look like the parts of a browser's name.
_CONTACT = re.compile(r"https?://[^/]+.*|[^@/]+@[^@/]+", re.IGNORECASE)
_BREAKS_COMMENT = re.compile(r'[^!-~]|[()\\;"<>]')
MAX_CONTACT: Final = 200  # characters
MAX_HOPS: Final = 10

# Seconds before the second and the third try, and a bit more by chance, lest all come back at once.
RETRY_DELAYS: Final = (1.0, 4.0)
JITTER: Final = 0.25
_RETRIED: Final = frozenset({Code.CONNECT_ERROR, Code.TIMEOUT, Code.INCOMPLETE})
# Seconds that are waited where a server names them; a host that asks for more is left alone, and its pages fail.
MAX_WAIT: Final = 120.0
# Seconds from the first try at a page to the end of the last, waits included; more only where one try is given more.
URL_TIMEOUT: Final = 180.0

# Seconds from one request to the next that a robots.txt can ask for.
MAX_CRAWL_DELAY: Final = 30.0
ROBOTS_HOPS: Final = 5  # RFC 9309, 2.3.1.2
ROBOTS_TIMEOUT: Final = 10.0
# What the page itself would fail with: nobody is there who could have a robots.txt.
_NO_HOST: Final = frozenset({Code.BAD_URL, Code.BLOCKED_URL, Code.DNS_ERROR, Code.TLS_ERROR})
# What comes where nobody answers: enough of them in a row, and the host is set aside.
_NO_ANSWER: Final = frozenset({Code.CONNECT_ERROR, Code.DNS_ERROR, Code.TIMEOUT})

_log = logging.getLogger(__name__)


_T = TypeVar("_T")
# A page on its way: yields each host that it needs a turn at, and asks it for one thing when it is resumed.
FetchTask = Generator[HostState, None, Page]


class FetcherOptions(TypedDict, total=False):
    """The keyword arguments of `Fetcher`, for functions that pass them on."""

    max_bytes: int
    timeout: float
    connect_timeout: float
    idle_timeout: float
    user_agent: str | None
    allow_private: bool
    ignore_robots: bool
    insecure: bool
    proxy: str | None
    cache: PageCache | None
    clock: Callable[[], float]
    sleep: Callable[[float], None]


class Fetcher:
    """Fetches pages, and keeps for each host its robots.txt and when it was asked last. Any thread may use it.

    `max_bytes` is the most that a page may have, unpacked. Times are in seconds: `timeout` for one try at a page,
    redirects included (all three, and the waits between them, have `URL_TIMEOUT`), `connect_timeout` for each address
    of a host, `idle_timeout` between two bytes. `allow_private` opens addresses that are not of the open internet,
    `ignore_robots` fetches what a robots.txt forbids, and `insecure` takes any certificate. `proxy` is the address of
    an HTTP proxy that all requests go through, `cache` keeps pages. `clock` and `sleep` tell and pass the time between
    requests. Without a `user_agent`, it is that of `default_user_agent`.

    Raises `ValueError` where `user_agent` or the contact of the default one cannot stand in a header, or `proxy` is no
    such address.
    """

    def __init__(
        self,
        *,
        max_bytes: int = MAX_BYTES,
        timeout: float = 60.0,
        connect_timeout: float = 10.0,
        idle_timeout: float = 20.0,
        user_agent: str | None = None,
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
            raise ValueError(f"the user agent must be printable ASCII without blanks around it, not {user_agent!r}")
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._connect_timeout = connect_timeout
        self._idle_timeout = idle_timeout
        self._user_agent = user_agent
        self._allow_private = allow_private
        self._ignore_robots = ignore_robots
        self._insecure = insecure
        self._proxy = None if proxy is None else clean_proxy(proxy)
        self._store = cache
        self._clock = clock
        self._sleep = sleep
        self._hosts = HostStates(clock)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of its pages must know, in words."""
        told = {
            "fetched without asking robots.txt": self._ignore_robots,
            "fetched without checking certificates": self._insecure,
        }
        return tuple(warning for warning, applies in told.items() if applies)

    def fetch(self, url: str, *, previous: Page | None = None, any_type: bool = False) -> Page:
        """The page at `url`, its content unpacked and not decoded, waiting for the host's turn and trying again.

        `previous` is the same page as it was fetched before: where the server says that it has not changed, the result
        has its very `content` and is `unchanged`. With `any_type`, a feed or whatever else is there will do, and the
        store is left alone.

        Raises `FetchError` for everything that is no page; its `url` is the address that failed, which after a redirect
        is not the one asked for.
        """
        return self._end_of(self.fetch_steps(url, previous=previous, any_type=any_type))

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the host of `url` names, as absolute addresses or nearly.

        Raises `FetchError` where it cannot be read.
        """
        robots_url = urljoin(clean_url(url), "/robots.txt")
        host = self._host(robots_url)
        robots = host.fresh_robots(self._clock()) or self._end_of(self._learned_robots(host, robots_url))
        if isinstance(robots, FetchError):
            raise FetchError(robots.code, robots.message, url=robots_url, http_status=robots.http_status) from robots
        return tuple(urljoin(robots_url, sitemap) for sitemap in robots.sitemaps)

    def _end_of(self, way: Generator[HostState, None, _T]) -> _T:
        try:
            host = next(way)
            while True:
                host = self.resume(way, host)
        except StopIteration as done:
            end: _T = done.value
            return end

    def fetch_steps(self, url: str, *, previous: Page | None = None, any_type: bool = False) -> FetchTask:
        """The way of one page, for whoever has other things to do while it waits; it is as `fetch` in all else.

        It yields the host that it needs a turn at; `resume` gives it that turn, to ask the host for one thing.
        """
        start = clean_url(url)
        host = self._host(start)
        if not self._ignore_robots and (robots := host.fresh_robots(self._clock())) is not None:
            _check_robots(robots, host, start)  # what is forbidden need not wait for its turn
        known = previous
        cache = None if any_type else self._store
        if cache is not None and previous is None:
            from cleaner.http.cache import is_fresh  # loads SQLite

            known = cache.get(start)
            if known is not None and is_fresh(known, datetime.now(UTC)):
                return replace(known, url=url)
        yield host
        end = self._clock() + max(URL_TIMEOUT, self._timeout)
        for delay in (*RETRY_DELAYS, None):
            try:
                left = min(self._timeout, end - self._next_turn(start))
                page = yield from self._try(url, start, known, left, any_type)
                if cache is not None and page.content:
                    cache.put(start, page)
                # That a page is the same as in our own store is nothing that anybody asked for.
                return page if known is previous else replace(page, unchanged=False)
            except FetchError as error:
                failed = error.url or start
                if error.retry_after is not None:
                    self._hold(failed, error.retry_after)
                if delay is None or not _may_pass(error) or (error.retry_after or 0) > MAX_WAIT:
                    raise
                self._hold(failed, delay * (1 + JITTER * random.random()))
                if max(self._next_turn(failed), self._next_turn(start)) >= end:
                    raise
                _log.debug("%s: %s; once more", failed, error.message)
        raise AssertionError("the last try returns or raises")

    def resume(self, fetch_steps: Generator[HostState, None, object], host: HostState) -> HostState:
        """The host that the visit needs next, after its turn at `host`, which is waited for.

        Raises `StopIteration` with the page as its value where the visit has come to its end, and what `fetch` raises.
        """
        with host.turn:
            wait = self.wait_of(host)
            if wait > 0:
                _log.debug("%s: waiting %.1f s", host.origin, wait)
                self._sleep(wait)
            return next(fetch_steps)

    def wait_of(self, host: HostState) -> float:
        """Seconds until a visit to `host` can go on; 0 also where the wait is so long that it fails at once."""
        now = self._clock()
        wait = host.next_turn - now
        return wait if 0 < wait <= MAX_WAIT and not host.is_unreachable(now) else 0.0

    def _try(self, url: str, start: str, previous: Page | None, timeout: float, any_type: bool) -> FetchTask:
        here = start
        with self._transport(timeout) as transport:
            for _ in range(MAX_HOPS + 1):
                if not self._ignore_robots:
                    yield from self._obey_robots(here)
                # Validators are those of one address, and nobody else's business.
                known = previous if previous is not None and previous.final_url == here else None
                validators = _validators(known) if known else {}
                host = self._host(here)
                yield host
                with self._turn(host, here, transport):
                    answer = self._answer(host, here, transport, validators)
                    if known and validators and answer.status == 304:
                        headers = {**known.headers, **_renewed(answer)}
                        return replace(known, url=url, headers=headers, fetched_at=datetime.now(UTC), unchanged=True)
                    location = redirect(answer)
                    if not location:
                        content = read_page(answer, here, self._max_bytes, any_type=any_type)
                        return Page(content, url, final_url=here, headers=answer.headers, fetched_at=datetime.now(UTC))
                    here = follow(here, location)
        raise FetchError(Code.TOO_MANY_REDIRECTS, f"more than {MAX_HOPS} redirects", url=here)

    def _transport(self, timeout: float) -> Transport:
        from cleaner.http.transport import Transport  # loads requests

        return Transport(
            connect_timeout=self._connect_timeout,
            idle_timeout=self._idle_timeout,
            timeout=timeout,
            user_agent=self._user_agent,
            allow_private=self._allow_private,
            insecure=self._insecure,
            proxy=self._proxy,
        )

    def _host(self, url: str) -> HostState:
        return self._hosts[origin(url)]

    def _next_turn(self, url: str) -> float:
        return max(self._clock(), self._host(url).next_turn)

    def _hold(self, url: str, seconds: float) -> None:
        self._host(url).hold(self._clock() + seconds)

    @contextmanager
    def _turn(self, host: HostState, url: str, transport: Transport) -> Iterator[None]:
        """The time in which the host of `url` is asked for one thing.

        Raises `FetchError` where the host does not want to be asked, or would not answer.
        """
        now = self._clock()
        if host.is_unreachable(now):
            raise FetchError(Code.CONNECT_ERROR, "nobody answers there; not tried again for some minutes", url=url)
        wait = host.next_turn - now
        if wait > MAX_WAIT:
            message = f"the server asked to be left alone, for {wait:.0f} s more"
            raise FetchError(Code.HTTP_ERROR, message, url=url, http_status=host.status, retry_after=round(wait))
        try:
            yield
        finally:
            transport.rest()
            host.done(self._clock())

    def _answer(
        self, host: HostState, url: str, transport: Transport, headers: Mapping[str, str] | None = None
    ) -> Response:
        """What the host says to a request for `url`, which it is remembered for."""
        try:
            answer = transport.get(url, headers)
        except FetchError as error:
            if error.code in _NO_ANSWER:
                host.unanswered(self._clock())
            raise
        host.answered(answer.status)
        return answer

    def _obey_robots(self, url: str) -> Generator[HostState, None, None]:
        """Raises `FetchError` where the robots.txt of the host of `url` is against fetching it, or cannot be read."""
        host = self._host(url)
        robots = host.fresh_robots(self._clock())
        if robots is None:
            robots = yield from self._learned_robots(host, urljoin(url, "/robots.txt"))
        _check_robots(robots, host, url)

    def _learned_robots(self, host: HostState, url: str) -> Generator[HostState, None, Robots | FetchError]:
        """What the robots.txt at `url` is, learned for its `host` and for the one whose robots.txt it redirects to."""
        from cleaner.http.robots import Robots  # loads Protego

        yield host
        known = host.fresh_robots(self._clock())
        if known is not None:  # learned for another page, while this one waited for its turn
            return known
        learned: Robots | FetchError
        here = url
        with self._transport(min(ROBOTS_TIMEOUT, self._timeout)) as transport:
            for may_try_again in (True, False):
                try:
                    here, content = yield from self._robots_content(url, transport)
                    learned = Robots(content, self._user_agent)
                    break
                except CleanerError as error:
                    learned = _refusal(error, url)
                    if not (may_try_again and _may_pass(error)):
                        break
                    self._hold(url, RETRY_DELAYS[0])
        for each in {url, here}:
            if each == urljoin(each, "/robots.txt"):
                self._host(each).learn_robots(learned, self._clock())
        return learned

    def _robots_content(self, url: str, transport: Transport) -> Generator[HostState, None, tuple[str, bytes]]:
        """The address that answered for the robots.txt at `url`, and what it has to say: nothing where there is none.

        Raises `FetchError` and `InputError` where that cannot be known.
        """
        from cleaner.http.robots import first_lines

        here = url
        for _ in range(ROBOTS_HOPS + 1):
            host = self._host(here)
            yield host
            with self._turn(host, here, transport):
                answer = self._answer(host, here, transport)
                if answer.status == 429 or answer.status >= 500:
                    message = f"the server answered with status {answer.status}"
                    raise FetchError(Code.HTTP_ERROR, message, url=here, http_status=answer.status)
                location = redirect(answer)
                if not location:
                    found = 200 <= answer.status <= 299
                    return here, first_lines(unpacked(answer, answer.body)) if found else b""
                try:
                    here = follow(here, location)
                except FetchError:  # a redirect to nowhere
                    break
        return url, b""


def default_user_agent() -> str:
    """The User-Agent of a fetcher that is given none: our name, and the contact in `CLEANER_CONTACT` if it is set.

    Raises `ValueError` if the contact is neither an http(s) URL nor a mail address, or cannot stand in a header.
    """
    contact = os.environ.get(CONTACT_VARIABLE, "")
    if not contact:
        return USER_AGENT
    if len(contact) > MAX_CONTACT or _BREAKS_COMMENT.search(contact) or not _CONTACT.fullmatch(contact):
        raise ValueError(
            f"{CONTACT_VARIABLE} must be an http(s) URL or a mail address of at most {MAX_CONTACT} ASCII characters, "
            f"without blanks, quotes, brackets, semicolons and backslashes, not {contact[:MAX_CONTACT]!r}"
        )
    return f"{USER_AGENT} (+{contact})"


def fetch(url: str, **options: Unpack[FetcherOptions]) -> Page:
    """Fetch the page at `url`; its content is unpacked and not decoded. The options are those of `Fetcher`.

    Raises `FetchError` for everything that is not a page, and if the host's robots.txt forbids it. For many pages, use
    one `Fetcher`: it asks for each robots.txt once, and waits a second between two requests to a host.
    """
    return Fetcher(**options).fetch(url)


def _may_pass(error: CleanerError) -> bool:
    """Whether the same request, a bit later, may well succeed."""
    passing = isinstance(error, FetchError) and error.http_status in RETRYABLE_STATUS
    return error.code in _RETRIED or (error.code is Code.HTTP_ERROR and passing)


def _check_robots(robots: Robots | FetchError, host: HostState, url: str) -> None:
    """Raises `FetchError` where `robots`, the host's, are against fetching `url`."""
    if isinstance(robots, FetchError):
        raise FetchError(robots.code, robots.message, url=url, http_status=robots.http_status) from robots
    if not robots.allows(url):
        rule = robots.forbidding(url)
        message = f"the host's robots.txt forbids it{f': {rule}' if rule else ''}"
        raise FetchError(Code.ROBOTS_DENIED, message, url=url)
    if host.crawl_delay > MAX_CRAWL_DELAY:
        message = f"the host's robots.txt asks for {host.crawl_delay:g} s between requests"
        raise FetchError(Code.ROBOTS_DELAY, message, url=url)


def _refusal(error: CleanerError, url: str) -> FetchError:
    """Why nothing may be fetched from the host whose robots.txt, at `url`, could not be read for `error`."""
    status = error.http_status if isinstance(error, FetchError) else None
    if error.code in _NO_HOST and error.url is not None and origin(error.url) == origin(url):
        return FetchError(error.code, error.message, url=url)
    message = f"the host's robots.txt cannot be read, and so nothing may be fetched: {error.message}"
    return FetchError(Code.ROBOTS_UNREACHABLE, message, url=url, http_status=status)


def _renewed(answer: Response) -> dict[str, str]:
    """What a 304 says anew of the page that it does not send (RFC 9110, 15.4.5)."""
    names = ("etag", "last-modified", "cache-control", "expires", "date", "age")
    return {name: answer.headers[name] for name in names if name in answer.headers}


def _validators(page: Page) -> dict[str, str]:
    """The headers that ask for a page only where it is no longer this one."""
    headers = {"if-none-match": page.headers.get("etag"), "if-modified-since": page.headers.get("last-modified")}
    return {name: value for name, value in headers.items() if value}
