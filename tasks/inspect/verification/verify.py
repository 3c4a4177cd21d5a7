"""Everything that a warehouse promises, recomputed: what `newsmill verify` prints."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, PARTITIONED, QUARANTINE
from tasks.inspect.verification.dataset_checks import check_empty_parts, read_outlets
from tasks.inspect.verification.erasure_checks import check_erased, check_pruned
from tasks.inspect.verification.faults import Fault, FaultCode
from tasks.inspect.verification.file_checks import (
    Part,
    check_audit,
    check_caches,
    check_datapackage,
    check_runs,
    check_staged,
    check_waiting,
    find_strays,
    infer_settings,
    published_values,
    read_part,
)
from tasks.inspect.verification.ledger import Ledger, open_ledger
from tasks.inspect.verification.rebuilding import Rebuilt, rebuilt, selected_partitions
from tasks.inspect.verification.row_checks import check_money, check_rows
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.publish.select import Partition
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_file_metadata
from tasks.storage.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and every fault, by file and row.

    Attributes:
        documents: staged records; None where staged/ is damaged.
        articles, revisions, quarantined: what the published files account for.
    """

    documents: int | None
    articles: int
    revisions: int
    quarantined: int
    faults: tuple[Fault, ...]


_EMBEDDED = ReferenceSource()


def verify_warehouse(warehouse: Warehouse, reference: ReferenceSource = _EMBEDDED) -> Verification:
    """Recomputes what a warehouse promises; writes nothing in it.

    Published files are read page by page against their checksums, their rows are checked each by
    itself, and compared with what their staged records make. Where staged/ itself is damaged the
    comparison is left out.

    Args:
        warehouse: which.
        reference: where the outlet registry comes from, with which outlets/ is compared.

    Raises:
        OSError: the warehouse cannot be listed, or there is no room for the comparison.
        SchemaVersionError: a newer newsmill staged a batch.
    """
    settings = infer_settings(warehouse)
    damages = [*check_waiting(warehouse), *check_staged(warehouse)]
    documents = None if damages else _count_documents(warehouse)
    faults = [
        *find_strays(warehouse, settings),
        *check_datapackage(warehouse),
        *check_empty_parts(warehouse, settings),
        *check_runs(warehouse),
        *check_audit(warehouse),
        *check_caches(warehouse),
        *check_erased(warehouse, are_records_whole=not damages),
        *check_pruned(warehouse),
        *damages,
    ]
    with open_ledger() as ledger:
        with nullcontext() if damages else rebuilt(warehouse, settings) as twin:
            if twin:
                faults += twin.check_selections()
            faults += _check_published(warehouse, settings, twin, ledger)
            faults += _check_outlets(warehouse, reference, twin, ledger)
        faults += ledger.check(documents)
    return Verification(
        documents,
        ledger.articles,
        ledger.revisions,
        ledger.quarantined,
        tuple(sorted(faults, key=_position)),
    )


# What a run puts right by itself, and what is not ours to move.
_LEFT_ALONE = frozenset(
    {
        FaultCode.FILE_FOREIGN,
        FaultCode.FILE_TEMPORARY,
        FaultCode.FILE_MISSING,
        FaultCode.PARTITION_UNSELECTED,
        FaultCode.PARTITION_STALE,
        FaultCode.RECORDS_SET_ASIDE,
        FaultCode.VERDICT_MISSING,
        FaultCode.ACCOUNTS_UNBALANCED,
        FaultCode.TOMBSTONE_DAMAGED,
        FaultCode.PRUNED_LIST_DAMAGED,
        FaultCode.ERASED_DOCUMENT_PRESENT,
    }
)


def damaged_paths(warehouse: Warehouse, faults: Iterable[Fault]) -> set[Path]:
    """Returns the files that are to be set aside, by the faults that were found."""
    return {warehouse.root / fault.path for fault in faults if fault.code not in _LEFT_ALONE}


def _position(fault: Fault) -> tuple[str, int, str, str]:
    row = -1 if fault.row is None else fault.row
    return fault.path, row, fault.code, fault.expected


def _check_published(
    warehouse: Warehouse, settings: Settings, twin: Rebuilt | None, ledger: Ledger
) -> Iterator[Fault]:
    expected = twin.partitions if twin else selected_partitions(warehouse)
    published = {
        Partition(QUARANTINE.name if table is QUARANTINE else ARTICLES.name, value)
        for table in PARTITIONED
        for value in published_values(warehouse, table, settings)
    }
    for partition in sorted(published | expected):
        parts, faults = _read_parts(warehouse, settings, partition)
        if partition not in expected:
            faults = [fault for fault in faults if fault.code != FaultCode.FILE_MISSING]
            yield from map(_unselected, parts)
        yield from faults
        ledger.is_complete &= not faults
        for part in parts:
            ledger.add(part)
            yield from check_rows(part)
        if [part.table for part in parts] == [ARTICLES, MONEY]:
            yield from check_money(*parts)
        if twin and partition in expected:
            yield from twin.check_parts(partition, parts)


def _check_outlets(
    warehouse: Warehouse, reference: ReferenceSource, twin: Rebuilt | None, ledger: Ledger
) -> Iterator[Fault]:
    outlets = read_outlets(warehouse)
    if isinstance(outlets, Fault):
        yield outlets
    elif outlets is not None:
        yield from ledger.check_outlets(outlets)
        if twin:
            yield from twin.check_outlets(outlets, load_reference(reference).registry)


def _read_parts(
    warehouse: Warehouse, settings: Settings, partition: Partition
) -> tuple[list[Part], list[Fault]]:
    """Returns the files of a partition that could be read, and what is wrong with the others."""
    tables = (QUARANTINE,) if partition.dataset == QUARANTINE.name else (ARTICLES, MONEY)
    outcomes = [read_part(warehouse, table, partition.value, settings) for table in tables]
    parts = [outcome for outcome in outcomes if isinstance(outcome, Part)]
    return parts, [outcome for outcome in outcomes if isinstance(outcome, Fault)]


def _unselected(part: Part) -> Fault:
    return Fault(
        code=FaultCode.PARTITION_UNSELECTED,
        path=part.path,
        found=f"{part.value} published",
        expected="no such partition: no staged record belongs to it",
    )


def _count_documents(warehouse: Warehouse) -> int:
    return sum(
        read_file_metadata(path).num_rows for path in list_files(warehouse.records, "*.parquet")
    )
