"""Tags of an article: its subjects, without the internal values that content management systems store with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cleaner.metadata.fields.values import name_key, texts

MAX_TAG = 80  # characters; longer ones are sentences

_IDENTIFIER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|[0-9a-f]{16,}|\d{5,}|https?:\S*|\S+\.(?:com|org|net|ca|de|co\.uk)"
    r"|[a-z]+(?:_[a-z0-9]+)+",
    re.IGNORECASE,
)
# Internal values of content management systems: scores of classifiers, layouts, kinds of page.
_INTERNAL = re.compile(
    r"(?:nlp (?:category|score|sentiment)|page ?type|content ?type|template|layout|section|type|format|source"
    r"|provider)\s*[:=].*"
    r"|article|post|page|news ?article|default|standard|full-?width|uncategori[sz]ed|allgemein|keywords?|tags?|all"
    r"|_.*|(?:comments?|paywall|ads?)[- ](?:enabled|disabled|include|exclude)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:nlp entity tokens|category|categories|tags?|topics?|keywords?)\s*:\s*(?=\S)", re.IGNORECASE)
# "sections/sverige", "topic/…": the path of a tag's page instead of its name.
_PATH = re.compile(
    r"^(?:sections?|topics?|tags?|themes?|organi[sz]ations?|persons?|people|places?|categor(?:y|ies))/(?=\S)"
)
_COUNTER = re.compile(r"^\(\d{1,3}\)\s*|\s*\(\d{1,4}\)$")


def clean_tags(value: Any, *, not_tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags in their order, without duplicates, internal values and identifiers.

    `value` is a list or a string with separators. `not_tags` are names of the site and of the article's authors, which
    are removed too.
    """
    excluded = {name_key(name) for name in not_tags}
    tags: dict[str, str] = {}
    for item in texts(value):
        tag = _COUNTER.sub("", _PATH.sub("", _LABEL.sub("", item, count=1), count=1)).strip(" .#-–•\"'“”")
        key = name_key(tag)
        if (
            key
            and key not in excluded
            and 1 < len(tag) <= MAX_TAG
            and not _IDENTIFIER.fullmatch(tag)
            and not _INTERNAL.fullmatch(item)
        ):
            tags.setdefault(key, tag)
    return tuple(tags.values())
