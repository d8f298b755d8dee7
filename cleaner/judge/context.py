"""What the judge knows about a page from its metadata and its URL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.models import Declared, Metadata
from cleaner.text.measures import letters_and_digits

# Names with fewer letters and digits than this are not searched for in texts: they occur by chance.
MIN_NAME_LENGTH = 4
_SLUG_WORD = re.compile(r"[^\W\d_]{3,}")


class PageContext(NamedTuple):
    """Metadata that the page's own text may repeat, as `letters_and_digits` gives it: without spaces, in lower case."""

    titles: frozenset[str] = frozenset()
    description: str = ""
    authors: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()  # the site's name, and the labels of its host name
    host: str = ""  # without "www."
    slug: frozenset[str] = frozenset()  # the words of the URL's path
    declared: Declared = Declared.NOTHING

    @classmethod
    def of(
        cls,
        *,
        title: str | None,
        description: str | None = None,
        authors: Iterable[str] = (),
        site: str | None = None,
        url: str | None = None,
        declared: Declared = Declared.NOTHING,
    ) -> PageContext:
        """Return the context for these values; `None` means unknown."""
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
        names = [site or "", *host.split(".")[:-1]]
        return cls(
            _normalized((title or "",), 1),
            letters_and_digits(description or ""),
            _normalized(authors, MIN_NAME_LENGTH),
            _normalized(names, MIN_NAME_LENGTH),
            host,
            frozenset(_SLUG_WORD.findall(parts.path.lower())),
            declared,
        )

    @classmethod
    def about(cls, metadata: Metadata, declared: Declared, *, url: str | None) -> PageContext:
        """Return the context for a page with this metadata; `url` is the page's URL, `None` if unknown."""
        return cls.of(
            title=metadata.title,
            description=metadata.description,
            authors=metadata.authors,
            site=metadata.site_name,
            url=url or metadata.canonical_url,
            declared=declared,
        )


def _normalized(texts: Iterable[str], min_length: int) -> frozenset[str]:
    """Return the letters and digits of each text that has at least `min_length` of them."""
    return frozenset(normalized for text in texts if len(normalized := letters_and_digits(text)) >= min_length)
