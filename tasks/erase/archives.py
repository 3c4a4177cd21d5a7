"""Writing an archive again without some of its entries, or without documents inside of them.

The bytes of entries that stay are copied as they stand, compressed or not. Entries that hold
several documents (a JSON lines file in a zip) are written again by their own form.
"""

import copy
import io
import shutil
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from schemas.raw_forms import ENTRY_MARK, RawKind, raw_form_of
from tasks.discover.listing import sidecar_names
from tasks.erase.containers import Cut, rewrite
from tasks.erase.packing import CannotRewriteError, copy_range, packed, unpacked
from tasks.read.archived.entries import tidy_name
from tasks.read.archived.read_archive import escape_entry

_BLOCK_BYTES = 512


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of the entries of an archive, by their names there.

    Attributes:
        removed: those that go.
        changed: those that are written again without some documents.
    """

    removed: frozenset[str]
    changed: dict[str, Cut]


def rewrite_zip(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    """Writes a zip again; see `tasks.erase.containers.rewrite`.

    Raises:
        CannotRewriteError: it is a WACZ, whose index knows where each record lies; it has no
            directory; or an entry cannot be written.
    """
    if cut.raw_path.lower().endswith(".wacz"):
        raise CannotRewriteError("a WACZ: its index, pages and digests name the documents too")
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, OverflowError, ValueError) as error:
        raise CannotRewriteError(f"a zip without a directory: {error}") from error
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    plan = _plan((info.filename for info in infos), cut)
    ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    with zipfile.ZipFile(target, "w") as written:
        written.comment = archive.comment
        for info, end in zip(infos, ends, strict=True):
            if info.filename in plan.removed:
                continue
            if info.filename in plan.changed:
                _write_entry(archive, written, info, plan.changed[info.filename])
            else:
                _copy_entry(source, written, info, end)


def _copy_entry(
    source: BinaryIO, written: zipfile.ZipFile, info: zipfile.ZipInfo, end: int
) -> None:
    """Copies an entry with its own header, and notes in the directory where it is now.

    zipfile has no public way to add compressed bytes. These are what its own `open` sets.
    """
    file = cast(BinaryIO, written.fp)
    file.seek(written.start_dir)
    entry = copy.copy(info)
    entry.header_offset = file.tell()
    copy_range(source, file, info.header_offset, end)
    written.filelist.append(entry)
    written.NameToInfo[entry.filename] = entry
    written.start_dir = file.tell()
    written._didModify = True  # type: ignore[attr-defined]


def _write_entry(
    archive: zipfile.ZipFile, written: zipfile.ZipFile, info: zipfile.ZipInfo, cut: Cut
) -> None:
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type, entry.external_attr = info.compress_type, info.external_attr
    try:
        with (
            archive.open(info) as packed_entry,
            tempfile.TemporaryFile() as before,
            tempfile.TemporaryFile() as after,
        ):
            shutil.copyfileobj(packed_entry, before)
            _rewrite_entry(before, after, cut)
            after.seek(0)
            with written.open(entry, "w", force_zip64=True) as changed:
                shutil.copyfileobj(after, changed)
    except (NotImplementedError, RuntimeError, zipfile.BadZipFile) as error:
        raise CannotRewriteError(f"{info.filename}: {error}") from error


def rewrite_tar(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    """Writes a tar again; see `tasks.erase.containers.rewrite`.

    Raises:
        CannotRewriteError: it has attributes for all of its entries, or an entry cannot be written.
    """
    with unpacked(source) as (inner, coding), packed(target, coding) as written:
        try:
            with tarfile.open(fileobj=inner, mode="r:", errors="surrogateescape") as archive:
                members, attributes = archive.getmembers(), archive.pax_headers
        except tarfile.TarError as error:
            raise CannotRewriteError(f"it is damaged: {error}") from error
        if attributes:
            raise CannotRewriteError("attributes of all entries stand in its first one")
        plan = _plan((member.name for member in members), cut)
        position = 0
        for member in members:
            end = member.offset_data + -(-member.size // _BLOCK_BYTES) * _BLOCK_BYTES
            if member.name in plan.removed or member.name in plan.changed:
                copy_range(inner, written, position, member.offset)
                position = end
            if member.name in plan.changed:
                _write_member(inner, written, member, plan.changed[member.name])
        copy_range(inner, written, position, inner.seek(0, io.SEEK_END))


def _write_member(inner: BinaryIO, written: IO[bytes], member: tarfile.TarInfo, cut: Cut) -> None:
    if member.issparse():
        raise CannotRewriteError(f"{member.name} is a sparse file")
    with tempfile.TemporaryFile() as before, tempfile.TemporaryFile() as after:
        copy_range(inner, before, member.offset_data, member.offset_data + member.size)
        _rewrite_entry(before, after, cut)
        changed = copy.copy(member)
        changed.size = after.tell()
        written.write(changed.tobuf(errors="surrogateescape"))
        after.seek(0)
        shutil.copyfileobj(after, written)
        written.write(bytes(-changed.size % _BLOCK_BYTES))


def _rewrite_entry(inner: IO[bytes], written: IO[bytes], cut: Cut) -> None:
    kind = raw_form_of(cut.raw_path).kind
    if kind is RawKind.LOOSE:
        raise CannotRewriteError(f"{cut.raw_path} is no container that newsmill reads")
    rewrite(cast(BinaryIO, inner), cast(BinaryIO, written), kind, cut)


def _plan(names: Iterable[str], cut: Cut) -> _Plan:
    """Tells what becomes of entries.

    Raises:
        CannotRewriteError: one of those that are meant is not there, or there twice.
    """
    entries: dict[str, list[str]] = defaultdict(list)
    for name in names:
        entries[f"{cut.raw_path}{ENTRY_MARK}{escape_entry(tidy_name(name))}"].append(name)
    removed: set[str] = set()
    inside: dict[str, set[tuple[str, int | None]]] = defaultdict(set)
    for raw_path, offset in cut.places:
        path = _entry_path(raw_path, cut.raw_path, entries)
        if len(entries.get(path, ())) != 1:
            raise CannotRewriteError(f"it has {len(entries.get(path, ()))} entries called {path}")
        if (raw_path, offset) == (path, None):
            removed |= {*entries[path], *_sidecars(entries[path][0], entries, cut.raw_path)}
        else:
            inside[path].add((raw_path, offset))
    changed = {
        entries[path][0]: Cut(path, frozenset(places), cut.limits)
        for path, places in inside.items()
    }
    return _Plan(frozenset(removed), changed)


def _entry_path(raw_path: str, archive: str, entries: Mapping[str, object]) -> str:
    """Returns the raw_path of the entry that a document is, or that is the archive of it."""
    mark = len(archive)
    while raw_path not in entries and (mark := raw_path.find(ENTRY_MARK, mark + 1)) >= 0:
        if raw_path[:mark] in entries:
            return raw_path[:mark]
    return raw_path


def _sidecars(name: str, entries: dict[str, list[str]], archive: str) -> set[str]:
    """Returns the entries that say more of one alone."""
    paths = (
        f"{archive}{ENTRY_MARK}{escape_entry(sidecar)}"
        for sidecar in sidecar_names(tidy_name(name))
    )
    return {entry for path in paths for entry in entries.get(path, ())}
