"""The order of publication: an article that moves is nowhere for a moment, never twice."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from schemas.settings import Settings
from tasks.normalize.record import Record, seal_record
from tasks.publish.partitions import publish_partition, shrink_partition
from tasks.publish.select import Partition, select_partitions
from tasks.publish.waves import READERS_S, Wave, order_waves, write_wave
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.verdicts import VERDICT_SCHEMA
from tests.records import GOOD

BY_MONTH, BY_DAY = Settings(), Settings(partition_by="date")
JANUARY, FEBRUARY, MARCH = (date(2024, month, 10) for month in (1, 2, 3))


def _stage(warehouse: Warehouse, days: Sequence[date | None]) -> None:
    """Stages an article for each day; None is a document without a date, which is rejected."""
    records = [
        seal_record(_record(number, day), batch_id="a", pipeline_version="1", reference_version="1")
        for number, day in enumerate(days)
    ]
    state = hashlib.sha256(repr(records).encode()).hexdigest()
    write_records(warehouse, "a", records, {"state": state})
    verdict = VERDICT_SCHEMA.empty_table()
    write_table(warehouse.verdicts / "a.parquet", [verdict], VERDICT_SCHEMA, {"state": state})


def _record(number: int, day: date | None) -> Record:
    fate = {} if day else {"fate": "rejected", "reasons": ("published_date_unknown",)}
    return replace(
        GOOD,
        article_id=f"{number:020x}",
        raw_path=f"{number}.html",
        published_date=day,
        published_at=None,
        **fate,
    )


def _plan(warehouse: Warehouse, how: Settings = BY_MONTH) -> list[Wave]:
    return order_waves(warehouse, select_partitions(warehouse, how))


def _publish(warehouse: Warehouse, how: Settings = BY_MONTH) -> Iterator[Partition]:
    """Publishes, and yields after each partition."""
    for wave in _plan(warehouse, how):
        yield from (written.partition for written in write_wave(warehouse, wave, how))


def _names(wave: Wave) -> list[str]:
    return [partition.value for partition in wave.partitions]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def _published(warehouse: Warehouse, days: Sequence[date | None]) -> Warehouse:
    _stage(warehouse, days)
    list(_publish(warehouse))
    return warehouse


def test_where_nothing_moves_everything_is_written_once_and_nobody_waits(
    warehouse: Warehouse,
) -> None:
    _published(warehouse, [JANUARY, FEBRUARY])
    _stage(warehouse, [JANUARY, FEBRUARY, JANUARY, FEBRUARY, MARCH])
    (wave,) = _plan(warehouse)
    assert _names(wave) == ["2024-01", "2024-02", "2024-03"]
    assert not wave.shrink
    assert not wave.pause_s


def test_who_gains_waits_until_who_loses_is_done_and_readers_too(warehouse: Warehouse) -> None:
    _published(warehouse, [JANUARY, JANUARY, FEBRUARY])
    _stage(warehouse, [JANUARY, FEBRUARY, FEBRUARY])
    shrink, write = _plan(warehouse)
    assert (_names(shrink), shrink.shrink) == (["2024-01"], True)
    assert all(set(wave.rows) == set(wave.partitions) for wave in (shrink, write))
    # January is done: it gains nothing.
    assert (_names(write), write.pause_s) == (["2024-02"], READERS_S)


@pytest.mark.parametrize(
    "after",
    [
        [FEBRUARY, JANUARY, MARCH, MARCH],
        [FEBRUARY, FEBRUARY, FEBRUARY, FEBRUARY],
        [MARCH, JANUARY, FEBRUARY, None],
        [None, JANUARY, None, JANUARY],
    ],
)
@pytest.mark.parametrize("how", [BY_MONTH, BY_DAY])
def test_no_article_is_twice_at_any_moment(
    warehouse: Warehouse, after: list[date | None], how: Settings
) -> None:
    _published(warehouse, [JANUARY, FEBRUARY, MARCH, None])
    _stage(warehouse, after)
    steps = 0
    for _ in _publish(warehouse, how):
        steps += 1
        assert pd.read_parquet(warehouse.root / "articles")["article_id"].is_unique
        money = pd.read_parquet(warehouse.root / "money")
        assert not money.duplicated(["article_id", "start"]).any()
    assert steps > 2
    # What was read was listed; now nobody reads.
    list(_publish(warehouse, how))
    dates = pd.read_parquet(warehouse.root / "articles").set_index("article_id")["published_date"]
    assert dates.to_dict() == {f"{number:020x}": day for number, day in enumerate(after) if day}
    assert select_partitions(warehouse, how) == []


def test_what_is_written_on_the_way_is_not_taken_for_finished(warehouse: Warehouse) -> None:
    _published(warehouse, [JANUARY, FEBRUARY])
    _stage(warehouse, [FEBRUARY, JANUARY])
    for wave in _plan(warehouse)[:1]:
        for partition in wave.partitions:
            shrink_partition(warehouse, partition)
    for path in warehouse.partitions("articles").values():
        assert "inputs" not in read_metadata(path)
        assert pq.read_metadata(path).num_rows == 0
    assert [name.value for name in select_partitions(warehouse, BY_MONTH)] == ["2024-01", "2024-02"]


def test_a_document_that_becomes_an_article_leaves_quarantine_last(warehouse: Warehouse) -> None:
    _published(warehouse, [JANUARY, None])
    _stage(warehouse, [JANUARY, JANUARY])
    written = [partition.dataset for partition in _publish(warehouse)]
    assert written[0] == "articles"
    assert set(written[1:]) == {"quarantine"}
    assert not warehouse.partitions("quarantine")


def test_an_emptied_partition_stays_without_rows_for_who_has_listed_it(
    warehouse: Warehouse,
) -> None:
    """The reader lists between the waves; when nobody does, the next run removes the file."""
    _published(warehouse, [JANUARY, FEBRUARY])
    _stage(warehouse, [FEBRUARY, FEBRUARY])
    shrink, remove, write = _plan(warehouse)
    for partition in shrink.partitions:
        shrink_partition(warehouse, partition)
    listed = [*(warehouse.root / "articles").rglob("*.parquet")]
    for wave in (remove, write):
        for partition in wave.partitions:
            publish_partition(warehouse, partition, BY_MONTH)
    assert sum(pq.read_table(path, partitioning=None).num_rows for path in listed) == 2
    assert len(pd.read_parquet(warehouse.root / "articles")) == 2
    list(_publish(warehouse))
    assert list(warehouse.partitions("articles")) == ["2024-02"]
    assert list(warehouse.partitions("money")) == ["2024-02"]


def test_amounts_without_their_articles_are_cleaned_up(warehouse: Warehouse) -> None:
    """A run died between the two files of a partition that goes."""
    _published(warehouse, [JANUARY, FEBRUARY])
    shutil.copytree(
        warehouse.root / "articles" / "published_month=2024-01", warehouse.root / "kept"
    )
    _stage(warehouse, [FEBRUARY, FEBRUARY])
    list(_publish(warehouse))
    shutil.move(warehouse.root / "kept", warehouse.root / "articles" / "published_month=2024-01")
    list(_publish(warehouse))
    assert list(warehouse.partitions("articles")) == ["2024-02"]


@pytest.mark.parametrize(
    ("count", "rows", "divided"),
    [
        (0, 0, []),
        (1, 9, [1]),
        (16, 100_000, [1] * 16),
        (17, 20_000, [2] * 8 + [1]),
        # Of few rows there are so many in each that the batches are worth reading.
        (119, 0, [30, 30, 30, 29]),
        (31, 100, [20, 11]),
        (1_000, 10, [63] * 15 + [55]),
    ],
)
def test_a_wave_is_divided_into_shares_of_which_none_is_left_out(
    count: int, rows: int, divided: list[int]
) -> None:
    partitions = tuple(Partition("articles", f"{1000 + year}-01") for year in range(count))
    shares = Wave(partitions, rows=dict.fromkeys(partitions, rows)).shares()
    assert [partition for share in shares for partition in share] == list(partitions)
    assert list(map(len, shares)) == divided
