"""Raw pages and warehouse are kept apart."""

from pathlib import Path

import pytest

from tasks.storage.locations import LocationError
from tasks.storage.overlap import refuse_overlap


@pytest.mark.parametrize(
    ("raw", "warehouse"),
    [
        ("raw", "raw"),
        ("raw", "raw/warehouse"),
        ("raw", "raw/2024-03-05/warehouse"),
        ("warehouse/raw", "warehouse"),
        ("raw/../raw", "raw/./warehouse"),
        ("link", "raw/warehouse"),
    ],
)
def test_what_overlaps_is_refused(tmp_path: Path, raw: str, warehouse: str) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "raw")
    with pytest.raises(LocationError, match="overlap"):
        refuse_overlap(tmp_path / raw, tmp_path / warehouse)


def test_neighbours_do_not_overlap(tmp_path: Path) -> None:
    refuse_overlap(tmp_path / "raw", tmp_path / "raw-warehouse")


def test_a_warehouse_is_no_raw_folder(tmp_path: Path) -> None:
    for name in ("staged/records", "runs"):
        (tmp_path / "one" / name).mkdir(parents=True)
    with pytest.raises(LocationError, match="is a warehouse"):
        refuse_overlap(tmp_path / "one", tmp_path / "other")
