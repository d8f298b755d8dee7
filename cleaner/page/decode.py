"""Bytes to text, the encoding decided by us: labels lie, and one bad byte must not turn a page into mojibake."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from typing import Final, NamedTuple

from cleaner.errors import Code, InputError
from cleaner.page.decompress import GZIP_MAGIC, MAX_BYTES, gunzip
from cleaner.page.sniff import sniff, wide_encoding


class EncodingSource(StrEnum):
    """What named the encoding."""

    BOM = "bom"
    UTF_8 = "utf-8"  # the bytes are UTF-8, or so nearly that nothing else can be meant
    ZEROS = "zeros"  # where the zero bytes of UTF-16 and UTF-32 stand
    ESCAPES = "escapes"  # the escape sequences of ISO-2022-JP
    HEADER = "header"  # the charset of the Content-Type header
    META = "meta"  # the page itself, in a meta tag or an XML declaration
    DETECTED = "detected"  # a guess from statistics
    FALLBACK = "fallback"  # nothing said anything: windows-1252


class Decoded(NamedTuple):
    """A page as text, the Python name of the encoding that its bytes were read in, and what named that."""

    text: str
    encoding: str
    source: EncodingSource


_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bad sequences for each good one up to which a text is still taken to be in an encoding: pages that are glued
# together from two sources have a few. Text in another encoding is far off on both sides.
_MAX_BAD = 1 / 20
# Bytes in which a page has to name its encoding. Browsers look at 1024; real pages are later.
_META_WITHIN = 4096
# Bytes of a page in which text is looked for when the encoding is guessed.
_LOOKED_AT = 1_000_000
# Bytes of text, without its markup, that statistics look at. With three times as many, charset_normalizer finds
# nothing on pages where it is right with these: it looks at pieces, and cuts characters in two.
_SAMPLE = 10_000
# Bytes from which on a run of text between two tags is rather a script.
_LONG_RUN = 3000

_JAPANESE_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_COMMENT_OR_SCRIPT = re.compile(
    rb"<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE
)
_BETWEEN_RUNS = re.compile(rb"<[^<>]*>|[\r\n]+")
# Where Python's codec for a web encoding knows less than browsers do: the supersets that pages are written in.
_SUPERSETS: Final = {
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "euc-jp": "euc_jis_2004",
    "x-user-defined": "cp1252",
}
# The encodings, apart from UTF-8, that pages in a language are written in. A page that calls itself Russian is,
# while lang="en" stands in templates and says nothing; so Western languages are not here.
_OF_LANGUAGE: Final = {
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
# Without such a list, charset_normalizer finds EBCDIC and DOS code pages.
_DETECTABLE: Final = ("cp1252", *sorted({codec for codecs in _OF_LANGUAGE.values() for codec in codecs}))
# These share most of their letters with windows-1252, and charset_normalizer takes German and Spanish for them.
_LATIN: Final = frozenset({"cp1250", "cp1252", "cp1257", "iso8859_2"})
# Statistics cannot tell these two, which share most letters. But windows-1250 has the rest of them, and its quotation
# marks, where ISO 8859-2 has control characters.
_CENTRAL: Final = frozenset({"cp1250", "iso8859_2"})
_C1 = re.compile(rb"[\x80-\x9f]")
_LANGUAGE = re.compile(rb"<html\b[^<>]*?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)


def decode(content: bytes, *, declared: str | None = None, max_bytes: int = MAX_BYTES) -> Decoded:
    """The page as text. `declared` is a Content-Type header or the charset in it; `None` where none came.

    A gzip file is unpacked first. Raises `InputError`: `TOO_LARGE` above `max_bytes`, `EMPTY` for nothing or blanks,
    `NOT_HTML` for what is no text at all, `DECODE_ERROR` or `INCOMPLETE` for a gzip file that is damaged.
    """
    if content.startswith(GZIP_MAGIC):
        content = gunzip(content, max_bytes=max_bytes)
    if len(content) > max_bytes:
        raise InputError(Code.TOO_LARGE, f"the page has more than the {max_bytes:,} bytes allowed")
    if not content.strip():
        raise InputError(Code.EMPTY, "the page is empty")
    if kind := sniff(content):
        raise InputError(Code.NOT_HTML, f"not a page: this is {kind}")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return Decoded(content[len(bom) :].decode(encoding, "replace"), encoding, EncodingSource.BOM)
    if encoding := wide_encoding(content) or "":
        return Decoded(content.decode(encoding, "replace"), encoding, EncodingSource.ZEROS)
    if b"\x1b" in content and _JAPANESE_ESCAPE.search(content):
        # All its bytes are ASCII, so it would pass for UTF-8.
        return Decoded(content.decode("iso2022_jp_2", "replace"), "iso2022_jp_2", EncodingSource.ESCAPES)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", EncodingSource.UTF_8)
    except UnicodeDecodeError:
        return _decode_other(content, declared)


def _decode_other(content: bytes, declared: str | None) -> Decoded:
    """For bytes that are not quite UTF-8: the nearest thing that all witnesses, in their order, allow."""
    if (text := _mostly(content, "utf-8")) is not None:
        return Decoded(text, "utf-8", EncodingSource.UTF_8)
    for label, source in (
        (_charset(declared), EncodingSource.HEADER),
        (_declared_inside(content), EncodingSource.META),
    ):
        codec = _codec(label) if label else None
        if codec and codec != "utf-8" and (text := _mostly(content, codec)) is not None:
            return Decoded(text, codec, source)
    codec = _detected(content)
    if codec and (text := _mostly(content, codec)) is not None:
        return Decoded(text, codec, EncodingSource.DETECTED)
    return Decoded(content.decode("cp1252", "replace"), "cp1252", EncodingSource.FALLBACK)


def _mostly(content: bytes, codec: str) -> str | None:
    """The text, with U+FFFD for the few sequences that are bad; `None` where they are not few."""
    text = content.decode(codec, "replace")
    bad = text.count("\ufffd")
    ascii_only = len(text.encode("ascii", "ignore"))
    good = len(text) - ascii_only - bad
    return text if bad <= good * _MAX_BAD else None


def _charset(header: str | None) -> str:
    """The label in a Content-Type header, or the label that was given as such."""
    if not header:
        return ""
    found = re.search(r"charset\s*=\s*[\"']?\s*([^\s;\"',]+)", header, re.IGNORECASE)
    return found[1] if found else header.strip(" \"'") if "/" not in header else ""


def _declared_inside(content: bytes) -> str:
    from bs4.dammit import EncodingDetector

    # What a comment or a script says of an encoding is not meant for this page.
    head = _COMMENT_OR_SCRIPT.sub(b"", content[:_META_WITHIN])
    label = EncodingDetector.find_declared_encoding(head, is_html=True, search_entire_document=True)
    return label or ""


def _codec(label: str) -> str | None:
    """The Python codec that reads what the web means by `label`; `None` for no label of the web.

    By the table of the WHATWG: iso-8859-1 means windows-1252, gb2312 means gb18030.
    """
    import webencodings

    encoding = webencodings.lookup(label)
    # UTF-16 would be known by its zero bytes; what is only called so would be decoded to Chinese. "replacement" stands
    # for encodings that browsers refuse, for they carry attacks.
    if encoding is None or encoding.name in ("utf-16le", "utf-16be", "replacement"):
        return None
    return _SUPERSETS.get(encoding.name, encoding.codec_info.name)


def _detected(content: bytes) -> str | None:
    """What statistics say of the text between tags, where it is not ASCII; `None` where they find nothing."""
    from charset_normalizer import from_bytes

    language = _LANGUAGE.search(content[:_META_WITHIN])
    likely = _OF_LANGUAGE.get(language[1].decode("ascii").lower(), ()) if language else ()
    runs = [run.strip() for run in _BETWEEN_RUNS.split(content[:_LOOKED_AT]) if not run.isascii()]
    text = b"\n".join([run for run in runs if len(run) < _LONG_RUN] or runs)
    text = text[:_SAMPLE].rpartition(b"\n")[0] or text[:_SAMPLE]  # not in the middle of a character
    for candidates in filter(None, (likely, _DETECTABLE)):
        matches = from_bytes(text, cp_isolation=list(candidates))
        if best := matches.best():
            if best.encoding in _LATIN and any("cp1252" in match.could_be_from_charset for match in matches):
                return "cp1252"
            if best.encoding in _CENTRAL:
                return "cp1250" if _C1.search(text) else "iso8859_2"
            return best.encoding
    return next((codec for codec in likely if _mostly(content, codec) is not None), None)
