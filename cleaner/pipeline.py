"""The way of a page from its source to an article: a table of contents for the rest of the package."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from cleaner import trafilatura_adapter
from cleaner.blocks.html import read_html
from cleaner.blocks.plain_text import read_plain_text
from cleaner.errors import CleanerError, Code, InputError, NoArticleError
from cleaner.inputs.arguments import checked_page, checked_text
from cleaner.judge.confidence import estimate_confidence
from cleaner.judge.context import PageContext
from cleaner.judge.headline import title_line
from cleaner.judge.page_kind.classify import KINDS_WITHOUT_TEXT, PageClass, classify_page
from cleaner.judge.page_kind.signals import read_signals
from cleaner.judge.partial import is_partial, is_prompted
from cleaner.judge.trafilatura_vote import ask_trafilatura
from cleaner.judge.verdicts import Judgement, judge, judge_scored, score_document
from cleaner.metadata import extract
from cleaner.models import Article, Block, Document, Keep, Metadata, Page, PageKind, Reason, Removed, Status, Verdict
from cleaner.page.decode import decode
from cleaner.page.embedded import EmbeddedBody, body_text, read_json_ld, typed
from cleaner.page.mhtml import read_mhtml
from cleaner.page.parse import ParsedPage, parse
from cleaner.text.measures import weighted_length

if TYPE_CHECKING:
    from cleaner.processes.guard import Guard

# Characters of a page's address that are read. Longer ones are made by scripts and attackers, not by editors, and
# everything that an address says of its page stands near its beginning. (Browsers and caches stop at about the same.)
MAX_ADDRESS = 2_048
# Each block costs some 0.2 ms to judge; the largest of 3,846 real pages has 15,795 elements in all.
MAX_BLOCKS = 40_000
# A page with less text than this, in letters, may carry its article in JSON.
MIN_TEXT_LENGTH = 250
# trafilatura is asked where more letters than this are in doubt. Measured out of fold (training/MODEL_CARD.md): of the
# newspapers' pages one in thirty-five, of the others one in nine; were it asked about all, one in a hundred of the
# others more would come out perfect.
MAX_DOUBT = 400.0
# Enough to load all that cleaning a page needs, trafilatura apart.
ANY_PAGE = "<html><head><title>Any page</title></head><body><p>It is as good as another here.</p></body></html>"
# What needs no telling: the page's data holds the text, or somebody says that a text is all there is.
AN_ARTICLE, NOTHING = PageClass(None, 1.0, ""), PageClass(PageKind.EMPTY, 0.0, "nothing of it is an article")
IN_DATA = Verdict(Reason.OUTSIDE, evidence="the article's text stands in the page's data")


class JudgedDocument(NamedTuple):
    """Blocks and what is to become of each."""

    document: Document
    verdicts: tuple[Verdict, ...]
    confidence: float  # the probability, 0 to 1, that what is kept is right, if it is an article

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
        return sum(weighted_length(block.text) for block in self.kept)


def clean(
    page: str | bytes | bytearray | memoryview | Page,
    /,
    *,
    url: str | None = None,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    timeout: float | None = None,
) -> Article:
    """Return the article of a news page: its text, its metadata, and the reason for every block that was removed.

    `url` is the page's address, `None` if unknown; a `Page` knows its own. `keep` says how to treat uncertain blocks:
    "more" keeps more text, "less" removes more boilerplate. `any_page` treats every page as an article: pages of other
    kinds (listings, shops, forums, error pages ...) give their main text instead of an error.

    `timeout` is a limit in seconds, `None` for no limit. With one, the page is cleaned in a worker process, which is
    killed when the time is up, whatever it is doing; it also has a limit of 1 GB of memory. The first call starts such
    a process, which takes about half a second that does not count, and later calls take about a millisecond more than
    without. It needs a system with `fork` (not Windows: `NotImplementedError`).

    Raises `TypeError` if `page` is neither text nor bytes nor a `Page`, `ValueError` for another `keep`,
    `NoArticleError` if the page holds no article (its `.article` has the text that was found), and `InputError` if the
    input is not a page: not HTML, empty, too large, too complex, or only the URL or the file name of a page. With a
    `timeout` also `CleanerError` with the code `extract_timeout`, `out_of_memory` or `worker_crashed`, and `ValueError`
    if it is not more than 0.
    """
    keep = Keep(keep)
    page = checked_page(page, url)
    if timeout is not None:
        return _within(timeout, partial(clean, page, keep=keep, any_page=any_page), page.address)
    try:
        page = _opened(page)
        html, encoding, encoding_source = _decoded(page)
        tree = parse(html)
    except InputError as error:
        error.url = page.address  # decoder and parser see the content only
        raise
    address = _legible(page.address)
    nodes = read_json_ld(tree.json_ld)
    things = typed(tree.root)
    known = extract.read_metadata(tree.root, nodes, url=address, things=things)
    head = read_signals(tree.root, nodes, known, url=address, things=things)
    about = PageContext.about(known, extract.declared_kind(nodes), url=address)
    judged = _judged(tree, about, page.address, keep)
    page_class = classify_page(head, judged.document, judged.verdicts)
    if judged.length < MIN_TEXT_LENGTH and page_class.kind in (None, *KINDS_WITHOUT_TEXT):
        embedded = body_text(nodes, tree.scripts)
        if embedded is not None and (fuller := _with_embedded(judged, embedded, about, keep)).length > judged.length:
            judged, page_class = fuller, AN_ARTICLE
            known = extract.with_data(known, embedded.about, url=address)
    if any_page and judged.kept:
        page_class = page_class._replace(kind=None)
    article = _article(judged, known, page_class, url=page.address, declared=extract.declared_words(nodes))
    article = replace(article, encoding=encoding, encoding_source=encoding_source, warnings=tree.warnings)
    return _or_raise(article, page_class)


def clean_text(
    text: str,
    /,
    *,
    url: str | None = None,
    language: str | None = None,
    keep: Keep | str = Keep.BALANCED,
    timeout: float | None = None,
) -> Article:
    """Return the article in a text that another tool extracted, and the reason for every line that was removed.

    `url` is the address of the page that the text came from and `language` its language (ISO 639-1), `None` if unknown.
    The title is the first line that matches no rule, if it is not a sentence. `keep` and `timeout` are those of
    `clean`.

    Raises `TypeError` if `text` is not a `str`, `ValueError` for another `keep`, `InputError` if the text is empty or
    has more than `MAX_BLOCKS` lines, `NoArticleError` if nothing of it is an article, and what `timeout` raises in
    `clean`.
    """
    keep = Keep(keep)
    text = checked_text(text, url)
    if timeout is not None:
        return _within(timeout, partial(clean_text, text, url=url, language=language, keep=keep), url)
    if not text.strip():
        raise InputError(Code.EMPTY, "the text is empty", url=url)
    document = _held(read_plain_text(text), url)
    title = title_line(document)
    judged = _with_confidence(document, judge(document, None, PageContext.of(title=title, url=_legible(url)), keep))
    known = extract.read_text_metadata([block.text for block in document.blocks], title=title, language=language)
    page_class = AN_ARTICLE if judged.kept else NOTHING
    return _or_raise(_article(judged, known, page_class, url=url), page_class)


def warm_up() -> None:
    """Load all that cleaning a page needs, so that it is there before a first page comes."""
    trafilatura_adapter.load()
    with suppress(CleanerError):
        clean(ANY_PAGE)


@cache
def _guard() -> Guard:
    from cleaner.processes.guard import Guard

    return Guard(warm_up)


def _within(seconds: float, call: Callable[[], Article], url: str | None) -> Article:
    """What the call returns or raises in a worker process, which has a time limit; `url` is that of the page."""
    if not seconds > 0:
        raise ValueError(f"timeout must be more than 0 seconds, not {seconds}")
    try:
        result = _guard().call(_outcome, call, float(seconds))
    except CleanerError as error:
        error.url = url
        raise
    if isinstance(result, CleanerError):
        raise result
    return result


def _outcome(call: Callable[[], Article]) -> Article | CleanerError:
    """What becomes of a call; its error as a value, for that is how it travels between processes."""
    try:
        return call()
    except CleanerError as error:
        return error


def _legible(url: str | None) -> str | None:
    """The part of the address that is read for what it says of the page; `None` where it cannot be parsed."""
    legible = (url or "")[:MAX_ADDRESS]
    try:
        urlsplit(legible)
    except ValueError:
        return None
    return legible or None


def _opened(page: Page) -> Page:
    """The page itself where a browser saved it as a single file with its pictures (MHTML); any other as it is.

    The address that the file names counts where nobody gave one.
    """
    snapshot = read_mhtml(page.content)
    if snapshot is None:
        return page
    headers = {**page.headers, "content-type": snapshot.content_type or ""}
    url = page.url if page.address else snapshot.url
    return replace(page, content=snapshot.html, url=url, headers=headers)


def _decoded(page: Page) -> tuple[str, str | None, str | None]:
    """The page as text, its encoding, and what named that; both `None` where it came as text."""
    if isinstance(page.content, str):
        return page.content, None, None
    decoded = decode(page.content, declared=page.headers.get("content-type"))
    return decoded.text, decoded.encoding, str(decoded.source)


def _held(document: Document, url: str | None) -> Document:
    """The document. Raises `InputError` with `TOO_COMPLEX` above `MAX_BLOCKS`."""
    if len(document.blocks) > MAX_BLOCKS:
        raise InputError(Code.TOO_COMPLEX, f"it has more than {MAX_BLOCKS:,} paragraphs and lines", url=url)
    return document


def _judged(tree: ParsedPage, about: PageContext, url: str | None, keep: Keep) -> JudgedDocument:
    document = read_html(tree.root)
    if not document.blocks:
        document = read_html(tree.root, noscript=True)
    _held(document, url)
    found = score_document(document, None, about)
    if found.total_doubt > MAX_DOUBT and (in_trafilatura := ask_trafilatura(tree.root, document)) is not None:
        found = score_document(document, in_trafilatura, about)
    return _with_confidence(document, judge_scored(document, found, about, keep))


def _with_confidence(document: Document, judged: Judgement) -> JudgedDocument:
    right = estimate_confidence(document, judged.verdicts, judged.probabilities)
    return JudgedDocument(document, judged.verdicts, right)


def _with_embedded(page: JudgedDocument, body: EmbeddedBody, about: PageContext, keep: Keep) -> JudgedDocument:
    """The page's own blocks, all taken, and behind them those of the text that stands in its data."""
    document = read_html(parse(body.markup).root) if body.is_html else read_plain_text(body.markup)
    own = _with_confidence(document, judge(document, None, about, keep))
    count = len(page.document.blocks)
    moved = tuple(block._replace(place=count + block.place, element=-1) for block in document.blocks)
    kept_as_taken = tuple(verdict if verdict.reason else IN_DATA for verdict in page.verdicts)
    whole = Document(page.document.blocks + moved, page.document.elements)
    return JudgedDocument(whole, kept_as_taken + own.verdicts, own.confidence)


def _article(
    judged: JudgedDocument, known: Metadata, page_class: PageClass, *, url: str | None, declared: int | None = None
) -> Article:
    """The article of a judged page. `declared` is the length in words that the page gives, `None` where it does not."""
    kept = judged.kept
    known = extract.with_text(known, "\n\n".join(block.text for block in kept))
    if page_class.kind is None and is_prompted(judged.document, judged.verdicts):
        known = extract.with_prompt(known)
    part = is_partial(judged.document, judged.verdicts, words=known.word_count, declared=declared)
    described: dict[str, Any] = {field.name: getattr(known, field.name) for field in fields(Metadata)}
    return Article(
        **described,
        blocks=kept,
        removed=judged.removed,
        status=Status.NO_ARTICLE if page_class.kind else Status.PARTIAL if part else Status.OK,
        page_kind=page_class.kind,
        confidence=None if page_class.kind else round(page_class.article * judged.confidence, 3),
        url=url,
    )


def _or_raise(article: Article, page_class: PageClass) -> Article:
    if page_class.kind is not None:
        raise NoArticleError(f"the page holds no article ({page_class.kind}: {page_class.evidence})", article=article)
    return article
