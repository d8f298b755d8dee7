"""Select the value of each field from the candidates, with its source and the conflicting values of other sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

from cleaner.metadata.candidate import CREATED, UPDATED, Candidate
from cleaner.metadata.fields.article_types import (
    declared_type,
    most_specific,
    type_of_address,
    type_of_label,
    type_of_labels,
)
from cleaner.metadata.fields.comments import declared_count
from cleaner.metadata.fields.dates import MAX_DATE_TEXT, WrittenDate, day_of, is_same_day, most_precise, parse_date
from cleaner.metadata.fields.headline import Headline, without_site
from cleaner.metadata.fields.names import Authorship, authorship
from cleaner.metadata.fields.pictures import Picture, is_same_picture, lead_picture
from cleaner.metadata.fields.tags import (
    MIN_TAG_PROBABILITY,
    ShownTags,
    TagContext,
    TagEvidence,
    judge_tags,
    tag_list,
)
from cleaner.metadata.fields.values import boolean, http_url, language, name_key, one_line, text, texts
from cleaner.metadata.sources.author_urls import url_of_author
from cleaner.models import ArticleType, Metadata
from cleaner.patterns import lazy_pattern
from cleaner.text.languages import contradicts

_T = TypeVar("_T")

# Of one field. The most on a real page were the sixty tags of an article, with a <meta> for each.
_MAX_CANDIDATES = 200
_MAX_SECTION = 60  # characters
# Between an article on the web and the printed issue that has it. A date that is shown later than that after the day in
# the address is more likely one of a change.
_MAX_DAYS_TO_ISSUE = 31
_MAX_CONFLICTS = 5  # of one field: a few conflicts show the problem, more add nothing

# Sources of each field by the beginnings of their names, most trusted first. Sources that are not listed come after
# these, in the order of the candidates.
_TRUST: Mapping[str, tuple[str, ...]] = {
    "title": ("json-ld headline", "meta og:title", "meta twitter:title", "title"),
    "subtitle": ("json-ld alternativeHeadline", "microdata alternativeHeadline", "subtitle element"),
    "authors": (
        *("json-ld author", "json-ld WebPage author", "meta author", "json-ld creator", "microdata author", "meta"),
        *("microdata", "rdfa", "byline", "byline element", "rel=author", "author element", "signature"),
    ),
    "author_urls": ("byline", "byline element", "author link", "rel=author", "author element", "json-ld author"),
    "published": (
        *("json-ld datePublished", "meta article:published_time", "json-ld dateCreated", "meta", "microdata", "rdfa"),
        *("meta sailthru.date", "address", "date line", "time element", "labelled date", "data attribute"),
        *("date element", "json-ld WebPage", UPDATED),
    ),
    "modified": ("json-ld dateModified", "meta article:modified_time", "meta", "microdata", "date line"),
    "language": ("html lang", "json-ld inLanguage"),
    "site_name": ("meta og:site_name", "json-ld publisher", "json-ld WebSite"),
    "publisher": ("json-ld publisher", "microdata publisher"),
    "description": ("meta description", "meta og:description", "json-ld description"),
    "section": ("json-ld articleSection", "meta article:section"),
    "tags": (
        *("meta article:tag", "json-ld keywords", "meta news_keywords", "meta parsely-tags", "meta keywords"),
        "microdata",
    ),
    "type": ("json-ld @type", "microdata itemtype", "meta og:type"),
    "image": ("meta og:image", "json-ld image"),
    "image_caption": ("figcaption", "json-ld image"),
    "canonical_url": ("link canonical", "meta og:url"),
    "paywalled": ("json-ld isAccessibleForFree", "json-ld hasPart", "meta article:content_tier"),
}
# If these sources name more people than the page's declarations, they are right.
_BYLINES = ("byline", "byline element", "author link")
# A byline is preferred to these sources: they often name the owner of the site, the publisher, or who entered the text.
_SITE_WIDE = ("meta", "microdata", "rdfa")
# Sources near the headline that readers see.
_SHOWN = ("byline", "byline element", "author link", "rel=author", "date line", "author element", "microdata")
# Sources of dates that count only if the page has an author.
_UNSURE_DATES = ("date element",)
# Sources that recognise authors by the names of elements. They may find a person who is quoted on a product page.
_NAMED_BY_CLASS = ("byline element", "author element", "signature", "trafilatura")


class ParsedValue(NamedTuple, Generic[_T]):
    """A value in the type of its field, with its source and the value as the page has it."""

    value: _T
    source: str
    raw: Any  # as the page has it


@dataclass(frozen=True)
class SiteContext:
    """Facts about the page and its site, known before the fields are selected."""

    names: tuple[str, ...]  # possible names of the site
    url: str | None
    now: datetime  # with a time zone
    news: bool  # whether the page declares that it is news
    pictures: tuple[str, ...]  # the URLs of all pictures that the page shows
    shown_tags: ShownTags | None = None  # lists of links that may be tags; `None` if nobody looked


class CandidateSet:
    """The candidates of a page by field, most trusted first."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_field: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            field_candidates = self._by_field.setdefault(candidate.field, [])
            if len(field_candidates) < _MAX_CANDIDATES:
                field_candidates.append(candidate)
        for name, field_candidates in self._by_field.items():
            trust = _TRUST.get(name, ())
            field_candidates.sort(key=lambda candidate: _rank(candidate.source, trust))

    def parse(self, name: str, parser: Callable[[Any], _T | None]) -> Iterator[ParsedValue[_T]]:
        """Yield the values of a field that `parser` accepts. It rejects one by returning `None` or an empty tuple."""
        for candidate in self._by_field.get(name, ()):
            parsed = parser(candidate.value)
            if parsed is not None and parsed != ():
                yield ParsedValue(parsed, candidate.source, candidate.value)

    def values_by_source(self, name: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield each source of a field with all of its values: some pages have one <meta> each, others one for all."""
        by_source: dict[str, list[Any]] = {}
        for candidate in self._by_field.get(name, ()):
            values = by_source.setdefault(candidate.source, [])
            values.extend(candidate.value if isinstance(candidate.value, list) else [candidate.value])
        yield from by_source.items()


def _rank(source: str, trust: Sequence[str]) -> int:
    """Return the position of the source in `trust`: of the same name, else of the first name that it starts with."""
    exact = next((rank for rank, name in enumerate(trust) if source == name), None)
    if exact is not None:
        return exact
    return next((rank for rank, name in enumerate(trust) if source.startswith(name)), len(trust))


@dataclass
class _Selection:
    """The fields that are filled so far."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, dict[str, str]] = field(default_factory=dict)

    def fill(self, name: str, parsed: ParsedValue[Any] | None) -> None:
        if parsed is not None:
            self.values[name], self.provenance[name] = parsed.value, parsed.source

    def add(self, other: _Selection) -> None:
        self.values |= other.values
        self.provenance |= other.provenance
        self.conflicts |= other.conflicts

    def add_conflicts(self, name: str, others: Iterable[ParsedValue[Any]], is_conflict: Callable[[Any], bool]) -> None:
        """Record the values of other sources for which `is_conflict` is true, at most `_MAX_CONFLICTS`."""
        conflicts: dict[str, str] = {}
        for other in others:
            if (
                len(conflicts) < _MAX_CONFLICTS
                and other.source != self.provenance.get(name)
                and is_conflict(other.value)
            ):
                conflicts.setdefault(other.source, _conflict_text(other.value))
        if name in self.values and conflicts:
            self.conflicts[name] = conflicts


class ResolvedFields(NamedTuple):
    """The fields whose only sources are the page's head and the lines around its headline."""

    first: _Selection
    picture: _Selection


def select_fields(candidates: Sequence[Candidate], title: Headline | None, site: SiteContext) -> Metadata:
    """Return the metadata of a page. `title` is the headline that was chosen before."""
    return complete_fields(resolve_fields(candidates, title, site), candidates, site)


def resolve_fields(candidates: Iterable[Candidate], title: Headline | None, site: SiteContext) -> ResolvedFields:
    """Return all fields but authors, tags and dates. `title` is that of `select_fields`."""
    candidate_set = CandidateSet(candidates)
    first, picture = _Selection(), _Selection()
    _select_simple_fields(candidate_set, title.text if title else None, site, first)
    if title is not None:
        _select_title(candidate_set, title, site, first)
    _select_type(candidate_set, site, first)
    _select_picture(candidate_set, site, picture)
    return ResolvedFields(first, picture)


def complete_fields(resolved: ResolvedFields, candidates: Iterable[Candidate], site: SiteContext) -> Metadata:
    """Return the metadata: the resolved fields, and authors, tags and dates from the candidates."""
    candidate_set = CandidateSet(candidate for candidate in candidates if candidate.field in _FILLED_LAST)
    selection = _Selection()
    selection.add(resolved.first)
    _select_authors(candidate_set, site, selection)
    _select_tags(candidate_set, site, selection)
    selection.add(resolved.picture)
    _select_dates(candidate_set, site, selection)
    return Metadata(**selection.values, provenance=selection.provenance, conflicts=selection.conflicts)


def signature(resolved: ResolvedFields, candidates: Iterable[Candidate], site: SiteContext) -> Mapping[str, Any]:
    """Return the authors, the organization and the dates, by field, that `complete_fields` selects."""
    candidate_set = CandidateSet(candidate for candidate in candidates if candidate.field in _SIGNATURE)
    selection = _Selection()
    selection.add(resolved.first)
    _select_authors(candidate_set, site, selection)
    _select_dates(candidate_set, site, selection)
    return selection.values


_SIGNATURE = frozenset({"authors", "author_urls", "published", "modified"})
# Fields that also have sources elsewhere on the page, which are read only if necessary.
_FILLED_LAST = _SIGNATURE | {"section", "tags"}


def _select_picture(candidate_set: CandidateSet, site: SiteContext, selection: _Selection) -> None:
    pictures = [
        Picture(parsed.value, parsed.source)
        for parsed in candidate_set.parse("image", lambda value: http_url(value, site.url))
    ]
    if best := lead_picture(pictures, site.pictures, site.url):
        selection.fill("image", ParsedValue(best.url, best.source, best.url))
    near_headline = next((picture.url for picture in pictures if picture.source == "img"), None)
    # A caption near the headline belongs to the picture there, which may not be the selected one.
    shows_best = best is not None and near_headline is not None and is_same_picture(best.url, near_headline)
    captions = candidate_set.parse("image_caption", _caption)
    selection.fill(
        "image_caption", next((parsed for parsed in captions if parsed.source != "figcaption" or shows_best), None)
    )


def _select_simple_fields(
    candidate_set: CandidateSet, title: str | None, site: SiteContext, selection: _Selection
) -> None:
    parsers: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("language", language),
        ("site_name", text),
        ("publisher", _publisher),
        ("description", text),
        ("subtitle", lambda value: _subtitle(value, title)),
        ("section", _section),
        ("license", lambda value: http_url(value, site.url) or text(value)),
        ("canonical_url", lambda value: _canonical(value, site.url)),
        ("comments_count", declared_count),
    )
    for name, parser in parsers:
        values = candidate_set.parse(name, parser)
        first = next(values, None)
        selection.fill(name, first)
        if first is not None and name in _CONFLICT_TESTS:
            selection.add_conflicts(name, values, partial(_CONFLICT_TESTS[name], first.value))
    _select_paywalled(candidate_set, selection)


def _select_type(candidate_set: CandidateSet, site: SiteContext, selection: _Selection) -> None:
    """Fill `type` with what says more than news, and otherwise with news if the page is labelled as that.

    What the page declares comes first, then its kicker, its section and its address.
    """
    title = selection.values.get("title")
    declared = candidate_set.parse("type", lambda value: declared_type(value, title))
    labels: list[ParsedValue[ArticleType]] = []
    if (kicker := selection.values.get("kicker")) and (named := type_of_label(kicker)):
        labels.append(ParsedValue(named, selection.provenance["kicker"], kicker))
    labels += candidate_set.parse("section", lambda value: type_of_labels(texts(value)))
    if site.url and (named := type_of_address(site.url)):
        labels.append(ParsedValue(named, "address", site.url))
    # On pages that are not news, "Live" is a section about concerts, or about how to live.
    values = [*declared, *(label for label in labels if site.news or label.value is not ArticleType.LIVE)]
    best = most_specific(parsed.value for parsed in values)
    if best is not None:
        selection.fill("type", next(parsed for parsed in values if parsed.value is best))
        selection.add_conflicts("type", values, lambda other: other not in (best, ArticleType.NEWS))


def _select_paywalled(candidate_set: CandidateSet, selection: _Selection) -> None:
    """Fill `paywalled`: a part that is not free outranks what the page declares of itself.

    Of such a page, only the beginning is free, and some sites declare that for the whole page.
    """
    values = list(candidate_set.parse("paywalled", _paywalled))
    part = next((parsed for parsed in values if parsed.value and parsed.source.endswith("hasPart")), None)
    best = part or next(iter(values), None)
    if best is not None:
        selection.fill("paywalled", best)
        selection.add_conflicts("paywalled", values, partial(_is_unequal, best.value))


def _is_unequal(one: object, other: object) -> bool:
    return one != other


def _is_another_language(one: str, other: str) -> bool:
    return contradicts(one, other)


def _is_another_page(one: str, other: str) -> bool:
    """Whether two URLs differ in more than the scheme, a leading "www." and a final slash."""
    return _normalized_url(one) != _normalized_url(other)


def _normalized_url(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query


def _neither_contains_the_other(one: str, other: str) -> bool:
    return name_key(one) not in name_key(other) and name_key(other) not in name_key(one)


# Whether two values of a field are a conflict. Fields that are not listed have none: descriptions, for example, usually
# differ from tag to tag.
_CONFLICT_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "language": _is_another_language,
    "canonical_url": _is_another_page,
    "site_name": _neither_contains_the_other,
    "section": _neither_contains_the_other,
}


def _select_title(candidate_set: CandidateSet, title: Headline, site: SiteContext, selection: _Selection) -> None:
    selection.fill("title", ParsedValue(title.text, title.source, title.text))
    if title.kicker and title.kicker_source:
        selection.fill("kicker", ParsedValue(title.kicker, title.kicker_source, title.kicker))
    sites = {name_key(name) for name in site.names}
    others = [
        ParsedValue(without_site(parsed.value, sites), parsed.source, parsed.raw)
        for parsed in candidate_set.parse("title", text)
        if name_key(parsed.value) not in sites
    ]
    selection.add_conflicts("title", others, partial(_neither_contains_the_other, title.text))


def _select_authors(candidate_set: CandidateSet, site: SiteContext, selection: _Selection) -> None:
    """Fill `authors` and `organization`, and the conflicts of `authors`."""
    signatures: list[ParsedValue[Authorship]] = []
    for source, values in candidate_set.values_by_source("authors"):
        if source == "meta citation_author":
            values = [_with_first_name_first(name) for name in values]
        signers = authorship(values, site.names, blog=not site.news)
        if signers.people or signers.organizations:
            signatures.append(ParsedValue(signers, source, values))
    names_organization = any(parsed.value.organizations for parsed in signatures)
    # A line that is only a name is a signature if the page names an organization as the author; else it is a heading.
    people = [
        parsed for parsed in signatures if parsed.value.people and (parsed.source != "signature" or names_organization)
    ]
    if people:
        best = _best_signature(people, site)
        selection.fill("authors", ParsedValue(best.value.people, best.source, best.raw))
        keys = _person_keys(best.value.people)
        others = [
            ParsedValue(parsed.value.people, parsed.source, parsed.raw) for parsed in people if parsed is not best
        ]
        _select_author_urls(candidate_set, site, selection)
        selection.add_conflicts(
            "authors", others, lambda names: not (_person_keys(names) <= keys or keys <= _person_keys(names))
        )
    groups = [parsed for parsed in signatures if parsed.value.organizations]
    if groups:
        selection.fill("organization", ParsedValue(groups[0].value.organizations[0], groups[0].source, groups[0].raw))


def _select_author_urls(candidate_set: CandidateSet, site: SiteContext, selection: _Selection) -> None:
    """Fill `author_urls` with the first URL of each author that has one."""
    urls: dict[str, str] = {}
    sources: list[str] = []
    for author in selection.values["authors"]:
        found = next(candidate_set.parse("author_urls", partial(url_of_author, author, page=site.url)), None)
        if found is not None:
            urls[author] = found.value
            sources.append(found.source)
    if urls:
        selection.fill("author_urls", ParsedValue(urls, sources[0], urls))


def _best_signature(people: Sequence[ParsedValue[Authorship]], site: SiteContext) -> ParsedValue[Authorship]:
    """Return the most trusted of the sources that name people, or the byline if it is preferred to that."""
    site_keys = {name_key(name) for name in site.names}
    # The name of the site may be that of its writer, unless another source names someone else.
    best = next((parsed for parsed in people if not _person_keys(parsed.value.people) <= site_keys), people[0])
    return next((other for other in people if _is_preferred(other, best, people, site)), best)


def _is_preferred(
    other: ParsedValue[Authorship],
    best: ParsedValue[Authorship],
    people: Sequence[ParsedValue[Authorship]],
    site: SiteContext,
) -> bool:
    """Whether `other` is a byline that is right where it differs from the most trusted source, `best`."""
    if other.source not in _BYLINES or other is best:
        return False
    keys, other_keys = _person_keys(best.value.people), _person_keys(other.value.people)
    if keys < other_keys or _are_nicknames(best.value.people):
        return True
    if best.source.startswith(_SITE_WIDE) and other.source == "byline" and not site.news:
        return True
    if keys & other_keys or _are_nicknames(other.value.people):
        return False
    if best.source.startswith(_SITE_WIDE):
        return other.source == "byline" or _is_confirmed(other, people)
    if _is_shown(best, people):
        return False
    if site.news:
        return _is_linked(other, people)
    # On a blog, the account that entered the text is declared, and the byline names the writer.
    return other.source == "byline"


def _are_nicknames(names: Sequence[str]) -> bool:
    return all(" " not in name and name.isascii() for name in names)


def _is_confirmed(one: ParsedValue[Authorship], people: Sequence[ParsedValue[Authorship]]) -> bool:
    """Whether a declaration or a link to the author's page names one of the same people."""
    keys = _person_keys(one.value.people)
    others = (other for other in people if other.source in ("author link", "rel=author") or other.source not in _SHOWN)
    return any(keys & _person_keys(other.value.people) for other in others if other is not one)


def _is_linked(one: ParsedValue[Authorship], people: Sequence[ParsedValue[Authorship]]) -> bool:
    """Whether a link to the author's page names the same people."""
    keys = _person_keys(one.value.people)
    links = (other for other in people if other.source in ("author link", "rel=author"))
    return any(keys == _person_keys(other.value.people) for other in links)


def _is_shown(one: ParsedValue[Authorship], people: Sequence[ParsedValue[Authorship]]) -> bool:
    keys = _person_keys(one.value.people)
    return any(keys & _person_keys(other.value.people) for other in people if other.source in _SHOWN)


def _with_first_name_first(name: Any) -> Any:
    """Return "Ada Moss" for "Moss, Ada", the form in library catalogues; other values as they are."""
    last, comma, first = name.partition(",") if isinstance(name, str) else (name, "", "")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


_INITIAL = lazy_pattern(r"(?<=\w)\s[A-Z]\.?(?=\s)")  # between the first and the last name
_PERSON_TITLE = lazy_pattern(r"^(?:dr|prof)\.? ", re.IGNORECASE)


def _person_keys(names: Iterable[str]) -> set[str]:
    """Return the names, each without a title such as "Dr" and initials, in the form in which they are compared."""
    return {name_key(_INITIAL.sub("", _PERSON_TITLE.sub("", name))) for name in names}


def _select_dates(candidate_set: CandidateSet, site: SiteContext, selection: _Selection) -> None:
    """Fill `published` and `modified`, their raw forms and their conflicts."""
    dates = {
        name: list(candidate_set.parse(name, lambda value: parse_date(value, site.now)))
        for name in ("published", "modified")
    }
    created = {name: [parsed for parsed in dates[name] if parsed.source.startswith(CREATED)] for name in dates}
    dates = {name: [parsed for parsed in dates[name] if not parsed.source.startswith(CREATED)] for name in dates}
    is_signed = site.news or not selection.values.keys().isdisjoint(("authors", "organization"))
    if not is_signed:
        # On a page without an author, a date somewhere on the page belongs to an event, a product or a rule.
        dates["published"] = [parsed for parsed in dates["published"] if parsed.source not in _UNSURE_DATES]
    declared = [parsed for parsed in dates["published"] if parsed.source != UPDATED]
    # If a signed article shows only the date of an update, that date is used.
    is_known = is_signed and selection.provenance.get("authors") not in _NAMED_BY_CLASS
    dates["published"] = declared or (dates["published"][:1] if is_known else [])
    dates["published"] = [*_without_revisions(dates["published"], dates["modified"])]
    for name, field_dates in dates.items():
        if not field_dates:
            continue
        # When a page was created is only known to be its date of publication if another source has the same day.
        field_dates += [parsed for parsed in created[name] if is_same_day(parsed.value, field_dates[0].value)]
        parsed = field_dates[0]
        line = next((other for other in field_dates if other.source == "date line"), None)
        if name == "published" and line is not None and _shows_another_day(line, parsed):
            # An article is not published after the date that it shows. Some sites declare when they rebuilt the page,
            # and the address may have the day of the printed issue.
            is_older = day_of(line.value) < day_of(parsed.value)
            is_trusted = site.news and parsed.source != "address"
            if (is_older and not is_trusted) or (parsed.source == "address" and _is_near(line.value, parsed.value)):
                parsed = line
        best = most_precise([parsed.value, *(other.value for other in field_dates)])
        parsed = next(other for other in field_dates if other.value is best)
        selection.fill(name, parsed)
        selection.values[f"{name}_raw"] = _raw(parsed.raw)
        others = [parsed for parsed in field_dates if not _is_visible(parsed)]
        selection.add_conflicts(name, others, partial(_is_another_day, best))


def _without_revisions(
    published: Sequence[ParsedValue[datetime | date]], modified: Sequence[ParsedValue[datetime | date]]
) -> Sequence[ParsedValue[datetime | date]]:
    """Return the dates of publication without those of <meta> elements that the page declares for a change as well.

    Some sites fill the tags of newsletter services anew with each change. All are returned if no other tag has a date
    before that change.
    """
    changes = [parsed.value for parsed in modified if not _is_visible(parsed)]
    revised = {parsed.source for parsed in published if parsed.source.startswith("meta ") and parsed.value in changes}
    others = [parsed for parsed in published if parsed.source not in revised]
    is_earlier = any(
        parsed.source.startswith("meta ") and _is_earlier(parsed.value, change)
        for parsed in others
        for change in changes
    )
    return others if is_earlier else published


def _shows_another_day(line: ParsedValue[datetime | date], parsed: ParsedValue[datetime | date]) -> bool:
    """Whether a date line contradicts another date. "3/4/2024" does not contradict the fourth of March."""
    shown, other = day_of(line.value), day_of(parsed.value)
    is_numeric = not any(map(str.isalpha, _raw(line.raw)))
    is_swapped = is_numeric and (shown.year, shown.day, shown.month) == (other.year, other.month, other.day)
    return not is_same_day(line.value, parsed.value) and not is_swapped


def _is_earlier(one: datetime | date, other: datetime | date) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime) and one.tzinfo and other.tzinfo:
        return one < other
    return day_of(one) < day_of(other) and not is_same_day(one, other)


def _is_near(one: datetime | date, other: datetime | date) -> bool:
    return abs((day_of(one) - day_of(other)).days) <= _MAX_DAYS_TO_ISSUE


def _is_visible(parsed: ParsedValue[datetime | date]) -> bool:
    """Whether the date comes from text that readers see, and not from a declaration. Such dates are not conflicts."""
    return parsed.source.endswith(("line", "element"))


def _is_another_day(one: datetime | date, other: datetime | date) -> bool:
    return not is_same_day(one, other)


def _raw(value: Any) -> str:
    """Return a date as the page has it, on one line."""
    if isinstance(value, WrittenDate):
        return value.raw
    while isinstance(value, (list, dict)) and value:
        value = value[0] if isinstance(value, list) else value.get("@value")
    return one_line(str(value)[: 4 * MAX_DATE_TEXT], MAX_DATE_TEXT)


def _conflict_text(value: Any) -> str:
    """Return a field's value as text for `conflicts`: dates in ISO 8601, several names separated by semicolons."""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


# A value that is a URL or a path where a name or a caption is expected.
_URL = lazy_pattern(r"https?:|//|/\S+$")


def _subtitle(value: Any, title: str | None) -> str | None:
    """Return the subtitle; `None` if it repeats the headline, completely, in part, or with a kicker before it."""
    subtitle = text(value)
    if subtitle is None or title is None:
        return subtitle
    one, other = name_key(subtitle), name_key(title)
    repeats = one in other or (other in one and len(other) > len(one) / 2)
    return None if repeats else subtitle


def _publisher(value: Any) -> str | None:
    name = text(value)
    return None if name is None or _URL.match(name) else name


def _caption(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
    if isinstance(value, dict):
        value = value.get("caption") or value.get("description")
    caption = text(value)
    return None if caption is None or _URL.match(caption) else caption


def _paywalled(value: Any) -> bool | None:
    """Whether the page is paywalled, by its own `isAccessibleForFree` or by that of its parts; `None` if unknown.

    Implements https://developers.google.com/search/docs/appearance/structured-data/paywalled-content: a page with a
    part that is not free is paywalled.
    """
    parts = value if isinstance(value, list) else [value]
    if any(isinstance(part, dict) for part in parts):
        free = [boolean(part.get("isAccessibleForFree")) for part in parts if isinstance(part, dict)]
        return True if False in free else None
    is_free = boolean(value)
    return None if is_free is None else not is_free


def _section(value: Any) -> str | None:
    """Return the first section of at most `_MAX_SECTION` characters; `None` if all are longer: some are sentences."""
    return next((name for name in texts(value) if len(name) <= _MAX_SECTION), None)


def _canonical(value: Any, url: str | None) -> str | None:
    """Return the canonical URL; `None` if it is the site's front page and the article's own URL is not."""
    canonical = http_url(value, url)
    if canonical and url and urlsplit(canonical).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return None
    return canonical


def _select_tags(candidate_set: CandidateSet, site: SiteContext, selection: _Selection) -> None:
    """Fill the tags with all values that are more likely topics than not; the other declared ones are conflicts."""
    evidence = tag_evidence(candidate_set, site, selection.values)
    judged = judge_tags(evidence)
    kept = [tag for tag in judged if tag.probability >= MIN_TAG_PROBABILITY]
    if not kept:
        return
    sources = dict.fromkeys(tag.sources[0] for tag in kept)
    selection.values["tags"] = tuple(tag.value for tag in kept)
    selection.provenance["tags"] = ", ".join(sources)
    declared = {tags.source for tags in evidence.declared}
    dropped: dict[str, list[str]] = {}
    for tag in judged:
        if tag.probability < MIN_TAG_PROBABILITY and tag.sources[0] in declared:
            dropped.setdefault(tag.sources[0], []).append(tag.value)
    if dropped:
        selection.conflicts["tags"] = {source: _conflict_text(tuple(values)) for source, values in dropped.items()}


def tag_evidence(candidate_set: CandidateSet, site: SiteContext, values: Mapping[str, Any]) -> TagEvidence:
    """Return what the tags are judged by. `values` are the fields that are filled so far."""
    not_tags = (*site.names, *values.get("authors", ()))
    declared = tuple(
        tags
        for source, listed in candidate_set.values_by_source("tags")
        if (tags := tag_list(source, listed, not_tags=not_tags)).values
    )
    sections = [name for candidate in candidate_set.values_by_source("section") for name in texts(candidate[1])]
    shown = site.shown_tags
    context = TagContext(
        values.get("title"),
        values.get("description"),
        tuple(dict.fromkeys(sections)),
        site.url,
        shown.text if shown else "",
    )
    return TagEvidence(declared, shown.lists if shown else (), context, not_tags)
