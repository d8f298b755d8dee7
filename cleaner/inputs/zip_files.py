"""Read the pages in a ZIP archive, within limits: nothing is written to the disk."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, cast
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cleaner.errors import Code, InputError
from cleaner.inputs.folders import Left, SkippedFiles, extension_of, is_never_page
from cleaner.inputs.names import has_known_ending

# Members of an archive. Their list is held in memory and takes about 600 bytes for each.
MAX_MEMBERS: Final = 200_000
# The largest ratio of the size of all members to the size of the archive. HTML is compressed to a tenth. An archive
# that is made to take hours to unpack has members that overlap, or that are nearly empty.
MAX_RATIO: Final = 200
# Bytes that any archive may unpack to, however small it is.
MIN_UNPACKED: Final = 100_000_000

# Members that only these files have: documents of Microsoft Office, and of OpenOffice and e-books.
_DOCUMENT_MEMBERS: Final = ("[Content_Types].xml", "mimetype")
# Others are rare, and LZMA has no limit of memory.
_METHODS: Final = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2)

# What the standard library raises for damaged archives, and `OSError` without a number for damaged bzip2.
_DAMAGE: Final = (BadZipFile, NotImplementedError, UnicodeDecodeError, zlib.error, EOFError)


class Member(NamedTuple):
    """A file in an archive. `name` is its path in the archive, without "..", and not absolute."""

    name: str
    info: ZipInfo


@contextmanager
def opened_zip(path: str) -> Iterator[ZipFile]:
    """Context with an archive.

    Raises `InputError`: `DECODE_ERROR` if it is damaged, `NOT_HTML` if it is a document, `TOO_LARGE` if it has too many
    members, or members that are too large for its size. Raises `OSError` if it cannot be read.
    """
    try:
        archive = ZipFile(path)
    except _DAMAGE as error:
        raise InputError(Code.DECODE_ERROR, f"the ZIP archive is damaged ({error}); make it again") from error
    with archive:
        members = archive.infolist()
        if any(each.filename in _DOCUMENT_MEMBERS for each in members):
            raise InputError(Code.NOT_HTML, "not a page: this is an Office document or an e-book")
        if len(members) > MAX_MEMBERS:
            raise InputError(Code.TOO_LARGE, f"the ZIP archive has more than {MAX_MEMBERS:,} files; unzip it first")
        if sum(each.file_size for each in members) > max(MIN_UNPACKED, MAX_RATIO * os.path.getsize(path)):
            message = f"the ZIP archive unpacks to more than {MAX_RATIO} times its size; unzip it first if you trust it"
            raise InputError(Code.TOO_LARGE, message)
        yield archive


def walk_zip(archive: ZipFile, place: str, skipped: SkippedFiles) -> Iterator[Member]:
    """Yield the files in an archive that may be read, in its order. The others are counted as those of a folder are."""
    for info in archive.infolist():
        parts = [part for part in info.filename.split("/") if part not in ("", ".", "..")]
        if not parts or info.is_dir():
            continue
        name = "/".join(parts)
        if parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
            skipped.add(place, Left.HIDDEN)
        elif is_never_page(name) and not has_known_ending(name):
            skipped.add(place, extension_of(name))
        else:
            yield Member(name, info)


@contextmanager
def opened_member(archive: ZipFile, info: ZipInfo) -> Iterator[io.BufferedReader]:
    """Context with the content of a member. Errors of unpacking within the context are raised as `InputError`."""
    if info.compress_type not in _METHODS:
        raise InputError(
            Code.DECODE_ERROR, f"the compression method {info.compress_type} of ZIP is not supported; unzip it first"
        )
    if info.flag_bits & 1:
        raise InputError(Code.DECODE_ERROR, "encrypted; unzip the archive first")
    try:
        with archive.open(info) as member, io.BufferedReader(cast("Any", member)) as stream:
            yield stream
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise InputError(Code.DECODE_ERROR, f"damaged in the ZIP archive: {error}") from error
