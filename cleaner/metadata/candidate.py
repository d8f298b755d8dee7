"""What a witness says: one value for one field, as it stood on the page."""

from __future__ import annotations

from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """A value that may become a field of `Metadata`; `field` is that field's name.

    `said` is as the page has it: text, what JSON can hold, or a `WrittenDate` date. `witness` is what provenance shows.
    """

    field: str
    said: Any
    witness: str
