"""What was erased or pruned: nothing that a tombstone names is left, and both can be told."""

from collections.abc import Iterator

from schemas.reasons import Reason
from schemas.tables import ARTICLES, QUARANTINE
from tasks.inspect.verification.faults import Fault, FaultCode, relative_path
from tasks.stage.erased_records import IDENTITY_COLUMNS, Identity
from tasks.stage.erasing import find_named
from tasks.storage.parquet import DamagedFileError, read_table
from tasks.storage.pruned import PrunedListError, read_pruned
from tasks.storage.tombstones import TombstoneError, erased_keys
from tasks.storage.warehouse import Warehouse

_EXPECTED = "nothing of it: a tombstone names it (`newsmill forget` erases it again)"


def check_erased(warehouse: Warehouse, *, are_records_whole: bool) -> Iterator[Fault]:
    """Yields tombstones that cannot be read, and records and rows that they name.

    Args:
        warehouse: where to look.
        are_records_whole: all staged records can be read.
    """
    try:
        keys = frozenset(erased_keys(warehouse))
    except TombstoneError as error:
        yield Fault(
            code=FaultCode.TOMBSTONE_DAMAGED,
            path="staged/tombstones",
            found=str(error),
            expected="tombstones as they were written",
        )
        return
    if not keys:
        return
    if are_records_whole:
        for batch_id, rows in find_named(warehouse, keys).items():
            path = relative_path(warehouse.root, warehouse.records / f"{batch_id}.parquet")
            yield from (_present(path, row["row"]) for row in rows)
    for table in (ARTICLES, QUARANTINE):
        yield from _check_published(warehouse, table.name, keys)


def check_pruned(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields the list of what was pruned, where it cannot be read."""
    try:
        read_pruned(warehouse)
    except PrunedListError as error:
        yield Fault(
            code=FaultCode.PRUNED_LIST_DAMAGED,
            path="staged/pruned.json",
            found=str(error),
            expected="the list as it was written",
        )


def _check_published(warehouse: Warehouse, dataset: str, keys: frozenset[str]) -> Iterator[Fault]:
    for path in warehouse.partitions(dataset).values():
        try:
            columns = [*IDENTITY_COLUMNS, *(("reasons",) if dataset == QUARANTINE.name else ())]
            rows = read_table(path, columns).to_pylist()
        except DamagedFileError:
            continue  # That is a fault of its own.
        for number, row in enumerate(rows):
            is_left = row.get("reasons") == [Reason.ERASED.value]
            if not is_left and keys & Identity.of(row).all_keys():
                yield _present(relative_path(warehouse.root, path), number)


def _present(path: str, row: int) -> Fault:
    return Fault(
        code=FaultCode.ERASED_DOCUMENT_PRESENT,
        path=path,
        row=row,
        found="a document that was erased",
        expected=_EXPECTED,
    )
