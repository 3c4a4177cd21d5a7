"""Rows that are judged tell of their texts what is asked, and keep none."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from tasks.normalize.record import Record, seal_record
from tasks.stage.staged_rows import as_table, write_records
from tasks.storage.records import ROW_GROUP
from tasks.storage.warehouse import Warehouse
from tasks.validate.judged_rows import read_judged, replace_texts
from tests.records import GOOD, GOOD_MONEY


def test_a_text_is_told_by_its_first_character_and_a_hash() -> None:
    texts = ["Secret text", "Secret text", "Secret story", None]
    rows = replace_texts(as_table([replace(GOOD, text=text) for text in texts]))
    assert rows["text"].to_pylist() == ["S", "S", "S", None]
    first, second, third, _ = rows["text_hash"].to_pylist()
    assert first == second != third


def test_letters_read_in_a_wrong_charset_are_told() -> None:
    texts = ["Müller, Gräfin, Löwe", "Müller, Gräfin, Löwe".encode().decode("cp1252"), None]
    rows = replace_texts(as_table([replace(GOOD, text=text) for text in texts]))
    assert rows["is_garbled"].to_pylist() == [False, True, False]


def test_each_amount_is_compared_with_its_words() -> None:
    assert GOOD.text is not None
    moved = replace(GOOD_MONEY, start=2, end=11)
    nowhere = replace(GOOD_MONEY, start=None, end=None)
    records = [
        replace(GOOD, money=(GOOD_MONEY, moved)),
        replace(GOOD, money=()),
        replace(GOOD, money=(nowhere, GOOD_MONEY)),
        replace(GOOD, money=(GOOD_MONEY,), text=None),
    ]
    rows = replace_texts(as_table(records))
    assert rows["spans_differ"].to_pylist() == [[False, True], [], [None, False], [True]]


def test_a_long_batch_is_read_as_if_at_once(tmp_path: Path) -> None:
    records = [
        _seal(
            replace(GOOD, raw_path=f"{number}.html", text=f"It cost {number}. " + (GOOD.text or ""))
        )
        for number in range(ROW_GROUP + 3)
    ]
    warehouse = Warehouse(tmp_path)
    write_records(warehouse, "a", records, {"state": "of these"})
    found = read_judged(warehouse, "a")
    expected: pa.Table = replace_texts(as_table(records)).select(found.column_names)
    assert found.equals(expected)


def _seal(record: Record) -> Record:
    return seal_record(record, batch_id="a", pipeline_version="1", reference_version="1")
