"""Tags: what an article is about, without what a content system keeps in the same place for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cleaner.metadata.fields.values import folded, texts

MAX_TAG = 80  # characters; longer ones are sentences

_IDENTIFIER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|[0-9a-f]{16,}|\d{5,}|https?:\S*|\S+\.(?:com|org|net|ca|de|co\.uk)"
    r"|[a-z]+(?:_[a-z0-9]+)+",
    re.IGNORECASE,
)
# What a content system keeps for itself: how sure a classifier is, which layout, which kind of page.
_KEPT_FOR_ITSELF = re.compile(
    r"(?:nlp (?:category|score|sentiment)|page ?type|content ?type|template|layout|section|type|format|source"
    r"|provider)\s*[:=].*"
    r"|article|post|page|news ?article|default|standard|full-?width|uncategori[sz]ed|allgemein|keywords?|tags?|all"
    r"|_.*|(?:comments?|paywall|ads?)[- ](?:enabled|disabled|include|exclude)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:nlp entity tokens|category|categories|tags?|topics?|keywords?)\s*:\s*(?=\S)", re.IGNORECASE)
# "sections/sverige", "topic/…": the path of a tag's page in place of its name.
_PATH = re.compile(
    r"^(?:sections?|topics?|tags?|themes?|organi[sz]ations?|persons?|people|places?|categor(?:y|ies))/(?=\S)"
)
_COUNTER = re.compile(r"^\(\d{1,3}\)\s*|\s*\(\d{1,4}\)$")


def cleaned(said: Any, *, not_tags: Iterable[str]) -> tuple[str, ...]:
    """The tags in the order given, each once; `not_tags` are names of the site and of the article's authors."""
    others = {folded(name) for name in not_tags}
    found: dict[str, str] = {}
    for item in texts(said):
        tag = _COUNTER.sub("", _PATH.sub("", _LABEL.sub("", item, count=1), count=1)).strip(" .#-–•\"'“”")
        key = folded(tag)
        if (
            key
            and key not in others
            and 1 < len(tag) <= MAX_TAG
            and not _IDENTIFIER.fullmatch(tag)
            and not _KEPT_FOR_ITSELF.fullmatch(item)
        ):
            found.setdefault(key, tag)
    return tuple(found.values())
