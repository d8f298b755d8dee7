"""Fit the two models that decide which values of a page are tags: python -m training.tags DATA

The first model says how likely a list of values is the article's tags, the second how likely each value is a tag. Both
are logistic regressions with bounds on their weights. The figures are out of fold: all pages of a host are in one fold,
and everything is fitted without the fold that is measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from cleaner.metadata.extract import read_tag_evidence
from cleaner.metadata.fields.tags import (
    MIN_LIST_PROBABILITY,
    MIN_TAG_PROBABILITY,
    TagEvidence,
    TagList,
    lists_of,
    model_probability,
    value_features,
)
from cleaner.metadata.fields.values import name_key
from cleaner.page.embedded import read_json_ld
from cleaner.page.parse import parse
from training.corpus import host_of, page_rows
from training.fit import fold_of

Floats: TypeAlias = npt.NDArray[np.float64]
Features: TypeAlias = Mapping[str, float]
Model: TypeAlias = dict[str, float]  # weights by feature, and the bias
Bound: TypeAlias = tuple[float | None, float | None]

SET = "news-dev"  # the only set with gold tags
FOLDS = 10
L2_PENALTY = 0.5
ROOT = Path(__file__).parent.parent
WEIGHTS = Path("cleaner", "metadata", "fields", "tags.json")
CARD = Path("training", "TAGS_CARD.md")
DECIMALS = 3

PLUS: Bound = (0.0, None)
MINUS: Bound = (None, 0.0)
FREE: Bound = (None, None)
# The lowest and the highest weight of each feature. Bounds other than 0 are prior knowledge: the set has too few pages
# with such lists and such values, which are not rare elsewhere.
LIST_BOUNDS: Mapping[str, Bound] = {
    **{"article_tag": (1.5, None), "json_ld": (1.0, None), "news_keywords": (1.0, None), "keywords": (0.5, None)},
    **{"other_declared": (0.5, None), "in_marked": PLUS, "others_marked": MINUS, "unmarked": MINUS, "alone": PLUS},
    **{"in_others": PLUS, "from_address": (None, -2.0), "supported_declared": PLUS, "dropped": MINUS},
    **{"long_list": MINUS, "shown": FREE, "label": (2.5, None), "named": (2.0, None), "rel": (3.5, None)},
    **{"path": (2.5, None), "one_address": PLUS, "after": PLUS, "late": MINUS, "before": PLUS, "top": PLUS},
    **{"inside": MINUS, "near": PLUS, "apart": (None, -2.0), "above": (None, -1.0), "single": MINUS, "many": MINUS},
    **{"other_label": MINUS, "foreign": (None, -3.0), "articles": MINUS, "people": (None, -2.0), "words": MINUS},
    **{"repeated": (None, -1.0), "declared": PLUS, "supported": PLUS, "generic": (None, -1.0)},
}
VALUE_BOUNDS: Mapping[str, Bound] = {
    **{"best": (0.8, None), "second": PLUS, "lacking": MINUS, "lacking_section": MINUS, "shown_only": FREE},
    **{"in_title": PLUS, "in_description": PLUS, "in_text": PLUS, "generic": (None, -2.0)},
    **{"generic_part": (None, -0.5), "camel": (None, -1.5), "code": (None, -3.0), "slug": (None, -0.5)},
    **{"labelled": (None, -2.5), "sentence": (None, -1.0)},
}


class Page(NamedTuple):
    """A page with gold tags."""

    fold: int
    evidence: TagEvidence
    gold: frozenset[str]
    optional: frozenset[str]  # tags that are neither right nor wrong


class Row(NamedTuple):
    """An example: its features, how true it is (0 to 1), and its weight."""

    features: Features
    answer: float
    weight: float


def main() -> None:
    """Read the pages, print the figures, and write the weights and their card."""
    parser = argparse.ArgumentParser(prog="python -m training.tags", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the development sets")
    parser.add_argument("--out", type=Path, default=ROOT, help="checkout to write to (default: this one)")
    parser.add_argument(
        "--date", type=date.fromisoformat, default=date.today(), help="date in the card (default: today)"
    )
    options = parser.parse_args()
    try:
        pages = read_pages(options.data / SET)
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing; training/MODEL_CARD.md describes the files of the development sets")
    figures = measure_out_of_fold(pages)
    print(figures)
    models = {"list": fit_lists(pages), "value": fit_values(pages)}
    for path, text in (
        (WEIGHTS, json.dumps(models, indent=1) + "\n"),
        (CARD, card(options.date, models, len(pages), figures)),
    ):
        (options.out / path).parent.mkdir(parents=True, exist_ok=True)
        (options.out / path).write_text(text, encoding="utf-8")


def read_pages(folder: Path) -> list[Page]:
    """Return the pages of a set whose tags are known, with what the package judges them by."""
    pages = []
    for row in page_rows(folder):
        tags, url = row["metadata"].get("tags"), row.get("url")
        if tags is None:
            continue
        tree = parse(row["html"])
        evidence = read_tag_evidence(tree.root, read_json_ld(tree.json_ld), url=url)
        optional = frozenset(map(name_key, row["metadata"].get("tags_optional") or ()))
        gold = frozenset(map(name_key, tags)) - optional
        pages.append(Page(fold_of(host_of(url, row["id"]), FOLDS), evidence, gold, optional))
    return pages


class Figures(NamedTuple):
    """How good the tags are on the pages whose gold has tags; shares from 0 to 1."""

    pages: int
    precision: float
    recall: float
    f1: float
    same: float  # share of the pages with the same set of tags

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}, "
            f"same set {self.same:.3f} of {self.pages} pages"
        )


def measure_out_of_fold(pages: Sequence[Page]) -> Figures:
    """Return how good the tags are, each page judged by models fitted without its fold."""
    right = found = wanted = same = 0
    asked = [page for page in pages if page.gold]
    for fold in sorted({page.fold for page in pages}):
        others = [page for page in pages if page.fold != fold]
        list_model, value_model = fit_lists(others), fit_values(others)
        for page in asked:
            if page.fold == fold:
                features = features_of(page, list_model)
                chances = {key: model_probability(value_model, own) for key, own in features.items()}
                kept = {key for key, chance in chances.items() if chance >= MIN_TAG_PROBABILITY} - page.optional
                right, found, wanted = right + len(kept & page.gold), found + len(kept), wanted + len(page.gold)
                same += kept == page.gold
    return Figures(
        len(asked),
        right / max(1, found),
        right / max(1, wanted),
        2 * right / max(1, found + wanted),
        same / max(1, len(asked)),
    )


def features_of(page: Page, list_model: Model) -> dict[str, dict[str, float]]:
    """Return the features of each value of the page, with these weights for its lists."""
    chances: list[float] = []
    lists: list[TagList] = []
    for tags in lists_of(page.evidence):
        if (chance := model_probability(list_model, tags.features)) >= MIN_LIST_PROBABILITY:
            lists.append(tags)
            chances.append(chance)
    return value_features(lists, chances, page.evidence.context)


def fit_lists(pages: Sequence[Page]) -> Model:
    """Fit the model of lists: the answer is the share of a list's values that are tags."""
    rows = []
    for page in pages:
        for tags in lists_of(page.evidence):
            if keys := tags.values.keys() - page.optional:
                rows.append(Row(tags.features, len(keys & page.gold) / len(keys), 1.0))
    return _fit(rows, LIST_BOUNDS)


def fit_values(pages: Sequence[Page]) -> Model:
    """Fit the model of values to probabilities of lists that are out of fold. Long lists weigh less for each value."""
    rows = []
    for fold in sorted({page.fold for page in pages}):
        list_model = fit_lists([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                features = features_of(page, list_model)
                weight = len(features) ** -0.5 if features else 0.0
                rows += [
                    Row(own, float(key in page.gold), weight)
                    for key, own in features.items()
                    if key not in page.optional
                ]
    return _fit(rows, VALUE_BOUNDS)


def _fit(rows: Sequence[Row], bounds: Mapping[str, Bound]) -> Model:
    x = np.array([[*(row.features.get(name, 0.0) for name in bounds), 1.0] for row in rows])
    truth = np.array([row.answer for row in rows])
    row_weights = np.array([row.weight for row in rows])

    def loss(flat: Floats) -> tuple[float, Floats]:
        chances = 1 / (1 + np.exp(-np.clip(x @ flat, -30, 30)))
        penalized = np.append(flat[:-1], 0.0)  # not the bias
        log_loss = truth * np.log(chances + 1e-12) + (1 - truth) * np.log(1 - chances + 1e-12)
        value = -(row_weights * log_loss).sum() + L2_PENALTY / 2 * (penalized**2).sum()
        return float(value), x.T @ (row_weights * (chances - truth)) + L2_PENALTY * penalized

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=[*bounds.values(), FREE])
    named = zip([*bounds, "bias"], found.x, strict=True)
    return {name: weight for name, value in named if (weight := round(float(value), DECIMALS)) or name == "bias"}


def card(when: date, models: Mapping[str, Model], pages: int, figures: Figures) -> str:
    """Return the card of the models: what they are for, what they were fitted to, and how good they are."""
    tables = "\n\n".join(
        f"Weights of a {name}:\n\n| feature | weight |\n|---|---|\n"
        + "\n".join(f"| `{feature}` | {weight:+.3f} |" for feature, weight in model.items())
        for name, model in models.items()
    )
    return f"""# Model card: the weights that judge tags

Generated by `python -m training.tags` on {when.isoformat()}. Change the text in `training/tags.py`, not here.

**Models.** Two logistic regressions, in `{WEIGHTS.as_posix()}`. The first says how likely a list of
values, declared or shown by the page, is the article's tags; lists below {MIN_LIST_PROBABILITY} are left out. The
second says how likely a value of the other lists is a tag; a value is one from {MIN_TAG_PROBABILITY} on. The features
are in `cleaner/metadata/fields/tags.py` and `cleaner/metadata/sources/shown_tags.py`. Most weights have a bound,
chosen by hand (`LIST_BOUNDS`, `VALUE_BOUNDS`), because the set has too few lists of each kind. The penalty of the
squared weights is {L2_PENALTY} / 2; nothing is random.

**Data.** The {pages} pages of `{SET}` whose tags are known (see "Data" in `MODEL_CARD.md`). The files hold no text of a
page; their licence is that of the package, Apache-2.0.

**Figures.** Out of fold over sites, {FOLDS} folds, on the pages that have tags:
{figures}.
About 20 variants of the features were compared by these figures, so they are somewhat optimistic.

**Limits.** The pages are newspapers; on blogs and other sites, where lists of tags have other names and places, the
models have not been measured. The rules that find lists, and the bounds, were made on these pages, too. Whether "a
topic for readers" includes places and people follows the gold: it does.

{tables}
"""


if __name__ == "__main__":
    main()
