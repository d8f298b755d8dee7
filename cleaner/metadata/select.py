"""Of what the witnesses say, the value of each field, which witness it came from, and who said otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.dates import MAX_DATE_TEXT, WrittenDate, day_of, fullest, moment, same_day
from cleaner.metadata.fields.headline import without_site
from cleaner.metadata.fields.languages import contradicts
from cleaner.metadata.fields.names import Authorship, authorship
from cleaner.metadata.fields.pictures import Picture, lead, same_picture
from cleaner.metadata.fields.tags import cleaned
from cleaner.metadata.fields.values import address, boolean, folded, language, one_line, text, texts
from cleaner.models import Metadata

_T = TypeVar("_T")

# For one field. The most that were met are the sixty tags of an article, with a <meta> of its own for each.
_MAX_CANDIDATES = 200
_MAX_SECTION = 60  # characters
_MAX_CONFLICTS = 5  # of one field: the first few say that something is amiss, and more say no more

# Which witness is asked first, by the beginning of its name. Those not named come after, in the order they spoke.
_TRUST: Mapping[str, tuple[str, ...]] = {
    "title": ("json-ld headline", "meta og:title", "meta twitter:title", "title"),
    "subtitle": ("json-ld alternativeHeadline", "microdata alternativeHeadline", "subtitle element"),
    "authors": (
        *("json-ld author", "json-ld WebPage author", "meta author", "json-ld creator", "microdata author", "meta"),
        *("microdata", "rdfa", "byline", "byline element", "rel=author", "author element", "signature"),
    ),
    "published": (
        *("json-ld datePublished", "meta article:published_time", "json-ld dateCreated", "meta", "microdata", "rdfa"),
        *("address", "date line", "time element", "date element", "json-ld WebPage"),
    ),
    "modified": ("json-ld dateModified", "meta article:modified_time", "meta", "microdata", "date line"),
    "language": ("html lang", "json-ld inLanguage"),
    "site_name": ("meta og:site_name", "json-ld publisher", "json-ld WebSite"),
    "publisher": ("json-ld publisher", "microdata publisher"),
    "description": ("meta description", "meta og:description", "json-ld description"),
    "section": ("json-ld articleSection", "meta article:section"),
    "tags": (
        *("meta article:tag", "json-ld keywords", "meta news_keywords", "meta parsely-tags", "rel=tag", "tag list"),
        *("meta keywords", "microdata", "tag link"),
    ),
    "image": ("meta og:image", "json-ld image"),
    "image_caption": ("figcaption", "json-ld image"),
    "canonical_url": ("link canonical", "meta og:url"),
    "paywalled": ("json-ld isAccessibleForFree", "json-ld hasPart", "meta article:content_tier"),
}
# Witnesses that may name more people than the head of the page does, and are right then.
_BYLINES = ("byline", "byline element")
# Those whose word a blog's byline outweighs: they often name who runs the site.
_SITE_WIDE = ("meta", "microdata")
# Witnesses that go by the names of elements: those that they find may have said something of the product, not written.
_NAMED_BY_ELEMENTS = ("byline element", "author element", "date line", "signature", "trafilatura")


class ParsedValue(NamedTuple, Generic[_T]):
    """A value that could be made sense of."""

    value: _T
    witness: str
    said: Any  # as the page has it


@dataclass(frozen=True)
class SiteContext:
    """What is known of the page before its article is looked at."""

    names: tuple[str, ...]  # what the site may be called
    url: str | None
    now: datetime  # aware
    news: bool  # whether it says that it carries news
    pictures: tuple[str, ...]  # the addresses of all pictures that the page shows


class CandidateSet:
    """The candidates of a page, each field's most trusted first."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._of: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            said = self._of.setdefault(candidate.field, [])
            if len(said) < _MAX_CANDIDATES:
                said.append(candidate)
        for name, told in self._of.items():
            trust = _TRUST.get(name, ())
            told.sort(key=lambda candidate: _rank(candidate.witness, trust))

    def read(self, name: str, reader: Callable[[Any], _T | None]) -> Iterator[ParsedValue[_T]]:
        """The values of a field that `reader` can make sense of, with their witnesses."""
        for candidate in self._of.get(name, ()):
            value = reader(candidate.said)
            if value is not None and value != ():
                yield ParsedValue(value, candidate.witness, candidate.said)

    def together(self, name: str) -> Iterator[tuple[str, list[Any]]]:
        """All that each witness says of a field: some pages have a <meta> for each name, others one for all."""
        by_witness: dict[str, list[Any]] = {}
        for candidate in self._of.get(name, ()):
            said = by_witness.setdefault(candidate.witness, [])
            said.extend(candidate.said if isinstance(candidate.said, list) else [candidate.said])
        yield from by_witness.items()


def _rank(witness: str, trust: Sequence[str]) -> int:
    exact = next((place for place, name in enumerate(trust) if witness == name), None)
    if exact is not None:
        return exact
    return next((place for place, name in enumerate(trust) if witness.startswith(name)), len(trust))


@dataclass
class _Selection:
    """The fields as they are filled."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, name: str, told: ParsedValue[Any] | None) -> None:
        if told is not None:
            self.values[name], self.provenance[name] = told.value, told.witness

    def add(self, other: _Selection) -> None:
        self.values |= other.values
        self.provenance |= other.provenance
        self.conflicts |= other.conflicts

    def differ(self, name: str, others: Iterable[ParsedValue[Any]], differs: Callable[[Any], bool]) -> None:
        """Notes the others' values that are not the same in substance."""
        against: dict[str, str] = {}
        for other in others:
            if len(against) < _MAX_CONFLICTS and other.witness != self.provenance.get(name) and differs(other.value):
                against.setdefault(other.witness, _written(other.value))
        if name in self.values and against:
            self.conflicts[name] = against


class ResolvedFields(NamedTuple):
    """The fields of which only the page's head and the lines around its headline speak."""

    plain: _Selection
    picture: _Selection


def select_fields(candidates: Sequence[Candidate], title: tuple[str, str] | None, site: SiteContext) -> Metadata:
    """The metadata of a page; `title` is its headline, chosen before, with its witness."""
    return fields_to_fill(resolve_fields(candidates, title, site), candidates, site)


def resolve_fields(candidates: Iterable[Candidate], title: tuple[str, str] | None, site: SiteContext) -> ResolvedFields:
    """All but authors, tags and dates; `title` is that of `select_fields`."""
    choice = CandidateSet(candidates)
    plain, picture = _Selection(), _Selection()
    _plain_fields(choice, title[0] if title else None, site, plain)
    if title is not None:
        _title(choice, title, site, plain)
    _picture(choice, site, picture)
    return ResolvedFields(plain, picture)


def fields_to_fill(known: ResolvedFields, candidates: Iterable[Candidate], site: SiteContext) -> Metadata:
    """The metadata with the authors, tags and dates of which the candidates speak; what is known stays as it is."""
    choice = CandidateSet(candidate for candidate in candidates if candidate.field in _SIGNED_AND_DATED)
    found = _Selection()
    found.add(known.plain)
    _authors(choice, site, found)
    found.take("tags", _tags(choice, site, found.values.get("authors", ())))
    found.add(known.picture)
    _dates(choice, site, found)
    return Metadata(**found.values, provenance=found.provenance, conflicts=found.conflicts)


_SIGNED_AND_DATED = frozenset({"authors", "tags", "published", "modified"})


def _picture(choice: CandidateSet, site: SiteContext, found: _Selection) -> None:
    pictures = [
        Picture(told.value, told.witness) for told in choice.read("image", lambda said: address(said, site.url))
    ]
    if best := lead(pictures, site.pictures, site.url):
        found.take("image", ParsedValue(best.address, best.witness, best.address))
    beside = next((one.address for one in pictures if one.witness == "img"), None)
    # The caption by the headline is that of the picture there, which may be another.
    beside_is_best = best is not None and beside is not None and same_picture(best.address, beside)
    captions = choice.read("image_caption", _caption)
    found.take(
        "image_caption", next((told for told in captions if told.witness != "figcaption" or beside_is_best), None)
    )


def _plain_fields(choice: CandidateSet, title: str | None, site: SiteContext, found: _Selection) -> None:
    readers: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("language", language),
        ("site_name", text),
        ("publisher", _publisher),
        ("description", text),
        ("subtitle", lambda said: _subtitle(said, title)),
        ("section", _section),
        ("license", lambda said: address(said, site.url) or text(said)),
        ("canonical_url", lambda said: _canonical(said, site.url)),
        ("paywalled", _paywalled),
    )
    for name, reader in readers:
        told = choice.read(name, reader)
        first = next(told, None)
        found.take(name, first)
        if first is not None and name in _DISPUTED:
            found.differ(name, told, partial(_DISPUTED[name], first.value))


def _unequal(one: Any, other: Any) -> bool:
    return bool(one != other)


def _another_language(one: str, other: str) -> bool:
    return contradicts(one, other)


def _another_page(one: str, other: str) -> bool:
    """Whether two addresses are more than two spellings of one: with and without https, www or a slash at the end."""
    return _bare_address(one) != _bare_address(other)


def _bare_address(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query


def _neither_within(one: str, other: str) -> bool:
    return folded(one) not in folded(other) and folded(other) not in folded(one)


# Of these, two values that differ so are a conflict; a description differs from tag to tag, and that means nothing.
_DISPUTED: Mapping[str, Callable[[Any, Any], bool]] = {
    "language": _another_language,
    "canonical_url": _another_page,
    "paywalled": _unequal,
    "site_name": _neither_within,
    "section": _neither_within,
}


def _title(choice: CandidateSet, title: tuple[str, str], site: SiteContext, found: _Selection) -> None:
    found.take("title", ParsedValue(title[0], title[1], title[0]))
    sites = {folded(name) for name in site.names}
    others = [
        ParsedValue(without_site(told.value, sites), told.witness, told.said)
        for told in choice.read("title", text)
        if folded(told.value) not in sites
    ]
    found.differ("title", others, partial(_neither_within, title[0]))


def _authors(choice: CandidateSet, site: SiteContext, found: _Selection) -> None:
    read: list[ParsedValue[Authorship]] = []
    for witness, said in choice.together("authors"):
        if witness == "meta citation_author":
            said = [_first_name_first(name) for name in said]
        told = authorship(said, site.names, blog=not site.news)
        if told.people or told.organizations:
            read.append(ParsedValue(told, witness, said))
    signed_by_paper = any(told.value.organizations for told in read)
    # A name alone in its line is a signature where the page names only the paper; elsewhere it is a heading.
    people = [told for told in read if told.value.people and (told.witness != "signature" or signed_by_paper)]
    if people:
        best = people[0]
        keys = _keys(best.value.people)
        for other in people[1:]:
            nickname = all(" " not in name and name.isascii() for name in best.value.people)
            unsure = not site.news and other.witness == "byline" and best.witness.startswith(_SITE_WIDE)
            if other.witness in _BYLINES and (keys < _keys(other.value.people) or nickname or unsure):
                best = other
                break
        found.take("authors", ParsedValue(best.value.people, best.witness, best.said))
        keys = _keys(best.value.people)
        others = [ParsedValue(told.value.people, told.witness, told.said) for told in people if told is not best]
        found.differ("authors", others, lambda names: not (_keys(names) <= keys or keys <= _keys(names)))
    groups = [told for told in read if told.value.organizations]
    if groups:
        found.take("organization", ParsedValue(groups[0].value.organizations[0], groups[0].witness, groups[0].said))


def _first_name_first(name: Any) -> Any:
    """ "Moss, Ada" as catalogues of libraries write it, the other way round."""
    last, comma, first = name.partition(",") if isinstance(name, str) else (name, "", "")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


_TITLES = re.compile(r"^(?:dr|prof)\.? ", re.IGNORECASE)


def _keys(names: Iterable[str]) -> set[str]:
    return {folded(_TITLES.sub("", name)) for name in names}


def _dates(choice: CandidateSet, site: SiteContext, found: _Selection) -> None:
    read = {name: list(choice.read(name, lambda said: moment(said, site.now))) for name in ("published", "modified")}
    authorship = site.news or not found.values.keys().isdisjoint(("authors", "organization"))
    if not authorship:
        # A day that stands somewhere on a page that nobody signs is that of an event, a product, a rule.
        read["published"] = [told for told in read["published"] if told.witness != "date element"]
    elif not read["published"] and found.provenance.get("authors") not in _NAMED_BY_ELEMENTS:
        # An article that shows its readers one date goes by it, were it that of an update.
        shown = [told for told in read["modified"] if told.witness == "date line"]
        read["published"] = [told._replace(witness=f"{told.witness} (updated)") for told in shown[:1]]
    for name, moments in read.items():
        if not moments:
            continue
        told = moments[0]
        line = next((other for other in moments if other.witness == "date line"), None)
        older = name == "published" and not site.news and line is not None and told.witness != "address"
        if older and line and day_of(line.value) < day_of(told.value) and not same_day(line.value, told.value):
            # No article is published after the day that it shows: sites declare when a page was made anew.
            told = line
        best = fullest([told.value, *(other.value for other in moments)])
        told = next(other for other in moments if other.value is best)
        found.take(name, told)
        found.values[f"{name}_raw"] = _raw(told.said)
        others = [told for told in moments if not _is_shown(told)]
        found.differ(name, others, partial(_another_day, best))


def _is_shown(told: ParsedValue[datetime | date]) -> bool:
    return told.witness.endswith(("line", "element"))


def _another_day(one: datetime | date, other: datetime | date) -> bool:
    return not same_day(one, other)


def _raw(said: Any) -> str:
    if isinstance(said, WrittenDate):
        return said.raw
    while isinstance(said, (list, dict)) and said:
        said = said[0] if isinstance(said, list) else said.get("@value")
    return one_line(str(said)[: 4 * MAX_DATE_TEXT], MAX_DATE_TEXT)


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


_ADDRESS = re.compile(r"https?:|//|/\S+$")


def _subtitle(said: Any, title: str | None) -> str | None:
    """The subtitle, unless it says what the headline says: whole, in part, or with a kicker before it."""
    subtitle = text(said)
    if subtitle is None or title is None:
        return subtitle
    one, other = folded(subtitle), folded(title)
    repeats = one in other or (other in one and len(other) > len(one) / 2)
    return None if repeats else subtitle


def _publisher(said: Any) -> str | None:
    name = text(said)
    return None if name is None or _ADDRESS.match(name) else name


def _caption(said: Any) -> str | None:
    if isinstance(said, list):
        said = next((item for item in said if isinstance(item, dict)), None)
    if isinstance(said, dict):
        said = said.get("caption") or said.get("description")
    caption = text(said)
    return None if caption is None or _ADDRESS.match(caption) else caption


def _paywalled(said: Any) -> bool | None:
    """Whether a page is not for all: by its own word, or by that of its parts, of which one is closed."""
    parts = said if isinstance(said, list) else [said]
    if any(isinstance(part, dict) for part in parts):  # https://developers.google.com/search/docs: paywalled content
        free = [boolean(part.get("isAccessibleForFree")) for part in parts if isinstance(part, dict)]
        return True if False in free else None
    free_of_charge = boolean(said)
    return None if free_of_charge is None else not free_of_charge


def _section(said: Any) -> str | None:
    """The first section that is named; some sites put a whole sentence there."""
    return next((name for name in texts(said) if len(name) <= _MAX_SECTION), None)


def _canonical(said: Any, url: str | None) -> str | None:
    """The address, unless it is the site's front page while the article's own is not."""
    found = address(said, url)
    if found and url and urlsplit(found).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return None
    return found


def _tags(choice: CandidateSet, site: SiteContext, authors: Sequence[str]) -> ParsedValue[tuple[str, ...]] | None:
    told = [
        ParsedValue(tags, witness, said)
        for witness, said in choice.together("tags")
        if (tags := cleaned(said, not_tags=(*site.names, *authors)))
    ]
    # One tag of many words beside several of another witness: it has them all in one, without a sign between.
    several = any(len(one.value) > 1 for one in told)
    whole = [one for one in told if not (several and len(one.value) == 1 and one.value[0].count(" ") > 3)]
    return next(iter(whole), None)
