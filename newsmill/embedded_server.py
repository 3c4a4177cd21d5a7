"""The Prefect server that a run starts for itself where PREFECT_API_URL names none.

Prefect ends it with the run. A run that is killed leaves it behind; the next run ends it.
"""

import os

import psutil

_SERVER = "prefect.server.api.server:create_app"
# In the environment of the server: which run it belongs to.
_OWNER = "NEWSMILL_SERVER_OWNER"
_PATIENCE_S = 10


def own_the_server() -> None:
    """Marks the server that this process will start as its own."""
    os.environ[_OWNER] = _name(psutil.Process())


def end_orphaned_servers() -> int:
    """Ends servers of runs that are gone; returns how many there were.

    Only this user's processes can be looked into, so nobody else's are touched.
    """
    orphans = [
        process
        for process in psutil.process_iter(["cmdline"])
        if _SERVER in (process.info["cmdline"] or ()) and _is_orphaned(process)
    ]
    for process in orphans:
        process.terminate()
    _, alive = psutil.wait_procs(orphans, timeout=_PATIENCE_S)
    for process in alive:
        process.kill()
    return len(orphans)


def _is_orphaned(server: psutil.Process) -> bool:
    try:
        owner = server.environ().get(_OWNER, "")
        return bool(owner) and owner != _name(psutil.Process(int(owner.partition("@")[0])))
    except psutil.NoSuchProcess:
        return server.is_running()
    except psutil.AccessDenied:
        return False


def _name(process: psutil.Process) -> str:
    # Process numbers are used again; with the time of its start a process has a name of its own.
    return f"{process.pid}@{process.create_time():.2f}"
