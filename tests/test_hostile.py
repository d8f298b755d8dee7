"""Small hostile documents. `benchmarks/hostile.py` generates them, and also runs large ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import hostile
from cleaner.batch.clean_many import clean_many

CASES = 100


def record_of(source: Any) -> dict[str, Any]:
    (record,) = clean_many([source], explain=True)
    return record


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("kind", hostile.KINDS, ids=lambda kind: kind.name)
def test_hostile_documents(kind: Any) -> None:
    """A document of each kind gives a valid record, and no text that the document does not have."""
    name = hostile.name_of(kind, hostile.SMALL)
    record = record_of(hostile.source(name, kind.made(hostile.SMALL), kind.ending))
    assert [] == [*hostile.complaints_of(name, record, json.dumps(record))]
    assert [] == [*hostile.invented(name, record, [(kind, hostile.SMALL)])]


@pytest.mark.usefixtures("in_process")
def test_random_documents() -> None:
    """Random bytes, markup, JSON-LD and texts give valid records."""
    for source in hostile.documents(CASES, 1):
        record = record_of(source)
        assert [] == [*hostile.complaints_of(record["url"], record, json.dumps(record))]
