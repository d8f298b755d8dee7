"""Models of whole pages: what kind a page is, and whether its text came out right. Fitted to out-of-fold verdicts."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from cleaner.judge.confidence import PAGE, RIGHT, TEXT, confidence_features
from cleaner.judge.confidence import SIGNALS as DOUBTS
from cleaner.judge.decide import decide
from cleaner.judge.logistic import Weights, probability
from cleaner.judge.page_kind.classify import LEARNED_KINDS, PageClass, classify_with
from cleaner.judge.page_kind.signals import SIGNALS, layout
from cleaner.judge.rulings import apply_rules
from cleaner.judge.scorer.score import Score, score_blocks
from cleaner.judge.scorer.weights import Weights as ScorerWeights
from cleaner.models import PageKind, Verdict
from training.corpus import ARTICLE, Case
from training.fit import UNASKED, Floats, Prepared
from training.measures import f1, words

FOLDS = 10
# How much squared weights, of signs brought to one scale, are held against the fit; a page counts as one. With half
# of it, twice as many articles were called otherwise, and one more page in a hundred was told.
LEAST_SQUARES = 5.0
DIGITS = 5
# What the kinds of `other-pages-dev` are called here. Its pages of services and of documentation have texts that people
# may well want; they are neither learned from nor counted.
KINDS = {
    "listing": PageKind.LISTING,
    "collection": PageKind.SHOP,
    "product": PageKind.SHOP,
    "forum": PageKind.FORUM,
    ARTICLE: None,
}


class Judged(NamedTuple):
    """A page or text as the judge leaves it when the scorer saw nothing of its host."""

    case: Case
    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]
    wanted: str  # the text that is right

    @property
    def text(self) -> str:
        blocks = zip(self.case.document.blocks, self.verdicts, strict=True)
        return "\n\n".join(block.text for block, verdict in blocks if verdict.reason is None)

    @property
    def right(self) -> bool:
        return f1(words(self.text), words(self.wanted)) >= RIGHT

    @property
    def fold(self) -> int:
        return zlib.crc32(self.case.host.encode()) % FOLDS


def judged(prepared: Prepared, chances: Floats, threshold: float) -> Judged:
    """The verdicts that out-of-fold probabilities give. Of a plain text, what it lacks is not asked for."""
    scores = [Score(float(chance), threshold) for chance in chances]
    case = prepared.case
    verdicts = decide(case.document, prepared.rule_results, case.known, scores)
    kept = zip(case.document.blocks, prepared.kept, strict=True)
    wanted = "\n\n".join(b.text for b, is_text in kept if is_text) if case.document.plain else case.gold
    return Judged(case, verdicts, tuple(score.probability for score in scores), wanted)


def judged_unseen(case: Case, weights: ScorerWeights) -> Judged:
    """The verdicts on a page that no weights were fitted to."""
    rule_results = apply_rules(case.document, case.in_trafilatura, case.known)
    scores = score_blocks(case.document, case.in_trafilatura, rule_results.taken, case.known, weights)
    verdicts = decide(case.document, rule_results, case.known, scores)
    return Judged(case, verdicts, tuple(score.probability for score in scores), "")


class Row(NamedTuple):
    """What a model learns from."""

    signs: Mapping[str, float]
    answer: int  # 0 for the first of its answers
    fold: int
    weight: float


Models = dict[str, Weights]


class FittedPages(NamedTuple):
    """Both models, and what they say of each page and text when they saw nothing of its host."""

    kinds: Models
    confidence: Models
    told: list[list[PageClass]]  # of each page, for each of its heads
    right: list[float]  # of each page and text, the probability that its text is right


def fit_pages(cases: Sequence[Judged]) -> FittedPages:
    """Weights learned from all cases, and out-of-fold answers."""
    layouts = [{} if one.case.document.plain else layout(one.case.document, one.verdicts) for one in cases]
    by_fold, kinds = _folded(_kind_rows(cases, layouts), _fit_kinds)
    told = [
        [classify_with(by_fold[one.fold], head, one.case.document, one.verdicts) for head in one.case.heads]
        for one in cases
    ]
    right = np.zeros(len(cases))
    confidence: Models = {}
    for name in (PAGE, TEXT):
        own = {i: _right_row(one) for i, one in enumerate(cases) if one.case.document.plain == (name == TEXT)}
        answered = [row for i, row in own.items() if cases[i].case.kind == ARTICLE]
        right_by_fold, fitted = _folded(answered, lambda rows: {PAGE: _fit_right(rows)})
        confidence[name] = fitted[PAGE]
        for i, row in own.items():
            right[i] = probability(right_by_fold[row.fold][PAGE].odds(row.signs))
    return FittedPages(kinds, confidence, told, [float(chance) for chance in right])


def _folded(rows: Sequence[Row], fit: Callable[[list[Row]], Models]) -> tuple[list[Models], Models]:
    return [fit([row for row in rows if row.fold != fold]) for fold in range(FOLDS)], fit(list(rows))


def _kind_rows(cases: Sequence[Judged], layouts: Sequence[Mapping[str, float]]) -> list[Row]:
    """A row for each way in which a page may be met: with its data and address or without, asked about or not."""
    return [
        Row({**head.values, **own}, _answer(one.case.kind), one.fold, 0.5 / len(one.case.heads))
        for one, own in zip(cases, layouts, strict=True)
        if one.case.kind in KINDS
        for head in one.case.heads
    ]


def _answer(kind: str) -> int:
    known = KINDS[kind]
    return LEARNED_KINDS.index(known) + 1 if known else 0


def _fit_kinds(rows: list[Row]) -> Models:
    directions = [[_direction(SIGNALS[sign].speaks_for, kind) for sign in SIGNALS] for kind in LEARNED_KINDS]
    fitted = _logits(rows, list(SIGNALS), directions)
    return dict(zip(LEARNED_KINDS, fitted, strict=True))


def _direction(speaks_for: frozenset[PageKind], kind: PageKind) -> int:
    return -1 if not speaks_for else int(kind in speaks_for)


def _right_row(one: Judged) -> Row:
    return Row(confidence_features(one.case.document, one.verdicts, one.probabilities), int(one.right), one.fold, 1.0)


def _fit_right(rows: list[Row]) -> Weights:
    return _logits(rows, list(DOUBTS), [list(DOUBTS.values())])[0]


def _logits(rows: Sequence[Row], signs: list[str], directions: list[list[int]]) -> list[Weights]:
    """Log-odds of each answer against answer 0. No weight goes against its direction; where that is 0, it is 0."""
    raw = np.array([[row.signs[sign] for sign in signs] for row in rows])
    middle, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    x = np.hstack([(raw - middle) / spread, np.ones((len(rows), 1))])
    answers = len(directions) + 1
    truth = np.eye(answers)[[row.answer for row in rows]]
    weight = np.array([row.weight for row in rows])[:, None]
    bounds: list[tuple[float | None, float | None]] = []
    for own in directions:
        bounds += [(0.0 if way >= 0 else None, 0.0 if way <= 0 else None) for way in own] + [(None, None)]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(answers - 1, -1)
        odds = np.hstack([np.zeros((len(rows), 1)), x @ w.T])
        odds -= odds.max(axis=1, keepdims=True)
        chances = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        held = w.copy()
        held[:, -1] = 0.0  # not the bias
        value = -(weight * truth * np.log(chances + 1e-12)).sum() + LEAST_SQUARES / 2 * (held**2).sum()
        slope = (weight * (chances - truth))[:, 1:].T @ x + LEAST_SQUARES * held
        return float(value), slope.ravel()

    found = minimize(loss, np.zeros((answers - 1) * x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    usual = raw[np.array([row.answer == 0 for row in rows])].mean(axis=0)
    return [_weights(own, signs, middle, spread, usual) for own in found.x.reshape(answers - 1, -1)]


def _weights(own: Floats, signs: Sequence[str], middle: Floats, spread: Floats, usual: Floats) -> Weights:
    plain: npt.NDArray[np.float64] = own[:-1] / spread
    used = [i for i in range(len(signs)) if abs(own[i]) > 1e-3]
    bias = float(own[-1] - (plain[used] * middle[used]).sum())
    return Weights(
        round(bias, DIGITS),
        {signs[i]: round(float(plain[i]), DIGITS) for i in used},
        {signs[i]: round(float(usual[i]), DIGITS) for i in used},
    )


# --- Figures --------------------------------------------------------------------------------------------------------

WAYS = ("as it is", "without its JSON-LD", "without its address")


class KindFigures(NamedTuple):
    """Of the pages of one kind in one set: how many were told as what."""

    set: str
    kind: str
    way: str
    pages: int
    told: int  # as no article, by rule or model
    named: int  # of these, with the right kind


def kind_figures(cases: Sequence[Judged], told: Sequence[Sequence[PageClass]]) -> list[KindFigures]:
    """Of each kind of page, how many are told as no article, out of fold, in the order in which they are met."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for one, own in zip(cases, told, strict=True):
        for way, answer in zip(WAYS, own, strict=False):
            count = found.setdefault((one.case.set, one.case.kind, way), [0, 0, 0])
            count[0] += 1
            count[1] += answer.kind is not None
            count[2] += answer.kind is not None and answer.kind is KINDS.get(one.case.kind)
    return [KindFigures(*key, *count) for key, count in sorted(found.items()) if not key[0].startswith("made")]


def confidence_pairs(cases: Sequence[Judged], fitted: FittedPages, name: str) -> list[tuple[float, float]]:
    """Confidence and whether the text is right, of pages that are taken for articles; other pages are never right."""
    pairs = []
    for one, told, right in zip(cases, fitted.told, fitted.right, strict=True):
        if one.case.document.plain != (name == TEXT) or one.case.kind not in KINDS:
            continue
        if one.case.set.startswith(("made", UNASKED)):
            continue
        if name == TEXT:
            pairs.append((right, float(one.right)))
        elif told[0].kind is None:
            pairs.append((told[0].article * right, float(one.case.kind == ARTICLE and one.right)))
    return pairs
