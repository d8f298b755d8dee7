"""Standard streams that are closed or full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = str(ROOT / "fixtures" / "drupal.html")
UNREADABLE = 3


def shell(redirected: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the command with its streams redirected as a shell does."""
    line = ["sh", "-c", f'"$@" {redirected}', "sh", sys.executable, "-m", "cleaner", *arguments]
    return subprocess.run(line, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True)


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "<&- 2>&-"])
def test_standard_error_loses_messages_only(redirected: str) -> None:
    """Standard error that is closed or full costs no record, and changes no exit code."""
    pages = [PAGE] * 25
    done = shell(redirected, *pages, "missing.html")
    assert (1, b"") == (done.returncode, done.stderr)
    assert [PAGE] * 25 + ["missing.html"] == [json.loads(line)["input"] for line in done.stdout.splitlines()]


def test_usage_errors_without_standard_error() -> None:
    """Wrong use is told by its exit code also where nothing can be said."""
    assert 2 == shell("2>&-", "--no-such-option").returncode


@pytest.mark.parametrize("arguments", [[PAGE], [PAGE, PAGE], ["rules"], ["--help"], ["--version"]])
@pytest.mark.parametrize(
    ("redirected", "expected"), [(">&-", b"it is closed"), (">/dev/full", b"no space left on device")]
)
def test_standard_output(arguments: list[str], redirected: str, expected: bytes) -> None:
    """Standard output that is closed or full is told in a line, whatever was to be printed."""
    done = shell(redirected, *arguments)
    assert UNREADABLE == done.returncode
    assert b"cleaner: standard output: cannot be written: " + expected + b"\n" == done.stderr


@pytest.mark.parametrize(("arguments", "name"), [(["-"], "-"), (["-i", "-"], "-")])
def test_closed_standard_input(arguments: list[str], name: str) -> None:
    """Standard input that is closed is an input that cannot be read."""
    done = shell("<&-", *arguments, "--format", "jsonl")
    assert UNREADABLE == done.returncode
    assert f"cleaner: {name}: standard input is closed (io_error)\n" == done.stderr.decode()


def test_no_file_gets_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """An output file, a socket or a database is never opened as standard input, output or error."""
    out, cache = tmp_path / "out.jsonl", tmp_path / "cache"
    options = ["-o", str(out), "--cache", str(cache), "--summary", str(tmp_path / "summary.json"), "--debug"]
    done = shell("<&- >&- 2>&-", PAGE, "missing.html", *options)
    assert 1 == done.returncode
    assert [PAGE, "missing.html"] == [json.loads(line)["input"] for line in out.read_text().splitlines()]
    assert 2 == json.loads((tmp_path / "summary.json").read_text())["records"]


@pytest.mark.parametrize("path", ["/dev/full", "/no/such/folder/summary.json"])
def test_unwritable_summary(path: str) -> None:
    """A summary that cannot be written is told by its own name, and the records are there."""
    done = shell("", PAGE, "--summary", path)
    assert UNREADABLE == done.returncode
    assert done.stderr.startswith(f"cleaner: {path}: cannot be written: ".encode())
    assert PAGE == json.loads(done.stdout)["input"]
