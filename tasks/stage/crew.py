"""How many workers a plan is worth: a worker that starts costs as much CPU as dozens of pages."""

from collections.abc import Iterable
from dataclasses import replace

from schemas.raw_forms import RawKind
from schemas.settings import Settings
from tasks.discover.batches import Batch
from tasks.discover.plan import Plan

# A worker takes 2 s of CPU to start, and a page 20 to 35 ms of one.
_PAGES_A_WORKER = 20
# Where a container holds larger ones than these, compressed, there are fewer of them.
_BYTES_A_PAGE = 8_192
# A loose file is a page, and one as long as several takes as long as these.
_LONG_PAGE = 131_072


def worth_starting(settings: Settings, plan: Plan) -> Settings:
    """Returns the settings with no more workers than the plan keeps busy; see `Settings`.

    Args:
        settings: of the run; their `workers` are never raised.
        plan: what the run is to process.
    """
    if settings.dask is not None:
        # A cluster's workers are up, and it is there for many pages.
        return replace(settings, are_workers_replaced=bool(plan.batches))
    if plan.renormalize:
        # How many documents a staged batch holds is not known here.
        return settings
    pages = _estimate_pages(plan.batches)
    workers = max(1, min(settings.workers, -(-pages // _PAGES_A_WORKER)))
    is_long = pages > workers * settings.pages_per_worker
    return replace(settings, workers=workers, are_workers_replaced=is_long)


def _estimate_pages(batches: Iterable[Batch]) -> int:
    return sum(
        max(1, file.size // _LONG_PAGE)
        if batch.kind is RawKind.LOOSE
        else file.size // _BYTES_A_PAGE
        for batch in batches
        for file in batch.files
    )
