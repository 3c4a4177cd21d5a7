"""The server of a run that was killed is ended by the next, and nobody else's."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from alembic.script import ScriptDirectory
from prefect.server.api import server as prefect_server
from prefect.server.database import provide_database_interface
from prefect.server.database.alembic_commands import alembic_config

from newsmill.embedded_server import end_orphaned_servers
from newsmill.server_process import ask_first_what_a_run_does, is_up_to_date
from tests.servers import wait_for

_PATIENCE_S = 180
OWNER = """
import os, signal
from newsmill.embedded_server import use_a_server
use_a_server()
print(os.environ["PREFECT_API_URL"], flush=True)
signal.pause()
"""
# Its last events are still to be told as it ends, as in a run on a busy machine.
EMITTER = """
import sys
from newsmill.run import start_prefect
start_prefect(lambda: None, is_verbose=sys.argv[1] == "verbose")
from prefect import flow
from prefect.events import emit_event
flow(lambda: None, name="quiet")()
for n in range(300):
    emit_event("newsmill.test", resource={"prefect.resource.id": f"newsmill.test.{n}"})
"""


@pytest.mark.parametrize("verbosity", ["quiet", "verbose"])
def test_only_a_verbose_run_shows_what_prefect_says_as_it_ends(
    environment: dict[str, str], tmp_path: Path, verbosity: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EMITTER, verbosity],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ("Still processing items" in done.stderr) is (verbosity == "verbose")
    assert not done.stderr or verbosity == "verbose"


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


def test_a_database_at_the_last_of_prefects_migrations_is_up_to_date(tmp_path: Path) -> None:
    migrations = provide_database_interface().orm.versions_dir
    scripts = ScriptDirectory.from_config(alembic_config())
    scripts.version_locations = [str(migrations)]
    last = scripts.get_revision("head")
    assert is_up_to_date(_database(tmp_path / "now", last.revision), migrations)
    assert not is_up_to_date(_database(tmp_path / "before", last.down_revision), migrations)


@pytest.mark.parametrize(
    ("reached", "is_reached"),
    [(("c",), True), (("b",), False), (("later",), False), (("b", "c"), False), ((), False)],
)
def test_a_database_is_up_to_date_at_the_last_migration_only(
    tmp_path: Path, reached: tuple[str, ...], *, is_reached: bool
) -> None:
    for name, earlier in (("a", None), ("b", "a"), ("c", "b")):
        _write_migration(tmp_path, name, earlier)
    assert is_up_to_date(_database(tmp_path / "prefect.db", *reached), tmp_path) is is_reached


def test_what_is_no_database_or_has_two_last_migrations_is_in_doubt(tmp_path: Path) -> None:
    for name, earlier in (("a", None), ("b", "a"), ("c", "a")):
        _write_migration(tmp_path, name, earlier)
    assert not is_up_to_date(_database(tmp_path / "prefect.db", "c"), tmp_path)
    (tmp_path / "page.db").write_bytes(b"no database" * 1000)
    for path in (tmp_path / "page.db", tmp_path / "none.db"):
        assert not is_up_to_date(f"sqlite+aiosqlite:///{path}", tmp_path)
    for url in ("sqlite+aiosqlite://", "postgresql+asyncpg://prefect@localhost/prefect"):
        assert not is_up_to_date(url, tmp_path)


def test_no_router_of_prefects_is_lost_and_those_that_runs_ask_come_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = prefect_server.API_ROUTERS
    monkeypatch.setattr(prefect_server, "API_ROUTERS", before)
    ask_first_what_a_run_does()
    now = prefect_server.API_ROUTERS
    assert sorted(map(id, now)) == sorted(map(id, before))
    asked = {"/admin", "/csrf-token", "/flows", "/flow_runs", "/events", "/artifacts", "/logs"}
    assert {router.prefix for router in now[: len(asked)]} == asked


@pytest.mark.parametrize(
    "text",
    [
        "revision = NAME\ndown_revision = 'b'\n",
        'down_revision = "b"\n',
        "",
    ],
)
def test_a_migration_that_cannot_be_read_leaves_the_last_in_doubt(
    tmp_path: Path, text: str
) -> None:
    for name, earlier in (("a", None), ("b", "a")):
        _write_migration(tmp_path, name, earlier)
    database = _database(tmp_path / "prefect.db", "b")
    assert is_up_to_date(database, tmp_path)
    (tmp_path / "later.py").write_text(text)
    assert not is_up_to_date(database, tmp_path)


@pytest.mark.parametrize("text", ["revision = 'c'\n", 'revision: str="c"\n', 'revision="c"\n'])
def test_a_later_migration_is_seen_however_it_is_written(tmp_path: Path, text: str) -> None:
    for name, earlier in (("a", None), ("b", "a")):
        _write_migration(tmp_path, name, earlier)
    (tmp_path / "later.py").write_text(f'{text}down_revision = "b"\n')
    assert not is_up_to_date(_database(tmp_path / "prefect.db", "b"), tmp_path)
    assert is_up_to_date(_database(tmp_path / "later.db", "c"), tmp_path)


def test_without_migrations_nothing_is_known(tmp_path: Path) -> None:
    assert not is_up_to_date(_database(tmp_path / "prefect.db"), tmp_path)


def _database(path: Path, *reached: str) -> str:
    """Makes a database that has reached these migrations; returns its URL."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.executemany("INSERT INTO alembic_version VALUES (?)", [(at,) for at in reached])
    return f"sqlite+aiosqlite:///{path}"


def _write_migration(folder: Path, name: str, earlier: str | None) -> None:
    before = f'"{earlier}"' if earlier else "None"
    text = f'"""What {name} changes."""\n\nrevision = "{name}"\ndown_revision = {before}\n'
    (folder / f"{name}.py").write_text(text)
