"""What the judge knows about a page from its metadata and its URL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.blocks.stats import is_prose
from cleaner.models import Declared, Document, Metadata
from cleaner.patterns import lazy_pattern
from cleaner.text.languages import MAX_EXAMINED, detect_language, similar_languages
from cleaner.text.measures import letters_and_digits

# Characters of the declared text that are compared with the text of the page. Articles longer than this are rare.
MAX_DECLARED_TEXT = 100_000
# Names with fewer letters and digits than this are not searched for in texts: they occur by chance.
MIN_NAME_LENGTH = 4
# The same for headlines that the page declares in addition to the one in its metadata.
MIN_TITLE_LENGTH = 12
# Sources of such headlines. Others, such as `<meta name="headline">`, hold the standfirst on some pages.
_TITLE_SOURCES = frozenset({"json-ld headline", "meta og:title", "meta twitter:title", "title"})
# Written forms of Norwegian.
MACROLANGUAGES = {"nb": "no", "nn": "no"}
_SLUG_WORD = lazy_pattern(r"[^\W\d_]{3,}")


class PageContext(NamedTuple):
    """Metadata that the page's own text may repeat, as `letters_and_digits` gives it: without spaces, in lower case."""

    titles: frozenset[str] = frozenset()
    description: str = ""
    authors: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()  # the site's name, and the labels of its host name
    host: str = ""  # without "www."
    slug: frozenset[str] = frozenset()  # the words of the URL's path
    declared: Declared = Declared.NOTHING
    declared_text: str = ""  # the text of the article in the page's JSON-LD
    languages: frozenset[str] = frozenset()  # ISO 639-1, see `page_languages`; empty if unknown

    @classmethod
    def of(
        cls,
        *,
        title: str | None,
        other_titles: Iterable[str] = (),
        description: str | None = None,
        authors: Iterable[str] = (),
        site: str | None = None,
        url: str | None = None,
        declared: Declared = Declared.NOTHING,
        declared_text: str = "",
        languages: frozenset[str] = frozenset(),
    ) -> PageContext:
        """Return the context for these values; `None` means unknown.

        `other_titles` are other headlines that the page declares. It may show them as well as `title`.
        """
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
        names = [site or "", *host.split(".")[:-1]]
        return cls(
            _normalized((title or "",), 1) | _normalized(other_titles, MIN_TITLE_LENGTH),
            letters_and_digits(description or ""),
            _normalized(authors, MIN_NAME_LENGTH),
            _normalized(names, MIN_NAME_LENGTH),
            host,
            frozenset(_SLUG_WORD.findall(parts.path.lower())),
            declared,
            letters_and_digits(declared_text[:MAX_DECLARED_TEXT]),
            languages,
        )

    @classmethod
    def about(cls, metadata: Metadata, declared: Declared, *, url: str | None, declared_text: str = "") -> PageContext:
        """Return the context for a page with this metadata, without languages.

        `url` is the URL of the page, `None` if unknown. `declared_text` is the text of the article in its JSON-LD.
        """
        return cls.of(
            title=metadata.title,
            other_titles=[
                title for source, title in metadata.conflicts.get("title", {}).items() if source in _TITLE_SOURCES
            ],
            description=metadata.description,
            authors=metadata.authors,
            site=metadata.site_name,
            url=url or metadata.canonical_url,
            declared=declared,
            declared_text=declared_text,
        )


def page_languages(document: Document, declared: str | None) -> frozenset[str]:
    """Return the languages of a page (ISO 639-1): the declared one, and the one of its prose; none if both are unknown.

    Both, because some pages declare the language of their software. If a page declares none, the languages that are
    easily confused with the one of its prose are included.
    """
    texts: list[str] = []
    length = 0
    for block in document.blocks:
        if length < MAX_EXAMINED and is_prose(block):
            texts.append(block.text)
            length += len(block.text)
    detected = detect_language(" ".join(texts))
    if declared is None:
        return similar_languages(detected) if detected else frozenset()
    own = MACROLANGUAGES.get(declared, declared)
    return frozenset({own, detected} if detected else {own})


def _normalized(texts: Iterable[str], min_length: int) -> frozenset[str]:
    """Return the letters and digits of each text that has at least `min_length` of them."""
    return frozenset(normalized for text in texts if len(normalized := letters_and_digits(text)) >= min_length)
