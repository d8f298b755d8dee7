"""`python -m training.rule_changes BEFORE AFTER`: compare what rules say of each block before and after a change.

BEFORE and AFTER are files that `python -m training.rules DATA --blocks FILE` wrote. Prints each kind of difference with
the number of blocks, how many of them the gold text has, and some of the texts.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cleaner.rules.source import read_sources
from training.rules import RuledBlock

# Characters of a text that are printed.
SHOWN = 110


class Change(NamedTuple):
    """A kind of difference: what was said of a block before and after, as `describe` puts it."""

    before: str
    after: str


def describe(block: RuledBlock, aliases: Mapping[str, str]) -> str:
    """Return what rules say of a block; an earlier id of a rule counts as its present one."""
    if block.removed_by:
        return aliases.get(block.removed_by, block.removed_by)
    return f"likely {aliases.get(block.likely, block.likely)}" if block.likely else "nothing"


def read_blocks(path: Path) -> Iterator[tuple[tuple[str, str], list[RuledBlock]]]:
    """Yield the set and the id of each case, and its blocks."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield (row["set"], row["id"]), [RuledBlock(*block) for block in row["blocks"]]


def changes(before: Path, after: Path, aliases: Mapping[str, str]) -> dict[Change, list[RuledBlock]]:
    """Return the blocks of each kind of difference.

    Raises `ValueError` if the files are not about the same cases, or a case does not have the same blocks.
    """
    found: defaultdict[Change, list[RuledBlock]] = defaultdict(list)
    for (case, old_blocks), (other, new_blocks) in zip(read_blocks(before), read_blocks(after), strict=True):
        if case != other or [block.text for block in old_blocks] != [block.text for block in new_blocks]:
            raise ValueError(f"{before} and {after} differ in their cases or blocks: {case}, {other}")
        for old, new in zip(old_blocks, new_blocks, strict=True):
            change = Change(describe(old, aliases), describe(new, aliases))
            if change.before != change.after:
                found[change].append(new)
    return dict(found)


def main() -> None:
    """Read the arguments and print the differences."""
    parser = argparse.ArgumentParser(prog="python -m training.rule_changes", description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--texts", type=int, default=5, metavar="N", help="texts to print of each kind (default: 5)")
    arguments = parser.parse_args()
    aliases = {alias: rule.id for rule in read_sources().rules for alias in rule.aliases}
    found = changes(arguments.before, arguments.after, aliases)
    for change, blocks in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        gold = sum(block.is_text for block in blocks)
        print(f"{len(blocks):5} ({gold} gold)  {change.before} -> {change.after}")
        for text in list(dict.fromkeys(block.text for block in blocks))[: arguments.texts]:
            print(f"        {text[:SHOWN]!r}")


if __name__ == "__main__":
    main()
