"""A run that is killed anywhere is finished by the next, with the bytes of one that was not."""

import os
import signal
import subprocess
from pathlib import Path
from threading import Event

import pytest

from tests.conftest import NEWSMILL, PROJECT, Command, read_published

_POLL_S = 0.01


@pytest.mark.parametrize("sign_of_life", ["staged/records/[!.]*", "staged/selection/*/[!.]*"])
def test_the_next_run_finishes_what_a_killed_one_began(
    newsmill: Command,
    environment: dict[str, str],
    sample_warehouse: Path,
    tmp_path: Path,
    sign_of_life: str,
) -> None:
    """Killed with its workers and its server, while it stages and while it publishes."""
    warehouse = tmp_path / "warehouse"
    run = subprocess.Popen(
        [NEWSMILL, "run", "--raw", "raw", "--warehouse", warehouse],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    poll = Event()
    while run.poll() is None and not any(warehouse.glob(sign_of_life)):
        poll.wait(_POLL_S)
    assert run.poll() is None, "the run ended before it could be killed"
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert not any(warehouse.glob("runs/*.parquet")), "the run had left its row"

    finished = newsmill("run", "--raw", "raw", "--warehouse", warehouse)
    assert finished.returncode == 0, finished.stderr
    assert read_published(warehouse) == read_published(sample_warehouse)
    assert not list(warehouse.rglob("*.tmp"))
