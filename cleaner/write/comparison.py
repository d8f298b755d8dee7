"""What two records of the same input have differently: text, metadata and status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from cleaner.models import Metadata
from cleaner.write.blocks import status_of
from cleaner.write.reasons import why

_Record = Mapping[str, Any]

# Fields of the metadata that are about other fields, or follow from the text.
_DERIVED = frozenset(("provenance", "conflicts", "word_count"))
# The marks of a line that only the first record keeps, only the second, or both.
FIRST, SECOND, BOTH = "-", "+", " "


class Line(NamedTuple):
    """A block of text that at least one of the two records keeps."""

    mark: str  # `FIRST`, `SECOND` or `BOTH`
    text: str
    reason: str | None = None  # why the other record lacks it, as its `removed` says; `None` if it does not say


class Change(NamedTuple):
    """A field of the metadata, or the status, with its values in words; `None` for an unknown one."""

    name: str
    first: str | None
    second: str | None


class Comparison(NamedTuple):
    """What differs between the records of an input. `lines` is empty if the text is equal."""

    name: str  # of the input
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]
    missing: str | None = None  # the mark of the file that alone has the input; `None` if both have it

    def count(self, mark: str) -> int:
        """Return the number of lines with the mark."""
        return sum(line.mark == mark for line in self.lines)


def compare(first: _Record | None, second: _Record | None) -> Comparison | None:
    """Return how the records of an input differ, at least one of which is there; `None` if they do not.

    Only what both records have is compared: a field that another version added is no difference. Confidence,
    probabilities, sources of metadata and what was removed are not compared.
    """
    if first is None or second is None:
        record = first or second
        assert record is not None
        return Comparison(_name(record), (), (), SECOND if first is None else FIRST)
    changes = tuple(change for change in _changes(first, second) if change.first != change.second)
    lines = tuple(_lines(first, second))
    if all(line.mark == BOTH for line in lines):
        lines = ()
    return Comparison(_name(first), changes, lines) if changes or lines else None


def _name(record: _Record) -> str:
    """Return the name of the input, with the URL of the page: the number of a line in a file says little."""
    name, url = str(record["input"]), record.get("url")
    return name if url in (None, name) else f"{name} ({url})"


def _changes(first: _Record, second: _Record) -> Iterator[Change]:
    yield Change(STATUS, status_of(first), status_of(second))
    for name in (field.name for field in fields(Metadata)):
        if name not in _DERIVED and name in first and name in second:
            values = _without_shared(*(_without_places(record[name]) for record in (first, second)))
            yield Change(name, *map(_in_words, values))


# The name of the change of the status.
STATUS = "status"


def _without_places(value: Any) -> Any:
    """Return a value of the metadata; of pictures, without their places in the text, which change with it."""
    if isinstance(value, list):
        return [_without_places(each) for each in value]
    if isinstance(value, Mapping):
        return {name: inner for name, inner in value.items() if name != "after"}
    return value


def _without_shared(first: Any, second: Any) -> tuple[Any, Any]:
    """Return the values without the items that both have, if they are lists; as they are if only the order differs."""
    if not (isinstance(first, list) and isinstance(second, list)):
        return first, second
    only_first, only_second = (
        [each for each in first if each not in second],
        [each for each in second if each not in first],
    )
    return (only_first, only_second) if only_first or only_second else (first, second)


def _in_words(value: Any) -> str | None:
    if value is None or value in ([], {}):
        return None
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items() if inner is not None)
    if isinstance(value, list):
        return "; ".join(filter(None, map(_in_words, value)))
    return str(value)


def _lines(first: _Record, second: _Record) -> Iterator[Line]:
    """Yield the lines of both texts in order; of lines that stand for each other, those of the first text first."""
    of_first, of_second = _kept(first, second), _kept(second, first)
    if of_first == of_second:
        return
    why_not_first, why_not_second = _reasons(first), _reasons(second)
    # Of equal lines at the beginning and the end, the matcher need not know: most texts differ in a few lines.
    start = _common(of_first, of_second)
    end = _common(of_first[start:][::-1], of_second[start:][::-1])
    middle_first, middle_second = of_first[start : len(of_first) - end], of_second[start : len(of_second) - end]
    matcher = SequenceMatcher(None, middle_first, middle_second, autojunk=False)
    yield from (Line(BOTH, text) for text in of_first[:start])
    for kind, first_from, first_to, second_from, second_to in matcher.get_opcodes():
        if kind == "equal":
            yield from (Line(BOTH, text) for text in middle_first[first_from:first_to])
        else:
            yield from (Line(FIRST, text, why_not_second(text)) for text in middle_first[first_from:first_to])
            yield from (Line(SECOND, text, why_not_first(text)) for text in middle_second[second_from:second_to])
    yield from (Line(BOTH, text) for text in of_first[len(of_first) - end :])


def _kept(record: _Record, other: _Record) -> list[str]:
    """Return the blocks of the text. Without `blocks` in both records, they are what empty lines separate."""
    if "blocks" in record and "blocks" in other and record["text"] is not None:
        return [str(block["text"]) for block in record["blocks"]]
    return record["text"].split("\n\n") if record["text"] else []


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many lines two texts have in common at the beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _reasons(record: _Record) -> Callable[[str], str | None]:
    """Return what says why a record lacks a text."""
    if "removed" not in record:
        return lambda text: None
    reasons = {removed["text"]: why(removed) for removed in reversed(record["removed"])}
    return lambda text: reasons.get(text, NO_BLOCK)


# Why a record lacks a text that it neither keeps nor removes.
NO_BLOCK = "no such block"


class Totals:
    """The numbers of what was compared."""

    def __init__(self) -> None:
        self.inputs = self.different = self.text = self.metadata = self.status = 0
        self.lines = {FIRST: 0, SECOND: 0}
        self.missing = {FIRST: 0, SECOND: 0}

    def add(self, comparison: Comparison | None) -> None:
        """Count an input."""
        self.inputs += 1
        if comparison is None:
            return
        self.different += 1
        if comparison.missing:
            self.missing[comparison.missing] += 1
        self.text += bool(comparison.lines)
        self.status += any(change.name == STATUS for change in comparison.changes)
        self.metadata += any(change.name != STATUS for change in comparison.changes)
        for mark in self.lines:
            self.lines[mark] += comparison.count(mark)

    def __str__(self) -> str:
        if not self.different:
            return f"{_counted(self.inputs, 'input')}, all equal"
        lines = _counted(self.lines[FIRST], "line")
        parts = (
            (self.text, f"in the text ({lines} only in the first file, {self.lines[SECOND]} only in the second)"),
            (self.metadata, "in the metadata"),
            (self.status, "in the status"),
            (self.missing[FIRST], "only in the first file"),
            (self.missing[SECOND], "only in the second file"),
        )
        counts = ", ".join(f"{number} {where}" for number, where in parts if number)
        return f"{_counted(self.inputs, 'input')}, {self.different} different: {counts}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
