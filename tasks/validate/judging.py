"""The validate step as one call: verdicts for all batches that have none, then the audit."""

from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.storage.locations import parse_location
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import Finding


def judge_staged(warehouse: str, reference: ReferenceSource, accept: bool) -> list[Finding]:
    """Judges the staged records that no verdict speaks of, and audits the days of these.

    Args:
        warehouse: its location, as written.
        reference: which outlets are registered.
        accept: whether a person has decided to publish in spite of findings.

    Raises:
        HeldBackError: the audit found what should not be published unseen.
        SuiteError: an expectation could not be evaluated.
    """
    # Imported here: pandas and SciPy cost a second, and this module is named by who does not call.
    from tasks.validate.audit import audit_staged  # noqa: PLC0415
    from tasks.validate.verdicts import validate_batches  # noqa: PLC0415

    target = Warehouse(parse_location(warehouse))
    registry = load_reference(reference).registry
    validate_batches(target, frozenset(registry.outlets) if registry else None)
    return audit_staged(target, accept=accept)
