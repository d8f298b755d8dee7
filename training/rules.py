"""`python -m training.rules DATA`: print how many blocks each rule matches, and how many of them are gold text.

With `--blocks FILE`, what rules say of each block is written to FILE, for `python -m training.rule_changes`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from cleaner.judge.rulings import apply_rules
from cleaner.rules.matching import package_rules
from training.corpus import Case, read_set
from training.labels import label_blocks
from training.measures import MIN_RUN_WORDS, words

# Sets that are measured if no others are named.
SETS = ("news-dev", "articles-dev", "text-dev")


class RuledBlock(NamedTuple):
    """What rules say of a block, and what the gold text says."""

    text: str
    removed_by: str | None  # the id of a certain rule, or a reason of the judge that is not a rule; `None` if kept
    reason: str | None
    likely: str | None  # the id of a likely rule
    is_text: bool  # the gold text has it


def rule_blocks(case: Case) -> list[RuledBlock]:
    """Return all blocks of a case, in order, with what rules say of them."""
    labels = label_blocks(case.document, case.gold)
    results = apply_rules(
        case.document, case.second_opinion, case.known, package_rules().for_page(case.known.languages)
    )
    found = []
    for block, label in zip(case.document.blocks, labels, strict=True):
        verdict = results.removals.get(block.place)
        likely = results.likely.get(block.place)
        removed_by = (verdict.rule or verdict.evidence or str(verdict.reason)) if verdict else None
        reason = str(verdict.reason) if verdict else None
        found.append(RuledBlock(block.text, removed_by, reason, likely.id if likely else None, label.is_text))
    return found


class RuleUse(NamedTuple):
    """Blocks that a rule matches, or a reason of the judge that is not a rule removes.

    Blocks of fewer than `MIN_RUN_WORDS` words are not counted.
    """

    name: str
    is_certain: bool  # it removes them
    blocks: int
    text_blocks: int  # those of the blocks that the gold text has
    pages: int
    text_pages: int  # pages with at least one of the text blocks

    @property
    def share(self) -> float:
        """The share, 0 to 1, of the blocks that the gold text has."""
        return self.text_blocks / self.blocks


def measure_rules(cases: Iterable[tuple[str, list[RuledBlock]]]) -> list[RuleUse]:
    """Return all rules that match anything, those that match most gold text first. A case is an id and its blocks."""
    blocks: Counter[tuple[str, bool]] = Counter()
    text_blocks: Counter[tuple[str, bool]] = Counter()
    pages: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    text_pages: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    for case_id, ruled in cases:
        for block in ruled:
            name = block.removed_by or block.likely
            if name is None or len(words(block.text)) < MIN_RUN_WORDS:
                continue
            key = name, block.removed_by is not None
            blocks[key] += 1
            pages[key].add(case_id)
            if block.is_text:
                text_blocks[key] += 1
                text_pages[key].add(case_id)
    uses = [RuleUse(*key, blocks[key], text_blocks[key], len(pages[key]), len(text_pages[key])) for key in blocks]
    return sorted(uses, key=lambda use: (not use.is_certain, -use.text_blocks, use.name))


def ruled_cases(folder: Path, sets: Iterable[str]) -> Iterator[tuple[str, str, list[RuledBlock]]]:
    """Yield for each case of the sets the name of its set, its id and its blocks."""
    for name in sets:
        cases = read_set(folder, name)
        with ProcessPoolExecutor() as pool:
            for case, blocks in zip(cases, pool.map(rule_blocks, cases, chunksize=8), strict=True):
                yield name, case.id, blocks


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m training.rules", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the development sets")
    parser.add_argument("--set", dest="sets", action="append", help=f"a set to measure (default: {', '.join(SETS)})")
    parser.add_argument("--blocks", type=Path, metavar="FILE", help="also write all blocks to FILE, as JSON lines")
    arguments = parser.parse_args()
    cases = list(ruled_cases(arguments.data, arguments.sets or SETS))
    if arguments.blocks:
        with arguments.blocks.open("w", encoding="utf-8") as file:
            for name, case_id, blocks in cases:
                file.write(json.dumps({"set": name, "id": case_id, "blocks": blocks}, ensure_ascii=False) + "\n")
    uses = measure_rules((f"{name}/{case_id}", blocks) for name, case_id, blocks in cases)
    print("strength  blocks  gold text  share  pages  pages with gold text  rule")
    for use in uses:
        strength = "certain" if use.is_certain else "likely"
        counts = f"{use.blocks:6}  {use.text_blocks:9}  {use.share:5.1%}  {use.pages:5}  {use.text_pages:20}"
        print(f"{strength:8}  {counts}  {use.name}")


if __name__ == "__main__":
    main()
