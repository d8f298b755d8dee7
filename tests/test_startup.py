"""Start of the command: which module runs, and signals while it loads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest
from programs import Program

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}

# Prints a line when the handlers of signals are set and loading begins. Its arguments are a signal, a number, and those
# of the command. A number n above 0 makes the program send itself the signal when it loads the nth module from then on.
PROGRAM = """if True:
    import os, sys
    number, left = int(sys.argv.pop(1)), int(sys.argv.pop(1))
    class Counter:
        begun = False
        def find_spec(self, name, *_):
            global left
            if name == "cleaner.command":
                self.begun = True
                os.write(1, b"loading\\n")
            if self.begun:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), number)
    sys.meta_path.insert(0, Counter())
    from cleaner.startup import main
    main()
"""
# The command loads more than 60 modules, whatever its arguments are.
MODULES = (1, 2, 10, 40, 60)
# Seconds from the start of loading to the signal: most signals arrive during the run itself.
DELAYS = (0.15, 0.4)
COMMANDS = [("-",), ("discover", "http://127.0.0.1:9/"), ("rules",)]


@pytest.mark.parametrize("start", [["-m", "cleaner"], ["-c", "from cleaner.startup import main; main()"]])
def test_a_cli_of_the_user_is_not_run(start: list[str], tmp_path: Path) -> None:
    """The command runs cleaner, also where another `cli.py` comes first on the import path."""
    (tmp_path / "cli.py").write_text("raise RuntimeError('not this one')\n")
    environment = ENVIRONMENT | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    line = [sys.executable, *start, "--version"]
    done = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    "start", [[str(ROOT / "cli.py")], ["-m", "cleaner"], ["-c", "from cleaner.startup import main; main()"]]
)
def test_ways_to_start(start: list[str]) -> None:
    """The script, the package and the entry point run the same command."""
    done = subprocess.run([sys.executable, *start, "--version"], env=ENVIRONMENT, capture_output=True, text=True)
    assert (0, "cleaner, version ") == (done.returncode, done.stdout[:17])


def start_program(number: signal.Signals, module: int, arguments: tuple[str, ...]) -> Program:
    line = [sys.executable, "-c", PROGRAM, str(int(number)), str(module), *arguments]
    return Program(line, env=ENVIRONMENT, stdin=PIPE, stdout=PIPE, stderr=PIPE)


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda each: each[0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_a_signal_while_the_command_loads(arguments: tuple[str, ...], number: signal.Signals) -> None:
    """One signal ends the command without a traceback, whatever it is loading."""
    for module in MODULES:
        with start_program(number, module, arguments) as process:
            stdout, stderr = process.communicate()
        assert (128 + number, b"loading\n") == (process.returncode, stdout)
        assert b"Traceback" not in stderr
        assert b"Aborted" not in stderr


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda each: each[0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_a_signal_at_the_start(arguments: tuple[str, ...], number: signal.Signals) -> None:
    """One signal ends the command without a traceback, also shortly after its start."""
    for delay in DELAYS:
        with start_program(number, 0, arguments) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert b"loading\n" == process.stdout.readline()
            time.sleep(delay)
            process.send_signal(number)
            # `rules` and `discover` may have finished before the signal.
            assert process.wait() in {128 + number} | (set() if arguments == ("-",) else {0, 4})
            stderr = process.stderr.read()
            assert b"Traceback" not in stderr
            assert b"Aborted" not in stderr
