"""Rows that come in parts go in order, whatever the parts are and however little fits in memory."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.publish import partition_rows
from tasks.publish.partition_rows import Gathered
from tasks.storage.holding import hold_warehouse

SCHEMA = pa.schema([("day", pa.int32()), ("id", pa.string()), ("text", pa.string())])
Row = tuple[int, str, str | None]


def _table(rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA
    )


@st.composite
def _parts(draw: st.DrawFn) -> list[list[Row]]:
    ids = draw(st.lists(st.integers(0, 999), unique=True, max_size=40))
    rows = [
        (draw(st.integers(0, 3)), f"{number:03}", draw(st.none() | st.text("xyz", max_size=9)))
        for number in ids
    ]
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=5)))
    parts = [rows[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    return [part for part in parts if part]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(
    parts=_parts(),
    size=st.integers(1, 50),
    in_memory=st.sampled_from([0, 200, 10**6]),
    together=st.sampled_from([0, 20, 10**6]),
)
def test_rows_go_in_order(
    tmp_path: Path, parts: list[list[Row]], size: int, in_memory: int, together: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, Gathered(tmp_path) as gathered:
        patch.setattr(partition_rows, "_IN_MEMORY_BYTES", in_memory)
        patch.setattr(partition_rows, "_TOGETHER_BYTES", together)
        for part in parts:
            gathered.add(_table(part))
        tables = list(gathered.in_order(["day", "id"], size))
        cuts = [table.num_rows for table in tables]
        rows = [tuple(row.values()) for table in tables for row in table.to_pylist()]
    assert rows == sorted((row for part in parts for row in part), key=lambda row: row[:2])
    assert gathered.num_rows == len(rows)
    assert all(0 < cut <= size for cut in cuts)
    lengths = iter([len(row[2] or "") for row in rows])
    for cut in cuts:
        assert cut == 1 or sum(next(lengths) for _ in range(cut)) <= together
        if cut == 1:
            next(lengths, None)
    assert not list(tmp_path.iterdir())


def test_what_a_dead_run_put_away_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition_rows, "_IN_MEMORY_BYTES", 0)
    scratch = tmp_path / ".scratch"
    dead = Gathered(scratch)
    dead.add(_table([(1, "a", "text")]))
    assert len(list(scratch.iterdir())) == 1
    with hold_warehouse(tmp_path):
        assert not list(scratch.iterdir())
