"""Choose the article's picture among those that a page declares or shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from cleaner.metadata.fields.values import http_url
from cleaner.patterns import lazy_pattern

# File names of pictures that a site uses for all its pages: a logo or a placeholder.
_SITE_PICTURE = lazy_pattern(
    r"logo|default|placeholder|fallback|social-?share|share-?image|site-?image|og-?image\.|favicon", re.IGNORECASE
)
_URL_ATTRIBUTES = ("src", "data-src", "data-original", "data-lazy-src")
_SRCSET_ATTRIBUTES = ("srcset", "data-srcset", "data-lazy-srcset")
_MAX_PICTURES = 2_000  # URLs on one page; each size of a picture counts
_MAX_URL = 2_000  # characters
_MAX_SRCSET = 10_000  # characters of a srcset attribute
_SIZE = lazy_pattern(r"[-_]\d{2,4}x\d{2,4}$|_[WwMm]\d{3,4}\w*$|-scaled$")
# A part of a URL that identifies the picture in every size and format: a long part with a digit.
_NAME = lazy_pattern(r"[\w-]*\d[\w-]*")
_MIN_NAME_LENGTH = 8  # characters


class Picture(NamedTuple):
    """The URL of a picture and its source."""

    url: str
    source: str


def picture_urls(root: etree._Element) -> tuple[str, ...]:
    """Return the URLs of all pictures that the page shows, in order, with all sizes of each picture."""
    urls: list[str] = []
    for element in root.iter("img", "source", "amp-img"):
        for name in _URL_ATTRIBUTES:
            if value := element.get(name):
                urls.append(value[:_MAX_URL])
        for name in _SRCSET_ATTRIBUTES:
            if value := element.get(name):
                urls += [part.split()[0] for part in value[:_MAX_SRCSET].split(", ") if part.strip()]
        if len(urls) > _MAX_PICTURES:
            break
    return tuple(urls)


def lead_picture(candidates: Sequence[Picture], page_urls: Sequence[str], base: str | None) -> Picture | None:
    """Return the picture of the article; `None` if there are no candidates.

    `candidates` are the declared pictures, most trusted first, and the one near the headline (source "img").
    `page_urls` is the result of `picture_urls`, and `base` is the page's URL.

    The first declared picture that the page shows is chosen, in the last size that the page shows. If the page shows
    none of them, they were made for sharing, and the one near the headline is chosen.
    """
    declared = [
        candidate
        for candidate in candidates
        if candidate.source != "img" and not _SITE_PICTURE.search(_file_name(candidate.url))
    ]
    near_headline = next((candidate for candidate in candidates if candidate.source == "img"), None)
    all_page_urls = "\n".join(unquote(url) for url in page_urls)
    for candidate in declared:
        names = _names(candidate.url)
        if not any(name in all_page_urls for name in names):
            continue
        if _file_name(candidate.url) not in all_page_urls:
            same_page_urls = [url for url in page_urls if names[0] in unquote(url)]
            return candidate._replace(url=(same_page_urls and http_url(same_page_urls[-1], base)) or candidate.url)
        return candidate
    return near_headline or next(iter(declared), None) or next(iter(candidates), None)


def is_same_picture(first: str, second: str) -> bool:
    """Whether two URLs are of the same picture, in any size."""
    return first == second or not set(_names(first)).isdisjoint(_names(second))


def picture_name(url: str) -> str:
    """Return the name of a picture's file without its ending and its size."""
    return _SIZE.sub("", _file_name(url).rpartition(".")[0])


def _file_name(url: str) -> str:
    return unquote(urlsplit(url).path).rpartition("/")[2]


def _names(url: str) -> list[str]:
    """Return the parts of a URL that identify the picture in every size and format: the file name, then others."""
    parts = urlsplit(unquote(url))
    stem = picture_name(url)
    names = [name for name in _NAME.findall(f"{parts.path}?{parts.query}") if len(name) >= _MIN_NAME_LENGTH]
    return ([stem] if len(stem) >= _MIN_NAME_LENGTH else []) + names
