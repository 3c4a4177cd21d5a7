"""Read an archive: each entry as if it lay in raw/, in order, without unpacking to a disk."""

import hashlib
import io
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from schemas.raw_forms import ARCHIVES, ENTRY_MARK, FileForm, RawKind, raw_form_of
from schemas.reasons import Reason
from schemas.settings import MEBIBYTE, Limits
from tasks.discover.listing import SIDECAR_SUFFIX, sidecar_names
from tasks.printed.cleaning import escape_name
from tasks.read.archived.entries import Damage, Entry, damage_of
from tasks.read.archived.entry_files import MAX_SPOOLED_BYTES, read_forwards, spool
from tasks.read.bytes.compression import UnreadableError
from tasks.read.containment import contain_container, contain_record
from tasks.read.document import Document, Refusal
from tasks.read.files.loose_files import read_page
from tasks.read.files.sidecars import MAX_SIDECAR_BYTES, parse_sidecar
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

Outcomes = Iterator[Document | Refusal]
# Reads a container that lies in the archive as one that lies in raw/; it may expand so far.
ReadContainer = Callable[[BinaryIO, FileForm, FileOrigin, int], Outcomes]
# These are read from end to end, the others here and there.
_FORWARDS = frozenset({RawKind.JSONL, RawKind.CSV, RawKind.FEED})
_WACZ_SUFFIX, _WACZ_MARK, _WACZ_WARCS = ".wacz", "datapackage.json", "archive/"
_SHELF_MEMORY_BYTES = 8 * MEBIBYTE
# A name that leads out of an archive must not lead anywhere as part of a raw_path.
_UPWARDS = re.compile(r"(?:(?<=[/\\])|^)\.\.(?=[/\\]|$)")
_BROKEN = frozenset(
    {Reason.FILE_CORRUPT, Reason.CONTAINER_TRUNCATED, Reason.CONTAINER_RECORD_BROKEN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePart:
    """What of an archive is read, and how.

    Attributes:
        entries: lists the archive; called twice, for sidecars may stand behind their pages.
        file_origin: the archive.
        limits: what a document may cost.
        read_container: reads a container in it.
        skipped: counts what is no document, by kind.
        wanted: the raw_path of the one entry to read; None for all.
        is_inner: it lies in an archive.
    """

    entries: Callable[[], Iterator[Entry | Damage]]
    file_origin: FileOrigin
    limits: Limits
    read_container: ReadContainer
    skipped: Counter[str] | None = None
    wanted: str | None = None
    is_inner: bool = False


def read_archive(part: ArchivePart) -> Outcomes:
    """Read the entries of an archive, in its order.

    Of the entries behind damage that nothing leads over, one refusal stands for all.
    """
    skipped: Counter[str] = Counter()
    with closing(_Shelf(part.file_origin.raw_path)) as shelf:
        shelf.fill(part.entries())
        names = _Names(part.file_origin)
        is_empty = True
        for entry in part.entries():
            if isinstance(entry, Damage):
                is_empty = False
                if part.wanted is None:
                    yield _refuse_rest(part.file_origin, entry)
            elif kind := shelf.kind_passed_over(entry):
                skipped[kind] += 1
            elif not shelf.is_sidecar(entry):
                is_empty = False
                origin = names.origin_of(entry.name)
                if part.wanted is None or _holds(origin.raw_path, part.wanted):
                    yield from _read_entry(part, entry, origin, shelf)
        skipped["orphan_sidecar"] += shelf.count_orphans()
    if part.skipped is not None and part.wanted is None:
        part.skipped.update(+skipped)
    if is_empty and part.wanted is None:
        refused = make_origin(part.file_origin, EMPTY_DIGEST, Evidence())
        detail = "a WACZ without WARCs" if shelf.is_wacz else "an archive without files"
        yield Refusal(origin=refused, reason=Reason.DOCUMENT_EMPTY, detail=detail)


def escape_entry(name: str) -> str:
    """Returns the name of an entry as it stands in a raw_path."""
    return _UPWARDS.sub(r"\\x2e\\x2e", escape_name(name))


def _holds(raw_path: str, wanted: str) -> bool:
    """Tell whether an entry is the one that is wanted, or an archive in which it lies."""
    return wanted == raw_path or (
        wanted.startswith(f"{raw_path}{ENTRY_MARK}") and raw_form_of(raw_path).kind in ARCHIVES
    )


class _Names:
    """Gives each entry a raw_path of its own, where an archive has several of a name."""

    def __init__(self, archive: FileOrigin) -> None:
        self._archive = archive
        # By their digests, because an archive may hold millions.
        self._seen: set[bytes] = set()

    def origin_of(self, name: str) -> FileOrigin:
        escaped = escape_entry(name)
        raw_path = f"{self._archive.raw_path}{ENTRY_MARK}{escaped}"
        number = 1
        while _digest(raw_path) in self._seen:
            number += 1
            raw_path = f"{self._archive.raw_path}{ENTRY_MARK}{escaped}{ENTRY_MARK}{number}"
        self._seen.add(_digest(raw_path))
        return replace(self._archive, raw_path=raw_path)


def _digest(raw_path: str) -> bytes:
    return hashlib.blake2b(raw_path.encode(), digest_size=16).digest()


class _Shelf:
    """The sidecars in an archive, and what its names say of the whole.

    Attributes:
        is_wacz: it is a WACZ, whose WARCs alone are read.
    """

    def __init__(self, raw_path: str) -> None:
        self.is_wacz = raw_path.lower().endswith(_WACZ_SUFFIX)
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed with the shelf
            max_size=_SHELF_MEMORY_BYTES
        )
        self._spans: dict[str, tuple[int, int]] = {}
        self._used: set[str] = set()

    def fill(self, entries: Iterator[Entry | Damage]) -> None:
        """Look through an archive for sidecars, and for what makes a WACZ."""
        has_mark = has_warc = False
        for entry in entries:
            if isinstance(entry, Damage) or entry.passed_over or entry.is_hidden:
                continue
            has_mark = has_mark or entry.name == _WACZ_MARK
            has_warc = has_warc or (_is_warc(entry.name) and entry.name.startswith(_WACZ_WARCS))
            if entry.name.endswith(SIDECAR_SUFFIX) and entry.refusal is None:
                self._put(entry)
        self.is_wacz = self.is_wacz or (has_mark and has_warc)

    def close(self) -> None:
        """Give up what is held."""
        self._file.close()

    def kind_passed_over(self, entry: Entry) -> str | None:
        """Tell as what an entry is counted that is no document; None for the others."""
        if entry.passed_over or entry.is_hidden:
            return entry.passed_over or "hidden"
        is_read = _is_warc(entry.name) or raw_form_of(entry.name).kind in ARCHIVES
        return "wacz_index" if self.is_wacz and not is_read else None

    def is_sidecar(self, entry: Entry) -> bool:
        """Tell whether an entry is no document but says more of one."""
        return entry.name in self._spans

    def evidence_of(self, name: str) -> Evidence:
        """Read the sidecar of an entry."""
        for sidecar in sidecar_names(name):
            if sidecar in self._spans:
                self._used.add(sidecar)
                offset, size = self._spans[sidecar]
                self._file.seek(offset)
                return parse_sidecar(self._file.read(size))
        return Evidence()

    def count_orphans(self) -> int:
        """Count the sidecars that no entry had."""
        return len(self._spans) - len(self._used)

    def _put(self, entry: Entry) -> None:
        printed = b""
        try:
            for piece in entry.pieces():
                printed += piece
                if len(printed) > MAX_SIDECAR_BYTES:
                    break
        except UnreadableError:
            pass  # What is there of it says so itself: it is not JSON.
        self._spans[entry.name] = (self._file.seek(0, io.SEEK_END), len(printed))
        self._file.write(printed)


def _is_warc(name: str) -> bool:
    return raw_form_of(name).kind in (RawKind.WARC, RawKind.ARC)


def _read_entry(part: ArchivePart, entry: Entry, origin: FileOrigin, shelf: _Shelf) -> Outcomes:
    form = raw_form_of(entry.name)
    refusal = _judge(part, entry, form)
    if refusal is not None:
        reason, detail = refusal
        refused = make_origin(origin, EMPTY_DIGEST, Evidence())
        yield Refusal(origin=refused, reason=reason, detail=detail)
    elif form.kind is RawKind.LOOSE:
        evidence = shelf.evidence_of(entry.name)
        read = partial(_read_page, entry, origin, evidence, part.limits)
        yield contain_record(read, origin, None)
    else:
        yield from contain_container(_read_container(part, entry, form, origin), origin, 0)


def _judge(part: ArchivePart, entry: Entry, form: FileForm) -> tuple[Reason, str] | None:
    """Tell why an entry is not looked into."""
    if entry.leads_outside:
        return Reason.ENTRY_OUTSIDE_ARCHIVE, "its name leads out of the archive"
    if entry.refusal is not None:
        return entry.refusal
    if form.kind in ARCHIVES and part.is_inner:
        return Reason.FORM_UNSUPPORTED, "an archive in an archive in an archive: unpack the outer"
    return None


def _read_page(
    entry: Entry, origin: FileOrigin, evidence: Evidence, limits: Limits
) -> Document | Refusal:
    """Read an entry that is one page or text."""
    digest = hashlib.sha256()
    content = bytearray()
    size = 0
    fault: UnreadableError | None = None
    try:
        for piece in entry.pieces():
            digest.update(piece)
            size += len(piece)
            content += piece[: max(limits.max_document_bytes - len(content), 0)]
    except UnreadableError as error:
        fault = error
    whole = bytes(content)
    page = read_page(lambda: io.BytesIO(whole), entry.name, origin, evidence, limits)
    if fault is None and size <= len(whole):
        return page
    if isinstance(page, Refusal) and page.reason is Reason.FORM_UNSUPPORTED:
        return page
    if fault is None:
        detail = f"more than {limits.max_document_bytes} bytes"
        fault = UnreadableError(Reason.DOCUMENT_TOO_LARGE, detail)
    refused = replace(page.origin, raw_digest=digest.hexdigest())
    return Refusal(origin=refused, reason=damage_of(0, fault).reason, detail=fault.detail)


def _read_container(
    part: ArchivePart, entry: Entry, form: FileForm, origin: FileOrigin
) -> Outcomes:
    """Read an entry that holds documents: where it lies, forwards, or from a temporary file."""
    max_ratio = part.limits.max_compression_ratio
    if entry.window is not None:
        try:
            window = entry.window()
        except UnreadableError as error:
            yield _refuse_rest(origin, damage_of(0, error))
            return
        with window as file:
            yield from part.read_container(file, form, origin, max_ratio)
        return
    if form.kind in _FORWARDS:
        following = 0
        try:
            file = read_forwards(entry.pieces())
            for outcome in part.read_container(file, form, origin, max_ratio):
                following = (outcome.origin.raw_offset or 0) + 1
                yield outcome
        except UnreadableError as error:
            yield _refuse_rest(origin, damage_of(following, error))
        return
    if entry.size > MAX_SPOOLED_BYTES:
        detail = f"{entry.size} bytes, compressed in an archive: unpack it"
        yield _refuse_rest(origin, Damage(0, Reason.DOCUMENT_TOO_LARGE, detail))
        return
    spooled, fault = spool(entry.pieces())
    with spooled:
        size = spooled.seek(0, io.SEEK_END)
        spooled.seek(0)
        if form.kind in ARCHIVES and size:
            # What it has expanded already is taken off, or a bomb in a bomb would expand squared.
            max_ratio = max(min(max_ratio * entry.packed_size // size, max_ratio), 1)
        is_told = False
        for outcome in part.read_container(spooled, form, origin, max_ratio):
            is_told = isinstance(outcome, Refusal) and outcome.reason in _BROKEN
            yield outcome
    if fault is not None and not is_told:
        yield _refuse_rest(origin, damage_of(size, fault))


def _refuse_rest(origin: FileOrigin, damage: Damage) -> Refusal:
    refused = make_origin(origin, EMPTY_DIGEST, Evidence(), damage.offset)
    return Refusal(origin=refused, reason=damage.reason, detail=damage.detail)
