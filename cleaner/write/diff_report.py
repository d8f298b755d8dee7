"""What two runs keep differently, as an HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree

from cleaner.write.comparison import BOTH, FIRST, SECOND, Comparison, Line, Totals
from cleaner.write.markup import Content, element, escape, fill, markup

# How many equal lines are shown before and after one that differs. More of them are folded.
MAX_CONTEXT = 1
# Marks where the page is cut.
_SEAM = "\0"
_TAGS = {FIRST: "del", SECOND: "ins"}


class DiffPage:
    """The page with the differences of two files, in parts, because there may be any number of them."""

    def __init__(self, first: str, second: str) -> None:
        """`first` and `second` are the names of the files."""
        self._names = {FIRST: first, SECOND: second}
        self._head, self._tail = fill(
            "diff",
            title="What two runs keep differently",
            styles=("report", "diff"),
            has_script=False,
            first=escape(first),
            second=escape(second),
            parts=_SEAM,
            totals=_SEAM,
        ).split(_SEAM, 1)

    def head(self) -> str:
        """Return what precedes the inputs."""
        return self._head

    def part(self, comparison: Comparison) -> str:
        """Return what differs for an input."""
        if comparison.missing:
            return markup(element("p", f"{comparison.name}: only in {self._names[comparison.missing]}")) + "\n"
        counts = f"{comparison.count(FIRST)} lines only in the first, {comparison.count(SECOND)} only in the second"
        summary = f"{comparison.name}: {counts}" if comparison.lines else comparison.name
        content: list[Content] = [element("summary", summary)]
        if comparison.changes:
            head = element("tr", *(element("th", name, scope="col") for name in ("Field", *self._names.values())))
            rows = (
                element("tr", element("th", name, scope="row"), element("td", one or ""), element("td", other or ""))
                for name, one, other in comparison.changes
            )
            content.append(element("table", head, *rows))
        for is_equal, run in groupby(comparison.lines, key=lambda line: line.mark == BOTH):
            lines = list(run)
            content += _equal(lines) if is_equal else map(_different, lines)
        return markup(element("details", *content, open="")) + "\n"

    def tail(self, totals: Totals) -> str:
        """Return what follows the inputs."""
        return self._tail.replace(_SEAM, escape(str(totals)))


def _different(line: Line) -> etree._Element:
    reason = (element("small", line.reason),) if line.reason else ()
    return element("p", element(_TAGS[line.mark], line.text), *reason)


def _equal(run: Sequence[Line]) -> Iterator[etree._Element]:
    lines = [element("p", line.text) for line in run]
    folded = lines[MAX_CONTEXT:-MAX_CONTEXT]
    if not folded:
        yield from lines
        return
    yield from lines[:MAX_CONTEXT]
    yield element("details", element("summary", f"{len(folded)} equal"), *folded)
    yield from lines[-MAX_CONTEXT:]
