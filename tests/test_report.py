"""The HTML report: what it shows, that it is safe, and that it works in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browser import Browser, needs_chromium
from click.testing import CliRunner, Result
from fixture_pages import FIXTURES, cleaned
from lxml import html

import cleaner
from cleaner.command import app
from cleaner.models import Article, Block, Image, Kind, Reason, Removed
from cleaner.write.reasons import MEANINGS
from cleaner.write.report import MAX_OPEN_BLOCKS, is_doubtful, to_html_report

pytestmark = pytest.mark.usefixtures("loaded")

PAGE = FIXTURES / "wordpress_jetpack.html"
BLOCKS = "h2|h3|h4|h5|h6|p|li|tr|blockquote|pre"
NAV = "body > nav"
ARTICLE = Article(
    title="Bridge opens",
    authors=("Ada Reed", "Bo Lind"),
    published_raw="6 May",
    language="en",
    images=(Image("https://town.example/a.jpg", caption="The bridge"),),
    provenance={"title": "h1", "authors": "byline"},
    conflicts={"title": {"meta og:title": "Bridge opens at last"}},
    confidence=0.75,
    url="https://town.example/bridge",
    blocks=(
        Block(5, Kind.PARAGRAPH, "The bridge is open.\nAt last.", probability=0.99, path="article > p"),
        Block(7, Kind.HEADING, "What it cost", level=3, probability=0.7, path="article > h3"),
        Block(8, Kind.LIST_ITEM, "Steel: 4 million", probability=0.9, path="article > ul > li"),
        Block(9, Kind.LIST_ITEM, "Paint: 2", probability=0.9, path="article > ul > li"),
        Block(10, Kind.TABLE_ROW, "Year | Boats", probability=0.9, path="article > table"),
        Block(11, Kind.QUOTE, "Nobody swims now.", probability=0.9, path="article > blockquote"),
        Block(12, Kind.PREFORMATTED, "a  b", probability=0.9, path="article > pre"),
    ),
    removed=(
        *(Removed(n, Kind.LIST_ITEM, f"Menu {n}", Reason.NAVIGATION, "nav-element", None, None, NAV) for n in range(5)),
        Removed(
            6,
            Kind.PARAGRAPH,
            "See also: Ferry ends",
            Reason.UNSURE,
            None,
            "against: links, short; for: a, b",
            0.4,
            "a > p",
        ),
        Removed(13, Kind.PARAGRAPH, "Share this bridge", Reason.SHARE, "share-line", None, None, "body > div"),
    ),
)


def parsed(report: str) -> html.HtmlElement:
    return html.document_fromstring(report.encode(), parser=html.HTMLParser(encoding="utf-8"))


def texts_of(report: str) -> list[str]:
    """Return the texts of the blocks that the report shows, in its order."""
    names = " or ".join(f"self::{name}" for name in BLOCKS.split("|"))
    found = parsed(report).xpath(f"//main//*[{names}]")
    return [" | ".join(cell.text_content() for cell in e) if e.tag == "tr" else e.text_content() for e in found]


class TestBlocks:
    def test_each_appears_once_and_in_order(self) -> None:
        """The report shows each block of the page once, in the order of the page."""
        in_order = sorted([*ARTICLE.blocks, *ARTICLE.removed], key=lambda block: block.place)
        assert [block.text for block in in_order] == texts_of(ARTICLE.to_html_report())

    @pytest.mark.parametrize("name", ["wordpress_jetpack.html", "arabic.html", "boxes.html", "home_page.html"])
    def test_fixtures(self, name: str) -> None:
        """That holds for real themes, other scripts, and pages that are not articles."""
        article = cleaned(FIXTURES / name)
        in_order = sorted([*article.blocks, *article.removed], key=lambda block: block.place)
        assert [block.text for block in in_order] == texts_of(article.to_html_report())

    def test_long_runs_are_folded(self) -> None:
        """A run of many removed blocks is folded under a line that counts them by reason; a short one is open."""
        (fold,) = parsed(ARTICLE.to_html_report()).xpath("//main/details")
        assert len(fold.xpath(".//p")) > MAX_OPEN_BLOCKS
        assert "5 blocks removed: 5 navigation" == fold.xpath("string(summary)")
        assert ["unsure", "share"] == parsed(ARTICLE.to_html_report()).xpath("//main/div/@class")

    def test_neighbours_with_a_reason_share_a_box(self) -> None:
        """Neighbours with the same reason are in one box. Each has its own path and cause where these differ."""
        first = Removed(0, Kind.PARAGRAPH, "Home", Reason.NAVIGATION, "nav-element", None, None, NAV)
        others = (
            first._replace(place=1, text="News", rule=None, evidence="links, short", probability=0.1),
            first._replace(place=2, text="Sport", path="body > p"),
            first._replace(place=3, text="<p>More</p>"),
        )
        (box,) = parsed(Article(removed=(first, *others)).to_html_report()).xpath("//main/div")
        expected = [("Home", None), ("News", " .1 1"), ("Sport", "1"), ("<p>More</p>", None)]
        assert expected == [(line.text, line.get("data-b")) for line in box]
        assert ("navigation", "0 0") == (box.get("class"), box.get("data-c"))

    def test_small_reports(self) -> None:
        """The frame of a report has 14 kB. A block adds few bytes to its text; each path and cause is there once."""
        size = len(ARTICLE.to_html_report())
        more = tuple(ARTICLE.removed[0]._replace(place=n) for n in range(100, 200))
        assert size < 16_000
        grown = replace(ARTICLE, removed=(*ARTICLE.removed, *more)).to_html_report()
        assert len(grown) - size < 100 * (len(more[0].text) + 5)

    def test_the_causes_are_listed(self) -> None:
        """A table lists each cause once, with the number of its blocks; the blocks refer to its rows."""
        page = parsed(ARTICLE.to_html_report())
        rows = [[cell.text_content() for cell in row] for row in page.xpath("//*[@id='causes']/tbody/tr")]
        expected = [
            ["navigation", "nav-element", "", "5"],
            ["unsure", "", "0 1 2", "1"],
            ["share", "share-line", "", "1"],
        ]
        assert expected == rows
        assert ["against: links", "short; for: a", "b"] == [piece.text for piece in page.xpath("//*[@id='pieces']/li")]
        assert ["0 0", "1 2", "2 8"] == page.xpath("//main//@data-c")

    @pytest.mark.parametrize(
        ("block", "expected"),
        [
            ({"probability": None}, False),
            ({"probability": 0.79}, True),
            ({"probability": 0.81}, False),
            ({"probability": 0.21, "reason": "unsure"}, True),
            ({"probability": 0.19, "reason": "unsure"}, False),
            ({"probability": None, "reason": "share"}, False),
        ],
    )
    def test_doubtful(self, block: dict[str, Any], expected: bool) -> None:
        """A block is doubtful if the scorer leaves the opposite decision a chance of a fifth."""
        assert expected is is_doubtful(block)

    def test_counts(self) -> None:
        """The filters count the blocks of each reason, and the doubtful ones."""
        page = parsed(ARTICLE.to_html_report())
        labels = [label.text_content().strip() for label in page.xpath("//fieldset/label")]
        assert ["kept (7)", "navigation (5)", "unsure (1)", "share (1)"] == labels
        assert "7 kept, 7 removed, 2 doubtful" in page.xpath("string(//header/dl)")
        assert 2 == len(page.xpath("//main//*[@data-doubtful]"))


def test_metadata() -> None:
    """The table of the metadata has each value, its source, and what other sources say."""
    rows = parsed(ARTICLE.to_html_report()).xpath("//header//table/tr[td]")
    expected = [
        ["title", "Bridge opens", "h1", "Bridge opens at last (meta og:title)"],
        ["authors", "Ada ReedBo Lind", "byline", ""],
        ["language", "en", "", ""],
        ["published_raw", "6 May", "", ""],
        ["images", "https://town.example/a.jpgcaption: The bridge", "", ""],
    ]
    assert expected == [[cell.text_content() for cell in row] for row in rows]


def test_an_error_has_a_report() -> None:
    """The report of an input without a result shows the error."""
    (record,) = cleaner.clean_many([{"html": ""}], jobs=1, explain=True)
    facts = parsed(to_html_report(record)).xpath("//header/dl/dd")
    assert ["error: empty", record["error"]["message"]] == [fact.text_content() for fact in facts[:2]]


EVIL = (
    "</script></style></main><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick='alert(3)' $title"
    " \0\x1b\ud800"
)
EVIL_URL = "javascript:alert(4)//https://town.example/"


def attacked() -> Article:
    """Return an article with markup and scripts in all of its values."""
    return replace(
        ARTICLE,
        title=EVIL,
        authors=(EVIL,),
        author_urls={EVIL: EVIL_URL},
        images=(Image(EVIL_URL, EVIL, EVIL, EVIL),),
        language=EVIL,
        image=EVIL_URL,
        canonical_url=EVIL_URL,
        url=EVIL_URL,
        provenance={"title": EVIL},
        conflicts={"title": {EVIL: EVIL}},
        warnings=(EVIL,),
        blocks=tuple(block._replace(text=EVIL, path=EVIL) for block in ARTICLE.blocks),
        removed=tuple(each._replace(text=EVIL, rule=EVIL, evidence=EVIL, path=EVIL) for each in ARTICLE.removed),
    )


def parts_of(page: html.HtmlElement) -> set[tuple[str, str]]:
    """Return the names of the elements, each with those of its attributes."""
    return {(element.tag, name) for element in page.iter() for name in ("", *element.attrib)}


class TestSafety:
    def test_values_are_text(self) -> None:
        """Markup in any value is text: the report has the same elements and attributes as without, and no links."""
        attack, harmless = (parsed(article.to_html_report()) for article in (attacked(), ARTICLE))
        assert 1 == len(attack.xpath("//script"))
        assert [] == attack.xpath("//img | //@onclick | //@onerror | //@href | //@src")
        assert parts_of(attack) <= parts_of(harmless)
        assert "alert(1)" in attack.xpath("string(//h1)")
        assert "$title" in attack.xpath("string(//title)")

    def test_it_is_utf_8(self) -> None:
        """Control characters and lone surrogates, which HTML cannot hold, are replaced."""
        report = attacked().to_html_report()
        report.encode("utf-8")
        assert not re.search("[\0\x1b]", report)

    def test_an_attack_page(self) -> None:
        """Nothing that a page holds becomes an element of its report."""
        story = "".join(
            f"<p>The bridge at Nether Ashel, span {n}, was closed on Monday, police said.</p>" for n in range(9)
        )
        attack = "<p>&lt;script&gt;alert(1)&lt;/script&gt; <a href='javascript:alert(2)' onclick=alert(3)>it</a></p>"
        page = f"<title>&lt;/title&gt;&lt;script&gt;alert(5)</title><article><h1>Bridge</h1>{story}{attack}</article>"
        report = parsed(cleaner.clean(page, any_page=True, url="https://a.example/'\"><script>").to_html_report())
        assert 1 == len(report.xpath("//script"))
        assert [] == report.xpath("//@onclick | //@*[contains(., 'javascript:')]")

    def test_only_web_addresses_are_links(self) -> None:
        """An address of the metadata is a link if its scheme is http or https."""
        article = replace(ARTICLE, image="https://town.example/a.jpg", canonical_url=EVIL_URL, url=None)
        assert ["https://town.example/a.jpg"] * 2 == parsed(article.to_html_report()).xpath("//@href")

    @pytest.mark.parametrize("kind", ["report", "index"])
    def test_the_policy_allows_only_our_script_and_style(self, kind: str, tmp_path: Path) -> None:
        """The policy names the digests of the script and the style, and allows nothing else."""
        run(PAGE, "--report", f"{tmp_path}/reports/")
        name = "index.html" if kind == "index" else next((tmp_path / "reports").glob("0*.html")).name
        text = (tmp_path / "reports" / name).read_text("utf-8")
        policy = parsed(text).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        digests = {}
        for element in ("script", "style"):
            (content,) = re.findall(f"<{element}>(.*?)</{element}>", text, re.DOTALL)
            digests[element] = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}'; "
            "base-uri 'none'; form-action 'none'"
        )

    def test_it_loads_nothing(self) -> None:
        """A report refers to no other file."""
        report = ARTICLE.to_html_report()
        assert [] == parsed(report).xpath("//link | //@src | //@srcset | //iframe | //object")
        assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest", report)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app.command, [str(each) for each in arguments], prog_name="cleaner")


class TestCommand:
    def test_one_page(self, tmp_path: Path) -> None:
        """One page gives one file, and nothing on standard output."""
        result = run(PAGE, "--report", tmp_path / "out.html")
        assert (0, "") == (result.exit_code, result.output)
        assert len(texts_of((tmp_path / "out.html").read_text("utf-8"))) > 40

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder gets a report for each input, also for one that fails, and an index in the order of the inputs."""
        result = run(PAGE, FIXTURES / "home_page.html", tmp_path / "missing.html", "--report", f"{tmp_path}/a/b/")
        assert 1 == result.exit_code
        rows = parsed((tmp_path / "a/b/index.html").read_text("utf-8")).xpath("//tbody/tr")
        assert ["ok", "no_article: listing", "error: io_error"] == [row.xpath("string(td[2])") for row in rows]
        assert "Ferry crews on the Lowmere line vote to strike before Christmas" == rows[0].xpath("string(td[4])")
        files = [row.xpath("string(td[1]/a/@href)") for row in rows]
        assert sorted([*files, "index.html"]) == sorted(path.name for path in (tmp_path / "a/b").iterdir())
        assert ["00001", "00002", "00003"] == [name[:5] for name in files]

    def test_names_of_files_are_safe(self, tmp_path: Path) -> None:
        """Names that have slashes, quotes or other scripts, or are long, give links that lead to the reports."""
        names = ["a 'b'\"&<c>.html", "%2e#x?.html", "мост.html", f"{'long' * 40}.html"]
        for name in names:
            (tmp_path / name).write_bytes(PAGE.read_bytes())
        assert 0 == run(*(tmp_path / name for name in names), "--report", f"{tmp_path}/r/").exit_code
        page = parsed((tmp_path / "r/index.html").read_text("utf-8"))
        links = page.xpath("//tbody//a/@href")
        assert 4 == len(links)
        assert all((tmp_path / "r" / unquote(link)).is_file() for link in links)

    def test_records_are_unchanged(self, tmp_path: Path) -> None:
        """Records that are written as well do not hold what only the report needs."""
        lines = []
        for arguments in ([], ["--report", tmp_path / "out.html"]):
            result = run(PAGE, "--format", "jsonl", *arguments)
            lines.append(json.loads(result.stdout) | {"elapsed_ms": None})
        assert lines[0] == lines[1]
        assert (tmp_path / "out.html").is_file()

    @pytest.mark.parametrize("several", [[PAGE, PAGE], [FIXTURES], ["two.jsonl"]], ids=["two", "folder", "lines"])
    def test_several_pages_need_a_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: list[Path]
    ) -> None:
        """Several pages and the name of a file are a usage error, which says what to do."""
        monkeypatch.chdir(tmp_path)
        Path("two.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
        result = run(*several, "--report", "out.html")
        assert 2 == result.exit_code
        assert "name a folder: --report DIR/" in result.output

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--report", "page.html"], "the output is also an input"),
            (["-o", "a.jsonl", "--report", "a.jsonl"], "the output is also an input"),
            (["-o", "a.jsonl", "--resume", "--report", "r/"], "--report cannot be used with --resume"),
        ],
    )
    def test_usage_errors(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
    ) -> None:
        """A report does not overwrite an input or the output, and a run that has a report is not resumed."""
        monkeypatch.chdir(tmp_path)
        Path("page.html").write_bytes(PAGE.read_bytes())
        result = run("page.html", *arguments)
        assert (2, True) == (result.exit_code, message in result.output)
        assert PAGE.read_bytes() == Path("page.html").read_bytes()

    def test_only_an_index_is_overwritten(self, tmp_path: Path) -> None:
        """A folder of reports is written again; a folder with another index.html is not touched."""
        assert [0, 0] == [run(PAGE, "--report", f"{tmp_path}/r/").exit_code for _ in range(2)]
        (tmp_path / "r/index.html").write_text("<h1>My site</h1>")
        result = run(PAGE, "--report", f"{tmp_path}/r/")
        assert (2, True) == (result.exit_code, "this file is not an index of reports" in result.output)
        assert "<h1>My site</h1>" == (tmp_path / "r/index.html").read_text()

    def test_a_report_that_cannot_be_written(self, tmp_path: Path) -> None:
        """If the report cannot be written, the command says so and ends with 3."""
        result = run(PAGE, "--report", tmp_path / "none" / "out.html")
        assert (3, True) == (result.exit_code, "its folder does not exist" in result.output)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


SHOWN = f"""
[...document.querySelectorAll("main :is({BLOCKS.replace("|", ",")})")]
    .filter(each => each.checkVisibility()).map(each => each.textContent)
"""


def set_search(words: str) -> str:
    return f"search.value = {json.dumps(words)}; search.dispatchEvent(new Event('input', {{bubbles: true}}));"


@needs_chromium
class TestBrowser:
    @pytest.fixture
    def opened(self, browser: Browser, tmp_path: Path) -> Browser:
        """The browser with the report of `ARTICLE`."""
        path = tmp_path / "report.html"
        path.write_text(ARTICLE.to_html_report(), "utf-8")
        browser.open(path)
        return browser

    def test_no_errors(self, opened: Browser) -> None:
        """The script runs under the policy without an error, and shows the filters."""
        assert [] == opened.problems
        assert opened.run("filters.checkVisibility()")
        assert "14 of 14 blocks" == opened.run("shown.textContent")

    def test_filter(self, opened: Browser) -> None:
        """A reason that is not chosen is hidden; the others stay."""
        opened.run("document.querySelector('input[value=kept]').click()")
        assert ["See also: Ferry ends", "Share this bridge"] == opened.run(SHOWN)
        opened.run("none.click(); document.querySelector('input[value=share]').click()")
        assert ["Share this bridge"] == opened.run(SHOWN)
        opened.run("all.click()")
        assert 9 == len(opened.run(SHOWN))
        assert [] == opened.problems

    def test_search(self, opened: Browser) -> None:
        """A search shows the blocks with the words, folded ones too, and folds these again when it ends."""
        opened.run(set_search("menu 3"))
        assert (["Menu 3"], "1 of 14 blocks") == (opened.run(SHOWN), opened.run("shown.textContent"))
        assert 1 == opened.run("CSS.highlights.get('found').size")
        opened.run(set_search(""))
        assert "Menu 3" not in opened.run(SHOWN)

    def test_only_doubtful(self, opened: Browser) -> None:
        """Only doubtful blocks are shown on request."""
        opened.run("doubtful.click()")
        assert ["See also: Ferry ends", "What it cost"] == opened.run(SHOWN)

    def test_unfold(self, opened: Browser) -> None:
        """All runs are unfolded on request."""
        opened.run("unfold.click()")
        assert 14 == len(opened.run(SHOWN))

    def test_keyboard(self, opened: Browser) -> None:
        """One block is a tab stop, the arrow keys move to the next visible one, and its details are described."""
        assert 1 == opened.run("document.querySelectorAll('main [tabindex=\"0\"]').length")
        opened.run("document.querySelector('main [tabindex=\"0\"]').focus()")
        opened.press("ArrowDown")
        assert "See also: Ferry ends" == opened.run("document.activeElement.textContent")
        assert "info" == opened.run("document.activeElement.getAttribute('aria-describedby')")
        details = {
            "Decision": f"removed: unsure ({MEANINGS['unsure']})",
            "Against it": "links, short",
            "For it": "a, b",
            "Probability of text": "0.4 (doubtful)",
            "Elements": "a > p",
        }
        pairs = "[...info.querySelectorAll('dt')].map(each => [each.textContent, each.nextSibling.textContent])"
        assert details == opened.run(f"Object.fromEntries({pairs})")
        opened.press("ArrowUp")
        assert "kept" == opened.run("info.querySelector('dd').textContent")
        opened.press("Escape")
        assert opened.run("info.hidden")

    def test_side_by_side(self, opened: Browser) -> None:
        """Side by side, the left column has all blocks in order, and the right one only what is kept."""
        opened.run("sides.click()")
        left = opened.run("[...site.children].map(each => each.textContent)")
        assert [text.replace(" | ", "") for text in texts_of(ARTICLE.to_html_report())] == left
        assert 7 == len(opened.run(SHOWN))
        opened.run("site.children[6].click()")
        opened.run("site.children[6].dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))")
        assert f"removed: unsure ({MEANINGS['unsure']})" == opened.run("info.querySelector('dd').textContent")
        opened.run("sides.click()")
        assert (True, 9) == (opened.run("site.hidden"), len(opened.run(SHOWN)))
        assert [] == opened.problems

    def test_an_attack_runs_nothing(self, browser: Browser, tmp_path: Path) -> None:
        """Scripts and handlers in the values of an article do not run, with filters and columns in use, too."""
        path = tmp_path / "attack.html"
        path.write_text(attacked().to_html_report(), "utf-8")
        browser.open(path)
        browser.run("window.alert = () => { window.attacked = true }; unfold.click(); sides.click(); all.click()")
        browser.run("document.querySelector('main [tabindex=\"0\"]').focus()")
        assert (1, None) == (browser.run("document.scripts.length"), browser.run("window.attacked"))
        assert [] == browser.problems

    def test_the_policy_holds(self, opened: Browser) -> None:
        """Even a script that gets into a report does not run, because the policy forbids it."""
        opened.run("page.innerHTML = '<img src=x onerror=\"window.attacked = true\">'")
        opened.run("page.append(Object.assign(document.createElement('script'), {text: 'window.attacked = true'}))")
        assert opened.run("new Promise(done => setTimeout(() => done(window.attacked === undefined), 100))")
        assert opened.problems

    def test_the_index_is_sortable(self, browser: Browser, tmp_path: Path) -> None:
        """The heads of the columns sort the index, upwards at first and then downwards."""
        run(PAGE, FIXTURES / "home_page.html", FIXTURES / "drupal.html", "--report", f"{tmp_path}/")
        browser.open(tmp_path / "index.html")
        column = "[...document.querySelectorAll('td:nth-child(3)')].map(each => each.textContent)"
        button = "document.querySelector('th:nth-child(3) button')"
        before = browser.run(column)
        upwards = sorted(filter(None, before), key=float)
        browser.run(f"{button}.click()")
        assert [*upwards, ""] == browser.run(column)
        assert "ascending" == browser.run(f"{button}.parentElement.ariaSort")
        browser.run(f"{button}.click()")
        assert [*reversed(upwards), ""] == browser.run(column)
        assert [] == browser.problems
