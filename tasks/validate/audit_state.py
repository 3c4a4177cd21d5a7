"""What the audit has yet to pass, and what a person accepted: `staged/audit.json`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tasks.storage.places import read_bytes
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
    """Reads the state; nothing is pending where there is none."""
    if not warehouse.audit_state.exists():
        return AuditState()
    state = json.loads(read_bytes(warehouse.audit_state))
    return AuditState(
        pending=frozenset(LandedDay(source, _read_day(day)) for source, day in state["pending"]),
        accepted=tuple(
            Accepted(**entry | {"landing_date": _read_day(entry["landing_date"])})
            for entry in state["accepted"]
        ),
    )


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


def clear_pending(warehouse: Warehouse) -> None:
    """Marks that all is published: the audit need not look at it again until it changes."""
    state = read_state(warehouse)
    if state.pending:
        _write_state(warehouse, AuditState(frozenset(), state.accepted))


def _write_state(warehouse: Warehouse, state: AuditState) -> None:
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
    content = json.dumps({"pending": pending, "accepted": accepted}, indent=1, ensure_ascii=False)
    with replaced(warehouse.audit_state) as temporary:
        temporary.write_text(content, "utf-8")


def _read_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _print_day(day: date | None) -> str:
    return day.isoformat() if day else ""
