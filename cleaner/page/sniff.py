"""Detect what bytes are from the bytes, because Content-Type headers and file names are often wrong."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from cleaner.patterns import lazy_pattern

# Signatures of formats that are not pages, and the names of the formats. No text begins with one of these: bitmaps
# ("BM") and Windows programs ("MZ") are detected by their share of control bytes instead.
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
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office document (97-2003)"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS-", "a PostScript document"),
    (b"ID3\x03", "an MP3 audio file"),
    (b"ID3\x04", "an MP3 audio file"),
    (b"OggS\0", "an Ogg audio or video file"),
    (b"fLaC\0", "a FLAC audio file"),
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
# The first bytes of a ZIP archive, with files and without any.
ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
# XML for programs. Up to four declarations and comments before the root element are skipped.
_OTHER_ROOT = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*|<!--[^<>]*-->\s*|<!DOCTYPE[^<>\[]*>\s*){0,4}"
    rb"<(rss|feed|rdf:RDF|svg|urlset|sitemapindex|opml)[\s>]",
    re.IGNORECASE,
)
_JSON_START = lazy_pattern(rb'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d+\s*[,\]]))')
_COMMON_TAG = lazy_pattern(
    rb"<(?:!doctype html|html|head|body|title|meta|link|script|style|article|main|section|div|table|p|h[1-6]|br|a)\b",
    re.IGNORECASE,
)
# Certain signals of markup: it begins with a tag, or has a closing tag. A text about HTML may mention an opening tag.
_CERTAIN_MARKUP = lazy_pattern(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[a-z!?]|</(?:a|article|body|div|h[1-6]|head|html|p|span)\s*>",
    re.IGNORECASE,
)
# The beginning of a page, not of a script or a template of a server.
_PAGE_START = lazy_pattern(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?!\?php|\?=|[%#])", re.IGNORECASE)
_PAGE_ROOT = lazy_pattern(rb"<(?:!doctype\s+html|html)\b|\A(?:\xef\xbb\xbf)?\s*<(?:head|body)\b", re.IGNORECASE)
# Bytes at the start of an unnamed source that are searched for markup.
_MAX_INSPECTED_UNNAMED = 10_000
# The first line of a record in a web archive (ISO 28500).
WARC_VERSION = lazy_pattern(rb"WARC/[01]\.\d+\r?\n")
# Headers of a MIME message: the one that every message has, and the one that says that it holds HTML.
_MIME_VERSION = lazy_pattern(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_HTML_CONTENT_TYPE = lazy_pattern(
    rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed|signed)|text/html|application/xhtml\+xml)\b",
    re.IGNORECASE | re.MULTILINE,
)
# A line of a header, with those that continue it.
_HEADER = lazy_pattern(rb"^[!-9;-~]+:[^\n]*(?:\n[ \t]+[^\s][^\n]*)*\n?", re.MULTILINE)
# The first part of a message whose headers are lost: its boundary, and its own headers.
_FIRST_PART = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*--([!-~]{1,200})\r?\n(?=content-[a-z-]+:)", re.IGNORECASE)
_EMPTY_LINE = lazy_pattern(rb"^\r?\n", re.MULTILINE)
# A line of markup. Before the headers of a message there may be a comment, if a tool has put it there.
_MARKUP_LINE = lazy_pattern(rb"^\s*<(?!!--[^\n]*-->)[a-z!?/]", re.IGNORECASE | re.MULTILINE)
# Lines before the headers that a tool or a person has put there.
_MAX_LINES_BEFORE_HEADERS = 10
# Bytes within which the headers of a MIME message must end. Mail servers add signatures and notes on spam.
MESSAGE_HEAD: Final = 65_536
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b") - {0}) + b"\x7f"

# Bytes at the start that are inspected: enough to get past a licence comment, and fast.
_MAX_INSPECTED = 4096
# The largest share (0 to 1) of control bytes in the inspected bytes of a text. Random bytes have 0.11, damaged pages
# only a handful of bytes.
_MAX_CONTROL_SHARE = 0.05


def sniff(content: bytes) -> str | None:
    """Return what `content` is if it cannot be a page, worded to follow "this is"; `None` if it may be a page.

    An archive is not a page: the caller must unpack it first.
    """
    head = content[:_MAX_INSPECTED]
    start = head.lstrip()
    for magic, name in _MAGIC:
        if head.startswith(magic) or start.startswith(magic):
            return name
    if head[4:8] == b"ftyp":
        return "an MP4 video"
    if root := _OTHER_ROOT.match(head):
        return f"an XML document that is not a page (<{root[1].decode('ascii').lower()}>)"
    if _JSON_START.match(head) and content.rstrip()[-1:] in (b"}", b"]"):
        return "JSON"
    if not head or head.startswith(_BOMS) or wide_encoding(content):
        return None
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    if max(controls, head.count(0)) > _MAX_CONTROL_SHARE * len(head):
        return "binary data"
    return None


def looks_like_markup(content: bytes) -> bool:
    """Whether a common HTML tag is among the first `_MAX_INSPECTED` bytes, or the content is MHTML."""
    return bool(_COMMON_TAG.search(content[:_MAX_INSPECTED].replace(b"\0", b""))) or is_mhtml(content)


def is_page(content: bytes) -> bool:
    """Whether content without a file name is a page rather than a text: one opening tag is not enough for a page."""
    # UTF-16 has a zero byte next to each Latin character.
    return is_mhtml(content) or _CERTAIN_MARKUP.search(content[:_MAX_INSPECTED_UNNAMED].replace(b"\0", b"")) is not None


def is_saved_page(content: bytes) -> bool:
    """Whether a file that nobody named is a page: whether it begins with a tag, and has the first tags of a page.

    This is stricter than `is_page`, because folders also hold scripts, notes and other XML with some tags of HTML.
    """
    head = content[:_MAX_INSPECTED_UNNAMED].replace(b"\0", b"")
    return is_mhtml(content) or (_PAGE_START.match(head) is not None and _PAGE_ROOT.search(head) is not None)


def is_mhtml(content: bytes) -> bool:
    """Whether this is a page that a browser saved as a single file (MHTML), according to its headers."""
    return split_message(content) is not None


class MessageHead(NamedTuple):
    """The headers of a MIME message, and the place where its body begins."""

    headers: bytes
    body: int


def split_message(content: bytes) -> MessageHead | None:
    """Return the headers of a MIME message that holds HTML; `None` for any other content.

    Lines before the headers or among them that are no headers are left out. If the headers are lost, but not those of
    the first part, they are made from its boundary.
    """
    head = content[:MESSAGE_HEAD]
    if part := _FIRST_PART.match(head):
        return MessageHead(b'Content-Type: multipart/related; boundary="%s"\n' % part[1], part.start(1) - 2)
    if b"mime-version:" not in head.lower() or not (version := _MIME_VERSION.search(head)):
        return None
    end = _EMPTY_LINE.search(head, version.end())
    before = head[: version.start()]
    if end is None or _MARKUP_LINE.search(before):
        return None
    start = max((line.end() for line in _EMPTY_LINE.finditer(before)), default=0)
    odd_lines = before[:start].strip().count(b"\n") + _HEADER.sub(b"", before[start:]).count(b"\n")
    headers = b"".join(_HEADER.findall(head, start, end.start()))
    if odd_lines > _MAX_LINES_BEFORE_HEADERS or not _HTML_CONTENT_TYPE.search(headers):
        return None
    return MessageHead(headers, end.end())


def wide_encoding(content: bytes) -> str | None:
    """Detect UTF-16 or UTF-32 without a byte order mark by the positions of zero bytes; `None` for anything else.

    Markup is ASCII, so in UTF-16 every second byte of a page is mostly zero, and in UTF-32 three bytes of four are.
    """
    head = content[: _MAX_INSPECTED - _MAX_INSPECTED % 4]
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
        # In a Russian page only the markup is ASCII: a third of its characters.
        if all(share > 0.2 if zero else share < 0.05 for share, zero in zip(zeros, pattern, strict=True)):
            return name
    return None
