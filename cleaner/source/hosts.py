"""What is known of the hosts that are fetched from, and when each may be asked again.

A host here is scheme, name and port, as for robots.txt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cleaner.errors import FetchError

if TYPE_CHECKING:
    from cleaner.source.robots import Robots

# Seconds from the end of a request to the start of the next one at the same host.
MIN_GAP: Final = 1.0
# Seconds that a host with too much work is left alone for at most, where it does not ask for more itself.
MAX_GAP: Final = 30.0
MAX_SLOWDOWN: Final = 32.0  # a power of two that reaches MAX_GAP, so that the way back is as short as the way there
# Hosts that are remembered. Whoever is forgotten is asked for its robots.txt once more; its turn is long past.
MAX_HOSTS: Final = 1000
# Seconds for which a robots.txt is obeyed without asking anew (RFC 9309, 2.4), and for which one that could not be read
# keeps all away.
ROBOTS_KEPT: Final = 24 * 3600.0
ROBOTS_FAILURE_KEPT: Final = 300.0


class Host:
    """One host. Times are those of the fetcher's clock, in seconds.

    `crawl_delay` is what its robots.txt asks for, `status` what it answered last (`None`: nothing yet), and `next_turn`
    the time before which nothing may be asked of it.
    """

    def __init__(self) -> None:
        self.crawl_delay = 0.0
        self.status: int | None = None
        self.next_turn = float("-inf")
        self._robots: Robots | FetchError | None = None
        self._robots_until = float("-inf")
        self._slowdown = 1.0

    def answered(self, status: int) -> None:
        """Doubles the gap between requests on each answer that speaks of too much work, and halves it on others."""
        overloaded = status == 429 or status >= 500
        self._slowdown = min(self._slowdown * 2, MAX_SLOWDOWN) if overloaded else max(self._slowdown / 2, 1.0)
        self.status = status

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
            self._robots_until = now + ROBOTS_FAILURE_KEPT
        else:
            self._robots_until = now + ROBOTS_KEPT
            self.crawl_delay = robots.crawl_delay


class Hosts:
    """The hosts met last, by their origin."""

    def __init__(self) -> None:
        self._met: dict[str, Host] = {}

    def __getitem__(self, origin: str) -> Host:
        host = self._met.pop(origin, None) or Host()
        self._met[origin] = host  # at the end again: the first is always the one that was met longest ago
        if len(self._met) > MAX_HOSTS:
            del self._met[next(iter(self._met))]
        return host
