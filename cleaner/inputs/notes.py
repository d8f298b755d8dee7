"""What a person should know about how the inputs were read, and no record says."""

from __future__ import annotations

import logging
from collections.abc import Callable

from cleaner.inputs.folders import SkippedFiles

_log = logging.getLogger(__name__)


class Notes:
    """Notes on reading: `skipped` counts the files in folders that were left out, `tell` gets the others at once.

    `tell` may be called in another thread than the one that made the notes.
    """

    def __init__(self, tell: Callable[[str], object] = _log.info) -> None:
        self.skipped = SkippedFiles()
        self.tell = tell
