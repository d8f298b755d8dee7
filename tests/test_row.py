"""Records as rows of a table: flat, with one type for each column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pyarrow
import pytest
from pyarrow import parquet

import cleaner
from cleaner.errors import Code, FetchError
from cleaner.inputs.read import Input, InputKind
from cleaner.models import Article, Image, Page
from cleaner.write.record import record
from cleaner.write.record_types import ArticleRow

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "cleaner" / "schema.json").read_text())
SOURCE = Input("pages.jsonl:1", InputKind.HTML, id=7, input_hash="0a")
ARTICLE = Article(
    title="Bridge opens",
    authors=("Ada Reed",),
    published=datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
    tags=("bridges",),
    images=(Image("https://town.example/a.jpg", alt="A bridge"),),
    word_count=4,
    provenance={"title": "h1"},
    conflicts={"title": {"meta og:title": "The bridge opens"}},
    confidence=0.75,
    url="https://town.example/bridge",
)
FAILURE = FetchError(Code.HTTP_ERROR, "not now", url="https://town.example/b", http_status=503, retry_after=60)
FETCHED = Page(b"<p>", headers={"etag": "1"}, fetched_at=datetime(2024, 5, 7, tzinfo=UTC))
RECORDS = [
    record(SOURCE, ARTICLE, page=FETCHED, explain=True),
    record(Input("b.html", InputKind.HTML), None, index=1, error=FAILURE),
    record(Input("\udcff.html", InputKind.HTML, id="seven"), None, index=2),
]


def is_flat(node: Mapping[str, Any]) -> bool:
    """Whether the JSON schema of a field allows only scalars, or lists of strings."""
    allowed = {*node["type"]} if isinstance(node.get("type"), list) else {node.get("type", "string")}
    return (
        not {"$ref", "anyOf"} & node.keys()
        and "object" not in allowed
        and ("array" not in allowed or "string" == node["items"].get("type"))
    )


def test_columns() -> None:
    """The columns are the flat fields of the record, those of its error, and the URLs of its pictures and embeds."""
    flat = {name for name, node in SCHEMA["properties"].items() if is_flat(node)}
    error = {f"error_{name}" for name in SCHEMA["$defs"]["error"]["properties"]}
    assert flat | error | {"images", "embeds"} == {*get_type_hints(ArticleRow)}
    assert [[*get_type_hints(ArticleRow)]] * len(RECORDS) == [[*cleaner.to_row(each)] for each in RECORDS]


def test_values() -> None:
    """A row has the values of the record: dates as times in UTC, the identifier as a string."""
    row, failed, unchanged = map(cleaner.to_row, RECORDS)
    assert ("7", None, "seven") == (row["id"], failed["id"], unchanged["id"])
    assert (ARTICLE.published, None, FETCHED.fetched_at) == (row["published"], row["modified"], row["fetched_at"])
    assert (["Ada Reed"], ["bridges"], ["https://town.example/a.jpg"]) == (row["authors"], row["tags"], row["images"])
    assert (None, None) == (row["error_code"], row["error_retryable"])
    assert ("http_error", "not now", True) == (
        failed["error_code"],
        failed["error_message"],
        failed["error_retryable"],
    )
    assert (503, 60) == (failed["error_http_status"], failed["error_retry_after"])
    assert "\ufffd.html" == unchanged["input"]


@pytest.mark.parametrize("article", [ARTICLE, Article()], ids=["full", "empty"])
def test_same_as_the_row_of_an_article(article: Article) -> None:
    """The columns of `Article.to_row` are among those of a record, with the same values."""
    row = cleaner.to_row(record(SOURCE, article))
    expected = article.to_row()
    assert expected == {name: row[name] for name in expected}


def test_earlier_records() -> None:
    """A record of an earlier version, which lacks fields, has a row, too."""
    row = cleaner.to_row({"input": "a.html", "status": "ok", "published": "2024-05-06"})
    assert [*get_type_hints(ArticleRow)] == [*row]
    assert (datetime(2024, 5, 6, tzinfo=UTC), [], None) == (row["published"], row["authors"], row["kicker"])


@pytest.mark.parametrize("value", [ARTICLE, iter(RECORDS), RECORDS, None], ids=lambda value: type(value).__name__)
def test_not_a_record(value: Any) -> None:
    """An article, or several records, in place of a record is an error that says what to call."""
    with pytest.raises(TypeError, match=rf"not {type(value).__name__}; for an article, call article\.to_row\(\)"):
        cleaner.to_row(value)


@pytest.mark.parametrize("records", [RECORDS, RECORDS[1:2]], ids=["all", "failure"])
def test_as_parquet(records: list[Any], tmp_path: Path) -> None:
    """A table of rows is written as Parquet without a schema, and read back unchanged."""
    rows = [cleaner.to_row(each) for each in records]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "articles.parquet")
    table = parquet.read_table(tmp_path / "articles.parquet")
    assert rows == table.to_pylist()
    if len(records) > 1:
        assert pyarrow.timestamp("us", tz="UTC") == table.schema.field("published").type


def test_of_clean_many() -> None:
    """Each input of `clean_many` has a row, also one that fails, and a row of a JSON line is the same."""
    pages = [ROOT / "fixtures" / "drupal.html", "missing.html"]
    records = list(cleaner.clean_many(pages, jobs=1))
    rows = [cleaner.to_row(each) for each in records]
    assert ["ok", "error"] == [row["status"] for row in rows]
    assert rows == [cleaner.to_row(json.loads(json.dumps(each))) for each in records]
