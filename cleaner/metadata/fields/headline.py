"""The headline: what stands over the article, told apart from the site's name and section beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from cleaner.metadata.fields.values import folded, inner_text, one_line

# Signs between a headline and the site's name. Not every one of them is one: what is cut off must be known.
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/›]+\s+|\s*[|｜_»«]\s*|\s*[–—]\s*|:\s+|\s*-\s*(?=[^-]*$)")
_SEPARATING = re.compile(r"[|\-–—·•:»«/›｜_]")  # one of these stands in each; most titles have none
# A heading shorter than this share of the declared headline is a section, a logo or a kicker.
_MIN_SHARE = 0.4
_SECTION = re.compile(r"(.{12,}?) [|｜] [^|｜\s]{1,20}(?: [^|｜\s]{1,20}){0,2}")
_MAX_HEADINGS = 20
_MIN_COMMON = 2  # words; one is "the" too often
_MIN_TITLE_LENGTH = 12  # letters; shorter ones are parts of too many others
# From this length on, in letters, a headline may be cut off without a sign of it.
_CUT_FROM = 90
# Headings that are longer, in characters, are paragraphs in the wrong clothes.
_MAX_HEADING = 300
_ORNAMENT = re.compile(r"^(?:#{1,6}|[|·•⋆★✦])\s+|\s+(?:[|·•«⋆★✦–—-]|\?>)\s*$")
_EDITORIAL = ("json-ld headline", "meta og:title")


def headings(root: etree._Element) -> list[str]:
    """The texts of the page's first-level headings."""
    found = []
    for element in root.iter("h1"):
        heading = one_line(html.unescape(inner_text(element)))
        if 0 < len(heading) <= _MAX_HEADING:
            found.append(heading)
        if len(found) == _MAX_HEADINGS:
            break
    return found


def headline(
    declared: Sequence[tuple[str, str]], tops: Sequence[str], names: Collection[str], *, news: bool = False
) -> tuple[str, str] | None:
    """The headline and its witness; `None` where nothing on the page is one.

    `declared` are titles with their witnesses, most trusted first; `tops` the texts of `<h1>`; `names` all that the
    site is called, its host included. `news`: a newspaper declares its headlines with care, and writes kickers and
    numbers into its headings; elsewhere, a heading that the page declares, too, is the headline as readers see it.
    """
    declared = [(_bare(title), witness) for title, witness in declared]
    tops = [_bare(top) for top in tops]
    found = _found(declared, tops, names, news)
    if found is None:
        return None
    if found[0].isupper():  # as one theme writes all its headings
        same = (told for told in declared if folded(told[0]) == folded(found[0]) and not told[0].isupper())
        found = next(same, found)
    found = _uncut(found, [*declared, *((top, "h1") for top in tops)], names)
    return (_without_section(found[0]), found[1])


def _bare(title: str) -> str:
    """The title without the signs that themes put before and behind it: "Wall holds |", "## Wall holds"."""
    return _ORNAMENT.sub("", title)


def _uncut(told: tuple[str, str], others: Sequence[tuple[str, str]], names: Collection[str]) -> tuple[str, str]:
    """The headline as another has it whole, where this one breaks off: 110 letters are what search engines ask for."""
    beginning = told[0].rstrip(" .…")
    if beginning == told[0] and len(told[0]) < _CUT_FROM:
        return told
    key, sites = folded(beginning), {folded(name) for name in names}
    for title, witness in others:
        whole = without_site(title, sites)
        rest = whole[len(beginning) :]
        if folded(whole).startswith(key) and folded(rest) and not _SEPARATOR.match(rest) and not rest.endswith("…"):
            return whole, witness
    return told


def _found(
    declared: Sequence[tuple[str, str]], tops: Sequence[str], names: Collection[str], news: bool
) -> tuple[str, str] | None:
    named = {folded(name) for name in names}
    sites = named | _learnt(declared)
    bare = [(without_site(title, sites), witness) for title, witness in declared]
    bare = [(title, witness) for title, witness in bare if folded(title) and folded(title) not in sites]
    tops = [without_site(top, sites) for top in tops if folded(top) not in sites]
    if news and (editorial := _editorial(bare, named, declared, tops)) is not None:
        return _as_shown(editorial, tops)
    wanted = max((len(folded(title)) for title, _ in bare[:1]), default=0)
    said = [folded(title) for title, _ in declared]
    for top in tops:
        key = folded(top)
        if key and len(key) >= _MIN_SHARE * wanted and any(key in title for title in said):
            # A heading of two parts, each in an element of its own, may have no space between them.
            parted = [told for told in bare if folded(told[0]) == key and told[0].count(" ") > top.count(" ")]
            return parted[0] if parted else (top, "h1")
    # The other declared titles are written for search engines and networks as often as not.
    for top in tops:
        if bare and _alike(top, bare[0][0]) and not (top.isupper() and not bare[0][0].isupper()):
            # A heading that is longer has a date, a label or a site's name in it, and the titles agree on less.
            return _agreed_within(top, bare) or (top, "h1")
    if bare:
        return bare[0]
    return next(((top, "h1") for top in tops), None)


def _without_section(title: str) -> str:
    """The title without a section behind an upright stroke: "| Opinion", "| Breaking news". Dashes end no title."""
    section = _SECTION.fullmatch(title)
    return section[1] if section and section[1].count(" ") >= 3 else title


def _agreed_within(top: str, bare: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The title that two of the page's tags have alike, where the heading is nothing but more of it."""
    keys = [folded(title) for title, _ in bare]
    key = folded(top)
    for told, own in zip(bare, keys, strict=True):
        if (
            len(own) >= _MIN_TITLE_LENGTH
            and keys.count(own) > 1
            and own != key
            and (key.startswith(own) or key.endswith(own))
        ):
            return told
    return None


def _editorial(
    bare: Sequence[tuple[str, str]], sites: Collection[str], declared: Sequence[tuple[str, str]], tops: Sequence[str]
) -> tuple[str, str] | None:
    """The headline as the newsroom declares it: in JSON-LD and in Open Graph.

    Where the two differ, `<title>` is the one of them that was written for search engines, so it is the other; unless
    that is only for networks, for Twitter gets the same and readers see another.
    """
    by_witness = {witness: title for title, witness in reversed(bare)}
    edited = [(by_witness[witness], witness) for witness in _EDITORIAL if witness in by_witness]
    shared = by_witness.get("meta twitter:title")
    if len(edited) > 1 and shared is not None and folded(shared) == folded(edited[1][0]) not in map(folded, tops):
        return edited[0]
    searched = next((folded(without_site(title, sites)) for title, witness in declared if witness == "title"), "")
    unlike = [told for told in edited if folded(told[0]) != searched]
    return next(iter(unlike or edited), None)


def _as_shown(told: tuple[str, str], tops: Sequence[str]) -> tuple[str, str]:
    """The headline with the heading's signs, where the heading says the same."""
    shown = next((top for top in tops if folded(top) == folded(told[0]) and top.count(" ") >= told[0].count(" ")), None)
    return (shown, "h1") if shown is not None else told


def _learnt(declared: Sequence[tuple[str, str]]) -> set[str]:
    """What `<title>` holds beside the headline that another tag gives alone: the site's name, folded.

    Only where it is no longer than the headline; and at its end it may be more than the name ("Town | Harbour Post").
    """
    found: set[str] = set()
    full = next((title for title, witness in declared if witness == "title"), "")
    for title, witness in declared:
        if witness == "title" or not full or len(title) < 12 or len(full) <= len(title):
            continue
        if full.endswith(title):
            rest = full[: -len(title)]
        elif full.startswith(title):
            rest = full[len(title) :]
        else:
            continue
        if _SEPARATOR.search(rest) and len(folded(rest)) <= len(folded(title)):
            found.add(folded(rest))
    return found


def _alike(heading: str, title: str) -> bool:
    """Whether a third of the words of either stand in the other: one headline for readers, one for search engines."""
    words, others = (set(re.findall(r"\w+", line.casefold())) for line in (heading, title))
    common = len(words & others)
    return common >= _MIN_COMMON and 3 * common >= min(len(words), len(others))


def without_site(title: str, sites: Collection[str]) -> str:
    """The title without the site's name at its end or beginning. `sites` are folded names."""
    cuts = list(_SEPARATOR.finditer(title)) if _SEPARATING.search(title) else []
    for cut in cuts:  # the longest tail that is nothing but a name of the site
        if cut.start() and folded(title[cut.end() :]) in sites:
            return title[: cut.start()].rstrip()
    # What follows a colon belongs to the headline, were it the site's name and a word more.
    if cuts and cuts[-1].start() and ":" not in cuts[-1][0] and _nearly(title[cuts[-1].end() :], sites):
        return title[: cuts[-1].start()].rstrip()
    for cut in reversed(cuts):
        if cut.end() < len(title) and folded(title[: cut.start()]) in sites:
            return title[cut.end() :].lstrip()
    return title


def _nearly(piece: str, sites: Collection[str]) -> bool:
    """Whether a short piece holds a name of the site, or stands in one: "Example News", "Example"."""
    key = folded(piece)
    return 4 <= len(key) <= 30 and any((len(site) >= 5 and site in key) or key in site for site in sites)


def site_names(declared: Sequence[str], host: str | None) -> Iterator[str]:
    """What the site may be called in a title: its declared names and the parts of its host."""
    yield from declared
    if host:
        labels = host.removeprefix("www.").split(".")
        yield host
        yield ".".join(labels)
        yield from (label for label in labels[:-1] if len(label) > 3)
        if len(labels) > 1:
            yield labels[-2]
