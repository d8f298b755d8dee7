"""What is known of the hosts that are fetched from, and when each may be asked again.

A host here is scheme, name and port, as for robots.txt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from cleaner.errors import FetchError

if TYPE_CHECKING:
    from cleaner.http.robots import Robots

# Seconds from the end of a request to the start of the next one at the same host.
MIN_GAP: Final = 1.0
# Seconds that a host with too much work is left alone for at most, where it does not ask for more itself.
MAX_GAP: Final = 30.0
MAX_SLOWDOWN: Final = 32.0  # a power of two that reaches MAX_GAP, so that the way back is as short as the way there
# Requests in a row that found nobody there, and the seconds for which the host is set aside then. If it does not answer
# after that, all that is still wanted from it fails at once for some minutes, and does not hold up the rest.
MAX_CONNECTION_FAILURES: Final = 5
UNREACHABLE_SECONDS: Final = 60.0
UNREACHABLE_MESSAGE: Final = 300.0
# Hosts that are remembered. Whoever is forgotten is asked for its robots.txt once more; its turn is past.
MAX_HOSTS: Final = 1000
# Seconds for which a robots.txt is obeyed without asking anew (RFC 9309, 2.4), and for which one that could not be read
# keeps all away.
ROBOTS_MAX_AGE: Final = 24 * 3600.0
ROBOTS_FAILURE_MAX_AGE: Final = 300.0


class HostState:
    """One host. Times are those of the fetcher's clock, in seconds.

    `crawl_delay` is what its robots.txt asks for, `status` what it answered last (`None`: nothing yet), and `next_turn`
    the time before which nothing may be asked of it. `turn` is held by whoever asks it for something.
    """

    def __init__(self, origin: str = "") -> None:
        self.origin = origin
        self.turn = threading.Lock()
        self.crawl_delay = 0.0
        self.status: int | None = None
        self.next_turn = float("-inf")
        self._robots: Robots | FetchError | None = None
        self._robots_until = float("-inf")
        self._slowdown = 1.0
        self._unanswered = 0
        self._given_up_until = float("-inf")

    def answered(self, status: int) -> None:
        """Doubles the gap between requests on each answer that speaks of too much work, and halves it on others."""
        overloaded = status == 429 or status >= 500
        self._slowdown = min(self._slowdown * 2, MAX_SLOWDOWN) if overloaded else max(self._slowdown / 2, 1.0)
        self.status = status
        self._unanswered = 0

    def unanswered(self, now: float) -> None:
        """Nobody was there."""
        self._unanswered += 1
        if self._unanswered == MAX_CONNECTION_FAILURES:
            self.hold(now + UNREACHABLE_SECONDS)
        elif self._unanswered > MAX_CONNECTION_FAILURES:
            self._given_up_until = now + UNREACHABLE_MESSAGE

    def is_unreachable(self, now: float) -> bool:
        """Whether it was set aside, did not answer after that either, and this was not long ago."""
        return now < self._given_up_until

    def done(self, now: float) -> None:
        """A request has come to its end."""
        gap = max(MIN_GAP, self.crawl_delay)
        self.hold(now + max(gap, min(gap * self._slowdown, MAX_GAP)))

    def hold(self, until: float) -> None:
        """No turn before `until`."""
        self.next_turn = max(self.next_turn, until)

    def fresh_robots(self, now: float) -> Robots | FetchError | None:
        """Its robots.txt, without a rule where there is none; where it cannot be read, why nothing may be fetched.

        `None` where it was never asked for, or too long ago.
        """
        return self._robots if now < self._robots_until else None

    def learn_robots(self, robots: Robots | FetchError, now: float) -> None:
        """What the host's robots.txt has turned out to be, as `fresh_robots` has it."""
        self._robots = robots
        if isinstance(robots, FetchError):
            self._robots_until = now + ROBOTS_FAILURE_MAX_AGE
        else:
            self._robots_until = now + ROBOTS_MAX_AGE
            self.crawl_delay = robots.crawl_delay


class HostStates:
    """The hosts met last, by their origin, and any other that somebody still has in hand. For any thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._met: dict[str, HostState] = {}
        # Whoever waits for a host must wait for the same one as all others, however many were met since.
        self._alive: WeakValueDictionary[str, HostState] = WeakValueDictionary()
        self._lock = threading.Lock()

    def __getitem__(self, origin: str) -> HostState:
        with self._lock:
            host = self._met.pop(origin, None) or self._alive.get(origin) or HostState(origin)
            self._met[origin] = self._alive[origin] = host  # at the end: the first was met longest ago
            if len(self._met) > MAX_HOSTS:
                self._forget()
            return host

    def _forget(self) -> None:
        """Forgets the host met longest ago, of those that do not want to be left alone still."""
        now = self._clock()
        for origin, host in self._met.items():
            if host.next_turn <= now:
                del self._met[origin]
                return
