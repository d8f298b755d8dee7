"""`python -m training DATA`: fit the learned weights, measure them out of fold, and write them and the model card."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cleaner.judge import logistic
from cleaner.judge.confidence import WEIGHTS as CONFIDENCE_FILE
from cleaner.judge.confidence import estimate_confidence
from cleaner.judge.page_kind.classify import WEIGHTS as KINDS_FILE
from cleaner.judge.scorer.score import Score
from cleaner.judge.scorer.weights import PAGE, TEXT, dump_weights
from cleaner.judge.verdicts import total_doubt
from cleaner.pipeline import MAX_DOUBT, MIN_CONFIDENCE
from training.card import DoubtRow, Report, doubt_lines, write_card
from training.corpus import ARTICLE, OTHER_SET, PAGE_SETS, TEXT_SETS, Case, read_cases
from training.fit import PLANS, UNASKED, FitResult, Floats, TrainingCase, fit, prepare_all
from training.measures import CalibrationBin, Measures, calibration, measure
from training.pages import Outcome, count_decisions, fit_page_models, out_of_fold_outcome, unseen_outcome

# Candidates for `MAX_DOUBT` and `MIN_CONFIDENCE` that the card compares: trafilatura is asked if more characters than
# the first are in doubt, or if the confidence is below the second.
LIMITS = (
    *((doubt, MIN_CONFIDENCE) for doubt in (0.0, 100.0, 200.0, 300.0, 400.0, 600.0)),
    *((MAX_DOUBT, confidence) for confidence in (0.0, 0.5, 0.6, 0.7, 0.9)),
)
# Added to the name of a set whose pages are all judged with trafilatura's opinion.
ASKED = " (with trafilatura)"
ROOT = Path(__file__).parent.parent
# Where the files that are written stand in a checkout.
JUDGE = Path("cleaner", "judge")
SCORERS = {"page": JUDGE / "scorer" / PAGE, "text": JUDGE / "scorer" / TEXT}
CARD = Path("training", "MODEL_CARD.md")
# The scorer keeps blocks from this probability on, chosen from the model card's table. Plain text has already lost
# paragraphs in the extractor, so more of it is kept.
THRESHOLDS = {"page": 0.5, "text": 0.4}
# Thresholds that the card compares.
CARD_THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.67, 0.75)


def main() -> None:
    """Read the arguments, fit the models, and write what was asked for."""
    options = read_options()
    try:
        everything = [case for case in read_cases(options.data, options.cache) if case.document.blocks]
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing; {CARD} describes the files of the development sets")
    articles = [case for case in everything if case.kind == ARTICLE]
    others = [case for case in everything if case.set == OTHER_SET]
    pages = [case for case in articles if not case.document.plain]
    texts = [case for case in articles if case.document.plain]
    if options.only == "page":
        _fit_pages(pages, others, options)
    elif options.only == "text":
        _fit_texts(texts, options)
    else:
        with ProcessPoolExecutor(max_workers=2) as pool:
            running = pool.submit(_fit_pages, pages, others, options), pool.submit(_fit_texts, texts, options)
            (of_pages, page_report), (of_texts, text_report) = (each.result() for each in running)
        outcomes, report = of_pages + of_texts, page_report.joined(text_report)
        models = fit_page_models(outcomes)
        for file, weights in ((KINDS_FILE, models.kinds), (CONFIDENCE_FILE, models.confidence)):
            _write(options.out / JUDGE / file, logistic.dump_models(weights).encode())
        write_card(options.out / CARD, options.date, report, outcomes, models)


def read_options() -> argparse.Namespace:
    """Read the arguments of the command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the development sets")
    parser.add_argument("--out", type=Path, default=ROOT, help="checkout to write to (default: this one)")
    parser.add_argument("--cache", type=Path, help="folder that keeps the parsed documents for later runs")
    parser.add_argument("--records", type=Path, help="folder for the out-of-fold texts, one JSON Lines file per set")
    parser.add_argument("--only", choices=("page", "text"), help="fit only this scorer, and write no model card")
    parser.add_argument(
        "--date", type=date.fromisoformat, default=date.today(), help="date in the model card (default: today)"
    )
    return parser.parse_args()


def _fit_pages(
    cases: Sequence[Case], others: Sequence[Case], options: argparse.Namespace
) -> tuple[list[Outcome], Report]:
    """Fit and write the scorer of pages; return its outcomes and its figures.

    The package asks trafilatura about some pages only, so each page is used twice: with its opinion and without.
    """
    report = Report.empty()
    prepared = prepare_all([*cases, *map(_unasked, cases)])
    fitted = _fit_scorer("page", prepared, options.out)
    threshold = fitted.weights.threshold
    outcomes = [
        out_of_fold_outcome(one, own, threshold) for one, own in zip(prepared, fitted.probabilities, strict=True)
    ]
    doubts = [_doubt_of(outcome) for outcome in outcomes[len(cases) :]]
    report.doubts.extend(_doubt_rows(outcomes, doubts))
    print("\n".join(doubt_lines(report.doubts)))
    sets = [name + suffix for suffix in ("", ASKED, UNASKED) for name in PAGE_SETS]
    _report("page", sets, *_add_as_asked(prepared, fitted, doubts), options.records, report)
    outcomes += [unseen_outcome(case, fitted.weights) for case in (*others, *map(_unasked, others))]
    return outcomes, report


def _fit_texts(cases: Sequence[Case], options: argparse.Namespace) -> tuple[list[Outcome], Report]:
    """Fit and write the scorer of plain texts; return its outcomes and its figures."""
    report = Report.empty()
    prepared = prepare_all(cases)
    fitted = _fit_scorer("text", prepared, options.out)
    _report("text", TEXT_SETS, prepared, fitted, options.records, report)
    threshold = fitted.weights.threshold
    outcomes = [
        out_of_fold_outcome(one, own, threshold) for one, own in zip(prepared, fitted.probabilities, strict=True)
    ]
    return outcomes, report


def _fit_scorer(name: str, prepared: Sequence[TrainingCase], out: Path) -> FitResult:
    fitted = fit(prepared, THRESHOLDS[name], PLANS[name])
    _write(out / SCORERS[name], dump_weights(fitted.weights))
    return fitted


def _write(path: Path, stored: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stored)


def _unasked(case: Case) -> Case:
    """Return a case as it is when trafilatura is not asked."""
    return case._replace(set=case.set + UNASKED, second_opinion=None)


class Doubt(NamedTuple):
    """How sure the package is of a page without trafilatura's opinion."""

    length: float  # characters in doubt
    confidence: float  # by the weights that the package has; those that are being fitted need these figures

    def is_asked(self, max_doubt: float, min_confidence: float) -> bool:
        """Whether the package asks trafilatura with these limits."""
        return self.length > max_doubt or self.confidence < min_confidence


def _doubt_of(outcome: Outcome) -> Doubt:
    document, chances = outcome.case.document, outcome.probabilities
    length = total_doubt(document.blocks, [Score(chance, 1.0) for chance in chances])
    return Doubt(length, estimate_confidence(document, outcome.verdicts, chances))


def _add_as_asked(
    prepared: Sequence[TrainingCase], fitted: FitResult, doubts: Sequence[Doubt]
) -> tuple[list[TrainingCase], FitResult]:
    """Return all cases of pages, renamed where they have trafilatura's opinion, and after them those that count.

    `prepared` has all pages with the opinion and then, in the same order, all pages without it; `doubts` are those of
    the pages without it. The cases that count are those that the package would use; they have the plain name of the
    set.
    """
    pages = len(doubts)
    chosen = [page if doubt.is_asked(MAX_DOUBT, MIN_CONFIDENCE) else pages + page for page, doubt in enumerate(doubts)]
    cases = [_in_set(one, one.case.set + ASKED) for one in prepared[:pages]] + list(prepared[pages:])
    cases += [_in_set(prepared[index], prepared[page].case.set) for page, index in enumerate(chosen)]
    probabilities = fitted.probabilities + [fitted.probabilities[index] for index in chosen]
    return cases, fitted._replace(probabilities=probabilities)


def _in_set(prepared: TrainingCase, name: str) -> TrainingCase:
    return prepared._replace(case=prepared.case._replace(set=name))


def _doubt_rows(outcomes: Sequence[Outcome], doubts: Sequence[Doubt]) -> Iterable[DoubtRow]:
    """Yield for each limit how often trafilatura is asked, and how good the texts are then.

    `outcomes` are those of all pages with the opinion, and then those of all pages without it.
    """
    pages = len(doubts)
    for limits in LIMITS:
        for name in PAGE_SETS:
            own = [page for page in range(pages) if outcomes[page].case.set == name]
            asked = [doubts[page].is_asked(*limits) for page in own]
            chosen = [outcomes[page if is_asked else pages + page] for page, is_asked in zip(own, asked, strict=True)]
            found = measure((outcome.text, outcome.gold) for outcome in chosen)
            yield DoubtRow(name, *limits, sum(asked) / len(own), found)


def _report(
    name: str,
    sets: Sequence[str],
    prepared: Sequence[TrainingCase],
    fitted: FitResult,
    records: Path | None,
    report: Report,
) -> None:
    """Measure a scorer on each set; print the measures, add them to the report, and write the texts if asked to."""
    used = fitted.weights.threshold
    for set_ in sets:
        own = [case for case in zip(prepared, fitted.probabilities, strict=True) if case[0].case.set == set_]
        outcomes = [out_of_fold_outcome(one, chances, used) for one, chances in own]
        report.decisions[set_] = count_decisions((one for one, _ in own), outcomes)
        report.thresholds[set_] = used
        report.measures[set_] = [(t, _measure(prepared, fitted.probabilities, t, set_)) for t in CARD_THRESHOLDS]
        for threshold, found in report.measures[set_]:
            print(f"{set_} {threshold:.2f} " + " ".join(f"{k}={v:.3f}" for k, v in found._asdict().items()))
        if records:
            _write_records(records / f"{set_}.jsonl", prepared, fitted, set_)
    report.calibration[name] = _calibration(prepared, fitted, sets)


def _measure(
    prepared: Sequence[TrainingCase], probabilities: Sequence[Floats], threshold: float, set_: str
) -> Measures:
    return measure(
        (out_of_fold_outcome(one, own, threshold).text, one.case.gold)
        for one, own in zip(prepared, probabilities, strict=True)
        if one.case.set == set_
    )


def _write_records(path: Path, prepared: Sequence[TrainingCase], fitted: FitResult, set_: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for one, own in zip(prepared, fitted.probabilities, strict=True):
            if one.case.set == set_:
                text = out_of_fold_outcome(one, own, fitted.weights.threshold).text
                file.write(json.dumps({"id": one.case.id, "text": text}, ensure_ascii=False) + "\n")


def _calibration(prepared: Sequence[TrainingCase], fitted: FitResult, sets: Sequence[str]) -> list[CalibrationBin]:
    """Return how often the blocks that no rule removes are text, by tenths of probability."""
    predictions = [
        (float(chance), float(is_text))
        for one, own in zip(prepared, fitted.probabilities, strict=True)
        if one.case.set in sets
        for chance, is_text, weight in zip(own, one.is_text, one.weights, strict=True)
        if weight > 0
    ]
    return calibration(predictions)


if __name__ == "__main__":
    main()
