"""What a run of the collector did, and how collecting stands then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.collect.archive.recovery import Recovery
from tasks.collect.reporting.standing import CollectStanding
from tasks.collect.running.equipment import Collected


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectRun:
    """A run.

    Attributes:
        started_at: UTC.
        seconds: that it lasted.
        raw: the raw folder.
        recovery: what it finished of the run before.
        collected: what it did.
        before: outcomes before it, by name.
        standing: how collecting stands after it.
    """

    started_at: datetime
    seconds: float
    raw: Path
    recovery: Recovery
    collected: Collected
    before: Mapping[str, int]
    standing: CollectStanding

    def outcomes(self) -> dict[str, int]:
        """Returns how many addresses got which outcome in this run."""
        after = {outcome.value: count for outcome, count in self.standing.account.outcomes.items()}
        changed = {name: count - self.before.get(name, 0) for name, count in after.items()}
        return {name: count for name, count in changed.items() if count}
