import asyncio
import gzip
import tracemalloc
from collections.abc import Awaitable, Callable

import pytest

from tasks.collect.client import FetchLimits, Identity
from tasks.collect.exchange import Answer, FetchError, Outcome, Request, RequestKind
from tasks.collect.redirects import fetch
from tests.unit.collect.web import Handler, client, ok, page, serve

MEBIBYTE = 1024 * 1024
SHORT = FetchLimits(connect_s=0.5, read_s=0.3, whole_s=0.6)
BODY = b"<p>The ferry left at noon.</p>"


def ask(
    answer: bytes | Handler,
    kind: RequestKind = RequestKind.PAGE,
    limits: FetchLimits | None = None,
) -> Answer:
    async def run() -> Answer:
        async with serve({"*": answer}) as site, client(site.pair, limits=limits) as asking:
            return await asking.send(Request(site.url("/story"), kind))

    return asyncio.run(run())


def outcome_of(
    answer: bytes | Handler,
    kind: RequestKind = RequestKind.PAGE,
    limits: FetchLimits | None = None,
) -> Outcome:
    with pytest.raises(FetchError) as caught:
        ask(answer, kind, limits)
    return caught.value.outcome


def drip(
    start: bytes, piece: bytes, pause: float = 0.0, times: int = 1_000_000
) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    """Writes a start, and then a piece again and again."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return write


def hang_up_after(data: bytes) -> Handler:
    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return write


def test_an_answer_is_kept_as_the_server_sent_it() -> None:
    packed = gzip.compress(BODY)
    answer = ask(ok(packed, "X-Robots-Tag: noai", "content-ENCODING: gzip", status="200 Fine"))
    assert (answer.status, answer.reason, answer.http_version) == (200, "Fine", "HTTP/1.1")
    assert answer.body == packed
    assert answer.decoded(1000) == BODY
    assert (b"content-ENCODING", b"gzip") in answer.headers
    assert answer.header("x-robots-tag") == "noai"
    assert answer.ip_address == "127.0.0.1"
    assert answer.started_at <= answer.ended_at
    assert answer.truncated is None


def test_chunks_are_joined_and_their_header_is_kept() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\n<p>a \r\n6\r\nferry.\r\n0\r\n\r\n"
    )
    answer = ask(chunked)
    assert answer.body == b"<p>a ferry."
    assert answer.header("transfer-encoding") == "chunked"


def test_who_asks_is_said_and_no_cookie_is_sent_back() -> None:
    async def run() -> list[str]:
        async with serve({"*": ok(BODY, "Set-Cookie: id=7")}) as site:
            async with client(site.pair) as asking:
                for _ in range(2):
                    await asking.send(page(site.url("/a?b=1"), ("If-None-Match", '"v1"')))
            return site.heads

    head, again = asyncio.run(run())
    assert head.startswith("GET /a?b=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert "User-Agent: newsmill/9.9 (+https://example.org/bot)\r\n" in head
    assert 'If-None-Match: "v1"\r\n' in head
    assert again == head


def test_a_validator_goes_back_as_it_came() -> None:
    async def run() -> str:
        async with serve({"*": ok(BODY, 'ETag: W/"é"')}) as site, client(site.pair) as asking:
            answer = await asking.send(page(site.url()))
            tag = answer.header("etag") or ""
            await asking.send(page(site.url(), ("If-None-Match", tag)))
            return site.heads[1]

    assert 'If-None-Match: W/"é"\r\n' in asyncio.run(run())


def test_a_contact_that_is_an_address_goes_into_from() -> None:
    assert Identity("mailto:bot@example.org", "1.0").headers == (
        ("User-Agent", "newsmill/1.0 (+mailto:bot@example.org)"),
        ("From", "bot@example.org"),
    )
    assert len(Identity("https://example.org/@bot", "1.0").headers) == 1


def test_a_host_has_one_connection_and_one_request_at_a_time() -> None:
    async def run() -> None:
        async with serve({"*": ok(BODY)}) as site, client(site.pair) as asking:
            await asyncio.gather(*(asking.send(page(site.url(f"/{n}"))) for n in range(20)))
            assert (site.connects, site.busiest, len(site.heads)) == (1, 1, 20)

    asyncio.run(run())


def test_idle_connections_are_closed_beyond_their_number() -> None:
    async def run() -> None:
        limits = FetchLimits(idle_connections=1)
        hosts = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
        async with (
            serve({"*": ok(BODY)}) as a,
            serve({"*": ok(BODY)}, host=hosts[1]) as b,
            serve({"*": ok(BODY)}, host=hosts[2]) as c,
            client(a.pair, b.pair, c.pair, limits=limits) as asking,
        ):
            for site in (a, b, c, c, a):
                await asking.send(page(site.url()))
            assert (a.connects, b.connects, c.connects) == (2, 1, 1)

    asyncio.run(run())


def test_a_connection_that_the_server_closed_is_opened_anew() -> None:
    async def run() -> None:
        async with serve({"*": hang_up_after(ok(BODY))}) as site, client(site.pair) as asking:
            for _ in range(3):
                assert (await asking.send(page(site.url()))).body == BODY
                await asyncio.sleep(0)
            assert site.connects == 3

    asyncio.run(run())


def test_https_with_a_certificate_that_holds() -> None:
    async def run() -> None:
        async with serve({"*": ok(BODY)}, tls_names=("127.0.0.1",)) as site:
            async with client(site.pair) as asking:
                for _ in range(3):
                    assert (await asking.send(page(site.url()))).body == BODY
            assert site.connects == 1

    asyncio.run(run())


def test_https_with_a_certificate_of_another_name_or_without_tls_fails() -> None:
    async def run(*, is_tls: bool) -> Outcome:
        names = ("other.example",) if is_tls else ()
        # A plain server waits for the end of a head that never comes.
        limits = None if is_tls else SHORT
        async with (
            serve({"*": ok(BODY)}, tls_names=names) as site,
            client(site.pair, limits=limits) as asking,
        ):
            with pytest.raises(FetchError) as caught:
                await asking.send(page(site.url().replace("http:", "https:")))
        return caught.value.outcome

    assert asyncio.run(run(is_tls=True)) is Outcome.TLS_FAILED
    assert asyncio.run(run(is_tls=False)) in {Outcome.TLS_FAILED, Outcome.TIMED_OUT}


def test_nobody_listens() -> None:
    async def run() -> Outcome:
        async with serve({}) as site:
            closed = site.pair
        async with client(closed) as asking:
            with pytest.raises(FetchError) as caught:
                await asking.send(page(f"http://{closed[0]}:{closed[1]}/"))
        return caught.value.outcome

    assert asyncio.run(run()) is Outcome.CONNECT_FAILED


HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
HOSTILE = {
    "silence": (drip(b"", b"", 0.05, 100), Outcome.TIMED_OUT),
    "a head of a byte now and then": (drip(HTML, b"X", 0.02, 200), Outcome.TIMED_OUT),
    "a body of a byte now and then": (drip(HTML + b"\r\n", b"x", 0.02, 200), Outcome.TIMED_OUT),
    "chunks now and then": (drip(CHUNKED, b"1\r\nx\r\n", 0.02, 200), Outcome.TIMED_OUT),
    "endless header": (drip(HTML + b"X: ", b"x" * 4096), Outcome.TOO_LARGE),
    "endless headers": (drip(HTML, b"X-Pad: " + b"x" * 4096 + b"\r\n"), Outcome.TOO_LARGE),
    "endless interim answers": (
        drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100),
        Outcome.TOO_LARGE,
    ),
    "endless body": (drip(HTML + b"\r\n", b"x" * 65536), Outcome.TOO_LARGE),
    "endless chunks": (drip(CHUNKED, b"4000\r\n" + b"x" * 0x4000 + b"\r\n"), Outcome.TOO_LARGE),
    "a chunk of a promised terabyte": (
        drip(CHUNKED + b"ffffffffff\r\n", b"x" * 65536),
        Outcome.TOO_LARGE,
    ),
    "a declared terabyte": (HTML + b"Content-Length: 1099511627776\r\n\r\n", Outcome.TOO_LARGE),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", Outcome.PROTOCOL_BROKEN),
    "a broken chunk": (CHUNKED + b"zz\r\nx", Outcome.PROTOCOL_BROKEN),
    "two lengths": (
        HTML + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        Outcome.PROTOCOL_BROKEN,
    ),
    "no answer": (hang_up_after(b""), Outcome.CONNECT_FAILED),
    "half a head": (hang_up_after(HTML), Outcome.PROTOCOL_BROKEN),
    "an image": (ok(b"\x89PNG", kind="image/png"), Outcome.NOT_TEXT),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answers_end_within_limits(name: str) -> None:
    answer, expected = HOSTILE[name]
    assert outcome_of(answer, limits=SHORT if expected is Outcome.TIMED_OUT else None) is expected


def test_a_host_that_never_ends_leaves_others_alone() -> None:
    async def run() -> None:
        is_over = asyncio.Event()

        async def hold(writer: asyncio.StreamWriter) -> None:
            writer.write(HTML + b"\r\nx")
            await is_over.wait()
            writer.close()

        async with (
            serve({"*": hold}) as held,
            serve({"*": ok(BODY)}, host="127.0.0.2") as good,
            client(held.pair, good.pair, limits=FetchLimits()) as asking,
        ):
            waiting = asyncio.create_task(asking.send(page(held.url())))
            for _ in range(20):
                assert (await asking.send(page(good.url()))).body == BODY
            assert not waiting.done()
            is_over.set()
            assert (await waiting).body == b"x"

    asyncio.run(run())


def test_a_body_that_breaks_off_is_kept_and_said_to_be_cut() -> None:
    answer = ask(hang_up_after(HTML + b"Content-Length: 900\r\n\r\n" + BODY))
    assert (answer.body, answer.truncated) == (BODY, "disconnect")
    answer = ask(hang_up_after(CHUNKED + b"5\r\n<p>a \r\n"))
    assert (answer.body, answer.truncated) == (b"<p>a ", "disconnect")


def test_a_long_robots_txt_and_a_long_error_page_are_cut() -> None:
    long = drip(HTML + b"\r\n", b"Disallow: /a\n" * 5000)
    answer = ask(long, RequestKind.ROBOTS)
    assert (len(answer.body), answer.truncated) == (512 * 1024, "length")
    endless = drip(b"HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\n\r\n", b"x" * 65536)
    answer = ask(endless)
    assert (answer.status, answer.header("retry-after")) == (503, "3600")
    assert answer.truncated == "length"


def test_a_bomb_is_noticed_before_it_has_expanded() -> None:
    # One layer reaches 1,030:1; the body is as large as a page may be.
    bomb = gzip.compress(bytes(64 * MEBIBYTE), 9)
    answer = ask(ok(bomb, "Content-Encoding: gzip"))
    nested = ask(ok(gzip.compress(gzip.compress(bytes(64 * MEBIBYTE)) * 20)))
    tracemalloc.start()
    for packed in (answer, nested):
        with pytest.raises(FetchError) as caught:
            packed.decoded(32 * MEBIBYTE)
        assert caught.value.outcome is Outcome.BOMB
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * MEBIBYTE


def test_a_body_that_is_too_large_once_decoded() -> None:
    answer = ask(ok(gzip.compress(b"a ferry " * 1000), "Content-Encoding: gzip"))
    with pytest.raises(FetchError) as caught:
        answer.decoded(1000)
    assert caught.value.outcome is Outcome.TOO_LARGE


def moved(path: str, status: str = "302 Found") -> bytes:
    return ok(b"", f"Location: {path}", status=status)


def test_redirects_are_followed_one_request_each() -> None:
    async def run() -> None:
        pages = {"/a": moved("/b"), "/b": moved("c?d=1", "308 Moved"), "/c?d=1": ok(BODY)}
        async with serve(pages) as site, client(site.pair) as asking:
            answer = await fetch(asking, page(site.url("/a")))
            assert (answer.url, answer.body) == (site.url("/c?d=1"), BODY)
            assert len(site.heads) == 3

    asyncio.run(run())


@pytest.mark.parametrize(
    ("pages", "requests"),
    [
        ({"/a": moved("/a")}, 1),
        ({"/a": moved("/b"), "/b": moved("/a")}, 2),
        ({"/a": moved("/1"), **{f"/{n}": moved(f"/{n + 1}") for n in range(1, 99)}}, 6),
    ],
)
def test_redirects_in_a_circle_or_without_end(pages: dict[str, bytes], requests: int) -> None:
    async def run() -> None:
        async with serve(pages) as site, client(site.pair) as asking:
            with pytest.raises(FetchError) as caught:
                await fetch(asking, page(site.url("/a")))
            assert caught.value.outcome is Outcome.REDIRECT_LOOP
            assert len(site.heads) == requests

    asyncio.run(run())


def test_a_redirect_never_leaves_https() -> None:
    async def run() -> None:
        async with serve({"*": ok(BODY)}) as plain:
            pages = {"*": moved(plain.url())}
            async with (
                serve(pages, tls_names=("127.0.0.1",)) as site,
                client(site.pair, plain.pair) as asking,
            ):
                with pytest.raises(FetchError) as caught:
                    await fetch(asking, page(site.url()))
            assert caught.value.outcome is Outcome.TLS_FAILED
            assert plain.connects == 0

    asyncio.run(run())
