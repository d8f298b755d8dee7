"""Fits the models of whole pages: what kind a page is, and how likely its text is right.

They are fitted to out-of-fold verdicts, so that they see the scorer as good as it is on pages it does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from cleaner.judge.confidence import FEATURE_SIGNS as CONFIDENCE_SIGNS
from cleaner.judge.confidence import PAGE, RIGHT, TEXT, confidence_features
from cleaner.judge.decide import decide
from cleaner.judge.logistic import LogisticModel
from cleaner.judge.page_kind.classify import LEARNED_KINDS, PageClass, classify_with
from cleaner.judge.page_kind.signals import SIGNALS, layout
from cleaner.judge.rulings import apply_rules
from cleaner.judge.scorer.score import Score, score_blocks
from cleaner.judge.scorer.weights import ScorerWeights
from cleaner.models import PageKind, Verdict
from cleaner.odds import probability
from cleaner.rules.matching import package_rules
from training.corpus import ARTICLE, MADE_SET, Case
from training.fit import UNASKED, Floats, TrainingCase, fold_of
from training.measures import MIN_RUN_WORDS, Gold, compare, words

FOLDS = 10
# L2 penalty on the weights of standardized features, where each page has the weight 1. With half of it, twice as many
# articles were taken for another kind of page, and one page in a hundred more was recognized.
L2_PENALTY = 5.0
# Weights of standardized features closer to 0 than this are left out.
MIN_WEIGHT = 1e-3
# Decimals of the stored weights.
DECIMALS = 5
# The kind of each page of `other-pages-dev`, in the terms of the package. Kinds that are not listed (services,
# documentation) are neither learned from nor counted: people may well want the text of such pages.
KINDS = {
    "listing": PageKind.LISTING,
    "collection": PageKind.SHOP,
    "product": PageKind.SHOP,
    "forum": PageKind.FORUM,
    ARTICLE: None,
}


class Outcome(NamedTuple):
    """What the judge makes of a page or text when the scorer has seen nothing of its host."""

    case: Case
    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]  # the scorer's, of each block
    gold: Gold

    @property
    def text(self) -> str:
        """The text that is kept."""
        blocks = zip(self.case.document.blocks, self.verdicts, strict=True)
        return "\n\n".join(block.text for block, verdict in blocks if verdict.reason is None)

    @property
    def is_right(self) -> bool:
        """Whether the kept text is close enough to the expected one."""
        return compare(self.text, self.gold).f1 >= RIGHT

    @property
    def fold(self) -> int:
        """The fold of the models of whole pages, from 0."""
        return fold_of(self.case.host, FOLDS)


def out_of_fold_outcome(prepared: TrainingCase, probabilities: Floats, threshold: float) -> Outcome:
    """Return the outcome that out-of-fold probabilities give."""
    scores = [Score(float(chance), threshold) for chance in probabilities]
    case = prepared.case
    verdicts = decide(case.document, prepared.ruling, case.known, scores)
    return Outcome(case, verdicts, tuple(score.probability for score in scores), case.gold)


class Decisions(NamedTuple):
    """Who decides on the blocks of a set: certain rules, or the scorer. Blocks of `MIN_RUN_WORDS` words or more count.

    Blocks that may be kept or removed are left out.
    """

    removed_by_rules: int  # boilerplate
    removed_by_scorer: int
    kept: int
    text_removed_by_rules: int
    text_removed_by_scorer: int
    text_kept: int


def count_decisions(prepared: Iterable[TrainingCase], outcomes: Iterable[Outcome]) -> Decisions:
    """Count who decided on the blocks of some cases, of which `outcomes` has the outcome, in the same order."""
    found = Counter[tuple[bool, str]]()
    for one, outcome in zip(prepared, outcomes, strict=True):
        for block, label, verdict in zip(one.case.document.blocks, one.labels, outcome.verdicts, strict=True):
            if label.is_either or len(words(block.text)) < MIN_RUN_WORDS:
                continue
            by_rule = block.place in one.ruling.removals
            found[label.is_text, "kept" if verdict.reason is None else "rules" if by_rule else "scorer"] += 1
    return Decisions(*(found[is_text, who] for is_text in (False, True) for who in ("rules", "scorer", "kept")))


def unseen_outcome(case: Case, weights: ScorerWeights) -> Outcome:
    """Return the outcome for a page that is not an article; no weights are fitted to such pages."""
    rules = package_rules().for_page(case.known.languages)
    ruling = apply_rules(case.document, case.second_opinion, case.known, rules)
    scores = score_blocks(case.document, case.second_opinion, ruling.removals, ruling.likely, case.known, weights)
    verdicts = decide(case.document, ruling, case.known, scores)
    return Outcome(case, verdicts, tuple(score.probability for score in scores), Gold(""))


class Row(NamedTuple):
    """One example that a model learns from."""

    features: Mapping[str, float]
    answer: int  # 0 for the first answer
    fold: int
    weight: float


Models = dict[str, LogisticModel]


class PageModels(NamedTuple):
    """Both models, and their out-of-fold predictions for each page and text."""

    kinds: Models
    confidence: Models
    predicted_kinds: list[list[PageClass]]  # for each page, one for each of its heads
    right_probabilities: list[float]  # for each page and text, the probability that its text is right


def fit_page_models(outcomes: Sequence[Outcome]) -> PageModels:
    """Fit both models to all outcomes, and to all but one fold for the out-of-fold predictions."""
    layouts = [{} if one.case.document.plain else layout(one.case.document, one.verdicts) for one in outcomes]
    by_fold, kinds = _cross_fit(_kind_rows(outcomes, layouts), _fit_kinds)
    predicted_kinds = [
        [classify_with(by_fold[one.fold], head, one.case.document, one.verdicts) for head in one.case.heads]
        for one in outcomes
    ]
    right = np.zeros(len(outcomes))
    confidence: Models = {}
    for name in (PAGE, TEXT):
        own = {i: _confidence_row(one) for i, one in enumerate(outcomes) if one.case.document.plain == (name == TEXT)}
        articles = [row for i, row in own.items() if outcomes[i].case.kind == ARTICLE]
        confidence_by_fold, fitted = _cross_fit(articles, lambda rows: {PAGE: _fit_confidence(rows)})
        confidence[name] = fitted[PAGE]
        for i, row in own.items():
            right[i] = probability(confidence_by_fold[row.fold][PAGE].odds(row.features))
    return PageModels(kinds, confidence, predicted_kinds, [float(chance) for chance in right])


def _cross_fit(rows: Sequence[Row], fit: Callable[[list[Row]], Models]) -> tuple[list[Models], Models]:
    """Return the models that never saw each fold, and those fitted to all rows."""
    return [fit([row for row in rows if row.fold != fold]) for fold in range(FOLDS)], fit(list(rows))


def _kind_rows(outcomes: Sequence[Outcome], layouts: Sequence[Mapping[str, float]]) -> list[Row]:
    """Return a row for each head of each page.

    Each page is there twice, with trafilatura's opinion and without, so all its rows together have the weight 1.
    """
    return [
        Row({**head.values, **own}, _kind_answer(one.case.kind), one.fold, 0.5 / len(one.case.heads))
        for one, own in zip(outcomes, layouts, strict=True)
        if one.case.kind in KINDS
        for head in one.case.heads
    ]


def _kind_answer(kind: str) -> int:
    known = KINDS[kind]
    return LEARNED_KINDS.index(known) + 1 if known else 0


def _fit_kinds(rows: list[Row]) -> Models:
    directions = [[_direction(SIGNALS[name].speaks_for, kind) for name in SIGNALS] for kind in LEARNED_KINDS]
    fitted = _fit_logistic(rows, list(SIGNALS), directions)
    return dict(zip(LEARNED_KINDS, fitted, strict=True))


def _direction(speaks_for: frozenset[PageKind], kind: PageKind) -> int:
    return -1 if not speaks_for else int(kind in speaks_for)


def _confidence_row(one: Outcome) -> Row:
    features = confidence_features(one.case.document, one.verdicts, one.probabilities)
    return Row(features, int(one.is_right), one.fold, 1.0)


def _fit_confidence(rows: list[Row]) -> LogisticModel:
    return _fit_logistic(rows, list(CONFIDENCE_SIGNS), [list(CONFIDENCE_SIGNS.values())])[0]


def _fit_logistic(rows: Sequence[Row], names: list[str], directions: list[list[int]]) -> list[LogisticModel]:
    """Fit a multinomial logistic regression; return the log-odds of each answer against answer 0.

    `directions` has a sign for each answer but 0 and each feature: 1 if the weight must not be negative, -1 if it must
    not be positive, 0 if it must be 0.
    """
    raw = np.array([[row.features[name] for name in names] for row in rows])
    mean, deviation = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    x = np.hstack([(raw - mean) / deviation, np.ones((len(rows), 1))])
    answers = len(directions) + 1
    truth = np.eye(answers)[[row.answer for row in rows]]
    row_weights = np.array([row.weight for row in rows])[:, None]
    bounds: list[tuple[float | None, float | None]] = []
    for own in directions:
        bounds += [(0.0 if way >= 0 else None, 0.0 if way <= 0 else None) for way in own] + [(None, None)]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(answers - 1, -1)
        odds = np.hstack([np.zeros((len(rows), 1)), x @ w.T])
        odds -= odds.max(axis=1, keepdims=True)
        chances = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        penalized = w.copy()
        penalized[:, -1] = 0.0  # not the bias
        value = -(row_weights * truth * np.log(chances + 1e-12)).sum() + L2_PENALTY / 2 * (penalized**2).sum()
        slope = (row_weights * (chances - truth))[:, 1:].T @ x + L2_PENALTY * penalized
        return float(value), slope.ravel()

    found = minimize(loss, np.zeros((answers - 1) * x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    usual = raw[np.array([row.answer == 0 for row in rows])].mean(axis=0)
    return [_weights(own, names, mean, deviation, usual) for own in found.x.reshape(answers - 1, -1)]


def _weights(own: Floats, names: Sequence[str], mean: Floats, deviation: Floats, usual: Floats) -> LogisticModel:
    """Return weights of standardized features (the bias last) as weights of the features themselves."""
    plain: Floats = own[:-1] / deviation
    used = [i for i in range(len(names)) if abs(own[i]) > MIN_WEIGHT]
    bias = float(own[-1] - (plain[used] * mean[used]).sum())
    return LogisticModel(
        round(bias, DECIMALS),
        {names[i]: round(float(plain[i]), DECIMALS) for i in used},
        {names[i]: round(float(usual[i]), DECIMALS) for i in used},
    )


# --- Figures for the model card ---------------------------------------------------------------------------------------

# The heads of `Case.heads`, in order.
HEADS = ("as it is", "without its JSON-LD", "without its URL")


class KindCounts(NamedTuple):
    """How the pages of one kind in one set are classified."""

    set: str
    kind: str
    head: str
    pages: int
    no_article: int  # pages that are taken for no article, by rule or model
    right_kind: int  # those of them with the right kind


def count_kinds(outcomes: Sequence[Outcome], predicted_kinds: Sequence[Sequence[PageClass]]) -> list[KindCounts]:
    """Count out-of-fold classifications by set, kind and head, in alphabetical order of sets and kinds."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for one, own in zip(outcomes, predicted_kinds, strict=True):
        for head, prediction in zip(HEADS, own, strict=False):
            count = found.setdefault((one.case.set, one.case.kind, head), [0, 0, 0])
            count[0] += 1
            count[1] += prediction.kind is not None
            count[2] += prediction.kind is not None and prediction.kind is KINDS.get(one.case.kind)
    return [KindCounts(*key, *count) for key, count in sorted(found.items())]


def confidence_pairs(outcomes: Sequence[Outcome], models: PageModels, name: str) -> list[tuple[float, float]]:
    """Return the confidence, and 1 if the text is right, of pages (`name` is `PAGE`) or texts (`TEXT`).

    Pages that are taken for no article are left out. Pages that are wrongly taken for an article are never right.
    """
    pairs = []
    for one, kinds, right in zip(outcomes, models.predicted_kinds, models.right_probabilities, strict=True):
        if one.case.document.plain != (name == TEXT) or one.case.kind not in KINDS:
            continue
        if one.case.set == MADE_SET or one.case.set.endswith(UNASKED):
            continue
        if name == TEXT:
            pairs.append((right, float(one.is_right)))
        elif kinds[0].kind is None:
            pairs.append((kinds[0].article * right, float(one.case.kind == ARTICLE and one.is_right)))
    return pairs
