import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.collect.exchange import FetchError, Outcome
from tasks.collect.guard import Guard, ascii_host, refusal_of
from tasks.collect.redirects import fetch
from tests.unit.collect.web import client, ok, page, serve

# Loopback, private and special addresses, as feeds and redirects may spell them.
SPELLINGS = (
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "0.0.0.0",
    "0",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:5ef5:79fb:0:0:80ff:fffe]",
    "[2606:4700::5efe:7f00:1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "10.0.0.1",
    "100.64.0.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
)
NOT_WEB = (
    "http://reader@public.example/",
    "http://public.example\\@127.0.0.1/",
    "http://public.example%2f@127.0.0.1/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1\t/",
    "http://public.example:22/",
    "http://public.example:99999/",
    "http:///only-a-path",
    "http://[::1",
    "http://[fe80::1%25lo]/",
    "ftp://public.example/",
    "file:///etc/passwd",
    "gopher://public.example/",
    "javascript:alert(1)",
    "",
)


class Names:
    """A resolver whose answers change from question to question; the last one stays."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_no_spelling_of_a_private_address_is_connected_to() -> None:
    async def run() -> tuple[int, dict[str, str]]:
        async with serve({}) as four, serve({}, host="::1", port=four.port) as six:
            urls = [f"http://{spelling}:{four.port}/" for spelling in SPELLINGS]
            hosts = {ascii_host(spelling.strip("[]")) for spelling in SPELLINGS}
            listed = tuple((host, four.port) for host in hosts)
            fates = {}
            async with client(listed=listed) as asking:
                for url in urls:
                    try:
                        await asking.send(page(url))
                    except FetchError as error:
                        fates[url] = str(error.outcome)
                    else:
                        fates[url] = "answered"
            return four.connects + six.connects, fates

    connects, fates = asyncio.run(run())
    assert connects == 0
    assert {url: fate for url, fate in fates.items() if fate != "private_address"} == {}
    assert len(SPELLINGS) >= 30


@pytest.mark.parametrize("url", NOT_WEB)
def test_what_is_no_public_web_address_is_refused_before_it_is_looked_up(url: str) -> None:
    async def run() -> int:
        names = Names(["127.0.0.1"])
        async with client(resolver=names) as asking:
            with pytest.raises(FetchError) as caught:
                await asking.send(page(url))
            assert caught.value.outcome is Outcome.PRIVATE_ADDRESS
        return names.asked

    assert asyncio.run(run()) == 0


def test_a_name_that_changes_its_address_is_judged_at_each_connection() -> None:
    async def run() -> None:
        hang_up = ok(b"first", "Connection: close")
        async with (
            serve({"*": hang_up}) as shown,
            serve({}, host="127.0.0.2", port=shown.port) as own,
        ):
            names = Names(["127.0.0.1"], ["127.0.0.2"])
            async with client(shown.pair, resolver=names) as asking:
                url = shown.url(host="harbour.example")
                assert (await asking.send(page(url))).body == b"first"
                with pytest.raises(FetchError, match="loopback") as caught:
                    await asking.send(page(url))
            assert caught.value.outcome is Outcome.PRIVATE_ADDRESS
            assert names.asked == 2
            assert (shown.connects, own.connects) == (1, 0)

    asyncio.run(run())


def test_of_several_addresses_only_the_public_ones_are_connected_to() -> None:
    async def run() -> None:
        async with (
            serve({"*": ok(b"public")}) as shown,
            serve({}, host="127.0.0.2", port=shown.port) as own,
        ):
            names = Names(["127.0.0.2", "127.0.0.1"])
            async with client(shown.pair, resolver=names) as asking:
                answer = await asking.send(page(shown.url(host="harbour.example")))
            assert (answer.body, answer.ip_address) == (b"public", "127.0.0.1")
            assert own.connects == 0

    asyncio.run(run())


def test_the_next_address_is_tried_where_the_first_does_not_answer() -> None:
    async def run() -> None:
        async with serve({"*": ok(b"second")}) as shown:
            names = Names(["127.0.0.3", "127.0.0.1"])
            allowed = (("127.0.0.3", shown.port), shown.pair)
            async with client(*allowed, resolver=names) as asking:
                answer = await asking.send(page(shown.url(host="harbour.example")))
            assert answer.body == b"second"

    asyncio.run(run())


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/", "//localhost/", "http://[::1]/"])
def test_a_redirect_to_a_private_address_is_not_followed(target: str) -> None:
    async def run() -> None:
        async with serve({}, host="127.0.0.2") as own:
            to = f"Location: {target.format(port=own.port)}"
            moved = ok(b"", to, status="302 Found")
            async with (
                serve({"*": moved}) as shown,
                client(shown.pair, listed=(own.pair,)) as asking,
            ):
                with pytest.raises(FetchError) as caught:
                    await fetch(asking, page(shown.url()))
            assert caught.value.outcome is Outcome.PRIVATE_ADDRESS
            assert own.connects == 0

    asyncio.run(run())


def test_a_host_without_an_address_is_told_from_a_private_one() -> None:
    class NoNames:
        async def resolve(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002
            raise OSError("Name or service not known")

    async def run() -> None:
        async with client(resolver=NoNames()) as asking:
            with pytest.raises(FetchError) as caught:
                await asking.send(page("https://gone.example/"))
        assert caught.value.outcome is Outcome.DNS_FAILED

    asyncio.run(run())


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::6810:84e5", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"],
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert refusal_of(address) is None


def test_a_listed_port_holds_for_its_host_alone() -> None:
    guard = Guard(listed=[("harbour.example", 8080)])
    target = guard.judge_url("HTTP://Harbour.Example:8080/a b/é?q=ü#part".replace(" ", "%20"))
    assert (target.host, target.port) == ("harbour.example", 8080)
    assert target.path == "/a%20b/%C3%A9?q=%C3%BC"
    assert target.authority == "harbour.example:8080"
    with pytest.raises(FetchError, match="port 8080"):
        guard.judge_url("http://other.example:8080/")


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_a_target_or_refused(host: str, path: str) -> None:
    guard = Guard()
    for url in (host, f"http://{host}/{path}"):
        try:
            target = guard.judge_url(url)
        except FetchError as error:
            assert error.outcome is Outcome.PRIVATE_ADDRESS
        else:
            assert target.host.isascii()
            assert target.path.isascii()
            assert not set(" \r\n\t") & set(target.path + target.authority)
