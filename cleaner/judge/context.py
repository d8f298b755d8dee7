"""What the judge knows of a page from its metadata and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.models import Declared, Metadata
from cleaner.text.measures import letters_and_digits

# Letters and digits of the shortest name that is looked for in a text.
MIN_NAME_LENGTH = 4
_SLUG_WORD = re.compile(r"[^\W\d_]{3,}")


class PageContext(NamedTuple):
    """What the metadata says that stands on the page, too: letters and digits only, caseless."""

    titles: frozenset[str] = frozenset()
    description: str = ""
    authors: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()  # what the site calls itself, and what its address does
    host: str = ""  # without "www."
    slug: frozenset[str] = frozenset()  # words of the address
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
        address = urlsplit(url or "")
        host = (address.hostname or "").removeprefix("www.")
        names = [site or "", *host.split(".")[:-1]]
        return cls(
            _letters((title or "",), 1),
            letters_and_digits(description or ""),
            _letters(authors, MIN_NAME_LENGTH),
            _letters(names, MIN_NAME_LENGTH),
            host,
            frozenset(_SLUG_WORD.findall(address.path.lower())),
            declared,
        )

    @classmethod
    def about(cls, context: Metadata, declared: Declared, *, url: str | None) -> PageContext:
        """What the page's metadata says; `url` is its address, `None` where unknown."""
        return cls.of(
            title=context.title,
            description=context.description,
            authors=context.authors,
            site=context.site_name,
            url=url or context.canonical_url,
            declared=declared,
        )


def _letters(texts: Iterable[str], least: int) -> frozenset[str]:
    """Those of the texts that have at least so many letters and digits."""
    return frozenset(letters for text in texts if len(letters := letters_and_digits(text)) >= least)
