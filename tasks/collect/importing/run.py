"""A run of an import: archives are found, fetched where they are on the web, read and noted."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tasks.collect.archive.recovery import Recovery, recover
from tasks.collect.archive.warc_writer import WarcWriter
from tasks.collect.exchange import FetchError
from tasks.collect.guard import Guard
from tasks.collect.importing.archive_import import ArchiveImport
from tasks.collect.importing.downloads import Downloader
from tasks.collect.importing.named_archives import NamedArchive, find_archives
from tasks.collect.importing.outcomes import ImportCount, ImportedArchive
from tasks.collect.importing.selection import FetchDays, Selection
from tasks.collect.opt_outs import TdmRules
from tasks.collect.planning.outlets import CollectPlan
from tasks.collect.running.equipment import Equipment
from tasks.collect.running.host_queue import tdm_of

_DOWNLOADS = "downloads"
_NOTE = "imported:"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """What an import did.

    Attributes:
        archives: that were read, in order.
        finished: names of those that were read to their ends by an earlier import of the same
            outlets and days.
        sealed: files of raw/ that it wrote.
        recovery: what it finished of the run before.
    """

    archives: tuple[ImportedArchive, ...]
    finished: tuple[str, ...]
    sealed: tuple[Path, ...]
    recovery: Recovery

    def total(self) -> ImportCount:
        """Returns the account of all archives.

        Raises:
            RecordsLostError: it is not even.
        """
        counted = ImportCount()
        for archive in self.archives:
            counted.add(archive.count)
        counted.check()
        return counted


def import_archives(
    named: Iterable[str],
    equipment: Equipment,
    days: FetchDays,
    *,
    base: str | None = None,
    tell: Callable[[ImportedArchive], None] = lambda _: None,
) -> ImportRun:
    """Imports the outlets' pages of archives; a run that was killed goes on where it is started.

    Args:
        named: see `find_archives`.
        equipment: what it works with; `only` limits the outlets.
        days: of fetching.
        base: see `find_archives`.
        tell: is given each archive that was read.

    Raises:
        NamedArchivesError: something named is not there.
        FetchError: a list on the web cannot be had.
        OSError: raw/ or the state cannot be written.
    """
    state = equipment.state
    recovery = recover(equipment.raw, state)
    plan = _limited(equipment.plan(), equipment.only)
    fetching = _Fetching(equipment)
    writer = WarcWriter(equipment.raw, state, plan.about)
    importing = ArchiveImport(
        Selection(plan, days), state, writer, equipment.clock, tdm=_known_tdm(equipment)
    )
    read, finished = [], []
    try:
        for archive in find_archives(named, base, fetching.read):
            note = _note_of(archive, plan, days)
            if note and state.read_note(note) is not None:
                finished.append(archive.name)
                continue
            found = fetching.import_one(archive, importing)
            if note and found.is_whole:
                with state.transaction():
                    state.leave_note(note, f"{equipment.clock.now():%FT%TZ}")
            read.append(found)
            tell(found)
    except BaseException:
        # What is stored is seen at once, by what the state says of it: the writer may have been
        # stopped between two of its steps. Where that fails too, the next run does it.
        with suppress(OSError):
            recover(equipment.raw, state)
        raise
    return ImportRun(tuple(read), tuple(finished), tuple(writer.seal()), recovery)


class _Fetching:
    """Archives, wherever they are."""

    def __init__(self, equipment: Equipment) -> None:
        self._folder = equipment.folder / _DOWNLOADS
        # What a killed run left: the state belongs to this one.
        shutil.rmtree(self._folder, ignore_errors=True)
        sources = equipment.sources
        self._guard = Guard(sources.listed_ports, sources.allowed)
        self._equipment = equipment

    @cached_property
    def _downloader(self) -> Downloader:
        # Certificates cost a third of a second; most archives lie here.
        return Downloader(self._equipment.identity, self._guard, self._equipment.clock)

    def read(self, url: str) -> bytes:
        """Reads a list on the web."""
        with self._downloaded(url) as path:
            return path.read_bytes()

    def import_one(self, archive: NamedArchive, importing: ArchiveImport) -> ImportedArchive:
        """Imports an archive; one that cannot be had is told of."""
        try:
            if archive.path is None:
                with self._downloaded(archive.name) as path, path.open("rb") as file:
                    return importing.read(archive.name, file)
            with archive.path.open("rb") as file:
                return importing.read(archive.name, file)
        except FetchError as error:
            problem = error.detail
        except FileNotFoundError as error:
            if archive.path is None or Path(error.filename or "") != archive.path:
                raise
            problem = f"there is no {archive.path}"
        return ImportedArchive(archive.name, ImportCount(), problem=problem)

    @contextmanager
    def _downloaded(self, url: str) -> Iterator[Path]:
        name = hashlib.blake2b(url.encode(), digest_size=16).hexdigest()
        path = self._folder / name
        try:
            self._downloader.download(url, path)
            yield path
        finally:
            path.unlink(missing_ok=True)


def _limited(plan: CollectPlan, only: frozenset[str] | None) -> CollectPlan:
    outlets = {
        name: planned for name, planned in plan.outlets.items() if only is None or name in only
    }
    return CollectPlan(outlets=outlets, delay_s=plan.delay_s, sent=plan.sent, about=plan.about)


def _note_of(archive: NamedArchive, plan: CollectPlan, days: FetchDays) -> str | None:
    """Returns the name of the note that an archive was read, by all that was wanted of it."""
    outlets = [
        (name, sorted(planned.hosts), outlet.include, outlet.exclude, outlet.opt_out)
        for name, planned in plan.outlets.items()
        for outlet in (planned.outlet,)
    ]
    try:
        asked = repr((archive.identity, outlets, days)).encode()
    except FileNotFoundError:
        return None
    return _NOTE + hashlib.blake2b(asked, digest_size=16).hexdigest()


def _known_tdm(equipment: Equipment) -> Mapping[str, TdmRules]:
    """Returns the rules of the sites that were collected from before; none is asked for them."""
    return {
        origin.url: rules
        for host in equipment.state.standings.hosts()
        for origin in host.origins.values()
        if (rules := tdm_of(origin)) is not None
    }
