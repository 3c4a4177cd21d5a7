"""Footers of Parquet files: they tell files apart, and parse as their files do."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage.parquet import read_footer
from tasks.storage.warehouse import read_metadata, write_table


@pytest.mark.parametrize("columns", [1, 2_000])
def test_a_footer_parses_as_its_file_does(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({f"column_{n}": [7] for n in range(columns)}), path)
    footer = read_footer(path)
    assert len(footer) < path.stat().st_size
    assert pq.read_metadata(pa.BufferReader(footer)).equals(pq.read_metadata(path))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 and no footer", b"\xff\xff\xff\xffPAR1"])
def test_what_is_no_parquet_file_has_no_footer(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.parquet"
    path.write_bytes(content)
    with pytest.raises(pa.ArrowInvalid, match=r"file\.parquet"):
        read_footer(path)


def test_a_sealed_column_tells_files_apart_that_differ_in_the_middle(tmp_path: Path) -> None:
    footers = set()
    for middle in ("3" * 64, "4" * 64):
        table = pa.table({"digest": ["0" * 64, middle, "f" * 64]})
        path = tmp_path / "file.parquet"
        write_table(path, [table], table.schema, {"stamp": "same"}, seal="digest")
        assert read_metadata(path)["stamp"] == "same"
        footers.add(read_footer(path))
    assert len(footers) == 2
