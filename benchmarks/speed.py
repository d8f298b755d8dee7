"""CPU time of `cleaner.clean()` as a ratio to trafilatura's extraction with metadata, page by page in one run.

    python benchmarks/speed.py FOLDER [--limit N]     pages as .html or .html.gz, in FOLDER and below
    python benchmarks/speed.py --cold PAGE            whole processes: `cleaner PAGE` and `trafilatura < PAGE`

Quote the ratio, not the milliseconds: machines differ, and so does one machine from hour to hour.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--limit", type=int, default=100, help="pages at most (100)")
    parser.add_argument("--cold", action="store_true", help="time whole processes on one page")
    parser.add_argument("--runs", type=int, default=15, help="runs of each process with --cold (15)")
    options = parser.parse_args()
    if options.cold:
        cold_start(options.source, options.runs)
    else:
        warm(options.source, options.limit)


def warm(folder: Path, limit: int) -> None:
    import trafilatura

    import cleaner

    def ours(html: str) -> None:
        with suppress(cleaner.CleanerError):  # no article is an answer, too
            cleaner.clean(html)

    def theirs(html: str) -> None:
        trafilatura.extract(html, with_metadata=True)

    paths = sorted(path for path in folder.rglob("*.htm*") if path.is_file())[:limit]
    pages = [_read(path) for path in paths]
    if not pages:
        sys.exit(f"no .html or .html.gz file in {folder}")
    for run in (ours, theirs):
        run(pages[0])  # imports and compiled patterns are not what is measured
    spent = [(_cpu(ours, html), _cpu(theirs, html)) for html in pages]
    mean = [statistics.mean(times) for times in zip(*spent, strict=True)]
    size = statistics.mean(len(html) for html in pages)
    print(f"{len(pages)} pages of {size / 1000:.0f} KB on average, CPU ms a page (mean)")
    ours_ms, theirs_ms = (1000 * seconds for seconds in mean)
    print(f"cleaner {ours_ms:.1f}  trafilatura with metadata {theirs_ms:.1f}  ratio {ours_ms / theirs_ms:.2f}")


def cold_start(page: Path, runs: int) -> None:
    scripts = Path(sysconfig.get_path("scripts"))
    commands = {
        "cleaner": ([str(scripts / "cleaner"), str(page)], None),
        "trafilatura": ([str(scripts / "trafilatura")], page),
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (command, stdin) in commands.items():
            spent[name].append(_process_cpu(command, stdin))
    medians = {name: statistics.median(times) for name, times in spent.items()}
    for name, seconds in medians.items():
        print(f"{name:12s} {1000 * seconds:.0f} ms CPU (median of {runs})")
    print(f"ratio {medians['cleaner'] / medians['trafilatura']:.2f}")


def _read(path: Path) -> str:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return content.decode("utf-8", "replace")


def _cpu(run: Callable[[str], None], html: str) -> float:
    start = time.process_time()
    run(html)
    return time.process_time() - start


def _process_cpu(command: list[str], stdin: Path | None) -> float:
    before = os.times()
    with open(stdin or os.devnull, "rb") as source:
        subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
