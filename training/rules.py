"""`python -m training.rules DATA`: print how many blocks each rule removes, and how many of them are gold text."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cleaner.judge.rulings import apply_rules
from training.corpus import PAGE_SETS, TEXT_SET, Case, read_cases
from training.labels import label_blocks
from training.measures import MIN_RUN_WORDS, words


class RuleUse(NamedTuple):
    """Blocks that a rule, or a reason of the judge that is not a rule, removes.

    Blocks of fewer than `MIN_RUN_WORDS` words are not counted.
    """

    name: str
    blocks: int
    text_blocks: int  # those of the blocks that the gold text has
    pages: int
    text_pages: int  # pages with at least one of the text blocks

    @property
    def share(self) -> float:
        """The share, 0 to 1, of the blocks that the gold text has."""
        return self.text_blocks / self.blocks


def measure_rules(cases: Iterable[Case]) -> list[RuleUse]:
    """Return all rules that remove anything, those that remove most gold text first."""
    blocks: Counter[str] = Counter()
    text_blocks: Counter[str] = Counter()
    pages: defaultdict[str, set[str]] = defaultdict(set)
    text_pages: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases:
        labels = label_blocks(case.document, case.gold)
        for place, verdict in apply_rules(case.document, case.second_opinion, case.known).removals.items():
            if len(words(case.document.blocks[place].text)) < MIN_RUN_WORDS:
                continue
            name = verdict.rule or verdict.evidence or str(verdict.reason)
            blocks[name] += 1
            pages[name].add(case.id)
            if labels[place].is_text:
                text_blocks[name] += 1
                text_pages[name].add(case.id)
    uses = [RuleUse(name, blocks[name], text_blocks[name], len(pages[name]), len(text_pages[name])) for name in blocks]
    return sorted(uses, key=lambda use: (-use.text_blocks, use.name))


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m training.rules", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the development sets")
    parser.add_argument("--cache", type=Path, help="folder that keeps the parsed documents for later runs")
    parser.add_argument("--plain", action="store_true", help="measure on the plain texts instead of the pages")
    arguments = parser.parse_args()
    wanted = (TEXT_SET,) if arguments.plain else PAGE_SETS
    cases = [case for case in read_cases(arguments.data, arguments.cache) if case.set in wanted]
    print("blocks  gold text  share  pages  pages with gold text  rule")
    for use in measure_rules(cases):
        print(f"{use.blocks:6}  {use.text_blocks:9}  {use.share:5.1%}  {use.pages:5}  {use.text_pages:20}  {use.name}")


if __name__ == "__main__":
    main()
