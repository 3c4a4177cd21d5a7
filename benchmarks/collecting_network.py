"""What collecting costs on the wire: pages, feeds, sitemaps, and answers that mean harm.

    python benchmarks/collecting_network.py [--pages 1000]

Servers run on loopback in a process of their own, with a certificate of their own; the process that
is measured only asks. Hostile answers are bombs, endless heads and bodies, and a byte now and then.
Each is asked under limits of a second or two, beside a good host, whose rate is compared with what
it is alone. Prints CPU milliseconds, seconds over the limit, and resident memory (Linux).
"""

import argparse
import asyncio
import gzip
import multiprocessing
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import trustme

from tasks.collect.client import Client, FetchLimits, Identity
from tasks.collect.exchange import FetchError, Request, RequestKind
from tasks.collect.feeds import parse_feed
from tasks.collect.guard import Guard
from tasks.collect.redirects import fetch
from tasks.collect.sitemaps import SitemapReader

HOST, OTHER = "127.0.0.1", "127.0.0.2"
PAGE_BYTES = 37_000
MEBIBYTE = 1024 * 1024
WHOLE_S = 2.0
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
# (name, beginning of the answer, what follows again and again, seconds between)
HOSTILE: tuple[tuple[str, bytes, bytes, float], ...] = (
    ("slow-loris, head", _HEAD, b"X", 0.05),
    ("slow-loris, body", _HEAD + b"\r\n", b"x", 0.05),
    ("silence", b"", b"", 0.5),
    ("endless header", _HEAD + b"X: ", b"x" * 16_384, 0.0),
    ("endless headers", _HEAD, b"X: " + b"x" * 1000 + b"\r\n", 0.0),
    ("endless interim answers", b"", b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n" * 99, 0.0),
    ("endless body", _HEAD + b"\r\n", b"x" * 65_536, 0.0),
)
_LOOP = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"


class WallClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Returns the UTC instant."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Returns seconds."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=1000)
    pages = parser.parse_args().pages
    authority = trustme.CA()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs, authority), daemon=True)
    server.start()
    ports: dict[str, int] = ours.recv()
    try:
        asyncio.run(_measure_pages(ports, authority, pages))
        asyncio.run(_measure_harm(ports, authority))
    finally:
        server.terminate()
    _measure_reading()


async def _measure_pages(ports: dict[str, int], authority: trustme.CA, pages: int) -> None:
    for name in ("plain", "tls"):
        url = f"{'https' if name == 'tls' else 'http'}://{HOST}:{ports[name]}/"
        client = _client(ports, authority, FetchLimits())
        await client.send(Request(url, RequestKind.PAGE))
        begin = time.process_time()
        for number in range(pages):
            answer = await client.send(Request(f"{url}{number}", RequestKind.PAGE))
            answer.decoded(8 * MEBIBYTE)
        cost_ms = (time.process_time() - begin) / pages * 1000
        print(f"{name}: {cost_ms:.2f} ms of CPU a page of {PAGE_BYTES} bytes")
        await client.aclose()


async def _measure_harm(ports: dict[str, int], authority: trustme.CA) -> None:
    limits = FetchLimits(connect_s=1.0, read_s=1.0, whole_s=WHOLE_S)
    client = _client(ports, authority, limits)
    for name in (*(name for name, *_ in HOSTILE), "redirects"):
        url = f"http://{HOST}:{ports[name]}/"
        before, begin = _reset_peak(), time.monotonic()
        try:
            await fetch(client, Request(url, RequestKind.PAGE))
            outcome = "answered"
        except FetchError as error:
            outcome = str(error.outcome)
        over = max(time.monotonic() - begin - WHOLE_S, 0.0)
        print(f"{name}: {outcome}, {over:.2f} s over, {_peak() - before:+.1f} MB")
    alone, beside = [], []
    for _ in range(5):
        alone.append(await _rate(client, ports, WHOLE_S / 2))
        url = f"http://{HOST}:{ports['slow-loris, body']}/"
        slow = asyncio.create_task(client.send(Request(url, RequestKind.PAGE)))
        beside.append(await _rate(client, ports, WHOLE_S / 2))
        await asyncio.wait({slow})
        slow.exception()
    print(f"another host meanwhile: {max(beside):.0f} pages/s, alone {max(alone):.0f}")
    for name, packed in _bombs():
        before = _reset_peak()
        reader = SitemapReader(packed, "https://bomb.example/")
        entries = sum(1 for _ in reader)
        print(f"{name}: {entries} entries, {reader.fault}, {_peak() - before:+.1f} MB")
    await client.aclose()


async def _rate(client: Client, ports: dict[str, int], seconds: float) -> float:
    url = f"http://{OTHER}:{ports['other']}/"
    count, begin = 0, time.monotonic()
    while time.monotonic() - begin < seconds:
        await client.send(Request(url, RequestKind.PAGE))
        count += 1
    return count / (time.monotonic() - begin)


def _measure_reading() -> None:
    item = "<item><title>A ferry {0}</title><link>https://a.example/{0}</link><description>{1}</description>"
    item += "<guid>{0}</guid><pubDate>Sun, 01 Mar 2026 12:00:00 GMT</pubDate></item>"
    body = "".join(item.format(number, "words " * 60) for number in range(100))
    feed = f"<rss><channel>{body}</channel></rss>".encode()
    url = "https://a.example/"
    print(f"feed of 100: {_cost_ms(lambda: parse_feed(feed, url), 200):.2f} ms")
    line = (
        "<url><loc>https://a.example/2026/{0}</loc><lastmod>2026-03-01T12:00:00Z</lastmod></url>\n"
    )
    lines = "".join(line.format(number) for number in range(50_000))
    sitemap = f"<urlset>{lines}</urlset>".encode()
    before = _reset_peak()
    cost = _cost_ms(lambda: sum(1 for _ in SitemapReader(sitemap, url)), 3)
    print(f"sitemap of 50,000: {cost / 1000:.2f} s, {_peak() - before:+.1f} MB")


def _cost_ms(run: Callable[[], object], times: int) -> float:
    begin = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - begin) / times * 1000


def _bombs() -> Iterator[tuple[str, bytes]]:
    spaces = gzip.compress(b"<urlset>" + b" " * (256 * MEBIBYTE), 1)
    yield "bomb of one layer", spaces
    yield "bomb of two layers", gzip.compress(spaces)
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE urlset [<!ENTITY e0 "ha">{levels}]><urlset><url><loc>&e9;</loc></url>'
    yield "a billion laughs", laughs.encode()


def _client(ports: dict[str, int], authority: trustme.CA, limits: FetchLimits) -> Client:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    allowed = [(host, port) for host in (HOST, OTHER) for port in ports.values()]
    identity = Identity("https://example.org/bot", "0")
    return Client(identity, Guard((), allowed), WallClock(), limits=limits, ssl_context=context)


def _peak() -> float:
    """Returns this process's resident megabytes at their peak since the last reset."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _reset_peak() -> float:
    """Forgets the peak, and returns what is resident."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _serve(connection: Connection, authority: trustme.CA) -> None:
    asyncio.run(_serve_for_ever(connection, authority))


async def _serve_for_ever(connection: Connection, authority: trustme.CA) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    body = Random(1).randbytes(PAGE_BYTES)
    good = _HEAD + b"Content-Length: %d\r\n\r\n" % PAGE_BYTES + body
    ports = {
        "plain": await _listen(good, b"", None, HOST, None),
        "tls": await _listen(good, b"", None, HOST, context),
        "other": await _listen(good, b"", None, OTHER, None),
    }
    for name, start, piece, pause in HOSTILE:
        ports[name] = await _listen(start, piece, pause, HOST, None)
    ports["redirects"] = await _listen(_LOOP, b"", None, HOST, None)
    connection.send(ports)
    await asyncio.Event().wait()


async def _listen(
    start: bytes, piece: bytes, pause: float | None, host: str, context: ssl.SSLContext | None
) -> int:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(start)
                while pause is not None:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(pause)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(answer, host, 0, ssl=context)
    port: int = server.sockets[0].getsockname()[1]
    return port


if __name__ == "__main__":
    main()
