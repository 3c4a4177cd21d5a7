"""The files of a warehouse: all that should lie there, nothing else, and each one whole."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.settings import Settings
from schemas.tables import OUTLETS, PARTITIONED, QUARANTINE, RUNS, STAGED, Table
from tasks.inspect.verification.faults import Fault, FaultCode, relative_path
from tasks.normalize.record import digest_row
from tasks.publish.datapackage import DATAPACKAGE_NAME, render_package
from tasks.publish.periods import UNKNOWN_MONTH
from tasks.publish.select import layout_settings, partition_key
from tasks.publish.selections import SELECTION_SCHEMA
from tasks.publish.shard_count import read_shard_count
from tasks.storage.caches import caches_folder, read_sealed
from tasks.storage.locations import list_below, list_files, read_bytes
from tasks.storage.parquet import DamagedFileError, check_whole, open_parquet
from tasks.storage.records import state_of
from tasks.storage.schema_versions import file_version
from tasks.storage.setting_aside import list_waiting
from tasks.storage.warehouse import (
    PART_NAME,
    Warehouse,
    find_metadata,
    parse_metadata,
    read_metadata,
)
from tasks.validate.audit_state import read_state
from tasks.validate.profile_files import EARLIER_PROFILE_SCHEMA, PROFILE_SCHEMA, list_missing
from tasks.validate.verdicts import VERDICT_SCHEMA, days_of

T = TypeVar("T")

_MONTH, _DAY = r"\d{4}-\d{2}", r"\d{4}-\d{2}-\d{2}"
_SHOWN_COLUMNS = 5
_UNPARTITIONED = {OUTLETS.name: PART_NAME, RUNS.name: "RUN_ID.parquet"}
# Staged records are bigger than what is published of them.
_ROWS_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class Part:
    """The published file of a partition or of a part of one, read.

    Attributes:
        table: what it should hold.
        value: of the partition, with the part where there are several; see `Partition`.
        path: below the warehouse's root.
        inputs: the digest of what it was built from, as its footer says; None without one.
        rows: with the declared columns.
    """

    table: Table
    value: str
    path: str
    inputs: str | None
    rows: pa.Table


def infer_settings(warehouse: Warehouse) -> Settings:
    """Returns settings with the partitioning that the warehouse's selections show."""
    return layout_settings(warehouse)


def find_strays(warehouse: Warehouse, settings: Settings) -> Iterator[Fault]:
    """Yields the files in the published folders that do not belong there."""
    for table in (*PARTITIONED, OUTLETS, RUNS):
        key = partition_key(table.name, settings)
        expected = f"{key}=…/part-….parquet" if table.partition else _UNPARTITIONED[table.name]
        form = _path_form(table, settings)
        folder = warehouse.dataset(table.name)
        empty = {warehouse.empty_part(table.name, key)} if table.partition else set()
        for path in list_below(folder):
            name = relative_path(folder, path)
            if form.fullmatch(name) or path in empty:
                continue
            is_temporary = path.name.startswith(".") and path.name.endswith(".tmp")
            yield Fault(
                code=FaultCode.FILE_TEMPORARY if is_temporary else FaultCode.FILE_FOREIGN,
                path=relative_path(warehouse.root, path),
                found="a file that a dead run left" if is_temporary else "a file that is not ours",
                expected=f"nothing but {expected}",
            )


def published_values(warehouse: Warehouse, table: Table, settings: Settings) -> set[str]:
    """Returns the values of a table's partitions, by part, that have a file where it belongs."""
    form = _path_form(table, settings)
    folder = warehouse.dataset(table.name)
    return {
        value
        for value, path in warehouse.partitions(table.name).items()
        if form.fullmatch(relative_path(folder, path))
    }


def read_part(warehouse: Warehouse, table: Table, value: str, settings: Settings) -> Part | Fault:
    """Reads a partition's file, every page against its checksum, or says why it cannot."""
    path = warehouse.partition(table.name, partition_key(table.name, settings), value)
    name = relative_path(warehouse.root, path)
    if not path.exists():
        return Fault(
            code=FaultCode.FILE_MISSING, path=name, found="no file", expected="a partition's file"
        )
    rows = read_file(warehouse, path, (table.schema,), pq.ParquetFile.read)
    if isinstance(rows, Fault):
        return rows
    return Part(table, value, name, read_metadata(path).get("inputs"), rows)


def check_datapackage(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields what is wrong with the description of the columns, where anything is published."""
    path = warehouse.root / DATAPACKAGE_NAME
    found = read_bytes(path) if path.exists() else None
    is_published = any(warehouse.partitions(table.name) for table in PARTITIONED)
    if is_published and found != render_package(infer_settings(warehouse)):
        yield Fault(
            code=FaultCode.DATAPACKAGE_WRONG,
            path=DATAPACKAGE_NAME,
            found="no file" if found is None else "another description",
            expected="the declared columns (the next run that has something to do writes it)",
        )


def check_runs(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields what is wrong with the files of runs/."""
    for path in list_files(warehouse.dataset(RUNS.name), "*.parquet"):
        yield from _check_file(warehouse, path, RUNS.schema, table=RUNS)


def check_staged(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields what is wrong with staged records, their verdicts and the selections."""
    for path in list_files(warehouse.records, "*.parquet"):
        damages = [*_check_records(warehouse, path)]
        yield from damages
        yield from _check_verdict(warehouse, path, are_whole=not damages)
    for path in list_files(warehouse.selection, "*/*.parquet"):
        yield from _check_file(warehouse, path, SELECTION_SCHEMA)


def check_waiting(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields the batches whose damaged records were set aside and are not made again yet."""
    for path in list_waiting(warehouse):
        yield Fault(
            code=FaultCode.RECORDS_SET_ASIDE,
            path=relative_path(warehouse.root, path),
            found="records that were damaged",
            expected="a whole file (the next run makes it from raw/)",
        )


def check_audit(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields what is wrong with what the audit keeps: its state, and the profiles."""
    try:
        read_state(warehouse)
    except DamagedFileError as error:
        yield Fault(
            code=FaultCode.AUDIT_STATE_DAMAGED,
            path=relative_path(warehouse.root, error.path),
            found=error.found,
            expected="the state as it was written",
        )
    days: set[str] = set()
    for path in list_files(warehouse.verdicts, "*.parquet"):
        days.update(days_of(find_metadata(path)) or ())
    here = list_files(warehouse.profiles, "*.parquet")
    for path in sorted([*list_missing(warehouse, days), *here]):
        yield from _check_file(warehouse, path, PROFILE_SCHEMA, EARLIER_PROFILE_SCHEMA)


def check_caches(warehouse: Warehouse) -> Iterator[Fault]:
    """Yields caches that are not as they were written, and what says how the index is divided.

    A run takes damaged caches as if they were not there.

    They hold no truth, so that nothing is lost with them.
    """
    try:
        read_shard_count(warehouse)
    except DamagedFileError as error:
        yield Fault(
            code=FaultCode.SHARD_COUNT_DAMAGED,
            path=relative_path(warehouse.root, error.path),
            found=error.found,
            expected="the number of shards as it was written (`newsmill shards` sets it)",
        )
    for path in list_files(caches_folder(warehouse), "*"):
        if read_sealed(path) is None:
            yield Fault(
                code=FaultCode.CACHE_DAMAGED,
                path=relative_path(warehouse.root, path),
                found="other bytes than its digest says",
                expected="a whole cache (the next run that needs it makes it again)",
            )


def _check_records(warehouse: Warehouse, path: Path) -> Iterator[Fault]:
    """Yields what is wrong with the staged records of a batch: each has a digest of its own."""
    outcome = read_file(warehouse, path, (STAGED.schema,), _find_changed, STAGED)
    if isinstance(outcome, Fault):
        yield outcome
        return
    for row, found, expected in outcome:
        yield Fault(
            code=FaultCode.RECORD_DIGEST_WRONG,
            path=relative_path(warehouse.root, path),
            row=row,
            found=f"record_digest {found}",
            expected=f"{expected}, the digest of the record as it is",
        )


def _find_changed(file: pq.ParquetFile) -> list[tuple[int, str, str]]:
    """Returns rows with a record_digest that is not theirs: row, digest found, digest expected.

    Of another version only the pages are checked: its digests were taken of other things.
    """
    if file_version(parse_metadata(file.metadata.metadata)) != STAGED.version:
        _pass_over(file)
        return []
    rows = (row for some in file.iter_batches(_ROWS_AT_ONCE) for row in some.to_pylist())
    return [
        (number, row["record_digest"], digest)
        for number, row in enumerate(rows)
        if (digest := digest_row(row)) != row["record_digest"]
    ]


def _check_verdict(warehouse: Warehouse, records: Path, *, are_whole: bool) -> Iterator[Fault]:
    path = warehouse.verdicts / records.name
    damages = [*_check_file(warehouse, path, VERDICT_SCHEMA)] if path.exists() else []
    yield from damages
    if damages or not are_whole:
        return
    judged = read_metadata(path).get("state") if path.exists() else None
    if judged != state_of(read_metadata(records)):
        yield Fault(
            code=FaultCode.VERDICT_MISSING,
            path=relative_path(warehouse.root, records),
            found="records that validate has not judged",
            expected="a verdict (the next run gives it)",
        )


def _check_file(
    warehouse: Warehouse, path: Path, *schemas: pa.Schema, table: Table | None = None
) -> Iterator[Fault]:
    outcome = read_file(warehouse, path, schemas, _pass_over, table)
    if isinstance(outcome, Fault):
        yield outcome


def _pass_over(file: pq.ParquetFile) -> None:
    """Reads every page and keeps none."""
    for _ in file.iter_batches():
        pass


def read_file(
    warehouse: Warehouse,
    path: Path,
    schemas: Sequence[pa.Schema],
    read: Callable[[pq.ParquetFile], T],
    table: Table | None = None,
) -> T | Fault:
    """Reads a file with the given columns, or says why it cannot.

    Args:
        warehouse: where it is.
        path: the file.
        schemas: the columns that it may have, those of today first.
        read: what to do with it.
        table: what an older version of the file may be; None where every version has the columns.
    """
    name = relative_path(warehouse.root, path)
    try:
        with open_parquet(path) as file:
            found, outcome = file.schema_arrow, read(file)
        version = file_version(read_metadata(path))
        check_whole(path)
    except (DamagedFileError, OSError) as error:
        return Fault(
            code=FaultCode.FILE_UNREADABLE,
            path=name,
            found=error.found if isinstance(error, DamagedFileError) else str(error),
            expected="a whole Parquet file that matches its checksums and digests",
        )
    if (table and table.reads_from <= version < table.version) or found in schemas:
        return outcome
    differing, declared = _differing_fields(found, schemas[0])
    return Fault(code=FaultCode.SCHEMA_DIFFERS, path=name, found=differing, expected=declared)


def _differing_fields(found: pa.Schema, expected: pa.Schema) -> tuple[str, str]:
    def only_in(one: pa.Schema, other: pa.Schema) -> str:
        names = [str(field) for field in one if field not in list(other)]
        rest = f" and {len(names) - _SHOWN_COLUMNS} more" if len(names) > _SHOWN_COLUMNS else ""
        return (", ".join(names[:_SHOWN_COLUMNS]) + rest) or "no such column"

    if set(map(str, found)) == set(map(str, expected)):
        return "the columns in another order", "the declared order"
    return only_in(found, expected), only_in(expected, found)


def _path_form(table: Table, settings: Settings) -> "re.Pattern[str]":
    """Returns the pattern of the paths below a dataset's folder."""
    if table is OUTLETS:
        return re.compile(re.escape(PART_NAME))
    if not table.partition:
        return re.compile(r"[^/.][^/]*\.parquet")
    value = _MONTH
    if table is QUARANTINE:
        value = f"(?:{_MONTH}|{UNKNOWN_MONTH})"
    elif settings.partition_by == "date":
        value = _DAY
    return re.compile(f"{partition_key(table.name, settings)}={value}/part-[0-9a-f]+\\.parquet")
