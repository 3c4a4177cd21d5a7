"""Records are read whole, or it is told that they are not."""

from pathlib import Path

import pytest

from tasks.storage.parquet import DamagedFileError
from tasks.storage.records import iterate_tables, read_records
from tasks.storage.warehouse import Warehouse
from tests.unit.publish.test_select import _record, _stage


def test_a_batch_without_its_first_bytes_is_damaged(tmp_path: Path) -> None:
    """For some columns the reader itself would say that there are no rows."""
    warehouse = Warehouse(tmp_path)
    _stage(warehouse, "a", [_record(1, 0, 0, 1, 1), _record(2, 1, 5, 2, 2)])
    path = warehouse.records / "a.parquet"
    whole = path.read_bytes()
    for missing in (1, 2, 39, 79):
        path.write_bytes(whole[missing:])
        for column in ("article_id", "title", "published_date"):
            with pytest.raises(DamagedFileError):
                read_records(warehouse, "a", [column])
            with pytest.raises(DamagedFileError):
                list(iterate_tables(warehouse, "a", [column]))
