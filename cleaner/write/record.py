"""The record: what came of one input, as a JSON object. `schema.json` in the package says exactly what it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cleaner._version import __version__
from cleaner.errors import CleanerError, FetchError
from cleaner.inputs.read import Id, Input
from cleaner.models import Article, Page, Status

# Goes up when a reader of records must change: a field goes, or means something else. A new field is no such change.
SCHEMA_VERSION = 1

# Lone surrogates cannot be encoded. The others can, but many readers of JSON lines take them for line ends.
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def record(
    source: Input,
    article: Article | None,
    *,
    index: int = 0,
    error: CleanerError | None = None,
    page: Page | None = None,
    elapsed_ms: float = 0.0,
    explain: bool = False,
) -> dict[str, Any]:
    """The record of an input: every field always, `None` and empty lists where nothing is known.

    `index` is its place among the inputs of the run, from 0.
    `article` is `None` where there is none to speak of; then `text` is `None`, too, and without an `error` the page is
    unchanged. `page` is what was fetched or
    given, `None` where nothing was. `explain` adds `blocks` and `removed`.
    """
    status = article.status if article else Status.ERROR if error else Status.UNCHANGED
    headers = page.headers if page else {}
    found = (article or Article()).to_dict(explain=explain)
    head = {
        "id": source.id,
        "input": source.name,
        "input_hash": source.input_hash,
        "index": index,
        "url": source.url or found["url"],
        "final_url": page.final_url if page else None,
        "status": str(status),
        "page_kind": found["page_kind"],
        "confidence": found["confidence"],
        "error": _error(error) if error else None,
        "warnings": found["warnings"],
    }
    tail = {
        "text": found["text"] if article else None,
        "provenance": found["provenance"],
        "encoding": found["encoding"],
        "encoding_source": found["encoding_source"],
        "fetched_at": page.fetched_at.isoformat() if page and page.fetched_at else None,
        "etag": headers.get("etag"),
        "last_modified": headers.get("last-modified"),
        "elapsed_ms": round(elapsed_ms, 1),
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
    }
    blocks = {name: found[name] for name in ("blocks", "removed") if name in found}
    metadata = {name: value for name, value in found.items() if name not in head | tail | blocks}
    return head | metadata | tail | blocks


def input_key(name: str, id: Id | None, input_hash: str | None) -> str:
    """What a run that goes on knows an input by: its id, or else the hash of what came in, or else its name.

    Lines change their places, and files that hold one page do not change their names.
    """
    if id is not None:
        return f"id {json.dumps(encodable(id) if isinstance(id, str) else id)}"
    return f"hash {input_hash}" if input_hash is not None else f"name {encodable(name)}"


def key_of(source: Input) -> str:
    """The key of an input."""
    return input_key(source.name, source.id, source.input_hash)


def key_in(record: Mapping[str, Any]) -> str:
    """The key of the input that a record was made of; the same as `key_of` gives for the input."""
    return input_key(record["input"], record.get("id"), record.get("input_hash"))


def to_json(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """The record as strict JSON, without a line end: no NaN, nothing that UTF-8 cannot hold, one line if not indented.

    Raises `ValueError` where the record holds NaN or an infinity: no record of ours does.
    """
    return _UNSAFE.sub(_escaped, json.dumps(record, ensure_ascii=False, allow_nan=False, indent=indent))


def encodable(text: str) -> str:
    """The text as JSON of ours gives it back: without the lone surrogates that a file's name may hold."""
    return _SURROGATES.sub("\ufffd", text)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04x}"


def _error(error: CleanerError) -> dict[str, Any]:
    told: dict[str, Any] = {"code": str(error.code), "message": error.message, "retryable": error.retryable}
    if isinstance(error, FetchError):
        answered = {"http_status": error.http_status, "retry_after": error.retry_after}
        told |= {name: value for name, value in answered.items() if value is not None}
    return told
