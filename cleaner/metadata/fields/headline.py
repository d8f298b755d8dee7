"""Choose the headline of the article, without the site's name and the section."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from cleaner.metadata.fields.values import inner_text, name_key, one_line

# Separators between a headline and the site's name. They also occur within headlines, so only known names are cut off.
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/›]+\s+|\s*[|｜_»«]\s*|\s*[–—]\s*|:\s+|\s*-\s*(?=[^-]*$)")
_SEPARATING = re.compile(r"[|\-–—·•:»«/›｜_]")  # every separator has one of these; most titles have none
# A heading shorter than this share (0 to 1) of the declared headline is a section, a logo or a kicker.
_MIN_SHARE = 0.4
_SECTION = re.compile(r"(.{12,}?) [|｜] [^|｜\s]{1,20}(?: [^|｜\s]{1,20}){0,2}")
_MAX_HEADINGS = 20
_MIN_COMMON = 2  # words that two headlines share; a single one is often "the"
_MIN_TITLE_LENGTH = 12  # characters without spaces and punctuation; shorter titles are parts of too many others
# From this length on, in characters, a headline may be cut off without an ellipsis.
_MIN_CUT_LENGTH = 90
# Characters. Longer headings are paragraphs that are marked up as headings.
_MAX_HEADING = 300
_ORNAMENT = re.compile(r"^(?:#{1,6}|[|·•⋆★✦])\s+|\s+(?:[|·•«⋆★✦–—-]|\?>)\s*$")
_EDITORIAL_SOURCES = ("json-ld headline", "meta og:title")


def page_headings(root: etree._Element) -> list[str]:
    """Return the texts of the page's first-level headings, at most `_MAX_HEADINGS`."""
    texts = []
    for element in root.iter("h1"):
        text = one_line(html.unescape(inner_text(element)))
        if 0 < len(text) <= _MAX_HEADING:
            texts.append(text)
        if len(texts) == _MAX_HEADINGS:
            break
    return texts


def headline(
    declared: Sequence[tuple[str, str]], headings: Sequence[str], names: Collection[str], *, news: bool = False
) -> tuple[str, str] | None:
    """Return the headline and its source; `None` if the page has none.

    `declared` are titles with their sources, most trusted first. `headings` are the texts of `<h1>`. `names` are all
    names of the site, including its host.

    `news` says whether the page declares that it is news. Newspapers declare their headlines carefully and put kickers
    and numbers into headings, so the declared headline is preferred. On other pages, a heading that agrees with a
    declared title is preferred, because it is the headline that readers see.
    """
    declared = [(_without_ornaments(title), source) for title, source in declared]
    headings = [_without_ornaments(heading) for heading in headings]
    result = _choose_headline(declared, headings, names, news)
    if result is None:
        return None
    if result[0].isupper():  # some themes write all headings in capitals
        same = (
            candidate
            for candidate in declared
            if name_key(candidate[0]) == name_key(result[0]) and not candidate[0].isupper()
        )
        result = next(same, result)
    result = _complete_headline(result, [*declared, *((heading, "h1") for heading in headings)], names)
    return (_without_section(result[0]), result[1])


def _without_ornaments(title: str) -> str:
    """Return the title without the characters that themes put around it: "Wall holds |", "## Wall holds"."""
    return _ORNAMENT.sub("", title)


def _complete_headline(
    candidate: tuple[str, str], others: Sequence[tuple[str, str]], names: Collection[str]
) -> tuple[str, str]:
    """Return the headline, from another source if this one is cut off: search engines want at most 110 characters.

    `candidate` is the headline and its source.
    """
    beginning = candidate[0].rstrip(" .…")
    if beginning == candidate[0] and len(candidate[0]) < _MIN_CUT_LENGTH:
        return candidate
    key, sites = name_key(beginning), {name_key(name) for name in names}
    for title, source in others:
        whole = without_site(title, sites)
        rest = whole[len(beginning) :]
        if name_key(whole).startswith(key) and name_key(rest) and not _SEPARATOR.match(rest) and not rest.endswith("…"):
            return whole, source
    return candidate


def _choose_headline(
    declared: Sequence[tuple[str, str]], headings: Sequence[str], names: Collection[str], news: bool
) -> tuple[str, str] | None:
    folded_names = {name_key(name) for name in names}
    sites = folded_names | _site_names_in_title(declared)
    bare = [(without_site(title, sites), source) for title, source in declared]
    bare = [(title, source) for title, source in bare if name_key(title) and name_key(title) not in sites]
    headings = [without_site(heading, sites) for heading in headings if name_key(heading) not in sites]
    if news and (editorial := _editorial_headline(bare, folded_names, declared, headings)) is not None:
        return _as_heading(editorial, headings)
    wanted = max((len(name_key(title)) for title, _ in bare[:1]), default=0)
    folded_titles = [name_key(title) for title, _ in declared]
    for heading in headings:
        key = name_key(heading)
        if key and len(key) >= _MIN_SHARE * wanted and any(key in title for title in folded_titles):
            # If a heading consists of two elements, there may be no space between them.
            spaced = [
                candidate
                for candidate in bare
                if name_key(candidate[0]) == key and candidate[0].count(" ") > heading.count(" ")
            ]
            return spaced[0] if spaced else (heading, "h1")
    # Only the first declared title is compared: about half of the others are written for search engines and networks.
    for heading in headings:
        if bare and _share_words(heading, bare[0][0]) and not (heading.isupper() and not bare[0][0].isupper()):
            # A heading that is longer than the titles contains a date, a label or the site's name as well.
            return _agreed_within(heading, bare) or (heading, "h1")
    if bare:
        return bare[0]
    return next(((heading, "h1") for heading in headings), None)


def _without_section(title: str) -> str:
    """Return the title without a section after a vertical bar: "| Opinion", "| Breaking news". Dashes do not count."""
    section = _SECTION.fullmatch(title)
    return section[1] if section and section[1].count(" ") >= 3 else title


def _agreed_within(heading: str, bare: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the title that at least two tags declare and the heading starts or ends with; `None` if there is none."""
    keys = [name_key(title) for title, _ in bare]
    heading_key = name_key(heading)
    for candidate, key in zip(bare, keys, strict=True):
        if (
            len(key) >= _MIN_TITLE_LENGTH
            and keys.count(key) > 1
            and key != heading_key
            and (heading_key.startswith(key) or heading_key.endswith(key))
        ):
            return candidate
    return None


def _editorial_headline(
    bare: Sequence[tuple[str, str]],
    sites: Collection[str],
    declared: Sequence[tuple[str, str]],
    headings: Sequence[str],
) -> tuple[str, str] | None:
    """Return the headline that the newsroom declares in JSON-LD and in Open Graph; `None` if it declares none.

    If the two differ, the one that equals `<title>` is written for search engines, and the other is returned. But if
    the one in Open Graph equals the title for Twitter and no heading shows it, it is written for social networks only,
    and the one in JSON-LD is returned.
    """
    by_source = {source: title for title, source in reversed(bare)}
    edited = [(by_source[source], source) for source in _EDITORIAL_SOURCES if source in by_source]
    shared = by_source.get("meta twitter:title")
    if (
        len(edited) > 1
        and shared is not None
        and name_key(shared) == name_key(edited[1][0]) not in map(name_key, headings)
    ):
        return edited[0]
    search_title = next((name_key(without_site(title, sites)) for title, source in declared if source == "title"), "")
    other = [candidate for candidate in edited if name_key(candidate[0]) != search_title]
    return next(iter(other or edited), None)


def _as_heading(candidate: tuple[str, str], headings: Sequence[str]) -> tuple[str, str]:
    """Return the heading that has the same words as the headline, with its punctuation; else the headline itself."""
    same = (
        heading
        for heading in headings
        if name_key(heading) == name_key(candidate[0]) and heading.count(" ") >= candidate[0].count(" ")
    )
    same_heading = next(same, None)
    return (same_heading, "h1") if same_heading is not None else candidate


def _site_names_in_title(declared: Sequence[tuple[str, str]]) -> set[str]:
    """Return what `<title>` has in addition to the headline that another tag declares: the site's name, folded.

    It must not be longer than the headline. After the headline, it may include a section ("Town | Harbour Post").
    """
    rests: set[str] = set()
    full = next((title for title, source in declared if source == "title"), "")
    for title, source in declared:
        if source == "title" or not full or len(title) < 12 or len(full) <= len(title):
            continue
        if full.endswith(title):
            rest = full[: -len(title)]
        elif full.startswith(title):
            rest = full[len(title) :]
        else:
            continue
        if _SEPARATOR.search(rest) and len(name_key(rest)) <= len(name_key(title)):
            rests.add(name_key(rest))
    return rests


def _share_words(heading: str, title: str) -> bool:
    """Whether two lines share at least a third of the words of the shorter one, and at least `_MIN_COMMON`.

    One may be the headline for readers, the other the one for search engines.
    """
    words, others = (set(re.findall(r"\w+", line.casefold())) for line in (heading, title))
    common = len(words & others)
    return common >= _MIN_COMMON and 3 * common >= min(len(words), len(others))


def without_site(title: str, sites: Collection[str]) -> str:
    """Return the title without the site's name at its end or beginning. `sites` are results of `name_key`."""
    cuts = list(_SEPARATOR.finditer(title)) if _SEPARATING.search(title) else []
    for cut in cuts:  # the longest end of the title that is exactly a name of the site
        if cut.start() and name_key(title[cut.end() :]) in sites:
            return title[: cut.start()].rstrip()
    # A part after a colon belongs to the headline, even if it contains the site's name.
    if cuts and cuts[-1].start() and ":" not in cuts[-1][0] and _resembles_site(title[cuts[-1].end() :], sites):
        return title[: cuts[-1].start()].rstrip()
    for cut in reversed(cuts):
        if cut.end() < len(title) and name_key(title[: cut.start()]) in sites:
            return title[cut.end() :].lstrip()
    return title


def _resembles_site(piece: str, sites: Collection[str]) -> bool:
    """Whether a short piece contains a name of the site or is part of one: "Example News", "Example"."""
    key = name_key(piece)
    return 4 <= len(key) <= 30 and any((len(site) >= 5 and site in key) or key in site for site in sites)


def site_names(declared: Sequence[str], host: str | None) -> Iterator[str]:
    """Yield the names that the site may have in a title: its declared names and the parts of its host."""
    yield from declared
    if host:
        labels = host.removeprefix("www.").split(".")
        yield host
        yield ".".join(labels)
        yield from (label for label in labels[:-1] if len(label) > 3)
        if len(labels) > 1:
            yield labels[-2]
