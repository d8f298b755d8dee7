"""The headline: what stands over the article, told apart from the site's name and section beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from lxml import etree

from cleaner.metadata.values import MAX_TEXT, folded, one_line

# Signs between a headline and the site's name. Not every one of them is one: what is cut off must be known.
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/›]+\s+|\s*[|｜_»«]\s*|\s*[–—]\s*|:\s+|\s*-\s*(?=[^-]*$)")
# A heading shorter than this share of the declared headline is a section, a logo or a kicker.
_MIN_SHARE = 0.4
_MAX_HEADINGS = 20


def headings(root: etree._Element) -> list[str]:
    """The texts of the page's first-level headings."""
    found = []
    for element in root.iter("h1"):
        pieces: list[Any] = []
        length = 0
        for piece in element.itertext():
            pieces.append(piece)
            length += len(piece)
            if length > MAX_TEXT:
                break
        heading = one_line("".join(pieces)[: 4 * MAX_TEXT])
        if heading:
            found.append(heading)
        if len(found) == _MAX_HEADINGS:
            break
    return found


def headline(
    declared: Sequence[tuple[str, str]], tops: Sequence[str], names: Collection[str]
) -> tuple[str, str] | None:
    """The headline and its witness; `None` where nothing on the page is one.

    `declared` are titles with their witnesses, most trusted first; `tops` the texts of `<h1>`; `names` all that the
    site is called, its host included. A heading that the page declares, too, is the headline as readers see it.
    """
    sites = {folded(name) for name in names}
    bare = [(without_site(title, sites), witness) for title, witness in declared]
    bare = [(title, witness) for title, witness in bare if folded(title) and folded(title) not in sites]
    wanted = max((len(folded(title)) for title, _ in bare[:1]), default=0)
    said = [folded(title) for title, _ in declared]
    for top in tops:
        key = folded(top)
        if key and key not in sites and len(key) >= _MIN_SHARE * wanted and any(key in title for title in said):
            # A heading of two parts, each in an element of its own, may have no space between them.
            parted = [told for told in bare if folded(told[0]) == key and told[0].count(" ") > top.count(" ")]
            return parted[0] if parted else (top, "h1")
    # The other declared titles are written for search engines and networks as often as not.
    if len(tops) == 1 and bare and "headline" not in bare[0][1] and _alike(tops[0], bare[0][0]):
        return tops[0], "h1"
    if bare:
        return bare[0]
    return next(((top, "h1") for top in tops if folded(top) not in sites), None)


def _alike(heading: str, title: str) -> bool:
    """Whether half of the words of either stand in the other: one headline for readers, one for search engines."""
    words, others = (set(re.findall(r"\w+", line.casefold())) for line in (heading, title))
    return len(words) > 2 and 2 * len(words & others) >= min(len(words), len(others))


def without_site(title: str, sites: Collection[str]) -> str:
    """The title without the site's name at its end or beginning. `sites` are folded names."""
    cuts = list(_SEPARATOR.finditer(title))
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
