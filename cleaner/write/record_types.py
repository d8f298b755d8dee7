"""The types of records, for programs that read them. `cleaner/schema.json` says more, such as the form of a date."""

# Annotations are not postponed here: they tell the optional fields from the others when the classes are made.
from datetime import datetime
from typing import NotRequired, TypedDict


class ErrorRecord(TypedDict):
    """Why a record has no article, or none that is sure enough.

    Attributes:
        code: The error code, a value of `Code`.
        message: What is wrong and what to do, for people.
        retryable: Whether the same input may succeed if it is tried again later.
        http_status: The status of the response, if there was one.
        retry_after: How long the server asks to wait, in seconds, if it says so.
    """

    code: str
    message: str
    retryable: bool
    http_status: NotRequired[int]
    retry_after: NotRequired[int]


class ImageRecord(TypedDict):
    """A picture of an article in a record. The fields are those of `Image`."""

    url: str
    alt: str | None
    caption: str | None
    credit: str | None
    after: int | None


class MarkRecord(TypedDict):
    """A marked piece of a block's text in a record. The fields are those of `Mark`; only links have a `url`."""

    start: int
    end: int
    kind: str
    url: NotRequired[str]


class ListItemRecord(TypedDict):
    """The place of a block in a list. The fields are those of `ListItem`."""

    list: int
    depth: int
    ordered: bool
    number: int | None
    continues: bool


class CellRecord(TypedDict):
    """A cell of a table in a record. The fields are those of `Cell`."""

    start: int
    end: int
    header: bool
    columns: int
    rows: int


class TableRowRecord(TypedDict):
    """A row of a table in a record. The fields are those of `TableRow`."""

    table: int
    cells: list[CellRecord]


class EmbedRecord(TypedDict):
    """A post, a player, a map or a chart of another service in a record. The fields are those of `Embed`."""

    service: str
    url: str | None
    author: str | None
    text: str | None
    place: int


class EmbeddedRecord(TypedDict):
    """What an entry of `blocks` that is an embed says of it."""

    service: str
    url: str | None
    author: str | None


class EntryRecord(TypedDict):
    """An update of a live blog in a record. The fields are those of `Entry`; `published` is in ISO 8601."""

    published: str | None
    title: str | None
    start: int
    end: int
    author: str | None


class CommentRecord(TypedDict):
    """A reader's comment in a record. The fields are those of `Comment`; `published` is in ISO 8601."""

    author: str | None
    published: str | None
    text: str
    depth: int
    url: str | None


class BlockRecord(TypedDict):
    """A block of the article's text in a record, or an embed between such blocks.

    Attributes:
        place: The position among all blocks of the page, from 0.
        kind: The form of the block, a value of `Kind`.
        level: The level of a heading, 1 to 6; `None` for other blocks.
        text: The text of the block.
        start: Where the block begins in the `text` of the record, in characters from 0.
        end: Where it ends: the index after its last character.
        probability: The probability that the block is text, 0 to 1; `None` if a rule decided.
        path: The innermost elements around the block, as a CSS selector; `None` for plain text.
        marks: The links, the emphasis and the other marks of its text, in the order in which they begin, outer ones
            first; they are nested or apart. Missing if there are none.
        item: The place in a list; missing if the block is in no item of a list.
        row: The cells of the row of a table; missing if the block is not such a row.
        quote_depth: How many block quotations are around the block; missing if there is none.
        language: The programming language that the page declares for preformatted text; missing if it declares none.
        embed: The service, the URL and the author, if the entry is an embed. It is not part of the article's text.
            Missing for all other blocks.
    """

    place: int
    kind: str
    level: int | None
    text: str
    start: int | None
    end: int | None
    probability: float | None
    path: str | None
    marks: NotRequired[list[MarkRecord]]
    item: NotRequired[ListItemRecord]
    row: NotRequired[TableRowRecord]
    quote_depth: NotRequired[int]
    language: NotRequired[str]
    embed: NotRequired[EmbeddedRecord]


class RemovedRecord(TypedDict):
    """A removed block in a record. The fields are those of `Removed`; `reason` is a value of `Reason`."""

    place: int
    kind: str
    text: str
    reason: str
    rule: str | None
    evidence: str | None
    probability: float | None
    path: str | None


class ArticleRecord(TypedDict):
    """The record of an input: the article, where it came from, and what went wrong.

    It is a dictionary, as `clean_many` yields it and the command writes it in JSON; `docs/record.md` describes its
    fields. Every record has all fields except `blocks` and `removed`: `explain` adds both, `blocks=True` only `blocks`.
    `comments=True` adds `comments`. An unknown value is `None` or empty. `status` is a value of `Status`, `page_kind`
    one of `PageKind`, `type` one of `ArticleType`.
    """

    id: str | int | float | None
    input: str
    input_hash: str | None
    index: int
    url: str | None
    final_url: str | None
    status: str
    page_kind: str | None
    confidence: float | None
    error: ErrorRecord | None
    warnings: list[str]
    title: str | None
    authors: list[str]
    published: str | None
    modified: str | None
    language: str | None
    site_name: str | None
    description: str | None
    section: str | None
    tags: list[str]
    image: str | None
    canonical_url: str | None
    paywalled: bool | None
    subtitle: str | None
    kicker: str | None
    type: str | None
    organization: str | None
    publisher: str | None
    published_raw: str | None
    modified_raw: str | None
    image_caption: str | None
    images: list[ImageRecord]
    next_page: str | None
    pages: list[str]
    embeds: list[EmbedRecord]
    entries: list[EntryRecord]
    comments_count: int | None
    license: str | None
    word_count: int | None
    author_urls: dict[str, str]
    alternates: dict[str, str]
    text: str | None
    removed_counts: dict[str, int]
    provenance: dict[str, str]
    conflicts: dict[str, dict[str, str]]
    encoding: str | None
    encoding_source: str | None
    fetched_at: str | None
    etag: str | None
    last_modified: str | None
    elapsed_ms: float
    version: str
    schema_version: int
    comments: NotRequired[list[CommentRecord]]
    blocks: NotRequired[list[BlockRecord]]
    removed: NotRequired[list[RemovedRecord]]


class ArticleRow(TypedDict):
    """A record as a row of a table: a flat dictionary, as `to_row` returns it. Every row has all fields.

    The fields are those of `ArticleRecord`, without the mappings and blocks. Dates are times in UTC, and `id` is a
    string.

    Attributes:
        error_code: The `code` of the record's `error`; `None` without an error, as are the other fields of the error.
        error_message: Its `message`.
        error_retryable: Its `retryable`.
        error_http_status: Its `http_status`; `None` if there was no response.
        error_retry_after: Its `retry_after`; `None` if the server does not say.
        images: The URLs of the pictures.
        embeds: The URLs of the embedded posts, players, maps and charts.
    """

    id: str | None
    input: str
    input_hash: str | None
    index: int
    url: str | None
    final_url: str | None
    status: str
    page_kind: str | None
    confidence: float | None
    error_code: str | None
    error_message: str | None
    error_retryable: bool | None
    error_http_status: int | None
    error_retry_after: int | None
    warnings: list[str]
    title: str | None
    authors: list[str]
    published: datetime | None
    modified: datetime | None
    language: str | None
    site_name: str | None
    description: str | None
    section: str | None
    tags: list[str]
    image: str | None
    canonical_url: str | None
    paywalled: bool | None
    subtitle: str | None
    kicker: str | None
    type: str | None
    organization: str | None
    publisher: str | None
    published_raw: str | None
    modified_raw: str | None
    image_caption: str | None
    images: list[str]
    embeds: list[str]
    next_page: str | None
    pages: list[str]
    comments_count: int | None
    license: str | None
    word_count: int | None
    text: str | None
    encoding: str | None
    encoding_source: str | None
    fetched_at: datetime | None
    etag: str | None
    last_modified: str | None
    elapsed_ms: float
    version: str
    schema_version: int
