"""Decode a page. The bytes decide before labels, which are often wrong. One invalid byte must not garble a page."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from typing import Final, NamedTuple

from cleaner.errors import Code, InputError
from cleaner.page.decompress import MAX_BYTES, decompress
from cleaner.page.sniff import sniff, wide_encoding
from cleaner.patterns import lazy_pattern


class EncodingSource(StrEnum):
    """How the encoding of a page was determined, most reliable first."""

    BOM = "bom"
    UTF_8 = "utf-8"  # the bytes are valid UTF-8, or UTF-8 with a few errors
    ZEROS = "zeros"  # the positions of zero bytes in UTF-16 and UTF-32
    ESCAPES = "escapes"  # the escape sequences of ISO-2022-JP
    HEADER = "header"  # the charset of the Content-Type header
    META = "meta"  # a meta tag or an XML declaration in the page
    DETECTED = "detected"  # a statistical guess
    FALLBACK = "fallback"  # windows-1252, because there was no other evidence


class Decoded(NamedTuple):
    """A page as text, the Python name of the encoding it was decoded with, and how that encoding was determined."""

    text: str
    encoding: str
    source: EncodingSource


_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # must precede UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The largest ratio of invalid to valid non-ASCII characters at which a text still counts as being in an encoding. Pages
# that are joined from two sources have a few invalid ones. Text in another encoding is far above this ratio.
_MAX_INVALID_RATIO = 1 / 20
# Bytes at the start of a page that are searched for its declared encoding. Browsers search 1024; real pages declare it
# later.
_MAX_DECLARATION_OFFSET = 4096
# Bytes of a page that are searched for text when the encoding is guessed.
_MAX_SEARCHED = 1_000_000
# Bytes of text, without markup, that are given to charset_normalizer. With three times as many it finds nothing on some
# pages where it is right with these: it samples pieces, and cuts characters in two.
_MAX_SAMPLE = 10_000
# Bytes from which a run of text between two tags is probably a script.
_MIN_SCRIPT_RUN = 3000

_JAPANESE_ESCAPE = lazy_pattern(rb"\x1b(?:\$[@B]|\([BJI])")
_COMMENT_OR_SCRIPT = lazy_pattern(
    rb"<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE
)
_TAG_OR_NEWLINE = lazy_pattern(rb"<[^<>]*>|[\r\n]+")
# Supersets that pages are really written in, where Python's codec for a web encoding covers less than browsers do.
_SUPERSETS: Final = {
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "euc-jp": "euc_jis_2004",
    "x-user-defined": "cp1252",
}
# The encodings, apart from UTF-8, that pages in a language are written in. Western languages are left out: a page that
# declares itself Russian is Russian, but lang="en" is in many templates and proves nothing.
_CODECS_BY_LANGUAGE: Final = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tt"), ("cp1251", "koi8_r", "iso8859_5")),
    "uk": ("cp1251", "koi8_u", "iso8859_5"),
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), ("cp1250", "iso8859_2")),
    "el": ("cp1253", "iso8859_7"),
    **dict.fromkeys(("az", "ku", "tr"), ("cp1254", "iso8859_9")),
    **dict.fromkeys(("he", "yi"), ("cp1255", "iso8859_8")),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256", "iso8859_6")),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257",)),
    "vi": ("cp1258",),
    "th": ("cp874",),
    "zh": ("gb18030", "big5hkscs"),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
}
# Without this list, charset_normalizer returns EBCDIC and DOS code pages.
_DETECTABLE: Final = ("cp1252", *sorted({codec for codecs in _CODECS_BY_LANGUAGE.values() for codec in codecs}))
# These share most of their letters with windows-1252, and charset_normalizer mistakes German and Spanish for them.
_LATIN: Final = frozenset({"cp1250", "cp1252", "cp1257", "iso8859_2"})
# Statistics cannot distinguish these two, which share most letters. But windows-1250 has its remaining letters and its
# quotation marks where ISO 8859-2 has control characters.
_CENTRAL_EUROPEAN: Final = frozenset({"cp1250", "iso8859_2"})
_C1 = lazy_pattern(rb"[\x80-\x9f]")
_LANGUAGE = lazy_pattern(rb"<html\b[^<>]*?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)


def decode(content: bytes, *, declared: str | None = None, max_bytes: int = MAX_BYTES) -> Decoded:
    """Return the page as text.

    `declared` is the Content-Type header or only its charset, `None` if unknown. Compressed files are unpacked first.

    Raises `InputError` with the code `TOO_LARGE` if the page has more than `max_bytes` bytes, `EMPTY` if it has nothing
    but white space, `NOT_HTML` if it is not text, `DECODE_ERROR` or `INCOMPLETE` if a compressed file is damaged.
    """
    content = decompress(content, max_bytes=max_bytes)
    if len(content) > max_bytes:
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_bytes:,} bytes allowed")
    if not content.strip():
        raise InputError(Code.EMPTY, "the page is empty")
    if kind := sniff(content):
        raise InputError(Code.NOT_HTML, f"not a page: this is {kind}")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return Decoded(content[len(bom) :].decode(encoding, "replace"), encoding, EncodingSource.BOM)
    if wide := wide_encoding(content):
        return Decoded(content.decode(wide, "replace"), wide, EncodingSource.ZEROS)
    if b"\x1b" in content and _JAPANESE_ESCAPE.search(content):
        # All its bytes are ASCII, so it would be valid UTF-8.
        return Decoded(content.decode("iso2022_jp_2", "replace"), "iso2022_jp_2", EncodingSource.ESCAPES)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", EncodingSource.UTF_8)
    except UnicodeDecodeError:
        return _decode_other(content, declared)


def _decode_other(content: bytes, declared: str | None) -> Decoded:
    """Decode bytes that are not valid UTF-8, in the first encoding that fits, in the order of `EncodingSource`."""
    if (text := _decode_leniently(content, "utf-8")) is not None:
        return Decoded(text, "utf-8", EncodingSource.UTF_8)
    for label, source in (
        (_charset(declared), EncodingSource.HEADER),
        (_find_declared_encoding(content), EncodingSource.META),
    ):
        codec = _codec(label) if label else None
        if codec and codec != "utf-8" and (text := _decode_leniently(content, codec)) is not None:
            return Decoded(text, codec, source)
    codec = _guess_codec(content)
    if codec and (text := _decode_leniently(content, codec)) is not None:
        return Decoded(text, codec, EncodingSource.DETECTED)
    return Decoded(content.decode("cp1252", "replace"), "cp1252", EncodingSource.FALLBACK)


def _decode_leniently(content: bytes, codec: str) -> str | None:
    """Return the text, with U+FFFD for a few invalid sequences; `None` if there are more (see `_MAX_INVALID_RATIO`)."""
    text = content.decode(codec, "replace")
    invalid = text.count("\ufffd")
    ascii_only = len(text.encode("ascii", "ignore"))
    valid = len(text) - ascii_only - invalid
    return text if invalid <= valid * _MAX_INVALID_RATIO else None


def _charset(header: str | None) -> str:
    """Return the charset of a Content-Type header, or the header itself if it is only a charset; empty if none."""
    if not header:
        return ""
    match = re.search(r"charset\s*=\s*[\"']?\s*([^\s;\"',]+)", header, re.IGNORECASE)
    return match[1] if match else header.strip(" \"'") if "/" not in header else ""


def _find_declared_encoding(content: bytes) -> str:
    from bs4.dammit import EncodingDetector

    # An encoding that is named in a comment or a script is not that of this page.
    head = _COMMENT_OR_SCRIPT.sub(b"", content[:_MAX_DECLARATION_OFFSET])
    label = EncodingDetector.find_declared_encoding(head, is_html=True, search_entire_document=True)
    return label or ""


def _codec(label: str) -> str | None:
    """Return the Python codec for an encoding label as browsers understand it; `None` if browsers do not know it.

    This follows the WHATWG Encoding Standard: iso-8859-1 means windows-1252, gb2312 means gb18030.
    """
    import webencodings

    encoding = webencodings.lookup(label)
    # Real UTF-16 was recognised by its zero bytes; a page that only declares it would be decoded to Chinese.
    # "replacement" means encodings that browsers refuse because they are used for attacks.
    if encoding is None or encoding.name in ("utf-16le", "utf-16be", "replacement"):
        return None
    return _SUPERSETS.get(encoding.name, encoding.codec_info.name)


def _guess_codec(content: bytes) -> str | None:
    """Guess the codec from the non-ASCII text between tags; `None` if nothing fits."""
    from charset_normalizer import from_bytes

    language = _LANGUAGE.search(content[:_MAX_DECLARATION_OFFSET])
    of_language = _CODECS_BY_LANGUAGE.get(language[1].decode("ascii").lower(), ()) if language else ()
    runs = [run.strip() for run in _TAG_OR_NEWLINE.split(content[:_MAX_SEARCHED]) if not run.isascii()]
    text = b"\n".join([run for run in runs if len(run) < _MIN_SCRIPT_RUN] or runs)
    text = text[:_MAX_SAMPLE].rpartition(b"\n")[0] or text[:_MAX_SAMPLE]  # so that no character is cut
    for candidates in filter(None, (of_language, _DETECTABLE)):
        matches = from_bytes(text, cp_isolation=list(candidates))
        if best := matches.best():
            if best.encoding in _LATIN and any("cp1252" in match.could_be_from_charset for match in matches):
                return "cp1252"
            if best.encoding in _CENTRAL_EUROPEAN:
                return "cp1250" if _C1.search(text) else "iso8859_2"
            return best.encoding
    return next((codec for codec in of_language if _decode_leniently(content, codec) is not None), None)
