"""Which files of a dataset differ between two states of a warehouse, without reading the others."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from tasks.storage.warehouse import Warehouse, read_metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """A dataset's files on both sides.

    Attributes:
        old, new: the file of each partition that differs; a partition may be on one side only.
        same: how many partitions do not differ.
        rows_before, rows_after: in all partitions.
    """

    old: dict[str, Path]
    new: dict[str, Path]
    same: int
    rows_before: int
    rows_after: int

    @property
    def changed(self) -> tuple[str, ...]:
        """The partitions that differ, sorted."""
        return tuple(sorted({*self.old, *self.new}))


def find_differing(
    before: Warehouse, after: Warehouse, datasets: tuple[str, ...]
) -> dict[str, Files]:
    """Finds the partitions that differ in any of some datasets that have the same partitions.

    A file that is one on both sides, or was built from the same records, does not differ.
    """
    old = {name: before.partitions(name) for name in datasets}
    new = {name: after.partitions(name) for name in datasets}
    values = {value for side in (old, new) for paths in side.values() for value in paths}
    differing = {
        value
        for value in values
        if not all(_is_same(old[name].get(value), new[name].get(value)) for name in datasets)
    }
    return {
        name: Files(
            old={value: path for value, path in old[name].items() if value in differing},
            new={value: path for value, path in new[name].items() if value in differing},
            same=len(values - differing),
            rows_before=_count_rows(old[name]),
            rows_after=_count_rows(new[name]),
        )
        for name in datasets
    }


def _is_same(old: Path | None, new: Path | None) -> bool:
    if old is None or new is None:
        return False
    if old.samefile(new):
        return True
    inputs = read_metadata(old).get("inputs")
    return inputs is not None and inputs == read_metadata(new).get("inputs")


def _count_rows(paths: dict[str, Path]) -> int:
    return sum(pq.read_metadata(path).num_rows for path in paths.values())
