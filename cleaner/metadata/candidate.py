"""The value that one source on a page gives for one field."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

# The source of `published` if the page shows only the date of the last change.
UPDATED: Final = "date line (updated)"
# The source of the dates of a WebPage that may not be an article: they may be those of the page's creation.
CREATED: Final = "json-ld page"


class Candidate(NamedTuple):
    """A value that may become a field of `Metadata`.

    `field` is the name of that field. `value` is the value as the page has it: text, anything that JSON can hold, or a
    `WrittenDate`. `source` is the name that `provenance` shows, such as "json-ld headline".
    """

    field: str
    value: Any
    source: str
