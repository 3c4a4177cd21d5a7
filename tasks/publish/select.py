"""Which records make up each part of each partition: a pure function of what is staged.

Of the accepted records with one article_id the latest stands for the article; the others are its
earlier revisions. Everything else is quarantined. Ids of outlets that were made of a name join the
domain of this name (`tasks.publish.joined_outlets`).

The outcome is one selection per part (`tasks.publish.selections`). Whatever can be told from
the index's shards is, so that a run reads and makes again only what has changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import Literal

import numpy as np

from schemas.settings import Settings
from schemas.tables import ARTICLES, QUARANTINE
from tasks.lineage.versions import selection_version
from tasks.publish.joined_outlets import NAMED, JoinedOutlets, join_outlets, tell_names
from tasks.publish.periods import Period, list_periods, share_out, unit_of
from tasks.publish.selections import (
    Selecting,
    select_share,
    selection_file,
)
from tasks.publish.settled import Footers
from tasks.publish.shard_days import ARTICLES as ARTICLE_ROWS
from tasks.publish.shard_days import OTHERS
from tasks.publish.shard_files import Shard, read_names
from tasks.publish.shards import Shards, open_shards, update_shards
from tasks.storage.caches import caches_folder, read_sealed, write_sealed
from tasks.storage.locations import list_files, parse_location
from tasks.storage.maps import Map, map_here
from tasks.storage.parquet import DamagedFileError, read_file_metadata
from tasks.storage.part_names import period_of
from tasks.storage.sections import DamagedSectionError
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, find_metadata, remove_file

# Not `published_date`: pandas cannot read a folder column that files have with another type.
_PUBLISHED_KEYS = {"month": "published_month", "date": "published_day"}
# Rows that one task makes selections of: 9 MB, and 40 MB of signatures.
_SELECTED_AT_ONCE = 100_000
# A shard that is damaged time after time is the disk's fault.
_TRIES = 3
_SECTIONS = {ARTICLES.name: ARTICLE_ROWS, QUARANTINE.name: OTHERS}


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """A partition of a published dataset, or a part of one; `articles` stands for `money` too.

    Attributes:
        dataset: its name.
        value: the month or day, `2024-03`; of one of several parts `2024-03.68`.
    """

    dataset: str
    value: str

    @property
    def period(self) -> str:
        """The month or day, whatever the part."""
        return period_of(self.value)


def partition_key(dataset: str, settings: Settings) -> str:
    """Returns the folder column of a dataset's partitions."""
    if dataset == QUARANTINE.name:
        return "landing_month"
    return _PUBLISHED_KEYS[settings.partition_by]


def folder_key(partition: Partition) -> str:
    """Returns the folder column that a partition has, whatever today's settings are."""
    if partition.dataset == QUARANTINE.name:
        return "landing_month"
    return _PUBLISHED_KEYS["date" if len(partition.period) > len("2024-03") else "month"]


def partitioned_by(warehouse: Warehouse) -> Literal["month", "date"]:
    """Returns how the articles of a warehouse are partitioned, by its selections."""
    paths = list_files(warehouse.selection / ARTICLES.name, "*.parquet")
    keys = {folder_key(Partition(ARTICLES.name, path.stem)) for path in paths}
    return "date" if _PUBLISHED_KEYS["date"] in keys else "month"


def layout_settings(warehouse: Warehouse) -> Settings:
    """Returns settings that lay a warehouse out as its selections say."""
    settings = Settings(partition_by=partitioned_by(warehouse))
    paths = list_files(warehouse.selection, "*/*.parquet")
    named = (find_metadata(path).get("part_rows") for path in paths)
    part_rows = next((rows for rows in named if rows), settings.part_rows)
    return replace(settings, part_rows=part_rows)


def selection_path(warehouse: Warehouse, partition: Partition) -> Path:
    """Returns the file that says which records make up a partition."""
    return selection_file(warehouse, partition.dataset, partition.value)


def count_selected(warehouse: Warehouse, partitions: Iterable[Partition]) -> int:
    """Returns how many rows the selections of partitions have; those without one have none."""
    paths = (selection_path(warehouse, partition) for partition in partitions)
    return sum(read_file_metadata(path).num_rows for path in paths if path.exists())


def select_partitions(
    warehouse: Warehouse,
    settings: Settings,
    spread: Map = map_here,
    seen: StagedView | None = None,
) -> list[Partition]:
    """Writes the selections and returns the partitions that are stale, sorted.

    A stale partition was built from something else than it would be built from now, or holds
    nothing any more, or does not exist yet. Its selection is written again even where it is as it
    should be, so that none is built from a damaged one.

    Args:
        warehouse: whose.
        settings: how it is partitioned.
        spread: the map over shards, and over partitions.
        seen: what was seen of staged/ before; None to look now.

    Raises:
        DamagedFileError: a shard of the index is damaged each time that it is made.
    """
    for _ in range(_TRIES):
        try:
            return _select(warehouse, settings, spread, seen)
        except DamagedSectionError as error:
            damaged = parse_location(error.path)
            remove_file(damaged)
    raise DamagedFileError(damaged, "it is not as it was written, time after time")


def _select(
    warehouse: Warehouse, settings: Settings, spread: Map, seen: StagedView | None
) -> list[Partition]:
    shards = update_shards(warehouse, spread, seen)
    opened = list(open_shards(warehouse, shards.heads))
    joined = _join(opened, shards)
    memo, footers = _Memo(warehouse, settings.part_rows), Footers(warehouse)
    stale: set[Partition] = set()
    current: list[tuple[str, Period]] = []
    for dataset, section in _SECTIONS.items():
        unit, key = unit_of(section, settings), partition_key(dataset, settings)
        periods = {period.value: period for period in list_periods(opened, section, unit, joined)}
        known = {value: memo.recall(dataset, period) for value, period in periods.items()}
        asked = _find_unsettled(footers, dataset, key, known)
        orders = [
            Selecting(
                warehouse=str(warehouse.root.resolve()),
                section=section,
                key=key,
                unit=unit,
                periods=tuple(share),
                part_rows=settings.part_rows,
                heads=shards.heads,
                joined=joined,
            )
            for share in share_out([periods[value] for value in asked], _SELECTED_AT_ONCE)
        ]
        found = chain.from_iterable(spread(f"selecting {dataset}", select_share, orders))
        for value, parts in groupby(found, lambda each: period_of(each.value)):
            selected = list(parts)
            memo.note(dataset, periods[value], {each.value: each.made_of for each in selected})
            stale |= {Partition(dataset, each.value) for each in selected if not each.is_published}
        current += [(dataset, period) for period in periods.values()]
    memo.keep(current)
    if stale:  # A run that changes nothing writes nothing.
        footers.keep()
    wanted = frozenset(
        Partition(dataset, value)
        for dataset, period in current
        for value in memo.recall(dataset, period)
    )
    return sorted({*stale, *_drop_selections(warehouse, wanted), *_orphans(warehouse, wanted)})


def _find_unsettled(
    footers: Footers, dataset: str, key: str, periods: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Returns those periods of which a part may not be selected or published as it should be.

    Args:
        footers: of the warehouse's files.
        dataset: of the periods.
        key: the folder column.
        periods: by value: of what the selection of each part is to be made, none where unknown.
    """
    made = {value: made_of for parts in periods.values() for value, made_of in parts.items()}
    settled = footers.find_settled(dataset, key, made.items())
    return [value for value, parts in periods.items() if not parts or not parts.keys() <= settled]


def _join(opened: Sequence[Shard], shards: Shards) -> JoinedOutlets:
    """Joins outlets over all shards, of which one at a time is read."""
    named = np.zeros(0, NAMED)
    for shard in opened:
        named = tell_names(np.concatenate([named, read_names(shard.overlay or shard.base)]))
    named["batch"] = shards.batches.ranks()[named["batch"]]
    return join_outlets(named)


class _Memo:
    """Remembers of each period what its parts' selections are made of, by what the shards say."""

    def __init__(self, warehouse: Warehouse, part_rows: int) -> None:
        self._path = caches_folder(warehouse) / "periods"
        self._part_rows = part_rows
        content = read_sealed(self._path)
        kept = json.loads(bytes(content)) if content else {}
        is_own = kept.get("version") == selection_version()
        made_of = kept["made_of"] if is_own else {}
        self._kept = {name: (key, parts) for name, (key, parts) in made_of.items()}
        self._known: dict[str, tuple[str, dict[str, str]]] = dict(self._kept)

    def recall(self, dataset: str, period: Period) -> dict[str, str]:
        """Returns of what the selection of each part is made; no part where that is not known."""
        key, parts = self._known.get(f"{dataset} {period.value}", ("", {}))
        return parts if key == self._key(period) else {}

    def note(self, dataset: str, period: Period, parts: Mapping[str, str]) -> None:
        """Remembers of what the selection of each part of a period was made."""
        self._known[f"{dataset} {period.value}"] = (self._key(period), dict(parts))

    def keep(self, periods: Iterable[tuple[str, Period]]) -> None:
        """Keeps what is known of some periods, each with its dataset."""
        names = (f"{dataset} {period.value}" for dataset, period in periods)
        known = {name: self._known[name] for name in names if name in self._known}
        if known != self._kept:
            content = {"version": selection_version(), "made_of": known}
            write_sealed(self._path, json.dumps(content).encode())

    def _key(self, period: Period) -> str:
        """Returns what tells apart all that parts depend on: rows, and where they are divided."""
        return f"{period.key} {self._part_rows}"


def _drop_selections(warehouse: Warehouse, wanted: frozenset[Partition]) -> list[Partition]:
    dropped = []
    for path in list_files(warehouse.selection, "*/*.parquet"):
        partition = Partition(path.parent.name, path.stem)
        if partition not in wanted:
            remove_file(path)
            dropped.append(partition)
    return dropped


def _orphans(warehouse: Warehouse, wanted: frozenset[Partition]) -> Iterator[Partition]:
    """Yields partitions that are published though nothing belongs to them."""
    for dataset in (ARTICLES.name, QUARANTINE.name):
        for value in warehouse.partitions(dataset):
            if Partition(dataset, value) not in wanted:
                yield Partition(dataset, value)
