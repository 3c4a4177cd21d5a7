"""Footers of Parquet files: they tell files apart, and parse as their files do."""

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage import parquet
from tasks.storage.parquet import DamagedFileError, check_whole, read_footer, read_table
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
    with pytest.raises(DamagedFileError, match=r"file\.parquet"):
        read_footer(path)


def test_a_sealed_column_tells_files_apart_that_differ_in_the_middle(tmp_path: Path) -> None:
    footers = set()
    for middle in ("3" * 64, "4" * 64):
        table = pa.table({"digest": ["0" * 64, middle, "f" * 64]})
        path = tmp_path / "file.parquet"
        write_table(path, [table], table.schema, {"state": "same"}, seal="digest")
        assert read_metadata(path)["state"] == "same"
        footers.add(read_footer(path))
    assert len(footers) == 2


class TestDigests:
    """A file that newsmill wrote tells whether it is as it was written."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "file.parquet"
        table = pa.table({"text": ["The ferry is back."] * 9, "number": list(range(9))})
        write_table(path, [table], table.schema, {"state": "7"})
        return path

    def test_every_flipped_byte_is_found(self, path: Path) -> None:
        content = path.read_bytes()
        check_whole(path)
        for at in range(len(content)):
            damaged = bytearray(content)
            damaged[at] ^= 4
            path.write_bytes(damaged)
            with pytest.raises(DamagedFileError):
                check_whole(path)

    @pytest.mark.parametrize("read_at_once", [64 * 1024, 256])
    def test_a_flipped_byte_never_gives_other_rows_or_facts(
        self, path: Path, read_at_once: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever reads a file is told, or reads what was written; of a long one its end first."""
        monkeypatch.setattr(parquet, "_TAIL", read_at_once)
        content, rows, footer = path.read_bytes(), read_table(path), read_metadata(path)
        for at in range(len(content)):
            damaged = bytearray(content)
            damaged[at] ^= 64
            path.write_bytes(damaged)
            with suppress(DamagedFileError):
                assert (read_table(path), read_metadata(path)) == (rows, footer)

    @pytest.mark.parametrize("more", [-1, 0, 1])
    def test_a_file_about_as_long_as_is_read_at_once(
        self, path: Path, more: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = read_table(path)
        monkeypatch.setattr(parquet, "_TAIL", path.stat().st_size + more)
        assert read_table(path) == rows
        assert read_table(path, ["number"]) == rows.select(["number"])

    @pytest.mark.parametrize("missing", [1, 2, 4, 40])
    @pytest.mark.parametrize("read_at_once", [64 * 1024, 256])
    def test_a_file_without_its_first_bytes_gives_no_rows_but_all(
        self, path: Path, missing: int, read_at_once: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = read_table(path)
        monkeypatch.setattr(parquet, "_TAIL", read_at_once)
        path.write_bytes(path.read_bytes()[missing:])
        for ask in ({}, {"columns": ["number"]}, {"schema": rows.schema}):
            with pytest.raises(DamagedFileError):
                read_table(path, **ask)

    def test_a_file_without_them_is_read(self, tmp_path: Path) -> None:
        table = pa.table({"number": [7]})
        pq.write_table(table, tmp_path / "old.parquet")
        check_whole(tmp_path / "old.parquet")
        assert read_table(tmp_path / "old.parquet") == table

    def test_a_fault_of_the_disk_is_no_damage(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            read_table(tmp_path / "missing.parquet")
        with pytest.raises(IsADirectoryError):
            read_table(tmp_path)
