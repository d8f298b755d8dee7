"""Records as rows of a table, for pandas, Polars, pyarrow and others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

from cleaner.models import in_utc
from cleaner.write.record import encodable
from cleaner.write.record_types import ArticleRow, ErrorRecord

_COLUMNS: Final = tuple(ArticleRow.__annotations__)
# The columns of times, which records have as strings.
DATES: Final = ("published", "modified", "fetched_at")


def to_row(record: Mapping[str, Any]) -> ArticleRow:
    """Return a record as a row of a table: a flat dictionary of numbers, strings, lists of strings and times.

    All rows have the same keys in the same order, and every value of a key has the same type or is `None`, so that a
    table of rows has one type for each column. `pandas.DataFrame(map(cleaner.to_row, cleaner.clean_many(pages)))` can
    be written as Parquet. The columns of `Article.to_row` are among them, with the same values.

    Args:
        record: A record of `clean_many`, or one that was read from JSON lines. A field that it lacks, because an
            earlier version wrote it, is `None` or an empty list.

    Returns:
        The fields of the record except mappings (`author_urls`, `alternates`, `provenance`, `conflicts`,
        `removed_counts`), `entries`, `comments`, `blocks` and `removed`. The fields of `error` are columns of their
        own: `error_code`, `error_message` and so on. Dates are times in UTC: a day is its beginning, and a time without
        a time zone counts as UTC. `images` and `embeds` are URLs, and `id` is a string.

    Raises:
        TypeError: `record` is not a record, but for example an `Article` or all records.
    """
    if not isinstance(record, Mapping):
        raise TypeError(
            f"to_row() takes a record, not {type(record).__name__}; for an article, call article.to_row(); for many "
            "records, map(cleaner.to_row, records)"
        )
    id, error = record.get("id"), record.get("error") or {}
    row = {name: record.get(name) for name in _COLUMNS}
    row |= {f"error_{name}": error.get(name) for name in ErrorRecord.__annotations__}
    row |= {name: _time(record.get(name)) for name in DATES}
    row |= {name: list(record.get(name) or ()) for name in ("warnings", "authors", "tags", "pages")}
    row["images"] = [image["url"] for image in record.get("images") or ()]
    row["embeds"] = [embed["url"] for embed in record.get("embeds") or () if embed["url"] is not None]
    row["id"] = None if id is None else str(id)
    return cast("ArticleRow", {name: _encodable(value) for name, value in row.items()})


def _encodable(value: Any) -> Any:
    """Return a value that can be encoded: names of files may hold lone surrogates, and Arrow refuses these."""
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return encodable(value) if isinstance(value, str) else value


def _time(date: str | None) -> datetime | None:
    """Return a date of a record as a time in UTC; `fromisoformat` reads a day as its beginning."""
    return None if date is None else in_utc(datetime.fromisoformat(date))
