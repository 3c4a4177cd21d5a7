"""The days of one source as arrays: what landed from each outlet, day by day.

A record belongs to its outlet. Where a page did not tell its outlet, or only one that is not
registered, it belongs to the outlet that most pages of its host are from, else to the host: so
rejected pages count towards the outlet that they are from.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas.drift import WINDOW_DAYS

Counts = npt.NDArray[np.int64]
Key = tuple[str, str, str]  # outlet, measure, value

# The least share of a host's pages that makes it an outlet's; several may share a host.
_MIN_HOST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class History:
    """Counts of one source.

    Attributes:
        days: the landing days, sorted.
        counts: by outlet, measure and value, a count for each of `days`.
        examples: the path of a record on a day that is judged, by day and key.
        countries: the country of an outlet, "" where it is not known.
    """

    days: tuple[date, ...]
    counts: Mapping[Key, Counts]
    examples: Mapping[tuple[date, Key], str]
    countries: Mapping[str, str]

    def of(self, outlet: str, measure: str, value: str = "") -> Counts:
        """Returns the counts of a key; zeros where it has none."""
        found = self.counts.get((outlet, measure, value))
        return np.zeros(len(self.days), dtype="int64") if found is None else found

    def outlets(self) -> list[str]:
        """Returns every outlet, sorted."""
        return sorted({outlet for outlet, _, _ in self.counts})

    def keys_on(self, position: int) -> list[Key]:
        """Returns what was counted on a day, sorted."""
        return sorted(key for key, counts in self.counts.items() if counts[position])


@dataclass(frozen=True, slots=True)
class Past:
    """A day of a source, and the days before it that it is compared with.

    Attributes:
        history: the source's days.
        position: which of them is judged.
        first: the first that it is compared with.
    """

    history: History
    position: int
    first: int

    @property
    def day(self) -> date:
        """The day that is judged."""
        return self.history.days[self.position]

    def before(self, counts: Counts) -> Counts:
        """Returns the counts of the earlier days."""
        return counts[self.first : self.position]

    def today(self, counts: Counts) -> int:
        """Returns the count of the day."""
        return int(counts[self.position])


def past_of(history: History, day: date) -> Past | None:
    """Returns a day with those before it; None where nothing landed on it."""
    if day not in history.days:
        return None
    first = day - timedelta(days=WINDOW_DAYS)
    return Past(history, bisect_left(history.days, day), bisect_left(history.days, first))


def by_outlet(counts: pd.DataFrame, judged: Collection[date]) -> History:
    """Returns the history of a source by outlet; it has examples of the days that are judged."""
    return _history(counts.assign(entity=_outlets_of(counts)), judged)


def by_host(counts: pd.DataFrame, judged: Collection[date]) -> History:
    """Returns the history of a source by host, of the pages whose host is known."""
    rows = counts[counts["host"].ne("")]
    return _history(rows.assign(entity=rows["host"]), judged)


def as_a_whole(counts: pd.DataFrame, judged: Collection[date]) -> History:
    """Returns the history of a source under the one name ""."""
    return _history(counts.assign(entity=""), judged)


def _history(rows: pd.DataFrame, judged: Collection[date]) -> History:
    keys = ["entity", "measure", "value"]
    groups = rows.groupby(keys, sort=True)
    names = list(groups.size().index)
    positions, days = pd.factorize(rows["landing_date"], sort=True)
    counts = np.zeros((len(names), len(days)), dtype="int64")
    np.add.at(counts, (groups.ngroup().to_numpy(), positions), rows["count"].to_numpy())
    of_judged = rows[rows["landing_date"].isin(list(judged))]
    first = of_judged.groupby(["landing_date", *keys], sort=False)["example"].min()
    examples = {
        (day, (entity, measure, value)): example
        for day, entity, measure, value, example in first.reset_index().itertuples(index=False)
    }
    countries = rows.groupby("entity", sort=False)["country"].max()
    return History(
        days=tuple(days),
        counts=dict(zip(names, counts, strict=True)),
        examples=examples,
        countries=dict(zip(countries.index, countries, strict=True)),
    )


def _outlets_of(counts: pd.DataFrame) -> pd.Series:
    outlet, host = counts["outlet"], counts["host"]
    is_known = outlet.ne("") & ~outlet.str.startswith("~")
    usual = _usual_outlets(counts[is_known & host.ne("") & counts["measure"].eq("documents")])
    found = outlet.where(is_known, host.map({name: usual.get(name, "") for name in host.unique()}))
    for fallback in (outlet, host):
        found = found.where(found.ne(""), fallback)
    return found


def _usual_outlets(rows: pd.DataFrame) -> dict[str, str]:
    """Returns the outlet that most known pages of a host are from."""
    summed = rows.groupby(["host", "outlet"], as_index=False, sort=True)["count"].sum()
    total = summed.groupby("host")["count"].transform("sum")
    usual = summed[summed["count"] > _MIN_HOST_SHARE * total]
    return dict(zip(usual["host"], usual["outlet"], strict=True))
