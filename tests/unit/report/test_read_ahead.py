"""Examples that are read ahead are explained as those that are read when the report is written."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from schemas.row_fields import OwnFields
from schemas.settings import Limits, Settings
from tasks.inspect.second_reading import ReadingOrder
from tasks.normalize.reference import ReferenceSource
from tasks.report.html.writing import write_report
from tasks.report.read_ahead import ReadAhead
from tasks.stage.forked_calls import ForkedCalls
from tasks.stage.shared_pools import close_shared_pools, forked_calls, shared_pool
from tasks.storage.warehouse import Warehouse
from tests.unit.reported import Reported


@pytest.fixture
def calls() -> Iterator[ForkedCalls]:
    shared_pool(Settings(workers=1), ReferenceSource())
    found = forked_calls(Limits())
    assert found
    yield found
    close_shared_pools()


def _explanations(warehouse: Warehouse, reported: Reported) -> dict[str, str]:
    folder = warehouse.report(reported.run.run_id).with_suffix("")
    return {page.name: page.read_text(encoding="utf-8") for page in folder.iterdir()}


def test_all_examples_are_read_and_explained_as_without(
    reported: Reported, calls: ForkedCalls, tmp_path: Path
) -> None:
    order = ReadingOrder(raw=reported.raw, limits=Limits(), quickly=True)
    batches = [*reported.batches, "vanished"]
    known = ReadAhead(reported.warehouse, batches, order, calls).readings()
    written = _explanations(reported.warehouse, reported)
    assert len(known) == len(written) > 3
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    # Only what was read ahead can tell of the pages: the raw folder is not there.
    gone = tmp_path / "gone"
    write_report(warehouse, reported.run, reported.batches, gone, Limits(), known=known)
    assert _explanations(warehouse, reported) == written


def test_what_cannot_be_read_ahead_is_missing_and_no_fault(
    reported: Reported, calls: ForkedCalls
) -> None:
    order = ReadingOrder(raw=reported.raw, limits=Limits(), quickly=True)
    close_shared_pools()
    ahead = ReadAhead(reported.warehouse, reported.batches, order, calls)
    assert ahead.readings() == {}


def wait_for_ever() -> None:
    """Waits where an order arrives that nobody can take."""
    Event().wait()


class EndlessFields(OwnFields):
    """Names of fields that it takes for ever to unpickle, in whatever document."""

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return wait_for_ever, ()


def test_what_passes_its_limits_is_not_tried_by_who_writes_the_report(
    reported: Reported, tmp_path: Path
) -> None:
    limits = Limits(page_wall_s=0.1)
    shared_pool(Settings(workers=1), ReferenceSource())
    calls = forked_calls(limits)
    assert calls
    order = ReadingOrder(raw=reported.raw, limits=limits, own=EndlessFields(), quickly=True)
    known = ReadAhead(reported.warehouse, reported.batches, order, calls).readings()
    close_shared_pools()
    assert {reading.account.note for reading in known.values()} == {
        "The document could not be read again within its limits; `newsmill explain` tries it."
    }
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    write_report(warehouse, reported.run, reported.batches, reported.raw, Limits(), known=known)
    written = _explanations(warehouse, reported)
    assert all("could not be read again within its limits" in page for page in written.values())
