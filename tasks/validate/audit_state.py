"""What the audit has yet to pass, and what a person accepted: `staged/audit.json`."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tasks.storage.locations import list_files, read_bytes
from tasks.storage.parquet import DamagedFileError
from tasks.storage.setting_aside import damaged_folder
from tasks.storage.warehouse import Warehouse, replaced
from tasks.validate.findings import Finding


@dataclass(frozen=True, slots=True)
class LandedDay:
    """What the audit judges at once: what landed from a source on a day, None where unknown."""

    source: str
    landing_date: date | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that a person accepted."""

    source: str | None
    outlet: str | None
    measure: str
    landing_date: date | None
    number: float | None


@dataclass(frozen=True, slots=True)
class AuditState:
    """What is kept from run to run.

    Attributes:
        pending: days with records that no finished run has published.
        accepted: what was accepted, in order.
    """

    pending: frozenset[LandedDay] = frozenset()
    accepted: tuple[Accepted, ...] = ()


def read_state(warehouse: Warehouse) -> AuditState:
    """Reads the state; nothing is pending where there is none.

    Raises:
        DamagedFileError: the file is not as it was written.
    """
    path = warehouse.audit_state
    if not path.exists():
        return AuditState()
    content = read_bytes(path)
    try:
        return _parse_state(content)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedFileError(path, f"it is not as it was written ({error})") from error


def _parse_state(content: bytes) -> AuditState:
    kept = json.loads(content)
    state = AuditState(
        pending=frozenset(LandedDay(source, _read_day(day)) for source, day in kept["pending"]),
        accepted=tuple(
            Accepted(**entry | {"landing_date": _read_day(entry["landing_date"])})
            for entry in kept["accepted"]
        ),
    )
    # Files from before there were digests have these two keys and no more.
    if kept.keys() != {"pending", "accepted"} and content != _render_state(state):
        raise ValueError("its digest is of something else")
    return state


def add_pending(warehouse: Warehouse, days: Iterable[LandedDay]) -> None:
    """Marks days for the audit; to be called before anything of them could be published."""
    state = read_state(warehouse)
    _write_state(warehouse, AuditState(state.pending.union(days), state.accepted))


def add_accepted(warehouse: Warehouse, findings: Iterable[Finding]) -> None:
    """Keeps what a person accepted."""
    state = read_state(warehouse)
    new = (
        Accepted(
            finding.source, finding.outlet, finding.measure, finding.landing_date, finding.number
        )
        for finding in findings
    )
    # A finding that is accepted again, with another value, replaces the earlier acceptance.
    merged = {
        (entry.source, entry.outlet, entry.measure, entry.landing_date): entry
        for entry in (*state.accepted, *new)
    }
    _write_state(warehouse, AuditState(state.pending, tuple(merged.values())))


def drop_accepted(warehouse: Warehouse, outlet: str) -> None:
    """Forgets what was accepted of an outlet."""
    state = read_state(warehouse)
    kept = tuple(entry for entry in state.accepted if entry.outlet != outlet)
    if kept != state.accepted:
        _write_state(warehouse, AuditState(state.pending, kept))


def clear_pending(warehouse: Warehouse) -> None:
    """Marks that all is published: the audit need not look at it again until it changes."""
    state = read_state(warehouse)
    if state.pending:
        _write_state(warehouse, AuditState(frozenset(), state.accepted))


def copy_aside(warehouse: Warehouse) -> Path:
    """Keeps a damaged state beside the one that is to take its place; returns where."""
    folder = damaged_folder(warehouse) / "staged"
    kept = folder / f"audit-{len(list_files(folder, 'audit-*.json')) + 1}.json"
    with replaced(kept) as temporary:
        temporary.write_bytes(read_bytes(warehouse.audit_state))
    return kept


def renew_state(warehouse: Warehouse, days: Iterable[LandedDay]) -> None:
    """Begins anew, with days that are to be audited."""
    _write_state(warehouse, AuditState(frozenset(days)))


def _write_state(warehouse: Warehouse, state: AuditState) -> None:
    with replaced(warehouse.audit_state) as temporary:
        temporary.write_bytes(_render_state(state))


def _render_state(state: AuditState) -> bytes:
    pending = sorted((day.source, _print_day(day.landing_date)) for day in state.pending)
    accepted: list[dict[str, Any]] = [
        {
            "source": entry.source,
            "outlet": entry.outlet,
            "measure": entry.measure,
            "landing_date": _print_day(entry.landing_date) or None,
            "number": entry.number,
        }
        for entry in state.accepted
    ]
    kept: dict[str, Any] = {"pending": pending, "accepted": accepted}
    kept["digest"] = hashlib.sha256(json.dumps(kept).encode()).hexdigest()
    return json.dumps(kept, indent=1, ensure_ascii=False).encode()


def _read_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _print_day(day: date | None) -> str:
    return day.isoformat() if day else ""
