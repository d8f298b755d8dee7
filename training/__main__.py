"""`python -m training DATA`: fits the weights, measures them out of fold, writes them and the model card."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from cleaner.judge import logistic
from cleaner.judge.confidence import WEIGHTS as CONFIDENCE
from cleaner.judge.decide import decide
from cleaner.judge.page_kind.classify import WEIGHTS as KINDS
from cleaner.judge.scorer.score import Score
from cleaner.judge.scorer.weights import PAGE, TEXT, dump
from cleaner.judge.verdicts import total_doubt
from cleaner.pipeline import MAX_DOUBT
from training.card import page_sections, write_card
from training.corpus import OTHER_SET, PAGE_SETS, TEXT_SET, read_cases
from training.fit import PLANS, UNASKED, Fitted, Floats, Prepared, fit, prepare_all
from training.measures import Figures, figures, tenths
from training.pages import Judged, fit_pages, judged, judged_unseen

# Letters in doubt beyond which the second witness may be asked, for the card.
DOUBTS = (0.0, 100.0, 200.0, 300.0, 400.0, 600.0)
# Goes before the name of a set whose pages are all judged with the second witness.
ASKED = "asked "
PACKAGE = Path(__file__).parent.parent / "cleaner" / "judge" / "scorer"
CARD = Path(__file__).parent / "MODEL_CARD.md"
# The least probability of text, chosen from the model card's table; plain text has lost enough before it comes here.
THRESHOLD = {"page": 0.5, "text": 0.45}
# What the table shows.
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.67, 0.75)


def main() -> None:
    """Reads the arguments, fits both models and reports."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the development sets")
    parser.add_argument("--cache", type=Path, help="folder that keeps the read documents for the next run")
    parser.add_argument("--records", type=Path, help="folder for the out-of-fold texts, as JSON lines a set")
    parser.add_argument("--only", choices=("page", "text"), help="fit one of the two models; the card is left alone")
    arguments = parser.parse_args()
    everything = [case for case in read_cases(arguments.data, arguments.cache) if case.document.blocks]
    cases = [case for case in everything if case.set != OTHER_SET]
    others = [case for case in everything if case.set == OTHER_SET]
    others += [case._replace(set=UNASKED + OTHER_SET, in_trafilatura=None) for case in others]
    outcomes: list[Judged] = []
    rows: dict[str, list[tuple[float, Figures]]] = {}
    reliability: dict[str, list[tuple[float, float, int]]] = {}
    chosen: dict[str, float] = {}
    sets: tuple[str, ...]
    by_doubt: list[str] = []
    for name, sets in (("page", PAGE_SETS), ("text", (TEXT_SET,))):
        if arguments.only in (None, name):
            own = [case for case in cases if case.document.plain == (name == "text")]
            if name == "page":  # the second witness is asked about half of the pages: each is learned both ways
                own += [case._replace(set=UNASKED + case.set, in_trafilatura=None) for case in own]
            ready = prepare_all(own)
            fitted = fit(ready, THRESHOLD[name], PLANS[name])
            (PACKAGE / (TEXT if name == "text" else PAGE)).write_bytes(dump(fitted.weights))
            chosen |= dict.fromkeys(sets, fitted.weights.threshold)
            least = fitted.weights.threshold
            outcomes += [judged(one, told, least) for one, told in zip(ready, fitted.chances, strict=True)]
            if name == "page":
                outcomes += [judged_unseen(case, fitted.weights) for case in others]
                by_doubt = _by_doubt(ready, fitted.chances, least)
                print("\n".join(by_doubt))
                _add_as_asked(ready, fitted.chances)
                sets = tuple(prefix + set_ for prefix in ("", ASKED, UNASKED) for set_ in PAGE_SETS)
                chosen |= dict.fromkeys(sets, fitted.weights.threshold)
            for set_ in sets:
                rows[set_] = [(float(t), _figures(ready, fitted.chances, float(t), set_)) for t in THRESHOLDS]
                for threshold, found in rows[set_]:
                    print(f"{set_} {threshold:.2f} " + " ".join(f"{k}={v:.3f}" for k, v in found._asdict().items()))
            for set_ in sets:
                if arguments.records:
                    _write_records(arguments.records, ready, fitted, set_)
            reliability[name] = _reliability(ready, fitted, sets)
    if arguments.only is None:
        pages = fit_pages(outcomes)
        for file, models in ((KINDS, pages.kinds), (CONFIDENCE, pages.confidence)):
            (PACKAGE.parent / file).write_text(logistic.dump(models), encoding="utf-8")
        write_card(CARD, rows, reliability, chosen, by_doubt, page_sections(outcomes, pages))


def _as_asked(prepared: Sequence[Prepared], chances: Sequence[Floats], most: float) -> list[tuple[int, bool]]:
    """Of each page, the number of the case that counts, and whether the second witness was asked.

    It is where, without it, more than `most` is in doubt. `prepared` has all pages with it and then, in the same order,
    all without.
    """
    asked = len(prepared) // 2
    found = []
    for number in range(asked):
        scores = [Score(float(chance), 1.0) for chance in chances[asked + number]]
        is_asked = total_doubt(prepared[number].case.document.blocks, scores) > most
        found.append((number if is_asked else asked + number, is_asked))
    return found


def _add_as_asked(prepared: list[Prepared], chances: list[Floats]) -> None:
    """Adds each page as the package judges it; with the second witness alone, it gets a name of its own."""
    chosen = [number for number, _ in _as_asked(prepared, chances, MAX_DOUBT)]
    asked = len(chosen)
    for own, number in enumerate(chosen):
        prepared.append(_in_set(prepared[number], prepared[own].case.set))
        chances.append(chances[number])
    prepared[:asked] = [_in_set(one, ASKED + one.case.set) for one in prepared[:asked]]


def _by_doubt(prepared: Sequence[Prepared], chances: Sequence[Floats], threshold: float) -> list[str]:
    """Lines of the card: how often the second witness is asked by how much may be in doubt, and what comes of it."""
    lines = []
    for most in DOUBTS:
        chosen = _as_asked(prepared, chances, most)
        for set_ in PAGE_SETS:
            own = [chosen[i] for i in range(len(chosen)) if prepared[i].case.set == set_]
            cases = [(prepared[number], chances[number]) for number, _ in own]
            found = figures((_text(one, told, threshold), one.case.gold) for one, told in cases)
            share = sum(asked for _, asked in own) / len(own)
            mark = " (used)" if most == MAX_DOUBT else ""
            lines.append(f"| {set_} | {most:g}{mark} | {share:.2f} | " + " | ".join(f"{v:.3f}" for v in found) + " |")
    return lines


def _in_set(prepared: Prepared, name: str) -> Prepared:
    return prepared._replace(case=prepared.case._replace(set=name))


def _figures(prepared: Sequence[Prepared], chances: Sequence[Floats], threshold: float, set_: str) -> Figures:
    return figures(
        (_text(one, own, threshold), one.case.gold)
        for one, own in zip(prepared, chances, strict=True)
        if one.case.set == set_
    )


def _text(prepared: Prepared, chances: Floats, threshold: float) -> str:
    scores = [Score(float(chance), threshold) for chance in chances]
    verdicts = decide(prepared.case.document, prepared.rule_results, prepared.case.known, scores)
    blocks = prepared.case.document.blocks
    return "\n\n".join(b.text for b, verdict in zip(blocks, verdicts, strict=True) if verdict.reason is None)


def _write_records(folder: Path, prepared: Sequence[Prepared], fitted: Fitted, set_: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{set_}.jsonl").open("w", encoding="utf-8") as file:
        for one, chances in zip(prepared, fitted.chances, strict=True):
            if one.case.set == set_:
                text = _text(one, chances, fitted.weights.threshold)
                file.write(json.dumps({"id": one.case.id, "text": text}, ensure_ascii=False) + "\n")


def _reliability(prepared: Sequence[Prepared], fitted: Fitted, sets: Sequence[str]) -> list[tuple[float, float, int]]:
    """By tenths of probability: the mean probability, the share of blocks that are text, and their number."""
    pairs = [
        (float(chance), float(kept))
        for one, chances in zip(prepared, fitted.chances, strict=True)
        if one.case.set in sets
        for chance, kept, weight in zip(chances, one.kept, one.weight, strict=True)
        if weight > 0
    ]
    return tenths(pairs)


if __name__ == "__main__":
    main()
