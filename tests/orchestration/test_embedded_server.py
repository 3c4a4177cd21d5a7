"""The server of a run that was killed is ended by the next, and nobody else's."""

import subprocess
import sys
from pathlib import Path

import psutil

from newsmill.embedded_server import end_orphaned_servers
from tests.servers import wait_for

OWNER = """
import time
from newsmill.embedded_server import own_the_server
own_the_server()
from prefect.server.api.server import SubprocessASGIServer
server = SubprocessASGIServer()
server.start(timeout=180)
print(server.server_process.pid, flush=True)
time.sleep(600)
"""


def test_a_server_goes_when_its_run_was_killed(environment: dict[str, str], tmp_path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with run:
        assert run.stdout
        server = psutil.Process(int(run.stdout.readline()))
        end_orphaned_servers()
        assert server.is_running(), "its run is alive"
        run.kill()
    assert server.is_running(), "nothing ended it with its run"
    assert end_orphaned_servers() >= 1
    wait_for(lambda: _is_over(server), 10, "the server to end")


def _is_over(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
