"""A name that is missing from a row, or unknown, raises: it never becomes a null."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pytest

from schemas.columns import MONEY_COLUMNS
from schemas.rows import RowError, require_fields, table_of
from schemas.tables import RUNS, STAGED
from tasks.normalize.record import MoneyRow, Record, as_row
from tasks.report.runs import Run
from tests.records import GOOD


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (Record, STAGED.names),
        (MoneyRow, [column.name for column in MONEY_COLUMNS]),
        (Run, RUNS.names),
    ],
)
def test_a_column_that_nothing_fills_is_told(kind: type, columns: Any) -> None:
    require_fields(kind, columns)
    with pytest.raises(RowError, match=r"lacks \['invented'\]"):
        require_fields(kind, [*columns, "invented"])
    with pytest.raises(RowError, match=rf"undeclared, \['{columns[-1]}'\]"):
        require_fields(kind, columns[:-1])


def test_a_record_is_a_row_of_staged() -> None:
    row = as_row(GOOD)
    assert table_of([row], STAGED.schema).to_pylist()[0]["money"] == row["money"]


def test_a_declared_column_is_never_null_because_a_row_lacks_it() -> None:
    schema = STAGED.schema.append(pa.field("invented", pa.string()))
    with pytest.raises(RowError, match=r"lacks \['invented'\]"):
        table_of([as_row(GOOD)], schema)


def test_a_value_without_a_column_is_not_dropped() -> None:
    with pytest.raises(RowError, match=r"undeclared, \['invented'\]"):
        table_of([as_row(GOOD) | {"invented": 1}], STAGED.schema)


@pytest.mark.parametrize(
    ("amount", "message"),
    [({"invented": 1}, r"undeclared, \['invented'\]"), ({"surface": None}, "lacks")],
)
def test_structs_are_held_to_the_same(amount: dict[str, Any], message: str) -> None:
    row = as_row(GOOD)
    money = row["money"][0] | amount
    if message == "lacks":
        del money["surface"]
    with pytest.raises(RowError, match=message):
        table_of([row | {"money": [money]}], STAGED.schema)


def test_structs_within_structs_are_held_to_the_same() -> None:
    inner = pa.struct([("low", pa.int32())])
    schema = pa.schema([("outer", pa.list_(pa.struct([("inner", inner)])))])
    rows = [{"outer": [{"inner": {"low": 1}}, {"inner": None}, None]}, {"outer": None}]
    assert table_of(rows, schema).to_pylist() == rows
    with pytest.raises(RowError, match=r"outer\.inner"):
        table_of([{"outer": [{"inner": {"low": 1, "high": 2}}]}], schema)


@dataclass
class _Pair:
    left: int
    right: int


def test_both_sides_are_named() -> None:
    with pytest.raises(RowError, match=r"_Pair .* \['middle'\] .* \['right'\]"):
        require_fields(_Pair, ["left", "middle"])
