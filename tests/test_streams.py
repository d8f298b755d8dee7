"""Standard streams that are closed or full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from programs import needs_linux

ROOT = Path(__file__).parent.parent
PAGE = str(ROOT / "fixtures" / "drupal.html")
UNREADABLE = 3


def shell(redirected: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command with its streams redirected by a shell."""
    line = ["sh", "-c", f'"$@" {redirected}', "sh", sys.executable, "-m", "cleaner", *arguments]
    return subprocess.run(line, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True)


@needs_linux
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "<&- 2>&-"])
def test_standard_error_loses_messages_only(redirected: str) -> None:
    """If standard error is closed or full, no record is lost and the exit code is the same."""
    pages = [PAGE] * 25
    done = shell(redirected, *pages, "missing.html", "--jobs", "1")
    assert (1, b"") == (done.returncode, done.stderr)
    assert [PAGE] * 25 + ["missing.html"] == [json.loads(line)["input"] for line in done.stdout.splitlines()]


def test_usage_errors_without_standard_error() -> None:
    """A usage error has its exit code, also if no message can be written."""
    assert 2 == shell("2>&-", "--no-such-option").returncode


@needs_linux
@pytest.mark.parametrize("arguments", [[PAGE], [PAGE, PAGE], ["rules"], ["--help"], ["--version"]])
@pytest.mark.parametrize(
    ("redirected", "expected"), [(">&-", b"it is closed"), (">/dev/full", b"no space left on device")]
)
def test_standard_output(arguments: list[str], redirected: str, expected: bytes) -> None:
    """If standard output is closed or full, the command says so in one line."""
    done = shell(redirected, *arguments)
    assert UNREADABLE == done.returncode
    assert b"cleaner: standard output: cannot be written: " + expected + b"\n" == done.stderr


@pytest.mark.parametrize("arguments", [["-"], ["-i", "-"]])
def test_closed_standard_input(arguments: list[str]) -> None:
    """A closed standard input is an input that cannot be read."""
    done = shell("<&-", *arguments, "--format", "jsonl")
    assert UNREADABLE == done.returncode
    expected = "cleaner: standard input: closed before the command started; nothing can be read (io_error)\n"
    assert expected == done.stderr.decode()


def test_no_file_replaces_a_closed_stream(tmp_path: Path) -> None:
    """An output file, a socket or a database is never opened as standard input, output or error."""
    out, cache = tmp_path / "out.jsonl", tmp_path / "cache"
    options = ["-o", str(out), "--cache", str(cache), "--summary", str(tmp_path / "summary.json"), "--debug"]
    done = shell("<&- >&- 2>&-", PAGE, "missing.html", *options)
    assert 1 == done.returncode
    assert [PAGE, "missing.html"] == [json.loads(line)["input"] for line in out.read_text().splitlines()]
    assert 2 == json.loads((tmp_path / "summary.json").read_text())["records"]


@needs_linux
@pytest.mark.parametrize("path", ["/dev/full", "/no/such/folder/summary.json"])
def test_unwritable_summary(path: str) -> None:
    """If the summary cannot be written, the message names it, and the records are complete."""
    done = shell("", PAGE, "--summary", path)
    assert UNREADABLE == done.returncode
    assert done.stderr.startswith(f"cleaner: {path}: cannot be written: ".encode())
    assert PAGE == json.loads(done.stdout)["input"]
