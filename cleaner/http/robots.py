"""The rules of a robots.txt (RFC 9309) and the line that forbids a URL. The only module that imports Protego."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from protego import Protego

from cleaner.patterns import lazy_pattern

# Maximum bytes of a robots.txt that are read: the minimum that RFC 9309 (2.5) asks for, and what Google reads.
MAX_BYTES: Final = 500 * 1024
# Maximum number of Disallow rules among which the one that forbids a URL is searched for. The binary search parses the
# file log2(n) times.
MAX_NAMED: Final = 2000

_LINE_END = lazy_pattern(r"\r\n?|\n")
_AGENT = lazy_pattern(r"\s*user[ -]?agent\b\s*:?([^#]*)", re.IGNORECASE)
_DISALLOW = lazy_pattern(r"\s*di\w+w\b", re.IGNORECASE)  # Protego accepts misspellings such as "dissalow", too
_PRODUCT = lazy_pattern(r"[a-zA-Z_-]+")
_COMPATIBLE = lazy_pattern(r"\bcompatible;\s*([a-zA-Z_-]+)")


class Robots:
    """The rules of one robots.txt for one agent. `user_agent` is the value of its `User-Agent` header."""

    def __init__(self, content: bytes, user_agent: str) -> None:
        self._product = product(user_agent)
        text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
        self._lines = [self._for_protego(line) for line in _LINE_END.split(text)]
        self._rules = Protego.parse("\n".join(self._lines))

    @property
    def crawl_delay(self) -> float:
        """Seconds from one request to the next; 0 if the file asks for no delay."""
        return self._rules.crawl_delay(self._product) or 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The URLs of the sitemaps that the file names, as written; they may be relative."""
        return tuple(self._rules.sitemaps)

    def allows(self, url: str) -> bool:
        """Whether `url`, a URL of the host of this robots.txt, may be fetched."""
        return self._rules.can_fetch(url, self._product)

    def forbidding(self, url: str) -> str | None:
        """Return the rule that forbids `url`, with its line number.

        The result is `None` if `url` is allowed, or if the file has more than `MAX_NAMED` Disallow rules.
        """
        indexes = [index for index, line in enumerate(self._lines) if _DISALLOW.match(line)]
        if self.allows(url) or len(indexes) > MAX_NAMED:
            return None

        def is_forbidden_by_first(count: int) -> bool:
            """Whether the first `count` Disallow rules, together with all Allow rules, forbid `url`."""
            lines = self._lines.copy()
            for index in indexes[count:]:
                lines[index] = "Disallow:"  # without a value it forbids nothing, but still ends a list of agents
            return not Protego.parse("\n".join(lines)).can_fetch(url, self._product)

        # An additional Disallow rule never allows a forbidden URL, so a binary search finds the decisive rule.
        count = bisect_left(range(len(indexes) + 1), True, key=is_forbidden_by_first)
        if not 0 < count <= len(indexes):
            return None
        index = indexes[count - 1]
        return f'line {index + 1}, "{" ".join(self._lines[index].split())[:100]}"'

    def _for_protego(self, line: str) -> str:
        """Return the line changed so that Protego reads it as RFC 9309 defines it."""
        line = " ".join(line.splitlines())  # Protego ends lines at U+2028 and other characters, too
        agent = _AGENT.match(line)
        if agent is None:
            return line
        value = agent[1].strip()
        # Protego matches prefixes: the name of another agent, "news", matches ours, and "news-cleaner/1.0" does not.
        name = _PRODUCT.match(value)
        if value == "*" or value.startswith(("* ", "*\t")):
            return "User-agent: *"
        is_ours = name is not None and name[0].lower() == self._product
        return f"User-agent: {self._product if is_ours else self._product + '-other'}"


def product(user_agent: str) -> str:
    """Return the product token of an agent, in lower case: "harbour" for "Harbour/0.1 (+https://...)".

    A robots.txt names agents by this token. In browser-like agents it comes after "compatible;". The result is empty if
    there is no token; then only the rules for `*` apply.
    """
    compatible = _COMPATIBLE.search(user_agent)
    if compatible:
        return compatible[1].lower()
    name = _PRODUCT.match(user_agent.strip())
    return name[0].lower() if name else ""


def first_lines(chunks: Iterable[bytes]) -> bytes:
    """Return the first `MAX_BYTES` of a robots.txt, without the line that the limit cuts. The rest is not read."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_BYTES:
            del content[MAX_BYTES:]
            end = max(content.rfind(b"\n"), content.rfind(b"\r"))
            return bytes(content[: end + 1])
    return bytes(content)
