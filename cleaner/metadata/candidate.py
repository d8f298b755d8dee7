"""The value that one source on a page gives for one field."""

from __future__ import annotations

from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """A value that may become a field of `Metadata`.

    `field` is the name of that field. `value` is the value as the page has it: text, anything that JSON can hold, or a
    `WrittenDate`. `source` is the name that `provenance` shows, such as "json-ld headline".
    """

    field: str
    value: Any
    source: str
