"""How collecting stands: what was found, what waits, and which sources need a person."""

from collections import Counter
from dataclasses import dataclass

from tasks.collect.memory.accounts import Account
from tasks.collect.memory.signs import read_signs
from tasks.collect.memory.standings import SourceKind
from tasks.collect.memory.state import State
from tasks.collect.reporting.backfills import BackfillStanding, describe_backfills
from tasks.collect.reporting.backlog import FullOutlet, measure_backlog
from tasks.collect.reporting.troubles import SourceTrouble, find_troubles


@dataclass(frozen=True, slots=True)
class CollectStanding:
    """How collecting stands.

    Attributes:
        account: of all addresses that were ever found.
        sources: how many there are, by kind.
        unmodified_share: of all polls, those that were answered 304.
        troubles: what needs a person, the oldest first.
        backlog: pages that wait, by host, the most first.
        backlog_hours_by_host: until the last of them is asked; see `measure_backlog`.
        full_outlets: of which no more pages are asked today.
        backfills: that were ordered, until a week after they are over.
        heard_at: epoch seconds at which a run last ended in order, or sealed its files and went on;
            None where none has yet.
    """

    account: Account
    sources: dict[SourceKind, int]
    unmodified_share: float
    troubles: tuple[SourceTrouble, ...]
    backlog: dict[str, int]
    backlog_hours_by_host: dict[str, float]
    full_outlets: tuple[FullOutlet, ...]
    backfills: tuple[BackfillStanding, ...]
    heard_at: float | None

    @property
    def backlog_hours(self) -> float:
        """Until the last page of all is asked."""
        return max(self.backlog_hours_by_host.values(), default=0.0)


def describe_collecting(state: State, now: float) -> CollectStanding:
    """Returns how collecting stands; its account is even.

    Raises:
        AddressesLostError: addresses that were found have no outcome, and do not wait for one.
    """
    account = state.accounts.read()
    account.check()
    sources = [source for source, _ in state.standings.sources()]
    hosts = list(state.standings.hosts())
    polls = sum(source.polls for source in sources)
    backlog = measure_backlog(state, sources, hosts, now)
    return CollectStanding(
        account=account,
        sources=dict(Counter(source.kind for source in sources)),
        unmodified_share=sum(source.unmodified for source in sources) / polls if polls else 0.0,
        troubles=tuple(find_troubles(sources, hosts, now)),
        backlog=backlog.pages,
        backlog_hours_by_host=backlog.hours,
        full_outlets=backlog.full,
        backfills=tuple(describe_backfills(state.backfills, now)),
        heard_at=read_signs(state).heard_at,
    )
