"""Which of the pictures that a page declares or shows is the article's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from cleaner.metadata.fields.values import address as address_of

# A picture for all pages: the paper's sign, or what stands for a missing one.
_OF_THE_SITE = re.compile(
    r"logo|default|placeholder|fallback|social-?share|share-?image|site-?image|og-?image\.|favicon", re.IGNORECASE
)
_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")
_ADDRESS_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_MAX_PICTURES = 2_000  # counting each size
_MAX_ADDRESS = 2_000  # characters
_MAX_SET = 10_000
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}$|_[WwMm]\d{3,4}\w*$|-scaled$")
# The part of an address that names the picture, whatever its size and format: long, and with a digit in it.
_NAMES = re.compile(r"[\w-]*\d[\w-]*")
_MIN_NAME_LENGTH = 8


class Picture(NamedTuple):
    """The address of a picture, and the witness that gave it."""

    address: str
    witness: str


def addresses(root: etree._Element) -> tuple[str, ...]:
    """The addresses of all pictures that the page shows, in its order; of those in several sizes, each."""
    found: list[str] = []
    for element in root.iter("img", "source", "amp-img"):
        for name in _ADDRESSES:
            if said := element.get(name):
                found.append(said[:_MAX_ADDRESS])
        for name in _ADDRESS_SETS:
            if said := element.get(name):
                found += [part.split()[0] for part in said[:_MAX_SET].split(", ") if part.strip()]
        if len(found) > _MAX_PICTURES:
            break
    return tuple(found)


def lead(told: Sequence[Picture], shown: Sequence[str], base: str | None) -> Picture | None:
    """The picture of the article; `told` are declared ones, most trusted first, and that by the headline (`img`).

    Of the declared ones that which the page shows, by `addresses`, in the last of the sizes that it shows. If it shows
    none, another was made for sharing, and what stands by the headline is the article's.
    """
    declared = [one for one in told if one.witness != "img" and not _OF_THE_SITE.search(_file(one.address))]
    beside = next((one for one in told if one.witness == "img"), None)
    all_shown = "\n".join(unquote(address) for address in shown)
    for one in declared:
        names = _names(one.address)
        if not any(name in all_shown for name in names):
            continue
        if _file(one.address) not in all_shown:
            same = [address for address in shown if names[0] in unquote(address)]
            return one._replace(address=(same and address_of(same[-1], base)) or one.address)
        return one
    return beside or next(iter(declared), None) or next(iter(told), None)


def same_picture(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, in whatever size."""
    return one == other or not set(_names(one)).isdisjoint(_names(other))


def _file(address: str) -> str:
    return unquote(urlsplit(address).path).rpartition("/")[2]


def _names(address: str) -> list[str]:
    """What names the picture whatever its size and format: its file's name, then other parts of the address."""
    parts = urlsplit(unquote(address))
    stem = _SIZE.sub("", _file(address).rpartition(".")[0])
    names = [name for name in _NAMES.findall(f"{parts.path}?{parts.query}") if len(name) >= _MIN_NAME_LENGTH]
    return ([stem] if len(stem) >= _MIN_NAME_LENGTH else []) + names
