"""The command `cleaner`, as the console script and `python cli.py` start it."""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Runs the command line and exits the process."""
    # As `cleaner.startup` does, with a word to the user: in the milliseconds until then, too, a signal is no traceback.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os._exit(128 + number))

    from cleaner.startup import main as start

    start()


if __name__ == "__main__":
    main()
