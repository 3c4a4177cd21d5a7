"""How fast pages may be asked: the delay of hosts, and how many pages of an outlet a day.

The sources file says it. Each run leaves it in the state, which is all that others look at.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from schemas.sources import SourceOutlet
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import DEFAULT_DELAY_S, CollectPlan, domains_of, host_key

_NOTE = "pace"
_DEFAULTS = SourceOutlet(id="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a sources file allows; by default, what one allows that says nothing of it.

    Attributes:
        delays_s: seconds between two requests to a host, by hosts, and domains for all below them.
        default_delay_s: of hosts that belong to no outlet.
        pages_per_day: that may be stored of an outlet, by the UTC day; as many of a backfill.
    """

    delays_s: Mapping[str, float] = field(default_factory=dict)
    default_delay_s: float = DEFAULT_DELAY_S
    pages_per_day: Mapping[str, int] = field(default_factory=dict)

    def delay_of(self, host: str) -> float:
        """Returns the seconds between two requests to a host; the longest of its outlets."""
        known = (self.delays_s[domain] for domain in domains_of(host) if domain in self.delays_s)
        return max(known, default=self.default_delay_s)

    def limit_of(self, outlet: str) -> int:
        """Returns how many pages of an outlet may be stored a day."""
        return self.pages_per_day.get(outlet, _DEFAULTS.max_pages_per_day)


def pace_of(plan: CollectPlan) -> Pace:
    """Returns how fast a plan lets pages be asked."""
    delays_s: dict[str, float] = {}
    for planned in plan.outlets.values():
        outlet = planned.outlet
        sources = map(host_key, (*outlet.feeds, *outlet.sitemaps))
        for host in (*planned.hosts, *(name for name in sources if name is not None)):
            delays_s[host] = max(delays_s.get(host, 0.0), outlet.delay_s)
    limits = {name: planned.outlet.max_pages_per_day for name, planned in plan.outlets.items()}
    return Pace(delays_s=delays_s, default_delay_s=plan.delay_s, pages_per_day=limits)


def leave_pace(state: State, pace: Pace) -> None:
    """Notes the pace of a run. Who calls it holds a transaction."""
    state.leave_note(_NOTE, json.dumps(asdict(pace)))


def read_pace(state: State) -> Pace:
    """Returns the pace of the last run; that of a silent sources file where none has noted it."""
    return Pace(**json.loads(state.read_note(_NOTE) or "{}"))
