"""The sample corpus itself: what it promises to hold, checked without the pipeline."""

import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.golden.comparisons import COMPARISONS
from tests.golden.expected import Expected, key_of, load_expected, name_of

RAW = Path(__file__).parents[2] / "raw"
EXPECTED = load_expected()
CRAWL = RAW / "feed-crawl/2024-03-07/FEED-20240307090000.warc.gz"
CUT_CRAWL = RAW / "feed-crawl/2024-03-07/FEED-20240307100000.warc.gz"
# What an expected line may hold besides the fields that test_sample compares one record by.
LINEAGE_FIELDS = {"raw_path", "raw_offset", "same_article_as", "near_duplicate_of"}
DOCUMENT_TYPES = {"response", "revisit", "resource"}


def _record_types(path: Path) -> dict[int, str]:
    with path.open("rb") as stream:
        iterator = ArchiveIterator(stream)
        return {iterator.get_record_offset(): record.rec_type for record in iterator}


def _expected_offsets(path: Path) -> set[int]:
    raw_path = path.relative_to(RAW).as_posix()
    return {row["raw_offset"] for row in EXPECTED if row["raw_path"] == raw_path}


def test_every_file_is_a_document_a_sidecar_or_a_container_that_the_answers_know() -> None:
    files = {path.relative_to(RAW).as_posix() for path in RAW.rglob("*") if path.is_file()}
    documents = {path for path in files if not path.endswith(".meta.json")}
    assert documents == {row["raw_path"] for row in EXPECTED}
    assert {path.removesuffix(".meta.json") for path in files} == documents


def test_corpus_stays_small_enough_to_clone() -> None:
    assert sum(path.stat().st_size for path in RAW.rglob("*") if path.is_file()) < 400_000


def test_answers_name_each_document_once() -> None:
    keys = [key_of(row) for row in EXPECTED]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("expected", EXPECTED, ids=name_of)
def test_answers_hold_only_fields_that_are_compared(expected: Expected) -> None:
    assert set(expected) <= LINEAGE_FIELDS | set(COMPARISONS)


def test_crawl_has_an_answer_for_each_record_that_is_a_document() -> None:
    types = _record_types(CRAWL)
    documents = {offset for offset, kind in types.items() if kind in DOCUMENT_TYPES}
    assert documents == _expected_offsets(CRAWL)
    assert set(types.values()) - DOCUMENT_TYPES == {"warcinfo", "request", "metadata"}


def test_cut_crawl_ends_inside_its_last_record() -> None:
    *_, last = sorted(_expected_offsets(CUT_CRAWL))
    with pytest.raises(EOFError):
        gzip.decompress(CUT_CRAWL.read_bytes()[last:])


def test_exports_have_an_answer_a_row() -> None:
    export = RAW / "partner-export/2024-04-15"
    lines = gzip.decompress((export / "articles.jsonl.gz").read_bytes()).splitlines(keepends=True)
    offsets = {sum(map(len, lines[:number])) for number in range(len(lines))}
    assert offsets == _expected_offsets(export / "articles.jsonl.gz")
    rows = pq.read_metadata(export / "articles.parquet").num_rows
    assert set(range(rows)) == _expected_offsets(export / "articles.parquet")


def test_sidecars_are_json_objects_with_an_address() -> None:
    sidecars = [json.loads(path.read_text("utf-8")) for path in RAW.rglob("*.meta.json")]
    assert sidecars
    assert all(sidecar["url"].startswith("https://") for sidecar in sidecars)
