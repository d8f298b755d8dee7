"""Long runs of the command: what is killed and resumed, what memory and time the runner takes. Needs Linux.

    python benchmarks/endure.py kills [--inputs 50000] [--rounds 5]   kill -9 of workers and runs, then resume
    python benchmarks/endure.py memory [--inputs 50000]               RSS of the main process: 1,000 and N inputs
    python benchmarks/endure.py rate [--inputs 400] [--rounds 3]      bare `clean()` against one job and two

The pages are small, for `rate` of 100 KB, several fixtures in one; `--page FILE` takes another. `rate` tells the best
of its rounds, loading included on both sides, and says something of wall time on an idle machine only.
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
import time
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
COMMAND = [sys.executable, "-m", "cleaner", "pages.jsonl", "-o", "out.jsonl", "--resume"]
# What the command does to each page, and nothing of how it does it to many.
BARE = """
import contextlib, json, cleaner
for line in open("pages.jsonl"):
    with contextlib.suppress(cleaner.CleanerError):
        cleaner.clean(json.loads(line)["html"])
"""
# Characters, and how many of them are markup: a usual page has 115,000 and 830 elements; most of the rest is script.
LARGE, MARKUP = 100_000, 30_000
SMALL = """<html><head><title>The bridge opens on Tuesday</title></head><body><article>
<h1>The bridge opens on Tuesday</h1>
<p>After two years of work the bridge over the river opens on Tuesday, the town said on Friday. Cars may cross it from
six in the morning; the ferry goes on until the end of the month.</p>
<p>The work took half a year longer than planned, because the ground below the northern pier was softer than the first
drillings had shown. The town pays a third of the additional cost, the state the rest.</p>
</article></body></html>"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kills", "memory", "rate"])
    parser.add_argument("--page", type=Path, help="an HTML file that each input is, instead of a page of ours")
    parser.add_argument("--inputs", type=int)
    parser.add_argument("--rounds", type=int, help="times that the whole run is killed (5), or that each is timed (3)")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most, before a run is killed (20)")
    options = parser.parse_args()
    pages = large_pages() if options.what == "rate" else [SMALL]
    if options.page:
        pages = [options.page.read_bytes().decode("utf-8", "replace")]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        if options.what == "kills":
            kills(pages, options.inputs or 50_000, options.rounds or 5, options.seconds)
        elif options.what == "memory":
            for count in (1_000, options.inputs or 50_000):
                print(f"{count} inputs: at most {memory(pages, count):.0f} MB")
        else:
            rate(pages, options.inputs or 400, options.rounds or 3)


def large_pages() -> list[str]:
    """A page for each fixture: its own head, its body, those of the next ones, and a script that makes it large."""
    htmls = [path.read_bytes().decode("utf-8", "replace") for path in sorted(FIXTURES.glob("*.html"))]
    bodies = [re.sub(r"(?is)^.*<body[^>]*>|</body>.*$", "", html) for html in htmls]
    pages = []
    for number, html in enumerate(htmls):
        head = re.split(r"(?i)(?<=<body)\b[^>]*>", html)[0]
        size = 0
        inner = []
        for body in islice(cycle(bodies), number, None):
            inner.append(body)
            size += len(body)
            if size >= MARKUP:
                break
        script = f"<script>{'var a = [1, 2];' * ((LARGE - size) // 15)}</script>"
        pages.append(f"{head}>{''.join(inner)}{script}</body></html>")
    return pages


def write(pages: list[str], count: int) -> None:
    Path("out.jsonl").unlink(missing_ok=True)
    with open("pages.jsonl", "w") as lines:
        for number, html in enumerate(islice(cycle(pages), count)):
            lines.write(json.dumps({"id": number, "html": html}) + "\n")


def kills(pages: list[str], count: int, rounds: int, seconds: float) -> None:
    write(pages, count)
    chance = random.Random(1)
    for number in range(rounds):
        process = subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)
        end = time.monotonic() + seconds * chance.uniform(0.1, 1)
        while time.monotonic() < end and process.poll() is None:
            time.sleep(min(2.0, max(0.0, end - time.monotonic())))
            for pid in below(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if process.poll() is not None:
            print("the run was done before it was killed: more inputs, or fewer seconds, would say more")
        process.kill()
        process.wait()
        print(f"round {number + 1}: {Path('out.jsonl').read_bytes().count(10)} lines", flush=True)
    last = subprocess.run(COMMAND, capture_output=True, text=True)
    print(last.stderr.strip().splitlines()[-1])
    records = [json.loads(line) for line in Path("out.jsonl").read_bytes().splitlines()]
    numbers = [record["index"] for record in records]
    good = sum(record["status"] == "ok" for record in records)
    print(f"{len(numbers)} records of {count} inputs, {len(set(numbers))} different, {good} ok")
    if sorted(numbers) != list(range(count)):
        sys.exit("inputs are missing, or are there twice")


def memory(pages: list[str], count: int) -> float:
    """The most that the main process held, in MB."""
    write(pages, count)
    process = subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        with suppress(OSError, IndexError):
            most = max(most, int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]))
        time.sleep(0.2)
    return most * os.sysconf("SC_PAGE_SIZE") / 1e6


class Spent(NamedTuple):
    """Seconds that a process took; `cpu` with that of the processes below it."""

    wall: float
    cpu: float


def rate(pages: list[str], count: int, rounds: int) -> None:
    write(pages, count)
    commands = {"bare": [sys.executable, "-c", BARE]}
    commands |= {f"{jobs} jobs": [*COMMAND[:-1], "--force", "--jobs", str(jobs)] for jobs in (1, 2)}
    spent: dict[str, list[Spent]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            spent[name].append(timed(command))
    best = {name: Spent(*map(min, zip(*each, strict=True))) for name, each in spent.items()}
    size = sum(map(len, pages)) / len(pages)
    print(f"{count} pages of {size / 1000:.0f} KB, ms a page, the best of {rounds}")
    for name, each in best.items():
        print(f"{name:8s} {1000 * each.wall / count:6.1f} wall  {1000 * each.cpu / count:6.1f} CPU")
    bare, one, two = best.values()
    print(f"one job takes {one.wall / bare.wall:.2f} of the bare time, {one.cpu / bare.cpu:.2f} of its CPU")
    print(f"two jobs are {one.wall / two.wall:.2f} times one")


def timed(command: list[str]) -> Spent:
    began = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def below(parent: int) -> list[int]:
    """The processes that the process started, and those that they started."""
    found = []
    with suppress(OSError):
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            found += [int(child), *below(int(child))]
    return found


if __name__ == "__main__":
    main()
