"""The features of a document that do not depend on learned weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.blocks.stats import holders, is_prose, sure_prose
from cleaner.judge.context import PageContext
from cleaner.judge.scorer.features.columns import MAX_DISTANCE, Columns, Rows
from cleaner.judge.scorer.features.layout import layout_columns
from cleaner.judge.scorer.features.media import media_columns
from cleaner.judge.scorer.features.place import heading_columns, last_headings, place_columns
from cleaner.judge.scorer.features.rules import rule_columns
from cleaner.judge.scorer.features.text import text_columns
from cleaner.judge.scorer.lexicon import leads, terms
from cleaner.models import Document, Verdict
from cleaner.rules.model import Rule
from cleaner.text.measures import weighted_length


class Evidence(NamedTuple):
    """The features of a document without learned weights. The rows are the blocks that no rule removes, in order."""

    places: tuple[int, ...]
    columns: Columns
    terms: tuple[frozenset[str], ...]  # of each row, see `lexicon.terms`
    leads: tuple[frozenset[str], ...]  # of each row, see `lexicon.leads`
    under: tuple[int, ...]  # the row of the last heading before each row, -1 if there is none or a rule removes it
    tokens: Mapping[int, frozenset[str]]  # of the elements around the rows, by index, outer elements first


def gather(
    document: Document,
    in_trafilatura: Sequence[bool] | None,
    removals: Mapping[int, Verdict],
    likely: Mapping[int, Rule],
    context: PageContext,
) -> Evidence:
    """Return the features that need no weights, for each block that is not in `removals`.

    `likely` are the likely rules that match blocks; like the removals, they are by place.
    """
    blocks = document.blocks
    places = [place for place in range(len(blocks)) if place not in removals]
    sizes = [weighted_length(block.text) for block in blocks]
    prose = [size if is_prose(block) else 0 for size, block in zip(sizes, blocks, strict=True)]
    sure = sure_prose(prose, in_trafilatura, removals)
    rows = Rows(places, len(blocks))
    columns = text_columns(blocks, rows, sizes, sure, context)
    columns |= rule_columns(rows, likely)
    columns |= place_columns(rows, sizes, sure)
    headings = last_headings(document)
    columns |= heading_columns(blocks, rows, headings, removals)
    if document.plain:
        # Not for pages: what surrounds their article depends on the site, and on a small page it is nothing.
        columns["index"] = [float(min(MAX_DISTANCE, place)) for place in places]
        columns["from_end"] = [float(min(MAX_DISTANCE, len(blocks) - 1 - place)) for place in places]
    else:
        columns |= layout_columns(document, rows, in_trafilatura, sizes, sure, context)
        columns |= media_columns(document, rows)
    row_of = {place: row for row, place in enumerate(places)}
    return Evidence(
        tuple(places),
        columns,
        tuple(terms(blocks[place].text) for place in places),
        tuple(leads(blocks[place].targets, context.host) for place in places),
        tuple(row_of.get(headings[place], -1) for place in places),
        _tokens_around(document, places),
    )


def _tokens_around(document: Document, places: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the tokens of the elements around these blocks, by index: most elements hold only removed blocks."""
    return {index: document.elements[index].tokens for index in sorted(holders(document, places))}
