"""The HTML elements that begin and end a line of text, and those whose content is not text."""

from __future__ import annotations

from typing import Final

# Elements that begin and end a block of text (HTML Standard, section 15.3). All others, including unknown ones, are
# inline, as in browsers.
BLOCK_ELEMENTS: Final = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup "
    "option p pre search section summary table tbody td tfoot th thead tr ul".split()
)
# Elements whose content is not text that a reader sees. `noscript` is one of them only where scripts run.
SKIPPED_ELEMENTS: Final = frozenset(
    "applet audio canvas datalist embed frameset head iframe input math-field meter noembed noframes object "
    "progress script select style svg template textarea title video".split()
)
