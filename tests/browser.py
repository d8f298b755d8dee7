"""Chromium without a window, driven over its DevTools protocol, for tests of HTML files.

The protocol runs over two pipes, so that it needs neither a port nor a client for WebSockets.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import deque
from pathlib import Path
from subprocess import DEVNULL
from types import TracebackType
from typing import Any, Self

import pytest
from programs import Program

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

FLAGS = ("--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--remote-debugging-pipe")
# The protocol reads from the descriptor 3 and writes to 4.
STARTER = """if True:
    import os, sys
    os.dup2(int(sys.argv[1]), 3)
    os.dup2(int(sys.argv[2]), 4)
    os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """A browser with one tab. `problems` are the errors on the console, and exceptions of scripts."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM is not None
        read_commands, self._commands = os.pipe()
        self._replies, write_replies = os.pipe()
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root with it
        ends = (read_commands, write_replies)
        command = [CHROMIUM, *FLAGS, *sandbox, f"--user-data-dir={profile}", "about:blank"]
        self._program = Program(
            [sys.executable, "-c", STARTER, *map(str, ends), *command], pass_fds=ends, stdout=DEVNULL, stderr=DEVNULL
        )
        for end in ends:
            os.close(end)
        self._buffer = b""
        self._events: deque[dict[str, Any]] = deque()
        self._number = 0
        self._session: str | None = None
        self.problems: list[str] = []

    def __enter__(self) -> Self:
        try:
            target = self._call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log"):
                self._call(f"{domain}.enable")
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._program:
            self._program.kill() if kind else self._call("Browser.close")
            os.close(self._commands)
            os.close(self._replies)

    def open(self, path: Path) -> None:
        """Open a file, wait until it is loaded, and forget the problems of other files."""
        self.problems.clear()
        self._events.clear()
        self._call("Page.navigate", url=path.resolve().as_uri())
        while True:
            event = self._events.popleft() if self._events else self._read()
            if event.get("method") == "Page.loadEventFired":
                return

    def run(self, script: str) -> Any:
        """Return the value of a script, which may be a promise. Raises `AssertionError` if it throws."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key, such as "ArrowDown"."""
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        call = {"id": self._number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Browser.", "Target.")):
            call["sessionId"] = self._session
        os.write(self._commands, json.dumps(call).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            self._events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _read(self) -> dict[str, Any]:
        """Return the next message, and remember it if it tells of a problem."""
        while b"\0" not in self._buffer:
            read = os.read(self._replies, 65_536)
            assert read, "Chromium has ended"
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        parameters = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                self.problems.append(str(parameters["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if parameters["type"] in ("error", "warning", "assert"):
                self.problems.append(str(parameters["args"]))
            case "Log.entryAdded" if parameters["entry"]["level"] in ("error", "warning"):
                self.problems.append(parameters["entry"]["text"])
        return message
