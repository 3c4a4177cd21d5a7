"""Real servers for tests, on loopback: Prefect's, its worker, PostgreSQL, a Dask cluster, S3."""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
from filelock import FileLock

from tests.documents import read_command

BIN = Path(sys.executable).parent
POOL = "newsmill"
T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(found: Callable[[], T], seconds: float, what: str) -> T:
    """Asks until there is an answer that is true; fails with what was awaited."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


@contextmanager
def process(
    command: list[str | Path], environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a program in a process group of its own, which ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{Path(command[0]).name}.log").open("ab") as log:
        started = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=log, stderr=log, process_group=0
        )
        try:
            yield started
        finally:
            kill_group(started)


def kill_group(started: "subprocess.Popen[bytes]") -> None:
    """kill -9 of a program with its children."""
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


class PrefectServer:
    """A Prefect server and what a test asks of it, over its REST interface."""

    def __init__(self, url: str, environment: Mapping[str, str]) -> None:
        self.environment = {**environment, "PREFECT_API_URL": url}
        self._http = httpx.Client(base_url=url, timeout=60)

    def close(self) -> None:
        self._http.close()

    def post(self, path: str, body: Any = None) -> Any:
        return self._ask("POST", path, json={} if body is None else body).json()

    def get(self, path: str) -> Any:
        return self._ask("GET", path).json()

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)

    def _ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Asks again while the server or its database is busy, as Prefect's own client does."""
        for wait_s in (0.5, 2, 5):
            with suppress(httpx.TimeoutException):
                answer = self._http.request(method, path, **content)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return answer.raise_for_status()
            time.sleep(wait_s)
        return self._http.request(method, path, **content).raise_for_status()

    def prefect(self, *arguments: str, cwd: Path) -> str:
        """Runs Prefect's command line as an operator would."""
        finished = subprocess.run(
            [BIN / "prefect", *arguments],
            cwd=cwd,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    def run_documented(self, start: str, cwd: Path) -> str:
        """Runs the command of docs/operations.md that begins so."""
        return self.prefect(*_documented(start)[1:], cwd=cwd)

    def worker(self, folder: Path) -> Any:
        command: list[str | Path] = [BIN / "prefect", *_documented("prefect worker start")[1:]]
        return process(command, self.environment, folder)

    def start_run(self, deployment: str, parameters: Mapping[str, Any]) -> str:
        """Asks for a run of a deployment, by `flow/deployment`; returns the run's id."""
        found = self.get(f"/deployments/name/{deployment}")
        # The key makes one run of a question that is asked again.
        body = {"parameters": parameters, "idempotency_key": str(uuid4())}
        run = self.post(f"/deployments/{found['id']}/create_flow_run", body)
        return str(run["id"])

    def state(self, run_id: str) -> str:
        return str(self.get(f"/flow_runs/{run_id}")["state_type"])

    def wait_for_state(self, run_id: str, wanted: str, seconds: float) -> None:
        ends = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
        found = wait_for(
            lambda: {self.state(run_id)} & {wanted, *ends}, seconds, f"a run to be {wanted}"
        )
        assert found == {wanted}, self.get(f"/flow_runs/{run_id}")["state"]["message"]

    def runs(self, flow: str) -> list[dict[str, Any]]:
        body = {"flows": {"name": {"any_": [flow]}}, "sort": "START_TIME_ASC"}
        runs: list[dict[str, Any]] = self.post("/flow_runs/filter", body)
        return runs

    def artifact(self, flow_run_name: str, key: str) -> dict[str, Any]:
        """Returns the first artifact under a key of the flow runs of a name."""
        body = {
            "flow_runs": {"name": {"any_": [flow_run_name]}},
            "artifacts": {"key": {"any_": [key]}},
        }
        found: list[dict[str, Any]] = self.post("/artifacts/filter", body)
        return min(found, key=lambda artifact: str(artifact["created"]))


@contextmanager
def prefect_server(folder: Path, database_url: str | None = None) -> Iterator[PrefectServer]:
    """A server with a home of its own, on SQLite where no other database is given."""
    environment = _server_environment(folder)
    if database_url:
        environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database_url
    port = free_port()
    with process(_server_command(port), environment, folder / "server"):
        server = _reach_server(port, environment)
        yield server
        server.close()


@contextmanager
def shared_prefect_server(folder: Path) -> Iterator[PrefectServer]:
    """A server for all processes that name one folder; the last of them ends it.

    To start one takes ten seconds of CPU. Who uses it holds a lock on a file, which the kernel
    takes from who dies.
    """
    folder.mkdir(exist_ok=True)
    known = folder / "server.json"
    environment = _server_environment(folder)
    with (folder / "users").open("w") as users:
        with FileLock(folder / "changing"):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not known.exists():
                known.write_text(json.dumps(_launch_server(environment, folder / "log")))
        group, port = json.loads(known.read_text())
        try:
            server = _reach_server(port, environment)
            yield server
            server.close()
        finally:
            with FileLock(folder / "changing"), suppress(BlockingIOError, ProcessLookupError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                known.unlink()
                os.killpg(group, signal.SIGKILL)


def _server_environment(folder: Path) -> dict[str, str]:
    telemetry = _documented("export PREFECT_SERVER_ANALYTICS_ENABLED")[1:]
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "PREFECT_HOME": str(folder / "home"),
        **dict(word.split("=") for word in telemetry),
    }


def _launch_server(environment: Mapping[str, str], log: Path) -> tuple[int, int]:
    """Starts a server that may outlive this process; returns its process group and its port."""
    port = free_port()
    command = _server_command(port)
    logged = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    pid = os.posix_spawn(command[0], command, environment, file_actions=logged, setpgroup=0)
    return pid, port


def _server_command(port: int) -> list[str | Path]:
    return [BIN / "prefect", *_documented("prefect server start")[1:], "--port", str(port)]


def _reach_server(port: int, environment: Mapping[str, str]) -> PrefectServer:
    server = PrefectServer(f"http://127.0.0.1:{port}/api", environment)
    wait_for(lambda: _answers(server), 180, "Prefect's server")
    return server


def _documented(start: str) -> list[str]:
    return read_command("docs/operations.md", start)


def _answers(server: PrefectServer) -> bool:
    try:
        return bool(server.get("/health"))
    except httpx.HTTPError:
        return False


@contextmanager
def postgresql() -> Iterator[str]:
    """An empty PostgreSQL database; gives its address as SQLAlchemy writes it."""
    port = free_port()
    user = _postgres_user()
    # Not below pytest's folder, which no other user may enter.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    _as(user, "initdb", "-D", str(data), "-U", "newsmill", "--auth=trust", "--no-sync")
    options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
    _as(user, "pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+asyncpg://newsmill@127.0.0.1:{port}/postgres"
    finally:
        _as(user, "pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _postgres_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def postgres_program(name: str) -> str | None:
    """Where a program of PostgreSQL is; Debian has them beside the path, by version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(versions[-1]) if versions else None)


def _as(user: str | None, program: str, *arguments: str) -> None:
    found = postgres_program(program)
    assert found
    prefix = ["runuser", "-u", user, "--"] if user else []
    subprocess.run(
        [*prefix, found, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120
    )


@dataclass(frozen=True, slots=True)
class S3Server:
    """An S3-compatible server: how to reach it, and what it was asked."""

    environment: Mapping[str, str]
    log: Path

    @property
    def url(self) -> str:
        return self.environment["AWS_ENDPOINT_URL"]

    def requests(self) -> list[str]:
        """All requests so far: method and path, as `PUT /bucket/name`."""
        found = re.findall(r'"([A-Z]+ [^ ?]+)[^"]*" \d{3} ', self.log.read_text())
        return list(map(str, found))


@contextmanager
def s3_server(folder: Path) -> Iterator[S3Server]:
    """Moto's server, in a process of its own."""
    port = free_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    command: list[str | Path] = [BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)]
    with process(command, os.environ, folder):
        wait_for(lambda: _accepts(port), 60, "moto's server")
        yield S3Server(environment, folder / "moto_server.log")


def _accepts(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True, slots=True)
class DaskCluster:
    """A cluster on loopback, and its processes."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    workers: "list[subprocess.Popen[bytes]]"


@contextmanager
def dask_cluster(
    folder: Path, workers: int, port: int | None = None, preload: Path | None = None
) -> Iterator[DaskCluster]:
    """A scheduler and workers of one thread, each in a working directory of its own.

    Args:
        folder: for these directories.
        workers: how many.
        port: of the scheduler; None takes a free one.
        preload: a module that each worker runs first.
    """
    port = port or free_port()
    address = f"tcp://127.0.0.1:{port}"
    # A worker's pages are processed by children, which a daemon may not have.
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = [BIN / "dask", "scheduler", *common, "--port", str(port)]
    worker = [BIN / "dask", "worker", address, *common, "--nthreads", "1"]
    if preload:
        worker += ["--preload", preload]
    with process(scheduler, environment, folder / "scheduler") as leader:
        running = [process(worker, environment, folder / str(n)) for n in range(workers)]
        started = [entered.__enter__() for entered in running]
        try:
            yield DaskCluster(address, leader, started)
        finally:
            for entered in running:
                entered.__exit__(None, None, None)
