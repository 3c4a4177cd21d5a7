"""Finding the record of an article, a raw path or a URL, with all that decided it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from schemas.code_meanings import describe_code, describe_failure
from schemas.columns import MIN_TEXT_SHARE, PARTIAL_TEXT
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from schemas.tables import STAGED
from tasks.inspect.explained_amounts import RejectedGroup
from tasks.inspect.explained_candidates import Decision, list_decisions
from tasks.inspect.relatives import Relatives, find_relatives
from tasks.inspect.second_reading import (
    DocumentKey,
    PageAccount,
    ReadingOrder,
    SecondReading,
    document_key,
    read_second_time,
)
from tasks.inspect.warehouse_tables import Tables
from tasks.normalize.urls import normalize_url
from tasks.storage.parquet import open_parquet, read_table
from tasks.storage.records import staged_batches
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import read_verdict

_SHORTEST_ID = 8

# A staged record, column by column.
Record = dict[str, Any]
# Its raw path, and its offset inside of a container.
_Place = tuple[str, int | None]
Standing = Literal["article", "earlier revision", "quarantined", "not published"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A staged record, what it became, and all that decided it.

    Attributes:
        record: column by column.
        standing: what it is in the published dataset.
        reasons: why it is in quarantine: codes of steps and names of expectations, with meanings.
        warnings: names of expectations that it fails and that only warn, with meanings.
        decisions: its values, each with all candidates.
        rejected_amounts: what looked like money and is none; None where that was left out.
        relatives: copies and revisions; empty for a document without an article_id.
        account: what was kept and cut of the document.
    """

    record: dict[str, Any]
    standing: Standing
    reasons: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]
    decisions: tuple[Decision, ...]
    rejected_amounts: tuple[RejectedGroup, ...] | None
    relatives: Relatives
    account: PageAccount

    @property
    def name(self) -> str:
        """The document's raw path, with the offset inside of a container."""
        offset = self.record["raw_offset"]
        return f"{self.record['raw_path']}" + ("" if offset is None else f"#{offset}")


@dataclass(frozen=True, slots=True)
class RecordKey:
    """Where a record is: its batch, and its row there."""

    batch_id: str
    row: int


def explain_document(
    warehouse: Warehouse,
    wanted: str,
    raw: Path | None,
    limits: Limits,
    own: OwnFields = NO_OWN_FIELDS,
) -> list[Explanation]:
    """Returns the records that a word names, in the order of staging.

    Args:
        warehouse: where to look.
        wanted: an article_id or the beginning of one (8 digits or more), a raw path, optionally
            with `#OFFSET`, or a URL.
        raw: the raw folder, to read pages again; None where it is not at hand.
        limits: what a document may cost, as when it was staged.
        own: a user's own names of fields, as then.
    """
    tables = Tables(warehouse, list(staged_batches(warehouse)))
    keys = find_records(tables, wanted)
    order = ReadingOrder(raw=raw, limits=limits, own=own)
    return explain_records(warehouse, lambda _: tables, keys, order)


def explain_records(
    warehouse: Warehouse,
    open_tables: Callable[[Sequence[Record]], Tables],
    keys: Sequence[RecordKey],
    order: ReadingOrder,
    known: Mapping[DocumentKey, SecondReading] | None = None,
) -> list[Explanation]:
    """Returns the explanations of records.

    Args:
        warehouse: where they are.
        open_tables: returns its tables for these records: revisions, copies and outlets are found
            in the batches and files that they have.
        keys: the records.
        order: how their documents are read again.
        known: those that were, by `document_key`; None where none was.
    """
    verdicts = {batch: _verdict(warehouse, batch) for batch in {key.batch_id for key in keys}}
    records = _read_records(warehouse, keys)
    known = known or {}
    tables = open_tables(records)
    ids = (record["article_id"] for record in records if record["article_id"])
    relatives = find_relatives(tables, ids)
    quarantined = _quarantined_outlets(tables, keys)
    return [
        _explain(
            record,
            quarantined,
            verdicts[key.batch_id].get(key.row, []),
            relatives.get(record["article_id"], Relatives()),
            known.get(document_key(record)) or read_second_time(record, order),
        )
        for key, record in zip(keys, records, strict=True)
    ]


def read_staged(warehouse: Warehouse, documents: Sequence[DocumentKey]) -> list[Record]:
    """Returns the staged records of documents."""
    return _read_records(warehouse, record_keys(warehouse, documents))


def record_keys(warehouse: Warehouse, documents: Sequence[DocumentKey]) -> list[RecordKey]:
    """Returns where the records of documents are."""
    names = {
        batch_id: read_table(warehouse.records / f"{batch_id}.parquet", ["raw_path", "raw_offset"])
        for batch_id in {batch_id for batch_id, _, _ in documents}
    }
    return [
        RecordKey(batch_id, _row_of(names[batch_id], raw_path, raw_offset))
        for batch_id, raw_path, raw_offset in documents
    ]


def _row_of(names: pa.Table, raw_path: str, raw_offset: int | None) -> int:
    same = pc.equal(names["raw_path"], raw_path)
    if raw_offset is not None:
        same = pc.and_(same, pc.fill_null(pc.equal(names["raw_offset"], raw_offset), False))
    row: int = pc.index(same, pa.scalar(True)).as_py()
    return row


def find_records(tables: Tables, wanted: str) -> list[RecordKey]:
    """Returns where the records are that a word names; see `explain_document`."""
    path, _, offset = wanted.partition("#")
    if "://" in wanted:
        condition = "$wanted IN (url, canonical_url) OR canonical_url = $path"
        path = normalize_url(wanted) or wanted
    else:
        condition = (
            "($path = raw_path OR ends_with($path, '/' || raw_path))"
            " AND ($offset = '' OR raw_offset::VARCHAR = $offset)"
        )
        if len(wanted) >= _SHORTEST_ID:
            condition += " OR starts_with(article_id, $wanted)"
    found = tables.rows(
        f"SELECT batch_id, file_row_number FROM staged WHERE {condition} ORDER BY ALL",  # noqa: S608
        **{
            name: value
            for name, value in (("wanted", wanted), ("path", path), ("offset", offset))
            if f"${name}" in condition
        },
    )
    return [RecordKey(batch_id, row) for batch_id, row in found]


def _read_records(warehouse: Warehouse, keys: Sequence[RecordKey]) -> list[dict[str, Any]]:
    """Reads rows, and of a large batch only their groups of rows, each once."""
    found: dict[RecordKey, dict[str, Any]] = {}
    for batch_id in sorted({key.batch_id for key in keys}):
        wanted = {key.row for key in keys if key.batch_id == batch_id}
        for row, record in _read_rows(warehouse, batch_id, wanted):
            found[RecordKey(batch_id, row)] = record
    return [found[key] for key in keys]


def _read_rows(
    warehouse: Warehouse, batch_id: str, wanted: Collection[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    with open_parquet(warehouse.records / f"{batch_id}.parquet") as file:
        first = 0
        for group in range(file.num_row_groups):
            following = first + file.metadata.row_group(group).num_rows
            if here := [row for row in sorted(wanted) if first <= row < following]:
                rows = file.read_row_group(group)
                for row in here:
                    # Records of earlier versions have fewer columns.
                    record = rows.slice(row - first, 1).to_pylist()[0]
                    yield row, dict.fromkeys(STAGED.names) | record
            first = following


def _verdict(warehouse: Warehouse, batch_id: str) -> dict[int, list[str]]:
    has_verdict = (warehouse.verdicts / f"{batch_id}.parquet").exists()
    return read_verdict(warehouse, batch_id) if has_verdict else {}


def _quarantined_outlets(tables: Tables, keys: Iterable[RecordKey]) -> dict[_Place, str | None]:
    """Returns the outlet_id that documents in quarantine have there, by where they lie in raw/."""
    found = tables.rows(
        "SELECT raw_path, raw_offset, outlet_id FROM quarantine WHERE batch_id IN $batches",
        batches=sorted({key.batch_id for key in keys}),
    )
    return {(path, offset): outlet_id for path, offset, outlet_id in found}


def _explain(
    record: Record,
    quarantined: Mapping[_Place, str | None],
    failed: Iterable[str],
    relatives: Relatives,
    reading: SecondReading,
) -> Explanation:
    reasons = [(code, describe_code(code)) for code in record["reasons"]]
    reasons += [(check, describe_failure(check)) for check in failed]
    standing = _standing(record, relatives, is_rejected=bool(reasons))
    article = relatives.article if standing == "article" else None
    outlet_id = article.outlet_id if article else quarantined.get(_place_of(record))
    return Explanation(
        record=record,
        standing=standing,
        reasons=tuple(reasons),
        warnings=tuple(_warnings(record)),
        decisions=list_decisions(record, outlet_id),
        rejected_amounts=reading.rejected_amounts,
        relatives=relatives,
        account=reading.account,
    )


def _warnings(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    share = record["text_share"]
    if share is not None and share < MIN_TEXT_SHARE and record["fate"] == "accepted":
        meaning = f"The text holds {share:.0%} of the running text that the page shows."
        yield PARTIAL_TEXT, meaning


def _standing(record: dict[str, Any], relatives: Relatives, *, is_rejected: bool) -> Standing:
    if is_rejected:
        return "quarantined"
    article = relatives.article
    if article is None:
        return "not published"
    is_it = _place_of(record) == (article.raw_path, article.raw_offset)
    return "article" if is_it else "earlier revision"


def _place_of(record: Record) -> _Place:
    return record["raw_path"], record["raw_offset"]
