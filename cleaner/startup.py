"""How the command starts: what must hold before anything else is loaded.

This module, those that it imports at its top, and the package's `__init__` load nothing that takes time, so that a
signal never meets Python's own handlers while the command loads.
"""

from __future__ import annotations

import signal

from cleaner.signals import STOP_SIGNALS, end_at_once


def main() -> None:
    """Runs the command line and exits the process."""
    for number in STOP_SIGNALS:
        signal.signal(number, end_at_once)

    from cleaner.streams import make_streams_safe

    make_streams_safe()

    from cleaner.command.app import main as run

    run()
