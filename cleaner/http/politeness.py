"""The state of each host that pages are fetched from, and when the next request to it is allowed.

A host here is a scheme, a name and a port, as for robots.txt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from cleaner.errors import FetchError

if TYPE_CHECKING:
    from cleaner.http.robots import Robots

# Seconds from the end of a request to the start of the next one to the same host.
MIN_GAP: Final = 1.0
# Maximum gap in seconds between requests to an overloaded host, unless the host itself asks for more.
MAX_GAP: Final = 30.0
# Maximum factor by which the gap grows. The smallest power of two that reaches MAX_GAP from MIN_GAP, so that the gap
# shrinks again in as many steps as it grew.
MAX_SLOWDOWN: Final = 32.0
# After this many consecutive connection failures, the next request to the host waits for `UNREACHABLE_PAUSE` seconds.
# If that request fails, too, all requests to the host fail at once for `UNREACHABLE_MAX_AGE` seconds, so that they do
# not hold up the other hosts.
MAX_CONNECTION_FAILURES: Final = 5
UNREACHABLE_PAUSE: Final = 60.0
UNREACHABLE_MAX_AGE: Final = 300.0
# Number of hosts that are remembered. The robots.txt of a forgotten host is requested again when it is needed.
MAX_HOSTS: Final = 1000
# Seconds for which a robots.txt is used before it is requested again (RFC 9309, 2.4), and seconds for which nothing is
# fetched from a host whose robots.txt could not be read.
ROBOTS_MAX_AGE: Final = 24 * 3600.0
ROBOTS_FAILURE_MAX_AGE: Final = 300.0


class HostState:
    """The state of one host. All times are in seconds on the clock of the fetcher.

    `crawl_delay` is the delay that its robots.txt asks for, and `status` is the status of its last response (`None`
    before the first one). No request may be sent before `next_request_at`. `lock` is held during a request.
    """

    def __init__(self, origin: str = "") -> None:
        self.origin = origin
        self.lock = threading.Lock()
        self.crawl_delay = 0.0
        self.status: int | None = None
        self.next_request_at = float("-inf")
        self._robots: Robots | FetchError | None = None
        self._robots_until = float("-inf")
        self._slowdown = 1.0
        self._failures = 0
        self._unreachable_until = float("-inf")

    def record_response(self, status: int) -> None:
        """Record the status of a response: 429 and 5xx double the gap between requests, all others halve it."""
        overloaded = status == 429 or status >= 500
        self._slowdown = min(self._slowdown * 2, MAX_SLOWDOWN) if overloaded else max(self._slowdown / 2, 1.0)
        self.status = status
        self._failures = 0

    def record_failure(self, now: float) -> None:
        """Record a request that got no response."""
        self._failures += 1
        if self._failures == MAX_CONNECTION_FAILURES:
            self.delay_until(now + UNREACHABLE_PAUSE)
        elif self._failures > MAX_CONNECTION_FAILURES:
            self._unreachable_until = now + UNREACHABLE_MAX_AGE

    def is_unreachable(self, now: float) -> bool:
        """Whether the request after the pause failed, too, less than `UNREACHABLE_MAX_AGE` seconds before `now`."""
        return now < self._unreachable_until

    def end_request(self, now: float) -> None:
        """Record the end of a request: the next one must wait for the gap."""
        gap = max(MIN_GAP, self.crawl_delay)
        self.delay_until(now + max(gap, min(gap * self._slowdown, MAX_GAP)))

    def delay_until(self, until: float) -> None:
        """Allow no request before `until`. An earlier call with a later time stays in force."""
        self.next_request_at = max(self.next_request_at, until)

    def fresh_robots(self, now: float) -> Robots | FetchError | None:
        """Return the robots.txt of the host, or `None` if it is unknown or too old.

        A host without a robots.txt has one without rules. If the robots.txt could not be read, the result is the error
        with which every page of the host fails.
        """
        return self._robots if now < self._robots_until else None

    def set_robots(self, robots: Robots | FetchError, now: float) -> None:
        """Store the robots.txt of the host, or the error if it could not be read, for `fresh_robots`."""
        self._robots = robots
        if isinstance(robots, FetchError):
            self._robots_until = now + ROBOTS_FAILURE_MAX_AGE
        else:
            self._robots_until = now + ROBOTS_MAX_AGE
            self.crawl_delay = robots.crawl_delay


class HostStates:
    """The states of the `MAX_HOSTS` most recently used hosts, and of every other host still in use. Thread-safe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._recent: dict[str, HostState] = {}  # the least recently used first
        # All threads that wait for a host must share one state, even after the host has left `_recent`.
        self._in_use: WeakValueDictionary[str, HostState] = WeakValueDictionary()
        self._lock = threading.Lock()

    def __getitem__(self, origin: str) -> HostState:
        with self._lock:
            host = self._recent.pop(origin, None) or self._in_use.get(origin) or HostState(origin)
            self._recent[origin] = self._in_use[origin] = host
            if len(self._recent) > MAX_HOSTS:
                self._evict()
            return host

    def _evict(self) -> None:
        """Forget the least recently used host of those that have no delay left."""
        now = self._clock()
        for origin, host in self._recent.items():
            if host.next_request_at <= now:
                del self._recent[origin]
                return
