"""Decompress in small pieces, so that a decompression bomb uses no more memory than the limit.

Files may be compressed with gzip, bzip2, xz or Zstandard, responses with gzip, deflate or Brotli.

This is not left to urllib3, which accepts half a gzip stream as a whole one and decodes any number of encodings.
"""

from __future__ import annotations

import importlib.util
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from cleaner.errors import Code, InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Bytes of a decompressed page. The largest of 3,846 real pages has 5.3 MB.
MAX_BYTES: Final = 10_000_000
GZIP_MAGIC: Final = b"\x1f\x8b\x08"
# For zlib: the data has the header of gzip.
GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS

_MAX_PIECE = 65536  # bytes that one step of decompression returns at most
# Bytes of memory of the xz decoder. `xz -9` needs 65 MB; a header may ask for 4 GB.
_MAX_XZ_MEMORY: Final = 150_000_000
# Bytes of Zstandard that are decompressed in a step, whose output has no limit: at most 64 blocks of 128 KB.
_ZSTD_SLICE: Final = 256


class CompressionKind(StrEnum):
    """How a file is compressed."""

    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "Zstandard"


# The first bytes of compressed files. The header of bzip2 has a digit before the magic number of its first block.
MAGIC_BYTES: Final = 10
_MAGIC: Final = {
    CompressionKind.GZIP: GZIP_MAGIC,
    CompressionKind.BZIP2: b"BZh",
    CompressionKind.XZ: b"\xfd7zXZ\0",
    CompressionKind.ZSTD: b"\x28\xb5\x2f\xfd",
}
_BZIP2_BLOCKS: Final = (b"1AY&SY", b"\x17rE8P\x90")  # the first block, and the end of an empty file


def compression_of(head: bytes) -> CompressionKind | None:
    """Return how content with these first `MAGIC_BYTES` bytes is compressed; `None` if it is not."""
    found = next((each for each, magic in _MAGIC.items() if head.startswith(magic)), None)
    if found is CompressionKind.BZIP2 and not head.startswith(_BZIP2_BLOCKS, 4):
        return None  # a text may begin with these three letters
    return found


def has_brotli() -> bool:
    """Whether the `brotli` package is installed, in a version (1.2 or later) that can limit the output of a step."""
    if importlib.util.find_spec("brotli") is None:
        return False
    import brotli

    return tuple(int(part) for part in brotli.__version__.split(".")[:2]) >= (1, 2)


def unpack(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Return an iterator over the decompressed content of `chunks`, in pieces of at most 64 KB.

    `coding` is an HTTP content coding (RFC 9110, 8.4.1). Raises `InputError` with the code `DECODE_ERROR` at once if it
    is unknown. The iterator raises the same for a broken stream, and `INCOMPLETE` if the end of the stream is missing.
    """
    if coding in ("gzip", "x-gzip"):
        return _gunzip(chunks)
    if coding == "deflate":
        return _inflate(chunks)
    if coding == "br" and has_brotli():
        return _unbrotli(chunks)
    raise InputError(Code.DECODE_ERROR, f"the content coding {coding[:40]!r} is not supported")


def join_capped(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """Return all chunks joined. Raises `InputError` with `TOO_LARGE` as soon as they exceed `max_bytes`."""
    return b"".join(capped(chunks, max_bytes))


def capped(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """Yield the chunks unchanged. Raises `InputError` with `TOO_LARGE` as soon as they exceed `max_bytes`."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise InputError(Code.TOO_LARGE, f"the page has more than the {max_bytes:,} bytes allowed")
        yield chunk


def gunzip(content: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the content of a gzip file.

    Raises `InputError`: `DECODE_ERROR` if it is damaged, `INCOMPLETE` if it is cut off, `TOO_LARGE` above `max_bytes`.
    """
    return join_capped(_gunzip([content]), max_bytes)


def decompress(content: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the content of a compressed file; other content is returned unchanged.

    Raises `InputError`: `DECODE_ERROR` if it is damaged or Zstandard is not installed, `INCOMPLETE` if it is cut off,
    `TOO_LARGE` above `max_bytes`.
    """
    compression = compression_of(content[:MAGIC_BYTES])
    return content if compression is None else join_capped(_decompressed([content], compression), max_bytes)


def decompress_head(content: bytes, size: int) -> bytes:
    """Return at most `size` bytes from the beginning of a file, decompressed; less if it is damaged before.

    `content` may be the beginning of the file alone.
    """
    compression = compression_of(content[:MAGIC_BYTES])
    if compression is None:
        return content[:size]
    head = b""
    try:
        for piece in _decompressed([content], compression):
            head += piece
            if len(head) >= size:
                break
    except InputError:
        pass
    return head[:size]


def open_compressed(stream: IO[bytes], compression: CompressionKind) -> io.BufferedReader:
    """Return the decompressed content of a stream, as a stream. Reading it raises what `decompress` does."""
    chunks = iter(lambda: stream.read(_MAX_PIECE), b"")
    return io.BufferedReader(_Decompressed(_decompressed(chunks, compression)), _MAX_PIECE)


class _Decompressed(io.RawIOBase):
    """The pieces of an iterator as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        view = memoryview(buffer).cast("B")
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _decompressed(chunks: Iterable[bytes], compression: CompressionKind) -> Iterator[bytes]:
    if compression is CompressionKind.GZIP:
        return _gunzip(chunks)
    if compression is CompressionKind.BZIP2:
        from bz2 import BZ2Decompressor

        return _expand(chunks, BZ2Decompressor, compression)
    if compression is CompressionKind.XZ:
        from lzma import FORMAT_XZ, LZMADecompressor

        return _expand(chunks, lambda: LZMADecompressor(FORMAT_XZ, _MAX_XZ_MEMORY), compression)
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor

        return _expand(chunks, ZstdDecompressor, compression)
    if importlib.util.find_spec("zstandard") is None:
        raise InputError(
            Code.DECODE_ERROR, "Zstandard needs a package; install it from a checkout: pip install '.[zstd]'"
        )
    slices = (chunk[start : start + _ZSTD_SLICE] for chunk in chunks for start in range(0, len(chunk), _ZSTD_SLICE))
    return _expand(slices, _ZstandardDecoder, compression)


class _Decoder(Protocol):
    """The decompressors of the standard library."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _ZstandardDecoder:
    """A decompressor of the `zstandard` package, whose output is limited by that of its input."""

    needs_input = True

    def __init__(self) -> None:
        from zstandard import ZstdDecompressor

        # Of any type, so that mypy finds the same where the package is not installed.
        self._decoder: Any = ZstdDecompressor().decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._decoder.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._decoder.unused_data)

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return bytes(self._decoder.decompress(data))


def _expand(
    chunks: Iterable[bytes], new_decoder: Callable[[], _Decoder], compression: CompressionKind
) -> Iterator[bytes]:
    decoder = new_decoder()
    began = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if decoder.eof:
                # As in gzip: padding and junk after the end are ignored, and another stream continues the content.
                rest = rest.lstrip(b"\0")
                magic = _MAGIC[compression]
                if not magic.startswith(rest[: len(magic)]):
                    return
                if not rest:
                    break
                decoder = new_decoder()
            began = True
            yield _piece(decoder, rest, compression)
            while not decoder.eof and not decoder.needs_input:
                yield _piece(decoder, b"", compression)
            rest = decoder.unused_data if decoder.eof else b""
    if began and not decoder.eof:
        raise InputError(Code.INCOMPLETE, f"the {compression} stream is cut off")


def _piece(decoder: _Decoder, packed: bytes, compression: CompressionKind) -> bytes:
    try:
        return decoder.decompress(packed, _MAX_PIECE)
    except MemoryError:
        raise
    except Exception as error:  # each package has its own
        raise InputError(Code.DECODE_ERROR, f"the {compression} stream is damaged: {error}") from error


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = zlib.decompressobj(GZIP_WINDOW)
    began = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if decoder.eof:
                # Padding and junk after the end are common and harmless. Another gzip member continues the content.
                rest = rest.lstrip(b"\0")
                if not GZIP_MAGIC.startswith(rest[:3]):
                    return
                if not rest:
                    break
                decoder = zlib.decompressobj(GZIP_WINDOW)
            began = True
            piece, rest = _step(decoder, rest)
            yield piece
    if began and not decoder.eof:
        raise InputError(Code.INCOMPLETE, "the gzip stream is cut off")


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress deflate, as the standard defines it (with a zlib header) and as some servers send it (without)."""
    decoder: zlib._Decompress | None = None
    head = b""
    for chunk in chunks:
        rest = head + chunk
        if decoder is None:
            if len(rest) < 2:
                head = rest
                continue
            wrapped = rest[0] & 0x0F == zlib.DEFLATED and int.from_bytes(rest[:2], "big") % 31 == 0
            decoder = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
            head = b""
        while rest and not decoder.eof:
            piece, rest = _step(decoder, rest)
            yield piece
    if head or (decoder is not None and not decoder.eof):
        raise InputError(Code.INCOMPLETE, "the deflate stream is cut off")


def _step(decoder: zlib._Decompress, packed: bytes) -> tuple[bytes, bytes]:
    """Return one decompressed piece, and the part of `packed` that is left."""
    try:
        piece = decoder.decompress(packed, _MAX_PIECE)
    except zlib.error as error:
        raise InputError(Code.DECODE_ERROR, f"the compressed stream is damaged: {error}") from error
    return piece, decoder.unconsumed_tail or decoder.unused_data


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    began = False
    for chunk in chunks:
        began = began or bool(chunk)
        rest = chunk
        while not decoder.is_finished():
            try:
                piece = decoder.process(rest, output_buffer_limit=_MAX_PIECE)
            except brotli.error as error:
                raise InputError(Code.DECODE_ERROR, "the Brotli stream is damaged") from error
            # `can_accept_more_data` does not say whether output is pending; an empty piece does.
            if not piece:
                break
            rest = b""
            yield piece
    if began and not decoder.is_finished():
        raise InputError(Code.INCOMPLETE, "the Brotli stream is cut off")
