"""The shards of the index say what is staged, whatever happened to them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from schemas.settings import Settings
from tasks.publish.select import select_partitions
from tasks.publish.shard_count import read_shard_count, write_shard_count
from tasks.publish.shards import update_shards
from tasks.storage.caches import caches_folder
from tasks.storage.maps import map_here
from tasks.storage.records import remove_batch
from tasks.storage.warehouse import Warehouse
from tests.unit.publish.test_select import _record, _stage

S = TypeVar("S")
T = TypeVar("T")


class Counting:
    """A map that notes how many calls each work had, and breaks off after some of them."""

    def __init__(self, breaks_after: int = 10**6) -> None:
        self.calls: dict[str, int] = {}
        self._left = breaks_after

    def __call__(self, work: str, call: Callable[[S], T], subjects: Sequence[S]) -> Iterable[T]:
        for subject in subjects:
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            self.calls[work] = self.calls.get(work, 0) + 1
            yield call(subject)


READING, CHOOSING = "reading what is new", "choosing the latest records"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    write_shard_count(warehouse, 4)
    # The ids of the articles 1, 3 and 4 begin with 01, that of 2 with 11.
    _stage(warehouse, "a", [_record(1, 0, 0, 1, 1), _record(2, 1, 5, 2, 2)])
    update_shards(warehouse, map_here)
    return warehouse


def test_only_shards_that_something_concerns_are_made_again(warehouse: Warehouse) -> None:
    before = update_shards(warehouse, map_here)
    _stage(warehouse, "b", [_record(3, 0, 9, 1, 3)])
    counting = Counting()
    after = update_shards(warehouse, counting)
    assert counting.calls == {READING: 1, CHOOSING: 4}
    changed = [
        n
        for n, pair in enumerate(zip(before.heads, after.heads, strict=True))
        if len(set(pair)) > 1
    ]
    assert changed == [1]
    nothing = Counting()
    assert update_shards(warehouse, nothing) == after
    assert nothing.calls == {}


def test_an_update_that_was_interrupted_is_finished_not_begun_anew(warehouse: Warehouse) -> None:
    remove_batch(warehouse, "a")
    _stage(warehouse, "c", [_record(4, 0, 9, 1, 4)])
    with pytest.raises(KeyboardInterrupt):
        update_shards(warehouse, Counting(breaks_after=3))
    counting = Counting()
    update_shards(warehouse, counting)
    # The second of four was made before; the first, which nothing concerns, is looked at again.
    assert counting.calls == {READING: 1, CHOOSING: 3}


def test_a_shard_that_is_lost_is_made_of_all_records(warehouse: Warehouse) -> None:
    _stage(warehouse, "b", [_record(3, 0, 9, 1, 3)])
    whole = update_shards(warehouse, map_here)
    (caches_folder(warehouse) / "shard-1-of-4").unlink()
    assert update_shards(warehouse, map_here).heads == whole.heads


def test_files_of_another_number_go(warehouse: Warehouse) -> None:
    write_shard_count(warehouse, 1)
    update_shards(warehouse, map_here)
    names = {path.name for path in caches_folder(warehouse).glob("*")}
    assert names == {"batches", "records", "verdicts", "shard-0-of-1"}


def test_there_may_be_hundreds(warehouse: Warehouse) -> None:
    before = select_partitions(warehouse, Settings())
    write_shard_count(warehouse, 256)
    shards = update_shards(warehouse, map_here)
    assert len(shards.heads) == 256
    assert select_partitions(warehouse, Settings()) == before


@pytest.mark.parametrize("count", [0, 3, 8_192])
def test_a_number_that_is_no_power_of_two_is_refused(tmp_path: Path, count: int) -> None:
    with pytest.raises(ValueError, match="no power of two from 1 to 4,096"):
        write_shard_count(Warehouse(tmp_path), count)
    assert read_shard_count(Warehouse(tmp_path)) == 1
