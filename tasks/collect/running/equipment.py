"""A run of the collector, put together: its plan, its state, and what asks the web."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from schemas.outlets import Registry
from schemas.sources import Sources
from tasks.collect.archive.warc_writer import WarcWriter
from tasks.collect.client import Client, Identity
from tasks.collect.exchange import Clock
from tasks.collect.guard import Guard
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import CollectPlan, plan_outlets
from tasks.collect.running.collector import Collector, CollectRules, Span, Tools
from tasks.collect.running.fetch_log import FETCH_LOG, FetchLog
from tasks.collect.running.finding import find_listed
from tasks.collect.running.reading_sources import read_source

_WARC = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What a run works with.

    Attributes:
        sources: the sources file.
        registry: knows the outlets' domains.
        raw: the raw folder.
        folder: of the state.
        state: what lies in it.
        clock: tells the time.
        version: newsmill's.
        only: outlets to which the run is limited; None for all.
        rules: the policy.
    """

    sources: Sources
    registry: Registry
    raw: Path
    folder: Path
    state: State
    clock: Clock
    version: str
    only: frozenset[str] | None = None
    rules: CollectRules | None = None

    @property
    def identity(self) -> Identity:
        """Who asks."""
        return Identity(self.sources.contact, self.version)

    def plan(self) -> CollectPlan:
        """Returns what is collected.

        Raises:
            OSError: a list of addresses cannot be read.
        """
        about = (
            ("software", f"newsmill/{self.version}"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", _WARC),
            ("operator", self.sources.contact),
            ("http-header-user-agent", self.identity.user_agent),
            ("robots", "RFC 9309"),
            ("collect.sources", f"sha256:{self.sources.digest}"),
        )
        return plan_outlets(self.sources, self.registry, sent=self.identity.headers, about=about)


@dataclass(frozen=True, slots=True)
class Collected:
    """What a run did.

    Attributes:
        requests: by kind, and by status or outcome.
        sealed: files of raw/ that it wrote.
    """

    requests: Mapping[tuple[str, str], int]
    sealed: tuple[Path, ...]


def collect_pages(
    equipment: Equipment,
    span: Span,
    *,
    watch: Callable[[Collector], None] = lambda _: None,
    after_seal: Callable[[], None] = lambda: None,
) -> Collected:
    """Polls sources and stores what they show, for a while; open files are sealed in the end.

    Args:
        equipment: what it works with.
        span: for how long.
        watch: is given the collector in its event loop, before it begins.
        after_seal: is called where files were sealed in the course of a run that goes on.

    Raises:
        OSError: raw/ or the state cannot be written.
    """
    plan = equipment.plan()
    writer = WarcWriter(equipment.raw, equipment.state, plan.about)
    log = FetchLog(equipment.folder / FETCH_LOG)
    guard = Guard(equipment.sources.listed_ports, equipment.sources.allowed)

    async def run() -> None:
        async with aclosing(Client(equipment.identity, guard, equipment.clock)) as client:
            find_listed(plan, equipment.state, equipment.clock.now().timestamp())
            tools = Tools(
                transport=client, clock=equipment.clock, read=read_source, writer=writer, log=log
            )
            collector = Collector(plan, equipment.state, tools, equipment.rules, equipment.only)
            watch(collector)
            await collector.run(span, after_seal)

    asyncio.run(run())
    return Collected(log.counts, tuple(writer.seal()))
