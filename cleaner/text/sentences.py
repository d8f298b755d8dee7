"""How sentences end, in the scripts of the world."""

from __future__ import annotations

from typing import Final

# Characters that end a sentence. Those of Chinese and Japanese do so without a space after them.
UNSPACED_STOPS: Final = "。！？"
STOPS: Final = ".!?…؟।｡" + UNSPACED_STOPS
# With those of Urdu, Armenian and Amharic. The learned weights are fitted to `STOPS`; the next fit can take them all.
ALL_STOPS: Final = STOPS + "۔։።"
# Quotation marks and brackets that may close after the stop.
CLOSERS: Final = "\"'”“’‘»«›‹)]）】」』"


def is_finished(text: str, stops: str = STOPS) -> bool:
    """Whether the text ends as a sentence does: with one of the stops, or with quotes or brackets closed after one."""
    return text.rstrip().rstrip(CLOSERS).endswith(tuple(stops))
