"""Log-odds of words and names, and boosted trees over the evidence, in two looks.

The second look learns from what the first one says of pages that it has not seen. So that no figure flatters, all of
this, odds and first look, is done anew for each fold that is measured, without it.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt

from cleaner.judge.rulings import RuleResults, apply_rules
from cleaner.judge.scorer.features.columns import Columns
from cleaner.judge.scorer.features.gather import Evidence, gather
from cleaner.judge.scorer.features.lexical import lexical
from cleaner.judge.scorer.forest import Forest, Leaf, ParsedPage, Split
from cleaner.judge.scorer.lexicon import Lexicon
from cleaner.judge.scorer.lexicon import names as names_of
from cleaner.judge.scorer.lexicon import pieces as pieces_of
from cleaner.judge.scorer.neighbours import neighbour_features
from cleaner.judge.scorer.score import SECOND_PASS
from cleaner.judge.scorer.weights import Weights
from cleaner.text.measures import weighted_length
from training.corpus import TEXT_SET, Case
from training.labels import labels
from training.measures import words as words_of

Floats = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

FOLDS = 5
SETTINGS = {
    "objective": "binary",
    "lambda_l2": 5.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 2,
    "verbose": -1,
}


class Plan(NamedTuple):
    """How the two looks of a model are fitted: what differs from `SETTINGS`, and the number of trees."""

    first: Mapping[str, Any]
    first_rounds: int
    second: Mapping[str, Any]
    second_rounds: int


PLANS = {
    # With 200 or 300 trees, or larger ones, the log-loss is better, and no page. With finer bins or fewer blocks in a
    # leaf, what is said of single pages' containers is learned by heart: small tidy pages lose headings.
    "page": Plan(
        {"num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 200, "max_bin": 16},
        120,
        {"num_leaves": 6, "learning_rate": 0.1, "min_data_in_leaf": 100, "max_bin": 16},
        60,
    ),
    # 400 trees of 16 leaves better the log-loss from .216 to .201, and no text.
    "text": Plan(
        {"num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 100, "max_bin": 32},
        140,
        {"num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 100, "max_bin": 32},
        60,
    ),
}
# The second look adds to the first what it is told of the blocks around; of the block itself it knows little more.
KNOWN_AGAIN = ("size", "kind", "ends", "word_mean")
# A word or name must be met on so many sites; of fewer, its odds are chance. By field of `Lexicon`.
FEWEST_SITES = {"words": 5, "leads": 5, "names": 6, "pieces": 6}
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
    rule_results: RuleResults
    evidence: Evidence
    kept: Floats  # 1 where the gold text has the block
    words: Floats  # of each block; where words are not set apart, as many as its letters make
    weight: Floats  # of each block; 0 where a rule decides
    fold: int


def prepare(case: Case) -> Prepared:
    """A case, ruled and labelled."""
    rule_results = apply_rules(case.document, case.in_trafilatura, case.known)
    found = labels(case.document, case.gold)
    count = np.array([max(len(words_of(b.text)), weighted_length(b.text) / 6) for b in case.document.blocks])
    certainty = np.array([0.3 + 0.7 * label.certainty for label in found])
    weight = np.where(count < FEW_WORDS, 0.3, 1 + np.minimum(count, 60) / 20) * certainty
    weight[list(rule_results.removals)] = 0.0
    # Pages count alike, however long; those of a few blocks less.
    weight *= 30 * IMPORTANCE.get(case.set.removeprefix(UNASKED), 1.0) / max(30.0, float(weight.sum()))
    return Prepared(
        case,
        rule_results,
        gather(case.document, case.in_trafilatura, rule_results.removals, case.known),
        np.array([float(label.kept) for label in found]),
        count,
        weight,
        zlib.crc32(case.host.encode()) % FOLDS,
    )


def prepare_all(cases: Sequence[Case]) -> list[Prepared]:
    """All cases, in order; aligning a long page with its gold text takes a second."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(prepare, cases, chunksize=16))


class Tally:
    """What the words of blocks and the names of elements say on the sites of one fold, each site counted once."""

    def __init__(self, cases: Iterable[Prepared]) -> None:
        words, leads, names, pieces = (_by_host() for _ in range(4))
        for one in cases:
            host, document, evidence = one.case.host, one.case.document, one.evidence
            kept = one.kept[list(evidence.places)].tolist()
            for counts, said in ((words[host], evidence.terms), (leads[host], evidence.leads)):
                for own, is_text in zip(said, kept, strict=True):
                    for term in own:
                        _count(counts, term, is_text)
            sums = np.concatenate([[0.0], np.cumsum(one.kept)])
            # Of all elements, for most of what is chrome is taken by rules.
            for counts, read in ((names[host], names_of), (pieces[host], pieces_of)):
                for element in document.elements:
                    share = float(sums[element.last] - sums[element.first]) / (element.last - element.first)
                    for name in read(element.tokens):
                        _count(counts, name, share)
        # In the order of the fields of `Lexicon`.
        self.counts = [_over_sites(sites.values()) for sites in (words, leads, names, pieces)]


Counts = dict[str, tuple[float, int]]  # by word: in the article's text, and at all; on one site, or of sites


def _by_host() -> defaultdict[str, Counts]:
    return defaultdict(dict)


def _count(counts: Counts, word: str, kept: float, times: int = 1) -> None:
    before, all_ = counts.get(word, (0.0, 0))
    counts[word] = (before + kept, all_ + times)


def _over_sites(sites: Iterable[Counts]) -> Counts:
    found: Counts = {}
    for counts in sites:
        for word, (kept, times) in counts.items():
            _count(found, word, kept / times)
    return found


def lexicon_of(tallies: Sequence[Tally]) -> Lexicon:
    """The log-odds of all that is counted on the sites of several folds."""
    fields = zip(Lexicon._fields, *(tally.counts for tally in tallies), strict=True)
    return Lexicon(**{name: _log_odds(folds, FEWEST_SITES[name]) for name, *folds in fields})


def _log_odds(folds: Iterable[Counts], fewest: int) -> dict[str, int]:
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
                found[word] = round(100 * odds)
    return found


class Fitted(NamedTuple):
    """A model, and what it says of each case when it saw nothing of its host."""

    weights: Weights
    chances: list[Floats]  # for each case, of each block


def fit(cases: Sequence[Prepared], threshold: float, plan: Plan) -> Fitted:
    """Weights learned from all cases, and out-of-fold probabilities."""
    rows = _Rows(cases)
    chances = np.zeros(len(rows.kept))
    for fold in range(FOLDS):
        held_out = rows.fold == fold
        rows.tell_words(without=fold)
        chances[held_out] = _learned(rows, ~held_out, plan).chances(rows)[held_out]
    rows.tell_words(without=None)
    learned = _learned(rows, np.ones(len(rows.kept), bool), plan)
    first, second = _forest(learned.first, rows.columns), _forest(learned.second, learned.columns)
    weights = Weights(lexicon_of(rows.tallies), first, second, threshold)
    return Fitted(weights, rows.of_cases(chances))


class _Rows:
    """All blocks of all cases that no rule takes, one row each, and what is known of them."""

    def __init__(self, cases: Sequence[Prepared]) -> None:
        self._cases = cases
        self._places = [list(one.evidence.places) for one in cases]
        self.kept = np.concatenate([one.kept[own] for one, own in zip(cases, self._places, strict=True)])
        self.weight = np.concatenate([one.weight[own] for one, own in zip(cases, self._places, strict=True)])
        self.fold = np.concatenate([np.full(len(one.evidence.places), one.fold) for one in cases])
        self._case = np.repeat(np.arange(len(cases)), [len(own) for own in self._places])
        words = np.concatenate([one.words[own] for one, own in zip(cases, self._places, strict=True)])
        self._counted = words >= FEW_WORDS
        self.tallies = [Tally(one for one in cases if one.fold == fold) for fold in range(FOLDS)]
        self._ends = np.cumsum([len(own) for own in self._places])
        self._columns, self._told = _stacked(one.evidence.columns for one in cases)
        self.columns, self.x = self._columns, self._told

    def of_cases(self, values: Floats) -> list[Floats]:
        """Values of all rows, as those of each case and each of its blocks; 0 for those that a rule takes."""
        found = []
        for one, places, own in zip(self._cases, self._places, np.split(values, self._ends[:-1]), strict=True):
            found.append(np.zeros(len(one.kept)))
            found[-1][places] = own
        return found

    def focused(self, chances: Floats, seen: Mask) -> Floats:
        """The weights of the rows, by which a page counts the less, the more of its blocks are judged wrong.

        It is lost whatever becomes of the others, or its gold text is to be doubted. Measured out of fold: of a hundred
        pages one more comes out perfect, and half as many are in doubt. (The chances must come from rows that are
        `seen` alone: those of a fit that saw the rows which are held out, too, promise twice as much.)
        """
        wrong = self._counted & (np.abs(chances - self.kept) > 0.5)
        weight = self.weight * (1 / (1 + np.bincount(self._case, weights=wrong))[self._case])
        return np.asarray(weight * self.weight[seen].sum() / weight[seen].sum())

    def tell_words(self, *, without: int | None) -> None:
        """Adds the columns of the lexicon, by the log-odds of other folds than a row's own and `without`."""
        lexicons = [
            lexicon_of([tally for number, tally in enumerate(self.tallies) if number not in (fold, without)])
            for fold in range(FOLDS)
        ]
        columns, told = _stacked(lexical(one.case.document, one.evidence, lexicons[one.fold]) for one in self._cases)
        self.columns, self.x = self._columns + columns, np.hstack([self._told, told])

    def beside(self, chances: Floats) -> tuple[list[str], Matrix]:
        """The columns of the second look, where the first one says this."""
        each = zip(self._cases, self._places, self.of_cases(chances), strict=True)
        columns, told = _stacked(
            neighbour_features(one.case.document, own.tolist(), places) for one, places, own in each
        )
        again = [self.columns.index(name) for name in KNOWN_AGAIN]
        return [*columns, *KNOWN_AGAIN], np.hstack([told, self.x[:, again]])


def _stacked(cases: Iterable[Columns]) -> tuple[list[str], Matrix]:
    """The names of columns, and the rows of all cases."""
    columns: list[str] = []
    pages = []
    for found in cases:
        columns = list(found)
        if own := list(found.values()):
            pages.append(np.array(own, np.float32).T)
    return columns, np.vstack(pages)


Mask = npt.NDArray[np.bool_]


class _Learned(NamedTuple):
    """Both looks."""

    first: lightgbm.Booster
    second: lightgbm.Booster
    columns: list[str]  # of the second

    def chances(self, rows: _Rows) -> Floats:
        """What they say of all rows."""
        chances = _chances(self.first, rows.x, np.ones(len(rows.kept), bool))
        unsure = _unsure(chances)
        added = self.second.predict(rows.beside(chances)[1], raw_score=True)
        return np.where(unsure, 1 / (1 + np.exp(-_odds(chances) - added)), chances)


def _learned(rows: _Rows, seen: Mask, plan: Plan) -> _Learned:
    """What can be learned from the rows that are `seen`."""
    chances = _unseen(rows, seen, plan, rows.weight)
    weight = rows.focused(chances, seen)
    chances = _unseen(rows, seen, plan, weight)
    columns, x = rows.beside(chances)
    unsure = _unsure(chances) & seen
    second = _boosted(x, rows.kept, weight, unsure, plan.second, plan.second_rounds, _odds(chances))
    first = _boosted(rows.x, rows.kept, weight, seen, plan.first, plan.first_rounds)
    return _Learned(first, second, columns)


def _unseen(rows: _Rows, seen: Mask, plan: Plan, weight: Floats) -> Floats:
    """What the first look says of each row that is `seen` where it was fitted to the other folds of these."""
    chances = np.zeros(len(rows.kept))
    for fold in sorted(set(rows.fold[seen].tolist())):
        own = rows.fold == fold
        model = _boosted(rows.x, rows.kept, weight, seen & ~own, plan.first, plan.first_rounds)
        chances += _chances(model, rows.x, own)
    return chances


def _odds(chances: Floats) -> Floats:
    held = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(held / (1 - held)))


def _unsure(chances: Floats) -> Mask:
    return np.asarray((chances > SECOND_PASS[0]) & (chances < SECOND_PASS[1]))


def _chances(model: lightgbm.Booster, x: Matrix, asked: Mask) -> Floats:
    """What the model says of the rows that are asked about, 0 for the others."""
    chances = np.zeros(len(x))
    chances[asked] = model.predict(x[asked])
    return chances


def _boosted(
    x: Matrix,
    kept: Floats,
    weight: Floats,
    seen: Mask,
    settings: Mapping[str, Any],
    rounds: int,
    known: Floats | None = None,
) -> lightgbm.Booster:
    """Trees whose log-odds are added to those that are `known`, fitted to the rows that are `seen`."""
    # What is known already has its average in it.
    chosen = {**SETTINGS, **settings, "boost_from_average": known is None}
    start = None if known is None else known[seen]
    data = lightgbm.Dataset(x[seen], kept[seen], weight=weight[seen], init_score=start, params=chosen)
    return lightgbm.train(chosen, data, num_boost_round=rounds)


def _forest(model: lightgbm.Booster, columns: Sequence[str]) -> Forest:
    """The trees of a model, and those of its columns that they ask."""
    roots = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    used = sorted({number for root in roots for number in _asked(root)})
    index = {number: i for i, number in enumerate(used)}
    return Forest([columns[number] for number in used], [_tree(root, index, None) for root in roots])


def _asked(node: Mapping[str, Any]) -> Iterable[int]:
    if "split_feature" in node:
        yield node["split_feature"]
        yield from _asked(node["left_child"])
        yield from _asked(node["right_child"])


def _value(node: Mapping[str, Any]) -> float:
    return float(node["internal_value"] if "split_feature" in node else node["leaf_value"])


def _tree(node: Mapping[str, Any], index: Mapping[int, int], heaviest: tuple[int, float] | None) -> ParsedPage:
    """A node as the package stores it. `heaviest` is the question on the way that moved the log-odds most."""
    if "split_feature" not in node:
        return Leaf(round(float(node["leaf_value"]), 4), heaviest[0] if heaviest else 0)
    column, own = index[node["split_feature"]], _value(node)
    children = []
    for child in (node["left_child"], node["right_child"]):
        move = _value(child) - own
        is_heavier = heaviest is None or abs(move) > abs(heaviest[1])
        children.append(_tree(child, index, (column, move) if is_heavier else heaviest))
    return Split(column, _rounded(node["threshold"]), children[0], children[1])


def _rounded(threshold: float) -> float:
    """A threshold in few digits. Thresholds lie between two values or just above the lower one, so up is safe."""
    return float(f"{threshold + 1e-6 * max(1.0, abs(threshold)):.6g}")
