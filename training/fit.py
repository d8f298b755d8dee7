"""Fits a scorer: log-odds of words and names (the lexicon), and boosted trees over the features, in two passes.

The second pass learns from the probabilities that the first pass gives to pages it has not seen (stacking). For each
fold that is measured, everything is fitted again without that fold: the lexicon, the first pass and the second.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple, TypeAlias

import lightgbm
import numpy as np
import numpy.typing as npt

from cleaner.judge.rulings import RuleResults, apply_rules
from cleaner.judge.scorer.features.columns import Columns
from cleaner.judge.scorer.features.gather import Evidence, gather
from cleaner.judge.scorer.features.lexical import lexical
from cleaner.judge.scorer.forest import Forest, Leaf, Split, Tree
from cleaner.judge.scorer.lexicon import Lexicon
from cleaner.judge.scorer.lexicon import names as names_of
from cleaner.judge.scorer.lexicon import pieces as pieces_of
from cleaner.judge.scorer.neighbours import neighbour_features
from cleaner.judge.scorer.score import SECOND_PASS
from cleaner.judge.scorer.weights import ScorerWeights
from cleaner.rules.matching import package_rules
from cleaner.text.measures import weighted_length
from training.corpus import TEXT_SETS, Case
from training.labels import Label, label_blocks
from training.measures import MIN_RUN_WORDS
from training.measures import words as words_of

Floats: TypeAlias = npt.NDArray[np.float64]
Matrix: TypeAlias = npt.NDArray[np.float32]
Mask: TypeAlias = npt.NDArray[np.bool_]

FOLDS = 5
# LightGBM parameters of all boosters. `seed`, `deterministic` and `force_col_wise` make two runs give the same trees.
SETTINGS = {
    "objective": "binary",
    "lambda_l2": 5.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,  # on a busy machine, two threads that wait for each other take ten times as long as one
    "verbose": -1,
}


class Plan(NamedTuple):
    """How the two passes of a scorer are fitted: parameters that are added to `SETTINGS`, and the numbers of trees."""

    first: Mapping[str, Any]
    first_rounds: int
    second: Mapping[str, Any]
    second_rounds: int
    # Whether texts that the first pass judges wrong count as little in the second pass as in the first.
    discounted_second: bool = True


PLANS = {
    # With 200 or 300 trees, or larger ones, log-loss improves, but no more pages come out right. With more bins or
    # fewer blocks per leaf, the trees memorize the containers of single pages: small, tidy pages lose their headings.
    "page": Plan(
        {"num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 200, "max_bin": 16},
        120,
        {"num_leaves": 6, "learning_rate": 0.1, "min_data_in_leaf": 100, "max_bin": 16},
        60,
    ),
    # With 400 trees of 16 leaves, log-loss improves from .216 to .201, but no more texts come out right.
    "text": Plan(
        {"num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 100, "max_bin": 32},
        140,
        {"num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 100, "max_bin": 32},
        60,
        # With the discount, the log-loss of unsure blocks is 8% higher, and no more texts come out right.
        discounted_second=False,
    ),
}
# Features of the block itself that the second pass uses again. All its other features are about the blocks around it.
SECOND_PASS_FEATURES = ("size", "kind", "ends", "word_mean")
# A word or name gets log-odds only if it occurs on at least this many hosts; on fewer, its odds are chance. By field of
# `Lexicon`.
MIN_HOSTS = {"words": 8, "leads": 7, "names": 7, "pieces": 7}
# Pseudo-count: each word or name starts with this many hosts on which it has the average odds (additive smoothing).
PRIOR_HOSTS = 2.0
# Log-odds closer to 0 than this are left out of the lexicon.
MIN_LOG_ODDS = 0.25
# A set counts this many times as much as the others.
SET_IMPORTANCE = {"news-dev": 2.0} | dict.fromkeys(TEXT_SETS, 2.0)
# A host counts at most as much as this many pages.
MAX_PAGES_OF_HOST = 3
# Added to the name of a set whose pages are judged without trafilatura's opinion.
UNASKED = " (without trafilatura)"


class TrainingCase(NamedTuple):
    """A case with everything that does not depend on learned weights. Arrays have one value for each block."""

    case: Case
    ruling: RuleResults
    evidence: Evidence
    labels: Sequence[Label]
    is_text: Floats  # 1 if the gold text has the block, 0 if not
    word_counts: Floats  # in scripts without spaces, estimated from the number of characters
    weights: Floats  # 0 if a rule removes the block, or if it may be kept or removed
    fold: int


def prepare(case: Case) -> TrainingCase:
    """Apply the rules to a case, label its blocks, and compute its features and weights."""
    rules = package_rules().for_page(case.known.languages)
    ruling = apply_rules(case.document, case.second_opinion, case.known, rules)
    labels = label_blocks(case.document, case.gold)
    word_counts = np.array([max(len(words_of(b.text)), weighted_length(b.text) / 6) for b in case.document.blocks])
    certainty = np.array([0.0 if label.is_either else 0.3 + 0.7 * label.certainty for label in labels])
    weights = np.where(word_counts < MIN_RUN_WORDS, 0.3, 1 + np.minimum(word_counts, 60) / 20) * certainty
    weights[list(ruling.removals)] = 0.0
    # All pages have the same total weight, however long they are; pages of a few blocks have less.
    weights *= 30 * SET_IMPORTANCE.get(case.set.removesuffix(UNASKED), 1.0) / max(30.0, float(weights.sum()))
    return TrainingCase(
        case,
        ruling,
        gather(case.document, case.second_opinion, ruling.removals, ruling.likely, case.known),
        labels,
        np.array([float(label.is_text) for label in labels]),
        word_counts,
        weights,
        fold_of(case.host, FOLDS),
    )


def prepare_all(cases: Sequence[Case]) -> list[TrainingCase]:
    """Prepare all cases, in order, in several processes: aligning a long page with its gold text takes a second."""
    with ProcessPoolExecutor() as pool:
        prepared = list(pool.map(prepare, cases, chunksize=16))
    pages = Counter(host for host, _ in {(case.host, case.page) for case in cases})
    return [one._replace(weights=one.weights * min(1.0, MAX_PAGES_OF_HOST / pages[one.case.host])) for one in prepared]


def fold_of(host: str, folds: int) -> int:
    """Return the fold, from 0, of all cases of a host."""
    return zlib.crc32(host.encode()) % folds


Counts = dict[str, tuple[float, int]]  # by word: how often it is in the article's text, and how often it occurs


class TermCounts:
    """How often the words of blocks and the names of elements are in article text on the hosts of one fold.

    Each host counts once, however many pages it has.
    """

    def __init__(self, cases: Iterable[TrainingCase]) -> None:
        words, leads, names, pieces = (_by_host() for _ in range(4))
        for one in cases:
            host, document, evidence = one.case.host, one.case.document, one.evidence
            is_text = one.is_text[list(evidence.places)].tolist()
            for counts, terms_of_blocks in ((words[host], evidence.terms), (leads[host], evidence.leads)):
                for terms, kept in zip(terms_of_blocks, is_text, strict=True):
                    for term in terms:
                        _count(counts, term, kept)
            text_before = np.concatenate([[0.0], np.cumsum(one.is_text)])
            # All elements count, also those whose blocks a rule removes: rules remove most boilerplate.
            for counts, read in ((names[host], names_of), (pieces[host], pieces_of)):
                for element in document.elements:
                    text_blocks = float(text_before[element.last] - text_before[element.first])
                    share = text_blocks / (element.last - element.first)
                    for name in read(element.tokens):
                        _count(counts, name, share)
        # In the order of the fields of `Lexicon`.
        self.counts = [_sum_hosts(hosts.values()) for hosts in (words, leads, names, pieces)]


def _by_host() -> defaultdict[str, Counts]:
    return defaultdict(dict)


def _count(counts: Counts, word: str, kept: float, times: int = 1) -> None:
    kept_before, times_before = counts.get(word, (0.0, 0))
    counts[word] = (kept_before + kept, times_before + times)


def _sum_hosts(hosts: Iterable[Counts]) -> Counts:
    """Sum over hosts: for each word, the shares of its occurrences that are article text, and the number of hosts."""
    found: Counts = {}
    for counts in hosts:
        for word, (kept, times) in counts.items():
            _count(found, word, kept / times)
    return found


def lexicon_of(folds: Sequence[TermCounts]) -> Lexicon:
    """Return the log-odds of everything that is counted on the hosts of the given folds."""
    fields = zip(Lexicon._fields, *(fold.counts for fold in folds), strict=True)
    return Lexicon(**{name: _lexicon_field(counts, MIN_HOSTS[name]) for name, *counts in fields})


def _lexicon_field(folds: Iterable[Counts], min_hosts: int) -> dict[str, int]:
    """Return log-odds against the average word, in hundredths, smoothed by `PRIOR_HOSTS`."""
    counts: Counts = {}
    for fold in folds:
        for word, (kept, hosts) in fold.items():
            _count(counts, word, kept, hosts)
    average = sum(kept for kept, _ in counts.values()) / max(1, sum(hosts for _, hosts in counts.values()))
    found = {}
    for word, (kept, hosts) in sorted(counts.items()):
        if hosts >= min_hosts:
            text, other = kept + PRIOR_HOSTS * average, hosts - kept + PRIOR_HOSTS * (1 - average)
            log_odds = math.log(text / other) - math.log(average / (1 - average))
            if abs(log_odds) > MIN_LOG_ODDS:
                found[word] = round(100 * log_odds)
    return found


class FitResult(NamedTuple):
    """The weights of a scorer, and out-of-fold probabilities: for each case, from fits that saw nothing of its host."""

    weights: ScorerWeights
    probabilities: list[Floats]  # for each case, of each block


def fit(cases: Sequence[TrainingCase], threshold: float, plan: Plan) -> FitResult:
    """Fit a scorer to all cases, and to all but one fold for the out-of-fold probabilities.

    The scorer keeps blocks from the probability `threshold` on; the fit does not use it. The same cases give the same
    weights.
    """
    rows = FeatureRows(cases)
    probabilities = np.zeros(len(rows.is_text))
    for fold in range(FOLDS):
        held_out = rows.fold == fold
        rows.add_lexicon(without=fold)
        probabilities[held_out] = _fit_passes(rows, ~held_out, plan).predict(rows)[held_out]
    rows.add_lexicon(without=None)
    boosters = _fit_passes(rows, np.ones(len(rows.is_text), bool), plan)
    first = _export_forest(boosters.first, rows.columns)
    second = _export_forest(boosters.second, boosters.second_columns)
    weights = ScorerWeights(lexicon_of(rows.term_counts), first, second, threshold)
    return FitResult(weights, rows.split_by_case(probabilities))


class FeatureRows:
    """The features of all blocks of all cases that no rule removes, one row for each block."""

    def __init__(self, cases: Sequence[TrainingCase]) -> None:
        self._cases = cases
        self._places = [list(one.evidence.places) for one in cases]
        self.is_text = np.concatenate([one.is_text[own] for one, own in zip(cases, self._places, strict=True)])
        self.weights = np.concatenate([one.weights[own] for one, own in zip(cases, self._places, strict=True)])
        self.fold = np.concatenate([np.full(len(one.evidence.places), one.fold) for one in cases])
        self._case = np.repeat(np.arange(len(cases)), [len(own) for own in self._places])
        word_counts = np.concatenate([one.word_counts[own] for one, own in zip(cases, self._places, strict=True)])
        self._is_measured = word_counts >= MIN_RUN_WORDS
        self.term_counts = [TermCounts(one for one in cases if one.fold == fold) for fold in range(FOLDS)]
        self._ends = np.cumsum([len(own) for own in self._places])
        self._fixed_columns, self._fixed_x = _stack(one.evidence.columns for one in cases)
        self.columns, self.x = self._fixed_columns, self._fixed_x

    def split_by_case(self, values: Floats) -> list[Floats]:
        """Split values of all rows by case; each case gets one value for each block, 0 for blocks a rule removes."""
        found = []
        for one, places, own in zip(self._cases, self._places, np.split(values, self._ends[:-1]), strict=True):
            found.append(np.zeros(len(one.is_text)))
            found[-1][places] = own
        return found

    def discounted_weights(self, probabilities: Floats, seen: Mask) -> Floats:
        """Return weights of the rows that give a page less weight the more of its blocks are judged wrong.

        Such a page is lost whatever happens to its other blocks, or its gold text is doubtful. Measured out of fold,
        one page in a hundred more comes out perfect, and half as many pages are in doubt. `probabilities` must come
        from fits to rows that are `seen`: fits that had also seen the rows that are held out made the gain look twice
        as large as it is.
        """
        wrong = self._is_measured & (np.abs(probabilities - self.is_text) > 0.5)
        weights = self.weights * (1 / (1 + np.bincount(self._case, weights=wrong))[self._case])
        return np.asarray(weights * self.weights[seen].sum() / weights[seen].sum())

    def add_lexicon(self, *, without: int | None) -> None:
        """Compute the lexicon features. A row's lexicon never comes from its own fold, nor from the fold `without`."""
        lexicons = [
            lexicon_of([counts for number, counts in enumerate(self.term_counts) if number not in (fold, without)])
            for fold in range(FOLDS)
        ]
        columns, x = _stack(lexical(one.case.document, one.evidence, lexicons[one.fold]) for one in self._cases)
        self.columns, self.x = self._fixed_columns + columns, np.hstack([self._fixed_x, x])

    def second_pass(self, probabilities: Floats) -> tuple[list[str], Matrix]:
        """Return the names and values of the second pass's features, given the first pass's probabilities."""
        cases = zip(self._cases, self._places, self.split_by_case(probabilities), strict=True)
        columns, x = _stack(neighbour_features(one.case.document, own.tolist(), places) for one, places, own in cases)
        repeated = [self.columns.index(name) for name in SECOND_PASS_FEATURES]
        return [*columns, *SECOND_PASS_FEATURES], np.hstack([x, self.x[:, repeated]])


def _stack(cases: Iterable[Columns]) -> tuple[list[str], Matrix]:
    """Return the names of the columns, and the rows of all cases."""
    columns: list[str] = []
    pages = []
    for found in cases:
        columns = list(found)
        if own := list(found.values()):
            pages.append(np.array(own, np.float32).T)
    return columns, np.vstack(pages)


class _Boosters(NamedTuple):
    """The trees of both passes."""

    first: lightgbm.Booster
    second: lightgbm.Booster
    second_columns: list[str]

    def predict(self, rows: FeatureRows) -> Floats:
        """Return the probability that each row is article text."""
        probabilities = _predict(self.first, rows.x, np.ones(len(rows.is_text), bool))
        unsure = _is_unsure(probabilities)
        added = self.second.predict(rows.second_pass(probabilities)[1], raw_score=True)
        return np.where(unsure, 1 / (1 + np.exp(-_log_odds(probabilities) - added)), probabilities)


def _fit_passes(rows: FeatureRows, seen: Mask, plan: Plan) -> _Boosters:
    """Fit both passes to the rows that are `seen`."""
    probabilities = _cross_predict(rows, seen, plan, rows.weights)
    weights = rows.discounted_weights(probabilities, seen)
    probabilities = _cross_predict(rows, seen, plan, weights)
    columns, x = rows.second_pass(probabilities)
    unsure = _is_unsure(probabilities) & seen
    second_weights = weights if plan.discounted_second else rows.weights
    second = _boost(x, rows.is_text, second_weights, unsure, plan.second, plan.second_rounds, _log_odds(probabilities))
    first = _boost(rows.x, rows.is_text, weights, seen, plan.first, plan.first_rounds)
    return _Boosters(first, second, columns)


def _cross_predict(rows: FeatureRows, seen: Mask, plan: Plan, weights: Floats) -> Floats:
    """Return first-pass probabilities of the rows that are `seen`, each fold from a fit to the other seen folds.

    The probability of all other rows is 0.
    """
    probabilities = np.zeros(len(rows.is_text))
    for fold in sorted(set(rows.fold[seen].tolist())):
        own = rows.fold == fold
        model = _boost(rows.x, rows.is_text, weights, seen & ~own, plan.first, plan.first_rounds)
        probabilities += _predict(model, rows.x, own)
    return probabilities


def _log_odds(probabilities: Floats) -> Floats:
    bounded = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(bounded / (1 - bounded)))


def _is_unsure(probabilities: Floats) -> Mask:
    """Return which rows get a second pass."""
    return np.asarray((probabilities > SECOND_PASS[0]) & (probabilities < SECOND_PASS[1]))


def _predict(model: lightgbm.Booster, x: Matrix, wanted: Mask) -> Floats:
    """Return the probabilities of the rows that are wanted, and 0 for all others."""
    probabilities = np.zeros(len(x))
    probabilities[wanted] = model.predict(x[wanted])
    return probabilities


def _boost(
    x: Matrix,
    is_text: Floats,
    weights: Floats,
    seen: Mask,
    settings: Mapping[str, Any],
    rounds: int,
    initial: Floats | None = None,
) -> lightgbm.Booster:
    """Fit trees to the rows that are `seen`. They add to the log-odds `initial`, if there are any."""
    # The initial log-odds already include the average.
    chosen = {**SETTINGS, **settings, "boost_from_average": initial is None}
    start = None if initial is None else initial[seen]
    data = lightgbm.Dataset(x[seen], is_text[seen], weight=weights[seen], init_score=start, params=chosen)
    return lightgbm.train(chosen, data, num_boost_round=rounds)


def _export_forest(model: lightgbm.Booster, columns: Sequence[str]) -> Forest:
    """Return the trees of a model as the package stores them, with the columns that they use."""
    roots = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    used = sorted({number for root in roots for number in _split_columns(root)})
    index = {number: i for i, number in enumerate(used)}
    return Forest([columns[number] for number in used], [_export_tree(root, index, None) for root in roots])


def _split_columns(node: Mapping[str, Any]) -> Iterable[int]:
    """Yield the columns that a node and the nodes below it split on."""
    if "split_feature" in node:
        yield node["split_feature"]
        yield from _split_columns(node["left_child"])
        yield from _split_columns(node["right_child"])


def _value(node: Mapping[str, Any]) -> float:
    return float(node["internal_value"] if "split_feature" in node else node["leaf_value"])


def _export_tree(node: Mapping[str, Any], index: Mapping[int, int], heaviest: tuple[int, float] | None) -> Tree:
    """Return a node as the package stores it.

    `index` gives the new number of each column. `heaviest` is the column of the split above that moved the log-odds
    most, and by how much; `None` at the root.
    """
    if "split_feature" not in node:
        return Leaf(round(float(node["leaf_value"]), 4), heaviest[0] if heaviest else 0)
    column, own = index[node["split_feature"]], _value(node)
    children = []
    for child in (node["left_child"], node["right_child"]):
        move = _value(child) - own
        is_heavier = heaviest is None or abs(move) > abs(heaviest[1])
        children.append(_export_tree(child, index, (column, move) if is_heavier else heaviest))
    return Split(column, _round_up(node["threshold"]), children[0], children[1])


def _round_up(threshold: float) -> float:
    """Return a split threshold in six digits, slightly larger.

    A threshold lies between two values of the column or just above the lower one, so rounding up does not move any
    value to the other side.
    """
    return float(f"{threshold + 1e-6 * max(1.0, abs(threshold)):.6g}")
