"""Parse values of a page: text, URLs, languages and booleans.

Parameters named `value` accept anything that HTML or JSON can hold. The functions return `None` for values that they
cannot parse.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from cleaner.caching import cached_by_text
from cleaner.page.characters import clean_characters
from cleaner.patterns import lazy_pattern

# Characters. Longer strings are cut before any other step: one <meta> of 20 KB kept regular expressions of other
# packages busy for half a minute.
MAX_TEXT = 1_000
MAX_URL = 4_000  # characters; longer URLs are rejected
MAX_ITEMS = 100  # of a list, such as tags. Authors have a separate limit.

_TAG = lazy_pattern(r"</?[a-zA-Z][^<>]{0,500}>")


def text(value: Any, limit: int = MAX_TEXT) -> str | None:
    """Return one line of text of at most `limit` characters, without tags and entities.

    A list gives its first item, a dict its name or value.
    """
    if not isinstance(value, str):
        value = _unwrapped(value)
    if not isinstance(value, str):
        return None
    line = value[: 4 * limit]
    if "&" in line:
        line = html.unescape(html.unescape(line))  # some are escaped twice, for JSON and for HTML
    if "<" in line:
        line = _TAG.sub(" ", line)
    return one_line(line, limit) or None


def _unwrapped(value: Any) -> Any:
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("name", "@value", "headline", "text") if value.get(key)), None)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def one_line(line: str, limit: int = MAX_TEXT) -> str:
    """Return the text on one line, cut to at most `limit` characters."""
    if not (line.isascii() and line.isprintable()):  # most texts need no cleaning
        line = clean_characters(line)
    return " ".join(line.split())[:limit].strip()


def inner_text(element: etree._Element, limit: int = MAX_TEXT, between: str = "") -> str:
    """Return the text within an element on one line, cut to at most `limit` characters.

    `between` separates the pieces of text. Only the beginning of the text is read: an element may hold megabytes.
    """
    if not len(element):  # most elements with text hold nothing else
        return one_line((element.text or "")[: 4 * limit], limit)
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        if between and piece.isspace():
            continue
        pieces.append(str(piece))
        length += len(piece)
        if length > 4 * limit:
            break
    return one_line(between.join(pieces)[: 4 * limit], limit)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts of a list. Strings are split at commas, semicolons, vertical bars and line feeds."""
    for item in (value if isinstance(value, list) else [value])[:MAX_ITEMS]:
        separated = re.sub(r"\s*[\n|]\s*", ",", item) if isinstance(item, str) else item
        for part in re.split(r"[,;،、，；]", text(separated) or ""):
            if part.strip():
                yield part.strip()


# Cached because the names and titles of each source are compared with those of all the others.
@cached_by_text(2048)
def name_key(name: str) -> str:
    """Return a name in the form in which names are compared: casefolded, without spaces and punctuation."""
    return _PUNCTUATION.sub("", name.casefold())


_PUNCTUATION = lazy_pattern(r"[\W_]+")


def http_url(value: Any, base: str | None) -> str | None:
    """Return an absolute http or https URL; `base` is the page's URL. `None` for a URL without a domain name.

    A list gives its first item, a dict its URL. URLs with credentials are rejected: links of logged-in editors may
    contain them.
    """
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("url", "contentUrl", "@id") if value.get(key)), None)
    if not isinstance(value, str) or not 0 < len(value) <= MAX_URL:
        return None
    unescaped = clean_characters(html.unescape(value)).strip()
    try:
        absolute = urljoin(base or "", unescaped)
        parts = urlsplit(absolute)
        is_usable = parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname
        has_credentials = parts.username is not None or parts.password is not None
    except ValueError:
        return None
    return (
        absolute.replace(" ", "%20")
        if is_usable and not has_credentials and not re.search(r"\s", absolute.replace(" ", ""))
        else None
    )


# All codes of ISO 639-1.
_LANGUAGES = frozenset(
    re.findall(
        "..",
        "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngu"
        "gvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrms"
        "mtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktl"
        "tntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu",
    )
)
# Older codes, three-letter codes and names that are used on real pages.
_OTHER_NAMES = {"iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cn": "zh", "ua": "uk"} | {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
    "english": "en", "deutsch": "de", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
}  # fmt: skip


def language(value: Any) -> str | None:
    """Return the ISO 639-1 code of a language tag such as `de-AT` or `pt_BR`."""
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    name = text(value, 100)
    if name is None:
        return None
    main = re.split(r"[-_,;. ]", name.lower(), maxsplit=1)[0]
    main = _OTHER_NAMES.get(main, main)
    return main if main in _LANGUAGES else None


def boolean(value: Any) -> bool | None:
    """Return a boolean that is written as JSON, as a word such as "yes", or as a URL such as http://schema.org/True."""
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word.rpartition("/")[2])
