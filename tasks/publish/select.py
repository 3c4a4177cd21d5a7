"""Which records make up each partition: a pure function of what is staged.

Of the accepted records with one article_id the latest stands for the article; the others are its
earlier revisions. Everything else is quarantined. The outcome is a selection a partition, kept in
`staged/selection/` with the digest of all that the partition depends on, so that a partition is
rewritten exactly when that digest changes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE, Table
from tasks.normalize.signatures import SIGNATURE
from tasks.publish.duplicates import find_duplicates
from tasks.stage.records import read_records, staged_batches
from tasks.storage import Warehouse, read_metadata, write_table
from tasks.validate.verdicts import read_verdict

UNKNOWN_MONTH = "unknown"
# Not `published_date`: pandas cannot read a folder column that files have with another type.
_PUBLISHED_KEYS = {"month": "published_month", "date": "published_day"}
SELECTION_SCHEMA = pa.schema(
    [
        ("batch_id", pa.string()),
        ("row", pa.int32()),
        ("revision_count", pa.int32()),
        ("first_fetched_at", pa.timestamp("us", tz="UTC")),
        ("failed", pa.list_(pa.string())),
        ("duplicate_of", pa.string()),
    ]
)
_INDEX = (
    "article_id",
    "fate",
    "fetched_at",
    "landing_date",
    "raw_path",
    "raw_offset",
    "published_at",
    "published_date",
    "record_digest",
)
# The latest fetch stands for the article; where fetches are unknown or equal, the later landing,
# then the path, so that the choice never depends on the order in which batches were processed.
_LATEST = ["article_id", "fetched_at", "landing_date", "raw_path", "raw_offset"]


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """A partition of a published dataset, by name: `articles` stands for `money` too."""

    dataset: str
    value: str


def partition_key(dataset: str, settings: Settings) -> str:
    """Returns the folder column of a dataset's partitions."""
    if dataset == QUARANTINE.name:
        return "landing_month"
    return _PUBLISHED_KEYS[settings.partition_by]


def folder_key(partition: Partition) -> str:
    """Returns the folder column that a partition has, whatever today's settings are."""
    if partition.dataset == QUARANTINE.name:
        return "landing_month"
    return _PUBLISHED_KEYS["date" if len(partition.value) > len("2024-03") else "month"]


def select_partitions(warehouse: Warehouse, settings: Settings) -> list[Partition]:
    """Writes the selections and returns the partitions that are stale, sorted.

    A stale partition was built from something else than it would be built from now, or holds
    nothing any more, or does not exist yet.
    """
    index = _read_index(warehouse)
    articles = _select_articles(index)
    articles["duplicate_of"] = _duplicates_of(warehouse, articles)
    wanted: dict[Partition, str] = {}
    for dataset, rows, column in (
        (ARTICLES.name, articles, "published_date"),
        (QUARANTINE.name, _select_quarantined(index), "landing_date"),
    ):
        form = (
            "%Y-%m-%d" if dataset == ARTICLES.name and settings.partition_by == "date" else "%Y-%m"
        )
        values = pd.to_datetime(rows[column]).dt.strftime(form).fillna(UNKNOWN_MONTH)
        for value, members in rows.groupby(values, sort=True):
            partition = Partition(dataset, str(value))
            wanted[partition] = _write_selection(warehouse, partition, members)
    gone = _drop_selections(warehouse, wanted)
    stale = [
        partition
        for partition, inputs in wanted.items()
        if _published_inputs(warehouse, partition, settings) != inputs
    ]
    return sorted({*stale, *gone, *_orphans(warehouse, wanted)})


def selection_path(warehouse: Warehouse, partition: Partition) -> Path:
    """Returns the file that says which records make up a partition."""
    return warehouse.selection / partition.dataset / f"{partition.value}.parquet"


def _read_index(warehouse: Warehouse) -> pd.DataFrame:
    read = (_read_batch_index(warehouse, batch_id) for batch_id in staged_batches(warehouse))
    frames = [frame for frame in read if not frame.empty]
    if not frames:
        empty = {name: pd.Series(dtype="object") for name in (*_INDEX, "batch_id", "row", "failed")}
        return pd.DataFrame(empty)
    return pd.concat(frames, ignore_index=True)


def _read_batch_index(warehouse: Warehouse, batch_id: str) -> pd.DataFrame:
    index = read_records(warehouse, batch_id, _INDEX)
    frame: pd.DataFrame = index.to_pandas(integer_object_nulls=True)
    frame["batch_id"] = batch_id
    frame["row"] = np.arange(len(frame), dtype="int32")
    failed = read_verdict(warehouse, batch_id)
    frame["failed"] = [failed.get(row, []) for row in range(len(frame))]
    return frame


def _is_article(index: pd.DataFrame) -> pd.Series:
    return (index["fate"] == "accepted") & (index["failed"].map(len) == 0)


def _select_articles(index: pd.DataFrame) -> pd.DataFrame:
    accepted = index[_is_article(index)].copy()
    accepted["fetched_at"] = pd.to_datetime(accepted["fetched_at"], utc=True)
    accepted["landing_date"] = pd.to_datetime(accepted["landing_date"])
    accepted["raw_offset"] = accepted["raw_offset"].fillna(-1).astype("int64")
    accepted = accepted.sort_values(_LATEST, na_position="first", kind="stable")
    groups = accepted.groupby("article_id", sort=False)
    accepted["revision_count"] = groups["row"].transform("size").astype("int32") - 1
    accepted["first_fetched_at"] = groups["fetched_at"].transform("min")
    return accepted.drop_duplicates("article_id", keep="last")


def _select_quarantined(index: pd.DataFrame) -> pd.DataFrame:
    rejected = index[~_is_article(index)].copy()
    rejected["revision_count"] = pd.Series(0, index=rejected.index, dtype="int32")
    rejected["first_fetched_at"] = pd.Series(
        pd.NaT, index=rejected.index, dtype="datetime64[us, UTC]"
    )
    rejected["duplicate_of"] = np.full(len(rejected), None)
    return rejected


def _duplicates_of(warehouse: Warehouse, articles: pd.DataFrame) -> pd.Series:
    """Returns the article_id that each article repeats, None for most."""
    day = pd.to_datetime(articles["published_date"], utc=True)
    published = pd.to_datetime(articles["published_at"], utc=True).fillna(day)
    signatures = np.zeros(len(articles), dtype=SIGNATURE)
    places = articles.reset_index(drop=True).groupby("batch_id", sort=True)["row"]
    for batch_id, rows in places:
        column = read_records(warehouse, str(batch_id), ["text_signature"])["text_signature"]
        chosen = column.take(pa.array(rows))
        signed = rows.index[chosen.is_valid().to_numpy()]
        signatures[signed] = np.frombuffer(b"".join(chosen.drop_null().to_pylist()), SIGNATURE)
    ids = articles["article_id"].to_numpy(dtype="object")
    instants = published.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    repeated = find_duplicates(ids, instants, signatures)
    originals = [None if position < 0 else ids[position] for position in repeated]
    return pd.Series(originals, index=articles.index, dtype="object")


def _write_selection(warehouse: Warehouse, partition: Partition, members: pd.DataFrame) -> str:
    """Writes a partition's selection where it changed; returns the digest of its inputs."""
    members = members.sort_values(["batch_id", "row"], kind="stable")
    inputs = _inputs_digest(partition, members)
    path = selection_path(warehouse, partition)
    if not path.exists() or read_metadata(path).get("inputs") != inputs:
        columns = {name: members[name].tolist() for name in SELECTION_SCHEMA.names}
        columns["first_fetched_at"] = [
            None if pd.isna(value) else value for value in columns["first_fetched_at"]
        ]
        table = pa.table(columns, schema=SELECTION_SCHEMA)
        write_table(path, [table], SELECTION_SCHEMA, {"inputs": inputs})
    return inputs


def _inputs_digest(partition: Partition, members: pd.DataFrame) -> str:
    digest = hashlib.sha256(_schema_digest(partition).encode())
    for line in sorted(_lines(members)):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(members: pd.DataFrame) -> Iterator[str]:
    columns = ("record_digest", "revision_count", "first_fetched_at", "failed", "duplicate_of")
    for values in zip(*(members[name] for name in columns), strict=True):
        yield "|".join(map(str, values)) + "\n"


def _schema_digest(partition: Partition) -> str:
    tables: tuple[Table, ...] = (
        (QUARANTINE,) if partition.dataset == QUARANTINE.name else (ARTICLES, MONEY)
    )
    return "\n".join(table.schema.to_string(show_field_metadata=False) for table in tables)


def _published_inputs(warehouse: Warehouse, partition: Partition, settings: Settings) -> str | None:
    datasets = (
        (QUARANTINE.name,) if partition.dataset == QUARANTINE.name else (ARTICLES.name, MONEY.name)
    )
    key = partition_key(partition.dataset, settings)
    paths = [warehouse.partition(dataset, key, partition.value) for dataset in datasets]
    found = {read_metadata(path).get("inputs") if path.exists() else None for path in paths}
    return found.pop() if len(found) == 1 else None


def _drop_selections(warehouse: Warehouse, wanted: dict[Partition, str]) -> list[Partition]:
    dropped = []
    for path in sorted(warehouse.selection.glob("*/*.parquet")):
        partition = Partition(path.parent.name, path.stem)
        if partition not in wanted:
            path.unlink()
            dropped.append(partition)
    return dropped


def _orphans(warehouse: Warehouse, wanted: dict[Partition, str]) -> Iterator[Partition]:
    """Yields partitions that are published though nothing belongs to them."""
    for dataset in (ARTICLES.name, QUARANTINE.name):
        for value in warehouse.partitions(dataset):
            if Partition(dataset, value) not in wanted:
                yield Partition(dataset, value)
