"""What tests share: the sample corpus, run once through the real command."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.stage.records import read_records, staged_batches
from tasks.storage import Warehouse
from tasks.validate.verdicts import read_verdict

PROJECT = Path(__file__).parents[1]
NEWSMILL = Path(sys.executable).with_name("newsmill")

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names bytes by their argument: gzip's hold the second in which they were packed."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of commands under test: a Prefect home of their own, and no settings."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect-home")),
        "COLUMNS": "120",
    }


@pytest.fixture(scope="session")
def newsmill(environment: dict[str, str]) -> Command:
    """Runs the installed command as a person would."""

    def call(*arguments: str | Path, cwd: Path = PROJECT) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [NEWSMILL, *map(str, arguments)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def sample_run(
    newsmill: Command, tmp_path_factory: pytest.TempPathFactory
) -> "tuple[subprocess.CompletedProcess[str], Path]":
    """The first run on the sample corpus: what it printed, and the warehouse."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    return newsmill("run", "--raw", "raw", "--warehouse", warehouse), warehouse


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
        for dataset in ("articles", "money", "quarantine")
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
