"""Fitting the learned weights: a whole fit on tiny made-up sets, and its parts."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import development_sets as made
import numpy as np
import pytest

from cleaner.blocks.plain_text import read_plain_text
from cleaner.judge.confidence import WEIGHTS as CONFIDENCE_FILE
from cleaner.judge.page_kind.classify import WEIGHTS as KINDS_FILE
from cleaner.judge.scorer.forest import MAX_LEAVES
from cleaner.judge.scorer.lexicon import terms
from training import __main__ as command
from training import card, negatives, rule_changes, rules, tags
from training.corpus import PAGE_SETS, Case, host_of, read_cases
from training.fit import PLANS, SETTINGS, FeatureRows, Plan, TrainingCase, fit, fold_of, prepare, prepare_all
from training.labels import Label, label_blocks
from training.measures import CalibrationBin, Gold, Measures, calibration, measure
from training.pages import FOLDS as PAGE_FOLDS

ROOT = Path(__file__).parent.parent
ARTICLE_PAGES = [page for name in PAGE_SETS for page in made.PAGES[name] if page.gold.text]
CARD = ROOT / command.CARD
WRITTEN = {*command.SCORERS.values(), command.JUDGE / KINDS_FILE, command.JUDGE / CONFIDENCE_FILE, command.CARD}
DAY = "2026-01-31"
# The plans of the package need more blocks than tiny sets have.
PLAN = Plan(
    {"num_leaves": 8, "learning_rate": 0.3, "min_data_in_leaf": 30, "max_bin": 16},
    15,
    {"num_leaves": 6, "learning_rate": 0.3, "min_data_in_leaf": 15, "max_bin": 16},
    8,
)
TRAINING = f"""
from training import __main__
from training.fit import PLANS, Plan
PLANS.update(dict.fromkeys(PLANS, {PLAN}))
__main__.main()
"""


class Runs(NamedTuple):
    """Two runs of `python -m training` on the same sets."""

    data: Path
    out: Path  # a copy of the package, whose weights the first run replaced
    other_out: Path  # empty before the second run
    cache: Path
    records: Path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("training")
    found = Runs(*(folder / name for name in Runs._fields))
    made.write_sets(found.data)
    shutil.copytree(ROOT / "cleaner", found.out / "cleaner")
    options = (
        ["--out", str(found.out), "--cache", str(found.cache), "--records", str(found.records)],
        ["--out", str(found.other_out)],
    )
    # On a busy machine, two threads that wait for each other take ten times as long as one.
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    processes = []
    for number, own in enumerate(options):
        env["PYTHONHASHSEED"] = str(number)  # Python iterates over sets in another order
        arguments = [sys.executable, "-c", TRAINING, str(found.data), "--date", DAY, *own]
        processes.append(
            subprocess.Popen(arguments, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
    for process in processes:
        output, errors = process.communicate()
        assert 0 == process.returncode, output + errors
    return found


@pytest.fixture(scope="module")
def cases(runs: Runs) -> list[Case]:
    return read_cases(runs.data, runs.cache)


@pytest.fixture(scope="module")
def prepared(cases: list[Case]) -> list[TrainingCase]:
    return [prepare(case) for case in cases]


def page_of(case: Case) -> made.MadePage:
    """The page that a case is, or that its text was made of; ids of texts begin with that of their page."""
    pages = [page for pages in made.PAGES.values() for page in pages]
    return max((page for page in pages if case.id.startswith(page.id)), key=lambda page: len(page.id))


# --- Reading ----------------------------------------------------------------------------------------------------------


def test_all_cases_are_read(cases: list[Case]) -> None:
    """Each page and each text is one case, and extractors make more texts of each article."""
    ids = defaultdict(list)
    for case in cases:
        ids[case.set].append(case.id)
    for name, own in made.PAGES.items():
        assert [page.id for page in own] == ids[name]
    for name, own in made.TEXTS.items():
        assert [f"{page.id}-tool" for page in own] == ids[name]
    assert {page.id for page in ARTICLE_PAGES} == {page_of(case).id for case in cases if case.set == "made"}
    tools = Counter(case.id.removeprefix(page_of(case).id) for case in cases if case.set == "made")
    assert {"-trafilatura-nocomments", "-resiliparse", "-readability-lxml", "-blocks"} == set(tools)
    pages = len(ARTICLE_PAGES)
    assert (pages, pages) == (tools["-trafilatura-nocomments"], tools["-readability-lxml"])
    assert 0 < tools["-blocks"] < pages


def test_cases_hold_what_the_sets_say(cases: list[Case]) -> None:
    """Gold text and kind are those of the page. A page has its heads and a second opinion; a text has neither."""
    for case in cases:
        page = page_of(case)
        assert page.gold == case.gold._replace(source=None)
        assert page.id == case.page
        assert (page.kind or ("article" if page.gold.text else "no article")) == case.kind
        is_page = case.set in made.PAGES
        assert is_page is not case.document.plain
        if is_page:
            assert 3 == len(case.heads)
            assert len(case.document.blocks) == len(case.second_opinion or ())
        else:
            assert ((), None) == (case.heads, case.second_opinion)
            assert case.gold.source
    of_paper = {case.id for case in cases if case.host == "paper1.example" and not case.document.plain}
    assert {"news-1-0", "news-1-1", "article-1"} == of_paper


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.paper.example/a", "paper.example"),
        ("https://m.paper.example", "paper.example"),
        ("https://amp.paper.example", "paper.example"),
        ("https://media.paper.example", "media.paper.example"),
        ("", "nobody"),
        (None, "nobody"),
    ],
)
def test_hosts(url: str | None, expected: str) -> None:
    """Subdomains for other devices are the same host; without an address, it is the default."""
    assert expected == host_of(url, "nobody")


def test_cache(runs: Runs, cases: list[Case], tmp_path: Path) -> None:
    """A later run needs the cache only."""
    assert cases == read_cases(tmp_path / "nothing", runs.cache)


def test_missing_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the sets, the error message names the missing file and the description of the layout."""
    monkeypatch.setattr(sys, "argv", ["training", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"news-dev.gold\.jsonl is missing; training.MODEL_CARD\.md describes"):
        command.main()


TAGGED = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<meta name="keywords" content="news, page, Site-4711"></head><body>
<nav><a href="/home">Home</a><a href="/sport">Sport</a></nav><article><h1>{title}</h1>
<p>The council of {town} voted on Monday to repair the old bridge, a work that will take more than a year.</p>
<p>In {town}, ferries will carry the lorries until then, said the mayor, and nobody will have to pay for them.</p>
<p class="tags">Topics: <a href="/topic/1">{town}</a> <a href="/topic/2">ferries</a></p></article></body></html>"""


def test_tags(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The weights of tags keep to their bounds; the card has the figures and the date."""
    pages = tmp_path / "data" / "news-dev" / "pages"
    pages.mkdir(parents=True)
    rows = []
    for number in range(8):
        town = f"Velsund{'abcdefgh'[number]}"
        markup = TAGGED.format(title=f"{town} repairs its bridge", town=town)
        (pages / f"{number}.html.gz").write_bytes(gzip.compress(markup.encode()))
        url = f"https://paper{number}.example/1"
        rows.append({"id": str(number), "url": url, "text": "", "metadata": {"tags": [town, "ferries"]}})
    gold = "".join(json.dumps(row) + "\n" for row in rows)
    (pages.parent / "gold.jsonl").write_text(gold, encoding="utf-8")
    out = tmp_path / "out"
    arguments = [str(tmp_path / "data"), "--out", str(out), "--date", "2026-03-04"]
    monkeypatch.setattr(sys, "argv", ["tags", *arguments])
    tags.main()
    assert "precision 1.000, recall 1.000, F1 1.000, same set 1.000 of 8 pages\n" == capsys.readouterr().out
    models = json.loads((out / tags.WEIGHTS).read_text(encoding="utf-8"))
    for bounds, model in ((tags.LIST_BOUNDS, models["list"]), (tags.VALUE_BOUNDS, models["value"])):
        for name, (low, high) in bounds.items():
            weight = model.get(name, 0.0)
            assert low is None or low <= weight
            assert high is None or weight <= high
    text = (out / tags.CARD).read_text(encoding="utf-8")
    assert "2026-03-04" in text
    assert "same set 1.000 of 8 pages" in text


def test_tags_without_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the set, the error message names the missing file."""
    monkeypatch.setattr(sys, "argv", ["tags", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"news-dev.gold\.jsonl is missing"):
        tags.main()


# --- Labels -----------------------------------------------------------------------------------------------------------


def test_labels_are_those_of_the_gold_text(prepared: list[TrainingCase]) -> None:
    """A block of a page is labelled as text exactly if the gold text has its line.

    One that may be kept or removed has no weight.
    """
    found = Counter()
    for one in prepared:
        if one.case.kind == "article" and one.case.set in made.PAGES:
            either = {line.text for line in page_of(one.case).lines if line.is_either}
            weights = zip(one.case.document.blocks, one.weights.tolist(), strict=True)
            weighed = {block.text for block, weight in weights if weight > 0}
            assert either
            assert either.isdisjoint(weighed)
            expected = {line.text: line.is_text for line in page_of(one.case).lines}
            blocks = zip(one.case.document.blocks, one.is_text, strict=True)
            own = {block.text: bool(is_text) for block, is_text in blocks if block.text in expected}
            assert expected == own
            found.update(own.values())
    assert min(found[True], found[False]) > 100


def test_words_are_matched_in_order() -> None:
    """Scattered words and a teaser are not text; a paragraph broken at a link is; half a block is uncertain."""
    paragraph = "the crew of the ferry repaired the old bridge before the winter"
    lines = {
        "she in this town": Label(False, 1.0),
        "old bridge repaired before winter": Label(False, 1.0),
        paragraph: Label(True, 1.0),
        "the crew of the harbour": Label(True, 1.0),
        "saw it": Label(True, 1.0),
        "he left home": Label(True, pytest.approx(1 / 3)),
    }
    gold = f"She came in and knew this old town.\n{paragraph}\nthe crew of the harbour saw it. He left"
    assert list(lines.values()) == label_blocks(read_plain_text("\n".join(lines)), Gold(gold))


def test_blocks_that_may_be_kept_have_no_certainty() -> None:
    """A block that may be kept or removed is marked as that, but not if it is text."""
    text = "The crew of the ferry repaired the old bridge."
    quote = "We repaired it before the winter, and nobody helped us."
    expected = [(True, 1.0, False), (False, 1.0, True), (False, 1.0, False)]
    lines = f"{text}\n{quote}\nRead all our stories here."
    assert expected == label_blocks(read_plain_text(lines), Gold(text, f"{text}\n{quote}"))


def test_hosts_are_capped(cases: list[Case]) -> None:
    """All pages of a host together weigh at most as much as three; each text of a page weighs as the page does."""
    case = next(case for case in cases if case.set == "news-dev")
    many = [case._replace(id=f"{number}", page=f"{number}") for number in range(12)]
    alone, capped = prepare_all([case, case])[0], prepare_all(many)
    assert pytest.approx(3 * alone.weights.sum()) == sum(one.weights.sum() for one in capped)


# --- Folds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folds", [5, PAGE_FOLDS])
def test_a_host_is_in_one_fold(prepared: list[TrainingCase], folds: int) -> None:
    """Pages of a host and all texts of these pages share a fold, with or without an address."""
    by_site = defaultdict(set)
    for one in prepared:
        page = page_of(one.case)
        own = one.fold if folds == 5 else fold_of(one.case.host, folds)
        by_site[host_of(page.url, page.id)].add(own)
    assert {1} == {len(own) for own in by_site.values()}
    assert folds - 1 <= len(set.union(*by_site.values()))


def pages_and_mislabelled(prepared: list[TrainingCase]) -> tuple[list[TrainingCase], list[TrainingCase]]:
    """The pages of articles, and the same with wrong labels on one host."""
    own = [one for one in prepared if one.case.kind == "article" and one.case.set in PAGE_SETS]
    return own, [one._replace(is_text=1 - one.is_text) if one.case.host == HOST else one for one in own]


HOST = "paper1.example"


def test_out_of_fold_probabilities_know_nothing_of_the_host(
    prepared: list[TrainingCase], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong labels on a host change the probabilities of all pages but those of its fold."""
    monkeypatch.setitem(SETTINGS, "num_threads", 1)
    pages = pages_and_mislabelled(prepared)
    before, after = (fit(each, 0.5, PLAN).probabilities for each in pages)
    same = [bool(np.array_equal(*own)) for own in zip(before, after, strict=True)]
    assert [one.fold == fold_of(HOST, 5) for one in pages[0]] == same


def test_the_lexicon_of_a_row_knows_nothing_of_its_fold(prepared: list[TrainingCase]) -> None:
    """Wrong labels on a host change the features of all rows but those of its fold."""
    before, after = (FeatureRows(each) for each in pages_and_mislabelled(prepared))
    for rows in (before, after):
        rows.add_lexicon(without=None)
    differs = np.any(before.x != after.x, axis=1)
    assert {fold for fold in before.fold.tolist() if fold != fold_of(HOST, 5)} == set(before.fold[differs].tolist())


# --- Measures ---------------------------------------------------------------------------------------------------------

GOLD = "One two three four five six. Seven eight!"


@pytest.mark.parametrize(
    ("cleaned", "gold", "expected"),
    [
        (GOLD, GOLD, Measures(1.0, 0, 0, 1)),
        ("one TWO three, four\n\nfive six seven eight", GOLD, Measures(1.0, 0, 0, 1)),
        (f"{GOLD} a b c d", GOLD, Measures(16 / 20, 1, 0, 0)),
        (f"{GOLD} a b c", GOLD, Measures(16 / 19, 0, 0, 1)),
        ("One two three four", GOLD, Measures(8 / 12, 0, 1, 0)),
        ("One two three four five", GOLD, Measures(10 / 13, 0, 0, 1)),
        ("One two three a b c d", GOLD, Measures(6 / 15, 1, 1, 0)),
        # Words of the gold text in another order are a run that it lacks.
        ("eight seven six five", GOLD, Measures(8 / 12, 1, 1, 0)),
        ("", GOLD, Measures(0.0, 0, 1, 0)),
        (GOLD, "", Measures(0.0, 1, 0, 0)),
        ("", "", Measures(1.0, 0, 0, 1)),
    ],
)
def test_measures(cleaned: str, gold: str, expected: Measures) -> None:
    """F1 counts words; four foreign words in a row make a text dirty, four missing ones lossy, and three do neither."""
    assert pytest.approx(tuple(expected)) == tuple(measure([(cleaned, Gold(gold))]))


def test_what_may_be_kept_counts_neither_way() -> None:
    """A text is as good with a block that may be kept as without it."""
    gold = Gold(GOLD, "A quote of five words.")
    for cleaned in (GOLD, f"{GOLD} {gold.either}"):
        assert Measures(1.0, 0, 0, 1) == measure([(cleaned, gold)])
    assert Measures(pytest.approx(16 / 20), 1, 0, 0) == measure([(f"{GOLD} w x y z", gold)])


def test_a_text_cannot_lose_what_it_never_had() -> None:
    """Of a plain text, only what came in can be lost."""
    gold = Gold(f"{GOLD} nine ten eleven twelve", source=f"{GOLD} a b c d")
    assert Measures(1.0, 0, 0, 1) == measure([(GOLD, gold)])
    assert Measures(pytest.approx(8 / 12), 0, 1, 0) == measure([("One two three four", gold)])


def test_measures_are_means_over_pages() -> None:
    """A long page counts as much as a short one."""
    pairs = [(GOLD, GOLD), (GOLD * 50, GOLD * 50), (f"{GOLD} a b c d", GOLD), ("", GOLD)]
    found = measure((cleaned, Gold(text)) for cleaned, text in pairs)
    assert pytest.approx(((1 + 1 + 16 / 20 + 0) / 4, 0.25, 0.25, 0.5)) == tuple(found)


def test_calibration() -> None:
    """Each tenth has the mean of its probabilities and the share that came true; 1 is in the last one."""
    predictions = [(0.0, 0.0), (0.06, 1.0), (0.9, 1.0), (1.0, 0.0), (1.0, 1.0), (0.55, 1.0)]
    expected = [CalibrationBin(0.03, 0.5, 2), CalibrationBin(0.55, 1.0, 1), CalibrationBin(2.9 / 3, 2 / 3, 3)]
    assert expected == [CalibrationBin(*map(pytest.approx, own)) for own in calibration(predictions)]


@pytest.mark.parametrize("name", PLANS)
def test_plans_fit_the_package(name: str) -> None:
    """No tree has more leaves than the package can store."""
    assert PLANS[name].first["num_leaves"] <= MAX_LEAVES
    assert PLANS[name].second["num_leaves"] <= MAX_LEAVES


# --- The whole fit ----------------------------------------------------------------------------------------------------


def test_the_same_data_gives_the_same_files(runs: Runs) -> None:
    """Two runs write the same weights and the same card, byte for byte, with different hash seeds."""
    for path in WRITTEN:
        assert (runs.out / path).read_bytes() == (runs.other_out / path).read_bytes(), path


def test_nothing_else_is_written(runs: Runs) -> None:
    """Only the model card and files that the package reads are written, each unlike that of the repository."""
    assert WRITTEN == {path.relative_to(runs.other_out) for path in runs.other_out.rglob("*") if path.is_file()}
    for path in WRITTEN:
        assert (ROOT / path).exists()
        assert (ROOT / path).read_bytes() != (runs.out / path).read_bytes()


NEW_PAGES = [made.article(9000 + number, "new", None, doubtful=0) for number in range(4)]
JUDGING = """
import json, sys
import cleaner
from cleaner.judge.scorer.weights import load_weights

def judged(article):
    removed = article.removed
    return {
        "kept": article.text.split("\\n\\n"),
        "by_rule": [block.text for block in removed if block.rule],
        "by_evidence": [block.text for block in removed if not block.rule],
        "confidence": article.confidence,
    }

def kind(page):
    try:
        cleaner.clean(page)
    except cleaner.NoArticleError as error:
        return error.article.page_kind

given = json.load(sys.stdin)
found = {"package": cleaner.__file__, "kinds": [kind(page) for page in given["others"]]}
for name, clean in (("page", cleaner.clean), ("text", cleaner.clean_text)):
    weights = load_weights(name + ".json.gz")
    found[name] = {
        "articles": [judged(clean(input)) for input in given[name]],
        "words": dict(weights.lexicon.words),
        "threshold": weights.threshold,
    }
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def judged(runs: Runs) -> dict[str, Any]:
    """What the package says of new pages with the weights that the fit wrote."""
    given = {
        "page": [page.html for page in NEW_PAGES],
        "text": ["\n".join([page.title, *(line.text for line in page.lines)]) for page in NEW_PAGES],
        "others": [made.listing(9100, "new", kind).html for kind in ("listing", "product")],
    }
    result = subprocess.run(
        [sys.executable, "-c", JUDGING],
        input=json.dumps(given),
        cwd=runs.out,  # the program looks for modules here first
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(result.stdout)
    assert Path(found["package"]).is_relative_to(runs.out)
    return found


@pytest.mark.parametrize("name", ["page", "text"])
def test_the_weights_judge(judged: dict[str, Any], name: str) -> None:
    """With the new weights, the package keeps all paragraphs of pages of other hosts and removes most offers."""
    offers = removed = 0
    for page, article in zip(NEW_PAGES, judged[name]["articles"], strict=True):
        assert {line.text for line in page.lines if line.is_text} <= set(article["kept"])
        own = {line.text for line in page.lines if line.style}
        offers += len(own)
        removed += len(own & set(article["by_evidence"]))
        assert made.SUBSCRIBE in article["by_rule"]
        assert 0 < article["confidence"] < 1
    assert removed > 0.8 * offers > 20
    assert command.THRESHOLDS[name] == judged[name]["threshold"]


@pytest.mark.parametrize("name", ["page", "text"])
def test_the_lexicon_is_learned(judged: dict[str, Any], name: str) -> None:
    """The words of a paragraph add up to positive log-odds, and those of an offer to negative ones."""
    words = judged[name]["words"]
    lines = NEW_PAGES[0].lines
    paragraph = next(line.text for line in lines if line.is_text)
    offer = next(line.text for line in lines if line.style)
    assert sum(words.get(term, 0) for term in terms(paragraph)) > 0 > sum(words.get(term, 0) for term in terms(offer))


def test_kinds_of_pages_are_learned(judged: dict[str, Any]) -> None:
    """With the new weights, the package recognizes a listing and a shop."""
    assert ["listing", "shop"] == judged["kinds"]


# --- The model card ---------------------------------------------------------------------------------------------------


def rows_of(text: str, heading: str) -> Iterator[list[str]]:
    """The cells of the table under a heading, without its head."""
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    for line in re.findall(r"^\| (.*) \|$", section, re.MULTILINE)[1:]:
        yield line.split(" | ")


def test_the_card_has_the_figures_of_the_texts(runs: Runs) -> None:
    """The row of the used threshold holds the measures of the out-of-fold texts that the run wrote."""
    text = (runs.out / command.CARD).read_text()
    used = {name: row for name, threshold, *row in rows_of(text, "Out-of-fold figures") if threshold.endswith("(used)")}
    gold = {page.id: page.gold for page in ARTICLE_PAGES}
    gold |= {
        f"{page.id}-tool": page.gold._replace(source=page.plain_text) for own in made.TEXTS.values() for page in own
    }
    assert {path.stem for path in runs.records.iterdir()} == set(used)
    for name, row in used.items():
        records = [json.loads(line) for line in (runs.records / f"{name}.jsonl").read_text().splitlines()]
        found = measure((record["text"], gold[record["id"]]) for record in records)
        assert [f"{value:.3f}" for value in found] == row
    suffixes = ("", command.ASKED, command.UNASKED)
    assert {name + suffix for name in PAGE_SETS for suffix in suffixes} | set(made.TEXTS) == set(used)


def test_the_card_says_who_decides(runs: Runs, cases: list[Case]) -> None:
    """The table counts all boilerplate and all text of the articles. Rules remove the two lines that they know,
    and the headline.
    """
    text = (runs.out / command.CARD).read_text()
    rows = {row[0]: list(map(int, row[1:])) for row in rows_of(text, "What rules decide, and what the scorer decides")}
    pages = [page for page in made.NEWS if page.gold.text]
    lines = sum(line.is_text for page in pages for line in page.lines)
    found = rows["news-dev"]
    assert lines == sum(found[3:])
    assert (3 * len(pages), 0) == (found[0], found[3])


def test_the_card_counts_all_pages(runs: Runs) -> None:
    """Each kind of page is counted as it is, without its JSON-LD and without its address."""
    text = (runs.out / command.CARD).read_text()
    pages = Counter(page.kind for page in made.OTHERS)
    expected = Counter((name, "article") for name in PAGE_SETS for page in made.PAGES[name] if page.gold.text)
    expected |= {("other-pages-dev", str(kind)): count for kind, count in pages.items()}
    rows = list(rows_of(text, "Kinds of pages"))
    assert sorted(3 * [(*key, str(count)) for key, count in expected.items()]) == sorted(
        (row[0], row[1], row[3]) for row in rows
    )
    assert {"-"} == {row[5] for row in rows if row[1] == "article"}
    assert {"1", "2"} >= {row[5] for row in rows if row[1] in ("listing", "collection", "product")}


def test_the_card_names_its_date(runs: Runs) -> None:
    """The date is that of the option."""
    assert f"on {DAY}." in (runs.out / command.CARD).read_text().splitlines()[2]


def test_the_date_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the option, it is the day of the run."""
    monkeypatch.setattr(sys, "argv", ["training", "data"])
    before = date.today()
    assert before <= command.read_options().date <= date.today()


def test_the_card_in_the_repository_is_in_step() -> None:
    """Apart from figures and date, the card in the repository is what the generator writes."""
    text = CARD.read_text()
    for section in (card.ABOUT, card.DECISIONS, card.DOUBT, card.CALIBRATION, card.KINDS, card.CONFIDENCE):
        assert section in text
        text = text.replace(section, "")
    own_date = re.search(r"\d{4}-\d\d-\d\d", text)
    assert own_date
    text = text.replace(card.title(date.fromisoformat(own_date[0])), "")
    assert [] == [line for line in text.splitlines() if not re.fullmatch(r"\| [a-z-]+.* \| [\d.-]+ \|", line)]


def test_the_card_names_files_that_exist() -> None:
    """Every path of this repository in the card exists."""
    paths = re.findall(r"`((?:cleaner/|training/|tests/test_)[^`]*)`", CARD.read_text())
    assert len(paths) > 5
    assert [] == [path for path in paths if not (ROOT / path).exists()]


# --- What rules remove ------------------------------------------------------------------------------------------------


def ruled(cases: Iterable[Case]) -> list[tuple[str, list[rules.RuledBlock]]]:
    return [(case.id, rules.rule_blocks(case)) for case in cases]


def test_rules_are_measured(
    runs: Runs, cases: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table has, for each rule, the blocks and pages that it matches, and the gold text among them."""
    pages = len(made.NEWS) + len(made.ARTICLES)
    use = rules.RuleUse("newsletter-line", True, pages, 0, pages, 0)
    assert use in rules.measure_rules(ruled(case for case in cases if case.set in ("news-dev", "articles-dev")))
    blocks = tmp_path / "blocks.jsonl"
    sets = ["--set", "news-dev", "--set", "articles-dev"]
    monkeypatch.setattr(sys, "argv", ["training.rules", str(runs.data), *sets, "--blocks", str(blocks)])
    rules.main()
    line = rf"^certain +{pages} +0 +0.0% +{pages} +0  {use.name}$"
    assert re.search(line, capsys.readouterr().out, re.MULTILINE)
    assert pages == len(list(rule_changes.read_blocks(blocks)))
    assert {} == rule_changes.changes(blocks, blocks, {})


def test_a_rule_that_removes_text_is_seen(cases: list[Case]) -> None:
    """Gold text that a rule removes is counted, and its rule comes first."""
    own = [case for case in cases if case.set == "news-dev"]
    wrong = [own[0]._replace(gold=Gold(f"{made.SUBSCRIBE}\n{own[0].gold.text}")), *own[1:]]
    expected = rules.RuleUse("newsletter-line", True, len(own), 1, len(own), 1)
    assert expected == rules.measure_rules(ruled(wrong))[0]
    assert pytest.approx(1 / len(own)) == expected.share


def test_a_change_of_a_rule_is_seen(tmp_path: Path) -> None:
    """A block that another rule removes now is a difference; an earlier id of the same rule is none."""
    before, after = tmp_path / "before.jsonl", tmp_path / "after.jsonl"
    one = rules.RuledBlock("Print this", "page-tools", "tools", None, False)
    other = rules.RuledBlock("Play", "page-tools", "tools", None, False)
    for path, blocks in (
        (before, [one, other]),
        (after, [one._replace(removed_by="page-tool"), other._replace(removed_by=None, likely="player-message")]),
    ):
        path.write_text(json.dumps({"set": "news-dev", "id": "a", "blocks": blocks}) + "\n")
    found = rule_changes.changes(before, after, {"page-tools": "page-tool"})
    assert {("page-tool", "likely player-message"): ["Play"]} == {
        change: [block.text for block in blocks] for change, blocks in found.items()
    }
    after.write_text(json.dumps({"set": "news-dev", "id": "b", "blocks": [one]}) + "\n")
    with pytest.raises(ValueError, match="differ in their cases or blocks"):
        rule_changes.changes(before, after, {})


def test_sentences_that_rules_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command counts the sentences in each language, and lists those that certain rules take."""
    (tmp_path / "de.txt").write_text("Die Fähre fährt wieder. Artikel drucken\n\nDas Boot liegt im Hafen.\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["training.negatives", str(tmp_path)])
    negatives.main()
    output = capsys.readouterr().out
    assert re.search(r"^de +3 +3333\.33 +0\.00$", output, re.MULTILINE)
    assert "de  certain  page-tool: Artikel drucken\n" in output
