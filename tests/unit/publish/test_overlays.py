"""What lies over the base of a shard says what the shard made whole would say."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as how_often
from hypothesis import strategies as st

from schemas.settings import Settings
from tasks.normalize.record import Record
from tasks.publish import overlays
from tasks.publish.select import select_partitions
from tasks.publish.shard_count import write_shard_count
from tasks.publish.shard_days import ARTICLES, OTHERS, Rows
from tasks.publish.shard_files import (
    Shard,
    read_days,
    read_days_rows,
    read_entries_of,
    read_names,
)
from tasks.publish.shards import open_shards, update_shards
from tasks.storage.caches import caches_folder
from tasks.storage.maps import map_here
from tasks.storage.records import remove_batch
from tasks.storage.warehouse import Warehouse
from tests.unit.publish.test_select import _RECORDS, _arrive, _record, twin_of

# What is told of a day, but for where its rows lie.
TOLD = ["day", "rows", "earliest", "latest", "named", "digest"]
BASE = [_record(article, 0, 5 * article, 1, article) for article in range(4)]


@contextmanager
def _warehouse(shards: int = 1, share: float = 1_000) -> Iterator[Warehouse]:
    """Yields a warehouse in which what comes to a shard is put over its base, up to a share."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(overlays, "LARGEST_SHARE", share)
        warehouse = Warehouse(Path(folder))
        write_shard_count(warehouse, shards)
        _arrive(warehouse, "0", BASE)
        update_shards(warehouse, map_here)
        yield warehouse


def _shards(warehouse: Warehouse) -> list[Shard]:
    return list(open_shards(warehouse, update_shards(warehouse, map_here).heads))


def _are_the_same(rows: Rows, others: Rows, numbers: bool) -> None:
    fields = [name for name in rows.dtype.names or () if numbers or name != "batch"]
    assert sorted(map(repr, rows[fields])) == sorted(map(repr, others[fields]))


def _say_the_same(over: Shard, whole: Shard, *, numbers: bool = True) -> None:
    """Compares two shards; `numbers` of batches too, where they were given in the same order."""
    assert whole.overlay is None
    for section in (ARTICLES, OTHERS):
        told, expected = read_days(over, section), read_days(whole, section)
        fields = TOLD if numbers else TOLD[:-1]
        assert told[fields].tolist() == expected[fields].tolist()
        rows = read_days_rows(over, section, told)
        _are_the_same(rows, read_days_rows(whole, section, expected), numbers)
    _are_the_same(read_entries_of(over), read_entries_of(whole), numbers)
    names = ["outlet_name", "outlet"]
    told, expected = (
        np.unique(read_names(shard.overlay or shard.base)[names]) for shard in (over, whole)
    )
    assert told.tolist() == expected.tolist()


@how_often(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(_RECORDS, st.integers(-1, 3)), min_size=2, max_size=4),
    st.sampled_from([1, 4]),
)
def test_days_are_those_of_a_shard_made_whole(
    arrivals: list[tuple[list[Record], int]], count: int
) -> None:
    with _warehouse(count) as warehouse:
        for number, (records, failing) in enumerate(arrivals, start=1):
            _arrive(warehouse, str(number), records, failing)
            over = _shards(warehouse)
        with twin_of(warehouse) as twin:
            write_shard_count(twin, count)
            for each, whole in zip(over, _shards(twin), strict=True):
                _say_the_same(each, whole)


def _overlays(warehouse: Warehouse) -> list[str]:
    return sorted(path.name for path in caches_folder(warehouse).glob("overlay-*"))


def test_what_comes_is_put_over_the_base() -> None:
    with _warehouse() as warehouse:
        (before,) = _shards(warehouse)
        for number in (1, 2):
            _arrive(warehouse, str(number), [_record(1, 0, 60, 5 + number, 9)])
            (over,) = _shards(warehouse)
            assert over.base.digest == before.base.digest
            assert _overlays(warehouse) == ["overlay-0-of-1"]
        # The article moved: its first day is empty, and the overlay says so.
        assert read_days(over, ARTICLES)["rows"].tolist() == [1, 2, 1]
        assert len(read_entries_of(over)) == len(BASE) + 2


def test_a_shard_is_made_whole_once_its_overlay_would_be_large() -> None:
    # An entry, and the row of its day, each time.
    with _warehouse(share=5 / len(BASE)) as warehouse:
        for number, is_over in ((1, True), (2, True), (3, False), (4, True)):
            _arrive(warehouse, str(number), [_record(10 + number, 0, 200 + 24 * number, 1, 1)])
            (shard,) = _shards(warehouse)
            assert (shard.overlay is not None) is is_over
            assert bool(_overlays(warehouse)) is is_over


@pytest.mark.parametrize(("gone", "is_over"), [("1", True), ("0", False)])
def test_a_shard_is_made_whole_where_its_base_loses_something(gone: str, is_over: bool) -> None:
    with _warehouse() as warehouse:
        # The first of these takes the place of an article of the base, and moves it.
        _arrive(warehouse, "1", [_record(2, 0, 200, 5, 1), _record(10, 0, 3, 5, 2)])
        _arrive(warehouse, "2", [_record(10, 0, 200, 6, 1)])
        _shards(warehouse)
        remove_batch(warehouse, gone)
        (shard,) = _shards(warehouse)
        assert (shard.overlay is not None) is is_over
        with twin_of(warehouse) as twin:
            _say_the_same(shard, *_shards(twin), numbers=False)


def test_an_overlay_that_is_lost_or_damaged_is_made_of_all_records(tmp_path: Path) -> None:
    with _warehouse() as warehouse:
        select_partitions(warehouse, Settings())
        _arrive(warehouse, "1", [_record(10, 0, 3, 1, 1)])
        stale = select_partitions(warehouse, Settings())
        folder = caches_folder(warehouse)
        copytree(folder, tmp_path / "kept")
        path = folder / "overlay-0-of-1"
        content = path.read_bytes()
        _arrive(warehouse, "2", [_record(10, 0, 3, 2, 1)])
        for at in range(0, len(content), 1 + len(content) // 30):
            rmtree(folder)
            copytree(tmp_path / "kept", folder)
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            if not at:
                path.unlink()
            assert select_partitions(warehouse, Settings()) == stale
            (shard,) = _shards(warehouse)
            assert len(read_entries_of(shard)) == len(BASE) + 2
            assert sum(read_days(shard, ARTICLES)["rows"]) == len(BASE) + 1


def test_an_overlay_of_another_base_is_passed_over() -> None:
    with _warehouse() as warehouse:
        _arrive(warehouse, "1", [_record(10, 0, 3, 1, 1)])
        _shards(warehouse)
        path = caches_folder(warehouse) / "overlay-0-of-1"
        content = path.read_bytes()
        _arrive(warehouse, "0", BASE[1:])
        (whole,) = _shards(warehouse)
        path.write_bytes(content)
        assert _shards(warehouse) == [whole]


def test_an_overlay_does_not_outlive_the_batches_it_was_made_of() -> None:
    with _warehouse() as warehouse:
        _arrive(warehouse, "1", [_record(9, 0, 3, 1, 1)])
        assert [shard.overlay is not None for shard in _shards(warehouse)] == [True]
        remove_batch(warehouse, "1")
        # Without it all shards are made again: the base is the same to the last byte.
        (caches_folder(warehouse) / "batches").unlink()
        over = _shards(warehouse)
        with twin_of(warehouse) as twin:
            update_shards(twin, map_here)
            for shard, whole in zip(over, _shards(twin), strict=True):
                _say_the_same(shard, whole)
