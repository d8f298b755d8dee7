"""The forms of output other than JSON lines and Parquet: CSV, HTML, compressed files."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner, Result

from cleaner.command import app
from cleaner.write.compressed import CompressedFile, Compression
from cleaner.write.csv import header, to_csv
from cleaner.write.row import to_row

pytestmark = pytest.mark.usefixtures("loaded")

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
PAGE = FIXTURES / "wordpress_jetpack.html"
EXPECTED: dict[str, Any] = json.loads(PAGE.with_suffix(".json").read_text())


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app.command, [str(each) for each in arguments], input=stdin, prog_name="cleaner")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_bytes(PAGE.read_bytes())


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_record(**changes: Any) -> dict[str, Any]:
    return json.loads(run("page.html", "--format", "jsonl").stdout) | changes


class TestCsv:
    def test_columns(self) -> None:
        """The columns are those of a row of a table."""
        assert [*to_row(json_record())] == next(csv.reader([header()]))

    def test_values(self) -> None:
        """The rows have the values of the records as text, and a failure has the code and the message of its error."""
        run("page.html", "missing.html", "-o", "out.csv")
        article, failure = read_csv(Path("out.csv").read_bytes().decode())
        record = json_record()
        assert record["text"] == article["text"]
        assert record["title"] == article["title"]
        assert "; ".join(record["tags"]) == article["tags"]
        assert "; ".join(image["url"] for image in record["images"]) == article["images"]
        assert (str(record["word_count"]), str(record["confidence"])) == (article["word_count"], article["confidence"])
        assert ("", "") == (article["error_code"], article["subtitle"])
        assert ("error", "io_error", "no such file or folder") == (
            failure["status"],
            failure["error_code"],
            failure["error_message"],
        )

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_no_formulas(self, start: str) -> None:
        """A text that a spreadsheet would take for a formula begins with an apostrophe, also in a list."""
        record = json_record(title=f"{start}1+2", tags=[f"{start}1", "b"], authors=["Ada - Reed"])
        (row,) = read_csv(header() + to_csv(record))
        assert (f"'{start}1+2", f"'{start}1; b", "Ada - Reed") == (row["title"], row["tags"], row["authors"])

    def test_any_text_round_trips(self) -> None:
        """Quotes, commas, line ends and other scripts are read back unchanged; a lone surrogate is replaced."""
        title = 'A "quoted", title\nof two lines\r\nor three, 渡船'
        (row,) = read_csv(header() + to_csv(json_record(title=title, kicker="\ud800", id=7)))
        assert (title, "\ufffd", "7") == (row["title"], row["kicker"], row["id"])

    def test_without_records(self) -> None:
        """Without any input, the file still has its header."""
        Path("urls.txt").write_text("# none\n")
        assert 0 == run("-i", "urls.txt", "-o", "out.csv").exit_code
        assert header() == Path("out.csv").read_bytes().decode()


class TestHtml:
    def test_one_article(self) -> None:
        """One page gives the same document as the library."""
        printed = run("page.html", "--format", "html").stdout
        assert printed.startswith("<!DOCTYPE html>")
        assert f"<h1>{EXPECTED['title']}</h1>" in printed
        run("page.html", "-o", "out.html")
        assert printed == Path("out.html").read_text()

    @pytest.mark.parametrize("several", [["page.html", "page.html"], ["."], ["two.jsonl"]])
    def test_several_articles_are_refused(self, several: list[str]) -> None:
        """Several articles in one document are a usage error that says what to do."""
        Path("two.jsonl").write_text(json.dumps({"html": PAGE.read_text()}) + '\n{"text": "b"}\n')
        result = run(*several, "--format", "html")
        assert 2 == result.exit_code
        assert "for several, name a folder: -o DIR/ --format html" in result.stderr


class TestTerminal:
    """The JSON of a single page, which a person reads on a terminal."""

    @pytest.fixture(autouse=True)
    def _terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleaner.command.clean.on_terminal", lambda output: output is None)

    def test_the_article_comes_first(self) -> None:
        """It begins with title, authors, date and text, and has no field without a value."""
        shown = json.loads(run("page.html").stdout)
        assert ["title", "authors", "published", "text", "input"] == [*shown][:5]
        record = json_record()
        known = {name for name, value in record.items() if value not in (None, [], {})}
        assert known == shown.keys()
        assert {**shown, "elapsed_ms": None} == {name: record[name] for name in known} | {"elapsed_ms": None}

    def test_a_failure_is_short(self) -> None:
        """A page that fails has its error on standard error, and a few fields in its record."""
        result = run("missing.html")
        assert "cleaner: missing.html: no such file or folder (io_error)\n" == result.stderr
        assert {"input", "index", "status", "error", "elapsed_ms", "version", "schema_version"} == {
            *json.loads(result.stdout)
        }

    def test_all_fields(self) -> None:
        """With `--all-fields`, the record is the same as in a pipe."""
        assert json_record() | {"elapsed_ms": None} == json.loads(run("page.html", "--all-fields").stdout) | {
            "elapsed_ms": None
        }

    @pytest.mark.parametrize("arguments", [["--format", "jsonl"], ["-o", "out.json"], ["page.html"]])
    def test_lines_and_files_have_all_fields(self, arguments: list[str]) -> None:
        """Lines, files and several pages have all fields, also from a command on a terminal."""
        lines = run("page.html", *arguments).stdout.splitlines()
        record = json.loads(lines[0] if lines else Path("out.json").read_text())
        assert json_record().keys() == record.keys()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs terminals")
def test_a_terminal_is_recognised() -> None:
    """A record on a terminal is short, one in a pipe is complete."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "cleaner", "missing.html"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    piped = subprocess.run(command, capture_output=True, text=True, env=environment).stdout
    subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=environment)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert (True, False) == ('"title": null' in piped, "null" in shown)
    assert "error" == json.loads(shown)["status"]


class TestText:
    def test_header(self) -> None:
        """A text can begin with the headline, or with headline, byline, date and address."""
        text = run("page.html", "--format", "text").stdout
        title = EXPECTED["title"]
        assert f"{title}\n\n{text}" == run("page.html", "--format", "text", "--with-title").stdout
        lines = run("page.html", "--format", "text", "--with-header").stdout.removesuffix(text).splitlines()
        record = json_record()
        assert [title, record["authors"][0], record["published"], record["canonical_url"], ""] == lines
        run("page.html", "page.html", "-o", "out.txt", "--with-title")
        assert f"==> page.html <==\n\n{title}\n\n{text}\n" * 2 == Path("out.txt").read_text()

    @pytest.mark.parametrize("arguments", [["--with-title"], ["--with-header", "-o", "out.md"]])
    def test_other_formats_are_refused(self, arguments: list[str]) -> None:
        """The options for texts are usage errors with other formats."""
        result = run("page.html", *arguments)
        assert (2, True) == (result.exit_code, "is for text; use it with --format text" in result.stderr)


class TestMarkdown:
    def test_front_matter(self) -> None:
        """Markdown can begin with the metadata, in files of a folder, too."""
        plain = run("page.html", "--format", "markdown").stdout
        with_metadata = run("page.html", "--format", "markdown", "--front-matter").stdout
        assert f'---\ntitle: "{EXPECTED["title"]}"\n' == "\n".join(with_metadata.split("\n")[:2]) + "\n"
        assert f"---\n\n{plain}" == with_metadata[-len(plain) - 5 :]
        run("page.html", "-o", "articles/", "--format", "markdown", "--front-matter")
        assert with_metadata == Path("articles/page.md").read_text()

    def test_names_in_comments(self) -> None:
        """The name of an input cannot end the comment that it stands in."""
        Path("a--><b>.html").write_bytes(PAGE.read_bytes())
        shown = run("a--><b>.html", "page.html", "--format", "markdown").stdout
        assert shown.startswith("<!-- a--&gt;<b&gt;.html -->\n\n# ")

    def test_images(self) -> None:
        """Markdown and HTML can have the pictures; JSON has them in any case."""
        page = "<article><h1>A boat</h1>" + "<p>It was a fine day, and the whole town came to see the boat.</p>" * 5
        Path("boat.html").write_text(f'{page}<img src="https://a.example/boat.jpg" alt="A boat"><p>They came back.</p>')
        for form, expected in (("markdown", "![A boat](https://a.example/boat.jpg)"), ("html", '<img src="https://a.')):
            shown = [run("boat.html", "--any-page", "--format", form, *option).stdout for option in ([], ["--images"])]
            assert [False, True] == [expected in each for each in shown]

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["--images"], "--images is for markdown and html; use it with --format markdown or -o FILE.md"),
            (["--front-matter", "--format", "html"], "--front-matter is for markdown; use it with --format markdown"),
        ],
    )
    def test_other_formats_are_refused(self, arguments: list[str], expected: str) -> None:
        """The options for Markdown are usage errors with other formats."""
        result = run("page.html", *arguments)
        assert (2, True) == (result.exit_code, expected in result.stderr)


class TestBlocks:
    def test_records_have_the_blocks_of_the_text(self) -> None:
        """With `--blocks`, records have the same blocks as with `--explain`, and nothing that was removed."""
        blocks, explained = (
            json.loads(run("page.html", "--format", "jsonl", option).stdout) for option in ("--blocks", "--explain")
        )
        assert explained["blocks"] == blocks["blocks"]
        assert {"removed"} == explained.keys() - blocks.keys()
        assert "\n\n".join(block["text"] for block in blocks["blocks"]) == blocks["text"]

    def test_the_report_takes_nothing_away(self) -> None:
        """With a report, records have the blocks if they are asked for, and not what was removed."""
        for options, expected in (([], set()), (["--blocks"], {"blocks"}), (["--explain"], {"blocks", "removed"})):
            shown = run("page.html", "--format", "jsonl", "--report", "report.html", *options)
            assert expected == {"blocks", "removed"} & json.loads(shown.stdout).keys()

    @pytest.mark.parametrize("form", ["text", "markdown", "html", "csv"])
    def test_other_formats_are_refused(self, form: str) -> None:
        """A format without records refuses `--blocks`."""
        result = run("page.html", "--format", form, "--blocks")
        assert (2, True) == (result.exit_code, f"{form} has no place for it" in result.stderr)


@pytest.mark.parametrize("form", ["html", "csv"])
def test_explain_is_refused(form: str) -> None:
    """Formats without a place for removed blocks refuse `--explain`, and name what shows them."""
    result = run("page.html", "--format", form, "--explain")
    assert (2, True) == (result.exit_code, f"--explain cannot be used with {form.upper()}" in result.stderr)
    assert "--report FILE" in result.stderr


@pytest.mark.parametrize("form", ["csv", "html", "text", "markdown", "json"])
def test_a_config_file_is_for_all_formats(form: str) -> None:
    """What a config file says is ignored in formats for which it makes no sense."""
    Path("cleaner.toml").write_text(
        "explain = true\nblocks = true\nwith-title = true\nimages = true\nfront-matter = true\n"
    )
    assert 0 == run("page.html", "--format", form).exit_code
    assert (2, 0) == (run("page.html", "--format", "csv", "--explain").exit_code, run("page.html").exit_code)


def unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(content)
    return zstandard.ZstdDecompressor().stream_reader(content).read()  # reads the first frame only, as pandas does


class TestCompressed:
    @pytest.mark.parametrize("extension", [".gz", ".zst"])
    @pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out.csv", "out.txt", "out.md"])
    def test_the_extension_compresses(self, name: str, extension: str) -> None:
        """A compressed file holds the same as one that is not compressed."""
        for output in (name, name + extension):
            assert 0 == run("page.html", "page.html", "-o", output).exit_code
        plain, packed = Path(name).read_bytes(), unpacked(Path(name + extension))
        assert plain
        assert without_times(plain) == without_times(packed)

    @pytest.mark.parametrize("extension", [".gz", ".zst"])
    def test_an_empty_output(self, extension: str) -> None:
        """Without records, the compressed file is valid and empty."""
        Path("urls.txt").write_text("# none\n")
        run("-i", "urls.txt", "-o", f"out.jsonl{extension}")
        assert b"" == unpacked(Path(f"out.jsonl{extension}"))

    @pytest.mark.parametrize("compression", [*Compression])
    def test_a_killed_run(self, compression: Compression, monkeypatch: pytest.MonkeyPatch) -> None:
        """Everything that was flushed can be read although the file was never closed."""
        monkeypatch.setattr("cleaner.write.compressed.CHUNK_SECONDS", 0.0)
        file = CompressedFile(Path("out"), compression)
        lines = [f"line {number}\n".encode() for number in range(1000)]
        for line in lines:
            file.write(line)
            file.flush()
        content = Path("out").read_bytes()
        if compression is Compression.GZIP:
            assert b"".join(lines) == gzip.decompress(content)
        else:
            assert b"".join(lines) == zstandard.ZstdDecompressor().stream_reader(content).read()
        file.__exit__(None, None, None)

    def test_chunks(self) -> None:
        """Records of the same second share a chunk, so that compression works over several of them."""
        lines = [f'{{"title": "Ferry number {number} leaves"}}\n'.encode() for number in range(2000)]
        with CompressedFile(Path("out"), Compression.GZIP) as file:
            for line in lines:
                file.write(line)
                file.flush()
        assert Path("out").stat().st_size < len(b"".join(lines)) / 5

    @pytest.mark.skipif(sys.version_info >= (3, 14), reason="the standard library has the module")
    def test_without_zstandard(self) -> None:
        """Without a module for Zstandard, the command says what to install, and leaves an existing file as it is."""
        Path("out.jsonl.zst").write_bytes(b"before")
        program = "import sys; sys.modules['zstandard'] = None; from cleaner.startup import main; main()"
        command = [sys.executable, "-c", program, "page.html", "-o", "out.jsonl.zst"]
        ended = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})
        assert (2, True) == (ended.returncode, "pip install '.[zstd]'" in ended.stderr)
        assert b"before" == Path("out.jsonl.zst").read_bytes()

    @pytest.mark.parametrize("extension", [".gz", ".zst"])
    def test_it_cannot_be_resumed(self, extension: str) -> None:
        """`--resume` refuses a compressed file, and does not touch it."""
        Path(f"out.jsonl{extension}").write_bytes(b"before")
        result = run("page.html", "-o", f"out.jsonl{extension}", "--resume")
        assert (2, b"before") == (result.exit_code, Path(f"out.jsonl{extension}").read_bytes())
        assert "compressed files and standard output cannot be resumed" in result.stderr

    def test_parquet_is_not_compressed_again(self) -> None:
        """Parquet has its own compression: `.parquet.gz` is refused."""
        result = run("page.html", "-o", "out.parquet.gz")
        assert (2, ["page.html"]) == (result.exit_code, [path.name for path in Path().iterdir()])


def without_times(content: bytes) -> Any:
    """Return the content without the time that each page took."""
    lines = content.decode().splitlines()
    if lines[0].startswith(("[", "{")):
        found = json.loads(content) if lines[0] == "[" else list(map(json.loads, lines))
        return [record | {"elapsed_ms": None} for record in found]
    if lines[0].startswith("id,"):
        return [row | {"elapsed_ms": None} for row in read_csv(content.decode())]
    return lines
