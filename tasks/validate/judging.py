"""The validate step as one call: verdicts for all batches that have none, then the audit."""

from collections.abc import Sequence

from schemas.settings import Settings
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.stage.hands import map_of
from tasks.storage.locations import parse_location
from tasks.storage.maps import map_here
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import Finding

_HERE = Settings()
# What judging imports: pandas and Great Expectations, which take two seconds.
OF_JUDGING = ("tasks.validate.frames", "tasks.validate.profiles", "tasks.validate.audit")


def judge_staged(
    warehouse: str,
    reference: ReferenceSource,
    accept: bool,
    settings: Settings = _HERE,
    pending: Sequence[str] | None = None,
) -> list[Finding]:
    """Judges the staged records that no verdict speaks of, and audits the days of these.

    Args:
        warehouse: its location, as written.
        reference: which outlets are registered.
        accept: whether a person has decided to publish in spite of findings.
        settings: where they name a cluster, its workers judge.
        pending: what `pending_batches` returns, where somebody asked before.

    Raises:
        HeldBackError: the audit found what should not be published unseen.
        SuiteError: an expectation could not be evaluated.
    """
    # Imported here: pandas and SciPy cost a second, and this module is named by who does not call.
    from tasks.validate.audit import audit_staged  # noqa: PLC0415
    from tasks.validate.verdicts import validate_batches  # noqa: PLC0415

    target = Warehouse(parse_location(warehouse))
    registry = load_reference(reference).registry
    # Here one group follows the other: what judges takes seconds to import and 600 MB.
    over_days = map_of(settings)
    over_groups = map_here if settings.dask is None else over_days
    known = frozenset(registry.outlets) if registry else None
    validate_batches(target, known, over_groups, over_days, pending)
    return audit_staged(target, accept=accept, spread=over_days)
