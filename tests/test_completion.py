"""Completion of the command line in bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMANDS = ["plain,clean", "plain,discover", "plain,rules", "plain,diff"]
SHELLS = {"bash": ["bash", "--norc", "-n"], "zsh": ["zsh", "--no-exec"], "fish": ["fish", "--no-execute"]}
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def ask(instruction: str, **variables: str) -> str:
    """Return what the command answers a shell."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "_CLEANER_COMPLETE": instruction} | variables
    line = [sys.executable, "-m", "cleaner"]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cleaner ", ["file,", *COMMANDS]),
        ("cleaner d", ["file,d", "plain,discover", "plain,diff"]),
        ("cleaner --expl", ["plain,--explain"]),
        ("cleaner --ver", ["plain,--version"]),
        ("cleaner --hel", ["plain,--help"]),
        ("cleaner page.html --expl", ["plain,--explain"]),
        ("cleaner page.html pa", ["file,pa"]),
        ("cleaner --keep ", ["plain,more", "plain,balanced", "plain,less"]),
        ("cleaner --format markd", ["plain,markdown"]),
        ("cleaner clean page.html --format=markd", ["plain,markdown"]),
        ("cleaner page.html -o ", ["file,"]),
        ("cleaner page.html --rules ", ["file,"]),
        ("cleaner --cache ", ["dir,"]),
        ("cleaner discover --form", ["plain,--format"]),
        ("cleaner rules sh", ["plain,show"]),
        ("cleaner rules check ", ["file,"]),
    ],
)
def test_completions(line: str, expected: list[str]) -> None:
    """Commands, options, values and files are completed, also those of `clean` where it is not typed."""
    count = line.count(" ")
    assert expected == ask("bash_complete", COMP_WORDS=line, COMP_CWORD=str(count)).splitlines()


@pytest.mark.parametrize(("shell", "registers"), [("bash", "complete "), ("zsh", "compdef "), ("fish", "complete ")])
def test_scripts(shell: str, registers: str) -> None:
    """There is a script for each shell; a shell that is installed can read it."""
    script = ask(f"{shell}_source")
    assert registers in script
    if shutil.which(shell):
        done = subprocess.run(SHELLS[shell], input=script, capture_output=True, text=True)
        assert (0, "") == (done.returncode, done.stderr)


@needs_bash
def test_bash(tmp_path: Path) -> None:
    """The script of bash, evaluated as the documents say, registers a function that completes an option."""
    program = tmp_path / "cleaner"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cleaner "$@"\n')
    program.chmod(0o755)
    script = """
        eval "$(_CLEANER_COMPLETE=bash_source cleaner)"
        COMP_WORDS=(cleaner page.html --min) COMP_CWORD=2
        $(complete -p cleaner | sed 's/.*-F \\([^ ]*\\).*/\\1/') cleaner
        echo "${COMPREPLY[@]}"
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    line = ["bash", "--norc", "-c", script]
    done = subprocess.run(line, env=environment, capture_output=True, text=True)
    assert ("--min-confidence\n", "") == (done.stdout, done.stderr)
