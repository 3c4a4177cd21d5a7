"""Caches: what is not as it was written, or about another state of a file, is not believed."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage import caches
from tasks.storage.caches import FileMemo, read_sealed, write_sealed


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "cache"
    write_sealed(path, b"what was ", b"found")
    return path


def _write(path: Path, value: int = 7) -> Path:
    pq.write_table(pa.table({"column_0": [value]}), path)
    return path


def test_what_was_sealed_is_read(sealed: Path) -> None:
    assert read_sealed(sealed) == b"what was found"


def test_a_cache_that_is_damaged_cut_or_lost_is_none(sealed: Path) -> None:
    whole = sealed.read_bytes()
    for at in range(len(whole)):
        sealed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert read_sealed(sealed) is None
        sealed.write_bytes(whole[:at])
        assert read_sealed(sealed) is None
    sealed.unlink()
    assert read_sealed(sealed) is None


class TestMemo:
    """What a memo asks again, and what it does not."""

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.asked: list[str] = []

    def _memo(self, version: str = "1") -> FileMemo:
        def find(path: Path) -> dict[str, int]:
            self.asked.append(path.name)
            return {"value": pq.read_table(path)["column_0"][0].as_py()}

        return FileMemo(self.folder / "memo", version, find)

    def test_a_known_file_is_not_asked_again(self) -> None:
        path = _write(self.folder / "a.parquet")
        memo = self._memo()
        assert memo[path] == memo[path] == {"value": 7}
        memo.keep()
        assert self._memo()[path] == {"value": 7}
        assert self.asked == ["a.parquet"]

    def test_a_changed_file_is_asked_whatever_its_name(self) -> None:
        path = _write(self.folder / "a.parquet")
        memo = self._memo()
        memo.digest(path)
        memo.keep()
        assert self._memo()[_write(path, value=8)] == {"value": 8}
        assert self._memo()[_write(path, value=7)] == {"value": 7}
        assert self.asked == ["a.parquet", "a.parquet"]

    def test_another_version_and_a_damaged_memo_believe_nothing(self) -> None:
        path = _write(self.folder / "a.parquet")
        memo = self._memo()
        memo.digest(path)
        memo.keep()
        assert self._memo("2")[path] == {"value": 7}
        (self.folder / "memo").write_bytes(b"")
        assert self._memo()[path] == {"value": 7}
        # As an earlier newsmill wrote it, whatever its version was.
        write_sealed(self.folder / "memo", b'{"version": "1", "found": {}}')
        assert self._memo()[path] == {"value": 7}
        assert len(self.asked) == 4

    def test_a_file_that_was_not_written_since_is_not_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # As if all that is written here had been written long ago.
        monkeypatch.setattr(caches, "_COARSEST_CLOCK_NS", -(10**19))
        path = _write(self.folder / "a.parquet")
        self._count_reads(path)
        assert self._count_reads(path) == 0
        assert self._count_reads(path.rename(self.folder / "b.parquet")) == 1

    @pytest.mark.parametrize("is_replaced", [True, False])
    def test_a_file_that_looks_the_same_but_was_written_is_read(
        self, monkeypatch: pytest.MonkeyPatch, is_replaced: bool
    ) -> None:
        monkeypatch.setattr(caches, "_COARSEST_CLOCK_NS", -(10**19))
        path = _write(self.folder / "a.parquet")
        self._count_reads(path)
        before = path.stat()
        while path.stat().st_ctime_ns == before.st_ctime_ns:
            target = self.folder / "other" if is_replaced else path
            target.write_bytes(path.read_bytes().replace(b"PAR1", b"pAR1", 1))
            target.replace(path)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (
            before.st_size,
            before.st_mtime_ns,
        )
        assert self._count_reads(path) == 1

    def test_a_file_that_was_written_just_now_is_read_again(self) -> None:
        path = _write(self.folder / "a.parquet")
        self._count_reads(path)
        assert self._count_reads(path) == 1

    def test_each_file_is_read_again_in_its_turn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(caches, "_COARSEST_CLOCK_NS", -(10**19))
        monkeypatch.setattr(caches, "_TURNS", 4)
        path = _write(self.folder / "a.parquet")
        assert self._count_reads(path) == 1
        reads = [
            self._count_reads(path, _write(self.folder / "new.parquet", value=value))
            for value in range(8)
        ]
        # Each time the other file is read as well, because it is new.
        assert sorted(reads) == [1, 1, 1, 1, 1, 1, 2, 2]
        kept = (self.folder / "memo").stat().st_ino
        self._count_reads(path, self.folder / "new.parquet")
        assert (self.folder / "memo").stat().st_ino == kept

    def test_a_folder_is_looked_over_as_its_files_are(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for coarsest_ns in (2 * 10**9, -(10**19)):
            monkeypatch.setattr(caches, "_COARSEST_CLOCK_NS", coarsest_ns)
            for value, name in enumerate("ba"):
                _write(self.folder / f"{name}.parquet", value)
            for _ in range(2):
                memo = self._memo()
                digests = memo.digests(self.folder)
                assert list(digests) == ["a", "b"]
                assert [memo.found(digests[name])["value"] for name in "ba"] == [0, 1]
                assert digests["a"] == memo.digest(self.folder / "a.parquet")
                memo.keep()
        assert self._memo().digests(self.folder / "missing") == {}

    def _count_reads(self, *paths: Path) -> int:
        """Asks a new memo of files, and returns how often it reads one to tell its state."""
        read: list[Path] = []

        def state(path: Path) -> bytes:
            read.append(path)
            return path.read_bytes()

        memo = FileMemo(self.folder / "memo", "1", lambda path: path.name, state)
        for path in paths:
            memo.digest(path)
        memo.keep()
        return len(read)

    def test_what_nobody_asks_for_is_dropped(self) -> None:
        gone, path = _write(self.folder / "a.parquet"), _write(self.folder / "b.parquet", value=8)
        memo = self._memo()
        assert [memo[gone], memo[path]] == [{"value": 7}, {"value": 8}]
        memo.keep()
        memo = self._memo()
        memo.digest(path)
        memo.keep()
        assert self._memo()[gone] == {"value": 7}
        assert self.asked == ["a.parquet", "b.parquet", "a.parquet"]
