"""Long runs of the command: killing and resuming, memory, and the overhead of running many inputs. Needs Linux.

    python benchmarks/endure.py kills [--inputs 50000] [--rounds 5]   kill -9 workers and whole runs, then resume
    python benchmarks/endure.py memory [--inputs 50000]               RSS of the main process with 1,000 and N inputs
    python benchmarks/endure.py rate [--inputs 400] [--rounds 3]      time of bare `clean()`, of one job and of two

The pages are small; those of `rate` have 100 KB and are put together from fixtures. `--page FILE` uses another page.
`rate` prints the best of its rounds, with the time for loading on both sides. Its wall times mean something only on an
idle machine.
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
# Cleans the same pages as the command, without records, workers and output.
BARE_PROGRAM = """
import contextlib, json, cleaner
for line in open("pages.jsonl"):
    with contextlib.suppress(cleaner.CleanerError):
        cleaner.clean(json.loads(line)["html"])
"""
# Characters of a large page, and of the markup in it; the rest is script. A usual page has 115,000 characters and 830
# elements.
LARGE_CHARACTERS, MARKUP_CHARACTERS = 100_000, 30_000
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
    parser.add_argument("--page", type=Path, help="HTML file to use for all inputs")
    parser.add_argument("--inputs", type=int, help="number of inputs (50000; 400 for rate)")
    parser.add_argument("--rounds", type=int, help="how often to kill the run (5) or to time each command (3)")
    parser.add_argument("--seconds", type=float, default=20.0, help="maximum time before a run is killed (20)")
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
                print(f"{count} inputs: maximum {memory(pages, count):.0f} MB")
        else:
            rate(pages, options.inputs or 400, options.rounds or 3)


def large_pages() -> list[str]:
    """Return a page for each fixture: its head and body, the bodies of the next fixtures, and a large script."""
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
            if size >= MARKUP_CHARACTERS:
                break
        script = f"<script>{'var a = [1, 2];' * ((LARGE_CHARACTERS - size) // 15)}</script>"
        pages.append(f"{head}>{''.join(inner)}{script}</body></html>")
    return pages


def write(pages: list[str], count: int) -> None:
    """Write the input file with `count` pages, and delete the output."""
    Path("out.jsonl").unlink(missing_ok=True)
    with open("pages.jsonl", "w") as lines:
        for number, html in enumerate(islice(cycle(pages), count)):
            lines.write(json.dumps({"id": number, "html": html}) + "\n")


def kills(pages: list[str], count: int, rounds: int, seconds: float) -> None:
    """Kill workers every 2 seconds, and the run once in each round, then finish it.

    Exits with a message if an input has no record or more than one.
    """
    write(pages, count)
    chance = random.Random(1)
    for number in range(rounds):
        process = subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)
        end = time.monotonic() + seconds * chance.uniform(0.1, 1)
        while time.monotonic() < end and process.poll() is None:
            time.sleep(min(2.0, max(0.0, end - time.monotonic())))
            for pid in descendants(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if process.poll() is not None:
            print("the run finished before it was killed; use more --inputs or fewer --seconds")
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
        sys.exit("failed: an input has no record, or more than one")


def memory(pages: list[str], count: int) -> float:
    """Return the maximum resident memory of the main process in MB, sampled every 0.2 seconds."""
    write(pages, count)
    process = subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        with suppress(OSError, IndexError):
            peak = max(peak, int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]))
        time.sleep(0.2)
    return peak * os.sysconf("SC_PAGE_SIZE") / 1e6


class Times(NamedTuple):
    """The time that a process took, in seconds; `cpu` includes its child processes."""

    wall: float
    cpu: float


def rate(pages: list[str], count: int, rounds: int) -> None:
    """Print the time per page of bare `clean()`, of the command with one job, and with two."""
    write(pages, count)
    commands = {"bare": [sys.executable, "-c", BARE_PROGRAM]}
    commands |= {f"{jobs} jobs": [*COMMAND[:-1], "--force", "--jobs", str(jobs)] for jobs in (1, 2)}
    spent: dict[str, list[Times]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            spent[name].append(measure(command))
    best = {name: Times(*map(min, zip(*each, strict=True))) for name, each in spent.items()}
    size = sum(map(len, pages)) / len(pages)
    print(f"{count} pages of {size / 1000:.0f} KB, milliseconds per page, best of {rounds}")
    for name, each in best.items():
        print(f"{name:8s} {1000 * each.wall / count:6.1f} wall  {1000 * each.cpu / count:6.1f} CPU")
    bare, one, two = best.values()
    print(
        f"one job takes {one.wall / bare.wall:.2f} times the wall time of bare clean(), and"
        f" {one.cpu / bare.cpu:.2f} times the CPU time"
    )
    print(f"two jobs are {one.wall / two.wall:.2f} times as fast as one")


def measure(command: list[str]) -> Times:
    """Run the command and return its times."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Times(time.perf_counter() - start, usage.ru_utime + usage.ru_stime)


def descendants(parent: int) -> list[int]:
    """Return the ids of the child processes, and of their child processes."""
    pids = []
    with suppress(OSError):
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            pids += [int(child), *descendants(int(child))]
    return pids


if __name__ == "__main__":
    main()
