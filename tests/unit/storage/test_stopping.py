"""A run that was told to end writes nothing more, and misses nothing that went away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.storage.records import RecordsGoneError, check_staged
from tasks.storage.stopping import StoppedError, resume_writing, stop_writing
from tasks.storage.warehouse import Warehouse, replaced


@pytest.fixture
def stopped() -> Iterator[None]:
    stop_writing()
    yield
    resume_writing()


@pytest.mark.usefixtures("stopped")
def test_nothing_is_written_once_the_run_was_told_to_end(tmp_path: Path) -> None:
    with pytest.raises(StoppedError), replaced(tmp_path / "part-0.parquet"):
        pass
    assert not list(tmp_path.iterdir())


def test_what_was_begun_before_is_written(tmp_path: Path) -> None:
    with replaced(tmp_path / "part-0.parquet") as temporary:
        stop_writing()
        temporary.write_bytes(b"whole")
    resume_writing()
    assert (tmp_path / "part-0.parquet").read_bytes() == b"whole"


def test_batches_that_went_away_are_counted(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.records.mkdir(parents=True)
    (warehouse.records / "a.parquet").touch()
    check_staged(warehouse, 1)
    with pytest.raises(RecordsGoneError, match="2 of 3 batches are gone"):
        check_staged(warehouse, 3)
