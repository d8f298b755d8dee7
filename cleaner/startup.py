"""Start of the command: what must be set up before anything else is loaded.

This module, the modules that it imports at its top and the `__init__` of the package load nothing that takes time. So
from its first moment the command handles signals itself, without the traceback of Python's own handlers.
"""

from __future__ import annotations

import signal

from cleaner.signals import STOP_SIGNALS, end_at_once


def main() -> None:
    """Run the command line and exit the process."""
    for number in STOP_SIGNALS:
        signal.signal(number, end_at_once)

    from cleaner.streams import make_streams_safe

    make_streams_safe()

    from cleaner.collection import collector_paused

    with collector_paused():
        from cleaner.command.app import main as run

    run()
