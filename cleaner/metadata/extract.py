"""Extract the metadata of an article.

The modules of `sources` find candidates on the page, `select` decides which source to trust, and the modules of
`fields` parse the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import is_month_first
from cleaner.metadata.fields.headline import Headline, headline, site_names
from cleaner.metadata.fields.pictures import picture_urls
from cleaner.metadata.fields.tags import TagEvidence
from cleaner.metadata.fields.values import text
from cleaner.metadata.select import (
    CandidateSet,
    ResolvedFields,
    SiteContext,
    complete_fields,
    resolve_fields,
    select_fields,
    signature,
    tag_evidence,
)
from cleaner.metadata.sources import (
    end_bylines,
    far_dates,
    head,
    json_ld,
    marked_elements,
    microdata,
    page_data,
    page_links,
    shown_headings,
    trafilatura_hint,
    visible_text,
)
from cleaner.metadata.sources.byline_lines import headline_context
from cleaner.metadata.sources.bylines import names_in_byline
from cleaner.metadata.sources.shown_tags import find_shown_tags
from cleaner.metadata.sources.url_dates import dates_in_url
from cleaner.models import Declared, Metadata
from cleaner.page.embedded import typed_elements
from cleaner.text.languages import contradicts, detect_language, word_count

# Sources that hardly any page has but those of newspapers.
_NEWSPAPER_TAGS = frozenset({"meta news_keywords", "meta article:content_tier"})


def read_metadata(
    root: etree._Element,
    nodes: Sequence[dict[str, Any]],
    *,
    url: str | None,
    now: datetime | None = None,
    typed: Sequence[etree._Element] | None = None,
) -> Metadata:
    """Return the metadata of a page, with the source of each value in `provenance`. The tree is not changed.

    `nodes` is the result of `page.embedded.read_json_ld` and `typed` that of `page.embedded.typed_elements`, which is
    called if `typed` is `None`. `url` is the page's URL. Dates after `now` (with a time zone; the present if `None`)
    are rejected. The language and the length of the text are added by `with_text`.
    """
    typed = typed_elements(root) if typed is None else typed
    candidates = _declared(root, nodes, typed)
    news = (
        json_ld.declared_kind(nodes) is Declared.NEWS
        or microdata.is_news(typed)
        or any(candidate.source in _NEWSPAPER_TAGS for candidate in candidates)
        or root.find("head/meta[@property='fb:pages']") is not None  # lets Facebook show the publisher's articles
    )
    site = _site_context(candidates, url, now or datetime.now(UTC), news, picture_urls(root))
    titles = _titles(candidates)
    if _is_front_page(url):
        # The title of a front page is the site's name. It has no date, and its bylines belong to other pages.
        titles.sort(key=lambda title: title[1] != "meta og:title")
        undated = [candidate for candidate in candidates if candidate.field != "published"]
        return select_fields(undated, next((Headline(*title) for title in titles), None), site)
    title = headline(
        titles,
        shown_headings.shown_headings(root),
        site.names,
        news=site.news,
        ends=_title_ends(candidates),
        find_line=partial(shown_headings.shown_line, root),
    )
    candidates += dates_in_url(url)
    month_first = _month_first(candidates, url)
    candidates += visible_text.candidates(
        headline_context(root, title.text if title else None), month_first=month_first
    )
    resolved = resolve_fields(candidates, title, site)
    candidates += _far_candidates(root, candidates, resolved, site, month_first=month_first)
    metadata = complete_fields(resolved, candidates, replace(site, shown_tags=find_shown_tags(root, url)))
    return _with_page_links(metadata, page_links.candidates(root, url, metadata.canonical_url))


def _with_page_links(metadata: Metadata, candidates: Iterable[Candidate]) -> Metadata:
    """Return the metadata with the next page, and the other forms of the article, the first URL of each."""
    next_page: str | None = None
    alternates: dict[str, str] = {}
    provenance = dict(metadata.provenance)
    for candidate in candidates:
        if candidate.field == "next_page":
            next_page = candidate.value
        else:
            kind, url = candidate.value
            alternates.setdefault(kind, url)
        provenance.setdefault(candidate.field, candidate.source)
    if provenance == metadata.provenance:
        return metadata
    return replace(metadata, next_page=next_page, alternates=alternates, provenance=provenance)


def without_next_page(metadata: Metadata) -> Metadata:
    """Return the metadata of a page that is not an article, whose next page is one of a list."""
    provenance = {name: source for name, source in metadata.provenance.items() if name != "next_page"}
    return replace(metadata, next_page=None, provenance=provenance)


def _far_candidates(
    root: etree._Element,
    candidates: Sequence[Candidate],
    resolved: ResolvedFields,
    site: SiteContext,
    *,
    month_first: bool,
) -> list[Candidate]:
    """Return candidates for the author and the date from the whole page, if `candidates` lack one of the two.

    Those found nearer to the headline end the search, because each step walks over the page.
    """
    far: list[Candidate] = []

    def known() -> Mapping[str, Any]:
        return signature(resolved, [*candidates, *far], site)

    signed = known()
    if signed.get("authors") and signed.get("published"):
        return far
    marked = marked_elements.find_marked_elements(root)
    far += marked_elements.candidates(marked, month_first=month_first)
    if not signed.get("published"):
        far += far_dates.candidates(root, month_first=month_first)
    signed = known()
    if not signed.get("authors") and (last := list(end_bylines.candidates(root))):
        far += last
        signed = known()
    # Only for pages that are likely to be articles: on others, the second opinion finds names and dates as well.
    is_signed = bool(signed.get("authors") or signed.get("organization"))
    is_wanted = {"authors": site.news, "published": site.news or is_signed}
    missing = [name for name, wanted in is_wanted.items() if wanted and not signed.get(name)]
    return [*far, *trafilatura_hint.candidates(marked, site.url, missing)] if missing else far


def read_tag_evidence(root: etree._Element, nodes: Sequence[dict[str, Any]], *, url: str | None) -> TagEvidence:
    """Return what `read_metadata` judges the tags of a page by."""
    metadata = read_metadata(root, nodes, url=url)
    candidates = _declared(root, nodes, typed_elements(root))
    site = _site_context(candidates, url, datetime.now(UTC), news=True, pictures=())
    facts = {"title": metadata.title, "description": metadata.description, "authors": metadata.authors}
    return tag_evidence(CandidateSet(candidates), replace(site, shown_tags=find_shown_tags(root, url)), facts)


def _declared(
    root: etree._Element, nodes: Sequence[dict[str, Any]], typed: Sequence[etree._Element]
) -> list[Candidate]:
    return [*json_ld.candidates(nodes), *head.candidates(root), *microdata.candidates(typed)]


def with_text(metadata: Metadata, text: str) -> Metadata:
    """Return the metadata with the length of the article's text, and its language if that contradicts the declared one.

    A language that the caller passed in is kept.
    """
    detected_language = detect_language(text)
    metadata = replace(metadata, word_count=word_count(text), provenance={**metadata.provenance, "word_count": "text"})
    if not contradicts(detected_language, metadata.language) or metadata.provenance.get("language") == "caller":
        return metadata
    provenance = {**metadata.provenance, "language": "text"}
    conflicts = dict(metadata.conflicts)
    if metadata.language is not None:
        conflicts["language"] = {metadata.provenance["language"]: metadata.language, **conflicts.get("language", {})}
    return replace(metadata, language=detected_language, provenance=provenance, conflicts=conflicts)


def with_prompt(metadata: Metadata) -> Metadata:
    """Return the metadata of an article whose text ends at a prompt to subscribe or to log in: it is paywalled.

    If the page declares that it is not, its value is kept and the prompt is a conflict.
    """
    if metadata.paywalled is None:
        return replace(metadata, paywalled=True, provenance={**metadata.provenance, "paywalled": _PROMPT_SOURCE})
    if metadata.paywalled:
        return metadata
    conflicts = metadata.conflicts.get("paywalled", {})
    return replace(metadata, conflicts={**metadata.conflicts, "paywalled": {**conflicts, _PROMPT_SOURCE: "true"}})


_PROMPT_SOURCE = "paywall prompt"


def with_data(
    metadata: Metadata, about: Mapping[str, Any], *, url: str | None = None, now: datetime | None = None
) -> Metadata:
    """Return the metadata with missing fields filled from `about`, the JSON object that holds the article's text.

    This is for pages whose text is only in the data of a JavaScript framework. `now` is as in `read_metadata`.
    """
    site = SiteContext(
        (metadata.site_name,) if metadata.site_name else (), url, now or datetime.now(UTC), news=True, pictures=()
    )
    candidates = list(page_data.candidates(about))
    title = next((Headline(*title) for title in _titles(candidates)), None)
    return _with_missing_fields(metadata, select_fields(candidates, title, site))


def read_text_metadata(
    lines: Sequence[str], *, title: str | None, language: str | None, now: datetime | None = None
) -> Metadata:
    """Return the metadata of a plain text. `title` and `language` come from the caller; `None` if unknown.

    Bylines and dates count if they are before the first long line, which begins the text.
    """
    candidates: list[Candidate] = []
    for line in lines[:_MAX_TOP_LINES]:
        if len(line) > _MAX_TOP_LINE:
            break
        if names := names_in_byline(line):
            candidates.append(Candidate("authors", names, "byline"))
        dates = visible_text.dates_in_line(line, month_first=False)
        candidates += (Candidate("published", date, "date line") for date in dates)
    site = SiteContext((), None, now or datetime.now(UTC), news=True, pictures=())
    metadata = select_fields(candidates, Headline(title, "text") if title else None, site)
    if language is None:
        return metadata
    return replace(metadata, language=language, provenance={**metadata.provenance, "language": "caller"})


_MAX_TOP_LINES = 8  # of a plain text that may hold its byline and its date
_MAX_TOP_LINE = 160  # characters of such a line; a longer one is a paragraph


def _with_missing_fields(metadata: Metadata, more: Metadata) -> Metadata:
    """Return `metadata` with the fields that it lacks taken from `more`."""
    missing = {
        field.name: getattr(more, field.name)
        for field in fields(Metadata)
        if field.name not in ("provenance", "conflicts") and getattr(metadata, field.name) in (None, (), {})
    }
    provenance = {name: source for name, source in more.provenance.items() if name in missing} | dict(
        metadata.provenance
    )
    return replace(metadata, **missing, provenance=provenance)


def _titles(candidates: Iterable[Candidate]) -> list[tuple[str, str]]:
    """Return each title with its source, the most trusted first."""
    titles = CandidateSet(candidate for candidate in candidates if candidate.field == "title")
    return [(parsed.value, parsed.source) for parsed in titles.parse("title", text)]


def _title_ends(candidates: Iterable[Candidate]) -> list[str]:
    """Return the names of sections and authors that the page declares: they may follow the headline in a title."""
    return [
        name
        for candidate in candidates
        if candidate.field in ("section", "authors")
        for value in (candidate.value if isinstance(candidate.value, list) else [candidate.value])
        if (name := text(value))
    ]


def _site_context(
    candidates: Sequence[Candidate], url: str | None, now: datetime, news: bool, pictures: tuple[str, ...]
) -> SiteContext:
    names = [
        name
        for candidate in candidates
        if candidate.field in ("site_name", "publisher") and (name := text(candidate.value))
    ]
    host = urlsplit(url).hostname if url else None
    return SiteContext(tuple(dict.fromkeys(site_names(names, host))), url, now, news, pictures)


def _is_front_page(url: str | None) -> bool:
    parts = urlsplit(url) if url else None
    return parts is not None and bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _month_first(candidates: Sequence[Candidate], url: str | None) -> bool:
    locales = [
        str(candidate.value)[:20].replace("_", "-").lower() for candidate in candidates if candidate.field == "language"
    ]
    return is_month_first(locales, url)
