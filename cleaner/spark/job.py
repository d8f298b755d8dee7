"""`python -m cleaner.spark IN... OUT`: clean many files with Spark, and go on where an earlier run stopped.

Each file is a unit: a Spark job of one task, which writes the folder `OUT/unit=NAME` with the records, partitioned by
day. When Spark has committed that folder, a note `OUT/_units/NAME.json` is written. A later run leaves out the files
with a note. It writes the folder of any other file anew as a whole, so no crash can duplicate or lose records.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cleaner._version import __version__
from cleaner.batch.clean_many import Options
from cleaner.batch.offline import offline_records
from cleaner.inputs.names import ARCHIVE_ENDING, LINES_ENDING
from cleaner.inputs.read import Input, read_mapping, read_opened
from cleaner.models import Keep, Status
from cleaner.patterns import lazy_pattern
from cleaner.spark.dataframe import rows_of, spark_schema
from cleaner.write.parquet import record_batches

if TYPE_CHECKING:
    import io

    from pyspark.sql import SparkSession

PARQUET_ENDING: Final = ".parquet"
ENDINGS: Final = (PARQUET_ENDING, LINES_ENDING, f"{LINES_ENDING}.gz", ARCHIVE_ENDING, f"{ARCHIVE_ENDING}.gz")
# A list of files. Common Crawl calls its own `warc.paths.gz`.
LIST_ENDINGS: Final = (".txt", ".txt.gz", ".paths", ".paths.gz")
# The keys of an input, each of which is a column of the same name in Parquet unless an option names another.
KEYS: Final = ("html", "text", "url", "id")
# The field whose first ten characters are the day, by the value of `--day`.
DAY_FIELDS: Final = {"published": "published", "fetched": "fetched_at"}
# Pages of a Parquet file that are in memory at a time.
_PARQUET_ROWS: Final = 64
_UNSAFE = lazy_pattern(r"[^A-Za-z0-9.-]+")
_EXCEPTION = lazy_pattern(r"^(?!org\.|java\.)[\w.]+: .*$", re.MULTILINE)


class UsageError(Exception):
    """The arguments cannot be used. The message says what to do."""


class Job(NamedTuple):
    """What is the same for all files: the options, the columns of Parquet files by key, and the field of the day."""

    options: Options
    columns: Mapping[str, str]
    day: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Return its exit code: 0, or 1 if a file could not be read or its records not be written."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        options = _options(given)
        files = find_files(given.inputs, given.prefix)
        _refuse_reading_the_output(files, given.output)
    except (UsageError, ValueError, OSError) as error:
        parser.error(str(error))
    columns = {key: name for key in KEYS if (name := getattr(given, key)) is not None}
    job = Job(options, columns, given.day)
    spark = _session(parser, given.master)
    try:
        notes = Notes(spark, given.output)
        notes.begin(job)
    except UsageError as error:
        parser.error(str(error))
    except Exception as error:
        cause = getattr(error, "java_exception", None)  # such as that of a folder that cannot be written
        if cause is None:
            raise
        parser.error(f"{given.output}: {cause.toString()}")
    return _run(spark, job, files, notes, given.at_once)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cleaner.spark",
        description="Clean the pages in many files with Spark, into Parquet. The same command goes on with a run that "
        "was interrupted: files that are done are left out.",
    )
    parser.add_argument(
        "inputs",
        metavar="IN",
        nargs="+",
        help="a file (.parquet, .jsonl, .warc; the last two also with .gz), a folder of such files, a pattern such as "
        "'s3://bucket/pages/*.parquet', or a list of files, one per line (.txt, .paths; also with .gz)",
    )
    parser.add_argument("output", metavar="OUT", help="the folder for the records, on any file system that Spark knows")
    parser.add_argument("--prefix", default="", help="put PREFIX before each line of a list")
    parser.add_argument(
        "--day",
        choices=list(DAY_FIELDS),
        default="published",
        help="partition by the day on which the article was published (default), or the page fetched, which only web "
        "archives tell",
    )
    for key, what in zip(KEYS, ("pages", "texts", "URLs", "ids"), strict=True):
        parser.add_argument(f"--{key}", metavar="COLUMN", help=f"the column of {what} in Parquet (default: {key})")
    parser.add_argument("--explain", action="store_true", help="add the columns blocks and removed")
    parser.add_argument(
        "--keep",
        choices=[each.value for each in Keep],
        default=Keep.BALANCED.value,
        help="how to treat uncertain blocks: keep more text, or remove more boilerplate (default: balanced)",
    )
    parser.add_argument("--any-page", action="store_true", help="treat every page as an article")
    parser.add_argument(
        "--min-confidence",
        type=float,
        default=0.0,
        metavar="P",
        help="give articles with a confidence below P (0 to 1) the status unsure",
    )
    parser.add_argument("--rules", action="append", default=[], metavar="FILE", help="also use the rules in FILE")
    parser.add_argument("--without", action="append", default=[], metavar="ID", help="do not use the rule ID")
    parser.add_argument("--master", metavar="URL", help="the Spark master (default: that of Spark's configuration)")
    parser.add_argument(
        "--at-once",
        type=_positive,
        metavar="N",
        help="clean N files at a time (default: as many as Spark has cores at the start)",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1")
    return int(text)


def _options(given: argparse.Namespace) -> Options:
    """Return the options of the cleaner. Raises `ValueError` for bad ones, and `OSError`."""
    rules = None
    if given.rules or given.without:
        from cleaner.rules.user import RuleText, make_rules

        rules = make_rules([RuleText.read(path) for path in given.rules], given.without)
    return Options.checked(given.explain, given.keep, given.any_page, rules, given.min_confidence)


def find_files(inputs: Sequence[str], prefix: str = "") -> list[str]:
    """Return the files that the arguments name, each once, in order; those of a folder or a pattern are sorted.

    Raises `UsageError` if there are none, or if a name has an unknown extension, and `OSError`.
    """
    from fsspec.core import url_to_fs

    files: list[str] = []
    for given in inputs:
        if given.endswith(LIST_ENDINGS):
            with _opened(given, compression="infer") as stream:
                lines = [line.decode().strip() for line in stream]
            files += [prefix + line for line in lines if line and not line.startswith("#")]
            continue
        system, path = url_to_fs(given)
        is_pattern = any(character in path for character in "*?[")
        if not is_pattern and not system.isdir(path):
            files.append(given)
            continue
        found = sorted(system.glob(path)) if is_pattern else sorted(_visible(system.find(path), path))
        chosen = [each for each in found if each.endswith(ENDINGS)]
        if not chosen:
            raise UsageError(f"{given}: no files with the extension {', '.join(ENDINGS)}")
        files += chosen if "://" not in given else map(system.unstrip_protocol, chosen)
    for file in files:
        if not file.endswith(ENDINGS):
            raise UsageError(f"{file}: unknown extension; use {', '.join(ENDINGS)}, or {', '.join(LIST_ENDINGS)} lists")
    return list(dict.fromkeys(files))


def _refuse_reading_the_output(files: Sequence[str], output: str) -> None:
    """Raise `UsageError` if a file is in the folder of the records: a second run would clean what the first wrote."""
    folder = _absolute(output).rstrip("/") + "/"
    if any(_absolute(file).startswith(folder) for file in files):
        raise UsageError(f"{output}: the output is inside an input; write to another folder")


def _absolute(name: str) -> str:
    return name if "://" in name else os.path.abspath(name)


def _visible(files: Iterable[str], folder: str) -> Iterator[str]:
    """Yield the files that Spark does not ignore, such as a note or a temporary file, or a file in such a folder."""
    for file in files:
        if not any(part.startswith(("_", ".")) for part in file.removeprefix(folder).split("/")):
            yield file


def unit_name(file: str) -> str:
    """Return the name of the folder of a file's records: it is legible, and no two files have the same."""
    from hashlib import blake2b

    stem = _UNSAFE.sub("-", file.rsplit("/", 1)[-1])[:80]
    return f"{stem}-{blake2b(file.encode(errors='surrogateescape'), digest_size=8).hexdigest()}"


def _session(parser: argparse.ArgumentParser, master: str | None) -> SparkSession:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        parser.error("pyspark is not installed; install it from a checkout: pip install '.[spark]'")
    # The bar of Spark would run into the lines about the files.
    builder = SparkSession.builder.appName("cleaner").config("spark.ui.showConsoleProgress", "false")
    try:
        session: SparkSession = (builder.master(master) if master else builder).getOrCreate()
    except PySparkRuntimeError as error:
        parser.error(f"Spark does not start; it needs Java 17 or later ({error})")
    if str(session.sparkContext.master).startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        session.sparkContext.pythonExec = sys.executable  # else the first `python3` of the path, which may be another
    return session


class Notes:
    """The notes in the folder of the records: which files are done, and the options of the run.

    They are read and written with Spark's own access to files, like the records.
    """

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.folder = folder.rstrip("/")
        self._jvm: Any = spark._jvm
        self._system = self._path("").getFileSystem(spark._jsc.hadoopConfiguration())

    def begin(self, job: Job) -> None:
        """Write the options of the run. Raises `UsageError` if an earlier run had others."""
        settings = _settings(job)
        path = self._path("_run.json")
        if not self._system.exists(path):
            self._write(path, settings)
            return
        stream = self._system.open(path)
        earlier = self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        stream.close()
        if json.loads(earlier) != settings:
            raise UsageError(f"{self.folder}: holds the records of a run with other options; use another folder")

    def done(self) -> set[str]:
        """Return the names of the units that are done."""
        path = self._path("_units")
        if not self._system.exists(path):
            return set()
        return {status.getPath().getName().removesuffix(".json") for status in self._system.listStatus(path)}

    def add(self, name: str, note: Mapping[str, Any]) -> None:
        """Note that a unit is done."""
        self._write(self._path(f"_units/{name}.json"), note)

    def _path(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(f"{self.folder}/{name}")

    def _write(self, path: Any, note: Mapping[str, Any]) -> None:
        stream = self._system.create(path, True)
        stream.write(bytearray(json.dumps(note).encode() + b"\n"))
        stream.close()


def _settings(job: Job) -> dict[str, Any]:
    """Return what must be the same in all runs into a folder: what changes a record or its place."""
    options = job.options
    return {
        "version": __version__,
        "explain": options.explain,
        "keep": options.keep.value,
        "any_page": options.any_page,
        "min_confidence": options.min_confidence,
        "rules": [file.digest for file in options.rules.files] if options.rules else [],
        "without": sorted(options.rules.without) if options.rules else [],
        "columns": dict(job.columns),
        "day": job.day,
    }


def _run(spark: SparkSession, job: Job, files: Sequence[str], notes: Notes, at_once: int | None) -> int:
    """Clean the files that are not done, several at a time. Print a line for each, and return the exit code."""
    done = notes.done()
    pending = [file for file in files if unit_name(file) not in done]
    if len(pending) < len(files):
        _say(f"{len(files) - len(pending):,} of {len(files):,} files are done already")
    totals: Counter[str] = Counter()
    failed = 0
    pool = ThreadPoolExecutor(at_once or max(1, spark.sparkContext.defaultParallelism))
    try:
        running = {pool.submit(_clean_unit, spark, job, file, notes): file for file in pending}
        for number, future in enumerate(as_completed(running), 1):
            file = running[future]
            if error := future.exception():
                failed += 1
                _say(f"[{number}/{len(pending)}] {file}: failed: {_reason(error)}")
                continue
            totals.update(future.result())
            _say(f"[{number}/{len(pending)}] {file}: {_counts(future.result())}")
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        spark.sparkContext.cancelAllJobs()
        _say("interrupted; run the same command again to go on")
        return 130
    pool.shutdown()
    _say(_counts(totals))
    if failed:
        _say(f"{_number(failed, 'file')} failed; run the same command again to try again")
    return 1 if failed else 0


def _clean_unit(spark: SparkSession, job: Job, file: str, notes: Notes) -> Mapping[str, int]:
    """Clean a file, write its records and its note, and return the number of records by status."""
    from pyspark.sql import Observation, functions

    schema = spark_schema(explain=job.options.explain)
    # One row, whose only purpose is that there is one task.
    records = spark.range(0, 1, 1, 1).mapInArrow(partial(_clean_file, file=file, job=job), schema)
    status = functions.col("status")
    counts = [functions.count_if(status == each.value).alias(each.value) for each in Status]
    observation = Observation()
    name = unit_name(file)
    (
        records.withColumn("day", functions.substring(DAY_FIELDS[job.day], 1, 10))
        .observe(observation, *counts)
        .write.mode("overwrite")
        .option("partitionOverwriteMode", "static")  # remove all that an earlier attempt wrote
        .option("compression", "zstd")
        .partitionBy("day")
        .parquet(f"{notes.folder}/unit={name}")
    )
    statuses = {name: count for name, count in observation.get.items() if count}
    notes.add(name, {"file": file, "records": statuses})
    return statuses


def _clean_file(_: Iterator[Any], *, file: str, job: Job) -> Iterator[Any]:
    with closing(offline_records(read_unit(file, job.columns), job.options)) as records:
        yield from record_batches(records, explain=job.options.explain)


def read_unit(file: str, columns: Mapping[str, str]) -> Iterator[Input]:
    """Yield the inputs of a file. `columns` are columns of Parquet files by key; others have the names of their keys.

    Raises `OSError`, or another exception of the file system, if the file cannot be read, and `ValueError` if it is not
    Parquet, or has no such column.
    """
    with _opened(file) as stream:
        if not file.endswith(PARQUET_ENDING):
            yield from read_opened(file, stream)
            return
        from pyarrow import parquet

        table = parquet.ParquetFile(stream)
        names = {key: columns.get(key, key) for key in KEYS}
        present = {key: name for key, name in names.items() if name in table.schema_arrow.names}
        if missing := [name for key, name in names.items() if key in columns and key not in present]:
            raise ValueError(f"{file}: no column {missing[0]}; it has {', '.join(table.schema_arrow.names)}")
        if not present.keys() & {"html", "text"}:
            raise ValueError(f"{file}: no column html or text; name that of the pages with --html")
        batches = table.iter_batches(_PARQUET_ROWS, columns=list(present.values()))
        renamed = (batch.select(list(present.values())).rename_columns(list(present)) for batch in batches)
        for number, row in enumerate(rows_of(renamed), 1):
            yield read_mapping(f"{file}:{number}", row)


@contextmanager
def _opened(file: str, compression: str | None = None) -> Iterator[io.BufferedReader]:
    import io

    import fsspec

    with fsspec.open(file, "rb", compression=compression) as stream:
        yield io.BufferedReader(stream, 1 << 20)


def _reason(error: BaseException) -> str:
    """Return the message of the exception: of one in a task, that of Python, without the traceback and that of Java."""
    text = str(error)
    found = _EXCEPTION.findall(text)
    return found[-1] if found else text.strip().split("\n")[0]


def _counts(statuses: Mapping[str, int]) -> str:
    parts = [f"{statuses[each.value]:,} {each.value}" for each in Status if statuses.get(each.value)]
    return f"{_number(sum(statuses.values()), 'record')}{': ' if parts else ''}{', '.join(parts)}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
