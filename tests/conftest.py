"""What tests share: the sample corpus, run once through the real command; a Prefect server."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from filelock import FileLock

from tasks.storage.records import read_records, staged_batches
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import read_verdict
from tests.servers import shared_prefect_server

PROJECT = Path(__file__).parents[1]
NEWSMILL = Path(sys.executable).with_name("newsmill")

Command = Callable[..., "subprocess.CompletedProcess[str]"]

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names bytes by their argument: gzip's hold the second in which they were packed."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts first what waits for minutes, for schedules and heartbeats: the others go on beside."""
    items.sort(key=lambda item: "test_deployments" not in item.nodeid)


def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the folder that all processes share which run tests."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of commands under test: a Prefect home of their own, and no settings."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect-home")),
        "COLUMNS": "120",
    }


@pytest.fixture(scope="session")
def served(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of commands that use a server which is up, one for all that run tests."""
    with shared_prefect_server(_shared_folder(tmp_path_factory) / "prefect-server") as server:
        url = server.environment["PREFECT_API_URL"]
        # What tests change are a few pages: a second worker costs 3 s of CPU and has nothing to do.
        yield {**environment, "PREFECT_API_URL": url, "NEWSMILL_WORKERS": "1"}


@pytest.fixture(scope="session")
def newsmill(served: dict[str, str]) -> Command:
    """Runs the installed command as a person would."""

    def call(*arguments: str | Path, cwd: Path = PROJECT) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [NEWSMILL, *map(str, arguments)],
            cwd=cwd,
            env=served,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def sample_run(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> "tuple[subprocess.CompletedProcess[str], Path]":
    """The first run on the sample corpus, with an embedded server: what it printed, the warehouse.

    It is made once for all processes that run tests; each gets a copy.
    """
    shared = _shared_folder(tmp_path_factory) / "first-run"
    made, printed = shared / "warehouse", shared / "printed.json"
    with FileLock(f"{shared}.lock"):
        if not printed.exists():
            command = [NEWSMILL, "run", "--raw", "raw", "--warehouse", made]
            run = subprocess.run(
                command,
                cwd=PROJECT,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            printed.write_text(json.dumps([run.returncode, run.stdout, run.stderr]))
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    shutil.copytree(made, warehouse)
    return subprocess.CompletedProcess([], *json.loads(printed.read_text())), warehouse


@pytest.fixture(scope="session")
def sample_warehouse(sample_run: "tuple[subprocess.CompletedProcess[str], Path]") -> Path:
    """The warehouse made of the sample corpus."""
    finished, warehouse = sample_run
    assert finished.returncode == 0, finished.stderr
    return warehouse


def read_published(warehouse: Path) -> dict[str, bytes]:
    """Reads every file that analysts see, by its path."""
    return {
        path.relative_to(warehouse).as_posix(): path.read_bytes()
        for dataset in ("articles", "money", "quarantine", "outlets")
        for path in sorted((warehouse / dataset).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def sample_records(sample_warehouse: Path) -> list[dict[str, Any]]:
    """Every record of the sample corpus by the columns of staged/, with its final fate."""
    warehouse = Warehouse(sample_warehouse)
    rows = []
    for batch_id in staged_batches(warehouse):
        failed = read_verdict(warehouse, batch_id)
        for number, row in enumerate(read_records(warehouse, batch_id).to_pylist()):
            if number in failed:
                row |= {"fate": "rejected", "reasons": row["reasons"] + failed[number]}
            rows.append(row)
    return rows
