"""CPU time of `cleaner.clean()` as a ratio to trafilatura's extraction with metadata, page by page in one run.

    python benchmarks/speed.py FOLDER [--limit N]     pages (.html or .html.gz) in FOLDER and its subfolders
    python benchmarks/speed.py --stages FOLDER        the same, and the time of each step of `clean()`
    python benchmarks/speed.py --cold PAGE            whole processes: `cleaner PAGE` and `trafilatura < PAGE`

The first two also print the time of `clean()` without the second opinion of trafilatura.

Quote the ratio, not the milliseconds: these differ between machines, and on one machine from hour to hour.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="folder of pages, or one page with --cold")
    parser.add_argument("--limit", type=int, default=100, help="maximum number of pages (100)")
    parser.add_argument("--stages", action="store_true", help="print the time of each step of clean()")
    parser.add_argument("--cold", action="store_true", help="measure whole processes on one page")
    parser.add_argument("--runs", type=int, default=15, help="number of runs of each process with --cold (15)")
    options = parser.parse_args()
    if options.cold:
        cold_start(options.source, options.runs)
    else:
        warm(options.source, options.limit, stages=options.stages)


def warm(folder: Path, limit: int, *, stages: bool) -> None:
    import trafilatura

    import cleaner
    from cleaner import pipeline

    def ours(html: str) -> None:
        with suppress(cleaner.CleanerError):  # a page without an article counts too
            cleaner.clean(html)

    def without_opinion(html: str) -> None:
        limits = pipeline.MAX_DOUBT, pipeline.MIN_CONFIDENCE
        pipeline.MAX_DOUBT, pipeline.MIN_CONFIDENCE = float("inf"), 0.0
        ours(html)
        pipeline.MAX_DOUBT, pipeline.MIN_CONFIDENCE = limits

    def theirs(html: str) -> None:
        trafilatura.extract(html, with_metadata=True)

    paths = sorted(path for path in folder.rglob("*.htm*") if path.is_file())[:limit]
    pages = [_read(path) for path in paths]
    if not pages:
        sys.exit(f"no .html or .html.gz file in {folder}")
    clock = Clock()
    for run in (ours, theirs):
        run(pages[0])  # imports and the compilation of patterns are not measured
    # The tools take turns on each page, because the speed of a machine changes from minute to minute. `without_opinion`
    # has a pass of its own: directly after `ours`, it would find the texts of the page in caches.
    spent = [(_cpu(ours, html), _cpu(theirs, html)) for html in pages]
    ours_ms, theirs_ms = (1000 * statistics.mean(times) for times in zip(*spent, strict=True))
    second_pass = [(_cpu(without_opinion, html), _cpu(theirs, html)) for html in pages]
    without_ms, theirs_again_ms = (1000 * statistics.mean(times) for times in zip(*second_pass, strict=True))
    size = statistics.mean(len(html) for html in pages)
    print(f"{len(pages)} pages of {size / 1000:.0f} KB on average, CPU milliseconds per page (mean)")
    print(f"cleaner {ours_ms:.1f}  trafilatura with metadata {theirs_ms:.1f}  ratio {ours_ms / theirs_ms:.2f}")
    print(f"without second opinion {without_ms:.1f}  {theirs_again_ms:.1f}  ratio {without_ms / theirs_again_ms:.2f}")
    if stages:
        with clock.on():
            for html in pages:
                clock.time("the rest", ours, html)
        for name, seconds in clock.spent.items():
            print(f"{1000 * seconds / len(pages):8.2f}  {name}")


# The steps of `clean()`: the module that calls the step, and the name of the function in that module.
STAGES = (
    ("cleaner.pipeline", "parse"),
    ("cleaner.pipeline", "read_json_ld"),
    ("cleaner.metadata.extract", "read_metadata"),
    ("cleaner.metadata.extract", "with_text"),
    ("cleaner.pipeline", "read_page"),
    ("cleaner.judge.verdicts", "apply_rules"),
    ("cleaner.judge.scorer.score", "gather"),
    ("cleaner.judge.scorer.score", "lexical"),
    ("cleaner.judge.scorer.score", "score_with"),
    ("cleaner.judge.verdicts", "decide"),
    ("cleaner.pipeline", "ask_trafilatura"),
    ("cleaner.pipeline", "classify_page"),
)


class Clock:
    """CPU seconds of each stage, without the time of the stages that it calls."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._stack: list[str] = []
        self._since = 0.0

    def time(self, stage: str, run: Callable[..., Any], *args: Any, **keywords: Any) -> Any:
        """Call `run` and return its result. `Any` is what `run` takes and returns."""
        self._change()
        self._stack.append(stage)
        try:
            return run(*args, **keywords)
        finally:
            self._change()
            self._stack.pop()

    def _change(self) -> None:
        """Add the time since the last change to the stage that was running."""
        now = time.process_time()
        if self._stack:
            self.spent[self._stack[-1]] += now - self._since
        self._since = now

    @contextmanager
    def on(self) -> Iterator[None]:
        """Measure every stage in the body of this context."""
        modules = [(import_module(module), name) for module, name in STAGES]
        originals = [(module, name, getattr(module, name)) for module, name in modules]
        for module, name, run in originals:
            setattr(module, name, partial(self.time, f"{module.__name__}: {name}", run))
        try:
            yield
        finally:
            for module, name, run in originals:
                setattr(module, name, run)


def cold_start(page: Path, runs: int) -> None:
    scripts = Path(sysconfig.get_path("scripts"))
    commands = {
        "cleaner": ([str(scripts / "cleaner"), str(page)], None),
        "trafilatura": ([str(scripts / "trafilatura")], page),
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    with TemporaryDirectory() as bytecode:
        # A package that pip installed has its bytecode. A checkout may not have it, or not be allowed to write it.
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for command, stdin in commands.values():
            _process_cpu(command, stdin)
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
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(stdin or os.devnull, "rb") as source:
        subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
