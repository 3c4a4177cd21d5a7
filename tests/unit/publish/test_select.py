"""Selecting after changes gives what selecting from scratch gives, file by file."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as how_often
from hypothesis import strategies as st

from schemas.settings import Settings
from tasks.inspect.healing import healed
from tasks.normalize.record import Record, seal_record
from tasks.normalize.signatures import sign_text
from tasks.publish import blank_rows, drafts, originals, overlays, selections
from tasks.publish.partitions import publish_partition
from tasks.publish.select import Partition, select_partitions
from tasks.publish.shard_count import write_shard_count
from tasks.stage.staged_rows import write_records
from tasks.storage.records import read_records, remove_batch
from tasks.storage.warehouse import Warehouse, write_table
from tasks.validate.verdicts import VERDICT_SCHEMA
from tests.records import GOOD

BY_MONTH, BY_DAY = Settings(), Settings(partition_by="date")
IN_PARTS, IN_SMALL_PARTS = Settings(part_rows=2), Settings(part_rows=1)
START = datetime(2024, 2, 28, 20, 0, tzinfo=UTC)
STORIES = [" ".join(f"{word}{story}" for word in range(60)) for story in "ab"]
SIGNATURES = [sign_text(story) for story in STORIES]
MARCH = Partition("articles", "2024-03")


# One outlet with an address and without, another of its name, a channel, a registered outlet.
OUTLETS = (
    ("~harbourpost.example", "Harbour Post", "harbourpost.example"),
    ("~the-harbour-post", "The Harbour Post", None),
    ("~harbour-post.example", "HARBOUR POST", "harbour-post.example"),
    ("~t.me/harbourpost", "Harbour Post", "t.me"),
    ("registered-post", "Harbour Post", "registered.example"),
    ("~canal-times", "Canal Times", None),
    (None, None, None),
)


def _record(
    article: int, story: int, hours: float, fetch: int | None, number: int, outlet: int = 0
) -> Record:
    published = START + timedelta(hours=hours)
    fetched = None if fetch is None else START + timedelta(days=9, hours=fetch)
    outlet_id, outlet_name, outlet_domain = OUTLETS[outlet]
    return replace(
        GOOD,
        # As digests, they lie in different shards.
        article_id=hashlib.sha256(str(article).encode()).hexdigest()[:20],
        outlet_id=outlet_id,
        outlet_name=outlet_name,
        outlet_domain=outlet_domain,
        text=STORIES[story],
        text_signature=SIGNATURES[story],
        published_at=published,
        published_date=published.date(),
        fetched_at=fetched,
        landing_date=None if fetch is None else fetched.date(),
        raw_path=f"{number}.html",
        raw_offset=number or None,
    )


def _stage(warehouse: Warehouse, batch_id: str, records: list[Record], failing: int = -1) -> None:
    """Stages a batch with its verdict; of a record that fails the checks, one row says so."""
    sealed = [
        seal_record(record, batch_id=batch_id, pipeline_version="1", reference_version="1")
        for record in records
    ]
    state = hashlib.sha256(repr(sealed).encode()).hexdigest()
    write_records(warehouse, batch_id, sealed, {"state": state})
    _judge(warehouse, batch_id, failing)


def _judge(warehouse: Warehouse, batch_id: str, failing: int) -> None:
    rows = read_records(warehouse, batch_id, ["fate"])["fate"].to_pylist()
    fails = failing in range(len(rows)) and rows[failing] == "accepted"
    columns = {"row": [failing] * fails, "failed": [["url_malformed"]] * fails}
    table = pa.table(columns, schema=VERDICT_SCHEMA)
    write_table(warehouse.verdicts / f"{batch_id}.parquet", [table], VERDICT_SCHEMA, {})


def _files(warehouse: Warehouse) -> dict[str, bytes]:
    return {
        path.relative_to(warehouse.root).as_posix(): path.read_bytes()
        for folder in ("articles", "money", "quarantine", "staged/selection")
        for path in sorted((warehouse.root / folder).rglob("*.parquet"))
    }


def _publish(warehouse: Warehouse, how: Settings) -> list[Partition]:
    stale = select_partitions(warehouse, how)
    for partition in stale:
        publish_partition(warehouse, partition, how)
    return stale


@contextmanager
def twin_of(warehouse: Warehouse) -> Iterator[Warehouse]:
    """Yields a warehouse of the same records and verdicts, of which nothing is made yet."""
    with TemporaryDirectory() as folder:
        twin = Warehouse(Path(folder))
        twin.records.parent.mkdir()
        twin.records.symlink_to(warehouse.records)
        twin.verdicts.symlink_to(warehouse.verdicts)
        yield twin


def _from_scratch(warehouse: Warehouse, how: Settings) -> dict[str, bytes]:
    with twin_of(warehouse) as twin:
        _publish(twin, how)
        return _files(twin)


_RECORDS = st.lists(
    st.builds(
        _record,
        article=st.integers(0, 5),
        story=st.sampled_from([0, 0, 0, 1]),
        # Three days about the end of February, and a few days later.
        hours=st.sampled_from([0, 2, 5, 26, 50, 70, 74.5, 76, 98, 148]),
        fetch=st.sampled_from([None, 1, 1, 2, 30]),
        number=st.integers(0, 9),
        outlet=st.sampled_from([0, 1, 1, 1, *range(len(OUTLETS))]),
    ).flatmap(
        lambda record: st.sampled_from(
            [record, record, record, replace(record, fate="rejected", reasons=("text_missing",))]
        )
    ),
    max_size=4,
)
_BATCH = st.sampled_from("abc")
_ARRIVAL = st.tuples(st.just("stage"), st.none(), _RECORDS, st.integers(-1, 3))
_CHANGES = st.one_of(
    # Most of what happens to a warehouse.
    _ARRIVAL,
    _ARRIVAL,
    _ARRIVAL,
    st.tuples(st.just("stage"), _BATCH, _RECORDS, st.integers(-1, 3)),
    st.tuples(st.just("remove"), _BATCH),
    st.tuples(st.just("judge"), _BATCH, st.integers(-1, 3)),
    st.tuples(
        st.just("partition by"), st.sampled_from([BY_MONTH, BY_DAY, IN_PARTS, IN_SMALL_PARTS])
    ),
    st.tuples(
        st.just("damage"),
        st.sampled_from(["caches", "overlays", "selection"]),
        st.integers(0, 10**6),
    ),
    st.tuples(st.just("divide"), st.sampled_from([1, 2, 4, 16])),
    st.tuples(st.just("lose"), st.sampled_from(["caches", "selection", "overlays", "batches"])),
)


# With the largest of these shares, whatever comes to a shard is put over it.
@how_often(max_examples=25, deadline=None)
@given(
    st.lists(_CHANGES, min_size=3, max_size=7),
    st.sampled_from([1, 3, 100_000]),
    st.sampled_from([100, 100, 3, overlays.LARGEST_SHARE]),
)
def test_any_history_ends_as_from_scratch(
    changes: list[tuple[Any, ...]], at_once: int, share: float
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(overlays, "LARGEST_SHARE", share)
        patched.setattr(originals, "SEARCHED_AT_ONCE", at_once)
        patched.setattr(blank_rows, "_IN_MEMORY", 100 * at_once)
        patched.setattr(drafts, "_AT_ONCE", at_once)
        patched.setattr(selections, "SEARCHED_AT_ONCE", at_once)
        warehouse, how = Warehouse(Path(folder)), BY_MONTH
        _arrive(warehouse, "base", [_record(n, 0, 20 * n, 1, n) for n in range(6)])
        _publish(warehouse, how)
        for number, change in enumerate(changes):
            match change:
                case "stage", batch_id, records, failing:
                    _arrive(warehouse, batch_id or f"new{number}", records, failing)
                case "remove", batch_id:
                    remove_batch(warehouse, batch_id)
                case "judge", batch_id, failing:
                    if (warehouse.records / f"{batch_id}.parquet").exists():
                        _judge(warehouse, batch_id, failing)
                case "partition by", how:
                    pass
                case "divide", count:
                    write_shard_count(warehouse, count)
                case "damage", what, at:
                    _damage(warehouse, what, at)
                case "lose", what:
                    _lose(warehouse, what)
            healed(warehouse, partial(_publish, warehouse, how))
        assert select_partitions(warehouse, how) == []
        patched.undo()
        assert _files(warehouse) == _from_scratch(warehouse, how)


def _arrive(warehouse: Warehouse, batch_id: str, records: list[Record], failing: int = -1) -> None:
    """Stages a batch of records, each from a file of its own."""
    unique = {record.raw_path: record for record in records}
    own = [replace(record, raw_path=batch_id + path) for path, record in unique.items()]
    _stage(warehouse, batch_id, own, failing)


def _lose(warehouse: Warehouse, what: str) -> None:
    if what in ("overlays", "batches"):
        pattern = "overlay-*" if what == "overlays" else what
        for kept in (warehouse.root / "staged" / "caches").glob(pattern):
            kept.unlink()
    else:
        rmtree(warehouse.root / "staged" / what, ignore_errors=True)


def _damage(warehouse: Warehouse, what: str, at: int) -> None:
    """Flips a bit of files that are kept between runs, and takes away what was made with them."""
    kept = {
        "caches": sorted((warehouse.root / "staged" / "caches").glob("*")),
        "overlays": sorted((warehouse.root / "staged" / "caches").glob("overlay-*")),
        "selection": sorted(warehouse.selection.rglob("*.parquet")),
    }[what]
    for path in kept:
        if path.exists():
            content = bytearray(path.read_bytes())
            content[at % len(content)] ^= 1 << at % 8
            path.write_bytes(content)
    for dataset in ("articles", "quarantine"):
        for path in warehouse.partitions(dataset).values():
            path.unlink()
