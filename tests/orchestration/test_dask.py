"""Batches on the workers of a real Dask cluster: the same bytes, also when a worker is killed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NEWSMILL, PROJECT, Command, read_published
from tests.servers import DaskCluster, dask_cluster, free_port, kill_group, process, wait_for

WAIT_S = 240


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers=2) as started:
        yield started


@pytest.mark.timeout(3 * WAIT_S)
def test_two_workers_write_what_one_process_writes_also_when_one_is_killed(
    cluster: DaskCluster, sample_warehouse: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """Paths are given relative to a directory that is not the workers'."""
    shutil.copytree(PROJECT / "raw", tmp_path / "raw")
    command: list[str | Path] = [NEWSMILL, "run", "--dask", cluster.address, "--workers", "1"]
    with process(command, environment, tmp_path) as run:
        staged = tmp_path / "warehouse" / "staged" / "records"
        wait_for(lambda: any(staged.glob("[!.]*.parquet")), WAIT_S, "a staged batch")
        kill_group(cluster.workers[0])
        assert run.wait(WAIT_S) == 0, (tmp_path / "newsmill.log").read_text()
    assert read_published(tmp_path / "warehouse") == read_published(sample_warehouse)


@pytest.mark.timeout(2 * WAIT_S)
def test_a_scheduler_that_goes_away_is_named(
    cluster: DaskCluster, environment: dict[str, str], tmp_path: Path
) -> None:
    """It is the last to need the cluster."""
    command: list[str | Path] = [NEWSMILL, "run", "--dask", cluster.address, "--workers", "1"]
    with process([*command, "--raw", PROJECT / "raw"], environment, tmp_path) as run:
        staged = tmp_path / "warehouse" / "staged" / "records"
        wait_for(lambda: any(staged.glob("[!.]*.parquet")), WAIT_S, "a staged batch")
        kill_group(cluster.scheduler)
        assert run.wait(WAIT_S) == 1
    said = (tmp_path / "newsmill.log").read_text()
    assert said == (
        f"newsmill: the Dask scheduler at {cluster.address} went away while it had work of this "
        "run (a batch). Start it and its workers, then run again\n"
    )


def test_a_scheduler_that_does_not_answer_is_named(newsmill: Command, tmp_path: Path) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    finished = newsmill("run", "--warehouse", tmp_path / "warehouse", "--dask", address)
    assert finished.returncode == 1
    assert finished.stderr == f"newsmill: no Dask scheduler answers at {address}\n"
