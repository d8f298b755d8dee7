"""The way of a page from its source to an article: a table of contents for the rest of the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from cleaner import metadata
from cleaner.blocks import read_text, title_line, walk
from cleaner.errors import Code, InputError, NoArticleError
from cleaner.judge import Known, judge, page_kind, second_opinion, size
from cleaner.models import Article, Block, Document, Metadata, Page, PageKind, Reason, Removed, Status, Verdict
from cleaner.page.decode import decode
from cleaner.page.embedded import EmbeddedBody, article_node, body_text, read_json_ld
from cleaner.page.tree import Tree, parse

# A page with less text than this, in letters, may carry its article in JSON.
LEAST_TEXT = 250
# trafilatura is asked where more letters than this are in doubt. Measured out of fold: half of the pages, and what
# comes out is as good as if it were asked about all.
MOST_DOUBT = 250.0
IN_DATA = Verdict(Reason.OUTSIDE, evidence="the article's text stands in the page's data")


class Judged(NamedTuple):
    """Blocks and what is to become of each."""

    document: Document
    verdicts: tuple[Verdict, ...]

    @property
    def kept(self) -> tuple[Block, ...]:
        return tuple(b for b, v in zip(self.document.blocks, self.verdicts, strict=True) if v.reason is None)

    @property
    def removed(self) -> tuple[Removed, ...]:
        return tuple(
            Removed(b.place, b.kind, b.text, v.reason, v.rule, v.evidence)
            for b, v in zip(self.document.blocks, self.verdicts, strict=True)
            if v.reason is not None
        )

    @property
    def length(self) -> int:
        """Letters of the text that is kept."""
        return sum(size(block.text) for block in self.kept)


def clean(html_or_bytes_or_page: str | bytes | Page, *, url: str | None = None) -> Article:
    """The article of a news page: its text, its metadata, and for each other block of the page the reason why it went.

    `url` is the page's address, `None` where unknown; a `Page` knows its own.

    Raises `NoArticleError` where the page holds no article (its `.article` keeps what was found), and `InputError`
    where the input is no page: not HTML, empty, too large, too complex.
    """
    page = html_or_bytes_or_page if isinstance(html_or_bytes_or_page, Page) else Page(html_or_bytes_or_page, url=url)
    try:
        html, encoding, encoding_source = _decoded(page)
        tree = parse(html)
    except InputError as error:
        error.url = page.address  # decoder and parser see the content only
        raise
    nodes = read_json_ld(tree.json_ld)
    known = metadata.read(tree.root, nodes, url=page.address)
    judged = _judged(tree, known)
    kind = page_kind(
        tree.root, judged.document, judged.verdicts, title=known.title, declared_article=article_node(nodes) is not None
    )
    if judged.length < LEAST_TEXT and kind in (None, PageKind.EMPTY):
        embedded = body_text(nodes, tree.scripts)
        if embedded is not None and (fuller := _with_embedded(judged, embedded, known)).length > judged.length:
            judged, kind = fuller, None
            known = metadata.with_data(known, embedded.about, url=page.address)
    article = _article(judged, known, url=page.address, kind=kind)
    article = replace(article, encoding=encoding, encoding_source=encoding_source, warnings=tree.warnings)
    return _or_raise(article)


def clean_text(text: str, *, url: str | None = None, language: str | None = None) -> Article:
    """The article in a text that some other tool extracted: site chrome out, each line with its reason.

    `url` is the address of the page that the text came from and `language` its language (ISO 639-1), `None` where
    unknown. The title is the first line where that is no sentence.

    Raises `InputError` where the text is empty and `NoArticleError` where nothing of it is article.
    """
    if not text.strip():
        raise InputError(Code.EMPTY, "the text is empty", url=url)
    document = read_text(text)
    title = title_line(document)
    judged = Judged(document, judge(document, None, Known.of(title=title, description=None)).verdicts)
    known = metadata.read_text([block.text for block in document.blocks], title=title, language=language)
    return _or_raise(_article(judged, known, url=url, kind=None if judged.kept else PageKind.EMPTY))


def _decoded(page: Page) -> tuple[str, str | None, str | None]:
    """The page as text, its encoding, and what named that; both `None` where it came as text."""
    if isinstance(page.content, str):
        return page.content, None, None
    decoded = decode(page.content, declared=page.headers.get("content-type"))
    return decoded.text, decoded.encoding, str(decoded.source)


def _judged(tree: Tree, known: Metadata) -> Judged:
    document = walk(tree.root)
    if not document.blocks:
        document = walk(tree.root, noscript=True)
    about = Known.of(title=known.title, description=known.description)
    judgement = judge(document, None, about)
    if judgement.doubt > MOST_DOUBT and (stands := second_opinion(tree.root, document)) is not None:
        judgement = judge(document, stands, about)
    return Judged(document, judgement.verdicts)


def _with_embedded(page: Judged, body: EmbeddedBody, known: Metadata) -> Judged:
    """The page's own blocks, all taken, and behind them those of the text that stands in its data."""
    document = walk(parse(body.markup).root) if body.is_html else read_text(body.markup)
    verdicts = judge(document, None, Known.of(title=known.title, description=known.description)).verdicts
    count = len(page.document.blocks)
    moved = tuple(block._replace(place=count + block.place, element=-1) for block in document.blocks)
    kept_as_taken = tuple(verdict if verdict.reason else IN_DATA for verdict in page.verdicts)
    return Judged(Document(page.document.blocks + moved, page.document.elements), kept_as_taken + verdicts)


def _article(judged: Judged, known: Metadata, *, url: str | None, kind: PageKind | None) -> Article:
    if kind is not None and kind is not PageKind.EMPTY:
        other = Verdict(Reason.NO_ARTICLE, evidence=f"the page is of another kind: {kind}")
        judged = Judged(judged.document, tuple(v if v.reason else other for v in judged.verdicts))
    known = metadata.with_text(known, "\n\n".join(block.text for block in judged.kept))
    teaser = kind is None and _is_teaser(judged)
    if teaser:
        known = metadata.with_prompt(known)
    status = Status.NO_ARTICLE if kind else Status.PARTIAL if teaser else Status.OK
    described: dict[str, Any] = {field.name: getattr(known, field.name) for field in fields(Metadata)}
    return Article(**described, blocks=judged.kept, removed=judged.removed, status=status, page_kind=kind, url=url)


# A prompt this many blocks behind the last paragraph still speaks of the article.
PROMPT_WITHIN = 8


def _is_teaser(judged: Judged) -> bool:
    """Whether the text ends at a line that asks to subscribe or to log in to read on."""
    last = max((block.place for block in judged.kept), default=0)
    behind: Sequence[Verdict] = judged.verdicts[last + 1 : last + 1 + PROMPT_WITHIN]
    return any(verdict.reason is Reason.PAYWALL for verdict in behind)


def _or_raise(article: Article) -> Article:
    if article.page_kind is not None:
        raise NoArticleError(f"the page holds no article ({article.page_kind})", article=article)
    return article
