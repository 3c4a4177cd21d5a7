"""Table checks: what must hold of the days that were touched before any of it is published.

The audit decides whether to publish, never what: no published byte depends on it. It reads profiles
(`tasks.validate.profile_files`), never records.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from schemas import drift
from schemas.suites import CHECKS, FAULTS
from tasks.storage.maps import Map, map_here
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import Accepted, LandedDay, add_accepted, read_state
from tasks.validate.drift_findings import find_drift
from tasks.validate.findings import Finding, HeldBackError
from tasks.validate.profile_files import read_counts

WINDOW = timedelta(days=drift.WINDOW_DAYS)


def audit_staged(warehouse: Warehouse, *, accept: bool, spread: Map = map_here) -> list[Finding]:
    """Audits the landing days of which something is not yet published.

    Args:
        warehouse: where the profiles are.
        accept: whether a person has decided to publish in spite of findings.
        spread: the map over landing days.

    Returns:
        The findings that only warn, and those that are accepted.

    Raises:
        HeldBackError: there are findings that hold publishing back, and nobody accepted them.
    """
    state = read_state(warehouse)
    if not state.pending:
        return []
    counts = read_counts(warehouse, _compared(state.pending), spread)
    findings = [
        replace(finding, accepted=_is_accepted(finding, state.accepted))
        for finding in find_all(counts, state.pending)
    ]
    holding = [finding for finding in findings if finding.is_holding]
    if holding and not accept:
        raise HeldBackError(findings)
    add_accepted(warehouse, holding)
    return [replace(finding, accepted=finding.accepted or finding.holds) for finding in findings]


def find_all(counts: pd.DataFrame, days: Collection[LandedDay]) -> list[Finding]:
    """Returns everything that is wrong with the days, accepted or not."""
    judged = counts[_is_landed_on(counts, days)]
    return [
        *_faults_of_ours(judged),
        *_check_failures(judged),
        *find_drift(counts, days),
        *_unregistered_outlets(judged),
    ]


def _is_landed_on(counts: pd.DataFrame, days: Collection[LandedDay]) -> pd.Series:
    keys = ["source", "landing_date"]
    numbers = counts.groupby(keys, dropna=False, sort=False).ngroup()
    each = counts.loc[~numbers.duplicated(), keys]
    landed = (
        _day(*pair) in days for pair in zip(each["source"], each["landing_date"], strict=True)
    )
    return numbers.isin(numbers[each.index][list(landed)])


def _compared(days: Collection[LandedDay]) -> set[date | None]:
    """Returns the days, and those of the window before each."""
    dated = {day.landing_date for day in days if day.landing_date is not None}
    window = [timedelta(days=before) for before in range(drift.WINDOW_DAYS + 1)]
    compared: set[date | None] = {day - before for day in dated for before in window}
    return compared | ({None} if any(day.landing_date is None for day in days) else set())


def _is_accepted(finding: Finding, accepted: Sequence[Accepted]) -> bool:
    """Tells whether a person accepted this, or the same on an earlier day of the window."""
    return any(
        _is_same_day(entry, finding) or _lasts(entry, finding)
        for entry in accepted
        if (entry.source, entry.outlet, entry.measure)
        == (finding.source, finding.outlet, finding.measure)
    )


def _is_same_day(entry: Accepted, finding: Finding) -> bool:
    if finding.landing_date is None:
        # Documents without a day cannot be told from later ones: a person accepted only what was
        # there, so a finding that got worse is a new one.
        return entry.landing_date is None and (finding.number or 0) <= (entry.number or 0)
    return entry.landing_date == finding.landing_date


def _lasts(entry: Accepted, finding: Finding) -> bool:
    """Tells whether a finding is the continuation of an earlier one, and no worse.

    It still warns. It does not hold the same outlet back every day until the past has changed over,
    which would teach people to pass `--accept` always, and so to accept what they have not seen.
    """
    if finding.beyond is None or finding.landing_date is None or entry.landing_date is None:
        return False
    age = finding.landing_date - entry.landing_date
    if not timedelta(0) < age <= WINDOW or finding.number is None or entry.number is None:
        return False
    if finding.beyond == "low":
        return finding.number >= entry.number / drift.SAME_RATIO
    return finding.number <= max(
        entry.number * drift.SAME_RATIO, entry.number + drift.SAME_SHARE * (entry.number <= 1)
    )


def _faults_of_ours(judged: pd.DataFrame) -> Iterator[Finding]:
    """Yields each fault of newsmill on a day; all hold where there are too many of them together.

    One document is no reason to keep a day's news from its readers.
    """
    documents = dict(_by_day(judged[judged["measure"].eq("documents")]))
    faults = judged[judged["measure"].eq("reason") & judged["value"].isin(FAULTS)]
    for day, rows in _by_day(faults):
        total, count = documents[day]["count"].sum(), rows["count"].sum()
        holds = count >= drift.FAULT_MIN_COUNT and count > drift.FAULT_SHARE * total
        for name, of_kind in rows.groupby("value", sort=True):
            example = of_kind["example"].min()
            yield Finding(
                measure=str(name),
                value=f"{of_kind['count'].sum()} of {total:,} documents (first: {example})",
                expected="none: these are faults of newsmill",
                advice=f"`newsmill explain {example}` shows what happened.",
                holds=bool(holds),
                source=day.source,
                landing_date=day.landing_date,
                number=float(of_kind["count"].sum()),
            )


def _check_failures(judged: pd.DataFrame) -> Iterator[Finding]:
    """Yields the checks that reject no record, and only warn, where they warn of many."""
    accepted = dict(_by_day(judged[judged["measure"].eq("accepted")]))
    for name, failed in judged[judged["measure"].eq(drift.CHECK_WARNING)].groupby(
        "value", sort=True
    ):
        for day, rows in _by_day(failed):
            count = int(rows["count"].sum())
            total = int(accepted[day]["count"].sum()) if day in accepted else count
            if count < drift.WARNED_MIN_COUNT or count <= drift.WARNED_SHARE * total:
                continue
            example = rows["example"].min()
            yield Finding(
                measure=str(name),
                value=f"{count} of {total:,} accepted records (first: {example})",
                expected=f"at most {drift.WARNED_SHARE:.0%}: {CHECKS[str(name)].why}",
                advice=f"Look at it: `newsmill explain {example}`.",
                holds=False,
                source=day.source,
                landing_date=day.landing_date,
                number=count / total,
            )


def _by_day(rows: pd.DataFrame) -> Iterator[tuple[LandedDay, pd.DataFrame]]:
    days = pd.Series(
        [_day(*each) for each in zip(rows["source"], rows["landing_date"], strict=True)],
        index=rows.index,
        dtype="object",
    )
    for day in sorted(days.unique(), key=str):
        yield day, rows[days.eq(day)]


def _day(source: str, landing_date: date | None) -> LandedDay:
    return LandedDay(source, None if pd.isna(landing_date) else landing_date)


def _unregistered_outlets(judged: pd.DataFrame) -> Iterator[Finding]:
    counts = judged.groupby("measure")["count"].sum()
    accepted, unregistered = int(counts.get("accepted", 0)), int(counts.get("unregistered", 0))
    if accepted < drift.UNREGISTERED_MIN_RECORDS:
        return
    if unregistered / accepted > drift.MAX_UNREGISTERED_SHARE:
        yield Finding(
            measure="unregistered outlets",
            value=f"{unregistered / accepted:.0%} of {accepted:,} accepted records",
            expected=f"at most {drift.MAX_UNREGISTERED_SHARE:.0%}",
            advice=drift.UNREGISTERED_RULE.advice,
            holds=False,
            number=unregistered / accepted,
        )
