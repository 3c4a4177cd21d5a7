"""What the world does to a run is tried again: here, a folder that cannot be made for a while."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.conftest import NEWSMILL, PROJECT, Command, read_published
from tests.servers import PrefectServer, wait_for


def test_a_partition_that_cannot_be_written_is_tried_again(
    newsmill: Command, served: dict[str, str], sample_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w"
    shutil.copytree(sample_warehouse, warehouse)
    folder = warehouse / "articles" / "published_month=2024-03"
    shutil.rmtree(folder)
    folder.write_text("no folder can be made where a file is")
    server = PrefectServer(served["PREFECT_API_URL"], served)

    def publications() -> list[dict[str, Any]]:
        flow_run = {"name": {"any_": [f"news-etl {warehouse}"]}}
        task_run = {"name": {"like_": "publish articles"}}
        found: list[dict[str, Any]] = server.post(
            "/task_runs/filter", {"flow_runs": flow_run, "task_runs": task_run}
        )
        return found

    command = [NEWSMILL, "run", "--raw", PROJECT / "raw", "--warehouse", warehouse]
    with subprocess.Popen(command, env=served) as running:
        wait_for(
            lambda: [found for found in publications() if found["state_name"] == "AwaitingRetry"],
            60,
            "a publication that failed",
        )
        folder.unlink()
        assert running.wait(timeout=60) == 0
    (publication,) = publications()
    assert (publication["state_type"], publication["run_count"]) == ("COMPLETED", 2)
    server.close()
    assert read_published(warehouse) == read_published(sample_warehouse)
    assert newsmill("verify", "--warehouse", warehouse).returncode == 0
