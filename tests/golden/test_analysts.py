"""docs/analysts.md: each block runs on the sample warehouse, and SQL and pandas agree."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from newsmill.sql import sql

PAGE = Path(__file__).parents[2] / "docs/analysts.md"
PAIRS = re.findall(r"```sql\n(.*?)```\s+```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
SHARED = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def names(sample_warehouse: Path) -> dict[str, Any]:
    """The names that the page's first Python block defines."""
    assert SHARED is not None
    names: dict[str, Any] = {}
    exec(SHARED[1].replace('"warehouse/', f'"{sample_warehouse.as_posix()}/'), names)
    return names


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0][:40])
def test_sql_and_pandas_give_the_same_table(
    pair: tuple[str, str], names: dict[str, Any], sample_warehouse: Path
) -> None:
    query, code = pair
    namespace = dict(names)
    exec(code, namespace)
    by_pandas = _rows(namespace["answer"].to_csv(index=False))
    assert _ask(query, sample_warehouse) == by_pandas


def test_sample_has_an_answer_to_every_question(sample_warehouse: Path) -> None:
    unanswered = [query for query, _ in PAIRS if len(_ask(query, sample_warehouse)) == 1]
    assert unanswered == []


def test_page_holds_ten_questions() -> None:
    assert len(re.findall(r"^## \d+\.", PAGE.read_text("utf-8"), re.MULTILINE)) == 10


def _ask(query: str, warehouse: Path) -> list[list[object]]:
    result = CliRunner().invoke(sql, [query, "--csv", "--warehouse", str(warehouse)])
    assert result.exit_code == 0, result.output
    return _rows(result.stdout)


def _rows(csv: str) -> list[list[object]]:
    table = pd.read_csv(io.StringIO(csv), dtype=str, header=None, keep_default_na=False)
    return [[_cell(cell) for cell in row] for row in table.itertuples(index=False)]


def _cell(printed: str) -> object:
    """Numbers and instants compare by value: `12` is `12.0`, and 10:00+04:00 is 06:00+00:00."""
    try:
        return round(float(printed), 3)
    except ValueError:
        pass
    if re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:", printed):
        return datetime.fromisoformat(printed).astimezone(UTC)
    return printed
