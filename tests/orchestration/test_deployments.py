"""prefect.yaml against a real server and worker: schedules, backfills, cancelling, kill -9."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

from flows.provision import AUTOMATION
from tasks.storage.warehouse import Warehouse
from tests.conftest import PROJECT, Command, read_published
from tests.servers import (
    POOL,
    PrefectServer,
    kill_group,
    postgresql,
    prefect_server,
    wait_for,
)

# Enough that a run can be stopped in the middle of it.
MANY = 1_500
RUN_S = 240


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    with prefect_server(tmp_path_factory.mktemp("prefect")) as started:
        yield started


@pytest.fixture(scope="module")
def site(server: PrefectServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deployment's working directory, as docs/operations.md sets it up."""
    return _deploy(server, tmp_path_factory.mktemp("site"))


def _deploy(server: PrefectServer, folder: Path) -> Path:
    shutil.copy(PROJECT / "prefect.yaml", folder)
    (folder / "newsmill.toml").write_text("workers = 2\n")
    for day in (5, 6):
        landing = folder / "raw" / "press" / f"2024-03-{day:02}"
        landing.mkdir(parents=True)
        (landing / "page.html").write_text(_page(day, day))
    server.prefect("work-pool", "create", POOL, "--type", "process", cwd=folder)
    server.prefect("--no-prompt", "deploy", "--all", cwd=folder)
    return folder


def _page(number: int, day: int = 5) -> str:
    facts = {
        "@type": "NewsArticle",
        "headline": f"The harbour opens berth {number}",
        "datePublished": f"2024-03-{day:02}T09:30:00+00:00",
    }
    paragraph = f"The harbour opened berth {number} and expects ships worth ${number} million. " * 6
    return (
        f'<html lang="en"><head><link rel="canonical" href="https://harbourpost.example/{number}">'
        f'<script type="application/ld+json">{json.dumps(facts)}</script></head>'
        f"<body><article><h1>{facts['headline']}</h1><p>{paragraph}</p></article></body></html>"
    )


def test_everything_is_deployed_and_a_second_time_changes_nothing(
    server: PrefectServer, site: Path
) -> None:
    server.prefect("--no-prompt", "deploy", "--all", cwd=site)
    deployments = {found["name"]: found for found in server.post("/deployments/filter")}
    assert set(deployments) == {"daily", "backfill", "replay-quarantine", "rates"}
    (schedule,) = deployments["daily"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("30 5 * * *", "UTC")
    queue = server.get(f"/work_pools/{POOL}/queues/writers")
    assert queue["concurrency_limit"] == 1
    writers = {name for name in deployments if deployments[name]["work_queue_name"] == "writers"}
    assert writers == {"daily", "backfill", "replay-quarantine"}
    assert [found["name"] for found in server.post("/automations/filter")] == [AUTOMATION]


@pytest.mark.timeout(RUN_S * 2)
def test_the_schedule_fires_and_a_backfill_runs_in_chunks(
    server: PrefectServer, site: Path, newsmill: Command
) -> None:
    daily = server.get("/deployments/name/daily/daily")["id"]
    every_minute = {"schedule": {"cron": "* * * * *", "timezone": "UTC"}, "active": True}
    (schedule,) = server.post(f"/deployments/{daily}/schedules", [every_minute])
    with server.worker(site):
        scheduled = wait_for(
            lambda: [run for run in server.runs("daily") if run["state_type"] == "COMPLETED"],
            RUN_S,
            "the schedule to fire",
        )
        server.delete(f"/deployments/{daily}/schedules/{schedule['id']}")
        assert scheduled[0]["auto_scheduled"]
        assert scheduled[0]["name"].startswith("daily 20")
        first = read_published(site / "warehouse")
        assert len(first) == 2, "March's articles and their money"
        _check_artifacts(server, site / "warehouse")

        # What today's code made is left alone; with `everything` each chunk is done again.
        window = {"since": "2024-03-05", "until": "2024-03-06", "chunk_days": 1}
        for parameters in (window, {**window, "everything": True}):
            run = server.start_run("backfill/backfill", parameters)
            server.wait_for_state(run, "COMPLETED", RUN_S)

        # Without a window it is about everything; nothing of it is stale.
        run = server.start_run("backfill/backfill", {})
        server.wait_for_state(run, "COMPLETED", RUN_S)

        # What it would change is shown, and changed by nobody.
        page = site / "raw" / "press" / "2024-03-05" / "page.html"
        page.write_text(_page(7))
        run = server.start_run("backfill/backfill", {**window, "chunk_days": 31, "diff": True})
        server.wait_for_state(run, "COMPLETED", RUN_S)
        diff = "diff 2024-03-05..2024-03-06 from raw"
        changes = server.artifact(diff, "newsmill-changes")
        assert "| articles | 2 → 2 | 1 | 1 | 0 |" in changes["data"]
        page.write_text(_page(5))
    assert "leaked" not in (site / "prefect.log").read_text(), "DuckDB complains of what is kept"
    assert read_published(site / "warehouse") == first
    runs = Warehouse(site / "warehouse").dataset("runs")
    processed = [row["processed_count"] for row in _rows(runs)]
    assert processed[-5:] == [0, 0, 1, 1, 0]
    assert newsmill("verify", "--warehouse", site / "warehouse").returncode == 0


def _check_artifacts(server: PrefectServer, warehouse: Path) -> None:
    """What the first run left in the UI is what it left in runs/."""
    row = _rows(warehouse / "runs")[0]
    progress, summary, report = (
        server.artifact("news-etl warehouse", f"newsmill-{what}")
        for what in ("progress", "summary", "report")
    )
    for fate, column in (
        ("articles", "article_count"),
        ("quarantined", "quarantined_count"),
        ("**documents**", "document_count"),
    ):
        assert f"| {fate} | {row[column]} | {row[column]} |" in summary["data"]
    assert row["run_id"] in summary["description"]
    assert progress["data"] == 100
    (address,) = re.findall(r"\(file://(.+)\)", report["data"])
    assert Path(address) == warehouse / "_reports" / f"{row['run_id']}.html"
    assert Path(address).is_file()
    names = {task["name"] for task in server.post("/task_runs/filter")}
    assert "publish articles 2024-03" in names
    assert any(name.startswith("process press/2024-03-05/ 1 file ") for name in names)


@pytest.mark.timeout(RUN_S * 4)
def test_a_cancelled_and_a_killed_run_are_finished_by_the_next(
    server: PrefectServer, site: Path, newsmill: Command, tmp_path: Path
) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    (raw / "2024-03-05").mkdir(parents=True)
    for part in range(3):
        lines = (json.dumps({"html": _page(number)}) for number in range(part, MANY, 3))
        (raw / "2024-03-05" / f"{part}.jsonl").write_text("\n".join(lines))
    places = {"raw": str(raw), "warehouse": str(warehouse)}

    with server.worker(site):
        run = _start(server, places, warehouse)
        server.post(f"/flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})
        server.wait_for_state(run, "CANCELLED", RUN_S)
        wait_for(lambda: not _processes_in(site, "flow-run"), 30, "the run's processes to end")
        shutil.rmtree(warehouse)

    with server.worker(site) as worker:
        run = _start(server, places, warehouse)
        doomed = [psutil.Process(worker.pid), *psutil.Process(worker.pid).children(recursive=True)]
        kill_group(worker)
        for process in doomed:
            if process.is_running():
                process.kill()
    assert server.state(run) == "RUNNING", "nothing is left to say that it ended"
    server.wait_for_state(run, "CRASHED", RUN_S)

    with server.worker(site):
        run = server.start_run("daily/daily", places)
        server.wait_for_state(run, "COMPLETED", RUN_S)
    clean = newsmill("run", "--raw", raw, "--warehouse", tmp_path / "clean")
    assert clean.returncode == 0, clean.stderr
    assert read_published(warehouse) == read_published(tmp_path / "clean")


def _start(server: PrefectServer, places: dict[str, str], warehouse: Path) -> str:
    """Starts a run and returns when it has staged a batch and has others to do."""
    run = server.start_run("daily/daily", places)
    staged = warehouse / "staged" / "records"
    wait_for(lambda: any(staged.glob("[!.]*.parquet")), RUN_S, "a staged batch")
    assert server.state(run) == "RUNNING"
    return run


@pytest.mark.skipif(shutil.which("initdb") is None, reason="PostgreSQL is not installed")
@pytest.mark.timeout(RUN_S * 2)
def test_the_same_on_postgresql(tmp_path: Path, newsmill: Command) -> None:
    with (
        postgresql() as database,
        prefect_server(tmp_path / "prefect", database) as server,
    ):
        (tmp_path / "site").mkdir()
        site = _deploy(server, tmp_path / "site")
        with server.worker(site):
            run = server.start_run("daily/daily", {})
            server.wait_for_state(run, "COMPLETED", RUN_S)
        tasks = server.post("/task_runs/filter")
        assert {task["state_type"] for task in tasks} == {"COMPLETED"}
        assert len(tasks) >= 6, "each step reported"
        assert not (tmp_path / "prefect" / "home" / "prefect.db").exists()
    clean = newsmill("run", "--raw", site / "raw", "--warehouse", tmp_path / "clean")
    assert clean.returncode == 0, clean.stderr
    assert read_published(site / "warehouse") == read_published(tmp_path / "clean")


def _processes_in(folder: Path, word: str) -> list[psutil.Process]:
    found = psutil.process_iter(["cwd", "cmdline"])
    return [
        process
        for process in found
        if process.info["cwd"] == str(folder) and word in " ".join(process.info["cmdline"] or ())
    ]


def _rows(runs: Path) -> list[dict[str, Any]]:
    return [pq.read_table(path).to_pylist()[0] for path in sorted(runs.glob("*.parquet"))]
