"""Metadata next to an article's text in the data of a JavaScript framework, for pages whose text is only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.metadata.candidate import Candidate
from cleaner.page.embedded import plain_key

# Field by key, in lower case and without punctuation: keys found on real pages, and schema.org's names for the same.
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
_MAX_KEYS = 500  # of one object


def candidates(about: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield the candidates in `about`, the JSON object that holds the article's text."""
    for key, value in list(about.items())[:_MAX_KEYS]:
        field = _FIELD_OF.get(plain_key(key[:100]))
        if field and value:
            yield Candidate(field, value, f"page data {key[:100]}")
