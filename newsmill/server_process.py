"""The process of the Prefect server that a run starts; see `newsmill.embedded_server`.

Prefect brings its database up to date when a server starts. On a new home that is all of its
history, and leaves 50 MB that the server never needs again. So a process of its own does it, where
there is anything to do: to load all of Prefect's migrations takes .7 s of CPU.
"""

import asyncio
import atexit
import gc
import os
import re
import sqlite3
import sys
import traceback
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prefect.server.database import PrefectDBInterface

# The exit code of uvicorn where it cannot start.
CANNOT_START = 3
_MIGRATE = "PREFECT_SERVER_DATABASE_MIGRATE_ON_START"
# The routers of which a run, its tasks and its report ask something; the last with --verbose.
_ASKED_BY_RUNS = ("/admin", "/csrf-token", "/flows", "/flow_runs", "/events", "/artifacts", "/logs")
# So Alembic writes the names of a migration and of the one before it, the first's being None.
_REVISION = re.compile(r"""^(down_)?revision\b[^=\n]*= *["'](\w+)["']""", re.MULTILINE)


def serve() -> None:
    """Runs uvicorn with the arguments of the command line."""
    # As the command line does: it looks for cycles seldom, and not among what its end frees.
    gc.set_threshold(200_000, 50, 100)
    atexit.register(gc.freeze)
    _bring_database_up_to_date()
    ask_first_what_a_run_does()
    from uvicorn.main import main

    main()


def ask_first_what_a_run_does() -> None:
    """Puts the routers that a run asks before Prefect's others, which are then never made up.

    FastAPI looks for a path in one router after the other, and makes up all routes of each that it
    looks into. The 130 that no run asks for would take half a second of CPU, while the run waits.
    """
    from prefect.server.api import server

    routers = sorted(server.API_ROUTERS, key=lambda router: router.prefix not in _ASKED_BY_RUNS)
    server.API_ROUTERS = tuple(routers)  # type: ignore[assignment]


def _bring_database_up_to_date() -> None:
    """Sees to it before Prefect does, unless its settings say that nobody does."""
    from prefect.context import refresh_global_settings_context
    from prefect.server.database import provide_database_interface
    from prefect.settings import get_current_settings

    if not get_current_settings().server.database.migrate_on_start:
        return
    database = provide_database_interface()
    url, migrations = database.database_config.connection_url, database.orm.versions_dir
    process = None if is_up_to_date(url, migrations) else _migrate(database)
    # Meanwhile this one loads what takes as long.
    import prefect.server.api.server  # noqa: F401

    # Imports leave 4 MB of cycles behind. What stays is not looked through again, as Prefect would.
    gc.collect()
    gc.freeze()
    if process is not None and os.waitpid(process, 0)[1]:
        sys.exit(CANNOT_START)
    os.environ[_MIGRATE] = "false"
    refresh_global_settings_context()


def _migrate(database: "PrefectDBInterface") -> int:
    """Starts the process that brings a database up to date; returns its number."""
    # There are no threads yet, so no locks that the other one would inherit.
    process = os.fork()
    if process:
        return process
    status = CANNOT_START
    try:
        asyncio.run(database.create_db())
        status = 0
    except Exception:  # noqa: BLE001 - this process ends, and its last words are told
        traceback.print_exc()
    finally:
        os._exit(status)


def is_up_to_date(url: str, migrations: Path) -> bool:
    """Tells if a SQLite database is at the last of its migrations, by their text.

    Args:
        url: of the database, as SQLAlchemy takes it.
        migrations: the folder of Alembic's files.

    Returns:
        False where it is not, and wherever that is in doubt.
    """
    from sqlalchemy.engine import make_url

    found = make_url(url)
    if found.get_backend_name() != "sqlite" or not found.database:
        return False
    names, earlier = set(), set()
    for file in migrations.glob("*.py"):
        told = {bool(before): name for before, name in _REVISION.findall(file.read_text("utf-8"))}
        if False not in told:
            return False
        names.add(told[False])
        earlier.add(told.get(True))
    try:
        address = f"{Path(found.database).as_uri()}?mode=ro"
        # A database that somebody holds is in doubt, too.
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
            reached = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except (sqlite3.Error, ValueError):
        return False
    return bool(names) and reached == [(name,) for name in names - earlier]


if __name__ == "__main__":
    serve()
