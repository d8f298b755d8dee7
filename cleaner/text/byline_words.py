"""Words that introduce an author's name in a byline, as alternatives for regular expressions.

The rules that recognise a byline and the metadata code that reads the names from it share these words. Each adds its
own labels, because a rule must be certain about the whole line, while the metadata code knows the place of a byline.
"""

from __future__ import annotations

from typing import Final

# English; German; French; Spanish and Portuguese; Dutch; Nordic languages (two).
PREPOSITIONS: Final = "by|von|par|por|door|av|af"
