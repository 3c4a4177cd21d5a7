"""Many rows lie in a file, which nobody else sees."""

import errno
import sys
from pathlib import Path

import numpy as np
import pytest

from tasks.normalize.signatures import SIGNATURE
from tasks.publish import blank_rows as module
from tasks.publish.blank_rows import _allocate, blank_rows
from tasks.storage.warehouse import Warehouse


@pytest.mark.parametrize("in_memory", [0, 5 * SIGNATURE.itemsize])
def test_rows_are_zero_and_can_be_filled_in_wherever_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", in_memory)
    warehouse = Warehouse(tmp_path)
    rows = blank_rows(warehouse, SIGNATURE, 5)
    assert not np.ascontiguousarray(rows).view(np.uint8).any()
    rows["shingles"][3] = 7
    assert rows["shingles"].tolist() == [0, 0, 0, 7, 0]
    assert warehouse.scratch.exists() == (in_memory == 0)
    assert list(tmp_path.rglob("*.*")) == [warehouse.scratch] * (in_memory == 0)


@pytest.mark.skipif(sys.platform != "linux", reason="no /dev/full")
def test_a_full_disk_is_an_error_and_no_signal() -> None:
    with Path("/dev/full").open("wb", buffering=0) as file, pytest.raises(OSError) as told:
        _allocate(file, SIGNATURE.itemsize)
    assert told.value.errno == errno.ENOSPC
