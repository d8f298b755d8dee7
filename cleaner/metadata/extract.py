"""What is known of an article beside its text.

The modules of `sources` say what stands on the page, `select` decides whom to believe, and the modules of `fields` make
values of it that can be used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.headline import headings, headline, site_names
from cleaner.metadata.fields.languages import contradicts, detected, word_count
from cleaner.metadata.fields.pictures import addresses
from cleaner.metadata.fields.values import folded, text
from cleaner.metadata.select import SiteContext, fields_to_fill, resolve_fields, select_fields
from cleaner.metadata.sources import (
    head,
    json_ld,
    marked_elements,
    microdata,
    page_data,
    trafilatura_hint,
    visible_text,
)
from cleaner.metadata.sources.byline_lines import around
from cleaner.metadata.sources.bylines import names_in_byline
from cleaner.metadata.sources.url_dates import address_dates
from cleaner.models import Declared, Metadata
from cleaner.page.embedded import typed

# Tags that newspapers have, and hardly anyone else.
_OF_NEWSPAPERS = frozenset({"meta news_keywords", "meta article:content_tier"})


def read_metadata(
    root: etree._Element,
    nodes: Sequence[dict[str, Any]],
    *,
    url: str | None,
    now: datetime | None = None,
    things: Sequence[etree._Element] | None = None,
) -> Metadata:
    """The metadata of a page, each value with its witness in `provenance`. The tree stays as it is.

    `nodes` are those of `page.embedded.read_json_ld`, `url` the page's address. Dates after `now` (aware; the
    present where it is `None`) are not believed. `things` are those of `page.embedded.typed`, looked for where it is
    `None`. What only the text can tell is added by `with_text`.
    """
    things = typed(root) if things is None else things
    said = [*json_ld.candidates(nodes), *head.candidates(root), *microdata.candidates(things)]
    news = (
        json_ld.declared_kind(nodes) is Declared.NEWS
        or microdata.is_news(things)
        or any(told.witness in _OF_NEWSPAPERS for told in said)
        or root.find("head/meta[@property='fb:pages']") is not None  # whose articles Facebook may show
    )
    site = _site(said, url, now or datetime.now(UTC), news, addresses(root))
    titles = [(line, told.witness) for told in said if told.field == "title" and (line := text(told.said))]
    titles.sort(key=lambda told: _TITLES.index(told[1]) if told[1] in _TITLES else len(_TITLES))
    if _is_front_page(url):
        # A front page is called what the site is called, it has no day, and the bylines on it are those of other pages.
        names = sorted(titles, key=lambda told: told[1] != "meta og:title")
        undated = [told for told in said if told.field != "published"]
        return select_fields(undated, next(iter(names), None), site)
    title = headline(titles, headings(root), site.names, news=site.news)
    said += address_dates(url)
    month_first = _month_first(said, url)
    said += visible_text.candidates(around(root, title[0] if title else None), month_first=month_first)
    known = resolve_fields(said, title, site)
    chosen = fields_to_fill(known, said, site)
    if chosen.authors and chosen.published and chosen.tags and chosen.provenance["tags"] != "meta keywords":
        return chosen
    marked = marked_elements.marked(root)
    said += marked_elements.candidates(marked, month_first=month_first)
    chosen = fields_to_fill(known, said, site)
    # Asked of pages that are no articles, they find names and dates as well.
    ask = {"authors": site.news, "published": site.news or bool(chosen.authors or chosen.organization)}
    missing = [name for name, wanted in ask.items() if wanted and not getattr(chosen, name)]
    asked = list(trafilatura_hint.candidates(marked, url, missing)) if missing else []
    return fields_to_fill(known, [*said, *asked], site) if asked else chosen


def declared_kind(nodes: Sequence[dict[str, Any]]) -> Declared:
    """What the page's data says that the page is. `nodes` are those of `page.embedded.read_json_ld`."""
    return json_ld.declared_kind(nodes)


def declared_words(nodes: Sequence[dict[str, Any]]) -> int | None:
    """The length in words that the page's JSON-LD gives its article; `None` where it gives none."""
    return json_ld.declared_words(nodes)


def with_text(known: Metadata, text: str) -> Metadata:
    """The metadata with what the article's text tells: its length, and whether the declared language is true."""
    found = detected(text)
    counted = {**known.provenance, "word_count": "text"}
    known = replace(known, word_count=word_count(text), provenance=counted)
    if not contradicts(found, known.language) or known.provenance.get("language") == "caller":
        return known
    provenance = {**known.provenance, "language": "text"}
    conflicts = dict(known.conflicts)
    if known.language is not None:
        conflicts["language"] = {known.provenance["language"]: known.language, **conflicts.get("language", {})}
    return replace(known, language=found, provenance=provenance, conflicts=conflicts)


def with_prompt(known: Metadata) -> Metadata:
    """The metadata of an article whose text ends at a line that asks to subscribe or to log in to read on."""
    if known.paywalled is None:
        return replace(known, paywalled=True, provenance={**known.provenance, "paywalled": _PROMPT})
    if known.paywalled:
        return known
    said = known.conflicts.get("paywalled", {})
    return replace(known, conflicts={**known.conflicts, "paywalled": {**said, _PROMPT: "true"}})


_PROMPT = "paywall prompt"


def with_data(
    known: Metadata, about: Mapping[str, Any], *, url: str | None = None, now: datetime | None = None
) -> Metadata:
    """The metadata with what is missing from the object around a text that stands in the page's data alone."""
    site = SiteContext(
        (known.site_name,) if known.site_name else (), url, now or datetime.now(UTC), news=True, pictures=()
    )
    said = list(page_data.candidates(about))
    title = next(((line, told.witness) for told in said if told.field == "title" and (line := text(told.said))), None)
    return _filled(known, select_fields(said, title, site))


def read_text_metadata(
    lines: Sequence[str], *, title: str | None, language: str | None, now: datetime | None = None
) -> Metadata:
    """What the first lines of a plain text say of it; `title` and `language` are what the caller knows.

    A byline and a date count until the text's first paragraph begins.
    """
    said: list[Candidate] = []
    for line in lines[:_MAX_TOP_LINES]:
        if len(line) > _LONG_LINE:
            break
        if names := names_in_byline(line):
            said.append(Candidate("authors", names, "byline"))
        dates = visible_text.dates_in_line(line, month_first=False)
        said += (Candidate("published", date, "date line") for date in dates)
    site = SiteContext((), None, now or datetime.now(UTC), news=True, pictures=())
    found = select_fields(said, (title, "text") if title else None, site)
    if language is None:
        return found
    return replace(found, language=language, provenance={**found.provenance, "language": "caller"})


_MAX_TOP_LINES = 8
_LONG_LINE = 160  # characters


def _filled(known: Metadata, more: Metadata) -> Metadata:
    """`known` with the fields of `more` that it has not."""
    missing = {
        field.name: getattr(more, field.name)
        for field in fields(Metadata)
        if field.name not in ("provenance", "conflicts") and getattr(known, field.name) in (None, ())
    }
    provenance = {name: witness for name, witness in more.provenance.items() if name in missing} | dict(
        known.provenance
    )
    return replace(known, **missing, provenance=provenance)


_TITLES = ("json-ld headline", "meta og:title", "meta twitter:title", "title")


def _site(
    said: Sequence[Candidate], url: str | None, now: datetime, news: bool, pictures: tuple[str, ...]
) -> SiteContext:
    names = [name for told in said if told.field in ("site_name", "publisher") and (name := text(told.said))]
    host = urlsplit(url).hostname if url else None
    return SiteContext(tuple(dict.fromkeys(site_names(names, host))), url, now, news, pictures)


def _is_front_page(url: str | None) -> bool:
    parts = urlsplit(url) if url else None
    return parts is not None and bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _month_first(said: Sequence[Candidate], url: str | None) -> bool:
    """Whether 3/4/2024 is the fourth of March: in the United States, and where English is said of no other country."""
    locales = [str(told.said)[:20].replace("_", "-").lower() for told in said if told.field == "language"]
    regions = [locale for locale in locales if locale.startswith("en-")]
    if regions:
        return any(folded(region) in ("enus", "enph") for region in regions)
    country = (urlsplit(url).hostname or "").rpartition(".")[2] if url else ""
    return any(locale.startswith("en") for locale in locales) and (
        len(country) != 2 or country in ("us", "io", "co", "ai")
    )
