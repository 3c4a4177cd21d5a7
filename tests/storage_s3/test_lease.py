"""A warehouse in a store has one writer, whoever dies, and whatever the store can do."""

import multiprocessing
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

from tasks.storage.holding import hold_warehouse
from tasks.storage.lease import (
    Lease,
    LeaseLostError,
    StoreCannotLockError,
    WarehouseHeldError,
    leased,
)
from tasks.storage.locations import parse_location
from tasks.storage.warehouse import Warehouse, write_table
from tests.servers import wait_for
from tests.storage_s3.conftest import Bucket

SCHEMA = pa.schema([("number", pa.int32())])
RENEW_S, EXPIRES_S = 0.2, 6.0
CONTEXT = multiprocessing.get_context("spawn")


def lease_of(folder: Path, holder: str) -> Lease:
    return Lease(folder, holder, expires_s=EXPIRES_S, renew_s=RENEW_S)


def write(folder: Path, number: int) -> Path:
    path = Warehouse(folder).partition("articles", "published_month", "2024-03")
    write_table(path, [pa.table({"number": [number]})], SCHEMA, {})
    return path


def test_a_second_run_is_told_who_holds_the_warehouse(bucket: Bucket) -> None:
    folder = parse_location(f"{bucket.url}/warehouse")
    with leased(lease_of(folder, "process 1 on desk")):
        with pytest.raises(WarehouseHeldError, match=r"held by another run \(process 1 on desk\)"):
            lease_of(folder, "process 2 on desk").acquire()
        write(folder, 1)
    with leased(lease_of(folder, "process 2 on desk")):
        write(folder, 2)


def test_of_many_at_once_one_gets_it(bucket: Bucket) -> None:
    folder = parse_location(f"{bucket.url}/warehouse")
    leases = [lease_of(folder, f"process {number}") for number in range(4)]
    got: list[Lease] = []
    refused: list[str] = []

    def acquire(lease: Lease) -> None:
        try:
            lease.acquire()
            got.append(lease)
        except WarehouseHeldError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=acquire, args=[lease]) for lease in leases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (holder,) = got
    assert len(refused) == 3
    holder.check()
    holder.release()


def _hold(url: str, held: Event) -> None:
    with leased(lease_of(parse_location(url), "process of a run that dies")):
        held.set()
        signal.pause()


def test_a_dead_holder_blocks_nobody_for_long(bucket: Bucket) -> None:
    url = f"{bucket.url}/warehouse"
    held = CONTEXT.Event()
    process = CONTEXT.Process(target=_hold, args=(url, held))
    process.start()
    assert held.wait(timeout=60)
    with pytest.raises(WarehouseHeldError, match="a run that dies"):
        lease_of(parse_location(url), "the next run").acquire()
    process.kill()
    process.join()
    with leased(lease_of(parse_location(url), "the next run")):
        write(parse_location(url), 1)


def test_who_lost_the_lease_writes_nothing_more(bucket: Bucket) -> None:
    folder = parse_location(f"{bucket.url}/warehouse")
    lease = lease_of(folder, "process 1")
    with leased(lease):
        path = write(folder, 1)
        before = path.read_bytes()
        # As if this process had slept, and another had taken the lease over meanwhile.
        bucket.put("warehouse/.lock", b"process 2")
        wait_for(lambda: lease_is_lost(lease), 10, "the next renewal")
        with pytest.raises(LeaseLostError, match="warehouse was not renewed"):
            write(folder, 2)
        assert path.read_bytes() == before
    # What the other has is left to it.
    assert bucket.get("warehouse/.lock") == b"process 2"


def lease_is_lost(lease: Lease) -> bool:
    try:
        lease.check()
    except LeaseLostError:
        return True
    return False


class _Proxy(BaseHTTPRequestHandler):
    """Hands requests on, without the conditions that some stores do not know."""

    protocol_version = "HTTP/1.1"
    target = ""

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {
            name: value for name, value in self.headers.items() if not name.startswith("If-")
        }
        connection = HTTPConnection(self.target)
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"content-length", "connection", "transfer-encoding", "server"}:
                self.send_header(name, value)
        length = answer.headers["Content-Length"] if self.command == "HEAD" else len(content)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_PUT = do_HEAD = do_DELETE = do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def store_without_conditions(url: str) -> Iterator[str]:
    handler = type("Handler", (_Proxy,), {"target": urlsplit(url).netloc})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _hold_and_tell(url: str, endpoint: str, told: "multiprocessing.SimpleQueue[str]") -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", endpoint)
        try:
            with hold_warehouse(parse_location(url)):
                told.put("held")
        except StoreCannotLockError as error:
            told.put(str(error))


def test_a_store_that_ignores_conditions_is_refused(bucket: Bucket) -> None:
    told = CONTEXT.SimpleQueue()
    with store_without_conditions(bucket.server.url) as endpoint:
        arguments = (f"{bucket.url}/warehouse", endpoint, told)
        process = CONTEXT.Process(target=_hold_and_tell, args=arguments)
        process.start()
        process.join()
    assert "does not know conditional writes" in told.get()
    assert bucket.names() == []
