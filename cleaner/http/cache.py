"""A cache of pages on disk. Fresh pages are not requested again; stale pages are revalidated with the server.

It uses SQLite from the standard library, which survives a kill at any time and can be shared by several processes.
The existing libraries do not fit: requests-cache and hishel store the response bodies that a session reads, before
they are checked, and these may be decompression bombs; diskcache unpickles what it reads, and has had no release since
2023.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import threading
import time
import zlib
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cleaner.errors import Code, InputError
from cleaner.models import Page
from cleaner.patterns import lazy_pattern

# Maximum size of all pages together, in bytes after compression: about 30,000 pages of 35 KB each.
MAX_STORED: Final = 1_000_000_000
# When the cache is full, pages are removed until it uses this share (0 to 1) of its maximum size. Removing many pages
# at once is cheaper than removing one page for each new one.
_SHARE_AFTER_EVICTION: Final = 0.9
# Maximum age of a fresh page in seconds, whatever its server says: many servers say a year by mistake.
MAX_FRESH: Final = 24 * 3600.0
_LOCK_TIMEOUT: Final = 10.0  # seconds to wait while another process uses the database
_MAX_AGE = lazy_pattern(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_CACHE = lazy_pattern(r"(?:^|,)\s*no-cache\b", re.IGNORECASE)
_NO_STORE = lazy_pattern(r"(?:^|,)\s*no-store\b", re.IGNORECASE)

_log = logging.getLogger(__name__)


class PageCache:
    """A cache of pages in a folder. It is thread-safe.

    It holds at most `max_bytes` bytes of compressed pages and evicts the least recently used pages first. Database
    errors after it is opened are logged and not raised: the page is then fetched as if there were no cache.

    Raises `InputError` with `IO_ERROR` if the folder cannot be used.
    """

    def __init__(self, folder: str | Path, *, max_bytes: int = MAX_STORED) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._closed = False
        path = Path(folder) / "pages.sqlite"
        with ExitStack() as unless_open:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._database = sqlite3.connect(
                    path, timeout=_LOCK_TIMEOUT, isolation_level=None, check_same_thread=False
                )
                unless_open.callback(self._database.close)
                self._prepare()
            except (OSError, sqlite3.Error) as error:
                raise InputError(Code.IO_ERROR, f"{folder}: the cache cannot be used: {error}") from error
            unless_open.pop_all()

    def _prepare(self) -> None:
        """Create the table if there is none, and measure what it holds."""
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, final_url TEXT NOT NULL, headers TEXT NOT NULL,"
            " fetched_at TEXT NOT NULL, used REAL NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL)"
        )
        self._database.execute("CREATE INDEX IF NOT EXISTS page_used ON page (used, size)")
        self._size = self._measure_size()

    def close(self) -> None:
        """Close the database. A thread that still fetches then does without the cache."""
        with self._lock:
            self._closed = True
            self._database.close()

    def _warn(self, problem: str, error: Exception) -> None:
        if not self._closed:
            _log.warning("the cache cannot be %s: %s", problem, error)

    def get(self, url: str) -> Page | None:
        """Return the stored page of `url`, or `None` if there is none or the cache cannot be read."""
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT final_url, headers, fetched_at, content FROM page WHERE url = ?", (url,)
                ).fetchone()
                if row is None:
                    return None
                self._database.execute("UPDATE page SET used = ? WHERE url = ?", (time.time(), url))
            final_url, headers, fetched_at, content = row
            return Page(
                zlib.decompress(content),
                url,
                final_url=final_url,
                headers=json.loads(headers),
                fetched_at=datetime.fromisoformat(fetched_at),
            )
        except (sqlite3.Error, zlib.error, ValueError) as error:
            self._warn("read", error)
            return None

    def put(self, url: str, page: Page) -> None:
        """Store the page of `url`.

        Pages with `Cache-Control: no-store` and pages too large for the cache are not stored.
        """
        if not isinstance(page.content, bytes) or _NO_STORE.search(page.headers.get("cache-control", "")):
            return
        content = zlib.compress(page.content, 3)
        if len(content) > self._max_bytes * _SHARE_AFTER_EVICTION:
            return
        when = (page.fetched_at or datetime.now(UTC)).isoformat()
        row = (url, page.final_url or url, json.dumps(dict(page.headers)), when, time.time(), len(content), content)
        try:
            with self._lock:
                self._database.execute("REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                self._size += len(content)
                if self._size > self._max_bytes:
                    self._evict()
        except sqlite3.Error as error:
            self._warn("written", error)

    def _evict(self) -> None:
        # Measured again, because other processes write, too, and because `put` counts a replaced page twice.
        self._size = self._measure_size()
        if self._size <= self._max_bytes:
            return
        surplus = self._size - self._max_bytes * _SHARE_AFTER_EVICTION
        for used, size in self._database.execute("SELECT used, size FROM page ORDER BY used").fetchall():
            surplus -= size
            if surplus <= 0:
                self._database.execute("DELETE FROM page WHERE used <= ?", (used,))
                break
        self._size = self._measure_size()

    def _measure_size(self) -> int:
        return int(self._database.execute("SELECT coalesce(sum(size), 0) FROM page").fetchone()[0])


def is_fresh(page: Page, now: datetime) -> bool:
    """Whether a stored page can be used at `now` without a request to its server.

    Implements the explicit freshness lifetime of RFC 9111, section 4.2.1. Heuristic freshness (4.2.2) is not used: a
    page without `max-age` is never fresh. No page is fresh for longer than `MAX_FRESH`.
    """
    cache_control = page.headers.get("cache-control", "")
    lifetime = _MAX_AGE.search(cache_control)
    if page.fetched_at is None or lifetime is None or _NO_CACHE.search(cache_control):
        return False
    age = page.headers.get("age", "")
    initial_age = int(age) if age.isascii() and age.isdecimal() and len(age) <= 10 else 0
    return (now - page.fetched_at).total_seconds() < min(int(lifetime[1]) - initial_age, MAX_FRESH)
