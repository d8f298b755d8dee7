"""Records, and their output as JSON, text and Markdown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from jsonschema import Draft202012Validator

from cleaner._version import __version__
from cleaner.errors import CleanerError, Code, FetchError, NoArticleError
from cleaner.inputs.read import Input, InputKind
from cleaner.models import (
    Article,
    ArticleType,
    Block,
    Cell,
    Comment,
    Embed,
    Image,
    Kind,
    ListItem,
    Mark,
    MarkKind,
    Page,
    PageKind,
    Reason,
    Removed,
    Status,
    TableRow,
)
from cleaner.rules.source import read_sources
from cleaner.write.folding import folded
from cleaner.write.markdown import to_markdown
from cleaner.write.reasons import REGIONS, why
from cleaner.write.record import SCHEMA_VERSION, record, to_json
from cleaner.write.record_types import (
    ArticleRecord,
    BlockRecord,
    CellRecord,
    CommentRecord,
    ErrorRecord,
    ImageRecord,
    ListItemRecord,
    MarkRecord,
    RemovedRecord,
    TableRowRecord,
)
from cleaner.write.text import to_text

SCHEMA = json.loads((resources.files("cleaner") / "schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
URL = "https://town.example/bridge"
SOURCE = Input(URL, InputKind.URL, url=URL)
ARTICLE = Article(
    title="Bridge opens",
    authors=("Ada Reed",),
    author_urls={"Ada Reed": f"{URL}/ada"},
    published=datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
    modified=date(2024, 5, 7),
    language="en",
    provenance={"title": "h1"},
    blocks=(Block(1, Kind.PARAGRAPH, "The bridge is open."), Block(3, Kind.HEADING, "What it cost", level=3)),
    removed=(
        Removed(0, Kind.HEADING, "Bridge opens", Reason.HEADLINE, None, "the title again"),
        Removed(2, Kind.PARAGRAPH, "See also: Ferry ends", Reason.RELATED, "see-also-line", None),
    ),
    confidence=0.75,
    url=URL,
)
NO_ARTICLE = Article(status=Status.NO_ARTICLE, page_kind=PageKind.LISTING, url=URL)


def blocks_record(*blocks: Block, title: str | None = None) -> dict[str, Any]:
    return record(SOURCE, Article(title=title, blocks=blocks), explain=True)


def test_record_of_an_article() -> None:
    """A record is one flat object with the article, its input and its status."""
    headers = {"etag": '"v1"', "server": "x"}
    page = Page(b"", url=URL, final_url=f"{URL}/", headers=headers, fetched_at=datetime(2024, 5, 8, tzinfo=UTC))
    expected = {
        "id": None,
        "input": URL,
        "input_hash": None,
        "index": 4,
        "url": URL,
        "final_url": f"{URL}/",
        "status": "ok",
        "page_kind": None,
        "confidence": 0.75,
        "error": None,
        "warnings": [],
        "title": "Bridge opens",
        "kicker": None,
        "type": None,
        "subtitle": None,
        "authors": ["Ada Reed"],
        "author_urls": {"Ada Reed": f"{URL}/ada"},
        "organization": None,
        "published": "2024-05-06T07:08:00+00:00",
        "published_raw": None,
        "modified": "2024-05-07",
        "modified_raw": None,
        "language": "en",
        "site_name": None,
        "publisher": None,
        "description": None,
        "section": None,
        "tags": [],
        "image": None,
        "image_caption": None,
        "canonical_url": None,
        "paywalled": None,
        "images": [],
        "next_page": None,
        "pages": [],
        "alternates": {},
        "embeds": [],
        "entries": [],
        "comments_count": None,
        "license": None,
        "word_count": None,
        "text": "The bridge is open.\n\nWhat it cost",
        "removed_counts": {"headline": 1, "related": 1},
        "provenance": {"title": "h1"},
        "conflicts": {},
        "encoding": None,
        "encoding_source": None,
        "fetched_at": "2024-05-08T00:00:00+00:00",
        "etag": '"v1"',
        "last_modified": None,
        "elapsed_ms": 12.3,
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
    }
    assert expected == record(SOURCE, ARTICLE, index=4, page=page, elapsed_ms=12.345)


def test_record_of_a_failure() -> None:
    """The record of a failure has the same fields, no text, and the error."""
    error = FetchError(Code.HTTP_ERROR, "the server answered 503", url=URL, http_status=503)
    failed = record(SOURCE, None, error=error)
    expected = {"code": "http_error", "message": "the server answered 503", "retryable": True, "http_status": 503}
    assert expected == failed["error"]
    assert ("error", None, []) == (failed["status"], failed["text"], failed["authors"])
    assert {} == failed["removed_counts"]
    assert list(record(SOURCE, ARTICLE)) == list(failed)


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize(
    ("article", "error"),
    [
        (ARTICLE, None),
        (NO_ARTICLE, NoArticleError("a listing", article=NO_ARTICLE)),
        (replace(ARTICLE, status=Status.UNSURE, confidence=0.1), CleanerError(Code.LOW_CONFIDENCE, "0.1 is below 0.5")),
        (None, CleanerError(Code.IO_ERROR, "no such file")),
        (None, FetchError(Code.HTTP_ERROR, "gone", url=URL, http_status=410)),
    ],
)
def test_records_match_the_schema(article: Article | None, error: CleanerError | None, explain: bool) -> None:
    """Each kind of record is valid against the schema, and unchanged after a round trip through JSON."""
    article_record = record(SOURCE, article, error=error, explain=explain)
    assert [] == [problem.message for problem in VALIDATOR.iter_errors(article_record)]
    assert article_record == json.loads(to_json(article_record))


def test_blocks_without_what_was_removed() -> None:
    """With `blocks`, a record has the blocks of the text and is valid; what was removed is only counted."""
    explained = record(SOURCE, replace(ARTICLE, unmatched=("p.x matches nothing",)), explain=True)
    with_blocks = record(SOURCE, replace(ARTICLE, unmatched=("p.x matches nothing",)), blocks=True)
    assert record(SOURCE, ARTICLE) | {"blocks": explained["blocks"]} == with_blocks
    assert [] == [problem.message for problem in VALIDATOR.iter_errors(with_blocks)]
    assert ([], ["p.x matches nothing"]) == (with_blocks["warnings"], explained["warnings"])
    assert [] == record(SOURCE, None, blocks=True)["blocks"]


@pytest.mark.parametrize(
    "invalid",
    [
        {"status": "fine"},
        {"status": "error"},
        {"text": None},
        {"published": "May 6"},
        {"extra": 1},
        {"removed": []},
        {"removed_counts": {"headline": 0}},
        {"removed_counts": {"boredom": 1}},
        {"error": {"code": "no_article", "message": "m", "retryable": False}},
    ],
)
def test_schema_rejects_invalid_records(invalid: dict[str, Any]) -> None:
    """The schema rejects a wrong value, a contradiction and an unknown field."""
    assert not VALIDATOR.is_valid(record(SOURCE, ARTICLE) | invalid)


def test_schema_lists_every_code_and_reason() -> None:
    """The schema allows exactly the values of the enums in the models."""
    Draft202012Validator.check_schema(SCHEMA)
    assert [*map(str, Code)] == SCHEMA["$defs"]["error"]["properties"]["code"]["enum"]
    assert [*map(str, Reason)] == SCHEMA["$defs"]["removed"]["properties"]["reason"]["enum"]
    assert [*map(str, Kind)] == SCHEMA["$defs"]["removed"]["properties"]["kind"]["enum"]
    assert [*map(str, Status)] == SCHEMA["properties"]["status"]["enum"]
    assert [*map(str, ArticleType), None] == SCHEMA["properties"]["type"]["enum"]
    assert [*map(str, PageKind), None] == SCHEMA["properties"]["page_kind"]["enum"]
    assert SCHEMA_VERSION == SCHEMA["properties"]["schema_version"]["const"]


def json_types(annotation: Any) -> set[str]:
    """Return the JSON types of the values of a Python type, as the schema names them."""
    if get_origin(annotation) in (Union, UnionType):
        types = set().union(*map(json_types, get_args(annotation)))
        return types - {"integer"} if "number" in types else types  # a number may be an integer
    if is_typeddict(annotation) or get_origin(annotation) is dict:
        return {"object"}
    simple = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
    return {"array"} if get_origin(annotation) is list else {simple[annotation]}


def schema_types(node: dict[str, Any]) -> set[str]:
    """Return the types of the values that a part of the schema allows."""
    if "anyOf" in node:
        return set().union(*map(schema_types, node["anyOf"]))
    if "$ref" in node:
        return schema_types(SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    if values := node.get("enum", [node["const"]] if "const" in node else None):
        return set().union(*(json_types(type(value)) for value in values))
    return {node["type"]} if isinstance(node["type"], str) else {*node["type"]}


@pytest.mark.parametrize(
    ("record_type", "schema"),
    [
        (ArticleRecord, SCHEMA),
        (BlockRecord, SCHEMA["$defs"]["block"]),
        (CellRecord, SCHEMA["$defs"]["cell"]),
        (ErrorRecord, SCHEMA["$defs"]["error"]),
        (ImageRecord, SCHEMA["$defs"]["image"]),
        (ListItemRecord, SCHEMA["$defs"]["item"]),
        (MarkRecord, SCHEMA["$defs"]["mark"]),
        (RemovedRecord, SCHEMA["$defs"]["removed"]),
        (TableRowRecord, SCHEMA["$defs"]["row"]),
    ],
)
def test_record_types_agree_with_the_schema(record_type: Any, schema: dict[str, Any]) -> None:
    """The types of records have the fields of the schema, each of the same type, and the same fields may be absent."""
    annotations = get_type_hints(record_type)
    expected = {name: schema_types(node) for name, node in schema["properties"].items()}
    assert expected == {name: json_types(annotation) for name, annotation in annotations.items()}
    # Records of earlier versions have no `input_hash`.
    assert {*schema["required"]} == record_type.__required_keys__ - {"input_hash"}


def test_records_have_the_fields_of_their_type() -> None:
    """A record has the required fields of its type, with all options all fields, and so have the values in it."""
    assert ArticleRecord.__required_keys__ == record(SOURCE, None).keys()
    article = replace(ARTICLE, images=(Image(f"{URL}.jpg"),), comments=(Comment("Nan", None, "Well!"),))
    full = record(SOURCE, article, explain=True, comments=True)
    assert get_type_hints(ArticleRecord).keys() == full.keys()
    assert [get_type_hints(ImageRecord).keys()] == [image.keys() for image in full["images"]]
    assert [get_type_hints(CommentRecord).keys()] == [comment.keys() for comment in full["comments"]]
    assert {BlockRecord.__required_keys__} == {frozenset(block) for block in full["blocks"]}
    assert {frozenset(get_type_hints(RemovedRecord))} == {frozenset(removed) for removed in full["removed"]}
    error = FetchError(Code.HTTP_ERROR, "busy", url=URL, http_status=503, retry_after=9)
    assert get_type_hints(ErrorRecord).keys() == (record(SOURCE, None, error=error)["error"] or {}).keys()


def test_blocks_in_a_record_keep_their_structure() -> None:
    """A block in a record has its place in the text, and the marks, the list item, the row and so on that it has."""
    marks = (Mark(0, 3, MarkKind.LINK, "https://a.example/"), Mark(0, 1, MarkKind.STRONG))
    blocks = (
        Block(0, Kind.LIST_ITEM, "One", marks=marks, item=ListItem(4, 2, True, 7, False), quote_depth=1, start=0),
        Block(1, Kind.TABLE_ROW, "a | b", row=TableRow(2, (Cell(0, 1, True, 2, 1), Cell(4, 5, False, 1, 1))), start=5),
        Block(2, Kind.PREFORMATTED, "x = 1", language="python", start=12),
    )
    embed = Embed("x", f"{URL}/status/1", "Nan (@nan)", "Well!", 3)
    full: dict[str, Any] = dict(record(SOURCE, Article(blocks=blocks, embeds=(embed,)), explain=True))
    one, row, code, post = full["blocks"]
    assert ["One", "a | b", "x = 1"] == [full["text"][block["start"] : block["end"]] for block in (one, row, code)]
    assert {"service": "x", "url": f"{URL}/status/1", "author": "Nan (@nan)"} == post["embed"]
    assert ("embed", "Well!", None) == (post["kind"], post["text"], post["start"])
    assert one["marks"] == [
        {"start": 0, "end": 3, "kind": "link", "url": "https://a.example/"},
        {"start": 0, "end": 1, "kind": "strong"},
    ]
    assert one["item"] == {"list": 4, "depth": 2, "ordered": True, "number": 7, "continues": False}
    assert 1 == one["quote_depth"]
    assert 2 == row["row"]["table"]
    assert row["row"]["cells"][0] == {"start": 0, "end": 1, "header": True, "columns": 2, "rows": 1}
    assert "python" == code["language"]
    assert get_type_hints(BlockRecord).keys() == one.keys() | row.keys() | code.keys() | post.keys()
    VALIDATOR.validate(json.loads(to_json(full)))


def test_json_is_strict() -> None:
    """A record is a single line for every reader, can be encoded in UTF-8, and holds no NaN."""
    line = to_json({"text": "a\u2028b\u2029c\x85d\ud800e\nf\u200cé"})
    assert '{"text": "a\\u2028b\\u2029c\\u0085d\ufffde\\nf\u200cé"}' == line
    assert 1 == len(line.encode().decode().splitlines())
    with pytest.raises(ValueError, match="Out of range"):
        to_json({"id": float("nan")})


def test_text() -> None:
    """Text output is the article's text and a line feed; with `explain`, it is the page in order with the reasons."""
    article_record = record(SOURCE, ARTICLE, explain=True)
    assert "The bridge is open.\n\nWhat it cost\n" == to_text(article_record)
    expected = (
        "[headline, the title again] Bridge opens\n\n"
        "The bridge is open.\n\n"
        "[related, rule see-also-line] See also: Ferry ends\n\n"
        "What it cost\n"
    )
    assert expected == to_text(article_record, explain=True)
    assert "" == to_text(record(SOURCE, None))


def test_text_with_a_header() -> None:
    """A text can begin with the headline, or with what is known of headline, byline, date and address."""
    article_record = record(SOURCE, replace(ARTICLE, title="Bridge\n opens"))
    text = "The bridge is open.\n\nWhat it cost\n"
    assert f"Bridge opens\n\n{text}" == to_text(article_record, title=True)
    full = f"Bridge opens\nAda Reed\n2024-05-06T07:08:00+00:00\n{URL}\n\n{text}"
    assert full == to_text(article_record, header=True)
    assert full == replace(ARTICLE, title="Bridge opens").to_text(header=True)
    unsigned = article_record | {"authors": [], "organization": "Lowmere Post", "url": None, "published": None}
    assert f"Bridge opens\nLowmere Post\n\n{text}" == to_text(unsigned, header=True)
    assert text == to_text(unsigned | {"title": None, "organization": None}, title=True, header=True)
    assert "" == to_text(article_record | {"text": None}, title=True, header=True)
    assert ARTICLE.to_text(explain=True, title=True).startswith("Bridge opens\n\n[headline, the title again] Bridge")


def test_markdown() -> None:
    """Each kind of block has its Markdown form; adjacent blocks of a kind form one list, quote or table."""
    article_record = blocks_record(
        Block(0, Kind.PARAGRAPH, "First line\nsecond line"),
        Block(1, Kind.HEADING, "Section", level=1),
        Block(2, Kind.LIST_ITEM, "one"),
        Block(3, Kind.LIST_ITEM, "two\nlines"),
        Block(4, Kind.QUOTE, "Said\nso."),
        Block(5, Kind.QUOTE, "And so."),
        Block(6, Kind.PREFORMATTED, "if x:\n    ```"),
        Block(7, Kind.TABLE_ROW, "Year | Ferries"),
        Block(8, Kind.TABLE_ROW, "2024"),
        title="The title",
    )
    expected = """\
# The title

First line\\
second line

## Section

- one
- two\\
  lines

> Said\\
> so.
>
> And so.

````
if x:
    ```
````

|  |  |
| --- | --- |
| Year | Ferries |
| 2024 |  |
"""
    assert expected == to_markdown(article_record)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 1 in the charts", "\\# 1 in the charts"),
        ("1. January was cold", "1\\. January was cold"),
        ("1.5 million came", "1.5 million came"),
        ("- he said", "\\- he said"),
        ("-5 degrees, +3 and #tag", "-5 degrees, +3 and #tag"),
        ("---", "\\---"),
        ("Sum\n===", "Sum\\\n\\==="),
        ("Names\n:-- | --", "Names\\\n\\:-- | --"),
        ("[x] Done", "\\[x] Done"),
        ("~about~", "\\~about\\~"),
        ("See http://a.example/*b_c*", "See http\\://a.example/\\*b_c\\*"),
        ("See www.a.example/b_c and d", "See www.a.example/b_c and d"),
        ("It is 5 * 3 > 14", "It is 5 \\* 3 > 14"),
        ("snake_case and _stress_", "snake_case and \\_stress\\_"),
        ("[sic] and [a](b)", "[sic] and [a\\](b)"),
        ("a < b, <b> and AT&T, &amp;", "a < b, \\<b> and AT&T, \\&amp;"),
    ],
)
def test_markdown_escapes(text: str, expected: str) -> None:
    """Characters that Markdown would read as markup are escaped, others are not."""
    assert f"{expected}\n" == to_markdown(blocks_record(Block(0, Kind.PARAGRAPH, text)))


def test_every_line_of_a_removed_block_is_marked() -> None:
    """A removed block shows its reason before each of its lines, so that none looks like text."""
    removed = Removed(0, Kind.PARAGRAPH, "Ludacris\ndiemaus", Reason.COMMENTS, "comment-list", None)
    article_record = record(
        SOURCE, Article(blocks=(Block(1, Kind.PARAGRAPH, "One\nTwo"),), removed=(removed,)), explain=True
    )
    mark = "[comments, rule comment-list] "
    assert f"{mark}Ludacris\n{mark}diemaus\n\nOne\nTwo\n" == to_text(article_record, explain=True)


def test_reasons_in_words() -> None:
    """A reason that does not say what a block is comes with its meaning; a likely rule comes with the evidence."""
    evidence = "against: 2 words; for: bold"
    likely = Removed(0, Kind.PARAGRAPH, "Harbour news", Reason.TAGS, "topic-line", evidence)
    unsure = Removed(1, Kind.PARAGRAPH, "Harbour news", Reason.UNSURE, None, evidence)
    expected = (
        "[tags, rule topic-line, against: 2 words; for: bold] Harbour news\n\n"
        "[unsure: in or beside the article's part of the page, but probably not its text, against: 2 words; for: bold] "
        "Harbour news\n"
    )
    assert expected == to_text(record(SOURCE, Article(removed=(likely, unsure)), explain=True), explain=True)


def test_regions_are_those_of_rules() -> None:
    """Where a rule about a part of the page removes a block, the reason names that part; the rules exist."""
    removed = Removed(0, Kind.PARAGRAPH, "Contact", Reason.COPYRIGHT, "footer-element", None)
    expected = "copyright: in the footer of the page, rule footer-element"
    assert expected == why(removed._asdict())
    assert set() == REGIONS.keys() - {rule.id for rule in read_sources().rules}


def removed_blocks(*reasons: Reason, chance: float | None = None) -> tuple[Removed, ...]:
    return tuple(Removed(n, Kind.PARAGRAPH, f"Line {n}", reason, "r", None, chance) for n, reason in enumerate(reasons))


def shown_folded(*removed: Removed, blocks: tuple[Block, ...] = ()) -> list[str]:
    article_record = record(SOURCE, Article(blocks=blocks, removed=removed), explain=True)
    return to_text(folded(article_record), explain=True).split("\n\n")


def test_runs_of_boilerplate_are_folded() -> None:
    """Three or more removed blocks of boilerplate in a row are one line with the counts, the most frequent first."""
    run = removed_blocks(Reason.SHARE, Reason.NAVIGATION, Reason.HIDDEN, Reason.NAVIGATION)
    summary = "[4 blocks removed: 2 navigation, 1 share, 1 hidden]"
    assert [f"{summary}\n"] == shown_folded(*run)
    assert [summary, "Text\n"] == shown_folded(*run, blocks=(Block(4, Kind.PARAGRAPH, "Text"),))
    assert 2 == len(shown_folded(*run[:2]))
    between = shown_folded(*run[:2], run[3]._replace(place=5), blocks=(Block(3, Kind.PARAGRAPH, "Text"),))
    assert 4 == len(between)


def test_what_may_be_a_mistake_is_not_folded() -> None:
    """Blocks that the reader may miss are not folded: parts of the article, those in doubt, unsure ones."""
    assert 3 == len(shown_folded(*removed_blocks(Reason.UNSURE, Reason.CAPTION, Reason.REPEATED)))
    assert 3 == len(shown_folded(*removed_blocks(*[Reason.OUTSIDE] * 3, chance=0.3)))
    assert 1 == len(shown_folded(*removed_blocks(*[Reason.OUTSIDE] * 3, chance=0.1)))


def test_folded_markdown() -> None:
    """In Markdown, a run is a block that is struck through, with its counts as the reason."""
    article_record = record(SOURCE, Article(removed=removed_blocks(*[Reason.SHARE] * 3)), explain=True)
    assert "~~3 blocks~~ *(3 share)*\n" == to_markdown(folded(article_record), explain=True)


def test_markdown_explained() -> None:
    """With `explain`, Markdown shows removed blocks in their places, struck through, with the reason."""
    markdown = to_markdown(record(SOURCE, ARTICLE, explain=True), explain=True)
    assert "\n\n~~See also: Ferry ends~~ *(related, rule see-also-line)*\n\n" in markdown
