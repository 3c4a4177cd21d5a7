"""Read a batch of a WARC: its documents in order, with the feed dates of their metadata records."""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from schemas.settings import Limits
from tasks.read.bytes.compression import Coding
from tasks.read.containment import contain_record
from tasks.read.document import Document, Refusal
from tasks.read.origins import FileOrigin
from tasks.read.warc.feed_dates import read_feed_dates
from tasks.read.warc.responses import MAX_HTTP_HEAD_BYTES, NOT_DOCUMENTS, read_record, refuse_broken
from tasks.read.warc.warc_file import read_warc_file
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord

# A crawler writes a page's request, response and metadata one behind the other. So many records
# behind a response may still bring its metadata, and so many feed dates wait for a response.
LOOK_AHEAD_RECORDS = 4
KEPT_FEED_DATES = 256

# Sorted, ids come before addresses.
ID, _URL = "id ", "url "

FeedDates = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Waiting:
    """A document that is held back until its metadata may have come."""

    outcome: Document | Refusal
    names: frozenset[str]
    records_left: int


class FeedDateJoin:
    """Gives documents the feed dates of metadata records that stand near them, before or behind.

    A metadata record refers to a response by WARC-Refers-To or WARC-Concurrent-To (in either
    direction), or by the same WARC-Target-URI.
    """

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._early: OrderedDict[str, FeedDates] = OrderedDict()

    def add_document(self, outcome: Document | Refusal, names: frozenset[str]) -> None:
        """Take a document in; `names` are what metadata may call it by."""
        dates = next((self._early[name] for name in sorted(names) if name in self._early), ())
        if dates:
            outcome = _with_dates(outcome, dates)
        self._waiting.append(_Waiting(outcome, names, LOOK_AHEAD_RECORDS))

    def add_dates(self, dates: FeedDates, names: frozenset[str]) -> None:
        """Take feed dates in, for the waiting document that they name, or for one to come."""
        references = frozenset(name for name in names if name.startswith(ID))
        for wanted in (references, names - references):
            for waiting in reversed(self._waiting):
                if waiting.names & wanted:
                    waiting.outcome = _with_dates(waiting.outcome, dates)
                    return
        for name in sorted(names):
            self._early[name] = dates
            self._early.move_to_end(name)
        while len(self._early) > KEPT_FEED_DATES:
            self._early.popitem(last=False)

    def release(self, everything: bool = False) -> Iterator[Document | Refusal]:
        """Count one record more, and hand out the documents that need not wait any longer."""
        for waiting in self._waiting:
            waiting.records_left -= 1
        while self._waiting and (everything or self._waiting[0].records_left < 0):
            yield self._waiting.popleft().outcome


def _with_dates(outcome: Document | Refusal, dates: FeedDates) -> Document | Refusal:
    known = outcome.origin.feed_dates
    added = tuple(pair for pair in dates if pair not in known)
    return replace(outcome, origin=replace(outcome.origin, feed_dates=known + added))


def read_warc(
    file: BinaryIO,
    file_origin: FileOrigin,
    limits: Limits,
    *,
    start: int = 0,
    end: int | None = None,
    named_coding: Coding | None = None,
    skipped: Counter[str] | None = None,
) -> Iterator[Document | Refusal]:
    """Read the documents whose records begin in [start, end), in order.

    Metadata is joined within a slice: the feed dates of the one page whose records lie on both
    sides of a slice's border are not.

    Args:
        file: see read_warc_file.
        file_origin: of the file.
        limits: what a document may cost.
        start: see read_warc_file.
        end: see read_warc_file.
        named_coding: see read_warc_file.
        skipped: counts the records that hold no document, by WARC-Type.
    """
    join = FeedDateJoin()
    # The HTTP head stands before the body that the limit is meant for.
    max_block = limits.max_document_bytes + MAX_HTTP_HEAD_BYTES
    for record in read_warc_file(
        file, max_block, limits.max_compression_ratio, start, end, named_coding
    ):
        names = names_of(record)
        kind = record.fields.get("warc-type", "").lower()
        if isinstance(record, BrokenRecord):
            refuse = partial(refuse_broken, record, file_origin)
            join.add_document(contain_record(refuse, file_origin, record.offset), names)
        elif kind in NOT_DOCUMENTS:
            if skipped is not None:
                skipped[kind] += 1
            if kind == "metadata" and (dates := read_feed_dates(record)):
                join.add_dates(dates, names)
        else:
            read = partial(read_record, record, file_origin, limits)
            join.add_document(contain_record(read, file_origin, record.offset), names)
        yield from join.release()
    yield from join.release(everything=True)


def names_of(record: WarcRecord | BrokenRecord) -> frozenset[str]:
    """Give what a record is called by and refers to; an id says more than an address."""
    keys = ("warc-record-id", "warc-refers-to", "warc-concurrent-to")
    names = {ID + record.fields[key].strip("<>") for key in keys if record.fields.get(key)}
    if url := record.fields.get("warc-target-uri", "").strip("<>"):
        names.add(_URL + url)
    return frozenset(names)
