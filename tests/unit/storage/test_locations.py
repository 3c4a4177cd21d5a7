"""Locations on a disk; tests/storage_s3 has those in a store."""

from pathlib import Path

import pytest

from tasks.storage.locations import (
    LocationError,
    is_on_disk,
    list_below,
    list_files,
    parse_location,
)


@pytest.mark.parametrize("written", ["raw", "/data/raw", "C:raw", "odd:/name", "s3:raw", "s3/raw"])
def test_a_path_is_a_path(written: str) -> None:
    assert parse_location(written) == Path(written)
    assert is_on_disk(parse_location(written))


@pytest.mark.parametrize("url", ["gs://bucket/raw", "file:///raw", "S3://bucket/raw", "http://a/b"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(LocationError, match="locations are paths of this machine, or s3://"):
        parse_location(url)


def test_a_location_in_a_store_is_written_as_it_was_named() -> None:
    folder = parse_location("s3://bucket/news/raw/")
    assert not is_on_disk(folder)
    assert str(folder / "desk" / "page.html") == "s3://bucket/news/raw/desk/page.html"


def test_files_are_found_by_their_level_and_in_order(tmp_path: Path) -> None:
    for name in ("b/2.parquet", "a/1.parquet", "0.parquet", "a/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert list_files(tmp_path, "*/*.parquet") == [
        tmp_path / "a/1.parquet",
        tmp_path / "b/2.parquet",
    ]
    assert list_files(tmp_path / "missing", "*.parquet") == []
    assert tmp_path / "a/.hidden" in list_below(tmp_path)
