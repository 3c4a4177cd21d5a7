"""Copies the pages of outlets out of an archive into raw/, each address at most once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import BinaryIO

from schemas.settings import Limits
from tasks.collect.archive.warc_records import CopiedPage, Fields
from tasks.collect.archive.warc_writer import Gathered, WarcWriter
from tasks.collect.exchange import Answer, Clock, Outcome
from tasks.collect.importing.outcomes import (
    ImportCount,
    ImportedArchive,
    ImportOutcome,
    outcome_of,
)
from tasks.collect.importing.selection import Selection, Wanted
from tasks.collect.memory.pages import Page, Settled, page_key
from tasks.collect.memory.state import State
from tasks.collect.opt_outs import OptOuts, TdmRules, find_opt_outs
from tasks.collect.planning.outlets import host_key, origin_of
from tasks.read.document import Document, Refusal
from tasks.read.origins import FileOrigin
from tasks.read.warc.responses import MAX_HTTP_HEAD_BYTES, read_record
from tasks.read.warc.skimming import skim_warc
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord

# So many pages, or bytes of them, are stored at once.
_GATHER_PAGES, _GATHER_BYTES = 64, 8 * 1024 * 1024
_SHOWN_DAMAGES = 100
# Fields of the other record that say something of the answer.
_KEPT = (
    ("warc-ip-address", "WARC-IP-Address"),
    ("warc-identified-payload-type", "WARC-Identified-Payload-Type"),
    ("warc-truncated", "WARC-Truncated"),
)


class ArchiveImport:
    """Imports archives, one after the other.

    Args:
        selection: what is wanted of them.
        state: knows what is stored already.
        writer: stores pages.
        clock: tells the time.
        tdm: rules of tdmrep.json files, by their origins, as far as they are known.
        limits: what a document may cost.
    """

    def __init__(
        self,
        selection: Selection,
        state: State,
        writer: WarcWriter,
        clock: Clock,
        *,
        tdm: Mapping[str, TdmRules] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._selection = selection
        self._state = state
        self._writer = writer
        self._clock = clock
        self._tdm = tdm or {}
        self._limits = limits or Limits()
        self._gathered: list[Gathered] = []
        self._gathered_bytes = 0
        self._keys: set[bytes] = set()

    def read(self, name: str, file: BinaryIO) -> ImportedArchive:
        """Imports one archive; when it returns its pages are stored.

        Args:
            name: of the archive, for the pages' metadata records.
            file: opened for reading bytes, at several offsets.

        Raises:
            OSError: raw/ or the state cannot be written, or the file cannot be read.
        """
        count = ImportCount()
        damages: list[str] = []
        # The HTTP head stands before the body that the limit is meant for.
        max_block = self._limits.max_document_bytes + MAX_HTTP_HEAD_BYTES
        max_ratio = self._limits.max_compression_ratio
        for record in skim_warc(file, self._wants, max_block, max_ratio):
            count.records += 1
            if isinstance(record, BrokenRecord):
                outcome = outcome_of(record.reason)
                damages.append(f"byte {record.offset}: {record.detail}")
            else:
                outcome = self._take(name, record, count)
            count.outcomes[outcome] += 1
        self.flush()
        hidden = len(damages) - _SHOWN_DAMAGES
        shown = (*damages[:_SHOWN_DAMAGES], *([f"{hidden:,} more"] if hidden > 0 else []))
        return ImportedArchive(name, count, shown)

    def flush(self) -> None:
        """Stores the pages that are gathered."""
        if self._gathered:
            self._writer.store(self._gathered, self._clock.now())
        self._gathered, self._gathered_bytes = [], 0
        self._keys.clear()

    def _wants(self, fields: dict[str, str]) -> bool:
        judged = self._selection.judge(fields)
        return isinstance(judged, Wanted) and not self._is_known(page_key(judged.url))

    def _is_known(self, key: bytes) -> bool:
        return key in self._keys or self._state.pages.is_settled(key)

    def _take(self, name: str, record: WarcRecord, count: ImportCount) -> ImportOutcome:
        wanted = self._selection.judge(record.fields)
        if isinstance(wanted, ImportOutcome):
            return wanted
        key = page_key(wanted.url)
        if self._is_known(key):
            return ImportOutcome.KNOWN
        document = read_record(record, FileOrigin(name, None), self._limits)
        if isinstance(document, Refusal):
            return outcome_of(document.reason)
        said = self._opt_outs_of(wanted, document)
        if said.is_opted_out and wanted.outlet.outlet.opt_out == "honour":
            return ImportOutcome.OPTED_OUT
        self._gather(name, record, wanted, document, said)
        count.by_outlet[wanted.outlet.outlet.id] += 1
        return ImportOutcome.IMPORTED

    def _opt_outs_of(self, wanted: Wanted, document: Document) -> OptOuts:
        at = document.origin.fetched_at or self._clock.now()
        headers = tuple(
            (key.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
            for key, value in document.origin.headers
        )
        answer = Answer(wanted.url, 200, "OK", "HTTP/1.1", headers, b"", "", at, at)
        return find_opt_outs(answer, document.content, self._tdm.get(origin_of(wanted.url)))

    def _gather(
        self, name: str, record: WarcRecord, wanted: Wanted, document: Document, said: OptOuts
    ) -> None:
        now, key = self._clock.now(), page_key(wanted.url)
        fetched_at = document.origin.fetched_at or now
        waiting = self._state.pages.find(key)
        page = waiting or _page_of(wanted, key, now)
        fields: Fields = (
            ("collect.outlet", page.outlet),
            ("collect.found_at", f"{datetime.fromtimestamp(page.found_at, UTC):%FT%TZ}"),
            ("import.file", name),
            ("import.offset", str(record.offset)),
            ("import.record-id", record.fields.get("warc-record-id", "")),
            ("import.at", f"{now.astimezone(UTC):%FT%TZ}"),
            *page.fields,
            *said.fields,
        )
        kept = tuple((told, record.fields[name]) for name, told in _KEPT if name in record.fields)
        content = CopiedPage(
            url=wanted.url, fetched_at=fetched_at, block=record.block, kept=kept, fields=fields
        )
        settled = Settled(page, Outcome.STORED, is_new=waiting is None)
        self._gathered.append(Gathered(wanted.outlet.group, content, settled, fetched_at))
        self._gathered_bytes += len(record.block)
        self._keys.add(key)
        if len(self._gathered) >= _GATHER_PAGES or self._gathered_bytes >= _GATHER_BYTES:
            self.flush()


def _page_of(wanted: Wanted, key: bytes, now: datetime) -> Page:
    at = now.timestamp()
    outlet = wanted.outlet.outlet.id
    return Page(key, wanted.url, wanted.url, host_key(wanted.url) or "", outlet, at, at)
