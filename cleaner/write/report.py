"""The article as an HTML report: every block of the page in order, and why it was kept or removed.

A report is one file that loads nothing. Its frame, style and script are files in `cleaner/write/templates/`. Whatever
comes from the page is put into elements by lxml, which escapes it, and the policy in the head lets the browser run no
other script than ours.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib import resources
from itertools import groupby
from string import Template
from typing import Any, NamedTuple
from urllib.parse import quote

from lxml import etree

from cleaner._version import __version__
from cleaner.models import Kind, Metadata
from cleaner.patterns import lazy_pattern
from cleaner.write.blocks import cells, heading_level, in_order

_Block = Mapping[str, Any]
_Content = str | etree._Element

# A block is doubtful if the scorer gives the opposite decision at least this probability.
MIN_DOUBT = 0.2
# A run of removed blocks is folded if it has more blocks or characters than this.
MAX_OPEN_BLOCKS, MAX_OPEN_LENGTH = 4, 400

# Characters that neither HTML nor UTF-8 can hold.
_UNWRITABLE = lazy_pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
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

    def number(self, value: Any, count: int = 1) -> str:
        self.counts[value] += count
        return str(self._numbers.setdefault(value, len(self._numbers)))


def to_html_report(record: Mapping[str, Any]) -> str:
    """Return the report of a record, or of what `Article.to_dict` returns, as an HTML file.

    Without `blocks` and `removed`, which the record of an error lacks, it has only the metadata.
    """
    causes, paths = _Numbering(), _Numbering()
    blocks = [_markup(each) for each in _page(in_order(record), causes, paths)]
    counts = count_blocks(record)
    language = record.get("language")
    return _fill(
        "report",
        title=_escape(str(record.get("title") or record.get("input") or record.get("url") or "Report")),
        facts=_markup(_facts(record, counts)),
        metadata=_markup(_metadata(record)),
        doubtful=str(counts.doubtful),
        reasons="\n".join(map(_markup, _choices(record))),
        language=f' lang="{_escape(language)}"' if language else "",
        blocks="\n".join(blocks),
        causes=_markup(_causes(causes)),
        paths=_markup(_element("ol", *(_element("li", path) for path in paths.counts), id="paths", hidden="")),
    )


def count_blocks(record: Mapping[str, Any]) -> Counts:
    """Return the numbers of kept, of removed and of doubtful blocks."""
    kept, removed = record.get("blocks", ()), record.get("removed", ())
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
        self._head, self._tail = _fill("index", title="Reports", rows=_SEAM, totals=_SEAM).split(_SEAM, 1)

    def head(self) -> str:
        """Return what precedes the rows."""
        return self._head

    def row(self, record: Mapping[str, Any], file: str) -> str:
        """Return the row of a record whose report is in `file`, in the folder of the index."""
        self._statuses[record["status"]] += 1
        error = record["error"]
        confidence = record["confidence"]
        cells = [
            _element("td", _element("a", str(record["input"]), href=quote(file))),
            _element("td", _status(record)),
            _number("" if confidence is None else f"{confidence:.2f}"),
            _element("td", record["title"] or (error["message"] if error else "")),
            *(_number(str(number)) for number in (record["word_count"] or 0, *count_blocks(record))),
        ]
        return _markup(_element("tr", *cells)) + "\n"

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
        yield _element("ul", *(_block("li", block, paths) for block in run))
    elif kind == Kind.TABLE_ROW:
        yield _element("table", _element("tbody", *(_table_row(block, paths) for block in run)))
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
    return _element(tag, block["text"], **_path(block["path"], paths), **_chance(block))


def _table_row(block: _Block, paths: _Numbering) -> etree._Element:
    columns = (_element("td", cell) for cell in cells(block["text"]))
    return _element("tr", *columns, **_path(block["path"], paths), **_chance(block))


def _path(path: str | None, paths: _Numbering) -> dict[str, str]:
    return {} if path is None else {"data-e": paths.number(path)}


def _chance(block: _Block) -> dict[str, str]:
    chance = {} if block["probability"] is None else {"data-p": f"{block['probability']:.3g}"}
    return chance | ({"data-doubtful": ""} if is_doubtful(block) else {})


def _removed(run: Sequence[_Block], causes: _Numbering, paths: _Numbering) -> Iterator[etree._Element]:
    """Yield the boxes of a run of removed blocks, folded if it is long.

    Blocks with the same cause share a box. A block without a path of its own has that of its box.
    """
    boxes = []
    for cause, group in groupby(run, key=lambda block: (block["reason"], block["rule"], block["evidence"])):
        blocks = list(group)
        common = blocks[0]["path"]
        lines = [
            _element(
                "p", block["text"], **_path(block["path"] if block["path"] != common else None, paths), **_chance(block)
            )
            for block in blocks
        ]
        marks = {"data-reason": str(cause[0]), "data-c": causes.number(cause, len(blocks))}
        boxes.append(_element("div", *lines, **marks, **_path(common, paths)))
    if len(run) <= MAX_OPEN_BLOCKS and sum(len(block["text"]) for block in run) <= MAX_OPEN_LENGTH:
        yield from boxes
        return
    reasons = Counter(str(block["reason"]) for block in run)
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    yield _element("details", _element("summary", f"{_plural(len(run), 'block')} removed: {counts}"), *boxes)


def _status(record: Mapping[str, Any]) -> str:
    """Return the status, with the kind of page or the error code: "ok", "no_article: listing", "error: empty"."""
    error = record.get("error")
    matter = record["page_kind"] or (error["code"] if error else None)
    return f"{record['status']}: {matter}" if matter else str(record["status"])


def _facts(record: Mapping[str, Any], counts: Counts) -> etree._Element:
    error = record.get("error")
    confidence = record["confidence"]
    facts = {
        "Status": _status(record),
        "Error": error["message"] if error else None,
        "Confidence": None if confidence is None else f"{confidence:.2f}",
        "Input": record.get("input"),
        "Address": record.get("final_url") or record["url"],
        "Blocks": f"{counts.kept} kept, {counts.removed} removed, {counts.doubtful} doubtful",
        "Warnings": "; ".join(record["warnings"]),
    }
    rows = ((_element("dt", name), _element("dd", *_linked(value))) for name, value in facts.items() if value)
    return _element("dl", *(element for row in rows for element in row))


def _metadata(record: Mapping[str, Any]) -> etree._Element:
    """Return a table of the metadata: each value, its source, and what other sources say."""
    provenance, conflicts = record["provenance"], record["conflicts"]
    rows = [_head("Field", "Value", "Source", "Other sources")]
    for name in (each.name for each in fields(Metadata) if each.name not in _NOT_METADATA):
        values = _values(record[name])
        others = [f"{value} ({source})" for source, value in conflicts.get(name, {}).items()]
        if values or others:
            cells = (_lines(values), [provenance.get(name, "")], _lines(others))
            rows.append(_element("tr", _element("th", name, scope="row"), *(_element("td", *cell) for cell in cells)))
    return _element("table", *rows)


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


def _lines(values: Iterable[str]) -> list[_Content]:
    return [_element("div", *_linked(value)) for value in values]


def _linked(value: str) -> list[_Content]:
    """Return the text as a link if it is the address of a web page. Other schemes, such as javascript:, are text."""
    if _WEB_ADDRESS.fullmatch(value):
        return [_element("a", value, href=value, rel="noopener noreferrer")]
    return [value]


def _choices(record: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield a checkbox for the kept blocks and for each reason, the most frequent first."""
    reasons = Counter(str(removed["reason"]) for removed in record.get("removed", ()))
    for name, count in [("kept", len(record.get("blocks", ()))), *reasons.most_common()]:
        box = _element("input", type="checkbox", value=name, checked="")
        colour = {} if name == "kept" else {"data-reason": name}
        yield _element("label", box, f" {name} ({count})", **colour)


def _causes(causes: _Numbering) -> etree._Element:
    rows = (
        _element("tr", *(_element("td", cell or "") for cell in cause), _number(str(count)))
        for cause, count in causes.counts.items()
    )
    head = _element("thead", _head("Reason", "Rule", "Evidence", "Blocks"))
    return _element("table", head, _element("tbody", *rows), id="causes")


def _head(*names: str) -> etree._Element:
    return _element("tr", *(_element("th", name, scope="col") for name in names))


def _number(text: str) -> etree._Element:
    return _element("td", text, **{"class": "number"})


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _element(tag: str, *content: _Content, **attributes: str) -> etree._Element:
    """Return an element with texts and elements in it."""
    element = etree.Element(tag, {name: _writable(value) for name, value in attributes.items()})
    last: etree._Element | None = None
    for each in content:
        if not isinstance(each, str):
            element.append(each)
            last = each
        elif last is None:
            element.text = (element.text or "") + _writable(each)
        else:
            last.tail = (last.tail or "") + _writable(each)
    return element


def _markup(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html")


def _escape(text: str) -> str:
    return html.escape(_writable(text))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _fill(name: str, *, title: str, **values: str) -> str:
    """Return the template `name` with its style, its script, the policy that allows only these two, and the values.

    `title` and the values are markup.
    """
    style, script = _template("report.css"), _template(f"{name}.js")
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    shared = {"title": title, "version": __version__}
    head = Template(_template("head.html").rstrip()).substitute(shared, style=style, policy=policy)
    return Template(_template(f"{name}.html")).substitute(values | shared, head=head, script=script)


def _digest(text: str) -> str:
    """Return the source expression of the Content Security Policy for an inline script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _template(name: str) -> str:
    return (resources.files("cleaner") / "write" / "templates" / name).read_text("utf-8")
