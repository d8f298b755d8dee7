"""`cleaner diff`: what it compares, how it finds the records of an input, and what it prints."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fixture_pages import FIXTURES
from lxml import html

from cleaner.batch.record_pairs import RecordFileError, record_pairs
from cleaner.command import app
from cleaner.inputs.read import Input, InputKind
from cleaner.models import Article, Block, Image, Kind, Reason, Removed, Status
from cleaner.write.comparison import BOTH, FIRST, SECOND, Change, Line, Totals, compare
from cleaner.write.record import record, to_json

LINES = ("The bridge is open.", "See also: Ferry ends", "Nobody swims now.")
RELATED = Removed(1, Kind.PARAGRAPH, LINES[1], Reason.RELATED, "related-line", None)


def made(*texts: str, removed: tuple[Removed, ...] = (), explain: bool = True, id: int = 1, **fields: Any) -> Any:
    """Return the record of an input with these blocks of text."""
    blocks = tuple(Block(place, Kind.PARAGRAPH, text) for place, text in enumerate(texts))
    article = Article(blocks=blocks, removed=removed, **fields)
    return record(Input(f"pages/{id}.html", InputKind.HTML, id=id), article, explain=explain)


def write(path: Path, *records: Any) -> Path:
    path.write_text("".join(f"{to_json(each)}\n" for each in records))
    return path


class TestComparison:
    def test_equal_records(self) -> None:
        """Records are equal if text, metadata and status are, whatever else differs."""
        one, other = made(*LINES, confidence=0.5), made(*LINES, confidence=0.9, removed=(RELATED,))
        assert compare(one, other | {"elapsed_ms": 9.0, "version": "0", "new_field": 1}) is None

    def test_lines_with_reasons(self) -> None:
        """A line that one record lacks has the reason why it was removed there, if the record says so."""
        found = compare(made(*LINES), made(LINES[0], LINES[2], "At last.", removed=(RELATED,)))
        assert found is not None
        expected = (
            Line(BOTH, LINES[0]),
            Line(FIRST, LINES[1], "related, rule related-line"),
            Line(BOTH, LINES[2]),
            Line(SECOND, "At last.", "no such block"),
        )
        assert expected == found.lines
        assert () == found.changes

    def test_lines_without_reasons(self) -> None:
        """Without `removed` in a record, the lines are what empty lines separate, and have no reason."""
        found = compare(made(*LINES, explain=False), made(LINES[0], LINES[2], explain=False))
        assert found is not None
        assert [Line(FIRST, LINES[1])] == [line for line in found.lines if line.mark != BOTH]

    def test_metadata_and_status(self) -> None:
        """Changed fields are in words; of lists, only what one record lacks is shown, or all if the order differs."""
        before = {"title": "Bridge opens", "tags": ("bridges", "roads"), "authors": ("Ada Reed", "Bo Lind")}
        after = {"tags": ("roads", "boats"), "authors": ("Bo Lind", "Ada Reed")}
        found = compare(made(**before), made(**after, status=Status.PARTIAL))
        assert found is not None
        assert () == found.lines
        expected = (
            Change("status", "ok", "partial"),
            Change("title", "Bridge opens", None),
            Change("authors", "Ada Reed; Bo Lind", "Bo Lind; Ada Reed"),
            Change("tags", "bridges", "boats"),
        )
        assert expected == found.changes

    def test_places_of_pictures_do_not_count(self) -> None:
        """That a picture stands behind another block is no difference: the text has it already."""
        one, other = (Image("https://town.example/a.jpg", after=place) for place in (1, 2))
        assert compare(made(images=(one,)), made(images=(other,))) is None

    def test_totals(self) -> None:
        """The totals count inputs by what differs in them, and the lines."""
        totals = Totals()
        assert "0 inputs, all equal" == str(totals)
        totals.add(compare(made(*LINES), made(LINES[0], title="Bridge")))
        totals.add(compare(made(), made()))
        totals.add(compare(None, made()))
        expected = (
            "3 inputs, 2 different: 1 in the text (2 lines only in the first file, 0 only in the second), "
            "1 in the metadata, 1 only in the second file"
        )
        assert expected == str(totals)


def ids(first: Path, second: Path) -> list[tuple[int | None, int | None]]:
    return [(one and one["id"], other and other["id"]) for one, other in record_pairs(first, second)]


class TestPairs:
    def test_equal_order(self, tmp_path: Path) -> None:
        """Records in the same order are paired one by one; inputs that one file lacks have no partner."""
        one = write(tmp_path / "a.jsonl", *(made(id=n) for n in (1, 2, 3)))
        other = write(tmp_path / "b.jsonl", *(made(id=n) for n in (1, 2)))
        assert [(1, 1), (2, 2), (3, None)] == ids(one, other)
        assert [(1, 1), (2, 2), (None, 3)] == ids(other, one)

    @pytest.mark.parametrize("packed", [False, True])
    def test_other_order(self, tmp_path: Path, packed: bool) -> None:
        """Records in another order are found by their key; what only the second file has comes last, in its order."""
        one = write(tmp_path / "a.jsonl", *(made(id=n) for n in (1, 2, 3, 4)))
        other = write(tmp_path / "b.jsonl", *(made(id=n) for n in (1, 9, 4, 3, 8)))
        if packed:
            other.write_bytes(gzip.compress(other.read_bytes()))
        assert [(1, 1), (2, None), (3, 3), (4, 4), (None, 9), (None, 8)] == ids(one, other)

    def test_equal_keys(self, tmp_path: Path) -> None:
        """Several records with the same key are paired in order."""
        one = write(tmp_path / "a.jsonl", made("a", id=1), made(id=2), made("b", id=1))
        other = write(tmp_path / "b.jsonl", made(id=2), made("a", id=1), made("c", id=1))
        pairs = [(one and one["text"], other and other["text"]) for one, other in record_pairs(one, other)]
        assert [("a", "a"), ("", ""), ("b", "c")] == pairs

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"\n<html>\n", "b.jsonl:2: not a line of JSON"),
            (b'{"html": ""}\n', "b.jsonl:1: not a record of cleaner"),
            (b"[]\n", "b.jsonl:1: not a record"),
            (b'{"input": "\xff"}\n', "b.jsonl:1: not a line of JSON"),
            (gzip.compress(b"{}" * 999)[:-20], "b.jsonl: the gzip stream is damaged or truncated"),
        ],
    )
    def test_other_files(self, tmp_path: Path, content: bytes, message: str) -> None:
        """A file that does not hold records is an error that names the line."""
        (tmp_path / "b.jsonl").write_bytes(content)
        with pytest.raises(RecordFileError, match=message):
            list(record_pairs(write(tmp_path / "a.jsonl", made()), tmp_path / "b.jsonl"))

    def test_the_line_of_a_late_error(self, tmp_path: Path) -> None:
        """The number of the line is right, too, after the order of the files has become different."""
        one = write(tmp_path / "a.jsonl", *(made(id=n) for n in (1, 2)))
        other = write(tmp_path / "b.jsonl", *(made(id=n) for n in (1, 3)))
        with other.open("a") as file:
            file.write("{\n")
        with pytest.raises(RecordFileError, match=r"b\.jsonl:3: "):
            list(record_pairs(one, other))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app.command, ["diff", *map(str, arguments)], prog_name="cleaner")


class TestCommand:
    def test_two_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: None) -> None:
        """The records of two runs with other rules differ in the lines that the rule removes, with its name."""
        monkeypatch.chdir(tmp_path)
        page = FIXTURES / "text_wordpress.txt"
        for name, options in (("a", []), ("b", ["--without", "related-line"])):
            arguments = [str(page), "-o", f"{name}.jsonl", "--explain", "--jobs", "1", *options]
            assert 0 == CliRunner().invoke(app.command, arguments, prog_name="cleaner").exit_code
        result = run("a.jsonl", "b.jsonl")
        assert 1 == result.exit_code
        shown = result.stdout.splitlines()
        assert ["--- a.jsonl", "+++ b.jsonl", "", str(page)] == shown[:4]
        assert "+ See also Drones to watch over undersea cables from next year [related, rule related-line]" in shown
        totals = "1 input, 1 different: 1 in the text (0 lines only in the first file, 2 only in the second)"
        assert totals == shown[-1]

    def test_equal_files(self, tmp_path: Path) -> None:
        """Of equal files, only the totals are printed, and the exit code is 0."""
        result = run(write(tmp_path / "a.jsonl", made(*LINES)), write(tmp_path / "b.jsonl", made(*LINES)))
        assert (0, "1 input, all equal\n") == (result.exit_code, result.stdout)

    def test_what_is_printed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An input has its changed fields and its lines, of which each has the mark; a missing one has the file."""
        monkeypatch.chdir(tmp_path)
        write(Path("a.jsonl"), made("One\nTwo", title="Bridge", url="https://town.example/b"), made(id=2))
        write(Path("b.jsonl"), made(removed=(RELATED._replace(text="One\nTwo"),), url="https://town.example/b"))
        expected = (
            "--- a.jsonl\n+++ b.jsonl\n\n"
            "pages/1.html (https://town.example/b)\n"
            "  title: Bridge -> none\n"
            "- One\n- Two [related, rule related-line]\n\n"
            "pages/2.html: only in a.jsonl\n\n"
            "2 inputs, 2 different: 1 in the text (1 line only in the first file, 0 only in the second), "
            "1 in the metadata, 1 only in the first file\n"
        )
        assert expected == run("a.jsonl", "b.jsonl").stdout

    def test_colours(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal, lines of the first file are red and those of the second green, unless NO_COLOR is set."""
        monkeypatch.delenv("NO_COLOR", raising=False)
        files = write(tmp_path / "a.jsonl", made("One")), write(tmp_path / "b.jsonl", made("Two"))
        arguments = ["diff", *map(str, files)]
        coloured = CliRunner().invoke(app.command, arguments, color=True).stdout
        assert "\x1b[31m- One\x1b[0m" in coloured
        assert "\x1b[32m+ Two\x1b[0m" in coloured
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in CliRunner().invoke(app.command, arguments, color=True).stdout

    def test_report(self, tmp_path: Path) -> None:
        """The report has the same as an HTML page without scripts, in which the values of the records are text."""
        attack = "<script>alert(1)</script>"
        one = write(tmp_path / "a.jsonl", made(*LINES, "Equal", "Last", title=attack), made(id=2))
        other = write(tmp_path / "b.jsonl", made(LINES[0], attack, LINES[2], "Equal", "Last"))
        result = run(one, other, "--report", tmp_path / "out.html")
        assert (1, True) == (result.exit_code, result.stdout.startswith("2 inputs, 2 different"))
        page = html.document_fromstring((tmp_path / "out.html").read_text("utf-8"))
        assert [] == page.xpath("//script | //@href | //@src")
        assert "script-src" not in page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert [LINES[1]] == page.xpath("//main//p/del/text()")
        assert [attack] == page.xpath("//main//p/ins/text()")
        assert ["no such block"] * 2 == page.xpath("//main//small/text()")
        assert ["Field", str(one), str(other), "title", attack, ""] == [
            cell.text_content() for cell in page.xpath("//main//tr/*")
        ]
        assert ["1 equal"] == page.xpath("//main//details//details/summary/text()")
        assert [f"pages/2.html: only in {one}"] == [p.text_content().strip() for p in page.xpath("//main/p")]

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (["a.jsonl"], 2, "missing argument 'B.jsonl'"),
            (["a.jsonl", "a.jsonl", "--report", "a.jsonl"], 2, "the output is also an input"),
            (["a.jsonl", "no.jsonl"], 3, "no.jsonl: cannot be read: no such file or directory"),
            (["a.jsonl", "."], 3, ".: cannot be read: is a directory"),
            (["a.jsonl", "page.html"], 3, "page.html:1: not a line of JSON"),
            (["a.jsonl", "a.jsonl", "--report", "no/out.html"], 3, "its folder does not exist"),
        ],
    )
    def test_errors(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
    ) -> None:
        """A wrong command ends with 2, what cannot be read or written with 3, and the message says what is wrong."""
        monkeypatch.chdir(tmp_path)
        write(Path("a.jsonl"), made())
        Path("page.html").write_text("<html>")
        result = run(*arguments)
        assert (code, True) == (result.exit_code, message in result.stderr), result.stderr
        assert json.loads(Path("a.jsonl").read_text())["id"] == 1

    def test_a_missing_file_leaves_the_report(self, tmp_path: Path) -> None:
        """If a file is missing, an earlier report stays as it is."""
        (tmp_path / "out.html").write_text("earlier")
        assert 3 == run(write(tmp_path / "a.jsonl"), tmp_path / "no.jsonl", "--report", tmp_path / "out.html").exit_code
        assert "earlier" == (tmp_path / "out.html").read_text()
