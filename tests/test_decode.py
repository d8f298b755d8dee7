"""Decoding: pages are decoded correctly, even if their labels are wrong."""

from __future__ import annotations

import codecs
import gzip
import random

import pytest

from cleaner.errors import Code, InputError
from cleaner.page.decode import Decoded, EncodingSource, decode

RUSSIAN = (
    "Городской совет одобрил строительство нового моста через реку. Работы начнутся весной, "
    "сообщила глава комитета. Жители надеются, что дорога в школу станет короче вдвое."
)
POLISH = "Zażółć gęślą jaźń: rada miasta przyjęła wczoraj budżet, choć część radnych była przeciwna i wyszła z sali."
GERMAN = (
    "Der Stadtrat hat die Brücke über den Fluß beschlossen; die Kosten trägt das Land, heißt es. Für Schüler schön."
)
JAPANESE = (
    "市議会は新しい橋の建設を承認した。工事は春に始まり、二年後に完成する予定だ。住民は通学路が短くなると喜んでいる。"
)
CHINESE = "市议会批准了新桥的建设。工程将于春季开始,预计两年后完工。居民们希望孩子上学的路会更短。"
KOREAN = "시의회는 새 다리 건설을 승인했다. 공사는 봄에 시작되어 이 년 뒤에 끝날 예정이다. 주민들은 기뻐하고 있다."
TURKISH = (
    "Belediye meclisi köprünün yapımını onayladı; çalışmalar ilkbaharda başlayacak, diyor başkan. Öğrenciler mutlu."
)


def page(text: str, *, language: str | None = None, head: str = "") -> str:
    attribute = f' lang="{language}"' if language else ""
    paragraphs = f"<p class=text>{text}</p>\n" * 4
    return (
        f"<!DOCTYPE html><html{attribute}><head>{head}<title>{text[:20]}</title></head><body>{paragraphs}</body></html>"
    )


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark(bom: bytes, codec: str) -> None:
    """A byte order mark overrides the header and the meta tag, and is not part of the text."""
    text = page(RUSSIAN, head="<meta charset=koi8-r>")
    assert (text, codec, EncodingSource.BOM) == decode(bom + text.encode(codec), declared="windows-1251")


@pytest.mark.parametrize("declared", [None, "windows-1251", "text/html; charset=gbk", "x-nope", "'utf-8'"])
def test_valid_utf_8(declared: str | None) -> None:
    """Valid UTF-8 is decoded as UTF-8, whatever the labels say."""
    text = page(RUSSIAN, head="<meta charset=iso-8859-1>")
    assert Decoded(text, "utf-8", EncodingSource.UTF_8) == decode(text.encode(), declared=declared)


@pytest.mark.parametrize("invalid", [b"\xe9", b"\xff", b"\xd0", b"\xa0"])
def test_an_invalid_byte_is_one_character(invalid: bytes) -> None:
    """One invalid byte costs one character, not the page."""
    content = page(RUSSIAN).encode()
    place = content.index("совет".encode())
    decoded = decode(content[:place] + invalid + content[place:], declared="windows-1252")
    assert ("utf-8", EncodingSource.UTF_8) == (decoded.encoding, decoded.source)
    assert page(RUSSIAN) == decoded.text.replace("\ufffd", "", 1)


@pytest.mark.parametrize(
    ("text", "codec", "declared", "expected"),
    [
        (RUSSIAN, "cp1251", "text/html; charset=windows-1251", "cp1251"),
        (RUSSIAN, "cp1251", "text/html;charset='CP1251'", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r", "koi8-r"),
        (GERMAN + " „So“ – 5 €", "cp1252", "ISO-8859-1", "cp1252"),
        (GERMAN, "latin-1", "latin1", "cp1252"),
        (CHINESE + "镕", "gb18030", "gb2312", "gb18030"),
        (KOREAN + "뷁", "cp949", "ks_c_5601-1987", "cp949"),
        (JAPANESE + "①", "cp932", "Shift_JIS", "cp932"),
        (JAPANESE, "euc_jp", "euc-jp", "euc_jis_2004"),
        (TURKISH, "cp1254", "iso-8859-9", "cp1254"),
    ],
)
def test_header(text: str, codec: str, declared: str, expected: str) -> None:
    """For a page that is not UTF-8, the header precedes the meta tag, and labels mean what they mean in browsers."""
    content = page(text, head="<meta charset=utf-8>").encode(codec)
    assert Decoded(page(text, head="<meta charset=utf-8>"), expected, EncodingSource.HEADER) == decode(
        content, declared=declared
    )


@pytest.mark.parametrize(
    "head",
    [
        "<meta charset=windows-1251>",
        '<META http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta charset='x-cp1251'/>",
        "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>",
        '<script>var m = "<meta charset=koi8-r>"</script><meta charset=windows-1251>',
        "<style>" + "a {color: red} " * 150 + "</style><meta charset=windows-1251>",
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "utf-16", "hz-gb-2312", "x-nope", "text/html"])
def test_meta(head: str, declared: str | None) -> None:
    """If the header has no usable charset, the meta tag applies, but not one in a comment or a script."""
    text = page(RUSSIAN, head=head)
    assert Decoded(text, "cp1251", EncodingSource.META) == decode(text.encode("cp1251"), declared=declared)


def test_xml_declaration() -> None:
    """The encoding of an XML declaration is used."""
    text = '<?xml version="1.0" encoding="windows-1251"?>' + page(RUSSIAN)
    assert Decoded(text, "cp1251", EncodingSource.META) == decode(text.encode("cp1251"))


@pytest.mark.parametrize(
    ("text", "codec", "language"),
    [
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", "ru"),
        (POLISH, "iso8859_2", "pl-PL"),
        (POLISH, "cp1250", "pl"),
        (GERMAN, "cp1252", None),
        (GERMAN, "cp1252", "de"),
        (JAPANESE, "cp932", None),
        (JAPANESE, "euc_jp", "ja"),
        (CHINESE, "gb18030", "zh"),
        (KOREAN, "cp949", "ko"),
        (TURKISH, "cp1254", "tr"),
    ],
)
def test_detected(text: str, codec: str, language: str | None) -> None:
    """If no encoding is declared, it is detected from the text."""
    decoded = decode(page(text, language=language).encode(codec))
    assert (page(text, language=language), EncodingSource.DETECTED) == (decoded.text, decoded.source)


def test_fallback() -> None:
    """Without evidence from labels or text, the encoding is windows-1252."""
    assert Decoded("<p>\u2026\ufffd\u2026", "cp1252", EncodingSource.FALLBACK) == decode(b"<p>\x85\x81\x85")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_without_mark(codec: str) -> None:
    """UTF-16 and UTF-32 are detected by their zero bytes."""
    assert Decoded(page(RUSSIAN), codec, EncodingSource.ZEROS) == decode(page(RUSSIAN).encode(codec))


def test_iso_2022_jp() -> None:
    """ISO-2022-JP is detected, although all its bytes are ASCII."""
    content = page(JAPANESE).encode("iso2022_jp")
    assert (page(JAPANESE), EncodingSource.ESCAPES) == (decode(content).text, decode(content).source)


def test_gzip_file() -> None:
    """A gzip file is decompressed."""
    assert page(GERMAN) == decode(gzip.compress(page(GERMAN).encode())).text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY),
        (b" \r\n\t ", Code.EMPTY),
        (b"%PDF-1.4 ...", Code.NOT_HTML),
        (b"\n\x89PNG\r\n\x1a\n....", Code.NOT_HTML),
        (b"PK\x03\x04....", Code.NOT_HTML),
        (b"\0\0\0\x18ftypmp42....", Code.NOT_HTML),
        (bytes(5000), Code.NOT_HTML),
        (random.Random(1).randbytes(5000), Code.NOT_HTML),
        (b'{"title": "x"}', Code.NOT_HTML),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', Code.NOT_HTML),
        (gzip.compress(gzip.compress(b"<p>a", mtime=0), mtime=0), Code.NOT_HTML),
        (gzip.compress(b"<p>a", mtime=0)[:-4], Code.INCOMPLETE),
        (b"\x1f\x8b\x08\0\xff\xff" + b"\xff" * 50, Code.DECODE_ERROR),
        (gzip.compress(b"a" * 2000, mtime=0), Code.TOO_LARGE),
        (b"a" * 1001, Code.TOO_LARGE),
    ],
)
def test_no_text(content: bytes, code: Code) -> None:
    """Content that is not text is an error with the right code."""
    with pytest.raises(InputError) as caught:
        decode(content, max_bytes=1000 if code is Code.TOO_LARGE else 10_000)
    assert code == caught.value.code


@pytest.mark.parametrize(
    "text", ["[Editor's note] The mayor wrote: {no} [end]", "{{ title }} by me", "<p>{}</p>", "{}a"]
)
def test_brackets_are_not_json(text: str) -> None:
    """A text in brackets is not mistaken for JSON."""
    assert text == decode(text.encode()).text
