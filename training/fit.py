"""Log-odds of words and names, and boosted trees over the evidence, in two looks.

The second look learns from what the first one says of pages that it has not seen. So that no figure flatters, all of
this, odds and first look, is done anew for each fold that is measured, without it.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt

from cleaner.judge import size
from cleaner.judge.scorer.around import around
from cleaner.judge.scorer.features import Columns, Evidence, gather, lexical
from cleaner.judge.scorer.scorer import UNSURE
from cleaner.judge.scorer.weights import Leaf, Look, Split, Weights
from cleaner.judge.verdicts import Ruling, ruled
from training.corpus import TEXT_SET, Case
from training.labels import labels
from training.measures import words as words_of

Floats = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

FOLDS = 5
ROUNDS = 120
SETTINGS = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.1,
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
# The second look is asked about less, and finds more in what it is told with more leaves.
SECOND_ROUNDS = 140
SECOND = SETTINGS | {"num_leaves": 12, "learning_rate": 0.07, "min_data_in_leaf": 150}
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


class Tally:
    """What the words of blocks and the names of elements say on the sites of one fold, each site counted once."""

    def __init__(self, cases: Iterable[Prepared]) -> None:
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
        self.words, self.names = _over_sites(words.values()), _over_sites(names.values())


Counts = dict[str, tuple[float, int]]  # by word: in the article's text, and at all; on one site, or of sites


def _count(counts: Counts, word: str, kept: float, times: int = 1) -> None:
    before, all_ = counts.get(word, (0.0, 0))
    counts[word] = (before + kept, all_ + times)


def _over_sites(sites: Iterable[Counts]) -> Counts:
    found: Counts = {}
    for counts in sites:
        for word, (kept, times) in counts.items():
            _count(found, word, kept / times)
    return found


def odds_of(tallies: Sequence[Tally]) -> Odds:
    """The log-odds of words and names on the sites of several folds."""
    words = _log_odds([tally.words for tally in tallies], FEWEST_SITES_OF_WORD)
    return Odds(words, _log_odds([tally.names for tally in tallies], FEWEST_SITES_OF_NAME))


def _log_odds(folds: Iterable[Counts], fewest: int) -> dict[str, float]:
    counts: Counts = {}
    for fold in folds:
        for word, (kept, sites) in fold.items():
            _count(counts, word, kept, sites)
    usual = sum(kept for kept, _ in counts.values()) / max(1, sum(sites for _, sites in counts.values()))
    found = {}
    for word, (kept, sites) in sorted(counts.items()):
        if sites >= fewest:
            text, other = kept + DOUBT * usual, sites - kept + DOUBT * (1 - usual)
            odds = math.log(text / other) - math.log(usual / (1 - usual))
            if abs(odds) > LEAST_ODDS:
                found[word] = round(odds, 2)
    return found


class Fitted(NamedTuple):
    """A model, and what it says of each case when it saw nothing of its host."""

    weights: Weights
    chances: list[Floats]  # for each case, of each block


def fit(cases: Sequence[Prepared], threshold: float) -> Fitted:
    """Weights learned from all cases, and out-of-fold probabilities."""
    rows = _Rows(cases)
    chances = np.zeros(len(rows.kept))
    for fold in range(FOLDS):
        held_out = rows.fold == fold
        rows.tell_words(without=fold)
        chances[held_out] = _learned(rows, ~held_out).chances(rows)[held_out]
    rows.tell_words(without=None)
    learned = _learned(rows, np.ones(len(rows.kept), bool))
    odds = odds_of(rows.tallies)
    first, second = (_look(model, learned.columns) for model in (learned.first, learned.second))
    weights = Weights(odds.words, odds.names, first, second, threshold)
    return Fitted(weights, rows.split(chances))


class _Rows:
    """All blocks of all cases, one row each, and what is known of them."""

    def __init__(self, cases: Sequence[Prepared]) -> None:
        self._cases = cases
        self.kept = np.concatenate([prepared.kept for prepared in cases])
        self.weight = np.concatenate([prepared.weight for prepared in cases])
        self.fold = np.concatenate([np.full(len(prepared.kept), prepared.fold) for prepared in cases])
        self.free = self.weight > 0
        self.tallies = [Tally(prepared for prepared in cases if prepared.fold == fold) for fold in range(FOLDS)]
        self._ends = np.cumsum([len(prepared.kept) for prepared in cases])
        self._columns, self._told = _stacked(prepared.evidence.columns for prepared in cases)
        self.columns, self.x = self._columns, self._told

    def split(self, values: Floats) -> list[Floats]:
        """Values of all rows, as those of each case."""
        return np.split(values, self._ends[:-1])

    def tell_words(self, *, without: int | None) -> None:
        """Adds the columns of words and names, by the log-odds of other folds than a row's own and `without`."""
        odds = [
            odds_of([tally for number, tally in enumerate(self.tallies) if number not in (fold, without)])
            for fold in range(FOLDS)
        ]
        columns, told = _stacked(
            lexical(one.case.document, one.evidence, odds[one.fold].words, odds[one.fold].names) for one in self._cases
        )
        self.columns, self.x = self._columns + columns, np.hstack([self._told, told])

    def with_chances(self, chances: Floats) -> tuple[list[str], Matrix]:
        """All columns, and those of the second look behind them, where the first one says this."""
        each = zip(self._cases, self.split(chances), strict=True)
        columns, told = _stacked(around(one.case.document, own.tolist()) for one, own in each)
        return self.columns + columns, np.hstack([self.x, told])


def _stacked(cases: Iterable[Columns]) -> tuple[list[str], Matrix]:
    """The names of columns, and the rows of all cases."""
    columns: list[str] = []
    pages = []
    for found in cases:
        columns = list(found)
        pages.append(np.array(list(found.values()), np.float32).T)
    return columns, np.vstack(pages)


Mask = npt.NDArray[np.bool_]


class _Learned(NamedTuple):
    """Both looks."""

    first: lightgbm.Booster
    second: lightgbm.Booster
    columns: list[str]  # of the second; the first knows those that these begin with

    def chances(self, rows: _Rows) -> Floats:
        """What they say of all rows."""
        chances = _chances(self.first, rows.x, rows.free)
        unsure = _unsure(rows, chances)
        again = _chances(self.second, rows.with_chances(chances)[1], unsure)
        return np.where(unsure, again, chances)


def _learned(rows: _Rows, seen: Mask) -> _Learned:
    """What can be learned from the rows that are `seen`."""
    chances = np.zeros(len(rows.kept))
    for fold in sorted(set(rows.fold[seen].tolist())):
        own = rows.fold == fold
        model = _boosted(rows.x, rows, rows.free & seen & ~own, SETTINGS, ROUNDS)
        chances += _chances(model, rows.x, rows.free & own)
    columns, x = rows.with_chances(chances)
    second = _boosted(x, rows, _unsure(rows, chances) & seen, SECOND, SECOND_ROUNDS)
    return _Learned(_boosted(rows.x, rows, rows.free & seen, SETTINGS, ROUNDS), second, columns)


def _unsure(rows: _Rows, chances: Floats) -> Mask:
    return np.asarray(rows.free & (chances > UNSURE[0]) & (chances < UNSURE[1]))


def _chances(model: lightgbm.Booster, x: Matrix, asked: Mask) -> Floats:
    """What the model says of the rows that are asked about, 0 for the others."""
    chances = np.zeros(len(x))
    chances[asked] = model.predict(x[asked])
    return chances


def _boosted(x: Matrix, rows: _Rows, seen: Mask, settings: Mapping[str, Any], rounds: int) -> lightgbm.Booster:
    chosen = lightgbm.Dataset(x[seen], rows.kept[seen], weight=rows.weight[seen], params=dict(settings))
    return lightgbm.train(dict(settings), chosen, num_boost_round=rounds)


def _look(model: lightgbm.Booster, columns: Sequence[str]) -> Look:
    """The trees of a model, and those of its columns that they ask."""
    roots = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    used = sorted({number for root in roots for number in _asked(root)})
    index = {number: i for i, number in enumerate(used)}
    return Look(tuple(columns[number] for number in used), tuple(_node(root, index, None) for root in roots))


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
