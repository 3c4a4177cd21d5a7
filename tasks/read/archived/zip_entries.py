"""The entries of a zip (APPNOTE.TXT 6.3.10), by its directory; without one, by their own headers.

The directory stands at the end, so an archive that ends early has none. Bytes are decompressed here
and not by zipfile, which puts no bound on what a step of bzip2 expands to.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import BinaryIO

from zlib_ng import zlib_ng

from schemas.reasons import Reason
from tasks.read.archived.entries import Damage, Entry, damage_of, tidy_name
from tasks.read.archived.entry_files import open_window, read_range
from tasks.read.bytes.compression import (
    PIECE_BYTES,
    Coding,
    RatioMeter,
    TruncatedError,
    UnreadableError,
    decompress,
    open_decoder,
)

_STORED = 0
_CODINGS: dict[int, Coding] = {8: "raw-deflate", 12: "bzip2", 93: "zstd", 95: "xz"}
_ENCRYPTED, _SIZE_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC, _DESCRIPTOR_MAGIC = b"PK\3\4", b"PK\7\x08"
# What follows the last entry: the directory, its end, or what they are signed with.
_DIRECTORY_MAGICS = (b"PK\1\2", b"PK\5\6", b"PK\6\6", b"PK\6\x08", b"PK\5\5")
_OVERLAPS = (Reason.COMPRESSION_RATIO_EXCEEDED, "it shares its bytes with another entry")
_UNIX = 3
_IN_EXTRA = 0xFFFFFFFF
_ZIP64 = 1
_NOT_A_DIRECTORY = (
    zipfile.BadZipFile,
    NotImplementedError,
    OverflowError,
    UnicodeDecodeError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class _Packed:
    """Where and how an entry lies in the file; `begin` is that of its own header."""

    name: str
    begin: int
    flags: int
    method: int
    checksum: int | None
    packed_size: int
    size: int


def list_zip(file: BinaryIO, max_ratio: int) -> Iterator[Entry | Damage]:
    """Lists the files of a zip, in the order of its directory.

    Args:
        file: opened for reading bytes.
        max_ratio: how far an entry may expand.
    """
    try:
        infos = zipfile.ZipFile(file).infolist()
    except _NOT_A_DIRECTORY as error:
        yield from _list_by_headers(file, max_ratio, str(error))
        return
    overlapping = _find_overlapping(infos)
    for number, info in enumerate(infos):
        if not info.is_dir():
            entry = _entry_of(file, _packed(info), max_ratio, _kind_of(info))
            yield replace(entry, refusal=_OVERLAPS) if number in overlapping else entry


def _find_overlapping(infos: Sequence[zipfile.ZipInfo]) -> set[int]:
    """Finds the numbers of entries that end behind the beginning of another.

    No writer makes them. A bomb does: a thousand entries that are one, each within the limit on
    expansion (D. Fifield, A better zip bomb, 2019).
    """
    order = sorted(range(len(infos)), key=lambda number: infos[number].header_offset)
    return {
        number
        for number, following in pairwise(order)
        if infos[number].header_offset + _LOCAL.size + infos[number].compress_size
        > infos[following].header_offset
    }


def _packed(info: zipfile.ZipInfo) -> _Packed:
    name = info.filename if info.flag_bits & _UTF8 else _as_utf8(info.filename)
    return _Packed(
        name=name,
        begin=info.header_offset,
        flags=info.flag_bits,
        method=info.compress_type,
        checksum=info.CRC,
        packed_size=info.compress_size,
        size=info.file_size,
    )


def _as_utf8(name: str) -> str:
    """Reads a name as UTF-8, which many writers use without saying so; else it is as zipfile's."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _kind_of(info: zipfile.ZipInfo) -> str | None:
    mode = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
    if stat.S_ISLNK(mode):
        return "link"
    return None if mode in (0, stat.S_IFREG) else "device"


def _entry_of(file: BinaryIO, packed: _Packed, max_ratio: int, kind: str | None = None) -> Entry:
    refusal: tuple[Reason, str] | None = None
    if packed.flags & _ENCRYPTED:
        refusal = Reason.ENTRY_ENCRYPTED, "a password protects it"
    elif packed.method != _STORED and packed.method not in _CODINGS:
        refusal = Reason.FORM_UNSUPPORTED, f"compressed by zip's method {packed.method}"
    return Entry(
        name=tidy_name(packed.name),
        size=packed.size,
        packed_size=packed.packed_size,
        pieces=partial(_read, file, packed, max_ratio),
        window=partial(_open, file, packed) if packed.method == _STORED else None,
        passed_over=kind,
        refusal=refusal,
    )


def _open(file: BinaryIO, packed: _Packed) -> BinaryIO:
    return open_window(file, _find_content(file, packed), packed.packed_size)


def _read(file: BinaryIO, packed: _Packed, max_ratio: int) -> Iterator[bytes]:
    """Reads the content of an entry.

    Raises:
        UnreadableError: it is damaged, or expands beyond the limit.
    """
    begin = _find_content(file, packed)
    pieces = read_range(file, begin, begin + packed.packed_size)
    if packed.method != _STORED:
        pieces = decompress(pieces, _CODINGS[packed.method], max_ratio)
    checksum = 0
    for piece in pieces:
        checksum = zlib_ng.crc32(piece, checksum)
        yield piece
    if packed.checksum is not None and checksum != packed.checksum:
        raise UnreadableError(Reason.FILE_CORRUPT, "its checksum is not that in the archive")


def _find_content(file: BinaryIO, packed: _Packed) -> int:
    header = _read_header(file, packed.begin)
    if header is None:
        raise UnreadableError(Reason.FILE_CORRUPT, "no entry stands where the directory says")
    return packed.begin + _LOCAL.size + header[-2] + header[-1]


def _read_header(file: BinaryIO, begin: int) -> tuple[int, ...] | None:
    """Reads an entry's own header behind its magic number; None where none stands there."""
    if begin < 0:
        return None  # The directory of an archive whose beginning is missing says so.
    file.seek(begin)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_LOCAL_MAGIC):
        return None
    return tuple(_LOCAL.unpack(head)[1:])


def _list_by_headers(file: BinaryIO, max_ratio: int, fault: str) -> Iterator[Entry | Damage]:
    """Lists what comes before the end of an archive without a directory, and then the damage."""
    file_size = file.seek(0, 2)
    begin = 0
    while (header := _read_header(file, begin)) is not None:
        try:
            packed, end = _measure(file, begin, header, max_ratio)
        except UnreadableError as error:
            yield damage_of(begin, error)
            return
        if not packed.name.endswith("/"):
            yield _entry_of(file, packed, max_ratio)
        begin = end
    file.seek(begin)
    if begin == 0:
        yield Damage(0, Reason.FILE_CORRUPT, f"not a zip: {fault}")
    elif begin >= file_size:
        yield Damage(begin, Reason.CONTAINER_TRUNCATED, "the archive ends early")
    elif file.read(len(_LOCAL_MAGIC)) in _DIRECTORY_MAGICS:
        yield Damage(begin, Reason.CONTAINER_TRUNCATED, f"the zip's directory is damaged: {fault}")
    else:
        is_cut = file_size - begin < _LOCAL.size
        reason = Reason.CONTAINER_TRUNCATED if is_cut else Reason.CONTAINER_RECORD_BROKEN
        yield Damage(begin, reason, "no entry begins here")


def _measure(
    file: BinaryIO, begin: int, header: tuple[int, ...], max_ratio: int
) -> tuple[_Packed, int]:
    """Tells where an entry lies by its own header, and where the next begins."""
    _, flags, method, _, _, checksum, packed_size, size, name_size, extra_size = header
    names = file.read(name_size + extra_size)
    encoding = "utf-8" if flags & _UTF8 else "cp437"
    name = _as_utf8(names[:name_size].decode(encoding, "replace"))
    begin_content = begin + _LOCAL.size + name_size + extra_size
    packed = _Packed(name, begin, flags, method, checksum, packed_size, size)
    if flags & _SIZE_BEHIND:
        if method not in _CODINGS or flags & _ENCRYPTED:
            raise UnreadableError(Reason.FILE_CORRUPT, f"nothing says where {name!r:.80} ends")
        packed_size = _find_end(file, begin_content, _CODINGS[method], max_ratio) - begin_content
        end = _skip_descriptor(file, begin_content + packed_size)
        return _Packed(name, begin, flags, method, None, packed_size, size), end
    if _IN_EXTRA in (packed_size, size):
        size, packed_size = _sizes_in_extra(names[name_size:], size, packed_size)
        packed = _Packed(name, begin, flags, method, checksum, packed_size, size)
    return packed, begin_content + packed_size


def _find_end(file: BinaryIO, begin: int, coding: Coding, max_ratio: int) -> int:
    """Finds where a compressed stream ends, which only decompressing it tells."""
    decoder, meter = open_decoder(coding), RatioMeter(max_ratio)
    while not decoder.ended:
        file.seek(begin)
        piece = file.read(PIECE_BYTES)
        if not piece:
            raise TruncatedError(Reason.FILE_CORRUPT, "the archive ends in an entry")
        begin += len(piece)
        meter.count(consumed=len(piece))
        for output in decoder.feed(piece):
            meter.count(produced=len(output))
    return begin - len(decoder.rest)


def _skip_descriptor(file: BinaryIO, begin: int) -> int:
    """Goes over checksum and sizes behind an entry; a magic number may stand before them."""
    file.seek(begin)
    following = file.read(24 + len(_LOCAL_MAGIC))
    signed = len(_DESCRIPTOR_MAGIC) if following.startswith(_DESCRIPTOR_MAGIC) else 0
    for size in (signed + 12, signed + 20):
        if following[size : size + 4] in (_LOCAL_MAGIC, *_DIRECTORY_MAGICS):
            return begin + size
    return begin + signed + 12


def _sizes_in_extra(extra: bytes, size: int, packed_size: int) -> tuple[int, int]:
    """Reads the sizes of an entry of more than 4 GiB."""
    while len(extra) >= 4:  # noqa: PLR2004 - an id and a size of two bytes each
        kind, length = struct.unpack_from("<2H", extra)
        if kind == _ZIP64 and length >= 16:  # noqa: PLR2004 - two sizes of eight bytes
            found = struct.unpack_from("<2Q", extra, 4)
            return int(found[0]), int(found[1])
        extra = extra[4 + length :]
    return size, packed_size
