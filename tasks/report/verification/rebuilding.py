"""Published files against staged/: the selection is made again, each partition is built again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.publish.partitions import publish_partition
from tasks.publish.select import Partition, partition_key, select_partitions, selection_path
from tasks.report.verification.faults import Fault, FaultCode, relative_path
from tasks.report.verification.files import Part
from tasks.storage import Warehouse, read_metadata

_Key = tuple[Any, ...]
# What tells the rows of a file apart, so that a changed value is not taken for another row.
_IDENTITIES = {
    ARTICLES.name: ("article_id",),
    MONEY.name: ("article_id", "kind", "start", "surface", "quote_currency_code"),
    QUARANTINE.name: ("raw_path", "raw_offset"),
}
_SHOWN_CHARACTERS = 120


@contextmanager
def rebuilt(warehouse: Warehouse, settings: Settings) -> Iterator["Rebuilt"]:
    """Gives a second warehouse over the same staged records, in a folder that goes afterwards."""
    with TemporaryDirectory(prefix="newsmill-verify-") as folder:
        shadow = Warehouse(Path(folder))
        shadow.records.parent.mkdir(parents=True)
        shadow.records.symlink_to(warehouse.records.resolve(), target_is_directory=True)
        shadow.verdicts.symlink_to(warehouse.verdicts.resolve(), target_is_directory=True)
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

    def check_selections(self) -> Iterator[Fault]:
        """Yields selections that are not what staged/ gives now."""
        for partition in sorted(selected_partitions(self._warehouse) | self.partitions):
            path = selection_path(self._warehouse, partition)
            found, expected = _inputs(path), self._inputs(partition)
            if found != expected:
                yield Fault(
                    code=FaultCode.SELECTION_STALE,
                    path=relative_path(self._warehouse.root, path),
                    found=_show_inputs(found),
                    expected=f"{_show_inputs(expected)} (the next run gives it)",
                )

    def check_parts(self, partition: Partition, parts: list[Part]) -> Iterator[Fault]:
        """Yields where the files of a partition are not what their records make.

        A file that was built from other records than staged/ holds now is stale as a whole; its
        rows are not compared.
        """
        inputs = self._inputs(partition)
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
            yield from _compare(part, pq.read_table(path, partitioning=None))
            # A big warehouse is not to stand twice on the disk.
            path.unlink()

    def _inputs(self, partition: Partition) -> str | None:
        return _inputs(selection_path(self._shadow, partition))


def selected_partitions(warehouse: Warehouse) -> frozenset[Partition]:
    """Returns the partitions that the selections name."""
    return frozenset(
        Partition(path.parent.name, path.stem) for path in warehouse.selection.glob("*/*.parquet")
    )


def _inputs(selection: Path) -> str | None:
    return read_metadata(selection).get("inputs") if selection.exists() else None


def _show_inputs(inputs: str | None) -> str:
    return f"inputs {inputs[:12]}" if inputs else "no inputs"


def _compare(part: Part, expected: pa.Table) -> Iterator[Fault]:
    if part.rows.equals(expected):
        return
    identity = _IDENTITIES[part.table.name]
    found_keys, expected_keys = _keys(part.rows, identity), _keys(expected, identity)
    for key in (Counter(expected_keys) - Counter(found_keys)).elements():
        yield Fault(
            code=FaultCode.ROW_MISSING,
            path=part.path,
            found="no row",
            expected=_show_key(identity, key),
        )
    surplus = Counter(found_keys) - Counter(expected_keys)
    for row, key in reversed(list(enumerate(found_keys))):
        if surplus[key]:
            surplus[key] -= 1
            yield Fault(
                code=FaultCode.ROW_UNFOUNDED,
                path=part.path,
                row=row,
                found=_show_key(identity, key),
                expected="no such row: no staged record gives it",
            )
    yield from _compare_values(part, expected, found_keys, expected_keys)


def _compare_values(
    part: Part, expected: pa.Table, found_keys: list[_Key], expected_keys: list[_Key]
) -> Iterator[Fault]:
    twice = {key for key, count in Counter(found_keys).items() if count > 1}
    rows = {key: row for row, key in enumerate(expected_keys)}
    pairs = [
        (row, rows[key]) for row, key in enumerate(found_keys) if key in rows and key not in twice
    ]
    for name in part.table.names:
        here, there = part.rows[name].to_pylist(), expected[name].to_pylist()
        for row, twin in pairs:
            if here[row] != there[twin]:
                yield Fault(
                    code=FaultCode.VALUE_DIFFERS,
                    path=part.path,
                    row=row,
                    found=f"{name} {_show(here[row])}",
                    expected=_show(there[twin]),
                )


def _keys(rows: pa.Table, identity: tuple[str, ...]) -> list[_Key]:
    return list(zip(*(rows[name].to_pylist() for name in identity), strict=True))


def _show_key(identity: tuple[str, ...], key: _Key) -> str:
    return " ".join(f"{name} {_show(value)}" for name, value in zip(identity, key, strict=True))


def _show(value: object) -> str:
    text = repr(value) if isinstance(value, str | list) else str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
