"""`python -m training.negatives FOLDER`: run plain sentences of journalism through the rules, and print what they take.

FOLDER has text files with one sentence or paragraph per line. A file belongs to a language if its name begins with the
code (`de.txt`, `de-council.txt`); otherwise the language of each line is unknown. With `--gold`, FOLDER is that of the
development sets, and the lines are their gold text. Each line is tried as a block inside an article, on a page and in
plain text, and so is each sentence of it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner.models import Block, Kind
from cleaner.rules.matching import PageRules, package_rules
from cleaner.rules.model import Part, Rule, Strength
from cleaner.text.languages import detect_language
from training.corpus import ARTICLE, GOLD_FILE

# Where one sentence ends and the next begins.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…؟।])\s+(?=\S)|(?<=[。！？])")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_.].*)?")
UNKNOWN = "unknown"


class Taken(NamedTuple):
    """A sentence that a rule takes."""

    rule: Rule
    text: str


class Result(NamedTuple):
    """What the rules take of the sentences in one language."""

    sentences: int
    taken: list[Taken]

    def per_10_000(self, strength: Strength) -> float:
        """Return how many of 10,000 sentences rules of this strength take."""
        return 10_000 * sum(each.rule.strength is strength for each in self.taken) / max(1, self.sentences)


def run(lines: Iterable[tuple[str, str]]) -> dict[str, Result]:
    """Return the result for each language. A line comes with its language, `UNKNOWN` if it has none."""
    sentences: defaultdict[str, int] = defaultdict(int)
    taken: defaultdict[str, list[Taken]] = defaultdict(list)
    for language, line in lines:
        rules = package_rules().for_page(frozenset({language} - {UNKNOWN}))
        parts = [part for part in _BETWEEN_SENTENCES.split(line.strip()) if part]
        sentences[language] += len(parts)
        for text in dict.fromkeys((line.strip(), *parts)):
            if (rule := first_rule(text, rules)) is not None:
                taken[language].append(Taken(rule, text))
    return {language: Result(count, taken[language]) for language, count in sorted(sentences.items())}


def first_rule(text: str, rules: PageRules) -> Rule | None:
    """Return the first rule that takes a paragraph inside an article, certain rules first; `None` if none does.

    A rule with a witness counts as likely: a sentence has none.
    """
    if not text:
        return None
    block = Block(place=0, kind=Kind.PARAGRAPH, text=text)
    found = [rule for plain in (False, True) for rule in rules.of_block(block, Part.INSIDE, plain=plain)]
    return max(found, key=lambda rule: rule.needs_no_witness, default=None)


def folder_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of the text files of a folder, each with its language."""
    for path in sorted(folder.glob("*.txt")):
        code = _CODE.fullmatch(path.stem)
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield code[1] if code else UNKNOWN, line


def gold_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of the gold text of all articles, each with the language of its page."""
    for path in sorted(folder.glob(f"*/{GOLD_FILE}")):
        with path.open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                if row.get("kind", ARTICLE) != ARTICLE:
                    continue
                language = detect_language(row["text"]) or UNKNOWN
                yield from ((language, line) for line in row["text"].splitlines() if line.strip())


def main() -> None:
    """Read the arguments and print a table, and the sentences that rules take."""
    parser = argparse.ArgumentParser(prog="python -m training.negatives", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", action="store_true", help="FOLDER has the development sets; use their gold text")
    parser.add_argument("--likely", action="store_true", help="also list what likely rules match")
    arguments = parser.parse_args()
    results = run((gold_lines if arguments.gold else folder_lines)(arguments.folder))
    if not results:
        parser.error(f"{arguments.folder} has no sentences")
    print("language  sentences  certain per 10,000  likely per 10,000")
    for language, result in results.items():
        certain, likely = (result.per_10_000(strength) for strength in (Strength.CERTAIN, Strength.LIKELY))
        print(f"{language:8}  {result.sentences:9}  {certain:18.2f}  {likely:17.2f}")
    listed = (Strength.CERTAIN, Strength.LIKELY) if arguments.likely else (Strength.CERTAIN,)
    for language, result in results.items():
        for rule, text in result.taken:
            if rule.strength in listed:
                print(f"{language}  {rule.strength}  {rule.id}: {text[:160]}")


if __name__ == "__main__":
    main()
