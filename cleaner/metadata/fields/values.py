"""From what a page says to a value that can be used: text, addresses, languages, yes and no.

Each function takes anything that HTML or JSON can hold and gives `None` for what it cannot make sense of.
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

# Characters. Longer strings are cut before anything else is done to them: one <meta> of 20 KB is enough to keep
# other people's regular expressions busy for half a minute.
MAX_TEXT = 1_000
MAX_URL = 4_000
# Items of a list, such as tags. Authors have a limit of their own.
MAX_ITEMS = 100

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def text(said: Any, limit: int = MAX_TEXT) -> str | None:
    """One line of text, at most `limit` characters, without tags; of a list the first, of a dict its name or value."""
    for _ in range(3):
        if isinstance(said, list):
            said = said[0] if said else None
        elif isinstance(said, dict):
            said = next((said[key] for key in ("name", "@value", "headline", "text") if said.get(key)), None)
    if isinstance(said, (int, float)) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str):
        return None
    plain = said[: 4 * limit]
    if "&" in plain:
        plain = html.unescape(html.unescape(plain))  # escaped for JSON once and for HTML again
    if "<" in plain:
        plain = _TAG.sub(" ", plain)
    return one_line(plain, limit) or None


def one_line(plain: str, limit: int = MAX_TEXT) -> str:
    """The text on one line, at most `limit` characters of it."""
    if not (plain.isascii() and plain.isprintable()):  # most are, and have nothing to clean
        plain = clean_characters(plain)
    return " ".join(plain.split())[:limit].strip()


def inner_text(element: etree._Element, limit: int = MAX_TEXT, between: str = "") -> str:
    """The text within an element on one line, at most `limit` characters; its pieces parted by `between`.

    No more of it is looked at than that: on a page of one big element, others hold megabytes.
    """
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


def texts(said: Any) -> Iterator[str]:
    """The texts of a list, or of a string that is a list: parted by commas, semicolons or lines."""
    for item in (said if isinstance(said, list) else [said])[:MAX_ITEMS]:
        folded = re.sub(r"\s*[\n|]\s*", ",", item) if isinstance(item, str) else item
        for part in re.split(r"[,;،、，；]", text(folded) or ""):
            if part.strip():
                yield part.strip()


# Each witness's names and titles are held against all the others'.
@cached_by_text(2048)
def folded(name: str) -> str:
    """A name without what differs between two spellings of it: case, spaces and signs."""
    return _SIGNS.sub("", name.casefold())


_SIGNS = re.compile(r"[\W_]+")


def address(said: Any, base: str | None) -> str | None:
    """An http or https URL, made whole with the page's own. No credentials: links of logged-in editors carry them."""
    for _ in range(3):
        if isinstance(said, list):
            said = said[0] if said else None
        elif isinstance(said, dict):
            said = next((said[key] for key in ("url", "contentUrl", "@id") if said.get(key)), None)
    if not isinstance(said, str) or not 0 < len(said) <= MAX_URL:
        return None
    spaced = clean_characters(html.unescape(said)).strip()
    try:
        whole = urljoin(base or "", spaced)
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname
        credentials = parts.username is not None or parts.password is not None
    except ValueError:
        return None
    return (
        whole.replace(" ", "%20")
        if usable and not credentials and not re.search(r"\s", whole.replace(" ", ""))
        else None
    )


# ISO 639-1, all of it.
_LANGUAGES = frozenset(
    re.findall(
        "..",
        "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngu"
        "gvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrms"
        "mtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktl"
        "tntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu",
    )
)
# Codes that are older or longer, and names; those that were met.
_OTHER_NAMES = {"iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cn": "zh", "ua": "uk"} | {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
    "english": "en", "deutsch": "de", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
}  # fmt: skip


def language(said: Any) -> str | None:
    """The ISO 639-1 code of a language tag such as `de-AT` or `pt_BR`."""
    if isinstance(said, dict):
        said = said.get("alternateName") or said.get("name")
    name = text(said, 100)
    if name is None:
        return None
    main = re.split(r"[-_,;. ]", name.lower(), maxsplit=1)[0]
    main = _OTHER_NAMES.get(main, main)
    return main if main in _LANGUAGES else None


def boolean(said: Any) -> bool | None:
    """True or false, as JSON or as a word."""
    if isinstance(said, bool):
        return said
    word = said.strip().lower() if isinstance(said, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word.rpartition("/")[2])
