"""Folders and files that are large for a store: listings come in pages, uploads in parts."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from schemas.settings import MEBIBYTE
from tasks.discover.batches import discover
from tasks.publish import entry_blocks
from tasks.publish.entry_blocks import find_entries, sections_of
from tasks.publish.index import ENTRY
from tasks.storage import object_store
from tasks.storage.locations import parse_location, read_bytes, upload
from tasks.storage.sections import DamagedSectionError, read_head, write_sections
from tests.storage_s3.conftest import Bucket


def test_a_folder_of_more_objects_than_a_listing_has_is_listed_whole(bucket: Bucket) -> None:
    names = [f"raw/feed/2024-03-05/page-{number:04}.html" for number in range(1_100)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda name: bucket.put(name, b"<p>page</p>"), names))
    found = discover(parse_location(f"{bucket.url}/raw"))
    assert found.paths == {name.removeprefix("raw/") for name in names}
    assert sum(len(batch.files) for batch in found.batches) == len(names)


def test_a_large_file_goes_in_parts_and_appears_whole(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # S3 takes no smaller parts.
    monkeypatch.setattr(object_store, "PART_BYTES", 5 * MEBIBYTE)
    bucket.put("warehouse/part-0.parquet", b"as it was")
    file = tmp_path / "part-0.parquet"
    file.write_bytes(bytes(range(256)) * 48 * 1024)
    upload(file, parse_location(f"{bucket.url}/warehouse/part-0.parquet"))
    assert read_bytes(parse_location(f"{bucket.url}/warehouse/part-0.parquet")) == file.read_bytes()
    before, after = bucket.versions("warehouse/")[::-1]
    assert (before["Size"], after["Size"]) == (len(b"as it was"), file.stat().st_size)
    assert after["ETag"].strip('"').endswith("-3")


def test_few_entries_of_an_index_are_read_alone_where_that_is_quicker(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = np.zeros(6_400, ENTRY)
    entries["id_head"] = np.arange(6_400)
    write_sections(tmp_path / "shard", {}, sections_of(entries))
    head = read_head(tmp_path / "shard")
    assert head is not None
    content = bytearray((tmp_path / "shard").read_bytes())
    content[head.sections["entries"][0] + 3_000 * ENTRY.itemsize] ^= 1
    bucket.put("shard", bytes(content))
    stored = read_head(parse_location(f"{bucket.url}/shard"))
    assert stored is not None
    wanted = np.array([1, 6_000], np.uint64)
    # Two requests are more than the whole of it.
    with pytest.raises(DamagedSectionError):
        find_entries(stored, wanted)
    monkeypatch.setattr(entry_blocks, "_REQUEST", 1)
    assert find_entries(stored, wanted)["id_head"].tolist() == [1, 6_000]
