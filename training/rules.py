"""`python -m training.rules DATA`: what each rule takes on the development pages, and how much of that is gold text."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cleaner.judge.rulings import apply_rules
from training.corpus import PAGE_SETS, TEXT_SET, Case, read_cases
from training.labels import labels
from training.measures import LEAST_RUN, words


class Removals(NamedTuple):
    """What one rule, or one of the judge's own reasons, takes. Blocks of fewer words than count are left out."""

    name: str
    blocks: int
    text: int  # of these, blocks that the gold text has
    pages: int
    pages_with_text: int

    @property
    def share(self) -> float:
        return self.text / self.blocks


def measured(cases: Iterable[Case]) -> list[Removals]:
    """All rules that take anything, the one that takes most gold text first."""
    blocks: Counter[str] = Counter()
    text: Counter[str] = Counter()
    pages: defaultdict[str, set[str]] = defaultdict(set)
    pages_with_text: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases:
        found = labels(case.document, case.gold)
        for place, verdict in apply_rules(case.document, case.in_trafilatura, case.known).taken.items():
            if len(words(case.document.blocks[place].text)) < LEAST_RUN:
                continue
            name = verdict.rule or verdict.evidence or str(verdict.reason)
            blocks[name] += 1
            pages[name].add(case.id)
            if found[place].kept:
                text[name] += 1
                pages_with_text[name].add(case.id)
    taken = [Removals(name, blocks[name], text[name], len(pages[name]), len(pages_with_text[name])) for name in blocks]
    return sorted(taken, key=lambda one: (-one.text, one.name))


def main() -> None:
    """Reads the arguments and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.rules", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the development sets")
    parser.add_argument("--cache", type=Path, help="folder that keeps the read documents for the next run")
    parser.add_argument("--plain", action="store_true", help="measure on the plain texts in place of the pages")
    arguments = parser.parse_args()
    wanted = (TEXT_SET,) if arguments.plain else PAGE_SETS
    cases = [case for case in read_cases(arguments.data, arguments.cache) if case.set in wanted]
    print("blocks  gold text  share  pages  pages with gold text  rule")
    for one in measured(cases):
        print(f"{one.blocks:6}  {one.text:9}  {one.share:5.1%}  {one.pages:5}  {one.pages_with_text:20}  {one.name}")


if __name__ == "__main__":
    main()
