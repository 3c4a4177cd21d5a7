"""Cut raw/ into batches: the units of work, the same whatever arrived in which order."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from schemas.raw_forms import FileForm, RawKind, raw_form_of
from schemas.settings import MEBIBYTE
from tasks.discover.first_date import read_first_warc_date
from tasks.discover.listing import RawFile, folder_date, list_one, list_raw, source_of
from tasks.printed.cleaning import escape_name

# Common Crawl's news archives are about 1 GiB: four slices keep several workers busy with one.
SLICE_BYTES = 256 * MEBIBYTE
# A name starts a new chunk when so many leading bits of its SHA-256 are zero: one in 2**7 does.
CHUNK_BITS = 7


@dataclass(frozen=True, slots=True)
class Batch:
    """A deterministic slice of raw/.

    Attributes:
        batch_id: 16 hex digits, a function of names alone (and of the slice's start).
        source: first folder of the path; "" for files directly in raw/ or in a date folder there.
        folder_day: the date folder's day, on which all of it landed; None outside of one.
        first_day: for a WARC outside a date folder, the UTC day of its first record, where its head
            tells it: the best that is known of when it landed before it is read.
        kind: how the files are read.
        files: the loose files in order of their paths, or the one container.
        start: first byte of a container's slice, None for the whole. A record belongs to the slice
            in which its first byte lies.
        end: the byte after the slice's last; None up to the end of the file.
        listing_digest: SHA-256 (hex) over names, sizes, versions and slice: when it differs from
            that of an earlier run, the batch is to be processed again.
    """

    batch_id: str
    source: str
    folder_day: date | None
    first_day: date | None
    kind: RawKind
    files: tuple[RawFile, ...]
    start: int | None
    end: int | None
    listing_digest: str

    @property
    def name(self) -> str:
        """Where it lies in raw/, for a person to read: names there need not be printable."""
        path = escape_name(self.files[0].path)
        if self.kind is not RawKind.LOOSE:
            return path if self.start is None else f"{path} from byte {self.start:,}"
        folder = folder_date(path)[0] or "raw/"
        return f"{folder} {len(self.files):,} file{'s' if len(self.files) > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies in raw/.

    Attributes:
        batches: in the order of their files' paths.
        paths: of all files.
        orphan_sidecars: the paths of sidecars whose file is not there.
        passed_over: how many names are no documents, by kind; see `tasks.discover.listing`.
    """

    batches: tuple[Batch, ...]
    paths: frozenset[str]
    orphan_sidecars: tuple[str, ...]
    passed_over: Mapping[str, int]


def discover(raw: Path) -> Discovery:
    """Cut raw/ into batches.

    Raises:
        OSError: raw/ cannot be listed.
    """
    listing = list_raw(raw)
    batches = _cut(raw, listing.files)
    ordered = sorted(batches, key=lambda batch: (batch.files[0].path, batch.start or 0))
    paths = frozenset(file.path for file in listing.files)
    return Discovery(tuple(ordered), paths, listing.orphan_sidecars, listing.passed_over)


def without_vanished(batch: Batch, raw: Path) -> tuple[Batch | None, tuple[str, ...]]:
    """Cuts a batch again where files went since they were listed.

    Returns:
        The batch as a listing of now would give it, None where nothing is left; and the paths of
        the files that are gone.
    """
    files = []
    for file in batch.files:
        try:
            now = list_one(raw, file.path)
        except FileNotFoundError:
            continue
        # What only changed is for the next listing to notice.
        files.append(file if now.has_sidecar else _without_sidecar(file))
    vanished = {file.path for file in batch.files}.difference(file.path for file in files)
    remaining = with_files(batch, tuple(files), batch.batch_id) if files else None
    return remaining, tuple(sorted(vanished))


def with_files(batch: Batch, files: tuple[RawFile, ...], batch_id: str) -> Batch:
    """Returns a batch of some files, as a listing of these alone would give it."""
    listing_digest = _digest_listing(files, batch.start, batch.end)
    return replace(batch, batch_id=batch_id, files=files, listing_digest=listing_digest)


def _without_sidecar(file: RawFile) -> RawFile:
    return replace(
        file, sidecar=None, sidecar_size=None, sidecar_version=None, sidecar_refused=None
    )


def _cut(raw: Path, files: Iterable[RawFile]) -> Iterator[Batch]:
    loose: dict[str, list[RawFile]] = defaultdict(list)
    for file in files:
        # A link that is not followed is one record, whatever it is called.
        form = FileForm(kind=RawKind.LOOSE) if file.refused else raw_form_of(file.path)
        if form.kind is RawKind.LOOSE:
            loose[folder_date(file.path)[0]].append(file)
        else:
            yield from _cut_container(raw, file, form)
    for folder, members in loose.items():
        for first, chunk in _cut_loose(folder, members):
            yield _make_batch(f"loose\0{folder}\0{first}", RawKind.LOOSE, tuple(chunk))


def _cut_loose(folder: str, files: list[RawFile]) -> Iterator[tuple[str, list[RawFile]]]:
    """Cut one folder's files into chunks, where a name's own digest says that one starts.

    So a new file moves no boundary between others. The chunk before the first such name is called
    "", so that a new first file does not rename it.
    """
    first = ""
    chunk: list[RawFile] = []
    for file in files:
        name = file.path.removeprefix(folder)
        if _starts_chunk(name):
            if chunk:
                yield first, chunk
            first, chunk = name, []
        chunk.append(file)
    yield first, chunk


def _starts_chunk(name: str) -> bool:
    return hashlib.sha256(_encode(name)).digest()[0] >> (8 - CHUNK_BITS) == 0


def _cut_container(raw: Path, file: RawFile, form: FileForm) -> Iterator[Batch]:
    first_day = None
    if form.kind is RawKind.WARC and folder_date(file.path)[1] is None:
        try:
            first_day = read_first_warc_date(raw / file.path)
        except FileNotFoundError:
            return  # It went since it was listed.
    starts: Iterable[int | None] = (None,)
    if file.size > SLICE_BYTES and form.is_sliced:
        starts = range(0, file.size, SLICE_BYTES)
    for start in starts:
        end = None if start is None or start + SLICE_BYTES >= file.size else start + SLICE_BYTES
        # The first slice keeps the id that the file had before it grew over the limit.
        name = f"{form.kind}\0{file.path}\0{start or 0}"
        yield _make_batch(name, form.kind, (file,), start=start, end=end, first_day=first_day)


def _make_batch(
    name: str,
    kind: RawKind,
    files: tuple[RawFile, ...],
    *,
    start: int | None = None,
    end: int | None = None,
    first_day: date | None = None,
) -> Batch:
    _, day = folder_date(files[0].path)
    return Batch(
        batch_id=hashlib.sha256(_encode(name)).hexdigest()[:16],
        source=source_of(files[0].path),
        folder_day=day,
        first_day=first_day,
        kind=kind,
        files=files,
        start=start,
        end=end,
        listing_digest=_digest_listing(files, start, end),
    )


def _digest_listing(files: tuple[RawFile, ...], start: int | None, end: int | None) -> str:
    digest = hashlib.sha256(f"{start}\0{end}".encode())
    for file in files:
        states = (file.size, file.version, file.sidecar_size, file.sidecar_version)
        digest.update(b"\0" + _encode(file.path) + b"\0" + repr(states).encode())
    return digest.hexdigest()


def _encode(name: str) -> bytes:
    """Encode a name as the file system holds it: names need not be valid UTF-8."""
    return name.encode("utf-8", "surrogateescape")
