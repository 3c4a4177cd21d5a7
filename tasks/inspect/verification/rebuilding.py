"""Published files against staged/: the selection is made again, each partition is built again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from schemas.outlets import Registry
from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, OUTLETS, QUARANTINE
from tasks.inspect.verification.faults import Fault, FaultCode, relative_path
from tasks.inspect.verification.file_checks import Part
from tasks.lineage.versions import pipeline_version
from tasks.publish.outlet_rows import registry_digest, write_outlets
from tasks.publish.partitions import publish_partition
from tasks.publish.select import Partition, partition_key, select_partitions, selection_path
from tasks.publish.shard_count import read_shard_count, write_shard_count
from tasks.storage.locations import bring_folder, is_on_disk, list_files, read_bytes
from tasks.storage.parquet import DamagedFileError, read_file_metadata, read_table
from tasks.storage.records import staged_batches
from tasks.storage.warehouse import Warehouse, read_metadata

_Key = tuple[Any, ...]
# What tells the rows of a file apart, so that a changed value is not taken for another row.
_IDENTITIES = {
    ARTICLES.name: ("article_id",),
    MONEY.name: ("article_id", "kind", "start", "surface", "quote_currency_code"),
    QUARANTINE.name: ("raw_path", "raw_offset"),
    OUTLETS.name: ("outlet_id",),
}
_SHOWN_CHARACTERS = 120


@contextmanager
def rebuilt(warehouse: Warehouse, settings: Settings) -> Iterator["Rebuilt"]:
    """Gives a second warehouse over the same staged records, in a folder that goes afterwards."""
    with TemporaryDirectory(prefix="newsmill-verify-") as folder:
        shadow = Warehouse(Path(folder))
        shadow.records.parent.mkdir(parents=True)
        bring_folder(warehouse.records, shadow.records)
        bring_folder(warehouse.verdicts, shadow.verdicts)
        # A number that is damaged is told of elsewhere, and changes nothing here but memory.
        with suppress(DamagedFileError):
            write_shard_count(shadow, read_shard_count(warehouse))
        partitions = select_partitions(shadow, settings)
        yield Rebuilt(warehouse, shadow, settings, frozenset(partitions))


class Rebuilt:
    """What the partitions of a warehouse should be.

    Attributes:
        partitions: those that should be there.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        shadow: Warehouse,
        settings: Settings,
        partitions: frozenset[Partition],
    ) -> None:
        self._warehouse = warehouse
        self._shadow = shadow
        self._settings = settings
        self.partitions = partitions
        self._is_same_code = all(
            footer.get("pipeline_version") == pipeline_version()
            for footer in staged_batches(warehouse).values()
        )

    def check_selections(self) -> Iterator[Fault]:
        """Yields selections that are not what staged/ gives now."""
        for partition in sorted(selected_partitions(self._warehouse) | self.partitions):
            path = selection_path(self._warehouse, partition)
            twin = selection_path(self._shadow, partition)
            name = relative_path(self._warehouse.root, path)
            found, expected = _inputs(path), _inputs(twin)
            if found != expected:
                yield Fault(
                    code=FaultCode.SELECTION_STALE,
                    path=name,
                    found=_show_inputs(found),
                    expected=f"{_show_inputs(expected)} (the next run gives it)",
                )
            elif not read_table(path).equals(read_table(twin)):
                yield Fault(
                    code=FaultCode.SELECTION_STALE,
                    path=name,
                    found="other rows than its inputs give",
                    expected="those rows (remove the file, and the next run writes it again)",
                )

    def check_parts(self, partition: Partition, parts: list[Part]) -> Iterator[Fault]:
        """Yields where the files of a partition are not what their records make.

        A file that was built from other records than staged/ holds now is stale as a whole; its
        rows are not compared.
        """
        inputs = _inputs(selection_path(self._shadow, partition))
        current = []
        for part in parts:
            if part.inputs == inputs:
                current.append(part)
            else:
                yield Fault(
                    code=FaultCode.PARTITION_STALE,
                    path=part.path,
                    found=_show_inputs(part.inputs),
                    expected=f"{_show_inputs(inputs)} (the next run gives it)",
                )
        if not current:
            return
        publish_partition(self._shadow, partition, self._settings)
        for part in current:
            key = partition_key(part.table.name, self._settings)
            path = self._shadow.partition(part.table.name, key, part.value)
            yield from self._compare(part, path)
            # A big warehouse is not to stand twice on the disk.
            path.unlink()

    def check_outlets(self, part: Part, registry: Registry | None) -> Iterator[Fault]:
        """Yields where outlets/ is not what the selections and the registry make.

        Made with another registry than this one, it is not compared.

        Args:
            part: outlets/.
            registry: what is known of outlets now.
        """
        footer = read_metadata(self._warehouse.root / part.path)
        if footer.get("registry") != registry_digest(registry):
            return
        write_outlets(self._shadow, registry)
        inputs = _inputs(self._shadow.outlets)
        if part.inputs == inputs:
            yield from self._compare(part, self._shadow.outlets)
            return
        yield Fault(
            code=FaultCode.PARTITION_STALE,
            path=part.path,
            found=_show_inputs(part.inputs),
            expected=f"{_show_inputs(inputs)} (the next run gives it)",
        )

    def _compare(self, part: Part, path: Path) -> Iterator[Fault]:
        expected = read_table(path)
        if part.rows.equals(expected):
            yield from self._compare_bytes(part, path)
        else:
            yield from _compare_rows(part, expected)

    def _compare_bytes(self, part: Part, expected: Path) -> Iterator[Fault]:
        """Readers skip rows by statistics and page index, which no checksum covers.

        The same rows are the same bytes where the same code and the same Parquet library wrote
        them; else there is nothing to compare.
        """
        path = self._warehouse.root / part.path
        writers = {read_file_metadata(file).created_by for file in (path, expected)}
        if self._is_same_code and len(writers) == 1 and not _are_equal(path, expected):
            yield Fault(
                code=FaultCode.BYTES_DIFFER,
                path=part.path,
                found="the right rows in other bytes",
                expected="the bytes that writing them gives: statistics or page index are damaged",
            )


def selected_partitions(warehouse: Warehouse) -> frozenset[Partition]:
    """Returns the partitions that the selections name."""
    return frozenset(
        Partition(path.parent.name, path.stem)
        for path in list_files(warehouse.selection, "*/*.parquet")
    )


def _are_equal(path: Path, expected: Path) -> bool:
    if is_on_disk(path):
        return cmp(path, expected, shallow=False)
    return read_bytes(path) == expected.read_bytes()


def _inputs(path: Path) -> str | None:
    return read_metadata(path).get("inputs") if path.exists() else None


def _show_inputs(inputs: str | None) -> str:
    return f"inputs {inputs[:12]}" if inputs else "no inputs"


def _compare_rows(part: Part, expected: pa.Table) -> Iterator[Fault]:
    identity = _IDENTITIES[part.table.name]
    here, there = _rows_by_key(part.rows, identity), _rows_by_key(expected, identity)
    for key in there.keys() - here.keys():
        yield Fault(
            code=FaultCode.ROW_MISSING,
            path=part.path,
            found="no row",
            expected=_show_key(identity, key),
        )
    for key in here.keys() - there.keys():
        yield Fault(
            code=FaultCode.ROW_UNFOUNDED,
            path=part.path,
            row=here[key],
            found=_show_key(identity, key),
            expected="no such row: no staged record gives it",
        )
    pairs = [(here[key], there[key]) for key in here.keys() & there.keys()]
    for name in part.table.names:
        found, wanted = part.rows[name].to_pylist(), expected[name].to_pylist()
        for row, twin in pairs:
            if found[row] != wanted[twin]:
                yield Fault(
                    code=FaultCode.VALUE_DIFFERS,
                    path=part.path,
                    row=row,
                    found=f"{name} {_show(found[row])}",
                    expected=_show(wanted[twin]),
                )


def _rows_by_key(rows: pa.Table, identity: tuple[str, ...]) -> dict[_Key, int]:
    """Returns the row of each identity; equal ones are told apart by their number."""
    seen: Counter[_Key] = Counter()
    by_key = {}
    columns = (rows[name].to_pylist() for name in identity)
    for row, key in enumerate(zip(*columns, strict=True)):
        by_key[*key, seen[key]] = row
        seen[key] += 1
    return by_key


def _show_key(identity: tuple[str, ...], key: _Key) -> str:
    return " ".join(f"{name} {_show(value)}" for name, value in zip(identity, key, strict=False))


def _show(value: object) -> str:
    text = repr(value) if isinstance(value, str | list) else str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
