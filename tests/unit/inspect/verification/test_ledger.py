"""The ledger finds what a plain count over all rows finds, in the same order."""

from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables import ARTICLES
from tasks.inspect.verification import ledger as ledger_module
from tasks.inspect.verification.faults import FaultCode
from tasks.inspect.verification.file_checks import Part
from tasks.inspect.verification.ledger import open_ledger

# The id of an article, and of its original.
Pair = tuple[str, str | None]


def _part(number: int, pairs: Sequence[Pair]) -> Part:
    ids, originals = zip(*pairs, strict=True) if pairs else ((), ())
    columns = {
        "article_id": ids,
        "duplicate_of": originals,
        "outlet_id": [None] * len(ids),
        "wire": [None] * len(ids),
        "revision_count": [0] * len(ids),
    }
    rows = pa.table(
        [pa.array(values, ARTICLES.schema.field(name).type) for name, values in columns.items()],
        names=list(columns),
    )
    return Part(ARTICLES, f"2024-{number:02}", f"articles/{number}", None, rows)


def _expected(parts: Sequence[Sequence[Pair]]) -> list[tuple[str, int | None, str, str]]:
    places = [
        (article_id, original, f"articles/{number}", row)
        for number, pairs in enumerate(parts)
        for row, (article_id, original) in enumerate(pairs)
    ]
    first: dict[str, tuple[str, int]] = {}
    twice = []
    for article_id, _, path, row in places:
        stands, at = first.setdefault(article_id, (path, row))
        if (stands, at) != (path, row):
            twice.append((path, row, f"article_id {article_id} again", f"{stands} row {at}"))
    lost = [
        (path, row, f"duplicate_of {original}", "an article")
        for _, original, path, row in places
        if original is not None and original not in first
    ]
    return [*twice, *lost]


_IDS = st.sampled_from(["a" * 20, "b" * 20, "c" * 20, "no id", ""])
_PARTS = st.lists(st.lists(st.tuples(_IDS, st.none() | _IDS), max_size=4), max_size=4)


# Each opens a DuckDB.
@settings(max_examples=30)
@given(_PARTS)
def test_what_stands_twice_and_what_is_lost_is_found_in_order(parts: list[list[Pair]]) -> None:
    with open_ledger() as ledger:
        for number, pairs in enumerate(parts):
            ledger.add(_part(number, pairs))
        found = list(ledger.check(ledger.articles))
    for fault, (path, row, what, expected) in zip(found, _expected(parts), strict=True):
        assert (fault.path, fault.row, fault.found) == (path, row, what)
        assert expected.removeprefix("an ") in fault.expected


def test_nothing_is_said_to_be_lost_where_a_file_could_not_be_read() -> None:
    with open_ledger() as ledger:
        ledger.add(_part(0, [("a" * 20, "b" * 20), ("a" * 20, None)]))
        ledger.is_complete = False
        assert [fault.code for fault in ledger.check(7)] == [FaultCode.ARTICLE_TWICE]


def test_ids_beyond_its_memory_are_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_MEMORY", "24MB")
    rows, parts = 100_000, 6
    with open_ledger() as ledger:
        for number in range(parts):
            ids = [f"{number * rows + row:020x}" for row in range(rows)]
            ledger.add(_part(number, [(each, ids[0]) for each in ids]))
        ledger.add(_part(parts, [(f"{rows:020x}", f"{rows * parts:020x}")]))
        found = [(fault.path, fault.row, fault.code) for fault in ledger.check(None)]
    path = f"articles/{parts}"
    assert found == [(path, 0, FaultCode.ARTICLE_TWICE), (path, 0, FaultCode.REFERENCE_BROKEN)]
