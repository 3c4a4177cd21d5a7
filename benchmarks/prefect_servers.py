"""A Prefect server on loopback for benchmarks, and what it uses."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import psutil

START_S = 180
_QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}


def quiet_environment(more: Mapping[str, str]) -> dict[str, str]:
    """Returns this environment with none of Prefect's settings but these.

    Python keeps what it has compiled, as anywhere else: an installed peer was compiled by pip.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PREFECT_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**kept, **_QUIET, **more}


class Server:
    """A server that is up, and what it uses beyond what it uses when nobody asks for anything."""

    def __init__(self, url: str, process: psutil.Process) -> None:
        self.url = url
        self.pid = process.pid
        self._process = process
        self._idle = 0.0
        self.begin()

    def begin(self) -> None:
        """Begins to count."""
        self._began, self._before = time.monotonic(), self._cpu()

    def rest(self) -> None:
        """Takes what was used since the last beginning for what is used when nobody asks."""
        self._idle = self.used() / (time.monotonic() - self._began)

    def used(self) -> float:
        """Returns the CPU seconds since the last beginning."""
        return self._cpu() - self._before - self._idle * (time.monotonic() - self._began)

    def _cpu(self) -> float:
        processes = (self._process, *self._process.children(recursive=True))
        times = [process.cpu_times() for process in processes]
        return sum(t.user + t.system + t.children_user + t.children_system for t in times)


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """Starts `prefect server` on loopback."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [str(Path(sys.executable).with_name("prefect")), "server", "start"]
    environment = quiet_environment({"PREFECT_HOME": str(folder / "prefect-server")})
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        url = f"http://127.0.0.1:{port}/api"
        try:
            _wait_for_answer(f"{url}/health")
            yield Server(url, psutil.Process(server.pid))
        finally:
            server.terminate()


def _wait_for_answer(url: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {url}")
