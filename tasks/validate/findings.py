"""What the audit finds, in words for a person and in values for machines."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from schemas.tables import RUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A measure outside its range.

    Attributes:
        measure: what was measured.
        value: what was found.
        expected: what would have passed.
        advice: what a person can do.
        holds: whether it holds publishing back, or only warns.
        source: first folder in raw/; None where the finding is about the whole warehouse.
        outlet: outlet_id, or the host where no outlet is known; None where it is about the source.
        landing_date: the day it is about.
        number: `value` as a number: a share, words, documents.
        beyond: the bound it is beyond; None where a single one is too many.
        accepted: a person accepted it, or the same on an earlier day; it does not hold any more.
    """

    measure: str
    value: str
    expected: str
    advice: str
    holds: bool = True
    source: str | None = None
    outlet: str | None = None
    landing_date: date | None = None
    number: float | None = None
    beyond: Literal["low", "high"] | None = None
    accepted: bool = False

    def __str__(self) -> str:
        note = " (accepted)" if self.accepted else ""
        return f"{self._subject}{self.measure}: {self.value}, expected {self.expected}{note}. " + (
            self.advice
        )

    def as_row(self) -> dict[str, Any]:
        """Returns what runs/ keeps of it, by the fields of `audit_findings`."""
        return {name: getattr(self, name) for name in _PUBLISHED}

    @property
    def is_holding(self) -> bool:
        """Whether publishing waits for a person's decision on this."""
        return self.holds and not self.accepted

    @property
    def _subject(self) -> str:
        if self.landing_date is None:
            return ""
        folder = f"raw/{self.source}" if self.source else "raw"
        return f"{self.outlet or folder}, landed {self.landing_date} in {folder}: "


_PUBLISHED = [field.name for field in RUNS.schema.field("audit_findings").type.value_type]


class HeldBackError(Exception):
    """The audit holds publishing back; a person decides (`--accept`).

    Attributes:
        findings: all that was found, what only warns too.
        waiting: documents that are processed and not published; None where they are not counted.
    """

    def __init__(self, findings: list[Finding], waiting: int | None = None) -> None:
        holding = [finding for finding in findings if finding.is_holding]
        super().__init__("\n".join([_describe_waiting(waiting), *map(str, holding)]))
        self.findings = findings
        self.waiting = waiting

    def __reduce__(self) -> tuple[type["HeldBackError"], tuple[list[Finding], int | None]]:
        return HeldBackError, (self.findings, self.waiting)


def _describe_waiting(waiting: int | None) -> str:
    """Says what is not published; documents that were published before may wait as changed."""
    match waiting:
        case None | 0:
            return "Nothing was published; what was processed waits."
        case 1:
            return "Nothing was published; 1 document waits."
    return f"Nothing was published; {waiting:,} documents wait."
