"""The article as an HTML report: every block of the page in order, and why it was kept or removed.

A report is one file that loads nothing.

To keep it small, each block refers to its path and its cause by number, in the attribute `data-b`, which the script
reads: "PATH PROBABILITY CAUSE". What is missing is that of its box of removed blocks, in `data-c`: "CAUSE PATH". A path
is a line of numbers of steps, and the evidence of a cause the numbers of its pieces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from lxml import etree

from cleaner.models import Kind, Metadata
from cleaner.odds import MIN_DOUBT
from cleaner.patterns import lazy_pattern
from cleaner.write.blocks import cells, heading_level, in_order, status_of, text_blocks
from cleaner.write.markup import Content, element, escape, fill, markup
from cleaner.write.reasons import MEANINGS, REGIONS

_Block = Mapping[str, Any]

# A run of removed blocks is folded if it has more blocks or characters than this.
MAX_OPEN_BLOCKS, MAX_OPEN_LENGTH = 4, 400
# What is between the steps of a path.
BETWEEN_STEPS = " > "
# What is between the pieces of evidence. Some have it inside, but joined, they are the same again.
BETWEEN_PIECES = ", "
# Longer addresses are cut where they are shown.
MAX_SHOWN_ADDRESS = 60

_WEB_ADDRESS = lazy_pattern(r"https?://[^\s<>\"]+")
_NOT_METADATA = frozenset(("provenance", "conflicts"))


class Counts(NamedTuple):
    """Numbers of blocks in a report."""

    kept: int
    removed: int
    doubtful: int


class _Numbering:
    """Numbers for distinct values, in the order in which they first come, and how often each came."""

    def __init__(self) -> None:
        self.counts: Counter[Any] = Counter()
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> str:
        self.counts[value] += 1
        return str(self._numbers.setdefault(value, len(self._numbers)))


def to_html_report(record: Mapping[str, Any]) -> str:
    """Return the report of a record, or of what `Article.to_dict` returns, as an HTML file.

    Without `blocks` and `removed`, which the record of an error lacks, it has only the metadata.
    """
    causes, paths, steps, pieces = (_Numbering() for _ in range(4))
    blocks = [markup(each) for each in _page(in_order(record), causes, paths)]
    counts = count_blocks(record)
    language = record.get("language")
    numbered = (" ".join(map(steps.number, path.split(BETWEEN_STEPS))) for path in paths.counts)
    return fill(
        "report",
        classes={str(removed["reason"]) for removed in record.get("removed", ())},
        title=escape(str(record.get("title") or record.get("input") or record.get("url") or "Report")),
        facts=markup(_facts(record, counts)),
        metadata=markup(_metadata(record)),
        doubtful=str(counts.doubtful),
        reasons="\n".join(map(markup, _choices(record))),
        language=f' lang="{escape(language)}"' if language else "",
        blocks="".join(blocks),
        meanings=escape("".join(f" {reason}: {meaning}." for reason, meaning in MEANINGS.items())),
        causes=markup(_causes(causes, pieces)),
        pieces=markup(element("ol", *(element("li", each) for each in pieces.counts), id="pieces", start="0")),
        paths=markup(_lines_of("paths", numbered)) + markup(_lines_of("steps", steps.counts)),
    )


def count_blocks(record: Mapping[str, Any]) -> Counts:
    """Return the numbers of kept, of removed and of doubtful blocks."""
    kept, removed = text_blocks(record), record.get("removed", ())
    return Counts(len(kept), len(removed), sum(map(is_doubtful, [*kept, *removed])))


def is_doubtful(block: _Block) -> bool:
    """Whether the scorer gives the opposite of the decision on the block a probability of at least `MIN_DOUBT`."""
    chance = block["probability"]
    if chance is None:
        return False
    return bool((chance if "reason" in block else 1 - chance) >= MIN_DOUBT)


class IndexPage:
    """The page that lists the reports of a run, in parts, because a run may have any number of them."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._head, self._tail = fill("index", title="Reports", rows=_SEAM, totals=_SEAM).split(_SEAM, 1)

    def head(self) -> str:
        """Return what precedes the rows."""
        return self._head

    def row(self, record: Mapping[str, Any], file: str) -> str:
        """Return the row of a record whose report is in `file`, in the folder of the index."""
        self._statuses[record["status"]] += 1
        error = record["error"]
        confidence = record["confidence"]
        cells = [
            element("td", element("a", str(record["input"]), href=quote(file))),
            element("td", status_of(record)),
            _number("" if confidence is None else f"{confidence:.2f}"),
            element("td", record["title"] or (error["message"] if error else "")),
            *(_number(str(number)) for number in (record["word_count"] or 0, *count_blocks(record))),
        ]
        return markup(element("tr", *cells)) + "\n"

    def tail(self) -> str:
        """Return what follows the rows."""
        counts = ", ".join(f"{count} {status}" for status, count in self._statuses.most_common())
        return self._tail.replace(_SEAM, f"{self._statuses.total()} inputs: {counts or 'none finished'}")


# Marks where an index page is cut.
_SEAM = "\0"


def _page(blocks: Iterable[_Block], causes: _Numbering, paths: _Numbering) -> Iterator[etree._Element]:
    """Yield the elements of the page in order: kept text as prose, runs of removed blocks in boxes."""
    for is_removed, run in groupby(blocks, key=lambda block: "reason" in block):
        if is_removed:
            yield from _removed(list(run), causes, paths)
        else:
            for kind, same in groupby(run, key=lambda block: block["kind"]):
                yield from _kept(kind, list(same), paths)


def _kept(kind: str, run: Sequence[_Block], paths: _Numbering) -> Iterator[etree._Element]:
    if kind == Kind.LIST_ITEM:
        yield element("ul", *(_block("li", block, paths) for block in run))
    elif kind == Kind.TABLE_ROW:
        yield element("table", element("tbody", *(_table_row(block, paths) for block in run)))
    else:
        for block in run:
            yield _block(_TAGS.get(kind) or f"h{heading_level(block)}", block, paths)


_TAGS: Mapping[str, str] = {
    Kind.PARAGRAPH: "p",
    Kind.CAPTION: "p",
    Kind.QUOTE: "blockquote",
    Kind.EMBED: "blockquote",
    Kind.PREFORMATTED: "pre",
}


def _block(tag: str, block: _Block, paths: _Numbering) -> etree._Element:
    return element(tag, block["text"], **_facts_of(block, paths))


def _table_row(block: _Block, paths: _Numbering) -> etree._Element:
    columns = (element("td", cell) for cell in cells(block["text"]))
    return element("tr", *columns, **_facts_of(block, paths))


def _facts_of(block: _Block, paths: _Numbering, common: str | None = None, cause: str = "") -> dict[str, str]:
    """Return the attributes of a block. Its path is left out if it is the `common` one of its box."""
    path, chance = block["path"], block["probability"]
    number = "" if path in (None, common) else paths.number(path)
    shown = "" if chance is None else f"{chance:.3g}".removeprefix("0")
    facts = f"{number} {shown or chance or ''} {cause}".rstrip()
    return ({"data-b": facts} if facts else {}) | ({"data-doubtful": ""} if is_doubtful(block) else {})


def _lines_of(name: str, lines: Iterable[str]) -> etree._Element:
    """Return a hidden element with lines for the script."""
    return element("pre", "\n".join(" ".join(line.split()) for line in lines), id=name, hidden="")


def _removed(run: Sequence[_Block], causes: _Numbering, paths: _Numbering) -> Iterator[etree._Element]:
    """Yield the boxes of a run of removed blocks, folded if it is long.

    Blocks with the same reason share a box. It has the cause and the path of its first block.
    """
    boxes = []
    for reason, group in groupby(run, key=lambda block: str(block["reason"])):
        blocks = list(group)
        numbers = [causes.number((reason, block["rule"], block["evidence"])) for block in blocks]
        common = blocks[0]["path"]
        lines = (
            element("p", block["text"], **_facts_of(block, paths, common, number if number != numbers[0] else ""))
            for block, number in zip(blocks, numbers, strict=True)
        )
        of_box = numbers[0] if common is None else f"{numbers[0]} {paths.number(common)}"
        boxes.append(element("div", *lines, **{"class": reason, "data-c": of_box}))
    if len(run) <= MAX_OPEN_BLOCKS and sum(len(block["text"]) for block in run) <= MAX_OPEN_LENGTH:
        yield from boxes
        return
    reasons = Counter(str(block["reason"]) for block in run)
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    yield element("details", element("summary", f"{_plural(len(run), 'block')} removed: {counts}"), *boxes)


def _facts(record: Mapping[str, Any], counts: Counts) -> etree._Element:
    error = record.get("error")
    confidence = record["confidence"]
    facts = {
        "Status": status_of(record),
        "Error": error["message"] if error else None,
        "Confidence": None if confidence is None else f"{confidence:.2f}",
        "Input": record.get("input"),
        "Address": record.get("final_url") or record["url"],
        "Blocks": f"{counts.kept} kept, {counts.removed} removed, {counts.doubtful} doubtful",
        "Warnings": "; ".join(record["warnings"]),
    }
    rows = ((element("dt", name), element("dd", *_linked(value))) for name, value in facts.items() if value)
    return element("dl", *(element for row in rows for element in row))


def _metadata(record: Mapping[str, Any]) -> etree._Element:
    """Return a table of the metadata: each value, its source, and what other sources say."""
    provenance, conflicts = record["provenance"], record["conflicts"]
    rows = [_head("Field", "Value", "Source", "Other sources")]
    for name in (each.name for each in fields(Metadata) if each.name not in _NOT_METADATA):
        values = _values(record[name])
        others = [f"{value} ({source})" for source, value in conflicts.get(name, {}).items()]
        if values or others:
            cells = (_lines(values), [provenance.get(name, "")], _lines(others))
            rows.append(element("tr", element("th", name, scope="row"), *(element("td", *cell) for cell in cells)))
    return element("table", *rows)


def _values(value: Any) -> list[str]:
    """Return a value of the metadata as lines of text; none if it is unknown."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [
            str(inner) if name == "url" else f"{name}: {inner}" for name, inner in value.items() if inner is not None
        ]
    if isinstance(value, list):
        return [line for inner in value for line in _values(inner)]
    return [str(value)]


def _lines(values: Iterable[str]) -> list[Content]:
    return [element("div", *_linked(value)) for value in values]


def _linked(value: str) -> list[Content]:
    """Return the text as a link if it is the address of a web page. Other schemes, such as javascript:, are text."""
    if _WEB_ADDRESS.fullmatch(value):
        shown = value if len(value) <= MAX_SHOWN_ADDRESS else f"{value[: MAX_SHOWN_ADDRESS - 1]}…"
        return [element("a", shown, href=value)]
    return [value]


def _choices(record: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield a checkbox for the kept blocks and for each reason, the most frequent first."""
    reasons = Counter(str(removed["reason"]) for removed in record.get("removed", ()))
    for name, count in [("kept", len(text_blocks(record))), *reasons.most_common()]:
        box = element("input", type="checkbox", value=name, checked="")
        attributes = {} if name == "kept" else {"class": name}
        if name in MEANINGS:
            attributes["title"] = MEANINGS[name]
        yield element("label", box, f" {name} ({count})", **attributes)


def _causes(causes: _Numbering, pieces: _Numbering) -> etree._Element:
    rows = []
    for (reason, rule, evidence), count in causes.counts.items():
        numbers = " ".join(map(pieces.number, evidence.split(BETWEEN_PIECES))) if evidence else ""
        shown = f"{reason}: {REGIONS[rule]}" if rule in REGIONS else reason
        rows.append(element("tr", *(element("td", cell or "") for cell in (shown, rule, numbers, str(count)))))
    head = element("thead", _head("Reason", "Rule", "Evidence", "Blocks"))
    return element("table", head, element("tbody", *rows), id="causes")


def _head(*names: str) -> etree._Element:
    return element("tr", *(element("th", name, scope="col") for name in names))


def _number(text: str) -> etree._Element:
    return element("td", text, **{"class": "number"})


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
