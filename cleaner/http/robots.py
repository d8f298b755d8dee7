"""What a robots.txt (RFC 9309) forbids us, and which line of it does; the only module that knows Protego."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from protego import Protego

# Bytes of a robots.txt that are read: the least that RFC 9309 asks for, and what Google reads.
MAX_BYTES: Final = 500 * 1024
# Rules of a robots.txt among which the one that forbids is looked for: it takes a parse for each bit of their number.
MAX_NAMED: Final = 2000

_LINE_END = re.compile(r"\r\n?|\n")
_AGENT = re.compile(r"\s*user[ -]?agent\b\s*:?([^#]*)", re.IGNORECASE)
_DISALLOW = re.compile(r"\s*di\w+w\b", re.IGNORECASE)  # Protego reads "dissalow" and its like, too
_PRODUCT = re.compile(r"[a-zA-Z_-]+")
_COMPATIBLE = re.compile(r"\bcompatible;\s*([a-zA-Z_-]+)")


class Robots:
    """The rules of one robots.txt for one agent, named as its `User-Agent` header has it."""

    def __init__(self, content: bytes, user_agent: str) -> None:
        self._product = product(user_agent)
        text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
        self._lines = [self._for_protego(line) for line in _LINE_END.split(text)]
        self._rules = Protego.parse("\n".join(self._lines))

    @property
    def crawl_delay(self) -> float:
        """Seconds from one request to the next; 0 where nothing is asked for."""
        return self._rules.crawl_delay(self._product) or 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names, as it writes them."""
        return tuple(self._rules.sitemaps)

    def allows(self, url: str) -> bool:
        """Whether `url`, an address of this robots.txt's host, may be fetched."""
        return self._rules.can_fetch(url, self._product)

    def forbidding(self, url: str) -> str | None:
        """The rule that forbids `url`, with its line; `None` where it is allowed, or among too many rules to say."""
        places = [place for place, line in enumerate(self._lines) if _DISALLOW.match(line)]
        if self.allows(url) or len(places) > MAX_NAMED:
            return None

        def forbid(count: int) -> bool:
            """Whether the first so many rules that forbid, with all that allow, forbid it already."""
            lines = self._lines.copy()
            for place in places[count:]:
                lines[place] = "Disallow:"  # without a value it forbids nothing, but still ends a list of agents
            return not Protego.parse("\n".join(lines)).can_fetch(url, self._product)

        # One more rule that forbids never allows what was forbidden, so the one that turns the answer can be bisected.
        count = bisect_left(range(len(places) + 1), True, key=forbid)
        if not 0 < count <= len(places):
            return None
        place = places[count - 1]
        return f'line {place + 1}, "{" ".join(self._lines[place].split())[:100]}"'

    def _for_protego(self, line: str) -> str:
        """The line as Protego must see it to read it as RFC 9309 does."""
        line = " ".join(line.splitlines())  # Protego ends lines at U+2028 and other characters, too
        agent = _AGENT.match(line)
        if agent is None:
            return line
        named = agent[1].strip()
        # Protego takes the name of another agent, "news", for the beginning of ours, and "news-cleaner/1.0" for none.
        name = _PRODUCT.match(named)
        if named == "*" or named.startswith(("* ", "*\t")):
            return "User-agent: *"
        ours = name is not None and name[0].lower() == self._product
        return f"User-agent: {self._product if ours else self._product + '-other'}"


def product(user_agent: str) -> str:
    """The name, lower-case, by which a robots.txt speaks of the agent: "harbour" for "Harbour/0.1 (+https://...)".

    Agents that pass for a browser have it behind "compatible;". Empty where there is none: then only `*` applies.
    """
    found = _COMPATIBLE.search(user_agent)
    if found:
        return found[1].lower()
    name = _PRODUCT.match(user_agent.strip())
    return name[0].lower() if name else ""


def first_lines(chunks: Iterable[bytes]) -> bytes:
    """The first `MAX_BYTES` of a robots.txt, without the line that the limit cuts; what follows is not read."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_BYTES:
            del content[MAX_BYTES:]
            end = max(content.rfind(b"\n"), content.rfind(b"\r"))
            return bytes(content[: end + 1])
    return bytes(content)
