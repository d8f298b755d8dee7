"""What is known of an article beside its text.

Witnesses say what stands on the page (`declared`, `json_ld`, `opinion`); `choice` decides whom to believe, and
`values`, `dates`, `names` and `headline` make of it what can be used.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from cleaner.metadata import declared, json_ld, opinion
from cleaner.metadata.choice import choose
from cleaner.metadata.headline import headings
from cleaner.models import Metadata


def read(
    root: etree._Element, nodes: Sequence[dict[str, Any]], *, url: str | None, now: datetime | None = None
) -> Metadata:
    """The metadata of a page, each value with its witness in `provenance`. The tree stays as it is.

    `nodes` are those of `page.embedded.read_json_ld`, `url` the page's address. Dates after `now` (aware; the
    present where it is `None`) are not believed.
    """
    now = now or datetime.now(UTC)
    said = [*json_ld.candidates(nodes), *declared.candidates(root)]
    tops = headings(root)
    found = choose(said, tops, url, now)
    missing = [field for field in opinion.FIELDS if not getattr(found, field)]
    asked = list(opinion.candidates(root, url, missing)) if missing else []
    return choose([*said, *asked], tops, url, now) if asked else found
