"""Log-odds of words and names, and boosted trees over the evidence."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt

from cleaner.judge import size
from cleaner.judge.scorer.features import Evidence, gather, lexical
from cleaner.judge.scorer.weights import Leaf, Split, Weights
from cleaner.judge.verdicts import Ruling, ruled
from training.corpus import TEXT_SET, Case
from training.labels import labels
from training.measures import words as words_of

Floats = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

FOLDS = 5
ROUNDS = 80
SETTINGS = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.15,
    "max_bin": 48,
    "min_data_in_leaf": 300,  # with 60, single pages' containers were learned by heart
    "lambda_l2": 5.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
# A word or name must be met on so many sites; of fewer, its odds are chance.
FEWEST_SITES_OF_WORD, FEWEST_SITES_OF_NAME = 5, 6
# So many sites' worth of doubt is added to what is counted, and log-odds nearer to 0 than this are left out.
DOUBT, LEAST_ODDS = 2.0, 0.25
# A run of this many words is what the measures count.
FEW_WORDS = 4
# Pages of the sets that are measured count more than pages of other kinds.
IMPORTANCE = {"news-dev": 2.0, TEXT_SET: 2.0}
# Goes before the name of a set whose pages are judged without the second witness.
UNASKED = "unasked "


class Prepared(NamedTuple):
    """A case with all that does not depend on what is learned."""

    case: Case
    ruling: Ruling
    evidence: Evidence
    kept: Floats  # 1 where the gold text has the block
    weight: Floats  # of each block; 0 where a rule decides
    fold: int


class Odds(NamedTuple):
    """Log-odds of words and of element names, against those of any block."""

    words: dict[str, float]
    names: dict[str, float]


def prepare(case: Case) -> Prepared:
    """A case, ruled and labelled."""
    ruling = ruled(case.document, case.stands, case.known)
    found = labels(case.document, case.gold)
    count = np.array([max(len(words_of(b.text)), size(b.text) / 6) for b in case.document.blocks])
    certainty = np.array([0.3 + 0.7 * label.certainty for label in found])
    weight = np.where(count < FEW_WORDS, 0.3, 1 + np.minimum(count, 60) / 20) * certainty
    weight[list(ruling.taken)] = 0.0
    # Pages count alike, however long; those of a few blocks less.
    weight *= 30 * IMPORTANCE.get(case.set.removeprefix(UNASKED), 1.0) / max(30.0, float(weight.sum()))
    return Prepared(
        case,
        ruling,
        gather(case.document, case.stands, ruling.taken, case.known),
        np.array([float(label.kept) for label in found]),
        weight,
        zlib.crc32(case.host.encode()) % FOLDS,
    )


def odds_of(cases: Iterable[Prepared]) -> Odds:
    """What the words of blocks and the names of elements say, each site counted once."""
    words: defaultdict[str, Counts] = defaultdict(dict)
    names: defaultdict[str, Counts] = defaultdict(dict)
    for prepared in cases:
        host, document = prepared.case.host, prepared.case.document
        for terms, kept in zip(prepared.evidence.terms, prepared.kept, strict=True):
            for term in terms:
                _count(words[host], term, float(kept))
        sums = np.concatenate([[0.0], np.cumsum(prepared.kept)])
        for element, own in zip(document.elements, prepared.evidence.names, strict=True):
            share = float(sums[element.last] - sums[element.first]) / (element.last - element.first)
            for name in own:
                _count(names[host], name, share)
    return Odds(_log_odds(words.values(), FEWEST_SITES_OF_WORD), _log_odds(names.values(), FEWEST_SITES_OF_NAME))


Counts = dict[str, tuple[float, int]]  # by word: in the article's text, and at all


def _count(counts: Counts, word: str, kept: float) -> None:
    before, times = counts.get(word, (0.0, 0))
    counts[word] = (before + kept, times + 1)


def _log_odds(sites: Iterable[Counts], fewest: int) -> dict[str, float]:
    text: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for counts in sites:
        for word, (kept, times) in counts.items():
            text[word] += kept / times  # type: ignore[assignment]  # a Counter of shares
            seen[word] += 1
    usual = sum(text.values()) / max(1, seen.total())
    found = {}
    for word, times in sorted(seen.items()):
        if times >= fewest:
            kept, other = text[word] + DOUBT * usual, times - text[word] + DOUBT * (1 - usual)
            odds = math.log(kept / other) - math.log(usual / (1 - usual))
            if abs(odds) > LEAST_ODDS:
                found[word] = round(odds, 2)
    return found


class Fitted(NamedTuple):
    """A model, and what it says of each case when it saw nothing of its host."""

    weights: Weights
    chances: list[Floats]  # for each case, of each block


def fit(cases: Sequence[Prepared], threshold: float) -> Fitted:
    """Weights learned from all cases, and out-of-fold probabilities."""
    by_fold = [odds_of(prepared for prepared in cases if prepared.fold != fold) for fold in range(FOLDS)]
    columns, x = _matrix(cases, by_fold)
    kept = np.concatenate([prepared.kept for prepared in cases])
    weight = np.concatenate([prepared.weight for prepared in cases])
    fold = np.concatenate([np.full(len(prepared.kept), prepared.fold) for prepared in cases])
    free = weight > 0
    chances = np.zeros(len(kept))
    for number in range(FOLDS):
        model = _boosted(x, kept, weight, free & (fold != number))
        rows = free & (fold == number)
        chances[rows] = model.predict(x[rows])
    ends = np.cumsum([len(prepared.kept) for prepared in cases])
    each = np.split(chances, ends[:-1])
    odds = odds_of(cases)
    trees, used = _trees(_boosted(x, kept, weight, free), columns)
    weights = Weights(odds.words, odds.names, used, trees, 0.0, threshold)
    return Fitted(weights, each)


def _matrix(cases: Sequence[Prepared], by_fold: Sequence[Odds]) -> tuple[list[str], Matrix]:
    """The names of all columns, and one row a block; what is learned of words comes from other sites."""
    pages = []
    columns: list[str] = []
    for prepared in cases:
        odds = by_fold[prepared.fold]
        document, evidence = prepared.case.document, prepared.evidence
        found = evidence.columns | lexical(document, evidence, odds.words, odds.names)
        columns = list(found)
        pages.append(np.array(list(found.values()), np.float32).T)
    return columns, np.vstack(pages)


def _boosted(x: Matrix, kept: Floats, weight: Floats, rows: npt.NDArray[np.bool_]) -> lightgbm.Booster:
    chosen = lightgbm.Dataset(x[rows], kept[rows], weight=weight[rows], params=SETTINGS)
    return lightgbm.train(SETTINGS, chosen, num_boost_round=ROUNDS)


def _trees(model: lightgbm.Booster, columns: Sequence[str]) -> tuple[tuple[Split | Leaf, ...], tuple[str, ...]]:
    """The trees of a model, and the columns that they ask."""
    roots = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    used = sorted({number for root in roots for number in _asked(root)})
    index = {number: i for i, number in enumerate(used)}
    return tuple(_node(root, index, None) for root in roots), tuple(columns[number] for number in used)


def _asked(node: Mapping[str, Any]) -> Iterable[int]:
    if "split_feature" in node:
        yield node["split_feature"]
        yield from _asked(node["left_child"])
        yield from _asked(node["right_child"])


def _value(node: Mapping[str, Any]) -> float:
    return float(node["internal_value"] if "split_feature" in node else node["leaf_value"])


def _node(node: Mapping[str, Any], index: Mapping[int, int], heaviest: tuple[int, float] | None) -> Split | Leaf:
    """A node as the package stores it. `heaviest` is the question on the way that moved the log-odds most."""
    if "split_feature" not in node:
        return Leaf(round(float(node["leaf_value"]), 4), heaviest[0] if heaviest else 0)
    column, own = index[node["split_feature"]], _value(node)
    children = []
    for child in (node["left_child"], node["right_child"]):
        move = _value(child) - own
        is_heavier = heaviest is None or abs(move) > abs(heaviest[1])
        children.append(_node(child, index, (column, move) if is_heavier else heaviest))
    return Split(column, _rounded(node["threshold"]), children[0], children[1])


def _rounded(threshold: float) -> float:
    """A threshold in few digits. Thresholds lie between two values or just above the lower one, so up is safe."""
    return float(f"{threshold + 1e-6 * max(1.0, abs(threshold)):.6g}")
