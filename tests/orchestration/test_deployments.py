"""prefect.yaml against a real server and worker: schedules, backfills, cancelling, kill -9."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

from flows.provision import AUTOMATION
from tasks.collect.memory.signs import read_signs
from tasks.collect.memory.state import read_state
from tasks.storage.warehouse import Warehouse
from tests.collected import add_denied_feed, example_newspaper, stored_urls
from tests.conftest import PROJECT, Command, read_published
from tests.lost_texts import write_lost_texts
from tests.receivers import Mailbox, Webhook, mailbox, webhook
from tests.servers import (
    POOL,
    PrefectServer,
    kill_group,
    postgres_program,
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
def hook() -> Iterator[Webhook]:
    """Who is told of runs, by HTTP."""
    with webhook() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def mails() -> Iterator[Mailbox]:
    """Who is told of runs, by mail."""
    with mailbox() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def site(
    server: PrefectServer,
    tmp_path_factory: pytest.TempPathFactory,
    hook: Webhook,
    mails: Mailbox,
) -> Path:
    """A deployment's working directory, as docs/operations.md sets it up."""
    return _deploy(server, tmp_path_factory.mktemp("site"), [hook.url, mails.address])


def _deploy(server: PrefectServer, folder: Path, notify: Sequence[str] = ()) -> Path:
    shutil.copy(PROJECT / "prefect.yaml", folder)
    _write_settings(folder, notify)
    for day in (5, 6):
        landing = folder / "raw" / "press" / f"2024-03-{day:02}"
        landing.mkdir(parents=True)
        (landing / "page.html").write_text(_page(day, day))
    server.run_documented("prefect work-pool create", cwd=folder)
    server.run_documented("prefect --no-prompt deploy", cwd=folder)
    return folder


def _write_settings(folder: Path, notify: Sequence[str], *more: str) -> None:
    lines = ("workers = 2", f"notify = {json.dumps(list(notify))}", *more)
    (folder / "newsmill.toml").write_text("\n".join(lines))


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
    server.run_documented("prefect --no-prompt deploy", cwd=site)
    deployments = {found["name"]: found for found in server.post("/deployments/filter")}
    assert set(deployments) == {"daily", "backfill", "replay-quarantine", "rates", "collect"}
    # Who has no sources file wants no run of it every quarter of an hour.
    assert [schedule["active"] for schedule in deployments["collect"]["schedules"]] == [False]
    assert deployments["collect"]["work_queue_name"] == "collectors"
    (schedule,) = deployments["daily"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("30 5 * * *", "UTC")
    queue = server.get(f"/work_pools/{POOL}/queues/writers")
    assert queue["concurrency_limit"] == 1
    writers = {name for name in deployments if deployments[name]["work_queue_name"] == "writers"}
    assert writers == {"daily", "backfill", "replay-quarantine"}
    automations = [found["name"] for found in server.post("/automations/filter")]
    assert sorted(automations) == sorted([AUTOMATION, *_NOTIFYING])
    blocks = server.post("/block_documents/filter", {"include_secrets": False})
    assert "SECRET-TOKEN" not in json.dumps(blocks)


_NOTIFYING = [
    f"newsmill: notify when {what}"
    for what in (
        "a run is held back",
        "a run fails",
        "a run crashes",
        "no run has ended in time",
        "collecting needs a person",
        "no scheduled run of the collector has ended in time",
    )
]


@pytest.mark.timeout(RUN_S * 2)
def test_people_are_told_once_of_a_run_that_is_held_back(
    server: PrefectServer, site: Path, tmp_path: Path, hook: Webhook, mails: Mailbox
) -> None:
    write_lost_texts(tmp_path / "raw")
    places = {"raw": str(tmp_path / "raw"), "warehouse": str(tmp_path / "w")}
    hook.received.clear()
    with server.worker(site):
        run = server.start_run("daily/daily", places)
        server.wait_for_state(run, "FAILED", RUN_S)
    assert server.get(f"/flow_runs/{run}")["state_name"] == "Held back"
    wait_for(lambda: mails.received and hook.received, 60, "people to be told")
    assert [told["title"].rpartition(": ")[2] for told in hook.received] == ["Held back"]
    assert "40 documents wait." in hook.received[0]["message"]
    assert run in hook.received[0]["message"]
    assert mails.received[0]["Subject"] == hook.received[0]["title"]
    assert not Warehouse(tmp_path / "w").partitions("articles")


@pytest.mark.timeout(RUN_S * 2)
def test_people_are_told_of_failures_and_of_silence_until_nobody_wants_to_be(
    server: PrefectServer, site: Path, hook: Webhook
) -> None:
    silent_after = "silent_after_h = 0.003"
    _write_settings(site, [hook.url], silent_after, f"collect_{silent_after}")
    _provision(server, site)
    hook.received.clear()
    _end_collecting(server, tags=[])
    run = server.start_run("rates/rates", {})
    failed = {"state": {"type": "FAILED", "message": "the bank is closed"}, "force": True}
    server.post(f"/flow_runs/{run}/set_state", failed)
    silent = "newsmill: silent", "newsmill: collecting is silent"
    wait_for(lambda: {silent[0]} < set(_titles(hook)), 60, "people to be told")
    told = {received["title"]: received["message"] for received in hook.received}
    assert "No run of the deployment “daily” has ended" in told["newsmill: silent"]
    assert any("the bank is closed" in message for message in told.values())

    wait_for(lambda: _titles(hook).count(silent[0]) > 1, 60, "people to be told again")
    assert silent[1] not in _titles(hook), "who started it by hand expects no other"
    _end_collecting(server, tags=["auto-scheduled"])
    wait_for(lambda: silent[1] in _titles(hook), 60, "people to miss a run of the schedule")

    _write_settings(site, [])
    _provision(server, site)
    automations = [found["name"] for found in server.post("/automations/filter")]
    assert automations == [AUTOMATION]
    assert server.post("/block_documents/filter") == []


def _end_collecting(server: PrefectServer, tags: list[str]) -> None:
    """Leaves a run of the collector that has ended, with the tags that its maker gives it."""
    deployment = server.get("/deployments/name/collect/collect")["id"]
    run = server.post(f"/deployments/{deployment}/create_flow_run", {"tags": tags})["id"]
    completed = {"state": {"type": "COMPLETED"}, "force": True}
    server.post(f"/flow_runs/{run}/set_state", completed)


def _titles(hook: Webhook) -> list[str]:
    return [received["title"] for received in hook.received]


def _provision(server: PrefectServer, site: Path) -> None:
    code = "import asyncio; from flows.provision import provision; asyncio.run(provision())"
    subprocess.run([sys.executable, "-c", code], cwd=site, env=server.environment, check=True)


def test_collecting_fills_a_raw_folder_and_says_how_it_stands(
    server: PrefectServer, site: Path, tmp_path: Path, hook: Webhook
) -> None:
    _write_settings(site, [hook.url])
    _provision(server, site)
    hook.received.clear()
    folders = {"raw": str(tmp_path / "raw"), "state": str(tmp_path / "state")}
    with example_newspaper(tmp_path) as sources, server.worker(site):
        add_denied_feed(sources)
        parameters = {"minutes": 0.2, "sources": str(sources), **folders}
        run = server.start_run("collect/collect", parameters)
        server.wait_for_state(run, "COMPLETED", RUN_S)
    assert len(stored_urls(tmp_path / "raw")) == 12
    with read_state(tmp_path / "state") as state:
        signs = read_signs(state)
    assert signs.scheduled == (signs.heard_at,)
    shown = server.artifact(f"collect {tmp_path / 'raw'}", "newsmill-collect")
    assert "| stored | 12 | 12 |" in shown["data"]
    assert str(tmp_path / "state" / "collecting.html") in shown["data"]
    wait_for(lambda: hook.received, 60, "people to be told")
    assert hook.received[0]["title"] == f"newsmill: collecting into {tmp_path / 'raw'}"
    assert "/search/rss (gull-echo): robots.txt forbids it" in hook.received[0]["message"]


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
        assert "auto-scheduled" in scheduled[0]["tags"], "flows/alerts.py goes by it"
        assert scheduled[0]["name"].startswith("daily 20")
        first = read_published(site / "warehouse")
        months = {name.partition("/")[0] for name in first if "_month=2024-03/" in name}
        assert months == {"articles", "money"}
        _check_artifacts(server, site / "warehouse")

        # What today's code made is left alone; with `everything` each chunk is done again.
        server.run_documented("prefect deployment run backfill/backfill", cwd=site)
        window = {"since": "2024-03-05", "until": "2024-03-06", "chunk_days": 1}
        run = server.start_run("backfill/backfill", {**window, "everything": True})
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


@pytest.mark.campaign
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


@pytest.mark.campaign
@pytest.mark.skipif(postgres_program("initdb") is None, reason="PostgreSQL is not installed")
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
