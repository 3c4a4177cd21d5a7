"""The process of the Prefect server that a run starts; see `newsmill.embedded_server`.

Prefect brings its database up to date when a server starts. On a new home that is all of its
history, and leaves 50 MB that the server never needs again. So a process of its own does it.
"""

import asyncio
import atexit
import gc
import os
import sys
import traceback

# The exit code of uvicorn where it cannot start.
CANNOT_START = 3
_MIGRATE = "PREFECT_SERVER_DATABASE_MIGRATE_ON_START"


def serve() -> None:
    """Runs uvicorn with the arguments of the command line."""
    # As the command line does: it looks for cycles seldom, and not among what its end frees.
    gc.set_threshold(200_000, 50, 100)
    atexit.register(gc.freeze)
    _bring_database_up_to_date()
    from uvicorn.main import main

    main()


def _bring_database_up_to_date() -> None:
    """Has a forked process do it, and this one not, unless Prefect's settings say nobody does."""
    from prefect.context import refresh_global_settings_context
    from prefect.server.database import provide_database_interface
    from prefect.settings import get_current_settings

    if not get_current_settings().server.database.migrate_on_start:
        return
    # There are no threads yet, so no locks that the other one would inherit.
    process = os.fork()
    if process == 0:
        status = CANNOT_START
        try:
            asyncio.run(provide_database_interface().create_db())
            status = 0
        except Exception:  # noqa: BLE001 - this process ends, and its last words are told
            traceback.print_exc()
        finally:
            os._exit(status)
    # Meanwhile this one loads what takes as long.
    import prefect.server.api.server  # noqa: F401

    # Imports leave 4 MB of cycles behind.
    gc.collect()
    _, status = os.waitpid(process, 0)
    if status:
        sys.exit(CANNOT_START)
    os.environ[_MIGRATE] = "false"
    refresh_global_settings_context()


if __name__ == "__main__":
    serve()
