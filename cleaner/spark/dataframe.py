"""Records of the rows of a Spark DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.batch.clean_many import Options
from cleaner.batch.offline import offline_records
from cleaner.inputs.read import Input, read_mapping
from cleaner.models import Keep
from cleaner.write.parquet import record_batches, record_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from cleaner.rules.user import RulesOrPaths


def clean(
    df: DataFrame,
    *,
    html: str | None = "html",
    text: str | None = None,
    url: str | None = "url",
    id: str | None = None,
    explain: bool = False,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    rules: RulesOrPaths = None,
    min_confidence: float = 0.0,
) -> DataFrame:
    """Return the records of the rows as a DataFrame: one for each row, with the columns of the Parquet output.

    Pages are cleaned when Spark evaluates the result, in one worker process for each task. It has the limits of
    `clean_many`, so a page that takes too much time or memory, or crashes the worker, has a record with an error, and
    its task goes on. Nothing is fetched.

    The result depends only on the row, so it is the same with any number of partitions and executors. For this reason,
    `index` is null, and `input` is the id or else the URL of the row.

    Args:
        df: The rows. Other columns than those named here are not in the result; join it with them by `id`.
        html: The name of the column of pages, of the type string or binary; `None` if there is none. The encoding of
            binary pages is found as in files.
        text: The name of a column of texts. Used for rows without a page.
        url: The name of the column of the pages' URLs; `None` if there is none.
        id: The name of the column whose value, as a string, becomes the `id` of the record.
        explain: Whether to add `blocks` and `removed`.
        keep: See `clean_many`.
        any_page: See `clean_many`.
        rules: See `clean_many`. A path is read by this call, on the driver.
        min_confidence: See `clean_many`.

    Raises:
        RuleFileError: A rule file cannot be read, or has a mistake.
        TypeError: The column of pages has another type.
        ValueError: Neither `html` nor `text` is given, `keep` has another value, or `min_confidence` is not from 0 to
            1.
        pyspark.errors.AnalysisException: A column does not exist.
    """
    from pyspark.sql import functions
    from pyspark.sql.types import BinaryType, StringType

    options = Options.checked(explain, keep, any_page, rules, min_confidence)
    if html is None and text is None:
        raise ValueError("name the column of pages (html) or of texts (text)")
    names = {"html": html, "text": text, "url": url, "id": id}
    columns = {key: functions.col(name) for key, name in names.items() if name is not None}
    strings = [column.cast("string").alias(key) for key, column in columns.items() if key != "html"]
    pages = [columns["html"].alias("html")] if "html" in columns else []
    rows = df.select(*pages, *strings)
    if pages and not isinstance(rows.schema["html"].dataType, StringType | BinaryType):
        kind = rows.schema["html"].dataType.simpleString()
        raise TypeError(f"the column {html} must be of the type string or binary, not {kind}")
    return rows.mapInArrow(partial(_clean_partition, options=options), spark_schema(explain=explain))


def spark_schema(*, explain: bool) -> StructType:
    """Return the columns of the records."""
    from pyspark.sql.pandas.types import from_arrow_schema

    schema: StructType = from_arrow_schema(record_schema(explain=explain))
    return schema


def _clean_partition(batches: Iterator[Any], *, options: Options) -> Iterator[Any]:
    with closing(offline_records(_inputs(batches), options)) as records:
        yield from record_batches((record | {"index": None} for record in records), explain=options.explain)


def _inputs(batches: Iterator[Any]) -> Iterator[Input]:
    for row in rows_of(batches):
        yield read_mapping(str(row.get("id") or row.get("url") or "row"), row)


def rows_of(batches: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of Arrow batches as dictionaries, one at a time.

    A string that is not valid UTF-8, which Spark and Parquet do not exclude, is the `bytes` that it has for `html`, and
    a string with replacement characters for other columns.
    """
    for batch in batches:
        for number in range(batch.num_rows):
            yield {name: _value(name, batch.column(name)[number]) for name in batch.schema.names}


def _value(name: str, scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        plain = getattr(scalar, "value", scalar)  # the string of a dictionary
        content: bytes = plain.as_buffer().to_pybytes()
        return content if name == "html" else content.decode(errors="replace")
