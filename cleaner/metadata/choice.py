"""Of what the witnesses say, the value of each field, and which witness it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.dates import fullest, moment
from cleaner.metadata.headline import headline, site_names
from cleaner.metadata.names import people
from cleaner.metadata.values import address, folded, language, text, texts, truth
from cleaner.models import Metadata

_T = TypeVar("_T")

# For one field. The most that were met are the sixty tags of an article, with a <meta> of its own for each.
_MAX_CANDIDATES = 200

# Which witness is asked first, by the beginning of its name. Those not named come after, in the order they spoke.
_TRUST: Mapping[str, tuple[str, ...]] = {
    "title": ("json-ld headline", "meta og:title", "meta twitter:title", "title"),
    "authors": ("json-ld author", "meta author"),
    "published": ("json-ld datePublished", "meta article:published_time"),
    "modified": ("json-ld dateModified", "meta article:modified_time"),
    "language": ("html lang", "json-ld inLanguage"),
    "site_name": ("meta og:site_name", "json-ld publisher", "json-ld WebSite"),
    "description": ("meta description", "meta og:description", "json-ld description"),
    "section": ("json-ld articleSection", "meta article:section"),
    "tags": ("meta news_keywords", "json-ld keywords", "meta article:tag", "meta keywords"),
    "image": ("meta og:image", "json-ld image"),
    "canonical_url": ("link canonical", "meta og:url"),
    "paywalled": ("json-ld isAccessibleForFree",),
}


class Choice:
    """The candidates of a page, each field's most trusted first."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._of: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            said = self._of.setdefault(candidate.field, [])
            if len(said) < _MAX_CANDIDATES:
                said.append(candidate)
        for field, told in self._of.items():
            trust = _TRUST.get(field, ())
            told.sort(key=lambda candidate: _rank(candidate.witness, trust))

    def read(self, field: str, reader: Callable[[Any], _T | None]) -> Iterator[tuple[_T, str]]:
        """The values that `reader` can make sense of, with their witnesses."""
        for candidate in self._of.get(field, ()):
            value = reader(candidate.said)
            if value is not None and value != ():
                yield value, candidate.witness


def _rank(witness: str, trust: Sequence[str]) -> int:
    return next((place for place, name in enumerate(trust) if witness.startswith(name)), len(trust))


def choose(candidates: Iterable[Candidate], tops: Sequence[str], url: str | None, now: datetime) -> Metadata:
    """The metadata of a page; `tops` are its first-level headings."""
    choice = Choice(candidates)
    found: dict[str, Any] = {}
    provenance: dict[str, str] = {}

    def take(field: str, told: tuple[Any, str] | None) -> None:
        if told is not None:
            found[field], provenance[field] = told

    for field, reader in (
        ("language", language),
        ("site_name", text),
        ("description", text),
        ("section", text),
        ("image", lambda said: address(said, url)),
        ("canonical_url", lambda said: _canonical(said, url)),
        ("paywalled", _paywalled),
    ):
        take(field, next(choice.read(field, reader), None))

    declared_names = [name for name, _ in choice.read("site_name", text)]
    names = list(site_names(declared_names, urlsplit(url).hostname if url else None))
    take("title", headline(list(choice.read("title", text)), tops, names))
    take("authors", next(choice.read("authors", lambda said: people(said, names)), None))
    take("tags", _tags(choice))
    for field in ("published", "modified"):
        moments = list(choice.read(field, lambda said: moment(said, now)))
        if moments:
            best = fullest([value for value, _ in moments])
            take(field, next(told for told in moments if told[0] is best))
    return Metadata(**found, provenance=provenance)


def _paywalled(said: Any) -> bool | None:
    free = truth(said)
    return None if free is None else not free


def _canonical(said: Any, url: str | None) -> str | None:
    """The address, unless it is the site's front page while the article's own is not."""
    found = address(said, url)
    if found and url and urlsplit(found).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return None
    return found


def _tags(choice: Choice) -> tuple[tuple[str, ...], str] | None:
    """All tags that the most trusted witness gives: some pages have a <meta> for each tag, others one for all."""
    found: dict[str, str] = {}
    chosen = None
    for tags, witness in choice.read("tags", lambda said: tuple(texts(said))):
        if chosen is not None and witness != chosen:
            break
        chosen = witness
        for tag in tags:
            found.setdefault(folded(tag), tag)
    return (tuple(found.values()), chosen) if chosen is not None else None
