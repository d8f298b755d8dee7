"""The nouns: what each step of the way hands to the next. All are frozen; a step returns new values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CAPTION = "caption"
    PREFORMATTED = "preformatted"
    TABLE_ROW = "table_row"
    EMBED = "embed"  # a post of another service, quoted whole: a tweet, an Instagram post


class Reason(StrEnum):
    """Why a block is not part of the article's text."""

    # Parts of the article that are metadata or stand beside the text.
    HEADLINE = "headline"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    CREDIT = "credit"
    # Chrome, by what it wants from the reader.
    RELATED = "related"
    SUBSCRIBE = "subscribe"
    DONATE = "donate"
    APP = "app"
    SHARE = "share"
    COMMENTS = "comments"
    AUTHOR_BOX = "author_box"
    AD = "ad"
    CONSENT = "consent"
    PAYWALL = "paywall"
    TOOLS = "tools"  # print, e-mail, save, listen, font size
    TAGS = "tags"
    COPYRIGHT = "copyright"
    NAVIGATION = "navigation"  # menus, breadcrumbs, skip links, tables of contents, pagination
    READING_TIME = "reading_time"
    CONTINUES = "continues"  # "Story continues below"
    PLAYER = "player"  # what an embedded video, podcast or map says where it cannot be shown
    POLL = "poll"
    EMBED = "embed"  # a post of another service, quoted whole: its words are not the article's
    DISCLAIMER = "disclaimer"  # affiliate links, machine translation, "this page was updated automatically"
    # Not a phrase or a name, but the place.
    HIDDEN = "hidden"
    SCRIPT = "script"  # serialised data or program code that a broken tag left visible
    OUTSIDE = "outside"  # stands apart from the article's text
    UNSURE = "unsure"  # inside the article's element, but neither witness takes it for text
    REPEATED = "repeated"  # the same words stand in the article already


class PageKind(StrEnum):
    """What a page is when it is not an article."""

    ERROR = "error"
    LOGIN = "login"
    CONSENT = "consent"
    LISTING = "listing"
    EMPTY = "empty"
    NEEDS_JAVASCRIPT = "needs_javascript"  # an app shell: its text comes by scripts
    BLOCKED = "blocked"
    SHOP = "shop"
    FORUM = "forum"


class Declared(IntEnum):
    """What a page's data says that the page is."""

    NOTHING = 0
    ARTICLE = 1
    NEWS = 2  # an article of a newspaper


class Keep(StrEnum):
    """Which of the two mistakes weighs more: to lose text (`more` is kept) or to leave chrome in (`less` is)."""

    MORE = "more"
    BALANCED = "balanced"
    LESS = "less"


class Status(StrEnum):
    """How an input ended.

    `partial`: an article, but the page itself says that there is more of it. `unchanged`: the page is still what it was
    when it was fetched before.
    """

    OK = "ok"
    PARTIAL = "partial"
    NO_ARTICLE = "no_article"
    ERROR = "error"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Page:
    """A page before anything is done to it.

    `content` is the body, decompressed but not decoded; `str` where someone else has decoded it.
    `url` is the address asked for, `final_url` the one that answered; `None` where unknown.
    `headers` have lower-case names. `unchanged` is that the server was asked whether it is still the same as before,
    and said so: then `content` is what was known before, and empty where only its validators were.
    """

    content: bytes | str
    url: str | None = None
    final_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None
    unchanged: bool = False

    @property
    def address(self) -> str | None:
        """The best known address of the page."""
        return self.final_url or self.url


class Element(NamedTuple):
    """An element of the page that holds blocks. A tuple, for there are hundreds to a page."""

    parent: int  # index in `Document.elements`; -1 for the root
    tag: str
    # Lower-case: the words of class and id, those of role, itemprop and what tests and screen readers are told, each
    # with its attribute before it ("role=banner"), and the tag as "<nav>".
    tokens: frozenset[str]
    hidden: bool
    first: int  # its blocks are Document.blocks[first:last]
    last: int


class Block(NamedTuple):
    """A piece of text that a reader sees as one: a paragraph, a heading, a list item."""

    place: int  # from 0, in the order of the page
    kind: Kind
    text: str
    level: int | None = None  # of a heading, 1 to 6; None for a <summary> and all else
    links: tuple[tuple[int, int], ...] = ()  # slices of `text` that are link text
    element: int = -1  # index in `Document.elements` of the innermost element; -1 for plain text
    bold: bool = False  # the whole text is set in bold: a heading in all but tag
    italic: bool = False  # the whole text is set in italics, as notes on authors and captions often are
    targets: tuple[str, ...] = ()  # where its links lead, as the page writes it

    @property
    def linked(self) -> float:
        """The share of the text, 0 to 1, that is link text (link density)."""
        if not self.links:
            return 0.0
        letters = 0
        for start, end in self.links:  # asked 600 times a page: `sum` over a generator takes twice as long
            letters += end - start
        return letters / len(self.text)


class Document(NamedTuple):
    """The blocks of a page in order, and the elements that they stand in. Plain text has no elements."""

    blocks: tuple[Block, ...]
    elements: tuple[Element, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether this was plain text: links, classes and elements are not known."""
        return not self.elements


class Verdict(NamedTuple):
    """What the judge says of one block: kept where `reason` is `None`."""

    reason: Reason | None = None
    rule: str | None = None  # id of the rule that took it; None where evidence did
    evidence: str | None = None  # what weighed, in words a person reads; None where a rule took it


class Removed(NamedTuple):
    """A block that was taken out of the text, and why."""

    place: int
    kind: Kind
    text: str
    reason: Reason
    rule: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text. `None` and empty tuples mean: the page does not say.

    `published` and `modified` are `datetime` (aware where the page gives a zone), or `date` where it gives a day only;
    `published_raw` and `modified_raw` are the same as the page has them written. `authors` are people; who signs with
    them or in their place, an agency or the paper, is the `organization`. `language` is an ISO 639-1 code.
    `license` is an address or a line of text. `word_count` counts the article's text; where a script puts no blanks
    between words, its characters.

    `provenance` names for each filled field the witness that its value came from. `conflicts` has, for fields on which
    the witnesses differ in substance, what the others say: by field, then by witness, dates in ISO 8601 and several
    names parted by semicolons.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | date | None = None
    modified: datetime | date | None = None
    language: str | None = None
    site_name: str | None = None
    description: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    canonical_url: str | None = None
    paywalled: bool | None = None
    subtitle: str | None = None
    organization: str | None = None
    publisher: str | None = None
    published_raw: str | None = None
    modified_raw: str | None = None
    image_caption: str | None = None
    license: str | None = None
    word_count: int | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article(Metadata):
    """An article: its metadata, its text, and what was taken out of the page.

    `blocks` and `removed` together are every block of the page, once. `url` is the address the page came from,
    `None` where nobody said. `page_kind` is `None` for an article. `confidence` is the probability, 0 to 1, that the
    page is an article and its text right, `None` where it is none. `encoding` is the one that the bytes were read
    in and `encoding_source` what named it; both `None` where text came in. `warnings` say what may be amiss.
    """

    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    status: Status = Status.OK
    page_kind: PageKind | None = None
    confidence: float | None = None
    url: str | None = None
    encoding: str | None = None
    encoding_source: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The article's text, one blank line between blocks; without headline, byline, date, captions and comments."""
        return "\n\n".join(block.text for block in self.blocks)

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The article as JSON can hold it: dates in ISO 8601, tuples as lists.

        `explain` adds `blocks` and `removed`, each with its place on the page, so that the page can be read in order.
        """
        plain: dict[str, Any] = {"text": self.text}
        for name in (f.name for f in fields(self)):
            if name not in ("blocks", "removed"):
                plain[name] = _plain(getattr(self, name))
        if explain:
            plain["blocks"] = [
                {"place": b.place, "kind": b.kind, "level": b.level, "text": b.text} for b in self.blocks
            ]
            plain["removed"] = [removed._asdict() for removed in self.removed]
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # datetime is one, too
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value
