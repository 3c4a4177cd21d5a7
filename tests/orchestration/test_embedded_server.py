"""The server of a run that was killed is ended by the next, and nobody else's."""

import subprocess
import sys
from pathlib import Path

import psutil

from newsmill.embedded_server import end_orphaned_servers
from tests.servers import wait_for

_PATIENCE_S = 180
OWNER = """
import os, signal
from newsmill.embedded_server import use_a_server
use_a_server()
print(os.environ["PREFECT_API_URL"], flush=True)
signal.pause()
"""


def test_a_server_goes_when_its_run_was_killed(environment: dict[str, str], tmp_path: Path) -> None:
    with _owner(environment, tmp_path) as run:
        assert run.stdout
        assert run.stdout.readline().startswith("http://127.0.0.1:")
        (server,) = psutil.Process(run.pid).children()
        end_orphaned_servers()
        assert server.is_running(), "its run is alive"
        run.kill()
    assert server.is_running(), "nothing ended it with its run"
    assert end_orphaned_servers() >= 1
    wait_for(lambda: _is_over(server), 10, "the server to end")


def test_none_is_left_where_a_profile_names_one(
    environment: dict[str, str], tmp_path: Path
) -> None:
    profiles = 'active = "ours"\n[profiles.ours]\nPREFECT_API_URL = "http://127.0.0.1:1/api"\n'
    (tmp_path / "profiles.toml").write_text(profiles)
    environment = {**environment, "PREFECT_PROFILES_PATH": str(tmp_path / "profiles.toml")}
    with _owner(environment, tmp_path) as run:
        _, said = run.communicate()
    assert "KeyError: 'PREFECT_API_URL'" in said
    # The process that migrates its database ends by itself, a moment after it.
    left = [
        process for process in psutil.process_iter(["cmdline"]) if _is_server_of(process, run.pid)
    ]
    _, alive = psutil.wait_procs(left, timeout=10)
    assert not alive


def test_a_database_that_cannot_be_brought_up_to_date_is_told(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """And long before the server's time is over."""
    database = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{tmp_path}"}
    with _owner(environment | database, tmp_path) as run:
        _, said = run.communicate(timeout=_PATIENCE_S - 30)
    assert "newsmill.embedded_server.ServerError" in said
    # SQLAlchemy ends what it says of a database that cannot be opened with its page about that.
    assert "sqlalche.me/e/20/e3q8" in said


def _owner(environment: dict[str, str], folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=folder,
        env=environment | {"PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(_PATIENCE_S)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _is_server_of(process: psutil.Process, run: int) -> bool:
    return "server_process" in " ".join(process.info["cmdline"] or ()) and process.environ().get(
        "NEWSMILL_SERVER_OWNER", ""
    ).startswith(f"{run}@")


def _is_over(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
