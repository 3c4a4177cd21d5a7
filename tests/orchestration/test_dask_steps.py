"""The maps of a run on four workers: one is killed in each, and the scheduler goes once.

Without Prefect and without extraction; `test_dask.py` has whole runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from distributed import Client

from schemas.settings import Settings
from tasks.normalize.record import Record, seal_record
from tasks.publish.select import Partition, select_partitions
from tasks.publish.shard_count import write_shard_count
from tasks.publish.shares import publish_there
from tasks.stage import cluster as cluster_module
from tasks.stage.cluster import ClusterError, call_on, disconnect
from tasks.stage.hands import map_of
from tasks.stage.staged_rows import write_records
from tasks.storage.maps import Map, map_here
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.verdicts import validate_batches
from tests.conftest import read_published
from tests.orchestration.killed_workers import CALLED, HELD, HOLD
from tests.records import GOOD, dated
from tests.servers import DaskCluster, dask_cluster, free_port, kill_group, wait_for

WORKERS, WAIT_S = 4, 900
PLUGIN = Path(__file__).with_name("killed_workers.py")


@pytest.mark.campaign
@pytest.mark.timeout(3 * WAIT_S)
def test_the_bytes_are_those_of_one_process_though_workers_die_and_the_scheduler_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, warehouse = Warehouse(tmp_path / "alone"), Warehouse(tmp_path / "warehouse")
    write_shard_count(warehouse, 4)
    for each in (alone, warehouse):
        _stage(each)
    assert [_publish(alone, each, Settings()) for each in _choose(alone, map_here)]

    kills = tmp_path / "kills"
    kills.mkdir()
    monkeypatch.setenv("KILLS", str(kills))
    port = free_port()
    settings = Settings(dask=f"tcp://127.0.0.1:{port}")
    with _cluster(tmp_path / "first", port, PLUGIN) as cluster:
        first, second, *_ = _choose(warehouse, map_of(settings))
        _publish(warehouse, first, settings)
        assert {path.name for path in kills.iterdir()} == set(CALLED)
        (kills / HOLD).touch()
        going = Thread(target=_end_once_held, args=(kills, cluster))
        going.start()
        with pytest.raises(ClusterError) as gone:
            _publish(warehouse, second, settings)
        going.join()
    assert str(gone.value) == (
        f"the Dask scheduler at {settings.dask} went away while it had work of this run "
        f"(publishing {second.value}). Start it and its workers, then run again"
    )

    # The next run, which is another process.
    monkeypatch.setattr(cluster_module, "_lost", set())
    with _cluster(tmp_path / "second", port):
        for partition in _choose(warehouse, map_of(settings)):
            _publish(warehouse, partition, settings)
        assert _choose(warehouse, map_of(settings)) == []
        disconnect()
    assert read_published(warehouse.root) == read_published(alone.root)


def _stage(warehouse: Warehouse) -> None:
    """Stages articles of three months, some of them twice, and what is refused."""
    for batch in range(6):
        records = [_record(batch, number) for number in range(batch, batch + 12)]
        sealed = [
            seal_record(each, batch_id=f"{batch}", pipeline_version="1", reference_version="1")
            for each in records
        ]
        write_records(warehouse, f"{batch}", sealed, {"state": f"{batch}"})


def _record(batch: int, number: int) -> Record:
    """Makes an article up, or where its number says so a document that is none."""
    record = replace(
        dated(GOOD, date(2024, 1 + number % 3, 1 + number)),
        # In all shards.
        article_id=f"{number * 37 % 256:02x}{number:018x}",
        raw_path=f"{batch}-{number}.html",
    )
    return record if number % 5 else replace(record, fate="rejected", reasons=("text_missing",))


def _choose(warehouse: Warehouse, spread: Map) -> list[Partition]:
    validate_batches(warehouse, judging=spread, joining=spread)
    audit_staged(warehouse, accept=True, spread=spread)
    return select_partitions(warehouse, Settings(), spread)


def _publish(warehouse: Warehouse, partition: Partition, settings: Settings) -> object:
    work = f"publishing {partition.value}"
    where = str(warehouse.root)
    return call_on(settings.dask, work, publish_there, where, [partition], settings)


def _end_once_held(kills: Path, cluster: DaskCluster) -> None:
    wait_for((kills / HELD).exists, WAIT_S, "the second partition")
    kill_group(cluster.scheduler)


@contextmanager
def _cluster(folder: Path, port: int, preload: Path | None = None) -> Iterator[DaskCluster]:
    with dask_cluster(folder, WORKERS, port, preload) as started:
        with Client(started.address, timeout=WAIT_S) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(WORKERS, timeout=WAIT_S)  # type: ignore[no-untyped-call]
        yield started
