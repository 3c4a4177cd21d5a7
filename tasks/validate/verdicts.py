"""Verdicts: which accepted records of a batch may be published, and what the others failed.

With its verdict a batch gets its profile, which is all that the audit reads of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas.drift import CHECK_WARNING
from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from tasks.storage.caches import staged_footers
from tasks.storage.locations import parse_location
from tasks.storage.maps import Map, map_here
from tasks.storage.parquet import read_table
from tasks.storage.records import staged_batches, state_of
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.audit_state import LandedDay, add_pending
from tasks.validate.profile_files import join_profiles, name_day, split_months, write_profiles

if TYPE_CHECKING:
    import pandas as pd

    from tasks.validate.gx_suites import Failure

VERDICT_SCHEMA = pa.schema([("row", pa.int32()), ("failed", pa.list_(pa.string()))])
# Keys of a verdict's footer; earlier versions wrote the second.
_DAYS, _MONTHS = "days", "months"
# Records validated at once, more where a batch has more. A call of Great Expectations costs 0.2 s.
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Judging:
    """An order to judge the records of some batches.

    Attributes:
        warehouse: its location, as written.
        batches: batch_ids.
        known_outlets: the outlet_ids of the registry; None where it is switched off.
    """

    warehouse: str
    batches: tuple[str, ...]
    known_outlets: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a batch.

    Attributes:
        state: in which it was judged.
        days: on which its records landed, as `profile_files.name_day` names them.
        failed: the checks that records failed, by row number.
    """

    state: str
    days: tuple[str, ...]
    failed: dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of some batches.

    Attributes:
        landed: the days of their records.
        verdicts: of each batch.
    """

    landed: frozenset[LandedDay]
    verdicts: dict[str, Verdict]


def pending_batches(warehouse: Warehouse, seen: StagedView | None = None) -> list[str]:
    """Returns the staged batches whose records no verdict speaks of, sorted.

    Args:
        warehouse: where they are.
        seen: what was seen of staged/ before; None to look now.
    """
    seen = seen or StagedView(warehouse)
    return [
        batch_id
        for batch_id, metadata in staged_batches(warehouse, seen).items()
        if _judged_state(seen.verdict(batch_id)) != state_of(metadata)
    ]


def validate_batches(
    warehouse: Warehouse,
    known_outlets: frozenset[str] | None = None,
    judging: Map = map_here,
    joining: Map = map_here,
    pending: Sequence[str] | None = None,
) -> None:
    """Judges every staged batch that has no verdict yet, many at once, and joins their profiles.

    Args:
        warehouse: where the staged records are.
        known_outlets: the outlet_ids of the registry; None where it is switched off.
        judging: the map over groups of batches.
        joining: the map over landing days.
        pending: what `pending_batches` returns, where somebody asked before.

    Raises:
        SuiteError: an expectation could not be evaluated.
    """
    where = str(warehouse.root.resolve())
    pending = pending_batches(warehouse) if pending is None else pending
    orders = [Judging(where, group, known_outlets) for group in _groups(warehouse, pending)]
    counted_before = set()
    for judged in judging("validating records", judge, orders):
        counted_before.update(_keep(warehouse, judged))
    split_months(warehouse)
    join_profiles(warehouse, counted_before, joining)


def read_verdict(warehouse: Warehouse, batch_id: str) -> dict[int, list[str]]:
    """Returns the names of the checks that records of a batch failed, by row number."""
    table = read_table(warehouse.verdicts / f"{batch_id}.parquet")
    return {row["row"]: row["failed"] for row in table.to_pylist()}


def judge(order: Judging) -> Judged:
    """Judges the records of some batches, and writes what the audit compares of them.

    Raises:
        SuiteError: an expectation could not be evaluated.
    """
    # Imported here: Great Expectations costs seconds, and most commands only read verdicts.
    from tasks.validate.frames import money_frame, records_frame  # noqa: PLC0415
    from tasks.validate.gx_suites import run_suite  # noqa: PLC0415
    from tasks.validate.judged_rows import read_judged  # noqa: PLC0415
    from tasks.validate.profiles import profile_records  # noqa: PLC0415

    warehouse = Warehouse(parse_location(order.warehouse))
    tables = [read_judged(warehouse, batch_id) for batch_id in order.batches]
    staged = pa.concat_tables(tables)
    found = [
        *run_suite(records_frame(staged, order.known_outlets), RECORDS_SUITE, "records"),
        *run_suite(money_frame(staged), MONEY_SUITE, "money"),
    ]
    failed, others = _by_row(found)
    footers = {
        batch: read_metadata(warehouse.records / f"{batch}.parquet") for batch in order.batches
    }
    sources = {batch: footer.get("source", "") for batch, footer in footers.items()}
    states = {batch: state_of(footer) for batch, footer in footers.items()}
    profiles = profile_records(staged, failed, sources, others)
    write_profiles(warehouse, profiles, states)
    days = _landed_days(profiles)
    verdicts = {}
    first = 0
    for batch_id, table in zip(order.batches, tables, strict=True):
        rows = range(first, first + table.num_rows)
        verdicts[batch_id] = Verdict(
            state=states[batch_id],
            days=tuple(sorted(name_day(day.landing_date) for day in days.get(batch_id, ()))),
            failed={row - first: failed[row] for row in rows if row in failed},
        )
        first += table.num_rows
    return Judged(frozenset().union(*days.values()), verdicts)


def _landed_days(profiles: "pd.DataFrame") -> dict[str, set[LandedDay]]:
    days: dict[str, set[LandedDay]] = defaultdict(set)
    landed = profiles[["batch_id", "source", "landing_date"]].drop_duplicates()
    # pandas makes an unknown landing date a float (NaN).
    landed = landed.astype(object).where(landed.notna(), None)
    for batch_id, *day in landed.itertuples(index=False, name=None):
        days[batch_id].add(LandedDay(*day))
    return days


def _keep(warehouse: Warehouse, judged: Judged) -> set[str]:
    """Writes verdicts, of batches that have their profiles; returns the days of earlier ones.

    Of what an earlier version judged these are months.
    """
    add_pending(warehouse, judged.landed)
    earlier: set[str] = set()
    for batch_id, verdict in judged.verdicts.items():
        path = warehouse.verdicts / f"{batch_id}.parquet"
        if path.exists():
            earlier.update(days_of(read_metadata(path)) or ())
        _write_verdict(path, verdict)
    return earlier


def _by_row(
    found: Iterable["Failure"],
) -> tuple[dict[int, list[str]], dict[str, dict[int, list[str]]]]:
    """Returns the checks that records are rejected for, and by measure those that only warn."""
    rejecting: dict[int, set[str]] = defaultdict(set)
    warning: dict[int, set[str]] = defaultdict(set)
    for failure in found:
        rows = warning if failure.severity == "warning" else rejecting
        rows[failure.row_key].add(failure.check)
    return _sorted(rejecting), {CHECK_WARNING: _sorted(warning)}


def _sorted(rows: Mapping[int, Iterable[str]]) -> dict[int, list[str]]:
    return {row: sorted(names) for row, names in sorted(rows.items())}


def _write_verdict(path: Path, verdict: Verdict) -> None:
    failed = verdict.failed
    table = pa.table({"row": list(failed), "failed": list(failed.values())}, schema=VERDICT_SCHEMA)
    write_table(path, [table], VERDICT_SCHEMA, {"state": verdict.state, _DAYS: list(verdict.days)})


def days_of(footer: Mapping[str, Any]) -> Collection[str] | None:
    """Returns the landing days of a batch, by the footer of its verdict; None without profiles.

    Verdicts of earlier versions name months, and the earliest gave a batch no profile.
    """
    found: list[str] | None = footer.get(_DAYS, footer.get(_MONTHS))
    return found


def _judged_state(verdict: Mapping[str, Any] | None) -> str | None:
    return verdict.get("state") if verdict and days_of(verdict) is not None else None


def _groups(warehouse: Warehouse, batches: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yields batches that are judged together: what landed at a time, and so has few days."""
    footers = staged_footers(warehouse)
    found = {batch: footers[warehouse.records / f"{batch}.parquet"] for batch in batches}
    group: list[str] = []
    rows = 0
    for batch_id in sorted(found, key=lambda batch: (_landed(found[batch]), batch)):
        group.append(batch_id)
        rows += found[batch_id]["rows"]
        if rows >= _ROWS_AT_ONCE:
            yield tuple(group)
            group, rows = [], 0
    if group:
        yield tuple(group)


def _landed(found: Mapping[str, Any]) -> tuple[str, list[str]]:
    footer = found["footer"]
    return footer.get("source", ""), footer.get("landed") or []
