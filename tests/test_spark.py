"""Spark: the same records as in a batch, one for each row, and jobs that can be started again."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from servers import Server, response
from spark_session import session, why_not

from benchmarks import scale
from cleaner.batch.clean_many import clean_many
from cleaner.errors import Code

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

REASON = why_not()
pytestmark = [
    pytest.mark.skipif(REASON is not None, reason=REASON or ""),
    pytest.mark.timeout(300),  # on a busy machine, Spark alone needs half a minute to start
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    # Spark 4.0 leaves connections to its JVM to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
NAMES = ("wordpress_jetpack", "drupal", "ghost", "medium", "blogger", "consent_wall", "live_blog")
PAGES = {name: (FIXTURES / f"{name}.html").read_text() for name in NAMES}
PAGE = PAGES["wordpress_jetpack"]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    yield from session()


def rows_of(result: DataFrame) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in result.collect()]


def read(spark: SparkSession, out: Path) -> list[dict[str, Any]]:
    """Return the records that a job wrote, in the order of their files."""
    found = spark.read.parquet(str(out)).orderBy("unit", "index").drop("unit", "day")
    return [timeless(row) for row in rows_of(found)]


def timeless(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record without the only value that no two runs share, and with its id as in columns."""
    identifier = record["id"]
    return {**record, "id": None if identifier is None else str(identifier), "elapsed_ms": None}


def as_rows(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records as columns return them: an error has all of its fields."""
    optional = {"http_status": None, "retry_after": None}
    return [timeless(each) | {"error": each["error"] and optional | each["error"]} for each in records]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def run(spark: SparkSession, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Return a function that runs the program in the session, and returns its exit code and what it says."""
    from cleaner.spark.job import main

    def run_program(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, capsys.readouterr().err

    return run_program


def test_one_core_two_cores_and_spark(spark: SparkSession, run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """A file gives the same records with one process, with two, and with Spark: all fields but the time it took."""
    rows: list[dict[str, Any]] = [
        *({"id": name, "url": f"https://town.example/{name}", "html": html} for name, html in PAGES.items()),
        {"id": 8, "text": "A line.\n\nAnother one."},
        {"id": 9},
        {"html": "\ud800<p>Half a character.</p>"},
    ]
    path = write_lines(tmp_path / "pages.jsonl", rows)
    alone = list(clean_many([path], jobs=1))
    assert as_rows(alone) == as_rows(list(clean_many([path], jobs=2)))
    counts = "10 records: 7 ok, 2 no_article, 1 error"
    assert (0, f"[1/1] {path}: {counts}\n{counts}\n") == run(path, tmp_path / "out")
    assert as_rows(alone) == read(spark, tmp_path / "out")


def test_rows_of_a_frame(spark: SparkSession) -> None:
    """The rows of a DataFrame give the records of the same mappings, whatever the partitions are."""
    from cleaner.spark import clean

    rows = [(number, f"https://town.example/{number}", html) for number, html in enumerate(PAGES.values())]
    frame = spark.createDataFrame(rows, "number long, address string, page string")
    expected = list(clean_many({"id": str(each[0]), "url": each[1], "html": each[2]} for each in rows))
    for partitions in (1, 3):
        result = clean(frame.repartition(partitions), html="page", url="address", id="number").orderBy("id")
        assert [{**each, "input": each["id"], "index": None} for each in as_rows(expected)] == [
            timeless(row) for row in rows_of(result)
        ]


def test_blocks_are_optional(spark: SparkSession) -> None:
    """`explain` adds the blocks as lists of structs; without it, there are no such columns."""
    from cleaner.spark import clean

    frame = spark.createDataFrame([(PAGE,)], "html string")
    (record,) = clean_many([{"html": PAGE}], explain=True)
    (row,) = rows_of(clean(frame, url=None, explain=True))
    for name in ("blocks", "removed"):
        assert [each["text"] for each in record[name]] == [each["text"] for each in row[name]]
    assert not {"blocks", "removed"} & set(clean(frame, url=None).columns)


def test_bad_rows(spark: SparkSession) -> None:
    """Each row has one record, whatever is in it, and no task fails."""
    from cleaner.spark import clean

    hostile: list[tuple[bytearray | None, str | None, str | None]] = [
        (bytearray(PAGE.encode("utf-16")), None, None),
        (bytearray(gzip.compress(b"<p>" * 100_000_000)), None, None),
        (bytearray(b"<div>" * 200_000), None, None),
        (bytearray(b"%PDF-1.4 not a page"), None, None),
        (bytearray(), None, None),
        (None, "", "https://town.example/never-fetched"),
        (None, None, None),
        (None, "A line.", "not a url \0"),
    ]
    frame = spark.createDataFrame(hostile, "html binary, text string, url string")
    result = rows_of(clean(frame.coalesce(1), text="text"))
    codes = [row["error"] and row["error"]["code"] for row in result]
    assert [None, Code.TOO_LARGE, Code.NO_ARTICLE, Code.NOT_HTML, Code.EMPTY] == codes[:5]
    assert [Code.EMPTY, Code.BAD_INPUT] == codes[5:7]
    assert len(hostile) == len(result)
    assert "row" == result[6]["input"]


def test_strings_that_are_not_utf_8(spark: SparkSession) -> None:
    """A page in a string column that is not UTF-8 is decoded like bytes; other strings get replacement characters."""
    from cleaner.spark import clean

    frame = spark.createDataFrame([(bytearray(PAGE.encode("utf-16")), bytearray(b"a\xff"))], "html binary, id binary")
    strings = frame.selectExpr("cast(html as string) as html", "id")
    (row,) = rows_of(clean(strings, url=None, id="id"))
    assert ("Ferry crews on the Lowmere line vote to strike before Christmas", "a\ufffd") == (row["title"], row["id"])


@pytest.mark.parametrize("packed", [False, True])
def test_values_of_rows(packed: bool) -> None:
    """A string that is not UTF-8 may also be in a dictionary of the column."""
    import pyarrow

    from cleaner.spark.dataframe import rows_of

    array = pyarrow.array([b"a\xff", b"b", None]).view(pyarrow.string())
    column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1, 2], "int32"), array) if packed else array
    batch = pyarrow.RecordBatch.from_arrays([column, column], ["html", "url"])
    expected = [{"html": b"a\xff", "url": "a\ufffd"}, {"html": "b", "url": "b"}, {"html": None, "url": None}]
    assert expected == list(rows_of([batch]))


def test_wrong_columns(spark: SparkSession) -> None:
    """Columns that cannot be cleaned are refused before anything runs."""
    from pyspark.errors import AnalysisException

    from cleaner.spark import clean

    frame = spark.createDataFrame([(1, "<p>")], "number long, html string")
    with pytest.raises(TypeError, match="the column number must be of the type string or binary, not bigint"):
        clean(frame, html="number", url=None)
    with pytest.raises(ValueError, match="name the column of pages"):
        clean(frame, html=None)
    with pytest.raises(ValueError, match="min_confidence must be from 0 to 1"):
        clean(frame, min_confidence=2.0)
    with pytest.raises(AnalysisException, match="url"):
        clean(frame)


def test_a_job_goes_on(
    spark: SparkSession, run: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run leaves out the files that are done, and tries those again that failed."""
    out = tmp_path / "out"
    # Without PYSPARK_PYTHON, the tasks of a local run are run by the interpreter of the program.
    monkeypatch.delenv("PYSPARK_PYTHON", raising=False)
    spark.sparkContext.pythonExec = "no-such-python"
    first = write_lines(tmp_path / "first.jsonl", [{"id": "a", "html": PAGE}])
    second = tmp_path / "second.jsonl"
    code, said = run(first, second, out)
    assert 1 == code
    assert f"{second}: failed: FileNotFoundError: [Errno 2] No such file or directory: '{second}'" in said
    assert said.endswith("1 record: 1 ok\n1 file failed; run the same command again to try again\n")
    write_lines(second, [{"id": "b", "html": PAGE}])
    assert (0, f"1 of 2 files are done already\n[1/1] {second}: 1 record: 1 ok\n1 record: 1 ok\n") == run(
        first, second, first, out
    )
    assert ["a", "b"] == [row["id"] for row in read(spark, out)]


def test_a_crash_duplicates_nothing(spark: SparkSession, run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """What a run wrote of a file before it could note that the file is done is replaced as a whole."""
    out = tmp_path / "out"
    path = write_lines(tmp_path / "pages.jsonl", [{"id": "a", "html": PAGE}, {"id": "b", "html": PAGES["drupal"]}])
    run(path, out)
    records = read(spark, out)
    (note,) = (out / "_units").glob("*.json")
    assert {"file": str(path), "records": {"ok": 2}} == json.loads(note.read_text())
    note.unlink()
    (unit,) = out.glob("unit=*")
    (unit / "day=1999-01-01").mkdir()
    for written in unit.glob("day=20*/*.parquet"):
        written.rename(unit / "day=1999-01-01" / written.name)
    assert 0 == run(path, out)[0]
    assert records == read(spark, out)


def test_days(spark: SparkSession, run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """Records are partitioned by the day of the article, or of the fetch; those without one are in a partition, too."""
    path = write_lines(tmp_path / "pages.jsonl", [{"html": PAGE}, {"html": ""}])
    run(path, tmp_path / "out")
    days = {row["day"] for row in spark.read.parquet(str(tmp_path / "out")).collect()}
    assert {"2024-11-21", "None"} == set(map(str, days))
    run(path, tmp_path / "fetched", "--day", "fetched")
    assert ["day=__HIVE_DEFAULT_PARTITION__"] == [each.name for each in (tmp_path / "fetched").glob("unit=*/day=*")]


def test_other_options_are_refused(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """A folder holds the records of one set of options."""
    path = write_lines(tmp_path / "pages.jsonl", [{"html": PAGE}])
    run(path, tmp_path / "out")
    code, said = run(path, tmp_path / "out", "--keep", "more")
    assert 2 == code
    assert f"{tmp_path}/out: holds the records of a run with other options; use another folder\n" in said


def test_parquet_input(spark: SparkSession, run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """The columns of a Parquet file may have any names; a file without a column that was named fails."""
    folder = tmp_path / "pages"
    rows = [(number, html.encode(), "unused") for number, html in enumerate(PAGES.values())]
    frame = spark.createDataFrame(rows, "number long, content binary, other string")
    frame.coalesce(1).write.parquet(str(folder))
    (file,) = folder.glob("*.parquet")
    assert 0 == run(folder, tmp_path / "out", "--html", "content", "--id", "number")[0]
    expected = list(clean_many({"id": number, "html": html} for number, html, _ in rows))
    for number, record in enumerate(expected, 1):
        record["input"] = f"{file}:{number}"
    assert as_rows(expected) == read(spark, tmp_path / "out")
    code, said = run(folder, tmp_path / "wrong", "--html", "page")
    assert 1 == code
    assert f"ValueError: {file}: no column page; it has number, content, other" in said
    assert (
        f"ValueError: {file}: no column html or text; name that of the pages with --html"
        in run(folder, tmp_path / "none")[1]
    )


def test_a_column_for_two_keys(tmp_path: Path) -> None:
    """A column of a Parquet file may be used twice, such as the URL as the id."""
    import pyarrow
    from pyarrow import parquet

    from cleaner.spark.job import read_unit

    url = "https://town.example/a"
    parquet.write_table(pyarrow.table({"html": [PAGE], "url": [url]}), tmp_path / "pages.parquet")
    (source,) = read_unit(str(tmp_path / "pages.parquet"), {"id": "url"})
    assert (url, url, PAGE) == (source.id, source.url, source.content)


def test_files_of_a_folder_and_a_pattern(tmp_path: Path) -> None:
    """A folder has the files in it and its folders, without those that Spark ignores; a pattern has all that match."""
    from cleaner.spark.job import find_files

    names = ("b.jsonl", "a.warc.gz", "in/c.parquet", "_temporary/d.parquet", ".e.jsonl", "f.html")
    for name in names:
        (tmp_path / ".pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ".pages" / name).touch()
    folder = str(tmp_path / ".pages")
    assert [f"{folder}/{name}" for name in ("a.warc.gz", "b.jsonl", "in/c.parquet")] == find_files([folder])
    assert [f"{folder}/{name}" for name in ("b.jsonl",)] == find_files([f"{folder}/b*"])
    assert [f"file://{folder}/b.jsonl"] == find_files([f"file://{folder}/b*l"])


def archived(url: str, html: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-01T10:00:00Z\r\n"
    return gzip.compress(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")


def test_list_of_archives(spark: SparkSession, run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """A packed list of archives, with a prefix, is read through fsspec; the records have the page's URL and date."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.warc.gz").write_bytes(archived(f"https://town.example/{name}", PAGE))
    (tmp_path / "warc.paths.gz").write_bytes(gzip.compress(b"# two archives\na.warc.gz\n\nb.warc.gz\n"))
    prefix = f"file://{tmp_path}/"
    assert 0 == run(tmp_path / "warc.paths.gz", tmp_path / "out", "--prefix", prefix, "--day", "fetched")[0]
    expected = [record for name in ("a", "b") for record in clean_many([tmp_path / f"{name}.warc.gz"])]
    for record in expected:
        record["input"] = record["input"].replace(f"{tmp_path}/", prefix)
    assert as_rows(expected) == read(spark, tmp_path / "out")
    assert 2 == len(list((tmp_path / "out").glob("unit=*/day=2026-11-01")))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pages.csv", "out"], "pages.csv: unknown extension; use .parquet, .jsonl, "),
        (["empty", "out"], "empty: no files with the extension .parquet, .jsonl, "),
        (["missing.txt", "out"], "No such file or directory"),
        (["a.jsonl", "out", "--min-confidence", "2"], "min_confidence must be from 0 to 1"),
        (["a.jsonl", "out", "--without", "no-such-rule"], "no-such-rule"),
        (["a.jsonl", "out", "--rules", "missing.toml"], "missing.toml"),
        (["out"], "the following arguments are required: OUT"),
        (["a.jsonl", "out", "--at-once", "0"], "0 is not a number from 1"),
        (["full", "full/out"], "full/out: the output is inside an input; write to another folder"),
        (["a.jsonl", "unknown://out"], "unknown://out: org.apache.hadoop.fs.UnsupportedFileSystemException: "),
    ],
)
def test_wrong_usage(
    run: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    message: str,
) -> None:
    """Wrong arguments are named, and nothing is written."""
    (tmp_path / "empty" / "_temporary").mkdir(parents=True)
    (tmp_path / "empty" / "_temporary" / "half.parquet").touch()
    (tmp_path / "full" / "out").mkdir(parents=True)
    (tmp_path / "full" / "out" / "a.jsonl").touch()
    monkeypatch.chdir(tmp_path)
    code, said = run(*arguments)
    assert 2 == code
    assert message in said
    assert not (tmp_path / "out").exists()


def test_without_java(tmp_path: Path) -> None:
    """If Spark does not start, the program says what it needs."""
    (tmp_path / "java").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "java").chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cleaner.spark", "a.jsonl", tmp_path / "out"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert 2 == done.returncode
    assert "error: Spark does not start; it needs Java 17 or later" in done.stderr


def test_files_of_a_web_server() -> None:
    """A list and its files may be on a web server. A file that is missing there is an error, not an input."""
    from cleaner.spark.job import find_files, read_unit

    lines = b'{"id": 1, "text": "A line."}\n{"id": 2, "text": "Another one."}\n'
    with Server() as server:
        server.responses["/lists/all.txt"] = response(b"pages.jsonl\nmissing.jsonl\n")
        server.responses["/pages.jsonl"] = response(lines)
        pages, missing = find_files([f"{server.url}/lists/all.txt"], f"{server.url}/")
        assert [1, 2] == [each.id for each in read_unit(pages, {})]
        with pytest.raises(FileNotFoundError):
            next(read_unit(missing, {}))


@pytest.mark.parametrize(("section", "output"), [("A DataFrame", "Ferry crews on th"), ("Files", "no_article")])
def test_examples(tmp_path: Path, section: str, output: str) -> None:
    """The examples in docs/at-scale.md run as they stand."""
    assert output in "".join(scale.run_examples(tmp_path, section))


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without pyspark, the program says how to install it."""
    from cleaner.spark.job import main

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SystemExit):
        main(["a.jsonl", str(tmp_path / "out")])
    assert "pyspark is not installed; install it from a checkout: pip install '.[spark]'" in capsys.readouterr().err
