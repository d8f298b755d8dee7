"""What a framework's data says beside an article's text that stands only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.metadata.candidate import Candidate
from cleaner.page.embedded import plain_key

# Field by key, without case and signs; those that were met, and what schema.org calls the same.
_FIELD_OF = {
    "headline": "title",
    "title": "title",
    "standfirst": "subtitle",
    "subtitle": "subtitle",
    "author": "authors",
    "authors": "authors",
    "byline": "authors",
    "publishedat": "published",
    "datepublished": "published",
    "publishdate": "published",
    "publicationdate": "published",
    "firstpublishedat": "published",
    "updatedat": "modified",
    "datemodified": "modified",
    "modifiedat": "modified",
    "tags": "tags",
    "keywords": "tags",
}
_MAX_KEYS = 500


def candidates(about: Mapping[str, Any]) -> Iterator[Candidate]:
    """What the object around the text says."""
    for key, said in list(about.items())[:_MAX_KEYS]:
        field = _FIELD_OF.get(plain_key(key[:100]))
        if field and said:
            yield Candidate(field, said, f"page data {key[:100]}")
