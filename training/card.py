"""The model card: what the weights were learned from, and how good they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cleaner.judge.scorer.scorer import UNSURE
from training.fit import FOLDS, ROUNDS, SECOND, SECOND_ROUNDS, SETTINGS
from training.measures import Figures

DATE = "2026-11-24"
HEAD = f"""# Model card: the scorer of `cleaner`

Written by `python -m training`; do not edit. Date: {DATE}.

Two models say how likely a block is the article's text: one for pages, one for plain text. Each looks twice.
The first look is {ROUNDS} boosted trees of {SETTINGS["num_leaves"]} leaves over the evidence in
`cleaner/judge/scorer/features.py`, with log-odds of words and of element names learned beside them.
Blocks whose chance is between {UNSURE[0]} and {UNSURE[1]} then get a second one: {SECOND_ROUNDS} trees of
{SECOND["num_leaves"]} leaves that also know what the first says of the blocks around (`around.py`).
Blocks that a rule takes are not scored.

## Data

| set | what | licence |
|---|---|---|
| `news-dev` | pages of newspapers, 20 languages, test data of flairNLP/fundus | MIT |
| `articles-dev` | articles and blog posts, mostly English, development split of WCXB 1.0 (Murrough Foley) | CC BY 4.0 |
| `text-dev` | plain text that extractors left of pages of both | as above |
| made here | plain text that trafilatura, resiliparse and readability leave of each page of both | as above |

The weights hold single words, word pairs and names of elements, each met on five sites or more; no text of a page.

## Figures

Out of fold: all pages and texts of a host stand in one of {FOLDS} folds, and each is judged by trees and log-odds that
were fitted to the other folds alone, both looks and the log-odds of every row. The thresholds, and those of the rules
and guards around the scorer, were chosen by eye on these same pages, which favours the figures a little.
Pages are judged as the package judges them: without the second witness (trafilatura) first, and with it where too much
is in doubt. "asked" and "unasked" are the same pages, all of them with it and all without.

"""


def write_card(
    path: Path,
    rows: Mapping[str, Sequence[tuple[float, Figures]]],
    reliability: Mapping[str, Sequence[tuple[float, float, int]]],
    chosen: Mapping[str, float],
) -> None:
    """Writes the card: figures of each set by threshold, the `chosen` one marked, and reliability by tenths."""
    lines = ["| set | threshold | F1 | dirty | lossy | perfect |", "|---|---|---|---|---|---|"]
    for name, figures in rows.items():
        for threshold, found in figures:
            mark = " (used)" if abs(threshold - chosen[name]) < 0.001 else ""
            values = " | ".join(f"{value:.3f}" for value in found)
            lines.append(f"| {name} | {threshold:.2f}{mark} | {values} |")
    lines += ["", "## Reliability", "", "By tenths of probability, blocks that no rule takes:", ""]
    lines += ["| model | mean probability | share that is text | blocks |", "|---|---|---|---|"]
    for name, table in reliability.items():
        lines += [f"| {name} | {chance:.3f} | {share:.3f} | {count} |" for chance, share, count in table]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
