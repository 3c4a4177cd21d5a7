"""Which records of an archive are wanted: decided by their heads, before a page is read."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag

from tasks.collect.importing.outcomes import ImportOutcome
from tasks.collect.planning.outlets import CollectPlan, OutletPlan, OutletsByHost
from tasks.discover.windows import is_within
from tasks.read.times import utc_day
from tasks.read.warc.responses import read_evidence


@dataclass(frozen=True, slots=True)
class FetchDays:
    """Days of fetching (UTC), both included; None for no limit."""

    since: date | None = None
    until: date | None = None

    def has(self, day: date) -> bool:
        """Tells whether a day is within."""
        return is_within(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of an outlet.

    Attributes:
        url: without its fragment.
        outlet: whose it is.
    """

    url: str
    outlet: OutletPlan


class Selection:
    """Tells of a record whether it is wanted.

    Args:
        plan: whose pages.
        days: of fetching.
    """

    def __init__(self, plan: CollectPlan, days: FetchDays) -> None:
        self._days = days
        self._outlets = OutletsByHost(plan)

    def judge(self, fields: dict[str, str]) -> Wanted | ImportOutcome:
        """Returns the page that a record holds, or what becomes of it without its content.

        Args:
            fields: named fields of the record, names in lower case.
        """
        if fields.get("warc-type", "").lower() != "response":
            return ImportOutcome.OTHER_RECORD
        url = urldefrag(fields.get("warc-target-uri", "").strip("<>")).url
        outlets = self._outlets.at(url)
        if not outlets:
            return ImportOutcome.FOREIGN_HOST
        planned = next((one for one in outlets if one.judge(url) is None), None)
        if planned is None:
            return ImportOutcome.EXCLUDED
        day = utc_day(read_evidence(fields).fetched_at)
        if day is None:
            return ImportOutcome.BROKEN
        return Wanted(url, planned) if self._days.has(day) else ImportOutcome.OUTSIDE_WINDOW
