"""The command: its output, formats, messages and exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from programs import Program

from cleaner._version import __version__
from cleaner.batch.clean_many import clean_many
from cleaner.batch.resume import CompletedInputs
from cleaner.command import app, console, progress
from cleaner.command.clean import clean
from cleaner.errors import Code

pytestmark = pytest.mark.usefixtures("loaded")

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
PAGE = FIXTURES / "wordpress_jetpack.html"
OTHER_PAGE = FIXTURES / "drupal.html"
EXPECTED: dict[str, Any] = json.loads(PAGE.with_suffix(".json").read_text())

# The name and content of a file, and the expected status or error code of each of its inputs.
CASES: list[tuple[str, bytes, list[str]]] = [
    ("page.html", PAGE.read_bytes(), ["ok"]),
    ("page.txt", "\n\n".join(EXPECTED["text"]).encode(), ["ok"]),
    ("pages.jsonl", b"\n".join(json.dumps({"html": PAGE.read_text(), "id": n}).encode() for n in "ab"), ["ok", "ok"]),
    ("lines.jsonl", b'{"id": 1}\n{"text": ""}\n', ["bad_input", "empty"]),
    ("empty.html", b"", ["empty"]),
    ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(64), ["not_html"]),
    ("missing.html", b"", ["io_error"]),
]


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app.command, [str(each) for each in arguments], input=stdin, prog_name="cleaner")


def outcome(record: dict[str, Any]) -> str:
    return str(record["error"]["code"] if record["error"] else record["status"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_bytes(PAGE.read_bytes())
    return tmp_path


@pytest.mark.parametrize(("name", "content", "expected"), CASES, ids=[case[0] for case in CASES])
def test_command_and_library_agree(tmp_path: Path, name: str, content: bytes, expected: list[str]) -> None:
    """The command prints the records that the library yields."""
    path = tmp_path / name
    if name != "missing.html":
        path.write_bytes(content)
    records = list(clean_many([path], jobs=1))
    assert expected == [outcome(record) for record in records]
    printed = [json.loads(line) for line in run(path, "--format", "jsonl").stdout.splitlines()]
    assert [record | {"elapsed_ms": None} for record in records] == [each | {"elapsed_ms": None} for each in printed]


def test_one_page_is_readable_json(folder: Path) -> None:
    """One page without options prints one indented JSON object, and nothing on standard error."""
    result = run("page.html")
    record = json.loads(result.stdout)
    assert (0, "", EXPECTED["title"]) == (result.exit_code, result.stderr, record["title"])
    assert result.stdout.startswith('{\n  "id": null,\n  "input": "page.html",\n')


def test_naming_the_command_changes_nothing(folder: Path) -> None:
    """`cleaner SOURCE` is the same as `cleaner clean SOURCE`, also if options come first."""
    expected = run("clean", "--format", "text", "page.html").stdout
    assert expected.startswith(EXPECTED["text"][0][:20])
    assert expected == run("--format", "text", "page.html").stdout


@pytest.mark.parametrize("pages", [["page.html", "page.html"], ["."], ["pages.jsonl"]])
def test_many_are_json_lines(folder: Path, pages: list[str]) -> None:
    """Several sources, a folder and JSON lines print one line per record, and a summary on standard error."""
    Path("pages.jsonl").write_text(json.dumps({"html": PAGE.read_text()}) + "\n{}\n")
    result = run(*pages)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["input"] for record in clean_many(pages, jobs=1)] == [record["input"] for record in records]
    assert f"cleaner: {len(records)} inputs: " in result.stderr


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PAGE.read_bytes(), ["-"]),
        ("\n\n".join(EXPECTED["text"]).encode(), ["-"]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["-:1", "-:2"]),
    ],
)
def test_standard_input(content: bytes, expected: list[str]) -> None:
    """A page, a text and JSON lines are detected on standard input."""
    result = run("-", "--format", "jsonl", stdin=content)
    assert expected == [json.loads(line)["input"] for line in result.stdout.splitlines()]


def test_json_of_many_is_one_array(folder: Path) -> None:
    """In the format JSON, many records are one array."""
    run("page.html", "missing.html", "-o", "out.json")
    assert ["ok", "error"] == [record["status"] for record in json.loads(Path("out.json").read_text())]


@pytest.mark.parametrize(
    ("output", "begins"),
    [
        ("out.json", '{\n  "id": null'),
        ("out.jsonl", '{"id": null'),
        ("out.txt", EXPECTED["text"][0][:30]),
        ("out.md", f"# {EXPECTED['title']}\n\n"),
        ("out.html", "<!DOCTYPE html>"),
        ("out.csv", "id,input,"),
    ],
)
def test_the_extension_of_the_output(folder: Path, output: str, begins: str) -> None:
    """The extension of the output determines the format, and standard output stays empty."""
    result = run("page.html", "-o", output)
    assert (0, "") == (result.exit_code, result.stdout)
    assert begins == Path(output).read_text()[: len(begins)]


def test_text_of_many_has_names(folder: Path) -> None:
    """Each of several texts in one stream follows a line with the name of its source."""
    result = run("page.html", OTHER_PAGE, "--format", "text")
    names = [line for line in result.stdout.splitlines() if line.startswith("==> ")]
    assert ["==> page.html <==", f"==> {OTHER_PAGE} <=="] == names


def test_a_name_that_is_not_unicode_is_printed(folder: Path) -> None:
    """The name of a file that is not UTF-8 is printed with a replacement character."""
    name = os.fsdecode(b"caf\xe9.html")
    Path(name).write_bytes(PAGE.read_bytes())
    result = run("page.html", name, "--format", "text")
    assert (0, True) == (result.exit_code, "==> caf\ufffd.html <==" in result.stdout)


def test_explain(folder: Path) -> None:
    """With `--explain`, JSON has every block of the page once, and text has the reasons."""
    record = json.loads(run("page.html", "--explain").stdout)
    places = sorted(block["place"] for block in record["blocks"] + record["removed"])
    assert list(range(len(places))) == places
    assert record["removed"]
    shown = run("page.html", "--explain", "--format", "text").stdout
    assert all(f"[{removed['reason']}" in shown for removed in record["removed"])


def on_a_terminal(*arguments: str, **variables: str) -> str:
    """Return what the command prints to a terminal."""
    terminal, end = os.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"TERM": "xterm", "PYTHONPATH": str(ROOT)} | variables
    command = [sys.executable, "-m", "cleaner", *arguments]
    with Program(command, env=environment, stdout=end, stderr=subprocess.DEVNULL):
        os.close(end)
        printed = b""
        with suppress(OSError):  # the other end is closed
            while more := os.read(terminal, 65_536):
                printed += more
    os.close(terminal)
    return printed.decode().replace("\r\n", "\n")


def test_explain_on_a_terminal(folder: Path) -> None:
    """On a terminal, boilerplate is folded, and removed blocks are in colours unless NO_COLOR is set."""
    coloured = on_a_terminal("page.html", "--explain", "--format", "text")
    plain = on_a_terminal("page.html", "--explain", "--format", "text", NO_COLOR="1")
    assert "\x1b[34m[headline, the article's title]\x1b[0m\x1b[2m Ferry crews" in coloured
    assert plain == re.sub(r"\x1b\[\d+m", "", coloured)
    assert plain.startswith("[7 blocks removed: 6 navigation, 1 outside]\n\n[headline, ")
    markdown = on_a_terminal("page.html", "--explain", "--format", "markdown")
    assert "\n\x1b[2m~~7 blocks~~ \x1b[0m\x1b[2m*(6 navigation, 1 outside)*\x1b[0m\n" in markdown
    assert "~~ \x1b[0m\x1b[34m*(headline, the article's title)*\x1b[0m\n" in markdown


def test_explain_all(folder: Path) -> None:
    """`--explain=all` folds nothing on a terminal; elsewhere it is `--explain`. A source is never its value."""
    elsewhere = run("--explain", "page.html", "--format", "text").stdout
    assert elsewhere == run("--explain=all", "page.html", "--format", "text").stdout
    assert elsewhere == on_a_terminal("page.html", "--explain=all", "--format", "text", NO_COLOR="1")
    assert "blocks removed:" not in elsewhere
    wrong = run("--explain=page.html")
    assert (2, True) == (wrong.exit_code, "use --explain, or --explain=all" in wrong.stderr)
    assert "--explain=all: no such file" in run("--", "--explain=all").stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["page.html"], 0),
        (["page.html", "missing.html"], console.SOME_FAILED),
        (["no-text.html", "missing.html"], console.NOTHING_SUCCEEDED),
        (["missing.html"], console.UNREADABLE),
        (["page.html", "-o", "no/such/folder/out.json"], console.UNREADABLE),
        (["page.html", "-o", "out.xml"], 2),
        (["page.html", "-o", "page.html"], 2),
        ([".", "-o", "out.jsonl"], 2),
        (["page.html", "--jobs", "0"], 2),
        (["page.html", "--no-such-option"], 2),
        ([], 2),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], expected: int) -> None:
    """Exit codes distinguish success of all, some or no inputs, usage errors, and files that cannot be read."""
    Path("no-text.html").write_text("")
    assert expected == run(*arguments).exit_code


def test_failures_are_one_line(folder: Path) -> None:
    """Each failure is one line on standard error with the input and the cause; standard output has only records."""
    result = run("missing.html")
    assert "cleaner: missing.html: no such file or folder (io_error)\n" == result.stderr
    assert "error" == json.loads(result.stdout)["status"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "no input: give a URL, a file or a folder, or a list of them with -i LIST"),
        (["-", "-i", "-"], "standard input (-) is given more than once, but can be read only once"),
        (
            ["page.html", "-o", "out.xml"],
            "out.xml: unknown extension; use .json, .jsonl, .txt, .md, .html, .csv, .parquet (.gz or .zst may follow)",
        ),
        (["page.html", "-o", "page.html"], "page.html: the output is also an input; write to another file"),
        (
            ["page.html", "-o", "no/out.json"],
            "no/out.json: cannot be written: its folder does not exist; create it first",
        ),
        (
            ["page.html", "--format", "parquet"],
            "Parquet cannot be written to standard output, a pipe or a compressed file; use -o FILE.parquet",
        ),
        (["urls.txt"], "cleaner: urls.txt: a list of URLs, read as with -i urls.txt\n"),
        (["-"], "cleaner: standard input: a list of URLs, read as with -i -\n"),
        (
            ["table.csv"],
            "cleaner: table.csv: this is a table, not a list or a text; write its column of URLs to a list",
        ),
        (["-i", "table.csv"], "cleaner: table.csv: this is a table, not a list or a text"),
    ],
)
def test_messages(folder: Path, arguments: list[str], expected: str) -> None:
    """A message says which input or option is wrong, what is wrong with it, and what to do."""
    urls = "https://127.0.0.1/a\nhttps://127.0.0.1/b\n"
    Path("urls.txt").write_text(urls)
    Path("table.csv").write_text("id,url\n1,https://127.0.0.1/a\n")
    assert expected in run("clean", *arguments, stdin=urls.encode()).stderr


def test_skipped_files_are_told(folder: Path) -> None:
    """A line for each folder and the counts of `--summary` say what was skipped in it."""
    for name in ("a.css", "b.css", "notes"):
        Path(name).write_text("Notes on the bridge")
    result = run(".", "--summary", "../counts.json")
    assert "cleaner: .: skipped 3 files that are not pages: 2 .css, 1 without an extension\n" == result.stderr
    assert {".css": 2, "without an extension": 1} == json.loads(Path("../counts.json").read_text())["skipped_files"]
    assert 1 == len(result.stdout.splitlines())


def test_output_is_not_read(folder: Path) -> None:
    """An output inside a folder that is read is refused, because it would be its own input."""
    assert "out.jsonl: the output is inside the input .; write to another folder" in run(".", "-o", "out.jsonl").stderr


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="needs signals of Unix")
@pytest.mark.parametrize(
    "command", [["page.html"] * 200 + ["--format", "jsonl"], ["rules", "--format", "json"]], ids=["clean", "rules"]
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe(folder: Path, command: list[str], unbuffered: str) -> None:
    """A closed pipe ends the command by its signal and without a message, like other programs: shells see 141."""
    arguments = [sys.executable, "-m", "cleaner", *command]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
    with Program(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"" == process.stderr.read()
        assert -signal.SIGPIPE == process.wait()


def test_removed_blocks_are_counted(folder: Path) -> None:
    """The summary counts removed blocks by reason, those of earlier runs too; the line at the end has the top five."""
    run("page.html", "-o", "out.jsonl")
    record = json.loads(Path("out.jsonl").read_text())
    explained = json.loads(run("page.html", "--explain", "--format", "jsonl").stdout)
    assert Counter(removed["reason"] for removed in explained["removed"]) == record["removed_counts"]
    arguments = ("page.html", "page.html", "-o", "out.jsonl", "--resume", "--summary", "counts.json")
    shown = run(*arguments).stderr
    counts = json.loads(Path("counts.json").read_text())["removed"]
    assert {reason: 2 * count for reason, count in record["removed_counts"].items()} == counts
    ordered = [f"{count} {reason}" for reason, count in counts.items()]
    others = sum([*counts.values()][5:])
    assert f"; removed blocks: {', '.join(ordered[:5])}, {others} more; " in shown


def test_progress_changes_no_record(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The progress bar or lines appear after the first few records, and change no record."""
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    monkeypatch.setattr(progress, "BAR_AFTER_SECONDS", 3600.0)
    records = [
        {"input": "page.html", "status": "ok", "error": None, "removed_counts": {}, "number": number}
        for number in range(30)
    ]
    sources = ["page.html"] * 30
    for count, expected in ((5, False), (30, True)):
        counts = progress.RunCounts()
        shown = progress.with_progress(
            counts.count_records(iter(records[:count])), counts, CompletedInputs(), sources, "out.jsonl"
        )
        assert records[:count] == list(shown)
        assert expected is ("30 of 30 inputs, 0 failed, " in capsys.readouterr().err)
    counts = progress.RunCounts()
    assert records == list(progress.with_bar(counts.count_records(iter(records)), counts, CompletedInputs(), sources))
    assert "" == capsys.readouterr().out


def test_debug_shows_the_traceback(folder: Path) -> None:
    """An unexpected exception is one line, and with `--debug` a traceback."""
    program = """if True:
        import sys
        import cleaner.pipeline, cleaner.startup
        def broken(page, **options): raise ZeroDivisionError("by zero")
        cleaner.pipeline.clean = broken
        sys.argv[1:] = ["page.html", *sys.argv[1:]]
        cleaner.startup.main()
    """
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    quiet = subprocess.run(command, capture_output=True, text=True, env=environment)
    debug = subprocess.run([*command, "--debug"], capture_output=True, text=True, env=environment)
    assert 1 == quiet.stderr.count("\n")
    assert "please report this bug (--debug prints the traceback)" in quiet.stderr
    assert json.loads(quiet.stdout)["error"]["message"].endswith("please report this bug")
    assert Code.INTERNAL_ERROR == json.loads(quiet.stdout)["error"]["code"]
    assert "Traceback (most recent call last)" in debug.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # The words of click differ between its versions.
        (["--explan", "page.html"], "no such option:? '?--explan'?; did you mean '?--explain'?\\?"),
        (["page.html", "--jobs", "0"], "invalid value for '--jobs': 0 is not in the range x>=1; see cleaner --help"),
        (["clean", "--jobs", "0"], "invalid value for '--jobs': .*; see cleaner clean --help"),
        (["--versio"], "no such option:? '?--versio'?; did you mean '--version'\\?"),
        (["discover"], "missing argument 'URL...'; see cleaner discover --help"),
        (["rules", "shwo"], "no such command 'shwo'; (did you mean 'show'\\?|see cleaner rules --help)"),
        (["clen", "page.html"], "clen: no such file or folder; did you mean the command clean\\?"),
        (["Discover"], "Discover: no such file or folder; did you mean the command discover\\?"),
        (["help", "rule"], "rule: no such file or folder; did you mean the command rules\\?"),
        (["page.html", "-o", "Page.foo"], r"Page.foo: unknown extension; use .*, or choose a --format"),
    ],
)
def test_usage_errors(folder: Path, arguments: list[str], expected: str) -> None:
    """A usage error is one line, in the form of other errors, and names what was typed."""
    result = run(*arguments)
    assert (2, "") == (result.exit_code, result.stdout)
    assert re.fullmatch(f"cleaner: {expected}\n", result.stderr)


def test_sources_that_look_like_commands(folder: Path) -> None:
    """A file is never taken for a typo or for help; a missing one only if its name is nearly a command."""
    for name in ("rule", "help"):
        Path(name).write_bytes(PAGE.read_bytes())
        assert (0, EXPECTED["title"]) == ((result := run(name)).exit_code, json.loads(result.stdout)["title"])
    for name in ("clean.html", "clip", "clean/"):
        assert (console.UNREADABLE, True) == (
            (result := run(name)).exit_code,
            "no such file or folder" in result.stderr,
        )


def test_ways_to_get_help(folder: Path) -> None:
    """`-h` and `help` do what `--help` does, for all commands; the command alone prints the help and fails."""
    for command in ([], ["clean"], ["discover"], ["rules"], ["rules", "show"]):
        expected = run(*command, "--help")
        assert (0, "") == (expected.exit_code, expected.stderr)
        assert expected.stdout == run(*command, "-h").stdout == run("help", *command).stdout
    assert (2, run("-h").stdout) == ((result := run()).exit_code, result.stderr)


def test_quiet(folder: Path) -> None:
    """With `--quiet`, only errors are printed to standard error: no summary, and nothing of skipped files and lists."""
    Path("pages").mkdir()
    Path("pages/page.html").write_bytes(PAGE.read_bytes())
    Path("pages/notes").write_text("Notes on the bridge")
    Path("urls.txt").write_text("https://127.0.0.1/a\n")
    arguments = ("pages", "urls.txt", "missing.html", "--format", "jsonl")
    loud, quiet = run(*arguments), run(*arguments, "-q")
    expected = ("urls.txt: a list of URLs", "3 inputs: ", "pages: skipped 1 file")
    assert [True] * 3 == [f"cleaner: {text}" in loud.stderr for text in expected]
    assert ["https://127.0.0.1/a", "missing.html"] == sorted(
        line.removeprefix("cleaner: ").partition(": ")[0] for line in quiet.stderr.splitlines()
    )
    assert loud.exit_code == quiet.exit_code == console.SOME_FAILED


def test_a_list_in_a_folder(folder: Path) -> None:
    """A list of URLs in a folder is a text that is not an article, and the hint says how to clean its URLs."""
    Path("urls.txt").write_text("https://127.0.0.1/a\n")
    assert "(no_article); to clean the URLs in it, use -i ./urls.txt\n" in run(".").stderr


def test_messages_name_standard_input(folder: Path) -> None:
    """A message about an input or a line from standard input says so; its record has the name `-`."""
    result = run("-", stdin=b'{"text": ""}\n{"id": 1}\n')
    assert ["-:1", "-:2"] == [json.loads(line)["input"] for line in result.stdout.splitlines()]
    assert "cleaner: standard input:1: the text is empty (empty)\n" in result.stderr
    assert "cleaner: standard input: " in run("-", stdin=b"").stderr


@pytest.mark.parametrize(
    ("total", "rate", "expected"),
    [
        (None, 1.0, ""),
        (110, 2.0, "50 s left"),
        (1_010, 0.5, "33 min left"),
        (100_010, 2.0, "13.9 h left"),
        (5, 1.0, "0 s left"),
    ],
)
def test_time_left(total: int | None, rate: float, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time left is that of the inputs without a record, at the rate of this run; skipped inputs took no time."""
    monkeypatch.setattr(progress.RunCounts, "rate", rate)
    counts, done = progress.RunCounts(), CompletedInputs()
    counts.finished, done.skipped = 4, 6
    assert expected == progress.time_left(counts, done, total)


def test_help() -> None:
    """The help of the group has the options of its default command in sections, examples and exit codes."""
    shown = run("--help").stdout
    titles = ["Input and output:", "Extraction:", "Many inputs:", "Fetching:", "Other options:", "Commands:"]
    assert titles == [line for line in shown.splitlines() if line in titles]
    options = [param for param in clean.params if isinstance(param, click.Option) and not param.hidden]
    assert all(option.opts[-1] in shown for option in options)
    for expected in (
        "[clean] [OPTIONS] SOURCE...",
        "rules [show ID | try TEXT | check FILE] [OPTIONS]",
        "--explain",
        "--version",
        "Exit codes",
        "curl -s",
    ):
        assert expected in shown
    assert f"cleaner, version {__version__}\n" == run("--version").stdout


def test_min_confidence(folder: Path) -> None:
    """An article below the minimum is a failure with its text in JSON, and is left out of plain text."""
    unsure = run("page.html", "--min-confidence", "1")
    record = json.loads(unsure.stdout)
    assert (4, "unsure", "low_confidence") == (unsure.exit_code, record["status"], record["error"]["code"])
    assert record["text"]
    assert "below 1.0 (low_confidence)" in unsure.stderr
    assert "" == run("page.html", "--min-confidence", "1", "--format", "text").stdout
    assert 0 == run("page.html", "--min-confidence", "0.01").exit_code


def test_min_confidence_in_a_run(folder: Path) -> None:
    """A run counts unsure articles as failures; it is resumed only with the same minimum, and keeps them."""
    arguments = ("page.html", "-o", "out.jsonl", "--summary", "counts.json")
    assert 4 == run(*arguments, "--min-confidence", "1").exit_code
    counts = json.loads(Path("counts.json").read_text())
    assert ({"unsure": 1}, {"low_confidence": 1}, 4) == (counts["statuses"], counts["errors"], counts["exit_code"])
    refused = run(*arguments, "--resume")
    assert (2, True) == (refused.exit_code, "min_confidence was 1.0, now it is 0.0" in refused.stderr)
    resumed = run(*arguments, "--retry-failed", "--min-confidence", "1")
    assert (4, 1) == (resumed.exit_code, len(Path("out.jsonl").read_text().splitlines()))


@pytest.mark.parametrize("value", ["1.5", "-1", "half", "nan"])
def test_min_confidence_is_a_probability(folder: Path, value: str) -> None:
    """Any other value than a number from 0 to 1 is a usage error that names the option."""
    refused = run("page.html", "--min-confidence", value)
    assert 2 == refused.exit_code
    assert "'--min-confidence'" in refused.stderr
    assert value in refused.stderr


def test_any_page(tmp_path: Path) -> None:
    """A page that is not an article has its text in the record, and with `--any-page` it is an article."""
    page = tmp_path / "page.html"
    sentence = "The ferry to the island does not sail today, the operator said on Monday."
    page.write_text(f"<h1>Page not found</h1><p>{sentence}</p>")
    refused = run(page)
    assert (4, "no_article", sentence) == (refused.exit_code, *map(json.loads(refused.stdout).get, ("status", "text")))
    assert "" == run(page, "--format", "text").stdout
    assert (0, f"{sentence}\n") == (
        (accepted := run(page, "--format", "text", "--any-page")).exit_code,
        accepted.stdout,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "app_shell",
            "(needs_javascript: it needs JavaScript to show its text); save it from a browser, "
            "or render it in a headless one (no_article); "
            "for example: chromium --headless --dump-dom 'https://town.example/a?b=1&c=2' | cleaner -\n",
        ),
        ("login_page", "; log in with a browser, and save the page from there (no_article)\n"),
        ("consent_wall", "; answer the question in a browser, and save the page from there (no_article)\n"),
    ],
)
def test_advice_on_pages_without_their_article(name: str, expected: str) -> None:
    """The error of a page that hides its article says what to do, with a command if there is one for it."""
    html = (FIXTURES / f"{name}.html").read_text()
    line = json.dumps({"html": html, "url": "https://town.example/a?b=1&c=2"}).encode()
    result = run("-", stdin=line)
    assert result.stderr.endswith(expected)
    assert json.loads(result.stdout)["error"]["message"] in result.stderr


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"page_kind": "listing", "input": "https://a.example", "text": "News"}, "cleaner discover https://a.example;"),
        ({"page_kind": "listing", "input": "news.html", "text": "News"}, "; use --any-page to keep its text"),
        ({"page_kind": "blocked", "input": "https://a.example", "text": "Are you human?"}, "(no_article)\n"),
        ({"page_kind": "shop", "input": "a.html", "text": ""}, "(no_article)\n"),
    ],
)
def test_hints(record: dict[str, Any], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The hint after an error fits the kind of the page and its source."""
    error = {"code": "no_article", "message": "the page is not an article"}
    record |= {"status": "no_article", "error": error, "url": "https://a.example", "removed_counts": {}}
    assert [record] == list(progress.RunCounts().count_records(iter([record])))  # type: ignore[list-item]
    assert expected in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_an_empty_page_from_a_pipe(tmp_path: Path) -> None:
    """A page without text from a named pipe is an error; the pipe is not opened a second time for a hint."""
    pipe = tmp_path / "page.html"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"<html><body></body></html>",))
    writer.start()
    result = CliRunner().invoke(app.command, [str(pipe)])
    writer.join()
    assert 4 == result.exit_code
    assert "the page is not an article (empty: " in result.stderr
