"""Measure the HTML reports of some inputs: their size, and how fast Chromium opens the largest one.

    python benchmarks/reports.py INPUT [INPUT ...]

INPUT is what `cleaner` takes: files, folders, JSON lines, web archives. The size of a report is compared with the text
of all blocks of its page, kept and removed, in bytes. The report of the page with the most text is then opened in
Chromium, if there is one: the time from the start to the end of loading, which includes the report's script, and the
time to unfold all blocks and to show both columns.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import NamedTuple

import cleaner
from cleaner.write.report import to_html_report

OPENED = 5  # how often the largest report is opened; the first time is that of a browser that has just started
LOADED = "new Promise(done => setTimeout(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd), 50))"
USED = """
(() => { const start = performance.now(); unfold.click(); sides.click(); document.body.offsetHeight;
return performance.now() - start; })()
"""


class Measured(NamedTuple):
    """The report of a page, and the size of its text in bytes."""

    text: int
    report: str
    name: str

    @property
    def size(self) -> int:
        return len(self.report.encode())


def measure(sources: list[str]) -> tuple[list[float], Measured]:
    """Return how many times as large as the text each report is, and the report of the page with the most text."""
    ratios = []
    largest = Measured(0, "", "")
    for record in cleaner.clean_many(sources, explain=True):
        blocks = [*record.get("blocks", ()), *record.get("removed", ())]
        text = sum(len(block["text"].encode()) for block in blocks)
        if text:
            measured = Measured(text, to_html_report(record), record["input"])
            ratios.append(measured.size / text)
            largest = max(largest, measured, key=lambda each: each.text)
    return ratios, largest


def open_in_chromium(report: str) -> None:
    """Print how long Chromium takes to open the report, and to use it."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    browsers = import_module("browser")
    if browsers.CHROMIUM is None:
        print("there is no Chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.html")
        path.write_text(report, "utf-8")
        with browsers.Browser(Path(folder, "profile")) as browser:
            for _ in range(OPENED):
                browser.open(path)
                loaded = browser.run(LOADED)
                used = browser.run(USED)
                print(f"opened in {loaded:.0f} ms, unfolded side by side in {used:.0f} ms")
                if browser.problems:
                    sys.exit(f"problems: {browser.problems}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="INPUT")
    ratios, largest = measure(parser.parse_args().sources)
    if not ratios:
        sys.exit("no input has a block")
    print(f"{len(ratios)} reports, {median(ratios):.2f} times their text (median), {max(ratios):.2f} times at most")
    print(
        f"the most text: {largest.text} bytes, its report {largest.size / largest.text:.2f} times that  {largest.name}"
    )
    open_in_chromium(largest.report)


if __name__ == "__main__":
    main()
