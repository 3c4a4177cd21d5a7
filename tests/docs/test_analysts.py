"""docs/analysts.md: each block runs on the sample warehouse, and SQL and pandas agree."""

import io
import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from tests.docs.readers import Reader
from tests.documents import PROJECT, Block, read_blocks

PAGE = "docs/analysts.md"
SHARED = read_blocks(PAGE, "python")[0]
PAIRS = [
    (query, code)
    for query, code in pairwise(read_blocks(PAGE, "sql", "python"))
    if (query.language, code.language) == ("sql", "python")
]


@pytest.fixture(scope="module")
def analyst(sample_warehouse: Path) -> Reader:
    """Somebody beside `warehouse/`, with the names that the page's first Python block defines."""
    somebody = Reader(sample_warehouse.parent, {}, {}, {})
    somebody.run(SHARED)
    return somebody


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].text[:40])
def test_sql_and_pandas_give_the_same_table(pair: tuple[Block, Block], analyst: Reader) -> None:
    query, code = pair
    analyst.run(code)
    by_pandas = _rows(analyst.names["answer"].to_csv(index=False))
    assert _rows(analyst.run(query)) == by_pandas


def test_sample_has_an_answer_to_every_question(analyst: Reader) -> None:
    unanswered = [str(query) for query, _ in PAIRS if len(_rows(analyst.run(query))) == 1]
    assert unanswered == []


def test_page_holds_all_its_questions() -> None:
    text = (PROJECT / PAGE).read_text("utf-8")
    assert len(re.findall(r"^## \d+\.", text, re.MULTILINE)) == 11


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
