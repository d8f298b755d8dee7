"""Characters that end a sentence, in many scripts."""

from __future__ import annotations

from typing import Final

# Characters that end a sentence. No space follows those of Chinese and Japanese.
UNSPACED_STOPS: Final = "。！？"
STOPS: Final = ".!?…؟।｡" + UNSPACED_STOPS
# With the stops of Urdu, Armenian and Amharic. The learned weights are fitted to `STOPS`; the next fit can use all
# stops.
ALL_STOPS: Final = STOPS + "۔։።"
# Closing quotation marks and brackets that may follow the stop.
CLOSERS: Final = "\"'”“’‘»«›‹)]）】」』"


def is_finished(text: str, stops: str = STOPS) -> bool:
    """Whether the text ends like a sentence: with one of the stops, perhaps followed by closing quotes or brackets."""
    sentence = text.rstrip().rstrip(CLOSERS)
    return bool(sentence) and sentence[-1] in stops
