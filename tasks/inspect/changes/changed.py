"""What differs between two states of a warehouse: the values that the comparison returns."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A row whose column changed, by its key, with both values."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """In how many rows a column changed, with the first few of them by key."""

    column: str
    rows: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows or documents that have something in common, counted, with the first few by key.

    Attributes:
        name: what they have in common: a reason code, or `2024-03 → 2024-04`.
    """

    name: str
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetChanges:
    """How one dataset differs.

    Attributes:
        rows_before, rows_after: in the whole dataset.
        partitions_changed: whose file differs, is new or is gone.
        partitions_same: how many others there are; they were not read.
        added, gone: rows that only one side has.
        moved: rows in another partition than before, by both.
        changed: rows with another value in a column, moved ones included.
        versions_only: rows of which only the versions differ.
        columns: the columns that differ, the most frequent first, the versions last.
        new_columns, lost_columns: that only one side's files have.
    """

    dataset: str
    rows_before: int
    rows_after: int
    partitions_changed: tuple[str, ...]
    partitions_same: int
    added: Group
    gone: Group
    moved: tuple[Group, ...]
    changed: int
    versions_only: int
    columns: tuple[ColumnChange, ...]
    new_columns: tuple[str, ...]
    lost_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseChanges:
    """How two states of a warehouse differ.

    Attributes:
        datasets: articles, money, quarantine.
        to_quarantine: articles' documents that go to quarantine, by each of their reasons there.
        from_quarantine: quarantined documents that become articles, by each reason they had.
        renamed: documents whose article gets another article_id; it counts as gone and as added.
    """

    datasets: tuple[DatasetChanges, ...]
    to_quarantine: tuple[Group, ...]
    from_quarantine: tuple[Group, ...]
    renamed: Group

    @property
    def is_empty(self) -> bool:
        """Whether every published file stays as it is."""
        return not any(dataset.partitions_changed for dataset in self.datasets)
