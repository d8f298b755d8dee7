"""Small hostile documents. `benchmarks/hostile.py` generates them, and also runs large ones."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.clean_many import clean_many

PATH = Path(__file__).parent.parent / "benchmarks" / "hostile.py"
CASES = 100


def _load_module() -> Any:
    spec = importlib.util.spec_from_file_location("hostile", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile"] = module
    spec.loader.exec_module(module)
    return module


hostile = _load_module()


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
