"""Choose the headline of the article, without the site's name and the section."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.metadata.fields.values import name_key
from cleaner.metadata.sources.shown_headings import Heading, is_topic
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length

# Separators between a headline and the site's name. They also occur within headlines, so only known names are cut off.
_SEPARATOR = lazy_pattern(
    r"\s+(?:[|\-–—·•:»«/›*_~¦]+|-{2,})\s+|\s*[|｜丨_»«／＿]+\s*|\s*[–—]+\s*|\s*-{2,}\s*|:\s+|\s*：\s*|\s*[:-]\s*(?=[^:-]*$)"
)
_SEPARATING = lazy_pattern(r"[|\-–—·•:：»«/／›｜丨_＿*~¦]")  # every separator has one of these; most titles have none
# Separators that no headline contains, before a letter of a script without spaces: "禁行货车_社会_沧源网".
_HARD_SEPARATOR = r"(?<=\S)(?:[_＿]+|-{2,}|[|｜])(?=[\u3040-\u9fff\uac00-\ud7af])"
# The same for a hyphen, which needs two short parts after it, or one that ends as the names of media do.
_HYPHEN = r"(?<=[\u3040-\u9fff\uac00-\ud7af”」』）？！])-(?=[\u3040-\u9fff\uac00-\ud7af])"
_MEDIA_ENDS = (
    "网",
    "網",
    "在线",
    "在線",
    "频道",
    "日报",
    "日報",
    "晚报",
    "晚報",
    "时报",
    "時報",
    "新闻",
    "新聞",
    "ニュース",
)
_MAX_HYPHENED = 10  # characters of a part after such a hyphen
_COLONS = frozenset(":：")
_PREFIX_END = lazy_pattern(r"\s*(?:[:：|｜/·•–—]|-\s)\s*")
_COLON_PREFIX = lazy_pattern(r"([^:：]{2,60}?)\s*[:：]\s*")
# The word between a headline's separator and its author.
_BY = lazy_pattern(r"^(?:by|von|por|par|di|door|av|af)\s+", re.IGNORECASE)
# A heading shorter than this share (0 to 1) of the declared headline is a section, a logo or a kicker.
_MIN_SHARE = 0.4
# The same for a heading in the place of a headline with at least this many spaces: the title has a long prefix.
_MIN_PLACED_SHARE, _MIN_SPACES = 0.25, 2
_SECTION = lazy_pattern(r"(.{12,}?) [|｜] [^|｜\s]{1,20}(?: [^|｜\s]{1,20}){0,2}")
# Titles that editors write; others may begin with a word for search engines.
_EDITED_SOURCES = ("json-ld headline", "meta og:title", "microdata headline")
_MIN_COMMON = 2  # words that two headlines share; a single one is often "the"
_MIN_TITLE_LENGTH = 12  # characters without spaces and punctuation; shorter titles are parts of too many others
# Weighted characters of a heading that no declared title supports: on any page, and on one that declares to be news.
# Shorter ones are sections, the names of sites and labels.
_MIN_UNSUPPORTED, _MIN_UNSUPPORTED_NEWS = 32, 20
# From this length on, in characters, a declared headline may be cut off without an ellipsis.
_MIN_CUT_LENGTH = 90
_ORNAMENT = lazy_pattern(r"^(?:#{1,6}|[|·•⋆★✦])\s+|\s+(?:[|·•«⋆★✦–—-]|\?>)\s*$")


class Headline(NamedTuple):
    """The headline of a page, and the kicker that the page sets apart from it, each with its source."""

    text: str
    source: str
    kicker: str | None = None
    kicker_source: str | None = None


class _Shown(NamedTuple):
    """A heading without its kicker."""

    text: str
    heading: Heading
    kicker: str | None


def headline(
    declared: Sequence[tuple[str, str]],
    headings: Sequence[Heading],
    names: Collection[str],
    *,
    news: bool = False,
    ends: Collection[str] = (),
    find_line: Callable[[Collection[str]], str | None] | None = None,
) -> Headline | None:
    """Return the headline; `None` if the page has none.

    `declared` are titles with their sources, most trusted first. `headings` are those that the page shows. `names` are
    all names of the site, including its host. `news` says whether the page declares that it is news. `ends` are
    sections and authors, which may follow a declared headline. `find_line` returns the first line of the page whose
    `name_key` is among its arguments, `None` if there is none.

    The headline is the heading that readers see, if a declared title agrees with it or nothing else on the page shows
    what the declared titles say. Otherwise, it is the best declared title.
    """
    declared = [(_without_ornaments(title), source) for title, source in declared]
    names = _without_false_names(names, declared, headings)
    sites = {name_key(name) for name in names} | _site_names_in_title(declared)
    bare = [(without_site(title, sites), source) for title, source in declared]
    bare = [(title, source) for title, source in bare if name_key(title) and name_key(title) not in sites]
    shown = [_without_kicker(heading, bare, sites) for heading in headings if name_key(heading.text) not in sites]
    shown = _without_crumb([heading for heading in shown if name_key(heading.text)], bare)
    shown = [_without_trailing(heading, bare) for heading in shown]
    min_length = _MIN_UNSUPPORTED_NEWS if news else _MIN_UNSUPPORTED
    chosen = _shown_headline(shown, bare, declared) or _unsupported_heading(shown, bare, find_line, min_length)
    if chosen is None:
        return _declared_headline(bare, sites, ends, find_line)
    text, source = chosen.text, chosen.heading.source
    title, title_source = _with_declared_letters(chosen, bare, [name_key(title) for title, _ in declared]) or (
        text,
        source,
    )
    if title.endswith("…"):
        title, title_source = _complete_headline((title, title_source), bare, sites)
    return Headline(_without_section(title), title_source, *_kicker(chosen, bare, sites, ends))


def _without_ornaments(title: str) -> str:
    """Return the title without the characters that themes put around it: "Wall holds |", "## Wall holds"."""
    return _ORNAMENT.sub("", title)


def _complete_headline(
    candidate: tuple[str, str], others: Sequence[tuple[str, str]], sites: Collection[str]
) -> tuple[str, str]:
    """Return the headline, from another source if this one is cut off: search engines want at most 110 characters.

    `candidate` is the headline and its source.
    """
    beginning = candidate[0].rstrip(" .…")
    if beginning == candidate[0] and len(candidate[0]) < _MIN_CUT_LENGTH:
        return candidate
    key = name_key(beginning)
    for title, source in others:
        whole = without_site(title, sites)
        rest = whole[len(beginning) :]
        if name_key(whole).startswith(key) and name_key(rest) and not _SEPARATOR.match(rest) and not rest.endswith("…"):
            return whole, source
    return candidate


def _without_false_names(
    names: Collection[str], declared: Sequence[tuple[str, str]], headings: Sequence[Heading]
) -> list[str]:
    """Return the names of the site without those that are the headline: some pages declare it as `og:site_name`.

    A name is the headline if `<title>` consists of it or begins with it, a heading or another tag repeats it, and no
    tag declares another headline.
    """
    full = next((name_key(title) for title, source in declared if source == "title"), "")
    repeated = {name_key(title) for title, source in declared if source != "title"}
    repeated.update(name_key(heading.text) for heading in headings)

    def is_headline(name: str) -> bool:
        key = name_key(name)
        return (
            len(key) >= _MIN_TITLE_LENGTH
            and key in repeated
            and (not full or (full.startswith(key) and len(full) < 2 * len(key)))
            and all(key in title or title in key for title in map(name_key, (title for title, _ in declared)))
        )

    return [name for name in names if (" " not in name and name.isascii()) or not is_headline(name)]


def _without_kicker(heading: Heading, bare: Sequence[tuple[str, str]], sites: Collection[str]) -> _Shown:
    """Return the heading without the kicker in its first element, unless the kicker reads as a part of the headline.

    It does if a colon is between the two and no tag declares what follows as the headline.
    """
    whole = _Shown(without_site(_without_ornaments(heading.text), sites), heading, None)
    if not heading.kicker:
        return whole
    rest = _without_ornaments(heading.rest)
    keys = [name_key(title) for title, _ in bare]
    without_badge = rest.removesuffix(heading.trailing).rstrip() or rest
    is_apart = not {name_key(rest), name_key(without_badge)}.isdisjoint(keys) or (
        not heading.has_colon
        and (heading.is_named_kicker or any(_is_prefix(heading.kicker, rest, title) for title, _ in bare))
    )
    if is_apart and len(name_key(rest)) >= _MIN_SHARE * len(name_key(heading.text)):
        return _Shown(without_site(rest, sites), heading, heading.kicker)
    return whole


def _without_trailing(shown: _Shown, bare: Sequence[tuple[str, str]]) -> _Shown:
    """Return the heading without a badge at its end if a tag declares the headline without it."""
    trailing = shown.heading.trailing
    if not trailing or not shown.text.endswith(trailing):
        return shown
    text = shown.text.removesuffix(trailing).rstrip()
    keys = {name_key(title) for title, _ in bare}
    return shown._replace(text=text) if name_key(text) in keys and name_key(shown.text) not in keys else shown


def _is_prefix(kicker: str, rest: str, title: str) -> bool:
    """Whether the title consists of the kicker, a separator and the rest."""
    cut = _PREFIX_END.match(title, len(kicker)) if name_key(title[: len(kicker)]) == name_key(kicker) else None
    return cut is not None and name_key(title[cut.end() :]) == name_key(rest)


def _without_crumb(shown: Sequence[_Shown], bare: Sequence[tuple[str, str]]) -> list[_Shown]:
    """Return the headings without the last step of a breadcrumb if the header of the article shows another headline.

    The step is the headline if `<title>` and another tag say the same.
    """
    others = [heading for heading in shown if heading.heading.source == "h2"]
    if not others:
        return list(shown)
    crumbs = [heading for heading in shown if heading.heading.is_crumb]
    for crumb in crumbs:
        sources = [source for title, source in bare if name_key(title) == name_key(crumb.text)]
        if "title" in sources and len(sources) > 1:
            return [crumb]
    keys = [name_key(title) for title, _ in bare]
    if crumbs and not any(
        name_key(other.text) in keys or _share_words(other.text, title) for other in others for title, _ in bare
    ):
        return crumbs
    return others


def _shown_headline(
    shown: Sequence[_Shown], bare: Sequence[tuple[str, str]], declared: Sequence[tuple[str, str]]
) -> _Shown | None:
    """Return the heading that a declared title agrees with; `None` if there is none."""
    wanted = max((len(name_key(title)) for title, _ in bare[:1]), default=0)
    titles = [name_key(title) for title, _ in declared]
    exact = {name_key(title) for title, source in bare if source != "title"}
    for heading in sorted(shown, key=lambda heading: name_key(heading.text) not in exact):
        key = name_key(heading.text)
        is_long = heading.heading.is_placed and heading.text.count(" ") >= _MIN_SPACES
        min_share = _MIN_PLACED_SHARE if is_long else _MIN_SHARE
        if len(key) >= min_share * wanted and any(key in title for title in titles):
            return heading
    # Only the first declared title is compared: about half of the others are written for search engines and networks.
    for heading in shown:
        if (
            bare
            and heading.heading.source == "h1"
            and _share_words(heading.text, bare[0][0])
            and not (heading.text.isupper() and not bare[0][0].isupper())
        ):
            return heading
    return None


def _unsupported_heading(
    shown: Sequence[_Shown],
    bare: Sequence[tuple[str, str]],
    find_line: Callable[[Collection[str]], str | None] | None,
    min_length: int,
) -> _Shown | None:
    """Return the only heading that has the place and the length of a headline, although no declared title agrees.

    The declared titles are then written for search engines or social networks. `None` if another line of the page
    shows one of them, or if only the heading is in capitals. Without a declared title, the first heading is returned.
    `min_length` is in weighted characters.
    """
    placed = [
        heading
        for heading in shown
        if heading.heading.is_placed
        and heading.heading.source == "h1"
        and weighted_length(heading.text) >= min_length
        and (not bare or bare[0][0].isupper() or not heading.text.isupper())
    ]
    if not bare:
        return next(iter(placed or shown), None)
    if len({name_key(heading.text) for heading in placed}) != 1:
        return None
    is_shown = find_line is not None and find_line({name_key(title) for title, _ in bare}) is not None
    return None if is_shown else placed[0]


def _with_declared_letters(
    chosen: _Shown, bare: Sequence[tuple[str, str]], titles: Collection[str]
) -> tuple[str, str] | None:
    """Return the declared title that has the words of the heading, if it is better written; `None` if none is.

    If a heading consists of two elements, there may be no space between them. Some themes write all headings in
    capitals. A heading that is longer than the titles contains a date, a label or the site's name as well. `titles` are
    the `name_key` of all declared titles.
    """
    key = name_key(chosen.text)
    for candidate in bare:
        title = candidate[0]
        is_spaced = name_key(title) == key and title.count(" ") > chosen.text.count(" ")
        is_capitalised = chosen.text.isupper() and not title.isupper() and title.casefold() == chosen.text.casefold()
        if is_spaced or is_capitalised:
            return candidate
    is_part = any(key in title for title in titles)
    return None if is_part else _agreed_within(chosen.text, bare)


def _declared_headline(
    bare: Sequence[tuple[str, str]],
    sites: Collection[str],
    ends: Collection[str],
    find_line: Callable[[Collection[str]], str | None] | None,
) -> Headline | None:
    """Return the best declared title, without the section, the author and the site that follow it."""
    if not bare:
        return None
    title, source = _complete_headline(bare[0], bare[1:], sites)
    title = _without_section(_without_ends(title, bare, sites, ends, find_line))
    if title.isupper():
        title, source = next(
            (other for other in bare if name_key(other[0]) == name_key(title) and not other[0].isupper()),
            (title, source),
        )
    return Headline(title, source)


def _without_ends(
    title: str,
    bare: Sequence[tuple[str, str]],
    sites: Collection[str],
    ends: Collection[str],
    find_line: Callable[[Collection[str]], str | None] | None,
) -> str:
    """Return a title without what follows the headline, if another witness proves that it is not a part of it.

    Witnesses are another title that ends there, the names of sections and authors, a line of the page that shows the
    headline alone, and separators that no headline contains.
    """
    folded_ends = {name_key(end) for end in ends} | set(sites)
    heads: dict[str, str] = {}
    for cut in reversed(_cuts(title)):
        head, end = title[: cut.start()].rstrip(), name_key(_BY.sub("", title[cut.end() :]))
        if weighted_length(name_key(head)) < _MIN_TITLE_LENGTH:
            break
        if not heads and end in folded_ends:
            title = head
        else:
            heads[name_key(head)] = head
    others = {name_key(other) for other, _ in bare}
    if (known := next((head for key, head in heads.items() if key in others), None)) is not None:
        return known
    for separator in () if title.isascii() else (_HARD_SEPARATOR, _HYPHEN):  # they take time to compile
        head, *rest = re.split(separator, title)
        is_short = separator == _HARD_SEPARATOR or (
            all(len(piece) <= _MAX_HYPHENED for piece in rest) and (len(rest) > 1 or title.endswith(_MEDIA_ENDS))
        )
        if rest and is_short and all(0 < len(name_key(piece)) < len(name_key(head)) for piece in rest):
            return head.rstrip()
    long_heads = {key: head for key, head in heads.items() if 2 * len(head) >= len(title)}
    line = find_line(long_heads.keys()) if long_heads and find_line is not None else None
    return long_heads.get(name_key(line), title) if line else title


def _cuts(title: str) -> list[re.Match[str]]:
    """Return the separators in a title that may stand after its headline. What follows a colon belongs to it."""
    if not _SEPARATING.search(title):
        return []
    return [cut for cut in _SEPARATOR.finditer(title) if cut.start() and not _COLONS & set(cut[0])]


def _kicker(
    chosen: _Shown, bare: Sequence[tuple[str, str]], sites: Collection[str], ends: Collection[str]
) -> tuple[str | None, str | None]:
    """Return the kicker with its source: of the heading, above it, or before it in a declared title only."""
    heading = chosen.heading
    if chosen.kicker:
        return chosen.kicker, f"{heading.source} kicker"
    folded_ends = {name_key(end) for end in ends}
    is_declared = any(_is_prefix(heading.label, chosen.text, title) for title, _ in bare)
    is_named = heading.is_named_label and name_key(heading.label) not in folded_ends
    if heading.label and (is_named or is_declared) and name_key(heading.label) not in sites:
        return heading.label, f"line above {heading.source}"
    key = name_key(chosen.text)
    for title, source in bare:
        prefix = _COLON_PREFIX.match(title) if source in _EDITED_SOURCES else None
        if (
            prefix
            and name_key(title[prefix.end() :]) == key
            and is_topic(prefix[1])
            and not _resembles_site(prefix[1], sites)
        ):
            return prefix[1].strip(), source
    return None, None


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
    if cuts and cuts[-1].start() and not _COLONS & set(cuts[-1][0]) and _resembles_site(title[cuts[-1].end() :], sites):
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
