"""A warehouse of a few pages with the report of its run."""

from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.settings import Limits
from tasks.report.html.writing import write_report
from tasks.report.runs import Run
from tasks.storage.warehouse import Warehouse
from tests.unit.reported_pages import write_raw
from tests.warehouses import leave_row, make_warehouse


class Reported(NamedTuple):
    """A raw folder, the warehouse made of it, the run and its report."""

    raw: Path
    warehouse: Warehouse
    run: Run
    batches: list[str]
    report: Path


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """A warehouse that nobody changes."""
    folder = tmp_path_factory.mktemp("reported")
    raw = folder / "raw"
    write_raw(raw)
    warehouse, counts = make_warehouse(raw, folder / "town")
    run = leave_row(warehouse, counts)
    batches = [batch.batch_id for batch in counts]
    write_report(warehouse, run, batches, raw, Limits())
    return Reported(raw, warehouse, run, batches, warehouse.report(run.run_id))
