"""Table checks: what must hold of the whole before any of it is published."""

from dataclasses import dataclass

import pyarrow.compute as pc

from schemas.reasons import Reason
from tasks.stage.records import read_records, staged_batches
from tasks.storage import Warehouse

# Below this many records a share says little.
SMALL_SAMPLE = 100
# Without a registered outlet a record has no zone, date order or country: most should have one.
MAX_UNREGISTERED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """A measure outside its range.

    Attributes:
        measure: what was measured.
        value: what was found.
        expected: what would have passed.
        advice: what a person can do.
        holds: whether it holds publishing back, or only warns.
    """

    measure: str
    value: str
    expected: str
    advice: str
    holds: bool = True

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}, expected {self.expected}. {self.advice}"


class HeldBackError(Exception):
    """The audit holds publishing back; a person decides (`--accept`)."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def audit_staged(warehouse: Warehouse, *, accept: bool) -> list[Finding]:
    """Audits what is staged.

    Args:
        warehouse: where the staged records are.
        accept: whether a person has decided to publish in spite of findings.

    Returns:
        The findings that only warn, and those that were accepted.

    Raises:
        HeldBackError: there are findings and nobody accepted them.
    """
    findings = [*_internal_errors(warehouse), *_unregistered_outlets(warehouse)]
    holding = [finding for finding in findings if finding.holds]
    if holding and not accept:
        raise HeldBackError(holding)
    return findings


def _unregistered_outlets(warehouse: Warehouse) -> list[Finding]:
    accepted = unregistered = 0
    for batch_id in staged_batches(warehouse):
        staged = read_records(warehouse, batch_id, ["fate", "outlet_id"])
        outlets = staged.filter(pc.equal(staged["fate"], "accepted"))["outlet_id"]
        accepted += len(outlets)
        unregistered += len(outlets) - (
            pc.sum(pc.invert(pc.starts_with(outlets, "~"))).as_py() or 0
        )
    if accepted < SMALL_SAMPLE or unregistered / accepted <= MAX_UNREGISTERED_SHARE:
        return []
    return [
        Finding(
            measure="unregistered outlets",
            value=f"{unregistered / accepted:.0%} of {accepted:,} accepted records",
            expected=f"at most {MAX_UNREGISTERED_SHARE:.0%}",
            advice="`newsmill outlets unknown` lists them, `newsmill outlets add` registers one.",
            holds=False,
        )
    ]


def _internal_errors(warehouse: Warehouse) -> list[Finding]:
    paths: list[str] = []
    for batch_id in staged_batches(warehouse):
        staged = read_records(warehouse, batch_id, ["raw_path", "reasons"])
        flat = pc.list_flatten(staged["reasons"])
        parents = pc.list_parent_indices(staged["reasons"])
        faulty = pc.filter(parents, pc.equal(flat, Reason.INTERNAL_ERROR.value))
        paths.extend(pc.take(staged["raw_path"], faulty).to_pylist())
    if not paths:
        return []
    return [
        Finding(
            measure=Reason.INTERNAL_ERROR.value,
            value=f"{len(paths)} documents (first: {paths[0]})",
            expected="none: these are faults of newsmill",
            advice="`newsmill explain PATH` shows the traceback; --accept publishes the rest.",
        )
    ]
