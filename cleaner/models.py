"""The values that the steps of the pipeline pass on. All are immutable; a step returns new values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit


class Kind(StrEnum):
    """The form of a block on the page.

    Attributes:
        HEADING: A heading, or the summary of a section that can be opened.
        PARAGRAPH: A paragraph, or any other text without a form of its own.
        LIST_ITEM: An item of a list.
        QUOTE: A block quotation.
        CAPTION: The caption of a picture or a table.
        PREFORMATTED: Preformatted text, with its white space kept.
        TABLE_ROW: A row of a table with data, its cells joined by " | ".
        EMBED: A post of another service that is embedded in the page, such as a tweet.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CAPTION = "caption"
    PREFORMATTED = "preformatted"
    TABLE_ROW = "table_row"
    EMBED = "embed"


class Reason(StrEnum):
    """Why a block is not part of the article's text.

    Attributes:
        SITE_RULE: The user's rule for this site removes the block.
        HEADLINE: The headline, which is the `title` of the article.
        BYLINE: The names of the authors.
        DATE: The date of publication or of the last change.
        CAPTION: The caption of a picture or video.
        CREDIT: The credit of a picture or video.
        RELATED: A link to another article.
        SUBSCRIBE: A request to subscribe, to register or to follow.
        DONATE: A request for a donation.
        APP: A request to install an app.
        SHARE: Buttons that share the article.
        COMMENTS: Readers' comments, or a request to comment.
        AUTHOR_BOX: Information about the author.
        AD: An advertisement, or its label.
        CONSENT: A cookie or privacy notice.
        PAYWALL: A note that the rest of the article is for subscribers.
        TOOLS: Tools for reading: print, e-mail, save, listen, font size.
        TAGS: Keywords of the article.
        COPYRIGHT: A copyright notice.
        NAVIGATION: Menus, breadcrumbs, skip links, tables of contents, pagination.
        READING_TIME: How long it takes to read the article.
        CONTINUES: A note that the article continues, such as "Story continues below".
        PLAYER: What an embedded video, podcast or map shows if it cannot be displayed.
        POLL: A poll or a quiz.
        EMBED: A post of another service, whose words are not the article's.
        DISCLAIMER: A note on affiliate links, machine translation or automatic updates.
        HIDDEN: The page hides the block.
        SCRIPT: Program code or data that broken markup made visible.
        OUTSIDE: The block is apart from the article's text.
        UNSURE: The block is within the article's text but is probably not part of it.
        REPEATED: The article contains the same words elsewhere.
    """

    SITE_RULE = "site_rule"
    # Parts of the article that are metadata or accompany the text.
    HEADLINE = "headline"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    CREDIT = "credit"
    # Boilerplate, by its purpose.
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
    TOOLS = "tools"
    TAGS = "tags"
    COPYRIGHT = "copyright"
    NAVIGATION = "navigation"
    READING_TIME = "reading_time"
    CONTINUES = "continues"
    PLAYER = "player"
    POLL = "poll"
    EMBED = "embed"
    DISCLAIMER = "disclaimer"
    # Not recognised by words or names, but by place or form.
    HIDDEN = "hidden"
    SCRIPT = "script"
    OUTSIDE = "outside"
    UNSURE = "unsure"
    REPEATED = "repeated"


class ArticleType(StrEnum):
    """What an article is, as its page declares or labels it.

    Attributes:
        NEWS: News, with nothing more specific.
        OPINION: A comment, an editorial, a column or a letter.
        LIVE: A live blog.
        GALLERY: A series of pictures.
        VIDEO: A video with its description.
        REVIEW: A review of a work, a place or a product.
        RECIPE: A recipe.
        PRESS_RELEASE: A press release.
    """

    NEWS = "news"
    OPINION = "opinion"
    LIVE = "live"
    GALLERY = "gallery"
    VIDEO = "video"
    REVIEW = "review"
    RECIPE = "recipe"
    PRESS_RELEASE = "press_release"


class PageKind(StrEnum):
    """What a page is if it is not an article.

    Attributes:
        ERROR: An error page, such as "not found".
        LOGIN: A login form.
        CONSENT: A page that asks for consent to cookies.
        LISTING: A front page, a section, or another list of links.
        EMPTY: The page has no text, or none of its text is an article.
        NEEDS_JAVASCRIPT: An app shell, whose text is loaded by scripts.
        BLOCKED: A bot check, or a refusal to serve the page.
        SHOP: A product, or a list of products.
        FORUM: A thread or an overview of a forum.
    """

    ERROR = "error"
    LOGIN = "login"
    CONSENT = "consent"
    LISTING = "listing"
    EMPTY = "empty"
    NEEDS_JAVASCRIPT = "needs_javascript"
    BLOCKED = "blocked"
    SHOP = "shop"
    FORUM = "forum"


class Declared(IntEnum):
    """What the structured data of a page declares the page to be, from the weakest to the strongest."""

    NOTHING = 0
    ARTICLE = 1
    NEWS = 2  # a news article


class Keep(StrEnum):
    """How to treat uncertain blocks.

    Attributes:
        MORE: Keep more text, and with it more boilerplate.
        BALANCED: Weigh both mistakes alike.
        LESS: Remove more boilerplate, and with it more text.
    """

    MORE = "more"
    BALANCED = "balanced"
    LESS = "less"


class Status(StrEnum):
    """The result of an input.

    Attributes:
        OK: An article.
        PARTIAL: An article, but the page itself says that it does not show all of it.
        UNSURE: An article, but its confidence is below the minimum that the caller set.
        NO_ARTICLE: The page was read, but it is not an article.
        ERROR: The input could not be fetched, read or cleaned.
        UNCHANGED: The page has not changed since it was fetched before.
    """

    OK = "ok"
    PARTIAL = "partial"
    UNSURE = "unsure"
    NO_ARTICLE = "no_article"
    ERROR = "error"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched or read, before it is parsed.

    Attributes:
        content: The body: decompressed bytes that are not decoded, or a `str` that the caller has decoded.
        url: The URL that was requested; `None` if unknown.
        final_url: The URL of the response, after redirects; `None` if unknown.
        headers: The headers of the response. Names are in lower case.
        fetched_at: When the page was fetched (aware); `None` if it was not fetched or the time is unknown.
        unchanged: Whether the server reported that the page has not changed since it was fetched before. `content` is
            then that of the earlier version, or empty if only the validators (`ETag`, `Last-Modified`) were available.
        further: The pages that follow, if this is the first page of an article with several, from `fetch_pages`.
        warnings: Problems of fetching, in plain words, such as a following page that is missing.
    """

    content: bytes | str = field(repr=False)
    url: str | None = None
    final_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    fetched_at: datetime | None = None
    unchanged: bool = False
    further: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def address(self) -> str | None:
        """The final URL, or else the requested URL; `None` if both are unknown."""
        return self.final_url or self.url


# How dates are returned: as strings in ISO 8601, or as `datetime` and `date` objects.
Dates = Literal["iso", "datetime"]
# Maximum characters of a title or another value in the `repr` of an article.
MAX_SHOWN = 80

# What stands between the blocks in the text of an article.
BETWEEN_BLOCKS = "\n\n"
# What stands between the cells in the text of a row of a table.
BETWEEN_CELLS = " | "
# The index that stands for no element: the parent of the root, and the element of a block of plain text.
NO_ELEMENT = -1


class Element(NamedTuple):
    """An element of the page that contains blocks. A tuple, because a page has hundreds of them."""

    parent: int  # index in `Document.elements`; -1 for the root
    tag: str
    # In lower case: the names in class and id, and "article-lead" beside "articlelead" for the name "articleLead"; the
    # words of role, itemprop and aria-label and the names in data attributes, each after a prefix ("role=banner",
    # "data=teaser"); and the tag as "<nav>".
    tokens: frozenset[str]
    hidden: bool  # whether the element itself is hidden
    first: int  # the blocks in the element are `Document.blocks[first:last]`
    last: int


class MarkKind(StrEnum):
    """How a piece of a block's text is marked.

    Attributes:
        LINK: A link.
        STRONG: Strong importance, shown in bold.
        EMPHASIS: Emphasis, or the title of a work, shown in italics.
        CODE: Program code, or the keys to press.
        SUPERSCRIPT: Text above the line, such as the mark of a footnote.
        SUBSCRIPT: Text below the line.
        STRIKETHROUGH: Text that is struck through.
    """

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    STRIKETHROUGH = "strikethrough"


class Mark(NamedTuple):
    """A marked piece of a block's text.

    Attributes:
        start: Where it begins in the text of the block, in characters from 0.
        end: Where it ends: the index after its last character.
        kind: How it is marked.
        url: The URL of a link; `None` for other marks.
    """

    start: int
    end: int
    kind: MarkKind
    url: str | None = None


class ListItem(NamedTuple):
    """The place of a block in a list. An item with several paragraphs is several blocks.

    Attributes:
        list: The number of the list among the lists of the page. Neighbouring items with different numbers are of
            different lists.
        depth: How many lists are around the block, 1 for a list that is not in an item of another one.
        ordered: Whether the items are numbered.
        number: The number of the item in an ordered list; `None` in other lists.
        continues: Whether an earlier block is of the same item.
    """

    list: int
    depth: int
    ordered: bool
    number: int | None
    continues: bool


class Cell(NamedTuple):
    """A cell of a table.

    Attributes:
        start: Where its text begins in the text of the row's block, in characters from 0.
        end: Where its text ends: the index after its last character, and `start` for an empty cell.
        header: Whether it is a heading of its column or its row (`<th>`).
        columns: How many columns it is wide.
        rows: How many rows it is high.
    """

    start: int
    end: int
    header: bool
    columns: int
    rows: int


class TableRow(NamedTuple):
    """A row of a table with data.

    Attributes:
        table: The number of the table among those of the page.
        cells: The cells, in order. Those without text are there, too.
    """

    table: int
    cells: tuple[Cell, ...]


class Block(NamedTuple):
    """A piece of text that a reader sees as a unit: a paragraph, a heading, a list item.

    Attributes:
        place: The position among all blocks of the page, from 0.
        kind: The form of the block.
        text: The text, with white space folded. It may have several lines.
        level: The level of a heading, 1 to 6; `None` for a `<summary>` and for every other kind of block.
        links: The slices of `text` that are link text, as pairs of start and end.
        element: The index in `Document.elements` of the innermost element around the block; -1 for plain text.
        bold: Whether all of the text is bold, as in headings that are not marked up as such.
        italic: Whether all of the text is italic, as notes on authors and captions often are.
        targets: The URLs of the links, as the page writes them. Links without text count, too.
        probability: In an `Article`, the scorer's probability, 0 to 1, that the block is text; `None` if it did not
            decide.
        path: In an `Article`, the innermost elements around the block, such as "article > div.entry-content > p";
            `None` for plain text.
        marks: The links and the other marks of the text, in the order in which they begin, outer ones first. They are
            nested or apart. In an `Article`, URLs are absolute where that of the page is known.
        item: The place in a list; `None` for a block that is in no item of a list.
        row: The cells, if the block is the row of a table with data; `None` for any other block.
        quote_depth: How many block quotations are around the block.
        language: The programming language of preformatted text, if the page declares it, such as "python"; `None` if
            it does not.
        start: In an `Article`, where the block begins in `Article.text`, in characters from 0.
    """

    place: int
    kind: Kind
    text: str
    level: int | None = None
    links: tuple[tuple[int, int], ...] = ()
    element: int = NO_ELEMENT
    bold: bool = False
    italic: bool = False
    targets: tuple[str, ...] = ()
    probability: float | None = None
    path: str | None = None
    marks: tuple[Mark, ...] = ()
    item: ListItem | None = None
    row: TableRow | None = None
    quote_depth: int = 0
    language: str | None = None
    start: int | None = None

    @property
    def end(self) -> int | None:
        """Where the block ends in `Article.text`: the index after its last character; `None` outside of articles."""
        return None if self.start is None else self.start + len(self.text)

    @property
    def linked(self) -> float:
        """The share of the text, 0 to 1, that is link text (link density)."""
        if not self.links:
            return 0.0
        characters = 0
        for start, end in self.links:  # called 600 times per page: `sum` over a generator takes twice as long
            characters += end - start
        return characters / len(self.text)


class Medium(NamedTuple):
    """A picture, video, recording or frame on the page. Icons are left out, and a figure has one at most.

    Attributes:
        place: The place of the block in which it stands, or else of the block that follows it. It is the number of
            blocks if none follows.
        element: The index in `Document.elements` of the innermost element around it that contains blocks; -1 if there
            is none.
        tag: The name of its element: "img", "video", "iframe", "amp-img".
        words: What its attributes say of it: alt text, title and label, with white space folded, at most 300
            characters.
        url: Its URL, as the page writes it; `None` if the page writes it only in a script.
        alt: The alt text, with white space folded.
        target: The URL of the link around it, as the page writes it; `None` if it is in none.
    """

    place: int
    element: int
    tag: str
    words: str
    url: str | None = None
    alt: str = ""
    target: str | None = None


class EmbedCode(NamedTuple):
    """The element with which a page embeds a post or a player of another service.

    Attributes:
        place: The place of its first block, or of the block that follows it if it has none.
        last: The place after its last block; `place` if it has none.
        element: The index in `Document.elements` of the innermost element around it that contains blocks, which may be
            its own; -1 if there is none.
        tag: The name of its element: "blockquote", "div", "amp-twitter".
        attributes: The attributes of its element.
    """

    place: int
    last: int
    element: int
    tag: str
    attributes: Mapping[str, str]


class Embed(NamedTuple):
    """A post, a player, a map or a chart of another service that is embedded in an article.

    Attributes:
        service: The name of the service, in lower case: "x", "instagram", "youtube", "datawrapper".
        url: The URL of the post on its service, or of the frame that shows it; `None` if unknown.
        author: Who wrote the post, as the embed code shows it, such as "Ada Reed (@adareed)"; `None` if it does not.
        text: The text of the post, as the embed code has it; `None` if it has none. It is not part of the article's
            text.
        place: The position among all blocks of the page, from 0: that of the first line of the post if its lines are
            on the page, or else that of the block that follows it.
    """

    service: str
    url: str | None
    author: str | None
    text: str | None
    place: int


class Entry(NamedTuple):
    """An update of a live blog.

    Attributes:
        published: When it was published, in the form of `Metadata.published`; `None` if unknown.
        title: Its heading; `None` if it has none.
        start: Where it begins in `Article.text`, in characters from 0. Its heading is part of it if it is in the text.
        end: Where it ends: the index after its last character.
        author: Who wrote it, if the update says so; `None` otherwise.
    """

    published: datetime | date | None
    title: str | None
    start: int
    end: int
    author: str | None = None


class Comment(NamedTuple):
    """A reader's comment on an article.

    Attributes:
        author: The name of the reader, as the page shows it; `None` if unknown.
        published: When it was written, in the form of `Metadata.published`; `None` if the page does not say, or says
            only how long ago.
        text: What the reader wrote, with an empty line between paragraphs.
        depth: 0 for a comment on the article, 1 for a reply to it, 2 for a reply to that one.
        url: The URL of the comment; `None` if unknown.
    """

    author: str | None
    published: datetime | date | None
    text: str
    depth: int = 0
    url: str | None = None


class Image(NamedTuple):
    """A picture of an article.

    Attributes:
        url: Its absolute URL.
        alt: The alt text; `None` if it has none.
        caption: The caption that the page shows, without the credit if that stands apart; `None` if it has none.
        credit: Who made or owns the picture, as the page writes it; `None` if unknown.
        after: The place of the block of the article's text behind which it stands; `None` if it stands before the text.
    """

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    after: int | None = None


class Document(NamedTuple):
    """The blocks of a page, in order, the elements that contain them, and the media and embed codes between them.

    Plain text has blocks only.
    """

    blocks: tuple[Block, ...]
    elements: tuple[Element, ...] = ()
    media: tuple[Medium, ...] = ()
    embeds: tuple[EmbedCode, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the document was plain text, so that links, classes and elements are unknown."""
        return not self.elements


class Verdict(NamedTuple):
    """The decision on a block: it is kept if `reason` is `None`."""

    reason: Reason | None = None
    rule: str | None = None  # the id of the rule that removed the block, or that was evidence; None if no rule was
    evidence: str | None = None  # why the block was removed, in plain words; None if a certain rule removed it


class Removed(NamedTuple):
    """A block that was removed from the page, and why.

    Attributes:
        place: The position among all blocks of the page, from 0.
        kind: The form of the block.
        text: The text of the block.
        reason: Why the block is not part of the article's text.
        rule: The id of the rule that removed the block, or of the likely rule whose reason it has; `None` if there is
            none. `cleaner rules` lists the rules.
        evidence: Why the block was removed, in plain words; `None` if a certain rule removed it.
        probability: The scorer's probability, 0 to 1, that the block is text; `None` if a rule decided.
        path: The innermost elements around the block, such as "body > nav.menu > a"; `None` for plain text.
    """

    place: int
    kind: Kind
    text: str
    reason: Reason
    rule: str | None
    evidence: str | None
    probability: float | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article apart from its text. `None` or an empty tuple means that the page does not say.

    Attributes:
        title: The headline that the page shows, without its kicker and the name of the site.
        authors: The people who wrote the article, in the order of the page.
        author_urls: The URL of each author's page, by name, if the byline or the structured data gives one.
        published: When the article was published: a `datetime` (aware if the page gives a time zone), or a `date` if
            the page gives only a day. If a signed article shows only the date of its last change, it is that date.
        modified: When the article was last changed, in the same form as `published`.
        language: The language of the text, as an ISO 639-1 code.
        site_name: The name of the publication.
        description: The summary that the page declares in its metadata.
        section: The section of the publication, such as "Politics".
        tags: The keywords, in the order of the page.
        image: The URL of the article's main picture.
        canonical_url: The URL that the page declares as its own.
        paywalled: Whether the article must be paid for: declared by the page, or `True` if the text ends at a prompt to
            subscribe or to log in.
        subtitle: The line under the headline that summarises the article.
        kicker: The short line before or above the headline that the page sets apart from it, such as a topic.
        type: What the article is, such as opinion or a live blog: declared by the page, or named by its kicker, its
            section or a directory of its address. What is more specific than news comes first.
        organization: The agency, desk or newspaper that signs with the authors or in their place.
        publisher: The organization that publishes the article.
        published_raw: The value of `published` as the page writes it.
        modified_raw: The value of `modified` as the page writes it.
        image_caption: The caption of `image`.
        images: The pictures of the article, in the order of the page, each once.
        next_page: The URL of the article's next page, if the article has several and this is not the last one.
        alternates: The URLs of other forms of the article, by kind: "amp", "print", and "all" for all pages on one.
        comments_count: The number of readers' comments that the page shows, or else declares.
        license: The licence of the article: a URL or a line of text.
        word_count: The number of words in the text; the number of characters if the script has no spaces between
            words.
        provenance: For each field with a value, the source of the value on the page, such as "json-ld headline".
        conflicts: For each field on which the sources of the page differ in substance, the values of the other sources
            by source. Dates are in ISO 8601; several names are separated by semicolons.
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
    kicker: str | None = None
    type: ArticleType | None = None
    organization: str | None = None
    publisher: str | None = None
    published_raw: str | None = None
    modified_raw: str | None = None
    image_caption: str | None = None
    images: tuple[Image, ...] = ()
    next_page: str | None = None
    comments_count: int | None = None
    license: str | None = None
    word_count: int | None = None
    author_urls: Mapping[str, str] = field(default_factory=dict, hash=False)
    alternates: Mapping[str, str] = field(default_factory=dict, hash=False)
    provenance: Mapping[str, str] = field(default_factory=dict, hash=False)
    conflicts: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Article(Metadata):
    """An article: its metadata, its text, and what was removed from the page.

    `blocks` and `removed` together contain every block of the page exactly once. The fields of `Metadata` come first.

    Articles with the same values are equal and have the same hash, so they can be members of a set and keys of a
    dictionary. `repr` is one line without the text.

    Attributes:
        blocks: The blocks of the article's text, in the order of the page.
        removed: The blocks that were removed, in the order of the page, each with the reason.
        status: `OK` or `PARTIAL` for an article, `NO_ARTICLE` for any other page.
        page_kind: What the page is if it is not an article; `None` for an article.
        confidence: The probability, 0 to 1, that the page is an article and its text is right (word F1 of 0.95 against
            what a person would select). For plain text, words that the text itself lacks do not count. `None` if the
            page is not an article.
        url: The URL of the page; `None` if unknown.
        encoding: The Python name of the encoding that the bytes were decoded with; `None` if the input was a `str`.
        encoding_source: How the encoding was determined, such as "header" or "detected"; `None` if the input was a
            `str`.
        warnings: Problems that may have affected the result, in plain words.
        pages: The URLs of the pages of the article, if several were joined; else empty.
        embeds: The posts, players, maps and charts of other services that are embedded in the article, in the order of
            the page. Their text is not part of the article's.
        entries: The updates of a live blog, in the order of the text; empty for other articles.
        comments: The readers' comments that the page shows, in the order of the page, if they were asked for with
            `clean(page, comments=True)`. They are never part of the text.
        unmatched: For each selector of a site rule that matches nothing on the page, a message that says so. In a
            record, the messages are among the `warnings` if `--explain` is on.
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
    unmatched: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    embeds: tuple[Embed, ...] = ()
    entries: tuple[Entry, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def text(self) -> str:
        """The article's text, with an empty line between blocks.

        Headline, byline, date, captions and comments are not part of it.
        """
        return BETWEEN_BLOCKS.join(block.text for block in self.blocks)

    def __repr__(self) -> str:
        """Return one line that tells articles apart: the title, the host, the number of words, the status."""
        title = _shortened(self.title)
        name = f"Article {title!r}" if title else "Article without a title"
        return f"<{', '.join([name, *self._facts()])}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the title, the byline, the date and the site, and the facts of `repr`."""
        from html import escape

        published = self.published.isoformat() if self.published else None
        byline = filter(None, (_shortened(", ".join(self.authors)), published, _shortened(self.site_name)))
        lines = [
            f"<strong>{escape(_shortened(self.title) or 'Article without a title')}</strong>",
            escape(" · ".join(byline)),
            f"<small>{escape(', '.join(self._facts()))}</small>",
        ]
        return f'<div dir="auto">{"<br>".join(filter(None, lines))}</div>'

    def _facts(self) -> list[str]:
        """Return the host, the number of words, the status and the confidence, without what is unknown."""
        try:
            host = urlsplit(self.url or self.canonical_url or "").hostname
        except ValueError:
            host = None
        words = None if self.word_count is None else f"{self.word_count:,} words"
        status = f"{self.status} ({self.page_kind})" if self.page_kind else str(self.status)
        confidence = None if self.confidence is None else f"confidence {self.confidence:.2f}"
        return [fact for fact in (_shortened(host), words, status, confidence) if fact]

    def to_dict(self, *, explain: bool = False, comments: bool = False, dates: Dates = "iso") -> dict[str, Any]:
        """Return the article as a dictionary that can be written as JSON: dates in ISO 8601, tuples as lists.

        Args:
            explain: Whether to add `unmatched`, `blocks` and `removed`, each block with its place on the page. The
                `embeds` are also among the `blocks`, in their places.
            comments: Whether to add the `comments`.
            dates: "iso" for dates as strings; "datetime" for the `datetime` and `date` objects, which JSON does not
                have.

        Returns:
            The `text` and all fields of the article, by name.
        """
        if dates not in get_args(Dates):
            raise ValueError(f'dates must be "iso" or "datetime", not {dates!r}')
        plain: dict[str, Any] = {"text": self.text}
        for name in (f.name for f in fields(self)):
            if name not in ("blocks", "removed", "unmatched", "comments"):
                plain[name] = _plain(getattr(self, name))
        if dates == "datetime":
            plain |= {"published": self.published, "modified": self.modified}
            plain["entries"] = [entry._asdict() for entry in self.entries]
        if explain:
            plain["unmatched"] = list(self.unmatched)
            # An embed has the place of the block behind it if it has no lines of its own.
            entries = [*map(_embed_as_block, self.embeds), *map(_block_as_dict, self.blocks)]
            plain["blocks"] = sorted(entries, key=lambda block: int(block["place"]))
            plain["removed"] = [removed._asdict() for removed in self.removed]
        if comments:
            plain["comments"] = [
                comment._asdict() if dates == "datetime" else _plain(comment) for comment in self.comments
            ]
        return plain

    def to_row(self, *, dates: Dates = "datetime") -> dict[str, Any]:
        """Return the article as a row of a table: a flat dictionary of numbers, strings, lists of strings and dates.

        All rows have the same keys: those of `to_dict` without `entries` and the mappings (`author_urls`, `alternates`,
        `provenance`, `conflicts`). `images` and `embeds` are URLs.

        Args:
            dates: "datetime" for aware `datetime` objects in UTC, so that a column of them has one type. A day is its
                beginning, and a time without a time zone counts as UTC. "iso" for the strings of `to_dict`, which keep
                the difference.
        """
        row = self.to_dict(dates=dates)
        for name in ("author_urls", "alternates", "provenance", "conflicts", "entries"):
            del row[name]
        row["images"] = [image.url for image in self.images]
        row["embeds"] = [embed.url for embed in self.embeds if embed.url is not None]
        if dates == "datetime":
            row |= {"published": in_utc(self.published), "modified": in_utc(self.modified)}
        return row

    # The methods below load the code that writes when they are called: it needs this module, and most programs do not
    # need it.

    def to_json(self, *, explain: bool = False, comments: bool = False, indent: int | None = None) -> str:
        """Return the dictionary of `to_dict` as strict JSON (RFC 8259) in one line, without a line feed at the end.

        Args:
            explain: As in `to_dict`.
            comments: As in `to_dict`.
            indent: The number of spaces for each level, for several lines; `None` for one line.
        """
        from cleaner.write.record import to_json

        return to_json(self.to_dict(explain=explain, comments=comments), indent=indent)

    def to_text(self, *, explain: bool = False, title: bool = False, header: bool = False) -> str:
        """Return the text with a line feed at the end, as the command prints it; `text` is the text alone.

        Args:
            explain: Whether to include the removed blocks, each line of which begins with the reason.
            title: Whether to begin with the headline and an empty line.
            header: Whether to begin with the headline, the authors (or the organization), the date in ISO 8601 and the
                address, a line for each that is known, and an empty line.
        """
        from cleaner.write.text import to_text

        return to_text(self.to_dict(explain=explain), explain=explain, title=title, header=header)

    def to_markdown(self, *, explain: bool = False, images: bool = False, front_matter: bool = False) -> str:
        """Return the title and the text as Markdown (CommonMark, tables and strikethrough of GitHub Flavored Markdown).

        Everything that the page says is escaped: rendered, it is the text of the article.

        Args:
            explain: Whether to include the removed blocks, struck through, each with its reason.
            images: Whether to include the pictures, each behind the block where it stands, with its caption.
            front_matter: Whether to begin with the metadata as YAML. Dates are strings in ISO 8601.
        """
        from cleaner.write.markdown import to_markdown

        return to_markdown(self.to_dict(explain=True), explain=explain, images=images, front_matter=front_matter)

    def to_html(self, *, fragment: bool = False, images: bool = False) -> str:
        """Return the article as an HTML document in UTF-8: title, authors, date, source and text.

        Everything that the page says is escaped. Nothing in the document runs, and nothing is loaded when it is opened,
        unless it has pictures.

        Args:
            fragment: Whether to return only the `<article>` element, for a page of your own.
            images: Whether to include the pictures. A browser then loads them from the sites that have them.
        """
        from cleaner.write.html import to_html

        return to_html(self.to_dict(explain=True), fragment=fragment, images=images)

    def to_html_report(self) -> str:
        """Return an HTML file that shows every block of the page in order, and why it was kept or removed.

        It is one file that loads nothing. It can be searched and filtered by reason; docs/report.md describes it.
        """
        from cleaner.write.report import to_html_report

        return to_html_report(self.to_dict(explain=True))


def located(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks of an article's text, each with its `start` in `Article.text`."""
    placed: list[Block] = []
    start = 0
    for block in blocks:
        placed.append(block._replace(start=start))
        start += len(block.text) + len(BETWEEN_BLOCKS)
    return tuple(placed)


def in_utc(when: datetime | date | None) -> datetime | None:
    """Return the time in UTC: for a day, its beginning; a time without a time zone counts as UTC."""
    if when is None:
        return None
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day, tzinfo=UTC)
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _shortened(text: str | None) -> str | None:
    """Return the text in one line of printable characters, at most `MAX_SHOWN` of them; `None` for `None`."""
    if text is None:
        return None
    line = "".join(character if character.isprintable() else " " for character in text[: MAX_SHOWN + 1])
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


def _block_as_dict(block: Block) -> dict[str, Any]:
    """Return a block as a dictionary. What says nothing of it is left out, because most blocks are plain paragraphs."""
    plain: dict[str, Any] = {
        "place": block.place,
        "kind": str(block.kind),
        "level": block.level,
        "text": block.text,
        "start": block.start,
        "end": block.end,
        "probability": block.probability,
        "path": block.path,
    }
    if block.marks:
        plain["marks"] = [
            {name: value for name, value in mark._asdict().items() if value is not None} for mark in block.marks
        ]
    if block.item is not None:
        plain["item"] = block.item._asdict()
    if block.row is not None:
        plain["row"] = {"table": block.row.table, "cells": [cell._asdict() for cell in block.row.cells]}
    if block.quote_depth:
        plain["quote_depth"] = block.quote_depth
    if block.language is not None:
        plain["language"] = block.language
    return plain


def _embed_as_block(embed: Embed) -> dict[str, Any]:
    """Return an embed as an entry in its place among the blocks of the text."""
    return {
        "place": embed.place,
        "kind": str(Kind.EMBED),
        "level": None,
        "text": embed.text or "",
        "start": None,
        "end": None,
        "probability": None,
        "path": None,
        "embed": {"service": embed.service, "url": embed.url, "author": embed.author},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # includes datetime
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Image | Embed | Entry | Comment):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value
