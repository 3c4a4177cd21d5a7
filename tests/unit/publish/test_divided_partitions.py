"""A month of several parts: the same for every history, and no article twice on the way."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.settings import Settings
from tasks.inspect.snapshot import BeingPublishedError, take_snapshot
from tasks.normalize.record import Record, seal_record
from tasks.publish import partition_rows, partitions
from tasks.publish.accounting import check_accounts
from tasks.publish.partitions import publish_share
from tasks.publish.select import Partition, layout_settings, select_partitions
from tasks.publish.shard_count import write_shard_count
from tasks.publish.waves import READERS_S, order_waves, write_wave
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.verdicts import VERDICT_SCHEMA
from tests.records import GOOD, consistent
from tests.unit.publish.test_shards import Counting
from tests.warehouses import publish_rest

OUTLETS = ("canal-times", "harbour-post", "~harbour-post.example", "zeit", None)
# An article's outlet by its position in `OUTLETS`; -1 is a document that is quarantined.
Outlets = Sequence[int]


def _record(number: int, outlet: int) -> Record:
    outlet_id = OUTLETS[outlet] if outlet >= 0 else None
    fate = {} if outlet >= 0 else {"fate": "rejected", "reasons": ("text_missing",)}
    changed = replace(
        GOOD,
        article_id=hashlib.sha256(bytes([number])).hexdigest()[:20],
        raw_path=f"{number}.html",
        outlet_id=outlet_id,
        outlet_name=outlet_id and outlet_id.title(),
        **fate,
    )
    return consistent(changed)


def _stage(warehouse: Warehouse, outlets: Outlets, titles: Sequence[str] = ()) -> None:
    """Stages a document for each outlet, half of them in a second batch."""
    records = [_record(number, outlet) for number, outlet in enumerate(outlets)]
    for number, title in enumerate(titles):
        records[number] = replace(records[number], title=title)
    for batch_id, some in (("a", records[::2]), ("b", records[1::2])):
        sealed = [
            seal_record(record, batch_id=batch_id, pipeline_version="1", reference_version="1")
            for record in some
        ]
        state = hashlib.sha256(repr(sealed).encode()).hexdigest()
        write_records(warehouse, batch_id, sealed, {"state": state})
        path = warehouse.verdicts / f"{batch_id}.parquet"
        write_table(path, [VERDICT_SCHEMA.empty_table()], VERDICT_SCHEMA, {"state": state})


def _in_parts(rows: int) -> Settings:
    return Settings(part_rows=rows)


def _steps(warehouse: Warehouse, how: Settings) -> Iterator[Partition]:
    """Publishes, and yields after each file's worth of work."""
    for wave in order_waves(warehouse, select_partitions(warehouse, how)):
        yield from (written.partition for written in write_wave(warehouse, wave, how))


def _publish(warehouse: Warehouse, outlets: Outlets, rows: int) -> Warehouse:
    _stage(warehouse, outlets)
    list(_steps(warehouse, _in_parts(rows)))
    return warehouse


def _bytes(warehouse: Warehouse, *folders: str) -> dict[str, bytes]:
    return {
        path.relative_to(warehouse.root).as_posix(): path.read_bytes()
        for folder in folders or ("articles", "money", "quarantine", "staged/selection")
        for path in sorted((warehouse.root / folder).rglob("*.parquet"))
    }


def _ids(warehouse: Warehouse, value: str) -> set[str]:
    path = warehouse.partitions("articles")[value]
    return {*pq.read_table(path, columns=["article_id"], partitioning=None)[0].to_pylist()}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def test_the_rows_of_an_outlet_are_in_one_part_with_their_amounts(warehouse: Warehouse) -> None:
    _publish(warehouse, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, -1, -1, -1], 2)
    articles, money = warehouse.partitions("articles"), warehouse.partitions("money")
    assert list(articles) == ["2024-03", "2024-03.6", "2024-03.68", "2024-03.78", "2024-03.7c"]
    assert articles.keys() == money.keys()
    assert {path.name for path in money.values()} == {
        f"part-{part}.parquet" for part in ("0", "6", "68", "78", "7c")
    }
    for value, path in articles.items():
        rows = pq.read_table(path, partitioning=None)
        assert len({*rows["outlet_id"].to_pylist()}) == 1
        amounts = pq.read_table(money[value], partitioning=None)
        assert {*amounts["article_id"].to_pylist()} == {*rows["article_id"].to_pylist()}
        assert read_metadata(path)["partition"] == "2024-03"
    quarantined = warehouse.partitions("quarantine").values()
    assert [pq.read_metadata(path).num_rows for path in quarantined] in ([1, 2], [2, 1])
    assert check_accounts(warehouse).documents == 13


def test_a_month_that_fits_is_the_file_that_it_has_always_been(tmp_path: Path) -> None:
    outlets = [0, 1, 2, 3, 4, -1]
    published = [
        _bytes(_publish(Warehouse(tmp_path / str(rows)), outlets, rows), "articles", "money")
        for rows in (5, 6, Settings().part_rows)
    ]
    assert published[0] == published[1] == published[2]
    assert {Path(name).name for name in published[0]} == {"part-0.parquet"}


def test_who_changes_one_outlet_writes_one_part(warehouse: Warehouse) -> None:
    outlets = [0, 1, 2, 3, 0, 1, 2, 3]
    _publish(warehouse, outlets, 2)
    _stage(warehouse, outlets, ["another title"])
    assert list(_steps(warehouse, _in_parts(2))) == [Partition("articles", "2024-03.6")]


def test_one_article_too_many_divides_one_part(warehouse: Warehouse) -> None:
    """Its rows that go leave first; the others are not touched, and appear after a pause."""
    _publish(warehouse, [0, 1, 2, 3, 1, 2], 3)
    before = _bytes(warehouse, "articles")
    assert list(warehouse.partitions("articles")) == ["2024-03.6", "2024-03.7"]
    _stage(warehouse, [0, 1, 2, 3, 1, 2, 1])
    stale = select_partitions(warehouse, _in_parts(3))
    assert [each.value for each in stale] == ["2024-03.6", "2024-03.68"]
    first, second = order_waves(warehouse, stale)
    assert ([each.value for each in first.partitions], first.shrink) == (["2024-03.6"], True)
    assert second.pause_s == READERS_S
    list(_steps(warehouse, _in_parts(3)))
    after = _bytes(warehouse, "articles")
    untouched = "articles/published_month=2024-03/part-7.parquet"
    assert after[untouched] == before[untouched]


def test_what_is_published_in_parts_is_not_selected_again(warehouse: Warehouse) -> None:
    _publish(warehouse, [0, 1, 2, 3, -1, -1, -1], 2)
    nothing = Counting()
    assert select_partitions(warehouse, _in_parts(2), nothing) == []
    assert nothing.calls == {}
    _lose(warehouse)
    selecting = Counting()
    lost = Partition("articles", "2024-03.6")
    assert select_partitions(warehouse, _in_parts(2), selecting) == [lost]
    assert selecting.calls == {"selecting articles": 1}


_STATES = st.lists(
    st.tuples(
        st.lists(st.integers(-1, len(OUTLETS) - 1), min_size=1, max_size=9),
        st.sampled_from([1, 2, 2, 3, 500_000]),
        # Shards of the index.
        st.sampled_from([1, 4]),
        # After how many steps the run dies.
        st.integers(0, 4) | st.none(),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=8, deadline=None)
@given(states=_STATES)
def test_any_history_ends_as_from_scratch_and_no_article_is_twice_on_the_way(
    states: list[tuple[Outlets, int, int, int | None]],
) -> None:
    with TemporaryDirectory() as folder:
        warehouse, clean = (Warehouse(Path(folder) / name) for name in ("grown", "clean"))
        for outlets, rows, shards, dies_after in states:
            _stage(warehouse, outlets)
            write_shard_count(warehouse, shards)
            for _ in islice(_steps(warehouse, _in_parts(rows)), dies_after):
                _check_unique(warehouse)
        outlets, rows, *_ = states[-1]
        list(_steps(warehouse, _in_parts(rows)))
        # What a reader listed stays without rows until the next run.
        list(_steps(warehouse, _in_parts(rows)))
        assert select_partitions(warehouse, _in_parts(rows)) == []
        assert _bytes(_publish(clean, outlets, rows)) == _bytes(warehouse)
        assert not [each for each in warehouse.root.rglob("*=*") if not any(each.iterdir())]
        assert check_accounts(warehouse).documents == len(outlets)


def _check_unique(warehouse: Warehouse) -> None:
    """What who reads the whole dataset must find at every moment."""
    for dataset, key in (("articles", ["article_id"]), ("money", ["article_id", "start"])):
        if any((warehouse.root / dataset).rglob("*.parquet")):
            rows = pd.read_parquet(warehouse.root / dataset)
            assert not rows.duplicated(key).any()


@pytest.mark.parametrize("in_memory", [0, 10**9])
def test_parts_that_are_written_together_are_as_written_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    outlets = [0, 1, 2, 3, 4] * 3
    alone = _publish(Warehouse(tmp_path / "alone"), outlets, 2)
    together = Warehouse(tmp_path / "together")
    _stage(together, outlets)
    monkeypatch.setattr(partitions, "_ROWS_TOGETHER", 1)
    monkeypatch.setattr(partitions, "PARTS_TOGETHER", 3)
    monkeypatch.setattr(partition_rows, "_IN_MEMORY_BYTES", in_memory)
    stale = select_partitions(together, _in_parts(2))
    counts = publish_share(together, stale, _in_parts(2))
    assert sum(count.rows for count in counts) == len(outlets)
    assert _bytes(together) == _bytes(alone)


def test_a_snapshot_has_a_month_whole_or_is_not_made(warehouse: Warehouse, tmp_path: Path) -> None:
    _publish(warehouse, [0, 1, 2, 3], 4)
    publish_rest(warehouse, _in_parts(4))
    take_snapshot(warehouse, tmp_path / "before")
    _stage(warehouse, [0, 1, 2, 3, 3])
    for number, _ in enumerate(islice(_steps(warehouse, _in_parts(4)), 1)):
        with pytest.raises(BeingPublishedError):
            take_snapshot(warehouse, tmp_path / f"during-{number}")
    list(_steps(warehouse, _in_parts(4)))
    take_snapshot(warehouse, tmp_path / "after")
    for name, rows in (("before", 4), ("after", 5)):
        assert len(pd.read_parquet(tmp_path / name / "articles")) == rows


MARCH = "articles/published_month=2024-03"


def _lose(warehouse: Warehouse) -> None:
    (warehouse.root / MARCH / "part-6.parquet").unlink()


def _add(warehouse: Warehouse) -> None:
    content = (warehouse.root / MARCH / "part-6.parquet").read_bytes()
    (warehouse.root / MARCH / "part-65.parquet").write_bytes(content)


def _swap(warehouse: Warehouse) -> None:
    content = (warehouse.root / MARCH / "part-6.parquet").read_bytes()
    (warehouse.root / MARCH / "part-68.parquet").write_bytes(content)


@pytest.mark.parametrize("damage", [_lose, _add, _swap])
def test_the_next_run_puts_a_wrong_part_right(
    warehouse: Warehouse, damage: Callable[[Warehouse], None]
) -> None:
    _publish(warehouse, [0, 1, 2, 3, 0, 1, 2, 3], 2)
    before = _bytes(warehouse)
    damage(warehouse)
    list(_steps(warehouse, _in_parts(2)))
    assert _bytes(warehouse) == before


def test_the_warehouse_says_by_which_limit_it_is_divided(warehouse: Warehouse) -> None:
    assert layout_settings(warehouse) == Settings()
    assert layout_settings(_publish(warehouse, [0, 1], 7)) == Settings(part_rows=7)
