"""The Prefect server that a run starts for itself where Prefect's settings name none.

It ends with the process. A run that is killed leaves it behind; the next run ends it. Where it goes
while the run needs it, the run ends too: Prefect's client would ask for it for minutes.
"""

import atexit
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from tempfile import TemporaryFile
from threading import Event, Thread

import psutil

from flows.ending import end_without_server
from newsmill.server_process import CANNOT_START

_SERVER = "prefect.server.api.server:create_app"
_PROGRAM = "newsmill.server_process"
# In the environment of the server: which run it belongs to.
_OWNER = "NEWSMILL_SERVER_OWNER"
# As Prefect starts one itself: without a UI, and without what a run has no use for.
_EPHEMERAL = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    # Else a library of its queue of tasks checks the types of its own calls: .1 s of its imports.
    "PY_KEY_VALUE_DISABLE_BEARTYPE": "1",
}
_PATIENCE_S = 10
_END_PATIENCE_S = 3
_ASK_AGAIN_S = 0.05
# Another process may have taken the port meanwhile, or be making the same database.
_LAUNCHES = 3


class ServerError(Exception):
    """Prefect's server does not start; the message says what to do."""


class _Server:
    """A server of this process."""

    def __init__(self) -> None:
        self.url = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = Event()
        # What it says while it ends is pages long, and nobody's concern but its own.
        self._log = TemporaryFile()  # noqa: SIM115 - it lasts as long as the server
        # Before Prefect registers what it still has to tell the server then.
        atexit.register(self.end)

    def wait(self, patience_s: float) -> None:
        """Returns when it answers.

        Raises:
            ServerError: it does not.
        """
        until = time.monotonic() + patience_s
        process = self._process or self.launch()
        launches = 1
        while not self._answers():
            status = process.poll()
            if status == CANNOT_START and launches < _LAUNCHES:
                process = self.launch()
                launches += 1
            elif status is not None or time.monotonic() > until:
                raise ServerError(self._describe(status, patience_s))
            time.sleep(_ASK_AGAIN_S)
        Thread(target=self._watch, args=(process,), daemon=True).start()

    def launch(self) -> "subprocess.Popen[bytes]":
        """Starts its process, which takes seconds to answer at `url`."""
        with socket.create_server(("127.0.0.1", 0)) as found:
            self._port = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/api"
        address = ("--host", "127.0.0.1", "--port", str(self._port))
        known = {**_EPHEMERAL, _OWNER: _name(psutil.Process())}
        # Not what lies in the working directory, which may have our packages' names.
        uvicorn = (sys.executable, "-P", "-m", _PROGRAM, "--log-level", "error", "--factory")
        process = subprocess.Popen(  # noqa: S603 - our own words
            [*uvicorn, _SERVER, *address],
            env={**os.environ, **known},
            stdout=self._log,
            stderr=self._log,
            # Ctrl-C in a terminal reaches the run alone, which tells the server how it ended.
            start_new_session=True,
        )
        self._process = process
        return process

    def _answers(self) -> bool:
        asked = HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE_S)
        try:
            asked.request("GET", "/api/health")
            return asked.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    def _describe(self, status: int | None, patience_s: float) -> str:
        what = f"did not start within {patience_s:g} s" if status is None else _how(status)
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip().splitlines()
        return (
            f"Prefect's server, which a run starts for itself, {what}. "
            f"It may need more memory, or time. Its last words: {said[-1] if said else 'none'}"
        )

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        status = process.wait()
        if not self._is_over.is_set():
            end_without_server(
                f"Prefect's server, process {process.pid} beside this run, {_how(status)}, "
                "and the run ends with it. If memory ran out, take fewer --workers."
            )

    def end(self) -> None:
        """Ends its process, where there is one."""
        self._is_over.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_END_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_servers: list[_Server] = []


def use_a_server(meanwhile: Callable[[], None] = lambda: None) -> None:
    """Sees to it that Prefect has a server in this process: its settings' own, or one beside it.

    Args:
        meanwhile: what can be done while the server starts.

    Raises:
        ServerError: it does not start.
    """
    if _servers or os.environ.get("PREFECT_API_URL"):
        return
    end_orphaned_servers()
    server = _Server()
    # At once: Prefect takes a second to import here, and the server's process three.
    server.launch()
    from prefect.context import refresh_global_settings_context
    from prefect.settings import get_current_settings

    settings = get_current_settings()
    if settings.api.url:
        # Prefect's profiles and files may name a server too.
        server.end()
        return
    meanwhile()
    # It may have got another port than the one that it was launched on.
    server.wait(settings.server.ephemeral.startup_timeout_seconds)
    _servers.append(server)
    os.environ["PREFECT_API_URL"] = server.url
    refresh_global_settings_context()


@contextmanager
def without_heartbeats() -> Iterator[None]:
    """Lets flows send none to a server of this process, which ends with it: nobody waits for them.

    Their thread sleeps in steps of a second, and a flow does not end before it.
    """
    if not _servers:
        yield
        return
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


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


def _how(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
