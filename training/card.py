"""The model card: what the weights were learned from, and how good they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.judge.confidence import PAGE, RIGHT, TEXT
from cleaner.judge.page_kind.classify import MIN_OTHER_PROBABILITY, MIN_OTHER_PROBABILITY_IF_DECLARED
from cleaner.judge.scorer.score import SECOND_PASS
from training.corpus import OTHER_SET
from training.fit import FEW_WORDS, FOLDS, PLANS, UNASKED
from training.measures import Figures, tenths
from training.pages import FOLDS as PAGE_FOLDS
from training.pages import FittedPages, Judged, confidence_pairs, kind_figures

DATE = "2026-11-26"


def _trees(rounds: int, settings: Mapping[str, Any]) -> str:
    return f"{rounds} trees of {settings['num_leaves']} leaves"


FIRST = {name: _trees(plan.first_rounds, plan.first) for name, plan in PLANS.items()}
SECOND = {name: _trees(plan.second_rounds, plan.second) for name, plan in PLANS.items()}


HEAD = f"""# Model card: the scorer of `cleaner`

Written by `python -m training`; do not edit. Date: {DATE}.

Two models say how likely a block is the article's text: one for pages, one for plain text. Each looks twice.
The first look is {FIRST["page"]} over the evidence in `cleaner/judge/scorer/features/` (for plain text,
{FIRST["text"]}), with log-odds of words, of where links lead and of element names learned beside them.
Blocks whose chance is between {SECOND_PASS[0]} and {SECOND_PASS[1]} then get a second one, which knows what the
first says of the blocks around (`neighbours.py`): {SECOND["page"]} (for plain text, {SECOND["text"]}) add to its
log-odds.
Blocks that a rule takes are not scored.

A page counts for 1 / (1 + m), where m is the number of its blocks of {FEW_WORDS} words or more that a first look judges
wrong which never saw its host: with many, it is lost whatever becomes of the next one, or its gold text is to be
doubted.

## Data

| set | what | licence |
|---|---|---|
| `news-dev` | pages of newspapers, 20 languages, test data of flairNLP/fundus | MIT |
| `articles-dev` | articles and blog posts, mostly English, development split of WCXB 1.0 (Murrough Foley) | CC BY 4.0 |
| `other-pages-dev` | listings, shops, forums, services, documentation, from the same split of WCXB | CC BY 4.0 |
| `text-dev` | plain text that extractors left of pages of both | as above |
| made here | plain text that trafilatura, resiliparse and readability leave of each page of both | as above |

The weights hold single words, word pairs, parts of addresses and names of elements, each met on five sites or more; no
text of a page.

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
    by_doubt: Sequence[str],
    pages: Sequence[str],
) -> None:
    """Writes the card: figures of each set by threshold, `chosen` ones marked, and what follows them."""
    lines = ["| set | threshold | F1 | dirty | lossy | perfect |", "|---|---|---|---|---|---|"]
    for name, figures in rows.items():
        for threshold, found in figures:
            mark = " (used)" if abs(threshold - chosen[name]) < 0.001 else ""
            values = " | ".join(f"{value:.3f}" for value in found)
            lines.append(f"| {name} | {threshold:.2f}{mark} | {values} |")
    lines += ["", *DOUBT.splitlines(), *by_doubt]
    lines += ["", "## Reliability", "", "By tenths of probability, blocks that no rule takes:", ""]
    lines += ["| model | mean probability | share that is text | blocks |", "|---|---|---|---|"]
    for name, table in reliability.items():
        lines += [f"| {name} | {chance:.3f} | {share:.3f} | {count} |" for chance, share, count in table]
    lines += pages
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


DOUBT = """## The second witness

trafilatura is asked about pages where, without it, more letters than this are in doubt.

| set | letters in doubt | share asked about | F1 | dirty | lossy | perfect |
|---|---|---|---|---|---|---|
"""
KINDS = f"""
## Kinds of pages

What no rule names is told by log-odds of the signs in `cleaner/judge/page_kind/signals.py`, for each kind against an
article. A sign may only speak for what it is said there to speak for. Learned from each page as it is, without its
JSON-LD and without its address; the verdicts that it sees are out of fold, and those of pages that are no articles come
from weights that never saw one. Figures out of {PAGE_FOLDS} folds by host. A page is called something else from a
probability of {MIN_OTHER_PROBABILITY} on, one that declares itself an article from
{MIN_OTHER_PROBABILITY_IF_DECLARED} on. Pages of services and documentation are not learned from: their texts may
well be wanted.

| set | pages of kind | | pages | told as no article | with the right kind |
|---|---|---|---|---|---|
"""
CONFIDENCE = f"""
## Confidence

The probability that a page is an article, times the probability that its text is right: an F1 of {RIGHT} or more with
the gold text; of a plain text, with those of its lines that are the article's. Out of {PAGE_FOLDS} folds by host, of
all pages that are taken for articles, those wrongly taken among them; pages of services and documentation are left out.

| | mean confidence | share that is right | pages or texts |
|---|---|---|---|
"""


def page_sections(cases: Sequence[Judged], fitted: FittedPages) -> list[str]:
    """The lines of the card that speak of whole pages."""
    lines = KINDS.splitlines()
    for one in kind_figures(cases, fitted.told):
        if not one.set.startswith(UNASKED):
            named = one.named if one.set == OTHER_SET else "-"
            lines.append(f"| {one.set} | {one.kind} | {one.way} | {one.pages} | {one.told} | {named} |")
    lines += CONFIDENCE.splitlines()
    for name in (PAGE, TEXT):
        table = tenths(confidence_pairs(cases, fitted, name))
        lines += [f"| {name} | {chance:.3f} | {share:.3f} | {count} |" for chance, share, count in table]
    return lines
