import gzip
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.raw_forms import raw_form_of
from tasks.discover import batches
from tasks.discover.batches import Batch, discover

WARC_HEAD = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2024-03-02T23:59:59Z\r\n\r\n"


def write(raw: Path, path: str, content: bytes = b"x", mtime: int = 1_700_000_000) -> None:
    (raw / path).parent.mkdir(parents=True, exist_ok=True)
    (raw / path).write_bytes(content)
    os.utime(raw / path, (mtime, mtime))


def files_by_id(found: list[Batch]) -> dict[str, tuple[str, ...]]:
    return {batch.batch_id: tuple(file.path for file in batch.files) for batch in found}


def test_every_file_is_in_exactly_one_batch_whatever_its_form(tmp_path: Path) -> None:
    names = ["s/2024-01-01/a.html", "s/2024-01-01/b.PDF", "s/x.warc.gz", "t/l.jsonl", "q.parquet"]
    for name in names:
        write(tmp_path, name)
    found = discover(tmp_path).batches
    assert sorted(file.path for batch in found for file in batch.files) == sorted(names)
    assert {batch.kind for batch in found} == {"loose", "warc", "jsonl", "parquet"}
    assert len({batch.batch_id for batch in found}) == len(found)
    assert all(len(batch.batch_id) == 16 and int(batch.batch_id, 16) >= 0 for batch in found)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/B.WARC.GZ", "warc"),
        ("a/b.warc.zst", "warc"),
        ("a/b.jsonl.zst", "jsonl"),
        ("a/b.json", "jsonl"),
        ("a/b.ndjson.gz", "jsonl"),
        ("a/b.warc.wet.gz", "warc"),
        ("a/b.tsv", "csv"),
        ("a/b.json5", "loose"),
        ("a.warc/b.html", "loose"),
        ("warc", "loose"),
    ],
)
def test_the_kind_is_told_by_the_name(path: str, kind: str) -> None:
    assert raw_form_of(path).kind == kind


@pytest.mark.parametrize(
    ("path", "source"),
    [("s/2024-01-01/a.html", "s"), ("2024-01-01/a.html", ""), ("a.html", ""), ("s/t/a.html", "s")],
)
def test_the_source_is_the_first_folder(tmp_path: Path, path: str, source: str) -> None:
    write(tmp_path, path)
    assert [batch.source for batch in discover(tmp_path).batches] == [source]


def test_a_new_file_changes_one_batch_only(tmp_path: Path) -> None:
    for number in range(1200):
        write(tmp_path, f"s/2024-01-01/page-{number:04d}.html")
    before = {batch.batch_id: batch.listing_digest for batch in discover(tmp_path).batches}
    # One name in 128 starts a batch of its own; these do not.
    for name in ("aaa.html", "page-0200b.html", "zzz.html"):
        write(tmp_path, f"s/2024-01-01/{name}")
        after = {batch.batch_id: batch.listing_digest for batch in discover(tmp_path).batches}
        assert len(after.items() - before.items()) == 1, name
        assert before.keys() == after.keys(), name
        before = after
    assert 2 < len(before) < 30


@settings(max_examples=25, deadline=None)
@given(
    names=st.sets(st.from_regex(r"[a-z0-9]{1,6}\.html", fullmatch=True), min_size=2, max_size=60),
    data=st.data(),
)
def test_batches_do_not_depend_on_the_order_of_arrival(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(sorted(names)))
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for name in sorted(names):
        write(one, f"s/{name}")
    for name in order:
        write(other, f"s/{name}", mtime=1_600_000_000)
    assert files_by_id(discover(one).batches) == files_by_id(discover(other).batches)


@pytest.mark.parametrize("changed", ["a.html", "a.html.meta.json", "w.warc"])
def test_a_listing_digest_tells_of_a_change_without_reading(tmp_path: Path, changed: str) -> None:
    for name in ("a.html", "a.html.meta.json", "w.warc", "other.jsonl"):
        write(tmp_path, name)
    before = {batch.batch_id: batch.listing_digest for batch in discover(tmp_path).batches}
    assert before == {batch.batch_id: batch.listing_digest for batch in discover(tmp_path).batches}
    write(tmp_path, changed, mtime=1_700_000_001)
    after = {batch.batch_id: batch.listing_digest for batch in discover(tmp_path).batches}
    assert sum(after[batch_id] != before[batch_id] for batch_id in before) == 1


def test_a_container_above_the_limit_is_cut_into_slices_that_keep_its_first_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "SLICE_BYTES", 100)
    write(tmp_path, "w.warc", b"x" * 100)
    (whole,) = discover(tmp_path).batches
    assert (whole.start, whole.end) == (None, None)
    write(tmp_path, "w.warc", b"x" * 250)
    slices = discover(tmp_path).batches
    assert [(part.start, part.end) for part in slices] == [(0, 100), (100, 200), (200, None)]
    assert slices[0].batch_id == whole.batch_id
    assert len({part.batch_id for part in slices}) == 3
    write(tmp_path, "l.jsonl.gz", b"x" * 250)
    assert len(discover(tmp_path).batches) == 4


@pytest.mark.parametrize("content", [WARC_HEAD, gzip.compress(WARC_HEAD)])
def test_a_warc_outside_a_date_folder_has_the_day_of_its_first_record(
    tmp_path: Path, content: bytes
) -> None:
    write(tmp_path, "s/w.warc.gz", content)
    write(tmp_path, "s/damaged.warc.gz", b"\x1f\x8b\x08garbage that is no gzip")
    found = {batch.files[0].path: batch.first_day for batch in discover(tmp_path).batches}
    assert found == {"s/w.warc.gz": date(2024, 3, 2), "s/damaged.warc.gz": None}


def test_orphan_sidecars_are_offered(tmp_path: Path) -> None:
    write(tmp_path, "s/gone.html.meta.json")
    found = discover(tmp_path)
    assert found.batches == ()
    assert found.orphan_sidecars == ("s/gone.html.meta.json",)


def test_names_that_are_not_utf8_are_files_too(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_bytes(b"x")
    (batch,) = discover(tmp_path).batches
    assert os.fsencode(batch.files[0].path) == b"caf\xe9.html"
    assert batch.name == "raw/ 1 file"


def test_a_batch_is_named_by_its_place(tmp_path: Path) -> None:
    write(tmp_path, "s/2024-01-01/a.html")
    write(tmp_path, "s/2024-01-01/b/c.html")
    write(tmp_path, os.fsdecode(b"s/caf\xe9.jsonl"))
    names = {batch.name for batch in discover(tmp_path).batches}
    assert names == {"s/2024-01-01/ 2 files", "s/caf\\xe9.jsonl"}
