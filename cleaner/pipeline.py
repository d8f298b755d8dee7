"""The pipeline from a page or a text to an article: a table of contents for the rest of the package."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache, partial
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

from cleaner import trafilatura_adapter
from cleaner.blocks.html import read_html, read_page, read_selected
from cleaner.blocks.plain_text import read_plain_text
from cleaner.blocks.stats import element_paths
from cleaner.errors import CleanerError, Code, InputError, NoArticleError
from cleaner.inputs.arguments import as_page, as_text
from cleaner.judge.confidence import estimate_confidence
from cleaner.judge.context import PageContext, page_languages
from cleaner.judge.headline import title_line
from cleaner.judge.page_kind.classify import KINDS_WITHOUT_TEXT, PageClass, classify_page
from cleaner.judge.page_kind.signals import read_signals
from cleaner.judge.partial import is_partial, is_prompted
from cleaner.judge.site_rules import (
    NO_SITE_RESULTS,
    SelectedElements,
    SiteResults,
    find_site_rules,
    phrase_results,
    select_elements,
    site_results,
)
from cleaner.judge.trafilatura_vote import ask_trafilatura
from cleaner.judge.verdicts import Judgement, judge, judge_scored, score_document
from cleaner.metadata import extract
from cleaner.metadata.fields.comments import shown_count
from cleaner.metadata.fields.dates import is_month_first
from cleaner.metadata.fields.images import article_images
from cleaner.metadata.sources import json_ld
from cleaner.models import (
    BETWEEN_BLOCKS,
    NO_ELEMENT,
    Article,
    ArticleType,
    Block,
    Comment,
    Document,
    Keep,
    Mark,
    Metadata,
    Page,
    PageKind,
    Reason,
    Removed,
    Status,
    Verdict,
    located,
)
from cleaner.page.decode import decode
from cleaner.page.embedded import EmbeddedBody, body_text, declared_text, read_json_ld, typed_elements
from cleaner.page.mhtml import read_mhtml
from cleaner.page.parse import ParsedPage, parse
from cleaner.parts.embeds import article_embeds
from cleaner.parts.entries import Update, find_updates, live_entries
from cleaner.rules.matching import PageRules, RuleSet, package_rules
from cleaner.text.measures import weighted_length

if TYPE_CHECKING:
    from cleaner.inputs.read import FileObject
    from cleaner.processes.guard import Guard
    from cleaner.rules.sites import SiteRule
    from cleaner.rules.user import Rules, RulesOrPaths

# Characters of a page's URL that are read. Longer URLs are made by scripts and attackers, not by editors, and
# everything that a URL says about its page is near its beginning. (Browsers and caches have about the same limit.)
MAX_URL_LENGTH = 2_048
# Blocks of a page or text. Judging a block takes about 0.2 ms; the largest of 3,846 real pages has 15,795 elements in
# all.
MAX_BLOCKS = 40_000
MAX_SECONDS = 20.0  # to find the next page of an article, the same as for cleaning a page in a batch
# Weighted length of the kept text below which the article is looked for in the page's JSON.
MIN_TEXT_LENGTH = 250
# Total doubt, in weighted characters, above which trafilatura gives a second opinion. Measured out of fold
# (training/MODEL_CARD.md), this is the case for one in a hundred of the newspapers' pages and up to one in twelve of
# the others. With a second opinion on every page, up to three in a hundred more would be perfect.
MAX_DOUBT = 400.0
# The confidence of an article, 0 to 1, below which trafilatura gives a second opinion, too. Measured with earlier
# weights on 487 pages that they were not fitted to: it is then asked about one page in five instead of one in 17, and
# 14 more pages are perfect while two no longer are. Keeping the prose that trafilatura extracts and no rule removes,
# where there is more of it than of what is kept, changed none of these pages.
MIN_CONFIDENCE = 0.8
# Cleaning this page imports everything that cleaning a page needs, except trafilatura.
ANY_PAGE = "<html><head><title>Any page</title></head><body><p>It is as good as another here.</p></body></html>"
# Results where pages are not classified: the article comes from the page's JSON, or the input is plain text.
ARTICLE_CLASS = PageClass(None, 1.0, "")
NO_ARTICLE_CLASS = PageClass(PageKind.EMPTY, 0.0, "no part of the text is an article")
# What to do about a page whose article may be found in another way.
ADVICE = {
    PageKind.NEEDS_JAVASCRIPT: "save it from a browser, or render it in a headless one",
    PageKind.BLOCKED: "the site refused the request: save it from a browser, or try again later and less often",
    PageKind.LOGIN: "log in with a browser, and save the page from there",
    PageKind.CONSENT: "answer the question in a browser, and save the page from there",
}
# The verdict on the blocks of a page whose article is in its JSON.
IN_JSON = Verdict(Reason.OUTSIDE, evidence="the article's text comes from the page's JSON")


class JudgedDocument(NamedTuple):
    """The blocks of a page, and the verdict on each."""

    document: Document
    verdicts: tuple[Verdict, ...]
    probabilities: tuple[float, ...]  # as in `Judgement`; 0 also for what `without_kept` removes
    confidence: float  # the probability, 0 to 1, that the kept text is right, if the page is an article

    @property
    def kept(self) -> tuple[Block, ...]:
        """The blocks of the article's text."""
        return tuple(b for b, v in zip(self.document.blocks, self.verdicts, strict=True) if v.reason is None)

    @property
    def length(self) -> int:
        """The weighted length of the kept text."""
        return sum(weighted_length(block.text) for block in self.kept)

    def without_kept(self, verdict: Verdict) -> JudgedDocument:
        """Return the document with this verdict on each block that was kept."""
        return self._replace(
            verdicts=tuple(each if each.reason else verdict for each in self.verdicts),
            probabilities=tuple(
                chance if each.reason else 0.0 for each, chance in zip(self.verdicts, self.probabilities, strict=True)
            ),
        )


def clean(
    page: str | bytes | bytearray | memoryview | PathLike[str] | FileObject | Page,
    /,
    *,
    url: str | None = None,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    rules: RulesOrPaths = None,
    comments: bool = False,
    timeout: float | None = None,
) -> Article:
    """Return the article of a news page: its text, its metadata, and the reason for every block that was removed.

    Args:
        page: The page: HTML as `str`, the undecoded bytes of an HTML, gzip or MHTML file, the path of such a file
            (`pathlib.Path`; a `str` is always HTML), a file object, or a `Page` from `fetch`. A file object in binary
            or text mode is read from its position to its end, and not closed. The pages in the `further` of a `Page`
            are cleaned as well, and joined.
        url: The URL of the page; `None` if unknown. A `Page` has a URL of its own.
        keep: How to treat uncertain blocks: "more" keeps more text, "less" removes more boilerplate.
        any_page: Whether to treat every page as an article. A page of another kind (a listing, a shop, a forum, an
            error page ...) then gives its main text instead of an error.
        rules: Rules of your own, from `load_rules`, or the path of a rule file or several; `None` for the rules of the
            package alone. A path is read at each call, so for many pages use `load_rules`.
        comments: Whether to find the readers' comments that the page shows, too, which takes about an eighth longer.
        timeout: A time limit for cleaning (not for fetching), in seconds; `None` for no limit. With a limit, the page
            is cleaned in a worker process, which is killed when the time is up, and which also has a limit of 1 GB of
            memory. The first call starts the process, which takes about half a second that does not count. Later
            calls take about a millisecond longer than without a limit. A limit needs a system with `fork`, so not
            Windows.

    Returns:
        The article. Its `blocks` and `removed` together contain every block of the page.

    Raises:
        NoArticleError: The page is not an article. The `article` of the exception has what was found.
        InputError: The input is not a page: not HTML, empty, damaged, too large, too complex, or only the URL or the
            file name of a page. Or the file cannot be read.
        CleanerError: With a `timeout`: the page took too much time (code `extract_timeout`) or memory
            (`out_of_memory`), or the worker process crashed (`worker_crashed`).
        RuleFileError: A rule file cannot be read, or has a mistake.
        TypeError: `page` is something else, such as a parsed tree or a response, or `url` is not a string. The message
            says what to pass instead.
        ValueError: `keep` has another value, or `timeout` is not more than 0.
        NotImplementedError: With a `timeout`: the system has no `fork`.
    """
    keep = Keep(keep)
    page = as_page(page, url)
    rules = _load(rules)
    if timeout is not None:
        call = partial(clean, page, keep=keep, any_page=any_page, rules=rules, comments=comments)
        return _call_with_timeout(timeout, call, page.address)
    if page.further or page.warnings:
        return _clean_pages(page, partial(clean, keep=keep, any_page=any_page, rules=rules))
    try:
        page = _open_mhtml(page)
        html, encoding, encoding_source = _decode(page)
        tree = parse(html)
    except InputError as error:
        error.url = page.address  # the decoder and the parser do not know the URL
        raise
    readable_url = _readable_url(page.address)
    base_url = _base_url(tree.root, readable_url)
    nodes = read_json_ld(tree.json_ld)
    typed = typed_elements(tree.root)
    metadata = extract.read_metadata(tree.root, nodes, url=readable_url, typed=typed)
    signals = read_signals(tree.root, nodes, metadata, url=readable_url, typed=typed)
    context = PageContext.about(
        metadata, json_ld.declared_kind(nodes), url=readable_url, declared_text=declared_text(nodes)
    )
    selected = select_elements(find_site_rules(_site_rules(rules), context.host, tree.root), tree.root)
    updates = find_updates(tree.root, metadata)
    document, site, spans = _read_blocks(tree, selected, updates)
    _check_size(document, page.address)
    shown_comments = _read_comments(tree, nodes, metadata, readable_url) if comments else ()
    context = context._replace(languages=page_languages(document, metadata.language))
    page_rules = _rule_set(rules).for_page(context.languages)

    def class_of(judged: JudgedDocument) -> PageClass:
        return classify_page(signals, judged.document, judged.verdicts)

    judged = _judge_page(
        tree, document, context, page_rules, keep, site, lambda first: any_page or class_of(first).kind is None
    )
    page_class = class_of(judged)
    is_short = judged.length < MIN_TEXT_LENGTH and not selected.keep
    if is_short and page_class.kind in (None, *KINDS_WITHOUT_TEXT):
        embedded = body_text(nodes, tree.scripts)
        if embedded is not None:
            fuller = _with_embedded(judged, embedded, context, page_rules, keep, selected.rules)
            if fuller.length > judged.length:
                judged, page_class = fuller, ARTICLE_CLASS
                metadata = extract.with_data(metadata, embedded.about, url=readable_url)
    if any_page and judged.kept:
        page_class = page_class._replace(kind=None)
    if page_class.kind in KINDS_WITHOUT_TEXT:
        judged = _without_text(judged, page_class)
    article = _article(
        judged, metadata, page_class, url=page.address, base=base_url, declared=json_ld.declared_words(nodes)
    )
    article = replace(
        article,
        encoding=encoding,
        encoding_source=encoding_source,
        warnings=tree.warnings + selected.warnings,
        unmatched=selected.unmatched,
    )
    if page_class.kind is None:
        if updates or article.type is ArticleType.LIVE:
            article = replace(article, entries=live_entries(article, updates, spans, nodes))
        article = _with_comments(article, shown_comments)
    return _or_raise(article, page_class)


def clean_text(
    text: str | bytes | bytearray | memoryview | PathLike[str] | FileObject,
    /,
    *,
    url: str | None = None,
    language: str | None = None,
    keep: Keep | str = Keep.BALANCED,
    rules: RulesOrPaths = None,
    timeout: float | None = None,
) -> Article:
    """Return the article in a text that another tool extracted, and the reason for every line that was removed.

    The title is the first line that matches no rule, if it is not a sentence.

    Args:
        text: The text: paragraphs that are separated by empty lines, or one paragraph per line. Bytes, a path and a
            file object are accepted as in `clean`; the encoding of bytes is detected.
        url: The URL of the page that the text came from; `None` if unknown.
        language: The language of the text as an ISO 639-1 code; `None` if unknown.
        keep: How to treat uncertain lines: "more" keeps more text, "less" removes more boilerplate.
        rules: Rules of your own, as in `clean`; `None` for the rules of the package alone. Of rules for single sites,
            only the phrases apply to text.
        timeout: A time limit in seconds, as in `clean`; `None` for no limit.

    Returns:
        The article. Its `blocks` and `removed` together contain every line of the text.

    Raises:
        NoArticleError: No line of the text belongs to an article.
        InputError: The text is empty, or has more than 40,000 paragraphs and lines. Or it cannot be read or decoded.
        CleanerError: With a `timeout`: see `clean`.
        RuleFileError: A rule file cannot be read, or has a mistake.
        TypeError: `text` is something else, such as a `Page`, or `url` is not a string.
        ValueError: `keep` has another value, or `timeout` is not more than 0.
        NotImplementedError: With a `timeout`: the system has no `fork`.
    """
    keep = Keep(keep)
    page = Page(as_text(text, url), url=url)
    rules = _load(rules)
    if timeout is not None:
        call = partial(clean_text, page.content, url=url, language=language, keep=keep, rules=rules)
        return _call_with_timeout(timeout, call, url)
    try:
        decoded, encoding, encoding_source = _decode(page)
    except InputError as error:
        error.url = url
        raise
    if not decoded.strip():
        raise InputError(Code.EMPTY, "the text is empty", url=url)
    document = _check_size(read_plain_text(decoded), url)
    languages = page_languages(document, language)
    page_rules = _rule_set(rules).for_page(languages)
    title = title_line(document, page_rules)
    context = PageContext.of(title=title, url=_readable_url(url), languages=languages)
    site = phrase_results(document, find_site_rules(_site_rules(rules), context.host))
    judged = _with_confidence(document, judge(document, None, context, page_rules, keep, site))
    metadata = extract.read_text_metadata([block.text for block in document.blocks], title=title, language=language)
    page_class = ARTICLE_CLASS if judged.kept else NO_ARTICLE_CLASS
    article = _article(judged, metadata, page_class, url=url)
    return _or_raise(replace(article, encoding=encoding, encoding_source=encoding_source), page_class)


def _clean_pages(page: Page, clean_one: Callable[[Page], Article]) -> Article:
    """Return the article of a page and of the pages that follow it, up to the first that is not part of it."""
    from cleaner.joining import join_pages  # most articles have one page

    articles = [clean_one(replace(page, further=(), warnings=()))]
    problems: list[str] = []
    for number, following in enumerate(page.further, 2):
        try:
            articles.append(clean_one(following))
        except CleanerError as error:
            problems.append(f"page {number} is left out: {error.message}: {following.address}")
            break
    return join_pages(articles, [*problems, *page.warnings])


def find_next_page(page: Page) -> str | None:
    """Return the `next_page` of the article of a page; `None` if it has none, or if the page cannot be cleaned.

    The page is read in a worker process with a time limit, where the system has `fork`.
    """
    with suppress(CleanerError):
        return _guard().call(_next_page, page, MAX_SECONDS) if hasattr(os, "fork") else _next_page(page)
    return None


def _next_page(page: Page) -> str | None:
    try:
        page = _open_mhtml(page)
        tree = parse(_decode(page)[0])
        metadata = extract.read_metadata(tree.root, read_json_ld(tree.json_ld), url=_readable_url(page.address))
        # Most pages have none, which is known before they are cleaned. Only cleaning tells whether it is an article.
        return clean(page).next_page if metadata.next_page else None
    except CleanerError:
        return None


def _load(rules: RulesOrPaths) -> Rules | None:
    """Return the rules, read from files if they are paths; `None` for those of the package alone."""
    if rules is None:
        return None
    from cleaner.rules.user import as_rules  # reads TOML, which the rules of the package alone do not need

    return as_rules(rules)


def _rule_set(rules: Rules | None) -> RuleSet:
    """Return the compiled rules; those of the package for `None`."""
    if rules is None:
        return package_rules()
    from cleaner.rules.user import rule_set

    return rule_set(rules)


def _site_rules(rules: Rules | None) -> tuple[SiteRule, ...]:
    if rules is None:
        return ()
    from cleaner.rules.user import site_rules

    return site_rules(rules)


def warm_up() -> None:
    """Import everything that cleaning a page needs, so that the first page does not have to wait for it."""
    trafilatura_adapter.load_trafilatura()
    with suppress(CleanerError):
        clean(ANY_PAGE)


@cache
def _guard() -> Guard:
    from cleaner.processes.guard import Guard

    return Guard(warm_up)


def _call_with_timeout(seconds: float, call: Callable[[], Article], url: str | None) -> Article:
    """Return or raise what the call does in a worker process with a time limit. `url` is the URL of the page."""
    if not seconds > 0:
        raise ValueError(f"timeout must be more than 0 seconds, not {seconds}")
    try:
        result = _guard().call(_result_or_error, call, float(seconds))
    except CleanerError as error:
        error.url = url
        raise
    if isinstance(result, CleanerError):
        raise result
    return result


def _result_or_error(call: Callable[[], Article]) -> Article | CleanerError:
    """Return the result of a call, or its error as a value, which can be sent between processes."""
    try:
        return call()
    except CleanerError as error:
        return error


def _readable_url(url: str | None) -> str | None:
    """Return the part of the URL that is read; `None` if it is unknown or cannot be parsed."""
    readable = (url or "")[:MAX_URL_LENGTH]
    try:
        urlsplit(readable)
    except ValueError:
        return None
    return readable or None


def _open_mhtml(page: Page) -> Page:
    """Return the page in an MHTML file; any other page unchanged.

    The URL in the file is used if the caller gave none.
    """
    snapshot = read_mhtml(page.content)
    if snapshot is None:
        return page
    headers = {**page.headers, "content-type": snapshot.content_type or ""}
    url = page.url if page.address else snapshot.url
    return replace(page, content=snapshot.html, url=url, headers=headers)


def _decode(page: Page) -> tuple[str, str | None, str | None]:
    """Return the page as text, its encoding, and how that was determined; the last two are `None` for a `str`."""
    if isinstance(page.content, str):
        return page.content, None, None
    decoded = decode(page.content, declared=page.headers.get("content-type"))
    return decoded.text, decoded.encoding, str(decoded.source)


def _read_comments(
    tree: ParsedPage, nodes: Sequence[dict[str, Any]], metadata: Metadata, url: str | None
) -> tuple[Comment, ...]:
    from cleaner.parts.comments import read_comments  # most users do not ask for comments

    locale = str(tree.root.get("lang") or metadata.language or "")[:20].replace("_", "-").lower()
    return read_comments(tree.root, nodes, url, month_first=is_month_first([locale], url))


def _with_comments(article: Article, comments: tuple[Comment, ...]) -> Article:
    """Return the article with the comments of its page, without those that are its own text."""
    if not comments:
        return article
    from cleaner.parts.comments import without_kept

    return replace(article, comments=without_kept(comments, [block.text for block in article.blocks]))


def _check_size(document: Document, url: str | None) -> Document:
    """Return the document. Raises `InputError` with `TOO_COMPLEX` if it has more than `MAX_BLOCKS` blocks."""
    if len(document.blocks) > MAX_BLOCKS:
        raise InputError(Code.TOO_COMPLEX, f"the input has more than {MAX_BLOCKS:,} paragraphs and lines", url=url)
    return document


def _read_blocks(
    tree: ParsedPage, selected: SelectedElements, updates: Sequence[Update]
) -> tuple[Document, SiteResults, Mapping[etree._Element, range]]:
    """Return the blocks of the page, what the site rules say of them, and the places of the blocks in elements.

    The elements are those that the site rules select, and what may be updates of a live blog.
    """
    if not selected.rules and not updates:
        return read_page(tree.root), NO_SITE_RESULTS, {}
    elements = {update.element: False for update in updates} | selected.all_elements()
    document, spans = read_selected(tree.root, elements)
    return document, site_results(document, selected, spans), spans


def _judge_page(
    tree: ParsedPage,
    document: Document,
    context: PageContext,
    rules: PageRules,
    keep: Keep,
    site: SiteResults,
    is_article: Callable[[JudgedDocument], bool],
) -> JudgedDocument:
    """Judge the blocks of the page, with a second opinion if there is much doubt or little confidence in an article.

    `is_article` says whether the page is one, by its first verdicts.
    """
    scored = score_document(document, None, context, rules, site)
    first = None
    if scored.total_doubt <= MAX_DOUBT:
        first = _with_confidence(document, judge_scored(document, scored, context, keep))
        if first.confidence >= MIN_CONFIDENCE or not is_article(first):
            return first
    if (in_trafilatura := ask_trafilatura(tree.root, document)) is not None:
        return _with_confidence(document, judge(document, in_trafilatura, context, rules, keep, site))
    return first or _with_confidence(document, judge_scored(document, scored, context, keep))


def _with_confidence(document: Document, judged: Judgement) -> JudgedDocument:
    confidence = estimate_confidence(document, judged.verdicts, judged.probabilities)
    return JudgedDocument(document, judged.verdicts, judged.probabilities, confidence)


def _with_embedded(
    page: JudgedDocument,
    body: EmbeddedBody,
    context: PageContext,
    rules: PageRules,
    keep: Keep,
    site_rules: Sequence[SiteRule],
) -> JudgedDocument:
    """Return the blocks of the page, all removed, followed by the blocks of the text in its JSON.

    The text does not have the elements of the page, so only the phrases of the site rules apply to it.
    """
    document = read_html(parse(body.markup).root) if body.is_html else read_plain_text(body.markup)
    site = phrase_results(document, site_rules)
    embedded = _with_confidence(document, judge(document, None, context, rules, keep, site))
    count = len(page.document.blocks)
    appended = tuple(block._replace(place=count + block.place, element=NO_ELEMENT) for block in document.blocks)
    removed = page.without_kept(IN_JSON)
    return JudgedDocument(
        page.document._replace(blocks=page.document.blocks + appended),
        removed.verdicts + embedded.verdicts,
        removed.probabilities + embedded.probabilities,
        embedded.confidence,
    )


def _without_text(judged: JudgedDocument, page_class: PageClass) -> JudgedDocument:
    """Return the blocks of a page without text, all removed: what was kept is a notice or a greeting."""
    return judged.without_kept(Verdict(Reason.OUTSIDE, evidence=page_class.evidence))


def _article(
    judged: JudgedDocument,
    metadata: Metadata,
    page_class: PageClass,
    *,
    url: str | None,
    base: str = "",
    declared: int | None = None,
) -> Article:
    """Return the article of a judged page.

    `base` is what the URLs of its links are relative to; empty if unknown. `declared` is the number of words that the
    page declares; `None` if it does not.
    """
    kept = judged.kept
    metadata = extract.with_text(metadata, BETWEEN_BLOCKS.join(block.text for block in kept))
    if page_class.kind is None:
        declared_image = None if metadata.provenance.get("image") == "img" else metadata.image
        if images := article_images(judged.document, judged.verdicts, declared_image, url):
            metadata = replace(metadata, images=images, provenance={**metadata.provenance, "images": "img"})
    if page_class.kind and metadata.next_page:
        metadata = extract.without_next_page(metadata)
    if (count := shown_count(judged.document, judged.verdicts)) is not None:
        metadata = replace(
            metadata, comments_count=count, provenance={**metadata.provenance, "comments_count": "comment line"}
        )
    if page_class.kind is None and is_prompted(judged.document, judged.verdicts):
        metadata = extract.with_prompt(metadata)
    if page_class.kind:
        status = Status.NO_ARTICLE
    elif is_partial(judged.document, judged.verdicts, words=metadata.word_count, declared=declared):
        status = Status.PARTIAL
    else:
        status = Status.OK
    embeds = article_embeds(judged.document, judged.verdicts, base) if page_class.kind is None else ()
    blocks, removed = _explained_blocks(judged, base)
    values: dict[str, Any] = {field.name: getattr(metadata, field.name) for field in fields(Metadata)}
    return Article(
        **values,
        blocks=blocks,
        removed=removed,
        embeds=embeds,
        status=status,
        page_kind=page_class.kind,
        confidence=None if page_class.kind else round(page_class.article * judged.confidence, 3),
        url=url,
    )


def _explained_blocks(judged: JudgedDocument, base: str) -> tuple[tuple[Block, ...], tuple[Removed, ...]]:
    """Return the kept and the removed blocks, each with its probability and its path.

    Kept blocks also have their place in the text, and absolute URLs.
    """
    paths = element_paths(judged.document)
    kept: list[Block] = []
    removed: list[Removed] = []
    for block, verdict, chance in zip(judged.document.blocks, judged.verdicts, judged.probabilities, strict=True):
        known = None if chance in (0.0, 1.0) else round(chance, 3)  # 0 and 1 stand for the decision of a rule
        path = paths.get(block.element)
        if (reason := verdict.reason) is None:
            marks = tuple(_with_absolute_url(mark, base) for mark in block.marks)
            kept.append(block._replace(probability=known, path=path, marks=marks))
        else:
            cause = (reason, verdict.rule, verdict.evidence)
            removed.append(Removed(block.place, block.kind, block.text, *cause, known, path))
    return located(kept), tuple(removed)


def _base_url(root: etree._Element, url: str | None) -> str:
    """Return what URLs on the page are relative to: its `<base>`, or else its own URL; empty if neither is known."""
    base = root.find("head/base[@href]")
    return _absolute(base.get("href", "") if base is not None else "", url or "")


def _with_absolute_url(mark: Mark, base: str) -> Mark:
    return mark if mark.url is None else mark._replace(url=_absolute(mark.url, base))


def _absolute(url: str, base: str) -> str:
    """Return the absolute URL; the URL as it is if it cannot be resolved."""
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return url


def _or_raise(article: Article, page_class: PageClass) -> Article:
    if page_class.kind is not None:
        message = f"the page is not an article ({page_class.kind}: {page_class.evidence})"
        advice = ADVICE.get(page_class.kind)
        raise NoArticleError(f"{message}; {advice}" if advice else message, article=article)
    return article
