"""Words that introduce an author's name in a byline, as alternatives for regular expressions.

The rules that recognise a byline and the metadata that reads the names from it share these. Each adds labels of its
own: a rule must be sure of the whole line, while the metadata knows from the page where a byline is.
"""

from __future__ import annotations

from typing import Final

# English; German and Dutch; French; Spanish and Portuguese; Dutch; Nordic languages; Italian.
PREPOSITIONS: Final = "by|von|par|por|door|av|af|di"
