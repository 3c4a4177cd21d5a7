"""The pipeline's records of raw/ against what the pages' author knows to be true of them.

expected.jsonl was written with the pages, before the pipeline; README.md here says what its fields
mean. A field that a line leaves out is not compared.
"""

from datetime import date

import pytest

from tests.golden.comparisons import COMPARISONS, Record
from tests.golden.expected import Expected, Key, key_of, load_expected, name_of

EXPECTED = load_expected()


@pytest.fixture(scope="module")
def records(sample_records: list[Record]) -> dict[Key, Record]:
    return {key_of(record): record for record in sample_records}


@pytest.mark.parametrize("expected", EXPECTED, ids=name_of)
def test_record_is_what_the_author_knows(expected: Expected, records: dict[Key, Record]) -> None:
    record = records.get(key_of(expected))
    assert record is not None, f"{name_of(expected)} has no record"
    differences = [
        difference
        for field, compare in COMPARISONS.items()
        if field in expected
        for difference in compare(expected[field], record)
    ]
    if differences:
        pytest.fail("\n".join([name_of(expected), *differences]), pytrace=False)


def test_every_document_has_one_record_and_nothing_else_has(sample_records: list[Record]) -> None:
    assert sorted(map(name_of, sample_records)) == sorted(map(name_of, EXPECTED))


def test_landing_date_is_the_folder(sample_records: list[Record]) -> None:
    wrong = [
        name_of(record)
        for record in sample_records
        if record["landing_date"] != date.fromisoformat(record["raw_path"].split("/")[1])
    ]
    assert wrong == []


def test_same_article_has_one_id(records: dict[Key, Record]) -> None:
    pairs = [(key_of(row), tuple(row["same_article_as"])) for row in _with("same_article_as")]
    apart = [
        f"{later} is a later fetch of {earlier}"
        for later, earlier in pairs
        if records[later]["article_id"] != records[earlier]["article_id"]
    ]
    assert apart == []


def test_copies_in_other_outlets_keep_their_own_id(records: dict[Key, Record]) -> None:
    pairs = [(key_of(row), tuple(row["near_duplicate_of"])) for row in _with("near_duplicate_of")]
    assert all(records[a]["article_id"] != records[b]["article_id"] for a, b in pairs)


def test_unchanged_page_keeps_its_content_digest(records: dict[Key, Record]) -> None:
    first, again = (
        records[f"regional-press/2024-03-{day}/elbufer-radweg.html", None] for day in ("05", "06")
    )
    assert first["content_digest"] == again["content_digest"]


def test_corrected_page_has_another_content_digest(records: dict[Key, Record]) -> None:
    first, corrected = (
        records[f"regional-press/2024-03-{day}/harbour-post-ferry-terminal.html", None]
        for day in ("05", "06")
    )
    assert first["content_digest"] != corrected["content_digest"]


def _with(field: str) -> list[Expected]:
    return [row for row in EXPECTED if field in row]
