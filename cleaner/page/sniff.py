"""What bytes are, told by the bytes: servers and file names lie too often to be asked first."""

from __future__ import annotations

import re
from typing import Final

# First bytes of what is no page, and its name. Only signatures that no text begins with: bitmaps ("BM") and
# Windows programs ("MZ") are left to the count of control bytes.
_MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"8BPS\0", "a Photoshop image"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS-", "a PostScript document"),
    (b"ID3\x03", "an MP3 recording"),
    (b"ID3\x04", "an MP3 recording"),
    (b"OggS\0", "an Ogg recording"),
    (b"fLaC\0", "a FLAC recording"),
    (b"FLV\x01", "a Flash video"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"\0\0\x01\xba", "an MPEG video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\0\x01\0\0\0", "a font"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
    (b"SQLite format 3\0", "a database"),
)
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
# XML that is meant for programs. What may stand before the root element is skipped, a little of it.
_OTHER_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*|<!--[^<>]*-->\s*|<!DOCTYPE[^<>\[]*>\s*){0,4}"
    rb"<(rss|feed|rdf:RDF|svg|urlset|sitemapindex|opml)[\s>]",
    re.IGNORECASE,
)
_JSON_START = re.compile(rb'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d+\s*[,\]]))')
_MARKUP = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|link|script|style|article|main|section|div|table|p|h[1-6]|br|a)\b",
    re.IGNORECASE,
)
# Markup for certain: it begins with a tag, or a closing tag follows. A text may well mention an opening one.
_PAGE_START = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[a-z!?]|</(?:a|article|body|div|h[1-6]|head|html|p|span)\s*>",
    re.IGNORECASE,
)
# Bytes of an unnamed source that are looked at for markup.
_UNNAMED_HEAD = 10_000
# The first line of a record in a web archive (ISO 28500).
WARC_VERSION = re.compile(rb"WARC/[01]\.\d+\r?\n")
# The headers of a MIME message, and the two of them that say that it holds HTML. A page or a text rarely begins with a
# header, so the search ends early.
_MESSAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=[A-Za-z])((?:[!-9;-~]+:[^\n]*\n(?:[ \t]+[^\s][^\n]*\n)*)+)\r?\n")
_MIME_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_HTML_MESSAGE = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html|application/xhtml\+xml)\b",
    re.IGNORECASE | re.MULTILINE,
)
# Bytes in which the headers of a MIME message must end.
MESSAGE_HEAD: Final = 16_384
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b") - {0}) + b"\x7f"

# Bytes looked at: enough to see past a licence comment, little enough to cost nothing.
_HEAD = 4096
# Share (0 to 1) of control bytes in the head from which on it is no text. Random bytes have 0.11, damaged pages
# a handful of single bytes.
_MAX_CONTROLS = 0.05


def sniff(content: bytes) -> str | None:
    """What `content` is, in words that end "this is …", where it cannot be a page; `None` where it may be one.

    Archives are no pages here: whoever wants to look into one unpacks it first.
    """
    head = content[:_HEAD]
    start = head.lstrip()
    for magic, name in _MAGIC:
        if head.startswith(magic) or start.startswith(magic):
            return name
    if head[4:8] == b"ftyp":
        return "an MP4 video"
    if root := _OTHER_ROOT.match(head):
        return f"XML for programs (<{root[1].decode('ascii').lower()}>)"
    if _JSON_START.match(head) and content.rstrip()[-1:] in (b"}", b"]"):
        return "JSON"
    if not head or head.startswith(_BOMS) or wide_encoding(content):
        return None
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    if max(controls, head.count(0)) > _MAX_CONTROLS * len(head):
        return "binary data"
    return None


def looks_like_markup(content: bytes) -> bool:
    """Whether a tag that pages have stands near the beginning, or a browser saved this page as a single file."""
    return bool(_MARKUP.search(content[:_HEAD].replace(b"\0", b""))) or is_mhtml(content)


def is_page(content: bytes) -> bool:
    """Whether content that has no name is a page and not a text: it needs more than one opening tag to be a page."""
    # UTF-16 has a zero byte beside each Latin character.
    return is_mhtml(content) or _PAGE_START.search(content[:_UNNAMED_HEAD].replace(b"\0", b"")) is not None


def is_mhtml(content: bytes) -> bool:
    """Whether this is a page that a browser saved as a single file (MHTML), by its headers."""
    headers = _MESSAGE.match(content[:MESSAGE_HEAD])
    return headers is not None and bool(_MIME_VERSION.search(headers[1]) and _HTML_MESSAGE.search(headers[1]))


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where its zero bytes stand; `None` for all else.

    Markup is ASCII, so in a wide encoding of a page every second byte, or three of four, is mostly zero.
    """
    head = content[: _HEAD - _HEAD % 4]
    if len(head) < 8 or not head.count(0):
        return None
    zeros = [head[place::4].count(0) / (len(head) // 4) for place in range(4)]
    patterns = {
        "utf-32-le": (False, True, True, True),
        "utf-32-be": (True, True, True, False),
        "utf-16-le": (False, True, False, True),
        "utf-16-be": (True, False, True, False),
    }
    for name, pattern in patterns.items():
        # A page in Russian has ASCII only in its markup: a third of its characters, not nearly all.
        if all(share > 0.2 if zero else share < 0.05 for share, zero in zip(zeros, pattern, strict=True)):
            return name
    return None
