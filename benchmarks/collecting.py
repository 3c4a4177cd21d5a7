"""A made-up web in virtual time: what a collector finds, how late, how often it asks, how politely.

    python benchmarks/collecting.py [--hosts 200] [--days 30] [--seed 1]

Sites publish by day and in bursts, with feeds of 10 to 100 entries; half have a news sitemap. Some
are dead for hours, throttle, move their feed, ask for a crawl delay, or have validators that never
change. Some fall silent or die for good, which people are to be told; some rest at week-ends or are
away for minutes, which they are not. Nothing is sent: the sites are in memory, and the clock jumps.
What is stored is written to a raw folder as always, and read again in the end.

Prints a line a promise, and exits with 1 where one is broken.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.collect.archive.rebuilding import rebuild_seen
from tasks.collect.exchange import Outcome
from tasks.collect.memory.standings import Source, SourceKind
from tasks.collect.running.collector import Span
from tests.virtual_alarms import AlarmWatch, trouble_sites
from tests.virtual_web import DAY_S, Site, World, make_sites, violations

DELAY_S = 5.0
# What was published last may not have been asked for yet: a source is asked every 6 h at least.
_MARGIN_S = 8 * 3600.0
_RUN_S = 720.0

# What is promised.
MIN_SHARE_FEED_ONLY = 99.9
MAX_POLLS_FEED_ONLY, MAX_POLLS_WITH_SITEMAP = 90, 60
MAX_MEDIAN_MIN, MAX_SLOW_MIN = 15, 60
MAX_SILENCE_H, MAX_DEATH_H = 24.0, 1.0
# One in 200 feeds and 30 days.
FEED_DAYS_A_FALSE_ALARM = 200 * 30


@dataclass(frozen=True)
class Completeness:
    """How many articles there were, and how many of them were not stored.

    Attributes:
        articles: published.
        missed: not stored.
        unreported: missed where no poll was reported as a gap.
    """

    articles: int = 0
    missed: int = 0
    unreported: int = 0

    @property
    def share(self) -> float:
        """The share that was stored, in percent."""
        return 100 * (1 - self.missed / max(self.articles, 1))


def completeness(sites: Sequence[Site], gaps: Counter[str], until: float) -> Completeness:
    """Counts what was published before an instant."""
    articles = missed = unreported = 0
    for site in sites:
        published = sum(instant < until for instant in site.published)
        lost = sum(number not in site.fetched for number in range(published))
        articles, missed = articles + published, missed + lost
        unreported += lost if not gaps[site.outlet] else 0
    return Completeness(articles, missed, unreported)


def latencies(sites: Sequence[Site]) -> list[float]:
    """Returns the minutes from publication to storing, of what was published when all was known."""
    return sorted(
        (fetched[0] - site.published[number]) / 60
        for site in sites
        for number, fetched in site.fetched.items()
        if site.published[number] > DAY_S / 2
    )


def polls_a_day(sources: Sequence[Source], outlets: set[str], days: float) -> float:
    """Returns how often a feed of these outlets was asked a day, on average."""
    feeds = [source for source in sources if source.kind is SourceKind.FEED]
    return statistics.mean(s.polls / days for s in feeds if s.outlet in outlets)


def promises(
    world: World, sources: Sequence[Source], stored: Counter[str], days: float
) -> Iterator[tuple[bool, str]]:
    """Yields each promise with whether it was kept."""
    until = days * DAY_S - _MARGIN_S
    gaps = Counter({source.outlet: source.gaps for source in sources if source.gaps})
    both = [site for site in world.sites if site.has_sitemap]
    alone = [site for site in world.sites if not site.has_sitemap]
    whole, window = (completeness(sites, gaps, until) for sites in (both, alone))
    yield (
        whole.missed == 0,
        (f"with a news sitemap: {whole.share:.3f} % of {whole.articles:,} articles stored"),
    )
    yield (
        window.share >= MIN_SHARE_FEED_ONLY and not window.unreported,
        (
            f"feed only: {window.share:.3f} % of {window.articles:,} articles stored,"
            f" {window.missed:,} missed, {window.unreported:,} of them without a reported gap"
        ),
    )
    asked = polls_a_day(sources, {site.outlet for site in alone}, days)
    asked_both = polls_a_day(sources, {site.outlet for site in both}, days)
    yield (
        asked <= MAX_POLLS_FEED_ONLY and asked_both <= MAX_POLLS_WITH_SITEMAP,
        (f"polls a feed and day: {asked:.0f} feed only, {asked_both:.0f} with a sitemap"),
    )
    late = latencies(world.sites)
    median, slow = late[len(late) // 2], late[int(len(late) * 0.95)]
    yield (
        median <= MAX_MEDIAN_MIN and slow <= MAX_SLOW_MIN,
        f"latency: p50 {median:.1f} min, p95 {slow:.1f} min",
    )
    broken = sum(violations(site, DELAY_S) for site in world.sites)
    requests = sum(len(site.requests) for site in world.sites)
    yield broken == 0, f"delays broken by the sites' logs: {broken} of {requests:,} requests"
    twice = sum(count > 1 for count in stored.values())
    fetched = sum(len(site.fetched) for site in world.sites)
    yield (
        not twice and len(stored) == fetched,
        (f"in raw/: {len(stored):,} pages of {fetched:,} fetched, {twice} of them twice"),
    )
    liars = {site.outlet for site in world.sites if site.lies and len(site.published) > days}
    found = {source.outlet for source in sources if source.is_lying}
    yield liars <= found, f"validators that lie: {len(liars & found)} of {len(liars)} found out"


def alarm_promises(
    watch: AlarmWatch, sites: Sequence[Site], days: float
) -> Iterator[tuple[bool, str]]:
    """Yields what is promised of alarms, with whether it was kept."""
    for name, hours, limit in (
        ("silent feeds, since their last article", watch.silence_hours(sites), MAX_SILENCE_H),
        ("dead hosts, since they were asked in vain", watch.death_hours(sites), MAX_DEATH_H),
    ):
        told = [hour for hour in hours.values() if hour is not None]
        slowest = f", after {max(told):.1f} h at the latest" if told else ""
        yield (
            len(told) == len(hours) and max(told, default=0.0) <= limit,
            f"{name}: {len(told)} of {len(hours)} told{slowest}",
        )
    false = watch.false(sites)
    named = "".join(f"; {alarm.trouble} {alarm.url} on day {at / DAY_S:.1f}" for at, alarm in false)
    yield (
        len(false) <= len(sites) * days / FEED_DAYS_A_FALSE_ALARM,
        f"false alarms: {len(false)} of {len(watch.raised)}{named}",
    )


def main() -> None:
    """Collects from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="for raw/ and the state; a temporary one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        sys.exit(measure(Path(folder), arguments.hosts, arguments.days, arguments.seed))


def measure(folder: Path, hosts: int, days: float, seed: int) -> int:
    """Collects, prints what came of it, and returns 1 where a promise was broken."""
    # Nobody cuts the power of a made-up world.
    os.fdatasync = os.fsync = lambda _: None  # type: ignore[assignment]
    sites = make_sites(hosts, days, seed)
    trouble_sites(sites, days, seed)
    world, watch = World(folder, sites, seed), AlarmWatch()
    begun = time.process_time()
    runs = 0
    while world.loop.time() < days * DAY_S:
        # Half a day in one go, then as a deployment does: 12 minutes of each quarter of an hour.
        is_long = world.loop.time() < days * DAY_S - DAY_S / 4
        world.collect(Span(DAY_S / 2 if is_long else _RUN_S), look=watch.look)
        runs += 1
        if not is_long:
            world.pass_time(900.0 - _RUN_S)
    seconds = time.process_time() - begun
    with world.state() as state:
        account = state.accounts.read()
        account.check()
        sources = [source for source, _ in state.standings.sources()]
        stored = Counter(world.stored())
        again = rebuild_seen(world.raw / "collect", state, DAY_S)
    print(
        f"{hosts} hosts, {days:g} days, {runs} runs: {seconds:.0f} s of CPU,"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    print(
        f"found {account.found:,} = {sum(account.outcomes.values()):,} with an outcome"
        f" + {account.waiting:,} waiting; rebuilding the state found {again.new} unknown"
    )
    status = int(account.outcomes.get(Outcome.STORED, 0) != len(stored) or again.new > 0)
    for is_kept, text in (
        *promises(world, sources, stored, days),
        *alarm_promises(watch, sites, days),
    ):
        print(f"{'kept  ' if is_kept else 'BROKEN'}  {text}")
        status |= not is_kept
    world.loop.close()
    return status


if __name__ == "__main__":
    main()
