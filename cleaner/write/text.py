"""The article as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.write.blocks import in_order, why


def to_text(record: Mapping[str, Any], *, explain: bool = False, title: bool = False, header: bool = False) -> str:
    """Return the text with one empty line between blocks and a line feed at the end; an empty string if there is none.

    With `explain`, return all blocks of the page in order. Each line of a removed block begins with the reason in
    square brackets. The record must then hold `blocks` and `removed`. `title` puts the headline before the text,
    `header` the headline, the authors, the date and the address, in a line each, as far as they are known.
    """
    blocks = [_explained_block(block) for block in in_order(record)] if explain else [record["text"] or ""]
    text = "\n\n".join(blocks)
    if not text:
        return ""
    lines = _header(record) if header else [record["title"]] if title else []
    known = [" ".join(line.split()) for line in lines if line]
    return "\n".join([*known, "", text, ""] if known else [text, ""])


def _header(record: Mapping[str, Any]) -> list[str | None]:
    return [
        record["title"],
        ", ".join(record["authors"]) or record["organization"],
        record["published"],
        record["url"] or record["canonical_url"],
    ]


def _explained_block(block: Mapping[str, Any]) -> str:
    text = str(block["text"])
    if "reason" not in block:
        return text
    mark = f"[{why(block)}] "
    return mark + text.replace("\n", f"\n{mark}")
