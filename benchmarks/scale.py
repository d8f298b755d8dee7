"""Cleaning with Spark, against the batch runner and against hostile pages; and the examples of docs/at-scale.md.

    python benchmarks/scale.py rate [--pages 10000] [--jsonl FILE]       the batch runner and Spark, on two cores each
    python benchmarks/scale.py hostile [--rows 20000] [--hostile 200]    count the records, while workers are killed
    python benchmarks/scale.py docs [--section NAME]                     run the examples, as they stand
    python benchmarks/scale.py warc FOLDER FILE.warc.gz                  make a web archive of the pages in a folder

`rate` repeats the pages of FILE, or else pages of 100 KB that are put together from fixtures. Its wall times mean
something only on an idle machine. `hostile` exits with 1 if a row has no record or more than one, or if a task fails.
`rate` and `hostile` need the extra `spark`, Java and Linux; the examples also need datatrove and Ray (`ray[data]`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for the other benchmarks
DOCUMENT = ROOT / "docs" / "at-scale.md"
FIXTURES = ROOT / "fixtures"
# The fences of examples that are run. Those that need a cluster or the network have another one.
LANGUAGES = ("sh", "py")
BATCH = [sys.executable, "-m", "cleaner", "pages.jsonl", "-o", "batch.parquet", "--jobs", "2"]
SPARK = [sys.executable, str(Path(__file__).resolve()), "_spark"]
# Characters of the hostile part of a page, one after the other.
HOSTILE_SIZES = (10_000, 1_000_000, 9_500_000)
KILL_SECONDS = 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    rates = commands.add_parser("rate")
    rates.add_argument("--pages", type=int, default=10_000)
    rates.add_argument("--jsonl", type=Path)
    attack = commands.add_parser("hostile")
    attack.add_argument("--rows", type=int, default=20_000)
    attack.add_argument("--hostile", type=int, default=200)
    docs = commands.add_parser("docs")
    docs.add_argument("--section", help="the heading above the examples (default: all)")
    archive = commands.add_parser("warc")
    archive.add_argument("folder", type=Path)
    archive.add_argument("file", type=Path)
    commands.add_parser("_spark")
    options = parser.parse_args()
    if options.what == "_spark":
        clean_lines()
    elif options.what == "warc":
        write_archive(options.folder, options.file)
    else:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            if options.what == "docs":
                run_examples(Path(folder), options.section)
            elif options.what == "rate":
                rate(options.pages, options.jsonl)
            else:
                hostile(options.rows, options.hostile)


def rate(count: int, source: Path | None) -> None:
    """Print the time per page of the batch runner and of Spark."""
    if source:
        with source.open() as stream:
            lines = list(stream)
    else:
        from benchmarks.endure import large_pages

        lines = [json.dumps({"id": str(number), "html": html}) + "\n" for number, html in enumerate(large_pages())]
    with open("pages.jsonl", "w") as pages:
        pages.writelines(islice(cycle(lines), count))
    size = os.path.getsize("pages.jsonl") / count / 1000
    print(f"{count:,} pages of {size:.0f} KB, milliseconds per page", flush=True)
    batch = measure(BATCH)
    print(f"batch runner  {1000 * batch.wall / count:6.1f} wall  {1000 * batch.cpu / count:6.1f} CPU", flush=True)
    start, wall, cpu = map(float, run(SPARK).split()[-3:])
    print(f"Spark         {1000 * wall / count:6.1f} wall  {1000 * cpu / count:6.1f} CPU, after {start:.0f} s to start")
    print(f"Spark has {batch.wall / wall:.2f} of the batch runner's rate")
    from pyarrow import parquet

    written = [parquet.read_table(name, columns=["id", "title", "text"]) for name in ("batch.parquet", "spark.parquet")]
    same = written[0].sort_by("text").equals(written[1].select(["id", "title", "text"]).sort_by("text"))
    print(f"the records are {'the same' if same else 'DIFFERENT'}")


class Times(NamedTuple):
    """The time that a process took, in seconds; `cpu` includes its child processes."""

    wall: float
    cpu: float


def measure(command: list[str]) -> Times:
    """Run the command and return its times."""
    start, before = time.perf_counter(), os.times()
    run(command)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Times(time.perf_counter() - start, cpu)


def run(command: list[str]) -> str:
    """Run the command and return what it prints. Exits if it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):  # 1: a page is not an article
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def session() -> Any:
    """Return a Spark session with two cores."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {"spark.ui.enabled": "false", "spark.driver.memory": "2g", "spark.ui.showConsoleProgress": "false"}
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def clean_lines() -> None:
    """Clean pages.jsonl with Spark. Print the seconds for its start, and those of the work, wall and CPU."""
    from cleaner.spark import clean

    start = time.perf_counter()
    spark = session()
    started, before = time.perf_counter(), cpu_seconds()
    rows = spark.read.schema("id string, url string, html string").json("pages.jsonl")
    clean(rows, id="id").write.parquet("spark.parquet")
    print(started - start, time.perf_counter() - started, cpu_seconds() - before)
    spark.stop()


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and its descendants: those that run, and those that ended before."""
    ticks = 0
    for pid in (os.getpid(), *descendants(os.getpid())):
        with suppress(OSError):
            # After the name in brackets: the state, ..., then user and system time, of the process and of its children.
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def hostile(count: int, bad: int) -> None:
    """Clean rows, some of which are hostile, while workers are killed. Exits if a row has not exactly one record."""
    import pyarrow
    from pyarrow import parquet

    from cleaner.spark import clean

    schema = pyarrow.schema([("id", pyarrow.string()), ("html", pyarrow.binary())])
    with parquet.ParquetWriter("pages.parquet", schema) as writer:
        for number, html in enumerate(mixed_pages(count, bad)):
            batch = pyarrow.RecordBatch.from_pylist([{"id": str(number), "html": html}], schema=schema)
            writer.write_batch(batch)
    spark = session()
    pages = spark.read.parquet("pages.parquet").repartition(8)
    stop = threading.Event()
    killer = Killer(stop)
    killer.start()
    start = time.perf_counter()
    # In this mode, Spark does not try a task again, so the job fails with its first task.
    rows = clean(pages, url=None, id="id").select("id", "status", "error.code").collect()
    stop.set()
    killer.join()
    codes = Counter(row["code"] or row["status"] for row in rows)
    print(f"{len(rows):,} records of {count:,} rows in {time.perf_counter() - start:.0f} s: {dict(codes)}")
    print(f"{killer.killed} workers were killed; no task failed")
    if sorted(int(row["id"]) for row in rows) != list(range(count)):
        sys.exit("failed: a row has no record, or more than one")


def mixed_pages(count: int, bad: int) -> Iterator[bytes | None]:
    """Yield pages, `bad` of which are hostile: documents of `hostile.py`, and null."""
    from benchmarks.hostile import KINDS

    good = [path.read_bytes() for path in sorted(FIXTURES.glob("*.html"))]
    chance = random.Random(1)
    places = set(chance.sample(range(count), bad))
    for number in range(count):
        if number not in places:
            yield good[number % len(good)]
        elif chance.random() < 0.05:
            yield None
        else:
            made = chance.choice(KINDS).made(chance.choice(HOSTILE_SIZES))
            yield made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")


class Killer(threading.Thread):
    """A thread that kills a worker process of the cleaner every few seconds, until `stop` is set."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._stop_event = stop
        self.killed = 0

    def run(self) -> None:
        chance = random.Random(2)
        while not self._stop_event.wait(KILL_SECONDS):
            if workers := [pid for pid in descendants(os.getpid()) if b"cleaner.processes.forkserver" in command(pid)]:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    self.killed += 1


def command(pid: int) -> bytes:
    """Return the command line of a process; empty if it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def descendants(parent: int) -> list[int]:
    """Return the ids of the child processes of all threads, and of their child processes."""
    pids = []
    with suppress(OSError):
        for thread in Path(f"/proc/{parent}/task").iterdir():
            for child in (thread / "children").read_text().split():
                pids += [int(child), *descendants(int(child))]
    return pids


def write_archive(folder: Path, file: Path) -> None:
    """Write a web archive with a response for each page of the folder."""
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for path in sorted(folder.glob("*.html")):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url = f"https://{path.stem.replace('_', '-')}.example/story"
            payload = BytesIO(path.read_bytes())
            writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))


class Example(NamedTuple):
    """A code block of the document, with the heading above it."""

    section: str
    language: str
    text: str


def examples() -> list[Example]:
    """Return the examples of the document that are run, in order."""
    found = []
    section = ""
    for match in re.finditer(r"^#+ ([^\n]+)$|^```(\w+)\n(.*?)^```$", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL):
        section = match[1] or section
        if match[2] in LANGUAGES:
            found.append(Example(section, match[2], match[3]))
    return found


def run_examples(folder: Path, section: str | None = None) -> list[str]:
    """Run the examples in the folder, with the project's folders in it. Return what each prints; exit if one fails."""
    for name in ("benchmarks", "fixtures"):
        (folder / name).symlink_to(ROOT / name)
    outputs = []
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"}
    for example in examples():
        if section not in (None, example.section):
            continue
        print(f"{example.section}: {example.text.strip().splitlines()[0]}", flush=True)
        program = [sys.executable, "-c"] if example.language == "py" else ["bash", "-euc"]
        done = subprocess.run([*program, example.text], cwd=folder, env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"failed:\n{done.stdout}{done.stderr[-4000:]}")
        print(done.stdout, end="", flush=True)
        outputs.append(done.stdout)
    return outputs


if __name__ == "__main__":
    main()
