"""A collector that is killed (SIGKILL) at random moments, and what is in raw/ after it.

    python benchmarks/collect_kills.py [--kills 500] [--hosts 4] [--pages 2000] [--seed 1]

A server on loopback has some hosts (127.0.0.1, 127.0.0.2, ...), each with a feed whose pages come
to light as they are asked for. A collector without delays works on it and is killed a random time
after its start; the next goes on in what it left. The last one is left alone.

Prints how many pages are in raw/ and how often, how many requests were repeated on the wire, and
whether every file passes gzip's and warcio's checks. Exit status 1 where a promise is broken.
"""

import argparse
import gzip
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from flows.clock import SystemClock
from schemas.outlets import load_registry
from schemas.sources import SourceOutlet, Sources
from tasks.collect.archive.recovery import recover
from tasks.collect.memory.state import open_state
from tasks.collect.planning.politeness import PolitenessRules
from tasks.collect.planning.polling import PollingRules
from tasks.collect.running.collector import CollectRules, Span
from tasks.collect.running.equipment import Equipment, collect_pages

WINDOW = 40
# Polls without pause, and hosts that all answer from one machine.
RULES = CollectRules(
    polling=PollingRules(first_s=0.05, floor_s=0.05, ceiling_s=0.1),
    politeness=PolitenessRules(response_factor=0.0, shared_address_s=0.0),
)
LIFE_S = (0.02, 1.5)


class _Server(ThreadingHTTPServer):
    """A site a host: its feed shows one page more each time that one of them was sent."""

    daemon_threads = True

    def __init__(self, pages: int) -> None:
        super().__init__(("0.0.0.0", 0), _Handler)
        self.pages = pages
        self.sent: Counter[tuple[str, int]] = Counter()
        self.shown: Counter[str] = Counter()

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of clients that are gone."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        host = self.headers["Host"]
        if self.path == "/feed.xml":
            self._send("application/rss+xml", self._feed(host))
        elif self.path.startswith("/a/"):
            self.server.sent[host, int(self.path.removeprefix("/a/"))] += 1
            self.server.shown[host] += 1
            self._send("text/html", f"<title>{self.path}</title><p>{'Text. ' * 50}</p>")
        else:
            self._send("text/plain", "", status=404)

    def _feed(self, host: str) -> str:
        last = min(self.server.shown[host] + WINDOW // 2, self.server.pages)
        links = "".join(
            f"<item><link>http://{host}/a/{number}</link></item>"
            for number in range(max(last - WINDOW, 0), last)
        )
        return f'<rss version="2.0"><channel>{links}</channel></rss>'

    def _send(self, kind: str, text: str, status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


def sources_of(hosts: int, port: int) -> Sources:
    """Returns a sources file of the server's hosts."""
    addresses = [f"127.0.0.{number}" for number in range(1, hosts + 1)]
    outlets = tuple(
        SourceOutlet(id=f"site-{number}", feeds=(f"http://{address}:{port}/feed.xml",), delay_s=0.0)
        for number, address in enumerate(addresses)
    )
    allowed = tuple((address, port) for address in addresses)
    return Sources("https://example.org/bot", "collect", outlets, "0" * 64, allowed=allowed)


def collect(folder: Path, sources: Sources, seconds: float) -> None:
    """Collects for a while, as a deployment does."""
    raw, state_folder = folder / "raw", folder / "state"
    with open_state(state_folder) as state:
        recover(raw, state)
        equipment = Equipment(
            sources=sources,
            registry=load_registry(),
            raw=raw,
            folder=state_folder,
            state=state,
            clock=SystemClock(),
            version="0",
            rules=RULES,
        )
        collect_pages(equipment, Span(seconds))


@contextmanager
def child(folder: Path, sources: Sources, seconds: float) -> Iterator[int]:
    """Forks a collector; it is gone when the block is left."""
    process = os.fork()
    if not process:
        status = 1
        try:
            collect(folder, sources, seconds)
            status = 0
        finally:
            os._exit(status)
    yield process
    _, status = os.waitpid(process, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("the collector failed")


def serve(pages: int, pipe: tuple[int, int]) -> tuple[int, int]:
    """Forks the server; returns its process and port. At its end it writes what it sent."""
    ready, tell = os.pipe()
    process = os.fork()
    if not process:
        server = _Server(pages)
        os.write(tell, f"{server.server_address[1]}\n".encode())
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            server.serve_forever()
        finally:
            repeated = sum(count - 1 for count in server.sent.values())
            os.write(pipe[1], f"{len(server.sent)} {repeated}\n".encode())
            os._exit(0)
    return process, int(os.read(ready, 100))


def stored(raw: Path) -> Counter[str]:
    """Returns the pages in raw/ with how often they are there; each file passes both checks."""
    found: Counter[str] = Counter()
    for path in sorted(raw.glob("*/*/[!.]*.warc.gz")):
        with gzip.open(path) as file:
            while file.read(1 << 20):
                pass
        with path.open("rb") as opened:
            for record in ArchiveIterator(opened, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type == "response":
                    found[record.rec_headers.get_header("WARC-Target-URI")] += 1
    return found


def main() -> None:
    """Runs the campaign from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--hosts", type=int, default=4)
    parser.add_argument("--pages", type=int, default=2_000, help="of each host")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    pipe = os.pipe()
    server, port = serve(arguments.pages, pipe)
    sources = sources_of(arguments.hosts, port)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "raw").mkdir()
        for _ in range(arguments.kills):
            with child(folder, sources, 60.0) as process:
                time.sleep(chance.uniform(*LIFE_S))
                os.kill(process, signal.SIGKILL)
        with child(folder, sources, 3.0):
            pass
        os.kill(server, signal.SIGTERM)
        sent, repeated = map(int, os.read(pipe[0], 100).split())
        os.waitpid(server, 0)
        found = stored(folder / "raw")
        left = list((folder / "raw").glob("*/*/.*"))
        with open_state(folder / "state") as state:
            account = state.accounts.read()
            account.check()
    twice = sum(count > 1 for count in found.values())
    print(f"{arguments.kills} kills: {len(found):,} pages in raw/, {twice} of them twice or more")
    print(f"{sent:,} pages sent, {repeated:,} requests repeated; at most {arguments.hosts} a kill")
    print(f"{len(found):,} pages of {account.found:,} found, {account.waiting:,} waiting")
    is_kept = (
        not twice
        and not left
        and len(found) == sent == account.found - account.waiting
        and repeated <= arguments.kills * arguments.hosts
    )
    sys.exit(0 if is_kept else 1)


if __name__ == "__main__":
    main()
