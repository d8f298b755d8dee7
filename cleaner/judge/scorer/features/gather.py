"""All features of a document that need no learned weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.blocks.stats import holders, is_prose
from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.columns import MAX_DISTANCE, Columns, Rows
from cleaner.judge.scorer.features.layout import layout_columns
from cleaner.judge.scorer.features.place import heading_columns, last_headings, place_columns
from cleaner.judge.scorer.features.text import text_columns
from cleaner.judge.scorer.lexicon import leads, terms
from cleaner.models import Document, Verdict
from cleaner.text.measures import weighted_length


class Evidence(NamedTuple):
    """What a document says of itself, without learned weights. Rows are the blocks that no rule takes, in order."""

    places: tuple[int, ...]
    columns: Columns
    terms: tuple[frozenset[str], ...]  # of the words of each
    leads: tuple[frozenset[str], ...]  # of where the links of each lead
    under: tuple[int, ...]  # the row of the last heading before each, -1 where there is none or a rule takes it
    tokens: Mapping[int, frozenset[str]]  # of each element around one of them, the outer ones first


def gather(
    document: Document, in_trafilatura: Sequence[bool] | None, removals: Mapping[int, Verdict], known: PageContext
) -> Evidence:
    """The evidence that needs no weights, of each block that no rule takes."""
    blocks = document.blocks
    places = [place for place in range(len(blocks)) if place not in removals]
    sizes = [weighted_length(block.text) for block in blocks]
    prose = [s if is_prose(block) else 0 for s, block in zip(sizes, blocks, strict=True)]
    sure = [
        p if place not in removals and (in_trafilatura is None or in_trafilatura[place]) else 0
        for place, p in enumerate(prose)
    ]
    if 4 * sum(sure) < sum(prose[place] for place in places):
        sure = [0 if place in removals else p for place, p in enumerate(prose)]
    rows = Rows(places, len(blocks))
    columns = text_columns(blocks, rows, sizes, sure, known)
    columns |= place_columns(rows, sizes, sure)
    heads = last_headings(document)
    columns |= heading_columns(blocks, rows, heads, removals)
    if document.plain:
        # On a page, what stands around the article depends on the site; a small page has nothing there.
        columns["index"] = [float(min(MAX_DISTANCE, place)) for place in places]
        columns["from_end"] = [float(min(MAX_DISTANCE, len(blocks) - 1 - place)) for place in places]
    else:
        columns |= layout_columns(document, rows, in_trafilatura, sizes, prose, sure, known)
    row_of = {place: row for row, place in enumerate(places)}
    return Evidence(
        tuple(places),
        columns,
        tuple(terms(blocks[place].text) for place in places),
        tuple(leads(blocks[place].targets, known.host) for place in places),
        tuple(row_of.get(heads[place], -1) for place in places),
        _tokens_around(document, places),
    )


def _tokens_around(document: Document, places: Iterable[int]) -> dict[int, frozenset[str]]:
    """What the elements around these blocks are called, by their index: most elements hold only what rules take."""
    return {index: document.elements[index].tokens for index in sorted(holders(document, places))}
