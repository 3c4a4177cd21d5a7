"""The index tells where the fetches of an article lie, or that it does not know."""

from datetime import date
from pathlib import Path

import pytest

from tasks.publish.fetches import Fetches, find_fetches
from tasks.publish.shard_count import write_shard_count
from tasks.publish.shards import update_shards
from tasks.storage.caches import caches_folder
from tasks.storage.maps import map_here
from tasks.storage.records import read_records
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse
from tests.unit.publish.test_select import _record, _stage


@pytest.fixture(params=[1, 4])
def warehouse(tmp_path: Path, request: pytest.FixtureRequest) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    write_shard_count(warehouse, request.param)
    _stage(warehouse, "a", [_record(1, 0, 0, 1, 1), _record(2, 1, 5, 2, 2)])
    _stage(warehouse, "b", [_record(1, 0, 7, 1, 3)])
    update_shards(warehouse, map_here)
    return warehouse


def _read(warehouse: Warehouse, batch_id: str) -> tuple[list[str], list[date]]:
    staged = read_records(warehouse, batch_id, ["article_id", "published_date"])
    ids, days = (staged[name].to_pylist() for name in staged.column_names)
    return ids, days


def test_all_fetches_of_an_article_are_found(warehouse: Warehouse) -> None:
    (first, second), days = _read(warehouse, "a")
    _, (changed,) = _read(warehouse, "b")
    seen = StagedView(warehouse)
    assert find_fetches(warehouse, [first], seen) == Fetches(
        frozenset("ab"), frozenset({days[0], changed})
    )
    assert find_fetches(warehouse, [second], seen) == Fetches(frozenset("a"), frozenset({days[1]}))
    assert find_fetches(warehouse, [], seen) == Fetches(frozenset(), frozenset())


def test_fetches_of_a_batch_that_came_since_are_not_guessed(warehouse: Warehouse) -> None:
    (first, _), _ = _read(warehouse, "a")
    _stage(warehouse, "c", [_record(3, 0, 9, 1, 4)])
    assert find_fetches(warehouse, [first], StagedView(warehouse)) is None
    update_shards(warehouse, map_here)
    found = find_fetches(warehouse, [first], StagedView(warehouse))
    assert found is not None
    assert found.batches == {"a", "b"}


def test_a_damaged_index_tells_nothing(warehouse: Warehouse) -> None:
    (first, _), _ = _read(warehouse, "a")
    for path in caches_folder(warehouse).glob("shard-*"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
        path.write_bytes(content)
    assert find_fetches(warehouse, [first], StagedView(warehouse)) is None
