"""The record: the result of one input as a JSON object. `cleaner/schema.json` is its exact schema."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from cleaner._version import __version__
from cleaner.errors import CleanerError, FetchError
from cleaner.models import Article, Page, Status
from cleaner.patterns import lazy_pattern

if TYPE_CHECKING:
    from cleaner.inputs.read import Id, Input
    from cleaner.write.record_types import ArticleRecord, ErrorRecord

# Increases when readers of records must change: a field is removed or changes its meaning. A new field does not count.
SCHEMA_VERSION = 1

# Lone surrogates cannot be encoded in UTF-8. The other characters can, but many readers of JSON lines treat them as
# line ends.
_SURROGATES = lazy_pattern("[\ud800-\udfff]")
_UNSAFE = lazy_pattern("[\ud800-\udfff\x85\u2028\u2029]")


def record(
    source: Input,
    article: Article | None,
    *,
    index: int = 0,
    error: CleanerError | None = None,
    page: Page | None = None,
    elapsed_ms: float = 0.0,
    explain: bool = False,
    blocks: bool = False,
    comments: bool = False,
) -> ArticleRecord:
    """Return the record of an input. Every field is always present: unknown values are `None` or an empty list.

    `index` is the position among the inputs of the run, from 0. `article` is `None` if there is no result; `text` is
    then `None`, too, and the status is "error" if there is an `error` and "unchanged" otherwise. `page` is the page
    that was fetched or passed in, or `None`. `elapsed_ms` is in milliseconds. `blocks` adds `blocks`; `explain` adds
    `blocks` and `removed`, and a warning for each selector of a site rule that matches nothing. `comments` adds the
    readers' comments.
    """
    status = article.status if article else Status.ERROR if error else Status.UNCHANGED
    headers = page.headers if page else {}
    fields = (article or Article()).to_dict(explain=explain or blocks, comments=comments)
    unmatched = fields.pop("unmatched", [])
    lists = {name: fields.pop(name) for name in ("comments", "blocks", "removed") if name in fields}
    if not explain:
        unmatched = []
        lists.pop("removed", None)
    leading = {
        "id": source.id,
        "input": source.name,
        "input_hash": source.input_hash,
        "index": index,
        "url": source.url or fields["url"],
        "final_url": page.final_url if page else None,
        "status": str(status),
        "page_kind": fields["page_kind"],
        "confidence": fields["confidence"],
        "error": _error(error) if error else None,
        "warnings": [*fields["warnings"], *unmatched],
    }
    trailing = {
        "text": fields["text"] if article else None,
        "removed_counts": _count_reasons(article) if article else {},
        "provenance": fields["provenance"],
        "encoding": fields["encoding"],
        "encoding_source": fields["encoding_source"],
        "fetched_at": page.fetched_at.isoformat() if page and page.fetched_at else None,
        "etag": headers.get("etag"),
        "last_modified": headers.get("last-modified"),
        "elapsed_ms": round(elapsed_ms, 1),
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
    }
    metadata = {name: value for name, value in fields.items() if name not in leading | trailing}
    return cast("ArticleRecord", leading | metadata | trailing | lists)


def _count_reasons(article: Article) -> dict[str, int]:
    counts = Counter(str(removed.reason) for removed in article.removed)
    return dict(counts.most_common())


def input_key(name: str, id: Id | None, input_hash: str | None) -> str:
    """Return the key by which a resumed run recognises an input: its id, else the hash of its content, else its name.

    The hash comes before the name because the name of a line in a file contains its number, which can change. The name
    of a file that holds one page does not change.
    """
    if id is not None:
        return f"id {json.dumps(encodable(id) if isinstance(id, str) else id)}"
    return f"hash {input_hash}" if input_hash is not None else f"name {encodable(name)}"


def key_of(source: Input) -> str:
    """Return the key of an input."""
    return input_key(source.name, source.id, source.input_hash)


def key_in(record: Mapping[str, Any]) -> str:
    """Return the key of the input of a record: the same as `key_of` returns for that input."""
    return input_key(record["input"], record.get("id"), record.get("input_hash"))


def to_json(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return the record as strict JSON (RFC 8259) without a final line end; a single line unless `indent` is given.

    Lone surrogates are replaced by U+FFFD. Raises `ValueError` if the record holds NaN or an infinity; the records that
    `record` returns do not.
    """
    return _UNSAFE.sub(_escape, json.dumps(record, ensure_ascii=False, allow_nan=False, indent=indent))


def encodable(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, as `to_json` writes it. File names may hold surrogates."""
    return _SURROGATES.sub("\ufffd", text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04x}"


def _error(error: CleanerError) -> ErrorRecord:
    details: ErrorRecord = {"code": str(error.code), "message": error.message, "retryable": error.retryable}
    if isinstance(error, FetchError):
        if error.http_status is not None:
            details["http_status"] = error.http_status
        if error.retry_after is not None:
            details["retry_after"] = error.retry_after
    return details
