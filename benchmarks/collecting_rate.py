"""How fast a collector is that asks many hosts, each of which wants a pause between two requests.

    python benchmarks/collecting_rate.py [--hosts 200] [--delays 5 0.5] [--seconds 60]

A server on loopback has the hosts (127.0.1.1, 127.0.1.2, ...), each with a feed that shows all its
pages at once. A collector works on them as a deployment does, first for as long as four requests to
each host take, and is then measured. The ideal is a request to each host whenever its delay is
over. Requests are counted by the server, which also tells those that came too soon.

Prints requests a second beside the ideal, and the collector's share of a core. Exit status 1 where
a promise is broken.
"""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from flows.clock import SystemClock
from schemas.outlets import load_registry
from schemas.sources import SourceOutlet, Sources
from tasks.collect.memory.state import open_state
from tasks.collect.running.collector import Span
from tasks.collect.running.equipment import Equipment, collect_pages

# Least share of the ideal, and the most of a core, by delay in seconds.
PROMISED = {5.0: (39 / 40, 0.2), 0.5: (300 / 400, None)}
# Asked before the first page: robots.txt, tdmrep.json, the feed; and one more.
_FIRST_REQUESTS = 4
_PAGE = b"<title>Ferry</title><p>" + b"The ferry sails again on Monday. " * 500


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--delays", type=float, nargs="+", default=list(PROMISED))
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    kept = [measure(arguments.hosts, delay, arguments.seconds) for delay in arguments.delays]
    sys.exit(0 if all(kept) else 1)


def measure(hosts: int, delay_s: float, seconds: float) -> bool:
    """Prints what a delay allows and what is reached; tells whether what is promised was kept."""
    warm_up_s = _FIRST_REQUESTS * delay_s + 5.0
    pages = int((warm_up_s + seconds) / delay_s) + 10
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(theirs, hosts, pages), daemon=True)
    server.start()
    port: int = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        told = (Path(folder), hosts, port, delay_s, warm_up_s + seconds + 5.0)
        collector = context.Process(target=_collect, args=told, daemon=True)
        collector.start()
        if not ours.poll(60.0):
            raise SystemExit("the collector asks nothing")
        ours.recv()  # its first request
        time.sleep(warm_up_s)
        process = psutil.Process(collector.pid)
        spent, begin = _cpu_s(process), time.monotonic()
        time.sleep(seconds)
        end = time.monotonic()
        core = (_cpu_s(process) - spent) / (end - begin)
        ours.send("what was asked?")
        asked: dict[str, list[tuple[float, float]]] = ours.recv()
        collector.kill()
        collector.join()
    server.kill()
    rate = sum(begin <= at < end for times in asked.values() for at, _ in times) / (end - begin)
    soon = sum(
        later - answered < delay_s
        for times in asked.values()
        for (_, answered), (later, _) in pairwise(times)
    )
    ideal = hosts / delay_s
    print(
        f"{hosts} hosts, delay {delay_s:g} s: {rate:.1f} of {ideal:g} requests a second,"
        f" {core:.0%} of a core, {1_000 * core / rate:.1f} ms each, {soon} too soon",
        flush=True,
    )
    least, most = PROMISED.get(delay_s, (0.0, None))
    return rate >= least * ideal and not soon and (most is None or core < most)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _collect(folder: Path, hosts: int, port: int, delay_s: float, seconds: float) -> None:
    """Collects with the rules of a deployment."""
    addresses = [_address(number) for number in range(hosts)]
    outlets = tuple(
        SourceOutlet(
            id=f"site-{number}", feeds=(f"http://{address}:{port}/feed.xml",), delay_s=delay_s
        )
        for number, address in enumerate(addresses)
    )
    allowed = tuple((address, port) for address in addresses)
    sources = Sources("https://example.org/bot", "collect", outlets, "0" * 64, allowed=allowed)
    (folder / "raw").mkdir()
    with open_state(folder / "state") as state:
        equipment = Equipment(
            sources=sources,
            registry=load_registry(),
            raw=folder / "raw",
            folder=folder / "state",
            state=state,
            clock=SystemClock(),
            version="0",
        )
        collect_pages(equipment, Span(seconds))


def _address(number: int) -> str:
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


def _serve(connection: Connection, hosts: int, pages: int) -> None:
    asyncio.run(_serve_for_ever(connection, hosts, pages))


async def _serve_for_ever(connection: Connection, hosts: int, pages: int) -> None:
    asked: dict[str, list[tuple[float, float]]] = defaultdict(list)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                at = time.monotonic()
                if not asked:
                    connection.send("asked")
                answer = _answer(head.split(b" ", 2)[1], host, port, pages)
                # Behind the writing the collector may be given the core first.
                asked[host].append((at, time.monotonic()))
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(talk, "0.0.0.0", 0, backlog=hosts)
    port: int = server.sockets[0].getsockname()[1]
    connection.send(port)
    while not connection.poll():
        await asyncio.sleep(0.1)
    connection.recv()
    connection.send(dict(asked))
    await asyncio.Event().wait()


def _answer(path: bytes, host: str, port: int, pages: int) -> bytes:
    status, body = b"200 OK", _PAGE
    if path == b"/feed.xml":
        links = (f"<item><link>http://{host}:{port}/a/{n}</link></item>" for n in range(pages))
        body = f'<rss version="2.0"><channel>{"".join(links)}</channel></rss>'.encode()
    elif not path.startswith(b"/a/"):
        status, body = b"404 Not Found", b""
    return b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
        status,
        len(body),
        body,
    )


if __name__ == "__main__":
    main()
