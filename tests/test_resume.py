"""Interrupted and resumed runs: no input is lost or done twice, and no line is written in part."""

from __future__ import annotations

import fcntl
import json
import os
import random
import resource
import signal
import socket
import struct
import sys
import termios
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE
from typing import IO, Any

import pytest
from click.testing import CliRunner, Result
from programs import Program, kill_descendants, needs_linux

from cleaner import signals as exit_codes
from cleaner._version import __version__
from cleaner.batch.ordering import MAX_HELD_BACK, ReadyInput
from cleaner.batch.resume import CompletedInputs
from cleaner.command import app, console, stopping
from cleaner.inputs.read import Input, InputKind
from cleaner.processes.pool import MAX_IN_FLIGHT
from cleaner.write.files import OutputChangedError, OutputFile
from cleaner.write.jsonl import JsonlFile
from cleaner.write.record import SCHEMA_VERSION

pytestmark = pytest.mark.usefixtures("loaded")

ROOT = Path(__file__).parent.parent
STORY = (
    "The ferry left the harbour of Lowmere an hour late on Tuesday, said Ada Reed, who has sold its tickets for years."
    "\n\n"
    "Nobody on the quay had been told why, and the café was shut. The next boat goes on Thursday, if the wind allows."
)
OUT = "out.jsonl"
START = "import cleaner.startup; cleaner.startup.main()"
# Seconds within which a signal must end a run. Usually it takes 0.1 s; after 10 s, running tasks are given up, and
# after 20 s, the process ends in any case.
SOON = 8


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write_texts(count: int, name: str = "in.jsonl") -> None:
    Path(name).write_text("".join(json.dumps({"id": n, "text": STORY}) + "\n" for n in range(count)))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app.command, arguments, prog_name="cleaner")


def start(*arguments: str, program: str = START, **options: Any) -> Program:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-c", program, *arguments]
    return Program(line, env=environment, stderr=PIPE, **options)


def lines(path: str = OUT) -> list[dict[str, Any]]:
    content = Path(path).read_bytes()
    assert content == b"" or content.endswith(b"\n")
    return [json.loads(line) for line in content.splitlines()]


def lines_written() -> int:
    """Return the number of complete lines in the output; -1 if there is no output yet."""
    return Path(OUT).read_bytes().count(b"\n") if Path(OUT).exists() else -1


def wait_for_lines(count: int) -> None:
    while lines_written() < count:
        time.sleep(0.01)


def wait_for_inputs(count: int) -> None:
    """Wait until the first inputs, so many, have records. Their ids are their places."""
    while True:
        complete = Path(OUT).read_bytes().rpartition(b"\n")[0].splitlines()
        if {*range(count)} <= {json.loads(line)["id"] for line in complete}:
            return
        time.sleep(0.01)


def test_killed_and_resumed() -> None:
    """A run that is killed at any moments and resumed has exactly one record for each input."""
    write_texts(300)
    chance = random.Random(5)
    for done in (1, 60, 130):
        with start("in.jsonl", "-o", OUT, "--resume") as process:
            wait_for_lines(done)
            time.sleep(chance.random() / 20)
            process.kill()
    result = run("in.jsonl", "-o", OUT, "--resume", "--summary", "summary.json")
    assert 0 == result.exit_code
    assert list(range(300)) == sorted(record["index"] for record in lines())
    assert list(range(300)) == sorted(record["id"] for record in lines())
    summary = json.loads(Path("summary.json").read_text())
    assert 300 == summary["inputs"] == summary["records"]
    assert summary["skipped"] >= 130


@pytest.mark.parametrize(
    ("torn", "kept"),
    [('{"input": "in.jsonl:9", "ind', 4), ('{"input": "x", "id": 1, "error": null}', 5), ("\0" * 20, 4)],
)
def test_torn_last_line(torn: str, kept: int) -> None:
    """A last line that is incomplete because of a kill is removed, but only if it is not a record."""
    write_texts(6)
    Path(OUT).write_text("".join(f'{{"input": "x", "id": {n}, "error": null}}\n' for n in (0, 2, 3, 4)) + torn)
    result = run("in.jsonl", "-o", OUT, "--resume")
    assert f"cleaner: 6 inputs: 6 ok ({kept} skipped); " in result.stderr
    assert list(range(6)) == sorted(record["id"] for record in lines())


def test_done_inputs_are_counted_by_key() -> None:
    """If n records have the same key, the first n inputs with it are skipped, and no others."""
    done = CompletedInputs()
    for name in ("a", "b", "a"):
        done.add({"input": name, "error": None})
    inputs = [ReadyInput(n, Input(name, InputKind.HTML)) for n, name in enumerate(["c", "a", "a", "a", "b", "b"])]
    assert [0, 3, 5] == [each.index for each in done.pending(inputs)]
    assert 3 == done.skipped


def test_a_name_that_is_not_unicode() -> None:
    """A file whose name is not UTF-8 is identified by the name in its record."""
    name = os.fsdecode(b"caf\xe9.txt")
    Path(name).write_text(STORY)
    run(name, "-o", OUT)
    assert 0 == run(name, "-o", OUT, "--resume", "--summary", "summary.json").exit_code
    assert 1 == json.loads(Path("summary.json").read_text())["skipped"]


def test_longer_list() -> None:
    """If a list has new entries, at its start or its end, only these are done."""
    for name in ("a", "b"):
        Path(f"{name}.txt").write_text(STORY)
    run("a.txt", "a.txt", "-o", OUT)
    assert 0 == run("b.txt", "a.txt", "a.txt", "a.txt", "-o", OUT, "--resume").exit_code
    assert {"a.txt": 3, "b.txt": 1} == Counter(record["input"] for record in lines())


def test_retry_failed() -> None:
    """`--retry-failed` replaces the records of temporary failures; those of other failures stay."""
    write_texts(3)
    temporary = {"code": "timeout", "message": "slow", "retryable": True}
    permanent = {"code": "not_html", "message": "a picture", "retryable": False}
    before = [
        {"input": f"in.jsonl:{n}", "id": n, "error": error} for n, error in enumerate((temporary, permanent, None))
    ]
    Path(OUT).write_text("".join(json.dumps(record) + "\n" for record in before))
    assert "3 skipped" in run("in.jsonl", "-o", OUT, "--resume").stderr
    assert "3 inputs: 2 ok, 1 not_html (2 skipped)" in run("in.jsonl", "-o", OUT, "--retry-failed").stderr
    assert [1, 2, 0] == [record["id"] for record in lines()]
    assert not Path("out.jsonl.new").exists()


def test_a_resumed_run_reports_the_whole_output() -> None:
    """The exit code and the summary of a resumed run count all records of the output, also the earlier ones."""
    Path("a.txt").write_text(STORY)
    assert console.SOME_FAILED == run("a.txt", "missing.txt", "-o", OUT).exit_code
    for option in ("--resume", "--retry-failed"):
        result = run("a.txt", "missing.txt", "-o", OUT, option, "--summary", "summary.json")
        assert console.SOME_FAILED == result.exit_code
        assert "cleaner: 2 inputs: 1 ok, 1 io_error (2 skipped); " in result.stderr
        summary = json.loads(Path("summary.json").read_text())
        expected = {"inputs": 2, "skipped": 2, "records": 2, "statuses": {"ok": 1, "error": 1}}
        assert expected | {"errors": {"io_error": 1}} == {name: summary[name] for name in [*expected, "errors"]}
        assert summary == json.loads(Path("out.jsonl.run.json").read_text())["summary"]
    assert 2 == len(lines())


def stories(*names: str) -> list[dict[str, Any]]:
    return [{"text": f"{name} said so. {STORY}"} for name in names]


def as_lines(objects: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in objects)


def as_archive(objects: list[dict[str, Any]]) -> bytes:
    records = []
    for each in objects:
        page = f"<html><body><article><h1>Ferry</h1><p>{each['text']}</p></article></body></html>".encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://town.example/\r\nContent-Length: "
        records.append(f"{head}{len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n")
    return b"".join(records)


IDS = [{"id": id, "text": STORY} for id in (1, "1", 2.5, "\ud800")]
LONG = b'{"text": "' + b"a" * 6_000 + b'"}\n'
BAD = LONG + b'{half\n[1]\n{"id": "x"}\n{"url": 5}\n{"id": []}\n{"html": 1, "text": 2}\n'
NEW_FIRST = {"text": f"New. {STORY}"}


@pytest.mark.parametrize(
    ("name", "before", "after", "new"),
    [
        ("in.jsonl", as_lines(stories("Ada", "Ben")), as_lines([NEW_FIRST, *stories("Ada", "Ben")]), 1),
        ("in.jsonl", as_lines(stories("Ada", "Ada")), as_lines(stories("Cleo", "Ada", "Ada", "Ada")), 2),
        ("in.jsonl", as_lines(IDS), as_lines([{"id": 3, "text": STORY}, *reversed(IDS)]), 1),
        ("in.jsonl", as_lines([{"id": 1, "text": "Old"}]), as_lines([NEW_FIRST, {"id": 1, "text": STORY}]), 1),
        ("in.jsonl", BAD, as_lines([NEW_FIRST]) + b"\n" + BAD.rstrip(), 1),
        ("in.warc", as_archive(stories("Ada", "Ben")), as_archive([NEW_FIRST, *stories("Ada", "Ben")]), 1),
        ("list", as_lines(stories("Ada")) + b"a.txt\n", b"a.txt\n# new\n" + as_lines([NEW_FIRST, *stories("Ada")]), 1),
    ],
    ids=["content", "duplicates", "ids", "id and content", "bad lines", "archive", "list"],
)
def test_lines_at_other_positions(
    name: str, before: bytes, after: bytes, new: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An input inside a file is identified at any position: only new inputs get a record."""
    monkeypatch.setattr("cleaner.inputs.read.MAX_LINE_BYTES", 5_000)
    Path("a.txt").write_text(STORY)
    source = ["-i", name] if name == "list" else [name]
    Path(name).write_bytes(before)
    run(*source, "-o", OUT)
    old = lines()
    Path(name).write_bytes(after)
    run(*source, "-o", OUT, "--resume", "--summary", "summary.json")
    summary = json.loads(Path("summary.json").read_text())
    assert (len(old), len(old) + new) == (summary["skipped"], summary["records"])
    assert old == lines()[: len(old)]


def test_run_file() -> None:
    """The run file of an output has the version, the options and the summary of the run."""
    write_texts(2)
    run("in.jsonl", "-o", OUT, "--allow-private")
    header = json.loads(Path("out.jsonl.run.json").read_text())
    assert (__version__, SCHEMA_VERSION, True) == (
        header["version"],
        header["schema_version"],
        header["options"]["allow_private"],
    )
    assert header["started"] <= header["finished"]
    assert {"ok": 2} == header["summary"]["statuses"]


def test_other_options_are_refused() -> None:
    """Records with other options are not added to an output, except with `--force`."""
    write_texts(2)
    run("in.jsonl", "-o", OUT)
    refused = run("in.jsonl", "-o", OUT, "--resume", "--explain")
    assert (2, 2) == (refused.exit_code, len(lines()))
    assert "written with other settings (explain was False, now it is True); use the same, or resume" in refused.stderr
    assert 0 == run("in.jsonl", "-o", OUT, "--resume", "--explain", "--force").exit_code


def test_an_unfinished_run_is_not_overwritten() -> None:
    """Without `--resume`, an unfinished run is not overwritten; a finished one is."""
    write_texts(2)
    run("in.jsonl", "-o", OUT)
    assert 0 == run("in.jsonl", "-o", OUT).exit_code
    header = json.loads(Path("out.jsonl.run.json").read_text())
    Path("out.jsonl.run.json").write_text(json.dumps(header | {"finished": None}))
    refused = run("in.jsonl", "-o", OUT)
    assert (2, 2) == (refused.exit_code, len(lines()))
    assert (
        "out.jsonl holds an unfinished run; continue it with --resume, or overwrite it with --force" in refused.stderr
    )
    assert (0, 2) == (run("in.jsonl", "-o", OUT, "--force").exit_code, len(lines()))


def test_a_broken_run_file() -> None:
    """A run file that is not JSON is an error that leaves the output as it is; `--force` replaces the run file."""
    write_texts(2)
    run("in.jsonl", "-o", OUT)
    for option in ([], ["--resume"]):
        Path("out.jsonl.run.json").write_text("{bad")
        refused = run("in.jsonl", "-o", OUT, *option)
        assert (2, 2) == (refused.exit_code, len(lines()))
        assert "out.jsonl.run.json" in refused.stderr
        assert (0, 2) == (run("in.jsonl", "-o", OUT, *option, "--force").exit_code, len(lines()))
        assert json.loads(Path("out.jsonl.run.json").read_text())["finished"]


def test_a_file_of_other_lines_is_not_changed() -> None:
    """A file with lines that are not records is not changed."""
    write_texts(2)
    Path(OUT).write_text('{"name": "a poem"}\n')
    refused = run("in.jsonl", "-o", OUT, "--resume")
    assert (2, '{"name": "a poem"}\n') == (refused.exit_code, Path(OUT).read_text())
    assert (
        "out.jsonl, line 1, is not a record of cleaner; the file is unchanged, choose another output" in refused.stderr
    )


def test_records_of_an_older_version() -> None:
    """Records without `input_hash`, of an older version, are not resumed: their inputs would be done twice."""
    write_texts(2)
    run("in.jsonl", "-o", OUT)
    before = [{name: value for name, value in record.items() if name != "input_hash"} for record in lines()]
    Path(OUT).write_bytes(as_lines(before))
    refused = run("in.jsonl", "-o", OUT, "--resume")
    assert (2, before) == (refused.exit_code, lines())
    assert "out.jsonl, line 1, was written by an older version of cleaner, which cannot be resumed" in refused.stderr


@pytest.mark.parametrize("arguments", [["-o", "out.json"], ["-o", "out.parquet"], [], ["--format", "jsonl"]])
def test_only_json_lines_can_be_resumed(arguments: list[str]) -> None:
    """An output that cannot be resumed is refused, and nothing is written."""
    write_texts(2)
    result = run("in.jsonl", *arguments, "--resume")
    assert (2, ["in.jsonl"]) == (result.exit_code, os.listdir())
    assert "--resume needs -o FILE.jsonl" in result.stderr


def test_two_writers() -> None:
    """A second run that writes to the same file ends at once."""
    write_texts(2)
    with JsonlFile(Path(OUT)):
        result = run("in.jsonl", "-o", OUT)
    assert console.UNREADABLE == result.exit_code
    expected = "another run is writing to it; wait for its end or use another file"
    assert f"cleaner: out.jsonl: cannot be written: {expected}\n" == result.stderr


def test_disk_full() -> None:
    """A full disk ends the run at once, with complete lines only."""
    write_texts(200)
    limited = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))}
    with start("in.jsonl", "-o", OUT, "--jobs", "1", **limited) as process:
        _, stderr = process.communicate()
    assert console.UNREADABLE == process.returncode
    assert b"cleaner: out.jsonl: cannot be written: file too large\n" == stderr
    assert 20 < len(lines()) < 60
    assert 0 == run("in.jsonl", "-o", OUT, "--resume").exit_code
    assert list(range(200)) == sorted(record["id"] for record in lines())


@needs_linux
@pytest.mark.parametrize("form", ["json", "jsonl", "text", "markdown"])
def test_device_full(form: str) -> None:
    """If nothing can be written, the run ends at once with a message of one line."""
    write_texts(200)
    result = run("in.jsonl", "-o", "/dev/full", "--format", form)
    assert console.UNREADABLE == result.exit_code
    assert "cleaner: /dev/full: cannot be written: no space left on device\n" == result.stderr


def replace(path: Path) -> None:
    Path("other").write_bytes(path.read_bytes())
    os.replace("other", path)


def truncate(path: Path) -> None:
    os.truncate(path, 1)


def append(path: Path) -> None:
    with path.open("a") as file:
        file.write("more\n")


CHANGES: list[tuple[Callable[[Path], object], str]] = [
    (Path.unlink, "deleted it"),
    (replace, "replaced it"),
    (truncate, "truncated it"),
    (append, "wrote to it"),
]
CHANGES_OF = {"jsonl": CHANGES, "json": CHANGES[2:], "text": CHANGES[:1], "markdown": CHANGES[1:2]}
CHANGES_OF["parquet"] = CHANGES[1:3]


@pytest.mark.parametrize(
    ("form", "change", "expected"),
    [(form, *change) for form, changes in CHANGES_OF.items() for change in changes],
)
def test_an_output_that_another_program_changes(form: str, change: Callable[[Path], object], expected: str) -> None:
    """If another program changes the output, the run ends with an error that says what happened."""
    out = f"{OUT}.part" if form == "parquet" else OUT
    with start("-", "-o", OUT, "--format", form, stdin=PIPE) as process:
        assert process.stdin is not None
        process.stdin.write((json.dumps({"text": STORY}) + "\n").encode())
        process.stdin.flush()
        while not (Path(out).exists() and Path(out).stat().st_size):
            time.sleep(0.01)
        change(Path(out))
        _, stderr = process.communicate()
    assert console.UNREADABLE == process.returncode
    message = f"cleaner: {out}: cannot be written: another program {expected} during the run, and records are lost"
    assert message == stderr.decode().split(";")[0]


@pytest.mark.parametrize("kind", [JsonlFile, OutputFile])
def test_a_changed_output_is_noticed_during_the_run(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deleted output is noticed during the run, not only at its end."""
    monkeypatch.setattr("cleaner.write.jsonl.SYNC_SECONDS", 0.0)
    monkeypatch.setattr("cleaner.write.files.CHECK_SECONDS", 0.0)
    file = kind(Path(OUT))
    write = file.add if kind is JsonlFile else file.write
    write(b"{}\n")
    Path(OUT).unlink()
    with pytest.raises(OutputChangedError, match="another program deleted it"):
        write(b"{}\n")
    file.close()


@pytest.fixture
def endless() -> Iterator[Program]:
    """A run that has written two records and waits for more lines on standard input."""
    with start("-", "-o", OUT, "--jobs", "1", stdin=PIPE) as process:
        assert process.stdin is not None
        process.stdin.write((json.dumps({"text": STORY}) + "\n").encode() * 2)
        process.stdin.flush()
        wait_for_lines(2)
        yield process
        process.kill()
        process.stdin.close()


@pytest.mark.parametrize(
    ("number", "expected"),
    [(signal.SIGINT, exit_codes.INTERRUPTED), (signal.SIGTERM, exit_codes.TERMINATED)],
    ids=["INT", "TERM"],
)
def test_signals(endless: Program, number: signal.Signals, expected: int) -> None:
    """Ctrl-C and SIGTERM end a waiting run within seconds, with a summary."""
    endless.send_signal(number)
    assert expected == endless.wait(SOON)
    assert 2 == len(lines())
    assert endless.stderr is not None
    message = endless.stderr.read()
    assert b"cleaner: interrupted after 2 inputs: 2 ok; " in message
    assert b"cleaner: out.jsonl: run the same command with --resume to clean the remaining inputs" in message
    assert json.loads(Path("out.jsonl.run.json").read_text())["finished"] is None


def test_a_signal_to_a_run_that_cannot_be_resumed() -> None:
    """A run without a file of JSON lines says after a signal how it could have been resumed."""
    with start("-", "--jobs", "1", stdin=PIPE, stdout=PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write((json.dumps({"text": STORY}) + "\n").encode() * 2)
        process.stdin.flush()
        for _ in range(2):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, message = process.communicate()
    expected = b"only -o FILE.jsonl and -o DIR/ can be resumed: use one of them, and after an interruption --resume\n"
    assert message.endswith(expected)


def test_the_alarm_handler_is_kept() -> None:
    """Until a signal, a run keeps its caller's handler of SIGALRM, for example that of a test's time limit."""
    before = signal.getsignal(signal.SIGALRM)
    with stopping.GracefulStop():
        assert before is signal.getsignal(signal.SIGALRM)


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.06, 0.1, 0.2])
def test_a_signal_to_the_whole_group(delay: float) -> None:
    """A signal to all processes of a run, also while they start, makes no input fail."""
    write_texts(300)
    with start("in.jsonl", "-o", OUT, "--jobs", "4", start_new_session=True) as process:
        wait_for_lines(0)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
    assert process.returncode in (exit_codes.TERMINATED, 0)
    assert [] == [record for record in lines() if record["error"]]
    assert 0 == run("in.jsonl", "-o", OUT, "--resume").exit_code
    assert list(range(300)) == sorted(record["id"] for record in lines())


READING = """if True:
    import sys, time
    import cleaner.batch.resume, cleaner.startup
    cleaner.batch.resume.CompletedInputs.add = lambda *_: print("reading", flush=True) or time.sleep(600)
    cleaner.startup.main()
"""


@pytest.mark.parametrize("option", ["--resume", "--retry-failed"])
def test_a_signal_while_the_output_is_read(option: str) -> None:
    """One signal ends a run at once that is still reading its earlier records, and does not change them."""
    write_texts(2)
    run("in.jsonl", "-o", OUT)
    before = Path(OUT).read_bytes()
    with start("in.jsonl", "-o", OUT, option, program=READING, stdout=PIPE) as process:
        assert process.stdout is not None
        assert b"reading\n" == process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert exit_codes.INTERRUPTED == process.wait(SOON)
    assert before == Path(OUT).read_bytes()
    assert 0 == run("in.jsonl", "-o", OUT, "--resume").exit_code
    assert not Path("out.jsonl.new").exists()


def test_a_signal_while_the_output_is_not_read() -> None:
    """One signal also ends a run whose output pipe is not read, within the time limit for stopping."""
    write_texts(1000)
    program = f"import cleaner.command.stopping; cleaner.command.stopping.LAST_SECONDS = 1; {START}"
    with start("in.jsonl", program=program, stdout=PIPE) as process:
        assert process.stdout is not None
        while unread_bytes(process.stdout) < 50_000:  # the pipe is full with 64 KiB, or a few records less
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert exit_codes.TERMINATED == process.wait(SOON)


def unread_bytes(pipe: IO[bytes]) -> int:
    """Return the number of bytes in a pipe that are not read yet."""
    (count,) = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))
    return int(count)


HANGING = """if True:
    import pathlib, time
    import cleaner.pipeline, cleaner.processes.pool, cleaner.startup
    def hanging(text, **options):
        pathlib.Path("hanging").touch()
        time.sleep(600)
    cleaner.pipeline.clean_text = hanging
    cleaner.processes.pool.STOP_SECONDS = {stop_seconds}
    cleaner.startup.main()
"""


def wait_for_hanging() -> None:
    while not Path("hanging").exists():
        time.sleep(0.01)


def test_a_signal_during_a_page() -> None:
    """One signal also ends the command while it cleans a page that would take for ever."""
    Path("page.txt").write_text(STORY)
    with start("page.txt", program=HANGING.format(stop_seconds=0.5), stdout=PIPE) as process:
        wait_for_hanging()
        process.send_signal(signal.SIGINT)
        assert exit_codes.INTERRUPTED == process.wait(SOON)


def test_a_signal_while_pages_are_fetched() -> None:
    """One signal ends a run that is fetching from servers that do not answer."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with start(url, url, "-o", OUT, "--allow-private") as process, silent.accept()[0]:
            process.send_signal(signal.SIGTERM)
            assert exit_codes.TERMINATED == process.wait(SOON)
    assert [] == lines()


def test_a_signal_while_a_pipe_is_empty() -> None:
    """One signal ends a run whose list of inputs is a pipe without a writer."""
    os.mkfifo("list")
    with start("-i", "list", "-o", OUT) as process:
        wait_for_lines(0)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert exit_codes.TERMINATED == process.wait(SOON)


def test_second_signal() -> None:
    """A second Ctrl-C ends the run at once, also while a page is cleaned."""
    write_texts(2)
    with start("in.jsonl", "-o", OUT, program=HANGING.format(stop_seconds=60)) as process:
        wait_for_hanging()
        for wait in (0.0, 0.1, 2 * stopping.SAME_SECONDS):
            assert process.poll() is None  # two signals within `SAME_SECONDS` count as one, because `timeout` sends two
            time.sleep(wait)
            process.send_signal(signal.SIGINT)
        assert exit_codes.INTERRUPTED == process.wait(SOON)
    assert [] == lines()


@needs_linux
def test_killed_workers() -> None:
    """A run whose workers and fork server are killed has all its records."""
    write_texts(500)
    with start("in.jsonl", "-o", OUT, "--jobs", "2") as process:
        wait_for_lines(20)
        kill_descendants(process.pid)
        # An input whose worker is killed twice fails, so all that were in flight must be done by now.
        wait_for_inputs(min(500, lines_written() + MAX_HELD_BACK + 2 * MAX_IN_FLIGHT))
        kill_descendants(process.pid)
        _, stderr = process.communicate()
    assert (0, 500) == (process.returncode, len({record["id"] for record in lines()}))
    assert b"cleaner: 500 inputs: 500 ok; " in stderr
