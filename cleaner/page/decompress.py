"""Decompress gzip, deflate and Brotli in small pieces, so that a decompression bomb uses no more than the limit.

This is not left to urllib3, which accepts half a gzip stream as a whole one and decodes any number of encodings.
"""

from __future__ import annotations

import importlib.util
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from cleaner.errors import Code, InputError

# Bytes of a decompressed page. The largest of 3,846 real pages has 5.3 MB.
MAX_BYTES: Final = 10_000_000
GZIP_MAGIC: Final = b"\x1f\x8b\x08"
# For zlib: the data has the header of gzip.
GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS

_MAX_PIECE = 65536  # bytes that one step of decompression returns at most


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
