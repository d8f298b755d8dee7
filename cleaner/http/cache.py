"""Pages kept on disk, so that none is fetched twice: the fresh are not asked for, the others only if they have changed.

SQLite, of the standard library, survives a kill at any time and serves several processes. Of the libraries for this,
requests-cache and hishel keep the bodies that a session reads, which are no pages yet and may be bombs; diskcache
unpickles what it finds, and has had no release since 2023.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import threading
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cleaner.errors import Code, InputError
from cleaner.models import Page

# Bytes of all pages together, packed. Some 30,000 of them, at 35 KB each.
MAX_STORED: Final = 1_000_000_000
# Share (0 to 1) of that to which the store is emptied when it is full: not page by page.
_EMPTIED_TO: Final = 0.9
# Seconds for which a page is fresh at most, whatever its server says: a year is often said by mistake.
MAX_FRESH: Final = 24 * 3600.0
_PATIENCE: Final = 10.0  # seconds that are waited for another process to be done with the store
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|,)\s*no-cache\b", re.IGNORECASE)
_NO_STORE = re.compile(r"(?:^|,)\s*no-store\b", re.IGNORECASE)

_log = logging.getLogger(__name__)


class PageCache:
    """The pages in a folder, at most `max_bytes` of them, packed; those used longest ago go first. For any thread.

    What goes wrong later on is logged, and costs no page: then it is fetched as if there were no store.

    Raises `InputError` with `IO_ERROR` where the folder cannot be used.
    """

    def __init__(self, folder: str | Path, *, max_bytes: int = MAX_STORED) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        path = Path(folder) / "pages.sqlite"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, final_url TEXT NOT NULL, headers TEXT NOT NULL,"
                " fetched_at TEXT NOT NULL, used REAL NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL)"
            )
            self._base.execute("CREATE INDEX IF NOT EXISTS page_used ON page (used, size)")
            self._size = self._measured()
        except (OSError, sqlite3.Error) as error:
            raise InputError(Code.IO_ERROR, f"{folder}: the cache cannot be used: {error}") from error

    def close(self) -> None:
        with self._lock:
            self._base.close()

    def get(self, url: str) -> Page | None:
        """The page that `url` gave; `None` where it is not known."""
        try:
            with self._lock:
                row = self._base.execute(
                    "SELECT final_url, headers, fetched_at, content FROM page WHERE url = ?", (url,)
                ).fetchone()
                if row is None:
                    return None
                self._base.execute("UPDATE page SET used = ? WHERE url = ?", (time.time(), url))
            final_url, headers, fetched_at, content = row
            return Page(
                zlib.decompress(content),
                url,
                final_url=final_url,
                headers=json.loads(headers),
                fetched_at=datetime.fromisoformat(fetched_at),
            )
        except (sqlite3.Error, zlib.error, ValueError) as error:
            _log.warning("the cache cannot be read: %s", error)
            return None

    def put(self, url: str, page: Page) -> None:
        """Keeps what `url` has given, unless its server forbids that."""
        if not isinstance(page.content, bytes) or _NO_STORE.search(page.headers.get("cache-control", "")):
            return
        content = zlib.compress(page.content, 3)
        if len(content) > self._max_bytes * _EMPTIED_TO:
            return
        when = (page.fetched_at or datetime.now(UTC)).isoformat()
        row = (url, page.final_url or url, json.dumps(dict(page.headers)), when, time.time(), len(content), content)
        try:
            with self._lock:
                self._base.execute("REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                self._size += len(content)
                if self._size > self._max_bytes:
                    self._make_room()
        except sqlite3.Error as error:
            _log.warning("the cache cannot be written: %s", error)

    def _make_room(self) -> None:
        self._size = self._measured()  # others may write, too, and what was replaced was counted twice
        if self._size <= self._max_bytes:
            return
        surplus = self._size - self._max_bytes * _EMPTIED_TO
        for used, size in self._base.execute("SELECT used, size FROM page ORDER BY used").fetchall():
            surplus -= size
            if surplus <= 0:
                self._base.execute("DELETE FROM page WHERE used <= ?", (used,))
                break
        self._size = self._measured()

    def _measured(self) -> int:
        return int(self._base.execute("SELECT coalesce(sum(size), 0) FROM page").fetchone()[0])


def is_fresh(page: Page, now: datetime) -> bool:
    """Whether the server of a page said that it need not be asked again until later than `now`.

    Nothing is fresh where it said nothing (RFC 9111, 4.2.1, without 4.2.2), and nothing for more than `MAX_FRESH`.
    """
    told = page.headers.get("cache-control", "")
    lifetime = _MAX_AGE.search(told)
    if page.fetched_at is None or lifetime is None or _NO_CACHE.search(told):
        return False
    age = page.headers.get("age", "")
    before = int(age) if age.isascii() and age.isdecimal() and len(age) <= 10 else 0
    return (now - page.fetched_at).total_seconds() < min(int(lifetime[1]) - before, MAX_FRESH)
