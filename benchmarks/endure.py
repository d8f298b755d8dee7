"""Long runs of the command: what is killed and resumed, what memory and time the runner takes. Needs Linux.

    python benchmarks/endure.py kills PAGE [--inputs 50000] [--rounds 5]   kill -9 of workers and runs, then resume
    python benchmarks/endure.py memory PAGE [--inputs 50000]               RSS of the main process: 1,000 and N inputs
    python benchmarks/endure.py rate PAGE [--inputs 2000]                  bare `clean()` against one job and two

PAGE is an HTML file; each input is it again. `rate` says something on an idle machine only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

COMMAND = [sys.executable, "-m", "cleaner", "pages.jsonl", "-o", "out.jsonl", "--resume"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kills", "memory", "rate"])
    parser.add_argument("page", type=Path)
    parser.add_argument("--inputs", type=int)
    parser.add_argument("--rounds", type=int, default=5, help="times that the whole run is killed (5)")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most, before a run is killed (20)")
    options = parser.parse_args()
    html = options.page.read_bytes().decode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        if options.what == "kills":
            kills(html, options.inputs or 50_000, options.rounds, options.seconds)
        elif options.what == "memory":
            for count in (1_000, options.inputs or 50_000):
                print(f"{count} inputs: at most {memory(html, count):.0f} MB")
        else:
            rate(html, options.inputs or 2_000)


def write(html: str, count: int) -> None:
    Path("out.jsonl").unlink(missing_ok=True)
    with open("pages.jsonl", "w") as lines:
        for number in range(count):
            lines.write(json.dumps({"id": number, "html": html}) + "\n")


def kills(html: str, count: int, rounds: int, seconds: float) -> None:
    write(html, count)
    chance = random.Random(1)
    for number in range(rounds):
        process = subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)
        end = time.monotonic() + seconds * chance.uniform(0.1, 1)
        while time.monotonic() < end and process.poll() is None:
            time.sleep(min(2.0, max(0.0, end - time.monotonic())))
            for pid in below(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
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


def memory(html: str, count: int) -> float:
    """The most that the main process held, in MB."""
    write(html, count)
    process = subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        with suppress(OSError, IndexError):
            most = max(most, int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]))
        time.sleep(0.2)
    return most * os.sysconf("SC_PAGE_SIZE") / 1e6


def rate(html: str, count: int) -> None:
    import cleaner

    mappings = [{"html": html}] * count
    cleaner.clean(html)  # what loads is not what is measured
    began = time.perf_counter()
    for _ in range(count):
        cleaner.clean(html)
    bare = time.perf_counter() - began
    seconds = {}
    for jobs in (1, 2):
        began = time.perf_counter()
        for _ in cleaner.clean_many(mappings, jobs=jobs):
            pass
        seconds[jobs] = time.perf_counter() - began
    print(f"{count} pages of {len(html) / 1000:.0f} KB, {1000 * bare / count:.1f} ms each in one process")
    print(f"one job takes {seconds[1] / bare:.2f} of that time; two jobs are {seconds[1] / seconds[2]:.2f} times one")


def below(parent: int) -> list[int]:
    """The processes that the process started, and those that they started."""
    found = []
    with suppress(OSError):
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            found += [int(child), *below(int(child))]
    return found


if __name__ == "__main__":
    main()
