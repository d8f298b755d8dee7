"""The addresses of an article's next page, and of its other forms: AMP, for printing, and on a single page.

All but AMP are recognised by their URL, which is that of the page itself with a number or a word added. Words alone
would not do: "Next" and rel="next" mostly lead to the next article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from lxml import etree

from cleaner.metadata.candidate import Candidate
from cleaner.metadata.fields.values import http_url, inner_text
from cleaner.patterns import lazy_pattern

# Numbers of pages above this are numbers of articles.
MAX_PAGE: Final = 100
_MAX_LABEL: Final = 80  # characters of the text of a link that may be "Next page"
_MAX_ANCESTORS: Final = 8  # around a link that may be one of comments

# What names the number of a page in a URL, in the languages of the rules.
_PAGE_WORD = (
    r"pages?|pg|pag|page_?(?:num|number|no)|paged|pagin[ae]|página|seiten?|side|sida|sivu|strona|strana|stranica|oldal"
    r"|sayfa|halaman|trang|leht|lapa"
)
# The number at the end of a path: "/story/2/", "/story-2.html", "/story/page/2", "/story,seite2.html".
_NUMBER_IN_PATH = lazy_pattern(
    rf"(?P<form>[/_,;.-](?:(?:{_PAGE_WORD}|p)[/_=,-]?)?)(?P<number>[0-9]{{1,3}})(?=/?$|\.[a-z]{{2,5}}$)", re.IGNORECASE
)
_NUMBER_NAME = lazy_pattern(rf"{_PAGE_WORD}|p", re.IGNORECASE)
# Forms that are also those of the numbers of articles: "/episodes/4", "/story-2", "?p=25".
_EXTENSION = lazy_pattern(r"\.[a-z]{2,5}$", re.IGNORECASE)
_AMBIGUOUS = lazy_pattern(r"[/_,;.-]|p=", re.IGNORECASE)
_ALL_NAME = lazy_pattern(rf"{_PAGE_WORD}|view|show|mode|display", re.IGNORECASE)
_ALL_VALUE = lazy_pattern(r"all|alle|full|single|complete|komplett|tout|todas?|tutte", re.IGNORECASE)
_ALL_FLAG = lazy_pattern(r"single_?page|one_?page|full_?page|show_?all|view_?all", re.IGNORECASE)
_ALL_IN_PATH = lazy_pattern(
    rf"[/_,-](?:(?:{_PAGE_WORD})[/_=-])?(?:all|alle|komplettansicht|single-?page|full-?page|onepage)"
    r"(?=/?$|\.[a-z]{2,5}$)",
    re.IGNORECASE,
)
_PRINT_WORD = (
    r"print(?:able|er|mode|version|view|[_-]?friendly)?|drucken|druck(?:version|ansicht)|imprimir|imprimer|stampa"
    r"|afdrukken|utskrift|drukuj"
)
_PRINT = lazy_pattern(_PRINT_WORD, re.IGNORECASE)
_PRINT_IN_PATH = lazy_pattern(rf"[/_,.-](?:{_PRINT_WORD})(?=/?$|[/_,.-])", re.IGNORECASE)
_ID = lazy_pattern(r"[0-9]{5,}")
_TRACKING = lazy_pattern(r"utm_.*|fbclid|gclid|wt_mc|cmpid|ref|rss|source|srsltid", re.IGNORECASE)
# A number that may be that of a page, and parts of the URLs of other forms. A page has hundreds of links; only those
# with one of these are looked at.
_NUMBER = lazy_pattern(r"(?<![0-9])([0-9]{1,3})(?=/?(?:$|[?#&])|\.[a-zA-Z]{2,5}(?:$|[?#]))")
_PARTS_OF_PRINT: Final = ("print", "druck", "imprim", "stampa", "utskrift", "drukuj", "afdruk")
_PARTS_OF_ALL: Final = ("all", "full", "single", "one", "tout", "tod", "tutt", "komplett")
_COMMENTS = lazy_pattern(r"comment|disqus|repl(?:y|ies)|kommentar|reacti|discussion", re.IGNORECASE)
_ARROWS = " \t»›>→≫▶…:."
_NEXT = lazy_pattern(
    r"(?:go to )?(?:the )?next(?: page)?|continue(?: reading)?(?: on (?:the )?next page)?|(?:zur )?nächsten?(?: seite)?"
    r"|weiter(?:lesen)?|(?:page )?suivante?|(?:página )?siguiente|próxim[ao](?: página)?|(?:página )?seguinte"
    r"|(?:pagina )?successiva|avanti|volgende(?: pagina)?|n(?:æ|e)ste(?: side)?|nästa(?: sida)?|seuraava(?: sivu)?"
    r"|następna(?: strona)?|dalej|další(?: stran[ay]| stránka)?|következő(?: oldal)?|далее|следующая(?: страница)?"
    r"|наступна(?: сторінка)?|(?:pagina )?următoarea?|sonraki(?: sayfa)?|επόμενη(?: σελίδα)?"
    r"|(?:halaman )?(?:berikutnya|selanjutnya)|trang sau|下一[页頁]|次へ|次の?ページ(?:へ)?|다음(?: 페이지)?"
    r"|(?:الصفحة )?التالي(?:ة)?|(?:ל?עמוד )?הבא|अगला(?: पृष्ठ)?",
    re.IGNORECASE,
)
_NUMBERED = lazy_pattern(
    rf"(?:go to |zu )?(?:{_PAGE_WORD}|страница|сторінка|σελίδα|الصفحة|पृष्ठ|第)? ?(?P<number>[0-9]{{1,3}}) ?"
    r"(?:页|頁|ページ目?|페이지)?",
    re.IGNORECASE,
)


class _PageOf(NamedTuple):
    """A reading of a URL: the page with this number of the article at `stem`. `form` is how the number is written."""

    stem: tuple[str, str, frozenset[tuple[str, str]]]  # host, path and query, so that equal pages have equal stems
    form: str
    number: int


class _Link(NamedTuple):
    """A link to another page. `target` is its URL without a fragment."""

    element: etree._Element
    target: str
    readings: tuple[_PageOf, ...]


def candidates(root: etree._Element, url: str | None, canonical_url: str | None) -> Iterator[Candidate]:
    """Yield the candidates for `next_page`, and for `alternates` as pairs of kind and URL.

    `url` is the URL of the page, and `canonical_url` the one that the page declares; `None` if unknown.
    """
    own = [urldefrag(each)[0] for each in (url, canonical_url) if each is not None]
    base = _base(root, own[0]) if own else None
    readings = [reading for each in own for reading in _readings(each)]
    numbers = {str(reading.number + 1) for reading in readings}
    numbered: list[_Link] = []
    for_print: list[_Link] = []
    for element in root.iter("a", "link"):
        href = element.get("href")
        if not href:
            continue
        if element.tag == "link" and (element.get("rel") or "").lower() == "amphtml":
            if amp := http_url(href, base):
                yield Candidate("alternates", ("amp", amp), "link amphtml")
            continue
        lower = href.lower()
        if any(part in lower for part in _PARTS_OF_PRINT) or "print" in (element.get("media") or ""):
            for_print += _links(element, href, base, own)
        if any(number in href for number in numbers) and not numbers.isdisjoint(_NUMBER.findall(href)):
            numbered += _links(element, href, base, own)
    yield from _print_version(for_print, own, readings)

    def labelled_one() -> Iterator[_Link]:
        for element in root.iter("a"):
            if inner_text(element, _MAX_LABEL) == "1":
                yield from _links(element, element.get("href") or "", base, own)

    following = next(_next_pages(numbered, readings, labelled_one), None)
    if following is not None:
        yield following
    if following is not None or any(reading.number > 1 for reading in readings):
        hrefs = ((element, element.get("href") or "") for element in root.iter("a"))
        links = (_links(*each, base, own) for each in hrefs if any(part in each[1].lower() for part in _PARTS_OF_ALL))
        yield from _single_page(chain.from_iterable(links), readings)


def _links(element: etree._Element, href: str, base: str | None, own: list[str]) -> Iterator[_Link]:
    """Yield the link of an element, unless its page is unknown, or the link leads to that itself."""
    target = http_url(href, base) if own else None
    if target is not None and (address := urldefrag(target)[0]) not in own:
        yield _Link(element, address, tuple(_readings(address)))


def _base(root: etree._Element, url: str) -> str:
    """Return the URL that links are relative to."""
    element = root.find("head/base[@href]")
    try:
        return url if element is None else urljoin(url, element.get("href") or "")
    except ValueError:
        return url


def _next_pages(
    links: list[_Link], own: list[_PageOf], labelled_one: Callable[[], Iterable[_Link]]
) -> Iterator[Candidate]:
    """Yield the links to the page after this one, those in the head of the page first.

    `labelled_one` returns the links of the page with the label "1".
    """
    for tag in ("link", "a"):
        for element, target, readings in links:
            if element.tag != tag:
                continue
            following = [each for each in readings if _follows(each, own, labelled_one)]
            if not following:
                continue
            # "/story-2" is also how a second article of the same title is called, to which rel="next" may lead.
            is_slug = all(each.form == "-" for each in following) and not _EXTENSION.search(urlsplit(target).path)
            is_next = not is_slug and "next" in (element.get("rel") or "").lower().split()
            if tag == "link" and is_next:
                yield Candidate("next_page", target, "link next")
            elif tag == "a" and not _is_of_comments(element):
                number = following[0].number
                if is_next or _has_number(element, number) or (not is_slug and _names_next(element)):
                    yield Candidate("next_page", target, "rel=next" if is_next else "page link")


def _follows(reading: _PageOf, own: list[_PageOf], labelled_one: Callable[[], Iterable[_Link]]) -> bool:
    """Whether a reading of a link is the page after this one, by one of the readings of its own URL."""
    if not reading.form or not 2 <= reading.number <= MAX_PAGE:
        return False
    for each in own:
        if each.stem != reading.stem or each.number != reading.number - 1:
            continue
        if not each.form:  # the first page, without a number
            return True
        if each.form == reading.form and (
            not _AMBIGUOUS.fullmatch(each.form) or _has_first_page(each, own, labelled_one())
        ):
            return True
    return False


def _has_first_page(reading: _PageOf, own: list[_PageOf], labelled_one: Iterable[_Link]) -> bool:
    """Whether the first page is declared as the canonical one, or a link "1" leads to it."""
    first = reading._replace(form="", number=1)
    numbered = reading._replace(number=1)
    return first in own or any({first, numbered} & {*link.readings} for link in labelled_one)


def _readings(url: str) -> Iterator[_PageOf]:
    """Yield the readings of a URL: as the first page of an article, and as a page with a number."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    query = frozenset(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
        if not _TRACKING.fullmatch(name)
    )
    yield _PageOf((host, path.rstrip("/"), query), "", 1)
    if match := _NUMBER_IN_PATH.search(path):
        stem = path[: match.start()] + path[match.end() :]
        yield _PageOf((host, stem.rstrip("/"), query), match["form"].lower(), int(match["number"]))
    for pair in query:
        name, value = pair
        if len(value) <= 3 and value.isascii() and value.isdigit() and _NUMBER_NAME.fullmatch(name):
            yield _PageOf((host, path.rstrip("/"), query - {pair}), f"{name.lower()}=", int(value))


def _labels(element: etree._Element) -> Iterator[str]:
    """Yield what the link shows and says of itself, without arrows; empty for an arrow alone."""
    for label in (inner_text(element, _MAX_LABEL), element.get("aria-label") or "", element.get("title") or ""):
        if label.strip():
            yield label[:_MAX_LABEL].strip(_ARROWS)


def _has_number(element: etree._Element, number: int) -> bool:
    """Whether the label of a link is the number of the page."""
    return any((match := _NUMBERED.fullmatch(each)) and int(match["number"]) == number for each in _labels(element))


def _names_next(element: etree._Element) -> bool:
    """Whether the label or the class of a link says that it leads to the next page."""
    if any(not each or _NEXT.fullmatch(each) for each in _labels(element)):
        return True
    parent = element.getparent()
    around = (element, parent) if parent is not None else (element,)
    return any("next" in (each.get("class") or "").lower().split() for each in around)


def _is_of_comments(element: etree._Element) -> bool:
    """Whether a link leads to the next page of comments."""
    if _COMMENTS.search(urldefrag(element.get("href") or "")[1]):
        return True
    for _, around in zip(range(_MAX_ANCESTORS), element.iterancestors(), strict=False):
        if around.tag == "body" or around.tag == "main" or around.tag == "article":
            return False
        if any(_COMMENTS.search(around.get(name) or "") for name in ("class", "id", "aria-label")):
            return True
    return False


def _single_page(links: Iterable[_Link], own: list[_PageOf]) -> Iterator[Candidate]:
    """Yield the links to the whole article on a single page."""
    stems = {reading.stem for reading in own}
    for _, target, (whole, *_) in links:
        host, path, query = whole.stem
        shorter = _ALL_IN_PATH.sub("", path, count=1).rstrip("/")
        flags = {
            (name, value)
            for name, value in query
            if (_ALL_NAME.fullmatch(name) and _ALL_VALUE.fullmatch(value)) or _ALL_FLAG.fullmatch(name)
        }
        if (shorter != path and (host, shorter, query) in stems) or (flags and (host, path, query - flags) in stems):
            yield Candidate("alternates", ("all", target), "page link")


def _print_version(links: list[_Link], own: list[str], readings: list[_PageOf]) -> Iterator[Candidate]:
    """Yield the links to the article in a form for printing."""
    stems = {reading.stem for reading in readings}
    places = {(host, path) for host, path, _ in stems}
    hosts = {host for host, _ in places}
    ids = {number for each in own for number in _ID.findall(urlsplit(each).path)}
    for element, target, (whole, *_) in links:
        if element.tag == "link":
            if "print" in (element.get("media") or "") and "alternate" in (element.get("rel") or "").lower():
                yield Candidate("alternates", ("print", target), "link alternate")
        else:
            host, path, query = whole.stem
            flags = {pair for pair in query if any(_PRINT.fullmatch(part) for part in pair)}
            shorter = _PRINT_IN_PATH.sub("", path, count=1).rstrip("/")
            if (
                (flags and (host, path, query - flags) in stems)
                or (shorter != path and (host, shorter) in places)
                or (host in hosts and ids & {*_ID.findall(f"{path} {query}")})
            ):
                yield Candidate("alternates", ("print", target), "print link")
