"""Start of the command: which module runs, and signals while it loads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}

# Prints a line when the handlers of signals are set and loading begins.
PROGRAM = """if True:
    import os, sys
    class Announcer:
        def find_spec(self, name, *_):
            if name == "cleaner.command":
                os.write(1, b"loading\\n")
    sys.meta_path.insert(0, Announcer())
    from cleaner.startup import main
    main()
"""
# Seconds from that line to the signal: some signals arrive while the command loads, others during the run.
DELAYS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
COMMANDS = [("-",), ("discover", "http://127.0.0.1:9/"), ("rules",)]


def test_a_cli_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    """`python -m cleaner` runs cleaner, also in a folder with another `cli.py`."""
    (tmp_path / "cli.py").write_text("raise RuntimeError('not this one')\n")
    line = [sys.executable, "-m", "cleaner", "--version"]
    done = subprocess.run(line, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    "start", [[str(ROOT / "cli.py")], ["-m", "cleaner"], ["-c", "from cleaner.startup import main; main()"]]
)
def test_ways_to_start(start: list[str]) -> None:
    """The script, the package and the entry point run the same command."""
    done = subprocess.run([sys.executable, *start, "--version"], env=ENVIRONMENT, capture_output=True, text=True)
    assert (0, "cleaner, version ") == (done.returncode, done.stdout[:17])


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda each: each[0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_a_signal_at_the_start(arguments: tuple[str, ...], number: signal.Signals) -> None:
    """One signal ends the command without a traceback, also while it loads."""
    for delay in DELAYS:
        line = [sys.executable, "-c", PROGRAM, *arguments]
        with subprocess.Popen(
            line, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            assert b"loading\n" == process.stdout.readline()
            time.sleep(delay)
            process.send_signal(number)
            # `rules` and `discover` may have finished before the signal.
            assert process.wait(timeout=20) in {128 + number} | (set() if arguments == ("-",) else {0, 4})
            stderr = process.stderr.read()
            assert b"Traceback" not in stderr
            assert b"Aborted" not in stderr
